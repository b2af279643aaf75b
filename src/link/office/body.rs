//! The country or organization whose office it is, where the title's own phrase leaves it open.

use std::collections::{BTreeMap, BTreeSet};

use super::holder::of_one;
use super::{Links, MEMBER, OfficeHeld, Phrase};
use crate::base::TokenSpan;
use crate::link::{Entity, LinkedMention};
use crate::nlp::{Document, TitleMention, Upos};
use crate::schema::{EntityKind, Gender, Pronoun, Schema, WordClass};

/// How much speaks for a country as that of a national office which nothing else ties to one: that it is named …
const NAMED: usize = 2;
/// … that a place, an organization or somebody of it is named …
const PART_NAMED: usize = 1;
/// … that a place of it is the dateline's …
const DATELINE: usize = 10;
/// … that it is the last named before in the sentence (more than all that the article says else) …
const SENTENCE: usize = 1000;
/// … or in the paragraph, the only one named in the sentence at all …
const BESIDE: usize = 6;
/// … and, of heads of state and government, the only one where the article says that somebody goes.
const VISITED: usize = 2;

/// How many halves of what speaks for any other must speak for a country for which only names in the article do.
const PREDOMINANT_HALVES: usize = 3;

/// The classes of parties and of parliaments in the tables.
pub(super) const PARTY: &str = "party";
const LEGISLATURE: &str = "legislature";

/// Whether an entity can be the body of an office of a class: a mayor's is a place, a legislator's is no party ("the Republican
/// senator").
pub(super) fn fits(schema: &Schema, class: &str, body: &Entity) -> bool {
    let is_party = || is_of_class(schema, body, PARTY);
    match class {
        "mayor" => body.kind == EntityKind::Place,
        "executive" => body.kind != EntityKind::Place,
        MEMBER => body.kind == EntityKind::Organization,
        "legislator" | "governor" | "minister" | "head-of-state" | "head-of-government" => !is_party(),
        _ => true,
    }
}

/// Whether the tables have an organization in a class.
fn is_of_class(schema: &Schema, body: &Entity, class: &str) -> bool {
    let words: Vec<&str> = body.name.split(' ').collect();
    schema.gazetteer.find(&words).any(|(entry, _)| entry.id == body.id && entry.class == class)
}

/// Whether a country is another than that of a person of the tables: "Rossi, Iraqi prime minister discuss trade" names two.
pub(super) fn is_foreign(links: &Links, person: usize, country: usize) -> bool {
    let home = links.countries_of_people.get(&links.entities[person].id);
    home.is_some_and(|home| links.entities[country].iso.as_ref().is_some_and(|iso| iso != home))
}

/// Completes bodies, from what says most to what says least.
pub(super) fn complete(schema: &Schema, doc: &Document, links: &Links, phrases: &mut [Phrase]) {
    let salience = Salience::of(schema, doc, links);
    for phrase in &mut *phrases {
        phrase.held.of = phrase.held.of.or_else(|| implied(schema, links, phrase.mention.of.as_deref()?));
    }
    tie_phrases(phrases);
    for number in 0..phrases.len() {
        phrases[number].held.of = phrases[number].held.of.or_else(|| owners(phrases, number));
    }
    for number in (0..phrases.len()).rev() {
        let told = || coordinated(schema, doc, links, phrases, number);
        phrases[number].held.of = phrases[number].held.of.or_else(told);
    }
    for phrase in phrases.iter_mut().filter(|phrase| is_national(phrase)) {
        // The president of the Palestinian Authority is its, wherever it lies, and the "attorney general of Ohio" is Ohio's.
        let is_told = phrase.held.of.map(|of| &links.entities[of]).is_some_and(|of| match of.kind {
            EntityKind::Organization => true,
            EntityKind::Place => phrase.held.title.ends_with(&of.name.to_lowercase()),
            _ => false,
        });
        let home = || phrase.held.holder.and_then(|holder| home(links, holder));
        phrase.held.of = if is_told { phrase.held.of } else { home().or(phrase.held.of) };
    }
    for number in 0..phrases.len() {
        if phrases[number].is_open() {
            phrases[number].held.of = listed(schema, doc, links, phrases, number)
                .or_else(|| sibling(phrases, number))
                .or_else(|| named_again(schema, doc, links, &phrases[number]))
                .or_else(|| told_before(schema, doc, phrases, number))
                .or_else(|| National::of(schema, doc, links, &salience, phrases, number)?.in_sentence())
                .or_else(|| near(schema, doc, links, &phrases[number]));
        }
    }
    tie_phrases(phrases);
    join(schema, doc, links, phrases);
    for number in 0..phrases.len() {
        if phrases[number].is_open() {
            phrases[number].held.of = listed(schema, doc, links, phrases, number)
                .or_else(|| National::of(schema, doc, links, &salience, phrases, number)?.in_article());
        }
    }
    tie_phrases(phrases);
    join(schema, doc, links, phrases);
}

