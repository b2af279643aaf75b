//! Facts out of trees: events, claims and relations, by patterns that stand in `schema/`.
//!
//! "Mr Macron said he would host a summit on December 12." gives a planned gathering and a promise of Mr Macron's about it.

mod arcs;
mod claim;
mod event;
mod fact;
mod fit;
mod matcher;
mod relation;
mod status;
mod stem;

pub use event::{Observation, observe};
pub use fact::{
    Claim, ClaimFact, Event, EventFact, Evidence, Fact, Form, Participant, Property, Relation, Stance, Status, Telling,
};

pub(crate) use arcs::Arcs;
pub(crate) use fit::{Fit, Tree};

use crate::link::{Entity, Links};
use crate::nlp::Document;
use crate::schema::Schema;

/// What a document says: its entities, with the offices that no text ties to a body, and its facts.
pub fn extract(schema: &Schema, doc: &Document, links: &Links) -> (Vec<Entity>, Vec<Fact>) {
    let arcs = Arcs::new(doc);
    let events = event::find(schema, doc, links, &arcs);
    let claims = claim::find(schema, doc, links, &arcs, &events);
    let ties = relation::offices(doc, links).into_iter().chain(relation::places(doc, links));
    let facts = events
        .into_iter()
        .map(|event| Fact::Event(event.fact))
        .chain(claims.into_iter().map(Fact::Claim))
        .chain(ties.map(Fact::Relation))
        .collect();
    (relation::bodiless_offices(links), facts)
}
