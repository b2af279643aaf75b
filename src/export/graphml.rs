//! A graph into GraphML, with typed attributes, as networkx and Gephi read it.
//!
//! Attributes are declared with the types boolean, double and string alone; what is missing is left out; the edge's XML id
//! is its number, since networkx takes it for the multigraph's key. `<script>` in a name is `&lt;script&gt;`.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::Options;
use super::columns::{Column, EDGE_COLUMNS, NODE_COLUMNS, ValueType};
use crate::graph::KnowledgeGraph;

/// The namespace, letter by letter as networkx looks for it.
const NAMESPACE: &str = "http://graphml.graphdrawing.org/xmlns";

/// Writes one directed graph, parallel edges and all.
pub(super) fn write(graph: &KnowledgeGraph, _: &Options, out: &mut dyn Write) -> io::Result<()> {
    let mut xml = Writer::new_with_indent(out, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.write_event(Event::Start(element("graphml", &[("xmlns", NAMESPACE)])))?;
    write_keys(&mut xml, "node", NODE_COLUMNS)?;
    write_keys(&mut xml, "edge", EDGE_COLUMNS)?;
    xml.write_event(Event::Start(element("graph", &[("id", "rapporteur"), ("edgedefault", "directed")])))?;
    for node in graph.nodes() {
        write_row(&mut xml, element("node", &[("id", node.id())]), "node", NODE_COLUMNS, node)?;
    }
    for (number, edge) in graph.edges().enumerate() {
        let id = format!("edge/{number}");
        let start = element("edge", &[("id", &id), ("source", &edge.source), ("target", &edge.target)]);
        write_row(&mut xml, start, "edge", EDGE_COLUMNS, edge)?;
    }
    xml.write_event(Event::End(BytesEnd::new("graph")))?;
    xml.write_event(Event::End(BytesEnd::new("graphml")))?;
    xml.into_inner().write_all(b"\n")
}

/// Declares the attributes of nodes or of edges.
fn write_keys<Row>(xml: &mut Writer<&mut dyn Write>, of: &str, columns: &[Column<Row>]) -> io::Result<()> {
    for column in columns {
        let value_type = match column.value_type {
            ValueType::Text => "string",
            ValueType::Number => "double",
            ValueType::Flag => "boolean",
        };
        let id = key_id(of, column.name);
        let attributes = [("id", id.as_str()), ("for", of), ("attr.name", column.name), ("attr.type", value_type)];
        xml.write_event(Event::Empty(element("key", &attributes)))?;
    }
    Ok(())
}

/// Writes a node or an edge with its attributes.
fn write_row<Row>(
    xml: &mut Writer<&mut dyn Write>,
    start: BytesStart,
    of: &str,
    columns: &[Column<Row>],
    row: &Row,
) -> io::Result<()> {
    let end = start.to_end().into_owned();
    xml.write_event(Event::Start(start))?;
    for column in columns {
        let Some(value) = column.value(row) else { continue };
        xml.write_event(Event::Start(element("data", &[("key", &key_id(of, column.name))])))?;
        xml.write_event(Event::Text(BytesText::from_escaped(escape(&value))))?;
        xml.write_event(Event::End(BytesEnd::new("data")))?;
    }
    xml.write_event(Event::End(end))
}

fn key_id(of: &str, column: &str) -> String {
    format!("{of}.{column}")
}

fn element<'a>(name: &'a str, attributes: &[(&str, &str)]) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (name, value) in attributes {
        start.push_attribute((*name, legal(value).as_str()));
    }
    start
}

/// Escapes a text, a carriage return too: a reader would else take it for a line end.
fn escape(text: &str) -> String {
    quick_xml::escape::partial_escape(legal(text)).replace('\r', "&#13;")
}

/// Puts U+FFFD for each character that XML 1.0 cannot hold, one for one: offsets stay right.
fn legal(text: &str) -> String {
    let legal =
        |c: char| !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    text.chars().map(|c| if legal(c) { c } else { char::REPLACEMENT_CHARACTER }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_keep_their_length_and_their_markup_is_none() {
        assert_eq!(escape("<b>R&D</b>\r\n\u{c}\0"), "&lt;b&gt;R&amp;D&lt;/b&gt;&#13;\n\u{fffd}\u{fffd}");
    }
}
