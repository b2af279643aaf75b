//! `rapporteur build`: many articles into one graph on disk, which grows with each call.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Instant;

use clap::ValueHint;
use indicatif::ProgressBar;
use rapporteur::base::content_id;
use rapporteur::error::{Error, Result, WithFile};
use rapporteur::export::{Format, Options};
use rapporteur::graph::store::{self, Found, Knowledge, Store};
use rapporteur::graph::{KnowledgeGraph, Reading};
use rapporteur::ingest::{Article, FieldNames, Record};
use rapporteur::nlp::Model;
use rapporteur::pipeline;
use rapporteur::schema::Schema;

use super::form::{Choice, Form};
use super::messages::Messages;
use super::{input, output};

/// Some inputs failed, but the graph was written.
const SOME_FAILED: u8 = 3;

/// Articles up to which a graph's JSON is written beside its database unasked: some seconds' work, and all of it anew each time.
pub const SMALL: u32 = 1000;

/// Articles of an earlier build that are taken out to be read again at a time.
const AGAIN: u32 = 64;

const EXAMPLES: &str = "\
Examples:
  rapporteur build articles/ --out graph/
  rapporteur build monday.txt tuesday.html --out week.json
  rapporteur build 'archive/2031-*.jsonl.gz' feed.xml crawl.warc.gz --out graph/
  rapporteur build dump.jsonl --field text=story.body --field date=printed --out graph/
  cat dump.jsonl | rapporteur build - --out graph/
  rapporteur build articles/ --out graph/ --to turtle,html --jobs 4
  rapporteur build articles/ --out graph/ --gazetteer people.tsv --overrule decided.tsv

A graph in a folder grows: articles that it has are not read again, one whose content changed takes the place of the old,
and one whose file is gone stays until `forget`. A build that is broken off goes on when it is called again.

Exit codes: 0 all went well; 3 some articles were not read, or lines of --overrule matched nothing, but the graph was
written; 1 there is no graph.";

/// Reads many articles into one graph, or adds them to it
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Articles (text, HTML), files of many (JSON Lines, RSS, Atom, WARC), each also .gz or .zst; folders of them, however deep;
    /// patterns of names; or `-` for standard input
    #[arg(required = true, value_hint = ValueHint::AnyPath)]
    input: Vec<PathBuf>,

    /// A folder for the graph, which gets graph.sqlite and, up to 1,000 articles or with `--to json`, graph.json; or one file
    /// whose name ends in .json, which is written anew
    #[arg(short, long, value_name = "GRAPH", value_hint = ValueHint::AnyPath)]
    out: PathBuf,

    /// More formats to write into the folder, with commas between them
    #[arg(short, long, value_name = "FORMAT", value_delimiter = ',', value_parser = Choice::parser())]
    to: Vec<Choice>,

    /// How many articles to read at a time [default: as many as there are processors]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,

    /// What the records of JSON Lines call a part of an article (text, title, date, url, id), where it is none of the usual
    /// names; may be given more than once
    #[arg(long, value_name = "PART=NAME")]
    field: Vec<String>,

    /// Removes all that the graph in the folder holds first
    #[arg(long)]
    anew: bool,

    #[command(flatten)]
    reading: input::Reading,

    #[command(flatten)]
    knowledge: input::Knowledge,
}

pub fn run(args: &Args, messages: &Messages) -> Result<ExitCode> {
    let started = Instant::now();
    let destination = Destination::of(args)?;
    let schema = args.knowledge.schema()?;
    let mut queue = Queue::of(args, &schema, messages)?;
    if queue.files.is_empty() {
        return Err(nothing_read());
    }
    destination.prepare()?;
    let reader = Reader { schema: &schema, model: Model::built_in(), jobs: args.jobs };
    let done = match &destination {
        Destination::File(file) => into_file(file, &reader, &mut queue)?,
        Destination::Folder(folder, forms) => into_store(folder, forms, &reader, &mut queue)?,
    };
    for error in schema.overrules.unused() {
        messages.error(&error);
        queue.failed += 1;
    }
    let seconds = started.elapsed().as_secs_f64();
    messages.closing(format_args!("{} in {seconds:.1} seconds; the graph is in {}", done.counts, done.place.display()));
    Ok(if queue.failed == 0 { ExitCode::SUCCESS } else { ExitCode::from(SOME_FAILED) })
}

