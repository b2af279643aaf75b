//! Float kernels whose result does not depend on the machine.
//!
//! Each is element by element or sums in an order that is written down (sixteen lanes, then the lanes in turn), without fused
//! multiply-add, and with its own exponential: the compiler may use whatever vectors the processor has, the bytes stay.

use super::processor::on_each_processor;
use super::product::{TILE_COLUMNS, Tile};

/// Partial sums kept apart, for the compiler to hold in vector registers.
const LANES: usize = 16;

/// The width of an attention head.
pub const HEAD: usize = 32;

/// Query rows that are scored together.
const ROWS: usize = 6;

on_each_processor! {
    /// Normalizes each row of `width` to mean 0 and variance 1, then scales and shifts it (epsilon 1e-12, as BERT has it).
    pub fn layer_norm(rows: &mut [f32], weight: &[f32], bias: &[f32]) {
        for row in rows.chunks_exact_mut(weight.len()) {
            normalize(row, weight, bias);
        }
    }

    /// Adds `other` to `rows`, element by element, and normalizes the rows as [`layer_norm`] does.
    pub fn add_and_norm(rows: &mut [f32], other: &[f32], weight: &[f32], bias: &[f32]) {
        let width = weight.len();
        for (row, other) in rows.chunks_exact_mut(width).zip(other.chunks_exact(width)) {
            for (x, y) in row.iter_mut().zip(other) {
                *x += y;
            }
            normalize(row, weight, bias);
        }
    }

    /// The exact GELU, x · Φ(x), by Abramowitz and Stegun 7.1.26 (error below 1.5e-7).
    pub fn gelu(values: &mut [f32]) {
        for x in values {
            let z = *x * std::f32::consts::FRAC_1_SQRT_2;
            let a = z.abs();
            let t = 1.0 / (1.0 + 0.327_591_1 * a);
            let poly = t * (0.254_829_6 + t * (-0.284_496_74 + t * (1.421_413_7 + t * (-1.453_152 + t * 1.061_405_4))));
            let erf = (1.0 - poly * exp(-a * a)).copysign(z);
            *x = 0.5 * *x * (1.0 + erf);
        }
    }

    /// Quantizes each row of `width` to u8 around 128 by its own largest magnitude; writes a scale a row. Rows of `out` may be
    /// wider.
    pub fn quantize_rows(rows: &[f32], width: usize, out: &mut [u8], scales: &mut [f32]) {
        if scales.is_empty() {
            return;
        }
        let wide = out.len() / scales.len();
        for ((row, out), scale) in rows.chunks_exact(width).zip(out.chunks_exact_mut(wide)).zip(scales) {
            let largest = max_magnitude(row);
            *scale = if largest > 0.0 { largest / 127.0 } else { 1.0 };
            let inverse = 1.0 / *scale;
            for (q, x) in out.iter_mut().zip(row) {
                // Adding 1.5 · 2^23 rounds to the nearest integer, ties to even, and leaves it in the low bits.
                let rounded = x * inverse + (12_582_912.0 + 128.0);
                *q = (rounded.to_bits() & 0xff) as u8;
            }
        }
    }

    /// Turns the sums of a tile back to floats: `sum · row scale · column scale + column bias`. Rows of `out` are `width` wide;
    /// the tile goes to the columns from `first` on, as far as there are any.
    pub fn dequantize(
        sums: &Tile,
        row_scales: &[f32],
        column_scales: &[f32; TILE_COLUMNS],
        bias: &[f32; TILE_COLUMNS],
        out: &mut [f32],
        width: usize,
        first: usize,
    ) {
        for ((sums, out), row_scale) in sums.iter().zip(out.chunks_exact_mut(width)).zip(row_scales) {
            let columns = sums.as_flattened().iter().zip(column_scales).zip(bias);
            for (x, ((sum, scale), b)) in out[first..].iter_mut().zip(columns) {
                *x = *sum as f32 * (row_scale * scale) + b;
            }
        }
    }

    /// Self-attention of one head over a chunk.
    ///
    /// `qkv` has a row of three times `width` for each of `n` pieces; the head's 32 columns start at `at` in each third. Writes
    /// columns `at..at + 32` of `out`: a row of `width` for each of the `wanted` pieces.
    pub fn attend(
        qkv: &[f32],
        n: usize,
        width: usize,
        at: usize,
        wanted: &[usize],
        out: &mut [f32],
        scratch: &mut AttentionScratch,
    ) {
        let AttentionScratch { keys, values, scores } = scratch;
        let stride = 3 * width;
        let padded = n.next_multiple_of(LANES);
        transpose(qkv, n, stride, width + at, keys);
        split(qkv, n, stride, 2 * width + at, values);
        scores.resize(ROWS * padded, 0.0);
        for first in (0..wanted.len()).step_by(ROWS) {
            // The last row is repeated where fewer are left, and not written.
            let query = |r: usize| &qkv[wanted[(first + r).min(wanted.len() - 1)] * stride + at..][..HEAD];
            let queries = [query(0), query(1), query(2), query(3), query(4), query(5)];
            for (block, keys) in keys.iter().enumerate() {
                for (scores, sums) in scores.chunks_exact_mut(padded).zip(&product(queries, keys)) {
                    scores[block * LANES..][..LANES].copy_from_slice(sums);
                }
            }
            for scores in scores.chunks_exact_mut(padded) {
                softmax(scores, n, 1.0 / (HEAD as f32).sqrt());
            }
            let share = |r: usize| &scores[r * padded..][..n];
            let shares = [share(0), share(1), share(2), share(3), share(4), share(5)];
            for (half, values) in values.chunks_exact(n).enumerate() {
                for (row, sums) in (first..wanted.len()).zip(&product(shares, values)) {
                    out[row * width + at + half * LANES..][..LANES].copy_from_slice(sums);
                }
            }
        }
    }

    /// The score of a pair of mentions: `relu(hidden + earlier + Σ rows of features + Σ (query · key) · rows of products) · out`, with
    /// as many queries and keys, side by side, as there are rows of products. `hidden` comes in as the later's part and is scratch.
    pub fn pair_score(
        weights: &PairWeights,
        hidden: &mut [f32],
        earlier: &[f32],
        features: &[usize],
        queries: &[f32],
        keys: &[f32],
    ) -> f32 {
        let width = hidden.len();
        add_scaled(hidden, earlier, 1.0);
        for &feature in features {
            add_scaled(hidden, &weights.features[feature * width..][..width], 1.0);
        }
        let rank = queries.len() * width / weights.products.len();
        let pieces = queries.chunks_exact(rank).zip(keys.chunks_exact(rank));
        for (row, (query, key)) in weights.products.chunks_exact(width).zip(pieces) {
            add_scaled(hidden, row, dot(query, key));
        }
        for x in hidden.iter_mut() {
            *x = if *x > 0.0 { *x } else { 0.0 };
        }
        dot(hidden, &weights.out[..width]) + weights.out[width]
    }

    /// `vector · row` of each row, in sixteen lanes.
    pub fn dots(vector: &[f32], rows: &[f32], out: &mut [f32]) {
        for (row, out) in rows.chunks_exact(vector.len()).zip(out) {
            *out = dot(vector, row);
        }
    }
}

