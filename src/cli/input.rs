//! What a user names on the command line into articles and graphs: files, folders, patterns of names, `-` for standard input.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use clap::{ValueEnum, ValueHint};
use indicatif::ProgressBar;
use rapporteur::base::compression::{Compression, decompressed};
use rapporteur::error::{Error, Result, WithFile};
use rapporteur::graph::{self, EdgeType, KnowledgeGraph, Node, store};
use rapporteur::ingest::{self, Article, Collection, FieldNames, Format, Record};
use rapporteur::query::{self, Among};
use rapporteur::schema::{EntityKind, Overrules, Schema};

/// What stands for standard input.
const STDIN: &str = "-";

/// The endings of the files that a folder is searched for, in any case, and before `.gz` or `.zst`. Others are read where they are
/// named: `.md` and `.xml` are seldom articles.
const ENDINGS: [&str; 9] = ["txt", "html", "htm", "jsonl", "ndjson", "rss", "atom", "warc", "wet"];

/// The most bytes that an article may have.
const LARGEST: u64 = ingest::MAX_BYTES as u64;

/// How to read what an article leaves open.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct Reading {
    /// How to read a date such as 03/04/2017 where nothing else tells
    #[arg(long, value_name = "ORDER")]
    pub date_order: Option<DateOrder>,
}

/// What a user adds to what the program knows.
#[derive(Clone, Debug, clap::Args)]
pub struct Knowledge {
    /// A folder of event types of your own (.toml files, as in the project's schema/events), beside the built-in ones or in place of
    /// those of the same name
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    schema: Option<PathBuf>,

    /// A table of people, organizations and places to know (columns kind, name, aliases, type, iso, offices, wikidata); may be
    /// given more than once
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    gazetteer: Vec<PathBuf>,

    /// A table that merges, splits and renames entities and sets their kinds (columns action, entity, value, article)
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    overrule: Option<PathBuf>,
}

impl Knowledge {
    /// The built-in schema with what the user's files add.
    ///
    /// # Errors
    /// A file that cannot be read or is malformed, by file and line.
    pub fn schema(&self) -> Result<Schema> {
        let mut schema = Schema::built_in();
        if let Some(folder) = &self.schema {
            schema.add_events(folder)?;
        }
        self.gazetteer.iter().try_for_each(|file| schema.add_table(file))?;
        if let Some(file) = &self.overrule {
            schema.overrules = Overrules::read(file)?;
        }
        Ok(schema)
    }
}

/// The order of day and month in a date of figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DateOrder {
    /// Day, month, year: 3 April 2017
    Dmy,
    /// Month, day, year: March 4, 2017
    Mdy,
}

/// What the named inputs come to.
#[derive(Debug, Default)]
pub struct Found {
    /// Files to read, each once; `-` for standard input.
    pub files: Vec<PathBuf>,
    /// The named inputs that give nothing.
    pub failures: Vec<Error>,
    /// How many files of other kinds each folder held.
    pub passed_over: Vec<(PathBuf, usize)>,
}

/// Finds the articles: files as they are named, folders with all that lies in them and patterns (`*.html`) with all that fits them,
/// each sorted.
///
/// Hidden files, folders behind symbolic links and the folder `out` are not searched.
pub fn find(inputs: &[PathBuf], out: &Path) -> Found {
    let mut found = Found::default();
    let mut seen = BTreeSet::new();
    for input in inputs {
        match pattern(input) {
            Some(pattern) => found.fit(pattern, input, out),
            None => found.take(input.clone(), out),
        }
    }
    found.files.retain(|file| seen.insert(file.clone()));
    found
}

/// Reads one article from a file or standard input.
///
/// # Errors
/// A file that is not there, cannot be read, is too large, or holds no text.
pub fn article(path: &Path, reading: &Reading) -> Result<Article> {
    let source = path.display().to_string();
    if is_stdin(path) {
        return ingest(&source, io::stdin().lock(), reading);
    }
    refuse_unreadable(path)?;
    if Collection::of_name(path).is_some() {
        return Err(Error::new("a file of many articles, not an article")
            .at(path)
            .hint("`rapporteur build FILE --out GRAPH` reads all of them"));
    }
    let file = fs::File::open(path).and_then(decompressed).with_file("open the article", path)?;
    ingest(&source, file, reading)
}

