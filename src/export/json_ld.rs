//! Statements into JSON-LD: a context of prefixes, then an object for each subject, a line each.
//!
//! "Putin met Trump" is `{"@id":"https://…/person/vladimir-putin","rap:met":[{"@id":"https://…/person/donald-trump"}]}`.

use std::io::{self, Write};

use oxrdf::vocab::{rdf, xsd};
use oxrdf::{NamedOrBlankNode, Term, Triple};
use serde_json::{Map, Value, json};

use super::Options;
use super::ontology::{PREFIXES, prefixed};
use super::statements::each_triple;
use crate::graph::KnowledgeGraph;

/// Writes one document of RDF 1.1: JSON-LD has no triple terms yet.
pub(super) fn write(graph: &KnowledgeGraph, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let context: Map<String, Value> = PREFIXES.iter().map(|(prefix, iri)| ((*prefix).to_owned(), json!(iri))).collect();
    write!(out, "{{\"@context\": {},\n\"@graph\": [", Value::Object(context))?;
    let mut subject: Option<NamedOrBlankNode> = None;
    let mut said = Map::new();
    let mut separator = "\n";
    each_triple(graph, &options.clone().with_rdf_12(false), &mut |triple| {
        if subject.as_ref().is_some_and(|subject| *subject != triple.subject) {
            write!(out, "{separator}{}", Value::Object(std::mem::take(&mut said)))?;
            separator = ",\n";
        }
        if said.is_empty() {
            subject = Some(triple.subject.clone());
            said.insert("@id".to_owned(), subject_iri(triple).into());
        }
        let (key, value) = said_of(triple);
        if let Value::Array(values) = said.entry(key).or_insert_with(|| json!([])) {
            values.push(value);
        }
        Ok(())
    })?;
    if !said.is_empty() {
        write!(out, "{separator}{}", Value::Object(said))?;
    }
    out.write_all(b"\n]}\n")
}

/// A key and a value: a type by its prefixed name, a text as it is, another literal with its type.
fn said_of(triple: &Triple) -> (String, Value) {
    match &triple.object {
        Term::NamedNode(class) if triple.predicate == rdf::TYPE => ("@type".to_owned(), prefixed(class).into()),
        object => (prefixed(&triple.predicate), value(object)),
    }
}

fn value(object: &Term) -> Value {
    match object {
        Term::NamedNode(iri) => json!({"@id": iri.as_str()}),
        Term::Literal(text) if text.datatype() == xsd::STRING => json!(text.value()),
        Term::Literal(typed) => {
            json!({"@value": typed.value(), "@type": prefixed(&typed.datatype().into_owned())})
        }
        other => {
            unreachable!("{other} is neither an IRI nor a literal: there are no others in RDF 1.1 without blank nodes")
        }
    }
}

fn subject_iri(triple: &Triple) -> String {
    match &triple.subject {
        NamedOrBlankNode::NamedNode(iri) => iri.as_str().to_owned(),
        NamedOrBlankNode::BlankNode(blank) => unreachable!("{blank}: every node is minted from ids"),
    }
}
