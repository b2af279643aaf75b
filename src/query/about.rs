//! All that a graph knows of one thing: "the World Water Summit" took place in Geneva, two met at it, Kanté spoke about it.

use std::collections::BTreeSet;

use serde::Serialize;

use super::found::{Named, incoming, named};
use super::profile::{Profile, profile};
use super::what_happened::{Happening, event, happening, sorted};
use super::who_met::within;
use super::who_said::{Statement, statements};
use crate::graph::{Edge, EdgeType, KnowledgeGraph, Node};

/// An entity or an event, and all that hangs on it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct About<'g> {
    pub subject: Subject<'g>,
    /// Who holds office in it, or belongs to it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<Member<'g>>,
    /// What it took part in, what happened there or as a part of it, by date.
    pub events: Vec<Happening<'g>>,
    /// What others say about it.
    pub statements: Vec<Statement<'g>>,
    /// How many articles name it, or tell of it.
    pub articles: usize,
}

/// What is told about.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Subject<'g> {
    Entity(Profile<'g>),
    Event(Happening<'g>),
}

/// Somebody in a country or an organization.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Member<'g> {
    #[serde(flatten)]
    pub who: Named<'g>,
    /// The office's title, or how one is tied.
    #[serde(rename = "as")]
    pub title: &'g str,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub former: bool,
}

/// Tells about an entity or an event, by id; `None` of claims, articles and ids that the graph lacks.
pub fn about<'g>(graph: &'g KnowledgeGraph, id: &str) -> Option<About<'g>> {
    let node = graph.node(id)?;
    let subject = match node {
        Node::Entity(entity) => Subject::Entity(profile(graph, entity)),
        Node::Event(event) => Subject::Event(happening(graph, event)),
        Node::Claim(_) | Node::Article(_) => return None,
    };
    let claims = incoming(graph, id, EdgeType::About).filter_map(|edge| graph.node(&edge.source));
    Some(About {
        articles: articles(graph, node),
        subject,
        members: members(graph, id),
        events: events_of(graph, node),
        statements: statements(graph, claims),
    })
}

/// The events that a node takes part in, that happen there (in a country: anywhere in it), or that are a part of it, by date.
pub(super) fn events_of<'g>(graph: &'g KnowledgeGraph, node: &'g Node) -> Vec<Happening<'g>> {
    let attended = graph.edges_from(node.id()).filter(|edge| edge.edge_type == EdgeType::Participant);
    let mut ids: BTreeSet<&str> = attended.map(|edge| edge.target.as_str()).collect();
    for place in within(graph, &[node]) {
        let is_there = |edge: &&Edge| matches!(edge.edge_type, EdgeType::Location | EdgeType::PartOf);
        ids.extend(graph.edges_to(place).into_iter().filter(is_there).map(|edge| edge.source.as_str()));
    }
    let events = ids.into_iter().filter_map(|id| graph.node(id)).filter_map(|node| event(graph, node));
    sorted(events.collect())
}

/// Those who hold office in a country or an organization or belong to it, those of today first, by title and id.
pub fn members<'g>(graph: &'g KnowledgeGraph, body: &str) -> Vec<Member<'g>> {
    let tie = |edge: &'g Edge| Member {
        who: named(graph, &edge.source),
        title: edge.title.as_deref().or(edge.how.as_deref()).unwrap_or_default(),
        former: edge.former,
    };
    let offices = incoming(graph, body, EdgeType::HoldsOffice).map(tie);
    let mut members: Vec<Member> = offices.chain(incoming(graph, body, EdgeType::Affiliated).map(tie)).collect();
    members.sort_by_key(|member| (member.former, member.title, member.who.id));
    members
}

fn articles(graph: &KnowledgeGraph, node: &Node) -> usize {
    match node {
        Node::Event(event) => event.evidence.iter().map(|told| &told.article).collect::<BTreeSet<_>>().len(),
        node => incoming(graph, node.id(), EdgeType::Mentions).count(),
    }
}
