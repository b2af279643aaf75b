//! Questions to a graph, answered with the sentences that bear the answer out.
//!
//! "Whom did Vladimir Putin meet?": Donald Trump, on 7 July 2017 in Hamburg, at the G20 summit, says this sentence of
//! that article. Answers borrow from the graph and serialize as they are.

mod found;
mod name;
mod profile;
mod portrait;
mod what_happened;
mod who_met;
mod who_said;
mod select;
mod view;

pub use found::{Named, Passage, Source};
pub use name::{find_entity, find_person, persons_called};
pub use portrait::{Partner, Portrait, portrait};
pub use profile::{Profile, Tie, profiles};
pub use select::{Selection, select};
pub use view::{View, of_kinds, view};
pub use what_happened::{Denial, Happening, Part, what_happened};
pub use who_met::{Channel, Encounter, MeetingFilter, who_met};
pub use who_said::{Statement, who_said};
