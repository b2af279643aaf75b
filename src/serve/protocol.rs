//! The query operation of the SPARQL 1.1 Protocol (<https://www.w3.org/TR/sparql11-protocol/>) at `/sparql`, three ways: `GET` with
//! `?query=…`, `POST` of a form, `POST` of the query itself.
//!
//! `curl 'localhost:7979/sparql?query=ASK{?a+rap:met+?b}'` gives JSON; `Accept` chooses XML, CSV or TSV of rows, Turtle or N-Triples of
//! statements. Faults are plain text: 400 for what is no query, 403 for updates, 500 for a query beyond its limits (the Protocol has a
//! service that refuses say so). An answer is whole or there is none.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use oxttl::NTriplesSerializer;
use sparesults::QueryResultsFormat;
use spareval::CancellationToken;

use super::Service;
use super::asked::pairs;
use super::reply::Fault;
use crate::sparql::{self, Answer, Question, Refusal};

/// The most bytes of a query: a long chain of operators takes the optimizer quadratic time.
const LONGEST_QUERY: usize = 16 * 1024;

/// Terms that a query may hold at once; each takes some 24 bytes, and the rows around them as much again.
const MOST_HELD: usize = 5_000_000;

/// Bytes of words that a query may copy.
const MOST_COPIED: usize = 1 << 30;

/// What a form is sent as, and what a query.
const FORM: &str = "application/x-www-form-urlencoded";
const QUERY: &str = "application/sparql-query";
const UPDATE: &str = "application/sparql-update";

/// What a request asks, as the Protocol names it.
#[derive(Default)]
struct Operation {
    query: String,
    default_graphs: Vec<String>,
    named_graphs: Vec<String>,
}

pub async fn by_get(State(service): State<Arc<Service>>, uri: Uri, headers: HeaderMap) -> Response {
    let operation = pairs(uri.query().unwrap_or_default()).and_then(Operation::of);
    respond(service, operation, &headers).await
}

pub async fn by_post(State(service): State<Arc<Service>>, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    respond(service, posted(&uri, &headers, &body), &headers).await
}

async fn respond(service: Arc<Service>, operation: Result<Operation, Fault>, headers: &HeaderMap) -> Response {
    let accepted = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    let accepted = accepted.collect::<Vec<_>>().join(",");
    let answered = async {
        let operation = operation?;
        let asked = Arc::clone(&service);
        service.sparql_desk.work(move |stop| asked.answer(&operation, &accepted, stop)).await?
    };
    answered.await.unwrap_or_else(|fault: Fault| match fault.status() {
        StatusCode::SERVICE_UNAVAILABLE => ([(header::RETRY_AFTER, "1")], fault.into_text()).into_response(),
        _ => fault.into_text(),
    })
}

/// The operation of a `POST`, by what its body is sent as.
fn posted(uri: &Uri, headers: &HeaderMap, body: &Bytes) -> Result<Operation, Fault> {
    let sent_as = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media_type = sent_as.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let text = || {
        std::str::from_utf8(body).map_err(|_| Fault::new(StatusCode::BAD_REQUEST, "the request's body is not UTF-8"))
    };
    match media_type.as_str() {
        FORM => pairs(text()?).and_then(Operation::of),
        QUERY => {
            let mut all = pairs(uri.query().unwrap_or_default())?;
            if all.iter().any(|(name, _)| name == "query") {
                return Err(Fault::new(StatusCode::BAD_REQUEST, "the query is both in the body and in the address"));
            }
            all.push(("query".to_owned(), text()?.to_owned()));
            Operation::of(all)
        }
        UPDATE => Err(refused_update()),
        _ => {
            let unknown = format!("a body sent as `{media_type}` is no query");
            Err(Fault::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, unknown)
                .hint("send it as application/sparql-query, or in a form as `query`"))
        }
    }
}

