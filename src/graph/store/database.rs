//! The database of a graph: readings put in, replaced and taken out, in transactions; one writer at a time.
//!
//! What each article says is kept apart, as the nodes and edges of a graph of its own, so that an article's going leaves exactly what
//! the others say. Whatever needs more than the one article (which events are the same, names that nobody tells any more) is
//! noted as open when an article comes or goes, and done by [`Store::finish`]: a build that is broken off is taken up again by
//! the next.

use std::fs::{self, File, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags, OptionalExtension, params};

use super::super::copies::Signature;
use super::super::node_link::{node_from_json, node_to_json};
use super::super::same::block;
use super::super::{ArticleNode, Edge, KnowledgeGraph, Node, Reading};
use super::STORE_FILE;
use crate::base::name_words;
use crate::error::{Error, Result, WithFile};
use crate::ingest::Article;
use crate::link::Entity;

/// What SQLite's header says of the file's owner: "rapp".
const APPLICATION: i32 = 0x7261_7070;
/// The version of the tables.
const VERSION: i32 = 1;
const TABLES: &str = include_str!("tables.sql");
/// The file whose lock the one writer holds, and which names it.
const LOCK_FILE: &str = ".writer";
/// Milliseconds that a reader waits for a moment's exclusive work.
const PATIENCE: std::time::Duration = std::time::Duration::from_millis(5000);

/// A graph's database.
pub struct Store {
    pub(super) db: Connection,
    pub(super) file: PathBuf,
    /// Held by the writer.
    _lock: Option<File>,
}

/// What read an article: the same program, model and schema read it alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Knowledge {
    pub version: String,
    pub model: String,
    pub schema: String,
}

/// An article and where it was found.
#[derive(Clone, Debug)]
pub struct Found {
    pub source: String,
    /// A hash of all that the article and its reading depend on, but [`Knowledge`].
    pub digest: String,
    pub article: Article,
}

/// What a build or a removal did, in articles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Change {
    pub added: usize,
    /// Those that no source holds any more.
    pub removed: usize,
}

impl Store {
    /// Opens a database to read from it.
    ///
    /// # Errors
    /// A file that is not there or is no graph.
    pub fn open(file: &Path) -> Result<Store> {
        let flags = OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
        // SQLite reads a database that a killed writer left only where it may write beside it.
        let db = Connection::open_with_flags(file, flags | OpenFlags::SQLITE_OPEN_READ_WRITE)
            .or_else(|_| Connection::open_with_flags(file, flags | OpenFlags::SQLITE_OPEN_READ_ONLY))
            .with_file("open the graph", file)?;
        let store = Store { db, file: file.to_owned(), _lock: None };
        store.db.busy_timeout(PATIENCE).with_file("open the graph", file)?;
        store.check()?;
        Ok(store)
    }

    /// Opens the database in a folder to write to it, and makes it where there is none. `writer` is told to others who want to write
    /// meanwhile.
    ///
    /// # Errors
    /// Another writer, which is named; a file that is no graph or cannot be written.
    pub fn open_to_write(folder: &Path, writer: &str) -> Result<Store> {
        fs::create_dir_all(folder).with_file("make the folder", folder)?;
        let file = folder.join(STORE_FILE);
        let lock = lock(folder, &file, writer)?;
        let db = Connection::open(&file).with_file("open the graph", &file)?;
        let store = Store { db, file, _lock: Some(lock) };
        let is_new = store.is_empty().map_err(|error| store.no_graph(error))?;
        let prepare = || -> rusqlite::Result<()> {
            store.db.busy_timeout(PATIENCE)?;
            if is_new {
                let tables = format!("PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION};");
                store.db.execute_batch(&format!("BEGIN IMMEDIATE; {tables} {TABLES} COMMIT;"))?;
            }
            store.db.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
            store.db.pragma_update(None, "synchronous", "NORMAL")?;
            store.db.set_prepared_statement_cache_capacity(64);
            Ok(())
        };
        if is_new {
            prepare().with_file("make the graph", &store.file)?;
        } else {
            store.check()?;
            prepare().with_file("open the graph", &store.file)?;
        }
        Ok(store)
    }

