//! Dates as fine as the text says and no finer: `2017`, `2017-07`, `2017-07-07` (ISO 8601 reduced precision).

use std::fmt;
use std::str::FromStr;

use jiff::civil;
use serde::{Deserialize, Serialize};

/// A calendar date of year, month or day precision.
///
/// Orders by its first day, a coarser date before a finer one. Serialized as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Date {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

/// From a first to a last day (both included), each as fine as the text says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    pub start: Date,
    pub end: Date,
}

/// A text that is no date of the form `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, or a day that the calendar lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateError(String);

impl Date {
    /// A year from 1 to 9999, else `None`.
    pub fn year_only(year: i16) -> Option<Date> {
        (1..=9999).contains(&year).then_some(Date { year, month: None, day: None })
    }

    /// A month of a year, else `None` where there is no such month.
    pub fn year_month(year: i16, month: i8) -> Option<Date> {
        (1..=12)
            .contains(&month)
            .then(|| Date::year_only(year))
            .flatten()
            .map(|date| Date { month: Some(month), ..date })
    }

    /// A day, else `None` where the calendar has no such day.
    pub fn ymd(year: i16, month: i8, day: i8) -> Option<Date> {
        Date::year_only(year)?;
        civil::Date::new(year, month, day).ok().map(Date::from)
    }

    pub fn year(self) -> i16 {
        self.year
    }

    /// 1 to 12, where the date is that fine.
    pub fn month(self) -> Option<i8> {
        self.month
    }

    /// 1 to 31, where the date is that fine.
    pub fn day(self) -> Option<i8> {
        self.day
    }

    /// The first day that the date covers.
    pub fn first_day(self) -> civil::Date {
        civil::date(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    /// The last day that the date covers.
    pub fn last_day(self) -> civil::Date {
        match (self.month, self.day) {
            (Some(_), Some(_)) => self.first_day(),
            (Some(_), None) => self.first_day().last_of_month(),
            _ => civil::date(self.year, 12, 31),
        }
    }

    /// Whether one of the two covers the other: `2017-07` and `2017-07-07` agree, two days of one month do not.
    pub fn agrees(self, other: Date) -> bool {
        let finer = |a: Option<i8>, b: Option<i8>| a.zip(b).is_none_or(|(a, b)| a == b);
        self.year == other.year && finer(self.month, other.month) && finer(self.day, other.day)
    }
}

impl From<civil::Date> for Date {
    fn from(day: civil::Date) -> Date {
        Date { year: day.year(), month: Some(day.month()), day: Some(day.day()) }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Date, DateError> {
        let error = || DateError(text.to_owned());
        let mut parts = text.split('-');
        let mut number = |width: usize| match parts.next() {
            None => Ok(None),
            Some(part) if part.len() == width && part.bytes().all(|b| b.is_ascii_digit()) => {
                part.parse::<i16>().map(Some).map_err(|_| error())
            }
            Some(_) => Err(error()),
        };
        let (year, month, day) = (number(4)?.ok_or_else(error)?, number(2)?, number(2)?);
        if parts.next().is_some() {
            return Err(error());
        }
        match (month, day) {
            (None, _) => Date::year_only(year),
            (Some(month), None) => Date::year_month(year, month as i8),
            (Some(month), Some(day)) => Date::ymd(year, month as i8, day as i8),
        }
        .ok_or_else(error)
    }
}

impl From<Date> for String {
    fn from(date: Date) -> String {
        date.to_string()
    }
}

impl TryFrom<String> for Date {
    type Error = DateError;

    fn try_from(text: String) -> Result<Date, DateError> {
        text.parse()
    }
}

impl Period {
    /// One date, whole.
    pub fn of(date: Date) -> Period {
        Period { start: date, end: date }
    }

    /// Whether some day of it lies from the first day of `since` to the last of `until`; `None` sets no bound.
    pub fn is_within(self, since: Option<Date>, until: Option<Date>) -> bool {
        since.is_none_or(|since| self.end.last_day() >= since.first_day())
            && until.is_none_or(|until| self.start.first_day() <= until.last_day())
    }

    /// Whether the two share a day.
    pub fn overlaps(self, other: Period) -> bool {
        self.start.first_day() <= other.end.last_day() && other.start.first_day() <= self.end.last_day()
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.start == self.end {
            true => write!(f, "{}", self.start),
            false => write!(f, "{}/{}", self.start, self.end),
        }
    }
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no date of the form YYYY, YYYY-MM or YYYY-MM-DD", self.0)
    }
}

impl std::error::Error for DateError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().expect("a date")
    }

    #[test]
    fn dates_keep_their_precision() {
        for text in ["2017", "2017-07", "2017-07-07", "0476"] {
            assert_eq!(date(text).to_string(), text);
        }
        for text in ["", "17", "2017-13", "2017-02-29", "2017-07-07-01", "2017-7", "July 2017", "+017"] {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_month_agrees_with_its_days() {
        assert!(date("2017-07").agrees(date("2017-07-07")));
        assert!(!date("2017-07-08").agrees(date("2017-07-07")));
    }

    #[test]
    fn periods_overlap_by_the_day() {
        let year = Period::of(date("2016"));
        assert!(year.overlaps(Period { start: date("2015-12"), end: date("2016-01-01") }));
        assert!(!year.overlaps(Period::of(date("2017-01-01"))));
    }
}
