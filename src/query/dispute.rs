//! What articles and speakers disagree on: Vestkysten reports a dinner in Bergen, Berge and Hauge deny it.
//!
//! Nothing is decided here, nor dropped: all sides are told, each with its evidence.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::found::{Named, named};
use super::matter::stems;
use super::what_happened::{Happening, happening};
use super::who_said::{Statement, statement};
use crate::extract::{Claim, Event, Stance, Status};
use crate::graph::{EdgeType, KnowledgeGraph, Node};

/// How many days the dates of one event may lie apart in articles that disagree on them; further apart are two events.
const DAYS_APART: i32 = 3;

/// Of the words of a claim and of one that contradicts it, the least part that both have.
const WORDS_IN_COMMON: f64 = 0.5;

/// A matter on which there are two sides or more.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Dispute<'g> {
    pub on: Point,
    /// The event or claim.
    pub matter: Named<'g>,
    /// What is held, those who hold that it is so first.
    pub sides: Vec<Side<'g>>,
}

/// What is disputed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Point {
    /// Somebody denies an event or a claim.
    Denied,
    /// Speakers say the opposite of one another on one matter.
    Opposed,
    /// Articles tell that it happened, and that it did not.
    Status,
    /// Articles tell other days.
    Date,
}

/// One telling: somebody's words, or an article's own.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Side<'g> {
    Statement(Statement<'g>),
    Event(Happening<'g>),
}

/// The disputes of a graph, or those that somebody or something (by id) has a part in: by point and matter.
pub fn disputes<'g>(graph: &'g KnowledgeGraph, who: Option<&str>) -> Vec<Dispute<'g>> {
    let denied = denied(graph);
    // What is denied by name is told there.
    let told: BTreeSet<&str> = denied.iter().flat_map(Dispute::claims).collect();
    let opposed = opposed(graph, &told).into_iter().filter(|dispute| !dispute.claims().any(|id| told.contains(id)));
    let all = denied.iter().cloned().chain(opposed).chain(of_articles(graph));
    all.filter(|dispute| who.is_none_or(|who| dispute.has(who))).collect()
}

/// The events and claims that claims deny.
fn denied(graph: &KnowledgeGraph) -> Vec<Dispute<'_>> {
    let mut by_matter: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for edge in graph.edges().filter(|edge| edge.edge_type == EdgeType::Denies) {
        by_matter.entry(&edge.target).or_default().push(&edge.source);
    }
    by_matter.into_iter().map(|(matter, denials)| denial(graph, matter, &denials)).collect()
}

fn denial<'g>(graph: &'g KnowledgeGraph, matter: &'g str, denials: &[&'g str]) -> Dispute<'g> {
    let mut sides: Vec<Side> = side(graph, matter).into_iter().collect();
    sides.extend(asserted(graph, matter, denials));
    for against in denials.iter().flat_map(|id| opponents(graph, id)).map(Side::Statement) {
        if !sides.contains(&against) {
            sides.push(against);
        }
    }
    sides.extend(denials.iter().filter_map(|id| side(graph, id)));
    Dispute { on: Point::Denied, matter: named(graph, matter), sides }
}

/// What others assert, in any article, that a denial is the opposite of.
fn opponents<'g>(graph: &'g KnowledgeGraph, denial: &str) -> Vec<Statement<'g>> {
    let Some(Node::Claim(denial)) = graph.node(denial) else { return Vec::new() };
    contradicted(graph, &statement(graph, denial))
}

/// The claims about a denied event that do not deny it.
fn asserted<'g>(graph: &'g KnowledgeGraph, matter: &str, denials: &[&str]) -> Vec<Side<'g>> {
    let about = graph.edges_to(matter).into_iter().filter(|edge| edge.edge_type == EdgeType::About);
    let claims = about.map(|edge| edge.source.as_str()).filter(|id| !denials.contains(id));
    let sides = claims.filter_map(|id| side(graph, id));
    sides
        .filter(|side| matches!(side, Side::Statement(Statement { stance: Stance::Assert | Stance::Accuse, .. })))
        .collect()
}

/// Claims and the denials of others, but for those that are told, that are about the same event or say the same words of the same people.
fn opposed<'g>(graph: &'g KnowledgeGraph, told: &BTreeSet<&str>) -> Vec<Dispute<'g>> {
    let denials = graph.nodes().filter_map(|node| match node {
        Node::Claim(claim) if claim.stance == Stance::Deny && !told.contains(claim.id.as_str()) => Some(claim),
        _ => None,
    });
    denials.filter_map(|denial| opposition(graph, denial)).collect()
}

fn opposition<'g>(graph: &'g KnowledgeGraph, denial: &'g Claim) -> Option<Dispute<'g>> {
    let denial = statement(graph, denial);
    let against = contradicted(graph, &denial);
    let matter = named(graph, against.first()?.id);
    let sides = against.into_iter().chain([denial]).map(Side::Statement).collect();
    Some(Dispute { on: Point::Opposed, matter, sides })
}

/// What others assert that a denial is the opposite of.
fn contradicted<'g>(graph: &'g KnowledgeGraph, denial: &Statement<'_>) -> Vec<Statement<'g>> {
    let near: BTreeSet<&str> = denial
        .about
        .iter()
        .flat_map(|about| graph.edges_to(about.id))
        .filter(|edge| edge.edge_type == EdgeType::About && edge.source != denial.id)
        .map(|edge| edge.source.as_str())
        .collect();
    let statements = near.into_iter().filter_map(|id| match graph.node(id) {
        Some(Node::Claim(claim)) if matches!(claim.stance, Stance::Assert | Stance::Accuse) => {
            Some(statement(graph, claim))
        }
        _ => None,
    });
    statements.filter(|claim| !is_by_same(claim, denial) && is_opposite(claim, denial)).collect()
}