/// Makes an article of what a reader gives.
fn ingest(source: &str, input: impl Read, reading: &Reading) -> Result<Article> {
    ingest::read_article(source, input, &reading.options())
}

/// Finds the articles in a file or in standard input, one by one, without reading them; the bar is told what is read of the file.
///
/// # Errors
/// A file that is not there or cannot be opened; what fails later is among the records.
pub fn records(
    path: &Path,
    fields: &FieldNames,
    bar: &ProgressBar,
) -> Result<Box<dyn Iterator<Item = Result<Record>> + Send>> {
    let source = path.display().to_string();
    let input: Box<dyn Read + Send> = match is_stdin(path) {
        true => Box::new(io::stdin()),
        false => {
            refuse_folder(path)?;
            Box::new(bar.wrap_read(fs::File::open(path).with_file("open the article", path)?))
        }
    };
    let mut input = BufReader::new(decompressed(input).with_file("read the article", path)?);
    let start = input.fill_buf().with_file("read the article", path)?;
    let by_start = || Collection::of_start(start).filter(|_| Format::of_name(path).is_none());
    if let Some(collection) = Collection::of_name(path).or_else(by_start) {
        return Ok(collection.records(&source, input, fields));
    }
    let mut bytes = Vec::new();
    input.take(LARGEST + 1).read_to_end(&mut bytes).with_file("read the article", path)?;
    Ok(Box::new(std::iter::once(Ok(Record::of_file(source, bytes)))))
}

/// The bytes of some files, as far as they are known.
pub fn size(files: &[PathBuf]) -> u64 {
    files.iter().filter_map(|file| fs::metadata(file).ok()).map(|about| about.len()).sum()
}

/// Reads a graph from a file, from the folder that `build` made, or from standard input.
///
/// # Errors
/// Those of [`graph::store::load`].
pub fn graph(path: &Path) -> Result<KnowledgeGraph> {
    if !is_stdin(path) {
        return graph::store::load(path);
    }
    graph::read_node_link(io::stdin().lock()).map_err(|error| {
        Error::new("no graph of rapporteur's").at(STDIN).because(error).hint("pipe in what `read --format json` prints")
    })
}

/// Reads what a graph has about some people, or other actors, as far as some types of edges lead from them; all of it where it is no
/// store, or where a name is not that of one of them, so that an error can tell who there is. Of [`Among::Everything`] only people
/// are read so: what happened in a country happened in its towns.
///
/// # Errors
/// Those of [`store::load_about`].
pub fn graph_about(path: &Path, names: &[&str], among: Among, ties: &[EdgeType]) -> Result<KnowledgeGraph> {
    if is_stdin(path) || store::store_file(path).is_none() {
        return graph(path);
    }
    let part = store::load_about(path, &store::About { names, ties })?;
    // Of events the store has no names: one may be called by the same word, but hardly by somebody's whole name.
    let is_told = |node: &Node, name: &str| {
        among != Among::Everything
            || node.kind() == EntityKind::Person.name()
                && query::find_entity(&part, name).iter().any(|entity| entity.id == node.id())
    };
    match names.iter().all(|name| query::find(&part, name, among).is_ok_and(|node| is_told(node, name))) {
        true => Ok(part),
        false => graph(path),
    }
}

/// A path with `*`, `?` or `[` in it that is no file's own name.
fn pattern(path: &Path) -> Option<&str> {
    path.to_str().filter(|text| text.contains(['*', '?', '[']) && !path.exists())
}

pub fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == STDIN
}

