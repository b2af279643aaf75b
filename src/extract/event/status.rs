//! Whether an event took place, by all that its mentions tell: each is read off the tree and by the event head, and these differ.
//!
//! "Weber is to visit Oslo. … During the visit he will meet the king": the visit is planned, though its noun alone tells nothing.

use std::collections::BTreeSet;
use std::fmt::Arguments;

use super::date;
use super::draft::{Draft, Reader, Telling};
use crate::extract::fact::Status;
use crate::extract::status::signs;
use crate::nlp::{Tense, VerbForm};
use crate::schema::StatusWord;

/// How many words above an event's are looked at.
const REACH: usize = 4;

/// Every status, with the name of its decision among the trained ones.
pub(super) const DECISIONS: [(Status, &str); 4] = [
    (Status::Happened, "has happened"),
    (Status::Planned, "is planned"),
    (Status::Denied, "is denied"),
    (Status::Uncertain, "is uncertain"),
];

/// The likeliest status of an event; of one that only invitations tell, what they tell.
pub fn status(reader: &Reader, draft: &Draft) -> Status {
    let is_proposed = |telling: &Telling| {
        let lemma = reader.doc.tokens[telling.trigger].lemma.to_lowercase();
        reader.schema.status.find(&lemma) == Some(StatusWord::Proposed)
    };
    if draft.event_type.is_users || draft.tellings.iter().all(is_proposed) {
        return draft.status;
    }
    let score = |decision: &str| reader.schema.decisions.score(decision, |tell| features(reader, draft, tell));
    let scored = DECISIONS.map(|(status, decision)| (score(decision), status));
    // Of equals what happened.
    scored.into_iter().rev().max_by_key(|(score, _)| *score).map_or(draft.status, |(_, status)| status)
}

/// Names what tells the status of an event, each feature alone and with the type.
pub fn features(reader: &Reader, draft: &Draft, tell: &mut dyn FnMut(Arguments)) {
    let doc = reader.doc;
    let event_type = draft.event_type.name.as_str();
    let mut both = |feature: Arguments| {
        tell(feature);
        tell(format_args!("{event_type}|{feature}"));
    };
    both(format_args!("any"));
    let (rules, mentions) = (draft.status, draft.triggers.len().min(3));
    both(format_args!("rules:{rules}"));
    both(format_args!("rules:{rules} mentions:{mentions}"));
    let time = date::told_order(doc, draft);
    both(format_args!("rules:{rules} time:{time}"));
    let headline = draft.triggers.iter().any(|&word| doc.sentence(word).paragraph == 0);
    both(format_args!("rules:{rules} headline:{headline}"));
    both(format_args!("rules:{rules} participants:{}", draft.participants.len().min(2)));
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for telling in &draft.tellings {
        around(reader, telling, &mut |feature| {
            seen.insert(feature.to_string());
        });
    }
    for feature in &seen {
        both(format_args!("{feature}"));
    }
}

/// What one mention tells.
fn around(reader: &Reader, telling: &Telling, tell: &mut dyn FnMut(Arguments)) {
    let doc = reader.doc;
    let name = |status: Option<Status>| status.map_or("none".to_owned(), |status| status.to_string());
    let (tree, read) = (telling.tree, name(telling.read));
    tell(format_args!("tree:{tree}"));
    tell(format_args!("read:{read}"));
    tell(format_args!("tree:{tree} read:{read} bare:{}", telling.bare));
    let trigger = &doc.tokens[telling.trigger];
    tell(format_args!("lemma:{} read:{read}", trigger.lemma.to_lowercase()));
    tell(format_args!("relation:{} read:{read}", trigger.deprel));
    let quoted = trigger.quoted;
    tell(format_args!("quoted:{quoted} read:{read}"));
    let form = match (trigger.morphology.verb_form, trigger.morphology.tense) {
        (Some(VerbForm::Infinitive), _) => "infinitive",
        (Some(VerbForm::Gerund), _) => "gerund",
        (_, Some(Tense::Past)) => "past",
        (_, Some(Tense::Present)) => "present",
        (Some(_), None) => "verb",
        (None, None) => "noun",
    };
    tell(format_args!("form:{form} read:{read}"));
    for &word in &telling.carriers {
        for child in doc.children(word) {
            let token = &doc.tokens[child];
            if matches!(token.deprel, "aux" | "mark" | "advmod" | "amod" | "det" | "case") {
                tell(format_args!("{}:{}", token.deprel, token.lemma.to_lowercase()));
            }
        }
    }
    for sign in telling.carriers.iter().flat_map(|&word| signs(reader.schema, doc, word)) {
        tell(format_args!("own {sign}"));
        tell(format_args!("own {sign} read:{read}"));
    }
    let depth = |&word: &usize| std::iter::successors(doc.tokens[word].head, |&head| doc.tokens[head].head).count();
    let top = telling.carriers.iter().copied().min_by_key(depth).unwrap_or(telling.trigger);
    let above = std::iter::successors(doc.tokens[top].head, |&head| doc.tokens[head].head);
    let relation = doc.tokens[top].deprel;
    for (step, word) in above.take(REACH).enumerate() {
        for sign in signs(reader.schema, doc, word) {
            tell(format_args!("above {sign}"));
            tell(format_args!("above {sign} read:{read}"));
            tell(format_args!("above:{step} {relation} {sign}"));
        }
    }
    if let Some(head) = doc.tokens[top].head {
        let above = &doc.tokens[head];
        tell(format_args!("under:{relation} {}", above.lemma.to_lowercase()));
        for child in doc.children(head).filter(|&child| doc.tokens[child].deprel == "aux") {
            tell(format_args!("under:{relation} aux:{}", doc.tokens[child].lemma.to_lowercase()));
        }
        if let Some(higher) = above.head {
            tell(format_args!("above:{relation} {} {}", above.deprel, doc.tokens[higher].lemma.to_lowercase()));
        }
    }
}
