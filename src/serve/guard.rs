//! Who may ask: requests under a name of this server, from a page of its own or from no page at all.
//!
//! A page of another site can have its name point at this machine (DNS rebinding) and then read what it fetches here as its own; but its
//! requests carry its name in `Host`. An IP address cannot be pointed elsewhere, so it is as good a name as `localhost`.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

use super::reply::Fault;

/// The names that the server is known by, beside `localhost` and all IP addresses, in lower case, without a port.
#[derive(Clone, Debug, Default)]
pub struct Names(pub Vec<String>);

/// Lets a request through, or tells why not.
pub async fn admit(State(names): State<Arc<Names>>, request: Request, next: Next) -> Result<Response, Fault> {
    let Some(host) = told(request.headers(), header::HOST) else {
        return Err(Fault::new(StatusCode::BAD_REQUEST, "the request names no host"));
    };
    if !names.hold(name_of(host)) {
        let misdirected = Fault::new(StatusCode::MISDIRECTED_REQUEST, "this server is not known by that name");
        return Err(misdirected.hint("start it with `--name NAME` to be asked under another name than localhost"));
    }
    if is_foreign(request.headers(), host) {
        let foreign = Fault::new(StatusCode::FORBIDDEN, "a page of another site may not ask here");
        return Err(foreign.hint("ask from a program, or from the server's own page"));
    }
    Ok(next.run(request).await)
}

impl Names {
    fn hold(&self, name: &str) -> bool {
        let bare = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
        let name = name.to_ascii_lowercase();
        bare.parse::<IpAddr>().is_ok() || name == "localhost" || self.0.contains(&name)
    }
}

/// Whether a browser sends this for a page from elsewhere.
fn is_foreign(headers: &HeaderMap, host: &str) -> bool {
    let origin = told(headers, header::ORIGIN);
    let own = |origin: &str| origin.split_once("://").is_some_and(|(_, authority)| authority == host);
    let site = told(headers, HeaderName::from_static("sec-fetch-site"));
    let mode = told(headers, HeaderName::from_static("sec-fetch-mode"));
    // A link from elsewhere that somebody follows is fine.
    origin.is_some_and(|origin| !own(origin)) || (site == Some("cross-site") && mode != Some("navigate"))
}

/// A header that is there once and can be read.
fn told(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    let mut all = headers.get_all(name).iter();
    let first = all.next().and_then(|value| value.to_str().ok());
    first.filter(|_| all.next().is_none())
}

/// A host without its port.
fn name_of(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_names_and_addresses_are_known() {
        let names = Names(vec!["graph.example".to_owned()]);
        let known = ["localhost", "LOCALHOST:7979", "127.0.0.1:7979", "[::1]:7979", "192.0.2.7", "graph.example:80"];
        for host in known {
            assert!(names.hold(name_of(host)), "{host}");
        }
        let unknown =
            ["evil.example", "localhost.evil.example:7979", "127.0.0.1.evil.example", "", "graph.example.evil.example"];
        for host in unknown {
            assert!(!names.hold(name_of(host)), "{host}");
        }
    }

    #[test]
    fn pages_from_elsewhere_are_foreign() {
        let check = |told: &[(&'static str, &str)], expected: bool| {
            let pairs = told
                .iter()
                .map(|(name, value)| (HeaderName::from_static(name), value.parse().expect("a header's value")));
            assert_eq!(is_foreign(&pairs.collect(), "localhost:7979"), expected, "{told:?}");
        };
        check(&[], false);
        check(&[("origin", "http://localhost:7979"), ("sec-fetch-site", "same-origin")], false);
        check(&[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate")], false);
        check(&[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "no-cors")], true);
        check(&[("origin", "http://evil.example")], true);
        check(&[("origin", "http://localhost:1")], true);
        check(&[("origin", "null")], true);
    }
}
