//! Words into lemmas and features: "denied" is the past of "deny", "allies" the plural of "ally".
//!
//! Regular inflection is told by the rules of English spelling here, the rest by `schema/lexicon/irregular.tsv` (whole
//! forms) and `schema/lexicon/stems.tsv` (stems that the rules would restore wrongly). A form that is both past and
//! participle ("met") counts as past until [`refine`] has seen its auxiliaries: "has met" is a participle.

use super::document::{Morphology, Number, Tense, Token, Upos, VerbForm};
use crate::schema::{Inflection, Inflections};

/// The lemma of a word and what its form tells of number, tense and verb form.
///
/// The lemma is in lower case but for names ("CEOs": "ceo"; "Obama").
pub fn lemma_and_morphology(inflections: &Inflections, word: &str, upos: Upos) -> (String, Morphology) {
    if let Some(reading) = irregular(inflections, word, upos) {
        return (reading.lemma.clone(), morphology_of(reading));
    }
    let lower = word.to_lowercase();
    match upos {
        Upos::Verb | Upos::Aux => verb(inflections, &lower),
        Upos::Noun if is_abbreviation(word) => abbreviation(word),
        Upos::Noun => noun(inflections, &lower),
        Upos::Propn => (word.to_owned(), Morphology { number: number_of_name(word), ..Morphology::default() }),
        Upos::Adj | Upos::Adv => (ungraded(inflections, &lower, upos), Morphology::default()),
        _ => (lower, Morphology::default()),
    }
}

/// Decides between the readings of verb forms by the words around them in the tree: "has met" and "was met" are
/// participles, "to meet" is an infinitive, "the meeting president" has a gerund; the "'s" of "he's met" is "have".
///
/// Gerund and participle are told apart as Universal Dependencies tells them in English: by what the clause is to its head.
pub fn refine(tokens: &mut [Token]) {
    let surroundings = surroundings(tokens);
    for (index, around) in surroundings.iter().enumerate() {
        if !matches!(tokens[index].upos, Upos::Verb | Upos::Aux) {
            continue;
        }
        let form = match around.helper {
            Some(helper) => Some(form_after(&tokens[helper], &tokens[index])),
            None => form_without_helper(tokens, index, around.has_subject),
        };
        if let Some(form) = form {
            set_form(&mut tokens[index], form);
        }
    }
    for index in 0..tokens.len() {
        if let Some(lemma) = lemma_of_clitic(tokens, index) {
            tokens[index].lemma = lemma.to_owned();
        }
    }
}

// --- from the form alone ---

const FINITE_PRESENT: Morphology = of_verb(Tense::Present, VerbForm::Finite);
const FINITE_PAST: Morphology = of_verb(Tense::Past, VerbForm::Finite);
const PRESENT_PARTICIPLE: Morphology = of_verb(Tense::Present, VerbForm::Participle);

const fn of_verb(tense: Tense, form: VerbForm) -> Morphology {
    let (tense, verb_form) = (Some(tense), Some(form));
    Morphology { number: None, person: None, tense, verb_form, voice: None, polarity: None }
}

fn morphology_of(reading: &Inflection) -> Morphology {
    let is = |name, value| reading.may_be(name, value);
    let verb_form = match () {
        () if is("VerbForm", "Fin") => Some(VerbForm::Finite),
        () if is("VerbForm", "Part") => Some(VerbForm::Participle),
        () if is("VerbForm", "Inf") => Some(VerbForm::Infinitive),
        () if is("VerbForm", "Ger") => Some(VerbForm::Gerund),
        () => None,
    };
    let tense = match () {
        () if is("Tense", "Past") => Some(Tense::Past),
        () if is("Tense", "Pres") || is("VerbForm", "Ger") => Some(Tense::Present),
        () => None,
    };
    let number = match () {
        () if is("Number", "Sing") => Some(Number::Singular),
        () if is("Number", "Plur") || is("Number", "Ptan") => Some(Number::Plural),
        () => None,
    };
    Morphology { number, tense, verb_form, ..Morphology::default() }
}

