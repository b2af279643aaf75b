//! The int8 matrix product: u8 rows times packed i8 weights, exact int32 sums.
//!
//! Rows hold values around 128, weights lie within ±63: AVX2 adds pairs of products in 16 bits, and two of 255 · 63 still fit. So
//! every processor's kernel gives the same integers.

use super::processor::{Instructions, Processor};

/// Values of a row that meet their weights in one instruction.
pub const QUAD: usize = 4;

/// Columns of a panel: one AVX-512 register of sums, two of AVX2, four of NEON.
pub const PANEL: usize = 16;

/// Columns of a tile.
pub const TILE_COLUMNS: usize = 4 * PANEL;

/// Rows of a tile.
pub const TILE_ROWS: usize = 6;

/// What stands for zero in the rows that a kernel multiplies: ARM's shift them back first, as they multiply signed bytes.
const ZERO: i32 = if cfg!(target_arch = "aarch64") { 0 } else { 128 };

/// Sums of a tile: row by row, panel by panel.
pub type Tile = [[[i32; PANEL]; TILE_COLUMNS / PANEL]; TILE_ROWS];

/// One step of a panel: for each of its columns the weights of four inputs.
#[derive(Clone, Copy)]
#[repr(align(64))]
struct Step([[i8; QUAD]; PANEL]);

/// Weights in the order in which the kernels read them.
pub struct Packed {
    /// Panel by panel, step by step; whole tiles of panels.
    steps: Vec<Step>,
    /// What the sums begin with: the sum of each column's weights times -[`ZERO`].
    start: Vec<[i32; PANEL]>,
    /// Quads of inputs.
    depth: usize,
}

impl Packed {
    /// From weights of shape (outputs, inputs) within ±63. Inputs are filled up to whole quads and outputs to whole tiles with
    /// zeros.
    pub fn new(weights: &[i8], inputs: usize) -> Packed {
        let rows: Vec<&[i8]> = weights.chunks_exact(inputs).collect();
        let depth = inputs.div_ceil(QUAD);
        let panels = rows.len().next_multiple_of(TILE_COLUMNS) / PANEL;
        let mut steps = vec![Step([[0; QUAD]; PANEL]); panels * depth];
        let mut start = vec![[0; PANEL]; panels];
        for (column, row) in rows.into_iter().enumerate() {
            let (panel, column) = (column / PANEL, column % PANEL);
            let (quads, rest) = row.as_chunks::<QUAD>();
            let steps = &mut steps[panel * depth..][..depth];
            for (step, quad) in steps.iter_mut().zip(quads) {
                step.0[column] = *quad;
            }
            if let Some(last) = steps.get_mut(quads.len()) {
                last.0[column][..rest.len()].copy_from_slice(rest);
            }
            start[panel][column] = -ZERO * row.iter().map(|&w| i32::from(w)).sum::<i32>();
        }
        Packed { steps, start, depth }
    }

