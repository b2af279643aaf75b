//! A graph as one web page that needs nothing else: a drawing, people, meetings, claims, and the sentences behind each.
//!
//! The page fetches nothing. All that the graph holds travels as JSON in which `<` is escaped, and its script puts every
//! text in place as text: a headline that says `<script>` shows as just that.

mod data;
mod layout;

use std::io::{self, Write};

use crate::graph::KnowledgeGraph;

/// The frame, the look and the conduct of the page.
const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Writes the page. The same graph gives the same bytes.
///
/// # Errors
/// Those of the writer.
pub fn write_page(graph: &KnowledgeGraph, out: &mut dyn Write) -> io::Result<()> {
    // `<` may start a tag or a comment, whatever the element; JSON can spell it otherwise.
    let json = serde_json::to_string(&data::Page::of(graph))?.replace('<', "\\u003c");
    let version = env!("CARGO_PKG_VERSION");
    let parts = [("{{version}}", version), ("{{style}}", STYLE), ("{{json}}", &json), ("{{script}}", SCRIPT)];
    let mut rest = PAGE;
    // Filled in the order they stand, each once: what was put in is not searched again.
    for (mark, text) in parts {
        let (before, after) = rest.split_once(mark).expect("page.html has each mark, in this order");
        out.write_all(before.as_bytes())?;
        out.write_all(text.as_bytes())?;
        rest = after;
    }
    out.write_all(rest.as_bytes())
}
