#!/usr/bin/env python3
"""Writes what the coreference head is told of some texts, for the program to be held against.

    python training/coreference_reference.py STUDENT.safetensors < texts.jsonl > tests/engine/coreference.jsonl

In: a text a line, a list of sentences `{"speaker": 0, "paragraph": 0, "words": ["She", "left", "."]}`. Out: the same sentences with
their tags and trees, every candidate (head, start, end, 1 of a group, then its attributes' rows) and every pair (later, earlier,
then its features' rows), with a window of 12 candidates and one of the same head word before that. The present file serves as the
input too.
"""
import json, pathlib, sys
import gum
import mentions

WINDOW, FAR = 12, 1


def described(lexicon, sentences):
    m = mentions.Mentions(lexicon, sentences, [s["paragraph"] for s in sentences], [s["speaker"] for s in sentences])
    sizes = [size for _, size in mentions.ATTRIBUTES]
    start = [sum(sizes[:i]) for i in range(len(sizes))]
    rows = [[int(first + m.of[name][i]) for first, (name, _) in zip(start, mentions.ATTRIBUTES)] for i in range(len(m.rows))]
    every = range(len(m.rows))
    L, E = mentions.pairs(m, every, WINDOW, FAR)
    pairs = [[int(l), int(e), *map(int, row)] for l, e, row in zip(L, E, mentions.features(m, every, L, E))]
    return {"sentences": sentences, "candidates": [[*row[1:4], int(row[4]), *own] for row, own in zip(m.rows, rows)], "pairs": pairs}


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    reader, lexicon = gum.Reader(pathlib.Path(sys.argv[1])), mentions.Lexicon()
    for line in sys.stdin:
        text = json.loads(line)
        sentences = text["sentences"] if isinstance(text, dict) else text
        read = reader.read({"words": [sentence["words"] for sentence in sentences]})["sentences"]
        places = [{"speaker": sentence["speaker"], "paragraph": sentence["paragraph"]} for sentence in sentences]
        print(json.dumps(described(lexicon, [a | b for a, b in zip(places, read)]), ensure_ascii=False, separators=(",", ":")))


if __name__ == "__main__":
    main()
