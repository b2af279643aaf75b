#!/usr/bin/env python3
"""Trains the coreference head on the frozen word vectors and the predicted trees of GUM, and measures it on the dev part.

    python training/coreference.py --model STUDENT.safetensors --corpora CORPORA --out COREFERENCE.safetensors [--cache FOLDER]

STUDENT as `train.py` leaves it; of CORPORA `ud-gum/train.conllu` and `dev.conllu` are read. Out: the tensors `coreference.*` in f32,
which `quantize.py` adds to the model file. About five minutes on one core; what the encoder makes of GUM is kept in the cache folder.

A detector drops candidates that no chain will hold; a ranker gives each of the rest its antecedent or none (mention ranking, trained
on the summed likelihood of all gold antecedents; Durrett and Klein 2013, Lee and others 2017). Both read the head word's vector and
the mean of its pieces' embeddings, and what `mentions.py` tells of a candidate and of a pair.
"""
import argparse, os, pathlib, time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # threads that wait for one another cost more than they bring
import numpy as np
import torch
from torch import nn
from safetensors.numpy import save_file
import coreference_scores as scores
import gum
import mentions

WINDOW, FAR = 100, 3
DETECTOR_WIDTH, WIDTH, HIDDEN, PRODUCTS, RANK = 128, 192, 64, 4, 32
#: A candidate whose detector logit is below is dropped.
KEEP = -2.2
#: Embeddings are about a tenth of the size of vectors; three times as large measured best. The export folds this into the weights.
WORD_SCALE = 3.0
ATTRIBUTES = np.cumsum([0] + [size for _, size in mentions.ATTRIBUTES])


class Trunk(nn.Module):
    """Candidates to vectors: relu(V · vector + W · embedding + a row for each attribute)."""

    def __init__(self, vector, out, drop=0.3):
        super().__init__()
        self.vector, self.word = nn.Linear(vector, out), nn.Linear(vector, out, bias=False)
        self.attributes = nn.EmbeddingBag(int(ATTRIBUTES[-1]), out, mode="sum")
        nn.init.normal_(self.attributes.weight, 0, 0.02)
        self.inputs, self.outputs = nn.Dropout(0.2), nn.Dropout(drop)

    def forward(self, doc):
        x = self.vector(self.inputs(doc["vectors"])) + self.word(self.inputs(doc["words"])) + self.attributes(doc["attributes"])
        return self.outputs(torch.relu(x))


class Detector(nn.Module):
    def __init__(self, vector):
        super().__init__()
        self.trunk, self.out = Trunk(vector, DETECTOR_WIDTH), nn.Linear(DETECTOR_WIDTH, 1)

    def forward(self, doc):
        return self.out(self.trunk(doc))[:, 0]


class Ranker(nn.Module):
    """Scores of pairs, relu(a_later + b_earlier + rows of features + K · products) · o, and of having no antecedent."""

    def __init__(self, vector):
        super().__init__()
        self.trunk = Trunk(vector, WIDTH)
        self.later, self.earlier = nn.Linear(WIDTH, HIDDEN), nn.Linear(WIDTH, HIDDEN, bias=False)
        self.query, self.key = nn.Linear(WIDTH, PRODUCTS * RANK), nn.Linear(WIDTH, PRODUCTS * RANK)
        self.features = nn.Parameter(torch.randn(int(mentions.OFFSETS[-1]), HIDDEN) * 0.02)
        self.products, self.out = nn.Linear(PRODUCTS, HIDDEN, bias=False), nn.Linear(HIDDEN, 1)
        self.new, self.new_out = nn.Linear(WIDTH + 1, HIDDEN), nn.Linear(HIDDEN, 1)
        self.drop = nn.Dropout(0.3)

    def forward(self, doc):
        g = self.trunk(doc)
        table = torch.cat([self.later(g), self.earlier(g), self.features])
        hidden = Rows.apply(table, doc["rows"], doc["pairs_of_row"], doc["row_starts"])
        query, key = (layer(g).view(-1, PRODUCTS, RANK).transpose(0, 1) for layer in (self.query, self.key))
        products = (query @ key.transpose(1, 2) / RANK**0.5).flatten(1)[:, doc["cells"]].T
        hidden = torch.relu(hidden + self.products(products)) * self.drop(torch.ones(HIDDEN))
        new = torch.relu(self.new(torch.cat([g, doc["detected"][:, None]], 1)))
        return self.out(hidden)[:, 0], self.new_out(self.drop(new))[:, 0]


class Rows(torch.autograd.Function):
    """Sums of rows of a table; the gradient is a sum of rows too, by the transposed index."""

    @staticmethod
    def forward(context, table, rows, pairs_of_row, row_starts):
        context.save_for_backward(pairs_of_row, row_starts)
        return nn.functional.embedding_bag(rows, table, mode="sum")

    @staticmethod
    def backward(context, gradient):
        pairs_of_row, row_starts = context.saved_tensors
        return nn.functional.embedding_bag(pairs_of_row, gradient.contiguous(), row_starts, mode="sum"), None, None, None


