//! What is written reads back as the graph that it was: of CSV and GraphML through their columns, of RDF through its terms.
//!
//! The readers here know only what the formats' documents tell. What a format says it cannot hold (control characters in XML,
//! line ends in cells, `;` in a list of names, why a name was taken for whom) is first taken out of the graph compared with.

mod sample;

use std::collections::{BTreeMap, BTreeSet};

use oxrdf::{NamedOrBlankNode, Term, Triple};
use oxttl::NTriplesParser;
use proptest::prelude::*;
use quick_xml::events::{BytesStart, Event as Xml};
use quick_xml::{Reader, XmlVersion};
use rapporteur::export::{self, DEFAULT_BASE, Format, Options};
use rapporteur::graph::{KnowledgeGraph, read_node_link, write_node_link};
use sample::{graph, readings};
use serde_json::{Map, Value, json};

type Row = BTreeMap<String, String>;

#[test]
fn csv_reads_back_as_the_graph() {
    let graph = graph(readings());
    assert_same(&from_csv(&graph), &cleaned(&graph, single_line));
}

#[test]
fn json_reads_back_as_the_graph() {
    let graph = graph(readings());
    assert_eq!(from_json(&graph), json(&graph));
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_reads_back_as_the_graph() {
    let graph = graph(readings());
    assert_same(&from_parquet(&graph), &without_choices(&graph));
}

#[test]
fn graphml_reads_back_as_the_graph() {
    let graph = graph(readings());
    assert_same(&from_graphml(&graph), &cleaned(&graph, legal));
}

#[test]
fn rdf_reads_back_as_the_graph() {
    let [a, b, mut hostile] = <[_; 3]>::try_from(readings()).expect("three readings");
    // An address that is no IRI is mended, and so another.
    hostile.article.url = None;
    hostile.entities[0].same_as = BTreeSet::from(["https://x.example/a".to_owned(), "not an iri".to_owned()]);
    let graph = graph([a, b, hostile]);
    assert_same(&from_rdf(&graph), &without_choices(&graph));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn any_names_read_back(name in ".{1,20}", aliases in prop::collection::btree_set(".{1,12}", 0..4), role in "[^;]{1,9}", note in any::<String>()) {
        let mut reading = readings().remove(0);
        reading.entities[0].name.clone_from(&name);
        reading.entities[0].aliases = aliases;
        reading.article.title = name;
        reading.article.notes = vec![note];
        for fact in &mut reading.facts {
            if let rapporteur::extract::Fact::Event(fact) = fact {
                fact.participants.iter_mut().for_each(|who| who.role.clone_from(&role));
            }
        }
        let graph = graph([reading]);
        assert_eq!(from_json(&graph), json(&graph));
        #[cfg(feature = "parquet")]
        assert_same(&from_parquet(&graph), &without_choices(&graph));
        assert_same(&from_csv(&graph), &cleaned(&graph, single_line));
        assert_same(&from_graphml(&graph), &cleaned(&graph, legal));
        assert_same(&from_rdf(&graph), &without_choices(&graph));
    }
}

// The graph compared with.

fn without_choices(graph: &KnowledgeGraph) -> Value {
    cleaned(graph, |c| c)
}

/// The graph as JSON with each character put through `clean`, without `;` in lists of names.
fn cleaned(graph: &KnowledgeGraph, clean: fn(char) -> char) -> Value {
    let mut document = json(graph);
    let is_rdf = clean('\n') == '\n' && clean('\0') == '\0';
    for thing in things(&mut document) {
        thing.remove("choices");
        for list in ["aliases", "same_as", "sources", "notes"].iter().filter(|_| !is_rdf) {
            if let Some(Value::Array(names)) = thing.get_mut(*list) {
                names.iter_mut().for_each(|name| *name = name.as_str().unwrap_or_default().replace(';', ",").into());
            }
        }
    }
    canonical(mapped(document, &|text| text.chars().map(clean).collect()))
}

/// The graph as the JSON that it is kept in, read by a reader of any JSON.
fn json(graph: &KnowledgeGraph) -> Value {
    let mut out = Vec::new();
    write_node_link(graph, &mut out).expect("a vector takes all");
    serde_json::from_slice(&out).expect("JSON")
}

fn things(document: &mut Value) -> Vec<&mut Map<String, Value>> {
    let Value::Object(document) = document else { panic!("a document is an object") };
    let lists = document.iter_mut().filter(|(key, _)| ["nodes", "edges"].contains(&key.as_str()));
    lists
        .flat_map(|(_, list)| list.as_array_mut().expect("a list"))
        .map(|thing| thing.as_object_mut().expect("an object"))
        .collect()
}

fn mapped(value: Value, map: &dyn Fn(&str) -> String) -> Value {
    match value {
        Value::String(text) => map(&text).into(),
        Value::Array(values) => values.into_iter().map(|value| mapped(value, map)).collect(),
        Value::Object(values) => values.into_iter().map(|(key, value)| (key, mapped(value, map))).collect(),
        other => other,
    }
}

/// As the program itself writes it, without empty texts in lists; what has no name is called nothing.
fn canonical(mut document: Value) -> Value {
    for thing in things(&mut document) {
        if thing.contains_key("kind") && thing["kind"] != "claim" {
            thing.entry("name").or_insert_with(|| json!(""));
        }
        for (_, value) in thing.iter_mut() {
            if let Value::Array(items) = value {
                items.retain(|item| item != "");
            }
        }
        thing.retain(|_, value| *value != json!([]));
    }
    let graph = read_node_link(document.to_string().as_bytes()).unwrap_or_else(|error| panic!("{error}"));
    let mut out = Vec::new();
    write_node_link(&graph, &mut out).expect("a vector takes all");
    serde_json::from_slice(&out).expect("JSON")
}

/// A graph of the nodes and edges that a reader found.
fn read_back(nodes: Vec<Value>, edges: Vec<Value>) -> Value {
    canonical(json!({"nodes": nodes, "edges": edges}))
}

fn assert_same(found: &Value, expected: &Value) {
    for list in ["nodes", "edges"] {
        let (found, expected) = (found[list].as_array().expect("a list"), expected[list].as_array().expect("a list"));
        for (a, b) in found.iter().zip(expected) {
            assert_eq!(a, b, "found, expected");
        }
        assert_eq!(found.len(), expected.len(), "{list}");
    }
}

fn single_line(c: char) -> char {
    if c.is_control() || ['\u{2028}', '\u{2029}'].contains(&c) { ' ' } else { c }
}

fn legal(c: char) -> char {
    match c {
        '\t' | '\n' | '\r' => c,
        '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
        _ => c,
    }
}

fn from_json(graph: &KnowledgeGraph) -> Value {
    let mut out = Vec::new();
    export::write(graph, Format::Json, &Options::default(), &mut out).expect("a vector takes all");
    json(&read_node_link(&out[..]).unwrap_or_else(|error| panic!("{error}")))
}

// Rows of columns.

fn from_csv(graph: &KnowledgeGraph) -> Value {
    let options = Options::default();
    let tables: Vec<Vec<Row>> = Format::Csv
        .parts(graph, &options)
        .iter()
        .map(|part| {
            let mut table = Vec::new();
            part.write(&mut table).expect("a vector takes all");
            csv::Reader::from_reader(table.as_slice())
                .deserialize()
                .collect::<Result<_, _>>()
                .expect("rows of one width")
        })
        .collect();
    read_back(tables[0].iter().map(thing).collect(), tables[1].iter().map(thing).collect())
}

#[cfg(feature = "parquet")]
fn from_parquet(graph: &KnowledgeGraph) -> Value {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;
    let cell = |field: &Field| match field {
        Field::Null => None,
        Field::Str(text) => Some(text.clone()),
        Field::Double(number) => Some(number.to_string()),
        Field::Long(number) => Some(number.to_string()),
        Field::Bool(flag) => Some(flag.to_string()),
        Field::ListInternal(list) => Some(texts(list.elements()).join("; ")),
        other => panic!("{other:?}"),
    };
    let folder = tempfile::tempdir().expect("a folder for the test");
    let options = Options::default();
    let tables: Vec<Vec<Value>> = Format::Parquet
        .parts(graph, &options)
        .iter()
        .map(|part| {
            let path = folder.path().join(&part.file_name);
            part.write(&mut std::fs::File::create(&path).expect("a file")).expect("a file takes all");
            let file = SerializedFileReader::new(std::fs::File::open(&path).expect("the file")).expect("Parquet");
            let rows = file.get_row_iter(None).expect("rows").map(|row| row.expect("a row"));
            let is_day = |name: &str| ["first_day", "last_day"].contains(&name);
            rows.map(|row| {
                let columns = || row.get_column_iter().filter(|(name, _)| !is_day(name));
                let cells = columns().map(|(name, field)| (name.clone(), cell(field).unwrap_or_default()));
                let mut thing = thing(&cells.collect());
                for (name, field) in columns() {
                    match (name.as_str(), field) {
                        ("aliases" | "same_as" | "sources" | "notes", Field::ListInternal(list)) => {
                            thing[name] = json!(texts(list.elements()));
                        }
                        ("offices", Field::ListInternal(list)) => {
                            thing[name] = texts(list.elements()).iter().map(|text| office(text)).collect();
                        }
                        _ => {}
                    }
                }
                thing
            })
            .collect()
        })
        .collect();
    let [nodes, edges] = <[_; 2]>::try_from(tables).expect("two tables");
    read_back(nodes, edges)
}

#[cfg(feature = "parquet")]
fn texts(fields: &[parquet::record::Field]) -> Vec<String> {
    let text = |field: &parquet::record::Field| match field {
        parquet::record::Field::Str(text) => text.clone(),
        other => panic!("{other:?}"),
    };
    fields.iter().map(text).collect()
}

fn from_graphml(graph: &KnowledgeGraph) -> Value {
    let mut xml = Vec::new();
    export::write(graph, Format::GraphMl, &Options::default(), &mut xml).expect("a vector takes all");
    let xml = String::from_utf8(xml).expect("UTF-8");
    let (mut nodes, mut edges, mut row, mut key) = (Vec::new(), Vec::new(), Row::new(), None);
    let mut reader = Reader::from_str(&xml);
    loop {
        match reader.read_event().expect("well-formed XML") {
            Xml::Start(start) if ["node", "edge"].contains(&start.name().as_ref()) => row = attributes(&start),
            Xml::Start(start) if start.name().as_ref() == "data" => {
                let id = attributes(&start).remove("key").expect("a key");
                let name = id.split_once('.').expect("a kind and a name").1.to_owned();
                row.insert(name.clone(), String::new());
                key = Some(name);
            }
            Xml::Text(text) => {
                if let Some(cell) = key.as_ref().and_then(|key| row.get_mut(key)) {
                    cell.push_str(&text.xml10_content());
                }
            }
            Xml::GeneralRef(reference) => {
                let named = |name: &str| {
                    quick_xml::escape::resolve_predefined_entity(name).expect("a predefined entity").to_owned()
                };
                let text = reference
                    .resolve_char_ref()
                    .expect("a character")
                    .map_or_else(|| named(&reference.xml10_content()), String::from);
                row.get_mut(key.as_ref().expect("inside data")).expect("begun").push_str(&text);
            }
            Xml::End(end) => match end.name().as_ref() {
                "data" => key = None,
                "node" => nodes.push(thing(&row)),
                "edge" => {
                    row.remove("id");
                    edges.push(thing(&row));
                }
                _ => {}
            },
            Xml::Eof => break,
            _ => {}
        }
    }
    read_back(nodes, edges)
}

fn attributes(start: &BytesStart) -> Row {
    let value = |attribute: quick_xml::events::attributes::Attribute| {
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).expect("an escaped value").into_owned();
        (attribute.key.as_ref().to_owned(), value)
    };
    start.attributes().map(|attribute| value(attribute.expect("an attribute"))).collect()
}

