//! Nouns and pronouns into the entities that they stand for, by rules; where those find none, by the coreference head's chains.
//!
//! "the Secretary", "he", "the two leaders", "the Iraqi government", "both countries".

use std::collections::{BTreeMap, BTreeSet};

use super::chain::Chains;
use super::person::of_tables;
use super::{LinkedMention, Links};
use crate::base::TokenSpan;
use crate::nlp::{Document, MentionForm, Number, Sentence, Upos};
use crate::schema::{Delegate, EntityKind, Gender, Pronoun, Schema, Term, WordClass};

/// How many sentences back a pronoun may look.
const PRONOUN_REACH: usize = 4;

/// The class of the title that leaders of countries have beside others'.
const LEADER: &str = "party-leader";

/// Adds mentions for the nominals and pronouns that stand for entities, from first to last: each may build on the ones before.
pub fn resolve(schema: &Schema, doc: &Document, links: &mut Links) {
    links.index(doc);
    let genders = genders(schema, doc, links);
    let authors = authors(schema, doc, links);
    let titles = Titles::of(links);
    let country = country_of(links);
    let chains = Chains::of(doc);
    for token in 0..doc.tokens.len() {
        if links.mention_at(token).is_some() {
            continue;
        }
        let found = match doc.tokens[token].upos {
            Upos::Pron | Upos::Det => first_person(schema, doc, &authors, token)
                .or_else(|| pronoun(schema, doc, links, &genders, token))
                .or_else(|| chained_pronoun(schema, doc, links, &genders, &chains, token)),
            Upos::Noun | Upos::Propn | Upos::Num | Upos::Adj => described(doc, links, token)
                .or_else(|| title(schema, doc, links, &titles, token))
                .or_else(|| pair(schema, doc, links, token))
                .or_else(|| delegate(schema, doc, links, token, country))
                .or_else(|| apposed(doc, links, token))
                .or_else(|| alone(schema, doc, links, token, country))
                .or_else(|| chained_noun(schema, doc, links, &chains, token)),
            _ => None,
        };
        if let Some(mention) = found {
            links.add(doc, mention);
        }
    }
    for mention in speakers(schema, doc, links) {
        links.add(doc, mention);
    }
}

/// "I" and "my" in quotation marks: the person whose words they are.
fn speakers(schema: &Schema, doc: &Document, links: &Links) -> Vec<LinkedMention> {
    let mut found = Vec::new();
    for said in &doc.attributions {
        let sources = said.sources.iter().flat_map(|&source| links.at(doc.head_of(source)));
        let people: BTreeSet<usize> =
            sources.copied().filter(|&one| links.entities[one].kind == EntityKind::Person).collect();
        if people.len() != 1 {
            continue;
        }
        for token in said.contents.iter().flat_map(|content| content.range()) {
            let word = &doc.tokens[token];
            let own = schema.people.pronoun(&word.text).is_some_and(|told| told.person == 1 && !told.plural);
            if own && word.quoted && links.mention_at(token).is_none() {
                let speaker = people.iter().copied().collect();
                found.push(LinkedMention::of_word(token, speaker, MentionForm::Pronoun));
            }
        }
    }
    found.sort_by_key(|mention| mention.head);
    found.dedup_by_key(|mention| mention.head);
    found
}

/// Whose statement the text is: the person whom "attributable to" names, or whose name and office make a line of their own near
/// the top ("Anna Weber, Minister of Trade"), or those by whom it says that it was released.
fn authors(schema: &Schema, doc: &Document, links: &Links) -> Vec<usize> {
    const TOP: usize = 6;
    let mut found = doc.sentences.iter().take(TOP).map(|sentence| match author(schema, doc, links, sentence) {
        Some(author) => vec![author],
        None => issuers(schema, doc, links, sentence),
    });
    found.find(|authors| !authors.is_empty()).unwrap_or_default()
}

