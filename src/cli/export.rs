//! `rapporteur export`: a graph, a part or a view of it into the formats of other programs.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{ValueEnum, ValueHint};
use rapporteur::base::Date;
use rapporteur::base::compression::Compression;
use rapporteur::export::Options;
use rapporteur::extract::Status;
use rapporteur::graph::{KnowledgeGraph, Node};
use rapporteur::query::{self, Selection};
use rapporteur::schema::Schema;
use rapporteur::{Error, Result};

use super::form::{Choice, Form};
use super::messages::Messages;
use super::{input, output, select};

const EXAMPLES: &str = "\
Examples:
  rapporteur export graph/ --to turtle > graph.ttl
  rapporteur export graph/ --output graph.nq.gz
  rapporteur export graph/ --to neo4j,kuzu,html --output exports/
  rapporteur export graph/ --to gexf --view people --since 2017-07 --status happened --output people.gexf
  rapporteur export graph/ --to trig --base https://news.example/id/ --type meet,call --min-score 0.8
  rapporteur read article.txt --format json | rapporteur export - --to ntriples";

/// Writes a graph, or a part of it, in the formats of other programs
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// A graph's file or folder, as `build` made it; `-` is standard input
    #[arg(value_hint = ValueHint::AnyPath)]
    graph: PathBuf,

    /// The formats, with commas between them: a name, an extension or a media type [default: what the name after --output ends in]
    #[arg(short, long, value_name = "FORMAT", value_delimiter = ',', value_parser = Choice::parser())]
    to: Vec<Choice>,

    /// Writes to this file instead of standard output (`-`), compressed if its name ends in .gz or .zst; of formats that are several
    /// files, and of several formats, to this folder
    #[arg(short, long, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    output: Option<PathBuf>,

    /// What the IRIs of people, events and so on begin with, in the formats of RDF [default: https://w3id.org/rapporteur/id/]
    #[arg(long, value_name = "IRI")]
    base: Option<String>,

    /// Tells statements about statements with the triple terms of RDF 1.2 (turtle, ntriples, trig, nquads)
    #[arg(long = "rdf-1.2")]
    rdf_12: bool,

    /// How much of the graph is seen
    #[arg(long, default_value = "full")]
    view: View,

    #[command(flatten)]
    part: PartArgs,
}

/// How much of a graph is seen.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum View {
    /// Events and claims as nodes, all evidence
    Full,
    /// Who met whom: persons, and an edge for each two with the number of their meetings
    People,
    /// The same with countries and organizations, and who holds office in them
    Actors,
}

/// Which part of a graph to write.
#[derive(clap::Args)]
#[command(next_help_heading = "Only a part of the graph")]
struct PartArgs {
    /// Only events, and claims in articles, from this date on: a year, a month (2017-07) or a day (2017-07-07)
    #[arg(long, value_name = "DATE")]
    since: Option<Date>,

    /// Only events, and claims in articles, up to the end of this date
    #[arg(long, value_name = "DATE")]
    until: Option<Date>,

    /// Only events of these types (meet, call …), and claims about them
    #[arg(long = "type", value_name = "TYPE", value_delimiter = ',')]
    types: Vec<String>,

    /// Only nodes of these kinds, and the edges between them
    #[arg(long = "kind", value_name = "KIND", value_delimiter = ',', value_parser = kind())]
    kinds: Vec<String>,

    /// Only events that took place, are planned, are denied, or are uncertain, and claims about them
    #[arg(long = "status", value_name = "STATUS", value_delimiter = ',', value_parser = select::status())]
    statuses: Vec<Status>,

    /// Only events of this score or more (0 to 1), and claims about them
    #[arg(long, value_name = "SCORE", value_parser = score)]
    min_score: Option<f32>,
}

pub fn run(args: &Args, messages: &Messages) -> Result<ExitCode> {
    let forms = args.forms()?;
    let options = args.options()?;
    refuse_unfit(&forms, args.output.as_deref())?;
    let graph = args.narrowed(input::graph(&args.graph)?, messages)?;
    write(&graph, &forms, &options, args.output.as_deref(), messages)?;
    Ok(ExitCode::SUCCESS)
}

impl Args {
    /// The forms named, else the one that the output's name ends in.
    fn forms(&self) -> Result<Vec<Form>> {
        match (self.to.is_empty(), self.output.as_deref().and_then(Form::of_file)) {
            (false, _) => Ok(Choice::forms(&self.to)),
            (true, Some(form)) => Ok(vec![form]),
            (true, None) => {
                let names: Vec<&str> = Form::all().map(Form::name).collect();
                let hint = format!("name one after `--to`: {}", names.join(", "));
                Err(Error::new("no format is named, and no output whose name ends in one's").hint(hint))
            }
        }
    }

    fn options(&self) -> Result<Options> {
        let options = self.base.as_deref().map_or(Ok(Options::default()), Options::with_base)?;
        Ok(options.with_rdf_12(self.rdf_12))
    }

