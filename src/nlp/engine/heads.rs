//! The heads: word vectors to parts of speech, features, lemmas, a tree, names and attributions.
//!
//! The tree is biaffine (Dozat and Manning 2017) with a learned root; so is what ties a source or a content to its cue.

use std::fmt;
use std::ops::Range;

use super::attribution::{self, Attribution};
use super::bio::{Bio, best_sequence};
use super::linear::{Gemm, Linear, LinearScratch};
use super::tree::{arg_max, heads};
use super::weights::{Model, Weights};
use crate::error::{Error, Result};
use crate::nlp::{AttributionPart, Morphology, NameKind, Number, Person, Polarity, Tense, Upos, VerbForm, Voice};

/// What the heads say of one word.
#[derive(Clone, Debug, PartialEq)]
pub struct WordTags {
    pub upos: Upos,
    pub morphology: Morphology,
    /// How its lemma is made of its form.
    pub lemma: &'static LemmaEdit,
    /// Index in its sentence; `None` of the root.
    pub head: Option<usize>,
    pub deprel: &'static str,
    /// The outermost name.
    pub name: Bio<NameKind>,
    /// A name inside the outermost: "England" in "Bank of England".
    pub inner: Bio<NameKind>,
    pub attribution: Bio<AttributionPart>,
    /// The type of event that it tells of, as the training names it ("meet"); `None` of words that tell of none.
    pub trigger: Option<&'static str>,
}

/// Letters off the end of a form, and letters added: "leaders" less one letter is "leader".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LemmaEdit {
    keeps_capitals: bool,
    off: usize,
    add: String,
}

impl LemmaEdit {
    /// Reads `L1+y`: case (L lower, K keep), letters off, letters added.
    fn parse(text: &str) -> Option<LemmaEdit> {
        let (case, rest) = text.split_at_checked(1)?;
        let (off, add) = rest.split_once('+')?;
        Some(LemmaEdit { keeps_capitals: case == "K", off: off.parse().ok()?, add: add.to_owned() })
    }

    /// The lemma of a form; a form that is too short for the edit is its own lemma.
    pub fn apply(&self, form: &str) -> String {
        let base = if self.keeps_capitals { form.to_owned() } else { form.to_lowercase() };
        match base.char_indices().rev().nth(self.off.wrapping_sub(1)) {
            _ if self.off == 0 => base + &self.add,
            Some((cut, _)) if cut > 0 || !self.add.is_empty() => base[..cut].to_owned() + &self.add,
            _ => base,
        }
    }
}

impl fmt::Display for LemmaEdit {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}{}+{}", if self.keeps_capitals { 'K' } else { 'L' }, self.off, self.add)
    }
}

/// The label sets, in the order of the heads' outputs.
struct Labels {
    upos: Vec<Upos>,
    features: Vec<Morphology>,
    lemmas: &'static [LemmaEdit],
    deprel: Vec<&'static str>,
    names: Vec<Bio<NameKind>>,
    attribution: Vec<Bio<AttributionPart>>,
    triggers: Vec<Option<&'static str>>,
    status: Vec<&'static str>,
}

/// The heads' weights.
pub struct Heads {
    labels: Labels,
    /// All taggers in one map: upos, features, lemma, names, inner names, attribution, triggers, status.
    tags: Linear,
    /// What the biaffine heads see: arc dependent and head, label dependent and head, cue dependent and head, trigger and argument.
    mlp: Linear,
    arc: Linear,
    arc_head_bias: Vec<f32>,
    root: Vec<f32>,
    label: Linear,
    cue: Linear,
    no_cue: Vec<f32>,
    role: Linear,
    role_bias: Vec<f32>,
}

impl Heads {
    pub fn new(weights: &Weights) -> Result<Heads> {
        Ok(Heads {
            labels: Labels::new(weights)?,
            tags: weights.linear("tags")?,
            mlp: weights.linear("mlp")?,
            arc: weights.linear("arc")?,
            arc_head_bias: weights.float("arc.head_bias")?,
            root: weights.float("root")?,
            label: weights.linear("label")?,
            cue: weights.linear("cue")?,
            no_cue: weights.float("no_cue")?,
            role: weights.linear("role")?,
            role_bias: weights.float("role.score_bias")?,
        })
    }

