//! Files that are no text: known by their first bytes, or by the control characters in them.
//!
//! A reporter's `notes.docx` is "a Word, OpenDocument or other zipped file", and the error says how to get its text.

use crate::error::Error;

use super::decode;

/// Says why bytes are not text, if they aren't.
pub(super) fn refuse(source: &str, bytes: &[u8]) -> Option<Error> {
    if let Some(signature) = SIGNATURES.iter().find(|signature| bytes.starts_with(signature.bytes)) {
        return Some(Error::new(format!("this is {}, not text", signature.what)).at(source).hint(signature.hint));
    }
    is_binary(bytes).then(|| Error::new("this is a binary file, not text").at(source).hint(TEXT_HINT))
}

struct Signature {
    bytes: &'static [u8],
    what: &'static str,
    hint: &'static str,
}

const fn signature(bytes: &'static [u8], what: &'static str, hint: &'static str) -> Signature {
    Signature { bytes, what, hint }
}

const TEXT_HINT: &str = "give a text file or an HTML page";
const PDF_HINT: &str = "take the text out first, for example with `pdftotext`";
const OFFICE_HINT: &str = "save it as plain text first";
const PACKED_HINT: &str = "unpack it first";

const SIGNATURES: [Signature; 16] = [
    signature(b"%PDF-", "a PDF file", PDF_HINT),
    signature(
        b"PK\x03\x04",
        "a zipped file (Word, OpenDocument, EPUB or an archive)",
        "save its text as plain text, or unpack it, first",
    ),
    signature(b"\xD0\xCF\x11\xE0", "an old Office file", OFFICE_HINT),
    signature(b"{\\rtf", "an RTF file", OFFICE_HINT),
    signature(b"\x1F\x8B", "a gzip file", PACKED_HINT),
    signature(b"BZh", "a bzip2 file", PACKED_HINT),
    signature(b"\xFD7zXZ\0", "an xz file", PACKED_HINT),
    signature(b"\x28\xB5\x2F\xFD", "a zstd file", PACKED_HINT),
    signature(b"7z\xBC\xAF\x27\x1C", "a 7-zip file", PACKED_HINT),
    signature(b"\x89PNG", "a PNG image", TEXT_HINT),
    signature(b"\xFF\xD8\xFF", "a JPEG image", TEXT_HINT),
    signature(b"GIF8", "a GIF image", TEXT_HINT),
    signature(b"RIFF", "an image, a sound or a film", TEXT_HINT),
    signature(b"\x7FELF", "a program", TEXT_HINT),
    signature(b"SQLite format 3\0", "an SQLite database", TEXT_HINT),
    signature(b"ID3", "a sound file", TEXT_HINT),
];

/// Bytes looked at.
const SAMPLE: usize = 64 * 1024;
/// Of a hundred bytes; a text has a form feed or an escape now and then.
const MOST_CONTROLS: usize = 5;

fn is_binary(bytes: &[u8]) -> bool {
    if decode::is_utf16(bytes) {
        return false;
    }
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let controls = sample.iter().filter(|byte| matches!(byte, 0..=8 | 0x0E..=0x1A | 0x1C..=0x1F | 0x7F)).count();
    bytes.contains(&0) || controls * 100 > sample.len() * MOST_CONTROLS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_files_are_named() {
        let message = |bytes: &[u8]| refuse("notes", bytes).map(|error| error.to_string());
        assert_eq!(message(b"%PDF-1.7 ...").as_deref(), Some("notes: this is a PDF file, not text"));
        assert_eq!(message(b"a\0b").as_deref(), Some("notes: this is a binary file, not text"));
        assert_eq!(message(b"\x01\x02\x03\x04 met").as_deref(), Some("notes: this is a binary file, not text"));
        assert_eq!(message(b"The PDF- file was%PDF-"), None);
        assert_eq!(message("\u{C}Page 2 of the statement".as_bytes()), None);
        assert_eq!(message(b"\xFF\xFEH\0i\0"), None);
    }
}
