//! How many words a second one core reads: the engine alone, a text into a document, and into its facts.
//!
//! `cargo bench --bench engine`. The words, as the program cuts them, are those of the example articles; or of the texts in the
//! folder that `RAPPORTEUR_TEXTS` names (articles in files of their own, or in lines of JSON with `title` and `paras`), of which
//! about 30,000 words are read. `RAPPORTEUR_CPU=avx2` holds back the faster instructions (`baseline`, `avx2`, `avx-vnni`,
//! `avx512-vnni`, `neon-dot`, as far as the machine has them). The program gives the same bytes on all of them. On several cores
//! articles are read side by side.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use divan::Bencher;
use divan::counter::ItemsCount;
use rapporteur::ingest::{self, Article, Options};
use rapporteur::nlp::{self, Model, engine};
use rapporteur::pipeline;
use rapporteur::schema::Schema;
use serde_json::Value;

/// Words of a folder's texts that are read, about.
const WORDS: usize = 30_000;

fn main() {
    println!("instructions: {}", processor().name());
    divan::main();
}

/// The forward pass and its heads.
#[divan::bench(sample_count = 10)]
fn tag(bencher: Bencher) {
    let (schema, model) = (Schema::built_in(), model());
    let sentences: Vec<Vec<String>> =
        articles().into_iter().flat_map(|article| sentences(&schema, &model, article)).collect();
    let sentences: Vec<Vec<&str>> = sentences.iter().map(|words| words.iter().map(String::as_str).collect()).collect();
    let words: usize = sentences.iter().map(Vec::len).sum();
    bencher.counter(ItemsCount::new(words)).bench(|| engine::read(&model, &sentences));
}

/// The whole engine: from an article's text to its document.
#[divan::bench(sample_count = 10)]
fn analyze(bencher: Bencher) {
    read(bencher, nlp::analyze);
}

/// Everything from an article's text to its facts.
#[divan::bench(sample_count = 10)]
fn facts(bencher: Bencher) {
    read(bencher, pipeline::read);
}

/// Loading the model, which a run pays once.
#[divan::bench(sample_count = 10)]
fn load() -> Model {
    Model::built_in()
}

fn read<T>(bencher: Bencher, stage: impl Fn(&Schema, &Model, Article) -> T + Sync) {
    let (schema, model) = (Schema::built_in(), model());
    let articles = articles();
    let words = |article: &Article| nlp::analyze(&schema, &model, article.clone()).tokens.len();
    let counter = ItemsCount::new(articles.iter().map(words).sum::<usize>());
    bencher.counter(counter).with_inputs(|| articles.clone()).bench_values(|articles| {
        articles.into_iter().map(|article| stage(&schema, &model, article)).collect::<Vec<_>>()
    });
}

fn model() -> Model {
    Model::built_in().with_processor(processor())
}

fn processor() -> engine::Processor {
    let Ok(name) = env::var("RAPPORTEUR_CPU") else { return engine::Processor::best() };
    let found = engine::Processor::all().into_iter().find(|processor| processor.name() == name);
    found.unwrap_or_else(|| panic!("this machine has no `{name}`"))
}

fn sentences(schema: &Schema, model: &Model, article: Article) -> Vec<Vec<String>> {
    let doc = nlp::analyze(schema, model, article);
    let words = |range: std::ops::Range<usize>| doc.tokens[range].iter().map(|token| token.text.clone()).collect();
    doc.sentences.iter().map(|sentence| words(sentence.tokens.range())).collect()
}

fn articles() -> Vec<Article> {
    let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/articles");
    let folder = env::var_os("RAPPORTEUR_TEXTS").map_or_else(|| PathBuf::from(examples), PathBuf::from);
    sample(files(&folder).iter().flat_map(|file| read_file(file)).collect())
}

/// Articles from all over, of about [`WORDS`] words.
fn sample(articles: Vec<Article>) -> Vec<Article> {
    let words: usize = articles.iter().map(|article| article.text.split_whitespace().count()).sum();
    articles.into_iter().step_by((words / WORDS).max(1)).collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|file| file.is_file());
    files.sort();
    files
}

fn read_file(file: &Path) -> Vec<Article> {
    let bytes = fs::read(file).expect("a file");
    let name = file.to_string_lossy();
    if file.extension().is_some_and(|extension| extension == "jsonl") {
        let lines = bytes.split(|&byte| byte == b'\n').filter(|line| !line.is_empty());
        lines.map(|line| article_of_json(&name, line)).collect()
    } else {
        vec![ingest::article(&name, &bytes, &Options::default()).expect("an article")]
    }
}

fn article_of_json(name: &str, line: &[u8]) -> Article {
    let value: Value = serde_json::from_slice(line).expect("a line of JSON");
    let title = value["title"].as_str().into_iter();
    let paragraphs: Vec<&str> =
        title.chain(value["paras"].as_array().into_iter().flatten().filter_map(Value::as_str)).collect();
    Article::of_paragraphs(name, &paragraphs)
}
