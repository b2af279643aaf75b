//! A graph into a folder for Kùzu and its forks: `schema.cypher` makes the tables, `load.cypher` copies the files into them.
//!
//! A table for each kind of node, with the columns that it can have, and one for each type of edge, which may tie several kinds:
//! `participant` goes from person, country, organization or place to event. The first two columns of its files are the keys of both ends. Lists are one
//! string, to be parted with `string_split(aliases, '; ')`: no quotation keeps a comma inside a `STRING[]` of a file.

use std::collections::BTreeSet;
use std::io::{self, Write};

use super::columns::{Column, EDGE_COLUMNS, EDGE_DAYS, ValueType, columns_of_kind};
use super::table::{PLAIN, write_table};
use super::{Options, Part};
use crate::graph::{Edge, EdgeType, KnowledgeGraph, Node};

const KINDS: [&str; 7] = ["person", "country", "organization", "place", "event", "claim", "article"];

/// How the files are written: quotation marks are doubled (Kùzu's own default is a backslash before them).
const COPY_OPTIONS: &str = "HEADER=true, ESCAPE='\"', PARALLEL=false";

/// A type of edge with the kinds of its two ends.
type Ends = (EdgeType, &'static str, &'static str);

/// The tables' files, then the two scripts.
pub(super) fn parts<'g>(graph: &'g KnowledgeGraph, _: &'g Options) -> Vec<Part<'g>> {
    let mut found: BTreeSet<Ends> = BTreeSet::new();
    // One by one: to collect a set takes a list of all first.
    for edge in graph.edges() {
        found.extend(ends(graph, edge));
    }
    let mut parts = Vec::new();
    for kind in KINDS {
        parts.push(Part::new(format!("kuzu/{kind}.csv"), move |out| write_nodes(graph, kind, out)));
    }
    for &ends in &found {
        parts.push(Part::new(format!("kuzu/{}", file_name(ends)), move |out| write_edges(graph, ends, out)));
    }
    let all: BTreeSet<Ends> = found.iter().copied().chain(contract()).collect();
    parts.push(Part::new("kuzu/schema.cypher", move |out| write_schema(&all, out)));
    parts.push(Part::new("kuzu/load.cypher", move |out| write_load(&found, out)));
    parts
}

fn write_nodes(graph: &KnowledgeGraph, kind: &str, out: &mut dyn Write) -> io::Result<()> {
    let nodes = graph.nodes().filter(|node| node.kind() == kind);
    let columns: Vec<_> = columns_of_kind(kind).collect();
    write_table(out, &PLAIN, &["id"], &columns, nodes, |node: &Node| vec![node.id().to_owned()])
}

fn write_edges(graph: &KnowledgeGraph, of: Ends, out: &mut dyn Write) -> io::Result<()> {
    let edges = graph.edges().filter(|edge| edge.edge_type == of.0 && ends(graph, edge) == Some(of));
    let lead = |edge: &Edge| vec![edge.source.clone(), edge.target.clone()];
    write_table(out, &PLAIN, &["from", "to"], &columns_of_edges(), edges, lead)
}

/// Writes the tables' definitions: the same for every graph of the contract.
fn write_schema(all: &BTreeSet<Ends>, out: &mut dyn Write) -> io::Result<()> {
    for kind in KINDS {
        let columns = columns_of_kind(kind).map(definition).collect::<String>();
        writeln!(out, "CREATE NODE TABLE `{kind}`(`id` STRING PRIMARY KEY{columns});")?;
    }
    let columns = columns_of_edges().into_iter().map(definition).collect::<String>();
    for edge_type in EdgeType::ALL {
        let ends = all.iter().filter(|ends| ends.0 == edge_type);
        let ends: Vec<String> = ends.map(|(_, from, to)| format!("FROM `{from}` TO `{to}`")).collect();
        writeln!(out, "CREATE REL TABLE `{edge_type}`({}{columns});", ends.join(", "))?;
    }
    Ok(())
}

/// Writes what copies the files, nodes first; their names are relative to where the database runs.
fn write_load(found: &BTreeSet<Ends>, out: &mut dyn Write) -> io::Result<()> {
    for kind in KINDS {
        writeln!(out, "COPY `{kind}` FROM '{kind}.csv' ({COPY_OPTIONS});")?;
    }
    for &ends in found {
        let (edge_type, from, to) = ends;
        let file = file_name(ends);
        writeln!(out, "COPY `{edge_type}` FROM '{file}' (FROM='{from}', TO='{to}', {COPY_OPTIONS});")?;
    }
    Ok(())
}

fn definition<Row>(column: &Column<Row>) -> String {
    let type_name = match column.value_type() {
        ValueType::Text | ValueType::Names => "STRING",
        ValueType::Number => "DOUBLE",
        ValueType::Count => "INT64",
        ValueType::Flag => "BOOLEAN",
        ValueType::Day => "DATE",
    };
    format!(", `{}` {type_name}", column.name)
}

/// All but the type, which is the table's own.
fn columns_of_edges() -> Vec<&'static Column<Edge>> {
    EDGE_COLUMNS.iter().chain(EDGE_DAYS).filter(|column| column.name != "type").collect()
}

fn ends(graph: &KnowledgeGraph, edge: &Edge) -> Option<Ends> {
    Some((edge.edge_type, graph.node(&edge.source)?.kind(), graph.node(&edge.target)?.kind()))
}

/// The ends that the contract allows, so that each type of edge has a table whether it occurs or not.
fn contract() -> impl Iterator<Item = Ends> {
    const ACTORS: &[&str] = &["person", "country", "organization"];
    const ENTITIES: &[&str] = &["person", "country", "organization", "place"];
    EdgeType::ALL.into_iter().flat_map(|edge_type| {
        let (from, to): (&[_], &[_]) = match edge_type {
            EdgeType::Participant => (ENTITIES, &["event"]),
            EdgeType::Location => (&["event"], &["place", "country", "organization"]),
            EdgeType::PartOf => (&["event"], &["event"]),
            EdgeType::HoldsOffice | EdgeType::Affiliated => (&["person"], &["country", "organization"]),
            EdgeType::Claims => (ENTITIES, &["claim"]),
            EdgeType::Addressee => (&["claim"], ACTORS),
            EdgeType::About => (&["claim"], &["person", "country", "organization", "place", "event"]),
            EdgeType::Denies => (&["claim"], &["claim", "event"]),
            EdgeType::Within => (&["place"], &["country"]),
            EdgeType::Mentions => (&["article"], ENTITIES),
            EdgeType::Met => (&["person"], &["person"]),
        };
        from.iter().flat_map(move |from| to.iter().map(move |to| (edge_type, *from, *to)))
    })
}

fn file_name((edge_type, from, to): Ends) -> String {
    format!("{edge_type}_{from}_{to}.csv")
}
