//! A graph into the formats that other programs read: JSON, RDF, GraphML, CSV.
//!
//! "Putin met Trump in Hamburg" is two nodes and an edge in JSON, `person:donald-trump rap:met person:vladimir-putin` in
//! Turtle, a row in `edges.csv`. Nothing here opens a file: writers are passed in. The same graph gives the same bytes.

mod json;
mod rdf;
mod statements;
mod ontology;
mod iri;
mod graphml;
mod csv;
mod columns;

use std::fmt;
use std::io::{self, Write};
use std::str::FromStr;

pub use iri::DEFAULT_BASE;
pub use statements::statements;

use crate::error::{Error, Result};
use crate::graph::KnowledgeGraph;

/// Writes the graph as one stream.
///
/// Of CSV, which is two tables, the stream is a third: the edges with the names of their ends. [`Format::parts`] has the
/// files to write into a folder.
///
/// # Errors
/// Those of the writer.
pub fn write(graph: &KnowledgeGraph, format: Format, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Json => json::write(graph, options, out),
        Format::Turtle => rdf::write_turtle(graph, options, out),
        Format::NTriples => rdf::write_n_triples(graph, options, out),
        Format::GraphMl => graphml::write(graph, options, out),
        Format::Csv => csv::write(graph, options, out),
    }
}

/// A form that a graph can be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// The node-link contract (`schema/graph.schema.json`): everything, and the form that this program reads again.
    Json,
    /// RDF 1.1 Turtle, in the terms of `schema/ontology.ttl`.
    Turtle,
    /// RDF 1.1 N-Triples: the same triples, a line each, sorted.
    NTriples,
    /// GraphML with typed attributes, as networkx and Gephi read it.
    GraphMl,
    /// Two tables, `nodes.csv` and `edges.csv`.
    Csv,
}

/// A file of a format: its name in the folder of an export, and what writes it.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    pub file_name: &'static str,
    write: fn(&KnowledgeGraph, &Options, &mut dyn Write) -> io::Result<()>,
}

/// What an export leaves open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    base: String,
}

impl Format {
    pub const ALL: [Format; 5] = [Format::Json, Format::Turtle, Format::NTriples, Format::GraphMl, Format::Csv];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Format::Json => "json",
            Format::Turtle => "turtle",
            Format::NTriples => "ntriples",
            Format::GraphMl => "graphml",
            Format::Csv => "csv",
        }
    }

    /// What file names end in, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Turtle => "ttl",
            Format::NTriples => "nt",
            other => other.name(),
        }
    }

    /// The media type, as registered with IANA; GraphML has none of its own.
    pub fn media_type(self) -> &'static str {
        match self {
            Format::Json => "application/json",
            Format::Turtle => "text/turtle",
            Format::NTriples => "application/n-triples",
            Format::GraphMl => "application/graphml+xml",
            Format::Csv => "text/csv",
        }
    }

    /// The files that it is in a folder: one, or of CSV two.
    pub fn parts(self) -> &'static [Part] {
        match self {
            Format::Json => &[Part { file_name: "graph.json", write: json::write }],
            Format::Turtle => &[Part { file_name: "graph.ttl", write: rdf::write_turtle }],
            Format::NTriples => &[Part { file_name: "graph.nt", write: rdf::write_n_triples }],
            Format::GraphMl => &[Part { file_name: "graph.graphml", write: graphml::write }],
            Format::Csv => &[
                Part { file_name: "nodes.csv", write: csv::write_nodes },
                Part { file_name: "edges.csv", write: csv::write_edges },
            ],
        }
    }
}

impl Part {
    /// Writes this file of the graph.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write(&self, graph: &KnowledgeGraph, options: &Options, out: &mut dyn Write) -> io::Result<()> {
        (self.write)(graph, options, out)
    }
}

impl Options {
    /// Options whose instance IRIs begin with `base`; a `/` is added where it would run into the id.
    ///
    /// # Errors
    /// A base that is no absolute IRI.
    pub fn with_base(base: &str) -> Result<Options> {
        oxrdf::NamedNode::new(base).map_err(|error| {
            Error::new(format!("`{base}` is no absolute IRI"))
                .because(error)
                .hint(format!("a base begins with a scheme and says where ids live: `{DEFAULT_BASE}`"))
        })?;
        let slash = if base.ends_with(['/', '#', ':', '=']) { "" } else { "/" };
        Ok(Options { base: format!("{base}{slash}") })
    }

    /// What instance IRIs begin with.
    pub fn base(&self) -> &str {
        &self.base
    }
}

impl Default for Options {
    fn default() -> Options {
        Options { base: DEFAULT_BASE.to_owned() }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Format {
    type Err = Error;

    /// Knows a format by name, extension or media type, in any case.
    fn from_str(text: &str) -> Result<Format> {
        let word = text.to_ascii_lowercase();
        let knows = |format: &Format| [format.name(), format.extension(), format.media_type()].contains(&word.as_str());
        Format::ALL.into_iter().find(knows).ok_or_else(|| {
            let names: Vec<String> = Format::ALL.iter().map(|format| format!("`{format}`")).collect();
            Error::new(format!("unknown format `{text}`")).hint(format!("formats are {}", names.join(", ")))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_known_by_name_extension_and_media_type() {
        for format in Format::ALL {
            for word in [format.name(), format.extension(), format.media_type()] {
                assert_eq!(word.parse::<Format>().expect("a format"), format);
            }
        }
        let error = "docx".parse::<Format>().expect_err("no format");
        assert_eq!(error.to_string(), "unknown format `docx`");
        assert_eq!(error.hint_text(), Some("formats are `json`, `turtle`, `ntriples`, `graphml`, `csv`"));
    }

    #[test]
    fn a_base_is_an_absolute_iri_that_ids_can_follow() {
        let base = |text: &str| Options::with_base(text).map(|options| options.base().to_owned()).ok();
        assert_eq!(base("https://news.example/id").as_deref(), Some("https://news.example/id/"));
        assert_eq!(base("https://news.example/id/").as_deref(), Some("https://news.example/id/"));
        assert_eq!(base("urn:news:").as_deref(), Some("urn:news:"));
        assert_eq!((base("news"), base("https://a b/"), base("")), (None, None, None));
    }
}
