#!/usr/bin/env python3
"""Check the tables of gazetteer/ and lexicon/.

usage: check.py [REFERENCE]

Without REFERENCE, the tables are checked by themselves: columns, empty and stray cells, duplicates, unknown
types, names that stand in two rows. With REFERENCE, a folder that holds country-codes.csv, countries.json and
world_cities/world-cities.csv, countries and cities are checked against it too. Prints a summary; exits with 1
on faults.
"""

import csv
import json
import sys
import unicodedata
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
SCHEMA = HERE.parent

TABLES = {
    "gazetteer/countries.tsv": ("iso iso3 wikidata name official aliases demonyms capital", 250),
    "gazetteer/seats.tsv": ("name iso kind note", 250),
    "gazetteer/places.tsv": ("name aliases type iso wikidata", 1500),
    "gazetteer/organizations.tsv": ("name aliases type iso", 700),
    "gazetteer/people.tsv": ("name aliases gender iso offices wikidata", 500),
    "lexicon/titles.tsv": ("title class of full", 350),
    "lexicon/honorifics.tsv": ("form gender", 20),
    "lexicon/given-names.tsv": ("name gender", 2000),
    "lexicon/irregular.tsv": ("form upos lemma feats", 500),
    "lexicon/persons.tsv": ("form gender number", 100),
    "lexicon/pronouns.tsv": ("form person number gender case", 40),
}
# The columns that, together, name a row.
KEYS = {
    "gazetteer/countries.tsv": ["iso"],
    "gazetteer/people.tsv": ["name", "iso"],
    "lexicon/titles.tsv": ["title"],
    "lexicon/irregular.tsv": ["form", "upos", "lemma", "feats"],
    "lexicon/persons.tsv": ["form"],
    "lexicon/pronouns.tsv": ["form", "person", "number", "gender", "case"],
    "lexicon/honorifics.tsv": ["form"],
}
VALUES = {
    ("gazetteer/seats.tsv", "kind"): "capital seat building",
    ("gazetteer/places.tsv", "type"): "city region state continent sea river island mountain landmark",
    ("gazetteer/organizations.tsv", "type"): "intergovernmental government ministry party legislature court military "
    "armed-group agency media company ngo university sport religious central-bank platform",
    ("lexicon/titles.tsv", "class"): "head-of-state head-of-government minister diplomat legislator spokesperson governor "
    "mayor member royal religious military judicial executive official party-leader law-enforcement academic occupation courtesy",
    ("lexicon/honorifics.tsv", "gender"): "m f u",
    ("lexicon/given-names.tsv", "gender"): "m f u",
    ("lexicon/persons.tsv", "gender"): "m f u",
    ("lexicon/persons.tsv", "number"): "sing plur",
    ("lexicon/pronouns.tsv", "person"): "1 2 3 rel dem",
    ("lexicon/pronouns.tsv", "number"): "sing plur u",
    ("lexicon/pronouns.tsv", "gender"): "m f n u",
    ("lexicon/pronouns.tsv", "case"): "nom acc gen poss refl",
    ("lexicon/irregular.tsv", "upos"): "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN SCONJ SYM VERB X",
}
FEATURES = {
    "Degree": "Cmp Sup", "Mood": "Ind", "Number": "Sing Plur", "Person": "1 2 3",
    "Tense": "Past Pres", "VerbForm": "Fin Part Inf Ger",
}
# Where the reference names another item than we do, or none: the item of the state, not of the realm (NL); of the
# territory, not of the republic that claims it (EH); and two that a reader of CSV files takes for "not available".
WIKIDATA = {"NL": "Q55", "EH": "Q6250", "NA": "Q1030", "XK": "Q1246"}

faults = []


def fault(text):
    faults.append(text)


