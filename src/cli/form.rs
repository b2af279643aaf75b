//! The forms that a graph can be asked for by name: the formats of [`rapporteur::export`], and the page of
//! [`rapporteur::view`].

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use rapporteur::Result;
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
        Format::ALL.into_iter().map(Form::Data).chain([Form::Page])
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

    /// The form that a file's name asks for.
    pub fn of_file(file: &Path) -> Option<Form> {
        let ending = file.extension()?.to_str()?.to_lowercase();
        Form::all().find(|form| form.extension() == ending)
    }

    /// The names of its files in a folder.
    pub fn file_names(self) -> Vec<&'static str> {
        match self {
            Form::Data(format) => format.parts().iter().map(|part| part.file_name).collect(),
            Form::Page => vec![PAGE_FILE],
        }
    }

    /// Writes the graph as one stream.
    pub fn write(self, graph: &KnowledgeGraph, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Form::Data(format) => export::write(graph, format, &Options::default(), out),
            Form::Page => write_page(graph, out),
        }
    }

    /// Writes the files of this form into a folder, and tells which.
    pub fn write_into(self, graph: &KnowledgeGraph, folder: &Path) -> Result<Vec<PathBuf>> {
        let files: Vec<PathBuf> = self.file_names().into_iter().map(|name| folder.join(name)).collect();
        match self {
            Form::Page => output::to_file(&files[0], |out| write_page(graph, out))?,
            Form::Data(format) => {
                for (part, file) in format.parts().iter().zip(&files) {
                    output::to_file(file, |out| part.write(graph, &Options::default(), out))?;
                }
            }
        }
        Ok(files)
    }

    /// Whether one stream holds only a part of it: CSV is two tables.
    pub fn is_split(self) -> bool {
        self.file_names().len() > 1
    }
}

impl Choice {
    /// Reads the name of a form, or `all`.
    pub fn parser() -> impl TypedValueParser<Value = Choice> {
        let names = Form::all().map(Form::name).chain(["all"]);
        PossibleValuesParser::new(names).map(|name| named(&name).map_or(Choice::All, Choice::One))
    }

    /// The forms chosen, each once, in the order of [`Form::all`].
    pub fn forms(choices: &[Choice]) -> Vec<Form> {
        Form::all().filter(|form| choices.contains(&Choice::One(*form)) || choices.contains(&Choice::All)).collect()
    }
}

/// The form of a name.
pub fn named(name: &str) -> Option<Form> {
    Form::all().find(|form| form.name() == name)
}
