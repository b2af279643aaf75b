//! Titles and offices in the text: "Director of Intergovernmental Affairs", "foreign minister", "Gen."

use super::document::{Document, NameKind, TitleMention, Upos};
use super::engine::WordTags;
use crate::base::TokenSpan;
use crate::schema::{EntityKind, MAX_NAME_WORDS, MAX_TITLE_WORDS, Naming, Schema, WordClass};

/// The most words of what a title is for: "Under Secretary for Civilian Security, Democracy, and Human Rights".
const MAX_PORTFOLIO_WORDS: usize = 10;

/// Those who speak for somebody.
const SPOKESPERSON: &str = "spokesperson";

/// Finds the titles of a document, longest first from the left.
pub fn find(schema: &Schema, doc: &Document, tags: &[&WordTags]) -> Vec<TitleMention> {
    let mut out = Vec::new();
    for sentence in &doc.sentences {
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            // "Chief Justice Earl Weber"
            let is_given = out.last().is_some_and(|before: &TitleMention| before.tokens.end == at)
                && schema.people.given_name(&doc.tokens[at].text).is_some();
            let title = ranked(schema, doc, at, sentence.tokens.end).filter(|(core, _)| !is_given || core.len() > 1);
            let Some((core, title)) = title else {
                at += 1;
                continue;
            };
            let end = portfolio(schema, doc, tags, &title.class, core.end, sentence.tokens.end);
            let [rank, own, matter] = [(at, core.start), (core.start, core.end), (core.end, end)]
                .map(|(start, end)| doc.text(TokenSpan::new(start, end)).to_lowercase());
            // "attorney general" where the table has "attorney-general", but "senator" for "Sen."
            let is_hyphenated = title.title.split(' ').count() < core.len() && !title.is_in_full;
            let words = [&rank, if is_hyphenated { &own } else { &title.title }, &matter];
            out.push(TitleMention {
                tokens: TokenSpan::new(at, end),
                title: words.iter().flat_map(|words| words.split_whitespace()).collect::<Vec<_>>().join(" "),
                class: title.class.clone(),
                of: title.of.clone(),
            });
            at = end;
        }
    }
    out
}

impl Document {
    /// The title that starts with a token.
    pub fn title_starting(&self, token: usize) -> Option<&TitleMention> {
        let at = self.titles.partition_point(|title| title.tokens.start < token);
        self.titles.get(at).filter(|title| title.tokens.start == token)
    }

    /// The title that a token ends, as one past its last.
    pub fn title_ending(&self, token: usize) -> Option<&TitleMention> {
        let at = self.titles.partition_point(|title| title.tokens.end < token);
        self.titles.get(at).filter(|title| title.tokens.end == token)
    }
}

/// The title here, or the one behind a word of rank that the table does not hold with it: behind "deputy" of "deputy health minister".
fn ranked<'s>(
    schema: &'s Schema,
    doc: &Document,
    at: usize,
    end: usize,
) -> Option<(TokenSpan, &'s crate::schema::Title)> {
    let alone = longest(schema, doc, at, end);
    let rank = schema.words.is(&doc.tokens[at].text, WordClass::Rank) && at + 1 < end;
    let behind = rank.then(|| longest(schema, doc, at + 1, end)).flatten();
    match (alone, behind) {
        (Some((core, _)), Some((behind, _))) if core.end >= behind.end => alone,
        (_, Some(behind)) => Some(behind),
        _ => alone,
    }
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
        (nominal && !cuts_a_name(schema, doc, span, end) && !cuts_a_noun(schema, doc, span)).then_some((span, title))
    })
}

/// Whether a title of several words ends inside a known name: "Speaker of the House" before "of Representatives".
fn cuts_a_name(schema: &Schema, doc: &Document, title: TokenSpan, end: usize) -> bool {
    let last = title.end - 1;
    let ends_in_word = |length: &usize| doc.tokens[last + length - 1].text.contains(char::is_alphanumeric);
    title.len() > 1
        && schema.gazetteer.may_begin(&doc.tokens[last].text)
        && (2..=MAX_NAME_WORDS.min(end - last))
            .filter(ends_in_word)
            .any(|length| schema.gazetteer.find(&doc.words(TokenSpan::new(last, last + length))).next().is_some())
}

/// Whether a title's "of" goes on to a noun behind it, "leader of the opposition" before "party", or a word in small letters only tells
/// more of one that is nobody's title: "delegate" before "count", "fellow" before "candidate".
fn cuts_a_noun(schema: &Schema, doc: &Document, title: TokenSpan) -> bool {
    let last = &doc.tokens[title.end - 1];
    let noun = doc.tokens.get(title.end).filter(|noun| noun.upos == Upos::Noun && last.head == Some(title.end));
    let is_small = title.len() == 1 && last.text.starts_with(char::is_lowercase);
    noun.is_some() && (is_small || title.range().any(|at| schema.words.is(&doc.tokens[at].text, WordClass::Of)))
}

