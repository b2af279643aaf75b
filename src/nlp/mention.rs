//! Names in the text: what the names head finds, mended by the tables of known names.
//!
//! "French President Emmanuel Macron" holds a country's demonym, a title and a person's name; the name is "Emmanuel Macron".

mod beside;
mod whole;

use std::collections::BTreeSet;

use super::document::{Document, Mention, MentionForm, NameKind, Sentence, Token, Upos};
use super::engine::WordTags;
use super::spans;
use crate::base::TokenSpan;
use crate::schema::{EntityKind, MAX_NAME_WORDS, MAX_TITLE_WORDS, Naming, Position, Schema, WordClass};

/// The class of parties in the tables.
const PARTY: &str = "party";

/// Finds the names of a document, in order of their first token; one may lie in another ("Bank of England").
pub fn names(schema: &Schema, doc: &Document, tags: &[&WordTags]) -> Vec<Mention> {
    let known = known_names(schema, doc);
    let titles = titles(schema, doc);
    let found: Vec<(NameKind, TokenSpan)> = spans(doc, tags, |tags| tags.name)
        .into_iter()
        .flat_map(|(kind, span)| trim(schema, doc, kind, span))
        .map(|(kind, span)| {
            (kind, if kind == NameKind::Person { whole_person(schema, doc, &titles, span) } else { span })
        })
        .map(|(kind, span)| {
            (kind, if kind == NameKind::Organization { before_title(schema, doc, &known, &titles, span) } else { span })
        })
        .map(|(kind, span)| (if is_person(schema, doc, span) { NameKind::Person } else { kind }, span))
        .map(|(kind, span)| {
            (
                if kind == NameKind::Person && is_company(schema, doc, span) { NameKind::Organization } else { kind },
                span,
            )
        })
        .filter(|(_, span)| !span.is_empty() && is_name(doc, *span) && !is_direction(schema, doc, *span))
        .filter(|(_, span)| !titles.iter().any(|title| title.covers(*span)))
        .collect();
    let people = whole::persons(schema, doc, whole::partners(schema, doc, found));
    let found = whole::organizations(schema, doc, &known, whole::headed(schema, doc, people));
    let mut out: Vec<Mention> = Vec::new();
    for (kind, span) in found {
        // A known name that holds all of it says more: "Security Council" in "UN Security Council".
        let inside_known = known.iter().any(|(known, _)| known.covers(span) && known.len() > span.len());
        if !inside_known
            && matches!(
                kind,
                NameKind::Person | NameKind::Country | NameKind::Place | NameKind::Organization | NameKind::Event
            )
        {
            out.push(name(doc, span, kind));
        }
    }
    let last_names: BTreeSet<String> = out
        .iter()
        .filter(|mention| mention.kind == NameKind::Person && mention.tokens.len() > 1)
        .map(|mention| doc.tokens[mention.tokens.end - 1].text.clone())
        .collect();
    for (span, kind) in known {
        if let Some(same) = out.iter_mut().find(|mention| mention.tokens == span) {
            let is_person = same.kind == NameKind::Person
                && (is_given_name(schema, doc, span) || last_names.contains(&doc.tokens[span.start].text));
            if !is_person {
                same.kind = kind;
            }
            continue;
        }
        // "Sweden" in "Solidarity Association of Sweden" is a part of the name, and "Oslo University" in "Oslo University Hospital".
        let in_longer = out.iter().any(|mention| {
            let is_of_other_kind =
                || kind == NameKind::Organization && is_capitalized(&doc.tokens[mention.tokens.end - 1]);
            mention.tokens.covers(span)
                && (matches!(mention.kind, NameKind::Person | NameKind::Organization)
                    || mention.kind == NameKind::Place && mention.tokens.len() > span.len() && is_of_other_kind())
        });
        // "The National Guard Directorate" is not what "The National" is, nor "the Nile Delta" "the Nile".
        let is_cut = schema.words.is(&doc.tokens[span.start].text, WordClass::Definite)
            && out.iter().any(|name| {
                matches!(name.kind, NameKind::Organization | NameKind::Place)
                    && name.tokens.start == span.start + 1
                    && name.tokens.end > span.end
            });
        // "Labour" of "Labour Minister" is no party.
        let is_matter = titles.iter().any(|title| title.covers(span) && title.len() > span.len())
            && schema.gazetteer.find(&doc.words(span)).all(|(entry, _)| entry.class == PARTY);
        if !in_longer && !is_cut && !is_matter {
            // A found name that a known one covers or crosses gives way, and one that has no more than small words behind it: "Lake Chad
            // island".
            let goes_on = |mention: &Mention| {
                mention.tokens.start < span.start
                    || (span.end..mention.tokens.end).any(|at| is_capitalized(&doc.tokens[at]))
            };
            out.retain(|mention| {
                !mention.tokens.overlaps(span)
                    || mention.tokens.covers(span) && (mention.kind != NameKind::Place || goes_on(mention))
            });
            out.push(name(doc, span, kind));
            out.extend(demonym_of_organ(schema, doc, span).map(|demonym| name(doc, demonym, NameKind::Country)));
        }
    }
    if let Some(place) = dateline_place(schema, doc)
        && !out.iter().any(|mention| mention.tokens.overlaps(place))
    {
        out.push(name(doc, place, NameKind::Place));
    }
    for mention in out.iter_mut().filter(|mention| doc.is_dateline(mention.tokens)) {
        mention.kind = NameKind::Place;
    }
    out.retain(|mention| {
        mention.tokens.len() > 1 || !schema.words.is(&doc.tokens[mention.head].text, WordClass::Nobody)
    });
    out.retain(|mention| !is_credit(schema, doc, mention) && !names_document(schema, doc, mention.tokens));
    beside::describe(schema, doc, &mut out);
    out.extend(acronyms(doc, &out));
    out.sort_by_key(|mention| (mention.tokens.start, std::cmp::Reverse(mention.tokens.end)));
    out
}

