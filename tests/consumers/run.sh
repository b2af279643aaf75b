#!/bin/sh
# Reads the exports in a folder with the programs that they are for: rdflib, pyshacl, networkx, pandas, jsonschema.
#
#   rapporteur build examples/articles --out DIR --to all
#   tests/consumers/run.sh DIR
#
# Ends with a line "N passed, N failed"; the exit code is not zero where something failed. Needs Python 3.11 or later; the
# libraries go into a virtual environment in target/consumers-venv, made again when requirements.txt changes.
set -eu

if [ $# -ne 1 ] || [ ! -d "$1" ]; then
    echo "usage: tests/consumers/run.sh FOLDER-WITH-EXPORTS" >&2
    exit 2
fi
exports=$(cd "$1" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
venv=$here/../../target/consumers-venv
python=$venv/bin/python

if ! cmp -s "$here/requirements.txt" "$venv/requirements.txt"; then
    rm -rf "$venv"
    python3 -m venv "$venv"
    "$python" -m pip install --quiet --disable-pip-version-check --requirement "$here/requirements.txt"
    # Last, so that an install that broke off is done again.
    cp "$here/requirements.txt" "$venv/requirements.txt"
fi
exec "$python" "$here/check.py" "$exports"
