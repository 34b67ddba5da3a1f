//! One article read as the pipeline reads it, with the trace on; and each extractor once more with no token taken, so
//! that it shows what it would have read where an earlier one was first.

use super::view::View;
use super::{Explanation, Lost, Words, related};
use crate::article::Article;
use crate::document::{Document, Scratch};
use crate::extract::Found;
use crate::mention::{Mention, Span};
use crate::pipeline::{Pipeline, Places};
use crate::record::{Fact, Field, Kind, Record};
use crate::relate::sums;
use crate::text::token::{Gap, Shape};
use crate::trace::{Note, Trace, What};
use rustc_hash::FxHashSet;

/// An article that has been read.
pub struct Reading<'a> {
    pub(super) pipeline: &'a Pipeline,
    pub(super) article: &'a Article<'a>,
    pub(super) doc: &'a Document<'a>,
    pub(super) places: Places<'a>,
    pub(super) found: Found,
    /// the mentions that became records, in their order
    pub(super) mentions: Vec<Mention<Fact>>,
    pub(super) records: Vec<Record>,
    /// in the order of their first token
    pub(super) notes: Vec<Note>,
    /// how many tokens the longest note has
    pub(super) longest: usize,
    /// for each token the kinds of the records over it, a bit each
    pub(super) covered: Vec<u8>,
}

/// Reads `article` and hands it to `each`.
pub fn read<R>(pipeline: &Pipeline, article: &Article<'_>, each: impl FnOnce(&Reading<'_>) -> R) -> R {
    let mut doc = pipeline.document(article, &mut Scratch::default());
    doc.trace = Trace::on();
    let mut found = Found::new(doc.tokens.len());
    let mut notes = Vec::new();
    for (kind, extractor) in pipeline.extractors() {
        let mut alone = found.unclaimed();
        extractor.extract(&doc, &mut alone);
        doc.trace.take();
        let before = found.clone();
        extractor.extract(&doc, &mut found);
        notes.extend(doc.trace.take());
        notes.extend(rivals(kind, alone, &before, &found));
    }
    sums::link(&doc, &mut found.awards);
    let mut mentions = found.clone().mentions();
    for mention in &mentions {
        if let Some(why) = pipeline.dropped(&doc, mention) {
            let Mention { span, rule, .. } = *mention;
            notes.push(Note { what: What::Lost, span, rule, why: why.into(), on: None });
        }
    }
    let records = pipeline.records(article, &doc, mentions.clone());
    mentions.retain(|mention| pipeline.dropped(&doc, mention).is_none());
    mentions.sort_by_key(|m| (m.span, m.value.kind()));
    notes.sort_by_key(|note| note.span);
    let longest = notes.iter().map(|note| note.span.end - note.span.start).max().unwrap_or(0);
    let mut covered = vec![0; doc.tokens.len()];
    for Mention { span, value, .. } in &mentions {
        covered[span.start..span.end].iter_mut().for_each(|kinds| *kinds |= 1 << value.kind() as u8);
    }
    let places = Places::new(&doc);
    each(&Reading { pipeline, article, doc: &doc, places, found, mentions, records, notes, longest, covered })
}

/// What an extractor would have read where an earlier one had taken the tokens.
fn rivals(kind: Kind, alone: Found, before: &Found, found: &Found) -> Vec<Note> {
    let read: FxHashSet<(usize, usize)> =
        found.clone().mentions().iter().map(|mention| (mention.span.start, mention.span.end)).collect();
    let rivals = alone.mentions().into_iter().filter(|rival| rival.value.kind() == kind);
    let taken = |rival: &Mention<Fact>| (rival.span.start..rival.span.end).find_map(|i| before.claimed(i));
    let note = |rival: Mention<Fact>| {
        let by = taken(&rival).filter(|_| !read.contains(&(rival.span.start, rival.span.end)))?;
        let why = format!("it would be one, but a {by:?} was read first and took its words").to_lowercase();
        Some(Note { what: What::Lost, span: rival.span, rule: rival.rule, why: why.into(), on: None })
    };
    rivals.filter_map(note).collect()
}

