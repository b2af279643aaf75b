//! A graph as RDF statements, in standard terms where the field has one and in `rap:` terms under them elsewhere.
//!
//! "Putin met Trump in Hamburg" is an `rap:Meeting` with `sem:hasActor` twice, `schema:location` and, since it happened, a
//! direct `rap:met` both ways. Every node is an IRI minted from ids; there are no blank nodes, so no two runs differ.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use oxrdf::vocab::{rdf, xsd};
use oxrdf::{GraphName, Literal, NamedNode, NamedOrBlankNode, Quad, Term, Triple};

use super::Options;
use super::iri::{foreign, mint};
use super::ontology::{event_class, term};
use crate::base::{CharSpan, Date, content_id};
use crate::extract::{Claim, Event, Evidence, Status};
use crate::graph::{ArticleNode, Edge, EdgeType, KnowledgeGraph, Node};
use crate::link::Entity;
use crate::schema::EntityKind;

/// All that a graph says, each statement once.
pub fn statements(graph: &KnowledgeGraph, options: &Options) -> Vec<Triple> {
    let mut all = Vec::new();
    let collected = each_triple(graph, options, &mut |triple| {
        all.push(triple.clone());
        Ok(())
    });
    collected.expect("a vector takes all");
    all
}

/// Visits each statement once, node by node: a node's own, those of the edges that are told with it, and of an article all
/// places in it. Only one node's statements are held at a time.
///
/// # Errors
/// Those of `visit`, which end it.
pub fn each_triple(
    graph: &KnowledgeGraph,
    options: &Options,
    visit: &mut dyn FnMut(&Triple) -> io::Result<()>,
) -> io::Result<()> {
    let mut statements = Statements::new(graph, options);
    let by_article = facts_by_article(graph, |edge| articles(&edge.evidence));
    for node in graph.nodes() {
        statements.tell_node(node);
        statements.tell_edges(node.id(), |_| true);
        statements.tell_places(node.id(), by_article.get(node.id()).map_or(&[], Vec::as_slice));
        statements.sorted(node.id()).iter().try_for_each(&mut *visit)?;
    }
    for (article, facts) in by_article.iter().filter(|(article, _)| graph.node(article).is_none()) {
        statements.tell_absent_article(article);
        statements.tell_places(article, facts);
        statements.sorted(article).iter().try_for_each(&mut *visit)?;
    }
    Ok(())
}

/// Visits each statement in the graph of each article that bears it out; in the default graph what no single article does:
/// what entities are called, ties without evidence. Only one article's statements are held at a time.
///
/// # Errors
/// Those of `visit`, which end it.
pub fn each_quad(
    graph: &KnowledgeGraph,
    options: &Options,
    visit: &mut dyn FnMut(&Quad) -> io::Result<()>,
) -> io::Result<()> {
    let mut statements = Statements::new(graph, options);
    for node in graph.nodes().filter(|node| !matches!(node, Node::Article(_)) && articles_of(node).is_empty()) {
        statements.tell_node(node);
        statements.tell_edges(node.id(), |edge| articles_of_edge(graph, edge).is_empty());
        let triples = statements.sorted(node.id());
        triples.into_iter().try_for_each(|triple| visit(&triple.in_graph(GraphName::DefaultGraph)))?;
    }
    let mut by_article = facts_by_article(graph, |edge| articles_of_edge(graph, edge));
    for node in graph.nodes().filter(|node| matches!(node, Node::Article(_))) {
        by_article.entry(node.id()).or_default().push(Fact::Node(node));
    }
    for (&article, facts) in &by_article {
        statements.tell_article_graph(article, facts);
        let name = statements.iri(article);
        let triples = statements.sorted(article);
        triples.into_iter().try_for_each(|triple| visit(&triple.in_graph(name.clone())))?;
    }
    Ok(())
}

