//! Chains of mentions into entities: which person, country, organization or place each stands for.

mod entity;

pub use entity::{Entity, Office};
