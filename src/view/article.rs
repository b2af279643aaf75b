//! An article as one web page, for checking by eye what was read in it: the text with its people, countries, events and claims marked,
//! and beside it a list of what each mark stands for, linked both ways.
//!
//! "Ingrid Solheim met Ousmane Kanté" has two names and the flag of a meeting, E1; the list tells its day, status and those in it. The
//! page fetches nothing and tells all of it without its script, which only lights up what belongs together.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use super::html::{escaped, fill, fingerprint, is_web_address};
use super::marks::{Mark, Part, marked};
use crate::base::CharSpan;
use crate::extract::{Claim, Event, Evidence};
use crate::graph::{ArticleNode, Edge, EdgeType, KnowledgeGraph, Node};
use crate::link::{Choice, Entity};
use crate::query::{Denial, Named, Tie, happening, profile, statement};
use crate::schema::EntityKind;

const PAGE: &str = include_str!("article.html");
const STYLE: &str = include_str!("article.css");
const SCRIPT: &str = include_str!("article.js");

/// Writes the page of an article of the graph. The same graph gives the same bytes.
///
/// # Errors
/// Those of the writer.
pub fn write_article(graph: &KnowledgeGraph, article: &ArticleNode, out: &mut dyn Write) -> io::Result<()> {
    let facts = Facts::of(graph, article);
    let title = escaped(title(article));
    let parts = [
        ("{{version}}", env!("CARGO_PKG_VERSION")),
        ("{{policy}}", &fingerprint(SCRIPT)),
        ("{{title}}", &title),
        ("{{style}}", STYLE),
        ("{{title}}", &title),
        ("{{about}}", &about(article)),
        ("{{legend}}", &legend(&facts)),
        ("{{text}}", &marked(&article.text, facts.marks())),
        ("{{list}}", &facts.list()),
        ("{{script}}", SCRIPT),
    ];
    fill(PAGE, &parts, out)
}

/// What is listed under one heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    Event,
    Claim,
    Person,
    Country,
    Organization,
    Place,
    Tie,
}

/// One entry of the list, with its places in the text.
struct Fact<'g> {
    class: Class,
    id: &'g str,
    title: String,
    rows: Vec<(&'static str, Vec<Piece<'g>>)>,
    /// What links lead to, in order.
    places: Vec<CharSpan>,
    /// Its further words, and what they are to it.
    words: Vec<(CharSpan, Part)>,
}

/// A part of a row: words, or a node that may have an entry of its own.
enum Piece<'g> {
    Words(String),
    Node(Named<'g>),
    Address(&'g str),
}

/// All entries in the order of the list, those of one heading as the text has them.
struct Facts<'g> {
    facts: Vec<Fact<'g>>,
    /// `E1`, `C1`; empty of what has none.
    flags: Vec<String>,
    numbers: BTreeMap<&'g str, usize>,
}

