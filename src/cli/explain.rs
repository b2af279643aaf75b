//! `rapporteur explain`: who or what an entity is here, and why names were taken for it.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueHint;
use rapporteur::link::{Choice, Entity};
use rapporteur::query::find_entity;
use rapporteur::{Error, Result};

use super::messages::Messages;
use super::table::{Row, Sheet, Spacing};
use super::{input, output};

const EXAMPLES: &str = "\
Examples:
  rapporteur explain graph/ Sisi
  rapporteur explain graph/ person/george-w-bush
  rapporteur explain graph/ \"White House\"

What it tells can be overruled: `build --overrule FILE`.";

/// Tells who or what a name stands for, its id, and why it was taken for that
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// A graph's file or folder, as `build` made it; `-` is standard input
    #[arg(value_hint = ValueHint::AnyPath)]
    graph: PathBuf,

    /// A name, an alias or an id of a person, country, organization or place
    #[arg(value_hint = ValueHint::Other)]
    entity: String,
}

pub fn run(args: &Args, _: &Messages) -> Result<ExitCode> {
    let graph = input::graph(&args.graph)?;
    let found = find_entity(&graph, &args.entity);
    if found.is_empty() {
        return Err(Error::new(format!("nothing in this graph is called `{}`", args.entity))
            .hint("say a whole name or an id; case and accents do not matter"));
    }
    output::write(None, |out| found.iter().try_for_each(|entity| explain(entity, Sheet::for_stdout(), out)))?;
    Ok(ExitCode::SUCCESS)
}

fn explain(entity: &Entity, sheet: Sheet, out: &mut dyn Write) -> io::Result<()> {
    sheet.heading(&format!("{}  {}", entity.name, entity.id), out)?;
    let listed = |items: Vec<&str>| items.join(", ");
    let told = [
        ("kind", entity.kind.to_string()),
        ("names", listed(entity.aliases.iter().map(String::as_str).collect())),
        ("same as", listed(entity.same_as.iter().map(String::as_str).collect())),
    ];
    let known = told.into_iter().filter(|(_, value)| !value.is_empty()).map(|(key, value)| [key.to_owned(), value]);
    let by_name = [["linked".to_owned(), "by its name: no table has it, or the name alone tells it".to_owned()]];
    let choices = entity.choices.iter().map(choice);
    let rows: Vec<Row> = match entity.choices.is_empty() {
        true => known.chain(by_name).collect(),
        false => known.chain(choices).collect(),
    };
    sheet.rows(&rows, Spacing::Close, out)?;
    writeln!(out)
}

fn choice(choice: &Choice) -> Row {
    let others: Vec<String> = choice.considered.iter().map(|other| format!("{} ({})", other.id, other.score)).collect();
    let against = if others.is_empty() { String::new() } else { format!("; considered too: {}", others.join(", ")) };
    ["linked".to_owned(), format!("“{}” (score {}): {}{against}", choice.name, choice.score, choice.why)]
}