/// What came of it.
struct Done {
    counts: String,
    place: PathBuf,
}

/// The articles that are to be read, found one after the other; those of them that cannot be are told and counted.
struct Queue<'a> {
    args: &'a Args,
    schema: &'a Schema,
    messages: &'a Messages,
    fields: FieldNames,
    bar: ProgressBar,
    /// The files whose turn comes, the last first.
    files: Vec<PathBuf>,
    open: Box<dyn Iterator<Item = Result<Record>> + Send>,
    /// What has some articles already.
    known: Option<Arc<Mutex<Store>>>,
    skipped: usize,
    failed: usize,
    read: usize,
    /// What ended the queue before its time.
    fault: Option<Error>,
}

impl<'a> Queue<'a> {
    fn of(args: &'a Args, schema: &'a Schema, messages: &'a Messages) -> Result<Queue<'a>> {
        let mut fields = FieldNames::default();
        args.field.iter().try_for_each(|told| fields.add(told))?;
        let mut found = input::find(&args.input, &args.out);
        found.failures.iter().for_each(|error| messages.error(error));
        for (folder, count) in &found.passed_over {
            let files = plural(*count, "file", "files");
            messages.note(format_args!("{}: passed over {files} of other kinds", folder.display()));
        }
        let bar = messages.progress_in_bytes("reading", input::size(&found.files));
        found.files.reverse();
        Ok(Queue {
            args,
            schema,
            messages,
            fields,
            bar,
            files: found.files,
            open: Box::new(std::iter::empty()),
            known: None,
            skipped: 0,
            failed: found.failures.len(),
            read: 0,
            fault: None,
        })
    }

    fn tell(&mut self, error: &Error) {
        self.bar.suspend(|| self.messages.error(error));
        self.failed += 1;
    }

    /// Makes an article of a record, unless it is known.
    fn article(&mut self, record: Record) -> Result<Option<(Found, Article)>> {
        let options = self.args.reading.options();
        let digest = match self.schema.overrules.name_articles() {
            true => content_id("record", [record.digest(&options).as_str(), &record.source]),
            false => record.digest(&options),
        };
        let is_stdin = input::is_stdin(Path::new(&record.source));
        // What comes by standard input another day is another article, not a new version of this one.
        let source = if is_stdin { format!("-#{}", short(&digest)) } else { record.source.clone() };
        if let Some(store) = &self.known {
            match locked(store).has(&source, &digest) {
                Ok(false) => {}
                Ok(true) => {
                    self.skipped += 1;
                    return Ok(None);
                }
                Err(error) => {
                    self.fault = Some(error);
                    return Ok(None);
                }
            }
        }
        let article = record.article(&options)?;
        Ok(Some((Found { source, digest, article: article.clone() }, article)))
    }

    /// Tells what is done.
    fn took(&mut self, batch: &[(Found, Reading)]) {
        self.read += batch.len();
        self.bar.set_message(plural(self.read, "article read", "articles read"));
        for (found, reading) in batch.iter().filter(|(_, reading)| !reading.article.notes.is_empty()) {
            self.bar.suspend(|| self.messages.notes_of_article(&found.source, &reading.article.notes));
        }
    }
}

impl Iterator for Queue<'_> {
    type Item = (Found, Article);

    fn next(&mut self) -> Option<(Found, Article)> {
        while self.fault.is_none() {
            let Some(record) = self.open.next() else {
                let file = self.files.pop()?;
                match input::records(&file, &self.fields, &self.bar) {
                    Ok(records) => self.open = records,
                    Err(error) => self.tell(&error),
                }
                continue;
            };
            match record.and_then(|record| self.article(record)) {
                Ok(Some(article)) => return Some(article),
                Ok(None) => {}
                Err(error) => self.tell(&error),
            }
        }
        None
    }
}

