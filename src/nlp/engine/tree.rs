//! Arcs into a tree: the best head of each word, and Chu-Liu/Edmonds where those make no tree of one root.

/// The heads of a sentence of n words from its scores: row d, column h of `scores` (n × (n + 1)) is how well word h - 1 heads
/// word d; column 0 is the root. Returns for each word its head (`None` for the one root). Ties go to the lower index.
pub fn heads(scores: &[f32], n: usize) -> Vec<Option<usize>> {
    let columns = n + 1;
    let best: Vec<usize> = (0..n).map(|d| arg_max(&scores[d * columns..(d + 1) * columns])).collect();
    let found = if is_tree(&best) { best } else { one_root_tree(scores, n) };
    found.into_iter().map(|head| head.checked_sub(1)).collect()
}

/// The index of the largest value, the lowest of equals.
pub fn arg_max(values: &[f32]) -> usize {
    let mut best = 0;
    for (i, value) in values.iter().enumerate() {
        if *value > values[best] {
            best = i;
        }
    }
    best
}

/// Whether heads (0 is the root, h + 1 is word h) make one tree with one root.
fn is_tree(heads: &[usize]) -> bool {
    let n = heads.len();
    if heads.iter().filter(|&&head| head == 0).count() != 1 {
        return false;
    }
    (0..n).all(|word| {
        let mut at = word + 1;
        (0..n).any(|_| {
            at = heads[at - 1];
            at == 0
        })
    })
}

/// The best tree whose root has one child: each of the likeliest roots is tried.
fn one_root_tree(scores: &[f32], n: usize) -> Vec<usize> {
    const TRIED: usize = 5;
    let columns = n + 1;
    let mut roots: Vec<usize> = (0..n).collect();
    let margin = |d: usize| {
        scores[d * columns] - scores[d * columns + 1..(d + 1) * columns].iter().copied().fold(f32::MIN, f32::max)
    };
    roots.sort_by(|&a, &b| margin(b).total_cmp(&margin(a)).then(a.cmp(&b)));
    let mut best: Option<(f64, Vec<usize>)> = None;
    for &root in roots.iter().take(TRIED) {
        let mut matrix: Vec<Vec<f64>> = vec![vec![f64::NEG_INFINITY; columns]; columns];
        for d in 0..n {
            for h in 0..columns {
                let allowed = if d == root { h == 0 } else { h != 0 && h != d + 1 };
                if allowed {
                    matrix[d + 1][h] = scores[d * columns + h] as f64;
                }
            }
        }
        let tree = chu_liu_edmonds(&matrix);
        let total: f64 = (1..columns).map(|d| matrix[d][tree[d]]).sum();
        if best.as_ref().is_none_or(|(score, _)| total > *score) {
            best = Some((total, tree[1..].to_vec()));
        }
    }
    best.map(|(_, tree)| tree).unwrap_or_default()
}

/// The maximum spanning arborescence from node 0 (Chu and Liu 1965, Edmonds 1967): `scores[d][h]` is the arc h → d.
fn chu_liu_edmonds(scores: &[Vec<f64>]) -> Vec<usize> {
    let n = scores.len();
    let mut head: Vec<usize> = vec![0; n];
    for d in 1..n {
        head[d] = (0..n).filter(|&h| h != d).fold(0, |best, h| if scores[d][h] > scores[d][best] { h } else { best });
    }
    let Some(cycle) = find_cycle(&head) else { return head };
    let inside: Vec<bool> = (0..n).map(|node| cycle.contains(&node)).collect();
    let outside: Vec<usize> = (0..n).filter(|&node| !inside[node]).collect();
    // The contracted graph: the nodes outside, then the cycle as one node.
    let m = outside.len() + 1;
    let cycle_node = m - 1;
    let mut contracted = vec![vec![f64::NEG_INFINITY; m]; m];
    let mut enter = vec![cycle[0]; m];
    let mut leave = vec![cycle[0]; m];
    for (i, &a) in outside.iter().enumerate() {
        for (j, &b) in outside.iter().enumerate() {
            contracted[i][j] = scores[a][b];
        }
        for &c in &cycle {
            let gain = scores[c][a] - scores[c][head[c]];
            if gain > contracted[cycle_node][i] {
                (contracted[cycle_node][i], enter[i]) = (gain, c);
            }
            if scores[a][c] > contracted[i][cycle_node] {
                (contracted[i][cycle_node], leave[i]) = (scores[a][c], c);
            }
        }
    }
    let tree = chu_liu_edmonds(&contracted);
    let mut out = head;
    for (i, &a) in outside.iter().enumerate().skip(1) {
        out[a] = if tree[i] == cycle_node { leave[i] } else { outside[tree[i]] };
    }
    let from = tree[cycle_node];
    out[enter[from]] = outside[from];
    out
}

/// Nodes of a cycle among heads, if there is one.
fn find_cycle(head: &[usize]) -> Option<Vec<usize>> {
    let n = head.len();
    for start in 1..n {
        let mut at = start;
        for _ in 0..n {
            at = head[at];
            if at == 0 {
                break;
            }
        }
        if at != 0 {
            let mut cycle = vec![at];
            let mut next = head[at];
            while next != at {
                cycle.push(next);
                next = head[next];
            }
            return Some(cycle);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_cycle_is_broken_at_the_least_cost() {
        // Words 0 and 1 prefer each other; word 1 likes the root a little more than word 0 does.
        let scores = [1.0, 0.0, 9.0, 2.0, 9.0, 0.0];
        assert_eq!(heads(&scores, 2), [Some(1), None]);
    }

    proptest! {
        #[test]
        fn any_scores_give_one_tree(n in 1usize..9, seed in proptest::collection::vec(-9.0f32..9.0, 90)) {
            let columns = n + 1;
            let mut scores: Vec<f32> = seed[..n * columns].to_vec();
            for d in 0..n {
                scores[d * columns + d + 1] = -1e4;
            }
            let heads: Vec<usize> = heads(&scores, n).into_iter().map(|head| head.map_or(0, |head| head + 1)).collect();
            prop_assert!(is_tree(&heads), "{heads:?}");
        }
    }
}
