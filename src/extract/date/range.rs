//! Ranges and lists, whose parts lend each other month and year: `từ 14 đến 16-11`, `ngày 14 và 15-11`,
//! `30.4.1975 - 30.4.2025`, `từ tháng 5 đến tháng 9`.

use super::day::{Lead, Reading};
use super::number::{DayMonth, Mark};
use super::reader::Reader;
use super::rule;
use super::time::{Point, Time};
use super::words::{Class, Feast, Unit};
use crate::gazetteer::schema::TableId;
use crate::record::Grain;
use crate::text::keyword as kw;
use crate::text::token::Shape;

/// Most days in a list that shares one month.
const LIST: usize = 6;

impl Reader<'_> {
    /// A range at token `i`, with or without `từ`.
    pub fn range(&self, i: usize) -> Option<Reading> {
        let from = self.word(i) == kw::TU;
        let range = self.range_of(i + usize::from(from), from)?;
        Some(Reading { start: i, ..range })
    }

    /// A range whose first part begins at token `i`; `from` if a word announces a range.
    pub fn range_of(&self, i: usize, from: bool) -> Option<Reading> {
        if !self.opens(i) || !self.same_line(i) && from {
            return None;
        }
        self.short_days(i, from)
            .or_else(|| self.months(i, from))
            .or_else(|| self.day_to_day(i, from))
            .or_else(|| self.period_to_period(i, from))
            .or_else(|| if from { self.uneven(i) } else { None })
    }

    /// What joins the parts of a range at token `i`: where the second part begins, and whether it is a mere dash.
    fn connector(&self, i: usize) -> Option<(usize, bool)> {
        if self.mark(i, b'-') {
            return Some((i + 1, true));
        }
        let at = if self.word(i) == kw::CHO { i + 1 } else { i };
        if !self.same_line(at) || !matches!(self.word(at), w if w == kw::DEN || w == kw::TOI) {
            return None;
        }
        let at = at + 1;
        Some((if matches!(self.word(at), w if w == kw::HET || w == kw::TRUOC) { at + 1 } else { at }, false))
    }

    /// `(27-7-1947/27-7-2017)`: a slash that joins two days which are written with another mark.
    fn slash(&self, i: usize, at: usize) -> Option<(usize, bool)> {
        let full = |day: DayMonth| day.mark != Mark::Slash && day.point.year.is_some();
        let pair = self.mark(at, b'/') && self.day_month(i).is_some_and(full);
        (pair && self.day_month(at + 1).is_some_and(full)).then_some((at + 1, true))
    }

    /// `từ 14 đến 16-11`, `27-28/4`, `các ngày 10-27/3`: the first day borrows the month of the second.
    fn short_days(&self, i: usize, from: bool) -> Option<Reading> {
        let lead = self.lead(i);
        let (day, len) = self.first_digits(lead.at)?;
        let (next, dash) = self.connector(lead.at + 1)?;
        if len > 2 || !(1..=31).contains(&day) {
            return None;
        }
        let right = self.day(next, true)?;
        let Time::Point(end @ Point { day: Some(last), month: Some(month), year }) = right.time else {
            return None;
        };
        // `từ 9-11h30 ngày 25/4`: hours
        if !lead.head && self.day_month(next).is_none() && self.clock(next).is_some() {
            return None;
        }
        let led = lead.at > i || from || self.is_linked(i);
        // `4-4-2` is a formation
        let hyphens = self.day_month(right.start).is_some_and(|d| d.mark == Mark::Hyphen);
        if !led && hyphens {
            return None;
        }
        if !led
            && (!dash
                || self.is_tail(i)
                || self.ends(Class::RejectBefore, i)
                || self.is_counted_unit(right.end))
        {
            return None;
        }
        let first = match (day as i8) < last {
            true => Point::day(day as i8, month, year),
            false if month > 1 => Point::day(day as i8, month - 1, year),
            false => Point::day(day as i8, 12, year.map(|y| y - 1)),
        };
        let time = Time::Range(first, end);
        first.is_valid().then_some(Reading {
            start: i,
            end: right.end,
            time,
            rule: rule::DAYS,
            timed: lead.timed,
        })
    }

    fn is_counted_unit(&self, i: usize) -> bool {
        self.find(Class::RejectAfter, i).is_some() || self.doc.hit(TableId::CountNouns, i).is_some()
    }

    /// `từ tháng 5 đến tháng 9/2019`, `tháng 11-12/2019`.
    fn months(&self, i: usize, from: bool) -> Option<Reading> {
        if self.word(i) != kw::THANG {
            return None;
        }
        let (end, first) = self.month_number(i + 1)?;
        let (next, dash) = self.connector(end)?;
        let head = self.word(next) == kw::THANG;
        if !(from || dash || head) {
            return None;
        }
        let (end, last) = self.month_number(next + usize::from(head))?;
        let (end, year) = self.year_behind(end);
        let digits = self.doc.shape(next + usize::from(head)) == Shape::Digits;
        if !digits || first >= last && year.is_none() || self.runs_on(end) {
            return None;
        }
        let before = if first < last { year } else { year.map(|y| y - 1) };
        let time = Time::Range(Point::month(first, before), Point::month(last, year));
        Some(Reading { start: i, end, time, rule: rule::MONTH_RANGE, timed: false })
    }

    /// `từ ngày 26/4 đến ngày 28/4`, `30.4.1975 - 30.4.2025`.
    fn day_to_day(&self, i: usize, from: bool) -> Option<Reading> {
        let left = self.day(i, from)?;
        let (next, dash) = self.connector(left.end).or_else(|| self.slash(i, left.end))?;
        let right = self.day(next, true).or_else(|| self.short_days(next, true))?;
        let first = match left.time {
            Time::Point(point) if point.month.is_some() => point,
            Time::Shift(Unit::Day, _) if from && !dash => self.shifted_day(left.time)?,
            _ => return None,
        };
        // `từ 13 đến ngày 15-16/4` ends on the last day
        let (Time::Point(last) | Time::Range(_, last)) = right.time else { return None };
        last.day.and(last.month)?;
        let (first, last) = lend(first, last);
        let ordered = first.first().zip(last.first()).is_none_or(|(a, b)| a <= b);
        ordered.then_some(Reading {
            start: i,
            end: right.end,
            time: Time::Range(first, last),
            rule: rule::DAYS,
            timed: left.timed,
        })
    }

    /// `từ năm 2001 đến 2013`, `7/2010 - 12/2015`.
    fn period_to_period(&self, i: usize, from: bool) -> Option<Reading> {
        let left = self.period(i, from)?;
        let first = undated(&left)?;
        let (next, dash) = self.connector(left.end)?;
        if !from && dash && first.grain() == Grain::Year {
            return None;
        }
        let right = self.period(next, true)?;
        let last = undated(&right)?;
        let (first, last) = lend(first, last);
        let same = first.grain() == last.grain() && (from || dash || self.word(next) == self.word(i));
        let rule = if last.grain() == Grain::Year { rule::YEARS } else { rule::MONTH_RANGE };
        let range = interval(i, (&left, first), (&right, last))?;
        same.then_some(Reading { rule, ..range })
    }

    /// `từ năm 2011 đến tháng 2/2016`, `từ tháng 5/2018 đến ngày 3/4/2019`: ends of which one is written more exactly.
    fn uneven(&self, i: usize) -> Option<Reading> {
        let part = |i: usize| {
            let parts = self.period(i, true).into_iter().chain(self.day(i, true));
            let dated = |r: Reading| match r.time {
                Time::Point(point) if point.year.is_some() => Some((r, point)),
                _ => None,
            };
            parts.filter_map(dated).max_by_key(|(r, _)| r.end)
        };
        let (left, first) = part(i)?;
        let (next, dash) = self.connector(left.end)?;
        let (right, last) = part(next).filter(|_| !dash)?;
        let range = interval(i, (&left, first), (&right, last))?;
        (first.grain() != last.grain()).then_some(range)
    }

    /// `ngày 14 và 15-11`, `(20 và 21/5)`, `các ngày 14, 15 và 16-11`: the days before the last, which borrow its
    /// month. The last is read on its own.
    pub fn list(&self, i: usize) -> Option<(Vec<Reading>, usize)> {
        let lead = self.lead(i);
        let open = i > 0 && self.mark(i - 1, b'(');
        if lead.at == i && !open && !self.ends(Class::Cue, i) {
            return None;
        }
        let (mut at, mut start, mut days) = (lead.at, i, Vec::new());
        while days.len() <= LIST {
            if let Some(month) = self.last_of_list(at).filter(|_| !days.is_empty()) {
                let reading = |&(start, end, day): &(usize, usize, i8)| {
                    let time = with_day(month, day)?;
                    Some(Reading { start, end, time, rule: rule::DAY_LIST, timed: lead.timed })
                };
                return Some((days.iter().filter_map(reading).collect(), start));
            }
            let (day, len) = self.first_digits(at).filter(|d| d.1 <= 2 && (1..=31).contains(&d.0))?;
            debug_assert!(len <= 2);
            days.push((start, at + 1, day as i8));
            let joined = matches!(self.word(at + 1), w if w == kw::VA || w == kw::HOAC || w == kw::HAY);
            let joint = joined || self.mark(at + 1, b',') || self.mark(at + 1, b'&');
            let decimal = self.tight(at + 1) && self.tight(at + 2) && lead.at == i;
            if !joint || decimal || !self.same_line(at + 1) {
                return None;
            }
            start = at + 2;
            at = if self.word(start) == kw::NGAY { start + 1 } else { start };
        }
        None
    }

    /// The day that lends its month to those before it.
    fn last_of_list(&self, at: usize) -> Option<Time> {
        let lead = Lead { at, head: true, ..Lead::default() };
        let lunar = self.lunar_day(&lead).map(|(_, time)| time);
        lunar.or_else(|| self.day_month(at).map(|day| Time::Point(day.point)))
    }

    /// `tháng 9 và 10/2019`, `tháng 7, 8`: further months behind a month. They are read like dates of their own.
    pub fn further_month(&self, i: usize, before: Point) -> Option<Reading> {
        let joint = self.word(i) == kw::VA || self.mark(i, b',');
        let (month, len) = self.digits(i + 1).filter(|_| joint)?;
        if len > 2
            || !(1..=12).contains(&month)
            || month <= i16::from(before.month?)
            || self.day_month(i + 1).is_some()
        {
            return None;
        }
        let (end, year) = self.year_behind(i + 2);
        let stops = self.doc.shape(end) == Shape::Mark || !self.same_line(end) || year.is_some();
        let time = Time::Point(Point::month(month as i8, year.or(before.year)));
        (stops && !self.runs_on(end)).then_some(Reading {
            start: i + 1,
            end,
            time,
            rule: rule::MONTH,
            timed: false,
        })
    }
}