/// The person of whom a sentence says that it is their statement, or whose name and office are all of it.
fn author(schema: &Schema, doc: &Document, links: &Links, sentence: &Sentence) -> Option<usize> {
    const LONGEST: usize = 12;
    let tokens = &doc.tokens[sentence.tokens.range()];
    let people = links.mentions.iter().filter(|m| sentence.tokens.covers(m.tokens));
    let mut people = people.filter(|m| links.entities[m.entities[0]].kind == EntityKind::Person);
    let told = tokens.iter().any(|token| schema.words.is(&token.lemma, WordClass::Author));
    let alone = sentence.paragraph > 0
        && tokens.len() <= LONGEST
        && tokens.iter().all(|token| !matches!(token.upos, Upos::Verb | Upos::Aux))
        && doc.titles.iter().any(|title| sentence.tokens.covers(title.tokens));
    let first = people.next()?;
    let starts = first.tokens.start == sentence.tokens.start && people.next().is_none();
    (told || alone && starts).then_some(first.entities[0])
}

/// "The following statement was released by the governments of Norway and Senegal": the people named behind "by", or where there are
/// none, the countries and organizations.
fn issuers(schema: &Schema, doc: &Document, links: &Links, sentence: &Sentence) -> Vec<usize> {
    let is = |token: usize, class| schema.words.is(&doc.tokens[token].lemma, class);
    let released = |verb: usize| {
        let subject = doc.children(verb).find(|&child| doc.tokens[child].deprel == "nsubj:pass");
        subject.is_some_and(|subject| {
            let span = doc.subtree(subject);
            span.range().any(|token| is(token, WordClass::Words))
        })
    };
    let Some(verb) = sentence.tokens.range().find(|&token| released(token)) else { return Vec::new() };
    let by = |&child: &usize| {
        doc.tokens[child].is_relation("obl") && doc.children(child).any(|case| is(case, WordClass::Origin))
    };
    let Some(agent) = doc.children(verb).find(by) else { return Vec::new() };
    let behind = TokenSpan::new(doc.subtree(agent).start, sentence.tokens.end);
    let all: Vec<&LinkedMention> = links.within(behind).collect();
    // "Governments of Norway" may have been taken for a name.
    let outer = |mention: &LinkedMention| {
        all.iter().any(|inner| inner.tokens != mention.tokens && mention.tokens.covers(inner.tokens))
    };
    let named: Vec<usize> =
        all.iter().filter(|mention| !outer(mention)).flat_map(|mention| mention.entities.iter().copied()).collect();
    let of_kind = |wanted: &dyn Fn(EntityKind) -> bool| {
        let mut found: Vec<usize> = named.iter().copied().filter(|&one| wanted(links.entities[one].kind)).collect();
        found.sort_unstable();
        found.dedup();
        found
    };
    let people = of_kind(&|kind| kind == EntityKind::Person);
    let bodies = || of_kind(&|kind| matches!(kind, EntityKind::Country | EntityKind::Organization));
    if people.is_empty() { bodies() } else { people }
}

/// "I" and "we" outside quotation marks: those whose statement it is.
fn first_person(schema: &Schema, doc: &Document, authors: &[usize], token: usize) -> Option<LinkedMention> {
    let word = &doc.tokens[token];
    let unquoted = !word.quoted && !authors.is_empty();
    schema.people.pronoun(&word.text).filter(|pronoun| unquoted && pronoun.person == 1)?;
    Some(LinkedMention::of_word(token, authors.to_vec(), MentionForm::Pronoun))
}

/// What courtesy forms, given names and titles tell of each person's gender.
fn genders(schema: &Schema, doc: &Document, links: &Links) -> Vec<Gender> {
    let mut out = vec![Gender::Either; links.entities.len()];
    for mention in &links.mentions {
        let [entity] = mention.entities[..] else { continue };
        out[entity] = match links.entities[entity].kind {
            EntityKind::Person => {
                let before = mention.tokens.start.checked_sub(1).map(|at| doc.tokens[at].text.as_str());
                let courtesy = before.and_then(|word| schema.people.honorific(&[word]));
                let given = (mention.tokens.len() > 1)
                    .then(|| schema.people.given_name(&doc.tokens[mention.tokens.start].text))
                    .flatten();
                let known = [courtesy, given].into_iter().flatten().find(|gender| *gender != Gender::Either);
                known.unwrap_or(out[entity])
            }
            _ => Gender::Neuter,
        };
    }
    out
}

