//! A graph into a folder for Gephi's data laboratory: a simple graph, since Gephi merges parallel edges in ways of its own.
//!
//! Two who met three times are one edge of `Weight` 3. Its `Label` names the types of the edges that it stands for.

use std::collections::BTreeSet;
use std::io::{self, Write};

use super::columns::{is_long, node_columns};
use super::table::{PLAIN, write_table};
use super::{Options, Part};
use crate::graph::{Edge, EdgeType, KnowledgeGraph, Node};

/// `nodes.csv` and `edges.csv`, with the headers that Gephi knows.
pub(super) fn parts<'g>(graph: &'g KnowledgeGraph, _: &'g Options) -> Vec<Part<'g>> {
    let nodes = |out: &mut dyn Write| {
        let columns: Vec<_> = node_columns().filter(|column| column.name != "name" && !is_long(column.name)).collect();
        let lead = |node: &Node| vec![node.id().to_owned(), node.label()];
        write_table(out, &PLAIN, &["Id", "Label"], &columns, graph.nodes(), lead)
    };
    vec![Part::new("gephi/nodes.csv", nodes), Part::new("gephi/edges.csv", |out| write_edges(graph, out))]
}

fn write_edges(graph: &KnowledgeGraph, out: &mut dyn Write) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(["Source", "Target", "Type", "Id", "Label", "Weight", "start", "end"])?;
    let mut edges = graph.edges().peekable();
    let mut number = 0;
    while let Some(first) = edges.next() {
        let mut bundle = Bundle::of(first);
        while let Some(edge) = edges.next_if(|edge| (&edge.source, &edge.target) == (&first.source, &first.target)) {
            bundle.add(edge);
        }
        table.write_record(bundle.row(number))?;
        number += 1;
    }
    table.flush()
}

/// All edges from one node to another.
struct Bundle<'g> {
    first: &'g Edge,
    types: BTreeSet<EdgeType>,
    weight: u64,
    start: Option<String>,
    end: Option<String>,
}

impl<'g> Bundle<'g> {
    fn of(first: &'g Edge) -> Bundle<'g> {
        let mut bundle = Bundle { first, types: BTreeSet::new(), weight: 0, start: None, end: None };
        bundle.add(first);
        bundle
    }

    fn add(&mut self, edge: &Edge) {
        self.types.insert(edge.edge_type);
        self.weight += edge.weight.unwrap_or(1);
        let start = edge.start.map(|date| date.first_day().to_string());
        self.start = self.start.take().into_iter().chain(start).min();
        self.end = self.end.take().max(edge.end.map(|date| date.last_day().to_string()));
    }

    fn row(self, number: usize) -> [String; 8] {
        let is_undirected = self.types.iter().all(|edge_type| *edge_type == EdgeType::Met);
        let types: Vec<&str> = self.types.iter().map(|edge_type| edge_type.name()).collect();
        [
            self.first.source.clone(),
            self.first.target.clone(),
            if is_undirected { "Undirected" } else { "Directed" }.to_owned(),
            number.to_string(),
            types.join(", "),
            self.weight.to_string(),
            self.start.unwrap_or_default(),
            self.end.unwrap_or_default(),
        ]
    }
}
