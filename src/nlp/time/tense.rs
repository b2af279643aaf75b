//! Whether what a time belongs to lies behind or ahead: "they met on Saturday", "they will meet on Saturday".

use crate::nlp::document::{Tense, Token, Upos, VerbForm};
use crate::schema::{TimeClass, TimeLexicon};

/// Where what happens lies, seen from the day of publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Past,
    Future,
    Unknown,
}

/// The direction that the verb over a token tells, or the nearest verb above that tells one.
pub fn direction(lexicon: &TimeLexicon, tokens: &[Token], start: usize) -> Direction {
    let mut at = start;
    // A tree has no cycle; a broken one must not hang the program.
    for _ in 0..tokens.len() {
        match told_by(lexicon, tokens, at) {
            Some(direction) => return direction,
            None => match tokens[at].head {
                Some(head) => at = head,
                None => break,
            },
        }
    }
    Direction::Unknown
}

/// What a word and those that hang on it tell; `None` leaves it to the word above.
fn told_by(lexicon: &TimeLexicon, tokens: &[Token], index: usize) -> Option<Direction> {
    let token = &tokens[index];
    let auxiliaries = || children(tokens, index).filter(|child| tokens[*child].upos == Upos::Aux);
    let by_auxiliaries = told_by_auxiliaries(lexicon, &auxiliaries().map(|child| &tokens[child]).collect::<Vec<_>>());
    if let Some(direction) = told_by_plan(lexicon, tokens, index, by_auxiliaries) {
        return Some(direction);
    }
    let is_to_be = token.morphology.verb_form == Some(VerbForm::Infinitive) && has_to(tokens, index);
    if by_auxiliaries.is_some() {
        return if is_to_be { Some(Direction::Unknown) } else { by_auxiliaries }; // "was to end in August"
    }
    let is_progressive = auxiliaries().next().is_some() && token.morphology.tense == Some(Tense::Present);
    match (token.upos, token.morphology.verb_form?) {
        (Upos::Verb, VerbForm::Participle) if is_progressive => Some(Direction::Future), // "is travelling on Monday"
        (Upos::Verb, VerbForm::Infinitive) => told_by_infinitive(lexicon, tokens, index),
        (Upos::Verb, _) if token.morphology.tense == Some(Tense::Past) => Some(Direction::Past),
        (Upos::Verb, VerbForm::Finite) => Some(Direction::Unknown),
        _ => None,
    }
}

/// What auxiliaries tell together: "might have met" is past, "will have met" is future.
fn told_by_auxiliaries(lexicon: &TimeLexicon, auxiliaries: &[&Token]) -> Option<Direction> {
    let is_promised = auxiliaries.iter().any(|token| lexicon.value(&token.lemma, TimeClass::Ahead).is_some());
    let mut told = auxiliaries.iter().filter_map(|token| told_by_auxiliary(token));
    let first = told.next()?;
    let is_over = !is_promised && told.any(|direction| direction == Direction::Past);
    Some(if is_over { Direction::Past } else { first })
}

fn has_to(tokens: &[Token], index: usize) -> bool {
    children(tokens, index).any(|child| tokens[child].upos == Upos::Part && tokens[child].deprel == "mark")
}

/// "had met" and "was" are past, "will meet" is future, "is" tells nothing.
fn told_by_auxiliary(auxiliary: &Token) -> Option<Direction> {
    match (auxiliary.lemma.as_str(), auxiliary.morphology.tense) {
        ("have", _) | ("be" | "do", Some(Tense::Past)) => Some(Direction::Past),
        ("be" | "do", _) => None,
        _ => Some(Direction::Future),
    }
}

/// "plans to meet", "is to meet", "a deal to end" lie ahead; "managed to meet" and "came to meet" where their verb lies.
fn told_by_infinitive(lexicon: &TimeLexicon, tokens: &[Token], index: usize) -> Option<Direction> {
    let Some(head) = tokens[index].head else { return Some(Direction::Future) };
    let is_implied = lexicon.value(&tokens[head].lemma, TimeClass::Implied).is_some();
    match tokens[index].deprel {
        "advcl" | "conj" => None,
        _ if is_implied => None,
        _ => Some(Direction::Future),
    }
}

/// "the upcoming vote on Monday" and "is scheduled for Monday" lie ahead; what "had been scheduled for Monday" may be over.
fn told_by_plan(
    lexicon: &TimeLexicon,
    tokens: &[Token],
    index: usize,
    by_auxiliaries: Option<Direction>,
) -> Option<Direction> {
    let is_plan = |index: usize| lexicon.value(&tokens[index].lemma, TimeClass::Ahead).is_some();
    let is_planned = || children(tokens, index).any(|child| tokens[child].deprel == "amod" && is_plan(child));
    match by_auxiliaries {
        Some(Direction::Past) if is_plan(index) => Some(Direction::Unknown),
        _ if is_plan(index) || is_planned() => Some(Direction::Future),
        _ => None,
    }
}

fn children(tokens: &[Token], head: usize) -> impl Iterator<Item = usize> + '_ {
    let sentence = tokens[head].sentence;
    let before = tokens[..head].iter().rev().take_while(move |token| token.sentence == sentence).count();
    let after = tokens[head..].iter().take_while(move |token| token.sentence == sentence).count();
    (head - before..head + after).filter(move |&index| tokens[index].head == Some(head))
}
