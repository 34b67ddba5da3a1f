//! Lists of codes with their number: `3 chương trình số 02-CTr/HU, 06-CTr/HU`.

use super::check::{Check, Need, Run};
use super::facts::Facts;
use super::finding::{Finding, Severity};
use super::page::{Page, plain};
use crate::record::{Fact, Record};

/// A list that is too long or too short.
pub const NUMBER: Check = Check {
    name: "programme.number",
    severity: Severity::Info,
    finds: "A number of programmes or documents that is not the number of codes listed behind it.",
    why: "A code is missing from the list, or the number is wrong.",
    example: "`Trưởng ban Chỉ đạo 3 chương trình số 02-CTr/HU, 06-CTr/HU`: two codes.",
    wrong: "A list may name examples only; lists that say so (`như`, `…`) are passed over.",
    measured: "no finding over 28,712 articles: known by the cases of the tests alone, so it is `info`.",
    needs: &[Need::Text],
    run: Run::Page(number),
};

fn number(page: &Page<'_>, facts: &Facts, found: &mut Vec<Finding>) {
    let codes: Vec<&Record> = page.records().filter(|record| matches!(record.fact, Fact::Code(_))).collect();
    for record in page.records() {
        let Fact::Count(count) = &record.fact else { continue };
        let Some(value) = count.value.filter(|&n| (2.0..=20.0).contains(&n) && count.approx.is_none()) else {
            continue;
        };
        if !facts.says(&plain(&count.unit), "document") {
            continue;
        }
        let list = listed(page, record, &codes, facts);
        let end = list.last().map_or(record.end, |code| code.end);
        let rest = page.slice(record.field, end, end + 40);
        let goes_on = rest.trim_start().starts_with('…')
            || rest.starts_with("..")
            || facts.says(&plain(&rest), "goes-on");
        if !list.is_empty() && list.len() as f64 != value && !goes_on && closed(&rest) {
            let says = format!("{} announced, {} listed", value, list.len());
            let mut words = vec![page.words(record)];
            words.extend(list.iter().map(|code| page.words(code)));
            found.push(Finding::new(says, page.nth, words));
        }
    }
}

/// The codes right behind a count, joined by commas and `và`.
fn listed<'a>(page: &Page<'_>, count: &Record, codes: &[&'a Record], facts: &Facts) -> Vec<&'a Record> {
    let mut list: Vec<&Record> = Vec::new();
    let mut at = count.end;
    for &code in codes.iter().filter(|code| code.field == count.field && code.start >= count.end) {
        let between = page.slice(count.field, at, code.start);
        let words = plain(&between);
        let joined = match list.is_empty() {
            true => words.split_whitespace().all(|word| matches!(word, "số" | "gồm" | "là" | "bao")),
            false => {
                let named = words.split_whitespace().all(|word| {
                    matches!(word, "số" | "và" | "các") || facts.says(&format!(" {word} "), "document-word")
                });
                named && (between.contains([',', ';']) || words.contains(" và "))
            }
        };
        if !joined || between.contains(['.', '\n']) {
            break;
        }
        list.push(code);
        at = code.end;
    }
    list
}

/// Whether nothing that may be another code follows.
fn closed(rest: &str) -> bool {
    let next = rest.trim_start_matches([' ', ',', ';']);
    let joined = next.len() != rest.len() && rest.trim_start().starts_with([',', ';']);
    let another = joined && next.starts_with(|c: char| c.is_ascii_digit());
    !another && !plain(rest).starts_with(" và ")
}
