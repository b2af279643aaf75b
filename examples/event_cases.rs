//! Prints what the decisions on events see in articles, a line of JSON for each: `training/events.py` learns from it.
//!
//! `cargo run --release --example event_cases -- DECISIONS [ARTICLE…]`: DECISIONS is a table such as `model/events.tsv`, each ARTICLE a
//! text; without articles, it reads the examples of `schema/events`, each with what it must yield.

use std::fs;
use std::path::Path;

use rapporteur::extract::{extract, observe};
use rapporteur::ingest::{self, Article, Options};
use rapporteur::link::link;
use rapporteur::nlp::{Model, analyze};
use rapporteur::schema::{Decisions, Schema};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut files = std::env::args().skip(1);
    let table = files.next().ok_or("the first argument is a table of decisions")?;
    let mut schema = Schema::built_in();
    schema.decisions = Decisions::parse(&table, &fs::read_to_string(&table)?)?;
    let model = Model::built_in();
    let files: Vec<String> = files.collect();
    for file in &files {
        let article = ingest::article(file, &fs::read(file)?, &Options::default())?;
        let id = Path::new(file).file_stem().unwrap_or_default().to_string_lossy();
        println!("{}", cases(&schema, &model, &id, article));
    }
    if files.is_empty() {
        let examples = schema.events.iter().flat_map(|own| own.examples.iter().map(move |example| (own, example)));
        for (event_type, example) in examples {
            let id = format!("{}:{}", event_type.name, example.line);
            let mut cases = cases(&schema, &model, &id, Article::new("example", example.text.as_str()));
            cases["example"] = json!({"type": event_type.name, "yields": example.yields, "status": example.status});
            println!("{cases}");
        }
    }
    Ok(())
}

fn cases(schema: &Schema, model: &Model, id: &str, article: Article) -> Value {
    let doc = analyze(schema, model, article);
    let links = link(schema, &doc);
    let entities = extract(schema, &doc, &links).0;
    json!({"id": id, "entities": entities, "cases": observe(schema, &doc, &links)})
}