/// A node or an edge of its cells.
fn thing(row: &Row) -> Value {
    let mut thing = Map::new();
    let pieces = spans(row, "content_spans");
    for (name, cell) in row.iter().filter(|(_, cell)| !cell.is_empty()) {
        let value = match name.as_str() {
            "name" if row["kind"] == "claim" => continue,
            "score" => json!(cell.parse::<f32>().expect("a number")),
            "weight" => json!(cell.parse::<u64>().expect("a number")),
            "former" | "derived" | "date_inferred" => json!(cell == "true"),
            "aliases" | "same_as" | "sources" | "notes" => cell.split("; ").collect(),
            "offices" => cell.split("; ").map(office).collect(),
            "cue_span" | "source_span" => json!(spans(row, name)[0]),
            "content_spans" | "spans" => json!(spans(row, name)),
            "content" => json!(cut(cell, pieces.iter().map(|[start, end]| end - start))),
            "evidence" | "rules" => continue,
            "evidence_at" => evidence(row),
            _ => json!(cell),
        };
        thing.insert(if name == "evidence_at" { "evidence" } else { name }.to_owned(), value);
    }
    Value::Object(thing)
}

fn office(text: &str) -> Value {
    match text.strip_prefix("former ") {
        Some(title) => json!({"title": title, "former": true}),
        None => json!({"title": text}),
    }
}

