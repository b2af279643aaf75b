//! Chains of mentions against those that people have marked: MUC, B³ and CEAF-e, and their mean, the CoNLL F1.
//!
//! Of "Solheim met Kanté; she thanked him" the gold has two chains of two mentions. Mentions are the same when they begin and
//! end alike; chains of one mention are left out on both sides. Follows Pradhan and others 2014, "Scoring coreference partitions
//! of predicted mentions": parts and wholes are summed over the documents, then divided.

use std::collections::{BTreeMap, BTreeSet};

use super::conllu::{Treebank, TreebankDocument};
use super::marked::MarkedText;
use super::score::{Counts, Score, best_pairs, ratio};
use super::system;
use crate::base::{CharSpan, TokenSpan};
use crate::error::{Error, Result};
use crate::nlp::{Document, Model, analyze_words};
use crate::schema::Schema;

/// Scores the chains of a treebank with `Entity=` brackets, on its words; mentions are the engine's own.
///
/// # Errors
///
/// Brackets that do not close, and mentions in several pieces.
pub fn treebank_coreference(schema: &Schema, model: &Model, corpus: &str, treebank: &Treebank) -> Result<Vec<Score>> {
    let mut scores = Coreference::default();
    for (number, document) in treebank.documents.iter().enumerate() {
        let gold = chains(document).map_err(|fault| Error::new(format!("document {}: {fault}", number + 1)))?;
        let doc = analyze_words(schema, model, &document.forms());
        scores.add(&Partition::new(gold), &Partition::new(system::coreference(&doc)));
    }
    Ok(scores.scores(corpus, "gold tokens"))
}

/// Scores the chains of marked texts.
pub fn marked_coreference(corpus: &str, texts: &[(&MarkedText, &Document)]) -> Vec<Score> {
    let mut scores = Coreference::default();
    for (text, doc) in texts {
        let chars = |chain: Vec<TokenSpan>| chain.into_iter().map(|span| doc.chars(span)).collect::<Vec<CharSpan>>();
        let system = system::coreference(doc).into_iter().map(chars).collect();
        scores.add(&Partition::new(text.chains.clone()), &Partition::new(system));
    }
    scores.scores(corpus, "raw text")
}

/// The mentions of each group of a document: `(3-person-…` opens one of group 3, `3)` closes the last that is open, `(3-…)` is one
/// of a single word.
fn chains(document: &TreebankDocument) -> std::result::Result<Vec<Vec<TokenSpan>>, String> {
    let mut chains: BTreeMap<&str, Vec<TokenSpan>> = BTreeMap::new();
    let mut open: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, word) in document.sentences().flat_map(|sentence| &sentence.words).enumerate() {
        for bracket in brackets(word.entity.as_deref().unwrap_or_default()) {
            let group = bracket.trim_matches(['(', ')']).split('-').next().unwrap_or_default();
            if group.contains('[') {
                return Err(format!("`{bracket}`: mentions in several pieces are not read"));
            }
            if bracket.starts_with('(') {
                open.entry(group).or_default().push(at);
            }
            if bracket.ends_with(')') {
                let start = open.get_mut(group).and_then(Vec::pop);
                let start = start.ok_or_else(|| format!("`{bracket}` at word {} closes nothing", at + 1))?;
                chains.entry(group).or_default().push(TokenSpan::new(start, at + 1));
            }
        }
    }
    match open.iter().find(|(_, starts)| !starts.is_empty()) {
        Some((group, starts)) => Err(format!("the mention of group {group} at word {} is never closed", starts[0] + 1)),
        None => Ok(chains.into_values().collect()),
    }
}

/// `(1-person)(2-place-x1)3)` into `(1-person)`, `(2-place-x`, … each that opens, closes or does both.
fn brackets(entity: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    for (at, c) in entity.char_indices() {
        if c == '(' && at > start {
            out.push(&entity[start..at]);
            start = at;
        } else if c == ')' {
            out.push(&entity[start..=at]);
            start = at + 1;
        }
    }
    if start < entity.len() {
        out.push(&entity[start..]);
    }
    out
}