impl<'g> Facts<'g> {
    fn of(graph: &'g KnowledgeGraph, article: &'g ArticleNode) -> Facts<'g> {
        let mentions = graph.edges_from(&article.id).filter(|edge| edge.edge_type == EdgeType::Mentions);
        let entities = mentions.filter_map(|edge| match graph.node(&edge.target) {
            Some(Node::Entity(entity)) => Some(of_entity(graph, entity, edge)),
            _ => None,
        });
        let told = graph.nodes().filter_map(|node| match node {
            Node::Event(event) => of_event(graph, event, article),
            Node::Claim(claim) => of_claim(graph, claim, article),
            Node::Entity(_) | Node::Article(_) => None,
        });
        let ties = graph.edges().filter_map(|edge| of_tie(graph, edge, article));
        let mut facts: Vec<Fact> = entities.chain(told).chain(ties).collect();
        facts.sort_by(|a, b| (a.class, a.places.first(), a.id).cmp(&(b.class, b.places.first(), b.id)));
        let mut counts: BTreeMap<Class, usize> = BTreeMap::new();
        let flag = |fact: &Fact| {
            let count = counts.entry(fact.class).or_default();
            *count += 1;
            fact.class.letter().map(|letter| format!("{letter}{count}")).unwrap_or_default()
        };
        let flags = facts.iter().map(flag).collect();
        let named = facts.iter().enumerate().filter(|(_, fact)| fact.class != Class::Tie);
        let numbers = named.map(|(number, fact)| (fact.id, number)).collect();
        Facts { flags, numbers, facts }
    }

    fn marks(&self) -> Vec<Mark<'_>> {
        let mut marks = Vec::new();
        for (number, fact) in self.facts.iter().enumerate() {
            let mark = |span, place, part| Mark {
                span,
                fact: number,
                place,
                part,
                class: fact.class.name(),
                flag: Some(self.flags[number].as_str()).filter(|flag| place.is_some() && !flag.is_empty()),
                told: &fact.title,
            };
            let part = if fact.class.is_entity() { Part::Name } else { Part::Evidence };
            marks.extend(fact.places.iter().zip(1..).map(|(span, place)| mark(*span, Some(place), part)));
            marks.extend(fact.words.iter().map(|(span, part)| mark(*span, None, *part)));
        }
        marks
    }

    fn count(&self, class: Class) -> usize {
        self.facts.iter().filter(|fact| fact.class == class).count()
    }

    fn list(&self) -> String {
        let sections = Class::ALL.into_iter().filter(|class| self.count(*class) > 0).map(|class| {
            let entries = self.facts.iter().enumerate().filter(|(_, fact)| fact.class == class);
            let entries: String = entries.map(|(number, fact)| self.entry(number, fact)).collect();
            let (name, heading) = (class.name(), class.heading());
            format!("<section class=\"{name}\">\n<h2>{heading}</h2>\n<ol>\n{entries}</ol>\n</section>\n")
        });
        let list: String = sections.collect();
        if list.is_empty() { "<p>Nothing was found in this text.</p>\n".to_owned() } else { list }
    }

    fn entry(&self, number: usize, fact: &Fact) -> String {
        let flag = &self.flags[number];
        let flag = if flag.is_empty() { String::new() } else { format!("<b class=\"flag\">{flag}</b> ") };
        let rows: String = fact.rows.iter().map(|(label, pieces)| self.row(label, pieces)).collect();
        let link = |place: usize| format!("<a href=\"#f{number}-{place}\">{place}</a>");
        let places: Vec<String> = (1..=fact.places.len()).map(link).collect();
        format!(
            "<li id=\"f{number}\" data-f=\"{number}\" class=\"{}\"><h3>{flag}{}</h3>\n<dl>{rows}\
             <dt>in the text</dt><dd>{}</dd><dt>id</dt><dd><code>{}</code></dd></dl></li>\n",
            fact.class.name(),
            escaped(&fact.title),
            places.join(" "),
            escaped(fact.id),
        )
    }

    fn row(&self, label: &str, pieces: &[Piece]) -> String {
        let pieces: Vec<String> = pieces.iter().map(|piece| self.piece(piece)).collect();
        format!("<dt>{label}</dt><dd>{}</dd>", pieces.concat())
    }

    fn piece(&self, piece: &Piece) -> String {
        match piece {
            Piece::Words(words) => escaped(words),
            Piece::Node(node) => match self.numbers.get(node.id) {
                Some(number) => format!("<a href=\"#f{number}\">{}</a>", escaped(&node.name)),
                None => escaped(&node.name),
            },
            Piece::Address(address) if is_web_address(address) => {
                let address = escaped(address);
                format!("<a href=\"{address}\" rel=\"noopener noreferrer\">{address}</a>")
            }
            Piece::Address(address) => escaped(address),
        }
    }
}

fn of_entity<'g>(graph: &'g KnowledgeGraph, entity: &'g Entity, mention: &'g Edge) -> Fact<'g> {
    let profile = profile(graph, entity);
    let mut rows = Vec::new();
    let ties = |ties: &[Tie<'g>]| separated(ties.iter().map(tie_words), "; ");
    rows.extend(row("office", ties(&profile.offices)));
    rows.extend(row("belongs to", ties(&profile.affiliations)));
    rows.extend(row("also called", words(entity.aliases.iter().cloned().collect::<Vec<_>>().join(", "))));
    rows.extend(row("same as", separated(entity.same_as.iter().map(|same| vec![Piece::Address(same)]), ", ")));
    let choice = |choice: &Choice| words(format!("“{}”: {}", choice.name, choice.why));
    rows.extend(row("taken for it", separated(entity.choices.iter().map(choice), "; ")));
    let class = match entity.kind {
        EntityKind::Person => Class::Person,
        EntityKind::Country => Class::Country,
        EntityKind::Organization => Class::Organization,
        EntityKind::Place => Class::Place,
    };
    let places = mention.spans.iter().copied().collect();
    Fact { class, id: &entity.id, title: entity.name.clone(), rows, places, words: Vec::new() }
}