/// Gives titles that an "and" joins the body of one another.
fn join(schema: &Schema, doc: &Document, links: &Links, phrases: &mut [Phrase]) {
    for number in (0..phrases.len()).rev() {
        let told = || coordinated(schema, doc, links, phrases, number);
        phrases[number].held.of = phrases[number].held.of.or_else(told);
    }
    for number in 1..phrases.len() {
        phrases[number].held.of =
            phrases[number].held.of.or_else(|| joined_before(schema, doc, links, phrases, number));
    }
}

/// Completes the bodies of offices whose holders were found last: from the same office elsewhere, the possessive pronoun before them, or
/// the holder's own country.
pub(super) fn complete_predicated(schema: &Schema, doc: &Document, links: &mut Links) {
    tie(&mut links.offices);
    for number in 0..links.offices.len() {
        if links.offices[number].holder.is_some() && links.offices[number].of.is_none() {
            links.offices[number].of = possessed(schema, doc, links, number);
        }
    }
    tie(&mut links.offices);
    for number in 0..links.offices.len() {
        let office = &links.offices[number];
        let national = doc.title_starting(office.tokens.start).is_some_and(|title| is_national_class(&title.class));
        if let (Some(holder), None, true) = (office.holder, office.of, national) {
            let others = links.offices.iter().filter(|other| other.holder == Some(holder)).filter_map(|other| other.of);
            let country = |of: &usize| links.entities[*of].kind == EntityKind::Country;
            links.offices[number].of =
                home(links, holder).or_else(|| only(&others.filter(country).collect::<Vec<_>>()));
        }
    }
}

/// The organization or country that a possessive pronoun before an office stands for: "its director". Of a spokesman of somebody, that
/// person's.
fn possessed(schema: &Schema, doc: &Document, links: &Links, number: usize) -> Option<usize> {
    let office = &links.offices[number];
    let class = doc.title_ending(office.tokens.end).map(|title| title.class.as_str())?;
    let owns = |&child: &usize| doc.tokens[child].is_relation("nmod:poss") && doc.tokens[child].upos == Upos::Pron;
    let pronoun = doc.children(doc.head_of(office.tokens)).find(owns)?;
    let [owner] = *links.at(pronoun) else { return None };
    let of = match links.entities[owner].kind {
        EntityKind::Person => {
            let mut held = links.offices.iter().filter(|other| other.holder == Some(owner) && !other.former);
            held.find_map(|other| other.of).filter(|_| class == "spokesperson")
        }
        _ => Some(owner),
    };
    of.filter(|&of| Some(of) != office.holder && fits(schema, class, &links.entities[of]))
}

fn is_national(phrase: &Phrase) -> bool {
    is_national_class(&phrase.mention.class)
}

pub(super) fn is_national_class(class: &str) -> bool {
    matches!(class, "head-of-state" | "head-of-government" | "minister" | "royal")
}

/// The body of the office that a title's owner holds: "Chancellor Vogel's spokesman" speaks for her country.
fn owners(phrases: &[Phrase], number: usize) -> Option<usize> {
    let owner = phrases[number].owner?;
    phrases.iter().filter(|other| other.held.holder == Some(owner)).find_map(|other| other.held.of)
}

