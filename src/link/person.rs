//! People's names: full names, the short forms that stand for them, and whom of the tables they name.
//!
//! "Abdel Fattah el-Sisi … al-Sisi … Sisi" is one person, and the president of Egypt whom `schema/gazetteer/people.tsv` knows.

use std::collections::{BTreeMap, BTreeSet};

use super::Entity;
use super::entity::{Choice, Considered};
use super::name::unknown_entity;
use super::office::COURTESY;
use crate::base::{Date, TokenSpan, slug};
use crate::nlp::{Document, Mention, NameKind};
use crate::schema::{EntityKind, Gender, KnownPerson, Naming, Schema, Term, WordClass};

/// What it adds to a known person's score that the article is of a time when they held office.
const IN_OFFICE: u32 = 2;
/// … that the article names their country.
const COUNTRY_NAMED: u32 = 2;
/// … that the article gives one of their titles.
const TITLE_GIVEN: u32 = 1;

/// How many digits of an article's id tell apart those whom nothing but the article does.
const OWN_DIGITS: usize = 8;

/// The people of a document.
pub(super) struct Persons {
    /// Fuller names first.
    full: Vec<FullName>,
    /// Numbers of full names by their last part, and by their first.
    by_last: BTreeMap<String, Vec<usize>>,
    by_first: BTreeMap<String, Vec<usize>>,
    /// By inner parts of names of three or more: the first of two family names ("Duarte" of "Ana María Duarte Silva"), or a family name
    /// between given names ("Tan" of "Tony Tan Wei Ming").
    by_family: BTreeMap<String, Vec<usize>>,
    countries: BTreeMap<String, String>,
}

/// A name that no other of the document is longer than.
struct FullName {
    /// Folded: lower case, no accents, no points, hyphens apart.
    parts: Vec<String>,
    entity: Entity,
    told: Told,
}

/// What the mentions by a person's full name tell, by which a last name that several have is theirs.
#[derive(Default)]
struct Told {
    count: usize,
    first: usize,
    gender: Option<Gender>,
    titles: BTreeSet<String>,
}

/// What an article tells beside names of who is meant.
struct Evidence {
    published: Option<Date>,
    countries: BTreeSet<String>,
    titles: BTreeSet<String>,
    /// Names with the title right before them.
    titled: BTreeSet<(String, String)>,
}

impl Persons {
    pub(super) fn of(schema: &Schema, doc: &Document) -> Persons {
        let evidence = Evidence::of(schema, doc);
        let mut persons = Persons {
            full: Vec::new(),
            by_last: BTreeMap::new(),
            by_first: BTreeMap::new(),
            by_family: BTreeMap::new(),
            countries: BTreeMap::new(),
        };
        for (parts, name) in names(schema, doc) {
            match persons.fuller(&parts) {
                Some(fuller) => persons.add_leader(schema, &evidence, parts, &name, fuller),
                None if persons.is_family(&parts) || persons.misspelt(schema, &parts).is_some() => {}
                None => persons.add(schema, &evidence, parts, &name),
            }
        }
        persons.count(schema, doc);
        let titled: BTreeSet<Vec<String>> = doc
            .mentions
            .iter()
            .filter(|mention| is_titled(schema, doc, mention.tokens.start))
            .map(|mention| parts(&doc.words(mention.tokens)))
            .collect();
        for person in persons.full.iter_mut().filter(|person| person.entity.choices.is_empty()) {
            let [word] = &person.parts[..] else { continue };
            let is_given = schema.people.given_name(word).is_some()
                && schema.known_people.with_last_name(&schema.words, word).is_empty();
            if is_given && !titled.contains(&person.parts) {
                // "Matt" of one article is not the "Matt" of another; but "Pope Francis" is, and "Cameron" may be a last name.
                let article = doc.article.id.rsplit('/').next().unwrap_or_default();
                person.entity.id.extend(["-"].into_iter().chain(article.get(..OWN_DIGITS)));
            }
        }
        persons
    }

