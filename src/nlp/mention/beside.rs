//! What the noun beside a name says that it is: "the newspaper Vestkysten", "the town of Trinidad", "Fjordlinken, a ferry company".
//!
//! Names that no table has are told by it all over the document; where the noun stands before them, it tells where they begin, too.

use std::collections::{BTreeMap, BTreeSet};

use super::{Document, Mention, NameKind, is_capitalized, whole};
use crate::base::TokenSpan;
use crate::nlp::{Number, TitleMention, Upos};
use crate::schema::{Calendar, Described, EntityKind, Position, Schema, WordClass};

/// The most words between a name and the head of the noun behind it: "Fjordlinken, a small and heavily indebted ferry company".
const MAX_BEHIND: usize = 8;

/// The classes of titles that an organization may have, too: "its owner, Kelvara Holdings".
const SHARED: [&str; 2] = ["member", "executive"];

/// The classes of titles that are of a place alone.
const SEATED: [&str; 3] = ["governor", "legislator", "mayor"];

/// What names are told to be, by their words: the kind, `None` of things that are no entities, and the noun.
type Told<'a> = BTreeMap<Vec<&'a str>, (Option<NameKind>, usize)>;

/// Gives the names of a document the kinds that nouns tell, and those of one name one kind; what is no entity goes.
pub(super) fn describe(schema: &Schema, doc: &Document, names: &mut Vec<Mention>) {
    let mut told = Told::new();
    for noun in 0..doc.tokens.len() {
        let Some((span, described)) = led(schema, doc, names, noun) else { continue };
        names.retain(|name| !name.tokens.overlaps(span));
        let kind = described.map(name_kind);
        told.entry(doc.words(span)).or_insert((kind, noun));
        names.push(Mention { noun: Some(noun), ..super::name(doc, span, kind.unwrap_or(NameKind::Event)) });
    }
    for name in names.iter().filter(|name| is_open(schema, doc, name)) {
        if let Some(title) = seat(schema, doc, names, name) {
            told.entry(doc.words(name.tokens)).or_insert((Some(NameKind::Place), title));
        } else if let Some((kind, noun)) = behind(schema, doc, names, name) {
            told.entry(doc.words(name.tokens)).or_insert((Some(kind), noun));
        }
    }
    names.retain_mut(|name| match told.get(&doc.words(name.tokens)) {
        Some((None, _)) => false,
        Some((Some(kind), noun)) => {
            name.kind = *kind;
            name.noun = name.noun.or(Some(*noun));
            true
        }
        None => true,
    });
    agree(schema, doc, names);
}

fn name_kind(kind: EntityKind) -> NameKind {
    match kind {
        EntityKind::Person => NameKind::Person,
        EntityKind::Organization => NameKind::Organization,
        EntityKind::Country | EntityKind::Place => NameKind::Place,
    }
}

/// Whether only the names head says what a name is.
fn is_open(schema: &Schema, doc: &Document, name: &Mention) -> bool {
    name.noun.is_none()
        && matches!(name.kind, NameKind::Person | NameKind::Organization | NameKind::Place | NameKind::Country)
        && !is_known(schema, doc, name.tokens)
        && !doc.is_dateline(name.tokens)
}

fn is_known(schema: &Schema, doc: &Document, span: TokenSpan) -> bool {
    let words = doc.words(span);
    let namesake = |last: &&str| !schema.known_people.with_last_name(&schema.words, last).is_empty();
    schema.gazetteer.find(&words).next().is_some()
        || !schema.known_people.find(&schema.words, &words).is_empty()
        || words.len() == 1 && words.first().is_some_and(namesake)
}

