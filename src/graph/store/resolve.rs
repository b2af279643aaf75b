//! What needs more than one article: who is gone when an article goes, and which events and claims are the same.

use std::collections::BTreeSet;

use rusqlite::params;

use super::super::node_link::node_from_json;
use super::super::same::sameness;
use super::super::{KnowledgeGraph, Node};
use super::database::{Store, unreadable};
use super::part::keys;

/// Blocks that are looked at together: enough that the database is asked seldom, few enough to hold.
const BLOCKS: usize = 256;

impl Store {
    /// Removes the readings that no source holds any more; gives the number of articles that are gone.
    pub(super) fn remove_sourceless(&self) -> rusqlite::Result<usize> {
        let mut sourceless = self.db.prepare(
            "SELECT key, article FROM reading WHERE NOT EXISTS (SELECT 1 FROM source WHERE reading = reading.key)",
        )?;
        let gone: Vec<(i64, i64)> =
            sourceless.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
        let mut removed = 0;
        for (reading, article) in gone {
            self.drop_parts(reading)?;
            self.db.execute("DELETE FROM reading WHERE key = ?1", [reading])?;
            let stays: bool =
                self.db.query_row("SELECT EXISTS (SELECT 1 FROM reading WHERE article = ?1)", [article], |row| {
                    row.get(0)
                })?;
            removed += usize::from(!stays);
        }
        Ok(removed)
    }

    /// Merges the entities anew that an article no longer tells of, and removes the nodes that none tells of.
    pub(super) fn tidy_nodes(&self) -> rusqlite::Result<()> {
        let open: Vec<(i64, String)> = self
            .db
            .prepare("SELECT key, kind FROM open_node JOIN node ON node.key = open_node.node")?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        for (key, kind) in open {
            self.db.execute("DELETE FROM name WHERE node = ?1", [key])?;
            let mut graph = KnowledgeGraph::new();
            let mut parts = self.db.prepare_cached("SELECT json FROM node_part WHERE node = ?1")?;
            for json in parts.query_map([key], |row| row.get::<_, String>(0))? {
                graph.insert_node(node_from_json(&kind, &json?).map_err(unreadable)?);
            }
            match graph.nodes().next() {
                None => {
                    for sql in [
                        "DELETE FROM node WHERE key = ?1",
                        "DELETE FROM same WHERE node = ?1 OR whole = ?1",
                        "DELETE FROM signature WHERE article = ?1",
                        "DELETE FROM band WHERE article = ?1",
                        "DELETE FROM copy WHERE article = ?1 OR near = ?1",
                    ] {
                        self.db.prepare_cached(sql)?.execute([key])?;
                    }
                }
                Some(node @ Node::Entity(entity)) => {
                    self.put_entity(key, node)?;
                    self.put_names(key, entity)?;
                }
                Some(_) => {}
            }
        }
        self.db.execute("DELETE FROM open_node", []).map(drop)
    }

    /// Finds out what is the same in the blocks that an article has come to or gone from.
    pub(super) fn resolve_blocks(&self) -> rusqlite::Result<()> {
        self.db.execute(
            "DELETE FROM same WHERE node IN (SELECT node FROM node_part WHERE block IN (SELECT block FROM open_block))",
            [],
        )?;
        let shared: Vec<String> = self
            .db
            .prepare(
                "SELECT block FROM open_block JOIN node_part USING (block)
                 GROUP BY block HAVING count(DISTINCT node) > 1 ORDER BY block",
            )?
            .query_map([], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let mut put = self.db.prepare_cached("INSERT INTO same VALUES (?1, ?2)")?;
        for blocks in shared.chunks(BLOCKS) {
            for (node, whole) in sameness(&self.of_blocks(blocks)?) {
                put.execute(params![self.known_key(&node)?, self.known_key(&whole)?])?;
            }
        }
        self.db.execute("DELETE FROM open_block", []).map(drop)
    }

    /// The events and claims of some blocks as they are told, with those in them, their places and their articles.
    fn of_blocks(&self, blocks: &[String]) -> rusqlite::Result<KnowledgeGraph> {
        let list = serde_json::to_string(blocks).map_err(unreadable)?;
        let mut rows = self
            .db
            .prepare_cached("SELECT DISTINCT node FROM node_part WHERE block IN (SELECT value FROM json_each(?1))")?;
        let facts: BTreeSet<i64> = rows.query_map([list], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        let listed = keys(&facts);
        let mut draft = self.draft();
        draft.take_edges(
            "edge_part.target IN (SELECT value FROM json_each(?1)) AND type IN ('participant', 'claims')",
            &listed,
        )?;
        draft.take_edges("edge_part.source IN (SELECT value FROM json_each(?1)) AND type = 'location'", &listed)?;
        draft.take_nodes(&facts)?;
        draft.take_articles()?;
        draft.raw()
    }
}