    /// Adds the leader whom a last name behind the title of their office means, where the only one named in full by it is somebody
    /// else: "President Weber" beside "Ana Weber, the first lady".
    fn add_leader(&mut self, schema: &Schema, evidence: &Evidence, parts: Vec<String>, name: &str, fuller: usize) {
        let own = evidence.titles_before(name);
        let relative = &self.full[fuller].parts;
        if parts.len() > 1 || own.is_empty() || relative.last() != parts.last() {
            return;
        }
        let Some((leader, _)) = identify(schema, evidence, name) else { return };
        let core = |name: &[&str]| schema.known_people.core_parts(&schema.words, name);
        let is_same = core(&leader.name.split(' ').collect::<Vec<_>>()).first()
            == core(&relative.iter().map(String::as_str).collect::<Vec<_>>()).first();
        let is_told = is_same || self.full.iter().any(|full| full.entity.id == leader.id);
        if is_told || !leader.terms.iter().any(|term| own.contains(&title_of(term))) {
            return;
        }
        let titles = leader.terms.iter().map(title_of).collect();
        let told = Told { first: usize::MAX, gender: Some(leader.gender), titles, ..Told::default() };
        self.add(schema, evidence, parts, name);
        if let Some(added) = self.full.last_mut() {
            added.told = told;
        }
    }

    fn add(&mut self, schema: &Schema, evidence: &Evidence, parts: Vec<String>, name: &str) {
        let mut entity = unknown_entity(EntityKind::Person, name);
        match identify(schema, evidence, name) {
            Some((person, choice)) => {
                entity.id.clone_from(&person.id);
                entity.name.clone_from(&person.name);
                entity.same_as.extend(person.wikidata.clone());
                entity.choices.insert(choice);
                if let Some(iso) = &person.iso {
                    self.countries.insert(person.id.clone(), iso.clone());
                }
            }
            None => {
                let words: Vec<&str> = name.split(' ').collect();
                let core = slug(&schema.known_people.core_parts(&schema.words, &words).join("-"));
                entity.id = format!("person/{core}");
                // Initials tell who is who only where they must.
                if self.full.iter().any(|other| other.entity.id == entity.id && initials_differ(&other.parts, &parts)) {
                    entity.id = format!("person/{}", parts.join("-"));
                }
            }
        }
        let number = self.full.len();
        for (index, part) in [(&mut self.by_last, parts.last()), (&mut self.by_first, parts.first())] {
            index.entry(part.cloned().unwrap_or_default()).or_default().push(number);
        }
        if let [_, inner @ .., family, _] = &parts[..] {
            let is_given = |part: &&String| schema.people.given_name(part).is_some();
            for part in inner.iter().filter(|part| !is_given(part)).chain([family]) {
                if part.chars().count() > 1 && !schema.words.is(part, WordClass::Particle) {
                    self.by_family.entry(part.clone()).or_default().push(number);
                }
            }
        }
        self.full.push(FullName { parts, entity, told: Told::default() });
    }

    /// Takes note of what the mentions by full names tell.
    fn count(&mut self, schema: &Schema, doc: &Document) {
        for mention in doc.mentions.iter().filter(|mention| mention.kind == NameKind::Person) {
            let words = doc.words(mention.tokens);
            let parts = parts(without_suffix(schema, &words));
            let exact = self.with_last(&parts).find(|&number| self.full[number].parts == parts);
            let Some(number) = exact.filter(|_| parts.len() > 1) else { continue };
            let told = &mut self.full[number].told;
            if told.count == 0 {
                told.first = mention.tokens.start;
            }
            told.count += 1;
            let given = || schema.people.given_name(words[0]);
            told.gender = told.gender.or_else(|| courtesy(schema, doc, mention)).or_else(given);
            told.titles.extend(doc.title_ending(mention.tokens.start).map(|title| title.title.replace('-', " ")));
        }
    }

