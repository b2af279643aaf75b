//! A question as it was read, before its names are looked for in a graph.

use std::fmt;

use super::phrase::Phrase;
use crate::base::Date;
use crate::extract::Stance;
use crate::schema::EntityKind;

/// A question: what is sought, and what is told of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    pub sought: Sought,
    pub asks: Asks,
    /// Those who take part, speak, or hold the office.
    pub who: Vec<Phrase>,
    /// Places and occasions.
    pub at: Vec<Phrase>,
    /// The matter of statements, the thing asked about; empty where none is named.
    pub about: Phrase,
    pub since: Option<Date>,
    pub until: Option<Date>,
    /// Whether it asks of what is to come: "When will they meet?"
    pub is_ahead: bool,
}

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sought {
    Meetings {
        channel: Option<String>,
    },
    Statements {
        stance: Option<Stance>,
    },
    /// Events of a type, or of all; the lemma of the question's verb, which tells a resignation from an appointment.
    Events {
        event_type: Option<String>,
        verb: String,
    },
    Office {
        title: String,
        of: Phrase,
    },
    Chain,
    Thing,
}

/// What the answer is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// "who", "which country": of that kind, or of any.
    Who(Option<EntityKind>),
    What,
    When,
    Where,
    Count,
    /// Yes or no.
    Whether,
}

impl fmt::Display for Question {
    /// As the examples of `schema/questions` tell it: `meetings channel=in-person who=Solheim at=Geneva asks=who`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut told: Vec<String> = Vec::new();
        let mut add = |key: &str, value: String| {
            if !value.is_empty() {
                told.push(format!("{key}={value}"));
            }
        };
        match &self.sought {
            Sought::Meetings { channel } => add("channel", channel.clone().unwrap_or_default()),
            Sought::Statements { stance } => add("stance", stance.map(|s| s.to_string()).unwrap_or_default()),
            Sought::Events { event_type, .. } => add("type", event_type.clone().unwrap_or_default()),
            Sought::Office { title, of } => {
                add("title", title.clone());
                add("of", of.whole.clone());
            }
            Sought::Chain | Sought::Thing => {}
        }
        let joined = |phrases: &[Phrase]| phrases.iter().map(|p| p.whole.as_str()).collect::<Vec<_>>().join(",");
        let day = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
        add("who", joined(&self.who));
        add("at", joined(&self.at));
        add("about", self.about.whole.clone());
        add("since", day(self.since));
        add("until", day(self.until));
        let ahead = if self.is_ahead { " ahead" } else { "" };
        let told: String = told.iter().map(|part| format!(" {part}")).collect();
        write!(f, "{}{told}{ahead} asks={}", self.sought.name(), self.asks.name())
    }
}

impl Sought {
    pub fn name(&self) -> &'static str {
        match self {
            Sought::Meetings { .. } => "meetings",
            Sought::Statements { .. } => "statements",
            Sought::Events { .. } => "events",
            Sought::Office { .. } => "office",
            Sought::Chain => "chain",
            Sought::Thing => "thing",
        }
    }
}

impl Asks {
    pub fn name(self) -> &'static str {
        match self {
            Asks::Who(None) => "who",
            Asks::Who(Some(kind)) => kind.name(),
            Asks::What => "what",
            Asks::When => "when",
            Asks::Where => "where",
            Asks::Count => "count",
            Asks::Whether => "whether",
        }
    }
}
