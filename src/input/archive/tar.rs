//! Tar archives, read as a stream.

use super::Member;
use crate::input::fault::Problem;
use crate::input::stream::{self, Broken, Stream};
use std::io::{self, ErrorKind, Read};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tar::{Archive, EntryType};

const BLOCK: u64 = 512;

/// What a tar archive holds.
pub struct Tar {
    shared: Arc<Mutex<Shared>>,
    ended: bool,
}

/// The stream of the archive, which stands in a member.
struct Shared {
    stream: Stream,
    /// how much of the member has not been read
    left: u64,
    /// how much fills up its last block
    padding: u64,
    /// whether it broke off, which was told where it did
    broken: bool,
}

impl Tar {
    /// Reads an archive.
    pub fn new(stream: Stream) -> Self {
        Tar {
            shared: Arc::new(Mutex::new(Shared { stream, left: 0, padding: 0, broken: false })),
            ended: false,
        }
    }

    /// The next file; nothing at the end.
    fn file(&mut self) -> io::Result<Option<Member>> {
        loop {
            let mut shared = lock(&self.shared);
            if shared.broken {
                return Ok(None);
            }
            shared.pass()?;
            // The library reads one header, with what belongs to it; what follows is read here, as a stream of its own.
            let mut archive = Archive::new(&mut shared.stream);
            let Some(entry) = archive.entries()?.next().transpose()? else { return Ok(None) };
            let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            let (kind, size) = (entry.header().entry_type(), entry.size());
            drop(entry);
            shared.left = size;
            shared.padding = size.next_multiple_of(BLOCK) - size;
            match kind {
                EntryType::Regular | EntryType::Continuous => {
                    let content: Stream = Box::new(Content(self.shared.clone()));
                    return Ok(Some(Member { name, content: Ok(content) }));
                }
                EntryType::GNUSparse => {
                    let problem =
                        Problem::error("not readable", "it is a sparse file", "pack it without --sparse");
                    return Ok(Some(Member { name, content: Err(problem) }));
                }
                _ => {}
            }
        }
    }
}

impl Iterator for Tar {
    type Item = Member;

    fn next(&mut self) -> Option<Member> {
        if self.ended {
            return None;
        }
        let member = self.file();
        self.ended = !matches!(member, Ok(Some(_)));
        member.unwrap_or_else(|error| {
            Some(Member { name: String::new(), content: Err(stream::problem(&named(error))) })
        })
    }
}

impl Shared {
    /// Passes over what is left of a member.
    fn pass(&mut self) -> io::Result<()> {
        let left = std::mem::take(&mut self.left) + std::mem::take(&mut self.padding);
        let passed = io::copy(&mut (&mut self.stream).take(left), &mut io::sink())?;
        if passed < left { Err(ErrorKind::UnexpectedEof.into()) } else { Ok(()) }
    }
}

fn lock(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Errors of the archive itself, and not of what it was packed with.
fn named(error: io::Error) -> io::Error {
    match error.get_ref().is_some_and(|inner| inner.is::<Broken>()) {
        true => error,
        false => Broken::Packed("tar", error).into_io(),
    }
}

/// The bytes of the member that the stream stands in.
struct Content(Arc<Mutex<Shared>>);

impl Read for Content {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut shared = lock(&self.0);
        if shared.left == 0 || buffer.is_empty() {
            return Ok(0);
        }
        let most = buffer.len().min(usize::try_from(shared.left).unwrap_or(usize::MAX));
        let read = match shared.stream.read(&mut buffer[..most]) {
            Ok(0) => Err(ErrorKind::UnexpectedEof.into()),
            read => read,
        };
        shared.broken |= read.as_ref().is_err_and(|error| error.kind() != ErrorKind::Interrupted);
        let n = read.map_err(named)?;
        shared.left -= n as u64;
        Ok(n)
    }
}