    /// Whether the words name one of the people.
    pub(super) fn knows(&self, schema: &Schema, words: &[&str]) -> bool {
        self.named(schema, words).is_some()
    }

    /// The person whom the words name: of several the one with the fullest name.
    pub(super) fn entity(&self, schema: &Schema, words: &[&str]) -> Option<Entity> {
        Some(self.full[self.named(schema, words)?].entity.clone())
    }

    /// The person whom a mention names: of several who have a last name, one of the gender and the title before it, and of those the
    /// one whom the article names in full most often.
    pub(super) fn entity_at(&self, schema: &Schema, doc: &Document, mention: &Mention) -> Option<Entity> {
        let words = doc.words(mention.tokens);
        let named = self.named(schema, &words)?;
        let parts = parts(without_suffix(schema, &words));
        let full = |number: usize| &self.full[number];
        let fits = |&number: &usize| full(number).parts == parts || is_short_form(&parts, &full(number).parts);
        let mut several: Vec<usize> = self.with_last(&parts).filter(fits).collect();
        if parts.len() > 1 && full(named).parts == parts || several.len() < 2 {
            return Some(full(named).entity.clone());
        }
        let mut keep = |fits: &dyn Fn(&Told) -> bool| {
            if several.iter().any(|&number| fits(&full(number).told)) {
                several.retain(|&number| fits(&full(number).told));
            }
        };
        if let Some(gender) = courtesy(schema, doc, mention) {
            keep(&|told| told.gender.is_some_and(|own| own.agrees(gender)));
        }
        if let Some(title) = doc.title_ending(mention.tokens.start) {
            keep(&|told| told.titles.contains(&title.title.replace('-', " ")));
        }
        let most = several.into_iter().max_by_key(|&number| {
            let told = &full(number).told;
            (full(number).parts == parts, told.count, std::cmp::Reverse(told.first))
        });
        Some(full(most.unwrap_or(named)).entity.clone())
    }

    /// The country of a person of the tables, by id.
    pub(super) fn country(&self, id: &str) -> Option<&str> {
        self.countries.get(id).map(String::as_str)
    }

    fn named(&self, schema: &Schema, words: &[&str]) -> Option<usize> {
        let words = without_suffix(schema, words);
        let parts = parts(words);
        let exact = |parts: &[String]| self.with_last(parts).find(|&number| self.full[number].parts == *parts);
        if let Some(number) = exact(&parts) {
            return Some(number);
        }
        let core = if parts.len() == 2 && is_acronym(words[0]) { &parts[1..] } else { &parts[..] };
        exact(core).or_else(|| self.fuller(core)).or_else(|| self.misspelt(schema, core))
    }

    /// The one in whose last name a last name that nobody else has differs by a slip: "Mirtovic" beside "Andrej Mirkovic".
    fn misspelt(&self, schema: &Schema, parts: &[String]) -> Option<usize> {
        let (last, given) = parts.split_last()?;
        let is_known = schema.people.given_name(last).is_some()
            || !schema.known_people.with_last_name(&schema.words, last).is_empty();
        let fits = |&number: &usize| {
            let full = &self.full[number].parts;
            full.len() > 1
                && (given.is_empty() || full.starts_with(given) && full.len() == parts.len())
                && full.last().is_some_and(|other| is_slip(last, other))
        };
        let meant: Vec<usize> = (0..self.full.len()).filter(fits).collect();
        only(&meant).filter(|_| !is_known)
    }

    /// Whether a name is the plural of somebody's last name: "the Webers" beside "Ana Weber".
    fn is_family(&self, parts: &[String]) -> bool {
        let [word] = parts else { return false };
        word.strip_suffix('s').is_some_and(|last| self.by_last.contains_key(last))
    }

    fn with_last(&self, parts: &[String]) -> impl Iterator<Item = usize> {
        parts.last().and_then(|last| self.by_last.get(last)).into_iter().flatten().copied()
    }

