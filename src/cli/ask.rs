//! `rapporteur ask`: a question in English.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueHint;
use rapporteur::Result;
use rapporteur::nlp::Model;
use rapporteur::query::{About, Findings, Member, Reply, Step, Subject, Verdict, ask};
use rapporteur::schema::Schema;

use super::answer::{self, Answer, Cells, Shape};
use super::table::{Row, Sheet, Spacing};
use super::{about, input, said, timeline, who_met};

const EXAMPLES: &str = "\
Examples:
  rapporteur ask graph/ \"Who met Robinson in Geneva?\"
  rapporteur ask graph/ \"When did Robinson and Annan meet?\"
  rapporteur ask graph/ \"Did Robinson call Annan before July 1998?\"
  rapporteur ask graph/ \"Who denied meddling?\"
  rapporteur ask graph/ \"What did Robinson say about Ireland?\"
  rapporteur ask graph/ \"Which countries signed the agreement?\"
  rapporteur ask graph/ \"Who is the president of Ireland?\" --format json

Exit codes: 0 the question was read, whether or not the graph says anything; 1 it cannot be read, or names somebody whom the graph
does not have.";

/// Answers a question in English, and shows as which command it was read
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// A graph's file or folder, as `build` made it; `-` is standard input
    #[arg(value_hint = ValueHint::AnyPath)]
    graph: PathBuf,

    /// The question, in quotation marks or without
    #[arg(required = true, value_hint = ValueHint::Other)]
    question: Vec<String>,

    /// How the answer is written
    #[arg(short, long, default_value = "table")]
    format: Shape,
}

pub fn run(args: &Args) -> Result<ExitCode> {
    let graph = input::graph(&args.graph)?;
    let reply = ask(&Schema::built_in(), &Model::built_in(), &graph, &args.question.join(" "))?;
    answer::print(&reply, args.format)?;
    Ok(ExitCode::SUCCESS)
}

impl Answer for Reply<'_> {
    fn write_table(&self, sheet: Sheet, out: &mut dyn Write) -> io::Result<()> {
        sheet.paragraph(&format!("read as: {}", command(&self.read_as)), out)?;
        writeln!(out)?;
        match self.verdict {
            _ if self.is_unknown() => return sheet.heading("The graph does not say.", out),
            Some(verdict) => sheet.heading(&sentence(verdict), out)?,
            None => self.answers.iter().try_for_each(|answer| sheet.heading(&answer.to_string(), out))?,
        }
        writeln!(out)?;
        sheet.rows(&rows(&self.findings), Spacing::Wide, out)
    }

    fn cells(&self) -> Cells {
        match &self.findings {
            Findings::Meetings(met) => Cells::of_meetings(met),
            Findings::Statements(said) => Cells::of_statements(said),
            Findings::Events(events) => Cells::of_events(events),
            Findings::Members(members) => Cells {
                columns: vec!["id", "name", "office"],
                rows: members
                    .iter()
                    .map(|m| vec![m.who.id.to_owned(), m.who.name.clone(), m.title.to_owned()])
                    .collect(),
            },
            Findings::Chain(steps) => Cells::of_meetings(steps.iter().flat_map(|step| &step.meetings)),
            Findings::Thing(known) => known.cells(),
        }
    }
}

/// A verdict as a sentence of its own.
fn sentence(verdict: Verdict) -> String {
    let words = verdict.to_string();
    let mut letters = words.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

/// The command as one would type it.
fn command(words: &[String]) -> String {
    let mut words =
        words.iter().map(|word| match word.contains(|c: char| !(c.is_alphanumeric() || "-,_./".contains(c))) {
            true => format!("\"{word}\""),
            false => word.clone(),
        });
    let first = words.next().unwrap_or_default();
    format!("rapporteur {first} GRAPH {}", words.collect::<Vec<_>>().join(" "))
}

fn rows(findings: &Findings) -> Vec<Row> {
    match findings {
        Findings::Meetings(met) => who_met::rows(met),
        Findings::Statements(statements) => said::rows(statements),
        Findings::Events(events) => timeline::rows(events),
        Findings::Members(members) => members.iter().flat_map(member).collect(),
        Findings::Chain(steps) => steps.iter().flat_map(|Step { meetings, .. }| who_met::rows(meetings)).collect(),
        Findings::Thing(known) => thing(known),
    }
}

fn member(member: &Member) -> Vec<Row> {
    vec![about::member(member)]
}

/// Of a thing, what happened and what is said, shortly: `about` tells all.
fn thing(known: &About) -> Vec<Row> {
    let own = match &known.subject {
        Subject::Event(event) => timeline::rows(std::slice::from_ref(event)),
        Subject::Entity(_) => Vec::new(),
    };
    [own, timeline::rows(&known.events)].concat()
}
