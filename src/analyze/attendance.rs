//! Who attended the same events: Solheim and Kanté were both at the water summit, whether or not they met.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::extract::Event;
use crate::graph::{EdgeType, KnowledgeGraph, Node};
use crate::link::Entity;
use crate::schema::EntityKind;

use super::Scope;

/// Two who took part in the same events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attendance<'g> {
    /// Ids, the lower first.
    pub pair: (&'g str, &'g str),
    /// Ids of the events.
    pub events: BTreeSet<&'g str>,
}

/// Each two who took part in the same events that `keep` keeps, those with the most first, then by id.
pub fn attendance<'g>(graph: &'g KnowledgeGraph, scope: Scope, keep: impl Fn(&Event) -> bool) -> Vec<Attendance<'g>> {
    let may = |id: &str| match graph.node(id) {
        Some(Node::Entity(Entity { kind, .. })) => match scope {
            Scope::People => *kind == EntityKind::Person,
            Scope::Actors => *kind != EntityKind::Place,
        },
        _ => false,
    };
    let mut takers: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for edge in graph.edges().filter(|edge| edge.edge_type == EdgeType::Participant) {
        for (who, what) in [(&edge.source, &edge.target), (&edge.target, &edge.source)] {
            let is_kept = matches!(graph.node(what), Some(Node::Event(event)) if keep(event));
            if is_kept && may(who) {
                takers.entry(what).or_default().insert(who);
            }
        }
    }
    let mut pairs: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
    for (event, people) in &takers {
        for a in people {
            for b in people.range::<&str, _>((std::ops::Bound::Excluded(a), std::ops::Bound::Unbounded)) {
                pairs.entry((a, b)).or_default().insert(event);
            }
        }
    }
    let mut all: Vec<Attendance> = pairs.into_iter().map(|(pair, events)| Attendance { pair, events }).collect();
    all.sort_by_key(|both| (Reverse(both.events.len()), both.pair));
    all
}
