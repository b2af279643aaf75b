//! A small newsroom: articles written for these tests, and the graph that a reader would draw of them.

use std::collections::BTreeSet;

use rapporteur::base::CharSpan;
use rapporteur::extract::{
    Claim, ClaimFact, Event, EventFact, Evidence, Fact, Form, Participant, Property, Relation, Stance, Status,
};
use rapporteur::graph::{KnowledgeGraph, Reading};
use rapporteur::ingest::Article;
use rapporteur::link::{Entity, Office};
use rapporteur::schema::EntityKind;

const SUMMIT: &str = "Lindqvist and Okoro open the lake summit\n\n\
    Prime Minister Åsa Lindqvist met President Daniel Okoro in Vevey on Tuesday, on the first day of the lake summit. \
    Ms Lindqvist later spoke to Peter Okoro by telephone. \
    Norland denied that its fleet had entered the strait.";

const SEQUEL: &str = "Okoro to receive Lindqvist in May\n\n\
    Mr Okoro will receive Ms Lindqvist in Port Amber in May. \
    A spokeswoman said that there had been no secret meeting with Ruben Hale. \
    “The fleet was in the strait,” Mr Okoro said.";

/// Two articles: a meeting that took place, one that is planned, one that is denied, a call without a date, and a claim
/// that another denies.
pub fn graph() -> KnowledgeGraph {
    let mut graph = KnowledgeGraph::new();
    graph.add(sequel());
    graph.add(summit());
    graph
}

/// A graph of one article whose title and names try to be more than text.
pub fn hostile_graph() -> KnowledgeGraph {
    let title = "</script><script>alert(1)</script>\u{1b}[31m";
    let mut article = article("hostile.txt", title, "2020-01-01", "<b>Mallory</b> met Trent.");
    article.url = Some("javascript:alert(2)".to_owned());
    let mallory = Entity { name: "<img src=x onerror=alert(3)>".to_owned(), ..person("person/mallory", "") };
    let met = event(&article, "meet", "<!-- met", "<b>Mallory</b> met Trent.", None, Status::Happened);
    let fact = EventFact { participants: parts(["person/mallory", "person/trent"]), ..met };
    let mut graph = KnowledgeGraph::new();
    let entities = vec![mallory, person("person/trent", "Trent")];
    graph.add(Reading { article, entities, mentions: Vec::new(), facts: vec![Fact::Event(fact)] });
    graph
}

fn summit() -> Reading {
    let article = article("summit.txt", "Lindqvist and Okoro open the lake summit", "2021-03-10", SUMMIT);
    let whole = event(&article, "gathering", "the lake summit", "the lake summit.", Some("2021-03"), Status::Happened);
    let told = "Prime Minister Åsa Lindqvist met President Daniel Okoro in Vevey on Tuesday";
    let met = EventFact {
        participants: parts(["person/asa-lindqvist", "person/daniel-okoro"]),
        locations: vec!["place/vevey".to_owned()],
        part_of: Some(whole.event.id.clone()),
        ..event(&article, "meet", "Åsa Lindqvist met Daniel Okoro", told, Some("2021-03-09"), Status::Happened)
    };
    let told = "Ms Lindqvist later spoke to Peter Okoro by telephone.";
    let call = EventFact {
        participants: parts(["person/asa-lindqvist", "person/peter-okoro"]),
        ..event(&article, "call", "Åsa Lindqvist spoke to Peter Okoro", told, None, Status::Happened)
    };
    let told = "Norland denied that its fleet had entered the strait.";
    let denial = claim(&article, "denied", Stance::Deny, "its fleet had entered the strait", told);
    let denies = vec![fleet_claim().claim.id];
    let denial = ClaimFact { speakers: vec!["country/NL".to_owned()], denies, ..denial };
    let facts = vec![Fact::Event(whole), Fact::Event(met), Fact::Event(call), Fact::Claim(denial), office()];
    let mut entities = everybody();
    entities.push(Entity { kind: EntityKind::Country, ..person("country/NL", "Norland") });
    // A reading names only its own nodes; the claim denied is told in the other article too.
    let facts = [vec![Fact::Claim(fleet_claim())], facts].concat();
    Reading { mentions: vec![("person/asa-lindqvist".to_owned(), CharSpan::new(57, 70))], article, entities, facts }
}

fn sequel() -> Reading {
    let article = sequel_article();
    let told = "Mr Okoro will receive Ms Lindqvist in Port Amber in May.";
    let visit = EventFact {
        participants: parts(["person/asa-lindqvist", "person/daniel-okoro"]),
        ..event(&article, "visit", "Åsa Lindqvist visits Daniel Okoro", told, Some("2021-05"), Status::Planned)
    };
    let told = "there had been no secret meeting with Ruben Hale";
    let secret = EventFact {
        participants: parts(["person/daniel-okoro", "person/ruben-hale"]),
        ..event(&article, "meet", "Daniel Okoro met Ruben Hale", told, None, Status::Denied)
    };
    let told = "A spokeswoman said that there had been no secret meeting with Ruben Hale.";
    let denial = claim(&article, "said", Stance::Deny, "secret meeting with Ruben Hale", told);
    let denial = ClaimFact { denies: vec![secret.event.id.clone()], ..denial };
    let facts = vec![Fact::Event(visit), Fact::Event(secret), Fact::Claim(denial), Fact::Claim(fleet_claim())];
    Reading { article, entities: everybody(), mentions: Vec::new(), facts }
}

