//! Places for the nodes of a drawing: what is tied lies near, what is not apart (Fruchterman and Reingold 1991).
//!
//! Each part that hangs together is laid out by itself, far nodes pushing as one (Barnes and Hut 1986); the largest comes to
//! lie in the middle, the others around it. Only addition, multiplication, division and square roots are used, which IEEE 754
//! rounds alike everywhere: the same lines give the same places on every machine.

use std::collections::HashSet;

use super::quadtree::{Point, Tree};

/// Rounds of pushing and pulling; places hardly change after.
const ROUNDS: usize = 300;

/// The rounds that a part of many nodes gets: it takes its shape early, and the rest is detail that no screen shows.
const ROUNDS_OF_MANY: usize = 160;

/// How many nodes are many.
const MANY: usize = 3000;

/// The length that a lone line comes to rest at.
const LENGTH: f64 = 60.0;

/// How strongly all are drawn to the middle of their part.
const GRAVITY: f64 = 0.02;

/// The share of its side that a part may cross in the first round.
const FIRST_STEP: f64 = 0.1;

/// How far a part moves outwards at a time until it finds room.
const STEP: f64 = LENGTH / 2.0;

/// The golden angle's cosine and sine: turned by it again and again, nothing falls on the same ray twice (Vogel 1979).
const TURN: Point = Point { x: -0.737_368_878_078_319_9, y: 0.675_490_294_261_523_8 };

/// Places `count` nodes, given which of them are tied, to a tenth of the drawing's own unit.
pub fn layout(count: usize, lines: &[(usize, usize)]) -> Vec<Point> {
    let mut points = vec![Point::default(); count];
    let mut floor = Floor::new();
    for part in parts(count, lines) {
        let places = places(&part);
        let middle = floor.place(&places);
        for (node, place) in part.nodes.iter().zip(places) {
            points[*node] = Point { x: tenth(place.x + middle.x), y: tenth(place.y + middle.y) };
        }
    }
    points
}

/// Nodes that hang together.
struct Part {
    nodes: Vec<usize>,
    /// By their places in `nodes`.
    lines: Vec<(usize, usize)>,
}

/// The parts that hang together, the largest first, of equals that of the lower node.
fn parts(count: usize, lines: &[(usize, usize)]) -> Vec<Part> {
    let mut near = vec![Vec::new(); count];
    for &(a, b) in lines {
        near[a].push(b);
        near[b].push(a);
    }
    // The part of each node, and its place there.
    let mut found: Vec<Option<(usize, usize)>> = vec![None; count];
    let mut parts: Vec<Part> = Vec::new();
    for first in 0..count {
        if found[first].is_some() {
            continue;
        }
        let mut nodes = vec![first];
        found[first] = Some((parts.len(), 0));
        let mut next = 0;
        while next < nodes.len() {
            for &other in &near[nodes[next]] {
                if found[other].is_none() {
                    found[other] = Some((parts.len(), nodes.len()));
                    nodes.push(other);
                }
            }
            next += 1;
        }
        parts.push(Part { nodes, lines: Vec::new() });
    }
    for &(a, b) in lines {
        let ((part, a), (_, b)) = found[a].zip(found[b]).expect("every node is in a part");
        parts[part].lines.push((a, b));
    }
    parts.sort_by_key(|part| std::cmp::Reverse(part.nodes.len()));
    parts
}

/// Lays out one part around the origin.
fn places(part: &Part) -> Vec<Point> {
    let count = part.nodes.len();
    let mut points = scatter(count);
    let lines = strengths(count, &part.lines);
    let rounds = if count < MANY { ROUNDS } else { ROUNDS_OF_MANY };
    let first = LENGTH.max(FIRST_STEP * LENGTH * (count as f64).sqrt());
    for round in 0..rounds {
        // The farthest step shrinks to nothing: first the shape, then the detail.
        let left = 1.0 - round as f64 / rounds as f64;
        let reach = first * left * left;
        let forces = forces(&points, &lines);
        for (point, force) in points.iter_mut().zip(forces) {
            let size = force.length().max(1e-9);
            let step = size.min(reach) / size;
            point.x += force.x * step;
            point.y += force.y * step;
        }
    }
    centred(points)
}

/// Scatters the nodes over a square, alike each time (a linear congruential generator, Knuth's MMIX constants).
fn scatter(count: usize) -> Vec<Point> {
    let side = LENGTH * (count as f64).sqrt();
    let mut seed: u64 = 2017;
    let mut draw = || {
        seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        ((seed >> 33) as f64 / (1u64 << 31) as f64 - 0.5) * side
    };
    (0..count).map(|_| Point { x: draw(), y: draw() }).collect()
}

