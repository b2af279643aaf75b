//! Pieces of HTML: texts made harmless, and pages filled in.

use std::io::{self, Write};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

/// A text as it may stand between tags and in quoted attributes: `<script>` shows as just that.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // Browsers drop it or worse, each in its own way.
            '\0' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// Whether an address may become a link: one to the web, never a script.
pub fn is_web_address(address: &str) -> bool {
    let starts = |scheme: &str| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    starts("https://") || starts("http://")
}

/// Writes a page with its marks, `{{style}}`, filled in the order they stand, each once: what was put in is not searched again.
///
/// # Errors
/// Those of the writer.
///
/// # Panics
/// Where the page lacks a mark: pages are part of the program.
pub fn fill(page: &str, parts: &[(&str, &str)], out: &mut dyn Write) -> io::Result<()> {
    let rest = parts.iter().try_fold(page, |rest, (mark, text)| put(out, rest, mark, text))?;
    out.write_all(rest.as_bytes())
}

/// Writes what stands before a mark, then a text in the mark's place; gives what stands after it.
///
/// # Errors
/// Those of the writer.
///
/// # Panics
/// Where the page lacks the mark.
pub fn put<'p>(out: &mut dyn Write, page: &'p str, mark: &str, text: &str) -> io::Result<&'p str> {
    let (before, after) = page.split_once(mark).expect("a page has each mark, in this order");
    out.write_all(before.as_bytes())?;
    out.write_all(text.as_bytes())?;
    Ok(after)
}

/// By what a policy knows an element that stands in the page: a hash of its text.
pub fn fingerprint(text: &str) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(text.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_web_is_linked() {
        assert!(is_web_address("https://news.example/1") && is_web_address("HTTP://news.example"));
        for address in ["javascript:alert(1)", " https://news.example", "data:text/html,x", "//news.example", "é"] {
            assert!(!is_web_address(address), "{address}");
        }
    }
}
