//! Readings made by hand: every kind of node and type of edge, and names that break careless writers.
//!
//! Each fact's words really stand in its article, so the offsets can be checked by anyone who reads an export.

use std::collections::BTreeSet;

use rapporteur::base::{CharSpan, Date, content_id};
use rapporteur::extract::{
    Claim, ClaimFact, Event, EventFact, Evidence, Fact, Form, Participant, Property, Relation, Stance, Status,
};
use rapporteur::graph::{KnowledgeGraph, Reading};
use rapporteur::ingest::Article;
use rapporteur::link::{Entity, Office};
use rapporteur::schema::EntityKind;

/// Words of the article that every export has to carry: quotes, markup, commas, line ends, beyond the BMP, a form feed.
pub const HOSTILE: &str = "Łukasz \"Lu\" O'Neil, <script>alert(1)</script> & Söhne; 😀";

/// Three readings: the meeting, its denial and the hostile one.
pub fn readings() -> Vec<Reading> {
    vec![meeting(), denial(), hostile()]
}

/// The graph of some readings, added in the order given.
pub fn graph(readings: impl IntoIterator<Item = Reading>) -> KnowledgeGraph {
    let mut graph = KnowledgeGraph::new();
    for reading in readings {
        graph.add(reading);
    }
    graph
}

fn meeting() -> Reading {
    let text = "Trump meets Putin in Hamburg\r\n\r\nHAMBURG, 9 July 2017 – Vladimir Putin met Donald Trump at the G20 summit in \
                Hamburg on Friday. French President Emmanuel Macron was there. “We had a good talk,” Mr Putin told Mr Trump.\n";
    let article = Article {
        title: "Trump meets Putin in Hamburg".to_owned(),
        published: date("2017-07-09"),
        url: Some("https://news.example/g20?id=1&lang=en".to_owned()),
        ..Article::new("articles/g20.txt", text)
    };
    let met = event("meet", &article, "Vladimir Putin met Donald Trump", Some("2017-07-07"), Status::Happened);
    let summit = event("gathering", &article, "G20 summit", Some("2017-07"), Status::Happened);
    let both = [("person/vladimir-putin", "participant"), ("person/donald-trump", "host")];
    let said = claim(&article, Stance::Assert, Form::Direct, "told", "Mr Putin", &["We had a good talk,"]);
    let president = Property::HoldsOffice { title: "president".to_owned(), former: false };
    Reading {
        mentions: mentions(&article, &[("Vladimir Putin", "person/vladimir-putin"), ("Hamburg", "place/hamburg")]),
        entities: vec![
            Entity {
                aliases: BTreeSet::from(["Mr Putin".to_owned(), "Vladimir Putin".to_owned()]),
                same_as: BTreeSet::from(["http://www.wikidata.org/entity/Q7747".to_owned()]),
                choices: BTreeSet::new(),
                offices: BTreeSet::from([Office { title: "president".to_owned(), former: false }]),
                ..entity(EntityKind::Person, "vladimir-putin", "Vladimir Putin")
            },
            entity(EntityKind::Person, "donald-trump", "Donald Trump"),
            entity(EntityKind::Person, "emmanuel-macron", "Emmanuel Macron"),
            Entity { iso: Some("FR".to_owned()), ..entity(EntityKind::Country, "FR", "France") },
            Entity { iso: Some("DE".to_owned()), ..entity(EntityKind::Country, "DE", "Germany") },
            entity(EntityKind::Place, "hamburg", "Hamburg"),
            entity(EntityKind::Organization, "g20", "G20"),
        ],
        facts: vec![
            Fact::Event(EventFact {
                participants: participants(&both),
                locations: vec!["place/hamburg".to_owned()],
                part_of: Some(summit.id.clone()),
                event: met.clone(),
            }),
            Fact::Event(EventFact {
                participants: participants(&[("organization/g20", "host")]),
                locations: vec!["country/DE".to_owned()],
                part_of: None,
                event: summit,
            }),
            Fact::Claim(ClaimFact {
                claim: said,
                speakers: vec!["person/vladimir-putin".to_owned()],
                addressee: Some("person/donald-trump".to_owned()),
                about: vec![met.id],
                denies: Vec::new(),
            }),
            relation(&article, "person/emmanuel-macron", president, "country/FR", "French President Emmanuel Macron"),
            relation(&article, "place/hamburg", Property::Within, "country/DE", "Hamburg on Friday"),
        ],
        article,
    }
}