/// `11-24; 30-31`.
fn spans(row: &Row, column: &str) -> Vec<[usize; 2]> {
    let cell = row.get(column).map(String::as_str).unwrap_or_default();
    let number = |text: &str| text.parse().expect("a number");
    let span = |text: &str| text.split_once('-').map(|(start, end)| [number(start), number(end)]).expect("a span");
    cell.split("; ").filter(|text| !text.is_empty()).map(span).collect()
}

/// Words of known lengths, with `; ` between them.
fn cut(cell: &str, lengths: impl Iterator<Item = usize>) -> Vec<String> {
    let mut rest = cell.chars();
    lengths
        .map(|length| {
            let words = rest.by_ref().take(length).collect();
            rest.by_ref().take(2).for_each(drop);
            words
        })
        .collect()
}

/// Each place `article/…#char=192,297` with its words and its rule.
fn evidence(row: &Row) -> Value {
    let number = |text: &str| text.parse::<usize>().expect("a number");
    let places: Vec<(&str, usize, usize)> = row["evidence_at"]
        .split("; ")
        .map(|place| {
            let (article, at) = place.split_once("#char=").expect("a place");
            let (start, end) = at.split_once(',').expect("two offsets");
            (article, number(start), number(end))
        })
        .collect();
    let words = cut(&row["evidence"], places.iter().map(|(_, start, end)| end - start));
    let rules = row["rules"].split("; ");
    let pieces = places.iter().zip(words).zip(rules);
    pieces.map(|(((article, start, end), text), rule)| json!({"article": article, "start": start, "end": end, "text": text, "rule": rule})).collect()
}

