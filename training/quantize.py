#!/usr/bin/env python3
"""Quantizes a trained encoder to the model file that the program ships.

    python training/quantize.py encoder.safetensors vocab.txt model/ [--coreference coreference.safetensors]

In: weights in f16 or f32 as training leaves them, label sets in the metadata, and what `coreference.py` trained on that encoder. Out: model/encoder.safetensors and model/vocab.txt.

Matrices become int8, a scale for each output channel (row), within ±63: the AVX2 kernel adds pairs of u8 × i8 products in 16 bits,
and 2 · 255 · 63 still fits, so that the int32 sums agree on every processor. Tables that are only looked up use the full ±127.
Everything else stays f32. A matrix stands as (outputs, inputs).
"""
import argparse, json, pathlib
import numpy as np
from safetensors import safe_open
from safetensors.numpy import save_file

MATRIX, TABLE = 63, 127
HEADS = ("upos", "ner", "ner2", "att")  # one matrix, in this order
COREFERENCE = ("detect.vector", "detect.word", "rank.vector", "rank.word", "parts")  # its matrices; the rest are small tables


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

    stem = "enc.bert.embeddings."
    matrix("embed.word", weights[stem + "word_embeddings.weight"], limit=TABLE)
    out["embed.position"] = weights[stem + "position_embeddings.weight"] + weights[stem + "token_type_embeddings.weight"][0]
    out["embed.shape"] = weights["enc.shape.weight"]
    norm("embed.norm", stem + "LayerNorm")
    layer = 0
    while f"enc.bert.encoder.layer.{layer}.output.dense.weight" in weights:
        source, name = f"enc.bert.encoder.layer.{layer}.", f"layer.{layer}."
        part = [source + "attention.self." + n for n in ("query", "key", "value")]
        matrix(name + "qkv", *(np.concatenate([weights[p + end] for p in part]) for end in (".weight", ".bias")))
        for short, long in (("attend", "attention.output.dense"), ("up", "intermediate.dense"), ("down", "output.dense")):
            matrix(name + short, weights[source + long + ".weight"], weights[source + long + ".bias"])
        norm(name + "attend.norm", source + "attention.output.LayerNorm")
        norm(name + "down.norm", source + "output.LayerNorm")
        layer += 1
    matrix("tags", *(np.concatenate([weights[h + end] for h in HEADS]) for end in (".weight", ".bias")))
    matrix("mlp", weights["mlp.weight"], weights["mlp.bias"])
    matrix("arc", weights["U"].T)
    out["arc.head_bias"], out["root"] = weights["ub"], weights["root"]
    dependents, labels, heads = weights["W"].shape
    matrix("label", weights["W"].transpose(1, 2, 0).reshape(labels * heads, dependents))
    return {name: np.ascontiguousarray(value) for name, value in out.items()}


def convert_coreference(weights):
    out = dict(weights)
    for name in ("coreference." + part for part in COREFERENCE):
        out[name], out[name + ".scale"] = quantize(weights[name], MATRIX)
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights"), parser.add_argument("vocabulary"), parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--coreference", help="the tensors `coreference.*` that coreference.py left")
    arguments = parser.parse_args()
    with safe_open(arguments.weights, "np") as source:
        labels = {k: v for k, v in source.metadata().items() if v.startswith("[")}
        weights = {k: source.get_tensor(k).astype(np.float32) for k in source.keys()}
    converted = convert(weights)
    if arguments.coreference:
        with safe_open(arguments.coreference, "np") as source:
            converted |= convert_coreference({k: source.get_tensor(k) for k in source.keys()})
    arguments.folder.mkdir(parents=True, exist_ok=True)
    save_file(converted, arguments.folder / "encoder.safetensors", {"labels": json.dumps({k: json.loads(v) for k, v in labels.items()}, sort_keys=True)})
    (arguments.folder / "vocab.txt").write_bytes(pathlib.Path(arguments.vocabulary).read_bytes())


if __name__ == "__main__":
    main()
