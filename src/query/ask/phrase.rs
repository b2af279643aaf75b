//! Words of a question that name somebody or something: "the Norwegian prime minister", "President Arriaga".

use std::collections::BTreeSet;

use crate::nlp::{Document, Upos};

/// Words for one thing, and what in them helps to find it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Phrase {
    /// All of it, without the article at its start.
    pub whole: String,
    /// The name in it, where it is more than that: "Arriaga" of "President Arriaga".
    pub name: Option<String>,
    /// The office and its body: "prime minister" and "Norwegian".
    pub office: Option<(String, String)>,
}

/// The words of a phrase in a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PhraseWords {
    pub phrase: Phrase,
    pub tokens: BTreeSet<usize>,
}

/// Relations to what is no part of a phrase's own name.
const APART: [&str; 5] = ["cc", "conj", "acl", "advmod", "mark"];

/// The phrase that a word heads: its subtree without `taken` words (times, places) and what is coordinated with it.
pub fn phrase(doc: &Document, head: usize, taken: &BTreeSet<usize>) -> PhraseWords {
    let mut tokens = BTreeSet::new();
    gather(doc, head, taken, &mut tokens);
    let is_small = |token: &usize| matches!(doc.tokens[*token].upos, Upos::Det | Upos::Punct | Upos::Adp);
    let mut named: Vec<usize> = tokens.iter().copied().skip_while(|token| is_small(token)).collect();
    while named.last().is_some_and(|token| is_small(token) || doc.tokens[*token].deprel == "case") {
        named.pop();
    }
    let phrase = Phrase {
        whole: text(doc, &named),
        name: name(doc, &named),
        office: office(doc, head, taken).map(|(title, of)| (title, of.phrase.whole)),
    };
    PhraseWords { phrase, tokens }
}

fn gather(doc: &Document, token: usize, taken: &BTreeSet<usize>, into: &mut BTreeSet<usize>) {
    if taken.contains(&token) || !into.insert(token) {
        return;
    }
    let own = |child: &usize| !APART.iter().any(|relation| doc.tokens[*child].is_relation(relation));
    doc.children(token).filter(own).for_each(|child| gather(doc, child, taken, into));
}

/// Words joined as the question has them.
pub fn text(doc: &Document, tokens: &[usize]) -> String {
    let mut out = String::new();
    let mut end = None;
    for &token in tokens {
        let word = &doc.tokens[token];
        if end.is_some_and(|end| end != word.start_byte) {
            out.push(' ');
        }
        out.push_str(&word.text);
        end = Some(word.end_byte);
    }
    out
}

/// The name that a phrase ends with, after a title or the like. What else is said of somebody ("Kanté's wife") is no name of his.
fn name(doc: &Document, named: &[usize]) -> Option<String> {
    let last = *named.last()?;
    let mention = doc.mentions.iter().find(|mention| mention.tokens.end == last + 1)?;
    let is_titled = |token: &usize| {
        let word = &doc.tokens[*token];
        let is_noun = matches!(word.upos, Upos::Noun | Upos::Propn | Upos::Adj) && !word.is_relation("nmod");
        mention.tokens.contains(*token) || is_noun && *token < mention.tokens.start
    };
    named.iter().all(is_titled).then(|| doc.text(mention.tokens).to_owned()).filter(|name| *name != text(doc, named))
}

/// The office that a word heads, and the words for its body.
pub fn office(doc: &Document, head: usize, taken: &BTreeSet<usize>) -> Option<(String, PhraseWords)> {
    let title = doc.titles.iter().find(|title| title.tokens.contains(head))?;
    let of = doc.children(head).find(|child| {
        let word = &doc.tokens[*child];
        !title.tokens.contains(*child)
            && (word.is_relation("nmod") || word.deprel == "amod" || word.deprel == "compound")
            && matches!(word.upos, Upos::Propn | Upos::Adj | Upos::Noun)
    })?;
    Some((title.title.clone(), phrase(doc, of, taken)))
}
