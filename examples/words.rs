//! Cuts texts into sentences of words: `cargo run --release --example words < texts.jsonl > words.jsonl`
//!
//! In: a JSON string a line, its paragraphs on lines of their own. Out: for each a list of sentences, each a list of the
//! [start, end] of its words in UTF-8 bytes. The training reads raw texts as the program will read them.

use std::io::{self, BufRead, BufWriter, Write};

use rapporteur::nlp;
use rapporteur::schema::Schema;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let schema = Schema::built_in();
    let mut out = BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let text: String = serde_json::from_str(&line?)?;
        let sentences = nlp::words(&schema, &text);
        let pairs: Vec<Vec<[usize; 2]>> =
            sentences.iter().map(|words| words.iter().map(|word| [word.start, word.end]).collect()).collect();
        writeln!(out, "{}", serde_json::to_string(&pairs)?)?;
    }
    Ok(())
}
