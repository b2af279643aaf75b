//! The words, names and patterns that people edit under `schema/`, read once and checked against one another.

mod calendar;
mod kind;
pub mod table;
mod lexicon;
mod time;

pub use calendar::{Calendar, DateCue};
pub use kind::EntityKind;
pub use lexicon::{Inflection, Inflections};
pub use time::{TimeClass, TimeLexicon};

/// All that is told in `schema/`.
pub struct Schema {
    pub inflections: Inflections,
    pub time: TimeLexicon,
}

impl Schema {
    /// The schema that travels inside the program.
    pub fn built_in() -> Schema {
        Schema { inflections: Inflections::built_in(), time: TimeLexicon::built_in() }
    }
}