    /// Where each part of the biaffine heads' input begins, and where it ends.
    fn parts(&self) -> [usize; 9] {
        let (wide, cue) = (self.arc_head_bias.len(), self.no_cue.len());
        let narrow = self.root.len() - wide;
        let argument = self.role.outputs() / self.role_bias.len();
        let mut ends = [0, wide, wide, narrow, narrow, cue, cue, argument, argument];
        for at in 1..ends.len() {
            ends[at] += ends[at - 1];
        }
        ends
    }
}

/// The taggers, in the order of their columns.
#[derive(Clone, Copy)]
enum Tagger {
    Upos,
    Features,
    Lemma,
    Names,
    Inner,
    Attribution,
    Trigger,
    Status,
}

impl Labels {
    /// A tagger's columns in a row of scores.
    fn columns(&self, tagger: Tagger) -> Range<usize> {
        let widths = [
            self.upos.len(),
            self.features.len(),
            self.lemmas.len(),
            self.names.len(),
            self.names.len(),
            self.attribution.len(),
            self.triggers.len(),
            self.status.len(),
        ];
        let start = widths[..tagger as usize].iter().sum();
        start..start + widths[tagger as usize]
    }

    fn new(weights: &Weights) -> Result<Labels> {
        let read = |head: &str| weights.labels(head);
        let lemmas: Vec<LemmaEdit> = known(read("lemma")?, LemmaEdit::parse)?;
        Ok(Labels {
            upos: known(read("upos")?, upos)?,
            features: read("features")?.iter().map(|label| morphology(label)).collect(),
            // The weights live as long as the program does.
            lemmas: lemmas.leak(),
            deprel: known(read("deprel")?, relation)?,
            names: known(read("names")?, |label| bio(label, name_kind))?,
            attribution: known(read("attribution")?, |label| bio(label, part))?,
            triggers: read("trigger")?.into_iter().map(|label| (label != "O").then(|| &*label.leak())).collect(),
            status: read("status")?.into_iter().map(|label| &*label.leak()).collect(),
        })
    }
}

fn known<T>(labels: Vec<String>, parse: impl Fn(&str) -> Option<T>) -> Result<Vec<T>> {
    let unknown = |label: &str| Error::new(format!("the model has a label `{label}` that is not known here"));
    labels.iter().map(|label| parse(label).ok_or_else(|| unknown(label))).collect()
}

/// What the heads say of a chunk.
pub struct Decoded {
    pub words: Vec<Vec<WordTags>>,
    /// Positions count the words of the chunk.
    pub attributions: Vec<Attribution>,
    pub events: Vec<EventMention>,
}

/// A word that tells of an event, and who takes part, where and when, as far as its sentence tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventMention {
    pub trigger: usize,
    /// `meet`, `call`, … as the training names them.
    pub kind: &'static str,
    /// How much likelier that kind is than no event at all, in tenths of a log odd; below zero where it is less likely.
    pub margin: i32,
    /// `happened`, `planned`, `denied` or `uncertain`.
    pub status: &'static str,
    /// Words of the same sentence with their roles.
    pub roles: Vec<(EventRole, usize)>,
    /// How much likelier each role of a word of the same sentence is than none, in tenths of a log odd, as far as it is not out of the
    /// question.
    pub leanings: Vec<(EventRole, usize, i32)>,
}

/// What is added to the scores of participant, place and time against that of no role: a missed one costs more than one too many
/// (measured on annotated articles, F1 of participants and accuracy of places).
const ROLE_LEAN: [f32; 3] = [0.5, 0.5, 0.0];

/// How much less likely than no event a word's likeliest kind of event may be for the word to be told of at all, as a log odd: what
/// reads the events on decides which count, by more than one word.
const LEAST_MARGIN: f32 = -2.0;

