//! What a cue word takes as its content, as spans of tokens.
//!
//! Of "Ms Solheim welcomed the talks in Dakar as a first step, and left." the cue "welcomed" takes "the talks in Dakar as a first step".

use super::Reader;
use crate::base::TokenSpan;
use crate::nlp::{Upos, VerbForm};
use crate::schema::{Cue, CueContent, EntityKind, WordClass};

impl Reader<'_> {
    /// What is said, in pieces, and as what the cue takes it; `None` where nothing is.
    pub(super) fn content<'b>(
        &self,
        cue: usize,
        kind: &'b Cue,
        sources: &[usize],
    ) -> Option<(&'b CueContent, Vec<TokenSpan>)> {
        let found = kind.content.iter().map(|content| (content, self.content_as(content, cue, kind)));
        let (content, pieces) = found.into_iter().find(|(_, pieces)| !pieces.is_empty())?;
        let whole = |piece: TokenSpan| match content {
            CueContent::Clause | CueContent::Quote | CueContent::Rest => piece,
            _ => self.with_what_follows(cue, piece, sources),
        };
        let pieces: Vec<TokenSpan> = pieces.into_iter().map(|piece| self.trim(whole(piece))).collect();
        let pieces: Vec<TokenSpan> = pieces.into_iter().filter(|piece| !piece.is_empty()).collect();
        let mut pieces = self.with_whole_quotes(cue, pieces, sources);
        if *content != CueContent::Quote && kind.takes(&CueContent::Quote) && self.is_outermost(cue) {
            pieces.extend(self.block(cue));
        }
        (!pieces.is_empty()).then_some((content, pieces))
    }

    /// What a cue takes in one of its ways.
    fn content_as(&self, content: &CueContent, cue: usize, kind: &Cue) -> Vec<TokenSpan> {
        match content {
            CueContent::Clause => self.clause(cue),
            CueContent::Quote => self.quoted(cue),
            CueContent::Object => self.object(cue, kind),
            CueContent::Matter if self.is_about_somebody(cue) => Vec::new(),
            CueContent::Matter => self.object(cue, kind),
            CueContent::Words if !self.is_about_words(cue) => Vec::new(),
            CueContent::Words => self.object(cue, kind),
            CueContent::Infinitive => self.infinitive(cue),
            CueContent::Gerund => self.dependent(cue, "advcl"),
            CueContent::Predication => self.predication(cue),
            CueContent::Rest if self.token(cue).upos == Upos::Adv => self.modified_clause(cue),
            CueContent::Rest => Vec::new(),
            CueContent::Preposition(preposition) => self.prepositional(cue, preposition),
        }
    }

    /// Content with what stands right behind it and hangs on the cue too: "welcomed the talks | to be held in Oslo", "announced her |
    /// as candidate". A time or another cue there is the article's own.
    fn with_what_follows(&self, cue: usize, piece: TokenSpan, sources: &[usize]) -> TokenSpan {
        let mut whole = piece;
        let mut at = piece.end;
        let follows = |child: usize, at: usize| {
            let word = self.token(child);
            let adverbial =
                matches!(word.deprel, "obl" | "advcl" | "xcomp" | "acl" | "nmod" | "ccomp" | "obl:unmarked");
            adverbial && child > cue && self.doc.subtree(child).start == at && !sources.contains(&child)
        };
        while let Some(child) = self.doc.children(cue).find(|&child| piece.start > cue && follows(child, at)) {
            let part = self.doc.subtree(child);
            at = part.end;
            let is_time = self.doc.times.iter().any(|time| time.tokens.overlaps(part) && time.tokens.end == part.end);
            let participle = self.token(child).morphology.verb_form != Some(VerbForm::Infinitive);
            if self.cue(child).is_some() && self.token(child).upos == Upos::Verb && participle {
                break;
            }
            if !is_time {
                whole.end = part.end;
            }
        }
        whole
    }

    /// Whether the object is a person, or people: "welcomed the envoy", "citing officials".
    fn is_about_somebody(&self, cue: usize) -> bool {
        self.doc.child(cue, "obj").is_some_and(|object| self.is_somebody(object))
    }

    /// Whether a noun is of a person, or people.
    pub(super) fn is_somebody(&self, noun: usize) -> bool {
        let named = self.links.at(noun).iter().any(|&entity| self.links.entities[entity].kind == EntityKind::Person);
        let (word, people) = (self.token(noun), &self.schema.people);
        named || people.person_noun(&word.text).is_some() || people.delegate(&word.lemma.to_lowercase()).is_some()
    }

    /// Whether the object is a noun for somebody's words: "dismissed the allegation".
    fn is_about_words(&self, cue: usize) -> bool {
        self.doc.child(cue, "obj").is_some_and(|object| self.is_word(object))
    }

    /// Whether a word is a noun for somebody's words: "allegation", "report".
    pub(super) fn is_word(&self, noun: usize) -> bool {
        self.cue(noun).is_some() || self.schema.words.is(&self.token(noun).lemma, WordClass::Words)
    }

    /// The clause that the cue governs, or that it stands in or beside ("…, he said").
    pub(super) fn clause(&self, cue: usize) -> Vec<TokenSpan> {
        let noun = self.token(cue).upos == Upos::Noun;
        let governed = self.doc.children(cue).find(|&child| {
            let token = self.token(child);
            let infinitive = token.morphology.verb_form == Some(VerbForm::Infinitive);
            match token.deprel {
                "ccomp" => true,
                "acl" if noun => self.doc.child(child, "nsubj").is_some() || !infinitive && self.has_mark(child),
                "xcomp" => !infinitive && token.upos == Upos::Verb && self.token(cue).upos == Upos::Verb,
                "advcl" => self.token(cue).upos == Upos::Adj && self.has_mark(child),
                "parataxis" => child > cue && !noun && self.cue(child).is_none(),
                _ => false,
            }
        });
        if let Some(child) = governed {
            let piece = self.without_mark(child);
            let pieces = self.with_antecedent(cue, piece).unwrap_or_else(|| self.with_afterthought(cue, piece));
            return pieces.into_iter().map(|piece| self.without_verdict(cue, piece)).collect();
        }
        let takes_more = |child: usize| child > cue && matches!(self.token(child).deprel, "obj" | "ccomp" | "xcomp");
        let takes_of = || self.takes_prepositional(cue);
        let inserted = self.token(cue).deprel == "parataxis" && !self.doc.children(cue).any(takes_more) && !takes_of()
            || self.token(cue).deprel == "advcl" && self.is_as(cue);
        if inserted && !noun {
            let sentence = self.doc.sentence(cue).tokens;
            let top = self.token(cue).head.map_or(sentence, |head| {
                if self.token(head).head.is_none() { sentence } else { self.doc.subtree(head) }
            });
            return self.around(top, self.doc.subtree(cue));
        }
        Vec::new()
    }

    /// Whether no other cue stands above one in its sentence.
    fn is_outermost(&self, cue: usize) -> bool {
        let above = std::iter::successors(self.token(cue).head, |&head| self.token(head).head);
        above.into_iter().all(|head| self.cue(head).is_none())
    }

    fn has_mark(&self, verb: usize) -> bool {
        self.doc.children(verb).any(|child| self.token(child).deprel == "mark")
    }

    /// A span without the "that" that opens it.
    pub(super) fn without_that(&self, span: TokenSpan) -> TokenSpan {
        let opens = !span.is_empty() && self.token(span.start).upos == Upos::Sconj;
        let that = opens && self.schema.words.is(&self.token(span.start).lemma, WordClass::That);
        TokenSpan::new(span.start + usize::from(that), span.end)
    }

    /// The subtree of a clause without its "that".
    fn without_mark(&self, verb: usize) -> TokenSpan {
        self.without_that(self.trim(self.doc.subtree(verb)))
    }

    /// "deleted the post, which she said had been a mistake": what is said of what a relative pronoun stands for has that as its subject.
    fn with_antecedent(&self, cue: usize, piece: TokenSpan) -> Option<Vec<TokenSpan>> {
        let noun = self.token(cue).head.filter(|_| self.token(cue).deprel == "acl:relcl")?;
        let clause = self.doc.subtree(cue);
        let stands_for_it = |at: usize| {
            let word = self.token(at);
            let relative = self.schema.people.pronoun(&word.text).is_some_and(|pronoun| pronoun.person == 0);
            let speaks = word.head == Some(cue) && word.is_relation("nsubj");
            relative && !speaks && (word.is_relation("nsubj") || word.is_relation("obj"))
        };
        let opens = (clause.start..cue).any(stands_for_it);
        let behind = TokenSpan::new(piece.start.max(cue + 1), piece.end.max(cue + 1));
        let pieces = vec![self.phrase_before(noun, clause), self.trim(behind)];
        (opens && pieces.iter().all(|piece| !piece.is_empty())).then_some(pieces)
    }

    /// "The yard was a giant, Mr Hauge said, until it burnt down": what goes on behind an inserted cue.
    fn with_afterthought(&self, cue: usize, piece: TokenSpan) -> Vec<TokenSpan> {
        let comma = |at: usize| self.doc.tokens.get(at).is_some_and(|token| token.text == ",");
        let inserted = piece.end <= cue && !self.token(piece.start).quoted && comma(cue + 1);
        let more = self
            .doc
            .children(cue)
            .find(|&child| child > cue && inserted && self.token(child).deprel == "advcl" && self.has_mark(child));
        std::iter::once(piece).chain(more.map(|child| self.trim(self.doc.subtree(child)))).collect()
    }

    /// "dismissed reports that he had lied as \"fake news\"": what the words are dismissed as is none of them.
    fn without_verdict(&self, cue: usize, piece: TokenSpan) -> TokenSpan {
        let word = self.token(cue);
        let verb = word.head.filter(|_| word.upos == Upos::Noun && word.is_relation("obj"));
        let dismisses = |verb: usize| self.cue(verb).is_some_and(|kind| kind.takes(&CueContent::Words));
        if !verb.is_some_and(dismisses) {
            return piece;
        }
        let verdict = piece.range().skip(1).find(|&at| {
            let noun = self.token(at).head.filter(|_| self.token(at).is_relation("case"));
            let plain = |noun: usize| self.doc.child(noun, "det").is_none() && self.links.at(noun).is_empty();
            self.schema.words.is(&self.token(at).lemma, WordClass::As)
                && noun.is_some_and(|noun| plain(noun) && self.doc.subtree(noun).end >= piece.end)
        });
        TokenSpan::new(piece.start, verdict.unwrap_or(piece.end))
    }

    fn infinitive(&self, cue: usize) -> Vec<TokenSpan> {
        let found = self.doc.children(cue).find(|&child| {
            let token = self.token(child);
            matches!(token.deprel, "xcomp" | "acl" | "advcl" | "ccomp")
                && child > cue
                && token.morphology.verb_form == Some(VerbForm::Infinitive)
        });
        let Some(verb) = found else { return Vec::new() };
        // "urged Russia to withdraw": those asked belong to what is asked.
        let asked = self.doc.child(cue, "obj").filter(|&object| object > cue && object < verb);
        let span = self.doc.subtree(verb);
        vec![asked.map_or(span, |object| self.doc.subtree(object).union(span))]
    }

    /// The object, of nouns that say something in their turn ("rejected allegations that …") what they say.
    fn object(&self, cue: usize, kind: &Cue) -> Vec<TokenSpan> {
        let Some(object) = self.doc.child(cue, "obj") else { return self.noun_before(cue) };
        if self.token(object).upos == Upos::Pron {
            return self.noun_before(cue);
        }
        if let Some(inner) = self.cue(object).filter(|_| kind.stance == "deny") {
            let inner_clause = self.clause(object);
            if !inner_clause.is_empty() {
                return inner_clause;
            }
            let of = CueContent::Preposition("of".to_owned());
            let matter = if inner.takes(&of) { self.prepositional(object, "of") } else { Vec::new() };
            if !matter.is_empty() {
                return matter;
            }
        }
        let mut span = self.doc.subtree(object);
        // "dismissed the allegations saying that …" goes on with words of one's own.
        let goes_on = |&child: &usize| {
            let own = self.token(child).is_relation("acl")
                && self.token(child).morphology.verb_form != Some(VerbForm::Finite);
            own && child > object && self.cue(child).is_some() && self.is_known(object) && kind.stance == "deny"
        };
        if let Some(child) = self.doc.children(object).find(goes_on) {
            span.end = self.doc.subtree(child).start;
        }
        // "praised Egypt for its efforts": what it is praised for goes with it.
        for arc in self
            .arcs
            .of(cue)
            .iter()
            .filter(|arc| arc.relation == "obl" && self.schema.words.is(&arc.marker, WordClass::Matter))
        {
            let other = self.doc.subtree(arc.token);
            if other.start == span.end {
                span = span.union(other);
            }
        }
        vec![span]
    }

    /// "a policy which Norway has criticized", "a truce, as outlined by Norway": the noun that a clause behind it tells somebody's word of.
    fn noun_before(&self, cue: usize) -> Vec<TokenSpan> {
        let clause = self.doc.subtree(cue);
        let word = self.token(cue);
        let agent = || self.arcs.by(cue, "obl:by").next().is_some();
        let tells = match word.deprel {
            "acl:relcl" => {
                let comma =
                    clause.start.checked_sub(1).into_iter().chain([clause.start]).any(|at| self.token(at).text == ",");
                comma && self.doc.child(cue, "obj").is_some_and(|object| object < cue)
            }
            "acl" => self.is_passive_participle(cue) && agent(),
            _ => false,
        };
        let Some(noun) = word.head.filter(|&noun| tells && noun < clause.start) else { return Vec::new() };
        let phrase = self.phrase_before(noun, clause);
        if self.token(noun).upos == Upos::Noun && !phrase.is_empty() { vec![phrase] } else { Vec::new() }
    }

    /// "called the plan a disaster", "described it as a success": the object and what it is called.
    fn predication(&self, cue: usize) -> Vec<TokenSpan> {
        let Some(object) = self.doc.child(cue, "obj").filter(|&object| object > cue) else { return Vec::new() };
        let called = self.doc.children(cue).find(|&child| {
            let token = self.token(child);
            let plain = token.deprel == "xcomp" && token.morphology.verb_form != Some(VerbForm::Infinitive);
            let marked = matches!(token.deprel, "obl" | "advcl" | "xcomp")
                && self.doc.children(child).any(|mark| {
                    self.schema.words.is(&self.token(mark).lemma, WordClass::As) && self.token(mark).is_relation("case")
                });
            child > object && (plain || marked)
        });
        called.map(|called| self.doc.subtree(object).union(self.doc.subtree(called))).into_iter().collect()
    }

    /// The clause that an adverb modifies, without the adverb, what comes before its subject and the clauses coordinated with it.
    /// An adverb of a cue word has none of its own: "reportedly said".
    fn modified_clause(&self, adverb: usize) -> Vec<TokenSpan> {
        let Some(verb) = self.token(adverb).head.filter(|&head| self.cue(head).is_none()) else { return Vec::new() };
        let whole = self.doc.subtree(verb);
        let next = self.doc.children(verb).filter(|&child| child > adverb && self.token(child).deprel == "conj");
        let end = next.map(|child| self.doc.subtree(child).start).min().unwrap_or(whole.end);
        let subject = self.doc.child(verb, "nsubj").filter(|&subject| subject < adverb);
        let start = subject.map_or(whole.start, |subject| self.doc.subtree(subject).start);
        self.around(TokenSpan::new(start, end.max(adverb + 1)), TokenSpan::new(adverb, adverb + 1))
    }

    fn dependent(&self, cue: usize, relation: &str) -> Vec<TokenSpan> {
        self.doc
            .child(cue, relation)
            .filter(|&child| child > cue)
            .map(|child| self.doc.subtree(child))
            .into_iter()
            .collect()
    }

    /// "ships sink; Norway warns of a storm": whether a preposition behind a cue opens its content.
    pub(super) fn takes_prepositional(&self, cue: usize) -> bool {
        let Some(kind) = self.cue(cue) else { return false };
        let takes = |content: &CueContent| match content {
            CueContent::Preposition(preposition) => !self.prepositional(cue, preposition).is_empty(),
            _ => false,
        };
        kind.content.iter().any(takes)
    }

    pub(super) fn prepositional(&self, cue: usize, preposition: &str) -> Vec<TokenSpan> {
        let arc = self.arcs.of(cue).iter().find(|arc| {
            arc.token > cue && arc.marker == preposition && matches!(arc.relation, "obl" | "nmod" | "advcl" | "acl")
        });
        let Some(arc) = arc else { return Vec::new() };
        let span = self.doc.subtree(arc.token);
        vec![TokenSpan::new((span.start + preposition.split(' ').count()).min(span.end), span.end)]
    }

    /// What is left of a span without an inner one: before and after.
    pub(super) fn around(&self, span: TokenSpan, inner: TokenSpan) -> Vec<TokenSpan> {
        let parts = [
            TokenSpan::new(span.start, inner.start.max(span.start)),
            TokenSpan::new(inner.end.min(span.end), span.end),
        ];
        // "which, he said, …": a relative pronoun alone is none of it.
        let names = |at: usize| match self.token(at).upos {
            Upos::Propn | Upos::Noun => true,
            _ => self.schema.people.pronoun(&self.token(at).text).is_some_and(|pronoun| pronoun.person > 0),
        };
        let tells = |part: &TokenSpan| part.len() > 1 || !part.is_empty() && names(part.start);
        parts.into_iter().map(|part| self.trim(part)).filter(tells).collect()
    }

    /// A span without punctuation and quotation marks at its ends.
    pub(super) fn trim(&self, mut span: TokenSpan) -> TokenSpan {
        let edge =
            |at: usize| self.token(at).upos == Upos::Punct && !matches!(self.token(at).text.as_str(), "(" | ")" | "$");
        while !span.is_empty() && edge(span.start) {
            span.start += 1;
        }
        while !span.is_empty() && edge(span.end - 1) {
            span.end -= 1;
        }
        if !span.is_empty() && matches!(self.token(span.start).upos, Upos::Cconj) {
            span.start += 1;
        }
        span
    }
}
