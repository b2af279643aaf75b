//! `rapporteur load`: a graph into a database over HTTP, in batches.
//!
//! "Putin met Trump" goes to a store of RDF as `INSERT DATA { person:donald-trump rap:met person:vladimir-putin }` or as a line of
//! N-Triples, to Neo4j as a row that Cypher merges. What differs between servers is a [`Protocol`], each in a module of its own;
//! batches, tries and messages are here. Whatever is sent twice is there once: statements are a set, nodes and edges are merged
//! by id and key. So a load that broke off is simply begun again, or taken up with `--skip`.

mod graph_store;
mod neo4j;
mod sparql;

use std::env;
use std::error;
use std::fmt;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;
use std::thread;
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use clap::{ValueEnum, ValueHint};
use rapporteur::export::{self, Options};
use rapporteur::graph::KnowledgeGraph;
use rapporteur::{Error, Result};
use ureq::Agent;
use ureq::http::Uri;

use super::input;
use super::messages::Messages;

const EXAMPLES: &str = "\
Examples:
  Oxigraph, over SPARQL Update:
    rapporteur load graph/ --into http://localhost:7878/update
  Fuseki, over the Graph Store Protocol, a graph for each article:
    rapporteur load graph/ --into http://localhost:3030/news/data --named-graphs
  Neo4j, over its Query API, into the database `neo4j`:
    rapporteur load graph/ --into neo4j+http://localhost:7474/neo4j
  What would be sent, and where:
    rapporteur load graph/ --into http://localhost:7878/update --batch 2000 --dry-run

Of the URL, `neo4j+http://HOST:7474/DATABASE` and `/db/DATABASE/query/v2` are Neo4j's; `/data`,
`/store`, `/rdf-graph-store`, `/sparql-graph-crud`, `/rdf-graphs/…`, `?default` and `?graph=…` are
graph stores'; all others take SPARQL updates. `--protocol` says it otherwise.

Who one is to the server is read from the environment: RAPPORTEUR_TOKEN (a bearer token), or
RAPPORTEUR_USER and RAPPORTEUR_PASSWORD.";

/// How long one request may take: stores write their indices meanwhile.
const LONGEST: Duration = Duration::from_secs(600);

/// How many bytes a request holds at most, but for one piece: articles are long.
const LARGEST: usize = 8 << 20;

/// How often a request is made that the server is too busy for.
const TRIES: u32 = 4;

/// The most seconds between two tries, whatever the server asks for.
const LONGEST_WAIT: u64 = 60;

/// The most characters of a server's answer that an error shows.
const SHOWN: usize = 300;

/// Loads a graph into a database: a store of RDF, or Neo4j
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// A graph's file or folder, as `build` made it; `-` is standard input
    #[arg(value_hint = ValueHint::AnyPath)]
    graph: PathBuf,

    /// Where the database takes updates
    #[arg(long, value_name = "URL", value_hint = ValueHint::Url)]
    into: String,

    /// How the server is spoken to, where the URL does not tell
    #[arg(long, value_name = "NAME")]
    protocol: Option<ProtocolName>,

    /// Puts what each article bears out into a graph named after it (RDF)
    #[arg(long)]
    named_graphs: bool,

    /// What the IRIs of people, events and so on begin with (RDF)
    #[arg(long, value_name = "IRI")]
    base: Option<String>,

    /// How many statements, or nodes and edges, to send at a time
    #[arg(long, value_name = "N", default_value = "10000", value_parser = clap::value_parser!(u32).range(1..))]
    batch: u32,

    /// Passes over so many of them, which an earlier load has sent
    #[arg(long, value_name = "N", default_value = "0")]
    skip: usize,

    /// Sends nothing, and tells what would be sent
    #[arg(long)]
    dry_run: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ProtocolName {
    /// SPARQL 1.1 Update
    Sparql,
    /// SPARQL 1.1 Graph Store HTTP Protocol
    GraphStore,
    /// Neo4j's Query API, of Neo4j 5.25 or later
    Neo4j,
}

/// What a kind of server takes.
trait Protocol {
    /// Where requests go.
    fn address(&self) -> &str;

    /// What the pieces are called that are sent.
    fn pieces(&self) -> &'static str;

    /// A request before all others.
    fn first(&self) -> Option<Request> {
        None
    }

