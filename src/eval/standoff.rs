//! Brat's standoff annotation (<https://brat.nlplab.org/standoff.html>), as PolNeAR has it, into attributions.
//!
//! `T1 Source 89 106 The Herald` marks a source, `E1 Attribution:T4 Content:T3 Cue:T2 Source:T1` ties it to a cue and content.

use std::collections::BTreeMap;
use std::path::Path;

use super::{Attribution, MarkedText};
use crate::base::CharSpan;
use crate::error::{Error, Result};

/// Reads the annotations of a text; `file` is named in errors.
///
/// # Errors
///
/// A span that is no span or leaves the text, an event of a span that is not there.
pub fn marked_text(file: impl AsRef<Path>, text: &str, annotations: &str) -> Result<MarkedText> {
    let length = text.chars().count();
    let at = |number: usize| {
        let (file, hint) = (file.as_ref(), "brat's standoff: `T1\tSource 0 3\tAna`, `E1\tAttribution:T4 Source:T1 …`");
        move |fault: String| Error::new(fault).at_line(file, number, None).hint(hint)
    };
    let mut spans = BTreeMap::new();
    for (number, line) in annotations.lines().enumerate().filter(|(_, line)| line.starts_with('T')) {
        let (id, pieces) = pieces(line, length).map_err(at(number))?;
        spans.insert(id, pieces);
    }
    let mut attributions = Vec::new();
    for (number, line) in annotations.lines().enumerate().filter(|(_, line)| line.starts_with('E')) {
        attributions.push(attribution(line, &spans).map_err(at(number))?);
    }
    Ok(MarkedText { text: text.to_owned(), attributions, ..MarkedText::default() })
}

/// The pieces of `T1 Content 315 448;463 553 …`.
fn pieces(line: &str, length: usize) -> std::result::Result<(&str, Vec<CharSpan>), String> {
    let fault = || format!("`{line}` marks no span");
    let mut columns = line.split('\t');
    let (id, marked) = (columns.next().ok_or_else(fault)?, columns.next().ok_or_else(fault)?);
    let (_, pieces) = marked.split_once(' ').ok_or_else(fault)?;
    let span = |piece: &str| {
        let (start, end) = piece.split_once(' ')?;
        let (start, end): (usize, usize) = (start.parse().ok()?, end.parse().ok()?);
        (start <= end && end <= length).then(|| CharSpan::new(start, end))
    };
    Ok((id, pieces.split(';').map(span).collect::<Option<_>>().ok_or_else(fault)?))
}

fn attribution(line: &str, spans: &BTreeMap<&str, Vec<CharSpan>>) -> std::result::Result<Attribution, String> {
    let mut attribution = Attribution::default();
    let (_, roles) = line.split_once('\t').ok_or_else(|| format!("`{line}` is no event"))?;
    for role in roles.split_whitespace() {
        let (role, id) = role.split_once(':').ok_or_else(|| format!("`{role}` has no span"))?;
        let pieces = spans.get(id).ok_or_else(|| format!("there is no span `{id}`"))?;
        // Second and third parts of one role are numbered: `Content2`.
        match role.trim_end_matches(|c: char| c.is_ascii_digit()) {
            "Source" => attribution.sources.extend(pieces),
            "Cue" => attribution.cues.extend(pieces),
            "Content" => attribution.contents.extend(pieces),
            _ => {}
        }
    }
    Ok(attribution)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_tie_spans() {
        let annotations = "T1\tSource 4 7\tAna\nT2\tContent 0 2;13 15\tNo go\nT3\tCue 8 12\tsaid\nT4\tAttribution 8 12\tsaid\n\
            E1\tAttribution:T4 Content:T2 Cue:T3 Source:T1\nE2\tAttribution-no-source:T4 Cue:T3 Content2:T2\n";
        let text = marked_text("a.ann", "No, Ana said go.", annotations).expect("attributions");
        let contents = vec![CharSpan::new(0, 2), CharSpan::new(13, 15)];
        assert_eq!(text.attributions[0].sources, [CharSpan::new(4, 7)]);
        assert_eq!(text.attributions[0].contents, contents);
        assert_eq!((&text.attributions[1].sources, &text.attributions[1].contents), (&vec![], &contents));
    }

    #[test]
    fn spans_that_are_none_are_told() {
        let error = |annotations| marked_text("a.ann", "Ana", annotations).expect_err("wrong").to_string();
        assert_eq!(error("T1\tSource 0 9\tAna"), "a.ann:1: `T1\tSource 0 9\tAna` marks no span");
        assert_eq!(error("T1\tSource 0 3\tAna\nE1\tCue:T2"), "a.ann:2: there is no span `T2`");
    }
}
