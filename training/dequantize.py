#!/usr/bin/env python3
"""Makes trained weights of the file that the program ships: where another round of training may begin, with `train.py --start`.

    python training/dequantize.py model/ start.safetensors

In: model/encoder.safetensors and model/vocab.txt, as `quantize.py` leaves them. Out: f32, each weight within half a step of the one that was
quantized. The coreference head, which is trained on the finished encoder, is left out.
"""
import argparse, json, pathlib
import numpy as np
from safetensors import safe_open
from safetensors.numpy import save_file
from quantize import TAGGERS

ARC, LABEL, CUE = 256, 96, 64


def restore(stored, labels):
    """Tensors by the names of `model.py`."""
    floats = lambda name: stored[name].astype(np.float32) * stored[name + ".scale"][:, None] if name + ".scale" in stored else stored[name]
    out = {
        "encoder.word.weight": floats("embed.word"), "encoder.position.weight": floats("embed.position"),
        "encoder.shape.weight": stored["embed.shape"],
        "encoder.norm.weight": stored["embed.norm.weight"], "encoder.norm.bias": stored["embed.norm.bias"],
    }  # fmt: skip
    layer = 0
    while f"layer.{layer}.qkv" in stored:
        source, name = f"layer.{layer}.", f"encoder.layers.{layer}."
        for part in ("qkv", "attend", "up", "down"):
            out[f"{name}{part}.weight"], out[f"{name}{part}.bias"] = floats(source + part), stored[f"{source}{part}.bias"]
        for part, end in ((part, end) for part in ("attend", "down") for end in ("weight", "bias")):
            out[f"{name}{part}_norm.{end}"] = stored[f"{source}{part}.norm.{end}"]
        layer += 1
    cuts = np.cumsum([len(labels[head]) for head in TAGGERS])[:-1]
    for head, weight, bias in zip(TAGGERS, np.split(floats("tags"), cuts), np.split(stored["tags.bias"], cuts)):
        out[f"taggers.{head}.weight"], out[f"taggers.{head}.bias"] = weight, bias
    cut = 2 * (ARC + LABEL + CUE)
    for end, values in (("weight", floats("mlp")), ("bias", stored["mlp.bias"])):
        out["mlp." + end], out["event_mlp." + end] = values[:cut], values[cut:]
    out["arc"], out["arc_head_bias"], out["root"] = floats("arc").T, stored["arc.head_bias"], stored["root"]
    out["label"] = floats("label").reshape(len(labels["deprel"]), LABEL + 1, LABEL + 1).transpose(2, 0, 1)
    out["cue"], out["no_cue"] = floats("cue").T, stored["no_cue"]
    roles = len(stored["role.score_bias"])
    width = floats("role").shape[1]
    out["role"], out["role_bias"] = floats("role").reshape(roles, -1, width).transpose(2, 0, 1), stored["role.score_bias"]
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path), parser.add_argument("out", type=pathlib.Path)
    arguments = parser.parse_args()
    with safe_open(arguments.folder / "encoder.safetensors", "np") as source:
        labels = json.loads(source.metadata()["labels"])
        out = restore({name: source.get_tensor(name) for name in source.keys()}, labels)
    vocabulary = (arguments.folder / "vocab.txt").read_text(encoding="utf-8").removesuffix("\n")
    out = {name: np.ascontiguousarray(value, dtype=np.float32) for name, value in out.items()}
    save_file(out, arguments.out, {"labels": json.dumps(labels, sort_keys=True), "vocabulary": vocabulary})


if __name__ == "__main__":
    main()
