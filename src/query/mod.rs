//! Questions to a graph, answered with the sentences that bear the answer out.
//!
//! "Whom did Vladimir Putin meet?": Donald Trump, on 7 July 2017 in Hamburg, at the G20 summit, says this sentence of
//! that article. Answers borrow from the graph and serialize as they are.

mod found;
mod evidence;
mod name;
mod profile;
mod portrait;
mod what_happened;
mod who_met;
mod who_said;
mod matter;
mod about;
mod timeline;
mod path;
mod dispute;
mod ask;
mod select;
mod view;

pub use about::{About, Member, Subject, about, members};
pub use ask::{Answer, Asks, Findings, Phrase, Question, Reply, Sought, Verdict, answer, ask, newest, read};
pub use dispute::{Dispute, Point, Side, disputes};
pub use evidence::{Mark, Marked, evidence, marked, tie_id};
pub use found::{Named, Passage, Source};
pub use matter::Matter;
pub use name::{Among, called, entities_like, find, find_all, find_entity, find_person, persons_called};
pub use path::{Step, path};
pub use portrait::{Partner, Portrait, portrait};
pub use profile::{Profile, Tie, profile, profiles};
pub use select::{Selection, select};
pub use timeline::{EventFilter, timeline};
pub use view::{View, of_kinds, view};
pub use what_happened::{Denial, Happening, Part, happening, what_happened};
pub use who_met::{Channel, Encounter, MeetingFilter, who_met, within};
pub use who_said::{Statement, StatementFilter, statement, who_said};