/// What reads articles, on as many threads as were asked for.
struct Reader<'a> {
    schema: &'a Schema,
    model: Model,
    jobs: Option<u16>,
}

type Batch = Vec<(Found, Reading)>;

impl Reader<'_> {
    fn read_each(
        &self,
        articles: impl Iterator<Item = (Found, Article)> + Send,
        take: impl FnMut(Batch) -> Result<()> + Send,
    ) -> Result<()> {
        let work = || pipeline::read_each(self.schema, &self.model, articles, take);
        match self.jobs {
            Some(jobs) => pipeline::with_jobs(jobs.into(), work),
            None => work(),
        }
    }

    /// Reads what is queued.
    fn read_queue(&self, queue: &mut Queue, mut take: impl FnMut(Batch) -> Result<()> + Send) -> Result<()> {
        let queue = Mutex::new(queue);
        // The queue is asked for articles and told of readings in turn, never at once.
        let articles = std::iter::from_fn(|| locked(&queue).next());
        let result = self.read_each(articles, |batch| {
            locked(&queue).took(&batch);
            take(batch)
        });
        let mut queue = locked(&queue);
        queue.bar.finish_and_clear();
        result.and(queue.fault.take().map_or(Ok(()), Err))
    }
}

/// Makes a graph of its own, in one file of JSON.
fn into_file(file: &Path, reader: &Reader, queue: &mut Queue) -> Result<Done> {
    let mut graph = KnowledgeGraph::new();
    reader.read_queue(queue, |batch| {
        for (found, mut reading) in batch {
            reading.article.source = found.source;
            graph.add(reading);
        }
        Ok(())
    })?;
    if queue.read == 0 {
        return Err(nothing_read());
    }
    let graph = graph.settle();
    output::to_file(file, |out| JSON.write(&graph, &Options::default(), out))?;
    let of_kind = |kind: &str| graph.nodes().filter(|node| node.kind() == kind).count();
    Ok(Done { counts: counts(of_kind, queue, 0), place: file.to_owned() })
}

/// Adds to the graph in a folder.
fn into_store(folder: &Path, forms: &[Form], reader: &Reader, queue: &mut Queue) -> Result<Done> {
    let store = Store::open_to_write(folder, &writer("build"))?;
    if queue.args.anew {
        store.clear()?;
    }
    let schema = reader.schema.fingerprint();
    let used = format!("lines of {schema}");
    recall_used(&store, &used, reader.schema)?;
    let version = env!("CARGO_PKG_VERSION").to_owned();
    let stale = store.begin(&Knowledge { version, model: Model::fingerprint(), schema })?;
    if stale > 0 {
        let articles = plural(stale as usize, "article was", "articles were");
        queue.messages.note(format_args!(
            "{articles} read by another version or model, or with other tables, and will be read again"
        ));
    }
    let store = Arc::new(Mutex::new(store));
    queue.known = Some(Arc::clone(&store));
    let add = |batch: Batch| {
        let store = locked(&store);
        store.add(batch)?;
        keep_used(&store, &used, reader.schema)
    };
    reader.read_queue(queue, add)?;
    loop {
        let stale = locked(&store).stale(AGAIN)?;
        if stale.is_empty() {
            break;
        }
        reader.read_each(stale.into_iter().map(|found| (found.clone(), found.article)), add)?;
    }
    finish(&locked(&store), folder, forms, queue)
}

/// Settles the graph, and writes the forms that are asked for.
fn finish(store: &Store, folder: &Path, forms: &[Form], queue: &Queue) -> Result<Done> {
    let gone = store.finish()?;
    if store.article_count()? == 0 {
        return Err(nothing_read());
    }
    let forms = forms_of(store, forms, queue.args.asks_for_json())?;
    write_forms(store, folder, &forms, queue.messages)?;
    let nodes = store.node_counts()?;
    let of_kind = |kind: &str| nodes.get(kind).map_or(0, |count| *count as usize);
    let place = if forms.contains(&JSON) { folder.join(store::GRAPH_FILE) } else { store.file().to_owned() };
    Ok(Done { counts: counts(of_kind, queue, gone), place })
}

