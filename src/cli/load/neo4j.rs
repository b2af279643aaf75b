//! Neo4j's Query API: a constraint, then nodes kind by kind and edges type by type, as rows that Cypher merges.
//!
//! What is in the database afterwards is what `export --to neo4j` and its `load.cypher` bring there, but that control
//! characters, and a `;` in a name, stay.

use std::io;

use rapporteur::export::neo4j::{CONSTRAINT, each_row};
use rapporteur::graph::KnowledgeGraph;
use rapporteur::{Error, Result};
use serde_json::{Value, json};
use ureq::http::Uri;

use super::{Group, Protocol, Request, Visit};

/// How the codes of errors begin that pass by themselves.
pub(super) const TRANSIENT: &str = "Neo.TransientError.";

const SCHEME: &str = "neo4j+";

/// What follows the database in the path of the Query API.
const QUERY_API: &str = "/query/v2";

/// What is told of an answer that is not Neo4j's.
pub(super) const FOREIGN: &str = "no answer of Neo4j's Query API";

const DEFAULT_DATABASE: &str = "neo4j";

pub(super) struct Neo4j {
    address: String,
}

/// Whether an address is one of Neo4j.
pub(super) fn is_address(address: &Uri) -> bool {
    address.scheme_str().is_some_and(|scheme| scheme.starts_with(SCHEME)) || address.path().ends_with(QUERY_API)
}

impl Neo4j {
    /// Takes `neo4j+http://HOST:7474/DATABASE`, the same without a database or with `http` alone, and whole addresses.
    pub(super) fn new(address: &Uri) -> Result<Neo4j> {
        let parts: Vec<&str> = address.path().split('/').filter(|part| !part.is_empty()).collect();
        let database = match parts[..] {
            [] => DEFAULT_DATABASE,
            [database] | ["db", database] | ["db", database, "query", "v2"] => database,
            _ => {
                return Err(Error::new(format!("`{address}` names no database of Neo4j"))
                    .hint("it is `neo4j+http://HOST:7474/DATABASE`, or ends in `/db/DATABASE/query/v2`"));
            }
        };
        let scheme = address.scheme_str().unwrap_or_default().trim_start_matches(SCHEME);
        let host = address.authority().map_or("", |authority| authority.as_str());
        Ok(Neo4j { address: format!("{scheme}://{host}/db/{database}{QUERY_API}") })
    }

    fn query(&self, body: String) -> Request {
        Request { address: self.address.clone(), query: None, content_type: "application/json", body }
    }
}

impl Protocol for Neo4j {
    fn address(&self) -> &str {
        &self.address
    }

    fn pieces(&self) -> &'static str {
        "nodes and edges"
    }

    fn first(&self) -> Option<Request> {
        Some(self.query(json!({ "statement": CONSTRAINT }).to_string()))
    }

    fn each_piece(&self, graph: &KnowledgeGraph, visit: &mut Visit) -> io::Result<()> {
        each_row(graph, &mut |cypher, row| visit(cypher, row.to_string()))
    }

    /// A request is one statement of Cypher.
    fn mixes_groups(&self) -> bool {
        false
    }

    fn request(&self, batch: &[Group]) -> Request {
        let cypher = batch.first().map_or("", |group| group.name.as_str());
        let rows: Vec<&str> = batch.iter().flat_map(|group| &group.pieces).map(String::as_str).collect();
        let body = format!(r#"{{"statement":{},"parameters":{{"rows":[{}]}}}}"#, json!(cypher), rows.join(","));
        self.query(body)
    }

    /// Every answer is an object; errors stand in it whatever the status says.
    fn fault(&self, answer: &str) -> Option<String> {
        let Ok(Value::Object(answer)) = serde_json::from_str(answer) else {
            return Some(FOREIGN.to_owned());
        };
        let error = answer.get("errors")?.get(0)?;
        let part = |name: &str| error.get(name).and_then(Value::as_str).unwrap_or_default();
        Some(format!("{}: {}", part("code"), part("message")))
    }

    fn hint(&self, status: u16, told: &str) -> Option<&'static str> {
        let is_foreign = matches!(status, 301..=308 | 404..=406 | 415) || told.ends_with(FOREIGN);
        is_foreign.then_some(
            "the address is that of a database of Neo4j 5.25 or later (of 5.19 with QUERY_API_ENDPOINTS in \
             server.http_enabled_modules), on the port of HTTP: `neo4j+http://HOST:7474/DATABASE`; \
             stores of RDF are another `--protocol`",
        )
    }
}
