//! `rapporteur forget`: articles out of a graph, with all that only they say.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueHint;
use rapporteur::export::Format;
use rapporteur::graph::store::{self, Store};
use rapporteur::{Error, Result};

use super::build::{write_forms, writer};
use super::form::Form;
use super::messages::Messages;

const EXAMPLES: &str = "\
Examples:
  rapporteur forget graph/ articles/monday.txt
  rapporteur forget graph/ articles/
  rapporteur forget graph/ dump.jsonl
  rapporteur forget graph/ article/0f343b0931126a20f133d67c2b018a3b";

/// Removes articles from a graph, with all that only they say
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// A graph's folder, as `build` made it
    #[arg(value_hint = ValueHint::DirPath)]
    graph: PathBuf,

    /// The file that an article was read from, as `info --sources` tells it; a folder or a file of many, for all that was in it; or
    /// an article's id
    #[arg(required = true, value_name = "SOURCE|ARTICLE-ID", value_hint = ValueHint::AnyPath)]
    article: Vec<String>,
}

pub fn run(args: &Args, messages: &Messages) -> Result<ExitCode> {
    if store::store_file(&args.graph).is_none() || !args.graph.is_dir() {
        return Err(Error::new("no folder of a graph")
            .at(&args.graph)
            .hint("a graph that is one file of JSON is built anew, without the article"));
    }
    let store = Store::open_to_write(&args.graph, &writer("forget"))?;
    let mut gone = 0;
    for name in &args.article {
        gone += store.forget(name)?;
    }
    // What is forgotten must not stand on in the JSON beside the database.
    let json = args.graph.join(store::GRAPH_FILE).exists().then_some(Form::Data(Format::Json));
    write_forms(&store, &args.graph, json.as_slice(), messages)?;
    let left = store.article_count()?;
    messages.closing(format_args!("{gone} forgotten, {left} left"));
    Ok(ExitCode::SUCCESS)
}
