//! A graph on disk that grows: added to, changed, broken off, forgotten in, and always what one undisturbed build gives.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use rapporteur::graph::{EdgeType, Node, store};
use rapporteur::query;
use tempfile::TempDir;

const ARTICLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/articles");

/// Other names for those of the examples, so that one article becomes several; the lengths differ, so that offsets do too.
const RENAMED: [(&str, &str); 5] =
    [("Solheim", "Brekke"), ("Kanté", "Diatta"), ("Vogel", "Lindenmayr"), ("Berge", "Aasen"), ("2031", "2032")];

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder for the test")
}

fn command(folder: &TempDir, args: &[&str]) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("rapporteur"));
    command.current_dir(folder).args(args).stdin(Stdio::null());
    command
}

/// Runs the program and gives exit code, standard output and standard error.
fn ran(folder: &TempDir, args: &[&str]) -> (i32, String, String) {
    told(command(folder, args).output().expect("the program starts"))
}

fn told(Output { status, stdout, stderr }: Output) -> (i32, String, String) {
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (status.code().expect("an end of its own"), text(stdout), text(stderr))
}

fn write(folder: &TempDir, name: &str, text: impl AsRef<[u8]>) {
    let file = folder.path().join(name);
    fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
    fs::write(file, text).expect("a file");
}

