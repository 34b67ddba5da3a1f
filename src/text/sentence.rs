//! The splitter: where sentences end inside a block.
//!
//! A stop ends a sentence if what follows can open one, unless the stop belongs to an abbreviation, an initial, a
//! number, a list marker or a bracket. Closing quotes and brackets stay with the sentence they close.

use super::block::Block;
use super::keyword as kw;
use super::page::{AtEnd, Page};
use super::token::{Gap, Shape};
use super::vocabulary::Word;
use crate::gazetteer::hits::Signs;
use crate::gazetteer::schema::TableId;

/// One sentence; `start..end` are token indices, within one block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// first token
    pub start: usize,
    /// one past the last token
    pub end: usize,
    /// index of the block it stands in
    pub block: usize,
}

/// How far ahead the end of a bracket is looked for.
const BRACKET: usize = 60;

/// Splits blocks into sentences.
pub fn sentences(page: &Page<'_>, blocks: &[Block]) -> Vec<Sentence> {
    let mut found = Vec::with_capacity(page.tokens.len() / 24 + blocks.len());
    for (block, b) in blocks.iter().enumerate() {
        let mut splitter = Splitter { page, end: b.end, start: b.start, bracket: None, quoted: false };
        while let Some(end) = splitter.next() {
            found.push(Sentence { start: splitter.start, end, block });
            (splitter.start, splitter.bracket) = (end, None);
        }
    }
    found
}

struct Splitter<'p> {
    page: &'p Page<'p>,
    /// the end of the block
    end: usize,
    /// the start of the sentence
    start: usize,
    /// the open bracket
    bracket: Option<usize>,
    /// whether a quotation is open
    quoted: bool,
}

/// A run of stops with the quotes and brackets that close behind it.
struct Stop {
    first: usize,
    /// one past the last stop
    last: usize,
    /// one past the closing marks
    end: usize,
    /// a quotation closes
    quote: bool,
}

