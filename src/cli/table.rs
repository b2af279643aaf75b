//! A graph as text for people: who, what happened, who said what, each with its sentence.

use std::collections::BTreeSet;
use std::io::{self, IsTerminal, Write};

use comfy_table::presets::NOTHING;
use comfy_table::{ColumnConstraint, ContentArrangement, Table, Width};
use rapporteur::base::Period;
use rapporteur::extract::{Form, Status};
use rapporteur::graph::{ArticleNode, KnowledgeGraph, Node};
use rapporteur::query::{
    Denial, Happening, Named, Part, Passage, Profile, Statement, Tie, profiles, what_happened, who_said,
};
use rapporteur::schema::EntityKind;

use super::messages::is_colored;

/// Columns of a page where no terminal tells its own.
const PAGE: u16 = 80;

/// Columns beyond which lines tire the eye.
const WIDEST: u16 = 110;

/// Columns of what stands at the left: a date with days, a type of event.
const LEFT: u16 = 12;

/// What stands at the left, and the lines at the right.
pub type Row = [String; 2];

/// Whether rows stand close or an empty line follows each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spacing {
    Close,
    Wide,
}

/// The paper: its width, and whether it can show bold.
#[derive(Clone, Copy, Debug)]
pub struct Sheet {
    width: u16,
    bold: bool,
}

/// Writes all that the articles of a graph say; made for a graph of one.
pub fn write(graph: &KnowledgeGraph, sheet: Sheet, out: &mut dyn Write) -> io::Result<()> {
    for node in graph.nodes() {
        if let Node::Article(article) = node {
            head(article, sheet, out)?;
        }
    }
    let named = profiles(graph).iter().map(named).collect::<Vec<_>>();
    let happened = what_happened(graph).iter().map(event).collect::<Vec<_>>();
    let said = who_said(graph, None).iter().map(claim).collect::<Vec<_>>();
    section("PEOPLE, COUNTRIES, ORGANIZATIONS, PLACES", &named, Spacing::Close, sheet, out)?;
    section("WHAT HAPPENED", &happened, Spacing::Wide, sheet, out)?;
    section("WHO SAID WHAT", &said, Spacing::Wide, sheet, out)
}

fn head(article: &ArticleNode, sheet: Sheet, out: &mut dyn Write) -> io::Result<()> {
    sheet.heading(if article.name.is_empty() { "Untitled" } else { &article.name }, out)?;
    let date = article.published.map(|date| date.to_string()).unwrap_or_else(|| "no date".to_owned());
    let sources = article.sources.iter().cloned().collect::<Vec<_>>().join(", ");
    let address = article.url.clone().unwrap_or_default();
    sheet.paragraph(&facts([date, sources, address]), out)?;
    for note in &article.notes {
        sheet.paragraph(&format!("note: {note}"), out)?;
    }
    writeln!(out)
}

fn section(title: &str, rows: &[Row], spacing: Spacing, sheet: Sheet, out: &mut dyn Write) -> io::Result<()> {
    sheet.heading(title, out)?;
    if rows.is_empty() {
        return writeln!(out, "none found\n");
    }
    sheet.rows(rows, spacing, out)?;
    if spacing == Spacing::Close { writeln!(out) } else { Ok(()) }
}

fn named(profile: &Profile) -> Row {
    let ties = profile.offices.iter().chain(&profile.affiliations).map(tie);
    let aliases = profile.aliases.iter().cloned().collect::<Vec<_>>().join(", ");
    let also = if aliases.is_empty() { aliases } else { format!("also {aliases}") };
    let first = [profile.name.to_owned()].into_iter().chain(ties).collect::<Vec<_>>().join("; ");
    let kind = match profile.kind {
        // The whole word is wider than the column.
        EntityKind::Organization => "body".to_owned(),
        kind => kind.to_string(),
    };
    [kind, lines([first, also])]
}

pub fn tie(tie: &Tie) -> String {
    let former = if tie.former { "former " } else { "" };
    let of = tie.of.as_ref().map(|of| format!(" ({})", of.name)).unwrap_or_default();
    format!("{former}{}{of}", tie.title)
}

fn event(event: &Happening) -> Row {
    let head = what(event, when_known(event));
    let evidence = event.evidence.iter().map(quote);
    [event.event_type.to_owned(), lines(head.into_iter().chain(evidence).chain(denials(&event.denied_by)))]
}

/// An event under its date: what, who, where, how sure that is, and the sentences with their articles.
pub fn event_lines(event: &Happening) -> Vec<String> {
    what(event, event.event_type.to_owned()).into_iter().chain([sureness(event)]).chain(told(event)).collect()
}

