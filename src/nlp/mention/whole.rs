//! Pieces of a name that the names head left apart into one: "Noh" and "soon" of "Park Won-soon", "League" and "Human Rights" of
//! "League for Human Rights".

use super::{Document, NameKind, is_capitalized};
use crate::base::TokenSpan;
use crate::nlp::Upos;
use crate::schema::{Calendar, EntityKind, Position, Schema, WordClass};

/// The most words between the head of an organization's name and its end: "Bureau of Population, Refugees, and Migration".
const MAX_COMPLEMENT: usize = 9;

type Found = Vec<(NameKind, TokenSpan)>;

/// Makes one name of those on both sides of an ampersand: "Norlund & Pike", not "Minneapolis & St. Paul".
pub(super) fn partners(schema: &Schema, doc: &Document, found: Found) -> Found {
    let mut out: Found = Vec::new();
    let is_known = |span: TokenSpan| schema.gazetteer.find(&doc.words(span)).next().is_some();
    for (kind, span) in found {
        match out.last_mut() {
            Some((first, last))
                if last.end + 1 == span.start
                    && doc.tokens[last.end].text == "&"
                    && !(is_known(*last) && is_known(span)) =>
            {
                (*first, last.end) = (NameKind::Organization, span.end);
            }
            _ => out.push((kind, span)),
        }
    }
    out
}

/// Makes people's names whole across hyphens, particles ("bin") and suffixes ("Jr.").
pub(super) fn persons(schema: &Schema, doc: &Document, found: Found) -> Found {
    let mut out: Found = Vec::new();
    for (kind, span) in found {
        let span = if kind == NameKind::Person { grown(schema, doc, span) } else { span };
        // What the last name grew over is a part of it.
        match out.last_mut() {
            Some((NameKind::Person, last)) if last.overlaps(span) => last.end = last.end.max(span.end),
            Some((NameKind::Person, last)) if kind == NameKind::Person && is_particle_gap(schema, doc, *last, span) => {
                last.end = span.end;
            }
            _ if is_suffix(schema, doc, span) => {}
            Some((_, last)) if kind == NameKind::Person && last.start < span.start && span.start < last.end => {
                last.end = span.start;
                out.push((kind, span));
            }
            _ => out.push((kind, span)),
        }
    }
    out
}

/// Whether only particles stand between two pieces of a name: "Ana dela Cruz".
fn is_particle_gap(schema: &Schema, doc: &Document, a: TokenSpan, b: TokenSpan) -> bool {
    a.end < b.start
        && (a.end..b.start).all(|at| schema.words.is(&doc.tokens[at].text, WordClass::Particle))
        && doc.tokens[a.start].sentence == doc.tokens[b.start].sentence
}

/// Whether a name is nothing but "Jr."
fn is_suffix(schema: &Schema, doc: &Document, span: TokenSpan) -> bool {
    doc.words(span).iter().all(|word| schema.words.is(word, WordClass::Suffix))
}

fn grown(schema: &Schema, doc: &Document, mut span: TokenSpan) -> TokenSpan {
    let sentence = doc.sentence(span.start).tokens;
    let particle = |at: usize| schema.words.is(&doc.tokens[at].text, WordClass::Particle);
    let capital = |at: usize| is_capitalized(&doc.tokens[at]) && doc.tokens[at].upos != Upos::Punct;
    let led = particle(span.start) && !is_capitalized(&doc.tokens[span.start]);
    if span.start > sentence.start && led && capital(span.start - 1) && doc.title_ending(span.start).is_none() {
        span.start -= 1;
    }
    while span.start > sentence.start && is_initial(&doc.tokens[span.start - 1].text) {
        span.start -= 1;
    }
    if let Some(start) = given_start(doc, sentence, span) {
        span.start = start;
    }
    loop {
        let hyphen = hyphen_ends(doc, sentence, span).filter(|&end| continues_name(schema, doc, span, end - 1));
        let after_particle = (span.end < sentence.end && span.len() > 1 && particle(span.end - 1) && capital(span.end))
            .then_some(span.end + 1);
        match hyphen.or(after_particle).or_else(|| behind_particles(schema, doc, sentence, span)) {
            Some(end) => span.end = end,
            None => break,
        }
    }
    let comma = usize::from(span.end + 1 < sentence.end && doc.tokens[span.end].text == ",");
    let suffix = span.end + comma;
    if suffix < sentence.end && span.len() > 1 && schema.words.is(&doc.tokens[suffix].text, WordClass::Suffix) {
        span.end = suffix + 1;
    }
    span
}

