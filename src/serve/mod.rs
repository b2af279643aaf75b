//! Requests into answers: a graph behind HTTP, read and never changed.
//!
//! `GET /api/met?a=Solheim` tells whom she met, as JSON ([`api`]); `/sparql` answers queries as the SPARQL 1.1 Protocol has it
//! ([`protocol`]); `/article/…` shows an article with its marks. Whoever may ask is told by [`guard`], what an answer may cost by [`work`].
//! Nothing but the graph is read: no path of a request becomes a path of a file. Sockets, signals and the runtime are the caller's.

mod api;
mod asked;
mod endpoints;
mod guard;
mod openapi;
mod pages;
mod protocol;
mod reply;
mod work;

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;

use crate::error::Result;
use crate::export::Options;
use crate::graph::KnowledgeGraph;
use crate::sparql::Dataset;

pub use guard::Names;
use work::Desk;

/// What requests may cost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// For one answer.
    pub time: Duration,
    /// Rows or statements of an answer to SPARQL.
    pub rows: usize,
    /// Bytes of an answer.
    pub bytes: usize,
    /// Answers of the API that are worked out at once, and as many of SPARQL; more wait, as long as one may take.
    pub at_once: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { time: Duration::from_secs(10), rows: 100_000, bytes: 64_000_000, at_once: 4 }
    }
}

/// The most bytes of a request's body, and of a query in it.
pub const LARGEST_REQUEST: usize = 64 * 1024;

/// How much stack a thread wants that works answers out: the parser of queries goes down with what they nest.
pub const STACK: usize = 256 * 1024 * 1024;

/// A graph that is asked, and the desk at which it is.
struct Service {
    graph: KnowledgeGraph,
    dataset: Dataset,
    limits: Limits,
    /// What the page starts from, as JSON, once somebody has asked for it: a drawing takes a while to lay out.
    overview: OnceLock<Bytes>,
    /// Where pages and the API are worked out, and where SPARQL is: whoever asks hard questions there must not keep others from here.
    desk: Desk,
    sparql_desk: Desk,
}

/// Makes the service of a graph; requests are answered under these names of the server only.
///
/// # Errors
/// Those of [`Dataset::of`].
pub fn router(graph: KnowledgeGraph, options: &Options, limits: Limits, names: Names) -> Result<Router> {
    let dataset = Dataset::of(&graph, options)?;
    let desk = || Desk::new(limits.at_once, limits.time);
    let service =
        Arc::new(Service { graph, dataset, limits, overview: OnceLock::new(), desk: desk(), sparql_desk: desk() });
    let mut router = Router::new()
        .route("/", get(pages::start))
        .route("/article/{*id}", get(pages::article))
        .route("/api/overview", get(pages::overview))
        .route("/api/openapi.json", get(openapi::describe))
        .route("/sparql", get(protocol::by_get).post(protocol::by_post));
    for endpoint in endpoints::ENDPOINTS {
        router = router.route(&endpoint.route(), get(move |asked| api::answer(endpoint, asked)));
    }
    Ok(router
        .fallback(reply::no_such_path)
        .with_state(service)
        .layer(DefaultBodyLimit::max(LARGEST_REQUEST))
        .layer(from_fn(reply::with_headers))
        .layer(from_fn_with_state(Arc::new(names), guard::admit)))
}
