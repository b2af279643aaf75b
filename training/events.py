#!/usr/bin/env python3
"""Trains the decisions on events: which mentions are of one event, who takes part, which events count, and what each is a part of,
whether it took place, where and when.

    events.py --cases PROGRAM --gold DIR [--gold DIR …] --fresh DIR [--fresh DIR …] --out model/events.tsv

PROGRAM is the example `event_cases`; DIR holds ID.txt with ID.gold.json. The event head was trained on the texts of --gold, so that it is
surer of them than of others; those of --fresh it has never seen. They weigh more, and the thresholds are chosen on them alone. The
examples of `schema/events` are learned from too: each tells of its own type only; and for the status, of which the rarer kinds stand
seldom in articles, the sentences of `annotations/status.tsv`. Each decision is a logistic regression over named features
(`src/extract/event`), regularized and thresholded by cross-validation over articles. The order matters: who takes part is learned on
events as the first decision gathers them, and which count on the participants of the second; the rest on the events that count. Ten
minutes on one core.
"""
import argparse, collections, copy, glob, json, os, random, re, subprocess, sys, tempfile

import torch

FOLDS = 5
RARE = 3            # a feature of fewer articles is left out
# The thresholds of pairs are raised by this: events that are none have pairs too, which are not among the cases. As is best on articles held out.
STRAY = {"meet": 0.9, "visit": 0.6}
# What is added at the end, as measured best over whole graphs, those of `annotations/held-out.jsonl` among them, in steps of a twentieth: a
# threshold that is best for a decision's own cases is not so for the graph. Of places and days a doubtful one is better than none.
LEANING = {
    ("takes part", "bias"): -0.3, ("takes part", "meet|any"): 0.8, ("takes part", "visit|any"): 0.6, ("takes part", "call|any"): 0.6,
    ("counts", "bias"): -0.6, ("counts", "meet|any"): -0.3, ("counts", "visit|any"): -0.3, ("counts", "gathering|any"): -0.3,
    ("happens in", "bias"): 1.4, ("happens on", "bias"): 1.2,
}  # fmt: skip
LEAST = 0.06        # a feature that weighs less is left out: half of them, and no score that is measured changes by more than chance
CROWD = 8           # more than these take part in no meeting of pairs
SEED = 11
FRESH_WEIGHT = 2.0
FURTHER_WEIGHT = 0.7    # of an article other than of --gold where places and days are learned
SENTENCE_WEIGHT = 4.0   # of a sentence that is there for its status
ANY = "any"         # the feature of every case, which with an event's type holds the threshold of that type
STATUSES = {"happened": "has happened", "planned": "is planned", "denied": "is denied", "uncertain": "is uncertain"}
STRENGTHS = {"same": (2.0, 4.0, 8.0), "takes part": (2.0, 4.0, 8.0), "counts": (4.0, 8.0, 16.0)}
CHOICE_STRENGTHS = (4.0, 8.0, 16.0)
TYPED = {"happens in": 4.0, "happens on": 4.0}     # how much more a feature of one event type ("meet|…") is drawn to zero than one of all types


def words(text):
    return re.findall(r"[^\W_]+", (text or "").lower().replace("’s ", " ").replace("'s ", " "))


def forms(entity):
    found = set()
    for form in [entity.get("name")] + list(entity.get("aliases") or entity.get("mentions") or []):
        parts = words(form)
        found.add(" ".join(parts[1:] if parts[:1] == ["the"] else parts))
    return found - {""}


