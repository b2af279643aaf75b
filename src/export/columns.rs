//! A node or an edge as a row of flat values: the columns that GraphML and CSV share.
//!
//! Lists are joined with `; `. A `;` inside a name would split it there, so it becomes `,`; quoted words stay as they were
//! said, and `content_spans` and `evidence_at` tell where each piece begins and ends. What nests deeper is in the JSON.

use std::collections::BTreeSet;
use std::fmt::Display;

use crate::base::CharSpan;
use crate::extract::{Claim, Event, Evidence};
use crate::graph::{ArticleNode, Edge, Node};
use crate::link::{Entity, Office};

/// One attribute of a row: its name, its type, and how to draw it out. Rows without it give `None`.
pub(super) struct Column<Row> {
    pub(super) name: &'static str,
    pub(super) value_type: ValueType,
    value: fn(&Row) -> Option<String>,
}

/// The GraphML type of a column's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ValueType {
    Text,
    Number,
    Flag,
}

impl<Row> Column<Row> {
    const fn text(name: &'static str, value: fn(&Row) -> Option<String>) -> Column<Row> {
        Column { name, value_type: ValueType::Text, value }
    }

    const fn number(name: &'static str, value: fn(&Row) -> Option<String>) -> Column<Row> {
        Column { name, value_type: ValueType::Number, value }
    }

    const fn flag(name: &'static str, value: fn(&Row) -> Option<String>) -> Column<Row> {
        Column { name, value_type: ValueType::Flag, value }
    }

    /// The row's value; an empty one counts as missing.
    pub(super) fn value(&self, row: &Row) -> Option<String> {
        (self.value)(row).filter(|value| !value.is_empty())
    }
}

/// What is told of a node beside its id.
pub(super) const NODE_COLUMNS: &[Column<Node>] = &[
    Column::text("kind", |node| Some(node.kind().to_owned())),
    Column::text("name", |node| Some(node.label())),
    Column::text("type", |node| Some(event(node)?.event_type.clone())),
    Column::text("subtype", |node| event(node)?.subtype.clone()),
    Column::text("start", |node| shown(event(node)?.start)),
    Column::text("end", |node| shown(event(node)?.end)),
    Column::text("status", |node| shown(Some(event(node)?.status))),
    Column::number("score", |node| shown(Some(event(node)?.score).filter(|score| score.is_finite()))),
    Column::text("channel", |node| event(node)?.channel.clone()),
    Column::text("plover", |node| event(node)?.plover.clone()),
    Column::text("cameo", |node| event(node)?.cameo.clone()),
    Column::text("iso", |node| entity(node)?.iso.clone()),
    Column::text("aliases", |node| Some(names(&entity(node)?.aliases))),
    Column::text("same_as", |node| Some(names(&entity(node)?.same_as))),
    Column::text("offices", |node| Some(names(entity(node)?.offices.iter().map(office)))),
    Column::text("form", |node| shown(Some(claim(node)?.form))),
    Column::text("stance", |node| shown(Some(claim(node)?.stance))),
    Column::text("cue", |node| Some(claim(node)?.cue.clone())),
    Column::text("cue_span", |node| claim(node)?.cue_span.map(span)),
    Column::text("source_text", |node| Some(claim(node)?.source_text.clone())),
    Column::text("source_span", |node| claim(node)?.source_span.map(span)),
    Column::text("content", |node| Some(claim(node)?.content.join("; "))),
    Column::text("content_spans", |node| Some(spans(&claim(node)?.content_spans))),
    Column::text("published", |node| shown(article(node)?.published)),
    Column::text("url", |node| article(node)?.url.clone()),
    Column::text("sources", |node| Some(names(&article(node)?.sources))),
    Column::text("notes", |node| Some(names(&article(node)?.notes))),
    Column::text("text", |node| Some(article(node)?.text.clone())),
    Column::text("evidence", |node| Some(quotes(evidence(node)?))),
    Column::text("evidence_at", |node| Some(places(evidence(node)?))),
    Column::text("rules", |node| Some(rules(evidence(node)?))),
];

