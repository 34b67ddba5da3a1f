//! One article judged: what was wanted, what was found, and which belongs to which.
//!
//! A record matches a wanted mention when their spans overlap and their values agree; each matches at most one, in
//! text order. Persons and their titles are compared as sets over the article, since the annotation does not tell
//! their mentions apart. A post named without its holder (`name: null`) is not judged.

use super::gold::{self, Article, Mention};
use super::normal::{norm, same_number, same_title, same_unit};
use crate::record::{Award, DateRole, Fact, Kind, Official, Record};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Names with their titles, all normalised.
pub type People = BTreeMap<String, BTreeSet<String>>;

/// What was wanted and found of one kind, and the pairs `(wanted, found)` that belong together.
#[derive(Clone, Debug, Default)]
pub struct Sheet<G, F> {
    /// what was wanted
    pub golds: Vec<G>,
    /// what was found
    pub founds: Vec<F>,
    /// pairs that agree in place and value
    pub strict: Vec<(usize, usize)>,
    /// pairs that agree nearly: in place for mentions, in most of the words for titles
    pub lenient: Vec<(usize, usize)>,
}

impl<G, F> Sheet<G, F> {
    fn new(
        golds: Vec<G>,
        founds: Vec<F>,
        agree: impl Fn(&G, &F) -> bool,
        near: impl Fn(&G, &F) -> bool,
    ) -> Self {
        let strict = pair_off(&golds, &founds, agree);
        let lenient = pair_off(&golds, &founds, near);
        Sheet { golds, founds, strict, lenient }
    }

    /// What was wanted and not found.
    pub fn missed(&self) -> impl Iterator<Item = &G> {
        let hit: BTreeSet<usize> = self.strict.iter().map(|&(g, _)| g).collect();
        self.golds.iter().enumerate().filter(move |(i, _)| !hit.contains(i)).map(|(_, g)| g)
    }

    /// What was found and not wanted.
    pub fn wrong(&self) -> impl Iterator<Item = &F> {
        let hit: BTreeSet<usize> = self.strict.iter().map(|&(_, f)| f).collect();
        self.founds.iter().enumerate().filter(move |(i, _)| !hit.contains(i)).map(|(_, f)| f)
    }
}

/// Pairs each wanted thing with the first free found one that agrees.
fn pair_off<G, F>(golds: &[G], founds: &[F], agree: impl Fn(&G, &F) -> bool) -> Vec<(usize, usize)> {
    let mut used = vec![false; founds.len()];
    let mut pairs = Vec::new();
    for (i, gold) in golds.iter().enumerate() {
        if let Some(j) = (0..founds.len()).find(|&j| !used[j] && agree(gold, &founds[j])) {
            used[j] = true;
            pairs.push((i, j));
        }
    }
    pairs
}

/// A mention that the annotation wants.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// first code point
    pub start: usize,
    /// one past the last code point
    pub end: usize,
    /// exactly that slice
    pub text: &'a str,
    /// what it must say
    pub value: Value<'a>,
}

