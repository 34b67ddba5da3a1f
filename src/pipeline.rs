//! The path of an article, in the order of its stages.

use crate::article::Article;
use crate::confidence::Confidence;
use crate::document::{Document, Scratch};
use crate::extract::{EXTRACTORS, Entry, Extractor, Found};
use crate::gazetteer::Gazetteers;
use crate::mention::{Mention, Span};
use crate::record::{ArticleRecord, Award, Fact, Field, Kind, Record};
use crate::relate::sums;
use crate::text::block::BlockKind;
use crate::text::codepoint::CodePoints;
use jiff::civil::Date;
use serde::Serialize;
use std::borrow::Cow;

/// The tables and extractors, ready to read articles; shared by all workers.
pub struct Pipeline {
    gazetteers: Gazetteers,
    extractors: Vec<Box<dyn Extractor>>,
    kinds: Vec<Kind>,
    published: Option<Date>,
    confidence: Confidence,
    min_confidence: f32,
}

/// A sentence as `vnfacts sentences` writes it. `start..end` are code points of the field.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SentenceRecord<'a> {
    /// the article
    pub doc: &'a str,
    /// its index in the article, from 0
    pub sentence: usize,
    /// the part of the page it stands in
    pub block: BlockKind,
    /// first code point
    pub start: usize,
    /// one past the last code point
    pub end: usize,
    /// the field that the span counts in
    pub field: Field,
    /// exactly that slice
    pub text: &'a str,
}

impl Pipeline {
    /// Prepares the extractors. Only records of `kinds` will come out; all kinds if it is empty. An extractor that
    /// none of them needs (it runs after the last one) is left out.
    pub fn new(gazetteers: Gazetteers, kinds: &[Kind]) -> Self {
        let wanted = |entry: &Entry| kinds.is_empty() || kinds.contains(&entry.kind);
        let last = EXTRACTORS.iter().rposition(wanted).map_or(0, |n| n + 1);
        let extractors = EXTRACTORS[..last].iter().map(|entry| (entry.build)(&gazetteers)).collect();
        let kinds = EXTRACTORS.iter().filter(|e| wanted(e)).map(|e| e.kind).collect();
        let confidence = Confidence::new(&gazetteers);
        Pipeline { gazetteers, extractors, kinds, published: None, confidence, min_confidence: 0.0 }
    }

    /// The same, with a publication date for articles that carry none, neither in the dump nor as a stamp.
    pub fn published(self, published: Option<Date>) -> Self {
        Pipeline { published, ..self }
    }

    /// The same, but only records that are right with at least this likelihood will come out.
    pub fn min_confidence(self, min_confidence: f32) -> Self {
        Pipeline { min_confidence, ..self }
    }

    /// The tables it reads with.
    pub fn gazetteers(&self) -> &Gazetteers {
        &self.gazetteers
    }

    /// The records of one article, in the order of their spans.
    pub fn run(&self, article: &Article<'_>, scratch: &mut Scratch) -> Vec<Record> {
        self.read(article, scratch).records
    }

    /// One article with its records and what else was read of it, without its text.
    pub fn read<'a>(&self, article: &'a Article<'_>, scratch: &mut Scratch) -> ArticleRecord<'a> {
        let doc = self.document(article, scratch);
        let mut found = Found::new(doc.tokens.len());
        for extractor in &self.extractors {
            extractor.extract(&doc, &mut found);
        }
        sums::link(&doc, &mut found.awards);
        let read = ArticleRecord {
            doc: Cow::Borrowed(&article.id),
            url: article.url.as_deref().map(Cow::Borrowed),
            title: article.title.as_deref().map(Cow::Borrowed),
            published: doc.published,
            text: None,
            records: self.records(article, &doc, found.mentions()),
        };
        doc.give_back(scratch);
        read
    }

