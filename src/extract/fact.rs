//! What a text says: events, claims and relations, each with its evidence.
//!
//! "Norway has denied trying to sway the vote in Iceland." is a [`Claim`] of Norway's with [`Stance::Deny`], its
//! evidence that sentence.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::base::{CharSpan, Date, Period};

/// One thing that an article says.
#[derive(Clone, Debug, PartialEq)]
pub enum Fact {
    Event(EventFact),
    Claim(ClaimFact),
    Relation(Relation),
}

/// The characters that a fact came from, and what found it there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Evidence {
    /// Id of the article.
    pub article: String,
    /// First code point in the article's text.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// `article.text[start..end]`, exactly.
    pub text: String,
    /// The pattern or head: `meet/subject-object`.
    pub rule: String,
}

/// An event with those in it.
#[derive(Clone, Debug, PartialEq)]
pub struct EventFact {
    pub event: Event,
    pub participants: Vec<Participant>,
    /// Ids of places, countries or organizations.
    pub locations: Vec<String>,
    /// Id of the event that this one is a part of.
    pub part_of: Option<String>,
}

/// Who takes part, and as what.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Participant {
    pub entity: String,
    pub role: String,
}

/// A meeting, a call, a visit, an election …: the node; its roles are edges.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    pub id: String,
    /// A type that the schema names: `meet`, `call`, …
    #[serde(rename = "type")]
    pub event_type: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subtype: Option<String>,
    /// Its proper name, or a headline made of trigger and participants.
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<Date>,
    /// Whether its dates are inferred from what stands around its words, which tell none: they may be another event's.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub date_inferred: bool,
    pub status: Status,
    /// 0 to 1: how far the finding can be trusted.
    pub score: f32,
    /// How those in it meet, `in-person` or `remote`, of events at which people meet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plover: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cameo: Option<String>,
    /// What each article tells of it, where they differ; empty where all that it has evidence in tell the same.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub told: BTreeSet<Telling>,
    /// Ids of meetings that may be this one: other articles tell of them, and date them a day or two otherwise.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub dated_otherwise: BTreeSet<String>,
    pub evidence: BTreeSet<Evidence>,
}

/// What one article tells of an event: "they met on Tuesday", "they are to meet on Wednesday".
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Telling {
    /// Id of the article.
    pub article: String,
    pub status: Status,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<Date>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub date_inferred: bool,
}

impl Event {
    /// From its first to its last day, where articles tell them; none of dates that are inferred.
    pub fn told_period(&self) -> Option<Period> {
        let (start, end) = (self.start.or(self.end)?, self.end.or(self.start)?);
        (!self.date_inferred).then_some(Period { start, end })
    }
}

/// Whether an event took place, as told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    Uncertain,
    Planned,
    Denied,
    Happened,
}

/// A claim with its speakers and what it is about.
#[derive(Clone, Debug, PartialEq)]
pub struct ClaimFact {
    pub claim: Claim,
    /// Ids of entities; empty where the source is nameless.
    pub speakers: Vec<String>,
    pub addressee: Option<String>,
    /// Ids of entities and events in the content.
    pub about: Vec<String>,
    /// Ids of claims and events that this claim denies.
    pub denies: Vec<String>,
}

/// Somebody's words as an article reports them: the node; speaker, addressee and matter are edges.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    pub id: String,
    pub form: Form,
    pub stance: Stance,
    /// `has denied`, `according to`; empty where the quotation marks alone tell.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub cue: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cue_span: Option<CharSpan>,
    /// The words for the source: `Mr Putin`, `a senior official`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source_text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_span: Option<CharSpan>,
    /// What is claimed, piece by piece, without its outer quotation marks.
    pub content: Vec<String>,
    pub content_spans: Vec<CharSpan>,
    pub evidence: BTreeSet<Evidence>,
}

/// How the words are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    Direct,
    Indirect,
    Mixed,
}

/// What the speaker does with the content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stance {
    Assert,
    /// The content is what is denied.
    Deny,
    Believe,
    Promise,
    Request,
    Accuse,
    Ask,
}

/// A lasting tie between two entities.
#[derive(Clone, Debug, PartialEq)]
pub struct Relation {
    pub subject: String,
    pub property: Property,
    pub object: String,
    pub evidence: BTreeSet<Evidence>,
}

/// What ties subject to object.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Property {
    /// Person to country or organization.
    HoldsOffice { title: String, former: bool },
    /// Place to country.
    Within,
    /// Person to organization or country.
    Affiliated { how: String },
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Status::Uncertain => "uncertain",
            Status::Planned => "planned",
            Status::Denied => "denied",
            Status::Happened => "happened",
        })
    }
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Form::Direct => "direct",
            Form::Indirect => "indirect",
            Form::Mixed => "mixed",
        })
    }
}

impl fmt::Display for Stance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Stance::Assert => "assert",
            Stance::Deny => "deny",
            Stance::Believe => "believe",
            Stance::Promise => "promise",
            Stance::Request => "request",
            Stance::Accuse => "accuse",
            Stance::Ask => "ask",
        })
    }
}
