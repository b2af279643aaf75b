//! Names that are known: countries, seats of government, places, organizations (`schema/gazetteer/*.tsv`).
//!
//! "Moscow" is a place and stands for Russia; "Russian" is Russia's demonym.

use std::collections::{HashMap, HashSet};

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::EntityKind;
use super::table::rows;
use crate::base::slug;
use crate::error::{Error, Result};

/// The most words of a known name.
pub const MAX_NAME_WORDS: usize = 9;

/// What is known of a named thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// `country/RU`, `organization/nato`, `place/hamburg`.
    pub id: String,
    pub kind: EntityKind,
    pub name: String,
    /// Of a country its own code; of a place or organization its country's.
    pub iso: Option<String>,
    /// `http://www.wikidata.org/entity/Q159`
    pub wikidata: Option<String>,
    /// The type that the table tells: `city`, `ministry`, …; empty of countries.
    pub class: String,
}

/// How a form names an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Naming {
    Name,
    Demonym,
    /// A seat of government: the Kremlin.
    Seat,
    /// A capital, which is also a place.
    Capital,
    /// A building whose name is an institution's too: the White House.
    Building,
    /// A name that each country's own has: the Supreme Court, Georgia's state.
    Local,
}

/// All known names.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    entries: Vec<Entry>,
    forms: HashMap<String, Vec<(usize, Naming)>>,
    first_words: HashSet<String>,
    countries: HashMap<String, usize>,
    /// Of each country's code its names and demonyms, in the order of the table.
    country_forms: HashMap<String, Vec<String>>,
}

/// The texts of the four tables.
pub struct Tables<'a> {
    pub countries: &'a str,
    pub seats: &'a str,
    pub places: &'a str,
    pub organizations: &'a str,
}

impl Gazetteer {
    /// Reads the tables.
    ///
    /// # Errors
    /// A malformed line, or a code that is no country's, by file and line.
    pub fn parse(tables: &Tables) -> Result<Gazetteer> {
        let mut gazetteer = Gazetteer::default();
        gazetteer.read_countries(tables.countries)?;
        gazetteer.read_places(tables.places)?;
        gazetteer.read_organizations(tables.organizations)?;
        gazetteer.read_seats(tables.seats)?;
        Ok(gazetteer)
    }

    /// What a run of words names, as they stand ("U.S.", "al - Qaeda"); case counts, accents and points do not.
    pub fn find(&self, words: &[&str]) -> impl Iterator<Item = (&Entry, Naming)> {
        let found = self.forms.get(&key(words)).map_or(&[][..], Vec::as_slice);
        found.iter().map(|&(entry, naming)| (&self.entries[entry], naming))
    }

    /// Whether some known name begins with this word.
    pub fn may_begin(&self, word: &str) -> bool {
        self.first_words.contains(&key(&[word]))
    }

    pub fn country(&self, iso: &str) -> Option<&Entry> {
        self.countries.get(iso).map(|&entry| &self.entries[entry])
    }

    /// The names and demonyms of a country: `Iran`, `Iranian`.
    pub fn country_forms(&self, iso: &str) -> &[String] {
        self.country_forms.get(iso).map_or(&[], Vec::as_slice)
    }

    fn read_countries(&mut self, text: &str) -> Result<()> {
        let columns = ["iso", "iso3", "wikidata", "name", "official", "aliases", "demonyms", "capital"];
        for row in rows(text, "schema/gazetteer/countries.tsv", columns)? {
            let [iso, _, wikidata, name, official, aliases, demonyms, _] = row.cells;
            let entry = self.push(Entry {
                id: format!("country/{iso}"),
                kind: EntityKind::Country,
                name: name.to_owned(),
                iso: Some(iso.to_owned()),
                wikidata: wikidata_iri(wikidata),
                class: String::new(),
            });
            self.countries.insert(iso.to_owned(), entry);
            let forms = [name].into_iter().chain(list(aliases)).chain(list(demonyms));
            self.country_forms.insert(iso.to_owned(), forms.map(str::to_owned).collect());
            for form in [name, official].into_iter().chain(list(aliases)) {
                self.name(form, entry, Naming::Name);
            }
            for form in list(demonyms) {
                self.name(form, entry, Naming::Demonym);
            }
        }
        Ok(())
    }

    fn read_places(&mut self, text: &str) -> Result<()> {
        let file = "schema/gazetteer/places.tsv";
        for row in rows(text, file, ["name", "aliases", "type", "iso", "wikidata"])? {
            let [name, aliases, class, iso, wikidata] = row.cells;
            self.known_country(iso).map_err(|error| error.at_line(file, row.line, None))?;
            let entry = self.push(Entry {
                id: format!("place/{}", slug(name)),
                kind: EntityKind::Place,
                name: name.to_owned(),
                iso: some(iso),
                wikidata: wikidata_iri(wikidata),
                class: class.to_owned(),
            });
            self.names([name].into_iter().chain(list(aliases)), entry);
        }
        Ok(())
    }

    fn read_organizations(&mut self, text: &str) -> Result<()> {
        let file = "schema/gazetteer/organizations.tsv";
        for row in rows(text, file, ["name", "aliases", "type", "iso"])? {
            let [name, aliases, class, iso] = row.cells;
            self.known_country(iso).map_err(|error| error.at_line(file, row.line, None))?;
            let entry = self.push(Entry {
                id: format!("organization/{}", slug(name)),
                kind: EntityKind::Organization,
                name: name.to_owned(),
                iso: some(iso),
                wikidata: None,
                class: class.to_owned(),
            });
            self.names([name].into_iter().chain(list(aliases)), entry);
        }
        Ok(())
    }