/// The name that a noun leads, and what the noun says that it is: "Fjordlinken" behind "ferry company", "Trinidad" behind "town of".
fn led(schema: &Schema, doc: &Document, names: &[Mention], noun: usize) -> Option<(TokenSpan, Described)> {
    let sentence = doc.sentence(noun).tokens;
    let described = describing(schema, doc, sentence, noun)?;
    let of = noun + 1 < sentence.end && schema.words.is(&doc.tokens[noun + 1].text, WordClass::Body);
    let start = noun + 1 + usize::from(of);
    let run = run(schema, doc, TokenSpan::new(start, sentence.end));
    let touched: Vec<&Mention> = names.iter().filter(|name| name.tokens.overlaps(run)).collect();
    let of_place = described == Some(EntityKind::Place) && matches!(touched[..], [name] if name.tokens.start == start);
    if run.is_empty() || of && !of_place {
        return None;
    }
    // "Chipmaker Silvantis" has been taken for somebody.
    let crosses =
        |name: &&Mention| name.tokens.start < start && !(name.tokens.start == noun && name.kind == NameKind::Person);
    let somebody = |name: &&Mention| name.kind == NameKind::Person && is_somebody(schema, doc, names, name, noun);
    if touched.iter().any(crosses) || touched.iter().any(somebody) || is_subject_of_relative(doc, run, noun) {
        return None;
    }
    let span = match of {
        true => touched.first()?.tokens,
        false => touched.iter().fold(run, |span, name| TokenSpan::new(start, span.end.max(name.tokens.end))),
    };
    let span =
        if described == Some(EntityKind::Organization) { joined(schema, doc, names, &touched, span) } else { span };
    if touched.is_empty() && doc.tokens[start].upos != Upos::Propn {
        return None;
    }
    // "the river Jordan" is no country.
    let is_locality = || {
        let words = doc.words(span);
        schema.gazetteer.find(&words).all(|(entry, _)| entry.kind == EntityKind::Country)
            && schema.words.is(&doc.tokens[noun].text, WordClass::Locality)
            && schema.known_people.find(&schema.words, &words).is_empty()
    };
    (!is_known(schema, doc, span) || is_locality()).then_some((span, described))
}

/// What a noun, with the word before it or alone, says of the name that it leads; of a capitalized noun only where a sentence begins.
fn describing(schema: &Schema, doc: &Document, sentence: TokenSpan, noun: usize) -> Option<Described> {
    let token = &doc.tokens[noun];
    let opens = noun == sentence.start || noun == sentence.start + 1 && doc.tokens[noun - 1].upos == Upos::Det;
    if !matches!(token.upos, Upos::Noun | Upos::Adj | Upos::Propn) || is_capitalized(token) && !opens {
        return None;
    }
    let both = || schema.people.describing_noun(&[&doc.tokens[noun - 1].text, &token.text]);
    (noun > sentence.start).then(both).flatten().or_else(|| schema.people.describing_noun(&[&token.text]))
}

/// The capitals with which a span begins, up to a title, a day or what is no part of a name.
fn run(schema: &Schema, doc: &Document, span: TokenSpan) -> TokenSpan {
    let calendar = Calendar::built_in();
    let part = |at: usize| {
        let token = &doc.tokens[at];
        let is_word = match token.upos {
            Upos::Propn | Upos::Noun | Upos::Adj | Upos::X => token.text.starts_with(char::is_uppercase),
            Upos::Num => at > span.start && token.deprel == "flat",
            _ => false,
        };
        // "Doctors" are nobody's title.
        let is_title = |title: &TitleMention| title.title.split(' ').next() == Some(token.text.to_lowercase().as_str());
        is_word
            && !doc.title_starting(at).is_some_and(is_title)
            && schema.people.honorific(&[&token.text]).is_none()
            && calendar.month(&token.text).is_none()
            && calendar.weekday(&token.text).is_none()
    };
    let tied = |at: usize| {
        let (before, token) = (&doc.tokens[at - 1], &doc.tokens[at]);
        token.text == "&" || token.text == "-" && before.end_byte == token.start_byte
    };
    let mut end = span.start;
    while end < span.end {
        let joint = usize::from(end > span.start && tied(end) && end + 1 < span.end);
        let is_number = joint == 1 && doc.tokens[end + 1].upos == Upos::Num;
        if !is_number && !part(end + joint) {
            break;
        }
        end += joint + 1;
    }
    TokenSpan::new(span.start, end)
}

/// A name across its preposition: "Doctors for Africa", where nothing was taken for a name, "Strength in Choice", where two were.
fn joined(schema: &Schema, doc: &Document, names: &[Mention], touched: &[&Mention], span: TokenSpan) -> TokenSpan {
    let sentence = doc.sentence(span.start).tokens;
    let goes_on = span.end + 1 < sentence.end && schema.words.is(&doc.tokens[span.end].text, WordClass::Complement);
    let next = names.iter().find(|name| goes_on && name.tokens.start == span.end + 1);
    match next {
        Some(next) if next.kind == NameKind::Organization && !is_known(schema, doc, next.tokens) => {
            TokenSpan::new(span.start, next.tokens.end)
        }
        _ if touched.is_empty() && goes_on => TokenSpan::new(span.start, whole::complement_end(schema, doc, span.end)),
        _ => span,
    }
}

