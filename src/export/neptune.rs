//! A graph into a folder for Amazon Neptune's bulk loader, in its Gremlin format (openCypher reads it too).
//!
//! `~id,~label,name:String,aliases:String[]` heads the nodes, `~id,~from,~to,~label` the edges, whose ids are hashes of ends and
//! key: loading twice changes nothing.

use std::io::Write;

use super::columns::{Column, EDGE_COLUMNS, EDGE_DAYS, EVENT_DAYS, ValueType, node_columns};
use super::table::{Dialect, write_table};
use super::{Options, Part};
use crate::base::content_id;
use crate::graph::{Edge, KnowledgeGraph, Node};

const DIALECT: Dialect = Dialect { header, list: |names| names.join(";") };

/// The two tables.
pub(super) fn parts<'g>(graph: &'g KnowledgeGraph, _: &'g Options) -> Vec<Part<'g>> {
    let nodes = |out: &mut dyn Write| {
        let columns: Vec<_> = node_columns().chain(EVENT_DAYS).collect();
        let lead = |node: &Node| vec![node.id().to_owned(), node.kind().to_owned()];
        write_table(out, &DIALECT, &["~id", "~label"], &columns, graph.nodes(), lead)
    };
    let edges = |out: &mut dyn Write| {
        let columns: Vec<&Column<Edge>> = EDGE_COLUMNS.iter().chain(EDGE_DAYS).collect();
        let lead = |edge: &Edge| {
            let id = content_id("edge", [edge.source.as_str(), &edge.target, &edge.key]);
            vec![id, edge.source.clone(), edge.target.clone(), edge.edge_type.name().to_owned()]
        };
        write_table(out, &DIALECT, &["~id", "~from", "~to", "~label"], &columns, graph.edges(), lead)
    };
    vec![Part::new("neptune/nodes.csv", nodes), Part::new("neptune/edges.csv", edges)]
}

fn header(name: &str, value_type: ValueType) -> String {
    let type_name = match value_type {
        ValueType::Text => "String",
        ValueType::Number => "Double",
        ValueType::Count => "Long",
        ValueType::Flag => "Bool",
        ValueType::Day => "Date",
        ValueType::Names => "String[]",
    };
    format!("{name}:{type_name}")
}
