//! Text into a document: tokens, trees, names, times and attributions, by one small encoder and light heads.

mod document;
pub mod engine;
pub mod morphology;
#[cfg(test)]
mod tagged;
pub mod time;

pub use document::{
    Attribution, AttributionPart, Document, Mention, MentionForm, Morphology, NameKind, Number, Sentence, Tense,
    TimeExpression, Token, Upos, VerbForm,
};

pub use engine::Model;

use crate::ingest::Article;
use crate::schema::Schema;

/// Reads an article's text. A text cannot fail: what is not understood yields less.
pub fn analyze(_schema: &Schema, _model: &Model, article: Article) -> Document {
    Document::new(article)
}
