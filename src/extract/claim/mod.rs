//! Attributions into claims: who says, denies, promises, asks what.
//!
//! "Norway has denied trying to sway the vote in Iceland." has the speaker Norway, the cue "has denied", and as content what
//! is denied.

mod content;
mod coordinate;
mod cue;
mod denial;
mod fact;
mod group;
mod head;
mod quote;
mod source;
mod turn;

use std::collections::{BTreeMap, BTreeSet};

use super::arcs::Arcs;
use super::event::FoundEvent;
use super::fact::{ClaimFact, Stance};
use crate::base::TokenSpan;
use crate::link::Links;
use crate::nlp::{Document, Token, Upos};
use crate::schema::{Cue, Schema, WordClass};
use source::CITED;
use turn::Turn;

/// Finds the claims of a document.
pub fn find(schema: &Schema, doc: &Document, links: &Links, arcs: &Arcs, events: &[FoundEvent]) -> Vec<ClaimFact> {
    let turns = turn::turns(schema, doc, links);
    let reader = Reader { schema, doc, links, arcs, events, turns };
    let mut drafts: Vec<Draft> = Vec::new();
    for token in 0..doc.tokens.len() {
        drafts.extend(reader.by_cue(token));
        drafts.extend(reader.according_to(token));
    }
    drafts.extend(reader.headline());
    reader.combine(&mut drafts);
    reader.part_coordinates(&mut drafts);
    if let Some(headline) = reader.quoting_headline() {
        drafts.retain(|draft| !headline.pieces.iter().any(|piece| piece.contains(draft.cue_head)));
        drafts.push(headline);
    }
    drafts.extend(reader.signed_quotes(&drafts));
    for draft in &mut drafts {
        let pieces = std::mem::take(&mut draft.pieces).into_iter();
        let pieces = pieces.map(|piece| reader.behind_dateline(piece)).collect();
        draft.pieces = reader.only_speech(draft.cue_head, pieces);
    }
    drafts.sort_by_key(|draft| (draft.cue_head, draft.cue));
    let cited = reader.cited_sources(&drafts);
    drafts.extend(cited);
    reader.part_paragraphs(&mut drafts);
    reader.deny_pronouns(&mut drafts);
    reader.drop_denied(&mut drafts);
    reader.attach_loose_quotes(&mut drafts);
    reader.drop_repeats(&mut drafts);
    reader.drop_nested_nouns(&mut drafts);
    for draft in &mut drafts {
        draft.stance = reader.asked(draft);
    }
    reader.resolve_speakers(&mut drafts);
    reader.part_asides(&mut drafts);
    reader.drop_own_words(&mut drafts);
    let mut claims: Vec<ClaimFact> = drafts.iter().map(|draft| reader.fact(draft)).collect();
    reader.tie_denials(&drafts, &mut claims);
    claims
}

/// A claim as token spans.
#[derive(Clone, Debug)]
struct Draft {
    cue: TokenSpan,
    cue_head: usize,
    /// The source's head words; empty where nobody is named.
    sources: Vec<usize>,
    pieces: Vec<TokenSpan>,
    stance: Stance,
    addressee: Option<usize>,
    /// Indices of entities.
    speakers: Vec<usize>,
    /// What found it, for the evidence: `claim/cue`, `claim/head`.
    rule: &'static str,
}

struct Reader<'a> {
    schema: &'a Schema,
    doc: &'a Document,
    links: &'a Links,
    arcs: &'a Arcs,
    events: &'a [FoundEvent],
    turns: Vec<Turn>,
}

