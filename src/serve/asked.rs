//! What stands after the `?` of an address, read as an endpoint's parameters: `a=Solheim&since=2031-05` is a name and a date.
//!
//! A parameter that the endpoint does not have, or a value that is none, is a fault and never passed over: whoever mistypes `staus`
//! must not take the unfiltered answer for the filtered one.

use axum::http::StatusCode;

use super::reply::Fault;
use crate::base::Date;
use crate::error::Error;
use crate::extract::{Stance, Status};
use crate::query::{Channel, View};
use crate::schema::EntityKind;

/// One parameter of an endpoint.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    pub name: &'static str,
    /// What it does, for the description.
    pub tells: &'static str,
    pub form: Form,
    pub is_required: bool,
}

/// What a parameter's value is.
#[derive(Clone, Copy, Debug)]
pub enum Form {
    /// Any words: a name, a question.
    Words,
    Date,
    /// A number from nothing to the one given.
    Count(usize),
    /// From 0 to 1.
    Score,
    /// One of some words.
    One(fn() -> Vec<String>),
    /// Some of some words, with commas between them.
    Some(fn() -> Vec<String>),
    /// Words with commas between them.
    List,
}

const STATUSES: [Status; 4] = [Status::Happened, Status::Planned, Status::Denied, Status::Uncertain];
const STANCES: [Stance; 7] = {
    use Stance::{Accuse, Ask, Assert, Believe, Deny, Promise, Request};
    [Assert, Deny, Believe, Promise, Request, Accuse, Ask]
};
const CHANNELS: [Channel; 2] = [Channel::InPerson, Channel::Remote];
const VIEWS: [(&str, View); 3] = [("full", View::Full), ("people", View::People), ("actors", View::Actors)];

/// The words of each form that has some.
pub fn statuses() -> Vec<String> {
    STATUSES.iter().map(Status::to_string).collect()
}

pub fn stances() -> Vec<String> {
    STANCES.iter().map(Stance::to_string).collect()
}

pub fn channels() -> Vec<String> {
    CHANNELS.iter().map(|channel| channel.name().to_owned()).collect()
}

pub fn kinds() -> Vec<String> {
    EntityKind::ALL.iter().map(|kind| kind.name().to_owned()).collect()
}

pub fn node_kinds() -> Vec<String> {
    kinds().into_iter().chain(["event", "claim", "article"].map(str::to_owned)).collect()
}

pub fn views() -> Vec<String> {
    VIEWS.iter().map(|(name, _)| (*name).to_owned()).collect()
}

/// The values of a request, each checked by its form.
#[derive(Debug, Default)]
pub struct Asked {
    /// What the path names: an id.
    pub id: String,
    values: Vec<(&'static str, String)>,
}

impl Asked {
    /// Reads what stands after the `?`.
    ///
    /// # Errors
    /// A parameter that there is not, is there twice, is missing, or whose value is none.
    pub fn of(id: String, query: &str, parameters: &[Parameter]) -> Result<Asked, Fault> {
        let mut asked = Asked { id, values: Vec::new() };
        for (name, value) in pairs(query)? {
            let Some(parameter) = parameters.iter().find(|parameter| parameter.name == name) else {
                let names: Vec<&str> = parameters.iter().map(|parameter| parameter.name).collect();
                let hint = format!("parameters here are {}", names.join(", "));
                let hint = if names.is_empty() { "there are no parameters here" } else { &hint };
                return Err(bad(Error::new(format!("unknown parameter `{name}`")).hint(hint)));
            };
            if asked.text(parameter.name).is_some() {
                return Err(bad(Error::new(format!("`{name}` is there twice"))));
            }
            parameter.check(&value)?;
            asked.values.push((parameter.name, value));
        }
        let is_missing = |parameter: &&Parameter| parameter.is_required && asked.text(parameter.name).is_none();
        match parameters.iter().find(is_missing) {
            Some(missing) => {
                Err(bad(Error::new(format!("`{}` is missing", missing.name)).hint(format!("it is {}", missing.tells))))
            }
            None => Ok(asked),
        }
    }

    /// A value as it was sent, where it is not empty.
    pub fn text(&self, name: &str) -> Option<&str> {
        let value = self.values.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str());
        value.filter(|value| !value.is_empty())
    }

    pub fn date(&self, name: &str) -> Option<Date> {
        self.text(name)?.parse().ok()
    }

    pub fn count(&self, name: &str) -> Option<usize> {
        self.text(name)?.parse().ok()
    }

    pub fn score(&self, name: &str) -> Option<f32> {
        self.text(name)?.parse().ok()
    }

    pub fn list(&self, name: &str) -> impl Iterator<Item = &str> {
        self.text(name).into_iter().flat_map(|value| value.split(',')).map(str::trim)
    }

    pub fn statuses(&self) -> impl Iterator<Item = Status> {
        self.list("status").filter_map(|word| STATUSES.into_iter().find(|status| status.to_string() == word))
    }