/// Where the first half of a given name stands that a hyphen ties to a small second half: "Yan" of "Yan-wei Lau".
fn given_start(doc: &Document, sentence: TokenSpan, span: TokenSpan) -> Option<usize> {
    let start = span.start.checked_sub(2).filter(|&start| start >= sentence.start)?;
    let (first, hyphen, second) = (&doc.tokens[start], &doc.tokens[start + 1], &doc.tokens[span.start]);
    let tied = matches!(hyphen.text.as_str(), "-" | "‑")
        && hyphen.start_byte == first.end_byte
        && second.start_byte == hyphen.end_byte;
    (tied && span.len() > 1 && is_capitalized(first) && !is_capitalized(second)).then_some(start)
}

/// Whether a word is an initial: "V."
fn is_initial(word: &str) -> bool {
    word.strip_suffix('.').is_some_and(|letter| letter.chars().count() == 1 && letter.chars().all(char::is_uppercase))
}

/// The end of the last name behind particles that follow a name: "Abdel Fattah" before "el-Sisi", "Ana" before "dela Cruz".
fn behind_particles(schema: &Schema, doc: &Document, sentence: TokenSpan, span: TokenSpan) -> Option<usize> {
    let particle = |at: usize| {
        schema.words.is(&doc.tokens[at].text, WordClass::Particle)
            && matches!(doc.tokens[at].upos, Upos::Propn | Upos::X | Upos::Noun)
    };
    let mut at = span.end;
    while at < sentence.end && particle(at) {
        at += 1;
    }
    let led = at > span.end;
    let tied = hyphen_ends(doc, sentence, TokenSpan::new(span.start, at)).filter(|_| led).map_or(at, |end| end - 1);
    (led && tied < sentence.end && is_capitalized(&doc.tokens[tied]) && doc.tokens[tied].upos != Upos::Punct)
        .then_some(tied + 1)
}

/// The end of the word that a hyphen ties to the end of a span without a space.
fn hyphen_ends(doc: &Document, sentence: TokenSpan, span: TokenSpan) -> Option<usize> {
    let (hyphen, next) = (span.end, span.end + 1);
    let tied = next < sentence.end
        && matches!(doc.tokens[hyphen].text.as_str(), "-" | "‑")
        && doc.tokens[hyphen].start_byte == doc.tokens[hyphen - 1].end_byte
        && doc.tokens[next].start_byte == doc.tokens[hyphen].end_byte;
    tied.then_some(next + 1)
}

/// Whether the word behind a hyphen is a part of the person's name: "Won-soon", "al-Haddad", not "Weber-led", "Weber-Rossi talks".
fn continues_name(schema: &Schema, doc: &Document, span: TokenSpan, next: usize) -> bool {
    let (last, word) = (&doc.tokens[span.end - 1], &doc.tokens[next]);
    if !word.text.chars().all(char::is_alphabetic)
        || schema.people.title(&[&word.text]).is_some() && !is_capitalized(word)
    {
        return false;
    }
    let given = |text: &str| schema.people.given_name(text).is_some();
    if is_capitalized(word) {
        return span.len() > 1 || given(&last.text) || schema.words.is(&last.text, WordClass::Particle);
    }
    span.len() > 1 && matches!(word.upos, Upos::Propn | Upos::X)
}

