//! Compression, told by the first bytes of a file and never by its name.

use std::io::{self, BufReader, Cursor, Read};

/// A readable stream.
pub type Stream = Box<dyn Read + Send>;

const BUFFER: usize = 128 << 10;

/// What else a file may be by its first bytes, and how to make it readable.
const FOREIGN: &[(&[u8], &str, &str)] = &[
    (b"\xfd7zXZ\0", "xz", "unpack it: xz -dc FILE | vnfacts extract -"),
    (b"BZh", "bzip2", "unpack it: bzip2 -dc FILE | vnfacts extract -"),
    (b"PK\x03\x04", "zip", "unpack it and give the folder"),
    (b"7z\xbc\xaf\x27\x1c", "7z", "unpack it and give the folder"),
    (b"PAR1", "Parquet", "turn it into JSON Lines"),
    (b"%PDF-", "PDF", "turn it into text: pdftotext"),
    (b"\xff\xfe", "UTF-16", "convert it: iconv -f UTF-16 -t UTF-8"),
    (b"\xfe\xff", "UTF-16", "convert it: iconv -f UTF-16 -t UTF-8"),
];

/// A stream made readable.
pub struct Opened {
    /// the bytes after decompression
    pub stream: Stream,
    /// `gzip`, `zstd`, or nothing for plain bytes
    pub compression: &'static str,
}

/// Decompresses `stream` if its first bytes say so: all members of gzip, all frames of zstd. The inner error names a
/// format that is not read, with what to do.
pub fn open(mut stream: Stream) -> io::Result<Result<Opened, (&'static str, &'static str)>> {
    let (head, error) = peek(&mut stream, 8);
    if let Some(error) = error {
        return Err(error);
    }
    if let Some(&(_, name, hint)) = FOREIGN.iter().find(|(magic, ..)| head.starts_with(magic)) {
        return Ok(Err((name, hint)));
    }
    let (gzip, zstd) = (head.starts_with(b"\x1f\x8b"), is_zstd(&head));
    let whole = Cursor::new(head).chain(stream);
    let buffered = |whole| BufReader::with_capacity(BUFFER, whole);
    Ok(Ok(match (gzip, zstd) {
        (true, _) => Opened {
            stream: Box::new(flate2::bufread::MultiGzDecoder::new(buffered(whole))),
            compression: "gzip",
        },
        (_, true) => Opened {
            stream: Box::new(zstd::stream::read::Decoder::with_buffer(buffered(whole))?),
            compression: "zstd",
        },
        _ => Opened { stream: Box::new(whole), compression: "" },
    }))
}

/// A frame, or one of the frames that are skipped.
fn is_zstd(head: &[u8]) -> bool {
    head.starts_with(b"\x28\xb5\x2f\xfd")
        || (head.len() >= 4 && (0x50..0x60).contains(&head[0]) && &head[1..4] == b"\x2a\x4d\x18")
}

/// The first bytes of a stream, as many as there are up to `count`, and the error that ended them before that.
pub fn peek(stream: &mut Stream, count: usize) -> (Vec<u8>, Option<io::Error>) {
    let mut head = Vec::with_capacity(count);
    let error = stream.take(count as u64).read_to_end(&mut head).err();
    (head, error)
}

/// A stream that gives a kept error, so that it is reported in its turn.
pub struct Failing(pub Option<io::Error>);

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}