/// What an article bears out.
#[derive(Clone, Copy)]
enum Fact<'g> {
    Node(&'g Node),
    Edge(&'g Edge),
}

/// The events, claims and edges of each article.
fn facts_by_article<'g>(
    graph: &'g KnowledgeGraph,
    of_edge: impl Fn(&'g Edge) -> BTreeSet<&'g str>,
) -> BTreeMap<&'g str, Vec<Fact<'g>>> {
    let nodes = graph.nodes().flat_map(|node| articles_of(node).into_iter().map(move |id| (id, Fact::Node(node))));
    let edges = graph.edges().flat_map(|edge| of_edge(edge).into_iter().map(move |id| (id, Fact::Edge(edge))));
    let mut by_article: BTreeMap<&str, Vec<Fact>> = BTreeMap::new();
    for (article, fact) in nodes.chain(edges) {
        by_article.entry(article).or_default().push(fact);
    }
    by_article
}

/// The articles that some evidence stands in.
fn articles(evidence: &BTreeSet<Evidence>) -> BTreeSet<&str> {
    evidence.iter().map(|evidence| evidence.article.as_str()).collect()
}

/// The articles that tell of an event or a claim.
fn articles_of(node: &Node) -> BTreeSet<&str> {
    match node {
        Node::Event(event) => articles(&event.evidence),
        Node::Claim(claim) => articles(&claim.evidence),
        Node::Entity(_) | Node::Article(_) => BTreeSet::new(),
    }
}

/// The articles that tell of an edge: those of its own evidence, else of the event or claim that it belongs to.
fn articles_of_edge<'g>(graph: &'g KnowledgeGraph, edge: &'g Edge) -> BTreeSet<&'g str> {
    let belongs_to = match edge.edge_type {
        EdgeType::Mentions => return BTreeSet::from([edge.source.as_str()]),
        _ if !edge.evidence.is_empty() => return articles(&edge.evidence),
        EdgeType::Met => edge.event.as_deref().unwrap_or_default(),
        EdgeType::Participant | EdgeType::Claims => &edge.target,
        _ => &edge.source,
    };
    graph.node(belongs_to).map(articles_of).unwrap_or_default()
}

struct Statements<'a> {
    graph: &'a KnowledgeGraph,
    options: &'a Options,
    /// The article whose evidence alone is told, where each has a graph of its own.
    within: Option<&'a str>,
    triples: Vec<Triple>,
}

/// Batches.
impl<'a> Statements<'a> {
    fn new(graph: &'a KnowledgeGraph, options: &'a Options) -> Statements<'a> {
        Statements { graph, options, within: None, triples: Vec::new() }
    }

    /// Takes what was told, each statement once: the node's own, then by subject; types, then the rest.
    fn sorted(&mut self, first: &str) -> Vec<Triple> {
        let first = self.iri(first);
        let mut triples = std::mem::take(&mut self.triples);
        triples.sort_by_cached_key(|triple| {
            let NamedOrBlankNode::NamedNode(subject) = &triple.subject else { unreachable!("no blank nodes") };
            (*subject != first, subject.as_str().to_owned(), triple.predicate != rdf::TYPE, triple.to_string())
        });
        triples.dedup();
        triples
    }

    fn tell_node(&mut self, node: &Node) {
        match node {
            Node::Entity(entity) => self.tell_entity(entity),
            Node::Event(event) => self.tell_event(event),
            Node::Claim(claim) => self.tell_claim(claim),
            Node::Article(article) => self.tell_article(article),
        }
    }

    /// Tells the edges whose statements have a node as their subject: a participation is told with its event, a meeting with
    /// both who met.
    fn tell_edges(&mut self, id: &str, is_told: impl Fn(&Edge) -> bool) {
        let is_told_with_target = |edge: &Edge| matches!(edge.edge_type, EdgeType::Participant | EdgeType::Claims);
        for edge in self.graph.edges_from(id).filter(|edge| !is_told_with_target(edge) && is_told(edge)) {
            self.tell_edge(edge);
        }
        for edge in self.graph.edges_to(id).into_iter().filter(|edge| is_told(edge)) {
            if is_told_with_target(edge) {
                self.tell_edge(edge);
            }
            self.tell_met_back(edge);
        }
    }

    /// Tells all that one article bears out, and where in it.
    fn tell_article_graph(&mut self, article: &'a str, facts: &[Fact]) {
        self.within = Some(article);
        if self.graph.node(article).is_none() {
            self.tell_absent_article(article);
        }
        for fact in facts {
            match fact {
                Fact::Node(node) => self.tell_node(node),
                Fact::Edge(edge) => {
                    self.tell_edge(edge);
                    self.tell_met_back(edge);
                }
            }
        }
        self.tell_places(article, facts);
        self.within = None;
    }

    /// Tells of an article that evidence names but that is not in the graph, as in a view of people.
    fn tell_absent_article(&mut self, article: &str) {
        let iri = self.iri(article);
        self.say_type(&iri, "schema:NewsArticle");
    }

    /// Tells where in an article the words of facts stand.
    fn tell_places(&mut self, article: &str, facts: &[Fact]) {
        for fact in facts {
            match fact {
                Fact::Node(Node::Event(event)) => self.tell_evidence(article, &event.evidence),
                Fact::Edge(edge) => self.tell_evidence(article, &edge.evidence),
                Fact::Node(Node::Claim(claim)) => {
                    self.tell_evidence(article, &claim.evidence);
                    if self.article_of(claim) == Some(article) {
                        for (_, span, words) in pieces(claim) {
                            let place = self.place(article, span);
                            self.say_selectors(&place, article, span, Some(words));
                        }
                    }
                }
                Fact::Node(_) => {}
            }
        }
    }

    fn tell_evidence(&mut self, article: &str, evidence: &BTreeSet<Evidence>) {
        for evidence in evidence.iter().filter(|evidence| evidence.article == article) {
            let node = self.evidence_iri(evidence);
            let span = CharSpan::new(evidence.start, evidence.end);
            self.say_selectors(&node, article, span, Some(&evidence.text));
            self.say_text(&node, "rap:rule", &evidence.rule);
        }
    }
}

