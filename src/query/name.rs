//! A name as a person types it into what it stands for: `erdogan` is Recep Tayyip Erdoğan.

use std::cmp::Reverse;

use crate::base::name_words as words;
use crate::error::{Error, Result};
use crate::extract::Event;
use crate::graph::{KnowledgeGraph, Node};
use crate::link::Entity;
use crate::schema::EntityKind;

/// The most people or things that a hint names.
const NAMED_IN_HINT: usize = 6;

/// The fewest letters that a hint takes for the beginning of a name.
const BEGINNING: usize = 3;

/// What a name is looked for among.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Among {
    People,
    /// Persons, countries and organizations: those who can speak.
    Actors,
    /// Places, countries, organizations and events: where one can meet.
    Scenes,
    /// Entities and events.
    Everything,
}

/// Finds the one person that a name stands for: an id, a full name, an alias, a last name, or some of a name's words.
///
/// Case and accents do not matter. A closer fit wins over a looser one: "Donald Trump" is not Donald Trump Jr. Of several with a
/// last name it is the one whom the tables know, if they know one: "Solheim" is the prime minister, not a namesake without office.
///
/// # Errors
/// A name that nobody has, or that several have alike; the hint tells the candidates.
pub fn find_person<'g>(graph: &'g KnowledgeGraph, name: &str) -> Result<&'g Entity> {
    match find(graph, name, Among::People)? {
        Node::Entity(person) => Ok(person),
        other => unreachable!("`{}` is no person", other.id()),
    }
}

/// Finds the one node that a name stands for, as [`find_person`] does.
///
/// # Errors
/// Those of [`find_person`].
pub fn find<'g>(graph: &'g KnowledgeGraph, name: &str, among: Among) -> Result<&'g Node> {
    let found = called(graph, name, among);
    let asked = words(name);
    let is_known = |entity: &Entity| {
        (!entity.same_as.is_empty() || !entity.choices.is_empty()) && words(&entity.name).ends_with(&asked)
    };
    let mut known = found.iter().filter(|node| matches!(node, Node::Entity(entity) if is_known(entity)));
    match (&found[..], known.next(), known.next()) {
        ([node], ..) | (_, Some(node), None) => Ok(node),
        ([], ..) => Err(nobody(graph, name, among)),
        (several, ..) => Err(Error::new(format!("`{name}` can be {} {}", several.len(), among.plural()))
            .hint(format!("say which, by full name or id: {}", listed(several)))),
    }
}

/// Everybody and everything that a name fits as well as it fits any, by id.
///
/// # Errors
/// A name that none has; the hint tells the nearest.
pub fn find_all<'g>(graph: &'g KnowledgeGraph, name: &str, among: Among) -> Result<Vec<&'g Node>> {
    let found = called(graph, name, among);
    if found.is_empty() { Err(nobody(graph, name, among)) } else { Ok(found) }
}

/// Everybody and everything that a name fits as well as it fits any, by id.
pub fn called<'g>(graph: &'g KnowledgeGraph, name: &str, among: Among) -> Vec<&'g Node> {
    let asked = words(name);
    let may_be =
        |node: &&Node| among.admits(node) && (node.id() == name || names(node).any(|n| may_hold(n, &asked[0])));
    let fits = |node| fit(node, name, &asked).map(|fit| (fit, node));
    let fitting: Vec<(Fit, &Node)> = graph.nodes().filter(may_be).filter_map(fits).collect();
    let best = fitting.iter().map(|(fit, _)| *fit).min();
    fitting.into_iter().filter(|(fit, _)| Some(*fit) == best).map(|(_, node)| node).collect()
}

/// Everybody whom a name fits as well as it fits anybody, by id.
pub fn persons_called<'g>(graph: &'g KnowledgeGraph, name: &str) -> Vec<&'g Entity> {
    let people = called(graph, name, Among::People).into_iter();
    let entity = |node: &'g Node| match node {
        Node::Entity(entity) => Some(entity),
        _ => None,
    };
    people.filter_map(entity).collect()
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

