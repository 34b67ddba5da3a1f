//! Output: where records go. A file is written under a temporary name beside its own and gets it when it is complete,
//! so that what bears the name is never half a file.

pub mod articles;
pub mod entities;
pub mod format;
pub mod head;
pub mod lines;
pub mod part;
pub mod sink;

use crate::error::Error;
use part::Part;
use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// Where records go.
pub struct Output {
    shown: String,
    length: u64,
    target: Target,
}

enum Target {
    /// standard output
    Stream(Box<dyn Write + Send>),
    /// a pipe, a terminal, a device, a log: written in place
    InPlace(File),
    /// a file: written beside, renamed when complete
    Part(Part),
    Closed,
}

impl Output {
    /// Standard output.
    pub fn stdout() -> Self {
        Self::stream("standard output", Box::new(io::stdout()))
    }

    /// A stream, called `shown` when it fails.
    pub fn stream(shown: &str, stream: Box<dyn Write + Send>) -> Self {
        Output { shown: shown.into(), length: 0, target: Target::Stream(stream) }
    }

    /// A file; one that exists is replaced at the end.
    pub fn file(path: &Path) -> Result<Self, Error> {
        match std::fs::metadata(path) {
            Ok(meta) if meta.is_dir() => fault(path, Err(io::Error::other("it is a folder"))),
            Ok(meta) if !meta.is_file() => Self::in_place(path, 0),
            _ => Self::of(path, 0, Part::create(path).map(Target::Part)),
        }
    }

    /// The same as a file that is kept when the process ends before it is complete. It goes on behind its first
    /// `length` bytes.
    pub fn resumed(path: &Path, length: u64) -> Result<Self, Error> {
        match std::fs::metadata(path) {
            Ok(meta) if !meta.is_file() => {
                fault(path, Err(io::Error::other("it is no file, so a run to it cannot go on later")))
            }
            _ => Self::of(path, length, Part::reopen(path, length).map(Target::Part)),
        }
    }

    /// A file that bears its name from the start, or a device. It goes on behind its first `length` bytes.
    pub fn in_place(path: &Path, length: u64) -> Result<Self, Error> {
        let open = || {
            let mut file = File::options().write(true).create(true).truncate(false).open(path)?;
            if file.metadata()?.is_file() {
                file.set_len(length)?;
                file.seek(SeekFrom::End(0))?;
            }
            Ok(Target::InPlace(file))
        };
        Self::of(path, length, open())
    }

    fn of(path: &Path, length: u64, target: io::Result<Target>) -> Result<Self, Error> {
        let target = fault(path, target)?;
        Ok(Output { shown: path.display().to_string(), length, target })
    }

    /// Writes whole lines.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        let result = match &mut self.target {
            Target::Stream(stream) => stream.write_all(bytes),
            Target::InPlace(file) => file.write_all(bytes),
            Target::Part(part) => part.write(bytes, self.length),
            Target::Closed => Ok(()),
        };
        self.length += bytes.len() as u64;
        result.map_err(|cause| self.fault(cause))
    }

    /// How many bytes it has.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// Makes sure that all has arrived, where it stays if the machine goes down.
    pub fn sync(&mut self) -> Result<(), Error> {
        let result = match &mut self.target {
            Target::Stream(stream) => stream.flush(),
            Target::InPlace(file) => match file.sync_all() {
                Err(error) if error.kind() == io::ErrorKind::InvalidInput => Ok(()), // a device has no disk
                result => result,
            },
            Target::Part(part) => part.sync(),
            Target::Closed => Ok(()),
        };
        result.map_err(|cause| self.fault(cause))
    }

    /// Makes sure that all has arrived, and gives a file its name.
    pub fn finish(mut self) -> Result<(), Error> {
        let result = match std::mem::replace(&mut self.target, Target::Closed) {
            Target::Stream(mut stream) => stream.flush(),
            Target::InPlace(mut file) => file.flush(),
            Target::Part(part) => part.finish(),
            Target::Closed => Ok(()),
        };
        result.map_err(|cause| self.fault(cause))
    }

    /// Leaves nothing behind, also of a file that was to be kept.
    pub fn discard(mut self) {
        if let Target::Part(part) = &mut self.target {
            part.keep(false);
        }
    }

    /// Where what was written stays if this is not finished.
    pub fn kept(&self) -> Option<PathBuf> {
        self.part().and_then(Part::kept).map(Path::to_path_buf)
    }

    /// What is removed if this is not finished.
    pub fn passing(&self) -> Option<PathBuf> {
        self.part().filter(|part| part.kept().is_none()).map(|part| part.name().to_path_buf())
    }

    fn part(&self) -> Option<&Part> {
        if let Target::Part(part) = &self.target { Some(part) } else { None }
    }

    fn fault(&self, cause: io::Error) -> Error {
        Error::Output { path: self.shown.clone(), cause }
    }
}

fn fault<T>(path: &Path, result: io::Result<T>) -> Result<T, Error> {
    result.map_err(|cause| Error::Output { path: path.display().to_string(), cause })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fails at its n-th call, of writing or flushing.
    struct Failing(usize);

    impl Failing {
        fn call(&mut self) -> io::Result<()> {
            self.0 = self.0.checked_sub(1).ok_or_else(|| io::Error::other("broken"))?;
            Ok(())
        }
    }

    impl Write for Failing {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.call().map(|()| bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            self.call()
        }
    }

    #[test]
    fn whichever_call_fails_is_told() {
        for calls in 0..5 {
            let run = || {
                let mut output = Output::stream("out", Box::new(Failing(calls)));
                (0..3).try_for_each(|_| output.write(b"line\n"))?;
                output.finish()
            };
            let result = run();
            assert_eq!(result.is_ok(), calls == 4, "{calls} calls that go well");
            if let Some(error) = result.err() {
                assert_eq!(error.to_string(), "cannot write out: broken");
            }
        }
    }

    #[test]
    fn a_log_goes_on_behind_what_is_sure() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log");
        std::fs::write(&path, "sure, lost").unwrap();
        let mut output = Output::in_place(&path, 4).unwrap();
        output.write(b"!").unwrap();
        output.sync().unwrap();
        assert_eq!((output.length(), std::fs::read(&path).unwrap()), (5, b"sure!".to_vec()));
    }
}