class Article:
    """An article's cases, with what the gold graph says of them."""

    def __init__(self, cases, folder, fresh):
        self.id, self.cases, self.fresh = cases["id"], cases["cases"], fresh
        self.only = None    # the one type that the gold tells of, of an example
        path = os.path.join(folder, self.id)
        gold = json.load(open(path + ".gold.json", encoding="utf-8"))
        text = open(path + ".txt", encoding="utf-8").read()
        self.gold = {event["id"]: event for event in gold["events"]}
        self.entity = self.match_entities(cases["entities"], gold["entities"])
        self.told = {}      # of each gold event, the spans of its evidence
        for event in gold["events"]:
            spans = []
            for evidence in event["evidence"]:
                spans += [(found.start(), found.end()) for found in re.finditer(re.escape(evidence), text)]
            self.told[event["id"]] = spans
        self.mentions = [self.of_mention(mention) for mention in self.cases["mentions"]]

    def match_entities(self, system, gold):
        """The gold entity of each of the system's, by the most names in common."""
        pairs = []
        for ours in system:
            for theirs in gold:
                if ours["kind"] != theirs["type"]:
                    continue
                if ours["kind"] == "country":
                    common = 9 if ours.get("iso") == theirs.get("iso") else 0
                else:
                    common = len(forms(ours) & forms(theirs))
                if common:
                    pairs.append((common, ours["id"], theirs["id"]))
        found, used = {}, set()
        for _, ours, theirs in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
            if ours not in found and theirs not in used:
                found[ours] = theirs
                used.add(theirs)
        return found

    @classmethod
    def of_example(cls, cases):
        """A sentence of `schema/events`: the events of its type, by the names of those who take part."""
        article = cls.__new__(cls)
        article.id, article.cases, article.fresh, article.only = cases["id"], cases["cases"], False, cases["example"]["type"]
        article.gold = {str(at): {"type": article.only, "participants": names} for at, names in enumerate(cases["example"]["yields"])}
        article.entity = {entity["id"]: entity["name"] for entity in cases["entities"]}
        article.mentions = [set(article.gold) if mention["type"] == article.only else set() for mention in article.cases["mentions"]]
        article.statuses = cases["example"]["status"]
        return article

    @classmethod
    def of_sentence(cls, cases, kind, status):
        """A sentence with one event of a type, of which nothing is told but its status."""
        article = cls.__new__(cls)
        article.id, article.cases, article.fresh, article.only, article.statuses = cases["id"], cases["cases"], False, kind, [status]
        return article

    def one_status(self):
        """The features and the status of the one event of an example."""
        numbers = {mention["event"] for mention in self.cases["mentions"] if mention["type"] == self.only}
        if self.only and len(self.statuses) == 1 and len(numbers) == 1:
            yield self.cases["events"][numbers.pop()]["status"], self.statuses[0]

    def of_mention(self, mention):
        """The gold events that a mention may tell of: of its type, the evidence around it the shortest."""
        at = mention["trigger"][0]
        around = {}
        for event, spans in self.told.items():
            lengths = [end - start for start, end in spans if start <= at < end]
            if self.gold[event]["type"] == mention["type"] and lengths:
                around[event] = min(lengths)
        shortest = min(around.values(), default=0)
        return {event for event, length in around.items() if length == shortest}

    def pairs(self):
        for pair in self.cases["pairs"]:
            a, b = self.mentions[pair["earlier"]], self.mentions[pair["later"]]
            if len(a) == 1 and len(b) == 1 and not self.only:
                yield pair["features"], a == b

    def events(self):
        """For each event as gathered: the gold event that most of its mentions tell of, and the features."""
        votes = collections.defaultdict(collections.Counter)
        types = {}
        for mention, golds in zip(self.cases["mentions"], self.mentions):
            types[mention["event"]] = mention["type"]
            for gold in golds:
                votes[mention["event"]][gold] += 1 / len(golds)
        for number, event in enumerate(self.cases["events"]):
            if self.only not in (None, types[number]):
                continue
            best = sorted(votes[number].items(), key=lambda vote: (-vote[1], vote[0]))
            yield number, (best[0][0] if best else None), event

    def candidates(self):
        for number, gold, event in self.events():
            if gold is None:
                continue
            inside = set(self.gold[gold]["participants"])
            if self.only and len(self.gold) > 1:
                continue    # which of several is not told
            for entity, features in event["candidates"]:
                yield (self.gold[gold]["type"], self.id, number), features, self.entity.get(entity) in inside

    def counted(self, takes_part):
        """For each event whether it is the best telling of a gold event; `takes_part` decides on features."""
        told = self.told_by(takes_part)
        for number, _, event in self.events():
            yield event["features"], number in told

    def told_by(self, takes_part):
        """For each event that is the best telling of a gold event, that one; `takes_part` decides on features."""
        pairs = []
        votes = collections.defaultdict(set)
        for mention, golds in zip(self.cases["mentions"], self.mentions):
            votes[mention["event"]] |= golds
        for number, _, event in self.events():
            actors = {self.entity.get(entity, entity) for entity, features in event["candidates"] if takes_part(features)}
            for gold in votes[number]:
                wanted = set(self.gold[gold]["participants"])
                if wanted and not wanted & actors:
                    continue
                pairs.append((len(wanted & actors) / max(1, len(wanted | actors)), number, gold))
        matched, used = {}, set()
        for _, number, gold in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
            if number not in matched and gold not in used:
                matched[number] = gold
                used.add(gold)
        return matched

    def circumstances(self, takes_part):
        """The events that count and tell a gold event: what was seen of each, that one, and of which event each tells."""
        if self.only:
            return
        told = self.told_by(takes_part)
        for event in self.cases["counted"]:
            if event["event"] in told:
                yield event, self.gold[told[event["event"]]], told


