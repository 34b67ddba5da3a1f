//! Reading back what was written, and other JSON Lines that stand beside it: the first line that cannot be read ends
//! the command, and says why.

use crate::input::meter::Meter;
use crate::input::{Limits, compress};
use serde::de::DeserializeOwned;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;
use std::sync::Arc;

/// A line that cannot be read: `path:line: what, why, what to do`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path}{}: {cause}", if *.line == 0 { String::new() } else { format!(":{line}") })]
pub struct BadLine {
    /// the file as given
    pub path: String,
    /// the line, from 1; 0 where the file cannot be read at all
    pub line: usize,
    /// what is wrong, why, what to do
    pub cause: String,
}

/// What a file's lines are expected to be.
#[derive(Clone, Copy, Debug)]
pub struct Expect {
    /// what a line is: `a record`
    pub what: &'static str,
    /// what to do when it is not
    pub advice: &'static str,
}

/// A file of records.
pub const RECORDS: Expect =
    Expect { what: "a record", advice: "give a file that this version's `vnfacts extract` wrote" };

/// The lines of a file that are not blank, each with its number.
pub struct Lines {
    path: String,
    expect: Expect,
    input: Box<dyn BufRead>,
    line: usize,
    buffer: Vec<u8>,
}

impl Lines {
    /// Opens `path`, which may be packed with gzip or zstd; `-` is standard input.
    pub fn open(path: &Path, expect: Expect) -> Result<Self, BadLine> {
        let name = path.display().to_string();
        let bad = |cause| BadLine { path: name.clone(), line: 0, cause };
        let meter = Meter::new(Limits::default(), &Arc::default());
        let stream = match name.as_str() {
            "-" => meter.raw(io::stdin()),
            _ => meter
                .raw(File::open(path).map_err(|e| bad(format!("cannot be opened, {e}, check the path")))?),
        };
        let unpacked = compress::unpack(stream, &meter).map_err(|problem| bad(problem.to_string()))?;
        Ok(Self::new(name, expect, Box::new(BufReader::with_capacity(1 << 18, unpacked.stream))))
    }

    /// Reads from `input`; `path` stands in what is said of bad lines.
    pub fn new(path: String, expect: Expect, input: Box<dyn BufRead>) -> Self {
        Lines { path, expect, input, line: 0, buffer: Vec::new() }
    }

    /// The next line that is not blank, as given.
    pub fn next_line(&mut self) -> Result<Option<&str>, BadLine> {
        loop {
            self.buffer.clear();
            match self.input.read_until(b'\n', &mut self.buffer) {
                Ok(0) => return Ok(None),
                Ok(_) => self.line += 1,
                Err(error) => return Err(self.bad(format!("cannot be read, {error}, check the file"))),
            }
            if self.line == 1 && self.buffer.starts_with("\u{feff}".as_bytes()) {
                self.buffer.drain(..3);
            }
            if !self.buffer.trim_ascii().is_empty() {
                break;
            }
        }
        match str::from_utf8(self.buffer.trim_ascii()) {
            Ok(text) => Ok(Some(text)),
            Err(error) => {
                let at = error.valid_up_to();
                Err(self.bad(format!("not UTF-8, byte {at} of the line, write the file anew in UTF-8")))
            }
        }
    }

    /// The next line, read as JSON.
    pub fn next_value<T: DeserializeOwned>(&mut self) -> Result<Option<T>, BadLine> {
        match self.next_line()?.map(serde_json::from_str) {
            None => Ok(None),
            Some(Ok(value)) => Ok(Some(value)),
            Some(Err(error)) => Err(self.fault(self.line, &error)),
        }
    }

    /// The number of the line read last, from 1.
    pub fn number(&self) -> usize {
        self.line
    }

    /// What is said of a line that is not what it should be.
    pub fn fault(&self, line: usize, why: &serde_json::Error) -> BadLine {
        let Expect { what, advice } = self.expect;
        let why = why.to_string().replace(" at line 1 column ", " at column ");
        BadLine { path: self.path.clone(), line, cause: format!("not {what}, {why}, {advice}") }
    }

    fn bad(&self, cause: String) -> BadLine {
        BadLine { path: self.path.clone(), line: self.line, cause }
    }
}

/// All lines of a file, read as JSON.
pub fn read_all<T: DeserializeOwned>(path: &Path, expect: Expect) -> Result<Vec<T>, BadLine> {
    let mut lines = Lines::open(path, expect)?;
    let mut all = Vec::new();
    while let Some(value) = lines.next_value()? {
        all.push(value);
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(content: &'static [u8]) -> Lines {
        Lines::new("x.jsonl".into(), RECORDS, Box::new(content))
    }

    #[test]
    fn skips_blank_lines_but_counts_them() {
        let mut lines = lines("\u{feff}1\r\n\n \t\n2\nx\n".as_bytes());
        assert_eq!(lines.next_value::<u8>(), Ok(Some(1)));
        assert_eq!(lines.next_value::<u8>(), Ok(Some(2)));
        let error = lines.next_value::<u8>().unwrap_err().to_string();
        assert!(error.starts_with("x.jsonl:5: not a record, expected value at column 1, give"), "{error}");
    }

    #[test]
    fn bytes_that_are_no_text() {
        let error = lines(b"\"ab\xff\"\n").next_value::<String>().unwrap_err().to_string();
        assert_eq!(error, "x.jsonl:1: not UTF-8, byte 3 of the line, write the file anew in UTF-8");
    }
}
