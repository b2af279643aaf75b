//! A graph into two Parquet files, for data frames and DuckDB: the columns of the csv tables, each by its type.
//!
//! "Putin met Trump" is a row of `edges.parquet`, whose `evidence` is a list of sentences rather than one text. Events have their
//! `first_day` and `last_day` as dates. Rows are written group by group, so no more than a group is in memory.

use std::io::{self, Write};
use std::sync::Arc;

use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::{ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema};
use jiff::civil;
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;

use super::columns::{Cell, Column, EDGE_COLUMNS, EDGE_DAYS, EVENT_DAYS, ValueType, node_columns};
use super::{Options, Part};
use crate::base::Date;
use crate::graph::{Edge, KnowledgeGraph, Node};

/// How many rows become columns at a time.
const ROWS: usize = 256;

/// The bytes of a group of rows, about, after which the next begins.
const GROUP: usize = 4 << 20;

/// `nodes.parquet`: `id`, then the columns of a node; `edges.parquet`: `source`, `target`, then those of an edge.
pub(super) fn parts<'g>(graph: &'g KnowledgeGraph, _: &'g Options) -> Vec<Part<'g>> {
    let nodes = |out: &mut dyn Write| {
        let columns: Vec<_> = node_columns().chain(EVENT_DAYS).collect();
        write_table(out, &[("id", Node::id)], &columns, graph.nodes())
    };
    let edges = |out: &mut dyn Write| {
        let columns: Vec<_> = EDGE_COLUMNS.iter().chain(EDGE_DAYS).collect();
        let source: Id<Edge> = |edge| &edge.source;
        write_table(out, &[("source", source), ("target", |edge| &edge.target)], &columns, graph.edges())
    };
    vec![Part::new("nodes.parquet", nodes), Part::new("edges.parquet", edges)]
}

type Id<Row> = fn(&Row) -> &str;

fn write_table<'a, Row: 'a>(
    out: &mut dyn Write,
    ids: &[(&str, Id<Row>)],
    columns: &[&Column<Row>],
    mut rows: impl Iterator<Item = &'a Row>,
) -> io::Result<()> {
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(concat!("rapporteur version ", env!("CARGO_PKG_VERSION")).to_owned())
        .build();
    let schema = Arc::new(schema(ids, columns));
    let mut table = ArrowWriter::try_new(Vec::new(), schema.clone(), Some(properties)).map_err(broken)?;
    loop {
        let some: Vec<&Row> = rows.by_ref().take(ROWS).collect();
        if some.is_empty() {
            break;
        }
        let of_ids =
            ids.iter().map(|(_, id)| Arc::new(some.iter().map(|row| Some(id(row))).collect::<StringArray>()) as _);
        let values = of_ids.chain(columns.iter().map(|column| array(column, &some))).collect();
        let batch = RecordBatch::try_new(schema.clone(), values).expect("arrays as the schema has them");
        table.write(&batch).map_err(broken)?;
        if table.in_progress_size() > GROUP {
            table.flush().map_err(broken)?;
            pass_on(table.inner_mut(), out)?;
        }
    }
    pass_on(&mut table.into_inner().map_err(broken)?, out)
}

/// Passes on what is written so far; the writer counts for itself where in the file it is.
fn pass_on(written: &mut Vec<u8>, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(written)?;
    written.clear();
    Ok(())
}

fn broken(error: ParquetError) -> io::Error {
    io::Error::other(error)
}

fn schema<Row>(ids: &[(&str, Id<Row>)], columns: &[&Column<Row>]) -> Schema {
    let ids = ids.iter().map(|(name, _)| Field::new(*name, DataType::Utf8, false));
    let columns = columns.iter().map(|column| Field::new(column.name, data_type(column), true));
    Schema::new(ids.chain(columns).collect::<Vec<_>>())
}

fn data_type<Row>(column: &Column<Row>) -> DataType {
    match column.value_type() {
        _ if column.is_list() => DataType::List(Arc::new(Field::new_list_field(DataType::Utf8, true))),
        ValueType::Text | ValueType::Names => DataType::Utf8,
        ValueType::Number => DataType::Float64,
        ValueType::Count => DataType::Int64,
        ValueType::Flag => DataType::Boolean,
        ValueType::Day => DataType::Date32,
    }
}

/// The values of one column.
fn array<Row>(column: &Column<Row>, rows: &[&Row]) -> ArrayRef {
    let cells = || rows.iter().map(|row| column.cell(row));
    match data_type(column) {
        DataType::Float64 => Arc::new(cells().map(|cell| cell.and_then(number)).collect::<Float64Array>()),
        DataType::Int64 => Arc::new(cells().map(|cell| cell.and_then(count)).collect::<Int64Array>()),
        DataType::Boolean => Arc::new(cells().map(|cell| cell.and_then(flag)).collect::<BooleanArray>()),
        DataType::Date32 => Arc::new(cells().map(|cell| cell.and_then(day)).collect::<Date32Array>()),
        DataType::List(_) => {
            let mut lists = ListBuilder::new(StringBuilder::new());
            cells().map(|cell| cell.and_then(list)).for_each(|list| lists.append_option(list.map(some_each)));
            Arc::new(lists.finish())
        }
        _ => Arc::new(cells().map(|cell| cell.and_then(text)).collect::<StringArray>()),
    }
}

fn some_each(list: Vec<String>) -> impl Iterator<Item = Option<String>> {
    list.into_iter().map(Some)
}

fn text(cell: Cell) -> Option<String> {
    if let Cell::Text(text) = cell { Some(text) } else { None }
}

fn number(cell: Cell) -> Option<f64> {
    if let Cell::Number(number) = cell { Some(number) } else { None }
}

fn count(cell: Cell) -> Option<i64> {
    if let Cell::Count(count) = cell { Some(count) } else { None }
}

fn flag(cell: Cell) -> Option<bool> {
    if let Cell::Flag(flag) = cell { Some(flag) } else { None }
}

fn list(cell: Cell) -> Option<Vec<String>> {
    if let Cell::List(list) = cell { Some(list) } else { None }
}

/// A day as Arrow counts it: from 1970.
fn day(cell: Cell) -> Option<i32> {
    let Cell::Day(day) = cell else { return None };
    let since: i64 = Date::first_day(day).duration_since(civil::date(1970, 1, 1)).as_hours() / 24;
    i32::try_from(since).ok()
}
