//! The tree of a document enhanced: coordination, control and relative clauses give words the arguments that they have in
//! meaning.
//!
//! In "Putin and Trump met and agreed to talk" both men are subjects of all three verbs.

use crate::nlp::{Document, Tense, Upos, VerbForm};

/// For each token its dependents, by relation.
pub struct Arcs {
    down: Vec<Vec<Arc>>,
}

/// A relation to a dependent, with the preposition or conjunction that marks it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arc {
    /// Without subtype but for `nsubj:pass`, `obl:agent`, `nmod:poss`.
    pub relation: &'static str,
    /// Lemma of the case or mark, words of several joined by a space; empty where there is none.
    pub marker: String,
    pub token: usize,
}

impl Arcs {
    /// Builds the enhanced arcs of a document.
    pub fn new(doc: &Document) -> Arcs {
        let mut arcs = Arcs { down: vec![Vec::new(); doc.tokens.len()] };
        for token in 0..doc.tokens.len() {
            if let Some(head) = doc.tokens[token].head {
                arcs.push(head, plain(doc.tokens[token].deprel), marker(doc, token), token);
            }
        }
        // Heads stand above their dependents, so that what a verb shares is known before it is passed on.
        for sentence in &doc.sentences {
            let mut order: Vec<usize> = sentence.tokens.range().collect();
            order.sort_by_key(|&token| (depth(doc, token), token));
            for token in order {
                arcs.share(doc, token);
            }
        }
        arcs
    }

    /// The dependents of a token.
    pub fn of(&self, token: usize) -> &[Arc] {
        &self.down[token]
    }

    /// The dependents by a relation as patterns write it: `obj`, `obl:with`, `nmod:poss`.
    pub fn by<'a>(&'a self, token: usize, relation: &'a str) -> impl Iterator<Item = usize> + 'a {
        self.down[token].iter().filter(move |arc| arc.is(relation)).map(|arc| arc.token)
    }

    fn push(&mut self, head: usize, relation: &'static str, marker: String, token: usize) {
        let arc = Arc { relation, marker, token };
        if head != token && !self.down[head].contains(&arc) {
            self.down[head].push(arc);
        }
    }

    /// Gives a token, and those that it shares with, the arcs that its relation to its head implies.
    fn share(&mut self, doc: &Document, token: usize) {
        let Some(head) = doc.tokens[token].head else { return };
        match doc.tokens[token].deprel {
            "conj" => self.share_coordination(doc, head, token),
            "xcomp" => self.share_control(head, token),
            "advcl" if is_participle(doc, token) => self.lend_subject(head, token),
            "acl:relcl" => self.share_relative(doc, head, token),
            "acl" => {
                let morphology = doc.tokens[token].morphology;
                let passive =
                    morphology.verb_form == Some(VerbForm::Participle) && morphology.tense == Some(Tense::Past);
                if !self.has_subject(token) {
                    self.push(token, if passive { "nsubj:pass" } else { "nsubj" }, String::new(), head);
                }
            }
            _ => {}
        }
    }

    /// The second of two coordinated words hangs where the first does, and shares its subject.
    fn share_coordination(&mut self, doc: &Document, first: usize, second: usize) {
        for above in doc.sentence(first).tokens.range() {
            let shared: Vec<Arc> = self.down[above]
                .iter()
                .filter(|arc| arc.token == first && arc.relation != "conj" && above != second)
                .cloned()
                .collect();
            for arc in shared {
                let own = marker(doc, second);
                self.push(above, arc.relation, if own.is_empty() { arc.marker } else { own }, second);
            }
        }
        let verbal = matches!(doc.tokens[second].upos, Upos::Verb | Upos::Aux);
        if verbal {
            self.lend_subject(first, second);
        }
    }

