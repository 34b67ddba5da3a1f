//! Gazetteers: the tables in `gazetteers/`, embedded in the binary, replaced or extended by those of a folder.
//!
//! In a folder given with `--gazetteers`, `titles.tsv` replaces the embedded table and `titles.add.tsv` adds rows to
//! it. All tables are checked when loaded; a fault anywhere stops the run at its start.

pub mod hits;
pub mod matcher;
pub mod schema;
pub mod table;

use crate::error::Error;
use crate::text::page::PageTables;
use crate::text::token::{Token, tokenize};
use crate::text::vocabulary::{Lookup, Vocabulary};
use hits::Kinds;
use matcher::{Builder, Matcher};
use schema::{Cell, SCHEMAS, Schema, TABLES, TableId};
use std::path::Path;
use table::{Fault, Table};

/// All tables, with the vocabulary and the matcher made of their phrases. Immutable, shared by all workers.
pub struct Gazetteers {
    tables: Vec<Table>,
    /// every word that a table or a rule knows
    pub vocabulary: Vocabulary,
    /// every phrase of every table
    pub matcher: Matcher,
    /// what blocks and sentences are told by
    pub page: PageTables,
}

impl Gazetteers {
    /// The tables that ship with the program.
    pub fn embedded() -> Result<Self, Error> {
        Self::load(None)
    }

    /// The embedded tables, replaced and extended by those of `folder`.
    pub fn load(folder: Option<&Path>) -> Result<Self, Error> {
        let mut faults = Vec::new();
        let tables = SCHEMAS.iter().map(|schema| read_table(schema, folder, &mut faults)).collect();
        if let Some(folder) = folder {
            check_names(folder, &mut faults);
        }
        if !faults.is_empty() {
            return Err(Error::Gazetteers(faults));
        }
        Ok(Self::build(tables))
    }

    fn build(tables: Vec<Table>) -> Self {
        let mut vocabulary = Vocabulary::default();
        let mut matcher = Builder::default();
        let mut tokens: Vec<Token> = Vec::new();
        for (&id, table) in TABLES.iter().zip(&tables) {
            let columns: Vec<(usize, Cell)> =
                table.schema.columns.iter().map(|c| c.cell).enumerate().collect();
            for (n, row) in table.rows.iter().enumerate() {
                let kinds = Kinds::of(id, |column| &row.cells[table.column(column)]);
                for &(column, cell) in &columns {
                    if matches!(cell, Cell::Phrase | Cell::Phrases) {
                        for phrase in table::values(&row.cells[column]) {
                            tokens.clear();
                            tokenize(phrase, &mut Lookup::Build(&mut vocabulary), &mut tokens);
                            matcher.add(&tokens, table.schema.case, kinds, id, n as u32);
                        }
                    }
                }
            }
        }
        let page = PageTables::new(|id| &tables[id as usize]);
        Gazetteers { tables, vocabulary, matcher: matcher.build(), page }
    }

    /// One table.
    pub fn table(&self, id: TableId) -> &Table {
        &self.tables[id as usize]
    }

    /// All tables.
    pub fn tables(&self) -> &[Table] {
        &self.tables
    }
}

fn read_table(schema: &'static Schema, folder: Option<&Path>, faults: &mut Vec<Fault>) -> Table {
    let mut rows = Vec::new();
    let own = folder.map(|f| f.join(format!("{}.tsv", schema.name)));
    match own.filter(|path| path.exists()) {
        Some(path) => read_file(schema, &path, &mut rows, faults),
        None => table::read(
            schema,
            &format!("gazetteers/{}.tsv", schema.name),
            schema.embedded,
            &mut rows,
            faults,
        ),
    }
    if let Some(path) =
        folder.map(|f| f.join(format!("{}.add.tsv", schema.name))).filter(|path| path.exists())
    {
        read_file(schema, &path, &mut rows, faults);
    }
    table::check_keys(schema, &rows, faults);
    Table { schema, rows }
}

fn read_file(schema: &'static Schema, path: &Path, rows: &mut Vec<table::Row>, faults: &mut Vec<Fault>) {
    let file = path.display().to_string();
    match std::fs::read(path).map(String::from_utf8) {
        Ok(Ok(content)) => table::read(schema, &file, content.trim_start_matches('\u{feff}'), rows, faults),
        Ok(Err(error)) => {
            let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = 1 + good.iter().filter(|&&b| b == b'\n').count();
            faults.push(Fault { file, line, cause: "is not UTF-8".into() });
        }
        Err(error) => faults.push(Fault { file, line: 0, cause: format!("cannot be read: {error}") }),
    }
}

/// A file whose name is no table's would be passed over silently: that is a fault too.
fn check_names(folder: &Path, faults: &mut Vec<Fault>) {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            return faults.push(Fault {
                file: folder.display().to_string(),
                line: 0,
                cause: format!("cannot be read: {error}"),
            });
        }
    };
    for path in entries.flatten().map(|entry| entry.path()) {
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
        let Some(stem) = name.strip_suffix(".tsv") else { continue };
        let stem = stem.strip_suffix(".add").unwrap_or(stem);
        if !SCHEMAS.iter().any(|schema| schema.name == stem) {
            let names: Vec<&str> = SCHEMAS.iter().map(|schema| schema.name).collect();
            let cause = format!("no table has this name; there are: {}", names.join(", "));
            faults.push(Fault { file: path.display().to_string(), line: 0, cause });
        }
    }
}