/// A claim's words with the property that ties them to it: cue, source, each piece of the content.
fn pieces(claim: &Claim) -> impl Iterator<Item = (&'static str, CharSpan, &str)> {
    let cue = claim.cue_span.map(|span| ("rap:hasCue", span, claim.cue.as_str()));
    let source = claim.source_span.map(|span| ("rap:hasSource", span, claim.source_text.as_str()));
    let content = claim.content_spans.iter().zip(&claim.content);
    let content = content.map(|(span, piece)| ("rap:hasContent", *span, piece.as_str()));
    cue.into_iter().chain(source).chain(content)
}

/// Nodes.
impl Statements<'_> {
    fn tell_entity(&mut self, entity: &Entity) {
        let iri = self.iri(&entity.id);
        self.say_type(&iri, class(entity.kind));
        self.say_text(&iri, "rdfs:label", &entity.name);
        self.say_text(&iri, "schema:name", &entity.name);
        self.say_text(&iri, "rap:isoCode", entity.iso.as_deref().unwrap_or_default());
        for alias in &entity.aliases {
            self.say_text(&iri, "skos:altLabel", alias);
        }
        for same in &entity.same_as {
            self.say_link(&iri, "owl:sameAs", same);
        }
        for office in &entity.offices {
            let former = if office.former { "former" } else { "" };
            let node = self.iri(&content_id("office", [entity.id.as_str(), former, &office.title]));
            self.tell_office(&node, &iri, &office.title, office.former);
        }
    }

    fn tell_event(&mut self, event: &Event) {
        let iri = self.iri(&event.id);
        self.say_type(&iri, "sem:Event");
        self.say_type(&iri, "schema:Event");
        self.say(&iri, "rdf:type", event_class(&event.event_type));
        self.say_text(&iri, "rdfs:label", &event.name);
        self.say_text(&iri, "schema:name", &event.name);
        self.say_text(&iri, "rap:eventType", &event.event_type);
        self.say_text(&iri, "rap:subtype", event.subtype.as_deref().unwrap_or_default());
        self.say_text(&iri, "rap:status", &event.status.to_string());
        self.say_text(&iri, "rap:channel", event.channel.as_deref().unwrap_or_default());
        self.say_text(&iri, "rap:plover", event.plover.as_deref().unwrap_or_default());
        self.say_text(&iri, "rap:cameo", event.cameo.as_deref().unwrap_or_default());
        self.say_dates(&iri, event.start, event.end);
        if event.date_inferred {
            self.say(&iri, "rap:dateInferred", Literal::from(true));
        }
        if event.score.is_finite() {
            self.say(&iri, "rap:score", Literal::new_typed_literal(event.score.to_string(), xsd::DECIMAL));
        }
        self.say_evidence(&iri, &event.evidence);
    }

    fn tell_claim(&mut self, claim: &Claim) {
        let iri = self.iri(&claim.id);
        let content = claim.content.join(" … ");
        self.say_type(&iri, "schema:Claim");
        self.say_text(&iri, "rdfs:label", &content);
        self.say_text(&iri, "schema:text", &content);
        self.say_text(&iri, "rap:stance", &claim.stance.to_string());
        self.say_text(&iri, "rap:form", &claim.form.to_string());
        self.say_text(&iri, "rap:cue", &claim.cue);
        self.say_text(&iri, "rap:sourceText", &claim.source_text);
        self.say_evidence(&iri, &claim.evidence);
        let Some(article) = self.article_of(claim).map(str::to_owned) else { return };
        if self.within.is_none_or(|within| within == article) {
            for (predicate, span, _) in pieces(claim) {
                self.say(&iri, predicate, self.place(&article, span));
            }
        }
    }

    fn tell_article(&mut self, article: &ArticleNode) {
        let iri = self.iri(&article.id);
        self.say_type(&iri, "schema:NewsArticle");
        self.say_text(&iri, "rdfs:label", &article.name);
        self.say_text(&iri, "schema:headline", &article.name);
        self.say_text(&iri, "schema:articleBody", &article.text);
        if let Some(published) = article.published {
            self.say(&iri, "schema:datePublished", date(published));
        }
        if let Some(url) = &article.url {
            self.say_link(&iri, "schema:url", url);
        }
        for source in &article.sources {
            self.say_text(&iri, "rap:sourceFile", source);
        }
        for note in &article.notes {
            self.say_text(&iri, "rap:note", note);
        }
    }

    /// The article that a claim's spans count in: of those that its evidence names, the first that has its words there.
    fn article_of<'c>(&self, claim: &'c Claim) -> Option<&'c str> {
        let holds = |id: &str| match (self.graph.node(id), claim.content_spans.first(), claim.content.first()) {
            (Some(Node::Article(article)), Some(span), Some(words)) => {
                article.text.chars().skip(span.start).take(span.len()).eq(words.chars())
            }
            _ => false,
        };
        let articles = || claim.evidence.iter().map(|evidence| evidence.article.as_str());
        articles().find(|id| holds(id)).or_else(|| articles().next())
    }
}

