#![doc = include_str!("ARCHITECTURE.md")]

pub mod base;
pub mod error;
pub mod extract;
pub mod graph;
pub mod ingest;
pub mod link;
pub mod nlp;
pub mod pipeline;
pub mod schema;

pub use error::{Error, Result};