class Case:
    """One case of a decision: its article, whether that is fresh, what it belongs to, its features and whether it is so."""

    def __init__(self, article, features, label, group=None):
        self.article, self.fresh, self.features, self.label, self.group = article.id, article.fresh, features, float(label), group
        self.weight = FRESH_WEIGHT if article.fresh else 1.0


class Decision:
    """A logistic regression over named features."""

    def __init__(self, cases, strength, typed=1.0):
        seen = collections.defaultdict(set)
        for case in cases:
            for feature in case.features:
                seen[feature].add(case.article)
        names = sorted(feature for feature, articles in seen.items() if len(articles) >= RARE)
        self.index = {name: at for at, name in enumerate(names)}
        rows = [[self.index[feature] for feature in case.features if feature in self.index] for case in cases]
        flat = torch.tensor([at for row in rows for at in row], dtype=torch.long)
        offsets = torch.tensor([0] + [len(row) for row in rows]).cumsum(0)[:-1]
        target = torch.tensor([case.label for case in cases])
        weight = torch.tensor([case.weight for case in cases])
        drawn = torch.tensor([[strength * (typed if "|" in name else 1.0)] for name in names])
        weights = torch.zeros(len(names), 1, requires_grad=True)
        bias = torch.zeros(1, requires_grad=True)
        optimizer = torch.optim.LBFGS([weights, bias], max_iter=60, line_search_fn="strong_wolfe")

        def closure():
            optimizer.zero_grad()
            scores = torch.nn.functional.embedding_bag(flat, weights, offsets, mode="sum").squeeze(1) + bias
            loss = torch.nn.functional.binary_cross_entropy_with_logits(scores, target, weight, reduction="sum")
            loss = loss + (drawn * weights ** 2).sum() / 2
            loss.backward()
            return loss

        optimizer.step(closure)
        self.weights = weights.detach().squeeze(1).tolist()
        self.bias = bias.item()

    def score(self, features):
        return self.bias + sum(self.weights[self.index[feature]] for feature in features if feature in self.index)


def f1(hit, system, gold):
    return 2 * hit / max(1, system + gold)


def of_cases(scored, threshold, missing=0):
    """F1 of the cases above a threshold; `missing` true ones have no case."""
    hit = sum(case.label for score, case in scored if score > threshold)
    system, gold = sum(score > threshold for score, _ in scored), sum(case.label for _, case in scored)
    return f1(hit, system, gold + missing)


def of_pairs(scored, threshold):
    """F1 of the pairs of participants: between that of all pairs, crowds left out, and its mean over events, where one crowd is one event."""
    events = collections.defaultdict(lambda: [0, 0, 0])
    for score, case in scored:
        found = events[case.group]
        found[0] += case.label and score > threshold
        found[1] += score > threshold
        found[2] += case.label
    pairs = [[count * (count - 1) / 2 for count in found] for found in events.values() if found[2] <= CROWD]
    each = [f1(*found) for found in pairs if found[1] or found[2]]
    return (sum(each) / max(1, len(each)) + f1(*map(sum, zip(*pairs)))) / 2


def chosen(scored):
    """Of each group the case that scores highest, the first of equals."""
    best = {}
    for score, case in scored:
        if case.group not in best or score > best[case.group][0]:
            best[case.group] = (score, case)
    return list(best.values())


STEPS = [step / 10 for step in range(-30, 21)]


def best_threshold(score_of):
    return max(STEPS, key=lambda step: (score_of(step), -abs(step)))