fn sequel_article() -> Article {
    article("sequel.txt", "Okoro to receive Lindqvist in May", "2021-03-14", SEQUEL)
}

fn fleet_claim() -> ClaimFact {
    let told = "“The fleet was in the strait,” Mr Okoro said.";
    let claim = claim(&sequel_article(), "said", Stance::Assert, "The fleet was in the strait", told);
    ClaimFact { speakers: vec!["person/daniel-okoro".to_owned()], ..claim }
}

fn office() -> Fact {
    Fact::Relation(Relation {
        subject: "person/asa-lindqvist".to_owned(),
        property: Property::HoldsOffice { title: "prime minister".to_owned(), former: false },
        object: "country/NL".to_owned(),
        evidence: BTreeSet::new(),
    })
}

fn everybody() -> Vec<Entity> {
    let lindqvist = Entity {
        aliases: BTreeSet::from(["Ms Lindqvist".to_owned(), "Prime Minister Åsa Lindqvist".to_owned()]),
        ..person("person/asa-lindqvist", "Åsa Lindqvist")
    };
    let daniel = Entity {
        aliases: BTreeSet::from(["Mr Okoro".to_owned(), "Okoro".to_owned()]),
        choices: BTreeSet::new(),
        offices: BTreeSet::from([Office { title: "president".to_owned(), former: false }]),
        ..person("person/daniel-okoro", "Daniel Okoro")
    };
    let vevey = Entity { kind: EntityKind::Place, ..person("place/vevey", "Vevey") };
    let (peter, ruben) = (person("person/peter-okoro", "Peter Okoro"), person("person/ruben-hale", "Ruben Hale"));
    vec![lindqvist, daniel, peter, ruben, vevey]
}

fn article(source: &str, title: &str, published: &str, text: &str) -> Article {
    let published = Some(published.parse().expect("a date"));
    Article { title: title.to_owned(), published, ..Article::new(source, text) }
}

fn person(id: &str, name: &str) -> Entity {
    Entity {
        id: id.to_owned(),
        kind: EntityKind::Person,
        name: name.to_owned(),
        iso: None,
        aliases: BTreeSet::new(),
        same_as: BTreeSet::new(),
        choices: BTreeSet::new(),
        offices: BTreeSet::new(),
    }
}

fn event(article: &Article, kind: &str, name: &str, told: &str, date: Option<&str>, status: Status) -> EventFact {
    let date = date.map(|date| date.parse().expect("a date"));
    let event = Event {
        id: rapporteur::base::content_id("event", [name]),
        event_type: kind.to_owned(),
        subtype: None,
        name: name.to_owned(),
        start: date,
        end: date,
        date_inferred: false,
        status,
        score: 0.9,
        channel: match kind {
            "meet" | "visit" => Some("in-person".to_owned()),
            "call" => Some("remote".to_owned()),
            _ => None,
        },
        plover: None,
        cameo: None,
        told: BTreeSet::new(),
        dated_otherwise: BTreeSet::new(),
        evidence: evidence(article, told),
    };
    EventFact { event, participants: Vec::new(), locations: Vec::new(), part_of: None }
}

fn claim(article: &Article, cue: &str, stance: Stance, content: &str, told: &str) -> ClaimFact {
    let claim = Claim {
        id: rapporteur::base::content_id("claim", [content]),
        form: Form::Indirect,
        stance,
        cue: cue.to_owned(),
        cue_span: None,
        source_text: "A spokeswoman".to_owned(),
        source_span: None,
        content: vec![content.to_owned()],
        content_spans: Vec::new(),
        evidence: evidence(article, told),
    };
    ClaimFact { claim, speakers: Vec::new(), addressee: None, about: Vec::new(), denies: Vec::new() }
}

/// The first place where the article has these words.
fn evidence(article: &Article, told: &str) -> BTreeSet<Evidence> {
    let byte = article.text.find(told).expect("words of the article");
    let start = article.text[..byte].chars().count();
    let (end, rule) = (start + told.chars().count(), "by-hand".to_owned());
    BTreeSet::from([Evidence { article: article.id.clone(), start, end, text: told.to_owned(), rule }])
}

fn parts<const N: usize>(ids: [&str; N]) -> Vec<Participant> {
    ids.map(|id| Participant { entity: id.to_owned(), role: "participant".to_owned() }).to_vec()
}
