//! Writes the graph of each article alone: `cargo run --release --example one_graph_each -- OUT ARTICLE…`
//!
//! For measuring: what one article says, before anything is merged.

use std::path::Path;

use rapporteur::graph::{KnowledgeGraph, store};
use rapporteur::ingest::{self, Options};
use rapporteur::nlp::Model;
use rapporteur::pipeline;
use rapporteur::schema::Schema;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (schema, model) = (Schema::built_in(), Model::built_in());
    let mut arguments = std::env::args().skip(1);
    let out = arguments.next().ok_or("usage: one_graph_each OUT ARTICLE…")?;
    for file in arguments {
        let article = ingest::article(&file, &std::fs::read(&file)?, &Options::default())?;
        let mut graph = KnowledgeGraph::new();
        graph.add(pipeline::read(&schema, &model, article));
        let name = Path::new(&file).with_extension("json");
        store::save(&graph, &Path::new(&out).join(name.file_name().ok_or("an article is a file")?))?;
    }
    Ok(())
}
