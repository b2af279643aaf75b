#!/usr/bin/env python3
"""Measures whether the event that a release's title tells is found in its body, with its parties.

    python training/titles.py --program target/release/rapporteur --corpora CORPORA [--every N] [--errors]

Reads of `text/` the White House readouts and the State Department's releases whose titles tell a call, a meeting or a visit and name who is in it
("Readout of President Weber's Call with Prime Minister Kanté of Senegal", "Secretary Weber's Meeting with Foreign Minister Kanté"), takes the
title away, and lets the program read the rest. Found is an event of that type in which every party of the title takes part, a person by the
last name, a place that is visited by its own name. Without --every all are read, which takes minutes.
"""
import argparse, collections, concurrent.futures, json, pathlib, re, subprocess, tempfile

CORPORA = ("white-house-readouts", "state-press-releases")
TYPES = {"call": "call", "calls": "call", "phone call": "call", "meeting": "meet", "meetings": "meet", "meets": "meet", "visit": "visit", "travel": "visit", "trip": "visit"}
TITLE = re.compile(
    r"^(?:Readout of (?:the )?)?(?P<who>[^,]+?)(?:[’']s?)? (?:[Vv]irtual |[Bb]ilateral |[Uu]pcoming |[Rr]ecent )*"
    r"(?P<type>" + "|".join(sorted(TYPES, key=len, reverse=True)) + r") (?P<joint>with|to) (?P<whom>.+)$",
    re.IGNORECASE,
)
ROLES = re.compile(
    r"^(?:Council|Committee|Group|Counterpart|Board|Staff|Team|Official|Administration|Advisor|Secretary|Envoy|Coordinator|Commissioner|General|Prince|"
    r"President|Minister|Representative|Mission|Conference|Journalist|Republic|Party|Officials|Ministers|Leaders|Members|Personnel|Families|Mayors|"
    r"Allies|Advocates|Legislators|Presidents|Speakers|Leadership|Athletes|Advisors|Laureates|Institutions|Manufacturers|Office|House|Caucus|"
    r"Commission|Spokesperson|Trilateral|Bilateral|College|Member|Counterparts|Representatives|Governors|Executives|CEOs|Groups|Organizations|Students)$"
)


def parties(text):
    """Of each party the last words of the whole and of what stands before "of", either of which is its name; None where one is no person."""
    found = []
    for part in re.split(r",? and (?=[A-Z])|, (?=[A-Z])|; |/", text):
        part = re.sub(r" (?:on|from|in|at|to|regarding|during|about) .*$", "", re.sub(r"\s*\(.*\)$", "", part.strip()))
        ends = [re.sub(r",? Jr\.?$", "", end).split() for end in (part, re.sub(r" (?:of|for) .*$", "", part))]
        names = {re.sub(r"[’']s?$", "", words[-1]) for words in ends if len(words) > 1 and all(word[:1].isupper() for word in words[-2:])}
        names = {name for name in names if not ROLES.search(name)}
        if not names:
            return None
        found.append(names)
    return found or None


def told(title):
    """(type, the names of each party) that a title tells; None where it tells none, or of groups."""
    match = TITLE.match(title.strip())
    if not match:
        return None
    kind = TYPES[match["type"].lower()]
    if (match["joint"].lower() == "to") != (kind == "visit"):
        return None
    who = parties(match["who"])
    place = re.sub(r"^the |(?:,|–| and| on| for| from| to)( .*)?$", "", match["whom"])
    whom = [{place}] if kind == "visit" else parties(match["whom"])
    return (kind, who + whom) if who and whom else None


def is_found(graph, kind, wanted):
    names = {node["id"]: " ".join([node["name"], *node.get("aliases", [])]).lower() for node in graph["nodes"] if "name" in node}
    events = {node["id"] for node in graph["nodes"] if node.get("kind") == "event" and node["type"] == kind}
    tied = collections.defaultdict(list)
    edges = graph.get("edges", graph.get("links", []))
    for edge in edges:
        if edge["type"] == "within":
            names[edge["source"]] += " " + names[edge["target"]]
    for edge in edges:
        if edge["type"] == "participant" and edge["target"] in events:
            tied[edge["target"]].append(names.get(edge["source"], ""))
        elif edge["type"] == "location" and edge["source"] in events:
            tied[edge["source"]].append(names.get(edge["target"], ""))
    takes_part = lambda names, texts: any(name.lower() in text for name in names for text in texts)
    return any(all(takes_part(names, texts) for names in wanted) for texts in tied.values())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True, type=pathlib.Path), parser.add_argument("--corpora", required=True, type=pathlib.Path)
    parser.add_argument("--every", type=int, default=1, help="one in so many of the titles")
    parser.add_argument("--errors", action="store_true", help="lists the titles whose event is not found")
    arguments = parser.parse_args()
    cases = []
    for corpus in CORPORA:
        for line in open(arguments.corpora / f"text/{corpus}.jsonl", encoding="utf-8"):
            item = json.loads(line)
            title = told(item["title"])
            if title and len(" ".join(item["paras"]).split()) >= 40:
                cases.append((corpus, item, *title))
    cases = cases[:: arguments.every]
    count = collections.Counter()
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor() as pool:

        def read(number):
            _, item, _, _ = cases[number]
            path = pathlib.Path(folder) / f"{number}.txt"
            path.write_text("\n\n".join(["Release", item["date"], *item["paras"]]) + "\n", encoding="utf-8")
            done = subprocess.run([arguments.program, "--quiet", "read", path, "--format", "json"], stdout=subprocess.PIPE, check=True)
            return json.loads(done.stdout)

        for (corpus, item, kind, wanted), graph in zip(cases, pool.map(read, range(len(cases)))):
            found = is_found(graph, kind, wanted)
            for key in ("all", corpus, kind):
                count[key] += 1
                count[key, "found"] += found
            if arguments.errors and not found:
                print(f"{corpus}\t{kind}\t{', '.join('|'.join(sorted(names)) for names in wanted)}\t{item['title']}")
    for key in ("all", *CORPORA, *sorted(set(TYPES.values()))):
        if count[key]:
            print(f"{key:24}{count[key, 'found']:5} of {count[key]:5}  {count[key, 'found'] / count[key]:.3f}")


if __name__ == "__main__":
    main()
