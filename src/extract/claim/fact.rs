//! A draft into a claim of the graph, with its id, its offsets and what it is about.

use std::collections::BTreeSet;

use super::{Draft, Reader};
use crate::base::{CharSpan, TokenSpan, content_id};
use crate::extract::event::sentence_evidence;
use crate::extract::fact::{Claim, ClaimFact, Form};
use crate::nlp::Upos;

/// Words that a content needs for the same words by the same speaker to be the same statement.
const SHORTEST_REPEAT: usize = 6;

impl Reader<'_> {
    pub(super) fn fact(&self, draft: &Draft) -> ClaimFact {
        let doc = self.doc;
        let marked: Vec<TokenSpan> = draft.pieces.iter().map(|&piece| self.with_marks(piece)).collect();
        let content_spans: Vec<CharSpan> = marked.iter().map(|piece| doc.chars(*piece)).collect();
        let content = marked.iter().map(|piece| doc.text(*piece).to_owned()).collect();
        let source = self.source_span(draft);
        let cue_span = doc.chars(draft.cue);
        let mut evidence = sentence_evidence(doc, draft.cue_head, draft.rule);
        let whole = draft.pieces.iter().fold(doc.sentence(draft.cue_head).tokens, |whole, piece| whole.union(*piece));
        let chars = doc.chars(whole);
        (evidence.start, evidence.end, evidence.text) = (chars.start, chars.end, doc.text(whole).to_owned());
        let speakers: Vec<String> =
            draft.speakers.iter().map(|&entity| self.links.entities[entity].id.clone()).collect();
        let source_text = source.map(|span| doc.text(span).to_owned()).unwrap_or_default();
        let id = self.id(draft, &speakers, &source_text);
        let entity_id = |entity: &usize| self.links.entities[*entity].id.clone();
        ClaimFact {
            claim: Claim {
                id,
                form: self.form(draft),
                stance: draft.stance,
                cue: doc.text(draft.cue).to_owned(),
                cue_span: Some(cue_span),
                source_text,
                source_span: source.map(|span| doc.chars(span)),
                content,
                content_spans,
                evidence: BTreeSet::from([evidence]),
            },
            speakers,
            addressee: draft.addressee.filter(|entity| !draft.speakers.contains(entity)).as_ref().map(entity_id),
            about: self.about(draft),
            denies: Vec::new(),
        }
    }

    /// Its id: what is said by whom in which sense, so that a statement told twice, in one article or in many, is one claim; of contents
    /// too short to tell one occasion from another, its place in its article.
    fn id(&self, draft: &Draft, speakers: &[String], source_text: &str) -> String {
        let tokens = draft.pieces.iter().flat_map(|piece| &self.doc.tokens[piece.range()]);
        let words = tokens.filter(|token| token.upos != Upos::Punct).map(|token| token.text.to_lowercase());
        let words: Vec<String> = words.collect();
        let stance = draft.stance.to_string();
        if words.len() < SHORTEST_REPEAT {
            let start = draft.pieces.first().map_or(0, |piece| self.doc.chars(*piece).start).to_string();
            let cue = self.doc.chars(draft.cue).start.to_string();
            let place = [self.doc.article.id.as_str(), &cue, &start, &stance];
            return content_id("claim", place.into_iter().chain(speakers.iter().map(String::as_str)));
        }
        let mut by: Vec<&str> = speakers.iter().map(String::as_str).collect();
        by.sort_unstable();
        let unnamed = source_text.to_lowercase();
        let by = if by.is_empty() { unnamed } else { by.join(" ") };
        content_id("claim", [by.as_str(), &stance].into_iter().chain(words.iter().map(String::as_str)))
    }

    /// A piece with the mark that ends or opens a quote in it: "he was \"gutted\"".
    fn with_marks(&self, piece: TokenSpan) -> TokenSpan {
        let mut whole = piece;
        for quote in self.doc.quotes.iter().filter(|quote| quote.marked.end > quote.tokens.end) {
            let (opens, ends) = (piece.contains(quote.marked.start), piece.contains(quote.marked.end - 1));
            if opens && quote.tokens.end == piece.end {
                whole.end = quote.marked.end;
            }
            if ends && quote.tokens.start == piece.start {
                whole.start = quote.marked.start;
            }
        }
        whole
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
