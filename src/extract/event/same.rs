//! Which mentions are of one event: each goes to the event of its type that it goes best with, if any is likely.
//!
//! "Solheim met Kanté on Tuesday. … The meeting was their first. … Last year's meeting had failed." has two meetings.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Arguments;

use super::draft::{Draft, Reader};
use crate::extract::stem::shares_stem;
use crate::nlp::{Number, Token};

/// The name of the decision among the trained ones.
const DECISION: &str = "same";

/// The events that mentions fall into.
pub struct Clusters {
    /// The event of each mention.
    pub of_mention: Vec<usize>,
    pub count: usize,
    /// For each event, how likely the likeliest other event of its type is the same after all, in thousandths of a log odd.
    pub rival: Vec<Option<i64>>,
}

/// Puts the mentions of one event together: each goes to the event whose mentions so far it goes with best on the average, of equals the
/// later one. Mentions come in the order of the text, and so do the events, by their first.
pub fn cluster(reader: &Reader, mentions: &[Draft]) -> Clusters {
    let mut events: Vec<Vec<usize>> = Vec::new();
    let mut of_mention: Vec<usize> = Vec::new();
    let mut scores: BTreeMap<(usize, usize), i64> = BTreeMap::new();
    for later in 0..mentions.len() {
        for earlier in (0..later).filter(|&earlier| may_be_same(reader, &mentions[earlier], &mentions[later])) {
            scores.insert((earlier, later), score(reader, mentions, earlier, later));
        }
        let mean = |members: &Vec<usize>| {
            let total: Option<i64> = members.iter().map(|&earlier| scores.get(&(earlier, later))).sum::<Option<i64>>();
            Some(total?.div_euclid(members.len() as i64))
        };
        let likely = events.iter().enumerate().filter_map(|(event, members)| Some((mean(members)?, event)));
        let best = likely.filter(|(mean, _)| *mean > 0).max().map(|(_, event)| event);
        let event = best.unwrap_or(events.len());
        if best.is_none() {
            events.push(Vec::new());
        }
        events[event].push(later);
        of_mention.push(event);
    }
    let mut rival: Vec<Option<i64>> = vec![None; events.len()];
    for ((a, b), score) in scores {
        let (a, b) = (of_mention[a], of_mention[b]);
        if a != b {
            rival[a] = rival[a].max(Some(score));
            rival[b] = rival[b].max(Some(score));
        }
    }
    Clusters { of_mention, count: events.len(), rival }
}

/// Whether nothing forbids that two mentions are of one event: another type, another time, another country where each place is an
/// event, of those that two or more share others in it.
pub fn may_be_same(reader: &Reader, a: &Draft, b: &Draft) -> bool {
    let mutual = a.event_type.mutual && a.participants.len() > 1 && b.participants.len() > 1;
    a.event_type.name == b.event_type.name
        && a.when.zip(b.when).is_none_or(|(a, b)| a.overlaps(b))
        && (!mutual || reader.may_stand_for(a, b))
        && !(a.event_type.each_place && elsewhere(reader, a, b))
}

/// Whether two mentions tell of different countries, or of one word's different places.
fn elsewhere(reader: &Reader, a: &Draft, b: &Draft) -> bool {
    let links = reader.links;
    let country = |draft: &Draft| {
        let place = &links.entities[*draft.places.first()?];
        place.iso.as_ref().or_else(|| links.countries_of_places.get(&place.id))
    };
    a.triggers == b.triggers || country(a).zip(country(b)).is_some_and(|(a, b)| a != b)
}

fn score(reader: &Reader, mentions: &[Draft], earlier: usize, later: usize) -> i64 {
    reader.schema.decisions.score(DECISION, |tell| features(reader, mentions, earlier, later, tell))
}

