//! The program as a user meets it: what it prints, where, and the exit code.

mod newsroom;

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Output, Stdio};

use assert_cmd::Command;
use rapporteur::graph::{KnowledgeGraph, Reading, store};
use rapporteur::ingest::Article;
use tempfile::TempDir;

/// A page of a newspaper that does not exist.
const PAGE: &str = "<!DOCTYPE html><html><head><title>Okafor denies a secret deal</title></head><body><article>\
    <h1>Okafor denies a secret deal</h1>\
    <p>Ben Okafor, who has led the port authority of Turin since the spring, denied on Monday that he had made a secret \
    deal with the owners of the old shipyard.</p>\
    <p>“There was a lunch, there was no deal,” he told reporters outside the town hall, where the council had met for six \
    hours to talk about the future of the yard and of the people who work in it.</p>\
    <p>Ana Duarte, the mayor, said that she would ask for the papers to be made public before the council meets again in \
    June, and that nobody would be spared.</p></article></body></html>";

/// A folder of its own for a test.
fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder for the test")
}

fn rapporteur(folder: &TempDir, args: &[&str]) -> Output {
    let mut command = Command::cargo_bin("rapporteur").expect("the program is built");
    command.current_dir(folder).args(args).output().expect("the program starts")
}

/// Runs the program and gives exit code, standard output and standard error.
fn ran(folder: &TempDir, args: &[&str]) -> (i32, String, String) {
    let Output { status, stdout, stderr } = rapporteur(folder, args);
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (status.code().expect("an end of its own"), text(stdout), text(stderr))
}

fn write(folder: &TempDir, name: &str, text: &str) {
    let file = folder.path().join(name);
    fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
    fs::write(file, text).expect("a file");
}

fn load(path: impl AsRef<Path>) -> KnowledgeGraph {
    store::load(path.as_ref()).expect("a graph")
}

/// Two articles, one of them deep, a file that is empty, and one of another kind.
fn articles(folder: &TempDir) {
    write(folder, "in/one.txt", "Ana Duarte met Ben Okafor in Turin on 3 May 2020.\n");
    write(folder, "in/deep/two.HTML", PAGE);
    write(folder, "in/empty.txt", "");
    write(folder, "in/chart.pdf", "%PDF");
    write(folder, "in/.hidden.txt", "Nobody reads this.");
}

fn saved_graph(folder: &TempDir) {
    store::save(&newsroom::graph(), &folder.path().join("graph.json")).expect("a graph");
}

