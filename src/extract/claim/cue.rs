//! Words that tell that somebody says something, each into a draft of a claim.
//!
//! In "Norway has denied trying to sway the vote." the cue is "has denied", and it denies.

use super::{Draft, Reader};
use crate::base::TokenSpan;
use crate::extract::fact::Stance;
use crate::nlp::{Number, Tense, Upos, VerbForm};
use crate::schema::{Cue, CueContent, Gender, StatusWord, WordClass};

impl Reader<'_> {
    /// The claim whose cue a token is, if it is one.
    pub(super) fn by_cue(&self, token: usize) -> Option<Draft> {
        let cue = self.cue(token)?;
        let stance = stance(&cue.stance);
        let denies = stance == Stance::Deny;
        let unsaid = self.is_negated(token)
            || self.is_withheld(token)
            || denies && (self.refuses(token) || self.turns_down(token));
        if unsaid || self.says_nothing(token) || self.is_quoting(token) {
            return None;
        }
        let tagged = self.is_tagged_cue(token);
        if !tagged && self.is_supposed(token) {
            return None;
        }
        let sources = self.sources(token);
        // "Not everyone agreed", "neither side said"
        if sources.iter().any(|&source| self.is_negated(source)) {
            return None;
        }
        let (kind, found) = self.content(token, cue, &sources)?;
        let pieces = self.without_cue(token, &sources, found);
        if self.is_bare(&pieces) {
            return None;
        }
        let inside = |source: &usize| pieces.iter().any(|piece| piece.contains(*source));
        let sources = if sources.iter().any(inside) && !self.is_cited(token, &sources) { Vec::new() } else { sources };
        let verb = self.token(token).upos == Upos::Verb;
        if verb && sources.is_empty() && !tagged {
            return None;
        }
        let speakers = self.speakers(&sources);
        // A cue word whose speaker nobody knows needs the attribution head to see a cue too ("it is expected"), unless it tells by itself
        // that it is somebody's word: "reportedly", "allegations of fraud".
        let denied = self.token(token).head.filter(|_| self.token(token).is_relation("obj"));
        let denied = !verb && denied.is_some_and(|head| self.cue(head).is_some_and(|cue| cue.stance == "deny"));
        let tells = self.token(token).upos == Upos::Adv || !verb && stance == Stance::Accuse || denied;
        let told = || sources.iter().any(|&source| self.can_speak(source));
        if speakers.is_empty() && !tells && !told() && !self.cue_span(token).range().any(|at| self.is_tagged_cue(at)) {
            return None;
        }
        let stance = self.refined(stance, kind, token, &pieces, &speakers);
        let addressee = self.addressee(token, cue);
        Some(Draft {
            cue: self.cue_span(token),
            cue_head: token,
            sources,
            pieces,
            stance,
            addressee,
            speakers,
            rule: "claim/cue",
        })
    }

    /// Content around the cue is what stands before and after it: "A, he said, and B".
    fn without_cue(&self, cue: usize, sources: &[usize], pieces: Vec<TokenSpan>) -> Vec<TokenSpan> {
        let inserted = sources
            .iter()
            .filter(|source| source.abs_diff(cue) <= 12)
            .fold(self.cue_span(cue), |span, &source| span.union(self.doc.subtree(source)));
        let split = |piece: TokenSpan| match piece.contains(cue) && piece.covers(inserted) {
            true => self.around(piece, inserted),
            false => vec![piece],
        };
        pieces.into_iter().flat_map(split).collect()
    }

    /// "said the same", "said no": an adjective alone says nothing by itself.
    fn is_bare(&self, pieces: &[TokenSpan]) -> bool {
        let mut words = pieces.iter().flat_map(|piece| piece.range()).map(|at| self.token(at));
        words.all(|word| !word.quoted && matches!(word.upos, Upos::Det | Upos::Adj))
    }

    /// Whether a word is of somebody, or of somebody's words, though nobody is named: "officials", "they", "a report".
    fn can_speak(&self, source: usize) -> bool {
        let pronoun = self.schema.people.pronoun(&self.token(source).text);
        let somebody = pronoun.is_some_and(|pronoun| match pronoun.person {
            1 => !self.is_first_person_quoted(source),
            3 => pronoun.gender != Gender::Neuter,
            _ => false,
        });
        somebody || self.is_somebody(source) || self.schema.words.is(&self.token(source).lemma, WordClass::Words)
    }

    /// "according to X": what is left of the sentence is X's.
    pub(super) fn according_to(&self, token: usize) -> Option<Draft> {
        let arc = self.arcs.of(token).iter().find(|arc| {
            matches!(arc.relation, "obl" | "nmod" | "advcl") && self.schema.cues.find(&arc.marker, "ADP").is_some()
        })?;
        let phrase = self.doc.subtree(arc.token);
        let cue = TokenSpan::new(phrase.start, (phrase.start + arc.marker.split(' ').count()).min(phrase.end));
        let pieces = self.around(self.clause_around(token, phrase), phrase);
        let sources = vec![arc.token];
        let speakers = self.speakers(&sources);
        let nobody =
            speakers.is_empty() && (self.is_bare_thing(arc.token) || !cue.range().any(|at| self.is_tagged_cue(at)));
        if pieces.is_empty() || nobody {
            return None;
        }
        Some(Draft {
            cue,
            cue_head: phrase.start,
            sources,
            pieces,
            stance: Stance::Assert,
            addressee: None,
            speakers,
            rule: "claim/cue",
        })
    }

    /// The clause of a verb that a phrase tells the source of: the sentence without its dateline and without what is coordinated on the
    /// other side of it: "three died, according to X, | but …", "three died | and, according to X, …".
    fn clause_around(&self, verb: usize, phrase: TokenSpan) -> TokenSpan {
        let mut clause = self.without_dateline(self.doc.sentence(verb).tokens);
        let own = self.doc.subtree(verb);
        if self.token(verb).deprel == "conj" && phrase.start < verb && clause.covers(own) {
            return own;
        }
        // "and" goes on with what the source tells, unless it tells another's words.
        let parts = |&child: &usize| {
            let and = self
                .doc
                .child(child, "cc")
                .is_some_and(|cc| self.schema.words.is(&self.token(cc).lemma, WordClass::And));
            self.token(child).deprel == "conj" && phrase.start > verb && (!and || self.cue(child).is_some())
        };
        let next = self.doc.children(verb).filter(parts).map(|child| self.doc.subtree(child));
        let next = next.filter(|next| next.start >= phrase.end).map(|next| next.start).min();
        clause.end = next.map_or(clause.end, |next| next.min(clause.end));
        clause
    }

    /// Whether a word is of the dateline.
    pub(super) fn is_dateline(&self, token: usize) -> bool {
        self.doc.article.dateline.as_ref().is_some_and(|dateline| dateline.span.overlaps(self.token(token).chars))
    }

    /// A content without the dateline that the tree may have put into it.
    pub(super) fn behind_dateline(&self, piece: TokenSpan) -> TokenSpan {
        let own = self.without_dateline(piece);
        if own.start > piece.start { self.trim(own) } else { piece }
    }

    /// A span without the dateline that opens it.
    pub(super) fn without_dateline(&self, span: TokenSpan) -> TokenSpan {
        let start = span.range().find(|&at| !self.is_dateline(at)).unwrap_or(span.start);
        TokenSpan::new(start, span.end)
    }

    /// "according to plan": a single thing without an article is nobody.
    fn is_bare_thing(&self, noun: usize) -> bool {
        let word = self.token(noun);
        let is_source = self.schema.words.is(&word.lemma, WordClass::Words)
            || self.schema.people.person_noun(&word.text).is_some()
            || self.schema.people.delegate(&word.lemma.to_lowercase()).is_some();
        let plain = word.upos == Upos::Noun && word.morphology.number != Some(Number::Plural);
        plain && !is_source && self.doc.children(noun).all(|child| self.token(child).deprel == "case")
    }

    /// "Solheim: no new talks": a headline that opens with a name and a colon.
    pub(super) fn headline(&self) -> Option<Draft> {
        const LONGEST_SOURCE: usize = 8;
        let first = self.doc.sentences.first().filter(|sentence| sentence.paragraph == 0)?;
        let span = TokenSpan::new(0, self.doc.sentences.iter().take_while(|s| s.paragraph == 0).last()?.tokens.end);
        let colon = first.tokens.range().take(LONGEST_SOURCE).find(|&at| self.token(at).text == ":")?;
        let source = self.doc.head_of(TokenSpan::new(span.start, colon));
        let speakers = self.speakers(&[source]);
        let verb = |at: usize| matches!(self.token(at).upos, Upos::Verb | Upos::Aux);
        let piece = self.trim(TokenSpan::new(colon + 1, span.end));
        // "Norway: Statement by the Minister" is a title.
        let titles = || self.is_word(self.doc.head_of(piece)) && !piece.range().any(verb);
        if speakers.is_empty() || (span.start..colon).any(verb) || piece.len() < 2 || titles() {
            return None;
        }
        Some(Draft {
            cue: TokenSpan::new(colon, colon + 1),
            cue_head: colon,
            sources: vec![source],
            pieces: vec![piece],
            stance: Stance::Assert,
            addressee: None,
            speakers,
            rule: "claim/headline",
        })
    }

    /// "Kanté 'ready to step down'": a headline that ends in words in quotation marks right behind a name.
    pub(super) fn quoting_headline(&self) -> Option<Draft> {
        const MARKS: [&str; 7] = ["'", "‘", "’", "\"", "“", "”", "''"];
        let first = self.doc.sentences.first().filter(|sentence| sentence.paragraph == 0)?.tokens;
        let is_mark = |at: &usize| MARKS.contains(&self.token(*at).text.as_str());
        let open = first.range().find(is_mark)?;
        let close = first.end.checked_sub(1).filter(|last| is_mark(last) && *last > open + 2)?;
        let piece = TokenSpan::new(open + 1, close);
        let own = TokenSpan::new(first.start, open);
        let names_only = own.range().all(|at| matches!(self.token(at).upos, Upos::Propn | Upos::Adj | Upos::Noun));
        let tells = piece.range().any(|at| self.token(at).upos != Upos::Propn);
        if own.is_empty() || !names_only || !tells || piece.range().any(|at| is_mark(&at)) {
            return None;
        }
        let sources = vec![own.end - 1];
        let speakers = self.links.touching(own.range()).last().map(|mention| mention.entities.clone())?;
        Some(Draft {
            cue: TokenSpan::new(open, open + 1),
            cue_head: open,
            sources,
            pieces: vec![piece],
            stance: Stance::Assert,
            addressee: None,
            speakers,
            rule: "claim/headline",
        })
    }

    /// "denied them visas", "was denied entry", "was dismissed": what is refused is a thing, nobody's word.
    pub(super) fn refuses(&self, cue: usize) -> bool {
        let child = |relation: &str| self.doc.child(cue, relation);
        let verb = self.token(cue);
        let participle = verb.deprel == "acl" && verb.morphology.verb_form == Some(VerbForm::Participle);
        let object = child("obj");
        let passive = child("nsubj:pass");
        let given = child("iobj").is_some() || object.is_some() && (passive.is_some() || participle);
        let somebody = passive.is_some_and(|subject| self.is_somebody(subject));
        let granted = |object: usize| self.schema.words.is(&self.token(object).lemma, WordClass::Grant);
        !self.has_clause(cue) && (given || somebody || object.is_some_and(granted))
    }

    /// "rejected the offer", "rejected the plan": who turns a thing down denies nothing; a word that denies only words denies only those.
    pub(super) fn turns_down(&self, cue: usize) -> bool {
        let child = |relation: &str| self.doc.child(cue, relation);
        let Some(object) = child("obj").or_else(|| child("nsubj:pass")) else { return false };
        let asks = self.cue(object).is_some_and(|cue| matches!(cue.stance.as_str(), "promise" | "request"));
        let words = self.cue(cue).is_some_and(|kind| kind.takes(&CueContent::Words)) && !self.is_word(object);
        !self.has_clause(cue) && (asks || words && self.token(object).upos != Upos::Pron)
    }

    /// Whether a clause of its own tells what a cue denies; "rejected an offer to talk" has none.
    fn has_clause(&self, cue: usize) -> bool {
        self.doc.children(cue).any(|child| {
            let word = self.token(child);
            let infinitive = word.morphology.verb_form == Some(VerbForm::Infinitive);
            word.is_relation("ccomp") || word.is_relation("xcomp") && !infinitive
        })
    }

    /// "a field also called Kværn", "asked about the plan, she left": a past participle, whose noun or subject is not the one who speaks.
    pub(super) fn is_passive_participle(&self, cue: usize) -> bool {
        let (word, form) = (self.token(cue), self.token(cue).morphology);
        let past = form.verb_form == Some(VerbForm::Participle) && form.tense == Some(Tense::Past);
        past && matches!(word.deprel, "acl" | "advcl")
    }

    /// "No injuries were reported": a cue by which nothing is said.
    pub(super) fn says_nothing(&self, cue: usize) -> bool {
        self.doc.child(cue, "nsubj:pass").is_some_and(|subject| self.is_negated(subject))
    }

    /// "declined to say whether": what somebody does not say.
    pub(super) fn is_withheld(&self, cue: usize) -> bool {
        let word = self.token(cue);
        let speech = word.upos == Upos::Verb && self.cue(cue).is_some_and(|kind| kind.takes(&CueContent::Quote));
        let refuses = |head: usize| self.schema.status.find(&self.token(head).lemma) == Some(StatusWord::Denied);
        speech && word.is_relation("xcomp") && word.head.is_some_and(refuses)
    }

    /// "could demand", "to admit", "must not deny": what may be said has not been said.
    pub(super) fn is_supposed(&self, cue: usize) -> bool {
        let verb = self.token(cue);
        // "encouraged to write and suggest"
        let bare = verb.upos == Upos::Verb && verb.morphology.verb_form == Some(VerbForm::Infinitive);
        if bare && verb.deprel == "conj" && self.doc.child(cue, "nsubj").is_none() {
            return true;
        }
        let infinitive = verb.upos == Upos::Verb
            && verb.morphology.verb_form == Some(VerbForm::Infinitive)
            && self.doc.children(cue).any(|child| self.token(child).upos == Upos::Part && child < cue);
        // "warned against blaming Norway"
        let warned_of = || {
            let marker = self.doc.children(cue).find(|&child| matches!(self.token(child).deprel, "mark" | "case"));
            let above = verb.head.and_then(|head| self.cue(head)).filter(|kind| kind.stance != "accuse");
            let takes = |marker: usize| {
                let preposition = CueContent::Preposition(self.token(marker).lemma.to_lowercase());
                above.is_some_and(|kind| kind.takes(&preposition))
            };
            verb.upos == Upos::Verb && verb.is_relation("advcl") && marker.is_some_and(takes)
        };
        let modal = self.doc.children(cue).any(|child| {
            self.token(child).deprel == "aux"
                && self.schema.status.find(&self.token(child).lemma) == Some(StatusWord::Modal)
        });
        infinitive && !self.is_purpose(cue) || modal || warned_of()
    }

    /// "met to reaffirm their support": what is said is what they met for.
    fn is_purpose(&self, cue: usize) -> bool {
        let word = self.token(cue);
        let speech = self.cue(cue).is_some_and(|kind| {
            kind.stance == "assert" && kind.takes(&CueContent::Quote) && kind.takes(&CueContent::Object)
        });
        let did = |verb: usize| {
            let verb_form = self.token(verb).morphology.verb_form;
            self.doc.child(verb, "nsubj").is_some() && verb_form == Some(VerbForm::Finite) && !self.is_negated(verb)
        };
        speech && word.deprel == "advcl" && word.head.is_some_and(did)
    }

    /// The cue with its auxiliaries: "has denied".
    pub(super) fn cue_span(&self, cue: usize) -> TokenSpan {
        let first = self.doc.children(cue).filter(|&child| self.token(child).is_relation("aux") && child < cue).min();
        match first {
            Some(first) if (first..cue).all(|at| matches!(self.token(at).upos, Upos::Aux | Upos::Part | Upos::Adv)) => {
                TokenSpan::new(first, cue + 1)
            }
            _ => TokenSpan::new(cue, cue + 1),
        }
    }

    pub(super) fn is_negated(&self, token: usize) -> bool {
        self.doc.children(token).any(|child| self.schema.words.is(&self.token(child).text, WordClass::Negation))
    }

    fn is_tagged_cue(&self, token: usize) -> bool {
        self.doc.attributions.iter().any(|said| said.cue.is_some_and(|cue| cue.contains(token)))
    }

    /// Whom it is said to: "told reporters", "said to Trump".
    pub(super) fn addressee(&self, cue: usize, kind: &Cue) -> Option<usize> {
        let object = self.arcs.by(cue, "iobj").chain(self.arcs.by(cue, "obj").filter(|_| kind.addresses_object));
        let to = self.arcs.by(cue, "obl:to");
        object.chain(to).flat_map(|token| self.links.at(token).iter().copied()).next()
    }

    /// "said he would host": who says what they will do promises it. Who "called the plan a mistake" asks for nothing.
    fn refined(
        &self,
        stance: Stance,
        kind: &CueContent,
        cue: usize,
        pieces: &[TokenSpan],
        speakers: &[usize],
    ) -> Stance {
        if *kind == CueContent::Predication && stance == Stance::Request {
            return Stance::Assert;
        }
        if stance != Stance::Assert {
            return stance;
        }
        let root = self.doc.children(cue).find(|&child| self.token(child).deprel == "ccomp");
        let Some(root) = root.filter(|&root| pieces.iter().any(|piece| piece.contains(root))) else { return stance };
        let future = self.doc.children(root).any(|child| {
            self.token(child).deprel == "aux"
                && self.schema.status.find(&self.token(child).lemma) == Some(StatusWord::Future)
        });
        let own = self
            .arcs
            .by(root, "nsubj")
            .any(|subject| self.links.at(subject).iter().any(|entity| speakers.contains(entity)));
        if future && own { Stance::Promise } else { stance }
    }
}

/// The stance that a cue's row names.
pub(super) fn stance(name: &str) -> Stance {
    match name {
        "deny" => Stance::Deny,
        "believe" => Stance::Believe,
        "promise" => Stance::Promise,
        "request" => Stance::Request,
        "accuse" => Stance::Accuse,
        "ask" => Stance::Ask,
        _ => Stance::Assert,
    }
}
