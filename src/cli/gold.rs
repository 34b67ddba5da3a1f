//! `vnfacts gold`: what a reader said of records to annotated articles.

use super::monitor::or_nothing;
use super::summary::{counted, grouped};
use crate::eval::gold::Article;
use crate::output::Output;

use crate::review;
use clap::Args;
use std::io::Write;
use std::path::PathBuf;

/// Turn reviewed records into annotated articles for `vnfacts eval` and `vnfacts calibrate`
///
/// Accepted records stand as they are, corrected ones as corrected, rejected ones are left out. What a reader missed
/// because no record points at it is missing in the gold too.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Gold {
    /// What the page of `vnfacts report` saved; content tells the format; `-` for standard input
    #[arg(value_name = "VERDICTS", required = true)]
    verdicts: Vec<PathBuf>,

    /// Write to FILE instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Also articles of which some records are not judged yet, without these records
    #[arg(long)]
    partial: bool,

    /// No summary on standard error
    #[arg(short, long)]
    quiet: bool,
}

const EXAMPLES: &str = "\
Examples:
  vnfacts gold verdicts.jsonl -o gold.jsonl
  vnfacts eval gold.jsonl records.jsonl
  vnfacts gold mine.jsonl yours.jsonl --partial | vnfacts eval /dev/stdin records.jsonl

Exit codes: 0 all was read, 2 wrong use, a file or line that cannot be read, or an output that cannot be written.";

/// What became of the articles.
#[derive(Default)]
struct Told {
    whole: u64,
    partial: u64,
    left: u64,
    open: u64,
}

impl Gold {
    /// Runs it; the exit code.
    pub fn run(&self) -> anyhow::Result<u8> {
        let told = or_nothing(self.output.as_deref(), || self.write())?;
        if !self.quiet {
            let _ = writeln!(std::io::stderr(), "{}", self.summary(&told));
        }
        Ok(0)
    }

    fn write(&self) -> anyhow::Result<Told> {
        let mut output = self.output.as_deref().map_or_else(|| Ok(Output::stdout()), Output::file)?;
        let mut told = Told::default();
        for path in &self.verdicts {
            for review in review::open(path)? {
                let review = review?;
                told.open += review.open as u64;
                match (review.open, self.partial) {
                    (0, _) => told.whole += 1,
                    (_, true) => told.partial += 1,
                    (_, false) => {
                        told.left += 1;
                        continue;
                    }
                }
                let text = review.article.text.as_deref().unwrap_or_default().to_string();
                let mut line = serde_json::to_vec(&Article::of(&review.article, text))?;
                line.push(b'\n');
                output.write(&line)?;
            }
        }
        output.finish()?;
        Ok(told)
    }

    fn summary(&self, told: &Told) -> String {
        let Told { whole, partial, left, open } = *told;
        let gold = counted(whole + partial, "article");
        match (open, self.partial) {
            (0, _) => format!("{gold} of gold"),
            (_, true) => format!(
                "{gold} of gold, {} of them without {} not judged yet",
                grouped(partial),
                counted(open, "record")
            ),
            (_, false) => format!(
                "{gold} of gold, {} left out, in which {} are not judged yet (--partial takes them without these)",
                grouped(left),
                counted(open, "record")
            ),
        }
    }
}
