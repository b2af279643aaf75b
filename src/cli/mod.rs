//! The command line: what was typed, what it means, and all the printing.
//!
//! `rapporteur build articles/ --out graph/` reads a folder of news, `rapporteur who-met graph/ Putin` tells whom he met.
//! Answers go to standard output, everything else to standard error. Exit codes: 0 all went well, 1 nothing came of it,
//! 2 the command was typed wrong, 3 some articles could not be read but the graph was written.

mod read;
mod build;
mod forget;
mod info;
mod export;
mod load;
mod ask;
mod who_met;
mod said;
mod about;
mod timeline;
mod path;
mod disputes;
mod portrait;
mod analyze;
#[cfg(feature = "sparql")]
mod sparql;
mod explain;
mod schema;
mod view;
#[cfg(feature = "serve")]
mod serve;
mod eval;
mod input;
mod output;
mod answer;
mod select;
mod form;
mod table;
mod messages;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use messages::Messages;
use rapporteur::Result;

const FIRST_COMMANDS: &str = "\
First commands:
  rapporteur read article.txt                  what one article says
  rapporteur build articles/ --out graph/      one graph of a folder of articles
  rapporteur who-met graph/ \"Mary Robinson\"   whom she met, when and where
  rapporteur ask graph/ \"Who met Robinson?\"     a question in English";

/// Reads news and reports who met whom, who said what, and who denied it: a knowledge graph with evidence.
#[derive(Parser)]
#[command(name = "rapporteur", version, after_help = FIRST_COMMANDS, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,

    /// Tells errors only: no notes, no progress, no summary.
    #[arg(short, long, global = true)]
    quiet: bool,
}

#[derive(Subcommand)]
enum Command {
    Read(read::Args),
    Build(build::Args),
    Forget(forget::Args),
    Info(info::Args),
    Export(export::Args),
    Load(load::Args),
    Ask(ask::Args),
    WhoMet(who_met::Args),
    Said(said::Args),
    About(about::Args),
    Timeline(timeline::Args),
    Path(path::Args),
    Disputes(disputes::Args),
    Portrait(portrait::Args),
    Analyze(analyze::Args),
    #[cfg(feature = "sparql")]
    Sparql(sparql::Args),
    Explain(explain::Args),
    Schema(schema::Args),
    View(view::Args),
    #[cfg(feature = "serve")]
    Serve(serve::Args),
    Eval(eval::Args),
}

/// Does what the command line asks, and tells what went wrong.
pub fn run() -> ExitCode {
    let Cli { command, quiet } = Cli::parse();
    let messages = Messages::new(quiet);
    command.run(&messages).unwrap_or_else(|error| {
        messages.error(&error);
        ExitCode::FAILURE
    })
}

impl Command {
    fn run(self, messages: &Messages) -> Result<ExitCode> {
        match self {
            Command::Read(args) => read::run(&args, messages),
            Command::Build(args) => build::run(&args, messages),
            Command::Forget(args) => forget::run(&args, messages),
            Command::Info(args) => info::run(&args),
            Command::Export(args) => export::run(&args, messages),
            Command::Load(args) => load::run(&args, messages),
            Command::Ask(args) => ask::run(&args),
            Command::WhoMet(args) => who_met::run(&args, messages),
            Command::Said(args) => said::run(&args, messages),
            Command::About(args) => about::run(&args),
            Command::Timeline(args) => timeline::run(&args, messages),
            Command::Path(args) => path::run(&args),
            Command::Disputes(args) => disputes::run(&args),
            Command::Portrait(args) => portrait::run(&args),
            Command::Analyze(args) => analyze::run(&args, messages),
            #[cfg(feature = "sparql")]
            Command::Sparql(args) => sparql::run(&args),
            Command::Explain(args) => explain::run(&args, messages),
            Command::Schema(args) => schema::run(&args, messages),
            Command::View(args) => view::run(&args, messages),
            #[cfg(feature = "serve")]
            Command::Serve(args) => serve::run(&args, messages),
            Command::Eval(args) => eval::run(&args, messages),
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_arguments_fit_together() {
        <super::Cli as clap::CommandFactory>::command().debug_assert();
    }
}
