//! A graph for Neo4j: a folder of tables with the headers of `neo4j-admin database import` and a script for `LOAD CSV`, and rows
//! for a server that is running.
//!
//! "Putin met Trump" is `person/donald-trump,person/vladimir-putin,MET,…` in `relationships.csv`, and a row that
//! `MERGE (a)-[r:MET {key: row.key}]->(b)` takes. Every node has the label
//! `Node`, whose `id` is unique, and one for its kind; entities have the label `Entity` too. Dates as fine as the text says are
//! strings; `first_day` and `last_day` are dates.

use std::io::{self, Write};

use serde_json::Value;

use super::columns::{Cell, Column, EDGE_COLUMNS, EDGE_DAYS, EVENT_DAYS, ValueType, columns_of_kind, node_columns};
use super::table::{Dialect, write_table};
use super::{Options, Part};
use crate::graph::{Edge, EdgeType, KnowledgeGraph, Node};
use crate::schema::EntityKind;

const DIALECT: Dialect = Dialect { header, list: |names| names.join(";") };

const NODES: &str = "nodes.csv";
const RELATIONSHIPS: &str = "relationships.csv";

/// The kinds of node that are no entities, with their labels.
const OTHERS: [&str; 3] = ["event", "claim", "article"];

/// What must be there before rows are merged: no two nodes with one id.
pub const CONSTRAINT: &str = "CREATE CONSTRAINT rapporteur_node_id IF NOT EXISTS FOR (n:Node) REQUIRE n.id IS UNIQUE";

const HEAD: &str = "\
// Loads the tables of this folder into a running Neo4j: put them into its import folder, then `cypher-shell --file load.cypher`.
// Into a new database, this is faster:
//   neo4j-admin database import full --nodes=nodes.csv --relationships=relationships.csv neo4j
// Texts may hold backslashes: `LOAD CSV` keeps them all where db.import.csv.legacy_quote_escaping=false.
";

/// Visits the graph row by row, each with the statement of Cypher that merges it out of `UNWIND $rows AS row`: nodes kind by kind,
/// then edges type by type. A row is an object of texts, numbers, booleans and lists; what it lacks is null to Cypher.
///
/// # Errors
/// Those of `visit`, which end it.
pub fn each_row(graph: &KnowledgeGraph, visit: &mut dyn FnMut(&str, Value) -> io::Result<()>) -> io::Result<()> {
    for kind in kinds() {
        let columns: Vec<_> = columns_of_kind(kind).collect();
        let (merge, sets) = (merge_node("row.id", kind), sets("n", &columns, from_row));
        let cypher = format!("UNWIND $rows AS row\n{merge}{sets}");
        for node in graph.nodes().filter(|node| node.kind() == kind) {
            visit(&cypher, row(&[("id", node.id())], &columns, node))?;
        }
    }
    let columns = columns_of_edges();
    for edge_type in EdgeType::ALL {
        let merge = merge_edge("row.source", "row.target", &type_name(edge_type));
        let cypher = format!("UNWIND $rows AS row\n{merge}{}", sets("r", &columns, from_row));
        for edge in graph.edges().filter(|edge| edge.edge_type == edge_type) {
            visit(&cypher, row(&[("source", &edge.source), ("target", &edge.target)], &columns, edge))?;
        }
    }
    Ok(())
}

/// One row as an object: some ids, then the columns that have a value.
fn row<Row>(ids: &[(&str, &str)], columns: &[&Column<Row>], of: &Row) -> Value {
    let ids = ids.iter().map(|(name, id)| ((*name).to_owned(), Value::from(*id)));
    let values = columns.iter().filter_map(|column| Some((column.name.to_owned(), json(column, of)?)));
    ids.chain(values).collect()
}

fn json<Row>(column: &Column<Row>, row: &Row) -> Option<Value> {
    Some(match column.cell(row)? {
        Cell::Text(text) => text.into(),
        Cell::Number(number) => number.into(),
        Cell::Count(count) => count.into(),
        Cell::Flag(flag) => flag.into(),
        Cell::Day(day) => day.to_string().into(),
        Cell::List(names) if column.value_type() == ValueType::Names => names.into(),
        Cell::List(pieces) => pieces.join("; ").into(),
    })
}

/// The two tables and the script.
pub(super) fn parts<'g>(graph: &'g KnowledgeGraph, _: &'g Options) -> Vec<Part<'g>> {
    let nodes = |out: &mut dyn Write| {
        let lead = |node: &Node| vec![node.id().to_owned(), labels(node.kind())];
        write_table(out, &DIALECT, &["id:ID", ":LABEL"], &columns_of_nodes(), graph.nodes(), lead)
    };
    let relationships = |out: &mut dyn Write| {
        let lead = |edge: &Edge| vec![edge.source.clone(), edge.target.clone(), type_name(edge.edge_type)];
        let names = [":START_ID", ":END_ID", ":TYPE"];
        write_table(out, &DIALECT, &names, &columns_of_edges(), graph.edges(), lead)
    };
    vec![
        Part::new(format!("neo4j/{NODES}"), nodes),
        Part::new(format!("neo4j/{RELATIONSHIPS}"), relationships),
        Part::new("neo4j/load.cypher", write_script),
    ]
}

