//! Who holds an office: the person named behind the title, before it, or in the tree.

use std::collections::BTreeSet;

use super::body::is_national_class;
use super::{Context, Links, OfficeHeld, Phrase};
use crate::base::TokenSpan;
use crate::link::person::{of_tables, title_of};
use crate::nlp::{Document, MentionForm, Number, TitleMention, Upos};
use crate::schema::{EntityKind, Schema, StatusWord, WordClass};

/// The class of titles that one person often has two of.
const EXECUTIVE: &str = "executive";

/// How many words may modify a title behind "and".
const MODIFIERS: usize = 5;

/// How many words may stand between a plural title and the word that lists its holders: "senators running for president, including".
const LISTER_REACH: usize = 8;

/// Which titles an "and" joins of one person.
#[derive(Clone, Copy, PartialEq)]
enum Joint {
    /// None: of "the Secretary and Foreign Minister Weber" the secretary is somebody else.
    None,
    /// Two with capitals: "State Councilor and Foreign Minister Weber".
    Capitals,
    /// Any: "lawyer and former mayor Ana Weber".
    Any,
}

impl Context<'_> {
    /// The person named behind a title of whom it is told, and where: not Weber of "delegates, Weber thirty", nor, in a list parted by
    /// dashes, the one who comes next.
    pub(super) fn named_after(&self, title: &TitleMention, phrase: TokenSpan) -> Option<(usize, TokenSpan)> {
        let end = phrase.end;
        if self.chief(title.tokens).is_some() || self.is_postnominal(title.tokens) {
            return None;
        }
        let is_plural = self.is_plural(title.tokens);
        let is_behind_comma = phrase.start > self.sentence.start && self.word(phrase.start - 1) == ",";
        let is_next_item = end < self.sentence.end && is_behind_comma && self.parts_items(end);
        let direct = self.holder_after(end, self.joint(title, phrase)).filter(|(_, name)| {
            let is_list = || !self.listed_behind(*name, title).is_empty();
            !(is_next_item || is_plural && self.word(end) == "," && !is_list())
        });
        direct
            .or_else(|| self.served(title, end))
            .or_else(|| if is_plural { self.behind_lister(title, end) } else { None })
    }

    /// What may join a title to one behind "and".
    fn joint(&self, title: &TitleMention, phrase: TokenSpan) -> Joint {
        let is = |class| self.schema.words.is(self.word(phrase.start), class);
        let (is_definite, is_indefinite) = (is(WordClass::Definite), is(WordClass::Indefinite));
        let is_led = phrase.start < title.tokens.start;
        let body = || if is_led { self.body_ending(title.tokens.start) } else { None };
        let of_country = || body().is_some_and(|(_, of)| self.is_country(of));
        let is_alone = is_led && title.tokens.start == phrase.start + 1 && phrase.end == title.tokens.end;
        if title.class == EXECUTIVE {
            Joint::Capitals
        } else if is_definite && is_alone || self.are_rivals(title, phrase.end) {
            Joint::None
        } else if is_definite
            || is_indefinite
            || self.is_plural(title.tokens)
            || is_national_class(&title.class)
            || of_country()
        {
            Joint::Capitals
        } else {
            Joint::Any
        }
    }

    /// Whether an "and" joins heads of state and government: nobody is both.
    fn are_rivals(&self, title: &TitleMention, end: usize) -> bool {
        let heads = |title: &TitleMention| matches!(title.class.as_str(), "head-of-state" | "head-of-government");
        let is_and = end < self.sentence.end && self.doc.tokens[end].upos == Upos::Cconj;
        heads(title) && is_and && self.doc.title_starting(end + 1).is_some_and(heads)
    }

    fn is_country(&self, entity: usize) -> bool {
        self.links.entities[entity].kind == EntityKind::Country
    }

    /// The person behind the title whom somebody with this title serves: "Security Advisor to the Vice President Ana Weber".
    fn served(&self, title: &TitleMention, end: usize) -> Option<(usize, TokenSpan)> {
        let of = end < self.sentence.end && self.schema.words.is(self.word(end), WordClass::Of);
        let chief = self.doc.title_starting(end + 2).filter(|_| of)?;
        self.chief(chief.tokens).filter(|served| *served == title.tokens)?;
        self.holder_after(self.complement(chief.tokens.end, &chief.class).0, Joint::Capitals)
    }

    /// The title of one who serves the holder of this one: "adviser" of "adviser to the president".
    pub(super) fn chief(&self, title: TokenSpan) -> Option<TokenSpan> {
        let article = title.start.checked_sub(2).filter(|&of| of > self.sentence.start)?;
        let served = self.schema.words.is(self.word(article), WordClass::Of)
            && !self.schema.words.is(self.word(article), WordClass::Body)
            && self.schema.words.is(self.word(article + 1), WordClass::Definite);
        self.doc.title_ending(article).filter(|_| served).map(|serving| serving.tokens)
    }

    /// Whether a title is letters behind a name: "MP" of "Ana Weber MP".
    pub(super) fn is_postnominal(&self, title: TokenSpan) -> bool {
        let word = self.word(title.start);
        let letters = title.len() == 1 && word.len() > 1 && word.chars().all(char::is_uppercase);
        letters && self.name_ending(title.start).is_some_and(|(_, entity)| self.is_person(entity))
    }

    /// The person named first behind a word that lists the holders of a plural title: "two presidents in its history: Ana Weber and …".
    fn behind_lister(&self, title: &TitleMention, end: usize) -> Option<(usize, TokenSpan)> {
        let reach = self.sentence.end.min(end + LISTER_REACH);
        let lister = (end..reach).find(|&at| {
            self.parts_items(at) || self.word(at) == ":" || self.schema.words.is(self.word(at), WordClass::Lister)
        })?;
        let is_person = |at: usize| self.name_starting(at).is_some_and(|(_, entity)| self.is_person(entity));
        // "among them"
        let is_pronoun = lister + 1 < self.sentence.end && self.doc.tokens[lister + 1].upos == Upos::Pron;
        let first = lister + 1 + usize::from(is_pronoun);
        let found = self.name_starting(first).filter(|(_, entity)| self.is_person(*entity));
        let (name, entity) = found.filter(|_| !(end..lister).any(is_person))?;
        let is_word = self.schema.words.is(self.word(lister), WordClass::Lister);
        (is_word || !self.listed_behind(name, title).is_empty()).then_some((entity, name))
    }

    /// Whether a dash stands between spaces.
    pub(super) fn parts_items(&self, at: usize) -> bool {
        at > self.sentence.start
            && matches!(self.word(at), "-" | "--" | "–" | "—")
            && self.doc.tokens[at].start_byte > self.doc.tokens[at - 1].end_byte
    }

    /// The person whose name follows a title: at once, behind a comma, or behind further titles ("Commandant Admiral Weber").
    fn holder_after(&self, end: usize, joint: Joint) -> Option<(usize, TokenSpan)> {
        let mut at = end;
        while at < self.sentence.end {
            if let Some((name, entity)) = self.name_starting(at).filter(|(_, entity)| self.is_person(*entity)) {
                return Some((entity, name));
            }
            at = match self.title_behind(at, joint) {
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

    /// The end of another title of the same person here, or behind "and".
    fn title_behind(&self, at: usize, joint: Joint) -> Option<usize> {
        let title = |start: usize| self.doc.title_starting(start);
        if let Some(title) = title(at) {
            return Some(title.tokens.end);
        }
        let is_and = |at: usize| at < self.sentence.end && self.doc.tokens[at].upos == Upos::Cconj;
        let joins = is_and(at) || matches!(self.word(at), "," | "/");
        let next = if joins && is_and(at + 1) { at + 2 } else { at + 1 };
        if !joins || next >= self.sentence.end || is_and(at) && joint == Joint::None {
            return None;
        }
        let capital = |at: usize| self.word(at).chars().next().is_some_and(char::is_uppercase);
        let told = title(next).filter(|_| capital(next) && (capital(at - 1) || joint == Joint::Any));
        let found = told.or_else(|| {
            // "prosecutor and retired New York mayor Ana Weber"
            let modifies = |at: usize| {
                matches!(self.doc.tokens[at].upos, Upos::Adj | Upos::Noun | Upos::Propn)
                    && !self.name_starting(at).is_some_and(|(_, entity)| self.is_person(entity))
            };
            let reach = self.sentence.end.min(next + MODIFIERS);
            let starts = (next..reach).find(|&at| title(at).is_some() || !modifies(at))?;
            title(starts).filter(|_| is_and(at) && joint == Joint::Any)
        });
        found.map(|title| title.tokens.end)
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
        let letters = self.doc.title_ending(mark).filter(|title| self.is_postnominal(title.tokens));
        let named = letters.map_or_else(|| self.before_brackets(mark), |title| title.tokens.start);
        let (_, entity) = self.name_ending(named)?;
        self.is_person(entity).then_some(entity)
    }

    /// Where a few words in brackets begin that end at a token: before "(Ohio)".
    fn before_brackets(&self, end: usize) -> usize {
        const LONGEST: usize = 5;
        let first = self.sentence.start.max(end.saturating_sub(LONGEST));
        let opens = (first..end).rev().find(|&at| self.word(at) == "(");
        opens.filter(|_| end > first && self.word(end - 1) == ")").unwrap_or(end)
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
            return self.subject(title).and_then(person);
        }
        let case_as = self.doc.children(title).any(|child| {
            self.doc.tokens[child].deprel == "case"
                && self.schema.words.is(&self.doc.tokens[child].lemma, WordClass::As)
        });
        let verb = token.head.filter(|_| token.is_relation("obl") && case_as || token.is_relation("xcomp"))?;
        match self.doc.child(verb, "obj") {
            // Of "Weber succeeded Rossi as chancellor" either might be it.
            Some(object) => person(object).filter(|_| token.is_relation("xcomp")),
            None => self.subject(verb).and_then(person),
        }
    }

    /// The subject of a verb or a predicate: its own, the noun that it tells more of ("Weber, who served as mayor"), or, where it has
    /// none, that of the verb it hangs on ("Weber ruled, serving as chancellor").
    fn subject(&self, verb: usize) -> Option<usize> {
        let token = &self.doc.tokens[verb];
        let own = self.doc.child(verb, "nsubj").or_else(|| self.doc.child(verb, "nsubj:pass"));
        let is_relative = |at: usize| {
            self.schema.people.pronoun(&self.doc.tokens[at].text).is_some_and(|pronoun| pronoun.person == 0)
        };
        if token.deprel == "acl:relcl" && own.is_none_or(is_relative) {
            return token.head;
        }
        let above = || {
            let above = token.head.filter(|_| token.is_relation("advcl") || token.is_relation("conj"))?;
            self.doc.child(above, "nsubj").or_else(|| self.doc.child(above, "nsubj:pass"))
        };
        own.or_else(above)
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
pub(super) fn share(schema: &Schema, doc: &Document, links: &Links, phrases: &mut [Phrase]) {
    for number in 1..phrases.len() {
        let (before, here) = (&phrases[number - 1], &phrases[number]);
        if here.held.holder.is_some()
            || Context::of(schema, doc, links, here.span.start).is_plural(here.held.tokens)
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

/// The one for whom the noun of an office stands that nobody named holds: "the Vermont senator" of the only senator here, "the Foreign
/// Secretary" whom the tables know. What chains tell of such nouns ("the nominee", "the candidate") is right too seldom.
pub(super) fn coreferent(schema: &Schema, doc: &Document, links: &Links, number: usize) -> Option<usize> {
    let office = &links.offices[number];
    let head = office.tokens.end - 1;
    let mention = links.mention_at(head).filter(|m| m.form == MentionForm::Nominal && m.tokens.end == head + 1)?;
    let [entity] = mention.entities[..] else { return None };
    let context = Context::of(schema, doc, links, head);
    let is_definite = doc.children(head).any(|child| schema.words.is(&doc.tokens[child].lemma, WordClass::Definite));
    let is_one = context.is_person(entity) && !context.is_plural(office.tokens);
    let last = |title: &str| title.rsplit([' ', '-']).next().map(str::to_owned);
    let alike = links.offices.iter().filter(|other| last(&other.title) == last(&office.title));
    let holders: BTreeSet<usize> = alike.filter_map(|other| other.holder).collect();
    let is_only = office.of.is_some() && is_definite && holders.iter().eq([&entity]);
    let is_name = context.word(office.tokens.start).starts_with(char::is_uppercase);
    let is_known =
        || is_name && holders.is_empty() && !office.former && held_then(schema, doc, links, entity, &office.title);
    (is_one && (is_only || is_known())).then_some(entity)
}

/// Whether the tables tell that somebody held an office at the article's time.
fn held_then(schema: &Schema, doc: &Document, links: &Links, person: usize, title: &str) -> bool {
    let known = of_tables(schema, &links.entities[person]).into_iter();
    let mut then =
        known.flat_map(|known| &known.terms).filter(|term| doc.article.published.is_none_or(|day| term.covers(day)));
    then.any(|term| title_of(term) == title.replace('-', " "))
}

/// The offices of those who are called somebody's counterparts: a water minister's "Norwegian counterpart, Silje Moen" is Norway's.
pub(super) fn counterparts(schema: &Schema, doc: &Document, links: &Links, phrases: &[Phrase]) -> Vec<OfficeHeld> {
    let nouns = (0..doc.tokens.len()).filter(|&at| {
        schema.words.is(&doc.tokens[at].lemma, WordClass::Counterpart)
            && doc.tokens[at].morphology.number != Some(Number::Plural)
    });
    let held = nouns.filter_map(|noun| {
        let sentence = doc.sentence(noun).tokens;
        let named = noun + 1 + usize::from(noun + 1 < sentence.end && doc.tokens[noun + 1].text == ",");
        let context = Context::of(schema, doc, links, noun);
        let (_, holder) = context.name_starting(named).filter(|(_, entity)| context.is_person(*entity))?;
        let country = doc.children(noun).flat_map(|child| links.at(child).iter().copied());
        let of = country.filter(|&entity| links.entities[entity].kind == EntityKind::Country).last()?;
        let here = |phrase: &&Phrase| {
            sentence.contains(phrase.span.start)
                && phrase.span.start < noun
                && phrase.held.holder.is_some_and(|other| other != holder)
                && super::body::is_national_class(&phrase.mention.class)
        };
        let like = phrases.iter().rev().find(here)?;
        let tokens = TokenSpan::new(noun, noun + 1);
        Some(OfficeHeld { tokens, former: false, of: Some(of), holder: Some(holder), ..like.held.clone() })
    });
    held.collect()
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
        let known = of_tables(schema, &links.entities[person]).into_iter();
        known.flat_map(|known| &known.terms).any(|term| title_of(term) == title)
            && !office.of.is_some_and(|of| super::body::is_foreign(links, person, of))
    };
    let mut people = (0..links.entities.len()).filter(|_| alone).filter(held);
    people.next().filter(|_| people.next().is_none())
}

/// Whether two titles are of one person.
pub(super) fn of_one(a: &OfficeHeld, b: &OfficeHeld) -> bool {
    a.holder.is_some() && a.holder == b.holder
}
