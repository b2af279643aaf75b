//! Names of people, places and organizations against those that people have marked: F1 of spans with their kinds.
//!
//! A name counts when it has the same first and last character and the same kind: "Geneva" of "Geneva water summit" is none.

use std::collections::BTreeSet;
use std::ops::Range;

use super::columns::NamedSentence;
use super::marked::MarkedText;
use super::score::{Counts, Score};
use super::system;
use crate::base::{CharSpan, TokenSpan};
use crate::ingest::Article;
use crate::nlp::{Document, Model, NameKind, analyze, analyze_words};
use crate::schema::Schema;

/// Scores the names of sentences that are read as raw text, each by itself.
///
/// # Panics
///
/// Where a sentence with names has no text.
pub fn names(schema: &Schema, model: &Model, corpus: &str, sentences: &[NamedSentence]) -> Vec<Score> {
    let mut counts = Names::default();
    for sentence in sentences {
        let place = |word: usize| &sentence.places[word];
        let span = |words: &Range<usize>| CharSpan::new(place(words.start).start, place(words.end - 1).end);
        let gold = sentence.names.iter().map(|(kind, words)| (*kind, span(words))).collect();
        let doc = analyze(schema, model, Article::of_paragraphs("-", &[&sentence.text]));
        counts.add(&gold, &system_names(schema, &doc));
    }
    counts.scores(corpus, "raw text")
}

/// Scores the names of sentences whose words are given, each by itself.
pub fn names_of_words(schema: &Schema, model: &Model, corpus: &str, sentences: &[NamedSentence]) -> Vec<Score> {
    let mut counts = Names::default();
    for sentence in sentences {
        let words = sentence.words.iter().map(String::as_str).collect();
        let doc = analyze_words(schema, model, &[vec![words]]);
        let gold = |(kind, words): &(NameKind, Range<usize>)| (*kind, TokenSpan::new(words.start, words.end));
        let system = system::names(schema, &doc).into_iter().collect();
        counts.add(&sentence.names.iter().map(gold).collect(), &system);
    }
    counts.scores(corpus, "gold tokens")
}

/// Scores the names of marked texts.
pub fn marked_names(schema: &Schema, corpus: &str, texts: &[(&MarkedText, &Document)]) -> Vec<Score> {
    let mut counts = Names::default();
    for (text, doc) in texts {
        let scored = text.names.iter().filter(|(kind, _)| KINDS.iter().any(|(scored, _, _)| scored == kind));
        let is_inside = |span: CharSpan| text.names.iter().any(|(_, other)| other.covers(span) && *other != span);
        let gold = scored.filter(|(_, span)| !is_inside(*span)).copied().collect();
        counts.add(&gold, &system_names(schema, doc));
    }
    counts.scores(corpus, "raw text")
}

fn system_names(schema: &Schema, doc: &Document) -> BTreeSet<(NameKind, CharSpan)> {
    system::names(schema, doc).into_iter().map(|(kind, span)| (kind, doc.chars(span))).collect()
}

/// The kinds that are scored, their keys and their names.
const KINDS: [(NameKind, &str, &str); 3] = [
    (NameKind::Person, "person", "people"),
    (NameKind::Place, "place", "places"),
    (NameKind::Organization, "organization", "organizations"),
];

#[derive(Default)]
struct Names {
    kinds: [Counts; KINDS.len()],
    /// Whatever their kinds.
    spans: Counts,
}

impl Names {
    fn add<Place: Ord + Copy>(&mut self, gold: &BTreeSet<(NameKind, Place)>, system: &BTreeSet<(NameKind, Place)>) {
        for ((kind, _, _), counts) in KINDS.iter().zip(&mut self.kinds) {
            let of_kind = |names: &BTreeSet<(NameKind, Place)>| names.iter().filter(|(of, _)| of == kind).count();
            let correct = gold.intersection(system).filter(|(of, _)| of == kind).count();
            *counts += Counts { gold: of_kind(gold), system: of_kind(system), correct };
        }
        let spans = |names: &BTreeSet<(NameKind, Place)>| names.iter().map(|(_, span)| *span).collect::<BTreeSet<_>>();
        let (gold, system) = (spans(gold), spans(system));
        self.spans += Counts { gold: gold.len(), system: system.len(), correct: gold.intersection(&system).count() };
    }

    fn scores(self, corpus: &str, on: &str) -> Vec<Score> {
        let mut all = Counts::default();
        self.kinds.into_iter().for_each(|counts| all += counts);
        let mut scores = vec![
            Score::share(corpus, "names", &format!("names with kinds, {on}, F1"), all.f1()),
            Score::share(corpus, "name-spans", &format!("names whatever their kinds, {on}, F1"), self.spans.f1()),
        ];
        for ((_, key, kind), counts) in KINDS.into_iter().zip(self.kinds) {
            scores.push(Score::share(corpus, key, &format!("names of {kind}, {on}, F1"), counts.f1()));
        }
        scores
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::Columns;

    #[test]
    fn spans_and_kinds_must_agree() {
        let gold = BTreeSet::from([(NameKind::Person, 1), (NameKind::Place, 2), (NameKind::Place, 3)]);
        let system = BTreeSet::from([(NameKind::Person, 1), (NameKind::Organization, 2)]);
        let mut names = Names::default();
        names.add(&gold, &system);
        let scores: Vec<f64> = names.scores("a", "raw text").iter().map(|score| score.value).collect();
        assert_eq!(scores, [0.4, 0.8, 1.0, 0.0, 0.0]);
    }

    #[test]
    fn sentences_are_read_as_they_stand() {
        let (schema, model) = (Schema::built_in(), Model::built_in());
        let columns = Columns { word: 0, label: 1, kind: |label| (label == "PER").then_some(NameKind::Person) };
        let text = "# text = French minister Claire Duval met Ben Okafor.\nFrench O\nminister O\nClaire B-PER\nDuval I-PER\n\
            met O\nBen B-PER\nOkafor I-PER\n. O\n";
        let sentences = columns.read("a", text).expect("a sentence");
        for scores in [names, names_of_words].map(|score| score(&schema, &model, "a", &sentences)) {
            assert_eq!(scores[0].value, 1.0, "{scores:?}");
        }
    }
}
