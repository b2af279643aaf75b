//! Questions in SPARQL to a graph's RDF, in memory: `SELECT ?who WHERE { ?who rap:met person:ingrid-solheim }`.
//!
//! The default graph holds all statements, and the graph of each article those that it bears out, as the exports to Turtle and TriG
//! have them; their prefixes are known. Nothing is changed, and nothing outside the graph is asked: `SERVICE` fails.

use std::io::{self, Write};

use oxigraph::model::{GraphName, Quad, Term, Triple};
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use oxigraph::sparql::{QueryResults, SparqlEvaluator, SparqlSyntaxError, Variable};
use oxigraph::store::Store;
use oxttl::TurtleSerializer;

use crate::error::{Error, Result};
use crate::export::{Options, each_quad, each_triple, prefixes};
use crate::graph::KnowledgeGraph;

/// What an error of a query calls the place of a query that is in no file.
const QUERY: &str = "query";

/// A graph's statements, to be asked.
pub struct Dataset {
    store: Store,
    prefixes: Vec<(&'static str, String)>,
}

/// What a query gives.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// Of SELECT: for each row a term or nothing for each variable.
    Rows { variables: Vec<Variable>, rows: Vec<Vec<Option<Term>>> },
    /// Of ASK.
    Truth(bool),
    /// Of CONSTRUCT and DESCRIBE, sorted, each once.
    Statements(Vec<Triple>),
}

impl Dataset {
    /// The statements of a graph.
    ///
    /// # Errors
    /// Those of the store.
    pub fn of(graph: &KnowledgeGraph, options: &Options) -> Result<Dataset> {
        let store = Store::new().map_err(failed)?;
        let mut quads: Vec<Quad> = Vec::new();
        let collected = each_triple(graph, options, &mut |triple| {
            quads.push(triple.clone().in_graph(GraphName::DefaultGraph));
            Ok(())
        });
        let named = each_quad(graph, options, &mut |quad| {
            quads.extend((!quad.graph_name.is_default_graph()).then(|| quad.clone()));
            Ok(())
        });
        collected.and(named).map_err(failed)?;
        store.extend(quads).map_err(failed)?;
        Ok(Dataset { store, prefixes: prefixes(options).collect() })
    }

    /// Answers a query. Rows come in the order that the query asks for, else by their terms; which of them a `LIMIT` without an
    /// `ORDER BY` keeps is left to the store.
    ///
    /// # Errors
    /// A query that is not SPARQL, with line and column, and one that cannot be evaluated: an update, a `SERVICE`.
    pub fn ask(&self, query: &str) -> Result<Answer> {
        let mut evaluator = SparqlEvaluator::new();
        for (prefix, namespace) in &self.prefixes {
            evaluator = evaluator.with_prefix(*prefix, namespace).map_err(failed)?;
        }
        let prepared = evaluator.parse_query(query).map_err(misspelt)?;
        let told = match prepared.on_store(&self.store).execute().map_err(failed)? {
            QueryResults::Boolean(truth) => Answer::Truth(truth),
            QueryResults::Solutions(solutions) => {
                let variables = solutions.variables().to_vec();
                let row = |solution: oxigraph::sparql::QuerySolution| solution.values().to_vec();
                let rows = solutions.map(|solution| solution.map(row)).collect::<std::result::Result<_, _>>();
                let mut rows: Vec<Vec<Option<Term>>> = rows.map_err(failed)?;
                if !query.to_ascii_lowercase().contains("order") {
                    // The store's own order depends on the machine.
                    let words =
                        |row: &Vec<Option<Term>>| row.iter().map(|term| term.as_ref().map(Term::to_string)).collect();
                    rows.sort_by_cached_key::<Vec<Option<String>>, _>(words);
                }
                Answer::Rows { variables, rows }
            }
            QueryResults::Graph(triples) => {
                let triples = triples.collect::<std::result::Result<Vec<Triple>, _>>();
                let mut triples = triples.map_err(failed)?;
                triples.sort_by_cached_key(Triple::to_string);
                triples.dedup();
                Answer::Statements(triples)
            }
        };
        Ok(told)
    }

    /// A term as people read it: `person:ingrid-solheim`, the words of a literal.
    pub fn shown(&self, term: &Term) -> String {
        match term {
            Term::Literal(literal) => literal.value().to_owned(),
            Term::NamedNode(node) => {
                let local = |(prefix, namespace): &(&str, String)| {
                    let local = node.as_str().strip_prefix(namespace.as_str())?;
                    (!local.contains(['/', '#'])).then(|| format!("{prefix}:{local}"))
                };
                self.prefixes.iter().find_map(local).unwrap_or_else(|| node.as_str().to_owned())
            }
            other => other.to_string(),
        }
    }

    /// Writes statements as Turtle with the known prefixes.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write_turtle(&self, triples: &[Triple], out: &mut dyn Write) -> io::Result<()> {
        let mut serializer = TurtleSerializer::new();
        for (prefix, namespace) in &self.prefixes {
            serializer = serializer.with_prefix(*prefix, namespace).map_err(io::Error::other)?;
        }
        let mut writer = serializer.for_writer(out);
        triples.iter().try_for_each(|triple| writer.serialize_triple(triple))?;
        writer.finish().map(drop)
    }
}

impl Answer {
    /// Writes rows or a truth in a format of the W3C: JSON, XML, CSV or TSV.
    ///
    /// # Errors
    /// Those of the writer; statements are no results.
    pub fn write(&self, format: QueryResultsFormat, out: &mut dyn Write) -> io::Result<()> {
        let serializer = QueryResultsSerializer::from_format(format);
        match self {
            Answer::Truth(truth) => serializer.serialize_boolean_to_writer(out, *truth).map(drop),
            Answer::Rows { variables, rows } => {
                let mut writer = serializer.serialize_solutions_to_writer(out, variables.clone())?;
                for row in rows {
                    let bound = variables.iter().zip(row).filter_map(|(name, term)| Some((name, term.as_ref()?)));
                    writer.serialize(bound)?;
                }
                writer.finish().map(drop)
            }
            Answer::Statements(_) => Err(io::Error::other("statements are no rows")),
        }
    }
}

/// An error of the parser, whose `error at 1:8: expected …` becomes a place.
fn misspelt(error: SparqlSyntaxError) -> Error {
    let text = error.to_string();
    let placed = text.strip_prefix("error at ").and_then(|rest| {
        let (place, expected) = rest.split_once(": ")?;
        let (line, column) = place.split_once(':')?;
        let from_zero = |number: &str| number.parse::<usize>().ok()?.checked_sub(1);
        Some(Error::new(expected).at_line(QUERY, from_zero(line)?, from_zero(column)))
    });
    let known = "queries are SELECT, ASK, CONSTRUCT or DESCRIBE; the prefixes of the exports are known";
    placed.unwrap_or_else(|| Error::new("no SPARQL query").at(QUERY).because(error)).hint(known)
}

fn failed(error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::new("cannot answer the query").because(error)
}
