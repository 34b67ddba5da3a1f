//! What a worker does with one piece of input: its articles to bytes of output, faults and figures.

use super::report::Tally;
use super::seen;
use crate::article::Article;
use crate::caught::catch;
use crate::document::Scratch;
use crate::input::decode::{self, Event};
use crate::input::fault::{InputFault, Level, Problem};
use crate::input::{Item, Piece, Settings};
use crate::pipeline::Pipeline;
use crate::record::ArticleRecord;
use std::borrow::Cow;
use std::ops::ControlFlow;

/// What is written for one article.
pub type Write = fn(&Pipeline, &Article<'_>, &mut Scratch, &mut Vec<u8>, &mut Tally);

/// The records of one article, a line each.
pub fn records(
    pipeline: &Pipeline,
    article: &Article<'_>,
    scratch: &mut Scratch,
    out: &mut Vec<u8>,
    tally: &mut Tally,
) {
    for record in pipeline.run(article, scratch) {
        line(out, &record);
        tally.kinds[record.fact.kind() as usize] += 1;
    }
}

/// One article with its records nested, a line.
pub fn docs(
    pipeline: &Pipeline,
    article: &Article<'_>,
    scratch: &mut Scratch,
    out: &mut Vec<u8>,
    tally: &mut Tally,
) {
    doc(pipeline.read(article, scratch), out, tally);
}

/// The same with the article's text.
pub fn docs_with_text(
    pipeline: &Pipeline,
    article: &Article<'_>,
    scratch: &mut Scratch,
    out: &mut Vec<u8>,
    tally: &mut Tally,
) {
    let read = pipeline.read(article, scratch);
    doc(ArticleRecord { text: Some(Cow::Borrowed(&article.text)), ..read }, out, tally);
}

fn doc(article: ArticleRecord<'_>, out: &mut Vec<u8>, tally: &mut Tally) {
    line(out, &article);
    for record in &article.records {
        tally.kinds[record.fact.kind() as usize] += 1;
    }
}

/// The sentences of one article, a line each.
pub fn sentences(
    pipeline: &Pipeline,
    article: &Article<'_>,
    scratch: &mut Scratch,
    out: &mut Vec<u8>,
    tally: &mut Tally,
) {
    pipeline.sentences(article, scratch, |sentence| {
        line(out, &sentence);
        tally.sentences += 1;
    });
}

fn line(out: &mut Vec<u8>, record: &impl serde::Serialize) {
    serde_json::to_writer(&mut *out, record).expect("a record can always be written to memory");
    out.push(b'\n');
}

/// How to work on a piece; shared by all workers.
pub struct Work<'a> {
    /// the pipeline
    pub pipeline: &'a Pipeline,
    /// what is written for an article
    pub write: Write,
    /// how input is read
    pub settings: &'a Settings,
    /// stop a piece at its first error
    pub strict: bool,
    /// panic in this article, to test that panics are caught
    pub panic_on: Option<&'a str>,
}

/// What came of a piece.
#[derive(Default)]
pub struct Outcome {
    /// lines of output
    pub bytes: Vec<u8>,
    /// what was wrong
    pub faults: Vec<InputFault>,
    /// figures
    pub tally: Tally,
    /// the articles read, as [`seen`] knows them
    pub ids: Vec<u64>,
}

impl Work<'_> {
    /// Works on what the reader handed on.
    pub fn on(&self, item: Item, scratch: &mut Scratch) -> Outcome {
        let mut outcome = Outcome::default();
        match item {
            Item::Fault(fault) => {
                outcome.fault(fault);
            }
            Item::Piece(piece) => {
                outcome.tally.bytes = piece.body.size() as u64;
                let _ = decode::articles(&piece, self.settings, |event| {
                    let failed = match event {
                        Event::Fault(fault) => outcome.fault(fault),
                        Event::Article(article, line, byte) => {
                            self.article(&piece, &article, (line, byte), scratch, &mut outcome)
                        }
                    };
                    if failed && self.strict { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
                });
            }
        }
        outcome
    }

    /// Whether it failed.
    fn article(
        &self,
        piece: &Piece,
        article: &Article<'_>,
        (line, byte): (u64, u64),
        scratch: &mut Scratch,
        outcome: &mut Outcome,
    ) -> bool {
        let before = outcome.bytes.len();
        let mut tally = outcome.tally;
        let worked = catch(|| {
            assert_ne!(self.panic_on, Some(&*article.id), "asked for");
            (self.write)(self.pipeline, article, scratch, &mut outcome.bytes, &mut tally);
        });
        match worked {
            Ok(()) => {
                outcome.tally = tally;
                outcome.tally.articles += 1;
                outcome.ids.push(seen::hash(&article.id));
                false
            }
            Err(words) => {
                outcome.bytes.truncate(before);
                *scratch = Scratch::default(); // may be half changed
                let hint = "this is a mistake in vnfacts: please report it with the article";
                let problem = Problem::error("panic", words, hint).of(Some(article.id.to_string()));
                outcome.fault(problem.in_file(&piece.path, line, byte))
            }
        }
    }
}

impl Outcome {
    /// Keeps a fault; whether it is an error.
    fn fault(&mut self, fault: InputFault) -> bool {
        let error = fault.level == Level::Error;
        *(if error { &mut self.tally.errors } else { &mut self.tally.warnings }) += 1;
        self.faults.push(fault);
        error
    }
}
