//! Titles and offices: who holds which, of what.
//!
//! "French President Emmanuel Macron", "Sergei Lavrov, the Russian foreign minister", "Prime Minister Netanyahu of Israel".

mod body;
mod holder;

use super::Links;
use crate::base::TokenSpan;
use crate::nlp::{Document, Number, TitleMention, Upos};
use crate::schema::{EntityKind, Schema, WordClass};

/// Titles that go with a name without being an office: "Dr", "Sheikh", "Father".
pub(super) const COURTESY: &str = "courtesy";

/// Titles that tell nothing without their body: "member", "candidate".
const MEMBER: &str = "member";

/// Those who speak for somebody.
const SPOKESPERSON: &str = "spokesperson";

/// Classes of titles whose holders are "at" a body or "from" a place.
const BASED: [&str; 6] = ["academic", "executive", "official", "occupation", "legislator", "spokesperson"];

/// A title in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct OfficeHeld {
    /// The title's words.
    pub tokens: TokenSpan,
    /// In lower case: `foreign minister`.
    pub title: String,
    pub former: bool,
    /// The country or organization whose office it is, an index of entities.
    pub of: Option<usize>,
    /// Who holds it, an index of entities; `None` where it stands alone ("the foreign minister").
    pub holder: Option<usize>,
}

/// A title's phrase while its holder and body are sought.
struct Phrase<'a> {
    mention: &'a TitleMention,
    /// From what modifies the title to the end of its complement: "the Iraqi minister of oil".
    span: TokenSpan,
    /// Whether the holder's name follows the title.
    leads: bool,
    /// Whose it is, an index of entities: Weber of "Weber's spokesman".
    owner: Option<usize>,
    held: OfficeHeld,
}

impl Phrase<'_> {
    /// Whether somebody holds the office, and nothing tells yet whose it is.
    fn is_open(&self) -> bool {
        self.held.holder.is_some() && self.held.of.is_none()
    }
}

/// Finds the titles of a document, in order.
pub fn find(schema: &Schema, doc: &Document, links: &mut Links) {
    let titles: Vec<TitleMention> =
        doc.titles.iter().filter_map(|title| outside_names(schema, doc, links, title)).collect();
    let titles = titles.iter().filter(|title| title.class != COURTESY);
    let mut phrases: Vec<Phrase> = titles.flat_map(|title| phrases_of(schema, doc, links, title)).collect();
    holder::share(schema, doc, links, &mut phrases);
    body::complete(schema, doc, links, &mut phrases);
    let counterparts = holder::counterparts(schema, doc, links, &phrases);
    for phrase in phrases.iter_mut().filter(|phrase| phrase.mention.class == MEMBER && phrase.held.of.is_none()) {
        phrase.held.holder = None;
    }
    links.offices = phrases.into_iter().map(|phrase| phrase.held).chain(counterparts).collect();
    links.offices.sort_by_key(|office| office.tokens.start);
}

/// Gives holders to the titles that the tree says of a pronoun: "He had served as mayor".
pub fn find_predicated(schema: &Schema, doc: &Document, links: &mut Links) {
    for number in 0..links.offices.len() {
        let office = &links.offices[number];
        let is_telling = |class: &str| class != MEMBER || office.of.is_some();
        let class = doc.title_ending(office.tokens.end).map_or("", |title| &title.class);
        if office.holder.is_none() && is_telling(class) {
            let title = doc.head_of(office.tokens);
            let context = Context::of(schema, doc, links, title);
            let told = context
                .holder_in_tree(title, true)
                .or_else(|| holder::former_of_tables(schema, doc, links, number))
                .or_else(|| holder::coreferent(schema, doc, links, number));
            let of = office.of;
            links.offices[number].holder =
                told.filter(|&person| !of.is_some_and(|of| body::is_foreign(links, person, of)));
        }
    }
    body::complete_predicated(schema, doc, links);
    subsume(&mut links.offices);
}