    pub fn stance(&self) -> Option<Stance> {
        STANCES.into_iter().find(|stance| self.text("stance") == Some(&stance.to_string()))
    }

    pub fn channel(&self) -> Option<Channel> {
        CHANNELS.into_iter().find(|channel| self.text("channel") == Some(channel.name()))
    }

    pub fn kind(&self) -> Option<EntityKind> {
        self.text("kind")?.parse().ok()
    }

    pub fn view(&self) -> View {
        let view = VIEWS.into_iter().find(|(name, _)| self.text("view") == Some(name));
        view.map_or(View::Full, |(_, view)| view)
    }
}

impl Parameter {
    fn check(&self, value: &str) -> Result<(), Fault> {
        let fits = match self.form {
            _ if value.is_empty() => !self.is_required,
            Form::Words | Form::List => true,
            Form::Date => value.parse::<Date>().is_ok(),
            Form::Count(most) => value.parse::<usize>().is_ok_and(|count| count <= most),
            Form::Score => value.parse::<f32>().is_ok_and(|score| (0.0..=1.0).contains(&score)),
            Form::One(words) => words().iter().any(|word| word == value),
            Form::Some(words) => value.split(',').all(|value| words().iter().any(|word| word == value.trim())),
        };
        let fault = || bad(Error::new(format!("`{value}` is no value of `{}`", self.name)).hint(self.form.hint()));
        if fits { Ok(()) } else { Err(fault()) }
    }
}

impl Form {
    fn hint(self) -> String {
        match self {
            Form::Words | Form::List => "it must not be empty".to_owned(),
            Form::Date => "dates are 2031, 2031-05 or 2031-05-14".to_owned(),
            Form::Count(most) => format!("it is a number from 0 to {most}"),
            Form::Score => "it is a number from 0 to 1".to_owned(),
            Form::One(words) => format!("it is one of {}", words().join(", ")),
            Form::Some(words) => format!("it is some of {}, with commas between them", words().join(", ")),
        }
    }
}

fn bad(error: Error) -> Fault {
    Fault::of(StatusCode::BAD_REQUEST, error)
}

/// Names and values as forms write them: `a=Ousmane+Kant%C3%A9&b=` (<https://url.spec.whatwg.org/#urlencoded-parsing>).
///
/// # Errors
/// What is not UTF-8.
pub fn pairs(text: &str) -> Result<Vec<(String, String)>, Fault> {
    let read =
        |part: &str| String::from_utf8(decoded(part)).map_err(|_| bad(Error::new(format!("`{part}` is not UTF-8"))));
    let parts = text.split('&').filter(|part| !part.is_empty());
    parts
        .map(|part| part.split_once('=').unwrap_or((part, "")))
        .map(|(name, value)| Ok((read(name)?, read(value)?)))
        .collect()
}

/// The bytes that `+` and `%2B` stand for; a `%` that begins no byte is itself.
fn decoded(text: &str) -> Vec<u8> {
    let digit = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16)).map(|digit| digit as u8);
    let mut rest = text.as_bytes();
    let mut out = Vec::with_capacity(rest.len());
    while let Some((&byte, after)) = rest.split_first() {
        let coded = digit(after.first()).zip(digit(after.get(1))).filter(|_| byte == b'%');
        match (coded, byte) {
            (Some((high, low)), _) => out.push(16 * high + low),
            (None, b'+') => out.push(b' '),
            (None, byte) => out.push(byte),
        }
        rest = if coded.is_some() { &after[2..] } else { after };
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARAMETERS: [Parameter; 4] = [
        Parameter { name: "a", tells: "a name", form: Form::Words, is_required: true },
        Parameter { name: "since", tells: "a date", form: Form::Date, is_required: false },
        Parameter { name: "status", tells: "statuses", form: Form::Some(statuses), is_required: false },
        Parameter { name: "limit", tells: "a count", form: Form::Count(9), is_required: false },
    ];

    #[test]
    fn reads_what_is_asked() {
        let asked =
            Asked::of(String::new(), "a=Ousmane+Kant%c3%a9%&since=2031-05&status=denied,planned&limit=9", &PARAMETERS);
        let asked = asked.expect("all is as it should be");
        assert_eq!((asked.text("a"), asked.count("limit")), (Some("Ousmane Kanté%"), Some(9)));
        assert_eq!(asked.date("since").map(|date| date.to_string()), Some("2031-05".to_owned()));
        assert_eq!(asked.statuses().collect::<Vec<_>>(), [Status::Denied, Status::Planned]);
    }

    #[test]
    fn refuses_what_it_does_not_know() {
        for query in
            ["", "a=", "a=x&a=y", "a=x&staus=denied", "a=x&since=May", "a=x&status=denied,x", "a=x&limit=10", "a=%ff"]
        {
            assert!(Asked::of(String::new(), query, &PARAMETERS).is_err(), "{query}");
        }
    }
}
