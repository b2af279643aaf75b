//! Tokens into the words of dates: "7-8" is three, "7th" a number, "May" a month where it is no verb and no name.

use crate::base::TokenSpan;
use crate::nlp::document::{Number, Token, Upos};
use crate::schema::{Calendar, Schema, TimeClass};

/// A word of a sentence as the grammar of dates reads it, with the token that it is (a part of).
#[derive(Clone, Copy, Debug)]
pub struct Word<'a> {
    pub text: &'a str,
    pub token: usize,
    pub kind: Kind,
}

/// What the shape of a word tells; lexicon words are looked up by class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// 1 to 12.
    Month(i8),
    /// 1 to 7, from Monday.
    Weekday(i8),
    /// Written in digits, with how many there are: "07" has two.
    Number {
        value: i16,
        digits: usize,
    },
    /// The first year of "1990s" or "90s".
    Decade(i16),
    /// A hyphen or a dash.
    Dash,
    Slash,
    Comma,
    Other,
}

/// A sentence's words, with what they are looked up in.
pub struct Words<'a> {
    pub schema: &'a Schema,
    pub tokens: &'a [Token],
    pub words: Vec<Word<'a>>,
}

impl<'a> Words<'a> {
    pub fn new(schema: &'a Schema, tokens: &'a [Token], sentence: TokenSpan) -> Words<'a> {
        let pieces = sentence.range().flat_map(|token| pieces(&tokens[token].text).map(move |text| (token, text)));
        let words = pieces.map(|(token, text)| Word { text, token, kind: kind(tokens, token, text) }).collect();
        let mut words = Words { schema, tokens, words };
        words.drop_doubtful_names();
        words
    }

    pub fn kind(&self, at: usize) -> Option<Kind> {
        self.words.get(at).map(|word| word.kind)
    }

    /// What a word, or its lemma, means in a class.
    pub fn value(&self, at: usize, class: TimeClass) -> Option<i64> {
        let word = self.words.get(at)?;
        let token = &self.tokens[word.token];
        let is_whole_noun = token.upos == Upos::Noun && word.text.len() == token.text.len();
        let of_lemma = || self.schema.time.value(&token.lemma, class).filter(|_| is_whole_noun);
        self.schema.time.value(word.text, class).or_else(of_lemma)
    }

    pub fn token(&self, at: usize) -> Option<&'a Token> {
        self.words.get(at).map(|word| &self.tokens[word.token])
    }

    /// The tokens from one word to before another; `None` where a token is cut in two ("pre-2015").
    pub fn span(&self, start: usize, end: usize) -> Option<TokenSpan> {
        let token = |at: usize| self.words.get(at).map(|word| word.token);
        let cuts = |at: usize| at > 0 && token(at - 1).is_some() && token(at - 1) == token(at);
        (!cuts(start) && !cuts(end)).then(|| TokenSpan::new(self.words[start].token, self.words[end - 1].token + 1))
    }

    /// Whether a number counts things, or names one: "2000 people", "$ 2015", "2015 %", "Flight 2015".
    pub fn is_quantity(&self, at: usize) -> bool {
        let next = self.token(at + 1);
        let is_sign = |token: Option<&Token>| token.is_some_and(|token| token.upos == Upos::Sym);
        let before = at.checked_sub(1).and_then(|at| self.token(at));
        let is_plural =
            |token: &Token| matches!(token.upos, Upos::Noun) && token.morphology.number == Some(Number::Plural);
        is_sign(before) || is_sign(next) || next.is_some_and(is_plural) || self.is_scale(at + 1)
    }

    fn is_scale(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| token.upos == Upos::Num && token.text.chars().all(char::is_alphabetic))
    }

    /// Takes back names that something else is likelier meant by. Those of up to three letters ("Sun", "Mar", "May") are
    /// times only beside a number, or a month's after a preposition; "the March" is a walk.
    fn drop_doubtful_names(&mut self) {
        const SHORT: usize = 3;
        for at in 0..self.words.len() {
            let word = self.words[at];
            let is_short = word.text.trim_end_matches('.').len() <= SHORT;
            let is_doubtful = match word.kind {
                Kind::Month(_) if is_short => !self.is_introduced(at),
                Kind::Month(_) => self.has_bare_article(at),
                Kind::Weekday(_) => is_short,
                _ => false,
            };
            if is_doubtful && !self.is_beside_date(at) {
                self.words[at].kind = Kind::Other;
            }
        }
    }

    fn is_beside_date(&self, at: usize) -> bool {
        let is_date = |at: usize| {
            matches!(self.kind(at), Some(Kind::Number { .. } | Kind::Month(_) | Kind::Weekday(_) | Kind::Dash))
        };
        let after = if self.kind(at + 1) == Some(Kind::Comma) { at + 2 } else { at + 1 };
        is_date(after) || at.checked_sub(1).is_some_and(is_date)
    }

    /// Whether a preposition or "last" stands before a month that is nobody's name elsewhere in the text ("Theresa May").
    fn is_introduced(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        let is_told = |class: &TimeClass| self.value(before, *class).is_some();
        let is_shifted = [TimeClass::Shift, TimeClass::Stretch, TimeClass::Stage].iter().any(is_told);
        let is_preposition = self.token(before).is_some_and(|token| token.upos == Upos::Adp);
        let is_same = |index: &usize| self.tokens[*index].text == self.words[at].text;
        let is_somebody = || (0..self.tokens.len()).filter(is_same).any(|index| is_in_name(self.tokens, index));
        is_shifted || (is_preposition && !is_somebody())
    }

    fn has_bare_article(&self, at: usize) -> bool {
        let has_article = at.checked_sub(1).is_some_and(|at| self.value(at, TimeClass::Article).is_some());
        let is_before_noun = self.token(at + 1).is_some_and(|token| matches!(token.upos, Upos::Noun | Upos::Adj));
        has_article && !is_before_noun
    }
}

