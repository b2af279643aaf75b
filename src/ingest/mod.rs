//! Files and pages into articles: decoding, title, date of publication, text; files of many articles into records.
//!
//! Takes bytes or a reader and the name of their source; opening files is the caller's. "Talks resume / 4 March 2019 /
//! The envoys met." becomes an [`Article`] with a title, a day of publication and three paragraphs.

mod article;
mod text;
mod html;
mod paragraph;
mod head;
mod date;
mod decode;
mod binary;
mod collection;
mod fields;
mod json_lines;
mod feed;
mod warc;

use std::fmt;
use std::io::Read;
use std::path::Path;
use std::str::FromStr;

use crate::base::compression::Compression;
use crate::error::{Error, Result, WithFile};

pub use article::{Article, Dateline, Paragraph, ParagraphKind};
pub use collection::{Collection, Record};
pub use date::DateOrder;
pub use json_lines::{FieldNames, Part};

/// Bytes: a long newspaper page with all its markup has one or two million; what has twenty is an archive or a table.
pub const MAX_BYTES: usize = 20_000_000;

/// How to read what doesn't say of itself how it is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// `None` tells pages from text by their first tag and the ending of the source's name.
    pub format: Option<Format>,
    /// `None` reads 09/07/2017 as the article's other dates and weekdays have it, else day first and with a note.
    pub date_order: Option<DateOrder>,
    /// More is refused, and not read.
    pub max_bytes: usize,
}

impl Default for Options {
    fn default() -> Options {
        Options { format: None, date_order: None, max_bytes: MAX_BYTES }
    }
}

/// The form that an article comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    Text,
    Html,
}

/// Reads one article from bytes; `source` is named in errors and kept in the article.
///
/// # Errors
///
/// Where the bytes are more than the limit, empty or nothing but white space, no text, or a page without an article.
/// Bytes that no encoding explains are no error: they are replaced, with a note in the article.
pub fn article(source: &str, bytes: &[u8], options: &Options) -> Result<Article> {
    if bytes.len() > options.max_bytes {
        return Err(too_large(source, options.max_bytes));
    }
    if let Some(error) = binary::refuse(source, bytes) {
        return Err(error);
    }
    let first_guess = decode::decode(bytes, None);
    if first_guess.text.trim().is_empty() {
        return Err(empty(source, bytes));
    }
    match options.format.unwrap_or_else(|| format_of(source, &first_guess.text)) {
        Format::Text => {
            let mut article = text::article(source.to_owned(), first_guess.text, options.date_order);
            article.notes.extend(first_guess.notes);
            Ok(article)
        }
        Format::Html => {
            let decoded = decode::decode(bytes, decode::declared_in_html(bytes).as_deref());
            let mut article = html::article(source.to_owned(), &decoded.text, options.date_order)?;
            article.notes.extend(decoded.notes);
            Ok(article)
        }
    }
}

/// Reads one article from a reader, and no more of it than the limit and one byte.
///
/// # Errors
///
/// As [`article`], and where the reader fails.
pub fn read_article(source: &str, reader: impl Read, options: &Options) -> Result<Article> {
    let mut bytes = Vec::new();
    let limit = u64::try_from(options.max_bytes).unwrap_or(u64::MAX).saturating_add(1);
    reader.take(limit).read_to_end(&mut bytes).with_file("read the article", source)?;
    article(source, &bytes, options)
}

impl Format {
    pub const ALL: [Format; 2] = [Format::Text, Format::Html];

