//! Annotated articles: what a careful reader finds in each.

use crate::output::lines::{BadLine, Expect, read_all};
use serde::Deserialize;
use std::path::Path;

const GOLD: Expect = Expect {
    what: "an annotated article",
    advice: "write one JSON object a line with doc, text, published, persons, codes, dates, counts, awards",
};

/// One annotated article. Offsets are code points of `text`.
#[derive(Clone, Debug, Deserialize)]
pub struct Article {
    /// its id, as in the records' `doc`
    pub doc: String,
    /// its text
    pub text: String,
    /// the day it was published
    #[serde(default)]
    pub published: Option<String>,
    /// who holds which posts
    pub persons: Vec<Person>,
    /// cited documents
    pub codes: Vec<Mention<Code>>,
    /// dates
    pub dates: Vec<Mention<Date>>,
    /// counts
    pub counts: Vec<Mention<Count>>,
    /// conferrings
    pub awards: Vec<Mention<Award>>,
}

/// A person with all posts that the article gives them; mentions are not told apart.
#[derive(Clone, Debug, Deserialize)]
pub struct Person {
    /// the fullest form of the name
    pub name: String,
    /// the posts, as written
    pub titles: Vec<String>,
}

/// One place in the text with what it says.
#[derive(Clone, Debug, Deserialize)]
pub struct Mention<T> {
    /// first code point
    pub start: usize,
    /// one past the last code point
    pub end: usize,
    /// exactly that slice
    pub text: String,
    /// what it says
    #[serde(flatten)]
    pub value: T,
}

/// What a code must be.
#[derive(Clone, Debug, Deserialize)]
pub struct Code {
    /// as in the records
    pub canonical: String,
}

/// What a date must be.
#[derive(Clone, Debug, Deserialize)]
pub struct Date {
    /// EDTF, or null
    #[serde(default)]
    pub value: Option<String>,
}

/// What a count must be.
#[derive(Clone, Debug, Deserialize)]
pub struct Count {
    /// the number
    #[serde(default)]
    pub value: Option<f64>,
    /// lower end
    #[serde(default)]
    pub min: Option<f64>,
    /// upper end
    #[serde(default)]
    pub max: Option<f64>,
    /// what is counted
    #[serde(default)]
    pub unit: Option<String>,
}

/// What an award must be.
#[derive(Clone, Debug, Deserialize)]
pub struct Award {
    /// its standard name
    #[serde(default)]
    pub form: Option<String>,
    /// how many are honoured
    #[serde(default)]
    pub count: Option<f64>,
    /// whom
    #[serde(default)]
    pub recipients: Option<String>,
    /// by whom
    #[serde(default)]
    pub giver: Option<String>,
    /// canonical codes of the programmes it is for
    #[serde(default)]
    pub codes: Vec<String>,
}

/// Reads a file of annotated articles.
pub fn read(path: &Path) -> Result<Vec<Article>, BadLine> {
    read_all(path, GOLD)
}
