#!/usr/bin/env python3
"""Trains an encoder and its heads.

    python training/train.py --corpora DIR --base DIR --words FILE --out teacher.safetensors --layers 6 --million-words 8 --seed 1

See README.md for the whole way from corpora to the shipped model.
"""
import argparse, math, pathlib, pickle, random, time
import torch
from torch.nn import functional as F
import corpora, model as models
from batches import NONE, Batch, batches, chunks, encode, label_sets
from measure import measure
from teach import teach
from wordpiece import Vocabulary, pruned

LIMITS = (1, 48, 96, 128, 160, 224)  # pieces of a chunk; 1 is a sentence for itself
WEIGHTS = {"upos": 0.5, "features": 0.3, "lemma": 0.3, "arc": 1.0, "relation": 1.0, "names": 1.0, "inner": 0.3, "attribution": 1.2, "cue": 0.6, "trigger": 1.0, "status": 0.5, "role": 0.3, "taught": 1.0}


def read_corpora(folder, schema, tokenizer, annotations, articles):
    """{part: documents} of everything annotated; the dev parts are for measuring."""
    facts = corpora.Facts(schema)
    parts = {f"{name}-{part}": corpora.conllu(f"{folder}/ud-{name}/{part}.conllu") for name in ("ewt", "gum") for part in ("train", "dev")}
    for part in ("gum-train", "gum-dev"):
        for document in parts[part]:
            for sentence in document.sentences:
                corpora.gum_names(sentence, facts)
    parts["names"] = list(corpora.name_corpora(folder, facts)) + list(corpora.re3d(folder, facts, tokenizer))
    parts["polnear-train"] = list(corpora.polnear(folder, "train", tokenizer))
    parts["polnear-dev"] = list(corpora.polnear(folder, "dev", tokenizer))
    marked = list(corpora.events(annotations, folder, articles, facts, tokenizer))
    parts["events-dev"] = marked[::10]
    parts["events"] = [document for i, document in enumerate(marked) if i % 10]
    parts["pud"] = list(corpora.pud_news(folder, facts))
    return parts


def losses(model, batch):
    """The loss of each head, summed over its annotated words, and how many those are; "taught" is the loss against a teacher."""
    x = model.words(batch)
    out = {}
    for name in ("upos", "features", "lemma", "attribution", "trigger", "status"):
        known = batch.fields[name] != NONE
        if known.any():
            logits = model.taggers[name](F.dropout(x[known], 0.1, model.training)).float()
            out[name] = F.cross_entropy(logits, batch.fields[name][known], reduction="sum"), known.sum()
    for name in ("names", "inner"):
        known = batch.fields[name] != 0
        if known.any():
            logits = torch.log_softmax(model.taggers[name](F.dropout(x[known], 0.1, model.training)).float(), -1)
            allowed = (batch.fields[name][known][:, None] >> torch.arange(logits.shape[1], device=x.device)) & 1
            out[name] = -torch.logsumexp(logits.masked_fill(allowed == 0, -1e4), -1).sum(), known.sum()
    hidden = model.hidden(x)
    known = batch.fields["head"] != NONE
    if known.any():
        scores = model.arcs(hidden[0], hidden[1], batch.sentence)
        gold = batch.fields["head"]
        out["arc"] = F.cross_entropy(scores[known], gold[known], reduction="sum"), known.sum()
        label_heads = torch.cat([model.root[models.ARC :].to(hidden[3].dtype).expand(len(x), 1, -1), hidden[3]], 1)
        rows = torch.arange(len(x), device=x.device)[:, None].expand_as(gold)[known]
        labelled = batch.fields["deprel"][known] != NONE
        relations = model.relations(hidden[2][known][labelled], label_heads[rows[labelled], gold[known][labelled]])
        out["relation"] = F.cross_entropy(relations, batch.fields["deprel"][known][labelled], reduction="sum"), labelled.sum()
    if batch.cued:
        rows, words = (torch.tensor(v, device=x.device) for v in zip(*[(row, word) for row, word, _ in batch.cued]))
        scores = model.cues(hidden[4], hidden[5], batch.real)[rows, words]
        target = torch.full_like(scores, -1e4)
        for i, (_, _, cue) in enumerate(batch.cued):
            target[i, [p + 1 for p in cue] or [0]] = 0.0
        scores = torch.log_softmax(scores, -1)
        out["cue"] = -torch.logsumexp(scores + target, -1).sum(), torch.tensor(len(rows))
    if batch.roles:
        own = model.event_hidden(x)
        rows, triggers, words, gold = zip(*[(row, trigger, start + i, role) for row, trigger, start, roles in batch.roles for i, role in enumerate(roles)])
        rows = torch.tensor(rows, device=x.device)
        scores = model.roles(own[rows, list(triggers)], own[rows, list(words)])
        out["role"] = F.cross_entropy(scores, torch.tensor(gold, device=x.device), reduction="sum"), torch.tensor(len(gold))
    if (teaching := batch.teaching(x.device)) is not None:
        out["taught"] = taught(model, batch, x, hidden, *teaching), torch.tensor(len(teaching[0]))
    return out


