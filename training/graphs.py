#!/usr/bin/env python3
"""Puts the gold graphs of `annotations/graphs.jsonl` back onto the texts that they mark, which are not ours to give.

    python training/graphs.py --corpora CORPORA --out FOLDER [--annotations annotations/held-out.jsonl]

Out: for each article ID.txt (title, date and paragraphs, with blank lines between), ID.json (where it is from) and ID.gold.json (the graph
in words). An article whose text does not come out as it was marked is told of and left out; the exit status is then 1.

A line of graphs.jsonl is one article. `corpus` and `document` find it: the number of the line from 0 in `text`, else its name. `kept`, if it
is there, are the ranges of its paragraphs that the article has, the title counted; `edits` are what was repaired by hand, as
[start, end, instead]. `sha256` is that of the finished text, in UTF-8. All offsets are code points of that text, those of `edits` of the text
before them. The graph is as in ID.gold.json, but for every string of the article there is a *phrase*: [start, end]; the same in lower case,
[start, end, "lower"]; a word that the article lacks; or a list of these, to be joined by spaces. An entity has one span for each of its forms,
not for each place.
"""
import argparse, datetime, functools, glob, hashlib, json, os, pathlib, sys

RELEASES = {
    "state-press-releases": ("US Department of State", "US public domain"),
    "white-house-readouts": ("White House", "public domain"),
    "australian-pm-releases": ("Australian Prime Minister", "CC-BY-3.0-AU"),
}
RE3D_LICENSES = {
    "CENTCOM": "public domain", "US State Department": "public domain", "UK Government": "OGL-UK-3.0",
    "Delegation of the European Union to Syria": "European Union, reuse permitted with acknowledgement",
}  # fmt: skip


def main():
    parser = argparse.ArgumentParser(description="Puts the gold graphs of annotations/graphs.jsonl back onto the texts that they mark.")
    parser.add_argument("--corpora", required=True, type=pathlib.Path)
    parser.add_argument("--out", required=True, type=pathlib.Path, help="gets ID.txt, ID.json and ID.gold.json of each article")
    parser.add_argument("--annotations", type=pathlib.Path, default=pathlib.Path(__file__).parent / "annotations/graphs.jsonl")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    lines = arguments.annotations.read_text(encoding="utf-8").splitlines()
    written = sum(rebuild(json.loads(line), arguments.corpora, arguments.out) for line in lines)
    print(f"{written} of {len(lines)} articles in {arguments.out}")
    sys.exit(written < len(lines))


def rebuild(line, corpora, out):
    """Writes the three files of an article; False if its text is not as it was marked."""
    try:
        paragraphs, origin = READERS[line["corpus"]](corpora, line["corpus"], line["document"])
    except (OSError, LookupError) as error:
        return left_out(line, error)
    text = article(line, paragraphs)
    if hashlib.sha256(text.encode()).hexdigest() != line["sha256"]:
        return left_out(line, "not the text that was marked; another release of the corpus?")
    body = text.split("\n\n")[2 if line["published"] else 1 :]
    about = {
        "id": line["id"], "title": text.split("\n", 1)[0], "date": line["published"], **origin, "corpus": line["corpus"],
        "document": line["document"], "words": sum(len(paragraph.split()) for paragraph in body), "paragraphs": len(body),
    }  # fmt: skip
    (out / f"{line['id']}.txt").write_bytes(text.encode())
    for name, value in (("json", about), ("gold.json", graph(line, text))):
        (out / f"{line['id']}.{name}").write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return True


def left_out(line, why):
    print(f"{line['id']} left out: {line['corpus']}, document {line['document']!r}: {why}", file=sys.stderr)
    return False