/// How much less likely than none a word's role may be for it to be told of, as a log odd.
const LEAST_LEANING: f32 = -4.0;

/// What a word is to an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventRole {
    Participant,
    Place,
    Time,
}

impl EventRole {
    /// In the order of the head's numbers.
    const ALL: [EventRole; 3] = [EventRole::Participant, EventRole::Place, EventRole::Time];
}

/// Decodes a chunk: n word vectors, and the number of words of each sentence.
pub fn decode(model: &Model, vectors: &[f32], lengths: &[usize]) -> Decoded {
    let (heads, gemm) = (&model.heads, &model.encoder.gemm);
    let mut scratch = LinearScratch::default();
    let (mut tags, mut mlp) = (Vec::new(), Vec::new());
    heads.tags.apply(gemm, vectors, &mut tags, &mut scratch);
    heads.mlp.apply(gemm, vectors, &mut mlp, &mut scratch);
    for x in &mut mlp {
        *x = if *x > 0.0 { *x } else { 0.1 * *x };
    }
    let (tag_width, mlp_width) = (heads.tags.outputs(), heads.mlp.outputs());
    let mut start = 0;
    let mut words = Vec::with_capacity(lengths.len());
    let mut events = Vec::new();
    for &n in lengths {
        let tags = &tags[start * tag_width..(start + n) * tag_width];
        let mlp = &mlp[start * mlp_width..(start + n) * mlp_width];
        let sentence = decode_sentence(heads, gemm, tags, mlp, &mut scratch);
        events.extend(decode_events(heads, gemm, &sentence, start, tags, mlp, &mut scratch));
        words.push(sentence);
        start += n;
    }
    // What is said may begin in the chunk before.
    let rows = tags.chunks_exact(tag_width).map(|row| &row[heads.labels.columns(Tagger::Attribution)]);
    let labels = best_sequence(&heads.labels.attribution, rows, true);
    for (word, label) in words.iter_mut().flatten().zip(&labels) {
        word.attribution = *label;
    }
    let attributions =
        attribution::tie(&labels, |spans, cues| tie_scores(heads, gemm, &mlp, spans, cues, &mut scratch));
    Decoded { words, attributions, events }
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
    let rows = || tags.chunks_exact(heads_.tags.outputs());
    let names = |tagger| best_sequence(&labels.names, rows().map(|row| &row[labels.columns(tagger)]), false);
    let (names, inner) = (names(Tagger::Names), names(Tagger::Inner));
    let words = rows().zip(tree).zip(relations).zip(names.into_iter().zip(inner));
    words
        .map(|(((row, head), relation), (name, inner))| {
            let best = |tagger| arg_max(&row[labels.columns(tagger)]);
            WordTags {
                upos: labels.upos[best(Tagger::Upos)],
                morphology: labels.features[best(Tagger::Features)],
                lemma: &labels.lemmas[best(Tagger::Lemma)],
                name,
                inner,
                attribution: Bio::Outside, // decided over the whole chunk
                trigger: labels.triggers[best(Tagger::Trigger)],
                head,
                deprel: labels.deprel[relation],
            }
        })
        .collect()
}

