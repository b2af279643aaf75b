"""Reads the annotated corpora into one form: documents of sentences of words, with the labels that each corpus gives.

The folder is laid out as README.md tells. Words are cut as the program
cuts them: raw texts go through its own tokenizer (`cargo run --release --example words`), so that training sees what it will see.

A head is trained only on what a corpus annotates. Where label sets are coarser than ours, a word has a set of *allowed* labels:
"LOC" of one corpus allows country and place, the "O" of another allows our event and time, and the loss is that of the set.
"""
import collections, csv, dataclasses, functools, glob, json, os, re, subprocess

KINDS = ("person", "country", "place", "organization", "event", "time", "other")
NAMES = ("O",) + tuple(f"{bio}-{kind}" for kind in KINDS for bio in "BI")
PARTS = ("Source", "Cue", "Content")
ATTRIBUTION = ("O",) + tuple(f"{bio}-{part}" for part in PARTS for bio in "BI")
EVENTS = ("meet", "call", "visit", "gathering", "statement", "agreement", "election", "office-change", "legal", "conflict", "protest", "sanction", "other")
TRIGGERS = ("O",) + EVENTS
STATUSES = ("happened", "planned", "denied", "uncertain")
ROLES = ("none", "participant", "place", "time")
FEATURES = ("Number", "Person", "Polarity", "Tense", "VerbForm", "Voice")


@dataclasses.dataclass
class Sentence:
    """Words, and for each word its labels; a field is None where the corpus says nothing of it."""

    words: list
    upos: list = None
    features: list = None  # "Number=Sing|Person=3", of FEATURES only
    lemma: list = None  # an edit: see `edit`
    head: list = None  # 0 is the root, 1 the first word
    deprel: list = None
    names: list = None  # sets of allowed labels of NAMES, as bits; the outermost names
    inner: list = None  # the same, of names inside names
    attribution: list = None  # labels of ATTRIBUTION
    cue: list = None  # for each word of a source or content, the positions in the document of its cue's words
    trigger: list = None  # labels of TRIGGERS
    status: list = None  # labels of STATUSES at triggers, else None
    roles: list = None  # (position of the trigger, a label of ROLES for each word) of each trigger
    entities: list = None  # (first, last, group, kind) of every mention, for coreference


@dataclasses.dataclass
class Document:
    name: str
    sentences: list


def bits(labels):
    return sum(1 << NAMES.index(label) for label in labels)


OUTSIDE = bits(["O"])
ANYTHING = (1 << len(NAMES)) - 1


def kind_bits(kinds, begins):
    return bits(("O" if kind == "O" else f"{'B' if begins else 'I'}-{kind}") for kind in kinds)


def table(path):
    """Rows of one of the program's tables, as dicts."""
    with open(path, encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file if line.strip() and not line.startswith("#")]
    return [dict(zip(rows[0], row)) for row in rows[1:]]


class Facts:
    """What the program's tables know that labels depend on: names of countries, and words before a person's name."""

    def __init__(self, schema):
        countries = table(f"{schema}/gazetteer/countries.tsv")
        split = lambda row, column: [part for part in row[column].split("|") if part]
        self.countries = {name for row in countries for name in [row["name"]] + split(row, "aliases")}
        before = [row["title"] for row in table(f"{schema}/lexicon/titles.tsv")] + [row["form"] for row in table(f"{schema}/lexicon/honorifics.tsv")]
        before += [name for row in countries for name in split(row, "demonyms")]
        self.before_names = {word.lower() for phrase in before for word in phrase.split()}


AMBIGUOUS = {"Georgia"}  # a country and a place


def places(text, facts):
    """The kinds that a location's name may have."""
    text = re.sub(r"^the ", "", text.replace(" 's", ""), flags=re.I)
    return ("country", "place") if text in AMBIGUOUS else ("country",) if text in facts.countries else ("place",)


# --- Universal Dependencies -------------------------------------------------------------------------------------------------


def edit(form, lemma):
    """What makes a lemma of a form: case (L lower, K keep), letters off the end, letters added. "Leaders" -> "L1+"."""
    case = "K" if lemma[:1].isupper() and form[:1].isupper() else "L"
    base = form if case == "K" else form.lower()
    kept = 0
    while kept < min(len(base), len(lemma)) and base[kept] == lemma[kept]:
        kept += 1
    return f"{case}{len(base) - kept}+{lemma[kept:]}"


def unedit(form, script):
    off, add = script[1:].split("+", 1)
    base = form if script[0] == "K" else form.lower()
    return base[: len(base) - int(off)] + add if int(off) <= len(base) else base


