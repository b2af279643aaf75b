//! From a fact to the words of articles that bear it out, and back: what was read where in an article.

use std::collections::BTreeSet;

use serde::Serialize;

use super::found::{Passage, passages};
use crate::extract::Evidence;
use crate::graph::{ArticleNode, Edge, KnowledgeGraph, Node};

/// An article with its text, and where in it what was found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Marked<'g> {
    #[serde(flatten)]
    pub article: &'g ArticleNode,
    /// By place in the text.
    pub marks: Vec<Mark<'g>>,
}

/// Code points of an article that bear out a fact.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Mark<'g> {
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The fact, as [`evidence`] takes it.
    pub of: String,
    #[serde(skip)]
    article: &'g str,
}

/// The words that bear out an event or a claim, by id, or an edge, by [`tie_id`]: by publication, article and place in it. A fact
/// that the graph lacks has none.
pub fn evidence<'g>(graph: &'g KnowledgeGraph, fact: &str) -> Vec<Passage<'g>> {
    let of_node = graph.node(fact).and_then(of_node);
    of_node.or_else(|| of_edge(graph, fact)).map_or(Vec::new(), |evidence| passages(graph, evidence))
}

/// Names an edge: source, key and target with spaces between them, `person/ana-duarte holds_office:prime minister country/PT`.
pub fn tie_id(edge: &Edge) -> String {
    format!("{} {} {}", edge.source, edge.key, edge.target)
}

/// An article with all that was found in it.
pub fn marked<'g>(graph: &'g KnowledgeGraph, article: &str) -> Option<Marked<'g>> {
    let Some(Node::Article(node)) = graph.node(article) else { return None };
    let mut marks: Vec<Mark> = marks(graph).filter(|mark| mark.article == article).collect();
    marks.sort();
    Some(Marked { article: node, marks })
}

fn marks(graph: &KnowledgeGraph) -> impl Iterator<Item = Mark<'_>> {
    let nodes = graph.nodes().filter_map(|node| Some((node.id().to_owned(), of_node(node)?)));
    let edges = graph.edges().filter(|edge| !edge.evidence.is_empty()).map(|edge| (tie_id(edge), &edge.evidence));
    nodes.chain(edges).flat_map(|(of, evidence)| {
        evidence.iter().map(move |Evidence { article, start, end, .. }| Mark {
            start: *start,
            end: *end,
            of: of.clone(),
            article,
        })
    })
}

fn of_node(node: &Node) -> Option<&BTreeSet<Evidence>> {
    match node {
        Node::Event(event) => Some(&event.evidence),
        Node::Claim(claim) => Some(&claim.evidence),
        Node::Entity(_) | Node::Article(_) => None,
    }
}

/// Ids of nodes hold no spaces, but a key may: `holds_office:prime minister`.
fn of_edge<'g>(graph: &'g KnowledgeGraph, id: &str) -> Option<&'g BTreeSet<Evidence>> {
    let (source, rest) = id.split_once(' ')?;
    let (key, target) = rest.rsplit_once(' ')?;
    graph.edges_from(source).find(|edge| edge.target == target && edge.key == key).map(|edge| &edge.evidence)
}
