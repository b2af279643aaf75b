//! A graph into a folder for Neo4j: tables with the headers of `neo4j-admin database import`, and a script for `LOAD CSV`.
//!
//! "Putin met Trump" is `person/donald-trump,person/vladimir-putin,MET,…` in `relationships.csv`. Every node has the label
//! `Node`, whose `id` is unique, and one for its kind; entities have the label `Entity` too. Dates as fine as the text says are
//! strings; `first_day` and `last_day` are dates.

use std::io::{self, Write};

use super::columns::{Column, EDGE_COLUMNS, EDGE_DAYS, EVENT_DAYS, ValueType, node_columns};
use super::table::{Dialect, write_table};
use super::{Options, Part};
use crate::graph::{Edge, EdgeType, KnowledgeGraph, Node};
use crate::schema::EntityKind;

const DIALECT: Dialect = Dialect { header, list: |names| names.join(";") };

const NODES: &str = "nodes.csv";
const RELATIONSHIPS: &str = "relationships.csv";

/// The kinds of node that are no entities, with their labels.
const OTHERS: [&str; 3] = ["event", "claim", "article"];

const HEAD: &str = "\
// Loads the tables of this folder into a running Neo4j: put them into its import folder, then `cypher-shell --file load.cypher`.
// Into a new database, this is faster:
//   neo4j-admin database import full --nodes=nodes.csv --relationships=relationships.csv neo4j
// Texts may hold backslashes: `LOAD CSV` keeps them all where db.import.csv.legacy_quote_escaping=false.

CREATE CONSTRAINT rapporteur_node_id IF NOT EXISTS FOR (n:Node) REQUIRE n.id IS UNIQUE;
";

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
    out.write_all(HEAD.as_bytes())?;
    let nodes = columns_of_nodes().into_iter().map(|column| set("n", column)).collect::<String>();
    for kind in EntityKind::ALL.map(EntityKind::name).into_iter().chain(OTHERS) {
        let labels = labels(kind);
        writeln!(out, "\nLOAD CSV WITH HEADERS FROM 'file:///{NODES}' AS row")?;
        writeln!(out, "WITH row WHERE row.`:LABEL` = '{labels}'")?;
        writeln!(out, "MERGE (n:Node {{id: row.`id:ID`}})\nSET n:{}{nodes};", labels.replace(';', ":"))?;
    }
    let edges = columns_of_edges().into_iter().map(|column| set("r", column)).collect::<String>();
    for edge_type in EdgeType::ALL.map(type_name) {
        writeln!(out, "\nLOAD CSV WITH HEADERS FROM 'file:///{RELATIONSHIPS}' AS row")?;
        writeln!(out, "WITH row WHERE row.`:TYPE` = '{edge_type}'")?;
        writeln!(out, "MATCH (a:Node {{id: row.`:START_ID`}})\nMATCH (b:Node {{id: row.`:END_ID`}})")?;
        writeln!(out, "MERGE (a)-[r:{edge_type} {{key: row.key}}]->(b)\nSET r.key = row.key{edges};")?;
    }
    Ok(())
}

/// One more property in a `SET`; every cell is a string to `LOAD CSV`, and an empty one is null.
fn set<Row>(of: &str, column: &Column<Row>) -> String {
    let cell = format!("row.`{}`", header(column.name, column.value_type()));
    let value = match column.value_type() {
        ValueType::Text => cell,
        ValueType::Number => format!("toFloat({cell})"),
        ValueType::Count => format!("toInteger({cell})"),
        ValueType::Flag => format!("toBoolean({cell})"),
        ValueType::Day => format!("date({cell})"),
        ValueType::Names => format!("split({cell}, ';')"),
    };
    format!(",\n  {of}.{} = {value}", column.name)
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
