//! The names that the RDF export speaks in: prefixes, and the event classes that `schema/ontology.ttl` tells.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use oxrdf::{NamedNode, Term, Triple};
use oxttl::TurtleParser;

/// Prefixes and the namespaces they stand for. `schema:` is the https form, as rdflib has it.
pub(super) const PREFIXES: [(&str, &str); 11] = [
    ("oa", "http://www.w3.org/ns/oa#"),
    ("org", "http://www.w3.org/ns/org#"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("rap", "https://w3id.org/rapporteur/ns#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("schema", "https://schema.org/"),
    ("sem", "http://semanticweb.cs.vu.nl/2009/11/sem/"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// The ontology that travels inside the program.
const ONTOLOGY: &str = include_str!("../../schema/ontology.ttl");

/// The event class of each event type: the `rap:` class whose `skos:notation` is the type's name.
static EVENT_CLASSES: LazyLock<BTreeMap<String, NamedNode>> = LazyLock::new(|| {
    let notation = term("skos:notation");
    let class = |triple: Triple| match (triple.subject, triple.object) {
        (subject, Term::Literal(name)) if triple.predicate == notation => {
            Some((name.value().to_owned(), NamedNode::try_from(Term::from(subject)).ok()?))
        }
        _ => None,
    };
    ontology().filter_map(class).collect()
});

/// The class of an event type; a type that the ontology doesn't name is an `rap:Event` and no more.
pub(super) fn event_class(event_type: &str) -> NamedNode {
    EVENT_CLASSES.get(event_type).cloned().unwrap_or_else(|| term("rap:Event"))
}

/// The term that a prefixed name stands for: `schema:name`.
///
/// # Panics
/// Where the prefix is not in [`PREFIXES`]: names stand in the code, none comes from a text.
pub(super) fn term(name: &str) -> NamedNode {
    let (prefix, local) = name.split_once(':').expect("a prefixed name has a colon");
    let (_, namespace) = PREFIXES.iter().find(|(known, _)| *known == prefix).expect("the prefix is in the table");
    NamedNode::new_unchecked(format!("{namespace}{local}"))
}

/// A term by its prefixed name; what no prefix of [`PREFIXES`] stands for stays whole.
pub(super) fn prefixed(term: &NamedNode) -> String {
    let local = |(prefix, namespace): &(&str, &str)| {
        let local = term.as_str().strip_prefix(namespace)?;
        Some(format!("{prefix}:{local}"))
    };
    PREFIXES.iter().find_map(local).unwrap_or_else(|| term.as_str().to_owned())
}

/// All that the ontology says.
fn ontology() -> impl Iterator<Item = Triple> {
    TurtleParser::new().for_slice(ONTOLOGY).map(|triple| triple.expect("the ontology is Turtle: a test reads it"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_event_type_of_the_contract_has_a_class() {
        let types = [
            "meet",
            "call",
            "visit",
            "gathering",
            "statement",
            "agreement",
            "election",
            "office-change",
            "legal",
            "conflict",
            "protest",
            "sanction",
            "other",
        ];
        assert_eq!(EVENT_CLASSES.keys().map(String::as_str).collect::<Vec<_>>(), {
            let mut sorted = types;
            sorted.sort_unstable();
            sorted
        });
        assert_eq!(event_class("meet"), term("rap:Meeting"));
        assert_eq!(event_class("eclipse"), term("rap:Event"));
    }

    #[test]
    fn every_own_term_is_labelled_explained_and_aligned() {
        let own = PREFIXES.iter().find(|(prefix, _)| *prefix == "rap").expect("the prefix of own terms").1;
        let mut said: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for triple in ontology() {
            let predicate = triple.predicate.as_str().rsplit(['#', '/']).next().unwrap_or_default().to_owned();
            said.entry(triple.subject.to_string()).or_default().push(predicate);
        }
        for (subject, predicates) in said.iter().filter(|(subject, _)| subject.starts_with(&format!("<{own}"))) {
            if predicates.iter().any(|predicate| predicate == "versionInfo") {
                continue;
            }
            for needed in ["label", "comment"] {
                assert!(predicates.iter().any(|p| p == needed), "{subject} has no {needed}");
            }
            let aligned = |p: &String| ["subClassOf", "subPropertyOf"].contains(&p.as_str());
            assert!(predicates.iter().any(aligned), "{subject} is aligned with no standard term");
        }
    }
}
