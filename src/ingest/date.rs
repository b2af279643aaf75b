//! Dates as articles write them, into days: "Wednesday, May 26, 2021", "3rd March 2019", "09/07/2017", "2019-03-04T10:15Z".
//!
//! Dates without a year are left to the reading of time expressions. The names of months and weekdays come from
//! [`Calendar`]; a date in digits that could be two is settled by [`settle`].

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use crate::base::Date;
use crate::error::Error;
use crate::schema::{Calendar, DateCue};

/// Whether day or month comes first in a date such as 09/07/2017.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DateOrder {
    DayFirst,
    MonthFirst,
}

impl DateOrder {
    pub const ALL: [DateOrder; 2] = [DateOrder::DayFirst, DateOrder::MonthFirst];

    /// The name that the command line uses: `dmy` or `mdy`.
    pub fn name(self) -> &'static str {
        match self {
            DateOrder::DayFirst => "dmy",
            DateOrder::MonthFirst => "mdy",
        }
    }

    fn other(self) -> DateOrder {
        match self {
            DateOrder::DayFirst => DateOrder::MonthFirst,
            DateOrder::MonthFirst => DateOrder::DayFirst,
        }
    }

    fn in_words(self) -> &'static str {
        match self {
            DateOrder::DayFirst => "day first",
            DateOrder::MonthFirst => "month first",
        }
    }
}

impl fmt::Display for DateOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for DateOrder {
    type Err = Error;

    fn from_str(text: &str) -> Result<DateOrder, Error> {
        DateOrder::ALL.into_iter().find(|order| order.name() == text).ok_or_else(|| {
            Error::new(format!("unknown order of dates `{text}`"))
                .hint("say `dmy` if 09/07/2017 is 9 July, `mdy` if it is September 7")
        })
    }
}

/// A full date in a line.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct WrittenDate {
    /// Bytes of the line, without weekday and cue.
    pub range: Range<usize>,
    pub reading: Reading,
    /// The weekday that stands beside it, from 1 for Monday.
    pub weekday: Option<i8>,
    /// What the line says it is the date of.
    pub cue: Option<DateCue>,
}

/// What a written date can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    One(Date),
    /// Two numbers of which either may be the month.
    Either {
        day_first: Date,
        month_first: Date,
    },
}

/// A line that is nothing but a date and what goes with it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct DateLine {
    pub dates: Vec<WrittenDate>,
    /// Bytes of the line: the "Cairo" of "Cairo, May 26, 2021".
    pub place: Option<Range<usize>>,
}

/// Finds the full dates in a line, from left to right.
pub(super) fn dates(line: &str) -> Vec<WrittenDate> {
    dates_among(line, &pieces(line)).into_iter().map(|(_, date)| date).collect()
}

/// The one date in a machine's field, such as `2019-03-04T10:15:00+01:00`.
pub(super) fn field(value: &str) -> Option<WrittenDate> {
    dates(value.trim()).into_iter().next()
}

/// Whether a line is nothing but dates, weekdays, clock times, words that announce a date, and perhaps a place first.
pub(super) fn date_line(line: &str) -> Option<DateLine> {
    if line.chars().count() > LONGEST_DATE_LINE {
        return None;
    }
    let pieces = pieces(line);
    let found = dates_among(line, &pieces);
    let first = found.first()?.0.start;
    let place = place_before(&pieces[..first]);
    let skipped = place.as_ref().map_or(0, |place| place.end);
    let in_date = |i: usize| i < skipped || found.iter().any(|(range, _)| range.contains(&i));
    let rest: Vec<usize> = (0..pieces.len()).filter(|&i| !in_date(i) && !is_weekday(&pieces[i])).collect();
    if !rest_belongs_to_date(line, &pieces, &rest) {
        return None;
    }
    let place = place.map(|range| pieces[range.start].range.start..pieces[range.end - 1].range.end);
    Some(DateLine { dates: found.into_iter().map(|(_, date)| date).collect(), place })
}

/// Settles a date by what the text gives; returns a note where it gives nothing.
///
/// `others` are full dates near by, `weekdays` those of the same head; `order` decides before either.
pub(super) fn settle(
    written: &WrittenDate,
    line: &str,
    order: Option<DateOrder>,
    weekdays: &[i8],
    others: &[Date],
) -> (Date, Option<String>) {
    let (day_first, month_first) = match written.reading {
        Reading::One(date) => return (date, None),
        Reading::Either { day_first, month_first } => (day_first, month_first),
    };
    let date_of = |order| if order == DateOrder::DayFirst { day_first } else { month_first };
    let beside = written.weekday.as_slice();
    let decided = order
        .or_else(|| by_weekday(beside, date_of))
        .or_else(|| by_weekday(weekdays, date_of))
        .or_else(|| by_neighbour(others, date_of));
    match decided {
        Some(order) => (date_of(order), None),
        None => (day_first, Some(guess_note(&line[written.range.clone()], DateOrder::DayFirst, date_of))),
    }
}

