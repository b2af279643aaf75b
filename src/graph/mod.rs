//! Readings folded into one graph: a set union by id, so that order and repetition change nothing.
//!
//! Two articles that tell of "Putin" and "Mr Putin" in Hamburg give one person, with the sentences of both.

mod element;
mod fold;
mod merge;
mod same;
mod copies;
mod node_link;
pub mod store;

pub use element::{ArticleNode, Edge, EdgeType, Node, Reading};
pub use fold::KnowledgeGraph;
pub use node_link::{read_node_link, write_node_link};
