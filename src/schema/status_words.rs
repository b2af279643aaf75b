//! Words that tell whether an event took place (`schema/lexicon/event-status.tsv`).

use std::collections::HashMap;

use super::table::rows;
use crate::error::Result;

const FILE: &str = "schema/lexicon/event-status.tsv";

/// What a word says of the event that it governs or modifies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusWord {
    Planned,
    Uncertain,
    Denied,
    /// "invite": tells by itself of an event that may be.
    Proposed,
    /// An auxiliary: "will".
    Future,
    /// An auxiliary: "might".
    Modal,
    /// "if"
    Condition,
    /// "upcoming"
    Ahead,
}

impl StatusWord {
    /// As the table has it: `planned`.
    pub fn name(self) -> &'static str {
        match self {
            StatusWord::Planned => "planned",
            StatusWord::Uncertain => "uncertain",
            StatusWord::Denied => "denied",
            StatusWord::Proposed => "proposed",
            StatusWord::Future => "future",
            StatusWord::Modal => "modal",
            StatusWord::Condition => "condition",
            StatusWord::Ahead => "ahead",
        }
    }
}

/// The words by lemma.
#[derive(Clone, Debug, Default)]
pub struct StatusWords(HashMap<String, StatusWord>);

impl StatusWords {
    /// Reads the table.
    ///
    /// # Errors
    /// A malformed line or an unknown class, by line.
    pub fn parse(text: &str) -> Result<StatusWords> {
        let mut words = HashMap::new();
        for row in rows(text, FILE, ["lemma", "class"])? {
            let [lemma, class] = row.cells;
            let class = match class {
                "planned" => StatusWord::Planned,
                "uncertain" => StatusWord::Uncertain,
                "denied" => StatusWord::Denied,
                "proposed" => StatusWord::Proposed,
                "future" => StatusWord::Future,
                "modal" => StatusWord::Modal,
                "condition" => StatusWord::Condition,
                "ahead" => StatusWord::Ahead,
                _ => return Err(row.error(format!("unknown class `{class}`"))),
            };
            words.insert(lemma.to_owned(), class);
        }
        Ok(StatusWords(words))
    }

    pub fn find(&self, lemma: &str) -> Option<StatusWord> {
        self.0.get(lemma).copied()
    }
}
