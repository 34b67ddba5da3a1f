//! Cuts CSV and TSV into blocks of whole rows, in which quotes are undone. A row longer than allowed is streamed past.

use super::assemble::no_text;
use super::fault::Problem;
use super::fields::{Fields, Slot};
use super::reader::too_long;
use super::stream::Stream;
use super::{Body, Cut, Limits, Mark, Place};
use csv_core::{ReadRecordResult, ReaderBuilder};
use memchr::memchr_iter;
use std::io::{self, Read};
use std::ops::Range;
use std::sync::Arc;

const BOM: &[u8] = b"\xef\xbb\xbf";

/// The signs that may stand between cells.
const DELIMITERS: &[u8] = b",;\t|";

/// Rows of a table with a header.
#[derive(Clone, Debug)]
pub struct Rows {
    /// for each column, which paths it fills
    pub columns: Arc<[u32]>,
    /// all cells of all rows, quotes undone
    pub bytes: Vec<u8>,
    /// where each cell ends, counted from the start of its row
    pub ends: Vec<usize>,
    /// each row, with its cells among the ends
    pub rows: Vec<(Mark, Range<usize>)>,
}

/// The rows of one stream.
pub struct Table {
    stream: Stream,
    limits: Limits,
    parser: csv_core::Reader,
    columns: Arc<[u32]>,
    /// read, but not parsed
    input: Vec<u8>,
    used: usize,
    /// where the parser stands
    place: Place,
    ended: bool,
    /// what comes after the rows that were handed out last
    next: Option<Cut>,
}

/// What a row came to.
enum Parsed {
    Row,
    TooLong(u64),
    End,
}

impl Table {
    /// Reads the header of `stream`, which begins with `head`.
    pub fn new(stream: Stream, head: &[u8], fields: &Fields, limits: Limits) -> Result<Self, Problem> {
        let delimiter = delimiter(head, fields).unwrap_or_else(|| likeliest(head));
        let names = header(head, delimiter);
        let columns = names.iter().map(|name| fields.named(name)).collect();
        let (input, place) = (Vec::new(), Place { line: 1, byte: 0 });
        let parser = ReaderBuilder::new().delimiter(delimiter).build();
        let (used, ended, next) = (0, false, None);
        let mut table = Table { stream, limits, parser, columns, input, used, place, ended, next };
        table.check(&names)?;
        let broken = |error| super::stream::problem(&error);
        table.parse(&mut table.rows()).map_err(broken)?;
        match fields.fill(&table.columns, Slot::Text) {
            true => Ok(table),
            false => Err(table.without_text(names)),
        }
    }

    /// Each slot has one column at most that counts.
    fn check(&self, names: &[String]) -> Result<(), Problem> {
        let mut seen = 0;
        for (mask, name) in self.columns.iter().zip(names) {
            if seen & mask != 0 {
                let why = format!("the column {name:?} stands twice and it is not clear which counts");
                return Err(Problem::error("duplicate key", why, "rename one of them"));
            }
            seen |= mask;
        }
        Ok(())
    }

    /// No column holds the text: its first row shows which could.
    fn without_text(mut self, names: Vec<String>) -> Problem {
        let mut rows = self.rows();
        let _ = self.parse(&mut rows);
        let start = |n: usize| if n == 0 { 0 } else { rows.ends[n - 1] };
        let length = |n: usize| rows.ends.get(n).map(|end| end - start(n));
        let names: Vec<_> = names.into_iter().enumerate().map(|(n, name)| (name, length(n))).collect();
        no_text(&names)
    }

    fn rows(&self) -> Rows {
        Rows { columns: self.columns.clone(), bytes: Vec::new(), ends: Vec::new(), rows: Vec::new() }
    }

    /// Takes `count` bytes of the input as parsed.
    fn advance(&mut self, count: usize) {
        let bytes = &self.input[self.used..self.used + count];
        self.place.line += memchr_iter(b'\n', bytes).count() as u64;
        self.place.byte += count as u64;
        self.used += count;
    }

