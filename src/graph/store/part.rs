//! A graph out of the database: all of it, or the part that a question about somebody needs.
//!
//! "Whom did Solheim meet?" takes those who may be called Solheim, their meetings with all in them and whoever denies them, and the
//! articles that tell of them, without their texts.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{CachedStatement, Row, params};

use super::super::node_link::node_from_json;
use super::super::{ArticleNode, Edge, EdgeType, KnowledgeGraph, Node, same};
use super::database::{Store, from_json, unreadable};
use crate::base::name_words;
use crate::error::{Result, WithFile};
use crate::extract::Evidence;

/// What a part of a graph is about.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// Names or ids as a person types them. Of two or more, what ties the first to the others.
    pub names: &'a [&'a str],
    /// The types of edges that lead from those who are called so to what is wanted: `met` to meetings, `claims` to what they say,
    /// `about` to what is said of them, `participant` to events, `holds_office` and `affiliated` to what they belong to.
    pub ties: &'a [EdgeType],
}

impl Store {
    /// All of the graph, settled.
    ///
    /// # Errors
    /// A database that cannot be read.
    pub fn load(&self) -> Result<KnowledgeGraph> {
        let load = || -> rusqlite::Result<KnowledgeGraph> {
            // One moment of the database, whatever is written meanwhile.
            let transaction = self.db.unchecked_transaction()?;
            let mut draft = self.draft();
            draft.take_all()?;
            let graph = draft.settled()?;
            transaction.commit()?;
            Ok(graph)
        };
        load().with_file("read the graph", &self.file)
    }

    /// The part that is about somebody, settled; `None` where nobody has one of the names, or where a build was broken off, so that
    /// what is the same is not known yet.
    ///
    /// `find_person` finds in it whom it finds in all of it, and `who_met`, `who_said` and the like answer the same of them, as far as
    /// the ties asked for lead.
    ///
    /// # Errors
    /// A database that cannot be read.
    pub fn about(&self, about: &About) -> Result<Option<KnowledgeGraph>> {
        let load = || -> rusqlite::Result<Option<KnowledgeGraph>> {
            let transaction = self.db.unchecked_transaction()?;
            if self.fact("unfinished")?.is_some() {
                return Ok(None);
            }
            let called: Vec<BTreeSet<i64>> =
                about.names.iter().map(|name| self.called(name)).collect::<rusqlite::Result<_>>()?;
            if called.iter().any(BTreeSet::is_empty) {
                return Ok(None);
            }
            let mut draft = self.draft();
            draft.take_ties(&called, about.ties)?;
            let graph = draft.settled()?;
            transaction.commit()?;
            Ok(Some(graph))
        };
        load().with_file("read the graph", &self.file)
    }

    /// Those of whose names one may hold all words of a name, or whose id it is.
    fn called(&self, name: &str) -> rusqlite::Result<BTreeSet<i64>> {
        let mut rows = self.db.prepare_cached("SELECT node FROM name WHERE word = ?1")?;
        let mut called: Option<BTreeSet<i64>> = None;
        for word in name_words(name) {
            let having: BTreeSet<i64> = rows.query_map([word], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
            called = Some(called.map_or(having.clone(), |called| &called & &having));
        }
        let mut called = called.unwrap_or_default();
        let mut by_id = self.db.prepare_cached("SELECT key FROM node WHERE id = ?1 AND merged IS NOT NULL")?;
        for key in by_id.query_map([name], |row| row.get(0))? {
            called.insert(key?);
        }
        Ok(called)
    }

    pub(super) fn draft(&self) -> Draft<'_> {
        Draft { store: self, nodes: BTreeMap::new(), edges: Vec::new(), graph: KnowledgeGraph::new() }
    }
}

/// A graph while it is gathered from the database.
pub(super) struct Draft<'s> {
    store: &'s Store,
    /// Ids of nodes that are in, by key.
    nodes: BTreeMap<i64, String>,
    edges: Vec<Edge>,
    graph: KnowledgeGraph,
}

