//! Who said what, of whom, and who denies it: "Norway has denied trying to sway the vote in Iceland."

use serde::Serialize;

use super::found::{Named, Passage, passages, position, sources, targets};
use super::matter::Matter;
use super::what_happened::{Denial, denials};
use crate::base::{Date, Period};
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

/// Which statements to keep; what is `None` keeps all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StatementFilter<'g> {
    /// Published on the first day of this date or later.
    pub since: Option<Date>,
    /// Published on the last day of this date or earlier.
    pub until: Option<Date>,
    pub stance: Option<Stance>,
    pub about: Option<Matter<'g>>,
}

/// The claims of one speaker (by id) or of all, as the articles tell them: by publication, article and place in it.
pub fn who_said<'g>(graph: &'g KnowledgeGraph, speaker: Option<&str>) -> Vec<Statement<'g>> {
    match speaker {
        Some(speaker) => {
            let spoken = graph.edges_from(speaker).filter(|edge| edge.edge_type == EdgeType::Claims);
            statements(graph, spoken.filter_map(|edge| graph.node(&edge.target)))
        }
        None => statements(graph, graph.nodes()),
    }
}

/// What some claims say, in the order of [`who_said`].
pub(super) fn statements<'g>(graph: &'g KnowledgeGraph, nodes: impl Iterator<Item = &'g Node>) -> Vec<Statement<'g>> {
    let claims = nodes.filter_map(|node| match node {
        Node::Claim(claim) => Some(statement(graph, claim)),
        _ => None,
    });
    let mut statements: Vec<Statement> = claims.collect();
    statements.sort_by_key(|statement| (statement.evidence.first().map(position), statement.id));
    statements
}

/// A claim with all that the graph knows of it.
pub fn statement<'g>(graph: &'g KnowledgeGraph, claim: &'g Claim) -> Statement<'g> {
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

impl StatementFilter<'_> {
    /// Whether a statement passes. Of one without a dated article, no filter of dates lets it.
    pub fn keeps(&self, statement: &Statement) -> bool {
        let is_within = |day: Date| Period::of(day).is_within(self.since, self.until);
        let undated = self.since.is_none() && self.until.is_none();
        self.stance.is_none_or(|stance| statement.stance == stance)
            && (undated || statement.evidence.iter().filter_map(|told| told.article.published).any(is_within))
            && self.about.as_ref().is_none_or(|matter| matter.is_of(statement))
    }
}
