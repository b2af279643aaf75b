"""Checks of databases: `rapporteur load` into Fuseki and Neo4j, the tables for Neo4j in both its ways of reading them, DuckDB.

Each is asked who met whom.
"""

import json
import os
import subprocess
import urllib.parse
import urllib.request
from functools import cache

import duckdb
import pyarrow.parquet
import pyoxigraph

import servers
from registry import GIVEN, check, equal

MET = "https://w3id.org/rapporteur/ns#met"


def exported(name):
    return GIVEN.folder / name


def document():
    return json.loads(exported("graph.json").read_text("utf-8"))


def happened():
    """Who met whom, and in which event."""
    met = [edge for edge in document()["edges"] if edge["type"] == "met" and edge["status"] == "happened"]
    return sorted((edge["source"], edge["target"], edge["event"]) for edge in met)


def load(address, *options, environment=None):
    command = [GIVEN.program, "load", str(exported("graph.json")), "--into", address, *options]
    environment = {**os.environ, **(environment or {})}
    return subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8")


def loaded(address, *options, environment=None):
    done = load(address, *options, environment=environment)
    equal(done.returncode, 0, done.stderr)
    return done.stderr


def refused(address, *options, environment=None, **tells):
    """Loads in vain, and looks for parts of message and hint."""
    done = load(address, *options, environment=environment)
    lines = done.stderr.strip().splitlines()
    assert done.returncode == 1 and len(lines) == 2 and lines[1].startswith("hint: "), done.stderr
    assert tells["message"] in lines[0] and tells["hint"] in lines[1], done.stderr


# Fuseki


def fuseki_asked(query, accept="application/sparql-results+json"):
    body = urllib.parse.urlencode({"query": query}).encode()
    request = urllib.request.Request(servers.fuseki() + "/sparql", body, {"Accept": accept})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.read()


def fuseki_emptied():
    body = urllib.parse.urlencode({"update": "DROP ALL"}).encode()
    urllib.request.urlopen(urllib.request.Request(servers.fuseki() + "/update", body), timeout=60).close()


def fuseki_holds(name):
    """Fuseki has what an export holds, in the same graphs."""
    with urllib.request.urlopen(urllib.request.Request(servers.fuseki() + "/", headers={"Accept": "application/n-quads"}), timeout=60) as answer:
        found = {normal(quad) for quad in pyoxigraph.parse(answer.read(), format=pyoxigraph.RdfFormat.N_QUADS)}
    expected = {normal(quad) for quad in pyoxigraph.parse(path=str(exported(name)))}
    assert found == expected, f"{len(found ^ expected)} statements differ from {name}: {list(found ^ expected)[:3]}"
    where = "GRAPH ?g { ?a <%s> ?b }" if name.endswith(".nq") else "?a <%s> ?b"
    rows = json.loads(fuseki_asked(f"SELECT DISTINCT ?a ?b WHERE {{ {where % MET} }}"))["results"]["bindings"]
    equal(len(rows), 2 * len({row[:2] for row in happened()}), "who met whom, both ways")


def normal(quad):
    return str(quad.subject), str(quad.predicate), str(quad.object), str(quad.graph_name)


def fuseki_takes(path, *options):
    for named, name in ((), "graph.nt"), (("--named-graphs",), "graph.nq"):
        fuseki_emptied()
        told = [loaded(servers.fuseki() + path, "--batch", "700", *named, *options) for _ in range(2)]
        equal(told[0], told[1], "what is told of the second load")
        fuseki_holds(name)


@check
def fuseki_updates():
    """`load` fills Apache Jena Fuseki by SPARQL Update, again without change, and who met whom is there"""
    if GIVEN.program:
        fuseki_takes("/update")


@check
def fuseki_graph_store():
    """`load` fills Apache Jena Fuseki by the Graph Store Protocol, again without change, and who met whom is there"""
    if GIVEN.program:
        fuseki_takes("/data")
        fuseki_emptied()
        loaded(servers.fuseki() + "/data", "--batch", "500", "--skip", "500")
        loaded(servers.fuseki(), "--protocol", "graph-store")
        fuseki_holds("graph.nt")


