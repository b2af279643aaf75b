//! A graph into tables: nodes, edges, and edges with the names of their ends.
//!
//! RFC 4180 quoting, UTF-8, a header, rows in the order of the JSON and ended by a line feed. A cell is one line: importers
//! of graph databases break on more, so each control character and line separator is a space, one for one, and
//! offsets into an article's `text` hold in its cell too. Columns are those of [`super::columns`].

use std::io::{self, Write};

use super::Options;
use super::columns::{Column, EDGE_COLUMNS, NODE_COLUMNS};
use crate::graph::{Edge, KnowledgeGraph, Node};

/// Writes the edges with the names of their ends, for people and pipes: who did what to whom, a row each.
pub(super) fn write(graph: &KnowledgeGraph, _: &Options, out: &mut dyn Write) -> io::Result<()> {
    let name = |id: &str| graph.node(id).map(Node::label).unwrap_or_default();
    let ends = |edge: &Edge| vec![name(&edge.source), name(&edge.target), edge.source.clone(), edge.target.clone()];
    write_table(out, &["source_name", "target_name", "source", "target"], EDGE_COLUMNS, graph.edges(), ends)
}

/// Writes `nodes.csv`: `id`, then the columns of a node.
pub(super) fn write_nodes(graph: &KnowledgeGraph, _: &Options, out: &mut dyn Write) -> io::Result<()> {
    write_table(out, &["id"], NODE_COLUMNS, graph.nodes(), |node| vec![node.id().to_owned()])
}

/// Writes `edges.csv`: `source`, `target`, then the columns of an edge.
pub(super) fn write_edges(graph: &KnowledgeGraph, _: &Options, out: &mut dyn Write) -> io::Result<()> {
    let ends = |edge: &Edge| vec![edge.source.clone(), edge.target.clone()];
    write_table(out, &["source", "target"], EDGE_COLUMNS, graph.edges(), ends)
}

/// Writes a header and a row for each of `rows`: first the cells of `lead`, then those of the columns.
fn write_table<'a, Row: 'a>(
    out: &mut dyn Write,
    lead_names: &[&str],
    columns: &[Column<Row>],
    rows: impl Iterator<Item = &'a Row>,
    lead: impl Fn(&Row) -> Vec<String>,
) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(lead_names.iter().copied().chain(columns.iter().map(|column| column.name)))?;
    for row in rows {
        let rest = columns.iter().map(|column| column.value(row).unwrap_or_default());
        table.write_record(lead(row).into_iter().chain(rest).map(|cell| single_line(&cell)))?;
    }
    table.flush()
}

fn single_line(cell: &str) -> String {
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    cell.chars().map(|c| if breaks(c) { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_one_line_of_the_same_length() {
        assert_eq!(single_line("a\r\nb\tc\u{2028}d"), "a  b c d");
    }
}
