//! What scores must not fall below, and sizes not rise above: a table with tabs between its columns.
//!
//! `ud-ewt/las 0.885 ` is a floor, `model/size  24.5` a ceiling.

use std::path::{Path, PathBuf};

use super::Score;
use crate::error::{Error, Result};

/// The columns, and the file's first line.
const COLUMNS: [&str; 3] = ["score", "at least", "at most"];

/// The bounds of some scores, by their names.
#[derive(Clone, Debug, Default)]
pub struct Floors {
    file: PathBuf,
    bounds: Vec<(String, Bound)>,
}

#[derive(Clone, Copy, Debug)]
enum Bound {
    AtLeast(f64),
    AtMost(f64),
}

/// A score beyond its bound.
#[derive(Clone, Debug, PartialEq)]
pub struct Breach {
    /// "ud-ewt/las is 0.8712, below its floor of 0.8850".
    pub told: String,
}

impl Floors {
    /// Reads the table; lines that begin with `#` are comments. `file` is named in errors.
    ///
    /// # Errors
    ///
    /// A line of other columns, one with no bound or two, or a bound that is no number.
    pub fn read(file: impl AsRef<Path>, text: &str) -> Result<Floors> {
        let file = file.as_ref();
        let mut floors = Floors { file: file.to_owned(), bounds: Vec::new() };
        let lines = text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        for (number, line) in lines {
            let cells: Vec<&str> = line.split('\t').collect();
            if cells == COLUMNS {
                continue;
            }
            let (name, bound) = bound(&cells).map_err(|fault| {
                let hint = "a line is a score's name, a floor and a ceiling with tabs between, one of the two empty";
                Error::new(fault).at_line(file, number, None).hint(hint)
            })?;
            floors.bounds.push((name, bound));
        }
        Ok(floors)
    }

    /// The bound of a score as the table shows it: `0.8850`, `≤ 24.5 MB`.
    pub fn shown(&self, score: &Score) -> Option<String> {
        self.of(score).map(|bound| match bound {
            Bound::AtLeast(floor) => score.unit.show(floor),
            Bound::AtMost(ceiling) => format!("≤ {}", score.unit.show(ceiling)),
        })
    }

    /// The scores beyond their bounds.
    pub fn breaches(&self, scores: &[Score]) -> Vec<Breach> {
        let told = scores.iter().filter_map(|score| {
            let (side, bound) = match self.of(score)? {
                Bound::AtLeast(floor) if score.value < floor => ("below its floor", floor),
                Bound::AtMost(ceiling) if score.value > ceiling => ("above its ceiling", ceiling),
                _ => return None,
            };
            Some(format!("{} is {}, {side} of {}", score.name, score.shown(), score.unit.show(bound)))
        });
        told.map(|told| Breach { told }).collect()
    }

    /// The names of the table that no score has, of corpora that have scores: `ud-ewt/lass`.
    pub fn unmeasured<'a>(&'a self, scores: &'a [Score]) -> impl Iterator<Item = &'a str> {
        let corpus = |name: &'a str| name.split('/').next();
        let measured = move |name: &str| scores.iter().any(|score| score.name == name);
        let has_scores = move |name| scores.iter().any(|score| corpus(&score.name) == corpus(name));
        self.bounds.iter().map(|(name, _)| name.as_str()).filter(move |name| has_scores(name) && !measured(name))
    }

    /// The file that they were read from.
    pub fn file(&self) -> &Path {
        &self.file
    }

    fn of(&self, score: &Score) -> Option<Bound> {
        self.bounds.iter().find(|(name, _)| *name == score.name).map(|(_, bound)| *bound)
    }
}

fn bound(cells: &[&str]) -> std::result::Result<(String, Bound), String> {
    let number = |cell: &str| cell.trim().parse::<f64>().map_err(|_| format!("`{cell}` is no number"));
    match *cells {
        [name, floor] | [name, floor, ""] => Ok((name.to_owned(), Bound::AtLeast(number(floor)?))),
        [name, "", ceiling] => Ok((name.to_owned(), Bound::AtMost(number(ceiling)?))),
        [_, _, _] => Err("a floor and a ceiling in one line".to_owned()),
        _ => Err(format!("{} columns, not {}", cells.len(), COLUMNS.len())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::Unit;

    fn score(name: &str, value: f64) -> Score {
        Score { name: name.to_owned(), measured: String::new(), value, unit: Unit::Share }
    }

    #[test]
    fn a_score_below_its_floor_or_above_its_ceiling_is_told() {
        let floors = Floors::read("f", "# why\nscore\tat least\tat most\na\t0.5\nb\t\t20\nc\t0.1\t\n").expect("floors");
        let told = |scores: &[Score]| floors.breaches(scores).into_iter().map(|b| b.told).collect::<Vec<_>>();
        assert!(told(&[score("a", 0.5), score("b", 20.0), score("d", 0.0)]).is_empty());
        assert_eq!(
            told(&[score("a", 0.49), score("b", 20.5)]),
            ["a is 0.4900, below its floor of 0.5000", "b is 20.5000, above its ceiling of 20.0000"]
        );
    }

    #[test]
    fn a_floor_that_no_score_has_is_told_where_its_corpus_is_measured() {
        let floors = Floors::read("f", "ewt/las\t0.5\newt/lass\t0.5\ngum/las\t0.5\n").expect("floors");
        assert_eq!(floors.unmeasured(&[score("ewt/las", 0.0)]).collect::<Vec<_>>(), ["ewt/lass"]);
    }

    #[test]
    fn what_is_no_floor_is_told_with_its_line() {
        let error = |text| Floors::read("floors.tsv", text).expect_err("no floors").to_string();
        assert_eq!(error("a\t0.5\nb\thigh"), "floors.tsv:2: `high` is no number");
        assert_eq!(error("a"), "floors.tsv:1: 1 columns, not 3");
        assert_eq!(error("a\t1\t2"), "floors.tsv:1: a floor and a ceiling in one line");
    }
}
