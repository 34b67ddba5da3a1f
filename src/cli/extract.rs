//! `vnfacts extract`: articles to records.

use super::convert::convert;
use super::options::{Given, Options};
use super::run::{self, Made};
use super::work::{self, Write};
use crate::error::Error;
use crate::output::articles::Articles;
use crate::output::format::Format;
use crate::output::part::with_suffix;
use crate::output::sink;
use crate::pipeline::Pipeline;
use crate::record::Kind;
use anyhow::{anyhow, bail};
use clap::Args;
use std::path::Path;

/// Extract the facts of articles, one JSON record a line, or as tables
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Extract {
    #[command(flatten)]
    options: Options,

    /// Only records of these kinds
    #[arg(long, value_name = "KIND", value_enum, value_delimiter = ',')]
    only: Vec<Kind>,

    /// Only records that are right with at least this likelihood, from 0 to 1 (see `confidence` in the records)
    #[arg(long, value_name = "X", default_value = "0", value_parser = parse_share)]
    min_confidence: f32,

    /// What to write, where the suffix of -o does not tell it
    ///
    /// .docs.jsonl is docs; .csv and .parquet are folders of tables; .sqlite, .sqlite3 and .db a SQLite file; all else
    /// is jsonl. Tables are made, when all articles are read, of OUT.journal.jsonl, which is removed then; if it
    /// cannot be done, that file stays and `vnfacts convert` makes them later. `vnfacts schema tables` lists them.
    #[arg(long, value_name = "FORMAT", value_enum)]
    format: Option<Format>,

    /// With the texts of the articles, which offsets count in; not in jsonl, which has no articles
    #[arg(long)]
    with_text: bool,
}

pub(super) fn parse_share(text: &str) -> Result<f32, String> {
    let share = text.parse().ok().filter(|share| (0.0..=1.0).contains(share));
    share.ok_or_else(|| "not a number from 0 to 1".into())
}

const EXAMPLES: &str = "\
Examples:
  vnfacts extract article.txt                          the facts of one page
  vnfacts extract news/ -o records.jsonl               of all pages in a folder
  vnfacts extract dump.jsonl.gz --only official,code   of a dump, two kinds
  vnfacts extract shards/ -o records.jsonl --resume    again after a break: goes on
  zstdcat dump.zst | vnfacts extract - --errors bad.jsonl > records.jsonl
  vnfacts extract dump.jsonl -o facts.parquet          tables for DuckDB, polars, pandas, Spark
  vnfacts extract dump.jsonl -o facts.sqlite           for SQLite and Datasette
  vnfacts extract dump.jsonl --map text=noi_dung,published=ngay.$date
  vnfacts extract page.txt --published 2019-12-15 --gazetteers my-tables/

Exit codes: 0 all went well (also without facts), 1 some input failed, 2 wrong use, broken tables, or an output
that cannot be written, 130 and 143 stopped by Ctrl-C or SIGTERM.";

impl Extract {
    /// Runs it; the exit code. `given` are its options by name.
    pub fn run(mut self, given: Given) -> anyhow::Result<u8> {
        self.options.given = given;
        let output = self.options.output.as_deref();
        let format = Format::of(self.format, output);
        sink::check(format, output)?;
        let write = match (format.has_articles(), self.with_text) {
            (false, true) => {
                bail!("--with-text: jsonl holds records, not articles; ask for --format docs or tables")
            }
            (false, false) => work::records,
            (true, false) => work::docs,
            (true, true) => work::docs_with_text,
        };
        let pipeline = Pipeline::new(self.options.source.tables()?, &self.only)
            .published(self.options.source.published)
            .min_confidence(self.min_confidence);
        match (format.has_tables(), &self.options.output) {
            (true, Some(path)) => self.tables(&pipeline, write, format, path),
            _ => run::run(&self.options, &pipeline, write, None),
        }
    }

    /// Writes articles beside `path`, and makes the tables of them.
    fn tables(&self, pipeline: &Pipeline, write: Write, format: Format, path: &Path) -> anyhow::Result<u8> {
        let journal = with_suffix(path, ".journal.jsonl");
        let options = Options { output: Some(journal.clone()), ..self.options.clone() };
        let (from, to) = (journal.display().to_string(), path.display());
        let named = match Format::of(None, Some(path)) == format {
            true => String::new(),
            false => format!(" --format {}", format.feature()),
        };
        let otherwise = format!("`vnfacts convert {from} -o {to}{named}` makes the tables of them");
        let make = || {
            Articles::open(vec![journal.clone()])
                .map_err(anyhow::Error::from)
                .and_then(|articles| convert(articles, format, Some(path)))
                .map_err(|error| anyhow!("{error:#}; all articles are read and kept: {otherwise}"))?;
            std::fs::remove_file(&journal).map_err(|cause| Error::Output { path: from.clone(), cause })?;
            Ok(())
        };
        run::run(&options, pipeline, write, Some(Made { path, make: &make, otherwise: &otherwise }))
    }
}
