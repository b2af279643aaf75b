//! The page that shows a graph, as bytes. `tests/browser` opens it in a browser.

mod newsroom;

use rapporteur::graph::KnowledgeGraph;
use rapporteur::query::{evidence, marked};
use rapporteur::view::{Overview, write_page, write_served_page};
use serde_json::{Value, json};

fn page(graph: &KnowledgeGraph) -> String {
    let mut page = Vec::new();
    write_page(graph, &mut page).expect("memory takes all");
    String::from_utf8(page).expect("UTF-8")
}

fn overview(graph: &KnowledgeGraph) -> Value {
    serde_json::to_value(Overview::of(graph)).expect("JSON")
}

#[test]
fn the_page_keeps_texts_from_being_markup() {
    let page = page(&newsroom::hostile_graph());
    assert!(page.contains(r"\u003c/script>\u003cscript>alert(1)"));
    for markup in ["<script>alert", "<img", "<!-- met", "<b>Mallory"] {
        assert!(!page.contains(markup), "{markup}");
    }
    assert_eq!(page.matches("</script>").count(), 4);
}

#[test]
fn the_page_of_a_graph_is_always_the_same_and_fetches_nothing() {
    let page_of_graph = page(&newsroom::graph());
    assert_eq!(page_of_graph, page(&newsroom::graph()));
    assert!(page_of_graph.contains("default-src 'none'"));
    assert!(!page_of_graph.contains("src=") && !page_of_graph.contains("@import"));
    assert!(!page_of_graph.contains("unsafe-inline"), "only the page's own scripts run");
    assert!(page_of_graph.contains("Copyright (C) 2013-2025, Alexis Jacomy"), "the licences travel with the page");
}

#[test]
fn a_served_page_holds_no_graph_and_asks_its_own_server_alone() {
    let mut page = Vec::new();
    write_served_page(&mut page).expect("memory takes all");
    let page = String::from_utf8(page).expect("UTF-8");
    assert!(page.contains("connect-src 'self'") && !page.contains("id=\"overview\""));
}

#[test]
fn two_who_met_twice_are_one_line() {
    let graph = newsroom::graph();
    let overview = overview(&graph);
    let people = &overview["views"]["people"];
    let number = |id: &str| people["nodes"].as_array()?.iter().position(|node| node["id"] == id);
    let (a, b) = (number("person/asa-lindqvist"), number("person/daniel-okoro"));
    let lines = people["lines"].as_array().expect("lines");
    let between: Vec<&Value> = lines.iter().filter(|line| line["a"] == json!(a) && line["b"] == json!(b)).collect();
    let [line] = between[..] else { panic!("one line, not {between:?}") };
    let names: Vec<&Value> =
        line["events"].as_array().expect("events").iter().map(|event| name(&overview, event)).collect();
    assert_eq!(names, ["Åsa Lindqvist met Daniel Okoro", "Åsa Lindqvist visits Daniel Okoro"]);
}

fn name<'v>(overview: &'v Value, event: &Value) -> &'v Value {
    &overview["events"][event.as_u64().expect("a number") as usize]["name"]
}

#[test]
fn the_drawing_of_everything_has_events_and_claims_but_no_articles() {
    let overview = overview(&newsroom::graph());
    let kinds = |view: &str| {
        let nodes = overview["views"][view]["nodes"].as_array().expect("nodes").iter();
        let kinds: std::collections::BTreeSet<&str> =
            nodes.map(|node| node["id"].as_str().and_then(|id| id.split('/').next()).expect("an id")).collect();
        kinds.into_iter().collect::<Vec<_>>()
    };
    assert_eq!(kinds("people"), ["person"]);
    assert_eq!(kinds("actors"), ["country", "person"]);
    assert_eq!(kinds("full"), ["claim", "country", "event", "person", "place"]);
}

#[test]
fn every_fact_leads_to_its_sentence_and_back() {
    let graph = newsroom::graph();
    let overview = overview(&graph);
    for fact in
        [&overview["events"], &overview["claims"]].into_iter().flat_map(|facts| facts.as_array().expect("facts"))
    {
        let id = fact["id"].as_str().expect("an id");
        let passages = evidence(&graph, id);
        assert!(!passages.is_empty(), "{id}");
        for passage in passages {
            let article = marked(&graph, passage.article.id).expect("its article");
            let text: String =
                article.article.text.chars().skip(passage.start).take(passage.end - passage.start).collect();
            assert_eq!(text, passage.text);
            assert!(article.marks.iter().any(|mark| mark.of == id && mark.start == passage.start));
        }
    }
    assert!(evidence(&graph, "event/unknown").is_empty() && marked(&graph, "event/unknown").is_none());
}