    /// The file of the database.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// Begins a build: what is read from now on, this knowledge reads. Gives the number of articles that another knowledge read.
    ///
    /// # Errors
    /// A database that cannot be written.
    pub fn begin(&self, knowledge: &Knowledge) -> Result<u32> {
        let told = knowledge.told();
        let begin = || -> rusqlite::Result<u32> {
            let transaction = self.db.unchecked_transaction()?;
            self.note("knowledge", &told)?;
            self.note("unfinished", "yes")?;
            let stale =
                self.db.query_row("SELECT count(*) FROM reading WHERE knowledge <> ?1", [&told], |row| row.get(0))?;
            transaction.commit()?;
            Ok(stale)
        };
        self.written(begin())
    }

    /// Whether an article of this digest has been read by the knowledge at work; if so, notes that it stands at this source too.
    ///
    /// # Errors
    /// A database that cannot be written.
    pub fn has(&self, source: &str, digest: &str) -> Result<bool> {
        let has = || -> rusqlite::Result<bool> {
            let known = self.reading(digest)?.filter(|(_, is_current)| *is_current);
            known.map(|(reading, _)| self.put_source(source, reading)).transpose().map(|done| done.is_some())
        };
        self.written(has())
    }

    /// Puts in what some articles say, all of it or nothing.
    ///
    /// # Errors
    /// A database that cannot be written.
    pub fn add(&self, batch: Vec<(Found, Reading)>) -> Result<()> {
        let add = || -> rusqlite::Result<()> {
            let transaction = self.db.unchecked_transaction()?;
            let mut entities = KnowledgeGraph::new();
            for (found, reading) in batch {
                self.put(&found, reading, &mut entities)?;
            }
            self.merge_entities(&entities)?;
            transaction.commit()
        };
        self.written(add())
    }

    /// The next articles, at most so many, that another knowledge than the one at work read, each with the first of its sources.
    ///
    /// # Errors
    /// A database that cannot be read.
    pub fn stale(&self, most: u32) -> Result<Vec<Found>> {
        let stale = || -> rusqlite::Result<Vec<Found>> {
            let mut rows = self.db.prepare_cached(
                "SELECT min(source.name), digest, body, text FROM reading JOIN source ON source.reading = reading.key
                 WHERE knowledge <> (SELECT value FROM fact WHERE name = 'knowledge') GROUP BY reading.key LIMIT ?1",
            )?;
            let found = rows.query_map([most], |row| {
                let (source, digest): (String, String) = (row.get(0)?, row.get(1)?);
                let body: Article = from_json(&row.get::<_, String>(2)?)?;
                Ok(Found { article: Article { source: source.clone(), text: row.get(3)?, ..body }, source, digest })
            })?;
            found.collect()
        };
        stale().with_file("read the graph", &self.file)
    }

    /// Ends a build: removes what no source holds any more, and finds out what is the same in several articles. Gives the number of
    /// articles removed.
    ///
    /// # Errors
    /// A database that cannot be written.
    pub fn finish(&self) -> Result<usize> {
        let finish = || -> rusqlite::Result<usize> {
            let transaction = self.db.unchecked_transaction()?;
            let removed = self.remove_sourceless()?;
            self.tidy_nodes()?;
            self.resolve_blocks()?;
            self.db.execute("DELETE FROM fact WHERE name = 'unfinished'", [])?;
            transaction.commit()?;
            self.db.execute_batch("PRAGMA optimize;")?;
            Ok(removed)
        };
        self.written(finish())
    }

    /// Forgets an article by its id, or what was found at a source: a file, all that a file or folder holds. Gives the number of
    /// articles that are gone; an article that stands elsewhere too stays.
    ///
    /// # Errors
    /// A database that cannot be written; nothing of this name.
    pub fn forget(&self, name: &str) -> Result<usize> {
        let forget = || -> rusqlite::Result<usize> {
            let by_id = self.db.execute(
                "DELETE FROM source WHERE reading IN
                 (SELECT reading.key FROM reading JOIN node ON node.key = article WHERE node.id = ?1)",
                [name],
            )?;
            let plain = name.trim_end_matches('/');
            let below = |sign: &str| (format!("{plain}{sign}"), format!("{plain}{}", after(sign)));
            let mut gone = by_id + self.db.execute("DELETE FROM source WHERE name = ?1", [plain])?;
            for (from, to) in ["/", "#", ":"].map(below) {
                gone += self.db.execute("DELETE FROM source WHERE name >= ?1 AND name < ?2", [from, to])?;
            }
            Ok(gone)
        };
        let transaction = self.db.unchecked_transaction().with_file("write the graph", &self.file)?;
        if self.written(forget())? == 0 {
            return Err(Error::new(format!("this graph has nothing from `{name}`"))
                .at(&self.file)
                .hint("`rapporteur info GRAPH --sources` tells where its articles are from"));
        }
        let clean = || -> rusqlite::Result<usize> {
            let removed = self.remove_sourceless()?;
            self.tidy_nodes()?;
            self.resolve_blocks()?;
            transaction.commit()?;
            Ok(removed)
        };
        self.written(clean())
    }

