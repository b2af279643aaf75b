//! A name as a person types it into the one person it stands for: `erdogan` is Recep Tayyip Erdoğan.

use std::cmp::Reverse;

use crate::base::slug;
use crate::error::{Error, Result};
use crate::graph::{KnowledgeGraph, Node};
use crate::link::Entity;
use crate::schema::EntityKind;

/// The most people that a hint names.
const NAMED_IN_HINT: usize = 6;

/// Finds the one person that a name stands for: an id, a full name, an alias, a last name, or some of a name's words.
///
/// Case and accents do not matter. A closer fit wins over a looser one: "Donald Trump" is not Donald Trump Jr.
///
/// # Errors
/// A name that nobody has, or that several have alike; the hint tells the candidates.
pub fn find_person<'g>(graph: &'g KnowledgeGraph, name: &str) -> Result<&'g Entity> {
    match persons_called(graph, name)[..] {
        [person] => Ok(person),
        [] => Err(Error::new(format!("nobody in this graph is called `{name}`")).hint(near_miss(graph, name))),
        ref several => Err(Error::new(format!("`{name}` can be {} people", several.len()))
            .hint(format!("say which, by full name or id: {}", listed(several)))),
    }
}

/// The entities of any kind that have this id, name or alias, by id; where one has the id or the name, only those.
pub fn find_entity<'g>(graph: &'g KnowledgeGraph, name: &str) -> Vec<&'g Entity> {
    let asked = words(name);
    let is_named = |entity: &&Entity| entity.id == name || words(&entity.name) == asked;
    let named: Vec<&Entity> = entities(graph).filter(is_named).collect();
    if !named.is_empty() {
        return named;
    }
    entities(graph).filter(|entity| entity.aliases.iter().any(|alias| words(alias) == asked)).collect()
}

/// Everybody whom a name fits as well as it fits anybody, by id.
pub fn persons_called<'g>(graph: &'g KnowledgeGraph, name: &str) -> Vec<&'g Entity> {
    let asked = words(name);
    let fits = |person| fit(person, name, &asked).map(|fit| (fit, person));
    let fitting: Vec<(Fit, &Entity)> = persons(graph).filter_map(fits).collect();
    let best = fitting.iter().map(|(fit, _)| *fit).min();
    fitting.into_iter().filter(|(fit, _)| Some(*fit) == best).map(|(_, person)| person).collect()
}

/// How well a name fits a person, the best first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Whole,
    LastName,
    SomeWords,
}

/// One word alone is the whole name of few: that articles call one Clinton "Clinton" does not make the other none.
fn fit(person: &Entity, typed: &str, asked: &[String]) -> Option<Fit> {
    let name = words(&person.name);
    let mut aliases = person.aliases.iter().map(|alias| words(alias));
    let is_alias = aliases.clone().any(|alias| alias == asked);
    if person.id == typed || name == asked || (is_alias && asked.len() > 1) {
        Some(Fit::Whole)
    } else if is_alias || name.ends_with(asked) {
        Some(Fit::LastName)
    } else {
        // "Russia" is in "the president of Russia", but is nothing that he is called.
        let is_called = asked.iter().any(|word| name.contains(word));
        let some_words = contains_in_order(&name, asked) || aliases.any(|alias| contains_in_order(&alias, asked));
        (is_called && some_words).then_some(Fit::SomeWords)
    }
}

fn contains_in_order(name: &[String], asked: &[String]) -> bool {
    let mut rest = name.iter();
    asked.iter().all(|word| rest.any(|other| other == word))
}

/// The words of a name without case, accents and punctuation.
fn words(name: &str) -> Vec<String> {
    slug(name).split('-').map(unstroked).collect()
}

/// Replaces the letters whose stroke, dot or ligature Unicode does not take apart: `ø` is no `o` with an accent.
fn unstroked(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        match c {
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' | 'ð' => out.push('d'),
            'ı' => out.push('i'),
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'þ' => out.push_str("th"),
            c => out.push(c),
        }
    }
    out
}

fn persons(graph: &KnowledgeGraph) -> impl Iterator<Item = &Entity> {
    entities(graph).filter(|entity| entity.kind == EntityKind::Person)
}

fn entities(graph: &KnowledgeGraph) -> impl Iterator<Item = &Entity> {
    graph.nodes().filter_map(|node| match node {
        Node::Entity(entity) => Some(entity),
        _ => None,
    })
}

/// What to try instead of a name that nobody has.
fn near_miss(graph: &KnowledgeGraph, name: &str) -> String {
    let asked = words(name);
    let is_called = |entity: &&Entity| {
        let mut names = std::iter::once(&entity.name).chain(&entity.aliases);
        entity.kind != EntityKind::Person && (entity.id == name || names.any(|other| words(other) == asked))
    };
    let other_kind = entities(graph).find(is_called);
    if let Some(other) = other_kind {
        return format!("`{}` is a {} here; meetings are asked of people", other.name, other.kind);
    }
    let mut near: Vec<(usize, &Entity)> = persons(graph).filter_map(|p| Some((distance(p, &asked)?, p))).collect();
    near.sort_by_key(|(distance, person)| (*distance, &person.id));
    let near: Vec<&Entity> = near.into_iter().map(|(_, person)| person).collect();
    match (near.is_empty(), best_known(graph)) {
        (false, _) => format!("did you mean {}?", listed(&near)),
        (true, known) if known.is_empty() => "this graph names no people".to_owned(),
        (true, known) => format!("people here: {}", listed(&known)),
    }
}

/// The fewest letters between a word asked and a word of the person's names, where that is a slip of the hand.
fn distance(person: &Entity, asked: &[String]) -> Option<usize> {
    let names = std::iter::once(&person.name).chain(&person.aliases).flat_map(|name| words(name));
    let pairs = names.flat_map(|word| asked.iter().map(move |other| (edits(&word, other), other.chars().count())));
    // A third of the letters wrong is another name: "Merkel" is no slip for "Mercer".
    pairs.filter(|(edits, length)| edits * 3 <= *length).map(|(edits, _)| edits).min()
}

/// The letters to insert, drop or replace to make one word of the other (Levenshtein's distance).
fn edits(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

/// All people, those with the most ties first.
fn best_known(graph: &KnowledgeGraph) -> Vec<&Entity> {
    let ties = |person: &&Entity| graph.edges_from(&person.id).count() + graph.edges_to(&person.id).len();
    let mut known: Vec<&Entity> = persons(graph).collect();
    known.sort_by_cached_key(|person| (Reverse(ties(person)), person.id.clone()));
    known
}

fn listed(people: &[&Entity]) -> String {
    let shown = people.iter().take(NAMED_IN_HINT).map(|person| format!("{} ({})", person.name, person.id));
    let mut text = shown.collect::<Vec<_>>().join(", ");
    if people.len() > NAMED_IN_HINT {
        text.push_str(&format!(", and {} more", people.len() - NAMED_IN_HINT));
    }
    text
}
