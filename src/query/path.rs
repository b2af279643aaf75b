//! The shortest chain of meetings between two people: Solheim met Arriaga, who met Vogel.

use std::collections::BTreeMap;

use pathfinding::prelude::bfs;
use serde::Serialize;

use super::found::{Named, named};
use super::who_met::{Encounter, MeetingFilter, who_met};
use crate::graph::{Edge, EdgeType, KnowledgeGraph};

/// Two who met one another, and their meetings.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step<'g> {
    pub from: Named<'g>,
    pub to: Named<'g>,
    /// By date, as [`who_met`] gives them.
    pub meetings: Vec<Encounter<'g>>,
}

/// The shortest chain from one person to another (by id), of meetings that the filter keeps; `None` where there is none.
///
/// Of chains as short, the one whose first link has the lower id, then the second, and so on. From one to himself: no steps.
pub fn path<'g>(graph: &'g KnowledgeGraph, a: &'g str, b: &str, filter: &MeetingFilter) -> Option<Vec<Step<'g>>> {
    graph.node(a)?;
    let people = bfs(&a, |person| met(graph, person, filter).into_keys(), |person| *person == b)?;
    let step = |pair: &[&'g str]| {
        let meetings = who_met(graph, pair[0], Some(pair[1])).into_iter().filter(|meeting| filter.keeps(meeting));
        Step { from: named(graph, pair[0]), to: named(graph, pair[1]), meetings: meetings.collect() }
    };
    Some(people.windows(2).map(step).collect())
}

/// Those whom somebody met in meetings that the filter keeps.
fn met<'g>(graph: &'g KnowledgeGraph, person: &str, filter: &MeetingFilter) -> BTreeMap<&'g str, &'g Edge> {
    let out = graph.edges_from(person).map(|edge| (edge.target.as_str(), edge));
    let back = graph.edges_to(person).into_iter().map(|edge| (edge.source.as_str(), edge));
    out.chain(back).filter(|(_, edge)| edge.edge_type == EdgeType::Met && filter.keeps_edge(graph, edge)).collect()
}