/// "Last updated at 10:15 a.m. Eastern Standard Time on Wednesday, September 26, 2021, by the …" is about as long as such lines get.
const LONGEST_DATE_LINE: usize = 120;
/// Words beside a clock time, such as "at", "a.m." (two pieces), "local time", "GMT".
const MOST_TIME_WORDS: usize = 5;
/// "Rio de Janeiro", "Sharm El Sheikh", and one to spare.
const MOST_PLACE_WORDS: usize = 4;
/// Days: an article speaks of what happened within two weeks, and the wrong reading is at least a month off.
const NEAR: i64 = 14;

fn by_weekday(weekdays: &[i8], date_of: impl Fn(DateOrder) -> Date) -> Option<DateOrder> {
    let fits = |order| {
        let weekday = date_of(order).first_day().weekday().to_monday_one_offset();
        weekdays.contains(&weekday)
    };
    only(fits)
}

fn by_neighbour(others: &[Date], date_of: impl Fn(DateOrder) -> Date) -> Option<DateOrder> {
    only(|order| others.iter().any(|other| days_between(*other, date_of(order)) <= NEAR))
}

/// The order that fits, where the other doesn't.
fn only(fits: impl Fn(DateOrder) -> bool) -> Option<DateOrder> {
    DateOrder::ALL.into_iter().find(|order| fits(*order) && !fits(order.other()))
}

fn days_between(one: Date, other: Date) -> i64 {
    one.first_day().duration_until(other.first_day()).as_hours().abs() / 24
}

fn guess_note(text: &str, order: DateOrder, date_of: impl Fn(DateOrder) -> Date) -> String {
    let other = order.other();
    format!(
        "the date {text} was read {}, as {}; say --date-order {other} if it is {}",
        order.in_words(),
        date_of(order),
        date_of(other)
    )
}

/// A word, a number or a sign in a line.
struct Piece<'a> {
    text: &'a str,
    range: Range<usize>,
    kind: PieceKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum PieceKind {
    Word,
    Number,
    Sign,
}

impl Piece<'_> {
    fn is(&self, sign: &str) -> bool {
        self.text == sign
    }

    /// The number, where it has so many digits.
    fn number(&self, digits: Range<usize>) -> Option<i16> {
        (self.kind == PieceKind::Number && digits.contains(&self.text.len())).then(|| self.text.parse().ok()).flatten()
    }

    fn month(&self) -> Option<i8> {
        (self.kind == PieceKind::Word).then(|| Calendar::built_in().month(self.text)).flatten()
    }
}

fn is_weekday(piece: &Piece) -> bool {
    weekday(piece).is_some()
}

fn weekday(piece: &Piece) -> Option<i8> {
    (piece.kind == PieceKind::Word).then(|| Calendar::built_in().weekday(piece.text)).flatten()
}

/// The weekdays named in a line.
pub(super) fn weekdays(line: &str) -> Vec<i8> {
    pieces(line).iter().filter_map(weekday).collect()
}

fn pieces(line: &str) -> Vec<Piece<'_>> {
    let mut pieces: Vec<Piece> = Vec::new();
    for (at, c) in line.char_indices().filter(|(_, c)| !c.is_whitespace()) {
        let kind = kind_of(c);
        let end = at + c.len_utf8();
        match pieces.last_mut() {
            Some(last) if last.kind == kind && kind != PieceKind::Sign && last.range.end == at => {
                last.range.end = end;
                last.text = &line[last.range.clone()];
            }
            _ => pieces.push(Piece { text: &line[at..end], range: at..end, kind }),
        }
    }
    pieces
}

fn kind_of(c: char) -> PieceKind {
    match c {
        _ if c.is_ascii_digit() => PieceKind::Number,
        _ if c.is_alphanumeric() => PieceKind::Word,
        _ => PieceKind::Sign,
    }
}

