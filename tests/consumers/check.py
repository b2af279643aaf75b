"""Reads each export of a graph with a program that it is for, and says whether it holds what the JSON holds.

Usage: check.py FOLDER [PROGRAM], with the exports of one graph that `--to all` makes (graph.html only if it was made). One line for each check, the reasons under those that fail, and "N passed, N failed" at the end.
"""

import base64
import html.parser
import http.server
import json
import logging
import os
import subprocess
import sys
import tempfile
import threading
import traceback
from functools import cache
from pathlib import Path

import jsonschema
import kuzu
import networkx
import pandas
import pydot
import pyoxigraph
import pyshacl
import rdflib
from networkx.algorithms.link_analysis.pagerank_alg import _pagerank_python
from rdflib import RDF, Namespace
from rdflib.compare import isomorphic

import databases  # noqa: F401, whose checks are among these
import serving  # noqa: F401
from registry import CHECKS, GIVEN, check, equal

SCHEMA = Path(__file__).resolve().parents[2] / "schema"
OA = Namespace("http://www.w3.org/ns/oa#")
SDO = Namespace("https://schema.org/")
SEM = Namespace("http://semanticweb.cs.vu.nl/2009/11/sem/")
PROV = Namespace("http://www.w3.org/ns/prov#")
RAP = Namespace("https://w3id.org/rapporteur/ns#")


# What the files hold, each read once.


@cache
def exported(name):
    return FOLDER / name


@cache
def document():
    return json.loads(exported("graph.json").read_text("utf-8"))


def nodes(kind=None):
    return [node for node in document()["nodes"] if kind in (None, node["kind"])]


def edges(edge_type=None):
    return [edge for edge in document()["edges"] if edge_type in (None, edge["type"])]


@cache
def article_texts():
    return {node["id"]: node["text"] for node in nodes("article")}


@cache
def turtle():
    return rdflib.Graph().parse(exported("graph.ttl"), format="turtle")


@cache
def graphml():
    return networkx.read_graphml(exported("graph.graphml"))


@cache
def table(name):
    # "NA" is Namibia, and an empty cell is missing.
    return pandas.read_csv(exported(name), dtype=str, keep_default_na=False, encoding="utf-8")


# JSON


