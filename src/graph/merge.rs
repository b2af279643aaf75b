//! What two readings say of one node or edge into one: commutative, associative, idempotent.
//!
//! One article has Solheim meet Kanté, another has it denied: the event keeps both in `told`, with their articles, and its own
//! status is the stronger.

use std::collections::{BTreeMap, BTreeSet};

use super::element::{Edge, Node};
use crate::base::Date;
use crate::extract::{Claim, Event, Telling};

/// Merges what two readings say of one node.
///
/// # Panics
/// Where the two are of different kinds: ids start with their kind.
pub(super) fn nodes(node: &mut Node, other: Node) {
    match (node, other) {
        (Node::Entity(a), Node::Entity(b)) => a.merge(b),
        (Node::Event(a), Node::Event(b)) => events(a, b),
        (Node::Claim(a), Node::Claim(b)) => claims(a, b),
        (Node::Article(a), Node::Article(b)) => {
            if (&b.name, &b.published, &b.url) > (&a.name, &a.published, &a.url) {
                (a.name, a.published, a.url) = (b.name, b.published, b.url);
            }
            a.sources.extend(b.sources);
            a.notes.extend(b.notes);
            a.copies.extend(b.copies);
        }
        (a, b) => unreachable!("`{}` is both {} and {}: ids start with their kind", a.id(), a.kind(), b.kind()),
    }
}

pub(super) fn edges(edge: &mut Edge, other: Edge) {
    edge.role = edge.role.take().into_iter().chain(other.role).min();
    edge.start = edge.start.max(other.start);
    edge.end = edge.end.max(other.end);
    edge.status = edge.status.max(other.status);
    edge.weight = edge.weight.max(other.weight);
    edge.evidence.extend(other.evidence);
    edge.spans.extend(other.spans);
}

fn events(event: &mut Event, other: Event) {
    let mut told = tellings(event);
    told.extend(tellings(&other));
    if (other.name.len(), &event.name) > (event.name.len(), &other.name) {
        event.name = other.name;
    }
    event.subtype = event.subtype.take().max(other.subtype);
    event.score = event.score.max(other.score);
    event.dated_otherwise.extend(other.dated_otherwise);
    event.evidence.extend(other.evidence);
    sum_up(event, told);
}

/// What each article tells of an event.
fn tellings(event: &Event) -> BTreeSet<Telling> {
    if !event.told.is_empty() {
        return event.told.clone();
    }
    let Event { status, start, end, date_inferred, .. } = *event;
    let telling = |article: &str| Telling { article: article.to_owned(), status, start, end, date_inferred };
    match event.evidence.is_empty() {
        true => BTreeSet::from([telling("")]),
        false => event.evidence.iter().map(|piece| telling(&piece.article)).collect(),
    }
}

/// Status and dates of an event out of what is told of it: the strongest status; the finest of the dates that are told, else of those
/// that are inferred; of those the ones that most articles tell, of those the latest.
fn sum_up(event: &mut Event, told: BTreeSet<Telling>) {
    let mut dates: BTreeMap<(Option<Date>, Option<Date>, bool), usize> = BTreeMap::new();
    for telling in &told {
        *dates.entry((telling.start, telling.end, telling.date_inferred)).or_default() += 1;
    }
    let best = dates.into_iter().max_by_key(|&((start, end, inferred), articles)| {
        (start.is_some() && !inferred, fineness(start), articles, start, end)
    });
    ((event.start, event.end, event.date_inferred), _) = best.expect("whatever is told has an entry");
    event.status = told.iter().map(|telling| telling.status).max().expect("something is told");
    let mut values = told.iter().map(|telling| (telling.status, telling.start, telling.end, telling.date_inferred));
    let first = values.next();
    let is_agreed = values.all(|value| Some(value) == first);
    event.told = if is_agreed { BTreeSet::new() } else { told };
}

/// 0 of no date, 3 of a day.
fn fineness(date: Option<Date>) -> u8 {
    date.map_or(0, |date| 1 + u8::from(date.month().is_some()) + u8::from(date.day().is_some()))
}

/// Keeps the wording that comes first in the articles, and the evidence of both: its spans count in the article of the first piece.
fn claims(claim: &mut Claim, mut other: Claim) {
    if wording(&other) < wording(claim) {
        std::mem::swap(claim, &mut other);
    }
    claim.evidence.extend(other.evidence);
}

