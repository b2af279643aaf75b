"""Words to the encoder's pieces: BERT's uncased word pieces, and the class of a word's capitals, which the pieces have lost."""
import unicodedata

MAX_WORD_PIECES = 8
PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "…": "...", "–": "-", "—": "--"})


class Vocabulary:
    """Word pieces by number and by text: "Dulwich" is `du ##l ##wich`."""

    def __init__(self, texts):
        self.texts = texts
        self.ids = {text: i for i, text in enumerate(self.texts)}
        self.known = {}

    def pieces(self, word):
        found = [piece for part in parts(word) for piece in self.longest_matches(part)]
        return found[:MAX_WORD_PIECES] or ["[UNK]"]

    def numbers(self, word):
        if word not in self.known:
            self.known[word] = [self.ids[piece] for piece in self.pieces(word)]
        return self.known[word]

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


def pruned(path):
    """The pieces of a base vocabulary that English news can need, and their rows: no unused ones, no letters of other scripts."""
    with open(path, encoding="utf-8") as file:
        texts = file.read().splitlines()
    wanted = lambda text: not text.startswith("[unused") and all(c.isascii() or unicodedata.category(c)[0] in "PS" for c in text)
    rows = [row for row, text in enumerate(texts) if wanted(text)]
    return [texts[row] for row in rows], rows


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


LOWER, CAPITALIZED, CAPITALS, ONE_CAPITAL, WITH_DIGITS, DIGITS, NO_LETTERS, MIXED = range(1, 9)


def shape(word):
    """The class of a word's capitals; 0 is for [CLS] and [SEP]."""
    if word.isdigit():
        return DIGITS
    if any(map(str.isdigit, word)):
        return WITH_DIGITS
    if not any(map(str.isalpha, word)):
        return NO_LETTERS
    if word.islower():
        return LOWER
    if word.isupper():
        return CAPITALS if len(word) > 1 else ONE_CAPITAL
    return CAPITALIZED if word[0].isupper() and word[1:].islower() else MIXED