impl Operation {
    fn of(parameters: Vec<(String, String)>) -> Result<Operation, Fault> {
        let mut operation = Operation::default();
        let mut queries = Vec::new();
        for (name, value) in parameters {
            match name.as_str() {
                "query" => queries.push(value),
                "default-graph-uri" => operation.default_graphs.push(value),
                "named-graph-uri" => operation.named_graphs.push(value),
                "update" | "using-graph-uri" | "using-named-graph-uri" => return Err(refused_update()),
                // Clients send `format` and the like beside; the Protocol leaves that to them.
                _ => {}
            }
        }
        operation.query = match (queries.pop(), queries.is_empty()) {
            (Some(query), true) if query.len() > LONGEST_QUERY => {
                let long = format!("the query has more than {LONGEST_QUERY} bytes");
                return Err(Fault::new(StatusCode::PAYLOAD_TOO_LARGE, long).hint("ask in parts"));
            }
            (Some(query), true) => query,
            (None, _) => {
                let none = Fault::new(StatusCode::BAD_REQUEST, "there is no query");
                return Err(none.hint("send one as `query`: /sparql?query=ASK{?a rap:met ?b}"));
            }
            (Some(_), false) => return Err(Fault::new(StatusCode::BAD_REQUEST, "there is more than one query")),
        };
        Ok(operation)
    }
}

fn refused_update() -> Fault {
    Fault::new(StatusCode::FORBIDDEN, "updates are refused: the graph is read and never changed")
        .hint("`rapporteur load` puts it into a store that takes updates")
}

impl Service {
    fn answer(&self, operation: &Operation, accepted: &str, stop: CancellationToken) -> Result<Response, Fault> {
        let Operation { query, default_graphs, named_graphs } = operation;
        let question = Question { query, default_graphs, named_graphs };
        let (rows, bytes) = (self.limits.rows, self.limits.bytes);
        let limits = sparql::Limits { rows, bytes, held: MOST_HELD, copied: MOST_COPIED, stop };
        let answer = self.dataset.ask_within(&question, &limits).map_err(|refusal| match refusal {
            Refusal::Query(error) => Fault::of(StatusCode::BAD_REQUEST, error),
            Refusal::Limit(error) | Refusal::Failed(error) => Fault::of(StatusCode::INTERNAL_SERVER_ERROR, error),
        })?;
        let shape = Shape::accepted(accepted, &answer)?;
        let mut body = Vec::new();
        self.write(&answer, shape, &mut body).map_err(|error| {
            Fault::of(StatusCode::INTERNAL_SERVER_ERROR, crate::Error::new("cannot write the answer").because(error))
        })?;
        Ok(([(header::CONTENT_TYPE, shape.media_type())], body).into_response())
    }

    fn write(&self, answer: &Answer, shape: Shape, out: &mut Vec<u8>) -> std::io::Result<()> {
        match (answer, shape) {
            (Answer::Statements(triples), Shape::NTriples) => {
                let mut writer = NTriplesSerializer::new().for_writer(out);
                triples.iter().try_for_each(|triple| writer.serialize_triple(triple))
            }
            (Answer::Statements(triples), _) => self.dataset.write_turtle(triples, out),
            (_, Shape::Results(format)) => answer.write(format, out),
            (_, Shape::Turtle | Shape::NTriples) => unreachable!("rows are never asked for as statements"),
        }
    }
}

/// What an answer is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Results(QueryResultsFormat),
    Turtle,
    NTriples,
}

