//! What happened, in order of time: the year of a person, a place, or of all.

use std::collections::BTreeSet;

use super::about::events_of;
use super::what_happened::{Happening, what_happened};
use crate::base::{Date, Period};
use crate::extract::Status;
use crate::graph::{KnowledgeGraph, Node};

/// Which events to keep; what is `None` or empty keeps all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EventFilter<'g> {
    /// From the first day of this date on.
    pub since: Option<Date>,
    /// To the last day of this date.
    pub until: Option<Date>,
    pub types: BTreeSet<&'g str>,
    pub status: Option<Status>,
    /// Ids of places and occasions, any of which it is at.
    pub at: Option<BTreeSet<&'g str>>,
}

/// The events of an entity (those that it takes part in, that happen there), the parts of an event, or all events: by date, the undated
/// last.
pub fn timeline<'g>(graph: &'g KnowledgeGraph, of: Option<&'g Node>) -> Vec<Happening<'g>> {
    of.map_or_else(|| what_happened(graph), |node| events_of(graph, node))
}

impl EventFilter<'_> {
    /// Whether an event passes. One without a date passes no filter of dates.
    pub fn keeps(&self, event: &Happening) -> bool {
        let is_within = |period: Period| period.is_within(self.since, self.until);
        (self.types.is_empty() || self.types.contains(event.event_type))
            && self.status.is_none_or(|status| event.status == status)
            && self.at.as_ref().is_none_or(|at| event.is_at(at))
            && (!self.asks_for_a_date() || event.period().is_some_and(is_within))
    }

    pub fn asks_for_a_date(&self) -> bool {
        self.since.is_some() || self.until.is_some()
    }
}
