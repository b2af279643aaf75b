//! A graph into DOT, for drawings by Graphviz: labels, kinds, types, dates; the words and their places are left to other formats.
//!
//! Two who met are `"person/donald-trump" -> "person/vladimir-putin" [label="met", dir="none", …];`.

use std::io::{self, Write};

use super::Options;
use super::columns::{Column, EDGE_COLUMNS, is_long, node_columns};
use crate::graph::{EdgeType, KnowledgeGraph, Node};

/// Writes one directed graph, parallel edges and all.
pub(super) fn write(graph: &KnowledgeGraph, _: &Options, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "digraph rapporteur {{")?;
    for node in graph.nodes() {
        write!(out, "  {} [label={}, shape={}", quoted(node.id()), quoted(&node.label()), shape(node))?;
        write_values(out, node_columns().filter(|column| column.name != "name"), node)?;
    }
    for edge in graph.edges() {
        let direction = if edge.edge_type == EdgeType::Met { ", dir=none" } else { "" };
        write!(out, "  {} -> {} [label={}{direction}", quoted(&edge.source), quoted(&edge.target), edge.edge_type)?;
        write_values(out, EDGE_COLUMNS.iter().filter(|column| column.name != "type"), edge)?;
    }
    writeln!(out, "}}")
}

/// Writes what is short of a row, and ends it.
fn write_values<'c, Row: 'c>(
    out: &mut dyn Write,
    columns: impl Iterator<Item = &'c Column<Row>>,
    row: &Row,
) -> io::Result<()> {
    for column in columns.filter(|column| !is_long(column.name)) {
        if let Some(value) = column.value(row) {
            write!(out, ", {}={}", column.name, quoted(&value))?;
        }
    }
    writeln!(out, "];")
}

fn shape(node: &Node) -> &'static str {
    match node {
        Node::Entity(_) => "ellipse",
        Node::Event(_) => "box",
        Node::Claim(_) | Node::Article(_) => "note",
    }
}

/// A quoted string, in which a backslash is one and a line end is `\n`; other control characters are spaces.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_its_string() {
        assert_eq!(quoted("a\"b\\"), r#""a\"b\\""#);
        assert_eq!(quoted("one\r\ntwo\0"), r#""one \ntwo ""#);
    }
}
