//! `rapporteur analyze`: who is central among those who met, and who hangs together with whom.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{ValueEnum, ValueHint};
use rapporteur::analyze::{
    self, Centrality, Network, Scope, Window, attendance, bridges, centralities, communities, components, modularity,
};
use rapporteur::extract::Status;
use rapporteur::graph::{Edge, EdgeType, KnowledgeGraph};
use rapporteur::{Error, Result};
use serde_json::{Map, Value, json};

use super::messages::Messages;
use super::table::Sheet;
use super::{input, output, select};

const EXAMPLES: &str = "\
Examples:
  rapporteur analyze graph/
  rapporteur analyze graph/ --measure betweenness --top 10
  rapporteur analyze graph/ --measure communities --view actors --format json
  rapporteur analyze graph/ --measure pagerank --window year --top 3
  rapporteur analyze graph/ --measure attendance --format csv > together.csv";

/// Rows of a table where nothing is said: what a screen shows.
const ROWS: usize = 20;

/// Measures who is central, which groups there are, and what holds them together
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// A graph's file or folder, as `build` made it; `-` is standard input
    #[arg(value_hint = ValueHint::AnyPath)]
    graph: PathBuf,

    /// What is measured; the table of centralities is sorted by it
    #[arg(short, long, default_value = "pagerank")]
    measure: Measure,

    /// Persons who met; or these with countries and organizations, offices and ties
    #[arg(long, default_value = "people")]
    view: View,

    /// Only meetings and events that took place, are planned, are denied, or are uncertain
    #[arg(long = "status", value_name = "STATUS", value_delimiter = ',', default_value = "happened", value_parser = select::status())]
    statuses: Vec<Status>,

    /// Centralities for each month, quarter or year by itself
    #[arg(long)]
    window: Option<Span>,

    /// The most rows, of each window; 0 is all [default: 20 of a table, else all]
    #[arg(long, value_name = "N")]
    top: Option<usize>,

    /// `table` is for people, `json` and `csv` for programs
    #[arg(short, long, default_value = "table")]
    format: Shape,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Measure {
    /// With how many one met
    Degree,
    /// How often one met
    Meetings,
    /// Who met those who met many
    Pagerank,
    /// Who lies between others
    Betweenness,
    /// Who is few steps from all
    Closeness,
    /// Parts that no tie joins
    Components,
    /// Those who met one another more than others (Louvain)
    Communities,
    /// Ties without which two parts fall apart
    Bridges,
    /// Who attended the same events
    Attendance,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum View {
    People,
    Actors,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Span {
    Month,
    Quarter,
    Year,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shape {
    Table,
    Json,
    Csv,
}

/// What was measured: columns by name and rows of cells.
struct Report {
    columns: Vec<&'static str>,
    rows: Vec<Vec<Value>>,
    /// How many rows there were, before `--top`.
    of: usize,
    /// Of communities.
    modularity: Option<f64>,
}

pub fn run(args: &Args, messages: &Messages) -> Result<ExitCode> {
    if args.window.is_some() && !args.measure.is_centrality() {
        return Err(Error::new("`--window` goes with a centrality")
            .hint("ask for degree, meetings, pagerank, betweenness or closeness"));
    }
    let graph = input::graph(&args.graph)?;
    let report = args.measured(&graph, messages);
    output::to_stdout(|out| match args.format {
        Shape::Json => args.write_json(&report, out),
        Shape::Csv => report.write_csv(out),
        Shape::Table => report.write_table(Sheet::for_stdout(), out),
    })?;
    if report.rows.len() < report.of {
        messages.closing(format_args!("{} of {} rows; --top 0 shows all", report.rows.len(), report.of));
    }
    Ok(ExitCode::SUCCESS)
}

impl Args {
    fn measured(&self, graph: &KnowledgeGraph, messages: &Messages) -> Report {
        let scope = match self.view {
            View::People => Scope::People,
            View::Actors => Scope::Actors,
        };
        let network = |keep: &dyn Fn(&Edge) -> bool| Network::of(graph, scope, |edge| self.keeps(edge) && keep(edge));
        match (self.measure, self.window) {
            (Measure::Components, _) => {
                let network = network(&|_| true);
                groups(graph, &network, &components(&network), None, self.top())
            }
            (Measure::Communities, _) => {
                let network = network(&|_| true);
                let found = communities(&network);
                groups(graph, &network, &found, Some(modularity(&network, &found)), self.top())
            }
            (Measure::Bridges, _) => {
                let ends = bridges(&network(&|_| true));
                let row =
                    |(a, b): &(&str, &str)| vec![json!(a), json!(name(graph, a)), json!(b), json!(name(graph, b))];
                Report::new(["id", "name", "with_id", "with"], ends.iter().map(row), self.top())
            }
            (Measure::Attendance, _) => {
                let both = attendance(graph, scope, |event| self.statuses.contains(&event.status));
                let row = |both: &analyze::Attendance| {
                    let (a, b) = both.pair;
                    let events: Vec<String> = both.events.iter().map(|event| name(graph, event)).collect();
                    let count = both.events.len();
                    vec![json!(a), json!(name(graph, a)), json!(b), json!(name(graph, b)), json!(count), json!(events)]
                };
                let columns = ["id", "name", "with_id", "with", "count", "events"];
                Report::new(columns, both.iter().map(row), self.top())
            }
            (_, None) => self.centralities(graph, &network(&|_| true), self.top()),
            (_, Some(span)) => {
                let window = match span {
                    Span::Month => Window::Month,
                    Span::Quarter => Window::Quarter,
                    Span::Year => Window::Year,
                };
                let dated = |edge: &Edge| edge.start.or(edge.end).and_then(|date| window.of(date));
                let is_meeting = |edge: &&Edge| edge.edge_type == EdgeType::Met && self.keeps(edge);
                let undated = graph.edges().filter(is_meeting).filter(|edge| dated(edge).is_none()).count();
                if undated > 0 {
                    messages.note(format_args!("{undated} without a date as fine as the window left out"));
                }
                let mut whole = Report { columns: vec!["window"], rows: Vec::new(), of: 0, modularity: None };
                for name in analyze::windows(graph, window) {
                    let network = network(&|edge| dated(edge).as_ref() == Some(&name));
                    let part = self.centralities(graph, &network, self.top());
                    whole.of += part.of;
                    whole.columns.truncate(1);
                    whole.columns.extend(part.columns);
                    whole.rows.extend(part.rows.into_iter().map(|row| [vec![json!(name)], row].concat()));
                }
                whole
            }
        }
    }

    fn keeps(&self, edge: &Edge) -> bool {
        edge.status.is_none_or(|status| self.statuses.contains(&status))
    }

    /// How many rows; `None` is all.
    fn top(&self) -> Option<usize> {
        let default = if self.format == Shape::Table { ROWS } else { 0 };
        Some(self.top.unwrap_or(default)).filter(|top| *top > 0)
    }

    fn centralities(&self, graph: &KnowledgeGraph, network: &Network, top: Option<usize>) -> Report {
        let mut all: Vec<(&str, Centrality, usize)> = network
            .ids()
            .zip(centralities(network))
            .zip(communities(network))
            .map(|((id, centrality), community)| (id, centrality, community))
            .collect();
        // Stable: of equals the lower id comes first.
        all.sort_by(|(_, a, _), (_, b, _)| self.measure.of(b).total_cmp(&self.measure.of(a)));
        let row = |(id, of, community): &(&str, Centrality, usize)| {
            let Centrality { degree, meetings, page_rank, betweenness, closeness } = *of;
            let numbers = [json!(degree), json!(meetings), json!(page_rank), json!(betweenness), json!(closeness)];
            [vec![json!(id), json!(name(graph, id))], numbers.to_vec(), vec![json!(community)]].concat()
        };
        let columns = ["id", "name", "degree", "meetings", "pagerank", "betweenness", "closeness", "community"];
        Report::new(columns, all.iter().map(row), top)
    }

    fn write_json(&self, report: &Report, out: &mut dyn Write) -> io::Result<()> {
        let object = |row: &Vec<Value>| -> Map<String, Value> {
            report.columns.iter().map(|name| (*name).to_owned()).zip(row.iter().cloned()).collect()
        };
        let rows: Vec<Map<String, Value>> = report.rows.iter().map(object).collect();
        let mut whole =
            json!({ "measure": named(self.measure), "view": named(self.view), "of": report.of, "rows": rows });
        if let Some(modularity) = report.modularity {
            whole["modularity"] = json!(modularity);
        }
        serde_json::to_writer_pretty(&mut *out, &whole)?;
        out.write_all(b"\n")
    }
}

impl Measure {
    fn is_centrality(self) -> bool {
        !matches!(self, Measure::Components | Measure::Communities | Measure::Bridges | Measure::Attendance)
    }

    fn of(self, of: &Centrality) -> f64 {
        match self {
            Measure::Degree => of.degree as f64,
            Measure::Meetings => of.meetings,
            Measure::Betweenness => of.betweenness,
            Measure::Closeness => of.closeness,
            _ => of.page_rank,
        }
    }
}

/// A row for each member, group by group.
fn groups(
    graph: &KnowledgeGraph,
    network: &Network,
    found: &[usize],
    modularity: Option<f64>,
    top: Option<usize>,
) -> Report {
    let mut members: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
    network.ids().zip(found).for_each(|(id, group)| members.entry(*group).or_default().extend([id]));
    let row = |(group, ids): (&usize, &BTreeSet<&str>)| {
        let names: Vec<String> = ids.iter().map(|id| name(graph, id)).collect();
        vec![json!(group), json!(ids.len()), json!(ids), json!(names)]
    };
    Report { modularity, ..Report::new(["group", "size", "ids", "names"], members.iter().map(row), top) }
}

impl Report {
    fn new<const N: usize>(
        columns: [&'static str; N],
        rows: impl ExactSizeIterator<Item = Vec<Value>>,
        top: Option<usize>,
    ) -> Report {
        let of = rows.len();
        let rows = rows.take(top.unwrap_or(usize::MAX)).collect();
        Report { columns: columns.to_vec(), rows, of, modularity: None }
    }

    fn write_csv(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut table = csv::Writer::from_writer(out);
        table.write_record(&self.columns)?;
        for row in &self.rows {
            table.write_record(row.iter().map(|cell| text(cell, &Value::to_string)))?;
        }
        table.flush()
    }

    /// Names rather than ids, and four places of a number.
    fn write_table(&self, sheet: Sheet, out: &mut dyn Write) -> io::Result<()> {
        if self.rows.is_empty() {
            return sheet.paragraph("None found.", out);
        }
        let shown = |name: &str| !name.ends_with("id") && name != "ids";
        let columns: Vec<String> =
            self.columns.iter().filter(|name| shown(name)).map(|name| name.to_string()).collect();
        let rounded = |cell: &Value| match cell {
            Value::Number(number) if number.is_f64() => {
                let value = number.as_f64().unwrap_or_default();
                if value.fract() == 0.0 { format!("{value:.0}") } else { format!("{value:.4}") }
            }
            other => other.to_string(),
        };
        let cells = |row: &Vec<Value>| -> Vec<String> {
            let kept = row.iter().zip(&self.columns).filter(|(_, name)| shown(name));
            kept.map(|(cell, _)| text(cell, &rounded)).collect()
        };
        sheet.grid(&columns, &self.rows.iter().map(cells).collect::<Vec<_>>(), out)?;
        match self.modularity {
            Some(modularity) => sheet.paragraph(&format!("modularity {modularity:.4}"), out),
            None => Ok(()),
        }
    }
}

fn text(cell: &Value, number: &dyn Fn(&Value) -> String) -> String {
    match cell {
        Value::String(text) => text.clone(),
        Value::Array(cells) => cells.iter().map(|cell| text(cell, number)).collect::<Vec<_>>().join("; "),
        other => number(other),
    }
}

fn name(graph: &KnowledgeGraph, id: &str) -> String {
    graph.node(id).map_or_else(|| id.to_owned(), |node| node.label())
}

/// The name of a value on the command line.
fn named(value: impl ValueEnum) -> String {
    value.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}
