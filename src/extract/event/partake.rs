//! Who takes part in an event: of all whom the text names, those who stand to its words as participants do.
//!
//! In "Weber praised the ceasefire that Kenya and Somalia signed" the two countries take part in the ceasefire, and Weber does not.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Arguments;

use super::draft::{self, Draft, Reader};
use super::roll;
use super::way::Way;
use crate::nlp::{MentionForm, Upos};
use crate::schema::EntityKind;

/// The name of the decision among the trained ones.
const DECISION: &str = "takes part";

/// Words that stand between two of an enumeration at most: "Kenya's president, John Kamau, and …".
const LINE: usize = 6;

/// Those whom a document names, and where.
pub struct Cast<'a> {
    reader: &'a Reader<'a>,
    /// For each entity, the head word of each of its mentions and how it is named there, in order.
    pub(super) named: Vec<Vec<(usize, MentionForm)>>,
    /// For each entity, how many of its kind are named more often, or as often and earlier.
    pub(super) rank: Vec<usize>,
    /// Whether each word is of a source: one who says something.
    source: Vec<bool>,
    /// The paragraphs that list who was there.
    rolls: BTreeSet<usize>,
    /// The head word of every mention and whom it names, in order.
    heads: Vec<(usize, usize)>,
}

/// Events as their mentions tell of them, before it is decided who takes part.
pub struct Told<'a> {
    events: &'a [Draft<'a>],
    /// For each entity, the events that it is told to take part in.
    of: Vec<Vec<usize>>,
}

impl<'a> Told<'a> {
    pub fn of(events: &'a [Draft<'a>], entities: usize) -> Told<'a> {
        let mut of = vec![Vec::new(); entities];
        for (event, draft) in events.iter().enumerate() {
            draft.participants.iter().for_each(|&entity| of[entity].push(event));
        }
        Told { events, of }
    }
}

