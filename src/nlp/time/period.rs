//! Shapes of times into periods, counted from the day of publication or from the date told before.

use jiff::Span;
use jiff::civil::{self, Weekday};

use super::grammar::{Base, Shape, Unit, Year};
use super::tense::Direction;
use crate::base::{Date, Period};

/// A year, with the first and the last day there that an expression may mean.
type Occurrence = (i16, (civil::Date, civil::Date));

/// What a shape is resolved against.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    pub published: Option<civil::Date>,
    /// The periods told before, in this sentence or one of the few before; the last one last.
    pub told: &'a [Period],
    /// The year of the last day or month told anywhere before.
    pub year: Option<i16>,
    /// The period told last in this sentence.
    pub told_in_sentence: Option<Period>,
    pub direction: Direction,
}

/// How far on the wrong side of publication a day may lie and still be meant rather than one in another year, in days: of
/// dates most of a year away news tells the year. "The vote on March 17 had to wait" in an article of March 12 lies ahead.
const NEAR: i32 = 45;

/// Days within which a day without a year follows one that was told with its year in a sentence before: "on 15 November 2017 … on 21 November".
const SOON: i32 = 60;

/// The days that a shape means; `None` where the text and the context do not tell.
pub fn resolve(shape: &Shape, context: &Context<'_>) -> Option<Period> {
    match *shape {
        Shape::Day { year, month, day, last, weekday } => {
            let start = context.day(year, month, day, weekday)?;
            let end = last.map_or(Some(start), |last| Date::ymd(start.year(), month, last))?;
            Some(Period { start, end })
        }
        Shape::Ambiguous { year, first, second } => context.ambiguous(year, first, second).map(Period::of),
        Shape::Month { year, month } => context.month(year, month).map(Period::of),
        Shape::Years { first, last } => years(first.into(), last.into()),
        Shape::Weekday { weekday, shift } => context.weekday(weekday, shift).map(day),
        Shape::WeekdayOf { weekday, weeks, from } => {
            let monday = monday(context.base(from, Unit::Weeks(1))?);
            days_away(monday, 7 * weeks + i64::from(weekday) - 1).map(day)
        }
        Shape::RelativeDay { days, from } => context.relative_day(days, from),
        Shape::Away { unit: Unit::Weeks(1), count: count @ (-1 | 1), from } => {
            days_away(context.base(from, Unit::Weeks(1))?, 7 * count).map(day) // "a week ago" is told of the day
        }
        Shape::Unit { unit, shift: count, from } | Shape::Away { unit, count, from } => {
            whole_unit(context.base(from, unit)?, unit, count)
        }
        Shape::Within { unit, count } if context.direction == Direction::Future => {
            whole_unit(context.published?, unit, count)
        }
        Shape::Stretch { unit, count, side } => stretch(context.published?, unit, count, side),
        Shape::Weekend { shift } => context.weekend(shift),
        Shape::Season { first_month, shift } => context.season(first_month, shift).map(Period::of),
        Shape::Range(ref first, ref last) => context.range(first, last),
        Shape::Within { .. } | Shape::Vague => None,
    }
}

