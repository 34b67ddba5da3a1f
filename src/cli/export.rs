//! `vnfacts export`: records for other tools.

use super::monitor::or_nothing;
use super::records::Records;
use crate::export::{FORMATS, Format};
use crate::record::ArticleRecord;
use anyhow::bail;
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use std::path::PathBuf;

/// Write records for the tools that people annotate, train and investigate with
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Export {
    #[command(flatten)]
    records: Records,

    /// The tool
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    to: String,

    /// Where to write, a file or (brat) a folder; it gets its name when it is complete
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  vnfacts extract news/ --format docs --with-text -o news.docs.jsonl
  vnfacts export news.docs.jsonl --to label-studio -o tasks.json    with tasks.xml, the labelling configuration
  vnfacts export news.docs.jsonl --to brat -o news.brat             a folder
  vnfacts export news.docs.jsonl --to ftm | ftm validate
  vnfacts gold reviewed.json -o gold.jsonl                          what was reviewed there, back as gold

Exit codes: 0 all went well, 2 wrong use, a line that cannot be read, or an output that cannot be written,
130 and 143 stopped by Ctrl-C or SIGTERM.";

fn formats() -> impl TypedValueParser<Value = String> {
    PossibleValuesParser::new(FORMATS.iter().map(|format| PossibleValue::new(format.name).help(format.about)))
}

impl Export {
    /// Runs it; the exit code.
    pub fn run(&self) -> anyhow::Result<u8> {
        let Some(format) = Format::named(&self.to) else { bail!("--to {}: no such format", self.to) };
        or_nothing(self.output.as_deref(), || self.write(format))?;
        Ok(0)
    }

    fn write(&self, format: &Format) -> anyhow::Result<()> {
        let mut articles = self.records.articles()?;
        let mut sink = (format.open)(self.output.as_deref())?;
        let mut number = 0;
        while let Some(article) = articles.next_article()? {
            number += 1;
            check(format, &article)?;
            sink.article(number, &article)?;
        }
        Ok(sink.finish()?)
    }
}

/// Whether the format can hold an article.
fn check(format: &Format, article: &ArticleRecord<'_>) -> anyhow::Result<()> {
    if !format.has_texts {
        return Ok(());
    }
    if article.text.is_none() {
        bail!(
            "{}: there is no text, which {} needs; give what `vnfacts extract --format docs --with-text` wrote",
            article.doc,
            format.name
        );
    }
    if let Err(why) = article.check_spans() {
        bail!("{why}; give records that were made of this text");
    }
    Ok(())
}