def held_out(cases, strength, fresh_only=True, typed=1.0):
    """Each case with its score by a decision that has not seen its article; of fresh articles unless told otherwise."""
    scored = []
    for decision, held in folds(cases, {case.article for case in cases}, strength, typed):
        scored += [(decision.score(case.features), case) for case in cases if case.article in held]
    return [pair for pair in scored if pair[1].fresh or not fresh_only]


def folds(cases, articles, strength, typed=1.0):
    """Decisions, each with the articles that it has not seen."""
    articles = sorted(articles)
    random.Random(SEED).shuffle(articles)
    for at in range(FOLDS):
        held = set(articles[at::FOLDS])
        yield Decision([case for case in cases if case.article not in held], strength, typed), held


def clusters(mentions, scores, threshold):
    """The event of each mention, as `src/extract/event/same.rs` gathers them: each goes to the event whose mentions it goes with best on
    the average; `scores` are those of the pairs that may be one."""
    events, found = [], []
    for later in range(mentions):
        best = None
        for event, members in enumerate(events):
            if all((earlier, later) in scores for earlier in members):
                mean = sum(scores[earlier, later] for earlier in members) / len(members)
                if mean > threshold and (best is None or mean >= best[0]):
                    best = (mean, event)
        if best is None:
            best = (threshold, len(events))
            events.append([])
        events[best[1]].append(later)
        found.append(best[1])
    return found


def of_clusters(articles, scores, threshold):
    """How well the mentions of which the gold event is known are gathered: CEAF with the entity-based measure (Luo 2005), F1, but matched
    greedily."""
    alike, ours, golds = 0.0, 0, 0
    for article in articles:
        events = clusters(len(article.mentions), scores[article.id], threshold)
        system, gold = collections.defaultdict(set), collections.defaultdict(set)
        for mention, (event, told) in enumerate(zip(events, article.mentions)):
            if len(told) == 1:
                system[event].add(mention)
                gold[next(iter(told))].add(mention)
        pairs = [(2 * len(a & b) / (len(a) + len(b)), x, y) for x, a in system.items() for y, b in gold.items() if a & b]
        used = set()
        for likeness, x, y in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
            if ("ours", x) not in used and ("gold", y) not in used:
                used |= {("ours", x), ("gold", y)}
                alike += likeness
        ours, golds = ours + len(system), golds + len(gold)
    return 2 * alike / max(1, ours + golds)


def train_same(articles):
    """Which mentions are of one event: the best of the strengths by how fresh articles that it has not seen are gathered, with its
    threshold put into the bias."""
    articles = [article for article in articles if not article.only]
    cases = [Case(article, features, label) for article in articles for features, label in article.pairs()]
    fresh = [article for article in articles if article.fresh]
    best = None
    for strength in STRENGTHS["same"]:
        scores = {}
        for decision, held in folds(cases, [article.id for article in articles], strength):
            for article in articles:
                if article.id in held:
                    scores[article.id] = {(pair["earlier"], pair["later"]): decision.score(pair["features"]) for pair in article.cases["pairs"]}
        threshold = best_threshold(lambda step: of_clusters(fresh, scores, step))
        found = (of_clusters(fresh, scores, threshold), strength, threshold)
        print(f"same: strength {strength}, CEAF-e of fresh articles {found[0]:.3f} at {threshold}, {of_clusters(fresh, scores, 0):.3f} at 0", file=sys.stderr)
        best = max(best or found, found, key=lambda found: found[0])
    decision = Decision(cases, best[1])
    decision.bias -= best[2]
    return decision


def train(name, cases, missing=0):
    """The best of the strengths by F1 of held-out fresh articles, with its threshold put into the bias."""
    best = None
    for strength in STRENGTHS[name]:
        scored = held_out(cases, strength)
        threshold = best_threshold(lambda step: of_cases(scored, step, missing))
        found = (of_cases(scored, threshold, missing), strength, threshold, scored)
        print(f"{name}: strength {strength}, F1 of fresh articles {found[0]:.3f} at {threshold}, {of_cases(scored, 0, missing):.3f} at 0", file=sys.stderr)
        best = max(best or found, found, key=lambda found: found[0])
    decision = Decision(cases, best[1])
    decision.bias -= best[2]
    return decision, [(score - best[2], case) for score, case in best[3]]


