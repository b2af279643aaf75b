//! Labelled words into attributions: sources and contents tied to their cues.
//!
//! "A, she said, and B" has the cue "said", the source "she", and a content in two pieces.

use super::bio::Bio;
use crate::nlp::AttributionPart;

/// Who says what by which words: runs of words, as [start, end) positions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attribution {
    pub cue: Option<[usize; 2]>,
    pub sources: Vec<[usize; 2]>,
    pub contents: Vec<[usize; 2]>,
}

impl Attribution {
    /// All runs, to be moved.
    pub fn runs_mut(&mut self) -> impl Iterator<Item = &mut [usize; 2]> {
        self.cue.iter_mut().chain(&mut self.sources).chain(&mut self.contents)
    }
}

/// Ties each run labelled source or content to the cue that its words go with best.
///
/// `score` gives for words of such runs and words of cues (both as positions) a score each, (words, 1 + cue words) row by row;
/// the first is for no cue at all. A content without a cue is an attribution without one; a source without one is dropped.
pub fn tie(labels: &[Bio<AttributionPart>], score: impl FnOnce(&[usize], &[usize]) -> Vec<f32>) -> Vec<Attribution> {
    let (cues, others): (Vec<Run>, Vec<Run>) =
        runs(labels).into_iter().partition(|(part, _)| *part == AttributionPart::Cue);
    let mut out: Vec<Attribution> =
        cues.iter().map(|(_, run)| Attribution { cue: Some(*run), ..Attribution::default() }).collect();
    if others.is_empty() {
        return Vec::new();
    }
    let words = |runs: &[Run]| runs.iter().flat_map(|(_, run)| run[0]..run[1]).collect::<Vec<usize>>();
    let cue_words = words(&cues);
    let scores = score(&words(&others), &cue_words);
    let width = 1 + cue_words.len();
    let mut rows = scores.chunks_exact(width);
    for (part, run) in others {
        let own: Vec<&[f32]> = rows.by_ref().take(run[1] - run[0]).collect();
        match best_cue(&own, &cues) {
            Some(cue) if part == AttributionPart::Source => out[cue].sources.push(run),
            Some(cue) => out[cue].contents.push(run),
            None if part == AttributionPart::Content => {
                out.push(Attribution { contents: vec![run], ..Attribution::default() });
            }
            None => {}
        }
    }
    out.retain(|attribution| !attribution.contents.is_empty());
    out.sort_by_key(|attribution| attribution.cue.map_or(attribution.contents[0][0], |cue| cue[0]));
    out
}

type Run = (AttributionPart, [usize; 2]);

/// The cue that a run's words go with best, taken together; `None` where no cue at all is likelier.
fn best_cue(rows: &[&[f32]], cues: &[Run]) -> Option<usize> {
    let none: f32 = rows.iter().map(|row| row[0]).sum();
    let mut best = (none, None);
    let mut column = 1;
    for (number, (_, cue)) in cues.iter().enumerate() {
        let columns = column..column + cue[1] - cue[0];
        column = columns.end;
        let total = rows.iter().map(|row| row[columns.clone()].iter().copied().fold(f32::MIN, f32::max)).sum();
        if total > best.0 {
            best = (total, Some(number));
        }
    }
    best.1
}

/// Runs of one part, over sentences too.
fn runs(labels: &[Bio<AttributionPart>]) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::new();
    for (at, label) in labels.iter().enumerate() {
        match (label, out.last_mut()) {
            (Bio::Inside(part), Some((last, run))) if last == part && run[1] == at => run[1] = at + 1,
            (Bio::Begin(part) | Bio::Inside(part), _) => out.push((*part, [at, at + 1])),
            (Bio::Outside, _) => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use AttributionPart::{Content, Cue, Source};
    use Bio::{Begin, Inside, Outside};

    /// "They won , she said , and he denied it ."
    const LABELS: [Bio<AttributionPart>; 11] = [
        Begin(Content),
        Inside(Content),
        Outside,
        Begin(Source),
        Begin(Cue),
        Outside,
        Outside,
        Begin(Source),
        Begin(Cue),
        Begin(Content),
        Outside,
    ];

    /// Nearest first, and no cue at all worse than any within four words.
    fn by_nearness(words: &[usize], cues: &[usize]) -> Vec<f32> {
        words
            .iter()
            .flat_map(|&word| std::iter::once(-5.0).chain(cues.iter().map(move |&cue| -(cue.abs_diff(word) as f32))))
            .collect()
    }

    #[test]
    fn ties_sources_and_contents_to_their_cues() {
        let found = tie(&LABELS, by_nearness);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0], Attribution { cue: Some([4, 5]), sources: vec![[3, 4]], contents: vec![[0, 2]] });
        assert_eq!(found[1], Attribution { cue: Some([8, 9]), sources: vec![[7, 8]], contents: vec![[9, 10]] });
    }

    #[test]
    fn content_far_from_any_cue_stands_alone() {
        let mut labels = LABELS.to_vec();
        labels.extend([Outside; 6]);
        labels.extend([Begin(Content), Inside(Content), Begin(Source)]);
        let found = tie(&labels, by_nearness);
        assert_eq!(found.len(), 3);
        assert_eq!(found[2], Attribution { cue: None, sources: vec![], contents: vec![[17, 19]] });
    }

    #[test]
    fn cues_without_content_say_nothing() {
        assert_eq!(tie(&[Begin(Source), Begin(Cue), Outside], by_nearness), []);
        assert_eq!(tie(&[Begin(Cue)], by_nearness), []);
    }
}
