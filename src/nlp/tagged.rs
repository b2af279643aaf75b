//! Tagged sentences into tokens, for tests of what comes after the tagger: `Putin met/VERB Trump on/ADP Saturday.`
//!
//! A word reads `text/UPOS/relation<head`, all but the text optional. Without a part of speech, digits are `NUM`, a capital
//! makes `PROPN`, anything else `NOUN`; punctuation at a word's end is a token of its own, and a full stop ends the
//! sentence. The first verb is the root, and what names no head (by its text) hangs on it; an auxiliary is its `aux`.

use super::document::{Sentence, Token, Upos};
use super::morphology::{lemma_and_morphology, refine};
use crate::base::{CharSpan, TokenSpan};
use crate::schema::Inflections;

/// Reads a tagged text; byte and character offsets are left at zero.
pub fn tokens(tagged: &str) -> (Vec<Token>, Vec<Sentence>) {
    let inflections = Inflections::built_in();
    let (mut tokens, mut sentences): (Vec<Token>, Vec<Sentence>) = (Vec::new(), Vec::new());
    let mut start = 0;
    let mut heads = Vec::new();
    for word in tagged.split_whitespace().flat_map(pieces) {
        let (token, head) = token(&inflections, word, sentences.len());
        let is_last = token.text == ".";
        tokens.push(token);
        heads.push(head);
        if is_last {
            sentences.push(sentence(&mut tokens[start..], &heads[start..], start));
            start = tokens.len();
        }
    }
    if start < tokens.len() {
        sentences.push(sentence(&mut tokens[start..], &heads[start..], start));
    }
    refine(&mut tokens);
    (tokens, sentences)
}

fn pieces(word: &str) -> Vec<&str> {
    let stem = word.trim_end_matches([',', '.', ';', '?']);
    let is_abbreviation = stem.contains('.') || word.contains("./") || stem.is_empty();
    match stem.len() == word.len() || is_abbreviation {
        true => vec![word],
        false => vec![stem, &word[stem.len()..]],
    }
}

fn token<'a>(inflections: &Inflections, word: &'a str, sentence: usize) -> (Token, Option<&'a str>) {
    let (word, head) = word.split_once('<').map_or((word, None), |(word, head)| (word, Some(head)));
    // "09/07/2017" is one word.
    let cut = word.match_indices('/').find(|(at, _)| word[at + 1..].starts_with(|c: char| c.is_ascii_uppercase()));
    let (text, tags) = cut.map_or((word, ""), |(at, _)| (&word[..at], &word[at + 1..]));
    let (tag, relation) = tags.split_once('/').unwrap_or((tags, ""));
    let upos = Upos::ALL.into_iter().find(|upos| upos.name() == tag).unwrap_or_else(|| guessed(text));
    let (lemma, morphology) = lemma_and_morphology(inflections, text, upos);
    let deprel = match (relation, upos) {
        ("", Upos::Aux) => "aux",
        ("", _) => "dep",
        _ => relation.to_owned().leak(),
    };
    let chars = CharSpan::new(0, 0);
    let text = text.to_owned();
    let token = Token {
        text,
        lemma,
        start_byte: 0,
        end_byte: 0,
        chars,
        upos,
        morphology,
        head: None,
        deprel,
        sentence,
        quoted: false,
        eventful: true,
    };
    (token, head)
}

fn guessed(text: &str) -> Upos {
    match text.chars().next() {
        Some(c) if c.is_ascii_digit() => Upos::Num,
        Some(c) if c.is_uppercase() => Upos::Propn,
        Some(c) if c.is_alphabetic() => Upos::Noun,
        _ => Upos::Punct,
    }
}

fn sentence(tokens: &mut [Token], heads: &[Option<&str>], start: usize) -> Sentence {
    let root = tokens.iter().position(|token| token.upos == Upos::Verb).unwrap_or(0);
    let position = |text| tokens.iter().position(|token| token.text == text).expect("a head named by its text");
    let absolute: Vec<usize> = heads.iter().map(|head| start + head.map_or(root, position)).collect();
    for (index, token) in tokens.iter_mut().enumerate() {
        token.head = (index != root).then_some(absolute[index]);
    }
    tokens[root].deprel = "root";
    Sentence { tokens: TokenSpan::new(start, start + tokens.len()), root: start + root, paragraph: 0 }
}
