//! The engine against its definition, what the float forward pass of the same weights gives for the same words; and against what
//! a careful reader marks in some articles.

use std::fs;
use std::path::Path;

use rapporteur::eval::{self, Floors, MarkedText, Score};
use rapporteur::ingest::Article;
use rapporteur::nlp::engine::{self, Bio, Processor, WordTags, pieces};
use rapporteur::nlp::{AttributionPart, Document, Model, NameKind, analyze, analyze_words};
use rapporteur::schema::Schema;
use serde_json::Value;

/// Agreement with the float reference below which something is wrong, not merely rounded.
const FLOOR: f64 = 0.985;

const WHAT: [&str; 7] = ["upos", "lemma", "head", "deprel", "names", "inner", "attribution"];

#[test]
fn agrees_with_the_float_reference() {
    check(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/engine/reference.jsonl")));
}

/// The same over a reference file of one's own: `RAPPORTEUR_REFERENCE=file cargo test --test engine -- --ignored`.
#[test]
#[ignore = "needs RAPPORTEUR_REFERENCE"]
fn agrees_with_a_reference_of_ones_own() {
    check(Path::new(&std::env::var("RAPPORTEUR_REFERENCE").expect("RAPPORTEUR_REFERENCE names a file")));
}

/// Names, attributions and chains of the marked articles keep above the floors of `tests/engine/floors.tsv`.
#[test]
fn marked_articles_are_read_no_worse() {
    let scores = marked_scores();
    scores.iter().for_each(|score| println!("{:20} {}", score.name, score.shown()));
    let floors = read("floors.tsv", |file, text| Floors::read(file, text));
    let breaches: Vec<String> = floors.breaches(&scores).into_iter().map(|breach| breach.told).collect();
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
    assert_eq!(floors.unmeasured(&scores).collect::<Vec<_>>(), [""; 0], "floors without a score");
    assert!(scores.iter().any(|score| floors.shown(score).is_some()), "no score has a floor");
}

fn marked_scores() -> Vec<Score> {
    let texts = read("gold.xml", |file, text| MarkedText::read_all(file, text));
    let (schema, model) = (Schema::built_in(), Model::built_in());
    let analyzed = |text: &MarkedText| analyze(&schema, &model, Article::of_paragraphs(&text.id, &text.paragraphs()));
    let docs: Vec<Document> = texts.iter().map(analyzed).collect();
    let pairs: Vec<(&MarkedText, &Document)> = texts.iter().zip(&docs).collect();
    let scores = [
        eval::marked_names(&schema, "gold", &pairs),
        eval::attributions("gold", &pairs),
        eval::marked_coreference("gold", &pairs),
    ];
    scores.concat()
}

/// The machine's fastest instructions and its plainest say the same of every word.
#[test]
fn every_processor_reads_the_same() {
    let sentences: Vec<Vec<&str>> = [
        "The Norwegian envoy said on Monday that both sides had agreed to meet again .",
        "\" We are not there yet , \" said Ms. Haugland , who denied that the talks in Dakar had failed .",
        "NATO welcomed it .",
    ]
    .iter()
    .map(|sentence| sentence.split(' ').collect())
    .collect();
    let schema = Schema::built_in();
    let read = |model: Model| {
        let reading = engine::read(&model, &sentences);
        let chains = analyze_words(&schema, &model, std::slice::from_ref(&sentences)).coreference;
        assert!(!chains.is_empty(), "no chain to compare");
        format!("{:?} {:?} {:?} {:?} {chains:?}", reading.words, reading.attributions, reading.events, reading.vectors)
    };
    let expected = read(Model::built_in());
    for processor in Processor::all() {
        assert_eq!(read(Model::built_in().with_processor(processor)), expected, "{}", processor.name());
    }
}

#[test]
fn a_text_that_mentions_nothing_has_no_chains() {
    let (schema, model) = (Schema::built_in(), Model::built_in());
    for text in ["Run!", "Go away.", "Then stop , slowly .", "?"] {
        let doc = analyze(&schema, &model, Article::new("short", text));
        assert!(doc.coreference.is_empty(), "{text}");
    }
}

/// Reads a file of `tests/engine`.
fn read<T>(name: &str, parse: impl Fn(&Path, &str) -> rapporteur::Result<T>) -> T {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/engine").join(name);
    parse(&file, &fs::read_to_string(&file).expect("a file of the tests")).expect("a file that can be read")
}

/// Each line of the file is a chunk: a list of sentences with words, their pieces and their labels, as `training/forward.py` writes them.
fn check(reference: &Path) {
    let model = Model::built_in();
    let mut agreed = [0usize; WHAT.len()];
    let mut words = 0;
    for line in fs::read_to_string(reference).expect("the reference is there").lines() {
        let chunk: Vec<Value> = serde_json::from_str(line).expect("the reference is JSON");
        let sentences: Vec<Vec<&str>> = chunk.iter().map(|sentence| strings(&sentence["words"])).collect();
        for (tags, sentence) in engine::read(&model, &sentences).words.iter().zip(&chunk) {
            words += tags.len();
            check_pieces(&model, sentence);
            for (i, found) in tags.iter().enumerate() {
                for (count, same) in agreed.iter_mut().zip(compare(found, sentence, i)) {
                    *count += usize::from(same);
                }
            }
        }
    }
    assert!(words > 300, "a reference of {words} words is too small to tell anything");
    for (what, count) in WHAT.iter().zip(agreed) {
        let share = count as f64 / words as f64;
        println!("{what:12} {share:.4}");
        assert!(share >= FLOOR, "{what} agrees on {share:.4} of {words} words, less than {FLOOR}");
    }
}

/// Pieces are no matter of rounding: each must be the same.
fn check_pieces(model: &Model, sentence: &Value) {
    for (word, expected) in
        strings(&sentence["words"]).into_iter().zip(sentence["pieces"].as_array().into_iter().flatten())
    {
        assert_eq!(pieces(model, word), strings(expected), "the pieces of {word}");
    }
}

fn compare(found: &WordTags, sentence: &Value, i: usize) -> [bool; WHAT.len()] {
    let text = |key: &str| sentence[key][i].as_str().unwrap_or_default();
    let head = sentence["head"][i].as_u64().unwrap_or_default() as usize;
    [
        found.upos.name() == text("upos"),
        found.lemma.to_string() == text("lemma"),
        found.head.map_or(0, |head| head + 1) == head,
        found.deprel == text("deprel"),
        label(found.name, kind) == text("names"),
        label(found.inner, kind) == text("inner"),
        label(found.attribution, part) == text("attribution"),
    ]
}

fn strings(value: &Value) -> Vec<&str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

fn label<T>(bio: Bio<T>, name: impl Fn(T) -> &'static str) -> String {
    match bio {
        Bio::Begin(label) => format!("B-{}", name(label)),
        Bio::Inside(label) => format!("I-{}", name(label)),
        Bio::Outside => "O".to_owned(),
    }
}

fn kind(kind: NameKind) -> &'static str {
    match kind {
        NameKind::Person => "person",
        NameKind::Country => "country",
        NameKind::Place => "place",
        NameKind::Organization => "organization",
        NameKind::Event => "event",
        NameKind::Time => "time",
        NameKind::Other => "other",
    }
}

fn part(part: AttributionPart) -> &'static str {
    match part {
        AttributionPart::Source => "Source",
        AttributionPart::Cue => "Cue",
        AttributionPart::Content => "Content",
    }
}