    fn read_seats(&mut self, text: &str) -> Result<()> {
        let file = "schema/gazetteer/seats.tsv";
        for row in rows(text, file, ["name", "iso", "kind", "note"])? {
            let [name, iso, kind, _] = row.cells;
            let entry = self.known_country(iso).map_err(|error| error.at_line(file, row.line, None))?;
            if kind == "building" {
                self.add_building(name, iso);
                continue;
            }
            let naming = match kind {
                "capital" => Naming::Capital,
                "seat" => Naming::Seat,
                _ => {
                    return Err(row
                        .error(format!("unknown kind `{kind}`"))
                        .hint("kinds are `capital`, `seat`, `building`"));
                }
            };
            if let Some(entry) = entry {
                self.name(name, entry, naming);
            }
        }
        Ok(())
    }

    /// Adds the building that an institution's name means where it is a place.
    fn add_building(&mut self, name: &str, iso: &str) {
        let entry = self.push(Entry {
            id: format!("place/{}", slug(name)),
            kind: EntityKind::Place,
            name: name.to_owned(),
            iso: some(iso),
            wikidata: None,
            class: "landmark".to_owned(),
        });
        self.name(name, entry, Naming::Building);
    }

    /// Adds a place or an organization under its name and aliases, parted by `|`; what has its name already is meant no more.
    pub(super) fn add(
        &mut self,
        kind: EntityKind,
        name: &str,
        aliases: &str,
        class: &str,
        iso: &str,
        wikidata: Option<String>,
    ) {
        let entry = self.push(Entry {
            id: format!("{kind}/{}", slug(name)),
            kind,
            name: name.to_owned(),
            iso: some(iso),
            wikidata,
            class: class.to_owned(),
        });
        for form in [name].into_iter().chain(list(aliases)) {
            let words: Vec<&str> = form.split([' ', '-', '–']).filter(|word| !word.is_empty()).collect();
            self.forms.remove(&key(&words));
            self.name(form, entry, Naming::Name);
        }
    }

    fn push(&mut self, entry: Entry) -> usize {
        self.entries.push(entry);
        self.entries.len() - 1
    }

    /// Adds names of a place or an organization; a star behind one says that other countries' have it too.
    fn names<'a>(&mut self, forms: impl Iterator<Item = &'a str>, entry: usize) {
        for form in forms {
            match form.strip_suffix('*') {
                Some(form) => self.name(form, entry, Naming::Local),
                None => self.name(form, entry, Naming::Name),
            }
        }
    }

    fn name(&mut self, form: &str, entry: usize, naming: Naming) {
        let words: Vec<&str> = form.split([' ', '-', '–']).filter(|word| !word.is_empty()).collect();
        let Some(first) = words.first() else { return };
        self.first_words.insert(key(&[first]));
        let named = self.forms.entry(key(&words)).or_default();
        if !named.contains(&(entry, naming)) {
            named.push((entry, naming));
        }
    }

    /// The entry of a code; `None` of an empty cell.
    fn known_country(&self, iso: &str) -> Result<Option<usize>> {
        if iso.is_empty() {
            return Ok(None);
        }
        self.countries.get(iso).copied().map(Some).ok_or_else(|| {
            Error::new(format!("`{iso}` is no code of a country")).hint("codes are the first column of countries.tsv")
        })
    }
}

/// The letters and digits of some words, without accents, case kept.
///
/// Words run together, so that "al-Qaeda" and "al Qaeda" agree; "&" is as "and".
fn key(words: &[&str]) -> String {
    let letters = words.iter().flat_map(|word| word.nfd()).filter(|c| !is_combining_mark(*c));
    let mut key = String::new();
    for c in letters {
        match c {
            '&' => key.push_str("and"),
            c if c.is_alphanumeric() => key.push(c),
            _ => {}
        }
    }
    key
}

fn list(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('|').map(str::trim).filter(|item| !item.is_empty())
}

fn some(cell: &str) -> Option<String> {
    (!cell.is_empty()).then(|| cell.to_owned())
}

fn wikidata_iri(item: &str) -> Option<String> {
    (!item.is_empty()).then(|| format!("http://www.wikidata.org/entity/{item}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Schema;

    fn check(words: &str, expected: &[(&str, Naming)]) {
        let schema = Schema::built_in();
        let words: Vec<&str> = words.split(' ').collect();
        let found: Vec<(&str, Naming)> =
            schema.gazetteer.find(&words).map(|(e, naming)| (e.id.as_str(), naming)).collect();
        assert_eq!(found, expected, "{words:?}");
    }

    #[test]
    fn knows_countries_by_all_their_names() {
        check("Russian", &[("country/RU", Naming::Demonym)]);
        check("U.S.", &[("country/US", Naming::Name)]);
        check("us", &[]);
        check("Cote d'Ivoire", &[("country/CI", Naming::Name)]);
        check("Kremlin", &[("country/RU", Naming::Seat)]);
    }

    #[test]
    fn a_capital_is_a_place_that_may_stand_for_its_country() {
        check("Cairo", &[("place/cairo", Naming::Name), ("country/EG", Naming::Capital)]);
    }
}
