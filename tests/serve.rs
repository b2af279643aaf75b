//! The server as a client meets it, over real sockets of the loopback address: what it answers, what it refuses, and how it ends.
#![cfg(feature = "serve")]

mod newsroom;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, Stdio};
use std::time::{Duration, Instant};

use rapporteur::graph::{KnowledgeGraph, store};
use serde_json::Value;
use tempfile::TempDir;

/// Longer than any answer may take here.
const PATIENCE: Duration = Duration::from_secs(60);

/// A server of its own for a test, ended with it.
struct Server {
    child: Child,
    stderr: BufReader<ChildStderr>,
    /// `127.0.0.1:PORT`.
    address: String,
    _folder: TempDir,
}

struct Reply {
    status: u16,
    head: String,
    body: String,
}

impl Server {
    fn of(graph: &KnowledgeGraph, options: &[&str]) -> Server {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let file = folder.path().join("graph.json");
        store::save(graph, &file).expect("a graph");
        let mut command = program();
        command.arg("serve").arg(&file).args(["--address", "127.0.0.1:0"]).args(options);
        let mut child = command.stderr(Stdio::piped()).spawn().expect("the program starts");
        let mut stderr = BufReader::new(child.stderr.take().expect("a pipe"));
        let mut line = String::new();
        stderr.read_line(&mut line).expect("a first line");
        let address = line.split("http://").nth(1).and_then(|rest| rest.split('/').next());
        let address = address.unwrap_or_else(|| panic!("no address in {line}")).to_owned();
        Server { child, stderr, address, _folder: folder }
    }

    /// Sends a request as it stands, with `{host}` for the server's own.
    fn send(&self, request: &str) -> Reply {
        let mut stream = TcpStream::connect(&self.address).expect("the server takes connections");
        stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
        let request = request.replace("{host}", &self.address);
        // A server that has seen enough of a large body closes before it has read it all.
        let _ = stream.write_all(request.as_bytes());
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no reply to {request}"));
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status");
        Reply { status, head: head.to_lowercase(), body: body.to_owned() }
    }

    fn get(&self, path: &str) -> Reply {
        self.get_with(path, "")
    }

    fn get_with(&self, path: &str, headers: &str) -> Reply {
        self.send(&format!("GET {path} HTTP/1.1\r\nHost: {{host}}\r\nConnection: close\r\n{headers}\r\n"))
    }

    fn post(&self, media_type: &str, body: &str) -> Reply {
        let length = body.len();
        self.send(&format!(
            "POST /sparql HTTP/1.1\r\nHost: {{host}}\r\nConnection: close\r\nContent-Type: {media_type}\r\nContent-Length: {length}\r\n\r\n{body}"
        ))
    }

    fn ask(&self, query: &str) -> Reply {
        self.post("application/sparql-query", query)
    }

