//! Titles and offices: who holds which, of what.
//!
//! "French President Emmanuel Macron", "Sergei Lavrov, the Russian foreign minister", "Prime Minister Netanyahu of Israel".

use std::collections::{BTreeMap, BTreeSet};

use super::Links;
use crate::base::TokenSpan;
use crate::nlp::{Document, TitleMention, Upos};
use crate::schema::{EntityKind, Schema, WordClass};

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
    for mention in &doc.titles {
        let tokens = mention.tokens;
        if is_name(links, tokens) {
            continue;
        }
        let context = Context { schema, doc, links, sentence: doc.sentence(tokens.start).tokens };
        let (start, of_left, former) = context.before(tokens);
        let (end, of_right) = context.complement(tokens.end);
        let holder = context
            .holder_after(end)
            .or_else(|| context.holder_before(start))
            .or_else(|| context.holder_in_tree(tokens.end - 1));
        let of_name = holder.and_then(|(_, name)| context.complement(name.end).1.filter(|_| name.start >= tokens.end));
        out.push(OfficeHeld {
            tokens,
            title: mention.title.clone(),
            former,
            of: of_right.or(of_left).or(of_name).or(context.implied(mention)),
            holder: holder.map(|(person, _)| person),
        });
    }
    links.offices = out;
    tie(links);
    place(doc, links);
    tie(links);
}

/// Gives a national office without a body the country that its sentence names before it: "travelled to Luanda, Angola, to meet
/// President João Lourenço".
fn place(doc: &Document, links: &mut Links) {
    let national = |class: &str| matches!(class, "head-of-state" | "head-of-government" | "minister");
    let classes: BTreeMap<usize, &str> =
        doc.titles.iter().map(|title| (title.tokens.start, title.class.as_str())).collect();
    for number in 0..links.offices.len() {
        let office = &links.offices[number];
        if office.of.is_some()
            || office.holder.is_none()
            || !classes.get(&office.tokens.start).is_some_and(|class| national(class))
        {
            continue;
        }
        let sentence = doc.sentence(office.tokens.start).tokens;
        let before = links.mentions.iter().rev().filter(|m| sentence.contains(m.head) && m.head < office.tokens.start);
        let country = before
            .flat_map(|m| &m.entities)
            .copied()
            .find(|&entity| links.entities[entity].kind == EntityKind::Country);
        links.offices[number].of = country;
    }
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

/// Whether a title's words are a name's, or part of one.
fn is_name(links: &Links, title: TokenSpan) -> bool {
    links.mentions.iter().any(|m| m.tokens.overlaps(title) && (!title.covers(m.tokens) || m.tokens == title))
}

struct Context<'a> {
    schema: &'a Schema,
    doc: &'a Document,
    links: &'a Links,
    sentence: TokenSpan,
}

impl Context<'_> {
    /// The body that a title implies, where the article speaks of it.
    fn implied(&self, title: &TitleMention) -> Option<usize> {
        let body = title.of.as_deref()?;
        self.links.entities.iter().position(|entity| entity.iso.as_deref() == Some(body) || entity.name == body)
    }

    /// The person of whom the tree says it: "Weber was the chancellor", "Weber served as chancellor".
    fn holder_in_tree(&self, title: usize) -> Option<(usize, TokenSpan)> {
        let token = &self.doc.tokens[title];
        let copula = self.doc.child(title, "cop").map(|_| title);
        let case_as = self.doc.children(title).any(|child| {
            self.doc.tokens[child].deprel == "case"
                && self.schema.words.is(&self.doc.tokens[child].lemma, WordClass::As)
        });
        let verb = token.head.filter(|_| token.is_relation("obl") && case_as || token.is_relation("xcomp"));
        let subject = copula.or(verb).and_then(|head| self.doc.child(head, "nsubj"))?;
        let mention = self.links.mentions.iter().find(|mention| mention.head == subject)?;
        self.is_person(mention.entities[0]).then_some((mention.entities[0], mention.tokens))
    }

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
                || word == "-"
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
