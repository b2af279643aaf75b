//! What goes back: JSON, faults with a hint, and the headers that every reply carries.

use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::error::Error;

/// What pages may do; all else may do nothing at all.
const PAGE_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; \
                           img-src data: blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const BARE_POLICY: &str = "default-src 'none'; frame-ancestors 'none'";

/// Why there is no answer: `{"error": "nobody in this graph is called `Slheim`", "hint": "did you mean Ingrid Solheim …?"}`.
#[derive(Debug)]
pub struct Fault {
    status: StatusCode,
    /// Boxed, as it travels through many results.
    error: Box<Error>,
}

impl Fault {
    pub fn new(status: StatusCode, message: impl Into<String>) -> Fault {
        Fault::of(status, Error::new(message))
    }

    pub fn of(status: StatusCode, error: Error) -> Fault {
        Fault { status, error: Box::new(error) }
    }

    pub fn hint(self, hint: &str) -> Fault {
        Fault::of(self.status, self.error.hint(hint))
    }

    /// The same as plain text, for those who expect no JSON.
    pub fn into_text(self) -> Response {
        let hint = self.error.hint_text().map(|hint| format!("hint: {hint}\n")).unwrap_or_default();
        (self.status, format!("error: {}\n{hint}", self.error)).into_response()
    }

    pub fn status(&self) -> StatusCode {
        self.status
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut body = serde_json::json!({ "error": self.error.to_string() });
        if let Some(hint) = self.error.hint_text() {
            body["hint"] = hint.into();
        }
        (self.status, json(body.to_string().into_bytes())).into_response()
    }
}

/// JSON that is already written.
pub fn json(bytes: Vec<u8>) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], bytes).into_response()
}

pub async fn no_such_path(uri: Uri) -> Fault {
    Fault::new(StatusCode::NOT_FOUND, format!("there is nothing at {}", uri.path()))
        .hint("/api/openapi.json tells what there is")
}

/// Adds the headers that keep a browser from doing more with a reply than to show it.
pub async fn with_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let is_page = |value: &HeaderValue| value.as_bytes().starts_with(b"text/html");
    let policy = match response.headers().get(header::CONTENT_TYPE).is_some_and(is_page) {
        true => PAGE_POLICY,
        false => BARE_POLICY,
    };
    let all = [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
        (header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (header::HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ];
    for (name, value) in all {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}
