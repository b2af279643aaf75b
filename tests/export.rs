//! Exports of a small graph that holds every kind of node and type of edge: each reads back as what was written.

mod sample;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use oxrdf::{NamedOrBlankNode, Term, Triple};
use oxttl::{NTriplesParser, TurtleParser};
use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event as Xml;
use rapporteur::export::{self, Format, Options};
use rapporteur::graph::{KnowledgeGraph, read_node_link, store};
use sample::{graph, readings};

const OWN: &str = "https://w3id.org/rapporteur/ns#";

#[test]
fn the_sample_holds_every_kind_of_node_and_type_of_edge() {
    let graph = graph(readings());
    let kinds: BTreeSet<_> = graph.nodes().map(|node| node.kind()).collect();
    assert_eq!(kinds, BTreeSet::from(["article", "claim", "country", "event", "organization", "person", "place"]));
    let types: BTreeSet<_> = graph.edges().map(|edge| edge.edge_type).collect();
    assert_eq!(types.len(), 12, "{types:?}");
}

#[test]
fn any_order_and_any_repetition_give_the_same_bytes() {
    let [a, b, c] = <[_; 3]>::try_from(readings()).expect("three readings");
    let expected = all_bytes(&graph([a.clone(), b.clone(), c.clone()]));
    let orders = [vec![&a, &c, &b], vec![&b, &a, &c], vec![&b, &c, &a], vec![&c, &a, &b], vec![&c, &b, &a]];
    let repeated = [vec![&a, &a, &b, &c], vec![&c, &b, &b, &a, &c, &b, &a]];
    for order in orders.into_iter().chain(repeated) {
        assert!(all_bytes(&graph(order.into_iter().cloned())) == expected);
    }
}

#[test]
fn one_reading_twice_changes_nothing() {
    for reading in readings() {
        assert!(all_bytes(&graph([reading.clone()])) == all_bytes(&graph([reading.clone(), reading])));
    }
}

#[test]
fn json_reads_back_to_the_same_bytes() {
    let json = text(&graph(readings()), Format::Json);
    let again = read_node_link(json.as_bytes()).expect("the contract");
    assert_eq!(text(&again, Format::Json), json);
}

#[test]
fn turtle_and_n_triples_tell_the_same() {
    let graph = graph(readings());
    let turtle = turtle_triples(&text(&graph, Format::Turtle));
    let n_triples = text(&graph, Format::NTriples);
    let told: BTreeSet<String> =
        export::statements(&graph, &Options::default()).iter().map(Triple::to_string).collect();
    assert_eq!(strings(&turtle), told);
    let parsed: Vec<Triple> = NTriplesParser::new().for_slice(&n_triples).collect::<Result<_, _>>().expect("N-Triples");
    assert_eq!(strings(&parsed), told);
    assert_eq!(n_triples.lines().count(), told.len(), "each triple once");
}

#[test]
fn rdf_has_no_blank_node_and_only_instances_under_the_base() {
    let options = Options::with_base("https://news.example/kg").expect("a base");
    for triple in export::statements(&graph(readings()), &options) {
        assert!(
            matches!(&triple.subject, NamedOrBlankNode::NamedNode(iri)
            if iri.as_str().starts_with("https://news.example/kg/")),
            "{triple}"
        );
        assert!(!matches!(triple.object, Term::BlankNode(_)), "{triple}");
    }
}

#[test]
fn only_a_meeting_that_happened_is_asserted_between_persons() {
    let met = |reading: usize| {
        let told = text(&graph([readings().swap_remove(reading)]), Format::NTriples);
        told.lines().filter(|line| line.contains(&format!("<{OWN}met>"))).count()
    };
    assert_eq!(met(0), 2, "both ways");
    assert_eq!(met(1), 0, "planned");
}

#[test]
fn dates_are_typed_as_fine_as_they_are() {
    let told = text(&graph(readings()), Format::NTriples);
    for (date, datatype) in [("2017-07-07", "date"), ("2017-07", "gYearMonth"), ("2018", "gYear")] {
        let literal = format!("startDate> \"{date}\"^^<http://www.w3.org/2001/XMLSchema#{datatype}>");
        assert!(told.contains(&literal), "{literal}");
    }
}

