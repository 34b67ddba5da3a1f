//! `vnfacts report`: records, or articles, to a page to look through.

use super::choice::{Choice, Room};
use super::monitor::or_nothing;
use super::options::{Given, Options};
use super::run::{self, Made};
use super::summary::{counted, grouped};
use super::work;
use crate::error::Error;
use crate::output::Output;
use crate::output::articles::Articles;
use crate::output::head::Head;
use crate::output::part::with_suffix;
use crate::pipeline::Pipeline;
use crate::record::ArticleRecord;
use crate::report::Page;
use anyhow::{anyhow, bail};
use clap::Args;
use std::io::{IsTerminal, Write};
use std::num::{NonZeroU64, NonZeroUsize};
use std::path::{Path, PathBuf};

/// Make one page of articles and their records, to look through and to judge, for any browser
///
/// INPUT is what `extract --format docs --with-text` wrote, or whatever `extract` reads: then the records are extracted
/// on the way. The first line of the first input tells which. The page is one file, asks nothing of the network, and
/// keeps what you accept (a), reject (r) and correct (e) in the browser, until you save it as a file for `vnfacts gold`.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Report {
    #[command(flatten)]
    options: Options,

    /// At most N articles on the page; of more, N are chosen at random, the same ones each time, and the page says so
    #[arg(long, value_name = "N", default_value = "5000")]
    max_articles: usize,

    /// At most about N bytes of articles and records on the page; of more, fewer articles are chosen
    #[arg(long, value_name = "N", default_value = "30000000")]
    max_bytes: usize,
}

const EXAMPLES: &str = "\
Examples:
  vnfacts report news/ -o report.html                          articles: extracted on the way
  vnfacts extract dump.jsonl --with-text -o facts.docs.jsonl
  vnfacts report facts.docs.jsonl -o report.html               records, with their texts
  vnfacts report dump.jsonl.gz --sample 500 -o report.html     500 articles chosen at random
  vnfacts gold verdicts.jsonl -o gold.jsonl                    what was judged on the page, as gold for `eval`

Options on how articles are read count for articles only. Memory grows with the page, not with the input.

Exit codes: 0 all went well, 1 some input failed, 2 wrong use, records that cannot be read or come without their
texts, or an output that cannot be written, 130 and 143 stopped by Ctrl-C or SIGTERM.";

impl Report {
    /// Runs it; the exit code. `given` are its options by name.
    pub fn run(mut self, given: Given) -> anyhow::Result<u8> {
        self.options.given = given;
        let Some(path) = self.options.output.clone() else {
            bail!("a page does not go to standard output; say where with -o report.html");
        };
        if path.is_dir() {
            bail!("cannot write {}: it is a folder", path.display());
        }
        match self.has_records()? {
            true => or_nothing(Some(&path), || {
                self.page(Articles::open(self.options.source.inputs.clone())?, &path)
            })
            .map(|()| 0),
            false => self.extract(&path),
        }
    }

    /// Whether the inputs are records, which `extract` wrote, and not articles.
    fn has_records(&self) -> anyhow::Result<bool> {
        let first = match self.options.source.inputs.first() {
            None if std::io::stdin().is_terminal() => return Ok(false), // what is told of that is told there
            first => first.map_or(Path::new("-"), PathBuf::as_path),
        };
        Ok(!first.is_dir() && is_written(&Head::of(first)?))
    }

    /// Writes articles with records beside `path`, and makes the page of them.
    fn extract(&self, path: &Path) -> anyhow::Result<u8> {
        let journal = with_suffix(path, ".journal.jsonl");
        let options = Options { output: Some(journal.clone()), ..self.options.clone() };
        let pipeline = Pipeline::new(options.source.tables()?, &[]).published(options.source.published);
        let (from, to) = (journal.display().to_string(), path.display());
        let otherwise = format!("`vnfacts report {from} -o {to}` makes the page of them");
        let make = || {
            let made = Articles::open(vec![journal.clone()]).map_err(anyhow::Error::from);
            made.and_then(|articles| self.page(articles, path))
                .map_err(|error| anyhow!("{error:#}; all articles are read and kept: {otherwise}"))?;
            std::fs::remove_file(&journal).map_err(|cause| Error::Output { path: from.clone(), cause })?;
            Ok(())
        };
        run::run(
            &options,
            &pipeline,
            work::docs_with_text,
            Some(Made { path, make: &make, otherwise: &otherwise }),
        )
    }

    /// Writes the page of these articles.
    fn page(&self, articles: Articles, path: &Path) -> anyhow::Result<()> {
        let mut output = Output::file(path)?;
        let (articles, of) = self.chosen(articles)?;
        output.write(Page { articles: &articles, of }.write().as_bytes())?;
        output.finish()?;
        if !self.options.quiet {
            let all = articles.len() as u64;
            let some =
                if of > all { format!(", chosen at random of {}", grouped(of)) } else { String::new() };
            let _ = writeln!(std::io::stderr(), "{} on the page{some}", counted(all, "article"));
        }
        Ok(())
    }

    /// The articles for the page, and how many there are.
    fn chosen(&self, mut articles: Articles) -> anyhow::Result<(Vec<ArticleRecord<'static>>, u64)> {
        let Options { sample, seed, limit, .. } = &self.options;
        let most = sample.map_or(self.max_articles, NonZeroUsize::get);
        let mut choice = Choice::new(Room { articles: most, bytes: self.max_bytes }, *seed);
        for _ in 0..limit.map_or(u64::MAX, NonZeroU64::get) {
            let Some(article) = articles.next_article()? else { break };
            if article.text.is_none() {
                bail!(
                    "{}: records of {} without the text they stand in; extract them with `--format docs --with-text`, \
                     or give the articles themselves",
                    self.shown(),
                    article.doc
                );
            }
            article
                .check_spans()
                .map_err(|why| anyhow!("{}: {why}; extract the records anew", self.shown()))?;
            choice.take(article);
        }
        Ok(choice.chosen())
    }

    fn shown(&self) -> String {
        let paths: Vec<String> =
            self.options.source.inputs.iter().map(|path: &PathBuf| path.display().to_string()).collect();
        paths.join(", ")
    }
}

/// Whether a file with this head is what `extract` wrote, or `report` saved: articles with records, or records.
fn is_written(head: &Head) -> bool {
    let docs = head.has("records")
        || head.keys.get(..5).is_some_and(|keys| keys == ["doc", "url", "title", "published", "text"]);
    let record = ["doc", "kind", "start", "rule"].iter().all(|key| head.has(key));
    !head.array && (docs || record)
}
