//! CoNLL-U (<https://universaldependencies.org/format.html>) into documents, paragraphs, sentences and words.
//!
//! `2 met meet VERB VBD Tense=Past 0 root _ _` is the word "met", the root of its sentence. Empty nodes are passed over;
//! of a multiword token ("don't") the words count.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use crate::error::{Error, Result};

/// Documents, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Treebank {
    pub documents: Vec<TreebankDocument>,
}

/// Paragraphs of sentences; one paragraph where the treebank marks none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TreebankDocument {
    pub paragraphs: Vec<Vec<Sentence>>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sentence {
    /// As it stood before it was cut into words.
    pub text: String,
    pub words: Vec<Word>,
    /// Whether a blank parts it from the next of its paragraph.
    pub space_after: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    pub form: String,
    pub lemma: String,
    pub upos: String,
    pub features: BTreeMap<String, String>,
    /// Index in its sentence; `None` of the root.
    pub head: Option<usize>,
    pub deprel: String,
    /// The brackets of mentions that open and close here: `(3-person-new-…(4-place-…)`.
    pub entity: Option<String>,
    /// Code points of the sentence's text. A word that is not spelled as its part of a multiword token ("de" of "du") has the
    /// whole token.
    pub place: Range<usize>,
}

impl Treebank {
    /// Reads a file's text; `file` is named in errors.
    ///
    /// # Errors
    ///
    /// A line that is no CoNLL-U, or a word that its sentence's `# text` does not have.
    pub fn read(file: impl AsRef<Path>, text: &str) -> Result<Treebank> {
        let mut reader = Reader::default();
        for (number, line) in text.lines().enumerate() {
            reader.line(line).map_err(|fault| {
                let hint = "ten columns with tabs between; the format is CoNLL-U with `# text` comments";
                Error::new(fault).at_line(&file, number, None).hint(hint)
            })?;
        }
        reader.end_sentence();
        Ok(reader.treebank)
    }
}

impl TreebankDocument {
    pub fn sentences(&self) -> impl Iterator<Item = &Sentence> {
        self.paragraphs.iter().flatten()
    }

    /// The words of each sentence of each paragraph.
    pub fn forms(&self) -> Vec<Vec<Vec<&str>>> {
        self.paragraphs.iter().map(|paragraph| paragraph.iter().map(Sentence::forms).collect()).collect()
    }
}

impl Sentence {
    fn forms(&self) -> Vec<&str> {
        self.words.iter().map(|word| word.form.as_str()).collect()
    }
}

#[derive(Default)]
struct Reader {
    treebank: Treebank,
    sentence: Sentence,
    /// Code points of the sentence's text that its tokens have used.
    used: usize,
    /// Ids up to which words belong to the multiword token before them, and where each stands.
    multiword: Option<(usize, Vec<Range<usize>>)>,
}

impl Reader {
    fn line(&mut self, line: &str) -> std::result::Result<(), String> {
        match line.strip_prefix('#') {
            Some(comment) => self.comment(comment.trim()),
            None if line.trim().is_empty() => self.end_sentence(),
            None => self.token(line)?,
        }
        Ok(())
    }

    fn comment(&mut self, comment: &str) {
        let (key, value) = comment.split_once(" = ").unwrap_or((comment, ""));
        match key {
            "newdoc" | "newdoc id" => self.treebank.documents.push(TreebankDocument::default()),
            "newpar" | "newpar id" => self.document().paragraphs.push(Vec::new()),
            "text" => self.sentence.text = value.to_owned(),
            _ => {}
        }
    }

    fn document(&mut self) -> &mut TreebankDocument {
        if self.treebank.documents.is_empty() {
            self.treebank.documents.push(TreebankDocument::default());
        }
        self.treebank.documents.last_mut().expect("there is a document now")
    }

    fn end_sentence(&mut self) {
        let sentence = std::mem::take(&mut self.sentence);
        (self.used, self.multiword) = (0, None);
        if sentence.words.is_empty() {
            return;
        }
        let paragraphs = &mut self.document().paragraphs;
        if paragraphs.is_empty() {
            paragraphs.push(Vec::new());
        }
        paragraphs.last_mut().expect("there is a paragraph now").push(sentence);
    }

    fn token(&mut self, line: &str) -> std::result::Result<(), String> {
        let columns: Vec<&str> = line.split('\t').collect();
        let &[id, form, lemma, upos, _, features, head, deprel, _, misc] = columns.as_slice() else {
            return Err(format!("{} columns, not 10", columns.len()));
        };
        if id.contains('.') {
            return Ok(());
        }
        self.sentence.space_after = !misc.split('|').any(|field| field == "SpaceAfter=No");
        if let Some((_, last)) = id.split_once('-') {
            let last = last.parse().map_err(|_| format!("`{id}` is no range of words"))?;
            self.multiword = Some((last, vec![self.place(form)?]));
            return Ok(());
        }
        let id: usize = id.parse().map_err(|_| format!("`{id}` is no word's number"))?;
        if id != self.sentence.words.len() + 1 {
            return Err(format!("word {id} follows word {}", self.sentence.words.len()));
        }
        let place = self.place_of_word(id, form)?;
        let head: usize = head.parse().map_err(|_| format!("`{head}` is no head"))?;
        self.sentence.words.push(Word {
            form: form.to_owned(),
            lemma: lemma.to_owned(),
            upos: upos.to_owned(),
            features: pairs(features).map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
            head: head.checked_sub(1),
            deprel: deprel.to_owned(),
            entity: pairs(misc).find(|(name, _)| *name == "Entity").map(|(_, value)| value.to_owned()),
            place,
        });
        Ok(())
    }

