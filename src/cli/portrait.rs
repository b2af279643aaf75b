//! `rapporteur portrait`: all that a graph knows of one person.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueHint;
use rapporteur::Result;
use rapporteur::graph::EdgeType;
use rapporteur::query::{Among, Partner, Portrait, find_person, portrait};

use super::answer::{self, Answer, Cells, Shape};
use super::table::{self, Row, Sheet, Spacing};
use super::{input, who_met};

const EXAMPLES: &str = "\
Examples:
  rapporteur portrait graph/ \"Mary Robinson\"
  rapporteur portrait graph/ robinson --format json";

/// Draws a person: offices, whom met and how often, the meetings, the statements, with their sentences
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// A graph's file or folder, as `build` made it; `-` is standard input
    #[arg(value_hint = ValueHint::AnyPath)]
    graph: PathBuf,

    /// A name, a last name, an alias or an id; case and accents do not matter
    #[arg(value_hint = ValueHint::Other)]
    person: String,

    /// How the answer is written
    #[arg(short, long, default_value = "table")]
    format: Shape,
}

pub fn run(args: &Args) -> Result<ExitCode> {
    let ties = [EdgeType::Met, EdgeType::Claims, EdgeType::HoldsOffice, EdgeType::Affiliated];
    let graph = input::graph_about(&args.graph, &[&args.person], Among::People, &ties)?;
    let drawn = portrait(&graph, find_person(&graph, &args.person)?);
    answer::print(&drawn, args.format)?;
    Ok(ExitCode::SUCCESS)
}

impl Answer for Portrait<'_> {
    fn write_table(&self, sheet: Sheet, out: &mut dyn Write) -> io::Result<()> {
        write_table(self, sheet, out)
    }

    /// The meetings.
    fn cells(&self) -> Cells {
        Cells::of_meetings(&self.meetings).after("person", self.profile.name).after("person_id", self.profile.id)
    }
}

fn write_table(drawn: &Portrait, sheet: Sheet, out: &mut dyn Write) -> io::Result<()> {
    let Portrait { profile, partners, meetings, statements } = drawn;
    sheet.heading(profile.name, out)?;
    for tie in profile.offices.iter().chain(&profile.affiliations) {
        sheet.paragraph(&table::tie(tie), out)?;
    }
    let aliases = profile.aliases.iter().cloned().collect::<Vec<_>>().join(", ");
    if !aliases.is_empty() {
        sheet.paragraph(&format!("also {aliases}"), out)?;
    }
    let partners: Vec<Row> = partners.iter().map(partner).collect();
    let statements: Vec<Row> = statements.iter().map(table::claim).collect();
    for (title, rows, spacing) in [
        ("PARTNERS", partners, Spacing::Close),
        ("MEETINGS", who_met::rows(meetings), Spacing::Wide),
        ("STATEMENTS", statements, Spacing::Wide),
    ] {
        writeln!(out)?;
        sheet.heading(title, out)?;
        match rows.is_empty() {
            true => writeln!(out, "none found")?,
            false => sheet.rows(&rows, spacing, out)?,
        }
    }
    Ok(())
}

fn partner(partner: &Partner) -> Row {
    let Partner { who, met, other, first, last } = partner;
    let days = match (first, last) {
        (Some(first), Some(last)) if first != last => format!("{first} to {last}"),
        (Some(day), _) | (_, Some(day)) => day.to_string(),
        _ => String::new(),
    };
    let not_held = if *other > 0 { format!("{other} not held or not sure") } else { String::new() };
    [format!("met {met}"), table::lines([table::facts([who.name.clone(), days, not_held])])]
}
