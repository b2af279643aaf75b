//! Text into paragraphs: blank lines part them, and so does a line break that ends a sentence, unless the text is wrapped.
//!
//! An article whose lines are broken at 72 columns in the middle of its sentences keeps them whole; one with a paragraph a
//! line is split at each.

use std::ops::Range;

use crate::base::CharSpan;

use super::date;

/// A stretch of the text, by code points and by bytes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Block {
    pub chars: CharSpan,
    pub bytes: Range<usize>,
}

/// Splits a text into paragraphs, in order, without the white space around them.
pub(super) fn split(text: &str) -> Vec<Block> {
    let lines = lines(text);
    let wrapped = is_wrapped(text, &lines);
    let mut blocks: Vec<Block> = Vec::new();
    for (i, line) in lines.iter().enumerate().filter(|(_, line)| line.has_words) {
        let joins = i > 0 && lines[i - 1].has_words && !parts(text, &lines, i, wrapped);
        match blocks.last_mut().filter(|_| joins) {
            Some(block) => *block = block.up_to(&line.block),
            None => blocks.push(line.block.clone()),
        }
    }
    blocks
}

/// Whether a line or paragraph ends as a sentence does, with closing quotation marks and brackets or without.
pub(super) fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(|c: char| CLOSING.contains(&c) || c.is_whitespace()).ends_with(['.', '!', '?', '…', '。'])
}

/// Whether a line begins with the mark of an item in a list.
pub(super) fn is_item(line: &str) -> bool {
    let mut chars = line.chars();
    chars.next().is_some_and(|c| BULLETS.contains(&c)) && chars.next().is_none_or(char::is_whitespace)
}

impl Block {
    pub fn text<'a>(&self, text: &'a str) -> &'a str {
        &text[self.bytes.clone()]
    }

    fn up_to(&self, last: &Block) -> Block {
        Block { chars: self.chars.union(last.chars), bytes: self.bytes.start..last.bytes.end }
    }
}

const CLOSING: [char; 8] = ['"', '\'', '”', '’', '»', ')', ']', '*'];
const BULLETS: [char; 9] = ['•', '-', '*', '–', '—', '·', '▪', '◦', '‣'];
/// Columns: typewriters and mail wrap at 60 to 80, few programs beyond 120; below 30 the lines are verse or a list.
const WRAP_COLUMNS: Range<usize> = 30..120;
/// Non-blank lines in which a date stands alone: the article's head.
const HEAD_LINES: usize = 8;

struct Line {
    /// The line without the white space around it.
    block: Block,
    /// Code points of white space before it.
    indent: usize,
    /// Rules such as `* * *` have none, and part paragraphs as a blank line does.
    has_words: bool,
    is_date: bool,
    /// Code points of the longest line among those without a blank line between.
    width: usize,
}

fn lines(text: &str) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let (mut char_at, mut byte_at, mut dates_left) = (0, 0, HEAD_LINES);
    for raw in text.split_inclusive(['\n', '\r', '\u{2028}', '\u{2029}', '\u{0C}']) {
        if raw != "\n" || !text[..byte_at].ends_with('\r') {
            let line = line(raw, char_at, byte_at, dates_left > 0);
            dates_left -= usize::from(line.has_words && dates_left > 0);
            lines.push(line);
        }
        char_at += raw.chars().count();
        byte_at += raw.len();
    }
    for together in lines.chunk_by_mut(|one, other| one.has_words && other.has_words) {
        let width = together.iter().map(|line| line.block.chars.len()).max().unwrap_or(0);
        together.iter_mut().for_each(|line| line.width = width);
    }
    lines
}

fn line(raw: &str, char_at: usize, byte_at: usize, in_head: bool) -> Line {
    let trimmed = raw.trim();
    let skipped = if trimmed.is_empty() { 0 } else { raw.len() - raw.trim_start().len() };
    let indent = raw[..skipped].chars().count();
    let (bytes, chars) = (byte_at + skipped, char_at + indent);
    Line {
        block: Block {
            chars: CharSpan::new(chars, chars + trimmed.chars().count()),
            bytes: bytes..bytes + trimmed.len(),
        },
        indent,
        has_words: trimmed.contains(char::is_alphanumeric),
        is_date: in_head && date::date_line(trimmed).is_some(),
        width: 0,
    }
}

/// Whether most line breaks between two lines of words fall inside a sentence, and no line is longer than wrapping allows.
fn is_wrapped(text: &str, lines: &[Line]) -> bool {
    let (mut inside, mut breaks) = (0, 0);
    for pair in lines.windows(2).filter(|pair| pair.iter().all(|line| line.has_words && !line.is_date)) {
        let (line, next) = (pair[0].block.text(text), pair[1].block.text(text));
        let long = pair[0].block.chars.len() >= WRAP_COLUMNS.end;
        breaks += 1;
        inside += usize::from(!long && !ends_sentence(line) && next.starts_with(char::is_lowercase));
    }
    inside * 3 >= breaks && inside > 0
}

