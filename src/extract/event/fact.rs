//! A finished draft into the fact that leaves the stage: an id, a name, evidence.

use std::collections::BTreeSet;

use super::PARTICIPANT;
use super::draft::{Draft, Reader};
use crate::base::{TokenSpan, content_id};
use crate::extract::fact::{Event, EventFact, Evidence, Participant};
use crate::nlp::Document;
use crate::schema::EntityKind;

impl Reader<'_> {
    /// By type and participants, and by the day where it is told and with two or more in it identifies it; else by its place in the article.
    pub fn id(&self, draft: &Draft) -> String {
        let mut parts = vec![draft.event_type.name.clone()];
        let day = draft.when.filter(|when| when.start.day().is_some() && !draft.inferred);
        match day.filter(|_| draft.participants.len() > 1) {
            Some(day) => parts.push(day.start.to_string()),
            None => {
                parts.push(self.doc.article.id.clone());
                parts.push(self.doc.tokens[draft.triggers[0]].chars.start.to_string());
                // The stops that a word tells together are told apart by where they are.
                let stop = draft.places.first().filter(|_| draft.event_type.each_place);
                parts.extend(stop.map(|&place| self.links.entities[place].id.clone()));
            }
        }
        let mut people: Vec<&String> = draft.participants.iter().map(|&p| &self.links.entities[p].id).collect();
        people.sort();
        parts.extend(people.into_iter().cloned());
        content_id("event", parts.iter().map(String::as_str))
    }

    pub fn fact(&self, draft: &Draft, id: &str, part_of: Option<String>) -> EventFact {
        let entity_id = |entity: &usize| self.links.entities[*entity].id.clone();
        let mut participants: Vec<Participant> = draft
            .participants
            .iter()
            .map(|entity| Participant { entity: entity_id(entity), role: PARTICIPANT.to_owned() })
            .collect();
        participants.sort();
        let nearest = draft.places.iter().min_by_key(|&&place| self.links.entities[place].kind != EntityKind::Place);
        let places: Vec<String> = nearest.into_iter().map(entity_id).collect();
        EventFact {
            event: Event {
                id: id.to_owned(),
                event_type: draft.event_type.name.clone(),
                subtype: None,
                name: self.name(draft),
                start: draft.when.map(|when| when.start),
                end: draft.when.map(|when| when.end),
                date_inferred: draft.inferred,
                status: draft.status,
                score: if draft.participants.len() > 1 { 0.9 } else { 0.7 },
                channel: draft.event_type.channel.clone(),
                plover: draft.event_type.plover.clone(),
                cameo: draft.event_type.cameo.clone(),
                told: BTreeSet::new(),
                dated_otherwise: BTreeSet::new(),
                evidence: draft.rules.iter().map(|(trigger, rule)| self.evidence(*trigger, rule)).collect(),
            },
            participants,
            locations: places,
            part_of,
        }
    }

    /// A headline: the noun phrase of a nominal event, else who and what.
    fn name(&self, draft: &Draft) -> String {
        let trigger = draft.triggers[0];
        if draft.nominal && !draft.event_type.mutual {
            return self.noun_phrase(trigger);
        }
        let people: Vec<&str> = draft.participants.iter().map(|&p| self.links.entities[p].name.as_str()).collect();
        let who = match people.split_last() {
            Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
            Some((last, _)) => (*last).to_owned(),
            None => return self.noun_phrase(trigger),
        };
        let what = &self.doc.tokens[trigger].text;
        let title = draft.event_type.headline.replace("{who}", &who).replace("{what}", what);
        match draft.places.first().map(|&place| &self.links.entities[place].name) {
            Some(place) if !people.contains(&place.as_str()) => format!("{title} ({place})"),
            _ => title,
        }
    }

    /// The noun with what stands before it: "the G20 summit".
    fn noun_phrase(&self, noun: usize) -> String {
        let start = self
            .doc
            .children(noun)
            .filter(|&child| child < noun && matches!(self.doc.tokens[child].deprel, "compound" | "amod" | "nummod"))
            .map(|child| self.doc.subtree(child).start)
            .min();
        self.doc.text(TokenSpan::new(start.unwrap_or(noun), noun + 1)).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn evidence(&self, trigger: usize, rule: &str) -> Evidence {
        sentence_evidence(self.doc, trigger, rule)
    }
}

/// The whole sentence that a token stands in, as evidence.
pub fn sentence_evidence(doc: &Document, token: usize, rule: &str) -> Evidence {
    let tokens = doc.sentence(token).tokens;
    let chars = doc.chars(tokens);
    Evidence {
        article: doc.article.id.clone(),
        start: chars.start,
        end: chars.end,
        text: doc.text(tokens).to_owned(),
        rule: rule.to_owned(),
    }
}
