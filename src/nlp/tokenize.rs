//! Text into sentences of words, as Universal Dependencies cuts English: "Trump's U.S.-led talks." is eight words.
//!
//! Words keep their place in the article; a sentence never crosses a paragraph.

use std::ops::Range;

use super::engine::MAX_SENTENCE_WORDS;
use crate::schema::TokenLexicon;

/// A sentence before it is read: the byte ranges of its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawSentence {
    pub words: Vec<Range<usize>>,
    pub paragraph: usize,
    /// Whether it goes on in the next, because it is too long for the engine.
    pub is_cut: bool,
}

/// Cuts paragraphs (byte ranges of `text`) into sentences.
pub fn sentences(lexicon: &TokenLexicon, text: &str, paragraphs: &[Range<usize>]) -> Vec<RawSentence> {
    let mut out = Vec::new();
    for (number, paragraph) in paragraphs.iter().enumerate() {
        let words = words(lexicon, text, paragraph.clone());
        for sentence in split(lexicon, text, &words) {
            let end = sentence.last().map(|word| word.end);
            out.extend(windows(text, sentence).map(|words| {
                let is_cut = words.last().map(|word| word.end) != end;
                RawSentence { words, paragraph: number, is_cut }
            }));
        }
    }
    out
}

/// Cuts a sentence that is too long for the engine, after a comma or the like where there is one.
fn windows<'a>(text: &'a str, mut words: &'a [Range<usize>]) -> impl Iterator<Item = Vec<Range<usize>>> + 'a {
    std::iter::from_fn(move || {
        let length = if words.len() <= MAX_SENTENCE_WORDS {
            words.len()
        } else {
            let pause = |range: &Range<usize>| matches!(&text[range.clone()], "," | ";" | ":" | "–" | "—" | ")");
            words[MAX_SENTENCE_WORDS / 2..MAX_SENTENCE_WORDS]
                .iter()
                .rposition(pause)
                .map_or(MAX_SENTENCE_WORDS, |at| MAX_SENTENCE_WORDS / 2 + at + 1)
        };
        let (window, rest) = words.split_at(length);
        words = rest;
        (!window.is_empty()).then(|| window.to_vec())
    })
}

/// Cuts a paragraph into words.
fn words(lexicon: &TokenLexicon, text: &str, paragraph: Range<usize>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = None;
    for (at, c) in text[paragraph.clone()].char_indices() {
        let at = paragraph.start + at;
        match (c.is_whitespace() || is_invisible(c), start) {
            (true, Some(from)) => {
                cut_chunk(lexicon, text, from..at, &mut out);
                start = None;
            }
            (false, None) => start = Some(at),
            _ => {}
        }
    }
    if let Some(from) = start {
        cut_chunk(lexicon, text, from..paragraph.end, &mut out);
    }
    out
}

/// Cuts what stands between white space: punctuation off both ends, then the word inside.
fn cut_chunk(lexicon: &TokenLexicon, text: &str, chunk: Range<usize>, out: &mut Vec<Range<usize>>) {
    let mut range = chunk;
    while let Some(length) = leading_punctuation(&text[range.clone()]) {
        out.push(range.start..range.start + length);
        range.start += length;
    }
    let mut tail = Vec::new();
    while let Some(length) = trailing_punctuation(lexicon, &text[range.clone()]) {
        tail.push(range.end - length..range.end);
        range.end -= length;
    }
    if !range.is_empty() {
        cut_word(lexicon, text, range, out);
    }
    out.extend(tail.into_iter().rev());
}

/// Length of the punctuation that the chunk begins with.
fn leading_punctuation(chunk: &str) -> Option<usize> {
    let first = chunk.chars().next()?;
    let second = chunk[first.len_utf8()..].chars().next();
    match first {
        '.' | '-' => {
            let run = chunk.chars().take_while(|&c| c == first).count();
            // A lone hyphen or full stop before a digit is a sign: "-5", ".5".
            (run > 1 || !second.is_some_and(|c| c.is_ascii_digit())).then_some(run)
        }
        '#' | '@' | '+' => second.is_none().then_some(1),
        '&' if second.is_some_and(char::is_alphanumeric) => None,
        '\'' | '’' if chunk.len() > first.len_utf8() && is_elision(&chunk[first.len_utf8()..]) => None,
        _ if first.is_alphanumeric() => None,
        _ => Some(first.len_utf8()),
    }
}