/// Where to look for the offices of a document.
struct Titles {
    /// The number of the office whose title a token ends, as one past its last.
    by_end: BTreeMap<usize, usize>,
    /// The numbers of the offices that somebody holds now, in order, by each word of their titles.
    held: BTreeMap<String, Vec<usize>>,
}

impl Titles {
    fn of(links: &Links) -> Titles {
        let mut titles = Titles { by_end: BTreeMap::new(), held: BTreeMap::new() };
        for (number, office) in links.offices.iter().enumerate() {
            titles.by_end.entry(office.tokens.end).or_insert(number);
            if office.holder.is_some() && !office.former {
                for word in office.title.split(' ') {
                    let named = titles.held.entry(word.to_owned()).or_default();
                    if named.last() != Some(&number) {
                        named.push(number);
                    }
                }
            }
        }
        titles
    }
}

/// "the Secretary", "the Egyptian president": the last person named before who holds it, else the first after.
fn title(schema: &Schema, doc: &Document, links: &Links, titles: &Titles, token: usize) -> Option<LinkedMention> {
    let office = &links.offices[*titles.by_end.get(&(token + 1))?];
    if let Some(holder) = office.holder {
        // "Russian Foreign Minister Sergei Lavrov": the tree may hang all on the title.
        let of_title = links.offices.iter().filter(|other| other.tokens == office.tokens);
        let mut entities: Vec<usize> = of_title.filter_map(|other| other.holder).chain([holder]).collect();
        entities.sort_unstable();
        entities.dedup();
        return Some(LinkedMention { tokens: office.tokens, head: token, entities, form: MentionForm::Nominal });
    }
    if doc.tokens[token].morphology.number == Some(Number::Plural) {
        return holders(schema, doc, links, office, token);
    }
    let is_one_of_many = |child: usize| {
        let word = &doc.tokens[child];
        schema.words.is(&word.lemma, WordClass::Indefinite) || word.upos == Upos::Num
    };
    if doc.children(token).any(is_one_of_many) {
        return None;
    }
    let words: Vec<&str> = office.title.split(' ').collect();
    let fits = |other: &&super::OfficeHeld| {
        shares(&other.title, &words) && (office.of.is_none() || other.of.is_none() || other.of == office.of)
    };
    let held = titles.held.get(*words.last()?).map_or(&[][..], Vec::as_slice);
    let (before, after) =
        held.split_at(held.partition_point(|&other| links.offices[other].tokens.start < office.tokens.start));
    let in_order = || before.iter().rev().chain(after).map(|&other| &links.offices[other]).filter(fits);
    // "The Secretary" is Secretary Weber rather than Foreign Secretary Rossi.
    let is_called_so = |other: &&super::OfficeHeld| other.title == office.title;
    let exact = || in_order().find(is_called_so).filter(|_| is_capital(doc, office.tokens.start));
    // "the president" is no vice president.
    let is_below = |other: &super::OfficeHeld| {
        other.title.split([' ', '-']).any(|word| schema.words.is(word, WordClass::Rank) && !words.contains(&word))
    };
    let told = exact().or_else(|| in_order().find(|other| !is_below(other))).or_else(|| in_order().next());
    let told = told.or_else(|| leader(schema, doc, links, office));
    let holder = told.map_or_else(|| known_holder(schema, doc, links, office), |told| told.holder)?;
    Some(LinkedMention { tokens: office.tokens, head: token, entities: vec![holder], form: MentionForm::Nominal })
}

