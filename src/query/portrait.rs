//! All that a graph knows of one person: offices, whom he or she met and how often, the meetings, the statements.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;

use super::found::Named;
use super::profile::{Profile, profile};
use super::who_met::{Encounter, who_met};
use super::who_said::{Statement, who_said};
use crate::base::{Date, Period};
use crate::extract::Status;
use crate::graph::KnowledgeGraph;
use crate::link::Entity;

/// A person, and all that hangs on him or her.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Portrait<'g> {
    #[serde(flatten)]
    pub profile: Profile<'g>,
    /// Those whom he or she met most first, then by id.
    pub partners: Vec<Partner<'g>>,
    /// As [`who_met`] gives them.
    pub meetings: Vec<Encounter<'g>>,
    /// As [`who_said`] gives them.
    pub statements: Vec<Statement<'g>>,
}

/// Somebody whom one met, or was to meet.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Partner<'g> {
    #[serde(flatten)]
    pub who: Named<'g>,
    /// The meetings that took place.
    pub met: usize,
    /// Those that are planned, denied or uncertain.
    pub other: usize,
    /// Of the meetings that took place and have a date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<Date>,
}

/// Draws a person of the graph.
pub fn portrait<'g>(graph: &'g KnowledgeGraph, person: &'g Entity) -> Portrait<'g> {
    let meetings = who_met(graph, &person.id, None);
    Portrait {
        profile: profile(graph, person),
        partners: partners(&meetings),
        statements: who_said(graph, Some(&person.id)),
        meetings,
    }
}

fn partners<'g>(meetings: &[Encounter<'g>]) -> Vec<Partner<'g>> {
    let mut partners: BTreeMap<&str, Partner> = BTreeMap::new();
    for Encounter { with, meeting, .. } in meetings {
        let partner = partners.entry(with.id).or_insert_with(|| Partner {
            who: with.clone(),
            met: 0,
            other: 0,
            first: None,
            last: None,
        });
        if meeting.status != Status::Happened {
            partner.other += 1;
            continue;
        }
        partner.met += 1;
        if let Some(Period { start, end }) = meeting.period() {
            partner.first = partner.first.into_iter().chain([start]).min();
            partner.last = partner.last.max(Some(end));
        }
    }
    let mut partners: Vec<Partner> = partners.into_values().collect();
    partners.sort_by_key(|partner| (Reverse((partner.met, partner.other)), partner.who.id));
    partners
}
