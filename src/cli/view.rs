//! `rapporteur view`: a graph as one web page.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueHint;
use rapporteur::Result;
use rapporteur::view::write_page;

use super::messages::Messages;
use super::{input, output};

const EXAMPLES: &str = "\
Examples:
  rapporteur view graph/ --out graph.html
  rapporteur view graph/ > graph.html
  rapporteur export graph/ --since 2017-07 --to json | rapporteur view - --out july.html

In the page: / searches, Escape goes back, arrows and + - 0 move and zoom the drawing.";

/// Makes one web page of a graph, which fetches nothing: a drawing, people, a time line, claims and denials, their sentences
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// A graph's file or folder, as `build` made it; `-` is standard input
    #[arg(value_hint = ValueHint::AnyPath)]
    graph: PathBuf,

    /// The page to write; it needs no other file [default: standard output]
    #[arg(short, long, value_name = "PAGE", value_hint = ValueHint::FilePath)]
    out: Option<PathBuf>,
}

pub fn run(args: &Args, messages: &Messages) -> Result<ExitCode> {
    args.out.as_deref().map_or(Ok(()), output::refuse_foreign)?;
    let graph = input::graph(&args.graph)?;
    output::write(args.out.as_deref(), |out| write_page(&graph, out))?;
    if let Some(page) = output::file_of(args.out.as_deref()) {
        messages.closing(format_args!("open {} in a browser", page.display()));
    }
    Ok(ExitCode::SUCCESS)
}
