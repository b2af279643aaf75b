//! Prints what the decisions on events see in articles, a line of JSON for each: `training/events.py` learns from it.
//!
//! `cargo run --release --example event_cases -- [--decisions FILE] ARTICLE…`, each a text.

use std::path::Path;

use rapporteur::extract::{extract, observe};
use rapporteur::ingest::{self, Options};
use rapporteur::link::link;
use rapporteur::nlp::{Model, analyze};
use rapporteur::schema::{Decisions, Schema};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut schema = Schema::built_in();
    let mut files: Vec<String> = std::env::args().skip(1).collect();
    if files.first().is_some_and(|first| first == "--decisions") {
        let file = files.drain(..2).nth(1).ok_or("a file of decisions after --decisions")?;
        schema.decisions = Decisions::parse(&file, &std::fs::read_to_string(&file)?)?;
    }
    let model = Model::built_in();
    for file in files {
        let article = ingest::article(&file, &std::fs::read(&file)?, &Options::default())?;
        let doc = analyze(&schema, &model, article);
        let links = link(&schema, &doc);
        let entities = extract(&schema, &doc, &links).0;
        let id = Path::new(&file).file_stem().unwrap_or_default().to_string_lossy();
        let cases = observe(&schema, &doc, &links);
        println!("{}", serde_json::json!({"id": id, "entities": entities, "cases": cases}));
    }
    Ok(())
}