/// Cuts a token at hyphens, dashes and slashes, which are pieces too.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let is_joint = |c: char| matches!(c, '-' | '–' | '—' | '/');
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let end = match is_joint(first) {
            true => first.len_utf8(),
            false => rest.find(is_joint).unwrap_or(rest.len()),
        };
        let (piece, after) = rest.split_at(end);
        rest = after;
        Some(piece)
    })
}

fn kind(tokens: &[Token], index: usize, text: &str) -> Kind {
    match text {
        "-" | "–" | "—" => return Kind::Dash,
        "/" => return Kind::Slash,
        "," => return Kind::Comma,
        _ => {}
    }
    if text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '\'' | '’')) {
        return decade(text).or_else(|| number(text)).unwrap_or(Kind::Other);
    }
    named(tokens, index, text).unwrap_or(Kind::Other)
}

/// "7", "07", "7th", "2017"; none of "2,000", "3.5" and "G20".
fn number(text: &str) -> Option<Kind> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let is_ordinal = digits <= 2 && matches!(&text[digits..], "st" | "nd" | "rd" | "th");
    let is_written_whole = digits == text.len() || is_ordinal;
    let value = text[..digits].parse().ok().filter(|_| is_written_whole)?;
    Some(Kind::Number { value, digits })
}

/// "1990s", "90s", "'90s"; decades without a century are of the last one.
fn decade(text: &str) -> Option<Kind> {
    let start = text.trim_start_matches(['\'', '’']).strip_suffix('s')?.trim_end_matches(['\'', '’']);
    let value: i16 = start.parse().ok().filter(|value| value % 10 == 0)?;
    match start.len() {
        4 if (1000..2100).contains(&value) => Some(Kind::Decade(value)),
        2 if value >= 20 => Some(Kind::Decade(1900 + value)),
        _ => None,
    }
}

fn named(tokens: &[Token], index: usize, text: &str) -> Option<Kind> {
    let is_noun = matches!(tokens[index].upos, Upos::Propn | Upos::Noun);
    if !is_noun || !text.starts_with(char::is_uppercase) || is_in_name(tokens, index) {
        return None;
    }
    let calendar = Calendar::built_in();
    calendar.weekday(text).map(Kind::Weekday).or_else(|| calendar.month(text).map(Kind::Month))
}

/// Whether a name of the calendar is a part of another name: "April Jones", "Black Friday", "Theresa May".
fn is_in_name(tokens: &[Token], index: usize) -> bool {
    let sentence = tokens[index].sentence;
    let is_name = |other: &Token| {
        other.sentence == sentence
            && other.upos == Upos::Propn
            && Calendar::built_in().month(&other.text).is_none()
            && Calendar::built_in().weekday(&other.text).is_none()
    };
    let ties = |deprel: &str| matches!(deprel, "flat" | "flat:name" | "compound" | "amod");
    let before = index.checked_sub(1).map(|before| &tokens[before]).filter(|token| is_name(token));
    let after = tokens.get(index + 1).filter(|token| is_name(token));
    let hangs_on_this = |other: &Token| ties(other.deprel) && other.head == Some(index);
    let is_flat = |token: &Token| matches!(token.deprel, "flat" | "flat:name");
    let follows_its_head =
        before.is_some() && is_flat(&tokens[index]) && tokens[index].head.is_some_and(|head| head < index);
    before.is_some_and(hangs_on_this) || after.is_some_and(hangs_on_this) || follows_its_head
}