impl Among {
    fn admits(self, node: &Node) -> bool {
        match (self, node) {
            (_, Node::Claim(_) | Node::Article(_)) => false,
            (Among::Everything, _) => true,
            (Among::Scenes, Node::Entity(entity)) => entity.kind != EntityKind::Person,
            (Among::Scenes, Node::Event(_)) => true,
            (Among::Actors, Node::Entity(entity)) => entity.kind != EntityKind::Place,
            (Among::People, Node::Entity(entity)) => entity.kind == EntityKind::Person,
            (_, Node::Event(_)) => false,
        }
    }

    fn plural(self) -> &'static str {
        if self == Among::People { "people" } else { "things" }
    }
}

/// The entities of any kind whose name or alias has, in any order, words that begin with those typed: `ing sol` finds Ingrid Solheim.
/// Those whose name begins so come first, then those with fewer words, then by id. Nothing typed finds all.
pub fn entities_like<'g>(graph: &'g KnowledgeGraph, typed: &str) -> Vec<&'g Entity> {
    let asked = if typed.trim().is_empty() { Vec::new() } else { words(typed) };
    let begun = asked.join("-");
    let fits = |name: &str| {
        let name = words(name);
        asked.iter().all(|word| name.iter().any(|other| other.starts_with(word.as_str())))
    };
    let fit = |entity: &&Entity| fits(&entity.name) || entity.aliases.iter().any(|alias| fits(alias));
    let mut found: Vec<&Entity> = entities(graph).filter(fit).collect();
    found.sort_by_cached_key(|entity| {
        let name = words(&entity.name);
        (!name.join("-").starts_with(&begun), name.len(), entity.id.clone())
    });
    found
}

/// How well a name fits, the best first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Whole,
    /// A person's last name, another name of anything.
    Alias,
    SomeWords,
}

fn fit(node: &Node, typed: &str, asked: &[String]) -> Option<Fit> {
    match node {
        _ if node.id() == typed => Some(Fit::Whole),
        Node::Entity(person) if person.kind == EntityKind::Person => fit_person(person, asked),
        Node::Entity(Entity { name, .. }) | Node::Event(Event { name, .. }) if words(name) == asked => Some(Fit::Whole),
        node if names(node).skip(1).any(|alias| words(alias) == asked) => Some(Fit::Alias),
        node => contains_in_order(&words(names(node).next()?), asked).then_some(Fit::SomeWords),
    }
}

/// One word alone is the whole name of few: that articles call one Clinton "Clinton" does not make the other none.
fn fit_person(person: &Entity, asked: &[String]) -> Option<Fit> {
    let name = words(&person.name);
    let mut aliases = person.aliases.iter().map(|alias| words(alias));
    let is_alias = aliases.clone().any(|alias| alias == asked);
    if name == asked || (is_alias && asked.len() > 1) {
        Some(Fit::Whole)
    } else if is_alias || name.ends_with(asked) {
        Some(Fit::Alias)
    } else {
        // "Russia" is in "the president of Russia", but is nothing that he is called.
        let is_called = asked.iter().any(|word| name.contains(word));
        let some_words = contains_in_order(&name, asked) || aliases.any(|alias| contains_in_order(&alias, asked));
        (is_called && some_words).then_some(Fit::SomeWords)
    }
}

/// A node's name, then its other names; none of claims and articles.
fn names(node: &Node) -> impl Iterator<Item = &String> {
    let (name, aliases) = match node {
        Node::Entity(Entity { name, aliases, .. }) => (Some(name), Some(aliases)),
        Node::Event(Event { name, .. }) => (Some(name), None),
        Node::Claim(_) | Node::Article(_) => (None, None),
    };
    name.into_iter().chain(aliases.into_iter().flatten())
}

