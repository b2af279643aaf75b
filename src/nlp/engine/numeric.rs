//! Float kernels whose result does not depend on the machine.
//!
//! Each is element by element or sums in an order that is written down (sixteen lanes, then the lanes in turn), without fused
//! multiply-add, and with its own exponential: the compiler may use whatever vectors the processor has, the bytes stay.

use multiversion::multiversion;

/// Partial sums kept apart, for the compiler to hold in vector registers.
const LANES: usize = 16;

/// Normalizes each row of `width` to mean 0 and variance 1, then scales and shifts it (epsilon 1e-12, as BERT has it).
#[multiversion(targets("x86_64+avx512f+avx512vl+avx512bw+avx512dq", "x86_64+avx2"))]
pub fn layer_norm(rows: &mut [f32], weight: &[f32], bias: &[f32]) {
    let width = weight.len();
    for row in rows.chunks_exact_mut(width) {
        let mean = sum_of(row, |x| x) / width as f32;
        let variance = sum_of(row, |x| (x - mean) * (x - mean)) / width as f32;
        let scale = 1.0 / (variance + 1e-12).sqrt();
        for ((x, w), b) in row.iter_mut().zip(weight).zip(bias) {
            *x = (*x - mean) * scale * w + b;
        }
    }
}

/// Adds `other` to `rows`, element by element.
#[multiversion(targets("x86_64+avx512f+avx512vl+avx512bw+avx512dq", "x86_64+avx2"))]
pub fn add(rows: &mut [f32], other: &[f32]) {
    for (x, y) in rows.iter_mut().zip(other) {
        *x += y;
    }
}

/// The exact GELU, x · Φ(x), by Abramowitz and Stegun 7.1.26 (error below 1.5e-7).
#[multiversion(targets("x86_64+avx512f+avx512vl+avx512bw+avx512dq", "x86_64+avx2"))]
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

/// Quantizes each row of `width` to u8 around 128 by its own largest magnitude; writes a scale a row.
#[multiversion(targets("x86_64+avx512f+avx512vl+avx512bw+avx512dq", "x86_64+avx2"))]
pub fn quantize_rows(rows: &[f32], width: usize, out: &mut [u8], scales: &mut [f32]) {
    for ((row, out), scale) in rows.chunks_exact(width).zip(out.chunks_exact_mut(width)).zip(scales) {
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

/// Turns int32 sums back to floats: `sum · row scale · column scale + column bias`.
#[multiversion(targets("x86_64+avx512f+avx512vl+avx512bw+avx512dq", "x86_64+avx2"))]
pub fn dequantize(sums: &[i32], row_scales: &[f32], column_scales: &[f32], bias: &[f32], out: &mut [f32]) {
    let columns = column_scales.len();
    for ((sums, out), row_scale) in sums.chunks_exact(columns).zip(out.chunks_exact_mut(columns)).zip(row_scales) {
        for (((x, sum), scale), b) in out.iter_mut().zip(sums).zip(column_scales).zip(bias) {
            *x = *sum as f32 * (row_scale * scale) + b;
        }
    }
}

/// The width of an attention head.
pub const HEAD: usize = 32;

/// Query rows that share one pass over the values.
const ROWS: usize = 4;

/// Key columns that are scored at a time.
const COLUMNS: usize = 64;

/// Self-attention of one head over a chunk.
///
/// `qkv` has a row of three times `width` for each of `n` pieces; the head's 32 columns start at `at` in each third. Writes
/// columns `at..at + 32` of `out` (`n` rows of `width`). `keys` and `scores` are scratch.
#[multiversion(targets("x86_64+avx512f+avx512vl+avx512bw+avx512dq", "x86_64+avx2"))]
pub fn attend(
    qkv: &[f32],
    n: usize,
    width: usize,
    at: usize,
    out: &mut [f32],
    keys: &mut Vec<f32>,
    scores: &mut Vec<f32>,
) {
    let padded = n.next_multiple_of(COLUMNS);
    transpose_keys(qkv, n, width, at, padded, keys);
    scores.clear();
    scores.resize(ROWS * padded, 0.0);
    let stride = 3 * width;
    let root = 1.0 / (HEAD as f32).sqrt();
    for first in (0..n).step_by(ROWS) {
        let rows = ROWS.min(n - first);
        for r in 0..rows {
            let query = &qkv[(first + r) * stride + at..][..HEAD];
            let scores = &mut scores[r * padded..(r + 1) * padded];
            score(query, keys, padded, scores);
            softmax(&mut scores[..n], root);
        }
        let mut sums = [[0f32; HEAD]; ROWS];
        for j in 0..n {
            let value: &[f32; HEAD] =
                qkv[j * stride + 2 * width + at..][..HEAD].try_into().expect("a head's values are HEAD wide");
            for (r, sums) in sums.iter_mut().enumerate() {
                let p = scores[r * padded + j];
                for (sum, v) in sums.iter_mut().zip(value) {
                    *sum += p * v;
                }
            }
        }
        for (r, sums) in sums.iter().take(rows).enumerate() {
            out[(first + r) * width + at..][..HEAD].copy_from_slice(sums);
        }
    }
}

/// `a · b`, in sixteen lanes.
#[multiversion(targets("x86_64+avx512f+avx512vl+avx512bw+avx512dq", "x86_64+avx2"))]
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    lanes_dot(a, b)
}

/// Dot products of the pieces of two vectors, and a row of weights for each.
pub struct Products<'a> {
    pub queries: &'a [f32],
    pub keys: &'a [f32],
    pub rows: &'a [f32],
}