/// Makes an organization of somebody's name and the common noun behind it: "the Weber administration", "the Weber-Rossi campaign".
pub(super) fn headed(schema: &Schema, doc: &Document, found: Found) -> Found {
    let mut out: Found = Vec::new();
    for (kind, span) in found {
        let is_known = schema.gazetteer.find(&doc.words(span)).next().is_some();
        if is_known || !heads_noun(schema, doc, span) {
            out.push((kind, span));
            continue;
        }
        let start = hyphen_start(doc, span);
        out.retain(|(_, other)| other.end <= start || other.len() == 1);
        out.push((NameKind::Organization, TokenSpan::new(start, span.end + 1)));
        out.extend(Some((kind, span)).filter(|_| kind == NameKind::Person));
    }
    out
}

/// Whether the noun behind a name makes an organization of both, and does not go on: "the Weber campaign", not "a Weber campaign rally".
fn heads_noun(schema: &Schema, doc: &Document, span: TokenSpan) -> bool {
    let sentence = doc.sentence(span.start).tokens;
    let noun = span.end;
    let makes = noun < sentence.end
        && schema.people.name_head(&doc.tokens[noun].text) == Some((Some(EntityKind::Organization), Position::After))
        && doc.tokens[doc.head_of(span)].head.is_some_and(|head| head >= noun);
    let goes_on = |at: usize| {
        at < sentence.end
            && doc.tokens[at].upos == Upos::Noun
            && doc.title_starting(at).is_none()
            && schema.people.person_noun(&doc.tokens[at].text).is_none()
    };
    makes && !goes_on(noun + 1)
}

/// Makes names of organizations whole across "of", "for", "and": from a word that heads such names ("League") to the last capital.
pub(super) fn organizations(schema: &Schema, doc: &Document, known: &[(TokenSpan, NameKind)], found: Found) -> Found {
    let mut out: Found = Vec::new();
    let people: Vec<usize> =
        found.iter().filter(|(kind, _)| *kind == NameKind::Person).map(|(_, span)| span.start).collect();
    for (kind, mut span) in found {
        if kind != NameKind::Person && out.last().is_some_and(|(_, last)| last.covers(span)) {
            continue;
        }
        let is_known = known.iter().any(|(known, _)| known.covers(span));
        if kind == NameKind::Organization && !is_known {
            span.start = hyphen_start(doc, span);
        }
        if kind != NameKind::Person && !is_known && heads_organization(schema, doc, span) {
            let next = people.get(people.partition_point(|&start| start < span.end));
            let end = complement_end(schema, doc, span.end);
            span.end = next
                .filter(|&&person| person < end)
                .map_or(end, |&person| without_joints(schema, doc, person, span.end));
        }
        let joined = out
            .last()
            .filter(|_| kind == NameKind::Organization && !is_known)
            .is_some_and(|last| last.0 == NameKind::Organization && is_first_half(schema, doc, last.1, span));
        match out.last_mut() {
            Some((_, last)) if joined => last.end = span.end,
            _ => out.push((kind, span)),
        }
    }
    out
}

/// An end before a word without what only joins it to what is before: of "Harbour Board of Ana Weber" no "of" is left.
fn without_joints(schema: &Schema, doc: &Document, end: usize, first: usize) -> usize {
    (first..end).rev().find(|&at| !joins(schema, doc, at)).map_or(first, |at| at + 1)
}

/// Where the words begin that hyphens tie to the start of a name: "U.S." of "U.S.-Kenya Trade Council".
fn hyphen_start(doc: &Document, span: TokenSpan) -> usize {
    let first = doc.sentence(span.start).tokens.start;
    let mut start = span.start;
    while start >= first + 2 {
        let (word, hyphen, next) = (&doc.tokens[start - 2], &doc.tokens[start - 1], &doc.tokens[start]);
        let tied = matches!(hyphen.text.as_str(), "-" | "‑")
            && hyphen.start_byte == word.end_byte
            && next.start_byte == hyphen.end_byte;
        if !tied || !is_capitalized(word) {
            break;
        }
        start -= 2;
    }
    start
}

