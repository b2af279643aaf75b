//! Which contact of the same people a word goes on with, where it tells only that they were in contact.
//!
//! In "Solheim spoke by telephone with Kanté. The two discussed trade" they discussed it in the call.

use super::draft::{Draft, Reader};
use crate::extract::fact::Status;
use crate::extract::stem::shares_stem;
use crate::schema::EntityKind;

/// Gives each mention of a contact that leaves open how the type of the contact that it goes on with.
pub fn settle(reader: &Reader, mentions: &mut [Draft]) {
    for later in 0..mentions.len() {
        let known = (0..later).rev().find(|&earlier| goes_on(reader, &mentions[earlier], &mentions[later]));
        take_type(mentions, later, known);
    }
    // "Solheim's meeting with Kanté", says the headline, and the text: "Solheim met Kanté by video".
    for early in 0..mentions.len() {
        let headline = reader.doc.sentence(mentions[early].triggers[0]).paragraph == 0;
        let told = |later: &usize| {
            let (a, b) = (&mentions[early], &mentions[*later]);
            b.decisive && is_contact(b) && is_alike(reader, a, b) && reader.may_stand_for(a, b) && agree(a, b)
        };
        let known = (early + 1..mentions.len()).find(told).filter(|_| headline && is_open(reader, &mentions[early]));
        take_type(mentions, early, known);
    }
}

fn take_type(mentions: &mut [Draft], mention: usize, known: Option<usize>) {
    if let Some(known) = known {
        mentions[mention].event_type = mentions[known].event_type;
    }
}

fn is_contact(draft: &Draft) -> bool {
    draft.event_type.mutual && !draft.event_type.is_users
}

/// Whether a mention may be of another type of contact than its word has been taken for.
fn is_open(reader: &Reader, draft: &Draft) -> bool {
    let city = |&place: &usize| reader.links.entities[place].kind == EntityKind::Place;
    is_contact(draft) && !draft.decisive && !draft.places.iter().any(city)
}

/// Whether a mention may go on with a contact told before: the last of the same people whose time and status are not other.
fn goes_on(reader: &Reader, earlier: &Draft, later: &Draft) -> bool {
    let by_head = later.participants.len() > 1 && later.rules.iter().all(|(_, rule)| rule.ends_with("/head"));
    let word = reader.doc.tokens[later.triggers[0]].lemma.to_lowercase();
    let open = by_head || later.event_type.open.contains(&word) || is_alike(reader, earlier, later);
    is_open(reader, later)
        && open
        && is_contact(earlier)
        && !earlier.participants.is_empty()
        && !later.participants.is_empty()
        && reader.may_stand_for(earlier, later)
        && agree(earlier, later)
}

/// Whether two mentions tell of a contact by the same word.
fn is_alike(reader: &Reader, a: &Draft, b: &Draft) -> bool {
    let word = |draft: &Draft| reader.doc.tokens[draft.triggers[0]].lemma.to_lowercase();
    shares_stem(&word(a), &word(b))
}

/// Whether neither time nor status keeps two mentions apart.
fn agree(a: &Draft, b: &Draft) -> bool {
    let ahead = |draft: &Draft| draft.status == Status::Planned;
    a.when.zip(b.when).is_none_or(|(a, b)| a.overlaps(b)) && (a.bare || b.bare || ahead(a) == ahead(b))
}
