//! A run over articles: inputs to output, with faults and figures told.

use super::delivery::Delivery;
use super::identity::bytes;
use super::monitor::{Ending, Shared, watch};
use super::options::Options;
use super::ordered::Job;
use super::progress::{Progress, Share};
use super::resume::{Opened, Start, start};
use super::watchdog::Watchdog;
use super::work::{Outcome, Work, Worker, Write};
use crate::document::Scratch;
use crate::output::part::beside;
use crate::pipeline::Pipeline;
use anyhow::Context;
use std::num::NonZeroU64;
use std::ops::ControlFlow;
use std::path::Path;

/// What is made of the output once it is complete. The output goes then.
pub struct Made<'a> {
    /// where it stands
    pub path: &'a Path,
    /// makes it
    pub make: &'a (dyn Fn() -> anyhow::Result<()> + Sync),
    /// how it can be made later
    pub otherwise: &'a str,
}

/// Runs `write` over all articles of the options; the exit code.
pub fn run(
    options: &Options,
    pipeline: &Pipeline,
    write: Write,
    made: Option<Made<'_>>,
) -> anyhow::Result<u8> {
    let (settings, reader) = (options.source.settings()?, options.source.reader()?);
    let named = made.as_ref().map(|made| made.path.to_path_buf()).or_else(|| options.output.clone());
    let share = Share {
        total: Progress::can_show(options.quiet).then(|| bytes(&options.source.inputs)).flatten(),
        read: reader.read(),
    };
    let opened = match start(options, named.as_deref(), pipeline.gazetteers(), share)? {
        Start::At(opened) => *opened,
        Start::Complete(code) => {
            return made.filter(|_| is_there(options)).map_or(Ok(()), |made| (made.make)()).map(|()| code);
        }
    };
    let Opened { output, report, sample, pieces, checkpoint } = opened;
    let (limit, strict) = (options.limit.map(NonZeroU64::get), options.strict);
    let shared = Shared::new(Delivery { output, named, report, checkpoint, limit, strict });
    let panic_on = options.panic_on.as_deref();
    let work = Work { pipeline, write, settings: &settings, sample, limit, strict, panic_on };
    let watchdog = Watchdog::default();
    let job = Job {
        source: reader.zip(0u64..).skip(pieces as usize),
        state: || Worker { scratch: Scratch::default(), desk: watchdog.desk() },
        work: |(item, number), worker: &mut Worker| work.on(item, number, worker),
        deliver: |outcome: Outcome| {
            shared.with(|delivery| delivery.take(outcome)).unwrap_or(Ok(ControlFlow::Break(())))
        },
    };
    let slow = Some(options.warn_after).filter(|limit| !limit.is_zero());
    watch(&shared, &watchdog, slow, || {
        job.run(options.threads())?;
        let delivery = shared.take().context("the run was stopped")?;
        finish(delivery, &shared, made)
    })?
}

fn finish(delivery: Delivery, shared: &Shared, made: Option<Made<'_>>) -> anyhow::Result<u8> {
    let (failed, resumes) = (delivery.has_failed(), delivery.checkpoint.is_some());
    let code = delivery.finish()?;
    if let Some(Made { path, make, otherwise }) = made.filter(|_| !failed) {
        let how = if resumes { "the same command goes on" } else { otherwise };
        let line = format!("stopped; all articles are read and kept: {how}");
        shared.ending(Ending { passing: Some(beside(path)), line: Some(line) });
        make()?;
    }
    Ok(code)
}

fn is_there(options: &Options) -> bool {
    options.output.as_ref().is_some_and(|path| path.exists())
}
