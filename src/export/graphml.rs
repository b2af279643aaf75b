//! A graph into GraphML, with typed attributes, as networkx and Gephi read it.
//!
//! Attributes are declared with the types boolean, long, double and string alone; what is missing is left out; the edge's XML id
//! is its number, since networkx takes it for the multigraph's key. `<script>` in a name is `&lt;script&gt;`.

use std::io::{self, Write};

use super::Options;
use super::columns::{Column, EDGE_COLUMNS, ValueType, node_columns};
use super::xml::Document;
use crate::graph::KnowledgeGraph;

/// The namespace, letter by letter as networkx looks for it.
const NAMESPACE: &str = "http://graphml.graphdrawing.org/xmlns";

/// Writes one directed graph, parallel edges and all.
pub(super) fn write(graph: &KnowledgeGraph, _: &Options, out: &mut dyn Write) -> io::Result<()> {
    let mut xml = Document::new(out)?;
    xml.start("graphml", &[("xmlns", NAMESPACE)])?;
    write_keys(&mut xml, "node", node_columns())?;
    write_keys(&mut xml, "edge", EDGE_COLUMNS.iter())?;
    xml.start("graph", &[("id", "rapporteur"), ("edgedefault", "directed")])?;
    for node in graph.nodes() {
        xml.start("node", &[("id", node.id())])?;
        write_values(&mut xml, "node", node_columns(), node)?;
    }
    for (number, edge) in graph.edges().enumerate() {
        let id = format!("edge/{number}");
        xml.start("edge", &[("id", &id), ("source", &edge.source), ("target", &edge.target)])?;
        write_values(&mut xml, "edge", EDGE_COLUMNS.iter(), edge)?;
    }
    xml.end("graph")?;
    xml.end("graphml")?;
    xml.finish()
}

/// Declares the attributes of nodes or of edges.
fn write_keys<'c, Row: 'c>(
    xml: &mut Document,
    of: &str,
    columns: impl Iterator<Item = &'c Column<Row>>,
) -> io::Result<()> {
    for column in columns {
        let value_type = type_name(column.value_type());
        let id = key_id(of, column.name);
        xml.empty("key", &[("id", &id), ("for", of), ("attr.name", column.name), ("attr.type", value_type)])?;
    }
    Ok(())
}

/// Writes the attributes of a node or an edge, and ends it.
fn write_values<'c, Row: 'c>(
    xml: &mut Document,
    of: &str,
    columns: impl Iterator<Item = &'c Column<Row>>,
    row: &Row,
) -> io::Result<()> {
    for column in columns {
        if let Some(value) = column.value(row) {
            xml.text("data", &[("key", &key_id(of, column.name))], &value)?;
        }
    }
    xml.end(of)
}

/// The type of a column's values, by a name that GraphML and GEXF have.
pub(super) fn type_name(value_type: ValueType) -> &'static str {
    match value_type {
        ValueType::Number => "double",
        ValueType::Count => "long",
        ValueType::Flag => "boolean",
        ValueType::Text | ValueType::Day | ValueType::Names => "string",
    }
}

fn key_id(of: &str, column: &str) -> String {
    format!("{of}.{column}")
}
