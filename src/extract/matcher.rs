//! Event mentions: every word that an event type's patterns fit, or that the engine's event head takes for a trigger, with those
//! who fill the roles.

use std::collections::{BTreeMap, BTreeSet};

use super::arcs::Arcs;
use super::fact::Status;
use super::fit::{Fit, Tree};
use crate::link::Links;
use crate::nlp::{self, Document, EventRole, Number, Tense, Upos};
use crate::schema::pattern::Pattern;
use crate::schema::{EventType, Schema};

/// Tenths of a log odd from which the event head's type counts more than that of a pattern.
const SURE: i32 = 30;

/// A place in the text that tells of an event.
#[derive(Clone, Debug)]
pub struct EventMention<'s> {
    pub event_type: &'s EventType,
    /// The event's own word.
    pub trigger: usize,
    /// The words of the pattern that the trigger hangs on, itself included: time and place may hang on any of them.
    pub carriers: BTreeSet<usize>,
    /// Entities in each role, by the patterns and by the event head.
    pub roles: BTreeMap<String, Vec<usize>>,
    /// Those that the event head has take part.
    pub read: Vec<usize>,
    /// Those where the event head has it be.
    pub read_places: Vec<usize>,
    /// How much likelier the event head holds the word for a trigger than for none, in tenths of a log odd; `None` where it does not.
    pub margin: Option<i32>,
    /// What the event head makes of the words of its sentence.
    pub leanings: Leanings,
    pub rule: String,
    /// Whether the rule leaves no doubt about the type.
    pub decisive: bool,
    /// Words of time expressions that the event head ties to it.
    pub times: Vec<usize>,
    /// What the event head says of its status.
    pub status: Option<Status>,
    /// How many steps of the pattern fitted.
    weight: usize,
}

/// How much likelier the event head has somebody or something be in a role than in none, in tenths of a log odd, as far as it is not out
/// of the question.
#[derive(Clone, Debug, Default)]
pub struct Leanings {
    /// Entities.
    pub participants: BTreeMap<usize, i32>,
    /// Entities.
    pub places: BTreeMap<usize, i32>,
    /// Head words of time expressions.
    pub times: BTreeMap<usize, i32>,
}

impl Leanings {
    /// Keeps the likelier of each.
    pub fn take(&mut self, other: Leanings) {
        let each = [
            (&mut self.participants, other.participants),
            (&mut self.places, other.places),
            (&mut self.times, other.times),
        ];
        for (known, others) in each {
            others.into_iter().for_each(|(key, leaning)| raise(known, key, leaning));
        }
    }
}

fn raise(known: &mut BTreeMap<usize, i32>, key: usize, leaning: i32) {
    known.entry(key).and_modify(|known| *known = leaning.max(*known)).or_insert(leaning);
}

impl EventMention<'_> {
    fn add_roles(&mut self, roles: BTreeMap<String, Vec<usize>>) {
        for (role, entities) in roles {
            let slot = self.roles.entry(role).or_default();
            slot.extend(entities);
            slot.sort_unstable();
            slot.dedup();
        }
    }
}

/// Finds the event mentions of a document, in order; each word is at most one.
pub fn find<'s>(schema: &'s Schema, doc: &Document, links: &Links, arcs: &Arcs) -> Vec<EventMention<'s>> {
    let mut found: BTreeMap<usize, EventMention<'s>> = BTreeMap::new();
    let search = Search { doc, links, arcs };
    for token in 0..doc.tokens.len() {
        for event_type in &schema.events {
            for named in &event_type.patterns {
                let Some(hit) = search.fit(event_type, &named.pattern, token) else { continue };
                let trigger = hit.trigger.unwrap_or(token);
                let seen = doc.tokens[trigger].eventful || event_type.is_users;
                if hit.weight == 0 && (!seen || is_bare(doc, trigger)) {
                    continue;
                }
                let mention = EventMention {
                    event_type,
                    trigger,
                    carriers: hit.carriers,
                    roles: hit.roles,
                    rule: named.name.clone(),
                    decisive: named.decisive,
                    read: Vec::new(),
                    read_places: Vec::new(),
                    margin: None,
                    leanings: Leanings::default(),
                    times: Vec::new(),
                    status: None,
                    weight: hit.weight,
                };
                add(&mut found, mention);
            }
        }
    }
    combine(&mut found, doc.events.iter().filter_map(|event| search.read(schema, event)).collect());
    // The "ceasefire" of "ceasefire deal" is the deal's.
    let heads: BTreeMap<usize, &str> =
        found.iter().map(|(&at, mention)| (at, mention.event_type.name.as_str())).collect();
    let modifies = |mention: &EventMention| {
        let token = &doc.tokens[mention.trigger];
        let head = token.head.and_then(|head| heads.get(&head));
        token.deprel == "compound" && head.is_some_and(|head| *head == mention.event_type.name)
    };
    found.values().filter(|mention| !modifies(mention)).cloned().collect()
}

/// Puts what the event head found beside what the patterns found. Of one word, a user's type counts, else the event head's where it is
/// sure and the pattern's words leave a doubt, else the pattern's.
fn combine<'s>(found: &mut BTreeMap<usize, EventMention<'s>>, read: Vec<EventMention<'s>>) {
    for mention in read {
        match found.get_mut(&mention.trigger) {
            Some(known) => {
                let sure = mention.margin.is_some_and(|margin| margin >= SURE) && !known.decisive;
                if known.event_type.name != mention.event_type.name && !known.event_type.is_users && sure {
                    let carriers = std::mem::take(&mut known.carriers);
                    *known = mention;
                    known.carriers.extend(carriers);
                    continue;
                }
                if known.event_type.name == mention.event_type.name {
                    known.add_roles(mention.roles);
                    known.read = mention.read;
                    known.read_places = mention.read_places;
                }
                (known.times, known.status, known.margin) = (mention.times, mention.status, mention.margin);
                known.leanings = mention.leanings;
            }
            None => drop(found.insert(mention.trigger, mention)),
        }
    }
}

