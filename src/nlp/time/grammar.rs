//! A grammar of times in the news: words into shapes, before any day is counted. "last Saturday" is a weekday before
//! publication, "7-8 July 2017" two days of a month.

use super::word::{Kind, Word, Words};
use crate::base::TokenSpan;
use crate::nlp::document::{Number, Token, Upos};
use crate::schema::{Schema, TimeClass};

/// What an expression says, before it is known from where it counts.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// "Tuesday, 7 July 2017", and to which day of the same month it lasts ("7-8 July").
    Day { year: Year, month: i8, day: i8, last: Option<i8>, weekday: Option<i8> },
    /// "09/07/2017", read in either order.
    Ambiguous { year: i16, first: i8, second: i8 },
    /// "July 2017"
    Month { year: Year, month: i8 },
    /// "2017"
    Years { first: i16, last: i16 },
    /// "Saturday", "last Saturday" (-1), "next Saturday" (1), "this Saturday" (0).
    Weekday { weekday: i8, shift: Option<i64> },
    /// "Monday last week"
    WeekdayOf { weekday: i8, weeks: i64, from: Base },
    /// "yesterday", "last night"
    RelativeDay { days: i64, from: Base },
    /// "last week", "the same year": the unit that many units away.
    Unit { unit: Unit, shift: i64, from: Base },
    /// "two days ago", "three weeks later": a count of units away.
    Away { unit: Unit, count: i64, from: Base },
    /// "in three days": a count of units ahead, of what lies ahead.
    Within { unit: Unit, count: i64 },
    /// "the past three years" (-1), "the next ten days" (1).
    Stretch { unit: Unit, count: i64, side: i64 },
    /// "the weekend", "last weekend"
    Weekend { shift: Option<i64> },
    /// "last summer", "the summer of 2012": only its year is told.
    Season { first_month: i8, shift: i64 },
    /// "from 28 February to 6 March"
    Range(Box<Shape>, Box<Shape>),
    /// "a few days ago"
    Vague,
}

/// The year of a day or a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Year {
    /// To be told by the tense.
    Open,
    Told(i16),
    /// "July last year"
    Away(i64, Base),
    /// "last July", "this past December", "next March".
    Nearest(i64),
}

/// What a relative expression counts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base {
    Published,
    /// The date told before.
    Told,
}

/// A unit, and how many of its kind it holds: a fortnight is two weeks, a decade ten years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Days(i64),
    Weeks(i64),
    Months(i64),
    Years(i64),
}

impl Shape {
    /// The year that a day or a month is told with.
    pub fn told_year(&self) -> Option<i16> {
        match self {
            Shape::Day { year: Year::Told(year), .. } | Shape::Month { year: Year::Told(year), .. } => Some(*year),
            Shape::Range(first, _) => first.told_year(),
            _ => None,
        }
    }
}

