//! How questions are read: patterns over their trees and the words that they are asked with (`schema/questions`).

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Deserialize;

use super::event_type::{EventType, position};
use super::pattern::Pattern;
use super::table::rows;
use crate::error::{Error, Result};

const WORDS: &str = "schema/questions/words.tsv";

/// What the words of a question stand for, as patterns name it.
const SLOTS: [&str; 3] = ["who", "place", "matter"];

/// The kinds of questions, in the order in which they are tried, and the words of all.
#[derive(Clone, Debug, Default)]
pub struct Questions {
    pub kinds: Vec<QuestionKind>,
    pub words: QuestionWords,
}

/// A kind of question: what it becomes, how it looks, and examples.
#[derive(Clone, Debug)]
pub struct QuestionKind {
    pub query: QueryKind,
    /// What can be asked, in a sentence.
    pub about: String,
    pub patterns: Vec<QuestionPattern>,
    pub examples: Vec<QuestionExample>,
}

/// The query that a question becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum QueryKind {
    /// How two hang together.
    Chain,
    /// Who holds an office: read off the titles of `lexicon/titles.tsv`, without patterns.
    Office,
    Meetings,
    /// Who said what: read off the cue words of `claims/cues.tsv`, without patterns.
    Statements,
    /// What happened: read off the patterns of `events/*.toml` too.
    Events,
    /// Who or what somebody or something is.
    Thing,
}

/// A pattern, its roles the slots `who`, `place` and `matter`.
#[derive(Clone, Debug)]
pub struct QuestionPattern {
    pub pattern: Pattern,
    /// Of meetings: `in-person` or `remote`, where the words say so.
    pub channel: Option<String>,
}

/// A question, and what it must be read as; `None` where it must not be read.
#[derive(Clone, Debug)]
pub struct QuestionExample {
    pub text: String,
    pub reads: Option<String>,
    pub file: &'static str,
    /// From zero.
    pub line: usize,
}

/// What a word does in a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuestionWord {
    /// "who"
    AsksWho,
    /// "when"
    AsksWhen,
    /// "where"
    AsksWhere,
    /// "what", "which"
    AsksWhat,
    /// "how often"
    AsksCount,
    /// "why": what no query can tell.
    AsksElse,
    /// "which leader"
    Person,
    /// "which country"
    Country,
    /// "which company"
    Organization,
    /// "which town"
    Place,
    /// "which day"
    Time,
    /// "before July": up to the day before.
    Before,
    /// "after July": from the day after.
    After,
    /// "since July": from its first day on.
    Since,
    /// "until July": up to its last day.
    Until,
    /// "in July"
    Within,
    /// "in Hamburg", "at the summit"
    Scene,
    /// "ever": says nothing that matters here.
    Filler,
}

/// The words by form; one may do several things.
#[derive(Clone, Debug, Default)]
pub struct QuestionWords(HashMap<String, HashSet<QuestionWord>>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    query: QueryKind,
    about: String,
    #[serde(default)]
    lists: BTreeMap<String, Vec<String>>,
    #[serde(rename = "pattern", default)]
    patterns: Vec<PatternLine>,
    #[serde(rename = "example", default)]
    examples: Vec<ExampleLines>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PatternLine {
    #[serde(rename = "match")]
    text: toml::Spanned<String>,
    channel: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExampleLines {
    text: toml::Spanned<String>,
    reads: Option<String>,
}

impl Questions {
    /// The questions that travel inside the program.
    ///
    /// # Errors
    /// A file or table that is malformed, by line.
    pub fn built_in() -> Result<Questions> {
        const FILES: [(&str, &str); 6] = [
            ("schema/questions/chain.toml", include_str!("../../schema/questions/chain.toml")),
            ("schema/questions/office.toml", include_str!("../../schema/questions/office.toml")),
            ("schema/questions/meetings.toml", include_str!("../../schema/questions/meetings.toml")),
            ("schema/questions/statements.toml", include_str!("../../schema/questions/statements.toml")),
            ("schema/questions/events.toml", include_str!("../../schema/questions/events.toml")),
            ("schema/questions/thing.toml", include_str!("../../schema/questions/thing.toml")),
        ];
        let kinds = FILES.iter().map(|(file, text)| QuestionKind::parse(file, text)).collect::<Result<_>>()?;
        let words = QuestionWords::parse(include_str!("../../schema/questions/words.tsv"))?;
        Ok(Questions { kinds, words })
    }
}

impl QuestionKind {
    fn parse(file: &'static str, text: &str) -> Result<QuestionKind> {
        let parsed: File = toml::from_str(text).map_err(|error| {
            let (line, column) = position(text, error.span().map_or(0, |span| span.start));
            Error::new(error.message().to_owned()).at_line(file, line, Some(column))
        })?;
        let pattern = |line: PatternLine| {
            let pattern = Pattern::parse(line.text.get_ref(), &parsed.lists, &SLOTS).map_err(|error| {
                let (row, column) = position(text, line.text.span().start);
                error.at_line(file, row, Some(column))
            })?;
            Ok(QuestionPattern { pattern, channel: line.channel })
        };
        let example = |lines: ExampleLines| {
            let line = position(text, lines.text.span().start).0;
            QuestionExample { text: lines.text.into_inner(), reads: lines.reads, file, line }
        };
        Ok(QuestionKind {
            query: parsed.query,
            about: parsed.about,
            patterns: parsed.patterns.into_iter().map(pattern).collect::<Result<_>>()?,
            examples: parsed.examples.into_iter().map(example).collect(),
        })
    }
}

impl QuestionWords {
    fn parse(text: &str) -> Result<QuestionWords> {
        let mut words: HashMap<String, HashSet<QuestionWord>> = HashMap::new();
        for row in rows(text, WORDS, ["word", "class"])? {
            let [word, class] = row.cells;
            let class = match class {
                "asks-who" => QuestionWord::AsksWho,
                "asks-when" => QuestionWord::AsksWhen,
                "asks-where" => QuestionWord::AsksWhere,
                "asks-what" => QuestionWord::AsksWhat,
                "asks-count" => QuestionWord::AsksCount,
                "asks-else" => QuestionWord::AsksElse,
                "person" => QuestionWord::Person,
                "country" => QuestionWord::Country,
                "organization" => QuestionWord::Organization,
                "place" => QuestionWord::Place,
                "time" => QuestionWord::Time,
                "before" => QuestionWord::Before,
                "after" => QuestionWord::After,
                "since" => QuestionWord::Since,
                "until" => QuestionWord::Until,
                "within" => QuestionWord::Within,
                "scene" => QuestionWord::Scene,
                "filler" => QuestionWord::Filler,
                _ => return Err(row.error(format!("unknown class `{class}`"))),
            };
            words.entry(word.to_owned()).or_default().insert(class);
        }
        Ok(QuestionWords(words))
    }

    /// Whether a word, or several with blanks between them, in lower case, does this.
    pub fn is(&self, word: &str, class: QuestionWord) -> bool {
        self.0.get(word).is_some_and(|classes| classes.contains(&class))
    }
}

impl EventType {
    /// Whether those in it meet face to face or by this channel, and it is nothing but their meeting.
    pub fn is_meeting(&self, channel: Option<&str>) -> bool {
        self.mutual && self.channel.is_some() && (channel.is_none() || self.channel.as_deref() == channel)
    }
}
