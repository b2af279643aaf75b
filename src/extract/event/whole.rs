//! Parts and wholes: the meeting at a summit is an event of its own, and a part of the summit.

use super::draft::{Draft, Reader};
use crate::schema::WordClass;

impl Reader<'_> {
    /// The occasion that an event is a part of: "met at the summit", "on the sidelines of the summit".
    pub fn whole(&self, draft: &Draft, drafts: &[Draft]) -> Option<usize> {
        let occasion = |token: usize| {
            drafts.iter().position(|other| {
                other.event_type.occasion && other.triggers.contains(&token) && other.triggers != draft.triggers
            })
        };
        for &carrier in draft.carriers.iter() {
            for arc in self.arcs.of(carrier) {
                if !matches!(arc.relation, "obl" | "nmod") || self.schema.words.is(&arc.marker, WordClass::Outside) {
                    continue;
                }
                let under = std::iter::once(arc.token).chain(self.arcs.by(arc.token, "nmod:of"));
                if let Some(whole) = under.filter_map(occasion).next() {
                    return Some(whole);
                }
            }
        }
        None
    }

    /// A part happens where and when the whole does, unless it says otherwise; who meets there attends.
    pub fn inherit(&self, part: usize, whole: usize, drafts: &mut [Draft]) {
        let (places, when) = (drafts[whole].places.clone(), drafts[whole].when);
        let attending = drafts[part].participants.clone();
        let draft = &mut drafts[part];
        if draft.places.is_empty() {
            draft.places = places;
        }
        draft.when = draft.when.or(when);
        if !drafts[part].event_type.impersonal {
            drafts[whole].participants.extend(attending);
        }
    }
}