/// What happened, to whom, and the facts after the first.
fn what(event: &Happening, first: String) -> [String; 3] {
    // A headline made of the participants names them already.
    let unnamed = event.participants.iter().any(|part| !participant_is_in(part, event.name));
    let who = event.participants.iter().map(participant).collect::<Vec<_>>().join(", ");
    let facts = with_status(facts([first, places(event), occasion(event)]), event.status);
    [event.name.to_owned(), if unnamed { who } else { String::new() }, facts]
}

/// The day or days of an event; what stands there where no article tells.
pub fn when(event: &Happening) -> String {
    event.period().map_or("no date".to_owned(), |_| when_known(event))
}

fn when_known(event: &Happening) -> String {
    let inferred = if event.date_inferred { " (inferred)" } else { "" };
    let told = |period: Period| period.to_string().replace('/', " to ") + inferred;
    event.period().map(told).unwrap_or_default()
}

/// How far the finding can be trusted, and how many articles bear it out.
pub fn sureness(event: &Happening) -> String {
    let told: BTreeSet<&str> = event.evidence.iter().map(|passage| passage.article.id).collect();
    format!("{:.0} % sure, {}", event.score * 100.0, articles(told.len()))
}

pub fn articles(count: usize) -> String {
    format!("{count} {}", if count == 1 { "article" } else { "articles" })
}

/// The sentences that tell of an event, after those of each article its source, then the denials.
pub fn told(event: &Happening) -> Vec<String> {
    sourced(&event.evidence).into_iter().chain(denials(&event.denied_by)).collect()
}

fn sourced(evidence: &[Passage]) -> Vec<String> {
    let of_article = |told: &[Passage]| told.iter().map(quote).chain([source(&told[0])]).collect::<Vec<_>>();
    evidence.chunk_by(|a, b| a.article.id == b.article.id).flat_map(of_article).collect()
}

fn participant_is_in(part: &Part, headline: &str) -> bool {
    headline.contains(&part.who.name) && participant(part) == part.who.name
}

fn participant(part: &Part) -> String {
    match part.role {
        None | Some("participant") => part.who.name.clone(),
        Some(role) => format!("{} ({role})", part.who.name),
    }
}

pub fn claim(claim: &Statement) -> Row {
    let evidence = claim.evidence.iter().map(quote);
    let told = said(claim).into_iter().chain(evidence).chain(denials(&claim.denied_by));
    [claim.stance.to_string(), lines(told)]
}

/// A claim with the articles of its sentences.
pub fn sourced_claim(claim: &Statement) -> Row {
    let told = said(claim).into_iter().chain(sourced(&claim.evidence)).chain(denials(&claim.denied_by));
    [claim.stance.to_string(), lines(told)]
}

fn said(claim: &Statement) -> [String; 3] {
    let speaker = if claim.speaker().is_empty() { "unnamed source".to_owned() } else { claim.speaker() };
    let cue = if claim.cue.is_empty() { String::new() } else { format!(" [{}]", claim.cue) };
    let content = claim.content.join(" … ");
    let content = if claim.form == Form::Direct { in_quotes(&content) } else { content };
    [format!("{speaker}{cue}: {content}"), labelled("about", &claim.about), labelled("against", &claim.denies)]
}

fn labelled(label: &str, nodes: &[Named]) -> String {
    match nodes.is_empty() {
        true => String::new(),
        false => format!("{label}: {}", nodes.iter().map(|node| node.name.as_str()).collect::<Vec<_>>().join(", ")),
    }
}

pub fn places(event: &Happening) -> String {
    event.places.iter().map(|place| place.name.as_str()).collect::<Vec<_>>().join(", ")
}

pub fn occasion(event: &Happening) -> String {
    event.occasion.as_ref().map(|whole| format!("part of {}", whole.name)).unwrap_or_default()
}

/// Joins what is known with dots between.
pub fn facts<const N: usize>(parts: [String; N]) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// Adds the status where it is not that the event took place.
pub fn with_status(facts_known: String, status: Status) -> String {
    match status {
        Status::Happened => facts_known,
        status => facts([facts_known, status.to_string().to_uppercase()]),
    }
}

fn denials(denials: &[Denial]) -> Vec<String> {
    let text = |denial: &Denial| {
        let quotes: Vec<String> = denial.evidence.iter().map(quote).collect();
        let speaker = if denial.speaker.is_empty() { "an unnamed source" } else { &denial.speaker };
        format!("denied by {speaker}: {}", quotes.join(" "))
    };
    denials.iter().map(text).collect()
}

fn quote(passage: &Passage) -> String {
    in_quotes(passage.text.trim())
}

/// Puts quotation marks around words that do not begin with one.
fn in_quotes(words: &str) -> String {
    if words.starts_with(['“', '"', '‘']) { words.to_owned() } else { format!("“{words}”") }
}

