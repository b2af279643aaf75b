"""Asks `rapporteur serve` what the programs that it is for would: SPARQLWrapper, rdflib's SPARQLStore, requests, OpenAPI validators.

Its checks are among those of check.py. One server serves the graph of the folder, on a free port of the loopback address.
"""

import atexit
import concurrent.futures
import json
import re
import signal
import subprocess
import time
from functools import cache
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote

import jsonschema
import openapi_spec_validator
import pyoxigraph
import rdflib
import requests
import SPARQLWrapper
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore
from SPARQLWrapper.SPARQLExceptions import EndPointInternalError, QueryBadFormed

from registry import GIVEN, check, equal

SCHEMA = Path(__file__).resolve().parents[2] / "schema"
RAP = rdflib.Namespace("https://w3id.org/rapporteur/ns#")
# Seconds that the server may take for an answer, and that a client waits at most.
LIMIT, PATIENCE = 2, 60
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?o ?p }"
PREFIXES = """
PREFIX rap: <https://w3id.org/rapporteur/ns#>
PREFIX schema: <https://schema.org/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX sem: <http://semanticweb.cs.vu.nl/2009/11/sem/>
"""
# What the evaluation is held against: each way of joining, and each pattern of bound terms.
QUERIES = [
    "SELECT ?a ?b { ?a rap:met ?b }",
    "SELECT ?name { ?a a schema:Person ; rdfs:label ?name ; rap:met ?b . ?b rdfs:label ?other FILTER(?name < ?other) }",
    "SELECT ?e ?day { ?e a sem:Event OPTIONAL { ?e schema:startDate ?day } }",
    "SELECT ?c ?d { ?c a schema:Claim OPTIONAL { ?c rap:denies ?d FILTER(isIRI(?d)) } FILTER(BOUND(?d)) }",
    "SELECT ?p { ?p a schema:Person FILTER NOT EXISTS { ?p rap:met ?q } }",
    "SELECT ?p { ?p a schema:Person MINUS { ?p rap:met ?q } }",
    "SELECT ?p ?q { ?p rap:met+ ?q FILTER(?p != ?q) }",
    "SELECT DISTINCT ?p ?q { ?p (rap:met|^rap:met)/rap:met? ?q }",
    "SELECT ?p (COUNT(?q) AS ?n) { ?p rap:met ?q } GROUP BY ?p HAVING(?n > 1)",
    "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?a ?b ?c } } GROUP BY ?g",
    "SELECT DISTINCT ?g ?a { GRAPH ?g { ?a rap:met ?b } ?a rap:met ?b }",
    "SELECT ?a ?n { { SELECT ?a (COUNT(*) AS ?n) { ?a ?b ?c } GROUP BY ?a } ?a a schema:Person }",
    "SELECT ?a ?b { VALUES ?a { rap:met schema:name } ?x ?a ?b }",
    "SELECT ?x ?y { { ?x rap:met ?y } UNION { ?x schema:location ?y } }",
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c }",
    "SELECT ?a { ?a ?p ?o FILTER(CONTAINS(STR(?o), 'said')) }",
    "SELECT ?s (STRLEN(?t) AS ?n) (UCASE(SUBSTR(?t, 1, 3)) AS ?u) { ?s rdfs:label ?t }",
    "SELECT ?p ?o { <https://w3id.org/rapporteur/id/person/ingrid-solheim> ?p ?o }",
    "SELECT ?s { ?s ?p <https://w3id.org/rapporteur/id/person/ingrid-solheim> }",
    "SELECT ?s ?t { ?s rdfs:label ?l . ?t rdfs:label ?l FILTER(?s != ?t) }",
]


def serve(*options):
    """Starts a server; gives its process and its address."""
    command = [GIVEN.program, "serve", str(GIVEN.folder / "graph.json"), "--address", "127.0.0.1:0", *options]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8")
    atexit.register(process.kill)
    first = process.stderr.readline()
    found = re.search(r"http://[^/]+", first)
    assert found, f"no address: {first}{process.stderr.read()}"
    return process, found[0]


@cache
def server():
    return serve("--time-limit", str(LIMIT))[1]


