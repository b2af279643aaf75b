//! Names into entities: known ones by the tables, people by their names' parts, others by their form.

use std::collections::{BTreeMap, BTreeSet};

use super::local::{self, Ground};
use super::person::Persons;
use super::{Entity, LinkedMention, Links};
use crate::base::{TokenSpan, slug};
use crate::nlp::{Document, Mention, NameKind, Token, Upos, initials, without_capitals};
use crate::schema::{EntityKind, Entry, Naming, Position, Schema, WordClass};

/// The letters of the longest acronym: what is longer and in capitals is a name that is cried.
const LONGEST_ACRONYM: usize = 4;

/// The class of organizations that are mostly a mere medium: "said on Twitter" names none.
const PLATFORM: &str = "platform";

/// Entities of all the names of a document.
pub fn entities(schema: &Schema, doc: &Document) -> Links {
    let persons = Persons::of(schema, doc);
    let ground = Ground::of(schema, doc, &persons);
    let mut links = Links::default();
    let mut index: BTreeMap<String, usize> = BTreeMap::new();
    for mention in &doc.mentions {
        let Some(entity) = entity_of(schema, doc, mention, &persons, &ground) else { continue };
        if let Some(code) = persons.country(&entity.id) {
            links.countries_of_people.insert(entity.id.clone(), code.to_owned());
        }
        if let Some(code) = place_country(schema, doc, mention, &entity) {
            links.countries_of_places.insert(entity.id.clone(), code);
        }
        let at = *index.entry(entity.id.clone()).or_insert_with(|| {
            links.entities.push(Entity { aliases: BTreeSet::new(), ..entity.clone() });
            links.entities.len() - 1
        });
        let (tokens, head) = with_modifiers(schema, doc, mention, entity.kind);
        for form in [doc.text(mention.tokens), doc.text(tokens)] {
            let form = form.split_whitespace().collect::<Vec<_>>().join(" ");
            if form != links.entities[at].name {
                links.entities[at].aliases.insert(form);
            }
        }
        links.mentions.push(LinkedMention { tokens: mention.tokens, head, entities: vec![at], form: mention.form });
    }
    let mut same = acronyms(schema, doc, &links);
    same.extend(peers(schema, doc, &links));
    same.extend(short_names(schema, &links));
    merge(same, &mut links);
    links
}

/// The mention with the titles and courtesy forms right before it, and the head of both.
fn with_modifiers(schema: &Schema, doc: &Document, mention: &Mention, kind: EntityKind) -> (TokenSpan, usize) {
    let mut span = mention.tokens;
    let sentence = doc.sentence(mention.head).tokens;
    if kind == EntityKind::Organization && local::is_organ(schema, &doc.words(span)) {
        let demonym = |start: usize| {
            let words = [doc.tokens[start].text.as_str()];
            schema.gazetteer.find(&words).any(|(_, naming)| naming == Naming::Demonym)
        };
        span.start -= usize::from(span.start > sentence.start && demonym(span.start - 1));
    }
    if kind != EntityKind::Person {
        return (span, mention.head);
    }
    while span.start > sentence.start {
        let title = doc.title_ending(span.start).map(|title| title.tokens.start);
        let title = title.filter(|&start| doc.tokens[start].text.chars().next().is_some_and(char::is_uppercase));
        let courtesy = schema.people.honorific(&[doc.tokens[span.start - 1].text.as_str()]).map(|_| span.start - 1);
        match title.or(courtesy) {
            Some(start) => span.start = start,
            None => break,
        }
    }
    (span, mention.head)
}