impl Splitter<'_> {
    /// The end of the sentence that starts at `start`, if anything is left.
    fn next(&mut self) -> Option<usize> {
        let page = self.page;
        let mut from = self.start;
        while let Some(i) = page.hits.seek(Signs::MARK, from, self.end) {
            if page.is_stop(i) {
                let stop = self.stop(i);
                if stop.end >= self.end || self.is_boundary(&stop) {
                    return Some(stop.end.min(self.end));
                }
                from = stop.end;
                continue;
            }
            if page.word(i) == kw::BULLET && i > self.start && page.gap(i) == Gap::Space {
                return Some(i);
            }
            self.see(i);
            from = i + 1;
        }
        (self.start < self.end).then_some(self.end)
    }

    /// Takes note of brackets and quotes.
    fn see(&mut self, i: usize) {
        if self.page.is(i, b'(') {
            self.bracket = Some(i);
        } else if self.page.is(i, b')') {
            self.bracket = None;
        } else if self.page.is(i, b'"') {
            self.quoted = self.opens_quote(i);
        }
    }

    /// Whether the double quote at `i` opens a quotation: by its form, else by its gaps, else in turn.
    fn opens_quote(&self, i: usize) -> bool {
        match &*self.page.spelling(i) {
            "“" | "„" | "«" => true,
            "”" | "»" => false,
            _ => match (self.page.gap(i), self.page.gap(i + 1)) {
                (Gap::None, Gap::Space | Gap::Line) => false,
                (Gap::Space | Gap::Line, Gap::None) => true,
                _ => !self.quoted,
            },
        }
    }

    fn stop(&mut self, first: usize) -> Stop {
        let page = self.page;
        let mut end = first + 1;
        let mut last = end;
        let mut quote = false;
        while end < self.end {
            if page.is_stop(end) && (page.gap(end) == Gap::None || page.is(first, b'.') && page.is(end, b'.'))
            {
                last = end + 1;
            } else if page.is(end, b'/') && page.is(end + 1, b'.') && page.gap(end + 1) == Gap::None {
                // `./.` closes an official letter
                end += 1;
                last = end + 1;
            } else if self.closes(end) {
                quote |= page.is(end, b'"');
                self.see(end);
            } else {
                break;
            }
            end += 1;
        }
        Stop { first, last, end: end.min(self.end), quote }
    }

    /// Whether token `i`, behind a stop, closes a quotation or a bracket.
    fn closes(&self, i: usize) -> bool {
        let page = self.page;
        if page.is(i, b'"') {
            return !self.opens_quote(i);
        }
        let glued = page.gap(i) == Gap::None;
        let bracket = (page.is(i, b')') && (glued || self.bracket.is_some())) || (page.is(i, b']') && glued);
        bracket || (page.is(i, b'\'') && glued && page.gap(i + 1) != Gap::None)
    }

    fn is_boundary(&self, stop: &Stop) -> bool {
        if self.is_bracketed(stop.end) {
            return false;
        }
        let dot = self.is_dot(stop);
        if self.page.gap(stop.end) == Gap::None {
            return self.is_glued_boundary(stop);
        }
        let Some(next) = self.opening(stop) else { return false };
        match self.page.shape(next) {
            Shape::Lower => dot && self.is_letter_marker(next),
            Shape::Mark => self.page.word(next) == kw::BULLET,
            Shape::Digits if dot => self.ends_before_number(stop.first, next),
            Shape::Digits => self.page.is(stop.last - 1, b'?') || self.page.is(stop.last - 1, b'!'),
            _ => !dot || self.dot_ends(stop.first, next),
        }
    }

    fn is_dot(&self, stop: &Stop) -> bool {
        self.page.is(stop.first, b'.') && stop.last == stop.first + 1
    }

    /// Inside an open bracket that closes soon.
    fn is_bracketed(&self, from: usize) -> bool {
        let Some(open) = self.bracket else { return false };
        let to = self.end.min(open + BRACKET);
        (from..to).any(|i| self.page.is(i, b')'))
    }

    /// The first word or number behind a stop, past opening quotes, brackets and a dash; none where a mark follows
    /// that carries the sentence on.
    fn opening(&self, stop: &Stop) -> Option<usize> {
        let page = self.page;
        let mut at = stop.end;
        while at < self.end.min(stop.end + 4) && page.shape(at) == Shape::Mark {
            let dash = page.is(at, b'-') || page.is(at, b'*') || page.is(at, b'+');
            let opens = page.is(at, b'"') || page.is(at, b'(') || page.is(at, b'[') || page.is(at, b'\'');
            // `“…!” - Ông A nói`: what follows the dash tells who speaks
            if page.word(at) == kw::BULLET || page.is(at, b'>') && !stop.quote {
                return Some(at);
            }
            if !(opens || dash && !stop.quote) {
                return None;
            }
            at += 1;
        }
        (at < self.end).then_some(at)
    }

    fn ends_before_number(&self, dot: usize, next: usize) -> bool {
        let page = self.page;
        let thousands = dot > 0 && page.shape(dot - 1) == Shape::Digits && page.spelling(next) == "000";
        let short = page.abbreviation(dot).is_some() || self.is_initial(dot);
        !thousands && !short && !self.is_marker(dot)
    }

    /// Whether the single dot before a capital ends the sentence.
    fn dot_ends(&self, dot: usize, next: usize) -> bool {
        if self.is_marker(dot) {
            return false;
        }
        let initial = self.is_initial(dot);
        match self.page.abbreviation(dot) {
            Some(AtEnd::Capital) => self.page.word(next) != kw::DANG_PARTY,
            None if !initial => true,
            _ if initial && self.is_label(dot) => true,
            // `bà Lê Thị H. (SN 1975)`, `ông K. - chủ nhà`
            _ if self.page.is(dot + 1, b'(') || self.page.is(dot + 1, b'-') => false,
            found => {
                let place = found == Some(AtEnd::Place);
                self.page.opens_sentence(next, place) || self.ends_hidden_name(dot, next)
            }
        }
    }

    /// `nhóm B.`, `độ C.`: the letter is no initial but a label.
    fn is_label(&self, dot: usize) -> bool {
        let labelled =
            [kw::SO, kw::LOAI, kw::NHOM, kw::HANG, kw::LOP, kw::BANG, kw::KHOI, kw::DO_DEGREE, kw::VITAMIN];
        dot > self.start + 1 && labelled.contains(&self.page.word(dot - 2))
    }

    fn is_initial(&self, dot: usize) -> bool {
        dot > self.start && self.page.gap(dot) == Gap::None && self.is_name_letter(dot - 1)
    }

    /// One capital letter, or an onset without its vowel (`Ph. Nhung`). A letter with a tone mark is a word (`Á`, `Ý`).
    fn is_name_letter(&self, i: usize) -> bool {
        let surface = self.page.spelling(i);
        match self.page.shape(i) {
            Shape::Initial => !matches!(&*surface, "Á" | "À" | "Ý" | "Ỷ" | "Ả" | "Ế" | "Ố" | "Ổ" | "Ớ" | "Ứ"),
            Shape::Title => matches!(&*surface, "Ch" | "Gh" | "Kh" | "Ng" | "Nh" | "Ph" | "Th" | "Tr" | "Qu"),
            _ => false,
        }
    }

    /// `Trần Thị T. Cơ quan công an …`: surname and middle name written out, the given name hidden.
    fn ends_hidden_name(&self, dot: usize, next: usize) -> bool {
        if !self.is_initial(dot) || dot < self.start + 3 || self.page.shape(next) == Shape::Initial {
            return false;
        }
        let surname = dot - 3;
        self.page.shape(dot - 2) == Shape::Title
            && self.page.shape(surname) == Shape::Title
            && self.page.gap(dot - 1) == Gap::Space
            && self.page.hits.of(TableId::Surnames, surname).next().is_some()
    }

    /// `1.`, `2.1.`, `II.`, `a.` at the start of a sentence, and `Điều 5.`
    fn is_marker(&self, dot: usize) -> bool {
        let page = self.page;
        let mut start = self.start;
        let leading = |i: usize| page.word(i) == kw::BULLET || page.is(i, b'-') || page.is(i, b'"');
        while start < self.start + 3 && leading(start) {
            start += 1;
        }
        if matches!(
            page.word(start),
            kw::DIEU | kw::CHUONG | kw::MUC | kw::PHAN | kw::KHOAN | kw::CAU | kw::BAI
        ) {
            start += 1;
        }
        dot > start && dot - start <= 5 && (start..dot).all(|i| self.is_marker_part(i, i == start))
    }

    /// `b.` or `b)` behind the stop of the item before.
    fn is_letter_marker(&self, i: usize) -> bool {
        let closed = self.page.is(i + 1, b'.') || self.page.is(i + 1, b')');
        closed && self.page.gap(i + 1) == Gap::None && self.page.spelling(i).chars().count() == 1
    }

    fn is_marker_part(&self, i: usize, first: bool) -> bool {
        let surface = self.page.spelling(i);
        let roman = || surface.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'));
        let part = match self.page.shape(i) {
            Shape::Digits => surface.len() <= 2,
            Shape::Mark => self.page.is(i, b'.'),
            Shape::Lower | Shape::Initial => surface.chars().count() == 1,
            _ => roman(),
        };
        part && (first || self.page.gap(i) == Gap::None)
    }

    /// A missing blank behind a stop: `ray.Ngay`, `2020.Theo`; not `Node.Js`, `TP.Vinh`, `VOV.VN`, `báo.vn`.
    fn is_glued_boundary(&self, stop: &Stop) -> bool {
        let page = self.page;
        let (before, next) = (stop.first.wrapping_sub(1), stop.end);
        if stop.first <= self.start || page.gap(stop.first) != Gap::None {
            return false;
        }
        let opened = next + usize::from(page.is(next, b'"') && self.opens_quote(next));
        let next_fits = match page.shape(opened) {
            Shape::Title => page.spelling(opened).len() > 1 && !self.is_address_part(opened),
            Shape::Upper => {
                let word = page.gap(opened + 1) != Gap::None && page.spelling(opened).len() > 2;
                word && matches!(page.shape(before), Shape::Lower | Shape::Digits)
            }
            _ => false,
        };
        next_fits && (stop.quote || self.word_ends(before, stop))
    }

    /// Whether the word before a glued stop is one that can end a sentence.
    fn word_ends(&self, before: usize, stop: &Stop) -> bool {
        let page = self.page;
        if self.is_dot(stop) && (page.abbreviation(stop.first).is_some() || self.is_marker(stop.first)) {
            return false;
        }
        if self.is_initial(stop.first) {
            return false;
        }
        let inner = before > self.start
            && page.gap(before) == Gap::None
            && [b'.', b'@', b'_', b':'].map(Word::mark).contains(&page.word(before - 1));
        match page.shape(before) {
            Shape::Digits => true,
            Shape::Lower | Shape::Title => !inner && page.spelling(before).len() > 1,
            Shape::Upper => !inner && page.spelling(before).len() > 2,
            Shape::Mark => page.is(before, b')') || page.is(before, b'"') || page.is(before, b'%'),
            Shape::Initial | Shape::Mixed => false,
        }
    }

    /// The last part of a web address: `Vn`, `Com`.
    fn is_address_part(&self, i: usize) -> bool {
        let glued = matches!(self.page.word(i + 1), w if w == Word::mark(b'/') || w == Word::mark(b'.'));
        let numbered = self.page.gap(i + 1) == Gap::None && self.page.shape(i + 1) == Shape::Digits;
        numbered
            || matches!(&*self.page.spelling(i), "Vn" | "Com" | "Net" | "Org" | "Gov" | "Edu" | "Js")
            || glued && self.page.gap(i + 1) == Gap::None && self.page.shape(i + 2).is_word()
    }
}
