//! How central each one is: degree, PageRank, betweenness, closeness.

use super::Network;

/// The share of steps that follow a tie rather than begin anew (Brin and Page 1998).
const DAMPING: f64 = 0.85;

/// How little PageRank may still change in sum when it is done.
const PAGE_RANK_TOLERANCE: f64 = 1e-14;

/// The most rounds of PageRank: the change shrinks by the damping each round, so some 200 do.
const MOST_ROUNDS: usize = 1000;

/// How central one is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Centrality {
    /// With how many others one is tied.
    pub degree: usize,
    /// How often: the weights of the ties together.
    pub meetings: f64,
    /// See [`page_rank`].
    pub page_rank: f64,
    /// See [`betweenness`].
    pub betweenness: f64,
    /// See [`closeness`].
    pub closeness: f64,
}

/// All centralities, in the order of [`Network::ids`].
pub fn centralities(network: &Network) -> Vec<Centrality> {
    let page_rank = page_rank(network);
    let betweenness = betweenness(network);
    let closeness = closeness(network);
    let of = |(node, near): (usize, Vec<(usize, f64)>)| Centrality {
        degree: near.len(),
        meetings: near.iter().map(|(_, weight)| weight).sum(),
        page_rank: page_rank[node],
        betweenness: betweenness[node],
        closeness: closeness[node],
    };
    network.neighbours().into_iter().enumerate().map(of).collect()
}

/// PageRank, weighted: the share of time that one who goes from each to whom he met, the more often the likelier, spends with each.
/// The shares add up to 1.
pub fn page_rank(network: &Network) -> Vec<f64> {
    let neighbours = network.neighbours();
    let count = neighbours.len() as f64;
    let strengths: Vec<f64> = neighbours.iter().map(|near| near.iter().map(|(_, weight)| weight).sum()).collect();
    let mut rank = vec![1.0 / count; neighbours.len()];
    for _ in 0..MOST_ROUNDS {
        let share = |near: &Vec<(usize, f64)>| {
            let come: f64 = near.iter().map(|&(from, weight)| rank[from] * weight / strengths[from]).sum();
            (1.0 - DAMPING) / count + DAMPING * come
        };
        let next: Vec<f64> = neighbours.iter().map(share).collect();
        let change: f64 = next.iter().zip(&rank).map(|(new, old)| (new - old).abs()).sum();
        rank = next;
        if change < PAGE_RANK_TOLERANCE {
            break;
        }
    }
    rank
}

/// Betweenness: the share of shortest ways between two others that lead through each (Brandes 2001), from 0 to 1. Ties count
/// alike, however often two met.
///
/// Takes time in nodes times edges.
pub fn betweenness(network: &Network) -> Vec<f64> {
    let neighbours = network.neighbours();
    let count = neighbours.len();
    let mut between = vec![0.0; count];
    for source in 0..count {
        let Ways { order, lengths, ways } = Ways::from(source, &neighbours);
        let mut depends = vec![0.0; count];
        for &node in order.iter().rev() {
            for &(other, _) in &neighbours[node] {
                if lengths[other] == lengths[node].map(|length| length + 1) {
                    depends[node] += ways[node] / ways[other] * (1.0 + depends[other]);
                }
            }
            if node != source {
                between[node] += depends[node];
            }
        }
    }
    // Each pair was seen from both ends.
    let pairs = count.saturating_sub(1) as f64 * count.saturating_sub(2) as f64;
    if pairs > 0.0 {
        between.iter_mut().for_each(|sum| *sum /= pairs);
    }
    between
}

/// Closeness: one over the mean length of the ways to all whom one can reach, times the share of all whom one can reach
/// (Wasserman and Faust 1994).
///
/// Takes time in nodes times edges.
pub fn closeness(network: &Network) -> Vec<f64> {
    let neighbours = network.neighbours();
    let others = neighbours.len().saturating_sub(1) as f64;
    let of = |source| {
        let found = Ways::from(source, &neighbours);
        let reached = found.order.len() as f64 - 1.0;
        let total: usize = found.lengths.iter().flatten().sum();
        if total > 0 { reached / total as f64 * (reached / others) } else { 0.0 }
    };
    (0..neighbours.len()).map(of).collect()
}

/// The shortest ways from one node, counted in ties.
struct Ways {
    /// Whom they reach, the nearest first.
    order: Vec<usize>,
    lengths: Vec<Option<usize>>,
    /// How many shortest ways lead to each.
    ways: Vec<f64>,
}

impl Ways {
    fn from(source: usize, neighbours: &[Vec<(usize, f64)>]) -> Ways {
        let mut found =
            Ways { order: vec![source], lengths: vec![None; neighbours.len()], ways: vec![0.0; neighbours.len()] };
        found.lengths[source] = Some(0);
        found.ways[source] = 1.0;
        let mut next = 0;
        while next < found.order.len() {
            let node = found.order[next];
            let further = found.lengths[node].map(|length| length + 1);
            for &(other, _) in &neighbours[node] {
                if found.lengths[other].is_none() {
                    found.lengths[other] = further;
                    found.order.push(other);
                }
                if found.lengths[other] == further {
                    found.ways[other] += found.ways[node];
                }
            }
            next += 1;
        }
        found
    }
}
