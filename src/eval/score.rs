//! Counts into scores: precision, recall, F1, and who is paired with whom.

use pathfinding::matrix::Matrix;
use pathfinding::prelude::kuhn_munkres;

/// A number of the table.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// `ud-ewt/las`: the corpus and what is measured on it; by this floors are found.
    pub name: String,
    /// For people: "LAS, gold tokens".
    pub measured: String,
    pub value: f64,
    pub unit: Unit,
}

/// What a score counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Of 1: F1 and accuracies.
    Share,
    WordsPerSecond,
    /// Of a million bytes.
    Megabytes,
}

impl Score {
    /// A share of 1.
    pub fn share(corpus: &str, name: &str, measured: &str, value: f64) -> Score {
        Score { name: format!("{corpus}/{name}"), measured: measured.to_owned(), value, unit: Unit::Share }
    }

    /// The value as the table has it: shares with four digits.
    pub fn shown(&self) -> String {
        self.unit.show(self.value)
    }
}

impl Unit {
    pub fn show(self, value: f64) -> String {
        match self {
            Unit::Share => format!("{value:.4}"),
            Unit::WordsPerSecond => format!("{value:.0} words/s"),
            Unit::Megabytes => format!("{value:.1} MB"),
        }
    }
}

/// How many there are in the gold, how many the system has, how many of them agree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub gold: usize,
    pub system: usize,
    pub correct: usize,
}

impl Counts {
    /// 2 · correct / (gold + system); zero where there is nothing.
    pub fn f1(self) -> f64 {
        ratio(2.0 * self.correct as f64, (self.gold + self.system) as f64)
    }

    /// Counts one thing that the gold, the system or both have, and whether they agree on it.
    pub fn add(&mut self, gold: bool, system: bool, correct: bool) {
        self.gold += usize::from(gold);
        self.system += usize::from(system);
        self.correct += usize::from(gold && system && correct);
    }
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Counts) {
        self.gold += other.gold;
        self.system += other.system;
        self.correct += other.correct;
    }
}

/// A part of a whole; zero of nothing.
pub fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

/// Fractions that weights are rounded to: [`kuhn_munkres`] wants whole numbers.
const FRACTIONS: f64 = 1e9;

/// Pairs rows with columns, each with one at most, so that the sum of their weights is the greatest; pairs of no weight
/// are left out. In order of their rows.
pub fn best_pairs(rows: usize, columns: usize, weight: impl Fn(usize, usize) -> f64) -> Vec<(usize, usize)> {
    if rows.min(columns) == 0 {
        return Vec::new();
    }
    let weights = Matrix::from_fn(rows, columns, |(row, column)| (weight(row, column) * FRACTIONS).round() as i64);
    // The shorter side has to be the rows.
    let mut pairs: Vec<(usize, usize)> = match rows <= columns {
        true => kuhn_munkres(&weights).1.into_iter().enumerate().collect(),
        false => {
            kuhn_munkres(&weights.transposed()).1.into_iter().enumerate().map(|(column, row)| (row, column)).collect()
        }
    };
    pairs.retain(|&pair| weights[pair] > 0);
    pairs.sort();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_pairs_are_not_the_first() {
        let weights = [[0.9, 0.8, 0.0], [0.8, 0.1, 0.0]];
        assert_eq!(best_pairs(2, 3, |row, column| weights[row][column]), [(0, 1), (1, 0)]);
        assert_eq!(best_pairs(3, 2, |row, column| weights[column][row]), [(0, 1), (1, 0)]);
        assert_eq!(best_pairs(2, 2, |row, column| if (row, column) == (1, 1) { 0.5 } else { 0.0 }), [(1, 1)]);
        assert!(best_pairs(0, 3, |_, _| 1.0).is_empty());
    }

    #[test]
    fn f1_is_the_harmonic_mean() {
        assert_eq!(Counts { gold: 3, system: 5, correct: 2 }.f1(), 0.5);
        assert_eq!(Counts::default().f1(), 0.0);
    }
}
