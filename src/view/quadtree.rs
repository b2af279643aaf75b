//! Points into a tree of squares in which a crowd far off counts as one heavy point (Barnes and Hut 1986).

/// A place in a drawing, in its own units.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    pub x: f64,
    pub y: f64,
}

impl Point {
    pub fn length(self) -> f64 {
        (self.x * self.x + self.y * self.y).sqrt()
    }
}

/// How wide a square may look from afar, side over distance, and still count as one point; a point in it never sees it so.
const WIDEST: f64 = 0.7;

/// Squares are not cut finer: points that lie on one another would be cut for ever.
const DEEPEST: usize = 32;

/// Squares within squares, each with the points in it.
pub struct Tree {
    squares: Vec<Square>,
}

#[derive(Clone, Copy)]
struct Square {
    /// Sums over its points.
    x: f64,
    y: f64,
    count: f64,
    side: f64,
    /// Index of the first of its four quarters, which lie side by side; 0 where it is not cut.
    quarters: usize,
}

/// Where a square lies, while points go in.
#[derive(Clone, Copy)]
struct Bounds {
    left: f64,
    top: f64,
    side: f64,
}

impl Tree {
    pub fn of(points: &[Point]) -> Tree {
        let bounds = Bounds::of(points);
        let mut tree = Tree { squares: Vec::with_capacity(2 * points.len() + 1) };
        tree.squares.push(Square::empty(bounds.side));
        points.iter().for_each(|point| tree.insert(*point, bounds));
        tree
    }

    /// How strongly all points push one of them or a stranger away: the sum of one over the distance, from each.
    pub fn push(&self, point: Point) -> Point {
        let mut push = Point::default();
        let mut open = vec![0];
        while let Some(index) = open.pop() {
            let square = &self.squares[index];
            if square.count == 0.0 {
                continue;
            }
            let apart = Point { x: point.x - square.x / square.count, y: point.y - square.y / square.count };
            let squared = apart.x * apart.x + apart.y * apart.y;
            if square.quarters > 0 && square.side * square.side > WIDEST * WIDEST * squared {
                open.extend(square.quarters..square.quarters + 4);
            } else {
                let strength = square.count / squared.max(1.0);
                push.x += apart.x * strength;
                push.y += apart.y * strength;
            }
        }
        push
    }

    fn insert(&mut self, point: Point, mut bounds: Bounds) {
        let mut index = 0;
        for _ in 0..DEEPEST {
            let square = self.squares[index];
            self.squares[index].take(point, 1.0);
            if square.count == 0.0 {
                return;
            }
            if square.quarters == 0 {
                self.cut(index, square, bounds);
            }
            let (quarter, inner) = bounds.quarter(point);
            index = self.squares[index].quarters + quarter;
            bounds = inner;
        }
        self.squares[index].take(point, 1.0);
    }

    /// Cuts a square in four, and moves what it held into the quarter where that lies.
    fn cut(&mut self, index: usize, held: Square, bounds: Bounds) {
        let first = self.squares.len();
        self.squares.extend([Square::empty(held.side / 2.0); 4]);
        self.squares[index].quarters = first;
        let middle = Point { x: held.x / held.count, y: held.y / held.count };
        self.squares[first + bounds.quarter(middle).0].take(middle, held.count);
    }
}

impl Square {
    fn empty(side: f64) -> Square {
        Square { x: 0.0, y: 0.0, count: 0.0, side, quarters: 0 }
    }

    fn take(&mut self, point: Point, count: f64) {
        self.x += point.x * count;
        self.y += point.y * count;
        self.count += count;
    }
}

impl Bounds {
    /// The square around some points.
    fn of(points: &[Point]) -> Bounds {
        let ends = |value: fn(&Point) -> f64| {
            let values = points.iter().map(value);
            values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)))
        };
        let ((left, right), (top, bottom)) = (ends(|point| point.x), ends(|point| point.y));
        Bounds { left, top, side: (right - left).max(bottom - top).max(1.0) }
    }

    /// The quarter that a point lies in, by number and bounds.
    fn quarter(self, point: Point) -> (usize, Bounds) {
        let side = self.side / 2.0;
        let (right, low) = (point.x >= self.left + side, point.y >= self.top + side);
        let left = if right { self.left + side } else { self.left };
        let top = if low { self.top + side } else { self.top };
        (usize::from(right) + 2 * usize::from(low), Bounds { left, top, side })
    }
}