    fn fill(&mut self) -> io::Result<()> {
        self.input.clear();
        self.used = 0;
        (&mut self.stream)
            .take(self.limits.block_bytes.max(BOM.len()) as u64)
            .read_to_end(&mut self.input)?;
        self.ended = self.input.is_empty();
        if self.place.byte == 0 && self.input.starts_with(BOM) {
            self.advance(BOM.len());
        }
        Ok(())
    }

    /// Steps over line ends, so that a row starts where it stands.
    fn step_to_row(&mut self) -> io::Result<()> {
        while !self.ended {
            let rest = &self.input[self.used..];
            let blank = rest.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
            let all = blank == rest.len();
            self.advance(blank);
            if !all {
                break;
            }
            self.fill()?;
        }
        Ok(())
    }

    /// Parses one row onto `rows`.
    fn parse(&mut self, rows: &mut Rows) -> io::Result<Parsed> {
        self.step_to_row()?;
        let (place, start, first) = (self.place, rows.bytes.len(), rows.ends.len());
        let (mut end, mut last, mut dropped) = (start, first, 0);
        let result = loop {
            if self.used == self.input.len() && !self.ended {
                self.fill()?;
            }
            if rows.bytes.len() == end {
                rows.bytes.resize((end * 2).max(4096), 0);
            }
            if rows.ends.len() == last {
                rows.ends.resize(last + 16, 0);
            }
            let (input, output) = (&self.input[self.used..], &mut rows.bytes[end..]);
            let (result, read, written, ends) =
                self.parser.read_record(input, output, &mut rows.ends[last..]);
            self.advance(read);
            (end, last) = (end + written, last + ends);
            match result {
                ReadRecordResult::Record | ReadRecordResult::End => break result,
                _ if end - start > self.limits.article_bytes => {
                    dropped += end - start;
                    (end, last) = (start, first);
                }
                _ => {}
            }
        };
        let length = dropped + (end - start);
        let kept = matches!(result, ReadRecordResult::Record) && length <= self.limits.article_bytes;
        rows.bytes.truncate(if kept { end } else { start });
        rows.ends.truncate(if kept { last } else { first });
        Ok(match result {
            _ if kept => {
                rows.rows.push((Mark { start, end, place }, first..last));
                Parsed::Row
            }
            ReadRecordResult::Record => Parsed::TooLong(length as u64),
            _ => Parsed::End,
        })
    }
}

impl Iterator for Table {
    type Item = Cut;

    fn next(&mut self) -> Option<Cut> {
        if let Some(cut) = self.next.take() {
            return Some(cut);
        }
        let mut rows = self.rows();
        let most = self.limits.article_bytes;
        while rows.bytes.len() < self.limits.block_bytes {
            let place = self.place;
            self.next = match self.parse(&mut rows) {
                Ok(Parsed::Row) => continue,
                Ok(Parsed::End) => None,
                Ok(Parsed::TooLong(length)) => Some(Cut::Fault(place, unclosed(length, most))),
                Err(error) => {
                    (self.ended, self.used) = (true, 0);
                    self.input.clear();
                    Some(Cut::Broken(place, error))
                }
            };
            break;
        }
        match rows.rows.first() {
            Some((mark, _)) => Some(Cut::Body(mark.place, Body::Rows(rows))),
            None => self.next.take(),
        }
    }
}

fn unclosed(length: u64, most: usize) -> Problem {
    let problem = too_long("row", Some(length), most);
    Problem { hint: format!("look for a quote that is not closed; {}", problem.hint), ..problem }
}

/// The delimiter with which the first row of `head` names a column for the text, and one for something else.
pub fn delimiter(head: &[u8], fields: &Fields) -> Option<u8> {
    DELIMITERS.iter().copied().find(|&delimiter| {
        let masks: Vec<u32> = header(head, delimiter).iter().map(|name| fields.named(name)).collect();
        let others = [Slot::Id, Slot::Url, Slot::Title, Slot::Published];
        fields.fill(&masks, Slot::Text) && others.into_iter().any(|slot| fields.fill(&masks, slot))
    })
}

