//! How many words a second one core reads: the engine alone, and an article into its facts.
//!
//! `cargo bench --bench engine`. The words are those of the example articles; on several cores articles are read side by side.

use divan::Bencher;
use divan::counter::ItemsCount;
use rapporteur::ingest::{self, Article, Options};
use rapporteur::nlp::{self, Model, engine};
use rapporteur::pipeline;
use rapporteur::schema::Schema;

fn main() {
    divan::main();
}

/// The forward pass and its heads over the words of all the articles.
#[divan::bench]
fn tag(bencher: Bencher) {
    let (schema, model) = (Schema::built_in(), Model::built_in());
    let sentences: Vec<Vec<String>> =
        articles().into_iter().flat_map(|article| sentences(&schema, &model, article)).collect();
    let sentences: Vec<Vec<&str>> = sentences.iter().map(|words| words.iter().map(String::as_str).collect()).collect();
    let words: usize = sentences.iter().map(Vec::len).sum();
    bencher.counter(ItemsCount::new(words)).bench(|| engine::read(&model, &sentences));
}

/// Everything from an article's text to its facts.
#[divan::bench]
fn read(bencher: Bencher) {
    let (schema, model) = (Schema::built_in(), Model::built_in());
    let articles = articles();
    let words: usize =
        articles.iter().flat_map(|article| sentences(&schema, &model, article.clone())).map(|s| s.len()).sum();
    bencher.counter(ItemsCount::new(words)).with_inputs(|| articles.clone()).bench_values(|articles| {
        articles.into_iter().map(|article| pipeline::read(&schema, &model, article)).collect::<Vec<_>>()
    });
}

/// Loading the model, which a run pays once.
#[divan::bench(sample_count = 10)]
fn load() -> Model {
    Model::built_in()
}

fn sentences(schema: &Schema, model: &Model, article: Article) -> Vec<Vec<String>> {
    let doc = nlp::analyze(schema, model, article);
    let words = |range: std::ops::Range<usize>| doc.tokens[range].iter().map(|token| token.text.clone()).collect();
    doc.sentences.iter().map(|sentence| words(sentence.tokens.range())).collect()
}

fn articles() -> Vec<Article> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/articles");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("the examples").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    let read = |file: &std::path::PathBuf| {
        let bytes = std::fs::read(file).expect("an article");
        ingest::article(&file.to_string_lossy(), &bytes, &Options::default()).expect("an article")
    };
    files.iter().map(read).collect()
}