    /// Removes all that is in it.
    ///
    /// # Errors
    /// A database that cannot be written.
    pub fn clear(&self) -> Result<()> {
        let clear = || -> rusqlite::Result<()> {
            let transaction = self.db.unchecked_transaction()?;
            let tables: Vec<String> = self
                .db
                .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")?
                .query_map([], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            tables.iter().try_for_each(|table| self.db.execute(&format!("DELETE FROM {table}"), []).map(drop))?;
            transaction.commit()
        };
        self.written(clear())
    }

    /// Keeps a word of the caller's under a name.
    ///
    /// # Errors
    /// A database that cannot be written.
    pub fn keep(&self, name: &str, value: &str) -> Result<()> {
        self.written(self.note(name, value))
    }

    /// What was kept under a name.
    ///
    /// # Errors
    /// A database that cannot be read.
    pub fn kept(&self, name: &str) -> Result<Option<String>> {
        self.fact(name).with_file("read the graph", &self.file)
    }

    pub(super) fn fact(&self, name: &str) -> rusqlite::Result<Option<String>> {
        self.db.query_row("SELECT value FROM fact WHERE name = ?1", [name], |row| row.get(0)).optional()
    }

    fn note(&self, name: &str, value: &str) -> rusqlite::Result<()> {
        self.db.execute("INSERT OR REPLACE INTO fact VALUES (?1, ?2)", [name, value]).map(drop)
    }

    fn written<T>(&self, result: rusqlite::Result<T>) -> Result<T> {
        result.with_file("write the graph", &self.file)
    }

    fn is_empty(&self) -> rusqlite::Result<bool> {
        self.db.query_row("SELECT count(*) = 0 FROM sqlite_schema", [], |row| row.get(0))
    }

    /// Refuses databases of others, and of other versions.
    fn check(&self) -> Result<()> {
        let number = |name: &str| -> rusqlite::Result<i32> { self.db.pragma_query_value(None, name, |row| row.get(0)) };
        let application = number("application_id").map_err(|error| self.no_graph(error))?;
        let version = number("user_version").map_err(|error| self.no_graph(error))?;
        if application != APPLICATION {
            return Err(Error::new("a database, but no graph of rapporteur's").at(&self.file));
        }
        if version != VERSION {
            return Err(Error::new(format!("a graph of version {version}; this program knows version {VERSION}"))
                .at(&self.file)
                .hint("build it anew from the articles, into another folder"));
        }
        Ok(())
    }

    fn no_graph(&self, cause: rusqlite::Error) -> Error {
        Error::new("no graph of rapporteur's").at(&self.file).because(cause)
    }

    /// The reading of a digest, and whether the knowledge at work read it.
    fn reading(&self, digest: &str) -> rusqlite::Result<Option<(i64, bool)>> {
        let mut row = self.db.prepare_cached(
            "SELECT key, knowledge = (SELECT value FROM fact WHERE name = 'knowledge') FROM reading WHERE digest = ?1",
        )?;
        row.query_row([digest], |row| Ok((row.get(0)?, row.get(1)?))).optional()
    }

    fn put_source(&self, source: &str, reading: i64) -> rusqlite::Result<()> {
        let mut put = self.db.prepare_cached(
            "INSERT INTO source VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET reading = ?2 WHERE reading <> ?2",
        )?;
        put.execute(params![source, reading]).map(drop)
    }

    /// Puts in one reading; its entities are gathered in `entities`.
    fn put(&self, found: &Found, reading: Reading, entities: &mut KnowledgeGraph) -> rusqlite::Result<()> {
        let known = self.reading(&found.digest)?;
        if let Some((reading, true)) = known {
            return self.put_source(&found.source, reading);
        }
        if let Some((reading, false)) = known {
            self.drop_parts(reading)?;
        }
        let own = KnowledgeGraph::of(reading);
        let article = self.node_key(&found.article.id, "article")?;
        let body = Article { source: String::new(), text: String::new(), ..found.article.clone() };
        self.db
            .prepare_cached(
                "INSERT INTO reading (digest, article, knowledge, body, text)
             VALUES (?1, ?2, (SELECT value FROM fact WHERE name = 'knowledge'), ?3, ?4)
             ON CONFLICT (digest) DO UPDATE SET
             article = excluded.article, knowledge = excluded.knowledge, body = excluded.body, text = excluded.text",
            )?
            .execute(params![found.digest, article, to_json(&body)?, found.article.text])?;
        let (key, _) = self.reading(&found.digest)?.expect("it was just put in");
        self.put_source(&found.source, key)?;
        self.put_parts(key, own, entities)?;
        self.compare(article, &found.article.text)
    }

    fn put_parts(&self, reading: i64, own: KnowledgeGraph, entities: &mut KnowledgeGraph) -> rusqlite::Result<()> {
        let mut put_node = self.db.prepare_cached("INSERT INTO node_part VALUES (?1, ?2, ?3, ?4)")?;
        let mut put_edge = self.db.prepare_cached("INSERT INTO edge_part VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
        let mut open = self.db.prepare_cached("INSERT OR IGNORE INTO open_block VALUES (?1)")?;
        for node in own.nodes() {
            let block = block(&own, node);
            if let Some(block) = &block {
                open.execute([block])?;
            }
            let key = self.node_key(node.id(), node.kind())?;
            put_node.execute(params![key, reading, block, kept(node)?])?;
            if let Node::Entity(_) = node {
                entities.insert_node(node.clone());
            }
        }
        for edge in own.edges() {
            let (source, target) = (self.known_key(&edge.source)?, self.known_key(&edge.target)?);
            // Ends and key stand in columns of their own.
            let [source_id, target_id, key] = [const { String::new() }; 3];
            let bare = Edge { source: source_id, target: target_id, key, ..edge.clone() };
            put_edge.execute(params![source, edge.edge_type.name(), target, edge.key, reading, to_json(&bare)?])?;
        }
        Ok(())
    }

    /// Merges entities into those that are kept.
    fn merge_entities(&self, entities: &KnowledgeGraph) -> rusqlite::Result<()> {
        let mut merged = self.db.prepare_cached("SELECT key, merged FROM node WHERE id = ?1")?;
        for node in entities.nodes() {
            let Node::Entity(entity) = node else { continue };
            let (key, known): (i64, Option<String>) =
                merged.query_row([node.id()], |row| Ok((row.get(0)?, row.get(1)?)))?;
            let mut graph = KnowledgeGraph::new();
            if let Some(known) = known {
                graph.insert_node(node_from_json(entity.kind.name(), &known).map_err(unreadable)?);
            }
            graph.insert_node(node.clone());
            let node = graph.nodes().next().expect("it was just put in");
            self.put_entity(key, node)?;
            self.put_names(key, entity)?;
        }
        Ok(())
    }

    pub(super) fn put_entity(&self, key: i64, node: &Node) -> rusqlite::Result<()> {
        let mut put = self.db.prepare_cached("UPDATE node SET merged = ?2 WHERE key = ?1")?;
        put.execute(params![key, node_to_json(node).map_err(unreadable)?]).map(drop)
    }

    pub(super) fn put_names(&self, key: i64, entity: &Entity) -> rusqlite::Result<()> {
        let mut put = self.db.prepare_cached("INSERT OR IGNORE INTO name VALUES (?1, ?2)")?;
        for name in entity.aliases.iter().chain([&entity.name]) {
            for word in name_words(name) {
                put.execute(params![word, key])?;
            }
        }
        Ok(())
    }

    /// Compares an article with those that are there, unless that is done.
    fn compare(&self, article: i64, text: &str) -> rusqlite::Result<()> {
        let is_done: bool = self
            .db
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM signature WHERE article = ?1)")?
            .query_row([article], |row| row.get(0))?;
        let Some(signature) = Signature::of(text).filter(|_| !is_done) else { return Ok(()) };
        let mut alike = self.db.prepare_cached(
            "SELECT DISTINCT signature.article, least FROM band JOIN signature USING (article) WHERE hash = ?1",
        )?;
        let mut put_copy = self.db.prepare_cached("INSERT OR IGNORE INTO copy VALUES (?1, ?2), (?2, ?1)")?;
        let mut put_band = self.db.prepare_cached("INSERT OR IGNORE INTO band VALUES (?1, ?2)")?;
        for band in signature.bands() {
            let others = alike.query_map([band], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?)))?;
            for other in others {
                let (other, least) = other?;
                if signature.is_like(&Signature::from_bytes(&least)) {
                    put_copy.execute([article, other])?;
                }
            }
            put_band.execute([band, article])?;
        }
        self.db.execute("INSERT INTO signature VALUES (?1, ?2)", params![article, signature.to_bytes()]).map(drop)
    }

    /// The key of a node, new where the node is.
    fn node_key(&self, id: &str, kind: &str) -> rusqlite::Result<i64> {
        if let Some(key) = self.known_key(id).optional()? {
            return Ok(key);
        }
        self.db.prepare_cached("INSERT INTO node (id, kind) VALUES (?1, ?2)")?.execute([id, kind])?;
        Ok(self.db.last_insert_rowid())
    }

    pub(super) fn known_key(&self, id: &str) -> rusqlite::Result<i64> {
        self.db.prepare_cached("SELECT key FROM node WHERE id = ?1")?.query_row([id], |row| row.get(0))
    }

    /// Takes out what a reading says, and notes what is to be looked at again for it.
    pub(super) fn drop_parts(&self, reading: i64) -> rusqlite::Result<()> {
        for sql in [
            "INSERT OR IGNORE INTO open_block SELECT block FROM node_part WHERE reading = ?1 AND block IS NOT NULL",
            "INSERT OR IGNORE INTO open_node SELECT node FROM node_part WHERE reading = ?1",
            "DELETE FROM node_part WHERE reading = ?1",
            "DELETE FROM edge_part WHERE reading = ?1",
        ] {
            self.db.prepare_cached(sql)?.execute([reading])?;
        }
        Ok(())
    }
}