fn of_event<'g>(graph: &'g KnowledgeGraph, event: &'g Event, article: &ArticleNode) -> Option<Fact<'g>> {
    let places = places(&event.evidence, article)?;
    let happening = happening(graph, event);
    let kind = [Some(event.event_type.as_str()), event.subtype.as_deref()].into_iter().flatten();
    let who = happening.participants.iter().map(|part| {
        let role = part
            .role
            .filter(|role| *role != EdgeType::Participant.name())
            .map(|role| Piece::Words(format!(" ({role})")));
        [Piece::Node(part.who.clone())].into_iter().chain(role).collect()
    });
    let mut rows = Vec::new();
    rows.extend(row("type", words(kind.collect::<Vec<_>>().join(", "))));
    rows.extend(row("status", words(event.status.to_string())));
    let inferred = if happening.date_inferred { " (inferred)" } else { "" };
    let when = happening.period().map(|period| format!("{period}{inferred}"));
    rows.extend(row("when", words(when.unwrap_or_default())));
    rows.extend(row("how", words(event.channel.clone().unwrap_or_default())));
    rows.extend(row("who", separated(who, ", ")));
    rows.extend(row("where", nodes(&happening.places)));
    rows.extend(row("part of", nodes(&happening.occasion.into_iter().collect::<Vec<_>>())));
    rows.extend(row("denied by", denials(&happening.denied_by)));
    rows.extend(row("found by", words(format!("{} ({:.2})", rules(&event.evidence, article), event.score))));
    Some(Fact { class: Class::Event, id: &event.id, title: event.name.clone(), rows, places, words: Vec::new() })
}

fn of_claim<'g>(graph: &'g KnowledgeGraph, claim: &'g Claim, article: &ArticleNode) -> Option<Fact<'g>> {
    let places = places(&claim.evidence, article)?;
    let statement = statement(graph, claim);
    let speakers = match statement.speakers.is_empty() {
        true => words(claim.source_text.clone()),
        false => nodes(&statement.speakers),
    };
    let mut rows = Vec::new();
    rows.extend(row("who", speakers));
    rows.extend(row("stance", words(claim.stance.to_string())));
    rows.extend(row("cue", words(claim.cue.clone())));
    rows.extend(row("form", words(claim.form.to_string())));
    rows.extend(row("to", nodes(&statement.addressees)));
    rows.extend(row("about", nodes(&statement.about)));
    rows.extend(row("denies", nodes(&statement.denies)));
    rows.extend(row("denied by", denials(&statement.denied_by)));
    rows.extend(row("found by", words(rules(&claim.evidence, article))));
    let title = claim.content.join(" … ");
    Some(Fact { class: Class::Claim, id: &claim.id, title, rows, words: claim_words(claim, article), places })
}

/// Content, cue and speaker in the text. The spans of a claim that several articles have are those of the first: in another article
/// other words stand there, and none are marked.
fn claim_words(claim: &Claim, article: &ArticleNode) -> Vec<(CharSpan, Part)> {
    let content = claim.content_spans.iter().zip(&claim.content).map(|(span, words)| (*span, Part::Content, words));
    let speaker = claim.source_span.map(|span| (span, Part::Speaker, &claim.source_text));
    let cue = claim.cue_span.map(|span| (span, Part::Cue, &claim.cue));
    let all: Vec<(CharSpan, Part, &String)> = content.chain(speaker).chain(cue).collect();
    let stands = |(span, _, words): &(CharSpan, Part, &String)| {
        article.text.chars().skip(span.start).take(span.len()).eq(words.chars())
    };
    let here = all.iter().all(stands);
    all.into_iter().filter(|_| here).map(|(span, part, _)| (span, part)).collect()
}

/// An office or another tie that the article bears out.
fn of_tie<'g>(graph: &'g KnowledgeGraph, edge: &'g Edge, article: &ArticleNode) -> Option<Fact<'g>> {
    let places = places(&edge.evidence, article)?;
    let end = |id: &str| graph.node(id).map(Node::label).unwrap_or_default();
    let how = edge.title.as_deref().or(edge.how.as_deref()).unwrap_or(edge.edge_type.name()).replace('_', " ");
    let former = if edge.former { "former " } else { "" };
    let title = format!("{}: {former}{how}, {}", end(&edge.source), end(&edge.target));
    let rows = row("found by", words(rules(&edge.evidence, article))).into_iter().collect();
    Some(Fact { class: Class::Tie, id: &edge.source, title, rows, places, words: Vec::new() })
}

/// Where the article bears a fact out; `None` where it does not.
fn places(evidence: &BTreeSet<Evidence>, article: &ArticleNode) -> Option<Vec<CharSpan>> {
    let here = evidence.iter().filter(|evidence| evidence.article == article.id);
    let mut places: Vec<CharSpan> = here.map(|evidence| CharSpan::new(evidence.start, evidence.end)).collect();
    places.sort_unstable();
    places.dedup();
    (!places.is_empty()).then_some(places)
}