/// The events that the triggers of a sentence tell of; `start` is the chunk's number of its first word.
fn decode_events(
    heads_: &Heads,
    gemm: &Gemm,
    sentence: &[WordTags],
    start: usize,
    tags: &[f32],
    mlp: &[f32],
    scratch: &mut LinearScratch,
) -> Vec<EventMention> {
    let labels = &heads_.labels;
    let none = labels.triggers.iter().position(Option::is_none).expect("most words tell of no event");
    let kinds = |word: usize| &tags[word * heads_.tags.outputs()..][labels.columns(Tagger::Trigger)];
    let kind = |word: usize| {
        let scores =
            kinds(word).iter().enumerate().map(|(at, score)| if at == none { f32::NEG_INFINITY } else { *score });
        arg_max(&scores.collect::<Vec<f32>>())
    };
    let margin = |word: usize| kinds(word)[kind(word)] - kinds(word)[none];
    let triggers: Vec<usize> = (0..sentence.len()).filter(|&word| margin(word) > LEAST_MARGIN).collect();
    if triggers.is_empty() {
        return Vec::new();
    }
    let parts = heads_.parts();
    let row = |word: usize, part: usize| &mlp[word * heads_.mlp.outputs()..][parts[part]..parts[part + 1]];
    let rows: Vec<f32> = triggers.iter().flat_map(|&word| row(word, 6)).copied().collect();
    let mut mapped = Vec::new();
    heads_.role.apply(gemm, &rows, &mut mapped, scratch);
    let mapped = mapped.chunks_exact(heads_.role.outputs());
    let scores = |mapped: &[f32], word: usize| {
        let mut products = Vec::new();
        gemm.dots(row(word, 7), mapped, &mut products);
        products.iter().zip(&heads_.role_bias).map(|(product, bias)| product + bias).collect::<Vec<f32>>()
    };
    let told = |(&word, mapped): (&usize, &[f32])| {
        let status = &tags[word * heads_.tags.outputs()..][labels.columns(Tagger::Status)];
        let (mut roles, mut leanings) = (Vec::new(), Vec::new());
        for other in 0..sentence.len() {
            let scores = scores(mapped, other);
            let leaned: Vec<f32> = scores.iter().zip(ROLE_LEAN).map(|(score, lean)| score + lean).collect();
            let best = arg_max(&leaned);
            if leaned[best] > 0.0 {
                roles.push((EventRole::ALL[best], start + other));
            }
            let possible = EventRole::ALL.into_iter().zip(&scores).filter(|(_, score)| **score > LEAST_LEANING);
            leanings.extend(possible.map(|(role, score)| (role, start + other, tenths(*score))));
        }
        Some(EventMention {
            trigger: start + word,
            kind: labels.triggers[kind(word)]?,
            margin: tenths(margin(word)),
            status: labels.status[arg_max(status)],
            roles,
            leanings,
        })
    };
    triggers.iter().zip(mapped).filter_map(told).collect()
}

/// A log odd in whole tenths.
fn tenths(score: f32) -> i32 {
    (score * 10.0).floor() as i32
}

/// How well each word of `spans` goes with each word of `cues`: (spans, 1 + cues) scores, the first for no cue at all.
fn tie_scores(
    heads_: &Heads,
    gemm: &Gemm,
    mlp: &[f32],
    spans: &[usize],
    cues: &[usize],
    scratch: &mut LinearScratch,
) -> Vec<f32> {
    let parts = heads_.parts();
    let row = |word: usize, part: usize| &mlp[word * heads_.mlp.outputs()..][parts[part]..parts[part + 1]];
    let dependents: Vec<f32> = spans.iter().flat_map(|&word| row(word, 4)).copied().collect();
    let mut mapped = Vec::new();
    heads_.cue.apply(gemm, &dependents, &mut mapped, scratch);
    let candidates = std::iter::once(heads_.no_cue.as_slice()).chain(cues.iter().map(|&word| row(word, 5)));
    let candidates: Vec<f32> = candidates.flatten().copied().collect();
    let mut scores = Vec::new();
    let rows = mapped.chunks_exact(heads_.no_cue.len());
    rows.flat_map(|row| {
        gemm.dots(row, &candidates, &mut scores);
        scores.clone()
    })
    .collect()
}