/// Whether a word (in lower case, without accents) may be in a name: told without taking the name apart, of which there are many.
fn may_hold(name: &str, word: &str) -> bool {
    if !name.is_ascii() || !word.is_ascii() || name.contains(['\'', '.']) {
        return true;
    }
    name.len() >= word.len()
        && name.as_bytes().windows(word.len()).any(|part| part.eq_ignore_ascii_case(word.as_bytes()))
}

fn contains_in_order(name: &[String], asked: &[String]) -> bool {
    let mut rest = name.iter();
    asked.iter().all(|word| rest.any(|other| other == word))
}

fn entities(graph: &KnowledgeGraph) -> impl Iterator<Item = &Entity> {
    graph.nodes().filter_map(|node| match node {
        Node::Entity(entity) => Some(entity),
        _ => None,
    })
}

fn nobody(graph: &KnowledgeGraph, name: &str, among: Among) -> Error {
    let none = if among == Among::People { "nobody" } else { "nothing" };
    Error::new(format!("{none} in this graph is called `{name}`")).hint(near_miss(graph, name, among))
}

/// What to try instead of a name that nobody has.
fn near_miss(graph: &KnowledgeGraph, name: &str, among: Among) -> String {
    let asked = words(name);
    let is_called = |node: &&Node| !among.admits(node) && (node.id() == name || names(node).any(|n| words(n) == asked));
    if let Some(other) = graph.nodes().find(is_called) {
        let wanted = match among {
            Among::People => "meetings are asked of people",
            Among::Actors => "this is asked of people, countries and organizations",
            Among::Scenes | Among::Everything => "this is asked of places and events",
        };
        let article = if other.kind().starts_with(['e', 'o']) { "an" } else { "a" };
        return format!("`{}` is {article} {} here; {wanted}", other.label(), other.kind());
    }
    let candidates = || graph.nodes().filter(|node| matches!(node, Node::Entity(_)) && among.admits(node));
    let mut near: Vec<(usize, &Node)> = candidates().filter_map(|node| Some((distance(node, &asked)?, node))).collect();
    near.sort_by_key(|(distance, node)| (*distance, node.id()));
    let near: Vec<&Node> = near.into_iter().map(|(_, node)| node).collect();
    let kind = if among == Among::People { "people" } else { "names" };
    match (near.is_empty(), best_known(graph, candidates())) {
        (false, _) => format!("did you mean {}?", listed(&near)),
        (true, known) if known.is_empty() => format!("there are no {kind} in this graph"),
        (true, known) => format!("{kind} here: {}", listed(&known)),
    }
}

/// The fewest letters between a word asked and a word of the names, where that is a slip of the hand or the word's beginning.
fn distance(node: &Node, asked: &[String]) -> Option<usize> {
    let names = names(node).flat_map(|name| words(name));
    let pairs = names.flat_map(|word| asked.iter().map(move |other| slips(&word, other)));
    pairs.flatten().min()
}

fn slips(word: &str, asked: &str) -> Option<usize> {
    let length = asked.chars().count();
    if length >= BEGINNING && word.starts_with(asked) {
        return Some(usize::from(word != asked));
    }
    // A third of the letters wrong is another name: "Merkel" is no slip for "Mercer".
    Some(edits(word, asked)).filter(|edits| edits * 3 <= length)
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

/// Those with the most ties first.
fn best_known<'g>(graph: &'g KnowledgeGraph, nodes: impl Iterator<Item = &'g Node>) -> Vec<&'g Node> {
    let ties = |node: &&Node| graph.edges_from(node.id()).count() + graph.edges_to(node.id()).len();
    let mut known: Vec<&Node> = nodes.collect();
    known.sort_by_cached_key(|node| (Reverse(ties(node)), node.id()));
    known
}

fn listed(nodes: &[&Node]) -> String {
    let shown = nodes.iter().take(NAMED_IN_HINT).map(|node| format!("{} ({})", node.label(), node.id()));
    let mut text = shown.collect::<Vec<_>>().join(", ");
    if nodes.len() > NAMED_IN_HINT {
        text.push_str(&format!(", and {} more", nodes.len() - NAMED_IN_HINT));
    }
    text
}
