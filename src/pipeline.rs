//! The whole program on one screen: read each article, fold the readings.

pub mod examples;

use rayon::prelude::*;

use crate::error::Result;
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

/// How many articles are read for each thread before their readings are handed on: enough that no thread waits long for the last
/// of them, few enough to hold.
const ARTICLES_A_THREAD: usize = 16;

/// Reads articles on all the threads of the pool, batch by batch, each with what the caller knows it by; `take` is given each batch
/// in the order of the articles. No more than a batch is held.
///
/// # Errors
/// What `take` gives; then no more is read.
pub fn read_each<K: Send>(
    schema: &Schema,
    model: &Model,
    mut articles: impl Iterator<Item = (K, Article)>,
    mut take: impl FnMut(Vec<(K, Reading)>) -> Result<()>,
) -> Result<()> {
    let size = ARTICLES_A_THREAD * rayon::current_num_threads();
    loop {
        let batch: Vec<(K, Article)> = articles.by_ref().take(size).collect();
        if batch.is_empty() {
            return Ok(());
        }
        take(batch.into_par_iter().map(|(known, article)| (known, read(schema, model, article))).collect())?;
    }
}

/// Reads articles on all the threads of the pool and makes one graph of them; `done` is told of each one read.
pub fn build(
    schema: &Schema,
    model: &Model,
    articles: impl IntoIterator<Item = Article>,
    mut done: impl FnMut(&Reading),
) -> KnowledgeGraph {
    let mut graph = KnowledgeGraph::new();
    let fold = |batch: Vec<((), Reading)>| {
        for (_, reading) in batch {
            done(&reading);
            graph.add(reading);
        }
        Ok(())
    };
    read_each(schema, model, articles.into_iter().map(|article| ((), article)), fold).expect("a fold does not fail");
    graph.settle()
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
