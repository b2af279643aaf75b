//! The whole program on one screen: read each article, fold the readings.

pub mod examples;

use rayon::prelude::*;

use crate::extract::extract;
use crate::graph::{KnowledgeGraph, Reading};
use crate::ingest::Article;
use crate::link::link;
use crate::nlp::{Model, analyze};
use crate::schema::Schema;

/// All that one article says.
pub fn read(schema: &Schema, model: &Model, article: Article) -> Reading {
    let doc = analyze(schema, model, article);
    let links = link(schema, &doc);
    let (entities, facts) = extract(schema, &doc, &links);
    let mentions = links.mentions.iter().flat_map(|mention| {
        let span = doc.chars(mention.tokens);
        mention.entities.iter().map(move |&entity| (entity, span))
    });
    let mentions = mentions.map(|(entity, span)| (entities[entity].id.clone(), span)).collect();
    let mut article = doc.article;
    article.notes.extend(doc.notes);
    Reading { article, entities, mentions, facts }
}

/// Reads articles on all the threads of the pool and folds them into one graph; `done` is told of each one read.
pub fn build(schema: &Schema, model: &Model, articles: Vec<Article>, done: impl Fn() + Sync) -> KnowledgeGraph {
    let readings: Vec<Reading> =
        articles.into_par_iter().map(|article| read(schema, model, article)).inspect(|_| done()).collect();
    let mut graph = KnowledgeGraph::new();
    for reading in readings {
        graph.add(reading);
    }
    graph
}

/// Does some work with this many threads instead of one for each processor.
///
/// Where the system gives no more threads, the usual ones do the work.
pub fn with_jobs<T: Send>(jobs: usize, work: impl FnOnce() -> T + Send) -> T {
    match rayon::ThreadPoolBuilder::new().num_threads(jobs).build() {
        Ok(pool) => pool.install(work),
        Err(_) => work(),
    }
}
