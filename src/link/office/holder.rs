//! Who holds an office: the person named behind the title, before it, or in the tree.

use super::{Context, Links, OfficeHeld, Phrase};
use crate::base::TokenSpan;
use crate::nlp::{Document, MentionForm, Number, TitleMention, Upos};
use crate::schema::{Schema, StatusWord, WordClass};

impl Context<'_> {
    /// The person whose name follows a title: at once, behind a comma, or behind further titles ("Commandant Admiral Weber").
    pub(super) fn holder_after(&self, end: usize) -> Option<(usize, TokenSpan)> {
        let mut at = end;
        while at < self.sentence.end {
            if let Some((name, entity)) = self.name_starting(at).filter(|(_, entity)| self.is_person(*entity)) {
                return Some((entity, name));
            }
            at = match self.title_behind(at) {
                None if self.behind_brackets(at).is_some() => self.behind_brackets(at)?,
                Some(title) => self.complement(title, "").0.max(title),
                None if self.stands_apart(at, end) => at + 1,
                None => return None,
            };
        }
        None
    }

    /// Past a title in brackets: "Member of Parliament (MP) Ana Weber".
    fn behind_brackets(&self, at: usize) -> Option<usize> {
        let short = self.doc.title_starting(at + 1).filter(|_| self.word(at) == "(")?.tokens.end;
        (short < self.sentence.end && self.word(short) == ")").then_some(short + 1)
    }

    /// Whether a word may stand between a title and its holder's name.
    fn stands_apart(&self, at: usize, end: usize) -> bool {
        let word = self.word(at);
        self.schema.people.honorific(&[word]).is_some()
            || self.schema.words.is(word, WordClass::Apart)
            || self.leads_honorific(at)
            || matches!(word, "-" | "\u{200e}" | "\u{200f}")
            || word == "," && at == end
    }

    /// Whether a word and the next are the beginning of a courtesy form: "His Excellency", "the Hon".
    fn leads_honorific(&self, at: usize) -> bool {
        let is_honorific =
            |next: usize| next < self.sentence.end && self.schema.people.honorific(&[self.word(next)]).is_some();
        matches!(self.doc.tokens[at].upos, Upos::Det | Upos::Pron) && is_honorific(at + 1)
    }

    /// The end of another title here, or, where it is written with a capital, behind "and".
    fn title_behind(&self, at: usize) -> Option<usize> {
        let title = |start: usize| self.doc.title_starting(start);
        if let Some(title) = title(at) {
            return Some(title.tokens.end);
        }
        let capital = |at: usize| self.word(at).chars().next().is_some_and(char::is_uppercase);
        let and = self.doc.tokens[at].upos == Upos::Cconj || matches!(self.word(at), "," | "/");
        let next = if and && at + 1 < self.sentence.end && self.doc.tokens[at + 1].upos == Upos::Cconj {
            at + 2
        } else {
            at + 1
        };
        (and && next < self.sentence.end && capital(next) && capital(at - 1))
            .then(|| title(next))
            .flatten()
            .map(|title| title.tokens.end)
    }

    /// The person whose name stands before a title's phrase, behind a comma or a dash: "Sergei Lavrov, the foreign minister".
    ///
    /// Not where the title is a subject of its own: "Rossi, Iraqi foreign minister discuss trade".
    pub(super) fn holder_before(&self, start: usize, title: usize) -> Option<usize> {
        let noun = &self.doc.tokens[title];
        if noun.deprel == "nsubj" || noun.morphology.number == Some(Number::Plural) {
            return None;
        }
        let mark = start.checked_sub(1).filter(|&at| at > self.sentence.start && is_mark(self.word(at)))?;
        let (_, entity) = self.name_ending(mark)?;
        self.is_person(entity).then_some(entity)
    }

    /// The person of whom the tree says it: "Weber was the chancellor", "Weber served as chancellor", "named Weber chancellor".
    pub(super) fn holder_in_tree(&self, title: usize, pronouns: bool) -> Option<usize> {
        let token = &self.doc.tokens[title];
        if token.morphology.number == Some(Number::Plural) || self.is_imagined(title) {
            return None;
        }
        let person = |at: usize| {
            let mention = self.links.mention_at(at).filter(|m| pronouns || m.form == MentionForm::Name)?;
            let [entity] = mention.entities[..] else { return None };
            self.is_person(entity).then_some(entity)
        };
        if token.deprel == "appos" {
            return token.head.and_then(person);
        }
        if self.doc.child(title, "cop").is_some() {
            return self.doc.child(title, "nsubj").and_then(person);
        }
        let case_as = self.doc.children(title).any(|child| {
            self.doc.tokens[child].deprel == "case"
                && self.schema.words.is(&self.doc.tokens[child].lemma, WordClass::As)
        });
        let verb = token.head.filter(|_| token.is_relation("obl") && case_as || token.is_relation("xcomp"))?;
        match self.doc.child(verb, "obj") {
            // Of "Weber succeeded Rossi as chancellor" either might be it.
            Some(object) => person(object).filter(|_| token.is_relation("xcomp")),
            None => self.doc.child(verb, "nsubj").and_then(person),
        }
    }
}

