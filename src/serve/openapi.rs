//! The description of the JSON API in OpenAPI 3.1, made of the table of endpoints and of `schemas.json`.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use serde_json::{Map, Value, json};

use super::Service;
use super::asked::{Form, Parameter};
use super::endpoints::{ENDPOINTS, Endpoint};
use super::reply;

/// JSON Schemas (2020-12) of the answers.
const SCHEMAS: &str = include_str!("schemas.json");

pub async fn describe(State(_): State<Arc<Service>>) -> Response {
    reply::json(description().to_string().into_bytes())
}

fn description() -> Value {
    let paths: Map<String, Value> =
        ENDPOINTS.iter().map(|endpoint| (endpoint.path.to_owned(), json!({ "get": operation(endpoint) }))).collect();
    let schemas: Value = serde_json::from_str(SCHEMAS).expect("schemas.json is JSON");
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "rapporteur",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Who met whom, who said what, and who denied it",
            "description": "One graph of news, read and never changed. Beside this API, /sparql follows the SPARQL 1.1 Protocol.",
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": "/" }],
        "paths": paths,
        "components": { "schemas": schemas },
    })
}

fn operation(endpoint: &Endpoint) -> Value {
    let in_path = endpoint.path.contains("{id}").then(|| {
        let tells = "an id, whose slash may be written as it is or as %2F";
        json!({ "name": "id", "in": "path", "required": true, "description": tells, "schema": { "type": "string" } })
    });
    let parameters: Vec<Value> = in_path.into_iter().chain(endpoint.parameters.iter().map(parameter)).collect();
    let fault = |tells: &str| json!({ "description": tells, "content": content(&reference("Fault")) });
    json!({
        "operationId": endpoint.name,
        "summary": endpoint.tells,
        "parameters": parameters,
        "responses": {
            "200": { "description": endpoint.tells, "content": content(&answer(endpoint)) },
            "400": fault("A parameter that there is not, or a value that is none"),
            "404": fault("Nothing of that id or name, or more than one"),
            "500": fault("The answer would be too large or takes too long"),
            "503": fault("Too many questions at once"),
        },
    })
}

fn answer(endpoint: &Endpoint) -> Value {
    let one = reference(endpoint.schema);
    if !endpoint.is_list {
        return one;
    }
    json!({
        "type": "object",
        "required": ["total", "offset", "items"],
        "properties": {
            "total": { "type": "integer", "minimum": 0, "description": "How many there are in all" },
            "offset": { "type": "integer", "minimum": 0, "description": "How many were passed over" },
            "items": { "type": "array", "items": one },
        },
    })
}

fn parameter(Parameter { name, tells, form, is_required }: &Parameter) -> Value {
    json!({ "name": name, "in": "query", "required": is_required, "description": tells, "schema": schema(*form) })
}

fn schema(form: Form) -> Value {
    match form {
        Form::Words | Form::List => json!({ "type": "string" }),
        Form::Date => reference("Date"),
        Form::Count(most) => json!({ "type": "integer", "minimum": 0, "maximum": most }),
        Form::Score => json!({ "type": "number", "minimum": 0, "maximum": 1 }),
        Form::One(words) => json!({ "type": "string", "enum": words() }),
        Form::Some(words) => {
            json!({ "type": "string", "description": "With commas between them", "examples": words() })
        }
    }
}

fn reference(schema: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{schema}") })
}

fn content(schema: &Value) -> Value {
    json!({ "application/json": { "schema": schema } })
}
