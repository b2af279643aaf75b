//! Names in the text: what the names head finds, mended by the tables of known names.
//!
//! "French President Emmanuel Macron" holds a country's demonym, a title and a person's name; the name is "Emmanuel Macron".

use super::document::{Document, Mention, MentionForm, NameKind, Token, Upos};
use super::engine::WordTags;
use super::spans;
use crate::base::TokenSpan;
use crate::schema::{EntityKind, MAX_NAME_WORDS, MAX_TITLE_WORDS, Naming, Schema};

/// Finds the names of a document, in order of their first token; one may lie in another ("Bank of England").
pub fn names(schema: &Schema, doc: &Document, tags: &[&WordTags]) -> Vec<Mention> {
    let known = known_names(schema, doc);
    let found: Vec<(NameKind, TokenSpan)> = spans(doc, tags, |tags| tags.core)
        .into_iter()
        .flat_map(|(kind, span)| trim(schema, doc, kind, span))
        .filter(|(_, span)| !span.is_empty() && is_name(doc, *span))
        .collect();
    let mut out: Vec<Mention> = Vec::new();
    for (kind, span) in found {
        // A known name that holds all of it says more: "Security Council" in "UN Security Council".
        let inside_known = known.iter().any(|(known, _)| known.covers(span) && known.len() > span.len());
        if !inside_known
            && matches!(kind, NameKind::Person | NameKind::Place | NameKind::Organization | NameKind::Event)
        {
            out.push(name(doc, span, kind));
        }
    }
    for (span, kind) in known {
        if let Some(same) = out.iter_mut().find(|mention| mention.tokens == span) {
            if same.kind != NameKind::Person || kind != NameKind::Person {
                same.kind =
                    if same.kind == NameKind::Person && is_given_name(schema, doc, span) { same.kind } else { kind };
            }
            continue;
        }
        let in_person = out.iter().any(|m| m.kind == NameKind::Person && m.tokens.covers(span));
        if !in_person {
            // A found name that a known one covers or crosses gives way.
            out.retain(|mention| !mention.tokens.overlaps(span) || mention.tokens.covers(span));
            out.push(name(doc, span, kind));
        }
    }
    out.sort_by_key(|mention| (mention.tokens.start, std::cmp::Reverse(mention.tokens.end)));
    out
}

fn name(doc: &Document, span: TokenSpan, kind: NameKind) -> Mention {
    Mention { tokens: span, head: head(doc, span), kind, form: MentionForm::Name }
}

/// The token of a span whose head lies outside it; the last of several.
fn head(doc: &Document, span: TokenSpan) -> usize {
    let outside = |&token: &usize| doc.tokens[token].head.is_none_or(|head| !span.contains(head));
    span.range().rev().find(outside).unwrap_or(span.end - 1)
}

fn is_name(doc: &Document, span: TokenSpan) -> bool {
    doc.tokens[span.range()].iter().any(|token| is_capitalized(token) && token.upos != Upos::Pron)
}

fn is_capitalized(token: &Token) -> bool {
    token.text.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric())
}

fn is_given_name(schema: &Schema, doc: &Document, span: TokenSpan) -> bool {
    span.len() == 1 && schema.people.given_name(&doc.tokens[span.start].text).is_some()
}

/// A found name without articles, punctuation and clitics at its ends; of a person's, without titles.
fn trim(schema: &Schema, doc: &Document, kind: NameKind, mut span: TokenSpan) -> Vec<(NameKind, TokenSpan)> {
    let token = |at: usize| &doc.tokens[at];
    while !span.is_empty() && is_edge(token(span.start)) {
        span.start += 1;
    }
    while !span.is_empty() && is_edge(token(span.end - 1)) {
        span.end -= 1;
    }
    if kind != NameKind::Person || span.is_empty() {
        return vec![(kind, span)];
    }
    // "Messrs. Lee and Park" is two.
    if let Some(and) = span.range().find(|&at| token(at).upos == Upos::Cconj) {
        let (left, right) = (TokenSpan::new(span.start, and), TokenSpan::new(and + 1, span.end));
        return [left, right].into_iter().flat_map(|part| trim(schema, doc, kind, part)).collect();
    }
    let start = after_titles(schema, doc, span);
    // "Jr." and the like stay; a title alone is no name.
    vec![(kind, TokenSpan::new(start, span.end))]
}

fn is_edge(token: &Token) -> bool {
    matches!(token.upos, Upos::Det | Upos::Punct | Upos::Part | Upos::Adp | Upos::Cconj | Upos::Pron)
        && !is_capitalized(token)
        || matches!(token.text.as_str(), "'s" | "’s" | "The" | "the" | "," | "." | "'" | "’" | "\"" | "“" | "”" | "-")
}

/// Where the person's name starts: past the demonyms, courtesy forms and titles before it.
fn after_titles(schema: &Schema, doc: &Document, span: TokenSpan) -> usize {
    let mut start = span.start;
    'again: while start < span.end {
        for length in (1..=MAX_TITLE_WORDS.min(span.end - start)).rev() {
            let words = doc.words(TokenSpan::new(start, start + length));
            let title = schema.people.title(&words).is_some() || schema.people.honorific(&words).is_some();
            let demonym = schema.gazetteer.find(&words).any(|(entry, naming)| {
                naming == Naming::Demonym || length < span.end - start && entry.kind == EntityKind::Country
            });
            if title || demonym {
                start += length;
                continue 'again;
            }
        }
        break;
    }
    start
}

/// The known names of the tables, longest first from the left.
fn known_names(schema: &Schema, doc: &Document) -> Vec<(TokenSpan, NameKind)> {
    let mut out = Vec::new();
    for sentence in &doc.sentences {
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            match longest(schema, doc, at, sentence.tokens.end) {
                Some((end, kind)) => {
                    out.push((TokenSpan::new(at, end), kind));
                    at = end;
                }
                None => at += 1,
            }
        }
    }
    out
}

fn longest(schema: &Schema, doc: &Document, at: usize, end: usize) -> Option<(usize, NameKind)> {
    let first = &doc.tokens[at];
    if !schema.gazetteer.may_begin(&first.text) {
        return None;
    }
    (1..=MAX_NAME_WORDS.min(end - at)).rev().find_map(|length| {
        let span = TokenSpan::new(at, at + length);
        let last = &doc.tokens[span.end - 1];
        if last.upos == Upos::Punct || length == 1 && !may_name_alone(first) {
            return None;
        }
        let words = doc.words(span);
        let (entry, _) = schema.gazetteer.find(&words).next()?;
        let kind = match entry.kind {
            EntityKind::Person => NameKind::Person,
            EntityKind::Organization => NameKind::Organization,
            EntityKind::Country | EntityKind::Place => NameKind::Place,
        };
        Some((span.end, kind))
    })
}

/// Whether a single word can be a name where it stands: a noun or an adjective with a capital.
fn may_name_alone(token: &Token) -> bool {
    is_capitalized(token) && matches!(token.upos, Upos::Propn | Upos::Adj | Upos::Noun | Upos::X)
}
