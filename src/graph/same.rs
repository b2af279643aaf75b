//! Which events and claims of several articles are one, though no article alone could say so.
//!
//! "Solheim met Kanté in Geneva" in an article of 15 May, without a day, is the meeting that another dates to 13 May; a sentence
//! that an agency's ten customers print is one claim. The answer depends on all that is told and on no order: within a block of
//! equal type and participants (of claims: stance, speakers and words), what fits one other and no second is the same.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil;

use super::{EdgeType, KnowledgeGraph, Node};
use crate::base::{Date, content_id, name_words};
use crate::extract::{Claim, Event, Evidence, Status};

/// Days before its publication that an article without a date of its own may tell of: a week's news.
const NEWS: i64 = 7;
/// Days after its publication in which what it announces may come: "will meet soon".
const ANNOUNCED: i64 = 14;
/// Days within which articles tell the same news, or print the same words.
const SAME_NEWS: i64 = 3;
/// Days by which two articles that date one meeting differently seldom differ more.
const MISDATED: i64 = 2;
/// Words: a shorter claim ("yes", "it is good") is said by many, and often.
const LEAST_WORDS: usize = 4;

/// For each event and claim that is the same as another, the id of the one that it is drawn together with.
pub(super) fn sameness(graph: &KnowledgeGraph) -> BTreeMap<String, String> {
    let mut same = BTreeMap::new();
    for block in blocks(graph).into_values().filter(|block| block.len() > 1) {
        match block[0].what {
            What::Event { .. } => same_events(&block, &mut same),
            What::Claim => same_claims(&block, &mut same),
        }
    }
    same
}

/// The meetings that may be one, dated differently by different articles: each with the others, by id.
pub(super) fn dated_otherwise(graph: &KnowledgeGraph) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for block in blocks(graph).into_values().filter(|block| block.len() > 1 && block[0].is_meeting()) {
        for (i, a) in block.iter().enumerate() {
            for b in block[i + 1..].iter().filter(|b| a.is_misdated(b)) {
                found.entry(a.id.to_owned()).or_default().insert(b.id.to_owned());
                found.entry(b.id.to_owned()).or_default().insert(a.id.to_owned());
            }
        }
    }
    found
}

/// What has to be equal in two events or claims that are the same, hashed; `None` of what is never the same as another.
///
/// An event or claim of one id has one block, whatever articles tell of it: ids hold all that blocks hold.
pub(super) fn block(graph: &KnowledgeGraph, node: &Node) -> Option<String> {
    let sources = |id: &str, edge_type| -> BTreeSet<String> {
        let edges = graph.edges_to(id).into_iter().filter(|edge| edge.edge_type == edge_type);
        edges.map(|edge| edge.source.clone()).collect()
    };
    match node {
        Node::Event(Event { id, event_type, .. }) => {
            let participants = sources(id, EdgeType::Participant);
            let parts = [event_type.as_str()].into_iter().chain(participants.iter().map(String::as_str));
            (participants.len() > 1).then(|| content_id("block", parts))
        }
        Node::Claim(Claim { id, stance, source_text, content, .. }) => {
            let words = content.iter().flat_map(|piece| name_words(piece)).collect::<Vec<String>>();
            let mut speakers = sources(id, EdgeType::Claims);
            if speakers.is_empty() {
                speakers.extend([name_words(source_text).join("-")]);
            }
            let (stance, said) = (stance.to_string(), words.join("-"));
            let parts = [stance.as_str(), &said].into_iter().chain(speakers.iter().map(String::as_str));
            (words.len() >= LEAST_WORDS).then(|| content_id("block", parts))
        }
        _ => None,
    }
}

/// An event or claim as the articles tell it.
struct Told<'g> {
    id: &'g str,
    /// The first day on which one of the articles was published.
    published: Option<civil::Date>,
    evidence: &'g BTreeSet<Evidence>,
    articles: BTreeSet<&'g str>,
    what: What<'g>,
}

enum What<'g> {
    Event { event: &'g Event, places: BTreeSet<&'g str> },
    Claim,
}

