//! Graphs on disk: a store that grows article by article, and the JSON contract in one file.
//!
//! `build` keeps a graph in a folder: [`STORE_FILE`] is an SQLite database of what each article says ([`Store`]), [`GRAPH_FILE`] the
//! graph as JSON for other programs. A command that needs all of a graph calls [`load`], which takes the folder, either file, or
//! a compressed one; a command about somebody calls [`load_about`] and gets in milliseconds the part of a large graph that
//! holds the answer:
//!
//! ```no_run
//! # use rapporteur::{graph::{EdgeType, store}, query};
//! # use std::path::Path;
//! let about = store::About { names: &["Solheim"], ties: &[EdgeType::Met] };
//! let graph = store::load_about(Path::new("graph"), &about)?;
//! let person = query::find_person(&graph, "Solheim")?;
//! let meetings = query::who_met(&graph, &person.id, None);
//! # Ok::<(), rapporteur::Error>(())
//! ```

mod contents;
mod database;
mod part;
mod resolve;

use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::{KnowledgeGraph, read_node_link, write_node_link};
use crate::base::compression::decompressed;
use crate::error::{Error, Result, WithFile};

pub use contents::Contents;
pub use database::{Change, Found, Knowledge, Store};
pub use part::About;

/// The file of JSON that a graph has in a folder of its own.
pub const GRAPH_FILE: &str = "graph.json";

/// The database that a graph has in a folder of its own.
pub const STORE_FILE: &str = "graph.sqlite";

/// Reads a graph from a file, which may be compressed, or from the folder that `build` made.
///
/// # Errors
/// A file that is not there or is no graph.
pub fn load(path: &Path) -> Result<KnowledgeGraph> {
    match store_file(path) {
        Some(file) => Store::open(&file)?.load(),
        None => load_json(path),
    }
}

/// Reads what a graph has about somebody: of a store the part that [`About`] asks for, else all of it. Where nobody has one of the
/// names it is all too, so that an error can tell who there is.
///
/// # Errors
/// As [`load`].
pub fn load_about(path: &Path, about: &About) -> Result<KnowledgeGraph> {
    let Some(file) = store_file(path) else { return load_json(path) };
    let store = Store::open(&file)?;
    match store.about(about)? {
        Some(part) => Ok(part),
        None => store.load(),
    }
}

/// The database of a graph: the file itself, or the one in the folder, where there is one.
pub fn store_file(path: &Path) -> Option<PathBuf> {
    let file = if path.is_dir() { path.join(STORE_FILE) } else { path.to_owned() };
    let is_store = file.extension().is_some_and(|ending| ending == "sqlite");
    (is_store && file.is_file()).then_some(file)
}

fn load_json(path: &Path) -> Result<KnowledgeGraph> {
    let file = if path.is_dir() { path.join(GRAPH_FILE) } else { path.to_owned() };
    let input = File::open(&file)
        .with_file("open the graph", &file)
        .map_err(|error| error.hint("make one with `rapporteur build ARTICLES --out GRAPH`"))?;
    let input = decompressed(input).with_file("open the graph", &file)?;
    read_node_link(BufReader::new(input)).map_err(|error| {
        let place = (error.line() > 0).then(|| (error.line() - 1, error.column().saturating_sub(1)));
        let message = Error::new("no graph of rapporteur's").because(error);
        let hint = "a graph is the JSON that `rapporteur build` writes; articles are read with `build` or `read`";
        match place {
            Some((line, column)) => message.at_line(&file, line, Some(column)).hint(hint),
            None => message.at(&file).hint(hint),
        }
    })
}

/// Writes a graph to a file, as JSON.
///
/// # Errors
/// Those of [`write_whole`].
pub fn save(graph: &KnowledgeGraph, file: &Path) -> Result<()> {
    write_whole(file, |out| write_node_link(graph, out))
}

/// Writes a file beside its place, then renames it there: a reader sees the old file or the new one, never a half.
///
/// # Errors
/// A folder that cannot be made, a file that cannot be written; the half-written file is removed.
pub fn write_whole(file: &Path, write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) -> Result<()> {
    if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).with_file("make the folder", folder)?;
    }
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    let part = file.with_file_name(name);
    let result = File::create(&part).and_then(|created| {
        let mut out = BufWriter::new(created);
        write(&mut out)?;
        out.into_inner().map_err(|error| error.into_error())?.sync_all()?;
        fs::rename(&part, file)
    });
    if result.is_err() {
        // The write's own error is the one to tell; the part may never have been made.
        let _ = fs::remove_file(&part);
    }
    result.with_file("write", file)
}
