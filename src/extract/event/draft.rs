//! One mention of an event into what its clause tells: who, where, when, whether it happened.
//!
//! "Solheim is to meet Kanté in Geneva on Tuesday" tells of a planned meeting of two, with a place and a day.

use std::collections::{BTreeMap, BTreeSet};

use super::PARTICIPANT;
use crate::base::{Period, TokenSpan};
use crate::extract::arcs::Arcs;
use crate::extract::fact::Status;
use crate::extract::matcher::{EventMention, Leanings};
use crate::extract::status::status;
use crate::link::Links;
use crate::nlp::{Document, Upos, VerbForm};
use crate::schema::{EntityKind, EventType, Schema, WordClass};

/// An event while its mentions are gathered.
#[derive(Clone, Debug)]
pub struct Draft<'s> {
    pub event_type: &'s EventType,
    pub triggers: Vec<usize>,
    pub carriers: BTreeSet<usize>,
    /// Indices of entities: while mentions are gathered, whoever the patterns and the event head have take part.
    pub participants: BTreeSet<usize>,
    /// In how many mentions the event head has each take part.
    pub read: BTreeMap<usize, usize>,
    /// The most that the event head holds one of its words for a trigger, in tenths of a log odd.
    pub margin: Option<i32>,
    /// What the event head makes of the words of its sentences.
    pub leanings: Leanings,
    pub places: Vec<usize>,
    /// In how many mentions each place stands at its words as a place does.
    pub placed: BTreeMap<usize, usize>,
    /// In how many mentions the event head has it be in each.
    pub read_places: BTreeMap<usize, usize>,
    pub when: Option<Period>,
    /// Whether none of its words tell when it was.
    pub inferred: bool,
    /// The time that each mention tells, with how it was found: read by the event head, hanging on its words, or of a clause above.
    pub times: Vec<(&'static str, Period)>,
    pub status: Status,
    /// What each mention tells of its status.
    pub tellings: Vec<Telling>,
    /// Lemmas of what modifies the trigger: `g20` of the G20 summit.
    pub words: BTreeSet<String>,
    pub definite: bool,
    pub nominal: bool,
    /// Whether nothing but a noun tells of it.
    pub bare: bool,
    /// The trigger of each mention, and what found it.
    pub rules: Vec<(usize, String)>,
    /// Whether what found it leaves no doubt about the type.
    pub decisive: bool,
}

/// What one mention tells of whether its event took place.
#[derive(Clone, Debug)]
pub struct Telling {
    pub trigger: usize,
    /// The words of the mention: its own, and those that it hangs on.
    pub carriers: BTreeSet<usize>,
    /// By the tree above and below it.
    pub tree: Status,
    /// By the event head.
    pub read: Option<Status>,
    pub bare: bool,
}

impl Draft<'_> {
    /// Takes another mention of the same event in.
    pub fn take(&mut self, other: Draft) {
        self.triggers.extend(other.triggers);
        add(&mut self.read, other.read);
        add(&mut self.placed, other.placed);
        add(&mut self.read_places, other.read_places);
        self.margin = self.margin.max(other.margin);
        self.leanings.take(other.leanings);
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
        self.times.extend(other.times);
        self.tellings.extend(other.tellings);
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
        self.decisive |= other.decisive;
    }
}

fn add(counts: &mut BTreeMap<usize, usize>, others: BTreeMap<usize, usize>) {
    for (entity, count) in others {
        *counts.entry(entity).or_insert(0) += count;
    }
}

/// What mentions are read in the light of.
pub struct Reader<'a> {
    pub schema: &'a Schema,
    pub doc: &'a Document,
    pub links: &'a Links,
    pub arcs: &'a Arcs,
    /// The lemmas of each sentence's nouns, verbs and adjectives.
    pub content: Vec<BTreeSet<String>>,
}