/// The dates, each with the pieces that it takes.
fn dates_among(line: &str, pieces: &[Piece]) -> Vec<(Range<usize>, WrittenDate)> {
    let mut found: Vec<(Range<usize>, WrittenDate)> = Vec::new();
    let mut i = 0;
    while i < pieces.len() {
        let Some((reading, end)) = date_at(pieces, i) else {
            i += 1;
            continue;
        };
        let after = found.last().map_or(0, |(range, _)| range.end);
        let written = WrittenDate {
            range: pieces[i].range.start..pieces[end - 1].range.end,
            reading,
            weekday: weekday_beside(pieces, i, end),
            cue: cue_among(line, &pieces[after..i]),
        };
        found.push((i..end, written));
        i = end;
    }
    found
}

/// The weekday before or after a date, with nothing but a comma or a bracket between.
fn weekday_beside(pieces: &[Piece], start: usize, end: usize) -> Option<i8> {
    let before = pieces[..start].iter().rev().find(|piece| piece.kind != PieceKind::Sign);
    let after = pieces[end..].iter().find(|piece| piece.kind != PieceKind::Sign);
    before.and_then(weekday).or_else(|| after.and_then(weekday))
}

/// What the last announcing word or pair of words says: the "Updated" of "Published Monday, updated 4 March 2019".
fn cue_among(line: &str, pieces: &[Piece]) -> Option<DateCue> {
    (0..pieces.len()).rev().find_map(|i| cue_at(line, pieces, i)).map(|(cue, _)| cue)
}

/// The cue that ends with a piece, and how many pieces it takes.
fn cue_at(line: &str, pieces: &[Piece], last: usize) -> Option<(DateCue, usize)> {
    let cue = |count: usize| {
        let first = (last + 1).checked_sub(count)?;
        let phrase = &line[pieces[first].range.start..pieces[last].range.end];
        Calendar::built_in().cue(phrase).map(|cue| (cue, count))
    };
    cue(2).or_else(|| cue(1))
}

/// Whether what a line has beside its dates is signs, cues and a clock time with its words.
fn rest_belongs_to_date(line: &str, pieces: &[Piece], rest: &[usize]) -> bool {
    let mut in_cue = vec![false; pieces.len()];
    for &i in rest {
        if let Some((_, count)) = cue_at(line, pieces, i) {
            in_cue[i + 1 - count..=i].fill(true);
        }
    }
    let words = |kind| rest.iter().filter(|&&i| pieces[i].kind == kind && !in_cue[i]).count();
    let has_time = words(PieceKind::Number) > 0;
    let most = if has_time || in_cue.contains(&true) { MOST_TIME_WORDS } else { 0 };
    words(PieceKind::Word) <= most && words(PieceKind::Number) <= MOST_TIME_WORDS
}

/// The pieces of a place before a date: capitalized words and commas, the last sign a comma.
fn place_before(pieces: &[Piece]) -> Option<Range<usize>> {
    let bullet = pieces.iter().take_while(|piece| piece.kind == PieceKind::Sign).count();
    let words = pieces[bullet..].iter().take_while(|piece| piece.kind == PieceKind::Word && !is_weekday(piece)).count();
    let named = &pieces[bullet..bullet + words];
    let cue = named.iter().any(|piece| Calendar::built_in().cue(piece.text).is_some());
    let capital = named.first().is_some_and(|piece| piece.text.starts_with(char::is_uppercase));
    let comma = pieces.get(bullet + words).is_some_and(|piece| piece.is(","));
    (capital && comma && !cue && words <= MOST_PLACE_WORDS).then_some(bullet..bullet + words)
}

/// A date that starts at a piece, and the piece after it.
fn date_at(pieces: &[Piece], start: usize) -> Option<(Reading, usize)> {
    if start > 0 && continues_number(&pieces[start - 1], &pieces[start]) {
        return None;
    }
    let readers = [year_first, in_digits, month_name_first, day_and_month_name];
    let (reading, end) = readers.iter().find_map(|read| read(pieces, start))?;
    let runs_on =
        pieces.get(end).is_some_and(|next| continues_number(next, &pieces[end - 1]) && is_number(pieces, end + 1));
    (!runs_on).then_some((reading, end))
}

fn is_number(pieces: &[Piece], i: usize) -> bool {
    pieces.get(i).is_some_and(|piece| piece.kind == PieceKind::Number)
}

/// Whether a sign ties a number to another: in 127.0.0.2019 and 555-12-3456 no date begins in the middle.
fn continues_number(sign: &Piece, number: &Piece) -> bool {
    let glued = sign.range.end == number.range.start || number.range.end == sign.range.start;
    glued && number.kind == PieceKind::Number && [".", "/", "-"].contains(&sign.text)
}

