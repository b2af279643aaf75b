//! Whether an event took place, as its sentence tells: "will meet", "had not met", "urged them to meet", "cancelled the visit".

use std::collections::BTreeSet;

use super::arcs::Arcs;
use super::fact::Status;
use crate::nlp::{Document, Tense, Upos, VerbForm};
use crate::schema::{Schema, StatusWord, WordClass};

/// How far up the tree a word that governs the event may stand.
const REACH: usize = 3;

/// The status of an event by its trigger and the words of its pattern.
pub fn status(schema: &Schema, doc: &Document, arcs: &Arcs, trigger: usize, carriers: &BTreeSet<usize>) -> Status {
    let reader = Reader { schema, doc, arcs };
    let mut worst = Status::Happened;
    let mut words: Vec<usize> = carriers.iter().copied().collect();
    if let Some(verb) = reader.light_verb(trigger) {
        words.push(verb);
        worst = reader.said_of(verb);
    }
    for &word in &words {
        worst = worse(worst, reader.own(word));
    }
    let top = carriers.iter().copied().min_by_key(|&word| reader.depth(word)).unwrap_or(trigger);
    worse(worst, reader.governed(top))
}

/// What a word and those that hang on it as modifiers say of an event: `denied` by its own class, `its future` by an auxiliary's,
/// `its negation`.
pub fn signs(schema: &Schema, doc: &Document, word: usize) -> Vec<String> {
    let mut signs: Vec<String> = class(schema, doc, word).into_iter().map(|class| class.name().to_owned()).collect();
    for child in doc.children(word) {
        let token = &doc.tokens[child];
        if schema.words.is(&token.text, WordClass::Negation) {
            signs.push("its negation".to_owned());
        } else if matches!(token.deprel, "aux" | "mark" | "amod" | "advmod" | "cop" | "det" | "acl")
            && let Some(class) = class(schema, doc, child)
        {
            signs.push(format!("its {}", class.name()));
        }
    }
    signs
}

/// The class of a word, with its particle ("call off") if it has one.
fn class(schema: &Schema, doc: &Document, token: usize) -> Option<StatusWord> {
    let lemma = doc.tokens[token].lemma.to_lowercase();
    let particle = doc.children(token).find(|&child| doc.tokens[child].deprel == "compound:prt");
    let phrase = particle.map(|part| format!("{lemma} {}", doc.tokens[part].lemma));
    phrase.and_then(|phrase| schema.status.find(&phrase)).or_else(|| schema.status.find(&lemma))
}

/// Denied outweighs uncertain, uncertain planned, planned happened.
fn worse(a: Status, b: Status) -> Status {
    let rank = |status: &Status| match status {
        Status::Happened => 0,
        Status::Planned => 1,
        Status::Uncertain => 2,
        Status::Denied => 3,
    };
    if rank(&b) > rank(&a) { b } else { a }
}

struct Reader<'a> {
    schema: &'a Schema,
    doc: &'a Document,
    arcs: &'a Arcs,
}