/// A verb and an auxiliary have their irregular forms in common: the "is" of "is in Paris" is a verb to some taggers.
fn irregular<'a>(inflections: &'a Inflections, word: &str, upos: Upos) -> Option<&'a Inflection> {
    let other = match upos {
        Upos::Verb => Upos::Aux,
        Upos::Aux => Upos::Verb,
        _ => upos,
    };
    inflections.form(word, upos.name()).or_else(|| inflections.form(word, other.name()))
}

fn verb(inflections: &Inflections, word: &str) -> (String, Morphology) {
    let (stem, morphology) = match stem_and_morphology(word) {
        Some(found) => found,
        None => return third_person(inflections, word),
    };
    let in_last_part = stem.rsplit('-').next().unwrap_or(stem);
    let lemma = match in_last_part.contains(is_vowel) {
        true => restored(inflections, stem, Upos::Verb),
        false => word.to_owned(), // "bring", "shed"
    };
    let is_base = lemma == word; // or "embed"
    (lemma, if is_base { FINITE_PRESENT } else { morphology })
}

fn stem_and_morphology(word: &str) -> Option<(&str, Morphology)> {
    let past = || word.strip_suffix("ed").filter(|_| !word.ends_with("eed")).map(|stem| (stem, FINITE_PAST));
    word.strip_suffix("ing").map(|stem| (stem, PRESENT_PARTICIPLE)).or_else(past)
}

fn third_person(inflections: &Inflections, word: &str) -> (String, Morphology) {
    let lemma = without_s(inflections, word, Upos::Verb);
    let number = lemma.as_ref().filter(|lemma| *lemma != word).map(|_| Number::Singular);
    (lemma.unwrap_or_else(|| word.to_owned()), Morphology { number, ..FINITE_PRESENT })
}

fn noun(inflections: &Inflections, word: &str) -> (String, Morphology) {
    match without_s(inflections, word, Upos::Noun) {
        Some(lemma) => (lemma, of_number(Number::Plural)),
        None => (word.to_owned(), of_number(Number::Singular)),
    }
}

fn abbreviation(word: &str) -> (String, Morphology) {
    let lower = word.to_lowercase();
    match word.ends_with('s') {
        true => (lower.trim_end_matches(['s', '\'', '’']).to_owned(), of_number(Number::Plural)),
        false => (lower, of_number(Number::Singular)),
    }
}

fn of_number(number: Number) -> Morphology {
    Morphology { number: Some(number), ..Morphology::default() }
}

/// Takes the "-s" off a plural or a third person; `None` of a word that has none ("class", "status", "crisis").
fn without_s(inflections: &Inflections, word: &str, upos: Upos) -> Option<String> {
    let is_decade = word.starts_with(|c: char| c.is_ascii_digit());
    let stem = word.strip_suffix('s').filter(|stem| stem.len() > 1 && !stem.ends_with(['s', 'u', 'i', '\'', '’']))?;
    if is_decade {
        return Some(word.to_owned());
    }
    let known = |stem| inflections.lemma_of_stem(stem, upos.name()).map(str::to_owned);
    let short = stem.strip_suffix('e');
    known(stem).or_else(|| known(short?)).or_else(|| without_es(short?)).or_else(|| Some(stem.to_owned()))
}

/// What "-es" hides: "allies" an "ally", "coaches" a "coach"; `None` of an "e" that is the word's own ("moves").
fn without_es(stem: &str) -> Option<String> {
    const BEFORE_ES: [&str; 6] = ["ch", "sh", "ss", "x", "zz", "o"];
    match stem.strip_suffix('i') {
        Some(short) if short.len() > 1 => Some(format!("{short}y")),
        _ if BEFORE_ES.iter().any(|end| stem.ends_with(end)) => Some(stem.to_owned()),
        _ => None,
    }
}

/// Takes "-er" and "-est" off an adjective or adverb. Of adverbs with "-er" only the known ones: "never" and "after" are none.
fn ungraded(inflections: &Inflections, word: &str, upos: Upos) -> String {
    let stem = word.strip_suffix("est").or_else(|| word.strip_suffix("er"));
    let Some(stem) = stem.filter(|stem| stem.len() > 2 && stem.contains(is_vowel) && !stem.contains('-')) else {
        return word.to_owned();
    };
    match upos {
        Upos::Adv => inflections.lemma_of_stem(stem, upos.name()).unwrap_or(word).to_owned(),
        _ => restored(inflections, stem, upos),
    }
}

