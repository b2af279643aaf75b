//! `rapporteur about`: all that a graph knows of a person, a country, an organization, a place or an event.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueHint;
use rapporteur::Result;
use rapporteur::query::{About, Among, Member, Subject, about, find};

use super::answer::{self, Answer, Cells, Shape};
use super::table::{self, Row, Sheet, Spacing};
use super::{input, said, timeline};

const EXAMPLES: &str = "\
Examples:
  rapporteur about graph/ Ireland
  rapporteur about graph/ \"World Water Summit\"
  rapporteur about graph/ robinson --format json";

/// Tells what is known of one thing: names, offices, who belongs to it, what happened to it, what is said of it
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// A graph's file or folder, as `build` made it; `-` is standard input
    #[arg(value_hint = ValueHint::AnyPath)]
    graph: PathBuf,

    /// A person, country, organization, place or event by name, alias or id
    #[arg(value_name = "X", value_hint = ValueHint::Other)]
    what: String,

    /// How the answer is written
    #[arg(short, long, default_value = "table")]
    format: Shape,
}

pub fn run(args: &Args) -> Result<ExitCode> {
    let graph = input::graph(&args.graph)?;
    let found = find(&graph, &args.what, Among::Everything)?;
    let known = about(&graph, found.id()).expect("what was found is an entity or an event");
    answer::print(&known, args.format)?;
    Ok(ExitCode::SUCCESS)
}

impl Answer for About<'_> {
    fn write_table(&self, sheet: Sheet, out: &mut dyn Write) -> io::Result<()> {
        head(self, sheet, out)?;
        let members = self.members.iter().map(member).collect();
        for (title, rows, spacing) in [
            ("MEMBERS AND OFFICES", members, Spacing::Close),
            ("WHAT HAPPENED", timeline::rows(&self.events), Spacing::Wide),
            ("WHAT IS SAID ABOUT IT", said::rows(&self.statements), Spacing::Wide),
        ] {
            if !rows.is_empty() {
                writeln!(out)?;
                sheet.heading(title, out)?;
                sheet.rows(&rows, spacing, out)?;
            }
        }
        Ok(())
    }

    fn cells(&self) -> Cells {
        let event = match &self.subject {
            Subject::Event(event) => Some(event),
            Subject::Entity(_) => None,
        };
        Cells::of_events(event.into_iter().chain(&self.events))
    }
}

/// What it is, and how often it is told of.
fn head(about: &About, sheet: Sheet, out: &mut dyn Write) -> io::Result<()> {
    match &about.subject {
        Subject::Entity(profile) => {
            sheet.heading(profile.name, out)?;
            let mut ties = profile.offices.iter().chain(&profile.affiliations).map(table::tie);
            ties.try_for_each(|tie| sheet.paragraph(&tie, out))?;
            let aliases = profile.aliases.iter().cloned().collect::<Vec<_>>().join(", ");
            if !aliases.is_empty() {
                sheet.paragraph(&format!("also {aliases}"), out)?;
            }
            sheet.paragraph(&format!("{}; {}", profile.kind, table::articles(about.articles)), out)
        }
        Subject::Event(event) => {
            sheet.heading(event.name, out)?;
            sheet.rows(
                &[[table::when(event), table::lines(table::event_lines(event).into_iter().skip(1))]],
                Spacing::Close,
                out,
            )
        }
    }
}

pub fn member(member: &Member) -> Row {
    let former = if member.former { "former " } else { "" };
    ["".to_owned(), table::lines([format!("{}, {former}{}", member.who.name, member.title)])]
}