    /// Quads of inputs in a row.
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// The sums of up to [`TILE_ROWS`] rows of `depth` quads with the columns of one tile.
    pub fn sums(&self, processor: Processor, rows: &[[u8; QUAD]], tile: usize, out: &mut Tile) {
        const PANELS: usize = TILE_COLUMNS / PANEL;
        let steps = &self.steps[tile * PANELS * self.depth..][..PANELS * self.depth];
        let start: &[[i32; PANEL]; PANELS] = self.start[tile * PANELS..].first_chunk().expect("tiles are whole");
        match processor.instructions() {
            // SAFETY: a `Processor` is only made where its instructions were found.
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx512Vnni => unsafe { x86::avx512_vnni(rows, steps, start, self.depth, out) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Instructions::AvxVnni => unsafe { x86::avx_vnni(rows, steps, start, self.depth, out) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx2 => unsafe { x86::avx2(rows, steps, start, self.depth, out) },
            // SAFETY: every x86-64 has SSE2.
            #[cfg(target_arch = "x86_64")]
            Instructions::Baseline => unsafe { x86::sse2(rows, steps, start, self.depth, out) },
            // SAFETY: as above.
            #[cfg(target_arch = "aarch64")]
            Instructions::NeonDot => unsafe { arm::neon_dot(rows, steps, start, self.depth, out) },
            // SAFETY: every 64-bit ARM that Rust's standard library is made for has NEON.
            #[cfg(target_arch = "aarch64")]
            Instructions::Baseline => unsafe { arm::neon(rows, steps, start, self.depth, out) },
            #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
            _ => plain(rows, steps, start, self.depth, out),
        }
    }
}

/// The definition of the sums, and what processors without a kernel of their own run.
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
fn plain(rows: &[[u8; QUAD]], steps: &[Step], start: &[[i32; PANEL]], depth: usize, out: &mut Tile) {
    for (row, out) in rows.chunks_exact(depth).zip(out) {
        for ((steps, start), out) in steps.chunks_exact(depth).zip(start).zip(out) {
            *out = *start;
            for (quad, step) in row.iter().zip(steps) {
                for (sum, weights) in out.iter_mut().zip(&step.0) {
                    for (x, w) in quad.iter().zip(weights) {
                        *sum += i32::from(*x) * i32::from(*w);
                    }
                }
            }
        }
    }
}

/// Cuts `N` stretches of `depth`. (A plain loop: what a closure of the standard library's does may be compiled without the
/// caller's instructions.)
#[inline(always)]
fn side_by_side<const N: usize, T>(values: &[T], depth: usize) -> [&[T]; N] {
    let mut out = [&values[..depth]; N];
    for (at, stretch) in out.iter_mut().enumerate() {
        *stretch = &values[at * depth..][..depth];
    }
    out
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::*;

    use super::{PANEL, QUAD, Step, TILE_ROWS, Tile, side_by_side};

    /// A tile row by row: six rows and four panels keep 24 registers of sums.
    #[target_feature(enable = "avx512f,avx512vnni")]
    pub fn avx512_vnni(rows: &[[u8; QUAD]], steps: &[Step], start: &[[i32; PANEL]; 4], depth: usize, out: &mut Tile) {
        match rows.len() / depth {
            1 => avx512_rows::<1>(rows, steps, start, depth, out),
            2 => avx512_rows::<2>(rows, steps, start, depth, out),
            3 => avx512_rows::<3>(rows, steps, start, depth, out),
            4 => avx512_rows::<4>(rows, steps, start, depth, out),
            5 => avx512_rows::<5>(rows, steps, start, depth, out),
            _ => avx512_rows::<TILE_ROWS>(rows, steps, start, depth, out),
        }
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512vnni")]
    fn avx512_rows<const ROWS: usize>(
        rows: &[[u8; QUAD]],
        steps: &[Step],
        start: &[[i32; PANEL]; 4],
        depth: usize,
        out: &mut Tile,
    ) {
        let rows = side_by_side::<ROWS, _>(rows, depth);
        let panels = side_by_side::<4, _>(steps, depth);
        let mut sums = [[_mm512_setzero_si512(); 4]; ROWS];
        for row in &mut sums {
            for (sum, start) in row.iter_mut().zip(start) {
                // SAFETY: the sixteen values are one register.
                *sum = unsafe { _mm512_loadu_si512(start.as_ptr().cast()) };
            }
        }
        for k in 0..depth {
            let weights =
                [load_512(&panels[0][k]), load_512(&panels[1][k]), load_512(&panels[2][k]), load_512(&panels[3][k])];
            for (sums, row) in sums.iter_mut().zip(&rows) {
                let x = _mm512_set1_epi32(i32::from_ne_bytes(row[k]));
                for (sum, w) in sums.iter_mut().zip(weights) {
                    *sum = _mm512_dpbusd_epi32(*sum, x, w);
                }
            }
        }
        for (out, sums) in out.iter_mut().zip(sums) {
            for (out, sum) in out.iter_mut().zip(sums) {
                // SAFETY: the sixteen values are one register.
                unsafe { _mm512_storeu_si512(out.as_mut_ptr().cast(), sum) };
            }
        }
    }

    #[inline]
    #[target_feature(enable = "avx512f")]
    fn load_512(step: &Step) -> __m512i {
        // SAFETY: a step is 64 bytes, one register, aligned to 64.
        unsafe { _mm512_load_si512((&raw const *step).cast()) }
    }

    /// A tile panel by panel, three rows at a time: six registers of sums.
    macro_rules! half_registers {
        ($name:ident, $rows:ident, $features:literal, $add:ident) => {
            #[target_feature(enable = $features)]
            pub fn $name(rows: &[[u8; QUAD]], steps: &[Step], start: &[[i32; PANEL]; 4], depth: usize, out: &mut Tile) {
                for ((p, steps), start) in steps.chunks_exact(depth).enumerate().zip(start) {
                    for (rows, out) in rows.chunks(3 * depth).zip(out.chunks_mut(3)) {
                        match rows.len() / depth {
                            1 => $rows::<1>(rows, steps, start, out, p),
                            2 => $rows::<2>(rows, steps, start, out, p),
                            _ => $rows::<3>(rows, steps, start, out, p),
                        }
                    }
                }
            }

            #[inline]
            #[target_feature(enable = $features)]
            fn $rows<const ROWS: usize>(
                rows: &[[u8; QUAD]],
                steps: &[Step],
                start: &[i32; PANEL],
                out: &mut [[[i32; PANEL]; 4]],
                panel: usize,
            ) {
                let depth = steps.len();
                let rows = side_by_side::<ROWS, _>(rows, depth);
                // SAFETY: the sixteen values are two registers.
                let start = unsafe { [load(start.as_ptr().cast()), load(start.as_ptr().add(8).cast())] };
                let mut sums = [start; ROWS];
                for (k, step) in steps.iter().enumerate() {
                    let step: *const __m256i = (&raw const *step).cast();
                    // SAFETY: a step is 64 bytes, two registers.
                    let weights = unsafe { [load(step), load(step.add(1))] };
                    for (sums, row) in sums.iter_mut().zip(&rows) {
                        let x = _mm256_set1_epi32(i32::from_ne_bytes(row[k]));
                        for (sum, w) in sums.iter_mut().zip(weights) {
                            *sum = $add(*sum, x, w);
                        }
                    }
                }
                for (out, sums) in out.iter_mut().zip(sums) {
                    let out: *mut __m256i = out[panel].as_mut_ptr().cast();
                    // SAFETY: the sixteen values are two registers.
                    unsafe {
                        _mm256_storeu_si256(out, sums[0]);
                        _mm256_storeu_si256(out.add(1), sums[1]);
                    }
                }
            }
        };
    }
    half_registers!(avx2, avx2_rows, "avx2", add_products);
    half_registers!(avx_vnni, avx_vnni_rows, "avx2,avxvnni", _mm256_dpbusd_avx_epi32);

    /// A tile row by row and panel by panel, in 16 bits.
    #[target_feature(enable = "sse2")]
    pub fn sse2(rows: &[[u8; QUAD]], steps: &[Step], start: &[[i32; PANEL]; 4], depth: usize, out: &mut Tile) {
        for (row, out) in rows.chunks_exact(depth).zip(out) {
            for ((steps, start), out) in steps.chunks_exact(depth).zip(start).zip(out) {
                // For four columns at a time: the first two and the last two, each in two parts.
                let mut sums = [[_mm_setzero_si128(); 2]; 4];
                for (quad, step) in row.iter().zip(steps) {
                    let x = _mm_unpacklo_epi8(_mm_set1_epi32(i32::from_ne_bytes(*quad)), _mm_setzero_si128());
                    for (i, sums) in sums.iter_mut().enumerate() {
                        // SAFETY: a step is 64 bytes, four registers.
                        let w = unsafe { _mm_loadu_si128((&raw const *step).cast::<__m128i>().add(i)) };
                        let sign = _mm_cmpgt_epi8(_mm_setzero_si128(), w);
                        sums[0] = _mm_add_epi32(sums[0], _mm_madd_epi16(x, _mm_unpacklo_epi8(w, sign)));
                        sums[1] = _mm_add_epi32(sums[1], _mm_madd_epi16(x, _mm_unpackhi_epi8(w, sign)));
                    }
                }
                for (i, [low, high]) in sums.into_iter().enumerate() {
                    let (low, high) = (_mm_castsi128_ps(low), _mm_castsi128_ps(high));
                    let first = _mm_castps_si128(_mm_shuffle_ps::<0b10_00_10_00>(low, high));
                    let second = _mm_castps_si128(_mm_shuffle_ps::<0b11_01_11_01>(low, high));
                    let four = 4 * i..4 * i + 4;
                    // SAFETY: four values are one register.
                    unsafe {
                        let start = _mm_loadu_si128(start[four.clone()].as_ptr().cast());
                        let sum = _mm_add_epi32(start, _mm_add_epi32(first, second));
                        _mm_storeu_si128(out[four].as_mut_ptr().cast(), sum);
                    }
                }
            }
        }
    }

    /// # Safety
    /// 32 bytes can be read from `from`.
    #[inline]
    #[target_feature(enable = "avx2")]
    unsafe fn load(from: *const __m256i) -> __m256i {
        // SAFETY: the caller's.
        unsafe { _mm256_loadu_si256(from) }
    }

    /// What `vpdpbusd` does: pairs of products in 16 bits (they fit, since weights lie within ±63), then pairs of pairs in 32.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn add_products(sums: __m256i, x: __m256i, w: __m256i) -> __m256i {
        let pairs = _mm256_maddubs_epi16(x, w);
        _mm256_add_epi32(sums, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)))
    }
}

