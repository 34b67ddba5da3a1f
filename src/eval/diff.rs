//! What one run found and another did not: the records of one article compared, and the differences counted by rule.
//!
//! Records of one kind in the same place, else in places that overlap, are one record that changed.

use super::say;
use crate::record::{Kind, Record};
use rustc_hash::FxHashMap;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write;

/// One difference.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// only the first has it
    Lost(Box<Record>),
    /// only the second has it
    Gained(Box<Record>),
    /// both have it, and it says something else: what of it, as `key: a -> b`
    Changed(Box<Record>, Vec<String>),
}

impl Change {
    /// The record; of one that changed, as it is in the second file.
    pub fn record(&self) -> &Record {
        match self {
            Change::Lost(record) | Change::Gained(record) | Change::Changed(record, _) => record,
        }
    }

    /// The difference on one line: its sign, kind, place, words, value and rule.
    pub fn line(&self) -> String {
        let record = self.record();
        let Record { start, end, text, rule, fact, .. } = record;
        let kind = name(fact.kind());
        let words = text.replace('\n', "⏎");
        let place = format!("{kind} {start}..{end} {words:?}");
        match self {
            Change::Lost(_) => format!("- {place} {} [{rule}]", say::fact(fact)),
            Change::Gained(_) => format!("+ {place} {} [{rule}]", say::fact(fact)),
            Change::Changed(_, what) => format!("~ {place} {} [{rule}]", what.join(", ")),
        }
    }
}

/// The name of a kind, as in the records.
pub fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Official => "official",
        Kind::Code => "code",
        Kind::Date => "date",
        Kind::Count => "count",
        Kind::Award => "award",
    }
}

/// The differences between the records of one article, in text order. Keys of `ignore` may differ.
pub fn compare(left: Vec<Record>, right: Vec<Record>, ignore: &[String]) -> Vec<Change> {
    let (mut left, mut right) = (free(left), free(right));
    take_pairs(&mut left, &mut right, |a, b| a == b);
    let mut changed = take_pairs(&mut left, &mut right, |_, _| true);
    changed.extend(take_overlaps(&mut left, &mut right));
    let changes = changed.into_iter().filter_map(|(a, b)| {
        let what = differences(&a, &b, ignore);
        (!what.is_empty()).then(|| Change::Changed(Box::new(b), what))
    });
    let mut changes: Vec<Change> = changes.collect();
    changes.extend(left.into_iter().flatten().map(|r| Change::Lost(Box::new(r))));
    changes.extend(right.into_iter().flatten().map(|r| Change::Gained(Box::new(r))));
    changes.sort_by_key(|c| (c.record().field as u8, c.record().start, c.record().end));
    changes
}

/// Records in text order; none in the place of one that has found its pair.
type Free = Vec<Option<Record>>;

fn free(mut records: Vec<Record>) -> Free {
    records.sort_by_key(|r| (r.field as u8, r.start, r.end));
    records.into_iter().map(Some).collect()
}

/// Takes out pairs of one kind in the same place that are alike.
fn take_pairs(
    left: &mut Free,
    right: &mut Free,
    alike: fn(&Record, &Record) -> bool,
) -> Vec<(Record, Record)> {
    let place = |r: &Record| (r.fact.kind(), r.field as u8, r.start, r.end);
    let mut places: FxHashMap<_, Vec<usize>> = FxHashMap::default();
    for (n, record) in right.iter().enumerate() {
        if let Some(record) = record {
            places.entry(place(record)).or_default().push(n);
        }
    }
    let mut pairs = Vec::new();
    for slot in left.iter_mut() {
        let Some(a) = slot else { continue };
        let here = places.get(&place(a)).map_or(&[][..], Vec::as_slice);
        let found = here.iter().find(|&&n| right[n].as_ref().is_some_and(|b| alike(a, b)));
        if let Some(b) = found.and_then(|&n| right[n].take()) {
            pairs.extend(slot.take().map(|a| (a, b)));
        }
    }
    pairs
}

/// Takes out pairs of one kind whose places overlap.
fn take_overlaps(left: &mut Free, right: &mut Free) -> Vec<(Record, Record)> {
    let (mut pairs, mut low) = (Vec::new(), 0);
    for slot in left.iter_mut() {
        let Some(a) = slot else { continue };
        let before = |b: &Record| (b.field as u8, b.end) <= (a.field as u8, a.start);
        while right.get(low).is_some_and(|b| b.as_ref().is_none_or(before)) {
            low += 1;
        }
        let meets = |b: &Record| {
            b.fact.kind() == a.fact.kind() && b.field == a.field && b.start < a.end && a.start < b.end
        };
        let near = right[low..]
            .iter_mut()
            .take_while(|b| b.as_ref().is_none_or(|b| (b.field as u8, b.start) < (a.field as u8, a.end)));
        let found = near.into_iter().find(|b| b.as_ref().is_some_and(meets)).and_then(Option::take);
        if let Some(b) = found {
            pairs.extend(slot.take().map(|a| (a, b)));
        }
    }
    pairs
}

