#!/usr/bin/env python3
"""Writes model/README.md, the model card, from card.md: date, sizes, checksums, and the scores of every head.

    cargo run --release -- eval CORPORA > scores.txt
    python training/card.py scores.txt
"""
import datetime, hashlib, pathlib, sys

HERE = pathlib.Path(__file__).resolve().parent
MODEL = HERE.parent / "model"


def checksums():
    for path in sorted(MODEL.glob("*")):
        if path.suffix != ".md":
            data = path.read_bytes()
            yield f"| `{path.name}` | {len(data):,} bytes | `{hashlib.sha256(data).hexdigest()}` |"


def main():
    scores = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8").strip()
    card = (HERE / "card.md").read_text(encoding="utf-8")
    for mark, text in (("@DATE@", datetime.date.today().isoformat()), ("@FILES@", "\n".join(checksums())), ("@SCORES@", scores)):
        assert mark in card, f"card.md has no {mark}"
        card = card.replace(mark, text)
    (MODEL / "README.md").write_text(card, encoding="utf-8")


if __name__ == "__main__":
    main()
