"""GUM's documents with their gold chains, read by an encoder as the program reads text: word vectors, predicted tags and trees.

Sentences are packed into chunks of up to 128 pieces as the program packs them.
"""
import collections, hashlib, pickle, re
import numpy as np
import torch
import model as models
from wordpiece import Vocabulary, shape

CHUNK_PIECES = 128
BATCH = 16


def annotated(weights, folder, cache=None):
    """`train` and `dev` as lists of documents; kept in the cache folder under the weights' checksum."""
    kept = cache / f"gum-{hashlib.sha256(weights.read_bytes()).hexdigest()[:16]}.pickle" if cache else None
    if kept and kept.exists():
        return pickle.loads(kept.read_bytes())
    reader = Reader(weights)
    out = {part: [reader.read(document) for document in documents(folder / f"{part}.conllu")] for part in ("dev", "train")}
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


class Reader:
    """A trained model that reads documents, many chunks at a time."""

    def __init__(self, path):
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.model = models.load(path, self.device)
        self.vocabulary = Vocabulary(self.model.vocabulary)
        self.embeddings = self.model.encoder.word.weight.detach().cpu().numpy()

    @torch.no_grad()
    def read(self, document):
        """A document of words -> the same with sentences of tags and trees, a vector a word, and the mean of its pieces' embeddings."""
        chunks = pack(self.vocabulary, document.pop("words"))
        sentences, vectors, words = [], [], []
        for at in range(0, len(chunks), BATCH):
            batch = chunks[at : at + BATCH]
            for chunk, x in zip(batch, self.encode(batch)):
                for text, pieces in chunk["sentences"]:
                    rows = x[[first for first, _ in pieces]]
                    sentences.append(self.sentence(text, rows))
                    vectors.append(rows.cpu().numpy())
                    words.append(np.stack([self.embeddings[chunk["ids"][first : first + n]].mean(axis=0) for first, n in pieces]))
        return document | {"sentences": sentences, "vectors": np.concatenate(vectors).astype(np.float16), "words": np.concatenate(words).astype(np.float16)}

    def encode(self, chunks):
        """(chunks, pieces, width), the pieces padded to one length."""
        longest = max(len(chunk["ids"]) for chunk in chunks)
        tensor = lambda rows: torch.tensor(rows, device=self.device)
        padded = lambda name: tensor([chunk[name] + [0] * (longest - len(chunk[name])) for chunk in chunks])
        return self.model.encoder(padded("ids"), padded("shapes"), tensor([len(chunk["ids"]) for chunk in chunks]))

    def sentence(self, words, x):
        """Tags, heads and relations of a sentence, the best of each word; where the heads are no tree, words of a cycle hang on the root."""
        heads, relations = self.tree(x)
        return {"words": words, "upos": self.tags("upos", x), "heads": mend(heads), "rel": relations, "names": self.tags("names", x)}

    def tags(self, name, x):
        return [self.model.labels[name][i] for i in self.model.taggers[name](x).argmax(1).tolist()]

    def tree(self, x):
        hidden = self.model.hidden(x)
        alone = torch.zeros(1, len(x), dtype=torch.long, device=x.device)
        heads = self.model.arcs(hidden[0][None], hidden[1][None], alone)[0].argmax(1)
        candidates = torch.cat([self.model.root[None, models.ARC :], hidden[3]])
        relations = self.model.relations(hidden[2], candidates[heads]).argmax(1)
        return heads.tolist(), [self.model.labels["deprel"][i] for i in relations.tolist()]


def pack(vocabulary, sentences):
    """Sentences of words into chunks; of each word the place of its first piece and the number of its pieces."""
    cls, sep = vocabulary.ids["[CLS]"], vocabulary.ids["[SEP]"]
    chunks = []
    for words in sentences:
        pieces = [vocabulary.numbers(word) for word in words]
        if not chunks or len(chunks[-1]["ids"]) + sum(map(len, pieces)) + 1 > CHUNK_PIECES:
            chunks.append({"ids": [cls], "shapes": [0], "sentences": []})
        chunk, places = chunks[-1], []
        for word, ids in zip(words, pieces):
            places.append((len(chunk["ids"]), len(ids)))
            chunk["ids"] += ids
            chunk["shapes"] += [shape(word)] * len(ids)
        chunk["ids"].append(sep)
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
