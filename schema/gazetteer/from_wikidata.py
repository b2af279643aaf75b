#!/usr/bin/env python3
"""Make a table for --gazetteer of a Wikidata dump.

usage: from_wikidata.py DUMP [--min-sitelinks N] > names.tsv

DUMP is a JSON dump as Wikidata publishes it (latest-all.json, one item a line between [ and ], each line but the last
with a comma), plain or as .gz or .bz2; `-` is standard input. Two passes are made over it, so standard input is
kept in a temporary file. Written are people (Q5) who held offices of countries, organizations and populated places
that have an English label and at least N sitelinks (default 5), with their English aliases, the country's ISO code, the offices with
their terms, and the item. Standard library only; nothing else is fetched.
"""

import argparse
import bz2
import gzip
import json
import re
import shutil
import sys
import tempfile

HUMAN = "Q5"
# Instances of these count, and what is a subclass of them in the dump.
ROOTS = {"organization": ["Q43229"], "place": ["Q486972", "Q56061"]}
PRESENT_ONLY = {"Q3624078", "Q6256"}  # sovereign states and countries: the program has them
INSTANCE, SUBCLASS, COUNTRY, CITIZENSHIP, POSITION, ISO = "P31", "P279", "P17", "P27", "P39", "P297"
JURISDICTION, START, END = "P1001", "P580", "P582"
COLUMNS = "kind name aliases type iso offices wikidata".split()


def items(path):
    """Yield the items of a dump; lines that hold none are passed over."""
    opened = {"gz": gzip.open, "bz2": bz2.open}.get(path.rsplit(".", 1)[-1], open)
    with opened(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            line = line.strip().rstrip(",")
            if line.startswith("{"):
                yield json.loads(line)


def statements(item, prop):
    """Yield the statements of a property that are not deprecated and have a value."""
    for claim in item.get("claims", {}).get(prop, []):
        if claim.get("rank") != "deprecated" and claim.get("mainsnak", {}).get("snaktype") == "value":
            yield claim


def value(snak):
    content = snak.get("datavalue", {}).get("value")
    return content.get("id") if isinstance(content, dict) and "id" in content else content


def values(item, prop):
    return [value(claim["mainsnak"]) for claim in statements(item, prop)]


def label(item):
    return item.get("labels", {}).get("en", {}).get("value", "")


def clean(cell):
    return re.sub(r"[\t\n|]+", " ", cell).strip()


def month(claim, prop):
    """The year, or year and month, of a date qualifier as fine as it is; empty where there is none."""
    for snak in claim.get("qualifiers", {}).get(prop, []):
        time = snak.get("datavalue", {}).get("value") or {}
        match = re.match(r"\+(\d{4})-(\d\d)", time.get("time", ""))
        if match and time.get("precision", 0) >= 9:
            return match[1] if time["precision"] == 9 or match[2] == "00" else f"{match[1]}-{match[2]}"
    return ""


class Survey:
    """What the first pass learns: labels and countries of positions, codes of countries, the tree of classes."""

    def __init__(self, path):
        self.parents, self.codes, self.labels, self.jurisdictions = {}, {}, {}, {}
        for item in items(path):
            parents = values(item, SUBCLASS)
            if parents:
                self.parents[item["id"]] = parents
            for code in values(item, ISO):
                self.codes[item["id"]] = code
            places = values(item, JURISDICTION) or values(item, COUNTRY)
            if places and label(item):
                self.labels[item["id"]], self.jurisdictions[item["id"]] = label(item), places[0]

    def is_under(self, classes, roots):
        seen, todo = set(), list(classes)
        while todo:
            cls = todo.pop()
            if cls in roots:
                return True
            if cls not in seen:
                seen.add(cls)
                todo.extend(self.parents.get(cls, []))
        return False

    def kind(self, item):
        classes = values(item, INSTANCE)
        if HUMAN in classes:
            return "person"
        if PRESENT_ONLY & set(classes):
            return None
        return next((kind for kind, roots in ROOTS.items() if self.is_under(classes, roots)), None)

    def office(self, claim):
        """`prime minister 2014-06/2019` and the country of a position held; None where its country is not known."""
        position = value(claim["mainsnak"])
        code = self.codes.get(self.jurisdictions.get(position))
        if not code:
            return None
        title = re.sub(r" (of|for) .*$", "", self.labels[position]).lower()
        return f"{clean(title)} {month(claim, START)}/{month(claim, END)}", code


def row(survey, item):
    """The cells of an item's row; None of items that news will not name."""
    kind = survey.kind(item)
    if not kind or not label(item):
        return None
    codes = [survey.codes[country] for country in values(item, COUNTRY) + values(item, CITIZENSHIP) if country in survey.codes]
    offices = []
    if kind == "person":
        held = list(filter(None, (survey.office(claim) for claim in statements(item, POSITION))))
        if not held:
            return None
        offices, codes = [office for office, _ in held], [held[-1][1]]
    aliases = [clean(alias["value"]) for alias in item.get("aliases", {}).get("en", [])]
    name = clean(label(item))
    return [kind, name, "|".join(alias for alias in dict.fromkeys(aliases) if alias != name), "", codes[0] if codes else "",
            "|".join(offices), item["id"]]


def main():
    parser = argparse.ArgumentParser(description="Make a table for --gazetteer of a Wikidata dump.")
    parser.add_argument("dump")
    parser.add_argument("--min-sitelinks", type=int, default=5, metavar="N")
    args = parser.parse_args()
    path = args.dump
    if path == "-":
        kept = tempfile.NamedTemporaryFile(suffix=".json")
        shutil.copyfileobj(sys.stdin.buffer, kept)
        kept.flush()
        path = kept.name
    survey = Survey(path)
    print(*COLUMNS, sep="\t")
    for item in items(path):
        if len(item.get("sitelinks", {})) >= args.min_sitelinks:
            cells = row(survey, item)
            if cells:
                print(*cells, sep="\t")


if __name__ == "__main__":
    main()
