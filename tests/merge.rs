//! One graph of what several articles tell: the same once, a disagreement kept, copies told, in any order.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use proptest::prelude::*;
use rapporteur::extract::{Claim, Event};
use rapporteur::graph::{KnowledgeGraph, Node, Reading, write_node_link};
use rapporteur::ingest::Article;
use rapporteur::nlp::Model;
use rapporteur::pipeline;
use rapporteur::schema::Schema;

const DATED: &str = "Leaders meet\n\nGENEVA, 14 May 2031 (NTB) - Norwegian Prime Minister Ingrid Solheim met Senegal's President \
    Ousmane Kanté in Geneva on Tuesday.";
const UNDATED: &str = "What Geneva brought

DAKAR, 16 May 2031 - Ships left the harbour again on Friday.

Norwegian Prime Minister \
    Ingrid Solheim met President Ousmane Kanté of Senegal in Geneva, and both praised the talks.";
const ELSEWHERE: &str = "Another meeting\n\nOSLO, 18 July 2031 - Norwegian Prime Minister Ingrid Solheim met President Ousmane Kanté of \
    Senegal in Oslo, and both praised the talks.";
const PLANNED: &str = "A meeting ahead\n\nGENEVA, 12 May 2031 - Norwegian Prime Minister Ingrid Solheim will meet President Ousmane \
    Kanté of Senegal in Geneva on 13 May 2031.";
const A_DAY_LATER: &str = "A cordial meeting

PARIS, 15 May 2031 - Ships left the harbour again on Thursday.

Norwegian Prime \
    Minister Ingrid Solheim met President Ousmane Kanté of Senegal in Geneva on Wednesday.";
const WIRE: &str = "Ferry company wins contract\n\nBERGEN, 3 March 2031 (NTB) - The ferry company Fjordlinken will run the electric \
    ferries of the county from next spring.\n\n\"The contract was won in an open and fair competition,\" said Transport Minister Jonas Berge. \
    The county council voted for it by a large majority on Monday evening, after a debate of four hours about noise, jobs and the price of \
    tickets on the shorter lines.";

fn readings(texts: &[&str]) -> Vec<Reading> {
    let (schema, model) = (Schema::built_in(), Model::built_in());
    let article = |(number, text): (usize, &&str)| Article::new(format!("{number}.txt"), *text);
    texts.iter().enumerate().map(article).map(|article| pipeline::read(&schema, &model, article)).collect()
}

fn graph(texts: &[&str]) -> KnowledgeGraph {
    let mut graph = KnowledgeGraph::new();
    readings(texts).into_iter().for_each(|reading| graph.add(reading));
    graph.settle()
}

fn meetings(graph: &KnowledgeGraph) -> Vec<Event> {
    let events = graph.nodes().filter_map(|node| match node {
        Node::Event(event) if event.channel.is_some() && graph.edges_to(&event.id).len() > 1 => Some(event.clone()),
        _ => None,
    });
    events.collect()
}

fn claims(graph: &KnowledgeGraph) -> Vec<Claim> {
    let claims = graph.nodes().filter_map(|node| match node {
        Node::Claim(claim) => Some(claim.clone()),
        _ => None,
    });
    claims.collect()
}

fn articles(event: &Event) -> usize {
    event.evidence.iter().map(|piece| &piece.article).collect::<BTreeSet<_>>().len()
}

#[test]
fn a_meeting_without_a_day_is_the_one_that_fits_it() {
    let alone = meetings(&graph(&[UNDATED]));
    assert_eq!((alone.len(), alone[0].start.is_some(), alone[0].date_inferred), (1, true, true), "{alone:#?}");
    let told = meetings(&graph(&[DATED, UNDATED]));
    assert_eq!((told.len(), told[0].date_inferred), (1, false), "{told:#?}");
    assert_eq!((articles(&told[0]), told[0].start.map(|date| date.to_string()).as_deref()), (2, Some("2031-05-13")));
    assert_eq!(meetings(&graph(&[DATED, ELSEWHERE])).len(), 2, "two months later and at another place it is another");
    let two = meetings(&graph(&[DATED, A_DAY_LATER, UNDATED]));
    assert_eq!(two.len(), 3, "which of two it is, nobody tells: {two:#?}");
}

#[test]
fn what_articles_tell_otherwise_is_kept() {
    let told = meetings(&graph(&[PLANNED, DATED]));
    assert_eq!(told.len(), 1, "{told:#?}");
    let statuses: Vec<String> = told[0].told.iter().map(|telling| telling.status.to_string()).collect();
    assert_eq!((told[0].status.to_string().as_str(), statuses.len()), ("happened", 2));
    assert!(statuses.contains(&"planned".to_owned()), "{statuses:?}");
    let apart = meetings(&graph(&[DATED, A_DAY_LATER]));
    assert_eq!(apart.len(), 2, "{apart:#?}");
    assert!(apart[0].dated_otherwise.contains(&apart[1].id) && apart[1].dated_otherwise.contains(&apart[0].id));
}

#[test]
fn what_ten_papers_print_is_one_claim_and_they_are_copies() {
    let printed: Vec<String> =
        (0..10).map(|paper| WIRE.replace("Ferry company wins", &format!("Paper {paper}: ferries for"))).collect();
    let graph = graph(&printed.iter().map(String::as_str).collect::<Vec<&str>>());
    let quoted: Vec<Claim> =
        claims(&graph).into_iter().filter(|claim| claim.content[0].contains("open and fair")).collect();
    let evidence: Vec<usize> = quoted.iter().map(|claim| claim.evidence.len()).collect();
    assert_eq!(evidence, [10]);
    let copies = graph.nodes().filter_map(|node| match node {
        Node::Article(article) => Some(article.copies.len()),
        _ => None,
    });
    assert!(copies.into_iter().all(|others| others == 9), "each is a near-copy of the nine others");
}

#[test]
fn other_numbers_are_another_claim() {
    let one = WIRE.replace("an open and fair competition", "a competition of 14 bidders in all");
    let other = WIRE.replace("an open and fair competition", "a competition of 15 bidders in all");
    let said: BTreeSet<String> = claims(&graph(&[&one, &other])).into_iter().flat_map(|claim| claim.content).collect();
    assert!(["14 bidders", "15 bidders"].iter().all(|told| said.iter().any(|said| said.contains(told))), "{said:?}");
}

#[test]
fn one_article_is_not_changed_by_settling() {
    let mut alone = KnowledgeGraph::new();
    readings(&[DATED]).into_iter().for_each(|reading| alone.add(reading));
    assert!(bytes(&alone) == bytes(&alone.clone().settle()));
}

fn bytes(graph: &KnowledgeGraph) -> Vec<u8> {
    let mut out = Vec::new();
    write_node_link(graph, &mut out).expect("a vector takes all");
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn order_and_repetition_change_nothing(order in prop::collection::vec(0usize..7, 0..8)) {
        static READINGS: LazyLock<Vec<Reading>> = LazyLock::new(|| {
            readings(&[DATED, UNDATED, ELSEWHERE, PLANNED, A_DAY_LATER, WIRE, &WIRE.replace("Ferry company", "Company")])
        });
        let fold = |order: &[usize]| {
            let mut graph = KnowledgeGraph::new();
            order.iter().for_each(|&at| graph.add(READINGS[at].clone()));
            bytes(&graph.settle())
        };
        let once: Vec<usize> = order.iter().copied().collect::<BTreeSet<usize>>().into_iter().collect();
        prop_assert!(fold(&order) == fold(&once));
    }
}
