//! How much memory an export takes beside the graph: it must not grow with what is written.

#[path = "sample/counted.rs"]
mod counted;
#[path = "sample/renamed.rs"]
mod renamed;
mod sample;

use counted::{Counted, Counter, held, most_held_by};
use rapporteur::export::{Format, Options};
use renamed::renamed;
use sample::readings;

/// Copies of an article, each under another name.
const COPIES: usize = 400;

/// What an export may hold, in bytes for each byte of the graph: one batch, and lists of references into the graph.
const MOST: f64 = 0.05;

/// What Parquet may hold beyond that: a group of rows, as values and as pages.
const GROUP_OF_ROWS: usize = 8 << 20;

#[global_allocator]
static COUNTED: Counted = Counted;

#[test]
fn an_export_does_not_hold_what_it_writes() {
    let empty = held();
    let graph = sample::graph((0..COPIES).map(|copy| renamed(readings().remove(0), copy)));
    let size = held() - empty;
    let options = Options::default();
    for format in Format::all() {
        let mut counter = Counter(0);
        let ((), held) = most_held_by(|| {
            format
                .parts(&graph, &options)
                .iter()
                .for_each(|part| part.write(&mut counter).expect("a counter takes all"));
        });
        let more = if format.name() == "parquet" { GROUP_OF_ROWS } else { 0 };
        let share = held.saturating_sub(more) as f64 / size as f64;
        println!("{format}: {held} bytes held beside a graph of {size}, {} written", counter.0);
        assert!(share < MOST, "{format} holds {held} bytes beside a graph of {size}");
    }
}
