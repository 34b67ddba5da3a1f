//! Annotated articles: what a careful reader finds in each. They are written by hand, or made of records that a reader
//! has looked through ([`Article::of`]).

use super::normal::norm;
use crate::output::lines::{BadLine, Expect, read_all};
use crate::record::{self, ArticleRecord, Fact, Field, Official, Record};
use serde::{Deserialize, Serialize};
use std::path::Path;

const GOLD: Expect = Expect {
    what: "an annotated article",
    advice: "write one JSON object a line with doc, text, published, persons, codes, dates, counts, awards",
};

/// One annotated article. Offsets are code points of `text`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// its id, as in the records' `doc`
    pub doc: String,
    /// its text
    pub text: String,
    /// the day it was published
    #[serde(default)]
    pub published: Option<String>,
    /// who holds which posts
    pub persons: Vec<Person>,
    /// cited documents
    pub codes: Vec<Mention<Code>>,
    /// dates
    pub dates: Vec<Mention<Date>>,
    /// counts
    pub counts: Vec<Mention<Count>>,
    /// conferrings
    pub awards: Vec<Mention<Award>>,
}

/// A person with all posts that the article gives them; mentions are not told apart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Person {
    /// the fullest form of the name
    pub name: String,
    /// the posts, as written
    pub titles: Vec<String>,
    /// military or police rank; who has neither post nor rank is no official
    #[serde(default)]
    pub rank: Option<String>,
}

/// One place in the text with what it says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mention<T> {
    /// first code point
    pub start: usize,
    /// one past the last code point
    pub end: usize,
    /// exactly that slice
    pub text: String,
    /// what it says
    #[serde(flatten)]
    pub value: T,
}

/// What a code must be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Code {
    /// as in the records
    pub canonical: String,
}

/// What a date must be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Date {
    /// EDTF, or null
    #[serde(default)]
    pub value: Option<String>,
}

/// What a count must be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Count {
    /// the number
    #[serde(default)]
    pub value: Option<f64>,
    /// lower end
    #[serde(default)]
    pub min: Option<f64>,
    /// upper end
    #[serde(default)]
    pub max: Option<f64>,
    /// what is counted
    #[serde(default)]
    pub unit: Option<String>,
}

/// What an award must be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Award {
    /// its standard name
    #[serde(default)]
    pub form: Option<String>,
    /// how many are honoured
    #[serde(default)]
    pub count: Option<f64>,
    /// whom
    #[serde(default)]
    pub recipients: Option<String>,
    /// by whom
    #[serde(default)]
    pub giver: Option<String>,
    /// canonical codes of the programmes it is for
    #[serde(default)]
    pub codes: Vec<String>,
}

/// Reads a file of annotated articles.
pub fn read(path: &Path) -> Result<Vec<Article>, BadLine> {
    read_all(path, GOLD)
}

impl Article {
    /// Records that a reader stands for, as an annotated article with this text. Those of a title kept apart are left
    /// out, since annotations count in no other field.
    pub fn of(article: &ArticleRecord<'_>, text: String) -> Self {
        let mut gold = Article {
            doc: article.doc.to_string(),
            text,
            published: article.published.map(|day| day.to_string()),
            persons: persons(article),
            codes: Vec::new(),
            dates: Vec::new(),
            counts: Vec::new(),
            awards: Vec::new(),
        };
        for record in article.records.iter().filter(|record| record.field == Field::Text) {
            match &record.fact {
                Fact::Official(_) => {} // persons are those of the whole article
                Fact::Code(code) => gold.codes.push(mention(record, Code::of(code))),
                Fact::Date(date) => gold.dates.push(mention(record, Date { value: date.value.clone() })),
                Fact::Count(count) => gold.counts.push(mention(record, Count::of(count))),
                Fact::Award(award) => gold.awards.push(mention(record, Award::of(award))),
            }
        }
        gold
    }
}

fn mention<T>(record: &Record, value: T) -> Mention<T> {
    Mention { start: record.start, end: record.end, text: record.text.clone(), value }
}

impl Code {
    fn of(code: &record::Code) -> Self {
        Code { canonical: code.canonical.clone() }
    }
}

impl Count {
    fn of(count: &record::Count) -> Self {
        let record::Count { value, min, max, .. } = *count;
        Count { value, min, max, unit: Some(count.unit.clone()) }
    }
}

impl Award {
    fn of(award: &record::Award) -> Self {
        let record::Award { form, recipients, giver, codes, count, .. } = award.clone();
        Award { form, count, recipients, giver, codes }
    }
}

/// Everyone with a post or a rank, in text order, under the longest name, each post once.
fn persons(article: &ArticleRecord<'_>) -> Vec<Person> {
    let mut persons: Vec<(String, Person)> = Vec::new();
    for record in article.records.iter().filter(|record| record.field == Field::Text) {
        let Fact::Official(Official { name: Some(name), person, rank, titles, .. }) = &record.fact else {
            continue;
        };
        let id = person.clone().unwrap_or_else(|| norm(name));
        let n = persons.iter().position(|(known, _)| *known == id).unwrap_or_else(|| {
            persons.push((id, Person { name: String::new(), titles: Vec::new(), rank: None }));
            persons.len() - 1
        });
        let person = &mut persons[n].1;
        if name.chars().count() > person.name.chars().count() {
            person.name.clone_from(name);
        }
        for title in titles {
            if !person.titles.iter().any(|known| norm(known) == norm(&title.text)) {
                person.titles.push(title.text.clone());
            }
        }
        person.rank = person.rank.take().or_else(|| rank.clone());
    }
    persons
        .into_iter()
        .map(|(_, person)| person)
        .filter(|p| p.rank.is_some() || !p.titles.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article;
    use crate::document::Scratch;
    use crate::eval::judge::judge;
    use crate::gazetteer::Gazetteers;
    use crate::pipeline::Pipeline;

    #[test]
    fn what_records_say_is_right_by_the_gold_made_of_them() {
        let pipeline = Pipeline::new(Gazetteers::embedded().unwrap(), &[]);
        let text = "Sáng 14-11, Bí thư Huyện ủy Trần Văn Mẫu trao Giấy khen cho 20 cá nhân theo Chương trình 01-CTr/HU. \
                    Ông Mẫu, Chủ tịch HĐND huyện, và Đại tá Lê Văn Vững cùng dự; ông Trần Bình thì không.";
        let article = article::Article { id: "a".into(), text: text.into(), ..Default::default() };
        let read = pipeline.read(&article, &mut Scratch::default());
        let gold = Article::of(&read, text.into());
        let said: Vec<_> =
            gold.persons.iter().map(|p| (p.name.as_str(), p.titles.len(), p.rank.is_some())).collect();
        assert_eq!(said, [("Trần Văn Mẫu", 2, false), ("Lê Văn Vững", 0, true)]);
        let verdict = judge(&gold, &read.records);
        assert_eq!((verdict.persons.strict.len(), verdict.titles.strict.len()), (2, 2));
        for (kind, sheet) in &verdict.facts {
            assert!(!sheet.golds.is_empty(), "{kind:?}");
            assert_eq!((sheet.missed().count(), sheet.wrong().count()), (0, 0), "{kind:?}");
        }
    }
}