impl Context<'_> {
    /// The day that counting starts from: that of publication, or of the last date told that is as fine as the unit.
    fn base(&self, from: Base, unit: Unit) -> Option<civil::Date> {
        let is_fine = |date: Date| match unit {
            Unit::Days(_) | Unit::Weeks(_) => date.day().is_some(),
            Unit::Months(_) => date.month().is_some(),
            Unit::Years(_) => true,
        };
        match from {
            Base::Published => self.published,
            Base::Told => self.told.iter().rev().find(|told| is_fine(told.start)).map(|told| told.start.first_day()),
        }
    }

    fn day(&self, year: Year, month: i8, day: i8, weekday: Option<i8>) -> Option<Date> {
        let year = match self.year_told(year) {
            Some(year) => year,
            None => {
                let of_weekday = |year: &i16| weekday.is_some_and(|weekday| falls_on(*year, month, day, weekday));
                let near = self.years_around();
                let chosen = self.open_year(|year| civil::Date::new(year, month, day).ok().map(|day| (day, day)));
                chosen.filter(of_weekday).or_else(|| near.into_iter().flatten().find(of_weekday)).or(chosen)?
            }
        };
        Date::ymd(year, month, day)
    }

    fn month(&self, year: Year, month: i8) -> Option<Date> {
        let whole = |year: i16| {
            let first = civil::Date::new(year, month, 1).ok()?;
            Some((first, first.last_of_month()))
        };
        let year = match year {
            Year::Nearest(shift) => self.nearest(shift, whole)?,
            year => self.year_told(year).or_else(|| self.open_year(whole))?,
        };
        Date::year_month(year, month)
    }

    /// The year, where the expression tells it.
    fn year_told(&self, year: Year) -> Option<i16> {
        match year {
            Year::Told(year) => Some(year),
            Year::Away(shift, from) => i16::try_from(i64::from(self.base(from, Unit::Years(1))?.year()) + shift).ok(),
            Year::Open | Year::Nearest(_) => None,
        }
    }

    fn years_around(&self) -> Option<[i16; 3]> {
        self.published.map(|published| [published.year() - 1, published.year(), published.year() + 1])
    }

    /// The year that an open day or month belongs to: of a past told in this sentence ("elected in June 2011, took office in
    /// August"), or the one that tense and nearness to publication tell.
    fn open_year(&self, days: impl Fn(i16) -> Option<(civil::Date, civil::Date)>) -> Option<i16> {
        self.year_after_told(&days).or_else(|| {
            let Some(published) = self.published else { return self.year };
            let candidates = || self.years_around().into_iter().flatten().filter_map(|y| Some((y, days(y)?)));
            let past = candidates().rfind(|(_, (first, _))| *first <= published);
            let future = candidates().find(|(_, (_, last))| *last >= published);
            self.chosen(published, past, future)
        })
    }

    /// Of the last occurrence and the next, the one that the tense tells, or, of days, that is near.
    fn chosen(&self, published: civil::Date, past: Option<Occurrence>, future: Option<Occurrence>) -> Option<i16> {
        let (Some(past), Some(future)) = (past, future) else { return past.or(future).map(|(year, _)| year) };
        let (back, ahead) = (distance(past.1.1, published), distance(published, future.1.0));
        let is_day = past.1.0 == past.1.1;
        let is_past = match self.direction {
            Direction::Past => !(is_day && ahead <= NEAR && back > NEAR),
            Direction::Future => is_day && back <= NEAR && ahead > NEAR,
            Direction::Unknown => back <= ahead,
        };
        Some(if is_past || past.0 == future.0 { past.0 } else { future.0 })
    }

    /// The first occurrence after a date told in full in the same sentence, where that lies well before publication; of what is past, also
    /// after a day of a sentence before, where it follows soon.
    fn year_after_told(&self, days: &impl Fn(i16) -> Option<(civil::Date, civil::Date)>) -> Option<i16> {
        let after = |told: Date| {
            told.month().filter(|_| self.published.is_none_or(|published| told.year() < published.year()))?;
            let candidates = [told.year(), told.year() + 1];
            let next = candidates.into_iter().filter_map(|year| Some((year, days(year)?)));
            next.into_iter().find(|(_, (_, last))| *last >= told.first_day())
        };
        if let Some((year, _)) = self.told_in_sentence.and_then(|told| after(told.start)) {
            return Some(year);
        }
        let before = self.told.last().filter(|_| self.direction != Direction::Future)?.start;
        let (year, (first, _)) = before.day().and_then(|_| after(before))?;
        (distance(before.first_day(), first) <= SOON).then_some(year)
    }

    /// The year of "last July" (-1), "this July" (0), "next July" (1).
    fn nearest(&self, shift: i64, days: impl Fn(i16) -> Option<(civil::Date, civil::Date)>) -> Option<i16> {
        let published = self.published?;
        let mut years = self.years_around().into_iter().flatten();
        match shift {
            0 => Some(published.year()),
            shift if shift < 0 => years.rfind(|year| days(*year).is_some_and(|(_, last)| last < published)),
            _ => years.find(|year| days(*year).is_some_and(|(first, _)| first > published)),
        }
    }

    /// "09/07/2017" by the reading that the calendar allows, or the nearer to publication; else only the year is sure.
    fn ambiguous(&self, year: i16, first: i8, second: i8) -> Option<Date> {
        let (european, american) = (Date::ymd(year, second, first), Date::ymd(year, first, second));
        match (european, american) {
            (Some(one), Some(other)) if one != other => match self.published {
                Some(published) => {
                    let from_publication = |date: &Date| distance(date.first_day(), published).abs();
                    [one, other].into_iter().min_by_key(from_publication)
                }
                None => Date::year_only(year),
            },
            (one, other) => one.or(other),
        }
    }

    fn weekday(&self, weekday: i8, shift: Option<i64>) -> Option<civil::Date> {
        let published = self.published?;
        let back = i64::from(published.weekday().since(weekday_of(weekday)?));
        let ahead = (7 - back) % 7;
        let days = match (shift, self.direction) {
            (Some(shift), _) if shift < 0 => {
                if back == 0 {
                    -7
                } else {
                    -back
                }
            }
            (Some(shift), _) if shift > 0 => {
                if ahead == 0 {
                    7
                } else {
                    ahead
                }
            }
            (_, Direction::Future) => ahead,
            (_, Direction::Unknown) if ahead < back => ahead,
            _ => -back,
        };
        days_away(published, days)
    }

    /// A day away from publication, or from the last day of the date told before where it goes on.
    fn relative_day(&self, days: i64, from: Base) -> Option<Period> {
        let base = match from {
            Base::Told if days > 0 => {
                let told = self.told.iter().rev().find(|told| told.start.day().is_some())?;
                told.end.last_day()
            }
            _ => self.base(from, Unit::Days(1))?,
        };
        days_away(base, days).map(day)
    }

    fn weekend(&self, shift: Option<i64>) -> Option<Period> {
        let published = self.published?;
        let saturday = days_away(monday(published), 5)?;
        let is_on = published >= saturday;
        let weeks = match (shift, self.direction) {
            (Some(shift), _) if shift != 0 => shift.signum() - i64::from(shift > 0 && !is_on),
            (_, Direction::Past) if !is_on => -1,
            _ => 0,
        };
        let saturday = days_away(saturday, 7 * weeks)?;
        Some(Period { start: saturday.into(), end: days_away(saturday, 1)?.into() })
    }

    /// The year of a season, told by its first month; "this summer" is this year's.
    fn season(&self, first_month: i8, shift: i64) -> Option<Date> {
        let whole = |year| {
            let first = civil::Date::new(year, first_month, 1).ok()?;
            Some((first, months_away(first, 2)?.last_of_month()))
        };
        self.nearest(shift, whole).and_then(Date::year_only)
    }

    /// Both ends; the last counts from the first where it leaves its year or week open.
    fn range(&self, first: &Shape, last: &Shape) -> Option<Period> {
        let start = resolve(first, self)?.start;
        let ahead = Context {
            published: Some(start.first_day()),
            told_in_sentence: None,
            direction: Direction::Future,
            ..*self
        };
        let end = resolve(last, &ahead)?.end;
        (start.first_day() <= end.last_day()).then_some(Period { start, end })
    }
}