/// The forms to write of a graph: of a large one no JSON that was not asked for.
pub fn forms_of(store: &Store, forms: &[Form], asks_for_json: bool) -> Result<Vec<Form>> {
    let is_small = store.article_count()? <= SMALL;
    Ok(forms.iter().copied().filter(|form| *form != JSON || is_small || asks_for_json).collect())
}

/// Writes a graph into its folder in some forms, and tells of those that an earlier build left.
pub fn write_forms(store: &Store, folder: &Path, forms: &[Form], messages: &Messages) -> Result<()> {
    if !forms.is_empty() {
        let graph = store.load()?;
        forms.iter().try_for_each(|form| form.write_into(&graph, &Options::default(), folder))?;
    }
    tell_stale(folder, forms, messages);
    Ok(())
}

/// Notes the lines of `--overrule` that articles read before had use for.
fn recall_used(store: &Store, name: &str, schema: &Schema) -> Result<()> {
    let kept = store.kept(name)?.unwrap_or_default();
    let lines: Vec<usize> = kept.split(' ').filter_map(|line| line.parse().ok()).collect();
    schema.overrules.note_used(&lines);
    Ok(())
}

fn keep_used(store: &Store, name: &str, schema: &Schema) -> Result<()> {
    let lines: Vec<String> = schema.overrules.used().iter().map(usize::to_string).collect();
    if lines.is_empty() { Ok(()) } else { store.keep(name, &lines.join(" ")) }
}

/// How a writer is told to others.
pub fn writer(command: &str) -> String {
    format!("`rapporteur {command}` (process {})", std::process::id())
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().expect("no thread panics with it")
}

/// The first digits of a hash.
fn short(hash: &str) -> &str {
    let digits = hash.rsplit('/').next().unwrap_or_default();
    &digits[..digits.len().min(12)]
}

fn nothing_read() -> Error {
    Error::new("no article could be read, so there is no graph")
}

const JSON: Form = Form::Data(Format::Json);

impl Args {
    fn asks_for_json(&self) -> bool {
        Choice::forms(&self.to).contains(&JSON)
    }
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
        match Form::of_file(&out) {
            _ if out.is_dir() => refuse_foreign_folder(&out)?,
            Some(form) if form == JSON && !forms.iter().any(|form| *form != JSON) => {
                output::refuse_foreign(&out)?;
                return Ok(Destination::File(out));
            }
            Some(form) if form == JSON => {
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
        let forms = [JSON].into_iter().chain(forms.into_iter().filter(|form| *form != JSON)).collect();
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
}

/// Refuses a folder that holds something else: a folder of ours has our graph in it. Hidden files, as of a lock, are passed over.
fn refuse_foreign_folder(folder: &Path) -> Result<()> {
    let entries = std::fs::read_dir(folder).with_file("search the folder", folder)?;
    let mut shown = entries.flatten().filter(|entry| !entry.file_name().as_encoded_bytes().starts_with(b"."));
    let is_ours = || folder.join(store::STORE_FILE).exists() || output::is_ours(&folder.join(store::GRAPH_FILE));
    if shown.next().is_none() || is_ours() {
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

/// What is in the graph, and what was not read, is new, was known, is gone, where there is any but new.
fn counts(of_kind: impl Fn(&str) -> usize, queue: &Queue, gone: usize) -> String {
    let mut told = Vec::new();
    if queue.failed > 0 {
        told.push(format!("{} not read", queue.failed));
    }
    if queue.skipped > 0 || gone > 0 || queue.read != of_kind("article") {
        let rest = [(queue.read, "read now"), (queue.skipped, "known"), (gone, "replaced")];
        told.extend(rest.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")));
    }
    let told = if told.is_empty() { String::new() } else { format!(" ({})", told.join(", ")) };
    format!(
        "{}{told}: {}, {}, {}",
        plural(of_kind("article"), "article", "articles"),
        plural(of_kind("person"), "person", "people"),
        plural(of_kind("event"), "event", "events"),
        plural(of_kind("claim"), "claim", "claims"),
    )
}

fn plural(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}