/// Drops the holder of an office that another of theirs says in full: "minister" beside "foreign minister of Iraq".
fn subsume(offices: &mut [OfficeHeld]) {
    let words = |title: &str| title.split([' ', '-']).map(str::to_owned).collect::<Vec<String>>();
    let told: Vec<(Option<usize>, Vec<String>, Option<usize>)> =
        offices.iter().map(|office| (office.holder, words(&office.title), office.of)).collect();
    for (office, (holder, title, of)) in offices.iter_mut().zip(&told) {
        let fuller = told.iter().any(|(other_holder, other, other_of)| {
            let longer = other.len() > title.len() && (other.ends_with(title) || other.starts_with(title));
            let same = other == title && of.is_none() && other_of.is_some();
            // "the Deputy Secretary" is the "Deputy Secretary of State", in whatever department.
            let in_full = longer && other.starts_with(title) && other[title.len()] == "of";
            other_holder == holder && (longer && (of.is_none() || of == other_of) || same || in_full)
        });
        if holder.is_some() && fuller {
            office.holder = None;
        }
    }
}

/// The title without the name that it crosses: of "Labour Party leader" the title is "leader", not "party leader". `None` where its
/// words are a name's, or part of one.
fn outside_names(schema: &Schema, doc: &Document, links: &Links, title: &TitleMention) -> Option<TitleMention> {
    let tokens = title.tokens;
    let starts = doc.sentence(tokens.start).tokens.start..tokens.end;
    let mut mentions = starts.flat_map(|start| links.names_starting(start));
    let crossing = mentions.find(|m| m.tokens.overlaps(tokens) && (!tokens.covers(m.tokens) || m.tokens == tokens));
    let Some(name) = crossing.map(|mention| mention.tokens) else { return Some(title.clone()) };
    if name.start >= tokens.start || name.end >= tokens.end {
        return None;
    }
    let rest = TokenSpan::new(name.end, tokens.end);
    let known = schema.people.title(&doc.words(rest))?;
    let words = known.title.clone();
    Some(TitleMention { tokens: rest, title: words, class: known.class.clone(), of: known.of.clone() })
}

/// A title with its holder, and with each other one of those whom a plural title lists: "Presidents Weber and Rossi".
fn phrases_of<'a>(
    schema: &'a Schema,
    doc: &'a Document,
    links: &'a Links,
    mention: &'a TitleMention,
) -> Vec<Phrase<'a>> {
    let first = phrase(schema, doc, links, mention);
    let context = Context::of(schema, doc, links, mention.tokens.start);
    let listed = context.named_after(mention, first.span).filter(|_| context.is_plural(mention.tokens));
    let Some((_, name)) = listed else { return vec![first] };
    let inside = context.inside(mention);
    let shared = first.held.of.filter(|&of| context.own_body(name.end, mention).1 != Some(of));
    let further = context.listed_behind(name, mention).into_iter().map(|(person, of)| {
        let of = of.filter(|&of| body::fits(schema, &mention.class, &links.entities[of]));
        let held = OfficeHeld { of: inside.or(of).or(shared), holder: Some(person), ..first.held.clone() };
        Phrase { mention, span: first.span, leads: true, owner: first.owner, held }
    });
    let further: Vec<Phrase> = further.collect();
    std::iter::once(first).chain(further).collect()
}

