//! Tidy tables: what DuckDB, polars, pandas, Spark, SQLite and spreadsheets open at once. [`definition`] says once
//! which tables there are and how an article fills their rows; [`csv`], [`parquet`] and [`sqlite`] write them.
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
use definition::TABLES;
use schema::Cell;
use std::io;
use std::path::Path;

/// What writes rows into tables of one format.
pub trait Rows {
    /// Writes a row of the table with this index in [`TABLES`].
    fn row(&mut self, table: usize, cells: &[Cell<'_>]) -> Result<(), Error>;

    /// Makes sure that all has arrived, and gives the output its name.
    fn finish(self) -> Result<(), Error>;
}

/// The rows of articles, written as they come.
struct Tables<R>(R);

impl<R: Rows> Sink for Tables<R> {
    fn article(&mut self, number: u64, article: &ArticleRecord<'_>) -> Result<(), Error> {
        let mut cells = Vec::new();
        let number = i64::try_from(number).unwrap_or(i64::MAX);
        definition::rows(number, article, |table, row| {
            TABLES[table].fill(&row, &mut cells);
            self.0.row(table, &cells)
        })
    }

    fn finish(self: Box<Self>) -> Result<(), Error> {
        self.0.finish()
    }
}

/// Opens tables of a format at `path`; what stands there is replaced at the end.
pub fn open(format: Format, path: &Path) -> Result<Box<dyn Sink>, Error> {
    Ok(match format {
        #[cfg(feature = "parquet")]
        Format::Parquet => Box::new(Tables(parquet::Tables::create(path)?)),
        #[cfg(feature = "sqlite")]
        Format::Sqlite => Box::new(Tables(sqlite::Tables::create(path)?)),
        Format::Csv => Box::new(Tables(csv::Tables::create(path)?)),
        _ => return Err(Error::NotBuilt { feature: format.feature() }),
    })
}

/// What `open` would refuse, before any work is done.
pub fn check(format: Format, path: &Path) -> Result<(), Error> {
    match format {
        Format::Parquet if !cfg!(feature = "parquet") => Err(Error::NotBuilt { feature: format.feature() }),
        Format::Sqlite if !cfg!(feature = "sqlite") => Err(Error::NotBuilt { feature: format.feature() }),
        Format::Sqlite => match std::fs::metadata(path) {
            Ok(meta) if !meta.is_file() => Err(refused(path, "it is there and no file; name another")),
            _ => Ok(()),
        },
        _ => folder::check(path, &folder::names(format.feature())),
    }
}

fn refused(path: &Path, why: &str) -> Error {
    Error::Output { path: path.display().to_string(), cause: io::Error::other(why.to_string()) }
}