def sharpen(decision, scored, types):
    """Puts a threshold of its own on those event types whose participants count in pairs."""
    for kind in sorted(types):
        own = [pair for pair in scored if pair[1].group[0] == kind]
        at = decision.index.get(f"{kind}|{ANY}")
        if not own or at is None:
            continue
        threshold = best_threshold(lambda step: of_pairs(own, step))
        print(f"takes part, {kind}: F1 of pairs {of_pairs(own, threshold):.3f} at {threshold}, {of_pairs(own, 0):.3f} at 0", file=sys.stderr)
        decision.weights[at] -= threshold + STRAY.get(kind, 0.0)


def train_choice(name, cases, golds):
    """A decision that chooses one case of each group or none: the best of the strengths by F1 of held-out fresh articles, of which
    `golds` groups have a right one."""
    best, typed = None, TYPED.get(name, 1.0)
    for strength in CHOICE_STRENGTHS:
        scored = chosen(held_out(cases, strength, typed=typed))
        threshold = best_threshold(lambda step: of_choices(scored, step, golds))
        found = (of_choices(scored, threshold, golds), strength, threshold)
        right = sum(case.label for score, case in scored if score > threshold)
        print(f"{name}: strength {strength}, F1 of fresh articles {found[0]:.3f} at {threshold}, of {golds} found {right / max(1, golds):.3f}", file=sys.stderr)
        best = max(best or found, found, key=lambda found: found[0])
    decision = Decision(cases, best[1], typed)
    decision.bias -= best[2]
    return decision


def weighed(cases):
    """The same cases, those of articles other than of --gold weighing less."""
    for case in cases:
        case.weight = FURTHER_WEIGHT if case.fresh else 1.0
    return cases


def of_choices(scored, threshold, golds):
    made = [case for score, case in scored if score > threshold]
    return f1(sum(case.label for case in made), len(made), golds)


def train_statuses(cases):
    """A decision for each status, of which the likeliest is taken; each case has its status for a label's name."""
    best = None
    for strength in CHOICE_STRENGTHS:
        scores = {status: {id(case.features): score for score, case in held_out(of_status(cases, status), strength, fresh_only=False)} for status in STATUSES}
        fresh, own = ([case for case in cases if case.fresh == is_fresh] for is_fresh in (True, False))
        likeliest = lambda case: max(STATUSES, key=lambda status: scores[status][id(case.features)])
        right, in_own = (sum(likeliest(case) == case.group for case in part) / max(1, len(part)) for part in (fresh, own))
        print(f"status: strength {strength}, right in fresh articles {right:.3f}, in others {in_own:.3f}", file=sys.stderr)
        best = max(best or (right, strength), (right, strength))
    return {decision: Decision(of_status(cases, status), best[1]) for status, decision in STATUSES.items()}


def of_status(cases, status):
    """The same cases, of which it is so whose status is that."""
    made = [copy.copy(case) for case in cases]
    for case in made:
        case.label = float(case.group == status)
    return made


def agree(ours, gold):
    """Whether a date is a gold date, or either a finer one of the other."""
    return bool(gold) and (ours.startswith(gold) or gold.startswith(ours))


def write(decisions, path, leaning={}):
    with open(path, "w", encoding="utf-8") as out:
        out.write("# Trained decisions on events, made by training/events.py: weights in thousandths of a log odd. Not to be edited.\n")
        out.write("decision\tfeature\tweight\n")
        for name, decision in decisions.items():
            least = LEAST / 2 if name in TYPED else LEAST
            rows = [("bias", decision.bias)] + [(feature, decision.weights[at]) for feature, at in sorted(decision.index.items())]
            for feature, weight in rows:
                if feature == "bias" or abs(weight) >= least:
                    out.write(f"{name}\t{feature}\t{round((weight + leaning.get((name, feature), 0.0)) * 1000)}\n")


def read(program, folders, fresh, decisions):
    """Every article's and example's cases, as the program gathers events by the decisions so far."""
    articles = []
    with tempfile.TemporaryDirectory() as folder:
        table = os.path.join(folder, "events.tsv")
        write(decisions, table)
        run = lambda texts: subprocess.run([program, table] + texts, check=True, capture_output=True, text=True).stdout.splitlines()
        for gold in folders + fresh:
            texts = sorted(path[:-len(".gold.json")] + ".txt" for path in glob.glob(os.path.join(gold, "*.gold.json")))
            articles += [Article(json.loads(line), gold, gold in fresh) for line in run(texts)]
        articles += [Article.of_example(json.loads(line)) for line in run([])]
    return articles


