//! The records that a command reads: what `extract` wrote.

use crate::output::articles::Articles;
use anyhow::bail;
use clap::Args;
use std::io::IsTerminal;
use std::path::PathBuf;

/// The files of records that a command reads.
#[derive(Args, Clone, Debug)]
pub struct Records {
    /// What `vnfacts extract` wrote: JSON Lines of articles (`--format docs`, best with `--with-text`) or of records,
    /// plain, gzip or zstd; `-` for standard input
    #[arg(value_name = "RECORDS")]
    pub records: Vec<PathBuf>,
}

impl Records {
    /// The articles with their records; from standard input if no file is named and something is piped in.
    pub fn articles(&self) -> anyhow::Result<Articles> {
        if self.records.is_empty() && std::io::stdin().is_terminal() {
            bail!(
                "no records; name a file that `vnfacts extract` wrote, or `-` for standard input (see --help)"
            );
        }
        Ok(Articles::open(self.records.clone())?)
    }
}
