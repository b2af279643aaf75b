//! What is told on standard error: errors with their hints, notes, progress, the closing line.

use std::fmt::Display;
use std::io::{IsTerminal, Write};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rapporteur::Error;
use rapporteur::graph::{KnowledgeGraph, Node};

/// Speaks to the user beside the output.
pub struct Messages {
    quiet: bool,
    colored: bool,
}

impl Messages {
    pub fn new(quiet: bool) -> Messages {
        Messages { quiet, colored: is_colored(&std::io::stderr()) }
    }

    /// Tells what went wrong, and on a line of its own what to do about it.
    pub fn error(&self, error: &Error) {
        self.say("error", "31", error);
        if let Some(hint) = error.hint_text() {
            self.say("hint", "36", hint);
        }
    }

    /// Tells what the user may want to know; nothing when quiet.
    pub fn note(&self, note: impl Display) {
        if !self.quiet {
            self.say("note", "33", note);
        }
    }

    /// Tells what the articles of a graph left uncertain, each note after its file.
    pub fn notes_of(&self, graph: &KnowledgeGraph) {
        for node in graph.nodes() {
            let Node::Article(article) = node else { continue };
            let source = article.sources.first().map_or(article.id.as_str(), String::as_str);
            self.notes_of_article(source, &article.notes);
        }
    }

    /// Tells how it ended; nothing when quiet.
    pub fn closing(&self, line: impl Display) {
        if !self.quiet {
            write_line(format_args!("{line}"));
        }
    }

    /// A bar on the terminal; elsewhere, or when quiet, nothing.
    pub fn progress(&self, doing: &'static str, count: usize) -> ProgressBar {
        let shown = !self.quiet && std::io::stderr().is_terminal();
        let target = if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let style = ProgressStyle::with_template("{msg} {bar:32} {pos}/{len} {eta}").expect("a template");
        ProgressBar::with_draw_target(Some(count as u64), target).with_style(style).with_message(doing)
    }

    /// A bar of bytes, whose message tells what is done so far.
    pub fn progress_in_bytes(&self, doing: &'static str, bytes: u64) -> ProgressBar {
        let bar = self.progress(doing, 0);
        bar.set_length(bytes);
        bar.set_style(ProgressStyle::with_template("{bar:32} {percent:>3}% {eta:>4}  {msg}").expect("a template"));
        bar
    }

    /// Tells what one article left uncertain.
    pub fn notes_of_article<'n>(&self, source: &str, notes: impl IntoIterator<Item = &'n String>) {
        for note in notes {
            self.note(format_args!("{source}: {note}"));
        }
    }

    fn say(&self, label: &str, color: &str, text: impl Display) {
        // Names and headlines stand in messages too, and must not steer the terminal.
        let text: String = text.to_string().chars().filter(|c| !c.is_control()).collect();
        match self.colored {
            true => write_line(format_args!("\x1b[1;{color}m{label}\x1b[0m: {text}")),
            false => write_line(format_args!("{label}: {text}")),
        }
    }
}

/// Whether to color a stream: a terminal, and no wish against it (<https://no-color.org>).
pub fn is_colored(stream: &impl IsTerminal) -> bool {
    let unset = |name: &str| std::env::var_os(name).is_none_or(|value| value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    stream.is_terminal() && unset("NO_COLOR") && !dumb
}

fn write_line(line: impl Display) {
    // With standard error closed there is nobody left to tell.
    let _ = writeln!(std::io::stderr(), "{line}");
}
