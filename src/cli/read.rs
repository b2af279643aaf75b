//! `rapporteur read`: one article into its graph, or, for people, into a table or the article with what was found marked in it.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueHint;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use rapporteur::export::{Format, Options};
use rapporteur::graph::{KnowledgeGraph, Node};
use rapporteur::nlp::Model;
use rapporteur::view::write_article;
use rapporteur::{Error, Result, pipeline};

use super::form::{self, Form};
use super::messages::Messages;
use super::table::Sheet;
use super::{input, output, table};

const EXAMPLES: &str = "\
Examples:
  rapporteur read article.txt
  rapporteur read article.txt --format html --output marked.html    to check by eye, in a browser
  rapporteur read page.html --format turtle --output page.ttl
  curl -s https://news.example/page.html | rapporteur read - --format json";

/// Reads one article and tells who is in it, what happened and who said what
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// A text or a web page; `-` is standard input
    #[arg(value_hint = ValueHint::FilePath)]
    article: PathBuf,

    /// `table` and `html` (the article with all that was found marked in it) are for people, the others for programs [default: what the name after --output ends in; else `table` on a
    /// terminal and `json` elsewhere]
    #[arg(short, long, value_parser = Shape::parser())]
    format: Option<Shape>,

    /// Writes to this file instead of standard output; of csv, to this folder
    #[arg(short, long, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    output: Option<PathBuf>,

    #[command(flatten)]
    reading: input::Reading,

    #[command(flatten)]
    knowledge: input::Knowledge,
}

/// A table for people or a form for programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Table,
    Form(Form),
}

pub fn run(args: &Args, messages: &Messages) -> Result<ExitCode> {
    if args.output.as_ref().is_some_and(|output| same_file(output, &args.article)) {
        return Err(Error::new("the article and the output are one file")
            .at(&args.article)
            .hint("name another file after `--output`"));
    }
    let schema = args.knowledge.schema()?;
    let article = input::article(&args.article, &args.reading)?;
    let mut graph = KnowledgeGraph::new();
    graph.add(pipeline::read(&schema, &Model::built_in(), article));
    schema.overrules.unused().for_each(|error| messages.error(&error));
    let shape = args.shape();
    if shape != Shape::Table {
        // The table tells them itself.
        messages.notes_of(&graph);
    }
    write(&graph, shape, args, messages)?;
    Ok(ExitCode::SUCCESS)
}

fn write(graph: &KnowledgeGraph, shape: Shape, args: &Args, messages: &Messages) -> Result<()> {
    let output = output::file_of(args.output.as_deref());
    match shape {
        Shape::Form(Form::Page) => output::write(output, |out| write_marked(graph, out)),
        Shape::Form(form) => super::export::write(graph, &[form], &Options::default(), output, messages),
        Shape::Table => {
            let sheet = if output.is_some() { Sheet::plain() } else { Sheet::for_stdout() };
            output::write(output, |out| table::write(graph, sheet, out))
        }
    }
}

/// Writes the one article of the graph.
fn write_marked(graph: &KnowledgeGraph, out: &mut dyn Write) -> io::Result<()> {
    let articles = graph.nodes().filter_map(|node| match node {
        Node::Article(article) => Some(article),
        _ => None,
    });
    articles.into_iter().try_for_each(|article| write_article(graph, article, out))
}

fn same_file(a: &PathBuf, b: &PathBuf) -> bool {
    let real = std::fs::canonicalize;
    real(a).is_ok_and(|a| a.is_file() && real(b).is_ok_and(|b| a == b))
}

impl Args {
    fn shape(&self) -> Shape {
        let by_name = || self.output.as_deref().and_then(Form::of_file).map(Shape::Form);
        let by_place = || match self.output.is_none() && std::io::stdout().is_terminal() {
            true => Shape::Table,
            false => Shape::Form(Form::Data(Format::Json)),
        };
        self.format.or_else(by_name).unwrap_or_else(by_place)
    }
}

impl Shape {
    fn parser() -> impl TypedValueParser<Value = Shape> {
        let names = [PossibleValue::new("table")].into_iter().chain(Form::all().map(Form::possible_value));
        PossibleValuesParser::new(names).map(|name| form::named(&name).map_or(Shape::Table, Shape::Form))
    }
}
