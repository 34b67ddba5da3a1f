//! The figures over many articles: by kind, by rule, by source.

use super::gold::Article;
use super::judge::{FIELDS, Sheet, Verdict, judge};
use crate::output::lines::{BadLine, Lines, RECORDS};
use crate::record::{Field, Kind, Record};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// The rows of the figures.
pub const ROWS: [&str; 10] = [
    "persons",
    "titles (strict)",
    "titles (lenient)",
    "codes",
    "dates",
    "date spans",
    "counts",
    "count spans",
    "awards",
    "award spans",
];

/// How many were wanted, found, and right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// right
    pub hit: usize,
    /// wanted
    pub gold: usize,
    /// found
    pub found: usize,
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

impl Tally {
    fn of<G, F>(sheet: &Sheet<G, F>, pairs: &[(usize, usize)]) -> Self {
        Tally { hit: pairs.len(), gold: sheet.golds.len(), found: sheet.founds.len() }
    }

    fn add(&mut self, other: Tally) {
        self.hit += other.hit;
        self.gold += other.gold;
        self.found += other.found;
    }

    /// The share of the found that is right; 0 where nothing was found.
    pub fn precision(&self) -> f64 {
        share(self.hit, self.found)
    }

    /// The share of the wanted that was found; 0 where nothing was wanted.
    pub fn recall(&self) -> f64 {
        share(self.hit, self.gold)
    }

    /// The harmonic mean of both.
    pub fn f1(&self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) }
    }
}

impl Serialize for Tally {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(5))?;
        map.serialize_entry("gold", &self.gold)?;
        map.serialize_entry("found", &self.found)?;
        map.serialize_entry("precision", &self.precision())?;
        map.serialize_entry("recall", &self.recall())?;
        map.serialize_entry("f1", &self.f1())?;
        map.end()
    }
}

/// How the records of one rule fared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RuleTally {
    /// records
    pub found: usize,
    /// right in place and value
    pub right: usize,
    /// right in place; of an official, in most words of the titles
    pub nearly: usize,
}

impl RuleTally {
    fn count(&mut self, strict: bool, lenient: bool) {
        self.found += 1;
        self.right += usize::from(strict);
        self.nearly += usize::from(lenient);
    }

    /// The share that is right.
    pub fn precision(&self) -> f64 {
        share(self.right, self.found)
    }

    /// The share that is right or nearly so.
    pub fn lenient(&self) -> f64 {
        share(self.nearly, self.found)
    }
}

/// The articles of one source.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Source {
    /// how many
    pub articles: usize,
    /// a tally a row
    pub rows: [Tally; ROWS.len()],
}

/// All figures.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Score {
    /// over all articles
    pub all: Source,
    /// of each of [`FIELDS`]: how many are right, and how many are told
    pub fields: [[usize; 2]; 4],
    /// by rule
    pub rules: BTreeMap<(Kind, String), RuleTally>,
    /// by source: what stands in `doc` before the first `:`, or `-`
    pub sources: BTreeMap<String, Source>,
}

impl Score {
    /// Adds one article.
    pub fn add(&mut self, verdict: &Verdict<'_>) {
        let rows = rows(verdict);
        let doc = &verdict.article.doc;
        let source = doc.split_once(':').map_or("-", |(source, _)| source);
        for source in [&mut self.all, self.sources.entry(source.into()).or_default()] {
            source.articles += 1;
            source.rows.iter_mut().zip(rows).for_each(|(sum, row)| sum.add(row));
        }
        for (sum, field) in self.fields.iter_mut().zip(verdict.fields) {
            sum[0] += field[0];
            sum[1] += field[1];
        }
        self.add_rules(verdict);
    }

    fn add_rules(&mut self, verdict: &Verdict<'_>) {
        for judged in &verdict.officials {
            self.rule(judged.record).count(judged.strict, judged.lenient);
        }
        for (_, sheet) in &verdict.facts {
            for (j, record) in sheet.founds.iter().enumerate() {
                let paired = |pairs: &[(usize, usize)]| pairs.iter().any(|&(_, f)| f == j);
                self.rule(record).count(paired(&sheet.strict), paired(&sheet.lenient));
            }
        }
    }

    fn rule(&mut self, record: &Record) -> &mut RuleTally {
        self.rules.entry((record.fact.kind(), record.rule.clone())).or_default()
    }
}

/// The tallies of one article, in the order of [`ROWS`].
fn rows(verdict: &Verdict<'_>) -> [Tally; ROWS.len()] {
    let Verdict { persons, titles, facts, .. } = verdict;
    let mut rows = vec![
        Tally::of(persons, &persons.strict),
        Tally::of(titles, &titles.strict),
        Tally::of(titles, &titles.lenient),
    ];
    for (kind, sheet) in facts {
        rows.push(Tally::of(sheet, &sheet.strict));
        if *kind != Kind::Code {
            rows.push(Tally::of(sheet, &sheet.lenient));
        }
    }
    let mut all = [Tally::default(); ROWS.len()];
    all.copy_from_slice(&rows);
    all
}

/// The records of annotated articles, by article. Only those of the text: annotations count in no other field.
pub type Records = HashMap<String, Vec<Record>>;

/// Reads the records of `articles` from a file, passing over those of other articles.
pub fn read_records(path: &Path, articles: &[Article]) -> Result<Records, BadLine> {
    let mut records: Records = articles.iter().map(|a| (a.doc.clone(), Vec::new())).collect();
    let mut lines = Lines::open(path, RECORDS)?;
    while let Some(record) = lines.next_value::<Record>()? {
        if let (Field::Text, Some(list)) = (record.field, records.get_mut(&record.doc)) {
            list.push(record);
        }
    }
    Ok(records)
}

/// Judges every article by its records.
pub fn verdicts<'a>(articles: &'a [Article], records: &'a Records) -> impl Iterator<Item = Verdict<'a>> {
    let of = |a: &Article| records.get(&a.doc).map_or(&[][..], Vec::as_slice);
    articles.iter().map(move |article| judge(article, of(article)))
}

/// The figures of all articles.
pub fn score(articles: &[Article], records: &Records) -> Score {
    let mut score = Score::default();
    verdicts(articles, records).for_each(|verdict| score.add(&verdict));
    score
}

/// A map written in the order of its entries.
struct InOrder<'a, K, V>(Vec<(K, &'a V)>);

impl<K: Serialize, V: Serialize> Serialize for InOrder<'_, K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(k, v)| (k, v)))
    }
}

impl Serialize for Source {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("articles", &self.articles)?;
        for (name, row) in ROWS.iter().zip(&self.rows) {
            map.serialize_entry(name, row)?;
        }
        map.end()
    }
}

impl Serialize for Score {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (name, row) in ROWS.iter().zip(&self.all.rows) {
            map.serialize_entry(name, row)?;
        }
        map.serialize_entry("award fields", &InOrder(FIELDS.into_iter().zip(&self.fields).collect()))?;
        let rules = self.rules.iter().map(|((_, rule), tally)| (rule, tally)).collect();
        map.serialize_entry("rules", &InOrder(rules))?;
        map.serialize_entry("sources", &self.sources)?;
        map.end()
    }
}