/// The body of the title that an "and" joins to this one, of the same person: "founder and director of Oxfam"; what one is by trade
/// ("a lawyer and senator of Ohio") has none.
fn coordinated(schema: &Schema, doc: &Document, links: &Links, phrases: &[Phrase], number: usize) -> Option<usize> {
    let (here, next) = (&phrases[number], phrases.get(number + 1)?);
    let class = here.mention.class.as_str();
    next.held.of.filter(|&of| {
        are_joined(doc, here, next)
            && !matches!(class, "occupation" | "academic")
            && fits(schema, class, &links.entities[of])
    })
}

/// The body of the title that an "and" joins this one to, of the same person: "EU High Representative/Vice-President Weber".
fn joined_before(schema: &Schema, doc: &Document, links: &Links, phrases: &[Phrase], number: usize) -> Option<usize> {
    let (before, here) = (&phrases[number - 1], &phrases[number]);
    let class = here.mention.class.as_str();
    before.held.of.filter(|&of| {
        are_joined(doc, before, here)
            && !matches!(class, "occupation" | "academic" | "military")
            && fits(schema, class, &links.entities[of])
    })
}

/// Whether two titles of one person have nothing between them but "and" or a slash.
fn are_joined(doc: &Document, a: &Phrase, b: &Phrase) -> bool {
    let gap = a.span.end..b.span.start;
    let joined = gap.len() == 1 && (doc.tokens[gap.start].upos == Upos::Cconj || doc.tokens[gap.start].text == "/");
    joined && of_one(&a.held, &b.held)
}

/// The body that a title implies, where the article speaks of it: one of several names, parted by `|`.
fn implied(schema: &Schema, links: &Links, bodies: &str) -> Option<usize> {
    let known = |body: &str| {
        let words: Vec<&str> = body.split(' ').collect();
        let ids: Vec<&str> = schema.gazetteer.find(&words).map(|(entry, _)| entry.id.as_str()).collect();
        links.entities.iter().position(|entity| {
            let is_it = entity.iso.as_deref() == Some(body) || entity.name == body || ids.contains(&entity.id.as_str());
            is_it && entity.kind != EntityKind::Place
        })
    };
    bodies.split('|').find_map(known)
}

/// The body of the title before in a list of office holders: "Kenyan President Otieno, Foreign Minister Mwangi and …".
fn listed(schema: &Schema, doc: &Document, links: &Links, phrases: &[Phrase], number: usize) -> Option<usize> {
    let (before, here) = (&phrases[number.checked_sub(1)?], &phrases[number]);
    if !before.leads || !here.leads || !is_national(before) || !is_national(here) || of_one(&before.held, &here.held) {
        return None;
    }
    let (mut at, mut is_named, mut is_joined) = (before.span.end, false, false);
    while at < here.span.start {
        let person = links.names_starting(at).find(|m| Some(m.entities[0]) == before.held.holder);
        let word = &doc.tokens[at];
        let joins = word.text == "," || matches!(word.upos, Upos::Cconj | Upos::Det);
        if !joins && person.is_none() && schema.people.honorific(&[&word.text]).is_none() {
            return None;
        }
        is_named |= person.is_some();
        is_joined |= joins;
        at = person.map_or(at + 1, |name| name.tokens.end);
    }
    before.held.of.filter(|_| is_named && is_joined)
}

/// The body of the same office as it was told before, without who holds it: "the owner, Ana Weber" after "the owner of Kelvara".
fn told_before(schema: &Schema, doc: &Document, phrases: &[Phrase], number: usize) -> Option<usize> {
    let here = &phrases[number];
    let article = here.held.tokens.start.checked_sub(1).filter(|&at| at == here.span.start)?;
    let is_definite = schema.words.is(&doc.tokens[article].text, WordClass::Definite);
    let mut before = phrases[..number].iter().rev().filter(|other| {
        other.held.title == here.held.title && other.held.holder.is_none_or(|holder| Some(holder) == here.held.holder)
    });
    before.find_map(|other| other.held.of).filter(|_| is_definite && !is_national(here))
}