    /// The fullest name that a name is a shorter form of; a first name alone only of the one who has it.
    fn fuller(&self, parts: &[String]) -> Option<usize> {
        let by_first = parts.first().and_then(|first| self.by_first.get(first)).map_or(&[][..], Vec::as_slice);
        let fits = |&number: &usize| is_short_form(parts, &self.full[number].parts);
        self.with_last(parts).find(fits).or_else(|| {
            let mut leading =
                by_first.iter().copied().filter(|&number| is_leading_form(parts, &self.full[number].parts));
            let first = leading.next();
            first.filter(|_| parts.len() > 1 || leading.next().is_none()).or_else(|| match parts {
                [family] => self.by_family.get(family).and_then(|found| only(found)),
                _ => None,
            })
        })
    }
}

/// Whether a title or courtesy form stands right before a name.
fn is_titled(schema: &Schema, doc: &Document, start: usize) -> bool {
    start > doc.sentence(start).tokens.start
        && (doc.title_ending(start).is_some()
            || schema.people.honorific(&[doc.tokens[start - 1].text.as_str()]).is_some())
}

/// The gender that a courtesy form right before a name tells.
fn courtesy(schema: &Schema, doc: &Document, mention: &Mention) -> Option<Gender> {
    let before = mention.tokens.start.checked_sub(1)?;
    schema.people.honorific(&[&doc.tokens[before].text]).filter(|gender| *gender != Gender::Either)
}

/// The one that there is.
fn only(numbers: &[usize]) -> Option<usize> {
    if let [number] = numbers { Some(*number) } else { None }
}

/// The names of people in a document without suffixes ("Jr."): parts and name as written, fuller names first, initials last.
fn names(schema: &Schema, doc: &Document) -> Vec<(Vec<String>, String)> {
    let mut names: BTreeMap<Vec<String>, String> = BTreeMap::new();
    for mention in doc.mentions.iter().filter(|mention| mention.kind == NameKind::Person) {
        let words = doc.words(mention.tokens);
        let known = schema.gazetteer.find(&words).next().is_some();
        if words.len() > 1 || !known {
            let named =
                TokenSpan::new(mention.tokens.start, mention.tokens.start + without_letters(schema, &words).len());
            let name = doc.text(named).split_whitespace().collect::<Vec<_>>().join(" ");
            names.entry(parts(without_suffix(schema, &words))).or_insert(name);
        }
    }
    let mut names: Vec<(Vec<String>, String)> = names.into_iter().filter(|(parts, _)| !parts.is_empty()).collect();
    let letters = |parts: &[String]| parts.iter().filter(|part| part.chars().count() == 1).count();
    names.sort_by(|(a, _), (b, _)| {
        b.len().cmp(&a.len()).then_with(|| letters(a).cmp(&letters(b))).then_with(|| a.cmp(b))
    });
    // "NSA Sullivan" is a Sullivan whom another name gives in full.
    let mut last_names: BTreeMap<String, usize> = BTreeMap::new();
    for (parts, _) in names.iter().filter(|(parts, _)| parts.len() > 1) {
        *last_names.entry(parts[parts.len() - 1].clone()).or_default() += 1;
    }
    names.retain(|(parts, name)| {
        !(parts.len() == 2 && is_acronym(name) && last_names.get(&parts[1]).is_some_and(|&count| count > 1))
    });
    names
}

/// The words of a name up to letters behind it: "MLA" of "Ana Weber MLA".
fn without_letters<'a, 'b>(schema: &Schema, words: &'a [&'b str]) -> &'a [&'b str] {
    let is_letters =
        |word: &&&str| word.starts_with(char::is_uppercase) && schema.words.is(word, WordClass::Postnominal);
    let kept = words.len() - words.iter().rev().take_while(is_letters).count();
    if kept > 1 { &words[..kept] } else { words }
}

