//! The page's own publication stamp: `15/12/2019 07:50`, `Thứ Ba, 14/11/2023 | 08:00`, `10:15, 14/11/2023 (GMT+7)` …
//!
//! A stamp is looked for only in short lines at the top of the page, before the running text, and in the last lines
//! behind it. A full date counts as a stamp if a clock time, a weekday or a label (`Cập nhật`) stands with it, or if
//! it has the line to itself.

use super::fold;
use super::keyword as kw;
use super::token::{Gap, Shape, Token};
use super::vocabulary::Word;
use crate::mention::Span;
use jiff::civil::Date;
use std::borrow::Cow;
use std::ops::Range;

/// A publication stamp.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// its tokens, from the weekday, date or time that comes first to the one that comes last
    pub span: Span,
    /// the day
    pub date: Date,
    /// minutes since midnight, where the stamp tells the time
    pub minutes: Option<u16>,
}

/// Longest line, in tokens, that is read as a stamp line.
const LINE: usize = 32;
/// Lines at the top, and lines at the end, that are looked at.
const TOP: usize = 16;
const END: usize = 8;
/// A line of more tokens is running text; behind the second the top of the page is over.
const BODY: usize = 40;

/// Finds the stamp of a page.
pub fn find(source: &str, tokens: &[Token]) -> Option<Stamp> {
    let reader = Reader { source, tokens };
    reader.top().or_else(|| reader.bottom())
}

struct Reader<'a> {
    source: &'a str,
    tokens: &'a [Token],
}

/// What a stamp is made of.
enum Item {
    Date(Date),
    Time(u16),
    Weekday,
    Zone,
}

/// A run of items.
#[derive(Default)]
struct Core {
    span: Option<Span>,
    date: Option<Date>,
    minutes: Option<u16>,
    weekday: bool,
    /// two dates or two times: a period, not a stamp
    twice: bool,
}

