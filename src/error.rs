//! What went wrong, on which file and line, and what to do about it: one opaque error for the whole library.

use std::fmt;
use std::path::{Path, PathBuf};

/// The result of everything here that can fail: files, not texts.
pub type Result<T> = std::result::Result<T, Error>;

/// A failure: a message, a place in a file, a hint, and the causes beneath.
///
/// Lines and columns count from zero inside and from one on the screen. The message is lower case and has no full stop.
pub struct Error {
    message: String,
    place: Option<Place>,
    hint: Option<String>,
    cause: Option<Box<dyn std::error::Error + Send + Sync>>,
}

struct Place {
    file: PathBuf,
    line: Option<usize>,
    column: Option<usize>,
}

impl Error {
    pub fn new(message: impl Into<String>) -> Error {
        Error { message: message.into(), place: None, hint: None, cause: None }
    }

    /// Names the file that was being read or written.
    pub fn at(mut self, file: impl AsRef<Path>) -> Error {
        self.place = Some(Place { file: file.as_ref().to_owned(), line: None, column: None });
        self
    }

    /// Names file, line and column (from zero).
    pub fn at_line(mut self, file: impl AsRef<Path>, line: usize, column: Option<usize>) -> Error {
        self.place = Some(Place { file: file.as_ref().to_owned(), line: Some(line), column });
        self
    }

    /// Adds what the user can do.
    pub fn hint(mut self, hint: impl Into<String>) -> Error {
        self.hint = Some(hint.into());
        self
    }

    pub fn because(mut self, cause: impl std::error::Error + Send + Sync + 'static) -> Error {
        self.cause = Some(Box::new(cause));
        self
    }

    /// What the user can do, where something is known.
    pub fn hint_text(&self) -> Option<&str> {
        self.hint.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            write!(f, "{}:", place.file.display())?;
            if let Some(line) = place.line {
                write!(f, "{}:", line + 1)?;
            }
            if let Some(column) = place.column {
                write!(f, "{}:", column + 1)?;
            }
            write!(f, " ")?;
        }
        write!(f, "{}", self.message)?;
        let mut cause = self.cause.as_ref().map(|cause| cause.as_ref() as &dyn std::error::Error);
        while let Some(error) = cause {
            write!(f, ": {error}")?;
            cause = error.source();
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")?;
        self.hint.as_ref().map_or(Ok(()), |hint| write!(f, " (hint: {hint})"))
    }
}

impl std::error::Error for Error {}

/// Adds the file to an error of reading or writing it.
pub trait WithFile<T> {
    /// Says what was attempted on which file.
    fn with_file(self, attempted: &str, file: impl AsRef<Path>) -> Result<T>;
}

impl<T, E: std::error::Error + Send + Sync + 'static> WithFile<T> for std::result::Result<T, E> {
    fn with_file(self, attempted: &str, file: impl AsRef<Path>) -> Result<T> {
        self.map_err(|error| Error::new(format!("cannot {attempted}")).at(file).because(error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_place_message_and_cause() {
        let cause = std::io::Error::other("disk on fire");
        let error = Error::new("unknown role `suspct`").at_line("schema/events/meet.toml", 13, Some(8)).because(cause);
        assert_eq!(error.to_string(), "schema/events/meet.toml:14:9: unknown role `suspct`: disk on fire");
    }
}
