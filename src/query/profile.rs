//! Who is who: names, offices and ties. "French President Emmanuel Macron" holds an office of France's.

use std::collections::BTreeSet;

use serde::Serialize;

use super::found::{Named, named};
use crate::graph::{EdgeType, KnowledgeGraph, Node};
use crate::link::Entity;
use crate::schema::EntityKind;

/// A person, country, organization or place, and its lasting ties.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Profile<'g> {
    pub id: &'g str,
    pub kind: EntityKind,
    pub name: &'g str,
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub aliases: &'g BTreeSet<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub offices: Vec<Tie<'g>>,
    /// What it belongs to, other than by office.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub affiliations: Vec<Tie<'g>>,
}

/// An office or another tie: "president" of France, "spokesman" of nobody named.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tie<'g> {
    /// The office's title, or how one is tied.
    #[serde(rename = "as")]
    pub title: &'g str,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub former: bool,
    /// `None` where no text tells the body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<Named<'g>>,
}

/// Everybody and everything named: persons, countries, organizations, places, each by name.
pub fn profiles(graph: &KnowledgeGraph) -> Vec<Profile<'_>> {
    let entities = graph.nodes().filter_map(|node| match node {
        Node::Entity(entity) => Some(profile(graph, entity)),
        _ => None,
    });
    let mut profiles: Vec<Profile> = entities.collect();
    profiles.sort_by_key(|profile| (profile.kind, profile.name, profile.id));
    profiles
}

/// An entity and its lasting ties.
pub fn profile<'g>(graph: &'g KnowledgeGraph, entity: &'g Entity) -> Profile<'g> {
    let bodiless = entity.offices.iter().map(|office| Tie { title: &office.title, former: office.former, of: None });
    Profile {
        id: &entity.id,
        kind: entity.kind,
        name: &entity.name,
        aliases: &entity.aliases,
        offices: ties(graph, &entity.id, EdgeType::HoldsOffice).chain(bodiless).collect(),
        affiliations: ties(graph, &entity.id, EdgeType::Affiliated).collect(),
    }
}

fn ties<'g>(graph: &'g KnowledgeGraph, id: &str, edge_type: EdgeType) -> impl Iterator<Item = Tie<'g>> {
    graph.edges_from(id).filter(move |edge| edge.edge_type == edge_type).map(|edge| Tie {
        title: edge.title.as_deref().or(edge.how.as_deref()).unwrap_or_default(),
        former: edge.former,
        of: Some(named(graph, &edge.target)),
    })
}
