//! Words that tell times, from `schema/lexicon/time.tsv`: "yesterday" is a day, one before that of publication.
//!
//! Months and weekdays are the calendar's; what the words mean together is the language stage's.

use std::collections::HashMap;
use std::str::FromStr;

use super::table;
use crate::error::{Error, Result};

/// The file that the built-in words are read from.
const FILE: &str = "schema/lexicon/time.tsv";

/// Words that tell times, each with its classes and what it means in them.
#[derive(Clone, Debug, Default)]
pub struct TimeLexicon {
    words: HashMap<String, Vec<(TimeClass, i64)>>,
}

/// What a word does in an expression of time; the head of the table tells of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimeClass {
    /// "yesterday": a day, counted from that of publication.
    Day,
    /// "morning"
    Part,
    /// "day", "hour"
    Days,
    /// "week"
    Weeks,
    /// "month"
    Months,
    /// "year", "decade"
    Years,
    Weekend,
    /// "on the eve"
    Eve,
    /// "summer"
    Season,
    /// "last", "this", "next": units away from publication.
    Shift,
    /// "the past three years": a stretch that ends or begins with publication.
    Stretch,
    /// "the following day": units away from the date told before.
    Turn,
    /// "two days ago"
    Ago,
    /// "two days later"
    Later,
    /// "two", "a"
    Number,
    /// "a few"
    Vague,
    /// "early 2016"
    Stage,
    /// "from", "between"
    From,
    /// "to"
    To,
    /// "and" after "between"
    And,
    /// "the 6th of October"
    Of,
    /// "in three days"
    Within,
    /// "the 1990s"
    Article,
    /// "every Saturday"
    Repeat,
    /// "scheduled for Monday"
    Ahead,
    /// "managed to leave on Monday"
    Implied,
    /// "at 2000 GMT"
    Clock,
}

const CLASSES: [(&str, TimeClass); 27] = [
    ("day", TimeClass::Day),
    ("part", TimeClass::Part),
    ("days", TimeClass::Days),
    ("weeks", TimeClass::Weeks),
    ("months", TimeClass::Months),
    ("years", TimeClass::Years),
    ("weekend", TimeClass::Weekend),
    ("eve", TimeClass::Eve),
    ("season", TimeClass::Season),
    ("shift", TimeClass::Shift),
    ("stretch", TimeClass::Stretch),
    ("turn", TimeClass::Turn),
    ("ago", TimeClass::Ago),
    ("later", TimeClass::Later),
    ("number", TimeClass::Number),
    ("vague", TimeClass::Vague),
    ("stage", TimeClass::Stage),
    ("from", TimeClass::From),
    ("to", TimeClass::To),
    ("and", TimeClass::And),
    ("of", TimeClass::Of),
    ("within", TimeClass::Within),
    ("article", TimeClass::Article),
    ("repeat", TimeClass::Repeat),
    ("ahead", TimeClass::Ahead),
    ("implied", TimeClass::Implied),
    ("clock", TimeClass::Clock),
];

impl TimeLexicon {
    /// The words that travel inside the program.
    pub fn built_in() -> TimeLexicon {
        TimeLexicon::parse(super::files::text("schema/lexicon/time.tsv"), FILE)
            .expect("the built-in time words are tested")
    }

    /// Reads a table with the columns `form`, `class` and `value`.
    pub fn parse(text: &str, file: &str) -> Result<TimeLexicon> {
        let mut lexicon = TimeLexicon::default();
        for row in table::rows(text, file, ["form", "class", "value"])? {
            let [form, class, value] = row.cells;
            let class = class.parse().map_err(|error: Error| row.error(error.to_string()).hint(known_classes()))?;
            let value = value.parse().map_err(|_| row.error(format!("`{value}` is no whole number")))?;
            lexicon.words.entry(form.to_lowercase()).or_default().push((class, value));
        }
        Ok(lexicon)
    }

    /// What a word means in a class; `None` where it is not in it. Case doesn't matter.
    pub fn value(&self, word: &str, class: TimeClass) -> Option<i64> {
        let senses = self.words.get(&word.to_lowercase())?;
        senses.iter().find(|(c, _)| *c == class).map(|(_, value)| *value)
    }
}

impl FromStr for TimeClass {
    type Err = Error;

    fn from_str(text: &str) -> Result<TimeClass> {
        let found = CLASSES.iter().find(|(name, _)| *name == text);
        found.map(|(_, class)| *class).ok_or_else(|| Error::new(format!("unknown class `{text}`")))
    }
}

fn known_classes() -> String {
    let names: Vec<String> = CLASSES.iter().map(|(name, _)| format!("`{name}`")).collect();
    format!("classes here are {}", names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_has_a_value_in_each_of_its_classes() {
        let lexicon = TimeLexicon::built_in();
        assert_eq!(lexicon.value("Yesterday", TimeClass::Day), Some(-1));
        assert_eq!(lexicon.value("next", TimeClass::Shift), Some(1));
        assert_eq!(lexicon.value("next", TimeClass::Turn), Some(1));
        assert_eq!(lexicon.value("next", TimeClass::Ago), None);
        assert_eq!(lexicon.value("nearby", TimeClass::Shift), None);
    }

    #[test]
    fn faults_name_their_line() {
        let error = |line: &str| TimeLexicon::parse(&format!("form\tclass\tvalue\n{line}\n"), "time.tsv").unwrap_err();
        assert_eq!(error("dusk\tmood\t0").to_string(), "time.tsv:2: unknown class `mood`");
        assert!(error("dusk\tmood\t0").hint_text().is_some_and(|hint| hint.contains("`part`")));
        assert_eq!(error("dusk\tpart\tlate").to_string(), "time.tsv:2: `late` is no whole number");
    }
}
