#!/bin/sh
# Opens the page that shows a graph in a headless Chromium, and does there what a person would do.
#
#   tests/browser/run.sh PROGRAM [FOLDER]
#
# PROGRAM is rapporteur's own path; pictures of the page are left in FOLDER, if one is named. Ends with a line "N passed, N failed";
# the exit code is not zero where something failed. Needs Node 18 or later with npm, and Chromium: where there is none, and one may,
# Debian's is installed. CHROMIUM names another.
set -eu

if [ $# -lt 1 ] || [ $# -gt 2 ] || [ ! -x "$1" ]; then
    echo "usage: tests/browser/run.sh PROGRAM [FOLDER-FOR-PICTURES]" >&2
    exit 2
fi
here=$(cd "$(dirname "$0")" && pwd)
installed=$here/../../target/browser-tests

if ! command -v npm >/dev/null; then
    echo "error: no npm: the tests of the page drive its browser from Node" >&2
    echo "hint: install Node 18 or later, with npm" >&2
    exit 2
fi
browser=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}
if [ -z "$browser" ]; then
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        echo "error: no Chromium to show the page in" >&2
        echo "hint: install chromium, or name a browser of its kind in CHROMIUM" >&2
        exit 2
    fi
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null
    browser=$(command -v chromium)
fi

mkdir -p "$installed"
cp "$here"/*.mjs "$here"/package.json "$installed"
if ! cmp -s "$here/package-lock.json" "$installed/package-lock.json"; then
    cp "$here/package-lock.json" "$installed/wanted.json"
    mv "$installed/wanted.json" "$installed/package-lock.json"
    (cd "$installed" && npm ci --silent --ignore-scripts) || { rm -f "$installed/package-lock.json"; exit 1; }
fi
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
exec node "$installed/check.mjs" "$program" "$browser" "$here/../../examples/articles" ${2:+"$2"}
