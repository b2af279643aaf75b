//! A text in which people have marked names, attributions and who is who; and its form as XML, which is easy to write.
//!
//! `<source of="1"><name kind="person" chain="a">Ana Duarte</name></source> <cue of="1">said</cue> <content of="1">the talks had
//! failed</content>.`

use std::collections::BTreeMap;
use std::path::Path;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::base::CharSpan;
use crate::error::{Error, Result};
use crate::nlp::NameKind;

/// A text and what is marked in it; spans count the text's code points.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MarkedText {
    pub id: String,
    /// With an empty line between its paragraphs.
    pub text: String,
    pub names: Vec<(NameKind, CharSpan)>,
    /// By their numbers.
    pub attributions: Vec<Attribution>,
    /// The mentions of each person or thing, by the names of the chains.
    pub chains: Vec<Vec<CharSpan>>,
}

/// Who says what by which words; each may be in several pieces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attribution {
    pub sources: Vec<CharSpan>,
    pub cues: Vec<CharSpan>,
    pub contents: Vec<CharSpan>,
}

impl MarkedText {
    /// Reads a file of `<article id="…">` with paragraphs `<p>`. In them `<name kind="…">`, `<mention>`, and the parts of
    /// attributions, `<source of="…">`, `<cue of="…">`, `<content of="…">`; a name or mention with `chain="…"` is of that
    /// chain. White space counts as one blank. `file` is named in errors.
    ///
    /// # Errors
    ///
    /// What is no XML, another element, one that lacks an attribute, or a kind that is not known.
    pub fn read_all(file: impl AsRef<Path>, xml: &str) -> Result<Vec<MarkedText>> {
        let mut reader = Reader::from_str(xml);
        reader.config_mut().expand_empty_elements = true;
        let mut texts = Texts::default();
        loop {
            let at = reader.buffer_position() as usize;
            let fault = match reader.read_event() {
                Ok(Event::Eof) => return Ok(texts.done),
                Ok(event) => texts.event(event),
                Err(error) => Err(error.to_string()),
            };
            fault.map_err(|fault| {
                let line = xml[..at.min(xml.len())].matches('\n').count();
                let hint = "elements are article, p, name, mention, source, cue, content";
                Error::new(fault).at_line(&file, line, None).hint(hint)
            })?;
        }
    }

    /// Its paragraphs.
    pub fn paragraphs(&self) -> Vec<&str> {
        self.text.split("\n\n").collect()
    }
}

/// The texts of a file as they are read.
#[derive(Default)]
struct Texts {
    done: Vec<MarkedText>,
    text: MarkedText,
    /// Code points of the text so far.
    length: usize,
    open: Vec<Element>,
    attributions: BTreeMap<u32, Attribution>,
    chains: BTreeMap<String, Vec<CharSpan>>,
}

struct Element {
    mark: Mark,
    chain: Option<String>,
    start: usize,
}

enum Mark {
    Root,
    Article,
    Paragraph,
    Name(NameKind),
    Mention,
    /// The part of an attribution, which has a number.
    Part(fn(&mut Attribution) -> &mut Vec<CharSpan>, u32),
}

type Faulty<T> = std::result::Result<T, String>;

impl Texts {
    fn event(&mut self, event: Event) -> Faulty<()> {
        match event {
            Event::Start(element) => self.start(&element),
            Event::End(_) => {
                self.end();
                Ok(())
            }
            Event::Text(text) => {
                self.push(&text.xml10_content());
                Ok(())
            }
            Event::Comment(_) | Event::Decl(_) => Ok(()),
            other => Err(format!("`{other:?}` is not read here")),
        }
    }

    fn start(&mut self, element: &BytesStart) -> Faulty<()> {
        let tag = String::from_utf8_lossy(element.name().as_ref().as_bytes()).into_owned();
        let mark = match tag.as_str() {
            "articles" => Mark::Root,
            "article" => {
                self.text.id = required(element, &tag, "id")?;
                Mark::Article
            }
            "p" => {
                if !self.text.text.is_empty() {
                    self.text.text.push_str("\n\n");
                    self.length += 2;
                }
                Mark::Paragraph
            }
            "name" => Mark::Name(kind(&required(element, &tag, "kind")?)?),
            "mention" => Mark::Mention,
            "source" => Mark::Part(|attribution| &mut attribution.sources, number(element, &tag)?),
            "cue" => Mark::Part(|attribution| &mut attribution.cues, number(element, &tag)?),
            "content" => Mark::Part(|attribution| &mut attribution.contents, number(element, &tag)?),
            _ => return Err(format!("unknown element `{tag}`")),
        };
        self.open.push(Element { mark, chain: attribute(element, "chain")?, start: self.length });
        Ok(())
    }

