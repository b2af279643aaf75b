//! A linear map with int8 weights: rows quantized as they come, exact int32 sums, floats again.

use super::numeric::{dequantize, dots, quantize_rows};
use super::processor::Processor;
use super::product::{Packed, QUAD, TILE_COLUMNS, TILE_ROWS, Tile};

/// `x ↦ x · Wᵀ + b`, with a scale for each output.
pub struct Linear {
    packed: Packed,
    /// By output, filled up to whole tiles.
    scales: Vec<[f32; TILE_COLUMNS]>,
    bias: Vec<[f32; TILE_COLUMNS]>,
    inputs: usize,
    outputs: usize,
}

/// Rows of u8 around 128, each with its scale: what linear maps take. Kept from call to call.
#[derive(Default)]
pub struct Quantized {
    /// Whole quads a row; what fills up the last one meets weights of zero.
    quads: Vec<[u8; QUAD]>,
    scales: Vec<f32>,
}

/// Room for the quantized rows, kept from call to call.
pub type LinearScratch = Quantized;

impl Linear {
    /// From weights of shape (outputs, inputs) within ±63; a bias of zeros where there is none.
    pub fn new(weights: &[i8], scales: &[f32], bias: Option<&[f32]>) -> Linear {
        let (outputs, inputs) = (scales.len(), weights.len() / scales.len());
        let bias = bias.map_or_else(|| in_tiles(&vec![0.0; outputs]), in_tiles);
        Linear { packed: Packed::new(weights, inputs), scales: in_tiles(scales), bias, inputs, outputs }
    }

    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// Maps rows of `inputs` to rows of `outputs`.
    pub fn apply(&self, gemm: &Gemm, rows: &[f32], out: &mut Vec<f32>, scratch: &mut LinearScratch) {
        scratch.clear();
        scratch.push(gemm, rows, self.inputs);
        self.map(gemm, scratch, out);
    }

    /// Maps rows that are quantized already.
    pub fn map(&self, gemm: &Gemm, rows: &Quantized, out: &mut Vec<f32>) {
        let depth = self.packed.depth();
        debug_assert_eq!(rows.quads.len(), rows.scales.len() * depth, "rows fit the weights");
        out.resize(rows.scales.len() * self.outputs, 0.0);
        let mut sums = Tile::default();
        for (tile, (scales, bias)) in self.scales.iter().zip(&self.bias).enumerate() {
            let blocks = rows.quads.chunks(TILE_ROWS * depth).zip(rows.scales.chunks(TILE_ROWS));
            for ((quads, row_scales), out) in blocks.zip(out.chunks_mut(TILE_ROWS * self.outputs)) {
                self.packed.sums(gemm.processor, quads, tile, &mut sums);
                let first = tile * TILE_COLUMNS;
                dequantize(gemm.processor, &sums, row_scales, scales, bias, out, self.outputs, first);
            }
        }
    }
}

fn in_tiles(values: &[f32]) -> Vec<[f32; TILE_COLUMNS]> {
    let filled = |tile: &[f32]| std::array::from_fn(|column| tile.get(column).copied().unwrap_or(0.0));
    values.chunks(TILE_COLUMNS).map(filled).collect()
}

impl Quantized {
    pub fn clear(&mut self) {
        self.quads.clear();
        self.scales.clear();
    }

    /// Adds rows of `width` floats.
    pub fn push(&mut self, gemm: &Gemm, rows: &[f32], width: usize) {
        let (before, n) = (self.scales.len(), rows.len() / width);
        let depth = width.div_ceil(QUAD);
        self.quads.resize((before + n) * depth, [0; QUAD]);
        self.scales.resize(before + n, 0.0);
        let quads = self.quads[before * depth..].as_flattened_mut();
        quantize_rows(gemm.processor, rows, width, quads, &mut self.scales[before..]);
    }
}

/// What multiplies matrices: the vector instructions of this machine, or fewer.
pub struct Gemm {
    pub processor: Processor,
}

impl Gemm {
    pub fn new() -> Gemm {
        Gemm { processor: Processor::best() }
    }

    /// The products of `vector` with each of `rows`, which are as wide, in floats.
    pub fn dots(&self, vector: &[f32], rows: &[f32], out: &mut Vec<f32>) {
        out.resize(rows.len() / vector.len(), 0.0);
        dots(self.processor, vector, rows, out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_as_floats_would() {
        let gemm = Gemm::new();
        // Two outputs of three inputs: (x + 2y - z) / 10 and 3z + 1.
        let linear = Linear::new(&[10, 20, -10, 0, 0, 30], &[0.01, 0.1], Some(&[0.0, 1.0]));
        let mut out = Vec::new();
        linear.apply(&gemm, &[1.0, 1.0, 0.5, -1.0, 0.0, 0.25], &mut out, &mut LinearScratch::default());
        for (x, exact) in out.iter().zip([0.25, 2.5, -0.125, 1.75]) {
            assert!((x - exact).abs() < 0.02, "{out:?}");
        }
    }
}
