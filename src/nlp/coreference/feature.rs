//! Pairs of candidates, and what is known of each pair: the numbers of rows of the head's weights.
//!
//! Of "the Norwegian minister … the minister": two definite nouns, the same head word, all of the later's words in the earlier, two
//! sentences apart.

use std::collections::BTreeMap;

use super::candidate::{Candidate, Type};
use crate::nlp::engine::{FEATURES, Pair};

/// The types of two candidates, and their roles (there are eleven) in one sentence or two.
const TYPES: usize = Type::COUNT;
const ROLES: usize = 11;

/// How many values each feature has, in the order of [`features`].
const SIZES: [usize; FEATURES] = [9, 9, TYPES * TYPES, 2 * ROLES * ROLES, 9, 18, 15, 288, 50, 49, 16, 24, 8, 5, 8, 5];

/// The most nearer ones that are counted: that agree, that have the same head word.
const MOST_COMPATIBLE: usize = 4;
const MOST_NEARER: usize = 3;
const MOST_EARLIER: usize = 4;

/// The pairs of each candidate with the `window` before it, and with the nearest `far` of the same head word before those (pronouns
/// look no further): by later, then earlier.
pub fn pairs(kept: &[&Candidate], window: usize, far: usize) -> Vec<Pair> {
    let mut mates: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut earlier_mates = Vec::with_capacity(kept.len());
    let mut out = Vec::new();
    for (later, candidate) in kept.iter().enumerate() {
        let begin = later.saturating_sub(window);
        let of_stem = mates.entry(candidate.stem).or_default();
        earlier_mates.push(of_stem.len());
        let is_pronoun = candidate.attributes.kind == Type::Pronoun;
        let reachable = |&&mate: &&usize| mate < begin && !is_pronoun && kept[mate].attributes.kind != Type::Pronoun;
        let mut before: Vec<usize> = of_stem.iter().rev().filter(reachable).take(far).copied().collect();
        before.reverse();
        before.extend(begin..later);
        of_stem.push(later);
        push_pairs(kept, later, &before, &earlier_mates, &mut out);
    }
    out
}

/// Adds the pairs of one later candidate. Ranks count from the nearest, so it goes from there.
fn push_pairs(kept: &[&Candidate], later: usize, before: &[usize], earlier_mates: &[usize], out: &mut Vec<Pair>) {
    let (mut compatible, mut mates) = (0, 0);
    let start = out.len();
    for &earlier in before.iter().rev() {
        let (a, b) = (kept[later], kept[earlier]);
        let values = Ranks {
            between: later - earlier - 1,
            compatible: rank(is_compatible(a, b), &mut compatible, MOST_COMPATIBLE),
            nth: rank(a.stem == b.stem, &mut mates, MOST_NEARER),
            salience: bucket(earlier_mates[earlier]).min(MOST_EARLIER),
        };
        out.push(Pair { later, earlier, features: rows(features(a, b, &values)) });
    }
    out[start..].reverse();
}

/// What is known of a pair only beside the others of its later candidate.
struct Ranks {
    between: usize,
    compatible: usize,
    nth: usize,
    salience: usize,
}

/// How many nearer ones have a flag, up to `most`; `most` too where this one has not.
fn rank(flag: bool, nearer: &mut usize, most: usize) -> usize {
    if !flag {
        return most;
    }
    *nearer += 1;
    (*nearer - 1).min(most)
}

/// The numbers of the rows of weights.
fn rows(values: [usize; FEATURES]) -> [usize; FEATURES] {
    let mut start = 0;
    std::array::from_fn(|i| {
        start += SIZES[i];
        start - SIZES[i] + values[i]
    })
}

