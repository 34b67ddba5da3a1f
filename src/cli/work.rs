//! What a worker does with one piece of input: its articles to bytes of output, faults and figures.

use super::sample::Sample;
use super::seen;
use super::summary::Tally;
use super::watchdog::Desk;
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
use std::sync::Arc;

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
    /// the articles that are chosen; all if not given
    pub sample: Option<Sample>,
    /// so many articles are wanted of all pieces together; all if not given
    pub limit: Option<u64>,
    /// stop a piece at its first error
    pub strict: bool,
    /// panic in this article, to test that panics are caught
    pub panic_on: Option<&'a str>,
}

/// What a worker has of its own.
pub struct Worker {
    /// memory that is used again for every article
    pub scratch: Scratch,
    /// where it tells what it is at
    pub desk: Arc<Desk>,
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
    /// how much of all that there was after each article, where it may have to be cut there
    ends: Vec<End>,
}

/// How much there was at some point: bytes, faults, figures.
type End = (usize, usize, Tally);

impl Work<'_> {
    /// Works on what the reader handed on as its `number`th piece, from 0.
    pub fn on(&self, item: Item, number: u64, worker: &mut Worker) -> Outcome {
        let mut outcome = Outcome::default();
        let piece = match item {
            Item::Piece(piece) => piece,
            Item::Fault(fault) => {
                outcome.fault(fault);
                return outcome;
            }
        };
        outcome.tally.bytes = piece.body.size() as u64;
        worker.desk.begin("", &piece.path, (piece.place.line, piece.place.byte));
        let mut nth = 0..;
        let _ = decode::articles(&piece, self.settings, |event| {
            let stop = match event {
                Event::Fault(fault) => outcome.fault(fault) && self.strict,
                Event::Article(article, line, byte) => {
                    let chosen = |sample: Sample| sample.has(&article.id, number, nth.next().unwrap_or(0));
                    let wanted = self.sample.is_none_or(chosen);
                    wanted && self.article(&piece, &article, (line, byte), worker, &mut outcome)
                }
            };
            if stop { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        worker.desk.rest();
        outcome
    }

    /// Whether the piece ends with it.
    fn article(
        &self,
        piece: &Piece,
        article: &Article<'_>,
        place: (u64, u64),
        worker: &mut Worker,
        outcome: &mut Outcome,
    ) -> bool {
        worker.desk.begin(&article.id, &piece.path, place);
        let written = self.written(article, &mut worker.scratch, outcome);
        worker.desk.begin("", &piece.path, place);
        match written {
            Ok(()) => self.limit.is_some_and(|limit| outcome.end() >= limit),
            Err(words) => {
                let hint = "this is a mistake in vnfacts: please report it with the article";
                let problem = Problem::error("panic", words, hint).of(Some(article.id.to_string()));
                outcome.fault(problem.in_file(&piece.path, place.0, place.1)) && self.strict
            }
        }
    }

    /// Adds an article; if that panics, what it said.
    fn written(
        &self,
        article: &Article<'_>,
        scratch: &mut Scratch,
        outcome: &mut Outcome,
    ) -> Result<(), String> {
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
            }
            Err(_) => {
                outcome.bytes.truncate(before);
                *scratch = Scratch::default(); // may be half changed
            }
        }
        worked
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

    /// Marks the end of an article; how many there are.
    fn end(&mut self) -> u64 {
        self.ends.push((self.bytes.len(), self.faults.len(), self.tally));
        self.tally.articles
    }

    /// The same with its first `count` articles only, where ends were marked.
    pub fn first(mut self, count: u64) -> Self {
        let last = count.checked_sub(1).and_then(|n| self.ends.get(n as usize));
        if let Some(&(bytes, faults, tally)) = last {
            self.bytes.truncate(bytes);
            self.faults.truncate(faults);
            self.ids.truncate(count as usize);
            self.tally = tally;
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outcome_is_cut_behind_an_article() {
        let mut outcome = Outcome::default();
        let fault = || Problem::error("what", "why", "hint").in_file("p", 1, 0);
        for n in 1..=3u64 {
            outcome.bytes.extend_from_slice(b"ab");
            outcome.fault(fault());
            outcome.tally.articles = n;
            assert_eq!(outcome.end(), n);
        }
        outcome.fault(fault());
        for (count, bytes, errors) in [(3, 6, 3), (2, 4, 2), (1, 2, 1)] {
            outcome = outcome.first(count);
            let Tally { articles, errors: told, .. } = outcome.tally;
            assert_eq!((articles, outcome.bytes.len()), (count, bytes));
            assert_eq!((told, outcome.faults.len() as u64), (errors, errors));
        }
    }
}
