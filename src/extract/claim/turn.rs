//! Turns of a transcript: who speaks in which paragraphs.
//!
//! "MINISTER LUND: I thank Portugal." and the paragraphs behind it, up to "QUESTION:", are Ms Lund's.

use crate::base::TokenSpan;
use crate::link::Links;
use crate::nlp::Document;
use crate::schema::{EntityKind, Schema};

/// Words that a speaker's label has at most: "UNDER SECRETARY OF STATE ANA DUARTE".
const LONGEST_LABEL: usize = 8;

/// Turns that make a text a transcript.
const FEWEST_TURNS: usize = 2;

/// A speaker's words, from a paragraph up to the next turn.
#[derive(Clone, Debug)]
pub(super) struct Turn {
    /// The paragraph that it begins with.
    paragraph: usize,
    /// The head word of its label.
    pub label: usize,
    /// Indices of entities; empty of a speaker whom the text does not name: "QUESTION".
    pub speakers: Vec<usize>,
}

/// The turns of a document in order, none of one that is no transcript.
pub(super) fn turns(schema: &Schema, doc: &Document, links: &Links) -> Vec<Turn> {
    let first = |number: usize| number == 0 || doc.sentences[number - 1].paragraph != doc.sentences[number].paragraph;
    let begin = (0..doc.sentences.len()).filter(|&number| first(number) && doc.sentences[number].paragraph > 0);
    let turns: Vec<Turn> = begin.filter_map(|number| turn(schema, doc, links, number)).collect();
    if turns.len() < FEWEST_TURNS { Vec::new() } else { turns }
}

/// The turn in which a token stands.
pub(super) fn turn_of<'t>(turns: &'t [Turn], doc: &Document, token: usize) -> Option<&'t Turn> {
    let paragraph = doc.sentence(token).paragraph;
    turns.iter().rev().find(|turn| turn.paragraph <= paragraph)
}

/// The turn that a sentence opens: behind a name, a noun for somebody ("Journalist"), or words in capitals, and a colon.
fn turn(schema: &Schema, doc: &Document, links: &Links, sentence: usize) -> Option<Turn> {
    let sentence = &doc.sentences[sentence];
    let text = |at: usize| doc.tokens[at].text.as_str();
    let colon = sentence.tokens.range().take(LONGEST_LABEL + 1).find(|&at| text(at) == ":")?;
    let words = TokenSpan::new(sentence.tokens.start, colon);
    let last = colon.checked_sub(1).filter(|_| !words.is_empty())?;
    let named = links.touching(std::iter::once(last)).next();
    let speakers = named.map(|mention| mention.entities.clone()).unwrap_or_default();
    let speaks = !speakers.is_empty() && speakers.iter().all(|&one| links.entities[one].kind != EntityKind::Place);
    let lower = |c: char| c.is_alphabetic() && !c.is_uppercase();
    let capitals = words.range().all(|at| !text(at).contains(lower))
        && words.range().any(|at| text(at).contains(char::is_uppercase));
    // "Minister Lund:"
    let is_title = |span: TokenSpan| span.is_empty() || doc.titles.iter().any(|title| title.tokens == span);
    let whole_name = named.is_some_and(|mention| is_title(TokenSpan::new(words.start, mention.tokens.start)));
    let is_role = words.len() == 1 && schema.people.person_noun(&text(last).to_lowercase()).is_some();
    (capitals || is_role || speaks && whole_name).then(|| Turn {
        paragraph: sentence.paragraph,
        label: last,
        speakers: if speaks { speakers } else { Vec::new() },
    })
}
