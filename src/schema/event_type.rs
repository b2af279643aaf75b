//! Event types: what each means, its patterns, and sentences that must and must not match (`schema/events/*.toml`).

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Deserialize;

use super::EntityKind;
use super::pattern::Pattern;
use crate::error::{Error, Result};

/// A type of event.
#[derive(Clone, Debug)]
pub struct EventType {
    /// `meet`
    pub name: String,
    /// What it means, in a sentence.
    pub about: String,
    /// What an event without a name of its own is called: `Meeting of {who}`.
    pub headline: String,
    pub plover: Option<String>,
    pub cameo: Option<String>,
    /// How those in it meet: `in-person`, `remote`; `None` of events that are no meetings.
    pub channel: Option<String>,
    /// Whether one who is named before an event with few participants may be meant ("their discussion").
    pub mutual: bool,
    /// Whether other events may be a part of it: a summit.
    pub occasion: bool,
    /// Types of its parts whose participants take part in it too: of an election, those of whom it tells that they were elected.
    pub attended_by: Vec<String>,
    /// Whether a mention without a participant or a proper name counts.
    pub impersonal: bool,
    /// Whether it is where the country before its noun is: "the Kenyan election", and not "the Kenyan attack".
    pub domestic: bool,
    /// Whether each of several places told together is an event of its own: "will visit Kenya and Uganda".
    pub each_place: bool,
    /// Lemmas that tell that people were in contact, and not how: "discuss".
    pub open: Vec<String>,
    /// Kinds that may fill each role.
    pub roles: BTreeMap<String, Vec<EntityKind>>,
    pub patterns: Vec<NamedPattern>,
    pub examples: Vec<Example>,
    /// The file that tells all this, for messages.
    pub file: PathBuf,
    /// Whether it is a user's own. Then a lone word of its patterns is enough; of the built-in types, the event head has to see
    /// an event in the word too.
    pub is_users: bool,
}

/// A pattern with the name that evidence gives as its rule.
#[derive(Clone, Debug)]
pub struct NamedPattern {
    pub name: String,
    pub pattern: Pattern,
    /// Whether its words leave no doubt about the type, so that the event head is not asked for it: "spoke by phone".
    pub decisive: bool,
}

/// A sentence and the events of the type that it must give.
#[derive(Clone, Debug)]
pub struct Example {
    pub text: String,
    /// For each event the names of its participants, in any order; empty where none must match.
    pub yields: Vec<Vec<String>>,
    /// The status of each, where the example tells it.
    pub status: Vec<String>,
    /// Whether it is known to be read wrong so far: it must be, and once it is not, its file must say so.
    pub gap: bool,
    /// The line of its text in the file, from zero.
    pub line: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "type")]
    name: String,
    about: String,
    headline: String,
    plover: Option<String>,
    cameo: Option<String>,
    channel: Option<String>,
    #[serde(default)]
    mutual: bool,
    #[serde(default)]
    occasion: bool,
    #[serde(default)]
    attended_by: Vec<String>,
    #[serde(default)]
    impersonal: bool,
    #[serde(default)]
    domestic: bool,
    #[serde(default)]
    each_place: bool,
    #[serde(default)]
    open: Vec<String>,
    roles: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    lists: BTreeMap<String, Vec<String>>,
    #[serde(rename = "pattern", default)]
    patterns: Vec<PatternLine>,
    #[serde(rename = "example", default)]
    examples: Vec<ExampleLines>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExampleLines {
    text: toml::Spanned<String>,
    yields: Vec<Vec<String>>,
    #[serde(default)]
    status: Vec<String>,
    #[serde(default)]
    gap: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PatternLine {
    name: String,
    #[serde(rename = "match")]
    text: toml::Spanned<String>,
    #[serde(default)]
    decisive: bool,
}

/// The role of those who may take part though no pattern says so.
const INVOLVED: &str = "involved";

impl EventType {
    /// Whether one of a kind may fill a role; of those who take part, as one of those who may be involved.
    pub fn may_fill(&self, role: &str, kind: EntityKind) -> bool {
        let fills = |role: &str| self.roles.get(role).map(|kinds| kinds.contains(&kind));
        match role {
            "participant" => fills(role).is_none_or(|fills| fills) || fills(INVOLVED) == Some(true),
            "place" => fills(role).unwrap_or(matches!(kind, EntityKind::Place | EntityKind::Country)),
            _ => fills(role) == Some(true),
        }
    }

    /// Reads a file of `schema/events`.
    ///
    /// # Errors
    /// TOML that is none, a missing or unknown key, a pattern that breaks the grammar: by line and column.
    pub fn parse(file: &str, text: &str) -> Result<EventType> {
        let parsed: File = toml::from_str(text).map_err(|error| {
            let (line, column) = position(text, error.span().map_or(0, |span| span.start));
            Error::new(error.message().to_owned()).at_line(file, line, Some(column))
        })?;
        let at = |offset: usize, error: Error| {
            let (line, column) = position(text, offset);
            error.at_line(file, line, Some(column))
        };
        let names: Vec<&str> = parsed.roles.keys().map(String::as_str).collect();
        let mut patterns = Vec::new();
        for line in parsed.patterns {
            let pattern = Pattern::parse(line.text.get_ref(), &parsed.lists, &names)
                .map_err(|error| at(line.text.span().start, error))?;
            let name = format!("{}/{}", parsed.name, line.name);
            patterns.push(NamedPattern { name, pattern, decisive: line.decisive });
        }
        let kinds = |kinds: Vec<String>| kinds.iter().map(|kind| kind.parse()).collect::<Result<Vec<EntityKind>>>();
        let roles = parsed
            .roles
            .into_iter()
            .map(|(role, list)| Ok((role, kinds(list)?)))
            .collect::<Result<_>>()
            .map_err(|error| at(0, error))?;
        Ok(EventType {
            name: parsed.name,
            about: parsed.about,
            headline: parsed.headline,
            plover: parsed.plover,
            cameo: parsed.cameo,
            channel: parsed.channel,
            mutual: parsed.mutual,
            occasion: parsed.occasion,
            attended_by: parsed.attended_by,
            impersonal: parsed.impersonal,
            domestic: parsed.domestic,
            each_place: parsed.each_place,
            open: parsed.open,
            roles,
            patterns,
            examples: parsed.examples.into_iter().map(|example| example.at(text)).collect(),
            file: PathBuf::from(file),
            is_users: false,
        })
    }
}

impl ExampleLines {
    fn at(self, file: &str) -> Example {
        let line = position(file, self.text.span().start).0;
        Example { text: self.text.into_inner(), yields: self.yields, status: self.status, gap: self.gap, line }
    }
}

/// Line and column, from zero, of a byte.
pub(super) fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = &text[..offset.min(text.len())];
    let line = before.matches('\n').count();
    (line, before.rsplit('\n').next().unwrap_or_default().chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_names_line_and_column() {
        let file = "type = \"meet\"\nabout = \"x\"\nheadline = \"{who}\"\n[roles]\nparticipant = [\"person\"]\n[[pattern]]\nname = \"a\"\nmatch = \"meet >nsubj suspct\"\n";
        let error = EventType::parse("events/meet.toml", file).expect_err("an unknown role");
        assert!(error.to_string().starts_with("events/meet.toml:8:9: unknown role `suspct`"), "{error}");
        assert_eq!(error.hint_text(), Some("roles here are `participant`"));
    }
}