    /// Visits the pieces of a graph in the order in which they are sent, each after the name of the group that it belongs to.
    fn each_piece(&self, graph: &KnowledgeGraph, visit: &mut Visit) -> io::Result<()>;

    /// Whether a request can hold several groups.
    fn mixes_groups(&self) -> bool;

    /// The request that takes a batch.
    fn request(&self, batch: &[Group]) -> Request;

    /// What an answer says went wrong.
    fn fault(&self, _answer: &str) -> Option<String> {
        None
    }

    /// What makes the address right, where a status or what is told with it speaks of another kind of server.
    fn hint(&self, status: u16, told: &str) -> Option<&'static str>;
}

type Visit<'v> = dyn FnMut(&str, String) -> io::Result<()> + 'v;

/// Pieces of a batch that follow one another and belong together.
struct Group {
    name: String,
    pieces: Vec<String>,
}

/// A request, always a POST.
struct Request {
    address: String,
    /// One parameter of the address.
    query: Option<(&'static str, String)>,
    content_type: &'static str,
    body: String,
}

pub fn run(args: &Args, messages: &Messages) -> Result<ExitCode> {
    let protocol = protocol(args)?;
    let graph = input::graph(&args.graph)?;
    let mut load = Load::new(args, protocol.as_ref());
    load.send_all(&graph).map_err(|broken| load.told(broken))?;
    if args.skip > load.passed {
        let (all, pieces) = (load.passed, protocol.pieces());
        return Err(Error::new(format!(
            "`--skip {}` passes over more than the {all} {pieces} that there are",
            args.skip
        ))
        .hint("leave out `--skip`: what is sent twice is there once"));
    }
    let (sent, requests, pieces, place) = (load.sent, load.requests, protocol.pieces(), protocol.address());
    match args.dry_run {
        true => messages.closing(format_args!("{sent} {pieces} in {requests} requests would go to {place}")),
        false => messages.closing(format_args!("{sent} {pieces} in {requests} requests are in {place}")),
    }
    Ok(ExitCode::SUCCESS)
}

/// The protocol that was asked for, or that the address speaks of.
fn protocol(args: &Args) -> Result<Box<dyn Protocol>> {
    let address = parse(&args.into)?;
    let options = || args.base.as_deref().map_or(Ok(Options::default()), Options::with_base);
    let named = || -> ProtocolName {
        match () {
            () if neo4j::is_address(&address) => ProtocolName::Neo4j,
            () if graph_store::is_address(&address) => ProtocolName::GraphStore,
            () => ProtocolName::Sparql,
        }
    };
    Ok(match args.protocol.unwrap_or_else(named) {
        ProtocolName::Neo4j if args.named_graphs || args.base.is_some() => {
            return Err(Error::new("named graphs and a base are of RDF, which Neo4j does not hold")
                .hint("leave out `--named-graphs` and `--base`, or load into a store of RDF"));
        }
        ProtocolName::Neo4j => Box::new(neo4j::Neo4j::new(&address)?),
        ProtocolName::GraphStore => Box::new(graph_store::GraphStore::new(&address, args.named_graphs, options()?)?),
        ProtocolName::Sparql => Box::new(sparql::SparqlUpdate::new(&address, args.named_graphs, options()?)?),
    })
}

fn parse(address: &str) -> Result<Uri> {
    let authority = address.split_once("://").and_then(|(_, rest)| rest.split(['/', '?', '#']).next());
    if authority.is_some_and(|authority| authority.contains('@')) {
        return Err(Error::new("the address holds a name or a password, which would stand in messages")
            .hint("leave them out of it, and set RAPPORTEUR_USER and RAPPORTEUR_PASSWORD"));
    }
    let parsed: Option<Uri> = address.parse().ok().filter(|parsed: &Uri| parsed.host().is_some());
    let scheme = parsed.as_ref().and_then(Uri::scheme_str).unwrap_or_default();
    let hint = match scheme {
        "http" | "https" | "neo4j+http" | "neo4j+https" => return Ok(parsed.expect("what has a scheme is parsed")),
        "bolt" | "bolt+s" | "bolt+ssc" | "neo4j" | "neo4j+s" | "neo4j+ssc" => {
            "Neo4j is spoken to over HTTP, not over Bolt: `neo4j+http://HOST:7474/DATABASE`"
        }
        _ => {
            "it begins with http:// or https:// and, of Oxigraph, say, ends in /update; of Neo4j it is neo4j+http://HOST:7474/DATABASE"
        }
    };
    Err(Error::new(format!("`{address}` is no address of a database")).hint(hint))
}

/// The address of a server that is not Neo4j.
fn over_http(address: &Uri) -> Result<String> {
    match address.scheme_str() {
        Some("http" | "https") => Ok(address.to_string()),
        _ => Err(Error::new(format!("`{address}` is an address of Neo4j"))
            .hint("leave out `--protocol`, or begin the address with http:// or https://")),
    }
}

/// Visits the statements of a graph as lines of N-Triples, each after the IRI of its graph, or nothing for the default graph.
fn each_statement(graph: &KnowledgeGraph, options: &Options, named_graphs: bool, visit: &mut Visit) -> io::Result<()> {
    match named_graphs {
        true => export::each_quad(graph, options, &mut |quad| {
            let name = quad.graph_name.to_string();
            let name = if quad.graph_name.is_default_graph() { "" } else { name.trim_matches(['<', '>']) };
            visit(name, format!("{} {} {} .\n", quad.subject, quad.predicate, quad.object))
        }),
        false => export::each_triple(graph, options, &mut |triple| visit("", format!("{triple} .\n"))),
    }
}

/// A load under way.
struct Load<'a> {
    args: &'a Args,
    protocol: &'a dyn Protocol,
    agent: Agent,
    authorization: Option<String>,
    /// What is gathered for the next request.
    batch: Vec<Group>,
    gathered: usize,
    gathered_bytes: usize,
    passed: usize,
    sent: usize,
    requests: usize,
}

