//! An article as it will be read: its text, the paragraphs in it, and what its page or file says about it.

use serde::{Deserialize, Serialize};

use crate::base::{CharSpan, Date, content_id};

use super::date::DateOrder;
use super::text;

/// An empty line.
const BETWEEN_PARAGRAPHS: &str = "\n\n";

/// One article.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// `article/` and a hash of the text: the same text is the same article, wherever it lay.
    pub id: String,
    /// Where it was read: a file's path as the user gave it, `-` for standard input.
    pub source: String,
    /// The page's own address, where it tells one.
    pub url: Option<String>,
    /// The headline on one line; empty where there is none.
    pub title: String,
    /// Where the headline stands in the text.
    pub title_span: Option<CharSpan>,
    /// The day of publication, where page, file or dateline tell it.
    pub published: Option<Date>,
    /// "MOSCOW, July 7 (Reuters) —", where the article has one.
    pub dateline: Option<Dateline>,
    /// Of plain text the whole decoded input unchanged; of a page, the text drawn out of it. Offsets count its code points.
    pub text: String,
    /// In order and apart; what lies between them is white space and rules such as `* * *`.
    pub paragraphs: Vec<Paragraph>,
    /// What was uncertain in reading it, for the user: a date that could be two, an encoding that was guessed.
    pub notes: Vec<String>,
}

/// A stretch of text that a sentence never leaves, without the white space around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Paragraph {
    pub span: CharSpan,
    pub kind: ParagraphKind,
}

/// What a paragraph is in the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ParagraphKind {
    Headline,
    /// Nothing but a date and what goes with it: "Published: 3 March 2019 10:15 GMT", "Cairo, May 26, 2021".
    Date,
    Body,
}

/// Where the report was written, at its start: "MOSCOW, July 7 (Reuters) — ".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Dateline {
    /// From the place to before the dash, or the whole of a paragraph of kind [`ParagraphKind::Date`].
    pub span: CharSpan,
    /// The place alone; none in "Dec 29 (Reuters) -".
    pub place: Option<CharSpan>,
}

impl Article {
    /// Reads an article of plain text: id, title, date, dateline and paragraphs come from the text; a date such as
    /// 09/07/2017 that nothing decides is read day first.
    pub fn new(source: impl Into<String>, text: impl Into<String>) -> Article {
        text::article(source.into(), text.into(), None)
    }

    /// Reads an article of plain text as [`Article::new`] does, with the order of day and month told.
    pub fn with_date_order(source: impl Into<String>, text: impl Into<String>, order: DateOrder) -> Article {
        text::article(source.into(), text.into(), Some(order))
    }

    /// Makes an article of paragraphs that somebody else has found, with an empty line between them in its text; neither
    /// headline nor date nor dateline is looked for.
    pub fn of_paragraphs(source: impl Into<String>, paragraphs: &[impl AsRef<str>]) -> Article {
        let texts: Vec<&str> = paragraphs.iter().map(AsRef::as_ref).collect();
        let mut article = Article::bare(source.into(), texts.join(BETWEEN_PARAGRAPHS));
        let mut start = 0;
        for text in texts {
            let span = CharSpan::new(start, start + text.chars().count());
            article.paragraphs.push(Paragraph { span, kind: ParagraphKind::Body });
            start = span.end + BETWEEN_PARAGRAPHS.len();
        }
        article
    }

    /// The text of a span; takes time in proportion to the article's length.
    ///
    /// # Panics
    ///
    /// Where the span leaves the text.
    pub fn slice(&self, span: CharSpan) -> &str {
        let mut bytes = self.text.char_indices().map(|(byte, _)| byte).chain([self.text.len()]);
        let start = bytes.nth(span.start).expect("a span starts inside its article");
        let end = match span.len() {
            0 => start,
            length => bytes.nth(length - 1).expect("a span ends inside its article"),
        };
        &self.text[start..end]
    }

    /// An article of which nothing is known but its text.
    pub(super) fn bare(source: String, text: String) -> Article {
        Article {
            id: content_id("article", [text.as_str()]),
            source,
            url: None,
            title: String::new(),
            title_span: None,
            published: None,
            dateline: None,
            text,
            paragraphs: Vec::new(),
            notes: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_text_is_the_same_article() {
        let (here, there) = (Article::new("a.txt", "Mr Sall left."), Article::new("b.txt", "Mr Sall left."));
        assert_eq!(here.id, there.id);
        assert_ne!(here.id, Article::new("a.txt", "Mr Sall left!").id);
    }

    #[test]
    fn given_paragraphs_stay_as_they_are() {
        let given = ["4 March 2019", "", "The envoys met.\nThey left."];
        let article = Article::of_paragraphs("-", &given);
        let paragraphs: Vec<&str> = article.paragraphs.iter().map(|paragraph| article.slice(paragraph.span)).collect();
        assert_eq!((paragraphs.as_slice(), article.published), (given.as_slice(), None));
    }

    #[test]
    fn slices_count_code_points() {
        let article = Article::new("-", "Élysée: café 🙂 ok");
        assert_eq!(article.slice(CharSpan::new(8, 14)), "café 🙂");
        assert_eq!(article.slice(CharSpan::new(17, 17)), "");
    }
}
