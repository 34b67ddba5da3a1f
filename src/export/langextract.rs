//! LangExtract: annotated documents as `langextract.io.load_annotated_documents_jsonl` reads them, a line each. Offsets
//! are code points; `group_index` is shared by a person and the posts; values are attributes, and so is the confidence.

use super::Format;
use super::lines::{Frame, json, open};
use super::page::{Mark, Page, Values};
use crate::record::ArticleRecord;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

/// This format.
pub const FORMAT: Format = Format {
    name: "langextract",
    about: "LangExtract: annotated documents, JSON Lines",
    has_texts: true,
    open: |path| open(path, Frame::default(), write),
};

fn write(article: &ArticleRecord<'_>, out: &mut Vec<u8>) {
    let page = Page::new(article);
    let extractions = page.marks.iter().map(extraction).collect();
    json(out, &Document { document_id: &article.doc, text: &page.text, extractions });
}

#[derive(Serialize)]
struct Document<'a> {
    document_id: &'a str,
    text: &'a str,
    extractions: Vec<Extraction<'a>>,
}

#[derive(Serialize)]
struct Extraction<'a> {
    extraction_class: &'static str,
    extraction_text: &'a str,
    char_interval: Interval,
    /// every extraction is the exact words
    alignment_status: &'static str,
    extraction_index: usize,
    group_index: usize,
    /// the rule that made it
    description: &'a str,
    attributes: Attributes<'a>,
}

#[derive(Serialize)]
struct Interval {
    start_pos: usize,
    end_pos: usize,
}

fn extraction<'a>(mark: &'a Mark<'a>) -> Extraction<'a> {
    Extraction {
        extraction_class: mark.label.name(),
        extraction_text: mark.text,
        char_interval: Interval { start_pos: mark.start, end_pos: mark.end },
        alignment_status: "match_exact",
        extraction_index: mark.number,
        group_index: mark.holder.unwrap_or(mark.number),
        description: &mark.record.rule,
        attributes: Attributes(&mark.values, mark.record.confidence),
    }
}

/// One value is a text, several are a list.
struct Attributes<'a>(&'a Values, f32);

impl Serialize for Attributes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len() + 1))?;
        for (key, values) in self.0 {
            match (values.as_slice(), key.as_str()) {
                ([one], key) if key != "codes" => map.serialize_entry(key, one)?,
                (all, key) => map.serialize_entry(key, all)?,
            }
        }
        map.serialize_entry("confidence", &self.1.to_string())?;
        map.end()
    }
}
