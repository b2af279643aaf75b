//! Measures of networks against those that are known: Zachary's karate club, and small ones that one can count by hand.
//!
//! The numbers of the club are networkx 3.6's, of the weighted graph; `tests/consumers` holds every measure of a built graph against
//! networkx itself.

mod newsroom;

use rapporteur::analyze::{
    Network, Scope, Window, attendance, betweenness, bridges, centralities, closeness, communities, components,
    modularity, windows,
};
use rapporteur::query::{View, view};

/// Who knew whom in a karate club, and how well (Zachary 1977, in the numbering and weights of networkx).
const CLUB: &str = "0-1:4 0-2:5 0-3:3 0-4:3 0-5:3 0-6:3 0-7:2 0-8:2 0-10:2 0-11:3 0-12:1 0-13:3 0-17:2 0-19:2 0-21:2 0-31:2 1-2:6 \
    1-3:3 1-7:4 1-13:5 1-17:1 1-19:2 1-21:2 1-30:2 2-3:3 2-7:4 2-8:5 2-9:1 2-13:3 2-27:2 2-28:2 2-32:2 3-7:3 3-12:3 \
    3-13:3 4-6:2 4-10:3 5-6:5 5-10:3 5-16:3 6-16:3 8-30:3 8-32:3 8-33:4 9-33:2 13-33:3 14-32:3 14-33:2 15-32:3 \
    15-33:4 18-32:1 18-33:2 19-33:1 20-32:3 20-33:1 22-32:2 22-33:3 23-25:5 23-27:4 23-29:3 23-32:5 23-33:4 24-25:2 \
    24-27:3 24-31:2 25-31:7 26-29:4 26-33:2 27-33:4 28-31:2 28-33:2 29-32:4 29-33:2 30-32:3 30-33:3 31-32:4 31-33:4 \
    32-33:5";

/// Those who stayed with the instructor when the club split, by networkx's numbers.
const WITH_THE_INSTRUCTOR: [usize; 17] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 16, 17, 19, 21];

/// Of some: degree, weighted degree, PageRank, betweenness, closeness.
const KNOWN: [(&str, usize, f64, f64, f64, f64); 5] = [
    ("00", 16, 42.0, 0.088500315428, 0.437635281385, 0.568965517241),
    ("02", 10, 33.0, 0.062765623848, 0.143656806157, 0.559322033898),
    ("11", 1, 3.0, 0.009784998143, 0.000000000000, 0.366666666667),
    ("31", 6, 21.0, 0.041988177762, 0.138275613276, 0.540983606557),
    ("33", 17, 48.0, 0.096989362834, 0.304074975950, 0.550000000000),
];

fn club() -> Vec<(String, String, f64)> {
    let tie = |text: &str| {
        let (ends, weight) = text.split_once(':')?;
        let (a, b) = ends.split_once('-')?;
        Some((format!("{a:0>2}"), format!("{b:0>2}"), weight.parse().ok()?))
    };
    CLUB.split_whitespace().map(|text| tie(text).expect("two numbers and a weight")).collect()
}

fn network(ties: &[(String, String, f64)]) -> Network<'_> {
    Network::of_ties(ties.iter().map(|(a, b, weight)| (a.as_str(), b.as_str(), *weight)))
}

/// Chains of single letters: `ab bc` are two ties.
fn drawn(text: &'static str) -> Network<'static> {
    Network::of_ties(text.split(' ').map(|tie| (&tie[..1], &tie[1..], 1.0)))
}

fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-9, "found {found}, expected {expected}");
}

#[test]
fn the_karate_club_has_the_centralities_of_networkx() {
    let ties = club();
    let network = network(&ties);
    assert_eq!((network.len(), network.graph.edge_count()), (34, 78));
    let found = centralities(&network);
    for (id, degree, meetings, page_rank, betweenness, closeness) in KNOWN {
        let at = network.ids().position(|other| other == id).expect("a member");
        assert_eq!(found[at].degree, degree);
        near(found[at].meetings, meetings);
        near(found[at].page_rank, page_rank);
        near(found[at].betweenness, betweenness);
        near(found[at].closeness, closeness);
    }
    near(found.iter().map(|of| of.page_rank).sum(), 1.0);
}