#[test]
fn export_and_ontology_name_the_same_terms() {
    let told = export::statements(&graph(readings()), &Options::default());
    let used = own_terms(told.iter().flat_map(|triple| [triple.predicate.clone().into(), triple.object.clone()]));
    let ontology = turtle_triples(&schema_file("ontology.ttl"));
    let explained = own_terms(ontology.iter().map(|triple| triple.subject.clone().into()));
    let event_class = |name: &String| {
        let notation = |triple: &&Triple| triple.predicate.as_str().ends_with("core#notation");
        ontology.iter().filter(notation).any(|triple| triple.subject.to_string() == format!("<{OWN}{name}>"))
    };
    assert!(used.is_subset(&explained), "not explained: {:?}", used.difference(&explained));
    let unused: Vec<_> = explained.difference(&used).filter(|name| !event_class(name) && *name != "subtype").collect();
    assert!(unused.is_empty(), "never said: {unused:?}");
}

#[test]
fn the_shapes_are_turtle_and_use_terms_that_exist() {
    let shapes = turtle_triples(&schema_file("shapes.ttl"));
    let named = own_terms(shapes.iter().flat_map(|triple| [triple.subject.clone().into(), triple.object.clone()]));
    let ontology = turtle_triples(&schema_file("ontology.ttl"));
    let explained = own_terms(ontology.iter().map(|triple| triple.subject.clone().into()));
    assert!(named.is_subset(&explained), "{:?}", named.difference(&explained));
}

#[test]
fn graphml_is_well_formed_and_holds_every_node_and_edge() {
    let graph = graph(readings());
    let elements = xml_elements(&text(&graph, Format::GraphMl));
    assert_eq!((elements["node"], elements["edge"]), (graph.node_count(), graph.edge_count()));
}

#[test]
fn csv_has_a_row_for_each_node_and_edge() {
    let graph = graph(readings());
    let counts = [("nodes.csv", graph.node_count()), ("edges.csv", graph.edge_count())];
    for (part, (file_name, count)) in Format::Csv.parts().iter().zip(counts) {
        let mut table = Vec::new();
        part.write(&graph, &Options::default(), &mut table).expect("a vector takes all");
        assert_eq!(part.file_name, file_name);
        assert_eq!(rows(&table).len(), count);
        assert_eq!(String::from_utf8(table).expect("UTF-8").lines().count(), count + 1, "each row is one line");
    }
    assert_eq!(rows(text(&graph, Format::Csv).as_bytes()).len(), graph.edge_count());
}

#[test]
fn offsets_hold_in_the_cells_of_csv() {
    let graph = graph(readings());
    let mut table = Vec::new();
    Format::Csv.parts()[0].write(&graph, &Options::default(), &mut table).expect("a vector takes all");
    let cell = rows(&table).into_iter().find(|row| row["name"] == sample::HOSTILE && row["kind"] == "article");
    let text = cell.expect("the hostile article").remove("text").expect("a text");
    let words: String = text.chars().skip(5).take(sample::HOSTILE.chars().count()).collect();
    assert_eq!(words, sample::HOSTILE);
}

#[test]
fn an_empty_graph_is_an_empty_export() {
    let empty = KnowledgeGraph::new();
    assert!(turtle_triples(&text(&empty, Format::Turtle)).is_empty());
    assert_eq!(text(&empty, Format::NTriples), "");
    assert!(!xml_elements(&text(&empty, Format::GraphMl)).contains_key("node"));
    assert!(rows(text(&empty, Format::Csv).as_bytes()).is_empty());
}