/// What pairs of mentions are scored by: see [`pair_score`].
pub struct PairWeights<'a> {
    /// A row for each value of each feature.
    pub features: &'a [f32],
    /// A row for each product of a query and a key.
    pub products: &'a [f32],
    /// A row, and a bias.
    pub out: &'a [f32],
}

/// Room for one head's attention, kept from head to head.
#[derive(Default)]
pub struct AttentionScratch {
    /// By sixteen keys, column by column.
    keys: Vec<[[f32; LANES]; HEAD]>,
    /// The first sixteen columns of all values, then the second sixteen.
    values: Vec<[f32; LANES]>,
    /// Of [`ROWS`] queries with all keys.
    scores: Vec<f32>,
}

/// The keys' columns at `at` of `n` rows, sixteen keys side by side.
#[inline(always)]
fn transpose(qkv: &[f32], n: usize, stride: usize, at: usize, keys: &mut Vec<[[f32; LANES]; HEAD]>) {
    keys.clear();
    keys.resize(n.div_ceil(LANES), [[0.0; LANES]; HEAD]);
    for j in 0..n {
        let block = &mut keys[j / LANES];
        for (column, x) in block.iter_mut().zip(&qkv[j * stride + at..][..HEAD]) {
            column[j % LANES] = *x;
        }
    }
}