/// The body of another national office that the same person holds.
fn sibling(phrases: &[Phrase], number: usize) -> Option<usize> {
    let here = &phrases[number];
    let others = phrases.iter().filter(|other| is_national(other) && of_one(&other.held, &here.held));
    is_national(here).then(|| others.filter_map(|other| other.held.of).next()).flatten()
}

/// How much an article speaks of countries, by code, in names of them and of their places, organizations and people of the tables.
struct Salience(BTreeMap<String, usize>);

impl Salience {
    fn of(schema: &Schema, doc: &Document, links: &Links) -> Salience {
        let mut counts = BTreeMap::new();
        for mention in &links.mentions {
            let [entity] = mention.entities[..] else { continue };
            let entity = &links.entities[entity];
            let Some(code) = country_code(schema, links, entity) else { continue };
            let is_part = links.within_longer(mention.tokens) || is_counterparts(schema, doc, mention.head);
            if !is_part {
                *counts.entry(code).or_default() += match entity.kind {
                    EntityKind::Country => NAMED,
                    _ if doc.is_dateline(mention.tokens) => DATELINE,
                    _ => PART_NAMED,
                };
            }
        }
        Salience(counts)
    }
}

/// The code of the country that an entity is, lies in or belongs to, as far as the tables tell.
fn country_code(schema: &Schema, links: &Links, entity: &Entity) -> Option<String> {
    let own = entity.iso.as_ref().or_else(|| links.countries_of_places.get(&entity.id));
    let told = own.or_else(|| links.countries_of_people.get(&entity.id)).cloned();
    told.or_else(|| {
        let words: Vec<&str> = entity.name.split(' ').collect();
        schema.gazetteer.find(&words).find(|(entry, _)| entry.id == entity.id)?.0.iso.clone()
    })
}

/// Where the country of a national office is looked for, of a person whom no table has.
struct National<'a> {
    schema: &'a Schema,
    doc: &'a Document,
    links: &'a Links,
    salience: &'a Salience,
    title: &'a TitleMention,
    at: usize,
    /// Whether the office is at the head of a state or government: others travel with their own.
    is_head: bool,
    /// Countries whose own office holder the sentence names.
    taken: BTreeSet<usize>,
    /// Countries of which somebody else holds this office.
    filled: BTreeSet<usize>,
}

impl<'a> National<'a> {
    fn of(
        schema: &'a Schema,
        doc: &'a Document,
        links: &'a Links,
        salience: &'a Salience,
        phrases: &[Phrase<'a>],
        number: usize,
    ) -> Option<National<'a>> {
        let here = &phrases[number];
        let holder = &links.entities[here.held.holder?].id;
        let is_head = matches!(here.mention.class.as_str(), "head-of-state" | "head-of-government");
        // An under secretary is a department's, whether named or not.
        let is_departments = here.mention.of.as_deref().is_some_and(|of| of.split('|').all(|body| body.contains(' ')));
        if !is_national(here)
            || is_departments
            || links.countries_of_people.contains_key(holder)
            || is_owned(schema, doc, here)
            || is_of_other(schema, doc, here)
        {
            return None;
        }
        let at = here.span.start;
        let sentence = doc.sentence(at);
        let others = || {
            let holders = phrases.iter().filter(|other| other.held.holder.is_some() && other.held.of.is_some());
            holders.filter(|other| !of_one(&other.held, &here.held))
        };
        // A king and his princess are of one country.
        let is_royal = here.mention.class == "royal";
        let beside = others().filter(|other| !is_royal && sentence.tokens.contains(other.span.start));
        let same =
            others().filter(|other| other.held.title == here.held.title && !other.held.former && !here.held.former);
        let taken = beside.filter_map(|other| other.held.of);
        let taken = taken.chain(destinations(schema, doc, links, here.held.holder?)).collect();
        let filled = same.filter_map(|other| other.held.of).collect();
        Some(National { schema, doc, links, salience, title: here.mention, at, is_head, taken, filled })
    }

