//! Text into a document: tokens, trees, names, quotes, times and attribution spans, by one small encoder and light heads.
//!
//! "Mr Putin told reporters on Saturday" has a person's name, a cue, a time, and a tree whose root is "told".

mod coreference;
mod document;
pub mod engine;
mod mention;
mod morphology;
mod quote;
#[cfg(test)]
mod tagged;
pub mod time;
mod title;
mod tokenize;

pub use document::{
    Attribution, AttributionPart, Document, Mention, MentionForm, Morphology, NameKind, Number, Person, Polarity,
    Quote, Sentence, Tense, TimeExpression, TitleMention, Token, Upos, VerbForm, Voice,
};
pub use engine::{EventMention, EventRole, Model};
pub(crate) use mention::{initials, without_capitals};

use std::ops::Range;

use crate::base::{CharSpan, TokenSpan};
use crate::ingest::{Article, ParagraphKind};
use crate::schema::Schema;
use engine::{Bio, WordTags};
use tokenize::RawSentence;

/// Reads an article's text. A text cannot fail: what is not understood yields less.
pub fn analyze(schema: &Schema, model: &Model, article: Article) -> Document {
    let raw = tokenize::sentences(&schema.tokens, &article.text, &paragraphs(&article));
    understand(schema, model, article, &raw)
}

/// Reads paragraphs of sentences whose words are known already, as those of a treebank are. The document's tokens are
/// these words; its text has a blank after each and an empty line after each paragraph.
///
/// # Panics
///
/// Where a word is empty.
pub fn analyze_words(schema: &Schema, model: &Model, paragraphs: &[Vec<Vec<&str>>]) -> Document {
    let texts: Vec<String> = paragraphs.iter().map(|sentences| sentences.concat().join(" ")).collect();
    let article = Article::of_paragraphs("-", &texts);
    let mut raw = Vec::new();
    let mut at = 0;
    for (paragraph, sentences) in paragraphs.iter().enumerate() {
        for sentence in sentences {
            let words = sentence.iter().map(|word| {
                assert!(!word.is_empty(), "an empty word in {sentence:?}");
                let start = at + article.text[at..].find(word).expect("the text is made of these words");
                at = start + word.len();
                start..at
            });
            raw.push(RawSentence { words: words.collect(), paragraph, is_cut: false });
        }
    }
    understand(schema, model, article, &raw)
}

/// Reads an article whose sentences and words are cut.
fn understand(schema: &Schema, model: &Model, article: Article, raw: &[RawSentence]) -> Document {
    let mut doc = Document::new(article);
    let words: Vec<Vec<&str>> = raw
        .iter()
        .map(|sentence| sentence.words.iter().map(|word| &doc.article.text[word.clone()]).collect())
        .collect();
    let engine::Reading { words: tags, attributions, events, vectors } = engine::read(model, &words);
    let places: Vec<coreference::Place> =
        raw.iter().map(|sentence| coreference::Place { paragraph: sentence.paragraph, speaker: 0 }).collect();
    let text = coreference::Text { words: &words, tags: &tags, places: &places, vectors: &vectors };
    doc.coreference = coreference::chains(schema, model, &text);
    let cut = raw.iter().filter(|sentence| sentence.is_cut).count();
    if cut > 0 {
        doc.notes.push(format!("{cut} very long sentences were read in pieces"));
    }
    doc.tokens = tokens(schema, &doc.article.text, raw, &tags);
    doc.sentences = sentences(raw, &doc.tokens);
    morphology::refine(&mut doc.tokens);
    doc.quotes = quote::find(&doc);
    for quote in &doc.quotes {
        doc.tokens[quote.tokens.range()].iter_mut().for_each(|token| token.quoted = true);
    }
    let flat: Vec<&WordTags> = tags.iter().flatten().collect();
    doc.events = events;
    doc.attributions = attributions.into_iter().map(Attribution::from).collect();
    doc.times = time::find(schema, &doc.tokens, &doc.sentences, doc.article.published);
    doc.titles = title::find(schema, &doc, &flat);
    doc.mentions = mention::names(schema, &doc, &flat);
    doc
}

