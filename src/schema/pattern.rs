//! Patterns over dependency trees, one line each.
//!
//! ```text
//! meet|greet/VERB >nsubj participant >obj participant
//! hold|have/VERB >nsubj participant >obj (^@talks ?>nmod:with participant)
//! ```
//!
//! A node is lemmas parted by `|` (`@name` for a list of the file, `*` for any word), after `/` the part of speech. `>relation`
//! leads to a dependent: a role's name, or another node in brackets. Relations are those of Universal Dependencies, `obl`
//! and `nmod` with their preposition (`obl:with`, `nmod:of`), over the tree enhanced by coordination, control and relative
//! clauses. `?` before a step makes it optional, `!` forbids it. `^` marks the node that is the event's own word; else it is
//! the first.

use std::collections::BTreeMap;

use crate::error::{Error, Result};

/// A pattern: its first node, which all else hangs on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    pub anchor: PatternNode,
}

/// A word, and what must hang on it.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct PatternNode {
    /// Lemmas, any of which it has; none for any word.
    pub lemmas: Vec<String>,
    /// The tag of its universal part of speech.
    pub upos: Option<String>,
    pub is_trigger: bool,
    pub steps: Vec<Step>,
}

/// A dependent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub relation: String,
    pub need: Need,
    pub target: Target,
}

/// Whether a dependent must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    Required,
    Optional,
    Forbidden,
}

/// What a dependent is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    Role(String),
    Node(PatternNode),
}

impl Pattern {
    /// Reads a pattern; `lists` are the word lists that `@name` stands for, `roles` the roles that there are.
    ///
    /// # Errors
    /// A pattern that breaks the grammar or names an unknown list or role; the column is where.
    pub fn parse(text: &str, lists: &BTreeMap<String, Vec<String>>, roles: &[&str]) -> Result<Pattern> {
        let mut parser = Parser { text, at: 0, lists, roles };
        let mut anchor = parser.node()?;
        parser.skip_spaces();
        if parser.at < text.len() {
            return Err(parser.error("expected a step such as `>nsubj participant`"));
        }
        if !anchor.has_trigger() {
            anchor.is_trigger = true;
        }
        Ok(Pattern { anchor })
    }
}

impl PatternNode {
    fn has_trigger(&self) -> bool {
        self.is_trigger
            || self.steps.iter().any(|step| matches!(&step.target, Target::Node(node) if node.has_trigger()))
    }

    /// Whether a word of this lemma and part of speech fits.
    pub fn fits(&self, lemma: &str, upos: &str) -> bool {
        (self.lemmas.is_empty() || self.lemmas.iter().any(|own| own == lemma))
            && self.upos.as_ref().is_none_or(|own| own == upos || own == "NOUN" && upos == "PROPN")
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    lists: &'a BTreeMap<String, Vec<String>>,
    roles: &'a [&'a str],
}

impl Parser<'_> {
    fn error(&self, message: impl Into<String>) -> Error {
        Error::new(format!("{} at column {} of `{}`", message.into(), self.at + 1, self.text))
    }

    fn skip_spaces(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
    }

    fn eat(&mut self, c: char) -> bool {
        self.skip_spaces();
        let found = self.text[self.at..].starts_with(c);
        self.at += if found { c.len_utf8() } else { 0 };
        found
    }

    /// A run of characters up to white space or one that means something here.
    fn word(&mut self) -> Result<String> {
        self.skip_spaces();
        let rest = &self.text[self.at..];
        let length = rest.find(|c: char| c.is_whitespace() || "|/()>".contains(c)).unwrap_or(rest.len());
        if length == 0 {
            return Err(self.error("expected a word"));
        }
        self.at += length;
        Ok(rest[..length].to_owned())
    }

    fn node(&mut self) -> Result<PatternNode> {
        let mut node = PatternNode { is_trigger: self.eat('^'), ..PatternNode::default() };
        let mut any = false;
        loop {
            self.skip_spaces();
            let start = self.at;
            let word = self.word()?;
            match word.strip_prefix('@') {
                Some(list) => match self.lists.get(list) {
                    Some(words) => node.lemmas.extend(words.iter().cloned()),
                    None => {
                        self.at = start;
                        return Err(self.error(format!("unknown list `@{list}`")));
                    }
                },
                None if word == "*" => any = true,
                None => node.lemmas.push(word.replace('_', " ")),
            }
            if !self.text[self.at..].starts_with('|') {
                break;
            }
            self.at += 1;
        }
        if any {
            node.lemmas.clear();
        }
        if self.text[self.at..].starts_with('/') {
            self.at += 1;
            node.upos = Some(self.word()?);
        }
        while let Some(step) = self.step()? {
            node.steps.push(step);
        }
        Ok(node)
    }

    fn step(&mut self) -> Result<Option<Step>> {
        let need = match (self.eat('?'), self.eat('!')) {
            (true, _) => Need::Optional,
            (_, true) => Need::Forbidden,
            _ => Need::Required,
        };
        if !self.eat('>') {
            return if need == Need::Required { Ok(None) } else { Err(self.error("expected `>`")) };
        }
        let relation = self.word()?;
        let target = if self.eat('(') {
            let node = self.node()?;
            if !self.eat(')') {
                return Err(self.error("expected `)`"));
            }
            Target::Node(node)
        } else {
            self.skip_spaces();
            let start = self.at;
            let role = self.word()?;
            if !self.roles.contains(&role.as_str()) {
                self.at = start;
                return Err(self.error(format!("unknown role `{role}`")).hint(format!(
                    "roles here are {}",
                    self.roles.iter().map(|r| format!("`{r}`")).collect::<Vec<_>>().join(", ")
                )));
            }
            Target::Role(role)
        };
        Ok(Some(Step { relation, need, target }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Pattern> {
        let lists = BTreeMap::from([("talks".to_owned(), vec!["talk".to_owned(), "meeting".to_owned()])]);
        Pattern::parse(text, &lists, &["participant"])
    }

    #[test]
    fn reads_nodes_steps_and_lists() {
        let pattern = parse("hold|have/VERB >nsubj participant >obj (^@talks ?>nmod:with participant)").expect("sound");
        assert_eq!(pattern.anchor.lemmas, ["hold", "have"]);
        assert!(!pattern.anchor.is_trigger);
        let Target::Node(talks) = &pattern.anchor.steps[1].target else { panic!("a node") };
        assert_eq!(talks.lemmas, ["talk", "meeting"]);
        assert!(talks.is_trigger);
        assert_eq!(talks.steps[0].need, Need::Optional);
    }

    #[test]
    fn faults_name_their_column() {
        for (text, message) in [
            ("meet >nsubj suspct", "unknown role `suspct` at column 13"),
            ("@talk", "unknown list `@talk` at column 1"),
            ("meet >nsubj (talk", "expected `)` at column 18"),
            ("meet nsubj", "expected a step"),
        ] {
            let error = parse(text).expect_err(text).to_string();
            assert!(error.contains(message), "{error}");
        }
    }
}
