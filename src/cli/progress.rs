//! The line that moves on a terminal while a run goes on.

use super::summary::{counted, grouped};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{IsTerminal, Write, stderr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

const REDRAWN_PER_SECOND: u8 = 8;

/// How much there is to read, and how much of it has been.
#[derive(Clone, Debug, Default)]
pub struct Share {
    /// the bytes of all inputs as they are, if that is known
    pub total: Option<u64>,
    /// how many of them have been read
    pub read: Arc<AtomicU64>,
}

/// The line, which is only there on a terminal.
pub struct Progress {
    bar: ProgressBar,
    share: Share,
}

impl Progress {
    /// A line, unless `quiet`.
    pub fn new(quiet: bool, share: Share) -> Self {
        let target = match quiet {
            true => ProgressDrawTarget::hidden(),
            false => ProgressDrawTarget::stderr_with_hz(REDRAWN_PER_SECOND),
        };
        let template = match share.total {
            Some(_) => "{wide_bar} {percent}% {msg}, {eta} left",
            None => "{spinner} {msg}",
        };
        let style = ProgressStyle::with_template(template).expect("the template is one");
        let bar = ProgressBar::with_draw_target(share.total, target).with_style(style);
        Progress { bar, share }
    }

    /// Whether there is anyone to show it to.
    pub fn can_show(quiet: bool) -> bool {
        !quiet && stderr().is_terminal()
    }

    /// Whether it can be seen.
    pub fn is_shown(&self) -> bool {
        !self.bar.is_hidden()
    }

    /// Draws how far the run is: so many articles and bytes, and how many of both this process took in so many seconds.
    pub fn draw(&self, articles: u64, (new_articles, new_bytes): (u64, u64), seconds: f64) {
        let pace = |n: u64| n as f64 / seconds.max(1e-9);
        let each = grouped(pace(new_articles) as u64);
        let megabytes = pace(new_bytes) / 1e6;
        self.bar.set_message(format!("{}, {each}/s, {megabytes:.1} MB/s", counted(articles, "article")));
        match self.share.total {
            Some(_) => self.bar.set_position(self.share.read.load(Ordering::Relaxed)),
            None => self.bar.tick(),
        }
    }

    /// One line on standard error, above the moving one.
    pub fn say(&self, line: &str) {
        self.bar.suspend(|| {
            let _ = stderr().write_all(format!("{line}\n").as_bytes());
        });
    }

    /// Takes the line away.
    pub fn clear(&self) {
        self.bar.finish_and_clear();
    }
}
