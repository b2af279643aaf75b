//! Exports of a small graph that holds every kind of node and type of edge: each reads back as what was written.

mod sample;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use oxjsonld::JsonLdParser;
use oxrdf::{NamedOrBlankNode, Term, Triple};
use oxrdfxml::RdfXmlParser;
use oxttl::{NQuadsParser, NTriplesParser, TriGParser, TurtleParser};
use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event as Xml;
use rapporteur::base::Date;
use rapporteur::export::{self, Format, Options, Part};
use rapporteur::extract::Status;
use rapporteur::graph::{KnowledgeGraph, read_node_link, store};
use rapporteur::query::{self, Selection, View};
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
    assert_eq!(export::statements(&graph, &Options::default()).len(), told.len(), "each statement once");
}

#[test]
fn every_language_of_rdf_tells_the_same() {
    let graph = graph(readings());
    let told = strings(&export::statements(&graph, &Options::default()));
    let json_ld: Vec<_> =
        JsonLdParser::new().for_slice(&text(&graph, Format::JsonLd)).collect::<Result<_, _>>().expect("JSON-LD");
    assert_eq!(json_ld.into_iter().map(|quad| Triple::from(quad).to_string()).collect::<BTreeSet<_>>(), told);
    for format in [Format::TriG, Format::NQuads] {
        let quads = quads(&text(&graph, format), format);
        assert_eq!(quads.iter().map(|quad| Triple::from(quad.clone()).to_string()).collect::<BTreeSet<_>>(), told);
    }
    // XML 1.0 has no form feed and no NUL.
    let legal = |text: &String| {
        text.replace("\\f", "\u{fffd}").replace(['\u{c}', '\u{0}'], "\u{fffd}").replace("\\u0000", "\u{fffd}")
    };
    let xml: Vec<Triple> =
        RdfXmlParser::new().for_slice(&text(&graph, Format::RdfXml)).collect::<Result<_, _>>().expect("RDF/XML");
    assert_eq!(strings(&xml), told.iter().map(legal).collect());
}

#[test]
fn each_article_has_a_graph_with_what_it_bears_out() {
    let graph = graph(readings());
    let quads = quads(&text(&graph, Format::NQuads), Format::NQuads);
    let articles = graph.nodes().filter(|node| node.kind() == "article").count();
    let names: BTreeSet<String> = quads.iter().map(|quad| quad.graph_name.to_string()).collect();
    assert_eq!(names.len(), articles + 1, "and the default graph: {names:?}");
    for quad in quads.iter().filter(|quad| quad.predicate.as_str().ends_with("prov#wasDerivedFrom")) {
        let article = quad.graph_name.to_string().trim_end_matches('>').to_owned();
        assert!(quad.object.to_string().starts_with(&format!("{article}/")), "evidence of another article: {quad}");
    }
    let default = quads.iter().filter(|quad| quad.graph_name.is_default_graph());
    let about = |id: &str| format!("{}{id}/", export::DEFAULT_BASE);
    let strays: Vec<String> = default
        .filter(|quad| ["event", "claim", "article"].iter().any(|id| quad.subject.to_string().contains(&about(id))))
        .map(ToString::to_string)
        .collect();
    assert!(strays.is_empty(), "told by articles, yet in the default graph: {strays:?}");
    let mut met = quads.iter().filter(|quad| quad.predicate.as_str() == format!("{OWN}met"));
    assert!(met.clone().count() == 2 && met.all(|quad| !quad.graph_name.is_default_graph()));
}

