//! `vnfacts convert`: records to another format.

use super::monitor::or_nothing;
use super::records::Records;
use crate::output::articles::Articles;
use crate::output::format::Format;
use crate::output::sink;
use clap::Args;
use std::path::{Path, PathBuf};

/// Write records that `extract` has written in another format: articles with their records, or tables
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Convert {
    #[command(flatten)]
    records: Records,

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

Exit codes: 0 all went well, 2 wrong use, a line that cannot be read, or an output that cannot be written,
130 and 143 stopped by Ctrl-C or SIGTERM.";

impl Convert {
    /// Runs it; the exit code.
    pub fn run(&self) -> anyhow::Result<u8> {
        let output = self.output.as_deref();
        let format = Format::of(self.format, output);
        sink::check(format, output)?;
        or_nothing(output, || convert(self.records.articles()?, format, output))?;
        Ok(0)
    }
}

/// Writes these articles.
pub fn convert(mut articles: Articles, format: Format, output: Option<&Path>) -> anyhow::Result<()> {
    let mut sink = sink::open(format, output)?;
    let mut number = 0;
    while let Some(article) = articles.next_article()? {
        number += 1;
        sink.article(number, &article)?;
    }
    Ok(sink.finish()?)
}
