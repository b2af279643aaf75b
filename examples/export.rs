//! Exports the meetings of an article as Turtle and as GraphML: `cargo run --release --example export -- ARTICLE`

use std::io::Write;

use rapporteur::export::{self, Format, Options};
use rapporteur::graph::KnowledgeGraph;
use rapporteur::nlp::Model;
use rapporteur::query::{self, View};
use rapporteur::schema::Schema;
use rapporteur::{ingest, pipeline};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let file = std::env::args().nth(1).unwrap_or("examples/articles/summit-geneva.txt".to_owned());
    let article = ingest::article(&file, &std::fs::read(&file)?[..], &ingest::Options::default())?;
    let mut graph = KnowledgeGraph::new();
    graph.add(pipeline::read(&Schema::built_in(), &Model::built_in(), article));

    // Only who met whom: persons, and an edge for each two.
    let people = query::view(&graph, View::People);
    let mut out = std::io::stdout().lock();
    for name in ["turtle", "graphml"] {
        let format: Format = name.parse()?;
        export::write(&people, format, &Options::default(), &mut out)?;
        writeln!(out)?;
    }
    Ok(())
}
