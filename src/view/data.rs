//! What the page knows: the answers of [`crate::query`], with each article told once and referred to by number.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::layout::{self, Point};
use crate::base::Date;
use crate::extract::Stance;
use crate::graph::{EdgeType, KnowledgeGraph, Node};
use crate::query::{Denial, Happening, Named, Passage, Profile, Statement, profiles, what_happened, who_said};
use crate::schema::EntityKind;

/// The most nodes that are drawn: more are a tangle, and slow to lay out.
const DRAWN: usize = 300;

/// The most participants of an event who are drawn as tied to one another; a larger event is a crowd.
const CROWD: usize = 8;

#[derive(Serialize)]
pub struct Page<'g> {
    articles: Vec<Article<'g>>,
    entities: Vec<Profile<'g>>,
    events: Vec<Event<'g>>,
    claims: Vec<Claim<'g>>,
    drawing: Drawing<'g>,
}

#[derive(Serialize)]
struct Article<'g> {
    name: &'g str,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'g str>,
    sources: &'g BTreeSet<String>,
}

#[derive(Serialize)]
struct Event<'g> {
    id: &'g str,
    #[serde(rename = "type")]
    event_type: &'g str,
    name: &'g str,
    #[serde(skip_serializing_if = "String::is_empty")]
    when: String,
    status: crate::extract::Status,
    #[serde(skip_serializing_if = "Option::is_none")]
    channel: Option<&'g str>,
    who: Vec<&'g str>,
    places: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    occasion: Option<String>,
    denied_by: Vec<Denied<'g>>,
    evidence: Vec<Words<'g>>,
}

#[derive(Serialize)]
struct Claim<'g> {
    id: &'g str,
    speakers: Vec<&'g str>,
    speaker: String,
    cue: &'g str,
    stance: Stance,
    content: &'g [String],
    about: Vec<&'g str>,
    denies: Vec<String>,
    denied_by: Vec<Denied<'g>>,
    evidence: Vec<Words<'g>>,
}

#[derive(Serialize)]
struct Denied<'g> {
    speaker: String,
    evidence: Vec<Words<'g>>,
}

/// A passage and the number of its article.
#[derive(Serialize)]
struct Words<'g>(&'g str, usize);

/// Who is drawn where, and what lies between them.
#[derive(Serialize)]
struct Drawing<'g> {
    nodes: Vec<Dot<'g>>,
    lines: Vec<Line>,
    /// Nodes that have ties but found no room.
    left_out: usize,
}

#[derive(Serialize)]
struct Dot<'g> {
    id: &'g str,
    x: f64,
    y: f64,
    ties: usize,
}

/// Between the `a`th and the `b`th node.
#[derive(Serialize)]
struct Line {
    a: usize,
    b: usize,
    how: Bond,
    times: usize,
}

/// What a line stands for, the strongest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
enum Bond {
    /// A meeting that took place.
    Met,
    /// A meeting that is planned, denied or uncertain.
    Unmet,
    /// In one event, other than two persons in a meeting.
    Together,
    /// Office or affiliation.
    Tied,
}

impl<'g> Page<'g> {
    pub fn of(graph: &'g KnowledgeGraph) -> Page<'g> {
        let (articles, numbers) = articles(graph);
        Page {
            entities: profiles(graph),
            events: what_happened(graph).into_iter().map(|event| Event::of(event, &numbers)).collect(),
            claims: who_said(graph, None).into_iter().map(|claim| Claim::of(claim, &numbers)).collect(),
            drawing: Drawing::of(graph),
            articles,
        }
    }
}

/// The articles without their texts, and the number of each id.
fn articles(graph: &KnowledgeGraph) -> (Vec<Article<'_>>, BTreeMap<&str, usize>) {
    let nodes = graph.nodes().filter_map(|node| match node {
        Node::Article(article) => Some(article),
        _ => None,
    });
    let (mut articles, mut numbers) = (Vec::new(), BTreeMap::new());
    for node in nodes {
        numbers.insert(node.id.as_str(), articles.len());
        let url = node.url.as_deref();
        articles.push(Article { name: &node.name, published: node.published, url, sources: &node.sources });
    }
    (articles, numbers)
}

impl<'g> Event<'g> {
    fn of(event: Happening<'g>, numbers: &BTreeMap<&str, usize>) -> Event<'g> {
        Event {
            id: event.id,
            event_type: event.event_type,
            name: event.name,
            when: event.period().map(|period| period.to_string()).unwrap_or_default(),
            status: event.status,
            channel: event.channel,
            who: event.participants.iter().map(|part| part.who.id).collect(),
            places: names(&event.places),
            occasion: event.occasion.map(|occasion| occasion.name),
            denied_by: denied(event.denied_by, numbers),
            evidence: words(&event.evidence, numbers),
        }
    }
}

impl<'g> Claim<'g> {
    fn of(claim: Statement<'g>, numbers: &BTreeMap<&str, usize>) -> Claim<'g> {
        Claim {
            id: claim.id,
            speakers: claim.speakers.iter().map(|speaker| speaker.id).collect(),
            speaker: claim.speaker(),
            cue: claim.cue,
            stance: claim.stance,
            content: claim.content,
            about: claim.about.iter().map(|matter| matter.id).collect(),
            denies: names(&claim.denies),
            denied_by: denied(claim.denied_by, numbers),
            evidence: words(&claim.evidence, numbers),
        }
    }
}

fn names(nodes: &[Named]) -> Vec<String> {
    nodes.iter().map(|node| node.name.clone()).collect()
}

fn denied<'g>(denials: Vec<Denial<'g>>, numbers: &BTreeMap<&str, usize>) -> Vec<Denied<'g>> {
    let denied = |denial: Denial<'g>| Denied { evidence: words(&denial.evidence, numbers), speaker: denial.speaker };
    denials.into_iter().map(denied).collect()
}

fn words<'g>(passages: &[Passage<'g>], numbers: &BTreeMap<&str, usize>) -> Vec<Words<'g>> {
    passages.iter().map(|passage| Words(passage.text, numbers[passage.article.id])).collect()
}

