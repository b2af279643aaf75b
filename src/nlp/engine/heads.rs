//! The heads: word vectors to parts of speech, a tree, names and attribution labels.
//!
//! The tree is biaffine (Dozat and Manning 2017) with a learned root.

use super::linear::{Gemm, Linear, LinearScratch};
use super::numeric::dot;
use super::tree::{arg_max, heads};
use super::weights::{Model, Weights};
use crate::error::{Error, Result};
use crate::nlp::{AttributionPart, NameKind, Upos};

/// What the heads say of one word.
#[derive(Clone, Debug, PartialEq)]
pub struct WordTags {
    pub upos: Upos,
    /// Index in its sentence; `None` of the root.
    pub head: Option<usize>,
    pub deprel: &'static str,
    /// The outermost name, modifiers and all.
    pub name: Bio<NameKind>,
    /// The name's core: proper nouns and what glues them.
    pub core: Bio<NameKind>,
    /// The core label's logit above that of no name: how sure a name is.
    pub core_margin: f32,
    pub attribution: Bio<AttributionPart>,
    /// Logits of source, cue and content (the better of begin and inside), less that of none.
    pub attribution_margin: [f32; 3],
}

/// Begin, inside, outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bio<T> {
    Begin(T),
    Inside(T),
    Outside,
}

impl<T: Copy> Bio<T> {
    pub fn label(self) -> Option<T> {
        match self {
            Bio::Begin(label) | Bio::Inside(label) => Some(label),
            Bio::Outside => None,
        }
    }
}

/// The label sets, in the order of the heads' outputs.
pub struct Labels {
    upos: Vec<Upos>,
    deprel: Vec<&'static str>,
    names: Vec<Bio<NameKind>>,
    attribution: Vec<Bio<AttributionPart>>,
}

/// The heads' weights.
pub struct Heads {
    labels: Labels,
    tags: Linear,
    mlp: Linear,
    arc: Linear,
    arc_head_bias: Vec<f32>,
    root: Vec<f32>,
    label: Linear,
}

impl Heads {
    pub fn new(weights: &Weights, gemm: &Gemm) -> Result<Heads> {
        Ok(Heads {
            labels: Labels::new(weights)?,
            tags: weights.linear(gemm, "tags")?,
            mlp: weights.linear(gemm, "mlp")?,
            arc: weights.linear(gemm, "arc")?,
            arc_head_bias: weights.float("arc.head_bias")?,
            root: weights.float("root")?,
            label: weights.linear(gemm, "label")?,
        })
    }
}

impl Labels {
    fn new(weights: &Weights) -> Result<Labels> {
        let unknown = |label: &str| Error::new(format!("the model has a label `{label}` that is not known here"));
        let read = |head: &str| weights.labels(head);
        Ok(Labels {
            upos: read("upos")?.iter().map(|l| upos(l).ok_or_else(|| unknown(l))).collect::<Result<_>>()?,
            deprel: read("deprel")?.iter().map(|l| relation(l).ok_or_else(|| unknown(l))).collect::<Result<_>>()?,
            names: read("ner")?.iter().map(|l| bio(l, name_kind).ok_or_else(|| unknown(l))).collect::<Result<_>>()?,
            attribution: read("att")?.iter().map(|l| bio(l, part).ok_or_else(|| unknown(l))).collect::<Result<_>>()?,
        })
    }
}

/// Decodes a chunk: n word vectors, and the number of words of each sentence.
pub fn decode(model: &Model, words: &[f32], lengths: &[usize]) -> Vec<Vec<WordTags>> {
    let (heads, gemm) = (&model.heads, &model.encoder.gemm);
    let mut scratch = LinearScratch::default();
    let (mut tags, mut mlp) = (Vec::new(), Vec::new());
    heads.tags.apply(gemm, words, &mut tags, &mut scratch);
    heads.mlp.apply(gemm, words, &mut mlp, &mut scratch);
    for x in &mut mlp {
        *x = if *x > 0.0 { *x } else { 0.1 * *x };
    }
    let (tag_width, mlp_width) = (heads.tags.outputs(), heads.mlp.outputs());
    let mut start = 0;
    let mut out = Vec::with_capacity(lengths.len());
    for &n in lengths {
        let tags = &tags[start * tag_width..(start + n) * tag_width];
        let mlp = &mlp[start * mlp_width..(start + n) * mlp_width];
        out.push(decode_sentence(heads, gemm, tags, mlp, &mut scratch));
        start += n;
    }
    out
}

fn decode_sentence(
    heads_: &Heads,
    gemm: &Gemm,
    tags: &[f32],
    mlp: &[f32],
    scratch: &mut LinearScratch,
) -> Vec<WordTags> {
    let labels = &heads_.labels;
    let tree = parse(heads_, gemm, mlp, scratch);
    let relations = label_arcs(heads_, gemm, mlp, &tree, scratch);
    let (u, n) = (labels.upos.len(), labels.names.len());
    let rows = tags.chunks_exact(heads_.tags.outputs()).zip(tree).zip(relations);
    rows.map(|((row, head), relation)| {
        let (names, cores, attribution) = (&row[u..u + n], &row[u + n..u + 2 * n], &row[u + 2 * n..]);
        let core = arg_max(cores);
        WordTags {
            upos: labels.upos[arg_max(&row[..u])],
            head,
            deprel: labels.deprel[relation],
            name: labels.names[arg_max(names)],
            core: labels.names[core],
            core_margin: cores[core] - outside(&labels.names, cores),
            attribution: labels.attribution[arg_max(attribution)],
            attribution_margin: attribution_margin(labels, attribution),
        }
    })
    .collect()
}