/// Whether what the names head took for a name of its own is the first half of the next: "Autistic Women" and "Nonbinary Network",
/// "High" and "Council".
fn is_first_half(schema: &Schema, doc: &Document, first: TokenSpan, second: TokenSpan) -> bool {
    let head = |at: usize| {
        schema.people.name_head(&doc.tokens[at].text).is_some_and(|(kind, _)| kind == Some(EntityKind::Organization))
    };
    let headed = (second.start..second.end).any(head) && !(first.start..first.end).any(head);
    let is_name = schema.gazetteer.find(&doc.words(first)).next().is_some();
    let and = first.end + 1 == second.start && schema.words.is(&doc.tokens[first.end].text, WordClass::And);
    let modifies = !doc.words(first).iter().any(|word| word.chars().all(char::is_uppercase));
    !is_name && headed && (first.end == second.start && first.len() == 1 || and && first.len() > 1 && modifies)
}

/// Whether the last word of a name is one that names of organizations go on from: "League" of "League for Human Rights".
fn heads_organization(schema: &Schema, doc: &Document, span: TokenSpan) -> bool {
    let last = &doc.tokens[span.end - 1];
    is_capitalized(last)
        && matches!(
            schema.people.name_head(&last.text),
            Some((Some(EntityKind::Organization), Position::End | Position::Any))
        )
}

/// Where "for Human Rights", "of Population, Refugees, and Migration" ends; the start where what follows is no part of a name.
pub(super) fn complement_end(schema: &Schema, doc: &Document, start: usize) -> usize {
    let sentence = doc.sentence(start - 1).tokens;
    if start + 1 >= sentence.end || !schema.words.is(&doc.tokens[start].text, WordClass::Complement) {
        return start;
    }
    let limit = sentence.end.min(start + MAX_COMPLEMENT);
    let mut end = start;
    for at in start + 1..limit {
        let word = &doc.tokens[at];
        let capital = is_capitalized(word) && matches!(word.upos, Upos::Propn | Upos::Noun | Upos::Adj);
        // "in Sydney" tells where it is, unless more stands between: "for Co-operation in Europe".
        let located = end == start && schema.words.is(&doc.tokens[start].text, WordClass::Place);
        if located || capital && (begins_other(schema, doc, start, at) || is_date(&word.text)) {
            break;
        } else if capital {
            end = at + 1;
        } else if !joins(schema, doc, at) {
            break;
        }
    }
    end
}

/// Whether a word is a month or a day of the week: "the council on Monday".
fn is_date(word: &str) -> bool {
    let calendar = Calendar::built_in();
    calendar.month(word).is_some() || calendar.weekday(word).is_some()
}

/// Whether a word may stand between capitals inside a name: "of", "the", and a comma or "and" of a list that goes on.
fn joins(schema: &Schema, doc: &Document, at: usize) -> bool {
    let word = &doc.tokens[at];
    match word.upos {
        Upos::Adp => schema.words.is(&word.text, WordClass::Complement),
        Upos::Det => schema.words.is(&word.text, WordClass::Definite),
        Upos::Cconj => !word.quoted,
        Upos::Punct => matches!(word.text.as_str(), "-" | "‑"),
        _ => false,
    }
}

/// Whether something else begins at a word behind "and": a person, a title, another organization's or country's name.
fn begins_other(schema: &Schema, doc: &Document, start: usize, at: usize) -> bool {
    let behind_and = (start..at).any(|other| doc.tokens[other].upos == Upos::Cconj);
    let words = [doc.tokens[at].text.as_str()];
    let titled = doc.title_starting(at).is_some();
    titled
        || behind_and
            && (schema.gazetteer.may_begin(words[0]) && schema.gazetteer.find(&words).next().is_some()
                || schema.people.given_name(words[0]).is_some())
}