/// An edge of one reading; the keys of its ends are in front.
const EDGE: &str = "SELECT edge_part.source, edge_part.target, source.id, target.id, edge_part.key, edge_part.json
    FROM edge_part JOIN node AS source ON source.key = edge_part.source JOIN node AS target ON target.key = edge_part.target";

impl Draft<'_> {
    /// Takes everything.
    fn take_all(&mut self) -> rusqlite::Result<()> {
        let db = &self.store.db;
        let mut rows = db.prepare("SELECT kind, merged FROM node WHERE merged IS NOT NULL")?;
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            self.graph.insert_node(node(row, 0)?);
        }
        let mut rows = db.prepare(
            "SELECT kind, json FROM node_part JOIN node ON node.key = node WHERE kind IN ('event', 'claim') ORDER BY node",
        )?;
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            self.graph.insert_node(node(row, 0)?);
        }
        let mut rows = db.prepare(
            "SELECT kind, json, text FROM node_part JOIN node ON node.key = node JOIN reading ON reading.key = reading
             WHERE kind = 'article'",
        )?;
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            self.put_article(node(row, 0)?, row.get(2)?);
        }
        let mut rows = db.prepare(
            "SELECT node.id, name FROM source JOIN reading ON reading.key = source.reading JOIN node ON node.key = article",
        )?;
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            self.put_source(row.get(0)?, row.get(1)?);
        }
        let mut rows = db.prepare(EDGE)?;
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            self.graph.insert_edge(edge(row)?);
        }
        Ok(())
    }

    /// Takes those who are called something, and what the ties of the first to the others, or to anybody, lead to.
    fn take_ties(&mut self, called: &[BTreeSet<i64>], ties: &[EdgeType]) -> rusqlite::Result<()> {
        let Some((first, others)) = called.split_first() else { return Ok(()) };
        called.iter().try_for_each(|keys| self.take_nodes(keys))?;
        let types: Vec<&str> = ties.iter().map(|tie| tie.name()).collect();
        let types = serde_json::to_string(&types).map_err(unreadable)?;
        let (mut facts, mut seen) = (BTreeSet::new(), BTreeSet::new());
        for end in ["source", "target"] {
            let tied = format!(
                "{EDGE} WHERE edge_part.{end} IN (SELECT value FROM json_each(?1))
                 AND edge_part.type IN (SELECT value FROM json_each(?2))"
            );
            let mut rows = self.store.db.prepare(&tied)?;
            let mut rows = rows.query(params![keys(first), types])?;
            while let Some(row) = rows.next()? {
                let (source, target): (i64, i64) = (row.get(0)?, row.get(1)?);
                let other = if first.contains(&source) { target } else { source };
                let is_between_people = others.is_empty() || others.iter().all(|keys| keys.contains(&other));
                let edge = edge(row)?;
                if edge.edge_type == EdgeType::Met && !is_between_people {
                    continue;
                }
                facts.extend(edge.event.as_ref().map(|event| self.store.known_key(event)).transpose()?);
                seen.extend([source, target]);
                self.edges.push(edge);
            }
        }
        let entities = self.take_entities(&seen)?;
        facts.extend(seen.difference(&entities));
        self.take_facts(&facts, true)?;
        self.take_articles()
    }

    /// Takes events and claims with what hangs on them: who, where, of what a part, what they are about; and with those who deny them.
    fn take_facts(&mut self, facts: &BTreeSet<i64>, with_denials: bool) -> rusqlite::Result<()> {
        let facts = self.with_same(facts)?;
        let listed = keys(&facts);
        self.take_nodes(&facts)?;
        let known = self.edges.len();
        self.take_edges("edge_part.source IN (SELECT value FROM json_each(?1))", &listed)?;
        let into = "edge_part.target IN (SELECT value FROM json_each(?1)) AND edge_part.type IN ('participant', 'claims', 'denies')";
        self.take_edges(into, &listed)?;
        let ends: BTreeSet<String> =
            self.edges[known..].iter().flat_map(|edge| [edge.source.clone(), edge.target.clone()]).collect();
        let mut beside = BTreeSet::new();
        for id in ends.iter().filter(|id| !self.has(id)) {
            beside.insert(self.store.known_key(id)?);
        }
        // What denies an event has speakers; an event that another is a part of has a name.
        let others: BTreeSet<i64> = &beside - &self.take_entities(&beside)?;
        match with_denials {
            true => self.take_facts(&others, false),
            false => {
                let others = self.with_same(&others)?;
                self.take_nodes(&others)
            }
        }
    }

    /// Takes the entities among some nodes, and gives their keys.
    fn take_entities(&mut self, among: &BTreeSet<i64>) -> rusqlite::Result<BTreeSet<i64>> {
        let mut rows = self.store.db.prepare_cached(
            "SELECT key FROM node WHERE key IN (SELECT value FROM json_each(?1)) AND merged IS NOT NULL",
        )?;
        let entities: BTreeSet<i64> =
            rows.query_map([keys(among)], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        self.take_nodes(&entities)?;
        Ok(entities)
    }

    /// Takes nodes by their keys, those that are in already aside; of articles not the text.
    pub(super) fn take_nodes(&mut self, wanted: &BTreeSet<i64>) -> rusqlite::Result<()> {
        let new: BTreeSet<i64> = wanted.iter().copied().filter(|key| !self.nodes.contains_key(key)).collect();
        let mut rows = self.store.db.prepare_cached(
            "SELECT kind, merged, key, id FROM node WHERE key IN (SELECT value FROM json_each(?1)) AND merged IS NOT NULL
             UNION ALL
             SELECT kind, json, node.key, id FROM node_part JOIN node ON node.key = node
             WHERE node IN (SELECT value FROM json_each(?1)) AND merged IS NULL",
        )?;
        let mut rows = rows.query([keys(&new)])?;
        while let Some(row) = rows.next()? {
            self.graph.insert_node(node(row, 0)?);
            self.nodes.insert(row.get(2)?, row.get(3)?);
        }
        Ok(())
    }

    /// Takes the edges that a condition on keys keeps, and the entities at their ends.
    pub(super) fn take_edges(&mut self, condition: &str, listed: &str) -> rusqlite::Result<()> {
        let mut rows: CachedStatement = self.store.db.prepare_cached(&format!("{EDGE} WHERE {condition}"))?;
        let mut rows = rows.query([listed])?;
        let mut ends = BTreeSet::new();
        while let Some(row) = rows.next()? {
            ends.extend([row.get::<_, i64>(0)?, row.get(1)?]);
            self.edges.push(edge(row)?);
        }
        self.take_entities(&ends).map(drop)
    }

    /// Takes the articles that the evidence of events and claims stands in.
    pub(super) fn take_articles(&mut self) -> rusqlite::Result<()> {
        let evidence = self.graph.nodes().flat_map(|node| match node {
            Node::Event(event) => event.evidence.iter().collect::<Vec<&Evidence>>(),
            Node::Claim(claim) => claim.evidence.iter().collect(),
            Node::Entity(_) | Node::Article(_) => Vec::new(),
        });
        let of_edges = self.edges.iter().flat_map(|edge| &edge.evidence);
        let ids: BTreeSet<&str> = evidence.chain(of_edges).map(|piece| piece.article.as_str()).collect();
        let articles =
            ids.into_iter().map(|id| self.store.known_key(id)).collect::<rusqlite::Result<BTreeSet<i64>>>()?;
        self.take_nodes(&articles)?;
        let mut rows = self.store.db.prepare_cached(
            "SELECT node.id, name FROM node JOIN reading ON reading.article = node.key
             JOIN source ON source.reading = reading.key WHERE node.key IN (SELECT value FROM json_each(?1))",
        )?;
        let mut rows = rows.query([keys(&articles)])?;
        while let Some(row) = rows.next()? {
            self.put_source(row.get(0)?, row.get(1)?);
        }
        Ok(())
    }

    /// Some nodes and all that is drawn together with them.
    fn with_same(&self, keys_of: &BTreeSet<i64>) -> rusqlite::Result<BTreeSet<i64>> {
        let mut rows = self.store.db.prepare_cached(
            "WITH given AS (SELECT value AS key FROM json_each(?1)),
             whole AS (SELECT coalesce(same.whole, given.key) AS key FROM given LEFT JOIN same ON same.node = given.key)
             SELECT key FROM whole UNION SELECT same.node FROM whole JOIN same ON same.whole = whole.key",
        )?;
        rows.query_map([keys(keys_of)], |row| row.get(0))?.collect()
    }

    fn has(&self, id: &str) -> bool {
        self.graph.node(id).is_some()
    }

    fn put_article(&mut self, node: Node, text: String) {
        match node {
            Node::Article(article) => self.graph.insert_node(Node::Article(ArticleNode { text, ..article })),
            node => self.graph.insert_node(node),
        }
    }

    fn put_source(&mut self, id: String, source: String) {
        if let Some(Node::Article(article)) = self.graph.node_mut(&id) {
            article.sources.insert(source);
        }
    }

    /// What is gathered, as the articles tell it one by one.
    pub(super) fn raw(self) -> rusqlite::Result<KnowledgeGraph> {
        let mut graph = self.graph;
        for edge in self.edges {
            if graph.node(&edge.source).is_some() && graph.node(&edge.target).is_some() {
                graph.insert_edge(edge);
            }
        }
        Ok(graph)
    }

    /// What is gathered, with what is the same drawn together.
    fn settled(self) -> rusqlite::Result<KnowledgeGraph> {
        let store = self.store;
        // Of all there is, no list.
        let listed = (!self.nodes.is_empty()).then(|| keys(&self.nodes.keys().copied().collect()));
        let graph = self.raw()?;
        let same = match store.fact("unfinished")? {
            Some(_) => same::sameness(&graph),
            None => store.pairs("same", "node", "whole", listed.as_deref())?.into_iter().collect(),
        };
        let mut near: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (article, other) in store.pairs("copy", "article", "near", listed.as_deref())? {
            near.entry(article).or_default().insert(other);
        }
        Ok(graph.settled(&same, near))
    }
}

