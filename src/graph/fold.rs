//! The knowledge graph: petgraph inside, nodes found by id, readings added in any order.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::graph::{DiGraph, EdgeIndex, NodeIndex};

use super::element::{ArticleNode, Edge, EdgeType, Node, Reading};
use super::{copies, merge, same};
use crate::extract::{ClaimFact, EventFact, Fact, Property, Relation};

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

    /// Adds all that one article says. Commutative, associative and idempotent. When all are in, [`KnowledgeGraph::settle`].
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
            copies: BTreeSet::new(),
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

    /// What one article says, as a graph of its own.
    pub fn of(reading: Reading) -> KnowledgeGraph {
        let mut graph = KnowledgeGraph::new();
        graph.add(reading);
        graph
    }

    /// Draws together what is the same in several articles though no article alone could say so: the meeting that one of them leaves
    /// without a day, the claim that ten of them print. Meetings that may be one with different days name each other, near-copies
    /// of an article too.
    ///
    /// To be called once, when all articles are in: what is the same depends on all of them.
    pub fn settle(self) -> KnowledgeGraph {
        let (same, copies) = (same::sameness(&self), copies::among(&self));
        self.settled(&same, copies)
    }

    /// Settles by what is known to be the same and which articles are near-copies.
    pub(super) fn settled(
        self,
        same: &BTreeMap<String, String>,
        copies: BTreeMap<String, BTreeSet<String>>,
    ) -> KnowledgeGraph {
        let mut graph = self.united(same);
        graph.date_meetings();
        for (id, others) in same::dated_otherwise(&graph) {
            if let Some(Node::Event(event)) = graph.node_mut(&id) {
                event.dated_otherwise = others;
            }
        }
        for (id, others) in copies {
            if let Some(Node::Article(article)) = graph.node_mut(&id) {
                article.copies = others;
            }
        }
        graph
    }

    /// Gives nodes the ids of those that they are the same as, and merges them.
    fn united(self, same: &BTreeMap<String, String>) -> KnowledgeGraph {
        if same.is_empty() {
            return self;
        }
        let (nodes, edges) = self.graph.into_nodes_edges();
        let mut united = KnowledgeGraph::new();
        let whole = |id: &mut String| {
            if let Some(whole) = same.get(id) {
                id.clone_from(whole);
            }
        };
        for mut node in nodes.into_iter().map(|node| node.weight) {
            match &mut node {
                Node::Event(event) => whole(&mut event.id),
                Node::Claim(claim) => whole(&mut claim.id),
                Node::Entity(_) | Node::Article(_) => {}
            }
            united.insert_node(node);
        }
        for mut edge in edges.into_iter().map(|edge| edge.weight) {
            whole(&mut edge.source);
            whole(&mut edge.target);
            if let Some(event) = &mut edge.event {
                whole(event);
                edge.key = met_key(event);
            }
            if edge.source != edge.target {
                united.insert_edge(edge);
            }
        }
        united
    }

    /// Gives who-met-whom edges the dates and the status of their meetings.
    fn date_meetings(&mut self) {
        for &index in self.edges.values() {
            let met = &self.graph[index];
            let Some(event) = met.event.as_ref().and_then(|id| self.nodes.get(id)) else { continue };
            let Node::Event(event) = &self.graph[*event] else { continue };
            let (start, end, status) = (event.start, event.end, event.status);
            let met = &mut self.graph[index];
            (met.start, met.end, met.status) = (start, end, Some(status));
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
            Some(&index) => merge::nodes(&mut self.graph[index], node),
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
            merge::edges(&mut self.graph[index], edge);
            return;
        }
        let end = |id: &str| *self.nodes.get(id).unwrap_or_else(|| panic!("edge to `{id}`, which is no node"));
        let (source, target) = (end(&edge.source), end(&edge.target));
        self.edges.insert(identity, self.graph.add_edge(source, target, edge));
    }

    pub fn node(&self, id: &str) -> Option<&Node> {
        self.nodes.get(id).map(|&index| &self.graph[index])
    }

    pub(super) fn node_mut(&mut self, id: &str) -> Option<&mut Node> {
        self.nodes.get(id).map(|&index| &mut self.graph[index])
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
        self.tie_met(&event.id, &persons);
    }

    /// Draws the who-met-whom edges of one meeting, each pair once, the lower id first.
    fn tie_met(&mut self, event: &str, participants: &BTreeSet<&str>) {
        // As all articles so far tell of it.
        let Some(Node::Event(event)) = self.node(event).cloned() else { return };
        let Some(channel) = event.channel.filter(|_| participants.len() <= CROWD) else { return };
        let is_person = |id: &&&str| matches!(self.node(id), Some(Node::Entity(e)) if e.kind.name() == "person");
        let persons: Vec<&str> = participants.iter().filter(is_person).copied().collect();
        for (i, a) in persons.iter().enumerate() {
            for b in &persons[i + 1..] {
                let key = met_key(&event.id);
                if let Some(&known) = self.edges.get(&((*a).to_owned(), (*b).to_owned(), key.clone())) {
                    let met = &mut self.graph[known];
                    (met.start, met.end, met.status) = (event.start, event.end, Some(event.status));
                    continue;
                }
                self.insert_edge(Edge {
                    key,
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

/// The key of the who-met-whom edges of a meeting.
fn met_key(event: &str) -> String {
    format!("met:{event}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::Entity;
    use crate::schema::EntityKind;

    #[test]
    fn an_edge_that_says_less_takes_nothing_away() {
        let mut graph = KnowledgeGraph::new();
        graph.insert_node(Node::Entity(Entity {
            id: "place/x".to_owned(),
            kind: EntityKind::Place,
            name: "X".to_owned(),
            iso: None,
            aliases: BTreeSet::new(),
            same_as: BTreeSet::new(),
            offices: BTreeSet::new(),
            choices: BTreeSet::new(),
        }));
        let edge = Edge::new("place/x", EdgeType::Within, "place/x");
        graph.insert_edge(Edge { role: Some("host".to_owned()), ..edge.clone() });
        graph.insert_edge(edge);
        assert_eq!(graph.edges().next().and_then(|edge| edge.role.as_deref()), Some("host"));
    }
}
