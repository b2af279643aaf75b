//! The forward pass: piece ids to vectors.

use super::linear::{Gemm, Quantized};
use super::numeric::{AttentionScratch, HEAD, add_and_norm, attend, gelu, layer_norm};
use super::weights::{Encoder, Layer};

/// Buffers that one thread keeps from chunk to chunk.
#[derive(Default)]
pub struct Scratch {
    x: Vec<f32>,
    qkv: Vec<f32>,
    context: Vec<f32>,
    mapped: Vec<f32>,
    hidden: Vec<f32>,
    attention: AttentionScratch,
    quantized: Quantized,
}

/// Encodes a chunk of n pieces (ids and shape classes) to n rows of `width` floats.
pub fn encode<'s>(encoder: &Encoder, ids: &[u32], shapes: &[u8], scratch: &'s mut Scratch) -> &'s [f32] {
    embed(encoder, ids, shapes, &mut scratch.x);
    for layer in &encoder.layers {
        pass(encoder, layer, ids.len(), scratch);
    }
    &scratch.x
}

fn embed(encoder: &Encoder, ids: &[u32], shapes: &[u8], x: &mut Vec<f32>) {
    let width = encoder.width();
    x.clear();
    for (position, (&id, &shape)) in ids.iter().zip(shapes).enumerate() {
        let word = &encoder.words[id as usize * width..][..width];
        let scale = encoder.word_scales[id as usize];
        let shape = &encoder.shapes[shape as usize * width..][..width];
        let position = &encoder.positions[position * width..][..width];
        x.extend(word.iter().zip(shape).zip(position).map(|((&w, s), p)| w as f32 * scale + s + p));
    }
    layer_norm(encoder.gemm.processor, x, &encoder.norm.weight, &encoder.norm.bias);
}

fn pass(encoder: &Encoder, layer: &Layer, n: usize, scratch: &mut Scratch) {
    let Scratch { x, qkv, context, mapped, hidden, attention, quantized } = scratch;
    let (gemm, width) = (&encoder.gemm, encoder.width());
    quantize(gemm, x, width, quantized);
    layer.qkv.map(gemm, quantized, qkv);
    context.resize(n * width, 0.0);
    for at in (0..width).step_by(HEAD) {
        attend(gemm.processor, qkv, n, width, at, context, attention);
    }
    quantize(gemm, context, width, quantized);
    layer.attend.map(gemm, quantized, mapped);
    add_and_norm(gemm.processor, x, mapped, &layer.attend_norm.weight, &layer.attend_norm.bias);
    quantize(gemm, x, width, quantized);
    layer.up.map(gemm, quantized, hidden);
    quantized.clear();
    // Row by row, while it is in the cache.
    for row in hidden.chunks_exact_mut(layer.up.outputs()) {
        gelu(gemm.processor, row);
        quantized.push(gemm, row, layer.up.outputs());
    }
    layer.down.map(gemm, quantized, mapped);
    add_and_norm(gemm.processor, x, mapped, &layer.down_norm.weight, &layer.down_norm.bias);
}

fn quantize(gemm: &Gemm, rows: &[f32], width: usize, quantized: &mut Quantized) {
    quantized.clear();
    quantized.push(gemm, rows, width);
}
