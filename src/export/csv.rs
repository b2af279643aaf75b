//! A graph into plain tables: nodes, edges, and edges with the names of their ends, for spreadsheets and data frames.
//!
//! Columns are those of [`super::columns`], rows stand in the order of the JSON.

use std::io::{self, Write};

use super::columns::{Column, EDGE_COLUMNS, node_columns};
use super::table::{PLAIN, write_table};
use super::{Options, Part};
use crate::graph::{Edge, KnowledgeGraph, Node};

/// Writes the edges with the names of their ends, for people and pipes: who did what to whom, a row each.
pub(super) fn write(graph: &KnowledgeGraph, _: &Options, out: &mut dyn Write) -> io::Result<()> {
    let name = |id: &str| graph.node(id).map(Node::label).unwrap_or_default();
    let ends = |edge: &Edge| vec![name(&edge.source), name(&edge.target), edge.source.clone(), edge.target.clone()];
    write_table(out, &PLAIN, &["source_name", "target_name", "source", "target"], &edge_columns(), graph.edges(), ends)
}

/// `nodes.csv`: `id`, then the columns of a node; `edges.csv`: `source`, `target`, then those of an edge.
pub(super) fn parts<'g>(graph: &'g KnowledgeGraph, _: &'g Options) -> Vec<Part<'g>> {
    let nodes = |out: &mut dyn Write| {
        let columns: Vec<_> = node_columns().collect();
        write_table(out, &PLAIN, &["id"], &columns, graph.nodes(), |node| vec![node.id().to_owned()])
    };
    let edges = |out: &mut dyn Write| {
        let ends = |edge: &Edge| vec![edge.source.clone(), edge.target.clone()];
        write_table(out, &PLAIN, &["source", "target"], &edge_columns(), graph.edges(), ends)
    };
    vec![Part::new("nodes.csv", nodes), Part::new("edges.csv", edges)]
}

fn edge_columns() -> Vec<&'static Column<Edge>> {
    EDGE_COLUMNS.iter().collect()
}
