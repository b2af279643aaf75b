//! A record that tells its headline, day, address and text apart (a line of JSON, an entry of a feed) into an article.
//!
//! `{"title": "Talks resume", "date": "2031-03-04", "text": "The envoys met."}` becomes "Talks resume", an empty line and "The
//! envoys met.", published on 4 March 2031.

use crate::error::{Error, Result};

use super::article::Article;
use super::date::{self, DateOrder};
use super::{head, html, paragraph};

/// What a record says, as it says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Fields {
    pub title: String,
    /// A date in any form that pages use.
    pub published: String,
    pub url: Option<String>,
    /// Paragraphs with empty lines between, or HTML.
    pub text: String,
}

impl Fields {
    /// All of it, each part apart, to know an unchanged record by.
    pub fn parts(&self) -> [&[u8]; 4] {
        let url = self.url.as_deref().unwrap_or_default();
        [&self.title, &self.published, url, &self.text].map(str::as_bytes)
    }

    /// Makes the article; its text is the headline, an empty line, and the record's own text, or what is to be read of its HTML.
    ///
    /// # Errors
    /// A record without text.
    pub fn article(&self, source: &str, order: Option<DateOrder>) -> Result<Article> {
        let body = match is_html(&self.text) {
            true => html::fragment(&self.text).join("\n\n"),
            false => self.text.trim().to_owned(),
        };
        if body.is_empty() {
            return Err(Error::new("no text").at(source));
        }
        let title = html::fragment(&self.title).join(" ");
        let text = match title.is_empty() || body.starts_with(&title) {
            true => body,
            false => format!("{title}\n\n{body}"),
        };
        let blocks = paragraph::split(&text);
        let mut article = Article::bare(source.to_owned(), text);
        article.url = self.url.clone();
        match date::field(&self.published) {
            Some(written) => {
                let (date, note) = date::settle(&written, &self.published, order, &[], &[]);
                article.published = Some(date);
                article.notes.extend(note);
            }
            None if self.published.is_empty() => {}
            None => article.notes.push(format!("`{}` was not read as a date", self.published)),
        }
        head::describe(&mut article, &blocks, !title.is_empty(), order);
        Ok(article)
    }
}

/// Whether a text is marked up: it begins with a tag or ends a paragraph by one.
fn is_html(text: &str) -> bool {
    let begins =
        text.trim_start().strip_prefix('<').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()));
    begins || ["</p>", "</div>", "<br", "</a>"].iter().any(|tag| text.contains(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(title: &str, published: &str, text: &str) -> Article {
        let [title, published, text] = [title, published, text].map(str::to_owned);
        Fields { title, published, url: None, text }.article("dump.jsonl:1", None).expect("an article")
    }

    #[test]
    fn headline_and_day_come_from_the_record() {
        let read =
            article("Talks resume", "Tue, 04 Mar 2031 10:00:00 GMT", "OSLO (NTB) - The envoys met.\n\nThey left.");
        assert_eq!(read.text, "Talks resume\n\nOSLO (NTB) - The envoys met.\n\nThey left.");
        assert_eq!((read.title.as_str(), read.paragraphs.len()), ("Talks resume", 3));
        assert_eq!(read.published.map(|date| date.to_string()).as_deref(), Some("2031-03-04"));
        assert!(read.dateline.is_some());
    }

    #[test]
    fn markup_is_taken_out() {
        let read = article(
            "Ferries &amp; tolls",
            "",
            "<p>The envoys met <b>twice</b>.</p><script>x()</script><p>They left.</p>",
        );
        assert_eq!(read.text, "Ferries & tolls\n\nThe envoys met twice.\n\nThey left.");
    }

    #[test]
    fn what_is_missing_is_told() {
        assert_eq!(article("", "soon", "They met.").notes, ["`soon` was not read as a date"]);
        let empty = Fields::default().article("dump.jsonl:17", None).expect_err("no text");
        assert_eq!(empty.to_string(), "dump.jsonl:17: no text");
    }
}
