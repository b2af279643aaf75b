//! Compressed files, known by their names: gzip (`.gz`, RFC 1952) and Zstandard (`.zst`, RFC 8878).

use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;
use flate2::write::GzEncoder;
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

/// How a file is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compression {
    Gzip,
    Zstandard,
}

/// How many bytes each frame of Zstandard holds: few enough to keep in memory, enough to compress well.
const FRAME: usize = 1 << 20;

impl Compression {
    /// What the file's name asks for, in any case.
    pub fn of_file(file: &Path) -> Option<Compression> {
        match file.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "gz" => Some(Compression::Gzip),
            "zst" => Some(Compression::Zstandard),
            _ => None,
        }
    }

    /// Compresses what `write` writes.
    ///
    /// # Errors
    /// Those of either writer.
    pub fn write(self, out: &mut dyn Write, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
        match self {
            Compression::Gzip => {
                let mut gzip = GzEncoder::new(out, flate2::Compression::default());
                write(&mut gzip)?;
                gzip.finish().map(drop)
            }
            Compression::Zstandard => {
                let mut frames = Frames { out, held: Vec::with_capacity(FRAME), any: false };
                write(&mut frames)?;
                frames.finish()
            }
        }
    }
}

/// Reads a file that may be compressed: its first bytes tell.
///
/// # Errors
/// Those of the reader; a compressed file that is none.
pub fn decompressed<'r>(input: impl Read + Send + 'r) -> io::Result<Box<dyn Read + Send + 'r>> {
    let mut input = BufReader::new(input);
    Ok(match input.fill_buf()? {
        [0x1f, 0x8b, ..] => Box::new(MultiGzDecoder::new(input)),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Box::new(FramesIn { frame: None, input }),
        _ => Box::new(input),
    })
}

/// Writes frame after frame, which is a file of Zstandard too.
struct Frames<'w> {
    out: &'w mut dyn Write,
    held: Vec<u8>,
    any: bool,
}

impl Frames<'_> {
    fn write_frame(&mut self) -> io::Result<()> {
        self.any = true;
        self.out.write_all(&compress_to_vec(self.held.as_slice(), CompressionLevel::Fastest))?;
        self.held.clear();
        Ok(())
    }

    fn finish(mut self) -> io::Result<()> {
        if self.held.is_empty() && self.any { Ok(()) } else { self.write_frame() }
    }
}

impl Write for Frames<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = bytes.len().min(FRAME - self.held.len());
        self.held.extend_from_slice(&bytes[..taken]);
        if self.held.len() == FRAME {
            self.write_frame()?;
        }
        Ok(taken)
    }

    /// A frame is written when it is full, not before.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Reads frame after frame.
struct FramesIn<R> {
    input: R,
    frame: Option<FrameDecoder>,
}

impl<R: BufRead> Read for FramesIn<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let frame = match &mut self.frame {
                Some(frame) => frame,
                None if self.input.fill_buf()?.is_empty() => return Ok(0),
                none => {
                    let mut frame = FrameDecoder::new();
                    frame.init(&mut self.input).map_err(io::Error::other)?;
                    none.insert(frame)
                }
            };
            while !frame.is_finished() && frame.can_collect() < buffer.len() {
                let enough = BlockDecodingStrategy::UptoBytes(buffer.len() - frame.can_collect());
                frame.decode_blocks(&mut self.input, enough).map_err(io::Error::other)?;
            }
            match frame.read(buffer)? {
                0 if !buffer.is_empty() => self.frame = None,
                read => return Ok(read),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_compressed_reads_back_the_same() {
        let long: Vec<u8> = (0..3 * FRAME as u32).map(|i| (i.wrapping_mul(i) >> 11) as u8).collect();
        for bytes in [&b""[..], b"Ana met Ben.", &long[..FRAME], &long] {
            for compression in [Compression::Gzip, Compression::Zstandard] {
                let mut packed = Vec::new();
                compression.write(&mut packed, |out| out.write_all(bytes)).expect("a vector takes all");
                let mut read = Vec::new();
                decompressed(packed.as_slice()).expect("a head").read_to_end(&mut read).expect("a whole file");
                assert!(read == bytes, "{compression:?} of {} bytes", bytes.len());
            }
        }
    }

    #[test]
    fn what_is_not_compressed_reads_as_it_is() {
        let mut read = String::new();
        decompressed(&b"Ana met Ben."[..]).expect("a head").read_to_string(&mut read).expect("a text");
        assert_eq!(read, "Ana met Ben.");
    }
}
