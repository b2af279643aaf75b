//! Spans, ids and dates: the small values that every other module speaks in.
//!
//! "Mr Putin met Mr Trump on 7 July" has a span for each name, an id for each man, and a [`Date`] as fine as the text.

pub mod compression;
mod date;
mod id;
mod span;

pub use date::{Date, DateError, Period};
pub use id::{content_id, digest, name_words, slug};
pub use span::{CharSpan, Chars, Span, TokenSpan, Tokens};
