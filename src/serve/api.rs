//! One request to an endpoint of the JSON API: its parameters read, its answer worked out and sent whole.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};

use super::Service;
use super::asked::Asked;
use super::endpoints::Endpoint;
use super::reply::{self, Fault};
use crate::error::Error;

/// The parts of a request that an endpoint looks at.
pub type Request = (Option<Path<String>>, State<Arc<Service>>, Uri);

/// Answers a request.
pub async fn answer(endpoint: &'static Endpoint, (id, State(service), uri): Request) -> Result<Response, Fault> {
    let id = id.map(|Path(id)| id).unwrap_or_default();
    let asked = Asked::of(id, uri.query().unwrap_or_default(), endpoint.parameters)?;
    let most = service.limits.bytes;
    let at = Arc::clone(&service);
    let body = service.desk.work(move |_| (endpoint.answer)(&at.graph, &asked)).await??;
    if body.len() > most {
        let large = Error::new(format!("the answer has more than {most} bytes")).hint("ask for a part of it");
        return Err(Fault::of(StatusCode::INTERNAL_SERVER_ERROR, large));
    }
    Ok(reply::json(body).into_response())
}