/// The values' columns at `at` of `n` rows, by sixteen columns.
#[inline(always)]
fn split(qkv: &[f32], n: usize, stride: usize, at: usize, values: &mut Vec<[f32; LANES]>) {
    values.resize(HEAD / LANES * n, [0.0; LANES]);
    for (part, values) in values.chunks_exact_mut(n).enumerate() {
        for (j, value) in values.iter_mut().enumerate() {
            value.copy_from_slice(&qkv[j * stride + at + part * LANES..][..LANES]);
        }
    }
}

/// Rows times sixteen columns, which come row by row: each sum adds in the order of the depth.
///
/// Each row's sums are a value of their own: gone through as an array of arrays, the compiler may leave them in memory and add one by
/// one, which takes the engine three times as long.
#[inline(always)]
fn product(rows: [&[f32]; ROWS], columns: &[[f32; LANES]]) -> [[f32; LANES]; ROWS] {
    let depth = columns.len();
    let [a, b, c, d, e, f] = rows;
    let (a, b, c, d, e, f) = (&a[..depth], &b[..depth], &c[..depth], &d[..depth], &e[..depth], &f[..depth]);
    let [mut in_a, mut in_b, mut in_c, mut in_d, mut in_e, mut in_f] = [[0f32; LANES]; ROWS];
    for (k, columns) in columns.iter().enumerate() {
        in_a = plus(in_a, a[k], columns);
        in_b = plus(in_b, b[k], columns);
        in_c = plus(in_c, c[k], columns);
        in_d = plus(in_d, d[k], columns);
        in_e = plus(in_e, e[k], columns);
        in_f = plus(in_f, f[k], columns);
    }
    [in_a, in_b, in_c, in_d, in_e, in_f]
}

#[inline(always)]
#[allow(clippy::needless_range_loop)] // As it stands it is sure to be vectorized.
fn plus(mut sums: [f32; LANES], x: f32, columns: &[f32; LANES]) -> [f32; LANES] {
    for i in 0..LANES {
        sums[i] += x * columns[i];
    }
    sums
}

/// Scales the first `n` scores and makes them sum to 1; the others, which fill up the lanes, are 0 after.
#[inline(always)]
fn softmax(scores: &mut [f32], n: usize, scale: f32) {
    blank(scores, n, f32::NEG_INFINITY);
    let largest = largest_of(scores, |x| x, f32::NEG_INFINITY);
    for x in scores.iter_mut() {
        *x = exp((*x - largest) * scale);
    }
    blank(scores, n, 0.0);
    let inverse = 1.0 / sum_of(scores, |x| x);
    for x in scores.iter_mut() {
        *x *= inverse;
    }
}

/// Sets all from the `n`th on, which lie in the last lanes.
#[inline(always)]
fn blank(scores: &mut [f32], n: usize, value: f32) {
    let before = scores.len().saturating_sub(LANES);
    if let Some(last) = scores.last_chunk_mut::<LANES>() {
        for (i, x) in last.iter_mut().enumerate() {
            *x = if before + i < n { *x } else { value };
        }
    }
}

#[inline(always)]
fn normalize(row: &mut [f32], weight: &[f32], bias: &[f32]) {
    let width = row.len() as f32;
    let mean = sum_of(row, |x| x) / width;
    let variance = sum_of(row, |x| (x - mean) * (x - mean)) / width;
    let scale = 1.0 / (variance + 1e-12).sqrt();
    for ((x, w), b) in row.iter_mut().zip(weight).zip(bias) {
        *x = (*x - mean) * scale * w + b;
    }
}

#[inline(always)]
fn add_scaled(row: &mut [f32], other: &[f32], scale: f32) {
    for (x, y) in row.iter_mut().zip(other) {
        *x += scale * y;
    }
}

