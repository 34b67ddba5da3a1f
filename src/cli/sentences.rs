//! `vnfacts sentences`: articles to sentences.

use super::options::{Given, Options};
use super::{run, work};
use crate::pipeline::Pipeline;
use clap::Args;

/// Split articles into sentences, one JSON object a line
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Sentences {
    #[command(flatten)]
    options: Options,
}

const EXAMPLES: &str = "\
Examples:
  vnfacts sentences article.txt
  vnfacts sentences dump.jsonl.gz -o sentences.jsonl

A line says {doc, sentence, block, start, end, field, text}; start and end count Unicode code points of the field.";

impl Sentences {
    /// Runs it; the exit code. `given` are its options by name.
    pub fn run(mut self, given: Given) -> anyhow::Result<u8> {
        self.options.given = given;
        let pipeline =
            Pipeline::new(self.options.source.tables()?, &[]).published(self.options.source.published);
        run::run(&self.options, &pipeline, work::sentences, None)
    }
}
