//! `vnfacts diff`: what a change gained and lost.

use crate::eval::diff::{Summary, compare};
use crate::eval::merge::Merge;
use crate::output::Output;
use crate::output::lines::{Lines, RECORDS};
use crate::record::Kind;
use clap::Args;
use std::fmt::Write;
use std::path::PathBuf;

/// The exit code when the files differ.
const DIFFER: u8 = 1;

/// Compare the records of two runs: what was lost (-), gained (+) and changed (~), each with its words, and how much
/// by kind and rule
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Diff {
    /// Records as they were; `-` for standard input
    a: PathBuf,

    /// Records as they are now; both files have their articles in the same order, and may lack some
    b: PathBuf,

    /// Only records of these kinds
    #[arg(long, value_name = "KIND", value_enum, value_delimiter = ',')]
    only: Vec<Kind>,

    /// Keys that may differ: sentence,confidence
    #[arg(long, value_name = "KEY", value_delimiter = ',')]
    ignore: Vec<String>,

    /// List at most N losses, N gains and N changes of each rule; all are counted
    #[arg(long, value_name = "N")]
    limit: Option<usize>,

    /// Only the counts
    #[arg(long)]
    summary: bool,
}

const EXAMPLES: &str = "\
Examples:
  vnfacts diff before.jsonl after.jsonl
  vnfacts diff before.jsonl.zst after.jsonl.zst --summary
  vnfacts diff before.jsonl after.jsonl --only count --limit 20
  vnfacts diff before.jsonl after.jsonl --ignore confidence,sentence

Exit codes: 0 the same, 1 they differ, 2 wrong use, or a file or one of its lines cannot be read.";

impl Diff {
    /// Runs it; the exit code.
    pub fn run(&self) -> anyhow::Result<u8> {
        let mut merge = Merge::new(Lines::open(&self.a, RECORDS)?, Lines::open(&self.b, RECORDS)?)?;
        let mut output = Output::stdout();
        let (mut summary, mut text) = (Summary::default(), String::new());
        while let Some(pair) = merge.next_pair()? {
            if let (Some(a), Some(b)) = &pair
                && a.same_lines(b)
            {
                continue;
            }
            let (mut a, mut b) = merge.records(&pair)?;
            if !self.only.is_empty() {
                a.retain(|record| self.only.contains(&record.fact.kind()));
                b.retain(|record| self.only.contains(&record.fact.kind()));
            }
            let mut head = pair.0.or(pair.1).map(|group| group.doc);
            text.clear();
            for change in compare(a, b, &self.ignore) {
                let nth = summary.add(&change);
                if !self.summary && self.limit.is_none_or(|limit| nth <= limit) {
                    if let Some(doc) = head.take() {
                        let _ = writeln!(text, "{doc}");
                    }
                    let _ = writeln!(text, "  {}", change.line());
                }
            }
            output.write(text.as_bytes())?;
        }
        let (end, code) = match summary.is_empty() {
            true => ("no difference\n".to_string(), 0),
            false => (summary.table(), DIFFER),
        };
        output.write(end.as_bytes())?;
        output.finish()?;
        Ok(code)
    }
}
