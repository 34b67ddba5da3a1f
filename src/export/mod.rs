//! Records for the tools that people annotate, train and investigate with. This stands behind the path of an article:
//! it reads what `extract` has written, articles with their records and texts.
//!
//! [`page`] lays an article out as one text with marks; a format is one file here, and its line in [`FORMATS`].
//! Reviewed files come back through [`crate::review`].

pub mod brat;
pub mod conll;
pub mod doccano;
pub mod ftm;
pub mod label_studio;
pub mod langextract;
mod lines;
pub mod page;

use crate::error::Error;
use crate::output::sink::Sink;
use std::path::Path;

/// Opens an output at a path, or standard output.
pub type Open = fn(Option<&Path>) -> Result<Box<dyn Sink>, Error>;

/// A format of another tool.
pub struct Format {
    /// its name on the command line
    pub name: &'static str,
    /// the tool, and what is written for it
    pub about: &'static str,
    /// whether it holds the texts of the articles
    pub has_texts: bool,
    /// opens an output
    pub open: Open,
}

/// All formats.
pub const FORMATS: &[Format] =
    &[label_studio::FORMAT, doccano::FORMAT, brat::FORMAT, langextract::FORMAT, ftm::FORMAT, conll::FORMAT];

impl Format {
    /// The format of this name.
    pub fn named(name: &str) -> Option<&'static Format> {
        FORMATS.iter().find(|format| format.name == name)
    }
}
