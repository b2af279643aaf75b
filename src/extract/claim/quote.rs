//! Quotes that belong to a claim, over sentences and paragraphs.

use super::{Draft, Reader};
use crate::base::TokenSpan;
use crate::nlp::Quote;

/// The fewest words of a quote without a cue that is somebody's statement and no mere phrase.
const SHORTEST_LOOSE: usize = 4;

impl Reader<'_> {
    /// Quotes in the cue's sentence that the cue is not in.
    fn quotes_beside(&self, cue: usize) -> Vec<TokenSpan> {
        let sentence = self.doc.sentence(cue).tokens;
        let beside =
            self.doc.quotes.iter().filter(|quote| quote.tokens.overlaps(sentence) && !quote.tokens.contains(cue));
        let long = beside.filter(|quote| quote.tokens.len() > 3);
        long.map(|quote| quote.tokens).collect()
    }

    /// Pieces that begin or end in a quote take all of it, over sentences and paragraphs.
    pub(super) fn with_whole_quotes(&self, cue: usize, pieces: Vec<TokenSpan>, sources: &[usize]) -> Vec<TokenSpan> {
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

    /// Quotes without a cue of their own go on the claim before them: "\"A,\" she said. \"B.\"" is one.
    pub(super) fn attach_loose_quotes(&self, drafts: &mut [Draft]) {
        for quote in &self.doc.quotes {
            let span = self.trim_quote(quote.tokens);
            let sentence = self.doc.sentence(quote.marked.start);
            let taken = |draft: &Draft| {
                let cue_inside = span.contains(draft.cue_head);
                !cue_inside && draft.pieces.iter().any(|piece| piece.overlaps(span))
            };
            let own_cue = |draft: &Draft| sentence.tokens.contains(draft.cue_head) && !span.contains(draft.cue_head);
            if span.len() < SHORTEST_LOOSE
                || sentence.tokens.start != quote.marked.start
                || drafts.iter().any(|draft| taken(draft) || own_cue(draft))
            {
                continue;
            }
            let end = |draft: &Draft| draft.pieces.iter().map(|piece| piece.end).max().unwrap_or(0).max(draft.cue_head);
            let before = drafts.iter_mut().filter(|draft| end(draft) <= span.start && draft.cue_head < span.start);
            // Of claims that end together the outermost, whose cue stands first, speaks on.
            let Some(draft) = before.max_by_key(|draft| (end(draft), std::cmp::Reverse(draft.cue_head))) else {
                continue;
            };
            let quoted = draft.pieces.iter().any(|piece| self.token(piece.start).quoted);
            let last = self.doc.sentence(end(draft).saturating_sub(1));
            let near = sentence.paragraph <= last.paragraph + 1;
            let next = sentence.paragraph == last.paragraph && last.tokens.end == sentence.tokens.start;
            if quoted && near || next {
                draft.pieces.push(span);
            }
        }
    }

    /// The quotes beside a cue, or where it closes its paragraph with a colon, the paragraphs that follow.
    pub(super) fn quoted(&self, cue: usize) -> Vec<TokenSpan> {
        let beside = self.quotes_beside(cue);
        if beside.is_empty() { self.block(cue) } else { beside }
    }

    /// "The minister said:" and paragraphs of whole sentences behind it, up to one that is none or that opens another such block.
    fn block(&self, cue: usize) -> Vec<TokenSpan> {
        let sentence = self.doc.sentence(cue);
        let ends_with = |span: TokenSpan, marks: &[&str]| {
            span.end.checked_sub(1).is_some_and(|last| marks.contains(&self.token(last).text.as_str()))
        };
        if !ends_with(sentence.tokens, &[":"]) {
            return Vec::new();
        }
        let mut paragraphs: Vec<(usize, TokenSpan)> = Vec::new();
        for next in self.doc.sentences.iter().filter(|next| next.tokens.start >= sentence.tokens.end) {
            match paragraphs.last_mut() {
                Some((number, span)) if *number == next.paragraph => *span = span.union(next.tokens),
                _ => paragraphs.push((next.paragraph, next.tokens)),
            }
        }
        let after = paragraphs.into_iter().filter(|&(number, _)| number > sentence.paragraph).map(|(_, span)| span);
        let mut after = after.peekable();
        let opens = |quote: &&Quote| after.peek().is_some_and(|first| first.start == quote.marked.start);
        if let Some(quote) = self.doc.quotes.iter().find(opens) {
            return vec![self.trim_quote(quote.tokens)];
        }
        after.take_while(|&span| ends_with(span, &[".", "!", "?", "\"", "”", "''"])).collect()
    }
}
