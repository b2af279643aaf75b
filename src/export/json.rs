//! The node-link JSON of the contract; the graph itself knows how to write it.

use std::io::{self, Write};

use super::Options;
use crate::graph::{KnowledgeGraph, write_node_link};

/// Writes one JSON object.
pub(super) fn write(graph: &KnowledgeGraph, _: &Options, out: &mut dyn Write) -> io::Result<()> {
    write_node_link(graph, out)
}
