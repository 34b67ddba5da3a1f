//! `vnfacts extract`: articles to records.

use super::options::Options;
use super::{run, work};
use crate::pipeline::Pipeline;
use crate::record::Kind;
use clap::Args;

/// Extract the facts of articles, one JSON record a line
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
}

fn parse_share(text: &str) -> Result<f32, String> {
    let share = text.parse().ok().filter(|share| (0.0..=1.0).contains(share));
    share.ok_or_else(|| "not a number from 0 to 1".into())
}

const EXAMPLES: &str = "\
Examples:
  vnfacts extract article.txt                          the facts of one page
  vnfacts extract news/ -o records.jsonl               of all pages in a folder
  vnfacts extract dump.jsonl.gz --only official,code   of a dump, two kinds
  zstdcat dump.zst | vnfacts extract - --errors bad.jsonl > records.jsonl
  vnfacts extract dump.jsonl --map text=noi_dung,published=ngay.$date
  vnfacts extract page.txt --published 2019-12-15 --gazetteers my-tables/

Exit codes: 0 all went well (also without facts), 1 some input failed, 2 wrong use, broken tables, or an output
that cannot be written.";

impl Extract {
    /// Runs it; the exit code.
    pub fn run(&self) -> anyhow::Result<u8> {
        let pipeline = Pipeline::new(self.options.tables()?, &self.only)
            .published(self.options.published)
            .min_confidence(self.min_confidence);
        run::run(&self.options, &pipeline, work::records)
    }
}
