//! An article as annotation tools want it: one text, and marks on it that may overlap, each with a label and values.
//! A title kept apart stands before the text, on a line of its own.

use crate::record::{ArticleRecord, Fact, Field, Kind, Record, Title};
use serde_json::{Map, Value};
use std::borrow::Cow;

/// What a mark is: a record by its kind, or a post of an official.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Label {
    Official,
    Title,
    Code,
    Date,
    Count,
    Award,
}

impl Label {
    /// All labels.
    pub const ALL: [Label; 6] =
        [Label::Official, Label::Title, Label::Code, Label::Date, Label::Count, Label::Award];

    /// Its name: that of the kind, and `title` for the posts in `titles`.
    pub fn name(self) -> &'static str {
        match self {
            Label::Official => "official",
            Label::Title => "title",
            Label::Code => "code",
            Label::Date => "date",
            Label::Count => "count",
            Label::Award => "award",
        }
    }

    /// The label of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|label| label.name() == name)
    }
}

impl From<Kind> for Label {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Official => Label::Official,
            Kind::Code => Label::Code,
            Kind::Date => Label::Date,
            Kind::Count => Label::Count,
            Kind::Award => Label::Award,
        }
    }
}

/// The values of a mark, sorted by key; those that say nothing are left out.
pub type Values = Vec<(String, Vec<String>)>;

/// Words with what is said of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark<'a> {
    /// its number among the marks of the article, from 0
    pub number: usize,
    /// what it is
    pub label: Label,
    /// first code point of the page's text
    pub start: usize,
    /// one past the last code point
    pub end: usize,
    /// exactly that slice
    pub text: &'a str,
    /// the record that says so
    pub record: &'a Record,
    /// the number of the official who holds this post
    pub holder: Option<usize>,
    /// what is said
    pub values: Values,
}

/// One article.
pub struct Page<'a> {
    /// the article
    pub article: &'a ArticleRecord<'a>,
    /// title (if kept apart), newline, text
    pub text: Cow<'a, str>,
    /// the marks: records in their order, each official before the posts
    pub marks: Vec<Mark<'a>>,
    text_start: usize,
}

impl<'a> Page<'a> {
    /// The page of an article. One without a text has an empty one.
    pub fn new(article: &'a ArticleRecord<'a>) -> Self {
        let text = article.text.as_deref().unwrap_or_default();
        let mut page = Page { article, text: text.into(), marks: Vec::new(), text_start: 0 };
        if let Some(title) = &article.title {
            page.text = format!("{title}\n{text}").into();
            page.text_start = text_start(Some(title));
        }
        for record in &article.records {
            page.add(record);
        }
        page
    }

    /// Where a code point of a field stands in the page's text.
    pub fn at(&self, field: Field, point: usize) -> usize {
        match field {
            Field::Title => point,
            Field::Text => self.text_start + point,
        }
    }

    fn add(&mut self, record: &'a Record) {
        let holder = self.marks.len();
        self.marks.push(Mark {
            number: holder,
            label: record.fact.kind().into(),
            start: self.at(record.field, record.start),
            end: self.at(record.field, record.end),
            text: &record.text,
            record,
            holder: None,
            values: values(&record.fact),
        });
        let Fact::Official(official) = &record.fact else { return };
        for title in &official.titles {
            self.marks.push(Mark {
                number: self.marks.len(),
                label: Label::Title,
                start: self.at(record.field, title.start),
                end: self.at(record.field, title.end),
                text: &title.text,
                record,
                holder: Some(holder),
                values: title_values(title),
            });
        }
    }
}

/// Where the text starts on the page of an article with this title, in code points.
pub fn text_start(title: Option<&str>) -> usize {
    title.map_or(0, |title| title.chars().count() + 1)
}

fn values(fact: &Fact) -> Values {
    flat(serde_json::to_value(fact), &["titles"])
}

fn title_values(title: &Title) -> Values {
    flat(serde_json::to_value(title), &["text", "start", "end"])
}

fn flat(value: serde_json::Result<Value>, without: &[&str]) -> Values {
    let mut values = Values::new();
    if let Ok(Value::Object(object)) = value {
        gather("", &object, without, &mut values);
    }
    values
}

fn gather(before: &str, object: &Map<String, Value>, without: &[&str], values: &mut Values) {
    for (key, value) in object.iter().filter(|(key, _)| !without.contains(&key.as_str())) {
        let key = format!("{before}{key}");
        match value {
            Value::Null => {}
            Value::Object(inner) => gather(&format!("{key}."), inner, without, values),
            Value::Array(items) if items.is_empty() => {}
            Value::Array(items) => values.push((key, items.iter().map(plain).collect())),
            value => values.push((key, vec![plain(value)])),
        }
    }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_string)
}
