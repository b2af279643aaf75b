//! Rows into tables of comma-separated values, in the dialect of whoever reads them.
//!
//! RFC 4180 quoting, UTF-8, a header, rows ended by a line feed. A cell is one line: importers of graph databases break on
//! more, so each control character and line separator is a space, one for one, and offsets into an article's `text` hold
//! in its cell too.

use std::io::{self, Write};

use super::columns::{Column, ValueType};

/// What readers of tables differ in.
pub(super) struct Dialect {
    /// The header of a column: `aliases`, `aliases:string[]`.
    pub(super) header: fn(&str, ValueType) -> String,
    /// A list in one cell, of names on one line.
    pub(super) list: fn(&[String]) -> String,
}

/// For people and data frames: bare names, lists with `; `.
pub(super) const PLAIN: Dialect = Dialect { header: |name, _| name.to_owned(), list: |names| names.join("; ") };

/// Writes a header and a row for each of `rows`: first the cells of `lead`, then those of the columns.
pub(super) fn write_table<'a, Row: 'a>(
    out: &mut dyn Write,
    dialect: &Dialect,
    lead_names: &[&str],
    columns: &[&Column<Row>],
    rows: impl Iterator<Item = &'a Row>,
    lead: impl Fn(&Row) -> Vec<String>,
) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    let headers = columns.iter().map(|column| (dialect.header)(column.name, column.value_type()));
    table.write_record(lead_names.iter().map(|name| (*name).to_owned()).chain(headers))?;
    for row in rows {
        for cell in lead(row) {
            table.write_field(single_line(&cell))?;
        }
        for column in columns {
            let list =
                |names: &[String]| (dialect.list)(&names.iter().map(|name| single_line(name)).collect::<Vec<_>>());
            table.write_field(single_line(&column.value_with(row, list).unwrap_or_default()))?;
        }
        table.write_record(None::<&[u8]>)?;
    }
    table.flush()
}

fn single_line(cell: &str) -> String {
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    cell.chars().map(|c| if breaks(c) { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_one_line_of_the_same_length() {
        assert_eq!(single_line("a\r\nb\tc\u{2028}d"), "a  b c d");
    }
}