/// Number where the ending of a name tells it: "Democrats", "Russians". "Athens" and "Wales" tell nothing.
fn number_of_name(word: &str) -> Option<Number> {
    const OF_PEOPLE: [&str; 6] = ["ians", "icans", "crats", "ists", "ites", "eans"];
    match () {
        () if OF_PEOPLE.iter().any(|end| word.ends_with(end)) => Some(Number::Plural),
        () if word.ends_with('s') && !word.ends_with("ss") => None,
        () => Some(Number::Singular),
    }
}

/// Whether a word is one of letters that stand for words: "CEOs", "GDP". The "TALKS" of a headline in capitals is none.
fn is_abbreviation(word: &str) -> bool {
    const LONGEST: usize = 4;
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    (2..=LONGEST).contains(&capitals)
}

// --- what spelling changed before an ending ---

/// The lemma of what is left when "-ed", "-ing", "-er" or "-est" is taken off.
fn restored(inflections: &Inflections, stem: &str, upos: Upos) -> String {
    if let Some(lemma) = inflections.lemma_of_stem(stem, upos.name()) {
        return lemma.to_owned();
    }
    // "re-elected", "co-sponsored": the last part decides.
    if let Some((first, last)) = stem.rsplit_once('-').filter(|(_, last)| !last.is_empty()) {
        return format!("{first}-{}", restored(inflections, last, upos));
    }
    match stem.as_bytes() {
        [.., b'i'] => format!("{}y", &stem[..stem.len() - 1]),
        _ if is_doubled(stem) => stem[..stem.len() - 1].to_owned(),
        _ if lost_e(stem) => format!("{stem}e"),
        _ => stem.to_owned(),
    }
}

/// Whether the last consonant was doubled before the ending: "stopp", "controll"; "call" and "pass" are themselves.
fn is_doubled(stem: &str) -> bool {
    match stem.as_bytes() {
        [.., a, b] if a != b => false,
        [.., b'l', b'l'] => syllables(stem) > 1 && has_short_end(&stem[..stem.len() - 1]),
        [.., last, _] => b"bdgkmnprtv".contains(last),
        _ => false,
    }
}

/// Whether an "e" fell before the ending: "explod", "arrang", "settl"; "visit" lost none.
fn lost_e(stem: &str) -> bool {
    /// Ends that no English verb without "e" has, or hardly one.
    const ALWAYS: [&str; 21] = [
        "c", "v", "u", "dg", "lg", "rg", "ang", "eng", "ung", "iat", "uat", "uad", "bl", "cl", "dl", "fl", "gl", "kl",
        "pl", "tl", "zl",
    ];
    /// Ends after a consonant, of stems of several syllables: "imagin", "decid"; "open", "offer" and "visit" end otherwise.
    const OF_LONG_STEMS: [&str; 38] = [
        "at", "ot", "ut", "id", "ed", "od", "ud", "ad", "yd", "ar", "ir", "ur", "yr", "in", "un", "am", "um", "ap",
        "yp", "ok", "ak", "ik", "uk", "il", "ol", "ul", "yl", "ib", "ob", "ub", "ag", "eg", "ig", "og", "ug", "uf",
        "if", "yn",
    ];
    let before_last = stem.chars().rev().nth(1);
    match stem.chars().next_back() {
        Some('s') => before_last != Some('s'),
        Some('z') => !matches!(before_last, Some('z' | 't')),
        Some('r') if before_last.is_some_and(|c| "bctg".contains(c)) => true,
        Some('e') => before_last != Some('e'), // "agre", "guarante"
        _ if ALWAYS.iter().any(|end| stem.ends_with(end)) => true,
        _ if !has_short_end(stem) => false,
        Some('w' | 'x' | 'y' | 'h') => false,
        _ if syllables(stem) == 1 => true,
        _ => OF_LONG_STEMS.iter().any(|end| stem.ends_with(end)),
    }
}

