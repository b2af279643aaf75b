//! The first paragraphs of an article into its headline, its day of publication and its dateline.
//!
//! "Talks resume / • 09/07/2017 / HAMBURG (AP) — The leaders met." has one of each.

use std::ops::Range;

use crate::base::{CharSpan, Date};
use crate::schema::{Calendar, DateCue};

use super::article::{Article, Dateline, Paragraph, ParagraphKind};
use super::date::{self, DateLine, DateOrder, Reading, WrittenDate};
use super::paragraph::{Block, ends_sentence, is_item};

/// Fills in title, paragraphs, dateline and, unless it is known, day of publication.
///
/// `has_headline` tells that the first block is known to be the headline.
pub(super) fn describe(article: &mut Article, blocks: &[Block], has_headline: bool, order: Option<DateOrder>) {
    let head = Head::new(&article.text, blocks, has_headline);
    let published = head.published(order);
    article.paragraphs = head.paragraphs(blocks);
    article.title_span = head.headline.map(|i| head.title_span(&blocks[i]));
    article.dateline = head.dateline();
    article.title = article.title_span.map(|span| one_line(article.slice(span))).unwrap_or_default();
    if let (None, Some((date, notes))) = (article.published, published) {
        article.published = Some(date);
        article.notes.extend(notes);
    }
}

/// The note for an article that tells only when it was last changed.
pub(super) fn update_note(date: Date) -> String {
    format!("no day of publication is told; {date}, the day of the last update, stands for it")
}

/// Paragraphs that may hold a date of publication: headline, two bylines, two dates, a standfirst, the first two of the story.
const HEAD: usize = 8;
/// Code points: "Joint Statement by …" runs to 250 and a first paragraph is seldom without a full stop.
const LONGEST_HEADLINE: usize = 300;
/// Letters: title case leaves "from" and "with" small, nothing longer.
const LONG_WORD: usize = 5;
/// Code points: longer paragraphs are story, not byline.
const LONGEST_BYLINE: usize = 160;
/// "Rio de Janeiro", "SALT LAKE CITY"; with four, headings in capitals begin.
const MOST_PLACE_WORDS: usize = 3;
/// Bytes: "SHARM EL-SHEIKH, Egypt, Nov. 7, 2022 (Xinhua) —" and the like.
const LONGEST_DATELINE: usize = 120;

struct Head<'a> {
    text: &'a str,
    blocks: &'a [Block],
    lines: Vec<&'a str>,
    date_lines: Vec<Option<DateLine>>,
    headline: Option<usize>,
    opening: Option<(usize, Opening)>,
}

/// A date that may be that of publication.
struct Candidate<'a> {
    rank: u8,
    line: &'a str,
    date: WrittenDate,
}

/// The ranks of candidates, best first.
const SAID_TO_BE_PUBLISHED: u8 = 0;
const ALONE: u8 = 1;
const IN_DATELINE: u8 = 2;
const IN_BYLINE: u8 = 3;
const SAID_TO_BE_UPDATED: u8 = 4;

