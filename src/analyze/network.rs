//! The network that measures are taken of: who is tied to whom, and how often they met.
//!
//! Three meetings of Merkel and Macron are one edge of weight 3.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::graph::{NodeIndex, UnGraph};
use petgraph::visit::EdgeRef;

use crate::graph::{Edge, EdgeType, KnowledgeGraph, Node};
use crate::link::Entity;
use crate::schema::EntityKind;

/// Whose ties count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// Persons who met.
    #[default]
    People,
    /// The same with countries and organizations, and who holds office in them or belongs to them.
    Actors,
}

/// An undirected network without loops: nodes by id, an edge for each two that are tied, its weight how often.
#[derive(Clone, Debug)]
pub struct Network<'g> {
    pub graph: UnGraph<&'g str, f64>,
}

impl<'g> Network<'g> {
    /// The network of a graph or of a view of it; only the meetings that `keep` keeps count. A tie that is no meeting weighs 1.
    pub fn of(graph: &'g KnowledgeGraph, scope: Scope, keep: impl Fn(&Edge) -> bool) -> Network<'g> {
        let counts = |edge: &&Edge| match edge.edge_type {
            EdgeType::Met => keep(edge),
            EdgeType::HoldsOffice | EdgeType::Affiliated => {
                scope == Scope::Actors && is_actor(graph, &edge.source) && is_actor(graph, &edge.target)
            }
            _ => false,
        };
        let weight = |edge: &Edge| edge.weight.unwrap_or(1) as f64;
        Network::of_ties(graph.edges().filter(counts).map(|edge| (&*edge.source, &*edge.target, weight(edge))))
    }

    /// The network of some ties. Weights of the same two add up, in either direction; a tie to oneself is none.
    pub fn of_ties(ties: impl IntoIterator<Item = (&'g str, &'g str, f64)>) -> Network<'g> {
        let mut drawn: BTreeMap<(&str, &str), f64> = BTreeMap::new();
        for (a, b, weight) in ties.into_iter().filter(|(a, b, _)| a != b) {
            *drawn.entry((a.min(b), a.max(b))).or_default() += weight;
        }
        let ids: BTreeSet<&str> = drawn.keys().flat_map(|&(a, b)| [a, b]).collect();
        let mut graph = UnGraph::with_capacity(ids.len(), drawn.len());
        let nodes: BTreeMap<&str, NodeIndex> = ids.into_iter().map(|id| (id, graph.add_node(id))).collect();
        for ((a, b), weight) in drawn {
            graph.add_edge(nodes[a], nodes[b], weight);
        }
        Network { graph }
    }

    /// How many are in it.
    pub fn len(&self) -> usize {
        self.graph.node_count()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The ids, sorted; all measures stand in this order.
    pub fn ids(&self) -> impl Iterator<Item = &'g str> {
        self.graph.node_weights().copied()
    }

    /// The neighbours of each node with the weight of the tie, both by index.
    pub(super) fn neighbours(&self) -> Vec<Vec<(usize, f64)>> {
        let of = |node| {
            let ties = self.graph.edges(node);
            let mut near: Vec<(usize, f64)> = ties.map(|tie| (tie.target().index(), *tie.weight())).collect();
            near.sort_by_key(|(other, _)| *other);
            near
        };
        self.graph.node_indices().map(of).collect()
    }
}

fn is_actor(graph: &KnowledgeGraph, id: &str) -> bool {
    matches!(graph.node(id), Some(Node::Entity(Entity { kind, .. })) if *kind != EntityKind::Place)
}
