//! The knowledge graph: petgraph inside, nodes found by id, readings added in any order.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::graph::{DiGraph, EdgeIndex, NodeIndex};

use super::element::{ArticleNode, Edge, EdgeType, Node, Reading};
use crate::extract::{Claim, ClaimFact, Event, EventFact, Fact, Property, Relation};

/// The most participants of a meeting of whom each pair counts as having met; a larger one is a crowd.
const CROWD: usize = 8;

/// All that some articles say: entities, events, claims and articles, tied by typed edges.
#[derive(Clone, Debug, Default)]
pub struct KnowledgeGraph {
    graph: DiGraph<Node, Edge>,
    nodes: BTreeMap<String, NodeIndex>,
    edges: BTreeMap<(String, String, String), EdgeIndex>,
}

impl KnowledgeGraph {
    pub fn new() -> KnowledgeGraph {
        KnowledgeGraph::default()
    }

    /// Adds all that one article says. Commutative, associative and idempotent.
    pub fn add(&mut self, reading: Reading) {
        let article = reading.article;
        let article_id = article.id.clone();
        self.insert_node(Node::Article(ArticleNode {
            id: article.id,
            name: article.title,
            published: article.published,
            url: article.url,
            sources: BTreeSet::from([article.source]),
            text: article.text,
            notes: article.notes.into_iter().collect(),
        }));
        for entity in reading.entities {
            self.insert_node(Node::Entity(entity));
        }
        for (entity, span) in reading.mentions {
            let edge = Edge::new(&article_id, EdgeType::Mentions, entity);
            self.insert_edge(Edge { spans: BTreeSet::from([span]), ..edge });
        }
        // Nodes first: an edge may point at a fact that comes after its own.
        for fact in &reading.facts {
            match fact {
                Fact::Event(fact) => self.insert_node(Node::Event(fact.event.clone())),
                Fact::Claim(fact) => self.insert_node(Node::Claim(fact.claim.clone())),
                Fact::Relation(_) => {}
            }
        }
        for fact in reading.facts {
            match fact {
                Fact::Event(fact) => self.tie_event(fact),
                Fact::Claim(fact) => self.tie_claim(fact),
                Fact::Relation(relation) => self.tie_relation(relation),
            }
        }
    }

    /// Adds a node, or merges it into the one with its id.
    ///
    /// # Panics
    /// Where the two are of different kinds: ids start with their kind.
    pub fn insert_node(&mut self, mut node: Node) {
        if let Node::Entity(entity) = &mut node {
            // As in a merge: else a second, equal reading would change the first.
            entity.aliases.remove(&entity.name);
        }
        match self.nodes.get(node.id()) {
            Some(&index) => merge_nodes(&mut self.graph[index], node),
            None => {
                let id = node.id().to_owned();
                self.nodes.insert(id, self.graph.add_node(node));
            }
        }
    }

    /// Adds an edge between nodes that are there, or merges it into the one with its ends and key.
    ///
    /// # Panics
    /// Where an end is not in the graph: a reading names only its own nodes.
    pub fn insert_edge(&mut self, edge: Edge) {
        let identity = (edge.source.clone(), edge.target.clone(), edge.key.clone());
        if let Some(&index) = self.edges.get(&identity) {
            merge_edges(&mut self.graph[index], edge);
            return;
        }
        let end = |id: &str| *self.nodes.get(id).unwrap_or_else(|| panic!("edge to `{id}`, which is no node"));
        let (source, target) = (end(&edge.source), end(&edge.target));
        self.edges.insert(identity, self.graph.add_edge(source, target, edge));
    }

    pub fn node(&self, id: &str) -> Option<&Node> {
        self.nodes.get(id).map(|&index| &self.graph[index])
    }