/// 2019-03-04, 2019/3/4.
fn year_first(pieces: &[Piece], i: usize) -> Option<(Reading, usize)> {
    let [year, sign, month, same, day] = pieces.get(i..i + 5)? else { return None };
    separates(sign, same).then_some(())?;
    let date = ymd(year.number(4..5)?, month.number(1..3)?, day.number(1..3)?)?;
    Some((Reading::One(date), i + 5))
}

/// 09/07/2017, 9.7.2017, 9-7-2017, 9/7/17.
fn in_digits(pieces: &[Piece], i: usize) -> Option<(Reading, usize)> {
    let [one, sign, other, same, year] = pieces.get(i..i + 5)? else { return None };
    let glued = pieces[i..i + 5].windows(2).all(|pair| pair[0].range.end == pair[1].range.start);
    (glued && separates(sign, same)).then_some(())?;
    let year = year.number(4..5).or_else(|| sign.is("/").then(|| year.number(2..3)).flatten().map(full_year))?;
    let (one, other) = (one.number(1..3)?, other.number(1..3)?);
    let reading = match (ymd(year, other, one), ymd(year, one, other)) {
        (Some(day_first), Some(month_first)) if day_first != month_first => Reading::Either { day_first, month_first },
        (day_first, month_first) => Reading::One(day_first.or(month_first)?),
    };
    Some((reading, i + 5))
}

fn separates(sign: &Piece, same: &Piece) -> bool {
    ["/", "-", "."].contains(&sign.text) && sign.text == same.text
}

/// POSIX: 69 to 99 are of the last century.
fn full_year(two_digits: i16) -> i16 {
    two_digits + if two_digits < 69 { 2000 } else { 1900 }
}

/// March 4, 2019; Sept. 4th 2019.
fn month_name_first(pieces: &[Piece], i: usize) -> Option<(Reading, usize)> {
    let month = pieces.get(i)?.month()?;
    let (day, after) = day_at(pieces, skip(pieces, i + 1, &["."]))?;
    let at = skip(pieces, after, &[","]);
    let year = pieces.get(at)?.number(4..5)?;
    Some((Reading::One(ymd(year, month.into(), day)?), at + 1))
}

/// 4 March 2019; 4th of Sept., 2019; 4-Mar-2019.
fn day_and_month_name(pieces: &[Piece], i: usize) -> Option<(Reading, usize)> {
    let (day, after) = day_at(pieces, i)?;
    let at = skip(pieces, after, &[".", "-", "/"]);
    let at = at + usize::from(is_particle(pieces, at));
    let month = pieces.get(at)?.month()?;
    let at = skip(pieces, skip(pieces, at + 1, &["."]), &[",", "-", "/"]);
    let year = pieces.get(at)?.number(4..5)?;
    Some((Reading::One(ymd(year, month.into(), day)?), at + 1))
}

/// A day of a month with or without the ending of an ordinal, and the piece after it.
fn day_at(pieces: &[Piece], i: usize) -> Option<(i16, usize)> {
    let day = pieces.get(i)?;
    let glued = pieces.get(i + 1).is_some_and(|next| next.range.start == day.range.end);
    let ordinal = glued && is_particle(pieces, i + 1);
    Some((day.number(1..3)?, i + 1 + usize::from(ordinal)))
}

/// The "th" of 4th, the "of" of "4th of July".
fn is_particle(pieces: &[Piece], i: usize) -> bool {
    pieces.get(i).is_some_and(|piece| {
        piece.kind == PieceKind::Word && piece.text.len() == 2 && piece.text.chars().all(char::is_lowercase)
    })
}

fn skip(pieces: &[Piece], i: usize, signs: &[&str]) -> usize {
    i + usize::from(pieces.get(i).is_some_and(|piece| signs.contains(&piece.text)))
}