/// Whether a line of words begins a paragraph though a line of words stands before it.
fn parts(text: &str, lines: &[Line], i: usize, wrapped: bool) -> bool {
    let (line, next) = (&lines[i - 1], &lines[i]);
    let (line_text, next_text) = (line.block.text(text), next.block.text(text));
    if line.is_date || next.is_date || is_item(next_text) {
        return true;
    }
    if wrapped {
        let indented = next.indent > line.indent && !is_item(line_text);
        return indented || !is_full(text, lines, i - 1);
    }
    ends_sentence(line_text) || !next_text.starts_with(char::is_lowercase)
}

/// Whether the next line's first word would not have fitted on the line: then the break means nothing.
fn is_full(text: &str, lines: &[Line], i: usize) -> bool {
    let line = &lines[i];
    let next = lines[i + 1].block.text(text);
    let word = next.split_whitespace().next().map_or(0, |word| word.chars().count());
    let full = line.block.chars.len() + 1 + word > line.width;
    let inside_sentence = !ends_sentence(line.block.text(text)) && next.starts_with(char::is_lowercase);
    WRAP_COLUMNS.contains(&line.width) && full || inside_sentence
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, paragraphs: &[&str]) {
        let found: Vec<String> = split(text).iter().map(|block| block.text(text).replace('\n', "|")).collect();
        assert_eq!(found, paragraphs);
    }

    #[test]
    fn blank_lines_part_paragraphs_however_lines_end() {
        check("Talks resume\n\nThey met.", &["Talks resume", "They met."]);
        check("Talks resume\r\n \r\nThey met.\r\n", &["Talks resume", "They met."]);
        check("They met.\n* * *\nThey left.", &["They met.", "They left."]);
        check(" \n\n", &[]);
    }

    #[test]
    fn a_paragraph_a_line_is_split_at_each() {
        check(
            "Talks resume in Vienna\nEnvoys met.\n\"A start.\"\nThey left.",
            &["Talks resume in Vienna", "Envoys met.", "\"A start.\"", "They left."],
        );
    }

    #[test]
    fn wrapped_text_keeps_its_sentences() {
        let wrapped = "The foreign ministers of the four countries met in the capital on\nMonday for a second day. They spoke about gas, about prisoners and\nabout the border, a spokesman said.\n\nThey will meet again.";
        check(wrapped, &[&wrapped.split("\n\n").next().unwrap().replace('\n', "|"), "They will meet again."]);
    }

    #[test]
    fn wrapped_text_without_blank_lines_is_split_where_a_line_stops_short() {
        let text = "The foreign ministers of the four countries met in the capital on\nMonday for a second day, and the\nhosts were pleased.\nThey spoke about gas, about prisoners and about the shared border\nof the two.";
        assert_eq!(split(text).len(), 2, "{:?}", split(text));
    }

    #[test]
    fn dates_and_items_stand_alone() {
        check("Talks resume\n4 March 2019\nThe envoys met", &["Talks resume", "4 March 2019", "The envoys met"]);
        check("They agreed on\n- gas\n- grain", &["They agreed on", "- gas", "- grain"]);
        check("They agreed on 4 March 2019\nand left.", &["They agreed on 4 March 2019|and left."]);
    }

    #[test]
    fn sentences_end_inside_quotation_marks_too() {
        for text in ["He left.", "He left.\"", "He left.”)", "Why?", "He left…"] {
            assert!(ends_sentence(text), "{text}");
        }
        for text in ["Talks resume", "Talks resume:", "‘A start’"] {
            assert!(!ends_sentence(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn paragraphs_lie_in_the_text_in_order_and_hold_all_its_words(text in "([a-zé🙂.,•-]{0,9}[ \t\r\n\u{2028}]{0,2}){0,40}") {
            let chars: Vec<char> = text.chars().collect();
            let (mut at, mut words) = (0, String::new());
            for block in split(&text) {
                prop_assert!(at <= block.chars.start && block.chars.end <= chars.len() && !block.chars.is_empty());
                let by_chars: String = chars[block.chars.range()].iter().collect();
                prop_assert_eq!(&by_chars, block.text(&text));
                prop_assert_eq!(by_chars.trim(), by_chars.as_str());
                at = block.chars.end;
                words.push_str(&by_chars);
            }
            let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
            prop_assert_eq!(letters(&words), letters(&text));
        }
    }
}
