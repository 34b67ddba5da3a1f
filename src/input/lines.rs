//! Cuts a stream into blocks of whole lines. A line longer than allowed is streamed past, so memory stays flat.

use super::reader::too_long;
use super::stream::{Failing, Stream};
use super::{Body, Cut, Limits, Place};
use memchr::{memchr, memchr_iter, memrchr};
use std::io;

/// The lines of one stream.
pub struct Lines {
    stream: Stream,
    limits: Limits,
    /// read, but not handed out
    rest: Vec<u8>,
    /// where `rest` starts
    place: Place,
    ended: bool,
}

impl Lines {
    /// The lines of `stream`.
    pub fn new(stream: Stream, limits: Limits) -> Self {
        Lines { stream, limits, rest: Vec::new(), place: Place { line: 1, byte: 0 }, ended: false }
    }

    /// Takes `bytes` as handed out.
    fn advance(&mut self, bytes: &[u8]) -> Place {
        let before = self.place;
        self.place.line += memchr_iter(b'\n', bytes).count() as u64;
        self.place.byte += bytes.len() as u64;
        before
    }

    /// Reads up to `count` more bytes behind `buffer`.
    fn read(&mut self, buffer: &mut Vec<u8>, count: usize) -> io::Result<()> {
        use io::Read;
        let before = buffer.len();
        buffer.reserve_exact(count);
        let result = (&mut self.stream).take(count as u64).read_to_end(buffer);
        self.ended = buffer.len() - before < count;
        result.map(|_| ())
    }

    fn block(&mut self, mut buffer: Vec<u8>, end: usize) -> Cut {
        self.rest = buffer.split_off(end);
        let place = self.advance(&buffer);
        Cut::Body(place, Body::Lines(buffer))
    }

    /// Skips the rest of a line that is too long; `start` bytes of it have been read already.
    fn skip(&mut self, start: Vec<u8>) -> Cut {
        let most = self.limits.article_bytes;
        let place = self.advance(&start);
        let mut length = start.len() as u64;
        let mut buffer = start;
        while !self.ended {
            buffer.clear();
            if let Err(error) = self.read(&mut buffer, self.limits.block_bytes) {
                return self.broken(error);
            }
            if let Some(end) = memchr(b'\n', &buffer) {
                self.rest = buffer.split_off(end + 1);
                self.advance(&buffer);
                return Cut::Fault(place, too_long("line", Some(length + end as u64), most));
            }
            length += buffer.len() as u64;
            self.advance(&buffer);
        }
        Cut::Fault(place, too_long("line", Some(length), most))
    }

    fn broken(&mut self, error: io::Error) -> Cut {
        self.ended = true;
        self.rest.clear();
        Cut::Broken(self.place, error)
    }

    /// The stream broke while `buffer` was being filled: its whole lines first, the news afterwards.
    fn breaking(&mut self, mut buffer: Vec<u8>, error: io::Error) -> Cut {
        let Some(end) = memrchr(b'\n', &buffer) else { return self.broken(error) };
        buffer.truncate(end + 1);
        self.stream = Box::new(Failing(Some(error)));
        self.ended = false;
        self.block(buffer, end + 1)
    }
}

impl Iterator for Lines {
    type Item = Cut;

    fn next(&mut self) -> Option<Cut> {
        let mut buffer = std::mem::take(&mut self.rest);
        let mut searched = 0;
        loop {
            let want = self.limits.block_bytes.saturating_sub(buffer.len());
            if !self.ended && (want > 0 || searched > 0) {
                let count = if want > 0 { want } else { self.limits.block_bytes };
                if let Err(error) = self.read(&mut buffer, count) {
                    return Some(self.breaking(buffer, error));
                }
            }
            if self.ended {
                let end = buffer.len();
                return (end > 0).then(|| self.block(buffer, end));
            }
            if let Some(end) = memrchr(b'\n', &buffer[searched..]) {
                return Some(self.block(buffer, searched + end + 1));
            }
            searched = buffer.len();
            if searched > self.limits.article_bytes {
                return Some(self.skip(buffer));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(article_bytes: usize, block_bytes: usize) -> Limits {
        Limits { article_bytes, block_bytes, ..Limits::default() }
    }

    fn cuts(text: &str, limits: Limits) -> Vec<String> {
        let stream: Stream = Box::new(io::Cursor::new(text.as_bytes().to_vec()));
        let tell = |cut| match cut {
            Cut::Body(at, Body::Lines(bytes)) => {
                format!("{}@{} {}", at.line, at.byte, String::from_utf8(bytes).unwrap())
            }
            Cut::Fault(at, problem) => format!("{}@{} {}", at.line, at.byte, problem.why),
            other => panic!("{other:?}"),
        };
        Lines::new(stream, limits).map(tell).collect()
    }

    #[test]
    fn blocks_are_whole_lines_whatever_their_size() {
        let text = "a\nbb\n\nccc\r\ndddd\ne";
        for block_bytes in 1..20 {
            let limits = limits(16, block_bytes);
            let joined: String = cuts(text, limits).iter().map(|c| c.split_once(' ').unwrap().1).collect();
            assert_eq!(joined, text);
        }
        assert_eq!(cuts("ab\ncd\n", limits(9, 4)), ["1@0 ab\n", "2@3 cd\n"]);
    }

    #[test]
    fn long_lines_are_passed_over() {
        let limits = limits(4, 2);
        let long = "x".repeat(99);
        assert_eq!(
            cuts(&format!("a\n{long}\nb\n"), limits),
            ["1@0 a\n", "2@2 the line has 99 bytes, allowed are 4", "3@102 b\n"]
        );
        assert_eq!(cuts(&long, limits), ["1@0 the line has 99 bytes, allowed are 4"]);
    }

    #[test]
    fn a_stream_that_breaks_gives_its_whole_lines_first() {
        use io::Read;
        let broken = Failing(Some(io::Error::other("broken")));
        let stream: Stream = Box::new(io::Cursor::new(b"a\nb".to_vec()).chain(broken));
        let cuts: Vec<Cut> = Lines::new(stream, Limits::default()).collect();
        assert!(
            matches!(&cuts[..], [Cut::Body(_, Body::Lines(a)), Cut::Broken(Place { line: 2, byte: 2 }, _)] if a == b"a\n")
        );
    }
}
