"""A teacher's opinion of every sentence: what one or several trained models together hold for likely.

The opinions are probabilities, kept in half precision with each sentence; a student that learns from them beside the corpora's own
labels learns more than from the labels alone, and learns from texts that nobody labelled.
"""
import numpy as np
import torch
import model as models
from batches import Batch, batches, chunks
from corpora import ATTRIBUTION

TAUGHT = [name for name in models.TAGGERS if name not in ("trigger", "status")]


@torch.no_grad()
def teach(teachers, documents, vocabulary, device="cpu", limit=160, pieces=4096):
    """Fills `soft` of all sentences, and `cue` and the attribution labels of those that have none."""
    listed = [chunk for document in documents for chunk in chunks(document, limit)]
    for group in batches(listed, pieces):
        batch = Batch(group, vocabulary).to(device)
        with torch.autocast(device, torch.bfloat16):
            vectors = [teacher.words(batch) for teacher in teachers]
            hidden = [teacher.hidden(x) for teacher, x in zip(teachers, vectors)]
            mean = lambda values: torch.stack(list(values)).mean(0)
            arcs = mean(torch.softmax(t.arcs(h[0], h[1], batch.sentence), -1) for t, h in zip(teachers, hidden))
            cues = mean(torch.softmax(t.cues(h[4], h[5], batch.real), -1) for t, h in zip(teachers, hidden))
            tags = {name: mean(torch.softmax(t.taggers[name](x).float(), -1) for t, x in zip(teachers, vectors)) for name in TAUGHT}
            heads = arcs.argmax(-1)
            rows = torch.arange(len(heads), device=heads.device)[:, None].expand_as(heads)
            relations = mean(relations_at(t, h, rows, heads) for t, h in zip(teachers, hidden))
        for row, chunk in enumerate(group):
            keep(chunk, *(value[row].float().cpu().numpy() for value in (arcs, relations, cues)), {name: value[row].cpu().numpy() for name, value in tags.items()})


def relations_at(teacher, hidden, rows, heads):
    """(chunks, words, relations): probabilities for the arcs to the given heads."""
    candidates = torch.cat([teacher.root[models.ARC :].to(hidden[3].dtype).expand(len(heads), 1, -1), hidden[3]], 1)
    scores = teacher.relations(hidden[2].flatten(0, 1), candidates[rows, heads].flatten(0, 1))
    return torch.softmax(scores, -1).view(*heads.shape, -1)


def keep(chunk, arcs, relations, cues, tags):
    at = 0
    chunk_start = chunk[0].start
    for sentence in chunk:
        n = len(sentence.first)
        own = slice(at, at + n)
        inside = [0] + list(range(1 + at, 1 + at + n))
        block = arcs[own][:, inside]
        sentence.soft = {"arcs": block.astype("float16"), "head": block.argmax(1), "relation": relations[own].astype("float16")}
        sentence.soft |= {name: value[own].astype("float16") for name, value in tags.items()}
        if "names" in sentence.labels:
            sentence.soft["names"] = allowed(tags["names"][own], sentence.labels["names"]).astype("float16")
        if sentence.cue is None:
            best = tags["attribution"][own].argmax(1)
            part = [ATTRIBUTION[label][2:] for label in best]
            pointed = cues[own].argmax(1)
            sentence.labels["attribution"] = best
            sentence.cue = [(chunk_start + int(p) - 1,) if k in ("Source", "Content") and p > 0 else () for k, p in zip(part, pointed)]
        at += n


def allowed(probabilities, bits):
    """A teacher's opinion (words, labels) among the labels that the corpus allows each word; a word for which it allows none has no labels."""
    is_allowed = (np.asarray(bits)[:, None] >> np.arange(probabilities.shape[1])) & 1
    is_allowed[is_allowed.sum(1) == 0] = 1
    kept = (probabilities + 1e-6) * is_allowed
    return kept / kept.sum(1, keepdims=True)
