//! What a run says besides its output: faults, progress, and the figures at its end.

use super::progress::{Progress, Share};
use super::seen::Seen;
use crate::error::Error;
use crate::input::fault::{InputFault, Level};
use crate::output::Output;
use crate::record::Kind;
use clap::ValueEnum;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

/// The figures of a run, or of a part of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Tally {
    /// articles read
    pub articles: u64,
    /// bytes read, after decompression
    pub bytes: u64,
    /// records by kind
    pub kinds: [u64; 5],
    /// sentences written
    pub sentences: u64,
    /// articles or files that could not be read
    pub errors: u64,
    /// articles read without some part
    pub warnings: u64,
}

impl Tally {
    /// Adds the figures of a part.
    pub fn add(&mut self, part: &Tally) {
        self.articles += part.articles;
        self.bytes += part.bytes;
        self.sentences += part.sentences;
        self.errors += part.errors;
        self.warnings += part.warnings;
        for (sum, n) in self.kinds.iter_mut().zip(part.kinds) {
            *sum += n;
        }
    }
}

/// How many warnings of a class are shown; the others are only counted.
const WARNINGS_SHOWN: u64 = 5;

/// How far a report is: what another process needs to go on with it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    /// the figures
    pub tally: Tally,
    /// how many warnings of each class there were
    pub warned: BTreeMap<String, u64>,
    /// how many bytes of faults were written
    pub errors: u64,
    /// how long it took
    pub seconds: f64,
}

/// Takes faults and figures as they come.
pub struct Report {
    standing: Standing,
    seen: Seen,
    /// the figures that it began with
    before: Tally,
    errors: Option<Output>,
    started: Instant,
    quiet: bool,
    progress: Progress,
}

impl Report {
    /// A report that also writes its faults to `errors` as JSON Lines, and goes on from `standing`.
    pub fn new(errors: Option<&Path>, standing: Standing, quiet: bool, share: Share) -> Result<Self, Error> {
        let errors = errors.map(|path| Output::in_place(path, standing.errors)).transpose()?;
        let (before, started) = (standing.tally, Instant::now());
        Ok(Report {
            standing,
            seen: Seen::default(),
            before,
            errors,
            started,
            quiet,
            progress: Progress::new(quiet, share),
        })
    }

    /// The figures so far.
    pub fn tally(&self) -> &Tally {
        &self.standing.tally
    }

    /// How far it is; what was written of faults has reached the disk.
    pub fn standing(&mut self) -> Result<Standing, Error> {
        self.errors.iter_mut().try_for_each(Output::sync)?;
        Ok(Standing { seconds: self.seconds(), ..self.standing.clone() })
    }

    /// Takes what came of a piece.
    pub fn take(&mut self, tally: &Tally, faults: &[InputFault]) -> Result<(), Error> {
        self.standing.tally.add(tally);
        faults.iter().try_for_each(|fault| self.fault(fault))
    }

    /// Takes the articles of a piece, to tell which have come before.
    pub fn seen(&mut self, ids: &[u64]) {
        self.seen.take(ids);
    }

    fn fault(&mut self, fault: &InputFault) -> Result<(), Error> {
        if let Some(errors) = &mut self.errors {
            let mut line = serde_json::to_vec(fault).expect("a fault can always be written to memory");
            line.push(b'\n');
            errors.write(&line)?;
            self.standing.errors = errors.length();
        }
        if fault.level == Level::Warning {
            let count = self.standing.warned.entry(fault.what.into()).or_default();
            *count += 1;
            if *count > WARNINGS_SHOWN {
                return Ok(());
            }
        }
        self.say(&fault.to_string());
        Ok(())
    }

    /// One line on standard error, whatever stands there.
    pub fn say(&self, line: &str) {
        self.progress.say(line);
    }

    /// One line on standard error that is no fault.
    pub fn note(&self, line: &str) {
        if !self.quiet {
            self.say(line);
        }
    }

    /// Draws how far the run is, if anyone can see it.
    pub fn draw(&self) {
        if self.progress.is_shown() {
            let Tally { articles, bytes, .. } = self.standing.tally;
            let new = (articles - self.before.articles, bytes - self.before.bytes);
            self.progress.draw(articles, new, self.started.elapsed().as_secs_f64());
        }
    }

    /// The last line, of a run that is stopped.
    pub fn stop(&self, line: &str) {
        self.progress.clear();
        self.say(line);
    }

    /// The summary.
    pub fn finish(&mut self) -> Result<(), Error> {
        self.progress.clear();
        for (what, count) in self.standing.warned.iter().filter(|&(_, &count)| count > WARNINGS_SHOWN) {
            self.say(&format!("warning: {what}: {} more", grouped(count - WARNINGS_SHOWN)));
        }
        self.note(&self.summary());
        self.errors.take().map_or(Ok(()), Output::finish)
    }

    fn summary(&self) -> String {
        let Tally { articles, kinds, sentences, errors, warnings, bytes } = self.standing.tally;
        let mut parts = vec![counted(articles, "article")];
        if sentences > 0 {
            parts.push(counted(sentences, "sentence"));
        } else {
            let each: Vec<String> = (Kind::value_variants().iter().zip(kinds))
                .filter(|&(_, n)| n > 0)
                .map(|(kind, n)| format!("{} {}", kind_name(*kind), grouped(n)))
                .collect();
            let each = if each.is_empty() { String::new() } else { format!(" ({})", each.join(", ")) };
            parts.push(format!("{}{each}", counted(kinds.iter().sum(), "record")));
        }
        parts.push(counted(errors, "error"));
        if warnings > 0 {
            parts.push(counted(warnings, "warning"));
        }
        match self.seen.again() {
            (0, _) => {}
            (again, true) => parts.push(counted(again, "duplicate id")),
            (again, false) => parts.push(format!("at least {}", counted(again, "duplicate id"))),
        }
        let (megabytes, seconds) = (bytes as f64 / 1e6, self.seconds());
        let speed = megabytes / seconds.max(1e-9);
        parts.push(format!("{megabytes:.1} MB in {seconds:.1} s, {speed:.1} MB/s"));
        parts.join(", ")
    }

    /// How long it took, with what earlier processes did of the same run.
    fn seconds(&self) -> f64 {
        self.standing.seconds + self.started.elapsed().as_secs_f64()
    }
}

/// The name of a kind as on the command line.
pub fn kind_name(kind: Kind) -> String {
    kind.to_possible_value().map_or_else(String::new, |value| value.get_name().to_string())
}

/// `1 article`, `12,345 articles`.
pub fn counted(n: u64, noun: &str) -> String {
    format!("{} {noun}{}", grouped(n), if n == 1 { "" } else { "s" })
}

/// `12345` as `12,345`.
pub fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (i, digit) in digits.char_indices() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