/// Names what speaks for or against two mentions being of one event, each feature alone and with the type.
pub fn features(reader: &Reader, mentions: &[Draft], earlier: usize, later: usize, tell: &mut dyn FnMut(Arguments)) {
    let (a, b) = (&mentions[earlier], &mentions[later]);
    let kind = a.event_type.name.as_str();
    let mut both = |feature: Arguments| {
        tell(feature);
        tell(format_args!("{kind}|{feature}"));
    };
    both(format_args!("any"));
    let token = |draft: &Draft| &reader.doc.tokens[draft.triggers[0]];
    let (first, second) = (token(a), token(b));
    let form = |draft: &Draft| match (draft.nominal, draft.bare, draft.definite) {
        (false, ..) => "verb",
        (true, true, true) => "bare",
        (true, true, false) => "bare-indefinite",
        (true, false, true) => "noun",
        (true, false, false) => "indefinite",
    };
    both(format_args!("forms:{}>{}", form(a), form(b)));
    let (lemma_a, lemma_b) = (first.lemma.to_lowercase(), second.lemma.to_lowercase());
    let lemmas = match () {
        _ if lemma_a == lemma_b => "equal",
        _ if shares_stem(&lemma_a, &lemma_b) => "alike",
        _ => "unlike",
    };
    both(format_args!("lemma:{lemmas}"));
    both(format_args!("lemma:{lemmas} {}", form(b)));
    let words = overlap(&a.words, &b.words);
    both(format_args!("words:{words}"));
    both(format_args!("lemma:{lemmas} words:{words}"));
    let people = overlap(&a.participants, &b.participants);
    both(format_args!("participants:{people}"));
    both(format_args!("participants:{people} lemma:{lemmas}"));
    if reader.may_stand_for(a, b) {
        both(format_args!("one stands for the other:{people}"));
    }
    both(format_args!("sizes:{}>{}", a.participants.len().min(3), b.participants.len().min(3)));
    let times = match (a.when, b.when) {
        (Some(x), Some(y)) if x == y => "equal",
        (Some(_), Some(_)) => "overlap",
        (None, None) => "none",
        (Some(_), None) => "first",
        (None, Some(_)) => "second",
    };
    both(format_args!("time:{times}"));
    let within = |&x: &usize| b.places.iter().any(|&y| reader.links.is_within(x, y));
    let places = match (a.places.is_empty(), b.places.is_empty()) {
        (true, true) => "none",
        (false, true) => "first",
        (true, false) => "second",
        _ if a.places.iter().any(within) => "agree",
        _ => "apart",
    };
    both(format_args!("place:{places}"));
    both(format_args!(
        "status:{}",
        if a.status == b.status { "equal".to_owned() } else { format!("{}>{}", a.status, b.status) }
    ));
    let sentences = second.sentence - first.sentence;
    let far = [0, 1, 2, 4, 8, 16].iter().filter(|&&reach| sentences > reach).count();
    both(format_args!("sentences:{far}"));
    both(format_args!("sentences:{far} lemma:{lemmas}"));
    if sentences > 0 {
        let (x, y) = (&reader.content[first.sentence], &reader.content[second.sentence]);
        let common = x.intersection(y).filter(|lemma| **lemma != lemma_a && **lemma != lemma_b).count();
        let share = common * 8 / x.len().min(y.len()).max(1);
        both(format_args!("common words:{}", common.min(6)));
        both(format_args!("common words' share:{} lemma:{lemmas}", share.min(5)));
    }
    let plural = |token: &Token| token.morphology.number == Some(Number::Plural);
    both(format_args!("plural:{}>{} lemma:{lemmas}", u8::from(plural(first)), u8::from(plural(second))));
    if reader.doc.sentences[first.sentence].paragraph == 0 {
        both(format_args!("from the headline"));
        both(format_args!("from the headline:{} {lemmas}", second.sentence.min(3)));
    }
    let between = mentions[earlier + 1..later].iter().filter(|other| may_be_same(reader, other, b)).count();
    both(format_args!("between:{}", between.min(3)));
    both(format_args!("quoted:{}>{}", u8::from(first.quoted), u8::from(second.quoted)));
    if sentences == 0 {
        both(format_args!("second is {}", second.deprel));
        both(format_args!("under:{}", second.head == Some(a.triggers[0]) || first.head == Some(b.triggers[0])));
    }
    for word in modifiers(reader, b) {
        both(format_args!("second has {word}"));
        both(format_args!("second has {word} lemma:{lemmas}"));
    }
    for word in modifiers(reader, a) {
        both(format_args!("first has {word}"));
    }
    let (low, high) = if lemma_a < lemma_b { (lemma_a, lemma_b) } else { (lemma_b, lemma_a) };
    tell(format_args!("{kind}|lemmas:{low}~{high}"));
}

/// What stands before a mention's word to tell it from others, or to take another up: "also", "last", "this".
fn modifiers(reader: &Reader, draft: &Draft) -> BTreeSet<String> {
    let tokens = &reader.doc.tokens;
    let children = draft.carriers.iter().flat_map(|&word| reader.doc.children(word));
    let told =
        children.filter(|&child| matches!(tokens[child].deprel, "advmod" | "amod" | "det" | "nummod" | "nmod:poss"));
    told.map(|child| format!("{}:{}", tokens[child].deprel, tokens[child].lemma.to_lowercase())).collect()
}

fn overlap<T: Ord>(a: &BTreeSet<T>, b: &BTreeSet<T>) -> &'static str {
    match (a.is_empty(), b.is_empty()) {
        (true, true) => "none",
        (false, true) => "first",
        (true, false) => "second",
        _ if a == b => "equal",
        _ if a.is_superset(b) => "second in first",
        _ if b.is_superset(a) => "first in second",
        _ if a.is_disjoint(b) => "apart",
        _ => "some",
    }
}