/// Where the title's portfolio ends: behind "of" or "for" the capitalized words, and the nouns that offices are for ("finance"),
/// that name no person, no other title and, behind "of", no body.
fn portfolio(schema: &Schema, doc: &Document, tags: &[&WordTags], class: &str, start: usize, end: usize) -> usize {
    // A mayor, governor or legislator is "of" or "for" a place or a body alone.
    let has_none = matches!(class, "mayor" | "governor" | "legislator");
    if has_none || start + 1 >= end || !schema.words.is(&doc.tokens[start].text, WordClass::Of) {
        return start;
    }
    let named = start + 1 + usize::from(schema.words.is(&doc.tokens[start + 1].text, WordClass::Definite));
    let is_organization = tags.get(named).is_some_and(|tag| tag.name.label() == Some(NameKind::Organization));
    if heads_a_body(schema, doc, start, end) || class == SPOKESPERSON && is_organization {
        return start;
    }
    let of_office = matches!(class, "minister" | "official" | "diplomat");
    let takes_bodies = of_office && schema.words.is(&doc.tokens[start].text, WordClass::Portfolio);
    let capital = |at: usize| doc.tokens[at].text.chars().next().is_some_and(char::is_uppercase);
    let matter = |at: usize| schema.words.is(&doc.tokens[at].text, WordClass::Portfolio);
    let glue = |at: usize| {
        matches!(doc.tokens[at].upos, Upos::Cconj | Upos::Punct | Upos::Adp | Upos::Det)
            && !matches!(doc.tokens[at].text.as_str(), "." | "(" | ")" | "\"" | ":" | "“" | "”")
    };
    let mut last = start;
    let courtesy = |at: usize| schema.people.honorific(&[doc.tokens[at].text.as_str()]).is_some();
    let dash = |at: usize| {
        matches!(doc.tokens[at].text.as_str(), "-" | "–" | "—")
            && doc.tokens[at].start_byte > doc.tokens[at - 1].end_byte
    };
    let next_title =
        |at: usize| doc.tokens[at - 1].text == "," && capital(at) && longest(schema, doc, at, end).is_some();
    for (at, tag) in tags.iter().enumerate().take(end).skip(start + 1).take(MAX_PORTFOLIO_WORDS) {
        let person = tag.name.label() == Some(NameKind::Person) || begins_person(schema, doc, at, end);
        if courtesy(at) || dash(at) || next_title(at) {
            break;
        }
        if person && !matter(at) || capital(at) && last + 1 < at && longest(schema, doc, at, end).is_some() {
            break;
        }
        if capital(at) || of_office && matter(at) {
            if !takes_bodies && names_a_body(schema, doc, at, end) {
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

/// Whether the capitals behind "of" are an organization's name by their last word: "African Growth Bank", not "Revolutionary Armed
/// Forces".
fn heads_a_body(schema: &Schema, doc: &Document, of: usize, end: usize) -> bool {
    let article = usize::from(schema.words.is(&doc.tokens[of + 1].text, WordClass::Definite));
    let start = of + 1 + article;
    let is_capital = |at: &usize| {
        doc.tokens[*at].text.starts_with(char::is_uppercase)
            && matches!(doc.tokens[*at].upos, Upos::Propn | Upos::Noun | Upos::Adj)
    };
    let length = (start..end).take_while(is_capital).count();
    let words = doc.words(TokenSpan::new(start, start + length));
    let is_common = |word: &&str| {
        [WordClass::Organ, WordClass::OrganHead, WordClass::Portfolio].iter().any(|class| schema.words.is(word, *class))
            || schema.people.name_head(word).is_some()
    };
    let heads = |word: &&str| matches!(schema.people.name_head(word), Some((Some(EntityKind::Organization), _)));
    schema.words.is(&doc.tokens[of].text, WordClass::Body)
        && words.len() > 1
        && words.last().is_some_and(heads)
        && !words.iter().any(|word| schema.words.is(word, WordClass::Organ))
        && !words.iter().all(is_common)
}

/// Whether a given name and another capital stand here.
fn begins_person(schema: &Schema, doc: &Document, at: usize, end: usize) -> bool {
    at + 1 < end
        && doc.tokens[at + 1].upos == Upos::Propn
        && schema.people.given_name(&doc.tokens[at].text).is_some()
        && schema.gazetteer.find(&[&doc.tokens[at].text]).next().is_none()
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
