//! What tables, columns and cells are. A set of tables says of each column where its cells come from; what writes or
//! lists tables sees their [layout](Layout) alone.

use crate::error::Error;
use jiff::civil::Date;
use serde::Serialize;
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

/// A column, as those who write it see it.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// its name
    pub name: &'static str,
    /// what it holds
    pub kind: Type,
    /// how it is looked up
    pub find: Find,
    /// what it means
    pub about: &'static str,
}

/// A column with where its cells come from.
#[derive(Clone, Copy)]
pub struct From<G> {
    /// the column
    pub column: Column,
    /// where its cells come from
    pub get: G,
}

/// A table, with where the cells of its columns come from.
#[derive(Clone, Copy)]
pub struct Table<G: 'static> {
    /// its name
    pub name: &'static str,
    /// what a row is
    pub about: &'static str,
    /// its columns, in groups
    pub groups: &'static [&'static [From<G>]],
}

impl<G: Copy> Table<G> {
    /// Its columns.
    pub fn columns(&self) -> impl Iterator<Item = &'static From<G>> + Clone + use<G> {
        self.groups.iter().flat_map(|group| group.iter())
    }

    /// What those see who write it.
    pub fn layout(&self) -> Layout {
        let columns = self.columns().map(|from| from.column).collect();
        Layout { name: self.name, about: self.about, columns }
    }
}

/// A table, as those who write it see it.
#[derive(Clone, Debug)]
pub struct Layout {
    /// its name
    pub name: &'static str,
    /// what a row is
    pub about: &'static str,
    /// its columns
    pub columns: Vec<Column>,
}

/// Tables that belong together. The first column of the first table is the number that joins them.
#[derive(Clone, Debug)]
pub struct Set {
    /// the tables
    pub tables: Vec<Layout>,
    /// views over them, in SQL
    pub views: &'static str,
}

/// Takes the rows of a set of tables: the index of the table, and the cells.
pub type Each<'e> = dyn FnMut(usize, &[Cell<'_>]) -> Result<(), Error> + 'e;

/// What fills the rows of a set of tables.
pub trait Tabular {
    /// The tables.
    fn set() -> Set;

    /// Hands its rows to `each`, in order: the index of the table, and the cells. Items are numbered from 1.
    fn rows(&self, number: i64, each: &mut Each<'_>) -> Result<(), Error>;
}

/// What stands between the values of a cell that holds several; no code holds it.
pub const BETWEEN: &str = "|";

/// A column that is not looked up.
pub const fn plain<G>(name: &'static str, kind: Type, get: G, about: &'static str) -> From<G> {
    From { column: Column { name, kind, find: Find::No, about }, get }
}

/// A column that is looked up by its values.
pub const fn exact<G>(name: &'static str, kind: Type, get: G, about: &'static str) -> From<G> {
    From { column: Column { name, kind, find: Find::Exact, about }, get }
}

/// A column that is looked up without accents and case.
pub const fn folded<G>(name: &'static str, get: G, about: &'static str) -> From<G> {
    From { column: Column { name, kind: Type::Text, find: Find::Folded, about }, get }
}

/// A text.
pub fn text(value: &str) -> Cell<'_> {
    Cell::Text(Cow::Borrowed(value))
}

/// A text, if it is there.
pub fn maybe<S: AsRef<str>>(value: &Option<S>) -> Cell<'_> {
    value.as_ref().map_or(Cell::Null, |value| text(value.as_ref()))
}

/// A number of things.
pub fn int<'a>(value: usize) -> Cell<'a> {
    Cell::Int(i64::try_from(value).unwrap_or(i64::MAX))
}

/// A number of things, if it is there.
pub fn maybe_int<'a>(value: Option<usize>) -> Cell<'a> {
    value.map_or(Cell::Null, int)
}

/// A number, if it is there.
pub fn real<'a>(value: Option<f64>) -> Cell<'a> {
    value.map_or(Cell::Null, Cell::Real)
}

/// A day, if it is there.
pub fn day<'a>(value: Option<Date>) -> Cell<'a> {
    value.map_or(Cell::Null, Cell::Day)
}

/// A word of the contract, as the records spell it.
pub fn name<'a>(value: &impl Serialize) -> Cell<'a> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => Cell::Text(name.into()),
        _ => Cell::Null,
    }
}

/// Several values in one cell; empty if there are none.
pub fn list(values: &[String]) -> Cell<'_> {
    match values {
        [] => Cell::Null,
        [one] => text(one),
        _ => Cell::Text(values.join(BETWEEN).into()),
    }
}
