//! Whether two words come from one: "arrive" and "arrival", "argue" and "argument".

/// "arrive" and "arrival": the same first letters, to all but two of the shorter.
pub fn shares_stem(a: &str, b: &str) -> bool {
    const SHORTEST: usize = 4;
    let shared = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    shared >= SHORTEST && shared + 2 >= a.chars().count().min(b.chars().count())
}
