//! Parts of speech, features, lemmas and trees against a treebank: on its own words, and on its raw text.
//!
//! UAS is the share of words with the right head, LAS of those with the right relation too, subtypes and punctuation counted.

use std::collections::{BTreeMap, BTreeSet};

use super::conllu::{Sentence, Treebank, TreebankDocument, Word};
use super::score::{Counts, Score, ratio};
use super::system::FEATURES;
use crate::base::CharSpan;
use crate::ingest::Article;
use crate::nlp::{Document, Model, Token, analyze, analyze_words};
use crate::schema::Schema;

/// Scores what the engine makes of a treebank's words: shares of them for UPOS, UAS, LAS and lemmas (in any case), F1 of each
/// feature over the words that have it in the treebank or here.
pub fn trees(schema: &Schema, model: &Model, corpus: &str, treebank: &Treebank) -> Vec<Score> {
    let mut right = Right::default();
    for document in &treebank.documents {
        let doc = analyze_words(schema, model, &document.forms());
        let mut start = 0;
        for sentence in document.sentences() {
            let tokens = &doc.tokens[start..start + sentence.words.len()];
            tokens.iter().zip(&sentence.words).for_each(|(token, word)| right.add(token, word, start));
            start += tokens.len();
        }
    }
    right.scores(corpus)
}

/// How many words have it right.
#[derive(Default)]
struct Right {
    words: usize,
    upos: usize,
    heads: usize,
    arcs: usize,
    lemmas: usize,
    features: [Counts; FEATURES.len()],
}

impl Right {
    /// Compares a token with the word that it is; `start` is the first token of the sentence.
    fn add(&mut self, token: &Token, word: &Word, start: usize) {
        let head = token.head == word.head.map(|head| start + head);
        self.words += 1;
        self.upos += usize::from(token.upos.name() == word.upos);
        self.heads += usize::from(head);
        self.arcs += usize::from(head && token.deprel == word.deprel);
        self.lemmas += usize::from(token.lemma.to_lowercase() == word.lemma.to_lowercase());
        for ((name, value), counts) in FEATURES.iter().zip(&mut self.features) {
            let (gold, system) = (feature(word, name), value(&token.morphology));
            counts.add(gold.is_some(), system.is_some(), gold == system);
        }
    }

    fn scores(&self, corpus: &str) -> Vec<Score> {
        let share = |right: usize| ratio(right as f64, self.words as f64);
        let mut scores = vec![
            Score::share(corpus, "upos", "UPOS, gold tokens", share(self.upos)),
            Score::share(corpus, "uas", "UAS, gold tokens", share(self.heads)),
            Score::share(corpus, "las", "LAS, gold tokens", share(self.arcs)),
            Score::share(corpus, "lemma", "lemmas, gold tokens", share(self.lemmas)),
        ];
        for ((name, _), counts) in FEATURES.iter().zip(self.features) {
            let measured = format!("{name}, gold tokens, F1");
            scores.push(Score::share(corpus, &name.to_lowercase(), &measured, counts.f1()));
        }
        scores
    }
}

/// A feature of the treebank, where plural nouns without a singular ("trousers") are plural.
fn feature<'a>(word: &'a Word, name: &str) -> Option<&'a str> {
    word.features.get(name).map(|value| if value == "Ptan" { "Plur" } else { value.as_str() })
}

/// Scores what the engine makes of a treebank's raw text, as the CoNLL 2018 shared task did: words and sentences are the same when
/// their characters are, and a word's arc is right when its head is the same word. F1 of words, sentences and arcs.
pub fn trees_of_raw_text(schema: &Schema, model: &Model, corpus: &str, treebank: &Treebank) -> Vec<Score> {
    let (mut words, mut sentences, mut arcs) = (Counts::default(), Counts::default(), Counts::default());
    for document in &treebank.documents {
        let (texts, gold) = raw(document);
        let doc = analyze(schema, model, Article::of_paragraphs("-", &texts));
        let system = system(&doc);
        words += in_common(&gold.words, &system.words);
        sentences += in_common(&gold.sentences, &system.sentences);
        arcs += Counts {
            gold: gold.words.len(),
            system: system.words.len(),
            correct: gold.arcs.iter().filter(|(word, arc)| system.arcs.get(word) == Some(*arc)).count(),
        };
    }
    vec![
        Score::share(corpus, "raw-words", "words, raw text, F1", words.f1()),
        Score::share(corpus, "raw-sentences", "sentences, raw text, F1", sentences.f1()),
        Score::share(corpus, "raw-las", "LAS, raw text, F1", arcs.f1()),
    ]
}