// RDF.

/// What is said of each subject: prefixed or last names of properties, ids or literals.
struct Said(BTreeMap<String, Vec<(String, String)>>);

fn from_rdf(graph: &KnowledgeGraph) -> Value {
    let mut n_triples = Vec::new();
    export::write(graph, Format::NTriples, &Options::default(), &mut n_triples).expect("a vector takes all");
    let triples: Vec<Triple> =
        NTriplesParser::new().for_slice(&n_triples).collect::<Result<_, _>>().expect("N-Triples");
    let mut said = Said(BTreeMap::new());
    for Triple { subject, predicate, object } in triples {
        let NamedOrBlankNode::NamedNode(subject) = subject else { panic!("a blank node") };
        let object = match object {
            Term::NamedNode(iri) => id(iri.as_str()),
            Term::Literal(literal) => literal.value().to_owned(),
            other => panic!("{other}"),
        };
        said.0.entry(id(subject.as_str())).or_default().push((local(predicate.as_str()), object));
    }
    let nodes: Vec<Value> = said.0.keys().filter_map(|id| said.node(id)).collect();
    let edges = said.edges();
    read_back(nodes, edges)
}

/// The id that an instance's IRI was minted from; of another IRI, itself.
fn id(iri: &str) -> String {
    let Some(encoded) = iri.strip_prefix(DEFAULT_BASE) else { return iri.to_owned() };
    let mut bytes = Vec::new();
    let mut rest = encoded.bytes();
    while let Some(byte) = rest.next() {
        let decoded = if byte == b'%' {
            let hex: String = rest.by_ref().take(2).map(char::from).collect();
            u8::from_str_radix(&hex, 16).expect("two hexadecimal digits")
        } else {
            byte
        };
        bytes.push(decoded);
    }
    String::from_utf8(bytes).expect("UTF-8")
}

fn local(iri: &str) -> String {
    iri.rsplit(['#', '/']).next().unwrap_or_default().to_owned()
}

impl Said {
    fn all<'s>(&'s self, subject: &str, property: &'s str) -> impl Iterator<Item = &'s String> {
        let said = self.0.get(subject).into_iter().flatten();
        said.filter(move |(name, _)| name == property).map(|(_, object)| object)
    }

    fn one(&self, subject: &str, property: &str) -> Option<String> {
        self.0.get(subject)?.iter().find(|(name, _)| name == property).map(|(_, object)| object.clone())
    }

    fn is_a(&self, subject: &str, class: &str) -> bool {
        self.all(subject, "type").any(|iri| local(iri) == class)
    }

    fn of_class<'s>(&'s self, class: &'s str) -> impl Iterator<Item = &'s String> {
        self.0.keys().filter(move |subject| self.is_a(subject, class))
    }

    /// Some properties under the names of the contract.
    fn put(&self, thing: &mut Map<String, Value>, subject: &str, names: &[(&str, &str)]) {
        for (property, name) in names {
            if let Some(value) = self.one(subject, property) {
                thing.insert((*name).to_owned(), value.into());
            }
        }
    }

