//! Names of months and weekdays, and the words that announce a date, from `schema/lexicon/calendar.tsv`.
//!
//! "Sept." is month 9, "Thurs" is weekday 4, and the "Updated" of "Updated: 4 March 2019" announces a later date than
//! that of publication.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::error::{Error, Result};

/// The file that the built-in calendar is read from.
const FILE: &str = "schema/lexicon/calendar.tsv";

/// What a word says about dates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    months: HashMap<String, i8>,
    weekdays: HashMap<String, i8>,
    cues: HashMap<String, DateCue>,
}

/// What the date behind a word is the date of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DateCue {
    /// "Published: 3 March 2019"
    Published,
    /// "Last updated 4 March 2019"
    Updated,
}

impl Calendar {
    /// The calendar that comes with the program.
    pub fn built_in() -> &'static Calendar {
        static BUILT_IN: LazyLock<Calendar> = LazyLock::new(|| {
            Calendar::parse(FILE, super::files::text("schema/lexicon/calendar.tsv"))
                .expect("the built-in calendar is whole")
        });
        &BUILT_IN
    }

    /// Reads a table with the columns `form`, `kind` and `value`.
    ///
    /// # Errors
    ///
    /// Where a line lacks a column, or its kind or value is unknown.
    pub fn parse(file: &str, table: &str) -> Result<Calendar> {
        let mut calendar = Calendar { months: HashMap::new(), weekdays: HashMap::new(), cues: HashMap::new() };
        for (number, line) in table.lines().enumerate().skip(1).filter(|(_, line)| !line.trim().is_empty()) {
            calendar.add(line).map_err(|error| error.at_line(file, number, None))?;
        }
        Ok(calendar)
    }

    /// The month that a name or an abbreviation means, 1 to 12; case and a trailing full stop don't matter.
    pub fn month(&self, word: &str) -> Option<i8> {
        self.months.get(&key(word)).copied()
    }

    /// The weekday that a name or an abbreviation means, from 1 for Monday to 7; case and a trailing full stop don't
    /// matter.
    pub fn weekday(&self, word: &str) -> Option<i8> {
        self.weekdays.get(&key(word)).copied()
    }

    /// What a word or phrase before a date says of it; case and a trailing colon don't matter.
    pub fn cue(&self, phrase: &str) -> Option<DateCue> {
        self.cues.get(&key(phrase.trim_end_matches([':', ' ']))).copied()
    }

    fn add(&mut self, line: &str) -> Result<()> {
        let columns: Vec<&str> = line.split('\t').map(str::trim).collect();
        let [form, kind, value] = columns[..] else {
            return Err(Error::new(format!("{} columns where three are wanted", columns.len()))
                .hint("columns are form, kind and value, with a tab between"));
        };
        match kind {
            "month" => self.months.insert(key(form), number(value, 12)?).map(|_| ()),
            "weekday" => self.weekdays.insert(key(form), number(value, 7)?).map(|_| ()),
            "cue" => self.cues.insert(key(form), cue(value)?).map(|_| ()),
            _ => {
                return Err(
                    Error::new(format!("unknown kind `{kind}`")).hint("kinds here are `month`, `weekday`, `cue`")
                );
            }
        };
        Ok(())
    }
}

fn key(word: &str) -> String {
    word.strip_suffix('.').unwrap_or(word).to_lowercase()
}

fn number(value: &str, last: i8) -> Result<i8> {
    let number = value.parse().ok().filter(|number| (1..=last).contains(number));
    number.ok_or_else(|| Error::new(format!("`{value}` is no number from 1 to {last}")))
}

fn cue(value: &str) -> Result<DateCue> {
    match value {
        "published" => Ok(DateCue::Published),
        "updated" => Ok(DateCue::Updated),
        _ => Err(Error::new(format!("unknown cue `{value}`")).hint("cues here are `published`, `updated`")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_abbreviations_mean_a_month_or_a_weekday() {
        let calendar = Calendar::built_in();
        assert_eq!(calendar.month("SEPT."), Some(9));
        assert_eq!(calendar.month("may"), Some(5));
        assert_eq!(calendar.month("maybe"), None);
        assert_eq!(calendar.weekday("Thurs"), Some(4));
        assert_eq!(calendar.weekday("Sundry"), None);
        assert_eq!((1..=12).filter(|month| calendar.months.values().any(|m| m == month)).count(), 12);
        assert_eq!((1..=7).filter(|day| calendar.weekdays.values().any(|d| d == day)).count(), 7);
    }

    #[test]
    fn cues_tell_publication_from_update() {
        let calendar = Calendar::built_in();
        assert_eq!(calendar.cue("Published:"), Some(DateCue::Published));
        assert_eq!(calendar.cue("last updated"), Some(DateCue::Updated));
        assert_eq!(calendar.cue("publicly"), None);
    }

    #[test]
    fn a_wrong_line_is_named() {
        let error = |line: &str| Calendar::parse("calendar.tsv", &format!("form\tkind\tvalue\n{line}\n")).unwrap_err();
        assert_eq!(error("Brumaire\tmonth\t13").to_string(), "calendar.tsv:2: `13` is no number from 1 to 12");
        assert!(error("Brumaire").to_string().starts_with("calendar.tsv:2: "));
        assert!(error("dawn\thour\t6").hint_text().is_some());
    }
}
