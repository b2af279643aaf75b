//! The examples in `schema/events`: sentences that must give events of a type, and near misses that must not.

use std::collections::BTreeSet;

use rapporteur::extract::Fact;
use rapporteur::graph::Reading;
use rapporteur::ingest::Article;
use rapporteur::nlp::Model;
use rapporteur::pipeline;
use rapporteur::schema::{Example, Schema};

/// Who takes part in an event, and its status.
type Told = (BTreeSet<String>, Option<String>);

/// Near misses that are still taken for events; one that no longer is leaves this list.
const KNOWN_FAILURES: [&str; 2] =
    ["There was general agreement that lunch was late.", "The trial version of the app expired."];

#[test]
fn examples_of_event_types_yield_what_they_say() {
    let (schema, model) = (Schema::built_in(), Model::built_in());
    let mut faults = Vec::new();
    for event_type in &schema.events {
        for example in &event_type.examples {
            let reading = pipeline::read(&schema, &model, Article::new("example", example.text.clone()));
            let found = events(&reading, &event_type.name, !example.status.is_empty());
            let expected = expected(example);
            if (found == expected) == KNOWN_FAILURES.contains(&example.text.as_str()) {
                faults.push(format!(
                    "{}: {}\n  found    {found:?}\n  expected {expected:?}",
                    event_type.name, example.text
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{} examples fail:\n{}", faults.len(), faults.join("\n"));
}

/// The names of those who take part in each event of a type, and its status where the example tells one.
fn events(reading: &Reading, event_type: &str, with_status: bool) -> Vec<Told> {
    let name = |id: &str| reading.entities.iter().find(|entity| entity.id == id).map(|entity| entity.name.clone());
    let mut events = Vec::new();
    for fact in &reading.facts {
        let Fact::Event(fact) = fact else { continue };
        if fact.event.event_type == event_type {
            let names = fact.participants.iter().filter_map(|one| name(&one.entity)).collect();
            events.push((names, with_status.then(|| fact.event.status.to_string())));
        }
    }
    events.sort();
    events
}

fn expected(example: &Example) -> Vec<Told> {
    let status = |i: usize| example.status.get(i).cloned();
    let told = |(i, names): (usize, &Vec<String>)| (names.iter().cloned().collect(), status(i));
    let mut events: Vec<Told> = example.yields.iter().enumerate().map(told).collect();
    events.sort();
    events
}
