//! A part of a graph, as a graph of its own: the meetings of a summer, say, with those who met and the articles that tell of it.

use std::collections::BTreeSet;

use super::view::copy;
use crate::base::{Date, Period};
use crate::extract::{Claim, Event, Evidence, Status};
use crate::graph::{EdgeType, KnowledgeGraph, Node};

/// Which events and claims to keep; what is `None` or empty keeps all.
///
/// An event is dated by when it was, a claim by when an article that reports it was published; what has no date passes no
/// filter of dates. Where events are asked for by type, status or score, a claim is kept if it is about one that is kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selection {
    /// From the first day of this date on.
    pub since: Option<Date>,
    /// To the last day of this date.
    pub until: Option<Date>,
    pub types: BTreeSet<String>,
    pub statuses: BTreeSet<Status>,
    /// The least score of an event.
    pub min_score: Option<f32>,
}

/// Selects a part of a graph: the events and claims that it keeps, all that they are tied to, what those hold or lie in, and the
/// articles that bear it out.
pub fn select(graph: &KnowledgeGraph, selection: &Selection) -> KnowledgeGraph {
    if *selection == Selection::default() {
        return graph.clone();
    }
    let mut kept: BTreeSet<&str> = graph.nodes().filter(|node| selection.keeps_event(node)).map(Node::id).collect();
    let claims = graph.nodes().filter(|node| selection.keeps_claim(graph, node, &kept)).map(Node::id);
    kept.extend(claims.collect::<Vec<_>>());
    keep_neighbours(graph, &mut kept);
    keep_articles(graph, &mut kept);
    copy(graph, |node| kept.contains(node.id()), |_| true)
}

/// Adds the entities that events and claims are tied to, then the bodies and countries that those belong to.
fn keep_neighbours<'g>(graph: &'g KnowledgeGraph, kept: &mut BTreeSet<&'g str>) {
    let is_entity = |id: &str| matches!(graph.node(id), Some(Node::Entity(_)));
    let of_fact = |edge_type| !matches!(edge_type, EdgeType::Mentions | EdgeType::Met);
    let mut entities: BTreeSet<&str> = BTreeSet::new();
    for edge in graph.edges().filter(|edge| of_fact(edge.edge_type)) {
        for (fact, other) in [(&edge.source, &edge.target), (&edge.target, &edge.source)] {
            if kept.contains(fact.as_str()) && is_entity(other) {
                entities.insert(other);
            }
        }
    }
    // Twice: a person's office may be in a place that lies in a country.
    for _ in 0..2 {
        let edges = graph.edges().filter(|edge| entities.contains(edge.source.as_str()) && is_entity(&edge.target));
        let further: Vec<&str> =
            edges.filter(|edge| of_fact(edge.edge_type)).map(|edge| edge.target.as_str()).collect();
        entities.extend(further);
    }
    kept.extend(entities);
}

/// Adds the articles that bear out what is kept, ties between entities too.
fn keep_articles<'g>(graph: &'g KnowledgeGraph, kept: &mut BTreeSet<&'g str>) {
    let of_nodes = graph.nodes().filter(|node| kept.contains(node.id())).flat_map(evidence);
    let is_kept = |id: &String| kept.contains(id.as_str());
    let edges = graph.edges().filter(|edge| is_kept(&edge.source) && is_kept(&edge.target));
    let all = of_nodes.chain(edges.flat_map(|edge| &edge.evidence)).map(|evidence| evidence.article.as_str());
    let articles: BTreeSet<&str> = all.filter(|id| graph.node(id).is_some()).collect();
    kept.extend(articles);
}

fn evidence(node: &Node) -> impl Iterator<Item = &Evidence> {
    match node {
        Node::Event(Event { evidence, .. }) | Node::Claim(Claim { evidence, .. }) => Some(evidence),
        Node::Entity(_) | Node::Article(_) => None,
    }
    .into_iter()
    .flatten()
}

impl Selection {
    /// How many events are left out only because no article dates them.
    pub fn undated(&self, graph: &KnowledgeGraph) -> usize {
        let otherwise = Selection { since: None, until: None, ..self.clone() };
        let is_undated = |node: &Node| matches!(node, Node::Event(event) if event.start.or(event.end).is_none());
        let undated = graph.nodes().filter(|node| is_undated(node) && otherwise.keeps_event(node));
        if self.since.or(self.until).is_some() { undated.count() } else { 0 }
    }

    fn keeps_event(&self, node: &Node) -> bool {
        let Node::Event(event) = node else { return false };
        let start = event.start.or(event.end);
        (self.types.is_empty() || self.types.contains(&event.event_type))
            && (self.statuses.is_empty() || self.statuses.contains(&event.status))
            && self.min_score.is_none_or(|least| event.score >= least)
            && self.covers(start.map(|start| Period { start, end: event.end.unwrap_or(start) }))
    }

    fn keeps_claim(&self, graph: &KnowledgeGraph, node: &Node, kept_events: &BTreeSet<&str>) -> bool {
        let Node::Claim(claim) = node else { return false };
        let published = |evidence: &Evidence| match graph.node(&evidence.article) {
            Some(Node::Article(article)) => self.covers(article.published.map(Period::of)),
            _ => self.covers(None),
        };
        let is_about_one = || graph.edges_from(&claim.id).any(|edge| kept_events.contains(edge.target.as_str()));
        let asks_of_events = !self.types.is_empty() || !self.statuses.is_empty() || self.min_score.is_some();
        claim.evidence.iter().any(published) && (!asks_of_events || is_about_one())
    }

    /// Whether a time passes; without one only where no time is asked for.
    fn covers(&self, period: Option<Period>) -> bool {
        let Some(period) = period else { return self.since.is_none() && self.until.is_none() };
        period.is_within(self.since, self.until)
    }
}