    /// The country for which most speaks, where the sentence says so.
    fn in_sentence(&self) -> Option<usize> {
        let sentence = self.in_own_sentence();
        self.in_article().filter(|best| sentence.iter().any(|(country, _)| country == best))
    }

    /// The country for which most speaks, in all; `None` where that is one that is not named, or where nothing but names of it and its
    /// places speaks for it, and not by far the most.
    fn in_article(&self) -> Option<usize> {
        let number = self.doc.sentence(self.at).paragraph;
        let paragraph = self.doc.sentences.iter().find(|other| other.paragraph == number)?.tokens.start;
        let all = self.countries(TokenSpan::new(0, self.doc.tokens.len()));
        let before = all.iter().rfind(|(head, _)| (paragraph..self.at).contains(head));
        let in_paragraph = before.filter(|(head, _)| self.is_spoken_of(*head)).map(|&(_, country)| (country, BESIDE));
        let visited = all.iter().filter(|(head, _)| self.is_head && self.is_visited(*head));
        let only_visited = only(&visited.map(|(_, country)| *country).collect::<Vec<_>>());
        let told: Vec<(usize, usize)> = self
            .in_own_sentence()
            .into_iter()
            .chain(in_paragraph)
            .chain(only_visited.map(|country| (country, VISITED)))
            .chain(self.place_before().map(|country| (country, BESIDE)))
            .collect();
        let position = |code: &str| self.links.entities.iter().position(|entity| entity.iso.as_deref() == Some(code));
        let may_have = self.salience.0.iter().filter(|(code, _)| self.has_office(code));
        let scored = may_have.map(|(code, count)| {
            let country = position(code);
            let points: usize =
                told.iter().filter(|(other, _)| Some(*other) == country).map(|(_, points)| points).sum();
            (count + points, points, country)
        });
        let is_taken = |country: usize, points: usize| {
            self.taken.contains(&country) || points < SENTENCE && self.filled.contains(&country)
        };
        let free = scored.filter(|&(_, points, country)| !country.is_some_and(|country| is_taken(country, points)));
        let mut ranked: Vec<(usize, usize, Option<usize>)> = free.collect();
        ranked.sort_by_key(|&(score, points, country)| std::cmp::Reverse((score, points, std::cmp::Reverse(country))));
        let &(score, points, country) = ranked.first()?;
        let second = ranked.get(1).map_or(1, |(score, _, _)| *score);
        country
            .filter(|_| score > second)
            .filter(|_| points > 0 || score >= DATELINE || 2 * score >= PREDOMINANT_HALVES * second)
    }

    /// The country in which the last place lies that the sentence names before it: "In Beirut, Prime Minister Ana Weber".
    fn place_before(&self) -> Option<usize> {
        let sentence = self.doc.sentence(self.at).tokens;
        let before = self.links.within(TokenSpan::new(sentence.start, self.at));
        let places =
            before.filter(|mention| !self.doc.is_dateline(mention.tokens)).flat_map(|mention| &mention.entities);
        let code =
            places.filter_map(|&place| self.links.countries_of_places.get(&self.links.entities[place].id)).last()?;
        self.links.entities.iter().position(|entity| entity.iso.as_ref() == Some(code))
    }

    /// The last country that the sentence names before it, or the only one at all, with how much that says; not one that only the words
    /// of a quotation name, where the office stands outside: "my visit to Chile," Transport Minister Berge said.
    fn in_own_sentence(&self) -> Option<(usize, usize)> {
        let tokens = &self.doc.tokens;
        let mut named = self.countries(self.doc.sentence(self.at).tokens);
        named.retain(|(head, _)| !tokens[*head].quoted || tokens[self.at].quoted);
        let before = named.iter().rfind(|(head, _)| *head < self.at);
        let is_telling = |head: usize| self.is_own(head) || self.is_visited(head);
        let before = before.filter(|(head, _)| is_telling(*head)).map(|&(_, country)| (country, SENTENCE));
        before.or_else(|| {
            let around = named.iter().filter(|(head, _)| self.is_spoken_of(*head));
            only(&around.map(|(_, country)| *country).collect::<Vec<_>>()).map(|country| (country, BESIDE))
        })
    }