/// The words of the dateline's place, where the tables know it.
fn dateline_place(schema: &Schema, doc: &Document) -> Option<TokenSpan> {
    let place = doc.article.dateline?.place?;
    let start = doc.tokens.iter().position(|token| place.overlaps(token.chars))?;
    let length = doc.tokens[start..].iter().take_while(|token| place.overlaps(token.chars)).count();
    let span = TokenSpan::new(start, start + length);
    let spelled: Vec<String> = doc.words(span).iter().map(|word| without_capitals(word)).collect();
    let words: Vec<&str> = spelled.iter().map(String::as_str).collect();
    schema.gazetteer.find(&words).next().map(|_| span)
}

/// "HARBOUR" as "Harbour"; "D" stays.
pub(crate) fn without_capitals(word: &str) -> String {
    let mut letters = word.chars();
    match letters.next() {
        Some(first) if letters.clone().count() > 1 => [first.to_string(), letters.as_str().to_lowercase()].concat(),
        _ => word.to_owned(),
    }
}

/// The country's demonym of a known organ that is called by common nouns behind it: "Dutch" of "Dutch parliament".
fn demonym_of_organ(schema: &Schema, doc: &Document, span: TokenSpan) -> Option<TokenSpan> {
    let demonym = TokenSpan::new(span.start, span.start + 1);
    let is_small = |at: usize| doc.tokens[at].upos == Upos::Noun && !is_capitalized(&doc.tokens[at]);
    let is_demonym = || schema.gazetteer.find(&doc.words(demonym)).any(|(_, naming)| naming == Naming::Demonym);
    (span.len() > 1 && span.range().skip(1).all(is_small) && is_demonym()).then_some(demonym)
}

/// The acronyms of the document's organizations that were not found: "MRC" beside "Malawi Renewal Congress".
fn acronyms(doc: &Document, names: &[Mention]) -> Vec<Mention> {
    let long = names.iter().filter(|name| name.kind == NameKind::Organization && name.tokens.len() > 1);
    let initials: BTreeSet<String> = long.map(|name| initials(&doc.words(name.tokens))).collect();
    let is_free = |at: usize| names.iter().all(|name| !name.tokens.contains(at));
    let all = 0..doc.tokens.len();
    let found = all.filter(|&at| {
        let token = &doc.tokens[at];
        matches!(token.upos, Upos::Propn | Upos::Noun | Upos::X) && initials.contains(&token.text) && is_free(at)
    });
    found.map(|at| name(doc, TokenSpan::new(at, at + 1), NameKind::Organization)).collect()
}

