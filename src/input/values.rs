//! Cuts JSON that is no JSON Lines: an array of objects, objects printed over many lines, one object behind the other.
//! Nothing is told apart here but strings and brackets, so an array of any size takes no memory.

use super::fault::Problem;
use super::reader::too_long;
use super::stream::{Failing, Stream};
use super::{Body, Cut, Limits, Mark, Place};
use memchr::memchr2;
use std::io::{self, Read};

/// The JSON values of one stream.
pub struct Values {
    stream: Stream,
    limits: Limits,
    /// read, but not handed out
    buffer: Vec<u8>,
    /// how far it has been scanned
    at: usize,
    /// how many bytes stand before it in the stream
    before: u64,
    /// the values in it
    marks: Vec<Mark>,
    /// the value being scanned
    open: Option<Open>,
    /// how many values have begun
    count: u64,
    /// whether an array around the values is open
    array: bool,
    ended: bool,
}

struct Open {
    start: usize,
    place: Place,
    nesting: Nesting,
}

impl Values {
    /// The values of `stream`.
    pub fn new(stream: Stream, limits: Limits) -> Self {
        let (buffer, marks) = (Vec::new(), Vec::new());
        let (at, before, count) = (0, 0, 0);
        Values { stream, limits, buffer, at, before, marks, open: None, count, array: false, ended: false }
    }

    fn read(&mut self) -> io::Result<()> {
        let (before, count) = (self.buffer.len(), self.limits.block_bytes);
        self.buffer.reserve_exact(count);
        let result = (&mut self.stream).take(count as u64).read_to_end(&mut self.buffer);
        self.ended = self.buffer.len() - before < count;
        result.map(drop)
    }

    /// Scans what has been read; whether there is a block of whole values.
    fn scan(&mut self) -> bool {
        while self.at < self.buffer.len() {
            let Some(open) = &mut self.open else {
                self.between();
                continue;
            };
            let Some(length) = open.nesting.end(&self.buffer[self.at..]) else {
                self.at = self.buffer.len();
                break;
            };
            self.at += length;
            self.marks.push(Mark { start: open.start, end: self.at, place: open.place });
            self.open = None;
            if self.at >= self.limits.block_bytes {
                return true;
            }
        }
        false
    }

    /// Steps over one byte between values, or begins a value there.
    fn between(&mut self) {
        match self.buffer[self.at] {
            b' ' | b'\t' | b'\r' | b'\n' | b',' | 0x1e | 0xef | 0xbb | 0xbf => {}
            b'[' if !self.array => self.array = true,
            b']' if self.array => self.array = false,
            _ => {
                self.count += 1;
                let place = Place { line: self.count, byte: self.before + self.at as u64 };
                self.open = Some(Open { start: self.at, place, nesting: Nesting::default() });
                return;
            }
        }
        self.at += 1;
    }

    /// Hands out the whole values.
    fn block(&mut self) -> Cut {
        let end = self.marks.last().map_or(0, |mark| mark.end);
        let rest = self.buffer.split_off(end);
        let bytes = std::mem::replace(&mut self.buffer, rest);
        self.before += end as u64;
        self.at -= end;
        if let Some(open) = &mut self.open {
            open.start -= end;
        }
        let marks = std::mem::take(&mut self.marks);
        Cut::Body(marks[0].place, Body::Values(bytes, marks))
    }

    /// Drops what has been scanned of a value that is too long, and goes on to its end.
    fn skip(&mut self, mut open: Open) -> io::Result<Cut> {
        let mut length = (self.at - open.start) as u64;
        loop {
            self.before += self.at as u64;
            self.at = 0;
            self.buffer.clear();
            if !self.ended {
                self.read()?;
            }
            let end = open.nesting.end(&self.buffer);
            self.at = end.unwrap_or(self.buffer.len());
            length += self.at as u64;
            if end.is_some() || self.buffer.is_empty() {
                return Ok(Cut::Fault(
                    open.place,
                    too_long("value", Some(length), self.limits.article_bytes),
                ));
            }
        }
    }

    /// The stream broke: its whole values first, the news afterwards.
    fn breaking(&mut self, error: io::Error) -> Cut {
        if !self.marks.is_empty() {
            (self.stream, self.ended) = (Box::new(Failing(Some(error))), false);
            return self.block();
        }
        let end = Place { line: self.count + 1, byte: self.before + self.at as u64 };
        let place = self.open.take().map_or(end, |open| open.place);
        self.buffer.clear();
        (self.at, self.array, self.ended) = (0, false, true);
        Cut::Broken(place, error)
    }

