//! `rapporteur load` before servers of our own: what they are sent, in which order, and what is told of those that refuse.

mod newsroom;

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use assert_cmd::Command;
use rapporteur::export::{self, Format, Options};
use rapporteur::graph::{KnowledgeGraph, store};
use serde_json::Value;
use tempfile::TempDir;

#[test]
fn statements_go_by_sparql_update_and_a_broken_load_is_taken_up() {
    let server = Server::answering(&["204 No Content", "500 Internal Server Error"], "out of disk");
    let address = server.at("/update");
    let (code, err) = load(&["--into", &address, "--batch", "100"]);
    assert_eq!(code, 1);
    assert!(err.contains("cannot load statements 101 to 200 into") && err.contains("500"), "{err}");
    assert!(err.contains(": out of disk\nhint: when it is mended, `--skip 100` goes on from here"), "{err}");
    let heard = server.heard();
    assert!(heard.iter().all(|request| request.body.starts_with("INSERT DATA {")));
    assert_eq!(heard.iter().map(|request| statements(&request.body).len()).collect::<Vec<_>>(), [100, 100]);
    let rest = Server::answering(&["204 No Content"], "");
    assert_eq!(load(&["--into", &rest.at("/update"), "--skip", "100"]).0, 0);
    let sent = [heard[0].clone(), rest.heard()[0].clone()];
    let sent = sent.iter().flat_map(|request| statements(&request.body));
    assert_eq!(sent.map(str::to_owned).collect::<BTreeSet<_>>(), all_statements());
}

#[test]
fn a_server_that_is_busy_is_asked_again_and_one_that_stays_so_is_not() {
    let busy = "503 Service Unavailable\r\nRetry-After: 0";
    let server = Server::answering(&[busy, busy, "204 No Content"], "");
    let (code, err) = load(&["--into", &server.at("/update")]);
    assert_eq!((code, server.heard().len()), (0, 3), "{err}");
    let server = Server::answering(&[busy], "come back");
    let (code, err) = load(&["--into", &server.at("/update")]);
    assert_eq!((code, server.heard().len()), (1, 4));
    assert!(err.contains("503 Service Unavailable: come back\nhint: when it is mended, begin again"), "{err}");
    let deadlock = r#"{"errors":[{"code":"Neo.TransientError.Transaction.DeadlockDetected","message":"later"}]}"#;
    let server = Server::answering(&["202 Accepted\r\nRetry-After: 0"], deadlock);
    assert_eq!((load(&["--into", &server.at("/db/news/query/v2")]).0, server.heard().len()), (1, 4));
}

#[test]
fn a_graph_store_gets_n_triples_graph_by_graph() {
    let server = Server::answering(&["204 No Content"], "");
    assert_eq!(load(&["--into", &server.at("/news/data"), "--batch", "100"]).0, 0);
    let heard = server.heard();
    assert!(heard.iter().all(|request| request.line == "POST /news/data?default HTTP/1.1"), "{heard:?}");
    assert!(heard.iter().all(|request| request.content_type == "application/n-triples"), "{heard:?}");
    let sent = heard.iter().flat_map(|request| request.body.lines());
    assert_eq!(sent.map(str::to_owned).collect::<BTreeSet<_>>(), all_statements());

    let server = Server::answering(&["204 No Content"], "");
    assert_eq!(load(&["--into", &server.at("/rdf-graphs/service"), "--named-graphs"]).0, 0);
    let lines: BTreeSet<String> = server.heard().iter().map(|request| request.line.clone()).collect();
    let articles = newsroom::graph().nodes().filter(|node| node.kind() == "article").count();
    assert_eq!(lines.len(), articles + 1, "a graph for each article and the default graph: {lines:?}");
    assert!(lines.contains("POST /rdf-graphs/service?default HTTP/1.1"), "{lines:?}");
    let named = |line: &&String| line.contains("?graph=https%3A%2F%2F") && line.contains("%2Farticle%2F");
    assert_eq!(lines.iter().filter(named).count(), articles, "{lines:?}");

    let server = Server::answering(&["204 No Content"], "");
    assert_eq!(load(&["--into", &server.at("/rdf-graphs/news")]).0, 0);
    assert!(server.heard().iter().all(|request| request.line == "POST /rdf-graphs/news HTTP/1.1"));
}