#[test]
fn an_event_of_two_articles_is_in_the_graphs_of_both() {
    let [a, b, _] = <[_; 3]>::try_from(readings()).expect("three readings");
    let mut other = b.clone();
    let mut fact = a.facts[0].clone();
    if let rapporteur::extract::Fact::Event(fact) = &mut fact {
        let evidence = fact.event.evidence.first().expect("evidence").clone();
        let there = rapporteur::extract::Evidence {
            article: b.article.id.clone(),
            start: 0,
            end: 5,
            text: "Putin".to_owned(),
            ..evidence
        };
        fact.event.evidence = BTreeSet::from([there]);
        fact.part_of = None;
        fact.locations.clear();
    }
    other.facts.push(fact);
    let graph = graph([a, other]);
    let quads = quads(&text(&graph, Format::TriG), Format::TriG);
    let met = quads.iter().filter(|quad| quad.predicate.as_str() == format!("{OWN}met"));
    let names: BTreeSet<String> = met.map(|quad| quad.graph_name.to_string()).collect();
    assert_eq!(names.len(), 2, "{names:?}");
}

#[test]
fn rdf_12_ties_a_meeting_to_its_event_by_a_reifier() {
    let options = Options::default().with_rdf_12(true);
    let told = export::statements(&graph(readings()), &options);
    let reified = |name: &str| {
        let of = |triple: &&Triple| matches!(&triple.object, Term::Triple(inner) if inner.predicate.as_str() == format!("{OWN}{name}"));
        told.iter().filter(of).count()
    };
    assert_eq!(reified("met"), 2, "one that happened, one that is planned");
    assert!(!told.iter().any(|triple| triple.object.to_string().ends_with("rdf-syntax-ns#Statement>")));
    let mut turtle = Vec::new();
    export::write(&graph(readings()), Format::Turtle, &options, &mut turtle).expect("a vector takes all");
    assert_eq!(strings(&turtle_triples(&String::from_utf8(turtle).expect("UTF-8"))), strings(&told));
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
    let graph = graph(readings());
    let mut told = export::statements(&graph, &Options::default());
    told.extend(export::statements(&query::view(&graph, View::People), &Options::default()));
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
fn gexf_and_dot_hold_every_node_and_edge() {
    let graph = graph(readings());
    let elements = xml_elements(&text(&graph, Format::Gexf));
    assert_eq!((elements["node"], elements["edge"]), (graph.node_count(), graph.edge_count()));
    let dot = text(&graph, Format::Dot);
    assert_eq!(dot.lines().count(), graph.node_count() + graph.edge_count() + 2, "a line each");
    assert_eq!(dot.lines().filter(|line| line.contains("\" -> \"")).count(), graph.edge_count());
}

#[test]
fn gexf_has_the_days_of_a_date_as_fine_as_it_is() {
    let gexf = text(&graph(readings()), Format::Gexf);
    for days in [r#"start="2017-07-01" end="2017-07-31""#, r#"start="2018-01-01" end="2018-12-31""#] {
        assert!(gexf.contains(days), "{days}");
    }
    assert!(gexf.contains(r#"<attvalue for="start" value="2017-07"/>"#));
}

#[test]
fn tables_of_databases_hold_every_node_and_edge_once() {
    let graph = graph(readings());
    let options = Options::default();
    let counts = |format: Format, is_edges: fn(&str) -> bool| {
        let parts = format.parts(&graph, &options);
        let tables = parts.iter().filter(|part| part.file_name.ends_with(".csv") && is_edges(&part.file_name));
        tables.map(|part| rows(part_text(part).as_bytes()).len()).sum::<usize>()
    };
    for format in [Format::Neo4j, Format::Neptune] {
        assert_eq!(counts(format, |name| name.contains("nodes")), graph.node_count());
        assert_eq!(counts(format, |name| !name.contains("nodes")), graph.edge_count());
    }
    assert_eq!(counts(Format::Kuzu, |name| !name.contains('_')), graph.node_count());
    assert_eq!(counts(Format::Kuzu, |name| name.contains('_')), graph.edge_count());
    assert_eq!(counts(Format::Gephi, |name| name.contains("nodes")), graph.node_count());
}

#[test]
fn neo4j_has_typed_headers_and_a_script_that_names_them() {
    let graph = graph(readings());
    let nodes = file(&graph, Format::Neo4j, "neo4j/nodes.csv");
    let header = nodes.lines().next().expect("a header");
    assert!(header.starts_with("id:ID,:LABEL,kind,name,") && header.contains(",score:double,"), "{header}");
    let script = file(&graph, Format::Neo4j, "neo4j/load.cypher");
    for column in header.split(',').filter(|column| !column.starts_with(':')) {
        assert!(script.contains(&format!("row.`{column}`")), "{column}");
    }
    assert!(script.contains("CREATE CONSTRAINT") && script.contains("MERGE (a)-[r:HOLDS_OFFICE {key: row.key}]->(b)"));
    let labels: BTreeSet<String> =
        rows(nodes.as_bytes()).into_iter().map(|mut row| row.remove(":LABEL").expect("labels")).collect();
    assert!(labels.contains("Node;Person;Entity") && labels.contains("Node;Event"), "{labels:?}");
}

#[test]
fn gephi_has_each_pair_once_with_the_weight_of_its_edges() {
    let graph = graph(readings());
    let rows = rows(file(&graph, Format::Gephi, "gephi/edges.csv").as_bytes());
    let pairs: BTreeSet<_> = rows.iter().map(|row| (&row["Source"], &row["Target"])).collect();
    assert_eq!(pairs.len(), rows.len());
    let met = rows.iter().find(|row| row["Label"] == "met").expect("who met");
    assert_eq!((met["Weight"].as_str(), met["Type"].as_str()), ("2", "Undirected"));
    assert_eq!((met["start"].as_str(), met["end"].as_str()), ("2017-07-07", "2018-12-31"));
    let weights: usize = rows.iter().map(|row| row["Weight"].parse::<usize>().expect("a number")).sum();
    assert_eq!(weights, graph.edge_count());
}

#[test]
fn a_folder_is_no_stream() {
    for format in Format::all().filter(|format| !format.has_stream()) {
        let error = export::write(&KnowledgeGraph::new(), format, &Options::default(), &mut Vec::new());
        assert!(error.expect_err("several files").to_string().contains("a folder of files"));
    }
}

#[test]
fn a_view_of_people_draws_meetings_together() {
    let graph = graph(readings());
    let people = query::view(&graph, View::People);
    assert!(people.nodes().all(|node| node.kind() == "person") && people.node_count() == 2);
    let met: Vec<_> = people.edges().map(|edge| (edge.key.as_str(), edge.weight, edge.evidence.len())).collect();
    assert_eq!(met, [("met:happened", Some(1), 1), ("met:planned", Some(1), 1)]);
    let told = strings(&export::statements(&people, &Options::default()));
    assert_eq!(told.iter().filter(|triple| triple.contains(&format!("> <{OWN}met> <"))).count(), 2, "both ways");
    assert_eq!(told.iter().filter(|triple| triple.contains(&format!("<{OWN}weight>"))).count(), 2);
    let actors = query::view(&graph, View::Actors);
    let kinds: BTreeSet<_> = actors.nodes().map(|node| node.kind()).collect();
    assert_eq!(kinds, BTreeSet::from(["country", "organization", "person"]));
    let again = query::view(&people, View::People);
    assert_eq!(text(&again, Format::Json), text(&people, Format::Json), "a view of a view is the view");
}

#[test]
fn a_selection_keeps_what_it_asks_for_and_what_that_needs() {
    let graph = graph(readings());
    let selected = |selection: Selection| {
        let part = query::select(&graph, &selection);
        let names =
            |kind: &str| part.nodes().filter(|node| node.kind() == kind).map(|node| node.label()).collect::<Vec<_>>();
        assert!(part.edges().filter_map(|edge| edge.event.as_deref()).all(|event| part.node(event).is_some()));
        (names("event"), names("claim").len(), names("article").len(), names("person").len())
    };
    let all = selected(Selection::default());
    assert_eq!((all.0.len(), all.1, all.2, all.3), (4, 4, 3, 5));
    let july = Selection { since: date("2017-07"), until: date("2017-07"), ..Selection::default() };
    let (events, claims, articles, _) = selected(july);
    assert_eq!(
        (events.len(), claims, articles),
        (2, 1, 1),
        "the meeting and the summit, and what Putin said then: {events:?}"
    );
    let planned = Selection { statuses: BTreeSet::from([Status::Planned]), ..Selection::default() };
    assert_eq!(selected(planned).0, ["Mr Trump will meet Mr Putin in 2018"]);
    let meetings = Selection { types: BTreeSet::from(["meet".to_owned()]), ..Selection::default() };
    let (events, claims, ..) = selected(meetings);
    assert_eq!((events.len(), claims), (2, 1), "the claim about a meeting stays");
    assert_eq!(selected(Selection { min_score: Some(0.95), ..Selection::default() }).0.len(), 0);
    let persons = query::of_kinds(&graph, &BTreeSet::from(["person".to_owned()]));
    assert!(persons.nodes().all(|node| node.kind() == "person"));
    assert!(persons.edges().all(|edge| edge.event.is_none()) && persons.edge_count() == 2);
}

fn date(text: &str) -> Option<Date> {
    Some(text.parse().expect("a date"))
}

#[test]
fn csv_has_a_row_for_each_node_and_edge() {
    let graph = graph(readings());
    let counts = [("nodes.csv", graph.node_count()), ("edges.csv", graph.edge_count())];
    for (file_name, count) in counts {
        let table = file(&graph, Format::Csv, file_name);
        assert_eq!(rows(table.as_bytes()).len(), count);
        assert_eq!(table.lines().count(), count + 1, "each row is one line");
    }
    assert_eq!(rows(text(&graph, Format::Csv).as_bytes()).len(), graph.edge_count());
}

#[test]
fn offsets_hold_in_the_cells_of_csv() {
    let graph = graph(readings());
    let cell = rows(file(&graph, Format::Csv, "nodes.csv").as_bytes())
        .into_iter()
        .find(|row| row["name"] == sample::HOSTILE && row["kind"] == "article");
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
    let options = Options::default();
    for part in Format::all().flat_map(|format| format.parts(&graph, &options)) {
        let file = folder.join(&part.file_name);
        store::write_whole(&file, |out| part.write(out)).expect("a folder to write to");
    }
    println!("{}", folder.display());
}

fn text(graph: &KnowledgeGraph, format: Format) -> String {
    let mut out = Vec::new();
    export::write(graph, format, &Options::default(), &mut out).expect("a vector takes all");
    String::from_utf8(out).expect("UTF-8")
}

/// Every file of every format.
fn all_bytes(graph: &KnowledgeGraph) -> Vec<(String, Vec<u8>)> {
    let options = Options::default();
    let parts = Format::all().flat_map(|format| format.parts(graph, &options));
    parts.map(|part| (part.file_name.clone(), part_bytes(&part))).collect()
}

/// A file of a format by its name.
fn file(graph: &KnowledgeGraph, format: Format, file_name: &str) -> String {
    let options = Options::default();
    let part = format.parts(graph, &options).into_iter().find(|part| part.file_name == file_name);
    part_text(&part.unwrap_or_else(|| panic!("{format} has no {file_name}")))
}

fn part_text(part: &Part) -> String {
    String::from_utf8(part_bytes(part)).expect("UTF-8")
}

fn part_bytes(part: &Part) -> Vec<u8> {
    let mut out = Vec::new();
    part.write(&mut out).expect("a vector takes all");
    out
}

fn strings(triples: &[Triple]) -> BTreeSet<String> {
    triples.iter().map(Triple::to_string).collect()
}

fn turtle_triples(turtle: &str) -> Vec<Triple> {
    TurtleParser::new().for_slice(turtle).collect::<Result<_, _>>().expect("Turtle")
}

fn quads(text: &str, format: Format) -> Vec<oxrdf::Quad> {
    match format {
        Format::TriG => TriGParser::new().for_slice(text).collect::<Result<_, _>>().expect("TriG"),
        _ => NQuadsParser::new().for_slice(text).collect::<Result<_, _>>().expect("N-Quads"),
    }
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