def prepare(lexicon, document):
    """A document of `gum.annotated` -> its candidates, their inputs and their gold chains."""
    m = mentions.Mentions(lexicon, document["sentences"], document["paragraphs"], document["speakers"])
    heads = [row[1] for row in m.rows]
    attributes = np.stack([m.of[name] for name, _ in mentions.ATTRIBUTES], 1) + ATTRIBUTES[:-1]
    return {
        "id": document["id"], "mentions": m, "chains": document["chains"], "gold": align(m, document["chains"]),
        "vectors": torch.from_numpy(document["vectors"][heads].astype(np.float32)),
        "words": torch.from_numpy(document["words"][heads].astype(np.float32)) * WORD_SCALE,
        "attributes": torch.from_numpy(attributes),
    }  # fmt: skip


def align(m, chains):
    """The number of each candidate's gold chain, -1 of none: by span, and what is left by head."""
    gold = np.full(len(m.rows), -1)
    of_span, of_head = {}, {}
    for i, (_, head, start, end, group) in enumerate(m.rows):
        of_span.setdefault((start, end), i)
        if not group:
            of_head.setdefault(head, i)
    rest = []
    for number, chain in enumerate(chains):
        for span in chain:
            if span in of_span:
                gold[of_span[span]] = number
            else:
                rest.append((span, number))
    for (start, end), number in rest:
        heads = [word for word in range(start, end) if not start <= m.head[word] < end]
        if len(heads) == 1 and gold[of_head.get(heads[0], -1)] < 0 and heads[0] in of_head:
            gold[of_head[heads[0]]] = number
    return gold


