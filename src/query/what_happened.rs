//! Events with all that the graph knows of them: who, when, where, on what occasion, who denies it, and the sentences.

use serde::Serialize;

use super::found::{Named, Passage, incoming, named, passages, position, targets};
use crate::base::Date;
use crate::extract::{Event, Status};
use crate::graph::{EdgeType, KnowledgeGraph, Node};

/// An event and what hangs on it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Happening<'g> {
    pub id: &'g str,
    #[serde(rename = "type")]
    pub event_type: &'g str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subtype: Option<&'g str>,
    pub name: &'g str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<Date>,
    /// Whether its dates are inferred from what stands around its words.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub date_inferred: bool,
    pub status: Status,
    /// How far the finding can be trusted, from 0 to 1.
    pub score: f32,
    /// How those in it meet; `None` of events that are no meetings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<&'g str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub participants: Vec<Part<'g>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<Named<'g>>,
    /// The event that this one is a part of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub occasion: Option<Named<'g>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub denied_by: Vec<Denial<'g>>,
    pub evidence: Vec<Passage<'g>>,
}

/// Who takes part, and as what.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Part<'g> {
    #[serde(flatten)]
    pub who: Named<'g>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<&'g str>,
}

/// A claim that an event or another claim is not so.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Denial<'g> {
    /// Id of the claim.
    pub claim: &'g str,
    /// The speakers' names; the article's own words where nobody is named.
    pub speaker: String,
    pub evidence: Vec<Passage<'g>>,
}

/// All events by date, the undated last; those of one date as the articles tell them.
pub fn what_happened(graph: &KnowledgeGraph) -> Vec<Happening<'_>> {
    sorted(graph.nodes().filter_map(|node| event(graph, node)).collect())
}

pub(super) fn sorted(mut happenings: Vec<Happening>) -> Vec<Happening> {
    happenings.sort_by_key(|happening| (happening.when(), happening.evidence.first().map(position), happening.id));
    happenings
}

pub(super) fn event<'g>(graph: &'g KnowledgeGraph, node: &'g Node) -> Option<Happening<'g>> {
    match node {
        Node::Event(event) => Some(happening(graph, event)),
        _ => None,
    }
}

/// An event with all that the graph knows of it.
pub fn happening<'g>(graph: &'g KnowledgeGraph, event: &'g Event) -> Happening<'g> {
    Happening {
        id: &event.id,
        event_type: &event.event_type,
        subtype: event.subtype.as_deref(),
        name: &event.name,
        start: event.start,
        end: event.end,
        date_inferred: event.date_inferred,
        status: event.status,
        score: event.score,
        channel: event.channel.as_deref(),
        participants: participants(graph, &event.id),
        places: targets(graph, &event.id, EdgeType::Location),
        occasion: targets(graph, &event.id, EdgeType::PartOf).into_iter().next(),
        denied_by: denials(graph, &event.id),
        evidence: passages(graph, &event.evidence),
    }
}

fn participants<'g>(graph: &'g KnowledgeGraph, event: &str) -> Vec<Part<'g>> {
    incoming(graph, event, EdgeType::Participant)
        .map(|edge| Part { who: named(graph, &edge.source), role: edge.role.as_deref() })
        .collect()
}

/// The claims that deny an event or a claim, by id.
pub(super) fn denials<'g>(graph: &'g KnowledgeGraph, denied: &str) -> Vec<Denial<'g>> {
    incoming(graph, denied, EdgeType::Denies)
        .filter_map(|edge| match graph.node(&edge.source) {
            Some(Node::Claim(claim)) => Some(claim),
            _ => None,
        })
        .map(|claim| Denial {
            claim: &claim.id,
            speaker: speaker(graph, &claim.id, &claim.source_text),
            evidence: passages(graph, &claim.evidence),
        })
        .collect()
}

fn speaker(graph: &KnowledgeGraph, claim: &str, source_text: &str) -> String {
    let names: Vec<String> =
        incoming(graph, claim, EdgeType::Claims).map(|edge| named(graph, &edge.source).name).collect();
    if names.is_empty() { source_text.to_owned() } else { names.join(", ") }
}

impl Happening<'_> {
    /// Sorts by date; no date comes last.
    pub(super) fn when(&self) -> (bool, Option<Date>, Option<Date>) {
        (self.start.is_none(), self.start, self.end)
    }
}
