//! What the tokenizer must know of words: abbreviations, clitics, prefixes (`schema/lexicon/tokens.tsv`).

use std::collections::{HashMap, HashSet};

use super::table::rows;
use crate::error::Result;

const FILE: &str = "schema/lexicon/tokens.tsv";

/// The word lists of tokenization and sentence splitting. Forms are compared with straight apostrophes.
#[derive(Clone, Debug, Default)]
pub struct TokenLexicon {
    titles: HashSet<String>,
    abbreviations: HashSet<String>,
    starters: HashSet<String>,
    clitics: Vec<String>,
    splits: HashMap<String, Vec<String>>,
    prefixes: HashSet<String>,
}

impl TokenLexicon {
    /// Reads the table.
    ///
    /// # Errors
    /// A malformed line or an unknown class, by line.
    pub fn parse(text: &str) -> Result<TokenLexicon> {
        let mut lexicon = TokenLexicon::default();
        for row in rows(text, FILE, ["form", "class", "parts"])? {
            let [form, class, parts] = row.cells;
            let form = form.to_owned();
            match class {
                "title" => drop(lexicon.titles.insert(form)),
                "abbreviation" => drop(lexicon.abbreviations.insert(form)),
                "starter" => drop(lexicon.starters.insert(form)),
                "clitic" => lexicon.clitics.push(form),
                "split" => drop(lexicon.splits.insert(form, parts.split(' ').map(str::to_owned).collect())),
                "prefix" => drop(lexicon.prefixes.insert(form)),
                _ => return Err(row.error(format!("unknown class `{class}`"))),
            }
        }
        Ok(lexicon)
    }

    /// Whether a word with its full stop stands before a name: `Mr.`
    pub fn is_title(&self, word: &str) -> bool {
        self.titles.contains(word)
    }

    /// Whether the full stop belongs to the word: `Inc.`, `U.S.`, `J.`
    pub fn is_abbreviation(&self, word: &str) -> bool {
        self.is_title(word) || self.abbreviations.contains(word) || is_initials(word)
    }

    pub fn is_starter(&self, word: &str) -> bool {
        self.starters.contains(word)
    }

    /// Bytes of the word before its clitic, where it has one: 5 of `Trump's`.
    pub fn clitic_at(&self, word: &str) -> Option<usize> {
        let straight = |c: char| if c == '’' || c == '‘' { '\'' } else { c };
        self.clitics.iter().find_map(|clitic| {
            let length = clitic.chars().count();
            let (at, _) = word.char_indices().rev().nth(length - 1)?;
            (at > 0 && word[at..].chars().map(straight).eq(clitic.chars())).then_some(at)
        })
    }

    /// Bytes of the first of the two words that one spelling holds: 3 of `cannot`.
    pub fn split_at(&self, word: &str) -> Option<usize> {
        self.splits.get(word).and_then(|parts| parts.first()).map(String::len)
    }

    pub fn is_prefix(&self, part: &str) -> bool {
        self.prefixes.contains(part.to_lowercase().as_str())
    }
}

/// Single letters, each with its full stop: `U.S.`, `J.`
fn is_initials(word: &str) -> bool {
    let chars: Vec<char> = word.chars().collect();
    chars.len() >= 2 && chars.chunks(2).all(|pair| matches!(pair, [letter, '.'] if letter.is_alphabetic()))
}