def read_sentences(program, path, decisions):
    """The sentences of a table of status, type and text."""
    rows = [line.rstrip("\n").split("\t") for line in open(path, encoding="utf-8") if line.strip() and not line.startswith("#")]
    with tempfile.TemporaryDirectory() as folder:
        write(decisions, table := os.path.join(folder, "events.tsv"))
        texts = [os.path.join(folder, f"sentence-{number:04}.txt") for number in range(len(rows))]
        for text, (_, _, sentence) in zip(texts, rows):
            with open(text, "w", encoding="utf-8") as out:
                out.write(sentence + "\n")
        lines = subprocess.run([program, table] + texts, check=True, capture_output=True, text=True).stdout.splitlines()
    return [Article.of_sentence(json.loads(line), kind, status) for line, (status, kind, _) in zip(lines, rows)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", required=True, help="the built example event_cases")
    parser.add_argument("--gold", required=True, action="append", help="a folder of ID.txt with ID.gold.json")
    parser.add_argument("--fresh", required=True, action="append", help="the same, of texts that the event head has not seen")
    parser.add_argument("--further", default=[], action="append", help="the same, of which only is learned where and when events are")
    parser.add_argument("--pairs", nargs="*", default=["meet", "call", "visit"], help="a type whose participants count in pairs")
    parser.add_argument("--sentences", default=os.path.join(os.path.dirname(__file__), "annotations/status.tsv"), help="status, type and text of sentences of our own")
    parser.add_argument("--out", required=True)
    args = parser.parse_args()
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    decisions = {}
    articles = read(args.cases, args.gold, args.fresh, decisions)
    decisions["same"] = train_same(articles)
    articles = read(args.cases, args.gold, args.fresh, decisions)
    cases = [Case(article, features, label, group) for article in articles for group, features, label in article.candidates()]
    decisions["takes part"], scored = train("takes part", cases)
    sharpen(decisions["takes part"], scored, args.pairs)
    takes_part = lambda features: decisions["takes part"].score(features) > 0
    articles = read(args.cases, args.gold, args.fresh, decisions)
    cases = [Case(article, features, label) for article in articles for features, label in article.counted(takes_part)]
    fresh = [article for article in articles if article.fresh]
    missing = sum(len(article.gold) for article in fresh) - sum(case.label for case in cases if case.fresh)
    decisions["counts"], _ = train("counts", cases, missing)
    seen = lambda fresh=args.fresh: [(article, *told) for article in read(args.cases, args.gold, fresh, decisions) for told in article.circumstances(takes_part)]
    groups = seen()
    cases = [
        Case(article, features, told.get(whole) is not None and told[whole] == gold["part_of"], (article.id, event["event"]))
        for article, event, gold, told in groups for whole, features in event["wholes"]
    ]  # fmt: skip
    decisions["part of"] = train_choice("part of", cases, sum(article.fresh and bool(gold["part_of"]) for article, _, gold, _ in groups))
    cases = [Case(article, article.cases["events"][event["event"]]["status"], 0, gold["status"]) for article, event, gold, _ in groups]
    own = read(args.cases, [], [], decisions) + read_sentences(args.cases, args.sentences, decisions)
    sentences = [Case(article, features, 0, status) for article in own for features, status in article.one_status()]
    for case in sentences:
        case.weight = SENTENCE_WEIGHT
    cases += sentences
    decisions.update(train_statuses(cases))
    groups = seen(args.fresh + args.further)
    cases = [
        Case(article, features, bool(gold["place"]) and article.entity.get(place) == gold["place"], (article.id, event["event"]))
        for article, event, gold, _ in groups for place, features in event["places"]
    ]  # fmt: skip
    fresh_golds = lambda of: sum(article.fresh and bool(gold[of]) for article, _, gold, _ in groups)
    decisions["happens in"] = train_choice("happens in", weighed(cases), fresh_golds("place"))
    cases = [
        Case(article, features, agree(time, gold["date"]), (article.id, event["event"]))
        for article, event, gold, _ in groups for time, features in event["times"]
    ]  # fmt: skip
    decisions["happens on"] = train_choice("happens on", weighed(cases), fresh_golds("date"))
    write(decisions, args.out, LEANING)


if __name__ == "__main__":
    main()