/// The expressions of one sentence, in order.
pub fn shapes(schema: &Schema, tokens: &[Token], sentence: TokenSpan) -> Vec<(TokenSpan, Shape)> {
    let words = Words::new(schema, tokens, sentence);
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.words.len() {
        let mut parser = Parser { words: &words, at };
        let shape = parser.expression();
        let end = parser.at;
        match shape.and_then(|shape| Some((words.span(at, end)?, shape))) {
            Some(expression) => {
                found.push(expression);
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

struct Parser<'a> {
    words: &'a Words<'a>,
    at: usize,
}

impl Parser<'_> {
    fn expression(&mut self) -> Option<Shape> {
        if self.is_after(TimeClass::Repeat) {
            return None;
        }
        let is_between = self.is_after(TimeClass::From);
        let first = self.point()?;
        let end = |parser: &mut Self| {
            let is_joined = parser.joint() || (is_between && parser.class(TimeClass::And).is_some());
            is_joined.then(|| parser.range_end()).flatten().and_then(|last| range(first.clone(), last))
        };
        Some(self.try_parse(end).unwrap_or(first))
    }

    /// The end of a range: after "2014" the "16" of "2014-16" is a year too.
    fn range_end(&mut self) -> Option<Shape> {
        let year = |parser: &mut Self| {
            let short = |parser: &mut Self| parser.number(|value, digits| digits == 2 && value > 12);
            parser.year_number().or_else(|| short(parser)).filter(|_| !parser.words.is_quantity(parser.at - 1))
        };
        let point = self.try_parse(Self::point);
        point.or_else(|| self.try_parse(year).map(|year| Shape::Years { first: year, last: year }))
    }

    /// One expression that is no range.
    fn point(&mut self) -> Option<Shape> {
        let forms: [fn(&mut Self) -> Option<Shape>; 13] = [
            Self::numeric_date,
            Self::day_of_month,
            Self::month,
            Self::weekday,
            Self::relative_day,
            Self::turned,
            Self::shifted,
            Self::away,
            Self::ahead_within,
            Self::decade,
            Self::year,
            Self::weekend,
            Self::eve,
        ];
        forms.into_iter().find_map(|form| self.try_parse(form))
    }

    // --- dates ---

    /// "2017-07-09", "09/07/2017", "31.12.2016" is left out: dots are versions and sections too.
    fn numeric_date(&mut self) -> Option<Shape> {
        let first = self.any_number()?;
        let is_slash = self.kind() == Some(Kind::Slash);
        self.joined_by(is_slash)?;
        let second = self.any_number()?;
        self.joined_by(is_slash)?;
        let third = self.any_number()?;
        let small = |(value, digits): (i16, usize)| i8::try_from(value).ok().filter(|_| digits <= 2);
        match (first, third) {
            ((year, 4), day) => {
                let (month, day) = (small(second)?, small(day)?);
                crate::base::Date::ymd(year, month, day)?;
                Some(Shape::Day { year: Year::Told(year), month, day, last: None, weekday: None })
            }
            (day, (year, 4)) if is_slash => Some(Shape::Ambiguous { year, first: small(day)?, second: small(second)? }),
            _ => None,
        }
    }

    /// "7 July", "the 7th of July 2017", "July 7-8, 2017", "Tuesday, July 25".
    fn day_of_month(&mut self) -> Option<Shape> {
        let weekday = self.weekday_before_date();
        let (day, last, month) = self.try_parse(Self::day_month).or_else(|| self.try_parse(Self::month_day))?;
        let year = self.year_after();
        Some(Shape::Day { year, month, day, last, weekday })
    }

    fn weekday_before_date(&mut self) -> Option<i8> {
        self.try_parse(|parser| {
            let weekday = parser.weekday_name()?;
            parser.comma();
            Some(weekday)
        })
    }

    fn day_month(&mut self) -> Option<(i8, Option<i8>, i8)> {
        self.class(TimeClass::Article);
        let day = self.day_number()?;
        let last = self.try_parse(|parser| parser.last_day(day));
        self.class(TimeClass::Of);
        let month = self.month_name()?;
        Some((day, last, month))
    }

    fn month_day(&mut self) -> Option<(i8, Option<i8>, i8)> {
        let month = self.month_name()?;
        self.class(TimeClass::Article);
        if self.words.is_quantity(self.at) && self.is_after_preposition(self.at - 1) {
            return None; // "in May 12 people were killed"
        }
        let day = self.day_number()?;
        let last = self.try_parse(|parser| {
            let last = parser.last_day(day)?;
            let is_of_next = matches!(parser.kind(), Some(Kind::Month(_))) || parser.words.is_quantity(parser.at - 1);
            (!is_of_next).then_some(last)
        });
        Some((day, last, month))
    }

    /// "July", "July 2017", "July last year", "early July", "last July".
    fn month(&mut self) -> Option<Shape> {
        self.stage();
        let nearest = self.try_parse(|parser| {
            parser.class(TimeClass::Article);
            let shift = parser.shifts()?;
            matches!(parser.kind(), Some(Kind::Month(_))).then_some(shift)
        });
        let month = self.month_name()?;
        let year = nearest.map_or_else(|| self.year_after(), Year::Nearest);
        Some(Shape::Month { year, month })
    }

    /// The year after a day or month: "2017", ", 2017", "of 2017", "last year", "of the same year".
    fn year_after(&mut self) -> Year {
        let told = |parser: &mut Self| {
            let _ = parser.comma() || parser.class(TimeClass::Of).is_some();
            let year = parser.year_number().map(Year::Told);
            year.filter(|_| !parser.words.is_quantity(parser.at - 1))
        };
        let away = |parser: &mut Self| {
            parser.class(TimeClass::Of);
            let (shift, from) = parser.try_parse(Self::turn).or_else(|| parser.try_parse(Self::shift))?;
            (parser.unit()? == Unit::Years(1)).then_some(Year::Away(shift, from))
        };
        self.try_parse(told).or_else(|| self.try_parse(away)).unwrap_or(Year::Open)
    }

    /// "2015", where something tells that it is a year: "in 2015", "the 2016 election", "early 2016".
    fn year(&mut self) -> Option<Shape> {
        let start = self.at;
        let is_staged = self.stage();
        if is_staged {
            self.dash();
            self.class(TimeClass::Of);
        } else {
            self.season();
        }
        let is_introduced = self.at > start || (self.is_introduced() && !self.is_after(TimeClass::Clock));
        let at = self.at;
        let year = self.year_number()?;
        (is_introduced && !(self.words.is_quantity(at) && self.is_round_or_bare(at)))
            .then_some(Shape::Years { first: year, last: year })
    }

    /// "the 1990s", "late 1990s"
    fn decade(&mut self) -> Option<Shape> {
        let has_article = self.class(TimeClass::Article).is_some();
        let is_staged = self.stage();
        let is_clear = has_article || is_staged || self.words.words.get(self.at)?.text.len() > "90s".len();
        let first = self.take(|kind| if let Kind::Decade(first) = kind { Some(first) } else { None })?;
        is_clear.then_some(Shape::Years { first, last: first + 9 }) // "a man in his 90s" is no time
    }

    // --- weekdays and relative days ---

    /// "Saturday", "Saturday morning", "last Saturday", "this coming Friday", "Monday last week".
    fn weekday(&mut self) -> Option<Shape> {
        self.stage();
        let shift = self.try_parse(|parser| {
            let shift = parser.shifts()?;
            matches!(parser.kind(), Some(Kind::Weekday(_))).then_some(shift)
        });
        let weekday = self.weekday_name()?;
        self.part();
        let of_week = self.try_parse(|parser| {
            parser.class(TimeClass::Of);
            let (weeks, from) = parser.try_parse(Self::turn).or_else(|| parser.try_parse(Self::shift))?;
            (parser.unit()? == Unit::Weeks(1)).then_some(Shape::WeekdayOf { weekday, weeks, from })
        });
        Some(of_week.unwrap_or(Shape::Weekday { weekday, shift }))
    }

    /// "yesterday morning", "the day before yesterday"
    fn relative_day(&mut self) -> Option<Shape> {
        let beyond = self.try_parse(|parser| {
            parser.class(TimeClass::Article);
            (parser.unit()? == Unit::Days(1)).then_some(())?;
            parser.class(TimeClass::Later)
        });
        self.stage();
        let day = self.class(TimeClass::Day)?;
        self.part();
        Some(Shape::RelativeDay { days: day + beyond.unwrap_or(0), from: Base::Published })
    }

    /// "the following day", "that year", "the day before"
    fn turned(&mut self) -> Option<Shape> {
        self.stage();
        let beside = self.try_parse(|parser| {
            parser.class(TimeClass::Article)?;
            let unit = parser.unit()?;
            let shift = parser.class(TimeClass::Later)?;
            Some(if parser.has_object() { Shape::Vague } else { of_unit(unit, shift, Base::Told) })
        });
        beside.or_else(|| {
            let (shift, from) = self.turn()?;
            let part = self.class(TimeClass::Part).map(|_| Unit::Days(1));
            Some(of_unit(part.or_else(|| self.one_unit())?, shift, from))
        })
    }

    /// "last week", "this morning", "next month", "this past weekend", "last summer", "the past three years", "later in the
    /// year".
    fn shifted(&mut self) -> Option<Shape> {
        let is_staged = self.stage();
        if is_staged {
            self.class(TimeClass::Within);
        }
        let has_article = self.class(TimeClass::Article).is_some();
        if is_staged && has_article {
            return self.one_unit().map(|unit| of_unit(unit, 0, Base::Published));
        }
        let stretch = |parser: &mut Self| {
            parser.try_parse(|parser| parser.class(TimeClass::Shift).filter(|shift| *shift == 0)); // "these past weeks"
            let side = parser.class(TimeClass::Stretch)?;
            parser.stretch(side)
        };
        let moved = |parser: &mut Self| {
            let shift = parser.shifts()?;
            parser.shifted_by(shift)
        };
        self.try_parse(stretch).or_else(|| self.try_parse(moved))
    }

    /// What comes after "last", "this" or "next". The "next day" follows a day told before; a "last day" is the end of
    /// something.
    fn shifted_by(&mut self, shift: i64) -> Option<Shape> {
        if self.class(TimeClass::Weekend).is_some() {
            return Some(Shape::Weekend { shift: Some(shift) });
        }
        if self.class(TimeClass::Part).is_some() {
            return Some(Shape::RelativeDay { days: shift, from: Base::Published });
        }
        if let Some(first_month) = self.season() {
            return Some(Shape::Season { first_month, shift });
        }
        match self.one_unit()? {
            Unit::Days(days) if shift > 0 => Some(Shape::RelativeDay { days, from: Base::Told }),
            Unit::Days(_) if shift < 0 => None,
            unit => Some(of_unit(unit, shift, Base::Published)),
        }
    }

    /// What comes after "the past": "three years", "few weeks", "year".
    fn stretch(&mut self, side: i64) -> Option<Shape> {
        let is_only_a_stretch = self.words.value(self.at - 1, TimeClass::Shift).is_none();
        if self.class(TimeClass::Vague).is_some() {
            self.class(TimeClass::Of);
            return self.unit().map(|_| Shape::Vague);
        }
        let count = self.try_parse(Self::count);
        let is_plural = self.is_plural();
        let unit = self.unit()?;
        match count {
            Some(count) => Some(Shape::Stretch { unit, count, side }),
            None if is_plural => Some(Shape::Vague),
            None => is_only_a_stretch.then_some(Shape::Stretch { unit, count: 1, side }),
        }
    }

    /// "two days ago", "a year later", "a few weeks earlier"; what follows "two days after the vote" is not known here.
    fn away(&mut self) -> Option<Shape> {
        let is_vague = self.vague();
        let count = if is_vague { None } else { self.try_parse(Self::count) };
        let is_plural = self.is_plural();
        let unit = self.unit()?;
        if count.is_none() && !is_vague && !is_plural {
            return None;
        }
        let (side, from) = match self.class(TimeClass::Ago) {
            Some(side) => (side, Base::Published),
            None => (self.class(TimeClass::Later)?, Base::Told),
        };
        match count {
            Some(_) if from == Base::Told && self.has_object() => Some(Shape::Vague),
            Some(count) => Some(Shape::Away { unit, count: count * side, from }),
            None => Some(Shape::Vague),
        }
    }

    /// "in three days"; "in three days of talks" is how long they took.
    fn ahead_within(&mut self) -> Option<Shape> {
        let before = self.at.checked_sub(1)?;
        self.words.value(before, TimeClass::Within)?;
        let count = self.count()?;
        let unit = self.unit()?;
        let is_duration = self.class(TimeClass::Of).is_some() || self.words.value(self.at, TimeClass::Later).is_some();
        (!is_duration && unit != Unit::Days(0)).then_some(Shape::Within { unit, count })
    }

    fn weekend(&mut self) -> Option<Shape> {
        self.class(TimeClass::Article)?;
        self.class(TimeClass::Weekend).map(|_| Shape::Weekend { shift: None })
    }

    /// "on the eve"; of what it is the eve is not known here ("on the eve of the summit").
    fn eve(&mut self) -> Option<Shape> {
        self.class(TimeClass::Article)?;
        self.class(TimeClass::Eve)?;
        Some(match self.words.value(self.at, TimeClass::Of) {
            Some(_) => Shape::Vague,
            None => Shape::RelativeDay { days: -1, from: Base::Told },
        })
    }

    // --- words ---

    /// Runs a form and goes back where it fails.
    fn try_parse<T>(&mut self, form: impl Fn(&mut Self) -> Option<T>) -> Option<T> {
        let start = self.at;
        let found = form(self);
        if found.is_none() {
            self.at = start;
        }
        found
    }

    fn kind(&self) -> Option<Kind> {
        self.words.kind(self.at)
    }

    /// Takes the next word where `is` says so of its kind.
    fn take<T>(&mut self, is: impl Fn(Kind) -> Option<T>) -> Option<T> {
        let found = is(self.kind()?)?;
        self.at += 1;
        Some(found)
    }

    fn class(&mut self, class: TimeClass) -> Option<i64> {
        let value = self.words.value(self.at, class)?;
        self.at += 1;
        Some(value)
    }

    fn comma(&mut self) -> bool {
        self.take(|kind| (kind == Kind::Comma).then_some(())).is_some()
    }

    fn dash(&mut self) -> bool {
        self.take(|kind| (kind == Kind::Dash).then_some(())).is_some()
    }

    fn joined_by(&mut self, slash: bool) -> Option<()> {
        let joint = if slash { Kind::Slash } else { Kind::Dash };
        self.take(|kind| (kind == joint).then_some(()))
    }

    /// "-" or "to"
    fn joint(&mut self) -> bool {
        self.dash() || self.class(TimeClass::To).is_some()
    }

    /// "-8", "to 8" or "and 8" after a day of the month.
    fn last_day(&mut self, first: i8) -> Option<i8> {
        let _ = self.joint() || self.class(TimeClass::And).is_some();
        self.class(TimeClass::Article);
        self.day_number().filter(|last| *last > first)
    }

    fn month_name(&mut self) -> Option<i8> {
        self.take(|kind| if let Kind::Month(month) = kind { Some(month) } else { None })
    }

    fn weekday_name(&mut self) -> Option<i8> {
        self.take(|kind| if let Kind::Weekday(weekday) = kind { Some(weekday) } else { None })
    }

    fn number(&mut self, is: impl Fn(i16, usize) -> bool) -> Option<i16> {
        self.take(|kind| match kind {
            Kind::Number { value, digits } if is(value, digits) => Some(value),
            _ => None,
        })
    }

    fn any_number(&mut self) -> Option<(i16, usize)> {
        self.take(|kind| if let Kind::Number { value, digits } = kind { Some((value, digits)) } else { None })
    }

    fn day_number(&mut self) -> Option<i8> {
        self.number(|value, digits| digits <= 2 && (1..=31).contains(&value)).and_then(|day| i8::try_from(day).ok())
    }

    /// News tells no date before 1500 without its century.
    fn year_number(&mut self) -> Option<i16> {
        self.number(|value, digits| digits == 4 && (1500..2100).contains(&value))
    }

    fn count(&mut self) -> Option<i64> {
        let in_digits = |parser: &mut Self| parser.number(|_, digits| digits <= 3).map(i64::from);
        self.try_parse(in_digits).or_else(|| {
            let count = self.class(TimeClass::Number)?;
            // "thirty-five"
            let ones = self.try_parse(|parser| parser.dash().then(|| parser.class(TimeClass::Number)).flatten());
            Some(count + ones.unwrap_or(0))
        })
    }

    /// "a few", "several", "a couple of"
    fn vague(&mut self) -> bool {
        let found = self.try_parse(|parser| {
            parser.class(TimeClass::Number);
            parser.class(TimeClass::Vague)?;
            parser.class(TimeClass::Of);
            Some(())
        });
        found.is_some()
    }

    fn unit(&mut self) -> Option<Unit> {
        if !self.is_noun() {
            return None;
        }
        let days = self.class(TimeClass::Days).map(Unit::Days);
        days.or_else(|| self.class(TimeClass::Weeks).map(Unit::Weeks))
            .or_else(|| self.class(TimeClass::Months).map(Unit::Months))
            .or_else(|| self.class(TimeClass::Years).map(Unit::Years))
    }

    /// A unit in the singular.
    fn one_unit(&mut self) -> Option<Unit> {
        if self.is_plural() { None } else { self.unit() }
    }

    fn season(&mut self) -> Option<i8> {
        let month = if self.is_noun() { self.class(TimeClass::Season)? } else { return None };
        self.class(TimeClass::Of);
        i8::try_from(month).ok()
    }

    fn part(&mut self) {
        self.class(TimeClass::Part);
    }

    /// "early", "the end of", "mid-": takes it, and leaves the date as it is.
    fn stage(&mut self) -> bool {
        let found = self.try_parse(|parser| {
            parser.class(TimeClass::Article);
            parser.class(TimeClass::Stage)?;
            let _ = parser.class(TimeClass::Of).is_some() || parser.dash();
            Some(())
        });
        found.is_some()
    }

    fn shift(&mut self) -> Option<(i64, Base)> {
        self.class(TimeClass::Shift).map(|shift| (shift, Base::Published))
    }

    /// "last", "this past", "this coming": the last one decides.
    fn shifts(&mut self) -> Option<i64> {
        let first = self.class(TimeClass::Shift);
        let second = self.class(TimeClass::Stretch);
        second.or(first)
    }

    /// "the following", "that"; "next" turns only with its article.
    fn turn(&mut self) -> Option<(i64, Base)> {
        let has_article = self.class(TimeClass::Article).is_some();
        let is_shift = self.words.value(self.at, TimeClass::Shift).is_some();
        let is_conjunction = self.words.token(self.at).is_some_and(|token| token.upos == Upos::Sconj); // "said that"
        let shift = self.class(TimeClass::Turn).filter(|_| !is_conjunction && (has_article || !is_shift))?;
        Some((shift, Base::Told))
    }

    // --- around ---

    fn is_noun(&self) -> bool {
        self.words.token(self.at).is_some_and(|token| matches!(token.upos, Upos::Noun | Upos::Propn))
    }

    fn is_plural(&self) -> bool {
        self.words.token(self.at).is_some_and(|token| token.morphology.number == Some(Number::Plural))
    }

    fn is_after(&self, class: TimeClass) -> bool {
        self.at.checked_sub(1).is_some_and(|before| self.words.value(before, class).is_some())
    }

    fn is_after_preposition(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.words.token(before));
        before.is_some_and(|token| matches!(token.upos, Upos::Adp | Upos::Sconj))
    }

    /// Whether the word before can stand before a year: a preposition, an article, a verb ("holds 2020 vote"), a bracket.
    fn is_introduced(&self) -> bool {
        let Some(before) = self.at.checked_sub(1) else { return false };
        match self.words.token(before) {
            Some(token) => {
                let is_bracket = token.text == "(" && self.words.words.get(self.at + 1).is_some_and(|w| w.text == ")");
                let is_second = token.upos == Upos::Cconj && before > 0 && self.is_year(before - 1); // "in 2014 and 2018"
                is_bracket || is_second || matches!(token.upos, Upos::Adp | Upos::Sconj | Upos::Det | Upos::Verb)
            }
            None => false,
        }
    }

    fn is_year(&self, at: usize) -> bool {
        matches!(self.words.kind(at), Some(Kind::Number { digits: 4, .. }))
    }

    /// Whether a number before a plural is a count and no year: "of 2010 people", "the 2000 people", not "the 2016 elections".
    fn is_round_or_bare(&self, at: usize) -> bool {
        let Some(Kind::Number { value, .. }) = self.words.kind(at) else { return true };
        let before = at.checked_sub(1).and_then(|before| self.words.token(before));
        value % 100 == 0 || before.is_none_or(|token| token.upos != Upos::Det)
    }

    /// Whether "before" or "after" is followed by what it is before or after: "two days after the vote".
    fn has_object(&self) -> bool {
        let last = self.words.token(self.at - 1);
        let next = self.words.words.get(self.at).map(|word: &Word<'_>| &self.words.tokens[word.token]);
        let is_preposition = last.is_some_and(|token| matches!(token.upos, Upos::Adp | Upos::Sconj));
        let is_clause_end = next.is_none_or(|token| matches!(token.upos, Upos::Punct | Upos::Cconj));
        is_preposition && !is_clause_end
    }
}

/// A day is counted as a day ("the same day", "last night"), anything longer as its unit.
fn of_unit(unit: Unit, shift: i64, from: Base) -> Shape {
    match unit {
        Unit::Days(days) => Shape::RelativeDay { days: shift * days, from },
        unit => Shape::Unit { unit, shift, from },
    }
}

/// Joins two ends of one kind; what one leaves open the other tells ("June to August 2016").
fn range(first: Shape, last: Shape) -> Option<Shape> {
    let ends = match (first, last) {
        (Shape::Years { first, .. }, Shape::Years { first: short, last }) if short < 100 => {
            let last = first / 100 * 100 + last;
            return (last > first).then_some(Shape::Years { first, last });
        }
        (Shape::Years { first, .. }, Shape::Years { last, .. }) => {
            return (first < last).then_some(Shape::Years { first, last });
        }
        (Shape::Month { year: Year::Open, month }, end @ Shape::Month { year: year @ Year::Told(_), .. }) => {
            (Shape::Month { year, month }, end)
        }
        (
            Shape::Day { year: Year::Open, month, day, last: None, weekday },
            end @ Shape::Day { year: year @ Year::Told(_), .. },
        ) => (Shape::Day { year, month, day, last: None, weekday }, end),
        (start @ Shape::Month { .. }, end @ Shape::Month { .. })
        | (start @ Shape::Day { last: None, .. }, end @ Shape::Day { .. })
        | (start @ Shape::Weekday { .. }, end @ Shape::Weekday { .. }) => (start, end),
        _ => return None,
    };
    Some(Shape::Range(Box::new(ends.0), Box::new(ends.1)))
}