/// The entity that a name stands for, alone; `None` of names that are none (events).
fn entity_of(schema: &Schema, doc: &Document, mention: &Mention, persons: &Persons, ground: &Ground) -> Option<Entity> {
    let spelled = spelled(schema, doc, mention);
    let words: Vec<&str> = spelled.iter().map(String::as_str).collect();
    if let Some(kind) = told_kind(mention).filter(|_| !words.is_empty()) {
        return Some(unknown_entity(kind, &spelled_text(doc, mention)));
    }
    if let Some(kind) = named_after_somebody(schema, doc, mention, &words) {
        return Some(unknown_entity(kind, &words.join(" ")));
    }
    let is_persons = || persons.knows(schema, &words) && schema.gazetteer.find(&words).next().is_none();
    if mention.kind == NameKind::Person || !doc.is_dateline(mention.tokens) && is_persons() {
        return persons.entity_at(schema, doc, mention);
    }
    if let Some(state) = local::place(schema, &words, ground) {
        return Some(known_entity(state));
    }
    if let Some(entry) = known(schema, doc, mention, &words) {
        // "a Twitter account", not "Twitter founder Ana Weber"
        let noun = doc.tokens[mention.head].head.filter(|_| doc.tokens[mention.head].deprel == "compound");
        let is_modifier = noun.is_some_and(|noun| {
            doc.tokens[noun].upos == Upos::Noun
                && doc.title_ending(noun + 1).is_none()
                && schema.people.person_noun(&doc.tokens[noun].text).is_none()
        });
        let is_medium = entry.class == PLATFORM && (is_modifier || !acts(schema, doc, mention));
        return (!is_medium).then(|| known_entity(entry));
    }
    if mention.kind == NameKind::Event {
        return None;
    }
    let local = local::organization(schema, doc, mention, ground);
    if local.is_some() || schema.gazetteer.find(&words).next().is_some() {
        return local;
    }
    let text = if doc.is_dateline(mention.tokens) { words.join(" ") } else { spelled_text(doc, mention) };
    if let Some(person) = administration(schema, doc, mention) {
        return Some(person);
    }
    let kind = kind_of(schema, &words, mention.kind)?;
    Some(unknown_entity(kind, &text))
}

/// The words of a name; one in capitals, in the dateline or too long for an acronym, as the tables write it: "Oslo" for "OSLO", "The Hague"
/// for "HAGUE" behind "THE".
pub(super) fn spelled(schema: &Schema, doc: &Document, mention: &Mention) -> Vec<String> {
    let words = doc.words(mention.tokens);
    let in_dateline = doc.is_dateline(mention.tokens);
    let is_cried = words.concat().chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase)
        && (in_dateline || is_in_capitals(&words.concat()));
    let is_known = |words: &[String]| {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        schema.gazetteer.find(&words).next().is_some()
    };
    let own: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
    if !is_cried || is_known(&own) {
        return own;
    }
    let plain: Vec<String> = words.iter().map(|word| without_capitals(word)).collect();
    let before = mention.tokens.start.checked_sub(1).map(|at| &doc.tokens[at]);
    let article = before.filter(|word| schema.words.is(&word.text, WordClass::Definite));
    let with_article: Vec<String> =
        article.map(|word| without_capitals(&word.text)).into_iter().chain(plain.clone()).collect();
    match () {
        () if is_known(&with_article) => with_article,
        () if in_dateline || is_known(&plain) => plain,
        () => own,
    }
}