/// What a wanted mention must say.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)]
pub enum Value<'a> {
    Code(&'a gold::Code),
    Date(&'a gold::Date),
    Count(&'a gold::Count),
    Award(&'a gold::Award),
}

impl<'a> Wanted<'a> {
    fn new<T>(mention: &'a Mention<T>, value: fn(&'a T) -> Value<'a>) -> Self {
        let Mention { start, end, text, value: said } = mention;
        Wanted { start: *start, end: *end, text, value: value(said) }
    }

    /// Whether a record stands in the same place.
    pub fn overlaps(&self, record: &Record) -> bool {
        self.start < record.end && record.start < self.end
    }

    fn agrees(&self, record: &Record) -> bool {
        self.overlaps(record)
            && match (self.value, &record.fact) {
                (Value::Code(want), Fact::Code(have)) => norm(&want.canonical) == norm(&have.canonical),
                (Value::Date(want), Fact::Date(have)) => told(&want.value) == told(&have.value),
                (Value::Count(want), Fact::Count(have)) => {
                    same_number(want.value, have.value)
                        && same_number(want.min, have.min)
                        && same_number(want.max, have.max)
                        && same_unit(want.unit.as_deref().unwrap_or_default(), &have.unit)
                }
                (Value::Award(want), Fact::Award(have)) => same_number(want.count, have.count),
                _ => false,
            }
    }
}

fn told(value: &Option<String>) -> Option<&str> {
    value.as_deref().filter(|v| !v.is_empty())
}

/// An official's record with what was said of it.
#[derive(Clone, Copy, Debug)]
pub struct Judged<'a> {
    /// the record
    pub record: &'a Record,
    /// the person is wanted, and each title
    pub strict: bool,
    /// the person is wanted, and each title nearly
    pub lenient: bool,
}

/// The fields of an award that are compared where the annotation tells them.
pub const FIELDS: [&str; 4] = ["form", "giver", "recipients", "codes"];

/// One article judged.
#[derive(Clone, Debug)]
pub struct Verdict<'a> {
    /// the article
    pub article: &'a Article,
    /// its records
    pub records: &'a [Record],
    /// names
    pub persons: Sheet<String, String>,
    /// names with one title each
    pub titles: Sheet<(String, String), (String, String)>,
    /// codes, dates, counts and awards
    pub facts: Vec<(Kind, Sheet<Wanted<'a>, &'a Record>)>,
    /// of each of [`FIELDS`]: how many are right, and how many are told
    pub fields: [[usize; 2]; 4],
    /// the officials' records one by one
    pub officials: Vec<Judged<'a>>,
}

/// Judges the records of one article, all of its text.
pub fn judge<'a>(article: &'a Article, records: &'a [Record]) -> Verdict<'a> {
    let want = wanted_people(article);
    let (have, officials) = found_people(records, &want);
    let names = |people: &People| people.keys().cloned().collect::<Vec<_>>();
    let facts = facts(article, records);
    let fields = facts.iter().find(|(kind, _)| *kind == Kind::Award).map(|(_, sheet)| fields(sheet));
    Verdict {
        article,
        records,
        persons: Sheet::new(names(&want), names(&have), |a, b| a == b, |a, b| a == b),
        titles: Sheet::new(
            pairs(&want),
            pairs(&have),
            |a, b| a == b,
            |a, b| a.0 == b.0 && same_title(&a.1, &b.1),
        ),
        facts,
        fields: fields.unwrap_or_default(),
        officials,
    }
}

fn pairs(people: &People) -> Vec<(String, String)> {
    people.iter().flat_map(|(name, titles)| titles.iter().map(|t| (name.clone(), t.clone()))).collect()
}

fn wanted_people(article: &Article) -> People {
    let mut people = People::new();
    for person in &article.persons {
        people.entry(norm(&person.name)).or_default().extend(person.titles.iter().map(|t| norm(t)));
    }
    people
}

/// A person as the records tell of one.
#[derive(Default)]
struct Person<'a> {
    name: &'a str,
    titles: BTreeSet<String>,
    ranked: bool,
}

/// Everyone to whom the records give a post or a rank, under the longest name; and each record judged.
fn found_people<'a>(records: &'a [Record], want: &People) -> (People, Vec<Judged<'a>>) {
    let mut persons: HashMap<String, Person<'a>> = HashMap::new();
    let mut named = Vec::new();
    for record in records {
        let Fact::Official(official) = &record.fact else { continue };
        let Some(name) = told(&official.name) else { continue };
        let id = told(&official.person).map_or_else(|| norm(name), String::from);
        let person = persons.entry(id.clone()).or_default();
        if name.chars().count() > person.name.chars().count() {
            person.name = name;
        }
        person.titles.extend(official.titles.iter().map(|t| norm(&t.text)));
        person.ranked |= told(&official.rank).is_some();
        named.push((record, official, id));
    }
    persons.retain(|_, person| person.ranked || !person.titles.is_empty());
    let judged = named.into_iter().filter_map(|(record, official, id)| {
        let titles = want.get(&norm(persons.get(&id)?.name));
        Some(judge_official(record, official, titles))
    });
    let judged = judged.collect();
    let mut people = People::new();
    for person in persons.into_values() {
        people.entry(norm(person.name)).or_default().extend(person.titles);
    }
    (people, judged)
}

