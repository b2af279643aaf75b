//! The words, names and patterns that people edit under `schema/`, read once and checked against one another.

mod calendar;
mod kind;
pub mod table;

pub use calendar::{Calendar, DateCue};
pub use kind::EntityKind;

/// All that is told in `schema/`.
pub struct Schema {}

impl Schema {
    /// The schema that travels inside the program.
    pub fn built_in() -> Schema {
        Schema {}
    }
}
