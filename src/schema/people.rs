//! Words about people: titles and offices, courtesy forms, given names, nouns and pronouns (`schema/lexicon/*.tsv`).

use std::collections::HashMap;

use super::EntityKind;
use super::table::rows;
use crate::error::{Error, Result};

/// The most words of a title.
pub const MAX_TITLE_WORDS: usize = 7;

/// Whether a word is of a man, a woman, or either.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gender {
    Male,
    Female,
    Neuter,
    Either,
}

impl Gender {
    /// Whether one person or thing can have both.
    pub fn agrees(self, other: Gender) -> bool {
        self == other
            || self == Gender::Either && other != Gender::Neuter
            || other == Gender::Either && self != Gender::Neuter
    }
}

/// A title or office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title {
    /// In lower case: `foreign minister`.
    pub title: String,
    pub class: String,
    /// The body that it always implies: an ISO code or an organization's name.
    pub of: Option<String>,
    /// Whether the form is an abbreviation and `title` what it stands for: "general" of "Gen."
    pub is_in_full: bool,
}

/// A pronoun, in one of its readings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pronoun {
    /// 1, 2, 3; 0 of relatives.
    pub person: u8,
    pub plural: bool,
    pub gender: Gender,
    /// Its form's number in the order of the table, from zero.
    pub form: usize,
}

/// A common noun for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PersonNoun {
    pub gender: Gender,
    pub plural: bool,
}

/// Where a word of a name must stand to tell the name's kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position {
    End,
    Any,
    After,
}

/// The kind that a word gives to a name; `None` of events, which are no entities.
pub type NameHead = (Option<EntityKind>, Position);

/// The kind that a noun gives to the name that it leads ("the newspaper Vestkysten"); `None` of things that are no entities.
pub type Described = Option<EntityKind>;

/// Whom a noun acts for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delegate {
    Country,
    Any,
}

/// The word lists about people.
#[derive(Clone, Debug, Default)]
pub struct PeopleLexicon {
    titles: HashMap<String, Title>,
    honorifics: HashMap<String, Gender>,
    given_names: HashMap<String, Gender>,
    nouns: HashMap<String, PersonNoun>,
    pronouns: HashMap<String, Pronoun>,
    name_heads: HashMap<String, NameHead>,
    describing_nouns: HashMap<String, Described>,
    delegates: HashMap<String, Delegate>,
}

/// The texts of the tables.
pub struct PeopleTables<'a> {
    pub titles: &'a str,
    pub honorifics: &'a str,
    pub given_names: &'a str,
    pub persons: &'a str,
    pub pronouns: &'a str,
    pub name_heads: &'a str,
    pub delegates: &'a str,
}

