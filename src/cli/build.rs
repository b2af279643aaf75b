//! `rapporteur build`: many articles into one graph on disk.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::ValueHint;
use rapporteur::error::{Error, Result, WithFile};
use rapporteur::export::{Format, Options};
use rapporteur::graph::{KnowledgeGraph, Node, store};
use rapporteur::ingest::Article;
use rapporteur::nlp::Model;
use rapporteur::pipeline;
use rapporteur::schema::Schema;

use super::form::{Choice, Form};
use super::messages::Messages;
use super::{input, output};

/// Some inputs failed, but the graph was written.
const SOME_FAILED: u8 = 3;

const EXAMPLES: &str = "\
Examples:
  rapporteur build articles/ --out graph/
  rapporteur build monday.txt tuesday.html --out week.json
  rapporteur build articles/ --out graph/ --to turtle,html --jobs 4
  rapporteur build articles/ --out graph/ --gazetteer people.tsv --overrule decided.tsv

Exit codes: 0 all went well; 3 some articles were not read, or lines of --overrule matched nothing, but the graph was
written; 1 there is no graph.";

/// Reads many articles into one graph
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Articles, folders of them (.txt, .html, .htm, however deep), or `-` for standard input
    #[arg(required = true, value_hint = ValueHint::AnyPath)]
    input: Vec<PathBuf>,

    /// A folder for the graph, which gets graph.json; or one file whose name ends in .json
    #[arg(short, long, value_name = "GRAPH", value_hint = ValueHint::AnyPath)]
    out: PathBuf,

    /// More formats to write into the folder, with commas between them
    #[arg(short, long, value_name = "FORMAT", value_delimiter = ',', value_parser = Choice::parser())]
    to: Vec<Choice>,

    /// How many articles to read at a time [default: as many as there are processors]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,

    #[command(flatten)]
    reading: input::Reading,

    #[command(flatten)]
    knowledge: input::Knowledge,
}

pub fn run(args: &Args, messages: &Messages) -> Result<ExitCode> {
    let started = Instant::now();
    let destination = Destination::of(args)?;
    let schema = args.knowledge.schema()?;
    let (articles, mut failed) = open(args, messages);
    if articles.is_empty() {
        return Err(Error::new("no article could be read, so there is no graph"));
    }
    destination.prepare()?;
    let graph = read(&schema, articles, args.jobs, messages);
    messages.notes_of(&graph);
    let file = destination.write(&graph, messages)?;
    let counts = counts(&graph, failed);
    for error in schema.overrules.unused() {
        messages.error(&error);
        failed += 1;
    }
    let seconds = started.elapsed().as_secs_f64();
    messages.closing(format_args!("{counts} in {seconds:.1} seconds; the graph is in {}", file.display()));
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::from(SOME_FAILED) })
}

