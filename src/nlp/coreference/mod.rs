//! Coreference: mentions that stand for the same, as chains of token spans.
//!
//! Of "Solheim met Kanté. She thanked him" the chains are (Solheim, She) and (Kanté, him); of "the two leaders" a chain of its own
//! with the group that it stands for, where the text names one. Candidates and features are those of `training/mentions.py`, to the
//! number: the head of [`engine`](super::engine) is trained on them.

mod candidate;
mod feature;

use super::engine::{Inputs, Model, WordTags, WordVectors};
use crate::base::TokenSpan;
use crate::schema::Schema;
use candidate::Candidate;

/// The words of a text with what the engine says of them, sentence by sentence.
pub struct Text<'a> {
    pub words: &'a [Vec<&'a str>],
    pub tags: &'a [Vec<WordTags>],
    pub places: &'a [Place],
    /// Those of all words that [may head a mention](is_head).
    pub vectors: &'a WordVectors,
}

/// Where a sentence stands.
#[derive(Clone, Copy, Debug, Default)]
pub struct Place {
    /// Any number that is another for each paragraph.
    pub paragraph: usize,
    /// A number for each speaker of a transcript; 0 where none is known.
    pub speaker: usize,
}

/// Chains of two or more mentions, by their first mention, each in the order of head words; none without a coreference head.
pub fn chains(schema: &Schema, model: &Model, text: &Text) -> Vec<Vec<TokenSpan>> {
    let Some(head) = model.coreference() else { return Vec::new() };
    let candidates = candidate::find(schema, text);
    let all: Vec<&Candidate> = candidates.iter().collect();
    let logits = head.detect(model.gemm(), &inputs(text, &all));
    let likely = all.into_iter().zip(logits).filter(|(_, logit)| head.keeps(*logit));
    let (kept, detected): (Vec<&Candidate>, Vec<f32>) = likely.unzip();
    let pairs = feature::pairs(&kept, head.window, head.far);
    let antecedents = head.antecedents(model.gemm(), &inputs(text, &kept), &detected, &pairs);
    linked(&antecedents, &kept)
}

/// What the head reads of candidates.
fn inputs(text: &Text, candidates: &[&Candidate]) -> Inputs {
    let mut inputs = Inputs::default();
    for candidate in candidates {
        let (vector, embedding) = text.vectors.of(candidate.head).expect("the vectors of head words are kept");
        inputs.vectors.extend_from_slice(vector);
        inputs.embeddings.extend_from_slice(embedding);
        inputs.attributes.push(candidate.attributes.rows());
    }
    inputs
}