impl<'a> Head<'a> {
    fn new(text: &'a str, blocks: &'a [Block], has_headline: bool) -> Head<'a> {
        let lines: Vec<&str> = blocks.iter().take(HEAD).map(|block| block.text(text)).collect();
        let date_lines: Vec<Option<DateLine>> = lines.iter().map(|line| date::date_line(line)).collect();
        let first = date_lines.iter().position(|line| line.as_ref().is_none_or(|line| line.place.is_some()));
        let headline = match has_headline {
            true => Some(0),
            false => {
                first.filter(|&i| blocks.len() > i + 1 && (is_headline(lines[i]) || stands_above_story(&lines[i..])))
            }
        };
        let mut head = Head { text, blocks, lines, date_lines, headline, opening: None };
        if let Some(line) = headline.and_then(|i| head.date_lines.get_mut(i)) {
            *line = None;
        }
        head.drop_dates_inside_the_story();
        head.opening = (0..head.lines.len()).find_map(|i| head.opening_at(i).map(|opening| (i, opening)));
        head
    }

    /// After the story's first sentence only a date that is said to be that of publication stands for itself.
    fn drop_dates_inside_the_story(&mut self) {
        let story = |i: &usize| self.headline != Some(*i) && self.date_lines[*i].is_none() && is_story(self.lines[*i]);
        let Some(start) = (0..self.lines.len()).find(story) else { return };
        for line in &mut self.date_lines[start..] {
            line.take_if(|line| line.dates.iter().all(|date| date.cue.is_none()));
        }
    }

    fn paragraphs(&self, blocks: &[Block]) -> Vec<Paragraph> {
        let kind = |i: usize| match self.date_lines.get(i) {
            _ if self.headline == Some(i) => ParagraphKind::Headline,
            Some(Some(_)) => ParagraphKind::Date,
            _ => ParagraphKind::Body,
        };
        blocks.iter().enumerate().map(|(i, block)| Paragraph { span: block.chars, kind: kind(i) }).collect()
    }

    /// The headline without the marks that set it off, as in `# Talks resume`.
    fn title_span(&self, block: &Block) -> CharSpan {
        let text = block.text(self.text);
        let marks = |c: char| "#*=".contains(c) || c.is_whitespace();
        let bare = text.trim_start_matches(marks);
        let start = block.chars.start + chars_in(&text[..text.len() - bare.len()]);
        CharSpan::new(start, start + chars_in(bare.trim_end_matches(marks)))
    }

    fn opening_at(&self, i: usize) -> Option<Opening> {
        let skipped = self.headline == Some(i) || self.date_lines[i].is_some();
        (!skipped).then(|| opening(self.lines[i])).flatten()
    }

    fn dateline(&self) -> Option<Dateline> {
        let of = |i: usize, span: Range<usize>, place: Option<Range<usize>>| {
            let (block, line) = (&self.blocks[i], self.lines[i]);
            let at = |byte: usize| block.chars.start + chars_in(&line[..byte]);
            let chars = |bytes: Range<usize>| CharSpan::new(at(bytes.start), at(bytes.end));
            Dateline { span: chars(span), place: place.map(chars) }
        };
        let alone = self.date_lines.iter().enumerate().find_map(|(i, line)| {
            let place = line.as_ref()?.place.clone()?;
            Some(of(i, 0..self.lines[i].len(), Some(place)))
        });
        self.opening.as_ref().map(|(i, opening)| of(*i, opening.span.clone(), opening.place.clone())).or(alone)
    }

    fn published(&self, order: Option<DateOrder>) -> Option<(Date, Vec<String>)> {
        let best = self.candidates().into_iter().min_by_key(|candidate| candidate.rank)?;
        let (date, note) = date::settle(&best.date, best.line, order, &self.weekdays(), &self.other_dates());
        let update = (best.rank == SAID_TO_BE_UPDATED).then(|| update_note(date));
        Some((date, note.into_iter().chain(update).collect()))
    }

    fn candidates(&self) -> Vec<Candidate<'a>> {
        let mut all = Vec::new();
        for (i, line) in self.lines.iter().copied().enumerate().filter(|(i, _)| self.headline != Some(*i)) {
            let (base, dates) = match (&self.date_lines[i], &self.opening) {
                (Some(found), _) => (ALONE, found.dates.clone()),
                (None, Some((at, opening))) if *at == i => (IN_DATELINE, date::dates(&line[opening.span.clone()])),
                _ if is_story(line) || is_item(line) => break,
                _ if chars_in(line) <= LONGEST_BYLINE => (IN_BYLINE, date::dates(line)),
                _ => break,
            };
            all.extend(dates.into_iter().map(|date| Candidate { rank: rank(base, date.cue), line, date }));
        }
        all
    }

    /// The weekdays in the head's lines that are no sentences: "Sunday" above "09/07/2017".
    fn weekdays(&self) -> Vec<i8> {
        let lines = self.lines.iter().enumerate().filter(|(i, line)| self.headline != Some(*i) && !is_story(line));
        lines.flat_map(|(_, line)| date::weekdays(line)).collect()
    }

    fn other_dates(&self) -> Vec<Date> {
        let certain = |date: WrittenDate| match date.reading {
            Reading::One(date) => Some(date),
            Reading::Either { .. } => None,
        };
        self.lines.iter().flat_map(|line| date::dates(line)).filter_map(certain).collect()
    }
}