@check
def fuseki_refuses():
    """`load` tells what Fuseki has against an address that is wrong, or of the other protocol"""
    if GIVEN.program:
        address = servers.fuseki()
        refused(address + "/nothing", message="404", hint="/update")
        refused(address.replace("/news", "/olds/data"), message="404", hint="ends in /data")
        refused(address + "/update", "--protocol", "graph-store", message="cannot load statements 1 to", hint="ends in /data")
        refused(address.replace("http:", "neo4j+http:"), message="404", hint="neo4j+http://HOST:7474/DATABASE")


# Neo4j


def flat(value):
    """A value as the cell of a table holds it: on one line."""
    if isinstance(value, list):
        return [flat(item).replace(";", ",") for item in value]
    if not isinstance(value, str):
        return value
    return "".join(" " if ord(c) < 32 or 127 <= ord(c) < 160 or c in "\u2028\u2029" else c for c in value)


@cache
def started_neo4j():
    """The server, or why there is none: it is not tried again for each check."""
    try:
        return servers.Neo4j(exported("neo4j").resolve()), None
    except Exception as error:
        return None, error


def neo4j():
    server, error = started_neo4j()
    if error:
        raise error
    return server


@cache
def tables_in_neo4j():
    """What `neo4j-admin database import` makes of the tables: the server's first content."""
    return neo4j().content()


def neo4j_met():
    rows = neo4j().ask("MATCH (a:Person)-[m:MET]->(b:Person) WHERE m.status = 'happened' RETURN a.id, b.id, m.event")
    equal(sorted(rows), happened(), "who met whom")


def same_content(found, expected, what):
    for part, (here, there) in zip(("nodes", "edges"), zip(found, expected)):
        equal(sorted(here), sorted(there), f"{part} of {what}")
        for key, value in there.items():
            equal(here[key], value, f"{what}: {key}")


@check
def neo4j_import():
    """neo4j/ goes through `neo4j-admin database import` into Neo4j, every node and edge, and who met whom is there"""
    code, told = neo4j().imported
    equal(code, 0, told)
    nodes, edges = tables_in_neo4j()
    equal(sorted(nodes), [node["id"] for node in document()["nodes"]], "nodes")
    expected = [(edge["source"], edge["target"], edge["type"].upper(), flat(edge["key"])) for edge in document()["edges"]]
    equal(sorted(edges), sorted(expected), "edges")
    neo4j_met()


@check
def neo4j_script():
    """neo4j/load.cypher runs in Neo4j, twice without change, and brings what the import brings"""
    expected = tables_in_neo4j()
    neo4j().empty()
    script = exported("neo4j/load.cypher").read_text("utf-8")
    script = "\n".join(line for line in script.splitlines() if not line.startswith("//"))
    for _ in range(2):
        for statement in filter(str.strip, script.split(";\n")):
            neo4j().ask(statement.strip().removesuffix(";"))
        same_content(neo4j().content(), expected, "load.cypher")
    neo4j_met()


@check
def neo4j_load():
    """`load` fills Neo4j over HTTP, in pieces and again without change, with what the tables hold and line breaks too"""
    if GIVEN.program is None:
        return
    tables = tables_in_neo4j()
    neo4j().empty()
    address, everything = neo4j().address, len(document()["nodes"]) + len(document()["edges"])
    told = loaded(address, "--dry-run", environment=servers.LOGIN)
    assert f"{everything} nodes and edges in" in told and "would go to" in told, told
    equal(neo4j().ask("MATCH (n) RETURN count(n)"), [(0,)], "nodes after a dry run")
    first = everything // 3
    loaded(address, "--batch", "50", environment=servers.LOGIN)
    once = neo4j().content()
    loaded(address, "--skip", str(first), environment=servers.LOGIN)
    loaded(f"http://127.0.0.1:{neo4j().port}/db/neo4j/query/v2", environment=servers.LOGIN)
    same_content(neo4j().content(), once, "a second load")
    (nodes, edges), flattened = once, lambda it: {name: flat(value) for name, value in it.items()}
    same_content(
        ({key: (labels, flattened(it)) for key, (labels, it) in nodes.items()}, {(*key[:3], flat(key[3])): flattened(it) for key, it in edges.items()}),
        tables,
        "load",
    )
    texts = {node["id"]: node["text"] for node in document()["nodes"] if node["kind"] == "article"}
    equal(dict(neo4j().ask("MATCH (n:Article) RETURN n.id, n.text")), texts, "texts")
    equal(neo4j().ask("SHOW CONSTRAINTS YIELD name RETURN name"), [("rapporteur_node_id",)], "constraints")
    neo4j_met()


