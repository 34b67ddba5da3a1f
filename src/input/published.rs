//! When an article was published, as dumps write it. Times with an offset are told in Vietnamese time.

use super::row::Value;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};

/// The day of a value; `None` where it holds none.
pub fn day(value: &Value<'_>) -> Option<Date> {
    match value {
        Value::Text(text) => parse(text),
        Value::Number(number) => epoch(*number),
        Value::Wrong(_) => None,
    }
}

/// Reads `2019-12-15`, `2019-12-15T07:50:00+07:00`, `15/12/2019 07:50`, `Sun, 15 Dec 2019 07:50:00 +0700`, epoch
/// seconds or milliseconds, also with other words around the day.
pub fn parse(text: &str) -> Option<Date> {
    let text = text.trim();
    let instant = text.parse::<Timestamp>().ok();
    let instant = instant.or_else(|| jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text).ok());
    let number = || text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten();
    match instant {
        Some(instant) => plausible(in_viet_nam(instant)),
        None => compact(text).or_else(|| number().and_then(epoch)).or_else(|| numeric(text)),
    }
}

/// Epoch seconds or milliseconds. Less than 10^8 (1973 in seconds) is no time but a year or a mistake.
fn epoch(number: i64) -> Option<Date> {
    let instant = match number.unsigned_abs() {
        0..100_000_000 => None,
        100_000_000..100_000_000_000 => Timestamp::from_second(number).ok(),
        _ => Timestamp::from_millisecond(number).ok(),
    };
    instant.map(in_viet_nam).and_then(plausible)
}

fn in_viet_nam(instant: Timestamp) -> Date {
    instant.to_zoned(TimeZone::fixed(Offset::constant(7))).date()
}

fn plausible(date: Date) -> Option<Date> {
    (1900..2100).contains(&date.year()).then_some(date)
}

/// `20191215`, alone or before a time.
fn compact(text: &str) -> Option<Date> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let day = (digits == 8).then(|| text[..8].parse::<i32>().ok()).flatten()?;
    date(day / 10_000, day / 100 % 100, day % 100)
}

/// The first day written in numbers with `-`, `/` or `.` between them, year first or last.
fn numeric(text: &str) -> Option<Date> {
    let runs: Vec<(usize, usize)> = digit_runs(text);
    runs.windows(3).find_map(|w| {
        let joined = |a: (usize, usize), b: (usize, usize)| {
            let between = text[a.1..b.0].trim();
            matches!(between, "-" | "/" | ".").then_some(between)
        };
        if joined(w[0], w[1])? != joined(w[1], w[2])? {
            return None;
        }
        let number = |n: usize| text[w[n].0..w[n].1].parse::<i32>().ok();
        let (first, month, last) = (number(0)?, number(1)?, number(2)?);
        match (w[0].1 - w[0].0, w[2].1 - w[2].0) {
            (4, 1..=2) => date(first, month, last),
            (1..=2, 4) => date(last, month, first),
            _ => None,
        }
    })
}

fn digit_runs(text: &str) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (at, _) in text.bytes().enumerate().filter(|(_, b)| b.is_ascii_digit()) {
        match runs.last_mut() {
            Some(run) if run.1 == at => run.1 = at + 1,
            _ => runs.push((at, at + 1)),
        }
    }
    runs
}

fn date(year: i32, month: i32, day: i32) -> Option<Date> {
    let small = |n: i32| i8::try_from(n).ok();
    Date::new(i16::try_from(year).ok()?, small(month)?, small(day)?).ok().and_then(plausible)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_forms() {
        for (text, want) in [
            ("2019-12-15", "2019-12-15"),
            ("2019-12-15T07:50", "2019-12-15"),
            ("2019-12-15 07:50:12", "2019-12-15"),
            ("2019-12-15T07:50:00+07:00", "2019-12-15"),
            ("2019-12-14T23:30:00Z", "2019-12-15"),
            ("2019-12-14T23:30:00.000+0000", "2019-12-15"),
            ("15/12/2019", "2019-12-15"),
            ("5.1.2019 07:50", "2019-01-05"),
            ("Chủ nhật, 15/12/2019, 07:50 (GMT+7)", "2019-12-15"),
            ("07:50 15-12-2019", "2019-12-15"),
            ("Sun, 15 Dec 2019 07:50:00 +0700", "2019-12-15"),
            ("20191215", "2019-12-15"),
            ("1576371000000", "2019-12-15"),
        ] {
            assert_eq!(parse(text).map(|d| d.to_string()).as_deref(), Some(want), "{text}");
        }
    }

    #[test]
    fn what_is_no_day() {
        for text in ["", "N/A", "2019", "32/12/2019", "15/13/2019", "12/2019", "0001-01-01", "hôm qua"] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(day(&Value::Number(2019)), None);
        assert_eq!(day(&Value::Number(1_576_371_000)).map(|d| d.to_string()).as_deref(), Some("2019-12-15"));
    }
}
