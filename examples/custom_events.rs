//! Teaches the program an event type and reads a text with it: `cargo run --release --example custom_events`

use rapporteur::extract::Fact;
use rapporteur::ingest::Article;
use rapporteur::nlp::Model;
use rapporteur::pipeline;
use rapporteur::schema::{EventType, Schema};

/// As a file of `schema/events` would have it; `Schema::add_events` reads a folder of such files.
const CHRISTENING: &str = r#"
type = "christening"
about = "Somebody gives a ship its name."
headline = "Christening by {who}"

[roles]
participant = ["person"]
place = ["place", "country"]

[[pattern]]
name = "christen"
match = "christen|launch/VERB >nsubj participant >obj (ship|ferry|vessel)"
"#;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let christening = EventType { is_users: true, ..EventType::parse("christening.toml", CHRISTENING)? };
    let mut schema = Schema::built_in();
    schema.events.insert(0, christening);

    let text = "Turku, 2 May 2031 - Mayor Eeva Rautio christened a ferry in Turku on Friday.";
    let reading = pipeline::read(&schema, &Model::built_in(), Article::new("ferry.txt", text));
    for fact in &reading.facts {
        if let Fact::Event(fact) = fact {
            let who: Vec<&str> = fact.participants.iter().map(|part| part.entity.as_str()).collect();
            println!("{}: {} ({})", fact.event.event_type, fact.event.name, who.join(", "));
        }
    }
    Ok(())
}
