//! `rapporteur said`: the statements of a speaker, with the sentences that report them.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueHint;
use rapporteur::Result;
use rapporteur::extract::Stance;
use rapporteur::graph::EdgeType;
use rapporteur::query::{Among, Matter, Named, Statement, StatementFilter, find, who_said};
use serde::Serialize;

use super::answer::{self, Answer, Cells, Shape};
use super::input;
use super::messages::Messages;
use super::select::{self, Dates};
use super::table::{self, Row, Sheet, Spacing};

const EXAMPLES: &str = "\
Examples:
  rapporteur said graph/ \"Mary Robinson\"
  rapporteur said graph/ Ireland --stance deny --since 2017
  rapporteur said graph/ robinson --about \"the Paris agreement\" --format json
  rapporteur said graph/ --stance deny --about meddling";

/// Tells who said what: asserted, denied, promised, asked; of what, and in which articles
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// A graph's file or folder, as `build` made it; `-` is standard input
    #[arg(value_hint = ValueHint::AnyPath)]
    graph: PathBuf,

    /// A person, country or organization by name, alias or id; all who speak where nobody is named
    #[arg(value_hint = ValueHint::Other)]
    who: Option<String>,

    /// Only about this: a name, or words that must be in what is said
    #[arg(long, value_name = "X", value_hint = ValueHint::Other)]
    about: Option<String>,

    /// Only what is asserted, denied, believed, promised, requested, an accusation, a question
    #[arg(long, value_parser = select::stance())]
    stance: Option<Stance>,

    /// When the article was published
    #[command(flatten)]
    dates: Dates,

    /// How the answer is written
    #[arg(short, long, default_value = "table")]
    format: Shape,
}

pub fn run(args: &Args, messages: &Messages) -> Result<ExitCode> {
    let graph = match (&args.who, &args.about) {
        (Some(who), None) => input::graph_about(&args.graph, &[who], Among::Actors, &[EdgeType::Claims])?,
        _ => input::graph(&args.graph)?,
    };
    let who = args.who.as_deref().map(|name| find(&graph, name, Among::Actors)).transpose()?;
    let all = who_said(&graph, who.map(|who| who.id()));
    let Dates { since, until } = args.dates;
    let about = args.about.as_deref().map(|words| Matter::named(&graph, words));
    let filter = StatementFilter { since, until, stance: args.stance, about };
    let otherwise = StatementFilter { since: None, until: None, ..filter.clone() };
    let undated = |said: &&Statement| said.evidence.iter().all(|told| told.article.published.is_none());
    args.dates.tell_undated(all.iter().filter(undated).filter(|said| otherwise.keeps(said)).count(), messages);
    let statements = all.into_iter().filter(|said| filter.keeps(said)).collect();
    answer::print(&Statements { who: who.map(Named::of), statements }, args.format)?;
    Ok(ExitCode::SUCCESS)
}

/// Who was asked for, and the statements.
#[derive(Serialize)]
struct Statements<'g> {
    #[serde(skip_serializing_if = "Option::is_none")]
    who: Option<Named<'g>>,
    statements: Vec<Statement<'g>>,
}

impl Answer for Statements<'_> {
    fn write_table(&self, sheet: Sheet, out: &mut dyn Write) -> io::Result<()> {
        let of = self.who.as_ref().map(|who| format!(" of {}", who.name)).unwrap_or_default();
        if self.statements.is_empty() {
            return sheet.paragraph(&format!("No such statements{of}."), out);
        }
        sheet.heading(&format!("STATEMENTS{}", of.replacen(" of ", " OF ", 1)), out)?;
        sheet.rows(&rows(&self.statements), Spacing::Wide, out)
    }

    fn cells(&self) -> Cells {
        Cells::of_statements(&self.statements)
    }
}

/// A row for each statement, its sentences with their articles.
pub fn rows(statements: &[Statement]) -> Vec<Row> {
    statements.iter().map(table::sourced_claim).collect()
}
