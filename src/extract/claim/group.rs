//! Plural nouns into those named whom they stand for, where nothing else tells.
//!
//! Behind "Ana Lund and Jonas Berge were fined" "both captains" are those two; "ports including Bergen and Dakar" are the two listed.

use std::collections::BTreeSet;

use super::Reader;
use crate::base::TokenSpan;
use crate::link::LinkedMention;
use crate::nlp::{MentionForm, Number, Upos};
use crate::schema::{EntityKind, TimeClass, WordClass};

/// Sentences back in which those are named together whom "both captains" stands for.
const GROUP_REACH: usize = 6;

/// How many a plural noun stands for.
#[derive(Clone, Copy)]
enum Size {
    /// "all three governments"
    Told(usize),
    /// "the defendants"
    Several,
}

impl Size {
    fn fits(self, count: usize) -> bool {
        match self {
            Size::Told(size) => count == size,
            Size::Several => count > 1,
        }
    }
}

impl Reader<'_> {
    /// Those whom a plural noun stands for: those listed behind it, one of each country before it, or those last named together.
    pub(super) fn group(&self, noun: usize) -> Vec<usize> {
        let word = self.token(noun);
        if !matches!(word.upos, Upos::Noun | Upos::Propn) || word.morphology.number != Some(Number::Plural) {
            return Vec::new();
        }
        let listed = self.listed(noun);
        if !listed.is_empty() {
            return listed;
        }
        let Some(size) = self.size(noun) else { return Vec::new() };
        let leaders = self.leaders(noun);
        if leaders.is_empty() { self.named_together(noun, size) } else { leaders }
    }

    /// "ports including Bergen and Dakar": those named behind a word that lists.
    fn listed(&self, noun: usize) -> Vec<usize> {
        let phrase = self.doc.subtree(noun);
        let behind = TokenSpan::new(noun + 1, phrase.end.max(noun + 1));
        let lister = behind.range().find(|&at| self.schema.words.is(&self.token(at).text, WordClass::Lister));
        let first = lister.and_then(|at| self.token(at).head).filter(|&first| Some(first) > lister);
        first.map(|first| self.coordinated(first)).unwrap_or_default()
    }

    /// The entities of a word and of those coordinated with it.
    fn coordinated(&self, first: usize) -> Vec<usize> {
        let others = self.doc.children(first).filter(|&child| self.token(child).deprel == "conj");
        std::iter::once(first).chain(others).flat_map(|word| self.links.at(word)).copied().collect()
    }

    /// How many a noun stands for that tells of a group known by now.
    fn size(&self, noun: usize) -> Option<Size> {
        let is = |child: usize, class| self.schema.words.is(&self.token(child).lemma, class);
        let determiners = || self.doc.children(noun).filter(|&child| self.token(child).is_relation("det"));
        if determiners().any(|child| is(child, WordClass::Pair)) {
            return Some(Size::Told(2));
        }
        let new =
            |child| is(child, WordClass::Indefinite) || is(child, WordClass::Any) || is(child, WordClass::Negation);
        if determiners().all(new) {
            return None;
        }
        let count = self.doc.children(noun).find(|&child| self.token(child).deprel == "nummod");
        let Some(count) = count else { return self.is_known(noun).then_some(Size::Several) };
        let told = self.schema.time.value(&self.token(count).text, TimeClass::Number)?;
        usize::try_from(told).ok().map(Size::Told)
    }

    /// "The Norwegian and Senegalese leaders": one of each country.
    fn leaders(&self, noun: usize) -> Vec<usize> {
        let before = |&child: &usize| matches!(self.token(child).deprel, "amod" | "compound" | "nmod:poss" | "flat");
        let named = self.doc.children(noun).filter(before).flat_map(|word| self.coordinated(word));
        let countries = named.filter(|&entity| self.links.entities[entity].kind == EntityKind::Country);
        let leaders: Option<Vec<usize>> = countries.map(|country| self.official_of(country, noun)).collect();
        let is_person = self.schema.people.person_noun(&self.token(noun).text).is_some();
        leaders.filter(|leaders| is_person && leaders.len() > 1).unwrap_or_default()
    }

    /// The one last named before a word who holds an office of a country.
    fn official_of(&self, country: usize, before: usize) -> Option<usize> {
        let entities = &self.links.entities;
        let holds = |person: usize| {
            let mut offices =
                self.links.offices.iter().filter(|office| office.holder == Some(person) && !office.former);
            let home = self.links.countries_of_people.get(&entities[person].id);
            offices.any(|office| {
                office.of == Some(country) || office.of.is_none() && home == entities[country].iso.as_ref()
            })
        };
        let named = self.links.mentions.iter().filter(|mention| mention.head < before);
        let officials = named.filter(|mention| matches!(mention.entities[..], [one] if holds(one)));
        officials.max_by_key(|mention| mention.head).map(|mention| mention.entities[0])
    }

    /// "Both captains": the last before a noun, of the kind that it names, who are named together.
    fn named_together(&self, noun: usize, size: Size) -> Vec<usize> {
        let word = self.token(noun);
        let is = |class| self.schema.words.is(&word.lemma, class);
        let kind = if self.schema.people.person_noun(&word.text).is_some() {
            EntityKind::Person
        } else if is(WordClass::StateNoun) {
            EntityKind::Country
        } else if is(WordClass::OrganizationNoun) {
            EntityKind::Organization
        } else {
            return Vec::new();
        };
        let near = |mention: &&LinkedMention| {
            let reach = self.token(mention.head).sentence + GROUP_REACH;
            mention.form == MentionForm::Name && mention.head < noun && reach >= word.sentence
        };
        let groups = self.links.mentions.iter().filter(near).filter_map(|mention| {
            let entities: BTreeSet<usize> = self.coordinated(mention.head).into_iter().collect();
            let of_kind = entities.iter().all(|&entity| self.links.entities[entity].kind == kind);
            (of_kind && entities.len() > 1 && size.fits(entities.len())).then_some((mention.head, entities))
        });
        let last = groups.max_by_key(|(head, _)| *head);
        last.map(|(_, entities)| entities.into_iter().collect()).unwrap_or_default()
    }
}