/// What differs between two records, as `key: a -> b`.
fn differences(a: &Record, b: &Record, ignore: &[String]) -> Vec<String> {
    let (Ok(Value::Object(a)), Ok(Value::Object(b))) = (serde_json::to_value(a), serde_json::to_value(b))
    else {
        return Vec::new();
    };
    let mut keys: Vec<&String> = a.keys().chain(b.keys()).filter(|key| !ignore.contains(key)).collect();
    keys.sort();
    keys.dedup();
    let differs = |key: &&String| a.get(*key) != b.get(*key);
    let shown = |key: &String| {
        let (a, b) = (a.get(key).unwrap_or(&Value::Null), b.get(key).unwrap_or(&Value::Null));
        let (short_a, short_b) = (short(a), short(b));
        match short_a == short_b {
            true => format!("{key}: {a} -> {b}"),
            false => format!("{key}: {short_a} -> {short_b}"),
        }
    };
    keys.into_iter().filter(differs).map(shown).collect()
}

/// A value as JSON; of a list of titles, their words alone.
fn short(value: &Value) -> String {
    match value {
        Value::Array(list) if list.iter().any(|v| v["text"].is_string()) => {
            let words: Vec<&str> = list.iter().filter_map(|v| v["text"].as_str()).collect();
            format!("[{}]", words.join(" | "))
        }
        _ => value.to_string(),
    }
}

/// How many differences there are of each rule: lost, gained, changed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    rules: BTreeMap<(Kind, String), [usize; 3]>,
}

impl Summary {
    /// Counts a difference; says how many of its rule and sort there have been.
    pub fn add(&mut self, change: &Change) -> usize {
        let record = change.record();
        let row = self.rules.entry((record.fact.kind(), record.rule.clone())).or_default();
        let sort = match change {
            Change::Lost(_) => 0,
            Change::Gained(_) => 1,
            Change::Changed(..) => 2,
        };
        row[sort] += 1;
        row[sort]
    }

    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// A table: kinds, and below each its rules.
    pub fn table(&self) -> String {
        let width = self.rules.keys().map(|(_, rule)| rule.chars().count() + 2).max().unwrap_or(0).max(12);
        let mut out = format!("{:width$} {:>8} {:>8} {:>8}\n", "", "lost", "gained", "changed");
        let mut row = |head: &str, [lost, gained, changed]: [usize; 3]| {
            let _ = writeln!(out, "{head:width$} {lost:8} {gained:8} {changed:8}");
        };
        let mut kind_before = None;
        for ((kind, rule), counts) in &self.rules {
            if kind_before.replace(*kind) != Some(*kind) {
                row(name(*kind), self.of_kind(*kind));
            }
            row(&format!("  {rule}"), *counts);
        }
        out
    }

    fn of_kind(&self, kind: Kind) -> [usize; 3] {
        let rows = self.rules.iter().filter(|((k, _), _)| *k == kind);
        rows.fold([0; 3], |sum, (_, row)| [sum[0] + row[0], sum[1] + row[1], sum[2] + row[2]])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(start: usize, end: usize, value: f64, unit: &str) -> Record {
        let line = serde_json::json!({
            "doc": "d", "kind": "count", "start": start, "end": end, "field": "text", "text": "…", "sentence": 0,
            "block": "paragraph", "rule": "count.number-noun", "confidence": 0.9,
            "value": value, "min": null, "max": null, "approx": null, "unit": unit, "measure": "items",
        });
        serde_json::from_value(line).unwrap()
    }

    fn lines(left: Vec<Record>, right: Vec<Record>, ignore: &[String]) -> Vec<String> {
        compare(left, right, ignore).iter().map(Change::line).collect()
    }

    #[test]
    fn the_same_records_in_any_order() {
        let (a, b) = (count(1, 5, 2.0, "xã"), count(1, 5, 3.0, "xã"));
        assert!(lines(vec![a.clone(), b.clone()], vec![b, a], &[]).is_empty());
    }

    #[test]
    fn gains_losses_and_changes() {
        let left = vec![count(1, 5, 2.0, "xã"), count(10, 15, 3.0, "hộ"), count(20, 25, 4.0, "hộ")];
        let right = vec![count(1, 5, 2.0, "huyện"), count(12, 17, 3.0, "hộ"), count(30, 35, 4.0, "hộ")];
        let found = lines(left, right, &[]);
        assert_eq!(
            found,
            [
                r#"~ count 1..5 "…" unit: "xã" -> "huyện" [count.number-noun]"#,
                r#"~ count 12..17 "…" end: 15 -> 17, start: 10 -> 12 [count.number-noun]"#,
                r#"- count 20..25 "…" 4 hộ [count.number-noun]"#,
                r#"+ count 30..35 "…" 4 hộ [count.number-noun]"#,
            ]
        );
    }

    #[test]
    fn what_is_ignored_does_not_differ() {
        let mut other = count(1, 5, 2.0, "xã");
        other.sentence = 7;
        let ignore = ["sentence".to_string()];
        assert!(lines(vec![count(1, 5, 2.0, "xã")], vec![other.clone()], &ignore).is_empty());
        assert_eq!(lines(vec![count(1, 5, 2.0, "xã")], vec![other], &[]).len(), 1);
    }

    #[test]
    fn each_finds_one_pair() {
        let left = vec![count(1, 9, 2.0, "xã"), count(2, 8, 2.0, "xã")];
        let found = compare(left, vec![count(3, 7, 2.0, "xã")], &[]);
        assert!(matches!(found[..], [Change::Lost(_), Change::Changed(..)]), "{found:?}");
    }
}
