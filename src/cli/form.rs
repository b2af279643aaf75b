//! The forms that a graph can be asked for by name: the formats of [`rapporteur::export`], and the page of
//! [`rapporteur::view`].

use std::io::{self, Write};
use std::path::Path;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use rapporteur::Result;
use rapporteur::base::compression::Compression;
use rapporteur::export::{self, Format, Options};
use rapporteur::graph::KnowledgeGraph;
use rapporteur::view::write_page;

use super::output;

/// The file that the page has in the folder of an export.
const PAGE_FILE: &str = "graph.html";

/// A form that a graph can be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Data(Format),
    Page,
}

/// One or all of the forms, as typed after `--to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    One(Form),
    All,
}

impl Form {
    pub fn all() -> impl Iterator<Item = Form> {
        Format::all().map(Form::Data).chain([Form::Page])
    }

    pub fn name(self) -> &'static str {
        match self {
            Form::Data(format) => format.name(),
            Form::Page => "html",
        }
    }

    /// What file names end in, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Form::Data(format) => format.extension(),
            Form::Page => "html",
        }
    }

    /// The form that a file's name asks for: of `graph.ttl.gz` as of `graph.ttl`.
    pub fn of_file(file: &Path) -> Option<Form> {
        let plain = if Compression::of_file(file).is_some() { Path::new(file.file_stem()?) } else { file };
        let ending = plain.extension()?.to_str()?.to_lowercase();
        Form::all().find(|form| form.extension() == ending)
    }

    /// The names of its files and folders in the folder of an export.
    pub fn places(self) -> &'static [&'static str] {
        match self {
            Form::Data(format) => format.places(),
            Form::Page => &[PAGE_FILE],
        }
    }

    /// Writes the graph as one stream.
    pub fn write(self, graph: &KnowledgeGraph, options: &Options, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Form::Data(format) => export::write(graph, format, options, out),
            Form::Page => write_page(graph, out),
        }
    }

    /// Writes the files of this form into a folder.
    pub fn write_into(self, graph: &KnowledgeGraph, options: &Options, folder: &Path) -> Result<()> {
        match self {
            Form::Page => output::to_file(&folder.join(PAGE_FILE), |out| write_page(graph, out)),
            Form::Data(format) => format
                .parts(graph, options)
                .iter()
                .try_for_each(|part| output::to_file(&folder.join(&part.file_name), |out| part.write(out))),
        }
    }

    /// Whether one stream holds only a part of it: CSV is two tables.
    pub fn is_split(self) -> bool {
        matches!(self, Form::Data(format) if format.is_split())
    }

    /// Whether it can be one stream.
    pub fn has_stream(self) -> bool {
        !matches!(self, Form::Data(format) if !format.has_stream())
    }

    /// What it can be called on the command line: its name, and hidden its extension, media type and other names.
    pub fn possible_value(self) -> PossibleValue {
        let is_own = |name: &&str, format: Format| name.parse().is_ok_and(|other: Format| other == format);
        let others: Vec<&str> = match self {
            Form::Data(format) => format.names().skip(1).filter(|name| is_own(name, format)).collect(),
            Form::Page => Vec::new(),
        };
        PossibleValue::new(self.name()).aliases(others.into_iter().filter(|name| *name != self.name()))
    }
}

impl Choice {
    /// Reads what a form is called, or `all`.
    pub fn parser() -> impl TypedValueParser<Value = Choice> {
        let absent = Format::ABSENT.iter().map(|name| PossibleValue::new(*name).hide(true));
        let names = Form::all().map(Form::possible_value).chain([PossibleValue::new("all")]).chain(absent);
        PossibleValuesParser::new(names).try_map(|name| match named(&name) {
            Some(form) => Ok(Choice::One(form)),
            None if name == "all" => Ok(Choice::All),
            None => Err(refusal(&name)),
        })
    }

    /// The forms chosen, each once, in the order of [`Form::all`].
    pub fn forms(choices: &[Choice]) -> Vec<Form> {
        Form::all().filter(|form| choices.contains(&Choice::One(*form)) || choices.contains(&Choice::All)).collect()
    }
}

/// Why a name is that of no form; the parser prints nothing else.
fn refusal(name: &str) -> String {
    let error = name.parse::<Format>().expect_err("no form has the name");
    format!("{error}\nhint: {}", error.hint_text().unwrap_or_default())
}

/// The form of a name.
pub fn named(name: &str) -> Option<Form> {
    if name == Form::Page.name() { Some(Form::Page) } else { name.parse().ok().map(Form::Data) }
}