def taught(model, batch, x, hidden, rows, words, arcs, heads, labels):
    """Cross-entropy against a teacher's probabilities, all heads together with their weights."""
    against = lambda probabilities, logits: -(probabilities * torch.log_softmax(logits.float(), -1)).sum()
    loss = WEIGHTS["arc"] * against(arcs, model.arcs(hidden[0], hidden[1], batch.sentence)[rows, words])
    label_heads = torch.cat([model.root[models.ARC :].to(hidden[3].dtype).expand(len(x), 1, -1), hidden[3]], 1)
    loss = loss + WEIGHTS["relation"] * against(labels["relation"], model.relations(hidden[2][rows, words], label_heads[rows, heads]))
    own = F.dropout(x[rows, words], 0.1, model.training)
    for name in labels.keys() & WEIGHTS.keys() & set(models.TAGGERS):
        loss = loss + WEIGHTS[name] * against(labels[name], model.taggers[name](own))
    return loss


def epoch(parts, rng, shares, ask=None):
    """The chunks of one epoch: for each part, documents cut anew; a share of 0.3 takes some of its documents, one of 2 takes each twice.
    `ask` is given the documents that no teacher has seen yet."""
    out = []
    for name, share in shares.items():
        documents = parts.get(name)
        if not documents:
            continue
        chosen = documents * int(share) + rng.sample(documents, round(share % 1 * len(documents)))
        if ask:
            ask([document for document in {id(document): document for document in chosen}.values() if document and document[0].soft is None])
        for document in chosen:
            limit = rng.choice(LIMITS[2:] if name.startswith("polnear") else LIMITS)
            out += chunks(document, limit, rng if limit > 1 else None)
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", required=True), parser.add_argument("--base", required=True), parser.add_argument("--words", required=True)
    parser.add_argument("--schema", default="schema"), parser.add_argument("--out", required=True), parser.add_argument("--cache")
    parser.add_argument("--annotations", default=pathlib.Path(__file__).parent / "annotations/events.jsonl"), parser.add_argument("--articles")
    parser.add_argument("--layers", type=int, default=6), parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--million-words", type=float, default=8), parser.add_argument("--pieces", type=int, default=1536)
    parser.add_argument("--encoder-rate", type=float, default=1e-4), parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--teachers", nargs="*", default=[]), parser.add_argument("--start"), parser.add_argument("--text-words", type=float, default=0)
    parser.add_argument("--share", nargs="*", default=[], metavar="PART=SHARE", help="instead of SHARES")
    parser.add_argument("--word-dropout", type=float, default=0.0), parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    shares = SHARES | {name: float(share) for name, share in (pair.split("=") for pair in arguments.share)}
    torch.manual_seed(arguments.seed)
    rng = random.Random(arguments.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    texts, rows = pruned(pathlib.Path(arguments.base) / "vocab.txt")
    vocabulary = Vocabulary(texts)
    parts, labels = prepared(arguments, vocabulary)
    if arguments.start:
        model = models.load(arguments.start, device)
    else:
        base, depth = models.minilm(arguments.base)
        model = models.Model(labels, texts, arguments.layers)
        models.start_from(model.encoder, base, rows, [i * depth // arguments.layers for i in range(arguments.layers)])
        model.to(device)
    ask = None
    if arguments.teachers:
        texts = corpora.raw_texts(arguments.corpora, arguments.words, arguments.text_words * 1e6)
        parts["text"] = [encode(document, vocabulary, labels) for document in texts]
        teachers = [models.load(path, device) for path in arguments.teachers]
        ask = lambda documents: teach(teachers, documents, vocabulary, device)
    train(model, parts, vocabulary, arguments, shares, rng, device, ask)
    models.save(model, arguments.out)


def prepared(arguments, vocabulary):
    """Corpora as arrays, kept in a file between runs where one is named."""
    if arguments.cache and pathlib.Path(arguments.cache).exists():
        return pickle.loads(pathlib.Path(arguments.cache).read_bytes())
    documents = read_corpora(arguments.corpora, arguments.schema, arguments.words, arguments.annotations, arguments.articles)
    labels = label_sets(documents["ewt-train"] + documents["gum-train"])
    parts = {name: [encode(document, vocabulary, labels) for document in part] for name, part in documents.items()}
    if arguments.cache:
        pathlib.Path(arguments.cache).write_bytes(pickle.dumps((parts, labels)))
    return parts, labels


# How much of each part an epoch reads.
SHARES = {"ewt-train": 1.0, "gum-train": 1.0, "polnear-train": 0.35, "names": 0.3, "text": 0.5, "events": 3.0}


def train(model, parts, vocabulary, arguments, shares, rng, device, ask=None):
    encoder = [p for p in model.encoder.parameters()]
    own = {id(p) for p in encoder}
    heads = [p for p in model.parameters() if id(p) not in own]
    groups = [{"params": encoder, "lr": arguments.encoder_rate, "weight_decay": 0.01}, {"params": heads, "lr": arguments.head_rate, "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)
    rates = [group["lr"] for group in groups]
    goal, seen, step, started, sums = arguments.million_words * 1e6, 0, 0, time.time(), {}
    next_report, next_measure = 0, 0.34 * goal
    while seen < goal:
        for group in batches(epoch(parts, rng, shares, ask), arguments.pieces, rng):
            progress = seen / goal
            rate = min(1.0, step / 150) * (0.5 + 0.5 * math.cos(math.pi * min(1.0, progress)))
            for param, top in zip(optimizer.param_groups, rates):
                param["lr"] = top * max(rate, 0.005)
            batch = Batch(group, vocabulary, rng, recased=0.06, dropped=arguments.word_dropout).to(device)
            with torch.autocast(device, torch.bfloat16):
                found = losses(model.train(), batch)
            words = int(batch.real.sum())
            loss = sum(WEIGHTS[name] * value for name, (value, _) in found.items()) / words
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            optimizer.step()
            for name, (value, count) in found.items():
                total = sums.setdefault(name, [0.0, 0])
                total[0] += float(value.detach())
                total[1] += int(count)
            seen, step = seen + words, step + 1
            if seen >= next_report:
                spent = time.time() - started
                print(f"{seen / 1e6:.2f}M words, step {step}, {spent / 60:.1f} min, {seen / spent:.0f} words/s, " + ", ".join(f"{n} {a / max(b, 1):.3f}" for n, (a, b) in sums.items()), flush=True)
                sums, next_report = {}, next_report + goal / 40
            if seen >= next_measure or seen >= goal:
                print(measure(model, parts, vocabulary, device), flush=True)
                models.save(model, arguments.out + ".part")
                next_measure += 0.33 * goal
            if seen >= goal:
                break


if __name__ == "__main__":
    main()
