//! JSON Lines: a record of an article on each line, under the names that news dumps use for its parts, or under names that are told.
//!
//! `{"headline": "Talks resume", "published_at": "2031-03-04T10:00:00Z", "body": "The envoys met.", "id": 17}`

use std::io::{BufRead, Read};

use serde_json::{Map, Value};

use super::collection::Record;
use super::fields::Fields;
use super::{MAX_BYTES, too_large};
use crate::error::{Error, Result, WithFile};

/// The parts of an article that a record can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Text,
    Title,
    Published,
    Url,
    Id,
}

/// What a dump calls the parts, where it does not use one of the usual names; `content.rendered` is a field in a field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldNames(Vec<(Part, String)>);

impl Part {
    pub const ALL: [Part; 5] = [Part::Text, Part::Title, Part::Published, Part::Url, Part::Id];

    /// The name that the command line uses.
    pub fn name(self) -> &'static str {
        match self {
            Part::Text => "text",
            Part::Title => "title",
            Part::Published => "date",
            Part::Url => "url",
            Part::Id => "id",
        }
    }

    /// The names that are looked for, the surest first: those of NewsAPI, GDELT, news-please, Common Crawl's news, the Guardian,
    /// WordPress and schema.org.
    fn usual_names(self) -> &'static [&'static str] {
        match self {
            Part::Text => &[
                "text",
                "body",
                "content",
                "paras",
                "paragraphs",
                "maintext",
                "articleBody",
                "full_text",
                "article",
                "bodyText",
                "content.rendered",
                "description",
            ],
            Part::Title => &["title", "headline", "webTitle", "title.rendered", "name"],
            Part::Published => &[
                "date",
                "published",
                "published_at",
                "publishedAt",
                "date_publish",
                "datePublished",
                "publication_date",
                "pub_date",
                "pubDate",
                "webPublicationDate",
                "date_published",
                "timestamp",
            ],
            Part::Url => &["url", "link", "source_url", "webUrl", "web_url"],
            Part::Id => &["id", "guid", "_id", "uuid"],
        }
    }
}

impl FieldNames {
    /// Takes `text=body`: the text is in the field `body`.
    ///
    /// # Errors
    /// A part that articles don't have; a name that is missing.
    pub fn add(&mut self, told: &str) -> Result<()> {
        let (part, name) = told.split_once('=').unwrap_or((told, ""));
        let known = Part::ALL.into_iter().find(|known| known.name() == part);
        match known.filter(|_| !name.is_empty()) {
            Some(part) => self.0.push((part, name.to_owned())),
            None => {
                return Err(Error::new(format!("`{told}` names no field")).hint(
                    "write `text=body`: first `text`, `title`, `date`, `url` or `id`, then what the file calls it",
                ));
            }
        }
        Ok(())
    }

    /// The value of a part in a record, by the told names or else the usual ones.
    fn find<'r>(&self, part: Part, record: &'r Map<String, Value>) -> Option<&'r Value> {
        let told: Vec<&str> =
            self.0.iter().filter(|(known, _)| *known == part).map(|(_, name)| name.as_str()).collect();
        let names = if told.is_empty() { part.usual_names().to_vec() } else { told };
        names.into_iter().filter_map(|name| at(record, name)).find(|value| !text(value).trim().is_empty())
    }
}

/// Reads record by record; a line that is none is an error of its own, and the next is read.
pub(super) fn records(
    file: String,
    mut input: impl BufRead,
    names: FieldNames,
) -> impl Iterator<Item = Result<Record>> {
    let (mut line, mut ended) = (0, false);
    std::iter::from_fn(move || {
        while !ended {
            let bytes = match read_line(&mut input, &file, line) {
                Ok(bytes) => bytes,
                Err(error) => {
                    ended = true;
                    return Some(Err(error));
                }
            };
            if bytes.is_empty() {
                return None;
            }
            line += 1;
            if !bytes.trim_ascii().is_empty() {
                return Some(record(&file, line - 1, &bytes, &names));
            }
        }
        None
    })
}

/// The next line with its end, empty at the end of the file.
fn read_line(input: &mut impl BufRead, file: &str, line: usize) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = input.by_ref().take(MAX_BYTES as u64 + 1).read_until(b'\n', &mut bytes);
    read.with_file(&format!("read line {}", line + 1), file)?;
    if bytes.len() > MAX_BYTES { Err(too_large(file, MAX_BYTES)) } else { Ok(bytes) }
}

