//! Mentions into entities: which person, country, organization or place each stands for.
//!
//! "Vladimir Putin … Mr Putin … he … the Russian leader" is one person; "the two leaders" is two.

mod chain;
mod entity;
mod local;
mod name;
mod nominal;
mod office;
mod overrule;
mod person;

pub use entity::{Choice, Considered, Entity, Office};
pub use office::OfficeHeld;

use std::collections::BTreeMap;

use crate::base::TokenSpan;
use crate::nlp::{Document, MentionForm};
use crate::schema::Schema;

/// Words before a word among which the start of a mention of it is looked for.
const LONGEST_MENTION: usize = 40;

/// Who is who in one document.
#[derive(Clone, Debug, Default)]
pub struct Links {
    pub entities: Vec<Entity>,
    /// In order of their first token.
    pub mentions: Vec<LinkedMention>,
    pub offices: Vec<OfficeHeld>,
    /// The ISO code of the country that a known place lies in, by the place's id.
    pub countries_of_places: BTreeMap<String, String>,
    /// The ISO code of the country of a person of the tables, by the person's id.
    pub countries_of_people: BTreeMap<String, String>,
    /// For each token, the mention whose head it is.
    by_head: Vec<Option<usize>>,
    /// For each token, the mentions that start with it.
    by_start: Vec<Vec<usize>>,
    /// For each token, the mentions that it ends: it is one past their last.
    by_end: Vec<Vec<usize>>,
    /// The mentions whose heads lie in each sentence, in the order in which they were found.
    by_sentence: Vec<Vec<usize>>,
}

/// Words and those whom they stand for: one entity, or several of a plural.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkedMention {
    pub tokens: TokenSpan,
    pub head: usize,
    /// Indices of entities.
    pub entities: Vec<usize>,
    pub form: MentionForm,
}

impl LinkedMention {
    /// A mention of one word.
    fn of_word(token: usize, entities: Vec<usize>, form: MentionForm) -> LinkedMention {
        LinkedMention { tokens: TokenSpan::new(token, token + 1), head: token, entities, form }
    }
}

/// Links the mentions of a document.
pub fn link(schema: &Schema, doc: &Document) -> Links {
    let mut links = name::entities(schema, doc);
    links.index(doc);
    office::find(schema, doc, &mut links);
    nominal::resolve(schema, doc, &mut links);
    links.index(doc);
    office::find_predicated(schema, doc, &mut links);
    overrule::apply(schema, doc, &mut links);
    links
}

impl Links {
    /// The entities that the mention headed by a token stands for.
    pub fn at(&self, token: usize) -> &[usize] {
        self.mention_at(token).map_or(&[], |mention| &mention.entities)
    }

    /// The mention that a token heads.
    pub fn mention_at(&self, token: usize) -> Option<&LinkedMention> {
        self.by_head.get(token).copied().flatten().map(|mention| &self.mentions[mention])
    }

    /// Whether two entities are one place, or one is the country that the other lies in.
    pub fn is_within(&self, a: usize, b: usize) -> bool {
        let lies_in = |place: usize, country: usize| {
            let code = self.countries_of_places.get(&self.entities[place].id);
            code.is_some() && code == self.entities[country].iso.as_ref()
        };
        a == b || lies_in(a, b) || lies_in(b, a)
    }

    /// The mentions that lie in a span.
    pub fn within(&self, span: TokenSpan) -> impl Iterator<Item = &LinkedMention> {
        self.mentions.iter().filter(move |mention| span.covers(mention.tokens))
    }

    /// The mentions that hold any of these words (in order), by their starts, the longest first.
    pub fn touching(&self, words: impl Iterator<Item = usize>) -> impl Iterator<Item = &LinkedMention> {
        let mut found: Vec<usize> = Vec::new();
        for word in words {
            let by_head = self.mentions.partition_point(|mention| mention.tokens.start <= word);
            let before = self.mentions[..by_head].iter().enumerate().rev();
            found.extend(
                before
                    .take_while(|(_, m)| m.tokens.start + LONGEST_MENTION > word)
                    .filter(|(_, m)| m.tokens.contains(word))
                    .map(|(i, _)| i),
            );
        }
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(|mention| &self.mentions[mention])
    }

    /// Whether a longer mention holds all of some words: "Dutch" in "Dutch parliament".
    fn within_longer(&self, span: TokenSpan) -> bool {
        self.touching(span.range()).any(|mention| mention.tokens.len() > span.len() && mention.tokens.covers(span))
    }

    /// The last mention before a noun of what the same noun tells the kind of: "the newspaper" after "the newspaper Vestkysten".
    fn last_called(&self, doc: &Document, noun: usize) -> Option<&LinkedMention> {
        let lemma = &doc.tokens[noun].lemma;
        let is_called = |mention: &&LinkedMention| {
            let name = doc.name_at(mention.tokens).and_then(|name| name.noun);
            mention.entities.len() == 1 && name.is_some_and(|told| doc.tokens[told].lemma == *lemma)
        };
        let before =
            self.mentions.iter().filter(|mention| mention.form == MentionForm::Name && mention.tokens.end <= noun);
        before.filter(is_called).max_by_key(|mention| mention.head)
    }

    /// The mentions that start with a token, in order.
    fn names_starting(&self, token: usize) -> impl Iterator<Item = &LinkedMention> {
        self.by_start.get(token).into_iter().flatten().map(|&mention| &self.mentions[mention])
    }

    /// The mentions that a token ends, as one past their last.
    fn names_ending(&self, token: usize) -> impl Iterator<Item = &LinkedMention> {
        self.by_end.get(token).into_iter().flatten().map(|&mention| &self.mentions[mention])
    }

    /// The mentions whose heads lie in a sentence, in the order in which they were found.
    fn in_sentence(&self, sentence: usize) -> impl DoubleEndedIterator<Item = &LinkedMention> {
        self.by_sentence.get(sentence).into_iter().flatten().map(|&mention| &self.mentions[mention])
    }

    fn add(&mut self, doc: &Document, mention: LinkedMention) {
        self.by_sentence[doc.tokens[mention.head].sentence].push(self.mentions.len());
        if let Some(slot) = self.by_head.get_mut(mention.head) {
            slot.get_or_insert(self.mentions.len());
        }
        self.mentions.push(mention);
    }

    fn index(&mut self, doc: &Document) {
        self.mentions.sort_by_key(|mention| (mention.tokens.start, std::cmp::Reverse(mention.tokens.end)));
        self.by_head = vec![None; doc.tokens.len()];
        self.by_start = vec![Vec::new(); doc.tokens.len() + 1];
        self.by_end = vec![Vec::new(); doc.tokens.len() + 1];
        self.by_sentence = vec![Vec::new(); doc.sentences.len()];
        for (number, mention) in self.mentions.iter().enumerate() {
            self.by_sentence[doc.tokens[mention.head].sentence].push(number);
            // The longest mention of a head comes first.
            self.by_head[mention.head].get_or_insert(number);
            self.by_start[mention.tokens.start].push(number);
            self.by_end[mention.tokens.end].push(number);
        }
    }
}