/// The article's own words for a name.
fn spelled_text(doc: &Document, mention: &Mention) -> String {
    doc.text(mention.tokens).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The kind that a noun tells of a name that no table has; people are told by the parts of their names.
fn told_kind(mention: &Mention) -> Option<EntityKind> {
    mention.noun?;
    match mention.kind {
        NameKind::Organization => Some(EntityKind::Organization),
        NameKind::Place => Some(EntityKind::Place),
        _ => None,
    }
}

/// What bears somebody's name and was taken for them: "the Ana Weber Room" is a place, the "U.S.-Israel Weber Group" an organization.
/// "Marc Weber Hill" is somebody.
fn named_after_somebody(schema: &Schema, doc: &Document, mention: &Mention, words: &[&str]) -> Option<EntityKind> {
    let [given, _, .., last] = words else { return None };
    let (kind, position) = schema.people.name_head(last)?;
    let start = mention.tokens.start;
    let is_led = start > doc.sentence(start).tokens.start
        && (schema.words.is(&doc.tokens[start - 1].text, WordClass::Definite) || doc.tokens[start - 1].text == "-");
    let is_thing = mention.kind == NameKind::Person
        && position == Position::End
        && is_led
        && schema.people.given_name(given).is_some();
    kind.filter(|_| is_thing)
}

/// The country that a known place lies in.
fn place_country(schema: &Schema, doc: &Document, mention: &Mention, entity: &Entity) -> Option<String> {
    let spelled = spelled(schema, doc, mention);
    let words: Vec<&str> = spelled.iter().map(String::as_str).collect();
    let mut entries = schema.gazetteer.find(&words).map(|(entry, _)| entry);
    entries.find(|entry| entry.id == entity.id && entry.kind == EntityKind::Place).and_then(|entry| entry.iso.clone())
}

/// An entry of the tables as an entity of this document.
pub(super) fn known_entity(entry: &Entry) -> Entity {
    Entity {
        id: entry.id.clone(),
        kind: entry.kind,
        name: entry.name.clone(),
        iso: entry.iso.clone().filter(|_| entry.kind == EntityKind::Country),
        aliases: BTreeSet::new(),
        choices: BTreeSet::new(),
        same_as: entry.wikidata.iter().cloned().collect(),
        offices: BTreeSet::new(),
    }
}

pub(super) fn unknown_entity(kind: EntityKind, name: &str) -> Entity {
    let is_cried = matches!(kind, EntityKind::Person | EntityKind::Place) && is_in_capitals(name);
    Entity {
        id: format!("{kind}/{}", slug(name)),
        kind,
        name: if is_cried {
            name.split(' ').map(without_capitals).collect::<Vec<_>>().join(" ")
        } else {
            name.to_owned()
        },
        iso: None,
        aliases: BTreeSet::new(),
        choices: BTreeSet::new(),
        same_as: BTreeSet::new(),
        offices: BTreeSet::new(),
    }
}

/// Whether a name is written in capitals and too long for an acronym, as in datelines and headlines.
fn is_in_capitals(name: &str) -> bool {
    let mut letters = name.chars().filter(|c| c.is_alphabetic());
    letters.clone().count() > LONGEST_ACRONYM && letters.all(char::is_uppercase)
}

/// What the tables know of a name, where it stands.
fn known<'s>(schema: &'s Schema, doc: &Document, mention: &Mention, words: &[&str]) -> Option<&'s Entry> {
    let plain = schema.gazetteer.find(words).filter(|(_, naming)| *naming != Naming::Local);
    let found: Vec<(&Entry, Naming)> = plain.collect();
    let place = found.iter().map(|(entry, _)| *entry).find(|entry| entry.kind == EntityKind::Place);
    if place.is_some() && doc.is_dateline(mention.tokens) {
        return place;
    }
    let of = |naming: Naming| found.iter().find(|(_, n)| *n == naming).map(|(entry, _)| *entry);
    if let (Some(country), Some(place)) = (of(Naming::Capital), of(Naming::Name)) {
        return Some(if acts(schema, doc, mention) { country } else { place });
    }
    if let Some(building) = of(Naming::Building) {
        let institution = found.iter().map(|(entry, _)| *entry).find(|entry| entry.kind == EntityKind::Organization);
        return Some(if is_placed(schema, doc, mention) { building } else { institution.unwrap_or(building) });
    }
    let kind = match mention.kind {
        NameKind::Organization => Some(EntityKind::Organization),
        NameKind::Country | NameKind::Place => Some(EntityKind::Place),
        _ => None,
    };
    let same_kind = found.iter().find(|(entry, _)| Some(entry.kind) == kind);
    same_kind.or(found.first()).map(|(entry, _)| *entry)
}

/// Whether a preposition of place stands before a name: "at the White House".
fn is_placed(schema: &Schema, doc: &Document, mention: &Mention) -> bool {
    matches!(doc.tokens[mention.head].deprel, "obl" | "nmod")
        && doc.children(mention.head).any(|child| {
            doc.tokens[child].deprel == "case" && schema.words.is(&doc.tokens[child].text, WordClass::Place)
        })
}

/// Whether a capital's name stands for its government: it acts, owns or is dealt with, and no preposition of place is before it.
fn acts(schema: &Schema, doc: &Document, mention: &Mention) -> bool {
    let token = &doc.tokens[mention.head];
    let case = doc.children(mention.head).find(|&child| doc.tokens[child].deprel == "case");
    let preposition = |class| case.is_some_and(|case| schema.words.is(&doc.tokens[case].text, class));
    if preposition(WordClass::Party) {
        return true;
    }
    match token.deprel {
        "nsubj" => doc.children(mention.head).all(|child| !doc.tokens[child].is_relation("det")),
        "nmod:poss" => true,
        "compound" => {
            token.upos == Upos::Propn && token.head.is_some_and(|head| of_government(schema, &doc.tokens[head]))
        }
        // The second of "Moscow and Kyiv" is as the first.
        "conj" => token.head.is_some_and(|head| {
            matches!(doc.tokens[head].deprel, "nsubj" | "nmod:poss") && doc.tokens[head].upos == Upos::Propn
        }),
        _ => false,
    }
}

/// Whether a noun that a capital's name modifies is its government's: the "Washington investigation", not the "Paris agreement" or the
/// "London newspaper".
fn of_government(schema: &Schema, noun: &Token) -> bool {
    noun.upos == Upos::Noun
        && schema.people.describing_noun(&[&noun.lemma]).is_none()
        && schema.people.name_head(&noun.lemma).is_none_or(|(kind, _)| kind.is_some())
}

