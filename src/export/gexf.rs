//! A graph into GEXF 1.3 with times, as Gephi and networkx read it.
//!
//! A meeting of July 2017 lasts from its first to its last day (`start="2017-07-01" end="2017-07-31"`); the date as fine as the
//! text says is the attribute `start_told`. What has no time is there all the time.

use std::io::{self, Write};

use super::Options;
use super::columns::{Column, EDGE_COLUMNS, node_columns};
use super::graphml::type_name;
use super::xml::Document;
use crate::base::Date;
use crate::graph::{Edge, KnowledgeGraph, Node};

const NAMESPACE: &str = "http://gexf.net/1.3";

/// Writes one dynamic graph, parallel edges and all.
pub(super) fn write(graph: &KnowledgeGraph, _: &Options, out: &mut dyn Write) -> io::Result<()> {
    let mut xml = Document::new(out)?;
    xml.start("gexf", &[("xmlns", NAMESPACE), ("version", "1.3")])?;
    xml.start("meta", &[])?;
    xml.text("creator", &[], concat!("rapporteur ", env!("CARGO_PKG_VERSION")))?;
    xml.end("meta")?;
    xml.start("graph", &[("defaultedgetype", "directed"), ("mode", "dynamic"), ("timeformat", "date")])?;
    write_attributes(&mut xml, "node", node_columns())?;
    write_attributes(&mut xml, "edge", EDGE_COLUMNS.iter())?;
    xml.start("nodes", &[])?;
    for node in graph.nodes() {
        write_node(&mut xml, node)?;
    }
    xml.end("nodes")?;
    xml.start("edges", &[])?;
    for (number, edge) in graph.edges().enumerate() {
        write_edge(&mut xml, number, edge)?;
    }
    xml.end("edges")?;
    xml.end("graph")?;
    xml.end("gexf")?;
    xml.finish()
}

fn write_node(xml: &mut Document, node: &Node) -> io::Result<()> {
    let label = node.label();
    let days = match node {
        Node::Event(event) => days(event.start, event.end),
        Node::Article(article) => days(article.published, None),
        _ => Vec::new(),
    };
    let mut attributes = vec![("id", node.id()), ("label", label.as_str())];
    attributes.extend(days.iter().map(|(name, day)| (*name, day.as_str())));
    xml.start("node", &attributes)?;
    write_values(xml, node_columns(), node)?;
    xml.end("node")
}

fn write_edge(xml: &mut Document, number: usize, edge: &Edge) -> io::Result<()> {
    let (id, weight, days) = (number.to_string(), edge.weight.unwrap_or(1).to_string(), days(edge.start, edge.end));
    let mut attributes = vec![("id", id.as_str()), ("source", &edge.source), ("target", &edge.target)];
    attributes.extend([("label", edge.edge_type.name()), ("weight", &weight)]);
    attributes.extend(days.iter().map(|(name, day)| (*name, day.as_str())));
    xml.start("edge", &attributes)?;
    write_values(xml, EDGE_COLUMNS.iter(), edge)?;
    xml.end("edge")
}

/// Declares the attributes of nodes or of edges.
fn write_attributes<'c, Row: 'c>(
    xml: &mut Document,
    class: &str,
    columns: impl Iterator<Item = &'c Column<Row>>,
) -> io::Result<()> {
    xml.start("attributes", &[("class", class)])?;
    for column in columns {
        let value_type = type_name(column.value_type());
        xml.empty("attribute", &[("id", column.name), ("title", title(column.name)), ("type", value_type)])?;
    }
    xml.end("attributes")
}

fn write_values<'c, Row: 'c>(
    xml: &mut Document,
    columns: impl Iterator<Item = &'c Column<Row>>,
    row: &Row,
) -> io::Result<()> {
    xml.start("attvalues", &[])?;
    for column in columns {
        if let Some(value) = column.value(row) {
            xml.empty("attvalue", &[("for", column.name), ("value", &value)])?;
        }
    }
    xml.end("attvalues")
}

/// What a reader calls an attribute: `start` and `end` are days to it, `weight` and `key` its own.
fn title(name: &str) -> &str {
    match name {
        "start" => "start_told",
        "end" => "end_told",
        "weight" => "meetings",
        "key" => "edge_key",
        other => other,
    }
}

/// The first and the last day, as attributes.
fn days(start: Option<Date>, end: Option<Date>) -> Vec<(&'static str, String)> {
    let start = start.map(|date| ("start", date.first_day().to_string()));
    start.into_iter().chain(end.map(|date| ("end", date.last_day().to_string()))).collect()
}
