//! Lists of those who were there, under a line that says so: "Participants included:", "Attendees".

use std::collections::BTreeSet;

use crate::nlp::{Document, Upos};
use crate::schema::{Schema, WordClass};

/// Words that a line over a list has at most.
const HEADING: usize = 15;

/// The paragraphs that list who was there: the one under each such line, and those after it that go on as a list does.
pub fn paragraphs(schema: &Schema, doc: &Document) -> BTreeSet<usize> {
    let mut listed = BTreeSet::new();
    let mut paragraphs: Vec<Vec<usize>> = Vec::new();
    for (number, sentence) in doc.sentences.iter().enumerate() {
        paragraphs.resize(sentence.paragraph + 1, Vec::new());
        paragraphs[sentence.paragraph].push(number);
    }
    let mut under_heading = false;
    for (paragraph, sentences) in paragraphs.iter().enumerate() {
        let words: Vec<usize> = sentences.iter().flat_map(|&number| doc.sentences[number].tokens.range()).collect();
        if is_heading(schema, doc, &words) {
            under_heading = true;
        } else if under_heading {
            listed.insert(paragraph);
            under_heading = false;
        } else if paragraph > 0 && listed.contains(&(paragraph - 1)) && goes_on(doc, &words) {
            listed.insert(paragraph);
        }
    }
    listed
}

/// A short line that ends in a colon or says nothing of anybody: "External participants included:", "Participants".
fn is_heading(schema: &Schema, doc: &Document, words: &[usize]) -> bool {
    let tells = |&word: &usize| schema.words.is(&doc.tokens[word].lemma, WordClass::Attendance);
    let colon = words.last().is_some_and(|&last| doc.tokens[last].text == ":");
    let verb = || words.iter().any(|&word| matches!(doc.tokens[word].upos, Upos::Verb | Upos::Aux));
    words.len() <= HEADING && words.iter().any(tells) && (colon || !verb())
}

/// An item, which is no sentence: it begins with a mark or a number, or ends without a full stop.
fn goes_on(doc: &Document, words: &[usize]) -> bool {
    let (Some(&first), Some(&last)) = (words.first(), words.last()) else { return false };
    let marked = matches!(doc.tokens[first].upos, Upos::Punct | Upos::Sym | Upos::Num);
    marked || words.len() <= HEADING && doc.tokens[last].upos != Upos::Punct
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::Article;
    use crate::nlp::{Model, analyze};

    #[test]
    fn a_list_goes_on_under_its_heading() {
        let text = [
            "Readout of President Weber's Meeting with Mayors",
            "President Ana Weber met mayors in Oslo on Monday.",
            "Participants included:",
            "- Mayor Jon Reyes of Bergen",
            "- Mayor Laura Kimani of Voi",
            "Weber later left for Geneva.",
        ];
        let (schema, model) = (Schema::built_in(), Model::built_in());
        let doc = analyze(&schema, &model, Article::of_paragraphs("-", &text));
        assert_eq!(paragraphs(&schema, &doc), BTreeSet::from([3, 4]));
    }

    #[test]
    fn who_attends_in_a_sentence_heads_no_list() {
        let text = ["Weber will attend the summit in Oslo.", "Reyes and Kimani met in Voi."];
        let (schema, model) = (Schema::built_in(), Model::built_in());
        let doc = analyze(&schema, &model, Article::of_paragraphs("-", &text));
        assert_eq!(paragraphs(&schema, &doc), BTreeSet::new());
    }
}
