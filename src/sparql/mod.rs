//! Questions in SPARQL to a graph's RDF, in memory: `SELECT ?who WHERE { ?who rap:met person:ingrid-solheim }`.
//!
//! The default graph holds all statements, and the graph of each article those that it bears out, as the exports to Turtle and TriG
//! have them; their prefixes are known. Nothing is changed, and nothing outside the graph is asked: `SERVICE` fails.

mod index;
mod meter;

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use oxiri::Iri;
use oxrdf::{GraphName, NamedNode, Quad, Term, Triple, Variable};
use oxttl::TurtleSerializer;
use sparesults::{QueryResultsFormat, QueryResultsSerializer};
use spareval::{
    CancellationToken, DefaultServiceHandler, QueryEvaluationError, QueryEvaluator, QueryResults, QuerySolutionIter,
};
use spargebra::algebra::GraphPattern;
use spargebra::{Query, SparqlParser, SparqlSyntaxError};

use crate::error::{Error, Result};
use crate::export::{Options, each_quad, each_triple, prefixes};
use crate::graph::KnowledgeGraph;

use index::{Index, Metering};
use meter::{End, Meter};

/// What an error of a query calls the place of a query that is in no file.
const QUERY: &str = "query";

/// How deep brackets may lie in brackets: the parser goes down with them, and has no floor of its own.
const DEEPEST: usize = 100;

/// A graph's statements, to be asked.
pub struct Dataset {
    index: Index,
    prefixes: Vec<(&'static str, String)>,
}

/// A query, and the graphs that it is put to instead of those that it names itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct Question<'q> {
    pub query: &'q str,
    /// IRIs of graphs whose union is the default graph.
    pub default_graphs: &'q [String],
    /// IRIs of the graphs that `GRAPH` sees. With either list empty but not the other, it is an empty graph, or none.
    pub named_graphs: &'q [String],
}

/// What a query may use up. The default is no limit.
#[derive(Clone)]
pub struct Limits {
    /// Rows or statements of an answer.
    pub rows: usize,
    /// Bytes of the words in an answer.
    pub bytes: usize,
    /// Terms held at once while it is evaluated, about 24 bytes each.
    pub held: usize,
    /// Bytes of words copied while it is evaluated.
    pub copied: usize,
    /// Ends the evaluation once it is cancelled, from any thread.
    pub stop: CancellationToken,
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

/// Why a query has no answer, for those who tell the cases apart.
#[derive(Debug)]
pub enum Refusal {
    /// It is no query, or asks for what is never done: an update, a `SERVICE`.
    Query(Error),
    /// It came up against one of its [`Limits`].
    Limit(Error),
    /// It cannot be evaluated.
    Failed(Error),
}

impl Dataset {
    /// The statements of a graph.
    ///
    /// # Errors
    /// None so far: what a graph holds can be told as statements.
    pub fn of(graph: &KnowledgeGraph, options: &Options) -> Result<Dataset> {
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
        Ok(Dataset { index: Index::of(quads), prefixes: prefixes(options).collect() })
    }

    /// Answers a query, however long it takes. Rows come in the order that the query asks for, else by their terms.
    ///
    /// # Errors
    /// A query that is not SPARQL, with line and column, and one that cannot be evaluated: an update, a `SERVICE`.
    pub fn ask(&self, query: &str) -> Result<Answer> {
        self.ask_within(&Question { query, ..Question::default() }, &Limits::default()).map_err(Error::from)
    }

    /// Answers a question as [`Dataset::ask`] does, but not beyond its limits: an answer is whole, or there is none.
    ///
    /// # Errors
    /// As [`Refusal`] tells them.
    pub fn ask_within(&self, question: &Question, limits: &Limits) -> std::result::Result<Answer, Refusal> {
        let query = self.parse(question.query)?;
        let asked_elsewhere = Arc::new(AtomicBool::new(false));
        let evaluator = QueryEvaluator::new()
            .with_cancellation_token(limits.stop.clone())
            .with_default_service_handler(NoService(Arc::clone(&asked_elsewhere)));
        let mut prepared = evaluator.prepare(&query);
        if !(question.default_graphs.is_empty() && question.named_graphs.is_empty()) {
            let dataset = prepared.dataset_mut();
            dataset.set_default_graph(names(question.default_graphs)?.into_iter().map(GraphName::from).collect());
            dataset.set_available_named_graphs(names(question.named_graphs)?.into_iter().map(Into::into).collect());
        }
        let meter = Meter::new(limits.stop.clone(), limits.held, limits.copied);
        let view = Metering { index: &self.index, meter: &meter };
        let is_sorted = question.query.to_ascii_lowercase().contains("order");
        let evaluate = || answer(prepared.execute(view).map_err(unanswered)?, limits, is_sorted);
        let answer = meter.run(evaluate).unwrap_or_else(|end| Err(ended(end)));
        // With SILENT a service that fails is as good as an empty one: nobody would learn that it was not asked.
        if asked_elsewhere.load(Ordering::Relaxed) {
            let refused = Error::new("SERVICE is refused: nothing outside the graph is asked");
            return Err(Refusal::Query(refused.hint("leave SERVICE out, or ask the other endpoint yourself")));
        }
        answer
    }