/// The rules and heads that found a fact here, each once.
fn rules(evidence: &BTreeSet<Evidence>, article: &ArticleNode) -> String {
    let here = evidence.iter().filter(|evidence| evidence.article == article.id);
    let rules: BTreeSet<&str> = here.map(|evidence| evidence.rule.as_str()).collect();
    rules.into_iter().collect::<Vec<_>>().join(", ")
}

/// A row, where there is something in it.
fn row<'g>(label: &'static str, pieces: Vec<Piece<'g>>) -> Option<(&'static str, Vec<Piece<'g>>)> {
    let is_empty = pieces.iter().all(|piece| matches!(piece, Piece::Words(words) if words.is_empty()));
    (!is_empty).then_some((label, pieces))
}

fn words<'g>(words: impl Into<String>) -> Vec<Piece<'g>> {
    vec![Piece::Words(words.into())]
}

fn nodes<'g>(nodes: &[Named<'g>]) -> Vec<Piece<'g>> {
    separated(nodes.iter().map(|node| vec![Piece::Node(node.clone())]), ", ")
}

fn denials<'g>(denials: &[Denial<'g>]) -> Vec<Piece<'g>> {
    let name = |denial: &Denial<'g>| Named { id: denial.claim, kind: "claim", name: denial.speaker.clone() };
    nodes(&denials.iter().map(name).collect::<Vec<_>>())
}

fn tie_words<'g>(tie: &Tie<'g>) -> Vec<Piece<'g>> {
    let title = format!("{}{}", if tie.former { "former " } else { "" }, tie.title);
    let of = tie.of.iter().flat_map(|of| [Piece::Words(", ".to_owned()), Piece::Node(of.clone())]);
    words(title).into_iter().chain(of).collect()
}

fn separated<'g>(parts: impl Iterator<Item = Vec<Piece<'g>>>, by: &str) -> Vec<Piece<'g>> {
    let between = |(i, part): (usize, Vec<Piece<'g>>)| {
        let separator = (i > 0).then(|| Piece::Words(by.to_owned()));
        separator.into_iter().chain(part).collect::<Vec<_>>()
    };
    parts.enumerate().flat_map(between).collect()
}

fn title(article: &ArticleNode) -> &str {
    if article.name.is_empty() { "An article without a headline" } else { &article.name }
}

/// Day, address and files of the article, and what reading it left uncertain.
fn about(article: &ArticleNode) -> String {
    let day = article.published.map(|day| format!("<span>{day}</span>"));
    let address = article.url.as_deref().map(|url| match is_web_address(url) {
        true => format!("<a href=\"{0}\" rel=\"noopener noreferrer\">{0}</a>", escaped(url)),
        false => escaped(url),
    });
    let sources = article.sources.iter().map(|source| format!("<span>{}</span>", escaped(source)));
    let facts: Vec<String> = day.into_iter().chain(address).chain(sources).collect();
    let notes: String = article.notes.iter().map(|note| format!("<p>note: {}</p>\n", escaped(note))).collect();
    format!("<p>{}</p>\n{notes}", facts.join(" · "))
}

/// What the colors stand for, with a switch for each.
fn legend(facts: &Facts) -> String {
    let key = |class: Class| {
        let (name, heading, count) = (class.name(), class.heading(), facts.count(class));
        // Ties have no color of their own: they light up when they are pointed at.
        let checked = if class == Class::Tie { "" } else { " checked" };
        format!(
            "<label class=\"key {name}\"><input type=\"checkbox\" id=\"show-{name}\"{checked}> {heading} \
             <small>{count}</small></label>\n"
        )
    };
    Class::ALL.into_iter().map(key).collect()
}

impl Class {
    const ALL: [Class; 7] =
        [Class::Event, Class::Claim, Class::Person, Class::Country, Class::Organization, Class::Place, Class::Tie];

    fn name(self) -> &'static str {
        match self {
            Class::Event => "event",
            Class::Claim => "claim",
            Class::Person => EntityKind::Person.name(),
            Class::Country => EntityKind::Country.name(),
            Class::Organization => EntityKind::Organization.name(),
            Class::Place => EntityKind::Place.name(),
            Class::Tie => "tie",
        }
    }

    fn heading(self) -> &'static str {
        match self {
            Class::Event => "Events",
            Class::Claim => "Claims",
            Class::Person => "People",
            Class::Country => "Countries",
            Class::Organization => "Organizations",
            Class::Place => "Places",
            Class::Tie => "Ties",
        }
    }

    /// What its flags in the text begin with.
    fn letter(self) -> Option<char> {
        match self {
            Class::Event => Some('E'),
            Class::Claim => Some('C'),
            _ => None,
        }
    }

    fn is_entity(self) -> bool {
        !matches!(self, Class::Event | Class::Claim | Class::Tie)
    }
}
