"""GUM's documents with their gold chains, read by an encoder as the program reads text: word vectors, predicted tags and trees.

The forward pass is that of `forward.py`, in batches; sentences are packed into chunks of up to 128 pieces as the program packs them.
"""
import collections, hashlib, math, pickle, re
import numpy as np
import torch
import forward

CHUNK_PIECES = 128
BATCH = 16


def annotated(encoder, vocabulary, folder, cache=None):
    """`train` and `dev` as lists of documents; kept in the cache folder under the encoder's checksum."""
    kept = cache / f"gum-{hashlib.sha256(encoder.read_bytes()).hexdigest()[:16]}.pickle" if cache else None
    if kept and kept.exists():
        return pickle.loads(kept.read_bytes())
    reader, vocabulary = Batches(encoder), forward.Vocabulary(vocabulary)
    out = {part: [reader.read(vocabulary, document) for document in documents(folder / f"{part}.conllu")] for part in ("dev", "train")}
    if kept:
        cache.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(pickle.dumps(out))
    return out


def documents(path):
    """Documents of a CoNLL-U file: sentences of words, a paragraph and a speaker a sentence (0 unknown), gold chains of token spans."""
    out, speaker = [], None
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# newdoc"):
            out.append({"id": line.split("= ")[1], "words": [], "paragraphs": [], "speakers": [], "entities": []})
            paragraph, names = -1, {}
        elif line == "# newpar" or line.startswith("# newpar "):
            paragraph += 1
        elif line.startswith("# sent_id"):
            speaker = None
        elif line.startswith("# speaker"):
            speaker = line.split("= ")[1]
        elif line and line[0].isdigit() and line.split("\t")[0].isdigit():
            cells = line.split("\t")
            document = out[-1]
            if cells[0] == "1":
                document["words"].append([])
                document["paragraphs"].append(paragraph)
                document["speakers"].append(names.setdefault(speaker, len(names) + 1) if speaker else 0)
            document["words"][-1].append(cells[1])
            document["entities"].append(next((m[7:] for m in cells[9].split("|") if m.startswith("Entity=")), ""))
    for document in out:
        document["chains"] = chains(document.pop("entities"))
    return out


def chains(entities):
    """Brackets of `Entity=`, a cell a token -> the spans of each group that has two or more."""
    open_, groups = collections.defaultdict(list), collections.defaultdict(list)
    for token, cell in enumerate(entities):
        for opens, name, closes in re.findall(r"(\()?([^()]+)(\))?", cell):
            group = name.split("-")[0]
            if opens:
                open_[group].append(token)
            if closes:
                groups[group].append((open_[group].pop(), token + 1))
    return [spans for spans in groups.values() if len(spans) > 1]


class Batches(forward.Encoder):
    """The forward pass over many chunks at a time."""

    def __init__(self, path):
        super().__init__(path)
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.tensors = {name: torch.from_numpy(np.ascontiguousarray(value)).to(self.device) for name, value in self.weights.items()}

    def linear(self, name, x):
        return torch.nn.functional.linear(x, self.tensors[name + ".weight"], self.tensors[name + ".bias"])

    def normalized(self, name, x):
        return torch.nn.functional.layer_norm(x, x.shape[-1:], self.tensors[name + ".weight"], self.tensors[name + ".bias"], 1e-12)

    @torch.no_grad()
    def vectors(self, ids, shapes, lengths):
        """(batch, pieces) ids and shape classes, padded -> (batch, pieces, width)."""
        ids, shapes, lengths = (torch.as_tensor(x, device=self.device) for x in (ids, shapes, lengths))
        table = lambda name: self.tensors["enc.bert.embeddings." + name + ".weight"]
        x = table("word_embeddings")[ids] + table("position_embeddings")[: ids.shape[1]] + table("token_type_embeddings")[0]
        x = self.normalized("enc.bert.embeddings.LayerNorm", x + self.tensors["enc.shape.weight"][shapes])
        mask = (torch.arange(ids.shape[1], device=self.device) >= lengths[:, None])[:, None, None] * -1e9
        for layer in self.layers:
            split = lambda y: y.view(*ids.shape, -1, forward.HEAD_WIDTH).transpose(1, 2)
            query, key, value = (split(self.linear(layer + "attention.self." + name, x)) for name in ("query", "key", "value"))
            weights = (query @ key.transpose(2, 3) / math.sqrt(forward.HEAD_WIDTH) + mask).softmax(-1)
            context = (weights @ value).transpose(1, 2).flatten(2)
            x = self.normalized(layer + "attention.output.LayerNorm", x + self.linear(layer + "attention.output.dense", context))
            wide = torch.nn.functional.gelu(self.linear(layer + "intermediate.dense", x))
            x = self.normalized(layer + "output.LayerNorm", x + self.linear(layer + "output.dense", wide))
        return x.cpu().numpy()

    def read(self, vocabulary, document):
        """A document of words -> the same with sentences of tags and trees, a vector a word, and the mean of its pieces' embeddings."""
        chunks = pack(vocabulary, document.pop("words"))
        embeddings = self.weights["enc.bert.embeddings.word_embeddings.weight"]
        sentences, vectors, words = [], [], []
        for at in range(0, len(chunks), BATCH):
            batch = chunks[at : at + BATCH]
            longest = max(len(chunk["ids"]) for chunk in batch)
            padded = lambda name: np.array([chunk[name] + [0] * (longest - len(chunk[name])) for chunk in batch])
            found = self.vectors(padded("ids"), padded("shapes"), np.array([len(chunk["ids"]) for chunk in batch]))
            for chunk, x in zip(batch, found):
                for text, pieces in chunk["sentences"]:
                    rows = x[[first for first, _ in pieces]]
                    heads, relations = self.well_formed(rows)
                    sentences.append({"words": text, "upos": self.label("upos", rows), "heads": heads, "rel": relations, "core": self.label("ner2", rows)})
                    vectors.append(rows)
                    words.append(np.stack([embeddings[chunk["ids"][first : first + n]].mean(axis=0) for first, n in pieces]))
        return document | {"sentences": sentences, "vectors": np.concatenate(vectors).astype(np.float16), "words": np.concatenate(words).astype(np.float16)}

    def well_formed(self, rows):
        """Heads and relations of a sentence, the best of each word; where that is no tree, words of a cycle hang on the root."""
        heads, relations = self.tree(rows)
        return mend(heads), relations


def pack(vocabulary, sentences):
    """Sentences of words into chunks; of each word the place of its first piece and the number of its pieces."""
    chunks = []
    for words in sentences:
        pieces = [[vocabulary.ids[piece] for piece in vocabulary.pieces(word)] for word in words]
        if not chunks or len(chunks[-1]["ids"]) + sum(map(len, pieces)) + 1 > CHUNK_PIECES:
            chunks.append({"ids": [vocabulary.ids["[CLS]"]], "shapes": [0], "sentences": []})
        chunk, places = chunks[-1], []
        for word, ids in zip(words, pieces):
            places.append((len(chunk["ids"]), len(ids)))
            chunk["ids"] += ids
            chunk["shapes"] += [forward.shape(word)] * len(ids)
        chunk["ids"].append(vocabulary.ids["[SEP]"])
        chunk["shapes"].append(0)
        chunk["sentences"].append((words, places))
    return chunks


def mend(heads):
    """Cuts each cycle at a word, which becomes a root: candidates need no more of a tree than that climbing ends."""
    heads = list(heads)
    for word in range(1, len(heads) + 1):
        seen, at = set(), word
        while at and at not in seen:
            seen.add(at)
            at = heads[at - 1]
        if at:
            heads[at - 1] = 0
    return heads
