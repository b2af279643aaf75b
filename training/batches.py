"""Documents into chunks and chunks into padded batches."""
import dataclasses, random
import numpy as np
import torch
from corpora import ATTRIBUTION, NAMES, ROLES, STATUSES, TRIGGERS
from wordpiece import CAPITALIZED, CAPITALS, LOWER, MIXED, ONE_CAPITAL, Vocabulary, shape

NONE = -100  # a label that a corpus does not give


@dataclasses.dataclass
class Encoded:
    """A sentence as arrays: pieces, their shapes, where each word starts, labels (NONE where there is none)."""

    ids: np.ndarray
    shapes: np.ndarray
    first: np.ndarray
    labels: dict  # tagger or "head" or "deprel" -> int array; names and inner are bit sets (0: not annotated)
    cue: list  # positions in the document of the cue's words, for each word; None without attribution
    start: int  # position in the document of the first word
    roles: list = dataclasses.field(default_factory=list)  # (position of a trigger, a role of each word of the sentence)
    soft: dict = None  # a teacher's opinion: see `teach.py`


def label_sets(documents):
    """The labels of every tagger, as often as the corpora give them."""
    import collections

    counts = {name: collections.Counter() for name in ("upos", "features", "lemma", "deprel")}
    for document in documents:
        for sentence in document.sentences:
            for name, count in counts.items():
                count.update(getattr(sentence, name) or [])
    least = {"upos": 1, "features": 10, "lemma": 5, "deprel": 3}
    sets = {name: sorted(label for label, n in count.items() if n >= least[name]) for name, count in counts.items()}
    return sets | {"names": list(NAMES), "inner": list(NAMES), "attribution": list(ATTRIBUTION), "trigger": list(TRIGGERS), "status": list(STATUSES)}


def encode(document, vocabulary, labels):
    """The sentences of a document as arrays. Sentences that no encoder window holds are left out."""
    ids_of = {name: {label: i for i, label in enumerate(labels[name])} for name in labels}
    out, start = [], 0
    for sentence in document.sentences:
        pieces = [vocabulary.numbers(word) for word in sentence.words]
        first = np.cumsum([0] + [len(p) for p in pieces[:-1]])
        rows = {}
        for name in ("upos", "features", "lemma", "deprel", "attribution", "trigger", "status"):
            values = getattr(sentence, name)
            if values is not None:
                rows[name] = np.array([ids_of[name].get(value, NONE) for value in values])
        for name in ("names", "inner", "head"):
            if getattr(sentence, name) is not None:
                rows[name] = np.array(getattr(sentence, name))
        encoded = Encoded(
            ids=np.array([i for p in pieces for i in p]), shapes=np.array([shape(w) for w, p in zip(sentence.words, pieces) for _ in p]),
            first=first, labels=rows, cue=sentence.cue, start=start,
            roles=[(at, np.array([ROLES.index(role) for role in roles])) for at, roles in sentence.roles or []],
        )  # fmt: skip
        start += len(sentence.words)
        if 0 < len(encoded.ids) <= 250:
            out.append(encoded)
    return out


