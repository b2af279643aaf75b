//! SPARQL 1.1 Update: statements as `INSERT DATA { … }`, those of a named graph in its `GRAPH <…> { … }`.

use std::io;

use rapporteur::Result;
use rapporteur::export::Options;
use rapporteur::graph::KnowledgeGraph;
use ureq::http::Uri;

use super::{Group, Protocol, Request, Visit, each_statement, over_http};

pub(super) struct SparqlUpdate {
    address: String,
    named_graphs: bool,
    options: Options,
}

impl SparqlUpdate {
    pub(super) fn new(address: &Uri, named_graphs: bool, options: Options) -> Result<SparqlUpdate> {
        Ok(SparqlUpdate { address: over_http(address)?, named_graphs, options })
    }
}

impl Protocol for SparqlUpdate {
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
        true
    }

    /// Lines of N-Triples are of SPARQL's syntax too.
    fn request(&self, batch: &[Group]) -> Request {
        let mut body = "INSERT DATA {\n".to_owned();
        for Group { name, pieces } in batch {
            match name.as_str() {
                "" => body.extend(pieces.iter().map(String::as_str)),
                name => {
                    body += &format!("GRAPH <{name}> {{\n");
                    body.extend(pieces.iter().map(String::as_str));
                    body += "}\n";
                }
            }
        }
        body += "}\n";
        Request { address: self.address.clone(), query: None, content_type: "application/sparql-update", body }
    }

    fn hint(&self, status: u16, _: &str) -> Option<&'static str> {
        matches!(status, 301..=308 | 400 | 404..=406 | 415).then_some(
            "the address is that of SPARQL updates: of Oxigraph and Fuseki it ends in /update; \
             `--protocol` tells of a graph store or Neo4j",
        )
    }
}