def served(function):
    """A check that needs the program: without one it has nothing to ask."""

    def asked():
        if GIVEN.program:
            function()

    asked.__doc__ = function.__doc__
    return check(asked)


def wrapper(query, form=SPARQLWrapper.JSON, method=SPARQLWrapper.GET):
    client = SPARQLWrapper.SPARQLWrapper(server() + "/sparql")
    client.setTimeout(PATIENCE)
    client.setQuery(PREFIXES + query)
    client.setReturnFormat(form)
    client.setMethod(method)
    return client


def get(path, **options):
    return requests.get(server() + path, timeout=PATIENCE, **options)


@cache
def document():
    return json.loads((GIVEN.folder / "graph.json").read_text("utf-8"))


@cache
def local():
    store = pyoxigraph.Store()
    store.bulk_load(path=str(GIVEN.folder / "graph.nt"))
    for quad in pyoxigraph.parse(path=str(GIVEN.folder / "graph.nq")):
        if quad.graph_name != pyoxigraph.DefaultGraph():
            store.add(quad)
    return store


# The API and its description


@cache
def description():
    return get("/api/openapi.json").json()


@served
def openapi_is_valid():
    """/api/openapi.json is a valid description in OpenAPI 3.1"""
    assert description()["openapi"].startswith("3.1"), description()["openapi"]
    openapi_spec_validator.validate(description())


def examples():
    """For each path of the description, what to ask there."""
    person, place = (next(n["id"] for n in document()["nodes"] if n["kind"] == kind) for kind in ("person", "place"))
    met = next(edge for edge in document()["edges"] if edge["type"] == "met")
    article = next(n["id"] for n in document()["nodes"] if n["kind"] == "article")
    pair = {"a": met["source"], "b": met["target"]}
    return {
        "/api": [{}],
        "/api/entities": [{}, {"name": "s", "kind": "person", "limit": 2, "offset": 1}, {"name": "no such name"}],
        "/api/entity/{id}": [{"id": person}, {"id": place}, {"id": "country/NO"}],
        "/api/ask": [{"q": question} for question in (
            "Whom did Solheim meet in Geneva?", "Did Solheim call Arriaga?", "Who denied meeting Hauge?", "What happened in June 2031?",
            "Who is the president of Uruguay?", "Who is Solheim?",
        )],
        "/api/about": [{"of": met["source"]}, {"of": "country/NO"}, {"of": met["event"]}],
        "/api/met": [{"a": met["source"]}, pair, {**pair, "since": "2031", "until": "2031-12", "status": "happened", "channel": "remote"}],
        "/api/path": [{**pair, "status": met["status"]}],
        "/api/said": [{}, {"who": met["source"]}, {"stance": "deny", "limit": 1}, {"about": "water"}],
        "/api/disputes": [{}, {"who": met["source"]}],
        "/api/timeline": [{}, {"of": met["source"], "type": "meet,call", "status": "planned", "since": "2031-05"}, {"at": "country/NO"}],
        "/api/graph": [{}, {"view": "actors"}, {"view": "people", "status": "happened"}, {"kind": "person,event", "min_score": 0.8}],
        "/api/evidence": [{"of": met["event"]}, {"of": "event/none"}],
        "/api/article/{id}": [{"id": article}],
    }


@served
def openapi_paths_answer():
    """each path of the description answers what its schema says, and faults as theirs says"""
    equal(sorted(examples()), sorted(description()["paths"]), "paths")
    for path, questions in examples().items():
        for question in questions:
            parameters = {name: value for name, value in question.items() if name != "id"}
            reply = get(path.replace("{id}", quote(question.get("id", ""), safe="")), params=parameters)
            equal(reply.status_code, 200, f"{path} {question}: {reply.text[:300]}")
            answers_schema(reply.json(), path, "200")
        reply = get(path.replace("{id}", "nobody"), params={"nonsense": "x"})
        equal(reply.status_code, 400, f"{path} with a parameter that there is not")
        answers_schema(reply.json(), path, "400")


