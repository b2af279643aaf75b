//! What people speak about, as a reader puts it: "Norway", "the water summit", "secret talks".

use std::collections::BTreeSet;

use super::name::{Among, called};
use super::who_said::Statement;
use crate::base::slug;
use crate::graph::{KnowledgeGraph, Node};

/// The most letters of a word that tells nothing by itself, unless it has a capital: "the", "of", but not "EU".
const SMALL: usize = 3;

/// The fewest letters that are left of a word whose ending is taken off.
const LEAST_STEM: usize = 3;

/// A matter: the nodes of its name, and the words for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matter<'g> {
    /// Ids of entities and events.
    pub nodes: BTreeSet<&'g str>,
    /// Stems that must all be in what is said.
    stems: BTreeSet<String>,
}

impl<'g> Matter<'g> {
    /// The matter that some words name: what has them for its name, and what is said in those words.
    pub fn named(graph: &'g KnowledgeGraph, text: &str) -> Matter<'g> {
        let telling: Vec<&str> = text.split_whitespace().filter(|word| is_telling(word)).collect();
        let name = telling.join(" ");
        let nodes = if name.is_empty() { Vec::new() } else { called(graph, &name, Among::Everything) };
        Matter { nodes: nodes.into_iter().map(Node::id).collect(), stems: stems(&name) }
    }

    /// A matter that is a node.
    pub fn of(node: &'g Node) -> Matter<'g> {
        Matter { nodes: BTreeSet::from([node.id()]), stems: BTreeSet::new() }
    }

    /// Whether nothing can be said of it: it is without nodes and words.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty() && self.stems.is_empty()
    }

    /// Whether a statement is about it, or says all of its words (whatever their endings).
    pub fn is_of(&self, statement: &Statement) -> bool {
        statement.about.iter().any(|about| self.nodes.contains(about.id)) || self.is_said_in(statement)
    }

    /// Whether the sentences that report a statement have all of its words, be they said or told.
    pub fn is_told_with(&self, statement: &Statement) -> bool {
        let told: BTreeSet<String> = statement.evidence.iter().flat_map(|passage| stems(passage.text)).collect();
        !self.stems.is_empty() && self.stems.is_subset(&told)
    }

    fn is_said_in(&self, statement: &Statement) -> bool {
        let names = statement.about.iter().map(|about| about.name.as_str());
        let said: BTreeSet<String> =
            statement.content.iter().map(String::as_str).chain(names).flat_map(stems).collect();
        !self.stems.is_empty() && self.stems.is_subset(&said)
    }
}

/// The stems of the telling words of a text.
pub(super) fn stems(text: &str) -> BTreeSet<String> {
    let telling = text.split_whitespace().filter(|word| is_telling(word));
    telling.flat_map(|word| slug(word).split('-').map(stem).collect::<Vec<_>>()).collect()
}

fn is_telling(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphanumeric());
    letters.count() > SMALL || word.contains(|c: char| c.is_uppercase() || c.is_numeric())
}

/// A word without its ending, so that "meddling", "meddled" and "meddle" are one.
fn stem(word: &str) -> String {
    let long_enough = |stem: &&str| stem.chars().count() >= LEAST_STEM;
    let endings = ["ings", "ing", "ied", "ies", "ed", "es", "s", "ly"];
    let cut = endings.iter().find_map(|ending| word.strip_suffix(ending).filter(long_enough)).unwrap_or(word);
    let cut = cut.strip_suffix(['e', 'y', 'i']).filter(long_enough).unwrap_or(cut);
    let mut letters = cut.chars().rev();
    match (letters.next(), letters.next()) {
        // "planned" has the stem of "plan".
        (Some(last), Some(before)) if last == before && long_enough(&&cut[..cut.len() - last.len_utf8()]) => {
            cut[..cut.len() - last.len_utf8()].to_owned()
        }
        _ => cut.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_of_a_word_have_one_stem() {
        for forms in [
            &["meddle", "meddles", "meddled", "meddling"][..],
            &["plan", "plans", "planned", "planning"],
            &["deny", "denies", "denied", "denying"],
            &["ferry", "ferries"],
            &["secret", "secrets", "secretly"],
        ] {
            let stems: BTreeSet<String> = forms.iter().map(|form| stem(form)).collect();
            assert_eq!(stems.len(), 1, "{stems:?}");
        }
        assert_ne!(stem("contract"), stem("contrast"));
    }

    #[test]
    fn small_words_tell_nothing_unless_they_are_names() {
        assert_eq!(stems("the EU and the deal"), BTreeSet::from(["eu".to_owned(), "deal".to_owned()]));
    }
}