    fn share_control(&mut self, verb: usize, complement: usize) {
        let object =
            self.down[verb].iter().find(|arc| arc.relation == "obj" || arc.relation == "iobj").map(|arc| arc.token);
        match object.filter(|&object| object != complement) {
            Some(object) if !self.has_subject(complement) => self.push(complement, "nsubj", String::new(), object),
            _ => self.lend_subject(verb, complement),
        }
    }

    /// In "the man who met Trump" the man is the subject.
    fn share_relative(&mut self, doc: &Document, noun: usize, verb: usize) {
        let pronoun = self.down[verb]
            .iter()
            .find(|arc| doc.tokens[arc.token].upos == Upos::Pron && arc.token < verb && arc.token > noun)
            .filter(|arc| matches!(arc.relation, "nsubj" | "nsubj:pass" | "obj" | "obl" | "nmod:poss"))
            .cloned();
        match pronoun {
            Some(arc) => self.push(verb, arc.relation, arc.marker, noun),
            None if self.has_subject(verb) && self.by(verb, "obj").next().is_none() => {
                // In "the summit where they met" an adverb opens the clause: the summit is no object.
                let between = |arc: &&Arc| arc.token > noun && arc.token < verb;
                let opens = self.down[verb].iter().filter(between).min_by_key(|arc| arc.token);
                if opens.is_none_or(|arc| arc.relation != "advmod") {
                    self.push(verb, "obj", String::new(), noun);
                }
            }
            None => {}
        }
    }

    fn lend_subject(&mut self, from: usize, to: usize) {
        if self.has_subject(to) {
            return;
        }
        let subjects: Vec<usize> = self.down[from].iter().filter(|arc| is_subject(arc)).map(|arc| arc.token).collect();
        for subject in subjects {
            self.push(to, "nsubj", String::new(), subject);
        }
    }

    fn has_subject(&self, verb: usize) -> bool {
        self.down[verb].iter().any(is_subject)
    }
}

impl Arc {
    /// Whether the arc is what a pattern means by `relation`.
    pub fn is(&self, relation: &str) -> bool {
        if self.relation == relation {
            return true;
        }
        match relation.split_once(':') {
            Some((plain, marker)) => {
                let same = self.relation == plain || plain == "obl" && self.relation == "obl:agent";
                same && self.marker == marker.replace('_', " ")
            }
            None => false,
        }
    }
}

fn is_subject(arc: &Arc) -> bool {
    matches!(arc.relation, "nsubj" | "nsubj:pass")
}

/// A relation without its subtype, save those that patterns tell apart.
fn plain(relation: &'static str) -> &'static str {
    match relation {
        "nsubj:pass" | "obl:agent" | "nmod:poss" | "acl:relcl" => relation,
        "nsubj:outer" => "nsubj",
        _ => relation.split(':').next().unwrap_or(relation),
    }
}

/// A word's case or mark: its lemma, or of several words the words ("according to").
fn marker(doc: &Document, token: usize) -> String {
    let is_marker = |&child: &usize| {
        matches!(doc.tokens[child].deprel, "case" | "mark")
            && !matches!(doc.tokens[child].text.as_str(), "'s" | "’s" | "'" | "’")
    };
    let Some(first) = doc.children(token).find(is_marker) else { return String::new() };
    let fixed: Vec<usize> = doc.children(first).filter(|&part| doc.tokens[part].deprel == "fixed").collect();
    if fixed.is_empty() {
        return doc.tokens[first].lemma.to_lowercase();
    }
    let words: Vec<String> =
        std::iter::once(first).chain(fixed).map(|part| doc.tokens[part].text.to_lowercase()).collect();
    words.join(" ")
}

fn is_participle(doc: &Document, token: usize) -> bool {
    matches!(
        doc.tokens[token].morphology.verb_form,
        Some(VerbForm::Participle | VerbForm::Gerund | VerbForm::Infinitive)
    )
}

fn depth(doc: &Document, token: usize) -> usize {
    std::iter::successors(doc.tokens[token].head, |&head| doc.tokens[head].head).count()
}
