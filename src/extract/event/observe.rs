//! What the trained decisions see, for training: every case of a document with its features.

use std::fmt::Arguments;

use serde::Serialize;

use super::draft::{Draft, Reader};
use super::same::Clusters;
use super::{Calendar, Cast, count, gather, place, same, status, whole};
use crate::base::{CharSpan, Date};
use crate::extract::arcs::Arcs;
use crate::link::Links;
use crate::nlp::Document;
use crate::schema::Schema;

/// Every case of the decisions that a document puts.
#[derive(Debug, Serialize)]
pub struct Observation {
    pub mentions: Vec<Mention>,
    pub pairs: Vec<Pair>,
    pub events: Vec<Gathered>,
    /// Those of the events that count.
    pub counted: Vec<Counted>,
}

/// A mention of an event.
#[derive(Debug, Serialize)]
pub struct Mention {
    #[serde(rename = "type")]
    pub event_type: String,
    pub trigger: CharSpan,
    /// The number of the event that it was put to.
    pub event: usize,
}

/// Two mentions, by number, that may be of one event.
#[derive(Debug, Serialize)]
pub struct Pair {
    pub earlier: usize,
    pub later: usize,
    pub features: Vec<String>,
}

/// An event as gathered, before it is decided who takes part.
#[derive(Debug, Serialize)]
pub struct Gathered {
    /// Features of whether it counts.
    pub features: Vec<String>,
    /// Features of its status.
    pub status: Vec<String>,
    /// For the id of each entity that might take part, the features of whether it does.
    pub candidates: Vec<(String, Vec<String>)>,
}

/// An event that counts, before it is decided where and when it was.
#[derive(Debug, Serialize)]
pub struct Counted {
    /// Its number among all that were gathered.
    pub event: usize,
    /// For the number of each event that it might be a part of, the features of whether it is.
    pub wholes: Vec<(usize, Vec<String>)>,
    /// For the id of each place that it might have been in, the features of whether it was.
    pub places: Vec<(String, Vec<String>)>,
    /// For the first day of each time that it might have been at, the features of whether it was.
    pub times: Vec<(Date, Vec<String>)>,
}

/// Tells every case of a document.
pub fn observe(schema: &Schema, doc: &Document, links: &Links) -> Observation {
    let arcs = Arcs::new(doc);
    let reader = Reader::new(schema, doc, links, &arcs);
    let mentions = super::mentions(&reader);
    let mut pairs = Vec::new();
    for later in 0..mentions.len() {
        for earlier in (0..later).filter(|&earlier| same::may_be_same(&reader, &mentions[earlier], &mentions[later])) {
            let features = told(|tell| same::features(&reader, &mentions, earlier, later, tell));
            pairs.push(Pair { earlier, later, features });
        }
    }
    let triggers: Vec<(String, CharSpan)> = mentions
        .iter()
        .map(|mention| (mention.event_type.name.clone(), doc.tokens[mention.triggers[0]].chars))
        .collect();
    let (mut drafts, clusters) = gather(&reader, mentions);
    let cast = Cast::of(&reader);
    let candidates: Vec<Vec<(String, Vec<String>)>> =
        drafts.iter().map(|draft| candidates(&reader, &cast, draft)).collect();
    super::decide_participants(&reader, &cast, &mut drafts);
    let events = candidates.into_iter().enumerate().map(|(event, candidates)| Gathered {
        features: told(|tell| count::features(&reader, &drafts, &clusters, event, tell)),
        status: told(|tell| status::features(&reader, &drafts[event], tell)),
        candidates,
    });
    let events = events.collect();
    let of_mention = clusters.of_mention.iter();
    let mentions = triggers.into_iter().zip(of_mention);
    let mentions = mentions.map(|((event_type, trigger), &event)| Mention { event_type, trigger, event }).collect();
    let counted = counted(&reader, &cast, drafts, &clusters);
    Observation { mentions, pairs, events, counted }
}

/// Every case of the decisions on events that count.
fn counted(reader: &Reader, cast: &Cast, mut drafts: Vec<Draft>, clusters: &Clusters) -> Vec<Counted> {
    let numbers: Vec<usize> =
        (0..drafts.len()).filter(|&event| count::counts(reader, &drafts, clusters, event)).collect();
    super::keep_what_counts(reader, &mut drafts, clusters);
    let named = whole::named(reader, &drafts);
    let wholes = whole::wholes(reader, &drafts);
    let wholes_of: Vec<Vec<(usize, Vec<String>)>> = (0..drafts.len())
        .map(|part| {
            let others = (0..drafts.len()).filter(|&other| other != part);
            let features = |whole| told(|tell| whole::features(reader, &drafts, &named, part, whole, tell));
            others.map(|whole| (numbers[whole], features(whole))).collect()
        })
        .collect();
    for draft in &mut drafts {
        draft.status = status::status(reader, draft);
    }
    let calendar = Calendar::of(reader);
    let of_event = |(event, wholes_of): (usize, Vec<(usize, Vec<String>)>)| {
        let draft = &drafts[event];
        let place = |place: usize| {
            let features = told(|tell| place::features(reader, cast, &drafts, &wholes, event, place, tell));
            (reader.links.entities[place].id.clone(), features)
        };
        let time =
            |time: usize| (calendar.start(time), told(|tell| calendar.features(&drafts, &wholes, event, time, tell)));
        Counted {
            event: numbers[event],
            wholes: wholes_of,
            places: place::candidates(reader, cast, draft).map(place).collect(),
            times: calendar.candidates(&drafts, &wholes, event).map(time).collect(),
        }
    };
    wholes_of.into_iter().enumerate().map(of_event).collect()
}

/// The features that a decision tells.
fn told(features: impl FnOnce(&mut dyn FnMut(Arguments))) -> Vec<String> {
    let mut names = Vec::new();
    features(&mut |feature| names.push(feature.to_string()));
    names
}

fn candidates(reader: &Reader, cast: &Cast, draft: &Draft) -> Vec<(String, Vec<String>)> {
    let concerned = reader.concerned(draft);
    let candidate = |entity: usize| {
        let features = told(|tell| cast.features(draft, &concerned, entity, tell));
        (reader.links.entities[entity].id.clone(), features)
    };
    cast.candidates(draft).map(candidate).collect()
}
