//! Who met whom, when, where and on what occasion: "the two leaders met face-to-face for the first time".

use std::collections::BTreeSet;

use serde::Serialize;

use super::found::{Named, named};
use super::what_happened::{Happening, happening};
use crate::base::{Date, Period};
use crate::extract::Status;
use crate::graph::{Edge, EdgeType, KnowledgeGraph, Node};

/// One meeting with one counterpart; a meeting of three is two encounters for each of them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Encounter<'g> {
    pub with: Named<'g>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// The meeting. Planned and denied ones are among them: its status tells.
    #[serde(rename = "event")]
    pub meeting: Happening<'g>,
}

/// How people meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    InPerson,
    /// By telephone, video or letter.
    Remote,
}

/// Which meetings to keep; what is `None` keeps all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MeetingFilter<'g> {
    /// From the first day of this date on.
    pub since: Option<Date>,
    /// To the last day of this date.
    pub until: Option<Date>,
    pub status: Option<Status>,
    pub channel: Option<Channel>,
    /// Ids of places and occasions, any of which it is at: see [`within`].
    pub at: Option<BTreeSet<&'g str>>,
}

/// The meetings of a person, or of two with one another, by date and then id; the undated last.
///
/// Persons are named by id. An id that the graph lacks has met nobody.
pub fn who_met<'g>(graph: &'g KnowledgeGraph, person: &str, other: Option<&str>) -> Vec<Encounter<'g>> {
    let out = graph.edges_from(person).map(|edge| (edge, &edge.target));
    let back = graph.edges_to(person).into_iter().map(|edge| (edge, &edge.source));
    let mut encounters: Vec<Encounter> = out
        .chain(back)
        .filter(|(edge, with)| edge.edge_type == EdgeType::Met && other.is_none_or(|other| other == *with))
        .filter_map(|(edge, with)| encounter(graph, edge, with))
        .collect();
    encounters.sort_by(|a, b| {
        let key = |encounter: &Encounter<'g>| (encounter.meeting.when(), encounter.meeting.id, encounter.with.id);
        key(a).cmp(&key(b))
    });
    encounters
}

fn encounter<'g>(graph: &'g KnowledgeGraph, met: &'g Edge, with: &str) -> Option<Encounter<'g>> {
    let Some(Node::Event(event)) = met.event.as_deref().and_then(|event| graph.node(event)) else { return None };
    Some(Encounter {
        with: named(graph, with),
        channel: met.channel.as_deref().and_then(Channel::named),
        meeting: happening(graph, event),
    })
}

impl Channel {
    /// The name in the JSON contract: `in-person` or `remote`.
    pub fn name(self) -> &'static str {
        match self {
            Channel::InPerson => "in-person",
            Channel::Remote => "remote",
        }
    }

    /// The channel of a name.
    pub fn named(name: &str) -> Option<Channel> {
        [Channel::InPerson, Channel::Remote].into_iter().find(|channel| channel.name() == name)
    }
}

impl std::fmt::Display for Channel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.name())
    }
}

impl MeetingFilter<'_> {
    /// Whether a meeting passes. One without a date passes no filter of dates: see [`MeetingFilter::asks_for_a_date`].
    pub fn keeps(&self, encounter: &Encounter) -> bool {
        let Encounter { channel, meeting, .. } = encounter;
        let is_within = |period: Period| period.is_within(self.since, self.until);
        self.status.is_none_or(|status| meeting.status == status)
            && self.channel.is_none_or(|asked| *channel == Some(asked))
            && self.at.as_ref().is_none_or(|at| meeting.is_at(at))
            && (!self.asks_for_a_date() || meeting.period().is_some_and(is_within))
    }

    pub fn asks_for_a_date(&self) -> bool {
        self.since.is_some() || self.until.is_some()
    }

    /// Whether the meeting of an edge passes.
    pub(super) fn keeps_edge(&self, graph: &KnowledgeGraph, met: &Edge) -> bool {
        encounter(graph, met, &met.target).is_some_and(|encounter| self.keeps(&encounter))
    }
}

/// The ids of some nodes and of all that lies in them: of Norway, the country and its towns.
pub fn within<'g>(graph: &'g KnowledgeGraph, nodes: &[&'g Node]) -> BTreeSet<&'g str> {
    let mut found: BTreeSet<&str> = nodes.iter().map(|node| node.id()).collect();
    let mut open: Vec<&str> = found.iter().copied().collect();
    while let Some(id) = open.pop() {
        let parts = graph.edges_to(id).into_iter().filter(|edge| edge.edge_type == EdgeType::Within);
        open.extend(parts.map(|edge| edge.source.as_str()).filter(|part| found.insert(part)));
    }
    found
}

impl Happening<'_> {
    /// From first to last day, where either is known.
    pub fn period(&self) -> Option<Period> {
        let (start, end) = (self.start.or(self.end)?, self.end.or(self.start)?);
        Some(Period { start, end })
    }

    /// Whether its place or its occasion is among these ids, or it is itself.
    pub(super) fn is_at(&self, ids: &BTreeSet<&str>) -> bool {
        self.places.iter().chain(&self.occasion).any(|at| ids.contains(at.id)) || ids.contains(self.id)
    }
}
