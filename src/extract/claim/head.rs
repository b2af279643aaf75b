//! What the attribution head read, weighed against what the cue words gave.
//!
//! Of "Solheim hailed the accord as a new start." the words may give "the accord", the head "the accord as a new start".

use std::collections::BTreeSet;

use super::cue::stance;
use super::{Draft, Reader};
use crate::base::TokenSpan;
use crate::extract::fact::Stance;
use crate::nlp::{Attribution, Upos};

/// The least share of words in common at which two readings with different cues are of one claim.
const SAME_CONTENT: f64 = 0.5;

impl Reader<'_> {
    /// Puts what the attribution head read beside what the cue words gave: claims that they lack, speakers that they miss, and of
    /// two readings by one cue the longer, since trees cut contents short more often than the head takes too much.
    pub(super) fn combine(&self, drafts: &mut Vec<Draft>) {
        for found in self.doc.attributions.iter().filter_map(|said| self.read(said)) {
            let same = |draft: &Draft| draft.cue.overlaps(found.cue);
            let alike = |draft: &Draft| same(draft) || overlap(&draft.pieces, &found.pieces) >= SAME_CONTENT;
            let at = drafts.iter().position(same).or_else(|| drafts.iter().position(alike));
            let Some(known) = at.map(|at| &mut drafts[at]) else {
                drafts.push(found);
                continue;
            };
            if same(known) && overlap(&known.pieces, &found.pieces) == 0.0 {
                // "denied the charge: \"…\"": both are what is denied.
                known.pieces.extend(found.pieces);
                known.pieces.sort();
            } else if same(known) && length(&found.pieces) > length(&known.pieces) {
                known.pieces = found.pieces;
            }
            if known.speakers.is_empty() {
                known.speakers = found.speakers;
                if known.sources.is_empty() {
                    known.sources = found.sources;
                }
            }
        }
    }

    /// An attribution of the head as a draft; its stance is the cue word's. None where the cue is a word that the table rules out:
    /// "discussed".
    fn read(&self, said: &Attribution) -> Option<Draft> {
        let cue = self.trim(said.cue?);
        let cue_head = cue.range().rev().find(|&at| self.cue(at).is_some());
        if cue.is_empty() || cue_head.is_none() && cue.range().any(|at| self.is_no_cue(at)) {
            return None;
        }
        let cue_head = cue_head.unwrap_or_else(|| self.doc.head_of(cue));
        let kind = self.cue(cue_head);
        // What stands in another sentence is content only in quotation marks.
        let sentence = self.doc.sentence(cue_head).tokens;
        let near = |piece: &TokenSpan| sentence.overlaps(*piece) || self.token(piece.start).quoted;
        let contents =
            said.contents.iter().filter(|piece| near(piece)).map(|&piece| self.without_that(self.trim(piece)));
        let pieces: Vec<TokenSpan> = contents.filter(|piece| piece.len() > 1).collect();
        if pieces.is_empty() || said.sources.is_empty() {
            return None;
        }
        let sources: Vec<usize> = said.sources.iter().map(|&source| self.doc.head_of(source)).collect();
        let speakers = self.speakers(&sources);
        let stance = kind.map_or(Stance::Assert, |kind| stance(&kind.stance));
        if self.is_negated(cue_head) && stance != Stance::Deny {
            return None;
        }
        let addressee = kind.and_then(|kind| self.addressee(cue_head, kind));
        Some(Draft { cue, cue_head, sources, pieces, stance, addressee, speakers, rule: "claim/head" })
    }

    /// Whether the table of cues says that a word tells of no claim.
    fn is_no_cue(&self, token: usize) -> bool {
        let word = self.token(token);
        matches!(word.upos, Upos::Verb | Upos::Noun) && self.schema.cues.is_none(&word.lemma, word.upos.name())
    }
}

fn length(pieces: &[TokenSpan]) -> usize {
    pieces.iter().map(|piece| piece.len()).sum()
}

/// Tokens shared by two lists of pieces, over all tokens of both.
fn overlap(a: &[TokenSpan], b: &[TokenSpan]) -> f64 {
    let tokens = |pieces: &[TokenSpan]| pieces.iter().flat_map(|piece| piece.range()).collect::<BTreeSet<usize>>();
    let (a, b) = (tokens(a), tokens(b));
    a.intersection(&b).count() as f64 / a.union(&b).count().max(1) as f64
}