def answers_schema(answer, path, status):
    place = path.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D")
    pointer = f"#/paths/{place}/get/responses/{status}/content/application~1json/schema"
    errors = list(jsonschema.Draft202012Validator({**description(), "$ref": pointer}).iter_errors(answer))
    shown = [f"{error.json_path}: {error.message[:200]}" for error in errors[:3]]
    assert not errors, f"{path}: {len(errors)} faults: {shown}"


@served
def api_graph_is_the_graph():
    """/api/graph is the graph, and any part of it fits graph.schema.json"""
    equal(get("/api/graph").json(), document(), "the graph")
    schema = json.loads((SCHEMA / "graph.schema.json").read_text("utf-8"))
    for view in ("full", "people", "actors"):
        jsonschema.validate(get("/api/graph", params={"view": view}).json(), schema)


@served
def api_lists_are_whole():
    """the parts of a list, asked one after the other, are the list"""
    whole = get("/api/said", params={"limit": 1000}).json()
    items, offset = [], 0
    while offset < whole["total"]:
        items += get("/api/said", params={"limit": 7, "offset": offset}).json()["items"]
        offset += 7
    equal(items, whole["items"], "statements")
    equal(len(items), len([node for node in document()["nodes"] if node["kind"] == "claim"]), "claims")


@served
def articles_are_marked():
    """/article/{id} shows each article with its text, and loads nothing"""
    for node in document()["nodes"]:
        if node["kind"] == "article":
            reply = get("/article/" + node["id"])
            equal(reply.status_code, 200, node["id"])
            assert "src=" not in reply.text and "<link" not in reply.text, "loads something"


# SPARQL


@served
def sparql_wrapper_forms():
    """SPARQLWrapper asks by GET and POST and reads JSON, XML, CSV, TSV, and Turtle of statements"""
    met = [edge for edge in document()["edges"] if edge["type"] == "met" and edge["status"] == "happened"]
    pairs = {(edge[a], edge[b]) for edge in met for a, b in (("source", "target"), ("target", "source"))}
    local_name = lambda iri: "/".join(iri.rsplit("/", 2)[1:])
    for method in (SPARQLWrapper.GET, SPARQLWrapper.POST):
        for request in (SPARQLWrapper.URLENCODED, SPARQLWrapper.POSTDIRECTLY):
            client = wrapper("SELECT ?a ?b { ?a rap:met ?b }", method=method)
            client.setRequestMethod(request)
            rows = client.query().convert()["results"]["bindings"]
            equal({(local_name(row["a"]["value"]), local_name(row["b"]["value"])) for row in rows}, pairs, "who met whom")
    xml = wrapper("SELECT ?a ?b { ?a rap:met ?b }", SPARQLWrapper.XML).query().convert()
    equal(len(xml.getElementsByTagName("result")), len(pairs), "rows of XML")
    for form, separator in ((SPARQLWrapper.CSV, ","), (SPARQLWrapper.TSV, "\t")):
        lines = wrapper("SELECT ?a ?b { ?a rap:met ?b }", form).query().convert().decode().splitlines()
        equal((len(lines), lines[1].count(separator)), (len(pairs) + 1, 1), f"lines of {form}")
    equal(wrapper("ASK { ?a rap:met ?b }").query().convert()["boolean"], True, "ASK")
    graph = wrapper("CONSTRUCT { ?a rap:met ?b } WHERE { ?a rap:met ?b }", SPARQLWrapper.TURTLE).query().convert()
    equal(len(rdflib.Graph().parse(data=graph, format="turtle")), len(pairs), "statements")


@served
def sparql_wrapper_errors():
    """SPARQLWrapper is told of a query that is none and of one that takes too long"""
    for query, error in (("SELECT ?a { ?a", QueryBadFormed), ("INSERT DATA { rap:a rap:b rap:c }", QueryBadFormed), (ENDLESS, EndPointInternalError)):
        client = wrapper(query)
        client.queryType = SPARQLWrapper.SELECT
        try:
            client.query()
        except error:
            continue
        raise AssertionError(f"no {error.__name__} of {query}")