def conllu(path):
    """Documents of a treebank; `Entity=` of GUM becomes names and mentions."""
    documents, rows, open_ = [], [], {}
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# newdoc"):
            documents.append(Document(line.split("=")[-1].strip(), []))
            open_ = {}
        elif line and line[0] != "#":
            cells = line.split("\t")
            if cells[0].isdigit():
                rows.append(cells)
        elif not line and rows:
            documents[-1].sentences.append(tree_sentence(rows))
            rows = []
    return documents


def tree_sentence(rows):
    features = ["|".join(f for f in row[5].split("|") if f.split("=")[0] in FEATURES) for row in rows]
    sentence = Sentence(
        words=[row[1] for row in rows], upos=[row[3] for row in rows], features=features,
        lemma=[edit(row[1], row[2]) for row in rows], head=[int(row[6]) for row in rows], deprel=[row[7] for row in rows],
    )  # fmt: skip
    sentence.entities = entities(rows)
    return sentence


def entities(rows):
    """(first, last, group, kind, minimal positions) of the mentions of one sentence of GUM, discontinuous ones left out."""
    out, open_ = [], collections.defaultdict(list)
    for at, row in enumerate(rows):
        field = next((field[7:] for field in row[9].split("|") if field.startswith("Entity=")), "")
        for opening, closing in re.findall(r"\(([^()]+)|([^()]*)\)", field):
            group, *rest = (opening or closing).split("-")
            if opening:
                minimal = rest[4] if len(rest) > 4 else ""
                open_[group].append((at, rest[0] if rest else "", [int(i) for i in re.findall(r"\d+", minimal)]))
                last = group
            else:
                group = group or last  # "(3-person-…)" closes what it opens
                if open_[group]:
                    first, kind, minimal = open_[group].pop()
                    if "[" not in group:
                        out.append((first, at, group, kind, minimal))
    return sorted(out, key=lambda mention: (mention[0], -mention[1]))


GLUE = {"of", "for", "the", "de", "la", "del", "al", "el", "von", "van", "bin", "&", "-"}
GUM_KINDS = {"person": "person", "organization": "organization", "event": "event", "time": "time", "place": "place"}


def core(sentence, first, last, minimal):
    """The name inside a mention: the proper nouns and numbers around its head, with what glues them. None if it is none."""
    proper = lambda i: sentence.upos[i] in ("PROPN", "NUM") or sentence.upos[i] == "ADJ" and sentence.words[i][:1].isupper()
    heads = [first + i - 1 for i in minimal if first + i - 1 <= last] or [last]
    heads = [i for i in heads if sentence.upos[i] == "PROPN"]
    if not heads:
        return None
    left, right = heads[0], heads[0]
    while left > first and proper(left - 1):
        left -= 1
    while right < last:
        step = right + 1
        while step < last and sentence.words[step].lower() in GLUE:
            step += 1
        if not proper(step) or step - right > 3:
            break
        right = step
    return left, right


def gum_names(sentence, facts):
    """Outermost and inner names of a sentence of GUM."""
    found = []
    for first, last, _, kind, minimal in sentence.entities:
        span = core(sentence, first, last, minimal)
        if span is None:
            continue
        text = " ".join(sentence.words[span[0] : span[1] + 1])
        kind = GUM_KINDS.get(kind, "other")
        found.append((span, places(text, facts) if kind == "place" else (kind,)))
    found.sort(key=lambda item: (item[0][0] - item[0][1], item[0]))
    n = len(sentence.words)
    sentence.names, sentence.inner = [OUTSIDE] * n, [OUTSIDE] * n
    taken = []
    for span, kinds in found:
        if any(span == other for other in taken):
            continue
        inside = any(a <= span[0] and span[1] <= b for a, b in taken)
        row = sentence.inner if inside else sentence.names
        if all(row[i] == OUTSIDE for i in range(span[0], span[1] + 1)):
            mark(sentence, row, span, kinds, facts)
            if not inside:
                taken.append(span)


def mark(sentence, row, span, kinds, facts):
    """Labels a name. Some corpora count "President" in "President Bush" to the name and some do not: there both are allowed."""
    first, last = span
    for at in range(first, last + 1):
        row[at] = kind_bits(kinds, begins=at == first)
    if kinds == ("person",):
        start = first
        while start < last and sentence.words[start].lower() in facts.before_names:
            row[start] = bits(["O", "B-person", "I-person"])
            start += 1
        if start > first:
            row[start] = bits(["B-person", "I-person"])


