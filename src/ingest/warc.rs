//! WARC files (ISO 28500), as crawlers keep pages: an article of each page that was fetched whole, and of each text drawn from one.

use std::io::{self, BufRead, Read};

use flate2::read::{MultiGzDecoder, ZlibDecoder};

use super::collection::Record;
use super::{Format, MAX_BYTES};
use crate::error::{Result, WithFile};

/// Bytes: a longer line of a head is none.
const LONGEST_LINE: u64 = 65_536;

/// Reads page by page; what is no page (requests, pictures, pages that were not there) is passed over. After a fault in the file
/// itself nothing more is read of it.
pub(super) fn records(file: String, mut input: impl BufRead) -> impl Iterator<Item = Result<Record>> {
    let mut ended = false;
    std::iter::from_fn(move || {
        while !ended {
            match Kept::read(&mut input) {
                Ok(None) => return None,
                Ok(Some(kept)) => match kept.record(&file) {
                    Ok(None) => {}
                    Ok(Some(record)) => return Some(Ok(record)),
                    Err(error) => return Some(Err(error)),
                },
                Err(error) => {
                    ended = true;
                    return Some(Err(error).with_file("read on in the WARC file", &file));
                }
            }
        }
        None
    })
}

/// A record as the file has it.
struct Kept {
    head: Head,
    /// `None` of one that is larger than any page.
    block: Option<Vec<u8>>,
}

/// Lines of names and values, the names in lower case.
struct Head(Vec<(String, String)>);

impl Kept {
    /// The next record, if there is one.
    fn read(input: &mut impl BufRead) -> io::Result<Option<Kept>> {
        let mut version = String::new();
        while version.is_empty() {
            match line(input)? {
                None => return Ok(None),
                Some(line) => version = line,
            }
        }
        if !version.starts_with("WARC/") {
            return Err(io::Error::other(format!(
                "`{}` begins no record",
                version.chars().take(40).collect::<String>()
            )));
        }
        let head = Head::read(input)?;
        let length = head.get("content-length").and_then(|length| length.parse::<u64>().ok());
        let length = length.ok_or_else(|| io::Error::other("a record without Content-Length"))?;
        let mut block = input.by_ref().take(length);
        if length > MAX_BYTES as u64 {
            io::copy(&mut block, &mut io::sink())?;
            return Ok(Some(Kept { head, block: None }));
        }
        let mut bytes = Vec::new();
        if (block.read_to_end(&mut bytes)? as u64) < length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(Some(Kept { head, block: Some(bytes) }))
    }

    fn record(self, file: &str) -> Result<Option<Record>> {
        let kind = self.head.get("warc-type").unwrap_or_default();
        let media = self.head.get("content-type").unwrap_or_default();
        let is_response = kind == "response" && media.starts_with("application/http");
        if !is_response && (!matches!(kind, "resource" | "conversion") || format(media).is_none()) {
            return Ok(None);
        }
        let url = self.head.get("warc-target-uri").unwrap_or_default().trim_matches(['<', '>']).to_owned();
        let source = format!("{file}#{url}");
        let page = match (self.block, is_response) {
            (None, _) => return Err(super::too_large(&source, MAX_BYTES)),
            (Some(block), false) => format(media).map(|format| (format, block)),
            (Some(block), true) => page(&block).with_file("read the page", &source)?,
        };
        Ok(page.map(|(format, bytes)| Record::of_page(source, bytes, format, url)))
    }
}

