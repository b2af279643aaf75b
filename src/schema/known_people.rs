//! People who are known: leaders and ministers with their terms of office (`schema/gazetteer/people.tsv`, and users' tables).
//!
//! "George Bush" names two; the term that covers an article's date tells which.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::FunctionWords;
use super::WordClass;
use super::people::Gender;
use super::table::{Row, rows};
use crate::base::{Date, slug};
use crate::error::{Error, Result};

const FILE: &str = "schema/gazetteer/people.tsv";
const VARIANTS_FILE: &str = "schema/lexicon/name-variants.tsv";

/// A person of the tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownPerson {
    /// `person/george-w-bush`
    pub id: String,
    pub name: String,
    pub gender: Gender,
    /// The country of their offices, or their own.
    pub iso: Option<String>,
    pub terms: Vec<Term>,
    /// `http://www.wikidata.org/entity/Q7747`
    pub wikidata: Option<String>,
}

/// An office held from one date to another; open ends are `None`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// In lower case: `prime minister`.
    pub title: String,
    pub from: Option<Date>,
    pub until: Option<Date>,
}

impl Term {
    /// Whether a day, month or year lies in the term.
    pub fn covers(&self, date: Date) -> bool {
        self.from.is_none_or(|from| from.first_day() <= date.last_day())
            && self.until.is_none_or(|until| date.first_day() <= until.last_day())
    }
}

/// All people of the tables, by the forms of their names.
#[derive(Clone, Debug, Default)]
pub struct KnownPeople {
    people: Vec<KnownPerson>,
    forms: HashMap<String, Vec<usize>>,
    /// By the last part of their names and aliases.
    last_names: HashMap<String, Vec<usize>>,
    /// By the names of those who bear a number: "Abdullah" of "Abdullah II".
    regnal_names: HashMap<String, Vec<usize>>,
    /// Given names in other forms and spellings, folded, and the form that stands for all: `alexey`, `alexei`.
    variants: HashMap<String, String>,
}

impl KnownPeople {
    /// Reads the tables that travel with the program: people, and variants of given names.
    ///
    /// # Errors
    /// A malformed line, gender, date or item, by file and line.
    pub fn parse(text: &str, variants: &str, words: &FunctionWords) -> Result<KnownPeople> {
        let mut known = KnownPeople::default();
        for row in rows(variants, VARIANTS_FILE, ["variant", "name"])? {
            let [variant, name] = row.cells.map(|cell| fold(cell).collect::<String>());
            known.variants.insert(variant, name);
        }
        for row in rows(text, FILE, ["name", "aliases", "gender", "iso", "offices", "wikidata"])? {
            let [name, aliases, gender, iso, offices, wikidata] = row.cells;
            let gender = super::people::gender(gender).map_err(|error| row.error(error.to_string()))?;
            known.add(&row, PersonCells { name, aliases, iso, offices, wikidata }, gender, words)?;
        }
        Ok(known)
    }

    /// Adds a row of a table; one whose name and country are there already adds to it.
    pub(super) fn add<const N: usize>(
        &mut self,
        row: &Row<N>,
        cells: PersonCells,
        gender: Gender,
        words: &FunctionWords,
    ) -> Result<()> {
        let terms = list(cells.offices).map(|office| term(office).ok_or_else(|| bad_term(row, office)));
        let person = KnownPerson {
            id: format!("person/{}", slug(cells.name)),
            name: cells.name.to_owned(),
            gender,
            iso: (!cells.iso.is_empty()).then(|| cells.iso.to_owned()),
            terms: terms.collect::<Result<_>>()?,
            wikidata: item(row, cells.wikidata)?,
        };
        let same = self.people.iter().position(|other| other.id == person.id && other.iso == person.iso);
        let number = same.unwrap_or(self.people.len());
        match self.people.get_mut(number) {
            Some(there) => {
                there.terms.extend(person.terms);
                there.wikidata = person.wikidata.or(there.wikidata.take());
            }
            None => self.people.push(person),
        }
        for form in [cells.name].into_iter().chain(list(cells.aliases)) {
            let form: Vec<&str> = form.split(' ').collect();
            let core = self.core_parts(words, &form);
            if let [borne, number_borne] = &form[..]
                && words.is(number_borne, WordClass::Suffix)
            {
                push_new(self.regnal_names.entry(fold(borne).collect()).or_default(), number);
            }
            push_new(self.last_names.entry(core.last().cloned().unwrap_or_default()).or_default(), number);
            push_new(self.forms.entry(core.concat()).or_default(), number);
            push_new(self.forms.entry(full_key(&form)).or_default(), number);
        }
        Ok(())
    }

