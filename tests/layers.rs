//! The order of the modules, and what the source does not do: read from the source itself.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// From the bottom up: a module may use those of earlier rows. Those of one row do not see each other.
const LAYERS: [&[&str]; 13] = [
    &["base"],
    &["error"],
    &["schema"],
    &["ingest"],
    &["nlp"],
    &["link"],
    &["extract"],
    &["graph"],
    &["pipeline"],
    &["analyze", "eval", "query", "export"],
    &["sparql", "view"],
    &["serve"],
    &["cli"],
];

/// Words in a row of literals beyond which they are a list that belongs into `schema/`.
const LONGEST_WORD_LIST: usize = 5;

/// Literals that only look like event types: the file, the word, why it stands there.
const TOLERATED: [(&str, &str, &str); 3] = [
    ("src/cli/load/neo4j.rs", "statement", "the Query API's word for a piece of Cypher"),
    ("src/export/statements.rs", "statement", "RDF's word for a triple"),
    ("src/nlp/engine/heads.rs", "other", "the name of a thing that is no person, place or organization"),
];

#[test]
fn modules_use_only_layers_below() {
    check(|file| {
        let uses = file.uses();
        let own = layer(&file.module).ok_or_else(|| format!("module `{}` has no layer", file.module))?;
        for used in uses.iter().filter(|used| **used != file.module) {
            match layer(used) {
                Some(theirs) if theirs < own => {}
                Some(_) => return Err(format!("`{}` uses `{used}`, which lies above or beside it", file.module)),
                // What the crate's root re-exports: `crate::Result`.
                None if used.starts_with(char::is_uppercase) => {}
                None => return Err(format!("uses `{used}`, which has no layer")),
            }
        }
        Ok(())
    });
}

#[test]
fn only_cli_schema_and_the_store_open_files() {
    let may =
        |file: &Source| ["cli", "schema"].contains(&file.module.as_str()) || file.path.starts_with("src/graph/store");
    check(|file| if may(file) { Ok(()) } else { file.lacks(&["fs::", "File::", "OpenOptions"]) });
}

#[test]
fn clock_environment_and_printing_are_in_cli() {
    let words = [
        "SystemTime",
        "Instant",
        "::now(",
        "env::",
        "option_env!",
        "print!",
        "println!",
        "eprint!",
        "eprintln!",
        "dbg!",
        "stdin()",
        "stdout()",
        "stderr()",
        "process::exit",
    ];
    check(|file| if file.module == "cli" { Ok(()) } else { file.lacks(&words) });
}

/// What starts threads or lets time pass, and the modules that may: articles are read on rayon's, questions answered on those of the
/// runtime that `cli` starts for `serve`; `load` waits for servers that are busy.
#[test]
fn threads_are_in_pipeline_and_the_server() {
    let rules: [(&[&str], &[&str]); 5] = [
        (&["rayon", "thread::spawn", "thread::scope", "thread::Builder", "thread_local!"], &["pipeline"]),
        (&["thread::sleep", "thread::park"], &["cli"]),
        (&["spawn_blocking", "tokio::sync"], &["serve", "cli"]),
        (&["tokio::time"], &["serve", "cli"]),
        (&["tokio::spawn", "tokio::runtime", "tokio::net", "tokio::signal"], &["cli"]),
    ];
    for (words, modules) in rules {
        check(|file| if modules.contains(&file.module.as_str()) { Ok(()) } else { file.lacks(words) });
    }
}

#[test]
fn no_event_type_is_named_in_code() {
    let types = event_types();
    check(|file| match file.literals().iter().flatten().find(|word| types.contains(*word)) {
        Some(word) if !is_tolerated(file, word) => Err(format!("names the event type `{word}`")),
        _ => Ok(()),
    });
}

#[test]
fn no_list_of_english_words_stands_in_code() {
    let known = schema_words();
    // The names of columns, tags and properties are words of formats, not of the news.
    let formats = ["schema", "export", "cli"];
    check(|file| {
        for list in file.literals().iter().filter(|_| !formats.contains(&file.module.as_str())) {
            let words: Vec<&String> = list.iter().filter(|word| known.contains(&word.to_lowercase())).collect();
            if words.len() > LONGEST_WORD_LIST && 2 * words.len() > list.len() {
                return Err(format!("holds the list {words:?}"));
            }
        }
        Ok(())
    });
}

#[test]
fn what_is_tolerated_is_still_there() {
    let sources = sources();
    for (path, word, why) in TOLERATED {
        let holds = |file: &Source| file.path == path && file.literals().iter().flatten().any(|found| found == word);
        assert!(sources.iter().any(holds), "{path} holds `{word}` ({why}) no more: tolerate it no longer");
    }
}

/// A file of the source, without its comments and unit tests.
struct Source {
    /// From the root of the package, with slashes.
    path: String,
    /// The first module below the root: `nlp` of `src/nlp/time/word.rs`.
    module: String,
    code: String,
}

/// Runs a check over every file but the two that hold the modules together, and tells all faults at once.
fn check(of_file: impl Fn(&Source) -> Result<(), String>) {
    let faults: Vec<String> = sources()
        .iter()
        .filter(|file| !["src/lib.rs", "src/main.rs"].contains(&file.path.as_str()))
        .filter_map(|file| of_file(file).err().map(|fault| format!("{}: {fault}", file.path)))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|row| row.contains(&module))
}