/// "the Trump administration": an organization of a person's name and a common noun.
fn administration(schema: &Schema, doc: &Document, mention: &Mention) -> Option<Entity> {
    let words = doc.words(mention.tokens);
    let last = schema.people.name_head(words.last()?)?;
    (last == (Some(EntityKind::Organization), Position::After) && words.len() > 1)
        .then(|| unknown_entity(EntityKind::Organization, &spelled_text(doc, mention)))
}

/// The kind of a name that no table has: by its words, else as the names head says.
fn kind_of(schema: &Schema, words: &[&str], found: NameKind) -> Option<EntityKind> {
    let core = words.iter().position(|word| schema.words.is(word, WordClass::Of)).map_or(words, |of| &words[..of]);
    let last = core.last().and_then(|word| schema.people.name_head(word));
    let any = words.iter().filter_map(|word| schema.people.name_head(word)).find(|(_, at)| *at == Position::Any);
    if let Some((kind, _)) = last.or(any) {
        return kind;
    }
    Some(match found {
        NameKind::Person => EntityKind::Person,
        NameKind::Country | NameKind::Place => EntityKind::Place,
        _ => EntityKind::Organization,
    })
}

/// An acronym in brackets behind a name is the same ("Grand Ethiopian Renaissance Dam (GERD)"), and so is one that no table has of
/// the initials of one organization.
fn acronyms(schema: &Schema, doc: &Document, links: &Links) -> Vec<(usize, Option<usize>)> {
    let mut same = Vec::new();
    let mut organizations = BTreeMap::<String, Vec<usize>>::new();
    for (number, entity) in links.entities.iter().enumerate().filter(|(_, one)| one.kind == EntityKind::Organization) {
        let words: Vec<&str> = entity.name.split(' ').collect();
        organizations.entry(initials(&words)).or_default().push(number);
    }
    for (number, entity) in links.entities.iter().enumerate() {
        let unknown =
            entity.kind == EntityKind::Organization && schema.gazetteer.find(&[&entity.name]).next().is_none();
        if let Some([long]) = organizations.get(&entity.name).filter(|_| unknown).map(Vec::as_slice) {
            same.push((number, Some(*long)));
        }
    }
    for pair in links.mentions.windows(2) {
        let [long, short] = pair else { continue };
        let between = doc.words(TokenSpan::new(long.tokens.end, short.tokens.start.max(long.tokens.end)));
        let (a, b) = (long.entities[0], short.entities[0]);
        let acronym: String = doc.words(short.tokens).concat();
        let kind = |entity: usize| links.entities[entity].kind;
        // "Sistema de Integración (SICA)" may be in another language.
        let is_organizations = || {
            let closes = doc.tokens.get(short.tokens.end).is_some_and(|token| token.text == ")");
            let is_short = acronym.len() > 2 && acronym.chars().all(char::is_uppercase);
            closes
                && is_short
                && [a, b].iter().all(|&one| kind(one) == EntityKind::Organization)
                && schema.gazetteer.find(&[&acronym]).next().is_none()
        };
        if between == ["("]
            && a != b
            && same.iter().all(|(short, _)| *short != b)
            && (is_acronym_of(&acronym, &doc.words(long.tokens)) || is_organizations())
        {
            same.push((b, Some(a)));
        }
    }
    same
}

/// A peer's name behind a comma is another of the one before: "Colin Weber, Lord Carrick".
fn peers(schema: &Schema, doc: &Document, links: &Links) -> Vec<(usize, Option<usize>)> {
    let is_person = |entity: usize| links.entities[entity].kind == EntityKind::Person;
    let named = links.mentions.windows(2).filter_map(|pair| {
        let between = doc.words(TokenSpan::new(pair[0].tokens.end, pair[1].tokens.start.max(pair[0].tokens.end)));
        let (name, peer) = (pair[0].entities[0], pair[1].entities[0]);
        let is_peer = matches!(between[..], [",", title] if schema.words.is(title, WordClass::Peer));
        (is_peer && name != peer && pair[0].tokens.len() > 1 && pair[1].tokens.len() == 1)
            .then_some((peer, name))
            .filter(|&(peer, name)| is_person(peer) && is_person(name))
    });
    named.map(|(peer, name)| (peer, Some(name))).collect()
}

