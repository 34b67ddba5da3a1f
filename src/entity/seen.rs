//! In how many articles something is said, when first and last, and where. A date here is the day of an article, a
//! sighting: never the day on which a term began or ended.

use crate::record::{ArticleRecord, Field};
use serde::{Deserialize, Serialize};

/// So many articles are named; how many there are is always counted in full.
pub const EXAMPLES: usize = 5;

/// Words in an article.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Words {
    /// the article
    pub doc: String,
    /// the day it was published
    pub published: Option<String>,
    /// the field that the span counts in
    pub field: Field,
    /// first code point
    pub start: usize,
    /// one past the last code point
    pub end: usize,
    /// the words
    pub text: String,
}

impl Words {
    /// Words of an article.
    pub fn new(article: &ArticleRecord<'_>, field: Field, start: usize, end: usize, text: &str) -> Self {
        let published = article.published.map(|day| day.to_string());
        Words { doc: article.doc.to_string(), published, field, start, end, text: text.into() }
    }

    /// What stands before what: by day, those without one behind all others.
    fn order(&self) -> (bool, &Option<String>, &str, usize) {
        (self.published.is_none(), &self.published, &self.doc, self.start)
    }
}

/// The sightings of something, one for each article.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Seen {
    /// how many articles say it
    pub articles: usize,
    /// how many of them tell no day
    pub undated: usize,
    /// the day of the first of them
    pub first_seen: Option<String>,
    /// the day of the last of them
    pub last_seen: Option<String>,
    /// where it stands in the first
    pub first: Words,
    /// where it stands in the last
    pub last: Words,
    /// the first articles that say it, at most [`EXAMPLES`]
    pub docs: Vec<String>,
}

impl Seen {
    /// Seen once.
    pub fn once(words: Words) -> Self {
        Seen {
            articles: 1,
            undated: usize::from(words.published.is_none()),
            first_seen: words.published.clone(),
            last_seen: words.published.clone(),
            docs: vec![words.doc.clone()],
            first: words.clone(),
            last: words,
        }
    }

    /// Also seen there, in other articles.
    pub fn add(&mut self, other: Seen) {
        self.articles += other.articles;
        self.undated += other.undated;
        if other.first.order() < self.first.order() {
            self.first = other.first;
        }
        // A day tells more than none.
        let last =
            |seen: &Words| (seen.published.is_some(), seen.published.clone(), seen.doc.clone(), seen.start);
        if last(&other.last) > last(&self.last) {
            self.last = other.last;
        }
        self.first_seen = self.first.published.clone();
        self.last_seen = self.last.published.clone();
        for doc in other.docs {
            if self.docs.len() < EXAMPLES && !self.docs.contains(&doc) {
                self.docs.push(doc);
            }
        }
    }

    /// Adds to what may not have been seen yet.
    pub fn put(slot: &mut Option<Seen>, other: Seen) {
        match slot {
            Some(seen) => seen.add(other),
            None => *slot = Some(other),
        }
    }

    /// Whether the days of both stretch over each other; unknown where either has none.
    pub fn overlaps(&self, other: &Seen) -> Option<bool> {
        let (a, b) = (self.first_seen.as_ref()?, other.first_seen.as_ref()?);
        Some(a.max(b) <= self.last_seen.as_ref()?.min(other.last_seen.as_ref()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(doc: &str, day: Option<&str>) -> Seen {
        let published = day.map(String::from);
        Seen::once(Words {
            doc: doc.into(),
            published,
            field: Field::Text,
            start: 0,
            end: 1,
            text: "x".into(),
        })
    }

    #[test]
    fn first_and_last_in_any_order() {
        let all =
            [("b", Some("2020-02-01")), ("a", Some("2019-01-05")), ("n", None), ("c", Some("2021-03-01"))];
        for shift in 0..all.len() {
            let mut order = all;
            order.rotate_left(shift);
            let mut sum = None;
            order.iter().for_each(|(doc, day)| Seen::put(&mut sum, seen(doc, *day)));
            let sum = sum.unwrap();
            assert_eq!((sum.articles, sum.undated), (4, 1));
            assert_eq!((sum.first.doc.as_str(), sum.last.doc.as_str()), ("a", "c"));
            assert_eq!(sum.first_seen.as_deref(), Some("2019-01-05"));
        }
    }

    #[test]
    fn overlaps_only_where_days_are_known() {
        let stretch = |from: &str, to: &str| {
            let mut sum = seen("a", Some(from));
            sum.add(seen("b", Some(to)));
            sum
        };
        let a = stretch("2019-01-01", "2020-01-01");
        assert_eq!(a.overlaps(&stretch("2020-01-01", "2020-05-01")), Some(true));
        assert_eq!(a.overlaps(&stretch("2020-01-02", "2020-05-01")), Some(false));
        assert_eq!(a.overlaps(&seen("c", None)), None);
    }

    #[test]
    fn examples_are_few_and_the_count_is_whole() {
        let mut sum = seen("0", None);
        (1..100).for_each(|n| sum.add(seen(&n.to_string(), None)));
        assert_eq!((sum.articles, sum.docs.len()), (100, EXAMPLES));
    }
}
