//! `rapporteur serve`: a graph behind HTTP on this machine, until it is interrupted.

use std::future::poll_fn;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use axum::Router;
use clap::ValueHint;
use rapporteur::export::Options;
use rapporteur::serve::{self, Limits, Names};
use rapporteur::{Error, Result};
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};
use tokio::time::timeout;

use super::input;
use super::messages::Messages;

const EXAMPLES: &str = "\
Examples:
  rapporteur serve graph/
  rapporteur serve graph/ --address 127.0.0.1:8080 --time-limit 60

Then, in a browser or another program:
  http://127.0.0.1:7979/                            the graph as a page
  curl '127.0.0.1:7979/api/met?a=Solheim'           JSON; /api/openapi.json describes all of it
  curl 127.0.0.1:7979/sparql --data-urlencode 'query=SELECT ?a ?b { ?a rap:met ?b }'";

/// How long answers under way are waited for when the server is to end.
const LAST_CALL: Duration = Duration::from_secs(3);

/// Threads that take requests; those that work answers out come on top.
const RECEPTION: usize = 2;

/// Serves a graph on this machine: the page, a JSON API, articles with their marks, SPARQL; nothing else can be read through it
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// A graph's file or folder, as `build` made it; `-` is standard input
    #[arg(value_hint = ValueHint::AnyPath)]
    graph: PathBuf,

    /// Where to listen; port 0 takes any that is free. Whoever reaches another address than a loopback one can read the graph
    #[arg(short, long, value_name = "ADDRESS", default_value = "127.0.0.1:7979")]
    address: SocketAddr,

    /// A name of this server beside localhost and its IP addresses, where it is asked under one; may be given more than once
    #[arg(long, value_name = "NAME")]
    name: Vec<String>,

    /// What instance IRIs begin with, in SPARQL
    #[arg(long, value_name = "IRI")]
    base: Option<String>,

    /// Seconds that one answer may take
    #[arg(long, value_name = "SECONDS", default_value_t = Limits::default().time.as_secs(), value_parser = clap::value_parser!(u64).range(1..))]
    time_limit: u64,

    /// Rows that one answer to SPARQL may have; a larger one is refused, never cut
    #[arg(long, value_name = "ROWS", default_value_t = Limits::default().rows)]
    row_limit: usize,

    /// Answers of the API that are worked out at once, and as many of SPARQL
    #[arg(long, value_name = "COUNT", default_value_t = Limits::default().at_once as u64, value_parser = clap::value_parser!(u64).range(1..=1024))]
    at_once: u64,
}

pub fn run(args: &Args, messages: &Messages) -> Result<ExitCode> {
    let options = args.base.as_deref().map_or(Ok(Options::default()), Options::with_base)?;
    let graph = input::graph(&args.graph)?;
    let runtime = args.runtime()?;
    // Bound first: a port that is taken is told at once, not after a large graph.
    let listener = runtime.block_on(TcpListener::bind(args.address)).map_err(|error| taken(args.address, error))?;
    let address = listener.local_addr().map_err(|error| taken(args.address, error))?;
    let names = Names(args.name.iter().map(|name| name.to_ascii_lowercase()).collect());
    let router = serve::router(graph, &options, args.limits(), names)?;
    if !address.ip().is_loopback() {
        messages.note(format_args!("whoever reaches {address} can read the graph; nobody is asked who he is"));
    }
    messages.closing(format_args!("serving {} at http://{address}/ (Ctrl-C ends it)", args.graph.display()));
    runtime.block_on(until_interrupted(listener, router))?;
    // An answer that is still worked out is not waited for.
    runtime.shutdown_background();
    messages.closing("served");
    Ok(ExitCode::SUCCESS)
}

impl Args {
    fn limits(&self) -> Limits {
        Limits {
            time: Duration::from_secs(self.time_limit),
            rows: self.row_limit,
            at_once: self.at_once as usize,
            ..Limits::default()
        }
    }

    fn runtime(&self) -> Result<Runtime> {
        Builder::new_multi_thread()
            .worker_threads(RECEPTION)
            .max_blocking_threads(2 * self.at_once as usize + 1)
            .thread_stack_size(serve::STACK)
            .enable_all()
            .build()
            .map_err(|error| Error::new("cannot start the server's threads").because(error))
    }
}

fn taken(address: SocketAddr, error: std::io::Error) -> Error {
    let hint = match error.kind() {
        ErrorKind::AddrInUse => {
            "another program listens there, perhaps another `serve`: end it, or name another port with `--address 127.0.0.1:0`"
        }
        ErrorKind::PermissionDenied => "ports below 1024 are the system's: name a higher one with `--address`",
        ErrorKind::AddrNotAvailable => "this machine does not have that address; 127.0.0.1 it has",
        _ => "name another address with `--address`",
    };
    Error::new(format!("cannot listen at {address}")).because(error).hint(hint)
}

/// Serves until Ctrl-C or SIGTERM; answers under way are finished if they come soon.
async fn until_interrupted(listener: TcpListener, router: Router) -> Result<()> {
    let (told, mut heard) = tokio::sync::watch::channel(false);
    let interrupted = interruption()?;
    let server = axum::serve(listener, router).with_graceful_shutdown(async move {
        interrupted.await;
        // Nobody listens any more only where the server has failed.
        let _ = told.send(true);
    });
    let mut server = std::pin::pin!(server.into_future());
    let mut interrupted = std::pin::pin!(heard.wait_for(|told| *told));
    let ended = poll_fn(|context| match server.as_mut().poll(context) {
        std::task::Poll::Ready(ended) => std::task::Poll::Ready(Some(ended)),
        std::task::Poll::Pending => interrupted.as_mut().poll(context).map(|_| None),
    });
    let ended = match ended.await {
        Some(ended) => ended,
        // Whoever is still connected after that is left.
        None => timeout(LAST_CALL, server).await.unwrap_or(Ok(())),
    };
    ended.map_err(|error| Error::new("the server broke down").because(error))
}

/// Comes to its end when the program is to.
#[cfg(unix)]
fn interruption() -> Result<impl Future<Output = ()> + Send + 'static> {
    use tokio::signal::unix::{SignalKind, signal};
    let listen = |kind| signal(kind).map_err(|error| Error::new("cannot listen for signals").because(error));
    let (mut interrupt, mut terminate) = (listen(SignalKind::interrupt())?, listen(SignalKind::terminate())?);
    Ok(async move {
        poll_fn(|context| match interrupt.poll_recv(context) {
            std::task::Poll::Ready(_) => std::task::Poll::Ready(()),
            std::task::Poll::Pending => terminate.poll_recv(context).map(drop),
        })
        .await;
    })
}

#[cfg(not(unix))]
fn interruption() -> Result<impl Future<Output = ()> + Send + 'static> {
    Ok(async {
        // Without a signal the server runs until it is killed.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
