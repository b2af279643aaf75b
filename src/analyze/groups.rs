//! Which hang together: components, communities, and the ties that alone hold two parts together.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use petgraph::unionfind::UnionFind;
use petgraph::visit::{EdgeRef, NodeIndexable};

use super::Network;

/// By how much modularity must grow for a move: less is rounding.
const LEAST_GAIN: f64 = 1e-12;

/// In how many orders nodes are visited, to find communities: each may end in other groups.
const ORDERS: usize = 24;

/// Where the shuffling of nodes begins.
const SEED: u64 = 1;

/// Those whom a chain of ties joins: for each node the number of its component, the largest 0, of equals that of the lower id.
pub fn components(network: &Network) -> Vec<usize> {
    let mut sets = UnionFind::new(network.graph.node_bound());
    for tie in network.graph.edge_references() {
        sets.union(tie.source().index(), tie.target().index());
    }
    by_size(&sets.into_labeling())
}

/// Those who met one another more than others, by modularity: for each node the number of its community, the largest 0. Louvain
/// (Blondel and others 2008, weighted), begun again at single nodes from what it came to until that gains no more (after the refinement
/// of Rotta and Noack 2011, at the finest level only), with the nodes in [`ORDERS`] orders, of which the best is kept, of equals the first:
/// that of their ids, and others of chance that are the same every time. Ties go to the lower id, so that it is one answer.
pub fn communities(network: &Network) -> Vec<usize> {
    let single = Level::of(network);
    let mut best = refined(network, &single, &mut |count| (0..count).collect());
    let mut seed = SEED;
    for _ in 1..ORDERS {
        let other = refined(network, &single, &mut |count| shuffled(count, &mut seed));
        if other.0 > best.0 + LEAST_GAIN {
            best = other;
        }
    }
    by_size(&best.1)
}

/// So many numbers from 0 in an order of chance (Fisher and Yates), by a generator of Knuth's (MMIX).
fn shuffled(count: usize, seed: &mut u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    for last in (1..count).rev() {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        order.swap(last, ((*seed >> 33) % (last as u64 + 1)) as usize);
    }
    order
}

/// Groups from which moving a node or a group into a neighbouring one was found to gain no more, with their modularity.
///
/// `order` gives the order in which so many nodes or groups are visited.
fn refined(network: &Network, single: &Level, order: &mut dyn FnMut(usize) -> Vec<usize>) -> (f64, Vec<usize>) {
    let mut whole: Vec<usize> = (0..network.len()).collect();
    let mut reached = modularity(network, &whole);
    loop {
        let mut groups = numbered(&single.moved(whole.clone(), &order(whole.len())));
        let mut level = single.drawn_together(&groups);
        loop {
            let count = level.neighbours.len();
            let labels = numbered(&level.moved((0..count).collect(), &order(count)));
            groups.iter_mut().for_each(|label| *label = labels[*label]);
            level = level.drawn_together(&labels);
            if level.neighbours.len() == count {
                break;
            }
        }
        let now = modularity(network, &groups);
        if now <= reached + LEAST_GAIN {
            return (reached, whole);
        }
        (reached, whole) = (now, groups);
    }
}

/// How much more the groups are tied within than chance would have it (Newman 2004), from -0.5 to 1; weighted.
pub fn modularity(network: &Network, groups: &[usize]) -> f64 {
    let mut within = 0.0;
    let mut total = 0.0;
    let mut strengths: BTreeMap<usize, f64> = BTreeMap::new();
    for tie in network.graph.edge_references() {
        let (a, b) = (groups[tie.source().index()], groups[tie.target().index()]);
        total += tie.weight();
        within += if a == b { *tie.weight() } else { 0.0 };
        *strengths.entry(a).or_default() += tie.weight();
        *strengths.entry(b).or_default() += tie.weight();
    }
    if total == 0.0 {
        return 0.0;
    }
    within / total - strengths.values().map(|sum| (sum / (2.0 * total)).powi(2)).sum::<f64>()
}

