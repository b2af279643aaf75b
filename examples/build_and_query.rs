//! Builds one graph of a folder of articles and asks it: `cargo run --release --example build_and_query -- FOLDER QUESTION`

use std::fs;

use rapporteur::ingest::{self, Options};
use rapporteur::nlp::Model;
use rapporteur::query::{self, Among, Matter, MeetingFilter, StatementFilter};
use rapporteur::schema::Schema;
use rapporteur::{Result, pipeline};

fn main() -> std::result::Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().unwrap_or("examples/articles".to_owned());
    let question = arguments.next().unwrap_or("Who met Solheim in Geneva?".to_owned());

    let (schema, model) = (Schema::built_in(), Model::built_in());
    let files = fs::read_dir(folder)?.collect::<std::io::Result<Vec<_>>>()?;
    let article = |file: &fs::DirEntry| {
        let name = file.path().display().to_string();
        let bytes = fs::read(file.path()).unwrap_or_default();
        ingest::article(&name, &bytes[..], &Options::default())
    };
    let articles = files.iter().map(article).collect::<Result<Vec<_>>>()?;
    let graph = pipeline::build(&schema, &model, articles, |_| {});

    // In English …
    let reply = query::ask(&schema, &model, &graph, &question)?;
    println!("{question} ({})", reply.read_as.join(" "));
    reply.answers.iter().for_each(|answer| println!("  {answer}"));

    // … and with the queries themselves.
    let person = query::find_person(&graph, "solheim")?;
    let at = query::within(&graph, &query::find_all(&graph, "Geneva", Among::Scenes)?);
    let filter = MeetingFilter { at: Some(at), ..MeetingFilter::default() };
    for met in query::who_met(&graph, &person.id, None).iter().filter(|met| filter.keeps(met)) {
        println!("{} met {} in Geneva, {:.0} % sure", person.name, met.with.name, met.meeting.score * 100.0);
    }
    let about = Some(Matter::named(&graph, "the contract"));
    let filter = StatementFilter { about, ..StatementFilter::default() };
    for said in query::who_said(&graph, None).iter().filter(|said| filter.keeps(said)) {
        println!("{} on the contract: {}", said.speaker(), said.content.join(" … "));
    }
    Ok(())
}