/// Edges.
impl Statements<'_> {
    fn tell_edge(&mut self, edge: &Edge) {
        let (source, target) = (self.iri(&edge.source), self.iri(&edge.target));
        match edge.edge_type {
            EdgeType::Participant => self.tell_participation(edge, &source, &target),
            EdgeType::Location => self.tell_direct(edge, &source, "schema:location", &target),
            EdgeType::PartOf => self.tell_direct(edge, &source, "schema:superEvent", &target),
            EdgeType::HoldsOffice => self.tell_office_of_body(edge, &source, &target),
            EdgeType::Claims => self.tell_direct(edge, &target, "schema:creator", &source),
            EdgeType::Addressee => self.tell_direct(edge, &source, "rap:addressee", &target),
            EdgeType::About => self.tell_direct(edge, &source, "schema:about", &target),
            EdgeType::Denies => self.tell_direct(edge, &source, "rap:denies", &target),
            EdgeType::Within => self.tell_direct(edge, &source, "schema:containedInPlace", &target),
            EdgeType::Affiliated => self.tell_affiliation(edge, &source, &target),
            EdgeType::Mentions => self.tell_mentions(edge, &source, &target),
            EdgeType::Met => self.tell_met(edge, &source, &target),
        }
    }

    /// One triple; where the edge has evidence of its own, a statement about that triple carries it.
    fn tell_direct(&mut self, edge: &Edge, subject: &NamedNode, predicate: &str, object: &NamedNode) {
        self.say(subject, predicate, object.clone());
        if !edge.evidence.is_empty() {
            self.tell_about(edge, subject, predicate, object);
        }
    }

    /// Tells of a triple without asserting it, and gives the node that does: a reifier in RDF 1.2, else an `rdf:Statement`.
    fn tell_about(&mut self, edge: &Edge, subject: &NamedNode, predicate: &str, object: &NamedNode) -> NamedNode {
        let node = self.edge_iri("statement", edge);
        if self.options.rdf_12() {
            self.say(&node, "rdf:reifies", Triple::new(subject.clone(), term(predicate), object.clone()));
        } else {
            self.say_type(&node, "rdf:Statement");
            self.say(&node, "rdf:subject", subject.clone());
            self.say(&node, "rdf:predicate", term(predicate));
            self.say(&node, "rdf:object", object.clone());
        }
        self.say_evidence(&node, &edge.evidence);
        node
    }

    fn tell_participation(&mut self, edge: &Edge, actor: &NamedNode, event: &NamedNode) {
        self.tell_direct(edge, event, "sem:hasActor", actor);
        if let Some(role) = &edge.role {
            let node = self.edge_iri("participation", edge);
            self.say_type(&node, "rap:Participation");
            self.say(event, "rap:hasParticipation", node.clone());
            self.say(&node, "rap:participant", actor.clone());
            self.say_text(&node, "schema:roleName", role);
        }
    }

    fn tell_office_of_body(&mut self, edge: &Edge, holder: &NamedNode, body: &NamedNode) {
        let node = self.edge_iri("office", edge);
        self.tell_office(&node, holder, edge.title.as_deref().unwrap_or_default(), edge.former);
        self.say(&node, "org:organization", body.clone());
        self.say_dates(&node, edge.start, edge.end);
        self.say_evidence(&node, &edge.evidence);
        let predicate = if edge.former { "rap:heldOfficeIn" } else { "rap:holdsOfficeIn" };
        self.say(holder, predicate, body.clone());
    }

    fn tell_office(&mut self, node: &NamedNode, holder: &NamedNode, title: &str, former: bool) {
        self.say_type(node, "rap:OfficeHolding");
        self.say(node, "org:member", holder.clone());
        self.say_text(node, "rap:title", title);
        self.say(node, "rap:former", Literal::from(former));
    }

    fn tell_affiliation(&mut self, edge: &Edge, member: &NamedNode, body: &NamedNode) {
        let node = self.edge_iri("affiliation", edge);
        self.say_type(&node, "rap:Affiliation");
        self.say(&node, "org:member", member.clone());
        self.say(&node, "org:organization", body.clone());
        self.say_text(&node, "rap:how", edge.how.as_deref().unwrap_or_default());
        self.say_dates(&node, edge.start, edge.end);
        self.say_evidence(&node, &edge.evidence);
        self.say(member, "rap:affiliatedWith", body.clone());
    }

    fn tell_mentions(&mut self, edge: &Edge, article: &NamedNode, entity: &NamedNode) {
        self.tell_direct(edge, article, "schema:mentions", entity);
        for &span in &edge.spans {
            let place = self.place(&edge.source, span);
            let node = self.iri(&format!("{}/{}-{}/mention/{}", edge.source, span.start, span.end, edge.target));
            self.say_selectors(&place, &edge.source, span, None);
            self.say_type(&node, "rap:Mention");
            self.say(&node, "oa:hasBody", entity.clone());
            self.say(&node, "oa:hasTarget", place);
        }
    }

    /// To have met is mutual.
    fn tell_met_back(&mut self, edge: &Edge) {
        if is_met(edge) {
            let (a, b) = (self.iri(&edge.source), self.iri(&edge.target));
            self.say(&b, "rap:met", a);
        }
    }

    /// A bare triple asserts, so only a meeting that happened gives one; the others are told by their event's status. An edge
    /// that stands for several meetings has no event, and is told of whatever its status.
    fn tell_met(&mut self, edge: &Edge, a: &NamedNode, b: &NamedNode) {
        if is_met(edge) {
            self.say(a, "rap:met", b.clone());
        }
        if edge.weight.is_none() && edge.evidence.is_empty() && !self.options.rdf_12() {
            return;
        }
        let node = self.tell_about(edge, a, "rap:met", b);
        self.say_text(&node, "rap:status", &edge.status.map(|status| status.to_string()).unwrap_or_default());
        self.say_dates(&node, edge.start, edge.end);
        if let Some(event) = &edge.event {
            self.say(&node, "prov:wasDerivedFrom", self.iri(event));
        }
        if let Some(weight) = edge.weight {
            self.say(&node, "rap:weight", Literal::new_typed_literal(weight.to_string(), xsd::NON_NEGATIVE_INTEGER));
        }
    }
}

