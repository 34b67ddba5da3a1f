//! Day expressions: what leads up to a day (clock, part of day, weekday, `ngày`), the day itself, and what follows
//! it (`(20/5)`, `năm ngoái`, `âm lịch`).

use super::reader::Reader;
use super::rule;
use super::time::{Point, Time};
use super::words::{Class, Feast, Step, Unit, Value};
use crate::mention::Span;
use crate::text::keyword as kw;
use crate::text::token::Shape;

/// A time expression that has been read.
#[derive(Clone, Copy, Debug)]
pub struct Reading {
    /// first token
    pub start: usize,
    /// one past the last token
    pub end: usize,
    /// what it says
    pub time: Time,
    /// the rule that read it
    pub rule: &'static str,
    /// a clock time or part of the day stands with it: something happens then
    pub timed: bool,
}

/// What leads up to a day.
#[derive(Clone, Copy, Debug, Default)]
pub struct Lead {
    /// where the day should begin
    pub at: usize,
    /// `ngày`, `hôm`
    pub head: bool,
    /// `mùng`
    pub moon: bool,
    /// clock or part of day
    pub timed: bool,
    /// `thứ Ba`
    pub weekday: Option<i8>,
    /// a parenthesis that the day must close
    pub open: bool,
}

/// How far behind the last date, in tokens, `hôm sau` still leans on it.
const RECENT: usize = 60;
/// Longest look into a parenthesis behind a day.
const PARENTHESIS: usize = 14;

