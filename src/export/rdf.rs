//! Statements into the languages of RDF: Turtle, N-Triples, RDF/XML, and of quads TriG and N-Quads.
//!
//! Statements come node by node and, of quads, article by article, each batch sorted: no format holds more than one batch.

use std::io::{self, Write};

use oxrdf::{Literal, Term, Triple};
use oxrdfxml::RdfXmlSerializer;
use oxttl::{NQuadsSerializer, NTriplesSerializer, TriGSerializer, TurtleSerializer};

use super::Options;
use super::ontology::PREFIXES;
use super::statements::{each_quad, each_triple};
use super::xml::legal;
use crate::graph::KnowledgeGraph;

/// Kinds of id that Turtle has a prefix for, so that `person:vladimir-putin` reads as such.
const ID_KINDS: [&str; 9] =
    ["affiliation", "article", "claim", "country", "event", "office", "organization", "person", "place"];

/// Writes Turtle, prefixes first, each subject's types before its other statements.
pub(super) fn write_turtle(graph: &KnowledgeGraph, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let mut serializer = TurtleSerializer::new();
    for (prefix, namespace) in prefixes(options) {
        serializer = serializer.with_prefix(prefix, namespace).map_err(io::Error::other)?;
    }
    let mut writer = serializer.for_writer(out);
    each_triple(graph, options, &mut |triple| writer.serialize_triple(triple))?;
    writer.finish().map(drop)
}

/// Writes N-Triples, a line for each triple.
pub(super) fn write_n_triples(graph: &KnowledgeGraph, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = NTriplesSerializer::new().for_writer(out);
    each_triple(graph, options, &mut |triple| writer.serialize_triple(triple))?;
    writer.finish();
    Ok(())
}

/// Writes TriG: what no single article says, then a graph for each article.
pub(super) fn write_trig(graph: &KnowledgeGraph, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let mut serializer = TriGSerializer::new();
    for (prefix, namespace) in prefixes(options) {
        serializer = serializer.with_prefix(prefix, namespace).map_err(io::Error::other)?;
    }
    let mut writer = serializer.for_writer(out);
    each_quad(graph, options, &mut |quad| writer.serialize_quad(quad))?;
    writer.finish().map(drop)
}

/// Writes N-Quads, a line for each statement of each article.
pub(super) fn write_n_quads(graph: &KnowledgeGraph, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = NQuadsSerializer::new().for_writer(out);
    each_quad(graph, options, &mut |quad| writer.serialize_quad(quad))?;
    writer.finish();
    Ok(())
}

/// Writes RDF/XML, of RDF 1.1. A character that XML cannot hold is U+FFFD.
pub(super) fn write_rdf_xml(graph: &KnowledgeGraph, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let mut serializer = RdfXmlSerializer::new();
    // Its own are declared by the serializer.
    for (prefix, namespace) in PREFIXES.into_iter().filter(|(prefix, _)| *prefix != "rdf") {
        serializer = serializer.with_prefix(prefix, namespace).map_err(io::Error::other)?;
    }
    let mut writer = serializer.for_writer(CarriageReturns(out));
    each_triple(graph, &options.clone().with_rdf_12(false), &mut |triple| {
        let Term::Literal(literal) = &triple.object else { return writer.serialize_triple(triple) };
        let object = match literal.datatype() == oxrdf::vocab::xsd::STRING {
            true => Literal::new_simple_literal(legal(literal.value())),
            false => literal.clone(),
        };
        writer.serialize_triple(&Triple { object: object.into(), ..triple.clone() })
    })?;
    writer.finish()?.0.write_all(b"\n")
}

/// The prefixes of terms and of ids, with their namespaces.
pub fn prefixes(options: &Options) -> impl Iterator<Item = (&'static str, String)> + use<> {
    let kinds = ID_KINDS.map(|kind| (kind, format!("{}{kind}/", options.base())));
    PREFIXES.map(|(prefix, iri)| (prefix, iri.to_owned())).into_iter().chain(kinds)
}

/// Writes `&#13;` for each carriage return, which an XML reader would else take for a line end. The markup has none.
struct CarriageReturns<'w>(&'w mut dyn Write);

impl Write for CarriageReturns<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut lines = bytes.split(|byte| *byte == b'\r');
        self.0.write_all(lines.next().unwrap_or_default())?;
        for line in lines {
            self.0.write_all(b"&#13;")?;
            self.0.write_all(line)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}
