//! What a database holds, in numbers.

use std::collections::BTreeMap;

use serde::Serialize;

use super::database::Store;
use crate::base::Date;
use crate::error::{Result, WithFile};

/// What is in a graph, and how it was read.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Contents {
    pub articles: u32,
    /// Of publication, from the earliest to the latest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<Date>,
    /// Articles without a day of publication.
    pub undated: u32,
    /// Articles that are near-copies of another.
    pub copies: u32,
    /// Nodes by kind.
    pub nodes: BTreeMap<String, u32>,
    /// Events by type.
    pub events: BTreeMap<String, u32>,
    /// Events and claims that another article's telling was drawn together with.
    pub drawn_together: u32,
    /// What read the articles, and how many it read.
    pub read_with: BTreeMap<String, u32>,
    /// Whether the last build was broken off.
    pub unfinished: bool,
    /// Bytes.
    pub size: u64,
}

impl Store {
    /// Counts what is in the graph; takes time in proportion to its events.
    ///
    /// # Errors
    /// A database that cannot be read.
    pub fn contents(&self) -> Result<Contents> {
        let contents = || -> rusqlite::Result<Contents> {
            let number = |sql: &str| self.db.query_row(sql, [], |row| row.get::<_, u32>(0));
            let date = |end: &str| -> rusqlite::Result<Option<Date>> {
                let sql = format!("SELECT {end}(json_extract(body, '$.published')) FROM reading");
                let told: Option<String> = self.db.query_row(&sql, [], |row| row.get(0))?;
                Ok(told.and_then(|date| date.parse().ok()))
            };
            Ok(Contents {
                articles: self.article_count_in()?,
                first: date("min")?,
                last: date("max")?,
                undated: number(
                    "SELECT count(DISTINCT article) FROM reading WHERE json_extract(body, '$.published') IS NULL",
                )?,
                copies: number("SELECT count(DISTINCT article) FROM copy")?,
                nodes: self.counts("SELECT kind, count(*) FROM node WHERE key NOT IN (SELECT node FROM same) GROUP BY kind")?,
                events: self.counts(
                    "SELECT type, count(*) FROM
                     (SELECT DISTINCT node, json_extract(json, '$.type') AS type FROM node_part JOIN node ON node.key = node
                      WHERE kind = 'event' AND node NOT IN (SELECT node FROM same)) GROUP BY type",
                )?,
                drawn_together: number("SELECT count(DISTINCT whole) FROM same")?,
                read_with: self.counts("SELECT knowledge, count(*) FROM reading GROUP BY knowledge")?,
                unfinished: self.fact("unfinished")?.is_some(),
                size: self.db.query_row("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size", [], |row| {
                    row.get::<_, i64>(0).map(i64::unsigned_abs)
                })?,
            })
        };
        contents().with_file("read the graph", &self.file)
    }

    /// How many articles there are.
    ///
    /// # Errors
    /// A database that cannot be read.
    pub fn article_count(&self) -> Result<u32> {
        self.article_count_in().with_file("read the graph", &self.file)
    }

    /// Nodes by kind.
    ///
    /// # Errors
    /// A database that cannot be read.
    pub fn node_counts(&self) -> Result<BTreeMap<String, u32>> {
        self.counts("SELECT kind, count(*) FROM node WHERE key NOT IN (SELECT node FROM same) GROUP BY kind")
            .with_file("read the graph", &self.file)
    }

    /// Where the articles were found, each with the article's id.
    ///
    /// # Errors
    /// A database that cannot be read.
    pub fn sources(&self) -> Result<Vec<(String, String)>> {
        let sources = || -> rusqlite::Result<Vec<(String, String)>> {
            let mut rows = self.db.prepare(
                "SELECT name, node.id FROM source JOIN reading ON reading.key = source.reading
                 JOIN node ON node.key = article ORDER BY name",
            )?;
            rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
        };
        sources().with_file("read the graph", &self.file)
    }

    fn article_count_in(&self) -> rusqlite::Result<u32> {
        self.db.query_row("SELECT count(DISTINCT article) FROM reading", [], |row| row.get(0))
    }

    fn counts(&self, sql: &str) -> rusqlite::Result<BTreeMap<String, u32>> {
        self.db.prepare(sql)?.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
    }
}
