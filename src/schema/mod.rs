//! The words, names and patterns that people edit under `schema/`, read once and checked against one another.

mod calendar;
mod function_words;
mod gazetteer;
mod kind;
mod lexicon;
mod people;
pub mod table;
mod tokens;

pub use calendar::{Calendar, DateCue};
pub use function_words::{FunctionWords, WordClass};
pub use gazetteer::{Entry, Gazetteer, MAX_NAME_WORDS, Naming};
pub use kind::EntityKind;
pub use lexicon::{Inflection, Inflections};
pub use people::{Delegate, Gender, MAX_TITLE_WORDS, PeopleLexicon, PersonNoun, Position, Pronoun, Title};
pub use tokens::TokenLexicon;

use crate::error::Result;

/// All that is told in `schema/`.
pub struct Schema {
    pub tokens: TokenLexicon,
    pub words: FunctionWords,
    pub people: PeopleLexicon,
    pub gazetteer: Gazetteer,
    pub inflections: Inflections,
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
        Ok(Schema {
            tokens: TokenLexicon::parse(include_str!("../../schema/lexicon/tokens.tsv"))?,
            words: FunctionWords::parse(include_str!("../../schema/lexicon/function-words.tsv"))?,
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
            gazetteer: Gazetteer::parse(&gazetteer::Tables {
                countries: include_str!("../../schema/gazetteer/countries.tsv"),
                seats: include_str!("../../schema/gazetteer/seats.tsv"),
                places: include_str!("../../schema/gazetteer/places.tsv"),
                organizations: include_str!("../../schema/gazetteer/organizations.tsv"),
            })?,
        })
    }
}