impl Reading<'_> {
    /// The records, as [`Pipeline::run`] gives them.
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// The explanation of the `nth` record.
    pub fn record(&self, nth: usize) -> Explanation {
        let (record, mention) = (&self.records[nth], &self.mentions[nth]);
        let view =
            View { span: mention.span, hull: self.hull(mention), kind: Some(record.fact.kind()), only: None };
        let mut explanation = self.explanation(view);
        explanation.rule = self.rule(mention);
        explanation.related = related::of(record, &self.records);
        explanation.record = Some(record.clone());
        explanation
    }

    /// What stands at code point `start` of a field: the records that start there, else those that reach over it, else
    /// why there is none of `kind`. Nothing if the field does not reach so far.
    pub fn at(&self, field: Field, start: usize, kind: Option<Kind>) -> Option<Vec<Explanation>> {
        let at = self.token(field, start)?;
        let wanted = |nth: &usize| kind.is_none_or(|kind| self.records[*nth].fact.kind() == kind);
        let of = |over: &dyn Fn(&Record, &Mention<Fact>) -> bool| -> Vec<usize> {
            let all = self.records.iter().zip(&self.mentions).enumerate();
            all.filter(|(nth, (record, mention))| wanted(nth) && over(record, mention))
                .map(|(nth, _)| nth)
                .collect()
        };
        let mut here = of(&|record, _| record.field == field && record.start == start);
        if here.is_empty() {
            here = of(&|_, mention| mention.span.contains(at));
        }
        if here.is_empty() {
            here = of(&|record, _| record.field == field && holds_title(record, start));
        }
        Some(match here.is_empty() {
            true => vec![self.nothing(at, kind)],
            false => here.into_iter().map(|nth| self.record(nth)).collect(),
        })
    }

    /// What was considered in the article and became part of no record, place by place.
    pub fn given_up(&self, kind: Option<Kind>) -> Vec<Lost> {
        let whole = Span::new(0, self.doc.tokens.len());
        let free = |note: &&Note| {
            let end = note.span.end.min(self.covered.len());
            self.covered[note.span.start.min(end)..end].contains(&0)
        };
        self.lost(whole, kind, free)
    }

    /// Why there is no record where `words` begin; nothing if there is one.
    pub fn nothing_at(&self, words: &Words, kind: Option<Kind>) -> Option<Explanation> {
        let mut here = self.at(words.field, words.start, kind)?;
        here.pop().filter(|explanation| explanation.record.is_none())
    }

    /// Why there is no record at token `at`.
    fn nothing(&self, at: usize, kind: Option<Kind>) -> Explanation {
        let view = View { span: Span::token(at), hull: self.glued(at), kind: None, only: kind };
        let mut explanation = self.explanation(view);
        explanation.why_not = self.why_not(at, &explanation);
        explanation
    }

    /// The tokens that are written together with token `at`, without the marks around them: `D2019`, `3-0`.
    fn glued(&self, at: usize) -> Span {
        let word = |i: &usize| self.doc.shape(*i) != Shape::Mark;
        let first = (0..=at).rev().find(|&i| self.doc.gap(i) != Gap::None).unwrap_or(0);
        let last = (at + 1..self.doc.tokens.len()).find(|&i| self.doc.gap(i) != Gap::None);
        let last = last.unwrap_or(self.doc.tokens.len());
        let start = (first..=at).find(word).unwrap_or(at);
        let end = (at + 1..last).rev().find(word).map_or(at + 1, |i| i + 1);
        Span::new(start, end)
    }

    /// The token at code point `start` of a field, or the next one.
    fn token(&self, field: Field, start: usize) -> Option<usize> {
        let (from, text) = match field {
            Field::Text => (self.doc.text_start, &*self.article.text),
            Field::Title => (0, self.article.title.as_deref()?),
        };
        let byte = from + text.char_indices().nth(start)?.0;
        let end = from + text.len();
        let at = self.doc.tokens.partition_point(|t| t.end as usize <= byte);
        let inside = |i: &usize| self.doc.tokens.get(*i).is_some_and(|t| (t.start as usize) < end);
        Some(at)
            .filter(inside)
            .or_else(|| at.checked_sub(1).filter(|&i| self.doc.tokens[i].start as usize >= from))
    }
}

/// Whether one of the posts of a person reaches over code point `start`.
fn holds_title(record: &Record, start: usize) -> bool {
    let Fact::Official(official) = &record.fact else { return false };
    official.titles.iter().any(|title| title.start <= start && start < title.end)
}