fn phrase<'a>(schema: &Schema, doc: &Document, links: &Links, mention: &'a TitleMention) -> Phrase<'a> {
    let tokens = mention.tokens;
    let context = Context::of(schema, doc, links, tokens.start);
    let (start, of_left, former) = context.before(tokens);
    let (end, of_right) = match context.complement(tokens.end, &mention.class) {
        told @ (_, Some(_)) => told,
        (end, None) => context.behind_matter(end, &mention.class).map_or((end, None), |(end, of)| (end, Some(of))),
    };
    let after = context
        .named_after(mention, TokenSpan::new(start, end))
        .filter(|_| !context.is_of_title(tokens, end))
        .or_else(|| context.named_behind_noun(end).filter(|_| mention.class != MEMBER));
    let holder = after.map(|(person, _)| person);
    let before = || {
        let head = doc.head_of(tokens);
        let told = context.holder_before(start, head).or_else(|| context.holder_in_tree(head, false));
        let is_own = !context.is_possessive(end) && !context.is_postnominal(tokens) && context.chief(tokens).is_none();
        told.filter(|&person| is_own && !of_left.is_some_and(|of| body::is_foreign(links, person, of)))
    };
    let of_name = after.and_then(|(_, name)| context.own_body(name.end, mention).1);
    let fits = |of: &usize| body::fits(schema, &mention.class, &links.entities[*of]);
    let (of_right, of_left) = (of_right.filter(fits), of_left.filter(fits));
    let of = if context.is_based(tokens.end) { of_left.or(of_right) } else { of_right.or(of_left) };
    let of = context
        .inside(mention)
        .filter(fits)
        .or(of)
        .or(of_name.filter(fits))
        .or(context.behind_comma(end).filter(|of| holder.is_none() && fits(of)));
    Phrase {
        mention,
        span: TokenSpan::new(start, end),
        leads: holder.is_some(),
        owner: context.owner(start).or_else(|| context.spoken_for(tokens.end, &mention.class).map(|(_, owner)| owner)),
        held: OfficeHeld { tokens, title: mention.title.clone(), former, of, holder: holder.or_else(before) },
    }
}

/// What can be read around a title in its sentence.
struct Context<'a> {
    schema: &'a Schema,
    doc: &'a Document,
    links: &'a Links,
    sentence: TokenSpan,
}