/// The first letters of the capitalized words of a name; none where there are fewer than three.
pub(crate) fn initials(words: &[&str]) -> String {
    let letters: String =
        words.iter().filter_map(|word| word.chars().next()).filter(|first| first.is_uppercase()).collect();
    if letters.chars().count() > 2 { letters } else { String::new() }
}

/// Whether a name is a publisher's alone on a line of the head ("Office of the Spokesperson"), a writer's ("By Ana Weber"), an agency's in
/// the dateline ("Oslo (Nordic News) —"), or a picture's maker's ("Image: Ana Weber.").
fn is_credit(schema: &Schema, doc: &Document, mention: &Mention) -> bool {
    const HEAD: usize = 6;
    let number = doc.tokens[mention.head].sentence;
    let sentence = &doc.sentences[number];
    let alone = sentence.tokens == mention.tokens && sentence.paragraph > 0 && number < HEAD;
    let first = sentence.tokens.start;
    let is_agency = doc.article.dateline.is_some_and(|dateline| {
        mention.tokens.start > first
            && dateline.span.overlaps(doc.tokens[mention.tokens.start].chars)
            && doc.tokens[mention.tokens.start - 1].text == "("
    });
    alone && mention.kind == NameKind::Organization
        || is_agency
        || number < HEAD && is_byline(schema, doc, sentence)
        || first + 1 < mention.tokens.start
            && doc.tokens[first + 1].text == ":"
            && schema.words.is(&doc.tokens[first].text, WordClass::Credit)
}

/// Whether a sentence of the head is no more than who wrote the article: "By Ana Weber in Oslo".
fn is_byline(schema: &Schema, doc: &Document, sentence: &Sentence) -> bool {
    const LONGEST: usize = 16;
    let tokens = &doc.tokens[sentence.tokens.range()];
    sentence.paragraph > 0
        && tokens.len() <= LONGEST
        && tokens.first().is_some_and(|by| is_capitalized(by) && schema.words.is(&by.text, WordClass::Origin))
        && tokens.last().is_some_and(|last| last.text != ".")
        && tokens.iter().all(|token| !matches!(token.upos, Upos::Verb | Upos::Aux))
}

/// Whether a place only tells a document apart: "Oslo" of "the Oslo accords".
fn names_document(schema: &Schema, doc: &Document, span: TokenSpan) -> bool {
    let head = doc.tokens[span.end - 1].head.filter(|&head| head == span.end);
    let is_place = |words: &[&str]| schema.gazetteer.find(words).any(|(entry, _)| entry.kind == EntityKind::Place);
    head.is_some_and(|head| schema.words.is(&doc.tokens[head].lemma, WordClass::Document)) && is_place(&doc.words(span))
}

/// The titles of a document, and plural nouns for people ("Ministers"): neither holds a name.
fn titles(schema: &Schema, doc: &Document) -> Vec<TokenSpan> {
    let nouns = (0..doc.tokens.len())
        .filter(|&at| schema.people.person_noun(&doc.tokens[at].text).is_some_and(|noun| noun.plural));
    doc.titles.iter().map(|title| title.tokens).chain(nouns.map(|at| TokenSpan::new(at, at + 1))).collect()
}

/// A person's name with the parts that the names head left out on either side: given names, and what the tree calls flat.
fn whole_person(schema: &Schema, doc: &Document, titles: &[TokenSpan], mut span: TokenSpan) -> TokenSpan {
    if span.is_empty() {
        return span;
    }
    let sentence = doc.sentence(span.start).tokens;
    let part = |at: usize| {
        doc.tokens[at].upos == Upos::Propn
            && is_capitalized(&doc.tokens[at])
            && !titles.iter().any(|title| title.contains(at))
    };
    while span.start > sentence.start && part(span.start - 1) {
        let before = &doc.tokens[span.start - 1];
        let flat = doc.tokens[span.start].deprel == "flat" && doc.tokens[span.start].head == Some(span.start - 1);
        // "Victoria" is a capital, but of a person's name a part.
        let country = schema.gazetteer.find(&[&before.text]).any(|(entry, naming)| {
            entry.kind == EntityKind::Country && matches!(naming, Naming::Name | Naming::Demonym)
        });
        let given = flat && schema.people.given_name(&before.text).is_some();
        if country && !given
            || !flat && schema.people.given_name(&before.text).is_none()
            || schema.people.honorific(&[&before.text]).is_some()
        {
            break;
        }
        span.start -= 1;
    }
    while span.end < sentence.end && part(span.end) && doc.tokens[span.end].deprel == "flat" {
        span.end += 1;
    }
    span
}