# --- names -----------------------------------------------------------------------------------------------------------------

PEOPLE = "person politician writer musicalartist scientist per PER"
GROUPS = "organisation politicalparty band university organization corporation group org ORG"
EVENTS = "election event conference eve"
THINGS = "book award album song astronomicalobject academicjournal discipline enzyme protein chemicalelement chemicalcompound theory magazine \
literarygenre poem musicgenre musicalinstrument product programlang algorithm field task metrics researcher creative-work art nat OTH"
MAPS = {
    **dict.fromkeys(PEOPLE.split(), ("person",)), **dict.fromkeys(GROUPS.split(), ("organization",)),
    **dict.fromkeys(EVENTS.split(), ("event",)), **dict.fromkeys(THINGS.split(), ("other", "O")),
    **dict.fromkeys(["MISC", "misc"], ("other", "event", "O")), "researcher": ("person",), "country": ("country",), "tim": ("time", "O"),
}  # fmt: skip
LOCATIONS = {"LOC", "location", "geo", "gpe"}


def named(words, spans, outside, facts):
    """A sentence with name spans (first, last, label of the corpus); everything else may be what `outside` allows."""
    sentence = Sentence(words=words, names=[kind_bits(("O",), True) | bits(f"{b}-{k}" for k in outside for b in "BI")] * len(words))
    for first, last, label in spans:
        while first < last and words[first].lower() == "the":
            first += 1
        text = " ".join(words[first : last + 1])
        if label == "gpe" and text not in facts.countries:
            kinds = ("other", "O")  # a nationality
        else:
            kinds = places(text, facts) if label in LOCATIONS else MAPS[label]
        mark(sentence, sentence.names, (first, last), kinds, facts)
    return sentence


def bio_spans(labels):
    """Spans of B-, I- (or I- alone) labels."""
    out = []
    for at, label in enumerate(labels):
        kind = label[2:]
        if label == "O" or not kind:
            continue
        if label[0] == "B" or not out or out[-1][1] != at - 1 or out[-1][2] != kind:
            out.append((at, at, kind))
        else:
            out[-1] = (out[-1][0], at, kind)
    return out


def columns(path, word=0, label=-1, separator=None, skip="#"):
    """Sentences of (words, labels) of a file with a word a line."""
    words, labels = [], []
    for line in list(open(path, encoding="utf-8", errors="replace")) + [""]:
        cells = line.strip().split(separator)
        if not line.strip() or line.startswith("-DOCSTART"):
            if words:
                yield words, labels
            words, labels = [], []
        elif not (line.startswith("# ") and skip):
            words.append(cells[word])
            labels.append(cells[label])


def name_corpora(folder, facts):
    """Documents of the corpora of names, several sentences each."""
    sources = []
    for topic in ("politics", "literature", "science", "music", "ai"):
        for part in ("train", "dev", "test") if topic == "politics" else ("train", "dev"):
            sources.append((f"crossner-{topic}", columns(f"{folder}/ner/crossner/{topic}/{part}.txt", skip=""), ("time", "O")))
    sources.append(("uner-ewt", columns(f"{folder}/ner/uner-ewt/en_ewt-ud-test.iob2", 1, 2, "\t"), ("event", "time", "other")))
    wikigold = [path for path in glob.glob(f"{folder}/ner/wikigold/CONLL-format/data/*") if os.path.isfile(path)]
    sources += [("wikigold", columns(path), ("time",)) for path in wikigold]
    sources.append(("wnut17", columns(f"{folder}/ner/wnut17/wnut17train.conll", separator="\t", skip=""), ("event", "time", "other")))
    sources.append(("gmb", gmb(f"{folder}/ner/gmb/ner_dataset_part.csv"), ("event", "time", "other")))
    for name, sentences, outside in sources:
        outside = [kind for kind in outside if kind != "O"]
        cut = [named(*hyphens(words, bio_spans(labels)), outside, facts) for words, labels in sentences]
        for at in range(0, len(cut), 8):
            yield Document(f"{name}-{at}", cut[at : at + 8])


def pud_news(folder, facts):
    """The news half of UNER's PUD, each sentence for itself: for measuring only."""
    path = f"{folder}/ner/uner-pud/en_pud-ud-test.iob2"
    ids = [line.split("=")[1].strip() for line in open(path, encoding="utf-8") if line.startswith("# sent_id")]
    for name, (words, labels) in zip(ids, columns(path, 1, 2, "\t")):
        if name.startswith("n"):
            yield Document(name, [named(*hyphens(words, bio_spans(labels)), (), facts)])