fn record(file: &str, line: usize, bytes: &[u8], names: &FieldNames) -> Result<Record> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let object: Map<String, Value> = serde_json::from_slice(bytes).map_err(|error| {
        let column = error.column().saturating_sub(1);
        Error::new("no JSON object")
            .at_line(file, line, Some(column))
            .because(error)
            .hint("each line is a record of its own: {\"text\": \"…\"}")
    })?;
    let value = |part| names.find(part, &object);
    let told = |part| value(part).map(text).unwrap_or_default();
    if value(Part::Text).is_none() {
        let fields: Vec<String> = object.keys().map(|key| format!("`{key}`")).collect();
        return Err(Error::new("a record without text")
            .at_line(file, line, None)
            .hint(format!("its fields are {}; `--field text=NAME` tells which has the text", fields.join(", "))));
    }
    let url = Some(told(Part::Url)).filter(|url| !url.is_empty());
    let id = Some(told(Part::Id)).filter(|id| !id.is_empty()).or_else(|| url.clone());
    let source = id.map_or_else(|| format!("{file}:{}", line + 1), |id| format!("{file}#{id}"));
    let fields =
        Fields { title: told(Part::Title), published: date(value(Part::Published)), url, text: told(Part::Text) };
    Ok(Record::of_fields(source, fields).at_line(file, line))
}

/// The field of a name, or of names with dots between.
fn at<'r>(record: &'r Map<String, Value>, name: &str) -> Option<&'r Value> {
    record.get(name).or_else(|| {
        let (outer, inner) = name.split_once('.')?;
        at(record.get(outer)?.as_object()?, inner)
    })
}

/// A value as text: a list as paragraphs.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Array(values) => {
            values.iter().map(text).filter(|text| !text.is_empty()).collect::<Vec<String>>().join("\n\n")
        }
        _ => String::new(),
    }
}

/// A date as text; a number counts seconds or milliseconds from 1970 (Unix time).
fn date(value: Option<&Value>) -> String {
    const MILLISECONDS: i64 = 100_000_000_000;
    let Some(value) = value else { return String::new() };
    let seconds = value.as_i64().map(|time| if time.abs() >= MILLISECONDS { time / 1000 } else { time });
    let moment = seconds.filter(|time| time.abs() > 9999).and_then(|time| jiff::Timestamp::from_second(time).ok());
    moment.map_or_else(|| text(value), |moment| moment.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::Options;

    fn read(lines: &str, names: &[&str]) -> Vec<String> {
        let mut told = FieldNames::default();
        names.iter().for_each(|name| told.add(name).expect("a field"));
        let tell = |record: Record| {
            let article = record.article(&Options::default())?;
            let published = article.published.map(|date| date.to_string()).unwrap_or_default();
            Ok(format!("{} | {} | {published} | {}", article.source, article.title, article.text.replace('\n', "/")))
        };
        let records = records("d.jsonl".to_owned(), lines.as_bytes(), told);
        records.map(|record| record.and_then(tell).unwrap_or_else(|error: Error| error.to_string())).collect()
    }

    #[test]
    fn usual_names_are_known() {
        let lines = "{\"id\": 7, \"headline\": \"Talks resume\", \"publishedAt\": \"2031-03-04T10:00:00Z\", \"body\": \"They met.\"}\n\n\
            {\"paras\": [\"They met.\", \"They left.\"], \"timestamp\": 1930382400, \"url\": \"https://news.example/a\"}\n\
            {\"text\": \"They met.\", \"title\": \"\"}";
        assert_eq!(
            read(lines, &[]),
            [
                "d.jsonl#7 | Talks resume | 2031-03-04 | Talks resume//They met.",
                "d.jsonl#https://news.example/a |  | 2031-03-04 | They met.//They left.",
                "d.jsonl:4 |  |  | They met.",
            ]
        );
    }

    #[test]
    fn names_can_be_told() {
        let line = "{\"story\": {\"en\": \"They met.\"}, \"text\": \"advertisement\", \"kicker\": \"Talks resume\"}";
        let names = ["text=story.en", "title=kicker"];
        assert_eq!(read(line, &names), ["d.jsonl:1 | Talks resume |  | Talks resume//They met."]);
        assert!(FieldNames::default().add("author=by").is_err());
    }

    #[test]
    fn a_faulty_line_is_told_and_the_others_are_read() {
        let told = read("{\"text\": \"One.\"}\n{\"text\": \n{\"title\": \"x\"}\n{\"text\": \"Two.\"}\n", &[]);
        assert_eq!((told[0].as_str(), told[3].as_str()), ("d.jsonl:1 |  |  | One.", "d.jsonl:4 |  |  | Two."));
        assert!(told[1].starts_with("d.jsonl:2:") && told[2] == "d.jsonl:3: a record without text", "{told:?}");
    }
}
