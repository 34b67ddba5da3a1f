//! Takes what came of the pieces, in their order: to the output, the report, and now and then the manifest.

use super::SOME_FAILED;
use super::checkpoint::Checkpoint;
use super::summary::{Report, counted};
use super::work::Outcome;
use crate::error::Error;
use crate::output::Output;
use anyhow::anyhow;
use std::ops::ControlFlow;
use std::path::PathBuf;

/// Where the outcomes of a run go.
pub struct Delivery {
    /// the records
    pub output: Output,
    /// the name of the output, if it is a file
    pub named: Option<PathBuf>,
    /// faults and figures
    pub report: Report,
    /// what lets it go on after it was stopped, if it can
    pub checkpoint: Option<Checkpoint>,
    /// so many articles are wanted; all if not given
    pub limit: Option<u64>,
    /// stop at the first error
    pub strict: bool,
}

impl Delivery {
    /// Takes the next outcome; breaks when no more are wanted.
    pub fn take(&mut self, outcome: Outcome) -> anyhow::Result<ControlFlow<()>> {
        let left = self.limit.map(|limit| limit.saturating_sub(self.report.tally().articles));
        if left == Some(0) {
            return Ok(ControlFlow::Break(()));
        }
        let outcome = match left {
            Some(left) if left < outcome.tally.articles => outcome.first(left),
            _ => outcome,
        };
        let last = left == Some(outcome.tally.articles);
        self.output.write(&outcome.bytes).map_err(|error| self.with_kept(error))?;
        self.report.take(&outcome.tally, &outcome.faults)?;
        self.report.seen(&outcome.ids);
        if self.strict && outcome.tally.errors > 0 {
            return Ok(ControlFlow::Break(()));
        }
        if let Some(checkpoint) = &mut self.checkpoint {
            let taken = checkpoint.take(&outcome.ids, &mut self.output, &mut self.report);
            taken.map_err(|error| self.with_kept(error))?;
        }
        Ok(if last { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    }

    /// Gives the output its name and tells the figures; the exit code.
    pub fn finish(mut self) -> anyhow::Result<u8> {
        let code = if self.report.tally().errors > 0 { SOME_FAILED } else { 0 };
        if self.has_failed() && self.named.is_some() {
            self.report.finish()?;
            self.report.say(&self.not_written("--strict"));
            self.discard();
            return Ok(code);
        }
        if let Some(checkpoint) = self.checkpoint.take() {
            checkpoint.complete(&mut self.output, &mut self.report, code)?;
        }
        self.output.finish()?;
        self.report.finish()?;
        Ok(code)
    }

    /// Whether nothing is to be made of what it wrote.
    pub fn has_failed(&self) -> bool {
        self.strict && self.report.tally().errors > 0
    }

    /// Ends in the middle, and tells how to go on.
    pub fn stop(mut self) {
        let done = counted(self.report.tally().articles, "article");
        let saved = match &mut self.checkpoint {
            Some(checkpoint) => checkpoint.save(&mut self.output, &mut self.report),
            None => Ok(()),
        };
        let line = match (saved, &self.checkpoint, &self.named) {
            (Err(error), ..) => format!("stopped: {error}; the same command goes on from before that"),
            (_, Some(_), _) => format!("stopped after {done}; the same command goes on from here"),
            (_, None, Some(_)) => {
                self.not_written(&format!("stopped after {done}; with --resume a run can go on"))
            }
            (_, None, None) => format!("stopped after {done}"),
        };
        self.report.stop(&line);
    }

    /// What is removed if the process ends now.
    pub fn passing(&self) -> Option<PathBuf> {
        self.output.passing()
    }

    fn discard(self) {
        self.output.discard();
        self.checkpoint.into_iter().for_each(Checkpoint::discard);
    }

    fn not_written(&self, why: &str) -> String {
        let path = self.named.as_ref().map_or("the output".into(), |path| path.display().to_string());
        format!("{path} is not written ({why})")
    }

    /// An error of the output, with where that stays which could be written.
    fn with_kept(&self, error: Error) -> anyhow::Error {
        match (self.output.kept(), &self.checkpoint) {
            (Some(part), None) => {
                anyhow!("{error}; what was written before, whole lines, is in {}", part.display())
            }
            (Some(_), Some(_)) => anyhow!("{error}; once there is room, the same command goes on"),
            (None, _) => error.into(),
        }
    }
}
