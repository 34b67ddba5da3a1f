//! What the commands that bring a whole dump together have in common: input, output, memory.

use super::monitor::or_nothing;
use super::records::Records;
use crate::entity::Stop;
use crate::output::articles::Articles;
use crate::output::entities::Entities;
use crate::output::format::Format;
use crate::tables::schema::Tabular;
use clap::Args;
use std::path::PathBuf;

/// Where entities come from and go to.
#[derive(Args, Clone, Debug)]
pub struct Whole {
    #[command(flatten)]
    records: Records,

    /// Where to write, a file or (CSV, Parquet) a folder; it gets its name when it is complete. Standard output, if
    /// not given, takes lines only
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,

    /// The format, where the suffix of OUT does not tell it; `docs` is the same as `jsonl` here
    #[arg(long, value_name = "FORMAT", value_enum)]
    format: Option<Format>,

    /// Sort with about so many megabytes of memory; what is more goes to temporary files (in TMPDIR)
    #[arg(long, value_name = "MB", default_value = "256", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    memory: u32,
}

impl Whole {
    /// Lets `make` write entities of one kind; the exit code.
    pub fn run<E: Tabular>(
        &self,
        make: impl FnOnce(&mut Articles, usize, &mut Entities) -> Result<(), Stop>,
    ) -> anyhow::Result<u8> {
        let output = self.output.as_deref();
        let format = Format::of(self.format, output);
        Entities::check::<E>(format, output)?;
        or_nothing(output, || {
            let mut articles = self.records.articles()?;
            let mut entities = Entities::open::<E>(format, output)?;
            make(&mut articles, (self.memory as usize) << 20, &mut entities).map_err(|stop| match stop {
                Stop::Write(error) => anyhow::Error::from(error),
                Stop::Line(line) => line.into(),
            })?;
            Ok(entities.finish()?)
        })?;
        Ok(0)
    }
}
