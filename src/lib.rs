#![doc = include_str!("ARCHITECTURE.md")]

pub mod base;
pub mod error;
pub mod schema;
pub mod ingest;
pub mod nlp;
pub mod link;
pub mod extract;
pub mod graph;
pub mod pipeline;
pub mod query;
pub mod export;
pub mod view;

pub use error::{Error, Result};

/// The README's program, which the tests run.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
