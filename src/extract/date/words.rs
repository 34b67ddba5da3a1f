//! The words that dates are made of: table `date_words`, compiled.

use crate::gazetteer::Gazetteers;
use crate::gazetteer::schema::TableId;

macro_rules! classes {
    ($($id:ident $name:literal)*) => {
        /// What a phrase of the table does in a date.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs)]
        pub enum Class { $($id),* }
        /// The names of the classes in the table.
        pub const CLASS_NAMES: &[&str] = &[$($name),*];
        const CLASSES: &[(&str, Class)] = &[$(($name, Class::$id)),*];
    };
}

classes! {
    Part "part" Weekday "weekday" Number "number" Roman "roman" Relative "relative" Context "context" Edge "edge"
    DayHead "day_head" MoonHead "moon_head" Hour "hour" Minute "minute" HalfHour "half_hour" ClockNote "clock_note"
    Term "term" School "school" Range "range" Decade "decade" Century "century" Quarter "quarter" HalfYear "half_year"
    Can "can" Chi "chi" LunarMark "lunar_mark" LunarYearHead "lunar_year_head" Tet "tet" Feast "feast"
    NotDate "not_date" RejectBefore "reject_before" RejectAfter "reject_after" Cue "cue" Quantifier "quantifier"
    YearRejectBefore "year_reject_before" YearRejectAfter "year_reject_after" Equal "equal" Way "way" NumberLike "number_like"
}

/// The classes that a date may begin with.
pub const BEGINNERS: &[&str] = &[
    "part",
    "weekday",
    "number",
    "relative",
    "context",
    "edge",
    "day_head",
    "moon_head",
    "term",
    "school",
    "range",
    "decade",
    "century",
    "quarter",
    "half_year",
    "lunar_year_head",
    "tet",
    "feast",
    "not_date",
];

/// A unit that relative expressions count in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Unit {
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

/// How many units away; `Past` is the one that is ending or has just ended (`tuần qua`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Step {
    By(i32),
    Past,
}

/// A feast that has a name of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feast {
    /// the first day of the lunar year
    Tet,
    /// the day before it
    Eve,
    /// month and day of the lunar calendar
    Lunar(i8, i8),
    /// month and day of the civil calendar
    Solar(i8, i8),
}

/// What a phrase is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Value {
    None,
    Number(i16),
    Shift(Unit, Step),
    Feast(Feast),
}

/// One row.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// what the phrase does
    pub class: Class,
    /// whether a date may begin with it
    pub begins: bool,
    /// what it is worth
    pub value: Value,
}

/// Compiles the table; the result is indexed by row.
pub fn compile(gazetteers: &Gazetteers) -> Vec<Entry> {
    let table = gazetteers.table(TableId::DateWords);
    let rows = table.cells("class").zip(table.cells("value"));
    let entry = |(class, value)| Entry {
        class: class_of(class),
        begins: BEGINNERS.contains(&class),
        value: value_of(value),
    };
    rows.map(entry).collect()
}

fn class_of(name: &str) -> Class {
    CLASSES.iter().find(|(n, _)| *n == name).map_or(Class::NotDate, |&(_, class)| class)
}

fn value_of(cell: &str) -> Value {
    let read = || match cell.split_once(':') {
        None if cell == "tet" => Some(Value::Feast(Feast::Tet)),
        None if cell == "eve" => Some(Value::Feast(Feast::Eve)),
        None => cell.parse().ok().map(Value::Number),
        Some((kind @ ("lunar" | "solar"), day)) => {
            let (month, day) = day.split_once('-')?;
            let (month, day) = (month.parse().ok()?, day.parse().ok()?);
            Some(Value::Feast(if kind == "lunar" {
                Feast::Lunar(month, day)
            } else {
                Feast::Solar(month, day)
            }))
        }
        Some((unit, step)) => {
            let step = if step == "past" { Step::Past } else { Step::By(step.parse().ok()?) };
            Some(Value::Shift(unit_of(unit)?, step))
        }
    };
    read().unwrap_or(Value::None)
}

fn unit_of(name: &str) -> Option<Unit> {
    Some(match name {
        "day" => Unit::Day,
        "week" => Unit::Week,
        "month" => Unit::Month,
        "quarter" => Unit::Quarter,
        "year" => Unit::Year,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_understood() {
        let gazetteers = Gazetteers::embedded().unwrap();
        let table = gazetteers.table(TableId::DateWords);
        for (cell, entry) in table.cells("value").zip(compile(&gazetteers)) {
            assert_eq!(cell.is_empty(), entry.value == Value::None, "{cell}");
        }
    }
}