/// A known organization's name without the title behind it: "IAEA" of "IAEA Director", "G7" of "G7 Leaders", not "Labour" of "Labour
/// Party" before "leader".
fn before_title(
    schema: &Schema,
    doc: &Document,
    known: &[(TokenSpan, NameKind)],
    titles: &[TokenSpan],
    span: TokenSpan,
) -> TokenSpan {
    let behind = |name: TokenSpan| {
        titles.iter().any(|title| title.start == name.end && title.end >= span.end)
            && schema.people.name_head(&doc.tokens[name.end].text).is_none()
    };
    let own = known.iter().find(|(name, _)| name.start == span.start && name.end < span.end);
    let own = own.filter(|(name, kind)| *kind == NameKind::Organization && behind(*name));
    own.map_or(span, |(name, _)| *name)
}

fn name(doc: &Document, span: TokenSpan, kind: NameKind) -> Mention {
    Mention { tokens: span, head: doc.head_of(span), kind, form: MentionForm::Name, noun: None }
}

/// Whether a name is a known person's and nothing else's, or looks like a person's.
fn is_person(schema: &Schema, doc: &Document, span: TokenSpan) -> bool {
    let words = doc.words(span);
    let known = !schema.known_people.find(&schema.words, &words).is_empty()
        && schema.gazetteer.find(&words).next().is_none()
        && is_name(doc, span);
    known || is_person_by_form(schema, doc, span)
}

/// Whether a name that no table knows looks like a person's: a given name, and no word that tells another kind.
fn is_person_by_form(schema: &Schema, doc: &Document, span: TokenSpan) -> bool {
    let words = doc.words(span);
    (2..=3).contains(&words.len())
        && schema.people.given_name(words[0]).is_some()
        && words.iter().all(|word| schema.people.name_head(word).is_none())
        && doc.tokens[span.range()].iter().all(|token| token.upos == Upos::Propn)
        && schema.gazetteer.find(&words).next().is_none()
        && words.iter().skip(1).all(|word| schema.gazetteer.find(&[word]).next().is_none())
}

/// Whether a name ends as an organization's does, and does not begin as a person's: "Northland Ventures Ltd".
fn is_company(schema: &Schema, doc: &Document, span: TokenSpan) -> bool {
    let words = doc.words(span);
    let heads =
        |word: &&str| matches!(schema.people.name_head(word), Some((Some(EntityKind::Organization), Position::End)));
    words.len() > 1 && words.last().is_some_and(heads) && schema.people.given_name(words[0]).is_none()
}

/// Whether some word has a capital, and none is an address: "press@ministry.example".
fn is_name(doc: &Document, span: TokenSpan) -> bool {
    let tokens = &doc.tokens[span.range()];
    tokens.iter().all(|token| !token.text.contains(['@', '/']))
        && tokens.iter().any(|token| is_capitalized(token) && token.upos != Upos::Pron)
}