def hyphens(words, spans):
    """Cuts "US-led" in three as the program does, and moves the spans."""
    out, starts = [], []
    for word in words:
        starts.append(len(out))
        parts = re.split(r"(?<=\w)(-)(?=\w)", word) if re.search(r"[A-Za-z]-[A-Za-z]", word) else [word]
        out += [part for part in parts if part]
    starts.append(len(out))
    return out, [(starts[first], starts[last + 1] - 1, kind) for first, last, kind in spans]


def gmb(path):
    words, labels = [], []
    for row in csv.reader(open(path, encoding="utf-8", errors="replace")):
        if len(row) < 4 or row[0] == "Sentence #":
            continue
        if row[0] and words:
            yield words, labels
            words, labels = [], []
        if row[1].strip():
            words.append(row[1].strip())
            labels.append(row[3])
    yield words, labels


# --- raw texts ---------------------------------------------------------------------------------------------------------------


def cut(texts, tokenizer):
    """Sentences of words of each text, with character offsets: [[(word, start, end), …], …]."""
    lines = "".join(json.dumps(text, ensure_ascii=False) + "\n" for text in texts)
    done = subprocess.run([tokenizer], input=lines.encode(), stdout=subprocess.PIPE, check=True).stdout
    out = []
    for text, line in zip(texts, done.decode().splitlines()):
        raw = text.encode()
        chars = [0] * (len(raw) + 1)
        count = 0
        for byte in range(len(raw)):
            chars[byte] = count
            count += (raw[byte] & 0xC0) != 0x80 and 1 or 0
            chars[byte] = count - 1
        chars[len(raw)] = count
        sentences = json.loads(line)
        out.append([[(raw[a:b].decode(), chars[a], chars[b - 1] + 1) for a, b in sentence] for sentence in sentences])
    return out


def re3d(folder, facts, tokenizer):
    documents = []
    for part in sorted(glob.glob(f"{folder}/re3d/*/documents.json")):
        spans = collections.defaultdict(list)
        for line in open(part.replace("documents", "entities"), encoding="utf-8"):
            entity = json.loads(line)
            spans[entity["documentId"]].append((entity["begin"], entity["end"], entity["type"], entity["value"]))
        for line in open(part, encoding="utf-8"):
            document = json.loads(line)
            documents.append((document["_id"], document["text"], spans[document["_id"]]))
    kinds = {"Person": "PER", "Organisation": "ORG", "Location": "LOC"}
    for (name, _, spans), sentences in zip(documents, cut([text for _, text, _ in documents], tokenizer)):
        made = []
        for sentence in sentences:
            words = [word for word, _, _ in sentence]
            inside = []
            unclear = set()
            for begin, end, kind, value in spans:
                at = [i for i, (_, a, b) in enumerate(sentence) if a >= begin and b <= end]
                if not at:
                    continue
                proper = [w for w in words[at[0] : at[-1] + 1] if w.lower() not in GLUE | {"and", "in", "on", "'s", "’s"}]
                if kind in kinds and proper and all(w[:1].isupper() for w in proper):
                    inside.append((at[0], at[-1], kinds[kind]))
                else:
                    unclear.update(at)
            inside.sort(key=lambda span: span[0] - span[1])
            inside = [s for i, s in enumerate(inside) if not any(s[0] <= t[1] and t[0] <= s[1] for t in inside[:i])]
            made.append(named(words, inside, ("event", "time", "other"), facts))
            for at in unclear:
                if not any(first <= at <= last for first, last, _ in inside):
                    made[-1].names[at] = ANYTHING
        yield Document("re3d-" + name, made)


def polnear(folder, part, tokenizer):
    """PolNeAR's articles: a label for each word, and for the words of sources and contents their cue."""
    files = {}
    for path in sorted(glob.glob(f"{folder}/polnear/{part}/attributions/*.ann")):
        files.setdefault(os.path.basename(path).rsplit("_", 1)[0], path)  # the first of several annotators
    texts = {name: open(f"{folder}/polnear/{part}/text/{name}.txt", encoding="utf-8").read() for name in files}
    for (name, path), sentences in zip(files.items(), cut(list(texts.values()), tokenizer)):
        flat = [word for sentence in sentences for word in sentence]
        labels, cues = ["O"] * len(flat), [()] * len(flat)
        for parts in attributions(path):
            at = {part: covered(flat, parts.get(part, [])) for part in PARTS}
            for part in PARTS:
                for i, position in enumerate(at[part]):
                    begins = i == 0 or position != at[part][i - 1] + 1
                    labels[position] = f"{'B' if begins else 'I'}-{part}"
                    if part != "Cue":
                        cues[position] = tuple(at["Cue"])
        made, start = [], 0
        for sentence in sentences:
            own = slice(start, start + len(sentence))
            made.append(Sentence(words=[word for word, _, _ in sentence], attribution=labels[own], cue=cues[own]))
            start += len(sentence)
        yield Document(name, made)


