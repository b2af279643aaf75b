//! A document: what an article's text is made of, from sentences down to tokens and up to mentions.

use super::engine;
use crate::base::{CharSpan, Period, TokenSpan};
use crate::ingest::Article;

/// An article read: its text as sentences of tokens, each sentence a tree, with the mentions found over them.
#[derive(Clone, Debug)]
pub struct Document {
    pub article: Article,
    pub sentences: Vec<Sentence>,
    pub tokens: Vec<Token>,
    pub mentions: Vec<Mention>,
    pub titles: Vec<TitleMention>,
    pub times: Vec<TimeExpression>,
    pub quotes: Vec<Quote>,
    /// Who says what by which words, as the attribution head reads it, in order.
    pub attributions: Vec<Attribution>,
    /// Words that tell of events, as the event head reads them, in order.
    pub events: Vec<engine::EventMention>,
    /// Mentions that stand for the same, as the coreference head has it: chains of two or more, by their first mention, each in
    /// the order of its mentions' head words (a group after its first member). None where the model has no such head.
    pub coreference: Vec<Vec<TokenSpan>>,
    /// What was uncertain, for the user.
    pub notes: Vec<String>,
}

/// A sentence: a run of tokens under one root.
#[derive(Clone, Debug)]
pub struct Sentence {
    pub tokens: TokenSpan,
    /// Index of its root token.
    pub root: usize,
    /// Number of its paragraph, from zero; the headline is a paragraph of its own.
    pub paragraph: usize,
}

/// A syntactic word, as Universal Dependencies cuts them: "don't" is two, "Trump's" is two.
#[derive(Clone, Debug)]
pub struct Token {
    /// Its words in the article, as they stand there.
    pub text: String,
    pub lemma: String,
    /// Bytes in the article's text.
    pub start_byte: usize,
    pub end_byte: usize,
    /// Code points in the article's text.
    pub chars: CharSpan,
    pub upos: Upos,
    pub morphology: Morphology,
    /// Index of its head in the document's tokens; `None` of a root.
    pub head: Option<usize>,
    /// The Universal Dependencies relation to its head: `nsubj`, `obl:agent`, …
    pub deprel: &'static str,
    /// Index of its sentence.
    pub sentence: usize,
    /// Whether it stands inside quotation marks.
    pub quoted: bool,
    /// Whether the event head says that this word tells of an event, of whatever type.
    pub eventful: bool,
}

/// The universal parts of speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Upos {
    Adj,
    Adp,
    Adv,
    Aux,
    Cconj,
    Det,
    Intj,
    Noun,
    Num,
    Part,
    Pron,
    Propn,
    Punct,
    Sconj,
    Sym,
    Verb,
    X,
}

impl Upos {
    pub const ALL: [Upos; 17] = [
        Upos::Adj,
        Upos::Adp,
        Upos::Adv,
        Upos::Aux,
        Upos::Cconj,
        Upos::Det,
        Upos::Intj,
        Upos::Noun,
        Upos::Num,
        Upos::Part,
        Upos::Pron,
        Upos::Propn,
        Upos::Punct,
        Upos::Sconj,
        Upos::Sym,
        Upos::Verb,
        Upos::X,
    ];

    /// The name that Universal Dependencies gives it: `PROPN`.
    pub fn name(self) -> &'static str {
        const NAMES: [&str; 17] = [
            "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT",
            "SCONJ", "SYM", "VERB", "X",
        ];
        NAMES[self as usize]
    }
}

/// The features of a word that the extraction uses, as far as its form tells them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Morphology {
    pub number: Option<Number>,
    pub person: Option<Person>,
    pub tense: Option<Tense>,
    pub verb_form: Option<VerbForm>,
    pub voice: Option<Voice>,
    pub polarity: Option<Polarity>,
}

/// Marked in English in the passive only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    Passive,
}

/// Marked in English in the negative only: "not", "no".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Polarity {
    Negative,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Person {
    First,
    Second,
    Third,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number {
    Singular,
    Plural,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tense {
    Past,
    Present,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VerbForm {
    Finite,
    Infinitive,
    Participle,
    Gerund,
}

/// Words that stand for somebody or something.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    pub tokens: TokenSpan,
    /// Index of its head token.
    pub head: usize,
    pub kind: NameKind,
    pub form: MentionForm,
    /// Index of the noun that tells its kind, here or elsewhere in the document: "newspaper" of "the newspaper Vestkysten".
    pub noun: Option<usize>,
}

/// A title or an office, whoever holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TitleMention {
    pub tokens: TokenSpan,
    /// In lower case, with what it is for: `minister of finance`.
    pub title: String,
    /// As the table of titles has it: `minister`.
    pub class: String,
    /// The body that the title always implies.
    pub of: Option<String>,
}

/// What the names head takes a name for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameKind {
    Person,
    /// A sovereign state.
    Country,
    /// Any other place.
    Place,
    Organization,
    Event,
    Time,
    Other,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MentionForm {
    Name,
    Nominal,
    Pronoun,
}

/// Words for a time, and the days that they mean.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeExpression {
    pub tokens: TokenSpan,
    /// `None` where the text does not tell which days ("recently").
    pub period: Option<Period>,
}

