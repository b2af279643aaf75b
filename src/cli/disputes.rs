//! `rapporteur disputes`: what articles and speakers disagree on, with all sides.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueHint;
use rapporteur::Result;
use rapporteur::query::{Among, Dispute, Named, Point, Side, disputes, find};
use serde::Serialize;

use super::answer::{self, Answer, Cells, Shape};
use super::input;
use super::table::{self, Row, Sheet, Spacing};

const EXAMPLES: &str = "\
Examples:
  rapporteur disputes graph/
  rapporteur disputes graph/ \"Mary Robinson\"
  rapporteur disputes graph/ Ireland --format json";

/// Tells what is disputed: denials with what they deny, speakers who contradict one another, articles that tell it otherwise
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// A graph's file or folder, as `build` made it; `-` is standard input
    #[arg(value_hint = ValueHint::AnyPath)]
    graph: PathBuf,

    /// Only those in which this person, country, organization, place or event has a part
    #[arg(value_hint = ValueHint::Other)]
    who: Option<String>,

    /// How the answer is written
    #[arg(short, long, default_value = "table")]
    format: Shape,
}

pub fn run(args: &Args) -> Result<ExitCode> {
    let graph = input::graph(&args.graph)?;
    let who = args.who.as_deref().map(|name| find(&graph, name, Among::Everything)).transpose()?;
    let disputes = disputes(&graph, who.map(|who| who.id()));
    answer::print(&Disputes { who: who.map(Named::of), disputes }, args.format)?;
    Ok(ExitCode::SUCCESS)
}

/// Whose disputes were asked for, and the disputes.
#[derive(Serialize)]
struct Disputes<'g> {
    #[serde(skip_serializing_if = "Option::is_none")]
    who: Option<Named<'g>>,
    disputes: Vec<Dispute<'g>>,
}

impl Answer for Disputes<'_> {
    fn write_table(&self, sheet: Sheet, out: &mut dyn Write) -> io::Result<()> {
        let of = self.who.as_ref().map(|who| who.name.as_str());
        if self.disputes.is_empty() {
            return sheet
                .paragraph(&format!("No disputes{}.", of.map(|of| format!(" of {of}")).unwrap_or_default()), out);
        }
        sheet.heading(&format!("DISPUTES{}", of.map(|of| format!(" OF {of}")).unwrap_or_default()), out)?;
        writeln!(out)?;
        for dispute in &self.disputes {
            sheet.heading(&dispute.matter.name, out)?;
            sheet.paragraph(point(dispute.on), out)?;
            sheet.rows(&rows(dispute), Spacing::Wide, out)?;
        }
        Ok(())
    }

    fn cells(&self) -> Cells {
        let of = |dispute: &Dispute| {
            let (statements, events) = sides(dispute);
            let said = Cells::of_statements(statements)
                .rows
                .into_iter()
                .map(|row| (row[2].clone(), row[3].clone(), row[6].clone(), row[10..].to_vec()));
            let told = Cells::of_events(events)
                .rows
                .into_iter()
                .map(|row| (String::new(), row[5].clone(), row[2].clone(), row[11..].to_vec()));
            let matter = [dispute.matter.id.to_owned(), point(dispute.on).to_owned()];
            said.chain(told)
                .map(|(who, how, what, sentence)| [matter.to_vec(), vec![who, how, what], sentence].concat())
                .collect::<Vec<_>>()
        };
        let columns =
            vec!["matter", "on", "speaker", "says", "what", "sentence", "article", "headline", "published", "sources"];
        Cells { columns, rows: self.disputes.iter().flat_map(of).collect() }
    }
}

fn sides<'a, 'g>(
    dispute: &'a Dispute<'g>,
) -> (Vec<&'a rapporteur::query::Statement<'g>>, Vec<&'a rapporteur::query::Happening<'g>>) {
    let (mut statements, mut events) = (Vec::new(), Vec::new());
    for side in &dispute.sides {
        match side {
            Side::Statement(statement) => statements.push(statement),
            Side::Event(event) => events.push(event),
        }
    }
    (statements, events)
}

fn point(point: Point) -> &'static str {
    match point {
        Point::Denied => "is denied",
        Point::Opposed => "speakers contradict one another",
        Point::Status => "some tell that it happened, some that it did not",
        Point::Date => "the articles tell different days",
    }
}

fn rows(dispute: &Dispute) -> Vec<Row> {
    let row = |side: &Side| match side {
        Side::Statement(statement) => table::sourced_claim(statement),
        Side::Event(event) => [event.status.to_string(), table::lines(table::event_lines(event))],
    };
    dispute.sides.iter().map(row).collect()
}
