//! IRIs that are sound whatever the text said: minted from ids, mended where a page gave them.
//!
//! `person/vladimir-putin` is `https://w3id.org/rapporteur/id/person/vladimir-putin`; the space in an address becomes `%20`.

use oxrdf::NamedNode;

/// What instance IRIs begin with where the user names no base.
pub const DEFAULT_BASE: &str = "https://w3id.org/rapporteur/id/";

/// Makes the IRI of an id under a base. Two ids never share one: all that is not a letter, a digit or `-._~/` is
/// percent-encoded, the percent sign too (RFC 3987).
pub(super) fn mint(base: &str, id: &str) -> NamedNode {
    let mut iri = base.to_owned();
    for c in id.chars() {
        let kept = c.is_alphanumeric() || matches!(c, '-' | '.' | '_' | '~' | '/');
        if kept { iri.push(c) } else { percent_encode(c, &mut iri) }
    }
    NamedNode::new_unchecked(iri)
}

/// Reads an IRI that came from outside; percent-encodes what no IRI may hold. `None` where it still is no absolute IRI.
pub(super) fn foreign(text: &str) -> Option<NamedNode> {
    let encoding = |forbidden: fn(char) -> bool| {
        let mut iri = String::with_capacity(text.len());
        for c in text.trim().chars() {
            if forbidden(c) { percent_encode(c, &mut iri) } else { iri.push(c) }
        }
        NamedNode::new(iri).ok()
    };
    // A bracket or a bare percent sign is right in some places only, so it is left alone at first.
    encoding(never_in_iri).or_else(|| encoding(|c| never_in_iri(c) || matches!(c, '[' | ']' | '%')))
}

fn never_in_iri(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '{' | '}' | '|' | '\\' | '^' | '`')
}

fn percent_encode(c: char, out: &mut String) {
    for byte in c.encode_utf8(&mut [0; 4]).bytes() {
        out.push_str(&format!("%{byte:02X}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minted_iris_are_sound_whatever_the_id() {
        let check = |id: &str, expected: &str| {
            let iri = mint("https://news.example/", id);
            assert_eq!(iri.as_str(), format!("https://news.example/{expected}"));
            NamedNode::new(iri.as_str()).expect("an absolute IRI");
        };
        check("person/vladimir-putin", "person/vladimir-putin");
        check("person/习近平", "person/习近平");
        check("place/a b<c>", "place/a%20b%3Cc%3E");
        check("place/100%", "place/100%25");
        check("place/who?#[x]", "place/who%3F%23%5Bx%5D");
        check("place/\u{e000}\u{ffff}", "place/%EE%80%80%EF%BF%BF");
    }

    #[test]
    fn foreign_iris_are_mended_where_they_can_be() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(foreign(text).as_ref().map(NamedNode::as_str), expected, "{text}");
        };
        check("http://www.wikidata.org/entity/Q7747", Some("http://www.wikidata.org/entity/Q7747"));
        check("https://news.example/a b?q=\"x\"", Some("https://news.example/a%20b?q=%22x%22"));
        check("https://news.example/a[1]", Some("https://news.example/a%5B1%5D"));
        check("https://news.example/100%", Some("https://news.example/100%25"));
        check("news.example/a", None);
        check("", None);
    }
}