/// "The German leader", "Hong Kong leader": the one at the head of a country, where the text names no more than one such.
fn leader<'l>(
    schema: &Schema,
    doc: &Document,
    links: &'l Links,
    office: &super::OfficeHeld,
) -> Option<&'l super::OfficeHeld> {
    let class = |office: &super::OfficeHeld| doc.title_ending(office.tokens.end).map_or("", |title| &title.class);
    let heads = |other: &&super::OfficeHeld| {
        matches!(class(other), "head-of-state" | "head-of-government")
            && other.holder.is_some()
            && other.of == office.of
            && !other.former
    };
    let is_called_so = class(office) == LEADER && schema.words.is(&office.title, WordClass::PersonNoun);
    let is_leader = office.of.is_some() && !office.former && is_called_so;
    let mut held = links.offices.iter().filter(|_| is_leader).filter(heads);
    let first = held.next()?;
    held.all(|other| other.holder == first.holder).then_some(first)
}

/// "The foreign ministers": all who hold the office, of those whom the text named before, where these are a few.
fn holders(
    schema: &Schema,
    doc: &Document,
    links: &Links,
    office: &super::OfficeHeld,
    token: usize,
) -> Option<LinkedMention> {
    const FEW: usize = 4;
    let is = |child: usize, class| schema.words.is(&doc.tokens[child].lemma, class);
    let is_definite = doc.children(token).any(|child| is(child, WordClass::Definite) || is(child, WordClass::Pair));
    let of_two = doc.children(token).any(|child| is(child, WordClass::Pair));
    let held = links.offices.iter().filter(|other| {
        other.title == office.title
            && other.tokens.start < office.tokens.start
            && !other.former
            && other.holder.is_some()
    });
    let entities: BTreeSet<usize> = held.filter_map(|other| other.holder).collect();
    let is_few = if of_two { entities.len() == 2 } else { (2..=FEW).contains(&entities.len()) };
    (is_definite && office.of.is_none() && is_few).then(|| LinkedMention {
        tokens: office.tokens,
        head: token,
        entities: entities.into_iter().collect(),
        form: MentionForm::Nominal,
    })
}

fn is_capital(doc: &Document, token: usize) -> bool {
    doc.tokens[token].text.starts_with(char::is_uppercase)
}

/// "The Foreign Secretary met him. … Mr Johnson said": where no text tells who holds an office, the only person named of whom the
/// tables tell that they did then.
fn known_holder(schema: &Schema, doc: &Document, links: &Links, office: &super::OfficeHeld) -> Option<usize> {
    let words: Vec<&str> = office.title.split(' ').collect();
    let then = |term: &&Term| doc.article.published.is_none_or(|day| term.covers(day));
    let held = |&entity: &usize| {
        let entity = &links.entities[entity];
        of_tables(schema, entity).is_some_and(|known| {
            known.terms.iter().filter(then).any(|term| shares(&term.title, &words))
                && office.of.is_none_or(|of| links.entities[of].iso == known.iso)
        })
    };
    let people = (0..links.entities.len()).filter(|&entity| links.entities[entity].kind == EntityKind::Person);
    let mut holders = people.filter(held);
    holders.next().filter(|_| holders.next().is_none())
}

/// Whether one title holds all the words of the other: "the minister" for a foreign minister.
fn shares(title: &str, words: &[&str]) -> bool {
    words.iter().all(|word| title.split(' ').any(|other| other == *word))
}

/// "the newspaper Vestkysten", "Fjordlinken, a ferry company": a noun that tells the kind of a name beside it is what that names.
fn described(doc: &Document, links: &Links, token: usize) -> Option<LinkedMention> {
    let sentence = doc.sentence(token).tokens;
    let first = doc.mentions.partition_point(|name| name.tokens.start < sentence.start);
    let mut beside = doc.mentions[first..].iter().take_while(|name| name.tokens.start < sentence.end);
    let entities = links.at(beside.find(|name| name.noun == Some(token))?.head).to_vec();
    (!entities.is_empty()).then(|| LinkedMention::of_word(token, entities, MentionForm::Nominal))
}