/// What is told of an edge beside its two ends.
pub(super) const EDGE_COLUMNS: &[Column<Edge>] = &[
    Column::text("type", |edge| Some(edge.edge_type.name().to_owned())),
    Column::text("key", |edge| Some(edge.key.clone())),
    Column::text("role", |edge| edge.role.clone()),
    Column::text("title", |edge| edge.title.clone()),
    Column::flag("former", |edge| shown(Some(edge.former).filter(|former| *former))),
    Column::text("how", |edge| edge.how.clone()),
    Column::text("channel", |edge| edge.channel.clone()),
    Column::text("start", |edge| shown(edge.start)),
    Column::text("end", |edge| shown(edge.end)),
    Column::text("status", |edge| shown(edge.status)),
    Column::text("event", |edge| edge.event.clone()),
    Column::flag("derived", |edge| shown(Some(edge.derived).filter(|derived| *derived))),
    Column::text("spans", |edge| Some(spans(&edge.spans))),
    Column::text("evidence", |edge| Some(quotes(&edge.evidence))),
    Column::text("evidence_at", |edge| Some(places(&edge.evidence))),
    Column::text("rules", |edge| Some(rules(&edge.evidence))),
];

fn entity(node: &Node) -> Option<&Entity> {
    if let Node::Entity(entity) = node { Some(entity) } else { None }
}

fn event(node: &Node) -> Option<&Event> {
    if let Node::Event(event) = node { Some(event) } else { None }
}

fn claim(node: &Node) -> Option<&Claim> {
    if let Node::Claim(claim) = node { Some(claim) } else { None }
}

fn article(node: &Node) -> Option<&ArticleNode> {
    if let Node::Article(article) = node { Some(article) } else { None }
}

fn evidence(node: &Node) -> Option<&BTreeSet<Evidence>> {
    event(node).map(|event| &event.evidence).or_else(|| claim(node).map(|claim| &claim.evidence))
}

fn shown(value: Option<impl Display>) -> Option<String> {
    value.map(|value| value.to_string())
}

fn office(office: &Office) -> String {
    format!("{}{}", if office.former { "former " } else { "" }, office.title)
}

fn names(names: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    join(names.into_iter().map(|name| name.as_ref().replace(';', ",")))
}

fn quotes(evidence: &BTreeSet<Evidence>) -> String {
    join(evidence.iter().map(|evidence| evidence.text.clone()))
}

/// Where each piece of evidence stands, as RFC 5147 writes it: `article/…#char=192,297`.
fn places(evidence: &BTreeSet<Evidence>) -> String {
    join(evidence.iter().map(|at| format!("{}#char={},{}", at.article, at.start, at.end)))
}

fn rules(evidence: &BTreeSet<Evidence>) -> String {
    join(evidence.iter().map(|evidence| evidence.rule.clone()))
}

fn spans<'a>(spans: impl IntoIterator<Item = &'a CharSpan>) -> String {
    join(spans.into_iter().map(|at| span(*at)))
}

fn span(span: CharSpan) -> String {
    format!("{}-{}", span.start, span.end)
}

fn join(pieces: impl Iterator<Item = String>) -> String {
    pieces.collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_split_back_into_their_names() {
        assert_eq!(names(["Mr Putin", "Tsar; of all Russia"]), "Mr Putin; Tsar, of all Russia");
    }

    #[test]
    fn no_column_stands_twice_or_is_called_id() {
        let nodes = NODE_COLUMNS.iter().map(|column| column.name).collect::<Vec<_>>();
        let edges = EDGE_COLUMNS.iter().map(|column| column.name).collect::<Vec<_>>();
        for names in [nodes, edges] {
            assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
            assert!(!names.iter().any(|name| ["id", "source", "target"].contains(name)));
        }
    }
}
