//! Months, quarters, halves, years, terms, decades, centuries, feasts: what is longer than a day or has a name.

use super::day::Reading;
use super::reader::Reader;
use super::rule;
use super::time::{Point, Time};
use super::words::{Class, Step, Unit, Value};
use crate::gazetteer::schema::TableId;
use crate::mention::Span;
use crate::text::keyword as kw;
use crate::text::token::Shape;

impl Reader<'_> {
    /// A period at token `i`; `trusted` where a range is being finished.
    pub fn period(&self, i: usize, trusted: bool) -> Option<Reading> {
        match trusted {
            true => self.read_period(i, true),
            false => self.memo.period.get(i, || self.read_period(i, false)),
        }
    }

    fn read_period(&self, i: usize, trusted: bool) -> Option<Reading> {
        if !self.opens(i) {
            return None;
        }
        let found = self
            .edge(i)
            .or_else(|| self.half(i))
            .or_else(|| self.quarter(i))
            .or_else(|| self.decade(i))
            .or_else(|| self.span_of_years(i))
            .or_else(|| self.century(i))
            .or_else(|| self.feast(i))
            .or_else(|| self.lunar_year_alone(i))
            .or_else(|| self.relative_period(i))
            .or_else(|| self.month(i, trusted).filter(|&(end, ..)| !self.is_lunar(end)))
            .or_else(|| self.year(i, trusted))?;
        let (end, time, rule) = found;
        Some(Reading { start: i, end, time, rule, timed: false })
    }

    /// `cuối tháng 11`, `đầu năm 2019`: the edge belongs to the span; the value is that of the whole.
    fn edge(&self, i: usize) -> Option<(usize, Time, &'static str)> {
        let (at, _) = self.find(Class::Edge, i)?;
        if !self.same_line(at) || self.find(Class::Edge, at).is_some() || self.doc.shape(at) == Shape::Digits
        {
            return None;
        }
        let whole = self.period(at, false)?;
        let alone = self.relative_period(i);
        if alone.is_some_and(|(end, ..)| end >= whole.end) {
            return alone;
        }
        Some((whole.end, whole.time, whole.rule))
    }

    /// `6 tháng đầu năm 2019`, `9 tháng của năm 2020`, `nửa đầu năm`.
    fn half(&self, i: usize) -> Option<(usize, Time, &'static str)> {
        if let Some((end, half)) = self.valued(Class::HalfYear, i) {
            let (end, year) = self.year_of(end);
            let (from, to) = if half == 1 { (1, 6) } else { (7, 12) };
            return Some((end, Time::Months(year, from, to), rule::MONTHS));
        }
        let (at, number) = self.first_number(i)?;
        let (at, months) = match self.word(at) {
            w if w == kw::THANG => (at + 1, number),
            w if w == kw::QUI && number <= 4 => (at + 1, number * 3),
            _ => return None,
        };
        let (first, last) = (self.word(at) == kw::DAU, self.word(at) == kw::CUOI);
        let at = if first || last { at + 1 } else { at };
        let at = if self.word(at) == kw::CUA { at + 1 } else { at };
        let (end, year) = if self.word(at) == kw::NAM { self.year_of(at + 1) } else { (at, None) };
        let (end, year) = match self.year_word(at) {
            Some((after, Some(year))) if end <= after => (after, Some(year)),
            _ => (end, year),
        };
        if end == at || (year.is_none() && !first && !last) {
            return None;
        }
        let months = months as i8;
        let (from, to) = if last { (13 - months, 12) } else { (1, months) };
        (months < 12 || first || last).then_some((end, Time::Months(year, from, to), rule::MONTHS))
    }

    fn first_number(&self, i: usize) -> Option<(usize, i16)> {
        match self.first_digits(i) {
            Some((n, len)) => (len <= 2 && (1..=12).contains(&n)).then_some((i + 1, n)),
            None => self.valued(Class::Number, i),
        }
    }

    /// The year behind `năm` (already passed) or `đầu năm`: `2019`, `nay`, `ngoái`.
    fn year_of(&self, i: usize) -> (usize, Option<i16>) {
        if let Some(year) = self.year_digits(i).filter(|_| !self.runs_on(i + 1)) {
            return (i + 1, Some(year));
        }
        // `năm` before `i` begins `năm nay`
        let word = i.checked_sub(1).and_then(|before| self.year_word(before));
        if let Some(found) = word.filter(|&(end, _)| end > i) {
            return found;
        }
        let at = if self.word(i) == kw::NAM { i + 1 } else { i };
        match self.year_digits(at).filter(|_| at > i) {
            Some(year) => (at + 1, Some(year)),
            None => (i, None),
        }
    }

    /// A word for a year at token `i`: `năm nay`, `năm ngoái`, `cùng năm`.
    /// The year stays open where it cannot be told.
    pub fn year_word(&self, i: usize) -> Option<(usize, Option<i16>)> {
        let relative = self.find(Class::Relative, i).filter(|_| self.word(i) == kw::NAM);
        if let Some((end, Value::Shift(Unit::Year, step))) = relative {
            return Some((end, self.year_away(step)));
        }
        match self.find(Class::Context, i) {
            Some((end, Value::Shift(Unit::Year, _))) => Some((end, Some(self.memory.year?))),
            _ => None,
        }
    }

    /// `quý III/2019`, `quý 3`, `quý IV năm 2019`.
    fn quarter(&self, i: usize) -> Option<(usize, Time, &'static str)> {
        if self.word(i) != kw::QUI || !self.same_line(i + 1) {
            return None;
        }
        let roman = self.valued(Class::Roman, i + 1).map(|(end, n)| (end, n as i8));
        let (end, quarter) =
            roman.or_else(|| self.month_number(i + 1).filter(|_| self.doc.shape(i + 1) == Shape::Digits))?;
        if !(1..=4).contains(&quarter) {
            return None;
        }
        let (end, year) = self.year_behind(end);
        Some((end, Time::Months(year, quarter * 3 - 2, quarter * 3), rule::QUARTER))
    }

    /// `2015-2020`, `nhiệm kỳ 2015 - 2020`, `năm học 2016-2017`, `2009/10`, `giai đoạn từ 7/2010 - 12/2015`.
    fn span_of_years(&self, i: usize) -> Option<(usize, Time, &'static str)> {
        let heads = [Class::Term, Class::School, Class::Range];
        let head = heads.iter().find_map(|&class| self.find(class, i).map(|(end, _)| (end, class)));
        let (mut at, class) = match head {
            Some((end, class)) => (end, Some(class)),
            // `5 năm 2016-2020`: there `năm` counts
            None if self.word(i) == kw::NAM && !self.is_counted(i) => (i + 1, None),
            None => (i, None),
        };
        if head.is_some() {
            at += usize::from(self.word(at) == kw::TU);
            at += usize::from(self.word(at) == kw::NAM);
        }
        let named = match class {
            Some(Class::Term) => rule::TERM,
            Some(Class::School) => rule::SCHOOL_YEAR,
            _ => rule::YEARS,
        };
        if let Some((end, from, to)) = self.years(at, head.is_some()) {
            return Some((end, Time::Range(Point::year(from), Point::year(to)), named));
        }
        head?;
        if let Some(range) = self.range_of(at, true).filter(|_| class == Some(Class::Range)) {
            return Some((range.end, range.time, rule::YEARS));
        }
        let year = self.year_digits(at).filter(|y| (1900..=2069).contains(y) && !self.runs_on(at + 1))?;
        Some((at + 1, Time::Point(Point::year(year)), named))
    }

    /// Two years: `2015-2020`, `2015 - 2020`, `2010/2011`, `2009/10`, with a head also `2015 đến 2020`.
    fn years(&self, i: usize, headed: bool) -> Option<(usize, i16, i16)> {
        let (from, len) = if headed { self.digits(i)? } else { self.first_digits(i)? };
        if len != 4 || !(1000..=2100).contains(&from) || self.is_tail(i) && !headed {
            return None;
        }
        let slash = self.mark(i + 1, b'/');
        let at = if slash || self.mark(i + 1, b'-') || (headed && self.word(i + 1) == kw::DEN) {
            i + 2
        } else {
            return None;
        };
        let at = if self.word(at) == kw::NAM { at + 1 } else { at };
        let (to, len) = self.digits(at)?;
        let to = match len {
            4 => to,
            2 if (from + 1) % 100 == to => from + 1,
            _ => return None,
        };
        let next = !slash || to == from + 1 || headed;
        (from < to && to <= 2100 && next && !self.runs_on(at + 1)).then_some((at + 1, from, to))
    }

    /// `thập niên 90`, `những năm 1990`, `thập kỷ 90 của thế kỷ XX`.
    fn decade(&self, i: usize) -> Option<(usize, Time, &'static str)> {
        let (at, _) = self.find(Class::Decade, i)?;
        let (n, len) = self.digits(at).filter(|_| !self.is_year_range(at))?;
        let decade = match len {
            2 if n % 10 == 0 && n >= 10 => 1900 + n,
            4 if n % 10 == 0 && (1000..=2100).contains(&n) => n,
            _ => return None,
        };
        let mut end = at + 1;
        let head = if self.word(end) == kw::CUA { end + 1 } else { end };
        let mut decade = decade;
        if let Some((after, Time::Century(century), _)) = self.century(head) {
            end = after;
            decade = (century - 1) * 100 + decade % 100;
        }
        Some((end, Time::Decade(decade), rule::DECADE))
    }

    /// `những năm 1980 và 1990`, `thập niên 60, 70`: further decades behind a decade.
    pub fn further_decade(&self, i: usize) -> Option<Reading> {
        let joined = self.word(i) == kw::VA || self.mark(i, b',') || self.mark(i, b'-');
        let (n, len) = self.digits(i + 1).filter(|&(n, _)| joined && n % 10 == 0)?;
        let decade = match len {
            2 if n >= 10 => 1900 + n,
            4 if (1000..=2100).contains(&n) => n,
            _ => return None,
        };
        let stops = self.find(Class::RejectAfter, i + 2).is_none()
            && self.doc.hit(TableId::CountNouns, i + 2).is_none();
        let whole = stops && !self.runs_on(i + 2);
        let time = Time::Decade(decade);
        whole.then_some(Reading { start: i + 1, end: i + 2, time, rule: rule::DECADE, timed: false })
    }

    /// `thế kỷ XXI`, `thế kỷ 19`.
    fn century(&self, i: usize) -> Option<(usize, Time, &'static str)> {
        let (at, _) = self.find(Class::Century, i)?;
        let roman = self.valued(Class::Roman, at);
        let (end, n) = roman.or_else(|| self.digits(at).filter(|d| d.1 <= 2).map(|(n, _)| (at + 1, n)))?;
        let before_christ = self.word(end) == kw::TRUOC;
        (!before_christ && (1..=21).contains(&n)).then_some((end, Time::Century(n), rule::CENTURY))
    }

    /// `Tết Nguyên đán Canh Tý 2020`, `Tết Trung thu 2019`, `Tết Canh Tý`, `rằm tháng Giêng`.
    fn feast(&self, i: usize) -> Option<(usize, Time, &'static str)> {
        if let Some((at, Value::Feast(feast))) = self.find(Class::Feast, i) {
            let (end, year) = self.lunar_year(at);
            return Some((end, Time::Feast(feast, year), rule::FEAST));
        }
        let (at, _) = self.find(Class::Tet, i)?;
        let (end, year) = self.lunar_year(at);
        (year.is_some() && self.doc.shape(i).is_capital()).then_some((
            end,
            Time::Feast(super::words::Feast::Tet, year),
            rule::FEAST,
        ))
    }

    /// `năm Canh Tý`, `xuân Kỷ Hợi 2019`.
    fn lunar_year_alone(&self, i: usize) -> Option<(usize, Time, &'static str)> {
        let (at, _) = self.find(Class::LunarYearHead, i)?;
        let (end, cycle) = self.cycle(at)?;
        match self.year_digits(end) {
            Some(year) => Some((end + 1, Time::Point(Point::year(year)), rule::LUNAR_YEAR)),
            None => Some((end, Time::Cycle(cycle), rule::LUNAR_YEAR)),
        }
    }

    /// A year's name in the cycle of sixty: `Canh Tý` is 36 (0 is Giáp Tý).
    pub fn cycle(&self, i: usize) -> Option<(usize, i16)> {
        let (at, can) = self.valued(Class::Can, i).filter(|_| self.same_line(i))?;
        let (end, chi) = self.valued(Class::Chi, at).filter(|_| self.same_line(at))?;
        let named = self.doc.shape(i).is_capital() && self.doc.shape(at).is_capital();
        let cycle = (0..60).find(|n| n % 10 == can && n % 12 == chi)?;
        named.then_some((end, cycle))
    }

    /// `tuần qua`, `tháng trước`, `quý này`, `năm nay`, `cuối năm`, `cùng năm`.
    fn relative_period(&self, i: usize) -> Option<(usize, Time, &'static str)> {
        if self.is_counted(i) {
            self.doc.trace.lost(
                Span::new(i, i + 1),
                rule::RELATIVE,
                "counted by the number before it: it lasts, it is no date",
            );
            return None;
        }
        match self.find(Class::Relative, i) {
            Some((_, Value::Shift(Unit::Day, _))) => return None,
            Some((end, Value::Shift(unit, step))) => {
                // `năm trước khi`, `năm sau đó`, `tuần trước đó` lean on something else
                // `cùng kỳ năm trước khi lỗ lớn` does not
                let placed = self.ends(Class::Cue, i) || self.word_before(i) == kw::KY;
                let leans = matches!(self.word(end), w if w == kw::DO_ || w == kw::NGAY)
                    || self.word(end) == kw::KHI && !placed
                    // `cuối tháng 11`, `sang năm 2015` name the month and the year
                    || matches!(self.word(end - 1), w if w == kw::THANG || w == kw::NAM) && self.digits(end).is_some();
                return (!leans).then_some((end, Time::Shift(unit, step), rule::RELATIVE));
            }
            _ => {}
        }
        match self.find(Class::Context, i)? {
            (_, Value::Shift(Unit::Day, _)) => None,
            (end, Value::Shift(unit, Step::By(by))) => {
                // `cùng năm 2015`, `cuối cùng năm ngoái`: the year is named
                let named = self.year_digits(end).is_some() || self.find(Class::Relative, end - 1).is_some();
                let known = self.memory.year.is_some() && !named;
                known.then_some((end, Time::Same(unit, by), rule::SAME_PERIOD))
            }
            _ => None,
        }
    }

    /// Whether a number or a word like `nhiều` stands before: `5 năm qua`, `hai tuần trước`.
    fn is_counted(&self, i: usize) -> bool {
        i > 0
            && matches!(self.word(i), w if w == kw::NAM || w == kw::THANG || w == kw::TUAN || w == kw::QUI)
            && self.same_line(i)
            && (self.doc.shape(i - 1) == Shape::Digits && self.year_digits(i - 1).is_none()
                || self.ends(Class::Number, i) && !self.ends(Class::NumberLike, i)
                || self.ends(Class::Quantifier, i))
    }

    /// `tháng 11`, `tháng 11/2019`, `tháng Mười một`, `11/2019`.
    fn month(&self, i: usize, trusted: bool) -> Option<(usize, Time, &'static str)> {
        if self.word(i) == kw::THANG {
            return self.named_month(i);
        }
        let (month, len) = self.first_digits(i)?;
        if len > 2 || !(1..=12).contains(&month) || self.is_tail(i) {
            return None;
        }
        let (end, year) = self.year_behind(i + 1);
        let tight = self.tight(i + 1) && self.tight(i + 2);
        let year = year.filter(|y| end == i + 3 && tight && (1900..=2069).contains(y))?;
        let dotted = self.doc.is_mark(i + 1, b'.');
        let rejected =
            self.word_before(i) == kw::SO || self.ends(Class::RejectBefore, i) && !self.ends(Class::Cue, i);
        let coded = self.tight(end) && (self.doc.is_mark(end, b'/') || self.doc.is_mark(end, b'-'));
        (trusted || !rejected && !coded && (!dotted || self.memory.dotted)).then_some((
            end,
            Time::Point(Point::month(month as i8, Some(year))),
            rule::MONTH,
        ))
    }

    /// Whether `(âm lịch)` follows: a month of the lunar calendar is none of the civil one.
    fn is_lunar(&self, i: usize) -> bool {
        self.find(Class::LunarMark, i + usize::from(self.mark(i, b'('))).is_some()
    }

    fn named_month(&self, i: usize) -> Option<(usize, Time, &'static str)> {
        let (end, month) = self.month_number(i + 1)?;
        let digits = self.doc.shape(i + 1) == Shape::Digits;
        if !digits && !self.doc.shape(i + 1).is_capital() && !self.is_month_word(i, end, month) {
            self.doc.trace.lost(
                Span::new(i, end),
                rule::MONTH,
                "a small number word that may count what follows",
            );
            return None;
        }
        if digits && (self.runs_on(end) && self.year_behind(end).1.is_none() || self.is_month_count(i)) {
            self.doc.trace.lost(
                Span::new(i, end),
                rule::MONTH,
                "it goes on, lasts or recurs: it names no month",
            );
            return None;
        }
        let (end, year) = match self.year_digits(end).filter(|_| !digits && !self.runs_on(end + 1)) {
            // `tháng Năm 2016`
            Some(year) if (1900..=2069).contains(&year) => (end + 1, Some(year)),
            _ => self.year_behind(end),
        };
        Some((end, Time::Point(Point::month(month, year)), rule::MONTH))
    }

    /// `trong tháng hai`, `hồi tháng tư`: a small word behind one that leads up to a time. `tháng năm` is `months
    /// and years`, `trong tháng một số xã` and `trong tháng hai bên` count what follows.
    fn is_month_word(&self, i: usize, end: usize, month: i8) -> bool {
        let led = self.ends(Class::Cue, i) || self.ends(Class::Edge, i) || self.word_before(i) == kw::TRONG;
        let counts =
            self.find(Class::RejectAfter, end).is_some() || self.doc.hit(TableId::CountNouns, end).is_some();
        let stops =
            self.doc.shape(end) == Shape::Mark || !self.same_line(end) || self.year_behind(end).1.is_some();
        led && month != 5 && (stops || month > 1 && !counts)
    }

    /// `2 tháng 10 ngày` lasts, `3 tháng 1 lần` recurs, `đường 2 tháng 9` is a street.
    fn is_month_count(&self, i: usize) -> bool {
        let after_number = i > 0 && self.same_line(i) && self.doc.shape(i - 1) == Shape::Digits;
        let counted = matches!(self.word(i + 2), w if w == kw::NGAY || w == kw::LAN);
        after_number && (counted || self.ends(Class::RejectBefore, i - 1) && self.day_month(i - 1).is_some())
    }

    /// `năm 2020`, and a bare year.
    fn year(&self, i: usize, trusted: bool) -> Option<(usize, Time, &'static str)> {
        if self.word(i) == kw::NAM {
            let year = self.year_digits(i + 1).filter(|_| !self.runs_on(i + 2))?;
            return Some((i + 2, Time::Point(Point::year(year)), rule::YEAR));
        }
        let bare = self.is_bare_year(i) || trusted && self.year_digits(i).is_some() && !self.runs_on(i + 1);
        let (year, _) = self.first_digits(i).filter(|_| bare)?;
        Some((i + 1, Time::Point(Point::year(year)), rule::BARE_YEAR))
    }
}
