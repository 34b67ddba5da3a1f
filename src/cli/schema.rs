//! `vnfacts schema`: the output contract: JSON Schema of the lines, columns of the tables.

use super::table;
use crate::entity::person::Person;
use crate::entity::programme::Programme;
use crate::output::Output;
use crate::record::ArticleRecord;
use crate::tables::schema::{Layout, Set, Tabular};
use clap::{Args, ValueEnum};

/// The JSON Schema (2020-12) of one record.
pub const RECORD: &str = include_str!("../../schema/record.schema.json");
/// The JSON Schema (2020-12) of one article with its records.
pub const DOCS: &str = include_str!("../../schema/docs.schema.json");
/// The JSON Schema (2020-12) of one finding of `vnfacts audit`.
pub const FINDINGS: &str = include_str!("../../schema/findings.schema.json");

/// The JSON Schema (2020-12) of one article with what a reader said of its records.
pub const VERDICTS: &str = include_str!("../../schema/verdicts.schema.json");

/// The JSON Schema (2020-12) of one person.
pub const OFFICIALS: &str = include_str!("../../schema/officials.schema.json");
/// The JSON Schema (2020-12) of one programme.
pub const PROGRAMMES: &str = include_str!("../../schema/programmes.schema.json");

/// All sets of tables; no two tables have the same name.
pub const SETS: &[fn() -> Set] = &[ArticleRecord::set, Person::set, Programme::set];

/// What is described.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum What {
    /// one record, as in `--format jsonl`
    Record,
    /// one article with its records, as in `--format docs`
    Docs,
    /// one article with verdicts, as the page of `vnfacts report` saves it and `vnfacts gold` reads it
    Verdicts,
    /// one finding of `vnfacts audit`
    Findings,
    /// one person, as `vnfacts officials` writes it
    Officials,
    /// one programme, as `vnfacts programmes` writes it
    Programmes,
    /// the tables of CSV, Parquet and SQLite
    Tables,
}

/// Print the JSON Schema of what the commands write (records, articles with them, verdicts, findings, persons,
/// programmes), or the columns of the tables
#[derive(Args, Debug)]
pub struct Schema {
    /// What to describe
    #[arg(value_enum, default_value = "record")]
    what: What,
}

impl Schema {
    /// Runs it; the exit code.
    pub fn run(&self) -> anyhow::Result<u8> {
        match self.what {
            What::Record => print(RECORD)?,
            What::Docs => print(DOCS)?,
            What::Verdicts => print(VERDICTS)?,
            What::Findings => print(FINDINGS)?,
            What::Officials => print(OFFICIALS)?,
            What::Programmes => print(PROGRAMMES)?,
            What::Tables => table::print(&tables())?,
        }
        Ok(0)
    }
}

fn print(schema: &str) -> anyhow::Result<()> {
    let mut output = Output::stdout();
    output.write(schema.as_bytes())?;
    Ok(output.finish()?)
}

fn tables() -> Vec<Vec<String>> {
    let header = ["table", "column", "type", "meaning"].map(String::from).to_vec();
    let tables = SETS.iter().flat_map(|set| set().tables);
    std::iter::once(header).chain(tables.flat_map(|table| lines(&table))).collect()
}

fn lines(table: &Layout) -> Vec<Vec<String>> {
    let line =
        |column: &str, kind: &str, about: &str| [table.name, column, kind, about].map(String::from).to_vec();
    let columns = table.columns.iter().map(|column| line(column.name, column.kind.name(), column.about));
    std::iter::once(line("", "", table.about)).chain(columns).collect()
}