/// Whether a name behind a noun is somebody's all the same: one whom a title or a longer name tells, or who looks like one and is not
/// what the tree has the noun with ("told the newspaper Ana Weber had gone").
fn is_somebody(schema: &Schema, doc: &Document, names: &[Mention], name: &Mention, noun: usize) -> bool {
    let words = doc.words(name.tokens);
    let last = words.last().copied();
    let is_longer = |other: &&Mention| {
        let fuller = doc.words(other.tokens);
        other.kind == NameKind::Person && fuller.len() > words.len() && fuller.last().copied() == last
    };
    let titled = |other: &&Mention| doc.words(other.tokens) == words && is_titled(schema, doc, other.tokens.start);
    let head = &doc.tokens[name.head];
    let tied = head.head == Some(noun) || doc.tokens[noun].head == Some(name.head);
    let by_form = words.len() < 4 && schema.people.given_name(words[0]).is_some();
    by_form && (!tied || words.len() == 1)
        || words.len() == 1 && names.iter().any(|other| is_longer(&other))
        || names.iter().any(|other| titled(&other))
        || !schema.known_people.find(&schema.words, &words).is_empty()
}

/// Whether a title or a courtesy form stands right before a name.
fn is_titled(schema: &Schema, doc: &Document, start: usize) -> bool {
    start > doc.sentence(start).tokens.start
        && (doc.title_ending(start).is_some() || schema.people.honorific(&[&doc.tokens[start - 1].text]).is_some())
}

/// Whether what is led is the subject of a clause that tells more of the noun: "the company Weber founded".
fn is_subject_of_relative(doc: &Document, run: TokenSpan, noun: usize) -> bool {
    let head = &doc.tokens[doc.head_of(run)];
    let verb = head.head.map(|verb| &doc.tokens[verb]);
    head.is_relation("nsubj") && verb.is_some_and(|verb| verb.is_relation("acl") && verb.head == Some(noun))
}

/// The title of which a name tells the seat: "MP" of "the MP for Asante North", where the name was taken for somebody.
fn seat(schema: &Schema, doc: &Document, names: &[Mention], name: &Mention) -> Option<usize> {
    let of = name.tokens.start.checked_sub(1).filter(|&of| schema.words.is(&doc.tokens[of].text, WordClass::Of))?;
    let title = doc.title_ending(of).filter(|title| SEATED.contains(&title.class.as_str()))?;
    let is_somebody = is_somebody(schema, doc, names, name, title.tokens.end - 1);
    (name.kind == NameKind::Person && !is_somebody).then_some(title.tokens.end - 1)
}

/// What the noun that a comma parts from a name says that it is, and the noun: "Fjordlinken, a ferry company", "its president, Ahua Nemo".
fn behind(schema: &Schema, doc: &Document, names: &[Mention], name: &Mention) -> Option<(NameKind, usize)> {
    let comma = |at: usize| doc.tokens.get(at).is_some_and(|token| token.text == ",");
    let number = |noun: usize| doc.tokens[noun].morphology.number;
    let titled = |noun: usize| doc.title_ending(noun + 1).filter(|_| number(noun) != Some(Number::Plural));
    let is_person = |noun: usize| {
        titled(noun).is_some_and(|title| !SHARED.contains(&title.class.as_str()))
            || titled(noun).is_none()
                && schema.people.person_noun(&doc.tokens[noun].text).is_some_and(|noun| !noun.plural)
    };
    let words = doc.words(name.tokens);
    let may_be_person = || {
        words.len() > 1
            && words.iter().all(|word| schema.people.name_head(word).is_none())
            && words
                .iter()
                .all(|word| word.chars().any(char::is_lowercase) && !word.starts_with(|c: char| c.is_numeric()))
    };
    let head = &doc.tokens[name.head];
    let office = head.head.filter(|&noun| {
        let before = name.tokens.start.checked_sub(1).is_some_and(comma);
        head.deprel == "appos" && before && noun + 2 == name.tokens.start && titled(noun).is_some() && is_person(noun)
    });
    if let Some(noun) = office.filter(|_| name.kind != NameKind::Person && may_be_person()) {
        return Some((NameKind::Person, noun));
    }
    let article = |noun: usize| {
        doc.children(noun).any(|child| {
            [WordClass::Definite, WordClass::Indefinite]
                .iter()
                .any(|class| schema.words.is(&doc.tokens[child].lemma, *class))
        })
    };
    let apposed = |&noun: &usize| {
        doc.tokens[noun].deprel == "appos"
            && noun > name.tokens.end
            && noun - name.tokens.end <= MAX_BEHIND
            && doc.tokens[noun].upos == Upos::Noun
            && article(noun)
            && names
                .iter()
                .all(|other| other.tokens.start < name.tokens.end || other.head > noun || other.kind != name.kind)
    };
    let noun = doc.children(name.head).find(apposed).filter(|_| comma(name.tokens.end))?;
    let lemma = doc.tokens[noun].lemma.to_lowercase();
    if is_person(noun) || titled(noun).is_some() {
        let person = (NameKind::Person, noun);
        return Some(person).filter(|_| name.kind != NameKind::Person && is_person(noun) && may_be_person());
    }
    let by_head = || schema.people.name_head(&lemma).filter(|(_, at)| *at == Position::End).map(|(kind, _)| kind);
    let kind = schema.people.describing_noun(&[&lemma]).or_else(by_head)??;
    let somebody = name.kind == NameKind::Person && is_somebody(schema, doc, names, name, noun);
    (!somebody).then_some((name_kind(kind), noun))
}

