//! Whether what was gathered is an event that a reader would count, or only a word that sounds like one.
//!
//! Of "Solheim visited Dakar, a city known for its trade talks" the visit counts.

use std::fmt::Arguments;

use super::draft::{Draft, Reader};
use super::same::Clusters;

/// The name of the decision among the trained ones.
const DECISION: &str = "counts";

/// Whether an event counts, by its number among all.
pub fn counts(reader: &Reader, events: &[Draft], clusters: &Clusters, event: usize) -> bool {
    let draft = &events[event];
    if !draft.event_type.impersonal && draft.participants.is_empty() {
        return false;
    }
    draft.event_type.is_users
        || reader.schema.decisions.score(DECISION, |tell| features(reader, events, clusters, event, tell)) > 0
}

/// Names what speaks for or against an event, each feature alone and with the type.
pub fn features(reader: &Reader, events: &[Draft], clusters: &Clusters, event: usize, tell: &mut dyn FnMut(Arguments)) {
    let draft = &events[event];
    let kind = draft.event_type.name.as_str();
    let mut both = |feature: Arguments| {
        tell(feature);
        tell(format_args!("{kind}|{feature}"));
    };
    both(format_args!("any"));
    let doc = reader.doc;
    let first = &doc.tokens[draft.triggers[0]];
    let mentions = draft.triggers.len().min(4);
    both(format_args!("mentions:{mentions}"));
    let by_pattern = draft.rules.iter().any(|(_, rule)| !rule.ends_with("/head"));
    let margin = draft.margin.map_or(-9, |margin| margin.div_euclid(10).clamp(-2, 6));
    both(format_args!("margin:{margin}"));
    both(format_args!("pattern:{by_pattern} margin:{margin}"));
    let people = draft.participants.len().min(4);
    both(format_args!("participants:{people}"));
    both(format_args!("participants:{} mentions:{}", people.min(2), mentions.min(2)));
    let form = match (draft.nominal, draft.bare, draft.definite) {
        (false, ..) => "verb",
        (true, true, true) => "bare",
        (true, true, false) => "bare-indefinite",
        (true, false, true) => "noun",
        (true, false, false) => "indefinite",
    };
    both(format_args!("form:{form}"));
    both(format_args!("form:{form} participants:{}", people.min(2)));
    both(format_args!("lemma:{}", first.lemma.to_lowercase()));
    both(format_args!("relation:{}", first.deprel));
    let place = [0, 2, 5, 10, 20].iter().filter(|&&sentence| first.sentence > sentence).count();
    both(format_args!("sentence:{place}"));
    if doc.sentence(draft.triggers[0]).paragraph == 0 {
        both(format_args!("in the headline"));
    }
    let length = [6, 12, 24, 48].iter().filter(|&&sentences| doc.sentences.len() > sentences).count();
    both(format_args!("length:{length} sentence:{place}"));
    let share = events.len() * 4 / doc.sentences.len().max(1);
    both(format_args!("events to sentences:{}", share.min(5)));
    let alone = events.iter().filter(|other| {
        doc.tokens[other.triggers[0]].sentence == first.sentence && other.triggers[0] != draft.triggers[0]
    });
    both(format_args!("in its sentence:{}", alone.count().min(3)));
    let among =
        draft.participants.iter().map(|one| events.iter().filter(|other| other.participants.contains(one)).count());
    both(format_args!("foremost of its participants is in:{}", among.max().unwrap_or(0).min(5)));
    both(format_args!("status:{}", draft.status));
    both(format_args!("dated:{} placed:{}", draft.when.is_some(), !draft.places.is_empty()));
    both(format_args!("quoted:{}", draft.triggers.iter().all(|&word| doc.tokens[word].quoted)));
    both(format_args!("words:{}", draft.words.len().min(3)));
    let rival = match clusters.rival[event] {
        None => "none",
        Some(score) if score > -500 => "close",
        Some(score) if score > -1500 => "near",
        Some(score) if score > -3000 => "far",
        Some(_) => "remote",
    };
    both(format_args!("rival:{rival}"));
    both(format_args!("rival:{rival} mentions:{} {form}", mentions.min(2)));
    let greater = |other: &Draft| (other.triggers.len(), std::cmp::Reverse(other.triggers[0]));
    let others = || events.iter().filter(|other| other.event_type.name == kind);
    let outdone = others().filter(|other| greater(other) > greater(draft)).count();
    both(format_args!("outdone:{}", outdone.min(3)));
    let beside = others()
        .filter(|other| other.triggers[0] != draft.triggers[0] && !other.participants.is_disjoint(&draft.participants));
    both(format_args!("others with them:{}", beside.count().min(3)));
}