impl Reader<'_> {
    fn word(&self, i: usize) -> Word {
        self.tokens.get(i).map_or(Word::UNKNOWN, |t| t.word)
    }

    fn is(&self, i: usize, mark: u8) -> bool {
        self.word(i) == Word::mark(mark)
    }

    fn line_end(&self, start: usize, limit: usize) -> usize {
        let to = self.tokens.len().min(start + limit);
        (start + 1..to).find(|&i| self.tokens[i].gap == Gap::Line).unwrap_or(to)
    }

    fn top(&self) -> Option<Stamp> {
        let (mut start, mut bodies) = (0, 0);
        let mut updated = None;
        for _ in 0..TOP {
            if start >= self.tokens.len() || bodies == 2 {
                break;
            }
            let mut end = self.line_end(start, LINE + 1);
            if end - start <= LINE {
                match self.read_line(start..end) {
                    Some((stamp, false)) => return Some(stamp),
                    Some((stamp, true)) => updated = updated.or(Some(stamp)),
                    None => {}
                }
            } else {
                end = self.line_end(start, usize::MAX - start);
                bodies += usize::from(end - start > BODY);
            }
            start = end;
        }
        updated
    }

    /// The first stamp of the last lines; a bare date there may be anything, so a time must stand beside it.
    fn bottom(&self) -> Option<Stamp> {
        let mut found = None;
        let mut end = self.tokens.len();
        for _ in 0..END {
            let Some(start) = (0..end).rev().find(|&i| self.tokens[i].gap == Gap::Line) else { break };
            if end - start <= LINE {
                found = self
                    .read_line(start..end)
                    .map(|(stamp, _)| stamp)
                    .filter(|s| s.minutes.is_some())
                    .or(found);
            }
            end = start;
        }
        found
    }

    /// The stamp in a line, and whether it says when the page was last changed.
    fn read_line(&self, line: Range<usize>) -> Option<(Stamp, bool)> {
        if self.is(line.end - 1, b'.') || self.is(line.end - 1, b'?') {
            return None;
        }
        let mut at = line.start;
        while at < line.end {
            let core = self.core(at, line.end);
            let Some(span) = core.span else {
                at += 1;
                continue;
            };
            if let Some(date) = core.date {
                let label = self.label(line.start, span.start);
                let fits = !core.twice && self.fits(&core, span, &line, label.is_some());
                let stamp = Stamp { span, date, minutes: core.minutes };
                return fits.then_some((stamp, label == Some(true)));
            }
            at = span.end;
        }
        None
    }

    fn fits(&self, core: &Core, span: Span, line: &Range<usize>, label: bool) -> bool {
        // One capitalised word opens a sentence (`Khoảng 18h30 ngày …`); a name has two, or stands in capitals.
        let name_word = |i: usize| i > line.start && self.tokens[i - 1].shape.is_capital();
        let named = name_word(span.start)
            && (name_word(span.start - 1) || self.tokens[span.start - 1].shape == Shape::Upper);
        let weekday_first = core.weekday && self.tokens[span.start].shape.is_capital();
        let more = core.minutes.is_some() || core.weekday;
        let before = label
            || self.opens_part(line.start, span.start, more)
            || core.minutes.is_some() && (named || weekday_first) && span.start - line.start <= 12;
        before && self.tail_fits(core, span.end, line, label)
    }

    /// Whether a line opens at `at`, or (where `parts` count) a part of it behind a separator.
    fn opens_part(&self, start: usize, at: usize, parts: bool) -> bool {
        let opened = at - usize::from(at > start && (self.is(at - 1, b'(') || self.is(at - 1, b'[')));
        let bullet = opened == start + 1 && self.is_separator(start);
        opened == start || bullet || parts && self.is_separator(opened - 1)
    }

    /// What follows the stamp in its line: nothing; or, where it is more than a date, a separator or a name.
    fn tail_fits(&self, core: &Core, end: usize, line: &Range<usize>, label: bool) -> bool {
        let closed = end + usize::from(self.is(end, b')') || self.is(end, b']'));
        if closed >= line.end {
            return true;
        }
        let timed = core.minutes.is_some() || label;
        let next = self.tokens[closed].shape;
        let name = next.is_capital() || next == Shape::Digits || self.is(closed, b'(');
        (timed || core.weekday) && self.is_separator(closed) || timed && name
    }

    fn is_separator(&self, i: usize) -> bool {
        let spaced = self.tokens.get(i).is_some_and(|t| t.gap != Gap::None);
        self.is(i, b'|') || self.is(i, b'-') && spaced || self.is(i, b'*') || self.word(i) == kw::BULLET
    }

    /// A label right before `at`: `Some(true)` for an update.
    fn label(&self, start: usize, at: usize) -> Option<bool> {
        let from = at.saturating_sub(4).max(start);
        (from..at).rev().find_map(|i| match self.word(i) {
            kw::NHAT if i > start && self.word(i - 1) == kw::CAP => Some(true),
            kw::DANG | kw::RA => Some(false),
            kw::BAN if i > start && self.word(i - 1) == kw::XUAT => Some(false),
            _ => None,
        })
    }

    /// The items that follow one another from `at`, with what joins them.
    fn core(&self, at: usize, end: usize) -> Core {
        let mut core = Core::default();
        let (mut i, mut joints) = (at, 0);
        while i < end && joints <= 3 {
            let Some((item, after)) = self.item(i, end) else {
                if core.span.is_none() || !self.is_joint(i) {
                    break;
                }
                (i, joints) = (i + 1, joints + 1);
                continue;
            };
            core.add(item);
            core.span = Some(Span::new(at, after));
            (i, joints) = (after, 0);
        }
        core
    }

    fn is_joint(&self, i: usize) -> bool {
        let marks = [b',', b'|', b'-', b'(', b':'];
        marks.iter().any(|&m| self.is(i, m)) || matches!(self.word(i), kw::LUC | kw::NGAY | kw::BULLET)
    }

    fn item(&self, i: usize, end: usize) -> Option<(Item, usize)> {
        let (item, after) = match self.tokens[i].shape {
            Shape::Digits => self
                .numeric_date(i)
                .or_else(|| self.worded_date(i))
                .map(|(date, after)| (Item::Date(date), after))
                .or_else(|| self.time(i).map(|(minutes, after)| (Item::Time(minutes), after)))?,
            Shape::Mark => self.zone(i)?,
            _ => self
                .weekday(i)
                .or_else(|| self.zone(i))
                .or_else(|| self.after_t(i))
                .or_else(|| self.led_date(i))?,
        };
        (after <= end).then_some((item, after))
    }

    /// `ngày 14/11/2019`, `Ngày 14 Tháng 11, 2023`: the word belongs to the date.
    fn led_date(&self, i: usize) -> Option<(Item, usize)> {
        (self.word(i) == kw::NGAY).then_some(())?;
        let (date, after) = self.numeric_date(i + 1).or_else(|| self.worded_date(i + 1))?;
        Some((Item::Date(date), after))
    }

    /// `T` between the date and the time of an ISO stamp.
    fn after_t(&self, i: usize) -> Option<(Item, usize)> {
        let glued = self.tokens.get(i + 1).is_some_and(|t| t.gap == Gap::None);
        (self.is_letter(i, "T") && glued && self.tokens[i].gap == Gap::None).then_some(())?;
        let (minutes, after) = self.time(i + 1)?;
        Some((Item::Time(minutes), after))
    }

    fn spelling(&self, i: usize) -> Cow<'_, str> {
        self.tokens
            .get(i)
            .map_or(Cow::Borrowed(""), |t| fold::clean(&self.source[t.start as usize..t.end as usize]))
    }

    /// Whether token `i` is this capital letter; asked of the shape first, which nearly always tells.
    fn is_letter(&self, i: usize, letter: &str) -> bool {
        self.tokens.get(i).is_some_and(|t| t.shape == Shape::Initial) && self.spelling(i) == letter
    }

    /// The number that token `i` writes in at most four digits.
    fn number(&self, i: usize) -> Option<i16> {
        let surface = self.spelling(i);
        (surface.len() <= 4 && self.tokens.get(i)?.shape == Shape::Digits).then(|| surface.parse().ok())?
    }

    /// `14/11/2023`, `14-11-2023`, `14.11.2023`, `2023-11-14`.
    fn numeric_date(&self, i: usize) -> Option<(Date, usize)> {
        let (a, b, c) = (self.number(i)?, self.number(i + 2)?, self.number(i + 4)?);
        let sign = self.word(i + 1);
        let signs = [b'/', b'-', b'.'].map(Word::mark);
        (signs.contains(&sign) && self.word(i + 3) == sign).then_some(())?;
        match (self.spelling(i).len(), self.spelling(i + 4).len()) {
            (4, 1 | 2) => Some((day(a, b, c)?, i + 5)),
            (1 | 2, 4) => Some((day(c, b, a)?, i + 5)),
            _ => None,
        }
    }

    /// `14 tháng 11, 2023`, `14 tháng 11 năm 2019`.
    fn worded_date(&self, i: usize) -> Option<(Date, usize)> {
        (self.word(i + 1) == kw::THANG).then_some(())?;
        let year = i + 3 + usize::from(self.is(i + 3, b',') || self.word(i + 3) == kw::NAM);
        (self.spelling(year).len() == 4).then_some(())?;
        Some((day(self.number(year)?, self.number(i + 2)?, self.number(i)?)?, year + 1))
    }

    /// `07:50`, `07:10:54`, `8h30`, `8g30`, `8 giờ 30 phút`, `8:30 PM`.
    fn time(&self, i: usize) -> Option<(u16, usize)> {
        let hour = u16::try_from(self.number(i)?).ok()?;
        let clock = self.is(i + 1, b':') || matches!(self.word(i + 1), kw::H | kw::G | kw::GIO);
        let minute = u16::try_from(self.number(i + 2)?).ok()?;
        (clock && hour < 24 && minute < 60 && self.spelling(i + 2).len() == 2).then_some(())?;
        let mut end = i + 3;
        if self.is(end, b':') && self.number(end + 1).is_some() {
            end += 2;
        } else if self.word(end) == kw::PHUT {
            end += 1;
        }
        let half = self.spelling(end);
        let shift: Option<(u16, u16)> = match &*half {
            "PM" | "pm" | "CH" => Some((12, 12)),
            "AM" | "am" | "SA" => Some((12, 0)),
            _ => None,
        };
        end += usize::from(shift.is_some());
        let hour = shift.map_or(hour, |(wrap, add)| if hour <= wrap { hour % wrap + add } else { hour });
        Some((hour * 60 + minute, end))
    }

    /// `GMT+7`, `(GMT+07:00)`, and the bare `+07:00` or `Z` of an ISO stamp.
    fn zone(&self, i: usize) -> Option<(Item, usize)> {
        let named = self.word(i) == kw::GMT;
        let sign = i + usize::from(named);
        if !named && self.is_letter(i, "Z") && self.tokens[i].gap == Gap::None {
            return Some((Item::Zone, i + 1));
        }
        (self.is(sign, b'+') && (named || self.tokens[i].gap == Gap::None)).then_some(())?;
        self.number(sign + 1)?;
        let minutes = self.is(sign + 2, b':') && self.number(sign + 3).is_some();
        let end = sign + if minutes { 4 } else { 2 };
        let opened = named && i > 0 && self.is(i - 1, b'(') && self.is(end, b')');
        Some((Item::Zone, end + usize::from(opened)))
    }

    /// `Thứ Ba`, `thứ 3`, `T4`, `Chủ nhật`, `CN`.
    fn weekday(&self, i: usize) -> Option<(Item, usize)> {
        let number = |n: usize| self.number(n).is_some_and(|d| (2..=7).contains(&d));
        let named = matches!(self.word(i + 1), kw::HAI | kw::BA | kw::TUW | kw::NAM | kw::SAU | kw::BAY);
        let glued = self.tokens.get(i + 1).is_some_and(|t| t.gap == Gap::None);
        let length = match self.word(i) {
            kw::THU if named || number(i + 1) => 2,
            kw::CHU if self.word(i + 1) == kw::NHAT => 2,
            _ if self.is_letter(i, "T") && self.tokens[i].gap != Gap::None && glued && number(i + 1) => 2,
            _ if self.tokens[i].shape == Shape::Upper && self.spelling(i) == "CN" => 1,
            _ => return None,
        };
        Some((Item::Weekday, i + length))
    }
}

impl Core {
    fn add(&mut self, item: Item) {
        match item {
            Item::Date(date) => self.twice |= self.date.replace(date).is_some(),
            Item::Time(minutes) => self.twice |= self.minutes.replace(minutes).is_some(),
            Item::Weekday => self.weekday = true,
            Item::Zone => {}
        }
    }
}

/// A day on which a page on the web can have been published.
fn day(year: i16, month: i16, day: i16) -> Option<Date> {
    (1990..2100).contains(&year).then_some(())?;
    Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()
}
