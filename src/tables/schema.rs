//! What tables, columns and cells are.

use crate::record::{ArticleRecord, Award, Code, Count, DateFact, Fact, Official, Record, Title};
use jiff::civil::Date;
use std::borrow::Cow;

/// What a column holds. Every cell may be empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// text
    Text,
    /// a whole number
    Int,
    /// a number
    Real,
    /// a day
    Day,
}

impl Type {
    /// Its name in listings.
    pub fn name(self) -> &'static str {
        match self {
            Type::Text => "text",
            Type::Int => "integer",
            Type::Real => "number",
            Type::Day => "date",
        }
    }
}

/// The value of a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'a> {
    /// nothing
    Null,
    /// text
    Text(Cow<'a, str>),
    /// a whole number
    Int(i64),
    /// a number
    Real(f64),
    /// a day
    Day(Date),
}

impl Cell<'_> {
    /// Whether it may stand in a column of this type.
    pub fn fits(&self, kind: Type) -> bool {
        match self {
            Cell::Null => true,
            Cell::Text(_) => kind == Type::Text,
            Cell::Int(_) => kind == Type::Int,
            Cell::Real(_) => kind == Type::Real,
            Cell::Day(_) => kind == Type::Day,
        }
    }
}

/// How a database looks things up in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Find {
    /// it does not
    No,
    /// by its values
    Exact,
    /// without accents and case
    Folded,
}

/// What a row is made of.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    /// the number of the article in the output, from 1
    pub number: i64,
    /// the article
    pub article: &'a ArticleRecord<'a>,
    /// the record; none in the table of articles
    pub record: Option<&'a Record>,
    /// the post; for officials that have any
    pub title: Option<&'a Title>,
}

/// Which part of a row a column is read from, and how.
#[derive(Clone, Copy)]
#[allow(missing_docs)]
pub enum Get {
    Number,
    Article(for<'a> fn(&'a ArticleRecord<'a>) -> Cell<'a>),
    Record(for<'a> fn(&'a Record) -> Cell<'a>),
    Official(for<'a> fn(&'a Official) -> Cell<'a>),
    Title(for<'a> fn(&'a Title) -> Cell<'a>),
    Code(for<'a> fn(&'a Code) -> Cell<'a>),
    Date(for<'a> fn(&'a DateFact) -> Cell<'a>),
    Count(for<'a> fn(&'a Count) -> Cell<'a>),
    Award(for<'a> fn(&'a Award) -> Cell<'a>),
}

/// A column.
pub struct Column {
    /// its name
    pub name: &'static str,
    /// what it holds
    pub kind: Type,
    /// how it is looked up
    pub find: Find,
    /// where its cells come from
    pub get: Get,
    /// what it means
    pub about: &'static str,
}

impl Column {
    /// The cell of a row; empty where the row has no such part.
    pub fn cell<'a>(&self, row: &Row<'a>) -> Cell<'a> {
        match (self.get, row.record.map(|record| &record.fact)) {
            (Get::Number, _) => Cell::Int(row.number),
            (Get::Article(get), _) => get(row.article),
            (Get::Record(get), _) => row.record.map_or(Cell::Null, get),
            (Get::Title(get), _) => row.title.map_or(Cell::Null, get),
            (Get::Official(get), Some(Fact::Official(fact))) => get(fact),
            (Get::Code(get), Some(Fact::Code(fact))) => get(fact),
            (Get::Date(get), Some(Fact::Date(fact))) => get(fact),
            (Get::Count(get), Some(Fact::Count(fact))) => get(fact),
            (Get::Award(get), Some(Fact::Award(fact))) => get(fact),
            _ => Cell::Null,
        }
    }
}

/// A table.
pub struct Table {
    /// its name
    pub name: &'static str,
    /// what a row is
    pub about: &'static str,
    /// its columns, in groups
    pub groups: &'static [&'static [Column]],
}

impl Table {
    /// Its columns.
    pub fn columns(&self) -> impl Iterator<Item = &'static Column> + Clone + use<> {
        self.groups.iter().flat_map(|group| group.iter())
    }

    /// The cells of a row, into `cells`.
    pub fn fill<'a>(&self, row: &Row<'a>, cells: &mut Vec<Cell<'a>>) {
        cells.clear();
        cells.extend(self.columns().map(|column| column.cell(row)));
    }
}