/// The words of a name up to "Jr." or "III" and the comma before it.
fn without_suffix<'a, 'b>(schema: &Schema, words: &'a [&'b str]) -> &'a [&'b str] {
    let words = without_letters(schema, words);
    let ends = |word: &&str| *word == "," || schema.words.is(word, WordClass::Suffix);
    let kept = words.len() - words.iter().rev().take_while(|word| ends(word)).count();
    // A regnal number is all that tells "Elizabeth II" from "Elizabeth".
    if kept > 1 { &words[..kept] } else { words }
}

impl Evidence {
    fn of(schema: &Schema, doc: &Document) -> Evidence {
        let mentions = doc.mentions.iter().map(|mention| doc.words(mention.tokens));
        let known = mentions.flat_map(|words| {
            let entries =
                schema.gazetteer.find(&words).filter(|(_, naming)| *naming != Naming::Local).map(|(entry, _)| entry);
            entries
                .filter(|entry| matches!(entry.kind, EntityKind::Country | EntityKind::Organization))
                .filter_map(|entry| entry.iso.clone())
                .collect::<Vec<_>>()
        });
        Evidence {
            published: doc.article.published,
            countries: known.collect(),
            titles: doc.titles.iter().map(|title| title.title.replace('-', " ")).collect(),
            titled: doc
                .mentions
                .iter()
                .filter_map(|mention| {
                    // "Sheikh Mohamud" is the president all the same.
                    let title = doc.title_ending(mention.tokens.start).filter(|title| title.class != COURTESY)?;
                    let title = title.title.replace('-', " ");
                    Some((doc.text(mention.tokens).to_owned(), title))
                })
                .collect(),
        }
    }

    /// The titles right before a name.
    fn titles_before(&self, name: &str) -> BTreeSet<String> {
        self.titled.iter().filter(|(other, _)| other == name).map(|(_, title)| title.clone()).collect()
    }

    /// The titles by which a name may be somebody's: those right before it, else all of the article.
    fn titles_for(&self, name: &str) -> BTreeSet<String> {
        let own = self.titles_before(name);
        if own.is_empty() { self.titles.clone() } else { own }
    }

    /// Whether the title of an office that a person held at the article's time goes with a last name alone ("President Biden"): what it
    /// takes for it to be theirs. Where the day is not known, their country must be named.
    fn is_in_titled_office(&self, person: &KnownPerson, name: &str) -> bool {
        let named = person.iso.as_ref().is_some_and(|iso| self.countries.contains(iso));
        let titles = self.titles_for(name);
        person.terms.iter().any(|term| {
            let then = self.published.map_or(named, |date| term.covers(date));
            then && titles.contains(&title_of(term))
        })
    }

    /// Whether a person held office at the article's time in a country that it names: what it takes for a last name alone that nobody
    /// else of those has ("the Trump administration"), and that stands behind no title of somebody else ("Constable Singh").
    fn is_in_office_of_named(&self, person: &KnownPerson, name: &str) -> bool {
        let is_own = |title: &String| person.terms.iter().any(|term| title_of(term) == *title);
        self.titles_before(name).iter().all(is_own)
            && person.iso.as_ref().is_some_and(|iso| self.countries.contains(iso))
            && self.published.is_some_and(|date| person.terms.iter().any(|term| term.covers(date)))
    }

    /// How well a known person fits the article, and why.
    fn score(&self, person: &KnownPerson, name: &str) -> (u32, String) {
        let titles = self.titles_for(name);
        let term = self.published.and_then(|date| person.terms.iter().find(|term| term.covers(date)));
        let country = person.iso.as_ref().filter(|iso| self.countries.contains(*iso));
        let title = person.terms.iter().find(|term| titles.contains(&title_of(term)));
        let reasons = [
            term.map(|term| (IN_OFFICE, format!("{} at the time of the article", term.title))),
            country.map(|iso| (COUNTRY_NAMED, format!("the article names {iso}"))),
            title.map(|term| (TITLE_GIVEN, format!("the article names the title {}", term.title))),
        ];
        let given: Vec<(u32, String)> = reasons.into_iter().flatten().collect();
        let why = given.iter().map(|(_, reason)| reason.as_str()).collect::<Vec<_>>().join("; ");
        (given.iter().map(|(score, _)| score).sum(), why)
    }
}

