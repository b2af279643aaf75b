//! `rapporteur load`: a graph into a store of RDF, over the SPARQL 1.1 protocol.
//!
//! Statements go as `INSERT DATA { … }`, some thousands a request. Every node is an IRI, so one that is sent twice is in the store
//! once: a load that broke off is simply begun again, or taken up with `--skip`.

use std::env;
use std::fmt::Write;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use clap::ValueHint;
use rapporteur::export::{self, Options};
use rapporteur::graph::KnowledgeGraph;
use rapporteur::{Error, Result};
use ureq::Agent;

use super::input;
use super::messages::Messages;

const EXAMPLES: &str = "\
Examples:
  rapporteur load graph/ --into http://localhost:7878/update
  rapporteur load graph/ --into http://localhost:7878/update --named-graphs --dry-run
  RAPPORTEUR_TOKEN=… rapporteur load graph/ --into http://store.example/sparql --batch 2000

Who one is to the server is read from the environment: RAPPORTEUR_TOKEN (a bearer token), or RAPPORTEUR_USER and
RAPPORTEUR_PASSWORD.";

/// How long one request may take: stores write their indices meanwhile.
const LONGEST: Duration = Duration::from_secs(600);

/// The most characters of a server's answer that an error shows.
const SHOWN: usize = 300;

/// Loads a graph into a store of RDF, over SPARQL Update
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// A graph's file or folder, as `build` made it; `-` is standard input
    #[arg(value_hint = ValueHint::AnyPath)]
    graph: PathBuf,

    /// Where the store takes SPARQL updates
    #[arg(long, value_name = "URL", value_hint = ValueHint::Url)]
    into: String,

    /// Puts what each article bears out into a graph named after it
    #[arg(long)]
    named_graphs: bool,

    /// What the IRIs of people, events and so on begin with
    #[arg(long, value_name = "IRI")]
    base: Option<String>,

    /// How many statements to send at a time
    #[arg(long, value_name = "N", default_value = "10000", value_parser = clap::value_parser!(u32).range(1..))]
    batch: u32,

    /// Passes over so many statements, which an earlier load has sent
    #[arg(long, value_name = "N", default_value = "0")]
    skip: usize,

    /// Sends nothing, and tells what would be sent
    #[arg(long)]
    dry_run: bool,
}

pub fn run(args: &Args, messages: &Messages) -> Result<ExitCode> {
    refuse_address(&args.into)?;
    let options = args.base.as_deref().map_or(Ok(Options::default()), Options::with_base)?;
    let graph = input::graph(&args.graph)?;
    let mut load = Load::new(args);
    load.send_all(&graph, &options).map_err(|broken| load.told(broken))?;
    let (sent, requests, place) = (load.sent, load.requests, &args.into);
    match args.dry_run {
        true => messages.closing(format_args!("{sent} statements in {requests} requests would go to {place}")),
        false => messages.closing(format_args!("{sent} statements in {requests} requests are in {place}")),
    }
    Ok(ExitCode::SUCCESS)
}

fn refuse_address(address: &str) -> Result<()> {
    if address.starts_with("http://") || address.starts_with("https://") {
        return Ok(());
    }
    Err(Error::new(format!("`{address}` is no address of a SPARQL endpoint"))
        .hint("it begins with http:// or https://, and of Oxigraph, say, ends in /update"))
}

/// A load under way.
struct Load<'a> {
    args: &'a Args,
    agent: Agent,
    authorization: Option<String>,
    /// The statements gathered for the next request, of one graph after the other.
    data: String,
    /// The graph that the last statement of `data` is in.
    graph_name: String,
    gathered: usize,
    passed: usize,
    sent: usize,
    requests: usize,
}

impl<'a> Load<'a> {
    fn new(args: &'a Args) -> Load<'a> {
        let config = Agent::config_builder().http_status_as_error(false).timeout_global(Some(LONGEST));
        Load {
            args,
            agent: config.build().into(),
            authorization: authorization(),
            data: String::new(),
            graph_name: String::new(),
            gathered: 0,
            passed: 0,
            sent: 0,
            requests: 0,
        }
    }

    fn send_all(&mut self, graph: &KnowledgeGraph, options: &Options) -> io::Result<()> {
        match self.args.named_graphs {
            true => export::each_quad(graph, options, &mut |quad| {
                let name = if quad.graph_name.is_default_graph() { String::new() } else { quad.graph_name.to_string() };
                self.add(&name, format_args!("{} {} {}", quad.subject, quad.predicate, quad.object))
            }),
            false => export::each_triple(graph, options, &mut |triple| self.add("", format_args!("{triple}"))),
        }?;
        self.send()
    }

    /// Gathers a statement in the syntax of N-Triples, which that of SPARQL takes in.
    fn add(&mut self, graph_name: &str, statement: std::fmt::Arguments) -> io::Result<()> {
        self.passed += 1;
        if self.passed <= self.args.skip {
            return Ok(());
        }
        if graph_name != self.graph_name {
            self.end_graph();
            if !graph_name.is_empty() {
                self.write(format_args!("GRAPH {graph_name} {{"));
            }
            graph_name.clone_into(&mut self.graph_name);
        }
        self.write(format_args!("{statement} ."));
        self.gathered += 1;
        if self.gathered >= self.args.batch as usize { self.send() } else { Ok(()) }
    }

    fn end_graph(&mut self) {
        if !self.graph_name.is_empty() {
            self.write(format_args!("}}"));
            self.graph_name.clear();
        }
    }

    fn write(&mut self, line: std::fmt::Arguments) {
        writeln!(self.data, "{line}").expect("a string takes all");
    }

    /// Sends what is gathered, if anything is.
    fn send(&mut self) -> io::Result<()> {
        self.end_graph();
        if self.gathered == 0 {
            return Ok(());
        }
        let update = format!("INSERT DATA {{\n{}}}\n", std::mem::take(&mut self.data));
        if !self.args.dry_run {
            self.post(update)?;
        }
        self.requests += 1;
        self.sent += std::mem::take(&mut self.gathered);
        Ok(())
    }

    fn post(&self, update: String) -> io::Result<()> {
        let mut request = self.agent.post(&self.args.into).header("Content-Type", "application/sparql-update");
        if let Some(authorization) = &self.authorization {
            request = request.header("Authorization", authorization);
        }
        let mut response = request.send(update).map_err(io::Error::other)?;
        if response.status().is_success() {
            return Ok(());
        }
        let answer = response.body_mut().read_to_string().unwrap_or_default();
        let answer: String = answer.trim().chars().take(SHOWN).collect();
        Err(io::Error::other(format!("{}: {answer}", response.status())))
    }

    /// What went wrong, how far it was, and how to go on.
    fn told(&self, broken: io::Error) -> Error {
        let (done, text) = (self.args.skip + self.sent, broken.to_string());
        let hint = match text.get(..3) {
            Some("401" | "403") => {
                "RAPPORTEUR_TOKEN, or RAPPORTEUR_USER and RAPPORTEUR_PASSWORD, tell the server who asks".to_owned()
            }
            Some("404" | "405") => "the address is that of updates: of Oxigraph it ends in /update".to_owned(),
            _ if self.args.into.starts_with("https:") && cfg!(not(feature = "tls")) => {
                "this program was built without TLS: build it with `--features tls`".to_owned()
            }
            _ => format!("when it is mended, `--skip {done}` goes on from here"),
        };
        let from = done + 1;
        Error::new(format!("cannot load statements {from} to {} into {}", done + self.gathered, self.args.into))
            .because(broken)
            .hint(hint)
    }
}

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