    /// All nodes, by id.
    pub fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.nodes.values().map(|&index| &self.graph[index])
    }

    /// All edges, by source, target and key.
    pub fn edges(&self) -> impl Iterator<Item = &Edge> {
        self.edges.values().map(|&index| &self.graph[index])
    }

    /// The edges that leave a node, by target and key.
    pub fn edges_from(&self, id: &str) -> impl Iterator<Item = &Edge> {
        let start = (id.to_owned(), String::new(), String::new());
        let id = id.to_owned();
        self.edges.range(start..).take_while(move |(key, _)| key.0 == id).map(|(_, &index)| &self.graph[index])
    }

    /// The edges that end in a node, by source and key.
    pub fn edges_to(&self, id: &str) -> Vec<&Edge> {
        let Some(&node) = self.nodes.get(id) else { return Vec::new() };
        let incoming = self.graph.edges_directed(node, petgraph::Direction::Incoming);
        let mut edges: Vec<&Edge> = incoming.map(|edge| edge.weight()).collect();
        edges.sort_by(|a, b| (&a.source, &a.key).cmp(&(&b.source, &b.key)));
        edges
    }

    /// The petgraph graph, for its algorithms. The order of its indices follows the order of insertion.
    pub fn petgraph(&self) -> &DiGraph<Node, Edge> {
        &self.graph
    }

    pub fn node_count(&self) -> usize {
        self.graph.node_count()
    }

    pub fn edge_count(&self) -> usize {
        self.graph.edge_count()
    }

    fn tie_event(&mut self, fact: EventFact) {
        let EventFact { event, participants, locations, part_of } = fact;
        for participant in &participants {
            let edge = Edge::new(&participant.entity, EdgeType::Participant, &event.id);
            self.insert_edge(Edge { role: Some(participant.role.clone()), ..edge });
        }
        for location in locations {
            self.insert_edge(Edge::new(&event.id, EdgeType::Location, location));
        }
        if let Some(whole) = part_of {
            self.insert_edge(Edge::new(&event.id, EdgeType::PartOf, whole));
        }
        let persons: BTreeSet<&str> = participants.iter().map(|participant| participant.entity.as_str()).collect();
        self.tie_met(&event, &persons);
    }

    /// Draws the who-met-whom edges of one meeting, each pair once, the lower id first.
    fn tie_met(&mut self, event: &Event, participants: &BTreeSet<&str>) {
        let Some(channel) = &event.channel else { return };
        if participants.len() > CROWD {
            return;
        }
        let is_person = |id: &&&str| matches!(self.node(id), Some(Node::Entity(e)) if e.kind.name() == "person");
        let persons: Vec<&str> = participants.iter().filter(is_person).copied().collect();
        for (i, a) in persons.iter().enumerate() {
            for b in &persons[i + 1..] {
                self.insert_edge(Edge {
                    key: format!("met:{}", event.id),
                    channel: Some(channel.clone()),
                    start: event.start,
                    end: event.end,
                    status: Some(event.status),
                    event: Some(event.id.clone()),
                    derived: true,
                    ..Edge::new(*a, EdgeType::Met, *b)
                });
            }
        }
    }

    fn tie_claim(&mut self, fact: ClaimFact) {
        let id = fact.claim.id;
        for speaker in fact.speakers {
            self.insert_edge(Edge::new(speaker, EdgeType::Claims, &id));
        }
        if let Some(addressee) = fact.addressee {
            self.insert_edge(Edge::new(&id, EdgeType::Addressee, addressee));
        }
        for matter in fact.about {
            self.insert_edge(Edge::new(&id, EdgeType::About, matter));
        }
        for denied in fact.denies {
            self.insert_edge(Edge::new(&id, EdgeType::Denies, denied));
        }
    }

    fn tie_relation(&mut self, relation: Relation) {
        let Relation { subject, property, object, evidence } = relation;
        let edge = match property {
            Property::HoldsOffice { title, former } => Edge {
                key: format!("holds_office:{}{title}", if former { "former " } else { "" }),
                title: Some(title),
                former,
                ..Edge::new(subject, EdgeType::HoldsOffice, object)
            },
            Property::Within => Edge::new(subject, EdgeType::Within, object),
            Property::Affiliated { how } => Edge {
                key: format!("affiliated:{how}"),
                how: Some(how),
                ..Edge::new(subject, EdgeType::Affiliated, object)
            },
        };
        self.insert_edge(Edge { evidence, ..edge });
    }
}

