//! Facts out of trees: events, claims and relations, by patterns that stand in `schema/`.

mod fact;

pub use fact::{
    Claim, ClaimFact, Event, EventFact, Evidence, Fact, Form, Participant, Property, Relation, Stance, Status,
};