    fn parse(&self, query: &str) -> std::result::Result<Query, Refusal> {
        if is_deep(query) {
            let deep = Error::new(format!("brackets more than {DEEPEST} deep")).at(QUERY);
            return Err(Refusal::Query(deep.hint("write it flatter")));
        }
        let mut parser = SparqlParser::new();
        for (prefix, namespace) in &self.prefixes {
            parser = parser.with_prefix(*prefix, namespace).map_err(|error| Refusal::Failed(failed(error)))?;
        }
        parser.parse_query(query).map_err(|error| Refusal::Query(misspelt(error)))
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

impl Default for Limits {
    fn default() -> Limits {
        let stop = CancellationToken::new();
        Limits { rows: usize::MAX, bytes: usize::MAX, held: usize::MAX, copied: usize::MAX, stop }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Error {
        match refusal {
            Refusal::Query(error) | Refusal::Limit(error) | Refusal::Failed(error) => error,
        }
    }
}

/// Asks nobody, and remembers that it was to.
struct NoService(Arc<AtomicBool>);

impl DefaultServiceHandler for NoService {
    type Error = Error;

    fn handle(
        &self,
        name: &NamedNode,
        _: &GraphPattern,
        _: Option<&Iri<String>>,
    ) -> Result<QuerySolutionIter<'static>> {
        self.0.store(true, Ordering::Relaxed);
        Err(Error::new(format!("<{}> is not asked", name.as_str())))
    }
}

/// Collects an answer within its limits.
fn answer(results: QueryResults, limits: &Limits, is_sorted: bool) -> std::result::Result<Answer, Refusal> {
    let mut size = Size { limits, rows: 0, bytes: 0 };
    match results {
        QueryResults::Boolean(truth) => Ok(Answer::Truth(truth)),
        QueryResults::Solutions(solutions) => {
            let variables = solutions.variables().to_vec();
            let mut rows: Vec<Vec<Option<Term>>> = Vec::new();
            for solution in solutions {
                let row = solution.map_err(unanswered)?.values().to_vec();
                size.add(row.iter().flatten().map(index::length).sum())?;
                rows.push(row);
            }
            if !is_sorted {
                let words =
                    |row: &Vec<Option<Term>>| row.iter().map(|term| term.as_ref().map(Term::to_string)).collect();
                rows.sort_by_cached_key::<Vec<Option<String>>, _>(words);
            }
            Ok(Answer::Rows { variables, rows })
        }
        QueryResults::Graph(found) => {
            let mut triples: Vec<Triple> = Vec::new();
            for triple in found {
                let triple = triple.map_err(unanswered)?;
                size.add(triple.predicate.as_str().len() + index::length(&triple.object))?;
                triples.push(triple);
            }
            triples.sort_by_cached_key(Triple::to_string);
            triples.dedup();
            Ok(Answer::Statements(triples))
        }
    }
}

/// How large an answer has become.
struct Size<'l> {
    limits: &'l Limits,
    rows: usize,
    bytes: usize,
}

impl Size<'_> {
    /// Adds a row or a statement of so many bytes, if there is room.
    fn add(&mut self, bytes: usize) -> std::result::Result<(), Refusal> {
        let Limits { rows: most_rows, bytes: most_bytes, .. } = self.limits;
        self.rows += 1;
        self.bytes += bytes;
        let too_large = if self.rows > *most_rows {
            format!("the answer has more than {most_rows} rows")
        } else if self.bytes > *most_bytes {
            format!("the answer has more than {most_bytes} bytes")
        } else {
            return Ok(());
        };
        Err(Refusal::Limit(
            Error::new(too_large).hint("ask for it in parts, with ORDER BY, LIMIT and OFFSET, or count"),
        ))
    }
}

fn names(iris: &[String]) -> std::result::Result<Vec<NamedNode>, Refusal> {
    let name = |iri: &String| {
        NamedNode::new(iri).map_err(|error| Refusal::Query(Error::new(format!("`{iri}` is no IRI")).because(error)))
    };
    iris.iter().map(name).collect()
}

/// Whether brackets lie deeper than they may. Those in strings count too: there are few.
fn is_deep(query: &str) -> bool {
    let mut depth = 0usize;
    query.bytes().any(|byte| {
        match byte {
            b'(' | b'{' | b'[' => depth += 1,
            b')' | b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > DEEPEST
    })
}

fn ended(end: End) -> Refusal {
    let (message, hint) = match end {
        End::Stopped => return stopped(),
        End::Held => ("the query needs more memory than it may have", "tie its parts together by what they share"),
        End::Copied => ("the query copies more text than it may", "leave out the articles' texts, or ask for fewer"),
    };
    Refusal::Limit(Error::new(message).hint(hint))
}

fn stopped() -> Refusal {
    Refusal::Limit(
        Error::new("the query was stopped before its end").hint("ask for less: more bound terms, fewer paths"),
    )
}

fn unanswered(error: QueryEvaluationError) -> Refusal {
    match error {
        QueryEvaluationError::Cancelled => stopped(),
        error => Refusal::Failed(failed(error)),
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
