//! The contract of findings: one JSON object a line, keys in a fixed order.

use crate::record::Field;
use serde::{Deserialize, Serialize};

/// How grave a finding is.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, clap::ValueEnum,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// worth knowing: something fits, or is often harmless
    Info,
    /// most likely a mistake in the article
    Warning,
    /// cannot be true as it is written
    Error,
}

impl Severity {
    /// As written in findings.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// Words of an article that a finding rests on; offsets as in records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// the article
    pub doc: String,
    /// the field that the span counts in
    pub field: Field,
    /// first code point
    pub start: usize,
    /// one past the last code point
    pub end: usize,
    /// exactly that slice
    pub text: String,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// how grave it is
    pub severity: Severity,
    /// the check that made it
    pub check: String,
    /// what is found, with the values in question
    pub says: String,
    /// what the check looks for
    pub explanation: String,
    /// the article it stands in; of several the one that shows it last
    pub doc: String,
    /// the words of every record involved, those of `doc` first
    pub words: Vec<Words>,
    /// which article that is, from 0: findings are sorted by it
    #[serde(skip)]
    pub nth: u64,
}

impl Finding {
    /// A finding of the check that is running; the runner fills in which.
    pub fn new(says: String, nth: u64, words: Vec<Words>) -> Self {
        Finding {
            severity: Severity::Info,
            check: String::new(),
            says,
            explanation: String::new(),
            doc: words.first().map(|first| first.doc.clone()).unwrap_or_default(),
            words,
            nth,
        }
    }

    /// Where its first words start.
    pub fn start(&self) -> usize {
        self.words.first().map_or(0, |words| words.start)
    }
}
