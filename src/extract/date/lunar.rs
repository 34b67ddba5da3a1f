//! The Vietnamese lunar calendar: from a lunar day to the civil one. New moons and solar terms are computed for
//! UTC+7 with the usual truncated series, exact to the day for the years that news speak of.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use std::f64::consts::PI;

const MONTH: f64 = 29.530588853;
/// The new moon of index 0, as a Julian day.
const EPOCH: f64 = 2415021.076998695;
const ZONE: f64 = 7.0 / 24.0;
/// Julian day number of 1 January 2000.
const YEAR_2000: i64 = 2_451_545;

/// The civil day of day `day` of month `month` (not a leap one) of the lunar year that begins in `year`.
pub fn to_civil(year: i16, month: i8, day: i8) -> Option<Date> {
    if !(1900..=2100).contains(&year) || !(1..=12).contains(&month) || !(1..=30).contains(&day) {
        return None;
    }
    civil(month_start(year, month) + i64::from(day) - 1)
}

/// The last day of the lunar year that begins in `year`.
pub fn new_year_eve(year: i16) -> Option<Date> {
    to_civil(year + 1, 1, 1)?.checked_sub(1.day()).ok()
}

fn civil(julian: i64) -> Option<Date> {
    date(2000, 1, 1).checked_add((julian - YEAR_2000).days()).ok()
}

fn month_start(year: i16, month: i8) -> i64 {
    let first = if month < 11 { year - 1 } else { year };
    let (start, end) = (eleventh_month(first), eleventh_month(first + 1));
    let index = (0.5 + (start as f64 - EPOCH) / MONTH).floor();
    let mut offset = (i64::from(month) - 11).rem_euclid(12);
    // Thirteen months between two winter solstices: one of them is a leap month, and those after it shift.
    if end - start > 365 && offset >= leap_offset(start) {
        offset += 1;
    }
    new_moon_day(index + offset as f64)
}

/// The first day of the eleventh month, the one that holds the winter solstice.
fn eleventh_month(year: i16) -> i64 {
    let days = date(2000, 1, 1).until(date(year, 12, 31)).map_or(0, |s| i64::from(s.get_days()));
    let index = ((days + YEAR_2000 - 2_415_021) as f64 / MONTH).floor();
    match new_moon_day(index) {
        moon if sun_sector(moon) >= 9 => new_moon_day(index - 1.0),
        moon => moon,
    }
}

/// How many months after the eleventh the leap month comes: the first without a major solar term.
fn leap_offset(start: i64) -> i64 {
    let index = ((start as f64 - EPOCH) / MONTH + 0.5).floor();
    let sector = |n: i64| sun_sector(new_moon_day(index + n as f64));
    (2..14).find(|&n| sector(n) == sector(n - 1)).unwrap_or(14) - 1
}

fn new_moon_day(index: f64) -> i64 {
    (new_moon(index) + 0.5 + ZONE).floor() as i64
}

/// The Julian day of a new moon (Meeus, truncated).
fn new_moon(k: f64) -> f64 {
    let t = k / 1236.85;
    let (t2, t3) = (t * t, t * t * t);
    let sin = |degrees: f64| (degrees * PI / 180.0).sin();
    let mean = 2415020.75933 + 29.53058868 * k + 0.0001178 * t2 - 0.000000155 * t3
        + 0.00033 * sin(166.56 + 132.87 * t - 0.009173 * t2);
    let sun = 359.2242 + 29.10535608 * k - 0.0000333 * t2 - 0.00000347 * t3;
    let moon = 306.0253 + 385.81691806 * k + 0.0107306 * t2 + 0.00001236 * t3;
    let node = 21.2964 + 390.67050646 * k - 0.0016528 * t2 - 0.00000239 * t3;
    let terms = [
        (0.1734 - 0.000393 * t, sun),
        (0.0021, 2.0 * sun),
        (-0.4068, moon),
        (0.0161, 2.0 * moon),
        (-0.0004, 3.0 * moon),
        (0.0104, 2.0 * node),
        (-0.0051, sun + moon),
        (-0.0074, sun - moon),
        (0.0004, 2.0 * node + sun),
        (-0.0004, 2.0 * node - sun),
        (-0.0006, 2.0 * node + moon),
        (0.0010, 2.0 * node - moon),
        (0.0005, 2.0 * moon + sun),
    ];
    let correction: f64 = terms.iter().map(|&(size, angle)| size * sin(angle)).sum();
    mean + correction - (-0.000278 + 0.000265 * t + 0.000262 * t2)
}

/// Which twelfth of its yearly path the sun stands in at the start of a day.
fn sun_sector(day: i64) -> i64 {
    let t = (day as f64 - 2451545.5 - ZONE) / 36525.0;
    let t2 = t * t;
    let sin = |degrees: f64| (degrees * PI / 180.0).sin();
    let anomaly = 357.52910 + 35999.05030 * t - 0.0001559 * t2 - 0.00000048 * t * t2;
    let mean = 280.46645 + 36000.76983 * t + 0.0003032 * t2;
    let centre = (1.914600 - 0.004817 * t - 0.000014 * t2) * sin(anomaly)
        + (0.019993 - 0.000101 * t) * sin(2.0 * anomaly)
        + 0.000290 * sin(3.0 * anomaly);
    ((mean + centre).rem_euclid(360.0) / 30.0).floor() as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::Gazetteers;
    use crate::gazetteer::schema::TableId;

    #[test]
    fn agrees_with_the_table_of_feasts() {
        let gazetteers = Gazetteers::embedded().unwrap();
        let table = gazetteers.table(TableId::LunarYears);
        let feasts = [
            ("tet", 1, 1),
            ("gieng_15", 1, 15),
            ("gio_to", 3, 10),
            ("phat_dan", 4, 15),
            ("doan_ngo", 5, 5),
            ("vu_lan", 7, 15),
            ("trung_thu", 8, 15),
            ("ong_cong", 12, 23),
        ];
        for (column, month, day) in feasts {
            for (year, cell) in table.cells("year").zip(table.cells(column)) {
                let computed = to_civil(year.parse().unwrap(), month, day).unwrap();
                assert_eq!(computed.to_string(), cell, "{column} {year}");
            }
        }
    }

    #[test]
    fn knows_tet_and_its_eve() {
        assert_eq!(to_civil(2020, 1, 1), Some(date(2020, 1, 25)));
        assert_eq!(new_year_eve(2019), Some(date(2020, 1, 24)));
        assert_eq!(to_civil(2020, 13, 1), None);
    }
}
