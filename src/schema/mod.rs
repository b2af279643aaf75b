//! The words, names and patterns that people edit under `schema/`, read once and checked against one another.

mod calendar;
mod kind;
pub mod table;
mod lexicon;

pub use calendar::{Calendar, DateCue};
pub use kind::EntityKind;
pub use lexicon::{Inflection, Inflections};

/// All that is told in `schema/`.
pub struct Schema {
    pub inflections: Inflections,
}

impl Schema {
    /// The schema that travels inside the program.
    pub fn built_in() -> Schema {
        Schema { inflections: Inflections::built_in() }
    }
}
