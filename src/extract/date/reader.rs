//! What the rules read with: the words of an article, the numbers, and what the article has said so far.

use super::day::{Lead, Reading};
use super::time::Point;
use super::words::{Class, Entry, Value};
use crate::document::Document;
use crate::extract::Found;
use crate::gazetteer::schema::TableId;
use crate::record::Grain;
use crate::text::keyword as kw;
use crate::text::token::{Gap, Shape};
use crate::text::vocabulary::Word;
use jiff::civil::Date;
use std::cell::Cell;

/// Longest phrase, in tokens, that is looked for before a number.
const LOOK_BEHIND: usize = 4;

/// What has been read so far, for the dates that lean on others.
#[derive(Default)]
pub struct Memory {
    /// the last day named, perhaps without its year
    pub day: Option<Point>,
    /// the last month, quarter or year that was written out: where it began, how fine it is, and its first month
    pub topic: Option<(usize, Grain, Point)>,
    /// in an article without a date the latest day that it names in full
    pub latest: Option<Date>,
    /// the last year named
    pub year: Option<i16>,
    /// the year that a full date or `năm 1954` named in this sentence, where, and its month, if one was written
    pub governing: Option<(usize, i16, Option<i8>)>,
    /// days have been written with dots (`sáng 22.4`)
    pub dotted: bool,
    /// where the last date ended
    pub end: usize,
}

/// One article being read for dates.
pub struct Reader<'a> {
    /// the article
    pub doc: &'a Document<'a>,
    /// table `date_words`, by row
    pub words: &'a [Entry],
    /// days that are known by their date (`30/4`), as (month, day)
    pub feasts: &'a [(i8, i8)],
    /// what has been read
    pub memory: Memory,
    /// what was read last at a token
    pub memo: Memo,
}

/// What was read last at one token. Ranges, lists and single dates begin alike, and each tries what the one before has
/// tried; what leans on the memory is forgotten when the memory changes.
#[derive(Default)]
pub struct Memo {
    /// what leads up to a day
    pub lead: Slot<Lead>,
    /// a day
    pub day: Slot<Option<Reading>>,
    /// a period
    pub period: Slot<Option<Reading>>,
}

/// A value that was found for a token.
pub struct Slot<T>(Cell<Option<(usize, T)>>);

impl<T> Default for Slot<T> {
    fn default() -> Self {
        Slot(Cell::new(None))
    }
}

impl<T: Copy> Slot<T> {
    /// The value for token `i`, made if it is not that of the last token.
    pub fn get(&self, i: usize, make: impl FnOnce() -> T) -> T {
        match self.0.get() {
            Some((at, value)) if at == i => value,
            _ => {
                let value = make();
                self.0.set(Some((i, value)));
                value
            }
        }
    }
}

impl Reader<'_> {
    /// The longest phrase of a class at token `i`: its end and value.
    pub fn find(&self, class: Class, i: usize) -> Option<(usize, Value)> {
        let hits = self.doc.hits.of(TableId::DateWords, i);
        let mut of_class =
            hits.rev().filter_map(|hit| self.words.get(hit.row as usize).map(|entry| (hit, entry)));
        of_class.find(|(_, entry)| entry.class == class).map(|(hit, entry)| (hit.end as usize, entry.value))
    }

    /// The end of a phrase of a class at token `i`, or `i`.
    pub fn skip(&self, class: Class, i: usize) -> usize {
        self.find(class, i).map_or(i, |(end, _)| end)
    }

    /// A phrase of a class that is worth a number.
    pub fn valued(&self, class: Class, i: usize) -> Option<(usize, i16)> {
        match self.find(class, i)? {
            (end, Value::Number(number)) => Some((end, number)),
            _ => None,
        }
    }

    /// Whether a phrase of a class ends right before token `i`.
    pub fn ends(&self, class: Class, i: usize) -> bool {
        self.doc.hits.ends(TableId::DateWords, i)
            && (1..=LOOK_BEHIND.min(i)).any(|n| {
                let hits = self.doc.hits.of(TableId::DateWords, i - n).filter(|hit| hit.end as usize == i);
                hits.into_iter().any(|hit| self.words.get(hit.row as usize).is_some_and(|e| e.class == class))
            })
    }

    /// Whether token `i` is a number or a word that some time expression begins with.
    pub fn opens(&self, i: usize) -> bool {
        self.doc.shape(i) == Shape::Digits
            || self.doc.hits.starts(TableId::DateWords, i)
            || matches!(self.word(i), kw::THANG | kw::NAM | kw::QUI)
    }

    /// The word of token `i`.
    pub fn word(&self, i: usize) -> Word {
        self.doc.word(i)
    }

    /// Whether token `i` stands on the same line as the one before it.
    pub fn same_line(&self, i: usize) -> bool {
        self.doc.gap(i) != Gap::Line
    }

    /// Whether token `i` touches the one before it.
    pub fn tight(&self, i: usize) -> bool {
        self.doc.gap(i) == Gap::None
    }

    /// Whether token `i` is a mark and on the same line as the one before.
    pub fn mark(&self, i: usize, mark: u8) -> bool {
        self.doc.is_mark(i, mark) && self.same_line(i)
    }

    /// A number of at most four digits on the same line: its value and how many digits it has.
    pub fn digits(&self, i: usize) -> Option<(i16, usize)> {
        if self.doc.shape(i) != Shape::Digits || !self.same_line(i) {
            return None;
        }
        self.first_digits(i)
    }

    /// The same, where a line may begin with it.
    #[inline]
    pub fn first_digits(&self, i: usize) -> Option<(i16, usize)> {
        if self.doc.shape(i) == Shape::Digits { self.written(i) } else { None }
    }

    /// What the digits of token `i` say.
    fn written(&self, i: usize) -> Option<(i16, usize)> {
        let surface = self.doc.spelling(i);
        let digits = surface.as_bytes();
        let add = |n: i16, b: &u8| b.is_ascii_digit().then(|| n * 10 + i16::from(b - b'0'));
        let number = digits.iter().take(4).try_fold(0, add).filter(|_| digits.len() <= 4)?;
        Some((number, digits.len()))
    }

    /// A year of four digits.
    pub fn year_digits(&self, i: usize) -> Option<i16> {
        self.digits(i).filter(|&(n, len)| len == 4 && (1000..=2100).contains(&n)).map(|(n, _)| n)
    }

    /// A number from one to twelve: digits, a word or (for quarters) a Roman numeral.
    pub fn month_number(&self, i: usize) -> Option<(usize, i8)> {
        if let Some((n, len)) = self.digits(i) {
            return (len <= 2 && (1..=12).contains(&n)).then_some((i + 1, n as i8));
        }
        self.valued(Class::Number, i).filter(|_| self.same_line(i)).map(|(end, n)| (end, n as i8))
    }

    /// The day of publication.
    pub fn published(&self) -> Option<Date> {
        self.doc.published
    }
}

/// What an extractor has found before, asked for the tokens it took.
pub fn is_free(found: &Found, from: usize, to: usize) -> bool {
    (from..to).all(|i| found.claimed(i).is_none())
}