#[inline(always)]
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0f32; LANES];
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<LANES>(), b.as_chunks::<LANES>());
    for (a, b) in a.iter().zip(b) {
        for ((lane, x), y) in lanes.iter_mut().zip(a).zip(b) {
            *lane += x * y;
        }
    }
    for ((lane, x), y) in lanes.iter_mut().zip(a_rest).zip(b_rest) {
        *lane += x * y;
    }
    lanes.iter().fold(0.0, |sum, lane| sum + lane)
}

#[inline(always)]
fn sum_of(row: &[f32], term: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0f32; LANES];
    let (chunks, rest) = row.as_chunks::<LANES>();
    for chunk in chunks {
        for (lane, x) in lanes.iter_mut().zip(chunk) {
            *lane += term(*x);
        }
    }
    for (lane, x) in lanes.iter_mut().zip(rest) {
        *lane += term(*x);
    }
    lanes.iter().fold(0.0, |sum, lane| sum + lane)
}

#[inline(always)]
fn max_magnitude(row: &[f32]) -> f32 {
    largest_of(row, f32::abs, 0.0)
}

/// The largest term, or `least` where none is larger.
#[inline(always)]
fn largest_of(row: &[f32], term: impl Fn(f32) -> f32, least: f32) -> f32 {
    let larger = |a: f32, b: f32| if b > a { b } else { a };
    let mut lanes = [least; LANES];
    let (chunks, rest) = row.as_chunks::<LANES>();
    for chunk in chunks {
        for (lane, x) in lanes.iter_mut().zip(chunk) {
            *lane = larger(*lane, term(*x));
        }
    }
    let mut half = LANES / 2;
    while half > 0 {
        for i in 0..half {
            lanes[i] = larger(lanes[i], lanes[i + half]);
        }
        half /= 2;
    }
    let largest = lanes[0];
    rest.iter().fold(largest, |largest, x| larger(largest, term(*x)))
}

/// eˣ for x ≤ 0 (any larger x up to 88 works too), relative error below 1e-6; below -87 it is as good as 0.
///
/// Splits x = k·ln 2 + r and takes the Taylor polynomial of degree 6 for eʳ, |r| ≤ ln 2 / 2.
#[inline(always)]
fn exp(x: f32) -> f32 {
    const LN_2_HIGH: f32 = 0.693_359_4;
    const LN_2_LOW: f32 = -2.121_944_4e-4;
    const ROUND: f32 = 12_582_912.0;
    let x = if x < -87.0 { -87.0 } else { x };
    let shifted = x * std::f32::consts::LOG2_E + ROUND;
    let k = shifted - ROUND;
    let r = (x - k * LN_2_HIGH) - k * LN_2_LOW;
    let poly = 1.0
        + r * (1.0 + r * (0.5 + r * (0.166_666_67 + r * (0.041_666_668 + r * (0.008_333_334 + r * 0.001_388_888_9)))));
    let power = f32::from_bits(shifted.to_bits().wrapping_sub(ROUND.to_bits()).wrapping_add(127) << 23);
    poly * power
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nlp::engine::processor::Processor;

    #[test]
    fn exponential_is_close() {
        for i in 0..=870 {
            let x = -(i as f32) / 10.0;
            let exact = (x as f64).exp();
            assert!((exp(x) as f64 - exact).abs() <= exact * 1e-6, "{x}");
        }
    }

    #[test]
    fn gelu_is_close() {
        let mut values = [-3.0, -1.0, 0.0, 0.5, 2.0];
        gelu(Processor::best(), &mut values);
        for (x, exact) in values.iter().zip([-0.004_049_694, -0.158_655_26, 0.0, 0.345_731_23, 1.954_499_7]) {
            assert!((x - exact).abs() < 1e-6, "{x} {exact}");
        }
    }

    #[test]
    fn rows_survive_quantization() {
        let row = [-1.0, 0.0, 0.25, 1.0];
        let (mut quantized, mut scale) = ([0u8; 4], [0f32; 1]);
        quantize_rows(Processor::best(), &row, 4, &mut quantized, &mut scale);
        assert_eq!(quantized, [1, 128, 160, 255]);
        for (q, x) in quantized.iter().zip(row) {
            assert!(((*q as f32 - 128.0) * scale[0] - x).abs() < 0.005);
        }
    }
}
