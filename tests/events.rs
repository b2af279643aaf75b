//! What happened: who, where, when and whether, in texts of their own (`tests/events/cases.txt`).

use std::collections::BTreeMap;

use rapporteur::extract::{EventFact, Fact};
use rapporteur::graph::Reading;
use rapporteur::ingest::Article;
use rapporteur::nlp::Model;
use rapporteur::pipeline;
use rapporteur::schema::Schema;

const CASES: &str = include_str!("events/cases.txt");

/// A text, the number of its first line, and its events as the cases write them.
struct Case {
    line: usize,
    text: String,
    events: Vec<String>,
    /// Whether it is known to be read wrong so far: it must be, and once it is not, its mark has to go.
    gap: bool,
}

#[test]
fn each_text_gives_its_events_and_no_other() {
    let (schema, model) = (Schema::built_in(), Model::built_in());
    let cases = cases();
    assert!(cases.len() > 15, "the cases are read");
    let wrong = cases.iter().filter_map(|case| {
        let found = told(&pipeline::read(&schema, &model, Article::new("case", case.text.as_str())));
        let shown = |events: &[String]| events.iter().map(|event| format!("\n  > {event}")).collect::<String>();
        let wanted = (&case.text, shown(&case.events));
        match (found == case.events, case.gap) {
            (true, true) => Some(format!("line {}: read right now: take `# gap` away", case.line)),
            (false, false) => {
                Some(format!("line {}: {} must give{} not{}", case.line, wanted.0, wanted.1, shown(&found)))
            }
            _ => None,
        }
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let (mut open, mut gap) = (false, false);
    for (line, text) in CASES.lines().enumerate().map(|(number, text)| (number + 1, text)) {
        match text.chars().next() {
            None => open = false,
            Some('#') => gap |= text == "# gap",
            Some('>') => cases.last_mut().expect("a text before its events").events.push(text[2..].to_owned()),
            Some(mark) => {
                if !open {
                    cases.push(Case { line, text: String::new(), events: Vec::new(), gap });
                    (open, gap) = (true, false);
                }
                let case = cases.last_mut().expect("an open case");
                case.text += if mark == '/' { "\n\n" } else { text };
            }
        }
    }
    cases
}

/// The events of a reading in the order of the text, as the cases write them.
fn told(reading: &Reading) -> Vec<String> {
    let names: BTreeMap<&str, &str> = reading.entities.iter().map(|one| (one.id.as_str(), one.name.as_str())).collect();
    let events: Vec<&EventFact> = reading
        .facts
        .iter()
        .filter_map(|fact| match fact {
            Fact::Event(fact) => Some(fact),
            _ => None,
        })
        .collect();
    let or_dash = |text: String| if text.is_empty() { "-".to_owned() } else { text };
    let joined = |ids: Vec<&str>| or_dash(ids.iter().map(|id| names[id]).collect::<Vec<_>>().join(", "));
    let shown = events.iter().map(|fact| {
        let event = &fact.event;
        let inferred = if event.date_inferred { "?" } else { "" };
        let when = or_dash(event.start.map(|start| format!("{start}{inferred}")).unwrap_or_default());
        let place = joined(fact.locations.iter().map(String::as_str).collect());
        let who = joined(fact.participants.iter().map(|one| one.entity.as_str()).collect());
        let whole = fact.part_of.as_ref().and_then(|id| events.iter().find(|other| other.event.id == *id));
        let whole = whole.map(|whole| format!(" < {}", whole.event.event_type)).unwrap_or_default();
        format!("{} | {} | {when} | {place} | {who}{whole}", event.event_type, event.status)
    });
    shown.collect()
}