def keep(doc, detector):
    """The kept candidates of a document with their pairs: what the ranker reads."""
    with torch.no_grad():
        logits = detector(doc)
    kept = np.flatnonzero(logits.numpy() > KEEP)
    n = len(kept)
    L, E = mentions.pairs(doc["mentions"], kept, WINDOW, FAR)
    rows = np.hstack([L[:, None], n + E[:, None], 2 * n + mentions.features(doc["mentions"], kept, L, E)]).astype(np.int32)
    order = np.argsort(rows, axis=None, kind="stable")
    starts = np.searchsorted(rows.ravel()[order], np.arange(2 * n + mentions.OFFSETS[-1]))
    gold = doc["gold"][kept]
    out = {name: doc[name][kept] for name in ("vectors", "words", "attributes")}
    table = {"rows": rows, "pairs_of_row": (order // rows.shape[1]).astype(np.int32), "row_starts": starts.astype(np.int32), "cells": L * n + E, "L": L, "E": E}
    out |= {name: torch.from_numpy(values) for name, values in table.items()}
    right = torch.from_numpy((gold[L] == gold[E]) & (gold[L] >= 0))
    starts = torch.ones(n, dtype=torch.bool)
    starts[out["L"][right]] = False
    spans = [doc["mentions"].rows[c][2:4] for c in kept]
    return out | {"id": doc["id"], "n": n, "kept": kept, "detected": logits[kept], "right": right, "starts": starts, "spans": spans, "chains": doc["chains"], "mentions": doc["mentions"], "gold": gold}


def train(net, documents, loss, epochs, rate, seed):
    """AdamW with warm-up and linear decay, a document a step; leaves the mean of the weights of the last two fifths."""
    optimizer = torch.optim.AdamW(net.parameters(), rate, betas=(0.9, 0.98), weight_decay=0.01)
    steps, step, mean, taken = epochs * len(documents), 0, None, 0
    random = np.random.default_rng(seed)
    net.train()
    for epoch in range(epochs):
        began, total = time.time(), 0.0
        for i in random.permutation(len(documents)):
            for group in optimizer.param_groups:
                group["lr"] = rate * min(1.0, (step + 1) / 50, 1.02 - step / steps)
            value = loss(net, documents[i])
            optimizer.zero_grad()
            value.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 2.0)
            optimizer.step()
            total, step = total + float(value.detach()), step + 1
            if step > 0.6 * steps:
                taken += 1
                now = [p.detach() for p in net.parameters()]
                mean = [p.clone() for p in now] if mean is None else [a + (p - a) / taken for a, p in zip(mean, now)]
        print(f"  epoch {epoch + 1}: loss {total / len(documents):.4f}, {time.time() - began:.0f} s", flush=True)
    with torch.no_grad():
        for p, value in zip(net.parameters(), mean):
            p.copy_(value)
    net.eval()


def detection_loss(net, doc):
    return nn.functional.binary_cross_entropy_with_logits(net(doc), torch.from_numpy((doc["gold"] >= 0).astype(np.float32)))


def ranking_loss(net, doc):
    pair, new = net(doc)
    own = torch.arange(doc["n"])
    everything = log_sums(torch.cat([pair, new]), torch.cat([doc["L"], own]), doc["n"])
    right = log_sums(torch.cat([pair[doc["right"]], new[doc["starts"]]]), torch.cat([doc["L"][doc["right"]], own[doc["starts"]]]), doc["n"])
    return (everything - right).mean()


def log_sums(values, group, n):
    """log Σ exp of the values of each of n groups."""
    largest = torch.full((n,), -1e9).scatter_reduce(0, group, values.detach(), "amax")
    return largest + torch.log(torch.zeros(n).index_add(0, group, torch.exp(values - largest[group])))


def antecedents(net, doc, bias):
    """The best antecedent of each kept candidate, -1 where none scores above having none by more than `bias`; ties to the earlier."""
    with torch.no_grad():
        pair, new = net(doc)
    best, out = new.numpy() + bias, np.full(doc["n"], -1)
    for score, later, earlier in zip(pair.numpy(), doc["L"].numpy(), doc["E"].numpy()):
        if score > best[later]:
            best[later], out[later] = score, earlier
    return out


def chains(antecedent, spans):
    of, out = {}, []
    for i, j in enumerate(antecedent):
        if j >= 0:
            if j not in of:
                of[j] = len(out)
                out.append([spans[j]])
            of[i] = of[j]
            out[of[j]].append(spans[i])
    return out


def measure(net, documents, bias):
    return scores.table(sum(scores.counts(doc["chains"], chains(antecedents(net, doc, bias), doc["spans"])) for doc in documents))


def ceiling(documents):
    """What perfect links among the candidates' spans would score."""
    total = 0
    for doc in documents:
        spans = {row[2:4] for row in doc["mentions"].rows}
        total = total + scores.counts(doc["chains"], [[span for span in chain if span in spans] for chain in doc["chains"]])
    return scores.table(total)


def show(name, table):
    parts = "  ".join(f"{part} {table[part][2]:.3f}" for part in ("MUC", "B3", "CEAF-e"))
    print(f"{name:28} CoNLL {table['CoNLL']:.4f}  {parts}  mentions R {table['mentions'][0]:.3f} P {table['mentions'][1]:.3f}", flush=True)


def export(detector, ranker, bias):
    """The tensors by the names under which the program looks for them."""
    array = lambda tensor: np.ascontiguousarray(tensor.detach().numpy(), dtype=np.float32)
    out = {}
    for name, net in (("detect", detector), ("rank", ranker)):
        out |= {f"coreference.{name}.vector": array(net.trunk.vector.weight), f"coreference.{name}.vector.bias": array(net.trunk.vector.bias),
                f"coreference.{name}.word": array(net.trunk.word.weight * WORD_SCALE), f"coreference.{name}.attributes": array(net.trunk.attributes.weight),
                f"coreference.{name}.out": array(torch.cat([net.out.weight[0], net.out.bias]))}  # fmt: skip
    pieces = (ranker.later, ranker.earlier, ranker.query, ranker.key)
    biases = [layer.bias if layer.bias is not None else torch.zeros(len(layer.weight)) for layer in pieces]
    new = ranker.new.weight
    out |= {
        "coreference.parts": array(torch.cat([layer.weight for layer in pieces] + [new[:, :WIDTH]])),
        "coreference.parts.bias": array(torch.cat(biases + [ranker.new.bias])),
        "coreference.features": array(ranker.features), "coreference.products": array(ranker.products.weight.T / RANK**0.5),
        "coreference.new.detected": array(new[:, WIDTH]),
        "coreference.new.out": array(torch.cat([ranker.new_out.weight[0], ranker.new_out.bias + bias])),
        "coreference.limits": np.array([KEEP, WINDOW, FAR], np.float32),
    }  # fmt: skip
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--model", "--corpora", "--out"):
        parser.add_argument(name, type=pathlib.Path, required=True)
    parser.add_argument("--cache", type=pathlib.Path), parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--epochs", type=int, default=12), parser.add_argument("--bias", type=float, default=-0.5)
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    torch.set_num_threads(1)
    lexicon = mentions.Lexicon()
    parts = gum.annotated(arguments.model, arguments.corpora / "ud-gum", arguments.cache)
    dev, training = ([prepare(lexicon, document) for document in parts[name]] for name in ("dev", "train"))
    show("ceiling of the spans", ceiling(dev))
    width = dev[0]["vectors"].shape[1]
    detector, ranker = Detector(width), Ranker(width)
    train(detector, training, detection_loss, 4, 1e-3, arguments.seed)
    dev, training = ([keep(doc, detector) for doc in part] for part in (dev, training))
    print(f"{sum(d['n'] for d in training)} candidates, {sum(len(d['L']) for d in training)} pairs")
    train(ranker, training, ranking_loss, arguments.epochs, 1e-3, arguments.seed)
    for bias in sorted({arguments.bias, 0.0, -0.25, -0.75}):
        show(f"bias {bias}", measure(ranker, dev, bias))
    save_file(export(detector, ranker, arguments.bias), arguments.out)


if __name__ == "__main__":
    main()
