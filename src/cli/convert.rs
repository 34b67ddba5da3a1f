//! `vnfacts convert`: records to another format.

use crate::output::format::Format;
use crate::output::lines::{Lines, RECORDS};
use crate::output::sink;
use crate::tables::articles::Articles;
use clap::Args;
use std::path::{Path, PathBuf};

/// Write records that `extract` has written in another format: articles with their records, or tables
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Convert {
    /// What `vnfacts extract` wrote as JSON Lines, of records or (`--format docs`) of articles; plain, gzip or zstd;
    /// `-` for standard input
    records: PathBuf,

    /// Where to write, a file or (CSV, Parquet) a folder; it gets its name when it is complete. Standard output, if
    /// not given, takes lines only
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,

    /// The format, where the suffix of OUT does not tell it
    #[arg(long, value_name = "FORMAT", value_enum)]
    format: Option<Format>,
}

const EXAMPLES: &str = "\
Examples:
  vnfacts convert records.docs.jsonl -o facts.sqlite      one SQLite file, with indices and views
  vnfacts convert records.docs.jsonl -o facts.parquet     a folder of Parquet files, one a table
  vnfacts convert records.jsonl.zst -o tables --format csv
  vnfacts convert records.docs.jsonl > records.jsonl      the records alone

Lines of records do not say when articles were published, nor their titles, nor which had no facts; those of
`extract --format docs` do. `vnfacts schema tables` lists the tables.

Exit codes: 0 all went well, 2 wrong use, a line that cannot be read, or an output that cannot be written.";

impl Convert {
    /// Runs it; the exit code.
    pub fn run(&self) -> anyhow::Result<u8> {
        let output = self.output.as_deref();
        convert(&self.records, Format::of(self.format, output), output)?;
        Ok(0)
    }
}

/// Writes the articles that the lines of `records` hold.
pub fn convert(records: &Path, format: Format, output: Option<&Path>) -> anyhow::Result<()> {
    sink::check(format, output)?;
    let mut articles = Articles::new(Lines::open(records, RECORDS)?);
    let mut sink = sink::open(format, output)?;
    let mut number = 0;
    while let Some(article) = articles.next_article()? {
        number += 1;
        sink.article(number, &article)?;
    }
    Ok(sink.finish()?)
}
