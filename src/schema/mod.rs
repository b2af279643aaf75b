//! The words, names and patterns that people edit under `schema/`, read once and checked against one another.

mod calendar;
mod cues;
mod decisions;
mod event_type;
mod files;
mod function_words;
mod gazetteer;
mod kind;
mod known_people;
mod lexicon;
mod overrules;
pub mod pattern;
mod people;
mod questions;
mod status_words;
pub mod table;
mod time;
mod tokens;
mod user_table;

pub use calendar::{Calendar, DateCue};
pub use cues::{Cue, CueContent, Cues};
pub use decisions::Decisions;
pub use event_type::{EventType, Example, NamedPattern};
pub use function_words::{FunctionWords, WordClass};
pub use gazetteer::{Entry, Gazetteer, MAX_NAME_WORDS, Naming};
pub use kind::EntityKind;
pub use known_people::{KnownPeople, KnownPerson, Term};
pub use lexicon::{Inflection, Inflections};
pub use overrules::{Action, Overrule, Overrules, kind_of};
pub use people::{Delegate, Described, Gender, MAX_TITLE_WORDS, PeopleLexicon, PersonNoun, Position, Pronoun, Title};
pub use questions::{
    QueryKind, QuestionExample, QuestionKind, QuestionPattern, QuestionWord, QuestionWords, Questions,
};
pub use status_words::{StatusWord, StatusWords};
pub use time::{TimeClass, TimeLexicon};
pub use tokens::TokenLexicon;

use std::io;
use std::path::{Path, PathBuf};

use crate::base::content_id;
use crate::error::{Error, Result, WithFile};

/// All that is told in `schema/`.
pub struct Schema {
    pub tokens: TokenLexicon,
    pub words: FunctionWords,
    pub people: PeopleLexicon,
    pub gazetteer: Gazetteer,
    pub known_people: KnownPeople,
    /// What a user decided about identity; empty of the built-in schema.
    pub overrules: Overrules,
    /// In the order of `schema/events`: where two fit a word equally, the earlier.
    pub events: Vec<EventType>,
    /// How mentions become events: trained, not edited (`training/events.py`).
    pub decisions: Decisions,
    pub status: StatusWords,
    pub cues: Cues,
    pub questions: Questions,
    pub inflections: Inflections,
    pub time: TimeLexicon,
    /// A hash of all that was read into it but the overrules.
    texts: String,
}

impl Schema {
    /// The schema that travels inside the program.
    ///
    /// # Panics
    /// Never in a build that passes its tests: they load it.
    pub fn built_in() -> Schema {
        Schema::load_built_in().expect("the built-in schema is sound")
    }

    fn load_built_in() -> Result<Schema> {
        let words = FunctionWords::parse(files::text("schema/lexicon/function-words.tsv"))?;
        Ok(Schema {
            tokens: TokenLexicon::parse(files::text("schema/lexicon/tokens.tsv"))?,
            known_people: KnownPeople::parse(
                files::text("schema/gazetteer/people.tsv"),
                files::text("schema/lexicon/name-variants.tsv"),
                &words,
            )?,
            words,
            overrules: Overrules::default(),
            people: PeopleLexicon::parse(&people::PeopleTables {
                titles: files::text("schema/lexicon/titles.tsv"),
                honorifics: files::text("schema/lexicon/honorifics.tsv"),
                given_names: files::text("schema/lexicon/given-names.tsv"),
                persons: files::text("schema/lexicon/persons.tsv"),
                pronouns: files::text("schema/lexicon/pronouns.tsv"),
                name_heads: files::text("schema/lexicon/name-heads.tsv"),
                delegates: files::text("schema/lexicon/delegates.tsv"),
            })?,
            texts: files::fingerprint(),
            inflections: Inflections::built_in(),
            time: TimeLexicon::built_in(),
            events: built_in_events()?,
            decisions: Decisions::parse("model/events.tsv", files::text("model/events.tsv"))?,
            status: StatusWords::parse(files::text("schema/lexicon/event-status.tsv"))?,
            cues: Cues::parse(files::text("schema/claims/cues.tsv"))?,
            questions: Questions::built_in()?,
            gazetteer: Gazetteer::parse(&gazetteer::Tables {
                countries: files::text("schema/gazetteer/countries.tsv"),
                seats: files::text("schema/gazetteer/seats.tsv"),
                places: files::text("schema/gazetteer/places.tsv"),
                organizations: files::text("schema/gazetteer/organizations.tsv"),
            })?,
        })
    }
}

