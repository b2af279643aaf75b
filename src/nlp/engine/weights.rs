//! The trained weights: the model file that travels inside the program, made ready for this machine once.

use safetensors::{Dtype, SafeTensors};

use super::coreference::CoreferenceHead;
use super::heads::Heads;
use super::linear::{Gemm, Linear};
use super::processor::Processor;
use super::wordpiece::WordPiece;
use crate::base::digest;
use crate::error::{Error, Result};

static ENCODER: &[u8] = include_bytes!("../../../model/encoder.safetensors");
static VOCABULARY: &str = include_str!("../../../model/vocab.txt");

/// The encoder and its heads, shared by all threads.
pub struct Model {
    pub(super) wordpiece: WordPiece,
    pub(super) encoder: Encoder,
    pub(super) heads: Heads,
    pub(super) coreference: Option<CoreferenceHead>,
}

/// The transformer: embeddings and layers.
pub struct Encoder {
    pub gemm: Gemm,
    /// (pieces, width), a scale a row.
    pub words: &'static [i8],
    pub word_scales: Vec<f32>,
    /// (positions, width)
    pub positions: Vec<f32>,
    /// (9, width)
    pub shapes: Vec<f32>,
    pub norm: Norm,
    pub layers: Vec<Layer>,
}

/// One layer: attention, then two maps with a GELU between them.
pub struct Layer {
    pub qkv: Linear,
    pub attend: Linear,
    pub attend_norm: Norm,
    pub up: Linear,
    pub down: Linear,
    pub down_norm: Norm,
}

/// Weight and bias of a layer normalization.
pub struct Norm {
    pub weight: Vec<f32>,
    pub bias: Vec<f32>,
}

impl Model {
    /// The weights that travel inside the program.
    ///
    /// # Panics
    /// Never in a build that passes its tests: they load it.
    pub fn built_in() -> Model {
        Model::from_bytes(ENCODER, VOCABULARY).expect("the built-in model is whole")
    }

    /// A hash of the weights and vocabulary that the program carries.
    pub fn fingerprint() -> String {
        digest("model", [ENCODER, VOCABULARY.as_bytes()])
    }

    /// The same model on other vector instructions: every word gets the same bytes, sooner or later.
    pub fn with_processor(mut self, processor: Processor) -> Model {
        self.encoder.gemm.processor = processor;
        self
    }

    /// The coreference head, where the model has one.
    pub(in crate::nlp) fn coreference(&self) -> Option<&CoreferenceHead> {
        self.coreference.as_ref()
    }

    /// What multiplies matrices on this machine.
    pub(in crate::nlp) fn gemm(&self) -> &Gemm {
        &self.encoder.gemm
    }

    /// Bytes of the file of weights that the program carries.
    pub fn file_size() -> usize {
        ENCODER.len()
    }

    /// Reads a model file (see `training/quantize.py`) and its vocabulary.
    ///
    /// # Errors
    /// A file that is no safetensors, or lacks a tensor.
    fn from_bytes(file: &'static [u8], vocabulary: &'static str) -> Result<Model> {
        let weights = Weights::new(file)?;
        let wordpiece = WordPiece::new(vocabulary).ok_or_else(|| Error::new("the vocabulary lacks a special piece"))?;
        let encoder = Encoder::new(&weights)?;
        let heads = Heads::new(&weights)?;
        let coreference = CoreferenceHead::new(&weights)?;
        Ok(Model { wordpiece, encoder, heads, coreference })
    }
}

impl Encoder {
    fn new(weights: &Weights) -> Result<Encoder> {
        let mut layers = Vec::new();
        while weights.has(&format!("layer.{}.qkv", layers.len())) {
            layers.push(Layer::new(weights, layers.len())?);
        }
        Ok(Encoder {
            words: weights.int8("embed.word")?,
            word_scales: weights.float("embed.word.scale")?,
            positions: weights.table("embed.position")?,
            shapes: weights.float("embed.shape")?,
            norm: weights.norm("embed.norm")?,
            layers,
            gemm: Gemm::new(),
        })
    }

