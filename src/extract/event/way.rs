//! Ways through a sentence's tree, from an event's word to another: `^obj<nsubj:` from "talks" to "Solheim" in "Solheim held talks".

use crate::nlp::Document;

/// Steps of a way beyond which it is only far.
const LONGEST: usize = 5;

/// How many arcs lead from one word up to the first that is above both (or is the other), and from there down.
#[derive(Clone, Copy, Debug)]
pub struct Way {
    from: usize,
    to: usize,
    up: usize,
    down: usize,
}

impl Way {
    /// The way between two words of a sentence.
    pub fn between(doc: &Document, from: usize, to: usize) -> Way {
        let above = |word: usize| std::iter::successors(Some(word), |&at| doc.tokens[at].head);
        let ancestors: Vec<usize> = above(from).collect();
        let meets = above(to)
            .enumerate()
            .find_map(|(down, at)| ancestors.iter().position(|&ancestor| ancestor == at).map(|up| (up, down)));
        let (up, down) = meets.unwrap_or((usize::MAX / 2, usize::MAX / 2));
        Way { from, to, up, down }
    }

    pub fn len(self) -> usize {
        self.up + self.down
    }

    /// The relations on the way, each down with its preposition.
    pub fn told(self, doc: &Document) -> String {
        let tokens = &doc.tokens;
        if self.len() > LONGEST {
            return "far".to_owned();
        }
        let plain = |relation: &'static str| match relation {
            "nsubj:pass" | "obl:agent" | "nmod:poss" | "acl:relcl" => relation,
            _ => relation.split(':').next().unwrap_or(relation),
        };
        let mut path = String::new();
        let mut at = self.from;
        for _ in 0..self.up {
            path.push('^');
            path.push_str(plain(tokens[at].deprel));
            at = tokens[at].head.unwrap_or(at);
        }
        let mut down: Vec<String> = Vec::new();
        at = self.to;
        for _ in 0..self.down {
            if tokens[at].deprel != "conj" {
                let case = doc.children(at).find(|&child| tokens[child].deprel == "case");
                let marker = case.map_or("", |case| tokens[case].lemma.as_str()).to_lowercase();
                down.push(format!("<{}:{marker}", plain(tokens[at].deprel)));
            }
            at = tokens[at].head.unwrap_or(at);
        }
        down.reverse();
        path + &down.concat()
    }
}