    /// What is left at the end of the stream: a value that is cut short is left to be told like any other.
    fn finish(&mut self) -> Option<Cut> {
        if let Some(open) = self.open.take() {
            self.marks.push(Mark { start: open.start, end: self.at, place: open.place });
        }
        if !self.marks.is_empty() {
            return Some(self.block());
        }
        let place = Place { line: self.count, byte: self.before + self.at as u64 };
        let problem = || Problem::error("cut short", "the array is not closed", "fetch the file again");
        std::mem::take(&mut self.array).then(|| Cut::Fault(place, problem()))
    }
}

impl Iterator for Values {
    type Item = Cut;

    fn next(&mut self) -> Option<Cut> {
        loop {
            if self.scan() {
                return Some(self.block());
            }
            if self.ended {
                return self.finish();
            }
            let most = self.limits.article_bytes;
            match self.open.take_if(|open| self.marks.is_empty() && self.at - open.start > most) {
                Some(open) => return Some(self.skip(open).unwrap_or_else(|error| self.breaking(error))),
                None if self.marks.is_empty() || self.buffer.len() < self.limits.block_bytes => {}
                None => return Some(self.block()),
            }
            if let Err(error) = self.read() {
                self.scan();
                return Some(self.breaking(error));
            }
        }
    }
}

/// What is open in a value. Which bracket closes which does not matter here.
#[derive(Default)]
struct Nesting {
    depth: usize,
    string: bool,
    escaped: bool,
    /// whether the value has had a byte
    begun: bool,
}

impl Nesting {
    /// Goes on through `bytes`; how many of them belong to the value, if it ends there.
    fn end(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut at = 0;
        while at < bytes.len() {
            let first = !std::mem::replace(&mut self.begun, true);
            if std::mem::take(&mut self.escaped) {
                at += 1;
            } else if self.string {
                at += 1 + memchr2(b'"', b'\\', &bytes[at..])?;
                self.escaped = bytes[at - 1] == b'\\';
                self.string = self.escaped;
                if !self.string && self.depth == 0 {
                    return Some(at);
                }
            } else {
                match bytes[at] {
                    b'"' => self.string = true,
                    b'{' | b'[' => self.depth += 1,
                    b'}' | b']' if self.depth > 1 => self.depth -= 1,
                    b'}' | b']' if self.depth == 1 => return Some(at + 1),
                    b']' | b'}' if first => return Some(at + 1),
                    b',' | b' ' | b'\n' | b']' | b'}' if self.depth == 0 => return Some(at),
                    _ => {}
                }
                at += 1;
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cuts(text: &str, article_bytes: usize, block_bytes: usize) -> Vec<String> {
        let stream: Stream = Box::new(io::Cursor::new(text.as_bytes().to_vec()));
        let tell = |cut| match cut {
            Cut::Body(_, Body::Values(bytes, marks)) => {
                let values = marks.iter().map(|mark| {
                    let value = std::str::from_utf8(&bytes[mark.start..mark.end]).unwrap();
                    assert_eq!(&text[mark.place.byte as usize..][..value.len()], value);
                    format!("{} {value}", mark.place.line)
                });
                values.collect()
            }
            Cut::Fault(at, problem) => vec![format!("{}@{} {}", at.line, at.byte, problem.why)],
            other => panic!("{other:?}"),
        };
        let limits = Limits { article_bytes, block_bytes, ..Limits::default() };
        Values::new(stream, limits).flat_map(tell).collect()
    }

    #[test]
    fn values_are_whole_whatever_the_size_of_blocks() {
        for (text, want) in [
            ("[{\"a\":\"]}\\\"\"} , {\"b\":[{}]}]\n", &["1 {\"a\":\"]}\\\"\"}", "2 {\"b\":[{}]}"][..]),
            ("{\n \"a\": 1\n}\n{\"b\":2}{}", &["1 {\n \"a\": 1\n}", "2 {\"b\":2}", "3 {}"]),
            ("[1,\"x,y\",[2],null]", &["1 1", "2 \"x,y\"", "3 [2]", "4 null"]),
            ("\u{feff}[]", &[]),
            ("[{\"a\":1}, {\"b\"", &["1 {\"a\":1}", "2 {\"b\"", "2@14 the array is not closed"]),
            ("[{}, {}", &["1 {}", "2 {}", "2@7 the array is not closed"]),
        ] {
            for block_bytes in 1..text.len() + 2 {
                assert_eq!(cuts(text, 99, block_bytes), want, "{text} in blocks of {block_bytes}");
            }
        }
    }

    #[test]
    fn long_values_are_passed_over() {
        let text = format!("[{{\"a\":1}},{{\"b\":\"{}\"}},{{\"c\":2}}]", "x".repeat(900));
        let want = ["1 {\"a\":1}", "2@9 the value has 908 bytes, allowed are 50", "3 {\"c\":2}"];
        for block_bytes in [1, 7, 60, 100] {
            assert_eq!(cuts(&text, 50, block_bytes), want);
        }
    }
}
