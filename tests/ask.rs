//! Questions in English over the example articles: how each is read, and what the graph answers.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use rapporteur::graph::KnowledgeGraph;
use rapporteur::ingest::{self, Options};
use rapporteur::nlp::Model;
use rapporteur::query::{Reply, Verdict, ask, read};
use rapporteur::schema::Schema;
use rapporteur::{Error, pipeline};

/// Loaded once for all tests of this file.
struct Desk {
    schema: Schema,
    model: Model,
    graph: KnowledgeGraph,
}

fn desk() -> &'static Desk {
    static DESK: OnceLock<Desk> = OnceLock::new();
    DESK.get_or_init(|| {
        let (schema, model) = (Schema::built_in(), Model::built_in());
        let articles = files("examples/articles").into_iter().map(|file| {
            let bytes = fs::read(&file).expect("an article");
            ingest::article(&file.to_string_lossy(), &bytes[..], &Options::default()).expect("an article")
        });
        let graph = pipeline::build(&schema, &model, articles, |_| {});
        Desk { schema, model, graph }
    })
}

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = fs::read_dir(folder).expect("a folder");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    files
}

fn asked(question: &str) -> Result<Reply<'static>, Error> {
    let Desk { schema, model, graph } = desk();
    ask(schema, model, graph, question)
}

/// An answer in a line: the verdict or what was asked for, `?` where the graph does not say, `no: …` where nothing could be asked.
fn told(question: &str) -> String {
    match asked(question) {
        Err(error) => format!("no: {error}"),
        Ok(reply) if reply.is_unknown() => "?".to_owned(),
        Ok(Reply { verdict: Some(verdict), .. }) => verdict.to_string(),
        Ok(reply) => reply.answers.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
    }
}

/// The rows of a table of questions and answers.
fn table(text: &str) -> impl Iterator<Item = (usize, &str, &str)> {
    let rows = text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    rows.map(|(number, line)| {
        let (question, answer) = line.split_once('\t').unwrap_or_else(|| panic!("line {}: no tab", number + 1));
        (number + 1, question, answer)
    })
}

#[test]
fn every_question_gets_its_answer() {
    let text = include_str!("questions/examples.tsv");
    let wrong: Vec<String> = table(text)
        .filter_map(|(line, question, answer)| {
            let told = told(question);
            let is_right = match (answer.strip_prefix("gap: "), answer.strip_suffix('…')) {
                (Some(not_yet), _) => told != not_yet,
                (_, Some(beginning)) => told.starts_with(beginning),
                _ => told == answer,
            };
            (!is_right).then(|| format!("{line}: {question}\n  expected {answer}\n  told     {told}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} questions:\n{}", wrong.len(), wrong.join("\n"));
    assert!(table(text).count() >= 30);
}

#[test]
fn every_answer_has_its_evidence() {
    for (_, question, _) in table(include_str!("questions/examples.tsv")) {
        let Ok(reply) = asked(question) else { continue };
        let json = serde_json::to_value(&reply).expect("JSON");
        let text = json["findings"].to_string();
        assert!(reply.is_unknown() || text.contains("\"text\":") || text.contains("\"as\":"), "{question}: {text}");
    }
}

#[test]
fn every_example_of_the_schema_is_read_as_its_file_says() {
    let Desk { schema, model, .. } = desk();
    let today = Some("2031-12-01".parse().expect("a date"));
    let examples = schema.questions.kinds.iter().flat_map(|kind| &kind.examples);
    let faults: Vec<String> = examples
        .filter_map(|example| {
            let found = read(schema, model, &example.text, today).map(|question| question.to_string());
            let place = format!("{}:{}: {}", example.file, example.line + 1, example.text);
            match (&example.reads, found) {
                (Some(reads), Ok(found)) if *reads == found => None,
                (None, Err(_)) => None,
                (reads, Ok(found)) => Some(format!("{place}\n  expected {reads:?}\n  read     {found}")),
                (reads, Err(error)) => Some(format!("{place}\n  expected {reads:?}\n  {error}")),
            }
        })
        .collect();
    assert!(faults.is_empty(), "{} examples:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn a_question_that_cannot_be_read_gets_what_can_be_asked() {
    for question in ["Is it going to rain tomorrow?", "Why did Solheim meet Kanté?", "", "Solheim."] {
        let error = asked(question).expect_err(question);
        assert!(error.to_string().starts_with("this question cannot be read"), "{question}: {error}");
        assert!(error.hint_text().is_some_and(|hint| hint.contains("Who met Solheim in Geneva?")), "{question}");
    }
}

#[test]
fn a_reply_names_the_command_that_asks_the_same() {
    let reply = asked("Who met Solheim in Geneva in May 2031?").expect("a reply");
    let command = "who-met|Ingrid Solheim|--at|Geneva|--since|2031-05|--until|2031-05|--channel|in-person";
    assert_eq!((reply.read_as.join("|").as_str(), reply.verdict), (command, None));
    assert_eq!(asked("Did Berge meet Vogel?").expect("a reply").verdict, Some(Verdict::Unknown));
}