/// All of a claim but its id, by its first evidence.
fn wording(claim: &Claim) -> impl Ord + '_ {
    let Claim { id: _, form, stance, cue, cue_span, source_text, source_span, content, content_spans, evidence } =
        claim;
    let said = (content_spans, content, cue_span, cue, source_span, source_text, form, stance);
    (evidence.first(), said)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::CharSpan;
    use crate::extract::{Evidence, Form, Stance, Status};
    use proptest::prelude::*;

    /// What an article tells; a date with `?` is inferred.
    fn event(article: u8, start: Option<&str>, status: Status) -> Event {
        let date_inferred = start.is_some_and(|date| date.ends_with('?'));
        let start = start.map(|date| date.trim_end_matches('?').parse().expect("a date"));
        Event {
            id: "event/x".to_owned(),
            event_type: "x".to_owned(),
            subtype: None,
            name: "x".to_owned(),
            start,
            end: start,
            date_inferred,
            status,
            score: 0.9,
            channel: None,
            plover: None,
            cameo: None,
            told: BTreeSet::new(),
            dated_otherwise: BTreeSet::new(),
            evidence: BTreeSet::from([Evidence {
                article: format!("article/{article}"),
                start: 0,
                end: 1,
                text: "x".to_owned(),
                rule: String::new(),
            }]),
        }
    }

    fn merged(all: impl IntoIterator<Item = Event>) -> Event {
        let merge = |mut a: Event, b: Event| {
            events(&mut a, b);
            a
        };
        all.into_iter().reduce(merge).expect("an event")
    }

    #[test]
    fn a_disagreement_is_kept_with_its_articles() {
        let day = Some("2031-05-13");
        let agreed = merged([event(1, day, Status::Happened), event(2, day, Status::Happened)]);
        assert!(agreed.told.is_empty());
        let disputed = merged([agreed, event(3, Some("2031-05"), Status::Denied)]);
        assert_eq!((disputed.status, disputed.told.len()), (Status::Happened, 3));
        assert_eq!(disputed.start.map(|date| date.to_string()).as_deref(), day);
    }

    #[test]
    fn most_articles_decide_between_days() {
        let told = [(1, "2031-05-13"), (2, "2031-05-13"), (3, "2031-05-14")];
        let told = told.map(|(article, day)| event(article, Some(day), Status::Happened));
        assert_eq!(merged(told).start.map(|date| date.to_string()).as_deref(), Some("2031-05-13"));
    }

    #[test]
    fn a_date_that_is_told_outweighs_those_that_are_inferred() {
        let told = [(1, "2031-05-13?"), (2, "2031-05-13?"), (3, "2031-05")];
        let told = told.map(|(article, day)| event(article, Some(day), Status::Happened));
        let whole = merged(told);
        assert_eq!(
            (whole.start.map(|date| date.to_string()).as_deref(), whole.date_inferred),
            (Some("2031-05"), false)
        );
        let whole = merged([event(1, None, Status::Happened), event(2, Some("2031-05-13?"), Status::Happened)]);
        assert_eq!((whole.start.is_some(), whole.date_inferred), (true, true));
    }

    proptest! {
        #[test]
        fn order_and_repetition_change_nothing(told in prop::collection::vec((0u8..4, 0usize..5, 0usize..4), 1..8), turn in 0usize..8, pair in 0usize..8) {
            const DAYS: [Option<&str>; 5] = [None, Some("2031-05"), Some("2031-05-13"), Some("2031-05-14"), Some("2031-05-12?")];
            const STATUSES: [Status; 4] = [Status::Happened, Status::Planned, Status::Denied, Status::Uncertain];
            let all: Vec<Event> = told.iter().map(|&(article, day, status)| event(article, DAYS[day], STATUSES[status])).collect();
            let expected = merged(all.clone());
            let mut turned = all.clone();
            turned.rotate_left(turn % all.len());
            prop_assert_eq!(&merged(turned), &expected);
            let (left, right) = all.split_at(pair % all.len());
            if !left.is_empty() {
                prop_assert_eq!(&merged([merged(left.to_vec()), merged(right.to_vec())]), &expected);
            }
            prop_assert_eq!(&merged(all.iter().chain(&all).cloned()), &expected);
        }
    }

    #[test]
    fn one_claim_worded_twice_is_the_same_in_either_order() {
        let claim = |start: usize| Claim {
            id: "claim/x".to_owned(),
            form: Form::Direct,
            stance: Stance::Assert,
            cue: String::new(),
            cue_span: None,
            source_text: String::new(),
            source_span: None,
            content: vec!["We agree".to_owned()],
            content_spans: vec![CharSpan::new(start, start + 8)],
            evidence: BTreeSet::new(),
        };
        let merged = |mut a: Claim, b: Claim| {
            claims(&mut a, b);
            a
        };
        assert_eq!(merged(claim(3), claim(9)), merged(claim(9), claim(3)));
    }
}