/// The month or year of a reading, if it is no day.
fn undated(reading: &Reading) -> Option<Point> {
    match reading.time {
        Time::Point(point) if point.day.is_none() => Some(point),
        _ => None,
    }
}

/// The reading of a range from `first` to `last`, unless it runs backwards.
fn interval(i: usize, (left, first): (&Reading, Point), (right, last): (&Reading, Point)) -> Option<Reading> {
    let ordered = first.first().zip(last.first()).is_some_and(|(a, b)| a < b);
    let time = Time::Range(first, last);
    ordered.then_some(Reading { start: i, end: right.end, time, rule: rule::DAYS, timed: left.timed })
}

/// The same month with another day.
fn with_day(time: Time, day: i8) -> Option<Time> {
    match time {
        Time::Point(point) => {
            let point = Point { day: Some(day), ..point };
            point.is_valid().then_some(Time::Point(point))
        }
        Time::Feast(Feast::Lunar(month, _), year) => Some(Time::Feast(Feast::Lunar(month, day), year)),
        _ => None,
    }
}

/// A part without a year takes that of the other, one year off where the range would run backwards.
fn lend(first: Point, last: Point) -> (Point, Point) {
    let backwards = (first.month, first.day) > (last.month, last.day);
    match (first.year, last.year) {
        (None, Some(year)) => {
            let lent = if backwards { year - 1 } else { year };
            (Point { year: Some(lent), ..first }, last)
        }
        (Some(year), None) if last.month.is_some() => {
            let lent = if backwards { year + 1 } else { year };
            (first, Point { year: Some(lent), ..last })
        }
        _ => (first, last),
    }
}
