//! Event mentions into events: each event once, however often an article tells of it.
//!
//! "Solheim met Kanté in Geneva. … Their talks lasted two hours." is one meeting of two. A mention that names several stops is one of
//! each ([`stops`]), and one that leaves open how people talked goes on with what was told before ([`channel`]). Which mentions are of
//! one event ([`same`]), who takes part in it ([`partake`]) and whether it is one that a reader would count ([`count`]) are decided by
//! trained weights over what [`draft`] reads off the tree, and so is what it is a part of ([`whole`]), whether it took place
//! ([`status`]), where ([`place`]) and when ([`date`]); of a user's own event types, what their patterns say is taken as it is.

mod channel;
mod count;
mod date;
mod draft;
mod fact;
mod observe;
mod partake;
mod place;
mod same;
mod status;
mod stops;
mod way;
mod whole;

pub use fact::sentence_evidence;
pub use observe::{Observation, observe};

use super::arcs::Arcs;
use super::fact::{EventFact, Status};
use super::matcher;
use crate::link::Links;
use crate::nlp::Document;
use crate::schema::Schema;
use date::Calendar;
use draft::{Draft, Reader};
use partake::Cast;
use same::Clusters;

/// The role that takes part, as against places and bodies.
const PARTICIPANT: &str = "participant";

/// An event of a document, and the words that tell of it.
#[derive(Clone, Debug)]
pub struct FoundEvent {
    pub fact: EventFact,
    /// The trigger of each mention.
    pub triggers: Vec<usize>,
}

/// Finds the events of a document.
pub fn find(schema: &Schema, doc: &Document, links: &Links, arcs: &Arcs) -> Vec<FoundEvent> {
    let reader = Reader::new(schema, doc, links, arcs);
    let (mut drafts, clusters) = gather(&reader, mentions(&reader));
    let cast = Cast::of(&reader);
    decide_participants(&reader, &cast, &mut drafts);
    keep_what_counts(&reader, &mut drafts, &clusters);
    let wholes = whole::wholes(&reader, &drafts);
    decide_circumstances(&reader, &cast, &mut drafts, &wholes);
    settle_parts(&mut drafts, &wholes);
    attend(&mut drafts, &wholes);
    let ids: Vec<String> = drafts.iter().map(|draft| reader.id(draft)).collect();
    let facts = drafts.iter().enumerate().map(|(i, draft)| FoundEvent {
        fact: reader.fact(draft, &ids[i], wholes[i].map(|whole| ids[whole].clone())),
        triggers: draft.triggers.clone(),
    });
    merge_equal(facts.collect())
}

/// The mentions of events in a document, in order.
fn mentions<'a>(reader: &Reader<'a>) -> Vec<Draft<'a>> {
    let found = matcher::find(reader.schema, reader.doc, reader.links, reader.arcs);
    let mut mentions: Vec<Draft> =
        found.iter().flat_map(|mention| stops::apart(reader, reader.draft(mention))).collect();
    channel::settle(reader, &mut mentions);
    mentions
}

/// Puts the mentions of one event together, in the order of their first.
fn gather<'a>(reader: &Reader, mentions: Vec<Draft<'a>>) -> (Vec<Draft<'a>>, Clusters) {
    let clusters = same::cluster(reader, &mentions);
    let mut events: Vec<Option<Draft>> = vec![None; clusters.count];
    for (mention, &event) in mentions.into_iter().zip(&clusters.of_mention) {
        match &mut events[event] {
            Some(known) => known.take(mention),
            slot => *slot = Some(mention),
        }
    }
    let mut drafts: Vec<Draft> = events.into_iter().flatten().collect();
    for draft in &mut drafts {
        reader.drop_represented(draft.event_type, &mut draft.participants);
    }
    (drafts, clusters)
}

/// Decides who takes part in each event, of all whom the text names.
fn decide_participants(reader: &Reader, cast: &Cast, drafts: &mut [Draft]) {
    for draft in drafts {
        let mut participants = cast.participants(draft);
        reader.drop_represented(draft.event_type, &mut participants);
        draft.participants = participants;
    }
}

/// Leaves out what only sounds like an event.
fn keep_what_counts(reader: &Reader, drafts: &mut Vec<Draft>, clusters: &Clusters) {
    let kept: Vec<bool> = (0..drafts.len()).map(|event| count::counts(reader, drafts, clusters, event)).collect();
    let mut kept = kept.into_iter();
    drafts.retain(|_| kept.next().expect("as many as there are events"));
}

/// Decides whether each event took place, where and when; what its words put after the day of publication has not happened.
fn decide_circumstances(reader: &Reader, cast: &Cast, drafts: &mut [Draft], wholes: &[Option<usize>]) {
    for draft in drafts.iter_mut() {
        draft.status = status::status(reader, draft);
    }
    let calendar = Calendar::of(reader);
    let decide = |event: usize| {
        let place = place::place(reader, cast, drafts, wholes, event);
        (place, calendar.date(drafts, wholes, event))
    };
    let decided: Vec<_> = (0..drafts.len()).map(decide).collect();
    for (draft, (place, when)) in drafts.iter_mut().zip(decided) {
        draft.places = place.into_iter().collect();
        draft.inferred = when.as_ref().is_some_and(|when| when.inferred);
        draft.when = when.map(|when| when.period);
        if draft.status == Status::Happened && draft.when.is_some_and(|when| calendar.is_ahead(when)) {
            draft.status = Status::Planned;
        }
    }
}

/// What is a part of another event was where that was, if nothing else is told or likely; parts of their own type are elsewhere.
fn settle_parts(drafts: &mut [Draft], wholes: &[Option<usize>]) {
    for part in 0..drafts.len() {
        let own = drafts[part].event_type.name.as_str();
        let mut above = std::iter::successors(wholes[part], |&at| wholes[at]);
        let above = above.find(|&whole| drafts[whole].event_type.name != own && !drafts[whole].places.is_empty());
        if let Some(whole) = above.filter(|_| drafts[part].places.is_empty()) {
            drafts[part].places = drafts[whole].places.clone();
        }
    }
}

/// Who meets at an occasion attends it; of the parts of other events, those in the ones that the schema names take part in the whole.
fn attend(drafts: &mut [Draft], wholes: &[Option<usize>]) {
    for part in 0..drafts.len() {
        let attending = drafts[part].participants.clone();
        let mut at = part;
        while let Some(whole) = wholes[at] {
            let (of_part, of_whole) = (drafts[at].event_type, drafts[whole].event_type);
            let meets_there = of_whole.occasion && !of_part.impersonal;
            if !meets_there && !of_whole.attended_by.contains(&of_part.name) {
                break;
            }
            drafts[whole].participants.extend(&attending);
            at = whole;
        }
    }
}

/// Events whose ids came out the same are one.
fn merge_equal(events: Vec<FoundEvent>) -> Vec<FoundEvent> {
    let mut out: Vec<FoundEvent> = Vec::new();
    for event in events {
        match out.iter_mut().find(|known| known.fact.event.id == event.fact.event.id) {
            Some(known) => {
                known.fact.event.evidence.extend(event.fact.event.evidence);
                known.triggers.extend(event.triggers);
            }
            None => out.push(event),
        }
    }
    out
}