impl Reader<'_> {
    /// What leads up to a day at token `i`.
    pub fn lead(&self, i: usize) -> Lead {
        self.memo.lead.get(i, || self.read_lead(i))
    }

    fn read_lead(&self, i: usize) -> Lead {
        let mut lead = Lead { at: i, ..Lead::default() };
        for _ in 0..8 {
            let at = lead.at;
            if at > i && !self.same_line(at) || self.near_word(at).is_some() {
                break;
            }
            if let Some(end) = self.clock(at).filter(|_| !lead.head && self.day_month(at).is_none()) {
                (lead.at, lead.timed) = (end, true);
            } else if let Some((end, _)) = self.find(Class::MoonHead, at) {
                (lead.at, lead.moon) = (end, true);
            } else if let Some((end, _)) = self.find(Class::Part, at).filter(|_| !lead.moon) {
                (lead.at, lead.timed) = (end, true);
            } else if let Some((end, day)) = self.weekday(at).filter(|_| lead.weekday.is_none()) {
                (lead.at, lead.weekday) = (end, Some(day));
            } else if let Some((end, _)) = self.find(Class::DayHead, at) {
                (lead.at, lead.head) = (end, true);
            } else if at > i
                && self.mark(at, b',')
                && (lead.timed || lead.weekday.is_some())
                && self.goes_on(at + 1)
            {
                lead.at = at + 1;
            } else if at > i && self.mark(at, b'(') && lead.weekday.is_some() && self.goes_on(at + 1) {
                (lead.at, lead.open) = (at + 1, true);
            } else {
                break;
            }
        }
        lead
    }

    fn weekday(&self, i: usize) -> Option<(usize, i8)> {
        let (end, day) = self.valued(Class::Weekday, i)?;
        (self.word_before(i) != kw::LAN).then_some((end, day as i8))
    }

    fn goes_on(&self, i: usize) -> bool {
        self.day_month(i).is_some()
            || self.find(Class::DayHead, i).is_some()
            || self.find(Class::Part, i).is_some()
            || self.valued(Class::Weekday, i).is_some()
            || self.find(Class::MoonHead, i).is_some()
    }

    /// A word for a day: `hôm nay`, `sáng mai`, `cùng ngày`.
    fn near_word(&self, i: usize) -> Option<(usize, Time)> {
        // `mấy hôm nay` is vague
        let counted = self.word(i) == kw::HOM && self.same_line(i) && self.ends(Class::Quantifier, i);
        if counted && self.word(i - 1) != kw::SUOT {
            return None;
        }
        let relative = self.find(Class::Relative, i).and_then(|(end, value)| match value {
            Value::Shift(Unit::Day, step) => Some((end, Time::Shift(Unit::Day, step))),
            _ => None,
        });
        let context = || match self.find(Class::Context, i)? {
            (end, Value::Shift(Unit::Day, Step::By(by))) => {
                let recent = by == 0 || i - self.memory.end.min(i) < RECENT;
                self.memory.day.filter(|_| recent).map(|_| (end, Time::Same(Unit::Day, by)))
            }
            _ => None,
        };
        relative.or_else(context)
    }

    /// A day expression at token `i`; `trusted` where a range or list is being finished, so that a bare number will
    /// do.
    pub fn day(&self, i: usize, trusted: bool) -> Option<Reading> {
        match trusted {
            true => self.read_day(i, true),
            false => self.memo.day.get(i, || self.read_day(i, false)),
        }
    }

    fn read_day(&self, i: usize, trusted: bool) -> Option<Reading> {
        if !self.opens(i) {
            return None;
        }
        let lead = self.lead(i);
        let at = lead.at;
        let reading = |end, time, rule| Some(Reading { start: i, end, time, rule, timed: lead.timed });
        let led = at > i;
        if let Some((end, time)) = self.near_word(at) {
            let (end, time) = self.explained(end).unwrap_or((end, time));
            let rule = if matches!(time, Time::Same(..)) { rule::SAME_DAY } else { rule::RELATIVE };
            return reading(end, time, rule);
        }
        if let Some((end, time)) = self.lunar_day(&lead) {
            return reading(end, time, rule::LUNAR);
        }
        if let Some(day) = self.day_month(at).filter(|day| led || trusted || self.is_bare_day(at, day)) {
            let (end, point) = self.after_day(day.end, day.point);
            let time = self.lunar_mark(end, point);
            let (end, time) = time.unwrap_or_else(|| (self.parenthesis(end), Time::Point(point)));
            let end = if lead.open && self.mark(end, b')') { end + 1 } else { end };
            let rule = match (led, point.year) {
                (true, _) => rule::DAY,
                (false, Some(_)) => rule::FULL_DAY,
                _ => rule::BARE_DAY,
            };
            return reading(end, time, rule);
        }
        if lead.open {
            return None;
        }
        match lead.weekday {
            Some(day) => self.weekday_alone(i, &lead, day),
            None => self.day_alone(i, &lead),
        }
    }

    /// `sáng nay (20/5)`, `hôm nay, 20/5`, `mùng 5 Tết (2-2)`: the figures explain the word.
    fn explained(&self, end: usize) -> Option<(usize, Time)> {
        let open = self.mark(end, b'(');
        let from = if open || self.mark(end, b',') || self.mark(end, b'-') { end + 1 } else { end };
        let lead = self.lead(from);
        if from == end && lead.at > from && !lead.head && lead.weekday.is_none() {
            return None;
        }
        if lead.moon {
            return None;
        }
        let day = self.day_month(lead.at).filter(|d| self.same_line(lead.at) && !self.runs_on(d.end))?;
        match (open, self.mark(day.end, b')') || self.find(Class::LunarMark, day.end).is_some()) {
            (true, true) if self.mark(day.end, b')') => Some((day.end + 1, Time::Point(day.point))),
            (true, _) => None,
            _ => Some((day.end, Time::Point(day.point))),
        }
    }

    /// `năm nay`, `năm ngoái`, `cùng năm` behind a day without a year.
    fn after_day(&self, end: usize, point: Point) -> (usize, Point) {
        if point.year.is_some() {
            return (end, point);
        }
        match self.year_behind(end) {
            (after, Some(year)) => {
                let dated = Point { year: Some(year), ..point };
                if dated.is_valid() { (after, dated) } else { (end, point) }
            }
            _ => (end, point),
        }
    }

    /// `10/3 âm lịch`: the day is one of the lunar calendar.
    fn lunar_mark(&self, end: usize, point: Point) -> Option<(usize, Time)> {
        let open = self.mark(end, b'(');
        let (after, _) = self.find(Class::LunarMark, end + usize::from(open))?;
        let after = if open && self.mark(after, b')') { after + 1 } else { after };
        Some((after, Time::Feast(Feast::Lunar(point.month?, point.day?), point.year)))
    }

    /// The end of `(thứ Ba)`, `(tức 18/10 âm lịch)`, `(mùng 3 Tết)` behind a day, or `i`.
    fn parenthesis(&self, i: usize) -> usize {
        if !self.mark(i, b'(') {
            return i;
        }
        let inside = i + 1;
        let same = self.valued(Class::Weekday, inside).is_some()
            || self.find(Class::Equal, inside).is_some()
            || self.find(Class::MoonHead, inside).is_some()
            || self.find(Class::Feast, inside).is_some()
            || self.is_marked_lunar(inside);
        if !same {
            return i;
        }
        let close = (inside..inside + PARENTHESIS).find(|&n| self.mark(n, b')'));
        close.map_or(i, |n| n + 1)
    }

    fn is_marked_lunar(&self, i: usize) -> bool {
        self.day_month(i).is_some_and(|day| self.find(Class::LunarMark, day.end).is_some())
    }

    /// `mùng 3 Tết`, `mùng 1 tháng Giêng`, `23 tháng Chạp`, `ngày mùng 1/11 âm lịch`.
    pub fn lunar_day(&self, lead: &Lead) -> Option<(usize, Time)> {
        let at = lead.at;
        let (end, day) = match self.first_digits(at) {
            Some((n, len)) if len <= 2 && (1..=31).contains(&n) => (at + 1, n as i8),
            _ if lead.moon => self.valued(Class::Number, at).map(|(end, n)| (end, n as i8))?,
            _ => return None,
        };
        if self.word(end) == kw::TET && self.same_line(end) && (lead.moon || lead.head || lead.timed) {
            return Some(self.tet_day(end, day));
        }
        if self.word(end) != kw::THANG || !self.same_line(end) {
            return None;
        }
        let (month_end, month) = self.valued(Class::Number, end + 1)?;
        let named = self.doc.normal(crate::mention::Span::new(end + 1, month_end)).to_lowercase();
        let lunar_name = matches!(month, 1 | 12) && !matches!(named.as_str(), "một" | "mười hai");
        if !lunar_name && self.find(Class::LunarMark, month_end).is_none() {
            return None;
        }
        let end = self.skip(Class::LunarMark, month_end);
        let (end, year) = self.lunar_year(end);
        Some((end, Time::Feast(Feast::Lunar(month as i8, day), year)))
    }

    fn tet_day(&self, tet: usize, day: i8) -> (usize, Time) {
        let end = self.skip(Class::Tet, tet).max(tet + 1);
        let (end, year) = self.lunar_year(end);
        if let Some((end, time)) = self.explained(end).filter(|_| self.mark(end, b'(')) {
            return (end, time);
        }
        let feast = if day >= 29 { Feast::Eve } else { Feast::Lunar(1, day) };
        // the twelfth month's days before Tết are those of the year before
        let feast = if (20..29).contains(&day) { Feast::Lunar(12, day) } else { feast };
        (end, Time::Feast(feast, year))
    }

    /// The lunar year behind a lunar day: `Canh Tý`, `năm Canh Tý`, `2020`, `năm 2020`.
    pub fn lunar_year(&self, i: usize) -> (usize, Option<i16>) {
        let at = if self.word(i) == kw::NAM { i + 1 } else { i };
        if let Some((end, cycle)) = self.cycle(at) {
            let (end, year) = match self.year_digits(end) {
                Some(year) => (end + 1, Some(year)),
                None => (end, self.cycle_year(cycle)),
            };
            return (end, year);
        }
        match self.year_digits(at).filter(|y| (1900..2100).contains(y) && !self.runs_on(at + 1)) {
            Some(year) => (at + 1, Some(year)),
            None => (i, None),
        }
    }

    /// A weekday without figures: `thứ Ba tuần trước`, `sáng thứ Hai`, `hôm thứ Tư`.
    fn weekday_alone(&self, i: usize, lead: &Lead, day: i8) -> Option<Reading> {
        let at = lead.at;
        let week = match self.find(Class::Relative, at) {
            Some((end, Value::Shift(Unit::Week, step))) => Some((end, step)),
            // `vị khách thứ 3 tới từ Huế`
            _ if self.word(at) == kw::TOI && self.word(at + 1) != kw::TU => Some((at + 1, Step::By(1))),
            _ => None,
        };
        // `thứ Sáu vừa qua`
        let past = self.valued(Class::Way, at).filter(|&(_, way)| way < 0 && self.same_line(at));
        if week.is_none() && past.is_none() && !self.names_weekday(i, lead, day) {
            self.doc.trace.lost(
                Span::new(i, at),
                rule::WEEKDAY,
                "an ordinal, or nothing says which week is meant",
            );
            return None;
        }
        let named = past.map_or(at, |(end, _)| end);
        let (end, step) = week.map_or((named, None), |(end, step)| (end, Some(step)));
        Some(Reading {
            start: i,
            end,
            time: Time::Weekday(day, step),
            rule: rule::WEEKDAY,
            timed: lead.timed,
        })
    }

    /// `ngày thứ hai của hội nghị`, `đêm thứ 2` count; `hôm thứ hai`, `tối thứ Sáu`, `từ thứ Bảy` name a day.
    fn names_weekday(&self, i: usize, lead: &Lead, day: i8) -> bool {
        let at = lead.at;
        let capital = self.doc.shape(at - 1).is_capital();
        let led = lead.head || lead.timed;
        // `Ngày chủ nhật xanh` is a name
        let sunday = day == 7 && (self.doc.shape(at) == Shape::Mark || !self.same_line(at));
        let weekly =
            matches!(self.word(at), kw::HANG_WEEKLY | kw::HANG_EVERY) || self.ends(Class::Quantifier, i);
        self.word(i) == kw::HOM
            || led && capital
            || !weekly && (led && sunday || self.ends(Class::Cue, i) && (capital || sunday))
    }

    /// A day whose month is not written: `ngày 14`, where nothing is counted.
    fn day_alone(&self, i: usize, lead: &Lead) -> Option<Reading> {
        let at = lead.at;
        if !lead.head && !lead.moon || self.ends(Class::Quantifier, i) {
            return None;
        }
        let (day, len) = self.digits(at)?;
        if len > 2 || !(1..=31).contains(&day) || self.tight(at + 1) && self.doc.shape(at + 1) != Shape::Mark
        {
            return None;
        }
        let day = day as i8;
        let (end, month) =
            match self.find(Class::Relative, at + 1).or_else(|| self.find(Class::Context, at + 1)) {
                Some((end, Value::Shift(Unit::Month, Step::By(by)))) => (end, self.month_away(by)),
                _ => (at + 1, None),
            };
        let placed = lead.timed || lead.weekday.is_some() || self.ends(Class::Cue, i);
        let time = match month {
            Some(month) => Time::Point(Point { day: Some(day), ..month }),
            None if placed && self.closes(at + 1) => {
                Time::Point(Point { year: None, month: None, day: Some(day) })
            }
            None => {
                let why = "a day without a month, and no word or mark round it says that a day is meant";
                self.doc.trace.lost(Span::new(i, at + 1), rule::DAY_ALONE, why);
                return None;
            }
        };
        Some(Reading { start: i, end, time, rule: rule::DAY_ALONE, timed: lead.timed })
    }

    /// Whether a sentence or clause ends at token `i`, so that the number before it counts nothing.
    fn closes(&self, i: usize) -> bool {
        !self.same_line(i)
            || [b',', b'.', b';', b')', b':'].iter().any(|&m| self.doc.is_mark(i, m)) && !self.runs_on(i)
    }
}
