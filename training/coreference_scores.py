"""MUC, B³ and CEAF-e over chains of exact spans, and their mean F1 (CoNLL 2012); chains of one mention are left out."""
import numpy as np


def counts(key, response):
    """Chains (iterables of spans) of one document -> for each of MUC, B³, CEAF-e and mentions: hits and total, of recall and of precision."""
    key, response = ([frozenset(c) for c in chains if len(set(c)) > 1] for chains in (key, response))
    of_key, of_response = owner(key), owner(response)
    best = ceaf(key, response)
    same = len(of_key.keys() & of_response.keys())
    return np.array([
        [*links(key, of_response), *links(response, of_key)],
        [*shares(key, of_response, response), *shares(response, of_key, key)],
        [best, len(key), best, len(response)],
        [same, len(of_key), same, len(of_response)],
    ], float)  # fmt: skip


def owner(chains):
    return {mention: i for i, chain in enumerate(chains) for mention in chain}


def links(chains, other):
    hits = sum(len(c) - len({other.get(m, ("alone", m)) for m in c}) for c in chains)
    return hits, sum(len(c) - 1 for c in chains)


def shares(chains, other, others):
    hits = sum(len(c & others[other[m]]) / len(c) for c in chains for m in c if m in other)
    return hits, sum(map(len, chains))


def ceaf(key, response):
    if not key or not response:
        return 0.0
    similarity = np.array([[2 * len(a & b) / (len(a) + len(b)) for b in response] for a in key])
    return assignment(similarity)


def assignment(gain):
    """The largest sum of entries of which no two share a row or a column (Kuhn and Munkres, by shortest augmenting paths)."""
    if gain.shape[0] > gain.shape[1]:
        gain = gain.T
    n, m = gain.shape
    cost = np.vstack([np.zeros(m + 1), np.hstack([np.zeros((n, 1)), -gain])])
    u, v, match, way = np.zeros(n + 1), np.zeros(m + 1), np.zeros(m + 1, int), np.zeros(m + 1, int)
    for i in range(1, n + 1):
        match[0], j = i, 0
        least, used = np.full(m + 1, np.inf), np.zeros(m + 1, bool)
        while True:
            used[j] = True
            row = match[j]
            free = ~used
            free[0] = False
            slack = cost[row] - u[row] - v
            better = free & (slack < least)
            least[better], way[better] = slack[better], j
            nearest = int(np.where(free, least, np.inf).argmin())
            delta = least[nearest]
            u[match[used]] += delta
            v[used] -= delta
            least[~used] -= delta
            j = nearest
            if match[j] == 0:
                break
        while j:
            match[j] = match[way[j]]
            j = way[j]
    return float(sum(gain[match[j] - 1, j - 1] for j in range(1, m + 1) if match[j]))


def table(total):
    """Summed counts -> name: (recall, precision, F1), with the mean of the first three F1s as CoNLL."""
    out = {}
    for name, (hit, of, hit2, of2) in zip(("MUC", "B3", "CEAF-e", "mentions"), total):
        r, p = hit / max(of, 1e-9), hit2 / max(of2, 1e-9)
        out[name] = (r, p, 2 * r * p / max(r + p, 1e-9))
    out["CoNLL"] = np.mean([out[name][2] for name in ("MUC", "B3", "CEAF-e")])
    return out
