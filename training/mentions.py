"""Coreference: which words may stand for somebody or something, and what the head is told of each and of each pair.

The program does the same in `src/nlp/coreference/`; `tests/engine/coreference.jsonl` holds the two against each other. All is a
function of words, parts of speech, heads, relations, name labels, paragraphs and speakers; word lists are those of
`schema/lexicon`. A candidate is a head word and the span that GUM would give it, once alone and once with its conjuncts.
"""
import pathlib
import numpy as np

LEXICON = pathlib.Path(__file__).parent.parent / "schema" / "lexicon"

HEADS = {"NOUN", "PROPN", "PRON", "NUM", "SYM", "X", "DET", "ADJ", "ADV"}
#: A word that hangs on another in one of these ways heads no mention of its own.
NOT_HEADS = {"flat", "fixed", "goeswith", "case", "mark", "cc", "punct", "aux", "cop", "discourse", "reparandum", "det:predet"}
NOT_HEADS_AS = {("DET", "det"), ("ADJ", "amod"), ("NUM", "nummod")}
#: Dependents whose words belong to the span, before the head and after it: those that do in most of GUM's training part.
BEFORE = {"det", "amod", "compound", "nmod:poss", "nummod", "nmod:desc", "det:predet", "nmod:unmarked", "dep", "obl:unmarked", "flat", "goeswith"}
AFTER = {"nmod", "flat", "acl:relcl", "acl", "case", "nmod:unmarked", "advmod", "amod", "nummod", "obl", "compound", "fixed", "goeswith",
         "det", "obj", "xcomp"}  # fmt: skip
#: Of these, what belongs to the clause where the head is its predicate ("was a minister for years").
OF_CLAUSE = {"advmod", "obl", "obl:unmarked", "dep"}

TYPES = ("name", "pronoun", "definite", "indefinite", "possessive", "demonstrative", "bare", "number", "adverb", "group")
NAME, PRONOUN, GROUP = 0, 1, 9
ROLES = (("nsubj", "csubj"), ("obj", "iobj"), ("obl",), ("nmod",), ("nmod:poss",), ("root",), ("conj",), ("appos",), ("compound", "nmod:desc"),
         ("xcomp", "ccomp", "advcl", "acl", "parataxis"))  # fmt: skip
KINDS = ("none", "person", "place", "organization", "event", "time", "other")
KIND_OF = {"country": "place"}
UNKNOWN_FORM = 63
GENDERS = {"u": 0, "m": 1, "f": 2, "n": 3}
#: What is known of each candidate by itself, and how many values it has; the form is the pronoun's number in the order of its table,
#: from one, the last of those not in it.
ATTRIBUTES = (("type", len(TYPES)), ("role", len(ROLES) + 1), ("person", 5), ("number", 3), ("gender", 4), ("kind", len(KINDS)), ("width", 8), ("opens", 2), ("form", 64))  # fmt: skip


class Lexicon:
    """The tables of `schema/lexicon` that features need."""

    def __init__(self):
        self.pronouns, self.forms = {}, {}
        for row in table("pronouns.tsv"):
            person = int(row["person"]) if row["person"].isdigit() else 4
            number = 2 if row["number"] == "plur" else 1 if person in (1, 3) else 0
            self.forms.setdefault(row["form"].lower(), len(self.forms) + 1)
            self.pronouns.setdefault(row["form"].lower(), (person, number, GENDERS[row["gender"]]))
        self.given = {row["name"].lower(): GENDERS[row["gender"]] for row in table("given-names.tsv")}
        self.nouns = {row["form"].lower(): (2 if row["number"] == "plur" else 1, GENDERS[row["gender"]]) for row in table("persons.tsv")}
        self.honorifics = {title(row["form"]): GENDERS[row["gender"]] for row in table("honorifics.tsv")}
        of = lambda name: {row["word"].lower() for row in table("function-words.tsv") if row["class"] == name}
        self.definite, self.indefinite, self.demonstrative = of("definite"), of("indefinite"), of("demonstrative")


def table(name):
    with open(LEXICON / name, encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file if not line.startswith("#")]
    return [dict(zip(rows[0], row + [""] * len(rows[0]))) for row in rows[1:]]