/// The ties without which two parts would not hang together, by ids.
pub fn bridges<'g>(network: &Network<'g>) -> Vec<(&'g str, &'g str)> {
    let ends = petgraph::algo::bridges::bridges(&network.graph).map(|tie| {
        let (a, b) = (network.graph[tie.source()], network.graph[tie.target()]);
        (a.min(b), a.max(b))
    });
    let mut ends: Vec<(&str, &str)> = ends.collect();
    ends.sort();
    ends
}

/// A network whose nodes stand for groups.
struct Level {
    neighbours: Vec<Vec<(usize, f64)>>,
    /// Twice the weight within each node.
    within: Vec<f64>,
}

impl Level {
    fn of(network: &Network) -> Level {
        Level { neighbours: network.neighbours(), within: vec![0.0; network.len()] }
    }

    /// Twice the weight within a node, and its ties.
    fn strength(&self, node: usize) -> f64 {
        self.neighbours[node].iter().map(|(_, weight)| weight).sum::<f64>() + self.within[node]
    }

    /// Moves node by node, in this order, into the neighbouring group where modularity gains most, until none gains. In and out:
    /// the group of each node, a number below theirs.
    fn moved(&self, mut group: Vec<usize>, order: &[usize]) -> Vec<usize> {
        let strengths: Vec<f64> = (0..self.neighbours.len()).map(|node| self.strength(node)).collect();
        let total: f64 = strengths.iter().sum();
        let mut sums = vec![0.0; strengths.len()];
        group.iter().zip(&strengths).for_each(|(group, strength)| sums[*group] += strength);
        loop {
            let mut is_moved = false;
            for &node in order {
                let own = group[node];
                sums[own] -= strengths[node];
                let mut tied: BTreeMap<usize, f64> = BTreeMap::from([(own, 0.0)]);
                for &(other, weight) in &self.neighbours[node] {
                    *tied.entry(group[other]).or_default() += weight;
                }
                let gain = |group: usize, weight: f64| weight - sums[group] * strengths[node] / total;
                let mut best = (own, gain(own, tied[&own]));
                for (&other, &weight) in &tied {
                    let gain = gain(other, weight);
                    if gain > best.1 + LEAST_GAIN * total {
                        best = (other, gain);
                    }
                }
                sums[best.0] += strengths[node];
                is_moved |= best.0 != own;
                group[node] = best.0;
            }
            if !is_moved {
                return group;
            }
        }
    }

    /// A node for each label; the labels are numbered from 0.
    fn drawn_together(&self, labels: &[usize]) -> Level {
        let count = labels.iter().max().map_or(0, |most| most + 1);
        let mut ties: Vec<BTreeMap<usize, f64>> = vec![BTreeMap::new(); count];
        let mut within = vec![0.0; count];
        for (node, near) in self.neighbours.iter().enumerate() {
            within[labels[node]] += self.within[node];
            for &(other, weight) in near {
                match labels[node] == labels[other] {
                    true => within[labels[node]] += weight,
                    false => *ties[labels[node]].entry(labels[other]).or_default() += weight,
                }
            }
        }
        Level { neighbours: ties.into_iter().map(|near| near.into_iter().collect()).collect(), within }
    }
}

/// Labels from 0 in the order in which they come.
fn numbered(labels: &[usize]) -> Vec<usize> {
    let mut numbers = BTreeMap::new();
    labels
        .iter()
        .map(|label| {
            let next = numbers.len();
            *numbers.entry(*label).or_insert(next)
        })
        .collect()
}

/// Labels from 0, the largest group first, of equals the one that comes first.
fn by_size(labels: &[usize]) -> Vec<usize> {
    let labels = numbered(labels);
    let mut sizes = vec![0; labels.iter().max().map_or(0, |most| most + 1)];
    labels.iter().for_each(|label| sizes[*label] += 1);
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    order.sort_by_key(|group| (Reverse(sizes[*group]), *group));
    let mut ranks = vec![0; order.len()];
    order.iter().enumerate().for_each(|(rank, group)| ranks[*group] = rank);
    labels.into_iter().map(|label| ranks[label]).collect()
}
