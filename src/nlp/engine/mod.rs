//! The language engine: one small transformer encoder that reads every sentence once, and light heads over its word vectors.
//!
//! Words in; parts of speech, features, lemmas, dependency arcs, names and attributions out. All sums of products are exact int32 and all
//! float arithmetic has a fixed order, so every machine gives the same bytes.

mod attribution;
mod bio;
mod coreference;
mod encoder;
mod heads;
mod linear;
mod numeric;
mod processor;
mod product;
mod tree;
mod weights;
mod wordpiece;

pub use attribution::Attribution;
pub use bio::Bio;
pub use coreference::{ATTRIBUTES, FEATURES, Inputs, Pair, WordVectors, is_head};
pub use heads::{EventMention, EventRole, LemmaEdit, WordTags};
pub use processor::Processor;
pub use weights::Model;

use encoder::Scratch;
use heads::Decoded;
use wordpiece::shape_class;

use crate::nlp::AttributionPart;

/// The most pieces of a chunk. Sentences are packed together up to it: neighbours help attribution and cost the tree nothing.
const CHUNK_PIECES: usize = 128;

/// The most pieces that the encoder has positions for.
const MAX_PIECES: usize = 512;

/// The most words of one sentence: at 8 pieces a word it always fits the encoder once cut there.
pub const MAX_SENTENCE_WORDS: usize = 160;

/// What the engine says of a document's words.
#[derive(Default)]
pub struct Reading {
    /// For each sentence, the tags of each of its words.
    pub words: Vec<Vec<WordTags>>,
    /// In order; positions count the words of all sentences.
    pub attributions: Vec<Attribution>,
    /// In order; positions count likewise.
    pub events: Vec<EventMention>,
    /// What the coreference head reads of the words that [may head a mention](is_head); empty where the model has no such head.
    pub vectors: WordVectors,
}

/// Reads sentences of words.
///
/// Sentences longer than the encoder's window are read window by window, each its own tree hung on the first; callers keep
/// below [`MAX_SENTENCE_WORDS`] to avoid it.
pub fn read(model: &Model, sentences: &[Vec<&str>]) -> Reading {
    let mut scratch = Scratch::default();
    let mut chunk = Chunk::default();
    let mut out = Reading::default();
    for words in sentences {
        let pieces: Vec<Vec<u32>> = words.iter().map(|word| model.wordpiece.pieces(word)).collect();
        let length: usize = pieces.iter().map(Vec::len).sum();
        if !chunk.is_empty() && chunk.ids.len() + length + 1 > CHUNK_PIECES {
            out.add(model, std::mem::take(&mut chunk), &mut scratch);
        }
        chunk.push(model, words, pieces);
    }
    if !chunk.is_empty() {
        out.add(model, chunk, &mut scratch);
    }
    out
}

impl Reading {
    /// Reads the next chunk.
    fn add(&mut self, model: &Model, chunk: Chunk, scratch: &mut Scratch) {
        let start: usize = self.words.iter().map(Vec::len).sum();
        let vectors = encoder::encode(&model.encoder, &chunk.ids, &chunk.shapes, &chunk.first, scratch);
        let decoded = heads::decode(model, vectors, &chunk.lengths);
        if model.coreference.is_some() {
            let rows = vectors.chunks_exact(model.encoder.width()).zip(&chunk.pieces);
            for (number, (tags, (vector, pieces))) in decoded.words.iter().flatten().zip(rows).enumerate() {
                if is_head(tags) {
                    self.vectors.push(start + number, vector, |out| model.encoder.push_embedding(pieces, out));
                }
            }
        }
        self.append(start, decoded);
    }

    /// Appends what was decoded. What is said at its beginning may go on what was said at the end of the chunk before.
    fn append(&mut self, start: usize, chunk: Decoded) {
        let continues = chunk.words.iter().flatten().next().map(|word| word.attribution)
            == Some(Bio::Inside(AttributionPart::Content));
        for mut attribution in chunk.attributions {
            attribution.runs_mut().for_each(|run| *run = [run[0] + start, run[1] + start]);
            let before =
                self.attributions.iter_mut().rfind(|said| said.contents.last().is_some_and(|run| run[1] == start));
            match before {
                Some(said) if continues && attribution.cue.is_none() && attribution.contents[0][0] == start => {
                    said.contents.append(&mut attribution.contents);
                }
                _ => self.attributions.push(attribution),
            }
        }
        self.events.extend(chunk.events.into_iter().map(|mut event| {
            event.trigger += start;
            event.roles.iter_mut().for_each(|(_, word)| *word += start);
            event.leanings.iter_mut().for_each(|(_, word, _)| *word += start);
            event
        }));
        self.words.extend(chunk.words);
    }
}

/// The pieces of a word as the encoder reads them: `du ##l ##wich`.
pub fn pieces(model: &Model, word: &str) -> Vec<&'static str> {
    model.wordpiece.pieces(word).into_iter().map(|piece| model.wordpiece.text(piece)).collect()
}

/// `[CLS] s1 [SEP] s2 [SEP] …`: what the encoder reads at a time.
#[derive(Default)]
struct Chunk {
    ids: Vec<u32>,
    shapes: Vec<u8>,
    /// Position of each word's first piece.
    first: Vec<usize>,
    /// The pieces of each word, whether they found room or not.
    pieces: Vec<Vec<u32>>,
    /// Number of words of each sentence.
    lengths: Vec<usize>,
}

impl Chunk {
    fn is_empty(&self) -> bool {
        self.lengths.is_empty()
    }

    fn push(&mut self, model: &Model, words: &[&str], pieces: Vec<Vec<u32>>) {
        if self.is_empty() {
            self.ids.push(model.wordpiece.cls);
            self.shapes.push(0);
        }
        for (word, pieces) in words.iter().zip(&pieces) {
            // A word past the window keeps its first piece's place at the window's end: read badly, but not lost.
            let room = (MAX_PIECES - 1).saturating_sub(self.ids.len());
            self.first.push(if room == 0 { MAX_PIECES - 2 } else { self.ids.len() });
            let kept = pieces.len().min(room);
            self.ids.extend(&pieces[..kept]);
            self.shapes.extend(std::iter::repeat_n(shape_class(word), kept));
        }
        self.ids.push(model.wordpiece.sep);
        self.shapes.push(0);
        self.pieces.extend(pieces);
        self.lengths.push(words.len());
    }
}
