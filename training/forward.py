#!/usr/bin/env python3
"""Defines what the encoder computes: its forward pass in floats, word by word, with nothing done for speed.

    python training/forward.py encoder.safetensors vocab.txt < sentences.jsonl > tests/engine/reference.jsonl

In: a chunk a line, `[["The", "leaders", "met", "."], ["They", "shook", "hands", "."]]`: sentences of words, at most 128 pieces in
all, which is how many the program packs together. Out: for each sentence an object with its words, their word pieces, and what
each head says of them: upos, head (1 is the first word, 0 the root), deprel, names (outermost), core and attribution. Every label
is the most likely one; neither trees nor BIO tags are mended. The weights are those that training leaves (f16 or f32).
"""
import json, math, sys, unicodedata
import numpy as np
from safetensors import safe_open

HEAD_WIDTH = 32
MAX_WORD_PIECES = 8
PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "…": "...", "–": "-", "—": "--"})


class Vocabulary:
    """Word pieces by number and by text: "Dulwich" is `du ##l ##wich`."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.texts = file.read().splitlines()
        self.ids = {text: i for i, text in enumerate(self.texts)}

    def pieces(self, word):
        found = [piece for part in parts(word) for piece in self.longest_matches(part)]
        return found[:MAX_WORD_PIECES] or ["[UNK]"]

    def longest_matches(self, part):
        out, rest = [], part
        while rest:
            prefix = "##" if out else ""
            fitting = (prefix + rest[:n] for n in range(len(rest), 0, -1))
            piece = next((text for text in fitting if text in self.ids), None)
            if piece is None:
                return ["[UNK]"]
            out.append(piece)
            rest = rest[len(piece) - len(prefix):]
        return out


def parts(word):
    """BERT's uncased basic tokens: lower case, no accents, punctuation and CJK characters apart."""
    out, open_ = [], False
    for c in unicodedata.normalize("NFD", word.translate(PLAIN).lower()):
        category = unicodedata.category(c)
        if category in ("Mn", "Cc", "Cf") or c in "\0\ufffd":
            continue
        if c.isspace():
            open_ = False
        elif category[0] == "P" or (c.isascii() and not c.isalnum()) or "\u4e00" <= c <= "\u9fff":
            out.append(c)
            open_ = False
        elif open_:
            out[-1] += c
        else:
            out.append(c)
            open_ = True
    return out


def shape(word):
    """The class of a word's capitals, which the lower-cased pieces have lost; 0 is for [CLS] and [SEP]."""
    if word.isdigit():
        return 6
    if any(map(str.isdigit, word)):
        return 5
    if not any(map(str.isalpha, word)):
        return 7
    if word.islower():
        return 1
    if word.isupper():
        return 3 if len(word) > 1 else 4
    return 2 if word[0].isupper() and word[1:].islower() else 8


class Encoder:
    """The weights, and the two halves of the pass: pieces to vectors, vectors to labels."""

    def __init__(self, path):
        with safe_open(path, "np") as file:
            self.weights = {name: file.get_tensor(name).astype(np.float32) for name in file.keys()}
            self.labels = {name: json.loads(text) for name, text in file.metadata().items() if text.startswith("[")}
        layer = "enc.bert.encoder.layer.{}."
        self.layers = [layer.format(i) for i in range(100) if layer.format(i) + "output.dense.weight" in self.weights]

    def map(self, name, x):
        return x @ self.weights[name + ".weight"].T + self.weights[name + ".bias"]

    def norm(self, name, x):
        centred = x - x.mean(axis=-1, keepdims=True)
        deviation = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-12)
        return centred / deviation * self.weights[name + ".weight"] + self.weights[name + ".bias"]

    def encode(self, ids, shapes):
        """(n,) piece ids and shape classes -> (n, 384)."""
        table = lambda name: self.weights["enc.bert.embeddings." + name + ".weight"]
        x = table("word_embeddings")[ids] + table("position_embeddings")[: len(ids)] + table("token_type_embeddings")[0]
        x = self.norm("enc.bert.embeddings.LayerNorm", x + self.weights["enc.shape.weight"][shapes])
        for layer in self.layers:
            x = self.norm(layer + "attention.output.LayerNorm", x + self.attend(layer, x))
            wide = gelu(self.map(layer + "intermediate.dense", x))
            x = self.norm(layer + "output.LayerNorm", x + self.map(layer + "output.dense", wide))
        return x

    def attend(self, layer, x):
        query, key, value = (self.map(layer + "attention.self." + name, x) for name in ("query", "key", "value"))
        context = np.empty_like(query)
        for at in range(0, query.shape[1], HEAD_WIDTH):
            own = slice(at, at + HEAD_WIDTH)
            context[:, own] = softmax(query[:, own] @ key[:, own].T / math.sqrt(HEAD_WIDTH)) @ value[:, own]
        return self.map(layer + "attention.output.dense", context)

    def label(self, name, x):
        """The most likely label of each row, of one of the heads `upos`, `ner`, `ner2`, `att`."""
        return [self.labels["ner" if name == "ner2" else name][i] for i in self.map(name, x).argmax(axis=1)]

    def tree(self, x):
        """Vectors of one sentence's words -> for each word its head and relation (Dozat and Manning 2017, with a learned root)."""
        wide = len(self.weights["ub"])
        hidden = self.map("mlp", x)
        hidden = np.where(hidden > 0, hidden, 0.1 * hidden)
        narrow = len(self.weights["root"]) - wide
        arc_dependent, arc_head, label_dependent, label_head = np.split(hidden, np.cumsum([wide, wide, narrow]), axis=1)
        arc_head = np.vstack([self.weights["root"][:wide], arc_head])
        label_head = np.vstack([self.weights["root"][wide:], label_head])
        scores = arc_dependent @ self.weights["U"] @ arc_head.T + arc_head @ self.weights["ub"]
        words = np.arange(len(x))
        scores[words, words + 1] = -np.inf  # nothing heads itself
        heads = scores.argmax(axis=1)
        dependents, chosen = with_one(label_dependent), with_one(label_head[heads])
        labels = np.einsum("ni,irj,nj->nr", dependents, self.weights["W"], chosen, optimize=True).argmax(axis=1)
        return heads.tolist(), [self.labels["deprel"][i] for i in labels]


def gelu(x):
    return 0.5 * x * (1 + np.vectorize(math.erf)(x / math.sqrt(2))).astype(x.dtype)


def softmax(x):
    powers = np.exp(x - x.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def with_one(x):
    return np.hstack([x, np.ones((len(x), 1), x.dtype)])


def read(encoder, vocabulary, sentences):
    """One chunk, `[CLS] s1 [SEP] s2 [SEP] …`; a word's vector is its first piece's."""
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
    return [sentence(encoder, vocabulary, words, vectors[at]) for words, at in zip(sentences, firsts)]


def sentence(encoder, vocabulary, words, x):
    heads, relations = encoder.tree(x)
    return {
        "words": words, "pieces": [vocabulary.pieces(word) for word in words], "upos": encoder.label("upos", x), "head": heads,
        "deprel": relations, "names": encoder.label("ner", x), "core": encoder.label("ner2", x), "attribution": encoder.label("att", x),
    }  # fmt: skip


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    encoder, vocabulary = Encoder(sys.argv[1]), Vocabulary(sys.argv[2])
    for line in sys.stdin:
        print(json.dumps(read(encoder, vocabulary, json.loads(line)), ensure_ascii=False))


if __name__ == "__main__":
    main()
