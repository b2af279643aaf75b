//! Places for the nodes of a drawing: each pushes the others away, each line pulls (Fruchterman and Reingold, 1991).
//!
//! Only addition, multiplication, division and square roots are used, which IEEE 754 rounds alike everywhere: the same
//! lines give the same places on every machine.

/// Rounds of pushing and pulling; places hardly change after.
const ROUNDS: usize = 250;

/// The length that a lone line comes to rest at.
const LENGTH: f64 = 60.0;

/// Beyond this nodes no longer push: parts that nothing ties would drift out of sight.
const SIGHT: f64 = 5.0 * LENGTH;

/// How strongly all are drawn to the middle.
const GRAVITY: f64 = 0.04;

/// A place in the drawing, in its own units, to a tenth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    pub x: f64,
    pub y: f64,
}

/// Places `count` nodes, given which of them are tied.
pub fn layout(count: usize, lines: &[(usize, usize)]) -> Vec<Point> {
    let mut points = scatter(count);
    let lines = strengths(count, lines);
    for round in 0..ROUNDS {
        // The farthest step shrinks to nothing: first the shape, then the detail.
        let reach = LENGTH * (1.0 - round as f64 / ROUNDS as f64);
        let forces = forces(&points, &lines);
        for (point, force) in points.iter_mut().zip(forces) {
            let size = length(force).max(1e-9);
            let step = size.min(reach) / size;
            point.x += force.x * step;
            point.y += force.y * step;
        }
    }
    points.into_iter().map(|Point { x, y }| Point { x: tenth(x), y: tenth(y) }).collect()
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
    let mut forces: Vec<Point> = points.iter().map(|p| Point { x: -p.x * GRAVITY, y: -p.y * GRAVITY }).collect();
    let mut pull = |a: usize, b: usize, strength: f64, apart: Point| {
        forces[a].x += apart.x * strength;
        forces[a].y += apart.y * strength;
        forces[b].x -= apart.x * strength;
        forces[b].y -= apart.y * strength;
    };
    for a in 0..points.len() {
        for b in a + 1..points.len() {
            let apart = between(points[a], points[b]);
            let squared = (apart.x * apart.x + apart.y * apart.y).max(1.0);
            if squared < SIGHT * SIGHT {
                pull(a, b, -LENGTH * LENGTH / squared, apart);
            }
        }
    }
    for &(a, b, strength) in lines {
        let apart = between(points[a], points[b]);
        pull(a, b, strength * length(apart) / LENGTH, apart);
    }
    forces
}

fn between(a: Point, b: Point) -> Point {
    Point { x: b.x - a.x, y: b.y - a.y }
}

fn length(point: Point) -> f64 {
    (point.x * point.x + point.y * point.y).sqrt()
}

fn tenth(value: f64) -> f64 {
    // Adding zero makes -0 plain 0.
    (value * 10.0).round() / 10.0 + 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tied_nodes_come_to_lie_nearer() {
        let points = layout(6, &[(0, 1), (1, 2), (3, 4), (4, 5)]);
        let apart = |a: usize, b: usize| length(between(points[a], points[b]));
        assert!(apart(0, 1) < apart(0, 4));
        assert!(apart(3, 4) < apart(2, 4));
        assert!(points.iter().all(|point| point.x.is_finite() && point.y.is_finite()));
    }

    #[test]
    fn the_same_lines_give_the_same_places() {
        assert_eq!(layout(40, &[(0, 1), (5, 9)]), layout(40, &[(0, 1), (5, 9)]));
        assert!(layout(0, &[]).is_empty());
    }
}
