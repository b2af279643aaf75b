//! `rapporteur info`: what a graph holds, and what read it.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{ValueEnum, ValueHint};
use rapporteur::graph::store::{self, Contents, Store};
use rapporteur::{Error, Result};

use super::output;
use super::table::{Row, Sheet, Spacing};

const EXAMPLES: &str = "\
Examples:
  rapporteur info graph/
  rapporteur info graph/ --format json
  rapporteur info graph/ --sources | grep dump.jsonl";

/// Tells what is in a graph: articles, dates, counts by kind and type, what read it, its size
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// A graph's folder, as `build` made it
    #[arg(value_hint = ValueHint::DirPath)]
    graph: PathBuf,

    /// Lists where each article was found, and its id, instead
    #[arg(long)]
    sources: bool,

    /// `table` is for people, `json` for programs
    #[arg(short, long, default_value = "table", conflicts_with = "sources")]
    format: Shape,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shape {
    Table,
    Json,
}

pub fn run(args: &Args) -> Result<ExitCode> {
    let file = store::store_file(&args.graph).ok_or_else(|| {
        Error::new("no folder of a graph with its database")
            .at(&args.graph)
            .hint("`rapporteur build ARTICLES --out FOLDER` makes one")
    })?;
    let store = Store::open(&file)?;
    if args.sources {
        let sources = store.sources()?;
        output::to_stdout(|out| sources.iter().try_for_each(|(source, id)| writeln!(out, "{source}\t{id}")))?;
        return Ok(ExitCode::SUCCESS);
    }
    let contents = store.contents()?;
    output::to_stdout(|out| match args.format {
        Shape::Table => Sheet::for_stdout().rows(&rows(&contents), Spacing::Close, out),
        Shape::Json => write_json(&contents, out),
    })?;
    Ok(ExitCode::SUCCESS)
}

fn write_json(contents: &Contents, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, contents)?;
    out.write_all(b"\n")
}

fn rows(contents: &Contents) -> Vec<Row> {
    let row = |name: &str, value: String| [name.to_owned(), value];
    let count = |kind: &str| contents.nodes.get(kind).copied().unwrap_or_default().to_string();
    let mut rows = vec![row("articles", contents.articles.to_string())];
    if let (Some(first), Some(last)) = (contents.first, contents.last) {
        let undated =
            if contents.undated > 0 { format!("; {} without a day", contents.undated) } else { String::new() };
        rows.push(row("published", format!("{first} to {last}{undated}")));
    }
    if contents.copies > 0 {
        rows.push(row("copies", format!("{} articles are near-copies of another", contents.copies)));
    }
    let kinds =
        [("person", "people"), ("country", "countries"), ("organization", "organizations"), ("place", "places")];
    let named: Vec<String> = kinds.iter().map(|(kind, several)| format!("{} {several}", count(kind))).collect();
    rows.push(row("names", named.join(", ")));
    let types: Vec<String> = contents.events.iter().map(|(name, count)| format!("{name} {count}")).collect();
    rows.push(row("events", format!("{}: {}", count("event"), types.join(", "))));
    rows.push(row("claims", count("claim")));
    rows.push(row("merged", format!("{} events and claims stand for more than one", contents.drawn_together)));
    for (knowledge, articles) in &contents.read_with {
        rows.push(row("read with", format!("{knowledge} ({articles} articles)")));
    }
    rows.push(row("size", format!("{:.1} MB", contents.size as f64 / 1e6)));
    if contents.unfinished {
        rows.push(row("unfinished", "the last build was broken off; call it again".to_owned()));
    }
    rows
}