def title(text):
    return text.replace(".", "").replace("-", " ").lower()


def is_head(upos, relation):
    return upos in HEADS and relation not in NOT_HEADS and (upos, relation) not in NOT_HEADS_AS


def candidates(upos, heads, relations):
    """One sentence (heads from zero, -1 the root) -> (head, start, end, is a group), by head, a group after its first member."""
    children = [[] for _ in heads]
    for word, head in enumerate(heads):
        if head >= 0:
            children[head].append(word)
    low, high = extents(heads)
    out = []
    for word in range(len(heads)):
        if not is_head(upos[word], relations[word]):
            continue
        if upos[word] == "ADV":
            out.append((word, word, word + 1, False))
            continue
        predicate = any(relations[child] == "cop" for child in children[word])
        mine = lambda child, relations_in: relations[child] in relations_in and not (predicate and relations[child] in OF_CLAUSE)
        start = min([word] + [low[child] for child in children[word] if child < word and mine(child, BEFORE)])
        end = max([word + 1] + [high[child] for child in children[word] if child > word and mine(child, AFTER)])
        out.append((word, start, end, False))
        others = [high[child] for child in children[word] if child > word and relations[child] == "conj"]
        if others:
            out.append((word, start, max(others + [end]), True))
    return out


def extents(heads):
    """First word and end of the subtree under each word."""
    low, high = list(range(len(heads))), [i + 1 for i in range(len(heads))]
    for word in range(len(heads)):
        at = heads[word]
        while at >= 0:
            low[at], high[at] = min(low[at], word), max(high[at], word + 1)
            at = heads[at]
    return low, high