impl PeopleLexicon {
    /// Reads the tables.
    ///
    /// # Errors
    /// A malformed line or an unknown value, by file and line.
    pub fn parse(tables: &PeopleTables) -> Result<PeopleLexicon> {
        let mut lexicon = PeopleLexicon::default();
        for row in rows(tables.titles, "schema/lexicon/titles.tsv", ["title", "class", "of", "full"])? {
            let [form, class, of, full] = row.cells;
            let title = if full.is_empty() { form } else { full }.to_lowercase();
            let of = (!of.is_empty()).then(|| of.to_owned());
            let known = Title { title, class: class.to_owned(), of, is_in_full: !full.is_empty() };
            lexicon.titles.insert(title_key(&form.to_lowercase()), known);
        }
        for row in rows(tables.honorifics, "schema/lexicon/honorifics.tsv", ["form", "gender"])? {
            let [form, sex] = row.cells;
            lexicon.honorifics.insert(title_key(form), gender(sex).map_err(|error| row.error(error.to_string()))?);
        }
        for row in rows(tables.given_names, "schema/lexicon/given-names.tsv", ["name", "gender"])? {
            let [name, sex] = row.cells;
            lexicon.given_names.insert(name.to_lowercase(), gender(sex).map_err(|error| row.error(error.to_string()))?);
        }
        for row in rows(tables.persons, "schema/lexicon/persons.tsv", ["form", "gender", "number"])? {
            let [form, sex, number] = row.cells;
            let gender = gender(sex).map_err(|error| row.error(error.to_string()))?;
            lexicon.nouns.insert(form.to_lowercase(), PersonNoun { gender, plural: number == "plur" });
        }
        let columns = ["form", "person", "number", "gender", "case"];
        for row in rows(tables.pronouns, "schema/lexicon/pronouns.tsv", columns)? {
            let [form, person, number, sex, _] = row.cells;
            let gender = gender(sex).map_err(|error| row.error(error.to_string()))?;
            let form_number = lexicon.pronouns.len();
            let person = person.parse().unwrap_or(0);
            let pronoun = Pronoun { person, plural: number == "plur", gender, form: form_number };
            lexicon.pronouns.entry(form.to_lowercase()).or_insert(pronoun);
        }
        for row in rows(tables.name_heads, "schema/lexicon/name-heads.tsv", ["word", "kind", "position"])? {
            let [word, kind, position] = row.cells;
            let kind = match kind {
                "event" | "thing" => None,
                _ => Some(kind.parse().map_err(|error: Error| row.error(error.to_string()))?),
            };
            let position = match position {
                "before" => {
                    lexicon.describing_nouns.insert(word.to_owned(), kind);
                    continue;
                }
                "end" => Position::End,
                "any" => Position::Any,
                "after" => Position::After,
                _ => return Err(row.error(format!("unknown position `{position}`"))),
            };
            lexicon.name_heads.insert(word.to_owned(), (kind, position));
        }
        for row in rows(tables.delegates, "schema/lexicon/delegates.tsv", ["word", "for"])? {
            let [word, whom] = row.cells;
            match whom {
                "country" => drop(lexicon.delegates.insert(word.to_owned(), Delegate::Country)),
                "any" => drop(lexicon.delegates.insert(word.to_owned(), Delegate::Any)),
                _ => return Err(row.error(format!("unknown body `{whom}`"))),
            }
        }
        Ok(lexicon)
    }

    /// The title that some words are, case aside: `Foreign Minister`, `Gen.`
    pub fn title(&self, words: &[&str]) -> Option<&Title> {
        let is_word = |word: &&&str| word.contains(char::is_alphanumeric);
        if [words.first(), words.last()].into_iter().flatten().filter(is_word).count() < 2 {
            return None;
        }
        let joined = words.join(" ");
        self.titles.get(&title_key(&joined)).or_else(|| {
            // "deputy foreign ministers" and the like: the singular of a regular plural.
            joined.strip_suffix('s').and_then(|singular| self.titles.get(&title_key(singular)))
        })
    }

    /// The gender that a courtesy form tells: `Mr`.
    pub fn honorific(&self, words: &[&str]) -> Option<Gender> {
        self.honorifics.get(&title_key(&words.join(" "))).copied()
    }

    pub fn given_name(&self, word: &str) -> Option<Gender> {
        self.given_names.get(&word.to_lowercase()).copied()
    }

    pub fn person_noun(&self, word: &str) -> Option<PersonNoun> {
        self.nouns.get(&word.to_lowercase()).copied()
    }

    pub fn pronoun(&self, word: &str) -> Option<Pronoun> {
        self.pronouns.get(&word.to_lowercase()).copied()
    }

    pub fn name_head(&self, word: &str) -> Option<NameHead> {
        self.name_heads.get(&word.to_lowercase()).copied()
    }

    /// What a common noun, of one word or two, says of the name that it leads: "newspaper", "think tank".
    pub fn describing_noun(&self, words: &[&str]) -> Option<Described> {
        self.describing_nouns.get(&words.join(" ").to_lowercase()).copied()
    }

    pub fn delegate(&self, lemma: &str) -> Option<Delegate> {
        self.delegates.get(lemma).copied()
    }
}

/// Titles are compared in lower case without points and marks of direction: `Gen.` and `gen` agree.
fn title_key(title: &str) -> String {
    let plain = title.chars().filter(|&c| !matches!(c, '.' | '\u{200e}' | '\u{200f}')).flat_map(char::to_lowercase);
    let parted: String = plain.map(|c| if matches!(c, '-' | '‑') { ' ' } else { c }).collect();
    // "Secretary-General" may have come apart into three words.
    parted.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(super) fn gender(cell: &str) -> Result<Gender> {
    Ok(match cell {
        "m" => Gender::Male,
        "f" => Gender::Female,
        "n" => Gender::Neuter,
        "u" => Gender::Either,
        _ => return Err(Error::new(format!("unknown gender `{cell}`")).hint("genders are m, f, n, u")),
    })
}
