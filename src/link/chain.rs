//! The chains of the coreference head, asked whom they name.
//!
//! Of the chain (Solheim, the woman, she) all three are the person Solheim; of (Solheim and Kanté, they) both are two.

use std::collections::{BTreeMap, BTreeSet};

use super::Links;
use crate::base::TokenSpan;
use crate::nlp::{Document, MentionForm};

/// Of the head word of each mention in a chain the chain's number. A group, whose head is also its first member's, has none.
pub(super) struct Chains(BTreeMap<usize, usize>);

impl Chains {
    pub(super) fn of(doc: &Document) -> Chains {
        let mut by_head = BTreeMap::new();
        for (number, chain) in doc.coreference.iter().enumerate() {
            for &span in chain.iter().filter(|&&span| conjuncts(doc, span).is_empty()) {
                by_head.entry(doc.head_of(span)).or_insert(number);
            }
        }
        Chains(by_head)
    }

    /// The entities for which a word's chain stands, as far as names and nouns are linked by now; `None` where it has none, or two
    /// mentions of it differ.
    pub(super) fn named(&self, doc: &Document, links: &Links, token: usize) -> Option<Vec<usize>> {
        let chain = &doc.coreference[*self.0.get(&token)?];
        let named: BTreeSet<Vec<usize>> = chain.iter().filter_map(|&span| entities(doc, links, span)).collect();
        named.first().filter(|_| named.len() == 1).cloned()
    }
}

/// The entities for which a linked name or noun stands, those of all members of a group together.
fn entities(doc: &Document, links: &Links, span: TokenSpan) -> Option<Vec<usize>> {
    let heads = std::iter::once(doc.head_of(span)).chain(conjuncts(doc, span));
    let mut entities = Vec::new();
    for head in heads {
        let mention = links.mention_at(head).filter(|mention| mention.form != MentionForm::Pronoun)?;
        entities.extend(&mention.entities);
    }
    entities.sort_unstable();
    entities.dedup();
    Some(entities)
}

/// The words coordinated with a mention's head inside the mention.
fn conjuncts(doc: &Document, span: TokenSpan) -> Vec<usize> {
    let children = doc.children(doc.head_of(span));
    children.filter(|&child| span.contains(child) && doc.tokens[child].deprel == "conj").collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::Article;
    use crate::link::link;
    use crate::nlp::{Model, analyze};
    use crate::schema::Schema;

    /// Links a text with a chain of these words in it, each the last word of its mention, and checks the names that `asked` stands for.
    fn check(text: &str, chain: &[&str], asked: &str, expected: &[&str]) {
        let schema = Schema::built_in();
        let mut doc = analyze(&schema, &Model::built_in(), Article::of_paragraphs("-", &[text.to_owned()]));
        let token = |word: &str| doc.tokens.iter().position(|token| token.text == word).expect("a word of the text");
        let asked = token(asked);
        let span = |word: &&str| {
            let start = doc.subtree(token(word)).start;
            TokenSpan::new(start, token(word) + 1)
        };
        let chain = chain.iter().map(span).collect();
        doc.coreference = vec![chain];
        let links = link(&schema, &doc);
        let names: Vec<&str> = links.at(asked).iter().map(|&entity| links.entities[entity].name.as_str()).collect();
        assert_eq!(names, expected, "{text}");
    }

    #[test]
    fn a_chain_tells_what_no_rule_does() {
        let text = "Ana Duarte came to Lisbon on Monday with Ben Okafor. Few had seen the woman before.";
        check(text, &["Ana", "woman"], "woman", &["Ana Duarte"]);
        check(text, &[], "woman", &[]);
    }

    #[test]
    fn a_chain_that_names_two_tells_nothing() {
        let text = "Ana Duarte came to Lisbon on Monday with Ben Okafor. Few had seen the woman before.";
        check(text, &["Ana", "Ben", "woman"], "woman", &[]);
    }

    #[test]
    fn a_thing_is_nobody() {
        let text = "Ana Duarte came to Lisbon on Monday. Few had seen the village before.";
        check(text, &["Ana", "village"], "village", &[]);
    }
}