def stem(word):
    """A regular plural's singular, roughly: what is only compared need not be a word."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


class Mentions:
    """The candidates of a document, with arrays of what is known of each.

    `sentences`: dicts of words, upos, heads (1 is the first word, 0 the root), rel, names; `paragraphs` and `speakers`: a number each
    sentence, 0 where nobody is known to speak.
    """

    def __init__(self, lexicon, sentences, paragraphs, speakers):
        self.lexicon = lexicon
        self.words, self.upos, self.rel, self.head, self.names, self.where = [], [], [], [], [], []
        self.rows = []  # (sentence, head, start, end, is a group), words counted over the document
        for s, sentence in enumerate(sentences):
            first, heads = len(self.words), [head - 1 for head in sentence["heads"]]
            for head, start, end, group in candidates(sentence["upos"], heads, sentence["rel"]):
                self.rows.append((s, first + head, first + start, first + end, group))
            self.words += sentence["words"]
            self.upos += sentence["upos"]
            self.rel += sentence["rel"]
            self.names += sentence["names"]
            self.head += [first + head if head >= 0 else -1 for head in heads]
            self.where += [s] * len(heads)
        self.lower = [word.lower() for word in self.words]
        quoted = quotations(self.words, [paragraphs[s] for s in self.where])
        described = [self.attributes(row) for row in self.rows]
        self.of = {name: np.array([row[i] for row in described], np.int32) for i, (name, _) in enumerate(ATTRIBUTES)}
        self.sentence = np.array([row[0] for row in self.rows], np.int32)
        self.speaker = np.array([speakers[row[0]] for row in self.rows], np.int32)
        self.quote = np.array([quoted[row[1]] for row in self.rows], np.int32)
        content = [self.content(row) for row in self.rows]
        self.text = [self.plain(row) for row in self.rows]
        self.bare = [" ".join(stem(self.lower[word]) for word in words) for words in content]
        self.bag = [frozenset(stem(self.lower[word]) for word in words) for words in content]
        self.stem = [stem(self.lower[row[1]]) + ("&" if row[4] else "") for row in self.rows]

    def attributes(self, row):
        _, head, start, end, group = row
        kind = self.type(row)
        relation = self.rel[head]
        exact = [i for i, names in enumerate(ROLES) if relation in names]
        loose = [i for i, names in enumerate(ROLES) if relation.split(":")[0] in names]
        role = (exact + loose + [len(ROLES)])[0]
        person, number, gender = self.agreement(row, kind)
        label = self.names[head].split("-")[-1]
        name = "none" if label == "O" else KIND_OF.get(label, label)
        opens = start == 0 or self.where[start - 1] != self.where[start]
        form = min(self.lexicon.forms.get(self.lower[head], UNKNOWN_FORM), UNKNOWN_FORM) if kind == PRONOUN else 0
        return kind, role, person, number, gender, KINDS.index(name if name in KINDS else "other"), min(end - start, 8) - 1, int(opens), form

    def type(self, row):
        _, head, start, end, group = row
        opener, upos = self.lower[start], self.upos[head]
        if group:
            return GROUP
        if self.is_pronoun(head):
            return PRONOUN
        if upos == "PROPN":
            return NAME
        if upos == "ADV":
            return TYPES.index("adverb")
        for name, words in (("demonstrative", self.lexicon.demonstrative), ("definite", self.lexicon.definite), ("indefinite", self.lexicon.indefinite)):
            if opener in words:
                return TYPES.index(name)
        if any(self.head[word] == head and self.rel[word] == "nmod:poss" for word in range(start, head)):
            return TYPES.index("possessive")
        return TYPES.index("number" if upos in ("NUM", "SYM") else "bare")

    def is_pronoun(self, head):
        return self.upos[head] == "PRON" or self.upos[head] == "DET" and self.lower[head] in self.lexicon.pronouns

    def agreement(self, row, kind):
        """Person (0 of nouns, 4 of relatives and demonstratives), number (0 unknown, 1, 2), gender (0 unknown, m, f, n)."""
        _, head, start, end, group = row
        low = self.lower[head]
        if kind == PRONOUN:
            return self.lexicon.pronouns.get(low, (4, 0, 0))
        if kind == GROUP:
            return 0, 2, 0
        if kind == NAME:
            return 0, 1, self.gender(start, end)
        plural = 2 if self.upos[head] == "NOUN" and stem(low) != low else 1
        return 0, *self.lexicon.nouns.get(low, (plural, 0))

    def gender(self, start, end):
        """That of the first courtesy form of a name that tells one, else of its first given name."""
        forms = (self.lexicon.honorifics.get(title(self.words[word]), 0) for word in range(start, end))
        given = (self.lexicon.given.get(self.lower[word]) for word in range(start, end) if self.upos[word] == "PROPN")
        return next((gender for gender in forms if gender), 0) or next((gender for gender in given if gender is not None), 0)

    def content(self, row):
        """The words that tell which one is meant."""
        _, head, start, end, _ = row
        small = ("PUNCT", "DET", "ADP", "PART", "CCONJ", "AUX")
        return [word for word in range(start, end) if word == head or self.upos[word] not in small and self.rel[word] != "nmod:poss"]

    def plain(self, row):
        """The words but for punctuation and a final 's."""
        _, _, start, end, _ = row
        end -= self.upos[end - 1] == "PART"
        return " ".join(self.lower[word] for word in range(start, end) if self.upos[word] != "PUNCT")


def quotations(words, paragraphs):
    """The number of the quotation that each word stands in, 0 for none; a quotation ends with its paragraph."""
    out, count, inside = [], 0, False
    for i, word in enumerate(words):
        if i and paragraphs[i] != paragraphs[i - 1]:
            inside = False
        if word in ("“", "”", '"'):
            inside = word == "“" or word == '"' and not inside
            count += inside
            out.append(0)
        else:
            out.append(count if inside else 0)
    return out


#: Pair features: name and number of values, in the order of the rows of the weights.
N = len(TYPES)
R = len(ROLES) + 1
PAIR = (
    ("sentences", 9), ("between", 9), ("types", N * N), ("roles", 2 * R * R), ("exact", 9), ("head", 18), ("overlap", 15), ("agreement", 288),
    ("persons", 50), ("kinds", 49), ("speakers", 16), ("syntax", 24), ("letters", 8), ("compatible", 5), ("nth", 8), ("salience", 5),
)  # fmt: skip
OFFSETS = np.cumsum([0] + [size for _, size in PAIR])