/// Tells of the same men as the meeting does, and of claims that deny one another.
fn denial() -> Reading {
    let text = "Putin said the U.S. lied. Washington has denied lying. Mr Trump will meet Mr Putin in 2018. \
                Dmitry Peskov, the Kremlin spokesman and former envoy, said so.";
    let article = Article {
        notes: vec!["the encoding was guessed: windows-1252".to_owned()],
        ..Article::new("articles/denial.txt", text)
    };
    let accused = claim(&article, Stance::Accuse, Form::Indirect, "said", "Putin", &["the U.S. lied"]);
    let denied = claim(&article, Stance::Deny, Form::Indirect, "has denied", "Washington", &["lying"]);
    let planned = event("meet", &article, "Mr Trump will meet Mr Putin in 2018", Some("2018"), Status::Planned);
    let both = [("person/vladimir-putin", "participant"), ("person/donald-trump", "participant")];
    let spokesman = Property::Affiliated { how: "spokesman".to_owned() };
    let envoy = Property::HoldsOffice { title: "envoy".to_owned(), former: true };
    Reading {
        mentions: mentions(&article, &[("Putin", "person/vladimir-putin"), ("Washington", "country/US")]),
        entities: vec![
            Entity {
                aliases: BTreeSet::from(["Putin".to_owned()]),
                ..entity(EntityKind::Person, "vladimir-putin", "Putin")
            },
            entity(EntityKind::Person, "donald-trump", "Mr Trump"),
            entity(EntityKind::Person, "dmitry-peskov", "Dmitry Peskov"),
            entity(EntityKind::Country, "US", "United States"),
            entity(EntityKind::Organization, "kremlin", "the Kremlin"),
        ],
        facts: vec![
            Fact::Claim(ClaimFact {
                speakers: vec!["country/US".to_owned()],
                addressee: None,
                about: vec!["country/US".to_owned()],
                denies: vec![accused.id.clone()],
                claim: denied,
            }),
            Fact::Claim(ClaimFact {
                claim: accused,
                speakers: vec!["person/vladimir-putin".to_owned()],
                addressee: None,
                about: vec!["country/US".to_owned()],
                denies: Vec::new(),
            }),
            Fact::Event(EventFact {
                event: planned,
                participants: participants(&both),
                locations: Vec::new(),
                part_of: None,
            }),
            relation(&article, "person/dmitry-peskov", spokesman, "organization/kremlin", "the Kremlin spokesman"),
            relation(&article, "person/dmitry-peskov", envoy, "organization/kremlin", "former envoy"),
        ],
        article,
    }
}

fn hostile() -> Reading {
    let text = format!("=1+1\t{HOSTILE}\r\n\u{c}a]]>b\\n{{\"x\":1}}\u{2028}@prefix : <x> . fin \\u0041");
    let article = Article {
        title: HOSTILE.to_owned(),
        published: date("2016"),
        url: Some("https://news.example/a b?q=<x>".to_owned()),
        ..Article::new("articles/a;b \"c\".html", text)
    };
    let name = format!("{HOSTILE}\r\nsecond line");
    let event = event("eclipse; of \"type\"", &article, HOSTILE, None, Status::Uncertain);
    let said = claim(&article, Stance::Ask, Form::Mixed, "", "", &["a]]>b\\n{\"x\":1}", "fin"]);
    let who = "person/a b<c>\"d\"%;#?";
    Reading {
        mentions: vec![(who.to_owned(), CharSpan::new(5, 10))],
        entities: vec![Entity {
            aliases: BTreeSet::from(["one; two".to_owned(), "\ttab\u{0}nul".to_owned(), "习近平".to_owned()]),
            same_as: BTreeSet::from(["not an iri".to_owned(), "https://x.example/a b|c".to_owned()]),
            ..entity(EntityKind::Person, "a b<c>\"d\"%;#?", &name)
        }],
        facts: vec![
            Fact::Event(EventFact {
                participants: participants(&[(who, "ro\"le\n<b>")]),
                locations: Vec::new(),
                part_of: None,
                event,
            }),
            Fact::Claim(ClaimFact {
                claim: said,
                speakers: vec![who.to_owned()],
                addressee: None,
                about: Vec::new(),
                denies: Vec::new(),
            }),
        ],
        article,
    }
}

