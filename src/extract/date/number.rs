//! Days, months and years as numbers, clock times, and the guard that tells them from scores, ratios, addresses
//! and quantities.

use super::reader::Reader;
use super::rule;
use super::time::Point;
use super::words::Class;
use crate::gazetteer::schema::TableId;
use crate::mention::Span;
use crate::text::keyword as kw;
use crate::text::token::{Shape, Token};
use crate::text::vocabulary::Word;

/// A day and month in digits.
#[derive(Clone, Copy, Debug)]
pub struct DayMonth {
    /// one past its last token
    pub end: usize,
    /// what it says
    pub point: Point,
    /// what stands between day and month
    pub mark: Mark,
    /// no blanks around the marks
    pub tight: bool,
}

/// What stands between day and month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Mark {
    Slash,
    Hyphen,
    Dot,
    /// `14 tháng 11`
    Word,
}

impl Reader<'_> {
    fn joint(&self, i: usize) -> Option<Mark> {
        [(b'/', Mark::Slash), (b'-', Mark::Hyphen), (b'.', Mark::Dot)]
            .into_iter()
            .find(|&(mark, _)| self.mark(i, mark))
            .map(|(_, mark)| mark)
    }

    /// `14-11`, `14/11/2019`, `14.11.19`, `14 tháng 11 năm 2019`, `2019-11-14` at token `i`.
    pub fn day_month(&self, i: usize) -> Option<DayMonth> {
        let (day, len) = self.first_digits(i)?;
        if len == 4 {
            return self.iso_day(i);
        }
        if len > 2 || !(1..=31).contains(&day) {
            return None;
        }
        if self.word(i + 1) == kw::THANG && self.same_line(i + 1) {
            return self.day_in_words(i, day as i8);
        }
        let mark = self.joint(i + 1)?;
        let (month, month_len) = self.digits(i + 2)?;
        if month_len > 2 || !(1..=12).contains(&month) {
            return None;
        }
        let tight = self.tight(i + 1) && self.tight(i + 2);
        if mark == Mark::Dot && !tight {
            return None;
        }
        let (end, year) = match self.joint(i + 3).zip(self.digits(i + 4)) {
            Some((second, (n, 4))) if (1000..=2100).contains(&n) && self.may_join(mark, second, i) => {
                (i + 5, Some(n))
            }
            Some((second, (n, 2))) if second == mark && tight && self.tight(i + 3) && self.tight(i + 4) => {
                (i + 5, Some(if n < 50 { 2000 + n } else { 1900 + n }))
            }
            // `22/5-26/5` is a range
            Some((Mark::Hyphen, _)) if self.goes_to_day(i + 3, mark) => (i + 3, None),
            // `10-11/5` is 10 to 11 May; `3/4/5` is no date
            Some(_) if self.tight(i + 3) && self.tight(i + 4) => return None,
            _ => (i + 3, None),
        };
        let point = Point::day(day as i8, month as i8, year);
        let whole = point.is_valid() && (!self.runs_on(end) || self.goes_to_day(end, mark));
        whole.then_some(DayMonth { end, point, mark, tight })
    }

    /// Whether a hyphen at token `i` leads to a second day that is written with the same mark.
    fn goes_to_day(&self, i: usize, mark: Mark) -> bool {
        let month = self.digits(i + 3).is_some_and(|(month, len)| len <= 2 && (1..=12).contains(&month));
        let day = self.digits(i + 1).is_some_and(|(day, len)| len <= 2 && (1..=31).contains(&day));
        mark != Mark::Hyphen && self.mark(i, b'-') && day && self.joint(i + 2) == Some(mark) && month
    }

    /// `1/7 - 2020 người` is not the year 2020: a loose dash joins a year only to a loosely written date.
    fn may_join(&self, first: Mark, second: Mark, i: usize) -> bool {
        let tight = self.tight(i + 3) && self.tight(i + 4);
        tight
            || (first == second && !(self.tight(i + 1) && self.tight(i + 2)))
            || (second != Mark::Hyphen && first == second)
    }

    fn iso_day(&self, i: usize) -> Option<DayMonth> {
        let year = self.first_digits(i).map(|(n, _)| n).filter(|n| (1900..=2100).contains(n))?;
        let tight = (i + 1..i + 5).all(|n| self.tight(n));
        let (month, day) = (self.digits(i + 2)?, self.digits(i + 4)?);
        let marks = self.joint(i + 1) == Some(Mark::Hyphen) && self.joint(i + 3) == Some(Mark::Hyphen);
        if !marks || !tight || month.1 != 2 || day.1 != 2 || !(1..=12).contains(&month.0) {
            return None;
        }
        let point = Point::day(day.0.clamp(0, 99) as i8, month.0 as i8, Some(year));
        point.is_valid().then_some(DayMonth { end: i + 5, point, mark: Mark::Word, tight })
    }

    fn day_in_words(&self, i: usize, day: i8) -> Option<DayMonth> {
        let (end, month) = self.month_number(i + 2)?;
        let word = self.doc.shape(i + 2) != Shape::Digits;
        let (end, year) = self.year_behind(end);
        let point = Point::day(day, month, year);
        // `3 tháng một lần` counts
        if word && year.is_none() && self.word(end) == kw::LAN {
            return None;
        }
        // `3 tháng 10 ngày` lasts
        let lasts = year.is_none() && self.word(end) == kw::NGAY && self.digits(i + 2).is_some();
        (point.is_valid() && !lasts).then_some(DayMonth { end, point, mark: Mark::Word, tight: true })
    }

    /// A year that belongs to the day or month before it: `/2019`, `-2019`, `.2019`, `năm 2019`, `, năm 2019`.
    pub fn year_behind(&self, i: usize) -> (usize, Option<i16>) {
        let after_mark = self.joint(i).filter(|_| self.tight(i) || !self.mark(i, b'.'));
        let even = after_mark.is_some() && (self.tight(i) == self.tight(i + 1) || self.mark(i, b'/'));
        let marked = self.year_digits(i + 1).filter(|_| even && !self.runs_on(i + 2));
        if let Some(year) = marked {
            return (i + 2, Some(year));
        }
        let at = if self.mark(i, b',') { i + 1 } else { i };
        let at = if self.word(at) == kw::CUA { at + 1 } else { at };
        let headed = self.word(at) == kw::NAM && self.same_line(at) && !self.is_year_range(at + 1);
        if let Some(year) = self.year_digits(at + 1).filter(|_| headed) {
            return (at + 2, Some(year));
        }
        self.year_word(i).unwrap_or((i, None))
    }

    pub fn is_year_range(&self, i: usize) -> bool {
        self.mark(i + 1, b'-') && self.year_digits(i + 2).is_some()
    }

    /// Whether the number that ends before `i` goes on: `14/11/QĐ`, `1.234,5`, `3/4ha`.
    pub fn runs_on(&self, i: usize) -> bool {
        if !self.tight(i) {
            return false;
        }
        let joined = [b'/', b'-', b'.', b',', b':'].iter().any(|&m| self.doc.is_mark(i, m));
        let next_is_digit = self.doc.shape(i + 1) == Shape::Digits;
        self.doc.is_mark(i, b'%')
            || (joined && self.tight(i + 1) && next_is_digit)
            || (self.doc.is_mark(i, b'/') && self.tight(i + 1) && self.doc.shape(i + 1).is_capital())
    }

    /// Whether the number at `i` is the tail of something longer: `1.14-11`, `A5/6`, `QĐ/14-11`.
    pub fn is_tail(&self, i: usize) -> bool {
        if i == 0 || !self.tight(i) {
            return false;
        }
        match self.doc.shape(i - 1) {
            Shape::Mark => {
                let joins = [b'/', b'-', b'.', b',', b':', b'_', b'=', b'#', b'$', b'+', b'&', b'?'];
                let joined = joins.iter().any(|&m| self.doc.is_mark(i - 1, m));
                joined && i > 1 && self.tight(i - 1) && self.doc.shape(i - 2) != Shape::Mark
            }
            Shape::Digits => true,
            // letters glued to the number: a code; a whole word glued by mistake is let through
            shape => shape.is_capital() || self.doc.tokens[i - 1].end - self.doc.tokens[i - 1].start < 3,
        }
    }

    /// `7h30`, `7 giờ 30 phút`, `20:30`, `7h30 - 11h` at token `i`: the end.
    pub fn clock(&self, i: usize) -> Option<usize> {
        let mut end = self.one_clock(i)?;
        if self.mark(end, b'-') || self.word(end) == kw::DEN {
            end = self.one_clock(end + 1).unwrap_or(end);
        }
        Some(self.skip(Class::ClockNote, end))
    }

    fn one_clock(&self, i: usize) -> Option<usize> {
        let (_, len) = self.first_digits(i).filter(|&(n, len)| n <= 24 && len <= 2)?;
        debug_assert!(len <= 2);
        if self.mark(i + 1, b':') && self.tight(i + 1) && self.tight(i + 2) {
            let (_, len) = self.digits(i + 2)?;
            return (len == 2).then_some(i + 3);
        }
        let (hour, _) = self.find(Class::Hour, i + 1).filter(|_| self.same_line(i + 1))?;
        if let Some((end, _)) = self.find(Class::HalfHour, hour) {
            return Some(end);
        }
        match self.digits(hour) {
            Some((n, len)) if n < 60 && len <= 2 && self.ends_clock(hour + 1) => {
                let end = self.skip(Class::Minute, hour + 1);
                Some(if end == hour + 1 && self.mark(end, b'\'') { end + 1 } else { end })
            }
            _ => Some(hour),
        }
    }

    /// Whether minutes end before token `i`: `7h30 - 11h`, but not `7h 14-11`.
    fn ends_clock(&self, i: usize) -> bool {
        self.joint(i).is_none() || self.one_clock(i + 1).is_some()
    }

    /// Whether a day and month that no word introduces are a date.
    pub fn is_bare_day(&self, i: usize, day: &DayMonth) -> bool {
        let lost = |why| {
            self.doc.trace.lost(Span::new(i, day.end), rule::BARE_DAY, why);
            false
        };
        if self.is_tail(i)
            || self.is_lettered(day.end)
            || self.runs_on(day.end) && !self.goes_to_day(day.end, day.mark)
        {
            return lost("part of something longer: a code, an address, a number");
        }
        let cue = self.ends(Class::Cue, i);
        let open = i > 0 && self.mark(i - 1, b'(');
        let full = day.point.year.is_some();
        let long =
            day.end - i == 5 && self.digits(day.end - 1).or(self.first_digits(i)).is_some_and(|n| n.1 == 4);
        if full && day.mark == Mark::Word {
            return true;
        }
        if full && long {
            return i == 0 || self.word(i - 1) != kw::SO;
        }
        if full {
            return cue
                || open
                || self.is_linked(i)
                || lost("a year of two digits, and no word or bracket before it");
        }
        let rejected = self.ends(Class::RejectBefore, i);
        if day.mark == Mark::Word {
            return cue || !rejected || lost("a word before it makes it no date (date_words: reject_before)");
        }
        // `tỷ số đến 6-6`, `độ tuổi từ 2-8`: the cue only goes on with what was counted
        let cue = cue
            && !(day.mark == Mark::Hyphen
                && day.point.day.is_some_and(|d| d <= 12)
                && self.is_counted_cue(i));
        let (Some(d), Some(m)) = (day.point.day, day.point.month) else { return false };
        // `1/5 năm nay` counts no years
        let counted = (self.find(Class::RejectAfter, day.end).is_some()
            || self.doc.hit(TableId::CountNouns, day.end).is_some())
            && self.year_behind(day.end).1.is_none();
        // `64% (7/11)`
        let share = i > 1 && self.doc.is_mark(i - 2, b'%');
        if share || (d, m) == (24, 7) && !cue {
            return lost("a share, or round the clock");
        }
        if rejected && !cue {
            return lost(
                "a word before it speaks of a score, a ratio, an address (date_words: reject_before)",
            );
        }
        if counted && d <= m {
            return lost("a noun or unit follows that it counts (date_words: reject_after, count_nouns)");
        }
        let known = self.feasts.contains(&(m, d));
        let closed = open && self.mark(day.end, b')');
        let told = match day.mark {
            _ if self.is_linked(i) => true,
            _ if !day.tight => cue && day.mark == Mark::Hyphen && d > 12,
            // more parts than there are in all: no ratio
            Mark::Slash => cue || closed || known || d > m,
            Mark::Hyphen => !counted && (cue || closed || d > 12),
            _ => self.memory.dotted && !counted && (cue || closed || d > 12),
        };
        told || lost(
            "nothing tells it from a score or a ratio: no word for a day before it, no bracket, no feast",
        )
    }

    /// `24/10B`: one letter sticks to the number of a house.
    fn is_lettered(&self, i: usize) -> bool {
        let letter = |token: &Token| token.shape.is_capital() && token.end - token.start == 1;
        self.tight(i) && self.doc.tokens.get(i).is_some_and(letter)
    }

    /// Whether the word before `i` is a mere `từ`, `đến`, `lên` behind what speaks of scores, ages or addresses.
    fn is_counted_cue(&self, i: usize) -> bool {
        i > 0 && self.ends(Class::RejectBefore, i - 1)
    }

    /// Whether only `và`, `hoặc` or a comma stands between the last date and token `i`.
    pub fn is_linked(&self, i: usize) -> bool {
        let end = self.memory.end;
        let joined = matches!(self.word(end), w if w == kw::VA || w == kw::HOAC || w == kw::HAY);
        end > 0 && i == end + 1 && (joined || self.mark(end, b',') || self.mark(end, b';'))
    }

    /// Whether a number of four digits that no word introduces is a year.
    pub fn is_bare_year(&self, i: usize) -> bool {
        let Some((year, 4)) = self.first_digits(i) else { return false };
        let old = (1000..1900).contains(&year) && self.is_bracketed(i);
        if !old && !(1900..=2069).contains(&year) || self.is_tail_of_year(i) || self.runs_on(i + 1) {
            return false;
        }
        let glued = self.tight(i + 1) && self.doc.shape(i + 1).is_word();
        let counted = self.find(Class::YearRejectAfter, i + 1).is_some();
        let lost = |why| {
            self.doc.trace.lost(Span::new(i, i + 1), rule::BARE_YEAR, why);
            false
        };
        let introduced = self.ends(Class::YearRejectBefore, i) || self.doc_type_before(i);
        // `www.apec2017.vn`
        let address = self.tight(i)
            && self.doc.is_mark(i + 1, b'.')
            && self.tight(i + 1)
            && self.tight(i + 2)
            && self.doc.shape(i + 2).is_word();
        if glued || address || self.after_group(i) || self.before_group(i) {
            return lost("part of something longer: a name, an address, a telephone number");
        }
        if counted {
            return lost("what follows is counted (date_words: year_reject_after)");
        }
        !introduced || lost("the word before it numbers something (date_words: year_reject_before, số)")
    }

    /// `đời Lê Hy Tông (1697)`: a number alone in its bracket.
    fn is_bracketed(&self, i: usize) -> bool {
        i > 0 && self.mark(i - 1, b'(') && self.mark(i + 1, b')')
    }

    /// `APEC-2017` and `SN1974` are fine, `D2017` and `1.2017` are not.
    fn is_tail_of_year(&self, i: usize) -> bool {
        if i > 0 && self.word(i - 1) == kw::SN {
            return false;
        }
        let hyphen = i > 1 && self.doc.is_mark(i - 1, b'-') && self.doc.shape(i - 2).is_word();
        self.is_tail(i) && !hyphen
    }

    /// Part of a telephone number or an account: other groups of digits beside it.
    fn after_group(&self, i: usize) -> bool {
        i > 0
            && self.same_line(i)
            && self.doc.shape(i - 1) == Shape::Digits
            && self.first_digits(i - 1).is_none_or(|n| n.1 > 2)
    }

    fn before_group(&self, i: usize) -> bool {
        self.same_line(i + 1)
            && self.doc.shape(i + 1) == Shape::Digits
            && (self.digits(i + 1).is_none_or(|n| n.1 == 3)
                || self.first_digits(i).is_some_and(|n| n.0 == 1900))
    }

    fn doc_type_before(&self, i: usize) -> bool {
        i > 0 && self.word(i - 1) == kw::SO
    }

    /// The number of the sentence's token before `i`, or unknown at its start.
    pub fn word_before(&self, i: usize) -> Word {
        if i == 0 || !self.same_line(i) { Word::UNKNOWN } else { self.word(i - 1) }
    }
}