/// Chains of two mentions or more, and the chain of each mention.
struct Partition<M> {
    chains: Vec<BTreeSet<M>>,
    chain_of: BTreeMap<M, usize>,
}

impl<M: Ord + Copy> Partition<M> {
    /// A mention of two chains stays in the first.
    fn new(chains: Vec<Vec<M>>) -> Partition<M> {
        let mut seen = BTreeSet::new();
        let sets =
            chains.into_iter().map(|chain| chain.into_iter().filter(|m| seen.insert(*m)).collect::<BTreeSet<M>>());
        let chains: Vec<BTreeSet<M>> = sets.collect::<Vec<_>>().into_iter().filter(|chain| chain.len() > 1).collect();
        let chain_of = chains.iter().enumerate().flat_map(|(i, chain)| chain.iter().map(move |m| (*m, i))).collect();
        Partition { chains, chain_of }
    }

    /// How many of a chain's mentions each chain here has; those that none has come last, each alone.
    fn shares(&self, chain: &BTreeSet<M>) -> (BTreeMap<usize, usize>, usize) {
        let mut shares = BTreeMap::new();
        let found = chain.iter().filter_map(|mention| self.chain_of.get(mention));
        found.for_each(|&chain| *shares.entry(chain).or_default() += 1);
        let alone = chain.len() - shares.values().sum::<usize>();
        (shares, alone)
    }
}

/// A part and its whole, summed over documents.
#[derive(Clone, Copy, Default)]
struct Ratio {
    part: f64,
    whole: f64,
}

impl Ratio {
    fn add(&mut self, part: f64, whole: f64) {
        self.part += part;
        self.whole += whole;
    }

    fn value(self) -> f64 {
        ratio(self.part, self.whole)
    }
}

#[derive(Clone, Copy, Default)]
struct Measure {
    recall: Ratio,
    precision: Ratio,
}

impl Measure {
    fn f1(self) -> f64 {
        let (recall, precision) = (self.recall.value(), self.precision.value());
        ratio(2.0 * recall * precision, recall + precision)
    }
}

#[derive(Default)]
struct Coreference {
    mentions: Counts,
    muc: Measure,
    b_cubed: Measure,
    ceaf: Measure,
}

impl Coreference {
    fn add<M: Ord + Copy>(&mut self, gold: &Partition<M>, system: &Partition<M>) {
        self.mentions += Counts {
            gold: gold.chain_of.len(),
            system: system.chain_of.len(),
            correct: gold.chain_of.keys().filter(|mention| system.chain_of.contains_key(mention)).count(),
        };
        add_muc(&mut self.muc.recall, gold, system);
        add_muc(&mut self.muc.precision, system, gold);
        add_b_cubed(&mut self.b_cubed.recall, gold, system);
        add_b_cubed(&mut self.b_cubed.precision, system, gold);
        let alike = ceaf(gold, system);
        self.ceaf.recall.add(alike, gold.chains.len() as f64);
        self.ceaf.precision.add(alike, system.chains.len() as f64);
    }

    fn conll(&self) -> f64 {
        (self.muc.f1() + self.b_cubed.f1() + self.ceaf.f1()) / 3.0
    }

    fn scores(&self, corpus: &str, on: &str) -> Vec<Score> {
        let score =
            |name: &str, measured: &str, value| Score::share(corpus, name, &format!("{measured}, {on}, F1"), value);
        vec![
            score("coreference", "coreference, CoNLL", self.conll()),
            score("muc", "coreference, MUC", self.muc.f1()),
            score("b-cubed", "coreference, B³", self.b_cubed.f1()),
            score("ceaf-e", "coreference, CEAF-e", self.ceaf.f1()),
            score("mentions", "mentions in chains", self.mentions.f1()),
        ]
    }
}