/// Whether a stem ends in one vowel and one consonant: "hop", "visit", "quot"; "wait" has two vowels, "act" two consonants.
fn has_short_end(stem: &str) -> bool {
    match stem.as_bytes() {
        [.., consonant, b'u', vowel, last] if b"qg".contains(consonant) => {
            is_vowel_byte(*vowel) && !is_vowel_byte(*last)
        }
        [before, vowel, last] | [.., before, vowel, last] => {
            !is_vowel_byte(*before) && is_vowel_byte(*vowel) && !is_vowel_byte(*last)
        }
        [vowel, last] => is_vowel_byte(*vowel) && !is_vowel_byte(*last),
        _ => false,
    }
}

/// Runs of vowels; the "u" of "quot" and "guid" is no vowel.
fn syllables(stem: &str) -> usize {
    let stem = stem.replace("qu", "q").replace("gui", "gi");
    stem.split(|c| !is_vowel(c)).filter(|run| !run.is_empty()).count()
}

fn is_vowel(c: char) -> bool {
    "aeiouy".contains(c)
}

fn is_vowel_byte(byte: u8) -> bool {
    is_vowel(char::from(byte))
}

// --- from the tree ---

/// What around a verb tells its form.
#[derive(Clone, Copy, Default)]
struct Surroundings {
    /// The nearest word before it that decides its form: an auxiliary, or the "to" of an infinitive.
    helper: Option<usize>,
    has_subject: bool,
}

/// Looks around each token. A coordinated verb with neither subject nor helper of its own shares its head's helper:
/// "will meet and discuss".
fn surroundings(tokens: &[Token]) -> Vec<Surroundings> {
    let mut around = vec![Surroundings::default(); tokens.len()];
    for (index, token) in tokens.iter().enumerate() {
        let Some(head) = token.head else { continue };
        around[head].has_subject |= token.deprel.starts_with("nsubj");
        if is_helper(token) && index < head {
            around[index].helper = around[head].helper;
            around[head].helper = Some(index);
        }
    }
    for (index, token) in tokens.iter().enumerate() {
        let Some(head) = token.head.filter(|&head| head < index && token.deprel == "conj") else { continue };
        if around[index].helper.is_none() && !around[index].has_subject {
            around[index].helper = around[head].helper.filter(|&helper| fits(&tokens[helper], token));
        }
    }
    around
}

fn is_helper(token: &Token) -> bool {
    matches!(token.deprel, "aux" | "aux:pass") || (token.deprel == "mark" && token.upos == Upos::Part)
}

/// Whether a verb has the form that a helper asks for: "had" is shared by "met and discussed", not by "met and discuss".
fn fits(helper: &Token, verb: &Token) -> bool {
    (form_after(helper, verb) == VerbForm::Infinitive) == is_base(verb)
}

fn form_after(helper: &Token, verb: &Token) -> VerbForm {
    let is_contracted = helper.text.ends_with(['d', 'D']) && !helper.text.starts_with(['h', 'H']);
    match helper.lemma.as_str() {
        "be" => VerbForm::Participle,
        "have" if !(is_contracted && is_base(verb)) => VerbForm::Participle, // "he'd meet" is "would"
        _ if helper.deprel == "aux:pass" => VerbForm::Participle,
        _ => VerbForm::Infinitive,
    }
}

fn form_without_helper(tokens: &[Token], index: usize, has_subject: bool) -> Option<VerbForm> {
    let token = &tokens[index];
    let Morphology { tense, verb_form, .. } = token.morphology;
    let shared = || token.head.filter(|&head| head < index && tokens[head].morphology.tense == tense);
    let modifies = matches!(token.deprel, "acl" | "amod" | "xcomp" | "case");
    match (verb_form?, tense?) {
        (_, _) if token.deprel == "conj" && !has_subject => tokens[shared()?].morphology.verb_form,
        (VerbForm::Participle, Tense::Present) => {
            let is_adverbial = matches!(token.deprel, "advcl" | "case" | "conj" | "root" | "parataxis" | "advcl:relcl");
            let is_participle = is_adverbial || token.upos == Upos::Aux;
            Some(if is_participle { VerbForm::Participle } else { VerbForm::Gerund })
        }
        (VerbForm::Finite, Tense::Past) if !has_subject && (modifies || token.deprel == "advcl") => {
            Some(VerbForm::Participle)
        }
        (VerbForm::Finite, Tense::Present) if is_base(token) && token.deprel == "xcomp" => Some(VerbForm::Infinitive),
        _ => None,
    }
}

