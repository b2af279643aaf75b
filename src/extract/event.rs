//! Event mentions into events: each event once, however often an article tells of it.

use std::collections::BTreeSet;

use super::arcs::Arcs;
use super::fact::{Event, EventFact, Evidence, Participant, Status};
use super::matcher::{self, EventMention};
use super::status::status;
use crate::base::{Period, TokenSpan, content_id};
use crate::link::Links;
use crate::nlp::{Document, Upos, VerbForm};
use crate::schema::{EntityKind, EventType, Schema, WordClass};

/// The role that takes part, as against places and bodies.
const PARTICIPANT: &str = "participant";

/// An event of a document, and the words that tell of it.
#[derive(Clone, Debug)]
pub struct FoundEvent {
    pub fact: EventFact,
    /// The trigger of each mention.
    pub triggers: Vec<usize>,
}

/// Finds the events of a document.
pub fn find(schema: &Schema, doc: &Document, links: &Links, arcs: &Arcs) -> Vec<FoundEvent> {
    let mentions = matcher::find(schema, doc, links, arcs);
    let reader = Reader { schema, doc, links, arcs };
    let mut drafts: Vec<Draft> = Vec::new();
    for mention in &mentions {
        let draft = reader.draft(mention);
        match drafts.iter_mut().rev().find(|known| reader.same(known, &draft)) {
            Some(known) => {
                known.take(draft);
                reader.drop_represented(known.event_type, &mut known.participants);
            }
            None => drafts.push(draft),
        }
    }
    for draft in &mut drafts {
        if draft.participants.is_empty() && draft.event_type.impersonal {
            draft.participants = reader.concerned(draft);
        }
    }
    drafts.retain(|draft| reader.counts(draft));
    let wholes: Vec<Option<usize>> = drafts.iter().map(|draft| reader.whole(draft, &drafts)).collect();
    for (part, whole) in wholes.iter().enumerate() {
        if let Some(whole) = *whole {
            reader.inherit(part, whole, &mut drafts);
        }
    }
    let ids: Vec<String> = drafts.iter().map(|draft| reader.id(draft)).collect();
    let facts = drafts.iter().enumerate().map(|(i, draft)| FoundEvent {
        fact: reader.fact(draft, &ids[i], wholes[i].map(|whole| ids[whole].clone())),
        triggers: draft.triggers.clone(),
    });
    merge_equal(facts.collect())
}

/// Events whose ids came out the same are one.
fn merge_equal(events: Vec<FoundEvent>) -> Vec<FoundEvent> {
    let mut out: Vec<FoundEvent> = Vec::new();
    for event in events {
        match out.iter_mut().find(|known| known.fact.event.id == event.fact.event.id) {
            Some(known) => {
                known.fact.event.evidence.extend(event.fact.event.evidence);
                known.triggers.extend(event.triggers);
            }
            None => out.push(event),
        }
    }
    out
}

/// An event while its mentions are gathered.
#[derive(Clone, Debug)]
struct Draft<'s> {
    event_type: &'s EventType,
    triggers: Vec<usize>,
    carriers: BTreeSet<usize>,
    participants: BTreeSet<usize>,
    places: Vec<usize>,
    when: Option<Period>,
    status: Status,
    /// Lemmas of the trigger and of what modifies it: `g20 summit`.
    words: BTreeSet<String>,
    definite: bool,
    nominal: bool,
    /// Whether nothing but a noun tells of it.
    bare: bool,
    rules: Vec<(usize, String)>,
}

impl Draft<'_> {
    fn take(&mut self, other: Draft) {
        self.triggers.extend(other.triggers);
        self.carriers.extend(other.carriers);
        self.participants.extend(other.participants);
        for place in other.places {
            if !self.places.contains(&place) {
                self.places.push(place);
            }
        }
        self.when = match (self.when, other.when) {
            (Some(a), Some(b)) => Some(if b.start > a.start { b } else { a }),
            (a, b) => a.or(b),
        };
        // A bare noun ("the visit") tells no status. What is told as having happened did; a denial of it elsewhere is a claim.
        self.status = match (self.bare, other.bare) {
            (true, false) => other.status,
            (false, true) => self.status,
            _ => self.status.max(other.status),
        };
        self.bare &= other.bare;
        self.words.extend(other.words);
        self.nominal &= other.nominal;
        self.rules.extend(other.rules);
    }
}