fn judge_official<'a>(
    record: &'a Record,
    official: &Official,
    want: Option<&BTreeSet<String>>,
) -> Judged<'a> {
    let Some(want) = want else { return Judged { record, strict: false, lenient: false } };
    let titles: Vec<String> = official.titles.iter().map(|t| norm(&t.text)).collect();
    Judged {
        record,
        strict: titles.iter().all(|title| want.contains(title)),
        lenient: titles.iter().all(|title| want.iter().any(|w| same_title(w, title))),
    }
}

fn facts<'a>(article: &'a Article, records: &'a [Record]) -> Vec<(Kind, Sheet<Wanted<'a>, &'a Record>)> {
    let codes = article.codes.iter().map(|m| Wanted::new(m, Value::Code)).collect();
    let dates = article.dates.iter().map(|m| Wanted::new(m, Value::Date)).collect();
    let counts = article.counts.iter().map(|m| Wanted::new(m, Value::Count)).collect();
    let awards = article.awards.iter().map(|m| Wanted::new(m, Value::Award)).collect();
    [(Kind::Code, codes), (Kind::Date, dates), (Kind::Count, counts), (Kind::Award, awards)]
        .into_iter()
        .map(|(kind, golds): (Kind, Vec<Wanted<'a>>)| {
            let of_kind = records.iter().filter(|r| r.fact.kind() == kind);
            let founds = of_kind.filter(|r| !is_stamp_unasked(r, &golds)).collect();
            (kind, Sheet::new(golds, founds, |g, r| g.agrees(r), |g, r| g.overlaps(r)))
        })
        .collect()
}

/// Whether a record is the page's publication stamp where the annotation does not mark it.
fn is_stamp_unasked(record: &Record, golds: &[Wanted<'_>]) -> bool {
    let stamp = matches!(&record.fact, Fact::Date(date) if date.role == Some(DateRole::Published));
    stamp && !golds.iter().any(|g| g.overlaps(record))
}

/// How many of the told fields of awards in the same place are right.
fn fields(sheet: &Sheet<Wanted<'_>, &Record>) -> [[usize; 2]; 4] {
    let mut fields = [[0; 2]; 4];
    for &(g, f) in &sheet.lenient {
        let (Value::Award(want), Fact::Award(have)) = (sheet.golds[g].value, &sheet.founds[f].fact) else {
            continue;
        };
        for (tally, right) in fields.iter_mut().zip(fields_right(want, have)) {
            tally[1] += usize::from(right.is_some());
            tally[0] += usize::from(right == Some(true));
        }
    }
    fields
}

/// In the order of [`FIELDS`]: none where the annotation tells nothing.
fn fields_right(want: &gold::Award, have: &Award) -> [Option<bool>; 4] {
    let text = |want: &Option<String>, have: &Option<String>| {
        let (want, have) = (norm(told(want)?), norm(told(have).unwrap_or_default()));
        Some(!have.is_empty() && (have.contains(&want) || want.contains(&have)))
    };
    let sorted = |codes: &[String]| {
        let mut codes: Vec<String> = codes.iter().map(|c| norm(c)).collect();
        codes.sort();
        codes
    };
    [
        text(&want.form, &have.form),
        text(&want.giver, &have.giver),
        text(&want.recipients, &have.recipients),
        (!want.codes.is_empty()).then(|| sorted(&want.codes) == sorted(&have.codes)),
    ]
}
