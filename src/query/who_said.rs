//! Who said what, of whom, and who denies it: "Norway has denied trying to sway the vote in Iceland."

use serde::Serialize;

use super::found::{Named, Passage, passages, position, sources, targets};
use super::what_happened::{Denial, denials};
use crate::extract::{Claim, Form, Stance};
use crate::graph::{EdgeType, KnowledgeGraph, Node};

/// A claim and what hangs on it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Statement<'g> {
    pub id: &'g str,
    /// Empty where nobody is named: then `source_text` alone tells.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub speakers: Vec<Named<'g>>,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub source_text: &'g str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub cue: &'g str,
    pub form: Form,
    /// Of [`Stance::Deny`] the content is what is denied.
    pub stance: Stance,
    pub content: &'g [String],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub addressees: Vec<Named<'g>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<Named<'g>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub denies: Vec<Named<'g>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub denied_by: Vec<Denial<'g>>,
    pub evidence: Vec<Passage<'g>>,
}

/// The claims of one speaker (by id) or of all, as the articles tell them: by publication, article and place in it.
pub fn who_said<'g>(graph: &'g KnowledgeGraph, speaker: Option<&str>) -> Vec<Statement<'g>> {
    let claims = graph.nodes().filter_map(|node| match node {
        Node::Claim(claim) => Some(statement(graph, claim)),
        _ => None,
    });
    let spoken = |statement: &Statement| speaker.is_none_or(|id| statement.speakers.iter().any(|s| s.id == id));
    let mut statements: Vec<Statement> = claims.filter(spoken).collect();
    statements.sort_by_key(|statement| (statement.evidence.first().map(position), statement.id));
    statements
}

fn statement<'g>(graph: &'g KnowledgeGraph, claim: &'g Claim) -> Statement<'g> {
    Statement {
        id: &claim.id,
        speakers: sources(graph, &claim.id, EdgeType::Claims),
        source_text: &claim.source_text,
        cue: &claim.cue,
        form: claim.form,
        stance: claim.stance,
        content: &claim.content,
        addressees: targets(graph, &claim.id, EdgeType::Addressee),
        about: targets(graph, &claim.id, EdgeType::About),
        denies: targets(graph, &claim.id, EdgeType::Denies),
        denied_by: denials(graph, &claim.id),
        evidence: passages(graph, &claim.evidence),
    }
}

impl Statement<'_> {
    /// The speakers' names; the article's own words where nobody is named.
    pub fn speaker(&self) -> String {
        match self.speakers.is_empty() {
            true => self.source_text.to_owned(),
            false => self.speakers.iter().map(|speaker| speaker.name.as_str()).collect::<Vec<_>>().join(", "),
        }
    }
}
