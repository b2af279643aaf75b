//! The sentences in `schema/events/*.toml`: each must give the events that its file says, and no other of that type.

use std::collections::BTreeSet;

use rapporteur::extract::Fact;
use rapporteur::graph::Reading;
use rapporteur::ingest::Article;
use rapporteur::nlp::Model;
use rapporteur::pipeline;
use rapporteur::schema::{EventType, Example, Schema};

#[test]
fn every_example_gives_what_its_file_says() {
    let (schema, model) = (Schema::built_in(), Model::built_in());
    let mut faults = Vec::new();
    for event_type in &schema.events {
        let (yes, no): (Vec<_>, Vec<_>) = event_type.examples.iter().partition(|example| !example.yields.is_empty());
        assert!(
            !yes.is_empty() && !no.is_empty(),
            "`{}` needs a sentence that matches and one that does not",
            event_type.name
        );
        for example in &event_type.examples {
            let reading = pipeline::read(&schema, &model, Article::new("example", example.text.as_str()));
            faults.extend(compare(event_type, example, &reading));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// What is wrong with what an example gave, if anything is.
fn compare(event_type: &EventType, example: &Example, reading: &Reading) -> Option<String> {
    let name =
        |id: &str| reading.entities.iter().find(|entity| entity.id == id).map_or(id, |entity| &entity.name).to_owned();
    let mut found: Vec<(BTreeSet<String>, String)> = reading
        .facts
        .iter()
        .filter_map(|fact| match fact {
            Fact::Event(fact) if fact.event.event_type == event_type.name => {
                let names = fact.participants.iter().map(|participant| name(&participant.entity)).collect();
                Some((names, fact.event.status.to_string()))
            }
            _ => None,
        })
        .collect();
    found.sort();
    let mut expected: Vec<BTreeSet<String>> =
        example.yields.iter().map(|names| names.iter().cloned().collect()).collect();
    expected.sort();
    let same = found.iter().map(|(names, _)| names).eq(&expected);
    let statuses: Vec<&String> = found.iter().map(|(_, status)| status).collect();
    let same_status = example.status.is_empty() || statuses.iter().copied().eq(&example.status);
    (!same || !same_status).then(|| {
        format!("{}: {:?}\n  gives {found:?}\n  not   {expected:?} {:?}", event_type.name, example.text, example.status)
    })
}
