//! What the engine's document says, in the form that scores compare: the one place that knows how it is kept there.

use std::collections::BTreeMap;

use super::Attribution;
use crate::base::TokenSpan;
use crate::extract::{Claim, Fact};
use crate::graph::Reading;
use crate::nlp::{self, Document, MentionForm, Morphology, NameKind, Number, Tense, VerbForm};
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

/// The outermost names of people, places (countries too) and organizations; demonyms ("French") are none.
pub fn names(schema: &Schema, doc: &Document) -> Vec<(NameKind, TokenSpan)> {
    let names = doc.mentions.iter().filter(|mention| mention.form == MentionForm::Name);
    let names: Vec<(NameKind, TokenSpan)> = names.map(|mention| (mention.kind, mention.tokens)).collect();
    let is_inside = |span: TokenSpan| names.iter().any(|(_, other)| other.covers(span) && *other != span);
    let is_demonym = |span: TokenSpan| {
        let words = doc.words(span);
        let mut found = schema.gazetteer.find(&words).map(|(_, naming)| naming).peekable();
        found.peek().is_some() && found.all(|naming| naming == Naming::Demonym)
    };
    let scored = |kind| matches!(kind, NameKind::Person | NameKind::Country | NameKind::Place | NameKind::Organization);
    let kept = names.iter().filter(|(kind, span)| scored(*kind) && !is_inside(*span) && !is_demonym(*span));
    let coarse = |kind| if kind == NameKind::Country { NameKind::Place } else { kind };
    kept.map(|(kind, span)| (coarse(*kind), *span)).collect()
}

/// The document's attributions, in characters.
pub fn attributions(doc: &Document) -> Vec<Attribution> {
    let chars = |spans: &[TokenSpan]| spans.iter().map(|span| doc.chars(*span)).collect();
    let attribution = |said: &nlp::Attribution| Attribution {
        cues: said.cue.iter().map(|cue| doc.chars(*cue)).collect(),
        sources: chars(&said.sources),
        contents: chars(&said.contents),
    };
    doc.attributions.iter().map(attribution).collect()
}

/// The claims of a graph, in characters: their sources, cues and contents.
pub fn claims(reading: &Reading) -> Vec<Attribution> {
    let claims: BTreeMap<&str, &Claim> = reading
        .facts
        .iter()
        .filter_map(|fact| match fact {
            Fact::Claim(fact) => Some((fact.claim.id.as_str(), &fact.claim)),
            _ => None,
        })
        .collect();
    let attribution = |claim: &&Claim| Attribution {
        cues: claim.cue_span.into_iter().collect(),
        sources: claim.source_span.into_iter().collect(),
        contents: claim.content_spans.clone(),
    };
    claims.values().map(attribution).collect()
}

/// The document's chains of mentions.
pub fn coreference(doc: &Document) -> Vec<Vec<TokenSpan>> {
    doc.coreference.clone()
}