/// The known person whom a name means in an article, and why; `None` where nothing but the name speaks for any, or two fit alike.
fn identify<'s>(schema: &'s Schema, evidence: &Evidence, name: &str) -> Option<(&'s KnownPerson, Choice)> {
    let words: Vec<&str> = name.split([' ', '-']).collect();
    let mut found = schema.known_people.find(&schema.words, &words);
    if let ([last], true) = (&words[..], found.is_empty()) {
        found = schema.known_people.with_last_name(&schema.words, last);
        if !evidence.titles_before(name).is_empty() {
            found.extend(schema.known_people.with_regnal_name(last));
        }
        let then = found.iter().filter(|person| evidence.is_in_office_of_named(person, name)).count();
        let is_only = then == 1 && schema.people.given_name(last).is_none();
        found.retain(|person| {
            evidence.is_in_titled_office(person, name) || is_only && evidence.is_in_office_of_named(person, name)
        });
    }
    let mut scored: Vec<(u32, String, &KnownPerson)> = found
        .into_iter()
        .map(|person| (evidence.score(person, name), person))
        .map(|((score, why), person)| (score, why, person))
        .collect();
    scored.sort_by_key(|(score, ..)| std::cmp::Reverse(*score));
    let tied = scored.len() > 1 && scored[0].0 == scored[1].0;
    let others = scored.iter().skip(1).map(|(score, _, other)| Considered { id: other.id.clone(), score: *score });
    let considered = others.collect();
    let (score, why, person) = scored.first().filter(|(score, ..)| *score > 0 && !tied)?;
    Some((person, Choice { name: name.to_owned(), score: *score, why: why.clone(), considered }))
}

/// The person of the tables that an entity is, if it is one.
pub(super) fn of_tables<'s>(schema: &'s Schema, entity: &Entity) -> Option<&'s KnownPerson> {
    let words: Vec<&str> = entity.name.split([' ', '-']).collect();
    schema.known_people.find(&schema.words, &words).into_iter().find(|known| known.id == entity.id)
}

/// The title of a term of office, without hyphens.
pub(super) fn title_of(term: &Term) -> String {
    term.title.replace('-', " ")
}

/// Whether the first word of a name is all capitals, as an office's acronym is.
fn is_acronym(name: &str) -> bool {
    let first = name.split(' ').next().unwrap_or_default();
    first.chars().count() > 2 && first.chars().all(char::is_uppercase)
}

/// The parts of a name, folded: lower case, no accents, no points, hyphens apart.
fn parts(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| slug(word)).filter(|part| part != "unnamed").flat_map(split).collect()
}

fn split(part: String) -> Vec<String> {
    part.split('-').map(str::to_owned).collect()
}

/// Whether a name is a shorter form of another: its last name, with or without some of the others in their order, or with initials
/// for some. No initial is left out before another: "George W. Bush" is not "George H. W. Bush".
fn is_short_form(short: &[String], long: &[String]) -> bool {
    if short.len() > long.len() || short.is_empty() || short == long {
        return false;
    }
    let mut rest = long.iter();
    let mut is_next = |(number, part): (usize, &String)| {
        let inner_initial = number > 0 && part.chars().count() == 1;
        let fits = |other: &String| other == part || is_initial(part, other);
        if inner_initial { rest.next().is_some_and(fits) } else { rest.any(fits) }
    };
    short.iter().enumerate().all(&mut is_next) && short.last() == long.last()
}

/// Whether a name is the beginning of a longer one: "Boris", or "Ana Duarte" of "Ana Duarte Silva"; initials may be left out.
fn is_leading_form(short: &[String], long: &[String]) -> bool {
    if short.len() >= long.len() || short.is_empty() || short.first() != long.first() {
        return false;
    }
    let telling: Vec<&String> = long.iter().filter(|part| part.chars().count() > 1).collect();
    let asked: Vec<&String> = short.iter().filter(|part| part.chars().count() > 1).collect();
    telling.starts_with(&asked) && !initials_differ(short, long) && (asked.len() > 1 || short.len() == 1)
}