#[cfg(target_arch = "aarch64")]
mod arm {
    use std::arch::aarch64::*;
    use std::arch::asm;

    use super::{PANEL, QUAD, Step, TILE_ROWS, Tile, side_by_side};

    /// Rows that share a panel's weights where there are no dot products.
    const PAIR: usize = 2;

    /// A tile panel by panel, all rows at a time: 24 registers of sums.
    #[target_feature(enable = "neon,dotprod")]
    pub fn neon_dot(rows: &[[u8; QUAD]], steps: &[Step], start: &[[i32; PANEL]; 4], depth: usize, out: &mut Tile) {
        match rows.len() / depth {
            1 => dot_rows::<1>(rows, steps, start, depth, out),
            2 => dot_rows::<2>(rows, steps, start, depth, out),
            3 => dot_rows::<3>(rows, steps, start, depth, out),
            4 => dot_rows::<4>(rows, steps, start, depth, out),
            5 => dot_rows::<5>(rows, steps, start, depth, out),
            _ => dot_rows::<TILE_ROWS>(rows, steps, start, depth, out),
        }
    }

    #[inline]
    #[target_feature(enable = "neon,dotprod")]
    fn dot_rows<const ROWS: usize>(
        rows: &[[u8; QUAD]],
        steps: &[Step],
        start: &[[i32; PANEL]; 4],
        depth: usize,
        out: &mut Tile,
    ) {
        let rows = side_by_side::<ROWS, _>(rows, depth);
        for ((p, steps), start) in steps.chunks_exact(depth).enumerate().zip(start) {
            let mut sums = [load_sums(start); ROWS];
            for (k, step) in steps.iter().enumerate() {
                let weights = load(step);
                for (sums, row) in sums.iter_mut().zip(rows) {
                    let x = centred(row[k]);
                    for (sum, w) in sums.iter_mut().zip(weights) {
                        *sum = add_dot(*sum, w, x);
                    }
                }
            }
            for (out, sums) in out.iter_mut().zip(sums) {
                for (out, sum) in out[p].chunks_exact_mut(4).zip(sums) {
                    // SAFETY: four values are one register.
                    unsafe { vst1q_s32(out.as_mut_ptr(), sum) };
                }
            }
        }
    }

