//! The arguments that choose among answers: dates, statuses, stances, places; and the notes on what they leave out.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use rapporteur::base::Date;
use rapporteur::extract::{Stance, Status};
use rapporteur::query::Channel;

use super::messages::Messages;

/// A time that answers are to be of.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct Dates {
    /// Only from this date on: a year, a month (2017-07) or a day (2017-07-07)
    #[arg(long, value_name = "DATE")]
    pub since: Option<Date>,

    /// Only up to the end of this date
    #[arg(long, value_name = "DATE")]
    pub until: Option<Date>,
}

impl Dates {
    /// Tells how many are left out only because no article dates them.
    pub fn tell_undated(self, undated: usize, messages: &Messages) {
        if (self.since.is_some() || self.until.is_some()) && undated > 0 {
            messages.note(format_args!("{undated} without a date left out"));
        }
    }
}

/// Reads the name of a status.
pub fn status() -> impl TypedValueParser<Value = Status> {
    one_of([Status::Happened, Status::Planned, Status::Denied, Status::Uncertain])
}

/// Reads the name of a stance.
pub fn stance() -> impl TypedValueParser<Value = Stance> {
    const ALL: [Stance; 7] =
        [Stance::Assert, Stance::Deny, Stance::Believe, Stance::Promise, Stance::Request, Stance::Accuse, Stance::Ask];
    one_of(ALL)
}

/// Reads the name of a channel.
pub fn channel() -> impl TypedValueParser<Value = Channel> {
    one_of([Channel::InPerson, Channel::Remote])
}

/// Reads one of some values by the name that it is printed with.
fn one_of<T: Copy + ToString + Send + Sync + 'static, const N: usize>(all: [T; N]) -> impl TypedValueParser<Value = T> {
    // Clap wants names that live as long as the program; there are a dozen in all.
    let names = all.map(|value| -> &'static str { Box::leak(value.to_string().into_boxed_str()) });
    PossibleValuesParser::new(names)
        .map(move |name| *all.iter().find(|value| value.to_string() == name).expect("a name from the list"))
}