    fn place_of_word(&mut self, id: usize, form: &str) -> std::result::Result<Range<usize>, String> {
        let Some((last, places)) = self.multiword.as_mut().filter(|(last, _)| id <= *last) else {
            return self.place(form);
        };
        let whole = places[0].clone();
        let start = places.last().filter(|_| places.len() > 1).map_or(whole.start, |before| before.end);
        let place = start..start + form.chars().count();
        let spelled = place.end <= whole.end && (id < *last || place.end == whole.end);
        let is_spelled = spelled && self.sentence.text.chars().skip(start).zip(form.chars()).all(|(a, b)| a == b);
        places.push(place.clone());
        Ok(if is_spelled { place } else { whole })
    }

    /// Finds the next token in the sentence's text.
    fn place(&mut self, form: &str) -> std::result::Result<Range<usize>, String> {
        let fault = || format!("`{form}` is not where the sentence's `# text` should have it");
        let place = place_after(&self.sentence.text, self.used, form).ok_or_else(fault)?;
        self.used = place.end;
        Ok(place)
    }
}

/// Where words stand in a text that has nothing but them and white space, in code points; `None` where it has other things.
pub fn places<'a>(text: &str, words: impl Iterator<Item = &'a str>) -> Option<Vec<Range<usize>>> {
    let mut used = 0;
    let mut place = |word| {
        let place = place_after(text, used, word)?;
        used = place.end;
        Some(place)
    };
    words.map(&mut place).collect()
}

/// The place of a word that comes after so many code points and white space.
fn place_after(text: &str, used: usize, word: &str) -> Option<Range<usize>> {
    let rest = text.chars().skip(used);
    let blanks = rest.clone().take_while(|c| c.is_whitespace()).count();
    let start = used + blanks;
    let mut found = rest.skip(blanks);
    word.chars().all(|c| found.next() == Some(c)).then(|| start..start + word.chars().count())
}

/// The fields `Name=Value` of a column.
fn pairs(column: &str) -> impl Iterator<Item = (&str, &str)> {
    column.split('|').filter_map(|field| field.split_once('='))
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// Two paragraphs of one sentence each, with a multiword token, an empty node and mentions.
    pub const SAMPLE: &str = "\
# newdoc id = a
# newpar
# text = Ana Duarte can't go.
1\tAna\tAna\tPROPN\tNNP\tNumber=Sing\t5\tnsubj\t_\tEntity=(1-person-new-x
2\tDuarte\tDuarte\tPROPN\tNNP\tNumber=Sing\t1\tflat\t_\tEntity=1)
3-4\tcan't\t_\t_\t_\t_\t_\t_\t_\t_
3\tca\tcan\tAUX\tMD\tVerbForm=Fin\t5\taux\t_\t_
4\tn't\tnot\tPART\tRB\tPolarity=Neg\t5\tadvmod\t_\t_
5\tgo\tgo\tVERB\tVB\tVerbForm=Inf\t0\troot\t_\tSpaceAfter=No
5.1\tgone\tgo\tVERB\tVBN\t_\t_\t_\t0:root\t_
6\t.\t.\tPUNCT\t.\t_\t5\tpunct\t_\t_

# newpar
# text = She stays.
1\tShe\tshe\tPRON\tPRP\tNumber=Sing|Person=3\t2\tnsubj\t_\tEntity=(1-person-giv-x)
2\tstays\tstay\tVERB\tVBZ\tTense=Pres|VerbForm=Fin\t0\troot\t_\tSpaceAfter=No
3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\tSpaceAfter=No
";

    #[test]
    fn words_keep_their_place_in_the_text() {
        let treebank = Treebank::read("a.conllu", SAMPLE).expect("a treebank");
        let paragraphs = &treebank.documents[0].paragraphs;
        assert_eq!((treebank.documents.len(), paragraphs.len()), (1, 2));
        let sentence = &paragraphs[0][0];
        let at = |word: &Word| sentence.text[word.place.clone()].to_owned();
        assert_eq!(sentence.words.iter().map(at).collect::<Vec<_>>(), ["Ana", "Duarte", "ca", "n't", "go", "."]);
        assert_eq!((sentence.words[4].head, sentence.words[0].head), (None, Some(4)));
        assert_eq!((sentence.space_after, paragraphs[1][0].space_after), (true, false));
        assert_eq!(sentence.words[1].entity.as_deref(), Some("1)"));
    }

    #[test]
    fn words_that_are_not_spelled_have_the_whole_token() {
        let text = "# text = du vin\n1-2\tdu\t_\t_\t_\t_\t_\t_\t_\t_\n1\tde\tde\tADP\t_\t_\t3\tcase\t_\t_\n\
            2\tle\tle\tDET\t_\t_\t3\tdet\t_\t_\n3\tvin\tvin\tNOUN\t_\t_\t0\troot\t_\t_\n";
        let treebank = Treebank::read("a", text).expect("a treebank");
        let words = &treebank.documents[0].paragraphs[0][0].words;
        assert_eq!(words.iter().map(|word| word.place.clone()).collect::<Vec<_>>(), [0..2, 0..2, 3..6]);
    }

    #[test]
    fn what_is_no_treebank_is_told_with_its_line() {
        let error = |text| Treebank::read("a.conllu", text).expect_err("no treebank").to_string();
        assert_eq!(error("# text = a\n1\ta\n"), "a.conllu:2: 2 columns, not 10");
        let misplaced = "# text = She left\n1\tHe\the\tPRON\t_\t_\t0\troot\t_\t_\n";
        assert_eq!(error(misplaced), "a.conllu:2: `He` is not where the sentence's `# text` should have it");
    }
}
