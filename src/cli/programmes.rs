//! `vnfacts programmes`: the programmes and documents of a dump.

use super::entities::Whole;
use crate::entity::programme::Programme;
use crate::entity::programmes;
use crate::entity::titles::Posts;
use crate::gazetteer::Gazetteers;
use clap::Args;
use std::path::PathBuf;

/// Bring together what was said of each programme or document cited, over a whole dump
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Programmes {
    #[command(flatten)]
    whole: Whole,

    /// A folder of tables that replace or extend those that ship with the program
    #[arg(long, value_name = "DIR")]
    gazetteers: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  vnfacts programmes records.docs.jsonl > programmes.jsonl
  vnfacts programmes records.docs.jsonl -o programmes.sqlite    names, officials, figures, awards; also .csv, .parquet
  vnfacts programmes records.docs.jsonl | jq -r 'select(.awards != []) | .canonical'

A programme is a code of one issuer: `01-CTr/TU` of two provinces are two, where the articles tell. Figures are the counts
in the same sentence; where it cites several codes, those in a part between semicolons that cites one, which takes the
texts (`extract --format docs --with-text`). `vnfacts schema programmes` has the keys.

Exit codes: 0 all went well, 2 wrong use, a line that cannot be read, or an output that cannot be written,
130 and 143 stopped by Ctrl-C or SIGTERM.";

impl Programmes {
    /// Runs it; the exit code.
    pub fn run(&self) -> anyhow::Result<u8> {
        let posts = Posts::new(&Gazetteers::load(self.gazetteers.as_deref())?);
        self.whole.run::<Programme>(|articles, memory, out| {
            programmes::run(&posts, articles, memory, |programme| out.take(&programme))
        })
    }
}
