//! Who says what: each construction of a claim in a text of its own, with a near miss (`tests/claims/cases.txt`).

use std::collections::BTreeMap;

use rapporteur::extract::{Claim, ClaimFact, Fact};
use rapporteur::graph::{KnowledgeGraph, Node, Reading};
use rapporteur::ingest::Article;
use rapporteur::nlp::Model;
use rapporteur::pipeline;
use rapporteur::query::{Side, disputes};
use rapporteur::schema::Schema;

const CASES: &str = include_str!("claims/cases.txt");

/// A text, the number of its first line, and its claims as the cases write them.
struct Case {
    line: usize,
    text: String,
    claims: Vec<String>,
}

#[test]
fn each_construction_gives_its_claims_and_no_other() {
    let (schema, model) = (Schema::built_in(), Model::built_in());
    let cases = cases();
    assert!(cases.len() > 30, "the cases are read");
    let wrong = cases.iter().filter_map(|case| {
        let found = told(&pipeline::read(&schema, &model, Article::new("case", case.text.as_str())));
        let shown = |claims: &[String]| claims.iter().map(|claim| format!("\n  > {claim}")).collect::<String>();
        let wanted = (&case.text, shown(&case.claims));
        (found != case.claims)
            .then(|| format!("line {}: {} must give{} not{}", case.line, wanted.0, wanted.1, shown(&found)))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The same statement in several articles is one claim with the evidence of each, whose offsets are of the first.
#[test]
fn a_statement_told_in_many_articles_is_one_claim() {
    let told = "Ingrid Solheim said the bridge to Dakar will never open.";
    let texts =
        [told.to_owned(), format!("Oslo was calm on Monday. {told}"), format!("{told} The price of fish rose.")];
    let mut articles: Vec<Article> = texts.iter().map(|text| Article::new("agency", text.as_str())).collect();
    let graph = build(articles.clone());
    articles.reverse();
    let claims = |graph: &KnowledgeGraph| -> Vec<Claim> {
        let nodes = graph.nodes().filter_map(|node| match node {
            Node::Claim(claim) => Some(claim.clone()),
            _ => None,
        });
        nodes.collect()
    };
    let [claim] = &claims(&graph)[..] else { panic!("not one claim: {:?}", claims(&graph)) };
    assert_eq!(claim.evidence.len(), 3, "an article has no evidence in {:?}", claim.evidence);
    assert_eq!(claims(&build(articles)), claims(&graph), "the order of articles tells");
    let first = claim.evidence.first().expect("evidence");
    let Some(Node::Article(article)) = graph.node(&first.article) else { panic!("no article") };
    let words =
        |span: rapporteur::base::CharSpan| article.text.chars().skip(span.start).take(span.len()).collect::<String>();
    assert_eq!(claim.content_spans.iter().map(|&span| words(span)).collect::<Vec<_>>(), claim.content);
}

#[test]
fn a_source_has_no_dateline() {
    let text = "Army speaks\n\nDAKAR, 3 March 2020 - Senegal's army said on Monday that the streets were calm.";
    let graph = build(vec![Article::new("agency", text)]);
    let claims: Vec<&Claim> =
        graph.nodes().filter_map(|node| if let Node::Claim(claim) = node { Some(claim) } else { None }).collect();
    assert_eq!(claims.iter().map(|claim| claim.source_text.as_str()).collect::<Vec<_>>(), ["Senegal's army"]);
}

/// What one article alleges and another denies stands in one dispute, whatever else the denial is tied to.
#[test]
fn a_denial_meets_what_another_article_alleges() {
    let alleged =
        "Charge from Reykjavik\n\nIceland alleged on Monday that Norway paid for the harbour campaign in Bergen.";
    let denied =
        "Norway rejects charge\n\nNorway denied on Tuesday that it had paid for the harbour campaign in Bergen.";
    let other = "Fish\n\nIceland said on Monday that Norway sold fish in Bergen.";
    let graph = build([alleged, denied, other].map(|text| Article::new("agency", text)).to_vec());
    let found = disputes(&graph, Some("country/IS"));
    let words: Vec<Vec<String>> = found
        .iter()
        .map(|dispute| {
            let said = dispute.sides.iter().filter_map(|side| match side {
                Side::Statement(said) => Some(said.content.join(" ")),
                Side::Event(_) => None,
            });
            said.collect()
        })
        .collect();
    let [dispute] = &words[..] else { panic!("not one dispute: {words:?}") };
    assert!(dispute.contains(&"Norway paid for the harbour campaign in Bergen".to_owned()), "{dispute:?}");
    assert!(!dispute.iter().any(|words| words.contains("fish")), "{dispute:?}");
}

fn build(articles: Vec<Article>) -> KnowledgeGraph {
    pipeline::build(&Schema::built_in(), &Model::built_in(), articles, |_| {})
}

fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut open = false;
    for (line, text) in CASES.lines().enumerate().map(|(number, text)| (number + 1, text)) {
        match text.chars().next() {
            None => open = false,
            Some('#') => {}
            Some('>') => cases.last_mut().expect("a text before its claims").claims.push(text[2..].to_owned()),
            Some(mark) => {
                if !open {
                    cases.push(Case { line, text: String::new(), claims: Vec::new() });
                    open = true;
                }
                let case = cases.last_mut().expect("an open case");
                let parting = if case.text.is_empty() || mark == '/' || case.text.ends_with('\n') { "" } else { "\n" };
                case.text += parting;
                case.text += if mark == '/' { "\n\n" } else { text };
            }
        }
    }
    cases
}

/// The claims of a reading in order of their contents, as the cases write them.
fn told(reading: &Reading) -> Vec<String> {
    let names: BTreeMap<&str, &str> = reading.entities.iter().map(|one| (one.id.as_str(), one.name.as_str())).collect();
    let mut facts: BTreeMap<(usize, usize, &str), &ClaimFact> = BTreeMap::new();
    for fact in &reading.facts {
        if let Fact::Claim(fact) = fact {
            let cue = fact.claim.cue_span.map_or(0, |cue| cue.start);
            facts.insert((fact.claim.content_spans[0].start, cue, &fact.claim.content[0]), fact);
        }
    }
    let content = |id: &str| facts.values().find(|fact| fact.claim.id == id).map(|fact| fact.claim.content.join(" … "));
    let mut seen = Vec::new();
    let shown = facts.values().filter_map(|fact| {
        if seen.contains(&&fact.claim.id) {
            return None;
        }
        seen.push(&fact.claim.id);
        let mut by: Vec<&str> = fact.speakers.iter().map(|id| names[id.as_str()]).collect();
        by.sort_unstable();
        let by = if by.is_empty() { "-".to_owned() } else { by.join(", ") };
        let to = fact.addressee.as_ref().map(|id| format!(" to {}", names[id.as_str()])).unwrap_or_default();
        let denied = fact.denies.iter().map(|id| {
            let content = content(id).unwrap_or_else(|| id.split('/').take(1).collect());
            format!(" => {}", content.split(' ').take(2).collect::<Vec<_>>().join(" "))
        });
        Some(format!(
            "{by}{to} | {} | {}{}",
            fact.claim.stance,
            fact.claim.content.join(" … "),
            denied.collect::<String>()
        ))
    });
    shown.collect()
}