/// Cuts a text, a paragraph a line, into sentences of words (byte ranges), as [`analyze`] does before it reads them.
pub fn words(schema: &Schema, text: &str) -> Vec<Vec<Range<usize>>> {
    let mut start = 0;
    let lines = text.split_inclusive('\n').map(|line| {
        let from = start;
        start += line.len();
        from..start
    });
    let sentences = tokenize::sentences(&schema.tokens, text, &lines.collect::<Vec<_>>());
    sentences.into_iter().map(|sentence| sentence.words).collect()
}

/// The lemma of a word out of context, as it would be with this part of speech.
pub fn lemma(schema: &Schema, word: &str, upos: Upos) -> String {
    morphology::lemma_and_morphology(&schema.inflections, word, upos).0
}

/// The byte ranges of the paragraphs that hold sentences: all but lines with nothing but a date.
fn paragraphs(article: &Article) -> Vec<Range<usize>> {
    let bytes: Vec<usize> = article.text.char_indices().map(|(byte, _)| byte).chain([article.text.len()]).collect();
    let sentences = article.paragraphs.iter().filter(|paragraph| paragraph.kind != ParagraphKind::Date);
    sentences.map(|paragraph| bytes[paragraph.span.start]..bytes[paragraph.span.end]).collect()
}

fn tokens(schema: &Schema, text: &str, raw: &[RawSentence], tags: &[Vec<WordTags>]) -> Vec<Token> {
    let mut out = Vec::new();
    let (mut bytes, mut chars) = (0, 0);
    for (sentence, (words, tags)) in raw.iter().zip(tags).enumerate().map(|(i, (raw, tags))| (i, (&raw.words, tags))) {
        let first = out.len();
        for (word, tags) in words.iter().zip(tags) {
            chars += text[bytes..word.start].chars().count();
            let form = &text[word.clone()];
            let length = form.chars().count();
            let (lemma, morphology) = morphology::lemma_and_morphology(&schema.inflections, form, tags.upos);
            out.push(Token {
                text: form.to_owned(),
                lemma,
                start_byte: word.start,
                end_byte: word.end,
                chars: CharSpan::new(chars, chars + length),
                upos: tags.upos,
                morphology,
                head: tags.head.map(|head| first + head),
                deprel: tags.deprel,
                sentence,
                quoted: false,
                eventful: tags.trigger.is_some(),
            });
            (bytes, chars) = (word.end, chars + length);
        }
    }
    out
}

fn sentences(raw: &[RawSentence], tokens: &[Token]) -> Vec<Sentence> {
    let mut start = 0;
    raw.iter()
        .map(|sentence| {
            let span = TokenSpan::new(start, start + sentence.words.len());
            start = span.end;
            let root = span.range().find(|&token| tokens[token].head.is_none()).unwrap_or(span.start);
            Sentence { tokens: span, root, paragraph: sentence.paragraph }
        })
        .collect()
}

/// The runs of one label that begin, inside, outside tags make within sentences.
fn spans<T: Copy + PartialEq>(
    doc: &Document,
    tags: &[&WordTags],
    bio: impl Fn(&WordTags) -> Bio<T>,
) -> Vec<(T, TokenSpan)> {
    let mut out: Vec<(T, TokenSpan)> = Vec::new();
    for sentence in &doc.sentences {
        let mut open = false;
        for token in sentence.tokens.range() {
            match (bio(tags[token]), out.last_mut()) {
                (Bio::Inside(label), Some((last, span))) if open && *last == label => span.end = token + 1,
                (Bio::Begin(label) | Bio::Inside(label), _) => {
                    out.push((label, TokenSpan::new(token, token + 1)));
                    open = true;
                }
                (Bio::Outside, _) => open = false,
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn given_words_are_the_tokens() {
        let (schema, model) = (Schema::built_in(), Model::built_in());
        let given =
            [vec![vec!["Mr", "Sall", "can", "not", "go", "."], vec!["Why", "?"]], vec![vec!["\"", "New York", "\""]]];
        let doc = analyze_words(&schema, &model, &given);
        assert_eq!(doc.article.text, "Mr Sall can not go . Why ?\n\n\" New York \"");
        let found: Vec<Vec<&str>> = doc.sentences.iter().map(|sentence| doc.words(sentence.tokens)).collect();
        assert_eq!(found, given.concat());
        assert_eq!(doc.sentences.iter().map(|sentence| sentence.paragraph).collect::<Vec<_>>(), [0, 0, 1]);
        let places: Vec<&str> = doc.tokens.iter().map(|token| doc.article.slice(token.chars)).collect();
        assert_eq!(places, given.concat().concat());
    }
}
