//! Who is who in short articles of our own: names, offices, namesakes.

use rapporteur::graph::{KnowledgeGraph, Node};
use rapporteur::{ingest, nlp::Model, pipeline, schema::Schema};

fn graph(texts: &[&str]) -> KnowledgeGraph {
    let (schema, model) = (Schema::built_in(), Model::built_in());
    let mut graph = KnowledgeGraph::new();
    for (number, text) in texts.iter().enumerate() {
        let options = ingest::Options::default();
        let article = ingest::article(&format!("{number}.txt"), text.as_bytes(), &options).expect("an article");
        graph.add(pipeline::read(&schema, &model, article));
    }
    graph
}

/// `person: title of body` of each office, by person.
fn offices(text: &str) -> Vec<String> {
    let graph = graph(&[text]);
    let held = graph.edges().filter(|edge| edge.edge_type.name() == "holds_office");
    held.map(|edge| format!("{}: {} of {}", edge.source, edge.title.as_deref().unwrap_or_default(), edge.target))
        .collect()
}

fn people(texts: &[&str]) -> Vec<String> {
    let graph = graph(texts);
    let entities = graph.nodes().filter_map(|node| match node {
        Node::Entity(entity) if entity.kind.name() == "person" => Some(entity.id.clone()),
        _ => None,
    });
    entities.collect()
}

fn check(text: &str, expected: &[&str]) {
    assert_eq!(offices(text), expected, "{text}");
}

#[test]
fn titles_go_with_the_names_around_them() {
    check(
        "Deputy Health Minister Ana Weber of Kenya met Commandant Admiral Ben Otieno in Nairobi.",
        &["person/ana-weber: deputy health minister of country/KE"],
    );
    check(
        "Kenyan President Ben Otieno, Foreign Minister Ana Weber and Defence Minister Omar Haddad arrived on Monday.",
        &[
            "person/ana-weber: foreign minister of country/KE",
            "person/ben-otieno: president of country/KE",
            "person/omar-haddad: defence minister of country/KE",
        ],
    );
    check("Labour Party leader Ana Weber resigned.", &["person/ana-weber: leader of organization/labour-party"]);
}

#[test]
fn hyphens_particles_and_suffixes_are_parts_of_names() {
    let text = "Robin Weber-Rossi met Omar al-Haddad and Ben K. Otieno, Jr. in Lisbon. Otieno thanked al-Haddad.";
    assert_eq!(people(&[text]), ["person/ben-otieno", "person/omar-al-haddad", "person/robin-weber-rossi"]);
}

#[test]
fn namesakes_of_the_tables_stay_two_and_spellings_become_one() {
    let father = "WASHINGTON, 17 January 1991 - US President George Bush spoke in Washington on Thursday.";
    let son = "WASHINGTON, 20 March 2003 - US President George Bush spoke in Washington on Thursday.";
    let lone = "WASHINGTON, 21 March 2003 - President Bush thanked the United States Congress.";
    assert_eq!(people(&[father, son, lone]), ["person/george-h-w-bush", "person/george-w-bush"]);
    let one = "CAIRO, 3 May 2019 - Egyptian President Abdel Fattah el-Sisi met Ana Weber in Cairo on Friday.";
    let other = "CAIRO, 4 May 2019 - President al-Sisi of Egypt said on Saturday that he had met Ana Weber.";
    assert_eq!(people(&[one, other]), ["person/abdel-fattah-el-sisi", "person/ana-weber"]);
}

#[test]
fn a_building_is_a_place_and_its_institution_an_organization() {
    let graph =
        graph(&["The White House said on Monday that Ana Weber had been met at the White House by Ben Otieno."]);
    assert!(graph.node("organization/white-house").is_some());
    assert!(graph.node("place/white-house").is_some());
}