impl<'a> Cast<'a> {
    pub fn of(reader: &'a Reader<'a>) -> Cast<'a> {
        let links = reader.links;
        let mut named: Vec<Vec<(usize, MentionForm)>> = vec![Vec::new(); links.entities.len()];
        for mention in &links.mentions {
            for &entity in &mention.entities {
                named[entity].push((mention.head, mention.form));
            }
        }
        named.iter_mut().for_each(|mentions| mentions.sort_by_key(|(head, _)| *head));
        let mut order: Vec<usize> = (0..named.len()).collect();
        order.sort_by_key(|&entity| {
            (std::cmp::Reverse(named[entity].len()), named[entity].first().map(|first| first.0))
        });
        let mut rank = vec![0; named.len()];
        let mut of_kind: BTreeMap<EntityKind, usize> = BTreeMap::new();
        for entity in order {
            let before = of_kind.entry(links.entities[entity].kind).or_insert(0);
            rank[entity] = *before;
            *before += 1;
        }
        let mut source = vec![false; reader.doc.tokens.len()];
        for said in &reader.doc.attributions {
            said.sources.iter().flat_map(|span| span.range()).for_each(|word| source[word] = true);
        }
        let rolls = roll::paragraphs(reader.schema, reader.doc);
        let of_entity = |(entity, mentions): (usize, &Vec<(usize, MentionForm)>)| {
            mentions.iter().map(move |&(head, _)| (head, entity)).collect::<Vec<_>>()
        };
        let mut heads: Vec<(usize, usize)> = named.iter().enumerate().flat_map(of_entity).collect();
        heads.sort_unstable();
        Cast { reader, named, rank, source, rolls, heads }
    }

    /// Those who take part in an event, by index of entity.
    pub fn participants(&self, told: &Told, event: usize) -> BTreeSet<usize> {
        let draft = &told.events[event];
        if draft.event_type.is_users {
            return draft.participants.clone();
        }
        let decisions = &self.reader.schema.decisions;
        let concerned = self.reader.concerned(draft);
        let takes_part = |entity: &usize| {
            decisions.score(DECISION, |tell| self.features(told, event, &concerned, *entity, tell)) > 0
        };
        self.candidates(draft).filter(takes_part).collect()
    }

    /// Those of a kind that may take part.
    pub fn candidates(&self, event: &Draft) -> impl Iterator<Item = usize> {
        (0..self.named.len()).filter(|&entity| self.reader.may_take_part(event.event_type, entity))
    }

    /// Names what speaks for or against one taking part in an event, each feature alone and with the type.
    pub fn features(
        &self,
        all: &Told,
        number: usize,
        concerned: &BTreeSet<usize>,
        entity: usize,
        tell: &mut dyn FnMut(Arguments),
    ) {
        let event = &all.events[number];
        let (doc, links) = (self.reader.doc, self.reader.links);
        let event_type = event.event_type.name.as_str();
        let mut both = |feature: Arguments| {
            tell(feature);
            tell(format_args!("{event_type}|{feature}"));
        };
        both(format_args!("any"));
        let kind = links.entities[entity].kind.name();
        both(format_args!("kind:{kind}"));
        let told = event.participants.contains(&entity);
        let read = match event.read.get(&entity) {
            None => "never",
            Some(&times) if 2 * times >= event.triggers.len() => "mostly",
            Some(_) => "once",
        };
        both(format_args!("told:{told} read:{read}"));
        both(format_args!("told:{told} kind:{kind}"));
        let leaning = draft::leaning(event.leanings.participants.get(&entity));
        both(format_args!("leaning:{leaning}"));
        both(format_args!("leaning:{leaning} told:{told} {kind}"));
        let others = event.participants.len() - usize::from(told);
        both(format_args!("told:{told} others:{}", others.min(3)));
        if concerned.contains(&entity) {
            both(format_args!("concerned, others:{}", others.min(2)));
        }
        if event.places.contains(&entity) {
            both(format_args!("place"));
        }
        let near: Vec<Near> = event.triggers.iter().filter_map(|&trigger| self.nearest(trigger, entity)).collect();
        let beside: BTreeSet<String> = near.iter().map(|near| near.way.told(doc)).collect();
        for path in &beside {
            both(format_args!("path:{path}"));
            both(format_args!("path:{path} {kind}"));
            both(format_args!("path:{path} {}", event.status));
        }
        let lemma = |word: usize| doc.tokens[word].lemma.to_lowercase();
        let neighbours = || near.iter().flat_map(|near| self.in_line(near.head)).filter(|&other| other != entity);
        if let Some(one_told) = neighbours().map(|other| event.participants.contains(&other)).max() {
            both(format_args!("in line with one told:{one_told}, told:{told}"));
            let most = neighbours().filter_map(|other| event.leanings.participants.get(&other)).max();
            both(format_args!("in line, leaning:{leaning} most:{}", draft::leaning(most)));
        }
        let is_named = |word: &usize| self.named[entity].binary_search_by_key(word, |(head, _)| *head).is_ok();
        let arcs = event
            .carriers
            .iter()
            .flat_map(|&carrier| self.reader.arcs.of(carrier).iter().map(move |arc| (carrier, arc)));
        let arcs: BTreeSet<(String, usize)> = arcs
            .filter(|(_, arc)| is_named(&arc.token))
            .map(|(carrier, arc)| (format!("{}:{}", arc.relation, arc.marker), carrier))
            .collect();
        for (arc, carrier) in &arcs {
            both(format_args!("arc:{arc}"));
            both(format_args!("arc:{arc} {kind}"));
            both(format_args!("arc:{arc} of {}", lemma(*carrier)));
        }
        let share = match near.len() {
            0 => "none",
            n if n == event.triggers.len() => "all",
            _ => "some",
        };
        both(format_args!("sentences:{share} of {}", event.triggers.len().min(3)));
        both(format_args!("sentences:{share} told:{told} others:{}", others.min(2)));
        let rank = self.rank[entity].min(3);
        both(format_args!("rank:{rank} {kind} sentences:{share}"));
        if near.is_empty() {
            let sentence = |word: usize| doc.tokens[word].sentence;
            let gap = |&(head, _): &(usize, MentionForm)| {
                event.triggers.iter().map(|&trigger| sentence(trigger).abs_diff(sentence(head))).min().unwrap_or(0)
            };
            let gap = self.named[entity].iter().map(gap).min().unwrap_or(usize::MAX);
            both(format_args!("sentences away:{}", gap.min(4)));
            both(format_args!("away:{} rank:{rank} others:{}", gap.min(3), others.min(2)));
        } else {
            let form = |form: MentionForm| match form {
                MentionForm::Name => "name",
                MentionForm::Nominal => "nominal",
                MentionForm::Pronoun => "pronoun",
            };
            let forms: BTreeSet<&str> = near.iter().map(|near| form(near.form)).collect();
            forms.iter().for_each(|form| both(format_args!("form:{form}")));
            if near.iter().any(|near| self.source[near.head]) {
                both(format_args!("says, told:{told}"));
            }
        }
        if self.author_takes_part(event) {
            let represented = event.participants.iter().any(|&one| self.reader.acts_for(one, entity));
            let placed = event.places.contains(&entity);
            both(format_args!("the author does, {kind} represented:{represented} placed:{placed} rank:{rank}"));
            both(format_args!("the author does, {kind} told:{told}"));
        }
        if event.participants.iter().any(|&one| one != entity && self.reader.acts_for(entity, one)) {
            both(format_args!("acts for one told, told:{told}"));
        }
        let paragraph = |word: usize| doc.sentence(word).paragraph;
        let listed = self.named[entity].iter().any(|(head, _)| self.rolls.contains(&paragraph(*head)));
        if listed {
            both(format_args!("on a list of those there, {kind}"));
        }
        let elsewhere = || all.of[entity].iter().filter(|&&other| other != number).map(|&other| &all.events[other]);
        let alike = elsewhere().filter(|other| other.event_type.name == event.event_type.name).count();
        both(format_args!("in others of its type:{} {share}", alike.min(3)));
        both(format_args!("in others of its type:{} others:{} told:{told}", alike.min(2), others.min(2)));
        both(format_args!("in others:{} {share} {kind}", elsewhere().count().min(4)));
        let sentence = |word: usize| doc.tokens[word].sentence;
        let pairs = |other: &Draft| -> Option<usize> {
            let gaps = other.triggers.iter().flat_map(|&there| event.triggers.iter().map(move |&here| (there, here)));
            gaps.map(|(there, here)| sentence(there).abs_diff(sentence(here))).min()
        };
        if let Some(gap) = elsewhere().filter_map(pairs).min() {
            both(format_args!("in one {} sentences away, {share}", gap.min(4)));
            both(format_args!("in one {} sentences away, others:{} told:{told}", gap.min(3), others.min(2)));
        }
        let together = elsewhere().filter(|other| !other.participants.is_disjoint(&event.participants)).count();
        both(format_args!("with them elsewhere:{} {share}", together.min(2)));
        let beside = event
            .triggers
            .iter()
            .any(|&word| self.named[entity].iter().any(|(head, _)| paragraph(*head) == paragraph(word)));
        if near.is_empty() {
            both(format_args!("in its paragraph:{beside} {kind} others:{}", others.min(2)));
        }
        let headline = |word: usize| paragraph(word) == 0;
        if self.named[entity].iter().any(|(head, _)| headline(*head)) {
            both(format_args!("in the headline"));
            both(format_args!(
                "in the headline, event too:{} {share}",
                event.triggers.iter().any(|&word| headline(word))
            ));
        }
        let offices = || links.offices.iter().filter(|office| office.of == Some(entity));
        let holders: BTreeSet<usize> = offices().filter_map(|office| office.holder).collect();
        if holders.iter().any(|holder| event.participants.contains(holder)) {
            both(format_args!("represented, told:{told}"));
        }
    }

    /// Whether a first person who stands for nobody that the text names takes part: "I will meet".
    fn author_takes_part(&self, event: &Draft) -> bool {
        let reader = self.reader;
        let people = &reader.schema.people;
        let arcs = event.carriers.iter().flat_map(|&word| reader.arcs.of(word));
        let mut own = arcs.filter(|arc| matches!(arc.relation, "nsubj" | "nmod:poss" | "obl" | "nmod"));
        own.any(|arc| {
            let first = people.pronoun(&reader.doc.tokens[arc.token].text).is_some_and(|pronoun| pronoun.person == 1);
            first && reader.links.at(arc.token).is_empty()
        })
    }

    /// Those named right before and behind a mention, with nothing but a comma or "and" and a few words between: "Kenya, Somalia".
    fn in_line(&self, head: usize) -> impl Iterator<Item = usize> {
        let doc = self.reader.doc;
        let links = |a: usize, b: usize| {
            let between = a + 1..b;
            let parts = |at: usize| matches!(doc.tokens[at].upos, Upos::Cconj) || doc.tokens[at].text == ",";
            let acts = |at: usize| matches!(doc.tokens[at].upos, Upos::Verb | Upos::Sconj);
            between.len() <= LINE && between.clone().any(parts) && !between.clone().any(acts)
        };
        let first = self.heads.partition_point(|(other, _)| *other < head);
        let behind = self.heads.partition_point(|(other, _)| *other <= head);
        let before = self.heads[..first].last().filter(|(other, _)| links(*other, head));
        let after = self.heads.get(behind).filter(|(other, _)| links(head, *other));
        before.into_iter().chain(after).map(|&(_, entity)| entity)
    }

    /// The mention of an entity in the trigger's sentence that is the fewest steps away in the tree; of equals the first.
    pub(super) fn nearest(&self, trigger: usize, entity: usize) -> Option<Near> {
        let sentence = self.reader.doc.sentence(trigger).tokens;
        let mentions = &self.named[entity];
        let from = mentions.partition_point(|(head, _)| *head < sentence.start);
        let inside = mentions[from..].iter().take_while(|(head, _)| *head < sentence.end);
        let near = |&(head, form): &(usize, MentionForm)| Near {
            head,
            form,
            way: Way::between(self.reader.doc, trigger, head),
        };
        inside.map(near).min_by_key(|near| near.way.len())
    }
}

/// A mention in the sentence of an event's word.
pub(super) struct Near {
    pub head: usize,
    form: MentionForm,
    pub way: Way,
}