impl Store {
    /// The ids of two columns of keys, of all rows or of those whose first key is listed.
    fn pairs(&self, table: &str, a: &str, b: &str, listed: Option<&str>) -> rusqlite::Result<Vec<(String, String)>> {
        let ids = format!(
            "SELECT a.id, b.id FROM {table} JOIN node AS a ON a.key = {a} JOIN node AS b ON b.key = {b}
             WHERE ?1 IS NULL OR {a} IN (SELECT value FROM json_each(?1))"
        );
        self.db.prepare(&ids)?.query_map([listed], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
    }
}

/// Keys as a list in JSON, which SQLite reads as a table.
pub(super) fn keys(keys: &BTreeSet<i64>) -> String {
    let keys: Vec<String> = keys.iter().map(i64::to_string).collect();
    format!("[{}]", keys.join(","))
}

/// A node out of two columns, its kind and its JSON.
fn node(row: &Row, column: usize) -> rusqlite::Result<Node> {
    node_from_json(row.get_ref(column)?.as_str()?, row.get_ref(column + 1)?.as_str()?).map_err(unreadable)
}

fn edge(row: &Row) -> rusqlite::Result<Edge> {
    let bare: Edge = from_json(row.get_ref(5)?.as_str()?)?;
    Ok(Edge { source: row.get(2)?, target: row.get(3)?, key: row.get(4)?, ..bare })
}
