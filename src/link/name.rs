//! Names into entities: known ones by the tables, people by their names' parts, others by their form.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{Entity, LinkedMention, Links};
use crate::base::{TokenSpan, slug};
use crate::nlp::{Document, Mention, NameKind, Token, Upos};
use crate::schema::{EntityKind, Entry, Naming, Position, Schema, WordClass};

/// Entities of all the names of a document.
pub fn entities(schema: &Schema, doc: &Document) -> Links {
    let persons = Persons::of(schema, doc);
    let mut links = Links::default();
    let mut index: BTreeMap<String, usize> = BTreeMap::new();
    for mention in &doc.mentions {
        let Some(entity) = entity_of(schema, doc, mention, &persons) else { continue };
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
    let mut same = acronyms(doc, &links);
    same.extend(short_names(schema, &links));
    merge(same, &mut links);
    links
}

/// The mention with the titles and courtesy forms right before it, and the head of both.
fn with_modifiers(schema: &Schema, doc: &Document, mention: &Mention, kind: EntityKind) -> (TokenSpan, usize) {
    let mut span = mention.tokens;
    if kind != EntityKind::Person {
        return (span, mention.head);
    }
    let sentence = doc.sentence(mention.head).tokens;
    while span.start > sentence.start {
        let title = doc.titles.iter().find(|title| title.tokens.end == span.start).map(|title| title.tokens.start);
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
fn entity_of(schema: &Schema, doc: &Document, mention: &Mention, persons: &Persons) -> Option<Entity> {
    let words = doc.words(mention.tokens);
    if mention.kind == NameKind::Person || persons.knows(&words) && schema.gazetteer.find(&words).next().is_none() {
        return persons.entity(&words);
    }
    if let Some(entry) = known(schema, doc, mention, &words) {
        return Some(known_entity(entry));
    }
    if mention.kind == NameKind::Event {
        return None;
    }
    let text = doc.text(mention.tokens).split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some(person) = administration(schema, doc, mention) {
        return Some(person);
    }
    let kind = kind_of(schema, &words, mention.kind)?;
    Some(unknown_entity(kind, &text))
}

/// The country that a known place lies in.
fn place_country(schema: &Schema, doc: &Document, mention: &Mention, entity: &Entity) -> Option<String> {
    let words = doc.words(mention.tokens);
    let mut entries = schema.gazetteer.find(&words).map(|(entry, _)| entry);
    entries.find(|entry| entry.id == entity.id && entry.kind == EntityKind::Place).and_then(|entry| entry.iso.clone())
}

/// An entry of the tables as an entity of this document.
fn known_entity(entry: &Entry) -> Entity {
    Entity {
        id: entry.id.clone(),
        kind: entry.kind,
        name: entry.name.clone(),
        iso: entry.iso.clone().filter(|_| entry.kind == EntityKind::Country),
        aliases: BTreeSet::new(),
        same_as: entry.wikidata.iter().cloned().collect(),
        offices: BTreeSet::new(),
    }
}

fn unknown_entity(kind: EntityKind, name: &str) -> Entity {
    Entity {
        id: format!("{kind}/{}", slug(name)),
        kind,
        name: name.to_owned(),
        iso: None,
        aliases: BTreeSet::new(),
        same_as: BTreeSet::new(),
        offices: BTreeSet::new(),
    }
}

/// What the tables know of a name, where it stands.
fn known<'s>(schema: &'s Schema, doc: &Document, mention: &Mention, words: &[&str]) -> Option<&'s Entry> {
    let found: Vec<(&Entry, Naming)> = schema.gazetteer.find(words).collect();
    let of = |naming: Naming| found.iter().find(|(_, n)| *n == naming).map(|(entry, _)| *entry);
    if let (Some(country), Some(place)) = (of(Naming::Capital), of(Naming::Name)) {
        return Some(if acts(schema, doc, mention) { country } else { place });
    }
    let kind = match mention.kind {
        NameKind::Organization => Some(EntityKind::Organization),
        NameKind::Country | NameKind::Place => Some(EntityKind::Place),
        _ => None,
    };
    let same_kind = found.iter().find(|(entry, _)| Some(entry.kind) == kind);
    same_kind.or(found.first()).map(|(entry, _)| *entry)
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

/// Whether a noun that a capital's name modifies is its government's: the "Washington investigation", not the "Paris agreement".
fn of_government(schema: &Schema, noun: &Token) -> bool {
    noun.upos == Upos::Noun && schema.people.name_head(&noun.lemma).is_none_or(|(kind, _)| kind.is_some())
}

/// "the Trump administration": an organization of a person's name and a common noun.
fn administration(schema: &Schema, doc: &Document, mention: &Mention) -> Option<Entity> {
    let words = doc.words(mention.tokens);
    let last = schema.people.name_head(words.last()?)?;
    (last == (Some(EntityKind::Organization), Position::After) && words.len() > 1)
        .then(|| unknown_entity(EntityKind::Organization, &words.join(" ")))
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

/// An acronym in brackets behind a name is the same: "Grand Ethiopian Renaissance Dam (GERD)".
fn acronyms(doc: &Document, links: &Links) -> Vec<(usize, Option<usize>)> {
    let mut same = Vec::new();
    for pair in links.mentions.windows(2) {
        let [long, short] = pair else { continue };
        let between = doc.words(TokenSpan::new(long.tokens.end, short.tokens.start.max(long.tokens.end)));
        let (a, b) = (long.entities[0], short.entities[0]);
        let acronym: String = doc.words(short.tokens).concat();
        if between == ["("] && a != b && is_acronym_of(&acronym, &doc.words(long.tokens)) {
            same.push((b, Some(a)));
        }
    }
    same
}

/// Organizations and places that the article names in short: "the Coalition" after "the Global Coalition to Counter ISIL". A word
/// such as "Council" that is short for nothing here is no name.
fn short_names(schema: &Schema, links: &Links) -> Vec<(usize, Option<usize>)> {
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
        let longer = links.entities.iter().position(|other| {
            let names = std::iter::once(&other.name).chain(&other.aliases);
            other.kind == entity.kind
                && other.id != entity.id
                && names
                    .map(|name| name.split(' ').collect::<Vec<_>>())
                    .any(|name| name.len() > words.len() && (name.starts_with(&words) || name.ends_with(&words)))
        });
        match longer {
            Some(longer) => same.push((number, Some(longer))),
            None if generic => same.push((number, None)),
            None => {}
        }
    }
    same
}

/// Makes each first entity one with its second, or drops it where there is none.
fn merge(same: Vec<(usize, Option<usize>)>, links: &mut Links) {
    for (gone, kept) in same {
        let Some(kept) = kept else {
            links.mentions.retain(|mention| mention.entities != [gone]);
            continue;
        };
        let aliases = std::mem::take(&mut links.entities[gone].aliases);
        let name = links.entities[gone].name.clone();
        links.entities[kept].aliases.extend(aliases);
        links.entities[kept].aliases.insert(name);
        for mention in &mut links.mentions {
            mention.entities.iter_mut().filter(|entity| **entity == gone).for_each(|entity| *entity = kept);
        }
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

/// The people of a document: full names, and the short forms that stand for them.
struct Persons {
    /// Parts of each full name, folded, and the name as written; fuller names first.
    full: Vec<(Vec<String>, String)>,
}

impl Persons {
    fn of(schema: &Schema, doc: &Document) -> Persons {
        let mut names: BTreeMap<Vec<String>, String> = BTreeMap::new();
        for mention in doc.mentions.iter().filter(|mention| mention.kind == NameKind::Person) {
            let words = doc.words(mention.tokens);
            let known = schema.gazetteer.find(&words).next().is_some();
            if words.len() > 1 || !known {
                let name = doc.text(mention.tokens).split_whitespace().collect::<Vec<_>>().join(" ");
                names.entry(parts(&words)).or_insert(name);
            }
        }
        let mut names: Vec<(Vec<String>, String)> = names.into_iter().filter(|(parts, _)| !parts.is_empty()).collect();
        names.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(&b.0)));
        // "NSA Sullivan" is a Sullivan whom another name gives in full.
        let last_names: BTreeSet<String> =
            names.iter().filter(|(parts, _)| parts.len() > 1).filter_map(|(parts, _)| parts.last().cloned()).collect();
        names.retain(|(parts, name)| {
            !(parts.len() == 2 && is_acronym(name) && last_names.contains(&parts[1]) && names_twice(doc, &parts[1]))
        });
        let mut full: Vec<(Vec<String>, String)> = Vec::new();
        for (name_parts, name) in names {
            if !full.iter().any(|(longer, _)| is_short_form(&name_parts, longer)) {
                full.push((name_parts, name));
            }
        }
        Persons { full }
    }

    /// Whether the words name one of the people.
    fn knows(&self, words: &[&str]) -> bool {
        let parts = parts(words);
        !parts.is_empty() && self.full.iter().any(|(full, _)| *full == parts || is_short_form(&parts, full))
    }

    /// The person whom the words name: of several the one with the fullest name.
    fn entity(&self, words: &[&str]) -> Option<Entity> {
        let mut parts = parts(words);
        if parts.len() == 2 && is_acronym(words[0]) && !self.full.iter().any(|(full, _)| *full == parts) {
            parts.remove(0);
        }
        let exact = self.full.iter().find(|(full, _)| *full == parts);
        let (_, name) = exact.or_else(|| self.full.iter().find(|(full, _)| is_short_form(&parts, full)))?;
        Some(unknown_entity(EntityKind::Person, name))
    }
}

/// Whether the first word of a name is all capitals, as an office's acronym is.
fn is_acronym(name: &str) -> bool {
    let first = name.split(' ').next().unwrap_or_default();
    first.chars().count() > 2 && first.chars().all(char::is_uppercase)
}

/// Whether a last name stands in two different names of people.
fn names_twice(doc: &Document, last: &str) -> bool {
    let names = doc
        .mentions
        .iter()
        .filter(|mention| mention.kind == NameKind::Person)
        .map(|mention| parts(&doc.words(mention.tokens)));
    let distinct: BTreeSet<Vec<String>> =
        names.filter(|parts| parts.len() > 1 && parts.last().is_some_and(|part| part == last)).collect();
    distinct.len() > 1
}

/// The parts of a name, folded: lower case, no accents, no points, hyphens apart.
fn parts(words: &[&str]) -> Vec<String> {
    let fold = |word: &&str| -> String {
        word.nfd().filter(|c| c.is_alphanumeric() && !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
    };
    words.iter().map(fold).filter(|part| !part.is_empty()).collect()
}

/// Whether a name is a shorter form of a longer one: its last name, with or without some of the others in their order, or its
/// first name alone ("Boris").
fn is_short_form(short: &[String], long: &[String]) -> bool {
    if short.len() >= long.len() || short.is_empty() {
        return false;
    }
    let mut rest = long.iter();
    let in_order = short.iter().all(|part| rest.any(|other| other == part || is_initial(part, other)));
    in_order && (short.last() == long.last() || short.len() == 1 && short.first() == long.first() && long.len() == 2)
}

/// Whether a part is the initial of another.
fn is_initial(part: &str, other: &str) -> bool {
    part.chars().count() == 1 && other.starts_with(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn short(a: &str, b: &str) -> bool {
        let split = |name: &str| parts(&name.split([' ', '-']).collect::<Vec<_>>());
        is_short_form(&split(a), &split(b))
    }

    #[test]
    fn short_forms_of_names() {
        assert!(short("Sisi", "Abdel Fattah al-Sisi"));
        assert!(short("Al Sisi", "Abdel Fattah al-Sisi"));
        assert!(short("V. Putin", "Vladimir Vladimirovich Putin"));
        assert!(short("Antony Blinken", "Antony J. Blinken"));
        assert!(!short("Laura Bush", "George Bush"));
        assert!(!short("Fattah", "Abdel Fattah al-Sisi"));
    }

    #[test]
    fn acronyms_are_initials() {
        assert!(is_acronym_of("GERD", &["Grand", "Ethiopian", "Renaissance", "Dam"]));
        assert!(!is_acronym_of("UN", &["European", "Union"]));
    }
}
