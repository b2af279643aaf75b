//! `rapporteur path`: the shortest chain of meetings between two people.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueHint;
use rapporteur::extract::Status;
use rapporteur::query::{MeetingFilter, Step, find_person, path};
use rapporteur::{Error, Result};
use serde::Serialize;

use super::answer::{self, Answer, Cells, Shape};
use super::table::{Sheet, Spacing};
use super::{input, who_met};

const EXAMPLES: &str = "\
Examples:
  rapporteur path graph/ robinson annan
  rapporteur path graph/ robinson annan --since 2017 --channel in-person --format json";

/// Finds the shortest chain of meetings between two people: whom one met, who met another, who met the other
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// A graph's file or folder, as `build` made it; `-` is standard input
    #[arg(value_hint = ValueHint::AnyPath)]
    graph: PathBuf,

    /// From whom: a name, a last name, an alias or an id
    #[arg(value_name = "PERSON", value_hint = ValueHint::Other)]
    from: String,

    /// To whom
    #[arg(value_name = "OTHER", value_hint = ValueHint::Other)]
    to: String,

    // Where no status is named, only meetings that took place count.
    #[command(flatten)]
    chosen: who_met::Chosen,

    /// How the answer is written
    #[arg(short, long, default_value = "table")]
    format: Shape,
}

pub fn run(args: &Args) -> Result<ExitCode> {
    let graph = input::graph(&args.graph)?;
    let (from, to) = (find_person(&graph, &args.from)?, find_person(&graph, &args.to)?);
    let chosen = args.chosen.filter(&graph)?;
    let filter = MeetingFilter { status: chosen.status.or(Some(Status::Happened)), ..chosen };
    let Some(steps) = path(&graph, &from.id, &to.id, &filter) else {
        return Err(Error::new(format!("no chain of such meetings joins {} and {}", from.name, to.name))
            .hint("`rapporteur analyze GRAPH --measure components` tells who hangs together with whom"));
    };
    answer::print(&Chain { from: &from.name, to: &to.name, steps }, args.format)?;
    Ok(ExitCode::SUCCESS)
}

/// Whose chain was asked for, and its links.
#[derive(Serialize)]
struct Chain<'g> {
    from: &'g str,
    to: &'g str,
    steps: Vec<Step<'g>>,
}

impl Answer for Chain<'_> {
    fn write_table(&self, sheet: Sheet, out: &mut dyn Write) -> io::Result<()> {
        let names = self.steps.iter().map(|step| step.to.name.as_str());
        sheet.heading(&[self.from].into_iter().chain(names).collect::<Vec<_>>().join(" – "), out)?;
        for step in &self.steps {
            writeln!(out)?;
            sheet.heading(&format!("{} met {}", step.from.name, step.to.name), out)?;
            sheet.rows(&who_met::rows(&step.meetings), Spacing::Wide, out)?;
        }
        Ok(())
    }

    fn cells(&self) -> Cells {
        let step = |step: &Step| {
            Cells::of_meetings(&step.meetings).after("person", &step.from.name).after("person_id", step.from.id)
        };
        self.steps.iter().map(step).fold(Cells::default(), Cells::and)
    }
}
