//! What a query may use up, and the end of it: time, the terms that it holds at once, the bytes that it copies.
//!
//! The evaluator looks at its token only where it reads a statement; a product of two lists that it has read, or a count over one, would
//! run on for hours and fill the memory. But whatever it does to its rows it clones terms. So terms count their clones, and one clone too
//! many ends the evaluation by unwinding it, without a word from the panic hook, up to [`Meter::run`].

use std::cell::Cell;
use std::hash::{Hash, Hasher};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use spareval::CancellationToken;

/// Why an evaluation was ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Whoever asked wants no answer any more.
    Stopped,
    /// It held more terms at once than it may.
    Held,
    /// It copied more bytes than it may.
    Copied,
}

/// Counts what one query uses.
pub struct Meter {
    stop: CancellationToken,
    held: Cell<usize>,
    most_held: usize,
    copied: Cell<usize>,
    most_copied: usize,
}

impl Meter {
    /// A meter that ends an evaluation once `stop` is cancelled, beyond `most_held` terms at once, or beyond `most_copied` bytes.
    pub fn new(stop: CancellationToken, most_held: usize, most_copied: usize) -> Meter {
        Meter { stop, held: Cell::new(0), most_held, copied: Cell::new(0), most_copied }
    }

    /// Does some work that this meter may end.
    pub fn run<T>(&self, work: impl FnOnce() -> T) -> Result<T, End> {
        catch_unwind(AssertUnwindSafe(work)).map_err(|payload| match payload.downcast::<End>() {
            Ok(end) => *end,
            Err(other) => resume_unwind(other),
        })
    }

    /// Counts bytes that are copied.
    pub fn copy(&self, bytes: usize) {
        self.copied.set(self.copied.get().saturating_add(bytes));
        if self.copied.get() > self.most_copied {
            resume_unwind(Box::new(End::Copied));
        }
    }

    fn hold(&self) {
        if self.stop.is_cancelled() {
            resume_unwind(Box::new(End::Stopped));
        }
        if self.held.get() >= self.most_held {
            resume_unwind(Box::new(End::Held));
        }
        self.held.set(self.held.get() + 1);
    }

    fn release(&self) {
        self.held.set(self.held.get() - 1);
    }
}

/// A value that is counted as long as it lives.
pub struct Metered<'a, T> {
    value: T,
    meter: &'a Meter,
}

impl<'a, T> Metered<'a, T> {
    pub fn new(value: T, meter: &'a Meter) -> Metered<'a, T> {
        meter.hold();
        Metered { value, meter }
    }

    pub fn value(&self) -> &T {
        &self.value
    }
}

impl<T: Clone> Clone for Metered<'_, T> {
    fn clone(&self) -> Self {
        Metered::new(self.value.clone(), self.meter)
    }
}

impl<T> Drop for Metered<'_, T> {
    fn drop(&mut self) {
        self.meter.release();
    }
}

impl<T: PartialEq> PartialEq for Metered<'_, T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Metered<'_, T> {}

impl<T: Hash> Hash for Metered<'_, T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.value.hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_what_lives() {
        let meter = Meter::new(CancellationToken::new(), 3, usize::MAX);
        let two = || Metered::new('a', &meter).clone();
        assert_eq!(meter.run(|| (0..100).map(|_| two()).all(|kept| *kept.value() == 'a')), Ok(true));
        assert_eq!(meter.run(|| (0..4).fold(0, |sum, _| sum + usize::from(*two().value() == 'a'))), Ok(4));
        assert_eq!(meter.run(|| (0..4).map(|_| two()).collect::<Vec<_>>().len()), Err(End::Held));
        assert_eq!(meter.held.get(), 0, "what is unwound is let go");
    }

    #[test]
    fn ends_when_it_is_stopped_or_has_copied_enough() {
        let stop = CancellationToken::new();
        let meter = Meter::new(stop.clone(), 9, 10);
        assert_eq!(meter.run(|| meter.copy(10)), Ok(()));
        assert_eq!(meter.run(|| meter.copy(1)), Err(End::Copied));
        stop.cancel();
        assert!(meter.run(|| drop(Metered::new(1, &meter))) == Err(End::Stopped));
    }
}
