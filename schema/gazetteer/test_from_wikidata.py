#!/usr/bin/env python3
"""Test from_wikidata.py on an invented dump of a few items."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

SCRIPT = Path(__file__).with_name("from_wikidata.py")


def entity(target):
    return {"snaktype": "value", "datavalue": {"value": {"id": target}, "type": "wikibase-entityid"}}


def text(value):
    return {"snaktype": "value", "datavalue": {"value": value, "type": "string"}}


def date(value, precision):
    return [{"snaktype": "value", "datavalue": {"value": {"time": value, "precision": precision}, "type": "time"}}]


def item(number, name, sitelinks=9, aliases=(), **claims):
    made = {prop: [claim if "mainsnak" in claim else {"rank": "normal", "mainsnak": claim} for claim in listed]
            for prop, listed in claims.items()}
    return {"id": number, "labels": {"en": {"value": name}} if name else {}, "claims": made,
            "aliases": {"en": [{"value": alias} for alias in aliases]}, "sitelinks": {str(n): {} for n in range(sitelinks)}}


ITEMS = [
    item("Q901", "Norland", P31=[entity("Q3624078")], P297=[text("NO")]),
    item("Q902", "Prime Minister of Norland", P1001=[entity("Q901")]),
    item("Q903", "Ingrid Solheim", aliases=["I. Solheim", "Ingrid Sol|heim"], P31=[entity("Q5")], P39=[
        {"rank": "normal", "mainsnak": entity("Q902"),
         "qualifiers": {"P580": date("+2029-10-03T00:00:00Z", 11), "P582": date("+2033-00-00T00:00:00Z", 9)}}]),
    item("Q904", "A. Reader", P31=[entity("Q5")]),
    item("Q905", "ferry company", P279=[entity("Q43229")]),
    item("Q906", "Fjordlinken", P31=[entity("Q905")], P17=[entity("Q901")]),
    item("Q907", "Little Known Line", sitelinks=1, P31=[entity("Q905")]),
    item("Q908", "Vikhavn", P31=[entity("Q486972")], P17=[entity("Q901")]),
    item("Q909", "", P31=[entity("Q486972")]),
]
EXPECTED = """\
kind\tname\taliases\ttype\tiso\toffices\twikidata
person\tIngrid Solheim\tI. Solheim|Ingrid Sol heim\t\tNO\tprime minister 2029-10/2033\tQ903
organization\tFjordlinken\t\t\tNO\t\tQ906
place\tVikhavn\t\t\tNO\t\tQ908
"""


def main():
    with tempfile.TemporaryDirectory() as folder:
        dump = Path(folder) / "dump.json"
        dump.write_text("[\n" + ",\n".join(map(json.dumps, ITEMS)) + "\n]\n", encoding="utf-8")
        told = subprocess.run([sys.executable, SCRIPT, dump], capture_output=True, text=True, check=True).stdout
        piped = subprocess.run([sys.executable, SCRIPT, "-"], input=dump.read_text(), capture_output=True, text=True, check=True).stdout
    assert told == EXPECTED, told
    assert piped == EXPECTED, piped
    print("ok")


if __name__ == "__main__":
    main()
