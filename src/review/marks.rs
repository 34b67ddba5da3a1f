//! Marks on a page back to records: what [`crate::export::page`] does, the other way round.
//!
//! A mark that a reviewer has drawn has no values: a code is then read from its words, a date has no value, a count no
//! number; values that were corrected are taken as they stand.

use crate::export::page::{Label, text_start};
use crate::record::{ArticleRecord, Fact, Field, Record, Title};
use crate::text::block::BlockKind;
use crate::text::fold;
use serde::Serialize;
use serde::de::DeserializeOwned;
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
const NUMBERS: [&str; 7] = ["value", "min", "max", "count", "year", "part_of", "amount.value"];
/// Keys that hold several values.
const LISTS: [&str; 1] = ["codes"];

/// The article of a page with the records that the marks say. `related` are pairs of a post and who holds it, in either
/// order; a post that nobody holds is that of an official who is not named. `by` is the rule that they are said to come
/// from.
pub(super) fn article<I: PartialEq + Clone>(
    about: About,
    page: &str,
    marks: &[Mark<I>],
    related: &[(I, I)],
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
    let (posts, others): (Vec<_>, Vec<_>) = marks.iter().partition(|mark| mark.label == Label::Title);
    let holds = |holder: &Mark<I>, post: &Mark<I>| {
        let ends = [&holder.id, &post.id];
        holder.label == Label::Official
            && related.iter().any(|(from, to)| ends == [from, to] || ends == [to, from])
    };
    let mut records = Vec::new();
    for mark in &others {
        let held: Vec<_> = posts.iter().copied().filter(|post| holds(mark, post)).collect();
        records.push(paper.record(mark, &held)?);
    }
    for post in posts.iter().filter(|post| !others.iter().any(|mark| holds(mark, post))) {
        let unnamed = Mark { label: Label::Official, values: BTreeMap::new(), ..(**post).clone() };
        records.push(paper.record(&unnamed, &[post])?);
    }
    records.sort_by_key(|record| (record.field == Field::Text, record.start, record.end));
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
    fn place<I>(&self, mark: &Mark<I>) -> Result<(Field, usize, usize), String> {
        let Mark { start, end, .. } = *mark;
        match self.text_start {
            from if start >= from => Ok((Field::Text, start - from, end - from)),
            from if end < from => Ok((Field::Title, start, end)),
            _ => Err(format!("a {} at {start}..{end} runs from the title into the text", mark.label.name())),
        }
    }

    /// The record of a mark; of an official with these posts.
    fn record<I>(&self, mark: &Mark<I>, posts: &[&Mark<I>]) -> Result<Record, String> {
        let text = self.words(mark)?;
        let (field, start, end) = self.place(mark)?;
        let mut object = match mark.label {
            Label::Official => json!({"titles": []}),
            Label::Code => json!({"canonical": text.split_whitespace().collect::<String>(), "number": ""}),
            Label::Date => json!({"grain": "day", "anchor": "explicit"}),
            Label::Count => json!({"unit": "", "measure": "other"}),
            Label::Award => json!({"codes": []}),
            Label::Title => return Err("a title is no record".into()),
        };
        overlay(&mut object, &mark.values, mark.label)?;
        if mark.label == Label::Official {
            // The words count, also where the reviewer moved the mark. On the words of a post nobody is named.
            let unnamed = posts.iter().any(|post| (post.start, post.end) == (mark.start, mark.end));
            object["name"] = if unnamed { Value::Null } else { json!(normal(&text)) };
        }
        object["kind"] = json!(mark.label.name());
        let mut fact = read::<Fact>(object, mark)?;
        if let Fact::Official(official) = &mut fact {
            official.titles = posts.iter().map(|post| self.title(post)).collect::<Result<_, _>>()?;
        }
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
        let (_, start, end) = self.place(mark)?;
        let mut object =
            json!({"text": text, "start": start, "end": end, "role": text, "status": "current", "codes": []});
        overlay(&mut object, &mark.values, mark.label)?;
        read(object, mark)
    }
}

/// What the values of a mark say. A key that says nothing there is told: it is a slip of the reviewer.
fn read<T: DeserializeOwned + Serialize>(object: Value, mark: &Mark<impl Sized>) -> Result<T, String> {
    let Mark { label, start, end, ref values, .. } = *mark;
    let told = |why: String| format!("the values of the {} at {start}..{end}: {why}", label.name());
    let read: T = serde_json::from_value(object).map_err(|error| told(error.to_string()))?;
    let known = serde_json::to_value(&read).map_err(|error| told(error.to_string()))?;
    let key = |key: &&String| key.split('.').next().is_some_and(|outer| known.get(outer).is_none());
    match values.keys().find(key) {
        Some(key) => Err(told(format!("there is no {key}"))),
        None => Ok(read),
    }
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
