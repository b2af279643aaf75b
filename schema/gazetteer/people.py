#!/usr/bin/env python3
"""Fill people.tsv from tables of world leaders; the build does not need it.

usage: people.py REFERENCE

REFERENCE is a folder that holds world_leaders_2021/*.csv and world_leaders_current/*.json (see schema/README.md).
Rows of people.tsv stay as they are, but get the Wikidata item of the leader who has their name or one of their
aliases and their country; leaders who have no row get one, with the years of their offices.
"""

import csv
import json
import re
import sys
import unicodedata
from pathlib import Path

HERE = Path(__file__).resolve().parent
COLUMNS = "name aliases gender iso offices wikidata".split()
TITLES = "president|prime minister|king|queen|sultan|emir|emperor|chancellor|federal chancellor|premier|supreme leader|taoiseach|pope"
OFFICE = re.compile(rf"^({TITLES})( of .*)?$", re.IGNORECASE)
OTHER_NAMES = {"Ivory Coast": "CI", "Czech Republic": "CZ", "The Gambia": "GM", "The Bahamas": "BS", "Eswatini": "SZ",
               "Cape Verde": "CV", "East Timor": "TL", "People's Republic of China": "CN", "Republic of Ireland": "IE"}


def key(name):
    letters = unicodedata.normalize("NFD", name.lower())
    return "".join(c for c in letters if c.isalnum())


def read(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    head = [line for line in lines if line.startswith("#")]
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return head, [dict(zip(COLUMNS, row)) for row in rows[1:]]


def countries():
    rows = [line.split("\t") for line in (HERE / "countries.tsv").read_text(encoding="utf-8").splitlines()
            if line and not line.startswith("#")]
    codes = dict(OTHER_NAMES)
    for row in rows[1:]:
        cells = dict(zip(rows[0], row))
        for name in [cells["name"], cells["official"], *cells["aliases"].split("|")]:
            codes.setdefault(name, cells["iso"])
    return codes


def leaders(reference):
    """Yield name, item, code of the country and an office with its years, of every leader that the tables name."""
    codes = countries()
    for table in ("wikidata", "wikipedia"):
        path = reference / "world_leaders_2021" / f"{table}.csv"
        for row in csv.DictReader(path.open(encoding="utf-8")):
            row = {column.lower(): cell for column, cell in row.items()}
            office = OFFICE.match(row["positionlabel"])
            iso = codes.get(row["country"])
            if office and iso and re.match(r"Q\d+$", row["officeholder"]) and row["start_year"]:
                name = re.sub(r" \(.*\)$", "", row["officeholderlabel"])
                yield name, row["officeholder"], iso, f'{office[1].lower()} {row["start_year"]}/{row["end_year"]}'
    for path in sorted((reference / "world_leaders_current").glob("*.json")):
        for country in json.loads(path.read_text(encoding="utf-8"))["countries"].values():
            iso = country["country"]["iso_code"]
            for position in country["positions"].values():
                holder, office = position.get("current_holder"), OFFICE.match(position["title_en"])
                if holder and office and holder.get("wikidata_id") and holder.get("since") and iso in codes.values():
                    yield holder["name_en"], holder["wikidata_id"], iso, f'{office[1].lower()} {holder["since"][:7]}/'


def main():
    reference = Path(sys.argv[1])
    table = HERE / "people.tsv"
    head, rows = read(table)
    by_name, by_item = {}, {(row["wikidata"], row["iso"]): row for row in rows if row["wikidata"]}
    for row in rows:
        for name in [row["name"], *row["aliases"].split("|")]:
            if " " in name or name == row["name"]:
                by_name.setdefault((key(name), row["iso"]), row)
    for name, item, iso, office in leaders(reference):
        row = by_name.get((key(name), iso)) or by_item.get((item, iso))
        if row is not None and key(name) not in map(key, [row["name"], *row["aliases"].split("|")]):
            row["aliases"] = "|".join(filter(None, [row["aliases"], name]))
        if row is None:
            row = dict(zip(COLUMNS, [name, "", "u", iso, "", item]))
            by_name[key(name), iso] = row
            row["new"] = True
            rows.append(row)
        row["wikidata"] = row["wikidata"] or item
        by_item.setdefault((row["wikidata"], iso), row)
        title = office.split(" ")[:-1]
        if row.get("new") and not any(other.split(" ")[:-1] == title for other in row["offices"].split("|")):
            row["offices"] = "|".join(filter(None, [row["offices"], office]))
    rows.sort(key=lambda row: (row["name"].casefold(), row["iso"].casefold(), row["name"], row["iso"]))
    lines = head + ["\t".join(COLUMNS)] + ["\t".join(row[column] for column in COLUMNS) for row in rows]
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(rows)} people, {sum(bool(row['wikidata']) for row in rows)} with a Wikidata item")


if __name__ == "__main__":
    main()
