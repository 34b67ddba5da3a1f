//! `vnfacts officials`: the persons of a dump.

use super::entities::Whole;
use crate::entity::officials::Officials as Over;
use crate::entity::person::Person;
use crate::gazetteer::Gazetteers;
use clap::Args;
use std::path::PathBuf;

/// Bring together who was said to hold which posts, over a whole dump
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Officials {
    #[command(flatten)]
    whole: Whole,

    /// A folder of tables that replace or extend those that ship with the program
    #[arg(long, value_name = "DIR")]
    gazetteers: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  vnfacts officials records.docs.jsonl > officials.jsonl
  vnfacts officials records.docs.jsonl -o officials.sqlite    persons, posts, reasons; also .csv, .parquet
  vnfacts extract dump.jsonl.gz --format docs | vnfacts officials -

A person has posts, each with the articles that say it, the first and the last day it was seen, and the words there.
These days are sightings: an article of a day says nothing of when a term began. Namesakes are kept apart, with the
reason; who may be one person under two names is told, and never joined. docs/officials.md has the rules;
`vnfacts schema officials` the keys. Records without articles (`--format jsonl`) tell no days.

Exit codes: 0 all went well, 2 wrong use, a line that cannot be read, or an output that cannot be written,
130 and 143 stopped by Ctrl-C or SIGTERM.";

impl Officials {
    /// Runs it; the exit code.
    pub fn run(&self) -> anyhow::Result<u8> {
        let gazetteers = Gazetteers::load(self.gazetteers.as_deref())?;
        self.whole.run::<Person>(|articles, memory, out| {
            Over::new(&gazetteers, memory).run(articles, |person| out.take(&person))
        })
    }
}