impl Context<'_> {
    /// Whether a title is only what somebody may be or become: "should be president", "if she becomes president".
    fn is_imagined(&self, title: usize) -> bool {
        let token = &self.doc.tokens[title];
        let verb = token.head.filter(|_| token.is_relation("xcomp"));
        let supposes = |&child: &usize| {
            let status = self.schema.status.find(&self.doc.tokens[child].lemma);
            matches!(status, Some(StatusWord::Modal | StatusWord::Condition))
        };
        [Some(title), verb].into_iter().flatten().any(|at| self.doc.children(at).any(|child| supposes(&child)))
    }

    /// The people listed behind a name, each with the body that follows it: "Ola Nor of Iowa" of "Ana Weber of Ohio and Ola Nor of Iowa".
    pub(super) fn listed_behind(&self, name: TokenSpan, title: &TitleMention) -> Vec<(usize, Option<usize>)> {
        let mut found = Vec::new();
        let mut at = self.own_body(name.end, title).0;
        while let Some((name, person)) = self.next_listed(at) {
            let (end, of) = self.own_body(name.end, title);
            found.push((person, of));
            at = end;
        }
        found
    }

    /// The person whose name stands behind a comma, an "and" or both.
    fn next_listed(&self, start: usize) -> Option<(TokenSpan, usize)> {
        let comma = start < self.sentence.end && self.word(start) == ",";
        let and = start + usize::from(comma);
        let joined = and < self.sentence.end && self.doc.tokens[and].upos == Upos::Cconj;
        let at = and + usize::from(joined);
        self.name_starting(at).filter(|(_, entity)| (comma || joined) && self.is_person(*entity))
    }
}

fn is_mark(word: &str) -> bool {
    matches!(word, "," | "(" | "—" | "–" | "-")
}

/// Gives each title of a list the holder of the one before: "Ana Weber, mayor of Bonn and member of the council".
pub(super) fn share(schema: &Schema, doc: &Document, phrases: &mut [Phrase]) {
    for number in 1..phrases.len() {
        let (before, here) = (&phrases[number - 1], &phrases[number]);
        if here.held.holder.is_some()
            || before.leads
            || before.held.holder.is_none()
            || before.span.end > here.span.start
        {
            continue;
        }
        let between = TokenSpan::new(before.span.end, here.span.start);
        let same_sentence = doc.tokens[between.start].sentence == doc.tokens[here.span.start].sentence;
        let joined = between.range().all(|at| joins(schema, doc, at)) && !between.is_empty();
        if same_sentence && joined {
            phrases[number].held.holder = before.held.holder;
        }
    }
}

fn joins(schema: &Schema, doc: &Document, at: usize) -> bool {
    let token = &doc.tokens[at];
    token.text == ","
        || matches!(token.upos, Upos::Cconj | Upos::Det)
        || schema.words.is(&token.text, WordClass::Former)
}

/// The one person of the tables, of those whom the article names, who held a former office that nobody holds here: "the former secretary
/// of state".
pub(super) fn former_of_tables(schema: &Schema, doc: &Document, links: &Links, number: usize) -> Option<usize> {
    let office = &links.offices[number];
    let alone = office.former && doc.tokens[doc.head_of(office.tokens)].morphology.number != Some(Number::Plural);
    let title = office.title.replace('-', " ");
    let held = |&person: &usize| {
        let person_named = &links.entities[person];
        let names: Vec<&str> = person_named.name.split([' ', '-']).collect();
        let known =
            schema.known_people.find(&schema.words, &names).into_iter().filter(|known| known.id == person_named.id);
        known.flat_map(|known| &known.terms).any(|term| term.title.replace('-', " ") == title)
            && !office.of.is_some_and(|of| super::body::is_foreign(links, person, of))
    };
    let mut people = (0..links.entities.len()).filter(|_| alone).filter(held);
    people.next().filter(|_| people.next().is_none())
}

/// Whether two titles are of one person.
pub(super) fn of_one(a: &OfficeHeld, b: &OfficeHeld) -> bool {
    a.holder.is_some() && a.holder == b.holder
}