def pairs(m, kept, window, far):
    """Kept candidates (indices in order) -> arrays of later and earlier positions among them, by later, then earlier.

    The `window` candidates before each, and before those the nearest `far` with the same head word; pronouns look no further.
    """
    later, earlier = [], []
    by_stem = {}
    for i, c in enumerate(kept):
        begin = max(0, i - window)
        before = []
        if m.of["type"][c] != PRONOUN:
            mates = by_stem.setdefault(m.stem[c], [])
            before = [j for j in mates if j < begin][-far:]
            mates.append(i)
        before += range(begin, i)
        later += [i] * len(before)
        earlier += before
    return np.array(later, np.int64), np.array(earlier, np.int64)


def features(m, kept, L, E):
    """(pairs, len(PAIR)) numbers of rows of the weights, for later L and earlier E positions among the kept."""
    kept = np.asarray(kept, np.int64)
    of = {name: values[kept] for name, values in m.of.items()}
    rows = [m.rows[c] for c in kept]
    sentence, speaker, quote = m.sentence[kept], m.speaker[kept], m.quote[kept]
    ci, cj = coarse(of["type"][L]), coarse(of["type"][E])
    same = (sentence[L] == sentence[E]).astype(np.int64)
    text, bare, stems = (numbers([values[c] for c in kept]) for values in (m.text, m.bare, m.stem))
    heads = (stems[L] == stems[E]).astype(np.int64)
    exact = np.where(text[L] == text[E], 2, bare[L] == bare[E])
    agreement = ((of["number"][L] * 3 + of["number"][E]) * 4 + of["gender"][L]) * 4 + of["gender"][E]
    spoken = (speaker[L] == speaker[E]).astype(np.int64)
    known = (speaker[L] > 0) & (speaker[E] > 0)
    firsts, lasts = numbers([m.lower[row[2]] for row in rows]), numbers([m.lower[row[3] - 1] for row in rows])
    ends = (firsts[L] == firsts[E]) * 2 + (lasts[L] == lasts[E])
    columns = (
        bucket(sentence[L] - sentence[E]),
        bucket(L - E - 1),
        of["type"][L] * N + of["type"][E],
        (of["role"][L] * R + of["role"][E]) * 2 + same,
        exact * 3 + ci,
        (heads * 3 + ci) * 3 + cj,
        overlap([m.bag[c] for c in kept], L, E) * 3 + ci,
        agreement * 2 + (ci == 1),
        (of["person"][L] * 5 + of["person"][E]) * 2 + spoken,
        of["kind"][L] * 7 + of["kind"][E],
        (quoting(quote[L], quote[E]) * 2 + spoken) * 2 + known,
        nesting(rows, L, E) * 8 + syntax(m, rows, L, E, same),
        acronyms(m, rows, L, E) * 4 + ends,
        rank(compatible(of, L, E), L, 4),
        rank(heads, L, 3) * 2 + heads,
        np.minimum(bucket(earlier_mates(stems)), 4)[E],
    )
    return (np.stack(columns, 1) + OFFSETS[:-1]).astype(np.int32)


def bucket(x):
    """0 1 2 3-4 5-8 9-16 17-32 33-64 65- as 0 to 8."""
    edges = np.array([1, 2, 3, 5, 9, 17, 33, 65])
    return np.searchsorted(edges, x, side="right")


def coarse(types):
    """0 a name, 1 a pronoun, 2 anything else."""
    return np.where(types == NAME, 0, np.where(types == PRONOUN, 1, 2))


def numbers(items):
    """The same number for the same item."""
    ids = {}
    return np.array([ids.setdefault(item, len(ids)) for item in items], np.int64)


def overlap(bags, L, E):
    """0 no word in common, 1 some, 2 all of the earlier's, 3 all of the later's, 4 the same."""
    words = sorted(set().union(*bags))
    column = {word: i for i, word in enumerate(words)}
    has = np.zeros((len(bags), len(words) + 1), np.float32)
    for i, bag in enumerate(bags):
        has[i, [column[word] for word in bag]] = 1
    common, size = (has @ has.T)[L, E].astype(np.int64), np.array([len(bag) for bag in bags], np.int64)
    all_later, all_earlier = common == size[L], common == size[E]
    return np.where(common == 0, 0, np.where(all_later & all_earlier, 4, np.where(all_later, 3, np.where(all_earlier, 2, 1))))