/// Opens the articles, and tells of those that cannot be.
fn open(args: &Args, messages: &Messages) -> (Vec<Article>, usize) {
    let found = input::find(&args.input, &args.out);
    let bar = messages.progress("opening", found.files.len());
    let tell = |error: &Error| bar.suspend(|| messages.error(error));
    found.failures.iter().for_each(tell);
    for (folder, count) in &found.passed_over {
        let files = plural(*count, "file", "files");
        bar.suspend(|| messages.note(format_args!("{}: passed over {files} of other kinds", folder.display())));
    }
    let (mut articles, mut failed) = (Vec::new(), found.failures.len());
    for file in &found.files {
        match input::article(file, &args.reading) {
            Ok(article) => articles.push(article),
            Err(error) => {
                tell(&error);
                failed += 1;
            }
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    (articles, failed)
}

fn read(schema: &Schema, articles: Vec<Article>, jobs: Option<u16>, messages: &Messages) -> KnowledgeGraph {
    let bar = messages.progress("reading", articles.len());
    let model = Model::built_in();
    let build = || pipeline::build(schema, &model, articles, || bar.inc(1));
    let graph = match jobs {
        Some(jobs) => pipeline::with_jobs(jobs.into(), build),
        None => build(),
    };
    bar.finish_and_clear();
    graph
}

/// Where the graph is to go.
enum Destination {
    File(PathBuf),
    Folder(PathBuf, Vec<Form>),
}

impl Destination {
    /// Makes out what `--out` and `--to` mean, and refuses to touch what is not ours.
    fn of(args: &Args) -> Result<Destination> {
        let out = args.out.clone();
        let forms = Choice::forms(&args.to);
        let json = Form::Data(Format::Json);
        match Form::of_file(&out) {
            _ if out.is_dir() => refuse_foreign_folder(&out)?,
            Some(form) if form == json && !forms.iter().any(|form| *form != json) => {
                output::refuse_foreign(&out)?;
                return Ok(Destination::File(out));
            }
            Some(form) if form == json => {
                return Err(Error::new("other formats than json need a folder")
                    .at(&out)
                    .hint("name a folder after `--out`, without `.json`"));
            }
            Some(form) => {
                return Err(Error::new("a graph is a folder or a file whose name ends in `.json`")
                    .at(&out)
                    .hint(format!("`--out FOLDER --to {}` writes this format too", form.name())));
            }
            None if out.exists() => {
                return Err(Error::new("a file, not a folder")
                    .at(&out)
                    .hint("name a new folder after `--out`, or a file that ends in `.json`"));
            }
            None => {}
        }
        let forms = [json].into_iter().chain(forms.into_iter().filter(|form| *form != json)).collect();
        Ok(Destination::Folder(out, forms))
    }

    /// Makes the folder, so that what cannot be written is found out before all is read.
    fn prepare(&self) -> Result<()> {
        let folder = match self {
            Destination::File(file) => file.parent().unwrap_or(Path::new("")),
            Destination::Folder(folder, _) => folder,
        };
        if folder.as_os_str().is_empty() {
            return Ok(());
        }
        std::fs::create_dir_all(folder)
            .with_file("make the folder", folder)
            .map_err(|error| error.hint("name a place that you may write to after `--out`"))
    }

    /// Writes the graph, and gives the place of its JSON.
    fn write(&self, graph: &KnowledgeGraph, messages: &Messages) -> Result<PathBuf> {
        let options = Options::default();
        match self {
            Destination::File(file) => {
                output::to_file(file, |out| Form::Data(Format::Json).write(graph, &options, out))?;
                Ok(file.clone())
            }
            Destination::Folder(folder, forms) => {
                for form in forms {
                    form.write_into(graph, &options, folder)?;
                }
                tell_stale(folder, forms, messages);
                Ok(folder.join(store::GRAPH_FILE))
            }
        }
    }
}

/// Refuses a folder that holds something else: a folder of ours has our graph in it.
fn refuse_foreign_folder(folder: &Path) -> Result<()> {
    let mut entries = std::fs::read_dir(folder).with_file("search the folder", folder)?;
    if entries.next().is_none() || output::is_ours(&folder.join(store::GRAPH_FILE)) {
        return Ok(());
    }
    Err(Error::new("this folder holds other things than a graph")
        .at(folder)
        .hint("name a new folder after `--out`, or one that `build` made"))
}

/// Tells of exports that an earlier build left and that this one did not write anew.
fn tell_stale(folder: &Path, written: &[Form], messages: &Messages) {
    let stale = Form::all().filter(|form| !written.contains(form)).flat_map(Form::places);
    for file in stale.map(|name| folder.join(name)).filter(|file| file.exists()) {
        messages.note(format_args!("{}: this is of an earlier build", file.display()));
    }
}

fn counts(graph: &KnowledgeGraph, failed: usize) -> String {
    let of_kind = |kind: &str| graph.nodes().filter(|node| node.kind() == kind).count();
    let articles = graph.nodes().filter(|node| matches!(node, Node::Article(_))).count();
    let failed = if failed == 0 { String::new() } else { format!(" ({failed} not read)") };
    format!(
        "{}{failed}: {}, {}, {}",
        plural(articles, "article", "articles"),
        plural(of_kind("person"), "person", "people"),
        plural(of_kind("event"), "event", "events"),
        plural(of_kind("claim"), "claim", "claims"),
    )
}

fn plural(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}
