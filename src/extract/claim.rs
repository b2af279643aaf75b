//! Attributions into claims: who says, denies, promises, asks what.
//!
//! "Norway has denied trying to sway the vote in Iceland." has the speaker Norway, the cue "has denied", and as content what
//! is denied.

use std::collections::{BTreeMap, BTreeSet};

use super::arcs::Arcs;
use super::event::{FoundEvent, sentence_evidence};
use super::fact::{Claim, ClaimFact, Form, Stance};
use crate::base::{CharSpan, TokenSpan, content_id};
use crate::link::Links;
use crate::nlp::{Attribution, Document, Token, Upos, VerbForm};
use crate::schema::{Cue, CueContent, EntityKind, Schema, StatusWord, WordClass};

/// Finds the claims of a document.
pub fn find(schema: &Schema, doc: &Document, links: &Links, arcs: &Arcs, events: &[FoundEvent]) -> Vec<ClaimFact> {
    let reader = Reader { schema, doc, links, arcs, events };
    let mut drafts: Vec<Draft> = Vec::new();
    for token in 0..doc.tokens.len() {
        drafts.extend(reader.by_cue(token));
        drafts.extend(reader.according_to(token));
    }
    // A cue word whose speaker nobody knows needs the attribution head to see a cue too: "it is expected".
    drafts.retain(|draft| !draft.speakers.is_empty() || draft.cue.range().any(|at| reader.is_tagged_cue(at)));
    reader.combine(&mut drafts);
    reader.attach_loose_quotes(&mut drafts);
    drop_repeats(&mut drafts);
    reader.drop_nested_nouns(&mut drafts);
    reader.resolve_first_person(&mut drafts);
    let mut claims: Vec<ClaimFact> = drafts.iter().map(|draft| reader.fact(draft)).collect();
    tie_denials(schema, doc, &drafts, &mut claims);
    reader.tie_anaphoric_denials(&drafts, &mut claims);
    claims
}

/// A claim as token spans.
#[derive(Clone, Debug)]
struct Draft {
    cue: TokenSpan,
    cue_head: usize,
    /// The source's head words; empty where nobody is named.
    sources: Vec<usize>,
    pieces: Vec<TokenSpan>,
    stance: Stance,
    addressee: Option<usize>,
    speakers: Vec<usize>,
}

struct Reader<'a> {
    schema: &'a Schema,
    doc: &'a Document,
    links: &'a Links,
    arcs: &'a Arcs,
    events: &'a [FoundEvent],
}

