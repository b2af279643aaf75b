//! The four kinds of entity: person, country, organization, place.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::Error;

/// What kind of thing a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EntityKind {
    Person,
    /// A sovereign state or a polity with an ISO 3166 code of its own.
    Country,
    Organization,
    Place,
}

impl EntityKind {
    pub const ALL: [EntityKind; 4] =
        [EntityKind::Person, EntityKind::Country, EntityKind::Organization, EntityKind::Place];

    /// The name that files and exports use.
    pub fn name(self) -> &'static str {
        match self {
            EntityKind::Person => "person",
            EntityKind::Country => "country",
            EntityKind::Organization => "organization",
            EntityKind::Place => "place",
        }
    }
}

impl fmt::Display for EntityKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for EntityKind {
    type Err = Error;

    fn from_str(text: &str) -> Result<EntityKind, Error> {
        EntityKind::ALL.into_iter().find(|kind| kind.name() == text).ok_or_else(|| {
            Error::new(format!("unknown kind of entity `{text}`"))
                .hint("kinds are `person`, `country`, `organization`, `place`")
        })
    }
}
