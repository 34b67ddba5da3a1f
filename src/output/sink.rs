//! Where articles with their records go, in whatever format.

use super::Output;
use super::format::Format;
use crate::error::Error;
use crate::record::ArticleRecord;
use crate::tables::{self, schema::Tabular};
use serde::Serialize;
use std::path::Path;

/// What takes articles, one after the other.
pub trait Sink {
    /// Takes an article; they are numbered from 1.
    fn article(&mut self, number: u64, article: &ArticleRecord<'_>) -> Result<(), Error>;

    /// Makes sure that all has arrived, and gives the output its name.
    fn finish(self: Box<Self>) -> Result<(), Error>;
}

/// Opens an output of this format; tables need a path, lines go to standard output without one.
pub fn open(format: Format, path: Option<&Path>) -> Result<Box<dyn Sink>, Error> {
    match path {
        Some(path) if format.has_tables() => Ok(Box::new(tables::open(format, path, &ArticleRecord::set())?)),
        _ if format.has_tables() => Err(Error::NoPath { format: format.feature() }),
        Some(path) => Ok(Box::new(Lines { output: Output::file(path)?, format, buffer: Vec::new() })),
        None => Ok(Box::new(Lines { output: Output::stdout(), format, buffer: Vec::new() })),
    }
}

/// What `open` would refuse, before any work is done.
pub fn check(format: Format, path: Option<&Path>) -> Result<(), Error> {
    match path {
        Some(path) if format.has_tables() => tables::check(format, path, &ArticleRecord::set()),
        None if format.has_tables() => Err(Error::NoPath { format: format.feature() }),
        _ => Ok(()),
    }
}

/// JSON Lines: articles or records.
struct Lines {
    output: Output,
    format: Format,
    buffer: Vec<u8>,
}

impl Lines {
    fn line(&mut self, value: &impl Serialize) {
        serde_json::to_writer(&mut self.buffer, value).expect("a record can always be written to memory");
        self.buffer.push(b'\n');
    }
}

impl Sink for Lines {
    fn article(&mut self, _: u64, article: &ArticleRecord<'_>) -> Result<(), Error> {
        self.buffer.clear();
        match self.format.has_articles() {
            true => self.line(article),
            false => article.records.iter().for_each(|record| self.line(record)),
        }
        self.output.write(&self.buffer)
    }

    fn finish(self: Box<Self>) -> Result<(), Error> {
        self.output.finish()
    }
}