/// The chains that links to antecedents make.
fn linked(antecedents: &[Option<usize>], candidates: &[&Candidate]) -> Vec<Vec<TokenSpan>> {
    let mut chain_of: Vec<Option<usize>> = vec![None; candidates.len()];
    let mut chains: Vec<Vec<TokenSpan>> = Vec::new();
    for (later, antecedent) in antecedents.iter().enumerate() {
        let Some(earlier) = *antecedent else { continue };
        let chain = *chain_of[earlier].get_or_insert_with(|| {
            chains.push(vec![candidates[earlier].span]);
            chains.len() - 1
        });
        chain_of[later] = Some(chain);
        chains[chain].push(candidates[later].span);
    }
    chains.sort_by_key(|chain| (chain[0].start, chain[0].end));
    chains
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::nlp::engine::Bio;
    use crate::nlp::{Morphology, NameKind, Upos};

    /// What `training/coreference_reference.py` wrote its file with.
    const WINDOW: usize = 12;
    const FAR: usize = 1;

    /// The head is trained on what Python makes of a text: the program must make the same of it, to the number.
    #[test]
    fn candidates_and_features_are_those_of_the_training() {
        let schema = Schema::built_in();
        for line in include_str!("../../../tests/engine/coreference.jsonl").lines() {
            let expected: Value = serde_json::from_str(line).expect("the reference is JSON");
            let sentences = list(&expected["sentences"]);
            let words: Vec<Vec<&str>> = sentences.iter().map(|sentence| strings(&sentence["words"])).collect();
            let tags: Vec<Vec<WordTags>> = sentences.iter().map(tags).collect();
            let places: Vec<Place> = sentences.iter().map(place).collect();
            let vectors = WordVectors::default();
            let found =
                candidate::find(&schema, &Text { words: &words, tags: &tags, places: &places, vectors: &vectors });
            check_candidates(&found, &expected["candidates"]);
            check_pairs(&feature::pairs(&found.iter().collect::<Vec<_>>(), WINDOW, FAR), &expected["pairs"]);
        }
    }

    #[test]
    fn links_make_chains() {
        let schema = Schema::built_in();
        let words = [vec!["Weber", "met", "Rossi"], vec!["She", "thanked", "him"]];
        let tags: Vec<Vec<WordTags>> = words.iter().map(|words| words.iter().map(|_| noun()).collect()).collect();
        let (places, vectors) = ([Place::default(); 2], WordVectors::default());
        let found = candidate::find(&schema, &Text { words: &words, tags: &tags, places: &places, vectors: &vectors });
        let candidates: Vec<&Candidate> = found.iter().collect();
        let chains = linked(&[None, None, None, Some(2), None, Some(3)], &candidates);
        let spans = |heads: [usize; 3]| heads.map(|head| TokenSpan::new(head, head + 1)).to_vec();
        assert_eq!(chains, [spans([2, 3, 5])]);
        assert_eq!(linked(&[None; 6], &candidates), Vec::<Vec<TokenSpan>>::new());
    }

    fn check_candidates(found: &[Candidate], expected: &Value) {
        let expected = list(expected);
        for (candidate, expected) in found.iter().zip(&expected) {
            let expected = numbers(expected);
            assert_eq!(
                [candidate.head, candidate.span.start, candidate.span.end],
                expected[..3],
                "a head and its span"
            );
            assert_eq!(candidate.attributes.rows(), expected[4..], "the attributes of {:?}", candidate.span);
        }
        assert_eq!(found.len(), expected.len());
    }

    fn check_pairs(found: &[crate::nlp::engine::Pair], expected: &Value) {
        let expected = list(expected);
        for (pair, expected) in found.iter().zip(&expected) {
            let expected = numbers(expected);
            assert_eq!([pair.later, pair.earlier], expected[..2]);
            assert_eq!(pair.features, expected[2..], "the features of {} and {}", pair.later, pair.earlier);
        }
        assert_eq!(found.len(), expected.len());
    }

    fn list(value: &Value) -> Vec<Value> {
        value.as_array().expect("a list").clone()
    }

    fn numbers(value: &Value) -> Vec<usize> {
        value.as_array().into_iter().flatten().filter_map(Value::as_u64).map(|number| number as usize).collect()
    }

    fn strings(value: &Value) -> Vec<&str> {
        value.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
    }

    fn place(sentence: &Value) -> Place {
        let number = |key: &str| sentence[key].as_u64().expect("a number") as usize;
        Place { paragraph: number("paragraph"), speaker: number("speaker") }
    }

    fn tags(sentence: &Value) -> Vec<WordTags> {
        let (upos, relations, names) =
            (strings(&sentence["upos"]), strings(&sentence["rel"]), strings(&sentence["names"]));
        let words = upos.iter().zip(relations).zip(names).zip(numbers(&sentence["heads"]));
        words
            .map(|(((upos, relation), name), head)| WordTags {
                upos: Upos::ALL.into_iter().find(|known| known.name() == *upos).expect("a part of speech"),
                head: head.checked_sub(1),
                deprel: relation.to_owned().leak(),
                name: kind(name).map_or(Bio::Outside, Bio::Inside),
                ..noun()
            })
            .collect()
    }

    fn noun() -> WordTags {
        WordTags {
            upos: Upos::Noun,
            head: None,
            deprel: "root",
            morphology: Morphology::default(),
            lemma: Box::leak(Box::default()),
            name: Bio::Outside,
            inner: Bio::Outside,
            attribution: Bio::Outside,
            trigger: None,
        }
    }

    fn kind(label: &str) -> Option<NameKind> {
        Some(match label.split_once('-')?.1 {
            "person" => NameKind::Person,
            "country" => NameKind::Country,
            "place" => NameKind::Place,
            "organization" => NameKind::Organization,
            "event" => NameKind::Event,
            "time" => NameKind::Time,
            _ => NameKind::Other,
        })
    }
}
