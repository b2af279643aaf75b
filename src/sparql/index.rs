//! Statements in memory, sorted in six orders: whatever a pattern leaves open, what fits it lies side by side.
//!
//! Terms are numbers, given in the order in which the statements first name them, so that the same graph answers in the same order on
//! every machine. "Whom did anybody meet?" is the run of statements whose predicate is the number of `rap:met`.

use std::collections::HashMap;
use std::convert::Infallible;
use std::rc::Rc;

use oxrdf::{GraphName, Quad, Term};
use spareval::{ExpressionTerm, InternalQuad, QueryableDataset};

use super::meter::{Meter, Metered};

/// The number of a term.
type Number = u32;

/// What stands for the default graph, which has no name; the last number, so no term's.
const DEFAULT_GRAPH: Number = Number::MAX;

/// The columns of a statement: subject, predicate, object, graph.
type Row = [Number; 4];

/// For each order, which column comes first, second, third and last. Where the graph is told it leads: of the three others, every
/// set is then the head of one of the first three orders; where it is not told it comes last.
const ORDERS: [[usize; 4]; 6] = [[3, 0, 1, 2], [3, 1, 2, 0], [3, 2, 0, 1], [0, 1, 2, 3], [1, 2, 0, 3], [2, 0, 1, 3]];

/// Statements that can be asked.
#[derive(Default)]
pub struct Index {
    terms: Vec<Term>,
    numbers: HashMap<Term, Number>,
    /// The statements in each of [`ORDERS`], their columns in that order.
    sorted: [Vec<Row>; 6],
}

impl Index {
    /// Sorts statements; those that come twice are one.
    pub fn of(quads: impl IntoIterator<Item = Quad>) -> Index {
        let mut index = Index::default();
        let mut rows: Vec<Row> = quads.into_iter().map(|quad| index.row(quad)).collect();
        rows.sort_unstable();
        rows.dedup();
        for (sorted, order) in index.sorted.iter_mut().zip(ORDERS) {
            *sorted = rows.iter().map(|row| order.map(|column| row[column])).collect();
            sorted.sort_unstable();
        }
        index
    }

    fn row(&mut self, quad: Quad) -> Row {
        let graph = match quad.graph_name {
            GraphName::DefaultGraph => DEFAULT_GRAPH,
            GraphName::NamedNode(name) => self.number(name.into()),
            GraphName::BlankNode(name) => self.number(name.into()),
        };
        [self.number(quad.subject.into()), self.number(quad.predicate.into()), self.number(quad.object), graph]
    }

    fn number(&mut self, term: Term) -> Number {
        let next = Number::try_from(self.terms.len()).ok().filter(|next| *next != DEFAULT_GRAPH);
        *self.numbers.entry(term).or_insert_with_key(|term| {
            self.terms.push(term.clone());
            next.expect("fewer terms than numbers")
        })
    }

    /// The statements with these columns, as subject, predicate, object and graph.
    fn matching(&self, pattern: [Option<Number>; 4]) -> impl Iterator<Item = Row> + use<'_> {
        let told = pattern.iter().flatten().count();
        let is_head = |order: &[usize; 4]| order[..told].iter().all(|column| pattern[*column].is_some());
        let which = ORDERS.iter().position(is_head).expect("every set of columns heads an order");
        let order = ORDERS[which];
        let head: Vec<Number> = order[..told].iter().filter_map(|column| pattern[*column]).collect();
        let rows = &self.sorted[which];
        let start = rows.partition_point(|row| row[..told] < head[..]);
        let end = start + rows[start..].partition_point(|row| row[..told] == head[..]);
        rows[start..end].iter().map(move |row| {
            let mut statement = [0; 4];
            order.iter().zip(row).for_each(|(column, number)| statement[*column] = *number);
            statement
        })
    }
}

/// The index as one query sees it, with what the query may use up.
#[derive(Clone, Copy)]
pub struct Metering<'a> {
    pub index: &'a Index,
    pub meter: &'a Meter,
}

/// A term of the index, or one that the query makes.
#[derive(Clone, PartialEq, Eq, Hash)]
pub enum Value {
    Stored(Number),
    /// Not in the index.
    Made(Rc<Term>),
}

impl<'a> Metering<'a> {
    fn value(&self, value: Value) -> Metered<'a, Value> {
        Metered::new(value, self.meter)
    }

    fn stored(&self, number: Number) -> Metered<'a, Value> {
        self.value(Value::Stored(number))
    }

    fn term<'t>(&self, value: &'t Value) -> &'t Term
    where
        'a: 't,
    {
        match value {
            Value::Stored(number) => &self.index.terms[*number as usize],
            Value::Made(term) => term,
        }
    }
}

