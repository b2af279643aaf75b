#!/bin/sh
# Reads the exports in a folder with the programs that they are for: rdflib, pyoxigraph,
# pyshacl, networkx, pandas, pydot, Kùzu, DuckDB, pyarrow, jsonschema, and Neo4j.
#
#   rapporteur build examples/articles --out DIR --to all
#   tests/consumers/run.sh DIR [PROGRAM]
#
# With the program's own path it loads the graph into Oxigraph, Apache Jena Fuseki and Neo4j too, which it runs, and asks
# `rapporteur serve` with SPARQLWrapper, rdflib's SPARQLStore, requests and openapi-spec-validator.
# Ends with a line "N passed, N failed"; the exit code is not zero where something failed. Needs Python 3.11 or later, Java 17 or
# later and Maven, which it installs where it may. The libraries go into target/consumers-venv and target/consumers-java, made
# again when requirements.txt or servers/*.xml change. Servers listen to this machine alone, and end with the script.
set -eu

if [ $# -lt 1 ] || [ $# -gt 2 ] || [ ! -d "$1" ]; then
    echo "usage: tests/consumers/run.sh FOLDER-WITH-EXPORTS [PROGRAM]" >&2
    exit 2
fi
exports=$(cd "$1" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
venv=$here/../../target/consumers-venv
python=$venv/bin/python

if ! command -v python3 >/dev/null; then
    echo "error: no python3: the consumers are Python programs" >&2
    echo "hint: install Python 3.11 or later with its venv module" >&2
    exit 2
fi
if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "error: $(python3 --version) is too old for the consumers" >&2
    echo "hint: install Python 3.11 or later with its venv module" >&2
    exit 2
fi
if ! python3 -c 'import ensurepip, venv' 2>/dev/null; then
    echo "error: this Python makes no virtual environments: its module venv or ensurepip is missing" >&2
    echo "hint: on Debian and Ubuntu, apt-get install python3-venv" >&2
    exit 2
fi

if ! cmp -s "$here/requirements.txt" "$venv/requirements.txt"; then
    rm -rf "$venv"
    python3 -m venv "$venv"
    "$python" -m pip install --quiet --disable-pip-version-check --requirement "$here/requirements.txt"
    # Last, so that an install that broke off is done again.
    cp "$here/requirements.txt" "$venv/requirements.txt"
fi

java_version() { java -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p'; }
has_java() { command -v java >/dev/null && command -v mvn >/dev/null && [ "$(java_version)" -ge 17 ]; }
if ! has_java && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends default-jdk-headless maven >/dev/null || true
fi
if ! has_java; then
    echo "error: no Java 17 or later with Maven: Fuseki and Neo4j are Java programs" >&2
    echo "hint: on Debian and Ubuntu, apt-get install default-jdk-headless maven" >&2
    exit 2
fi
jars=$here/../../target/consumers-java
mkdir -p "$jars"
for server in fuseki neo4j; do
    if ! cmp -s "$here/servers/$server.xml" "$jars/$server.xml"; then
        mvn --quiet --batch-mode --file "$here/servers/$server.xml" -Dmaven.repo.local="$jars/repository" \
            dependency:build-classpath -Dmdep.outputFile="$jars/$server.classpath"
        cp "$here/servers/$server.xml" "$jars/$server.xml"
    fi
done
exec "$python" "$here/check.py" "$exports" ${2:+"$2"}
