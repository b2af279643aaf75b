//! The coreference head: candidates' vectors and features to antecedents.
//!
//! A detector drops candidates that no chain will hold; a ranker gives each of the rest the earlier candidate that it goes back
//! to, or none (mention ranking; Durrett and Klein 2013, Lee and others 2017). `training/coreference.py` trains it.

use super::heads::WordTags;
use super::linear::{Gemm, Linear, LinearScratch};
use super::numeric::{PairWeights, pair_score};
use super::weights::Weights;
use crate::error::{Error, Result};
use crate::nlp::Upos;

/// The products of a candidate's query and another's key that a pair's score takes in.
const PRODUCTS: usize = 4;

/// How many attributes a candidate has, and how many features a pair.
pub const ATTRIBUTES: usize = 9;
pub const FEATURES: usize = 16;

/// The weights of the head.
pub struct CoreferenceHead {
    detect: Trunk,
    /// One for each number of the detector's trunk, then a bias.
    detect_out: Vec<f32>,
    rank: Trunk,
    /// To the parts of a candidate's row: as the later of a pair, as the earlier, query, key, as the first of its chain.
    parts: Linear,
    hidden: usize,
    /// A row of `hidden` for each value of each pair feature.
    features: Vec<f32>,
    /// A row of `hidden` for each product.
    products: Vec<f32>,
    out: Vec<f32>,
    new_detected: Vec<f32>,
    new_out: Vec<f32>,
    keep: f32,
    /// How many kept candidates before one may be its antecedent, and how many of the same head word before those.
    pub window: usize,
    pub far: usize,
}

/// `relu(V · vector + W · embedding + a row for each attribute)`
struct Trunk {
    vector: Linear,
    word: Linear,
    attributes: Vec<f32>,
}

/// A word that hangs on another in one of these ways heads no mention of its own.
const NOT_HEADS: [&str; 12] =
    ["flat", "fixed", "goeswith", "case", "mark", "cc", "punct", "aux", "cop", "discourse", "reparandum", "det:predet"];

/// Whether a word may head a mention.
pub fn is_head(tags: &WordTags) -> bool {
    match tags.upos {
        Upos::Det if tags.deprel == "det" => false,
        Upos::Adj if tags.deprel == "amod" => false,
        Upos::Num if tags.deprel == "nummod" => false,
        Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Sym | Upos::X | Upos::Det | Upos::Adj | Upos::Adv => {
            !NOT_HEADS.contains(&tags.deprel)
        }
        _ => false,
    }
}

/// What the encoder made of some words of a text.
#[derive(Debug, Default)]
pub struct WordVectors {
    /// The words, counted over all sentences, in order.
    words: Vec<usize>,
    /// (words, width)
    vectors: Vec<f32>,
    /// (words, width): the means of the embeddings of their pieces.
    embeddings: Vec<f32>,
}

impl WordVectors {
    /// Keeps a word that comes after those kept; `embed` appends its mean embedding.
    pub fn push(&mut self, word: usize, vector: &[f32], embed: impl FnOnce(&mut Vec<f32>)) {
        self.words.push(word);
        self.vectors.extend_from_slice(vector);
        embed(&mut self.embeddings);
    }

    /// The vector and the mean embedding of a kept word.
    pub fn of(&self, word: usize) -> Option<(&[f32], &[f32])> {
        let row = self.words.binary_search(&word).ok()?;
        let width = self.vectors.len() / self.words.len();
        Some((&self.vectors[row * width..][..width], &self.embeddings[row * width..][..width]))
    }
}

/// What the trunks read, a row a candidate.
#[derive(Default)]
pub struct Inputs {
    /// (candidates, width): the head word's vector.
    pub vectors: Vec<f32>,
    /// (candidates, width): the mean of the embeddings of its pieces.
    pub embeddings: Vec<f32>,
    /// Of each candidate the numbers of its attributes' rows.
    pub attributes: Vec<[usize; ATTRIBUTES]>,
}

/// A pair of kept candidates, by their positions among them, and the numbers of its features' rows.
pub struct Pair {
    pub later: usize,
    pub earlier: usize,
    pub features: [usize; FEATURES],
}

