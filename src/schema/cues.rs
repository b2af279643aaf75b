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
    Infinitive,
    Gerund,
    /// An object and what it is called.
    Predication,
    Rest,
    /// What follows a preposition.
    Preposition(String),
}

/// The cue words, by lemma and part of speech.
#[derive(Clone, Debug, Default)]
pub struct Cues(HashMap<(String, String), Cue>);

impl Cues {
    /// Reads the table.
    ///
    /// # Errors
    /// A malformed line or an unknown stance, by line.
    pub fn parse(text: &str) -> Result<Cues> {
        let mut cues = HashMap::new();
        for row in rows(text, FILE, ["lemma", "upos", "stance", "content", "addressee"])? {
            let [lemma, upos, stance, content, addressee] = row.cells;
            if !["assert", "deny", "believe", "promise", "request", "accuse", "ask"].contains(&stance) {
                return Err(row.error(format!("unknown stance `{stance}`")));
            }
            let content = content.split('|').map(CueContent::named).collect();
            let cue = Cue { stance: stance.to_owned(), content, addresses_object: addressee == "object" };
            cues.insert((lemma.to_owned(), upos.to_owned()), cue);
        }
        Ok(Cues(cues))
    }

    pub fn find(&self, lemma: &str, upos: &str) -> Option<&Cue> {
        self.0.get(&(lemma.to_lowercase(), upos.to_owned()))
    }
}

impl CueContent {
    fn named(name: &str) -> CueContent {
        match name {
            "clause" => CueContent::Clause,
            "quote" => CueContent::Quote,
            "object" => CueContent::Object,
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
