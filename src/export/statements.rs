//! A graph as RDF statements, in standard terms where the field has one and in `rap:` terms under them elsewhere.
//!
//! "Putin met Trump in Hamburg" is an `rap:Meeting` with `sem:hasActor` twice, `schema:location` and, since it happened, a
//! direct `rap:met` both ways. Every node is an IRI minted from ids; there are no blank nodes, so no two runs differ.

use oxrdf::vocab::xsd;
use oxrdf::{Literal, NamedNode, Term, Triple};

use super::Options;
use super::iri::{foreign, mint};
use super::ontology::{event_class, term};
use crate::base::{CharSpan, Date, content_id};
use crate::extract::{Claim, Event, Evidence, Status};
use crate::graph::{ArticleNode, Edge, EdgeType, KnowledgeGraph, Node};
use crate::link::Entity;
use crate::schema::EntityKind;

/// All that a graph says, in no particular order, some of it more than once.
pub fn statements(graph: &KnowledgeGraph, options: &Options) -> Vec<Triple> {
    let mut statements = Statements { graph, base: options.base(), triples: Vec::new() };
    for node in graph.nodes() {
        match node {
            Node::Entity(entity) => statements.tell_entity(entity),
            Node::Event(event) => statements.tell_event(event),
            Node::Claim(claim) => statements.tell_claim(claim),
            Node::Article(article) => statements.tell_article(article),
        }
    }
    for edge in graph.edges() {
        statements.tell_edge(edge);
    }
    statements.triples
}

struct Statements<'a> {
    graph: &'a KnowledgeGraph,
    base: &'a str,
    triples: Vec<Triple>,
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
        let cue = claim.cue_span.map(|span| ("rap:hasCue", span, &claim.cue));
        let source = claim.source_span.map(|span| ("rap:hasSource", span, &claim.source_text));
        let pieces = claim.content_spans.iter().zip(&claim.content);
        let pieces = pieces.map(|(span, piece)| ("rap:hasContent", *span, piece));
        for (predicate, span, words) in cue.into_iter().chain(source).chain(pieces) {
            let place = self.place(&article, span);
            self.say_selectors(&place, &article, span, Some(words));
            self.say(&iri, predicate, place);
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
    fn article_of(&self, claim: &Claim) -> Option<&str> {
        let holds = |id: &str| match (self.graph.node(id), claim.content_spans.first(), claim.content.first()) {
            (Some(Node::Article(article)), Some(span), Some(words)) => {
                article.text.chars().skip(span.start).take(span.len()).eq(words.chars())
            }
            _ => false,
        };
        let articles = || claim.evidence.iter().map(|evidence| evidence.article.as_str());
        let id = articles().find(|id| holds(id)).or_else(|| articles().next())?;
        self.graph.node(id).map(Node::id)
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

    /// One triple; where the edge has evidence of its own, an `rdf:Statement` about that triple carries it.
    fn tell_direct(&mut self, edge: &Edge, subject: &NamedNode, predicate: &str, object: &NamedNode) {
        self.say(subject, predicate, object.clone());
        if edge.evidence.is_empty() {
            return;
        }
        let node = self.edge_iri("statement", edge);
        self.say_type(&node, "rdf:Statement");
        self.say(&node, "rdf:subject", subject.clone());
        self.say(&node, "rdf:predicate", term(predicate));
        self.say(&node, "rdf:object", object.clone());
        self.say_evidence(&node, &edge.evidence);
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

    /// A bare triple asserts, so only a meeting that happened gives one; the others are told by their event's status.
    fn tell_met(&mut self, edge: &Edge, a: &NamedNode, b: &NamedNode) {
        if edge.status.is_none_or(|status| status == Status::Happened) {
            self.tell_direct(edge, a, "rap:met", b);
            self.say(b, "rap:met", a.clone());
        }
    }
}

/// Evidence, and single statements.
impl Statements<'_> {
    fn say_evidence<'e>(&mut self, of: &NamedNode, evidence: impl IntoIterator<Item = &'e Evidence>) {
        for evidence in evidence {
            let span = CharSpan::new(evidence.start, evidence.end);
            let node = match evidence.rule.as_str() {
                "" => self.place(&evidence.article, span),
                rule => self.iri(&format!("{}/{}-{}/rule/{rule}", evidence.article, evidence.start, evidence.end)),
            };
            self.say_selectors(&node, &evidence.article, span, Some(&evidence.text));
            self.say_text(&node, "rap:rule", &evidence.rule);
            self.say(of, "prov:wasDerivedFrom", node);
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
        mint(self.base, id)
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
