//! An external merge sort: more items than fit into memory, in the order of their keys.
//!
//! Items are kept as JSON in one buffer until it is full, then sorted and written behind each other into a temporary
//! file, a run at a time; at the end the runs are merged while they are read. The file has no name, so nothing is left
//! of it however the process ends. Commands that look at a whole dump at once stand on this.
//!
//! ```
//! use vnfacts::sorted::Sorter;
//!
//! let mut sorter = Sorter::new(64 << 20);
//! for (key, item) in [("b", 1), ("a", 2), ("b", 3)] {
//!     sorter.push(key, &item)?;
//! }
//! let sorted: Result<Vec<(String, i32)>, _> = sorter.finish()?.collect();
//! assert_eq!(sorted?, [("a".into(), 2), ("b".into(), 1), ("b".into(), 3)]);
//! # Ok::<(), vnfacts::error::Error>(())
//! ```

use crate::error::Error;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::cell::RefCell;
use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::marker::PhantomData;
use std::ops::Range;
use std::rc::Rc;

/// What is read of a run at once, at least and at most.
const READ: Range<usize> = 4 << 10..1 << 20;

/// Takes items in any order. Items of equal keys stay in the order in which they came, whatever the budget.
pub struct Sorter<T> {
    budget: usize,
    waiting: Waiting,
    file: Option<File>,
    /// where each run stands in the file
    runs: Vec<Range<u64>>,
    items: PhantomData<T>,
}

/// Items in memory: each with its key, behind one another.
#[derive(Default)]
struct Waiting {
    bytes: Vec<u8>,
    entries: Vec<Entry>,
}

#[derive(Clone, Copy)]
struct Entry {
    key: usize,
    item: usize,
    end: usize,
}

impl<T: Serialize + DeserializeOwned> Sorter<T> {
    /// A sorter that keeps about `budget` bytes in memory, besides the largest item.
    pub fn new(budget: usize) -> Self {
        Sorter { budget, waiting: Waiting::default(), file: None, runs: Vec::new(), items: PhantomData }
    }

    /// Takes an item. Keys are compared byte by byte.
    pub fn push(&mut self, key: &str, item: &T) -> Result<(), Error> {
        self.waiting.push(key, item)?;
        if self.waiting.size() >= self.budget { self.spill() } else { Ok(()) }
    }

    /// All items in the order of their keys, as they are read.
    pub fn finish(mut self) -> Result<Sorted<T>, Error> {
        if self.runs.is_empty() {
            self.waiting.sort();
            return Ok(Sorted { from: From::Memory(self.waiting, 0), items: PhantomData });
        }
        self.spill()?;
        self.waiting = Waiting::default();
        let file = Rc::new(RefCell::new(self.file.take().expect("runs stand in a file")));
        let buffer = (self.budget / self.runs.len()).clamp(READ.start, READ.end);
        let open = |run| BufReader::with_capacity(buffer, Run { file: file.clone(), left: run });
        let mut merge = Merge { runs: self.runs.into_iter().map(open).collect(), heads: BinaryHeap::new() };
        for run in 0..merge.runs.len() {
            merge.advance(run).map_err(temporary)?;
        }
        Ok(Sorted { from: From::File(merge), items: PhantomData })
    }

    /// Writes what waits as one run.
    fn spill(&mut self) -> Result<(), Error> {
        self.waiting.sort();
        let run = self.write().map_err(temporary)?;
        self.runs.extend((!run.is_empty()).then_some(run));
        self.waiting.clear();
        Ok(())
    }

    fn write(&mut self) -> io::Result<Range<u64>> {
        if self.file.is_none() {
            self.file = Some(tempfile::tempfile()?);
        }
        let start = self.runs.last().map_or(0, |run| run.end);
        let mut length = 0;
        let mut writer = BufWriter::with_capacity(1 << 16, self.file.as_ref().expect("just made"));
        for &entry in &self.waiting.entries {
            for part in [self.waiting.key(entry), self.waiting.item(entry)] {
                writer.write_all(&(part.len() as u64).to_le_bytes())?;
                writer.write_all(part)?;
                length += part.len() as u64 + 8;
            }
        }
        writer.flush()?;
        Ok(start..start + length)
    }
}

impl Waiting {
    fn push(&mut self, key: &str, item: &impl Serialize) -> Result<(), Error> {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(key.as_bytes());
        let middle = self.bytes.len();
        serde_json::to_writer(&mut self.bytes, item).map_err(|error| temporary(error.into()))?;
        self.entries.push(Entry { key: start, item: middle, end: self.bytes.len() });
        Ok(())
    }

    fn key(&self, entry: Entry) -> &[u8] {
        &self.bytes[entry.key..entry.item]
    }

    fn item(&self, entry: Entry) -> &[u8] {
        &self.bytes[entry.item..entry.end]
    }

    fn size(&self) -> usize {
        self.bytes.len() + self.entries.len() * size_of::<Entry>()
    }