/// Merges what two readings say of one node.
fn merge_nodes(node: &mut Node, other: Node) {
    match (node, other) {
        (Node::Entity(a), Node::Entity(b)) => a.merge(b),
        (Node::Event(a), Node::Event(b)) => merge_events(a, b),
        (Node::Claim(a), Node::Claim(b)) => merge_claims(a, b),
        (Node::Article(a), Node::Article(b)) => {
            if (&b.name, &b.published, &b.url) > (&a.name, &a.published, &a.url) {
                (a.name, a.published, a.url) = (b.name, b.published, b.url);
            }
            a.sources.extend(b.sources);
            a.notes.extend(b.notes);
        }
        (a, b) => unreachable!("`{}` is both {} and {}: ids start with their kind", a.id(), a.kind(), b.kind()),
    }
}

fn merge_events(event: &mut Event, other: Event) {
    if (other.name.len(), &event.name) > (event.name.len(), &other.name) {
        event.name = other.name;
    }
    event.subtype = event.subtype.take().max(other.subtype);
    event.start = event.start.max(other.start);
    event.end = event.end.max(other.end);
    event.status = event.status.max(other.status);
    event.score = event.score.max(other.score);
    event.evidence.extend(other.evidence);
}

/// Keeps the wording, with its offsets, of the article whose evidence comes first, and the evidence of both.
fn merge_claims(claim: &mut Claim, mut other: Claim) {
    if (other.evidence.first(), wording(&other)) < (claim.evidence.first(), wording(claim)) {
        std::mem::swap(claim, &mut other);
    }
    claim.evidence.extend(other.evidence);
}

/// All of a claim but its id and evidence.
fn wording(claim: &Claim) -> impl Ord + '_ {
    let Claim { id: _, form, stance, cue, cue_span, source_text, source_span, content, content_spans, evidence: _ } =
        claim;
    (content_spans, content, cue_span, cue, source_span, source_text, form, stance)
}

fn merge_edges(edge: &mut Edge, other: Edge) {
    edge.role = edge.role.take().into_iter().chain(other.role).min();
    edge.start = edge.start.max(other.start);
    edge.end = edge.end.max(other.end);
    edge.status = edge.status.max(other.status);
    edge.weight = edge.weight.max(other.weight);
    edge.evidence.extend(other.evidence);
    edge.spans.extend(other.spans);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::CharSpan;
    use crate::extract::{Form, Stance};

    fn claim(start: usize) -> Node {
        Node::Claim(Claim {
            id: "claim/x".to_owned(),
            form: Form::Direct,
            stance: Stance::Assert,
            cue: String::new(),
            cue_span: None,
            source_text: String::new(),
            source_span: None,
            content: vec!["We agree".to_owned()],
            content_spans: vec![CharSpan::new(start, start + 8)],
            evidence: BTreeSet::new(),
        })
    }

    #[test]
    fn one_claim_worded_twice_is_the_same_in_either_order() {
        let merged = |nodes: [Node; 2]| {
            let mut graph = KnowledgeGraph::new();
            nodes.into_iter().for_each(|node| graph.insert_node(node));
            graph.node("claim/x").cloned()
        };
        assert_eq!(merged([claim(3), claim(9)]), merged([claim(9), claim(3)]));
    }

    #[test]
    fn an_edge_that_says_less_takes_nothing_away() {
        let mut graph = KnowledgeGraph::new();
        graph.insert_node(claim(0));
        let edge = Edge::new("claim/x", EdgeType::Participant, "claim/x");
        graph.insert_edge(Edge { role: Some("host".to_owned()), ..edge.clone() });
        graph.insert_edge(edge);
        assert_eq!(graph.edges().next().and_then(|edge| edge.role.as_deref()), Some("host"));
    }
}
