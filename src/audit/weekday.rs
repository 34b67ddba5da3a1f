//! Weekdays beside days: `thứ Ba (14/11)`.

use super::check::{Check, Need, Run};
use super::facts::Facts;
use super::finding::{Finding, Severity};
use super::page::{Page, plain};
use crate::record::{Anchor, Fact, Grain, Record};
use crate::tables::edtf;
use jiff::civil::Weekday;

/// A weekday that does not fit its date.
pub const WEEKDAY: Check = Check {
    name: "date.weekday",
    severity: Severity::Warning,
    finds: "A weekday that does not fit the day beside it.",
    why: "One of both is misprinted; readers who come by the weekday come on the wrong day.",
    example: "`thứ Ba (21/10)` in an article of 2013: it was a Monday.",
    wrong: "Where the year is not written it is taken from the publication date, and may be another.",
    measured: "3 of 3 right.",
    needs: &[Need::Text],
    run: Run::Page(weekday),
};

fn weekday(page: &Page<'_>, facts: &Facts, found: &mut Vec<Finding>) {
    for record in page.records() {
        let Fact::Date(date) = &record.fact else { continue };
        let sure = match date.anchor {
            Anchor::Explicit => true,
            Anchor::Published => page.published.is_some(),
            Anchor::Context => false,
        };
        let Some((day, last)) = date.value.as_deref().and_then(edtf::days) else { continue };
        if !sure || date.grain != Grain::Day || day != last {
            continue;
        }
        let whole = format!("{}{}", record.text, page.behind(record, 12));
        let said = bracketed(&whole).or_else(|| named(&page.before(record, 24), record, facts));
        if let Some(said) = said
            && said != day.weekday()
        {
            let says = format!("{day} is a {:?}, not a {said:?}", day.weekday());
            found.push(Finding::new(says, page.nth, vec![page.words(record)]));
        }
    }
}

/// The weekday that stands in a date or right in front of its bracket. `lần thứ hai`, `kỳ họp thứ 3` are none, nor is
/// what a part of the day parts from the numbers (`thứ ba, sáng 22/5`).
fn named(before: &str, record: &Record, facts: &Facts) -> Option<Weekday> {
    let slash = record.text.find(['/', '-', '.'])?;
    let head = record.text[..slash].trim_end_matches(|c: char| c.is_ascii_digit());
    let before = before.rsplit(['.', ';', ':', '•', '!', '?', '"']).next().unwrap_or_default();
    let words = plain(&format!("{before}{head}"));
    let mut words: Vec<&str> = words.split_whitespace().collect();
    if words.last() == Some(&"ngày") {
        words.pop();
    }
    let (day, rest) = weekday_at_end(&words)?;
    let counted = rest.last().is_some_and(|word| facts.says(&format!(" {word} "), "ordinal"));
    (!counted).then_some(day)
}

/// The weekday that closes a run of words, and the words before it.
fn weekday_at_end<'a, 'w>(words: &'a [&'w str]) -> Option<(Weekday, &'a [&'w str])> {
    let (last, rest) = words.split_last()?;
    let (word, rest) = rest.split_last()?;
    let day = match (*word, *last) {
        ("chủ", "nhật") => Weekday::Sunday,
        ("thứ", number) => ordinal(number)?,
        _ => return None,
    };
    Some((day, rest))
}

/// The weekday in brackets behind a date: `15/3/2017 (thứ 5)`.
fn bracketed(text: &str) -> Option<Weekday> {
    let (date, rest) = text.split_once('(')?;
    let (inside, _) = rest.split_once(')')?;
    let words = plain(inside);
    let words: Vec<&str> = words.split_whitespace().collect();
    let (day, rest) = weekday_at_end(&words)?;
    (rest.is_empty() && date.contains(|c: char| c.is_ascii_digit())).then_some(day)
}

fn ordinal(word: &str) -> Option<Weekday> {
    Some(match word {
        "hai" | "2" => Weekday::Monday,
        "ba" | "3" => Weekday::Tuesday,
        "tư" | "4" => Weekday::Wednesday,
        "năm" | "5" => Weekday::Thursday,
        "sáu" | "6" => Weekday::Friday,
        "bảy" | "7" => Weekday::Saturday,
        _ => return None,
    })
}
