//! What the trained decisions see, for training: every case of a document with its features.

use serde::Serialize;

use super::draft::{Draft, Reader};
use super::{Cast, count, gather, same};
use crate::base::CharSpan;
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
    /// For the id of each entity that might take part, the features of whether it does.
    pub candidates: Vec<(String, Vec<String>)>,
}

/// Tells every case of a document.
pub fn observe(schema: &Schema, doc: &Document, links: &Links) -> Observation {
    let arcs = Arcs::new(doc);
    let reader = Reader { schema, doc, links, arcs: &arcs };
    let mentions = super::mentions(&reader);
    let mut pairs = Vec::new();
    for later in 0..mentions.len() {
        for earlier in (0..later).filter(|&earlier| same::may_be_same(&reader, &mentions[earlier], &mentions[later])) {
            let mut features = Vec::new();
            same::features(&reader, &mentions, earlier, later, &mut |feature| features.push(feature.to_string()));
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
    super::decide_participants(&reader, &mut drafts);
    let events = candidates.into_iter().enumerate().map(|(event, candidates)| {
        let mut features = Vec::new();
        count::features(&reader, &drafts, &clusters, event, &mut |feature| features.push(feature.to_string()));
        Gathered { features, candidates }
    });
    let events = events.collect();
    let of_mention = clusters.of_mention.iter();
    let mentions = triggers.into_iter().zip(of_mention);
    let mentions = mentions.map(|((event_type, trigger), &event)| Mention { event_type, trigger, event }).collect();
    Observation { mentions, pairs, events }
}

fn candidates(reader: &Reader, cast: &Cast, draft: &Draft) -> Vec<(String, Vec<String>)> {
    let concerned = reader.concerned(draft);
    let candidate = |entity: usize| {
        let mut features = Vec::new();
        cast.features(draft, &concerned, entity, &mut |feature| features.push(feature.to_string()));
        (reader.links.entities[entity].id.clone(), features)
    };
    cast.candidates(draft).map(candidate).collect()
}
