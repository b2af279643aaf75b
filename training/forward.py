#!/usr/bin/env python3
"""Defines what the encoder computes: its forward pass in floats, word by word, with nothing done for speed.

    python training/forward.py trained.safetensors < sentences.jsonl > tests/engine/reference.jsonl

In: a chunk a line, `[["The", "leaders", "met", "."], ["They", "shook", "hands", "."]]`: sentences of words, at most as many pieces in
all as the program packs together. Out: for each sentence an object with its words, their word pieces, and what each head says of them:
upos, features, lemma (an edit of the form), head (1 is the first word, 0 the root), deprel, names (outermost), inner (names in
names), attribution, and for each word the word of the chunk that is most likely the cue it belongs to (1 is the first, 0 none). Every
label is the most likely one; neither trees nor BIO tags are mended. The weights are those that `train.py` leaves.
"""
import json, math, sys
import numpy as np
from safetensors import safe_open
from wordpiece import Vocabulary, shape

HEAD_WIDTH = 32
ARC, LABEL, CUE = 256, 96, 64


class Encoder:
    """The weights, and the two halves of the pass: pieces to vectors, vectors to labels."""

    def __init__(self, path):
        with safe_open(path, "np") as file:
            self.weights = {name: file.get_tensor(name).astype(np.float32) for name in file.keys()}
            self.labels = json.loads(file.metadata()["labels"])
            self.vocabulary = Vocabulary(file.metadata()["vocabulary"].split("\n"))
        layer = "encoder.layers.{}."
        self.layers = [layer.format(i) for i in range(100) if layer.format(i) + "qkv.weight" in self.weights]

    def map(self, name, x):
        return x @ self.weights[name + ".weight"].T + self.weights[name + ".bias"]

    def norm(self, name, x):
        centred = x - x.mean(axis=-1, keepdims=True)
        deviation = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-12)
        return centred / deviation * self.weights[name + ".weight"] + self.weights[name + ".bias"]

    def encode(self, ids, shapes):
        """(n,) piece ids and shape classes -> (n, 384)."""
        table = lambda name: self.weights[f"encoder.{name}.weight"]
        x = self.norm("encoder.norm", table("word")[ids] + table("position")[: len(ids)] + table("shape")[shapes])
        for layer in self.layers:
            x = self.norm(layer + "attend_norm", x + self.attend(layer, x))
            x = self.norm(layer + "down_norm", x + self.map(layer + "down", gelu(self.map(layer + "up", x))))
        return x

    def attend(self, layer, x):
        query, key, value = np.split(self.map(layer + "qkv", x), 3, axis=1)
        context = np.empty_like(query)
        for at in range(0, query.shape[1], HEAD_WIDTH):
            own = slice(at, at + HEAD_WIDTH)
            context[:, own] = softmax(query[:, own] @ key[:, own].T / math.sqrt(HEAD_WIDTH)) @ value[:, own]
        return self.map(layer + "attend", context)

    def tags(self, name, x):
        """The most likely label of each row."""
        return [self.labels[name][i] for i in self.map("taggers." + name, x).argmax(axis=1)]

    def hidden(self, x):
        """What the biaffine heads see of each word: arc dependent and head, label dependent and head, cue dependent and head."""
        hidden = self.map("mlp", x)
        hidden = np.where(hidden > 0, hidden, 0.1 * hidden)
        return np.split(hidden, np.cumsum([ARC, ARC, LABEL, LABEL, CUE]), axis=1)

    def tree(self, hidden):
        """Of one sentence's words: for each its head and relation (Dozat and Manning 2017, with a learned root)."""
        arc_dependent, arc_head, label_dependent, label_head = hidden[:4]
        root = self.weights["root"]
        arc_head, label_head = np.vstack([root[:ARC], arc_head]), np.vstack([root[ARC:], label_head])
        scores = arc_dependent @ self.weights["arc"] @ arc_head.T + arc_head @ self.weights["arc_head_bias"]
        words = np.arange(len(scores))
        scores[words, words + 1] = -np.inf  # nothing heads itself
        heads = scores.argmax(axis=1)
        dependents, chosen = with_one(label_dependent), with_one(label_head[heads])
        labels = np.einsum("ni,irj,nj->nr", dependents, self.weights["label"], chosen).argmax(axis=1)
        return heads.tolist(), [self.labels["deprel"][i] for i in labels]

    def cues(self, hidden):
        """Of all words of a chunk: the word that is its cue, counted from 1; 0 is none."""
        candidates = np.vstack([self.weights["no_cue"], hidden[5]])
        return (hidden[4] @ self.weights["cue"] @ candidates.T).argmax(axis=1).tolist()


def gelu(x):
    return 0.5 * x * (1 + np.vectorize(math.erf)(x / math.sqrt(2))).astype(x.dtype)


def softmax(x):
    powers = np.exp(x - x.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def with_one(x):
    return np.hstack([x, np.ones((len(x), 1), x.dtype)])


def read(encoder, sentences):
    """One chunk, `[CLS] s1 [SEP] s2 [SEP] …`; a word's vector is its first piece's."""
    vocabulary = encoder.vocabulary
    texts, shapes, firsts = ["[CLS]"], [0], []
    for words in sentences:
        firsts.append([])
        for word in words:
            firsts[-1].append(len(texts))
            pieces = vocabulary.pieces(word)
            texts += pieces
            shapes += [shape(word)] * len(pieces)
        texts.append("[SEP]")
        shapes.append(0)
    vectors = encoder.encode([vocabulary.ids[text] for text in texts], shapes)
    cues = encoder.cues(encoder.hidden(vectors[[at for first in firsts for at in first]]))
    out = []
    for words, at in zip(sentences, firsts):
        out.append(sentence(encoder, words, vectors[at]) | {"cue": cues[: len(words)]})
        cues = cues[len(words) :]
    return out


def sentence(encoder, words, x):
    heads, relations = encoder.tree(encoder.hidden(x))
    return {
        "words": words, "pieces": [encoder.vocabulary.pieces(word) for word in words], "head": heads, "deprel": relations,
        **{name: encoder.tags(name, x) for name in ("upos", "features", "lemma", "names", "inner", "attribution")},
    }  # fmt: skip


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    encoder = Encoder(sys.argv[1])
    for line in sys.stdin:
        print(json.dumps(read(encoder, json.loads(line)), ensure_ascii=False))


if __name__ == "__main__":
    main()