/// "Police director Vladimir Rebic", "my colleague Anna Weber": a noun is whom the name beside it names.
fn apposed(doc: &Document, links: &Links, token: usize) -> Option<LinkedMention> {
    let beside = doc.children(token).filter(|&child| {
        matches!(doc.tokens[child].deprel, "appos" | "flat" | "nmod:desc") && child.abs_diff(token) <= 8
    });
    let person = beside
        .flat_map(|child| links.at(child).to_vec())
        .find(|&entity| links.entities[entity].kind == EntityKind::Person)?;
    Some(LinkedMention::of_word(token, vec![person], MentionForm::Nominal))
}

/// "the two leaders", "both countries", "the two sides".
fn pair(schema: &Schema, doc: &Document, links: &Links, token: usize) -> Option<LinkedMention> {
    let noun = &doc.tokens[token];
    if noun.morphology.number != Some(Number::Plural) {
        return None;
    }
    let span = TokenSpan::new(doc.subtree(token).start.max(token.saturating_sub(4)), token + 1);
    let of_two = doc.children(token).any(|child| schema.words.is(&doc.tokens[child].text, WordClass::Pair));
    let definite = doc.children(token).any(|child| schema.words.is(&doc.tokens[child].lemma, WordClass::Definite));
    let modified = doc.children(token).any(|child| {
        matches!(doc.tokens[child].deprel, "amod" | "compound" | "nmod" | "nmod:poss" | "acl:relcl" | "acl")
    });
    // "two officials" are any, but in a headline.
    let tells = |child: usize| doc.tokens[child].is_relation("det") || doc.tokens[child].is_relation("nmod:poss");
    let is_told = definite || doc.children(token).any(tells);
    let is_any = !is_told && doc.sentence(token).paragraph > 0;
    if !of_two && (!definite || modified) || is_any {
        return None;
    }
    let is = |class| schema.words.is(&noun.lemma, class);
    let person = is(WordClass::PersonNoun);
    let entities = if person || is(WordClass::PartyNoun) && !links_states(links, token) {
        last_two(links, token, EntityKind::Person)
    } else if is(WordClass::StateNoun) || is(WordClass::PartyNoun) {
        last_two(links, token, EntityKind::Country)
    } else {
        None
    };
    Some(LinkedMention { tokens: span, head: token, entities: entities?, form: MentionForm::Nominal })
}

/// Whether fewer than two people are named before a token.
fn links_states(links: &Links, token: usize) -> bool {
    last_two(links, token, EntityKind::Person).is_none()
}

/// The two entities of a kind that the text before a token speaks of most; of equals the later.
fn last_two(links: &Links, token: usize, kind: EntityKind) -> Option<Vec<usize>> {
    let mut weight: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for mention in links.mentions.iter().filter(|mention| mention.head < token) {
        for &entity in mention.entities.iter().filter(|&&entity| links.entities[entity].kind == kind) {
            let slot = weight.entry(entity).or_default();
            *slot = (slot.0 + 1, slot.1.max(mention.head));
        }
    }
    let mut ranked: Vec<(usize, (usize, usize))> = weight.into_iter().collect();
    ranked.sort_by_key(|&(entity, weight)| (std::cmp::Reverse(weight), entity));
    let mut two: Vec<usize> = ranked.into_iter().take(2).map(|(entity, _)| entity).collect();
    two.sort_unstable();
    (two.len() == 2).then_some(two)
}

/// "the Iraqi government", "a Kremlin spokesman", "officials of the ministry": the country or organization they act for; "government
/// officials" act for the country that the text is about.
fn delegate(
    schema: &Schema,
    doc: &Document,
    links: &Links,
    token: usize,
    country: Option<usize>,
) -> Option<LinkedMention> {
    let entities = acted_for(schema, doc, links, token, country)?;
    let start = doc.subtree(token).start.max(doc.sentence(token).tokens.start);
    Some(LinkedMention {
        tokens: TokenSpan::new(start.min(token), token + 1),
        head: token,
        entities,
        form: MentionForm::Nominal,
    })
}

