//! A graph as one web page that needs nothing else: a drawing, people, meetings, claims, and the sentences behind each; and an article
//! as one, with what was read in it ([`article`]).
//!
//! The page fetches nothing. All that the graph holds travels as JSON in which `<` is escaped, its script puts every text in place
//! as text, and its policy lets no other script run: a headline that says `<script>` shows as just that.
//!
//! # Where the page has its data from
//!
//! `page/source.js` alone knows; the rest of the page asks it for three things, by id. [`write_page`] puts them into the page;
//! [`write_served_page`] makes a page that asks a server beside it instead:
//!
//! | asked | answer | in the page | of a server |
//! |---|---|---|---|
//! | all but the words | [`Overview`] | `<script id="overview">` | `GET api/overview` |
//! | the words that bear out a fact | list of [`crate::query::Passage`] | made of `<script id="words">` | `GET api/evidence?of=ID`, see [`crate::query::evidence`] |
//! | an article, and what was found where in it | [`crate::query::Marked`] | made of `<script id="words">` | `GET api/article/ID`, see [`crate::query::marked`] |
//!
//! ```json
//! {"articles": [{"id": "article/…", "name": "…", "published": "2031-05-14", "url": "…", "sources": ["summit.txt"]}],
//!  "entities": [{"id": "person/ingrid-solheim", "kind": "person", "name": "Ingrid Solheim", "aliases": ["Solheim"], "same_as": [],
//!    "ties": [{"id": "person/ingrid-solheim holds_office:prime minister country/NO", "type": "holds_office", "as": "prime minister", "former": true, "of": "country/NO"}]}],
//!  "events": [{"id": "event/…", "type": "meet", "name": "…", "start": "2031-05-13", "end": "2031-05-13", "status": "happened",
//!    "channel": "in-person", "who": ["person/ingrid-solheim"], "places": ["place/geneva"], "occasion": "event/…", "denied_by": ["claim/…"]}],
//!  "claims": [{"id": "claim/…", "stance": "deny", "form": "indirect", "speakers": ["person/…"], "source": "she", "cue": "denied", "content": ["…"],
//!    "to": ["person/…"], "about": ["event/…"], "denies": ["claim/…"], "denied_by": [], "published": "2031-05-14"}],
//!  "views": {"people": {"nodes": [{"id": "person/…", "x": 0.1, "y": -2.5, "size": 4.5}],
//!    "lines": [{"a": 0, "b": 1, "events": [3], "meetings": 2, "ties": [["holds_office", "president"]]}], "left_out": 0}, "actors": {}, "full": {}}}
//! ```
//!
//! What is empty or unknown is left out. `a` and `b` count `nodes`, `events` of a line count `events`.

mod overview;
mod drawing;
mod layout;
mod quadtree;
mod words;
mod article;
mod marks;
mod html;

use std::io::{self, Write};

pub use article::write_article;
pub use drawing::{Bonds, Dot, Drawing, Line};
pub use overview::Overview;

use crate::graph::KnowledgeGraph;
use html::{fingerprint, put};
use words::Words;

/// The frame of the page, with marks where the rest goes.
const FRAME: &str = include_str!("page/page.html");
const STYLE: &str = include_str!("page/page.css");

/// sigma.js and graphology; `vendor/README.md` tells whose they are.
const VENDORED: &str = include_str!("vendor/drawing.min.js");
const LICENCES: &str = include_str!("vendor/LICENSES.txt");

/// What the page does: one script of several files, each of which uses only those before it.
const SCRIPT: &str = concat!(
    include_str!("page/source.js"),
    include_str!("page/elements.js"),
    include_str!("page/state.js"),
    include_str!("page/model.js"),
    include_str!("page/shapes.js"),
    include_str!("page/drawing.js"),
    include_str!("page/picture.js"),
    include_str!("page/slider.js"),
    include_str!("page/rows.js"),
    include_str!("page/panel.js"),
    include_str!("page/controls.js"),
    include_str!("page/main.js"),
);

/// Writes the page with the graph in it. The same graph gives the same bytes.
///
/// # Errors
/// Those of the writer.
pub fn write_page(graph: &KnowledgeGraph, out: &mut dyn Write) -> io::Result<()> {
    fill(out, "", |out| {
        write_json(out, "overview", &Overview::of(graph))?;
        write_json(out, "words", &Words::of(graph))
    })
}

/// Writes the page without a graph: it asks for one under `api/`, beside its own address.
///
/// # Errors
/// Those of the writer.
pub fn write_served_page(out: &mut dyn Write) -> io::Result<()> {
    fill(out, "connect-src 'self'; ", |_| Ok(()))
}

/// Fills the frame's marks in the order they stand, each once: what was put in is not searched again.
fn fill(
    out: &mut dyn Write,
    sources: &str,
    write_graph: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let (vendored, script) = (format!("\n{VENDORED}"), format!("\n{SCRIPT}"));
    let style = format!("\n{STYLE}");
    let policy = format!(
        "default-src 'none'; {sources}style-src '{}'; script-src '{}' '{}'; img-src blob:; base-uri 'none'; form-action 'none'",
        fingerprint(&style),
        fingerprint(&vendored),
        fingerprint(&script)
    );
    let version = env!("CARGO_PKG_VERSION");
    let before = [("{{version}}", version), ("{{policy}}", &policy), ("{{licences}}", LICENCES), ("{{style}}", &style)];
    let rest = before.into_iter().try_fold(FRAME, |rest, (mark, text)| put(out, rest, mark, text))?;
    let rest = put(out, rest, "{{graph}}", "")?;
    write_graph(out)?;
    let after = [("{{vendored}}", &vendored), ("{{script}}", &script)];
    let rest = after.into_iter().try_fold(rest, |rest, (mark, text)| put(out, rest, mark, text))?;
    out.write_all(rest.as_bytes())
}

fn write_json(out: &mut dyn Write, id: &str, value: &impl serde::Serialize) -> io::Result<()> {
    write!(out, "<script type=\"application/json\" id=\"{id}\">")?;
    serde_json::to_writer(WithoutMarkup(&mut *out), value)?;
    out.write_all(b"</script>\n")
}

/// Writes JSON in which no `<` stands: it may start a tag or a comment, whatever the element.
struct WithoutMarkup<'w>(&'w mut dyn Write);

impl Write for WithoutMarkup<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for (number, part) in bytes.split(|byte| *byte == b'<').enumerate() {
            if number > 0 {
                self.0.write_all(b"\\u003c")?;
            }
            self.0.write_all(part)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}
