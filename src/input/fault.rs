//! What is wrong with an input: told in one line (`path:line: what, why, what to do`) and as one JSON object.

use serde::Serialize;
use std::fmt::{self, Display, Formatter, Write};

/// Whether an article was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// the article, or the rest of the file, was not read
    Error,
    /// it was read, without what the fault is about
    Warning,
}

/// What is wrong, before it is known where.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// whether the article is lost
    pub level: Level,
    /// the class of fault: `not JSON`
    pub what: &'static str,
    /// the cause in this case
    pub why: String,
    /// what to do about it
    pub hint: String,
    /// the article, if its id could be read
    pub doc: Option<String>,
    /// how many bytes into the article
    pub at: usize,
}

impl Problem {
    /// A problem that loses the article.
    pub fn error(what: &'static str, why: impl Into<String>, hint: impl Into<String>) -> Self {
        Problem { level: Level::Error, what, why: why.into(), hint: hint.into(), doc: None, at: 0 }
    }

    /// A problem that does not.
    pub fn warning(what: &'static str, why: impl Into<String>, hint: impl Into<String>) -> Self {
        Problem { level: Level::Warning, ..Problem::error(what, why, hint) }
    }

    /// The same, of this article.
    pub fn of(self, doc: Option<String>) -> Self {
        Problem { doc, ..self }
    }

    /// The same, so many bytes into the article.
    pub fn at(self, at: usize) -> Self {
        Problem { at, ..self }
    }

    /// The problem in its place; `byte` is where the article starts.
    pub fn in_file(self, path: &str, line: u64, byte: u64) -> InputFault {
        let Problem { level, what, why, hint, doc, at } = self;
        InputFault { level, path: path.into(), line, byte: byte + at as u64, doc, what, cause: why, hint }
    }
}

impl Display for Problem {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}, {}", self.what, OneLine(&self.why), OneLine(&self.hint))
    }
}

/// What is wrong and where.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct InputFault {
    /// whether an article was lost
    pub level: Level,
    /// the file as given
    pub path: String,
    /// the line, from 1 (the element, row or record in formats that count those); 0 for the file as a whole
    pub line: u64,
    /// the byte, from 0, after decompression
    pub byte: u64,
    /// the article, if its id could be read
    pub doc: Option<String>,
    /// the class of fault
    pub what: &'static str,
    /// the cause in this case
    pub cause: String,
    /// what to do about it
    pub hint: String,
}

impl Display for InputFault {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let InputFault { path, line, what, cause, hint, .. } = self;
        write!(f, "{}:{line}: ", OneLine(path))?;
        if self.level == Level::Warning {
            f.write_str("warning: ")?;
        }
        write!(f, "{what}, {}, {}", OneLine(cause), OneLine(hint))
    }
}

/// Text from outside, with control characters escaped: it can neither break the line nor steer the terminal.
pub struct OneLine<'a>(pub &'a str);

impl Display for OneLine<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                c if c.is_control() || is_steering(c) => write!(f, "{}", c.escape_default())?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

/// Line separators and the marks that turn the direction of text.
fn is_steering(c: char) -> bool {
    matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}
