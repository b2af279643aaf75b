//! RSS, Atom and JSON feeds: an article of each entry, as much of it as the feed has.

use std::io::Read;

use feed_rs::model::Entry;

use super::collection::Record;
use super::fields::Fields;
use super::{MAX_BYTES, too_large};
use crate::error::{Error, Result, WithFile};

/// Reads a feed whole.
///
/// # Errors
/// What is no feed, or larger than any.
pub(super) fn records(file: &str, input: impl Read) -> Result<Vec<Record>> {
    let mut bytes = Vec::new();
    input.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes).with_file("read the feed", file)?;
    if bytes.len() > MAX_BYTES {
        return Err(too_large(file, MAX_BYTES));
    }
    let feed = feed_rs::parser::parse(bytes.as_slice())
        .map_err(|error| Error::new("no feed in RSS, Atom or JSON").at(file).because(error))?;
    Ok(feed.entries.into_iter().map(|entry| record(file, entry)).collect())
}

/// Of the entry's content and summary, the longer one is its text.
fn record(file: &str, entry: Entry) -> Record {
    let address = |link: &feed_rs::model::Link| link.rel.as_deref().is_none_or(|rel| rel == "alternate");
    let url = entry.links.iter().find(|link| address(link)).map(|link| link.href.clone());
    let content = entry.content.and_then(|content| content.body).unwrap_or_default();
    let summary = entry.summary.map(|summary| summary.content).unwrap_or_default();
    let fields = Fields {
        title: entry.title.map(|title| title.content).unwrap_or_default(),
        published: entry.published.or(entry.updated).map(|moment| moment.to_rfc3339()).unwrap_or_default(),
        url,
        text: if content.len() >= summary.len() { content } else { summary },
    };
    Record::of_fields(format!("{file}#{}", entry.id), fields)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::Options;

    const RSS: &str = "<?xml version='1.0'?><rss version='2.0'><channel><title>Fjord Post</title><link>https://news.example/</link>\
        <description>News</description><item><title>Talks resume</title><link>https://news.example/a</link>\
        <guid isPermaLink='false'>a-17</guid><pubDate>Tue, 04 Mar 2031 10:00:00 GMT</pubDate>\
        <description>&lt;p&gt;The envoys met.&lt;/p&gt;&lt;p&gt;They left.&lt;/p&gt;</description></item></channel></rss>";

    const ATOM: &str = "<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'><title>Fjord Post</title><id>urn:x</id>\
        <updated>2031-03-04T10:00:00Z</updated><entry><title>Talks resume</title><id>urn:a-17</id>\
        <link href='https://news.example/a'/><updated>2031-03-04T10:00:00Z</updated>\
        <content type='text'>The envoys met.</content></entry></feed>";

    #[test]
    fn entries_are_articles() {
        for (feed, source, text) in [
            (RSS, "f.xml#a-17", "Talks resume\n\nThe envoys met.\n\nThey left."),
            (ATOM, "f.xml#urn:a-17", "Talks resume\n\nThe envoys met."),
        ] {
            let read = records("f.xml", feed.as_bytes()).expect("a feed").remove(0);
            let article = read.article(&Options::default()).expect("an article");
            assert_eq!((article.source.as_str(), article.text.as_str()), (source, text));
            assert_eq!(article.url.as_deref(), Some("https://news.example/a"));
            assert_eq!(article.published.map(|date| date.to_string()).as_deref(), Some("2031-03-04"));
        }
        assert!(records("f.xml", &b"<html></html>"[..]).is_err());
    }
}
