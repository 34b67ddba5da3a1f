//! `vnfacts eval` and `vnfacts calibrate`: records judged by annotated articles.

use crate::eval::score::{Records, Score, read_records, score};
use crate::eval::{calibrate, errors, gold, report};
use crate::gazetteer::Gazetteers;
use crate::output::Output;
use crate::pipeline::Pipeline;
use crate::record::Kind;
use clap::Args;
use std::path::PathBuf;

/// Score records against annotated articles: precision, recall and F1 by kind, source and rule, and the errors
#[derive(Args, Debug)]
#[command(after_help = GOLD)]
pub struct Eval {
    #[command(flatten)]
    files: Files,

    /// Show at most N misses and N false alarms of each kind in their sentence
    #[arg(long, value_name = "N", default_value = "10")]
    errors: usize,

    /// The figures as one JSON object, without the errors
    #[arg(long)]
    json: bool,
}

/// Rebuild the table of confidences from annotated articles
///
/// Counts of each rule how many of its records are right, and writes the table that `confidence` in the records is
/// computed from. Put it in a folder as confidence.tsv and give that with --gazetteers, or into the program's own.
#[derive(Args, Debug)]
#[command(after_help = GOLD)]
pub struct Calibrate {
    #[command(flatten)]
    files: Files,

    /// Write to FILE instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

const GOLD: &str = "\
An annotated article is one line of JSON, with offsets in code points:
  {\"doc\", \"text\", \"published\", \"persons\": [{\"name\", \"titles\": [..]}],
   \"codes\": [{\"start\", \"end\", \"text\", \"canonical\"}], \"dates\": [{.., \"value\"}],
   \"counts\": [{.., \"value\" or \"min\", \"max\", \"unit\"}],
   \"awards\": [{.., \"form\", \"count\", \"recipients\", \"giver\", \"codes\"}]}
A record matches a mention when their places overlap and their values agree; persons and titles are compared as sets,
article by article. Lenient: titles in most of their words, mentions in their place (`spans`).

Exit codes: 0 all was read, 2 a file or one of its lines cannot be read.";

#[derive(Args, Debug)]
struct Files {
    /// Annotated articles, JSON Lines
    #[arg(value_name = "GOLD")]
    gold: PathBuf,

    /// What `vnfacts extract` wrote for them; `-` for standard input
    #[arg(value_name = "RECORDS")]
    records: PathBuf,
}

impl Files {
    fn read(&self) -> anyhow::Result<(Vec<gold::Article>, Records, Score)> {
        let articles = gold::read(&self.gold)?;
        let records = read_records(&self.records, &articles)?;
        let score = score(&articles, &records);
        Ok((articles, records, score))
    }
}

impl Eval {
    /// Runs it; the exit code.
    pub fn run(&self) -> anyhow::Result<u8> {
        let (articles, records, score) = self.files.read()?;
        let mut output = Output::stdout();
        if self.json {
            output.write(format!("{}\n", serde_json::to_string(&score)?).as_bytes())?;
        } else {
            output.write(report::tables(&score).as_bytes())?;
            if self.errors > 0 {
                // Only its sentences are needed: the fewest extractors.
                let pipeline = Pipeline::new(Gazetteers::embedded()?, &[Kind::Code]);
                output.write(errors::list(&articles, &records, &pipeline, self.errors).as_bytes())?;
            }
        }
        output.finish()?;
        Ok(0)
    }
}

impl Calibrate {
    /// Runs it; the exit code.
    pub fn run(&self) -> anyhow::Result<u8> {
        let (_, _, score) = self.files.read()?;
        let mut output = match &self.output {
            Some(path) => Output::file(path)?,
            None => Output::stdout(),
        };
        output.write(calibrate::table(&score).as_bytes())?;
        output.finish()?;
        Ok(0)
    }
}
