//! A run over articles: inputs to output, with faults and figures told.

use super::SOME_FAILED;
use super::options::Options;
use super::ordered::Job;
use super::report::Report;
use super::work::{Outcome, Work, Write};
use crate::document::Scratch;
use crate::error::Error;
use crate::output::Output;
use crate::pipeline::Pipeline;
use std::ops::ControlFlow;

/// Runs `write` over all articles of the options; the exit code.
pub fn run(options: &Options, pipeline: &Pipeline, write: Write) -> anyhow::Result<u8> {
    let (settings, strict) = (options.settings()?, options.strict);
    let source = options.reader()?;
    let mut output = match &options.output {
        Some(path) => Output::file(path)?,
        None => Output::stdout(),
    };
    let mut report = Report::new(options.errors.as_deref(), options.quiet)?;
    let work = Work { pipeline, write, settings: &settings, strict, panic_on: options.panic_on.as_deref() };
    let job = Job {
        source,
        state: Scratch::default,
        work: |item, scratch: &mut Scratch| work.on(item, scratch),
        deliver: |outcome: Outcome| -> Result<ControlFlow<()>, Error> {
            output.write(&outcome.bytes)?;
            report.take(&outcome.tally, &outcome.faults)?;
            report.seen(&outcome.ids);
            let stop = strict && outcome.tally.errors > 0;
            Ok(if stop { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
        },
    };
    job.run(options.threads())?;
    let failed = report.tally().errors > 0;
    let kept = match &options.output {
        Some(path) if failed && strict => Some(format!("{} is not written (--strict)", path.display())),
        _ => output.finish().map(|()| None)?,
    };
    report.finish();
    kept.iter().for_each(|line| report.say(line));
    Ok(if failed { SOME_FAILED } else { 0 })
}
