//! Files and pages into articles: decoding, title, date of publication, text.

mod article;

pub use article::Article;
