//! A graph into the formats that other programs read: JSON, the languages of RDF, drawings, tables for databases.
//!
//! "Putin met Trump in Hamburg" is two nodes and an edge in JSON, `person:donald-trump rap:met person:vladimir-putin` in
//! Turtle, a row in `edges.csv`. Nothing here opens a file: writers are passed in. The same graph gives the same bytes, and no
//! format holds more of its output than one node or article has, but Parquet, which holds a group of rows.

mod json;
mod rdf;
mod json_ld;
mod statements;
mod ontology;
mod iri;
mod graphml;
mod gexf;
mod xml;
mod dot;
mod csv;
mod gephi;
pub mod neo4j;
mod neptune;
mod kuzu;
#[cfg(feature = "parquet")]
mod parquet;
mod table;
mod columns;

use std::fmt;
use std::io::{self, Write};
use std::str::FromStr;

pub use iri::DEFAULT_BASE;
pub use rdf::prefixes;
pub use statements::{each_quad, each_triple, statements};

use crate::error::{Error, Result};
use crate::graph::KnowledgeGraph;

/// Writes the graph as one stream.
///
/// Of CSV, which is two tables, the stream is a third: the edges with the names of their ends. [`Format::parts`] has the
/// files to write into a folder.
///
/// # Errors
/// Those of the writer; a format that is a folder and no stream ([`Format::has_stream`]).
pub fn write(graph: &KnowledgeGraph, format: Format, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    match format.row().shape {
        Shape::File(write) | Shape::Tables { stream: Some(write), .. } => write(graph, options, out),
        Shape::Tables { stream: None, .. } => {
            Err(io::Error::new(io::ErrorKind::InvalidInput, format!("`{format}` is a folder of files, not one stream")))
        }
    }
}

/// A form that a graph can be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// The node-link contract (`schema/graph.schema.json`): everything, and the form that this program reads again.
    Json,
    /// Turtle, in the terms of `schema/ontology.ttl`.
    Turtle,
    /// N-Triples: the same triples, a line each.
    NTriples,
    /// TriG: a graph for each article, with what it bears out.
    TriG,
    /// N-Quads: the same statements as TriG, a line each.
    NQuads,
    /// RDF/XML: the same triples as Turtle.
    RdfXml,
    /// JSON-LD 1.1 with a context of prefixes: the same triples as Turtle.
    JsonLd,
    /// GraphML with typed attributes, as networkx and Gephi read it.
    GraphMl,
    /// GEXF 1.3 with times.
    Gexf,
    /// DOT, for drawings.
    Dot,
    /// Two tables, `nodes.csv` and `edges.csv`.
    Csv,
    /// Tables for Gephi's data laboratory: a simple graph with weights.
    Gephi,
    /// Tables with the headers of `neo4j-admin database import`, and a Cypher script that loads them.
    Neo4j,
    /// Tables for the bulk loader of Amazon Neptune.
    Neptune,
    /// Tables for Kùzu, with scripts that define and load them.
    Kuzu,
    /// Two tables with typed columns, `nodes.parquet` and `edges.parquet` (feature `parquet`).
    #[cfg(feature = "parquet")]
    Parquet,
}

/// A file of a format: its path in the folder of an export, and what writes it.
pub struct Part<'g> {
    pub file_name: String,
    write: Box<WritePart<'g>>,
}

/// What an export leaves open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    base: String,
    rdf_12: bool,
}

/// What is known of a format.
struct Row {
    format: Format,
    name: &'static str,
    extension: &'static str,
    media_type: &'static str,
    /// Other names for it.
    also: &'static [&'static str],
    /// The files and folders that it makes in the folder of an export.
    places: &'static [&'static str],
    shape: Shape,
}

type WritePart<'g> = dyn Fn(&mut dyn Write) -> io::Result<()> + 'g;
type WriteStream = fn(&KnowledgeGraph, &Options, &mut dyn Write) -> io::Result<()>;
type Parts = for<'g> fn(&'g KnowledgeGraph, &'g Options) -> Vec<Part<'g>>;

enum Shape {
    File(WriteStream),
    Tables { stream: Option<WriteStream>, parts: Parts },
}

/// Every format, in the order of [`Format`]. Those that are several files have the extension and the media type of their tables.
#[rustfmt::skip]
static TABLE: &[Row] = &[
    file(Format::Json, "json", "json", "application/json", &["node-link"], &["graph.json"], json::write),
    file(Format::Turtle, "turtle", "ttl", "text/turtle", &[], &["graph.ttl"], rdf::write_turtle),
    file(Format::NTriples, "ntriples", "nt", "application/n-triples", &["n-triples"], &["graph.nt"], rdf::write_n_triples),
    file(Format::TriG, "trig", "trig", "application/trig", &[], &["graph.trig"], rdf::write_trig),
    file(Format::NQuads, "nquads", "nq", "application/n-quads", &["n-quads"], &["graph.nq"], rdf::write_n_quads),
    file(Format::RdfXml, "rdfxml", "rdf", "application/rdf+xml", &["rdf/xml"], &["graph.rdf"], rdf::write_rdf_xml),
    file(Format::JsonLd, "jsonld", "jsonld", "application/ld+json", &["json-ld"], &["graph.jsonld"], json_ld::write),
    file(Format::GraphMl, "graphml", "graphml", "application/graphml+xml", &[], &["graph.graphml"], graphml::write),
    file(Format::Gexf, "gexf", "gexf", "application/gexf+xml", &[], &["graph.gexf"], gexf::write),
    file(Format::Dot, "dot", "dot", "text/vnd.graphviz", &["gv", "graphviz"], &["graph.dot"], dot::write),
    tables(Format::Csv, "csv", &["nodes.csv", "edges.csv"], Some(csv::write), csv::parts),
    tables(Format::Gephi, "gephi", &["gephi"], None, gephi::parts),
    tables(Format::Neo4j, "neo4j", &["neo4j"], None, neo4j::parts),
    tables(Format::Neptune, "neptune", &["neptune"], None, neptune::parts),
    tables(Format::Kuzu, "kuzu", &["kuzu"], None, kuzu::parts),
    #[cfg(feature = "parquet")]
    Row {
        extension: "parquet",
        media_type: "application/vnd.apache.parquet",
        ..tables(Format::Parquet, "parquet", &["nodes.parquet", "edges.parquet"], None, parquet::parts)
    },
];