impl<'a> Reader<'a> {
    fn token(&self, at: usize) -> &'a Token {
        &self.doc.tokens[at]
    }

    fn cue(&self, token: usize) -> Option<&'a Cue> {
        let word = self.token(token);
        self.schema.cues.find(&word.lemma, word.upos.name())
    }

    /// Of claims with the same content the one whose cue comes first stays, a named speaker before none. A denial stands beside what
    /// it denies ("denied claims that she had resigned" is two), those who are cited beside who cites them.
    fn drop_repeats(&self, drafts: &mut Vec<Draft>) {
        let mut best: BTreeMap<(&[TokenSpan], bool, bool), usize> = BTreeMap::new();
        for (number, draft) in drafts.iter().enumerate() {
            let kind = (&draft.pieces[..], draft.stance == Stance::Deny, draft.rule == CITED);
            let slot = best.entry(kind).or_insert(number);
            if drafts[*slot].speakers.is_empty() && !draft.speakers.is_empty() {
                *slot = number;
            }
        }
        let kept: BTreeSet<usize> = best.into_values().collect();
        let mut number = 0..;
        drafts.retain(|_| number.next().is_some_and(|number| kept.contains(&number)));
    }

    /// "denied that he had offered to resign": what somebody denies to have been said has no claim of its own. Nouns do: "denied claims
    /// that she had resigned".
    fn drop_denied(&self, drafts: &mut Vec<Draft>) {
        let denials = drafts.iter().filter(|draft| draft.stance == Stance::Deny);
        let said: BTreeSet<usize> =
            denials.flat_map(|denial| &denial.pieces).map(|piece| self.doc.head_of(*piece)).collect();
        drafts.retain(|draft| self.token(draft.cue_head).upos != Upos::Verb || !said.contains(&draft.cue_head));
    }

    /// "said he believes that the plan is fair", "\"I hope that it is fair,\" she said": who tells what they think or say themselves says
    /// it, and it is one claim. What they deny by that stays.
    fn drop_own_words(&self, drafts: &mut Vec<Draft>) {
        let belief = |own: &Draft, said: &Draft| {
            let sentence = self.doc.sentence(own.cue_head).tokens;
            let is_all = |&piece: &TokenSpan| sentence.covers(piece) && self.doc.head_of(piece) == own.cue_head;
            let whole = own.stance == Stance::Believe && said.pieces.iter().any(is_all);
            whole && said.speakers == own.speakers && !said.speakers.is_empty()
        };
        let quoted = |own: &Draft, said: &Draft| {
            let first = own.sources.iter().any(|&source| self.is_first_person_quoted(source));
            first && own.stance != Stance::Deny && said.pieces.iter().any(|piece| piece.contains(own.cue_head))
        };
        let is_own = |own: &Draft| {
            let mut others = drafts.iter().filter(|said| said.cue_head != own.cue_head);
            others.any(|said| belief(own, said) || quoted(own, said))
        };
        let own: Vec<bool> = drafts.iter().map(is_own).collect();
        let mut own = own.into_iter();
        drafts.retain(|_| !own.next().expect("one a draft"));
    }

    /// "asked whether he would resign" and "\"Will he resign?\" she asked" request nothing.
    fn asked(&self, draft: &Draft) -> Stance {
        let begins = |piece: &TokenSpan| self.schema.words.is(&self.token(piece.start).lemma, WordClass::Interrogative);
        let ends = |piece: &TokenSpan| self.doc.tokens[piece.end - 1..].iter().take(2).any(|token| token.text == "?");
        let is_question = draft.pieces.first().is_some_and(begins) || draft.pieces.last().is_some_and(ends);
        if draft.stance == Stance::Request && is_question { Stance::Ask } else { draft.stance }
    }

    /// "reaffirmed their commitment to peace" is one claim: the noun's content is the verb's.
    fn drop_nested_nouns(&self, drafts: &mut Vec<Draft>) {
        let said = |draft: &&Draft| draft.stance != Stance::Deny;
        let verbs: BTreeSet<usize> = drafts.iter().filter(said).map(|draft| draft.cue_head).collect();
        drafts.retain(|draft| {
            let noun = self.token(draft.cue_head);
            let object = noun.upos == Upos::Noun && noun.is_relation("obj");
            !(object && noun.head.is_some_and(|head| verbs.contains(&head)))
        });
    }
}
