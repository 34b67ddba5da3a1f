//! How likely a record is right: how often its rule was, on annotated articles.
//!
//! The table `confidence` keeps, of each rule, how many records it made there and how many of them were right
//! (`vnfacts calibrate` counts them anew). A rule that made few has shown little, so its share is drawn towards that
//! of all rules of its kind, as if [`WEIGHT`] more of its records had been seen that were right as often as those of
//! the kind are:
//!
//! ```text
//! prior of a kind      = (right of all its rules + 1) / (found by all its rules + 2)
//! confidence of a rule = (right + WEIGHT · prior) / (found + WEIGHT)
//! ```
//!
//! The first is Laplace's rule of succession; the second is the m-estimate of Cestnik, "Estimating probabilities: a
//! crucial task in machine learning" (ECAI 1990), that is, the posterior mean under a Beta prior. A rule that the
//! table does not know has the prior of its kind.

use crate::extract::{Rule, rules};
use crate::gazetteer::Gazetteers;
use crate::gazetteer::schema::TableId;
use crate::gazetteer::table::{Fault, Table};
use crate::record::Kind;
use rustc_hash::FxHashMap;
use serde::Serialize;

/// How many records' worth the kind counts against the rule's own.
pub const WEIGHT: f64 = 5.0;

/// The confidence of every rule.
pub struct Confidence {
    rules: FxHashMap<&'static str, f32>,
}

/// How many records were made, and how many of them were right.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    right: f64,
    found: f64,
}

impl Confidence {
    /// Reads the table.
    pub fn new(gazetteers: &Gazetteers) -> Self {
        let seen: FxHashMap<&str, Seen> = seen(gazetteers.table(TableId::Confidence)).collect();
        let confidence = |(kind, rule): (Kind, &'static Rule)| {
            let own = seen.get(rule.name).copied().unwrap_or_default();
            let of_kind = rules().filter(|(k, _)| *k == kind).filter_map(|(_, r)| seen.get(r.name));
            (rule.name, smooth(own, prior(of_kind)))
        };
        Confidence { rules: rules().map(confidence).collect() }
    }

    /// How likely a record of `rule` is right, to two decimals.
    pub fn of(&self, rule: &str) -> f32 {
        self.rules.get(rule).copied().unwrap_or_default()
    }
}

/// How the confidence of one rule was measured.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Measure {
    /// how many records of the rule were right on annotated articles
    pub right: f64,
    /// how many it made there
    pub found: f64,
    /// the share of right ones of all rules of its kind, towards which its own is drawn
    pub prior: f64,
    /// where that stands: `gazetteers/confidence.tsv:12`; none if the rule was never seen
    pub row: Option<String>,
}

impl Measure {
    /// What the table says of `rule`, which makes records of `kind`.
    pub fn new(gazetteers: &Gazetteers, kind: Kind, rule: &str) -> Self {
        let table = gazetteers.table(TableId::Confidence);
        let all: FxHashMap<&str, Seen> = seen(table).collect();
        let of_kind = rules().filter(|(k, _)| *k == kind).filter_map(|(_, r)| all.get(r.name));
        let row = seen(table).zip(&table.rows).find(|((name, _), _)| *name == rule);
        let Seen { right, found } = all.get(rule).copied().unwrap_or_default();
        Measure { right, found, prior: prior(of_kind), row: row.map(|(_, row)| row.place()) }
    }
}

/// The rows of the table: a rule, and what was seen of it.
fn seen(table: &Table) -> impl Iterator<Item = (&str, Seen)> {
    let number = |cell: &str| cell.parse().unwrap_or_default();
    let numbers = table.cells("right").zip(table.cells("found"));
    let seen = numbers.map(move |(right, found)| Seen { right: number(right), found: number(found) });
    table.cells("rule").zip(seen)
}

fn prior<'a>(of_kind: impl Iterator<Item = &'a Seen>) -> f64 {
    let sum = of_kind.fold(Seen::default(), |sum, seen| Seen {
        right: sum.right + seen.right,
        found: sum.found + seen.found,
    });
    (sum.right + 1.0) / (sum.found + 2.0)
}

fn smooth(own: Seen, prior: f64) -> f32 {
    let confidence = (own.right + WEIGHT * prior) / (own.found + WEIGHT);
    ((confidence * 100.0).round() / 100.0) as f32
}

/// The rows that cannot be: of rules that there are not, or with more right than found.
pub fn faults(gazetteers: &Gazetteers) -> Vec<Fault> {
    let table = gazetteers.table(TableId::Confidence);
    seen(table)
        .zip(&table.rows)
        .filter_map(|((rule, Seen { right, found }), row)| {
            let cause = if !rules().any(|(_, r)| r.name == rule) {
                format!("there is no rule {rule:?} (any more); rebuild the table with `vnfacts calibrate`")
            } else if right < 0.0 || right > found {
                format!("{right} of {found} cannot be right")
            } else {
                return None;
            };
            Some(Fault { file: row.file.to_string(), line: row.line, cause })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_records_say_little() {
        let kind = [Seen { right: 89.0, found: 98.0 }];
        let prior = prior(kind.iter());
        assert_eq!(prior, 0.9);
        assert_eq!(smooth(Seen::default(), prior), 0.9);
        assert_eq!(smooth(Seen { right: 1.0, found: 1.0 }, prior), 0.92);
        assert_eq!(smooth(Seen { right: 0.0, found: 1.0 }, prior), 0.75);
        assert_eq!(smooth(Seen { right: 500.0, found: 500.0 }, prior), 1.0);
        assert_eq!(super::prior([].iter()), 0.5);
    }

    #[test]
    fn every_rule_has_a_confidence_and_every_row_a_rule() {
        let gazetteers = Gazetteers::embedded().unwrap();
        let confidence = Confidence::new(&gazetteers);
        for (_, rule) in rules() {
            let value = confidence.of(rule.name);
            assert!((0.0..=1.0).contains(&value) && value > 0.0, "{}: {value}", rule.name);
        }
        let faults: Vec<String> = faults(&gazetteers).iter().map(Fault::to_string).collect();
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}