    /// The countries in a span that may be meant, each with the token that names it.
    fn countries(&self, span: TokenSpan) -> Vec<(usize, usize)> {
        let mentions = self.links.mentions.iter();
        let mentions = mentions.filter(|m| span.contains(m.head) && !is_counterparts(self.schema, self.doc, m.head));
        let named = mentions.flat_map(|m| m.entities.iter().map(|&entity| (m.head, entity)));
        let is_free = |&(_, entity): &(usize, usize)| {
            self.links.entities[entity].kind == EntityKind::Country && !self.taken.contains(&entity)
        };
        named.filter(is_free).collect()
    }

    /// Whether a country is spoken of, and not only what something is done to or about: "the ambassador to China", "left Belarus".
    fn is_spoken_of(&self, head: usize) -> bool {
        !matches!(self.doc.tokens[head].deprel, "obj" | "obl") && self.is_own(head)
    }

    /// Whether no preposition but "of" stands before a country.
    fn is_own(&self, head: usize) -> bool {
        let mut cases = self.doc.children(head).filter(|&child| self.doc.tokens[child].deprel == "case");
        cases.all(|child| {
            let word = &self.doc.tokens[child];
            word.upos == Upos::Part || self.schema.words.is(&word.text, WordClass::Body)
        })
    }

    /// Whether a country has heads of state of the title's kind, as far as the tables tell: a king is of no republic.
    fn has_office(&self, code: &str) -> bool {
        const HEADS: [&str; 2] = ["head-of-state", "royal"];
        let class = |title: &str| {
            let words: Vec<&str> = title.split(' ').collect();
            self.schema.people.title(&words).map(|title| title.class.as_str()).filter(|class| HEADS.contains(class))
        };
        let own = Some(self.title.class.as_str()).filter(|class| HEADS.contains(class));
        let mut heads = self.schema.known_people.titles_of(code).filter_map(class).peekable();
        own.is_none() || heads.peek().is_none() || heads.any(|class| Some(class) == own)
    }

    /// Whether a country is where somebody goes or is: "my visit to India".
    fn is_visited(&self, head: usize) -> bool {
        let is_place = |child: usize| self.schema.words.is(&self.doc.tokens[child].lemma, WordClass::Place);
        self.doc.children(head).any(|child| self.doc.tokens[child].deprel == "case" && is_place(child))
    }
}

/// The countries to which somebody goes: "Minister Weber's travel to Chile and Peru", "Weber will visit Chile".
fn destinations(schema: &Schema, doc: &Document, links: &Links, person: usize) -> BTreeSet<usize> {
    let travels = |at: usize| {
        let goes = schema.words.is(&doc.tokens[at].lemma.to_lowercase(), WordClass::Travel);
        let who = |child: usize| {
            (doc.tokens[child].is_relation("nsubj") || doc.tokens[child].is_relation("nmod:poss"))
                && links.at(child) == [person]
        };
        goes && doc.children(at).any(who)
    };
    let is_to = |at: usize| {
        let mut cases = doc.children(at).filter(|&child| doc.tokens[child].deprel == "case");
        match doc.tokens[at].deprel {
            "obj" => true,
            "obl" | "nmod" => cases.any(|case| {
                schema.words.is(&doc.tokens[case].lemma, WordClass::Place)
                    || schema.words.is(&doc.tokens[case].lemma, WordClass::Of)
                        && !schema.words.is(&doc.tokens[case].lemma, WordClass::Body)
            }),
            _ => false,
        }
    };
    let conjuncts = |at: usize| doc.children(at).filter(|&child| doc.tokens[child].deprel == "conj");
    let goals = (0..doc.tokens.len()).filter(|&at| travels(at)).flat_map(|at| doc.children(at)).filter(|&at| is_to(at));
    goals
        .flat_map(|goal| std::iter::once(goal).chain(conjuncts(goal)))
        .flat_map(|goal| links.at(goal).iter().copied())
        .filter(|&entity| links.entities[entity].kind == EntityKind::Country)
        .collect()
}

