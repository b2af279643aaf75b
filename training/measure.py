"""Scores of a float model on the dev parts, quick ones for the course of training; `rapporteur eval` measures what ships."""
import collections
import torch
import model as models
from batches import NONE, Batch, batches, chunks
from corpora import ATTRIBUTION, NAMES, TRIGGERS


@torch.no_grad()
def predict(model, documents, vocabulary, device="cpu", limit=128, pieces=4096):
    """Yields (document number, chunk, outputs) for all chunks; outputs are numpy arrays of one chunk's words."""
    model.eval()
    listed = [(number, chunk) for number, document in enumerate(documents) for chunk in chunks(document, limit)]
    numbers = {id(chunk): number for number, chunk in listed}
    results = {}
    for group in batches([chunk for _, chunk in listed], pieces):
        batch = Batch(group, vocabulary).to(device)
        with torch.autocast(device, torch.bfloat16):
            x = model.words(batch)
            hidden = model.hidden(x)
            arcs = model.arcs(hidden[0], hidden[1], batch.sentence)
            cues = torch.log_softmax(model.cues(hidden[4], hidden[5], batch.real), -1)
            tags = {name: model.taggers[name](x).float() for name in models.TAGGERS}
            label_heads = torch.cat([model.root[models.ARC :].to(hidden[3].dtype).expand(len(x), 1, -1), hidden[3]], 1)
        heads = arcs.argmax(-1)
        for row, chunk in enumerate(group):
            n = int(batch.real[row].sum())
            with torch.autocast(device, torch.bfloat16):
                relations = model.relations(hidden[2][row, :n], label_heads[row, heads[row, :n]])
            own = model.event_hidden(x[row, :n].float())
            results[id(chunk)] = {
                "roles": lambda trigger, first, size, own=own: model.roles(own[[trigger] * size], own[first : first + size]).argmax(-1).numpy(),
                "head": heads[row, :n].cpu().numpy(), "deprel": relations.argmax(-1).cpu().numpy(), "cue": cues[row, :n, : n + 1].cpu().numpy(),
                "arcs": arcs[row, :n, : n + 1].cpu().numpy(), "relations": relations.cpu().numpy(),
                **{name: logits[row, :n].cpu().numpy() for name, logits in tags.items()},
                "gold": {name: values[row, :n].cpu().numpy() for name, values in batch.fields.items()},
            }  # fmt: skip
    for number, chunk in listed:
        yield number, chunk, results[id(chunk)]


def spans(labels):
    """(first, last, kind) of BIO labels."""
    out = []
    for at, label in enumerate(labels):
        if label == "O":
            continue
        if label[0] == "I" and out and out[-1][1] == at - 1 and out[-1][2] == label[2:]:
            out[-1] = (out[-1][0], at, label[2:])
        else:
            out.append((at, at, label[2:]))
    return out


def attributions(output):
    """The attributions of a chunk: lists of (sources, cue, contents), each a set of word positions."""
    labels = [ATTRIBUTION[i] for i in output["attribution"].argmax(-1)]
    found = spans(labels)
    cues = [range(a, b + 1) for a, b, kind in found if kind == "Cue"]
    grouped = [{"Source": set(), "Content": set(), "Cue": set(cue)} for cue in cues]
    for first, last, kind in found:
        if kind == "Cue":
            continue
        scores = output["cue"][first : last + 1]
        by_cue = [scores[:, [w + 1 for w in cue]].max(1).mean() for cue in cues]
        if by_cue and max(by_cue) > scores[:, 0].mean():
            grouped[max(range(len(cues)), key=by_cue.__getitem__)][kind].update(range(first, last + 1))
        elif kind == "Content":
            grouped.append({"Source": set(), "Content": set(range(first, last + 1)), "Cue": set()})
    return [item for item in grouped if item["Content"]]


def matched(gold, found):
    """How many pairs have contents with a Jaccard of at least 0.5, one to one; and how many of them overlapping sources too."""
    pairs = sorted(((len(g["Content"] & f["Content"]) / len(g["Content"] | f["Content"]), i, j) for i, g in enumerate(gold) for j, f in enumerate(found)), reverse=True)
    left, right, sourced = set(), set(), 0
    for score, i, j in pairs:
        if score >= 0.5 and i not in left and j not in right:
            left.add(i), right.add(j)
            a, b = gold[i]["Source"], found[j]["Source"]
            sourced += (not a and not b) or (bool(a | b) and len(a & b) / len(a | b) >= 0.5)
    return len(left), sourced