/// A day in the time of newspapers, so that 1234-12-12 stays a number.
fn ymd(year: i16, month: i16, day: i16) -> Option<Date> {
    let date = Date::ymd(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)?;
    (1600..2200).contains(&year).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The first date of a line, settled by what the line gives, and whether a note came of it.
    fn read(line: &str, order: Option<DateOrder>) -> String {
        let all = dates(line);
        let others: Vec<Date> = all.iter().filter_map(|date| certain(date.reading)).collect();
        let Some(first) = all.first() else { return "none".to_owned() };
        let (date, note) = settle(first, line, order, &[], &others);
        format!("{date}{}", if note.is_some() { "?" } else { "" })
    }

    fn certain(reading: Reading) -> Option<Date> {
        match reading {
            Reading::One(date) => Some(date),
            Reading::Either { .. } => None,
        }
    }

    #[test]
    fn the_common_ways_to_write_a_date() {
        let lines = [
            "Monday, March 4, 2019",
            "March 4 2019",
            "4 March 2019",
            "4th of March, 2019",
            "Mon 4-Mar-2019",
            "Mar. 4th, 2019",
            "2019-03-04T10:15:00+01:00",
            "2019/03/04",
            "published 04 MAR 2019 at 9.30",
        ];
        for line in lines {
            assert_eq!(read(line, None), "2019-03-04", "{line}");
        }
    }

    #[test]
    fn what_only_looks_like_a_date() {
        let lines =
            ["March 4", "March 2019", "31 February 2019", "127.0.0.2019", "555-12-03-2019", "1/2", "4 marching 2019"];
        for line in lines {
            assert_eq!(read(line, None), "none", "{line}");
        }
    }

    #[test]
    fn a_date_in_digits_is_settled_by_what_the_text_gives() {
        assert_eq!(read("09/07/2017", None), "2017-07-09?");
        assert_eq!(read("09/07/2017", Some(DateOrder::MonthFirst)), "2017-09-07");
        assert_eq!(read("25/07/2017", Some(DateOrder::MonthFirst)), "2017-07-25");
        assert_eq!(read("07/25/17", None), "2017-07-25");
        assert_eq!(read("7/7/2017", None), "2017-07-07");
        assert_eq!(read("Sunday 09/07/2017", None), "2017-07-09");
        assert_eq!(read("09/07/2017 (Thursday)", None), "2017-09-07");
        assert_eq!(read("Friday 09/07/2017", None), "2017-07-09?");
        assert_eq!(read("09/07/2017, first seen on September 5, 2017", None), "2017-09-07");
    }

    #[test]
    fn the_note_says_what_to_do() {
        let line = "  • 09/07/2017";
        let (_, note) = settle(&dates(line)[0], line, None, &[], &[]);
        let expected =
            "the date 09/07/2017 was read day first, as 2017-07-09; say --date-order mdy if it is 2017-09-07";
        assert_eq!(note.as_deref(), Some(expected));
    }

    #[test]
    fn a_line_of_nothing_but_a_date() {
        let yes = [
            "  • 09/07/2017",
            "Published: 3 March 2019 10:15 GMT",
            "First published on Sunday, 3 March 2019 at 10.15am; last updated 4 March 2019",
            "Updated 10:15 AM ET, Mon March 4, 2019",
            "Cairo, May 26, 2021",
            "(May 26, 2021)",
        ];
        for line in yes {
            assert!(date_line(line).is_some(), "{line}");
        }
        let no = [
            "Board Meeting – Thursday, June 17, 2021",
            "The treaty of 3 March 2019",
            "He was born on May 26, 1960.",
            "Published by the ministry of foreign affairs of the republic on 3 March 2019",
            "Published",
        ];
        for line in no {
            assert!(date_line(line).is_none(), "{line}");
        }
    }

    #[test]
    fn cues_belong_to_the_date_behind_them() {
        let line = date_line("Published 3 March 2019, last updated 4 March 2019").expect("a date line");
        let cues: Vec<_> = line.dates.iter().map(|date| date.cue).collect();
        assert_eq!(cues, [Some(DateCue::Published), Some(DateCue::Updated)]);
    }

    #[test]
    fn orders_have_names() {
        for order in DateOrder::ALL {
            assert_eq!(order.name().parse::<DateOrder>().ok(), Some(order));
        }
        assert!("ymd".parse::<DateOrder>().is_err());
    }

    proptest! {
        #[test]
        fn a_day_reads_back_however_it_is_written(year in 1900i16..2100, month in 1i8..13, day in 1i8..29) {
            let date = Date::ymd(year, month, day).expect("a day");
            let written = date.first_day().strftime("%A, %B %-d, %Y|%-d %b %Y|%Y-%m-%d|%d.%m.%Y").to_string();
            for text in written.split('|') {
                prop_assert_eq!(read(text, Some(DateOrder::DayFirst)), date.to_string());
            }
        }

        #[test]
        fn any_line_is_read_without_panic(line in "\\PC*|([0-9]{1,4}[/. -]|March |of |, |é){0,12}") {
            for date in dates(&line) {
                prop_assert!(line.is_char_boundary(date.range.start) && line.is_char_boundary(date.range.end));
            }
            date_line(&line);
        }
    }
}
