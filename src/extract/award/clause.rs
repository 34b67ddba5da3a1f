//! Where a clause starts: behind the last `;`, behind adverbials, captions and a newspaper's tag.

use super::lexicon::{Lexicon, WordKind};
use super::phrase;
use crate::document::Document;
use crate::extract::Found;
use crate::gazetteer::schema::TableId;
use crate::text::keyword as k;
use crate::text::token::{Gap, Shape};

/// The start of the clause before token `at`: behind the last `;` or `:` of the sentence, and behind dates, places and
/// other adverbials set off by a comma.
pub(super) fn start(lex: &Lexicon, doc: &Document<'_>, found: &Found, from: usize, at: usize) -> usize {
    let is_cut = |&i: &usize| doc.is_mark(i, b';') || doc.is_mark(i, b':') && doc.gap(i + 1) != Gap::None;
    let mut start = (from..at).rev().find(is_cut).map_or(from, |i| i + 1);
    start = unmatched_close(doc, start, at).map_or(start, |i| i + 1);
    start = (start + 1..at).rev().find(|&i| is_glued(lex, doc, i, at)).unwrap_or(start);
    let mut skipped = false;
    for _ in 0..6 {
        start = skip_date(found, start);
        if doc.is_mark(start, b',')
            || doc.is_mark(start, b'-')
            || doc.is_mark(start, b'"') && !(start + 1..at).any(|i| doc.is_mark(i, b'"'))
            || doc.word(start) == k::VA
            || doc.word(start) == k::BULLET
        {
            start += 1;
            continue;
        }
        let counted = phrase::number_at(doc, found, start).map_or(start, |(_, head)| head);
        let head = lex.word_of(doc, counted, WordKind::Recipient).is_some() || doc.shape(start).is_capital();
        let opens = |kind| lex.word_of(doc, start, kind).is_some();
        let front = opens(WordKind::Front)
            || opens(WordKind::Proxy)
            || opens(WordKind::Reason)
            || dateline(doc, start, at)
            || tells_ago(doc, start, at);
        let Some(comma) = (front || skipped && !head).then(|| segment_end(doc, start, at)).flatten() else {
            break;
        };
        start = comma + 1;
        skipped = true;
    }
    start.min(at)
}

/// The last `)` in `from..at` whose `(` stands before: a caption's source ends there.
fn unmatched_close(doc: &Document<'_>, from: usize, at: usize) -> Option<usize> {
    let mut depth = 0;
    let mut last = None;
    for i in from..at {
        match () {
            _ if doc.is_mark(i, b'(') => depth += 1,
            _ if doc.is_mark(i, b')') && depth == 0 => last = Some(i),
            _ if doc.is_mark(i, b')') => depth -= 1,
            _ => {}
        }
    }
    last
}

/// `Gần 100 năm trước, …`: how long ago.
fn tells_ago(doc: &Document<'_>, start: usize, at: usize) -> bool {
    let comma = (start..at.min(start + 8)).find(|&i| doc.is_mark(i, b','));
    comma.is_some_and(|i| i > start + 1 && matches!(doc.word(i - 1), k::TRUOC | k::SAU_AFTER | k::NAY))
}

/// `… tỉnh Hòa An Dịp này, …`: a sentence starts at token `i`, though no mark ends the caption before it.
fn is_glued(lex: &Lexicon, doc: &Document<'_>, i: usize, at: usize) -> bool {
    doc.shape(i) == Shape::Title
        && doc.gap(i) == Gap::Space
        && doc.shape(i - 1).is_word()
        && !doc.shape(i + 1).is_capital()
        && lex.word_of(doc, i, WordKind::Front).is_some_and(|span| span.end > i + 1 || doc.word(i) == k::TAI)
        && segment_end(doc, i, at).is_some()
}

/// `ANTD.VN - Sáng …`: a newspaper's tag before the first sentence.
fn dateline(doc: &Document<'_>, start: usize, at: usize) -> bool {
    doc.hit(TableId::Press, start)
        .is_some_and(|hit| hit.end as usize <= at && doc.is_mark(hit.end as usize, b'-'))
}

fn skip_date(found: &Found, start: usize) -> usize {
    let at = found.dates.partition_point(|m| m.span.end <= start);
    match found.dates.get(at) {
        Some(date) if date.span.start <= start => date.span.end,
        _ => start,
    }
}

/// The comma, or the dash of a dateline, that ends an adverbial; parentheses are passed over.
fn segment_end(doc: &Document<'_>, start: usize, at: usize) -> Option<usize> {
    let mut depth = 0;
    for i in start..at {
        match () {
            _ if doc.is_mark(i, b'(') => depth += 1,
            _ if doc.is_mark(i, b')') => depth -= 1,
            _ if depth == 0 && doc.is_mark(i, b',') => return Some(i),
            _ => {}
        }
    }
    None
}
