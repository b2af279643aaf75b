//! Names that each country has one of into the one that is meant: by the country beside the name, else by the article's own.
//!
//! "the Senate" of an article about Argentina is Argentina's; so is "the Argentine Senate" of any article.

use std::collections::{BTreeMap, BTreeSet};

use super::Entity;
use super::name::{known_entity, spelled, unknown_entity};
use super::person::Persons;
use crate::base::slug;
use crate::nlp::{Document, Mention, NameKind};
use crate::schema::{EntityKind, Entry, Naming, Schema, WordClass};

/// An organ of another country than the one that an article names most is meant only where the article names that country
/// at least this part as often.
const MINOR: usize = 3;
/// The most words of a country's name.
const MAX_COUNTRY_WORDS: usize = 5;
/// The class of organizations that no country has by right.
const PARTY: &str = "party";

/// Of which countries an article speaks, and how often.
pub(super) struct Ground<'d> {
    /// By ISO code: names of the country, and of its places, organizations and people that the tables know.
    countries: BTreeMap<String, usize>,
    /// The classes of places that the article names, with their countries: (`state`, `US`).
    places: BTreeSet<(String, String)>,
    /// The names of several words of organizations.
    organizations: BTreeSet<Vec<&'d str>>,
    /// The code of the country that stands beside an organ's name somewhere, the first told: "the Argentine Senate".
    organs: BTreeMap<Vec<&'d str>, &'d str>,
}

impl<'d> Ground<'d> {
    pub(super) fn of(schema: &'d Schema, doc: &'d Document, persons: &Persons) -> Ground<'d> {
        let mut ground = Ground {
            countries: BTreeMap::new(),
            places: BTreeSet::new(),
            organizations: BTreeSet::new(),
            organs: BTreeMap::new(),
        };
        for mention in &doc.mentions {
            let spelled = spelled(schema, doc, mention);
            let entries: Vec<(&Entry, Naming)> =
                schema.gazetteer.find(&spelled.iter().map(String::as_str).collect::<Vec<_>>()).collect();
            let words = doc.words(mention.tokens);
            let codes: BTreeSet<&str> = entries.iter().filter_map(|(entry, _)| entry.iso.as_deref()).collect();
            let person = persons.entity(schema, &words).filter(|_| mention.kind == NameKind::Person);
            let home = person.as_ref().and_then(|person| persons.country(&person.id));
            let plain = entries.iter().all(|(_, naming)| *naming != Naming::Local);
            let code = codes.first().copied().filter(|_| codes.len() == 1 && plain).or(home);
            if let Some(code) = code {
                *ground.countries.entry(code.to_owned()).or_default() += 1;
            }
            for (entry, _) in
                entries.iter().filter(|(entry, naming)| *naming == Naming::Name && !entry.class.is_empty())
            {
                ground.places.insert((entry.class.clone(), entry.iso.clone().unwrap_or_default()));
            }
            if mention.kind != NameKind::Organization {
                continue;
            }
            let (core, told) = without_country(schema, &words);
            if is_organ(schema, core)
                && let Some(code) = told.or_else(|| country_beside(schema, doc, mention))
            {
                ground.organs.entry(core.to_vec()).or_insert(code);
            }
            if words.len() > 1 {
                ground.organizations.insert(words);
            }
        }
        ground
    }

    fn count(&self, code: &str) -> usize {
        self.countries.get(code).copied().unwrap_or(0)
    }

    /// The country of which the article speaks most; of equals the first by code.
    fn main(&self) -> Option<&str> {
        let most = self.countries.iter().max_by_key(|&(code, count)| (*count, std::cmp::Reverse(code)))?;
        Some(most.0)
    }

    /// The longer name of an organization in the article for which a name is short: "House of Representatives" for "House".
    fn longer(&self, schema: &Schema, words: &[&str]) -> Option<&[&'d str]> {
        let goes_on = |name: &&Vec<&str>| {
            name.starts_with(words) && name.get(words.len()).is_some_and(|word| schema.words.is(word, WordClass::Body))
        };
        let mut longer = self.organizations.iter().filter(|name| {
            name.len() > words.len()
                && (goes_on(name)
                    || name.ends_with(words) && country_of(schema, &name[..name.len() - words.len()]).is_none())
        });
        longer.next().filter(|_| longer.next().is_none()).map(Vec::as_slice)
    }
}

