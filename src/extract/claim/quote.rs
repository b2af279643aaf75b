//! Quotes that belong to a claim, over sentences and paragraphs.

use super::{Draft, Reader};
use crate::base::TokenSpan;
use crate::extract::fact::Stance;
use crate::nlp::{Quote, Upos};
use crate::schema::CueContent;

/// The fewest words of a quote without a cue that is somebody's statement and no mere phrase.
const SHORTEST_LOOSE: usize = 4;

impl Reader<'_> {
    /// Quotes in the cue's sentence that the cue is not in, nor another cue's: of "praised the crew, adding that \"…\"" none is praise.
    fn quotes_beside(&self, cue: usize) -> Vec<TokenSpan> {
        let sentence = self.doc.sentence(cue).tokens;
        let beside = self.doc.quotes.iter().filter(|quote| {
            let own = || self.quoting_cue(quote, sentence).is_none_or(|nearest| nearest == cue);
            quote.tokens.overlaps(sentence) && !quote.tokens.contains(cue) && own()
        });
        let long = beside.filter(|quote| quote.tokens.len() > 3);
        long.map(|quote| quote.tokens).collect()
    }

    /// The nearest verb above a quote of a sentence that quotes take.
    fn quoting_cue(&self, quote: &Quote, sentence: TokenSpan) -> Option<usize> {
        let (start, end) = (quote.tokens.start.max(sentence.start), quote.tokens.end.min(sentence.end));
        let words = Some(self.trim(TokenSpan::new(start, end))).filter(|words| !words.is_empty())?;
        let head = self.doc.head_of(words);
        let mut above = std::iter::successors(self.token(head).head, |&head| self.token(head).head);
        above.find(|&at| {
            self.token(at).upos == Upos::Verb && self.cue(at).is_some_and(|cue| cue.takes(&CueContent::Quote))
        })
    }

    /// "\"Where are the boats?\" | Kanté asked in a letter.": a quote whose own mark parts it from the words that tell whose it is.
    fn quote_before(&self, cue: usize) -> Option<TokenSpan> {
        let sentence = self.doc.sentence(cue);
        let parted = |quote: &&Quote| {
            let last = quote.tokens.end.checked_sub(1).map(|last| self.token(last).text.as_str());
            quote.marked.end == sentence.tokens.start
                && last.is_some_and(|last| ["?", "!"].contains(&last))
                && self.doc.sentence(quote.tokens.start).paragraph == sentence.paragraph
        };
        self.doc.quotes.iter().find(parted).filter(|_| sentence.root == cue).map(|quote| quote.tokens)
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

    /// "\"We will not forget it.\" - Ana Duarte, teacher": quotes with a dash and their speaker's name behind them.
    pub(super) fn signed_quotes(&self, drafts: &[Draft]) -> Vec<Draft> {
        const DASHES: [&str; 5] = ["-", "--", "–", "—", "―"];
        let signed = self.doc.quotes.iter().filter_map(|quote| {
            let dash = quote.marked.end;
            let name = dash + 1;
            let is_dash = self.doc.tokens.get(dash).is_some_and(|token| DASHES.contains(&token.text.as_str()));
            let named = self.doc.tokens.get(name).is_some_and(|token| token.upos == Upos::Propn);
            let same = named && self.doc.sentence(name).paragraph == self.doc.sentence(quote.tokens.start).paragraph;
            let told = drafts.iter().any(|draft| draft.pieces.iter().any(|piece| piece.covers(quote.tokens)));
            if !is_dash || !same || told || quote.tokens.len() < SHORTEST_LOOSE {
                return None;
            }
            let mention = self.links.touching(std::iter::once(name)).next();
            let source = mention.map_or(name, |mention| self.doc.head_of(mention.tokens));
            Some(Draft {
                cue: TokenSpan::new(dash, dash + 1),
                cue_head: dash,
                sources: vec![source],
                pieces: vec![self.trim_quote(quote.tokens)],
                stance: Stance::Assert,
                addressee: None,
                speakers: self.speakers(&[source]),
                rule: "claim/signed",
            })
        });
        signed.collect()
    }

    pub(super) fn trim_quote(&self, span: TokenSpan) -> TokenSpan {
        let comma = span.end.checked_sub(1).filter(|&last| last > span.start && self.token(last).text == ",");
        TokenSpan::new(span.start, comma.unwrap_or(span.end))
    }

    /// Content that is direct speech without the words around it: of "told a guard, in French, \"They left.\"" what stands in the marks,
    /// and of "\"They left,\" he said, and sat down" too.
    pub(super) fn only_speech(&self, cue: usize, pieces: Vec<TokenSpan>) -> Vec<TokenSpan> {
        let quotes: Vec<&Quote> = self.doc.quotes.iter().filter(|quote| !quote.tokens.contains(cue)).collect();
        let speech: Vec<&Quote> = quotes.iter().copied().filter(|quote| quote.tokens.len() >= SHORTEST_LOOSE).collect();
        let mut out: Vec<TokenSpan> = Vec::new();
        for mut piece in pieces {
            // A piece may lack the full stop that its quote has.
            let first = quotes.iter().find(|quote| {
                piece.contains(quote.tokens.start)
                    && quote.tokens.end <= piece.end + 1
                    && piece.start < quote.marked.start
            });
            if let Some(quote) = first.filter(|quote| self.leads_in(TokenSpan::new(piece.start, quote.marked.start))) {
                piece.start = quote.tokens.start;
            }
            let last = speech.iter().rev().find(|quote| piece.overlaps(quote.tokens));
            if let Some(quote) = last.filter(|quote| self.is_closed_speech(quote) && quote.marked.end <= piece.end) {
                let beyond = TokenSpan::new(quote.marked.end, piece.end);
                let again = self.doc.quotes.iter().any(|other| beyond.overlaps(other.tokens));
                let root = self.doc.head_of(piece);
                if !again && !beyond.contains(root) {
                    piece.end = self.trim_quote(quote.tokens).end.min(piece.end);
                }
            }
            let told = out.last().is_some_and(|before| {
                let spoken = speech.iter().find(|quote| quote.tokens.start == before.start);
                let closed = spoken.is_some_and(|quote| self.is_closed_speech(quote) && before.end <= quote.tokens.end);
                closed && self.token(before.start).sentence == self.token(piece.start).sentence
            });
            let first = self.token(piece.start);
            let resumes = first.quoted
                || matches!(first.upos, Upos::Cconj | Upos::Sconj)
                    && self.doc.tokens[piece.range()].iter().any(|token| token.quoted);
            if resumes || !told {
                out.push(piece);
            }
        }
        out
    }

    /// Whether a quote ends as speech does, with a mark inside its closing one: "We won," or "We won."
    fn is_closed_speech(&self, quote: &Quote) -> bool {
        let last = quote.tokens.end.checked_sub(1).map(|last| self.token(last).text.as_str());
        quote.marked.end > quote.tokens.end && last.is_some_and(|last| [",", ".", "!", "?"].contains(&last))
    }

    /// Whether words before a quote only lead to it: without a subject, up to a comma or colon.
    fn leads_in(&self, words: TokenSpan) -> bool {
        let last = words.end.checked_sub(1).map(|last| self.token(last).text.as_str());
        let subject = words.range().any(|at| self.token(at).is_relation("nsubj"));
        !subject && last.is_some_and(|last| [",", ":"].contains(&last))
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
        if !beside.is_empty() {
            return beside;
        }
        self.quote_before(cue).map_or_else(|| self.block(cue), |quote| vec![quote])
    }

    /// "The minister said:" and paragraphs of whole sentences behind it, up to one that is none, that opens another such block or that
    /// tells of somebody's words itself.
    pub(super) fn block(&self, cue: usize) -> Vec<TokenSpan> {
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
        let whole = |span: TokenSpan| ends_with(span, &[".", "!", "?", "\"", "”", "''"]);
        after.take_while(|&span| whole(span) && !self.tells_on(span)).collect()
    }

    /// "They also claimed that …": whether a paragraph's first clause is a cue with another's words for its subject.
    fn tells_on(&self, paragraph: TokenSpan) -> bool {
        let first = self.doc.sentence(paragraph.start).tokens;
        let Some(root) = first.range().find(|&at| self.token(at).head.is_none()) else { return false };
        let speaks = |source: &usize| {
            let pronoun = self.schema.people.pronoun(&self.token(*source).text);
            pronoun.map_or(!self.links.at(*source).is_empty(), |pronoun| pronoun.person == 3)
        };
        self.cue(root).is_some() && !self.token(root).quoted && self.sources(root).iter().any(speaks)
    }
}
