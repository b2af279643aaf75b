//! The sentences in `schema/events/*.toml`: each must give the events that its file says, and no other of that type.

use rapporteur::nlp::Model;
use rapporteur::pipeline::examples;
use rapporteur::schema::{Example, Schema};

#[test]
fn every_example_gives_what_its_file_says() {
    let faults = examples::check(&Schema::built_in(), &Model::built_in(), |_| true);
    let told: Vec<String> =
        faults.iter().map(|fault| format!("{fault}\n  {}", fault.hint_text().unwrap_or_default())).collect();
    assert!(faults.is_empty(), "{} examples:\n{}", faults.len(), told.join("\n"));
}

#[test]
fn every_type_has_examples_and_near_misses() {
    const ENOUGH: usize = 10;
    for event_type in &Schema::built_in().events {
        let (yes, no): (Vec<&Example>, Vec<&Example>) =
            event_type.examples.iter().filter(|example| !example.gap).partition(|example| !example.yields.is_empty());
        let name = &event_type.name;
        assert!(yes.len() >= ENOUGH, "`{name}` has {} sentences that match, not {ENOUGH}", yes.len());
        assert!(no.len() >= ENOUGH, "`{name}` has {} near misses, not {ENOUGH}", no.len());
    }
}
