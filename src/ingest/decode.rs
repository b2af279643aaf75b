//! Bytes into text: byte order mark, UTF-8, what the page declares, and else a guess.
//!
//! "caf\xE9" with no word on its encoding becomes "café" and a note; bytes that no encoding explains become U+FFFD and a
//! note.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Text, and what was uncertain in decoding it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Decoded {
    pub text: String,
    pub notes: Vec<String>,
}

/// Decodes bytes, without their byte order mark. `declared` is the label of an encoding that the page itself gives.
pub(super) fn decode(bytes: &[u8], declared: Option<&str>) -> Decoded {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return with(encoding, &bytes[mark..], None);
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return with(encoding, bytes, Some(guess_note(encoding)));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded { text: text.to_owned(), notes: Vec::new() };
    }
    let declared = declared.and_then(|label| Encoding::for_label(label.as_bytes()));
    match declared.filter(|encoding| *encoding != UTF_8) {
        Some(encoding) => with(encoding, bytes, None),
        None if mostly_utf8(bytes) => with(UTF_8, bytes, None),
        None => guessed(bytes),
    }
}

/// The encoding that an HTML page declares in its first kilobytes, as its label.
pub(super) fn declared_in_html(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARATION)]).to_ascii_lowercase();
    let after = head.match_indices("charset").find_map(|(at, word)| {
        let rest = head[at + word.len()..].trim_start().strip_prefix('=')?;
        Some(rest.trim_start().trim_start_matches(['"', '\'']))
    })?;
    let label: String = after.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_:.".contains(*c)).collect();
    (!label.is_empty()).then_some(label)
}

/// Whether the bytes begin as text in UTF-16, with a byte order mark or without: then NUL bytes are no sign of a binary file.
pub(super) fn is_utf16(bytes: &[u8]) -> bool {
    let marked = Encoding::for_bom(bytes).is_some_and(|(encoding, _)| encoding != UTF_8);
    marked || utf16_without_mark(bytes).is_some()
}

/// Bytes: the standard wants the declaration in the first 1024, pages put it a little later.
const DECLARATION: usize = 4096;
/// Bytes looked at to tell UTF-16 from other bytes.
const SAMPLE: usize = 4096;

fn guessed(bytes: &[u8]) -> Decoded {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    with(encoding, bytes, Some(guess_note(encoding)))
}

fn with(encoding: &'static Encoding, bytes: &[u8], note: Option<String>) -> Decoded {
    let (text, malformed) = encoding.decode_without_bom_handling(bytes);
    let replaced =
        if malformed { replacements(&text).saturating_sub(written_replacements(encoding, bytes)) } else { 0 };
    let bad = (replaced > 0).then(|| replacement_note(encoding, replaced));
    Decoded { notes: note.into_iter().chain(bad).collect(), text: text.into_owned() }
}

fn replacements(text: &str) -> usize {
    text.chars().filter(|c| *c == char::REPLACEMENT_CHARACTER).count()
}

/// How often the author's own bytes say U+FFFD.
fn written_replacements(encoding: &'static Encoding, bytes: &[u8]) -> usize {
    let sign = "\u{FFFD}".as_bytes();
    if encoding == UTF_8 { bytes.windows(sign.len()).filter(|window| *window == sign).count() } else { 0 }
}

fn guess_note(encoding: &'static Encoding) -> String {
    format!("the encoding was guessed to be {}", encoding.name())
}

fn replacement_note(encoding: &'static Encoding, count: usize) -> String {
    let (places, are) = if count == 1 { ("place", "is") } else { ("places", "are") };
    format!("{count} {places} that {are} not valid {} became \u{FFFD}", encoding.name())
}

/// Whether more characters outside ASCII are valid UTF-8 than not: then the rest is damage, not another encoding.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (valid, broken) = bytes.utf8_chunks().fold((0, 0), |(valid, broken), chunk| {
        let outside_ascii = chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        (valid + outside_ascii, broken + usize::from(!chunk.invalid().is_empty()))
    });
    valid > broken
}

/// UTF-16 of mostly Latin letters: every other byte is NUL.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE) & !1];
    let nul_at = |parity: usize| sample.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, pairs) = (nul_at(0), nul_at(1), sample.len() / 2);
    match pairs >= 4 {
        true if odd * 10 > pairs * 7 && even * 20 < pairs => Some(UTF_16LE),
        true if even * 10 > pairs * 7 && odd * 20 < pairs => Some(UTF_16BE),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(bytes: &[u8], declared: Option<&str>, text: &str, notes: usize) {
        let decoded = decode(bytes, declared);
        assert_eq!((decoded.text.as_str(), decoded.notes.len()), (text, notes), "{:?}", decoded.notes);
    }

    #[test]
    fn what_is_certain_needs_no_note() {
        check("Élysée".as_bytes(), None, "Élysée", 0);
        check(b"\xEF\xBB\xBFParis", None, "Paris", 0);
        check(b"\xFF\xFEP\0a\0r\0i\0s\0", None, "Paris", 0);
        check(b"\xC9lys\xE9e", Some("windows-1252"), "Élysée", 0);
        check("replaced \u{FFFD} before".as_bytes(), None, "replaced \u{FFFD} before", 0);
    }

    #[test]
    fn guesses_and_damage_are_told() {
        check(
            b"The caf\xE9 near the \xC9lys\xE9e palace was closed, Fran\xE7ois said.",
            None,
            "The café near the Élysée palace was closed, François said.",
            1,
        );
        check(b"M\0i\0n\0s\0k\0 \0t\0a\0l\0k\0s\0", None, "Minsk talks", 1);
        check(
            "Élysée café\u{FFFD} ".as_bytes().iter().chain(b"\xFF!").copied().collect::<Vec<_>>().as_slice(),
            None,
            "Élysée café\u{FFFD} \u{FFFD}!",
            1,
        );
    }

    #[test]
    fn a_page_that_says_utf8_and_is_not_gets_a_guess() {
        let decoded = decode(b"Fran\xE7ois and Ren\xE9 met in the caf\xE9.", Some("utf-8"));
        assert_eq!(decoded.text, "François and René met in the café.");
        assert_eq!(decoded.notes.len(), 1);
    }

    #[test]
    fn pages_declare_their_encoding_in_two_ways() {
        assert_eq!(declared_in_html(b"<meta charset=\"ISO-8859-1\">").as_deref(), Some("iso-8859-1"));
        let old = b"<META http-equiv=Content-Type content='text/html; charset = koi8-r'>";
        assert_eq!(declared_in_html(old).as_deref(), Some("koi8-r"));
        assert_eq!(declared_in_html(b"<p>The charset of the page</p>"), None);
    }

    proptest! {
        #[test]
        fn utf8_comes_back_unchanged(text in "[^\\x00\\u{FEFF}]*") {
            prop_assert_eq!(decode(text.as_bytes(), None), Decoded { text, notes: Vec::new() });
        }

        #[test]
        fn any_bytes_decode(bytes: Vec<u8>) {
            decode(&bytes, declared_in_html(&bytes).as_deref());
        }
    }
}