/// Words, sentences and arcs by the characters that they cover.
#[derive(Default)]
struct Places {
    words: BTreeSet<CharSpan>,
    sentences: BTreeSet<CharSpan>,
    /// For each word its head (`None` of the root) and relation.
    arcs: BTreeMap<CharSpan, (Option<CharSpan>, String)>,
}

/// The paragraphs of a document of the treebank, and where its words stand in an article of them.
fn raw(document: &TreebankDocument) -> (Vec<String>, Places) {
    let (mut texts, mut gold) = (Vec::new(), Places::default());
    let mut start = 0;
    for paragraph in &document.paragraphs {
        let mut text = String::new();
        for (number, sentence) in paragraph.iter().enumerate() {
            gold.add(sentence, start + text.chars().count());
            text.push_str(&sentence.text);
            if sentence.space_after && number + 1 < paragraph.len() {
                text.push(' ');
            }
        }
        start += text.chars().count() + 2;
        texts.push(text);
    }
    (texts, gold)
}

impl Places {
    /// Adds a sentence whose text starts at a code point of the article.
    fn add(&mut self, sentence: &Sentence, start: usize) {
        let place = |word: &Word| CharSpan::new(start + word.place.start, start + word.place.end);
        let (Some(first), Some(last)) = (sentence.words.first(), sentence.words.last()) else { return };
        self.sentences.insert(place(first).union(place(last)));
        for word in &sentence.words {
            let head = word.head.map(|head| place(&sentence.words[head]));
            self.words.insert(place(word));
            self.arcs.insert(place(word), (head, word.deprel.clone()));
        }
    }
}

fn system(doc: &Document) -> Places {
    let arc = |token: &Token| (token.chars, (token.head.map(|head| doc.tokens[head].chars), token.deprel.to_owned()));
    Places {
        words: doc.tokens.iter().map(|token| token.chars).collect(),
        sentences: doc.sentences.iter().map(|sentence| doc.chars(sentence.tokens)).collect(),
        arcs: doc.tokens.iter().map(arc).collect(),
    }
}

fn in_common(gold: &BTreeSet<CharSpan>, system: &BTreeSet<CharSpan>) -> Counts {
    Counts { gold: gold.len(), system: system.len(), correct: gold.intersection(system).count() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::conllu::tests::SAMPLE;

    fn treebank(text: &str) -> Treebank {
        Treebank::read("a.conllu", text).expect("a treebank")
    }

    fn value(scores: &[Score], name: &str) -> f64 {
        scores.iter().find(|score| score.name == name).unwrap_or_else(|| panic!("no {name}")).value
    }

    #[test]
    fn what_the_engine_gets_right_is_counted() {
        let (schema, model) = (Schema::built_in(), Model::built_in());
        let scores = trees(&schema, &model, "a", &treebank(SAMPLE));
        assert_eq!((value(&scores, "a/upos"), value(&scores, "a/las")), (1.0, 1.0));
        let wrong = SAMPLE.replace("\t5\tnsubj", "\t4\tnsubj").replace("\t1\tflat", "\t1\tnmod");
        let scores = trees(&schema, &model, "a", &treebank(&wrong));
        assert_eq!((value(&scores, "a/uas"), value(&scores, "a/las")), (8.0 / 9.0, 7.0 / 9.0));
    }

    #[test]
    fn raw_text_is_aligned_by_its_characters() {
        let (schema, model) = (Schema::built_in(), Model::built_in());
        let scores = trees_of_raw_text(&schema, &model, "a", &treebank(SAMPLE));
        let all = ["a/raw-words", "a/raw-sentences", "a/raw-las"].map(|name| value(&scores, name));
        assert_eq!(all, [1.0, 1.0, 1.0]);
        // A word that is not spelled as the text has it cannot be found: eight of nine are.
        let joined = SAMPLE.replace("4\tn't", "4\tnt");
        let scores = trees_of_raw_text(&schema, &model, "a", &treebank(&joined));
        assert_eq!(value(&scores, "a/raw-sentences"), 1.0);
        assert_eq!(value(&scores, "a/raw-words"), 8.0 / 9.0);
    }
}