fn blocks(graph: &KnowledgeGraph) -> BTreeMap<String, Vec<Told<'_>>> {
    let mut blocks: BTreeMap<String, Vec<Told>> = BTreeMap::new();
    for node in graph.nodes() {
        if let (Some(told), Some(block)) = (Told::of(graph, node), block(graph, node)) {
            blocks.entry(block).or_default().push(told);
        }
    }
    blocks
}

/// Of the events without a day: those that fit one with a day and no second are that one; the others are drawn together by news.
fn same_events(block: &[Told], same: &mut BTreeMap<String, String>) {
    let (dated, open): (Vec<&Told>, Vec<&Told>) = block.iter().partition(|told| told.day().is_some());
    let mut loose = Vec::new();
    for told in open {
        let fitting: Vec<&&Told> = dated.iter().filter(|dated| told.fits(dated)).collect();
        match fitting[..] {
            [] => loose.push(told),
            [dated] => {
                same.insert(told.id.to_owned(), dated.id.to_owned());
            }
            // Which of them is not told.
            _ => {}
        }
    }
    for group in groups(loose, Told::is_same_news) {
        draw_together(&group, same);
    }
}

/// Equal words are one claim where they were printed within a few days; those of undated articles belong to the only such days, if
/// there are no second.
fn same_claims(block: &[Told], same: &mut BTreeMap<String, String>) {
    let (dated, undated): (Vec<&Told>, Vec<&Told>) = block.iter().partition(|told| told.published.is_some());
    let mut groups = groups(dated, |first, other| first.is_near(other));
    match &mut groups[..] {
        [only] => {
            for told in undated {
                join(only, told);
            }
        }
        _ => groups.extend(self::groups(undated, |_, _| true)),
    }
    groups.iter().for_each(|group| draw_together(group, same));
}

/// Takes the earliest that is left, and with it all that belong to it; then again. No article is twice in a group: what it tells
/// apart stays apart.
fn groups<'t, 'g>(
    mut left: Vec<&'t Told<'g>>,
    belongs: impl Fn(&Told<'g>, &Told<'g>) -> bool,
) -> Vec<Vec<&'t Told<'g>>> {
    left.sort_by_key(|told| (told.published, told.id));
    let mut groups: Vec<Vec<&Told>> = Vec::new();
    while !left.is_empty() {
        let mut group = vec![left.remove(0)];
        let (with, without): (Vec<&Told>, Vec<&Told>) = left.into_iter().partition(|told| belongs(group[0], told));
        left = without;
        for told in with {
            if !join(&mut group, told) {
                left.push(told);
            }
        }
        left.sort_by_key(|told| (told.published, told.id));
        groups.push(group);
    }
    groups
}

/// Adds to a group what no article of it tells; says whether it did.
fn join<'t, 'g>(group: &mut Vec<&'t Told<'g>>, told: &'t Told<'g>) -> bool {
    let is_apart = group.iter().all(|known| known.articles.is_disjoint(&told.articles));
    if is_apart {
        group.push(told);
    }
    is_apart
}

fn draw_together(group: &[&Told], same: &mut BTreeMap<String, String>) {
    for told in &group[1..] {
        same.insert(told.id.to_owned(), group[0].id.to_owned());
    }
}