/// Whether a name is no more than half of one: "North" of "North and South Korea".
fn is_direction(schema: &Schema, doc: &Document, span: TokenSpan) -> bool {
    span.len() == 1 && schema.words.is(&doc.tokens[span.start].text, WordClass::Direction)
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
    // "anti-Weber Harbour Review"
    let is_prefixed = span.len() > 3 && !is_capitalized(token(span.start)) && token(span.start + 1).text == "-";
    span.start += if is_prefixed && kind == NameKind::Organization { 3 } else { 0 };
    while !span.is_empty() && is_edge(token(span.end - 1)) {
        span.end -= 1;
    }
    // "OIC) Council" is two.
    let bracket = span.range().find(|&at| matches!(token(at).text.as_str(), "(" | ")"));
    if let Some(bracket) = bracket.filter(|&at| token(at).text == ")") {
        let halves = [TokenSpan::new(span.start, bracket), TokenSpan::new(bracket + 1, span.end)];
        return halves.into_iter().flat_map(|half| trim(schema, doc, kind, half)).collect();
    }
    // "Nurses' Network - Ana Weber" is two.
    let dash = span.range().skip(1).find(|&at| is_dash(token(at)) && starts_person(schema, doc, at + 1, span.end));
    if let Some(dash) = dash {
        let left = trim(schema, doc, kind, TokenSpan::new(span.start, dash));
        return left
            .into_iter()
            .chain(trim(schema, doc, NameKind::Person, TokenSpan::new(dash + 1, span.end)))
            .collect();
    }
    if kind != NameKind::Person || span.is_empty() {
        return vec![(kind, span)];
    }
    // "Messrs. Lee and Park" is two.
    if let Some(and) = span.range().find(|&at| token(at).upos == Upos::Cconj) {
        let (left, right) = (TokenSpan::new(span.start, and), TokenSpan::new(and + 1, span.end));
        return [left, right].into_iter().flat_map(|part| trim(schema, doc, kind, part)).collect();
    }
    let start = after_title_complement(schema, doc, after_titles(schema, doc, span), span.end);
    let start = after_last_title(doc, start, span.end);
    let start = after_office_words(schema, doc, start, span.end);
    let named = TokenSpan::new(start, before_titles(schema, doc, start, span.end));
    // Of "Prime Minister of Iraq" no name is left.
    let of = named.range().next().is_some_and(|first| schema.words.is(&token(first).text, WordClass::Of));
    let rest = if of { TokenSpan::new(start, start) } else { before_complement(schema, doc, named) };
    vec![(kind, rest)]
}

fn is_dash(token: &Token) -> bool {
    matches!(token.text.as_str(), "-" | "–" | "—")
}

/// Whether what is left of a span is a given name and a capital or more.
fn starts_person(schema: &Schema, doc: &Document, start: usize, end: usize) -> bool {
    start + 1 < end
        && schema.people.given_name(&doc.tokens[start].text).is_some()
        && doc.tokens[start..end].iter().all(is_capitalized)
}

fn is_edge(token: &Token) -> bool {
    matches!(token.upos, Upos::Det | Upos::Punct | Upos::Part | Upos::Adp | Upos::Cconj | Upos::Pron)
        && !is_capitalized(token)
        || token.text.starts_with(['-', '–'])
        || matches!(token.text.as_str(), "'s" | "’s" | "The" | "the" | "," | "." | "'" | "’" | "\"" | "“" | "”" | "-")
}