    /// Whom the words of a name can stand for, in the order of the table; case, accents, hyphens, initials and the spelling of
    /// particles ("el", "al") do not count.
    pub fn find(&self, words: &FunctionWords, name: &[&str]) -> Vec<&KnownPerson> {
        let core = self.core_parts(words, name);
        let exact = self.forms.get(&full_key(name)).or_else(|| self.forms.get(&core.concat()));
        // "João Manuel Gonçalves Lourenço" is the João Lourenço of the table.
        let ends = || match &core[..] {
            [first, _, .., last] => self.forms.get(&format!("{first}{last}")),
            _ => None,
        };
        // "Kishida Fumio", as Japan writes it.
        let turned = || match &core[..] {
            [family, given] => self.forms.get(&format!("{given}{family}")),
            _ => None,
        };
        self.of(exact.or_else(ends).or_else(turned))
    }

    /// Those whose names end with a last name.
    pub fn with_last_name(&self, words: &FunctionWords, last: &str) -> Vec<&KnownPerson> {
        self.of(self.last_names.get(&self.core_parts(words, &[last]).concat()))
    }

    /// The titles of all terms of the people of a country, by its code.
    pub fn titles_of<'a>(&'a self, iso: &'a str) -> impl Iterator<Item = &'a str> {
        let people = self.people.iter().filter(move |person| person.iso.as_deref() == Some(iso));
        people.flat_map(|person| &person.terms).map(|term| term.title.as_str())
    }

    /// Those who bear a name with a number, told without it: "King Abdullah".
    pub fn with_regnal_name(&self, name: &str) -> Vec<&KnownPerson> {
        self.of(self.regnal_names.get(&fold(name).collect::<String>()))
    }

    /// The parts of a name, folded, that tell whose it is: no initials, no "Jr.", "el" as "al", the given name in the form that stands
    /// for all its variants.
    pub fn core_parts(&self, words: &FunctionWords, name: &[&str]) -> Vec<String> {
        let parts =
            name.iter().flat_map(|word| word.split(['-', '‑'])).filter(|word| word.chars().any(char::is_alphanumeric));
        let parts: Vec<(&str, String)> = parts.map(|word| (word, fold(word).collect())).collect();
        let telling = |(word, part): &&(&str, String)| part.chars().count() > 1 && !words.is(word, WordClass::Suffix);
        let mut core: Vec<String> = parts.iter().filter(telling).map(|(_, part)| unified(part)).collect();
        if core.len() < 2 {
            return parts.into_iter().map(|(_, part)| unified(&part)).collect();
        }
        if let Some(name) = self.variants.get(&core[0]) {
            core[0].clone_from(name);
        }
        core
    }

    fn of(&self, numbers: Option<&Vec<usize>>) -> Vec<&KnownPerson> {
        numbers.into_iter().flatten().map(|&number| &self.people[number]).collect()
    }
}

/// The cells of a row that tell of a person.
pub(super) struct PersonCells<'a> {
    pub name: &'a str,
    pub aliases: &'a str,
    pub iso: &'a str,
    pub offices: &'a str,
    pub wikidata: &'a str,
}

