//! Articles that are near-copies of one another: wire copy that several papers print, cut and headed anew.
//!
//! Each text has a signature, the least of 128 hashes over its runs of four words (MinHash, Broder 1997): the share of equal places
//! in two signatures estimates the share of runs that the texts have in common. Bands of four places find the pairs worth
//! comparing. The hashes are fixed, so the answer is the same everywhere.

use std::collections::{BTreeMap, BTreeSet};

use super::{ArticleNode, KnowledgeGraph, Node};

/// Words in a run.
const RUN: usize = 4;
/// Runs: a shorter text is a headline or a brief, and alike to many.
const LEAST_RUNS: usize = 24;
const BANDS: usize = 32;
const ROWS: usize = 4;
/// Places of a signature that must be equal, of 128: about six runs in ten in common.
const LEAST_EQUAL: usize = 77;

/// What is kept of a text to compare it by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Signature(Vec<u32>);

impl Signature {
    /// The signature of a text, unless it is too short to tell.
    pub fn of(text: &str) -> Option<Signature> {
        let runs = runs(text);
        if runs.len() < LEAST_RUNS {
            return None;
        }
        let least = |hash: usize| {
            let (factor, offset) = (mixed(2 * hash as u64) | 1, mixed(2 * hash as u64 + 1));
            let hashes = runs.iter().map(|run| (run.wrapping_mul(factor).wrapping_add(offset) >> 32) as u32);
            hashes.min().expect("there are runs")
        };
        Some(Signature((0..BANDS * ROWS).map(least).collect()))
    }

    /// A number for each band; texts that share none are not worth comparing.
    pub fn bands(&self) -> impl Iterator<Item = i64> {
        self.0.chunks(ROWS).enumerate().map(|(band, rows)| {
            rows.iter().fold(mixed(band as u64), |hash, row| mixed(hash ^ u64::from(*row))).cast_signed()
        })
    }

    pub fn is_like(&self, other: &Signature) -> bool {
        self.0.iter().zip(&other.0).filter(|(a, b)| a == b).count() >= LEAST_EQUAL
    }

    /// Four bytes for each place, the lowest first.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|least| least.to_le_bytes()).collect()
    }

    pub fn from_bytes(bytes: &[u8]) -> Signature {
        Signature(bytes.chunks_exact(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect())
    }
}

/// The near-copies of each article of a graph that has any, by id.
pub(super) fn among(graph: &KnowledgeGraph) -> BTreeMap<String, BTreeSet<String>> {
    let signed: Vec<(&str, Signature)> = graph
        .nodes()
        .filter_map(|node| match node {
            Node::Article(ArticleNode { id, text, .. }) => Some((id.as_str(), Signature::of(text)?)),
            _ => None,
        })
        .collect();
    let mut by_band: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    let mut copies: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (at, (id, signature)) in signed.iter().enumerate() {
        let mut alike: BTreeSet<usize> = BTreeSet::new();
        for band in signature.bands() {
            let known = by_band.entry(band).or_default();
            alike.extend(known.iter().copied().filter(|&other| signature.is_like(&signed[other].1)));
            known.push(at);
        }
        for (other, _) in alike.into_iter().map(|other| &signed[other]) {
            copies.entry((*id).to_owned()).or_default().insert((*other).to_owned());
            copies.entry((*other).to_owned()).or_default().insert((*id).to_owned());
        }
    }
    copies
}

/// The hashes of all runs of words, case and punctuation aside, each once.
fn runs(text: &str) -> BTreeSet<u64> {
    let words: Vec<u64> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(hash).collect();
    words.windows(RUN).map(|run| run.iter().fold(0, |hash, word| mixed(hash ^ word))).collect()
}

/// FNV-1a over the letters in lower case.
fn hash(word: &str) -> u64 {
    let letters = word.chars().flat_map(char::to_lowercase);
    letters.fold(0xcbf2_9ce4_8422_2325, |hash, c| (hash ^ u64::from(c)).wrapping_mul(0x100_0000_01b3))
}

/// Spreads a number over all bits (the finalizer of SplitMix64).
fn mixed(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A story of as many sentences, each of other words.
    fn story(sentences: std::ops::Range<u32>) -> String {
        sentences
            .map(|n| format!("On day {n} envoy {} of ward {} met the keeper of bridge {}. ", n * 7, n * 11, n * 13))
            .collect()
    }

    #[test]
    fn a_copy_with_another_head_and_a_shorter_end_is_found() {
        let whole = Signature::of(&story(0..20)).expect("long enough");
        let cut = Signature::of(&format!("Envoys meet keepers. {}", story(0..17))).expect("long enough");
        let other = Signature::of(&story(40..60)).expect("long enough");
        assert!(whole.is_like(&cut) && whole.bands().any(|band| cut.bands().any(|other| other == band)));
        assert!(!whole.is_like(&other));
        assert_eq!(Signature::from_bytes(&whole.to_bytes()), whole);
        assert_eq!(Signature::of("Envoys meet keepers."), None);
    }
}