fn is_by_same(a: &Statement, b: &Statement) -> bool {
    let ids =
        |statement: &Statement| statement.speakers.iter().map(|speaker| speaker.id.to_owned()).collect::<BTreeSet<_>>();
    let (a_ids, b_ids) = (ids(a), ids(b));
    if a_ids.is_empty() && b_ids.is_empty() { a.source_text == b.source_text } else { !a_ids.is_disjoint(&b_ids) }
}

/// Whether two are about one event, or have most of their words in common.
fn is_opposite(a: &Statement, b: &Statement) -> bool {
    let event = |named: &&Named| named.kind == "event";
    let events: BTreeSet<&str> = a.about.iter().filter(event).map(|about| about.id).collect();
    if b.about.iter().any(|about| events.contains(about.id)) {
        return true;
    }
    let (a, b) = (stems(&a.content.join(" ")), stems(&b.content.join(" ")));
    let both = a.intersection(&b).count() as f64;
    both > 0.0 && both >= WORDS_IN_COMMON * a.len().min(b.len()) as f64 && a.len().min(b.len()) > 1
}

/// Events of one type and the same participants that articles tell as having happened and not, or of days close by.
fn of_articles(graph: &KnowledgeGraph) -> Vec<Dispute<'_>> {
    let mut alike: BTreeMap<(&str, Vec<&str>), Vec<&Event>> = BTreeMap::new();
    for node in graph.nodes() {
        let Node::Event(event) = node else { continue };
        let parts = graph.edges_to(&event.id).into_iter().filter(|edge| edge.edge_type == EdgeType::Participant);
        let parts: Vec<&str> = parts.map(|edge| edge.source.as_str()).collect();
        if parts.len() > 1 {
            alike.entry((&event.event_type, parts)).or_default().push(event);
        }
    }
    let groups = alike.into_values().filter(|events| events.len() > 1);
    let disputes = groups.flat_map(|events| {
        [
            disagreement(graph, &events, Point::Status, is_denied_elsewhere),
            disagreement(graph, &events, Point::Date, is_dated_elsewhere),
        ]
    });
    let mut disputes: Vec<Dispute> = disputes.flatten().collect();
    disputes.sort_by_key(|dispute| (dispute.on, dispute.matter.id));
    disputes
}

/// The events of a group of which some two disagree.
fn disagreement<'g>(
    graph: &'g KnowledgeGraph,
    events: &[&'g Event],
    on: Point,
    disagree: impl Fn(&Event, &Event) -> bool,
) -> Option<Dispute<'g>> {
    let is_disputed = |event: &&&Event| events.iter().any(|other| disagree(event, other) || disagree(other, event));
    let mut disputed: Vec<&Event> = events.iter().filter(is_disputed).copied().collect();
    disputed.sort_by_key(|event| (std::cmp::Reverse(event.status), event.start, &event.id));
    let first = disputed.first()?;
    let sides = disputed.iter().map(|event| Side::Event(happening(graph, event))).collect();
    Some(Dispute { on, matter: named(graph, &first.id), sides })
}

/// Whether one is told to have happened, the other not, and no date keeps them apart.
fn is_denied_elsewhere(a: &Event, b: &Event) -> bool {
    let told = |event: &Event| event.told_period().map(|period| period.start);
    let may_be_one = told(a).zip(told(b)).is_none_or(|(a, b)| a.agrees(b));
    a.status == Status::Happened && b.status == Status::Denied && may_be_one
}

/// Whether two days close by are told, each by articles that do not tell the other.
fn is_dated_elsewhere(a: &Event, b: &Event) -> bool {
    let articles = |event: &Event| event.evidence.iter().map(|told| told.article.clone()).collect::<BTreeSet<_>>();
    let day = |event: &Event| event.told_period().map(|period| period.start).filter(|date| date.day().is_some());
    let (Some(day), Some(other)) = (day(a), day(b)) else { return false };
    let apart = (day.first_day() - other.first_day()).get_days().abs();
    a.status == b.status && (1..=DAYS_APART).contains(&apart) && articles(a).is_disjoint(&articles(b))
}

fn side<'g>(graph: &'g KnowledgeGraph, id: &str) -> Option<Side<'g>> {
    match graph.node(id)? {
        Node::Claim(claim) => Some(Side::Statement(statement(graph, claim))),
        Node::Event(event) => Some(Side::Event(happening(graph, event))),
        Node::Entity(_) | Node::Article(_) => None,
    }
}

impl<'g> Dispute<'g> {
    fn claims(&self) -> impl Iterator<Item = &'g str> + '_ {
        self.sides.iter().filter_map(|side| match side {
            Side::Statement(statement) => Some(statement.id),
            Side::Event(_) => None,
        })
    }

    /// Whether somebody speaks in it, takes part in the event, or is spoken about.
    fn has(&self, id: &str) -> bool {
        let is = |named: &Named| named.id == id;
        self.matter.id == id
            || self.sides.iter().any(|side| match side {
                Side::Statement(Statement { speakers, about, .. }) => speakers.iter().chain(about).any(is),
                Side::Event(event) => {
                    event.participants.iter().any(|part| is(&part.who)) || event.places.iter().any(is)
                }
            })
    }
}
