//! The days that a date covers: first and last day of an EDTF value.

use jiff::civil::Date;

/// The first and the last day of `2019-11-14`, `2019-11`, `2019`, `199X`, `2015/2020`, `2019-12-15T07:50:00+07:00`.
/// Nothing where the year or an end is unknown.
pub fn days(value: &str) -> Option<(Date, Date)> {
    match value.split_once('/') {
        Some((from, to)) => Some((point(from)?.0, point(to)?.1)),
        None => point(value),
    }
}

fn point(value: &str) -> Option<(Date, Date)> {
    let day = value.split('T').next()?;
    let mut parts = day.splitn(3, '-');
    let (from, to) = years(parts.next()?)?;
    let Some(month) = parts.next() else {
        return Some((Date::new(from, 1, 1).ok()?, Date::new(to, 12, 31).ok()?));
    };
    let month = number(month)?;
    match parts.next() {
        Some(day) => {
            let day = number(day)?;
            Some((Date::new(from, month, day).ok()?, Date::new(to, month, day).ok()?))
        }
        None => Some((Date::new(from, month, 1).ok()?, Date::new(to, month, 1).ok()?.last_of_month())),
    }
}

/// `2019` is one year, `199X` ten, `19XX` a hundred.
fn years(text: &str) -> Option<(i16, i16)> {
    let known = text.trim_end_matches('X');
    if text.len() != 4 || known.is_empty() || !known.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Some((text.replace('X', "0").parse().ok()?, text.replace('X', "9").parse().ok()?))
}

fn number(text: &str) -> Option<i8> {
    (text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::days;

    #[test]
    fn first_and_last_day() {
        for (value, want) in [
            ("2019-11-14", "2019-11-14 2019-11-14"),
            ("2019-12-15T07:50:00+07:00", "2019-12-15 2019-12-15"),
            ("2020-02", "2020-02-01 2020-02-29"),
            ("2019", "2019-01-01 2019-12-31"),
            ("199X", "1990-01-01 1999-12-31"),
            ("19XX", "1900-01-01 1999-12-31"),
            ("2015/2020", "2015-01-01 2020-12-31"),
            ("2019-01/2019-06", "2019-01-01 2019-06-30"),
            ("2019-11-14/2019-11-16", "2019-11-14 2019-11-16"),
        ] {
            let said = days(value).map(|(first, last)| format!("{first} {last}"));
            assert_eq!(said.as_deref(), Some(want), "{value}");
        }
    }

    #[test]
    fn what_covers_no_known_days() {
        for value in [
            "",
            "XXXX-11-14",
            "2019-XX-14",
            "2019-13",
            "2019-02-30",
            "2015/..",
            "/2020",
            "2019-1-1",
            "20190",
            "+019",
        ] {
            assert_eq!(days(value), None, "{value}");
        }
    }
}
