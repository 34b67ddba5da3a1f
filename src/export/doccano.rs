//! doccano: JSON Lines for a project of the kind "sequence labeling" with relations and overlapping spans allowed.
//!
//! doccano keeps spans and relations alone, and hands every further key back unchanged; so what is said of the words
//! stands in `vnfacts`, beside which article it is. Offsets are code points. Words of which several things are said (an
//! award with three counts) are one entity.

use super::Format;
use super::lines::{Frame, json, open};
use super::page::{Label, Mark, Page};
use crate::record::ArticleRecord;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// This format.
pub const FORMAT: Format = Format {
    name: "doccano",
    about: "doccano (sequence labeling with relations): JSON Lines",
    has_texts: true,
    open: |path| open(path, Frame::default(), write),
};

fn write(article: &ArticleRecord<'_>, out: &mut Vec<u8>) {
    let page = Page::new(article);
    json(out, &About::of(&page).line(&page));
}

/// The relation from a post to who holds it.
pub const HELD_BY: &str = "held_by";

#[derive(Serialize)]
struct Line<'a> {
    text: &'a str,
    entities: Vec<Entity>,
    relations: Vec<Relation>,
    vnfacts: About,
}

#[derive(Serialize)]
struct Entity {
    id: usize,
    start_offset: usize,
    end_offset: usize,
    label: &'static str,
}

#[derive(Serialize)]
struct Relation {
    id: usize,
    from_id: usize,
    to_id: usize,
    #[serde(rename = "type")]
    kind: &'static str,
}

/// What doccano does not keep by itself.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct About {
    /// the article
    pub doc: String,
    /// its address
    pub url: Option<String>,
    /// its headline, where that is the first line of `text`
    pub title: Option<String>,
    /// the day it was published
    pub published: Option<String>,
    /// what is said of the words
    pub values: Vec<Said>,
}

/// What is said of some words.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Said {
    /// the entity's first code point
    pub start: usize,
    /// one past its last code point
    pub end: usize,
    /// its label
    pub label: String,
    /// the rule that says so
    #[serde(default)]
    pub rule: String,
    /// how often that rule is right
    #[serde(default)]
    pub confidence: f32,
    /// the values by key
    pub values: BTreeMap<String, Vec<String>>,
}

impl<'a> Said {
    fn of(mark: &Mark<'a>) -> Self {
        let values = mark.values.iter().cloned().collect();
        let (rule, confidence) = (mark.record.rule.clone(), mark.record.confidence);
        Said { start: mark.start, end: mark.end, label: mark.label.name().into(), rule, confidence, values }
    }
}

impl About {
    fn of(page: &Page<'_>) -> Self {
        let ArticleRecord { doc, url, title, published, .. } = page.article;
        About {
            doc: doc.to_string(),
            url: url.as_deref().map(Into::into),
            title: title.as_deref().map(Into::into),
            published: published.map(|day: Date| day.to_string()),
            values: page.marks.iter().map(Said::of).collect(),
        }
    }

    fn line<'p>(self, page: &'p Page<'_>) -> Line<'p> {
        let mut ids: BTreeMap<(usize, usize, Label), usize> = BTreeMap::new();
        let mut entities = Vec::new();
        // Of each mark the entity that stands for it.
        let of = page.marks.iter().map(|mark| {
            let next = ids.len();
            *ids.entry((mark.start, mark.end, mark.label)).or_insert_with(|| {
                let Mark { start, end, label, .. } = *mark;
                entities.push(Entity { id: next, start_offset: start, end_offset: end, label: label.name() });
                next
            })
        });
        let of: Vec<usize> = of.collect();
        let held = page.marks.iter().filter_map(|mark| Some((of[mark.number], of[mark.holder?])));
        let relations = held
            .enumerate()
            .map(|(id, (from_id, to_id))| Relation { id, from_id, to_id, kind: HELD_BY })
            .collect();
        Line { text: &page.text, entities, relations, vnfacts: self }
    }
}
