//! The programs under `examples/` do what they say. Cargo builds them for the tests.

use std::path::{Path, PathBuf};
use std::process::Command;

/// What an example prints, run in the package's folder.
fn printed(example: &str, arguments: &[&str]) -> String {
    let program = folder().join(example).with_extension(std::env::consts::EXE_EXTENSION);
    let output = Command::new(&program).args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output();
    let output = output.unwrap_or_else(|error| panic!("{}: {error}", program.display()));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// Where Cargo puts examples: beside the folder of this test's own program.
fn folder() -> PathBuf {
    let own = std::env::current_exe().expect("a test is a program");
    own.parent().and_then(Path::parent).expect("target/…/deps").join("examples")
}

#[test]
fn read_one_tells_events_and_denials() {
    let out = printed("read_one", &[]);
    assert!(out.contains("meet: Meeting of Ingrid Solheim and Ousmane Kanté"), "{out}");
    assert!(out.contains("Kanté denies: there had been any disagreement"), "{out}");
}

#[test]
fn build_and_query_answers() {
    let out = printed("build_and_query", &[]);
    assert!(out.starts_with("Who met Solheim in Geneva? (who-met Ingrid Solheim --at Geneva"), "{out}");
    assert!(out.contains("Ingrid Solheim met Ousmane Kanté in Geneva, 90 % sure"), "{out}");
    assert!(out.contains("Awa Thiam on the contract: the contract had been"), "{out}");
}

#[test]
fn custom_events_finds_the_new_type() {
    assert!(printed("custom_events", &[]).contains("christening: Christening by Eeva Rautio"));
}

#[test]
fn export_writes_turtle_and_graphml() {
    let out = printed("export", &[]);
    assert!(out.contains("rap:met") && out.contains("<graphml"), "{out}");
}
