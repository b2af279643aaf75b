//! `rapporteur schema`: checks event types against their own examples.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Subcommand, ValueHint};
use rapporteur::Result;
use rapporteur::nlp::Model;
use rapporteur::pipeline::examples;
use rapporteur::schema::{EventType, Example, Schema};

use super::messages::Messages;
use super::output;

const EXAMPLES: &str = "\
Examples:
  rapporteur schema test                    the event types that the program has
  rapporteur schema test my-events/         your own, beside the built-in ones they do not replace
  rapporteur build news/ --out graph/ --schema my-events/

Exit codes: 0 every sentence gives what its file says; 1 some do not, or a file is faulty.";

/// Checks event types against the sentences in their files
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Reads every example of every event type, and tells those that give something else than their file says
    Test {
        /// A folder of event types of your own (.toml files)
        #[arg(value_hint = ValueHint::DirPath)]
        folder: Option<PathBuf>,
    },
}

pub fn run(args: &Args, messages: &Messages) -> Result<ExitCode> {
    let Command::Test { folder } = &args.command;
    let mut schema = Schema::built_in();
    if let Some(folder) = folder {
        schema.add_events(folder)?;
    }
    // What is built in was tested when the program was made.
    let wanted = |event_type: &EventType| folder.is_none() || event_type.is_users;
    let faults = examples::check(&schema, &Model::built_in(), wanted);
    faults.iter().for_each(|fault| messages.error(fault));
    let tested: Vec<&EventType> = schema.events.iter().filter(|event_type| wanted(event_type)).collect();
    output::write(None, |out| tested.iter().try_for_each(|own| writeln!(out, "{}", line(own))))?;
    let all: usize = tested.iter().map(|event_type| event_type.examples.len()).sum();
    let gaps = tested.iter().flat_map(|event_type| &event_type.examples).filter(|example| example.gap).count();
    messages.closing(format_args!(
        "{} of {all} examples are as their files say, {gaps} of them as known gaps",
        all - faults.len()
    ));
    Ok(if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// `visit: 12 patterns, 16 sentences that match, 17 that must not`
fn line(event_type: &EventType) -> String {
    let (gaps, held): (Vec<&Example>, Vec<&Example>) = event_type.examples.iter().partition(|example| example.gap);
    let must = held.iter().filter(|example| !example.yields.is_empty()).count();
    let must_not = held.len() - must;
    let patterns = event_type.patterns.len();
    format!(
        "{}: {patterns} patterns, {must} sentences that match, {must_not} that must not{}",
        event_type.name,
        told(gaps.len())
    )
}

fn told(gaps: usize) -> String {
    if gaps == 0 { String::new() } else { format!(", {gaps} known to be read wrong") }
}