impl<'g> Drawing<'g> {
    /// Lays out the nodes with the most ties; those without any are not drawn.
    fn of(graph: &'g KnowledgeGraph) -> Drawing<'g> {
        let bonds = bonds(graph);
        let mut ties: BTreeMap<&str, usize> = BTreeMap::new();
        for ((a, b, _), times) in &bonds {
            *ties.entry(a).or_default() += times;
            *ties.entry(b).or_default() += times;
        }
        let mut drawn: Vec<(&str, usize)> = ties.into_iter().collect();
        drawn.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        let tied = drawn.len();
        drawn.truncate(DRAWN);
        // Tied only to nodes that found no room, one would hang in the air.
        let best: BTreeSet<&str> = drawn.iter().map(|(id, _)| *id).collect();
        let within = bonds.keys().filter(|(a, b, _)| best.contains(a) && best.contains(b));
        let held: BTreeSet<&str> = within.flat_map(|(a, b, _)| [*a, *b]).collect();
        drawn.retain(|(id, _)| held.contains(id));
        let left_out = tied - drawn.len();
        let numbers: BTreeMap<&str, usize> = drawn.iter().enumerate().map(|(i, (id, _))| (*id, i)).collect();
        let line = |((a, b, how), times): (&(&str, &str, Bond), &usize)| {
            Some(Line { a: *numbers.get(a)?, b: *numbers.get(b)?, how: *how, times: *times })
        };
        let lines: Vec<Line> = bonds.iter().filter_map(line).collect();
        let links: Vec<(usize, usize)> = lines.iter().map(|line| (line.a, line.b)).collect();
        let dot = |((id, ties), Point { x, y }): ((&'g str, usize), Point)| Dot { id, x, y, ties };
        let nodes = drawn.iter().copied().zip(layout::layout(numbers.len(), &links)).map(dot).collect();
        Drawing { nodes, lines, left_out }
    }
}

/// How often each two are tied in each way, the lower id first.
fn bonds(graph: &KnowledgeGraph) -> BTreeMap<(&str, &str, Bond), usize> {
    let mut bonds = BTreeMap::new();
    let mut tie = |a, b, how| *bonds.entry(if a < b { (a, b, how) } else { (b, a, how) }).or_insert(0) += 1;
    for edge in graph.edges() {
        match edge.edge_type {
            EdgeType::Met if edge.status == Some(crate::extract::Status::Happened) => {
                tie(edge.source.as_str(), edge.target.as_str(), Bond::Met);
            }
            EdgeType::Met => tie(&edge.source, &edge.target, Bond::Unmet),
            EdgeType::HoldsOffice | EdgeType::Affiliated => tie(&edge.source, &edge.target, Bond::Tied),
            _ => {}
        }
    }
    let meetings: BTreeSet<&str> = graph.edges().filter_map(|edge| edge.event.as_deref()).collect();
    for event in what_happened(graph) {
        for (a, b) in pairs(&event) {
            if !(meetings.contains(event.id) && is_person(a) && is_person(b)) {
                tie(a.id, b.id, Bond::Together);
            }
        }
    }
    bonds
}

/// Each two participants of an event that is no crowd.
fn pairs<'a, 'g>(event: &'a Happening<'g>) -> Vec<(&'a Named<'g>, &'a Named<'g>)> {
    let who: Vec<&Named> = event.participants.iter().map(|part| &part.who).collect();
    match who.len() {
        0..=CROWD => who.iter().enumerate().flat_map(|(i, a)| who[i + 1..].iter().map(|b| (*a, *b))).collect(),
        _ => Vec::new(),
    }
}

fn is_person(node: &Named) -> bool {
    node.kind == EntityKind::Person.name()
}
