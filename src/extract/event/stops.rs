//! Several places that a mention tells together are several events, where each place is one: "will visit Kenya and Uganda".

use std::collections::BTreeMap;

use super::draft::{Draft, Reader};
use crate::base::Period;
use crate::nlp::Document;
use crate::schema::EntityKind;

/// A mention for each place that it tells together with others, or the mention as it is.
pub fn apart<'a>(reader: &Reader<'a>, draft: Draft<'a>) -> Vec<Draft<'a>> {
    let stops = match draft.event_type.each_place {
        true => stops(reader, &draft),
        false => Vec::new(),
    };
    if stops.len() < 2 {
        return vec![draft];
    }
    let times: Vec<Option<Period>> = (0..stops.len()).map(|at| own_time(reader.doc, &stops, at)).collect();
    let dated = times.iter().all(Option::is_some);
    let stop = |((_, place), time): (&(usize, usize), Option<Period>)| {
        let mut stop = Draft { places: vec![*place], ..draft.clone() };
        stop.placed.retain(|other, _| other == place);
        stop.read_places.retain(|other, _| other == place);
        if let Some(time) = time.filter(|_| dated) {
            (stop.when, stop.times) = (Some(time), vec![("hangs", time)]);
        }
        stop
    };
    stops.iter().zip(times).map(stop).collect()
}

/// The places that stand side by side in a mention's clause, each with its word, in order; the most of any such row.
fn stops(reader: &Reader, draft: &Draft) -> Vec<(usize, usize)> {
    let tokens = &reader.doc.tokens;
    let first_of = |word: usize| {
        std::iter::successors(Some(word), |&at| tokens[at].head.filter(|_| tokens[at].deprel == "conj")).last()
    };
    let mut rows: BTreeMap<Option<usize>, Vec<(usize, usize)>> = BTreeMap::new();
    let arcs = draft.carriers.iter().flat_map(|&carrier| reader.arcs.of(carrier));
    for arc in arcs.filter(|arc| matches!(arc.relation, "obj" | "obl" | "nmod")) {
        let [entity] = reader.links.at(arc.token)[..] else { continue };
        let entities = &reader.links.entities;
        let placed = matches!(entities[entity].kind, EntityKind::Place | EntityKind::Country);
        let row = rows.entry(first_of(arc.token)).or_default();
        if placed
            && draft.places.contains(&entity)
            && row.iter().all(|&(_, other)| !reader.links.is_within(other, entity))
        {
            row.push((arc.token, entity));
        }
    }
    let mut longest = rows.into_values().max_by_key(Vec::len).unwrap_or_default();
    longest.sort_unstable();
    longest
}

/// The time that stands behind a place, before the next: "Kenya on 4 April and Uganda on 6 April".
fn own_time(doc: &Document, stops: &[(usize, usize)], at: usize) -> Option<Period> {
    let from = stops[at].0;
    let end = doc.sentence(from).tokens.end;
    let to = stops.get(at + 1).map_or(end, |next| next.0);
    let behind = doc.times.iter().filter(|time| time.tokens.start > from && time.tokens.end <= to);
    behind.filter_map(|time| time.period).next()
}