def attributions(path):
    """The spans (start, end) of each attribution of an annotation file, by part."""
    spans, out = {}, []
    for line in open(path, encoding="utf-8"):
        cells = line.rstrip("\n").split("\t")
        if cells[0].startswith("T") and len(cells) > 1:
            places_ = cells[1].split(" ", 1)[1]
            spans[cells[0]] = [tuple(map(int, piece.split())) for piece in places_.split(";")]
        elif cells[0].startswith("E"):
            parts = collections.defaultdict(list)
            for role, target in (pair.split(":") for pair in cells[1].split()):
                parts[re.sub(r"\d+$", "", role)] += spans.get(target, [])
            out.append(parts)
    return out


def covered(words, spans):
    """Positions of the words that lie in any of the spans (by more than half)."""
    out = []
    for at, (_, start, end) in enumerate(words):
        if any(min(end, b) - max(start, a) > (end - start) / 2 for a, b in spans):
            out.append(at)
    return out


def text_of(item):
    """The text of an item of the raw texts: title and paragraphs, one a line."""
    return "\n".join(([item["title"]] if item.get("title") else []) + (item.get("paras") or [item.get("text", "")]))


def text_of_document(folder, articles, corpus, number):
    """The text that an annotation's offsets count in. Of `text` the item of that number, of `gmb` the twenty sentences from that one on,
    of the others the file of that name."""
    if corpus == "gmb":
        sentences = gmb_sentences(f"{folder}/ner/gmb/ner_dataset_part.csv")[number : number + 20]
        return "\n".join(" ".join(words) for words, _ in sentences)
    if corpus in ("articles", "polnear"):
        path = f"{articles}/{number}.txt" if corpus == "articles" else f"{folder}/polnear/train/text/{number}.txt"
        with open(path, encoding="utf-8", newline="") as file:
            return file.read()
    return text_of(json_lines(f"{folder}/text/{corpus}.jsonl")[number])


@functools.lru_cache(None)
def gmb_sentences(path):
    return list(gmb(path))


