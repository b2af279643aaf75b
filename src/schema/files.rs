//! The files of `schema/`, and the trained decisions beside the model, that travel inside the program, by their places.
//!
//! `schema/events/meet.toml` is read from here, and the fingerprint of what the program knows is taken over all of them.

use crate::base::content_id;

/// Place and text of each.
const FILES: [(&str, &str); 35] = [
    ("model/events.tsv", include_str!("../../model/events.tsv")),
    ("schema/claims/cues.tsv", include_str!("../../schema/claims/cues.tsv")),
    ("schema/events/agreement.toml", include_str!("../../schema/events/agreement.toml")),
    ("schema/events/call.toml", include_str!("../../schema/events/call.toml")),
    ("schema/events/conflict.toml", include_str!("../../schema/events/conflict.toml")),
    ("schema/events/election.toml", include_str!("../../schema/events/election.toml")),
    ("schema/events/gathering.toml", include_str!("../../schema/events/gathering.toml")),
    ("schema/events/legal.toml", include_str!("../../schema/events/legal.toml")),
    ("schema/events/meet.toml", include_str!("../../schema/events/meet.toml")),
    ("schema/events/office-change.toml", include_str!("../../schema/events/office-change.toml")),
    ("schema/events/other.toml", include_str!("../../schema/events/other.toml")),
    ("schema/events/protest.toml", include_str!("../../schema/events/protest.toml")),
    ("schema/events/sanction.toml", include_str!("../../schema/events/sanction.toml")),
    ("schema/events/statement.toml", include_str!("../../schema/events/statement.toml")),
    ("schema/events/visit.toml", include_str!("../../schema/events/visit.toml")),
    ("schema/gazetteer/countries.tsv", include_str!("../../schema/gazetteer/countries.tsv")),
    ("schema/gazetteer/organizations.tsv", include_str!("../../schema/gazetteer/organizations.tsv")),
    ("schema/gazetteer/people.tsv", include_str!("../../schema/gazetteer/people.tsv")),
    ("schema/gazetteer/places.tsv", include_str!("../../schema/gazetteer/places.tsv")),
    ("schema/gazetteer/seats.tsv", include_str!("../../schema/gazetteer/seats.tsv")),
    ("schema/lexicon/calendar.tsv", include_str!("../../schema/lexicon/calendar.tsv")),
    ("schema/lexicon/delegates.tsv", include_str!("../../schema/lexicon/delegates.tsv")),
    ("schema/lexicon/event-status.tsv", include_str!("../../schema/lexicon/event-status.tsv")),
    ("schema/lexicon/function-words.tsv", include_str!("../../schema/lexicon/function-words.tsv")),
    ("schema/lexicon/given-names.tsv", include_str!("../../schema/lexicon/given-names.tsv")),
    ("schema/lexicon/honorifics.tsv", include_str!("../../schema/lexicon/honorifics.tsv")),
    ("schema/lexicon/irregular.tsv", include_str!("../../schema/lexicon/irregular.tsv")),
    ("schema/lexicon/name-heads.tsv", include_str!("../../schema/lexicon/name-heads.tsv")),
    ("schema/lexicon/name-variants.tsv", include_str!("../../schema/lexicon/name-variants.tsv")),
    ("schema/lexicon/persons.tsv", include_str!("../../schema/lexicon/persons.tsv")),
    ("schema/lexicon/pronouns.tsv", include_str!("../../schema/lexicon/pronouns.tsv")),
    ("schema/lexicon/stems.tsv", include_str!("../../schema/lexicon/stems.tsv")),
    ("schema/lexicon/time.tsv", include_str!("../../schema/lexicon/time.tsv")),
    ("schema/lexicon/titles.tsv", include_str!("../../schema/lexicon/titles.tsv")),
    ("schema/lexicon/tokens.tsv", include_str!("../../schema/lexicon/tokens.tsv")),
];

/// The text of a built-in file.
///
/// # Panics
/// Where there is no such file: the schema is loaded by every test.
pub(super) fn text(place: &str) -> &'static str {
    let found = FILES.iter().find(|(known, _)| *known == place);
    found.unwrap_or_else(|| panic!("`{place}` is no file of the schema")).1
}

/// A hash of all of them.
pub(super) fn fingerprint() -> String {
    content_id("schema", FILES.iter().flat_map(|(place, text)| [*place, *text]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_and_event_type_travels_along() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        for folder in ["lexicon", "gazetteer", "claims", "events"] {
            for entry in std::fs::read_dir(root.join("schema").join(folder)).expect("a folder of the schema") {
                let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
                if !name.ends_with(".tsv") && !name.ends_with(".toml") {
                    continue;
                }
                let place = format!("schema/{folder}/{name}");
                assert!(FILES.iter().any(|(known, _)| *known == place), "{place} does not travel along");
            }
        }
    }
}
