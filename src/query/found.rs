//! The small pieces that answers are made of: who or what is named, and the words of an article that say so.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::base::Date;
use crate::extract::Evidence;
use crate::graph::{ArticleNode, Edge, EdgeType, KnowledgeGraph, Node};

/// A node by id and name; of a claim the name is its content.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Named<'g> {
    pub id: &'g str,
    pub kind: &'static str,
    pub name: String,
}

/// Words of an article that bear an answer out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Passage<'g> {
    pub text: &'g str,
    /// First code point in the article's text.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    pub article: Source<'g>,
}

/// An article without its text.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Source<'g> {
    pub id: &'g str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub name: &'g str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<&'g str>,
    /// The files that it was read from.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub sources: &'g BTreeSet<String>,
}

impl<'g> Named<'g> {
    pub fn of(node: &'g Node) -> Named<'g> {
        Named { id: node.id(), kind: node.kind(), name: node.label() }
    }
}

impl<'g> Source<'g> {
    pub fn of(article: &'g ArticleNode) -> Source<'g> {
        let ArticleNode { id, name, published, url, sources, .. } = article;
        Source { id, name, published: *published, url: url.as_deref(), sources }
    }
}

/// The evidence with its articles, by publication, article and place in it.
///
/// Evidence whose article is not in the graph is left out: there is nothing to show it in.
pub(super) fn passages<'g>(graph: &'g KnowledgeGraph, evidence: &'g BTreeSet<Evidence>) -> Vec<Passage<'g>> {
    let mut passages: Vec<Passage> = evidence.iter().filter_map(|evidence| passage(graph, evidence)).collect();
    passages.sort_by_key(|passage| position(passage));
    passages.dedup_by(|a, b| position(a) == position(b));
    passages
}

fn passage<'g>(graph: &'g KnowledgeGraph, evidence: &'g Evidence) -> Option<Passage<'g>> {
    let Some(Node::Article(article)) = graph.node(&evidence.article) else { return None };
    let Evidence { text, start, end, .. } = evidence;
    Some(Passage { text, start: *start, end: *end, article: Source::of(article) })
}

/// Where a passage stands among all that was read; undated articles come last.
pub(super) fn position<'g>(passage: &Passage<'g>) -> (bool, Option<Date>, &'g str, usize, usize) {
    let Source { id, published, .. } = passage.article;
    (published.is_none(), published, id, passage.start, passage.end)
}

/// The targets of a node's edges of one type.
pub(super) fn targets<'g>(graph: &'g KnowledgeGraph, id: &str, edge_type: EdgeType) -> Vec<Named<'g>> {
    let edges = graph.edges_from(id).filter(|edge| edge.edge_type == edge_type);
    distinct(edges.map(|edge| named(graph, &edge.target)).collect())
}

/// The sources of a node's incoming edges of one type.
pub(super) fn sources<'g>(graph: &'g KnowledgeGraph, id: &str, edge_type: EdgeType) -> Vec<Named<'g>> {
    distinct(incoming(graph, id, edge_type).map(|edge| named(graph, &edge.source)).collect())
}

/// A node's incoming edges of one type.
pub(super) fn incoming<'g>(
    graph: &'g KnowledgeGraph,
    id: &str,
    edge_type: EdgeType,
) -> impl Iterator<Item = &'g Edge> + use<'g> {
    graph.edges_to(id).into_iter().filter(move |edge| edge.edge_type == edge_type)
}

/// The end of an edge.
pub(super) fn named<'g>(graph: &'g KnowledgeGraph, id: &str) -> Named<'g> {
    Named::of(graph.node(id).expect("the ends of an edge are nodes"))
}

fn distinct(mut nodes: Vec<Named>) -> Vec<Named> {
    nodes.sort();
    nodes.dedup();
    nodes
}
