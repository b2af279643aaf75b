//! Reads one article and tells who met whom and who denied what: `cargo run --release --example read_one -- ARTICLE`

use rapporteur::extract::Stance;
use rapporteur::graph::KnowledgeGraph;
use rapporteur::{ingest, nlp, pipeline, query, schema};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let file = std::env::args().nth(1).unwrap_or("examples/articles/summit-geneva.txt".to_owned());
    let article = ingest::article(&file, &std::fs::read(&file)?, &ingest::Options::default())?;
    let (schema, model) = (schema::Schema::built_in(), nlp::Model::built_in());
    let mut graph = KnowledgeGraph::new();
    graph.add(pipeline::read(&schema, &model, article));

    for happening in query::what_happened(&graph) {
        println!("{}: {}", happening.event_type, happening.name);
    }
    for claim in query::who_said(&graph, None).iter().filter(|claim| claim.stance == Stance::Deny) {
        println!("{} denies: {}", claim.source_text, claim.content.join(" … "));
    }
    Ok(())
}