    /// The mean of the embeddings of some pieces, added to `out`.
    pub fn push_embedding(&self, pieces: &[u32], out: &mut Vec<f32>) {
        let (width, start) = (self.width(), out.len());
        out.resize(start + width, 0.0);
        for &piece in pieces {
            let scale = self.word_scales[piece as usize] / pieces.len() as f32;
            let row = &self.words[piece as usize * width..][..width];
            out[start..].iter_mut().zip(row).for_each(|(x, &w)| *x += f32::from(w) * scale);
        }
    }

    /// The width of a vector.
    pub fn width(&self) -> usize {
        self.norm.weight.len()
    }
}

impl Layer {
    fn new(weights: &Weights, number: usize) -> Result<Layer> {
        let linear = |name: &str| weights.linear(&format!("layer.{number}.{name}"));
        let norm = |name: &str| weights.norm(&format!("layer.{number}.{name}.norm"));
        Ok(Layer {
            qkv: linear("qkv")?,
            attend: linear("attend")?,
            attend_norm: norm("attend")?,
            up: linear("up")?,
            down: linear("down")?,
            down_norm: norm("down")?,
        })
    }
}

/// The tensors of a model file, by name.
pub struct Weights {
    tensors: SafeTensors<'static>,
    labels: serde_json::Value,
}

impl Weights {
    fn new(file: &'static [u8]) -> Result<Weights> {
        let broken = |error| Error::new("the model file is broken").because(error);
        let tensors = SafeTensors::deserialize(file).map_err(broken)?;
        let (_, metadata) = SafeTensors::read_metadata(file).map_err(broken)?;
        let labels = metadata.metadata().as_ref().and_then(|metadata| metadata.get("labels"));
        let labels = labels.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
        Ok(Weights { tensors, labels })
    }

    pub fn has(&self, name: &str) -> bool {
        self.tensors.tensor(name).is_ok()
    }

    fn bytes(&self, name: &str, dtype: Dtype) -> Result<&'static [u8]> {
        let tensor = self
            .tensors
            .tensor(name)
            .map_err(|error| Error::new(format!("the model lacks `{name}`")).because(error))?;
        if tensor.dtype() != dtype {
            return Err(Error::new(format!("`{name}` in the model is {:?}, not {dtype:?}", tensor.dtype())));
        }
        Ok(tensor.data())
    }

    pub fn int8(&self, name: &str) -> Result<&'static [i8]> {
        let bytes = self.bytes(name, Dtype::I8)?;
        // SAFETY: i8 and u8 have the same size and alignment, and every bit pattern is a value of both.
        Ok(unsafe { std::slice::from_raw_parts(bytes.as_ptr().cast::<i8>(), bytes.len()) })
    }

    pub fn float(&self, name: &str) -> Result<Vec<f32>> {
        let bytes = self.bytes(name, Dtype::F32)?;
        Ok(bytes.as_chunks::<4>().0.iter().map(|&bytes| f32::from_le_bytes(bytes)).collect())
    }

    /// A small table of int8 rows as floats.
    pub fn table(&self, name: &str) -> Result<Vec<f32>> {
        let (rows, scales) = (self.int8(name)?, self.float(&format!("{name}.scale"))?);
        let width = rows.len() / scales.len();
        let scaled = rows.chunks_exact(width).zip(&scales);
        Ok(scaled.flat_map(|(row, scale)| row.iter().map(move |&w| f32::from(w) * scale)).collect())
    }

    pub fn norm(&self, name: &str) -> Result<Norm> {
        Ok(Norm { weight: self.float(&format!("{name}.weight"))?, bias: self.float(&format!("{name}.bias"))? })
    }

    pub fn linear(&self, name: &str) -> Result<Linear> {
        let scales = self.float(&format!("{name}.scale"))?;
        let bias = format!("{name}.bias");
        let bias = self.has(&bias).then(|| self.float(&bias)).transpose()?;
        Ok(Linear::new(self.int8(name)?, &scales, bias.as_deref()))
    }

    /// The names of a head's labels, in the order of its outputs.
    pub fn labels(&self, head: &str) -> Result<Vec<String>> {
        let names = self.labels.get(head).and_then(|names| serde_json::from_value(names.clone()).ok());
        names.ok_or_else(|| Error::new(format!("the model tells no labels of `{head}`")))
    }
}