/// The logit of the label "outside".
fn outside<T>(labels: &[Bio<T>], logits: &[f32]) -> f32 {
    let at = labels.iter().position(|label| matches!(label, Bio::Outside));
    at.map_or(0.0, |at| logits[at])
}

fn attribution_margin(labels: &Labels, logits: &[f32]) -> [f32; 3] {
    let none = outside(&labels.attribution, logits);
    let best = |part: AttributionPart| {
        let of_part = labels.attribution.iter().zip(logits).filter(|(label, _)| label.label() == Some(part));
        of_part.map(|(_, logit)| *logit).fold(f32::MIN, f32::max) - none
    };
    [best(AttributionPart::Source), best(AttributionPart::Cue), best(AttributionPart::Content)]
}

/// Heads of one sentence. `mlp` has for each word: arc dependent, arc head, label dependent, label head.
fn parse(heads_: &Heads, gemm: &Gemm, mlp: &[f32], scratch: &mut LinearScratch) -> Vec<Option<usize>> {
    let wide = heads_.arc_head_bias.len();
    let rows: Vec<&[f32]> = mlp.chunks_exact(heads_.mlp.outputs()).collect();
    let n = rows.len();
    let dependents: Vec<f32> = rows.iter().flat_map(|row| &row[..wide]).copied().collect();
    let mut mapped = Vec::new();
    heads_.arc.apply(gemm, &dependents, &mut mapped, scratch);
    let candidates: Vec<&[f32]> =
        std::iter::once(&heads_.root[..wide]).chain(rows.iter().map(|row| &row[wide..2 * wide])).collect();
    let bias: Vec<f32> = candidates.iter().map(|head| dot(head, &heads_.arc_head_bias)).collect();
    let mut scores = Vec::with_capacity(n * (n + 1));
    for (d, row) in mapped.chunks_exact(wide).enumerate() {
        for (h, candidate) in candidates.iter().enumerate() {
            scores.push(if h == d + 1 { -1e4 } else { dot(row, candidate) + bias[h] });
        }
    }
    heads(&scores, n)
}

/// The best relation of each chosen arc.
fn label_arcs(
    heads_: &Heads,
    gemm: &Gemm,
    mlp: &[f32],
    tree: &[Option<usize>],
    scratch: &mut LinearScratch,
) -> Vec<usize> {
    let wide = heads_.arc_head_bias.len();
    let narrow = heads_.root.len() - wide;
    let rows: Vec<&[f32]> = mlp.chunks_exact(heads_.mlp.outputs()).collect();
    let with_one = |vector: &[f32]| vector.iter().copied().chain([1.0]).collect::<Vec<f32>>();
    let dependents: Vec<f32> = rows.iter().flat_map(|row| with_one(&row[2 * wide..2 * wide + narrow])).collect();
    let mut mapped = Vec::new();
    heads_.label.apply(gemm, &dependents, &mut mapped, scratch);
    let width = heads_.label.outputs();
    mapped
        .chunks_exact(width)
        .zip(tree)
        .map(|(row, head)| {
            let head = with_one(head.map_or(&heads_.root[wide..], |head| &rows[head][2 * wide + narrow..]));
            let scores: Vec<f32> = row.chunks_exact(narrow + 1).map(|label| dot(label, &head)).collect();
            arg_max(&scores)
        })
        .collect()
}

fn bio<T>(label: &str, of: impl Fn(&str) -> Option<T>) -> Option<Bio<T>> {
    match label.split_once('-') {
        None if label == "O" => Some(Bio::Outside),
        Some(("B", rest)) => of(rest).map(Bio::Begin),
        Some(("I", rest)) => of(rest).map(Bio::Inside),
        _ => None,
    }
}

fn name_kind(label: &str) -> Option<NameKind> {
    Some(match label {
        "person" => NameKind::Person,
        "place" => NameKind::Place,
        "organization" => NameKind::Organization,
        "event" => NameKind::Event,
        "time" => NameKind::Time,
        "other" => NameKind::Other,
        _ => return None,
    })
}

fn part(label: &str) -> Option<AttributionPart> {
    Some(match label {
        "Source" => AttributionPart::Source,
        "Cue" => AttributionPart::Cue,
        "Content" => AttributionPart::Content,
        _ => return None,
    })
}

fn upos(label: &str) -> Option<Upos> {
    Upos::ALL.into_iter().find(|upos| upos.name() == label)
}

fn relation(label: &str) -> Option<&'static str> {
    UD_RELATIONS.into_iter().find(|relation| *relation == label)
}

/// The relations of Universal Dependencies 2 with the subtypes that English treebanks use.
const UD_RELATIONS: [&str; 55] = [
    "acl",
    "acl:relcl",
    "advcl",
    "advcl:relcl",
    "advmod",
    "amod",
    "appos",
    "aux",
    "aux:pass",
    "case",
    "cc",
    "cc:preconj",
    "ccomp",
    "clf",
    "compound",
    "compound:prt",
    "conj",
    "cop",
    "csubj",
    "csubj:outer",
    "csubj:pass",
    "dep",
    "det",
    "det:predet",
    "discourse",
    "dislocated",
    "expl",
    "fixed",
    "flat",
    "goeswith",
    "iobj",
    "list",
    "mark",
    "nmod",
    "nmod:desc",
    "nmod:npmod",
    "nmod:poss",
    "nmod:tmod",
    "nmod:unmarked",
    "nsubj",
    "nsubj:outer",
    "nsubj:pass",
    "nummod",
    "obj",
    "obl",
    "obl:agent",
    "obl:npmod",
    "obl:unmarked",
    "orphan",
    "parataxis",
    "punct",
    "reparandum",
    "root",
    "vocative",
    "xcomp",
];
