//! Denials tied to what they deny.
//!
//! "Norway paid for the campaign, Iceland alleged. Oslo dismissed the allegation." The second denies the first.

use std::cmp::Reverse;

use super::{Draft, Reader};
use crate::extract::fact::{ClaimFact, Stance, Status};
use crate::nlp::Upos;
use crate::schema::WordClass;

/// The least share of a denial's content words in the claim that it denies, those who deny it left out.
const SAME_MATTER: f64 = 0.5;

impl Reader<'_> {
    /// Ties each denial to the claims and events that it denies.
    pub(super) fn tie_denials(&self, drafts: &[Draft], claims: &mut [ClaimFact]) {
        for denial in (0..drafts.len()).filter(|&number| drafts[number].stance == Stance::Deny) {
            let mut denied: Vec<usize> = match self.denied_noun(&drafts[denial]) {
                Some(noun) => self.said_by(drafts, claims, denial, &self.authors(noun, 1)),
                None => self.denied_by_content(drafts, claims, denial).into_iter().collect(),
            };
            if denied.is_empty() && self.denies_any(&drafts[denial]) {
                denied = self.said_by(drafts, claims, denial, &[]);
            }
            denied.extend((0..drafts.len()).filter(|&other| self.is_word_denied(drafts, denial, other)));
            denied.sort_unstable();
            denied.dedup();
            let ids = denied.into_iter().map(|other| claims[other].claim.id.clone());
            let events = self.events.iter().filter(|event| {
                let told = |trigger: &usize| drafts[denial].pieces.iter().any(|piece| piece.contains(*trigger));
                event.fact.event.status == Status::Denied && event.triggers.iter().any(told)
            });
            let ids: Vec<String> = ids.chain(events.map(|event| event.fact.event.id.clone())).collect();
            claims[denial].denies = ids;
        }
    }

    /// The noun for another's word that is all that a denial denies: "the claim", "these allegations".
    fn denied_noun(&self, denial: &Draft) -> Option<usize> {
        let noun = self.doc.child(denial.cue_head, "obj")?;
        let bare = self.token(noun).upos == Upos::Noun && self.cue(noun).is_some();
        (bare && self.clause(noun).is_empty()).then_some(noun)
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

    /// "dismissed the claim from Berlin", "denied these allegations": what the authors said before whom the noun names, or where it
    /// names none, who last said something about the one who denies it.
    fn said_by(&self, drafts: &[Draft], claims: &[ClaimFact], denial: usize, authors: &[usize]) -> Vec<usize> {
        let authors: Vec<&String> = authors.iter().map(|&entity| &self.links.entities[entity].id).collect();
        let own = &claims[denial].speakers;
        let told = |&other: &usize| {
            let claim = &claims[other];
            drafts[other].cue_head < drafts[denial].cue_head
                && matches!(drafts[other].stance, Stance::Assert | Stance::Accuse | Stance::Believe)
                && !claim.speakers.iter().any(|speaker| own.contains(speaker))
        };
        let against = |&other: &usize| claims[other].about.iter().any(|about| own.contains(about));
        let by_authors = |&other: &usize| claims[other].speakers.iter().any(|speaker| authors.contains(&speaker));
        let said: Vec<usize> = (0..drafts.len()).filter(told).collect();
        if !authors.is_empty() {
            return said.into_iter().filter(by_authors).collect();
        }
        let Some(last) = said.iter().rev().copied().find(against) else { return Vec::new() };
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
        let matter = self.matter(&drafts[denial]);
        let likeness = |other: usize| {
            let shared = self.matter(&drafts[other]).intersection(&matter).count();
            let enough = shared as f64 >= SAME_MATTER * matter.len() as f64 && shared > 1;
            let common = claims[other]
                .about
                .iter()
                .any(|id| claims[denial].about.contains(id) || claims[denial].speakers.contains(id));
            (enough && common).then_some(shared)
        };
        let candidates = (0..drafts.len()).filter(|&other| {
            let by_others = !claims[other].speakers.iter().any(|speaker| claims[denial].speakers.contains(speaker));
            other != denial && by_others && drafts[other].stance != Stance::Deny && !self.has_negation(&drafts[other])
        });
        candidates.filter_map(|other| Some((likeness(other)?, Reverse(other)))).max().map(|(_, Reverse(other))| other)
    }

    /// Who says that it was not so agrees with a denial.
    fn has_negation(&self, draft: &Draft) -> bool {
        let mut words = draft.pieces.iter().flat_map(|piece| piece.range());
        words.any(|at| self.schema.words.is(&self.token(at).text, WordClass::Negation))
    }
}
