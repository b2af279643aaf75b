//! A person, country, organization or place: one node of the graph, with every name the texts give it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::schema::EntityKind;

/// Who or what a chain of mentions stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// `person/vladimir-putin`, `country/RU`, `organization/g20`, `place/hamburg`.
    pub id: String,
    pub kind: EntityKind,
    /// The fullest name.
    pub name: String,
    /// ISO 3166-1 alpha-2, of countries.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub iso: Option<String>,
    /// Every other surface form: `Mr Putin`, `Moscow`, `Russian`.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub aliases: BTreeSet<String>,
    /// IRIs of the same thing elsewhere.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub same_as: BTreeSet<String>,
    /// Offices whose body no text tells.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub offices: BTreeSet<Office>,
    /// Why names were taken for this entity of the tables, where there was something to weigh.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub choices: BTreeSet<Choice>,
}

/// Why a name was taken for one entity and not for another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Choice {
    /// As the article writes it.
    pub name: String,
    pub score: u32,
    /// What spoke for it: `president at the time of the article; the article names US`.
    pub why: String,
    /// Who else has the name, best first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub considered: Vec<Considered>,
}

/// Another entity that a name might have meant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Considered {
    pub id: String,
    pub score: u32,
}

/// An office without a body: "the president", of what is not said.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Office {
    pub title: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub former: bool,
}

impl Entity {
    /// Takes in what another reading knows of the same entity. Commutative, associative, idempotent: the name stays
    /// the longest, of those as long one that is not all capitals, and of those the first in order.
    pub fn merge(&mut self, other: Entity) {
        let rank = |name: &str| (name.chars().count(), name.chars().any(char::is_lowercase));
        if (rank(&other.name), &self.name) > (rank(&self.name), &other.name) {
            self.aliases.insert(std::mem::replace(&mut self.name, other.name));
        } else {
            self.aliases.insert(other.name);
        }
        self.aliases.extend(other.aliases);
        self.aliases.remove(&self.name);
        self.iso = self.iso.take().max(other.iso);
        self.same_as.extend(other.same_as);
        self.offices.extend(other.offices);
        self.choices.extend(other.choices);
    }
}
