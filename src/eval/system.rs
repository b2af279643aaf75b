//! What the engine's document says, in the form that scores compare: the one place that knows how it is kept there.

use super::Attribution;
use crate::base::{CharSpan, TokenSpan};
use crate::nlp::{AttributionPart, Document, MentionForm, Morphology, NameKind, Number, Tense, VerbForm};
use crate::schema::{Naming, Schema};

/// The value of a feature as Universal Dependencies writes it.
pub type Feature = fn(&Morphology) -> Option<&'static str>;

/// The features that tokens have, under their names in Universal Dependencies.
pub const FEATURES: [(&str, Feature); 3] = [("Number", number), ("Tense", tense), ("VerbForm", verb_form)];

fn number(morphology: &Morphology) -> Option<&'static str> {
    morphology.number.map(|number| match number {
        Number::Singular => "Sing",
        Number::Plural => "Plur",
    })
}

fn tense(morphology: &Morphology) -> Option<&'static str> {
    morphology.tense.map(|tense| match tense {
        Tense::Past => "Past",
        Tense::Present => "Pres",
    })
}

fn verb_form(morphology: &Morphology) -> Option<&'static str> {
    morphology.verb_form.map(|form| match form {
        VerbForm::Finite => "Fin",
        VerbForm::Infinitive => "Inf",
        VerbForm::Participle => "Part",
        VerbForm::Gerund => "Ger",
    })
}

/// The outermost names of people, places and organizations; demonyms ("French") are none.
pub fn names(schema: &Schema, doc: &Document) -> Vec<(NameKind, TokenSpan)> {
    let names = doc.mentions.iter().filter(|mention| mention.form == MentionForm::Name);
    let names: Vec<(NameKind, TokenSpan)> = names.map(|mention| (mention.kind, mention.tokens)).collect();
    let is_inside = |span: TokenSpan| names.iter().any(|(_, other)| other.covers(span) && *other != span);
    let is_demonym = |span: TokenSpan| {
        let words = doc.words(span);
        let mut found = schema.gazetteer.find(&words).map(|(_, naming)| naming).peekable();
        found.peek().is_some() && found.all(|naming| naming == Naming::Demonym)
    };
    let scored = |kind| matches!(kind, NameKind::Person | NameKind::Place | NameKind::Organization);
    names.iter().filter(|(kind, span)| scored(*kind) && !is_inside(*span) && !is_demonym(*span)).copied().collect()
}

/// The document's attributions. Their parts are not tied to one another: each goes to the nearest cue of its paragraph, and where there
/// is none stands alone.
pub fn attributions(doc: &Document) -> Vec<Attribution> {
    let cues: Vec<TokenSpan> =
        doc.attributions.iter().filter(|span| span.part == AttributionPart::Cue).map(|span| span.tokens).collect();
    let mut out: Vec<Attribution> =
        cues.iter().map(|cue| Attribution { cues: vec![doc.chars(*cue)], ..Attribution::default() }).collect();
    for span in doc.attributions.iter().filter(|span| span.part != AttributionPart::Cue) {
        let paragraph = |span: TokenSpan| doc.sentence(span.start).paragraph;
        let near = (0..cues.len()).filter(|&cue| paragraph(cues[cue]) == paragraph(span.tokens));
        let attribution = match near.min_by_key(|&cue| distance(cues[cue], span.tokens)) {
            Some(cue) => &mut out[cue],
            None => {
                out.push(Attribution::default());
                out.last_mut().expect("one was pushed")
            }
        };
        let chars: CharSpan = doc.chars(span.tokens);
        match span.part {
            AttributionPart::Source => attribution.sources.push(chars),
            AttributionPart::Content => attribution.contents.push(chars),
            AttributionPart::Cue => {}
        }
    }
    out
}

/// Tokens between two spans.
fn distance(a: TokenSpan, b: TokenSpan) -> usize {
    a.start.saturating_sub(b.end).max(b.start.saturating_sub(a.end))
}

/// The document's chains of mentions; `None` while it has no coreference.
pub fn coreference(_doc: &Document) -> Option<Vec<Vec<TokenSpan>>> {
    None
}