fn set_form(token: &mut Token, form: VerbForm) {
    let is_ing = token.morphology.tense == Some(Tense::Present) && !is_base(token);
    token.morphology.tense = match form {
        VerbForm::Infinitive => None,
        VerbForm::Participle if is_ing => Some(Tense::Present),
        VerbForm::Participle => Some(Tense::Past),
        _ => token.morphology.tense,
    };
    token.morphology.verb_form = Some(form);
}

/// What a shortened auxiliary stands for, where its verb tells: "he's met" has "have", "he'd meet" has "would".
fn lemma_of_clitic(tokens: &[Token], index: usize) -> Option<&'static str> {
    let token = &tokens[index];
    let verb = &tokens[token.head.filter(|_| token.upos == Upos::Aux && token.deprel == "aux")?];
    let is_past_participle =
        verb.morphology.tense == Some(Tense::Past) && verb.morphology.verb_form == Some(VerbForm::Participle);
    match token.text.to_lowercase().replace('’', "'").as_str() {
        "'s" if is_past_participle => Some("have"),
        "'d" if !is_past_participle => Some("would"),
        _ => None,
    }
}

fn is_base(token: &Token) -> bool {
    token.text.eq_ignore_ascii_case(&token.lemma)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nlp::tagged::tokens;

    fn check_lemmas(upos: Upos, cases: &[(&str, &str)]) {
        let inflections = Inflections::built_in();
        for (word, lemma) in cases {
            assert_eq!(lemma_and_morphology(&inflections, word, upos).0, *lemma, "{word}");
        }
    }

    /// Checks the first verb of a tagged sentence.
    fn check_form(tagged: &str, form: VerbForm, tense: Option<Tense>) {
        let tokens = tokens(tagged).0;
        let verb = tokens.iter().find(|token| token.upos == Upos::Verb).expect("a verb");
        assert_eq!((verb.morphology.verb_form, verb.morphology.tense), (Some(form), tense), "{tagged}");
    }

    #[test]
    fn verbs_lose_their_endings() {
        let regular = [("denied", "deny"), ("meets", "meet"), ("agreed", "agree"), ("arranging", "arrange")];
        check_lemmas(Upos::Verb, &regular);
        check_lemmas(Upos::Verb, &[("stopped", "stop"), ("called", "call"), ("passed", "pass"), ("added", "add")]);
        check_lemmas(Upos::Verb, &[("controlled", "control"), ("installed", "install"), ("signalling", "signal")]);
        check_lemmas(Upos::Verb, &[("hoped", "hope"), ("hopped", "hop"), ("waited", "wait"), ("acted", "act")]);
        check_lemmas(Upos::Verb, &[("invited", "invite"), ("visited", "visit"), ("created", "create")]);
        check_lemmas(Upos::Verb, &[("defeated", "defeat"), ("quoted", "quote"), ("guided", "guide")]);
        check_lemmas(Upos::Verb, &[("re-elected", "re-elect"), ("co-sponsoring", "co-sponsor")]);
        check_lemmas(Upos::Verb, &[("watches", "watch"), ("moves", "move"), ("carries", "carry"), ("dies", "die")]);
    }

    #[test]
    fn verbs_keep_what_is_no_ending() {
        let whole = ["bring", "sing", "embed", "need", "succeed", "shed", "discuss", "focus"];
        check_lemmas(Upos::Verb, &whole.map(|word| (word, word)));
    }

    #[test]
    fn irregular_forms_are_looked_up() {
        check_lemmas(Upos::Verb, &[("Met", "meet"), ("said", "say"), ("is", "be")]);
        check_lemmas(Upos::Aux, &[("’ve", "have"), ("was", "be")]);
        check_lemmas(Upos::Noun, &[("met", "met")]);
    }

    #[test]
    fn nouns_have_a_number() {
        let inflections = Inflections::built_in();
        let check = |word, lemma: &str, number| {
            let (found, morphology) = lemma_and_morphology(&inflections, word, Upos::Noun);
            assert_eq!((found.as_str(), morphology.number), (lemma, Some(number)), "{word}");
        };
        check("allies", "ally", Number::Plural);
        check("coaches", "coach", Number::Plural);
        check("movies", "movie", Number::Plural);
        check("Spokesmen", "spokesman", Number::Plural);
        check("CEOs", "ceo", Number::Plural);
        check("TALKS", "talk", Number::Plural);
        check("1990s", "1990s", Number::Plural);
        check("crisis", "crisis", Number::Singular);
        check("class", "class", Number::Singular);
        check("news", "news", Number::Singular);
        check("GDP", "gdp", Number::Singular);
    }

    #[test]
    fn names_stay_and_tell_their_number_where_they_can() {
        let inflections = Inflections::built_in();
        let number = |name| lemma_and_morphology(&inflections, name, Upos::Propn).1.number;
        check_lemmas(Upos::Propn, &[("Obama", "Obama"), ("Republicans", "Republicans")]);
        assert_eq!(number("Obama"), Some(Number::Singular));
        assert_eq!(number("Republicans"), Some(Number::Plural));
        assert_eq!(number("Athens"), None);
    }

    #[test]
    fn adjectives_lose_degrees_but_not_look_alikes() {
        check_lemmas(
            Upos::Adj,
            &[("greater", "great"), ("largest", "large"), ("happier", "happy"), ("biggest", "big")],
        );
        check_lemmas(Upos::Adj, &[("former", "former"), ("honest", "honest"), ("proper", "proper")]);
        check_lemmas(Upos::Adv, &[("faster", "fast"), ("never", "never")]);
    }

    #[test]
    fn auxiliaries_decide_the_form() {
        check_form("Putin met/VERB Trump", VerbForm::Finite, Some(Tense::Past));
        check_form("Putin has/AUX met/VERB Trump", VerbForm::Participle, Some(Tense::Past));
        check_form("Putin was/AUX/aux:pass met/VERB", VerbForm::Participle, Some(Tense::Past));
        check_form("Putin is/AUX meeting/VERB Trump", VerbForm::Participle, Some(Tense::Present));
        check_form("Putin will/AUX meet/VERB Trump", VerbForm::Infinitive, None);
        check_form("to/PART/mark meet/VERB Trump", VerbForm::Infinitive, None);
        check_form("leaders/NOUN meet/VERB", VerbForm::Finite, Some(Tense::Present));
        check_form("they/PRON put/VERB", VerbForm::Finite, Some(Tense::Past));
        check_form("they/PRON did/AUX put/VERB", VerbForm::Infinitive, None);
    }

    #[test]
    fn coordinated_verbs_share_a_helper_that_fits() {
        let form = |tagged| tokens(tagged).0.last().expect("a token").morphology.verb_form;
        let shared = "they/PRON will/AUX meet/VERB and/CCONJ discuss/VERB/conj";
        assert_eq!(form(shared), Some(VerbForm::Infinitive));
        let parted = "they/PRON will/AUX meet/VERB and/CCONJ left/VERB/conj";
        assert_eq!(form(parted), Some(VerbForm::Finite));
    }

    #[test]
    fn short_auxiliaries_are_told_by_their_verb() {
        let lemma = |tagged| tokens(tagged).0[1].lemma.clone();
        assert_eq!(lemma("he/PRON 's/AUX met/VERB"), "have");
        assert_eq!(lemma("he/PRON 's/AUX meeting/VERB"), "be");
        assert_eq!(lemma("he/PRON 'd/AUX met/VERB"), "have");
        assert_eq!(lemma("he/PRON 'd/AUX meet/VERB"), "would");
    }
}
