"""Starts the servers of databases that are Java programs: Fuseki and Neo4j, on this machine's loopback, with data that goes when they end.

A server runs until its input ends, so none outlives the checks, however these end.
"""

import atexit
import base64
import http.client
import json
import os
import socket
import subprocess
import tempfile
import threading
from functools import cache
from pathlib import Path

HERE = Path(__file__).resolve().parent
LOGIN = {"RAPPORTEUR_USER": "neo4j", "RAPPORTEUR_PASSWORD": "s3cret:word"}
# Seconds; two shared cores may be slow.
LONGEST_START = 180


def java(name, *arguments):
    """The command that runs a class of servers/, or one of the jars, with the jars that run.sh has brought."""
    jars = HERE.parents[1] / "target" / "consumers-java" / f"{name}.classpath"
    if not jars.exists():
        raise FileNotFoundError(f"{jars}: tests/consumers/run.sh makes it")
    return ["java", "-Xmx768m", "-XX:TieredStopAtLevel=1", "-cp", jars.read_text("utf-8").strip(), *map(str, arguments)]


class Server:
    """A process that prints a line `ready`, and ends when its input does."""

    def __init__(self, command, log):
        with open(log, "w") as errors:
            self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True)
        watch = threading.Timer(LONGEST_START, self.process.kill)
        watch.start()
        lines = []
        for line in self.process.stdout:
            lines.append(line)
            if line.startswith("ready"):
                self.ready = line.split()
                break
        watch.cancel()
        if not hasattr(self, "ready"):
            raise RuntimeError("it did not start: " + "".join(lines[-20:]) + Path(log).read_text("utf-8")[-3000:])
        # What else it prints must not fill the pipe.
        threading.Thread(target=self.process.stdout.read, daemon=True).start()
        atexit.register(self.stop)

    def stop(self):
        """Ends it before its folder goes."""
        self.process.stdin.close()
        try:
            self.process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            self.process.kill()


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@cache
def folder():
    return tempfile.TemporaryDirectory(prefix="rapporteur-consumers-", ignore_cleanup_errors=True)


@cache
def fuseki():
    """The address of a dataset of Fuseki."""
    server = Server(java("fuseki", HERE / "servers" / "Fuseki.java"), Path(folder().name) / "fuseki.log")
    return f"http://127.0.0.1:{server.ready[1]}/news"


class Neo4j:
    """A server of Neo4j, whose first content `neo4j-admin database import` has made of a folder of tables."""

    def __init__(self, tables):
        home = Path(folder().name) / "neo4j"
        self.port = free_port()
        (home / "conf").mkdir(parents=True)
        (home / "conf" / "neo4j.conf").write_text(
            "server.default_listen_address=127.0.0.1\n"
            f"server.http.listen_address=127.0.0.1:{self.port}\n"
            # The Query API asks Bolt, inside the process.
            f"server.bolt.listen_address=127.0.0.1:{free_port()}\n"
            f"server.directories.import={tables}\n"
            "server.memory.pagecache.size=64m\n"
            "db.tx_log.preallocate=false\n"
            "db.import.csv.legacy_quote_escaping=false\n"
            "dbms.usage_report.enabled=false\n"
        )
        self.home, self.address = home, f"neo4j+http://127.0.0.1:{self.port}/neo4j"
        # Before the first start: then there is a password, and the database is what was imported.
        code, told = self.admin("dbms", "set-initial-password", LOGIN["RAPPORTEUR_PASSWORD"])
        assert code == 0, told
        self.imported = self.admin(
            "database", "import", "full", "neo4j", f"--nodes={tables}/nodes.csv", f"--relationships={tables}/relationships.csv",
            "--threads=2", "--max-off-heap-memory=200m", f"--report-file={home}/import.report",
        )  # fmt: skip
        arguments = f"--home-dir={home}", f"--config-dir={home / 'conf'}", "--console-mode"
        self.server = Server(java("neo4j", HERE / "servers" / "Neo4j.java", *arguments), home / "errors.log")

    def admin(self, *arguments):
        """Runs `neo4j-admin`: its exit code, and all that it says."""
        environment = {**os.environ, "NEO4J_HOME": str(self.home), "NEO4J_CONF": str(self.home / "conf")}
        command = java("neo4j", "org.neo4j.cli.AdminTool", *arguments)
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr

    def ask(self, cypher):
        """The rows that a statement of Cypher gives."""
        login = base64.b64encode(":".join(LOGIN.values()).encode()).decode()
        headers = {"Content-Type": "application/json", "Authorization": f"Basic {login}"}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        connection.request("POST", "/db/neo4j/query/v2", json.dumps({"statement": cypher}), headers)
        answer = json.loads(connection.getresponse().read())
        connection.close()
        assert not answer.get("errors"), f"{answer['errors']} to {cypher[:500]}"
        return [tuple(row) for row in answer["data"]["values"]]

    def empty(self):
        self.ask("MATCH (n) DETACH DELETE n")

    def content(self):
        """All nodes by id, all edges by their ends, type and key, each with its properties."""
        nodes = self.ask("MATCH (n) RETURN n.id, labels(n), properties(n)")
        edges = self.ask("MATCH (a)-[r]->(b) RETURN a.id, b.id, type(r), r.key, properties(r)")
        found = {row[0]: (sorted(row[1]), row[2]) for row in nodes}, {row[:4]: row[4] for row in edges}
        assert (len(found[0]), len(found[1])) == (len(nodes), len(edges)), "a node or an edge twice"
        return found