    /// One article made ready for the extractors.
    pub fn document<'a>(&'a self, article: &'a Article<'_>, scratch: &mut Scratch) -> Document<'a> {
        let mut doc = Document::new(article, &self.gazetteers, scratch);
        doc.published = doc.published.or(self.published);
        doc
    }

    /// The extractors that run, in their order.
    pub fn extractors(&self) -> impl Iterator<Item = (Kind, &dyn Extractor)> {
        EXTRACTORS.iter().map(|entry| entry.kind).zip(self.extractors.iter().map(Box::as_ref))
    }

    /// How likely a record of `rule` is right.
    pub fn confidence(&self, rule: &str) -> f32 {
        self.confidence.of(rule)
    }

    /// The sentences of one article, handed to `each` in order.
    pub fn sentences(
        &self,
        article: &Article<'_>,
        scratch: &mut Scratch,
        mut each: impl FnMut(SentenceRecord<'_>),
    ) {
        let doc = Document::new(article, &self.gazetteers, scratch);
        let places = Places::new(&doc);
        for (sentence, s) in doc.sentences.iter().enumerate() {
            let span = Span::new(s.start, s.end);
            let (field, start) = places.of(doc.bytes(span).start);
            let (_, end) = places.of(doc.bytes(span).end);
            let block = doc.blocks[s.block].kind;
            each(SentenceRecord {
                doc: &article.id,
                sentence,
                block,
                start,
                end,
                field,
                text: doc.surface(span),
            });
        }
        doc.give_back(scratch);
    }

    /// The records of an article's mentions, but for those that are dropped.
    pub fn records(
        &self,
        article: &Article<'_>,
        doc: &Document<'_>,
        mut mentions: Vec<Mention<Fact>>,
    ) -> Vec<Record> {
        mentions.retain(|mention| self.dropped(doc, mention).is_none());
        mentions.sort_by_key(|m| (m.span, m.value.kind()));
        let places = Places::new(doc);
        let confidence = |m: &Mention<Fact>| self.confidence.of(m.rule);
        mentions.into_iter().map(|m| record(article, doc, &places, confidence(&m), m)).collect()
    }

    /// Why a mention becomes no record, if it does not.
    pub fn dropped(&self, doc: &Document<'_>, mention: &Mention<Fact>) -> Option<&'static str> {
        let Mention { span, rule, value } = mention;
        if !self.kinds.contains(&value.kind()) {
            Some("records of this kind were not asked for")
        } else if self.min_confidence > 0.0 && self.confidence.of(rule) < self.min_confidence {
            Some("its rule is less often right than was asked for")
        } else if doc.block_of(span.start) != doc.block_of(span.end - 1) {
            Some("it goes over the end of a line, or from the title into the text, where nothing is said")
        } else {
            None
        }
    }
}

fn record(
    article: &Article<'_>,
    doc: &Document<'_>,
    places: &Places<'_>,
    confidence: f32,
    mention: Mention<Fact>,
) -> Record {
    let Mention { span, rule, mut value } = mention;
    let bytes = doc.bytes(span);
    let (field, start) = places.of(bytes.start);
    if let Fact::Official(official) = &mut value {
        for title in &mut official.titles {
            (title.start, title.end) = (places.of(title.start).1, places.of(title.end).1);
        }
    }
    if let Fact::Award(Award { part_of: Some(total), .. }) = &mut value {
        *total = places.of(*total).1;
    }
    let block = doc.block_of(span.start);
    Record {
        doc: article.id.to_string(),
        start,
        end: places.of(bytes.end).1,
        field,
        text: doc.surface(span).to_string(),
        sentence: doc.sentence_of(span.start),
        block: doc.blocks[block].kind,
        rule: rule.to_string(),
        confidence,
        duplicate_of: first_printing(doc, block, span).map(|i| places.of(doc.tokens[i].start as usize).1),
        fact: value,
    }
}

/// The token at the same place of the earlier block that a repeated block repeats.
fn first_printing(doc: &Document<'_>, block: usize, span: Span) -> Option<usize> {
    let first = doc.blocks[block].duplicate_of?;
    let at = doc.blocks[first].start + span.start - doc.blocks[block].start;
    (at < doc.blocks[first].end).then_some(at)
}

/// Tells the field and code point of a byte offset of a document's source.
pub struct Places<'a> {
    points: CodePoints<'a>,
    text_start: usize,
    text_point: usize,
}

impl<'a> Places<'a> {
    /// Counts the code points of a document once.
    pub fn new(doc: &'a Document<'_>) -> Self {
        let points = CodePoints::new(&doc.source);
        let text_point = points.at(doc.text_start);
        Places { points, text_start: doc.text_start, text_point }
    }

    /// The field that byte `byte` stands in, and its code point there.
    pub fn of(&self, byte: usize) -> (Field, usize) {
        match byte < self.text_start {
            true => (Field::Title, self.points.at(byte)),
            false => (Field::Text, self.points.at(byte) - self.text_point),
        }
    }
}
