//! Titles and offices in the text: "Director of Intergovernmental Affairs", "foreign minister", "Gen."

use super::document::{Document, NameKind, TitleMention, Upos};
use super::engine::WordTags;
use crate::base::TokenSpan;
use crate::schema::{EntityKind, MAX_NAME_WORDS, MAX_TITLE_WORDS, Naming, Schema, WordClass};

/// The most words of what a title is for: "Under Secretary for Civilian Security, Democracy, and Human Rights".
const MAX_PORTFOLIO_WORDS: usize = 10;

/// Finds the titles of a document, longest first from the left.
pub fn find(schema: &Schema, doc: &Document, tags: &[&WordTags]) -> Vec<TitleMention> {
    let mut out = Vec::new();
    for sentence in &doc.sentences {
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            let Some((core, title)) = longest(schema, doc, at, sentence.tokens.end) else {
                at += 1;
                continue;
            };
            let end = portfolio(schema, doc, tags, core.end, sentence.tokens.end);
            let words = if end > core.end {
                doc.text(TokenSpan::new(core.start, end)).to_lowercase()
            } else {
                title.title.clone()
            };
            out.push(TitleMention {
                tokens: TokenSpan::new(core.start, end),
                title: words.split_whitespace().collect::<Vec<_>>().join(" "),
                class: title.class.clone(),
                of: title.of.clone(),
            });
            at = end;
        }
    }
    out
}

fn longest<'s>(
    schema: &'s Schema,
    doc: &Document,
    at: usize,
    end: usize,
) -> Option<(TokenSpan, &'s crate::schema::Title)> {
    (1..=MAX_TITLE_WORDS.min(end - at)).rev().find_map(|length| {
        let span = TokenSpan::new(at, at + length);
        let title = schema.people.title(&doc.words(span))?;
        let nominal = length > 1 || matches!(doc.tokens[at].upos, Upos::Noun | Upos::Propn | Upos::Adj);
        nominal.then_some((span, title))
    })
}

/// Where the title's portfolio ends: capitalized words behind "of" or "for" that name no country, organization or person.
fn portfolio(schema: &Schema, doc: &Document, tags: &[&WordTags], start: usize, end: usize) -> usize {
    if start + 1 >= end || !schema.words.is(&doc.tokens[start].text, WordClass::Of) {
        return start;
    }
    let capital = |at: usize| doc.tokens[at].text.chars().next().is_some_and(char::is_uppercase);
    let glue = |at: usize| {
        matches!(doc.tokens[at].upos, Upos::Cconj | Upos::Punct | Upos::Adp | Upos::Det)
            && !matches!(doc.tokens[at].text.as_str(), "." | "(" | ")" | "\"" | ":")
    };
    let mut last = start;
    for (at, tag) in tags.iter().enumerate().take(end).skip(start + 1).take(MAX_PORTFOLIO_WORDS) {
        if tag.name.label() == Some(NameKind::Person) {
            break;
        }
        if capital(at) {
            if names_a_body(schema, doc, at, end) {
                // "Minister of Defense of Iraq": the body is no part of the title.
                break;
            }
            last = at + 1;
        } else if !glue(at) {
            break;
        }
    }
    last
}

/// Whether a country's or an organization's known name starts here.
fn names_a_body(schema: &Schema, doc: &Document, at: usize, end: usize) -> bool {
    (1..=MAX_NAME_WORDS.min(end - at)).any(|length| {
        let words = doc.words(TokenSpan::new(at, at + length));
        schema
            .gazetteer
            .find(&words)
            .any(|(entry, naming)| entry.kind != EntityKind::Place || naming != Naming::Name || length > 1)
    })
}