impl<'a> Context<'a> {
    fn of(schema: &'a Schema, doc: &'a Document, links: &'a Links, token: usize) -> Context<'a> {
        Context { schema, doc, links, sentence: doc.sentence(token).tokens }
    }

    fn word(&self, at: usize) -> &str {
        &self.doc.tokens[at].text
    }

    /// The mention of a name that ends at a token, with its entity.
    fn name_ending(&self, end: usize) -> Option<(TokenSpan, usize)> {
        let mention = self.links.names_ending(end).max_by_key(|m| m.tokens.len())?;
        Some((mention.tokens, mention.entities[0]))
    }

    fn name_starting(&self, start: usize) -> Option<(TokenSpan, usize)> {
        let mention = self.links.names_starting(start).max_by_key(|m| m.tokens.len())?;
        Some((mention.tokens, mention.entities[0]))
    }

    fn is_person(&self, entity: usize) -> bool {
        self.links.entities[entity].kind == EntityKind::Person
    }

    /// What stands before a title: where its phrase starts, its body, whether it is a former office.
    fn before(&self, title: TokenSpan) -> (usize, Option<usize>, bool) {
        let (mut start, mut of, mut former) = (title.start, None, false);
        while start > self.sentence.start {
            let word = self.word(start - 1);
            if self.schema.words.is(word, WordClass::Former) {
                former = true;
            } else if let Some((name, entity)) = self.body_ending(start) {
                of = of.or(Some(entity));
                start = name.start;
                continue;
            } else if self.parts_items(start - 1)
                || !self.schema.words.is(word, WordClass::Apart) && word != "-" && !self.modifies(start - 1, title)
            {
                break;
            }
            start -= 1;
        }
        if start > self.sentence.start && self.doc.tokens[start - 1].upos == Upos::Det {
            start -= 1;
        }
        (start, of, former)
    }

    /// Whether a token is a noun or an adjective that modifies the title: "Department" of "Department spokesperson".
    fn modifies(&self, at: usize, title: TokenSpan) -> bool {
        let is_modifier = |at: usize| {
            let token = &self.doc.tokens[at];
            matches!(token.deprel, "compound" | "amod" | "nmod:desc")
                && matches!(token.upos, Upos::Noun | Upos::Adj | Upos::Propn)
        };
        // "human" of "chief human resources officer"
        let mut modified = std::iter::successors(Some(at), |&at| {
            self.doc.tokens[at].head.filter(|&head| head > at && is_modifier(at))
        });
        modified.any(|at| title.contains(at)) && self.name_ending(at + 1).is_none()
    }

    /// The country or organization whose name, or possessive, ends at a token.
    fn body_ending(&self, end: usize) -> Option<(TokenSpan, usize)> {
        let possessive = matches!(self.word(end - 1), "'s" | "’s" | "'" | "’");
        let end = if possessive { end - 1 } else { end };
        let (name, entity) = self.name_ending(end)?;
        (!self.is_person(entity) && name.start >= self.sentence.start).then_some((name, entity))
    }

    /// Where what follows a holder's name ends, and the body that it gives: "of Ohio", "(Ohio)", "(R-Ohio)", ", R-Ohio".
    fn own_body(&self, start: usize, title: &TitleMention) -> (usize, Option<usize>) {
        let told = self.complement(start, &title.class);
        let is_chamber = |at: usize| self.schema.words.is(self.word(at), WordClass::Chamber);
        // A speaker of the house is elected in a state, and is not its speaker.
        let is_leaders = title.of.is_some() && title.tokens.len() > 1 || title.tokens.range().any(is_chamber);
        let is_of_state = matches!(title.class.as_str(), "legislator" | "governor") && !is_leaders;
        let behind = || {
            let party = |at: usize| is_of_state || self.past_party(at) == at;
            self.in_brackets(start).or_else(|| self.behind_party(start)).filter(|_| party(start + 1))
        };
        let adherent = || self.behind_adherent(start).filter(|_| is_of_state);
        if told.1.is_some() { told } else { behind().or_else(adherent).map_or(told, |(end, body)| (end, Some(body))) }
    }

    /// What the word for an adherent behind a comma is of: "Ana Weber, Republican of Ohio", "Ana Weber, an Ohio Republican".
    fn behind_adherent(&self, start: usize) -> Option<(usize, usize)> {
        let is = |at: usize, class| at < self.sentence.end && self.schema.words.is(self.word(at), class);
        let is_party = |at: usize| {
            at < self.sentence.end
                && self.word(at).starts_with(char::is_uppercase)
                && self.schema.gazetteer.find(&[self.word(at)]).any(|(entry, _)| entry.class == body::PARTY)
        };
        let apart = start + 1 < self.sentence.end && self.word(start) == ",";
        let first = start + 1 + usize::from(is(start + 1, WordClass::Indefinite));
        let place = |at: usize| self.name_starting(at).filter(|(_, entity)| !self.is_person(*entity));
        let before = || place(first).filter(|(name, _)| is_party(name.end)).map(|(name, place)| (name.end + 1, place));
        let behind = || {
            let of_place = is_party(first) && is(first + 1, WordClass::Body);
            place(first + 2).filter(|_| of_place).map(|(name, place)| (name.end, place))
        };
        if apart { behind().or_else(before) } else { None }
    }

    /// The body that the title's own words end with: "Judicial Watch" of "president of Judicial Watch".
    fn inside(&self, title: &TitleMention) -> Option<usize> {
        let end = title.tokens.end;
        let of = title.tokens.range().find(|&at| self.schema.words.is(self.word(at), WordClass::Of))?;
        let named = (of + 1..end).find_map(|at| self.name_starting(at)).or_else(|| self.named_elsewhere(of + 1, end));
        let (name, entity) = named?;
        let led = (of + 1..name.start).all(|at| self.doc.tokens[at].upos == Upos::Det);
        let is_organization = self.is_organization(entity);
        let is_matter = match title.class.as_str() {
            "diplomat" => true,
            "minister" | "official" => {
                !self.schema.words.is(self.word(of), WordClass::Body) || is_organization && title.class == "minister"
            }
            _ => false,
        };
        (led && name.end == end && !is_matter && !self.is_person(entity)).then_some(entity)
    }

    /// The end of a title that the article gives elsewhere as an organization's name: "Council of Governors" of "Co-Chair of the Council
    /// of Governors".
    fn named_elsewhere(&self, start: usize, end: usize) -> Option<(TokenSpan, usize)> {
        let start = (start..end).find(|&at| self.doc.tokens[at].upos != Upos::Det)?;
        let name = self.doc.words(TokenSpan::new(start, end)).join(" ");
        let mut entities = self.links.entities.iter();
        let found = entities.position(|entity| {
            entity.kind == EntityKind::Organization && (entity.name == name || entity.aliases.contains(&name))
        })?;
        Some((TokenSpan::new(start, end), found))
    }

    /// Whether a title goes with the title behind it rather than with a name: "critic of US President Ana Weber".
    fn is_of_title(&self, title: TokenSpan, end: usize) -> bool {
        let is_small = self.word(title.start).chars().next().is_some_and(char::is_lowercase);
        is_small && end > title.end && self.doc.title_starting(end).is_some()
    }

    /// What stands alone, or behind the letter of a party, in brackets: "Governor Ana Weber (Ohio)", "Senator Ana Weber (R-Ohio)"; the
    /// number of a constituency is no body.
    fn in_brackets(&self, start: usize) -> Option<(usize, usize)> {
        let opens = start + 1 < self.sentence.end && self.word(start) == "(";
        let inside = self.past_party(start + 1);
        let (name, entity) = self.name_starting(inside).filter(|_| opens)?;
        let closing = name.end + usize::from(name.end < self.sentence.end && self.word(name.end) == ".");
        let closes = closing < self.sentence.end && self.word(closing) == ")";
        let is_numbered = name.range().any(|at| self.word(at).contains(|c: char| c.is_ascii_digit()));
        (closes && !is_numbered && !self.is_person(entity)).then_some((closing + 1, entity))
    }

    /// What a comma and the letter of a party part from a name: "Ana Weber, R-Ohio".
    fn behind_party(&self, start: usize) -> Option<(usize, usize)> {
        let apart = start + 1 < self.sentence.end && self.word(start) == ",";
        let inside = self.past_party(start + 1);
        let (name, entity) = self.name_starting(inside).filter(|_| apart && inside > start + 1)?;
        (!self.is_person(entity)).then_some((name.end, entity))
    }

    /// Past the letter of a party and its dash, where there are such: "R-" of "R-Ohio".
    fn past_party(&self, start: usize) -> usize {
        let is_letter = |word: &str| word.len() == 1 && word.chars().all(char::is_uppercase);
        let parted = start + 2 < self.sentence.end
            && is_letter(self.word(start))
            && matches!(self.word(start + 1), "-" | "–" | "—");
        if parted { start + 2 } else { start }
    }

    /// Whether a title's own word is a plural: "Senators", "ministers of defense".
    fn is_plural(&self, title: TokenSpan) -> bool {
        // The tagger tells no number of "Presidents Weber and Rossi".
        let known = |at: &usize| {
            let singular = self.word(*at).trim_end_matches('.').strip_suffix('s');
            self.doc.tokens[*at].morphology.number == Some(Number::Plural)
                || singular.is_some_and(|singular| self.schema.people.title(&[singular]).is_some())
        };
        let own = title.range().take_while(|&at| !self.schema.words.is(self.word(at), WordClass::Of)).last();
        own.filter(known).is_some()
    }

    /// What a comma and the end of its item part from the title, as in lists: "Ana Weber, Director, Oxfam; …", "… Oxfam - Ola Nor, …".
    fn behind_comma(&self, start: usize) -> Option<usize> {
        let is_apart = start + 1 < self.sentence.end && self.word(start) == ",";
        let (name, entity) = self.name_starting(start + 1).filter(|_| is_apart)?;
        let closes = name.end >= self.sentence.end || matches!(self.word(name.end), ";" | "." | "-" | "–" | "(");
        (closes && !self.is_person(entity)).then_some(entity)
    }

    /// The person whose possessive ends where a title's phrase starts.
    fn owner(&self, start: usize) -> Option<usize> {
        let mark = start.checked_sub(1).filter(|&at| at > self.sentence.start && self.is_possessive(at))?;
        self.name_ending(mark).map(|(_, entity)| entity).filter(|&entity| self.is_person(entity))
    }

    fn is_possessive(&self, at: usize) -> bool {
        at < self.sentence.end && matches!(self.word(at), "'s" | "’s" | "'" | "’")
    }

    /// Whether "at" or "from" follows: a weaker tie than "of".
    fn is_based(&self, at: usize) -> bool {
        at < self.sentence.end && self.schema.words.is(self.word(at), WordClass::Based)
    }

    /// "of Egypt", "for Foreign Affairs of the Republic of Iraq": where it ends, and the first body in it.
    ///
    /// What envoys are "to" and ministers "for" is no body of theirs.
    fn complement(&self, start: usize, class: &str) -> (usize, Option<usize>) {
        let based = self.is_based(start) && BASED.contains(&class);
        if start >= self.sentence.end || !based && !self.schema.words.is(self.word(start), WordClass::Of) {
            return (start, None);
        }
        let is_body =
            !matches!(class, "diplomat" | "minister") || self.schema.words.is(self.word(start), WordClass::Body);
        let mut at = start + 1;
        while at < self.sentence.end && self.doc.tokens[at].upos == Upos::Det && self.name_starting(at).is_none() {
            at += 1;
        }
        match self.last_owned(self.past_description(at)) {
            Some((name, entity)) if !self.is_person(entity) && !self.only_modifies(name) => {
                let (end, further) = self.complement(self.past_brackets(self.region_end(name.end)), class);
                (end, if is_body { Some(entity) } else { further })
            }
            _ => (self.spoken_for(start, class).map_or(start, |(name, _)| name.end), None),
        }
    }

    /// The organization that is told behind what an office is for: "professor of constitutional law at Leiden University".
    fn behind_matter(&self, start: usize, class: &str) -> Option<(usize, usize)> {
        const LONGEST: usize = 8;
        let is_matter = |at: usize| {
            let is_word = matches!(
                self.doc.tokens[at].upos,
                Upos::Det | Upos::Adj | Upos::Noun | Upos::Propn | Upos::Cconj | Upos::Punct
            );
            (is_word || self.schema.words.is(self.word(at), WordClass::Complement))
                && self.word(at).starts_with(|c: char| c.is_lowercase() || c == ',')
        };
        let reach = self.sentence.end.min(start + LONGEST);
        let at = (start..reach).find(|&at| self.is_based(at) || !is_matter(at))?;
        let is_told = at > start + 1 && self.is_based(at) && BASED.contains(&class) && self.word(start) != ",";
        let led = at + 1 + usize::from(at + 1 < self.sentence.end && self.doc.tokens[at + 1].upos == Upos::Det);
        let named = |at: usize| self.name_starting(at).filter(|(_, of)| self.is_organization(*of));
        let (name, entity) = named(at + 1).or_else(|| named(self.past_description(led))).filter(|_| is_told)?;
        Some((name.end, entity))
    }

    fn is_organization(&self, entity: usize) -> bool {
        self.links.entities[entity].kind == EntityKind::Organization
    }

    /// Whether a demonym only tells more of the noun behind it: "the Swedish football federation".
    fn only_modifies(&self, name: TokenSpan) -> bool {
        let token = &self.doc.tokens[name.end - 1];
        token.deprel == "amod"
            && token.head.is_some_and(|noun| noun >= name.end && self.doc.tokens[noun].upos == Upos::Noun)
    }

    /// The person behind "for" for whom a spokesman speaks.
    fn spoken_for(&self, start: usize, class: &str) -> Option<(TokenSpan, usize)> {
        let led = start < self.sentence.end && self.schema.words.is(self.word(start), WordClass::Of);
        let person = self.name_starting(start + 1).filter(|(_, entity)| self.is_person(*entity));
        person.filter(|_| led && class == SPOKESPERSON)
    }

    /// Past the noun that says what the name behind it is: "opposition party" before "Nieuw Begin", "Polish city of" before "Gdańsk".
    fn past_description(&self, start: usize) -> usize {
        const LONGEST: usize = 5;
        let describes = |at: usize| self.schema.people.describing_noun(&[self.word(at)]);
        let is_place_of = |at: usize| {
            at > start
                && self.schema.words.is(self.word(at), WordClass::Body)
                && describes(at - 1) == Some(Some(EntityKind::Place))
        };
        let is_modifier = |at: usize| {
            let is_word = matches!(self.doc.tokens[at].upos, Upos::Noun | Upos::Adj | Upos::Propn);
            is_word && self.word(at).starts_with(char::is_lowercase)
                || self.name_starting(at).is_some_and(|(name, _)| name.len() == 1 && self.only_modifies(name))
        };
        let reach = self.sentence.end.min(start + LONGEST + 1);
        let name = (start..reach).find(|&at| !is_modifier(at) && !is_place_of(at));
        let told = name.filter(|&at| {
            at > start && self.name_starting(at).is_some() && (describes(at - 1).is_some() || is_place_of(at - 1))
        });
        told.unwrap_or(start)
    }

    /// The person whose name a comma parts from a body that has none: "the president of the Swedish football federation, Ana Weber".
    fn named_behind_noun(&self, start: usize) -> Option<(usize, TokenSpan)> {
        const LONGEST: usize = 8;
        let led = start < self.sentence.end && self.schema.words.is(self.word(start), WordClass::Body);
        let reach = self.sentence.end.min(start + LONGEST);
        let is_part = |at: usize| {
            matches!(self.doc.tokens[at].upos, Upos::Det | Upos::Adj | Upos::Noun | Upos::Propn | Upos::Part)
                && !self.name_starting(at).is_some_and(|(_, entity)| self.is_person(entity))
        };
        let comma = (start + 1..reach).find(|&at| !is_part(at)).filter(|&at| led && self.word(at) == ",")?;
        let noun = &self.doc.tokens[comma - 1];
        let is_noun = noun.upos == Upos::Noun && noun.text.starts_with(char::is_lowercase);
        let (name, entity) = self.name_starting(comma + 1).filter(|(_, entity)| is_noun && self.is_person(*entity))?;
        let closes = name.end >= self.sentence.end || matches!(self.word(name.end), "," | "." | ")" | ";");
        (closes || self.doc.tokens[self.doc.head_of(name)].deprel == "appos").then_some((entity, name))
    }

    /// The name that starts at a token, or what it owns: "Amnesty International" of "Argentina's Amnesty International".
    fn last_owned(&self, at: usize) -> Option<(TokenSpan, usize)> {
        let (name, entity) = self.name_starting(at)?;
        let is_adjective =
            |at: usize| self.doc.tokens[at].upos == Upos::Adj && self.word(at).starts_with(char::is_lowercase);
        let first = (name.end + 1..self.sentence.end).find(|&at| !is_adjective(at));
        let owned = || self.name_starting(first?).filter(|(_, owned)| !self.is_person(*owned));
        if self.is_possessive(name.end) { owned().or(Some((name, entity))) } else { Some((name, entity)) }
    }

    /// Past another name of a body in brackets before a comma: "the Nordic Harbour Union (NHU), Ana Weber".
    fn past_brackets(&self, end: usize) -> usize {
        let opens = end + 2 < self.sentence.end && self.word(end) == "(";
        let closes = opens.then(|| self.name_starting(end + 1)).flatten().map(|(name, _)| name.end);
        let past = closes.filter(|&at| at + 1 < self.sentence.end && self.word(at) == ")" && self.word(at + 1) == ",");
        past.map_or(end, |at| at + 1)
    }

    /// Past the common noun that ends a body before a comma: "the Lombardy region, Ana Weber".
    fn region_end(&self, end: usize) -> usize {
        // "the Valparaíso Region, Ana Weber"
        let is_place = |word: &str| matches!(self.schema.people.name_head(word), Some((Some(EntityKind::Place), _)));
        let noun = end + 1 < self.sentence.end
            && (self.doc.tokens[end].upos == Upos::Noun || is_place(self.word(end)))
            && self.word(end + 1) == ",";
        end + usize::from(noun)
    }
}
