//! When an event was: of the days that the text tells near its words or at its top, and the day of publication, the one that a reader would
//! say; and whether words of its own tell it.
//!
//! In "Solheim flew to Oslo on Monday. She met Kanté over lunch" they met on Monday.

use std::collections::BTreeSet;
use std::fmt::Arguments;

use super::draft::{self, Draft, Reader};
use super::way::Way;
use crate::base::{Date, Period};
use crate::extract::fact::Status;
use crate::extract::stem::shares_stem;
use crate::nlp::{Document, Tense};

/// The name of the decision among the trained ones.
const DECISION: &str = "happens on";

/// Sentences from an event's words within which a time is looked for, other than those of its paragraphs.
const REACH: usize = 8;

/// Sentences at the top of a text, the headline among them, whose times may be those of any event.
const LEAD: usize = 4;

/// The times of a document: each period with the words that tell it.
pub struct Calendar<'a> {
    reader: &'a Reader<'a>,
    times: Vec<Time>,
}

/// When an event was.
pub struct When {
    pub period: Period,
    /// Whether no words of the event's own tell it.
    pub inferred: bool,
}

/// A period, and what tells it.
struct Time {
    period: Period,
    /// The head word of each expression, in order; none of a day of publication that the text does not tell again.
    words: Vec<usize>,
    published: bool,
}