/// Whom a delegate's noun acts for; "a spokesman for the German government" for whom the government does.
fn acted_for(
    schema: &Schema,
    doc: &Document,
    links: &Links,
    token: usize,
    country: Option<usize>,
) -> Option<Vec<usize>> {
    let kind = schema.people.delegate(&doc.tokens[token].lemma.to_lowercase())?;
    let body = || {
        doc.children(token).filter(|&child| {
            matches!(
                doc.tokens[child].deprel,
                "amod" | "compound" | "nmod:poss" | "nmod" | "nmod:unmarked" | "nmod:desc"
            )
        })
    };
    let fits = |entity: &usize| {
        let entity = links.entities[*entity].kind;
        entity == EntityKind::Country || kind == Delegate::Any && entity == EntityKind::Organization
    };
    let named = |child: usize| links.at(child).iter().copied().filter(fits);
    if let Some(first) = body().find(|&child| named(child).next().is_some()) {
        // "German and Polish officials" are of both.
        let coordinated = doc.children(first).filter(|&child| doc.tokens[child].deprel == "conj");
        let mut entities: Vec<usize> = named(first).take(1).chain(coordinated.flat_map(named)).collect();
        entities.sort_unstable();
        entities.dedup();
        return Some(entities);
    }
    let organ = |child: usize| schema.words.is(&doc.tokens[child].lemma, WordClass::StateOrgan);
    body().find_map(|child| {
        let unnamed = doc.tokens[child].deprel == "compound" && organ(child);
        if unnamed {
            return country.map(|country| vec![country]);
        }
        acted_for(schema, doc, links, child, country).filter(|_| links.at(child).is_empty())
    })
}

/// The country that a text is about: the one named most, of equals the first; `None` where none is named twice.
fn country_of(links: &Links) -> Option<usize> {
    let mut named: BTreeMap<usize, (usize, std::cmp::Reverse<usize>)> = BTreeMap::new();
    for mention in &links.mentions {
        for &entity in mention.entities.iter().filter(|&&entity| links.entities[entity].kind == EntityKind::Country) {
            named.entry(entity).or_insert((0, std::cmp::Reverse(mention.head))).0 += 1;
        }
    }
    let most = named.into_iter().max_by_key(|&(_, count)| count)?;
    (most.1.0 > 1).then_some(most.0)
}

/// "the court", "the agency", "the police": a noun with no more than an article is the organization last named by that noun, or
/// the country whose body it is.
fn alone(
    schema: &Schema,
    doc: &Document,
    links: &Links,
    token: usize,
    country: Option<usize>,
) -> Option<LinkedMention> {
    let noun = &doc.tokens[token];
    let is = |class| schema.words.is(&noun.lemma, class);
    let mut definite = false;
    for child in doc.children(token) {
        let word = &doc.tokens[child];
        match word.deprel {
            "det" if schema.words.is(&word.lemma, WordClass::Definite) => definite = true,
            "det" | "amod" | "compound" | "nmod" | "nmod:poss" | "nummod" | "appos" | "flat" | "acl" | "acl:relcl" => {
                return None;
            }
            _ => {}
        }
    }
    let noun_only = noun.upos == Upos::Noun;
    let is_plural = noun.morphology.number == Some(Number::Plural);
    // "police", not "courts"
    let is_several = is_plural && noun.text.to_lowercase() != noun.lemma.to_lowercase();
    let entity = if is(WordClass::StateOrgan) && noun_only && (definite || is_subject(doc, token)) {
        country?
    } else if definite && !is_plural || is(WordClass::OrganHead) && !is_several && (definite || is_subject(doc, token))
    {
        let lemma = noun.lemma.to_lowercase();
        let organization = |mention: &&LinkedMention| {
            mention.head < token
                && matches!(mention.entities[..], [one] if links.entities[one].kind == EntityKind::Organization)
        };
        let own = |mention: &&LinkedMention| {
            mention.tokens.len() > 1
                && doc.tokens[mention.tokens.range()].iter().any(|word| word.text.to_lowercase() == lemma)
        };
        let before = || links.mentions.iter().filter(organization);
        let named = before().filter(own).max_by_key(|mention| mention.head).or_else(|| links.last_called(doc, token));
        let near = |mention: &&LinkedMention| doc.tokens[mention.head].sentence + PRONOUN_REACH > noun.sentence;
        let found = named.or_else(|| {
            before().filter(near).max_by_key(|mention| mention.head).filter(|_| is(WordClass::OrganizationNoun))
        })?;
        found.entities[0]
    } else {
        return None;
    };
    Some(LinkedMention {
        tokens: TokenSpan::new(doc.subtree(token).start.min(token), token + 1),
        head: token,
        entities: vec![entity],
        form: MentionForm::Nominal,
    })
}