impl Head {
    fn read(input: &mut impl BufRead) -> io::Result<Head> {
        let mut lines = Vec::new();
        while let Some(line) = line(input)?.filter(|line| !line.is_empty()) {
            if let Some((name, value)) = line.split_once(':') {
                lines.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            }
        }
        Ok(Head(lines))
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// A line without its end; `None` at the end of the file.
fn line(input: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    if input.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut bytes)? == 0 {
        return Ok(None);
    }
    Ok(Some(String::from_utf8_lossy(&bytes).trim_end_matches(['\r', '\n']).to_owned()))
}

/// The page in an answer of HTTP, where it is one and all went well.
fn page(answer: &[u8]) -> io::Result<Option<(Format, Vec<u8>)>> {
    let mut rest = answer;
    let status = line(&mut rest)?.unwrap_or_default();
    let head = Head::read(&mut rest)?;
    let is_whole = status.split_whitespace().nth(1) == Some("200");
    let Some(format) = head.get("content-type").and_then(format).filter(|_| is_whole) else { return Ok(None) };
    let is_chunked = head.get("transfer-encoding").is_some_and(|coding| coding.eq_ignore_ascii_case("chunked"));
    let body = if is_chunked { unchunked(rest)? } else { rest.to_vec() };
    let mut bytes = Vec::new();
    let most = MAX_BYTES as u64 + 1;
    match head.get("content-encoding").map(str::to_ascii_lowercase).as_deref() {
        None | Some("" | "identity") => bytes = body,
        Some("gzip" | "x-gzip") => drop(MultiGzDecoder::new(body.as_slice()).take(most).read_to_end(&mut bytes)?),
        Some("deflate") => drop(ZlibDecoder::new(body.as_slice()).take(most).read_to_end(&mut bytes)?),
        Some(other) => return Err(io::Error::other(format!("its content encoding is `{other}`"))),
    }
    Ok(Some((format, bytes)))
}

/// Puts the chunks of RFC 9112 together. Crawlers that did so already leave the head unchanged: then the body is what it is.
fn unchunked(body: &[u8]) -> io::Result<Vec<u8>> {
    let (mut rest, mut whole) = (body, Vec::new());
    loop {
        let size = line(&mut rest)?.unwrap_or_default();
        let size = size.split(';').next().unwrap_or_default().trim();
        let Ok(size) = usize::from_str_radix(size, 16) else { return Ok(body.to_vec()) };
        if size == 0 {
            return Ok(whole);
        }
        let chunk = rest.get(..size).ok_or(io::ErrorKind::UnexpectedEof)?;
        whole.extend_from_slice(chunk);
        rest = rest[size..].strip_prefix(b"\r\n").unwrap_or(&rest[size..]);
    }
}

/// What pages and texts are served as.
fn format(media: &str) -> Option<Format> {
    match media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase().as_str() {
        "text/html" | "application/xhtml+xml" => Some(Format::Html),
        "text/plain" => Some(Format::Text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;
    use crate::ingest::Options;

    fn kept(kind: &str, media: &str, url: &str, block: &str) -> String {
        let head = format!("WARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nContent-Type: {media}");
        format!("WARC/1.1\r\n{head}\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n", block.len())
    }

    fn read(file: &str) -> Vec<String> {
        let tell = |record: Record| {
            let article = record.article(&Options::default())?;
            Ok(format!("{} {} {:?}", article.source, article.url.unwrap_or_default(), article.text))
        };
        let records = records("c.warc".to_owned(), file.as_bytes());
        records.map(|record| record.and_then(tell).unwrap_or_else(|error: Error| error.to_string())).collect()
    }

    #[test]
    fn pages_and_texts_are_articles_and_the_rest_is_passed_over() {
        let http = "application/http; msgtype=response";
        let answer = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nThey \r\n4\r\nmet.\r\n0\r\n\r\n";
        let file = [
            kept("warcinfo", "application/warc-fields", "", "software: x"),
            kept("response", http, "https://news.example/a", answer),
            kept(
                "response",
                http,
                "https://news.example/b",
                "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>no",
            ),
            kept("response", http, "https://news.example/c.png", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nx"),
            kept("conversion", "text/plain", "https://news.example/d", "They left."),
        ];
        assert_eq!(
            read(&file.concat()),
            [
                "c.warc#https://news.example/a https://news.example/a \"They met.\"",
                "c.warc#https://news.example/d https://news.example/d \"They left.\"",
            ]
        );
    }

    #[test]
    fn a_file_that_breaks_off_is_told() {
        let whole = kept("conversion", "text/plain", "https://news.example/d", "They left.");
        let told = read(&format!("{whole}{}", &whole[..whole.len() - 12]));
        assert_eq!(told.len(), 2);
        assert!(told[1].starts_with("c.warc: cannot read on in the WARC file"), "{told:?}");
        assert!(read("They met.")[0].contains("`They met.` begins no record"));
    }
}