/// Whether an edge says that two did meet.
fn is_met(edge: &Edge) -> bool {
    edge.edge_type == EdgeType::Met && edge.status.is_none_or(|status| status == Status::Happened)
}

/// Evidence, and single statements.
impl Statements<'_> {
    fn say_evidence<'e>(&mut self, of: &NamedNode, evidence: impl IntoIterator<Item = &'e Evidence>) {
        for evidence in evidence {
            if self.within.is_none_or(|within| within == evidence.article) {
                self.say(of, "prov:wasDerivedFrom", self.evidence_iri(evidence));
            }
        }
    }

    /// The node of some evidence: the words' place, and beneath it the rule that found them there.
    fn evidence_iri(&self, evidence: &Evidence) -> NamedNode {
        let span = CharSpan::new(evidence.start, evidence.end);
        match evidence.rule.as_str() {
            "" => self.place(&evidence.article, span),
            rule => self.iri(&format!("{}/{}-{}/rule/{rule}", evidence.article, span.start, span.end)),
        }
    }

    /// The node of some words at their place in an article.
    fn place(&self, article: &str, span: CharSpan) -> NamedNode {
        self.iri(&format!("{article}/{}-{}", span.start, span.end))
    }

    /// Says where the words are: code points, half-open, and the words themselves (W3C Web Annotation).
    fn say_selectors(&mut self, node: &NamedNode, article: &str, span: CharSpan, exact: Option<&str>) {
        let place = format!("{article}/{}-{}", span.start, span.end);
        let article = self.iri(article);
        self.say_type(node, "oa:SpecificResource");
        self.say(node, "oa:hasSource", article);
        let position = self.iri(&format!("{place}/position"));
        self.say(node, "oa:hasSelector", position.clone());
        self.say_type(&position, "oa:TextPositionSelector");
        self.say(&position, "oa:start", count(span.start));
        self.say(&position, "oa:end", count(span.end));
        if let Some(exact) = exact.filter(|exact| !exact.is_empty()) {
            let quote = self.iri(&format!("{place}/quote"));
            self.say(node, "oa:hasSelector", quote.clone());
            self.say_type(&quote, "oa:TextQuoteSelector");
            self.say_text(&quote, "oa:exact", exact);
        }
    }

    fn say_dates(&mut self, subject: &NamedNode, start: Option<Date>, end: Option<Date>) {
        for (predicate, day) in [("schema:startDate", start), ("schema:endDate", end)] {
            if let Some(day) = day {
                self.say(subject, predicate, date(day));
            }
        }
    }

    /// Says where the same thing is elsewhere. What is no IRI even when mended is kept as the text of an `rdfs:seeAlso`.
    fn say_link(&mut self, subject: &NamedNode, predicate: &str, address: &str) {
        match foreign(address) {
            Some(iri) => self.say(subject, predicate, iri),
            None => self.say_text(subject, "rdfs:seeAlso", address),
        }
    }

    fn say_type(&mut self, subject: &NamedNode, class: &str) {
        self.say(subject, "rdf:type", term(class));
    }

    /// Says a text, if there is one.
    fn say_text(&mut self, subject: &NamedNode, predicate: &str, text: &str) {
        if !text.is_empty() {
            self.say(subject, predicate, Literal::new_simple_literal(text));
        }
    }

    fn say(&mut self, subject: &NamedNode, predicate: &str, object: impl Into<Term>) {
        self.triples.push(Triple::new(subject.clone(), term(predicate), object));
    }

    fn iri(&self, id: &str) -> NamedNode {
        mint(self.options.base(), id)
    }

    /// The IRI of what an edge tells, where a triple can't hold it all.
    fn edge_iri(&self, kind: &str, edge: &Edge) -> NamedNode {
        self.iri(&content_id(kind, [edge.source.as_str(), &edge.target, &edge.key]))
    }
}

fn class(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "schema:Person",
        EntityKind::Country => "schema:Country",
        EntityKind::Organization => "schema:Organization",
        EntityKind::Place => "schema:Place",
    }
}

/// A date as fine as it is known: `xsd:date`, `xsd:gYearMonth` or `xsd:gYear`.
fn date(date: Date) -> Literal {
    let datatype = match (date.month(), date.day()) {
        (Some(_), Some(_)) => xsd::DATE,
        (Some(_), None) => xsd::G_YEAR_MONTH,
        _ => xsd::G_YEAR,
    };
    Literal::new_typed_literal(date.to_string(), datatype)
}

fn count(number: usize) -> Literal {
    Literal::new_typed_literal(number.to_string(), xsd::NON_NEGATIVE_INTEGER)
}
