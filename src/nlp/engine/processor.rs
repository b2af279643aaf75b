//! Which vector instructions the engine uses: the best of this machine, or fewer where a test or a measurement wants it.
//!
//! Every set gives the same bytes; they differ in speed only.

/// Vector instructions that this machine has: a value is proof that it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Processor(Instructions);

/// The sets that the engine has code for, from the plainest up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Instructions {
    /// What the compiler may assume everywhere: SSE2 on x86-64, NEON on ARM.
    Baseline,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// AVX2 with int8 dot products.
    #[cfg(target_arch = "x86_64")]
    AvxVnni,
    /// AVX-512 (F, BW, DQ, VL) with int8 dot products.
    #[cfg(target_arch = "x86_64")]
    Avx512Vnni,
    /// NEON with int8 dot products.
    #[cfg(target_arch = "aarch64")]
    NeonDot,
}

#[cfg(target_arch = "x86_64")]
impl Instructions {
    const ALL: &[Instructions] =
        &[Instructions::Baseline, Instructions::Avx2, Instructions::AvxVnni, Instructions::Avx512Vnni];

    fn name(self) -> &'static str {
        match self {
            Instructions::Baseline => "baseline",
            Instructions::Avx2 => "avx2",
            Instructions::AvxVnni => "avx-vnni",
            Instructions::Avx512Vnni => "avx512-vnni",
        }
    }

    fn is_here(self) -> bool {
        match self {
            Instructions::Baseline => true,
            Instructions::Avx2 => is_x86_feature_detected!("avx2"),
            Instructions::AvxVnni => is_x86_feature_detected!("avx2") && is_x86_feature_detected!("avxvnni"),
            Instructions::Avx512Vnni => {
                is_x86_feature_detected!("avx512f")
                    && is_x86_feature_detected!("avx512bw")
                    && is_x86_feature_detected!("avx512dq")
                    && is_x86_feature_detected!("avx512vl")
                    && is_x86_feature_detected!("avx512vnni")
            }
        }
    }
}

#[cfg(target_arch = "aarch64")]
impl Instructions {
    const ALL: &[Instructions] = &[Instructions::Baseline, Instructions::NeonDot];

    fn name(self) -> &'static str {
        match self {
            Instructions::Baseline => "baseline",
            Instructions::NeonDot => "neon-dot",
        }
    }

    fn is_here(self) -> bool {
        self == Instructions::Baseline || std::arch::is_aarch64_feature_detected!("dotprod")
    }
}

#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
impl Instructions {
    const ALL: &[Instructions] = &[Instructions::Baseline];

    fn name(self) -> &'static str {
        "baseline"
    }

    fn is_here(self) -> bool {
        true
    }
}

impl Processor {
    /// All that this machine can run, the slowest first.
    pub fn all() -> Vec<Processor> {
        Instructions::ALL.iter().copied().filter(|set| set.is_here()).map(Processor).collect()
    }

    /// The fastest that this machine can run.
    pub fn best() -> Processor {
        let fastest = Instructions::ALL.iter().copied().rfind(|set| set.is_here());
        Processor(fastest.expect("the baseline is everywhere"))
    }

    /// `baseline`, on x86-64 also `avx2`, `avx-vnni` and `avx512-vnni`, on ARM `neon-dot`.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    pub(super) fn instructions(self) -> Instructions {
        self.0
    }
}

/// Declares functions whose first argument is the [`Processor`] that they are compiled for.
///
/// The body is plain Rust: the compiler vectorizes it once for each set of instructions.
macro_rules! on_each_processor {
    ($($(#[$meta:meta])* pub fn $name:ident($($argument:ident: $type:ty),* $(,)?) $(-> $out:ty)? $body:block)*) => {$(
        $(#[$meta])*
        #[allow(clippy::too_many_arguments)]
        pub fn $name(processor: $crate::nlp::engine::processor::Processor, $($argument: $type),*) $(-> $out)? {
            #[inline(always)]
            #[allow(clippy::too_many_arguments)]
            fn body($($argument: $type),*) $(-> $out)? $body

            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2")]
            #[allow(clippy::too_many_arguments)]
            fn avx2($($argument: $type),*) $(-> $out)? {
                body($($argument),*)
            }

            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl")]
            #[allow(clippy::too_many_arguments)]
            fn avx512($($argument: $type),*) $(-> $out)? {
                body($($argument),*)
            }

            #[cfg(target_arch = "x86_64")]
            use $crate::nlp::engine::processor::Instructions;
            match processor.instructions() {
                // SAFETY: a `Processor` is only made where its instructions were found.
                #[cfg(target_arch = "x86_64")]
                Instructions::Avx512Vnni => unsafe { avx512($($argument),*) },
                // SAFETY: as above; AVX-VNNI is only used together with AVX2.
                #[cfg(target_arch = "x86_64")]
                Instructions::Avx2 | Instructions::AvxVnni => unsafe { avx2($($argument),*) },
                _ => body($($argument),*),
            }
        }
    )*};
}
pub(super) use on_each_processor;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_is_the_last_of_all() {
        let all = Processor::all();
        assert_eq!(all.first().map(|processor| processor.name()), Some("baseline"));
        assert_eq!(all.last(), Some(&Processor::best()));
    }
}