#[test]
fn the_karate_club_falls_into_communities() {
    let ties = club();
    let network = network(&ties);
    let split: Vec<usize> = (0..34).map(|member| usize::from(!WITH_THE_INSTRUCTOR.contains(&member))).collect();
    near(modularity(&network, &split), 0.391437566762);
    let found = communities(&network);
    // What networkx's Louvain reaches, by seed: 0.4176 to 0.4449.
    assert!(modularity(&network, &found) > 0.43, "{found:?}");
    assert_eq!(components(&network), [0; 34]);
    let mut backwards = ties.clone();
    backwards.reverse();
    assert_eq!(communities(&turned(&backwards)), found, "the order of ties does not matter");
    // Number 11 knows the instructor alone.
    assert_eq!(bridges(&network), [("00", "11")]);
}

fn turned(ties: &[(String, String, f64)]) -> Network<'_> {
    Network::of_ties(ties.iter().map(|(a, b, weight)| (b.as_str(), a.as_str(), *weight)))
}

#[test]
fn small_networks_are_as_one_counts_them() {
    // A path of three: all ways lead through the middle.
    assert_eq!(betweenness(&drawn("ab bc")), [0.0, 1.0, 0.0]);
    assert_eq!(closeness(&drawn("ab bc")), [2.0 / 3.0, 1.0, 2.0 / 3.0]);
    // Two apart: one reaches one of three others in one step.
    assert_eq!(closeness(&drawn("ab cd")), [1.0 / 3.0; 4]);
    assert_eq!(components(&drawn("ab cd ce")), [1, 1, 0, 0, 0]);
    // Two triangles and the tie between them.
    let two = drawn("ab bc ca cd de ef fd");
    assert_eq!(communities(&two), [0, 0, 0, 1, 1, 1]);
    assert_eq!(bridges(&two), [("c", "d")]);
    near(modularity(&two, &communities(&two)), 6.0 / 7.0 - 0.5);
    let none = drawn("aa");
    assert!(none.is_empty() && centralities(&none).is_empty() && communities(&none).is_empty());
    assert_eq!((bridges(&none), modularity(&none, &[])), (vec![], 0.0));
}

#[test]
fn a_graph_and_its_view_are_one_network() {
    let hostile = newsroom::hostile_graph();
    assert_eq!(Network::of(&hostile, Scope::People, |_| false).len(), 0);
    let graph = newsroom::graph();
    for (scope, seen) in [(Scope::People, View::People), (Scope::Actors, View::Actors)] {
        let view = view(&graph, seen);
        let (whole, part) = (Network::of(&graph, scope, |_| true), Network::of(&view, scope, |_| true));
        assert!(!whole.is_empty());
        assert_eq!(whole.ids().collect::<Vec<_>>(), view.nodes().map(|node| node.id()).collect::<Vec<_>>());
        assert_eq!(centralities(&whole), centralities(&part));
    }
}

#[test]
fn those_at_one_event_attended_it_together() {
    let graph = newsroom::graph();
    let both = attendance(&graph, Scope::People, |_| true);
    assert!(both.iter().any(|both| both.pair == ("person/asa-lindqvist", "person/daniel-okoro")), "{both:?}");
    assert!(both.iter().all(|both| both.pair.0 < both.pair.1 && !both.events.is_empty()));
    assert_eq!(attendance(&graph, Scope::People, |_| false), []);
}

#[test]
fn a_day_lies_in_its_windows_and_a_year_in_no_month() {
    let date = |text: &str| text.parse().expect("a date");
    assert_eq!(Window::Month.of(date("2021-03-09")).as_deref(), Some("2021-03"));
    assert_eq!(Window::Quarter.of(date("2021-10")).as_deref(), Some("2021-Q4"));
    assert_eq!(Window::Year.of(date("2021")).as_deref(), Some("2021"));
    assert_eq!((Window::Month.of(date("2021")), Window::Quarter.of(date("2021"))), (None, None));
    assert!(windows(&newsroom::graph(), Window::Month).contains("2021-03"));
}