#[test]
fn neo4j_gets_its_constraint_then_nodes_then_edges_as_rows() {
    let server = Server::answering(&["202 Accepted"], r#"{"data":{"fields":[],"values":[]}}"#);
    let (code, err) = load(&["--into", &server.at("/news").replace("http", "neo4j+http"), "--batch", "5"]);
    assert_eq!(code, 0, "{err}");
    let heard = server.heard();
    assert!(heard.iter().all(|request| request.line == "POST /db/news/query/v2 HTTP/1.1"), "{heard:?}");
    let bodies: Vec<Value> = heard.iter().map(|it| serde_json::from_str(&it.body).expect("JSON")).collect();
    let statement = |body: &Value| body["statement"].as_str().expect("a statement").to_owned();
    assert!(statement(&bodies[0]).starts_with("CREATE CONSTRAINT"), "{}", bodies[0]);
    assert!(bodies[1..].iter().all(|body| statement(body).starts_with("UNWIND $rows AS row\nM")));
    let rows = |of: fn(&str) -> bool| -> Vec<Value> {
        let bodies = bodies[1..].iter().filter(|body| of(&statement(body)));
        bodies.flat_map(|body| body["parameters"]["rows"].as_array().expect("rows").clone()).collect()
    };
    let graph = newsroom::graph();
    let ids: BTreeSet<String> = graph.nodes().map(|node| node.id().to_owned()).collect();
    let nodes = rows(|statement| statement.contains("MERGE (n:Node {id: row.id})"));
    assert_eq!(nodes.len(), ids.len());
    assert_eq!(nodes.iter().map(|row| row["id"].as_str().expect("an id").to_owned()).collect::<BTreeSet<_>>(), ids);
    assert_eq!(rows(|statement| statement.contains("MERGE (a)-[r:")).len(), graph.edge_count());
    let first_edge = bodies.iter().position(|body| statement(body).contains("(a)-[r:")).expect("edges");
    assert!(bodies[first_edge..].iter().all(|body| statement(body).contains("(a)-[r:")), "nodes come first");
    assert!(nodes.iter().any(|row| row["aliases"].is_array() && row["name"].is_string()), "{nodes:?}");
    assert!(nodes.iter().any(|row| row["score"].is_number() && row["kind"] == "event"), "{nodes:?}");
    // What is passed over are nodes and edges, in the same order.
    let rest = Server::answering(&["202 Accepted"], "{}");
    let skip = (ids.len() + graph.edge_count() - 3).to_string();
    let (_, err) = load(&["--into", &rest.at("/db/news/query/v2"), "--skip", &skip]);
    assert!(err.starts_with("3 nodes and edges in "), "{err}");
}

#[test]
fn names_that_try_to_be_more_than_text_are_parameters() {
    let server = Server::answering(&["202 Accepted"], "{}");
    let graph = newsroom::hostile_graph();
    let (code, err) = load_graph(&graph, &["--into", &server.at("/db/news/query/v2")]);
    assert_eq!(code, 0, "{err}");
    let bodies: Vec<Value> = server.heard().iter().map(|it| serde_json::from_str(&it.body).expect("JSON")).collect();
    let rows = bodies.iter().filter_map(|body| body["parameters"]["rows"].as_array()).flatten();
    let names: BTreeSet<&str> = rows.filter_map(|row| row["name"].as_str()).collect();
    assert!(graph.nodes().all(|node| names.contains(node.label().as_str())), "{names:?}");
    let statements: BTreeSet<&str> = bodies.iter().filter_map(|body| body["statement"].as_str()).collect();
    let holds = |name: &str| statements.iter().any(|statement| statement.contains(name));
    assert!(names.iter().all(|name| !holds(name)) && !holds("\u{1b}") && !holds("<script"), "{statements:?}");
}

#[test]
fn a_dry_run_sends_nothing_and_tells_where_it_would_go() {
    for (address, options, told) in [
        ("http://h:1/update", &[][..], "statements in 3 requests would go to http://h:1/update"),
        ("http://h:1/store", &[], "would go to http://h:1/store"),
        ("neo4j+https://h:1", &[], "would go to https://h:1/db/neo4j/query/v2"),
        ("neo4j+http://h:1/news", &[], "nodes and edges in"),
        ("http://h:1/news", &["--protocol", "neo4j"], "would go to http://h:1/db/news/query/v2"),
        ("http://h:1/db/news/query/v2", &[], "would go to http://h:1/db/news/query/v2"),
    ] {
        let (code, err) = load(&[&["--into", address, "--batch", "100", "--dry-run"], options].concat());
        assert!(code == 0 && err.contains(told), "{address}: {err}");
    }
}

#[test]
fn addresses_that_cannot_be_meant_are_refused_with_a_hint() {
    for (address, options, message, hint) in [
        ("localhost/update", &[][..], "no address of a database", "it begins with http://"),
        ("bolt://localhost:7687", &[], "no address of a database", "not over Bolt: `neo4j+http://HOST:7474/DATABASE`"),
        ("neo4j://localhost", &[], "no address of a database", "not over Bolt"),
        ("http://me:secret@h/update", &[], "a name or a password", "RAPPORTEUR_USER and RAPPORTEUR_PASSWORD"),
        ("http://h/update", &["--skip", "99999999"], "passes over more than the", "leave out `--skip`"),
        ("neo4j+http://h/a/b/c", &[], "names no database of Neo4j", "ends in `/db/DATABASE/query/v2`"),
        ("neo4j+http://h/", &["--protocol", "sparql"], "is an address of Neo4j", "leave out `--protocol`"),
        ("neo4j+http://h/", &["--named-graphs"], "which Neo4j does not hold", "leave out `--named-graphs`"),
        ("http://h/data?graph=urn:x", &["--named-graphs"], "is one graph", "leave out `--named-graphs`"),
    ] {
        let (code, err) = load(&[&["--into", address, "--dry-run"], options].concat());
        assert!(
            code == 1 && err.contains(message) && err.contains("\nhint: ") && err.contains(hint),
            "{address}: {err}"
        );
        assert!(!err.contains("secret"), "{err}");
    }
}

#[test]
fn refusals_are_told_with_what_mends_them() {
    let html = "<!DOCTYPE html><h1>It works!</h1>";
    let unknown = r#"{"errors":[{"code":"Neo.ClientError.Database.DatabaseNotFound","message":"no `news`"}]}"#;
    let broken =
        r#"{"data":{},"errors":[{"code":"Neo.ClientError.Schema.ConstraintValidationFailed","message":"twice"}]}"#;
    for (status, body, path, message, hint) in [
        ("401 Unauthorized", "who?", "/update", "401 Unauthorized: who?", "RAPPORTEUR_USER and RAPPORTEUR_PASSWORD"),
        ("404 Not Found", html, "/updat", "404 Not Found", "of Oxigraph and Fuseki it ends in /update"),
        ("301 Moved Permanently\r\nLocation: /new/", "", "/update", "301 Moved Permanently", "it ends in /update"),
        (
            "500 Internal Server Error",
            "disk full",
            "/db/news/query/v2",
            "500 Internal Server Error: disk full",
            "begin again",
        ),
        ("405 Method Not Allowed", "", "/news/data", "405 Method Not Allowed", "of Fuseki it ends in /data"),
        (
            "415 Unsupported Media Type",
            "no",
            "/store",
            "415 Unsupported",
            "`--protocol` tells of SPARQL updates or Neo4j",
        ),
        ("401 Unauthorized", "{}", "/db/news/query/v2", "401 Unauthorized", "RAPPORTEUR_USER and RAPPORTEUR_PASSWORD"),
        ("404 Not Found", unknown, "/db/news/query/v2", "DatabaseNotFound: no `news`", "Neo4j 5.25 or later"),
        ("200 OK", html, "/db/news/query/v2", "no answer of Neo4j's Query API", "neo4j+http://HOST:7474/DATABASE"),
        (
            "202 Accepted",
            broken,
            "/db/news/query/v2",
            "ConstraintValidationFailed: twice",
            "when it is mended, begin again",
        ),
    ] {
        let server = Server::answering(&[status], body);
        let (code, err) = load(&["--into", &server.at(path)]);
        assert!(code == 1 && err.contains(message) && err.contains("\nhint: ") && err.contains(hint), "{path}: {err}");
        assert_eq!(server.heard().len(), 1, "a refusal is final: {path}");
    }
    // A port that nobody listens to any more.
    let nobody = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    for path in ["update", "data", "db/neo4j/query/v2"] {
        let (code, err) = load(&["--into", &format!("http://{nobody}/{path}")]);
        assert!(code == 1 && err.contains("hint: no server answers there"), "{err}");
    }
}

/// Loads the newsroom's graph, and gives the exit code and what is told.
fn load(options: &[&str]) -> (i32, String) {
    load_graph(&newsroom::graph(), options)
}

fn load_graph(graph: &KnowledgeGraph, options: &[&str]) -> (i32, String) {
    let folder = TempDir::new().expect("a folder for the test");
    store::save(graph, &folder.path().join("graph.json")).expect("a graph");
    let mut command = Command::cargo_bin("rapporteur").expect("the program is built");
    for name in ["RAPPORTEUR_TOKEN", "RAPPORTEUR_USER", "RAPPORTEUR_PASSWORD"] {
        command.env_remove(name);
    }
    let output =
        command.current_dir(&folder).args(["load", "graph.json"]).args(options).output().expect("the program starts");
    assert!(output.stdout.is_empty(), "nothing is for pipes");
    (output.status.code().expect("an end of its own"), String::from_utf8(output.stderr).expect("UTF-8"))
}

fn all_statements() -> BTreeSet<String> {
    let graph: KnowledgeGraph = newsroom::graph();
    let mut text = Vec::new();
    export::write(&graph, Format::NTriples, &Options::default(), &mut text).expect("N-Triples");
    String::from_utf8(text).expect("UTF-8").lines().map(str::to_owned).collect()
}

fn statements(update: &str) -> Vec<&str> {
    update.lines().filter(|line| line.ends_with(" .")).collect()
}

/// A server that notes what it is asked, until the test ends.
struct Server {
    host: String,
    heard: Arc<Mutex<Vec<Heard>>>,
}

#[derive(Clone, Debug)]
struct Heard {
    line: String,
    content_type: String,
    body: String,
}

impl Server {
    /// Answers with these, one after the other, and the last again and again.
    fn answering(statuses: &[&str], body: &str) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let host = format!("http://{}", listener.local_addr().expect("an address"));
        let heard = Arc::new(Mutex::new(Vec::new()));
        let (notes, statuses, body) =
            (heard.clone(), statuses.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>(), body.to_owned());
        std::thread::spawn(move || {
            for (number, stream) in listener.incoming().enumerate() {
                let mut stream = stream.expect("a request");
                notes.lock().expect("notes").push(hear(&stream));
                let status = &statuses[number.min(statuses.len() - 1)];
                let length = body.len();
                write!(stream, "HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}")
                    .expect("an answer");
            }
        });
        Server { host, heard }
    }

    fn at(&self, path: &str) -> String {
        format!("{}{path}", self.host)
    }

    fn heard(&self) -> Vec<Heard> {
        self.heard.lock().expect("notes").clone()
    }
}

fn hear(stream: &TcpStream) -> Heard {
    let mut input = BufReader::new(stream);
    let mut next_line = || {
        let mut line = String::new();
        input.read_line(&mut line).expect("a header");
        line.trim_end().to_owned()
    };
    let (line, mut length, mut content_type) = (next_line(), 0, String::new());
    loop {
        let header = next_line();
        match header.split_once(": ") {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                length = value.parse().expect("a length")
            }
            Some((name, value)) if name.eq_ignore_ascii_case("content-type") => value.clone_into(&mut content_type),
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    input.read_exact(&mut body).expect("a body");
    Heard { line, content_type, body: String::from_utf8(body).expect("UTF-8") }
}
