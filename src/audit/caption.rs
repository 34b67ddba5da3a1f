//! Captions: printed twice, or twice with other facts.

use super::check::{Check, Need, Run};
use super::facts::Facts;
use super::finding::{Finding, Severity, Words};
use super::page::Page;
use crate::record::{Field, Record};
use crate::text::block::BlockKind;
use std::collections::BTreeMap;

/// The same again.
pub const REPEATED: Check = Check {
    name: "caption.repeated",
    severity: Severity::Info,
    finds: "A caption that is printed twice.",
    why: "What stands in it is one statement, not two: counts over all mentions are too high by it.",
    example: "A caption that stands under its picture and once more under the picture enlarged.",
    wrong: "Where two pictures really bear the same caption.",
    measured: "50 of 96 findings read, 47 right; the three others were names of speakers in interviews, which are passed over since.",
    needs: &[],
    run: Run::Page(repeated),
};

/// Almost the same again.
pub const DIFFERS: Check = Check {
    name: "caption.differs",
    severity: Severity::Info,
    finds: "A caption that is printed twice, with another number, code, date or name the second time.",
    why: "One of both printings is wrong.",
    example: "`Ông Trần Văn Mẫu trao 20 suất quà cho học sinh xã Nà Bó`, and again with `25 suất quà`.",
    wrong: "Two pictures of one series may bear captions that differ in one fact on purpose.",
    measured: "no finding over 28,712 articles: known by the cases of the tests alone, so it is `info`.",
    needs: &[Need::Text],
    run: Run::Page(differs),
};

/// Shorter captions are labels.
const WORDS: usize = 8;

fn repeated(page: &Page<'_>, _: &Facts, found: &mut Vec<Finding>) {
    let mut blocks: BTreeMap<usize, Vec<Words>> = BTreeMap::new();
    let records = &page.article.records;
    let mut last: Option<(usize, usize, usize)> = None;
    for again in records.iter().filter(|record| record.block == BlockKind::Caption) {
        let Some(start) = again.duplicate_of else { continue };
        if page.behind(again, 4).trim() == ":" {
            continue; // who speaks next in an interview
        }
        let shift = again.start.saturating_sub(start);
        let block = match last {
            Some((sentence, by, block)) if by == shift && again.sentence.abs_diff(sentence) <= 1 => block,
            _ => again.start,
        };
        last = Some((again.sentence, shift, block));
        let words = blocks.entry(block).or_default();
        if words.is_empty() {
            let first = records.iter().find(|record| record.start == start && record.text == again.text);
            words.extend(first.map(|first| page.words(first)));
        }
        words.push(page.words(again));
    }
    for words in blocks.into_values() {
        let says =
            format!("printed at {} and again at {}", words[0].start, words[1.min(words.len() - 1)].start);
        found.push(Finding::new(says, page.nth, words));
    }
}

/// The lines of the text that hold a caption's record, once each.
fn captions(page: &Page<'_>) -> Vec<(usize, String)> {
    let mut lines: BTreeMap<usize, String> = BTreeMap::new();
    let caption = |record: &&Record| record.block == BlockKind::Caption && record.field == Field::Text;
    for record in page.records().filter(caption) {
        let chars = page.chars(Field::Text);
        let start = record.start.min(chars.len());
        let from = chars[..start].iter().rposition(|&c| c == '\n').map_or(0, |at| at + 1);
        let to = chars[start..].iter().position(|&c| c == '\n').map_or(chars.len(), |at| start + at);
        lines.entry(from).or_insert_with(|| chars[from..to].iter().collect());
    }
    lines.into_iter().collect()
}

fn differs(page: &Page<'_>, _: &Facts, found: &mut Vec<Finding>) {
    let lines = captions(page);
    for (n, (again, second)) in lines.iter().enumerate() {
        let other = lines[..n].iter().find_map(|(start, first)| Some((*start, first, other(first, second)?)));
        if let Some((start, first, (a, b))) = other {
            let words = |start: usize, text: &str| Words {
                doc: page.article.doc.to_string(),
                field: Field::Text,
                start,
                end: start + text.chars().count(),
                text: text.into(),
            };
            let says = format!("{b:?} where the caption said {a:?} before");
            found.push(Finding::new(says, page.nth, vec![words(*again, second), words(start, first)]));
        }
    }
}

/// What differs between two printings of one caption: one stretch of at most two words with a number or a name in it.
fn other(first: &str, second: &str) -> Option<(String, String)> {
    let body = |line: &str| line.split("Ảnh:").next().unwrap_or_default().to_string();
    let (first, second) = (body(first), body(second));
    let (a, b): (Vec<&str>, Vec<&str>) =
        (first.split_whitespace().collect(), second.split_whitespace().collect());
    if a.len() < WORDS || a.len() != b.len() {
        return None;
    }
    let from = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let tail =
        a[from.min(a.len())..].iter().rev().zip(b[from..].iter().rev()).take_while(|(a, b)| a == b).count();
    let to = a.len() - tail;
    let fact = |words: &[&str]| {
        words.iter().any(|word| word.starts_with(|c: char| c.is_numeric() || c.is_uppercase()))
    };
    let differs = from < to && to - from <= 2 && fact(&a[from..to]) && fact(&b[from..to]);
    differs.then(|| (a[from..to].join(" "), b[from..to].join(" ")))
}
