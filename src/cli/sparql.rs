//! `rapporteur sparql`: a graph asked in SPARQL.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{ValueEnum, ValueHint};
use rapporteur::error::{Error, Result, WithFile};
use rapporteur::export::Options;
use rapporteur::sparql::{Answer, Dataset};
use sparesults::QueryResultsFormat;

use super::table::Sheet;
use super::{input, output};

const EXAMPLES: &str = "\
Examples:
  rapporteur sparql graph/ 'SELECT ?name WHERE { ?who a rap:Person; rdfs:label ?name } ORDER BY ?name'
  rapporteur sparql graph/ 'ASK { person:mary-robinson rap:met ?anybody }'
  rapporteur sparql graph/ query.rq --format csv > rows.csv
  rapporteur sparql graph/ 'DESCRIBE country:IE'";

/// Asks a graph in SPARQL: SELECT, ASK, CONSTRUCT and DESCRIBE over its RDF, as `export --to trig` writes it
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// A graph's file or folder, as `build` made it; `-` is standard input
    #[arg(value_hint = ValueHint::AnyPath)]
    graph: PathBuf,

    /// The query, or a file that holds it (.rq, .sparql); `-` is standard input
    #[arg(value_hint = ValueHint::FilePath)]
    query: String,

    /// What instance IRIs begin with
    #[arg(long, value_name = "IRI")]
    base: Option<String>,

    /// `table` is for people (of statements, Turtle); the others are those of the W3C [default: table]
    #[arg(short, long)]
    format: Option<Shape>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shape {
    Table,
    Csv,
    Tsv,
    Json,
    Xml,
    /// Of CONSTRUCT and DESCRIBE
    Turtle,
}

pub fn run(args: &Args) -> Result<ExitCode> {
    let query = query(&args.query, input::is_stdin(&args.graph))?;
    let options = args.base.as_deref().map_or(Ok(Options::default()), Options::with_base)?;
    let dataset = Dataset::of(&input::graph(&args.graph)?, &options)?;
    let answer = dataset.ask(&query)?;
    let results = |format| {
        move |out: &mut dyn Write, answer: &Answer| {
            answer.write(format, out)?;
            // Of the formats, XML and JSON end without a line end.
            if matches!(format, QueryResultsFormat::Json | QueryResultsFormat::Xml) { writeln!(out) } else { Ok(()) }
        }
    };
    match (&answer, args.format.unwrap_or(Shape::Table)) {
        (Answer::Statements(triples), Shape::Table | Shape::Turtle) => {
            output::to_stdout(|out| dataset.write_turtle(triples, out))?
        }
        (Answer::Statements(_), _) => {
            return Err(
                Error::new("the query gives statements, not rows").hint("leave out --format, or ask for turtle")
            );
        }
        (_, Shape::Turtle) => {
            return Err(Error::new("the query gives no statements").hint("Turtle is for CONSTRUCT and DESCRIBE"));
        }
        (_, Shape::Table) => output::to_stdout(|out| write_table(&dataset, &answer, out))?,
        (_, Shape::Csv) => output::to_stdout(|out| results(QueryResultsFormat::Csv)(out, &answer))?,
        (_, Shape::Tsv) => output::to_stdout(|out| results(QueryResultsFormat::Tsv)(out, &answer))?,
        (_, Shape::Json) => output::to_stdout(|out| results(QueryResultsFormat::Json)(out, &answer))?,
        (_, Shape::Xml) => output::to_stdout(|out| results(QueryResultsFormat::Xml)(out, &answer))?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The query itself, or what the file of that name holds.
fn query(given: &str, is_stdin_taken: bool) -> Result<String> {
    if input::is_stdin(Path::new(given)) {
        if is_stdin_taken {
            return Err(Error::new("graph and query cannot both come from standard input"));
        }
        let mut query = String::new();
        io::stdin().read_to_string(&mut query).with_file("read", "standard input")?;
        return Ok(query);
    }
    let is_file_name = !given.contains(['{', '\n']);
    if is_file_name {
        return fs::read_to_string(given)
            .with_file("read the query", given)
            .map_err(|error| error.hint("a query has braces: ASK { ?a rap:met ?b }"));
    }
    Ok(given.to_owned())
}

fn write_table(dataset: &Dataset, answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
    match answer {
        Answer::Truth(truth) => writeln!(out, "{}", if *truth { "yes" } else { "no" }),
        Answer::Rows { rows, .. } if rows.is_empty() => writeln!(out, "No rows."),
        Answer::Rows { variables, rows } => {
            let columns: Vec<String> = variables.iter().map(|name| name.as_str().to_owned()).collect();
            let shown = |term: &Option<_>| term.as_ref().map(|term| dataset.shown(term)).unwrap_or_default();
            let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(shown).collect()).collect();
            Sheet::for_stdout().grid(&columns, &rows, out)
        }
        Answer::Statements(triples) => dataset.write_turtle(triples, out),
    }
}