impl Reading {
    pub fn options(&self) -> ingest::Options {
        let date_order = self.date_order.map(|order| match order {
            DateOrder::Dmy => ingest::DateOrder::DayFirst,
            DateOrder::Mdy => ingest::DateOrder::MonthFirst,
        });
        ingest::Options { date_order, ..ingest::Options::default() }
    }
}

impl Found {
    fn take(&mut self, path: PathBuf, out: &Path) {
        match is_stdin(&path) || !path.is_dir() {
            true => self.files.push(path),
            false => self.search(&path, out),
        }
    }

    /// Takes what fits a pattern.
    fn fit(&mut self, pattern: &str, input: &Path, out: &Path) {
        let paths = match glob::glob(pattern) {
            Ok(paths) => paths,
            Err(error) => return self.failures.push(Error::new("no pattern of names").at(input).because(error)),
        };
        let mut is_any = false;
        for path in paths {
            is_any = true;
            match path {
                Ok(path) => self.take(path, out),
                Err(error) => self.failures.push(Error::new("cannot search here").at(input).because(error)),
            }
        }
        if !is_any {
            self.failures
                .push(Error::new("no file fits this pattern").at(input).hint("`**` stands for folders in folders"));
        }
    }

    fn search(&mut self, folder: &Path, out: &Path) {
        let (files_before, failures_before, mut others) = (self.files.len(), self.failures.len(), 0);
        let out = fs::canonicalize(out).ok();
        let mut folders = vec![folder.to_owned()];
        while let Some(folder) = folders.pop() {
            match entries(&folder) {
                Err(error) => self.failures.push(error),
                Ok(entries) => {
                    for entry in entries {
                        if entry.is_dir() && !entry.is_symlink() {
                            folders.extend((out.is_none() || fs::canonicalize(&entry).ok() != out).then_some(entry));
                        } else if has_ending(&entry) {
                            self.files.push(entry);
                        } else {
                            others += 1;
                        }
                    }
                }
            }
        }
        self.files[files_before..].sort();
        if self.files.len() == files_before && self.failures.len() == failures_before {
            self.failures.push(empty_folder(folder));
        } else if others > 0 {
            self.passed_over.push((folder.to_owned(), others));
        }
    }
}

/// What lies in a folder, hidden things aside.
fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries: io::Result<Vec<fs::DirEntry>> = fs::read_dir(folder).and_then(Iterator::collect);
    let hidden = |entry: &fs::DirEntry| entry.file_name().as_encoded_bytes().starts_with(b".");
    let entries = entries.with_file("search the folder", folder)?;
    Ok(entries.into_iter().filter(|entry| !hidden(entry)).map(|entry| entry.path()).collect())
}

fn has_ending(file: &Path) -> bool {
    let stem = if Compression::of_file(file).is_some() { file.file_stem().map(Path::new) } else { Some(file) };
    let ending = stem.and_then(Path::extension).map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

fn empty_folder(folder: &Path) -> Error {
    Error::new("no articles in this folder")
        .at(folder)
        .hint("a folder is searched for .txt, .html, .jsonl, .rss, .atom and .warc files; name others one by one")
}

/// Refuses, before it is opened, what cannot be an article.
fn refuse_unreadable(path: &Path) -> Result<()> {
    let length = refuse_folder(path)?;
    if length > LARGEST { Err(too_large(path)) } else { Ok(()) }
}

/// Refuses what is not there and what is a folder; gives the file's bytes.
fn refuse_folder(path: &Path) -> Result<u64> {
    let about = fs::metadata(path)
        .with_file("open the article", path)
        .map_err(|error| if path.exists() { error } else { error.hint("check the name; `-` reads standard input") })?;
    if about.is_dir() {
        return Err(Error::new("a folder, not an article")
            .at(path)
            .hint("`rapporteur build FOLDER --out GRAPH` reads all the articles in a folder"));
    }
    Ok(about.len())
}

fn too_large(path: &Path) -> Error {
    Error::new(format!("larger than {} MB, the most that one article may have", LARGEST / 1_000_000))
        .at(path)
        .hint("give each article a file of its own")
}
