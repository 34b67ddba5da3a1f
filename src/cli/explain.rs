//! `vnfacts explain`: why there is a record, or none.

use super::options::Source;
use super::{SOME_FAILED, UNUSABLE};
use crate::article::Article;
use crate::explain::Explanation;
use crate::explain::place::At;
use crate::explain::reading::{Reading, read};
use crate::explain::show::{show, show_given_up};
use crate::input::Item;
use crate::input::decode::{self, Event};
use crate::input::fault::{InputFault, Level, OneLine};
use crate::output::Output;
use crate::pipeline::Pipeline;
use crate::record::{Field, Kind, Record};
use anyhow::{Context, bail};
use clap::Args;
use std::io::{Read, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;

/// Most articles that are named where the one wanted is not there.
const NAMED: usize = 3;
/// What a text given on the command line is called.
const TEXT: &str = "text";

/// Tell why there is a record, or none: block, sentence, tokens, the rows of the tables, the rule, what it rests on, and
/// what was considered and given up
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Explain {
    #[command(flatten)]
    source: Source,

    /// Explain this text instead of articles; `-` reads it from standard input
    #[arg(long, value_name = "TEXT", conflicts_with = "inputs", allow_hyphen_values = true)]
    text: Option<String>,

    /// The place: `doc` and `start` of a record, or of any word; all records, if not given
    ///
    /// DOC:START, DOC:title:START for a title that the dump keeps apart, or START alone in the first article. START counts
    /// Unicode code points, and may stand inside a record. Where there is no record, it is told why not.
    #[arg(long, value_name = "DOC:START")]
    at: Vec<At>,

    /// The field that START counts in
    #[arg(long, value_name = "FIELD", value_parser = parse_field)]
    field: Option<Field>,

    /// Only records of these kinds
    #[arg(long, value_name = "KIND", value_enum)]
    kind: Option<Kind>,

    /// Explain as `extract --min-confidence X` reads
    #[arg(long, value_name = "X", default_value = "0", value_parser = super::extract::parse_share)]
    min_confidence: f32,

    /// One JSON object a line
    #[arg(long)]
    json: bool,
}

fn parse_field(text: &str) -> Result<Field, String> {
    match text {
        "text" => Ok(Field::Text),
        "title" => Ok(Field::Title),
        _ => Err("it is text or title".into()),
    }
}

const EXAMPLES: &str = "\
Examples:
  vnfacts explain page.txt --at page.txt:515            why is there this record
  vnfacts explain dump.jsonl.gz --at a1:28 --kind official
  vnfacts explain --text \"Sáng 14-11, Bí thư Huyện ủy Trần Văn Mẫu dự họp.\" --published 2019-12-15
  vnfacts explain --text \"Đội Sông Lam thắng 3-0.\" --at 18   why is there none
  vnfacts explain page.txt --at 515 --json | jq .hits

Exit codes: 0 all was found, 1 some input failed, 2 wrong use, or an article or place that is not there.";

/// What has been explained so far.
struct Run<'a> {
    command: &'a Explain,
    pipeline: Pipeline,
    out: Out,
    /// which places were found
    found: Vec<bool>,
    /// the articles that were there, where not all places are found
    passed: Passed,
    /// some input could not be read
    failed: bool,
    /// a place lies behind the end of its article
    beyond: bool,
}

/// Where explanations go.
struct Out {
    output: Output,
    json: bool,
    first: bool,
}

impl Out {
    /// Writes one part, a blank line before it if it is not the first.
    fn part(&mut self, part: &str) -> anyhow::Result<()> {
        let blank = if self.first || self.json { "" } else { "\n" };
        self.first = false;
        Ok(self.output.write(format!("{blank}{part}").as_bytes())?)
    }

    fn explanation(&mut self, explanation: &Explanation) -> anyhow::Result<()> {
        let mut out = String::new();
        match self.json {
            true => out = serde_json::to_string(explanation)? + "\n",
            false => show(&mut out, explanation),
        }
        self.part(&out)
    }