/// Writes the script: the constraint, then a statement for each kind of node and each type of edge.
fn write_script(out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{HEAD}\n{CONSTRAINT};")?;
    let nodes = sets("n", &columns_of_nodes(), from_cell);
    for kind in kinds() {
        writeln!(out, "\nLOAD CSV WITH HEADERS FROM 'file:///{NODES}' AS row")?;
        writeln!(out, "WITH row WHERE row.`:LABEL` = '{}'", labels(kind))?;
        writeln!(out, "{}{nodes};", merge_node("row.`id:ID`", kind))?;
    }
    let edges = sets("r", &columns_of_edges(), from_cell);
    for edge_type in EdgeType::ALL.map(type_name) {
        writeln!(out, "\nLOAD CSV WITH HEADERS FROM 'file:///{RELATIONSHIPS}' AS row")?;
        writeln!(out, "WITH row WHERE row.`:TYPE` = '{edge_type}'")?;
        writeln!(out, "{}{edges};", merge_edge("row.`:START_ID`", "row.`:END_ID`", &edge_type))?;
    }
    Ok(())
}

fn merge_node(id: &str, kind: &str) -> String {
    format!("MERGE (n:Node {{id: {id}}})\nSET n:{}", labels(kind).replace(';', ":"))
}

fn merge_edge(source: &str, target: &str, type_name: &str) -> String {
    let ends = format!("MATCH (a:Node {{id: {source}}})\nMATCH (b:Node {{id: {target}}})");
    format!("{ends}\nMERGE (a)-[r:{type_name} {{key: row.key}}]->(b)\nSET r.key = row.key")
}

/// More properties in a `SET`, each with its value `from` the row.
fn sets<Row>(of: &str, columns: &[&Column<Row>], from: fn(&str, ValueType) -> String) -> String {
    columns
        .iter()
        .map(|column| format!(",\n  {of}.{} = {}", column.name, from(column.name, column.value_type())))
        .collect()
}

/// A value out of a table, where every cell is a string, and an empty one is null.
fn from_cell(name: &str, value_type: ValueType) -> String {
    let cell = format!("row.`{}`", header(name, value_type));
    match value_type {
        ValueType::Text => cell,
        ValueType::Number => format!("toFloat({cell})"),
        ValueType::Count => format!("toInteger({cell})"),
        ValueType::Flag => format!("toBoolean({cell})"),
        ValueType::Day => format!("date({cell})"),
        ValueType::Names => format!("split({cell}, ';')"),
    }
}

/// A value out of an object of JSON, which knows neither days nor that 1 may be 1.0.
fn from_row(name: &str, value_type: ValueType) -> String {
    match value_type {
        ValueType::Day => format!("date(row.{name})"),
        ValueType::Number => format!("toFloat(row.{name})"),
        ValueType::Text | ValueType::Count | ValueType::Flag | ValueType::Names => format!("row.{name}"),
    }
}

/// Every kind of node.
fn kinds() -> impl Iterator<Item = &'static str> {
    EntityKind::ALL.map(EntityKind::name).into_iter().chain(OTHERS)
}

fn columns_of_nodes() -> Vec<&'static Column<Node>> {
    node_columns().chain(EVENT_DAYS).collect()
}

/// All but the type, which is the relationship's own.
fn columns_of_edges() -> Vec<&'static Column<Edge>> {
    EDGE_COLUMNS.iter().chain(EDGE_DAYS).filter(|column| column.name != "type").collect()
}

fn header(name: &str, value_type: ValueType) -> String {
    let suffix = match value_type {
        ValueType::Text => "",
        ValueType::Number => ":double",
        ValueType::Count => ":long",
        ValueType::Flag => ":boolean",
        ValueType::Day => ":date",
        ValueType::Names => ":string[]",
    };
    format!("{name}{suffix}")
}

/// `Node;Person;Entity`, `Node;Event`.
fn labels(kind: &str) -> String {
    let entity = if OTHERS.contains(&kind) { "" } else { ";Entity" };
    let (first, rest) = kind.split_at(1);
    format!("Node;{}{rest}{entity}", first.to_uppercase())
}

/// `HOLDS_OFFICE`.
fn type_name(edge_type: EdgeType) -> String {
    edge_type.name().to_uppercase()
}