impl<'a> QueryableDataset<'a> for Metering<'a> {
    type InternalTerm = Metered<'a, Value>;
    type Error = Infallible;

    fn internal_quads_for_pattern(
        &self,
        subject: Option<&Self::InternalTerm>,
        predicate: Option<&Self::InternalTerm>,
        object: Option<&Self::InternalTerm>,
        graph_name: Option<Option<&Self::InternalTerm>>,
    ) -> impl Iterator<Item = Result<InternalQuad<Self::InternalTerm>, Infallible>> + use<'a> {
        let view = *self;
        let told = [subject, predicate, object, graph_name.flatten()];
        let is_made = |value: &&Self::InternalTerm| matches!(value.value(), Value::Made(_));
        // A term that the index lacks is in no statement.
        let is_nowhere = told.iter().flatten().any(is_made);
        let number = |value: &Self::InternalTerm| match value.value() {
            Value::Stored(number) => Some(*number),
            Value::Made(_) => None,
        };
        let [subject, predicate, object, graph] = told.map(|value| value.and_then(number));
        let graph = graph.or((graph_name == Some(None)).then_some(DEFAULT_GRAPH));
        let named_only = graph_name.is_none();
        let rows = (!is_nowhere).then(|| view.index.matching([subject, predicate, object, graph]));
        let rows = rows.into_iter().flatten().filter(move |row| !(named_only && row[3] == DEFAULT_GRAPH));
        rows.map(move |[subject, predicate, object, graph]| {
            Ok(InternalQuad {
                subject: view.stored(subject),
                predicate: view.stored(predicate),
                object: view.stored(object),
                graph_name: (graph != DEFAULT_GRAPH).then(|| view.stored(graph)),
            })
        })
    }

    fn internal_named_graphs(&self) -> impl Iterator<Item = Result<Self::InternalTerm, Infallible>> + use<'a> {
        let view = *self;
        let by_graph = view.index.sorted[0].chunk_by(|a, b| a[0] == b[0]).filter_map(|rows| rows.first());
        by_graph.filter(|row| row[0] != DEFAULT_GRAPH).map(move |row| Ok(view.stored(row[0])))
    }

    fn internalize_term(&self, term: Term) -> Result<Self::InternalTerm, Infallible> {
        let stored = self.index.numbers.get(&term).map(|number| Value::Stored(*number));
        Ok(self.value(stored.unwrap_or_else(|| {
            self.meter.copy(length(&term));
            Value::Made(Rc::new(term))
        })))
    }

    fn externalize_term(&self, term: Self::InternalTerm) -> Result<Term, Infallible> {
        let term = self.term(term.value());
        self.meter.copy(length(term));
        Ok(term.clone())
    }

    fn externalize_expression_term(&self, term: Self::InternalTerm) -> Result<ExpressionTerm, Infallible> {
        self.externalize_term(term).map(ExpressionTerm::from)
    }
}

/// How many bytes a term's own words take.
pub fn length(term: &Term) -> usize {
    match term {
        Term::NamedNode(node) => node.as_str().len(),
        Term::BlankNode(node) => node.as_str().len(),
        Term::Literal(literal) => literal.value().len(),
        Term::Triple(triple) => triple.predicate.as_str().len() + length(&triple.object),
    }
}

#[cfg(test)]
mod tests {
    use oxrdf::NamedNode;

    use super::*;

    fn node(name: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("x:{name}"))
    }

    /// Every pattern over a few statements finds those that a look at each one finds.
    #[test]
    fn each_pattern_finds_what_fits_it() {
        let names = ["a", "b", "c"];
        let quads: Vec<Quad> = (0..40usize)
            .map(|i| {
                let graph = match i % 4 {
                    0 | 1 => GraphName::DefaultGraph,
                    other => node(names[other - 1]).into(),
                };
                Quad::new(node(names[i % 3]), node(names[i / 3 % 3]), node(names[i / 7 % 3]), graph)
            })
            .collect();
        let index = Index::of(quads.clone());
        let all: Vec<Row> = index.matching([None; 4]).collect();
        let mut distinct: Vec<String> = quads.iter().map(Quad::to_string).collect();
        distinct.sort();
        distinct.dedup();
        assert_eq!(all.len(), distinct.len());
        let numbers: Vec<Option<Number>> = [None, Some(DEFAULT_GRAPH)]
            .into_iter()
            .chain(names.iter().map(|name| Some(index.numbers[&Term::from(node(name))])))
            .collect();
        let each = || numbers.iter().copied();
        for (s, p) in each().flat_map(|s| each().map(move |p| (s, p))) {
            for (o, g) in each().flat_map(|o| each().map(move |g| (o, g))) {
                let pattern = [s, p, o, g];
                let fits =
                    |row: &&Row| pattern.iter().zip(*row).all(|(told, number)| told.is_none_or(|t| t == *number));
                let mut expected: Vec<Row> = all.iter().filter(fits).copied().collect();
                let mut found: Vec<Row> = index.matching(pattern).collect();
                expected.sort_unstable();
                found.sort_unstable();
                assert_eq!(found, expected, "{pattern:?}");
            }
        }
    }
}