/// "he", "her", "its", "they", "both".
fn pronoun(schema: &Schema, doc: &Document, links: &Links, genders: &[Gender], token: usize) -> Option<LinkedMention> {
    let mention = |entities: Vec<usize>| LinkedMention::of_word(token, entities, MentionForm::Pronoun);
    let word = &doc.tokens[token];
    if schema.words.is(&word.text, WordClass::Pair) && !word.is_relation("det") {
        return last_two(links, token, EntityKind::Person).map(mention);
    }
    let pronoun = schema.people.pronoun(&word.text).filter(|pronoun| pronoun.person == 3)?;
    if pronoun.plural {
        return plural(doc, links, token).map(mention);
    }
    antecedent(doc, links, token, |entity| may_be(links, genders, pronoun, entity)).map(|entity| mention(vec![entity]))
}

/// Whether a singular pronoun agrees with an entity.
fn may_be(links: &Links, genders: &[Gender], pronoun: Pronoun, entity: usize) -> bool {
    genders[entity].agrees(pronoun.gender)
        && (pronoun.gender != Gender::Neuter || genders[entity] == Gender::Neuter)
        && links.entities[entity].kind != EntityKind::Place
}

/// "she", "it", "they": whom the chain of the pronoun names, if they agree.
fn chained_pronoun(
    schema: &Schema,
    doc: &Document,
    links: &Links,
    genders: &[Gender],
    chains: &Chains,
    token: usize,
) -> Option<LinkedMention> {
    let pronoun = schema.people.pronoun(&doc.tokens[token].text).filter(|pronoun| pronoun.person == 3)?;
    let entities = chains.named(doc, links, token)?;
    let agrees = pronoun.plural || matches!(entities[..], [one] if may_be(links, genders, pronoun, one));
    agrees.then(|| LinkedMention::of_word(token, entities, MentionForm::Pronoun))
}

/// "the woman", "this company": whom the chain of a definite noun names, if they agree in number and in being people.
fn chained_noun(
    schema: &Schema,
    doc: &Document,
    links: &Links,
    chains: &Chains,
    token: usize,
) -> Option<LinkedMention> {
    let noun = &doc.tokens[token];
    let is_definite = |child: usize| {
        let is = |class| schema.words.is(&doc.tokens[child].lemma, class);
        is(WordClass::Definite) || is(WordClass::Demonstrative)
    };
    if noun.upos != Upos::Noun || !doc.children(token).any(is_definite) {
        return None;
    }
    let entities = chains.named(doc, links, token)?;
    let is_plural = noun.morphology.number == Some(Number::Plural);
    let is_person =
        schema.words.is(&noun.lemma, WordClass::PersonNoun) || schema.people.person_noun(&noun.text).is_some();
    let agrees = |&entity: &usize| (links.entities[entity].kind == EntityKind::Person) == is_person;
    (is_plural == (entities.len() > 1) && entities.iter().all(agrees)).then(|| LinkedMention {
        tokens: TokenSpan::new(doc.subtree(token).start.min(token), token + 1),
        head: token,
        entities,
        form: MentionForm::Nominal,
    })
}