fn entity(kind: EntityKind, slug: &str, name: &str) -> Entity {
    Entity {
        id: format!("{kind}/{slug}"),
        kind,
        name: name.to_owned(),
        iso: None,
        aliases: BTreeSet::new(),
        same_as: BTreeSet::new(),
        choices: BTreeSet::new(),
        offices: BTreeSet::new(),
    }
}

fn event(event_type: &str, article: &Article, words: &str, day: Option<&str>, status: Status) -> Event {
    Event {
        id: content_id("event", [event_type, words]),
        event_type: event_type.to_owned(),
        subtype: None,
        name: words.to_owned(),
        start: day.and_then(date),
        end: day.and_then(date),
        date_inferred: event_type == "gathering",
        status,
        score: 0.93,
        channel: match event_type {
            "meet" | "visit" => Some("in-person".to_owned()),
            "call" => Some("remote".to_owned()),
            _ => None,
        },
        plover: (event_type == "meet").then(|| "CONSULT".to_owned()),
        cameo: (event_type == "meet").then(|| "04".to_owned()),
        told: BTreeSet::new(),
        dated_otherwise: BTreeSet::new(),
        evidence: evidence(article, words, "meet/subject-object"),
    }
}

fn claim(article: &Article, stance: Stance, form: Form, cue: &str, source: &str, content: &[&str]) -> Claim {
    let spot = |words: &str| (!words.is_empty()).then(|| find(article, words));
    Claim {
        id: content_id("claim", content.iter().copied()),
        form,
        stance,
        cue: cue.to_owned(),
        cue_span: spot(cue),
        source_text: source.to_owned(),
        source_span: spot(source),
        content: content.iter().map(|piece| (*piece).to_owned()).collect(),
        content_spans: content.iter().map(|piece| find(article, piece)).collect(),
        evidence: evidence(article, content[0], "claim/cue"),
    }
}

fn relation(article: &Article, subject: &str, property: Property, object: &str, words: &str) -> Fact {
    let evidence = evidence(article, words, "relation/apposition");
    Fact::Relation(Relation { subject: subject.to_owned(), property, object: object.to_owned(), evidence })
}

fn participants(pairs: &[(&str, &str)]) -> Vec<Participant> {
    let participant = |&(entity, role): &(&str, &str)| Participant { entity: entity.to_owned(), role: role.to_owned() };
    pairs.iter().map(participant).collect()
}

fn mentions(article: &Article, pairs: &[(&str, &str)]) -> Vec<(String, CharSpan)> {
    pairs.iter().map(|(words, id)| ((*id).to_owned(), find(article, words))).collect()
}

fn evidence(article: &Article, words: &str, rule: &str) -> BTreeSet<Evidence> {
    let CharSpan { start, end, .. } = find(article, words);
    BTreeSet::from([Evidence {
        article: article.id.clone(),
        start,
        end,
        text: words.to_owned(),
        rule: rule.to_owned(),
    }])
}

/// The code points of the first place where the article has these words.
fn find(article: &Article, words: &str) -> CharSpan {
    let byte = article.text.find(words).unwrap_or_else(|| panic!("`{words}` is not in the article"));
    let start = article.text[..byte].chars().count();
    CharSpan::new(start, start + words.chars().count())
}

fn date(text: &str) -> Option<Date> {
    Some(text.parse().expect("a date"))
}
