//! Why there is a record, or none: the whole derivation of a place in an article. Stands beside the path of an article,
//! not in it: [`reading`] reads one with the [trace](crate::trace) on, [`place`] tells what is asked for, this module
//! gathers all that was said of it into an [`Explanation`], and [`show`] writes that for people.

mod lost;
pub mod place;
pub mod reading;
mod related;
pub mod show;
mod view;

use crate::confidence::Measure;
use crate::record::{Field, Kind, Record};
use crate::text::block::BlockKind;
use crate::text::token::{Gap, Shape};
use jiff::civil::Date;
use serde::{Serialize, Serializer};

/// Words of an article, where they stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Words {
    /// the field that the place counts in
    pub field: Field,
    /// first code point
    pub start: usize,
    /// one past the last code point
    pub end: usize,
    /// exactly that slice
    pub text: String,
}

/// All that is known of one record, or of a place where there is none.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Explanation {
    /// the article
    pub doc: String,
    /// what is explained
    #[serde(flatten)]
    pub words: Words,
    /// the record; null where there is none
    pub record: Option<Record>,
    /// the rule that made it
    pub rule: Option<Rule>,
    /// why there is no record; empty where there is one
    pub why_not: Vec<String>,
    /// the day that dates lean on
    pub published: Option<Published>,
    /// the part of the page
    pub block: Block,
    /// the sentence
    pub sentence: Sentence,
    /// the words one by one, and a few on either side
    pub tokens: Vec<Token>,
    /// the phrases of the tables that were found among them
    pub hits: Vec<Hit>,
    /// what the record rests on, in the order it was decided
    pub steps: Vec<Step>,
    /// what else was considered here, and why it was given up
    pub lost: Vec<Lost>,
    /// the records that belong to it
    pub related: Vec<Related>,
}

/// A rule, and how often it is right.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rule {
    /// its name
    pub name: &'static str,
    /// what it finds
    pub finds: &'static str,
    /// an example, with brackets around what it finds
    pub example: &'static str,
    /// how likely its records are right
    pub confidence: f32,
    /// how that was measured
    pub measured: Measure,
}

/// The day of publication.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Published {
    /// the day
    #[serde(serialize_with = "day")]
    pub day: Date,
    /// what says so
    pub from: String,
}

fn day<S: Serializer>(day: &Date, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(day)
}

/// A part of the page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Block {
    /// what it is
    pub kind: BlockKind,
    /// first code point
    pub start: usize,
    /// one past the last code point
    pub end: usize,
    /// where the earlier block starts that says the same
    pub duplicate_of: Option<usize>,
}

/// A sentence.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sentence {
    /// its index, from 0
    pub index: usize,
    /// its words
    #[serde(flatten)]
    pub words: Words,
}

/// One token.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Token {
    /// its words
    #[serde(flatten)]
    pub words: Words,
    /// as it is compared
    pub folded: String,
    /// how it is written
    pub shape: Shape,
    /// what stands before it
    pub gap: Gap,
    /// whether a table or a rule knows it
    pub known: bool,
    /// whether it is part of what is explained
    pub inside: bool,
    /// the kind of record that has taken it
    pub taken: Option<Kind>,
}

fn cells<S: Serializer>(cells: &[(&str, String)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(cells.iter().map(|(column, cell)| (column, cell)))
}

/// A phrase of a table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hit {
    /// its words
    #[serde(flatten)]
    pub words: Words,
    /// the table
    pub table: &'static str,
    /// file and line of the row: `gazetteers/titles.tsv:123`
    pub row: String,
    /// the cells of the row that say something, by column, in the table's order
    #[serde(serialize_with = "cells")]
    pub cells: Vec<(&'static str, String)>,
    /// whether it shares a token with what is explained
    pub inside: bool,
    /// whether a longer phrase of the same table stands over it; the longest counts
    pub inner: bool,
    /// the kinds of record that its table is read for
    pub read_for: Vec<Kind>,
}

/// Something that a record rests on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// what was decided
    pub why: String,
    /// the words that it rests on, where they stand elsewhere
    pub on: Option<Words>,
}

/// Something that was considered and given up.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Lost {
    /// its words
    #[serde(flatten)]
    pub words: Words,
    /// the kind of record that it would have been
    pub kind: Kind,
    /// the rule that would have made it
    pub rule: &'static str,
    /// the reason
    pub why: String,
}

/// A record that belongs to the one explained.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Related {
    /// how it belongs to it
    pub how: String,
    /// its words
    #[serde(flatten)]
    pub words: Words,
    /// its kind
    pub kind: Kind,
    /// the rule that made it
    pub rule: String,
}
