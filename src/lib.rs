#![doc = include_str!("ARCHITECTURE.md")]
// Modules name their own parts; `cargo doc --document-private-items` shows those too.
#![allow(rustdoc::private_intra_doc_links)]

pub mod base;
pub mod error;
pub mod schema;
pub mod ingest;
pub mod nlp;
pub mod link;
pub mod extract;
pub mod graph;
pub mod pipeline;
pub mod eval;
pub mod analyze;
pub mod query;
pub mod export;
#[cfg(feature = "sparql")]
pub mod sparql;
pub mod view;
#[cfg(feature = "serve")]
pub mod serve;

pub use error::{Error, Result};

/// The README's program, which the tests run.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
