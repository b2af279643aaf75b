//! The language engine: one small transformer encoder that reads every sentence once, and light heads over its word vectors.
//!
//! Words in; parts of speech, dependency arcs, names and attribution labels out. All sums of products are exact int32 and all
//! float arithmetic has a fixed order, so every machine gives the same bytes.

mod coreference;
mod encoder;
mod heads;
mod linear;
mod numeric;
mod tree;
mod weights;
mod wordpiece;

pub use coreference::{ATTRIBUTES, CoreferenceHead, FEATURES, Inputs, Pair};
pub use heads::{Bio, WordTags};
pub use weights::Model;

use encoder::Scratch;
use wordpiece::shape_class;

/// The most pieces of a chunk. Sentences are packed together up to it: neighbours help attribution and cost the tree nothing.
const CHUNK_PIECES: usize = 128;

/// The most pieces that the encoder has positions for.
const MAX_PIECES: usize = 512;

/// The most words of one sentence: at 8 pieces a word it always fits the encoder once cut there.
pub const MAX_SENTENCE_WORDS: usize = 160;

/// Tags sentences of words: for each sentence, one [`WordTags`] a word.
///
/// Sentences longer than the encoder's window are read window by window, each its own tree hung on the first; callers keep
/// below [`MAX_SENTENCE_WORDS`] to avoid it.
pub fn tag(model: &Model, sentences: &[Vec<&str>]) -> Vec<Vec<WordTags>> {
    tag_and_keep(model, sentences, |_| false).0
}

/// Tags sentences as [`tag`] does, and keeps what the encoder made of the words whose tags are wanted.
pub fn tag_and_keep(
    model: &Model,
    sentences: &[Vec<&str>],
    wanted: impl Fn(&WordTags) -> bool,
) -> (Vec<Vec<WordTags>>, WordVectors) {
    let mut reader = Reader::new(model, sentences.len());
    for words in sentences {
        let pieces: Vec<Vec<u32>> = words.iter().map(|word| model.wordpiece.pieces(word)).collect();
        let length: usize = pieces.iter().map(Vec::len).sum();
        if !reader.chunk.is_empty() && reader.chunk.ids.len() + length + 1 > CHUNK_PIECES {
            reader.finish(&wanted);
        }
        reader.chunk.push(model, words, pieces);
    }
    if !reader.chunk.is_empty() {
        reader.finish(&wanted);
    }
    (reader.tags, reader.vectors)
}

/// What the encoder made of some words of a text.
#[derive(Debug, Default)]
pub struct WordVectors {
    /// The words, counted over all sentences, in order.
    pub words: Vec<usize>,
    /// (words, width)
    vectors: Vec<f32>,
    /// (words, width): the means of the embeddings of their pieces.
    embeddings: Vec<f32>,
}

impl WordVectors {
    /// The vector and the mean embedding of a kept word.
    pub fn of(&self, word: usize) -> Option<(&[f32], &[f32])> {
        let row = self.words.binary_search(&word).ok()?;
        let width = self.vectors.len() / self.words.len();
        Some((&self.vectors[row * width..][..width], &self.embeddings[row * width..][..width]))
    }
}

/// A text on its way through the encoder, chunk by chunk.
struct Reader<'m> {
    model: &'m Model,
    scratch: Scratch,
    chunk: Chunk,
    tags: Vec<Vec<WordTags>>,
    vectors: WordVectors,
    /// Number of words of the chunks that are done.
    words: usize,
}

impl Reader<'_> {
    fn new(model: &Model, sentences: usize) -> Reader<'_> {
        let (scratch, chunk, vectors) = (Scratch::default(), Chunk::default(), WordVectors::default());
        Reader { model, scratch, chunk, tags: Vec::with_capacity(sentences), vectors, words: 0 }
    }

    /// Encodes and decodes the chunk, and begins another.
    fn finish(&mut self, wanted: impl Fn(&WordTags) -> bool) {
        let chunk = std::mem::take(&mut self.chunk);
        let (tags, vectors) = chunk.tag(self.model, &mut self.scratch);
        let width = self.model.encoder.width();
        for (word, _) in tags.iter().flatten().enumerate().filter(|(_, tags)| wanted(tags)) {
            self.vectors.words.push(self.words + word);
            self.vectors.vectors.extend_from_slice(&vectors[word * width..(word + 1) * width]);
            self.model.encoder.push_embedding(&chunk.pieces[word], &mut self.vectors.embeddings);
        }
        self.words += chunk.first.len();
        self.tags.extend(tags);
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
    /// The pieces of each word.
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
        self.lengths.push(words.len());
        self.pieces.extend(pieces);
    }

    /// The tags of each sentence, and the vectors of all words.
    fn tag(&self, model: &Model, scratch: &mut Scratch) -> (Vec<Vec<WordTags>>, Vec<f32>) {
        let vectors = encoder::encode(&model.encoder, &self.ids, &self.shapes, scratch);
        let width = model.encoder.width();
        let mut words = Vec::with_capacity(self.first.len() * width);
        for &position in &self.first {
            words.extend_from_slice(&vectors[position * width..(position + 1) * width]);
        }
        (heads::decode(model, &words, &self.lengths), words)
    }
}