    fn json(&self, path: &str) -> Value {
        let reply = self.get(path);
        assert_eq!(reply.status, 200, "{path}: {}", reply.body);
        assert!(reply.head.contains("content-type: application/json"), "{}", reply.head);
        serde_json::from_str(&reply.body).expect("JSON")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn program() -> Command {
    Command::new(Path::new(env!("CARGO_BIN_EXE_rapporteur")))
}

fn newsroom() -> Server {
    Server::of(&newsroom::graph(), &[])
}

/// A query that would run for hours and hold next to nothing.
const ENDLESS: &str = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o . ?p ?q ?r }";

#[test]
fn the_api_tells_who_met_whom_and_who_said_what() {
    let server = newsroom();
    let found = server.json("/api/entities?name=lind");
    assert_eq!((&found["total"], &found["items"][0]["id"]), (&1.into(), &"person/asa-lindqvist".into()));
    let met = server.json("/api/met?a=Lindqvist&b=Daniel+Okoro&status=happened");
    assert_eq!((&met["total"], &met["items"][0]["event"]["start"]), (&1.into(), &"2021-03-09".into()));
    let passage = &met["items"][0]["event"]["evidence"][0];
    let article = server.json(&format!("/api/article/{}", passage["article"]["id"].as_str().expect("an id")));
    let text: Vec<char> = article["text"].as_str().expect("a text").chars().collect();
    let span = |end: &str| passage[end].as_u64().expect("an offset") as usize;
    assert_eq!(text[span("start")..span("end")].iter().collect::<String>(), passage["text"].as_str().expect("words"));
    let told = server.json(&format!("/api/evidence?of={}", met["items"][0]["event"]["id"].as_str().expect("an id")));
    assert_eq!(&told[0], passage);
    assert!(article["marks"].as_array().is_some_and(|marks| !marks.is_empty()));
    let denials = server.json("/api/said?who=Norland&stance=deny");
    assert_eq!(denials["total"], 1, "{denials}");
    let known = server.json("/api/entity/person%2Fasa-lindqvist");
    assert_eq!(known, server.json("/api/entity/person/asa-lindqvist"));
    assert_eq!(known["partners"][0]["name"], "Daniel Okoro");
    let events = server.json("/api/timeline?type=visit&since=2021-05&limit=1");
    assert_eq!((events["total"].as_u64(), events["items"].as_array().map(Vec::len)), (Some(1), Some(1)), "{events}");
    let chain = server.json("/api/path?a=Peter+Okoro&b=Daniel+Okoro");
    let steps: Vec<&Value> = chain["steps"].as_array().expect("steps").iter().map(|step| &step["to"]["id"]).collect();
    assert_eq!(steps, ["person/asa-lindqvist", "person/daniel-okoro"]);
    assert!(server.json("/api/disputes")["items"][0]["sides"].as_array().is_some_and(|sides| sides.len() >= 2));
    let reply = server.json("/api/ask?q=Did+Lindqvist+meet+Daniel+Okoro+in+March+2021%3F");
    assert_eq!((&reply["verdict"], &reply["read_as"][0]), (&"yes".into(), &"who-met".into()), "{reply}");
    assert_eq!(reply["findings"]["meetings"][0]["event"]["start"], "2021-03-09");
    assert_eq!(server.json("/api/about?of=Norland")["subject"]["kind"], "country");
    assert_eq!(server.json("/api/graph?view=people")["nodes"].as_array().map(Vec::len), Some(4));
    let whole = server.json("/api/graph");
    let mut written = Vec::new();
    rapporteur::graph::write_node_link(&newsroom::graph(), &mut written).expect("a vector takes all");
    assert_eq!(whole, serde_json::from_slice::<Value>(&written).expect("JSON"));
}

/// The page has no graph in it, but asks for its parts here.
#[test]
fn the_page_asks_for_what_it_shows() {
    let server = newsroom();
    let page = server.get("/");
    assert_eq!((page.status, page.body.contains("Lindqvist")), (200, false));
    assert!(page.body.contains("connect-src 'self'") && page.head.contains("connect-src 'self'"), "{}", page.head);
    let overview = server.json("/api/overview");
    assert_eq!(overview, server.json("/api/overview"));
    assert!(overview["entities"].to_string().contains("Lindqvist") && overview["views"]["people"]["nodes"].is_array());
}

/// Whatever the description lists is answered: as JSON, or with a fault that says what is missing.
#[test]
fn what_is_described_is_there() {
    let server = newsroom();
    let description = server.json("/api/openapi.json");
    let paths = description["paths"].as_object().expect("paths");
    assert!(paths.len() >= 8, "{paths:?}");
    for path in paths.keys() {
        let reply = server.get(&path.replace("{id}", "person/asa-lindqvist"));
        assert!([200, 400, 404].contains(&reply.status), "{path}: {}", reply.status);
        let body: Value = serde_json::from_str(&reply.body).expect("JSON");
        assert!(reply.status == 200 || body["error"].is_string(), "{path}: {body}");
        assert!(!reply.body.contains("there is nothing at"), "{path} is not there");
    }
}

#[test]
fn a_mistyped_question_is_refused_with_a_hint() {
    let server = newsroom();
    let check = |path: &str, status: u16, hint: &str| {
        let reply = server.get(path);
        assert_eq!((reply.status, reply.body.contains(hint)), (status, true), "{path}: {}", reply.body);
    };
    check("/api/met", 400, "`a` is missing");
    check("/api/met?a=Lindqvist&staus=denied", 400, "status");
    check("/api/met?a=Lindqvist&since=May", 400, "2031-05-14");
    check("/api/met?a=Lindqist", 404, "did you mean");
    check("/api/met?a=Okoro", 404, "person/peter-okoro");
    check("/api/ask?q=Whether+or+not", 400, "hint");
    check("/api/ask?q=Who+met+Lindqist%3F", 404, "did you mean");
    check("/api/timeline?limit=1001", 400, "from 0 to 1000");
    check("/api/entity/person/nobody", 404, "/api/entities?name=");
    check("/api/nothing", 404, "/api/openapi.json");
    assert_eq!(server.send("DELETE /api HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").status, 405);
}

#[test]
fn sparql_is_asked_three_ways_and_answered_as_the_client_likes() {
    let server = newsroom();
    let query = "SELECT ?who { person:asa-lindqvist rap:met ?who } ORDER BY ?who";
    let coded = query.replace(' ', "+").replace('?', "%3F").replace('{', "%7B").replace('}', "%7D");
    let replies = [
        server.get(&format!("/sparql?query={coded}")),
        server.post("application/x-www-form-urlencoded", &format!("query={coded}")),
        server.ask(query),
    ];
    for reply in &replies {
        assert_eq!((reply.status, &reply.body), (200, &replies[0].body));
        assert!(reply.head.contains("content-type: application/sparql-results+json"), "{}", reply.head);
    }
    let rows: Value = serde_json::from_str(&replies[0].body).expect("JSON");
    assert!(rows["results"]["bindings"][0]["who"]["value"].as_str().is_some_and(|iri| iri.ends_with("daniel-okoro")));
    for (accepted, media_type, start) in [
        ("application/sparql-results+xml", "application/sparql-results+xml", "<?xml"),
        ("text/csv", "text/csv", "who\r\n"),
        ("text/tab-separated-values", "text/tab-separated-values", "?who\n"),
        ("text/html, */*;q=0.1", "application/sparql-results+json", "{"),
    ] {
        let reply = server.get_with(&format!("/sparql?query={coded}"), &format!("Accept: {accepted}\r\n"));
        assert!(reply.head.contains(&format!("content-type: {media_type}")), "{}", reply.head);
        assert!(reply.body.starts_with(start), "{}", reply.body);
    }
    let construct = "/sparql?query=CONSTRUCT+WHERE+%7B%3Fa+rap:met+%3Fb%7D";
    assert!(server.get(construct).body.contains("rap:met person:"));
    let triples = server.get_with(construct, "Accept: application/n-triples\r\n");
    assert!(triples.body.lines().all(|line| line.ends_with(" .")), "{}", triples.body);
    assert_eq!(server.get_with(construct, "Accept: text/csv\r\n").status, 406);
    assert!(server.ask("ASK { ?a rap:met ?b }").body.contains("true"));
}

#[test]
fn sparql_is_put_to_the_graphs_that_the_protocol_names() {
    let server = newsroom();
    let graphs: Value =
        serde_json::from_str(&server.ask("SELECT DISTINCT ?g { GRAPH ?g { ?a rap:met ?b } }").body).expect("JSON");
    let graph = graphs["results"]["bindings"][0]["g"]["value"].as_str().expect("an article").to_owned();
    let count = |parameters: &str| {
        let query = "SELECT+(COUNT(*)+AS+%3Fn)+%7B%3Fa+%3Fb+%3Fc%7D";
        let rows: Value =
            serde_json::from_str(&server.get(&format!("/sparql?query={query}{parameters}")).body).expect("JSON");
        rows["results"]["bindings"][0]["n"]["value"].as_str().and_then(|n| n.parse::<usize>().ok()).expect("a number")
    };
    let (all, one) = (count(""), count(&format!("&default-graph-uri={graph}")));
    assert!(0 < one && one < all, "{one} of {all}");
    assert_eq!(count(&format!("&named-graph-uri={graph}")), 0, "then the default graph is empty");
    assert_eq!(count("&default-graph-uri=https://elsewhere.example/graph"), 0, "nothing is fetched");
}

#[test]
fn what_sparql_may_not_do_is_refused() {
    let server = newsroom();
    let check = |reply: Reply, status: u16, told: &str| {
        assert_eq!((reply.status, reply.body.contains(told)), (status, true), "{}", reply.body);
        assert!(reply.head.contains("content-type: text/plain"), "{}", reply.head);
    };
    check(server.get("/sparql"), 400, "there is no query");
    check(server.get("/sparql?query=ASK%7B%7D&query=ASK%7B%7D"), 400, "more than one query");
    check(server.ask("SELECT ?a WHERE { ?a rap:met }"), 400, "query:1:");
    check(server.ask("INSERT DATA { <x:a> <x:b> <x:c> }"), 400, "queries are SELECT");
    check(server.post("application/x-www-form-urlencoded", "update=CLEAR+ALL"), 403, "updates are refused");
    check(server.post("application/sparql-update", "CLEAR ALL"), 403, "updates are refused");
    check(server.post("text/plain", "ASK {}"), 415, "application/sparql-query");
    for service in ["SERVICE", "SERVICE SILENT"] {
        let query = format!("SELECT * {{ {service} <http://{}/sparql> {{ ?a ?b ?c }} }}", server.address);
        check(server.ask(&query), 400, "SERVICE is refused");
    }
    let from_file = server.ask("SELECT * FROM <file:///etc/passwd> { ?a ?b ?c }");
    assert_eq!((from_file.status, from_file.body.contains("\"bindings\":[]")), (200, true), "{}", from_file.body);
}

#[test]
fn a_query_that_takes_too_long_is_stopped_and_the_others_go_on() {
    let server = Server::of(&newsroom::graph(), &["--time-limit", "1", "--at-once", "1"]);
    let asked = Instant::now();
    // More of them than may be worked out at once: each is ended, none keeps its seat.
    for _ in 0..3 {
        let reply = server.ask(ENDLESS);
        assert_eq!((reply.status, reply.body.contains("stopped before its end")), (500, true), "{}", reply.body);
    }
    assert!(asked.elapsed() < Duration::from_secs(20), "{:?}", asked.elapsed());
    assert_eq!(server.ask("ASK { ?a rap:met ?b }").status, 200);
}

#[test]
fn a_client_that_goes_away_takes_its_query_with_it() {
    let server = Server::of(&newsroom::graph(), &["--time-limit", "300", "--at-once", "1"]);
    let mut stream = TcpStream::connect(&server.address).expect("the server takes connections");
    let head =
        format!("POST /sparql HTTP/1.1\r\nHost: {}\r\nContent-Type: application/sparql-query\r\n", server.address);
    write!(stream, "{head}Content-Length: {}\r\n\r\n{ENDLESS}", ENDLESS.len()).expect("a request");
    std::thread::sleep(Duration::from_millis(500));
    drop(stream);
    assert_eq!(server.ask("ASK { ?a rap:met ?b }").status, 200);
}

#[test]
fn an_answer_is_whole_or_there_is_none() {
    let server = Server::of(&newsroom::graph(), &["--row-limit", "5"]);
    let reply = server.ask("SELECT * { ?a ?b ?c }");
    assert_eq!((reply.status, reply.body.contains("more than 5 rows")), (500, true), "{}", reply.body);
    assert_eq!(server.ask("SELECT * { ?a ?b ?c } LIMIT 5").status, 200);
    let large = server.ask("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?d ?g");
    assert_eq!((large.status, large.body.contains("more memory")), (500, true), "{}", large.body);
}

#[test]
fn a_large_request_is_refused() {
    let server = newsroom();
    assert_eq!(server.ask(&format!("ASK {{}} #{}", "x".repeat(20_000))).status, 413);
    assert_eq!(server.ask(&format!("ASK {{}} #{}", "x".repeat(200_000))).status, 413);
    let deep =
        |inside: &str, depth: usize| server.ask(&format!("ASK {}{inside}{}", "{".repeat(depth), "}".repeat(depth)));
    assert_eq!(deep("", 90).status, 200);
    assert_eq!(deep("", 6000).status, 400);
    // Without brackets a query can go deep too; the parser has the stack for it.
    assert_eq!(server.ask(&format!("ASK {{ FILTER({}true) }}", "!".repeat(15_000))).status, 200);
}

#[test]
fn only_its_own_names_and_pages_may_ask() {
    let server = Server::of(&newsroom::graph(), &["--name", "Graph.Example"]);
    let with_host =
        |host: &str| server.send(&format!("GET /api HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")).status;
    for host in ["{host}", "localhost", "[::1]:80", "graph.example"] {
        assert_eq!(with_host(host), 200, "{host}");
    }
    for host in ["rebound.example", "localhost.rebound.example", "127.0.0.1.rebound.example:7979"] {
        assert_eq!(with_host(host), 421, "{host}");
    }
    assert_eq!(server.send("GET /api HTTP/1.0\r\n\r\n").status, 400, "no host");
    assert_eq!(server.get_with("/api", "Origin: http://other.example\r\n").status, 403);
    assert_eq!(server.get_with("/api", &format!("Origin: http://{}\r\n", server.address)).status, 200);
    let reply = server.get("/api");
    assert!(!reply.head.contains("access-control-allow"), "{}", reply.head);
    for header in
        ["content-security-policy: default-src 'none'", "x-content-type-options: nosniff", "x-frame-options: deny"]
    {
        assert!(reply.head.contains(header), "{}", reply.head);
    }
}

#[test]
fn no_file_can_be_read_through_it() {
    let server = newsroom();
    for path in [
        "/../../etc/passwd",
        "/article/../graph.json",
        "/article/..%2f..%2fetc%2fpasswd",
        "/api/article//etc/passwd",
        "/api/entity/file:%2f%2f%2fetc%2fpasswd",
        "/graph.json",
    ] {
        let reply = server.get(path);
        assert_eq!((reply.status, reply.body.contains("root:")), (404, false), "{path}: {}", reply.body);
    }
}

#[test]
fn hostile_names_are_text_everywhere() {
    let server = Server::of(&newsroom::hostile_graph(), &[]);
    let graph = server.json("/api/graph?kind=article");
    let id = graph["nodes"][0]["id"].as_str().expect("an article").to_owned();
    for path in ["/".to_owned(), format!("/article/{id}")] {
        let page = server.get(&path);
        assert!(page.status == 200 && page.head.contains("content-type: text/html; charset=utf-8"), "{}", page.head);
        assert!(page.head.contains("frame-ancestors 'none'"), "{}", page.head);
        for tag in ["<script>alert", "<img src=x", "href=\"javascript:"] {
            assert!(!page.body.contains(tag), "{path} has {tag}");
        }
    }
    let fault = server.get("/api/met?a=%3Cscript%3Ealert(1)%3C/script%3E");
    assert!(fault.status == 404 && fault.head.contains("content-type: application/json"), "{}", fault.head);
}

#[test]
fn a_port_that_is_taken_is_told_with_a_way_out() {
    let server = newsroom();
    let folder = tempfile::tempdir().expect("a folder for the test");
    let file: PathBuf = folder.path().join("graph.json");
    store::save(&newsroom::graph(), &file).expect("a graph");
    let second = program().arg("serve").arg(&file).args(["--address", &server.address]).output().expect("it starts");
    let told = String::from_utf8_lossy(&second.stderr);
    assert_eq!(second.status.code(), Some(1), "{told}");
    assert!(
        told.contains(&format!("cannot listen at {}", server.address)) && told.contains("hint: another program"),
        "{told}"
    );
    fs::remove_file(&file).expect("a file");
    let missing = program().arg("serve").arg(&file).args(["--address", "127.0.0.1:0"]).output().expect("it starts");
    assert_eq!(missing.status.code(), Some(1));
}

#[cfg(unix)]
#[test]
fn it_ends_cleanly_even_while_it_works() {
    for signal in ["-INT", "-TERM"] {
        let mut server = Server::of(&newsroom::graph(), &["--time-limit", "300"]);
        let mut stream = TcpStream::connect(&server.address).expect("the server takes connections");
        let head =
            format!("POST /sparql HTTP/1.1\r\nHost: {}\r\nContent-Type: application/sparql-query\r\n", server.address);
        write!(stream, "{head}Content-Length: {}\r\n\r\n{ENDLESS}", ENDLESS.len()).expect("a request");
        std::thread::sleep(Duration::from_millis(300));
        let asked = Instant::now();
        let killed = Command::new("kill").args([signal, &server.child.id().to_string()]).status().expect("kill runs");
        assert!(killed.success());
        let ended = server.child.wait().expect("it ends");
        assert_eq!(ended.code(), Some(0), "{signal}");
        assert!(asked.elapsed() < Duration::from_secs(20), "{:?}", asked.elapsed());
        let mut rest = String::new();
        server.stderr.read_to_string(&mut rest).expect("text");
        assert_eq!(rest, "served\n");
    }
}