/// Whether digits follow: the apostrophe of "'90s" is the word's own.
fn is_elision(rest: &str) -> bool {
    rest.chars().next().is_some_and(|c| c.is_ascii_digit())
}

/// Length of the punctuation that the chunk ends with.
fn trailing_punctuation(lexicon: &TokenLexicon, chunk: &str) -> Option<usize> {
    let last = chunk.chars().next_back()?;
    match last {
        '.' => {
            let run = chunk.chars().rev().take_while(|&c| c == '.').count();
            (run > 1 || !lexicon.is_abbreviation(chunk)).then_some(run)
        }
        '-' => Some(chunk.chars().rev().take_while(|&c| c == '-').count()),
        _ if last.is_alphanumeric() => None,
        // The sign of a currency or a language stays: "C+", "US$" is cut inside.
        '+' if chunk.len() > 1 => None,
        _ => Some(last.len_utf8()),
    }
}

/// Cuts a word without punctuation around it: hyphens, slashes, clitics, currency and percent signs.
fn cut_word(lexicon: &TokenLexicon, text: &str, range: Range<usize>, out: &mut Vec<Range<usize>>) {
    let word = &text[range.clone()];
    if word.contains("://") || word.starts_with("www.") || is_address(word) {
        out.push(range);
        return;
    }
    let mut start = range.start;
    for (at, c) in word.char_indices() {
        let position = range.start + at;
        if position < start || !parts_words(lexicon, &word[start - range.start..], at + range.start - start, c) {
            continue;
        }
        if position > start {
            cut_clitic(lexicon, text, start..position, out);
        }
        let run = word[at..].chars().take_while(|&other| other == c && matches!(c, '-' | '.')).count().max(1);
        let end = position + run * c.len_utf8();
        out.push(position..end);
        start = end;
    }
    if start < range.end {
        cut_clitic(lexicon, text, start..range.end, out);
    }
}

/// Whether the character at `at` of what is left of a word parts two words.
fn parts_words(lexicon: &TokenLexicon, rest: &str, at: usize, c: char) -> bool {
    let before = &rest[..at];
    let after = &rest[at + c.len_utf8()..];
    let starts_with = |test: fn(char) -> bool| after.chars().next().is_some_and(test);
    match c {
        // "2017-07-07", "F-16", "COVID-19" and "co-founder" stay whole.
        '-' => !starts_with(|c| c.is_ascii_digit()) && !lexicon.is_prefix(before) || before.is_empty(),
        '/' => !(starts_with(|c| c.is_ascii_digit()) && before.ends_with(|c: char| c.is_ascii_digit())),
        ',' | '.' | ':' => {
            let number = starts_with(|c| c.is_ascii_digit()) && before.ends_with(|c: char| c.is_ascii_digit());
            let inside = c == '.' && after.chars().next().is_some_and(char::is_alphanumeric);
            !(number || inside || c == '.' && lexicon.is_abbreviation(&rest[..=at]))
        }
        '\'' | '’' | '&' | '_' | '@' | '*' | '+' => false,
        _ => !c.is_alphanumeric() && !is_combining(c),
    }
}

fn cut_clitic(lexicon: &TokenLexicon, text: &str, range: Range<usize>, out: &mut Vec<Range<usize>>) {
    let word = &text[range.clone()];
    let at = lexicon.clitic_at(word).or_else(|| lexicon.split_at(word));
    match at {
        Some(at) => out.extend([range.start..range.start + at, range.start + at..range.end]),
        None => out.push(range),
    }
}

fn is_address(word: &str) -> bool {
    word.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
}

fn is_combining(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// Characters that part words though they are no white space: zero-width space, byte order mark.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}')
}

/// Cuts the words of a paragraph into sentences.
fn split<'w>(lexicon: &TokenLexicon, text: &str, words: &'w [Range<usize>]) -> Vec<&'w [Range<usize>]> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < words.len() {
        let end = end_of_sentence(lexicon, text, words, at);
        at += 1;
        if let Some(end) = end {
            out.push(&words[start..end]);
            (start, at) = (end, end);
        }
    }
    if start < words.len() {
        out.push(&words[start..]);
    }
    out
}