    fn node(&self, id: &str) -> Option<Value> {
        let kinds = [
            ("Person", "person"),
            ("Country", "country"),
            ("Organization", "organization"),
            ("Place", "place"),
            ("Event", "event"),
            ("Claim", "claim"),
            ("NewsArticle", "article"),
        ];
        let (_, kind) = kinds.into_iter().find(|(class, _)| self.is_a(id, class))?;
        let mut node = Map::from_iter([("id".to_owned(), json!(id)), ("kind".to_owned(), json!(kind))]);
        match kind {
            "event" => {
                self.put(
                    &mut node,
                    id,
                    &[
                        ("label", "name"),
                        ("eventType", "type"),
                        ("subtype", "subtype"),
                        ("status", "status"),
                        ("channel", "channel"),
                        ("plover", "plover"),
                        ("cameo", "cameo"),
                        ("startDate", "start"),
                        ("endDate", "end"),
                    ],
                );
                if self.one(id, "dateInferred").as_deref() == Some("true") {
                    node.insert("date_inferred".to_owned(), true.into());
                }
                node.insert("score".to_owned(), json!(self.one(id, "score")?.parse::<f32>().ok()?));
                node.insert("evidence".to_owned(), self.evidence(id));
            }
            "claim" => {
                self.put(
                    &mut node,
                    id,
                    &[("form", "form"), ("stance", "stance"), ("cue", "cue"), ("sourceText", "source_text")],
                );
                for (property, name) in [("hasCue", "cue_span"), ("hasSource", "source_span")] {
                    if let Some(place) = self.one(id, property) {
                        node.insert(name.to_owned(), json!(self.position(&place)));
                    }
                }
                let mut places: Vec<&String> = self.all(id, "hasContent").collect();
                places.sort_by_key(|place| self.position(place));
                node.insert(
                    "content_spans".to_owned(),
                    places.iter().map(|place| json!(self.position(place))).collect(),
                );
                node.insert(
                    "content".to_owned(),
                    places.iter().map(|place| self.exact(place).unwrap_or_default()).collect(),
                );
                node.insert("evidence".to_owned(), self.evidence(id));
            }
            "article" => {
                self.put(
                    &mut node,
                    id,
                    &[("headline", "name"), ("articleBody", "text"), ("datePublished", "published"), ("url", "url")],
                );
                node.insert("sources".to_owned(), self.all(id, "sourceFile").cloned().collect());
                node.insert("notes".to_owned(), self.all(id, "note").cloned().collect());
            }
            _ => {
                self.put(&mut node, id, &[("label", "name"), ("isoCode", "iso")]);
                node.insert("aliases".to_owned(), self.all(id, "altLabel").cloned().collect());
                node.insert(
                    "same_as".to_owned(),
                    self.all(id, "sameAs").chain(self.all(id, "seeAlso")).cloned().collect(),
                );
                let offices =
                    self.of_class("OfficeHolding").filter(|office| self.one(office, "organization").is_none());
                let offices = offices.filter(|office| self.one(office, "member").as_deref() == Some(id));
                node.insert("offices".to_owned(), offices.map(|office| json!(
                    {"title": self.one(office, "title"), "former": self.one(office, "former").as_deref() == Some("true")}
                )).collect());
            }
        }
        Some(Value::Object(node))
    }

    fn edges(&self) -> Vec<Value> {
        let mut edges = Vec::new();
        let direct = [
            ("superEvent", "part_of"),
            ("location", "location"),
            ("addressee", "addressee"),
            ("about", "about"),
            ("denies", "denies"),
            ("containedInPlace", "within"),
        ];
        for (subject, property, object) in
            self.0.iter().flat_map(|(subject, said)| said.iter().map(move |(p, o)| (subject, p, o)))
        {
            if let Some((_, name)) = direct.iter().find(|(direct, _)| direct == property) {
                let evidence = self.evidence_about(subject, object);
                edges.push(
                    json!({"source": subject, "target": object, "key": name, "type": name, "evidence": evidence}),
                );
            }
            match property.as_str() {
                "creator" => {
                    edges.push(json!({"source": object, "target": subject, "key": "claims", "type": "claims"}))
                }
                "hasActor" => edges.push(self.participant(object, subject)),
                "mentions" => edges.push(self.mentions(subject, object)),
                _ => {}
            }
        }
        for node in self.of_class("OfficeHolding").filter(|office| self.one(office, "organization").is_some()) {
            let former = self.one(node, "former").as_deref() == Some("true");
            let key = format!(
                "holds_office:{}{}",
                if former { "former " } else { "" },
                self.one(node, "title").expect("a title")
            );
            edges.push(self.membership(
                node,
                "holds_office",
                &key,
                &[("title", "title"), ("startDate", "start"), ("endDate", "end")],
                former,
            ));
        }
        for node in self.of_class("Affiliation") {
            let key = format!("affiliated:{}", self.one(node, "how").expect("how"));
            edges.push(self.membership(
                node,
                "affiliated",
                &key,
                &[("how", "how"), ("startDate", "start"), ("endDate", "end")],
                false,
            ));
        }
        edges.extend(self.0.keys().flat_map(|id| self.met(id)));
        edges
    }