def load(path):
    """The rows of a table as dictionaries; faults in its form are noted."""
    columns, least = TABLES[path]
    columns = columns.split()
    rows, header = [], None
    try:
        text = (SCHEMA / path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        fault(f"{path}: {error}")
        return rows
    if not text.startswith("# "):
        fault(f"{path}: no comment at its head")
    if unicodedata.normalize("NFC", text) != text:
        fault(f"{path}: not in Unicode normal form C")
    for number, line in enumerate(text.splitlines(), 1):
        if header is None and line.startswith("#"):
            continue
        cells = line.split("\t")
        if header is None:
            header = cells
            if cells != columns:
                fault(f"{path}:{number}: columns {cells}, expected {columns}")
                return rows
            continue
        if len(cells) != len(columns):
            fault(f"{path}:{number}: {len(cells)} cells, expected {len(columns)}")
            continue
        for name, cell in zip(columns, cells):
            parts = cell.split("|")
            if any(part != part.strip() or "  " in part for part in parts):
                fault(f"{path}:{number}: stray space in {name}: {cell!r}")
            if cell and "" in parts:
                fault(f"{path}:{number}: empty part in {name}: {cell!r}")
            if len(set(parts)) != len(parts):
                fault(f"{path}:{number}: a part twice in {name}: {cell!r}")
        row = dict(zip(columns, cells))
        if not cells[0]:
            fault(f"{path}:{number}: first cell empty")
        for name in columns:
            allowed = VALUES.get((path, name))
            if allowed and row[name] not in allowed.split():
                fault(f"{path}:{number}: unknown {name} {row[name]!r}")
        rows.append(row)
    key = KEYS.get(path, columns[:1])
    for value, count in Counter(tuple(row[name] for name in key) for row in rows).items():
        if count > 1:
            fault(f"{path}: {count} rows for {' '.join(value)}")
    if len(rows) < least:
        fault(f"{path}: {len(rows)} rows, expected {least} or more")
    order = [tuple([row[name].casefold() for name in key] + [row[name] for name in key]) for row in rows]
    if path not in ("lexicon/titles.tsv", "lexicon/pronouns.tsv", "lexicon/irregular.tsv") and order != sorted(order):
        fault(f"{path}: not sorted")
    return rows


def parts(cell):
    return cell.split("|") if cell else []


def owners(rows, columns, label):
    """Map each written name to the row that has it; a name in two rows is a fault, unless it has a star."""
    owner = {}
    for row in rows:
        for name in {part for column in columns for part in parts(row[column])}:
            starred = name.endswith("*")
            other = owner.setdefault(name.removesuffix("*"), row)
            if other is not row and not starred:
                fault(f"{label}: {name!r} stands with {other['name']} and {row['name']}")
    return owner


def plain(text):
    text = text.replace("’", "'").replace("ø", "o").replace("Ø", "O").replace("ł", "l").replace("Ł", "L").replace("ı", "i")
    text = unicodedata.normalize("NFD", text)
    text = "".join(c for c in text if not unicodedata.combining(c)).casefold()
    return text.replace("saint ", "st ").replace("st. ", "st ").replace("-", " ").replace("'", "").removesuffix(" city")


def check_countries(countries, reference):
    with open(reference / "country-codes.csv", encoding="utf-8", newline="") as file:
        codes = {row["ISO3166-1-Alpha-2"]: row for row in csv.DictReader(file)}
    with open(reference / "countries.json", encoding="utf-8") as file:
        facts = {entry["cca2"]: entry for entry in json.load(file)}
    ours = {row["iso"]: row for row in countries}
    for iso in sorted((set(codes) | set(facts)) - set(ours)):
        fault(f"countries: no row for {iso}")
    for iso in sorted(set(ours) - set(codes) - {"XK"}):
        fault(f"countries: {iso} is no ISO code")
    for iso, row in ours.items():
        code, fact = codes.get(iso, {}), facts.get(iso, {})
        iso3 = code.get("ISO3166-1-Alpha-3", "XKX")
        if row["iso3"] != iso3:
            fault(f"countries: {iso} has iso3 {row['iso3']}, reference {iso3}")
        item = WIKIDATA.get(iso) or (code.get("wikidata_id") or "").rsplit("/", 1)[-1]
        if row["wikidata"] != item:
            fault(f"countries: {iso} has item {row['wikidata']}, reference {item}")
        known = {plain(name) for name in [code.get("Capital") or "", *fact.get("capital", [])] if name.strip()}
        have = {plain(name) for name in parts(row["capital"])}
        if have and known and not have & known:
            fault(f"countries: {iso} has capital {row['capital']}, reference {sorted(known)}")
        if known and not have and iso not in ("HK", "IO", "MO", "TK", "UM"):
            fault(f"countries: {iso} has no capital, reference {sorted(known)}")
    return codes, facts


def check_cities(places, codes, facts, reference):
    by_name = {}
    country = {plain(facts[iso]["name"]["common"]): iso for iso in facts}
    country.update({plain(facts[iso]["name"]["official"]): iso for iso in facts})
    country.update({plain(codes[iso]["CLDR display name"].replace("&", "and")): iso for iso in codes if codes[iso]["CLDR display name"]})
    country.update({plain(name): iso for name, iso in CITY_COUNTRIES.items()})
    unknown = Counter()
    with open(reference / "world_cities" / "world-cities.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            iso = country.get(plain(row["country"]))
            if iso is None:
                unknown[row["country"]] += 1
                continue
            by_name.setdefault(plain(row["name"]), set()).add(iso)
    agree = elsewhere = 0
    missing = []
    for row in places:
        if row["type"] != "city":
            continue
        found = set()
        for name in [row["name"], *parts(row["aliases"])]:
            found |= by_name.get(plain(name), set())
        if row["iso"] in found:
            agree += 1
        elif found:
            elsewhere += 1
            if row["name"] not in ELSEWHERE:
                fault(f"places: {row['name']} has {row['iso']}, reference only {' '.join(sorted(found))}")
        else:
            missing.append(row["name"])
    print(f"cities: {agree} agree with the reference, {elsewhere} only elsewhere there, {len(missing)} not in it")
    if unknown:
        print(f"reference countries not mapped: {', '.join(sorted(unknown))}")


# How the reference of cities names the countries that the other two name differently.
CITY_COUNTRIES = {
    "Bolivia, Plurinational State of": "BO", "Brunei Darussalam": "BN", "Cabo Verde": "CV",
    "Congo": "CG", "Congo, The Democratic Republic of the": "CD", "Falkland Islands (Malvinas)": "FK",
    "Holy See (Vatican City State)": "VA", "Iran, Islamic Republic of": "IR", "Korea, Democratic People's Republic of": "KP",
    "Korea, Republic of": "KR", "Micronesia, Federated States of": "FM", "Moldova, Republic of": "MD",
    "No country found for alpha-2 code: XK": "XK", "Palestine, State of": "PS", "Saint Martin (French part)": "MF",
    "Sint Maarten (Dutch part)": "SX", "Taiwan, Province of China": "TW", "Tanzania, United Republic of": "TZ",
    "Turkey": "TR", "Venezuela, Bolivarian Republic of": "VE", "Viet Nam": "VN",
    "Virgin Islands, British": "VG", "Virgin Islands, U.S.": "VI",
}

# Cities whose name the reference knows in another country alone: looked at by hand, ours stands.
ELSEWHERE = set(
    "Abadan|Amesbury|Bethlehem|Fátima|Hillsborough|Hull|Lalitpur|Langley|León|Los Alamos|Madaya|Mansoura|Medina|Nara|"
    "Palm Beach|Palma|Queenstown|Rafah|San Sebastián|Stanley|Westminster".split("|")
)


def main():
    tables = {path: load(path) for path in TABLES}
    countries = tables["gazetteer/countries.tsv"]
    places = tables["gazetteer/places.tsv"]
    organizations = tables["gazetteer/organizations.tsv"]
    seats = tables["gazetteer/seats.tsv"]
    isos = {row["iso"] for row in countries}
    for row in countries:
        if not (len(row["iso"]) == 2 and len(row["iso3"]) == 3 and row["wikidata"][:1] == "Q" and row["wikidata"][1:].isdigit()):
            fault(f"countries: bad code in {row['iso']} {row['iso3']} {row['wikidata']}")
    for label, rows in (("places", places), ("organizations", organizations), ("seats", seats)):
        for row in rows:
            if row["iso"] and row["iso"] not in isos:
                fault(f"{label}: {row['name']} has unknown country {row['iso']}")
    for row in seats:
        if not row["iso"]:
            fault(f"seats: {row['name']} has no country")
    named = owners(countries, ["name", "official", "aliases", "demonyms"], "countries")
    placed = owners(places, ["name", "aliases"], "places")
    bodies = owners(organizations, ["name", "aliases"], "organizations")
    for name in sorted(set(named) & set(bodies)):
        fault(f"{name!r} is a country and an organization")
    both = sorted(name for name in set(named) & set(placed) if name + "*" not in parts(placed[name]["aliases"]))
    for name in both:
        fault(f"{name!r} is a country and a place")
    for name in sorted(set(bodies) & {row["name"] for row in seats if row["kind"] != "building"}):
        fault(f"{name!r} is an organization and a seat")
    for row in tables["lexicon/titles.tsv"]:
        for body in filter(None, row["of"].split("|")):
            if body not in isos and body not in bodies:
                fault(f"titles: {row['title']} is of {body!r}, which is in no table")
    for row in tables["lexicon/irregular.tsv"]:
        for feature in parts(row["feats"]):
            name, _, values = feature.partition("=")
            if any(value not in FEATURES.get(name, "").split() for value in values.split(",")):
                fault(f"irregular: {row['form']} has unknown feature {feature}")
    if len(sys.argv) > 1:
        reference = Path(sys.argv[1])
        codes, facts = check_countries(countries, reference)
        check_cities(places, codes, facts, reference)
    for path, rows in tables.items():
        print(f"{path}: {len(rows)} rows")
    shared = sorted(set(placed) & set(bodies))
    print(f"names that are a place and an organization: {len(shared)} ({', '.join(shared[:12])}{' …' if len(shared) > 12 else ''})")
    for text in faults:
        print(f"fault: {text}", file=sys.stderr)
    print(f"{len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
