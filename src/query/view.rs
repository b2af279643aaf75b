//! Views of a graph, as graphs of their own: all of it, only people who met, only actors and their ties.
//!
//! Of three meetings of Putin and Trump, the view of people has one edge of weight 3, with the evidence of all three.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::Date;
use crate::extract::Status;
use crate::graph::{Edge, EdgeType, KnowledgeGraph, Node};
use crate::link::Entity;
use crate::schema::EntityKind;

/// How much of a graph is seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// Events and claims as nodes, all evidence.
    #[default]
    Full,
    /// Who met whom: persons, and an edge for each two and each status.
    People,
    /// The same with countries and organizations, and who holds office in them or belongs to them.
    Actors,
}

/// Draws a view of a graph. Those tied to nobody are not in it, and neither are the articles that its evidence names.
pub fn view(graph: &KnowledgeGraph, view: View) -> KnowledgeGraph {
    let ties = match view {
        View::Full => return graph.clone(),
        View::People => Vec::new(),
        View::Actors => graph.edges().filter(|edge| is_tie(graph, edge)).cloned().collect(),
    };
    let edges: Vec<Edge> = meetings(graph).into_values().chain(ties).collect();
    let ends: BTreeSet<&str> = edges.iter().flat_map(|edge| [edge.source.as_str(), edge.target.as_str()]).collect();
    let mut seen = KnowledgeGraph::new();
    ends.into_iter().filter_map(|id| graph.node(id)).for_each(|node| seen.insert_node(node.clone()));
    edges.into_iter().for_each(|edge| seen.insert_edge(edge));
    seen
}

/// Leaves out the nodes of other kinds, with their edges; none keeps all.
pub fn of_kinds(graph: &KnowledgeGraph, kinds: &BTreeSet<String>) -> KnowledgeGraph {
    copy(graph, |node| kinds.is_empty() || kinds.contains(node.kind()), |_| true)
}

/// Copies some nodes, and of the edges between them some. An edge forgets an event that is not copied.
pub(super) fn copy(
    graph: &KnowledgeGraph,
    is_node_kept: impl Fn(&Node) -> bool,
    is_edge_kept: impl Fn(&Edge) -> bool,
) -> KnowledgeGraph {
    let mut copied = KnowledgeGraph::new();
    graph.nodes().filter(|node| is_node_kept(node)).for_each(|node| copied.insert_node(node.clone()));
    for edge in graph.edges().filter(|edge| is_edge_kept(edge)) {
        if copied.node(&edge.source).is_some() && copied.node(&edge.target).is_some() {
            let event = edge.event.clone().filter(|event| copied.node(event).is_some());
            copied.insert_edge(Edge { event, ..edge.clone() });
        }
    }
    copied
}

/// The meetings of each two, drawn together by status.
fn meetings(graph: &KnowledgeGraph) -> BTreeMap<(&str, &str, Option<Status>), Edge> {
    let mut drawn: BTreeMap<_, Edge> = BTreeMap::new();
    for met in graph.edges().filter(|edge| edge.edge_type == EdgeType::Met) {
        let key = met.status.map_or("met".to_owned(), |status| format!("met:{status}"));
        let whole = drawn.entry((met.source.as_str(), met.target.as_str(), met.status)).or_insert_with(|| Edge {
            key,
            channel: met.channel.clone(),
            status: met.status,
            weight: Some(0),
            derived: true,
            ..Edge::new(&met.source, EdgeType::Met, &met.target)
        });
        whole.weight = whole.weight.map(|weight| weight + met.weight.unwrap_or(1));
        whole.channel = whole.channel.take().filter(|channel| Some(channel) == met.channel.as_ref());
        whole.start = earlier(whole.start, met.start.or(met.end));
        whole.end = whole.end.max(met.end.or(met.start));
        whole.evidence.extend(met.evidence.iter().cloned());
        if let Some(Node::Event(event)) = met.event.as_deref().and_then(|id| graph.node(id)) {
            whole.evidence.extend(event.evidence.iter().cloned());
        }
    }
    drawn
}

fn earlier(a: Option<Date>, b: Option<Date>) -> Option<Date> {
    a.into_iter().chain(b).min()
}

fn is_tie(graph: &KnowledgeGraph, edge: &Edge) -> bool {
    let is_actor = |id: &str| match graph.node(id) {
        Some(Node::Entity(Entity { kind, .. })) => *kind != EntityKind::Place,
        _ => false,
    };
    matches!(edge.edge_type, EdgeType::HoldsOffice | EdgeType::Affiliated)
        && is_actor(&edge.source)
        && is_actor(&edge.target)
}
