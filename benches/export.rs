//! How fast a large graph is written, and what that takes of memory beside the graph.
//!
//! `cargo bench --bench export`. The graph is as large as one of 2,000 articles, or of as many as `RAPPORTEUR_ARTICLES` says: the
//! readings of the example articles again and again, each time under other names. It is written to nowhere, in seven formats or in
//! those that `RAPPORTEUR_FORMATS` names, with commas.

use std::env;
use std::fs;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::time::Instant;

use counted::{Counted, Counter, held, most_held_by};
use rapporteur::export::{Format, Options};
use rapporteur::graph::{KnowledgeGraph, Reading};
use rapporteur::ingest;
use rapporteur::nlp::Model;
use rapporteur::pipeline;
use rapporteur::schema::Schema;
use renamed::renamed;

#[path = "../tests/sample/counted.rs"]
mod counted;
#[path = "../tests/sample/renamed.rs"]
mod renamed;

/// How many articles unless the environment says otherwise.
const ARTICLES: usize = 2_000;

/// Those of them that the program was built with are written.
const FORMATS: [&str; 7] = ["ntriples", "turtle", "graphml", "csv", "neo4j", "json", "parquet"];

#[global_allocator]
static COUNTED: Counted = Counted;

fn main() {
    let articles = env::var("RAPPORTEUR_ARTICLES").ok().map_or(ARTICLES, |number| number.parse().expect("a number"));
    let readings = readings();
    let before = held();
    let mut graph = KnowledgeGraph::new();
    for copy in 0..articles {
        graph.add(renamed(readings[copy % readings.len()].clone(), copy));
    }
    let size = held() - before;
    let (nodes, edges) = (graph.node_count(), graph.edge_count());
    println!("{articles} articles: {nodes} nodes, {edges} edges, {} MB in memory", megabytes(size));
    println!("{:<10} {:>10} {:>8} {:>8} {:>20}", "format", "MB", "seconds", "MB/s", "MB beside the graph");
    let asked = env::var("RAPPORTEUR_FORMATS").unwrap_or_else(|_| FORMATS.join(","));
    for format in asked.split(',').filter_map(|name| name.parse().ok()) {
        measure(&graph, format);
    }
}

fn measure(graph: &KnowledgeGraph, format: Format) {
    let options = Options::default();
    let (begun, mut written) = (Instant::now(), Counter(0));
    let ((), held) = most_held_by(|| {
        for part in format.parts(graph, &options) {
            let mut out = BufWriter::with_capacity(1 << 16, &mut written);
            part.write(&mut out).and_then(|()| out.flush()).expect("a counter takes all");
        }
    });
    let seconds = begun.elapsed().as_secs_f64();
    let speed = written.0 as f64 / seconds / 1e6;
    println!("{format:<10} {:>10} {seconds:>8.1} {speed:>8.0} {:>20.1}", megabytes(written.0), held as f64 / 1e6);
}

fn megabytes(bytes: usize) -> usize {
    bytes / 1_000_000
}

/// What the example articles say.
fn readings() -> Vec<Reading> {
    let (schema, model) = (Schema::built_in(), Model::built_in());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/articles");
    let mut files: Vec<_> =
        fs::read_dir(folder).expect("the folder").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    let read = |path: &std::path::PathBuf| {
        let bytes = fs::read(path).expect("a file");
        let article =
            ingest::article(&path.to_string_lossy(), &bytes, &ingest::Options::default()).expect("an article");
        pipeline::read(&schema, &model, article)
    };
    files.iter().map(read).collect()
}
