//! Names in columns, a word a line (IOB, BIO): of CoNLL 2003 and its kin, and of Universal NER with the sentence's text.
//!
//! `Kanté B-PER` begins the name of a person.

use std::ops::Range;
use std::path::Path;

use super::conllu;
use crate::error::{Error, Result};
use crate::nlp::NameKind;

/// A sentence with its names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NamedSentence {
    /// The `# sent_id`, where there are such comments.
    pub id: String,
    /// The `# text`; empty where there is none.
    pub text: String,
    pub words: Vec<String>,
    /// Where each word stands in the text, in code points; empty where there is none.
    pub places: Vec<Range<usize>>,
    /// Ranges of words.
    pub names: Vec<(NameKind, Range<usize>)>,
}

/// Which columns hold what, and what its labels mean.
#[derive(Clone, Copy, Debug)]
pub struct Columns {
    pub word: usize,
    pub label: usize,
    /// The kind that a label stands for (`PER`: person); `None` of those that are no names here.
    pub kind: fn(&str) -> Option<NameKind>,
}

impl Columns {
    /// Reads a file's text: lines of columns with white space between, an empty line after each sentence.
    ///
    /// # Errors
    ///
    /// A line with too few columns, a label that is not `O`, `B-…` or `I-…`, or words that are not those of the `# text`.
    pub fn read(&self, file: impl AsRef<Path>, text: &str) -> Result<Vec<NamedSentence>> {
        let mut sentences = Vec::new();
        let mut sentence = NamedSentence::default();
        let mut open: Option<String> = None;
        for (number, line) in text.lines().chain([""]).enumerate() {
            let fault = |fault: String| {
                let hint = "a word and its label (`O`, `B-PER`, `I-PER`) a line";
                Error::new(fault).at_line(&file, number, None).hint(hint)
            };
            let comment = line.strip_prefix("# ").and_then(|comment| comment.split_once(" = "));
            match comment {
                Some(("sent_id", id)) => sentence.id = id.to_owned(),
                Some(("text", text)) => sentence.text = text.to_owned(),
                Some(_) => {}
                None if line.trim().is_empty() => {
                    open = None;
                    let done = std::mem::take(&mut sentence);
                    if !done.words.is_empty() {
                        sentences.push(done.placed().map_err(fault)?);
                    }
                }
                None => open = self.word(line, open.as_deref(), &mut sentence).map_err(fault)?,
            }
        }
        Ok(sentences)
    }

    /// Adds a word, and gives the label of the name that it leaves open.
    fn word(
        &self,
        line: &str,
        open: Option<&str>,
        sentence: &mut NamedSentence,
    ) -> std::result::Result<Option<String>, String> {
        let columns: Vec<&str> = line.split_whitespace().collect();
        let (Some(word), Some(label)) = (columns.get(self.word), columns.get(self.label)) else {
            return Err(format!("{} columns", columns.len()));
        };
        let at = sentence.words.len();
        sentence.words.push((*word).to_owned());
        if *label == "O" {
            return Ok(None);
        }
        let (position, label) = label.split_once('-').ok_or_else(|| format!("`{label}` is no label"))?;
        let goes_on = position == "I" && open == Some(label);
        match ((self.kind)(label), sentence.names.last_mut()) {
            (Some(_), Some((_, words))) if goes_on => words.end = at + 1,
            (Some(kind), _) => sentence.names.push((kind, at..at + 1)),
            (None, _) => {}
        }
        Ok(Some(label.to_owned()))
    }
}

impl NamedSentence {
    /// Finds the words in the text, where there is one.
    fn placed(mut self) -> std::result::Result<NamedSentence, String> {
        if !self.text.is_empty() {
            let places = conllu::places(&self.text, self.words.iter().map(String::as_str));
            self.places = places.ok_or_else(|| format!("the words before are not those of `{}`", self.text))?;
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Columns = Columns { word: 0, label: 1, kind };

    fn kind(label: &str) -> Option<NameKind> {
        match label {
            "PER" => Some(NameKind::Person),
            "LOC" => Some(NameKind::Place),
            _ => None,
        }
    }

    #[test]
    fn labels_become_names() {
        let text = "Ana B-PER\nDuarte I-PER\nBen B-PER\nleft O\nTurin I-LOC\nMISC I-MISC\n\nOslo I-LOC\n";
        let sentences = PLAIN.read("a", text).expect("names");
        let names = [(NameKind::Person, 0..2), (NameKind::Person, 2..3), (NameKind::Place, 4..5)];
        assert_eq!(sentences[0].names, names);
        assert_eq!(sentences[1].names, [(NameKind::Place, 0..1)]);
    }

    #[test]
    fn words_have_places_in_the_text() {
        let columns = Columns { word: 1, label: 2, kind };
        let text = "# sent_id = n1\n# text = “Élan” won.\n1\t“\tO\n2\tÉlan\tB-PER\n3\t”\tO\n4\twon\tO\n5\t.\tO\n";
        let sentence = columns.read("a", text).expect("names").remove(0);
        assert_eq!(sentence.id, "n1");
        assert_eq!(sentence.places, [0..1, 1..5, 5..6, 7..10, 10..11]);
    }

    #[test]
    fn a_label_of_another_kind_is_told_with_its_line() {
        let error = PLAIN.read("a", "Ana B-PER\nDuarte PER\n").expect_err("no label");
        assert_eq!(error.to_string(), "a:2: `PER` is no label");
        let error = PLAIN.read("a", "# text = Ann left\nAna B-PER\nleft O\n").expect_err("other words");
        assert_eq!(error.to_string(), "a:4: the words before are not those of `Ann left`");
    }
}