def chunks(sentences, limit, rng=None):
    """Runs of neighbouring sentences that fit `limit` pieces; the first is cut short at random so that seams move."""
    out, size = [[]], 1
    room = limit if rng is None else rng.randint(limit // 3, limit)
    for sentence in sentences:
        if out[-1] and size + len(sentence.ids) + 1 > room:
            out.append([])
            size, room = 1, limit
        out[-1].append(sentence)
        size += len(sentence.ids) + 1
    return [chunk for chunk in out if chunk]


def recase(shapes, rng):
    """A headline in title case, or text in capitals or without any: the words stay, their shapes change."""
    kind = rng.choice((LOWER, CAPITALS, CAPITALIZED))
    letters = np.isin(shapes, (LOWER, CAPITALIZED, CAPITALS, ONE_CAPITAL, MIXED))
    if kind == CAPITALIZED:
        letters &= shapes == LOWER
    return np.where(letters, kind, shapes)


class Batch:
    """Chunks padded to one length; `fields` are tensors of shape (chunks, words)."""

    def __init__(self, chunks_, vocabulary, rng=None, recased=0.0, dropped=0.0):
        cls, sep, mask = (vocabulary.ids[text] for text in ("[CLS]", "[SEP]", "[MASK]"))
        size = len(chunks_)
        pieces = max(1 + sum(len(s.ids) + 1 for s in chunk) for chunk in chunks_)
        words = max(sum(len(s.first) for s in chunk) for chunk in chunks_)
        table = lambda n, fill: np.full((size, n), fill, np.int64)
        self.ids, self.shapes, self.lengths = table(pieces, 0), table(pieces, 0), np.zeros(size, np.int64)
        self.first, self.sentence = table(words, 0), table(words, -1)
        self.fields = {name: table(words, 0 if name in ("names", "inner") else NONE) for name in
                       ("upos", "features", "lemma", "deprel", "attribution", "names", "inner", "head", "trigger", "status")}  # fmt: skip
        self.chunks = chunks_
        self.taught = []  # (chunk, first word, a teacher's opinion of the sentence)
        self.roles = []  # (chunk, word of a trigger, first word of its sentence, roles of the words of its sentence)
        self.cued = []  # (chunk, word, words of its cue)
        for row, chunk in enumerate(chunks_):
            recasing = rng is not None and rng.random() < recased
            self.ids[row, 0] = cls
            at, word = 1, 0
            for number, sentence in enumerate(chunk):
                n, w = len(sentence.ids), len(sentence.first)
                self.ids[row, at : at + n] = sentence.ids
                if dropped:
                    for place in np.nonzero([rng.random() < dropped for _ in range(n)])[0]:
                        self.ids[row, at + place] = mask
                self.shapes[row, at : at + n] = recase(sentence.shapes, rng) if recasing else sentence.shapes
                self.first[row, word : word + w] = at + sentence.first
                self.sentence[row, word : word + w] = number
                for name, values in sentence.labels.items():
                    self.fields[name][row, word : word + w] = np.where(values > 0, values + word, 0) if name == "head" else values
                self.roles += [(row, word + at_word, word, roles) for at_word, roles in sentence.roles]
                if sentence.soft is not None:
                    self.taught.append((row, word, sentence.soft))
                if sentence.cue is not None:
                    shift = word - sentence.start
                    for i, cue in enumerate(sentence.cue):
                        if sentence.labels["attribution"][i] not in (ATTRIBUTION.index("O"), ATTRIBUTION.index("B-Cue"), ATTRIBUTION.index("I-Cue")):
                            self.cued.append((row, word + i, [position + shift for position in cue], shift))
                self.ids[row, at + n] = sep
                at, word = at + n + 1, word + w
            self.lengths[row] = at
            for i, item in enumerate(self.cued):
                if item[0] == row and len(item) == 4:
                    self.cued[i] = (row, item[1], [p for p in item[2] if 0 <= p < word])
        for name in ("ids", "shapes", "lengths", "first", "sentence"):
            setattr(self, name, torch.from_numpy(getattr(self, name)))
        self.fields = {name: torch.from_numpy(values) for name, values in self.fields.items()}

    def to(self, device):
        for name in ("ids", "shapes", "lengths", "first", "sentence"):
            setattr(self, name, getattr(self, name).to(device))
        self.fields = {name: values.to(device) for name, values in self.fields.items()}
        return self

    @property
    def real(self):
        return self.sentence >= 0

    def teaching(self, device):
        """Of all words with a teacher's opinion: chunk and word, probabilities of heads (words, 1 + words of the chunk), the head whose
        relation is judged, and probabilities of relations and of each tagger's labels. None where no teacher spoke."""
        if not self.taught:
            return None
        count = sum(len(soft["head"]) for _, _, soft in self.taught)
        rows, words, heads = (np.zeros(count, np.int64) for _ in range(3))
        arcs = np.zeros((count, 1 + self.first.shape[1]), np.float32)
        at = 0
        for row, start, soft in self.taught:
            n = len(soft["head"])
            own = slice(at, at + n)
            rows[own], words[own] = row, start + np.arange(n)
            heads[own] = np.where(soft["head"] > 0, soft["head"] + start, 0)
            arcs[own, 0], arcs[own, 1 + start : 1 + start + n] = soft["arcs"][:, 0], soft["arcs"][:, 1:]
            at += n
        tensor = lambda array: torch.from_numpy(array).to(device)
        joined = lambda name: tensor(np.concatenate([soft[name] for _, _, soft in self.taught]).astype(np.float32))
        names = [name for name in self.taught[0][2] if name not in ("head", "arcs")]
        return tensor(rows), tensor(words), tensor(arcs), tensor(heads), {name: joined(name) for name in names}


def batches(chunks_, pieces, rng=None):
    """Groups chunks of like length into batches of about so many padded pieces."""
    length = lambda chunk: 1 + sum(len(s.ids) + 1 for s in chunk)
    order = sorted(chunks_, key=lambda chunk: length(chunk) + (rng.random() * 8 if rng else 0))
    out, current, longest = [], [], 0
    for chunk in order:
        longest_then = max(longest, length(chunk))
        if current and longest_then * (len(current) + 1) > pieces:
            out.append(current)
            current, longest_then = [], length(chunk)
        current.append(chunk)
        longest = longest_then
    out += [current] if current else []
    if rng:
        rng.shuffle(out)
    return out