def measure(model, parts, vocabulary, device="cpu"):
    score = {}
    for part in ("ewt-dev", "gum-dev"):
        count = collections.Counter()
        for _, _, out in predict(model, parts[part], vocabulary, device):
            gold = out["gold"]
            right = out["head"] == gold["head"]
            count["words"] += len(right)
            count["UAS"] += right.sum()
            count["LAS"] += (right & (out["deprel"] == gold["deprel"])).sum()
            for name in ("upos", "features", "lemma"):
                count[name] += (out[name].argmax(-1) == gold[name]).sum()
            for name in ("names", "inner"):
                if part == "gum-dev":
                    truth = [NAMES[int(b).bit_length() - 1] for b in (gold[name] & -gold[name])]
                    names(count, name, set(spans(truth)), set(spans([NAMES[i] for i in out[name].argmax(-1)])))
        score[part] = {name: round(100 * float(count[name]) / count["words"], 2) for name in ("upos", "UAS", "LAS", "features", "lemma")}
        score[part] |= {name: f1(count, name) for name in ("names", "inner") if part == "gum-dev"}
    score["pud"] = pud(model, parts["pud"], vocabulary, device)
    for limit in (128, 192):
        score[f"polnear {limit}"] = polnear(model, parts["polnear-dev"], vocabulary, device, limit)
    score["events"] = triggers(model, parts["events-dev"], vocabulary, device) if parts.get("events-dev") else None
    return score


def triggers(model, documents, vocabulary, device):
    """Triggers with their types, and without; and roles of words at the gold triggers, none left out."""
    count = collections.Counter()
    for _, chunk, out in predict(model, documents, vocabulary, device):
        found, gold = out["trigger"].argmax(-1), out["gold"]["trigger"]
        at = lambda labels, typed: {(i, label if typed else 1) for i, label in enumerate(labels) if label > 0}
        names(count, "typed", at(gold, True), at(found, True))
        names(count, "untyped", at(gold, False), at(found, False))
        count["status right"] += int(((out["status"].argmax(-1) == out["gold"]["status"]) & (gold > 0)).sum())
        start = 0
        for sentence in chunk:
            for trigger, roles in sentence.roles:
                guess = out["roles"](start + trigger, start, len(roles))
                for role, name in ((1, "participant"), (2, "place"), (3, "time")):
                    names(count, name, set((roles == role).nonzero()[0]), set((guess == role).nonzero()[0]))
            start += len(sentence.first)
    status = round(100 * count["status right"] / max(1, count["typed gold"]), 2)
    return {"status": status} | {name: f1(count, name) for name in ("typed", "untyped", "participant", "place", "time")}


def names(count, key, gold, found):
    count[key + " right"] += len(gold & found)
    count[key + " gold"] += len(gold)
    count[key + " found"] += len(found)


def f1(count, key):
    return round(200 * count[key + " right"] / max(1, count[key + " gold"] + count[key + " found"]), 2)


def pud(model, documents, vocabulary, device):
    """UNER's PUD, news: persons, locations (countries among them), organizations."""
    count = collections.Counter()
    for _, _, out in predict(model, documents, vocabulary, device):
        coarse = lambda found: {(a, b, "place" if kind == "country" else kind) for a, b, kind in found if kind in ("person", "country", "place", "organization")}
        truth = [NAMES[int(b).bit_length() - 1] for b in (out["gold"]["names"] & -out["gold"]["names"])]
        names(count, "names", coarse(spans(truth)), coarse(spans([NAMES[i] for i in out["names"].argmax(-1)])))
    return f1(count, "names")


def polnear(model, documents, vocabulary, device, limit):
    count, tokens = collections.Counter(), collections.Counter()
    gold, found = collections.defaultdict(list), collections.defaultdict(list)
    starts = collections.Counter()
    gold_parts = collections.defaultdict(lambda: collections.defaultdict(lambda: {"Source": set(), "Content": set()}))
    for number, chunk, out in predict(model, documents, vocabulary, device, limit):
        start = starts[number]
        truth = [ATTRIBUTION[i] for i in out["gold"]["attribution"]]
        guess = [ATTRIBUTION[i] for i in out["attribution"].argmax(-1)]
        for a, b in zip(truth, guess):
            for part in ("Source", "Cue", "Content"):
                tokens[part + " right"] += a[2:] == b[2:] == part
                tokens[part + " gold"] += a[2:] == part
                tokens[part + " found"] += b[2:] == part
        at = start
        for sentence in chunk:
            for i, cue in enumerate(sentence.cue):
                part = truth[at - start][2:]
                if part in ("Source", "Content"):
                    gold_parts[number][cue][part].add(at)
                at += 1
        for item in attributions(out):
            found[number].append({part: {start + p for p in places} for part, places in item.items()})
        starts[number] += len(truth)
    for number in starts:
        gold[number] = [item for item in gold_parts[number].values() if item["Content"]]
        right, sourced = matched(gold[number], found[number])
        count["right"] += right
        count["sourced"] += sourced
        count["all"] += len(gold[number]) + len(found[number])
    return {"content": round(200 * count["right"] / count["all"], 2), "with source": round(200 * count["sourced"] / count["all"], 2)} | {part: f1(tokens, part) for part in ("Source", "Cue", "Content")}
