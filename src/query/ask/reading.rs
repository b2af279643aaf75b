//! The words of a question into a [`Question`]: "Did Putin call Trump before July 2017?" asks whether, of calls up to 30 June 2017.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;

use super::phrase::{self, Phrase, PhraseWords};
use super::question::{Asks, Question, Sought};
use crate::base::Date;
use crate::error::{Error, Result};
use crate::extract::{Arcs, Fit, Stance, Tree};
use crate::ingest::Article;
use crate::nlp::{Document, Model, Upos, analyze};
use crate::schema::pattern::Pattern;
use crate::schema::{EntityKind, EventType, QueryKind, QuestionWord, Schema, StatusWord};

/// The most words of what a question is asked with: "how many times".
const LONGEST_ASKING: usize = 3;

/// Reads a question; days that it does not tell in full ("in June", "last week") count from `today`.
///
/// # Errors
/// A text that is no question, or one with words that no query can say; the hint tells what can be asked.
pub fn read(schema: &Schema, model: &Model, text: &str, today: Option<Date>) -> Result<Question> {
    let article = Article { published: today, ..Article::new("question", text.trim()) };
    let doc = upright(schema, analyze(schema, model, article));
    let [sentence] = &doc.sentences[..] else {
        return Err(unread(
            schema,
            if doc.sentences.is_empty() { "nothing is asked" } else { "ask one question at a time" },
        ));
    };
    let reader = Reader::new(schema, &doc, sentence.root);
    let mut left: Option<Vec<usize>> = None;
    for draft in reader.drafts() {
        match reader.completed(draft) {
            Ok(question) => return Ok(question),
            Err(words) if left.as_ref().is_none_or(|left| words.len() < left.len()) => left = Some(words),
            Err(_) => {}
        }
    }
    match left {
        Some(words) => {
            Err(unread(schema, &format!("it says more than can be asked: `{}`", phrase::text(&doc, &words))))
        }
        None => Err(unread(schema, "no question of a kind that is known")),
    }
}

/// "Who is Katrin Vogel?" says of somebody who it is, as "Katrin Vogel is a minister" does: the word that asks is the root, and the name
/// its subject, also where the tree has it the other way round.
fn upright(schema: &Schema, mut doc: Document) -> Document {
    let [sentence] = &doc.sentences[..] else { return doc };
    let (root, words) = (sentence.root, sentence.tokens);
    let asks = asking(schema, &doc).1;
    let subject = |of: usize| doc.children(of).find(|&child| doc.tokens[child].is_relation("nsubj"));
    let Some(other) = subject(root) else { return doc };
    let (asked, named) = if asks.contains(&root) { (root, other) } else { (other, root) };
    let copula =
        [root, other].into_iter().flat_map(|head| doc.children(head)).find(|&word| doc.tokens[word].deprel == "cop");
    let marked = doc.child(named, "case").is_some();
    if let (true, false, Some(copula), Upos::Propn) = (asks.contains(&asked), marked, copula, doc.tokens[named].upos) {
        let marks: Vec<usize> = words.range().filter(|&word| doc.tokens[word].deprel == "punct").collect();
        for (word, head, relation) in
            [(asked, None, "root"), (named, Some(asked), "nsubj"), (copula, Some(asked), "cop")]
        {
            doc.tokens[word].head = head;
            doc.tokens[word].deprel = relation;
        }
        marks.into_iter().for_each(|mark| doc.tokens[mark].head = Some(asked));
        doc.sentences[0].root = asked;
    }
    doc
}

/// The plain no, with an example of each kind of question.
fn unread(schema: &Schema, why: &str) -> Error {
    let read = |example: &&crate::schema::QuestionExample| example.reads.is_some();
    let first = schema.questions.kinds.iter().filter_map(|kind| kind.examples.iter().find(read));
    let examples: Vec<String> = first.map(|example| format!("“{}”", example.text)).collect();
    Error::new(format!("this question cannot be read: {why}")).hint(format!("ask, say, {}", examples.join(", ")))
}

/// A question with its tree, and what was found in it whatever it asks.
struct Reader<'a> {
    schema: &'a Schema,
    doc: &'a Document,
    arcs: Arcs,
    root: usize,
    asks: Asks,
    /// The words that it is asked with: "how often", "which countries".
    asking: BTreeSet<usize>,
    since: Option<Date>,
    until: Option<Date>,
    /// The words of its times.
    timing: BTreeSet<usize>,
    /// Places and occasions that hang on prepositions.
    scenes: Vec<PhraseWords>,
}

