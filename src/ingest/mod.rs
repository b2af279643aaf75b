//! Files and pages into articles: decoding, title, date of publication, text.

mod article;
mod date;
mod paragraph;
mod head;
mod text;
mod decode;

pub use article::{Article, Dateline, Paragraph, ParagraphKind};
pub use date::DateOrder;
