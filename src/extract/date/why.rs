//! What the value of a date rests on, in words, for whoever asks ([`crate::trace`]). Where a year is looked for, `resolve`
//! says by itself which one it took.

use super::day::Reading;
use super::reader::Reader;
use super::resolve::Resolved;
use super::time::Time;
use crate::mention::Span;
use crate::record::Anchor;

/// The year that puts a day nearest to the publication.
pub(super) fn nearest(reader: &Reader<'_>, year: Option<i16>) -> String {
    let year = year.map(|year| year.to_string()).unwrap_or_default();
    format!("the year {year}, which puts it nearest to {}", publication(reader))
}

/// The year that a word like `hồi`, `vừa qua` or `tới` points to.
pub(super) fn pointed(reader: &Reader<'_>, year: i16) -> String {
    format!(
        "the year {year}: a word beside it (date_words: way, hồi) says before or after {}",
        publication(reader)
    )
}

/// The year of the latest full date of an article that has no date of its own.
pub(super) fn beside_latest(reader: &Reader<'_>) -> String {
    let latest = reader.memory.latest.map(|day| day.to_string()).unwrap_or_default();
    format!("the article has no date of its own: close to {latest}, the latest day it names in full")
}

fn publication(reader: &Reader<'_>) -> String {
    reader.published().map_or("the publication".into(), |day| format!("the publication, {day}"))
}

/// Notes how a reading came to its value.
pub(super) fn resolved(reader: &Reader<'_>, reading: &Reading, resolved: &Resolved) {
    let (on, why) = because(reader, reading, resolved);
    if let Some(why) = why {
        reader.doc.trace.step(reading.start, reading.rule, on, || why);
    }
}

fn because(reader: &Reader<'_>, reading: &Reading, resolved: &Resolved) -> (Option<Span>, Option<String>) {
    let explicit = resolved.anchor == Anchor::Explicit;
    let why = match (&resolved.value, reading.time) {
        (None, _) => {
            "nothing to count from: neither a publication date nor another date of the article".into()
        }
        (Some(value), _) if value.contains("XXXX") => {
            "no year is written, and neither a publication date nor a date written in full is near".into()
        }
        (_, Time::Decade(_) | Time::Century(_)) => "the words name it".into(),
        (_, Time::Feast(..)) if explicit => {
            "a feast or a lunar day, in the year that is written with it".into()
        }
        _ if explicit => "written out: nothing had to be inferred".into(),
        (_, Time::Point(point)) if point.month.is_none() => match resolved.anchor {
            Anchor::Context => return before(reader, "a day of the month of the date named before"),
            _ => format!("the day of that number nearest to {}", publication(reader)),
        },
        (_, Time::Point(_) | Time::Range(..)) => return (None, None),
        (_, Time::Months(..)) => format!("the year is that of {}", publication(reader)),
        (_, Time::Shift(..)) if resolved.anchor == Anchor::Context => match reader.memory.topic {
            Some((from, ..)) => {
                let why = "counted from the period its sentence is about, or the day it was spoken";
                return (Some(Span::token(from)), Some(why.into()));
            }
            None => "counted from the day that the words were spoken".into(),
        },
        (_, Time::Shift(..)) => format!("counted from {}", publication(reader)),
        (_, Time::Same(..)) => return before(reader, "the date named before"),
        (_, Time::Weekday(_, Some(_))) => {
            format!("that day of the week counted from {}", publication(reader))
        }
        (_, Time::Weekday(_, None)) => format!("the last such day up to {}", publication(reader)),
        (_, Time::Feast(..)) => format!("the feast, or lunar day, nearest to {}", publication(reader)),
        (_, Time::Cycle(_)) => format!("the year of that name nearest to {}", publication(reader)),
    };
    (None, Some(why))
}

/// Leans on the date that was read last.
fn before(reader: &Reader<'_>, why: &str) -> (Option<Span>, Option<String>) {
    (reader.memory.end.checked_sub(1).map(Span::token), Some(why.into()))
}
