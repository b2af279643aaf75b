//! Nodes and edges, as the JSON contract names them, and the reading that they come from.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::base::{CharSpan, Date};
use crate::extract::{Claim, Event, Evidence, Fact, Status};
use crate::ingest::Article;
use crate::link::Entity;

/// All that one article says.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    pub article: Article,
    pub entities: Vec<Entity>,
    /// Where the article names each entity: its id and the mention's code points.
    pub mentions: Vec<(String, CharSpan)>,
    pub facts: Vec<Fact>,
}

/// A node of the graph; its `kind` in JSON is the entity's own kind, or `event`, `claim`, `article`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Node {
    Entity(Entity),
    Event(Event),
    Claim(Claim),
    Article(ArticleNode),
}

/// An article as a node: the text that all offsets count in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ArticleNode {
    pub id: String,
    /// Its headline.
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The files that it was read from.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub sources: BTreeSet<String>,
    pub text: String,
    /// Ids of articles that are near-copies of it, as wire copy is.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub copies: BTreeSet<String>,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub notes: BTreeSet<String>,
}

/// A typed edge. `source`, `target` and `key` identify it; attributes that do not belong to its type are `None`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Edge {
    pub source: String,
    pub target: String,
    /// Tells parallel edges apart: `participant`, `holds_office:president`, `met:event/…`.
    pub key: String,
    #[serde(rename = "type")]
    pub edge_type: EdgeType,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub former: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub how: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// Id of the event that a `met` edge was drawn from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// How many edges this one stands for, in a view that draws them together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<u64>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub derived: bool,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub evidence: BTreeSet<Evidence>,
    /// Code points of each mention, of a `mentions` edge.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub spans: BTreeSet<CharSpan>,
}

/// The types of edge that the contract names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EdgeType {
    Participant,
    Location,
    PartOf,
    HoldsOffice,
    Claims,
    Addressee,
    About,
    Denies,
    Within,
    Affiliated,
    Mentions,
    Met,
}

impl Node {
    pub fn id(&self) -> &str {
        match self {
            Node::Entity(entity) => &entity.id,
            Node::Event(event) => &event.id,
            Node::Claim(claim) => &claim.id,
            Node::Article(article) => &article.id,
        }
    }

    /// `person`, `country`, `organization`, `place`, `event`, `claim` or `article`.
    pub fn kind(&self) -> &'static str {
        match self {
            Node::Entity(entity) => entity.kind.name(),
            Node::Event(_) => "event",
            Node::Claim(_) => "claim",
            Node::Article(_) => "article",
        }
    }

    /// What people call it; of a claim, its content.
    pub fn label(&self) -> String {
        match self {
            Node::Entity(entity) => entity.name.clone(),
            Node::Event(event) => event.name.clone(),
            Node::Claim(claim) => claim.content.join(" … "),
            Node::Article(article) => article.name.clone(),
        }
    }
}

impl Edge {
    /// An edge whose key is its type's name, and that has no attributes yet.
    pub fn new(source: impl Into<String>, edge_type: EdgeType, target: impl Into<String>) -> Edge {
        Edge {
            source: source.into(),
            target: target.into(),
            key: edge_type.name().to_owned(),
            edge_type,
            role: None,
            title: None,
            former: false,
            how: None,
            channel: None,
            start: None,
            end: None,
            status: None,
            event: None,
            weight: None,
            derived: false,
            evidence: BTreeSet::new(),
            spans: BTreeSet::new(),
        }
    }
}

impl EdgeType {
    pub const ALL: [EdgeType; 12] = [
        EdgeType::Participant,
        EdgeType::Location,
        EdgeType::PartOf,
        EdgeType::HoldsOffice,
        EdgeType::Claims,
        EdgeType::Addressee,
        EdgeType::About,
        EdgeType::Denies,
        EdgeType::Within,
        EdgeType::Affiliated,
        EdgeType::Mentions,
        EdgeType::Met,
    ];

    /// The name in the contract: `participant`, `part_of`, …
    pub fn name(self) -> &'static str {
        match self {
            EdgeType::Participant => "participant",
            EdgeType::Location => "location",
            EdgeType::PartOf => "part_of",
            EdgeType::HoldsOffice => "holds_office",
            EdgeType::Claims => "claims",
            EdgeType::Addressee => "addressee",
            EdgeType::About => "about",
            EdgeType::Denies => "denies",
            EdgeType::Within => "within",
            EdgeType::Affiliated => "affiliated",
            EdgeType::Mentions => "mentions",
            EdgeType::Met => "met",
        }
    }
}

impl fmt::Display for EdgeType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
