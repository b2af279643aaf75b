//! `rapporteur export`: a graph into the formats of other programs.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ValueHint;
use rapporteur::graph::KnowledgeGraph;
use rapporteur::{Error, Result};

use super::form::{Choice, Form};
use super::messages::Messages;
use super::{input, output};

const EXAMPLES: &str = "\
Examples:
  rapporteur export graph/ --to turtle > graph.ttl
  rapporteur export graph/ --to csv --output tables/
  rapporteur export graph/ --to turtle,graphml,html --output exports/
  rapporteur read article.txt --format json | rapporteur export - --to ntriples";

/// Writes a graph in the formats of other programs
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// A graph's file or folder, as `build` made it; `-` is standard input
    #[arg(value_hint = ValueHint::AnyPath)]
    graph: PathBuf,

    /// The formats, with commas between them
    #[arg(short, long, required = true, value_name = "FORMAT", value_delimiter = ',', value_parser = Choice::parser())]
    to: Vec<Choice>,

    /// Writes to this file instead of standard output; of csv and of several formats, to this folder
    #[arg(short, long, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    output: Option<PathBuf>,
}

pub fn run(args: &Args, messages: &Messages) -> Result<ExitCode> {
    let forms = Choice::forms(&args.to);
    if forms.len() > 1 && args.output.is_none() {
        return Err(Error::new("several formats do not fit into one stream").hint("name a folder with `--output`"));
    }
    let graph = input::graph(&args.graph)?;
    write(&graph, &forms, args.output.as_deref(), messages)?;
    Ok(ExitCode::SUCCESS)
}

/// Writes a graph to standard output, a file or a folder, as the forms and the path ask.
pub fn write(graph: &KnowledgeGraph, forms: &[Form], path: Option<&Path>, messages: &Messages) -> Result<()> {
    match (path, forms) {
        (Some(folder), _) if wants_folder(folder, forms) => {
            for form in forms {
                form.write_into(graph, folder)?;
            }
            Ok(())
        }
        (file, [form]) => {
            if form.is_split() {
                let files = form.file_names().join(" and ");
                let name = form.name();
                messages
                    .note(format_args!("one stream of {name} has the edges alone; `--output FOLDER` writes {files}"));
            }
            output::write(file, |out| form.write(graph, out))
        }
        (_, _) => Err(Error::new("several formats do not fit into one file")
            .at(path.unwrap_or(Path::new("-")))
            .hint("name a folder with `--output`")),
    }
}

/// Whether the path is to be a folder: it is one, or ends in `/`, or what goes there is several files.
fn wants_folder(path: &Path, forms: &[Form]) -> bool {
    let is_named_as_file = path.is_file() || Form::of_file(path).is_some();
    let slash = path.as_os_str().as_encoded_bytes().ends_with(b"/");
    let is_several = forms.len() > 1 || forms.iter().any(|form| form.is_split());
    path.is_dir() || slash || (is_several && !is_named_as_file)
}
