//! Whose words a claim is: the words for its source, and the entities that they stand for.
//!
//! "the ministry", "a report by the UN", "a statement" that Norway issued, "We" in what Ms Solheim says.

use std::collections::BTreeSet;

use super::turn::{Turn, turn_of};
use super::{Draft, Reader};
use crate::base::TokenSpan;
use crate::extract::stem::shares_stem;
use crate::link::LinkedMention;
use crate::nlp::{MentionForm, Upos};
use crate::schema::{CueContent, EntityKind, TimeClass, WordClass};

/// Sentences back in which "the statement" is looked for, and whose speaker "they" may be.
const STATEMENT_REACH: usize = 12;
const PLURAL_REACH: usize = 2;

/// Sentences behind "a spokeswoman" in which she may be named.
const NAMED_NEXT_REACH: usize = 1;

/// The rule that finds the claims of those whom others cite.
pub(super) const CITED: &str = "claim/cited";

/// How far a chain of owners is followed: "the summary of the ruling of the court" is three.
const LONGEST_CHAIN: usize = 3;

/// The least share of a headline's content words in a claim that tells the same.
const SAME_MATTER: f64 = 0.4;

impl Reader<'_> {
    /// Who says it: the subject, the agent, or the owner of a noun.
    pub(super) fn sources(&self, cue: usize) -> Vec<usize> {
        let by = |relation: &str| self.arcs.by(cue, relation).collect::<Vec<usize>>();
        if self.token(cue).upos == Upos::Noun {
            // "the request of the minister"; but of "allegations of fraud" the fraud is the content.
            let of = CueContent::Preposition("of".to_owned());
            let asks = self.cue(cue).is_some_and(|kind| kind.takes(&CueContent::Infinitive) && !kind.takes(&of));
            let owners = || if asks { by("nmod:of") } else { Vec::new() };
            return [by("nmod:poss"), by("nmod:by"), by("nmod:from"), owners(), by("compound")]
                .into_iter()
                .find(|found| !found.is_empty())
                .unwrap_or_default();
        }
        if let Some(cited) = self.cited(cue) {
            return vec![cited];
        }
        if let Some(verb) = self.goes_with(cue) {
            return self.sources(verb);
        }
        let mut subjects = by("nsubj");
        if subjects.is_empty() && self.addresses_you(cue) {
            return turn_of(&self.turns, self.doc, cue).map(|turn| turn.label).into_iter().collect();
        }
        if self.is_committed(cue) {
            return by("nsubj:pass").into_iter().chain(subjects).collect();
        }
        let passive = || !by("nsubj:pass").is_empty() || self.doc.child(cue, "aux:pass").is_some();
        if subjects.is_empty() || passive() || self.is_asked(cue) {
            return by("obl:by");
        }
        // "Two sources told the newspaper Vestkysten …": the tree may take the second name for a subject too.
        if subjects.iter().any(|&subject| subject < cue) {
            subjects.retain(|&subject| subject < cue);
        }
        let expletive = |subject: usize| self.schema.words.is(&self.token(subject).lemma, WordClass::Expletive);
        subjects.retain(|&subject| !expletive(subject) && !self.is_dateline(subject));
        subjects
    }

    /// "are committed to peace": a participle of those who promise, not of what is promised.
    fn is_committed(&self, cue: usize) -> bool {
        let to = CueContent::Preposition("to".to_owned());
        self.cue(cue).is_some_and(|kind| kind.stance == "promise" && kind.takes(&to))
    }

    /// "Thank you for your help", said by whose turn it is.
    fn addresses_you(&self, cue: usize) -> bool {
        let you = |object: usize| {
            self.schema.people.pronoun(&self.token(object).text).is_some_and(|pronoun| pronoun.person == 2)
        };
        self.token(cue).head.is_none() && self.doc.child(cue, "obj").is_some_and(you)
    }

    /// "Asked if he would resign, he …": who is asked asks nothing.
    fn is_asked(&self, cue: usize) -> bool {
        let has = self.doc.children(cue).any(|child| self.token(child).deprel == "aux");
        self.token(cue).deprel == "advcl" && self.is_passive_participle(cue) && !has
    }

    /// Whether a verb cites somebody in its object: "quoted Ms Lund", "citing officials".
    fn cites(&self, verb: usize) -> Option<usize> {
        let kind = self.cue(verb)?;
        let object = self.doc.child(verb, "obj")?;
        let cites = kind.takes(&CueContent::Matter) && kind.takes(&CueContent::Quote);
        let body = |&entity: &usize| self.links.entities[entity].kind == EntityKind::Organization;
        let named = || self.links.at(object).iter().chain(self.named_around(object)).any(body);
        (cites && (self.is_somebody(object) || named())).then_some(object)
    }

    /// Whose words a cue tells where somebody else cites them: "quoted Ms Lund as saying", "cited officials that …".
    fn cited(&self, cue: usize) -> Option<usize> {
        let verb = self.token(cue).head.filter(|_| self.is_as(cue));
        let verb = verb.filter(|&verb| self.cue(verb).is_some_and(|kind| kind.takes(&CueContent::Matter)));
        let passive = |verb: usize| self.doc.child(verb, "nsubj:pass");
        self.cites(cue).or_else(|| verb.and_then(|verb| self.cites(verb).or_else(|| passive(verb))))
    }

    /// Whether sources are of words that somebody else cites.
    pub(super) fn is_cited(&self, cue: usize, sources: &[usize]) -> bool {
        self.cited(cue).is_some_and(|cited| sources == [cited])
    }

    /// "quoted Ms Lund as saying": the verb within tells what.
    pub(super) fn is_quoting(&self, cue: usize) -> bool {
        let cites = self.cue(cue).is_some_and(|kind| kind.takes(&CueContent::Matter));
        cites && self.doc.children(cue).any(|child| self.is_as(child) && self.cue(child).is_some())
    }

    pub(super) fn is_as(&self, verb: usize) -> bool {
        let is = |child: usize| matches!(self.token(child).deprel, "case" | "mark");
        self.token(verb).upos == Upos::Verb
            && self
                .doc
                .children(verb)
                .any(|child| is(child) && self.schema.words.is(&self.token(child).lemma, WordClass::As))
    }

    /// "Reuters, citing officials, said …", "according to AFP, which cited officials": the officials say the same.
    pub(super) fn cited_sources(&self, drafts: &[Draft]) -> Vec<Draft> {
        let cited = (0..self.doc.tokens.len()).filter_map(|cue| {
            let object = self.cites(cue)?;
            let above = self.token(cue).head?;
            let is_source = |draft: &&Draft| draft.cue_head == above || draft.sources.contains(&above);
            let told = drafts
                .iter()
                .find(|draft| is_source(draft) && !draft.pieces.iter().any(|piece| piece.contains(cue)))?;
            let (cue, cue_head, sources) = (self.cue_span(cue), cue, vec![object]);
            let speakers = self.speakers(&sources);
            Some(Draft { cue, cue_head, sources, speakers, rule: CITED, addressee: None, ..told.clone() })
        });
        cited.collect()
    }

    /// The entities that source words stand for.
    pub(super) fn speakers(&self, sources: &[usize]) -> Vec<usize> {
        let mut out: Vec<usize> = sources.iter().flat_map(|&source| self.speakers_of(source, LONGEST_CHAIN)).collect();
        // A town may speak ("New York has confirmed"), but not beside others: "the mayor, Berlin".
        if out.iter().any(|&entity| self.links.entities[entity].kind != EntityKind::Place) {
            out.retain(|&entity| self.links.entities[entity].kind != EntityKind::Place);
        }
        let mut seen = BTreeSet::new();
        out.retain(|entity| seen.insert(*entity));
        out
    }

    /// Whom a source's head word stands for: itself, its apposition, the name around it, or for words of somebody's that somebody.
    fn speakers_of(&self, source: usize, depth: usize) -> Vec<usize> {
        if let Some(turn) = self.turn_of_first_person(source) {
            return turn.speakers.clone();
        }
        // What "I" say within somebody's words is told with those.
        let tells = !self.is_somebody_new(source) && !self.is_first_person_quoted(source);
        let own = || if tells { self.links.at(source).to_vec() } else { Vec::new() };
        let apposed = || {
            let arcs = self.arcs.of(source).iter().filter(|arc| arc.relation == "appos");
            arcs.flat_map(|arc| match self.links.at(arc.token) {
                [] => self.named_around(arc.token),
                named => named,
            })
            .copied()
            .collect()
        };
        let beside = || self.holder_beside(source);
        let around = || if self.is_somebody_new(source) { Vec::new() } else { self.named_around(source).to_vec() };
        let (authors, group) = (|| self.authors(source, depth), || self.group(source));
        let stages: [&dyn Fn() -> Vec<usize>; 6] = [&beside, &own, &apposed, &around, &authors, &group];
        stages.iter().map(|stage| stage()).find(|found| !found.is_empty()).unwrap_or_default()
    }

    /// The turn of a transcript in which "I" or "we" speak.
    fn turn_of_first_person(&self, source: usize) -> Option<&Turn> {
        let word = self.token(source);
        let first = self.schema.people.pronoun(&word.text).is_some_and(|pronoun| pronoun.person == 1);
        turn_of(&self.turns, self.doc, source).filter(|_| first && !word.quoted)
    }

    /// "I" and "we" within somebody's words.
    pub(super) fn is_first_person_quoted(&self, source: usize) -> bool {
        let word = self.token(source);
        word.quoted && self.schema.people.pronoun(&word.text).is_some_and(|pronoun| pronoun.person == 1)
    }

    /// "a spokeswoman", "one mayor": somebody whom the text has not told of is nobody whom it has named before, or names far below.
    fn is_somebody_new(&self, source: usize) -> bool {
        let new = self.doc.children(source).any(|child| {
            let word = self.token(child);
            match word.deprel {
                "det" => self.schema.words.is(&word.lemma, WordClass::Indefinite),
                "nummod" => self.schema.time.value(&word.text, TimeClass::Number) == Some(1),
                _ => false,
            }
        });
        let next = |entity: usize| {
            let mut named = self.links.mentions.iter().filter(|other| other.form == MentionForm::Name);
            let first = named.find(|other| other.entities.contains(&entity)).map(|first| first.head);
            first.is_some_and(|first| {
                first > source && self.token(first).sentence <= self.token(source).sentence + NAMED_NEXT_REACH
            })
        };
        let elsewhere = |&entity: &usize| self.is_person(entity) && !next(entity);
        let person =
            |mention: &LinkedMention| mention.form == MentionForm::Nominal && mention.entities.iter().any(elsewhere);
        new && self.links.touching(std::iter::once(source)).any(person)
    }

    /// The person named with a noun for people: "a member of the Storting, Ana Duarte", "a guard named Ben Okafor", "Minister of Health
    /// Ana Duarte".
    fn holder_beside(&self, source: usize) -> Vec<usize> {
        let named = self.links.mention_at(source).is_some_and(|mention| mention.form == MentionForm::Name);
        if named || self.schema.people.person_noun(&self.token(source).text).is_none() {
            return Vec::new();
        }
        let stages: [&dyn Fn() -> Vec<usize>; 3] =
            [&|| self.apposed_person(source), &|| self.called(source), &|| self.office_holder(source)];
        stages.iter().map(|stage| stage()).find(|found| !found.is_empty()).unwrap_or_default()
    }

    fn is_person(&self, entity: usize) -> bool {
        self.links.entities[entity].kind == EntityKind::Person
    }

    /// The person named behind a noun, wherever in its phrase the tree hangs the name.
    fn apposed_person(&self, source: usize) -> Vec<usize> {
        let noun = |at: usize| self.schema.people.person_noun(&self.token(at).text).is_some();
        let phrase = self.doc.subtree(source);
        let beside = |at: usize| {
            let word = self.token(at);
            let body = word.head.filter(|_| word.is_relation("appos") || word.is_relation("flat"))?;
            let mut above = std::iter::successors(Some(body), |&head| self.token(head).head);
            let of_source = above
                .clone()
                .take_while(|&head| head != source)
                .all(|head| !noun(head) && matches!(self.token(head).deprel, "nmod" | "compound" | "appos" | "flat"));
            let mention = self.links.mention_at(at).filter(|mention| mention.form == MentionForm::Name)?;
            let person = mention.entities.iter().any(|&entity| self.is_person(entity));
            (of_source && above.any(|head| head == source) && person).then(|| mention.entities.clone())
        };
        TokenSpan::new(source + 1, phrase.end.max(source + 1)).range().find_map(beside).unwrap_or_default()
    }

    /// "a guard named Ben Okafor", "a guard who gave his name as Ben": the person whose name a clause behind a noun tells.
    fn called(&self, source: usize) -> Vec<usize> {
        let is = |at: usize, class| self.schema.words.is(&self.token(at).lemma, class);
        let names = |verb: usize| {
            is(verb, WordClass::Naming)
                || self.doc.child(verb, "obj").is_some_and(|object| is(object, WordClass::NameNoun))
        };
        let clauses = self.doc.children(source).filter(|&child| self.token(child).is_relation("acl") && names(child));
        // "a student named Wong said": the tree may hang the name on the noun.
        let phrase = self.doc.subtree(source);
        let told = clauses.flat_map(|clause| {
            let clause = self.doc.subtree(clause);
            let behind = TokenSpan::new(clause.start, phrase.end);
            self.links.within(behind).take_while(move |mention| mention.tokens.start <= clause.end)
        });
        let case = |name: usize| self.doc.children(name).find(|&child| self.token(child).is_relation("case"));
        let mut people = told.filter(|mention| {
            let person = mention.entities.iter().all(|&entity| self.is_person(entity));
            person && mention.form == MentionForm::Name && case(mention.head).is_none_or(|at| is(at, WordClass::As))
        });
        people.next().map(|mention| mention.entities.clone()).unwrap_or_default()
    }

    /// Those named with the title that a noun is a word of.
    fn office_holder(&self, source: usize) -> Vec<usize> {
        let own = self.links.at(source).iter().any(|&entity| self.is_person(entity));
        let held = self.links.offices.iter().filter(|office| !own && office.tokens.contains(source));
        held.filter_map(|office| office.holder).collect()
    }

    /// The name that a source's word is a part of: "the Yonhap agency".
    pub(super) fn named_around(&self, source: usize) -> &[usize] {
        let mention: Option<&LinkedMention> = self.links.touching(std::iter::once(source)).next();
        mention.map(|mention| mention.entities.as_slice()).unwrap_or_default()
    }

    /// Whose a noun for somebody's words is, or for a body that a name goes before: "the court's summary", "the UN report", "the
    /// Yonhap agency", "a message" that somebody posts; else whose it was when it was last spoken of.
    pub(super) fn authors(&self, noun: usize, depth: usize) -> Vec<usize> {
        if self.token(noun).upos != Upos::Noun || depth == 0 {
            return Vec::new();
        }
        let owners = self.owners(noun, depth);
        if owners.is_empty() && !self.is_words(noun) {
            // "part of the statement"
            let whole = self.arcs.by(noun, "nmod:of").find(|&whole| self.is_words(whole));
            return whole.map(|whole| self.authors(whole, depth - 1)).unwrap_or_default();
        }
        if !owners.is_empty() {
            return owners;
        }
        let issuers = self.issuers(noun);
        if issuers.is_empty() { self.authors_before(noun) } else { issuers }
    }

    /// Those whom a noun's own phrase names as its owners.
    fn owners(&self, noun: usize, depth: usize) -> Vec<usize> {
        let (words, said) = (self.is_words(noun), self.cue(noun).is_some());
        let person = self.schema.people.person_noun(&self.token(noun).text).is_some();
        let reports = self.schema.words.is(&self.token(noun).lemma, WordClass::Reporter);
        let is_organization = |token: usize| {
            self.links.at(token).iter().any(|&entity| self.links.entities[entity].kind == EntityKind::Organization)
        };
        let body = |token: usize| !person && is_organization(token);
        let is = |marker: &str, class| self.schema.words.is(marker, class);
        let owns = self.arcs.of(noun).iter().filter(|arc| match arc.relation {
            "compound" => words || said || body(arc.token) || reports && is_organization(arc.token),
            "nmod:poss" | "amod" => words || said,
            "nmod" => {
                let of = is(&arc.marker, WordClass::Of);
                is(&arc.marker, WordClass::Origin)
                    || words && of && (!said || self.is_speaker(arc.token))
                    || reports && of && is_organization(arc.token)
            }
            _ => false,
        });
        let sent = self.arcs.of(noun).iter().filter(|arc| words && arc.relation == "acl");
        let senders = sent
            .flat_map(|arc| self.arcs.of(arc.token))
            .filter(|arc| matches!(arc.relation, "obl" | "obl:agent") && is(&arc.marker, WordClass::Origin));
        let named = owns.chain(senders).map(|arc| {
            let linked = self.links.at(arc.token);
            if linked.is_empty() { self.speakers_of_words(arc.token, depth - 1) } else { linked.to_vec() }
        });
        named.into_iter().find(|found| !found.is_empty()).unwrap_or_default()
    }

    /// "the opinion of the court", but not "claims of victory in Norway": whether a word is of somebody who may speak.
    fn is_speaker(&self, noun: usize) -> bool {
        let speaks =
            |&entity: &usize| matches!(self.links.entities[entity].kind, EntityKind::Person | EntityKind::Organization);
        self.links.at(noun).iter().any(speaks)
    }

    /// As [`Self::speakers_of`], of nouns for words only.
    fn speakers_of_words(&self, noun: usize, depth: usize) -> Vec<usize> {
        if self.is_words(noun) && depth > 0 { self.speakers_of(noun, depth) } else { self.named_around(noun).to_vec() }
    }

    /// Those who issue what a noun names: "Norway issued a statement saying …".
    fn issuers(&self, noun: usize) -> Vec<usize> {
        let word = self.token(noun);
        let new = !self.is_known(noun);
        let Some(verb) = word.head.filter(|_| new && matches!(word.deprel, "obj" | "obl")) else { return Vec::new() };
        self.arcs.by(verb, "nsubj").flat_map(|subject| self.links.at(subject)).copied().collect()
    }

    /// "the statement": whose it was when a statement was last spoken of.
    fn authors_before(&self, noun: usize) -> Vec<usize> {
        let word = self.token(noun);
        if !self.is_known(noun) {
            return Vec::new();
        }
        let near = |&at: &usize| self.token(at).sentence + STATEMENT_REACH >= word.sentence;
        let same = (0..noun).rev().take_while(near).filter(|&at| {
            let other = self.token(at);
            other.upos == Upos::Noun && other.lemma == word.lemma
        });
        let of = |at: usize| {
            let owners = self.owners(at, 1);
            if owners.is_empty() { self.issuers(at) } else { owners }
        };
        let found = same.map(of).find(|found| !found.is_empty());
        found.or_else(|| self.tellers_before(noun)).unwrap_or_default()
    }

    /// "The ruling" behind "the court ruled that …": who last told what the noun is of.
    fn tellers_before(&self, noun: usize) -> Option<Vec<usize>> {
        let word = self.token(noun);
        let near = |&at: &usize| self.token(at).sentence + STATEMENT_REACH >= word.sentence;
        let tells = |&at: &usize| {
            let verb = self.token(at);
            verb.upos == Upos::Verb && self.cue(at).is_some() && shares_stem(&word.lemma, &verb.lemma)
        };
        let tellers = |at: usize| self.sources(at).iter().flat_map(|&source| self.links.at(source)).copied().collect();
        let told = (0..noun).rev().take_while(near).filter(tells).map(tellers);
        told.into_iter().find(|found: &Vec<usize>| !found.is_empty())
    }

    /// "the statement", "these claims": whether a noun is of something that the text has told of.
    pub(super) fn is_known(&self, noun: usize) -> bool {
        self.doc.children(noun).any(|child| self.is_definite(child))
    }

    fn is_definite(&self, determiner: usize) -> bool {
        let is = |class| self.schema.words.is(&self.token(determiner).lemma, class);
        self.token(determiner).deprel == "det" && (is(WordClass::Definite) || is(WordClass::Demonstrative))
    }

    /// Whether a word is a noun for somebody's words: "statement".
    fn is_words(&self, noun: usize) -> bool {
        self.token(noun).upos == Upos::Noun && self.schema.words.is(&self.token(noun).lemma, WordClass::Words)
    }

    /// Finds the speakers of drafts that only the others tell, in order.
    pub(super) fn resolve_speakers(&self, drafts: &mut [Draft]) {
        for number in 0..drafts.len() {
            if drafts[number].speakers.is_empty() {
                let found = self.first_person(drafts, number).or_else(|| self.last_group(drafts, number));
                drafts[number].speakers = found.unwrap_or_default();
            }
        }
        for number in 0..drafts.len() {
            if let Some(speakers) = self.told_below(drafts, number) {
                drafts[number].speakers = speakers;
            }
        }
    }

    /// "I" and "we" in what somebody says are that somebody: of several who quote each other, the innermost.
    fn first_person(&self, drafts: &[Draft], inner: usize) -> Option<Vec<usize>> {
        let first = |&source: &usize| {
            let pronoun = self.schema.people.pronoun(&self.token(source).text);
            pronoun.is_some_and(|pronoun| pronoun.person == 1)
        };
        let cue = drafts[inner].cue_head;
        drafts[inner].sources.iter().find(|source| first(source))?;
        let around = drafts.iter().enumerate().filter(|&(number, draft)| {
            number != inner && !draft.speakers.is_empty() && draft.pieces.iter().any(|piece| piece.contains(cue))
        });
        let innermost =
            around.min_by_key(|(number, draft)| (draft.pieces.iter().map(|piece| piece.len()).sum::<usize>(), *number));
        innermost.map(|(_, draft)| draft.speakers.clone())
    }

    /// "They" behind the words of a body, or of several, are those.
    fn last_group(&self, drafts: &[Draft], number: usize) -> Option<Vec<usize>> {
        let [source] = drafts[number].sources[..] else { return None };
        let word = self.token(source);
        let plural = |&source: &usize| {
            let pronoun = self.schema.people.pronoun(&self.token(source).text);
            pronoun.is_some_and(|pronoun| pronoun.person == 3 && pronoun.plural)
        };
        Some(source).filter(plural)?;
        let before = drafts[..number].iter().rev().find(|draft| self.token(draft.cue_head).sentence < word.sentence)?;
        let last = before.pieces.iter().map(|piece| piece.end - 1).fold(before.cue_head, usize::max);
        let near = self.token(last).sentence + PLURAL_REACH >= word.sentence;
        let group = match before.speakers[..] {
            [one] => self.links.entities[one].kind != EntityKind::Person,
            _ => !before.speakers.is_empty(),
        };
        (near && group).then(|| before.speakers.clone())
    }

    /// Whose words a headline without a name tells: "Scottish court finds …" is the court that the claim below most like it has.
    fn told_below(&self, drafts: &[Draft], number: usize) -> Option<Vec<usize>> {
        let headline = &drafts[number];
        let source = *headline.sources.first()?;
        let noun = matches!(self.token(source).upos, Upos::Noun | Upos::Propn);
        let is_headline = |draft: &Draft| self.doc.sentence(draft.cue_head).paragraph == 0;
        if !is_headline(headline) || !headline.speakers.is_empty() || !noun {
            return None;
        }
        let own = self.matter(headline);
        let share = |draft: &Draft| {
            let shared = self.matter(draft).intersection(&own).count();
            shared as f64 / own.len().max(1) as f64
        };
        let below = drafts.iter().enumerate().filter(|(_, draft)| !is_headline(draft) && !draft.speakers.is_empty());
        let person = self.schema.people.person_noun(&self.token(source).text).is_some();
        let fits = |draft: &Draft| {
            draft.speakers.iter().all(|&one| (self.links.entities[one].kind == EntityKind::Person) == person)
        };
        let like = below.filter(|(_, draft)| fits(draft)).map(|(number, draft)| (share(draft), number));
        let like = like.filter(|&(share, _)| share >= SAME_MATTER);
        let mut best: Option<(f64, usize)> = None;
        for (share, number) in like {
            if best.is_none_or(|(most, _)| share > most) {
                best = Some((share, number));
            }
        }
        best.map(|(_, number)| drafts[number].speakers.clone())
    }

    /// The lemmas of a draft's content words.
    pub(super) fn matter(&self, draft: &Draft) -> BTreeSet<String> {
        let content = draft.pieces.iter().flat_map(|piece| &self.doc.tokens[piece.range()]);
        let open = |upos| matches!(upos, Upos::Noun | Upos::Propn | Upos::Verb | Upos::Adj | Upos::Num);
        content.filter(|token| open(token.upos)).map(|token| token.lemma.to_lowercase()).collect()
    }

    /// The words for the source: its phrase up to the first comma behind the head, without a preposition or the dateline before it.
    pub(super) fn source_span(&self, draft: &Draft) -> Option<TokenSpan> {
        let first = *draft.sources.first()?;
        let last = *draft.sources.last()?;
        let mut span = self.doc.subtree(first).union(self.doc.subtree(last));
        // The tree may hang what is said on who says it.
        let said = draft.pieces.iter().map(|piece| piece.end).filter(|&end| end <= first).max();
        span.start = span.start.max(said.unwrap_or(0));
        let end = (last + 1..span.end)
            .find(|&at| {
                self.token(at).upos == Upos::Punct || self.token(at).is_relation("acl") || draft.cue.contains(at)
            })
            .unwrap_or(span.end);
        let mut start = self.doc.subtree(first).start.max(span.start);
        if draft.cue.contains(start) {
            start = draft.cue.end.min(end);
        }
        // The tree may hang the source on the dateline, or the dateline on the source.
        let body = self.without_dateline(TokenSpan::new(start.min(last), last + 1)).start;
        let head = if body > start { last } else { first };
        start = body;
        let leads = |at: usize| matches!(self.token(at).upos, Upos::Adp | Upos::Punct | Upos::Cconj);
        while start < head && leads(start) {
            start += 1;
        }
        Some(TokenSpan::new(start, end))
    }
}
