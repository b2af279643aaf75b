//! Patterns fitted to trees: whether the words around a word are what a pattern asks for, and what fills its roles.

use std::collections::{BTreeMap, BTreeSet};

use super::arcs::Arcs;
use crate::nlp::Document;
use crate::schema::pattern::{Need, Pattern, PatternNode, Step, Target};

/// How a pattern fits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fit {
    /// The event's own word, where the pattern marks one.
    pub trigger: Option<usize>,
    /// The words of the pattern.
    pub carriers: BTreeSet<usize>,
    /// What fills each role.
    pub roles: BTreeMap<String, Vec<usize>>,
    /// How much of the pattern fitted.
    pub weight: usize,
}

/// A tree, and what its words stand for.
pub struct Tree<'a> {
    pub doc: &'a Document,
    pub arcs: &'a Arcs,
    /// What a word can fill a role with: entities, or the word itself; nothing where it cannot.
    pub fills: &'a dyn Fn(&str, usize) -> Vec<usize>,
}

impl Tree<'_> {
    /// Fits a pattern with its first node at a word.
    pub fn fit(&self, pattern: &Pattern, token: usize) -> Option<Fit> {
        let mut fit = Fit::default();
        self.node(&pattern.anchor, token, &mut fit).then_some(fit)
    }

    fn node(&self, node: &PatternNode, token: usize, fit: &mut Fit) -> bool {
        let word = &self.doc.tokens[token];
        if !node.fits(&word.lemma.to_lowercase(), word.upos.name()) {
            return false;
        }
        // A word inside a name is the name's: the "Party" of "Labour Party" throws none.
        if node.is_trigger && self.is_inside_name(token) {
            return false;
        }
        if node.is_trigger {
            fit.trigger = Some(token);
        }
        fit.carriers.insert(token);
        node.steps.iter().all(|step| self.step(step, token, fit))
    }

    fn step(&self, step: &Step, token: usize, fit: &mut Fit) -> bool {
        let dependents: Vec<usize> = self.arcs.by(token, &step.relation).collect();
        match (&step.target, step.need) {
            (Target::Node(node), Need::Forbidden) => {
                !dependents.iter().any(|&other| self.node(node, other, &mut Fit::default()))
            }
            (Target::Node(node), need) => {
                for other in dependents {
                    let mut under = Fit::default();
                    if self.node(node, other, &mut under) {
                        fit.take(under);
                        return true;
                    }
                }
                need == Need::Optional
            }
            (Target::Role(role), need) => {
                let mut found: Vec<usize> = dependents.iter().flat_map(|&other| (self.fills)(role, other)).collect();
                found.dedup();
                match (need, found.is_empty()) {
                    (Need::Forbidden, empty) => empty,
                    (Need::Required, true) => false,
                    (Need::Optional, true) => true,
                    (_, false) => {
                        fit.weight += 2;
                        fit.roles.entry(role.clone()).or_default().extend(found);
                        true
                    }
                }
            }
        }
    }

    fn is_inside_name(&self, token: usize) -> bool {
        use crate::nlp::NameKind::{Country, Organization, Person, Place};
        self.doc.mentions.iter().any(|mention| {
            mention.tokens.contains(token)
                && mention.tokens.len() > 1
                && matches!(mention.kind, Country | Organization | Person | Place)
        })
    }
}

impl Fit {
    fn take(&mut self, under: Fit) {
        self.trigger = under.trigger.or(self.trigger);
        self.carriers.extend(under.carriers);
        self.weight += under.weight + 1;
        for (role, found) in under.roles {
            self.roles.entry(role).or_default().extend(found);
        }
    }
}