/// Where the person's name starts: past the demonyms, courtesy forms and titles before it.
fn after_titles(schema: &Schema, doc: &Document, span: TokenSpan) -> usize {
    let mut start = span.start;
    'again: while start < span.end && !begins_like_country(schema, doc, TokenSpan::new(start, span.end)) {
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

/// Whether a name begins with a given name that is a country's too, and goes on as a person's does: "Israel Katz", not "Jordan King Omar".
fn begins_like_country(schema: &Schema, doc: &Document, span: TokenSpan) -> bool {
    let text = |at: usize| doc.tokens[at].text.as_str();
    let is_given = |at: usize| schema.people.given_name(text(at)).is_some();
    let names_country = || {
        let word = [text(span.start)];
        schema.gazetteer.find(&word).any(|(entry, naming)| entry.kind == EntityKind::Country && naming == Naming::Name)
    };
    let next = span.start + 1;
    let goes_on = || {
        schema.people.title(&[text(next)]).is_none()
            && schema.people.honorific(&[text(next)]).is_none()
            && doc.title_starting(next).is_none()
            && !(is_given(next) && span.len() > 2)
    };
    span.len() > 1 && is_given(span.start) && names_country() && goes_on()
}

/// Past the words of an office right before a given name: "Climate John Kerry". All of them, where nothing else is there:
/// "Domestic Policy" names nobody.
fn after_office_words(schema: &Schema, doc: &Document, start: usize, end: usize) -> usize {
    let text = |at: usize| doc.tokens[at].text.as_str();
    let is_given = |at: usize| schema.people.given_name(text(at)).is_some();
    let is_office = |at: usize| {
        !is_given(at)
            && ([WordClass::Portfolio, WordClass::Rank, WordClass::Apart, WordClass::Complement]
                .iter()
                .any(|class| schema.words.is(text(at), *class))
                || schema.people.name_head(text(at)).is_some()
                || schema.people.honorific(&[text(at)]).is_some()
                || schema.people.title(&[text(at)]).is_some()
                || doc.tokens[at].upos == Upos::Cconj)
    };
    let first = (start..end).find(|&at| !is_office(at)).unwrap_or(end);
    if first == end || first + 1 < end && is_given(first) { first } else { start }
}

/// Past the first word where it still belongs to a title's "of": "Interior" of "Minister of the Interior Arye Weber".
fn after_title_complement(schema: &Schema, doc: &Document, start: usize, end: usize) -> usize {
    let sentence = doc.sentence(start.min(doc.tokens.len() - 1)).tokens;
    if start + 2 > end || start < sentence.start + 2 {
        return start;
    }
    let word = |at: usize| doc.tokens[at].text.as_str();
    let article = usize::from(schema.words.is(word(start - 1), WordClass::Definite));
    let of = start - 1 - article;
    let behind_title = of > sentence.start
        && schema.words.is(word(of), WordClass::Of)
        && (doc.title_ending(of).is_some() || doc.titles.iter().any(|title| title.tokens.contains(of)));
    let names_matter =
        schema.words.is(word(start), WordClass::Portfolio) || schema.gazetteer.find(&[word(start)]).next().is_some();
    if behind_title && names_matter { start + 1 } else { start }
}

/// Past what stands before the name inside the span: "New Jersey governor Chris Christie", "the party's Starry Lee".
fn after_last_title(doc: &Document, start: usize, end: usize) -> usize {
    let possessive = (start..end).filter(|&at| matches!(doc.tokens[at].text.as_str(), "'s" | "’s")).map(|at| at + 1);
    let titles = doc
        .titles
        .iter()
        .filter(|title| title.tokens.end > start && title.tokens.end < end)
        .map(|title| title.tokens.end);
    possessive.chain(titles).filter(|&at| at < end).max().unwrap_or(start)
}

/// A name without its "of": "Abdullah II of Jordan".
fn before_complement(schema: &Schema, doc: &Document, span: TokenSpan) -> TokenSpan {
    let of = span.range().skip(1).find(|&at| schema.words.is(&doc.tokens[at].text, WordClass::Of));
    TokenSpan::new(span.start, of.unwrap_or(span.end))
}

/// Where the person's name ends: "Victorian Premier" is none, whoever it is.
fn before_titles(schema: &Schema, doc: &Document, start: usize, end: usize) -> usize {
    let given = start < end && schema.people.given_name(&doc.tokens[start].text).is_some();
    let title = |at: &usize| schema.people.title(&doc.words(TokenSpan::new(*at, end))).is_some();
    match (start..end).find(title) {
        Some(_) if !given => start,
        Some(at) if at > start + 1 => at,
        _ => end,
    }
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
        if last.upos == Upos::Punct || length == 1 && !may_name_alone(first) || length > 1 && crosses(doc, span) {
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

/// Whether words that run together as a known name are none: "I ca" (of "I can't") is not Ica, nor "Hong Kong, police" an agency.
fn crosses(doc: &Document, span: TokenSpan) -> bool {
    let comma = span.range().any(|at| doc.tokens[at].text == ",");
    let title = doc.titles.iter().find(|title| title.tokens.start > span.start && title.tokens.start < span.end);
    doc.tokens[span.start].upos == Upos::Pron
        || comma && !is_capitalized(&doc.tokens[span.end - 1])
        || title.is_some_and(|title| title.tokens.end > span.end)
}

/// Whether a single word can be a name where it stands: a noun or an adjective with a capital.
fn may_name_alone(token: &Token) -> bool {
    // The tagger takes the "WHO" for a pronoun.
    let acronym = token.text.len() > 1 && token.text.chars().all(char::is_uppercase);
    is_capitalized(token)
        && (matches!(token.upos, Upos::Propn | Upos::Adj | Upos::Noun | Upos::X) || token.upos == Upos::Pron && acronym)
}