    fn end(&mut self) {
        let Some(Element { mark, chain, start }) = self.open.pop() else { return };
        let ends_blank = self.text.text.ends_with(' ');
        let span = CharSpan::new(start, self.length - usize::from(ends_blank));
        match mark {
            Mark::Root => {}
            Mark::Article => self.end_article(),
            Mark::Paragraph if ends_blank => {
                self.text.text.pop();
                self.length -= 1;
            }
            Mark::Paragraph | Mark::Mention => {}
            Mark::Name(kind) => self.text.names.push((kind, span)),
            Mark::Part(part, number) => part(self.attributions.entry(number).or_default()).push(span),
        }
        if let Some(chain) = chain {
            self.chains.entry(chain).or_default().push(span);
        }
    }

    fn end_article(&mut self) {
        let mut text = std::mem::take(&mut self.text);
        text.names.sort_by_key(|(_, span)| *span);
        text.attributions = std::mem::take(&mut self.attributions).into_values().collect();
        text.chains = std::mem::take(&mut self.chains).into_values().collect();
        text.chains.iter_mut().for_each(|chain| chain.sort());
        self.done.push(text);
        self.length = 0;
    }

    /// Adds what stands in a paragraph, its white space as single blanks.
    fn push(&mut self, text: &str) {
        if !self.open.iter().any(|element| matches!(element.mark, Mark::Paragraph)) {
            return;
        }
        for c in text.chars() {
            let c = if c.is_whitespace() { ' ' } else { c };
            let is_more = c == ' ' && (self.text.text.is_empty() || self.text.text.ends_with([' ', '\n']));
            if !is_more {
                self.text.text.push(c);
                self.length += 1;
            }
        }
    }
}

fn kind(name: &str) -> Faulty<NameKind> {
    match name {
        "person" => Ok(NameKind::Person),
        "place" => Ok(NameKind::Place),
        "organization" => Ok(NameKind::Organization),
        "event" => Ok(NameKind::Event),
        _ => Err(format!("unknown kind `{name}`: kinds are person, place, organization, event")),
    }
}

fn number(element: &BytesStart, tag: &str) -> Faulty<u32> {
    let number = required(element, tag, "of")?;
    number.parse().map_err(|_| format!("`{number}` is no attribution's number"))
}

fn required(element: &BytesStart, tag: &str, name: &str) -> Faulty<String> {
    attribute(element, name)?.ok_or_else(|| format!("`{tag}` has no `{name}`"))
}

fn attribute(element: &BytesStart, name: &str) -> Faulty<Option<String>> {
    let found = element.try_get_attribute(name).map_err(|error| error.to_string())?;
    Ok(found.map(|attribute| String::from_utf8_lossy(attribute.value.as_ref().as_bytes()).into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_spans() {
        let xml = "<articles><article id=\"a\">\n  <p><source of=\"1\"><name kind=\"person\" chain=\"ana\">Ána</name></source>\n\
            <cue of=\"1\">said</cue> <content of=\"1\">“We <mention chain=\"x\">won </mention></content>,</p>\n\
            <p><content of=\"1\">then lost.”</content></p></article></articles>";
        let texts = MarkedText::read_all("a.xml", xml).expect("marked texts");
        let text = &texts[0];
        assert_eq!((texts.len(), text.text.as_str()), (1, "Ána said “We won ,\n\nthen lost.”"));
        assert_eq!(text.names, [(NameKind::Person, CharSpan::new(0, 3))]);
        let said = &text.attributions[0];
        assert_eq!(
            (said.sources.as_slice(), said.cues.as_slice()),
            (&[CharSpan::new(0, 3)][..], &[CharSpan::new(4, 8)][..])
        );
        assert_eq!(said.contents, [CharSpan::new(9, 16), CharSpan::new(20, 31)]);
        assert_eq!(text.chains, [[CharSpan::new(0, 3)], [CharSpan::new(13, 16)]]);
        assert_eq!(text.paragraphs(), ["Ána said “We won ,", "then lost.”"]);
    }

    #[test]
    fn what_is_marked_wrongly_is_told_with_its_line() {
        let error = |xml| MarkedText::read_all("a.xml", xml).expect_err("wrong").to_string();
        assert_eq!(error("<articles>\n<b/>"), "a.xml:2: unknown element `b`");
        assert_eq!(error("<article id='a'><p>\n\n<name>Ana</name>"), "a.xml:3: `name` has no `kind`");
        assert!(error("<article id='a'><p>\n<cue of='x'>").starts_with("a.xml:2: `x` is no"));
        assert!(error("<article id='a'>\n</p>").starts_with("a.xml:2: "));
    }
}
