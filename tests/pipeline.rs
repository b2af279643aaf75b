//! From articles to one graph: the same bytes on any number of threads, in any order, read once or twice; every fact with its words.

use std::fs;
use std::path::Path;

use rapporteur::graph::{KnowledgeGraph, Node, write_node_link};
use rapporteur::ingest::{self, Article, Options};
use rapporteur::nlp::Model;
use rapporteur::pipeline;
use rapporteur::query;
use rapporteur::schema::Schema;

#[test]
fn threads_order_and_repetition_change_nothing() {
    let (schema, model) = (Schema::built_in(), Model::built_in());
    let articles = examples();
    let reversed = articles.iter().rev().cloned().collect();
    let twice = articles.iter().chain(&articles).cloned().collect();
    let build = |jobs: usize, articles: Vec<Article>| {
        bytes(&pipeline::with_jobs(jobs, || pipeline::build(&schema, &model, articles, |_| {})))
    };
    let expected = build(1, articles.clone());
    assert!(build(4, articles) == expected, "four threads give another graph than one");
    assert!(build(2, reversed) == expected, "another order gives another graph");
    assert!(build(2, twice) == expected, "reading twice gives another graph");
}

#[test]
fn every_piece_of_evidence_is_in_its_article() {
    let graph = example_graph();
    let text = |id: &str| match graph.node(id) {
        Some(Node::Article(article)) => article.text.chars().collect::<Vec<char>>(),
        _ => panic!("`{id}` is no article"),
    };
    let mut seen = 0;
    for node in graph.nodes() {
        let evidence = match node {
            Node::Event(event) => &event.evidence,
            Node::Claim(claim) => &claim.evidence,
            _ => continue,
        };
        assert!(!evidence.is_empty(), "`{}` has no evidence", node.id());
        for piece in evidence {
            let found: String = text(&piece.article)[piece.start..piece.end].iter().collect();
            assert_eq!(found, piece.text, "evidence of `{}`", node.id());
            seen += 1;
        }
    }
    assert!(seen > 50, "only {seen} pieces of evidence");
}

#[test]
fn two_articles_on_one_meeting_give_one_event() {
    let graph = example_graph();
    let meetings = query::who_met(&graph, "person/ingrid-solheim", Some("person/ousmane-kante"));
    let told_twice = meetings.iter().find(|meeting| {
        let articles: std::collections::BTreeSet<_> =
            meeting.meeting.evidence.iter().map(|piece| piece.article.id).collect();
        articles.len() > 1
    });
    let meeting = told_twice.expect("the meeting in Geneva stands in two articles");
    assert_eq!(meeting.meeting.start.map(|date| date.to_string()).as_deref(), Some("2031-05-13"));
}

fn example_graph() -> KnowledgeGraph {
    pipeline::build(&Schema::built_in(), &Model::built_in(), examples(), |_| {})
}

fn examples() -> Vec<Article> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/articles"));
    let mut files: Vec<_> =
        fs::read_dir(folder).expect("the examples are there").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    let read = |file: &std::path::PathBuf| {
        let bytes = fs::read(file).expect("an example can be read");
        ingest::article(&file.file_name().expect("a file").to_string_lossy(), &bytes, &Options::default())
            .expect("an article")
    };
    files.iter().map(read).collect()
}

fn bytes(graph: &KnowledgeGraph) -> Vec<u8> {
    let mut out = Vec::new();
    write_node_link(graph, &mut out).expect("a vector takes all bytes");
    out
}

#[test]
fn first_persons_of_a_statement_are_its_author() {
    let speakers = |text: &str| {
        let article = Article::new("statement", text);
        let reading = pipeline::read(&Schema::built_in(), &Model::built_in(), article);
        let claims = reading.facts.into_iter().filter_map(|fact| match fact {
            rapporteur::extract::Fact::Claim(claim) => Some(claim.speakers),
            _ => None,
        });
        claims.flatten().collect::<Vec<String>>()
    };
    let statement = "I welcome the decision of Norway to open its ports.";
    let signed = format!("Open ports\n\nMonday, 3 March 2031\n\nAnna Weber, Minister of Trade\n\n{statement}\n");
    assert_eq!(speakers(&signed), ["person/anna-weber"]);
    let unsigned = format!("Open ports\n\nMonday, 3 March 2031\n\n{statement}\n");
    assert_eq!(speakers(&unsigned), [""; 0]);
}