/// The value of each feature of a pair.
fn features(later: &Candidate, earlier: &Candidate, ranks: &Ranks) -> [usize; FEATURES] {
    let (a, b) = (&later.attributes, &earlier.attributes);
    let (own, theirs) = (coarse(a.kind), coarse(b.kind));
    let same_sentence = later.sentence == earlier.sentence;
    let same_head = usize::from(later.stem == earlier.stem);
    let same_speaker = usize::from(later.speaker == earlier.speaker);
    let speakers_known = usize::from(later.speaker > 0 && earlier.speaker > 0);
    let agreement = ((a.number * 3 + b.number) * 4 + a.gender) * 4 + b.gender;
    let ends = 2 * usize::from(later.first == earlier.first) + usize::from(later.last == earlier.last);
    [
        bucket(later.sentence - earlier.sentence),
        bucket(ranks.between),
        a.kind as usize * TYPES + b.kind as usize,
        (a.role * ROLES + b.role) * 2 + usize::from(same_sentence),
        exact(later, earlier) * 3 + own,
        (same_head * 3 + own) * 3 + theirs,
        overlap(&later.bag, &earlier.bag) * 3 + own,
        agreement * 2 + usize::from(a.kind == Type::Pronoun),
        (a.person * 5 + b.person) * 2 + same_speaker,
        a.name * 7 + b.name,
        (quoting(later.quote, earlier.quote) * 2 + same_speaker) * 2 + speakers_known,
        nesting(later, earlier) * 8 + if same_sentence { syntax(later, earlier) } else { 0 },
        usize::from(is_acronym(later, earlier) || is_acronym(earlier, later)) * 4 + ends,
        ranks.compatible,
        ranks.nth * 2 + same_head,
        ranks.salience,
    ]
}

/// 0 1 2 3-4 5-8 9-16 17-32 33-64 65- as 0 to 8.
fn bucket(x: usize) -> usize {
    [1, 2, 3, 5, 9, 17, 33, 65].iter().filter(|&&edge| edge <= x).count()
}

/// 0 a name, 1 a pronoun, 2 anything else.
fn coarse(kind: Type) -> usize {
    match kind {
        Type::Name => 0,
        Type::Pronoun => 1,
        _ => 2,
    }
}

/// 2 the same words, 1 the same but for small ones and plurals, 0 others.
fn exact(later: &Candidate, earlier: &Candidate) -> usize {
    if later.text == earlier.text { 2 } else { usize::from(later.bare == earlier.bare) }
}

/// 0 no word in common, 1 some, 2 all of the earlier's, 3 all of the later's, 4 the same.
fn overlap(later: &[usize], earlier: &[usize]) -> usize {
    let common = later.iter().filter(|word| earlier.binary_search(word).is_ok()).count();
    match (common == later.len(), common == earlier.len()) {
        _ if common == 0 => 0,
        (true, true) => 4,
        (true, false) => 3,
        (false, true) => 2,
        (false, false) => 1,
    }
}

/// 0 neither quoted, 1 in the same quotation, 2 in two, 3 one quoted.
fn quoting(later: usize, earlier: usize) -> usize {
    match (later, earlier) {
        (0, 0) => 0,
        _ if later == earlier => 1,
        (0, _) | (_, 0) => 3,
        _ => 2,
    }
}

/// 0 neither, 1 the later lies in the earlier, 2 the earlier in the later.
fn nesting(later: &Candidate, earlier: &Candidate) -> usize {
    if earlier.span.covers(later.span) { 1 } else { 2 * usize::from(later.span.covers(earlier.span)) }
}

/// How two of a sentence hang together: 0 not, 1 apposition, 2 subject and predicate, 3 conjuncts, 4 dependents of one word, 5 the
/// later hangs on the earlier, 6 the earlier on the later, 7 both have the same head word.
fn syntax(later: &Candidate, earlier: &Candidate) -> usize {
    if later.head == earlier.head {
        7
    } else if later.governor == Some(earlier.head) {
        match later.relation {
            "appos" => 1,
            "conj" => 3,
            _ => 5,
        }
    } else if earlier.governor == Some(later.head) {
        if ["nsubj", "nsubj:outer"].contains(&earlier.relation) { 2 } else { 6 }
    } else if later.governor == earlier.governor {
        if later.relation == "conj" && earlier.relation == "conj" { 3 } else { 4 }
    } else {
        0
    }
}

/// Whether one is spelled of the other's capital initials.
fn is_acronym(short: &Candidate, long: &Candidate) -> bool {
    short.acronym.as_ref().is_some_and(|letters| *letters == long.initials && long.acronym.as_ref() != Some(letters))
}

/// Whether the later is a pronoun that agrees with the earlier in number, gender and person.
fn is_compatible(later: &Candidate, earlier: &Candidate) -> bool {
    let (a, b) = (&later.attributes, &earlier.attributes);
    let agrees = |x: usize, y: usize| x == y || x == 0 || y == 0;
    let clashes = b.name == 1 && a.gender == 3 || (2..6).contains(&b.name) && [1, 2].contains(&a.gender);
    a.kind == Type::Pronoun
        && agrees(a.number, b.number)
        && agrees(a.gender, b.gender)
        && agrees(a.person, b.person)
        && !clashes
}