/// Words between quotation marks.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// Without the marks.
    pub tokens: TokenSpan,
    /// With the marks that are there.
    pub marked: TokenSpan,
    /// Whether it goes on the quote of the paragraph before, which nothing closed.
    pub continues: bool,
}

/// Words that tell that somebody says something: "A, she said, and B" has a cue, a source, and contents in two pieces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribution {
    pub cue: Option<TokenSpan>,
    pub sources: Vec<TokenSpan>,
    pub contents: Vec<TokenSpan>,
}

impl From<engine::Attribution> for Attribution {
    fn from(found: engine::Attribution) -> Attribution {
        let span = |[start, end]: [usize; 2]| TokenSpan::new(start, end);
        let spans = |runs: Vec<[usize; 2]>| runs.into_iter().map(span).collect();
        Attribution { cue: found.cue.map(span), sources: spans(found.sources), contents: spans(found.contents) }
    }
}

/// The parts that the attribution head labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AttributionPart {
    Source,
    Cue,
    Content,
}

impl Document {
    /// A document of which nothing is known yet but its text.
    pub fn new(article: Article) -> Document {
        let notes = Vec::new();
        let (sentences, tokens, mentions, times) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Document {
            article,
            sentences,
            tokens,
            mentions,
            times,
            titles: Vec::new(),
            quotes: Vec::new(),
            attributions: Vec::new(),
            events: Vec::new(),
            coreference: Vec::new(),
            notes,
        }
    }

    /// The token of a span whose head lies outside it; the last of several.
    pub fn head_of(&self, span: TokenSpan) -> usize {
        let outside = |&token: &usize| self.tokens[token].head.is_none_or(|head| !span.contains(head));
        span.range().rev().find(outside).unwrap_or(span.end - 1)
    }

    /// The article's own words from the first to the last token of a span, with what stands between.
    pub fn text(&self, span: TokenSpan) -> &str {
        if span.is_empty() {
            return "";
        }
        &self.article.text[self.tokens[span.start].start_byte..self.tokens[span.end - 1].end_byte]
    }

    /// The code points from the first to the last token of a span.
    pub fn chars(&self, span: TokenSpan) -> CharSpan {
        if span.is_empty() {
            return CharSpan::new(0, 0);
        }
        CharSpan::new(self.tokens[span.start].chars.start, self.tokens[span.end - 1].chars.end)
    }

    /// The text of each token of a span.
    pub fn words(&self, span: TokenSpan) -> Vec<&str> {
        self.tokens[span.range()].iter().map(|token| token.text.as_str()).collect()
    }

    /// The sentence that a token stands in.
    pub fn sentence(&self, token: usize) -> &Sentence {
        &self.sentences[self.tokens[token].sentence]
    }

    /// Whether a name is the place of the dateline, which is nobody: "WASHINGTON" above a text about Denzel Washington.
    pub fn is_dateline(&self, span: TokenSpan) -> bool {
        let place = self.article.dateline.and_then(|dateline| dateline.place);
        place.is_some_and(|place| place.overlaps(self.tokens[span.start].chars))
    }

    /// The name that has exactly these words.
    pub fn name_at(&self, span: TokenSpan) -> Option<&Mention> {
        let first = self.mentions.partition_point(|name| name.tokens.start < span.start);
        self.mentions[first..]
            .iter()
            .take_while(|name| name.tokens.start == span.start)
            .find(|name| name.tokens == span)
    }

    /// From the first to the last token of the subtree under a token.
    pub fn subtree(&self, token: usize) -> TokenSpan {
        let sentence = self.sentence(token).tokens;
        let under = sentence.range().filter(|&other| self.is_under(other, token));
        under.fold(TokenSpan::new(token, token + 1), |span, other| span.union(TokenSpan::new(other, other + 1)))
    }

    /// Whether climbing from a token reaches `ancestor`; a token is under itself.
    pub fn is_under(&self, token: usize, ancestor: usize) -> bool {
        let mut at = Some(token);
        while let Some(token) = at {
            if token == ancestor {
                return true;
            }
            at = self.tokens[token].head;
        }
        false
    }

    /// The child of a token by relation (subtypes too), the first.
    pub fn child(&self, head: usize, relation: &str) -> Option<usize> {
        self.children(head).find(|&token| self.tokens[token].is_relation(relation))
    }

    /// The tokens that hang on a token, in order.
    pub fn children(&self, head: usize) -> impl Iterator<Item = usize> + '_ {
        let sentence = self.sentences[self.tokens[head].sentence].tokens;
        sentence.range().filter(move |&index| self.tokens[index].head == Some(head))
    }
}

impl Token {
    /// Whether the relation is the named one or a subtype of it: `nsubj:pass` is an `nsubj`.
    pub fn is_relation(&self, relation: &str) -> bool {
        self.deprel.strip_prefix(relation).is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
    }
}
