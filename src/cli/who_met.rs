//! `rapporteur who-met`: the meetings of a person, with the sentences that tell of them.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueHint;
use rapporteur::extract::Status;
use rapporteur::graph::{EdgeType, KnowledgeGraph};
use rapporteur::link::Entity;
use rapporteur::query::{Among, Channel, Encounter, MeetingFilter, find_all, find_person, who_met, within};
use rapporteur::{Error, Result};
use serde::Serialize;

use super::answer::{self, Answer, Cells, Shape};
use super::input;
use super::messages::Messages;
use super::select::{self, Dates};
use super::table::{self, Row, Sheet, Spacing};

const EXAMPLES: &str = "\
Examples:
  rapporteur who-met graph/ \"Vladimir Putin\"
  rapporteur who-met graph/ putin trump --since 2017-07 --until 2017-08
  rapporteur who-met graph/ merkel --at Hamburg --channel in-person
  rapporteur who-met graph/ erdogan --status planned --format json";

/// Tells whom a person met: when, where, on what occasion, how sure that is, and who says so
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

    #[command(flatten)]
    chosen: Chosen,

    /// How the answer is written
    #[arg(short, long, default_value = "table")]
    format: Shape,
}

/// Which meetings count.
#[derive(Clone, Debug, clap::Args)]
pub struct Chosen {
    #[command(flatten)]
    dates: Dates,

    /// Only meetings in this place or country, or on this occasion
    #[arg(long, value_name = "PLACE|EVENT", value_hint = ValueHint::Other)]
    at: Option<String>,

    /// Only meetings that took place, are planned, are denied, or are uncertain
    #[arg(long, value_parser = select::status())]
    status: Option<Status>,

    /// Only meetings in person, or only calls and the like
    #[arg(long, value_parser = select::channel())]
    channel: Option<Channel>,
}

pub fn run(args: &Args, messages: &Messages) -> Result<ExitCode> {
    let names: Vec<&str> = [args.person.as_str()].into_iter().chain(args.with.as_deref()).collect();
    // A place or an event may be one at which nobody of these met.
    let graph = match args.chosen.at {
        Some(_) => input::graph(&args.graph)?,
        None => input::graph_about(&args.graph, &names, Among::People, &[EdgeType::Met])?,
    };
    let person = find_person(&graph, &args.person)?;
    let with = args.with.as_deref().map(|name| find_person(&graph, name)).transpose()?;
    if with.is_some_and(|with| with.id == person.id) {
        return Err(Error::new(format!("both names are of one person, {}", person.name)).hint("name two people"));
    }
    let all = who_met(&graph, &person.id, with.map(|with| with.id.as_str()));
    let filter = args.chosen.filter(&graph)?;
    let otherwise = MeetingFilter { since: None, until: None, ..filter.clone() };
    let undated = |encounter: &&Encounter| encounter.meeting.period().is_none() && otherwise.keeps(encounter);
    args.chosen.dates.tell_undated(all.iter().filter(undated).count(), messages);
    let meetings: Vec<Encounter> = all.into_iter().filter(|encounter| filter.keeps(encounter)).collect();
    answer::print(&Meetings { person: Person::of(person), with: with.map(Person::of), meetings }, args.format)?;
    Ok(ExitCode::SUCCESS)
}

impl Chosen {
    /// What is chosen, in terms of a graph.
    ///
    /// # Errors
    /// A place or an event that the graph does not have.
    pub fn filter<'g>(&self, graph: &'g KnowledgeGraph) -> Result<MeetingFilter<'g>> {
        let Chosen { dates: Dates { since, until }, ref at, status, channel } = *self;
        let at = at.as_deref().map(|name| find_all(graph, name, Among::Scenes)).transpose()?;
        Ok(MeetingFilter { since, until, status, channel, at: at.map(|nodes| within(graph, &nodes)) })
    }
}

/// What is asked and what is answered.
#[derive(Serialize)]
struct Meetings<'g> {
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

impl Answer for Meetings<'_> {
    fn write_table(&self, sheet: Sheet, out: &mut dyn Write) -> io::Result<()> {
        let with = self.with.as_ref().map(|with| format!(" and {}", with.name)).unwrap_or_default();
        if self.meetings.is_empty() {
            return sheet.paragraph(&format!("No meetings of {}{with}.", self.person.name), out);
        }
        sheet.heading(&format!("MEETINGS OF {}{with}", self.person.name), out)?;
        sheet.rows(&rows(&self.meetings), Spacing::Wide, out)
    }

    fn cells(&self) -> Cells {
        Cells::of_meetings(&self.meetings).after("person", self.person.name).after("person_id", self.person.id)
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
    let facts = table::facts([channel.to_owned(), table::places(meeting), table::occasion(meeting)]);
    let first = [names.join(", "), table::with_status(facts, meeting.status), table::sureness(meeting)];
    [table::when(meeting), table::lines(first.into_iter().chain(table::told(meeting)))]
}
