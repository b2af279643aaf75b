//! The forward pass: piece ids to vectors.

use super::linear::{Gemm, Quantized};
use super::numeric::{AttentionScratch, HEAD, add_and_norm, attend, gelu, layer_norm};
use super::weights::{Encoder, Layer};

/// Buffers that one thread keeps from chunk to chunk.
#[derive(Default)]
pub struct Scratch {
    x: Vec<f32>,
    kept: Vec<f32>,
    qkv: Vec<f32>,
    context: Vec<f32>,
    mapped: Vec<f32>,
    hidden: Vec<f32>,
    attention: AttentionScratch,
    quantized: Quantized,
}

/// Encodes a chunk of pieces (ids and shape classes): a row of `width` floats for each position of `wanted`.
///
/// The last layer is computed of the wanted positions only; the others see all.
pub fn encode<'s>(
    encoder: &Encoder,
    ids: &[u32],
    shapes: &[u8],
    wanted: &[usize],
    scratch: &'s mut Scratch,
) -> &'s [f32] {
    embed(encoder, ids, shapes, &mut scratch.x);
    let all: Vec<usize> = (0..ids.len()).collect();
    for (number, layer) in encoder.layers.iter().enumerate() {
        let is_last = number + 1 == encoder.layers.len();
        pass(encoder, layer, ids.len(), if is_last { wanted } else { &all }, scratch);
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

/// One layer: from n rows of `x` to those of `wanted`, in that order.
fn pass(encoder: &Encoder, layer: &Layer, n: usize, wanted: &[usize], scratch: &mut Scratch) {
    let Scratch { x, kept, qkv, context, mapped, hidden, attention, quantized } = scratch;
    let (gemm, width) = (&encoder.gemm, encoder.width());
    quantize(gemm, x, width, quantized);
    layer.qkv.map(gemm, quantized, qkv);
    context.resize(wanted.len() * width, 0.0);
    for at in (0..width).step_by(HEAD) {
        attend(gemm.processor, qkv, n, width, at, wanted, context, attention);
    }
    quantize(gemm, context, width, quantized);
    layer.attend.map(gemm, quantized, mapped);
    keep(x, width, wanted, kept);
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

/// Leaves the wanted rows of `x`.
fn keep(x: &mut Vec<f32>, width: usize, wanted: &[usize], kept: &mut Vec<f32>) {
    kept.clear();
    for &row in wanted {
        kept.extend_from_slice(&x[row * width..][..width]);
    }
    std::mem::swap(x, kept);
}

fn quantize(gemm: &Gemm, rows: &[f32], width: usize, quantized: &mut Quantized) {
    quantized.clear();
    quantized.push(gemm, rows, width);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nlp::engine::{Model, Processor};

    #[test]
    fn every_processor_gives_the_same_bytes() {
        let mut encoder = Model::built_in().encoder;
        for n in [1, 2, 17, 64, 131] {
            let ids: Vec<u32> = (0..n).map(|i| 1000 + i * 7919 % 20_000).collect();
            let shapes: Vec<u8> = ids.iter().map(|id| (id % 9) as u8).collect();
            let wanted: Vec<usize> = (0..n as usize).filter(|position| position % 4 != 3).collect();
            let mut bits = |processor| {
                encoder.gemm.processor = processor;
                let vectors = encode(&encoder, &ids, &shapes, &wanted, &mut Scratch::default()).to_vec();
                vectors.into_iter().map(f32::to_bits).collect::<Vec<u32>>()
            };
            let expected = bits(Processor::best());
            assert_eq!(expected.len(), wanted.len() * 384);
            for processor in Processor::all() {
                assert!(bits(processor) == expected, "{n} pieces on {}", processor.name());
            }
        }
    }

    #[test]
    fn the_rows_wanted_are_those_of_all() {
        let encoder = Model::built_in().encoder;
        let (ids, shapes) = ([101, 2057, 2777, 1012, 102], [0, 2, 1, 7, 0]);
        let rows = |wanted: &[usize]| encode(&encoder, &ids, &shapes, wanted, &mut Scratch::default()).to_vec();
        let (all, width) = (rows(&[0, 1, 2, 3, 4]), encoder.width());
        assert_eq!(
            rows(&[3, 1, 1]),
            [&all[3 * width..4 * width], &all[width..2 * width], &all[width..2 * width]].concat()
        );
    }
}
