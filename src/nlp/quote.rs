//! Quotation marks into quotes: within a paragraph, and over several that each open with a mark.
//!
//! `"We met," he said. "It went well."` has two quotes; so has `''We met,'' he said. 'It went well.'`

use super::document::{Document, Quote};
use crate::base::TokenSpan;

/// Finds the quotes of a document whose tokens and sentences are known, in order.
pub fn find(doc: &Document) -> Vec<Quote> {
    let mut out: Vec<Quote> = Vec::new();
    let mut unclosed = false;
    for paragraph in paragraphs(doc) {
        let before = out.len();
        let mut open: Option<TokenSpan> = None;
        let mut at = paragraph.start;
        while at < paragraph.end {
            let (kind, mark) = mark(doc, paragraph, at);
            at = mark.end;
            match (kind, open) {
                (Mark::Close | Mark::Either, Some(start)) => {
                    out.push(quote(start, mark));
                    open = None;
                }
                (Mark::Open, None) => open = Some(mark),
                (Mark::Either, None) if opens(doc, paragraph, mark) || !closes(doc, paragraph, mark) => {
                    open = Some(mark);
                }
                // ”We won”: a mark that closes, at the front of a word.
                (Mark::Close, None) if opens(doc, paragraph, mark) => open = Some(mark),
                (Mark::Single, None) if opens(doc, paragraph, mark) => {
                    if let Some(end) = end_of_speech(doc, paragraph, mark) {
                        out.push(quote(mark, end));
                        at = end.end;
                    }
                }
                // A mark that opens while one is open: the first was never closed, or a quote in a quote.
                _ => {}
            }
        }
        if let Some(start) = open.filter(|start| start.end < paragraph.end) {
            out.push(quote(start, TokenSpan::new(paragraph.end, paragraph.end)));
        }
        let begins = out.get(before).is_some_and(|first| first.marked.start == paragraph.start);
        if unclosed && begins {
            out[before].continues = true;
        }
        unclosed = open.is_some();
    }
    out
}

/// The quote between two marks.
fn quote(open: TokenSpan, close: TokenSpan) -> Quote {
    let tokens = TokenSpan::new(open.end, close.start);
    Quote { tokens, marked: TokenSpan::new(open.start, close.end), continues: false }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    None,
    Open,
    Close,
    /// A straight mark, also of two apostrophes.
    Either,
    /// A single mark, which may be an apostrophe.
    Single,
}

/// What mark a token is, with the tokens that it takes.
fn mark(doc: &Document, paragraph: TokenSpan, token: usize) -> (Mark, TokenSpan) {
    let text = |at: usize| doc.tokens[at].text.as_str();
    let next = token + 1;
    let doubled = next < paragraph.end && touches(doc, token) && text(next) == text(token);
    let kind = match text(token) {
        "'" if doubled => return (Mark::Either, TokenSpan::new(token, next + 1)),
        "“" | "«" | "„" | "``" => Mark::Open,
        "”" | "»" => Mark::Close,
        "\"" | "''" => Mark::Either,
        "'" | "‘" | "’" => Mark::Single,
        _ => Mark::None,
    };
    (kind, TokenSpan::new(token, next))
}

/// Whether a token stands right before the next, with no space between.
fn touches(doc: &Document, token: usize) -> bool {
    doc.tokens.get(token + 1).is_some_and(|next| next.start_byte == doc.tokens[token].end_byte)
}

/// Whether a mark stands at the front of a word.
fn opens(doc: &Document, paragraph: TokenSpan, mark: TokenSpan) -> bool {
    let after_space = mark.start == paragraph.start || !touches(doc, mark.start - 1);
    after_space && mark.end < paragraph.end && touches(doc, mark.end - 1)
}

/// Whether a mark stands behind a word, or a mark of punctuation, before a space.
fn closes(doc: &Document, paragraph: TokenSpan, mark: TokenSpan) -> bool {
    let after_word = mark.start > paragraph.start && touches(doc, mark.start - 1);
    after_word && (mark.end == paragraph.end || !touches(doc, mark.end - 1))
}

/// Where speech in single marks ends: at a mark behind punctuation, before any double mark. Others may be apostrophes.
fn end_of_speech(doc: &Document, paragraph: TokenSpan, open: TokenSpan) -> Option<TokenSpan> {
    let mut at = open.end;
    while at < paragraph.end {
        let (kind, span) = mark(doc, paragraph, at);
        let spoken = || [",", ".", "!", "?"].contains(&doc.tokens[at - 1].text.as_str());
        match kind {
            Mark::None => {}
            Mark::Single if closes(doc, paragraph, span) && spoken() => return Some(span),
            Mark::Single => {}
            Mark::Open | Mark::Close | Mark::Either => return None,
        }
        at = span.end;
    }
    None
}

/// The tokens of each paragraph.
fn paragraphs(doc: &Document) -> Vec<TokenSpan> {
    let mut out: Vec<(usize, TokenSpan)> = Vec::new();
    for sentence in &doc.sentences {
        match out.last_mut() {
            Some((paragraph, span)) if *paragraph == sentence.paragraph => *span = span.union(sentence.tokens),
            _ => out.push((sentence.paragraph, sentence.tokens)),
        }
    }
    out.into_iter().map(|(_, span)| span).collect()
}