    /// By key, and what came first first.
    fn sort(&mut self) {
        let bytes = &self.bytes;
        self.entries.sort_unstable_by(|a, b| {
            let keys = bytes[a.key..a.item].cmp(&bytes[b.key..b.item]);
            keys.then(a.key.cmp(&b.key))
        });
    }

    fn clear(&mut self) {
        self.bytes.clear();
        self.entries.clear();
    }
}

/// Items in the order of their keys, each with its key.
pub struct Sorted<T> {
    from: From,
    items: PhantomData<T>,
}

enum From {
    /// all of them, and which is next
    Memory(Waiting, usize),
    File(Merge),
}

impl<T: DeserializeOwned> Iterator for Sorted<T> {
    type Item = Result<(String, T), Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = match &mut self.from {
            From::Memory(waiting, at) => {
                let &entry = waiting.entries.get(*at)?;
                *at += 1;
                read(waiting.key(entry).to_vec(), waiting.item(entry))
            }
            From::File(merge) => {
                let Reverse(head) = merge.heads.pop()?;
                merge.advance(head.run).and_then(|()| read(head.key, &head.item))
            }
        };
        Some(next.map_err(temporary))
    }
}

fn read<T: DeserializeOwned>(key: Vec<u8>, item: &[u8]) -> io::Result<(String, T)> {
    Ok((String::from_utf8(key).map_err(io::Error::other)?, serde_json::from_slice(item)?))
}

/// The runs, and the first item of each that is not given out yet.
struct Merge {
    runs: Vec<BufReader<Run>>,
    heads: BinaryHeap<Reverse<Head>>,
}

impl Merge {
    /// Reads the next item of a run, if it has one.
    fn advance(&mut self, run: usize) -> io::Result<()> {
        let reader = &mut self.runs[run];
        if io::BufRead::fill_buf(reader)?.is_empty() {
            return Ok(());
        }
        let (key, item) = (part(reader)?, part(reader)?);
        self.heads.push(Reverse(Head { key, run, item }));
        Ok(())
    }
}

fn part(reader: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut length = [0; 8];
    reader.read_exact(&mut length)?;
    let length = u64::from_le_bytes(length);
    let mut bytes = Vec::new();
    match reader.take(length).read_to_end(&mut bytes)? as u64 == length {
        true => Ok(bytes),
        false => Err(io::ErrorKind::UnexpectedEof.into()),
    }
}

/// Earlier runs hold what came earlier.
struct Head {
    key: Vec<u8>,
    run: usize,
    item: Vec<u8>,
}

impl Ord for Head {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key.cmp(&other.key).then(self.run.cmp(&other.run))
    }
}

impl PartialOrd for Head {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Head {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Head {}

/// A run in the file that all runs share.
struct Run {
    file: Rc<RefCell<File>>,
    left: Range<u64>,
}

impl Read for Run {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut file = self.file.borrow_mut();
        file.seek(SeekFrom::Start(self.left.start))?;
        let n = (&mut *file).take(self.left.end - self.left.start).read(buffer)?;
        self.left.start += n as u64;
        Ok(n)
    }
}

fn temporary(cause: io::Error) -> Error {
    Error::Temporary { cause }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The sorted items, and into how many runs they fell.
    fn sorted(items: &[(String, u32)], budget: usize) -> (Vec<(String, u32)>, usize) {
        let mut sorter = Sorter::new(budget);
        items.iter().for_each(|(key, item)| sorter.push(key, item).unwrap());
        let runs = sorter.runs.len();
        (sorter.finish().unwrap().collect::<Result<_, _>>().unwrap(), runs)
    }

    proptest! {
        #[test]
        fn any_budget_sorts_as_memory_does(
            items in prop::collection::vec(("[a-cđ\u{0}\n]{0,3}", 0u32..1000), 0..60),
            budget in 0usize..2000,
        ) {
            let mut want = items.clone();
            want.sort_by(|a, b| a.0.cmp(&b.0));
            prop_assert_eq!(sorted(&items, budget).0, want);
        }
    }

    #[test]
    fn what_does_not_fit_is_written_out() {
        let items: Vec<(String, u32)> = (0..10_000u32).rev().map(|n| (format!("{n:05}"), n)).collect();
        for (budget, runs) in [(0, 10_000), (10_000, 32), (1 << 20, 0)] {
            let (sorted, fell) = sorted(&items, budget);
            assert_eq!(fell, runs, "{budget}");
            assert!(sorted.iter().map(|(_, n)| *n).eq(0..10_000), "{budget}");
        }
    }

    #[test]
    fn a_file_that_loses_its_end_is_an_error() {
        let mut sorter = Sorter::new(100);
        (0..100u32).for_each(|n| sorter.push(&n.to_string(), &n).unwrap());
        sorter.file.as_ref().unwrap().set_len(200).unwrap();
        let read: Result<Vec<_>, _> = sorter.finish().and_then(|sorted| sorted.collect());
        let error = read.unwrap_err().to_string();
        assert!(error.starts_with("a temporary file failed: "), "{error}");
    }
}