/// Makes of each name that no table has one kind: as most of its mentions have it (of as many, each keeps its own), and of one word, as
/// the organization of which it is the first ("Kelvara" of "Kelvara Terminals"). What stands before the noun of a place is one: "the
/// Parakou garrison".
fn agree(schema: &Schema, doc: &Document, names: &mut [Mention]) {
    let mut counts: BTreeMap<Vec<&str>, BTreeMap<NameKind, usize>> = BTreeMap::new();
    for name in names.iter() {
        *counts.entry(doc.words(name.tokens)).or_default().entry(name.kind).or_default() += 1;
    }
    let titled: BTreeSet<&str> = names
        .iter()
        .filter(|name| is_titled(schema, doc, name.tokens.start))
        .map(|name| doc.tokens[name.tokens.end - 1].text.as_str())
        .collect();
    let people: BTreeSet<&str> = names
        .iter()
        .filter(|name| name.kind == NameKind::Person && name.tokens.len() > 1)
        .map(|name| doc.tokens[name.tokens.end - 1].text.as_str())
        .collect();
    let organizations: BTreeSet<&str> = names
        .iter()
        .filter(|name| name.kind == NameKind::Organization && name.tokens.len() > 1)
        .map(|name| doc.tokens[name.tokens.start].text.as_str())
        .collect();
    let settled: Vec<Option<NameKind>> = names
        .iter()
        .map(|name| {
            let words = doc.words(name.tokens);
            let last = *words.last()?;
            let is_somebodys = titled.contains(last) || words.len() == 1 && people.contains(last);
            if !is_open(schema, doc, name) || is_somebodys {
                return None;
            }
            if let ([word], NameKind::Person) = (&words[..], name.kind) {
                if organizations.contains(word) && schema.people.given_name(word).is_none() {
                    return Some(NameKind::Organization);
                }
                if is_before_place(schema, doc, name) {
                    return Some(NameKind::Place);
                }
            }
            // "Voices for Peace" is nobody.
            let is_nobody = words.iter().skip(1).any(|word| schema.words.is(word, WordClass::Complement));
            if is_nobody && name.kind == NameKind::Person && schema.people.given_name(words[0]).is_none() {
                return Some(NameKind::Organization);
            }
            let kinds = counts.get(&words)?;
            let most = kinds.iter().max_by_key(|(_, count)| **count)?;
            let is_tied = kinds.iter().any(|(kind, count)| kind != most.0 && count == most.1);
            (!is_tied).then_some(*most.0)
        })
        .collect();
    for (name, kind) in names.iter_mut().zip(settled) {
        name.kind = kind.unwrap_or(name.kind);
    }
}

/// Whether a name tells which one a place is: "Parakou" of "the Parakou garrison".
fn is_before_place(schema: &Schema, doc: &Document, name: &Mention) -> bool {
    let noun = name.tokens.end;
    let led =
        name.tokens.start.checked_sub(1).is_some_and(|at| schema.words.is(&doc.tokens[at].text, WordClass::Definite));
    let token = doc.tokens.get(noun).filter(|token| led && token.upos == Upos::Noun && !is_capitalized(token));
    let is_place = |lemma: &str| schema.people.describing_noun(&[lemma]) == Some(Some(EntityKind::Place));
    doc.tokens[name.head].head == Some(noun) && token.is_some_and(|token| is_place(&token.lemma.to_lowercase()))
}
