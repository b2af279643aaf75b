//! The JSON form of a graph: one node-link object, as networkx, d3 and graphology read it.
//!
//! The contract is `schema/graph.schema.json`. Nodes stand by id, edges by source, target and key, absent values are left
//! out: the same graph gives the same bytes.

use std::io::{Read, Write};

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::{ArticleNode, Edge, KnowledgeGraph, Node};
use crate::extract::{Claim, Event};
use crate::link::Entity;

/// Writes the graph, pretty-printed, with a line end at the end.
///
/// # Errors
/// Those of the writer.
pub fn write_node_link(graph: &KnowledgeGraph, out: &mut dyn Write) -> std::io::Result<()> {
    let articles = graph.nodes().filter(|node| matches!(node, Node::Article(_))).count();
    let document = GraphOut {
        directed: true,
        multigraph: true,
        graph: Header { generator: concat!("rapporteur ", env!("CARGO_PKG_VERSION")).to_owned(), articles },
        nodes: Nodes(graph),
        edges: Edges(graph),
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    out.write_all(b"\n")
}

/// Reads what [`write_node_link`] wrote.
///
/// # Errors
/// Those of the reader, JSON that is none, a node or edge outside the contract, two nodes of one id, an edge whose end is no node.
pub fn read_node_link(input: impl Read) -> serde_json::Result<KnowledgeGraph> {
    let document: GraphIn = serde_json::from_reader(input)?;
    let mut graph = KnowledgeGraph::new();
    for node in document.nodes {
        if graph.node(node.id()).is_some() {
            return Err(serde_json::Error::custom(format!("two nodes are called `{}`", node.id())));
        }
        graph.insert_node(node);
    }
    for edge in document.edges {
        if let Some(end) = [&edge.source, &edge.target].into_iter().find(|end| graph.node(end).is_none()) {
            return Err(serde_json::Error::custom(format!("an edge names `{end}`, which is no node")));
        }
        graph.insert_edge(edge);
    }
    Ok(graph)
}

#[derive(Serialize)]
struct GraphOut<'a> {
    directed: bool,
    multigraph: bool,
    graph: Header,
    nodes: Nodes<'a>,
    edges: Edges<'a>,
}

/// The nodes, drawn from the graph while they are written.
struct Nodes<'a>(&'a KnowledgeGraph);

/// The edges, likewise.
struct Edges<'a>(&'a KnowledgeGraph);

impl Serialize for Nodes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.nodes().map(NodeOut::new))
    }
}

impl Serialize for Edges<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.edges())
    }
}

#[derive(Serialize)]
struct Header {
    generator: String,
    articles: usize,
}

/// An entity carries its own `kind`; the others are given theirs.
#[derive(Serialize)]
struct NodeOut<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    #[serde(flatten)]
    node: &'a Node,
}

impl<'a> NodeOut<'a> {
    fn new(node: &'a Node) -> NodeOut<'a> {
        let kind = (!matches!(node, Node::Entity(_))).then(|| node.kind());
        NodeOut { kind, node }
    }
}

#[derive(Deserialize)]
struct GraphIn {
    nodes: Vec<Node>,
    edges: Vec<Edge>,
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Node, D::Error> {
        let value = Value::deserialize(deserializer)?;
        let kind = value.get("kind").and_then(Value::as_str).unwrap_or_default().to_owned();
        let id = value.get("id").and_then(Value::as_str).unwrap_or("a node without id").to_owned();
        of_kind(&kind, value).map_err(|error| D::Error::custom(format!("node `{id}`: {error}")))
    }
}

/// A node as compact JSON.
pub(super) fn node_to_json(node: &Node) -> serde_json::Result<String> {
    serde_json::to_string(&NodeOut::new(node))
}

/// Reads what [`node_to_json`] wrote of a node of this kind.
pub(super) fn node_from_json(kind: &str, json: &str) -> serde_json::Result<Node> {
    of_kind(kind, &mut serde_json::Deserializer::from_str(json))
}

fn of_kind<'de, D: Deserializer<'de>>(kind: &str, input: D) -> Result<Node, D::Error> {
    match kind {
        "event" => Event::deserialize(input).map(Node::Event),
        "claim" => Claim::deserialize(input).map(Node::Claim),
        "article" => ArticleNode::deserialize(input).map(Node::Article),
        _ => Entity::deserialize(input).map(Node::Entity),
    }
}