/// What a question may be, before it is known whether that is all that it says.
struct Draft {
    sought: Sought,
    slots: BTreeMap<String, Vec<usize>>,
    /// Words that are accounted for.
    used: BTreeSet<usize>,
    /// Whether all other words are the matter of statements.
    takes_rest: bool,
}

impl<'a> Reader<'a> {
    fn new(schema: &'a Schema, doc: &'a Document, root: usize) -> Reader<'a> {
        let (asks, asking) = asking(schema, doc);
        let arcs = Arcs::new(doc);
        let mut reader = Reader {
            schema,
            doc,
            arcs,
            root,
            asks,
            asking,
            since: None,
            until: None,
            timing: BTreeSet::new(),
            scenes: Vec::new(),
        };
        reader.find_times();
        reader.find_scenes();
        reader
    }

    fn is(&self, token: usize, class: QuestionWord) -> bool {
        self.schema.questions.words.is(&self.doc.tokens[token].text.to_lowercase(), class)
    }

    /// The days that are asked for, by the prepositions before their times.
    fn find_times(&mut self) {
        for time in &self.doc.times {
            let Some(period) = time.period else { continue };
            let mut before = (0..time.tokens.start).rev();
            let word = before.find(|&token| self.doc.tokens[token].upos != Upos::Det);
            let is = |class| word.is_some_and(|word| self.is(word, class));
            let day =
                |days: i64| period_edge(if days < 0 { period.start.first_day() } else { period.end.last_day() }, days);
            let bound = match () {
                () if is(QuestionWord::Before) => Some((None, day(-1))),
                () if is(QuestionWord::After) => Some((day(1), None)),
                () if is(QuestionWord::Since) => Some((Some(period.start), None)),
                () if is(QuestionWord::Until) => Some((None, Some(period.end))),
                () => None,
            };
            let is_told = bound.is_some() || is(QuestionWord::Within);
            let (since, until) = bound.unwrap_or((Some(period.start), Some(period.end)));
            self.since = self.since.or(since);
            self.until = self.until.or(until);
            self.timing.extend(time.tokens.range());
            self.timing.extend(word.filter(|_| is_told));
        }
    }

    fn find_scenes(&mut self) {
        for token in 0..self.doc.tokens.len() {
            let case = self.doc.children(token).find(|&child| self.doc.tokens[child].deprel == "case");
            let is_scene = case.is_some_and(|case| case < token && self.is(case, QuestionWord::Scene));
            if is_scene && !self.timing.contains(&token) && !self.asking.contains(&token) {
                let inside = self.scenes.iter().any(|scene| scene.tokens.contains(&token));
                if !inside {
                    self.scenes.push(phrase::phrase(self.doc, token, &self.timing));
                }
            }
        }
    }

    /// All that the question may be, the likeliest first.
    fn drafts(&self) -> Vec<Draft> {
        let mut drafts = Vec::new();
        for kind in &self.schema.questions.kinds {
            for pattern in &kind.patterns {
                drafts.extend(self.fit(&pattern.pattern).map(|fit| Draft {
                    sought: match kind.query {
                        QueryKind::Meetings => Sought::Meetings { channel: pattern.channel.clone() },
                        QueryKind::Events => Sought::Events { event_type: None, verb: String::new() },
                        QueryKind::Chain => Sought::Chain,
                        _ => Sought::Thing,
                    },
                    slots: fit.roles,
                    used: fit.carriers,
                    takes_rest: false,
                }));
            }
            match kind.query {
                QueryKind::Office => drafts.extend(self.office()),
                QueryKind::Statements => drafts.extend(self.statements()),
                QueryKind::Events => drafts.extend(self.events()),
                QueryKind::Chain | QueryKind::Meetings | QueryKind::Thing => {}
            }
        }
        drafts
    }

    /// A pattern fitted at the question's root, or at what is planned there: "Does he plan to meet her?"
    fn fit(&self, pattern: &Pattern) -> Option<Fit> {
        let fills = |_: &str, word: usize| vec![word];
        let tree = Tree { doc: self.doc, arcs: &self.arcs, fills: &fills };
        tree.fit(pattern, self.root).or_else(|| {
            let mut fit = tree.fit(pattern, self.planned()?)?;
            fit.carriers.insert(self.root);
            Some(fit)
        })
    }

    fn planned(&self) -> Option<usize> {
        let is_plan = self.status(self.root) == Some(StatusWord::Planned);
        self.doc.child(self.root, "xcomp").filter(|_| is_plan)
    }

    fn status(&self, token: usize) -> Option<StatusWord> {
        self.schema.status.find(&self.doc.tokens[token].lemma)
    }

    /// "Who is the president of Uruguay?": the title is the root, or the subject of the word that asks.
    fn office(&self) -> Option<Draft> {
        self.doc.child(self.root, "cop")?;
        let subjects: Vec<usize> = self.arcs.by(self.root, "nsubj").collect();
        let head = if self.asking.contains(&self.root) { *subjects.first()? } else { self.root };
        let title = self.doc.titles.iter().find(|title| title.tokens.contains(head))?;
        let (name, of) = phrase::office(self.doc, head, &self.timing)?;
        let who: Vec<usize> = subjects.into_iter().filter(|subject| *subject != head).collect();
        let used = title.tokens.range().chain(of.tokens).collect();
        let slots = BTreeMap::from([("who".to_owned(), who)]);
        Some(Draft { sought: Sought::Office { title: name, of: of.phrase }, slots, used, takes_rest: false })
    }

    /// "Who denied meddling?": the root is a cue.
    fn statements(&self) -> Option<Draft> {
        let word = &self.doc.tokens[self.root];
        let cue = self.schema.cues.find(&word.lemma, word.upos.name())?;
        let speakers: Vec<usize> = self.arcs.by(self.root, "nsubj").collect();
        if speakers.is_empty() {
            return None;
        }
        let stances = [Stance::Deny, Stance::Believe, Stance::Promise, Stance::Request, Stance::Accuse, Stance::Ask];
        let stance = stances.into_iter().find(|stance| stance.to_string() == cue.stance);
        let slots = BTreeMap::from([("who".to_owned(), speakers)]);
        let used = BTreeSet::from([self.root]);
        Some(Draft { sought: Sought::Statements { stance }, slots, used, takes_rest: true })
    }

    /// "Who visited Senegal?": the root fits a pattern of an event type.
    fn events(&self) -> Vec<Draft> {
        let mut drafts = Vec::new();
        for event_type in &self.schema.events {
            for named in &event_type.patterns {
                drafts.extend(
                    self.fit(&named.pattern).filter(|fit| fit.weight > 0).map(|fit| self.event(event_type, fit)),
                );
            }
        }
        drafts
    }

    fn event(&self, event_type: &EventType, fit: Fit) -> Draft {
        let mut slots: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (role, words) in fit.roles {
            let is_place = |kind: &EntityKind| matches!(kind, EntityKind::Place);
            let slot = if event_type.roles[&role].iter().any(is_place) { "place" } else { "who" };
            slots.entry(slot.to_owned()).or_default().extend(words);
        }
        let verb = self.doc.tokens[self.root].lemma.clone();
        let sought = match event_type.is_meeting(None) {
            true => Sought::Meetings { channel: event_type.channel.clone() },
            false => Sought::Events { event_type: Some(event_type.name.clone()), verb },
        };
        Draft { sought, slots, used: fit.carriers, takes_rest: false }
    }

    /// The question that a draft is, or the words that it leaves.
    fn completed(&self, draft: Draft) -> std::result::Result<Question, Vec<usize>> {
        let Draft { sought, mut slots, mut used, takes_rest } = draft;
        used.extend(self.asking.iter().chain(&self.timing));
        let apart: BTreeSet<usize> = match takes_rest {
            true => self.timing.clone(),
            false => self.scenes.iter().flat_map(|scene| &scene.tokens).chain(&self.timing).copied().collect(),
        };
        let mut named = |slot: &str| -> Vec<Phrase> {
            let words = slots.remove(slot).unwrap_or_default();
            let mut words: Vec<usize> =
                words.into_iter().filter(|word| !self.asking.contains(word) && !self.timing.contains(word)).collect();
            words.sort_unstable();
            words.dedup();
            let phrases = words.into_iter().map(|word| {
                // A scene in a slot is that slot's.
                let apart = if apart.contains(&word) { &self.timing } else { &apart };
                phrase::phrase(self.doc, word, apart)
            });
            let phrases: Vec<PhraseWords> = phrases.collect();
            used.extend(phrases.iter().flat_map(|phrase| &phrase.tokens));
            phrases.into_iter().map(|phrase| phrase.phrase).collect()
        };
        let (who, mut at, matter) = (named("who"), named("place"), named("matter"));
        if !takes_rest {
            for scene in self.scenes.iter().filter(|scene| scene.tokens.iter().any(|token| !used.contains(token))) {
                at.push(scene.phrase.clone());
            }
            used.extend(self.scenes.iter().flat_map(|scene| &scene.tokens));
        }
        let left: Vec<usize> =
            (0..self.doc.tokens.len()).filter(|token| !used.contains(token) && self.says(*token)).collect();
        let mut about = matter.into_iter().next().unwrap_or_default();
        if takes_rest {
            let rest: Vec<usize> = left.iter().copied().filter(|&token| !self.bars(token)).collect();
            about = Phrase { whole: phrase::text(self.doc, &rest), ..Phrase::default() };
        }
        let is_left_over = left.iter().any(|&token| !takes_rest || self.bars(token));
        if is_left_over || self.asks_nothing(&about, &sought) {
            return Err(if left.is_empty() { vec![self.root] } else { left });
        }
        let (asks, since, until) = (self.asks, self.since, self.until);
        Ok(Question { sought, asks, who, at, about, since, until, is_ahead: !takes_rest && self.is_ahead(&used) })
    }

    /// Whether nothing is named that could be looked for.
    fn asks_nothing(&self, about: &Phrase, sought: &Sought) -> bool {
        *sought == Sought::Thing && (about.whole.is_empty() || self.asks == Asks::Whether)
    }

    /// Whether a word says something that a query has to account for.
    fn says(&self, token: usize) -> bool {
        let small = [Upos::Punct, Upos::Det, Upos::Aux, Upos::Adp, Upos::Cconj];
        let word = &self.doc.tokens[token];
        let is_small = small.contains(&word.upos) || matches!(word.deprel, "mark" | "case" | "expl");
        self.bars(token) || !(is_small || self.is(token, QuestionWord::Filler))
    }

    /// Whether a word asks for what no query can tell, wherever it stands: "not", "why".
    fn bars(&self, token: usize) -> bool {
        self.is_negation(token) || self.is(token, QuestionWord::AsksElse)
    }

    fn is_negation(&self, token: usize) -> bool {
        let lower = self.doc.tokens[token].text.to_lowercase();
        self.doc.tokens[token].morphology.polarity.is_some()
            || self.schema.words.is(&lower, crate::schema::WordClass::Negation)
    }

    /// Whether an auxiliary puts it into the future, or it asks of what is planned.
    fn is_ahead(&self, used: &BTreeSet<usize>) -> bool {
        let mut words = self.doc.children(self.root).filter(|&child| self.doc.tokens[child].is_relation("aux"));
        words.any(|token| self.status(token) == Some(StatusWord::Future))
            || self.planned().is_some_and(|planned| used.contains(&planned))
    }
}

