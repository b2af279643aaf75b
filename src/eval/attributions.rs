//! Attributions, and the claims of graphs, against the attributions that people have marked: whose content is found, and with whom
//! for its source.
//!
//! Of "the port would reopen, the mayor said" the content is found when it has half of the characters in common with it.

use std::collections::BTreeSet;

use super::marked::{Attribution, MarkedText};
use super::score::{Counts, Score, best_pairs, ratio};
use super::system;
use crate::base::CharSpan;
use crate::graph::Reading;
use crate::nlp::Document;

/// The share of characters in common from which a span is found.
const FOUND: f64 = 0.5;

/// Scores the attributions that have a content: F1 of those whose content is found, and of those whose source is found too (or
/// neither side has one). Content and source are found where they overlap the marked ones by a Jaccard index of one half
/// over letters and digits; each is paired with one at most, so that as many as can be are found.
pub fn attributions(corpus: &str, texts: &[(&MarkedText, &Document)]) -> Vec<Score> {
    let (mut contents, mut sources) = (Counts::default(), Counts::default());
    for (text, doc) in texts {
        let words: Vec<bool> = text.text.chars().map(char::is_alphanumeric).collect();
        let gold = with_content(&text.attributions, &words);
        let system = with_content(&system::attributions(doc), &words);
        contents += count(&gold, &system, |a, b| jaccard(&a.content, &b.content));
        sources += count(&gold, &system, |a, b| match jaccard(&a.source, &b.source) {
            source if source >= FOUND || a.source.is_empty() && b.source.is_empty() => jaccard(&a.content, &b.content),
            _ => 0.0,
        });
    }
    vec![
        Score::share(corpus, "contents", "attributions by content, raw text, F1", contents.f1()),
        Score::share(corpus, "sources", "attributions by content and source, raw text, F1", sources.f1()),
    ]
}

/// Scores the claims of each text's graph: F1 of those whose content is found, as [`attributions`] has it, and of these those whose
/// source has characters in common with the marked one (or neither side has one), since a claim tells of its source's head only.
pub fn claims(corpus: &str, texts: &[(&MarkedText, &Reading)]) -> Vec<Score> {
    let (mut contents, mut sources) = (Counts::default(), Counts::default());
    for (text, reading) in texts {
        let words: Vec<bool> = text.text.chars().map(char::is_alphanumeric).collect();
        let gold = with_content(&text.attributions, &words);
        let system = with_content(&system::claims(reading), &words);
        let found = pairs(&gold, &system, |a, b| jaccard(&a.content, &b.content));
        let is_source = |a: &Characters, b: &Characters| {
            !a.source.is_disjoint(&b.source) || a.source.is_empty() && b.source.is_empty()
        };
        let with_source = found.iter().filter(|&&(i, j)| is_source(&gold[i], &system[j])).count();
        contents += Counts { gold: gold.len(), system: system.len(), correct: found.len() };
        sources += Counts { gold: gold.len(), system: system.len(), correct: with_source };
    }
    vec![
        Score::share(corpus, "claims", "claims of the graph by content, raw text, F1", contents.f1()),
        Score::share(corpus, "speakers", "claims of the graph by content and source, raw text, F1", sources.f1()),
    ]
}

/// The letters and digits of an attribution, by their places.
struct Characters {
    source: BTreeSet<usize>,
    content: BTreeSet<usize>,
}

fn with_content(attributions: &[Attribution], words: &[bool]) -> Vec<Characters> {
    let characters = |spans: &[CharSpan]| spans.iter().flat_map(|span| span.range()).filter(|&at| words[at]).collect();
    let all = attributions.iter().map(|attribution| Characters {
        source: characters(&attribution.sources),
        content: characters(&attribution.contents),
    });
    all.filter(|attribution| !attribution.content.is_empty()).collect()
}

fn jaccard(a: &BTreeSet<usize>, b: &BTreeSet<usize>) -> f64 {
    let common = a.intersection(b).count();
    ratio(common as f64, (a.len() + b.len() - common) as f64)
}

fn count(gold: &[Characters], system: &[Characters], alike: impl Fn(&Characters, &Characters) -> f64) -> Counts {
    Counts { gold: gold.len(), system: system.len(), correct: pairs(gold, system, alike).len() }
}

/// Those found, by their numbers in the gold and the system.
fn pairs(
    gold: &[Characters],
    system: &[Characters],
    alike: impl Fn(&Characters, &Characters) -> f64,
) -> Vec<(usize, usize)> {
    // More pairs go before better ones.
    let weight = |i: usize, j: usize| match alike(&gold[i], &system[j]) {
        alike if alike >= FOUND => 1.0 + alike / (1.0 + gold.len() as f64),
        _ => 0.0,
    };
    best_pairs(gold.len(), system.len(), weight)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(source: &[usize], content: std::ops::Range<usize>) -> Characters {
        Characters { source: source.iter().copied().collect(), content: content.collect() }
    }

    #[test]
    fn half_in_common_is_found_and_each_once() {
        let gold = [all(&[1], 10..20), all(&[2], 30..40)];
        let by_content = |system: &[Characters]| count(&gold, system, |a, b| jaccard(&a.content, &b.content)).correct;
        assert_eq!(by_content(&[all(&[], 10..15)]), 1);
        assert_eq!(by_content(&[all(&[], 10..14)]), 0);
        assert_eq!(by_content(&[all(&[], 10..20), all(&[], 10..20)]), 1);
        assert_eq!(by_content(&[all(&[], 28..40), all(&[], 10..20)]), 2);
    }

    #[test]
    fn only_letters_and_digits_count() {
        let text = "“Go!”, I said.";
        let words: Vec<bool> = text.chars().map(char::is_alphanumeric).collect();
        let said = Attribution { contents: vec![CharSpan::new(0, 5)], ..Attribution::default() };
        let mute = Attribution { contents: vec![CharSpan::new(4, 6)], ..Attribution::default() };
        let found = with_content(&[said, mute], &words);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].content, BTreeSet::from([1, 2]));
    }
}
