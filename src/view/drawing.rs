//! Who is drawn where, how large, and what lies between them: in a drawing of the people, of the actors, and of everything.
//!
//! Three meetings of Solheim and Kanté are one line with three events behind it. How large a node is tells its PageRank.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::layout::layout;
use super::quadtree::Point;
use crate::analyze::{Network, page_rank};
use crate::graph::{Edge, EdgeType, KnowledgeGraph, Node};
use crate::query::Happening;
use crate::schema::EntityKind;

/// The most nodes of a drawing: more are a tangle, and browsers grow slow.
const MOST_DRAWN: usize = 20_000;

/// The most participants of an event who are drawn as tied to one another; a larger event is a crowd.
const CROWD: usize = 8;

/// The radius of the least central node, in pixels.
const SMALLEST: f64 = 3.5;

/// What the most central one has more, in pixels.
const RANGE: f64 = 12.5;

/// Nodes with their places, and lines between them, by id.
#[derive(Debug, Serialize)]
pub struct Drawing<'g> {
    pub nodes: Vec<Dot<'g>>,
    pub lines: Vec<Line<'g>>,
    /// Nodes that have lines but found no room.
    pub left_out: usize,
}

/// A node: where it lies, in the drawing's own units, and its radius in pixels.
#[derive(Debug, Serialize)]
pub struct Dot<'g> {
    pub id: &'g str,
    pub x: f64,
    pub y: f64,
    pub size: f64,
}

/// Between the `a`th and the `b`th node: all that ties the two.
#[derive(Debug, Serialize)]
pub struct Line<'g> {
    pub a: usize,
    pub b: usize,
    #[serde(flatten)]
    pub bonds: Bonds<'g>,
}

/// What ties two nodes.
#[derive(Debug, Default, Serialize)]
pub struct Bonds<'g> {
    /// The events that both took part in, by number.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<usize>,
    /// Meetings whose events the graph does not have: a view of people has their number alone.
    #[serde(skip_serializing_if = "is_zero")]
    pub meetings: u64,
    /// The types of the edges between them, with the office's title or how the two are tied: `holds_office`, `president`.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub ties: BTreeSet<(EdgeType, &'g str)>,
}

type Pairs<'g> = BTreeMap<(&'g str, &'g str), Bonds<'g>>;

/// The drawings by name: `people`, `actors`, `full`.
pub fn drawings<'g>(graph: &'g KnowledgeGraph, events: &[Happening<'g>]) -> BTreeMap<&'static str, Drawing<'g>> {
    let numbers: BTreeMap<&str, usize> = events.iter().enumerate().map(|(number, event)| (event.id, number)).collect();
    let people = meetings(graph, &numbers);
    let full = Drawing::of(everything(graph));
    let drawn =
        [("people", Drawing::of(people)), ("actors", Drawing::of(actors(graph, events, &numbers))), ("full", full)];
    drawn.into()
}

/// Who met whom.
fn meetings<'g>(graph: &'g KnowledgeGraph, numbers: &BTreeMap<&str, usize>) -> Pairs<'g> {
    let mut pairs = Pairs::new();
    for edge in graph.edges().filter(|edge| edge.edge_type == EdgeType::Met) {
        let bonds = bonds(&mut pairs, &edge.source, &edge.target);
        match edge.event.as_deref().and_then(|event| numbers.get(event)) {
            Some(event) => bonds.events.push(*event),
            None => bonds.meetings += edge.weight.unwrap_or(1),
        }
    }
    pairs
}

