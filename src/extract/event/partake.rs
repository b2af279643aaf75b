//! Who takes part in an event: of all whom the text names, those who stand to its words as participants do.
//!
//! In "Weber praised the ceasefire that Kenya and Somalia signed" the two countries take part in the ceasefire, and Weber does not.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Arguments;

use super::draft::{self, Draft, Reader};
use super::way::Way;
use crate::nlp::MentionForm;
use crate::schema::EntityKind;

/// The name of the decision among the trained ones.
const DECISION: &str = "takes part";

/// Those whom a document names, and where.
pub struct Cast<'a> {
    reader: &'a Reader<'a>,
    /// For each entity, the head word of each of its mentions and how it is named there, in order.
    pub(super) named: Vec<Vec<(usize, MentionForm)>>,
    /// For each entity, how many of its kind are named more often, or as often and earlier.
    pub(super) rank: Vec<usize>,
    /// Whether each word is of a source: one who says something.
    source: Vec<bool>,
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
        Cast { reader, named, rank, source }
    }

    /// Those who take part in an event, by index of entity.
    pub fn participants(&self, event: &Draft) -> BTreeSet<usize> {
        if event.event_type.is_users {
            return event.participants.clone();
        }
        let decisions = &self.reader.schema.decisions;
        let concerned = self.reader.concerned(event);
        let takes_part =
            |entity: &usize| decisions.score(DECISION, |tell| self.features(event, &concerned, *entity, tell)) > 0;
        self.candidates(event).filter(takes_part).collect()
    }

    /// Those of a kind that may take part.
    pub fn candidates(&self, event: &Draft) -> impl Iterator<Item = usize> {
        (0..self.named.len()).filter(|&entity| self.reader.may_take_part(event.event_type, entity))
    }

    /// Names what speaks for or against one taking part in an event, each feature alone and with the type.
    pub fn features(&self, event: &Draft, concerned: &BTreeSet<usize>, entity: usize, tell: &mut dyn FnMut(Arguments)) {
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
        let headline = |word: usize| doc.sentence(word).paragraph == 0;
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