    /// The name that the command line uses.
    pub fn name(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Html => "html",
        }
    }

    /// The format that the ending of a file's name tells, in any case and before `.gz` or `.zst`: `.html`, `.htm`, `.xhtml`, `.txt`,
    /// `.text`, `.md`.
    pub fn of_name(name: impl AsRef<Path>) -> Option<Format> {
        match ending(name.as_ref())?.as_str() {
            "html" | "htm" | "xhtml" => Some(Format::Html),
            "txt" | "text" | "md" => Some(Format::Text),
            _ => None,
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Format {
    type Err = Error;

    fn from_str(text: &str) -> Result<Format> {
        Format::ALL.into_iter().find(|format| format.name() == text).ok_or_else(|| {
            Error::new(format!("unknown format of articles `{text}`")).hint("formats are `text`, `html`")
        })
    }
}

/// A page is a page whatever its name ends in; what doesn't look like one goes by its name.
fn format_of(source: &str, text: &str) -> Format {
    match html::looks_like_html(text) {
        true => Format::Html,
        false => Format::of_name(source).unwrap_or(Format::Text),
    }
}

/// What a file's name ends in, in lower case and before the ending of a compressed file.
fn ending(name: &Path) -> Option<String> {
    let plain = if Compression::of_file(name).is_some() { Path::new(name.file_stem()?) } else { name };
    Some(plain.extension()?.to_str()?.to_ascii_lowercase())
}

fn too_large(source: &str, limit: usize) -> Error {
    let megabytes = limit as f64 / 1e6;
    Error::new(format!("larger than {megabytes} MB, the most that one article may have"))
        .at(source)
        .hint("give each article a file of its own")
}

fn empty(source: &str, bytes: &[u8]) -> Error {
    let what = if bytes.is_empty() { "the file is empty" } else { "nothing but white space" };
    Error::new(what).at(source).hint("give a text file or an HTML page with an article in it")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn error(source: &str, bytes: &[u8]) -> String {
        article(source, bytes, &Options::default()).expect_err(source).to_string()
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        assert_eq!(error("a.txt", b""), "a.txt: the file is empty");
        assert_eq!(error("a.txt", b" \r\n\t\n"), "a.txt: nothing but white space");
        assert_eq!(error("a.txt", b"\xEF\xBB\xBF\n"), "a.txt: nothing but white space");
        assert_eq!(error("a.html", b"<p>Sport</p>"), "a.html: no article found in the page");
        assert_eq!(error("a.bin", b"\0\x01\x02"), "a.bin: this is a binary file, not text");
    }

    #[test]
    fn a_reader_stops_at_the_limit() {
        let options = Options { max_bytes: 1000, ..Options::default() };
        let mut endless = std::io::repeat(b'a');
        let error = read_article("-", &mut endless, &options).expect_err("too large");
        assert_eq!(error.to_string(), "-: larger than 0.001 MB, the most that one article may have");
        assert!(read_article("-", "They met.".as_bytes(), &options).is_ok());
    }

    #[test]
    fn format_comes_from_content_then_name() {
        assert_eq!(format_of("a.txt", "<!doctype html><p>They met."), Format::Html);
        assert_eq!(format_of("a.HTM", "They met."), Format::Html);
        assert_eq!(format_of("-", "They met."), Format::Text);
    }

    #[test]
    fn options_decide() {
        let text = b"Talks resume\n\n09/07/2017\n\nThey met.";
        let read = |date_order| article("-", text, &Options { date_order, ..Options::default() }).expect("an article");
        let published = |article: &Article| article.published.map(|date| date.to_string());
        let (guessed, told) = (read(None), read(Some(DateOrder::MonthFirst)));
        assert_eq!((published(&guessed).as_deref(), guessed.notes.len()), (Some("2017-07-09"), 1));
        assert_eq!((published(&told).as_deref(), told.notes.len()), (Some("2017-09-07"), 0));
        let as_text = Options { format: Some(Format::Text), ..Options::default() };
        assert_eq!(article("-", b"<p>They met.</p>", &as_text).expect("an article").text, "<p>They met.</p>");
    }

    #[test]
    fn damage_is_a_note() {
        let read = article(
            "-",
            "Élysée, café\u{A0}and ".as_bytes().iter().chain(b"\xFF met.").copied().collect::<Vec<_>>().as_slice(),
            &Options::default(),
        );
        assert_eq!(read.expect("an article").notes, ["1 place that is not valid UTF-8 became \u{FFFD}"]);
    }

    proptest! {
        #[test]
        fn any_bytes_are_an_article_or_an_error(bytes: Vec<u8>, html: bool) {
            let format = Some(if html { Format::Html } else { Format::Text });
            let _ = article("-", &bytes, &Options { format, ..Options::default() });
        }
    }
}