impl Knowledge {
    /// In one line, as it is kept.
    pub fn told(&self) -> String {
        let short = |hash: &str| hash.split('/').next_back().unwrap_or_default().chars().take(12).collect::<String>();
        format!("rapporteur {}, model {}, schema {}", self.version, short(&self.model), short(&self.schema))
    }
}

/// Takes the lock of a folder for as long as the file is held open, or until the program ends, however it ends.
fn lock(folder: &Path, store: &Path, writer: &str) -> Result<File> {
    let place = folder.join(LOCK_FILE);
    let mut file = File::options()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(&place)
        .with_file("write", &place)
        .map_err(|error| error.hint("name a place that you may write to"))?;
    match file.try_lock() {
        Ok(()) => {
            let named = file.set_len(0).and_then(|()| file.rewind()).and_then(|()| file.write_all(writer.as_bytes()));
            named.with_file("write", &place)?;
            Ok(file)
        }
        Err(TryLockError::WouldBlock) => {
            let mut other = String::new();
            // Where a lock keeps others from reading, the other stays nameless.
            let _ = file.read_to_string(&mut other);
            let other = if other.is_empty() { "another program" } else { other.as_str() };
            Err(Error::new(format!("{other} is writing to this graph")).at(store).hint("wait until that is done"))
        }
        Err(TryLockError::Error(error)) => Err(error).with_file("lock", &place),
    }
}

/// A node as it is kept: of an article, text and sources stand elsewhere.
fn kept(node: &Node) -> rusqlite::Result<String> {
    let bare = match node {
        Node::Article(article) => {
            Node::Article(ArticleNode { text: String::new(), sources: Default::default(), ..article.clone() })
        }
        node => node.clone(),
    };
    node_to_json(&bare).map_err(unreadable)
}

/// The sign that follows in ASCII.
fn after(sign: &str) -> char {
    char::from(sign.as_bytes()[0] + 1)
}

fn to_json(value: &impl serde::Serialize) -> rusqlite::Result<String> {
    serde_json::to_string(value).map_err(unreadable)
}

pub(super) fn from_json<T: serde::de::DeserializeOwned>(json: &str) -> rusqlite::Result<T> {
    serde_json::from_str(json).map_err(unreadable)
}

/// What stands in a row is not what was put there.
pub(super) fn unreadable(error: serde_json::Error) -> rusqlite::Error {
    rusqlite::Error::ToSqlConversionFailure(Box::new(error))
}