/// The delimiter that stands most often in the first row.
fn likeliest(head: &[u8]) -> u8 {
    let columns = |&&delimiter: &&u8| header(head, delimiter).len();
    // The first of equals, so the comma if there is none at all.
    *DELIMITERS.iter().rev().max_by_key(columns).unwrap_or(&b',')
}

/// The cells of the first row.
fn header(head: &[u8], delimiter: u8) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new();
    let reader = reader.delimiter(delimiter).has_headers(false).flexible(true).from_reader(head);
    let row = reader.into_byte_records().next().and_then(Result::ok).unwrap_or_default();
    row.iter().map(|cell| String::from_utf8_lossy(cell).trim().to_string()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str, limits: Limits) -> Result<Table, Problem> {
        let stream: Stream = Box::new(io::Cursor::new(text.as_bytes().to_vec()));
        Table::new(stream, text.as_bytes(), &Fields::default(), limits)
    }

    fn cuts(text: &str, article_bytes: usize, block_bytes: usize) -> Vec<String> {
        let limits = Limits { article_bytes, block_bytes, ..Limits::default() };
        let tell = |cut| match cut {
            Cut::Body(_, Body::Rows(rows)) => {
                let row = |(mark, cells): &(Mark, Range<usize>)| {
                    let mut row = mark.place.line.to_string();
                    let mut start = 0;
                    for &end in &rows.ends[cells.clone()] {
                        row += "|";
                        row +=
                            std::str::from_utf8(&rows.bytes[mark.start + start..mark.start + end]).unwrap();
                        start = end;
                    }
                    row
                };
                rows.rows.iter().map(row).collect()
            }
            Cut::Fault(at, problem) => vec![format!("{}: {}", at.line, problem.why)],
            other => panic!("{other:?}"),
        };
        table(text, limits).unwrap().flat_map(tell).collect()
    }

    #[test]
    fn rows_are_whole_whatever_the_size_of_blocks() {
        let text = "\u{feff}id,text\r\n1,\"a\r\n\"\"b\"\", c\"\r\n\r\n2,d\n3\n";
        for block_bytes in 1..60 {
            assert_eq!(cuts(text, 99, block_bytes), ["2|1|a\r\n\"b\", c", "5|2|d", "6|3"], "{block_bytes}");
        }
        assert!(cuts("id\ttext\n", 99, 99).is_empty());
    }

    #[test]
    fn long_rows_are_passed_over() {
        let text = format!("id,text\n1,a\n2,{}\n3,b", "x".repeat(90_000));
        assert_eq!(
            cuts(&text, 5000, 4096),
            ["2|1|a", "3: the row has 90001 bytes, allowed are 5000", "4|3|b"]
        );
    }

    #[test]
    fn delimiters_are_told_by_the_header() {
        let told = |head: &str| delimiter(head.as_bytes(), &Fields::default()).map(char::from);
        assert_eq!(told("id;title;content\n"), Some(';'));
        assert_eq!(told("\"url\"\t\"text\"\n"), Some('\t'));
        assert_eq!(told("text"), None);
        assert_eq!(told("Sáng 14-11, ông Mẫu, text"), None);
        assert_eq!(likeliest(b"a|b,c|d"), b'|');
    }

    #[test]
    fn headers_without_a_text_name_what_is_there() {
        let problem = |text| table(text, Limits::default()).err().map(|p| (p.what, p.why, p.hint));
        let (what, why, hint) = problem("id,noi_dung\n1,Một câu.\n").unwrap();
        assert_eq!((what, &*why), ("no text field", "the fields are id noi_dung"));
        assert!(hint.contains("--map text=noi_dung"));
        assert_eq!(problem("text,text\na,b\n").unwrap().0, "duplicate key");
    }
}
