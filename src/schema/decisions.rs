//! Trained decisions over named features: what was learned of how events are told, a line a feature (`model/events.tsv`).
//!
//! `same  lemma:equal  812`: of two mentions of events, an equal lemma speaks for one event told twice. Weights are whole numbers, in
//! thousandths, so that sums are the same on every machine and in every order.

use std::collections::HashMap;
use std::fmt::{Arguments, Write};

use super::table;
use crate::error::Result;

/// The feature that every case of a decision has.
const BIAS: &str = "bias";

/// Trained decisions by name, each with its features' weights.
#[derive(Clone, Debug, Default)]
pub struct Decisions {
    weights: HashMap<String, HashMap<String, i32>>,
}

impl Decisions {
    /// Reads a table of decisions; `file` is what errors call it.
    ///
    /// # Errors
    /// A malformed line or a feature told twice, by its line.
    pub fn parse(file: &str, text: &str) -> Result<Decisions> {
        let mut decisions = Decisions::default();
        for row in table::rows(text, file, ["decision", "feature", "weight"])? {
            let [decision, feature, weight] = row.cells;
            let weight = weight.parse().map_err(|_| row.error(format!("`{weight}` is no weight in thousandths")))?;
            let known = decisions.weights.entry(decision.to_owned()).or_default().insert(feature.to_owned(), weight);
            if known.is_some() {
                return Err(row.error(format!("a second weight of `{feature}`")));
            }
        }
        Ok(decisions)
    }

    /// What speaks for one case of a decision, in thousandths of a log odd: above zero it is likelier than not.
    ///
    /// `features` names those of the case to its argument, each once.
    pub fn score(&self, decision: &str, features: impl FnOnce(&mut dyn FnMut(Arguments))) -> i64 {
        let Some(weights) = self.weights.get(decision) else { return 0 };
        let weight = |feature: &str| weights.get(feature).copied().map_or(0, i64::from);
        let mut sum = weight(BIAS);
        let mut name = String::new();
        features(&mut |feature| {
            name.clear();
            name.write_fmt(feature).expect("a string takes whatever is written");
            sum += weight(&name);
        });
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_is_the_sum_of_the_weights_of_the_features_that_are_known() {
        let table = "decision\tfeature\tweight\nsame\tbias\t-500\nsame\tlemma:equal\t812\ncounts\tlemma:equal\t7\n";
        let decisions = Decisions::parse("events.tsv", table).expect("a table");
        let score = decisions.score("same", |tell| {
            tell(format_args!("lemma:{}", "equal"));
            tell(format_args!("place:apart"));
        });
        assert_eq!(score, 312);
    }

    #[test]
    fn a_second_weight_is_a_fault() {
        let table = "decision\tfeature\tweight\nsame\tbias\t1\nsame\tbias\t2\n";
        let error = Decisions::parse("events.tsv", table).expect_err("two weights");
        assert_eq!(error.to_string(), "events.tsv:3: a second weight of `bias`");
    }
}
