//! What a reader hands to the pipeline: one article, offsets counting in its fields exactly as they were given.

use jiff::civil::Date;
use std::borrow::Cow;

/// One article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Article<'a> {
    /// the `doc` of its records: its id, else its URL, else where it was read
    pub id: Cow<'a, str>,
    /// its address
    pub url: Option<Cow<'a, str>>,
    /// the headline, where the dump keeps it apart from the text
    pub title: Option<Cow<'a, str>>,
    /// the day it was published, if the dump says so
    pub published: Option<Date>,
    /// the text
    pub text: Cow<'a, str>,
}