/// Whether an office is that of a body told before by a pronoun: "its president".
fn is_owned(schema: &Schema, doc: &Document, here: &Phrase) -> bool {
    let owns = |child: usize| {
        let token = &doc.tokens[child];
        let is_thing = |pronoun: Pronoun| pronoun.plural || pronoun.gender == Gender::Neuter;
        token.is_relation("nmod:poss") && schema.people.pronoun(&token.text).is_some_and(is_thing)
    };
    doc.children(doc.head_of(here.held.tokens)).any(owns)
}

/// Whether an office is "of" what was not made out, or of what its own words tell: "president of the football federation".
fn is_of_other(schema: &Schema, doc: &Document, here: &Phrase) -> bool {
    let is_of = |at: usize| doc.tokens.get(at).is_some_and(|word| schema.words.is(&word.text, WordClass::Body));
    let class = here.mention.class.as_str();
    is_of(here.span.end) || class != "minister" && here.held.tokens.range().any(is_of)
}

/// Whether a country only tells whose office holder somebody else is: "her Norwegian counterpart".
fn is_counterparts(schema: &Schema, doc: &Document, country: usize) -> bool {
    let noun = doc.tokens[country].head;
    noun.is_some_and(|noun| schema.words.is(&doc.tokens[noun].lemma, WordClass::Counterpart))
}

/// The organization that a noun of the title's phrase names again: "the department's spokesman", "committee chairman Ana Weber".
fn named_again(schema: &Schema, doc: &Document, links: &Links, here: &Phrase) -> Option<usize> {
    let title = here.held.tokens;
    let sentence = doc.sentence(title.start).tokens;
    let owned = here.span.start.checked_sub(2).filter(|&noun| {
        noun >= sentence.start && matches!(doc.tokens[noun + 1].text.as_str(), "'s" | "’s" | "'" | "’")
    });
    let of_phrase = (here.span.start..title.end - 1).filter(|_| !is_national(here));
    // "president of the court"
    let behind = here.span.end + 2;
    let is = |at: usize, class| schema.words.is(&doc.tokens[at].text, class);
    let of_noun = behind < sentence.end
        && is(behind - 2, WordClass::Body)
        && is(behind - 1, WordClass::Definite)
        && !doc.tokens.get(behind + 1).is_some_and(|next| matches!(next.upos, Upos::Noun | Upos::Propn));
    let of_noun = Some(behind).filter(|_| of_noun);
    let is_told = |m: &LinkedMention| doc.name_at(m.tokens).is_some_and(|name| name.noun.is_some());
    let organizations = || {
        let of_one = links.mentions.iter().filter(|m| m.entities.len() == 1 && (m.tokens.len() > 1 || is_told(m)));
        of_one.filter(|m| links.entities[m.entities[0]].kind == EntityKind::Organization)
    };
    let has = |m: &LinkedMention, noun: usize| {
        let word = doc.tokens[noun].lemma.to_lowercase();
        doc.tokens[m.tokens.range()].iter().any(|part| part.text.to_lowercase() == word)
    };
    let named = |noun: usize| {
        let is_noun = matches!(doc.tokens[noun].upos, Upos::Noun | Upos::Propn)
            && matches!(schema.people.name_head(&doc.tokens[noun].lemma), Some((Some(EntityKind::Organization), _)));
        let before = organizations().rfind(|m| m.tokens.end <= noun && has(m, noun));
        before.or_else(|| organizations().find(|m| m.tokens.start > noun && has(m, noun))).filter(|_| is_noun)
    };
    let last = |noun: usize| {
        let is_body = schema.words.is(&doc.tokens[noun].lemma, WordClass::OrganizationNoun);
        // No tribunal is "the company".
        let is_other = |m: &&LinkedMention| {
            let word = &doc.tokens[m.tokens.end - 1].text;
            schema.people.name_head(word).is_some() && !schema.words.is(word, WordClass::OrganizationNoun)
        };
        organizations().rfind(|m| m.tokens.end <= noun && is_body && !is_other(m))
    };
    let called = |noun: usize| links.last_called(doc, noun);
    let found = owned.into_iter().chain(of_noun).chain(of_phrase).find_map(named);
    let found = found.or_else(|| owned.or(of_noun).and_then(called)).or_else(|| owned.and_then(last))?;
    Some(found.entities[0]).filter(|&of| fits(schema, &here.mention.class, &links.entities[of]))
}

