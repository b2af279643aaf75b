//! An answer as it is printed: a table for people, JSON or CSV for programs.
//!
//! Of CSV each row is a sentence that bears a part of the answer out: "Solheim met Kanté" of one article, and of another.

use std::io::{self, Write};

use clap::ValueEnum;
use rapporteur::Result;
use rapporteur::query::{Encounter, Happening, Named, Part, Passage, Statement};
use serde::Serialize;

use super::output;
use super::table::{self, Sheet};

/// The forms that answers come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Shape {
    /// For people
    Table,
    /// For programs, with all that is known
    Json,
    /// For spreadsheets: a row for each sentence of evidence
    Csv,
}

/// What can be printed in every [`Shape`]; its own serialization is the JSON.
pub trait Answer: Serialize {
    fn write_table(&self, sheet: Sheet, out: &mut dyn Write) -> io::Result<()>;

    fn cells(&self) -> Cells;
}

/// A table of plain text: names of columns, and rows as long as these.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cells {
    pub columns: Vec<&'static str>,
    pub rows: Vec<Vec<String>>,
}

/// Prints an answer to standard output.
pub fn print(answer: &impl Answer, shape: Shape) -> Result<()> {
    output::to_stdout(|out| match shape {
        Shape::Table => answer.write_table(Sheet::for_stdout(), out),
        Shape::Json => {
            serde_json::to_writer_pretty(&mut *out, answer)?;
            out.write_all(b"\n")
        }
        Shape::Csv => answer.cells().write_csv(out),
    })
}

impl Cells {
    pub fn write_csv(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut table = csv::Writer::from_writer(out);
        table.write_record(&self.columns)?;
        self.rows.iter().try_for_each(|row| table.write_record(row))?;
        table.flush()
    }

    /// The sentences of meetings, for each counterpart.
    pub fn of_meetings<'a, 'g: 'a>(meetings: impl IntoIterator<Item = &'a Encounter<'g>>) -> Cells {
        let rows = meetings.into_iter().flat_map(|Encounter { with, channel, meeting }| {
            let channel = channel.map(|channel| channel.name().to_owned()).unwrap_or_default();
            let own = [vec![with.id.to_owned(), with.name.clone(), channel], of_event(meeting)].concat();
            with_sentences(own, &meeting.evidence)
        });
        Cells { columns: columns(&["with_id", "with", "channel"], &EVENT), rows: rows.collect() }
    }

    /// The sentences of events.
    pub fn of_events<'a, 'g: 'a>(events: impl IntoIterator<Item = &'a Happening<'g>>) -> Cells {
        let rows = events.into_iter().flat_map(|event| with_sentences(of_event(event), &event.evidence));
        Cells { columns: columns(&[], &EVENT), rows: rows.collect() }
    }

    /// The sentences of claims.
    pub fn of_statements<'a, 'g: 'a>(statements: impl IntoIterator<Item = &'a Statement<'g>>) -> Cells {
        let rows = statements.into_iter().flat_map(|said| {
            let own = vec![
                said.id.to_owned(),
                ids(&said.speakers),
                said.speaker(),
                said.stance.to_string(),
                said.form.to_string(),
                said.cue.to_owned(),
                said.content.join(" … "),
                names(&said.addressees),
                names(&said.about),
                names(&said.denies),
            ];
            with_sentences(own, &said.evidence)
        });
        Cells { columns: columns(&[], &CLAIM), rows: rows.collect() }
    }

    /// Puts a column before the others, of one value in all rows.
    pub fn after(mut self, column: &'static str, value: &str) -> Cells {
        self.columns.insert(0, column);
        self.rows.iter_mut().for_each(|row| row.insert(0, value.to_owned()));
        self
    }

    /// Adds rows of the same columns.
    pub fn and(mut self, others: Cells) -> Cells {
        if self.columns.is_empty() {
            return others;
        }
        self.rows.extend(others.rows);
        self
    }
}

const EVENT: [&str; 12] = [
    "event",
    "type",
    "name",
    "start",
    "end",
    "date_inferred",
    "status",
    "score",
    "participants",
    "places",
    "occasion",
    "denied_by",
];

const CLAIM: [&str; 10] =
    ["claim", "speaker_ids", "speaker", "stance", "form", "cue", "content", "addressees", "about", "denies"];

const SENTENCE: [&str; 5] = ["sentence", "article", "headline", "published", "sources"];

fn columns(first: &[&'static str], own: &[&'static str]) -> Vec<&'static str> {
    [first, own, &SENTENCE].concat()
}

fn of_event(event: &Happening) -> Vec<String> {
    let day = |date: Option<rapporteur::base::Date>| date.map(|date| date.to_string()).unwrap_or_default();
    let who = |part: &Part| part.who.name.clone();
    let deniers: Vec<&str> = event.denied_by.iter().map(|denial| denial.speaker.as_str()).collect();
    vec![
        event.id.to_owned(),
        event.event_type.to_owned(),
        event.name.to_owned(),
        day(event.start),
        day(event.end),
        if event.date_inferred { "true".to_owned() } else { String::new() },
        event.status.to_string(),
        event.score.to_string(),
        event.participants.iter().map(who).collect::<Vec<_>>().join("; "),
        names(&event.places),
        event.occasion.as_ref().map(|whole| whole.name.clone()).unwrap_or_default(),
        deniers.join("; "),
    ]
}

/// A row for each sentence, one without any for what has none.
fn with_sentences(own: Vec<String>, evidence: &[Passage]) -> Vec<Vec<String>> {
    let row = |cells: [String; 5]| [own.clone(), cells.to_vec()].concat();
    if evidence.is_empty() {
        return vec![row(Default::default())];
    }
    let sentence = |told: &Passage| {
        let article = &told.article;
        let published = article.published.map(|day| day.to_string()).unwrap_or_default();
        let sources = article.sources.iter().cloned().collect::<Vec<_>>().join("; ");
        row([table::lines([told.text.to_owned()]), article.id.to_owned(), article.name.to_owned(), published, sources])
    };
    evidence.iter().map(sentence).collect()
}

fn names(nodes: &[Named]) -> String {
    nodes.iter().map(|node| node.name.as_str()).collect::<Vec<_>>().join("; ")
}

fn ids(nodes: &[Named]) -> String {
    nodes.iter().map(|node| node.id).collect::<Vec<_>>().join("; ")
}
