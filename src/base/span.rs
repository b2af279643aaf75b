//! Half-open ranges, typed by what they count.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Counts Unicode code points of an article's text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Chars {}

/// Counts tokens of a document.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tokens {}

/// A half-open range of code points, as the W3C Web Annotation model counts.
pub type CharSpan = Span<Chars>;

/// A half-open range of tokens.
pub type TokenSpan = Span<Tokens>;

/// A half-open range `start..end` of what `Unit` counts.
///
/// Serialized as `[start, end]`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span<Unit> {
    pub start: usize,
    pub end: usize,
    unit: PhantomData<Unit>,
}

impl<Unit> Span<Unit> {
    /// Makes a span. An `end` before `start` gives the empty span at `start`.
    pub fn new(start: usize, end: usize) -> Self {
        Span { start, end: end.max(start), unit: PhantomData }
    }

    pub fn len(self) -> usize {
        self.end - self.start
    }

    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }

    pub fn contains(self, position: usize) -> bool {
        self.start <= position && position < self.end
    }

    /// Whether `other` lies wholly inside this span.
    pub fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    pub fn union(self, other: Self) -> Self {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }
}

impl<Unit> fmt::Debug for Span<Unit> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

impl<Unit> Serialize for Span<Unit> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.start, self.end).serialize(serializer)
    }
}

impl<'de, Unit> Deserialize<'de> for Span<Unit> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (start, end) = <(usize, usize)>::deserialize(deserializer)?;
        if end < start {
            return Err(serde::de::Error::custom(format!("span [{start}, {end}] ends before it starts")));
        }
        Ok(Span::new(start, end))
    }
}
