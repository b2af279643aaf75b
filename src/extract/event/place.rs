//! Where an event was: of all places that the text names, the one that a reader would say.
//!
//! In "In Oman, Solheim will meet business leaders. She will also visit a port" the visit is in Oman too.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Arguments;

use super::draft::{self, Draft, Reader};
use super::partake::Cast;
use crate::schema::EntityKind;

/// The name of the decision among the trained ones.
const DECISION: &str = "happens in";

/// Sentences from an event's words beyond which only the places that the text names most are looked at.
const REACH: usize = 6;

/// Places that the text names most.
const FOREMOST: usize = 3;

/// The place of an event, by index of entity: the likeliest, or where none is likely, the one that its own words name; `wholes` are the
/// occasions that events are a part of.
pub fn place(reader: &Reader, cast: &Cast, events: &[Draft], wholes: &[Option<usize>], event: usize) -> Option<usize> {
    let draft = &events[event];
    if draft.event_type.is_users {
        return draft.places.first().copied();
    }
    let decisions = &reader.schema.decisions;
    let score =
        |&place: &usize| decisions.score(DECISION, |tell| features(reader, cast, events, wholes, event, place, tell));
    let scored = candidates(reader, cast, draft).map(|place| (score(&place), place));
    let best = scored.filter(|(score, _)| *score > 0).max_by_key(|&(score, place)| (score, std::cmp::Reverse(place)));
    let city = |&place: &usize| reader.links.entities[place].kind == EntityKind::Place;
    best.map(|(_, place)| place).or_else(|| draft.places.first().copied().filter(city))
}

/// The places and countries that an event may have been in.
pub fn candidates(reader: &Reader, cast: &Cast, draft: &Draft) -> impl Iterator<Item = usize> {
    let entities = &reader.links.entities;
    (0..entities.len()).filter(move |&entity| {
        matches!(entities[entity].kind, EntityKind::Place | EntityKind::Country)
            && (cast.rank[entity] < FOREMOST
                || draft.places.contains(&entity)
                || gap(reader, cast, draft, entity).is_some_and(|gap| gap.unsigned_abs() <= REACH))
    })
}

/// Sentences from the nearest of an event's words to the nearest mention, negative where that stands before; `None` of those whom no
/// word names.
fn gap(reader: &Reader, cast: &Cast, draft: &Draft, entity: usize) -> Option<isize> {
    let sentence = |word: usize| reader.doc.tokens[word].sentence as isize;
    let gaps = cast.named[entity]
        .iter()
        .flat_map(|&(head, _)| draft.triggers.iter().map(move |&trigger| sentence(head) - sentence(trigger)));
    gaps.min_by_key(|gap| (gap.abs(), *gap))
}