/// Who met whom, what else persons, countries and organizations took part in together, and who holds office in which.
fn actors<'g>(graph: &'g KnowledgeGraph, events: &[Happening<'g>], numbers: &BTreeMap<&str, usize>) -> Pairs<'g> {
    let mut pairs = meetings(graph, numbers);
    for (number, event) in events.iter().enumerate() {
        let who = event.participants.iter().map(|part| part.who.id);
        let who: BTreeSet<&str> = who.filter(|id| is_actor(graph, id)).collect();
        if who.len() > CROWD {
            continue;
        }
        for &a in &who {
            for &b in who.range(a..).skip(1) {
                bonds(&mut pairs, a, b).events.push(number);
            }
        }
    }
    for edge in graph.edges() {
        let lasts = matches!(edge.edge_type, EdgeType::HoldsOffice | EdgeType::Affiliated);
        if lasts && is_actor(graph, &edge.source) && is_actor(graph, &edge.target) {
            bonds(&mut pairs, &edge.source, &edge.target).ties.insert(tie(edge));
        }
    }
    pairs
}

/// Every edge but those that only repeat others: meetings, which are events, and mentions.
fn everything(graph: &KnowledgeGraph) -> Pairs<'_> {
    let mut pairs = Pairs::new();
    for edge in graph.edges() {
        match edge.edge_type {
            EdgeType::Mentions => {}
            EdgeType::Met if edge.event.is_some() => {}
            EdgeType::Met => bonds(&mut pairs, &edge.source, &edge.target).meetings += edge.weight.unwrap_or(1),
            _ => {
                bonds(&mut pairs, &edge.source, &edge.target).ties.insert(tie(edge));
            }
        }
    }
    pairs
}

fn bonds<'p, 'g>(pairs: &'p mut Pairs<'g>, a: &'g str, b: &'g str) -> &'p mut Bonds<'g> {
    pairs.entry((a.min(b), a.max(b))).or_default()
}

fn tie(edge: &Edge) -> (EdgeType, &str) {
    (edge.edge_type, edge.title.as_deref().or(edge.how.as_deref()).unwrap_or_default())
}

fn is_actor(graph: &KnowledgeGraph, id: &str) -> bool {
    matches!(graph.node(id), Some(Node::Entity(entity)) if entity.kind != EntityKind::Place)
}

impl<'g> Drawing<'g> {
    /// Lays out the nodes with the most lines; those without any are not drawn.
    fn of(mut pairs: Pairs<'g>) -> Drawing<'g> {
        pairs.retain(|(a, b), _| a != b);
        let left_out = thinned(&mut pairs);
        for bonds in pairs.values_mut() {
            bonds.events.sort();
            bonds.events.dedup();
        }
        let network = Network::of_ties(pairs.iter().map(|((a, b), bonds)| (*a, *b, bonds.weight())));
        let ids: Vec<&str> = network.ids().collect();
        let numbers: BTreeMap<&str, usize> = ids.iter().enumerate().map(|(number, id)| (*id, number)).collect();
        let lines: Vec<Line> =
            pairs.into_iter().map(|((a, b), bonds)| Line { a: numbers[a], b: numbers[b], bonds }).collect();
        let places = layout(ids.len(), &lines.iter().map(|line| (line.a, line.b)).collect::<Vec<_>>());
        let ranks = page_rank(&network);
        let most = ranks.iter().copied().fold(0.0, f64::max);
        let dot = |((id, Point { x, y }), rank): ((&'g str, Point), f64)| Dot { id, x, y, size: size(rank / most) };
        let nodes = ids.into_iter().zip(places).zip(ranks).map(dot).collect();
        Drawing { nodes, lines, left_out }
    }
}

impl Bonds<'_> {
    /// How strongly two are tied: once for each event, meeting and tie.
    fn weight(&self) -> f64 {
        (self.events.len() + self.ties.len()) as f64 + self.meetings as f64
    }
}

/// Leaves out what lies between others than the nodes with the most lines; tells how many nodes that costs.
fn thinned(pairs: &mut Pairs) -> usize {
    let ends =
        |pairs: &Pairs| pairs.keys().flat_map(|(a, b)| [a.to_string(), b.to_string()]).collect::<BTreeSet<_>>().len();
    let before = ends(pairs);
    if before <= MOST_DRAWN {
        return 0;
    }
    let mut lines: BTreeMap<&str, usize> = BTreeMap::new();
    for (a, b) in pairs.keys() {
        *lines.entry(a).or_default() += 1;
        *lines.entry(b).or_default() += 1;
    }
    let mut drawn: Vec<(&str, usize)> = lines.into_iter().collect();
    drawn.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    drawn.truncate(MOST_DRAWN);
    let best: BTreeSet<&str> = drawn.into_iter().map(|(id, _)| id).collect();
    pairs.retain(|(a, b), _| best.contains(a) && best.contains(b));
    before - ends(pairs)
}

/// The radius for a share of the highest rank: areas tell, so it grows with the root.
fn size(share: f64) -> f64 {
    ((SMALLEST + RANGE * share.sqrt()) * 10.0).round() / 10.0
}

fn is_zero(count: &u64) -> bool {
    *count == 0
}
