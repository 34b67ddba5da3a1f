//! Records that a reader has looked through: what stands in the files of the tools that one reviews with, read back.
//! [`Article::of`](crate::eval::gold::Article::of) makes gold of it.
//!
//! A new kind of file is one file here, which turns it into [reviews](Review), and its line in [`FORMATS`].

pub mod doccano;
pub mod label_studio;
mod marks;
pub mod verdicts;

use crate::output::head::Head;
use crate::output::lines::{BadLine, Expect, Lines};
use crate::record::ArticleRecord;
use serde::de::{DeserializeOwned, Error};
use std::path::Path;

/// An article as its reader has left it.
#[derive(Clone, Debug, PartialEq)]
pub struct Review {
    /// the article with its text, and with the records that the reader stands for
    pub article: ArticleRecord<'static>,
    /// how many records the reader has said nothing of; they are not among those
    pub open: usize,
}

/// The articles of a reviewed file; the first that cannot be read ends it.
pub type Reviews = Box<dyn Iterator<Item = Result<Review, BadLine>>>;

/// A kind of reviewed file.
pub struct Format {
    /// its name
    pub name: &'static str,
    /// what writes such files
    pub about: &'static str,
    /// whether the head of a file says that it is one
    pub is: fn(&Head) -> bool,
    /// reads one; `-` is standard input
    pub open: fn(&Path) -> Result<Reviews, BadLine>,
}

/// The kinds of reviewed files; the first that fits counts.
pub const FORMATS: &[Format] = &[verdicts::FORMAT, label_studio::FORMAT, doccano::FORMAT];

/// Opens a reviewed file; its content tells what it is.
pub fn open(path: &Path) -> Result<Reviews, BadLine> {
    let head = Head::of(path)?;
    match FORMATS.iter().find(|format| (format.is)(&head)) {
        Some(format) => (format.open)(path),
        None => Err(BadLine { path: path.display().to_string(), line: 1, cause: unknown() }),
    }
}

/// The reviews of a file that holds one a line.
fn of_lines<L: DeserializeOwned + 'static>(
    path: &Path,
    expect: Expect,
    review: fn(L) -> Result<Review, String>,
) -> Result<Reviews, BadLine> {
    let mut lines = Lines::open(path, expect)?;
    let next = move || {
        let line = lines.next_value::<L>().transpose()?;
        let told = |why| lines.fault(lines.number(), &serde_json::Error::custom(why));
        Some(line.and_then(|line| review(line).map_err(told)))
    };
    Ok(Box::new(std::iter::from_fn(next)))
}

fn unknown() -> String {
    let known: Vec<String> =
        FORMATS.iter().map(|format| format!("{} ({})", format.name, format.about)).collect();
    format!("not a reviewed file, its first object has none of their keys, give one of: {}", known.join("; "))
}
