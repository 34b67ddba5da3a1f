//! Streams of bytes, and what can go wrong in them.

use super::fault::Problem;
use super::walk::cause;
use std::io::{self, Cursor, ErrorKind, Read};

/// A readable stream.
pub type Stream = Box<dyn Read + Send>;

/// Why a stream breaks off, carried through readers inside of an [`io::Error`].
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    /// what was packed cannot be unpacked
    #[error("{}", cause(.1))]
    Packed(&'static str, io::Error),
    /// more came out of a file than can be meant well: what, why, what to do
    #[error("{0}")]
    Bomb(&'static str, String, &'static str),
}

impl Broken {
    /// It as an error of a reader.
    pub fn into_io(self) -> io::Error {
        let kind = match &self {
            Broken::Packed(_, error) => error.kind(),
            Broken::Bomb(..) => ErrorKind::FileTooLarge,
        };
        io::Error::new(kind, self)
    }

    fn of(error: &io::Error) -> Option<&Broken> {
        error.get_ref()?.downcast_ref()
    }
}

/// Whether nothing more of this file is to be read.
pub fn is_bomb(error: &io::Error) -> bool {
    matches!(Broken::of(error), Some(Broken::Bomb(..)))
}

/// The problem of a stream that broke off.
pub fn problem(error: &io::Error) -> Problem {
    match Broken::of(error) {
        None => Problem::error("reading failed", cause(error), "check the file and the disk"),
        Some(Broken::Bomb(what, why, hint)) => Problem::error(what, why, *hint),
        Some(Broken::Packed(name, inner)) => {
            let what = if inner.kind() == ErrorKind::UnexpectedEof { "cut short" } else { "damaged" };
            let why = format!("the {name} stream breaks off ({}); what stands before was read", cause(inner));
            Problem::error(what, why, "fetch or pack the file again")
        }
    }
}

/// The first bytes of a stream, as many as there are up to `count`, and the stream as if nothing had been read.
pub fn peek(mut stream: Stream, count: usize) -> (Vec<u8>, Stream) {
    let mut head = Vec::with_capacity(count);
    let error = (&mut stream).take(count as u64).read_to_end(&mut head).err();
    let rest = match error {
        None => stream,
        error => Box::new(Failing(error)),
    };
    (head.clone(), Box::new(Cursor::new(head).chain(rest)))
}

/// A stream that gives a kept error, so that it is reported in its turn.
pub struct Failing(pub Option<io::Error>);

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}