const fn file(
    format: Format,
    name: &'static str,
    extension: &'static str,
    media_type: &'static str,
    also: &'static [&'static str],
    places: &'static [&'static str],
    write: WriteStream,
) -> Row {
    Row { format, name, extension, media_type, also, places, shape: Shape::File(write) }
}

const fn tables(
    format: Format,
    name: &'static str,
    places: &'static [&'static str],
    stream: Option<WriteStream>,
    parts: Parts,
) -> Row {
    let shape = Shape::Tables { stream, parts };
    Row { format, name, extension: "csv", media_type: "text/csv", also: &[], places, shape }
}

impl Format {
    /// The formats that this program was built without, each called like the feature that brings it.
    pub const ABSENT: &[&str] = if cfg!(feature = "parquet") { &[] } else { &["parquet"] };

    /// Every format.
    pub fn all() -> impl Iterator<Item = Format> {
        TABLE.iter().map(|row| row.format)
    }

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// What file names end in, without the dot.
    pub fn extension(self) -> &'static str {
        self.row().extension
    }

    /// The media type, as registered with IANA; GraphML and GEXF have none of their own.
    pub fn media_type(self) -> &'static str {
        self.row().media_type
    }

    /// All that it is known by: name, extension and media type, of which the first format that has it is meant, and other names.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        let row = self.row();
        [row.name, row.extension, row.media_type].into_iter().chain(row.also.iter().copied())
    }

    /// The files and folders that it makes in the folder of an export.
    pub fn places(self) -> &'static [&'static str] {
        self.row().places
    }

    /// Whether it can be one stream.
    pub fn has_stream(self) -> bool {
        !matches!(self.row().shape, Shape::Tables { stream: None, .. })
    }

    /// Whether it is several files, of which a stream has only a part.
    pub fn is_split(self) -> bool {
        matches!(self.row().shape, Shape::Tables { .. })
    }

    /// The files that it is in a folder.
    pub fn parts<'g>(self, graph: &'g KnowledgeGraph, options: &'g Options) -> Vec<Part<'g>> {
        let row = self.row();
        match row.shape {
            Shape::File(write) => vec![Part::new(row.places[0], move |out| write(graph, options, out))],
            Shape::Tables { parts, .. } => parts(graph, options),
        }
    }

    fn row(self) -> &'static Row {
        &TABLE[self as usize]
    }
}

impl<'g> Part<'g> {
    fn new(file_name: impl Into<String>, write: impl Fn(&mut dyn Write) -> io::Result<()> + 'g) -> Part<'g> {
        Part { file_name: file_name.into(), write: Box::new(write) }
    }

    /// Writes this file of the graph.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        (self.write)(out)
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
        Ok(Options { base: format!("{base}{slash}"), ..Options::default() })
    }

    /// Whether statements about statements are told with the triple terms and reifiers of RDF 1.2, rather than as `rdf:Statement`s.
    /// RDF/XML and JSON-LD stay with RDF 1.1.
    pub fn with_rdf_12(self, rdf_12: bool) -> Options {
        Options { rdf_12, ..self }
    }

    /// What instance IRIs begin with.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Whether triple terms are used.
    pub fn rdf_12(&self) -> bool {
        self.rdf_12
    }
}

impl Default for Options {
    fn default() -> Options {
        Options { base: DEFAULT_BASE.to_owned(), rdf_12: false }
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
        Format::all().find(|format| format.names().any(|name| name == word)).ok_or_else(|| {
            if let Some(name) = Format::ABSENT.iter().find(|name| **name == word) {
                return Error::new(format!("this program was built without the format `{name}`"))
                    .hint(format!("build it with `--features {name}`"));
            }
            let names: Vec<String> = Format::all().map(|format| format!("`{format}`")).collect();
            Error::new(format!("unknown format `{text}`")).hint(format!("formats are {}", names.join(", ")))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_known_by_name_extension_and_media_type() {
        for format in Format::all() {
            assert_eq!(format.row().format, format, "the table is in the order of the formats");
            assert_eq!(format.name().parse::<Format>().expect("a format"), format);
            for word in format.names().filter(|_| format.has_stream()) {
                assert_eq!(word.parse::<Format>().expect("a format"), format);
            }
        }
        let error = "docx".parse::<Format>().expect_err("no format");
        assert_eq!(error.to_string(), "unknown format `docx`");
        assert!(error.hint_text().is_some_and(|hint| hint.starts_with("formats are `json`, `turtle`, ")));
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
