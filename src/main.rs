//! The program `rapporteur`: the command line around the library.

mod cli;

fn main() -> std::process::ExitCode {
    cli::run()
}
