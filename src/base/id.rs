//! Stable ids: from a name where the name identifies, from content where nothing else does.

use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Makes `vladimir-putin` of "Vladimir Putin": lower case, accents stripped, runs of anything else one hyphen.
///
/// Letters outside ASCII that no accent explains stay as they are, so no name is lost; a name without letters or digits
/// gives `unnamed`.
pub fn slug(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let plain = name.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    for c in plain.filter(|c| !matches!(c, '\'' | '’' | '.')) {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    let out = out.trim_end_matches('-');
    if out.is_empty() { "unnamed".to_owned() } else { out.to_owned() }
}

/// The words of a name without case, accents, strokes and punctuation: `lukasz`, `oneil` of "Łukasz O'Neil".
pub fn name_words(name: &str) -> Vec<String> {
    slug(name).split('-').map(unstroked).collect()
}

/// Replaces the letters whose stroke, dot or ligature Unicode does not take apart: `ø` is no `o` with an accent.
fn unstroked(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        match c {
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' | 'ð' => out.push('d'),
            'ı' => out.push('i'),
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'þ' => out.push_str("th"),
            c => out.push(c),
        }
    }
    out
}

/// Hashes the parts, in order, to `kind/` and 32 hexadecimal digits (the first 128 bits of SHA-256).
///
/// Parts are kept apart: `["ab", "c"]` and `["a", "bc"]` differ.
pub fn content_id<'a>(kind: &str, parts: impl IntoIterator<Item = &'a str>) -> String {
    digest(kind, parts.into_iter().map(str::as_bytes))
}

/// Hashes bytes as [`content_id`] does text.
pub fn digest<'a>(kind: &str, parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    let digest = hasher.finalize();
    let hex: String = digest[..16].iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{kind}/{hex}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_fold_case_and_accents() {
        assert_eq!(slug("Recep Tayyip Erdoğan"), "recep-tayyip-erdogan");
        assert_eq!(slug("U.S. – Mexico’s border"), "us-mexicos-border");
        assert_eq!(slug("习近平"), "习近平");
        assert_eq!(slug("…"), "unnamed");
    }

    #[test]
    fn content_ids_keep_their_parts_apart() {
        assert_ne!(content_id("event", ["ab", "c"]), content_id("event", ["a", "bc"]));
        assert_eq!(content_id("event", ["ab"]).len(), "event/".len() + 32);
    }
}
