//! The pages: where one starts, which asks for its data under `api/`, and an article with its marks.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::Service;
use super::reply::Fault;
use crate::error::Error;
use crate::graph::Node;
use crate::view::{Overview, write_article, write_served_page};

/// The page of the graph.
pub async fn start(State(service): State<Arc<Service>>) -> Result<Response, Fault> {
    page(&service, |out| write_served_page(out)).await
}

/// All that the page starts from, [`Overview`]; its shape is the page's own and may change with it.
pub async fn overview(State(service): State<Arc<Service>>) -> Result<Response, Fault> {
    let at = Arc::clone(&service);
    let worked_out = service.desk.work(move |_| {
        let json = || serde_json::to_vec(&Overview::of(&at.graph)).map(Bytes::from);
        at.overview
            .get()
            .map_or_else(json, |known| Ok(known.clone()))
            .inspect(|json| drop(at.overview.set(json.clone())))
    });
    let body = worked_out.await?.map_err(|error| {
        Fault::of(StatusCode::INTERNAL_SERVER_ERROR, Error::new("cannot write the overview").because(error))
    })?;
    Ok(([(header::CONTENT_TYPE, "application/json")], body).into_response())
}

/// The page of an article.
pub async fn article(Path(id): Path<String>, State(service): State<Arc<Service>>) -> Result<Response, Fault> {
    if !matches!(service.graph.node(&id), Some(Node::Article(_))) {
        return Err(Fault::new(StatusCode::NOT_FOUND, format!("there is no article `{id}`")));
    }
    let at = Arc::clone(&service);
    page(&service, move |out| match at.graph.node(&id) {
        Some(Node::Article(article)) => write_article(&at.graph, article, out),
        _ => Ok(()),
    })
    .await
}

async fn page(
    service: &Service,
    write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()> + Send + 'static,
) -> Result<Response, Fault> {
    let written = service.desk.work(move |_| {
        let mut body = Vec::new();
        write(&mut body).map(|()| body)
    });
    let body = written.await?.map_err(|error| {
        Fault::of(StatusCode::INTERNAL_SERVER_ERROR, Error::new("cannot write the page").because(error))
    })?;
    Ok(([(header::CONTENT_TYPE, "text/html; charset=utf-8")], body).into_response())
}