/// The score of a pair of mentions: `relu(hidden + earlier + Σ rows of features + Σ products · their rows) · out`, with a bias at
/// the end of `out`.
///
/// `hidden` comes in as the later's part and is scratch; `features` are numbers of rows of `table`.
#[multiversion(targets("x86_64+avx512f+avx512vl+avx512bw+avx512dq", "x86_64+avx2"))]
pub fn pair_score(
    hidden: &mut [f32],
    earlier: &[f32],
    features: &[usize],
    table: &[f32],
    products: &Products,
    out: &[f32],
) -> f32 {
    let width = hidden.len();
    for (x, y) in hidden.iter_mut().zip(earlier) {
        *x += y;
    }
    for &feature in features {
        for (x, y) in hidden.iter_mut().zip(&table[feature * width..][..width]) {
            *x += y;
        }
    }
    let rank = products.queries.len() * width / products.rows.len();
    let pieces = products.queries.chunks_exact(rank).zip(products.keys.chunks_exact(rank));
    for (row, (query, key)) in products.rows.chunks_exact(width).zip(pieces) {
        let product = lanes_dot(query, key);
        for (x, y) in hidden.iter_mut().zip(row) {
            *x += product * y;
        }
    }
    for x in hidden.iter_mut() {
        *x = if *x > 0.0 { *x } else { 0.0 };
    }
    lanes_dot(hidden, &out[..width]) + out[width]
}

#[inline(always)]
fn lanes_dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0f32; LANES];
    for (a, b) in a.chunks(LANES).zip(b.chunks(LANES)) {
        for ((lane, x), y) in lanes.iter_mut().zip(a).zip(b) {
            *lane += x * y;
        }
    }
    lanes.iter().fold(0.0, |sum, lane| sum + lane)
}

#[inline(always)]
fn transpose_keys(qkv: &[f32], n: usize, width: usize, at: usize, padded: usize, keys: &mut Vec<f32>) {
    keys.clear();
    keys.resize(HEAD * padded, 0.0);
    for j in 0..n {
        let key = &qkv[j * 3 * width + width + at..][..HEAD];
        for (d, value) in key.iter().enumerate() {
            keys[d * padded + j] = *value;
        }
    }
}

#[inline(always)]
fn score(query: &[f32], keys: &[f32], padded: usize, scores: &mut [f32]) {
    for (block, out) in scores.chunks_exact_mut(COLUMNS).enumerate() {
        let mut sums = [0f32; COLUMNS];
        for (d, q) in query.iter().enumerate() {
            let keys: &[f32; COLUMNS] =
                keys[d * padded + block * COLUMNS..][..COLUMNS].try_into().expect("keys are padded to whole blocks");
            for (sum, k) in sums.iter_mut().zip(keys) {
                *sum += q * k;
            }
        }
        out.copy_from_slice(&sums);
    }
}

#[inline(always)]
fn softmax(scores: &mut [f32], scale: f32) {
    let mut lanes = [f32::NEG_INFINITY; LANES];
    for chunk in scores.chunks(LANES) {
        for (lane, x) in lanes.iter_mut().zip(chunk) {
            *lane = if *x > *lane { *x } else { *lane };
        }
    }
    let largest = lanes.iter().fold(f32::NEG_INFINITY, |a, &b| if b > a { b } else { a });
    for x in scores.iter_mut() {
        *x = exp((*x - largest) * scale);
    }
    let inverse = 1.0 / sum_of(scores, |x| x);
    for x in scores.iter_mut() {
        *x *= inverse;
    }
}

#[inline(always)]
fn sum_of(row: &[f32], term: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0f32; LANES];
    for chunk in row.chunks(LANES) {
        for (lane, x) in lanes.iter_mut().zip(chunk) {
            *lane += term(*x);
        }
    }
    lanes.iter().fold(0.0, |sum, lane| sum + lane)
}

#[inline(always)]
fn max_magnitude(row: &[f32]) -> f32 {
    let mut lanes = [0f32; LANES];
    for chunk in row.chunks(LANES) {
        for (lane, x) in lanes.iter_mut().zip(chunk) {
            let a = x.abs();
            *lane = if a > *lane { a } else { *lane };
        }
    }
    lanes.iter().fold(0.0, |a, &b| if b > a { b } else { a })
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
        gelu(&mut values);
        for (x, exact) in values.iter().zip([-0.004_049_694, -0.158_655_26, 0.0, 0.345_731_23, 1.954_499_7]) {
            assert!((x - exact).abs() < 1e-6, "{x} {exact}");
        }
    }

    #[test]
    fn rows_survive_quantization() {
        let row = [-1.0, 0.0, 0.25, 1.0];
        let (mut quantized, mut scale) = ([0u8; 4], [0f32; 1]);
        quantize_rows(&row, 4, &mut quantized, &mut scale);
        assert_eq!(quantized, [1, 128, 160, 255]);
        for (q, x) in quantized.iter().zip(row) {
            assert!(((*q as f32 - 128.0) * scale[0] - x).abs() < 0.005);
        }
    }
}
