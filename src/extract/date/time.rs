//! Points and stretches of time as they are written, and their form in EDTF (ISO 8601-2).

use super::resolve::plus_days;
use super::words::{Feast, Step, Unit};
use crate::record::Grain;
use jiff::civil::Date;

/// A day, a month or a year; what is not written is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Point {
    /// the year, once known
    pub year: Option<i16>,
    /// the month; none in a whole year
    pub month: Option<i8>,
    /// the day; none in a whole month
    pub day: Option<i8>,
}

impl Point {
    /// A whole day.
    pub fn of(date: Date) -> Self {
        Point { year: Some(date.year()), month: Some(date.month()), day: Some(date.day()) }
    }
    /// A day, its year perhaps open.
    pub fn day(day: i8, month: i8, year: Option<i16>) -> Self {
        Point { year, month: Some(month), day: Some(day) }
    }
    /// A month, its year perhaps open.
    pub fn month(month: i8, year: Option<i16>) -> Self {
        Point { year, month: Some(month), day: None }
    }
    /// A year.
    pub fn year(year: i16) -> Self {
        Point { year: Some(year), month: None, day: None }
    }
    /// How fine it is.
    pub fn grain(self) -> Grain {
        match (self.month, self.day) {
            (_, Some(_)) => Grain::Day,
            (Some(_), None) => Grain::Month,
            _ => Grain::Year,
        }
    }
    /// Its first day, once the year is known.
    pub fn first(self) -> Option<Date> {
        Date::new(self.year?, self.month.unwrap_or(1), self.day.unwrap_or(1)).ok()
    }
    /// The day so many days away; its year stays unknown if it was.
    pub fn plus_days(self, n: i32) -> Option<Point> {
        if n == 0 {
            return Some(self);
        }
        let there = plus_days(Point { year: self.year.or(Some(2001)), ..self }.first()?, n)?;
        Some(Point { year: self.year.map(|_| there.year()), ..Point::of(there) })
    }
    /// Whether there is such a day in some year, or in the year given.
    pub fn is_valid(self) -> bool {
        let year = self.year.unwrap_or(2000);
        Date::new(year, self.month.unwrap_or(1), self.day.unwrap_or(1)).is_ok()
    }
    /// `2019-11-14`, `XXXX-11-14`, `2019-11`, `2020`; none for a year that is not known.
    pub fn edtf(self) -> Option<String> {
        let year = match self.year {
            Some(year) => format!("{year:04}"),
            None if self.month.is_some() => "XXXX".to_string(),
            None => return None,
        };
        Some(match (self.month, self.day) {
            (Some(month), Some(day)) => format!("{year}-{month:02}-{day:02}"),
            (Some(month), None) => format!("{year}-{month:02}"),
            _ => year,
        })
    }
}

/// A time as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Time {
    /// a day, month or year
    Point(Point),
    /// from one to another
    Range(Point, Point),
    /// months of one year: a quarter, a half
    Months(Option<i16>, i8, i8),
    /// away from the publication
    Shift(Unit, Step),
    /// away from the date named before
    Same(Unit, i32),
    /// a weekday (Monday is 1), in the week so many away
    Weekday(i8, Option<Step>),
    /// a feast, in the year named
    Feast(Feast, Option<i16>),
    /// a year by its place in the cycle of sixty
    Cycle(i16),
    /// ten years, by their first
    Decade(i16),
    /// a hundred years, by their number
    Century(i16),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_written_in_edtf() {
        assert_eq!(Point::day(14, 11, None).edtf().as_deref(), Some("XXXX-11-14"));
        assert_eq!(Point::month(1, Some(2023)).edtf().as_deref(), Some("2023-01"));
        assert_eq!(Point::year(2020).edtf().as_deref(), Some("2020"));
        assert_eq!(Point::default().edtf(), None);
        assert!(!Point::day(31, 4, None).is_valid());
        assert!(Point::day(29, 2, None).is_valid());
        assert!(!Point::day(29, 2, Some(2019)).is_valid());
    }
}