/// Organizations and places that the article names in short: "the Coalition" after "the Global Coalition to Counter ISIL". A word
/// such as "Council" that is short for nothing here is no name.
fn short_names(schema: &Schema, links: &Links) -> Vec<(usize, Option<usize>)> {
    let longer = LongNames::of(links);
    let mut same = Vec::new();
    for (number, entity) in links.entities.iter().enumerate() {
        if entity.kind == EntityKind::Person || entity.kind == EntityKind::Country || !entity.same_as.is_empty() {
            continue;
        }
        let words: Vec<&str> = entity.name.split(' ').collect();
        let generic = words.len() == 1 && schema.people.name_head(words[0]).is_some();
        if !generic && schema.gazetteer.find(&words).next().is_some() {
            continue;
        }
        match longer.find(links, number, &words) {
            Some(longer) => same.push((number, Some(longer))),
            None if generic => same.push((number, None)),
            None => {}
        }
    }
    same
}

/// The names of several words of a document's entities, by their first and their last word.
struct LongNames<'a>(BTreeMap<&'a str, Vec<(usize, Vec<&'a str>)>>);

impl<'a> LongNames<'a> {
    fn of(links: &'a Links) -> LongNames<'a> {
        let mut names = BTreeMap::<&str, Vec<(usize, Vec<&str>)>>::new();
        for (number, entity) in links.entities.iter().enumerate() {
            for name in std::iter::once(&entity.name).chain(&entity.aliases) {
                let words: Vec<&str> = name.split(' ').collect();
                let (Some(&first), Some(&last)) = (words.first(), words.last()) else { continue };
                if words.len() > 1 {
                    names.entry(first).or_default().push((number, words.clone()));
                    names.entry(last).or_default().push((number, words));
                }
            }
        }
        LongNames(names)
    }

    /// The first entity of the same kind with a longer name that begins or ends with some words.
    fn find(&self, links: &Links, number: usize, words: &[&str]) -> Option<usize> {
        let ends = [words.first(), words.last()];
        let names = ends.into_iter().flatten().filter_map(|word| self.0.get(word)).flatten();
        let fits = names.filter(|(other, name)| {
            *other != number
                && links.entities[*other].kind == links.entities[number].kind
                && name.len() > words.len()
                && (name.starts_with(words) || name.ends_with(words))
        });
        fits.map(|(other, _)| *other).min()
    }
}

/// Makes each first entity one with its second, or drops it where there is none.
fn merge(same: Vec<(usize, Option<usize>)>, links: &mut Links) {
    let mut becomes: BTreeMap<usize, Option<usize>> = BTreeMap::new();
    for (gone, kept) in same {
        becomes.entry(gone).or_insert(kept);
    }
    // A short name's longer name may be short for a third; no chain is longer than there are names.
    let last = |start: usize| {
        (0..=becomes.len()).try_fold(start, |at, _| match becomes.get(&at) {
            Some(Some(next)) => Ok(*next),
            Some(None) => Err(None),
            None => Err(Some(at)),
        })
    };
    let lasting: Vec<Option<usize>> =
        (0..links.entities.len()).map(|at| last(at).map_or_else(|end| end, |_| Some(at))).collect();
    for gone in becomes.keys().copied() {
        if let Some(kept) = lasting[gone].filter(|kept| *kept != gone) {
            let aliases = std::mem::take(&mut links.entities[gone].aliases);
            let name = links.entities[gone].name.clone();
            links.entities[kept].aliases.extend(aliases);
            links.entities[kept].aliases.insert(name);
        }
    }
    links.mentions.retain(|mention| mention.entities.iter().all(|&entity| lasting[entity].is_some()));
    for mention in &mut links.mentions {
        mention.entities.iter_mut().for_each(|entity| *entity = lasting[*entity].unwrap_or(*entity));
    }
    let used: BTreeSet<usize> = links.mentions.iter().flat_map(|mention| mention.entities.iter().copied()).collect();
    let kept: BTreeMap<usize, usize> = used.iter().enumerate().map(|(new, &old)| (old, new)).collect();
    links.entities = used.iter().map(|&old| links.entities[old].clone()).collect();
    for mention in &mut links.mentions {
        mention.entities.iter_mut().for_each(|entity| *entity = kept[entity]);
    }
}

/// Whether the letters are the initials of the words, small words aside.
fn is_acronym_of(acronym: &str, words: &[&str]) -> bool {
    let capitals = |word: &&&str| word.chars().next().is_some_and(char::is_uppercase);
    let initials: String = words.iter().filter(capitals).filter_map(|word| word.chars().next()).collect();
    let letters: String = acronym.chars().filter(|c| c.is_alphabetic()).collect();
    letters.chars().count() > 1 && letters.to_uppercase() == initials
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acronyms_are_initials() {
        assert!(is_acronym_of("GERD", &["Grand", "Ethiopian", "Renaissance", "Dam"]));
        assert!(!is_acronym_of("UN", &["European", "Union"]));
    }
}
