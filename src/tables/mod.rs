//! Tidy tables: what DuckDB, polars, pandas, Spark, SQLite and spreadsheets open at once. A set of tables says
//! once which there are and how an item fills their rows: [`definition`] that of articles. [`csv`], [`parquet`] and
//! [`sqlite`] write any set.
//!
//! Tables are always the second step: a run writes articles with their records, a line each, and the tables are made
//! of these lines, in one pass with little memory, the same bytes each time.

pub mod csv;
pub mod definition;
pub mod edtf;
pub mod folder;
#[cfg(feature = "parquet")]
pub mod parquet;
pub mod schema;
#[cfg(feature = "sqlite")]
pub mod sqlite;

use crate::error::Error;
use crate::output::format::Format;
use crate::output::sink::Sink;
use crate::record::ArticleRecord;
use schema::{Cell, Set, Tabular};
use std::io;
use std::path::Path;

/// What writes rows into tables of one format.
pub trait Rows {
    /// Writes a row of the table with this index in its set.
    fn row(&mut self, table: usize, cells: &[Cell<'_>]) -> Result<(), Error>;

    /// Makes sure that all has arrived, and gives the output its name.
    fn finish(self: Box<Self>) -> Result<(), Error>;
}

/// The rows of items, written as they come.
pub struct Tables(Box<dyn Rows>);

impl Tables {
    /// Writes the rows of an item; items are numbered from 1.
    pub fn item(&mut self, number: u64, item: &impl Tabular) -> Result<(), Error> {
        let number = i64::try_from(number).unwrap_or(i64::MAX);
        item.rows(number, &mut |table, cells| self.0.row(table, cells))
    }

    /// Makes sure that all has arrived, and gives the output its name.
    pub fn finish(self) -> Result<(), Error> {
        self.0.finish()
    }
}

impl Sink for Tables {
    fn article(&mut self, number: u64, article: &ArticleRecord<'_>) -> Result<(), Error> {
        self.item(number, article)
    }

    fn finish(self: Box<Self>) -> Result<(), Error> {
        (*self).0.finish()
    }
}

/// Opens a set of tables of a format at `path`; what stands there is replaced at the end.
pub fn open(format: Format, path: &Path, set: &Set) -> Result<Tables, Error> {
    Ok(Tables(match format {
        #[cfg(feature = "parquet")]
        Format::Parquet => Box::new(parquet::Tables::create(path, set)?),
        #[cfg(feature = "sqlite")]
        Format::Sqlite => Box::new(sqlite::Tables::create(path, set)?),
        Format::Csv => Box::new(csv::Tables::create(path, set)?),
        _ => return Err(Error::NotBuilt { feature: format.feature() }),
    }))
}

/// What `open` would refuse, before any work is done.
pub fn check(format: Format, path: &Path, set: &Set) -> Result<(), Error> {
    match format {
        Format::Parquet if !cfg!(feature = "parquet") => Err(Error::NotBuilt { feature: format.feature() }),
        Format::Sqlite if !cfg!(feature = "sqlite") => Err(Error::NotBuilt { feature: format.feature() }),
        Format::Sqlite => match std::fs::metadata(path) {
            Ok(meta) if !meta.is_file() => Err(refused(path, "it is there and no file; name another")),
            _ => Ok(()),
        },
        _ => folder::check(path, &folder::names(set, format.feature())),
    }
}

fn refused(path: &Path, why: &str) -> Error {
    Error::Output { path: path.display().to_string(), cause: io::Error::other(why.to_string()) }
}