/// The nearest fitting entity before a pronoun: in its own sentence, then sentence by sentence back; subjects first.
fn antecedent(doc: &Document, links: &Links, token: usize, fits: impl Fn(usize) -> bool) -> Option<usize> {
    let own = doc.tokens[token].sentence;
    let quoted = doc.tokens[token].quoted;
    for sentence in (own.saturating_sub(PRONOUN_REACH)..=own).rev() {
        let mut candidates: Vec<&LinkedMention> = links
            .in_sentence(sentence)
            .filter(|m| m.head < token && m.entities.len() == 1 && fits(m.entities[0]))
            .filter(|m| m.form != MentionForm::Pronoun || !doc.tokens[m.head].is_relation("nmod:poss"))
            // A pronoun is not what it modifies, nor its own clause's other argument.
            .filter(|m| doc.tokens[m.head].head.is_none() || !is_co_argument(doc, m.head, token))
            .filter(|m| quoted || !doc.tokens[m.head].quoted || sentence == own)
            .collect();
        candidates.sort_by_key(|m| (!is_subject(doc, m.head), std::cmp::Reverse(m.head)));
        if sentence != own {
            candidates.sort_by_key(|m| (!is_subject(doc, m.head), m.head));
        }
        if let Some(found) = candidates.first() {
            return Some(found.entities[0]);
        }
    }
    None
}

fn is_subject(doc: &Document, token: usize) -> bool {
    doc.tokens[token].is_relation("nsubj")
}

/// Whether two tokens are arguments of one verb: "Putin met him".
fn is_co_argument(doc: &Document, a: usize, b: usize) -> bool {
    let (a, b) = (&doc.tokens[a], &doc.tokens[b]);
    let argument = |relation: &str| matches!(relation, "nsubj" | "obj" | "iobj" | "obl" | "nsubj:pass");
    a.head == b.head && argument(a.deprel) && argument(b.deprel)
}

/// "they": whom the last plural mention or coordination stands for, else the two of whom the text speaks most.
fn plural(doc: &Document, links: &Links, token: usize) -> Option<Vec<usize>> {
    let own = doc.tokens[token].sentence;
    for sentence in (own.saturating_sub(2)..=own).rev() {
        let mentions = links.in_sentence(sentence).rev().filter(|m| m.head < token);
        for mention in mentions {
            if mention.entities.len() > 1 {
                return Some(mention.entities.clone());
            }
            let conjuncts: Vec<usize> = doc
                .children(mention.head)
                .filter(|&child| doc.tokens[child].deprel == "conj" && child < token)
                .flat_map(|child| links.at(child).to_vec())
                .collect();
            // "Weber met Okafor. They agreed …"
            let partner = doc.tokens[mention.head]
                .head
                .filter(|_| sentence != own && is_subject(doc, mention.head))
                .and_then(|verb| {
                    let beside = doc
                        .children(verb)
                        .filter(|&child| child > verb && matches!(doc.tokens[child].deprel, "obj" | "obl"));
                    let person = |entity: usize| links.entities[entity].kind == EntityKind::Person;
                    let both = matches!(mention.entities[..], [one] if person(one));
                    beside
                        .flat_map(|child| links.at(child).iter().copied())
                        .find(|&other| both && person(other) && !mention.entities.contains(&other))
                });
            if let Some(partner) = partner {
                let mut both = vec![mention.entities[0], partner];
                both.sort_unstable();
                return Some(both);
            }
            if !conjuncts.is_empty() && is_subject(doc, mention.head) {
                let mut all = mention.entities.clone();
                all.extend(conjuncts);
                all.sort_unstable();
                all.dedup();
                return Some(all);
            }
        }
    }
    None
}
