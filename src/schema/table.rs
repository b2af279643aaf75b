//! Tables of tab-parted cells, as `schema/lexicon` and `schema/gazetteer` hold them: lines into rows, checked.
//!
//! ```text
//! # What the table holds and how to add a row; such lines may stand anywhere.
//! form    upos    lemma    feats
//! met     VERB    meet     Tense=Past|VerbForm=Fin,Part
//! ```
//!
//! The first line that is neither empty nor a comment names the columns. What the cells mean is left to each table's owner.

use crate::error::{Error, Result};

/// One line of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row<'a, const N: usize> {
    /// The cells in the order of the columns, without white space around them; an empty cell is `""`.
    pub cells: [&'a str; N],
    /// The line in the file, from zero.
    pub line: usize,
    file: &'a str,
}

/// Reads a table whose header names exactly `columns`; `file` is what errors call it.
pub fn rows<'a, const N: usize>(text: &'a str, file: &'a str, columns: [&str; N]) -> Result<Vec<Row<'a, N>>> {
    let mut lines = text
        .trim_start_matches('\u{feff}')
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    let (line, header) = lines.next().ok_or_else(|| no_header(&columns).at(file))?;
    if !header.split('\t').map(str::trim).eq(columns) {
        return Err(no_header(&columns).at_line(file, line, None));
    }
    lines.map(|(line, text)| row(text, file, line)).collect()
}

fn row<'a, const N: usize>(text: &'a str, file: &'a str, line: usize) -> Result<Row<'a, N>> {
    let cells: Vec<&str> = text.split('\t').map(str::trim).collect();
    let found = cells.len();
    let cells = cells.try_into().map_err(|_| {
        Error::new(format!("{found} cells in a table of {N} columns"))
            .at_line(file, line, None)
            .hint("one tab parts two cells; an empty cell keeps its tab")
    })?;
    Ok(Row { cells, line, file })
}

fn no_header(columns: &[&str]) -> Error {
    Error::new(format!("expected the header `{}`", columns.join(" ")))
        .hint("the first line that is no comment names the columns, parted by tabs")
}

impl<const N: usize> Row<'_, N> {
    /// An error that names this row's file and line.
    pub fn error(&self, message: impl Into<String>) -> Error {
        Error::new(message).at_line(self.file, self.line, None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<[&str; 2]>> {
        rows(text, "cities.tsv", ["name", "country"]).map(|rows| rows.iter().map(|row| row.cells).collect())
    }

    fn check_error(text: &str, expected: &str) {
        assert_eq!(read(text).expect_err("a fault in the table").to_string(), expected);
    }

    #[test]
    fn comments_and_empty_lines_are_no_rows() {
        let table = "# Cities.\nname\tcountry\n\nHamburg\tDE\r\n# in two words\nNew York\t\n";
        assert_eq!(read(table).expect("a table"), [["Hamburg", "DE"], ["New York", ""]]);
        assert_eq!(read("name\tcountry\n").expect("a table"), [[""; 2]; 0]);
    }

    #[test]
    fn faults_name_file_and_line() {
        check_error("", "cities.tsv: expected the header `name country`");
        check_error("# Cities.\nHamburg\tDE\n", "cities.tsv:2: expected the header `name country`");
        check_error("name\tcountry\nHamburg DE\n", "cities.tsv:2: 1 cells in a table of 2 columns");
        check_error("name\tcountry\n\nHamburg\tDE\tElbe\n", "cities.tsv:3: 3 cells in a table of 2 columns");
    }

    #[test]
    fn a_row_makes_errors_of_its_own() {
        let table = rows("name\tcountry\nHamburg\tXX\n", "cities.tsv", ["name", "country"]).expect("a table");
        assert_eq!(table[0].error("unknown country `XX`").to_string(), "cities.tsv:2: unknown country `XX`");
    }
}
