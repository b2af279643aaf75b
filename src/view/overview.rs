//! What the page knows from the start: everybody and everything by id, without the articles' words.
//!
//! Of "Norwegian Prime Minister Ingrid Solheim met Senegal's President Ousmane Kanté on Tuesday" it has four entities, two offices
//! and an event with two in it; the sentence comes when somebody asks for it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::drawing::{Drawing, drawings};
use crate::base::Date;
use crate::extract::{Form, Stance, Status};
use crate::graph::{EdgeType, KnowledgeGraph, Node};
use crate::query::{Happening, Named, Source, Statement, tie_id, what_happened, who_said};
use crate::schema::EntityKind;

/// All but the words. See [`super`] for its JSON.
#[derive(Debug, Serialize)]
pub struct Overview<'g> {
    /// By id.
    pub articles: Vec<Source<'g>>,
    /// By kind, then name, then id.
    pub entities: Vec<Entity<'g>>,
    /// By date, the undated last.
    pub events: Vec<Event<'g>>,
    /// By publication, article and place in it.
    pub claims: Vec<Claim<'g>>,
    /// The drawings of the people, the actors, all.
    pub views: BTreeMap<&'static str, Drawing<'g>>,
}

/// A person, country, organization or place.
#[derive(Debug, Serialize)]
pub struct Entity<'g> {
    pub id: &'g str,
    pub kind: EntityKind,
    pub name: &'g str,
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub aliases: &'g BTreeSet<String>,
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub same_as: &'g BTreeSet<String>,
    /// Offices, affiliations, the country of a place.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ties: Vec<Tie<'g>>,
}

/// What one holds, belongs to or lies in.
#[derive(Debug, Serialize)]
pub struct Tie<'g> {
    /// As [`crate::query::evidence`] takes it; none of an office whose body no text tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(rename = "type")]
    edge_type: EdgeType,
    /// The office's title, or how one is tied.
    #[serde(rename = "as", skip_serializing_if = "str::is_empty")]
    title: &'g str,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    former: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<&'g str>,
}

#[derive(Debug, Serialize)]
pub struct Event<'g> {
    id: &'g str,
    #[serde(rename = "type")]
    event_type: &'g str,
    name: &'g str,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<Date>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    date_inferred: bool,
    status: Status,
    #[serde(skip_serializing_if = "Option::is_none")]
    channel: Option<&'g str>,
    who: Vec<&'g str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    places: Vec<&'g str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    occasion: Option<&'g str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    denied_by: Vec<&'g str>,
}

#[derive(Debug, Serialize)]
pub struct Claim<'g> {
    id: &'g str,
    stance: Stance,
    form: Form,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    speakers: Vec<&'g str>,
    /// The article's words for the speaker.
    #[serde(skip_serializing_if = "str::is_empty")]
    source: &'g str,
    #[serde(skip_serializing_if = "str::is_empty")]
    cue: &'g str,
    content: &'g [String],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    to: Vec<&'g str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    about: Vec<&'g str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    denies: Vec<&'g str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    denied_by: Vec<&'g str>,
    /// When the first article that reports it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<Date>,
}

impl<'g> Overview<'g> {
    pub fn of(graph: &'g KnowledgeGraph) -> Overview<'g> {
        let happenings = what_happened(graph);
        Overview {
            articles: articles(graph),
            entities: entities(graph),
            views: drawings(graph, &happenings),
            events: happenings.iter().map(Event::of).collect(),
            claims: who_said(graph, None).iter().map(Claim::of).collect(),
        }
    }
}

fn articles(graph: &KnowledgeGraph) -> Vec<Source<'_>> {
    let articles = graph.nodes().filter_map(|node| match node {
        Node::Article(article) => Some(Source::of(article)),
        _ => None,
    });
    articles.collect()
}

fn entities(graph: &KnowledgeGraph) -> Vec<Entity<'_>> {
    let entities = graph.nodes().filter_map(|node| match node {
        Node::Entity(entity) => Some(entity),
        _ => None,
    });
    let mut entities: Vec<Entity> = entities
        .map(|entity| Entity {
            id: &entity.id,
            kind: entity.kind,
            name: &entity.name,
            aliases: &entity.aliases,
            same_as: &entity.same_as,
            ties: ties(graph, entity),
        })
        .collect();
    entities.sort_by_key(|entity| (entity.kind, entity.name, entity.id));
    entities
}

fn ties<'g>(graph: &'g KnowledgeGraph, entity: &'g crate::link::Entity) -> Vec<Tie<'g>> {
    let lasts = |edge_type| matches!(edge_type, EdgeType::HoldsOffice | EdgeType::Affiliated | EdgeType::Within);
    let edges = graph.edges_from(&entity.id).filter(|edge| lasts(edge.edge_type)).map(|edge| Tie {
        id: Some(tie_id(edge)),
        edge_type: edge.edge_type,
        title: edge.title.as_deref().or(edge.how.as_deref()).unwrap_or_default(),
        former: edge.former,
        of: Some(&edge.target),
    });
    let bodiless = entity.offices.iter().map(|office| Tie {
        id: None,
        edge_type: EdgeType::HoldsOffice,
        title: &office.title,
        former: office.former,
        of: None,
    });
    edges.chain(bodiless).collect()
}

impl<'g> Event<'g> {
    fn of(event: &Happening<'g>) -> Event<'g> {
        Event {
            id: event.id,
            event_type: event.event_type,
            name: event.name,
            start: event.start,
            end: event.end,
            date_inferred: event.date_inferred,
            status: event.status,
            channel: event.channel,
            who: event.participants.iter().map(|part| part.who.id).collect(),
            places: ids(&event.places),
            occasion: event.occasion.as_ref().map(|occasion| occasion.id),
            denied_by: event.denied_by.iter().map(|denial| denial.claim).collect(),
        }
    }
}

impl<'g> Claim<'g> {
    fn of(claim: &Statement<'g>) -> Claim<'g> {
        Claim {
            id: claim.id,
            stance: claim.stance,
            form: claim.form,
            speakers: ids(&claim.speakers),
            source: claim.source_text,
            cue: claim.cue,
            content: claim.content,
            to: ids(&claim.addressees),
            about: ids(&claim.about),
            denies: ids(&claim.denies),
            denied_by: claim.denied_by.iter().map(|denial| denial.claim).collect(),
            published: claim.evidence.first().and_then(|passage| passage.article.published),
        }
    }
}

fn ids<'g>(nodes: &[Named<'g>]) -> Vec<&'g str> {
    nodes.iter().map(|node| node.id).collect()
}
