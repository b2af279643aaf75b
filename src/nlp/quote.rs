//! Quotation marks into quotes: within a paragraph, and over several that each open with a mark.
//!
//! `"We met," he said. "It went well."` has two quotes.

use super::document::{Document, Quote};
use crate::base::TokenSpan;

/// Finds the quotes of a document whose tokens and sentences are known, in order.
pub fn find(doc: &Document) -> Vec<Quote> {
    let mut out: Vec<Quote> = Vec::new();
    let mut unclosed = false;
    for paragraph in paragraphs(doc) {
        let before = out.len();
        let mut open: Option<usize> = None;
        for token in paragraph.range() {
            match (mark(doc, token), open) {
                (Mark::None, _) | (Mark::Close, None) => {}
                (Mark::Open | Mark::Either, None) => open = Some(token),
                (Mark::Close | Mark::Either, Some(start)) => {
                    out.push(quote(start, token, token + 1));
                    open = None;
                }
                // A mark that opens while one is open: the first was never closed, or a quote in a quote.
                (Mark::Open, Some(_)) => {}
            }
        }
        if let Some(start) = open.filter(|&start| start + 1 < paragraph.end) {
            out.push(quote(start, paragraph.end, paragraph.end));
        }
        let begins = out.get(before).is_some_and(|first| first.marked.start == paragraph.start);
        if unclosed && begins {
            out[before].continues = true;
        }
        unclosed = open.is_some();
    }
    out
}

fn quote(open: usize, end: usize, marked_end: usize) -> Quote {
    Quote { tokens: TokenSpan::new(open + 1, end), marked: TokenSpan::new(open, marked_end), continues: false }
}

enum Mark {
    None,
    Open,
    Close,
    /// A straight mark.
    Either,
}

fn mark(doc: &Document, token: usize) -> Mark {
    match doc.tokens[token].text.as_str() {
        "“" | "«" | "„" | "``" => Mark::Open,
        "”" | "»" | "''" => Mark::Close,
        "\"" => Mark::Either,
        _ => Mark::None,
    }
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