    /// What was given up: as places without a record for programs, as a list for people.
    fn given_up(&mut self, reading: &Reading<'_>, kind: Option<Kind>) -> anyhow::Result<()> {
        let lost = reading.given_up(kind);
        if lost.is_empty() {
            return Ok(());
        }
        if !self.json {
            let mut out = String::new();
            show_given_up(&mut out, &lost);
            return self.part(&out);
        }
        let mut last = None;
        for words in lost.iter().map(|lost| &lost.words) {
            let place = Some((words.field, words.start));
            if place != last
                && let Some(explanation) = reading.nothing_at(words, kind)
            {
                self.explanation(&explanation)?;
            }
            last = place;
        }
        Ok(())
    }
}

/// Articles that were passed by.
#[derive(Default)]
struct Passed {
    /// the first of them, those called like one that is wanted before others
    named: Vec<String>,
    alike: usize,
    count: usize,
}

impl Passed {
    fn add(&mut self, id: &str, wanted: &[At]) {
        self.count += 1;
        let alike = |at: &At| at.doc.as_deref().is_some_and(|doc| id.contains(doc) || doc.contains(id));
        if wanted.iter().any(alike) && self.alike < NAMED {
            self.named.insert(self.alike, id.into());
            self.alike += 1;
        } else if self.named.len() < NAMED {
            self.named.push(id.into());
        }
        self.named.truncate(NAMED);
    }

    /// `there are a, b, c and 12 more`
    fn said(&self) -> String {
        let named: Vec<String> = self.named.iter().map(|id| OneLine(id).to_string()).collect();
        match (self.count, self.count - named.len()) {
            (0, _) => "nothing was read".into(),
            (1, _) => format!("there is only {}", named.join("")),
            (_, 0) => format!("there are {}", named.join(", ")),
            (_, more) => format!("there are {} and {more} more", named.join(", ")),
        }
    }
}

impl Explain {
    /// Runs it; the exit code.
    pub fn run(&self) -> anyhow::Result<u8> {
        let spoken = |path: &PathBuf| path.to_string_lossy().contains(char::is_whitespace) && !path.exists();
        if let Some(path) = self.source.inputs.iter().find(|path| spoken(path)) {
            bail!("there is no file {path:?}; a text to explain is given as --text TEXT");
        }
        let pipeline = Pipeline::new(self.source.tables()?, &[])
            .published(self.source.published)
            .min_confidence(self.min_confidence);
        let mut run = Run {
            command: self,
            pipeline,
            out: Out { output: Output::stdout(), json: self.json, first: true },
            found: vec![false; self.at.len()],
            passed: Passed::default(),
            failed: false,
            beyond: false,
        };
        match &self.text {
            Some(text) => run.article(&self.given(text)?)?,
            None => run.articles()?,
        }
        run.finish()
    }

    /// The text that was given, as an article.
    fn given(&self, text: &str) -> anyhow::Result<Article<'static>> {
        let mut text = text.to_string();
        if text == "-" {
            text.clear();
            std::io::stdin().read_to_string(&mut text).context("standard input cannot be read as UTF-8")?;
        }
        if text.trim().is_empty() {
            bail!("--text: there is no text");
        }
        Ok(Article { id: TEXT.into(), text: text.into(), ..Article::default() })
    }
}