impl<'a> Reader<'a> {
    pub fn new(schema: &'a Schema, doc: &'a Document, links: &'a Links, arcs: &'a Arcs) -> Reader<'a> {
        let content =
            |word: &usize| matches!(doc.tokens[*word].upos, Upos::Noun | Upos::Propn | Upos::Verb | Upos::Adj);
        let lemma = |word: usize| doc.tokens[word].lemma.to_lowercase();
        let sentences = doc.sentences.iter();
        let content = sentences.map(|sentence| sentence.tokens.range().filter(content).map(lemma).collect());
        Reader { schema, doc, links, arcs, content: content.collect() }
    }

    /// What one mention tells.
    pub fn draft(&self, mention: &EventMention<'a>) -> Draft<'a> {
        let doc = self.doc;
        let mut carriers = mention.carriers.clone();
        carriers.extend(self.governor(mention.trigger));
        let mut participants: BTreeSet<usize> = mention.roles.get(PARTICIPANT).into_iter().flatten().copied().collect();
        if participants.is_empty() && mention.event_type.impersonal {
            participants = self.bystanders(mention.event_type, &carriers);
        }
        self.drop_represented(mention.event_type, &mut participants);
        let placed = self.places(mention.event_type, &carriers);
        let mut places = mention.roles.get("place").cloned().unwrap_or_default();
        places.extend(&placed);
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
        let read = self.read_time(&mention.times).map(|period| ("read", period));
        let hanging = || self.when(&carriers).map(|period| ("hangs", period));
        let above = || self.time_above(mention.trigger).map(|period| ("above", period));
        let time = read.or_else(hanging).or_else(above);
        let bare = matches!(trigger.upos, Upos::Noun | Upos::Propn) && carriers.len() == 1;
        let tree = status(self.schema, doc, self.arcs, mention.trigger, &mention.carriers);
        let telling =
            Telling { trigger: mention.trigger, carriers: mention.carriers.clone(), tree, read: mention.status, bare };
        Draft {
            event_type: mention.event_type,
            triggers: vec![mention.trigger],
            read: mention.read.iter().map(|&entity| (entity, 1)).collect(),
            margin: mention.margin,
            leanings: mention.leanings.clone(),
            participants,
            places,
            placed: placed.into_iter().collect::<BTreeSet<_>>().into_iter().map(|place| (place, 1)).collect(),
            read_places: mention.read_places.iter().map(|&place| (place, 1)).collect(),
            when: time.map(|(_, period)| period),
            inferred: false,
            times: time.into_iter().collect(),
            status: match tree {
                Status::Happened => mention.status.unwrap_or(Status::Happened),
                told => told,
            },
            tellings: vec![telling],
            words,
            definite: !indefinite,
            nominal: matches!(trigger.upos, Upos::Noun | Upos::Propn),
            bare,
            rules: vec![(mention.trigger, mention.rule.clone())],
            decisive: mention.decisive,
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

    pub fn may_take_part(&self, event_type: &EventType, entity: usize) -> bool {
        event_type.may_fill(PARTICIPANT, self.links.entities[entity].kind)
    }

    /// Whom an event that nobody is said to take part in concerns: the country where it is ("the war in Yemen"), else those whom the
    /// nearest clause above is about ("Weber said that the trial was unfair").
    pub fn concerned(&self, draft: &Draft) -> BTreeSet<usize> {
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
    pub fn drop_represented(&self, event_type: &EventType, participants: &mut BTreeSet<usize>) {
        let held =
            self.links.offices.iter().filter(|office| office.holder.is_some_and(|one| participants.contains(&one)));
        let bodies: BTreeSet<usize> = held.filter_map(|office| office.of).collect();
        let involved = event_type.roles.get("involved");
        let stays = |body: usize| involved.is_some_and(|kinds| kinds.contains(&self.links.entities[body].kind));
        participants.retain(|participant| !bodies.contains(participant) || stays(*participant));
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

    /// Whether a person acts for a country.
    pub fn acts_for(&self, person: usize, country: usize) -> bool {
        let code = self.links.entities[country].iso.as_ref();
        code.is_some() && self.country_of(person) == code
    }

    /// Whether those in the one event are all in the other, in a meeting themselves or by one who acts for them.
    pub fn may_stand_for(&self, a: &Draft, b: &Draft) -> bool {
        let all = |these: &BTreeSet<usize>, those: &BTreeSet<usize>| {
            these.iter().all(|this| {
                let code = self.links.entities[*this].iso.as_ref().filter(|_| a.event_type.mutual);
                those.contains(this) || code.is_some() && those.iter().any(|&that| self.country_of(that) == code)
            })
        };
        all(&a.participants, &b.participants) || all(&b.participants, &a.participants)
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
                let home = event_type.domestic
                    && match noun {
                        true => matches!(arc.relation, "compound" | "amod" | "nmod:poss"),
                        false => arc.relation == "nsubj",
                    };
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
}

/// A feature's name for what the event head makes of somebody or something: whole log odds.
pub fn leaning(of: Option<&i32>) -> String {
    of.map_or("no".to_owned(), |leaning| leaning.div_euclid(10).clamp(-4, 6).to_string())
}
