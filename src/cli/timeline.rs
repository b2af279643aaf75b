//! `rapporteur timeline`: what happened, in order of time.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueHint;
use rapporteur::Result;
use rapporteur::error::Error;
use rapporteur::extract::{Event, Status};
use rapporteur::graph::{EdgeType, KnowledgeGraph, Node};
use rapporteur::query::{Among, EventFilter, Happening, Named, find, find_all, timeline, within};
use serde::Serialize;

use super::answer::{self, Answer, Cells, Shape};
use super::input;
use super::messages::Messages;
use super::select::{self, Dates};
use super::table::{self, Row, Sheet, Spacing};

const EXAMPLES: &str = "\
Examples:
  rapporteur timeline graph/
  rapporteur timeline graph/ \"Mary Robinson\" --type visit,meet
  rapporteur timeline graph/ Geneva --since 2017 --until 2018-06
  rapporteur timeline graph/ --type election --format csv";

/// Tells what happened, in order of time: to a person, in a place, or all of it
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// A graph's file or folder, as `build` made it; `-` is standard input
    #[arg(value_hint = ValueHint::AnyPath)]
    graph: PathBuf,

    /// A person, country, organization, place or event by name, alias or id
    #[arg(value_hint = ValueHint::Other)]
    of: Option<String>,

    /// Only events of these types, with commas between them
    #[arg(long = "type", value_name = "TYPE", value_delimiter = ',')]
    types: Vec<String>,

    #[command(flatten)]
    dates: Dates,

    /// Only in this place or country, or on this occasion
    #[arg(long, value_name = "PLACE|EVENT", value_hint = ValueHint::Other)]
    at: Option<String>,

    /// Only what took place, is planned, is denied, or is uncertain
    #[arg(long, value_parser = select::status())]
    status: Option<Status>,

    /// How the answer is written
    #[arg(short, long, default_value = "table")]
    format: Shape,
}

pub fn run(args: &Args, messages: &Messages) -> Result<ExitCode> {
    let ties = [EdgeType::Participant];
    let graph = match (&args.of, &args.at) {
        // Of which types there are, all of the graph tells.
        (Some(of), None) if args.types.is_empty() => input::graph_about(&args.graph, &[of], Among::Everything, &ties)?,
        _ => input::graph(&args.graph)?,
    };
    let of = args.of.as_deref().map(|name| find(&graph, name, Among::Everything)).transpose()?;
    let at = args.at.as_deref().map(|name| find_all(&graph, name, Among::Scenes)).transpose()?;
    let Dates { since, until } = args.dates;
    let filter = EventFilter {
        since,
        until,
        types: types(&graph, &args.types)?,
        status: args.status,
        at: at.map(|nodes| within(&graph, &nodes)),
    };
    let all = timeline(&graph, of);
    let otherwise = EventFilter { since: None, until: None, ..filter.clone() };
    let undated = |event: &&Happening| event.period().is_none() && otherwise.keeps(event);
    args.dates.tell_undated(all.iter().filter(undated).count(), messages);
    let events = all.into_iter().filter(|event| filter.keeps(event)).collect();
    answer::print(&Timeline { of: of.map(Named::of), events }, args.format)?;
    Ok(ExitCode::SUCCESS)
}

/// The types as the graph's events have them.
fn types<'g>(graph: &'g KnowledgeGraph, asked: &[String]) -> Result<std::collections::BTreeSet<&'g str>> {
    let there: std::collections::BTreeSet<&str> = graph
        .nodes()
        .filter_map(|node| match node {
            Node::Event(Event { event_type, .. }) => Some(event_type.as_str()),
            _ => None,
        })
        .collect();
    let find = |name: &String| {
        there.get(name.to_lowercase().as_str()).copied().ok_or_else(|| {
            let known = there.iter().copied().collect::<Vec<_>>().join(", ");
            Error::new(format!("no event of this graph is of type `{name}`")).hint(format!("types here: {known}"))
        })
    };
    asked.iter().map(find).collect()
}

/// Whose events were asked for, and the events.
#[derive(Serialize)]
struct Timeline<'g> {
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<Named<'g>>,
    events: Vec<Happening<'g>>,
}

impl Answer for Timeline<'_> {
    fn write_table(&self, sheet: Sheet, out: &mut dyn Write) -> io::Result<()> {
        let of = self.of.as_ref().map(|of| of.name.as_str());
        if self.events.is_empty() {
            return sheet
                .paragraph(&format!("No such events{}.", of.map(|of| format!(" of {of}")).unwrap_or_default()), out);
        }
        sheet.heading(&format!("TIMELINE{}", of.map(|of| format!(" OF {of}")).unwrap_or_default()), out)?;
        sheet.rows(&rows(&self.events), Spacing::Wide, out)
    }

    fn cells(&self) -> Cells {
        Cells::of_events(&self.events)
    }
}

/// A row for each event, its sentences with their articles.
pub fn rows(events: &[Happening]) -> Vec<Row> {
    events.iter().map(|event| [table::when(event), table::lines(table::event_lines(event))]).collect()
}
