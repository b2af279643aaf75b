//! `rapporteur who-met`: the meetings of a person, with the sentences that tell of them.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{ValueEnum, ValueHint};
use rapporteur::base::Date;
use rapporteur::extract::Status;
use rapporteur::link::Entity;
use rapporteur::query::{Channel, Encounter, MeetingFilter, find_person, who_met};
use rapporteur::{Error, Result};
use serde::Serialize;

use super::messages::Messages;
use super::table::{self, Row, Sheet, Spacing};
use super::{input, output};

const EXAMPLES: &str = "\
Examples:
  rapporteur who-met graph/ \"Vladimir Putin\"
  rapporteur who-met graph/ putin trump --since 2017-07 --until 2017-08
  rapporteur who-met graph/ erdogan --status planned --format json";

/// Tells whom a person met: when, where, on what occasion, and who says so
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// A graph's file or folder, as `build` made it; `-` is standard input
    #[arg(value_hint = ValueHint::AnyPath)]
    graph: PathBuf,

    /// A name, a last name, an alias or an id; case and accents do not matter
    #[arg(value_hint = ValueHint::Other)]
    person: String,

    /// Only the meetings with this one
    #[arg(value_name = "PERSON", value_hint = ValueHint::Other)]
    with: Option<String>,

    /// Only meetings from this date on: a year, a month (2017-07) or a day (2017-07-07)
    #[arg(long, value_name = "DATE")]
    since: Option<Date>,

    /// Only meetings up to the end of this date
    #[arg(long, value_name = "DATE")]
    until: Option<Date>,

    /// Only meetings that took place, are planned, are denied, or are uncertain
    #[arg(long, value_parser = status())]
    status: Option<Status>,

    /// Only meetings in person, or only calls and the like
    #[arg(long, value_parser = channel())]
    channel: Option<Channel>,

    /// `table` is for people, `json` for programs
    #[arg(short, long, default_value = "table")]
    format: Shape,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shape {
    Table,
    Json,
}

pub fn run(args: &Args, messages: &Messages) -> Result<ExitCode> {
    let graph = input::graph(&args.graph)?;
    let person = find_person(&graph, &args.person)?;
    let with = args.with.as_deref().map(|name| find_person(&graph, name)).transpose()?;
    if with.is_some_and(|with| with.id == person.id) {
        return Err(Error::new(format!("both names are of one person, {}", person.name)).hint("name two people"));
    }
    let all = who_met(&graph, &person.id, with.map(|with| with.id.as_str()));
    let filter = args.filter();
    tell_undated(&all, filter, messages);
    let meetings: Vec<Encounter> = all.into_iter().filter(|encounter| filter.keeps(encounter)).collect();
    let answer = Answer { person: Person::of(person), with: with.map(Person::of), meetings };
    output::to_stdout(|out| match args.format {
        Shape::Json => answer.write_json(out),
        Shape::Table => answer.write_table(Sheet::for_stdout(), out),
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Tells how many meetings are left out only because no article dates them.
fn tell_undated(all: &[Encounter], filter: MeetingFilter, messages: &Messages) {
    let otherwise = MeetingFilter { since: None, until: None, ..filter };
    let undated = |encounter: &&Encounter| encounter.meeting.period().is_none() && otherwise.keeps(encounter);
    let count = all.iter().filter(undated).count();
    if filter.asks_for_a_date() && count > 0 {
        messages.note(format_args!("{count} without a date left out"));
    }
}

/// What is asked and what is answered.
#[derive(Serialize)]
struct Answer<'g> {
    person: Person<'g>,
    #[serde(skip_serializing_if = "Option::is_none")]
    with: Option<Person<'g>>,
    meetings: Vec<Encounter<'g>>,
}

#[derive(Serialize)]
struct Person<'g> {
    id: &'g str,
    name: &'g str,
}

impl<'g> Person<'g> {
    fn of(entity: &'g Entity) -> Person<'g> {
        Person { id: &entity.id, name: &entity.name }
    }
}

impl Answer<'_> {
    fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut *out, self)?;
        out.write_all(b"\n")
    }

    fn write_table(&self, sheet: Sheet, out: &mut dyn Write) -> io::Result<()> {
        let with = self.with.as_ref().map(|with| format!(" and {}", with.name)).unwrap_or_default();
        if self.meetings.is_empty() {
            return sheet.paragraph(&format!("No meetings of {}{with}.", self.person.name), out);
        }
        sheet.heading(&format!("MEETINGS OF {}{with}", self.person.name), out)?;
        sheet.rows(&rows(&self.meetings), Spacing::Wide, out)
    }
}

/// A row for each meeting; one of several is told once, with all of them.
pub fn rows(meetings: &[Encounter]) -> Vec<Row> {
    meetings.chunk_by(|a, b| a.meeting.id == b.meeting.id).map(meeting).collect()
}

fn meeting(encounters: &[Encounter]) -> Row {
    let Encounter { channel, meeting, .. } = &encounters[0];
    let names: Vec<&str> = encounters.iter().map(|encounter| encounter.with.name.as_str()).collect();
    let channel = match channel {
        Some(Channel::InPerson) => "in person",
        Some(Channel::Remote) => "by call",
        None => "",
    };
    let when = meeting.period().map_or("no date".to_owned(), |period| period.to_string().replace('/', " to "));
    let facts = table::facts([channel.to_owned(), table::places(meeting), table::occasion(meeting)]);
    let mut lines = vec![names.join(", "), table::with_status(facts, meeting.status)];
    for told in meeting.evidence.chunk_by(|a, b| a.article.id == b.article.id) {
        lines.extend(told.iter().map(table::quote));
        lines.push(table::source(&told[0]));
    }
    lines.extend(table::denials(&meeting.denied_by));
    [when, table::lines(lines)]
}

impl Args {
    fn filter(&self) -> MeetingFilter {
        let Args { since, until, status, channel, .. } = *self;
        MeetingFilter { since, until, status, channel }
    }
}

/// Reads the name of a status.
pub fn status() -> impl TypedValueParser<Value = Status> {
    const ALL: [Status; 4] = [Status::Happened, Status::Planned, Status::Denied, Status::Uncertain];
    PossibleValuesParser::new(["happened", "planned", "denied", "uncertain"])
        .map(|name| ALL.into_iter().find(|status| status.to_string() == name).expect("a name from the list"))
}

fn channel() -> impl TypedValueParser<Value = Channel> {
    const ALL: [Channel; 2] = [Channel::InPerson, Channel::Remote];
    PossibleValuesParser::new(ALL.map(Channel::name))
        .map(|name| ALL.into_iter().find(|channel| channel.name() == name).expect("a name from the list"))
}