impl<'a> Load<'a> {
    fn new(args: &'a Args, protocol: &'a dyn Protocol) -> Load<'a> {
        // A POST that is sent elsewhere would become a GET, whose answer looks like success.
        let config = Agent::config_builder().http_status_as_error(false).max_redirects(0).timeout_global(Some(LONGEST));
        Load {
            args,
            protocol,
            agent: config.build().into(),
            authorization: authorization(),
            batch: Vec::new(),
            gathered: 0,
            gathered_bytes: 0,
            passed: 0,
            sent: 0,
            requests: 0,
        }
    }

    fn send_all(&mut self, graph: &KnowledgeGraph) -> io::Result<()> {
        if let Some(first) = self.protocol.first() {
            self.post(&first)?;
        }
        self.protocol.each_piece(graph, &mut |group, piece| self.add(group, piece))?;
        self.send()
    }

    /// Gathers a piece, and sends what is gathered where that is enough.
    fn add(&mut self, group: &str, piece: String) -> io::Result<()> {
        self.passed += 1;
        if self.passed <= self.args.skip {
            return Ok(());
        }
        let goes_on = self.batch.last().is_some_and(|last| last.name == group);
        let is_full = self.gathered >= self.args.batch as usize || self.gathered_bytes + piece.len() > LARGEST;
        if is_full || !(goes_on || self.protocol.mixes_groups()) {
            self.send()?;
        }
        self.gathered += 1;
        self.gathered_bytes += piece.len();
        match self.batch.last_mut().filter(|last| last.name == group) {
            Some(last) => last.pieces.push(piece),
            None => self.batch.push(Group { name: group.to_owned(), pieces: vec![piece] }),
        }
        Ok(())
    }

    /// Sends what is gathered, if anything is.
    fn send(&mut self) -> io::Result<()> {
        if self.batch.is_empty() {
            return Ok(());
        }
        let request = self.protocol.request(&self.batch);
        self.post(&request)?;
        self.batch.clear();
        self.gathered_bytes = 0;
        self.sent += std::mem::take(&mut self.gathered);
        Ok(())
    }

    /// Makes a request, and again after a while where the server is too busy, or went away after it had answered before.
    fn post(&mut self, request: &Request) -> io::Result<()> {
        for tried in 1.. {
            let Err(refusal) = self.try_to_post(request) else { break };
            let may_pass = refusal.is_of_now || (refusal.status.is_none() && self.requests > 0);
            if tried == TRIES || !may_pass {
                return Err(io::Error::other(refusal));
            }
            thread::sleep(Duration::from_secs(refusal.wait.unwrap_or(1 << tried).min(LONGEST_WAIT)));
        }
        self.requests += 1;
        Ok(())
    }

    fn try_to_post(&self, request: &Request) -> std::result::Result<(), Refusal> {
        if self.args.dry_run {
            return Ok(());
        }
        let mut post = self.agent.post(&request.address).header("Content-Type", request.content_type);
        if let Some((name, value)) = &request.query {
            post = post.query(*name, value);
        }
        if let Some(authorization) = &self.authorization {
            post = post.header("Authorization", authorization);
        }
        let mut response = post.send(&request.body).map_err(|error| Refusal::without_answer(error.to_string()))?;
        let status = response.status();
        let answer = match response.body_mut().read_to_string() {
            Err(error) if status.is_success() => return Err(Refusal::without_answer(error.to_string())),
            answer => answer.unwrap_or_default(),
        };
        // What a proxy says instead of the server says more than that it is none of the server's.
        let fault = self.protocol.fault(&answer).filter(|fault| status.is_success() || fault != neo4j::FOREIGN);
        if status.is_success() && fault.is_none() {
            return Ok(());
        }
        let header = response.headers().get("Retry-After").and_then(|value| value.to_str().ok()?.parse().ok());
        let is_of_now = matches!(status.as_u16(), 429 | 502 | 503 | 504)
            || fault.as_deref().is_some_and(|fault| fault.starts_with(neo4j::TRANSIENT));
        let told: String = fault.as_deref().unwrap_or(answer.trim()).chars().take(SHOWN).collect();
        Err(Refusal { status: Some(status.as_u16()), told: format!("{status}: {told}"), is_of_now, wait: header })
    }

    /// What went wrong, how far it was, and how to go on.
    fn told(&self, broken: io::Error) -> Error {
        let done = self.args.skip + self.sent;
        let address = self.protocol.address();
        let refusal = broken.get_ref().and_then(|cause| cause.downcast_ref::<Refusal>());
        let status = refusal.and_then(|refusal| refusal.status);
        let of_address = refusal.filter(|_| self.sent == 0).and_then(|it| self.protocol.hint(it.status?, &it.told));
        let go_on = match done {
            0 => "begin again".to_owned(),
            _ => format!("`--skip {done}` goes on from here"),
        };
        let hint = match status {
            _ if of_address.is_some() => of_address.unwrap_or_default().to_owned(),
            Some(401 | 403) => {
                "RAPPORTEUR_TOKEN, or RAPPORTEUR_USER and RAPPORTEUR_PASSWORD, tell the server who asks".to_owned()
            }
            None if address.starts_with("https:") && cfg!(not(feature = "tls")) => {
                "this program was built without TLS: build it with `--features tls`".to_owned()
            }
            None if self.requests == 0 => {
                "no server answers there: is it running, and is the address right?".to_owned()
            }
            _ => format!("when it is mended, {go_on}"),
        };
        let attempted = match self.gathered {
            0 => format!("cannot load into {address}"),
            gathered => {
                format!("cannot load {} {} to {} into {address}", self.protocol.pieces(), done + 1, done + gathered)
            }
        };
        Error::new(attempted).because(broken).hint(hint)
    }
}

/// Why a request came to nothing.
#[derive(Debug)]
struct Refusal {
    /// None where no answer came.
    status: Option<u16>,
    told: String,
    /// Whether the server is only too busy.
    is_of_now: bool,
    /// How many seconds the server asks to be left alone.
    wait: Option<u64>,
}

impl Refusal {
    fn without_answer(told: String) -> Refusal {
        Refusal { status: None, told, is_of_now: false, wait: None }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.told.trim_end_matches([':', ' ']))
    }
}

impl error::Error for Refusal {}

/// Who asks, as the environment tells.
fn authorization() -> Option<String> {
    let set = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
    let token = set("RAPPORTEUR_TOKEN").map(|token| format!("Bearer {token}"));
    let login = || {
        let login = format!("{}:{}", set("RAPPORTEUR_USER")?, set("RAPPORTEUR_PASSWORD").unwrap_or_default());
        Some(format!("Basic {}", BASE64_STANDARD.encode(login)))
    };
    token.or_else(login)
}
