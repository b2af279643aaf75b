//! Cue words of claims: who "says", "denies", "pledges" (`schema/claims/cues.tsv`).

use std::collections::HashMap;

use super::table::rows;
use crate::error::Result;

const FILE: &str = "schema/claims/cues.tsv";

/// A cue word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue {
    /// `assert`, `deny`, …
    pub stance: String,
    /// What it takes as content, preferred first.
    pub content: Vec<CueContent>,
    /// Whether its object is the addressee.
    pub addresses_object: bool,
}

/// What stands for the content of a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CueContent {
    Clause,
    Quote,
    Object,
    /// An object that is nobody: one welcomes a guest without saying anything.
    Matter,
    /// An object that is a word for somebody's words: "rejected the claim".
    Words,
    Infinitive,
    Gerund,
    /// An object and what it is called.
    Predication,
    Rest,
    /// What follows a preposition.
    Preposition(String),
}

/// The cue words, by lemma and part of speech; `None` of those that tell of no claim ("discussed").
#[derive(Clone, Debug, Default)]
pub struct Cues(HashMap<(String, String), Option<Cue>>);

impl Cues {
    /// Reads the table.
    ///
    /// # Errors
    /// A malformed line or an unknown stance, by line.
    pub fn parse(text: &str) -> Result<Cues> {
        let mut cues = HashMap::new();
        for row in rows(text, FILE, ["lemma", "upos", "stance", "content", "addressee"])? {
            let [lemma, upos, stance, content, addressee] = row.cells;
            if stance == "none" {
                cues.insert((lemma.to_owned(), upos.to_owned()), None);
                continue;
            }
            if !["assert", "deny", "believe", "promise", "request", "accuse", "ask"].contains(&stance) {
                return Err(row.error(format!("unknown stance `{stance}`")));
            }
            let content = content.split('|').map(CueContent::named).collect();
            let cue = Cue { stance: stance.to_owned(), content, addresses_object: addressee == "object" };
            cues.insert((lemma.to_owned(), upos.to_owned()), Some(cue));
        }
        Ok(Cues(cues))
    }

    pub fn find(&self, lemma: &str, upos: &str) -> Option<&Cue> {
        self.0.get(&(lemma.to_lowercase(), upos.to_owned()))?.as_ref()
    }

    /// Whether the table says that a word tells of no claim, whatever the attribution head makes of it.
    pub fn is_none(&self, lemma: &str, upos: &str) -> bool {
        self.0.get(&(lemma.to_lowercase(), upos.to_owned())).is_some_and(Option::is_none)
    }
}

impl CueContent {
    fn named(name: &str) -> CueContent {
        match name {
            "clause" => CueContent::Clause,
            "quote" => CueContent::Quote,
            "object" => CueContent::Object,
            "matter" => CueContent::Matter,
            "words" => CueContent::Words,
            "infinitive" => CueContent::Infinitive,
            "gerund" => CueContent::Gerund,
            "predication" => CueContent::Predication,
            "rest" => CueContent::Rest,
            preposition => CueContent::Preposition(preposition.to_owned()),
        }
    }
}

impl Cue {
    pub fn takes(&self, content: &CueContent) -> bool {
        self.content.contains(content)
    }
}