/// Where the sentence ends whose last word may be the one at `at`: past the closing marks that follow it.
fn end_of_sentence(lexicon: &TokenLexicon, text: &str, words: &[Range<usize>], at: usize) -> Option<usize> {
    let word = |i: usize| &text[words[i].clone()];
    let last = word(at);
    let mark =
        matches!(last, "." | "!" | "?" | "…") || last.len() > 1 && last.chars().all(|c| matches!(c, '.' | '!' | '?'));
    let abbreviation = !mark && last.ends_with('.') && last.len() > 1;
    if !mark && !abbreviation {
        return None;
    }
    let mut end = at + 1;
    // A closing mark stands right behind; an opening one has white space before it.
    while end < words.len() && is_closing(word(end)) && words[end].start == words[end - 1].end {
        end += 1;
    }
    if end == words.len() {
        return Some(end);
    }
    if words[end].start == words[end - 1].end && !is_opening(word(end)) {
        return None;
    }
    let mut next = end;
    while next + 1 < words.len() && is_opening(word(next)) {
        next += 1;
    }
    let opened = next > end;
    let first = word(next).chars().next()?;
    let starts = if abbreviation && end == at + 1 {
        !lexicon.is_title(last) && (lexicon.is_starter(word(next)) || opened && first.is_uppercase())
    } else {
        first.is_uppercase()
            || first.is_numeric()
            || opened && !first.is_lowercase()
            || matches!(word(next), "•" | "-" | "*")
    };
    starts.then_some(end)
}

fn is_closing(word: &str) -> bool {
    matches!(word, "\"" | "'" | "”" | "’" | "»" | ")" | "]" | "''")
}

fn is_opening(word: &str) -> bool {
    matches!(word, "\"" | "'" | "“" | "‘" | "«" | "(" | "[" | "``")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Schema;

    /// Sentences parted by ` | `, words by a space.
    fn check(text: &str, expected: &str) {
        let schema = Schema::built_in();
        let whole = 0..text.len();
        let found: Vec<String> = sentences(&schema.tokens, text, &[whole])
            .iter()
            .map(|sentence| sentence.words.iter().map(|word| &text[word.clone()]).collect::<Vec<_>>().join(" "))
            .collect();
        assert_eq!(found.join(" | "), expected);
    }

    #[test]
    fn cuts_clitics_hyphens_and_signs() {
        check("Trump's U.S.-led talks.", "Trump 's U.S. - led talks .");
        check("They didn't, and can’t, cannot.", "They did n't , and ca n’t , can not .");
        check("the States’ $5.2 and 30% (of GDP)", "the States ’ $ 5.2 and 30 % ( of GDP )");
        check("a co-founder of F-16 makers", "a co-founder of F-16 makers");
        check("on 09/07/2017 and/or 2017-07-09", "on 09/07/2017 and / or 2017-07-09");
        check("well—almost—done... he said", "well — almost — done ... he said");
    }

    #[test]
    fn ends_sentences_where_they_end() {
        check("He left. She stayed.", "He left . | She stayed .");
        check("Mr. Smith met Gen. Jones. Both left.", "Mr. Smith met Gen. Jones . | Both left .");
        check("He came from the U.S. The talks began.", "He came from the U.S. | The talks began .");
        check("The U.S. Senate voted at 5 p.m. on Friday.", "The U.S. Senate voted at 5 p.m. on Friday .");
        check("\"We met.\" He smiled.", "\" We met . \" | He smiled .");
        check("\"Why now?\" he asked.", "\" Why now ? \" he asked .");
        check("It works. \"Really,\" he said.", "It works . | \" Really , \" he said .");
    }

    #[test]
    fn too_long_a_sentence_is_cut_and_nothing_lost() {
        let text = "word, ".repeat(200);
        let schema = Schema::built_in();
        let whole = 0..text.len();
        let found = sentences(&schema.tokens, &text, std::slice::from_ref(&whole));
        assert!(found.iter().all(|sentence| sentence.words.len() <= MAX_SENTENCE_WORDS));
        assert_eq!(found.iter().map(|sentence| sentence.words.len()).sum::<usize>(), 400);
    }
}
