//! How a run starts: anew, where an earlier one was stopped, or not at all, as there is nothing left to do.

use super::checkpoint::{Checkpoint, Ids, Manifest, Position};
use super::identity::{Identity, all_files};
use super::options::{Options, Source};
use super::progress::Share;
use super::sample::Sample;
use super::summary::{Report, Standing, counted};
use crate::gazetteer::Gazetteers;
use crate::output::Output;
use crate::output::part::{kept_name, resolved};
use anyhow::bail;
use std::path::{Path, PathBuf};

/// What a run starts with.
pub enum Start {
    /// from some point, perhaps the very first
    At(Box<Opened>),
    /// it was complete already; with the exit code it had
    Complete(u8),
}

/// What a run has open.
pub struct Opened {
    /// the records
    pub output: Output,
    /// faults and figures
    pub report: Report,
    /// the articles that are chosen
    pub sample: Option<Sample>,
    /// how many pieces of input are done
    pub pieces: u64,
    /// what lets it go on after it was stopped
    pub checkpoint: Option<Checkpoint>,
}

/// Opens what a run writes, from where it goes on. `named` is what the run makes: the output itself, or what is made
/// of it.
pub fn start(
    options: &Options,
    named: Option<&Path>,
    gazetteers: &Gazetteers,
    share: Share,
) -> anyhow::Result<Start> {
    if let (true, Some(named), Some(path)) = (options.resume, named, &options.output) {
        return Resumable { options, gazetteers, path, named, beside: Manifest::path(named) }.start(share);
    }
    let output = options.output.as_ref().map_or_else(|| Ok(Output::stdout()), |path| Output::file(path))?;
    let report = Report::new(options.errors.as_deref(), Standing::default(), options.quiet, share)?;
    let sample = options.sample()?;
    Ok(Start::At(Box::new(Opened { output, report, sample, pieces: 0, checkpoint: None })))
}

/// A run that can go on.
struct Resumable<'a> {
    options: &'a Options,
    gazetteers: &'a Gazetteers,
    /// its output
    path: &'a Path,
    /// what it makes
    named: &'a Path,
    /// its manifest
    beside: PathBuf,
}

impl Resumable<'_> {
    fn start(&self, share: Share) -> anyhow::Result<Start> {
        if !all_files(&self.options.source.inputs) {
            bail!("--resume needs inputs that can be read again: files and folders, no `-` and no pipes");
        }
        let before = Manifest::read(&self.beside)?;
        if let Some(manifest) = &before {
            self.check(manifest)?;
            if let Some(code) = manifest.complete {
                self.settle(manifest.position.output)?;
                return Ok(Start::Complete(code));
            }
        }
        Ok(Start::At(Box::new(self.open(before, share)?)))
    }

    fn check(&self, manifest: &Manifest) -> anyhow::Result<()> {
        let Options { given, source: Source { inputs, .. }, .. } = self.options;
        let Some(change) = manifest.identity.change(given, self.gazetteers, inputs) else { return Ok(()) };
        let (named, beside) = (self.named.display(), self.beside.display());
        bail!("cannot go on with {named}: {change}; undo that, or remove {beside} to start anew")
    }

    fn open(&self, before: Option<Manifest>, share: Share) -> anyhow::Result<Opened> {
        let Options { errors, quiet, source: Source { inputs, .. }, given, checkpoint_every, .. } =
            self.options;
        let position = before.as_ref().map(|manifest| manifest.position.clone()).unwrap_or_default();
        let Position { pieces, output, ids, standing } = position.clone();
        let output = Output::resumed(self.path, output)?;
        let done = standing.tally.articles;
        let mut report = Report::new(errors.as_deref(), standing, *quiet, share)?;
        let ids = Ids::resumed(self.named, ids, |id| report.seen(&[id]))?;
        if before.is_some() {
            report.note(&format!("goes on after {}", counted(done, "article")));
        }
        let manifest = match before {
            Some(manifest) => manifest,
            None => Manifest {
                identity: Identity::new(given, self.gazetteers, inputs),
                sample: self.options.sample()?,
                position,
                complete: None,
            },
        };
        let sample = manifest.sample;
        let checkpoint = Some(Checkpoint::new(self.beside.clone(), manifest, ids, *checkpoint_every)?);
        Ok(Opened { output, report, sample, pieces, checkpoint })
    }

    /// Gives the output of a complete run its name, if it was stopped right before that.
    fn settle(&self, length: u64) -> anyhow::Result<()> {
        if kept_name(&resolved(self.path)).exists() {
            Output::resumed(self.path, length)?.finish()?;
        }
        Ids::remove(self.named);
        let is_there = std::fs::metadata(self.path).is_ok_and(|meta| meta.len() == length);
        let is_made = self.named != self.path && self.named.exists();
        let (named, beside) = (self.named.display(), self.beside.display());
        if !is_there && !is_made {
            bail!("{named} was complete and has changed or gone since; remove {beside} to make it anew");
        }
        if !self.options.quiet && (!is_there || self.named == self.path) {
            eprintln!("{named} is complete; to make it anew, remove {beside}");
        }
        Ok(())
    }
}
