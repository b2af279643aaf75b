//! How much memory an export takes beside the graph: it must not grow with what is written.

#[path = "sample/renamed.rs"]
mod renamed;
mod sample;

use std::alloc::{GlobalAlloc, Layout, System};
use std::io::{self, Write};
use std::sync::atomic::{AtomicUsize, Ordering};

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

static HELD: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

struct Counted;

// SAFETY: every call is handed to the system's allocator as it is; only numbers are kept beside it.
unsafe impl GlobalAlloc for Counted {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let held = HELD.fetch_add(layout.size(), Ordering::Relaxed) + layout.size();
        PEAK.fetch_max(held, Ordering::Relaxed);
        // SAFETY: the caller's promise.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        HELD.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(place, layout) }
    }
}

#[test]
fn an_export_does_not_hold_what_it_writes() {
    let empty = HELD.load(Ordering::Relaxed);
    let graph = sample::graph((0..COPIES).map(|copy| renamed(readings().remove(0), copy)));
    let size = HELD.load(Ordering::Relaxed) - empty;
    let options = Options::default();
    for format in Format::all() {
        let before = HELD.load(Ordering::Relaxed);
        PEAK.store(before, Ordering::Relaxed);
        let mut counter = Counter(0);
        for part in format.parts(&graph, &options) {
            part.write(&mut counter).expect("a counter takes all");
        }
        let held = PEAK.load(Ordering::Relaxed) - before;
        let more = if format.name() == "parquet" { GROUP_OF_ROWS } else { 0 };
        let share = held.saturating_sub(more) as f64 / size as f64;
        println!("{format}: {held} bytes held beside a graph of {size}, {} written", counter.0);
        assert!(share < MOST, "{format} holds {held} bytes beside a graph of {size}");
    }
}

struct Counter(usize);

impl Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
