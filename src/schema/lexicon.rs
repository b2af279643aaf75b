//! How words inflect beyond what spelling rules tell, from `schema/lexicon/irregular.tsv` and `schema/lexicon/stems.tsv`.
//!
//! "met" is the past of "meet", and what is left of "explored" without its ending is the "explor" of "explore". The rules
//! themselves are the language stage's.

use std::collections::HashMap;

use super::table;
use crate::error::Result;

/// Irregular forms, and the stems whose lemma the spelling rules miss.
#[derive(Clone, Debug, Default)]
pub struct Inflections {
    forms: HashMap<String, Vec<Inflection>>,
    stems: HashMap<String, Vec<Inflection>>,
}

/// One reading of a form: a part of speech, the lemma, and features.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inflection {
    /// The tag of the universal part of speech: `VERB`.
    pub upos: String,
    pub lemma: String,
    /// Names and values of Universal Dependencies; a name stands once for each value that the form may have.
    features: Vec<(String, String)>,
}

impl Inflections {
    /// The inflections that travel inside the program.
    pub fn built_in() -> Inflections {
        let mut inflections = Inflections::default();
        inflections
            .add_forms(super::files::text("schema/lexicon/irregular.tsv"), "schema/lexicon/irregular.tsv")
            .and_then(|()| {
                inflections.add_stems(super::files::text("schema/lexicon/stems.tsv"), "schema/lexicon/stems.tsv")
            })
            .expect("the built-in inflections are tested");
        inflections
    }

    /// Adds a table of irregular forms: `form`, `upos`, `lemma`, `feats`.
    pub fn add_forms(&mut self, text: &str, file: &str) -> Result<()> {
        for row in table::rows(text, file, ["form", "upos", "lemma", "feats"])? {
            let [form, upos, lemma, feats] = row.cells;
            check_reading(&row, upos, lemma)?;
            let features = features(feats).ok_or_else(|| {
                row.error(format!("`{feats}` are no features")).hint("features read `Tense=Past|VerbForm=Fin,Part`")
            })?;
            let reading = Inflection { upos: upos.to_owned(), lemma: lemma.to_owned(), features };
            self.forms.entry(key(form)).or_default().push(reading);
        }
        Ok(())
    }

    /// Adds a table of stems, as they are left when "-ed", "-ing", "-es", "-er" or "-est" is taken off: `stem`, `upos`,
    /// `lemma`.
    pub fn add_stems(&mut self, text: &str, file: &str) -> Result<()> {
        for row in table::rows(text, file, ["stem", "upos", "lemma"])? {
            let [stem, upos, lemma] = row.cells;
            check_reading(&row, upos, lemma)?;
            let reading = Inflection { upos: upos.to_owned(), lemma: lemma.to_owned(), features: Vec::new() };
            self.stems.entry(key(stem)).or_default().push(reading);
        }
        Ok(())
    }

    /// The first reading of an irregular form with this part of speech; case and the shape of apostrophes don't matter.
    pub fn form(&self, form: &str, upos: &str) -> Option<&Inflection> {
        self.forms.get(&key(form))?.iter().find(|reading| reading.upos == upos)
    }

    /// The lemma of a stem that the spelling rules would give another.
    pub fn lemma_of_stem(&self, stem: &str, upos: &str) -> Option<&str> {
        let readings = self.stems.get(stem)?;
        readings.iter().find(|reading| reading.upos == upos).map(|reading| reading.lemma.as_str())
    }
}

impl Inflection {
    /// Whether the form may have this value of a feature.
    pub fn may_be(&self, name: &str, value: &str) -> bool {
        self.features.iter().any(|(n, v)| n == name && v == value)
    }
}

fn check_reading<const N: usize>(row: &table::Row<'_, N>, upos: &str, lemma: &str) -> Result<()> {
    let is_tag = !upos.is_empty() && upos.bytes().all(|byte| byte.is_ascii_uppercase());
    match is_tag && !lemma.is_empty() {
        true => Ok(()),
        false => Err(row.error(format!("no reading `{upos}` of `{lemma}`")).hint("a part of speech reads `VERB`")),
    }
}

fn features(cell: &str) -> Option<Vec<(String, String)>> {
    let mut features = Vec::new();
    for feature in cell.split('|').filter(|feature| !feature.is_empty()) {
        let (name, values) = feature.split_once('=')?;
        features.extend(values.split(',').map(|value| (name.to_owned(), value.to_owned())));
    }
    Some(features)
}

fn key(form: &str) -> String {
    form.to_lowercase().replace('’', "'")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_has_a_reading_for_each_part_of_speech() {
        let inflections = Inflections::built_in();
        let met = inflections.form("Met", "VERB").expect("a form of `meet`");
        assert_eq!(met.lemma, "meet");
        assert!(met.may_be("VerbForm", "Part") && met.may_be("VerbForm", "Fin") && !met.may_be("Tense", "Pres"));
        assert_eq!(inflections.form("met", "NOUN"), None);
        assert_eq!(inflections.form("’ve", "AUX").map(|reading| reading.lemma.as_str()), Some("have"));
        assert_eq!(inflections.lemma_of_stem("explor", "VERB"), Some("explore"));
        assert_eq!(inflections.lemma_of_stem("explor", "NOUN"), None);
    }

    #[test]
    fn faults_name_their_line() {
        let error = |line: &str| {
            let table = format!("form\tupos\tlemma\tfeats\n{line}\n");
            Inflections::default().add_forms(&table, "irregular.tsv").expect_err("a fault").to_string()
        };
        assert_eq!(error("met\tVERB\tmeet\tPast"), "irregular.tsv:2: `Past` are no features");
        assert_eq!(error("met\tverb\tmeet\t"), "irregular.tsv:2: no reading `verb` of `meet`");
    }
}