impl CoreferenceHead {
    /// Reads the head of a model file; `None` where the model has none.
    ///
    /// # Errors
    /// A head that lacks a tensor, or whose shapes do not fit.
    pub fn new(weights: &Weights) -> Result<Option<CoreferenceHead>> {
        if !weights.has("coreference.limits") {
            return Ok(None);
        }
        let float = |name: &str| weights.float(&format!("coreference.{name}"));
        let table = |name: &str| weights.table(&format!("coreference.{name}"));
        let trunk = |name: &str| -> Result<Trunk> {
            Ok(Trunk {
                vector: weights.linear(&format!("coreference.{name}.vector"))?,
                word: weights.linear(&format!("coreference.{name}.word"))?,
                attributes: table(&format!("{name}.attributes"))?,
            })
        };
        let out = float("rank.out")?;
        let [keep, window, far] = float("limits")?[..] else {
            return Err(Error::new("`coreference.limits` in the model are not three"));
        };
        let head = CoreferenceHead {
            detect: trunk("detect")?,
            detect_out: float("detect.out")?,
            rank: trunk("rank")?,
            parts: weights.linear("coreference.parts")?,
            hidden: out.len() - 1,
            features: table("features")?,
            products: float("products")?,
            out,
            new_detected: float("new.detected")?,
            new_out: float("new.out")?,
            keep,
            window: window as usize,
            far: far as usize,
        };
        let fits = head.parts.outputs() > 3 * head.hidden && head.products.len() == PRODUCTS * head.hidden;
        match fits {
            true => Ok(Some(head)),
            false => Err(Error::new("the shapes of `coreference` in the model do not fit one another")),
        }
    }

    /// How sure each candidate is to be in a chain: logits.
    pub fn detect(&self, gemm: &Gemm, inputs: &Inputs) -> Vec<f32> {
        affine(gemm, &self.detect.apply(gemm, inputs), &self.detect_out)
    }

    /// Whether a candidate of this logit is kept.
    pub fn keeps(&self, logit: f32) -> bool {
        logit > self.keep
    }

    /// The antecedent of each kept candidate: the earlier one of the best pair that scores above having none; ties go to the
    /// pair that comes first.
    pub fn antecedents(&self, gemm: &Gemm, inputs: &Inputs, detected: &[f32], pairs: &[Pair]) -> Vec<Option<usize>> {
        let parts = self.parts(gemm, inputs);
        let mut best = self.new_scores(gemm, &parts, detected);
        let mut antecedents = vec![None; best.len()];
        for (pair, score) in pairs.iter().zip(self.pair_scores(gemm, &parts, pairs)) {
            if score > best[pair.later] {
                best[pair.later] = score;
                antecedents[pair.later] = Some(pair.earlier);
            }
        }
        antecedents
    }

    fn parts(&self, gemm: &Gemm, inputs: &Inputs) -> Vec<f32> {
        let rows = self.rank.apply(gemm, inputs);
        let mut parts = Vec::new();
        self.parts.apply(gemm, &rows, &mut parts, &mut LinearScratch::default());
        parts
    }

    /// The score of having no antecedent.
    fn new_scores(&self, gemm: &Gemm, parts: &[f32], detected: &[f32]) -> Vec<f32> {
        let rows = parts.chunks_exact(self.parts.outputs()).zip(detected);
        let hidden = rows.flat_map(|(row, detected)| {
            let new = &row[row.len() - self.hidden..];
            new.iter().zip(&self.new_detected).map(move |(x, w)| relu(x + w * detected))
        });
        affine(gemm, &hidden.collect::<Vec<f32>>(), &self.new_out)
    }

    fn pair_scores(&self, gemm: &Gemm, parts: &[f32], pairs: &[Pair]) -> Vec<f32> {
        let (width, h) = (self.parts.outputs(), self.hidden);
        // A row: the later's part, the earlier's, queries, keys, the part of a chain's first.
        let keys = 2 * h + (width - 3 * h) / 2;
        let weights = PairWeights { features: &self.features, products: &self.products, out: &self.out };
        let mut hidden = vec![0.0; h];
        let score = |pair: &Pair| {
            let later = &parts[pair.later * width..][..width];
            let earlier = &parts[pair.earlier * width..][..width];
            hidden.copy_from_slice(&later[..h]);
            let (queries, keys) = (&later[2 * h..keys], &earlier[keys..width - h]);
            pair_score(gemm.processor, &weights, &mut hidden, &earlier[h..2 * h], &pair.features, queries, keys)
        };
        pairs.iter().map(score).collect()
    }
}

