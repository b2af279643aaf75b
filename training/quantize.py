#!/usr/bin/env python3
"""Quantizes a trained model to the file that the program ships.

    python training/quantize.py trained.safetensors [coreference.safetensors] model/

In: weights as `train.py` leaves them, label sets and vocabulary in the metadata; the coreference head, trained after the encoder, in a
file of its own. Out: model/encoder.safetensors and model/vocab.txt.

Matrices become int8, a scale for each output channel (row), within ±63: the AVX2 kernel adds pairs of u8 × i8 products in 16 bits,
and 2 · 255 · 63 still fits, so that the int32 sums agree on every processor. Tables that are only looked up use the full ±127.
Everything else stays f32. A matrix stands as (outputs, inputs).
"""
import argparse, json, pathlib
import numpy as np
from safetensors import safe_open
from safetensors.numpy import save_file

MATRIX, TABLE = 63, 127
TAGGERS = ("upos", "features", "lemma", "names", "inner", "attribution", "trigger", "status")  # one matrix, in this order
COREFERENCE = ("detect.vector", "detect.word", "rank.vector", "rank.word", "parts")  # its matrices
COREFERENCE_TABLES = ("detect.attributes", "rank.attributes", "features")


def quantize(rows, limit):
    """(n, k) floats -> (n, k) int8 and (n,) scales; rows of zeros keep scale 1."""
    scale = np.abs(rows).max(axis=1) / limit
    scale[scale == 0] = 1.0
    return np.rint(rows / scale[:, None]).astype(np.int8), scale.astype(np.float32)


def convert(weights):
    out = {}

    def matrix(name, rows, bias=None, limit=MATRIX):
        out[name], out[name + ".scale"] = quantize(rows, limit)
        if bias is not None:
            out[name + ".bias"] = bias

    def norm(name, source):
        out[name + ".weight"], out[name + ".bias"] = weights[source + ".weight"], weights[source + ".bias"]

    matrix("embed.word", weights["encoder.word.weight"], limit=TABLE)
    matrix("embed.position", weights["encoder.position.weight"], limit=TABLE)
    out["embed.shape"] = weights["encoder.shape.weight"]
    norm("embed.norm", "encoder.norm")
    layer = 0
    while f"encoder.layers.{layer}.qkv.weight" in weights:
        source, name = f"encoder.layers.{layer}.", f"layer.{layer}."
        for part in ("qkv", "attend", "up", "down"):
            matrix(name + part, weights[f"{source}{part}.weight"], weights[f"{source}{part}.bias"])
        for part in ("attend", "down"):
            norm(f"{name}{part}.norm", f"{source}{part}_norm")
        layer += 1
    matrix("tags", *(np.concatenate([weights[f"taggers.{head}.{end}"] for head in TAGGERS]) for end in ("weight", "bias")))
    matrix("mlp", *(np.concatenate([weights[f"{part}.{end}"] for part in ("mlp", "event_mlp")]) for end in ("weight", "bias")))
    matrix("arc", weights["arc"].T)
    out["arc.head_bias"], out["root"] = weights["arc_head_bias"], weights["root"]
    dependents, labels, heads = weights["label"].shape
    matrix("label", weights["label"].transpose(1, 2, 0).reshape(labels * heads, dependents))
    matrix("cue", weights["cue"].T)
    out["no_cue"] = weights["no_cue"]
    triggers, roles, arguments = weights["role"].shape
    matrix("role", weights["role"].transpose(1, 2, 0).reshape(roles * arguments, triggers))
    out["role.score_bias"] = weights["role_bias"]
    return out


def convert_coreference(weights):
    """The tensors that `coreference.py` leaves, matrices and tables in int8."""
    out = dict(weights)
    for limit, parts in ((MATRIX, COREFERENCE), (TABLE, COREFERENCE_TABLES)):
        for name in ("coreference." + part for part in parts):
            out[name], out[name + ".scale"] = quantize(weights[name], limit)
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights"), parser.add_argument("coreference", nargs="?"), parser.add_argument("folder", type=pathlib.Path)
    arguments = parser.parse_args()
    with safe_open(arguments.weights, "np") as source:
        metadata = source.metadata()
        out = convert({name: source.get_tensor(name).astype(np.float32) for name in source.keys()})
    if arguments.coreference:
        with safe_open(arguments.coreference, "np") as source:
            out |= convert_coreference({name: source.get_tensor(name) for name in source.keys()})
    arguments.folder.mkdir(parents=True, exist_ok=True)
    out = {name: np.ascontiguousarray(value) for name, value in out.items()}
    save_file(out, arguments.folder / "encoder.safetensors", {"labels": metadata["labels"]})
    (arguments.folder / "vocab.txt").write_text(metadata["vocabulary"] + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
