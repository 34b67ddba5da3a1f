//! Tables as one SQLite file: with indices, a column without accents and case (`name_folded`) beside each that people
//! search in, and views for the usual questions. Ready for Datasette.

use super::schema::{Cell, Column, Find, Layout, Set, Type};
use super::{Rows, refused};
use crate::error::Error;
use crate::output::part::{beside, resolved};
use crate::text::fold::bare;
use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, params_from_iter};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// The file is written in one go under another name: if that fails it is thrown away, so SQLite need not be able to
/// undo anything.
const SETTINGS: &str =
    "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536; BEGIN;";

/// A SQLite file being written.
pub struct Tables {
    shown: String,
    path: PathBuf,
    part: PathBuf,
    /// closed at the end
    database: Option<Connection>,
    inserts: Vec<String>,
    set: Set,
}

impl Tables {
    /// Begins the file with empty tables.
    pub fn create(path: &Path, set: &Set) -> Result<Self, Error> {
        super::check(crate::output::format::Format::Sqlite, path, set)?;
        let shown = path.display().to_string();
        let path = resolved(path);
        let part = beside(&path);
        // Created here first: the system says better than SQLite what is wrong with a path.
        File::create(&part).map_err(|cause| Error::Output { path: shown.clone(), cause })?;
        let inserts = set.tables.iter().map(insert).collect();
        let mut tables = Tables { shown, path, part, database: None, inserts, set: set.clone() };
        tables.begin().map_err(|error| tables.fault(error))?;
        Ok(tables)
    }

    fn begin(&mut self) -> rusqlite::Result<()> {
        let database = Connection::open(&self.part)?;
        database.execute_batch(SETTINGS)?;
        for table in &self.set.tables {
            database.execute_batch(&create(&self.set, table))?;
        }
        self.database = Some(database);
        Ok(())
    }

    fn end(&mut self) -> rusqlite::Result<()> {
        let Some(database) = self.database.take() else { return Ok(()) };
        for table in &self.set.tables {
            database.execute_batch(&indices(&self.set, table))?;
        }
        database.execute_batch(self.set.views)?;
        database.execute_batch("COMMIT")?;
        database.close().map_err(|(_, error)| error)
    }

    fn fault(&self, error: rusqlite::Error) -> Error {
        refused(Path::new(&self.shown), &error.to_string())
    }
}

impl Rows for Tables {
    fn row(&mut self, table: usize, cells: &[Cell<'_>]) -> Result<(), Error> {
        let Some(database) = &self.database else { return Ok(()) };
        let searched = self.set.tables[table]
            .columns
            .iter()
            .zip(cells)
            .filter(|(column, _)| column.find == Find::Folded);
        let folded = searched.map(|(_, cell)| folded(cell));
        let values = cells.iter().map(value).chain(folded);
        let insert = || database.prepare_cached(&self.inserts[table])?.execute(params_from_iter(values));
        insert().map(|_| ()).map_err(|error| self.fault(error))
    }

    fn finish(mut self: Box<Self>) -> Result<(), Error> {
        self.end().map_err(|error| self.fault(error))?;
        let named = File::open(&self.part).and_then(|file| file.sync_all());
        let named = named.and_then(|()| fs::rename(&self.part, &self.path));
        named.map_err(|cause: io::Error| Error::Output { path: self.shown.clone(), cause })
    }
}

impl Drop for Tables {
    /// What was not finished leaves nothing behind.
    fn drop(&mut self) {
        drop(self.database.take());
        let _ = fs::remove_file(&self.part);
    }
}

fn value<'a>(cell: &'a Cell<'_>) -> ToSqlOutput<'a> {
    match cell {
        Cell::Null => ToSqlOutput::Owned(Value::Null),
        Cell::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
        Cell::Int(n) => ToSqlOutput::Owned(Value::Integer(*n)),
        Cell::Real(n) => ToSqlOutput::Owned(Value::Real(*n)),
        Cell::Day(day) => ToSqlOutput::Owned(Value::Text(day.to_string())),
    }
}

fn folded<'a>(cell: &Cell<'_>) -> ToSqlOutput<'a> {
    match cell {
        Cell::Text(text) => ToSqlOutput::Owned(Value::Text(bare(text))),
        _ => ToSqlOutput::Owned(Value::Null),
    }
}

fn folded_columns(table: &Layout) -> impl Iterator<Item = String> {
    let searched = table.columns.iter().filter(|column| column.find == Find::Folded);
    searched.map(|column| format!("{}_folded", column.name))
}

fn create(set: &Set, table: &Layout) -> String {
    let first = &set.tables[0];
    let reference = format!("INTEGER NOT NULL REFERENCES {} ({})", first.name, first.columns[0].name);
    let column = |column: &Column| {
        let kind = match column.kind {
            _ if is_key(set, column) && table.name == first.name => "INTEGER PRIMARY KEY",
            _ if is_key(set, column) => &reference,
            Type::Int => "INTEGER",
            Type::Real => "REAL",
            Type::Text | Type::Day => "TEXT",
        };
        format!("{:?} {kind}", column.name)
    };
    let folded = folded_columns(table).map(|name| format!("{name:?} TEXT"));
    let columns: Vec<String> = table.columns.iter().map(column).chain(folded).collect();
    format!("CREATE TABLE {} ({});", table.name, columns.join(", "))
}

fn insert(table: &Layout) -> String {
    let count = table.columns.len() + folded_columns(table).count();
    format!("INSERT INTO {} VALUES ({})", table.name, vec!["?"; count].join(", "))
}

/// Whether the column is the number that joins the tables.
fn is_key(set: &Set, column: &Column) -> bool {
    column.name == set.tables[0].columns[0].name
}

fn indices(set: &Set, table: &Layout) -> String {
    let key = |column: &&Column| table.name == set.tables[0].name && is_key(set, column);
    let found = table.columns.iter().filter(|column| column.find != Find::No && !key(column));
    let names = found.map(|column| column.name.to_string()).chain(folded_columns(table));
    names.map(|name| format!("CREATE INDEX {0}_{name} ON {0} ({name:?});\n", table.name)).collect()
}
