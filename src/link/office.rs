//! Titles and offices: who holds which, of what.
//!
//! "French President Emmanuel Macron", "Sergei Lavrov, the Russian foreign minister", "Prime Minister Netanyahu of Israel".

use std::collections::BTreeSet;

use super::Links;
use crate::base::TokenSpan;
use crate::nlp::{Document, Upos};
use crate::schema::{EntityKind, MAX_TITLE_WORDS, Schema, WordClass};

/// A title in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct OfficeHeld {
    /// The title's words.
    pub tokens: TokenSpan,
    /// In lower case: `foreign minister`.
    pub title: String,
    pub former: bool,
    /// The country or organization whose office it is, an index of entities.
    pub of: Option<usize>,
    /// Who holds it, an index of entities; `None` where it stands alone ("the foreign minister").
    pub holder: Option<usize>,
}

/// Finds the titles of a document, in order.
pub fn find(schema: &Schema, doc: &Document, links: &mut Links) {
    let mut out = Vec::new();
    for sentence in &doc.sentences {
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            let Some((tokens, title, implied)) = title_at(schema, doc, links, at) else {
                at += 1;
                continue;
            };
            let context = Context { schema, doc, links, sentence: sentence.tokens };
            let (start, of_left, former) = context.before(tokens);
            let (end, of_right) = context.complement(tokens.end);
            let holder = context.holder_after(end).or_else(|| context.holder_before(start));
            let of_name =
                holder.and_then(|(_, name)| context.complement(name.end).1.filter(|_| name.start >= tokens.end));
            let implied =
                implied.and_then(|iso| links.entities.iter().position(|entity| entity.iso.as_deref() == Some(&iso)));
            out.push(OfficeHeld {
                tokens,
                title,
                former,
                of: of_right.or(of_left).or(of_name).or(implied),
                holder: holder.map(|(person, _)| person),
            });
            at = tokens.end;
        }
    }
    links.offices = out;
    tie(links);
}

/// Gives each person the offices found: an office without a body takes it from the same person's same office elsewhere.
fn tie(links: &mut Links) {
    let known: BTreeSet<(usize, String, usize)> =
        links.offices.iter().filter_map(|office| Some((office.holder?, office.title.clone(), office.of?))).collect();
    for office in &mut links.offices {
        if let (Some(holder), None) = (office.holder, office.of) {
            office.of = known.iter().find(|(h, title, _)| *h == holder && *title == office.title).map(|(_, _, of)| *of);
        }
    }
}

/// The longest title that starts at a token.
fn title_at(schema: &Schema, doc: &Document, links: &Links, at: usize) -> Option<(TokenSpan, String, Option<String>)> {
    let sentence = doc.sentence(at).tokens;
    (1..=MAX_TITLE_WORDS.min(sentence.end - at)).rev().find_map(|length| {
        let span = TokenSpan::new(at, at + length);
        let words = doc.words(span);
        let title = schema.people.title(&words)?;
        let last = &doc.tokens[span.end - 1];
        let nominal = length > 1 || matches!(last.upos, Upos::Noun | Upos::Propn | Upos::Adj);
        let in_name = links.mentions.iter().any(|m| m.tokens.overlaps(span) && !span.covers(m.tokens));
        let is_name = length == 1 && links.mentions.iter().any(|m| m.tokens == span);
        (nominal && !in_name && !is_name).then(|| (span, title.title.clone(), title.of.clone()))
    })
}

struct Context<'a> {
    schema: &'a Schema,
    doc: &'a Document,
    links: &'a Links,
    sentence: TokenSpan,
}

impl Context<'_> {
    fn word(&self, at: usize) -> &str {
        &self.doc.tokens[at].text
    }

    /// The mention of a name that ends at a token, with its entity.
    fn name_ending(&self, end: usize) -> Option<(TokenSpan, usize)> {
        let mention = self.links.mentions.iter().filter(|m| m.tokens.end == end).max_by_key(|m| m.tokens.len())?;
        Some((mention.tokens, mention.entities[0]))
    }

    fn name_starting(&self, start: usize) -> Option<(TokenSpan, usize)> {
        let mention = self.links.mentions.iter().filter(|m| m.tokens.start == start).max_by_key(|m| m.tokens.len())?;
        Some((mention.tokens, mention.entities[0]))
    }

    fn is_person(&self, entity: usize) -> bool {
        self.links.entities[entity].kind == EntityKind::Person
    }

    /// What stands before a title: where its phrase starts, its body, whether it is a former office.
    fn before(&self, title: TokenSpan) -> (usize, Option<usize>, bool) {
        let (mut start, mut of, mut former) = (title.start, None, false);
        while start > self.sentence.start {
            let word = self.word(start - 1);
            if self.schema.words.is(word, WordClass::Former) {
                former = true;
            } else if let Some((name, entity)) = self.body_ending(start) {
                of = of.or(Some(entity));
                start = name.start;
                continue;
            } else if !self.schema.words.is(word, WordClass::Apart) && word != "-" {
                break;
            }
            start -= 1;
        }
        if start > self.sentence.start && self.doc.tokens[start - 1].upos == Upos::Det {
            start -= 1;
        }
        (start, of, former)
    }

    /// The country or organization whose name, or possessive, ends at a token.
    fn body_ending(&self, end: usize) -> Option<(TokenSpan, usize)> {
        let possessive = matches!(self.word(end - 1), "'s" | "’s" | "'" | "’");
        let end = if possessive { end - 1 } else { end };
        let (name, entity) = self.name_ending(end)?;
        (!self.is_person(entity) && name.start >= self.sentence.start).then_some((name, entity))
    }

    /// "of Egypt", "for Foreign Affairs of the Republic of Iraq": where it ends, and the first body in it.
    fn complement(&self, start: usize) -> (usize, Option<usize>) {
        if start >= self.sentence.end || !self.schema.words.is(self.word(start), WordClass::Of) {
            return (start, None);
        }
        let mut at = start + 1;
        while at < self.sentence.end && self.doc.tokens[at].upos == Upos::Det {
            at += 1;
        }
        match self.name_starting(at) {
            Some((name, entity)) if !self.is_person(entity) => {
                let (end, _) = self.complement(name.end);
                (end, Some(entity))
            }
            _ => (start, None),
        }
    }

    /// The person whose name follows a title: at once, or behind a comma.
    fn holder_after(&self, end: usize) -> Option<(usize, TokenSpan)> {
        let mut at = end;
        while at < self.sentence.end {
            if let Some((name, entity)) = self.name_starting(at).filter(|(_, entity)| self.is_person(*entity)) {
                return Some((entity, name));
            }
            let word = self.word(at);
            let apart = self.schema.people.honorific(&[word]).is_some()
                || self.schema.words.is(word, WordClass::Apart)
                || word == "," && at == end;
            if !apart {
                return None;
            }
            at += 1;
        }
        None
    }

    /// The person whose name stands before a title's phrase, behind a comma: "Sergei Lavrov, the foreign minister".
    fn holder_before(&self, start: usize) -> Option<(usize, TokenSpan)> {
        let comma =
            start.checked_sub(1).filter(|&at| at > self.sentence.start && matches!(self.word(at), "," | "("))?;
        let (name, entity) = self.name_ending(comma)?;
        self.is_person(entity).then_some((entity, name))
    }
}