/// The organization that a name means which is no name of the tables: one of theirs in another form, or an organ of a state.
pub(super) fn organization(schema: &Schema, doc: &Document, mention: &Mention, ground: &Ground) -> Option<Entity> {
    let words = doc.words(mention.tokens);
    if let Some(country) = government(schema, &words) {
        return Some(known_entity(country));
    }
    let (core, told) = without_country(schema, &words);
    if let Some(code) = told {
        let own = |(entry, naming): &(&Entry, Naming)| {
            *naming == Naming::Name && entry.kind == EntityKind::Organization && entry.iso.as_deref() == Some(code)
        };
        if let Some((entry, _)) = schema.gazetteer.find(core).find(own) {
            return Some(known_entity(entry));
        }
    }
    // "the Abu Sayyaf Group" is Abu Sayyaf.
    if let [named @ .., noun] = &words[..]
        && schema.words.is(noun, WordClass::OrganizationNoun)
        && let Some((entry, _)) = schema.gazetteer.find(named).find(|(entry, _)| entry.kind == EntityKind::Organization)
    {
        return Some(known_entity(entry));
    }
    if !is_organ(schema, core) {
        return None;
    }
    let beside = || country_beside(schema, doc, mention);
    if let Some(code) = told.or_else(beside).or_else(|| ground.organs.get(core).copied()) {
        return Some(organ(schema, core, code));
    }
    if let Some(longer) = ground.longer(schema, core) {
        let known = schema.gazetteer.find(longer).find(|(_, naming)| *naming == Naming::Name);
        return known.map(|(entry, _)| known_entity(entry));
    }
    local(schema, core, ground)
}

/// The place that a name means which is first a country's: the state of Georgia, where the article names other states and
/// nothing else of the country.
pub(super) fn place<'s>(schema: &'s Schema, words: &[&str], ground: &Ground) -> Option<&'s Entry> {
    let mut places = schema.gazetteer.find(words).filter(|(entry, naming)| {
        let code = entry.iso.clone().unwrap_or_default();
        *naming == Naming::Local && ground.places.contains(&(entry.class.clone(), code))
    });
    let (place, _) = places.next()?;
    let country = schema.gazetteer.find(words).find(|(_, naming)| *naming == Naming::Name)?.0.iso.as_deref()?;
    let told = place.iso.as_deref().is_some_and(|code| ground.count(code) > ground.count(country));
    told.then_some(place)
}

/// "Government of Iraq" is Iraq, and so is the "Iraqi Government".
fn government<'s>(schema: &'s Schema, words: &[&str]) -> Option<&'s Entry> {
    let singular = |organ: &str| organ.to_lowercase().trim_end_matches('s').to_owned();
    // "Federal Government of Iraq"
    let words = match words {
        [first, rest @ ..] if schema.words.is(&first.to_lowercase(), WordClass::Organ) => rest,
        _ => words,
    };
    let code = match words {
        [organ, of, rest @ ..]
            if schema.words.is(&singular(organ), WordClass::StateOrgan) && schema.words.is(of, WordClass::Body) =>
        {
            country_of(schema, without_article(schema, rest))
        }
        // The "Iraqi Army" is an organization of its own, and "Niger State" no country.
        [country @ .., organ]
            if [WordClass::StateNoun, WordClass::StateOrgan]
                .iter()
                .all(|class| schema.words.is(&singular(organ), *class)) =>
        {
            country_of(schema, country)
        }
        _ => None,
    };
    schema.gazetteer.country(code?)
}

fn without_article<'a, 'b>(schema: &Schema, words: &'a [&'b str]) -> &'a [&'b str] {
    match words {
        [first, rest @ ..] if schema.words.is(first, WordClass::Definite) => rest,
        _ => words,
    }
}

/// A name without the country before or behind it, and that country's code: "Iranian Navy", "Central Bank of Iran".
fn without_country<'a, 'b, 's>(schema: &'s Schema, words: &'a [&'b str]) -> (&'a [&'b str], Option<&'s str>) {
    for length in (1..=MAX_COUNTRY_WORDS.min(words.len().saturating_sub(1))).rev() {
        if let Some(code) = country_of(schema, &words[..length]) {
            let rest = &words[length..];
            let possessive = usize::from(matches!(rest[0], "'s" | "’s") && rest.len() > 1);
            return (&rest[possessive..], Some(code));
        }
    }
    let of = words.iter().rposition(|word| schema.words.is(word, WordClass::Body));
    let told = of.filter(|&of| of > 0).and_then(|of| {
        let code = country_of(schema, without_article(schema, &words[of + 1..]))?;
        Some((&words[..of], Some(code)))
    });
    told.unwrap_or((words, None))
}

