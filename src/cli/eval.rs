//! `rapporteur eval`: the language engine against public corpora, as a table.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{ValueEnum, ValueHint};
use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, Table};
use cpu_time::ThreadTime;
use rapporteur::error::{Error, Result, WithFile};
use rapporteur::eval::{self, Columns, Floors, NamedSentence, Score, Treebank, Unit};
use rapporteur::graph::Reading;
use rapporteur::ingest::Article;
use rapporteur::nlp::{self, Document, Model, NameKind};
use rapporteur::pipeline;
use rapporteur::schema::Schema;
use serde_json::Value;

use super::messages::Messages;
use super::output;

/// Words of raw text that the engine is timed on, as many of each file as of the others.
const WORDS_TO_TIME: usize = 60_000;

const EXAMPLES: &str = "\
Examples:
  rapporteur eval corpora/
  rapporteur eval corpora/ --part names,attributions
  rapporteur eval corpora/ --floors tests/engine/floors.tsv

The folder has UD English EWT and GUM as ud-ewt/dev.conllu and ud-gum/dev.conllu; the files of Universal NER's PUD, WikiGold,
WNUT 17 and CrossNER under ner/uner-pud, ner/wikigold, ner/wnut17, ner/crossner; PolNeAR's text and attributions under
polnear/dev; raw text as text/*.jsonl. Those that are not there are told and passed over.

Exit codes: 0 all was measured that is there; 1 nothing was, or a score is below its floor.";

/// Measures the language engine against public corpora
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The folder of the corpora
    #[arg(value_hint = ValueHint::DirPath)]
    corpora: PathBuf,

    /// What to measure, with commas between [default: all]
    #[arg(short, long, value_name = "PART", value_delimiter = ',')]
    part: Vec<Part>,

    /// A table of scores that must not fall: their names, floors and ceilings
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    floors: Option<PathBuf>,
}

/// What can be measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Parts of speech, features, lemmas and trees on a treebank's words
    Trees,
    /// Words, sentences and trees on a treebank's raw text
    Raw,
    /// Names of people, places and organizations
    Names,
    /// Who says what: what the engine reads, and the claims of the graph
    Attributions,
    /// Which mentions are of the same person or thing
    Coreference,
    /// Words a second on one core, and the model's size
    Speed,
}

pub fn run(args: &Args, messages: &Messages) -> Result<ExitCode> {
    let floors = args.floors.as_deref().map(floors).transpose()?;
    let parts = if args.part.is_empty() { Part::value_variants().to_vec() } else { args.part.clone() };
    let bench = Bench { corpora: &args.corpora, schema: Schema::built_in(), model: Model::built_in(), messages };
    tell_missing(&args.corpora, &parts, messages);
    let bar = messages.progress("measuring", parts.len());
    let mut scores = Vec::new();
    for part in &parts {
        let measured = bar.suspend(|| bench.measure(*part))?;
        scores.extend(measured);
        bar.inc(1);
    }
    bar.finish_and_clear();
    if scores.iter().all(|score| score.name == MODEL_SIZE) {
        return Err(Error::new("no corpus that could be measured")
            .at(&args.corpora)
            .hint("see `rapporteur eval --help`"));
    }
    output::to_stdout(|out| write(&scores, floors.as_ref(), out))?;
    floors.map_or(Ok(ExitCode::SUCCESS), |floors| judge(&floors, &scores, args, messages))
}

fn floors(file: &Path) -> Result<Floors> {
    Floors::read(file, &read(file)?)
}

impl Part {
    /// The files and folders that it is measured on.
    fn corpora(self) -> Vec<&'static str> {
        match self {
            Part::Trees | Part::Raw => TREEBANKS.map(|(_, file)| file).to_vec(),
            Part::Names => [PUD].into_iter().chain(NAMES.map(|(_, file, _)| file)).collect(),
            Part::Attributions => vec![POLNEAR],
            Part::Coreference => vec![GUM.1],
            Part::Speed => vec![TEXT],
        }
    }
}

/// Tells of the files and folders that would be measured but are not there, of each once.
fn tell_missing(corpora: &Path, parts: &[Part], messages: &Messages) {
    let names: BTreeSet<&str> = parts.iter().flat_map(|part| part.corpora()).collect();
    for missing in names.into_iter().map(|name| corpora.join(name)).filter(|path| !path.exists()) {
        messages.note(format_args!("{}: not there, passed over", missing.display()));
    }
}

/// Fails when a score is beyond its bound; tells of bounds that nothing was measured for.
fn judge(floors: &Floors, scores: &[Score], args: &Args, messages: &Messages) -> Result<ExitCode> {
    if args.part.is_empty() {
        floors.unmeasured(scores).for_each(|name| messages.note(format_args!("{name} has a floor but no score")));
    }
    let told: Vec<String> = floors.breaches(scores).into_iter().map(|breach| breach.told).collect();
    match told.is_empty() {
        true => Ok(ExitCode::SUCCESS),
        false => Err(Error::new(told.join("; ")).at(floors.file()).hint("find out what made the engine worse")),
    }
}

/// The table: score, what it is, the value, its floor.
fn write(scores: &[Score], floors: Option<&Floors>, out: &mut dyn Write) -> io::Result<()> {
    let mut table = Table::new();
    table.load_style(NOTHING);
    let row =
        |cells: [&str; 3], floor: Option<&str>| cells.into_iter().chain(floor).map(str::to_owned).collect::<Vec<_>>();
    table.set_header(row(["SCORE", "WHAT", "MEASURED"], floors.map(|_| "FLOOR")));
    for score in scores {
        let floor = floors.map(|floors| floors.shown(score).unwrap_or_default());
        table.add_row(row([&score.name, &score.measured, &score.shown()], floor.as_deref()));
    }
    table.column_mut(0).expect("the column just added").set_padding((0, 1));
    table.column_iter_mut().skip(2).for_each(|column| column.set_cell_alignment(CellAlignment::Right));
    writeln!(out, "{}", table.trim_fmt())
}

/// The engine, and the corpora that it is measured on.
struct Bench<'a> {
    corpora: &'a Path,
    schema: Schema,
    model: Model,
    messages: &'a Messages,
}

/// The treebanks: their names and files.
const TREEBANKS: [(&str, &str); 2] = [EWT, GUM];
const EWT: (&str, &str) = ("ud-ewt", "ud-ewt/dev.conllu");
const GUM: (&str, &str) = ("ud-gum", "ud-gum/dev.conllu");

/// Names with the text that they stand in.
const PUD: &str = "ner/uner-pud/en_pud-ud-test.iob2";

/// Articles and their annotations, a folder for each.
const POLNEAR: &str = "polnear/dev";

/// Raw text, as JSON lines.
const TEXT: &str = "text";

/// The size of the model's file, which needs no corpus.
const MODEL_SIZE: &str = "model/size";

impl Bench<'_> {
    fn measure(&self, part: Part) -> Result<Vec<Score>> {
        match part {
            Part::Trees => self.trees(eval::trees),
            Part::Raw => self.trees(eval::trees_of_raw_text),
            Part::Names => self.names(),
            Part::Attributions => self.attributions(),
            Part::Coreference => self.coreference(),
            Part::Speed => self.speed(),
        }
    }

    fn trees(&self, score: fn(&Schema, &Model, &str, &Treebank) -> Vec<Score>) -> Result<Vec<Score>> {
        let mut scores = Vec::new();
        for (corpus, file) in TREEBANKS {
            if let Some(treebank) = self.treebank(file)? {
                scores.extend(score(&self.schema, &self.model, corpus, &treebank));
            }
        }
        Ok(scores)
    }

    fn treebank(&self, file: &str) -> Result<Option<Treebank>> {
        self.find(file).map(|file| Treebank::read(&file, &read(&file)?)).transpose()
    }

    fn names(&self) -> Result<Vec<Score>> {
        let mut scores = Vec::new();
        let (schema, model) = (&self.schema, &self.model);
        if let Some(sentences) = self.sentences(PUD, Columns { word: 1, label: 2, ..CONLL })? {
            // PUD's first half, ids n…, is news; the other is Wikipedia.
            let news: Vec<NamedSentence> =
                sentences.into_iter().filter(|sentence| sentence.id.starts_with('n')).collect();
            scores.extend(eval::names(schema, model, "uner-pud-news", &news));
        }
        for (corpus, file, columns) in NAMES {
            if let Some(sentences) = self.sentences(file, columns)? {
                scores.extend(eval::names_of_words(schema, model, corpus, &sentences));
            }
        }
        Ok(scores)
    }

    fn sentences(&self, file: &str, columns: Columns) -> Result<Option<Vec<NamedSentence>>> {
        self.find(file).map(|file| columns.read(&file, &read(&file)?)).transpose()
    }

    fn attributions(&self) -> Result<Vec<Score>> {
        let Some(folder) = self.find(POLNEAR) else { return Ok(Vec::new()) };
        let annotations = files(&folder.join("attributions"), "ann")?;
        let mut texts = Vec::new();
        for file in files(&folder.join("text"), "txt")? {
            let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let Some(marked) = annotations.iter().find(|annotation| annotates(annotation, &name)) else {
                self.messages.note(format_args!("{}: has no annotations, passed over", file.display()));
                continue;
            };
            let text = eval::marked_text(marked, &read(&file)?, &read(marked)?)?;
            let article = || Article::new(name.clone(), text.text.clone());
            let doc = nlp::analyze(&self.schema, &self.model, article());
            let reading = pipeline::read(&self.schema, &self.model, article());
            texts.push((text, doc, reading));
        }
        let docs: Vec<(&eval::MarkedText, &Document)> = texts.iter().map(|(text, doc, _)| (text, doc)).collect();
        let readings: Vec<(&eval::MarkedText, &Reading)> = texts.iter().map(|(text, _, read)| (text, read)).collect();
        Ok([eval::attributions("polnear", &docs), eval::claims("polnear", &readings)].concat())
    }

    fn coreference(&self) -> Result<Vec<Score>> {
        let Some(treebank) = self.treebank(GUM.1)? else { return Ok(Vec::new()) };
        eval::treebank_coreference(&self.schema, &self.model, GUM.0, &treebank)
            .map_err(|error| error.at(self.corpora.join(GUM.1)))
    }

    /// Words a second of the processor's time over raw text, so that other programs do not count; the reading of files and the
    /// loading of the model are left out.
    fn speed(&self) -> Result<Vec<Score>> {
        let megabytes = Model::file_size() as f64 / 1e6;
        let score = |name: &str, measured: &str, value, unit| Score {
            name: name.to_owned(),
            measured: measured.to_owned(),
            value,
            unit,
        };
        let mut scores = vec![score(MODEL_SIZE, "the model's file", megabytes, Unit::Megabytes)];
        let Some(folder) = self.find(TEXT) else { return Ok(scores) };
        let files = files(&folder, "jsonl")?;
        let mut articles = Vec::new();
        for file in &files {
            articles.extend(sample(file, WORDS_TO_TIME / files.len())?);
        }
        let start = ThreadTime::now();
        let words = |article| nlp::analyze(&self.schema, &self.model, article).tokens.len();
        let words: usize = articles.into_iter().map(words).sum();
        let speed = words as f64 / start.elapsed().as_secs_f64();
        scores.push(score("text/speed", "the engine on one core, raw text", speed, Unit::WordsPerSecond));
        Ok(scores)
    }

    /// A file or folder of the corpora, where it is there.
    fn find(&self, name: &str) -> Option<PathBuf> {
        Some(self.corpora.join(name)).filter(|path| path.exists())
    }
}

/// The columns of CoNLL 2003 and its kin.
const CONLL: Columns = Columns { word: 0, label: 1, kind };

/// More corpora with names, of which only the words are known.
const NAMES: [(&str, &str, Columns); 3] = [
    ("crossner-politics", "ner/crossner/politics/dev.txt", CONLL),
    ("wnut17", "ner/wnut17/emerging.dev.conll", CONLL),
    ("wikigold", "ner/wikigold/CONLL-format/data/wikigold.conll.txt", CONLL),
];

/// What the labels of these corpora stand for.
fn kind(label: &str) -> Option<NameKind> {
    match label {
        "PER" | "person" | "politician" => Some(NameKind::Person),
        "LOC" | "location" | "country" => Some(NameKind::Place),
        "ORG" | "organisation" | "politicalparty" | "corporation" | "group" => Some(NameKind::Organization),
        _ => None,
    }
}

/// Whether a file annotates the text of a name: `NAME_ANNOTATOR.ann`. Of several annotators the first is taken.
fn annotates(annotation: &Path, name: &str) -> bool {
    let stem = annotation.file_stem().unwrap_or_default().to_string_lossy();
    stem.rsplit_once('_').is_some_and(|(text, _)| text == name)
}

fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_file("read the file", file)
}

/// The files of a folder that end so, sorted.
fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>> {
    let entries: io::Result<Vec<fs::DirEntry>> = fs::read_dir(folder).and_then(Iterator::collect);
    let entries = entries.with_file("search the folder", folder)?;
    let mut files: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
    files.retain(|file| file.extension().is_some_and(|found| found == ending));
    files.sort();
    Ok(files)
}

/// Articles of a file of JSON lines, from its start, until they have so many words: title and text or paragraphs.
fn sample(file: &Path, words: usize) -> Result<Vec<Article>> {
    let (mut articles, mut sampled) = (Vec::new(), 0);
    for (number, line) in read(file)?.lines().enumerate() {
        if sampled >= words {
            break;
        }
        let value: Value = serde_json::from_str(line)
            .map_err(|error| Error::new("no JSON").at_line(file, number, None).because(error))?;
        let paragraphs = value["paras"].as_array().into_iter().flatten();
        let texts = [&value["title"], &value["text"]].into_iter().chain(paragraphs).filter_map(Value::as_str);
        let text = texts.collect::<Vec<_>>().join("\n\n");
        sampled += text.split_whitespace().count();
        articles.push(Article::new(file.display().to_string(), text));
    }
    Ok(articles)
}
