//! A node or an edge as a row of flat values: the columns that GraphML, GEXF and all tables share.
//!
//! Lists are joined with `; `. A `;` inside a name would split it there, so it becomes `,`; quoted words stay as they were
//! said, and `content_spans` and `evidence_at` tell where each piece begins and ends. What nests deeper is in the JSON.

use std::collections::BTreeSet;
use std::fmt::Display;

use crate::base::{CharSpan, Date};
use crate::extract::{Claim, Event, Evidence};
use crate::graph::{ArticleNode, Edge, Node};
use crate::link::{Entity, Office};

/// One attribute of a row: its name, and how to draw it out. Rows without it give nothing.
pub(super) struct Column<Row> {
    pub(super) name: &'static str,
    draw: Draw<Row>,
}

/// How a value is drawn out of a row, by its type.
enum Draw<Row> {
    Text(fn(&Row) -> Option<String>),
    Number(fn(&Row) -> Option<String>),
    Count(fn(&Row) -> Option<String>),
    Flag(fn(&Row) -> Option<String>),
    Day(fn(&Row) -> Option<String>),
    Names(fn(&Row) -> Vec<String>),
    /// Quoted words, their places, their rules, side by side: a list where a format has lists of any texts, else one text.
    Pieces(fn(&Row) -> Vec<String>),
}

/// A value by itself, for formats that have lists, numbers and booleans.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    Text(String),
    Number(f64),
    Count(i64),
    Flag(bool),
    Day(Date),
    List(Vec<String>),
}

/// The type of a column's values, for formats that declare it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ValueType {
    Text,
    /// A decimal number.
    Number,
    /// A whole number.
    Count,
    Flag,
    /// A calendar day, `YYYY-MM-DD`.
    Day,
    /// A list of names, without `;`.
    Names,
}

impl<Row> Column<Row> {
    const fn text(name: &'static str, value: fn(&Row) -> Option<String>) -> Column<Row> {
        Column { name, draw: Draw::Text(value) }
    }

    const fn flag(name: &'static str, value: fn(&Row) -> Option<String>) -> Column<Row> {
        Column { name, draw: Draw::Flag(value) }
    }

    const fn day(name: &'static str, value: fn(&Row) -> Option<String>) -> Column<Row> {
        Column { name, draw: Draw::Day(value) }
    }

    const fn names(name: &'static str, values: fn(&Row) -> Vec<String>) -> Column<Row> {
        Column { name, draw: Draw::Names(values) }
    }

    const fn pieces(name: &'static str, values: fn(&Row) -> Vec<String>) -> Column<Row> {
        Column { name, draw: Draw::Pieces(values) }
    }

    pub(super) fn value_type(&self) -> ValueType {
        match self.draw {
            Draw::Text(_) | Draw::Pieces(_) => ValueType::Text,
            Draw::Number(_) => ValueType::Number,
            Draw::Count(_) => ValueType::Count,
            Draw::Flag(_) => ValueType::Flag,
            Draw::Day(_) => ValueType::Day,
            Draw::Names(_) => ValueType::Names,
        }
    }

    /// Whether its values are lists where a format has lists of any texts.
    #[cfg(feature = "parquet")]
    pub(super) fn is_list(&self) -> bool {
        matches!(self.draw, Draw::Names(_) | Draw::Pieces(_))
    }

    /// The row's value by its type; an empty text or list counts as missing.
    pub(super) fn cell(&self, row: &Row) -> Option<Cell> {
        if let Draw::Names(all) | Draw::Pieces(all) = self.draw {
            return Some(all(row)).filter(|list| !list.is_empty()).map(Cell::List);
        }
        let value = self.value(row)?;
        match self.draw {
            Draw::Text(_) | Draw::Names(_) | Draw::Pieces(_) => Some(Cell::Text(value)),
            Draw::Number(_) => value.parse().map(Cell::Number).ok(),
            Draw::Count(_) => value.parse().map(Cell::Count).ok(),
            Draw::Flag(_) => value.parse().map(Cell::Flag).ok(),
            Draw::Day(_) => value.parse().map(Cell::Day).ok(),
        }
    }

