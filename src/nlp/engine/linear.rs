//! A linear map with int8 weights: rows quantized as they come, exact int32 sums, floats again.

use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedBMatrix, QuantParams};
use rten_tensor::{Matrix, NdTensorView};

use super::numeric::{dequantize, quantize_rows};

/// `x ↦ x · Wᵀ + b`, with a scale for each output.
pub struct Linear {
    packed: PackedBMatrix<i8>,
    scales: Vec<f32>,
    bias: Vec<f32>,
    inputs: usize,
}

/// Room for the quantized rows and the sums, kept from call to call.
#[derive(Default)]
pub struct LinearScratch {
    rows: Vec<u8>,
    scales: Vec<f32>,
    zeros: Vec<u8>,
    sums: Vec<i32>,
}

impl Linear {
    /// From weights of shape (outputs, inputs) within ±63; a bias of zeros where there is none.
    pub fn new(gemm: &Gemm, weights: &[i8], scales: Vec<f32>, bias: Option<Vec<f32>>) -> Linear {
        let outputs = scales.len();
        let inputs = weights.len() / outputs;
        let view = NdTensorView::from_data([outputs, inputs], weights);
        let packed = gemm.0.prepack_b(view.transposed());
        let bias = bias.unwrap_or_else(|| vec![0.0; outputs]);
        Linear { packed, scales, bias, inputs }
    }

    pub fn outputs(&self) -> usize {
        self.scales.len()
    }

    /// Maps rows of `inputs` to rows of `outputs`.
    pub fn apply(&self, gemm: &Gemm, rows: &[f32], out: &mut Vec<f32>, scratch: &mut LinearScratch) {
        let n = rows.len() / self.inputs;
        scratch.rows.resize(n * self.inputs, 0);
        scratch.scales.resize(n, 0.0);
        scratch.zeros.resize(n, 128);
        scratch.sums.resize(n * self.outputs(), 0);
        out.resize(n * self.outputs(), 0.0);
        if n == 0 {
            return;
        }
        quantize_rows(rows, self.inputs, &mut scratch.rows, &mut scratch.scales);
        let rows: Matrix<u8> = NdTensorView::from_data([n, self.inputs], scratch.rows.as_slice());
        let zero = QuantParams { zero_point: &scratch.zeros };
        let options = GemmOptions { a_quant: Some(zero), ..GemmOptions::default() };
        gemm.0
            .gemm(&mut scratch.sums, GemmInputA::Unpacked(rows), GemmInputB::Packed(&self.packed), options)
            .expect("shapes follow from the weights");
        dequantize(&scratch.sums, &scratch.scales, &self.scales, &self.bias, out);
    }
}

/// The int8 matrix product of this machine.
pub struct Gemm(GemmExecutor<u8, i8, i32>);

impl Gemm {
    pub fn new() -> Gemm {
        Gemm(GemmExecutor::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_as_floats_would() {
        let gemm = Gemm::new();
        // Two outputs of three inputs: (x + 2y - z) / 10 and 3z + 1.
        let linear = Linear::new(&gemm, &[10, 20, -10, 0, 0, 30], vec![0.01, 0.1], Some(vec![0.0, 1.0]));
        let mut out = Vec::new();
        linear.apply(&gemm, &[1.0, 1.0, 0.5, -1.0, 0.0, 0.25], &mut out, &mut LinearScratch::default());
        for (x, exact) in out.iter().zip([0.25, 2.5, -0.125, 1.75]) {
            assert!((x - exact).abs() < 0.02, "{out:?}");
        }
    }
}