/// The country of a person of the tables, where the article names it.
fn home(links: &Links, person: usize) -> Option<usize> {
    let code = links.countries_of_people.get(&links.entities[person].id)?;
    links.entities.iter().position(|entity| entity.iso.as_ref() == Some(code))
}

/// What an office of a place or an organization is of, where its sentence names one of that kind and no other.
fn near(schema: &Schema, doc: &Document, links: &Links, here: &Phrase) -> Option<usize> {
    let kinds: &[EntityKind] = match here.mention.class.as_str() {
        "mayor" => &[EntityKind::Place],
        "governor" => &[EntityKind::Place, EntityKind::Country],
        "executive" | "spokesperson" | "official" | "party-leader" | "legislator" => &[EntityKind::Organization],
        _ => return None,
    };
    let told = doc.tokens.get(here.span.end).is_some_and(|next| schema.words.is(&next.text, WordClass::Of));
    if told || is_owned(schema, doc, here) {
        // "chairman of" a body that was not made out, "its chairman".
        return None;
    }
    let mentions = links.in_sentence(doc.tokens[here.span.start].sentence).filter(|m| !doc.is_dateline(m.tokens));
    let entities = mentions.flat_map(|m| m.entities.iter().copied());
    // "the company's owner" is not that of a tribunal.
    let owner = here.span.start.checked_sub(2).filter(|&at| matches!(doc.tokens[at + 1].text.as_str(), "'s" | "’s"));
    let is_other = |entity: &Entity| {
        let last = entity.name.rsplit(' ').next().unwrap_or_default();
        owner.is_some_and(|noun| {
            schema.people.name_head(last).is_some() && last.to_lowercase() != doc.tokens[noun].lemma
        })
    };
    let may_be = |&entity: &usize| {
        let entity = &links.entities[entity];
        let is_chamber =
            || entity.name.split(' ').any(|word| schema.words.is(&word.to_lowercase(), WordClass::Chamber));
        let sits_there = here.mention.class != "legislator" || is_of_class(schema, entity, LEGISLATURE) || is_chamber();
        kinds.contains(&entity.kind) && sits_there && !is_other(entity) && fits(schema, &here.mention.class, entity)
    };
    only(&entities.filter(may_be).collect::<Vec<_>>())
}

/// The one that all of some entities are.
fn only(entities: &[usize]) -> Option<usize> {
    entities.first().copied().filter(|first| entities.iter().all(|entity| entity == first))
}

fn tie_phrases(phrases: &mut [Phrase]) {
    let known = bodies(phrases.iter().map(|phrase| &phrase.held));
    phrases.iter_mut().for_each(|phrase| tie_one(&known, &mut phrase.held));
}

/// Gives an office without a body that of the same person's same office elsewhere.
pub(super) fn tie(offices: &mut [OfficeHeld]) {
    let known = bodies(offices.iter());
    offices.iter_mut().for_each(|office| tie_one(&known, office));
}

type Bodies = BTreeMap<(usize, String), usize>;

/// The body of each person's each office, the first told.
fn bodies<'a>(offices: impl Iterator<Item = &'a OfficeHeld>) -> Bodies {
    let mut known = Bodies::new();
    for office in offices {
        if let (Some(holder), Some(of)) = (office.holder, office.of) {
            known.entry((holder, office.title.clone())).or_insert(of);
        }
    }
    known
}

fn tie_one(known: &Bodies, office: &mut OfficeHeld) {
    if let (Some(holder), None) = (office.holder, office.of) {
        office.of = known.get(&(holder, office.title.clone())).copied();
    }
}
