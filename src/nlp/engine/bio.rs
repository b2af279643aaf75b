//! Begin, inside, outside labels, and the likeliest sequence of them that is well-formed.

/// Begin, inside, outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bio<T> {
    Begin(T),
    Inside(T),
    Outside,
}

impl<T: Copy> Bio<T> {
    pub fn label(self) -> Option<T> {
        match self {
            Bio::Begin(label) | Bio::Inside(label) => Some(label),
            Bio::Outside => None,
        }
    }
}

/// The sequence of labels with the highest sum of scores in which every inside follows a begin or inside of its kind (Viterbi).
///
/// `rows` has for each word a score of each of `labels`. A sequence `may_continue` what stands before it: then it may
/// begin with an inside.
pub fn best_sequence<'a, T: Copy + PartialEq>(
    labels: &[Bio<T>],
    rows: impl Iterator<Item = &'a [f32]>,
    may_continue: bool,
) -> Vec<Bio<T>> {
    let before = |label: usize, previous: usize| match labels[label] {
        Bio::Inside(kind) => labels[previous].label() == Some(kind),
        _ => true,
    };
    let mut totals: Vec<f32> = Vec::new();
    let mut backs: Vec<Vec<usize>> = Vec::new();
    for row in rows {
        if backs.is_empty() {
            let starts = |label: usize| may_continue || !matches!(labels[label], Bio::Inside(_));
            totals = (0..labels.len()).map(|label| if starts(label) { row[label] } else { f32::MIN }).collect();
            backs.push(Vec::new());
            continue;
        }
        let best = |label: usize| {
            let allowed = (0..labels.len()).filter(|&previous| before(label, previous));
            allowed.reduce(|a, b| if totals[b] > totals[a] { b } else { a }).unwrap_or(0)
        };
        let back: Vec<usize> = (0..labels.len()).map(best).collect();
        totals = back.iter().enumerate().map(|(label, &previous)| totals[previous] + row[label]).collect();
        backs.push(back);
    }
    let Some(mut at) = (0..totals.len()).reduce(|a, b| if totals[b] > totals[a] { b } else { a }) else {
        return Vec::new();
    };
    let mut out: Vec<Bio<T>> = Vec::with_capacity(backs.len());
    for back in backs.iter().rev() {
        out.push(labels[at]);
        at = back.get(at).copied().unwrap_or(at);
    }
    out.reverse();
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use Bio::{Begin, Inside, Outside};

    const LABELS: [Bio<char>; 5] = [Outside, Begin('a'), Inside('a'), Begin('b'), Inside('b')];

    fn decode(rows: &[[f32; 5]], may_continue: bool) -> Vec<Bio<char>> {
        best_sequence(&LABELS, rows.iter().map(|row| row.as_slice()), may_continue)
    }

    #[test]
    fn a_name_has_one_kind() {
        // Word by word the second would be inside of b; together both are a.
        let rows = [[0.0, 3.0, 0.0, 2.0, 0.0], [0.0, 0.0, 1.9, 0.0, 2.0]];
        assert_eq!(decode(&rows, false), [Begin('a'), Inside('a')]);
    }

    #[test]
    fn an_inside_needs_a_begin_unless_something_goes_on() {
        let rows = [[1.0, 0.0, 5.0, 0.0, 0.0], [5.0, 0.0, 0.0, 0.0, 0.0]];
        assert_eq!(decode(&rows, false), [Outside, Outside]);
        assert_eq!(decode(&rows, true), [Inside('a'), Outside]);
        assert_eq!(decode(&[], true), []);
    }
}
