//! The language engine, and the claims that come of it, against texts that people have annotated: a treebank, names, attributions and coreference into scores.
//!
//! Where a treebank says that "met" is the root of "Solheim met Kanté" and the engine says so too, UAS grows by a word. Reads the
//! text of corpora in the formats that they come in; opening files, the clock and the table are the caller's.

mod score;
mod floors;
mod conllu;
mod columns;
mod standoff;
mod marked;
mod system;
mod trees;
mod names;
mod attributions;
mod coreference;

pub use attributions::{attributions, claims};
pub use columns::{Columns, NamedSentence};
pub use conllu::Treebank;
pub use coreference::{marked_coreference, treebank_coreference};
pub use floors::{Breach, Floors};
pub use marked::{Attribution, MarkedText};
pub use names::{marked_names, names, names_of_words};
pub use score::{Score, Unit};
pub use standoff::marked_text;
pub use trees::{trees, trees_of_raw_text};