@check
def json_schema():
    """graph.json validates against graph.schema.json"""
    schema = json.loads((SCHEMA / "graph.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    errors = list(jsonschema.Draft202012Validator(schema).iter_errors(document()))
    shown = [f"{error.json_path}: {error.message[:200]}" for error in errors[:5]]
    assert not errors, f"{len(errors)} faults: {shown}"


@check
def json_networkx():
    """graph.json loads in networkx's node_link_graph, nothing lost"""
    graph = networkx.node_link_graph(document(), edges="edges")
    assert graph.is_directed() and graph.is_multigraph(), "not a directed multigraph"
    equal(graph.number_of_nodes(), len(nodes()), "nodes")
    equal(graph.number_of_edges(), len(edges()), "edges")
    back = networkx.node_link_data(graph, edges="edges")
    by_id = lambda node: node["id"]
    equal(sorted(back["nodes"], key=by_id), sorted(nodes(), key=by_id), "nodes after a round trip")


@check
def json_order():
    """graph.json has its nodes by id, its edges by source, target and key, each once"""
    ids = [node["id"] for node in nodes()]
    keys = [(edge["source"], edge["target"], edge["key"]) for edge in edges()]
    for found in (ids, keys):
        assert found == sorted(set(found)), "out of order, or twice"


@check
def json_ends():
    """graph.json has both ends of every edge, and every event that a met edge names"""
    ids = {node["id"] for node in nodes()}
    named = [edge[end] for edge in edges() for end in ("source", "target", "event") if end in edge]
    assert set(named) <= ids, f"dangling: {sorted(set(named) - ids)[:5]}"


@check
def json_articles():
    """graph.json counts its articles"""
    equal(document()["graph"]["articles"], len(nodes("article")), "articles")


@check
def evidence_offsets():
    """every evidence's text is its article's text[start:end]"""
    pieces = [piece for thing in nodes() + edges() for piece in thing.get("evidence", [])]
    assert pieces or not nodes("event") + nodes("claim"), "events or claims, but no evidence"
    for piece in pieces:
        equal(article_texts()[piece["article"]][piece["start"] : piece["end"]], piece["text"], "evidence")


@check
def claim_offsets():
    """every claim's content, cue and source stand at their spans"""
    for claim in nodes("claim"):
        texts = [article_texts()[piece["article"]] for piece in claim["evidence"]]
        equal(len(claim["content"]), len(claim["content_spans"]), f"{claim['id']}: spans of the content")
        spots = list(zip(claim["content_spans"], claim["content"]))
        for name in ("cue", "source"):
            if f"{name}_span" in claim:
                spots.append((claim[f"{name}_span"], claim["cue" if name == "cue" else "source_text"]))
        stand = lambda text: all(text[start:end] == words for (start, end), words in spots)
        assert any(map(stand, texts)), f"{claim['id']}: {spots} not in its article"


@check
def mention_offsets():
    """every mention is a span of words inside its article"""
    for edge in edges("mentions"):
        for start, end in edge["spans"]:
            words = article_texts()[edge["source"]][start:end]
            assert words.strip() and len(words) == end - start, f"{edge['target']}: {start}-{end} is {words!r}"


# RDF


@check
def rdf_isomorphic():
    """graph.ttl and graph.nt parse in rdflib and are isomorphic"""
    triples = rdflib.Graph().parse(exported("graph.nt"), format="nt")
    assert len(triples) > 0 or not nodes(), "no triples"
    assert isomorphic(turtle(), triples), f"{len(turtle())} and {len(triples)} triples that differ"


@check
def rdf_iris():
    """graph.ttl has absolute IRIs that a store takes, and no blank nodes"""
    terms = {term for triple in turtle() for term in triple}
    assert not [term for term in terms if isinstance(term, rdflib.BNode)], "blank nodes"
    iris = [term for term in terms if isinstance(term, rdflib.URIRef)]
    bad = [iri for iri in iris if ":" not in iri or any(c in '<>" {}|\\^`' or ord(c) <= 32 for c in iri)]
    assert not bad, f"unsound: {bad[:5]}"


@check
def rdf_literals():
    """graph.ttl has no literal that its datatype refuses"""
    literals = {term for _, _, term in turtle() if isinstance(term, rdflib.Literal)}
    bad = [term.n3() for term in literals if term.ill_typed]
    assert not bad, f"ill-typed: {bad[:5]}"


@check
def rdf_shapes():
    """graph.ttl conforms to shapes.ttl (pyshacl)"""
    shapes = rdflib.Graph().parse(SCHEMA / "shapes.ttl")
    conforms, _, report = pyshacl.validate(turtle(), shacl_graph=shapes, meta_shacl=True)
    assert conforms, report[:3000]


@check
def rdf_shapes_bite():
    """shapes.ttl refuses an event without status, evidence, selectors or a typed date"""
    shapes = rdflib.Graph().parse(SCHEMA / "shapes.ttl")
    conforms = lambda graph: pyshacl.validate(graph, shacl_graph=shapes)[0]
    event = min(turtle().subjects(SDO.startDate), default=None)
    if event is None:
        return
    whole = around(event)
    assert conforms(whole), f"{event} and what it names don't conform by themselves"
    for predicate in (RAP.status, PROV.wasDerivedFrom, OA.hasSelector):
        assert not conforms(whole - set(whole.triples((None, predicate, None)))), f"conforms without {predicate}"
    whole.set((event, SDO.startDate, rdflib.Literal("July")))
    assert not conforms(whole), "conforms with a date that is none"


def around(start):
    """All that is said of a node and of those that it names, without what its articles and actors say of others."""
    part, ahead, seen = rdflib.Graph(), [start], set()
    while ahead:
        subject = ahead.pop()
        seen.add(subject)
        for triple in turtle().triples((subject, None, None)):
            if triple[1] not in (SDO.mentions, RAP.met):
                part.add(triple)
                ahead += [triple[2]] if triple[2] not in seen else []
    return part


@check
def rdf_ontology():
    """ontology.ttl explains every rap: term of graph.ttl"""
    ontology = rdflib.Graph().parse(SCHEMA / "ontology.ttl")
    explained = {term for term in ontology.subjects() if term.startswith(RAP)}
    used = {term for triple in turtle() for term in triple if isinstance(term, rdflib.URIRef) and term.startswith(RAP)}
    assert used <= explained, f"unexplained: {sorted(used - explained)}"


@check
def rdf_counts():
    """graph.ttl has every node, and as many of each kind"""
    classes = {
        "person": SDO.Person, "country": SDO.Country, "organization": SDO.Organization, "place": SDO.Place,
        "event": SEM.Event, "claim": SDO.Claim, "article": SDO.NewsArticle,
    }  # fmt: skip
    for kind, of_class in classes.items():
        equal(len(set(turtle().subjects(RDF.type, of_class))), len(nodes(kind)), kind)


@check
def rdf_direct_edges():
    """graph.ttl has a triple for each edge that is one"""
    predicates = {
        "participant": SEM.hasActor, "location": SDO.location, "part_of": SDO.superEvent, "claims": SDO.creator,
        "addressee": RAP.addressee, "denies": RAP.denies, "within": SDO.containedInPlace, "mentions": SDO.mentions,
    }  # fmt: skip
    for edge_type, predicate in predicates.items():
        equal(len(list(turtle().subject_objects(predicate))), len(edges(edge_type)), edge_type)
    happened = {(edge["source"], edge["target"]) for edge in edges("met") if edge["status"] == "happened"}
    equal(len(list(turtle().subject_objects(RAP.met))), 2 * len(happened), "met, both ways")
    offices = len(edges("holds_office")) + sum(len(node.get("offices", [])) for node in nodes())
    equal(len(set(turtle().subjects(RDF.type, RAP.OfficeHolding))), offices, "offices")
    equal(len(set(turtle().subjects(RDF.type, RAP.Affiliation))), len(edges("affiliated")), "affiliations")


@check
def rdf_evidence():
    """every quotation in graph.ttl stands in its article at its position"""
    query = """
        SELECT ?body ?start ?end ?exact WHERE {
            ?place oa:hasSource/schema:articleBody ?body ; oa:hasSelector ?position , ?quote .
            ?position oa:start ?start ; oa:end ?end .
            ?quote oa:exact ?exact .
        }"""
    found = list(turtle().query(query, initNs={"oa": OA, "schema": SDO}))
    assert found or not nodes("event") + nodes("claim"), "no quotation"
    for body, start, end, exact in found:
        equal(str(body)[start.toPython() : end.toPython()], str(exact), "quotation")


@check
def rdf_context():
    """graph.json read through context.jsonld says nothing that graph.ttl doesn't"""
    context = json.loads((SCHEMA / "context.jsonld").read_text("utf-8"))
    sound = [node for node in nodes() if all(c.isalnum() or c in "-._~/" for c in node["id"])]
    links = lambda node: [*node.get("same_as", []), node.get("url", "https://x.example/")]
    sound = [node for node in sound if all(":" in link and " " not in link for link in links(node))]
    linked = rdflib.Graph().parse(data=json.dumps({**context, **document(), "nodes": sound}), format="json-ld")
    assert len(linked) >= 2 * len(sound), f"{len(linked)} triples of {len(sound)} nodes"
    extra = [triple for triple in linked if triple not in turtle() and str(triple[2])]
    assert not extra, f"only in the JSON-LD: {extra[:3]}"


@check
def rdf_every_language():
    """graph.rdf, .jsonld, .trig and .nq tell rdflib what graph.ttl tells it"""
    for name, language in (("graph.rdf", "xml"), ("graph.jsonld", "json-ld")):
        found = rdflib.Graph().parse(exported(name), format=language)
        equal({legal_triple(t) for t in found}, {legal_triple(t) for t in turtle()}, name)
    for name, language in (("graph.trig", "trig"), ("graph.nq", "nquads")):
        dataset = rdflib.Dataset()
        dataset.parse(exported(name), format=language)
        equal({quad[:3] for quad in dataset.quads()}, set(turtle()), name)
        named = {str(graph.identifier) for graph in dataset.graphs() if not str(graph.identifier).startswith("urn:x-rdflib")}
        equal(len(named), len(nodes("article")), f"named graphs of {name}")


def legal_triple(triple):
    """A triple as XML 1.0 can hold it."""
    subject, predicate, term = triple
    return subject, predicate, legal(str(term)) if isinstance(term, rdflib.Literal) else term


@check
def rdf_oxigraph():
    """every RDF export loads in an Oxigraph store, which answers who met whom"""
    counts = {}
    for name in ("graph.ttl", "graph.nt", "graph.rdf", "graph.jsonld", "graph.trig", "graph.nq"):
        store = pyoxigraph.Store()
        store.bulk_load(path=str(exported(name)))
        query = "SELECT DISTINCT ?a ?b WHERE { GRAPH ?g { ?a <%s> ?b } }" if name[-2:] in ("ig", "nq") else "SELECT ?a ?b WHERE { ?a <%s> ?b }"
        counts[name] = len(list(store.query(query % RAP.met)))
    happened = {(edge["source"], edge["target"]) for edge in edges("met") if edge["status"] == "happened"}
    equal(counts, dict.fromkeys(counts, 2 * len(happened)), "who met whom, both ways")


class Endpoint(http.server.BaseHTTPRequestHandler):
    """A SPARQL Update endpoint on an Oxigraph store, for one user."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode("utf-8")
        if self.headers.get("Authorization") != "Basic " + base64.b64encode(b"ana:s3:cret").decode():
            return self.answer(401, "who are you?")
        if self.headers["Content-Type"] != "application/sparql-update":
            return self.answer(415, "no update")
        try:
            self.server.store.update(body)
        except (SyntaxError, ValueError, OSError) as error:
            return self.answer(400, str(error))
        self.server.updates += 1
        self.answer(204, "")

    def answer(self, status, text):
        self.send_response(status)
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_):
        pass


@check
def rdf_load():
    """`rapporteur load` fills an Oxigraph store over HTTP in batches, again without change, and who met whom is there"""
    if PROGRAM is None:
        return
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
    server.store, server.updates = pyoxigraph.Store(), 0
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/update"
    try:
        refused = load(address, {})
        assert refused.returncode == 1 and "401" in refused.stderr and "RAPPORTEUR_TOKEN" in refused.stderr, refused.stderr
        for _ in range(2):
            done = load(address, {"RAPPORTEUR_USER": "ana", "RAPPORTEUR_PASSWORD": "s3:cret"}, "--batch", "500")
            equal(done.returncode, 0, done.stderr)
        same_quads(server.store, "graph.nt")
        equal(server.updates, 2 * -(-len(server.store) // 500), "requests")
        met = server.store.query("SELECT ?a ?b WHERE { ?a <%s> ?b }" % RAP.met)
        equal(len(list(met)), len(list(turtle().subject_objects(RAP.met))), "who met whom")
        server.store.clear()
        done = load(address, {"RAPPORTEUR_USER": "ana", "RAPPORTEUR_PASSWORD": "s3:cret"}, "--named-graphs")
        equal(done.returncode, 0, done.stderr)
        same_quads(server.store, "graph.nq")
    finally:
        server.shutdown()


def same_quads(store, name):
    """Whether a store holds what it would if it read a file: it keeps numbers in a form of its own."""
    expected = pyoxigraph.Store()
    expected.bulk_load(path=str(exported(name)))
    differ = set(store) ^ set(expected)
    assert not differ, f"{len(differ)} quads differ from {name}: {[str(quad) for quad in differ][:3]}"


def load(address, environment, *options):
    command = [PROGRAM, "load", str(exported("graph.json")), "--into", address, *options]
    return subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True, encoding="utf-8")


@check
def rdf_article_graphs():
    """graph.nq has each piece of evidence in the graph of its own article"""
    for quad in pyoxigraph.parse(path=str(exported("graph.nq"))):
        if quad.predicate.value == str(PROV.wasDerivedFrom):
            assert quad.object.value.startswith(quad.graph_name.value + "/"), quad


# GraphML, GEXF, DOT


@check
def gexf_networkx():
    """graph.gexf loads in networkx as a directed multigraph with every node, edge and day"""
    graph = networkx.read_gexf(exported("graph.gexf"))
    equal((graph.number_of_nodes(), graph.number_of_edges()), (len(nodes()), len(edges())), "nodes, edges")
    for node in nodes("event"):
        found = graph.nodes[node["id"]]
        equal((found["label"], found["status"]), (legal(node["name"]), node["status"]), node["id"])
        if "start" in node:
            equal((found["start"][: len(node["start"])], found["start_told"]), (node["start"],) * 2, f"{node['id']} start")


@check
def dot_pydot():
    """graph.dot parses in pydot with every node and edge"""
    (graph,) = pydot.graph_from_dot_file(str(exported("graph.dot")), encoding="utf-8")
    equal((len(graph.get_nodes()), len(graph.get_edges())), (len(nodes()), len(edges())), "nodes, edges")


@check
def graphml_counts():
    """graph.graphml loads in networkx as a directed multigraph with every node and edge"""
    assert graphml().is_directed(), "undirected"
    equal(graphml().number_of_nodes(), len(nodes()), "nodes")
    equal(graphml().number_of_edges(), len(edges()), "edges")


@check
def graphml_nodes():
    """graph.graphml has the nodes' attributes"""
    for node in nodes():
        found = graphml().nodes[node["id"]]
        same_attributes(found, node, node["id"])
        equal(found.get("name", ""), legal(label(node)), f"{node['id']} name")


@check
def graphml_edges():
    """graph.graphml has the edges' attributes"""
    found = {(source, target, row["key"]): row for source, target, row in graphml().edges(data=True)}
    for edge in edges():
        same_attributes(found[edge["source"], edge["target"], edge["key"]], edge, edge["key"])


def same_attributes(found, expected, of):
    """Compares what is flat as it is, and lists of texts joined; what nests deeper is in the JSON alone."""
    for name, value in expected.items():
        nests = isinstance(value, list) and value and isinstance(value[0], dict)
        if name in ("id", "source", "target", "key", "name", "evidence") or name.endswith(("span", "spans")) or nests:
            continue
        if isinstance(value, list):
            joined = value if name == "content" else [item.replace(";", ",") for item in value]
            value = "; ".join(joined)
        value = legal(value) if isinstance(value, str) else value
        equal(found[name], value, f"{of} {name}")
    if "evidence" in expected:
        equal(found["evidence"], legal("; ".join(piece["text"] for piece in expected["evidence"])), f"{of} evidence")


def legal(text):
    """What XML 1.0 can hold of a text."""
    return "".join("\ufffd" if ord(c) < 32 and c not in "\t\n\r" or c in "\ufffe\uffff" else c for c in text)


def label(node):
    return " … ".join(node["content"]) if node["kind"] == "claim" else node["name"]


# CSV


@check
def csv_counts():
    """nodes.csv and edges.csv load in pandas with a row for each node and edge, each row one line"""
    for name, rows in (("nodes.csv", nodes()), ("edges.csv", edges())):
        equal(len(table(name)), len(rows), name)
        equal(len(exported(name).read_bytes().splitlines()), len(rows) + 1, f"lines of {name}")


@check
def csv_ends():
    """edges.csv has no end that is not in nodes.csv, whose ids are unique"""
    ids = table("nodes.csv")["id"]
    assert ids.is_unique, "an id twice"
    ends = table("edges.csv")
    assert ends["source"].isin(ids).all() and ends["target"].isin(ids).all(), "dangling"
    keys = [(edge["source"], edge["target"], edge["key"]) for edge in edges()]
    equal(list(zip(ends["source"], ends["target"], ends["key"])), keys, "edges")


@check
def csv_cells():
    """nodes.csv has the nodes' kinds, names, types and dates"""
    for (_, row), node in zip(table("nodes.csv").iterrows(), nodes()):
        equal(row["id"], node["id"], "id")
        for column in ("kind", "type", "start", "end", "status", "iso", "stance", "form", "published"):
            equal(row[column], single_line(node.get(column, "")), f"{node['id']} {column}")
        equal(row["name"], single_line(label(node)), f"{node['id']} name")


@check
def csv_offsets():
    """evidence_at of nodes.csv finds the evidence in the text cells"""
    texts = dict(zip(table("nodes.csv")["id"], table("nodes.csv")["text"]))
    for _, row in table("nodes.csv").iterrows():
        places = [place for place in row["evidence_at"].split("; ") if place]
        found = []
        for place in places:
            article, span = place.split("#char=")
            start, end = map(int, span.split(","))
            found.append(texts[article][start:end])
        equal("; ".join(found), row["evidence"], f"{row['id']} evidence")


# Tables for databases


@check
def neo4j_headers():
    """neo4j/ has unique ids, no dangling end, typed headers, one line a row, arrays that split back"""
    found, ties = table("neo4j/nodes.csv"), table("neo4j/relationships.csv")
    ids = found["id:ID"]
    assert ids.is_unique, "an id twice"
    equal(set(ids), {node["id"] for node in nodes()}, "ids")
    assert set(ties[":START_ID"]) | set(ties[":END_ID"]) <= set(ids), "a dangling end"
    equal(sorted(ties[":TYPE"]), sorted(edge["type"].upper() for edge in edges()), "types")
    for name, rows in (("nodes.csv", nodes()), ("relationships.csv", edges())):
        equal(len(exported(f"neo4j/{name}").read_bytes().splitlines()), len(rows) + 1, f"lines of {name}")
    arrays = dict(zip(ids, found["aliases:string[]"]))
    for node in nodes():
        aliases = [single_line(alias.replace(";", ",")) for alias in node.get("aliases", [])]
        equal(arrays[node["id"]].split(";") if arrays[node["id"]] else [], aliases, f"{node['id']} aliases")
    float_or_none = lambda cell: float(cell) if cell else None
    for node_id, score in zip(ids, found["score:double"]):
        assert (float_or_none(score) is None) != node_id.startswith("event/"), f"{node_id}: score {score!r}"
    days = pandas.to_datetime(found["first_day:date"][found["first_day:date"] != ""], format="%Y-%m-%d")
    equal(len(days), len([node for node in nodes("event") if "start" in node]), "days")


@check
def neptune_headers():
    """neptune/ has the system columns, unique ids and no dangling end"""
    found, ties = table("neptune/nodes.csv"), table("neptune/edges.csv")
    equal(list(found.columns[:2]) + list(ties.columns[:4]), ["~id", "~label", "~id", "~from", "~to", "~label"], "columns")
    assert found["~id"].is_unique and ties["~id"].is_unique, "an id twice"
    assert set(ties["~from"]) | set(ties["~to"]) <= set(found["~id"]), "a dangling end"
    equal((len(found), len(ties)), (len(nodes()), len(edges())), "rows")
    properties = [column for frame in (found, ties) for column in frame.columns if not column.startswith("~")]
    assert all(column.count(":") == 1 and " " not in column and "," not in column for column in properties), properties


@check
def gephi_simple():
    """gephi/ is a simple graph whose weights add up to the edges"""
    found, ties = table("gephi/nodes.csv"), table("gephi/edges.csv")
    equal(set(found["Id"]), {node["id"] for node in nodes()}, "ids")
    assert not ties.duplicated(["Source", "Target"]).any(), "parallel edges"
    equal(ties["Weight"].astype(int).sum(), sum(edge.get("weight", 1) for edge in edges()), "weights")
    assert set(ties["Type"]) <= {"Directed", "Undirected"}, set(ties["Type"])


@check
def kuzu_loads():
    """kuzu/ runs its schema and its copies, and answers who met whom, where, and who said what"""
    back = os.getcwd()
    os.chdir(exported("kuzu"))
    try:
        with tempfile.TemporaryDirectory() as folder:
            database = kuzu.Connection(kuzu.Database(os.path.join(folder, "graph")))
            for script in ("schema.cypher", "load.cypher"):
                database.execute(Path(script).read_text("utf-8"))
            kuzu_answers(lambda query: database.execute(query).get_all())
    finally:
        os.chdir(back)


def kuzu_answers(ask):
    for kind in ("person", "country", "organization", "place", "event", "claim", "article"):
        ids = {row[0] for row in ask(f"MATCH (n:{kind}) RETURN n.id")}
        equal(ids, {node["id"] for node in nodes(kind)}, kind)
    for edge_type in sorted({edge["type"] for edge in edges()}):
        keys = sorted(tuple(row) for row in ask(f"MATCH (a)-[e:{edge_type}]->(b) RETURN a.id, b.id, e.key"))
        expected = sorted((edge["source"], edge["target"], single_line(edge["key"])) for edge in edges(edge_type))
        equal(keys, expected, edge_type)
    met = ask("MATCH (a:person)-[m:met]->(b:person) WHERE m.status = 'happened' RETURN a.id, b.id, m.event")
    happened = [edge for edge in edges("met") if edge["status"] == "happened"]
    equal(sorted(map(tuple, met)), sorted((e["source"], e["target"], e.get("event")) for e in happened), "who met whom")
    texts = dict(ask("MATCH (n:article) RETURN n.id, n.text"))
    equal(texts, {node["id"]: single_line(node["text"]) for node in nodes("article")}, "texts")
    spoken = ask("MATCH (s)-[:claims]->(c:claim) RETURN count(*)")[0][0]
    equal(spoken, len(edges("claims")), "who said what")


def single_line(text):
    return "".join(" " if ord(c) < 32 or 127 <= ord(c) < 160 or c in "\u2028\u2029" else c for c in text)


# Analysis


@check
def centralities_of_networkx():
    """analyze gives networkx's degree, weighted PageRank, betweenness and closeness to 1e-9, of people and of actors"""
    for view in ("people", "actors") if PROGRAM else ():
        network = met_network(view)
        expected = {
            "degree": dict(network.degree()),
            "meetings": dict(network.degree(weight="weight")),
            # The one in plain Python: the others want SciPy.
            "pagerank": _pagerank_python(network, tol=1e-15, max_iter=5000),
            "betweenness": networkx.betweenness_centrality(network),
            "closeness": networkx.closeness_centrality(network),
        }
        rows = {row["id"]: row for row in analyzed(view, "pagerank")["rows"]}
        equal(sorted(rows), sorted(network), f"who is in the network of {view}")
        for measure, values in expected.items():
            worst = max(abs(rows[node][measure] - value) for node, value in values.items())
            assert worst < 1e-9, f"{measure} of {view} differs by {worst}"


@check
def groups_of_networkx():
    """analyze gives networkx's components, bridges and modularity, and communities as good as its Louvain's"""
    for view in ("people", "actors") if PROGRAM else ():
        network = met_network(view)
        components = {frozenset(row["ids"]) for row in analyzed(view, "components")["rows"]}
        equal(components, set(map(frozenset, networkx.connected_components(network))), "components")
        bridges = {frozenset((row["id"], row["with_id"])) for row in analyzed(view, "bridges")["rows"]}
        equal(bridges, set(map(frozenset, networkx.bridges(network))), "bridges")
        found = analyzed(view, "communities")
        partition = [set(row["ids"]) for row in found["rows"]]
        modularity = networkx.community.modularity(network, partition)
        assert abs(found["modularity"] - modularity) < 1e-9, f"modularity {found['modularity']}, of networkx {modularity}"
        theirs = networkx.community.modularity(network, networkx.community.louvain_communities(network, seed=1))
        assert modularity > theirs - 0.01, f"modularity {modularity}, of networkx's Louvain {theirs}"


def met_network(view):
    network = networkx.Graph()
    actors = {node["id"] for kind in ("person", "country", "organization") for node in nodes(kind)}
    met = [edge for edge in edges("met") if edge.get("status", "happened") == "happened"]
    ties = [edge for kind in ("holds_office", "affiliated") for edge in edges(kind) if {edge["source"], edge["target"]} <= actors]
    for edge in met + (ties if view == "actors" else []):
        ends = edge["source"], edge["target"]
        if ends[0] != ends[1]:
            network.add_edge(*ends, weight=network.get_edge_data(*ends, {"weight": 0})["weight"] + edge.get("weight", 1))
    return network


def analyzed(view, measure):
    command = [PROGRAM, "analyze", str(exported("graph.json")), "--view", view, "--measure", measure, "--format", "json"]
    return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)


# HTML


@check
def html_page():
    """graph.html, if there is one, is a page that loads nothing from elsewhere"""
    if not exported("graph.html").exists():
        return
    loads = []

    class Page(html.parser.HTMLParser):
        def handle_starttag(self, tag, attributes):
            attributes = dict(attributes)
            address = attributes.get("src") or (attributes.get("href") if tag == "link" else None)
            if address and not address.startswith(("data:", "#")):
                loads.append(address)

    Page().feed(exported("graph.html").read_text("utf-8"))
    assert not loads, f"loads {loads[:5]}"


def main():
    logging.getLogger("rdflib").setLevel(logging.ERROR)
    passed = failed = 0
    for function in CHECKS:
        try:
            function()
        except Exception as error:  # a reader that chokes is a failed check, whatever it raises
            failed += 1
            print(f"FAILED {function.__doc__}")
            reason = str(error) if isinstance(error, AssertionError) else traceback.format_exc(limit=-3)
            print("       " + reason.strip().replace("\n", "\n       "))
        else:
            passed += 1
            print(f"ok     {function.__doc__}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit("usage: check.py FOLDER-WITH-EXPORTS [PROGRAM]")
    FOLDER = Path(sys.argv[1])
    PROGRAM = sys.argv[2] if len(sys.argv) == 3 else None
    GIVEN.folder, GIVEN.program = FOLDER, PROGRAM
    sys.exit(main())