def article(line, paragraphs):
    """The text of an article: its paragraphs, the date below the title if the corpus keeps that elsewhere, and the repairs."""
    paragraphs = [paragraph for first, past in line.get("kept", [[0, None]]) for paragraph in paragraphs[first:past]]
    if line["published"] and line["corpus"] != "ud-gum":
        day = datetime.date.fromisoformat(line["published"])
        paragraphs.insert(1, f"{day:%A, %B} {day.day}, {day.year}")
    text = "\n\n".join(paragraphs) + "\n"
    for start, end, instead in reversed(line.get("edits", [])):
        text = text[:start] + instead + text[end:]
    return text


# --- the graph ---------------------------------------------------------------------------------------------------------------


def graph(line, text):
    """The gold graph with words for offsets."""
    words = lambda phrase: in_words(phrase, text)
    each = lambda phrases: [words(phrase) for phrase in phrases]
    return {
        "id": line["id"], "published": line["published"],
        "entities": [{**entity, "name": words(entity["name"]), "mentions": each(entity["mentions"])} for entity in line["entities"]],
        "offices": [{**office, "title": words(office["title"])} for office in line["offices"]],
        "events": [{**event, "name": words(event["name"]), "evidence": each(event["evidence"])} for event in line["events"]],
        "claims": [
            {**claim, "speaker_text": words(claim["speaker_text"]), "cue": words(claim["cue"]), "content": each(claim["content"])}
            for claim in line["claims"]
        ],
        "denials": line["denials"],
    }  # fmt: skip


def in_words(phrase, text):
    """The string that a phrase stands for; None stays None."""
    if phrase is None or isinstance(phrase, str):
        return phrase
    if phrase and isinstance(phrase[0], int):
        found = text[phrase[0] : phrase[1]]
        return found.lower() if phrase[2:] == ["lower"] else found
    return " ".join(in_words(part, text) for part in phrase)


# --- the corpora: the paragraphs of a document, its title first, and what is known of its origin ------------------------------


@functools.lru_cache(None)
def json_lines(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def lines_of(text):
    return [line.strip() for line in text.split("\n") if line.strip()]


def release(corpora, corpus, number):
    item = json_lines(corpora / f"text/{corpus}.jsonl")[number]
    source, license = RELEASES[corpus]
    return [item["title"]] + item["paras"], {"source": source, "license": license, "url": item["url"]}


def re3d(corpora, _, key):
    for path in sorted(glob.glob(f"{corpora}/re3d/*/documents.json")):
        for item in json_lines(path):
            if item["_id"] == key:
                source = item["sourceName"]
                origin = {"source": f"re3d / {source}", "license": RE3D_LICENSES.get(source), "url": item["sourceUrl"]}
                return [item["title"]] + lines_of(item["text"]), origin
    raise LookupError("not in the corpus")


def polnear(corpora, _, name):
    path = next((path for part in ("train", "dev") if os.path.exists(path := f"{corpora}/polnear/{part}/text/{name}.txt")), None)
    if path is None:
        raise LookupError("not in the corpus")
    with open(path, encoding="utf-8", newline="") as file:
        return lines_of(file.read()), {"source": f"PolNeAR / {name.split('_')[0]}", "license": None}


def gum(corpora, _, name):
    """A news document of GUM, whose first two paragraphs are its title and date; paragraphs begin at "# newpar"."""
    for part in ("train", "dev"):
        paragraphs, url, inside = [], None, False
        with open(corpora / f"ud-gum/{part}.conllu", encoding="utf-8") as file:
            for key, _, value in (line.rstrip("\n").partition(" = ") for line in file if line.startswith("# ")):
                if key.startswith("# newdoc"):
                    inside = value == name
                elif inside and key == "# meta::sourceURL":
                    url = value
                elif inside and key == "# newpar":
                    paragraphs.append([])
                elif inside and key == "# text":
                    paragraphs[-1].append(value.strip())
        if paragraphs:
            return [" ".join(sentences) for sentences in paragraphs], {"source": "Wikinews, in UD English GUM", "license": "CC-BY-2.5", "url": url}
    raise LookupError("not in the corpus")


READERS = {**dict.fromkeys(RELEASES, release), "re3d": re3d, "polnear": polnear, "ud-gum": gum}

if __name__ == "__main__":
    main()