/// The week, month, year or decade that many units away from a day.
fn whole_unit(base: civil::Date, unit: Unit, count: i64) -> Option<Period> {
    match unit {
        Unit::Days(days) => days_away(base, days * count).map(day),
        Unit::Weeks(weeks) => {
            let start = monday(days_away(base, 7 * weeks * count)?);
            Some(Period { start: start.into(), end: days_away(start, 6)?.into() })
        }
        Unit::Months(1) => {
            let base = months_away(base.first_of_month(), count)?;
            Date::year_month(base.year(), base.month()).map(Period::of)
        }
        Unit::Months(months) => {
            let first = i64::from(base.month() - 1) / months * months + months * count;
            let start = months_away(civil::date(base.year(), 1, 1), first)?;
            months_between(start, months_away(start, months - 1)?)
        }
        Unit::Years(span) => {
            let first = i64::from(base.year()) / span * span + span * count;
            match span {
                1 => years(first, first),
                _ => years(first, first + span - 1),
            }
        }
    }
}

/// The stretch of some units that ends or begins with publication.
fn stretch(published: civil::Date, unit: Unit, count: i64, side: i64) -> Option<Period> {
    let away = scaled(unit, count * side);
    let other = match unit {
        Unit::Days(_) => days_away(published, away)?,
        Unit::Weeks(_) => days_away(published, 7 * away)?,
        Unit::Months(_) => months_away(published, away)?,
        Unit::Years(_) => months_away(published, 12 * away)?,
    };
    let (start, end) = (published.min(other), published.max(other));
    match unit {
        Unit::Days(_) | Unit::Weeks(_) => Some(Period { start: start.into(), end: end.into() }),
        Unit::Months(_) => months_between(start, end),
        Unit::Years(_) => years(start.year().into(), end.year().into()),
    }
}

fn scaled(unit: Unit, count: i64) -> i64 {
    let (Unit::Days(held) | Unit::Weeks(held) | Unit::Months(held) | Unit::Years(held)) = unit;
    held * count
}

fn months_between(start: civil::Date, end: civil::Date) -> Option<Period> {
    Some(Period {
        start: Date::year_month(start.year(), start.month())?,
        end: Date::year_month(end.year(), end.month())?,
    })
}

fn years(first: i64, last: i64) -> Option<Period> {
    let year = |year: i64| i16::try_from(year).ok().and_then(Date::year_only);
    Some(Period { start: year(first)?, end: year(last)? })
}

fn day(day: civil::Date) -> Period {
    Period::of(day.into())
}

/// A day so many days away; `None` past the ends of the calendar.
fn days_away(day: civil::Date, days: i64) -> Option<civil::Date> {
    within_calendar(day.checked_add(Span::new().try_days(days).ok()?).ok()?)
}

/// The same day so many months away, or the last of a shorter month; `None` past the ends of the calendar.
fn months_away(day: civil::Date, months: i64) -> Option<civil::Date> {
    within_calendar(day.checked_add(Span::new().try_months(months).ok()?).ok()?)
}

fn within_calendar(day: civil::Date) -> Option<civil::Date> {
    (day.year() > 0).then_some(day)
}

fn monday(day: civil::Date) -> civil::Date {
    days_away(day, -i64::from(day.weekday().to_monday_zero_offset())).unwrap_or(day)
}

fn distance(from: civil::Date, to: civil::Date) -> i32 {
    (to - from).get_days()
}

fn falls_on(year: i16, month: i8, day: i8, weekday: i8) -> bool {
    civil::Date::new(year, month, day).is_ok_and(|day| Some(day.weekday()) == weekday_of(weekday))
}

fn weekday_of(number: i8) -> Option<Weekday> {
    Weekday::from_monday_one_offset(number).ok()
}
