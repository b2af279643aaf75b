//! The SPARQL 1.1 Graph Store HTTP Protocol: N-Triples that a POST adds to the default graph (`?default`), to a named one
//! (`?graph=IRI`), or to the one that the address itself stands for (`/rdf-graphs/news`).

use std::io;

use rapporteur::export::Options;
use rapporteur::graph::KnowledgeGraph;
use rapporteur::{Error, Result};
use ureq::http::Uri;

use super::{Group, Protocol, Request, Visit, each_statement, over_http};

/// How the paths of graph stores end: Fuseki's, Oxigraph's, GraphDB's, Virtuoso's.
const PATHS: [&str; 4] = ["/data", "/store", "/rdf-graph-store", "/sparql-graph-crud"];

/// What follows in RDF4J's and GraphDB's paths: `service`, or the name of a graph.
const GRAPHS: &str = "/rdf-graphs/";

pub(super) struct GraphStore {
    address: String,
    /// Whether the address stands for one graph.
    is_graph: bool,
    named_graphs: bool,
    options: Options,
}

/// Whether an address is one of a graph store, going by stores that are known.
pub(super) fn is_address(address: &Uri) -> bool {
    let path = address.path().trim_end_matches('/');
    PATHS.iter().any(|end| path.ends_with(end)) || path.contains(GRAPHS) || names_graph(address)
}

fn names_graph(address: &Uri) -> bool {
    let parameters = address.query().unwrap_or_default().split('&');
    parameters
        .map(|parameter| parameter.split('=').next().unwrap_or_default())
        .any(|name| ["default", "graph"].contains(&name))
}

impl GraphStore {
    pub(super) fn new(address: &Uri, named_graphs: bool, options: Options) -> Result<GraphStore> {
        let path = address.path().trim_end_matches('/');
        let is_named = path.split_once(GRAPHS).is_some_and(|(_, graph)| graph != "service");
        let is_graph = is_named || names_graph(address);
        if is_graph && named_graphs {
            return Err(Error::new(format!("`{address}` is one graph, into which no named graphs go"))
                .hint("leave out `--named-graphs`, or give the address of the store: `/data`, `/rdf-graphs/service`"));
        }
        Ok(GraphStore { address: over_http(address)?, is_graph, named_graphs, options })
    }
}

impl Protocol for GraphStore {
    fn address(&self) -> &str {
        &self.address
    }

    fn pieces(&self) -> &'static str {
        "statements"
    }

    fn each_piece(&self, graph: &KnowledgeGraph, visit: &mut Visit) -> io::Result<()> {
        each_statement(graph, &self.options, self.named_graphs, visit)
    }

    fn mixes_groups(&self) -> bool {
        false
    }

    fn request(&self, batch: &[Group]) -> Request {
        let name = batch.first().map_or("", |group| group.name.as_str());
        let (address, query) = match (&self.address, name) {
            (address, _) if self.is_graph => (address.clone(), None),
            (address, "") if address.contains('?') => (format!("{address}&default"), None),
            (address, "") => (format!("{address}?default"), None),
            (address, name) => (address.clone(), Some(("graph", name.to_owned()))),
        };
        let body = batch.iter().flat_map(|group| &group.pieces).map(String::as_str).collect();
        Request { address, query, content_type: "application/n-triples", body }
    }

    fn hint(&self, status: u16, _: &str) -> Option<&'static str> {
        matches!(status, 301..=308 | 400 | 404..=406 | 415).then_some(
            "the address is that of a graph store: of Fuseki it ends in /data, of Oxigraph in /store, of RDF4J in /rdf-graphs/service; \
             `--protocol` tells of SPARQL updates or Neo4j",
        )
    }
}