impl Schema {
    /// Adds the event types of a folder's `.toml` files, in the order of their names and before those that are there; one of a name
    /// that is there already takes its place.
    ///
    /// # Errors
    /// A folder without such files, a file that cannot be read, two of one type, a part of a type that is nowhere; what [`EventType::parse`] finds, by line and column.
    pub fn add_events(&mut self, folder: &Path) -> Result<()> {
        let entries = std::fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        let entries = entries.with_file("search the folder of event types", folder)?;
        let mut files: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
        files.retain(|file| file.extension().is_some_and(|ending| ending == "toml"));
        files.sort();
        if files.is_empty() {
            return Err(Error::new("no event types in this folder").at(folder).hint(
                "it needs files such as `schema/events/visit.toml`, each with a type; their names end in `.toml`",
            ));
        }
        let mut added: Vec<EventType> = Vec::new();
        for file in files {
            let text = std::fs::read_to_string(&file).with_file("read the event type", &file)?;
            self.note_text(&text);
            let event_type = EventType { is_users: true, ..EventType::parse(&file.to_string_lossy(), &text)? };
            if let Some(known) = added.iter().find(|known| known.name == event_type.name) {
                let message = format!("a second file for the type `{}`", known.name);
                return Err(Error::new(message).at(&file).hint(format!("the first is {}", known.file.display())));
            }
            added.push(event_type);
        }
        self.events.retain(|known| added.iter().all(|own| own.name != known.name));
        self.events.splice(0..0, added);
        self.check_parts()
    }

    /// Whether each type that another is attended by is there.
    fn check_parts(&self) -> Result<()> {
        for event_type in &self.events {
            let is_unknown = |name: &&String| self.events.iter().all(|known| known.name != **name);
            if let Some(unknown) = event_type.attended_by.iter().find(is_unknown) {
                let known: Vec<String> = self.events.iter().map(|known| format!("`{}`", known.name)).collect();
                let message = format!("`attended_by` names `{unknown}`, which is no event type");
                return Err(Error::new(message).at(&event_type.file).hint(format!("there are {}", known.join(", "))));
            }
        }
        Ok(())
    }
}

impl Schema {
    /// A hash of all tables, event types and overrules: two schemas of one fingerprint read every article alike.
    pub fn fingerprint(&self) -> String {
        content_id("schema", [self.texts.as_str(), self.overrules.text()])
    }

    /// Takes a user's file into the fingerprint.
    fn note_text(&mut self, text: &str) {
        self.texts = content_id("schema", [self.texts.as_str(), text]);
    }
}

fn built_in_events() -> Result<Vec<EventType>> {
    const FILES: [&str; 13] = [
        "schema/events/call.toml",
        "schema/events/meet.toml",
        "schema/events/visit.toml",
        "schema/events/gathering.toml",
        "schema/events/statement.toml",
        "schema/events/agreement.toml",
        "schema/events/election.toml",
        "schema/events/office-change.toml",
        "schema/events/legal.toml",
        "schema/events/conflict.toml",
        "schema/events/protest.toml",
        "schema/events/sanction.toml",
        "schema/events/other.toml",
    ];
    FILES.iter().map(|file| EventType::parse(file, files::text(file))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_that_is_no_event_type_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = "type = \"launch\"\nabout = \"x\"\nheadline = \"{who}\"\nattended_by = [\"statment\"]\n[roles]\nparticipant = [\"person\"]\n";
        std::fs::write(folder.path().join("launch.toml"), file).expect("a file");
        let error = Schema::built_in().add_events(folder.path()).expect_err("an unknown type");
        assert!(
            error.to_string().contains("launch.toml: `attended_by` names `statment`, which is no event type"),
            "{error}"
        );
        assert!(error.hint_text().is_some_and(|hint| hint.contains("`launch`") && hint.contains("`statement`")));
    }
}
