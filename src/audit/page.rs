//! An article as the checks see it: its records, the day it was published, and the text around a record.

use super::claim::Claim;
use super::finding::Words;
use crate::record::{ArticleRecord, DateRole, Fact, Field, Record, Title};
use crate::tables::edtf;
use jiff::civil::Date;

/// One article.
pub struct Page<'a> {
    /// its records
    pub article: &'a ArticleRecord<'static>,
    /// which article it is, from 0
    pub nth: u64,
    /// the day it was published: as told, or as its own stamp says
    pub published: Option<Date>,
    text: Vec<char>,
    title: Vec<char>,
}

impl<'a> Page<'a> {
    /// Prepares an article.
    pub fn new(article: &'a ArticleRecord<'static>, nth: u64) -> Self {
        let chars = |field: &Option<std::borrow::Cow<'_, str>>| {
            field.as_deref().map(|text| text.chars().collect()).unwrap_or_default()
        };
        let published = article.published.or_else(|| stamp(&article.records));
        Page { article, nth, published, text: chars(&article.text), title: chars(&article.title) }
    }

    /// Whether the text is there.
    pub fn has_text(&self) -> bool {
        self.article.text.is_some()
    }

    /// The records, without those that stand in a repeated block.
    pub fn records(&self) -> impl Iterator<Item = &'a Record> {
        self.article.records.iter().filter(|record| record.duplicate_of.is_none())
    }

    /// The characters of a field.
    pub fn chars(&self, field: Field) -> &[char] {
        match field {
            Field::Text => &self.text,
            Field::Title => &self.title,
        }
    }

    /// The text from `start` to `end`, as far as it is there.
    pub fn slice(&self, field: Field, start: usize, end: usize) -> String {
        let chars = self.chars(field);
        let end = end.min(chars.len());
        chars[start.min(end)..end].iter().collect()
    }

    /// At most `n` characters in front of a record, on its line.
    pub fn before(&self, record: &Record, n: usize) -> String {
        let text = self.slice(record.field, record.start.saturating_sub(n), record.start);
        text.rsplit('\n').next().unwrap_or_default().into()
    }

    /// At most `n` characters behind a record, on its line.
    pub fn behind(&self, record: &Record, n: usize) -> String {
        let text = self.slice(record.field, record.end, record.end + n);
        text.split('\n').next().unwrap_or_default().into()
    }

    /// The sentence a record stands in: to the ends of the line, or to a full stop with a blank behind it.
    pub fn sentence(&self, record: &Record) -> String {
        let chars = self.chars(record.field);
        let ends = |at: usize| {
            chars[at] == '\n'
                || matches!(chars[at], '.' | '!' | '?') && chars.get(at + 1).is_none_or(|c| c.is_whitespace())
        };
        let (start, end) = (record.start.min(chars.len()), record.end.min(chars.len()));
        let from = (0..start).rev().find(|&at| ends(at)).map_or(0, |at| at + 1);
        let to = (end..chars.len()).find(|&at| ends(at)).unwrap_or(chars.len());
        chars[from..to].iter().collect()
    }

    /// What a record claims of `key`, as it is shown.
    pub fn claim(&self, record: &Record, key: String, shown: String) -> Claim {
        Claim {
            key,
            value: plain(&shown),
            shown,
            published: self.published,
            nth: self.nth,
            words: self.words(record),
        }
    }

    /// The words of a record.
    pub fn words(&self, record: &Record) -> Words {
        Words {
            doc: record.doc.clone(),
            field: record.field,
            start: record.start,
            end: record.end,
            text: record.text.clone(),
        }
    }

    /// The words of a title.
    pub fn title_words(&self, record: &Record, title: &Title) -> Words {
        Words { start: title.start, end: title.end, text: title.text.clone(), ..self.words(record) }
    }
}

/// The day that the page's own stamp says.
fn stamp(records: &[Record]) -> Option<Date> {
    let day = |record: &Record| match &record.fact {
        Fact::Date(date) if date.role == Some(DateRole::Published) => edtf::days(date.value.as_deref()?),
        _ => None,
    };
    records.iter().find_map(day).map(|(first, _)| first)
}

/// Words in lower case with single blanks between and around them, so that whole words can be looked for.
pub fn plain(text: &str) -> String {
    let mut out = String::from(" ");
    for c in crate::text::fold::clean(text).chars().flat_map(char::to_lowercase) {
        match c.is_alphanumeric() {
            true => out.push(c),
            false if !out.ends_with(' ') => out.push(' '),
            false => {}
        }
    }
    if !out.ends_with(' ') {
        out.push(' ');
    }
    out
}