impl<'g> Told<'g> {
    fn of(graph: &'g KnowledgeGraph, node: &'g Node) -> Option<Told<'g>> {
        let (id, evidence, what) = match node {
            Node::Event(event) => {
                let places = graph.edges_from(&event.id).filter(|edge| edge.edge_type == EdgeType::Location);
                let places = places.map(|edge| edge.target.as_str()).collect();
                (&event.id, &event.evidence, What::Event { event, places })
            }
            Node::Claim(claim) => (&claim.id, &claim.evidence, What::Claim),
            _ => return None,
        };
        let articles: BTreeSet<&str> = evidence.iter().map(|piece| piece.article.as_str()).collect();
        let published = articles.iter().filter_map(|article| match graph.node(article) {
            Some(Node::Article(article)) => day(article.published?),
            _ => None,
        });
        Some(Told { id, published: published.min(), evidence, articles, what })
    }

    fn event(&self) -> Option<(&'g Event, &BTreeSet<&'g str>)> {
        match &self.what {
            What::Event { event, places } => Some((event, places)),
            What::Claim => None,
        }
    }

    /// The day of an event of which one is told.
    fn day(&self) -> Option<civil::Date> {
        day(self.event()?.0.told_period()?.start)
    }

    /// Whether an event without a day may be one that has a day.
    fn fits(&self, dated: &Told) -> bool {
        let (Some((event, places)), Some((_, others)), Some(day)) = (self.event(), dated.event(), dated.day()) else {
            return false;
        };
        let may_be_then = match event.told_period() {
            Some(period) => period.start.first_day() <= day && day <= period.end.last_day(),
            None => self.published.is_some_and(|published| may_tell_of(event.status, published, day)),
        };
        let is_alike = || event.channel.is_some() || !places.is_disjoint(others) || self.has_words_of(dated);
        may_be_then && places_agree(places, others) && self.articles.is_disjoint(&dated.articles) && is_alike()
    }

    /// Whether two events without a day are told as the same news: in the same words, or as a meeting at the same place.
    fn is_same_news(&self, other: &Told<'g>) -> bool {
        let (Some((event, places)), Some((other_event, others))) = (self.event(), other.event()) else { return false };
        let is_undated = self.published.is_none() || other.published.is_none();
        if event.status != other_event.status || !(is_undated || self.is_near(other)) || !places_agree(places, others) {
            return false;
        }
        let overlap = event.told_period().zip(other_event.told_period()).is_none_or(|(a, b)| a.overlaps(b));
        let is_met_there = !is_undated && event.channel.is_some() && !places.is_disjoint(others);
        overlap && (is_met_there || self.has_words_of(other))
    }

    /// Whether two meetings may be one that different articles date differently.
    fn is_misdated(&self, other: &Told) -> bool {
        let (Some((_, places)), Some((_, others))) = (self.event(), other.event()) else { return false };
        let (Some(a), Some(b)) = (self.day(), other.day()) else { return false };
        let is_close = a != b && days(a, b).abs() <= MISDATED;
        is_close && places_agree(places, others) && self.articles.is_disjoint(&other.articles)
    }

    fn is_meeting(&self) -> bool {
        self.event().is_some_and(|(event, _)| event.channel.is_some())
    }

    fn is_near(&self, other: &Told) -> bool {
        self.published.zip(other.published).is_some_and(|(a, b)| days(a, b).abs() <= SAME_NEWS)
    }

    fn has_words_of(&self, other: &Told) -> bool {
        let words = |piece: &Evidence| piece.text.split_whitespace().collect::<Vec<&str>>().join(" ");
        let others: BTreeSet<String> = other.evidence.iter().map(words).collect();
        self.evidence.iter().any(|piece| others.contains(&words(piece)))
    }
}

/// Whether an article of a day may tell of an event on another, by what it says of it.
fn may_tell_of(status: Status, published: civil::Date, event: civil::Date) -> bool {
    let (before, after) = match status {
        Status::Happened | Status::Denied => (NEWS, 0),
        Status::Planned => (0, ANNOUNCED),
        Status::Uncertain => (NEWS, ANNOUNCED),
    };
    (-before..=after).contains(&days(published, event))
}

/// Whether two sets of places can be of one event: one is empty, they share one, or one names a country and the other a town.
fn places_agree(a: &BTreeSet<&str>, b: &BTreeSet<&str>) -> bool {
    let kinds = |places: &BTreeSet<&str>| -> BTreeSet<String> {
        places.iter().filter_map(|id| id.split_once('/')).map(|(kind, _)| kind.to_owned()).collect()
    };
    a.is_empty() || b.is_empty() || !a.is_disjoint(b) || kinds(a).is_disjoint(&kinds(b))
}

/// The day of a date that is as fine as that.
fn day(date: Date) -> Option<civil::Date> {
    date.day().map(|_| date.first_day())
}

/// Days from one to the other; negative where the other is earlier.
fn days(from: civil::Date, to: civil::Date) -> i64 {
    (to - from).get_days().into()
}
