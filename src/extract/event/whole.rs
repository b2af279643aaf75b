//! Parts and wholes: the meeting at a summit is an event of its own, and a part of the summit.

use std::fmt::Arguments;

use super::draft::{Draft, Reader};
use super::way::Way;
use crate::schema::WordClass;

/// The name of the decision among the trained ones.
const DECISION: &str = "part of";

/// For each event the one that it is a part of; nothing is a part of its own parts.
pub fn wholes(reader: &Reader, events: &[Draft]) -> Vec<Option<usize>> {
    let named = named(reader, events);
    let mut wholes: Vec<Option<usize>> = vec![None; events.len()];
    for part in 0..events.len() {
        let under = |whole: usize, wholes: &[Option<usize>]| {
            std::iter::successors(Some(whole), |&at| wholes[at]).any(|above| above == part)
        };
        let score = |whole: usize| match events[part].event_type.is_users {
            true => i64::from(named[part] == Some(whole)),
            false => {
                let tell = |tell: &mut dyn FnMut(Arguments)| features(reader, events, &named, part, whole, tell);
                reader.schema.decisions.score(DECISION, tell)
            }
        };
        let scored = (0..events.len()).filter(|&whole| !under(whole, &wholes)).map(|whole| (score(whole), whole));
        let best =
            scored.filter(|(score, _)| *score > 0).max_by_key(|&(score, whole)| (score, std::cmp::Reverse(whole)));
        wholes[part] = best.map(|(_, whole)| whole);
    }
    wholes
}

/// For each event the occasion that its own words name: "met at the summit", "on the sidelines of the summit".
pub fn named(reader: &Reader, events: &[Draft]) -> Vec<Option<usize>> {
    events.iter().map(|draft| reader.named_whole(draft, events)).collect()
}

/// Names what speaks for or against one event being a part of another.
pub fn features(
    reader: &Reader,
    events: &[Draft],
    named: &[Option<usize>],
    part: usize,
    whole: usize,
    tell: &mut dyn FnMut(Arguments),
) {
    let doc = reader.doc;
    let (a, b) = (&events[part], &events[whole]);
    let kinds = format!("{}<{}", a.event_type.name, b.event_type.name);
    let mut both = |feature: Arguments| {
        tell(feature);
        tell(format_args!("{kinds}|{feature}"));
    };
    both(format_args!("any"));
    both(format_args!("occasion:{}", b.event_type.occasion));
    let named = named[part] == Some(whole);
    both(format_args!("named:{named}"));
    let common = a.participants.intersection(&b.participants).count();
    let people = match (a.participants.len(), b.participants.len()) {
        (0, _) | (_, 0) => "unknown",
        _ if common == 0 => "apart",
        _ if a.participants == b.participants => "equal",
        (few, _) if common == few => "all",
        _ => "some",
    };
    both(format_args!("participants:{people}"));
    both(format_args!("participants:{people} named:{named}"));
    let times = match (a.when, b.when) {
        (Some(x), Some(y)) if x == y => "equal",
        (Some(x), Some(y)) if x.overlaps(y) => "overlap",
        (Some(_), Some(_)) => "apart",
        _ => "unknown",
    };
    both(format_args!("time:{times}"));
    let within = |&x: &usize| b.places.iter().any(|&y| reader.links.is_within(x, y));
    let places = match (a.places.is_empty(), b.places.is_empty()) {
        (true, _) | (_, true) => "unknown",
        _ if a.places.iter().any(within) => "agree",
        _ => "apart",
    };
    both(format_args!("place:{places}"));
    both(format_args!("status:{}<{}", a.status, b.status));
    let order = if a.triggers[0] < b.triggers[0] { "later" } else { "earlier" };
    let sentence = |word: usize| doc.tokens[word].sentence;
    let pairs = || a.triggers.iter().flat_map(|&x| b.triggers.iter().map(move |&y| (x, y)));
    let gap = pairs().map(|(x, y)| sentence(x).abs_diff(sentence(y))).min().unwrap_or(usize::MAX);
    both(format_args!("gap:{} {order}", gap.min(4)));
    both(format_args!("gap:{} participants:{people}", gap.min(4)));
    both(format_args!("mentions:{}<{}", a.triggers.len().min(3), b.triggers.len().min(3)));
    let ways = pairs().filter(|&(x, y)| sentence(x) == sentence(y)).map(|(x, y)| Way::between(doc, x, y));
    if let Some(way) = ways.min_by_key(|way| way.len()) {
        both(format_args!("way:{}", way.told(doc)));
    }
    let headline = b.triggers.iter().any(|&word| doc.sentence(word).paragraph == 0);
    both(format_args!("in the headline:{headline}"));
    let between = events.iter().filter(|other| {
        other.event_type.name == b.event_type.name
            && (a.triggers[0] > other.triggers[0])
            && other.triggers[0] > b.triggers[0]
    });
    both(format_args!("between:{}", between.count().min(2)));
    let lemma = doc.tokens[b.triggers[0]].lemma.to_lowercase();
    both(format_args!("lemma:{lemma}"));
}

impl Reader<'_> {
    fn named_whole(&self, draft: &Draft, drafts: &[Draft]) -> Option<usize> {
        let occasion = |token: usize| {
            drafts.iter().position(|other| {
                other.event_type.occasion && other.triggers.contains(&token) && other.triggers != draft.triggers
            })
        };
        for &carrier in draft.carriers.iter() {
            for arc in self.arcs.of(carrier) {
                if !matches!(arc.relation, "obl" | "nmod") || self.schema.words.is(&arc.marker, WordClass::Outside) {
                    continue;
                }
                let under = std::iter::once(arc.token).chain(self.arcs.by(arc.token, "nmod:of"));
                if let Some(whole) = under.filter_map(occasion).next() {
                    return Some(whole);
                }
            }
        }
        None
    }
}