/// The links of chains that another partition keeps (Vilain and others 1995).
fn add_muc<M: Ord + Copy>(links: &mut Ratio, of: &Partition<M>, by: &Partition<M>) {
    for chain in &of.chains {
        let (shares, alone) = by.shares(chain);
        links.add((chain.len() - shares.len() - alone) as f64, (chain.len() - 1) as f64);
    }
}

/// For each mention, the share of its chain that its chain there has too (Bagga and Baldwin 1998).
fn add_b_cubed<M: Ord + Copy>(mentions: &mut Ratio, of: &Partition<M>, by: &Partition<M>) {
    for chain in &of.chains {
        let (shares, _) = by.shares(chain);
        let kept: usize = shares.values().map(|share| share * share).sum();
        mentions.add(kept as f64 / chain.len() as f64, chain.len() as f64);
    }
}

/// The sum of how alike the best-paired chains are, 2 · common / (one + other) (Luo 2005, φ4).
fn ceaf<M: Ord + Copy>(gold: &Partition<M>, system: &Partition<M>) -> f64 {
    let shares: Vec<BTreeMap<usize, usize>> = gold.chains.iter().map(|chain| system.shares(chain).0).collect();
    let alike = |i: usize, j: usize| {
        let common = shares[i].get(&j).copied().unwrap_or_default();
        ratio(2.0 * common as f64, (gold.chains[i].len() + system.chains[j].len()) as f64)
    };
    best_pairs(gold.chains.len(), system.chains.len(), alike).into_iter().map(|(i, j)| alike(i, j)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::conllu::tests::SAMPLE;

    fn measured(gold: &[&[u8]], system: &[&[u8]]) -> [f64; 4] {
        let partition = |chains: &[&[u8]]| Partition::new(chains.iter().map(|chain| chain.to_vec()).collect());
        let mut scores = Coreference::default();
        scores.add(&partition(gold), &partition(system));
        [scores.muc.f1(), scores.b_cubed.f1(), scores.ceaf.f1(), scores.mentions.f1()]
            .map(|f1| (f1 * 1e4).round() / 1e4)
    }

    #[test]
    fn measures_give_what_their_papers_give() {
        let (a, b): (&[u8], &[u8]) = (&[1, 2, 3], &[4, 5, 6, 7]);
        assert_eq!(measured(&[a, b], &[a, b]), [1.0; 4]);
        // The example of Pradhan and others 2014.
        let found = measured(&[a, b], &[&[1, 2], &[3, 4], &[6, 7, 8, 9]]);
        assert_eq!(found, [0.4, 0.4545, 0.52, 0.8]);
        // All in one: MUC forgives it, B³ and CEAF do not.
        assert_eq!(measured(&[a, b], &[&[1, 2, 3, 4, 5, 6, 7]]), [0.9091, 0.6757, 0.4848, 1.0]);
    }

    #[test]
    fn single_mentions_do_not_count() {
        assert_eq!(measured(&[&[1, 2], &[3]], &[&[1, 2], &[4]]), [1.0; 4]);
        assert_eq!(measured(&[&[1]], &[&[1]]), [0.0; 4]);
    }

    #[test]
    fn brackets_become_chains() {
        let treebank = Treebank::read("a.conllu", SAMPLE).expect("a treebank");
        let spans = [TokenSpan::new(0, 2), TokenSpan::new(6, 7)];
        assert_eq!(chains(&treebank.documents[0]).expect("chains"), [spans]);
        assert_eq!(brackets("(7-x-1(3-y)7)5)(2-z"), ["(7-x-1", "(3-y)", "7)", "5)", "(2-z"]);
        let torn = Treebank::read("a.conllu", &SAMPLE.replace("Entity=1)", "_")).expect("a treebank");
        assert_eq!(chains(&torn.documents[0]).expect_err("torn"), "the mention of group 1 at word 1 is never closed");
    }
}
