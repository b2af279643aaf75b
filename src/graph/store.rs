//! A graph on disk: the JSON contract in one file, written whole or not at all.

use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::compression::decompressed;
use super::{KnowledgeGraph, read_node_link, write_node_link};
use crate::error::{Error, Result, WithFile};

/// The file that a graph has in a folder of its own.
pub const GRAPH_FILE: &str = "graph.json";

/// Where the graph lies: the file itself, or [`GRAPH_FILE`] in the folder.
pub fn graph_file(path: &Path) -> PathBuf {
    if path.is_dir() { path.join(GRAPH_FILE) } else { path.to_owned() }
}

/// Reads a graph from a file, which may be compressed, or from the folder that `build` made.
///
/// # Errors
/// A file that is not there or is no graph.
pub fn load(path: &Path) -> Result<KnowledgeGraph> {
    let file = graph_file(path);
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

/// Writes a graph to a file.
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
