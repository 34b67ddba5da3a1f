//! `vnfacts audit`: what does not fit together in the records.

use super::records::Records;
use super::summary::{counted, grouped};
use super::table;
use crate::audit::facts::Facts;
use crate::audit::run::{Audit as Runner, Summary};
use crate::audit::{CHECKS, Check, Finding, Severity};
use crate::error::Error;
use crate::gazetteer::Gazetteers;
use crate::output::Output;
use anyhow::bail;
use clap::Args;
use std::io::IsTerminal;
use std::path::PathBuf;

/// The exit code when something as grave as `--fail-on` was found.
const FOUND: u8 = 1;

/// Find what does not fit together: totals and their parts, days and weekdays, posts and their holders, bodies and
/// their time, codes; each finding with the words it rests on
///
/// Findings come as JSON Lines, on a terminal as a table, in the order of the articles. `vnfacts schema findings`
/// describes them, docs/audit.md each check.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Audit {
    #[command(flatten)]
    records: Records,

    /// Write to FILE instead of standard output, as JSON Lines
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Leave these checks out
    #[arg(long, value_name = "CHECK", value_delimiter = ',')]
    off: Vec<String>,

    /// Only these checks
    #[arg(long, value_name = "CHECK", value_delimiter = ',')]
    only: Vec<String>,

    /// Only checks whose findings are at least this grave
    #[arg(long, value_name = "SEVERITY", value_enum, default_value = "info")]
    min_severity: Severity,

    /// Exit with 1 where something at least this grave was found
    #[arg(long, value_name = "SEVERITY", value_enum)]
    fail_on: Option<Severity>,

    /// Folder with tables that replace or extend the program's
    #[arg(long, value_name = "DIR")]
    gazetteers: Option<PathBuf>,

    /// List the checks and leave
    #[arg(long)]
    list: bool,

    /// No summary on standard error
    #[arg(short, long)]
    quiet: bool,
}

const EXAMPLES: &str = "\
Examples:
  vnfacts extract articles/ --with-text -o facts.docs.jsonl && vnfacts audit facts.docs.jsonl
  vnfacts audit facts.docs.jsonl --min-severity warning -o findings.jsonl
  vnfacts audit facts.docs.jsonl --only date.weekday,code.year --fail-on warning

Exit codes: 0 all was read, whatever was found; 1 something as grave as --fail-on was found; 2 wrong use, or a file or
one of its lines cannot be read.";

impl Audit {
    /// Runs it; the exit code.
    pub fn run(&self) -> anyhow::Result<u8> {
        let checks = self.checks()?;
        if self.list {
            table::print(&list(&checks))?;
            return Ok(0);
        }
        let mut articles = self.records.articles()?;
        let facts = Facts::new(&Gazetteers::load(self.gazetteers.as_deref())?);
        let mut audit = Runner::new(&facts, checks);
        while let Some(article) = articles.next_article()? {
            audit.article(&article)?;
        }
        let mut printer = Printer::open(self.output.as_deref())?;
        let summary = audit.finish(|finding| printer.print(&finding))?;
        printer.output.finish()?;
        if !self.quiet {
            eprint!("{}", report(&summary));
        }
        let grave = |limit| summary.found.range(limit..).any(|(_, n)| *n > 0);
        Ok(if self.fail_on.is_some_and(grave) { FOUND } else { 0 })
    }

    /// The checks that are on.
    fn checks(&self) -> anyhow::Result<Vec<&'static Check>> {
        for name in self.off.iter().chain(&self.only) {
            if !CHECKS.iter().any(|check| check.name == name) {
                bail!("no check is called {name:?}; `vnfacts audit --list` lists them");
            }
        }
        let named = |list: &[String], check: &Check| list.iter().any(|name| name == check.name);
        let on = |check: &&Check| {
            check.severity >= self.min_severity
                && !named(&self.off, check)
                && (self.only.is_empty() || named(&self.only, check))
        };
        let checks: Vec<_> = CHECKS.iter().filter(on).collect();
        if checks.is_empty() {
            bail!("no check is left; `vnfacts audit --list` lists them");
        }
        Ok(checks)
    }
}

fn list(checks: &[&'static Check]) -> Vec<Vec<String>> {
    let header = ["check", "severity", "finds", "example"].map(String::from).to_vec();
    let row = |check: &&Check| {
        [check.name, check.severity.name(), check.finds, check.example].map(String::from).to_vec()
    };
    std::iter::once(header).chain(checks.iter().map(row)).collect()
}

/// Findings on their way out: JSON Lines, on a terminal for people.
struct Printer {
    output: Output,
    people: bool,
    doc: String,
}

impl Printer {
    fn open(path: Option<&std::path::Path>) -> Result<Self, Error> {
        let (output, people) = match path {
            Some(path) => (Output::file(path)?, false),
            None => (Output::stdout(), std::io::stdout().is_terminal()),
        };
        Ok(Printer { output, people, doc: String::new() })
    }

    fn print(&mut self, finding: &Finding) -> Result<(), Error> {
        let text = match self.people {
            true => {
                let head = if finding.doc == self.doc {
                    String::new()
                } else {
                    format!("{}\n", shown(&finding.doc))
                };
                self.doc.clone_from(&finding.doc);
                head + &lines(finding)
            }
            false => serde_json::to_string(finding).expect("a finding is plain data") + "\n",
        };
        self.output.write(text.as_bytes())
    }
}

/// A finding for people: what, and the words under it.
fn lines(finding: &Finding) -> String {
    let mut text =
        format!("  {:<8} {:<22} {}\n", finding.severity.name(), finding.check, shown(&finding.says));
    for words in &finding.words {
        let doc = if words.doc == finding.doc { String::new() } else { format!("{} ", shown(&words.doc)) };
        text += &format!("  {:31} {doc}{}..{} {}\n", "", words.start, words.end, shown(&words.text));
    }
    text
}

/// Without what a terminal would take for a command.
fn shown(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// What the run came to, and which checks could not be run.
fn report(summary: &Summary) -> String {
    let count = |severity| summary.found.get(&severity).copied().unwrap_or_default();
    let found: u64 = summary.found.values().sum();
    let severities: Vec<String> = [Severity::Error, Severity::Warning, Severity::Info]
        .iter()
        .map(|severity| format!("{} {}", severity.name(), grouped(count(*severity))))
        .collect();
    let mut text = format!(
        "{}, {} ({})\n",
        counted(summary.articles, "article"),
        counted(found, "finding"),
        severities.join(", ")
    );
    let mut lacking: Vec<(&str, u64, Vec<&str>)> = Vec::new();
    for ((need, check), n) in &summary.lacking {
        match lacking.iter_mut().find(|(what, many, _)| *what == need.name() && many == n) {
            Some((_, _, checks)) => checks.push(check),
            None => lacking.push((need.name(), *n, vec![check])),
        }
    }
    for (need, n, checks) in lacking {
        text += &format!("{} without {need}: not checked for {}\n", counted(n, "article"), checks.join(", "));
    }
    text
}