/// Names what speaks for or against an event being in a place, each feature alone and with the type.
pub fn features(
    reader: &Reader,
    cast: &Cast,
    events: &[Draft],
    wholes: &[Option<usize>],
    event: usize,
    place: usize,
    tell: &mut dyn FnMut(Arguments),
) {
    let draft = &events[event];
    let (doc, links) = (reader.doc, reader.links);
    let event_type = draft.event_type.name.as_str();
    let mut both = |feature: Arguments| {
        tell(feature);
        tell(format_args!("{event_type}|{feature}"));
    };
    both(format_args!("any"));
    let kind = links.entities[place].kind.name();
    let told = match draft.places.iter().position(|&other| other == place) {
        Some(0) => "first",
        Some(_) => "later",
        None => "no",
    };
    both(format_args!("told:{told} {kind}"));
    both(format_args!("told:{told} of {}", draft.places.len().min(3)));
    let count = |of: &BTreeMap<usize, usize>| match of.get(&place) {
        None => "never",
        Some(&times) if 2 * times >= draft.triggers.len() => "mostly",
        Some(_) => "once",
    };
    let (by_tree, by_head) = (count(&draft.placed), count(&draft.read_places));
    both(format_args!("by the tree:{by_tree} by the head:{by_head}"));
    both(format_args!("by the tree:{by_tree} by the head:{by_head} {kind} told:{told}"));
    let leaning = draft::leaning(draft.leanings.places.get(&place));
    both(format_args!("leaning:{leaning}"));
    both(format_args!("leaning:{leaning} told:{told} {kind}"));
    both(format_args!("leaning:{leaning} to take part:{}", draft::leaning(draft.leanings.participants.get(&place))));
    let surrounds = draft.places.iter().any(|&other| other != place && links.is_within(other, place));
    if surrounds {
        both(format_args!("one told is in it or around it, told:{told} {kind}"));
    }
    let takes_part = draft.participants.contains(&place);
    both(format_args!("takes part:{takes_part} told:{told} {kind}"));
    if draft.participants.iter().any(|&one| one != place && reader.acts_for(one, place)) {
        both(format_args!("a participant is of it, told:{told}"));
    }
    let near: Vec<_> = draft.triggers.iter().filter_map(|&trigger| cast.nearest(trigger, place)).collect();
    let ways: BTreeSet<String> = near.iter().map(|near| near.way.told(doc)).collect();
    for way in &ways {
        both(format_args!("way:{way}"));
        both(format_args!("way:{way} {kind}"));
    }
    let gap = gap(reader, cast, draft, place);
    let far = match gap {
        None => "never".to_owned(),
        Some(0) => format!("here {}", near.len().min(2)),
        Some(gap) if gap < 0 => format!("before:{}", (-gap).min(4)),
        Some(gap) => format!("after:{}", gap.min(3)),
    };
    let rank = cast.rank[place].min(3);
    both(format_args!("{far} {kind}"));
    both(format_args!("{far} rank:{rank} {kind}"));
    let others = match draft.places.len() {
        0 => "none told",
        _ => "some told",
    };
    both(format_args!("{far} {others}"));
    both(format_args!("rank:{rank} {kind} {others}"));
    // "Bergen, Norway", "Bergen in western Norway": the inner of two is told, the outer explains it.
    let is_place = |&entity: &usize| {
        entity != place && matches!(links.entities[entity].kind, EntityKind::Place | EntityKind::Country)
    };
    let under = |word: usize| (doc.tokens[word].deprel != "conj").then_some(doc.tokens[word].head).flatten();
    let explains = |word: usize| under(word).is_some_and(|head| links.at(head).iter().any(is_place));
    let explained =
        |word: usize| doc.children(word).any(|child| under(child).is_some() && links.at(child).iter().any(is_place));
    let outer = near.iter().any(|near| explains(near.head));
    let inner = near.iter().any(|near| explained(near.head));
    if outer || inner {
        both(format_args!("outer:{outer} inner:{inner} told:{told}"));
        both(format_args!("outer:{outer} inner:{inner} {kind} leaning:{leaning}"));
    }
    // Where the place is named nearest: behind which preposition, and whether as the sentence's frame ("In Oman, …").
    if let Some(&head) = gap.filter(|gap| *gap != 0).and_then(|gap| {
        let at = |word: usize| doc.tokens[word].sentence as isize;
        let beside = |head: usize| draft.triggers.iter().any(|&trigger| at(head) - at(trigger) == gap);
        cast.named[place].iter().map(|(head, _)| head).find(|&&head| beside(head))
    }) {
        let case = doc.children(head).find(|&child| doc.tokens[child].deprel == "case");
        let case = case.map_or(String::new(), |case| doc.tokens[case].lemma.to_lowercase());
        let relation = doc.tokens[head].deprel;
        both(format_args!("{far} as {relation}:{case} {others}"));
        both(format_args!("as {relation}:{case} {kind}"));
    }
    let headline = cast.named[place].iter().any(|(head, _)| doc.sentence(*head).paragraph == 0);
    let event_too = draft.triggers.iter().any(|&word| doc.sentence(word).paragraph == 0);
    both(format_args!("headline:{headline} event too:{event_too} {others} {kind}"));
    if let Some(dateline) = doc.article.dateline.and_then(|dateline| dateline.place)
        && cast.named[place].iter().any(|(head, _)| dateline.overlaps(doc.tokens[*head].chars))
    {
        both(format_args!("dateline, {others}"));
    }
    if wholes[event].is_some_and(|whole| events[whole].places.first() == Some(&place)) {
        both(format_args!("of the whole, {others}"));
    }
    let parts = || (0..events.len()).filter(|&part| wholes[part] == Some(event));
    if parts().any(|part| events[part].places.first() == Some(&place)) {
        both(format_args!("of a part, {others}"));
    }
    let there = || events.iter().enumerate().filter(|(at, other)| *at != event && other.places.contains(&place));
    if there().any(|(_, other)| !other.participants.is_disjoint(&draft.participants)) {
        both(format_args!("others of them are there, {others} {kind}"));
    }
    if there().any(|(_, other)| other.event_type.name == draft.event_type.name) {
        both(format_args!("another of its type is there, {others} {kind}"));
    }
    let apart = |other: &Draft| other.when.zip(draft.when).is_some_and(|(a, b)| !a.overlaps(b));
    if there().any(|(_, other)| apart(other)) && told == "no" {
        both(format_args!("another is there at another time, {others}"));
        if there().all(|(_, other)| apart(other)) {
            both(format_args!("only others at other times are there, {others}"));
        }
    }
    let before = events.iter().filter(|other| other.triggers[0] < draft.triggers[0] && !other.places.is_empty());
    if before.max_by_key(|other| other.triggers[0]).is_some_and(|other| other.places.contains(&place)) {
        both(format_args!("the one before is there, {others} {kind}"));
    }
}