/// Whether names have initials of which neither are the beginning of the other's: "George W." and "George H. W."
fn initials_differ(a: &[String], b: &[String]) -> bool {
    let initials =
        |parts: &[String]| parts.iter().filter(|part| part.chars().count() == 1).cloned().collect::<Vec<_>>();
    let (a, b) = (initials(a), initials(b));
    !a.starts_with(&b) && !b.starts_with(&a)
}

/// Whether two names of some length are the same but for one letter, or two that stand the other way around, inside them: the last tells
/// "Ivanov" from "Ivanova", the first "Hansen" from "Jansen".
fn is_slip(a: &str, b: &str) -> bool {
    const SHORTEST: usize = 6;
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let alike = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let alike_behind = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let (long, short) = (a.len().max(b.len()), a.len().min(b.len()));
    if short < SHORTEST || alike == 0 || alike_behind == 0 {
        return false;
    }
    let swapped = || {
        a.len() == b.len() && alike + alike_behind + 2 == long && a[alike] == b[alike + 1] && a[alike + 1] == b[alike]
    };
    alike + alike_behind + 1 >= long && long - short < 2 || swapped()
}

/// Whether a part is the initial of another.
fn is_initial(part: &str, other: &str) -> bool {
    part.chars().count() == 1 && other.starts_with(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split_name(name: &str) -> Vec<String> {
        parts(&name.split([' ', '-']).collect::<Vec<_>>())
    }

    fn short(a: &str, b: &str) -> bool {
        is_short_form(&split_name(a), &split_name(b))
    }

    fn leading(a: &str, b: &str) -> bool {
        is_leading_form(&split_name(a), &split_name(b))
    }

    #[test]
    fn short_forms_of_names() {
        assert!(short("Sisi", "Abdel Fattah al-Sisi"));
        assert!(short("Al Sisi", "Abdel Fattah al-Sisi"));
        assert!(short("V. Putin", "Vladimir Vladimirovich Putin"));
        assert!(short("V. Putin", "Vladimir Putin"));
        assert!(!short("Vladimir Putin", "V. Putin"));
        assert!(!short("George W. Bush", "George H. W. Bush"));
        assert!(short("Antony Blinken", "Antony J. Blinken"));
        assert!(!short("Laura Bush", "George Bush"));
        assert!(!short("Fattah", "Abdel Fattah al-Sisi"));
    }

    #[test]
    fn beginnings_of_names() {
        assert!(leading("Ana Duarte", "Ana Duarte Silva"));
        assert!(leading("Ana Duarte", "Ana M. Duarte Silva"));
        assert!(leading("Boris", "Boris Weber"));
        assert!(!leading("Ana Silva", "Ana Duarte Silva"));
        assert!(!leading("George W. Bush", "George H. W. Bush"));
        assert!(!leading("Ana M.", "Ana Duarte Silva"));
    }

    #[test]
    fn a_namesake_is_told_by_date_and_country() {
        let schema = Schema::built_in();
        let meant = |published: Option<Date>, countries: &[&str]| {
            let countries = countries.iter().map(|&iso| iso.to_owned()).collect();
            let evidence = Evidence { published, countries, titles: BTreeSet::new(), titled: BTreeSet::new() };
            identify(&schema, &evidence, "George Bush").map(|(person, _)| person.id.clone())
        };
        assert_eq!(meant(Date::ymd(1991, 1, 17), &["US"]).as_deref(), Some("person/george-h-w-bush"));
        assert_eq!(meant(Date::ymd(2003, 3, 20), &["US"]).as_deref(), Some("person/george-w-bush"));
        assert_eq!(meant(Date::ymd(2015, 1, 1), &["US"]), None);
        assert_eq!(meant(None, &[]), None);
    }
}