fn is_tolerated(file: &Source, word: &str) -> bool {
    TOLERATED.iter().any(|(path, tolerated, _)| *path == file.path && *tolerated == word)
}

impl Source {
    /// The top modules that its code names, in `use` lines or in place; the library's from the program too.
    fn uses(&self) -> BTreeSet<String> {
        let mut uses = BTreeSet::new();
        for root in ["crate::", "rapporteur::"] {
            for (at, _) in self.code.match_indices(root) {
                let rest = &self.code[at + root.len()..];
                let names = match rest.strip_prefix('{') {
                    Some(group) => group.split('}').next().unwrap_or_default(),
                    None => rest,
                };
                let names = if rest.starts_with('{') { names.split(',').collect() } else { vec![names] };
                let first = |name: &str| {
                    name.trim().split(|c: char| !c.is_alphanumeric() && c != '_').next().map(str::to_owned)
                };
                uses.extend(names.into_iter().filter_map(first).filter(|name| !name.is_empty()));
            }
        }
        uses
    }

    /// Says which of some words its code holds, if any; a longer name that ends in one is another word.
    fn lacks(&self, words: &[&str]) -> Result<(), String> {
        let stands_alone = |at: usize| !self.code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let holds =
            |word: &&&str| self.code.match_indices(**word).any(|(at, _)| word.starts_with(':') || stands_alone(at));
        match words.iter().find(holds) {
            Some(word) => Err(format!("holds `{word}`")),
            None => Ok(()),
        }
    }

    /// The string literals, those that only commas and bars part in one list.
    fn literals(&self) -> Vec<Vec<String>> {
        let mut lists: Vec<Vec<String>> = Vec::new();
        let mut rest = self.code.as_str();
        while let Some(start) = rest.find('"') {
            let between = &rest[..start];
            let literal = &rest[start + 1..];
            let Some(end) = end_of_literal(literal) else { break };
            let joins = between.chars().all(|c| c.is_whitespace() || c == ',' || c == '|');
            match lists.last_mut().filter(|_| joins) {
                Some(list) => list.push(literal[..end].to_owned()),
                None => lists.push(vec![literal[..end].to_owned()]),
            }
            rest = &literal[end + 1..];
        }
        lists
    }
}

fn end_of_literal(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().find_map(|(at, c)| {
        let ends = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        ends.then_some(at)
    })
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = rust_files(&root.join("src"));
    let texts: Vec<String> = files.iter().map(|file| fs::read_to_string(file).expect("a source file")).collect();
    let test_modules: BTreeSet<&str> = texts.iter().flat_map(|text| test_modules(text)).collect();
    let is_test =
        |file: &PathBuf| file.file_stem().is_some_and(|stem| test_modules.contains(stem.to_str().unwrap_or_default()));
    files.iter().zip(&texts).filter(|(file, _)| !is_test(file)).map(|(file, text)| source(root, file, text)).collect()
}

fn source(root: &Path, file: &Path, text: &str) -> Source {
    let relative = file.strip_prefix(root).expect("files lie below the root");
    let parts: Vec<String> = relative.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    let module = parts[1].trim_end_matches(".rs").to_owned();
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    // A quotation mark as a character would turn the inside of the literals after it out.
    let code = code.replace("'\"'", "' '").replace(r#"'\"'"#, "' '");
    let code: Vec<&str> = code.lines().map(without_comment).collect();
    Source { path: parts.join("/"), module, code: code.join("\n").replace("env!(\"CARGO_PKG", "(\"CARGO_PKG") }
}

/// A line up to a comment; the slashes of an address in a literal are none.
fn without_comment(line: &str) -> &str {
    let comment = line.match_indices("//").find(|(at, _)| line[..*at].matches('"').count().is_multiple_of(2));
    comment.map_or(line, |(at, _)| &line[..at])
}

/// Modules in files of their own that only tests compile.
fn test_modules(text: &str) -> impl Iterator<Item = &str> {
    let after = text.split("#[cfg(test)]\nmod ").skip(1);
    after.filter_map(|rest| rest.split_once([';', ' '])).filter(|(name, _)| *name != "tests").map(|(name, _)| name)
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a source folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn schema_files(folder: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema").join(folder);
    let files = fs::read_dir(&folder).expect("a schema folder").map(|entry| entry.expect("an entry").path());
    let texts = files.map(|file| {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        (name, fs::read_to_string(file).expect("a schema file"))
    });
    texts.collect()
}

fn event_types() -> BTreeSet<String> {
    let types = schema_files("events").into_iter().filter_map(|(_, text)| {
        let line = text.lines().find_map(|line| line.strip_prefix("type = \"").map(str::to_owned));
        line.map(|line| line.trim_end_matches('"').to_owned())
    });
    let types: BTreeSet<String> = types.collect();
    assert!(types.contains("meet"), "schema/events has lost its types");
    types
}

/// The words of three letters or more that the tables begin their rows with, in lower case.
fn schema_words() -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for (_, text) in ["lexicon", "claims"].into_iter().flat_map(schema_files) {
        let rows = text.lines().filter(|line| !line.starts_with('#'));
        let first = rows.filter_map(|row| row.split('\t').next()).flat_map(str::split_whitespace);
        let is_word = |word: &&str| word.len() >= 3 && word.chars().all(|c| c.is_ascii_alphabetic());
        words.extend(first.filter(is_word).map(str::to_lowercase));
    }
    words
}