/// The article of a passage: `— headline, date (file)`.
fn source(passage: &Passage) -> String {
    let article = &passage.article;
    let files = article.sources.iter().cloned().collect::<Vec<_>>().join(", ");
    let title = if article.name.is_empty() { article.url.unwrap_or("untitled") } else { article.name };
    let date = article.published.map(|date| format!(", {date}")).unwrap_or_default();
    format!("— {title}{date}{}", if files.is_empty() { String::new() } else { format!(" ({files})") })
}

/// Joins what is not empty, each on a line of its own, its own line ends and control characters gone.
pub fn lines(parts: impl IntoIterator<Item = String>) -> String {
    parts.into_iter().map(|part| clean(&part)).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

/// One line of harmless text: an article must not move the cursor, nor turn the direction of what follows.
fn clean(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    let turns = |c: &char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}');
    words.collect::<Vec<_>>().join(" ").chars().filter(|c| !turns(c)).collect()
}

impl Sheet {
    /// As wide as the terminal, within reason.
    pub fn for_stdout() -> Sheet {
        let stdout = io::stdout();
        // Some terminals know no width and tell zero.
        let told = if stdout.is_terminal() { Table::new().width().filter(|width| *width > 0) } else { None };
        let width = told.unwrap_or(PAGE);
        Sheet { width: width.clamp(40, WIDEST), bold: is_colored(&stdout) }
    }

    /// Eighty columns, nothing bold.
    pub fn plain() -> Sheet {
        Sheet { width: PAGE, bold: false }
    }

    pub fn heading(self, text: &str, out: &mut dyn Write) -> io::Result<()> {
        for line in self.wrapped(text) {
            match self.bold {
                true => writeln!(out, "\x1b[1m{line}\x1b[0m")?,
                false => writeln!(out, "{line}")?,
            }
        }
        Ok(())
    }

    pub fn paragraph(self, text: &str, out: &mut dyn Write) -> io::Result<()> {
        self.wrapped(text).iter().try_for_each(|line| writeln!(out, "{line}"))
    }

    /// Two columns.
    pub fn rows(self, rows: &[Row], spacing: Spacing, out: &mut dyn Write) -> io::Result<()> {
        for row in rows {
            let mut table = self.table();
            table.add_row(row);
            let left = ColumnConstraint::Absolute(Width::Fixed(LEFT));
            table.set_constraints([left]);
            table.column_mut(0).expect("the column just added").set_padding((0, 1));
            table.column_mut(1).expect("the column just added").set_padding((0, 0));
            let gap = if spacing == Spacing::Wide { "\n" } else { "" };
            writeln!(out, "{}{gap}", table.trim_fmt())?;
        }
        Ok(())
    }

    /// A table with a heading, as wide as its cells need, within the page.
    pub fn grid(self, columns: &[String], rows: &[Vec<String>], out: &mut dyn Write) -> io::Result<()> {
        let mut table = self.table();
        table.set_header(columns.iter().map(|name| clean(name)));
        table.add_rows(rows.iter().map(|row| row.iter().map(|cell| clean(cell))));
        for column in table.column_iter_mut() {
            column.set_padding((0, 1));
        }
        writeln!(out, "{}", table.trim_fmt())
    }

    fn wrapped(self, text: &str) -> Vec<String> {
        let mut table = self.table();
        table.add_row([clean(text)]);
        table.column_mut(0).expect("the column just added").set_padding((0, 0));
        table.trim_fmt().lines().map(str::to_owned).collect()
    }

    fn table(self) -> Table {
        let mut table = Table::new();
        table.load_style(NOTHING).set_content_arrangement(ContentArrangement::Dynamic).set_width(self.width);
        table
    }
}

#[cfg(test)]
#[path = "../../tests/newsroom/mod.rs"]
mod newsroom;

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(graph: &KnowledgeGraph) -> String {
        let mut out = Vec::new();
        write(graph, Sheet::plain(), &mut out).expect("memory takes all");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn the_table_tells_who_what_and_who_said_it() {
        let table = printed(&newsroom::graph());
        for told in [
            "\nperson      Åsa Lindqvist; prime minister (Norland)\n            also Ms Lindqvist, ",
            "\nmeet        Åsa Lindqvist met Daniel Okoro\n            2021-03-09 · Vevey · part of the lake summit\n",
            "\n            2021-05 · PLANNED\n            “Mr Okoro will receive",
            "\ndeny        Norland [denied]: its fleet had entered the strait\n            against: The fleet was",
            "\n            denied by Norland: “Norland denied",
        ] {
            assert!(table.contains(told), "{told:?} is not in\n{table}");
        }
        assert!(table.lines().all(|line| line.chars().count() <= usize::from(PAGE)), "{table}");
    }

    #[test]
    fn hostile_text_moves_no_cursor() {
        let table = printed(&newsroom::hostile_graph());
        assert!(table.contains("<script>alert(1)") && !table.contains('\u{1b}'), "{table}");
    }
}
