//! The words behind what the page shows, each article's text once, passages as places in it.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::graph::{KnowledgeGraph, Node};
use crate::query::{evidence, tie_id};

/// What a page that asks nobody needs to show evidence in its article.
#[derive(Debug, Serialize)]
pub struct Words<'g> {
    /// In the order of [`super::Overview::articles`].
    texts: Vec<&'g str>,
    /// By event, claim or tie: the number of the article, the first code point, and one past the last.
    evidence: BTreeMap<String, Vec<(usize, usize, usize)>>,
}

impl<'g> Words<'g> {
    pub fn of(graph: &'g KnowledgeGraph) -> Words<'g> {
        let mut texts = Vec::new();
        let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
        for node in graph.nodes() {
            if let Node::Article(article) = node {
                numbers.insert(&article.id, texts.len());
                texts.push(article.text.as_str());
            }
        }
        let is_fact = |node: &&Node| matches!(node, Node::Event(_) | Node::Claim(_));
        let facts = graph.nodes().filter(is_fact).map(|node| node.id().to_owned());
        let ties = graph.edges().filter(|edge| !edge.evidence.is_empty()).map(tie_id);
        let places = |fact: String| {
            let passages = evidence(graph, &fact).into_iter();
            let places = passages.map(|passage| (numbers[passage.article.id], passage.start, passage.end)).collect();
            (fact, places)
        };
        Words { evidence: facts.chain(ties).map(places).collect(), texts }
    }
}