    /// A tile panel by panel, two rows at a time.
    #[target_feature(enable = "neon")]
    pub fn neon(rows: &[[u8; QUAD]], steps: &[Step], start: &[[i32; PANEL]; 4], depth: usize, out: &mut Tile) {
        for ((p, steps), start) in steps.chunks_exact(depth).enumerate().zip(start) {
            for (rows, out) in rows.chunks(PAIR * depth).zip(out.chunks_mut(PAIR)) {
                match rows.len() / depth {
                    1 => long_rows::<1>(rows, steps, start, p, out),
                    _ => long_rows::<PAIR>(rows, steps, start, p, out),
                }
            }
        }
    }

    #[inline]
    #[target_feature(enable = "neon")]
    fn long_rows<const ROWS: usize>(
        rows: &[[u8; QUAD]],
        steps: &[Step],
        start: &[i32; PANEL],
        panel: usize,
        out: &mut [[[i32; PANEL]; 4]],
    ) {
        let depth = steps.len();
        // For four columns at a time: the first two and the last two, each in two parts.
        let mut sums = [[[vdupq_n_s32(0); 2]; 4]; ROWS];
        for (k, step) in steps.iter().enumerate() {
            let weights = load(step);
            for (r, sums) in sums.iter_mut().enumerate() {
                let x = centred(rows[r * depth + k]);
                for (sums, w) in sums.iter_mut().zip(weights) {
                    sums[0] = vpadalq_s16(sums[0], vmull_s8(vget_low_s8(w), vget_low_s8(x)));
                    sums[1] = vpadalq_s16(sums[1], vmull_high_s8(w, x));
                }
            }
        }
        for (out, sums) in out.iter_mut().zip(sums) {
            for ((out, [low, high]), start) in out[panel].chunks_exact_mut(4).zip(sums).zip(load_sums(start)) {
                // SAFETY: four values are one register.
                unsafe { vst1q_s32(out.as_mut_ptr(), vaddq_s32(start, vpaddq_s32(low, high))) };
            }
        }
    }

