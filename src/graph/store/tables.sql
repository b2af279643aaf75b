-- The graph as it is kept: what each article says, node by node and edge by edge, and what is the same. A graph is a fold of parts,
-- so to forget an article is to delete its rows.

CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- An article as it was found, and what read it. `body` is the article without its text, as JSON.
CREATE TABLE reading (
    key INTEGER PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE,
    article INTEGER NOT NULL,
    knowledge TEXT NOT NULL,
    body TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX reading_article ON reading (article);
CREATE INDEX reading_knowledge ON reading (knowledge);

-- Where it was found: two files may hold one article.
CREATE TABLE source (name TEXT PRIMARY KEY, reading INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX source_reading ON source (reading);

-- `merged` is an entity as all parts together tell it, as JSON; other nodes have few parts.
CREATE TABLE node (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, merged TEXT);

CREATE TABLE node_part (
    node INTEGER NOT NULL,
    reading INTEGER NOT NULL,
    block TEXT,
    json TEXT NOT NULL,
    PRIMARY KEY (node, reading)
) WITHOUT ROWID;
CREATE INDEX node_part_reading ON node_part (reading);
CREATE INDEX node_part_block ON node_part (block) WHERE block IS NOT NULL;

CREATE TABLE edge_part (
    source INTEGER NOT NULL,
    type TEXT NOT NULL,
    target INTEGER NOT NULL,
    key TEXT NOT NULL,
    reading INTEGER NOT NULL,
    json TEXT NOT NULL,
    PRIMARY KEY (source, type, target, key, reading)
) WITHOUT ROWID;
CREATE INDEX edge_part_target ON edge_part (target, type);
CREATE INDEX edge_part_reading ON edge_part (reading);

-- The words of the names of entities, as `name_words` cuts them.
CREATE TABLE name (word TEXT NOT NULL, node INTEGER NOT NULL, PRIMARY KEY (word, node)) WITHOUT ROWID;
CREATE INDEX name_node ON name (node);

-- Which events and claims are drawn together with another, and the blocks in which that is to be found out anew.
CREATE TABLE same (node INTEGER PRIMARY KEY, whole INTEGER NOT NULL);
CREATE INDEX same_whole ON same (whole);
CREATE TABLE open_block (block TEXT PRIMARY KEY) WITHOUT ROWID;

-- Nodes that an article no longer tells of: to be merged anew, or removed.
CREATE TABLE open_node (node INTEGER PRIMARY KEY);

-- What articles are compared by, and which are near-copies of one another, each way.
CREATE TABLE signature (article INTEGER PRIMARY KEY, least BLOB NOT NULL);
CREATE TABLE band (hash INTEGER NOT NULL, article INTEGER NOT NULL, PRIMARY KEY (hash, article)) WITHOUT ROWID;
CREATE INDEX band_article ON band (article);
CREATE TABLE copy (article INTEGER NOT NULL, near INTEGER NOT NULL, PRIMARY KEY (article, near)) WITHOUT ROWID;
CREATE INDEX copy_near ON copy (near);