#[test]
fn help_shows_the_first_commands_and_examples() {
    let folder = folder();
    let (code, out, _) = ran(&folder, &["--help"]);
    assert_eq!(code, 0);
    for first in ["rapporteur read", "rapporteur build", "rapporteur who-met"] {
        assert!(out.contains(first), "{out}");
    }
    let queries = ["who-met", "said", "about", "timeline", "path", "disputes", "portrait", "analyze"];
    for command in
        [&["read", "build", "forget", "info", "export", "load", "view", "serve", "eval"][..], &queries].concat()
    {
        let (code, out, _) = ran(&folder, &[command, "--help"]);
        assert!(code == 0 && out.contains("Examples:"), "{out}");
    }
    assert_eq!(ran(&folder, &["--version"]).1, format!("rapporteur {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn what_is_typed_wrong_exits_with_2() {
    let folder = folder();
    for args in [
        &["reed"][..],
        &[],
        &["build", "in"],
        &["read", "a.txt", "--format", "docx"],
        &["who-met", "g", "p", "--since", "July"],
        &["build", "in", "--out", "g", "--jobs", "0"],
    ] {
        assert_eq!(ran(&folder, args).0, 2, "{args:?}");
    }
}

#[test]
fn read_prints_json_where_no_terminal_is() {
    let folder = folder();
    articles(&folder);
    let (code, out, err) = ran(&folder, &["read", "in/one.txt"]);
    assert_eq!((code, err.as_str()), (0, ""));
    let graph: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(graph["graph"]["articles"], 1);
}

#[test]
fn read_takes_standard_input() {
    let folder = folder();
    let mut command = Command::cargo_bin("rapporteur").expect("the program is built");
    let output = command.args(["read", "-", "--format", "table"]).current_dir(&folder).write_stdin("Ana met Ben.");
    let out = String::from_utf8(output.output().expect("the program starts").stdout).expect("UTF-8");
    assert!(out.contains("WHAT HAPPENED"), "{out}");
}

#[test]
fn read_says_what_is_wrong_with_a_file() {
    let folder = folder();
    articles(&folder);
    let (code, _, err) = ran(&folder, &["read", "gone.txt"]);
    assert!(code == 1 && err.starts_with("error: gone.txt: ") && err.contains("\nhint: "), "{err}");
    let (code, _, err) = ran(&folder, &["read", "in"]);
    assert!(code == 1 && err.contains("a folder, not an article") && err.contains("rapporteur build"), "{err}");
    let (code, _, err) = ran(&folder, &["read", "in/empty.txt"]);
    assert!(code == 1 && err.starts_with("error: in/empty.txt: "), "{err}");
}

#[test]
fn read_refuses_a_file_that_is_too_large() {
    let folder = folder();
    let file = fs::File::create(folder.path().join("large.txt")).expect("a file");
    file.set_len(1 << 30).expect("a file of holes");
    let (code, _, err) = ran(&folder, &["read", "large.txt"]);
    assert!(code == 1 && err.contains("large.txt: larger than") && err.contains("hint: "), "{err}");
}

#[test]
fn read_does_not_write_over_the_article() {
    let folder = folder();
    articles(&folder);
    let (code, _, err) = ran(&folder, &["read", "in/one.txt", "--output", "in/../in/one.txt"]);
    assert!(code == 1 && err.contains("one file"), "{err}");
    assert!(fs::read_to_string(folder.path().join("in/one.txt")).expect("the article").starts_with("Ana"));
}

#[test]
fn output_that_cannot_be_written_is_told() {
    let folder = folder();
    articles(&folder);
    write(&folder, "file", "");
    for output in ["in", "file/below.json"] {
        let (code, _, err) = ran(&folder, &["read", "in/one.txt", "--output", output, "--format", "json"]);
        match output {
            "in" => assert!(code == 0, "a folder gets graph.json: {err}"),
            _ => assert!(code == 1 && err.contains("error: file") && err.contains("hint: "), "{err}"),
        }
    }
}

#[test]
fn build_reads_a_folder_and_tells_of_the_file_it_cannot_read() {
    let folder = folder();
    articles(&folder);
    let (code, out, err) = ran(&folder, &["build", "in", "gone.txt", "--out", "graph"]);
    assert_eq!((code, out.as_str()), (3, ""));
    assert!(err.contains("error: in/empty.txt: ") && err.contains("error: gone.txt: "), "{err}");
    assert!(err.contains("note: in: passed over 1 file of other kinds"), "{err}");
    assert!(err.lines().last().expect("a closing line").starts_with("2 articles (2 not read): "), "{err}");
    let sources: Vec<String> = load(folder.path().join("graph")).nodes().filter_map(source).collect();
    assert_eq!(sources.len(), 2);
    assert!(sources.contains(&"in/deep/two.HTML".to_owned()));
}

fn source(node: &rapporteur::graph::Node) -> Option<String> {
    match node {
        rapporteur::graph::Node::Article(article) => article.sources.first().cloned(),
        _ => None,
    }
}

#[test]
fn build_is_quiet_when_asked_and_the_same_on_any_number_of_threads() {
    let folder = folder();
    articles(&folder);
    for (jobs, out) in [("1", "a.json"), ("8", "b.json")] {
        let args = ["build", "in/one.txt", "in/deep", "--out", out, "--jobs", jobs, "--quiet"];
        assert_eq!(ran(&folder, &args), (0, String::new(), String::new()));
    }
    let bytes = |name: &str| fs::read(folder.path().join(name)).expect("a graph");
    assert_eq!(bytes("a.json"), bytes("b.json"));
}

#[test]
fn build_exits_with_1_where_nothing_can_be_read() {
    let folder = folder();
    fs::create_dir(folder.path().join("bare")).expect("a folder");
    let (code, _, err) = ran(&folder, &["build", "bare", "--out", "graph"]);
    assert!(code == 1 && err.contains("error: bare: no articles in this folder") && err.contains("hint: "), "{err}");
    assert!(!folder.path().join("graph").exists());
}

#[test]
fn build_overwrites_its_own_graph_and_nothing_else() {
    let folder = folder();
    articles(&folder);
    for _ in 0..2 {
        assert_eq!(ran(&folder, &["build", "in/one.txt", "--out", "graph", "--to", "html"]).0, 0);
        assert_eq!(ran(&folder, &["build", "in/one.txt", "--out", "graph.json"]).0, 0);
    }
    let (_, _, err) = ran(&folder, &["build", "in/one.txt", "--out", "graph"]);
    assert!(err.contains("note: graph/graph.html: this is of an earlier build"), "{err}");
    write(&folder, "notes.json", "{\"mine\": true}");
    for out in ["in", "in/one.txt", "notes.json", "graph.ttl"] {
        let (code, _, err) = ran(&folder, &["build", "in/one.txt", "--out", out]);
        assert!(code == 1 && err.starts_with(&format!("error: {out}: ")) && err.contains("hint: "), "{err}");
    }
    assert_eq!(fs::read_to_string(folder.path().join("notes.json")).expect("a file"), "{\"mine\": true}");
}

#[test]
fn build_does_not_read_its_own_page() {
    let folder = folder();
    articles(&folder);
    for _ in 0..2 {
        ran(&folder, &["build", ".", "--out", "graph", "--to", "html"]);
    }
    assert_eq!(load(folder.path().join("graph")).nodes().filter(|node| node.kind() == "article").count(), 2);
}

#[test]
fn who_met_tells_meetings_with_their_sentences() {
    let folder = folder();
    saved_graph(&folder);
    let (code, out, err) = ran(&folder, &["who-met", "graph.json", "lindqvist"]);
    assert_eq!((code, err.as_str()), (0, ""));
    let first = "\
MEETINGS OF Åsa Lindqvist
2021-03-09  Daniel Okoro
            in person · Vevey · part of the lake summit
            90 % sure, 1 article
            “Prime Minister Åsa Lindqvist met President Daniel Okoro in Vevey on
            Tuesday”
            — Lindqvist and Okoro open the lake summit, 2021-03-10 (summit.txt)

2021-05     Daniel Okoro
            in person · PLANNED
";
    assert!(out.starts_with(first), "{out}");
    assert!(out.lines().all(|line| line.chars().count() <= 80), "{out}");
}

#[test]
fn who_met_filters_and_gives_json() {
    let folder = folder();
    saved_graph(&folder);
    let args = ["who-met", "graph.json", "lindqvist", "daniel", "--since", "2021-04", "--format", "json"];
    let (code, out, _) = ran(&folder, &args);
    let answer: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!((code, answer["meetings"].as_array().map(Vec::len)), (0, Some(1)));
    assert_eq!(answer["meetings"][0]["event"]["status"], "planned");
    let (_, out, err) = ran(&folder, &["who-met", "graph.json", "peter okoro", "--since", "2021"]);
    assert_eq!((out.as_str(), err.as_str()), ("No meetings of Peter Okoro.\n", "note: 1 without a date left out\n"));
}

#[test]
fn who_met_asks_back_where_a_name_is_unclear() {
    let folder = folder();
    saved_graph(&folder);
    let (code, _, err) = ran(&folder, &["who-met", "graph.json", "okoro"]);
    assert!(code == 1 && err.contains("hint: say which") && err.contains("person/peter-okoro"), "{err}");
    let (code, _, err) = ran(&folder, &["who-met", "graph.json", "daniel", "daniel okoro"]);
    assert!(code == 1 && err.contains("one person"), "{err}");
    let (code, _, err) = ran(&folder, &["who-met", "nowhere", "okoro"]);
    assert!(code == 1 && err.starts_with("error: nowhere: ") && err.contains("rapporteur build"), "{err}");
    write(&folder, "text.json", "no graph");
    let (code, _, err) = ran(&folder, &["who-met", "text.json", "okoro"]);
    assert!(code == 1 && err.starts_with("error: text.json:1:"), "{err}");
}

#[test]
fn export_writes_to_standard_output_a_file_or_a_folder() {
    let folder = folder();
    saved_graph(&folder);
    let (code, out, _) = ran(&folder, &["export", "graph.json", "--to", "json"]);
    assert_eq!((code, out), (0, fs::read_to_string(folder.path().join("graph.json")).expect("the graph")));
    assert_eq!(ran(&folder, &["export", "graph.json", "--to", "json,html", "--output", "out"]).0, 0);
    assert!(folder.path().join("out/graph.json").exists() && folder.path().join("out/graph.html").exists());
    let (code, _, err) = ran(&folder, &["export", "graph.json", "--to", "json,html"]);
    assert!(code == 1 && err.contains("hint: name a folder"), "{err}");
}

#[test]
fn export_knows_formats_by_any_name_and_by_the_output() {
    let folder = folder();
    saved_graph(&folder);
    let turtle = ran(&folder, &["export", "graph.json", "--to", "turtle"]).1;
    for name in ["ttl", "text/turtle"] {
        assert_eq!(ran(&folder, &["export", "graph.json", "--to", name]), (0, turtle.clone(), String::new()));
    }
    assert_eq!(ran(&folder, &["export", "graph.json", "--output", "graph.ttl"]).0, 0);
    assert_eq!(fs::read_to_string(folder.path().join("graph.ttl")).expect("a file"), turtle);
    let (code, _, err) = ran(&folder, &["export", "graph.json", "--to", "turtel"]);
    assert!(code == 2 && err.contains("'turtle'"), "{err}");
    let (code, _, err) = ran(&folder, &["export", "graph.json", "--output", "graph.docx"]);
    assert!(code == 1 && err.contains("hint: name one after `--to`: json, turtle"), "{err}");
}

#[test]
fn export_compresses_as_the_name_says_and_reads_it_again() {
    let folder = folder();
    saved_graph(&folder);
    for file in ["again.json.gz", "again.json.zst"] {
        assert_eq!(ran(&folder, &["export", "graph.json", "--output", file]).0, 0);
        let (code, out, _) = ran(&folder, &["export", file, "--to", "json"]);
        assert_eq!((code, out), (0, fs::read_to_string(folder.path().join("graph.json")).expect("the graph")));
    }
    let size = |name: &str| fs::metadata(folder.path().join(name)).expect("a file").len();
    assert!(size("again.json.gz") < size("graph.json") / 2 && size("again.json.zst") < size("graph.json"));
}

#[test]
fn parquet_is_written_or_told_how_to_get() {
    let folder = folder();
    saved_graph(&folder);
    let (code, _, err) = ran(&folder, &["export", "graph.json", "--to", "parquet", "--output", "out"]);
    if cfg!(feature = "parquet") {
        let begins = |name: &str| fs::read(folder.path().join("out").join(name)).expect("a file").starts_with(b"PAR1");
        assert!(code == 0 && begins("nodes.parquet") && begins("edges.parquet"), "{err}");
    } else {
        assert!(code == 2 && err.contains("this program was built without the format `parquet`"), "{err}");
        assert!(err.contains("hint: build it with `--features parquet`"), "{err}");
    }
}

#[test]
fn export_of_many_files_wants_a_folder() {
    let folder = folder();
    saved_graph(&folder);
    assert_eq!(ran(&folder, &["export", "graph.json", "--to", "neo4j,kuzu", "--output", "out"]).0, 0);
    for file in ["out/neo4j/nodes.csv", "out/neo4j/load.cypher", "out/kuzu/schema.cypher", "out/kuzu/person.csv"] {
        assert!(folder.path().join(file).exists(), "{file}");
    }
    for args in
        [&["--to", "neo4j"][..], &["--to", "neo4j", "--output", "n.csv"], &["--to", "ttl,nt", "--output", "n.ttl"]]
    {
        let (code, _, err) = ran(&folder, &[&["export", "graph.json"], args].concat());
        assert!(code == 1 && err.contains("hint: name a folder with `--output`"), "{err}");
    }
    assert!(!folder.path().join("n.csv").exists());
    for formats in ["neo4j", "ttl,csv"] {
        let (code, _, err) = ran(&folder, &["export", "graph.json", "--to", formats, "--output", "n.zst"]);
        assert!(code == 1 && err.contains("n.zst: several files go into a folder, which is not compressed"), "{err}");
        assert!(!folder.path().join("n.zst").exists());
    }
    let (code, out, _) = ran(&folder, &["export", "graph.json", "--to", "csv", "--output", "-"]);
    assert!(code == 0 && out.starts_with("source_name,target_name,") && !folder.path().join("-").exists());
}

#[test]
fn export_writes_a_part_or_a_view_under_any_base() {
    let folder = folder();
    saved_graph(&folder);
    let json = |args: &[&str]| -> serde_json::Value {
        let (code, out, err) = ran(&folder, &[&["export", "graph.json", "--to", "json"], args].concat());
        assert_eq!(code, 0, "{err}");
        serde_json::from_str(&out).expect("JSON")
    };
    let events = |graph: &serde_json::Value, status: &str| {
        let nodes = graph["nodes"].as_array().expect("nodes").clone();
        nodes.iter().filter(|node| node["kind"] == "event" && node["status"] == status).count()
    };
    let planned = json(&["--status", "planned"]);
    assert!(events(&planned, "planned") > 0 && events(&planned, "happened") == 0);
    let people = json(&["--view", "people"]);
    assert!(people["nodes"].as_array().expect("nodes").iter().all(|node| node["kind"] == "person"));
    assert!(people["edges"].as_array().expect("edges").iter().all(|edge| edge["weight"].as_u64() > Some(0)));
    let (_, turtle, _) = ran(&folder, &["export", "graph.json", "--to", "ttl", "--base", "https://kg.example/x"]);
    assert!(turtle.contains("@prefix person: <https://kg.example/x/person/>"), "{turtle}");
    for (args, message) in [
        (&["--base", "x"][..], "`x` is no absolute IRI"),
        (&["--type", "meeting"], "no event is of the type `meeting`"),
    ] {
        let (code, _, err) = ran(&folder, &[&["export", "graph.json", "--to", "ttl"], args].concat());
        assert!(code == 1 && err.contains(message) && err.contains("hint: "), "{err}");
    }
}

#[test]
fn view_writes_a_page_but_over_nothing_foreign() {
    let folder = folder();
    saved_graph(&folder);
    for _ in 0..2 {
        assert_eq!(ran(&folder, &["view", "graph.json", "--out", "page.html"]).0, 0);
    }
    write(&folder, "index.html", "<h1>My site</h1>");
    let (code, _, err) = ran(&folder, &["view", "graph.json", "--out", "index.html"]);
    assert!(code == 1 && err.contains("hint: "), "{err}");
}

#[test]
fn a_table_of_hostile_text_moves_no_cursor() {
    let folder = folder();
    store::save(&newsroom::hostile_graph(), &folder.path().join("graph.json")).expect("a graph");
    let (code, out, _) = ran(&folder, &["who-met", "graph.json", "Trent"]);
    assert!(code == 0 && out.contains("onerror") && !out.contains('\u{1b}'), "{out}");
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let folder = folder();
    // More than a pipe holds.
    let article = Article::new("long.txt", "Ana Duarte met Ben Okafor. ".repeat(40_000));
    let mut graph = KnowledgeGraph::new();
    graph.add(Reading { article, entities: Vec::new(), mentions: Vec::new(), facts: Vec::new() });
    store::save(&graph, &folder.path().join("graph.json")).expect("a graph");
    let program = assert_cmd::cargo::cargo_bin("rapporteur");
    let mut command = std::process::Command::new(program);
    command
        .args(["export", "graph.json", "--to", "json"])
        .current_dir(&folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let mut first = [0; 64];
    // Reads the first bytes, then hangs up.
    child.stdout.take().expect("a pipe").read_exact(&mut first).expect("some output");
    let output = child.wait_with_output().expect("an end");
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}

#[test]
fn eval_measures_what_is_there_and_holds_it_against_floors() {
    let folder = folder();
    let treebank = "# text = Ana left.\n1\tAna\tAna\tPROPN\t_\t_\t2\tnsubj\t_\t_\n\
        2\tleft\tleave\tVERB\t_\t_\t0\troot\t_\tSpaceAfter=No\n3\t.\t.\tPUNCT\t_\t_\t2\tpunct\t_\t_\n";
    write(&folder, "corpora/ud-ewt/dev.conllu", treebank);
    write(&folder, "low.tsv", "ud-ewt/las\t1.0\t\n");
    write(&folder, "high.tsv", "ud-ewt/las\t1.5\t\n");
    let eval = |floors: &str| ran(&folder, &["eval", "corpora", "--part", "trees,raw", "--floors", floors]);
    let (code, out, err) = eval("low.tsv");
    assert!(code == 0 && out.contains("ud-ewt/las") && out.contains("1.0000"), "{out}{err}");
    assert_eq!(err.matches("dev.conllu: not there, passed over").count(), 1, "{err}");
    let (code, out, err) = eval("high.tsv");
    assert!(code == 1 && out.contains("ud-ewt/las"), "{out}");
    assert!(err.contains("high.tsv: ud-ewt/las is 1.0000, below its floor of 1.5000"), "{err}");
    let (code, _, err) = ran(&folder, &["eval", "nowhere"]);
    assert!(code == 1 && err.contains("nowhere: no corpus that could be measured"), "{err}");
}

#[test]
fn users_tables_name_and_overrule() {
    let folder = folder();
    write(&folder, "one.txt", "TURIN, 3 May 2020 - Ana Duarte met Bill Okafor in Turin on Saturday.\n");
    let header = "kind\tname\taliases\ttype\tiso\toffices\twikidata\n";
    write(&folder, "names.tsv", &format!("{header}person\tWilliam Okafor\tBill Okafor\t\tIT\tmayor 2019/\tQ903\n"));
    let header = "action\tentity\tvalue\tarticle\n";
    let lines = "rename\tperson/ana-duarte\tAna Duarte Silva\t\nkind\tplace/turino\torganization\t\n";
    write(&folder, "decided.tsv", &format!("{header}{lines}"));
    let args = ["build", "one.txt", "--out", "graph", "--gazetteer", "names.tsv", "--overrule", "decided.tsv"];
    let (code, _, told) = ran(&folder, &args);
    assert_eq!(code, 3, "{told}");
    assert!(told.contains("decided.tsv:3: nothing here is `place/turino`"), "{told}");
    let graph = load(folder.path().join("graph"));
    let name = |id: &str| graph.node(id).map(rapporteur::graph::Node::label);
    assert_eq!(name("person/william-okafor").as_deref(), Some("William Okafor"));
    assert_eq!(name("person/ana-duarte").as_deref(), Some("Ana Duarte Silva"));
    let (code, told, _) = ran(&folder, &["explain", "graph", "Bill Okafor"]);
    assert_eq!(code, 0);
    assert!(told.contains("person/william-okafor") && told.contains("mayor at the time of the article"), "{told}");
    let (code, _, told) = ran(&folder, &["explain", "graph", "Nobody"]);
    assert_eq!(code, 1);
    assert!(told.contains("nothing in this graph is called `Nobody`"), "{told}");
}

#[test]
fn a_faulty_table_is_told_by_line() {
    let folder = folder();
    write(&folder, "one.txt", "Ana Duarte met Ben Okafor in Turin on 3 May 2020.\n");
    write(&folder, "names.tsv", "kind\tname\taliases\ttype\tiso\toffices\twikidata\nship\tAurora\t\t\t\t\t\n");
    let (code, _, told) = ran(&folder, &["read", "one.txt", "--gazetteer", "names.tsv"]);
    assert_eq!(code, 1);
    assert!(told.contains("names.tsv:2: unknown kind of entity `ship`") && told.contains("hint:"), "{told}");
}

const LAUNCH: &str = "type = \"launch\"\nabout = \"A ship is launched.\"\nheadline = \"{who} launches a ship\"\n\
    [roles]\nparticipant = [\"person\", \"country\"]\n\
    [[pattern]]\nname = \"launch\"\nmatch = \"launch/VERB >nsubj participant >obj (ferry|ship)\"\n\
    [[example]]\ntext = \"Norway launched a ferry in Bergen on Monday.\"\nyields = [[\"Norway\"]]\nstatus = [\"happened\"]\n\
    [[example]]\ntext = \"Norway launched an inquiry.\"\nyields = []\n";

#[test]
fn event_types_of_ones_own_are_read_and_tested() {
    let folder = folder();
    write(&folder, "types/launch.toml", LAUNCH);
    write(&folder, "one.txt", "OSLO, 3 May 2020 - Norway launched a ferry in Bergen on Saturday.\n");
    let (code, told, err) = ran(&folder, &["schema", "test", "types"]);
    assert!(code == 0 && told.contains("launch: 1 patterns, 1 sentences that match, 1 that must not"), "{told}{err}");
    let (code, told, err) = ran(&folder, &["read", "one.txt", "--schema", "types", "--format", "json"]);
    assert!(code == 0 && told.contains("\"type\": \"launch\""), "{told}{err}");
    let (_, told, _) = ran(&folder, &["read", "one.txt", "--format", "json"]);
    assert!(!told.contains("\"launch\""), "{told}");
}

#[test]
fn a_faulty_event_type_is_told_by_line() {
    let folder = folder();
    write(&folder, "wrong/launch.toml", &LAUNCH.replace("yields = []", "yields = [[\"Norway\"]]"));
    let (code, _, err) = ran(&folder, &["schema", "test", "wrong"]);
    assert_eq!(code, 1);
    assert!(
        err.contains("launch.toml:14: `launch` finds nothing, not [Norway]") && err.contains("an inquiry"),
        "{err}"
    );
    write(&folder, "faulty/launch.toml", &LAUNCH.replace(">nsubj participant", ">nsubj particpant"));
    let (code, _, err) = ran(&folder, &["schema", "test", "faulty"]);
    assert_eq!(code, 1);
    assert!(err.contains("launch.toml:8:9: unknown role `particpant`") && err.contains("hint:"), "{err}");
    write(&folder, "empty/readme.txt", "nothing");
    let (code, _, err) = ran(&folder, &["read", "one.txt", "--schema", "empty"]);
    assert!(code == 1 && err.contains("no event types in this folder"), "{err}");
}

#[test]
fn analyze_tells_who_is_central_and_what_it_leaves_out() {
    let folder = folder();
    saved_graph(&folder);
    let (code, out, err) = ran(&folder, &["analyze", "graph.json", "--format", "json", "--measure", "degree"]);
    let report: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!((code, err.as_str(), &report["measure"]), (0, "", &"degree".into()));
    let rows = report["rows"].as_array().expect("rows");
    assert!(rows.iter().any(|row| row["id"] == "person/asa-lindqvist" && row["name"] == "Åsa Lindqvist"), "{out}");
    let (code, out, err) = ran(&folder, &["analyze", "graph.json", "--top", "1"]);
    assert!(code == 0 && out.starts_with("name") && err.ends_with("rows; --top 0 shows all\n"), "{out}{err}");
    let (code, out, _) = ran(&folder, &["analyze", "graph.json", "--window", "year", "--format", "csv"]);
    assert!(
        code == 0 && out.starts_with("window,id,name,degree,meetings,pagerank,") && out.contains("\n2021,"),
        "{out}"
    );
    let (code, _, err) = ran(&folder, &["analyze", "graph.json", "--window", "year", "--measure", "bridges"]);
    assert!(code == 1 && err.contains("hint: ask for degree"), "{err}");
}

#[test]
fn a_portrait_has_offices_partners_meetings_and_statements() {
    let folder = folder();
    saved_graph(&folder);
    let (code, out, err) = ran(&folder, &["portrait", "graph.json", "lindqvist"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.starts_with("Åsa Lindqvist\nprime minister (Norland)\n"), "{out}");
    for title in ["\nPARTNERS\nmet ", "\nMEETINGS\n2021-03-09  Daniel Okoro\n", "\nSTATEMENTS\n"] {
        assert!(out.contains(title), "{title:?} is not in\n{out}");
    }
    let (_, out, _) = ran(&folder, &["portrait", "graph.json", "lindqvist", "--format", "json"]);
    let drawn: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!((&drawn["id"], &drawn["partners"][0]["name"]), (&"person/asa-lindqvist".into(), &"Daniel Okoro".into()));
}

#[cfg(feature = "sparql")]
#[test]
fn sparql_selects_asks_and_constructs() {
    let folder = folder();
    saved_graph(&folder);
    let met = "SELECT ?who WHERE { person:asa-lindqvist rap:met|^rap:met ?who } ORDER BY ?who";
    let (code, out, err) = ran(&folder, &["sparql", "graph.json", met, "--format", "csv"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.starts_with("who\r\n") && out.contains("person/daniel-okoro\r\n"), "{out}");
    assert!(ran(&folder, &["sparql", "graph.json", met]).1.contains("\nperson:daniel-okoro\n"));
    write(&folder, "who.rq", met);
    let (_, out, _) = ran(&folder, &["sparql", "graph.json", "who.rq", "--format", "json"]);
    let rows: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(rows["head"]["vars"][0], "who");
    assert!(rows["results"]["bindings"].as_array().is_some_and(|rows| !rows.is_empty()), "{out}");
    assert_eq!(ran(&folder, &["sparql", "graph.json", "ASK { ?a rap:met ?b }"]).1, "yes\n");
    assert_eq!(ran(&folder, &["sparql", "graph.json", "ASK { ?a rap:met ?a }"]).1, "no\n");
    let named = "ASK { GRAPH ?article { ?a rap:met ?b } }";
    assert_eq!(ran(&folder, &["sparql", "graph.json", named]).1, "yes\n");
    let all = ["sparql", "graph.json", "CONSTRUCT { ?a rap:met ?b } WHERE { ?a rap:met ?b }"];
    let (_, out, _) = ran(&folder, &all);
    assert!(out.starts_with("@prefix ") && out.contains("rap:met person:"), "{out}");
    assert_eq!(out, ran(&folder, &all).1, "the same bytes each time");
}

#[cfg(feature = "sparql")]
#[test]
fn sparql_tells_where_a_query_is_wrong_and_asks_nothing_outside() {
    let folder = folder();
    saved_graph(&folder);
    let asked = |query: &str| ran(&folder, &["sparql", "graph.json", query]);
    let (code, _, err) = asked("SELECT ?a\nWHERE { ?a rap:met }");
    assert!(code == 1 && err.starts_with("error: query:2:20: expected ") && err.contains("hint: "), "{err}");
    let (code, _, err) = asked("ASK { ?a nowhere:met ?b }");
    assert!(code == 1 && err.starts_with("error: query:1:"), "{err}");
    let (code, _, err) = asked("INSERT DATA { rap:a rap:b rap:c }");
    assert!(code == 1 && err.starts_with("error: query:1:"), "{err}");
    let (code, _, err) = asked("ASK { SERVICE <http://127.0.0.1:1/> { ?a ?b ?c } }");
    assert!(code == 1 && err.contains("SERVICE is refused"), "{err}");
    let (code, _, err) = asked("no-such-file.rq");
    assert!(code == 1 && err.starts_with("error: no-such-file.rq: cannot read the query"), "{err}");
    let construct = ["sparql", "graph.json", "DESCRIBE person:asa-lindqvist", "--format", "csv"];
    assert_eq!(ran(&folder, &construct).0, 1);
}
