//! Statements into Turtle and N-Triples, sorted: the same graph gives the same bytes.

use std::collections::BTreeMap;
use std::io::{self, Write};

use oxrdf::Triple;
use oxrdf::vocab::rdf;
use oxttl::{NTriplesSerializer, TurtleSerializer};

use super::ontology::PREFIXES;
use super::{Options, statements};
use crate::graph::KnowledgeGraph;

/// Kinds of id that Turtle has a prefix for, so that `person:vladimir-putin` reads as such.
const ID_KINDS: [&str; 9] =
    ["affiliation", "article", "claim", "country", "event", "office", "organization", "person", "place"];

/// Writes Turtle, prefixes first, each subject's types before its other statements.
pub(super) fn write_turtle(graph: &KnowledgeGraph, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let mut serializer = TurtleSerializer::new();
    let kinds = ID_KINDS.map(|kind| (kind, format!("{}{kind}/", options.base())));
    for (prefix, namespace) in PREFIXES.map(|(prefix, iri)| (prefix, iri.to_owned())).into_iter().chain(kinds) {
        serializer = serializer.with_prefix(prefix, namespace).map_err(io::Error::other)?;
    }
    let mut writer = serializer.for_writer(out);
    for triple in sorted(graph, options) {
        writer.serialize_triple(&triple)?;
    }
    writer.finish().map(drop)
}

/// Writes N-Triples, a line for each triple.
pub(super) fn write_n_triples(graph: &KnowledgeGraph, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = NTriplesSerializer::new().for_writer(out);
    for triple in sorted(graph, options) {
        writer.serialize_triple(&triple)?;
    }
    writer.finish();
    Ok(())
}

/// Each triple once: by subject, then types, then the rest by predicate and object.
fn sorted(graph: &KnowledgeGraph, options: &Options) -> impl Iterator<Item = Triple> {
    let by_place: BTreeMap<_, _> =
        statements(graph, options).into_iter().map(|triple| (place(&triple), triple)).collect();
    by_place.into_values()
}

/// Where a triple stands. An article stands before its parts: its IRI is compared without the closing bracket.
fn place(triple: &Triple) -> (String, bool, String) {
    let subject = triple.subject.to_string().trim_end_matches('>').to_owned();
    (subject, triple.predicate != rdf::TYPE, triple.to_string())
}