impl Trunk {
    fn apply(&self, gemm: &Gemm, inputs: &Inputs) -> Vec<f32> {
        let mut scratch = LinearScratch::default();
        let (mut rows, mut words) = (Vec::new(), Vec::new());
        self.vector.apply(gemm, &inputs.vectors, &mut rows, &mut scratch);
        self.word.apply(gemm, &inputs.embeddings, &mut words, &mut scratch);
        add(&mut rows, &words);
        let width = self.vector.outputs();
        for (row, attributes) in rows.chunks_exact_mut(width).zip(&inputs.attributes) {
            attributes.iter().for_each(|&attribute| add(row, &self.attributes[attribute * width..][..width]));
            row.iter_mut().for_each(|x| *x = relu(*x));
        }
        rows
    }
}

/// Of each row its product with all but the last of the weights, and the last.
fn affine(gemm: &Gemm, rows: &[f32], weights: &[f32]) -> Vec<f32> {
    let (bias, weights) = weights.split_last().expect("a bias ends the weights");
    let mut out = Vec::new();
    gemm.dots(weights, rows, &mut out);
    out.iter_mut().for_each(|x| *x += bias);
    out
}

fn add(row: &mut [f32], other: &[f32]) {
    row.iter_mut().zip(other).for_each(|(x, y)| *x += y);
}

fn relu(x: f32) -> f32 {
    if x > 0.0 { x } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A head of one hidden number: the features' rows weigh 0, 1 and 2, a link costs half a point, having none scores 0.
    fn head() -> CoreferenceHead {
        let linear = |outputs: usize| Linear::new(&vec![0; outputs], &vec![1.0; outputs], None);
        let trunk = || Trunk { vector: linear(1), word: linear(1), attributes: vec![-1.0, 9.0] };
        CoreferenceHead {
            detect: trunk(),
            detect_out: vec![1.0, -1.0],
            rank: trunk(),
            parts: linear(3 + 2 * PRODUCTS),
            hidden: 1,
            features: vec![0.0, 1.0, 2.0],
            products: vec![0.0; PRODUCTS],
            out: vec![1.0, -0.5],
            new_detected: vec![0.0],
            new_out: vec![1.0, 0.0],
            keep: 0.0,
            window: 60,
            far: 3,
        }
    }

    /// Candidates of nothing but the first of their attributes; the others are the first value.
    fn inputs(first_attributes: &[usize]) -> Inputs {
        let row = |&first| std::array::from_fn(|i| if i == 0 { first } else { 0 });
        let attributes: Vec<[usize; ATTRIBUTES]> = first_attributes.iter().map(row).collect();
        let n = attributes.len();
        Inputs { vectors: vec![0.0; n], embeddings: vec![0.0; n], attributes }
    }

    fn pair(later: usize, earlier: usize, feature: usize) -> Pair {
        let mut features = [0; FEATURES];
        features[0] = feature;
        Pair { later, earlier, features }
    }

    #[test]
    fn the_best_link_above_none_is_taken() {
        let gemm = Gemm::new();
        let antecedents = |pairs: &[Pair]| head().antecedents(&gemm, &inputs(&[0, 0, 0]), &[0.0; 3], pairs);
        assert_eq!(antecedents(&[pair(1, 0, 0)]), [None, None, None]);
        assert_eq!(antecedents(&[pair(1, 0, 1), pair(2, 0, 1), pair(2, 1, 2)]), [None, Some(0), Some(1)]);
        assert_eq!(antecedents(&[pair(2, 0, 1), pair(2, 1, 1)]), [None, None, Some(0)]);
    }

    #[test]
    fn a_candidate_that_is_unlikely_is_dropped() {
        let gemm = Gemm::new();
        let head = head();
        // Eight attributes weigh -1 each, the first -1 or 9, and the bias -1.
        let logits = head.detect(&gemm, &inputs(&[0, 1]));
        assert_eq!(logits, [-1.0, 0.0]);
        assert!(!head.keeps(logits[0]) && !head.keeps(logits[1]) && head.keeps(0.5));
    }
}
