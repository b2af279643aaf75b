//! The words, names and patterns that people edit under `schema/`, read once and checked against one another.

mod calendar;
mod cues;
mod event_type;
mod function_words;
mod gazetteer;
mod kind;
mod known_people;
mod lexicon;
mod overrules;
pub mod pattern;
mod people;
mod status_words;
pub mod table;
mod time;
mod tokens;
mod user_table;

pub use calendar::{Calendar, DateCue};
pub use cues::{Cue, CueContent, Cues};
pub use event_type::{EventType, Example, NamedPattern};
pub use function_words::{FunctionWords, WordClass};
pub use gazetteer::{Entry, Gazetteer, MAX_NAME_WORDS, Naming};
pub use kind::EntityKind;
pub use known_people::{KnownPeople, KnownPerson, Term, core_parts};
pub use lexicon::{Inflection, Inflections};
pub use overrules::{Action, Overrule, Overrules, kind_of};
pub use people::{Delegate, Gender, MAX_TITLE_WORDS, PeopleLexicon, PersonNoun, Position, Pronoun, Title};
pub use status_words::{StatusWord, StatusWords};
pub use time::{TimeClass, TimeLexicon};
pub use tokens::TokenLexicon;

use crate::error::Result;

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
    pub status: StatusWords,
    pub cues: Cues,
    pub inflections: Inflections,
    pub time: TimeLexicon,
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
        let words = FunctionWords::parse(include_str!("../../schema/lexicon/function-words.tsv"))?;
        Ok(Schema {
            tokens: TokenLexicon::parse(include_str!("../../schema/lexicon/tokens.tsv"))?,
            known_people: KnownPeople::parse(include_str!("../../schema/gazetteer/people.tsv"), &words)?,
            words,
            overrules: Overrules::default(),
            people: PeopleLexicon::parse(&people::PeopleTables {
                titles: include_str!("../../schema/lexicon/titles.tsv"),
                honorifics: include_str!("../../schema/lexicon/honorifics.tsv"),
                given_names: include_str!("../../schema/lexicon/given-names.tsv"),
                persons: include_str!("../../schema/lexicon/persons.tsv"),
                pronouns: include_str!("../../schema/lexicon/pronouns.tsv"),
                name_heads: include_str!("../../schema/lexicon/name-heads.tsv"),
                delegates: include_str!("../../schema/lexicon/delegates.tsv"),
            })?,
            inflections: Inflections::built_in(),
            time: TimeLexicon::built_in(),
            events: built_in_events()?,
            status: StatusWords::parse(include_str!("../../schema/lexicon/event-status.tsv"))?,
            cues: Cues::parse(include_str!("../../schema/claims/cues.tsv"))?,
            gazetteer: Gazetteer::parse(&gazetteer::Tables {
                countries: include_str!("../../schema/gazetteer/countries.tsv"),
                seats: include_str!("../../schema/gazetteer/seats.tsv"),
                places: include_str!("../../schema/gazetteer/places.tsv"),
                organizations: include_str!("../../schema/gazetteer/organizations.tsv"),
            })?,
        })
    }
}

fn built_in_events() -> Result<Vec<EventType>> {
    const FILES: [(&str, &str); 13] = [
        ("schema/events/call.toml", include_str!("../../schema/events/call.toml")),
        ("schema/events/meet.toml", include_str!("../../schema/events/meet.toml")),
        ("schema/events/visit.toml", include_str!("../../schema/events/visit.toml")),
        ("schema/events/gathering.toml", include_str!("../../schema/events/gathering.toml")),
        ("schema/events/statement.toml", include_str!("../../schema/events/statement.toml")),
        ("schema/events/agreement.toml", include_str!("../../schema/events/agreement.toml")),
        ("schema/events/election.toml", include_str!("../../schema/events/election.toml")),
        ("schema/events/office-change.toml", include_str!("../../schema/events/office-change.toml")),
        ("schema/events/legal.toml", include_str!("../../schema/events/legal.toml")),
        ("schema/events/conflict.toml", include_str!("../../schema/events/conflict.toml")),
        ("schema/events/protest.toml", include_str!("../../schema/events/protest.toml")),
        ("schema/events/sanction.toml", include_str!("../../schema/events/sanction.toml")),
        ("schema/events/other.toml", include_str!("../../schema/events/other.toml")),
    ];
    FILES.iter().map(|(file, text)| EventType::parse(file, text)).collect()
}