@check
def neo4j_refuses():
    """`load` tells who asks, which database and which port Neo4j wants"""
    if GIVEN.program is None:
        return
    address, wrong = neo4j().address, {**servers.LOGIN, "RAPPORTEUR_PASSWORD": "wrong"}
    refused(address, message="401", hint="RAPPORTEUR_USER")
    refused(address, environment=wrong, message="401", hint="RAPPORTEUR_USER")
    refused(address + "s", environment=servers.LOGIN, message="Neo.ClientError.Database.DatabaseNotFound", hint="HOST:7474/DATABASE")
    refused(address.replace("neo4j+http", "bolt"), message="no address of a database", hint="not over Bolt")
    refused(f"http://127.0.0.1:{neo4j().port}/update", environment=servers.LOGIN, message="404", hint="/update")
    refused(f"neo4j+http://127.0.0.1:{servers.free_port()}", message="onnection refused", hint="is it running")


# DuckDB, pyarrow


@check
def duckdb_csv():
    """nodes.csv and edges.csv answer in DuckDB who met whom, and where"""
    database = duckdb.connect()
    for name in ("nodes", "edges"):
        database.execute(f"CREATE TABLE {name} AS SELECT * FROM read_csv(?, header = true, all_varchar = true)", [str(exported(f"{name}.csv"))])
    duckdb_answers(database)


@check
def parquet_tables():
    """nodes.parquet and edges.parquet, if there are any, hold in pyarrow what the JSON holds, by its types, and answer in DuckDB"""
    if not exported("nodes.parquet").exists():
        return
    nodes, edges = (pyarrow.parquet.read_table(exported(f"{name}.parquet")) for name in ("nodes", "edges"))
    lists = {"aliases", "same_as", "offices", "content", "content_spans", "sources", "notes", "evidence", "evidence_at", "rules"}
    equal({field.name for field in nodes.schema if pyarrow.types.is_list(field.type)}, lists, "lists")
    equal([str(nodes.schema.field(name).type) for name in ("score", "first_day")], ["double", "date32[day]"], "types")
    equal([str(edges.schema.field(name).type) for name in ("weight", "derived")], ["int64", "bool"], "types")
    equal(nodes.column("id").to_pylist(), [node["id"] for node in document()["nodes"]], "ids")
    for row, node in zip(nodes.to_pylist(), document()["nodes"]):
        for name in ("aliases", "same_as", "content", "sources", "notes", "score", "status", "text", "stance", "published"):
            equal(row[name] or None, node.get(name) or None, f"{node['id']} {name}")
        quoted = [piece["text"] for piece in node.get("evidence", [])]
        equal(row["evidence"] or [], quoted, f"{node['id']} evidence")
    keys = [(edge["source"], edge["target"], edge["key"], edge.get("derived")) for edge in document()["edges"]]
    equal([(row["source"], row["target"], row["key"], row["derived"]) for row in edges.to_pylist()], keys, "edges")
    database = duckdb.connect()
    for name in ("nodes", "edges"):
        database.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{exported(name)}.parquet')")
    duckdb_answers(database)


def duckdb_answers(database):
    met = database.execute("SELECT source, target, event FROM edges WHERE type = 'met' AND status = 'happened'").fetchall()
    equal(sorted(met), happened(), "who met whom")
    places = database.execute(
        "SELECT met.event, place.name FROM edges met JOIN edges held ON held.source = met.event AND held.type = 'location' "
        "JOIN nodes place ON place.id = held.target WHERE met.type = 'met' AND met.status = 'happened'"
    ).fetchall()
    names = {node["id"]: node.get("name") for node in document()["nodes"]}
    locations = [(edge["source"], names[edge["target"]]) for edge in document()["edges"] if edge["type"] == "location"]
    expected = [place for *_, event in happened() for place in locations if place[0] == event]
    equal(sorted(places), sorted(expected), "where")
