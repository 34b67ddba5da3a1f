//! Marks on a page back to records: what [`crate::export::page`] does, the other way round.
//!
//! A mark that a reviewer has drawn has no values: a code is then read from its words, a date has no value, a count no
//! number; values that were corrected are taken as they stand.

use crate::export::page::{Label, text_start};
use crate::record::{ArticleRecord, Fact, Field, Record, Title};
use crate::text::block::BlockKind;
use crate::text::fold;
use serde_json::{Map, Value, json};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A mark as a tool gives it back.
#[derive(Clone, Debug)]
pub(super) struct Mark<I> {
    /// what the tool calls it
    pub id: I,
    pub label: Label,
    /// code points of the page's text
    pub start: usize,
    pub end: usize,
    pub values: BTreeMap<String, Vec<String>>,
}

/// Which article a page is.
pub(super) struct About {
    pub doc: String,
    pub url: Option<String>,
    pub title: Option<String>,
    pub published: Option<String>,
}

/// Keys that hold numbers; all others hold words.
const NUMBERS: [&str; 8] = ["value", "min", "max", "count", "year", "part_of", "amount.value", "confidence"];
/// Keys that hold several values.
const LISTS: [&str; 1] = ["codes"];

/// The article of a page with the records that the marks say; `held_by` leads from a post to who holds it. `by` is the
/// rule that they are said to come from.
pub(super) fn article<I: PartialEq>(
    about: About,
    page: &str,
    marks: &[Mark<I>],
    held_by: &[(I, I)],
    by: &str,
) -> Result<ArticleRecord<'static>, String> {
    let text = match &about.title {
        Some(title) => page.strip_prefix(title.as_str()).and_then(|rest| rest.strip_prefix('\n')),
        None => Some(page),
    };
    let text = text.ok_or("its text does not begin with its title")?.to_string();
    let published = about.published.map(|day| day.parse().map_err(|error| format!("published: {error}")));
    let paper = Paper {
        doc: &about.doc,
        text_start: text_start(about.title.as_deref()),
        points: page.chars().collect(),
        by,
    };
    let mut records = Vec::new();
    for mark in marks.iter().filter(|mark| mark.label != Label::Title) {
        let mut record = paper.record(mark)?;
        if let Fact::Official(official) = &mut record.fact {
            let held = held_by.iter().filter(|(_, holder)| *holder == mark.id).map(|(post, _)| post);
            let posts = held.filter_map(|id| marks.iter().find(|mark| mark.id == *id));
            let posts = posts.filter(|mark| mark.label == Label::Title);
            official.titles = posts.map(|mark| paper.title(mark)).collect::<Result<_, _>>()?;
        }
        records.push(record);
    }
    records.sort_by_key(|record| (record.field == Field::Text, record.start));
    Ok(ArticleRecord {
        doc: about.doc.into(),
        url: about.url.map(Cow::Owned),
        title: about.title.map(Cow::Owned),
        published: published.transpose()?,
        text: Some(text.into()),
        records,
    })
}

struct Paper<'a> {
    doc: &'a str,
    text_start: usize,
    points: Vec<char>,
    by: &'a str,
}

impl Paper<'_> {
    fn words<I>(&self, mark: &Mark<I>) -> Result<String, String> {
        let Mark { start, end, .. } = *mark;
        let words = self.points.get(start..end).filter(|words| !words.is_empty());
        words
            .map(|words| words.iter().collect())
            .ok_or_else(|| format!("a {} at {start}..{end} stands outside its text", mark.label.name()))
    }

    /// The field and its code points.
    fn place<I>(&self, mark: &Mark<I>) -> (Field, usize, usize) {
        match mark.start < self.text_start {
            true => (Field::Title, mark.start, mark.end),
            false => (Field::Text, mark.start - self.text_start, mark.end - self.text_start),
        }
    }

    fn record<I>(&self, mark: &Mark<I>) -> Result<Record, String> {
        let text = self.words(mark)?;
        let (field, start, end) = self.place(mark);
        let mut object = match mark.label {
            Label::Official => json!({"name": text, "titles": []}),
            Label::Code => json!({"canonical": text.split_whitespace().collect::<String>(), "number": ""}),
            Label::Date => json!({"grain": "day", "anchor": "explicit"}),
            Label::Count => json!({"unit": "", "measure": "other"}),
            Label::Award => json!({"codes": []}),
            Label::Title => return Err("a title is no record".into()),
        };
        overlay(&mut object, &mark.values, mark.label)?;
        if mark.label == Label::Official && !mark.values.is_empty() && !mark.values.contains_key("name") {
            object["name"] = Value::Null; // a post named without its holder
        } else if mark.label == Label::Official {
            object["name"] = json!(normal(&text)); // also where the reviewer moved the mark
        }
        object["kind"] = json!(mark.label.name());
        let fact = read::<Fact>(object, mark)?;
        Ok(Record {
            doc: self.doc.to_string(),
            start,
            end,
            field,
            text,
            sentence: 0,
            block: BlockKind::Paragraph,
            rule: self.by.to_string(),
            confidence: 1.0,
            duplicate_of: None,
            fact,
        })
    }

    fn title<I>(&self, mark: &Mark<I>) -> Result<Title, String> {
        let text = self.words(mark)?;
        let (_, start, end) = self.place(mark);
        let mut object =
            json!({"text": text, "start": start, "end": end, "role": text, "status": "current", "codes": []});
        overlay(&mut object, &mark.values, mark.label)?;
        read(object, mark)
    }
}

fn read<T: serde::de::DeserializeOwned>(object: Value, mark: &Mark<impl Sized>) -> Result<T, String> {
    let told =
        |error| format!("the values of the {} at {}..{}: {error}", mark.label.name(), mark.start, mark.end);
    serde_json::from_value(object).map_err(told)
}

/// A name as records have it.
fn normal(words: &str) -> String {
    fold::clean(words).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Puts the values of a mark over those that it has by itself.
fn overlay(object: &mut Value, values: &BTreeMap<String, Vec<String>>, label: Label) -> Result<(), String> {
    for (key, values) in values {
        let value = match values.as_slice() {
            all if LISTS.contains(&key.as_str()) => json!(all),
            [] => Value::Null,
            [one] if is_number(key, label) => {
                let number = one.trim().parse::<f64>();
                let number = number.map_err(|_| format!("{key}: {one:?} is not a number"))?;
                let whole = number.fract() == 0.0 && number.abs() < 9e15;
                if whole { json!(number as i64) } else { json!(number) }
            }
            all => json!(all.join(", ")),
        };
        let (outer, inner) = key.split_once('.').unwrap_or((key, ""));
        match inner {
            "" => object[outer] = value,
            inner => {
                if !object[outer].is_object() {
                    object[outer] = Value::Object(Map::new());
                }
                object[outer][inner] = value;
            }
        }
    }
    Ok(())
}

fn is_number(key: &str, label: Label) -> bool {
    NUMBERS.contains(&key) && !(label == Label::Date && key == "value")
}