/// The letters of a name, in lower case without accents, run together.
fn full_key(name: &[&str]) -> String {
    name.iter().flat_map(|word| fold(word)).collect()
}

fn push_new(numbers: &mut Vec<usize>, number: usize) {
    if !numbers.contains(&number) {
        numbers.push(number);
    }
}

/// One spelling of the Arabic article: "el-Sisi" is "al-Sisi".
fn unified(part: &str) -> String {
    if part == "el" { "al".to_owned() } else { part.to_owned() }
}

fn fold(word: &str) -> impl Iterator<Item = char> {
    word.nfd().filter(|c| c.is_alphanumeric() && !is_combining_mark(*c)).flat_map(char::to_lowercase)
}

/// Reads `prime minister 1999-08/2000-05`.
fn term(office: &str) -> Option<Term> {
    let (title, dates) = office.rsplit_once(' ')?;
    let (from, until) = dates.split_once('/')?;
    let date = |text: &str| if text.is_empty() { Some(None) } else { text.parse::<Date>().ok().map(Some) };
    Some(Term { title: title.to_lowercase(), from: date(from)?, until: date(until)? })
}

fn bad_term<const N: usize>(row: &Row<N>, office: &str) -> Error {
    row.error(format!("no term of office: `{office}`"))
        .hint("write TITLE FROM/UNTIL, as in `prime minister 2014-06/2019`")
}

/// The IRI of a Wikidata item; `None` of an empty cell.
pub(super) fn item<const N: usize>(row: &Row<N>, cell: &str) -> Result<Option<String>> {
    let digits =
        cell.strip_prefix('Q').is_some_and(|digits| !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit()));
    match (cell.is_empty(), digits) {
        (true, _) => Ok(None),
        (false, true) => Ok(Some(format!("http://www.wikidata.org/entity/{cell}"))),
        _ => Err(row.error(format!("`{cell}` is no Wikidata item")).hint("items are Q and a number, as in `Q7747`")),
    }
}

fn list(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('|').map(str::trim).filter(|item| !item.is_empty())
}

#[cfg(test)]
mod tests {
    use crate::base::Date;
    use crate::schema::Schema;

    fn ids(name: &str) -> Vec<String> {
        let schema = Schema::built_in();
        let words: Vec<&str> = name.split(' ').collect();
        schema.known_people.find(&schema.words, &words).into_iter().map(|person| person.id.clone()).collect()
    }

    #[test]
    fn finds_spellings_of_one_name() {
        assert_eq!(ids("Abdel-Fattah El Sisi"), ["person/abdel-fattah-el-sisi"]);
        assert_eq!(ids("Sisi"), ["person/abdel-fattah-el-sisi"]);
        assert_eq!(ids("Kishida Fumio"), ["person/fumio-kishida"]);
        assert_eq!(ids("Aleksey Navalny"), ["person/alexei-navalny"]);
        assert_eq!(ids("Recep Tayyip Erdogan"), ["person/recep-tayyip-erdogan"]);
        assert_eq!(ids("Joseph R. Biden, Jr."), ["person/joe-biden"]);
        assert_eq!(ids("João Manuel Gonçalves Lourenço"), ["person/joao-lourenco"]);
        assert!(ids("Fattah").is_empty());
    }

    #[test]
    fn namesakes_are_told_apart_by_their_terms() {
        assert_eq!(ids("George Bush"), ["person/george-h-w-bush", "person/george-w-bush"]);
        assert_eq!(ids("George W. Bush"), ["person/george-w-bush"]);
        let schema = Schema::built_in();
        let then = Date::ymd(1990, 8, 2).expect("a day");
        let found = schema.known_people.find(&schema.words, &["George", "Bush"]);
        let in_office: Vec<&str> = found
            .iter()
            .filter(|person| person.terms.iter().any(|term| term.title == "president" && term.covers(then)))
            .map(|person| person.id.as_str())
            .collect();
        assert_eq!(in_office, ["person/george-h-w-bush"]);
    }
}
