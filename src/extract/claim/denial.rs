//! Denials tied to what they deny.
//!
//! "Norway paid for the campaign, Iceland alleged. Oslo dismissed the allegation." The second denies the first.

use std::cmp::Reverse;

use super::cue::stance;
use super::{Draft, Reader};
use crate::base::TokenSpan;
use crate::extract::event::FoundEvent;
use crate::extract::fact::{ClaimFact, Stance, Status};
use crate::extract::stem::shares_stem;
use crate::nlp::{Number, Upos};
use crate::schema::WordClass;

/// The least share of a denial's content words in the claim that it denies, those who deny it left out.
const SAME_MATTER: f64 = 0.5;

/// Sentences back in which the words are looked for that a denied noun stands for: "the accusation", "this argument".
const NOUN_REACH: usize = 3;

/// Sentences back in which the words are looked for that "it" stands for.
const PRONOUN_REACH: usize = 1;

impl Reader<'_> {
    /// Ties each denial to the claims and events that it denies.
    pub(super) fn tie_denials(&self, drafts: &[Draft], claims: &mut [ClaimFact]) {
        for number in 0..drafts.len() {
            let ids = match drafts[number].stance {
                Stance::Deny => self.denied(drafts, claims, number),
                _ => Vec::new(),
            };
            claims[number].denies = ids;
        }
    }

    /// What a denial denies: what is like its content, what its noun names ("these allegations"), and events.
    fn denied(&self, drafts: &[Draft], claims: &[ClaimFact], denial: usize) -> Vec<String> {
        let mut denied: Vec<usize> = match self.denied_noun(&drafts[denial]) {
            Some(noun) => self.named_by(drafts, claims, denial, noun),
            None => self.denied_by_content(drafts, claims, denial).into_iter().collect(),
        };
        if denied.is_empty() && self.denies_any(&drafts[denial]) {
            denied = self.said_against(drafts, claims, denial);
        }
        denied.extend((0..drafts.len()).filter(|&other| self.is_word_denied(drafts, denial, other)));
        denied.sort_unstable();
        denied.dedup();
        let events = self.events.iter().filter(|event| self.is_event_denied(&drafts[denial], event));
        let ids = denied.into_iter().map(|other| claims[other].claim.id.clone());
        ids.chain(events.map(|event| event.fact.event.id.clone())).collect()
    }

    /// Whether an event is what a denial's content tells, or one in it that did not happen.
    fn is_event_denied(&self, denial: &Draft, event: &FoundEvent) -> bool {
        event.triggers.iter().any(|&trigger| {
            let piece = denial.pieces.iter().find(|piece| piece.contains(trigger));
            let piece = piece.filter(|_| !self.is_denied_within(trigger, denial.cue_head));
            // "denied the raid", "the raid, which Norway denied"
            let cue = self.token(denial.cue_head);
            let relative = cue.deprel == "acl:relcl" && cue.head == Some(trigger);
            let tied = self.doc.is_under(trigger, denial.cue_head) || relative;
            let is_content = |&piece: &TokenSpan| tied && self.doc.head_of(piece) == trigger && !self.is_word(trigger);
            piece.is_some_and(|piece| event.fact.event.status == Status::Denied || is_content(piece))
        })
    }

    /// "denied that she had ever denied a meeting": who denies a denial does not deny what that denied.
    fn is_denied_within(&self, token: usize, denial: usize) -> bool {
        let above = std::iter::successors(self.token(token).head, |&head| self.token(head).head);
        let mut between = above.take_while(|&head| head != denial);
        self.doc.is_under(token, denial)
            && between.any(|head| self.cue(head).is_some_and(|cue| stance(&cue.stance) == Stance::Deny))
    }

    /// "Norway denied it", "a charge that Norway has denied": what somebody else said last before, in whose words it is then denied; "a
    /// raid, which Norway denied": the raid.
    pub(super) fn deny_pronouns(&self, drafts: &mut Vec<Draft>) {
        for cue in (0..self.doc.tokens.len()).filter(|&token| self.denies_pronoun(token)) {
            drafts.retain(|draft| draft.cue_head != cue);
            let sources = self.sources(cue);
            let speakers = self.speakers(&sources);
            let word = self.token(cue);
            let noun = word.head.filter(|_| word.deprel == "acl:relcl");
            if noun.is_some() {
                self.cut_off(drafts, self.doc.subtree(cue));
            }
            let said = self.last_said(drafts, cue, &speakers);
            let pieces = match noun.filter(|&noun| !self.is_word(noun)) {
                None => said,
                Some(noun) => said
                    .filter(|pieces| pieces.iter().any(|piece| piece.contains(noun)))
                    .or_else(|| Some(vec![self.phrase_before(noun, self.doc.subtree(cue))])),
            };
            let Some(pieces) = pieces.filter(|pieces| !sources.is_empty() && !pieces[0].is_empty()) else { continue };
            let at = drafts.partition_point(|draft| draft.cue_head < cue);
            let denial = Draft {
                cue: self.cue_span(cue),
                cue_head: cue,
                sources,
                pieces,
                stance: Stance::Deny,
                addressee: None,
                speakers,
                rule: "claim/cue",
            };
            drafts.insert(at, denial);
        }
    }

    /// Takes a clause off the ends of contents: "accused them of a raid, which they denied".
    fn cut_off(&self, drafts: &mut [Draft], clause: TokenSpan) {
        let pieces = drafts.iter_mut().flat_map(|draft| &mut draft.pieces);
        for piece in pieces.filter(|piece| piece.start < clause.start && clause.contains(piece.end - 1)) {
            *piece = self.trim(TokenSpan::new(piece.start, clause.start));
        }
    }

    /// A noun with what stands around it, without its preposition, up to a clause behind it.
    pub(super) fn phrase_before(&self, noun: usize, clause: TokenSpan) -> TokenSpan {
        let phrase = self.doc.subtree(noun);
        let start = phrase.range().find(|&at| self.token(at).deprel != "case").unwrap_or(phrase.start);
        self.trim(TokenSpan::new(start, clause.start.max(start)))
    }

    /// The content of what others said last before a denial.
    fn last_said(&self, drafts: &[Draft], denial: usize, own: &[usize]) -> Option<Vec<TokenSpan>> {
        let mut said = drafts.iter().filter(|draft| {
            let near = self.token(draft.cue_head).sentence + PRONOUN_REACH >= self.token(denial).sentence;
            let others = !draft.speakers.iter().any(|speaker| own.contains(speaker));
            let before = draft.cue_head < denial && draft.pieces.iter().all(|piece| piece.end <= denial);
            near && others && before && self.can_be_denied(draft)
        });
        said.next_back().map(|draft| draft.pieces.clone())
    }

    /// Whether somebody says that something is so.
    fn can_be_denied(&self, draft: &Draft) -> bool {
        match draft.stance {
            Stance::Accuse => true,
            Stance::Assert | Stance::Believe => self.states(&draft.pieces),
            _ => false,
        }
    }

    /// Whether a word denies "it", "this", or what its relative pronoun stands for.
    fn denies_pronoun(&self, token: usize) -> bool {
        let denies = self.token(token).upos == Upos::Verb && self.cue(token).is_some_and(|cue| cue.stance == "deny");
        let is_known = |object: usize| {
            let word = self.token(object);
            let is = |class| self.schema.words.is(&word.lemma, class);
            word.upos == Upos::Pron && (is(WordClass::Expletive) || is(WordClass::Demonstrative))
        };
        // "a charge the army denies"
        let word = self.token(token);
        let of_noun = || word.deprel == "acl:relcl" && word.head.is_some_and(|noun| self.is_word(noun));
        let object = self.doc.child(token, "obj").map_or_else(of_noun, is_known);
        denies && object && !self.refuses(token) && !self.is_negated(token) && !self.is_supposed(token)
    }

    /// The noun for another's word that is all that a denial denies: "the claim", "these allegations".
    fn denied_noun(&self, denial: &Draft) -> Option<usize> {
        let noun = self.doc.child(denial.cue_head, "obj")?;
        let word = self.token(noun);
        let bare = word.upos == Upos::Noun
            && (self.cue(noun).is_some() || self.schema.words.is(&word.lemma, WordClass::Words));
        (bare && self.clause(noun).is_empty()).then_some(noun)
    }

    /// Whether a denial's object is a noun with a clause that tells whose words it denies: "denied claims that she had resigned".
    pub(super) fn denies_clause_of_word(&self, cue: usize) -> bool {
        self.doc.child(cue, "obj").is_some_and(|noun| self.cue(noun).is_some() && !self.clause(noun).is_empty())
    }

    /// Whether a claim is the noun's that a denial has as its object: "denied claims that she had resigned".
    fn is_word_denied(&self, drafts: &[Draft], denial: usize, other: usize) -> bool {
        let word = self.token(drafts[other].cue_head);
        let object = word.upos == Upos::Noun && word.is_relation("obj");
        object && word.head == Some(drafts[denial].cue_head) && drafts[other].pieces == drafts[denial].pieces
    }

    /// "denied any wrongdoing": a thing, all of what others said of it.
    fn denies_any(&self, denial: &Draft) -> bool {
        let object = self.doc.child(denial.cue_head, "obj");
        let any = |object: usize| {
            self.doc.children(object).any(|child| self.schema.words.is(&self.token(child).lemma, WordClass::Any))
        };
        denial.pieces.len() == 1 && object.is_some_and(any)
    }

    /// What a noun for another's words stands for ("the claim from Berlin", "these allegations", "this argument"): what the authors said
    /// before whom it names; where it names none, what was said before with the word that it comes from; else who last said something
    /// about the one who denies it.
    fn named_by(&self, drafts: &[Draft], claims: &[ClaimFact], denial: usize, noun: usize) -> Vec<usize> {
        let said = self.said_before(drafts, claims, denial);
        // "rejected their concerns": those are no words that could be denied.
        let states = self.cue(noun).is_none_or(|cue| matches!(cue.stance.as_str(), "assert" | "accuse"));
        let authors = if states { self.authors(noun, 1) } else { Vec::new() };
        let authors: Vec<&String> = authors.iter().map(|&entity| &self.links.entities[entity].id).collect();
        if !authors.is_empty() {
            let by_authors = |&other: &usize| claims[other].speakers.iter().any(|speaker| authors.contains(&speaker));
            return said.into_iter().filter(by_authors).collect();
        }
        let word = self.token(noun);
        let accuses = self.cue(noun).is_some_and(|cue| cue.stance == "accuse");
        let is_meant = |&other: &usize| {
            let cue = self.token(drafts[other].cue_head);
            let near = cue.sentence + NOUN_REACH >= word.sentence;
            let accusation = accuses && cue.upos == Upos::Noun && drafts[other].stance == Stance::Accuse;
            near && (accusation || shares_stem(&word.lemma, &cue.lemma))
        };
        let mut meant: Vec<usize> = said.into_iter().filter(is_meant).collect();
        if word.morphology.number != Some(Number::Plural) {
            meant = meant.pop().into_iter().collect();
        }
        if meant.is_empty() || accuses {
            meant.extend(self.said_against(drafts, claims, denial));
        }
        // "Russia says that the town has fallen. Ukraine denies the claim."
        let just_said = |&other: &usize| self.token(drafts[other].cue_head).sentence + NOUN_REACH >= word.sentence;
        if meant.is_empty() && states {
            meant.extend(self.said_before(drafts, claims, denial).into_iter().rev().find(just_said));
        }
        meant
    }

    /// What others said before a denial, in order.
    fn said_before(&self, drafts: &[Draft], claims: &[ClaimFact], denial: usize) -> Vec<usize> {
        let own = &claims[denial].speakers;
        // Of what a headline denies the text below tells.
        let headline = self.doc.sentence(drafts[denial].cue_head).paragraph == 0;
        let told = |&other: &usize| {
            (headline || drafts[other].cue_head < drafts[denial].cue_head)
                && !self.tells_of(&drafts[other], &drafts[denial])
                && !claims[other].speakers.iter().any(|speaker| own.contains(speaker))
                && self.can_be_denied(&drafts[other])
        };
        (0..drafts.len()).filter(told).collect()
    }

    /// Whether a content says that something is so: "condemned the attack" says nothing that could be denied.
    pub(super) fn states(&self, pieces: &[TokenSpan]) -> bool {
        let mut words = pieces.iter().flat_map(|piece| piece.range());
        words.any(|at| matches!(self.token(at).upos, Upos::Verb | Upos::Aux))
    }

    /// What they said before who last said something about the one who denies it.
    fn said_against(&self, drafts: &[Draft], claims: &[ClaimFact], denial: usize) -> Vec<usize> {
        let own = &claims[denial].speakers;
        let said = self.said_before(drafts, claims, denial);
        let against = |&other: &usize| claims[other].about.iter().any(|about| own.contains(about));
        let named = |&other: &usize| against(&other) && !claims[other].speakers.is_empty();
        let mut last_first = said.iter().rev().copied();
        let Some(last) = last_first.clone().find(named).or_else(|| last_first.find(against)) else { return Vec::new() };
        let accusers = &claims[last].speakers;
        let accuses = |other: &usize| {
            let same = claims[*other].speakers.iter().any(|speaker| accusers.contains(speaker));
            let matter = claims[*other].about.iter().any(|about| claims[last].about.contains(about));
            *other == last || same && (against(other) || matter)
        };
        said.into_iter().filter(accuses).collect()
    }

    /// The claim of another's whose content is most like what is denied, if it is like enough.
    fn denied_by_content(&self, drafts: &[Draft], claims: &[ClaimFact], denial: usize) -> Option<usize> {
        let mut matter = self.matter(&drafts[denial]);
        // "The owners deny that they were warned": they are owners.
        let denier =
            drafts[denial].sources.iter().map(|&source| self.token(source)).filter(|word| word.upos == Upos::Noun);
        let denier: Vec<String> = denier.map(|word| word.lemma.to_lowercase()).collect();
        matter.extend(denier.iter().cloned());
        let likeness = |other: usize| {
            let shared = self.matter(&drafts[other]).intersection(&matter).count();
            let enough = shared as f64 >= SAME_MATTER * matter.len() as f64 && shared > 1;
            let common = claims[other]
                .about
                .iter()
                .any(|id| claims[denial].about.contains(id) || claims[denial].speakers.contains(id));
            let same = drafts[other].pieces == drafts[denial].pieces;
            let common = common
                || claims[denial].speakers.is_empty()
                    && denier.iter().any(|word| self.matter(&drafts[other]).contains(word));
            (same || enough && common).then_some(shared)
        };
        let candidates = (0..drafts.len()).filter(|&other| {
            let by_others = !claims[other].speakers.iter().any(|speaker| claims[denial].speakers.contains(speaker));
            let states = drafts[other].stance != Stance::Deny && !self.has_negation(&drafts[other]);
            other != denial && by_others && states && !self.tells_of(&drafts[other], &drafts[denial])
        });
        candidates.filter_map(|other| Some((likeness(other)?, Reverse(other)))).max().map(|(_, Reverse(other))| other)
    }

    /// "According to the paper, Mr Berge has denied it": who tells of a denial says nothing that it denies.
    fn tells_of(&self, other: &Draft, denial: &Draft) -> bool {
        other.pieces.iter().any(|piece| piece.contains(denial.cue_head))
    }

    /// Who says that it was not so agrees with a denial.
    fn has_negation(&self, draft: &Draft) -> bool {
        let mut words = draft.pieces.iter().flat_map(|piece| piece.range());
        words.any(|at| self.schema.words.is(&self.token(at).text, WordClass::Negation))
    }
}
