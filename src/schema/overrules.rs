//! What a user decided about identity (`--overrule`): merge, split, rename, kind. It is kept beside the articles, and every build
//! follows it.
//!
//! ```text
//! action  entity                   value                       article
//! merge   person/ola-otieno        person/olav-otieno
//! rename  organization/fjordlinken Fjordlinken AS
//! kind    place/aurora             organization
//! split   person/ana-weber         person/ana-weber-judge      trial-bonn.txt
//! ```

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use super::EntityKind;
use super::table::rows;
use crate::error::{Error, Result, WithFile};

/// All lines of a user's file, in order.
#[derive(Debug, Default)]
pub struct Overrules {
    pub lines: Vec<Overrule>,
    text: String,
}

/// One line: what becomes of one entity.
#[derive(Debug)]
pub struct Overrule {
    /// The id that the entity would have.
    pub entity: String,
    pub action: Action,
    /// The end of the name of the article's file, or its id, where it concerns one article.
    pub article: Option<String>,
    file: String,
    line: usize,
    used: AtomicBool,
}

/// What a line does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// It is the same as the entity of this id; a split is the same in one article.
    Merge(String),
    Rename(String),
    Kind(EntityKind),
}

impl Overrules {
    /// Reads a file.
    ///
    /// # Errors
    /// A file that cannot be read, a malformed line, an unknown action, kind or id, by file and line.
    pub fn read(file: &Path) -> Result<Overrules> {
        let text = std::fs::read_to_string(file).with_file("read what overrules identity", file).map_err(|error| {
            error.hint("the file is a table of `action`, `entity`, `value`, `article`, parted by tabs")
        })?;
        Overrules::parse(&text, &file.display().to_string())
    }

    fn parse(text: &str, file: &str) -> Result<Overrules> {
        let mut lines = Vec::new();
        for row in rows(text, file, ["action", "entity", "value", "article"])? {
            let [action, entity, value, article] = row.cells;
            kind_of(entity).ok_or_else(|| no_id(row.error(format!("`{entity}` is no id"))))?;
            let action = match action {
                "merge" => Action::Merge(value.to_owned()),
                "split" if article.is_empty() => {
                    return Err(row.error("a split without an article").hint("the last cell names the article's file"));
                }
                "split" => Action::Merge(value.to_owned()),
                "rename" => Action::Rename(value.to_owned()),
                "kind" => Action::Kind(value.parse().map_err(|error: Error| row.error(error.to_string()).hint(KINDS))?),
                _ => {
                    return Err(row
                        .error(format!("unknown action `{action}`"))
                        .hint("actions are merge, split, rename, kind"));
                }
            };
            match &action {
                Action::Merge(target) if kind_of(target).is_none() => {
                    return Err(no_id(row.error(format!("`{target}` is no id"))));
                }
                Action::Rename(name) if name.is_empty() => return Err(row.error("a rename without a name")),
                _ => {}
            }
            lines.push(Overrule {
                entity: entity.to_owned(),
                action,
                article: (!article.is_empty()).then(|| article.to_owned()),
                file: file.to_owned(),
                line: row.line,
                used: AtomicBool::new(false),
            });
        }
        Ok(Overrules { lines, text: text.to_owned() })
    }

    /// The file as it was read.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Whether a line names an article, so that what is read depends on what the article's file is called.
    pub fn name_articles(&self) -> bool {
        self.lines.iter().any(|line| line.article.is_some())
    }

    /// The places in [`Overrules::lines`] of those that some article had use for, in order.
    pub fn used(&self) -> Vec<usize> {
        let used = |(at, line): (usize, &Overrule)| line.used.load(Ordering::Relaxed).then_some(at);
        self.lines.iter().enumerate().filter_map(used).collect()
    }

    /// Notes that articles read before had use for these lines; those that are not there are passed over.
    pub fn note_used(&self, lines: &[usize]) {
        let there = lines.iter().filter_map(|&at| self.lines.get(at));
        there.for_each(|line| line.used.store(true, Ordering::Relaxed));
    }

    /// The lines that no article had use for, as errors.
    pub fn unused(&self) -> impl Iterator<Item = Error> {
        let unused = self.lines.iter().filter(|line| !line.used.load(Ordering::Relaxed));
        unused.map(|line| {
            let place =
                line.article.as_deref().map(|article| format!(" in an article `{article}`")).unwrap_or_default();
            Error::new(format!("nothing here is `{}`{place}", line.entity))
                .at_line(&line.file, line.line, None)
                .hint("ids are told by `rapporteur explain GRAPH NAME`, and stand in the graph's JSON")
        })
    }
}

impl Overrule {
    /// Whether it is about an entity of an article; notes that it was.
    pub fn concerns(&self, entity: &str, article: &str, source: &str) -> bool {
        let in_article = self.article.as_deref().is_none_or(|named| named == article || source.ends_with(named));
        let concerns = in_article && self.entity == entity;
        if concerns {
            self.used.store(true, Ordering::Relaxed);
        }
        concerns
    }
}

/// The kind that an id begins with: `person` of `person/ana-weber`.
pub fn kind_of(id: &str) -> Option<EntityKind> {
    let (kind, rest) = id.split_once('/')?;
    kind.parse().ok().filter(|_| !rest.is_empty())
}

fn no_id(error: Error) -> Error {
    error.hint("ids are a kind and a name, as in `person/ana-weber`; `rapporteur explain GRAPH NAME` tells them")
}

const KINDS: &str = "kinds are `person`, `country`, `organization`, `place`";

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "action\tentity\tvalue\tarticle\n";

    fn read(row: &str) -> Result<Overrules> {
        Overrules::parse(&format!("{HEADER}{row}\n"), "mine.tsv")
    }

    #[test]
    fn lines_tell_what_becomes_of_an_entity() {
        let overrules = read("split\tperson/ana-weber\tperson/ana-weber-judge\ttrial.txt").expect("a line");
        assert!(!overrules.lines[0].concerns("person/ana-weber", "article/1", "news/vote.txt"));
        assert_eq!(overrules.unused().count(), 1);
        assert!(overrules.lines[0].concerns("person/ana-weber", "article/1", "news/trial.txt"));
        assert_eq!(overrules.unused().count(), 0);
    }

    #[test]
    fn faults_name_file_and_line() {
        let fault = |row: &str| read(row).expect_err("a fault").to_string();
        assert_eq!(fault("join\tperson/a\tperson/b\t"), "mine.tsv:2: unknown action `join`");
        assert_eq!(fault("merge\tAna Weber\tperson/b\t"), "mine.tsv:2: `Ana Weber` is no id");
        assert_eq!(fault("merge\tperson/a\tB\t"), "mine.tsv:2: `B` is no id");
        assert_eq!(fault("split\tperson/a\tperson/b\t"), "mine.tsv:2: a split without an article");
        let unused = read("rename\tperson/a\tAna\t").expect("a line").unused().next().expect("one").to_string();
        assert_eq!(unused, "mine.tsv:2: nothing here is `person/a`");
    }
}