    /// The four values around 0, four times.
    #[inline]
    #[target_feature(enable = "neon")]
    fn centred(quad: [u8; QUAD]) -> int8x16_t {
        vreinterpretq_s8_u32(vdupq_n_u32(u32::from_ne_bytes(quad) ^ 0x8080_8080))
    }

    #[inline]
    #[target_feature(enable = "neon")]
    fn load(step: &Step) -> [int8x16_t; 4] {
        let at = step.0.as_flattened().as_ptr();
        // SAFETY: a step is 64 bytes, four registers.
        unsafe { [vld1q_s8(at), vld1q_s8(at.add(16)), vld1q_s8(at.add(32)), vld1q_s8(at.add(48))] }
    }

    #[inline]
    #[target_feature(enable = "neon")]
    fn load_sums(from: &[i32; PANEL]) -> [int32x4_t; 4] {
        let at = from.as_ptr();
        // SAFETY: sixteen values are four registers.
        unsafe { [vld1q_s32(at), vld1q_s32(at.add(4)), vld1q_s32(at.add(8)), vld1q_s32(at.add(12))] }
    }

    /// `sdot`, which the standard library does not offer yet.
    #[inline]
    #[target_feature(enable = "neon,dotprod")]
    fn add_dot(mut sums: int32x4_t, w: int8x16_t, x: int8x16_t) -> int32x4_t {
        // SAFETY: reads and writes registers only, and the processor has the instruction.
        unsafe {
            asm!("sdot {0:v}.4s, {1:v}.16b, {2:v}.16b", inout(vreg) sums, in(vreg) w, in(vreg) x,
                options(pure, nomem, nostack, preserves_flags));
        }
        sums
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Sums of `rows` by the book: the values less 128 times the weights.
    fn expected(row: &[u8], weights: &[i8]) -> i32 {
        row.iter().zip(weights).map(|(&x, &w)| (i32::from(x) - 128) * i32::from(w)).sum()
    }

    fn check(rows: &[Vec<u8>], weights: &[Vec<i8>]) {
        let inputs = weights[0].len();
        let packed = Packed::new(&weights.concat(), inputs);
        let mut quads = Vec::new();
        for row in rows {
            let mut row = row.clone();
            row.resize(packed.depth() * QUAD, 7);
            quads.extend_from_slice(row.as_chunks::<QUAD>().0);
        }
        for processor in Processor::all() {
            for tile in 0..weights.len().div_ceil(TILE_COLUMNS) {
                let mut sums = Tile::default();
                packed.sums(processor, &quads, tile, &mut sums);
                for (row, sums) in rows.iter().zip(&sums) {
                    let columns = weights.iter().skip(tile * TILE_COLUMNS);
                    for (column, sum) in columns.zip(sums.as_flattened()) {
                        assert_eq!(*sum, expected(row, column), "{}", processor.name());
                    }
                }
            }
        }
    }

    #[test]
    fn the_largest_values_do_not_overflow() {
        check(&[vec![255; 384], vec![0; 384]], &[vec![63; 384], vec![-63; 384]]);
    }

    proptest! {
        #[test]
        fn every_processor_gives_the_exact_sums(
            rows in 1..=TILE_ROWS, inputs in 1usize..40, outputs in 1usize..140,
            values in proptest::collection::vec(any::<u8>(), TILE_ROWS * 40),
            weights in proptest::collection::vec(-63i8..=63, 140 * 40),
        ) {
            let rows: Vec<Vec<u8>> = values.chunks(40).take(rows).map(|row| row[..inputs].to_vec()).collect();
            let weights: Vec<Vec<i8>> = weights.chunks(40).take(outputs).map(|row| row[..inputs].to_vec()).collect();
            check(&rows, &weights);
        }
    }
}