struct Reader<'a> {
    schema: &'a Schema,
    doc: &'a Document,
    links: &'a Links,
    arcs: &'a Arcs,
}

impl Reader<'_> {
    fn draft<'s>(&self, mention: &EventMention<'s>) -> Draft<'s> {
        let doc = self.doc;
        let mut carriers = mention.carriers.clone();
        carriers.extend(self.governor(mention.trigger));
        let mut participants: BTreeSet<usize> = mention.roles.get(PARTICIPANT).into_iter().flatten().copied().collect();
        if participants.is_empty() && mention.event_type.impersonal {
            participants = self.bystanders(mention.event_type, &carriers);
        }
        self.drop_represented(mention.event_type, &mut participants);
        let roles_of_place =
            mention.roles.iter().filter(|(role, _)| *role == "place").flat_map(|(_, list)| list.clone());
        let mut places: Vec<usize> = roles_of_place.collect();
        places.extend(self.places(mention.event_type, &carriers));
        places.dedup();
        let trigger = &doc.tokens[mention.trigger];
        let modifiers = doc
            .children(mention.trigger)
            .filter(|&child| matches!(doc.tokens[child].deprel, "compound" | "amod" | "nmod:poss" | "nmod"));
        let mut words: BTreeSet<String> = modifiers
            .filter(|&child| !matches!(doc.tokens[child].upos, Upos::Pron))
            .map(|child| doc.tokens[child].lemma.to_lowercase())
            .collect();
        words.retain(|word| word.chars().count() > 1);
        let indefinite = doc.children(mention.trigger).any(|child| {
            doc.tokens[child].deprel == "det" && self.schema.words.is(&doc.tokens[child].lemma, WordClass::Indefinite)
        });
        Draft {
            event_type: mention.event_type,
            triggers: vec![mention.trigger],
            participants,
            places,
            when: self
                .read_time(&mention.times)
                .or_else(|| self.when(&carriers))
                .or_else(|| self.time_above(mention.trigger)),
            status: match status(self.schema, doc, self.arcs, mention.trigger, &mention.carriers) {
                Status::Happened => mention.status.unwrap_or(Status::Happened),
                told => told,
            },
            words,
            definite: !indefinite,
            nominal: matches!(trigger.upos, Upos::Noun | Upos::Propn),
            bare: matches!(trigger.upos, Upos::Noun | Upos::Propn) && carriers.len() == 1,
            rules: vec![(mention.trigger, mention.rule.clone())],
            carriers,
        }
    }

    /// Those whom the event's clause names, where no pattern says who takes part: "an election that Rossi won".
    fn bystanders(&self, event_type: &EventType, carriers: &BTreeSet<usize>) -> BTreeSet<usize> {
        let mut out: BTreeSet<usize> = BTreeSet::new();
        for &carrier in carriers {
            for arc in self.arcs.of(carrier) {
                let near = matches!(
                    arc.relation,
                    "nsubj" | "nsubj:pass" | "obj" | "nmod:poss" | "compound" | "amod" | "obl:agent"
                ) || matches!(arc.relation, "nmod" | "obl")
                    && !self.schema.words.is(&arc.marker, WordClass::Place);
                if near {
                    out.extend(self.links.at(arc.token));
                }
            }
        }
        out.retain(|&entity| self.may_take_part(event_type, entity));
        out
    }

    fn may_take_part(&self, event_type: &EventType, entity: usize) -> bool {
        event_type.roles.get(PARTICIPANT).is_none_or(|kinds| kinds.contains(&self.links.entities[entity].kind))
    }

    /// Whom an event that nobody is said to take part in concerns: the country where it is ("the war in Yemen"), else those whom the
    /// nearest clause above is about ("Weber said that the trial was unfair").
    fn concerned(&self, draft: &Draft) -> BTreeSet<usize> {
        let named = |word: usize, relations: &[&str]| -> BTreeSet<usize> {
            let arcs = self.arcs.of(word).iter().filter(|arc| relations.contains(&arc.relation));
            let entities = arcs.flat_map(|arc| self.links.at(arc.token).iter().copied());
            entities.filter(|&entity| self.may_take_part(draft.event_type, entity)).collect()
        };
        let near: BTreeSet<usize> = draft.carriers.iter().flat_map(|&word| named(word, &["nmod", "obl"])).collect();
        if !near.is_empty() {
            return near;
        }
        let above = std::iter::successors(self.doc.tokens[draft.triggers[0]].head, |&head| self.doc.tokens[head].head);
        let mut subjects = above.map(|head| named(head, &["nsubj", "nsubj:pass", "obj"]));
        subjects.find(|subjects| !subjects.is_empty()).unwrap_or_default()
    }

    /// Who takes part for an office is one, not the person and what the office is of ("President Weber of Austria"); in a meeting,
    /// a person stands for the country too.
    fn drop_represented(&self, event_type: &EventType, participants: &mut BTreeSet<usize>) {
        let held =
            self.links.offices.iter().filter(|office| office.holder.is_some_and(|one| participants.contains(&one)));
        let bodies: BTreeSet<usize> = held.filter_map(|office| office.of).collect();
        participants.retain(|participant| !bodies.contains(participant));
        if event_type.mutual {
            let codes: BTreeSet<&String> = participants.iter().filter_map(|&one| self.country_of(one)).collect();
            participants.retain(|&one| self.links.entities[one].iso.as_ref().is_none_or(|code| !codes.contains(code)));
        }
    }

    /// The ISO code of the country that a person acts for.
    fn country_of(&self, person: usize) -> Option<&String> {
        let office = self
            .links
            .offices
            .iter()
            .filter(|office| office.holder == Some(person))
            .find_map(|office| self.links.entities[office.of?].iso.as_ref());
        office.or_else(|| self.links.countries_of_people.get(&self.links.entities[person].id))
    }

    /// Whether each of these is among those, or (in a meeting) is the country of one of them.
    fn stand_for(&self, these: &BTreeSet<usize>, those: &BTreeSet<usize>, mutual: bool) -> bool {
        these.iter().all(|this| {
            let code = self.links.entities[*this].iso.as_ref().filter(|_| mutual);
            those.contains(this) || code.is_some() && those.iter().any(|&that| self.country_of(that) == code)
        })
    }

    /// The verb of which an event's noun is subject or object: "the summit opened in Paris".
    fn governor(&self, trigger: usize) -> Option<usize> {
        let token = &self.doc.tokens[trigger];
        let argument = matches!(token.deprel, "nsubj" | "nsubj:pass" | "obj");
        token.head.filter(|&head| argument && self.doc.tokens[head].upos == Upos::Verb)
    }

    /// Where it was: what stands behind a preposition of place, or before the noun ("the Hamburg summit").
    fn places(&self, event_type: &EventType, carriers: &BTreeSet<usize>) -> Vec<usize> {
        let mut out = Vec::new();
        for &carrier in carriers {
            for arc in self.arcs.of(carrier) {
                let placed =
                    matches!(arc.relation, "obl" | "nmod") && self.schema.words.is(&arc.marker, WordClass::Place);
                let noun = self.doc.tokens[carrier].upos == Upos::Noun;
                let before = arc.relation == "compound" && noun;
                let home = event_type.domestic && noun && matches!(arc.relation, "compound" | "amod" | "nmod:poss");
                if !placed && !before && !home {
                    continue;
                }
                let located =
                    self.links.at(arc.token).iter().copied().filter(|&entity| match self.links.entities[entity].kind {
                        EntityKind::Place => true,
                        EntityKind::Country => home || placed && arc.marker != "to" && arc.marker != "from",
                        _ => false,
                    });
                out.extend(located);
            }
        }
        out.sort_by_key(|&entity| (self.links.entities[entity].kind != EntityKind::Place, entity));
        out
    }

    /// The time expression that the event head ties to it, the finest of several.
    fn read_time(&self, words: &[usize]) -> Option<Period> {
        let told = |span: &TokenSpan| words.iter().any(|&word| span.contains(word));
        let times = self.doc.times.iter().filter(|time| told(&time.tokens));
        times.filter_map(|time| time.period).max_by_key(|period| period.start.day().is_some())
    }

    /// When it was: the time expression that hangs on one of its words, with no other verb between.
    fn when(&self, carriers: &BTreeSet<usize>) -> Option<Period> {
        let hangs = |token: usize| {
            let mut at = Some(token);
            while let Some(token) = at {
                if carriers.contains(&token) {
                    return true;
                }
                if self.doc.tokens[token].upos == Upos::Verb {
                    return false;
                }
                at = self.doc.tokens[token].head;
            }
            false
        };
        let times = self.doc.times.iter().filter(|time| time.period.is_some());
        times
            .filter(|time| time.tokens.range().any(hangs))
            .filter_map(|time| time.period)
            .max_by_key(|p| p.start.day().is_some())
    }

    /// The time of the clause that an event stands in, or of one above it: "In 2006, the town was the target of an attack".
    fn time_above(&self, trigger: usize) -> Option<Period> {
        let above = std::iter::successors(self.doc.tokens[trigger].head, |&head| self.doc.tokens[head].head);
        let finite = |&head: &usize| self.doc.tokens[head].morphology.verb_form != Some(VerbForm::Infinitive);
        above
            .take_while(finite)
            .filter(|&head| self.doc.tokens[head].upos == Upos::Verb || self.doc.tokens[head].head.is_none())
            .find_map(|head| self.when(&BTreeSet::from([head])))
    }

    /// Whether a mention tells of an event that is known already.
    fn same(&self, known: &Draft, new: &Draft) -> bool {
        if known.event_type.name != new.event_type.name {
            return false;
        }
        if known.when.zip(new.when).is_some_and(|(a, b)| !a.overlaps(b)) {
            return false;
        }
        let denied = |draft: &Draft| draft.status == Status::Denied;
        if denied(known) != denied(new) && !new.participants.is_empty() && new.participants == known.participants {
            return false;
        }
        let modifiers_agree = known.words.is_empty() || new.words.is_empty() || !known.words.is_disjoint(&new.words);
        let mutual = known.event_type.mutual;
        let subset = self.stand_for(&known.participants, &new.participants, mutual)
            || self.stand_for(&new.participants, &known.participants, mutual);
        let lemma = |draft: &Draft| self.doc.tokens[draft.triggers[0]].lemma.to_lowercase();
        let places_agree = known.places.is_empty()
            || new.places.is_empty()
            || known.places.iter().any(|&a| new.places.iter().any(|&b| self.links.is_within(a, b)));
        if !mutual && new.nominal && new.participants.is_empty() && places_agree {
            let repeated = known.triggers.iter().any(|&word| self.doc.tokens[word].lemma.to_lowercase() == lemma(new));
            // "The vote" is the election told last; a type without patterns holds events of too many kinds for that.
            if repeated && modifiers_agree || new.definite && (repeated || !known.event_type.patterns.is_empty()) {
                return true;
            }
        }
        if mutual {
            let equal = known.participants == new.participants;
            let anaphoric = new.participants.len() < 2 && new.nominal && new.definite && subset;
            return subset
                && places_agree
                && (equal && !known.participants.is_empty()
                    || anaphoric
                    || known.participants.len() > 1 && new.participants.len() > 1);
        }
        if known.event_type.occasion {
            let same_words = lemma(known) == lemma(new) || !known.words.is_disjoint(&new.words);
            let same_place = !known.places.is_empty() && !new.places.is_empty();
            return (modifiers_agree || same_place) && places_agree && new.definite && same_words;
        }
        let shared = !known.participants.is_disjoint(&new.participants);
        let nominal_repeat = new.nominal && new.definite && lemma(known) == lemma(new) && modifiers_agree;
        subset && places_agree && (shared || nominal_repeat)
    }

    /// Whether a draft says enough to be an event.
    fn counts(&self, draft: &Draft) -> bool {
        draft.event_type.impersonal || !draft.participants.is_empty()
    }

    /// The occasion that an event is a part of: "met at the summit", "on the sidelines of the summit".
    fn whole(&self, draft: &Draft, drafts: &[Draft]) -> Option<usize> {
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
    fn inherit(&self, part: usize, whole: usize, drafts: &mut [Draft]) {
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

    /// By content where that identifies (two or more in it, on a known day), else by its place in the article.
    fn id(&self, draft: &Draft) -> String {
        let mut parts = vec![draft.event_type.name.clone()];
        let day = draft.when.filter(|when| when.start.day().is_some());
        match day.filter(|_| draft.participants.len() > 1) {
            Some(day) => {
                parts.push(day.start.to_string());
                let mut people: Vec<&String> = draft.participants.iter().map(|&p| &self.links.entities[p].id).collect();
                people.sort();
                parts.extend(people.into_iter().cloned());
            }
            None => {
                parts.push(self.doc.article.id.clone());
                parts.push(self.doc.tokens[draft.triggers[0]].chars.start.to_string());
            }
        }
        content_id("event", parts.iter().map(String::as_str))
    }

    fn fact(&self, draft: &Draft, id: &str, part_of: Option<String>) -> EventFact {
        let entity_id = |entity: &usize| self.links.entities[*entity].id.clone();
        let mut participants: Vec<Participant> = draft
            .participants
            .iter()
            .map(|entity| Participant { entity: entity_id(entity), role: PARTICIPANT.to_owned() })
            .collect();
        participants.sort();
        let nearest = draft.places.iter().min_by_key(|&&place| self.links.entities[place].kind != EntityKind::Place);
        let places: Vec<String> = nearest.into_iter().map(entity_id).collect();
        EventFact {
            event: Event {
                id: id.to_owned(),
                event_type: draft.event_type.name.clone(),
                subtype: None,
                name: self.name(draft),
                start: draft.when.map(|when| when.start),
                end: draft.when.map(|when| when.end),
                status: draft.status,
                score: if draft.participants.len() > 1 { 0.9 } else { 0.7 },
                channel: draft.event_type.channel.clone(),
                plover: draft.event_type.plover.clone(),
                cameo: draft.event_type.cameo.clone(),
                evidence: draft.rules.iter().map(|(trigger, rule)| self.evidence(*trigger, rule)).collect(),
            },
            participants,
            locations: places,
            part_of,
        }
    }

    /// A headline: the noun phrase of a nominal event, else who and what.
    fn name(&self, draft: &Draft) -> String {
        let trigger = draft.triggers[0];
        if draft.nominal && !draft.event_type.mutual {
            return self.noun_phrase(trigger);
        }
        let people: Vec<&str> = draft.participants.iter().map(|&p| self.links.entities[p].name.as_str()).collect();
        let who = match people.split_last() {
            Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
            Some((last, _)) => (*last).to_owned(),
            None => return self.noun_phrase(trigger),
        };
        let what = &self.doc.tokens[trigger].text;
        let title = draft.event_type.headline.replace("{who}", &who).replace("{what}", what);
        match draft.places.first().map(|&place| &self.links.entities[place].name) {
            Some(place) if !people.contains(&place.as_str()) => format!("{title} ({place})"),
            _ => title,
        }
    }

    /// The noun with what stands before it: "the G20 summit".
    fn noun_phrase(&self, noun: usize) -> String {
        let start = self
            .doc
            .children(noun)
            .filter(|&child| child < noun && matches!(self.doc.tokens[child].deprel, "compound" | "amod" | "nummod"))
            .map(|child| self.doc.subtree(child).start)
            .min();
        self.doc.text(TokenSpan::new(start.unwrap_or(noun), noun + 1)).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn evidence(&self, trigger: usize, rule: &str) -> Evidence {
        sentence_evidence(self.doc, trigger, rule)
    }
}

/// The whole sentence that a token stands in, as evidence.
pub fn sentence_evidence(doc: &Document, token: usize, rule: &str) -> Evidence {
    let tokens = doc.sentence(token).tokens;
    let chars = doc.chars(tokens);
    Evidence {
        article: doc.article.id.clone(),
        start: chars.start,
        end: chars.end,
        text: doc.text(tokens).to_owned(),
        rule: rule.to_owned(),
    }
}