/// Keeps the better of two mentions of one word; of one type, both together.
fn add<'s>(found: &mut BTreeMap<usize, EventMention<'s>>, mention: EventMention<'s>) {
    let Some(known) = found.get_mut(&mention.trigger) else {
        found.insert(mention.trigger, mention);
        return;
    };
    if known.event_type.name != mention.event_type.name {
        let own = known.event_type.is_users || mention.event_type.is_users;
        let rank = |mention: &EventMention| (mention.decisive && !own, mention.weight);
        if rank(&mention) > rank(known) {
            *known = mention;
        }
        return;
    }
    if mention.weight > known.weight {
        known.rule = mention.rule;
        known.weight = mention.weight;
    }
    known.decisive |= mention.decisive;
    known.carriers.extend(mention.carriers);
    known.add_roles(mention.roles);
}

/// Whether a noun tells of nothing by itself: before another noun ("trial version"), or in the plural without article or modifier
/// in a clause on what is generally so ("Elections are expensive").
fn is_bare(doc: &Document, noun: usize) -> bool {
    let token = &doc.tokens[noun];
    if token.deprel == "compound" {
        return true;
    }
    let modified =
        doc.children(noun).any(|child| !matches!(doc.tokens[child].deprel, "case" | "punct" | "cc" | "conj"));
    let present = |word: &usize| doc.tokens[*word].morphology.tense == Some(Tense::Present);
    let general = token.head.is_some_and(|head| {
        let auxiliary =
            doc.children(head).find(|&child| matches!(doc.tokens[child].deprel, "aux" | "aux:pass" | "cop"));
        token.is_relation("nsubj") && auxiliary.as_ref().map_or(present(&head), present)
    });
    token.upos == Upos::Noun && token.morphology.number == Some(Number::Plural) && !modified && general
}

struct Search<'a> {
    doc: &'a Document,
    links: &'a Links,
    arcs: &'a Arcs,
}

impl Search<'_> {
    /// What the event head found, with entities for words; `None` of types that the schema does not have.
    fn read<'s>(&self, schema: &'s Schema, event: &nlp::EventMention) -> Option<EventMention<'s>> {
        let event_type = schema.events.iter().find(|event_type| event_type.name == event.kind)?;
        let words = |role: EventRole| event.roles.iter().filter(move |(r, _)| *r == role).map(|(_, word)| *word);
        let mut roles: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (role, words) in [("participant", words(EventRole::Participant)), ("place", words(EventRole::Place))] {
            let words: BTreeSet<usize> = words.collect();
            let mut entities = self.filling(&words);
            entities.retain(|&entity| event_type.may_fill(role, self.links.entities[entity].kind));
            entities.sort_unstable();
            entities.dedup();
            roles.insert(role.to_owned(), entities);
        }
        Some(EventMention {
            event_type,
            read: roles.get("participant").cloned().unwrap_or_default(),
            read_places: roles.get("place").cloned().unwrap_or_default(),
            margin: Some(event.margin),
            leanings: self.leanings(event),
            trigger: event.trigger,
            carriers: BTreeSet::from([event.trigger]),
            roles,
            rule: format!("{}/head", event.kind),
            decisive: false,
            times: words(EventRole::Time).collect(),
            status: match event.status {
                "happened" => Some(Status::Happened),
                "planned" => Some(Status::Planned),
                "denied" => Some(Status::Denied),
                "uncertain" => Some(Status::Uncertain),
                _ => None,
            },
            weight: 0,
        })
    }

    fn leanings(&self, event: &nlp::EventMention) -> Leanings {
        let mut leanings = Leanings::default();
        for &(role, word, leaning) in &event.leanings {
            let entities = self.links.at(word).iter().copied();
            let time = || self.doc.times.iter().find(|time| time.tokens.contains(word));
            match role {
                EventRole::Participant => entities.for_each(|one| raise(&mut leanings.participants, one, leaning)),
                EventRole::Place => entities.for_each(|place| raise(&mut leanings.places, place, leaning)),
                EventRole::Time => {
                    time()
                        .into_iter()
                        .for_each(|time| raise(&mut leanings.times, self.doc.head_of(time.tokens), leaning));
                }
            }
        }
        leanings
    }

    /// The entities of the outermost mentions of which these words are the most part.
    fn filling(&self, words: &BTreeSet<usize>) -> Vec<usize> {
        let mut entities = Vec::new();
        let mut end = 0;
        for mention in self.links.touching(words.iter().copied()) {
            let span = mention.tokens;
            if span.start < end || 2 * words.range(span.start..span.end).count() < span.len() {
                continue;
            }
            end = span.end;
            entities.extend(mention.entities.iter().copied());
        }
        entities
    }

    /// Fits a pattern of a type, its roles filled by entities of their kinds.
    fn fit(&self, event_type: &EventType, pattern: &Pattern, token: usize) -> Option<Fit> {
        let fills = |role: &str, word: usize| {
            let kinds = &event_type.roles[role];
            let entities = self.links.at(word).iter().copied();
            entities.filter(|&entity| kinds.contains(&self.links.entities[entity].kind)).collect()
        };
        Tree { doc: self.doc, arcs: self.arcs, fills: &fills }.fit(pattern, token)
    }
}