fn rank(base: u8, cue: Option<DateCue>) -> u8 {
    match cue {
        Some(DateCue::Published) => SAID_TO_BE_PUBLISHED,
        Some(DateCue::Updated) => SAID_TO_BE_UPDATED,
        None => base,
    }
}

/// Whether a first paragraph is a headline: short, and no sentence or in title case; "Minister to visit U.S." ends in an
/// abbreviation.
fn is_headline(line: &str) -> bool {
    let last_word = line.split_whitespace().last().unwrap_or_default();
    let abbreviation = last_word.trim_end_matches('.').contains('.');
    let stops = ends_sentence(line) && !line.ends_with(['!', '?', '\'', '’', '"', '”']) && !abbreviation;
    let leads_on = line.ends_with([',', ';', ':']);
    (!stops || is_title_case(line))
        && !leads_on
        && !is_item(line)
        && opening(line).is_none()
        && chars_in(line) <= LONGEST_HEADLINE
}

/// Whether a first paragraph is a headline since a dateline, with which a story begins, opens the second.
fn stands_above_story(lines: &[&str]) -> bool {
    let above = |line: &str| chars_in(line) <= LONGEST_BYLINE && !is_item(line) && opening(line).is_none();
    above(lines[0]) && lines.get(1).is_some_and(|line| opening(line).is_some())
}

/// Whether every long word of several is capitalized: "Parents Rally to Reclaim Their Schools."
fn is_title_case(line: &str) -> bool {
    let mut words = line.split_whitespace().map(|word| word.trim_start_matches(|c: char| !c.is_alphanumeric()));
    let long = |word: &&str| word.chars().filter(|c| c.is_alphabetic()).count() >= LONG_WORD;
    words.clone().filter(long).count() >= 3 && words.all(|word| !long(&word) || !word.starts_with(char::is_lowercase))
}

fn is_story(line: &str) -> bool {
    ends_sentence(line) && chars_in(line) > LONGEST_BYLINE / 4
}

fn chars_in(text: &str) -> usize {
    text.chars().count()
}

fn one_line(text: &str) -> String {
    match text.contains(['\n', '\r']) {
        true => text.split_whitespace().collect::<Vec<_>>().join(" "),
        false => text.to_owned(),
    }
}

/// A dateline that opens a paragraph, in bytes of it.
#[derive(Debug, PartialEq)]
struct Opening {
    span: Range<usize>,
    place: Option<Range<usize>>,
}

/// Finds "MOSCOW, July 7 (Reuters) —" at the start of a paragraph.
///
/// A place, then at least one of capitals throughout, a date, an agency in brackets; then a dash, then a capital.
fn opening(line: &str) -> Option<Opening> {
    let (end, after) = first_dash(line)?;
    let begins = after.trim_start().trim_start_matches(['"', '“', '‘', '\'', '(']);
    begins.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()).then_some(())?;
    let span = line[..end].trim_end();
    let (before_agency, has_agency) = without_agency(span);
    let mut parts = before_agency.split(',');
    let first = parts.next()?.trim_end();
    let rest: Vec<&str> = parts.map(str::trim).collect();
    let place = place_of(first);
    let dated = place != Some(first) || rest.iter().any(|part| is_dated(part));
    let named = place.is_none_or(is_place) && rest.iter().all(|part| is_dated(part) || is_place(part));
    (named && (has_agency || dated || place.is_some_and(is_capitals)))
        .then(|| Opening { span: 0..span.len(), place: place.map(|place| 0..place.len()) })
}