/// Heads of one sentence.
fn parse(heads_: &Heads, gemm: &Gemm, mlp: &[f32], scratch: &mut LinearScratch) -> Vec<Option<usize>> {
    let parts = heads_.parts();
    let wide = heads_.arc_head_bias.len();
    let rows: Vec<&[f32]> = mlp.chunks_exact(heads_.mlp.outputs()).collect();
    let n = rows.len();
    let dependents: Vec<f32> = rows.iter().flat_map(|row| &row[parts[0]..parts[1]]).copied().collect();
    let mut mapped = Vec::new();
    heads_.arc.apply(gemm, &dependents, &mut mapped, scratch);
    let candidates = std::iter::once(&heads_.root[..wide]).chain(rows.iter().map(|row| &row[parts[1]..parts[2]]));
    let candidates: Vec<f32> = candidates.flatten().copied().collect();
    let (mut bias, mut products) = (Vec::new(), Vec::new());
    gemm.dots(&heads_.arc_head_bias, &candidates, &mut bias);
    let mut scores = Vec::with_capacity(n * (n + 1));
    for (d, row) in mapped.chunks_exact(wide).enumerate() {
        gemm.dots(row, &candidates, &mut products);
        scores.extend(products.iter().zip(&bias).map(|(product, bias)| product + bias));
        scores[d * (n + 1) + d + 1] = -1e4;
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
    let parts = heads_.parts();
    let wide = heads_.arc_head_bias.len();
    let rows: Vec<&[f32]> = mlp.chunks_exact(heads_.mlp.outputs()).collect();
    let with_one = |vector: &[f32]| vector.iter().copied().chain([1.0]).collect::<Vec<f32>>();
    let dependents: Vec<f32> = rows.iter().flat_map(|row| with_one(&row[parts[2]..parts[3]])).collect();
    let mut mapped = Vec::new();
    heads_.label.apply(gemm, &dependents, &mut mapped, scratch);
    let width = heads_.label.outputs();
    let mut scores = Vec::new();
    mapped
        .chunks_exact(width)
        .zip(tree)
        .map(|(row, head)| {
            let head = with_one(head.map_or(&heads_.root[wide..], |head| &rows[head][parts[3]..parts[4]]));
            gemm.dots(&head, row, &mut scores);
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
        "country" => NameKind::Country,
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

/// Features as Universal Dependencies writes them: `Number=Sing|Person=3`.
fn morphology(label: &str) -> Morphology {
    let mut out = Morphology::default();
    for feature in label.split('|') {
        match feature {
            "Number=Sing" => out.number = Some(Number::Singular),
            "Number=Plur" | "Number=Ptan" => out.number = Some(Number::Plural),
            "Person=1" => out.person = Some(Person::First),
            "Person=2" => out.person = Some(Person::Second),
            "Person=3" => out.person = Some(Person::Third),
            "Tense=Past" => out.tense = Some(Tense::Past),
            "Tense=Pres" => out.tense = Some(Tense::Present),
            "VerbForm=Fin" => out.verb_form = Some(VerbForm::Finite),
            "VerbForm=Inf" => out.verb_form = Some(VerbForm::Infinitive),
            "VerbForm=Part" => out.verb_form = Some(VerbForm::Participle),
            "VerbForm=Ger" => out.verb_form = Some(VerbForm::Gerund),
            "Voice=Pass" => out.voice = Some(Voice::Passive),
            "Polarity=Neg" => out.polarity = Some(Polarity::Negative),
            _ => {}
        }
    }
    out
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lemmas_are_edits_of_forms() {
        let lemma = |edit: &str, form: &str| LemmaEdit::parse(edit).expect("an edit").apply(form);
        assert_eq!(lemma("L1+", "Leaders"), "leader");
        assert_eq!(lemma("K0+", "Putin"), "Putin");
        assert_eq!(lemma("L3+be", "was"), "be");
        assert_eq!(lemma("L3+y", "parties"), "party");
        assert_eq!(lemma("L4+", "ran"), "ran");
        assert_eq!(LemmaEdit::parse("L"), None);
    }

    #[test]
    fn features_are_read_as_universal_dependencies_writes_them() {
        let found = morphology("Number=Plur|Person=3|Tense=Past|VerbForm=Fin");
        assert_eq!((found.number, found.person), (Some(Number::Plural), Some(Person::Third)));
        assert_eq!((found.tense, found.verb_form, found.voice), (Some(Tense::Past), Some(VerbForm::Finite), None));
        assert_eq!(morphology(""), Morphology::default());
    }
}