impl Reader<'_> {
    fn depth(&self, token: usize) -> usize {
        std::iter::successors(self.doc.tokens[token].head, |&head| self.doc.tokens[head].head).count()
    }

    /// The verb that a noun is the subject or object of: "the visit was cancelled".
    fn light_verb(&self, trigger: usize) -> Option<usize> {
        let token = &self.doc.tokens[trigger];
        let argument = matches!(token.deprel, "nsubj" | "nsubj:pass" | "obj");
        let head = token.head.filter(|&head| argument && self.doc.tokens[head].upos == Upos::Verb)?;
        (token.deprel != "nsubj" || self.class(head).is_none()).then_some(head)
    }

    /// What a verb says of the event that is its subject or object: "the call is scheduled", "they cancelled the visit".
    fn said_of(&self, verb: usize) -> Status {
        match self.class(verb) {
            Some(StatusWord::Planned | StatusWord::Proposed) => self.unless_refused(verb, Status::Planned),
            Some(StatusWord::Uncertain) => Status::Uncertain,
            Some(StatusWord::Denied) => Status::Denied,
            _ => Status::Happened,
        }
    }

    fn class(&self, token: usize) -> Option<StatusWord> {
        class(self.schema, self.doc, token)
    }

    /// What the word's own auxiliaries, negations and modifiers say.
    fn own(&self, word: usize) -> Status {
        let mut status = match self.class(word) {
            Some(StatusWord::Denied) => Status::Denied,
            Some(StatusWord::Proposed) => Status::Uncertain,
            _ => Status::Happened,
        };
        for child in self.doc.children(word) {
            let token = &self.doc.tokens[child];
            let found = match (token.deprel, self.class(child)) {
                _ if self.schema.words.is(&token.text, WordClass::Negation) => self.negated(word),
                ("aux", Some(StatusWord::Future)) => Status::Planned,
                ("aux", Some(StatusWord::Modal)) => Status::Uncertain,
                ("mark", Some(StatusWord::Condition)) => Status::Uncertain,
                ("amod" | "advmod", Some(StatusWord::Ahead | StatusWord::Planned)) => Status::Planned,
                ("amod" | "advmod", Some(StatusWord::Uncertain)) => Status::Uncertain,
                ("acl", Some(StatusWord::Denied | StatusWord::Uncertain)) if self.is_passive(child) => {
                    self.said_of(child)
                }
                ("acl" | "acl:relcl", _) => self.own_future(child),
                _ => Status::Happened,
            };
            status = worse(status, found);
        }
        status
    }

    /// "had not met until the summit" did meet.
    fn negated(&self, word: usize) -> Status {
        let until = self.arcs.of(word).iter().any(|arc| self.schema.words.is(&arc.marker, WordClass::Turning));
        if until { Status::Happened } else { Status::Denied }
    }

    /// "the visit called off last week".
    fn is_passive(&self, verb: usize) -> bool {
        let morphology = self.doc.tokens[verb].morphology;
        morphology.verb_form == Some(VerbForm::Participle) && morphology.tense == Some(Tense::Past)
    }

    /// "the meeting to take place on Monday", "the summit that will be held".
    fn own_future(&self, verb: usize) -> Status {
        let future = self
            .doc
            .children(verb)
            .any(|child| self.doc.tokens[child].deprel == "aux" && self.class(child) == Some(StatusWord::Future));
        let infinitive = self.doc.tokens[verb].morphology.verb_form == Some(VerbForm::Infinitive);
        if future || infinitive { Status::Planned } else { Status::Happened }
    }

    /// What the words above say: "plans to meet", "if they meet".
    fn governed(&self, top: usize) -> Status {
        let mut status = Status::Happened;
        let mut at = top;
        for _ in 0..REACH {
            let Some(head) = self.doc.tokens[at].head else { break };
            let relation = self.doc.tokens[at].deprel;
            let link = relation.split(':').next().unwrap_or(relation);
            let infinitive = self.doc.tokens[at].morphology.verb_form == Some(VerbForm::Infinitive);
            let verbal = matches!(link, "xcomp" | "ccomp" | "csubj" | "advcl" | "acl") || relation == "conj";
            let nominal = matches!(link, "obj" | "nmod" | "obl" | "nsubj") && self.doc.tokens[at].upos == Upos::Noun;
            if !verbal && !nominal {
                break;
            }
            let found = match self.class(head) {
                Some(StatusWord::Denied) if link != "advcl" && link != "nsubj" => Status::Denied,
                Some(StatusWord::Planned | StatusWord::Proposed) if infinitive || link == "obj" => {
                    self.unless_refused(head, Status::Planned)
                }
                Some(StatusWord::Uncertain) if infinitive || nominal && link != "nsubj" || link == "acl" => {
                    Status::Uncertain
                }
                // "will travel to Oman to meet": what a journey is for comes about as the journey does.
                _ if link == "xcomp" || infinitive && link == "advcl" => self.own(head),
                _ if infinitive && link == "acl" => Status::Uncertain,
                _ => Status::Happened,
            };
            status = worse(status, found);
            // What is said of a clause is not said of the things in it: the election that somebody did not influence took place.
            if nominal || self.doc.tokens[at].morphology.tense == Some(Tense::Past) && link == "ccomp" {
                break;
            }
            at = head;
        }
        status
    }

    fn unless_refused(&self, head: usize, status: Status) -> Status {
        let refused = self
            .doc
            .children(head)
            .any(|child| self.schema.words.is(&self.doc.tokens[child].text, WordClass::Negation));
        if refused { Status::Denied } else { status }
    }
}