/// The place in the first part of a dateline: the "Cairo" of "Cairo" and of "Cairo 26 May 2021", none in "Dec 29".
fn place_of(part: &str) -> Option<&str> {
    if is_dated(part) {
        return None;
    }
    let date = part.match_indices(' ').map(|(at, _)| at).find(|&at| is_dated(part[at..].trim_start()));
    Some(date.map_or(part, |at| part[..at].trim_end()))
}

fn is_capitals(place: &str) -> bool {
    place.chars().filter(|c| c.is_alphabetic()).count() > 2 && !place.contains(char::is_lowercase)
}

/// Where the first free-standing dash begins, and what follows it.
fn first_dash(line: &str) -> Option<(usize, &str)> {
    let dashes = line.char_indices().take_while(|(at, _)| *at < LONGEST_DATELINE).filter(|(_, c)| "—―–-".contains(*c));
    for (at, c) in dashes {
        let (before, after) = (&line[..at], line[at + c.len_utf8()..].trim_start_matches('-'));
        let free = before.ends_with(char::is_whitespace) && after.starts_with(char::is_whitespace);
        if free || before.ends_with(')') || matches!(c, '—' | '―') {
            return Some((at, after));
        }
    }
    None
}

/// Takes "(Reuters)" or "(AFP/Getty)" from the end.
fn without_agency(text: &str) -> (&str, bool) {
    let agency = text.strip_suffix(')').and_then(|text| text.rsplit_once('('));
    let is_name = |name: &str| name.len() > 1 && name.chars().all(|c| c.is_alphabetic() || " ./&".contains(c));
    match agency {
        Some((before, name)) if is_name(name) => (before.trim_end(), true),
        _ => (text, false),
    }
}

/// Whether a part of a dateline begins with a month or a weekday, or is a day or a year.
fn is_dated(part: &str) -> bool {
    let word = part.split_whitespace().next().unwrap_or_default();
    let calendar = Calendar::built_in();
    calendar.month(word).is_some() || calendar.weekday(word).is_some() || word.starts_with(|c: char| c.is_ascii_digit())
}

