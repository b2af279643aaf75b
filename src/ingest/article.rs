//! An article as it will be read: its text, and what its page or file says about it.

use crate::base::{Date, content_id};

/// One article.
#[derive(Clone, Debug, PartialEq)]
pub struct Article {
    /// `article/` and a hash of the text: the same text is the same article, wherever it lay.
    pub id: String,
    /// Where it was read: a file's path as the user gave it, `-` for standard input.
    pub source: String,
    /// The page's own address, where it tells one.
    pub url: Option<String>,
    pub title: String,
    /// The day of publication, where page, file or dateline tell it.
    pub published: Option<Date>,
    /// Of plain text the whole decoded input unchanged; of a page, the text drawn out of it. Offsets count its code points.
    pub text: String,
    /// What was uncertain in reading it, for the user: a date that could be two, an encoding that was guessed.
    pub notes: Vec<String>,
}

impl Article {
    /// Makes an article of plain text alone; its id comes from the text.
    pub fn new(source: impl Into<String>, text: impl Into<String>) -> Article {
        let text = text.into();
        Article {
            id: content_id("article", [text.as_str()]),
            source: source.into(),
            url: None,
            title: String::new(),
            published: None,
            text,
            notes: Vec::new(),
        }
    }
}
