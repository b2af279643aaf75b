//! Which part of a sentence is whose, where verbs are coordinated.
//!
//! In "Ms Lund noted that Norway will pay and thanked Senegal." what is noted ends before "and".

use super::{Draft, Reader};
use crate::base::TokenSpan;
use crate::nlp::{Tense, Upos, VerbForm};

impl Reader<'_> {
    /// The cue verb that a coordinated one goes with in truth, where its form tells that the tree hung it too low: in "noted that Norway
    /// will pay and thanked Senegal" "thanked" goes with "noted", since nobody "will thanked".
    pub(super) fn goes_with(&self, verb: usize) -> Option<usize> {
        let word = self.token(verb);
        let low = word.head.filter(|_| word.deprel == "conj" && self.is_past(verb))?;
        if self.doc.child(verb, "nsubj").is_some() || self.is_past(low) || self.has_had(low) {
            return None;
        }
        let above = std::iter::successors(self.token(low).head, |&head| self.token(head).head);
        above.into_iter().find(|&head| self.is_past(head)).filter(|&head| self.cue(head).is_some())
    }

    /// Whether a verb is in the past tense: "noted".
    fn is_past(&self, verb: usize) -> bool {
        let (word, form) = (self.token(verb), self.token(verb).morphology);
        let aux = || self.doc.children(verb).any(|child| self.token(child).is_relation("aux"));
        word.upos == Upos::Verb && form.verb_form == Some(VerbForm::Finite) && form.tense == Some(Tense::Past) && !aux()
    }

    /// "had met and thanked": a participle may look like the past tense.
    fn has_had(&self, verb: usize) -> bool {
        self.token(verb).morphology.verb_form == Some(VerbForm::Participle)
    }

    /// Ends each content where words coordinated with its own cue begin.
    pub(super) fn part_coordinates(&self, drafts: &mut [Draft]) {
        let heads: Vec<(usize, Vec<usize>)> =
            drafts.iter().map(|draft| (draft.cue_head, draft.sources.clone())).collect();
        for draft in drafts {
            let with = |&(cue, ref sources): &(usize, Vec<usize>)| {
                let same = !sources.is_empty() && *sources == draft.sources && !self.token(cue).quoted;
                (cue > draft.cue_head && same && self.token(cue).upos == Upos::Verb).then_some(cue)
            };
            let conjuncts = self.doc.children(draft.cue_head).filter(|&child| {
                child > draft.cue_head && self.token(child).deprel == "conj" && self.token(child).upos == Upos::Verb
            });
            let verbs: Vec<usize> = heads.iter().filter_map(with).chain(conjuncts).collect();
            for verb in verbs {
                if let Some(and) = self.and_before(verb) {
                    self.end_before(&mut draft.pieces, and, verb);
                }
            }
        }
    }

    /// Ends each content where a clause behind a comma tells another's word of it, or what its speaker says besides: "closed the
    /// harbour, | which Senegal had called unsafe", "the bridge is safe, | adding that it would open".
    pub(super) fn part_asides(&self, drafts: &mut [Draft]) {
        let cues: Vec<(usize, Vec<usize>)> =
            drafts.iter().map(|draft| (draft.cue_head, draft.speakers.clone())).collect();
        for draft in drafts {
            let others = cues.iter().filter(|(_, speakers)| !speakers.is_empty());
            for aside in others.filter_map(|(cue, speakers)| self.aside(*cue, *speakers == draft.speakers)) {
                let ends = |piece: &TokenSpan| {
                    piece.contains(aside.start) && piece.start < aside.start && self.trim(*piece).end <= aside.end
                };
                for piece in draft.pieces.iter_mut().filter(|piece| ends(piece)) {
                    *piece = self.trim(TokenSpan::new(piece.start, aside.start));
                }
            }
            draft.pieces.retain(|piece| !piece.is_empty());
        }
    }

    /// The clause behind a comma whose verb a cue is: a relative one, one of "as", or that of a participle.
    fn aside(&self, cue: usize, same_speaker: bool) -> Option<TokenSpan> {
        let word = self.token(cue);
        let clause = self.doc.subtree(cue);
        let comma = clause.start.checked_sub(1).is_some_and(|before| self.token(before).text == ",")
            || self.token(clause.start).text == ",";
        let participle = matches!(word.morphology.verb_form, Some(VerbForm::Participle | VerbForm::Gerund));
        let apart = match word.deprel {
            "acl:relcl" => !same_speaker,
            "advcl" => participle && same_speaker || self.is_as(cue),
            "acl" => self.is_as(cue),
            _ => false,
        };
        (comma && apart && word.upos == Upos::Verb && !word.quoted).then_some(clause)
    }

    /// A quote that a cue of its own paragraph takes is no other paragraph's: "…the warning had come too late." / "Where are the boats?"
    /// she asked.
    pub(super) fn part_paragraphs(&self, drafts: &mut Vec<Draft>) {
        let paragraph = |at: usize| self.doc.sentence(at).paragraph;
        let own: Vec<(usize, TokenSpan)> = drafts
            .iter()
            .flat_map(|draft| draft.pieces.iter().map(|&piece| (draft.cue_head, piece)))
            .filter(|&(cue, piece)| paragraph(cue) == paragraph(piece.start))
            .collect();
        for draft in drafts.iter_mut() {
            let cue = draft.cue_head;
            draft.pieces.retain(|&piece| {
                let elsewhere = paragraph(cue) != paragraph(piece.start);
                let taken = own.iter().any(|&(other, told)| {
                    told.overlaps(piece) && !piece.contains(other) && paragraph(other) == paragraph(piece.start)
                });
                !(elsewhere && taken)
            });
        }
        drafts.retain(|draft| !draft.pieces.is_empty());
    }

    /// The "and" before a verb with nothing but its auxiliaries and adverbs between.
    fn and_before(&self, verb: usize) -> Option<usize> {
        let between = |&at: &usize| matches!(self.token(at).upos, Upos::Aux | Upos::Adv | Upos::Part);
        let first = (0..verb).rev().find(|at| !between(at))?;
        let and = self.token(first).upos == Upos::Cconj && self.token(first).sentence == self.token(verb).sentence;
        and.then_some(first)
    }

    /// Cuts what belongs to the verb behind an "and" off the pieces of a content, but for what is all of it.
    fn end_before(&self, pieces: &mut Vec<TokenSpan>, and: usize, verb: usize) {
        if self.token(and).quoted || pieces.first().is_none_or(|first| first.start >= and) {
            return;
        }
        for piece in pieces.iter_mut().filter(|piece| piece.contains(and)) {
            *piece = self.trim(TokenSpan::new(piece.start, and));
        }
        pieces.retain(|piece| piece.start < and || !self.doc.is_under(self.doc.head_of(*piece), verb));
        pieces.retain(|piece| !piece.is_empty());
    }
}