fn bytes(folder: &TempDir, name: &str) -> Vec<u8> {
    fs::read(folder.path().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The texts of the example articles, by file name.
fn examples() -> Vec<(String, String)> {
    let entries = fs::read_dir(ARTICLES).expect("the examples are there").map(|entry| entry.expect("an entry").path());
    let texts = entries.filter(|file| file.extension().is_some_and(|ending| ending == "txt")).map(|file| {
        let name = file.file_name().expect("a file").to_string_lossy().into_owned();
        (name, fs::read_to_string(&file).expect("an example"))
    });
    let mut texts: Vec<(String, String)> = texts.collect();
    texts.sort();
    texts
}

/// The examples and, for each subset of the names that can be exchanged, the examples under other names.
fn variants(count: usize) -> Vec<String> {
    let renamed = |text: &str, which: usize| {
        let names = RENAMED.iter().enumerate().filter(|(bit, _)| which >> bit & 1 == 1);
        names.fold(text.to_owned(), |text, (_, (name, other))| text.replace(name, other))
    };
    let all =
        (0..1 << RENAMED.len()).flat_map(|which| examples().into_iter().map(move |(_, text)| renamed(&text, which)));
    let mut seen = std::collections::BTreeSet::new();
    all.filter(|text| seen.insert(text.clone())).take(count).collect()
}

fn json_lines(texts: &[String]) -> String {
    texts.iter().map(|text| format!("{}\n", serde_json::json!({ "text": text }))).collect()
}

fn copy_examples(folder: &TempDir) {
    for (name, text) in examples() {
        write(folder, &format!("in/{name}"), text);
    }
}

#[test]
fn a_build_that_is_killed_again_and_again_ends_with_the_same_bytes() {
    let folder = folder();
    write(&folder, "dump.jsonl", json_lines(&variants(96)));
    let build = ["build", "dump.jsonl", "--jobs", "1", "--quiet", "--to", "json", "--out"];
    let started = Instant::now();
    assert_eq!(ran(&folder, &[&build[..], &["whole"]].concat()).0, 0);
    let whole = started.elapsed();
    let (mut killed, mut seed) = (0, 17u32);
    for _ in 0..10 {
        // A linear congruential generator: the moments differ, and are the same in each run of the test.
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let mut child = command(&folder, &[&build[..], &["broken"]].concat()).spawn().expect("the program starts");
        std::thread::sleep(
            whole.mul_f64(0.05 + 0.35 * f64::from(seed >> 16) / 65_536.0).max(Duration::from_millis(20)),
        );
        killed += usize::from(child.try_wait().expect("a child").is_none());
        child.kill().expect("a child can be killed");
        child.wait().expect("a child ends");
    }
    assert!(killed >= 3, "only {killed} of ten were killed at work");
    assert_eq!(ran(&folder, &[&build[..], &["broken"]].concat()).0, 0);
    assert!(bytes(&folder, "whole/graph.json") == bytes(&folder, "broken/graph.json"), "another graph");
}

#[test]
fn order_and_pieces_change_nothing_and_what_is_known_is_not_read() {
    let folder = folder();
    copy_examples(&folder);
    assert_eq!(ran(&folder, &["build", "in", "--out", "whole"]).0, 0);
    assert_eq!(ran(&folder, &["build", "in", "--out", "plain.json"]).0, 0);
    assert!(
        bytes(&folder, "whole/graph.json") == bytes(&folder, "plain.json"),
        "a store gives another graph than a fold"
    );
    let mut names: Vec<String> = examples().into_iter().map(|(name, _)| format!("in/{name}")).collect();
    names.reverse();
    for part in names.chunks(2) {
        let inputs: Vec<&str> = part.iter().map(String::as_str).collect();
        assert_eq!(ran(&folder, &[&["build"], &inputs[..], &["--out", "pieces"]].concat()).0, 0);
    }
    assert!(bytes(&folder, "whole/graph.json") == bytes(&folder, "pieces/graph.json"), "pieces give another graph");
    let (code, _, err) = ran(&folder, &["build", "in", "--out", "pieces"]);
    assert!(code == 0 && err.contains(&format!("({} known)", names.len())), "{err}");
    assert!(
        bytes(&folder, "whole/graph.json") == bytes(&folder, "pieces/graph.json"),
        "reading twice gives another graph"
    );
}

#[test]
fn a_changed_article_takes_the_place_of_the_old_and_a_forgotten_one_leaves_nothing() {
    let folder = folder();
    copy_examples(&folder);
    assert_eq!(ran(&folder, &["build", "in", "--out", "graph"]).0, 0);
    let (name, text) = examples().into_iter().find(|(name, _)| name == "summit-geneva.txt").expect("the example");
    let changed = text.replace("Kanté", "Diatta");
    write(&folder, &format!("in/{name}"), &changed);
    let (code, _, err) = ran(&folder, &["build", "in", "--out", "graph"]);
    assert!(code == 0 && err.contains("1 read now, ") && err.contains("1 replaced"), "{err}");
    ran(&folder, &["build", "in", "--out", "fresh"]);
    assert!(bytes(&folder, "graph/graph.json") == bytes(&folder, "fresh/graph.json"), "the old version left a trace");

    let (_, sources, _) = ran(&folder, &["info", "graph", "--sources"]);
    let id =
        sources.lines().find_map(|line| line.strip_prefix("in/summit-dakar.txt\t")).expect("the source").to_owned();
    assert_eq!(ran(&folder, &["forget", "graph", "in/summit-geneva.txt", &id]).0, 0);
    for gone in ["summit-geneva.txt", "summit-dakar.txt"] {
        fs::remove_file(folder.path().join("in").join(gone)).expect("a file");
    }
    ran(&folder, &["build", "in", "--out", "without"]);
    assert!(bytes(&folder, "graph/graph.json") == bytes(&folder, "without/graph.json"), "the forgotten left a trace");
    let (code, _, err) = ran(&folder, &["forget", "graph", "in/nothing.txt"]);
    assert!(code == 1 && err.contains("nothing from `in/nothing.txt`") && err.contains("hint: "), "{err}");
    assert_eq!(ran(&folder, &["forget", "graph", "in"]).0, 0);
    let (_, told, _) = ran(&folder, &["info", "graph", "--format", "json"]);
    let told: serde_json::Value = serde_json::from_str(&told).expect("JSON");
    assert_eq!(
        (&told["articles"], &told["nodes"]),
        (&0.into(), &serde_json::json!({})),
        "all that was in the folder is gone"
    );
}

#[test]
fn a_second_writer_is_refused_and_told_of_the_first() {
    let folder = folder();
    copy_examples(&folder);
    let first =
        store::Store::open_to_write(&folder.path().join("graph"), "`the first` (process 17)").expect("a writer");
    let (code, _, err) = ran(&folder, &["build", "in", "--out", "graph"]);
    assert_eq!(code, 1);
    assert!(err.contains("graph.sqlite: `the first` (process 17) is writing to this graph\nhint: "), "{err}");
    drop(first);
    assert_eq!(ran(&folder, &["build", "in", "--out", "graph"]).0, 0);
}

#[test]
fn other_tables_make_it_read_again_what_it_has() {
    let folder = folder();
    copy_examples(&folder);
    assert_eq!(ran(&folder, &["build", "in", "--out", "graph"]).0, 0);
    let table = "action\tentity\tvalue\tarticle\nrename\tperson/ingrid-solheim\tIngrid Solheim Dahl\t\n";
    write(&folder, "decided.tsv", table);
    // The files are gone: the graph reads what it has kept of them.
    fs::rename(folder.path().join("in"), folder.path().join("away")).expect("a folder");
    write(&folder, "in/new.txt", "OSLO, 3 May 2031 - Ingrid Solheim met Ana Duarte in Oslo on Friday.");
    let (code, _, err) = ran(&folder, &["build", "in", "--out", "graph", "--overrule", "decided.tsv"]);
    assert!(code == 0 && err.contains("will be read again"), "{err}");
    let (code, _, err) = ran(&folder, &["build", "in", "--out", "graph", "--overrule", "decided.tsv"]);
    assert!(code == 0 && !err.contains("read again"), "the lines of a table stay in use where nothing is read: {err}");
    for (name, text) in examples() {
        write(&folder, &format!("in/{name}"), text);
    }
    ran(&folder, &["build", "in", "--out", "fresh", "--overrule", "decided.tsv"]);
    assert!(bytes(&folder, "graph/graph.json") == bytes(&folder, "fresh/graph.json"), "what was read again differs");
    let (_, told, _) = ran(&folder, &["info", "graph"]);
    assert!(told.starts_with("articles ") && told.contains("read with ") && told.contains(", model "), "{told}");
}

#[test]
fn a_part_of_the_graph_answers_as_all_of_it() {
    let folder = folder();
    write(&folder, "dump.jsonl", json_lines(&variants(40)));
    assert_eq!(ran(&folder, &["build", "dump.jsonl", "--out", "graph"]).0, 0);
    let whole = store::load(&folder.path().join("graph/graph.json")).expect("a graph");
    let people = whole.nodes().filter_map(|node| match node {
        Node::Entity(entity) if entity.kind.name() == "person" => Some(entity.clone()),
        _ => None,
    });
    let (mut met, mut smaller) = (0, 0);
    for person in people {
        let about = store::About { names: &[&person.name], ties: &[EdgeType::Met] };
        let part = store::load_about(&folder.path().join("graph"), &about).expect("a part");
        let json = |graph, id: &str| serde_json::to_value(query::who_met(graph, id, None)).expect("JSON");
        assert_eq!(query::find_person(&part, &person.name).expect("found").id, person.id);
        assert_eq!(json(&part, &person.id), json(&whole, &person.id), "{}", person.id);
        met += query::who_met(&part, &person.id, None).len();
        smaller += usize::from(part.node_count() * 4 < whole.node_count());
    }
    assert!(met > 20 && smaller > 10, "{met} meetings, {smaller} parts that are small");
    for asked in [
        ["said", "Solheim"],
        ["timeline", "Solheim"],
        ["timeline", "Norway"],
        ["portrait", "Solheim"],
        ["who-met", "Kante"],
    ] {
        let [command, name] = asked;
        let of = |graph| ran(&folder, &[command, graph, name, "--format", "json"]);
        assert_eq!(of("graph"), of("graph/graph.json"), "{command} {name}");
    }
    let said = store::About { names: &["Solheim"], ties: &[EdgeType::Claims] };
    let part = store::load_about(&folder.path().join("graph"), &said).expect("a part");
    let json = |graph| serde_json::to_value(query::who_said(graph, Some("person/ingrid-solheim"))).expect("JSON");
    assert_eq!(json(&part), json(&whole));
    let (code, _, err) = ran(&folder, &["who-met", "graph", "Nobodyson"]);
    assert!(code == 1 && err.contains("nobody in this graph is called `Nobodyson`") && err.contains("hint: "), "{err}");
}

#[test]
fn files_of_many_articles_are_read_however_they_come() {
    let folder = folder();
    let sentence = |name: &str| format!("TURIN, 3 May 2020 - Ana Duarte met {name} in Turin on Saturday.");
    let lines = format!(
        "{}\n{}\nno JSON\n",
        serde_json::json!({ "id": 7, "headline": "Talks", "body": sentence("Ben Okafor"), "published_at": "2020-05-03" }),
        serde_json::json!({ "story": sentence("Carl Berg") })
    );
    write(&folder, "dump.jsonl", &lines);
    let (code, _, err) = ran(&folder, &["build", "dump.jsonl", "--out", "graph"]);
    assert_eq!(code, 3);
    assert!(err.contains("error: dump.jsonl:2: a record without text") && err.contains("`story`"), "{err}");
    assert!(err.contains("error: dump.jsonl:3:2: no JSON object"), "{err}");
    let (code, _, err) = ran(&folder, &["build", "dump.jsonl", "--out", "graph", "--field", "text=story"]);
    assert!(code == 3 && err.contains("1 read now"), "{err}");

    let rss = format!(
        "<?xml version='1.0'?><rss version='2.0'><channel><title>x</title><link>https://news.example/</link>\
         <description>x</description><item><title>Talks</title><guid isPermaLink='false'>a1</guid>\
         <description>{}</description></item></channel></rss>",
        sentence("Dora Holm")
    );
    write(&folder, "feeds/monday.rss", rss);
    let page = format!("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n{}", sentence("Eva Lund"));
    let warc = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/e\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{page}\r\n\r\n",
        page.len()
    );
    use rapporteur::base::compression::Compression;
    for (name, compression, text) in [
        ("crawl.warc.gz", Compression::Gzip, warc.as_str()),
        ("more/deep.txt.zst", Compression::Zstandard, &sentence("Filip Moe")),
    ] {
        let mut packed = Vec::new();
        compression.write(&mut packed, |out| out.write_all(text.as_bytes())).expect("a vector takes all");
        write(&folder, name, packed);
    }
    let inputs = ["build", "feeds", "crawl.warc*", "**/*.zst", "--out", "graph"];
    let (code, _, err) = ran(&folder, &inputs);
    assert_eq!(code, 0, "{err}");
    let mut piped = command(&folder, &["build", "-", "--out", "graph"]).stdin(Stdio::piped()).spawn().expect("a child");
    let line = serde_json::json!({ "text": sentence("Greta Nord") }).to_string();
    piped.stdin.take().expect("a pipe").write_all(line.as_bytes()).expect("a pipe takes it");
    assert!(piped.wait().expect("an end").success());

    let (_, out, _) = ran(&folder, &["who-met", "graph", "Ana Duarte"]);
    for name in ["Ben Okafor", "Carl Berg", "Dora Holm", "Eva Lund", "Filip Moe", "Greta Nord"] {
        assert!(out.contains(name), "{name} is not in\n{out}");
    }
    let (_, sources, _) = ran(&folder, &["info", "graph", "--sources"]);
    for source in
        ["dump.jsonl#7\t", "dump.jsonl:2\t", "feeds/monday.rss#a1\t", "crawl.warc.gz#https://news.example/e\t"]
    {
        assert!(sources.contains(source), "{source} is not in\n{sources}");
    }
    let (code, _, err) = ran(&folder, &["build", "none*.txt", "--out", "graph"]);
    assert!(code == 1 && err.contains("none*.txt: no file fits this pattern"), "{err}");
}

#[test]
fn a_file_that_is_no_graph_is_told() {
    let folder = folder();
    copy_examples(&folder);
    write(&folder, "graph/graph.sqlite", "They met in Oslo, and this is no database at all.");
    let (code, _, err) = ran(&folder, &["build", "in", "--out", "graph"]);
    assert!(code == 1 && err.contains("graph.sqlite: no graph of rapporteur's"), "{err}");
    let (code, _, err) = ran(&folder, &["who-met", "graph", "Solheim"]);
    assert!(code == 1 && err.contains("graph.sqlite: no graph of rapporteur's"), "{err}");
    let (code, _, err) = ran(&folder, &["info", "in"]);
    assert!(code == 1 && err.contains("no folder of a graph") && err.contains("hint: "), "{err}");
    assert!(Path::new(ARTICLES).exists());
}

#[test]
fn the_graph_opens_in_any_program_that_reads_sqlite() {
    let folder = folder();
    copy_examples(&folder);
    assert_eq!(ran(&folder, &["build", "in", "--out", "graph"]).0, 0);
    assert!(!folder.path().join("graph/graph.sqlite-wal").exists(), "one file is the whole graph");
    let db = rusqlite::Connection::open(folder.path().join("graph/graph.sqlite")).expect("a database");
    let sound: String = db.query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("a check");
    let people: i64 =
        db.query_row("SELECT count(*) FROM node WHERE kind = 'person'", [], |row| row.get(0)).expect("a count");
    assert_eq!((sound.as_str(), people > 10), ("ok", true));
}
