//! `vnfacts gazetteers`: the tables there are, and whether those of a folder are sound.

use super::UNUSABLE;
use super::summary::grouped;
use super::table::print;
use crate::confidence;
use crate::error::Error;
use crate::gazetteer::Gazetteers;
use crate::gazetteer::schema::SCHEMAS;
use crate::gazetteer::table::Table;
use crate::output::Output;
use anyhow::bail;
use clap::Subcommand;
use jiff::civil::Date;
use std::path::PathBuf;

/// List, show and check the tables of names, titles, bodies, codes …
#[derive(Subcommand, Debug)]
pub enum Command {
    /// List the tables: name, rows, what each is for, the files it is read from
    List {
        /// With the tables of DIR
        #[arg(long, value_name = "DIR")]
        gazetteers: Option<PathBuf>,
    },
    /// Check the tables; tells every fault at once as `file:line: cause`
    Check {
        /// The tables of DIR (NAME.tsv replaces a table, NAME.add.tsv adds rows); those of the program if not given
        dir: Option<PathBuf>,
    },
    /// Write a table of the program to standard output, to start one's own from
    Show {
        /// Its name
        name: String,
        /// Only the rows that hold on this day (2025-08-01), by their `from` and `to`
        #[arg(long, value_name = "DATE")]
        at: Option<Date>,
    },
}

impl Command {
    /// Runs it; the exit code.
    pub fn run(&self) -> anyhow::Result<u8> {
        match self {
            Command::List { gazetteers } => list(&Gazetteers::load(gazetteers.as_deref())?),
            Command::Check { dir } => check(Gazetteers::load(dir.as_deref())),
            Command::Show { name, at } => show(name, *at),
        }
    }
}

fn list(gazetteers: &Gazetteers) -> anyhow::Result<u8> {
    let header = ["table", "rows", "about", "files"].map(String::from).to_vec();
    let rows = gazetteers.tables().iter().map(|table| {
        let Table { schema, rows } = table;
        vec![schema.name.into(), rows.len().to_string(), schema.about.into(), files(table)]
    });
    print(&std::iter::once(header).chain(rows).collect::<Vec<_>>())?;
    Ok(0)
}

fn files(table: &Table) -> String {
    let mut files: Vec<&str> = table.rows.iter().map(|row| &*row.file).collect();
    files.dedup();
    files.join(" ")
}

fn check(loaded: Result<Gazetteers, Error>) -> anyhow::Result<u8> {
    let sound = loaded.and_then(|gazetteers| match confidence::faults(&gazetteers) {
        faults if faults.is_empty() => Ok(gazetteers),
        faults => Err(Error::Gazetteers(faults)),
    });
    let (text, code) = match sound {
        Ok(gazetteers) => {
            let rows: usize = gazetteers.tables().iter().map(|table| table.rows.len()).sum();
            let tables = gazetteers.tables().len();
            (format!("{tables} tables, {} rows, no faults\n", grouped(rows as u64)), 0)
        }
        Err(Error::Gazetteers(faults)) => {
            (faults.iter().map(|fault| format!("{fault}\n")).collect::<String>(), UNUSABLE)
        }
        Err(other) => return Err(other.into()),
    };
    write(&text)?;
    Ok(code)
}

fn show(name: &str, at: Option<Date>) -> anyhow::Result<u8> {
    let Some(schema) = SCHEMAS.iter().find(|schema| schema.name == name) else {
        let names: Vec<&str> = SCHEMAS.iter().map(|schema| schema.name).collect();
        bail!("no table {name:?}; there are: {}", names.join(", "));
    };
    let Some(day) = at else {
        write(schema.embedded)?;
        return Ok(0);
    };
    let gazetteers = Gazetteers::embedded()?;
    let Some(table) = gazetteers.tables().iter().find(|table| table.schema.name == name) else {
        return Ok(0);
    };
    let header = schema.columns.iter().map(|column| column.name).collect::<Vec<_>>().join("\t");
    let rows = table.rows.iter().filter(|row| table.holds(row, day)).map(|row| row.cells.join("\t"));
    write(&std::iter::once(header).chain(rows).map(|line| line + "\n").collect::<String>())?;
    Ok(0)
}

fn write(text: &str) -> Result<(), Error> {
    let mut output = Output::stdout();
    output.write(text.as_bytes())?;
    output.finish()
}
