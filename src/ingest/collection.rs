//! Files of many articles into records, one after the other: JSON Lines, feeds, WARC.
//!
//! A record is known by its source (`dump.jsonl#23003`) and a digest of what it holds, before it is read: a graph that has it already
//! need not read it again.

use std::collections::BTreeSet;
use std::io::BufRead;
use std::path::Path;

use super::fields::Fields;
use super::json_lines::{self, FieldNames};
use super::{Article, Format, Options, article, feed, warc};
use crate::base::digest;
use crate::error::{Error, Result};

/// The form of a file of many articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Collection {
    JsonLines,
    Feed,
    Warc,
}

/// An article that is found but not read.
#[derive(Clone, Debug)]
pub struct Record {
    /// Where it was found: the file's name, and its id, address or line in a file of many.
    pub source: String,
    /// File and line (from zero), of a line.
    line: Option<(String, usize)>,
    content: Content,
}

#[derive(Clone, Debug)]
enum Content {
    /// A file, or a page out of one.
    Bytes {
        bytes: Vec<u8>,
        format: Option<Format>,
        url: Option<String>,
    },
    Fields(Fields),
}

impl Collection {
    /// The form that the ending of a file's name tells, in any case and before `.gz` or `.zst`.
    pub fn of_name(name: impl AsRef<Path>) -> Option<Collection> {
        match super::ending(name.as_ref())?.as_str() {
            "jsonl" | "ndjson" => Some(Collection::JsonLines),
            "rss" | "atom" | "xml" => Some(Collection::Feed),
            "warc" | "wet" => Some(Collection::Warc),
            _ => None,
        }
    }

    /// The form that the first bytes tell.
    pub fn of_start(bytes: &[u8]) -> Option<Collection> {
        let start = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]);
        let start = start.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
        let is_feed = ["<rss", "<feed", "<rdf:RDF"].iter().any(|tag| start.contains(tag));
        match start {
            _ if start.starts_with('{') => Some(Collection::JsonLines),
            _ if start.starts_with("WARC/") => Some(Collection::Warc),
            _ if start.starts_with('<') && is_feed => Some(Collection::Feed),
            _ => None,
        }
    }

    /// Reads the records of a file, in its order; of those that it names alike, the later ones are numbered.
    pub fn records<'r>(
        self,
        file: &str,
        input: impl BufRead + Send + 'r,
        names: &FieldNames,
    ) -> Box<dyn Iterator<Item = Result<Record>> + Send + 'r> {
        let all: Box<dyn Iterator<Item = Result<Record>> + Send + 'r> = match self {
            Collection::JsonLines => Box::new(json_lines::records(file.to_owned(), input, names.clone())),
            Collection::Warc => Box::new(warc::records(file.to_owned(), input)),
            Collection::Feed => match feed::records(file, input) {
                Ok(records) => Box::new(records.into_iter().map(Ok)),
                Err(error) => Box::new(std::iter::once(Err(error))),
            },
        };
        let mut seen = BTreeSet::new();
        Box::new(all.map(move |record| record.map(|record| record.called_apart(&mut seen))))
    }
}

impl Record {
    /// A whole file.
    pub fn of_file(source: impl Into<String>, bytes: Vec<u8>) -> Record {
        Record { source: source.into(), line: None, content: Content::Bytes { bytes, format: None, url: None } }
    }

    pub(super) fn of_page(source: String, bytes: Vec<u8>, format: Format, url: String) -> Record {
        let url = Some(url).filter(|url| !url.is_empty());
        Record { source, line: None, content: Content::Bytes { bytes, format: Some(format), url } }
    }

    pub(super) fn of_fields(source: String, fields: Fields) -> Record {
        Record { source, line: None, content: Content::Fields(fields) }
    }

    pub(super) fn at_line(self, file: &str, line: usize) -> Record {
        Record { line: Some((file.to_owned(), line)), ..self }
    }

    /// A hash of all that its article depends on.
    pub fn digest(&self, options: &Options) -> String {
        let order = options.date_order.map_or("", |order| order.name());
        match &self.content {
            Content::Bytes { bytes, format, url } => {
                let format = format.or(options.format).or_else(|| Format::of_name(&self.source));
                let told = [order, format.map_or("", Format::name), url.as_deref().unwrap_or_default()];
                digest("record", told.map(str::as_bytes).into_iter().chain([bytes.as_slice()]))
            }
            Content::Fields(fields) => {
                digest("record", [order.as_bytes(), b"fields"].into_iter().chain(fields.parts()))
            }
        }
    }

    /// Reads the article.
    ///
    /// # Errors
    /// As [`article`]; a record without text.
    pub fn article(&self, options: &Options) -> Result<Article> {
        match &self.content {
            Content::Bytes { bytes, format, url } => {
                let options = Options { format: format.or(options.format), ..*options };
                let read = article(&self.source, bytes, &options)?;
                Ok(Article { url: read.url.or_else(|| url.clone()), ..read })
            }
            Content::Fields(fields) => {
                fields.article(&self.source, options.date_order).map_err(|error| self.placed(error))
            }
        }
    }

    /// Names the line of an error that names the source only.
    fn placed(&self, error: Error) -> Error {
        match &self.line {
            Some((file, line)) => error.at_line(file, *line, None),
            None => error,
        }
    }

    fn called_apart(mut self, seen: &mut BTreeSet<String>) -> Record {
        let mut number = 1;
        let called = self.source.clone();
        while !seen.insert(self.source.clone()) {
            number += 1;
            self.source = format!("{called}~{number}");
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_known_by_name_and_by_start() {
        assert_eq!(Collection::of_name("a/DUMP.JSONL.gz"), Some(Collection::JsonLines));
        assert_eq!(Collection::of_name("a.warc.zst"), Some(Collection::Warc));
        assert_eq!(Collection::of_name("a.html.gz"), None);
        assert_eq!(Collection::of_start(b" {\"text\": 1}"), Some(Collection::JsonLines));
        assert_eq!(Collection::of_start(b"<?xml version='1.0'?>\n<rss version='2.0'>"), Some(Collection::Feed));
        assert_eq!(Collection::of_start(b"<html><p>They met."), None);
    }

    #[test]
    fn a_record_is_known_by_what_it_holds() {
        let of = |source: &str, text: &str| Record::of_file(source, text.into()).digest(&Options::default());
        assert_eq!(of("a.txt", "They met."), of("b.txt", "They met."));
        assert_ne!(of("a.txt", "They met."), of("a.txt", "They left."));
        assert_ne!(of("a.txt", "They met."), of("a.html", "They met."));
    }

    #[test]
    fn records_of_one_name_are_kept_apart() {
        let lines = "{\"id\": 1, \"text\": \"One.\"}\n{\"id\": 1, \"text\": \"Two.\"}\n";
        let records = Collection::JsonLines.records("d.jsonl", lines.as_bytes(), &FieldNames::default());
        let sources: Vec<String> = records.map(|record| record.expect("a record").source).collect();
        assert_eq!(sources, ["d.jsonl#1", "d.jsonl#1~2"]);
    }
}