    /// The part and the view that are asked for.
    fn narrowed(&self, mut graph: KnowledgeGraph, messages: &Messages) -> Result<KnowledgeGraph> {
        let selection = self.part.read(&graph)?;
        let undated = selection.undated(&graph);
        if undated > 0 {
            messages.note(format_args!("{undated} events without a date left out"));
        }
        if selection != Selection::default() {
            graph = query::select(&graph, &selection);
        }
        if self.view != View::Full {
            graph = query::view(&graph, self.view.into());
        }
        if !self.part.kinds.is_empty() {
            graph = query::of_kinds(&graph, &self.part.kinds.iter().cloned().collect());
        }
        Ok(graph)
    }
}

impl PartArgs {
    /// # Errors
    /// A type of event that neither the schema nor the graph knows.
    fn read(&self, graph: &KnowledgeGraph) -> Result<Selection> {
        let types: BTreeSet<String> = self.types.iter().cloned().collect();
        if !types.is_empty() {
            let known = event_types(graph);
            if let Some(unknown) = types.iter().find(|name| !known.contains(*name)) {
                let known: Vec<&str> = known.iter().map(String::as_str).collect();
                let hint = format!("types are {}", known.join(", "));
                return Err(Error::new(format!("no event is of the type `{unknown}`")).hint(hint));
            }
        }
        let PartArgs { since, until, min_score, .. } = *self;
        Ok(Selection { since, until, types, statuses: self.statuses.iter().copied().collect(), min_score })
    }
}

impl From<View> for query::View {
    fn from(view: View) -> query::View {
        match view {
            View::Full => query::View::Full,
            View::People => query::View::People,
            View::Actors => query::View::Actors,
        }
    }
}

/// The types that events have in the schema, and in a graph of another schema.
fn event_types(graph: &KnowledgeGraph) -> BTreeSet<String> {
    let in_schema = Schema::built_in().events.into_iter().map(|event| event.name);
    let in_graph = graph.nodes().filter_map(|node| match node {
        Node::Event(event) => Some(event.event_type.clone()),
        _ => None,
    });
    in_schema.chain(in_graph).collect()
}

/// Refuses forms that do not fit where they are to go.
fn refuse_unfit(forms: &[Form], path: Option<&Path>) -> Result<()> {
    let Some(path) = output::file_of(path) else {
        return match forms {
            [form] if form.has_stream() => Ok(()),
            [form] => Err(Error::new(format!("{} is several files and does not fit into one stream", form.name()))
                .hint("name a folder with `--output`")),
            _ => Err(Error::new("several formats do not fit into one stream").hint("name a folder with `--output`")),
        };
    };
    match forms {
        _ if wants_folder(path, forms) && !path.is_dir() && Compression::of_file(path).is_some() => {
            Err(Error::new("several files go into a folder, which is not compressed")
                .at(path)
                .hint("name a folder, or one format that is one file"))
        }
        _ if wants_folder(path, forms) => Ok(()),
        [form] if form.has_stream() => Ok(()),
        [form] => Err(Error::new(format!("{} is several files and does not fit into one", form.name()))
            .at(path)
            .hint("name a folder with `--output`")),
        _ => Err(Error::new("several formats do not fit into one file").at(path).hint("name a folder with `--output`")),
    }
}

/// Writes a graph to standard output, a file or a folder, as the forms and the path ask.
pub fn write(
    graph: &KnowledgeGraph,
    forms: &[Form],
    options: &Options,
    path: Option<&Path>,
    messages: &Messages,
) -> Result<()> {
    refuse_unfit(forms, path)?;
    match output::file_of(path) {
        Some(folder) if wants_folder(folder, forms) => {
            forms.iter().try_for_each(|form| form.write_into(graph, options, folder))
        }
        file => forms.iter().try_for_each(|form| {
            if form.is_split() {
                let files = form.places().join(" and ");
                let name = form.name();
                messages
                    .note(format_args!("one stream of {name} has the edges alone; `--output FOLDER` writes {files}"));
            }
            output::write(file, |out| form.write(graph, options, out))
        }),
    }
}

/// Whether the path is to be a folder: it is one, or ends in `/`, or what goes there is several files.
fn wants_folder(path: &Path, forms: &[Form]) -> bool {
    let is_named_as_file = path.is_file() || Form::of_file(path).is_some();
    let slash = path.as_os_str().as_encoded_bytes().ends_with(b"/");
    let is_several = forms.len() > 1 || forms.iter().any(|form| form.is_split());
    path.is_dir() || slash || (is_several && !is_named_as_file)
}

fn kind() -> impl TypedValueParser<Value = String> {
    PossibleValuesParser::new(["person", "country", "organization", "place", "event", "claim", "article"])
}

fn score(text: &str) -> Result<f32> {
    let score = text.parse().ok().filter(|score| (0.0..=1.0).contains(score));
    score.ok_or_else(|| Error::new("a score is a number from 0 to 1"))
}