/// The day before or after a day, as a date.
fn period_edge(day: jiff::civil::Date, days: i64) -> Option<Date> {
    day.checked_add(days.days()).ok().map(Date::from)
}

/// What a question asks for, and the words that it asks with.
fn asking(schema: &Schema, doc: &Document) -> (Asks, BTreeSet<usize>) {
    let words = &schema.questions.words;
    let text = |token: usize| doc.tokens[token].text.to_lowercase();
    for start in 0..doc.tokens.len() {
        for end in (start + 1..=doc.tokens.len().min(start + LONGEST_ASKING)).rev() {
            let form = (start..end).map(text).collect::<Vec<_>>().join(" ");
            let mut asking: BTreeSet<usize> = (start..end).collect();
            let asks = match () {
                () if words.is(&form, QuestionWord::AsksWho) => Asks::Who(None),
                () if words.is(&form, QuestionWord::AsksWhen) => Asks::When,
                () if words.is(&form, QuestionWord::AsksWhere) => Asks::Where,
                () if words.is(&form, QuestionWord::AsksCount) => Asks::Count,
                () if words.is(&form, QuestionWord::AsksWhat) => match asked_noun(schema, doc, start) {
                    Some((noun, asks)) => {
                        asking.insert(noun);
                        asks
                    }
                    None => Asks::What,
                },
                () => continue,
            };
            return (asks, asking);
        }
    }
    let opens_with_verb = doc.tokens.first().is_some_and(|token| token.upos == Upos::Aux);
    (if opens_with_verb { Asks::Whether } else { Asks::What }, BTreeSet::new())
}

/// The noun of "which country", and what it asks for.
fn asked_noun(schema: &Schema, doc: &Document, which: usize) -> Option<(usize, Asks)> {
    let noun = doc.tokens[which].head.filter(|_| doc.tokens[which].is_relation("det"))?;
    let is = |class| schema.questions.words.is(&doc.tokens[noun].lemma.to_lowercase(), class);
    let asks = match () {
        () if is(QuestionWord::Person) => Asks::Who(Some(EntityKind::Person)),
        () if is(QuestionWord::Country) => Asks::Who(Some(EntityKind::Country)),
        () if is(QuestionWord::Organization) => Asks::Who(Some(EntityKind::Organization)),
        () if is(QuestionWord::Place) => Asks::Where,
        () if is(QuestionWord::Time) => Asks::When,
        () => return None,
    };
    Some((noun, asks))
}