/// Capitalized words with short ones between: "Rio de Janeiro", "WASHINGTON", "St. Petersburg".
fn is_place(part: &str) -> bool {
    let words: Vec<&str> = part.split_whitespace().collect();
    let lettered = |word: &str| word.chars().all(|c| c.is_alphabetic() || ".-'’".contains(c));
    let fits = |word: &&str| lettered(word) && (word.starts_with(char::is_uppercase) || word.len() <= 3);
    (1..=MOST_PLACE_WORDS).contains(&words.len()) && words[0].starts_with(char::is_uppercase) && words.iter().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The headline, day of publication and dateline's place of a text, and how many notes came of it.
    fn check(text: &str, title: &str, published: &str, place: &str, notes: usize) {
        let article = Article::new("-", text);
        let date = article.published.map(|date| date.to_string()).unwrap_or_default();
        let found =
            article.dateline.and_then(|dateline| dateline.place).map(|place| article.slice(place)).unwrap_or_default();
        let all = (article.title.as_str(), date.as_str(), found, article.notes.len());
        assert_eq!(all, (title, published, place, notes), "{text}: {:?}", article.notes);
    }

    #[test]
    fn a_headline_and_a_date_line() {
        check("Talks resume\n\nMonday, March 4, 2019\n\nThe envoys met.", "Talks resume", "2019-03-04", "", 0);
        check("Talks resume\n  • 09/07/2017\n\nThe envoys met.", "Talks resume", "2017-07-09", "", 1);
        check("4 March 2019\n\nTalks resume\n\nThe envoys met.", "Talks resume", "2019-03-04", "", 0);
        check("# Talks resume\n\nThe envoys met.", "Talks resume", "", "", 0);
        check("Minister to visit U.S.\n\nHe leaves on Monday.", "Minister to visit U.S.", "", "", 0);
        check(
            "Foreign Envoys Meet in Vienna Town Hall.\n\nThey left.",
            "Foreign Envoys Meet in Vienna Town Hall.",
            "",
            "",
            0,
        );
        check("Will talks resume?\n\nNobody knows.", "Will talks resume?", "", "", 0);
    }

    #[test]
    fn what_is_no_headline() {
        check("The envoys met.\n\nThey left.", "", "", "", 0);
        check("Envoys greeted Foreign Secretary Boris Johnson.\n\nThey left.", "", "", "", 0);
        check("Talks resume", "", "", "", 0);
        check("The minister said:\n\nWe met.", "", "", "", 0);
    }

    #[test]
    fn the_date_of_publication_among_others() {
        check(
            "Talks resume\n\nUpdated 5 March 2019\nPublished 4 March 2019\n\nThey met.",
            "Talks resume",
            "2019-03-04",
            "",
            0,
        );
        check("Talks resume\n\nLast updated: 5 March 2019\n\nThey met.", "Talks resume", "2019-03-05", "", 1);
        check(
            "Board meets on Thursday, June 17, 2021\n\nJune 10, 2021\n\nIt will.",
            "Board meets on Thursday, June 17, 2021",
            "2021-06-10",
            "",
            0,
        );
        check("Talks resume\n\nBy Ann Lee, Vienna, 4 March 2019\n\nThey met.", "Talks resume", "2019-03-04", "", 0);
        check(
            "Talks resume\n\nThe envoys last met in Vienna on 4 March 2018, and before that in 2015.",
            "Talks resume",
            "",
            "",
            0,
        );
        check(
            "Talks resume\n\nThe envoys met in Vienna for the second time, officials said.\n\n4 March 2018\n\nThey met.",
            "Talks resume",
            "",
            "",
            0,
        );
    }

    #[test]
    fn the_head_settles_a_date_in_digits() {
        check("Talks resume\n\nThursday\n09/07/2017\n\nThey met.", "Talks resume", "2017-09-07", "", 0);
        check(
            "Talks resume\n\n09/07/2017\n\nThe envoys met on 6 September 2017 in the hall of mirrors.",
            "Talks resume",
            "2017-09-07",
            "",
            0,
        );
        check(
            "Talks resume\n\n09/07/2017\n\nThe envoys met on Thursday in the old hall of mirrors.",
            "Talks resume",
            "2017-07-09",
            "",
            1,
        );
    }

    #[test]
    fn datelines() {
        check("WASHINGTON (AP) — The envoys met.", "", "", "WASHINGTON", 0);
        check("WASHINGTON ― The envoys met.", "", "", "WASHINGTON", 0);
        check("Dec 29, 2015 (Reuters) - The envoys met.", "", "2015-12-29", "", 0);
        check("Envoys met.\n\nROME (AP) — They left.", "Envoys met.", "", "ROME", 0);
        check("MOSCOW, July 7, 2017 (Reuters) - The envoys met.", "", "2017-07-07", "MOSCOW", 0);
        check("Talks\n\nRio de Janeiro, Brazil, 7 July 2017 – \"We met.\"", "Talks", "2017-07-07", "Rio de Janeiro", 0);
        check("NEW YORK -- The envoys met.", "", "", "NEW YORK", 0);
        check("Talks resume\n\nCairo, May 26, 2021\n\nThe envoys met.", "Talks resume", "2021-05-26", "Cairo", 0);
    }

    #[test]
    fn what_is_no_dateline() {
        check("NATO — which met on Monday — agreed.", "", "", "", 0);
        check("Envoys — Three of them — met.", "", "", "", 0);
        check("The UN-backed talks – The first – began.", "", "", "", 0);
    }
}