@served
def sparql_store():
    """rdflib's SPARQLStore finds in /sparql what the exports hold, in all and for each article"""
    store = SPARQLStore(server() + "/sparql", returnFormat="json")
    whole = rdflib.Graph(store=store)
    expected = rdflib.Graph().parse(GIVEN.folder / "graph.nt", format="nt")
    equal(len(whole), len(expected), "statements")
    equal(set(whole.triples((None, RAP.met, None))), set(expected.triples((None, RAP.met, None))), "who met whom")
    dataset = rdflib.Dataset()
    dataset.parse(GIVEN.folder / "graph.nq", format="nquads")
    for graph in dataset.graphs():
        if not str(graph.identifier).startswith("urn:x-rdflib"):
            remote = rdflib.Graph(store=store, identifier=graph.identifier)
            equal(len(remote), len(graph), f"statements of {graph.identifier}")


@served
def sparql_update_refused():
    """rdflib's SPARQLUpdateStore cannot change anything"""
    store = SPARQLUpdateStore(server() + "/sparql", server() + "/sparql", returnFormat="json")
    before = len(rdflib.Graph(store=store))
    try:
        store.update("INSERT DATA { <x:a> <x:b> <x:c> }")
    except HTTPError as error:
        equal(error.code, 403, "status")
    else:
        raise AssertionError("an update went through")
    equal(len(rdflib.Graph(store=store)), before, "statements")


@served
def sparql_as_oxigraph():
    """/sparql answers queries of many kinds as an Oxigraph store does"""
    for query in QUERIES:
        reply = requests.post(server() + "/sparql", data={"query": PREFIXES + query}, timeout=PATIENCE)
        equal(reply.status_code, 200, f"{query}: {reply.text[:300]}")
        found = pyoxigraph.parse_query_results(reply.content, pyoxigraph.QueryResultsFormat.JSON)
        rows = lambda solutions: sorted([str(term) for term in solution] for solution in solutions)
        equal(rows(found), rows(local().query(PREFIXES + query)), query)


@served
def slow_queries_end():
    """slow queries, more than may run at once, are all ended, and a light one is answered afterwards"""
    began = time.monotonic()
    ask = lambda query: requests.post(server() + "/sparql", data={"query": PREFIXES + query}, timeout=PATIENCE)
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(ask, [ENDLESS] * 8))
    for reply in replies:
        assert reply.status_code in (500, 503), f"{reply.status_code}: {reply.text[:200]}"
        assert "hint:" in reply.text, reply.text
    assert any("stopped" in reply.text for reply in replies), [reply.text for reply in replies]
    assert time.monotonic() - began < 10 * LIMIT, f"took {time.monotonic() - began} s"
    equal(ask("ASK { ?a rap:met ?b }").json()["boolean"], True, "afterwards")


@served
def too_large_is_refused():
    """a query that is too long, a body that is too large and an answer that is too large are refused, none is cut"""
    post = lambda query: requests.post(server() + "/sparql", data={"query": query}, timeout=PATIENCE)
    equal(post("ASK {} #" + "x" * 20_000).status_code, 413, "a long query")
    equal(post("ASK {} #" + "x" * 100_000).status_code, 413, "a large body")
    reply = post("SELECT * { ?a ?b ?c . ?d ?e ?f }")
    assert reply.status_code == 500 and "hint:" in reply.text, f"{reply.status_code}: {reply.text[:200]}"


@served
def strangers_are_refused():
    """a rebound name and a page of another site are refused, and no reply invites one"""
    equal(get("/api", headers={"Host": "rebound.example"}).status_code, 421, "another name")
    equal(get("/sparql?query=ASK{}", headers={"Origin": "http://other.example"}).status_code, 403, "another site")
    equal(requests.options(server() + "/sparql", timeout=PATIENCE).status_code, 405, "a preflight")
    for path in ("/", "/api", "/sparql?query=ASK{}", "/nothing"):
        headers = get(path).headers
        assert not [name for name in headers if name.lower().startswith("access-control")], headers
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"], headers


@served
def server_ends():
    """the server ends with success when it is told to"""
    process, address = serve()
    equal(requests.get(address + "/api", timeout=PATIENCE).status_code, 200, "a request")
    process.send_signal(signal.SIGTERM)
    equal(process.wait(timeout=PATIENCE), 0, "exit code")