impl Shape {
    /// What a client likes best of what the answer can be; the first where it likes all alike or says nothing.
    fn accepted(accepted: &str, answer: &Answer) -> Result<Shape, Fault> {
        let offered: &[Shape] = match answer {
            Answer::Statements(_) => &[Shape::Turtle, Shape::NTriples],
            Answer::Rows { .. } | Answer::Truth(_) => &[
                Shape::Results(QueryResultsFormat::Json),
                Shape::Results(QueryResultsFormat::Xml),
                Shape::Results(QueryResultsFormat::Csv),
                Shape::Results(QueryResultsFormat::Tsv),
            ],
        };
        let liked = |shape: &Shape| shape.names().iter().map(|name| liking(accepted, name)).max().unwrap_or_default();
        let best = offered.iter().copied().rev().max_by_key(liked).filter(|shape| liked(shape) > 0);
        best.ok_or_else(|| {
            let names: Vec<&str> = offered.iter().map(|shape| shape.media_type()).collect();
            Fault::new(StatusCode::NOT_ACCEPTABLE, format!("nothing that `Accept: {accepted}` takes"))
                .hint(&format!("this answer can be {}", names.join(", ")))
        })
    }

    fn media_type(self) -> &'static str {
        match self {
            Shape::Results(format) => format.media_type(),
            Shape::Turtle => "text/turtle",
            Shape::NTriples => "application/n-triples",
        }
    }

    /// What clients call it, in lower case.
    fn names(self) -> &'static [&'static str] {
        match self {
            Shape::Results(QueryResultsFormat::Json) => &["application/sparql-results+json", "application/json"],
            Shape::Results(QueryResultsFormat::Xml) => {
                &["application/sparql-results+xml", "application/xml", "text/xml"]
            }
            Shape::Results(QueryResultsFormat::Csv) => &["text/csv"],
            Shape::Results(_) => &["text/tab-separated-values"],
            Shape::Turtle => &["text/turtle", "application/x-turtle"],
            Shape::NTriples => &["application/n-triples", "text/plain"],
        }
    }
}

/// How much a client likes a media type, in thousandths (RFC 9110, 12.5.1); all of it where it says nothing.
fn liking(accepted: &str, media_type: &str) -> u32 {
    if accepted.trim().is_empty() {
        return 1000;
    }
    let ranges = accepted.split(',').map(|range| {
        let mut parts = range.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default().to_ascii_lowercase();
        let weight = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
        let weight = weight.and_then(|weight| weight.parse::<f32>().ok()).unwrap_or(1.0).clamp(0.0, 1.0);
        (name, (weight * 1000.0).round() as u32)
    });
    // The most exact range counts.
    let fits = |(name, weight): (String, u32)| match name.as_str() {
        exact if exact == media_type => Some((2, weight)),
        "*/*" => Some((0, weight)),
        name => {
            let kind = name.strip_suffix("/*")?;
            media_type.strip_prefix(kind)?.starts_with('/').then_some((1, weight))
        }
    };
    ranges.filter_map(fits).max().map_or(0, |(_, weight)| weight)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accept_chooses_what_is_liked_best() {
        let rows = Answer::Rows { variables: Vec::new(), rows: Vec::new() };
        let check = |accepted: &str, answer: &Answer, expected: Option<&str>| {
            let shape = Shape::accepted(accepted, answer).ok();
            assert_eq!(shape.map(Shape::media_type), expected, "{accepted}");
        };
        for accepted in ["", "*/*", "application/*", "application/json", "text/csv;q=0.5, */*"] {
            check(accepted, &rows, Some("application/sparql-results+json"));
        }
        check("application/sparql-results+xml", &rows, Some("application/sparql-results+xml"));
        check("text/html, text/csv; q=0.9, */*;q=0.1", &rows, Some("text/csv; charset=utf-8"));
        check(
            "application/json;q=0, text/tab-separated-values;q=0.2",
            &rows,
            Some("text/tab-separated-values; charset=utf-8"),
        );
        check("text/html", &rows, None);
        let graph = Answer::Statements(Vec::new());
        for accepted in ["", "text/turtle, application/n-triples", "text/*"] {
            check(accepted, &graph, Some("text/turtle"));
        }
        check("application/n-triples", &graph, Some("application/n-triples"));
        check("text/csv", &graph, None);
    }
}