/// How strongly each line pulls: the more lines its ends have, the less, lest all that a hub ties lie on one heap.
fn strengths(count: usize, lines: &[(usize, usize)]) -> Vec<(usize, usize, f64)> {
    let mut ties = vec![0.0; count];
    for &(a, b) in lines {
        ties[a] += 1.0;
        ties[b] += 1.0;
    }
    let strength = |&(a, b): &(usize, usize)| (a, b, 1.0 / f64::max(ties[a], ties[b]).sqrt());
    lines.iter().map(strength).collect()
}

fn forces(points: &[Point], lines: &[(usize, usize, f64)]) -> Vec<Point> {
    let tree = Tree::of(points);
    let push = |point: &Point| {
        let push = tree.push(*point);
        let strength = LENGTH * LENGTH;
        Point { x: push.x * strength - point.x * GRAVITY, y: push.y * strength - point.y * GRAVITY }
    };
    let mut forces: Vec<Point> = points.iter().map(push).collect();
    for &(a, b, strength) in lines {
        let apart = Point { x: points[b].x - points[a].x, y: points[b].y - points[a].y };
        let pull = strength * apart.length() / LENGTH;
        forces[a].x += apart.x * pull;
        forces[a].y += apart.y * pull;
        forces[b].x -= apart.x * pull;
        forces[b].y -= apart.y * pull;
    }
    forces
}

/// Moves the mean of the places to the origin.
fn centred(points: Vec<Point>) -> Vec<Point> {
    let count = points.len() as f64;
    let sum = points.iter().fold(Point::default(), |sum, point| Point { x: sum.x + point.x, y: sum.y + point.y });
    points.into_iter().map(|Point { x, y }| Point { x: x - sum.x / count, y: y - sum.y / count }).collect()
}

/// Where parts already lie, as the cells of a grid a line's length wide.
struct Floor {
    taken: HashSet<(i64, i64)>,
    direction: Point,
}

impl Floor {
    fn new() -> Floor {
        Floor { taken: HashSet::new(), direction: Point { x: 1.0, y: 0.0 } }
    }

    /// Finds the place nearest the middle, on one ray from it, at which a part lies on no other and touches none; takes it.
    fn place(&mut self, part: &[Point]) -> Point {
        let mut middle = Point::default();
        while !self.taken.is_empty() && part.iter().any(|point| self.is_near(cell(*point, middle))) {
            middle = Point { x: middle.x + self.direction.x * STEP, y: middle.y + self.direction.y * STEP };
        }
        self.taken.extend(part.iter().map(|point| cell(*point, middle)));
        let Point { x, y } = self.direction;
        self.direction = Point { x: x * TURN.x - y * TURN.y, y: x * TURN.y + y * TURN.x };
        middle
    }

    fn is_near(&self, (x, y): (i64, i64)) -> bool {
        (x - 1..=x + 1).any(|x| (y - 1..=y + 1).any(|y| self.taken.contains(&(x, y))))
    }
}

fn cell(point: Point, middle: Point) -> (i64, i64) {
    (((point.x + middle.x) / LENGTH).floor() as i64, ((point.y + middle.y) / LENGTH).floor() as i64)
}

fn tenth(value: f64) -> f64 {
    // Adding zero makes -0 plain 0.
    (value * 10.0).round() / 10.0 + 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn distance(a: Point, b: Point) -> f64 {
        Point { x: b.x - a.x, y: b.y - a.y }.length()
    }

    #[test]
    fn what_is_tied_lies_near() {
        // Two triangles and a bridge.
        let lines = [(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5), (2, 3)];
        let places = layout(6, &lines);
        assert!(distance(places[0], places[1]) < distance(places[0], places[5]));
        assert_eq!(places, layout(6, &lines));
    }

    #[test]
    fn no_two_of_many_parts_lie_on_one_another() {
        let lines: Vec<(usize, usize)> = (0..200).map(|pair| (2 * pair, 2 * pair + 1)).collect();
        let places = layout(400, &lines);
        for a in 0..400 {
            for b in a + 1..400 {
                assert!(distance(places[a], places[b]) > LENGTH / 4.0, "{a} and {b}");
            }
        }
    }

    #[test]
    fn far_nodes_may_push_as_one() {
        let points = scatter(2000);
        let tree = Tree::of(&points);
        for &point in points.iter().step_by(97) {
            let exact = points.iter().fold(Point::default(), |sum, other| {
                let apart = Point { x: point.x - other.x, y: point.y - other.y };
                let squared = (apart.x * apart.x + apart.y * apart.y).max(1.0);
                Point { x: sum.x + apart.x / squared, y: sum.y + apart.y / squared }
            });
            let off = distance(tree.push(point), exact);
            assert!(off < 0.12 * exact.length() + 0.01, "{off} of {}", exact.length());
        }
    }

    #[test]
    fn nothing_and_one_have_places() {
        assert!(layout(0, &[]).is_empty());
        assert_eq!(layout(1, &[]), [Point::default()]);
    }
}