@functools.lru_cache(None)
def json_lines(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def events(annotations, folder, articles, facts, tokenizer):
    """Articles whose events are marked: `annotations` holds offsets in code points, the texts are those of `folder` and `articles`.
    Of `articles` the names and claims are known too, from the gold graphs beside them, of others the names where they are marked."""
    marked, texts = [], []
    for line in open(annotations, encoding="utf-8"):
        document = json.loads(line)
        corpus, number = document["corpus"], document["document"]
        gold = f"{articles}/{number}.gold.json" if corpus == "articles" else None
        if gold and not os.path.exists(gold):
            continue
        texts.append(text_of_document(folder, articles, corpus, number))
        marked.append((f"{corpus}-{number}", document["mentions"], document.get("names"), gold))
    for (name, mentions, names, gold), text, sentences in zip(marked, texts, cut(texts, tokenizer)):
        made = Document(name, [eventful(sentence, mentions) for sentence in sentences])
        if names is not None:
            for sentence, own in zip(sentences, made.sentences):
                mark_names(sentence, own, names, facts)
        if gold:
            with open(gold, encoding="utf-8") as file:
                graph = json.load(file)
            gold_names(made, sentences, graph, facts)
            gold_claims(made, sentences, text, graph)
        yield made


def mark_names(sentence, made, names, facts):
    """Labels the names of a sentence of (word, start, end), of which `names` has all: (start, end, kind). Times are not marked."""
    made.names = [bits(["O", "B-time", "I-time"])] * len(sentence)
    for start, end, kind in names:
        at = covered(sentence, [(start, end)])
        while len(at) > 1 and sentence[at[0]][0].lower() == "the":
            at = at[1:]
        if at:
            mark(made, made.names, (at[0], at[-1]), (kind,), facts)


GOLD_KINDS = {"person": "PER", "country": "country", "place": "LOC", "organization": "ORG"}


def gold_names(document, sentences, graph, facts):
    """Marks every place where a name of the gold graph stands; longer names first. Demonyms and descriptions are no names."""
    names = {}
    for entity in graph["entities"]:
        for name in {entity["name"], *entity["mentions"]}:
            words = re.findall(r"\w+(?:[.’'&]\w+)*\.?|[^\w\s]", name)
            proper = [w for w in words if w.lower() not in GLUE | {"and", "'s", "’s", "'", "’", "."}]
            if proper and all(w[:1].isupper() or w[:1].isdigit() for w in proper) and not all(w.lower() in facts.before_names for w in proper):
                names["".join(name.split())] = GOLD_KINDS[entity["type"]]
    longest = max(map(len, names), default=0)
    for made, sentence in zip(document.sentences, sentences):
        words, spans, at = made.words, [], 0
        while at < len(words):
            joined, best = "", None
            for end in range(at, len(words)):
                joined += words[end]
                if len(joined) > longest:
                    break
                best = (at, end, names[joined]) if joined in names else best
            if best:
                spans.append(best)
            at = best[1] + 1 if best else at + 1
        clear = [(a, b, kind) for a, b, kind in spans if kind != "country" or " ".join(words[a : b + 1]) in facts.countries]
        made.names = named(words, clear, ("event", "time", "other"), facts).names
        for first, last, _ in set(spans) - set(clear):  # "Government of Iraq" stands for its country
            made.names[first : last + 1] = [ANYTHING] * (last + 1 - first)


def gold_claims(document, sentences, text, graph):
    """Labels of source, cue and content from the claims of a gold graph; of nested claims the outer."""
    flat = [word for sentence in sentences for word in sentence]
    labels, cues = ["O"] * len(flat), [()] * len(flat)
    for claim in sorted(graph["claims"], key=lambda claim: -sum(map(len, claim["content"]))):
        contents = [(at, at + len(piece)) for piece in claim["content"] if (at := text.find(piece)) >= 0]
        if not contents:
            continue
        near = lambda words, to: min(((abs(m.start() - to), m.span()) for m in re.finditer(r"(?<!\w)" + re.escape(words) + r"(?!\w)", text)), default=(0, None))[1] if words else None
        outside = lambda span: span and not any(a <= span[0] < b for a, b in contents)
        cue = min((near(claim["cue"], edge) for edge in contents[0]), key=lambda span: min(abs(span[0] - e) for e in contents[0]) if span else 1e9)
        source = near(claim["speaker_text"], cue[0]) if outside(cue) else None
        parts = {"Content": contents, "Cue": [cue] if outside(cue) else [], "Source": [source] if outside(source) else []}
        at = {part: covered(flat, parts[part]) for part in PARTS}
        if any(labels[position] != "O" for places_ in at.values() for position in places_):
            continue
        for part in PARTS:
            for i, position in enumerate(at[part]):
                labels[position] = f"{'B' if i == 0 or position != at[part][i - 1] + 1 else 'I'}-{part}"
                if part != "Cue":
                    cues[position] = tuple(at["Cue"])
    start = 0
    for made in document.sentences:
        own = slice(start, start + len(made.words))
        made.attribution, made.cue = labels[own], cues[own]
        start += len(made.words)


def eventful(sentence, mentions):
    n = len(sentence)
    made = Sentence(words=[word for word, _, _ in sentence], trigger=["O"] * n, status=[None] * n, roles=[])
    for mention in mentions:
        at = covered(sentence, [mention["trigger"]])
        if not at:
            continue
        made.trigger[at[-1]], made.status[at[-1]] = mention["type"], mention["status"]
        labels = ["none"] * n
        for role, spans in (("time", [mention["time"]]), ("place", [mention["place"]]), ("participant", mention["participants"])):
            for position in covered(sentence, [span for span in spans if span]):
                labels[position] = role
        made.roles.append((at[-1], labels))
    return made


def raw_texts(folder, tokenizer, words):
    """About so many words of the unlabelled texts, taken evenly."""
    texts = []
    for path in sorted(glob.glob(f"{folder}/text/*.jsonl")):
        for line in open(path, encoding="utf-8"):
            item = json.loads(line)
            texts.append(text_of(item))
    total = sum(len(text.split()) for text in texts)
    share = max(1, round(total / words))
    texts = texts[::share]
    for at, sentences in enumerate(cut(texts, tokenizer)):
        yield Document(f"text-{at}", [Sentence(words=[word for word, _, _ in sentence]) for sentence in sentences])