impl<'a> Calendar<'a> {
    pub fn of(reader: &'a Reader<'a>) -> Calendar<'a> {
        let doc = reader.doc;
        let mut times: Vec<Time> = Vec::new();
        if let Some(day) = doc.article.published {
            times.push(Time { period: Period::of(day), words: Vec::new(), published: true });
        }
        for time in &doc.times {
            let Some(period) = time.period else { continue };
            let word = doc.head_of(time.tokens);
            match times.iter_mut().find(|known| known.period == period) {
                Some(known) => known.words.push(word),
                None => times.push(Time { period, words: vec![word], published: false }),
            }
        }
        Calendar { reader, times }
    }

    /// When an event was: at the likeliest time, or where none is likely, at the one that its own words tell; `wholes` are the occasions that
    /// events are a part of.
    pub fn date(&self, events: &[Draft], wholes: &[Option<usize>], event: usize) -> Option<When> {
        let draft = &events[event];
        let told = |period: Period| When { period, inferred: false };
        if draft.event_type.is_users {
            return draft.when.or_else(|| events[wholes[event]?].when).map(told);
        }
        let decisions = &self.reader.schema.decisions;
        let score = |&time: &usize| decisions.score(DECISION, |tell| self.features(events, wholes, event, time, tell));
        let scored = self.candidates(events, wholes, event).map(|time| (score(&time), time));
        let best = scored.filter(|(score, _)| *score > 0).max_by_key(|&(score, time)| (score, std::cmp::Reverse(time)));
        let own = || draft.times.iter().filter(|(how, _)| *how != "above").map(|(_, period)| *period).max();
        let likeliest = best.map(|(_, time)| When {
            period: self.times[time].period,
            inferred: !self.is_told(events, wholes, event, time),
        });
        likeliest.or_else(|| own().map(told))
    }

    /// The numbers of the times that an event may have been at: none to come for what has happened, unless its own words tell it; for what is
    /// planned not the day of publication, unless some words tell it; and for what did not or may not take place only what is told.
    pub fn candidates(&self, events: &[Draft], wholes: &[Option<usize>], event: usize) -> impl Iterator<Item = usize> {
        let draft = &events[event];
        let foremost = events.iter().filter(|other| self.is_in_headline(other)).filter_map(|other| other.when);
        let foremost: Vec<Period> = foremost.collect();
        (0..self.times.len()).filter(move |&number| {
            let time = &self.times[number];
            match draft.status {
                Status::Happened if draft.when != Some(time.period) && self.is_ahead(time.period) => return false,
                Status::Planned if time.words.is_empty() => return false,
                Status::Denied | Status::Uncertain if !self.is_told(events, wholes, event, number) => return false,
                _ => {}
            }
            time.published
                || foremost.contains(&time.period)
                || self.is_of_lead(time)
                || self.gap(draft, time).is_some_and(|gap| gap.unsigned_abs() <= REACH)
                || self.is_told(events, wholes, event, number)
        })
    }

    /// Whether a time is told of an event, by its words, its paragraph or the occasion that it is a part of; a headline without a time tells
    /// the day of publication. Any other is inferred: it may be another event's.
    fn is_told(&self, events: &[Draft], wholes: &[Option<usize>], event: usize, time: usize) -> bool {
        let (draft, time) = (&events[event], &self.times[time]);
        let mut above = std::iter::successors(wholes[event], |&at| wholes[at]);
        let tells = |draft: &Draft| draft.times.iter().any(|(_, told)| *told == time.period);
        time.published && self.is_in_headline(draft)
            || tells(draft)
            || above.any(|whole| tells(&events[whole]))
            || self.is_beside(draft, time)
    }

    fn is_in_headline(&self, draft: &Draft) -> bool {
        draft.triggers.iter().any(|&word| self.reader.doc.sentence(word).paragraph == 0)
    }

    fn is_of_lead(&self, time: &Time) -> bool {
        time.words.iter().any(|&word| self.reader.doc.tokens[word].sentence < LEAD)
    }

    /// Whether a paragraph tells both an event and a time.
    fn is_beside(&self, draft: &Draft, time: &Time) -> bool {
        let paragraph = |&word: &usize| self.reader.doc.sentence(word).paragraph;
        let told: BTreeSet<usize> = draft.triggers.iter().map(paragraph).collect();
        time.words.iter().any(|word| told.contains(&paragraph(word)))
    }

    /// Whether a period is to come on the day of publication.
    pub fn is_ahead(&self, period: Period) -> bool {
        let published = self.reader.doc.article.published;
        published.is_some_and(|day| period.start.first_day() > day.last_day())
    }

    /// The first day of a time, as fine as it is told.
    pub fn start(&self, time: usize) -> Date {
        self.times[time].period.start
    }

    /// Sentences from the nearest of an event's words to the nearest expression, negative where that stands before.
    fn gap(&self, draft: &Draft, time: &Time) -> Option<isize> {
        let sentence = |word: usize| self.reader.doc.tokens[word].sentence as isize;
        let gaps = time
            .words
            .iter()
            .flat_map(|&word| draft.triggers.iter().map(move |&trigger| sentence(word) - sentence(trigger)));
        gaps.min_by_key(|gap| (gap.abs(), *gap))
    }

    /// Names what speaks for or against an event being at a time, each feature alone and with the type.
    pub fn features(
        &self,
        events: &[Draft],
        wholes: &[Option<usize>],
        event: usize,
        time: usize,
        tell: &mut dyn FnMut(Arguments),
    ) {
        let (draft, time) = (&events[event], &self.times[time]);
        let doc = self.reader.doc;
        let event_type = draft.event_type.name.as_str();
        let mut both = |feature: Arguments| {
            tell(feature);
            tell(format_args!("{event_type}|{feature}"));
        };
        both(format_args!("any"));
        let grain = match (time.period.start.day(), time.period.start.month()) {
            _ if time.period.start != time.period.end => "span",
            (Some(_), _) => "day",
            (None, Some(_)) => "month",
            (None, None) => "year",
        };
        let source = match (time.published, time.words.is_empty()) {
            (true, true) => "published",
            (true, false) => "published and told",
            (false, _) => "told",
        };
        both(format_args!("{source} {grain}"));
        let some = if draft.when.is_some() { "dated" } else { "undated" };
        both(format_args!("{source} {some}"));
        let how: BTreeSet<&str> =
            draft.times.iter().filter(|(_, told)| *told == time.period).map(|(how, _)| *how).collect();
        for how in &how {
            both(format_args!("{how} {grain}"));
        }
        let leaning = draft::leaning(time.words.iter().filter_map(|word| draft.leanings.times.get(word)).max());
        both(format_args!("leaning:{leaning} {grain}"));
        both(format_args!("leaning:{leaning} by its words:{} {some}", !how.is_empty()));
        let latest = draft.when == Some(time.period);
        both(format_args!("by its words:{} latest:{latest} {some}", !how.is_empty()));
        if let Some(when) = draft.when.filter(|when| *when != time.period) {
            let finer = when.overlaps(time.period) && when.start.day().is_none() && time.period.start.day().is_some();
            both(format_args!("overlaps its own:{} finer:{finer}", when.overlaps(time.period)));
        }
        let (published, status) = (doc.article.published, draft.status);
        let order = published.map_or("unknown", |day| order(time.period, Period::of(day)));
        both(format_args!("{order} {status}"));
        both(format_args!("{order} {status} {some} {source}"));
        let tense = match doc.tokens[draft.triggers[0]].morphology.tense {
            Some(Tense::Past) => "past",
            Some(Tense::Present) => "present",
            None => "none",
        };
        both(format_args!("{order} tense:{tense} {some}"));
        let ways: BTreeSet<String> = draft
            .triggers
            .iter()
            .flat_map(|&trigger| time.words.iter().map(move |&word| (trigger, word)))
            .filter(|&(trigger, word)| doc.tokens[trigger].sentence == doc.tokens[word].sentence)
            .map(|(trigger, word)| Way::between(doc, trigger, word).told(doc))
            .collect();
        for way in &ways {
            both(format_args!("way:{way}"));
        }
        let far = match self.gap(draft, time) {
            None => "nowhere".to_owned(),
            Some(0) => "here".to_owned(),
            Some(gap) if gap < 0 => format!("before:{}", (-gap).min(5)),
            Some(gap) => format!("after:{}", gap.min(3)),
        };
        both(format_args!("{far} {some} {grain}"));
        both(format_args!("{far} {order} {some}"));
        both(format_args!("{far} {some} {}", self.beside(draft, time)));
        let place = [0, 1, 2, 5, 10].iter().filter(|&&reach| doc.tokens[draft.triggers[0]].sentence > reach).count();
        both(format_args!("{source} sentence:{place} {some}"));
        let headline = self.is_in_headline(draft);
        both(format_args!("{source} headline:{headline} {some}"));
        both(format_args!("{source} mentions:{} {some} {status}", draft.triggers.len().min(3)));
        let form = match (draft.nominal, draft.bare, draft.definite) {
            (false, ..) => "verb",
            (true, _, true) => "noun",
            (true, _, false) => "indefinite",
        };
        both(format_args!("{source} {form} {some}"));
        if source != "told" {
            let lemma = doc.tokens[draft.triggers[0]].lemma.to_lowercase();
            both(format_args!("{source} {some} lemma:{lemma}"));
        }
        let first = self.times.iter().filter_map(|other| other.words.first()).min();
        if time.words.first() == first && first.is_some() {
            both(format_args!("first of the text, {some}"));
        }
        if self.is_of_lead(time) {
            both(format_args!("of the lead, {far} {some}"));
        }
        if wholes[event].is_some_and(|whole| events[whole].when == Some(time.period)) {
            both(format_args!("of the whole, {some}"));
            both(format_args!("of the whole, {far}"));
        }
        let above = || std::iter::successors(wholes[event], |&at| wholes[at]);
        if above().any(|whole| events[whole].times.iter().any(|(_, told)| *told == time.period)) {
            let undated = wholes[event].is_some_and(|whole| events[whole].when.is_none());
            both(format_args!("told of a whole, {some}, whole undated:{undated}"));
        }
        let parts = || (0..events.len()).filter(|&part| wholes[part] == Some(event));
        if parts().any(|part| events[part].when == Some(time.period)) {
            both(format_args!("of a part, {some}"));
        }
        let then = || events.iter().enumerate().filter(|(at, other)| *at != event && other.when == Some(time.period));
        if then().any(|(_, other)| !other.participants.is_disjoint(&draft.participants)) {
            both(format_args!("others of them are then, {some}"));
        }
        if then().any(|(_, other)| other.event_type.name == draft.event_type.name) {
            both(format_args!("another of its type is then, {some}"));
        }
        let foremost = || then().filter(|(_, other)| self.is_in_headline(other)).map(|(_, other)| other);
        if let Some(of_type) = foremost().map(|other| other.event_type.name == draft.event_type.name).max() {
            let lemma = |draft: &Draft| doc.tokens[draft.triggers[0]].lemma.to_lowercase();
            let alike = foremost().any(|other| shares_stem(&lemma(other), &lemma(draft)));
            both(format_args!("of the headline's, its type:{of_type} alike:{alike} {some} {status}"));
            both(format_args!("of the headline's, its type:{of_type} {far} {some}"));
        }
        both(format_args!("events then:{} {some}", then().count().min(3)));
        let before = events.iter().filter(|other| other.triggers[0] < draft.triggers[0] && other.when.is_some());
        if let Some(before) = before.max_by_key(|other| other.triggers[0]) {
            let same = before.when == Some(time.period);
            let here = doc.tokens[before.triggers[0]].sentence == doc.tokens[draft.triggers[0]].sentence;
            both(format_args!("the one before is then:{same} here:{here} {some}"));
        }
    }

    /// Whether no other time stands between an event's first word and the time.
    fn beside(&self, draft: &Draft, time: &Time) -> &'static str {
        let trigger = draft.triggers[0];
        let words = || self.times.iter().flat_map(|time| &time.words).copied();
        let before = words().filter(|&word| word < trigger).max();
        let after = words().filter(|&word| word > trigger).min();
        match () {
            () if before.is_some_and(|word| time.words.contains(&word)) => "nearest before",
            () if after.is_some_and(|word| time.words.contains(&word)) => "nearest after",
            () => "others between",
        }
    }
}

/// How a time lies to the day of publication.
fn order(time: Period, published: Period) -> &'static str {
    match () {
        () if time == published => "same",
        () if time.overlaps(published) => "around",
        () if time.start < published.start => "past",
        () => "future",
    }
}

/// How the time that an event's words tell lies to the day of publication.
pub fn told_order(doc: &Document, draft: &Draft) -> &'static str {
    match (draft.when, doc.article.published) {
        (Some(when), Some(day)) => order(when, Period::of(day)),
        (Some(_), None) => "unknown",
        (None, _) => "undated",
    }
}