/// The code of the country whose name or demonym some words are.
fn country_of<'s>(schema: &'s Schema, words: &[&str]) -> Option<&'s str> {
    let mut found = schema.gazetteer.find(words);
    let (entry, _) = found.find(|(entry, naming)| {
        entry.kind == EntityKind::Country && matches!(naming, Naming::Name | Naming::Demonym)
    })?;
    entry.iso.as_deref()
}

/// The code of the country named right before a name or, behind "of", after it.
fn country_beside<'s>(schema: &'s Schema, doc: &Document, mention: &Mention) -> Option<&'s str> {
    let sentence = doc.sentence(mention.head).tokens;
    let words = |start: usize, end: usize| doc.words(crate::base::TokenSpan::new(start, end));
    let (start, end) = (mention.tokens.start, mention.tokens.end);
    let possessive = start > sentence.start && matches!(doc.tokens[start - 1].text.as_str(), "'s" | "’s");
    let before = start - usize::from(possessive);
    let longest = MAX_COUNTRY_WORDS.min(before - sentence.start);
    if let Some(code) = (1..=longest).rev().find_map(|length| country_of(schema, &words(before - length, before))) {
        return Some(code);
    }
    if end + 1 >= sentence.end || !schema.words.is(&doc.tokens[end].text, WordClass::Body) {
        return None;
    }
    let after = end + 1 + usize::from(schema.words.is(&doc.tokens[end + 1].text, WordClass::Definite));
    let longest = MAX_COUNTRY_WORDS.min(sentence.end.saturating_sub(after));
    (1..=longest).rev().find_map(|length| country_of(schema, &words(after, after + length)))
}

/// Whether a name is that of an organ that each state has its own of: "Supreme Court", "Ministry of Foreign Affairs".
pub(super) fn is_organ(schema: &Schema, words: &[&str]) -> bool {
    let mut found = schema.gazetteer.find(words).peekable();
    if found.peek().is_some() {
        return found.all(|(entry, naming)| naming == Naming::Local && entry.kind == EntityKind::Organization);
    }
    let heads =
        |word: &&str| schema.people.name_head(word).is_some_and(|(kind, _)| kind == Some(EntityKind::Organization));
    let of_state = |word: &&str| {
        let word = word.to_lowercase();
        [WordClass::Organ, WordClass::Portfolio, WordClass::Body, WordClass::Definite, WordClass::And]
            .iter()
            .any(|class| schema.words.is(&word, *class))
    };
    words.len() > 1
        && words.iter().any(heads_of_state(schema))
        && words.iter().all(|word| heads(word) || of_state(word))
}

/// Whether a word heads the names of organs of states: "Ministry", not "League".
fn heads_of_state(schema: &Schema) -> impl Fn(&&str) -> bool {
    |word| schema.words.is(word, WordClass::OrganHead)
}

/// An organ of a country: that of the tables, else one told from others' by the country.
fn organ(schema: &Schema, words: &[&str], code: &str) -> Entity {
    let local = schema.gazetteer.find(words).find(|(entry, _)| entry.iso.as_deref() == Some(code));
    let full = || {
        let forms = schema.gazetteer.country_forms(code).iter();
        forms
            .map(|form| form.split(' ').chain(words.iter().copied()).collect::<Vec<&str>>())
            .find_map(|name| schema.gazetteer.find(&name).find(|(entry, _)| entry.kind == EntityKind::Organization))
    };
    if let Some((entry, _)) = local.or_else(full) {
        return known_entity(entry);
    }
    let country = schema.gazetteer.country(code).map_or(code, |country| country.name.as_str());
    let mut entity = unknown_entity(EntityKind::Organization, &format!("{} ({country})", words.join(" ")));
    entity.id = format!("organization/{}-{}", slug(&words.join(" ")), code.to_lowercase());
    entity
}

/// The organ or party of the country that the article speaks of most among those that have one by this name, else of the
/// article's main country.
fn local(schema: &Schema, words: &[&str], ground: &Ground) -> Option<Entity> {
    let main = ground.main();
    let own: Vec<&Entry> = schema.gazetteer.find(words).map(|(entry, _)| entry).collect();
    let code = |entry: &Entry| entry.iso.clone().unwrap_or_default();
    let best = own.iter().rev().max_by_key(|entry| ground.count(&code(entry)));
    let named = best.filter(|entry| {
        let count = ground.count(&code(entry));
        count > 0 && count * MINOR >= main.map_or(0, |main| ground.count(main))
    });
    if let Some(entry) = named {
        return Some(known_entity(entry));
    }
    if own.iter().any(|entry| entry.class == PARTY) {
        return None;
    }
    Some(
        main.map_or_else(
            || unknown_entity(EntityKind::Organization, &words.join(" ")),
            |code| organ(schema, words, code),
        ),
    )
}
