//! The sentences of the event types, held against what is read from them.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::read;
use crate::error::Error;
use crate::extract::Fact;
use crate::graph::Reading;
use crate::ingest::Article;
use crate::nlp::Model;
use crate::schema::{EventType, Example, Schema};

/// Reads every example of the types that are wanted, with all types of the schema at work; what is wrong with each that gives something else than its file says, by file and line.
pub fn check(schema: &Schema, model: &Model, wanted: impl Fn(&EventType) -> bool) -> Vec<Error> {
    let wanted = schema.events.iter().filter(|event_type| wanted(event_type));
    let examples: Vec<(&EventType, &Example)> =
        wanted.flat_map(|own| own.examples.iter().map(move |example| (own, example))).collect();
    let faults = examples.into_par_iter().filter_map(|(event_type, example)| {
        let reading = read(schema, model, Article::new("example", example.text.as_str()));
        fault(event_type, example, &reading)
    });
    faults.collect()
}

/// What is wrong with what an example gave, if anything is.
fn fault(event_type: &EventType, example: &Example, reading: &Reading) -> Option<Error> {
    let mut found: Vec<(BTreeSet<&str>, String)> = reading
        .facts
        .iter()
        .filter_map(|fact| match fact {
            Fact::Event(fact) if fact.event.event_type == event_type.name => {
                let names = fact.participants.iter().map(|participant| name(reading, &participant.entity)).collect();
                Some((names, fact.event.status.to_string()))
            }
            _ => None,
        })
        .collect();
    found.sort();
    let mut expected: Vec<BTreeSet<&str>> =
        example.yields.iter().map(|names| names.iter().map(String::as_str).collect()).collect();
    expected.sort();
    let same = found.iter().map(|(names, _)| names).eq(&expected);
    let same_status = example.status.is_empty() || found.iter().map(|(_, status)| status).eq(&example.status);
    let hint = format!("the sentence is: {}", example.text);
    let at = |message: String| Some(Error::new(message).at_line(&event_type.file, example.line, None).hint(hint));
    match (same && same_status, example.gap) {
        (true, false) | (false, true) => return None,
        (true, true) => return at(format!("`{}` reads this right now: take `gap = true` away", event_type.name)),
        (false, false) => {}
    }
    let told = found.iter().map(|(names, status)| told(names, status)).collect::<Vec<_>>();
    let wanted = expected.iter().enumerate().map(|(at, names)| {
        let status = example.status.get(at).map_or("of any status", String::as_str);
        self::told(names, status)
    });
    let list = |events: Vec<String>| if events.is_empty() { "nothing".to_owned() } else { events.join(" and ") };
    at(format!("`{}` finds {}, not {}", event_type.name, list(told), list(wanted.collect())))
}

fn name<'a>(reading: &'a Reading, id: &'a str) -> &'a str {
    reading.entities.iter().find(|entity| entity.id == id).map_or(id, |entity| &entity.name)
}

/// `[Anna Weber, Poland] planned`
fn told(names: &BTreeSet<&str>, status: &str) -> String {
    format!("[{}] {status}", names.iter().copied().collect::<Vec<_>>().join(", "))
}