impl<'a> Reader<'a> {
    fn token(&self, at: usize) -> &'a Token {
        &self.doc.tokens[at]
    }

    fn cue(&self, token: usize) -> Option<&'a Cue> {
        let word = self.token(token);
        self.schema.cues.find(&word.lemma, word.upos.name())
    }

    /// Puts what the attribution head read beside what the cue words gave: claims that they lack, speakers that they miss.
    fn combine(&self, drafts: &mut Vec<Draft>) {
        for found in self.doc.attributions.iter().filter_map(|said| self.read(said)) {
            let alike = |draft: &Draft| draft.cue.overlaps(found.cue) || overlap(&draft.pieces, &found.pieces) >= 0.5;
            match drafts.iter_mut().find(|draft| alike(draft)) {
                Some(known) if known.speakers.is_empty() => {
                    known.speakers = found.speakers;
                    if known.sources.is_empty() {
                        known.sources = found.sources;
                    }
                }
                Some(_) => {}
                None => drafts.push(found),
            }
        }
    }

    /// An attribution of the head as a draft; its stance is the cue word's.
    fn read(&self, said: &Attribution) -> Option<Draft> {
        let cue = said.cue?;
        let cue_head = cue.range().rev().find(|&at| self.cue(at).is_some()).unwrap_or_else(|| self.doc.head_of(cue));
        let kind = self.cue(cue_head);
        let pieces: Vec<TokenSpan> =
            said.contents.iter().map(|&piece| self.trim(piece)).filter(|piece| piece.len() > 1).collect();
        if pieces.is_empty() || said.sources.is_empty() {
            return None;
        }
        let sources: Vec<usize> = said.sources.iter().map(|&source| self.doc.head_of(source)).collect();
        let speakers = self.speakers(&sources);
        let stance = kind.map_or(Stance::Assert, |kind| stance(&kind.stance));
        let negated = self.is_negated(cue_head);
        if negated && stance != Stance::Deny {
            return None;
        }
        let addressee = kind.and_then(|kind| self.addressee(cue_head, kind));
        Some(Draft { cue, cue_head, sources, pieces, stance, addressee, speakers })
    }

    /// The claim whose cue a token is, if it is one.
    fn by_cue(&self, token: usize) -> Option<Draft> {
        let cue = self.cue(token)?;
        let stance = stance(&cue.stance);
        if self.is_negated(token) && stance != Stance::Deny {
            return None;
        }
        if stance == Stance::Deny && self.refuses(token) {
            return None;
        }
        let sources = self.sources(token);
        let pieces = self.without_cue(token, &sources, self.content(token, cue, &sources)?);
        let sources = if sources.iter().any(|&source| pieces.iter().any(|piece| piece.contains(source))) {
            Vec::new()
        } else {
            sources
        };
        let verb = self.token(token).upos == Upos::Verb;
        if verb && sources.is_empty() && !self.is_tagged_cue(token) {
            return None;
        }
        let addressee = self.addressee(token, cue);
        let speakers = self.speakers(&sources);
        let stance = self.refined(stance, token, &pieces, &speakers);
        Some(Draft { cue: self.cue_span(token), cue_head: token, sources, pieces, stance, addressee, speakers })
    }

    /// "denied them visas", "rejected the offer": what is refused is a thing, nobody's word.
    fn refuses(&self, cue: usize) -> bool {
        let clause = self.doc.children(cue).any(|child| matches!(self.token(child).deprel, "ccomp" | "xcomp"));
        !clause && self.doc.child(cue, "obj").is_some_and(|object| self.cue(object).is_none())
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

    /// "according to X": what is left of the sentence is X's.
    fn according_to(&self, token: usize) -> Option<Draft> {
        let arc = self.arcs.of(token).iter().find(|arc| {
            matches!(arc.relation, "obl" | "nmod" | "advcl") && self.schema.cues.find(&arc.marker, "ADP").is_some()
        })?;
        let phrase = self.doc.subtree(arc.token);
        let cue = TokenSpan::new(phrase.start, (phrase.start + arc.marker.split(' ').count()).min(phrase.end));
        let pieces = self.around(self.doc.sentence(token).tokens, phrase);
        let sources = vec![arc.token];
        let speakers = self.speakers(&sources);
        (!pieces.is_empty()).then_some(Draft {
            cue,
            cue_head: phrase.start,
            sources,
            pieces,
            stance: Stance::Assert,
            addressee: None,
            speakers,
        })
    }

    /// Who says it: the subject, the agent, or the owner of a noun.
    fn sources(&self, cue: usize) -> Vec<usize> {
        let by = |relation: &str| self.arcs.by(cue, relation).collect::<Vec<usize>>();
        if self.token(cue).upos == Upos::Noun {
            return [by("nmod:poss"), by("nmod:by"), by("nmod:from"), by("compound")]
                .into_iter()
                .find(|found| !found.is_empty())
                .unwrap_or_default();
        }
        let subjects = by("nsubj");
        if subjects.is_empty() || !by("nsubj:pass").is_empty() {
            return by("obl:by");
        }
        subjects
            .into_iter()
            .filter(|&subject| !self.schema.words.is(&self.token(subject).lemma, WordClass::Expletive))
            .collect()
    }

    /// The entities that source words stand for; a noun without one may belong to one ("the statement by X").
    fn speakers(&self, sources: &[usize]) -> Vec<usize> {
        let mut out: Vec<usize> = Vec::new();
        for &source in sources {
            let mut found = self.links.at(source).to_vec();
            if found.is_empty() {
                found.extend(
                    self.arcs
                        .of(source)
                        .iter()
                        .filter(|arc| matches!(arc.relation, "appos"))
                        .flat_map(|arc| self.links.at(arc.token)),
                );
            }
            if found.is_empty() {
                found = self.named_around(source);
            }
            out.extend(found);
        }
        // A town may speak ("New York has confirmed"), but not beside others: "the mayor, Berlin".
        if out.iter().any(|&entity| self.links.entities[entity].kind != EntityKind::Place) {
            out.retain(|&entity| self.links.entities[entity].kind != EntityKind::Place);
        }
        let mut seen = BTreeSet::new();
        out.retain(|entity| seen.insert(*entity));
        out
    }

    /// The name that a source's word is a part of, or whose words the source is: "the UN report", "a statement by the ministry".
    fn named_around(&self, source: usize) -> Vec<usize> {
        let around = self.links.touching(std::iter::once(source)).next();
        let owner = || {
            let said = self.cue(source).is_some();
            let arcs = self.arcs.of(source).iter().filter(|arc| match arc.relation {
                "nmod" => self.schema.words.is(&arc.marker, WordClass::Origin),
                "compound" | "nmod:poss" => said,
                _ => false,
            });
            arcs.map(|arc| self.links.at(arc.token)).find(|found| !found.is_empty())
        };
        around.map(|mention| mention.entities.as_slice()).or_else(owner).unwrap_or_default().to_vec()
    }

    /// What is said, in pieces; `None` where nothing is.
    fn content(&self, cue: usize, kind: &Cue, sources: &[usize]) -> Option<Vec<TokenSpan>> {
        let mut pieces = Vec::new();
        for content in &kind.content {
            pieces = match content {
                CueContent::Clause => self.clause(cue),
                CueContent::Quote => self.quotes_beside(cue),
                CueContent::Object => self.object(cue, kind),
                CueContent::Infinitive => self.infinitive(cue),
                CueContent::Gerund => self.dependent(cue, "advcl"),
                CueContent::Predication => self.predication(cue),
                CueContent::Rest if self.token(cue).upos == Upos::Adv => self.modified_clause(cue),
                CueContent::Rest => Vec::new(),
                CueContent::Preposition(preposition) => self.prepositional(cue, preposition),
            };
            if !pieces.is_empty() {
                break;
            }
        }
        let pieces: Vec<TokenSpan> =
            pieces.into_iter().map(|piece| self.trim(piece)).filter(|piece| !piece.is_empty()).collect();
        let pieces = self.with_whole_quotes(cue, pieces, sources);
        (!pieces.is_empty()).then_some(pieces)
    }

    /// The clause that the cue governs, or that it stands in or beside ("…, he said").
    fn clause(&self, cue: usize) -> Vec<TokenSpan> {
        let noun = self.token(cue).upos == Upos::Noun;
        let governed = self.doc.children(cue).find(|&child| {
            let token = self.token(child);
            let infinitive = token.morphology.verb_form == Some(VerbForm::Infinitive);
            match token.deprel {
                "ccomp" => true,
                "acl" if noun => !infinitive && (self.has_mark(child) || self.doc.child(child, "nsubj").is_some()),
                "xcomp" => !infinitive && token.upos == Upos::Verb && self.token(cue).upos == Upos::Verb,
                "advcl" => self.token(cue).upos == Upos::Adj && self.has_mark(child),
                "parataxis" => child > cue && !noun && self.cue(child).is_none(),
                _ => false,
            }
        });
        if let Some(child) = governed {
            return vec![self.without_mark(child)];
        }
        let inserted = self.token(cue).deprel == "parataxis"
            || self.token(cue).deprel == "advcl"
                && self.doc.children(cue).any(|c| {
                    self.token(c).deprel == "mark" && self.schema.words.is(&self.token(c).lemma, WordClass::As)
                });
        if inserted && !noun {
            let sentence = self.doc.sentence(cue).tokens;
            let top = self.token(cue).head.map_or(sentence, |head| {
                if self.token(head).head.is_none() { sentence } else { self.doc.subtree(head) }
            });
            return self.around(top, self.doc.subtree(cue));
        }
        Vec::new()
    }

    fn has_mark(&self, verb: usize) -> bool {
        self.doc.children(verb).any(|child| self.token(child).deprel == "mark")
    }

    /// The subtree of a clause without its "that".
    fn without_mark(&self, verb: usize) -> TokenSpan {
        let span = self.doc.subtree(verb);
        let mark = self
            .doc
            .children(verb)
            .find(|&child| self.token(child).deprel == "mark" && self.token(child).upos == Upos::Sconj);
        match mark {
            Some(mark) if mark == span.start && self.schema.words.is(&self.token(mark).lemma, WordClass::That) => {
                TokenSpan::new(mark + 1, span.end)
            }
            _ => span,
        }
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
        let Some(object) = self.doc.child(cue, "obj") else { return Vec::new() };
        if self.token(object).upos == Upos::Pron {
            return Vec::new();
        }
        if let Some(inner) = self.cue(object).filter(|_| kind.stance == "deny") {
            let inner_clause = self.clause(object);
            if !inner_clause.is_empty() {
                return inner_clause;
            }
            if inner.takes(&CueContent::Preposition("of".to_owned())) {
                return self.prepositional(object, "of");
            }
        }
        let mut span = self.doc.subtree(object);
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

    /// The clause that an adverb modifies, without the adverb and without the clauses coordinated with it.
    fn modified_clause(&self, adverb: usize) -> Vec<TokenSpan> {
        let Some(verb) = self.token(adverb).head else { return Vec::new() };
        let whole = self.doc.subtree(verb);
        let next = self.doc.children(verb).filter(|&child| child > adverb && self.token(child).deprel == "conj");
        let end = next.map(|child| self.doc.subtree(child).start).min().unwrap_or(whole.end);
        self.around(TokenSpan::new(whole.start, end.max(adverb + 1)), TokenSpan::new(adverb, adverb + 1))
    }

    fn dependent(&self, cue: usize, relation: &str) -> Vec<TokenSpan> {
        self.doc
            .child(cue, relation)
            .filter(|&child| child > cue)
            .map(|child| self.doc.subtree(child))
            .into_iter()
            .collect()
    }

    fn prepositional(&self, cue: usize, preposition: &str) -> Vec<TokenSpan> {
        let arc = self.arcs.of(cue).iter().find(|arc| {
            arc.token > cue && arc.marker == preposition && matches!(arc.relation, "obl" | "nmod" | "advcl" | "acl")
        });
        let Some(arc) = arc else { return Vec::new() };
        let span = self.doc.subtree(arc.token);
        vec![TokenSpan::new((span.start + preposition.split(' ').count()).min(span.end), span.end)]
    }

    /// Quotes in the cue's sentence that the cue is not in.
    fn quotes_beside(&self, cue: usize) -> Vec<TokenSpan> {
        let sentence = self.doc.sentence(cue).tokens;
        let beside =
            self.doc.quotes.iter().filter(|quote| quote.tokens.overlaps(sentence) && !quote.tokens.contains(cue));
        let long = beside.filter(|quote| quote.tokens.len() > 3);
        long.map(|quote| quote.tokens).collect()
    }

    /// What is left of a span without an inner one: before and after.
    fn around(&self, span: TokenSpan, inner: TokenSpan) -> Vec<TokenSpan> {
        let parts = [
            TokenSpan::new(span.start, inner.start.max(span.start)),
            TokenSpan::new(inner.end.min(span.end), span.end),
        ];
        parts.into_iter().map(|part| self.trim(part)).filter(|part| part.len() > 1).collect()
    }

    /// A span without punctuation and quotation marks at its ends.
    fn trim(&self, mut span: TokenSpan) -> TokenSpan {
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

    /// Pieces that begin or end in a quote take all of it, over sentences and paragraphs.
    fn with_whole_quotes(&self, cue: usize, pieces: Vec<TokenSpan>, sources: &[usize]) -> Vec<TokenSpan> {
        let mut out: Vec<TokenSpan> = Vec::new();
        for mut piece in pieces {
            for (number, quote) in self.doc.quotes.iter().enumerate() {
                let foreign = quote.tokens.contains(cue) || sources.iter().any(|&source| quote.tokens.contains(source));
                if foreign || !quote.tokens.overlaps(piece) {
                    continue;
                }
                let crosses_sentence = !self.doc.sentence(piece.start).tokens.covers(quote.tokens);
                if crosses_sentence || piece.len() * 2 < quote.tokens.len() * 3 {
                    piece = piece.union(self.trim_quote(quote.tokens));
                }
                let next = self.doc.quotes.get(number + 1).filter(|next| next.continues);
                out.extend(next.map(|next| self.trim_quote(next.tokens)));
            }
            out.push(piece);
        }
        out.sort();
        let mut merged: Vec<TokenSpan> = Vec::new();
        for piece in out {
            match merged.last_mut() {
                Some(last) if last.end >= piece.start => *last = last.union(piece),
                _ => merged.push(piece),
            }
        }
        merged
    }

    fn trim_quote(&self, span: TokenSpan) -> TokenSpan {
        let comma = span.end.checked_sub(1).filter(|&last| last > span.start && self.token(last).text == ",");
        TokenSpan::new(span.start, comma.unwrap_or(span.end))
    }

    /// The cue with its auxiliaries: "has denied".
    fn cue_span(&self, cue: usize) -> TokenSpan {
        let first = self.doc.children(cue).filter(|&child| self.token(child).is_relation("aux") && child < cue).min();
        match first {
            Some(first) if (first..cue).all(|at| matches!(self.token(at).upos, Upos::Aux | Upos::Part | Upos::Adv)) => {
                TokenSpan::new(first, cue + 1)
            }
            _ => TokenSpan::new(cue, cue + 1),
        }
    }

    fn is_negated(&self, token: usize) -> bool {
        self.doc.children(token).any(|child| self.schema.words.is(&self.token(child).text, WordClass::Negation))
    }

    fn is_tagged_cue(&self, token: usize) -> bool {
        self.doc.attributions.iter().any(|said| said.cue.is_some_and(|cue| cue.contains(token)))
    }

    /// Whom it is said to: "told reporters", "said to Trump".
    fn addressee(&self, cue: usize, kind: &Cue) -> Option<usize> {
        let object = self.arcs.by(cue, "iobj").chain(self.arcs.by(cue, "obj").filter(|_| kind.addresses_object));
        let to = self.arcs.by(cue, "obl:to");
        object.chain(to).flat_map(|token| self.links.at(token).iter().copied()).next()
    }

    /// "said he would host": who says what they will do promises it.
    fn refined(&self, stance: Stance, cue: usize, pieces: &[TokenSpan], speakers: &[usize]) -> Stance {
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

    /// "reaffirmed their commitment to peace" is one claim: the noun's content is the verb's.
    fn drop_nested_nouns(&self, drafts: &mut Vec<Draft>) {
        let verbs: BTreeSet<usize> = drafts.iter().map(|draft| draft.cue_head).collect();
        drafts.retain(|draft| {
            let noun = self.token(draft.cue_head);
            let object = noun.upos == Upos::Noun && noun.is_relation("obj");
            !(object && noun.head.is_some_and(|head| verbs.contains(&head)))
        });
    }

    /// Quotes without a cue of their own go on the claim before them.
    fn attach_loose_quotes(&self, drafts: &mut [Draft]) {
        for quote in &self.doc.quotes {
            let span = self.trim_quote(quote.tokens);
            if span.len() < 4
                || drafts
                    .iter()
                    .any(|draft| draft.pieces.iter().any(|piece| piece.overlaps(span)) || span.contains(draft.cue_head))
            {
                continue;
            }
            let sentence = self.doc.sentence(quote.marked.start);
            if sentence.tokens.start != quote.marked.start {
                continue;
            }
            let before = drafts
                .iter_mut()
                .filter(|draft| draft.cue_head < span.start)
                .max_by_key(|draft| draft.pieces.iter().map(|piece| piece.end).max().unwrap_or(0).max(draft.cue_head));
            let Some(draft) = before else { continue };
            let quoted = draft.pieces.iter().any(|piece| self.token(piece.start).quoted);
            let near = sentence.paragraph <= self.doc.sentence(draft.cue_head).paragraph + 1
                || draft.pieces.iter().any(|piece| self.doc.sentence(piece.start).paragraph + 1 >= sentence.paragraph);
            if quoted && near {
                draft.pieces.push(span);
            }
        }
    }

    /// "dismissed the claim from Berlin", "denied these allegations": what is denied was said before, by those whom the noun names or
    /// about the one who denies it. The last such claim is denied, and those before it on the same matter.
    fn tie_anaphoric_denials(&self, drafts: &[Draft], claims: &mut [ClaimFact]) {
        for denial in 0..drafts.len() {
            if drafts[denial].stance != Stance::Deny {
                continue;
            }
            let Some(noun) = self.denied_noun(&drafts[denial]) else { continue };
            let authors: Vec<&String> =
                self.named_around(noun).iter().map(|&entity| &self.links.entities[entity].id).collect();
            let own = &claims[denial].speakers;
            let told = |other: &usize| {
                let claim = &claims[*other];
                let by_them = claim.speakers.iter().any(|speaker| authors.contains(&speaker));
                let against = authors.is_empty() && claim.about.iter().any(|about| own.contains(about));
                drafts[*other].cue_head < drafts[denial].cue_head
                    && matches!(drafts[*other].stance, Stance::Assert | Stance::Accuse | Stance::Believe)
                    && !claim.speakers.iter().any(|speaker| own.contains(speaker))
                    && (by_them || against)
            };
            let said: Vec<usize> = (0..drafts.len()).filter(told).collect();
            let Some(&last) = said.iter().max_by_key(|&&other| drafts[other].cue_head) else { continue };
            let matter = |other: &usize| {
                let mut shared = claims[*other].about.iter().filter(|about| claims[last].about.contains(about));
                shared.any(|about| !own.contains(about) && !authors.contains(&about))
            };
            let denied: Vec<String> = said
                .iter()
                .filter(|other| **other == last || matter(other))
                .map(|&i| claims[i].claim.id.clone())
                .collect();
            for id in denied {
                if !claims[denial].denies.contains(&id) {
                    claims[denial].denies.push(id);
                }
            }
        }
    }

    /// The noun for another's word that is all that a denial denies: "the claim", "these allegations".
    fn denied_noun(&self, denial: &Draft) -> Option<usize> {
        let noun = self.doc.child(denial.cue_head, "obj")?;
        let bare = self.token(noun).upos == Upos::Noun && self.cue(noun).is_some();
        (bare && denial.pieces.iter().any(|piece| piece.contains(noun)) && self.clause(noun).is_empty()).then_some(noun)
    }

    /// "I" and "we" in what somebody says are that somebody.
    fn resolve_first_person(&self, drafts: &mut [Draft]) {
        for inner in 0..drafts.len() {
            let first_person = drafts[inner].speakers.is_empty()
                && drafts[inner]
                    .sources
                    .iter()
                    .any(|&source| self.schema.people.pronoun(&self.token(source).text).is_some_and(|p| p.person == 1));
            if !first_person {
                continue;
            }
            let cue = drafts[inner].cue_head;
            let outer = drafts
                .iter()
                .find(|draft| !draft.speakers.is_empty() && draft.pieces.iter().any(|piece| piece.contains(cue)));
            if let Some(speakers) = outer.map(|outer| outer.speakers.clone()) {
                drafts[inner].speakers = speakers;
            }
        }
    }

    fn fact(&self, draft: &Draft) -> ClaimFact {
        let doc = self.doc;
        let content_spans: Vec<CharSpan> = draft.pieces.iter().map(|piece| doc.chars(*piece)).collect();
        let content = draft.pieces.iter().map(|piece| doc.text(*piece).to_owned()).collect();
        let source = self.source_span(draft);
        let cue_span = doc.chars(draft.cue);
        let mut evidence = sentence_evidence(doc, draft.cue_head, "claim/cue");
        let whole = draft.pieces.iter().fold(doc.sentence(draft.cue_head).tokens, |whole, piece| whole.union(*piece));
        let chars = doc.chars(whole);
        (evidence.start, evidence.end, evidence.text) = (chars.start, chars.end, doc.text(whole).to_owned());
        let start = content_spans.first().map_or(0, |span| span.start).to_string();
        let id = content_id("claim", [doc.article.id.as_str(), &cue_span.start.to_string(), &start]);
        let entity_id = |entity: &usize| self.links.entities[*entity].id.clone();
        ClaimFact {
            claim: Claim {
                id,
                form: self.form(draft),
                stance: draft.stance,
                cue: doc.text(draft.cue).to_owned(),
                cue_span: Some(cue_span),
                source_text: source.map(|span| doc.text(span).to_owned()).unwrap_or_default(),
                source_span: source.map(|span| doc.chars(span)),
                content,
                content_spans,
                evidence: BTreeSet::from([evidence]),
            },
            speakers: draft.speakers.iter().map(entity_id).collect(),
            addressee: draft.addressee.filter(|entity| !draft.speakers.contains(entity)).as_ref().map(entity_id),
            about: self.about(draft),
            denies: Vec::new(),
        }
    }

    /// The words for the source: its phrase up to the first comma behind the head.
    fn source_span(&self, draft: &Draft) -> Option<TokenSpan> {
        let first = *draft.sources.first()?;
        let last = *draft.sources.last()?;
        let span = self.doc.subtree(first).union(self.doc.subtree(last));
        let end = (last + 1..span.end)
            .find(|&at| {
                self.token(at).upos == Upos::Punct || self.token(at).is_relation("acl") || draft.cue.contains(at)
            })
            .unwrap_or(span.end);
        let start = self.doc.subtree(first).start;
        let skip = draft.cue.end.min(end);
        Some(TokenSpan::new(if draft.cue.contains(start) { skip } else { start }, end))
    }

    fn form(&self, draft: &Draft) -> Form {
        let total: usize = draft.pieces.iter().map(|piece| piece.len()).sum();
        let quoted: usize = draft
            .pieces
            .iter()
            .map(|piece| self.doc.tokens[piece.range()].iter().filter(|token| token.quoted).count())
            .sum();
        match quoted {
            0 => Form::Indirect,
            _ if quoted * 10 >= total * 9 => Form::Direct,
            _ => Form::Mixed,
        }
    }

    /// Ids of the entities and events in the content.
    fn about(&self, draft: &Draft) -> Vec<String> {
        let mut out = BTreeSet::new();
        for piece in &draft.pieces {
            for mention in self.links.within(*piece) {
                out.extend(mention.entities.iter().map(|&entity| self.links.entities[entity].id.clone()));
            }
            for event in
                self.events.iter().filter(|event| event.triggers.iter().any(|&trigger| piece.contains(trigger)))
            {
                out.insert(event.fact.event.id.clone());
            }
        }
        out.into_iter().collect()
    }
}

/// Tokens shared by two lists of pieces, over all tokens of both.
fn overlap(a: &[TokenSpan], b: &[TokenSpan]) -> f64 {
    let tokens = |pieces: &[TokenSpan]| pieces.iter().flat_map(|piece| piece.range()).collect::<BTreeSet<usize>>();
    let (a, b) = (tokens(a), tokens(b));
    a.intersection(&b).count() as f64 / a.union(&b).count().max(1) as f64
}

fn stance(name: &str) -> Stance {
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

/// Of claims with the same content the one whose cue comes first stays, a named speaker before none.
fn drop_repeats(drafts: &mut Vec<Draft>) {
    let mut best: BTreeMap<Vec<TokenSpan>, usize> = BTreeMap::new();
    for (number, draft) in drafts.iter().enumerate() {
        let slot = best.entry(draft.pieces.clone()).or_insert(number);
        if drafts[*slot].speakers.is_empty() && !draft.speakers.is_empty() {
            *slot = number;
        }
    }
    let kept: BTreeSet<usize> = best.into_values().collect();
    let mut number = 0;
    drafts.retain(|_| {
        number += 1;
        kept.contains(&(number - 1))
    });
}

/// Ties each denial to the claim it denies: another's, on the same matter, the one most alike.
fn tie_denials(schema: &Schema, doc: &Document, drafts: &[Draft], claims: &mut [ClaimFact]) {
    let words = |draft: &Draft| -> BTreeSet<String> {
        let content = draft.pieces.iter().flat_map(|piece| &doc.tokens[piece.range()]);
        content
            .filter(|token| matches!(token.upos, Upos::Noun | Upos::Propn | Upos::Verb | Upos::Adj | Upos::Num))
            .map(|token| token.lemma.to_lowercase())
            .collect()
    };
    // Who says that it was not so agrees with the denial.
    let negated = |draft: usize| {
        drafts[draft]
            .pieces
            .iter()
            .flat_map(|piece| piece.range())
            .any(|at| schema.words.is(&doc.tokens[at].text, WordClass::Negation))
    };
    for denial in 0..drafts.len() {
        if drafts[denial].stance != Stance::Deny {
            continue;
        }
        let own = words(&drafts[denial]);
        let alike = |other: usize| {
            let shared = words(&drafts[other]).intersection(&own).count();
            let accused = claims[denial].speakers.iter().any(|speaker| claims[other].about.contains(speaker));
            let matters = claims[other].about.iter().filter(|id| claims[denial].about.contains(id)).count();
            let accuses = usize::from(drafts[other].stance == Stance::Accuse);
            (shared > 0 && !negated(other) && (accused || matters > 0))
                .then_some(shared + 2 * usize::from(accused) + matters + 2 * accuses)
        };
        let candidates = (0..drafts.len()).filter(|&other| {
            other != denial
                && drafts[other].stance != Stance::Deny
                && drafts[other].speakers.iter().all(|s| !drafts[denial].speakers.contains(s))
        });
        let best = candidates.filter_map(|other| Some((alike(other)?, std::cmp::Reverse(other)))).max();
        if let Some((_, std::cmp::Reverse(other))) = best {
            let id = claims[other].claim.id.clone();
            claims[denial].denies.push(id);
        }
    }
}
