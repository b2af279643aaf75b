//! The forward pass: piece ids to vectors.

use super::linear::LinearScratch;
use super::numeric::{HEAD, add, attend, gelu, layer_norm};
use super::weights::{Encoder, Layer};

/// Buffers that one thread keeps from chunk to chunk.
#[derive(Default)]
pub struct Scratch {
    x: Vec<f32>,
    qkv: Vec<f32>,
    context: Vec<f32>,
    mapped: Vec<f32>,
    hidden: Vec<f32>,
    keys: Vec<f32>,
    scores: Vec<f32>,
    linear: LinearScratch,
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
    layer_norm(x, &encoder.norm.weight, &encoder.norm.bias);
}

fn pass(encoder: &Encoder, layer: &Layer, n: usize, scratch: &mut Scratch) {
    let Scratch { x, qkv, context, mapped, hidden, keys, scores, linear } = scratch;
    let width = encoder.width();
    layer.qkv.apply(&encoder.gemm, x, qkv, linear);
    context.resize(n * width, 0.0);
    for at in (0..width).step_by(HEAD) {
        attend(qkv, n, width, at, context, keys, scores);
    }
    layer.attend.apply(&encoder.gemm, context, mapped, linear);
    add(x, mapped);
    layer_norm(x, &layer.attend_norm.weight, &layer.attend_norm.bias);
    layer.up.apply(&encoder.gemm, x, hidden, linear);
    gelu(hidden);
    layer.down.apply(&encoder.gemm, hidden, mapped, linear);
    add(x, mapped);
    layer_norm(x, &layer.down_norm.weight, &layer.down_norm.bias);
}