#[test]
fn json_of_no_graph_is_refused() {
    let check = |json: &str, expected: &str| {
        let error = read_node_link(json.as_bytes()).expect_err("no graph").to_string();
        assert!(error.contains(expected), "{error}");
    };
    let node = r#"{"id": "place/x", "kind": "place", "name": "X"}"#;
    check(&format!(r#"{{"nodes": [{node}, {node}], "edges": []}}"#), "two nodes are called `place/x`");
    let edge = r#"{"source": "place/x", "target": "place/y", "key": "within", "type": "within"}"#;
    check(&format!(r#"{{"nodes": [{node}], "edges": [{edge}]}}"#), "an edge names `place/y`, which is no node");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn whatever_a_text_says_every_export_reads_back(name in any::<String>(), id in any::<String>(), url in any::<String>()) {
        let mut reading = readings().remove(0);
        let old = reading.entities[6].id.clone();
        reading.entities[6].name.clone_from(&name);
        reading.entities[6].aliases.insert(id.clone());
        reading.entities[6].same_as.insert(url.clone());
        reading.entities[6].id = format!("organization/{id}");
        for fact in &mut reading.facts {
            if let rapporteur::extract::Fact::Event(fact) = fact {
                fact.participants.iter_mut().filter(|who| who.entity == old).for_each(|who| who.entity = format!("organization/{id}"));
            }
        }
        reading.article.url = Some(url);
        let graph = graph([reading]);
        let told = strings(&export::statements(&graph, &Options::default()));
        prop_assert_eq!(strings(&turtle_triples(&text(&graph, Format::Turtle))), told);
        prop_assert_eq!(xml_elements(&text(&graph, Format::GraphMl))["node"], graph.node_count());
        prop_assert_eq!(rows(text(&graph, Format::Csv).as_bytes()).len(), graph.edge_count());
        let json = text(&graph, Format::Json);
        let again = read_node_link(json.as_bytes()).expect("the contract");
        prop_assert_eq!(text(&again, Format::Json), json);
    }
}

/// Writes what `tests/consumers/run.sh` checks: `cargo test --test export -- --ignored`, then the folder that it names.
#[test]
#[ignore = "writes files for tests/consumers"]
fn writes_the_sample_for_its_consumers() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("sample");
    let graph = graph(readings());
    for part in Format::ALL.iter().flat_map(|format| format.parts()) {
        let file = folder.join(part.file_name);
        store::write_whole(&file, |out| part.write(&graph, &Options::default(), out)).expect("a folder to write to");
    }
    println!("{}", folder.display());
}

fn text(graph: &KnowledgeGraph, format: Format) -> String {
    let mut out = Vec::new();
    export::write(graph, format, &Options::default(), &mut out).expect("a vector takes all");
    String::from_utf8(out).expect("UTF-8")
}

fn all_bytes(graph: &KnowledgeGraph) -> Vec<String> {
    Format::ALL.into_iter().map(|format| text(graph, format)).collect()
}

fn strings(triples: &[Triple]) -> BTreeSet<String> {
    triples.iter().map(Triple::to_string).collect()
}

fn turtle_triples(turtle: &str) -> Vec<Triple> {
    TurtleParser::new().for_slice(turtle).collect::<Result<_, _>>().expect("Turtle")
}

fn own_terms(terms: impl Iterator<Item = Term>) -> BTreeSet<String> {
    let own = |term: Term| match term {
        Term::NamedNode(iri) => iri.as_str().strip_prefix(OWN).map(str::to_owned),
        _ => None,
    };
    terms.filter_map(own).collect()
}

fn schema_file(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// How often each element starts, of XML that is well-formed and balanced.
fn xml_elements(xml: &str) -> BTreeMap<String, usize> {
    let mut reader = Reader::from_str(xml);
    let mut started = BTreeMap::new();
    let mut open = Vec::new();
    loop {
        match reader.read_event().expect("well-formed XML") {
            Xml::Start(element) => {
                open.push(element.name().as_ref().to_owned());
                *started.entry(element.name().as_ref().to_owned()).or_default() += 1;
            }
            Xml::End(element) => assert_eq!(open.pop().as_deref(), Some(element.name().as_ref())),
            Xml::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty(), "left open: {open:?}");
    started
}

fn rows(table: &[u8]) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_reader(table).deserialize().collect::<Result<_, _>>().expect("rows of one width")
}
