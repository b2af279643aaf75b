//! WordPiece: "Dulwich" is `du ##l ##wich`, by greedy longest match over BERT's uncased vocabulary.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The most pieces of a word that the encoder reads.
const MAX_WORD_PIECES: usize = 8;

/// The vocabulary: pieces by text, continuations with `##`.
pub struct WordPiece {
    texts: Vec<&'static str>,
    /// Pieces that begin a word, by text.
    first: Pieces,
    /// Pieces that go on with one, by their text without the `##`.
    later: Pieces,
    unknown: u32,
    pub cls: u32,
    pub sep: u32,
}

impl WordPiece {
    /// Reads a vocabulary of one piece a line; `None` where a special piece is missing.
    pub fn new(vocabulary: &'static str) -> Option<WordPiece> {
        let texts: Vec<&str> = vocabulary.lines().collect();
        let (mut first, mut later) = (Pieces::default(), Pieces::default());
        for (text, id) in texts.iter().copied().zip(0..) {
            first.add(text, id);
            if let Some(text) = text.strip_prefix("##") {
                later.add(text, id);
            }
        }
        let (unknown, cls, sep) = (*first.ids.get("[UNK]")?, *first.ids.get("[CLS]")?, *first.ids.get("[SEP]")?);
        Some(WordPiece { texts, first, later, unknown, cls, sep })
    }

    /// Cuts a word into one to eight pieces; a part that no pieces make up is the unknown piece.
    pub fn pieces(&self, word: &str) -> Vec<u32> {
        let mut out = Vec::with_capacity(2);
        if word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            self.push_pieces(&word.to_ascii_lowercase(), &mut out);
        } else {
            basic_tokens(word).iter().for_each(|part| self.push_pieces(part, &mut out));
        }
        out.truncate(MAX_WORD_PIECES);
        if out.is_empty() {
            out.push(self.unknown);
        }
        out
    }

    /// The text of a piece: `##wich`.
    pub fn text(&self, piece: u32) -> &'static str {
        self.texts[piece as usize]
    }

    fn push_pieces(&self, part: &str, out: &mut Vec<u32>) {
        let before = out.len();
        let mut rest = part;
        while !rest.is_empty() {
            let pieces = if rest.len() == part.len() { &self.first } else { &self.later };
            let Some((id, end)) = pieces.longest_prefix(rest) else {
                out.truncate(before);
                out.push(self.unknown);
                return;
            };
            out.push(id);
            rest = &rest[end..];
        }
    }
}

/// Pieces by text.
#[derive(Default)]
struct Pieces {
    ids: HashMap<&'static str, u32>,
    /// Bytes of the longest.
    longest: usize,
}

impl Pieces {
    fn add(&mut self, text: &'static str, id: u32) {
        self.ids.insert(text, id);
        self.longest = self.longest.max(text.len());
    }

    /// The longest piece that the text begins with, and where it ends.
    fn longest_prefix(&self, text: &str) -> Option<(u32, usize)> {
        let ends = (1..=self.longest.min(text.len())).rev().filter(|&end| text.is_char_boundary(end));
        ends.map(|end| (end, self.ids.get(&text[..end]))).find_map(|(end, id)| Some((*id?, end)))
    }
}

/// Nine classes of capitalization, since the pieces are lower-cased; 0 is for `[CLS]` and `[SEP]`.
pub fn shape_class(word: &str) -> u8 {
    let is_cased = |c: char| c.is_lowercase() || c.is_uppercase();
    if word.chars().all(char::is_numeric) {
        return 6;
    }
    if word.chars().any(char::is_numeric) {
        return 5;
    }
    if !word.chars().any(char::is_alphabetic) {
        return 7;
    }
    let mut cased = word.chars().filter(|&c| is_cased(c)).peekable();
    if cased.peek().is_some() && cased.clone().all(char::is_lowercase) {
        return 1;
    }
    if cased.peek().is_some() && cased.all(char::is_uppercase) {
        return if word.chars().count() > 1 { 3 } else { 4 };
    }
    let mut chars = word.chars();
    let capital = chars.next().is_some_and(char::is_uppercase);
    let mut rest = chars.filter(|&c| is_cased(c)).peekable();
    if capital && rest.peek().is_some() && rest.all(char::is_lowercase) { 2 } else { 8 }
}

/// BERT's uncased basic tokenization: lower case, accents stripped, punctuation and CJK characters apart.
fn basic_tokens(word: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::with_capacity(1);
    let mut open = false;
    let plain: String = word.chars().map(plain_punctuation).collect::<String>().to_lowercase();
    for c in plain.nfd().filter(|&c| !is_combining_mark(c)) {
        let alone = is_punctuation(c) || ('\u{4e00}'..='\u{9fff}').contains(&c);
        if c.is_control() || is_format(c) || c == '\u{fffd}' || c.is_whitespace() {
            open &= !c.is_whitespace();
        } else if alone {
            out.push(c.to_string());
            open = false;
        } else if open {
            out.last_mut().expect("a token is open").push(c);
        } else {
            out.push(c.to_string());
            open = true;
        }
    }
    out
}

/// Typographic punctuation to what the vocabulary has. An ellipsis is three full stops.
fn plain_punctuation(c: char) -> PlainPunctuation {
    let text = match c {
        '’' | '‘' => "'",
        '“' | '”' => "\"",
        '…' => "...",
        '–' => "-",
        '—' => "--",
        _ => return PlainPunctuation::Same(c),
    };
    PlainPunctuation::Text(text)
}

enum PlainPunctuation {
    Same(char),
    Text(&'static str),
}

impl FromIterator<PlainPunctuation> for String {
    fn from_iter<I: IntoIterator<Item = PlainPunctuation>>(parts: I) -> String {
        let mut out = String::new();
        for part in parts {
            match part {
                PlainPunctuation::Same(c) => out.push(c),
                PlainPunctuation::Text(text) => out.push_str(text),
            }
        }
        out
    }
}

/// ASCII punctuation and symbols, and the general punctuation blocks of Unicode (category P, as far as news has it).
fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation()
        || matches!(c, '¡' | '§' | '«' | '¶' | '·' | '»' | '¿')
        || ('\u{2010}'..='\u{2027}').contains(&c)
        || ('\u{2030}'..='\u{2043}').contains(&c)
        || ('\u{2045}'..='\u{2051}').contains(&c)
        || ('\u{2053}'..='\u{205e}').contains(&c)
        || ('\u{3001}'..='\u{3003}').contains(&c)
        || ('\u{3008}'..='\u{3011}').contains(&c)
        || ('\u{3014}'..='\u{301f}').contains(&c)
}

/// Characters that only format (category Cf): joiners, direction marks, soft hyphen, byte order mark.
fn is_format(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_tell_capitals() {
        let cases =
            [("met", 1), ("Putin", 2), ("NATO", 3), ("I", 4), ("G20", 5), ("2017", 6), ("—", 7), ("McConnell", 8)];
        for (word, class) in cases {
            assert_eq!(shape_class(word), class, "{word}");
        }
    }

    #[test]
    fn words_fold_to_lower_case_without_accents() {
        assert_eq!(basic_tokens("Erdoğan’s"), ["erdogan", "'", "s"]);
        assert_eq!(basic_tokens("…"), [".", ".", "."]);
        assert_eq!(basic_tokens("\u{200b}"), Vec::<String>::new());
    }
}
