//! What the attribution head read, weighed against what the cue words gave.
//!
//! Of "Solheim hailed the accord as a new start." the words may give "the accord", the head "the accord as a new start".

use std::collections::BTreeSet;

use super::cue::stance;
use super::{Draft, Reader};
use crate::base::TokenSpan;
use crate::extract::fact::Stance;
use crate::nlp::{Attribution, Quote, Upos};
use crate::schema::CueContent;

/// The least share of words in common at which two readings with different cues are of one claim.
const SAME_CONTENT: f64 = 0.5;

impl Reader<'_> {
    /// Puts what the attribution head read beside what the cue words gave: claims that they lack, speakers that they miss, and of
    /// two readings by one cue the longer, since trees cut contents short more often than the head takes too much, where it knows the
    /// source.
    pub(super) fn combine(&self, drafts: &mut Vec<Draft>) {
        let others: Vec<(TokenSpan, Vec<TokenSpan>)> =
            drafts.iter().map(|draft| (draft.cue, draft.pieces.clone())).collect();
        for (said, found) in self.doc.attributions.iter().filter_map(|said| Some((said, self.read(said)?))) {
            let same = |draft: &Draft| draft.cue.overlaps(found.cue);
            let alike = |draft: &Draft| same(draft) || overlap(&draft.pieces, &found.pieces) >= SAME_CONTENT;
            let at = drafts.iter().position(same).or_else(|| drafts.iter().position(alike));
            let Some(known) = at.map(|at| &mut drafts[at]) else {
                drafts.push(found);
                continue;
            };
            if known.stance == Stance::Deny && self.denies_clause_of_word(known.cue_head) {
                // "denied claims that she had resigned": what is denied is that she had.
            } else if same(known) && overlap(&known.pieces, &found.pieces) == 0.0 {
                // "denied the charge: \"…\"": both are what is denied. But in "Mr Hauge, who had admitted the gift, said …" the gift is
                // another cue's.
                let anothers = |cue: TokenSpan, pieces: &[TokenSpan]| {
                    !cue.overlaps(found.cue) && overlap(pieces, &found.pieces) >= SAME_CONTENT
                };
                if others.iter().any(|(cue, pieces)| anothers(*cue, pieces)) {
                    continue;
                }
                known.pieces.extend(found.pieces);
                known.pieces.sort();
            } else if same(known) && !said.sources.is_empty() && length(&found.pieces) > length(&known.pieces) {
                // "Mr Bakke, who has admitted paying, testified …": what another cue tells alone is that one's.
                let alone = |piece: &TokenSpan| {
                    others.iter().any(|(cue, pieces)| pieces[..] == [*piece] && !cue.overlaps(found.cue))
                };
                let own: Vec<TokenSpan> = found.pieces.iter().copied().filter(|piece| !alone(piece)).collect();
                known.pieces = if own.is_empty() { found.pieces } else { own };
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
        let quoted = |at: usize| self.doc.quotes.iter().any(|quote| quote.marked.contains(at));
        let near = |piece: &TokenSpan| sentence.overlaps(*piece) || quoted(piece.start);
        // Sentences in quotation marks keep the mark that ends them.
        let whole = |piece: TokenSpan| {
            let ends = |quote: &&Quote| quote.tokens.start == piece.start && quote.tokens.end == piece.end + 1;
            let quote = self.doc.quotes.iter().find(ends).filter(|_| !sentence.overlaps(piece));
            quote.map_or(piece, |quote| self.trim_quote(quote.tokens))
        };
        let contents = said.contents.iter().map(|&piece| whole(self.without_that(self.trim(piece))));
        let mut pieces: Vec<TokenSpan> =
            contents.filter(|piece| piece.len() > 1 && near(piece) && !self.is_unsaid(*piece)).collect();
        let all = pieces.clone();
        pieces.retain(|&piece| !self.is_anothers(piece, cue, &all));
        // Where the head read no source, the tree may have one: "came to complain"; or nobody is named: "was said to be ill".
        let unsourced = said.sources.is_empty();
        let passive = self.is_passive_participle(cue_head);
        let sources: Vec<usize> = match unsourced {
            true if passive => self.arcs.by(cue_head, "obl:by").collect(),
            true => self.sources(cue_head),
            false => self.read_sources(said, sentence),
        };
        let sources = match self.doc.child(cue_head, "nsubj:pass") {
            // "is said to have left": the one of whom it is said.
            Some(subject) if kind.is_some_and(|kind| !kind.takes(&CueContent::Infinitive)) && sources == [subject] => {
                Vec::new()
            }
            _ => sources,
        };
        let unsaid = self.is_supposed(cue_head) || passive && sources.is_empty() && !self.states(&pieces);
        if pieces.is_empty()
            || unsourced && unsaid
            || self.is_withheld(cue_head)
            || self.says_nothing(cue_head)
            || self.is_quoting(cue_head)
        {
            return None;
        }
        if sources.iter().any(|&source| self.is_negated(source)) {
            return None;
        }
        let speakers = self.speakers(&sources);
        // "calls the plan a mistake" asks for nothing.
        let calls =
            kind.is_some_and(|kind| kind.takes(&CueContent::Predication)) && !self.takes_prepositional(cue_head);
        let stance = kind.map_or(Stance::Assert, |kind| stance(&kind.stance));
        // "pleaded guilty", and not "wants him free".
        let is_of_another =
            |word: usize| self.doc.child(word, "nsubj").is_some() || self.doc.child(cue_head, "obj").is_some();
        let plea = self.doc.children(cue_head).find(|&child| self.token(child).upos == Upos::Adj && child > cue_head);
        let plea = plea
            .filter(|&plea| !is_of_another(plea))
            .filter(|&plea| stance == Stance::Request && pieces.iter().any(|piece| piece.contains(plea)));
        let stance = if calls && stance == Stance::Request { Stance::Assert } else { stance };
        let (stance, pieces) = match plea {
            Some(plea) => self.pleaded(cue_head, plea, pieces),
            None => (stance, pieces),
        };
        let denies = stance == Stance::Deny;
        if denies && self.refuses(cue_head) || self.is_negated(cue_head) {
            return None;
        }
        let stance = if denies && self.turns_down(cue_head) { Stance::Assert } else { stance };
        let addressee = kind.and_then(|kind| self.addressee(cue_head, kind));
        Some(Draft { cue, cue_head, sources, pieces, stance, addressee, speakers, rule: "claim/head" })
    }

    /// "pleaded not guilty to taking bribes", "pleaded guilty to it": what somebody denies, or admits, by what they call themselves.
    fn pleaded(&self, cue: usize, plea: usize, pieces: Vec<TokenSpan>) -> (Stance, Vec<TokenSpan>) {
        if !self.is_negated(plea) {
            return (Stance::Assert, pieces);
        }
        let charge = [plea, cue].into_iter().map(|word| self.prepositional(word, "to")).find(|to| !to.is_empty());
        let told = |charge: &Vec<TokenSpan>| {
            let noun = self.doc.head_of(charge[0]);
            let clause = self.clause(noun);
            if clause.is_empty() || !self.is_word(noun) { charge.clone() } else { clause }
        };
        (Stance::Deny, charge.as_ref().map_or(pieces, told))
    }

    /// The head words of the sources that the head read; those in the cue's own sentence, if any is.
    fn read_sources(&self, said: &Attribution, sentence: TokenSpan) -> Vec<usize> {
        let all: Vec<usize> = said.sources.iter().map(|&source| self.source_head(source)).collect();
        let near: Vec<usize> = all.iter().copied().filter(|&source| sentence.contains(source)).collect();
        let told = if near.is_empty() { all } else { near };
        // "Solheim refused to sign a bill that critics say is unfair": the critics speak by another cue.
        let own = |&source: &usize| {
            let verb = self.token(source).head.filter(|_| self.token(source).is_relation("nsubj"));
            verb.is_none_or(|verb| said.cue.is_some_and(|cue| cue.contains(verb)) || self.cue(verb).is_none())
        };
        let own: Vec<usize> = told.iter().copied().filter(own).collect();
        if own.is_empty() { told } else { own }
    }

    /// "said people had left and several | said | they were cold": whether a piece is what a cue outside all pieces takes.
    fn is_anothers(&self, piece: TokenSpan, cue: TokenSpan, pieces: &[TokenSpan]) -> bool {
        let root = self.doc.head_of(piece);
        let taken = matches!(self.token(root).deprel, "ccomp" | "xcomp" | "obj");
        let above = self.token(root).head.filter(|&above| taken && self.token(above).upos == Upos::Verb);
        above.is_some_and(|above| {
            let outside = !cue.contains(above) && !pieces.iter().any(|other| other.contains(above));
            pieces.len() > 1 && outside && self.cue(above).is_some()
        })
    }

    /// The head word of a source: of several words whose heads lie outside it, as where it was cut short ("the president of the"), the
    /// first subject, else the last that is no small word.
    fn source_head(&self, source: TokenSpan) -> usize {
        let outside = |&at: &usize| self.token(at).head.is_none_or(|head| !source.contains(head));
        let tops: Vec<usize> = source.range().filter(outside).collect();
        let subject = tops.iter().find(|&&top| self.token(top).is_relation("nsubj"));
        let large = |&&top: &&usize| !matches!(self.token(top).upos, Upos::Punct | Upos::Det | Upos::Adp);
        let top = subject.or_else(|| tops.iter().rev().find(large));
        top.copied().unwrap_or_else(|| self.doc.head_of(source))
    }

    /// "declined to comment on it": who does not even say something says nothing.
    fn is_unsaid(&self, piece: TokenSpan) -> bool {
        let last = piece.end - 1;
        let bare = piece.len() == 2 && self.token(piece.start).upos == Upos::Part && self.cue(last).is_some();
        bare || self.is_withheld(self.doc.head_of(piece))
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