impl Run<'_> {
    /// Reads articles up to the last one that is asked for.
    fn articles(&mut self) -> anyhow::Result<()> {
        let source = &self.command.source;
        let (settings, reader) = (source.settings()?, source.reader()?);
        for item in reader {
            let mut result = Ok(());
            let flow = match item {
                Item::Fault(fault) => self.fault(&fault),
                Item::Piece(piece) => decode::articles(&piece, &settings, |event| match event {
                    Event::Fault(fault) => self.fault(&fault),
                    Event::Article(article, ..) => {
                        result = self.article(&article);
                        if result.is_err() || self.is_done() {
                            ControlFlow::Break(())
                        } else {
                            ControlFlow::Continue(())
                        }
                    }
                }),
            };
            result?;
            if flow.is_break() {
                break;
            }
        }
        Ok(())
    }

    /// Whether all places have been found.
    fn is_done(&self) -> bool {
        !self.found.is_empty() && self.found.iter().all(|&found| found)
    }

    fn fault(&mut self, fault: &InputFault) -> ControlFlow<()> {
        self.failed |= fault.level == Level::Error;
        let _ = writeln!(std::io::stderr(), "{fault}");
        ControlFlow::Continue(())
    }

    /// Explains what is asked of one article.
    fn article(&mut self, article: &Article<'_>) -> anyhow::Result<()> {
        if self.command.at.is_empty() {
            return self.whole(article);
        }
        self.passed.add(&article.id, &self.command.at);
        let field = |at: &At| at.field(&article.id).map(|field| self.command.field.unwrap_or(field));
        let asked = self.command.at.iter().enumerate().filter(|(nth, _)| !self.found[*nth]);
        let asked: Vec<(usize, Field, usize)> =
            asked.filter_map(|(nth, at)| Some((nth, field(at)?, at.start))).collect();
        if asked.is_empty() {
            return Ok(());
        }
        let Run { command, pipeline, out, found, beyond, .. } = self;
        read(pipeline, article, |reading| {
            for (nth, field, start) in asked {
                found[nth] = true;
                match reading.at(field, start, command.kind) {
                    Some(explanations) => explanations.iter().try_for_each(|one| out.explanation(one))?,
                    None => {
                        *beyond = true;
                        let _ = writeln!(std::io::stderr(), "error: {}", behind(article, field, start));
                    }
                }
            }
            Ok(())
        })
    }

    /// Explains all records of an article, and what was given up.
    fn whole(&mut self, article: &Article<'_>) -> anyhow::Result<()> {
        let Run { command, pipeline, out, .. } = self;
        read(pipeline, article, |reading| {
            let wanted = |record: &Record| command.kind.is_none_or(|kind| record.fact.kind() == kind);
            let all = reading.records().iter().enumerate();
            let wanted: Vec<usize> = all.filter(|(_, record)| wanted(record)).map(|(nth, _)| nth).collect();
            if wanted.is_empty() && !out.json {
                out.part(&format!("{}: no record\n", OneLine(&article.id)))?;
            }
            wanted.into_iter().try_for_each(|nth| out.explanation(&reading.record(nth)))?;
            out.given_up(reading, command.kind)
        })
    }

    /// The exit code; says which places are not there.
    fn finish(self) -> anyhow::Result<u8> {
        let Run { command, out, found, passed, failed, beyond, .. } = self;
        out.output.finish()?;
        let missing: Vec<&At> =
            command.at.iter().zip(found).filter(|(_, found)| !found).map(|(at, _)| at).collect();
        for at in &missing {
            let doc = at.doc.as_deref().map(|doc| format!(" {doc:?}")).unwrap_or_default();
            let _ = writeln!(std::io::stderr(), "error: no article{doc}; {}", passed.said());
        }
        Ok(match (missing.is_empty() && !beyond, failed) {
            (false, _) => UNUSABLE,
            (true, true) => SOME_FAILED,
            _ => 0,
        })
    }
}

/// What to say of a place behind the end of its field.
fn behind(article: &Article<'_>, field: Field, start: usize) -> String {
    let (name, text) = match field {
        Field::Text => ("text", Some(&article.text)),
        Field::Title => ("title", article.title.as_ref()),
    };
    match text {
        Some(text) => format!(
            "nothing stands at {start} in the {name} of {:?}, which has {} code points",
            article.id,
            text.chars().count()
        ),
        None => format!("{:?} has no title apart from its text; leave the field out", article.id),
    }
}
