//! Where answers go: standard output, a file, the files of a folder; and whose files may be overwritten.

use std::fs::{self, File};
use std::io::{self, BufWriter, ErrorKind, Read, Write};
use std::path::Path;

use rapporteur::base::compression::{Compression, decompressed};
use rapporteur::error::{Error, Result, WithFile};
use rapporteur::graph::store;

/// How many bytes at the start of a file tell whether this program made it.
const HEAD: u64 = 4096;

/// Writes to a file where one is named, else to standard output, as `-` is too.
pub fn write(file: Option<&Path>, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
    match file_of(file) {
        Some(file) => to_file(file, write),
        None => to_stdout(write),
    }
}

/// The file or folder that is named; `-` is standard output.
pub fn file_of(path: Option<&Path>) -> Option<&Path> {
    path.filter(|path| path.as_os_str() != "-")
}

/// Writes to standard output. A reader that has seen enough (`| head`) is no failure.
pub fn to_stdout(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(Error::new("cannot write to standard output").because(error)),
        Ok(()) => Ok(()),
    }
}

/// Writes a file, whole or not at all, compressed where its name says so; a device or a pipe is written as it is.
pub fn to_file(file: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
    let write = |out: &mut dyn Write| match Compression::of_file(file) {
        Some(compression) => compression.write(out, write),
        None => write(out),
    };
    let hint = |error: Error| error.hint("name another file, in a folder that you may write to");
    match fs::metadata(file) {
        Ok(about) if about.is_dir() => Err(hint(Error::new("a folder, not a file").at(file))),
        // Renamed over, a device such as /dev/null would be gone.
        Ok(about) if !about.is_file() => to_device(file, write),
        // Of a symbolic link the file behind it is replaced.
        Ok(_) => store::write_whole(&fs::canonicalize(file).with_file("write", file)?, write).map_err(hint),
        Err(_) => store::write_whole(file, write).map_err(hint),
    }
}

fn to_device(device: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
    let mut out = BufWriter::new(File::create(device).with_file("write", device)?);
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => result.with_file("write", device),
    }
}

/// Whether this program made the file: its first bytes name the generator.
pub fn is_ours(file: &Path) -> bool {
    let mut head = Vec::new();
    let read = File::open(file).and_then(decompressed).and_then(|input| input.take(HEAD).read_to_end(&mut head));
    let holds = |words: &[u8]| head.windows(words.len()).any(|window| window == words);
    read.is_ok() && holds(b"generator") && holds(concat!(env!("CARGO_PKG_NAME"), " ").as_bytes())
}

/// Refuses a file that is there and that this program did not make.
pub fn refuse_foreign(file: &Path) -> Result<()> {
    let special = fs::metadata(file).is_ok_and(|about| !about.is_file() && !about.is_dir());
    if !file.exists() || special || file.is_dir() || is_ours(file) {
        return Ok(());
    }
    Err(Error::new("there is a file of this name, and rapporteur did not make it")
        .at(file)
        .hint("choose another name, or remove the file first"))
}
