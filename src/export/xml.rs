//! Text as XML 1.0 can hold it: for GraphML, GEXF and RDF/XML.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// A document that is being written.
pub(super) struct Document<'w> {
    xml: Writer<&'w mut dyn Write>,
}

impl<'w> Document<'w> {
    /// Begins with the declaration.
    pub(super) fn new(out: &'w mut dyn Write) -> io::Result<Document<'w>> {
        let mut xml = Writer::new_with_indent(out, b' ', 2);
        xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        Ok(Document { xml })
    }

    pub(super) fn start(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.xml.write_event(Event::Start(element(name, attributes)))
    }

    pub(super) fn end(&mut self, name: &str) -> io::Result<()> {
        self.xml.write_event(Event::End(BytesEnd::new(name)))
    }

    pub(super) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.xml.write_event(Event::Empty(element(name, attributes)))
    }

    /// An element with a text and nothing else.
    pub(super) fn text(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) -> io::Result<()> {
        self.start(name, attributes)?;
        self.xml.write_event(Event::Text(BytesText::from_escaped(escape(text))))?;
        self.end(name)
    }

    /// Ends with a line feed.
    pub(super) fn finish(self) -> io::Result<()> {
        self.xml.into_inner().write_all(b"\n")
    }
}

fn element<'a>(name: &'a str, attributes: &[(&str, &str)]) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (name, value) in attributes {
        start.push_attribute((*name, legal(value).as_str()));
    }
    start
}

/// Escapes a text, a carriage return too: a reader would else take it for a line end.
fn escape(text: &str) -> String {
    quick_xml::escape::partial_escape(legal(text)).into_owned()
}

/// Puts U+FFFD for each character that XML 1.0 cannot hold, one for one: offsets stay right.
pub(super) fn legal(text: &str) -> String {
    let legal =
        |c: char| !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    text.chars().map(|c| if legal(c) { c } else { char::REPLACEMENT_CHARACTER }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_keep_their_length_and_their_markup_is_none() {
        assert_eq!(escape("<b>R&D</b>\r\n\u{c}\0"), "&lt;b&gt;R&amp;D&lt;/b&gt;&#13;\n\u{fffd}\u{fffd}");
    }
}