    fn participant(&self, actor: &str, event: &str) -> Value {
        let nodes =
            self.all(event, "hasParticipation").filter(|node| self.one(node, "participant").as_deref() == Some(actor));
        let role = nodes.filter_map(|node| self.one(node, "roleName")).next();
        let mut edge = json!({"source": actor, "target": event, "key": "participant", "type": "participant"});
        if let Some(role) = role {
            edge["role"] = role.into();
        }
        edge
    }

    fn mentions(&self, article: &str, entity: &str) -> Value {
        let nodes = self.of_class("Mention").filter(|node| self.one(node, "hasBody").as_deref() == Some(entity));
        let places = nodes.filter_map(|node| self.one(node, "hasTarget"));
        let places = places.filter(|place| self.one(place, "hasSource").as_deref() == Some(article));
        let spans: Vec<[usize; 2]> = places.map(|place| self.position(&place)).collect();
        json!({"source": article, "target": entity, "key": "mentions", "type": "mentions", "spans": spans})
    }

    fn membership(&self, node: &str, edge_type: &str, key: &str, names: &[(&str, &str)], former: bool) -> Value {
        let mut edge = Map::from_iter([("key".to_owned(), json!(key)), ("type".to_owned(), json!(edge_type))]);
        self.put(&mut edge, node, &[("member", "source"), ("organization", "target")]);
        self.put(&mut edge, node, names);
        edge.insert("former".to_owned(), former.into());
        edge.insert("evidence".to_owned(), self.evidence(node));
        Value::Object(edge)
    }

    /// The meetings of an event are not told one by one: they follow from its channel and its persons.
    fn met(&self, event: &str) -> Vec<Value> {
        if self.one(event, "channel").is_none() {
            return Vec::new();
        }
        let persons: BTreeSet<&String> = self.all(event, "hasActor").filter(|id| self.is_a(id, "Person")).collect();
        let pairs = persons.iter().flat_map(|a| persons.iter().filter(move |b| a < *b).map(move |b| (*a, *b)));
        pairs
            .map(|(a, b)| {
                let mut edge = Map::new();
                self.put(&mut edge, event, &[("channel", "channel"), ("startDate", "start"), ("endDate", "end"), ("status", "status")]);
                let fixed = json!({"source": a, "target": b, "key": format!("met:{event}"), "type": "met", "event": event, "derived": true});
                edge.extend(fixed.as_object().expect("an object").clone());
                Value::Object(edge)
            })
            .collect()
    }

    fn evidence_about(&self, subject: &str, object: &str) -> Value {
        let is_of = |node: &&String| {
            self.one(node, "subject").as_deref() == Some(subject) && self.one(node, "object").as_deref() == Some(object)
        };
        self.of_class("Statement").find(is_of).map_or(json!([]), |node| self.evidence(node))
    }

    fn evidence(&self, of: &str) -> Value {
        let piece = |place: &String| {
            let [start, end] = self.position(place);
            json!({"article": self.one(place, "hasSource"), "start": start, "end": end, "text": self.exact(place), "rule": self.one(place, "rule").unwrap_or_default()})
        };
        self.all(of, "wasDerivedFrom").map(piece).collect()
    }

    fn position(&self, place: &str) -> [usize; 2] {
        let selector =
            self.all(place, "hasSelector").find(|node| self.is_a(node, "TextPositionSelector")).expect("a position");
        ["start", "end"].map(|end| self.one(selector, end).expect("an offset").parse().expect("a number"))
    }

    fn exact(&self, place: &str) -> Option<String> {
        let selector = self.all(place, "hasSelector").find(|node| self.is_a(node, "TextQuoteSelector"))?;
        self.one(selector, "exact")
    }
}
