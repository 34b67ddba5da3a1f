//! What a run says besides its output: faults, progress, and the figures at its end.

use super::seen::Seen;
use crate::error::Error;
use crate::input::fault::{InputFault, Level};
use crate::record::Kind;
use clap::ValueEnum;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{IsTerminal, Write, stderr};
use std::path::Path;
use std::time::{Duration, Instant};

/// The figures of a run, or of a part of it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
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
const PROGRESS_EVERY: Duration = Duration::from_millis(250);

/// Takes faults and figures as they come.
pub struct Report {
    tally: Tally,
    seen: Seen,
    errors: Option<(String, File)>,
    warned: BTreeMap<&'static str, u64>,
    started: Instant,
    shown: Instant,
    quiet: bool,
    progress: bool,
    line_open: bool,
}

impl Report {
    /// A report that also writes its faults to `errors` as JSON Lines.
    pub fn new(errors: Option<&Path>, quiet: bool) -> Result<Self, Error> {
        let open = |path: &Path| -> Result<(String, File), Error> {
            let shown = path.display().to_string();
            let file = File::create(path).map_err(|cause| Error::Output { path: shown.clone(), cause })?;
            Ok((shown, file))
        };
        let now = Instant::now();
        Ok(Report {
            tally: Tally::default(),
            seen: Seen::default(),
            errors: errors.map(open).transpose()?,
            warned: BTreeMap::new(),
            started: now,
            shown: now,
            quiet,
            progress: !quiet && stderr().is_terminal(),
            line_open: false,
        })
    }

    /// The figures so far.
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    /// Takes what came of a piece.
    pub fn take(&mut self, tally: &Tally, faults: &[InputFault]) -> Result<(), Error> {
        self.tally.add(tally);
        for fault in faults {
            self.fault(fault)?;
        }
        if self.progress && self.shown.elapsed() >= PROGRESS_EVERY {
            self.shown = Instant::now();
            self.line_open = true;
            let _ = write!(stderr(), "\r\x1b[K{}", self.pace());
        }
        Ok(())
    }

    /// Takes the articles of a piece, to tell which have come before.
    pub fn seen(&mut self, ids: &[u64]) {
        self.seen.take(ids);
    }

    fn fault(&mut self, fault: &InputFault) -> Result<(), Error> {
        if let Some((path, file)) = &mut self.errors {
            let mut line = serde_json::to_vec(fault).expect("a fault can always be written to memory");
            line.push(b'\n');
            file.write_all(&line).map_err(|cause| Error::Output { path: path.clone(), cause })?;
        }
        if fault.level == Level::Warning {
            let count = self.warned.entry(fault.what).or_default();
            *count += 1;
            if *count > WARNINGS_SHOWN {
                return Ok(());
            }
        }
        self.say(&fault.to_string());
        Ok(())
    }

    /// One line on standard error, whatever stands there.
    pub fn say(&mut self, line: &str) {
        let clear = if std::mem::take(&mut self.line_open) { "\r\x1b[K" } else { "" };
        let _ = stderr().write_all(format!("{clear}{line}\n").as_bytes());
    }

    /// The summary.
    pub fn finish(&mut self) {
        let more: Vec<String> = (self.warned.iter())
            .filter(|&(_, &count)| count > WARNINGS_SHOWN)
            .map(|(what, count)| format!("warning: {what}: {} more", grouped(count - WARNINGS_SHOWN)))
            .collect();
        for line in more {
            self.say(&line);
        }
        if !self.quiet {
            let line = self.summary();
            self.say(&line);
        }
    }

    fn summary(&self) -> String {
        let Tally { articles, kinds, sentences, errors, warnings, .. } = self.tally;
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
        let (megabytes, seconds, speed) = self.speed();
        parts.push(format!("{megabytes:.1} MB in {seconds:.1} s, {speed:.1} MB/s"));
        parts.join(", ")
    }

    fn pace(&self) -> String {
        let (megabytes, _, speed) = self.speed();
        format!("{}, {megabytes:.0} MB, {speed:.1} MB/s", counted(self.tally.articles, "article"))
    }

    fn speed(&self) -> (f64, f64, f64) {
        let megabytes = self.tally.bytes as f64 / 1e6;
        let seconds = self.started.elapsed().as_secs_f64();
        (megabytes, seconds, megabytes / seconds.max(1e-9))
    }
}

/// The name of a kind as on the command line.
pub fn kind_name(kind: Kind) -> String {
    kind.to_possible_value().map_or_else(String::new, |value| value.get_name().to_string())
}

fn counted(n: u64, noun: &str) -> String {
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