def quoting(qi, qj):
    """0 neither quoted, 1 the same quotation, 2 two quotations, 3 one quoted."""
    return np.where((qi == 0) & (qj == 0), 0, np.where(qi == qj, 1, np.where((qi > 0) & (qj > 0), 2, 3)))


def nesting(rows, L, E):
    """0 neither, 1 the later lies in the earlier, 2 the earlier in the later."""
    start, end = np.array([row[2] for row in rows], np.int64), np.array([row[3] for row in rows], np.int64)
    inside = (start[L] >= start[E]) & (end[L] <= end[E])
    return np.where(inside, 1, np.where((start[E] >= start[L]) & (end[E] <= end[L]), 2, 0))


def syntax(m, rows, L, E, same):
    """How two of a sentence hang together: 0 not, 1 apposition, 2 subject and predicate, 3 conjuncts, 4 dependents of one word,
    5 the later hangs on the earlier, 6 the earlier on the later, 7 both have the same head word."""
    out = np.zeros(len(L), np.int64)
    for k in np.flatnonzero(same):
        later, earlier = rows[L[k]][1], rows[E[k]][1]
        if later == earlier:
            out[k] = 7
        elif m.head[later] == earlier:
            out[k] = {"appos": 1, "conj": 3}.get(m.rel[later], 5)
        elif m.head[earlier] == later:
            out[k] = 2 if m.rel[earlier] in ("nsubj", "nsubj:outer") else 6
        elif m.head[later] == m.head[earlier]:
            out[k] = 3 if m.rel[later] == m.rel[earlier] == "conj" else 4
    return out


def acronyms(m, rows, L, E):
    """Whether one is spelled of the other's capital initials."""
    short = [m.words[head].replace(".", "") if end - start <= 2 and not group else "" for _, head, start, end, group in rows]
    short = [word if len(word) > 1 and word.isupper() else "" for word in short]
    initials = ["".join(word[0] for word in m.words[start:end] if word[0].isupper()) for _, _, start, end, _ in rows]
    ids = {"": -1}
    of = np.array([ids.setdefault(word, len(ids)) for word in short], np.int64)
    spelled = np.array([ids.get(word, -2) if word and word != own else -2 for word, own in zip(initials, short)], np.int64)
    return ((of[L] == spelled[E]) | (of[E] == spelled[L])).astype(np.int64)


def compatible(of, L, E):
    """Whether the later is a pronoun that agrees with the earlier in number, gender and person."""
    number = agrees(of["number"], L, E)
    gender = agrees(of["gender"], L, E)
    person = agrees(of["person"], L, E)
    kind, own = of["kind"][E], of["gender"][L]
    animate = (kind == 1) & (own == 3) | (kind > 1) & (kind < 6) & ((own == 1) | (own == 2))
    return (number & gender & person & ~animate & (of["type"][L] == PRONOUN)).astype(np.int64)


def agrees(values, L, E):
    """Whether two values are the same or one is unknown."""
    return (values[L] == values[E]) | (values[L] == 0) | (values[E] == 0)


def rank(flag, L, most):
    """Of the pairs of one later candidate: how many nearer ones have the flag, up to `most`; `most` too where the pair has none."""
    out = np.full(len(L), most, np.int64)
    begin = np.flatnonzero(np.r_[True, L[1:] != L[:-1]]) if len(L) else []
    for a, b in zip(begin, [*begin[1:], len(L)]):
        flags = flag[a:b][::-1].astype(bool)
        out[a:b] = np.where(flags, np.minimum(np.cumsum(flags) - 1, most), most)[::-1]
    return out


def earlier_mates(stems):
    """How many earlier candidates have the same head word."""
    seen, out = {}, np.zeros(len(stems), np.int64)
    for i, stem in enumerate(stems):
        out[i] = seen.get(stem, 0)
        seen[stem] = out[i] + 1
    return out