    /// The row's value, a list joined with `; `; an empty one counts as missing.
    pub(super) fn value(&self, row: &Row) -> Option<String> {
        self.value_with(row, |names| names.join("; "))
    }

    /// The row's value, a list that is not empty written as `list` does.
    pub(super) fn value_with(&self, row: &Row, list: impl Fn(&[String]) -> String) -> Option<String> {
        match self.draw {
            Draw::Text(one) | Draw::Number(one) | Draw::Count(one) | Draw::Flag(one) | Draw::Day(one) => one(row),
            Draw::Names(all) => {
                Some(without_semicolons(all(row))).filter(|names| !names.is_empty()).map(|names| list(&names))
            }
            Draw::Pieces(all) => Some(all(row).join("; ")),
        }
        .filter(|value| !value.is_empty())
    }
}

/// The columns of any node, whatever its kind.
pub(super) fn node_columns() -> impl Iterator<Item = &'static Column<Node>> {
    [COMMON, EVENT, ENTITY, CLAIM, ARTICLE, EVIDENCE].into_iter().flatten()
}

/// The columns that a node of a kind can have values in.
pub(super) fn columns_of_kind(kind: &str) -> impl Iterator<Item = &'static Column<Node>> {
    let groups: &[&[Column<Node>]] = match kind {
        "event" => &[COMMON, EVENT, EVENT_DAYS, EVIDENCE],
        "claim" => &[COMMON, CLAIM, EVIDENCE],
        "article" => &[COMMON, ARTICLE],
        _ => &[COMMON, ENTITY],
    };
    groups.iter().copied().flatten()
}

/// The first and the last day of an event, for databases that reckon with days.
pub(super) const EVENT_DAYS: &[Column<Node>] = &[
    Column::day("first_day", |node| first_day(event(node)?.start)),
    Column::day("last_day", |node| last_day(event(node)?.end)),
];

/// The first and the last day of an edge.
pub(super) const EDGE_DAYS: &[Column<Edge>] =
    &[Column::day("first_day", |edge| first_day(edge.start)), Column::day("last_day", |edge| last_day(edge.end))];

const COMMON: &[Column<Node>] =
    &[Column::text("kind", |node| Some(node.kind().to_owned())), Column::text("name", |node| Some(node.label()))];

const EVENT: &[Column<Node>] = &[
    Column::text("type", |node| Some(event(node)?.event_type.clone())),
    Column::text("subtype", |node| event(node)?.subtype.clone()),
    Column::text("start", |node| shown(event(node)?.start)),
    Column::text("end", |node| shown(event(node)?.end)),
    Column::flag("date_inferred", |node| shown(Some(event(node)?.date_inferred).filter(|inferred| *inferred))),
    Column::text("status", |node| shown(Some(event(node)?.status))),
    Column {
        name: "score",
        draw: Draw::Number(|node| shown(Some(event(node)?.score).filter(|score| score.is_finite()))),
    },
    Column::text("channel", |node| event(node)?.channel.clone()),
    Column::text("plover", |node| event(node)?.plover.clone()),
    Column::text("cameo", |node| event(node)?.cameo.clone()),
];

const ENTITY: &[Column<Node>] = &[
    Column::text("iso", |node| entity(node)?.iso.clone()),
    Column::names("aliases", |node| entity(node).map(|entity| names(&entity.aliases)).unwrap_or_default()),
    Column::names("same_as", |node| entity(node).map(|entity| names(&entity.same_as)).unwrap_or_default()),
    Column::names("offices", |node| entity(node).map(|it| it.offices.iter().map(office).collect()).unwrap_or_default()),
];

const CLAIM: &[Column<Node>] = &[
    Column::text("form", |node| shown(Some(claim(node)?.form))),
    Column::text("stance", |node| shown(Some(claim(node)?.stance))),
    Column::text("cue", |node| Some(claim(node)?.cue.clone())),
    Column::text("cue_span", |node| claim(node)?.cue_span.map(span)),
    Column::text("source_text", |node| Some(claim(node)?.source_text.clone())),
    Column::text("source_span", |node| claim(node)?.source_span.map(span)),
    Column::pieces("content", |node| claim(node).map(|claim| claim.content.clone()).unwrap_or_default()),
    Column::pieces("content_spans", |node| claim(node).map(|claim| spans(&claim.content_spans)).unwrap_or_default()),
];

const ARTICLE: &[Column<Node>] = &[
    Column::text("published", |node| shown(article(node)?.published)),
    Column::text("url", |node| article(node)?.url.clone()),
    Column::names("sources", |node| article(node).map(|article| names(&article.sources)).unwrap_or_default()),
    Column::names("notes", |node| article(node).map(|article| names(&article.notes)).unwrap_or_default()),
    Column::text("text", |node| Some(article(node)?.text.clone())),
];

const EVIDENCE: &[Column<Node>] = &[
    Column::pieces("evidence", |node| evidence(node).map(quotes).unwrap_or_default()),
    Column::pieces("evidence_at", |node| evidence(node).map(places).unwrap_or_default()),
    Column::pieces("rules", |node| evidence(node).map(rules).unwrap_or_default()),
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
    Column { name: "weight", draw: Draw::Count(|edge| shown(edge.weight)) },
    Column::flag("derived", |edge| shown(Some(edge.derived).filter(|derived| *derived))),
    Column::pieces("spans", |edge| spans(&edge.spans)),
    Column::pieces("evidence", |edge| quotes(&edge.evidence)),
    Column::pieces("evidence_at", |edge| places(&edge.evidence)),
    Column::pieces("rules", |edge| rules(&edge.evidence)),
];

/// Whether a column holds words at length, which pictures and lists of neighbours have no room for.
pub(super) fn is_long(name: &str) -> bool {
    ["text", "evidence", "evidence_at", "rules", "spans", "content", "content_spans"].contains(&name)
}

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

fn names(names: &BTreeSet<String>) -> Vec<String> {
    names.iter().cloned().collect()
}

fn without_semicolons(names: Vec<String>) -> Vec<String> {
    names.into_iter().map(|name| name.replace(';', ",")).collect()
}

fn first_day(date: Option<Date>) -> Option<String> {
    date.map(|date| date.first_day().to_string())
}

fn last_day(date: Option<Date>) -> Option<String> {
    date.map(|date| date.last_day().to_string())
}

fn quotes(evidence: &BTreeSet<Evidence>) -> Vec<String> {
    evidence.iter().map(|evidence| evidence.text.clone()).collect()
}

/// Where each piece of evidence stands, as RFC 5147 writes it: `article/…#char=192,297`.
fn places(evidence: &BTreeSet<Evidence>) -> Vec<String> {
    evidence.iter().map(|at| format!("{}#char={},{}", at.article, at.start, at.end)).collect()
}

fn rules(evidence: &BTreeSet<Evidence>) -> Vec<String> {
    evidence.iter().map(|evidence| evidence.rule.clone()).collect()
}

fn spans<'a>(spans: impl IntoIterator<Item = &'a CharSpan>) -> Vec<String> {
    spans.into_iter().map(|at| span(*at)).collect()
}

fn span(span: CharSpan) -> String {
    format!("{}-{}", span.start, span.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_split_back_into_their_names() {
        let column: Column<()> = Column::names("aliases", |()| vec!["Mr Putin".to_owned(), "Tsar; of all".to_owned()]);
        assert_eq!(column.value(&()).as_deref(), Some("Mr Putin; Tsar, of all"));
    }

    #[test]
    fn no_column_stands_twice_or_is_called_id() {
        let nodes: Vec<&str> = node_columns().chain(EVENT_DAYS).map(|column| column.name).collect();
        let edges: Vec<&str> = EDGE_COLUMNS.iter().chain(EDGE_DAYS).map(|column| column.name).collect();
        for names in [nodes, edges] {
            assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
            assert!(!names.iter().any(|name| ["id", "source", "target"].contains(name)));
        }
    }
}
