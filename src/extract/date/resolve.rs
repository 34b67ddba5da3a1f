//! From a time as written to its value: the year that is not written, words that lean on the publication or on
//! another date, feasts of the lunar calendar.

use super::lunar;
use super::reader::Reader;
use super::rule;
use super::time::{Point, Time};
use super::why;
use super::words::{Class, Feast, Step, Unit};
use crate::mention::Span;
use crate::record::{Anchor, Grain};
use crate::text::keyword as kw;
use jiff::ToSpan;
use jiff::civil::Date;

/// A nearer reading than this against the publication wins over the year of the sentence.
const NEWS_DAYS: i32 = 8;
/// How far, in days, an undated article's days may lie from the latest full date to share its year.
const NEIGHBOURS: i32 = 60;
/// News looks back on a year of the cycle (`Tết Mậu Thân`) more often than far ahead.
const AHEAD: i16 = 3;
/// How far, in tokens, a year named in a sentence governs the days behind it.
const REACH: usize = 40;

/// The value of a date.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolved {
    /// in EDTF
    pub value: Option<String>,
    /// how fine
    pub grain: Grain,
    /// what it rests on
    pub anchor: Anchor,
    /// the day, if it is one
    pub day: Option<Point>,
    /// its year, or that of its end
    pub year: Option<i16>,
}

fn days_between(a: Date, b: Date) -> i32 {
    a.until(b).map_or(i32::MAX, |span| span.get_days().abs())
}

pub(super) fn plus_days(day: Date, n: i32) -> Option<Date> {
    day.checked_add(n.days()).ok()
}

/// Of the readings of `at` in the years around `anchor`, the nearest one.
fn nearest(anchor: Date, at: impl Fn(i16) -> Option<Date>) -> Option<i16> {
    let year = anchor.year();
    let readings = (year - 4..=year + 4).filter_map(|y| at(y).map(|day| (days_between(anchor, day), y)));
    readings.min().map(|(_, y)| y)
}

impl Reader<'_> {
    /// Notes what the date at token `at` rests on.
    fn because(&self, at: usize, on: Option<Span>, why: impl FnOnce() -> String) {
        self.doc.trace.step(at, rule::DAY, on, why);
    }

    /// The value of what is written at token `at`.
    pub fn resolve(&self, time: Time, at: usize, end: usize) -> Resolved {
        match time {
            Time::Point(point) => self.point(point, at, end),
            Time::Range(first, last) => self.stretch(first, last, at),
            Time::Months(year, from, to) => self.months_of(year, from, to),
            Time::Shift(unit, step) => {
                self.beside_topic(unit, step, at, end).unwrap_or_else(|| self.shift(unit, step, end))
            }
            Time::Same(unit, by) => self.same(unit, by),
            Time::Weekday(day, week) => self.weekday_of(day, week),
            Time::Feast(feast, year) => self.feast_day(feast, year),
            Time::Cycle(cycle) => match self.cycle_year(cycle) {
                Some(year) => simple(Point::year(year), Anchor::Published),
                None => unknown(Grain::Year),
            },
            Time::Decade(year) => of_years(format!("{}X", year / 10), Grain::Decade),
            Time::Century(n) => of_years(format!("{:02}XX", n - 1), Grain::Century),
        }
    }

    fn point(&self, point: Point, at: usize, end: usize) -> Resolved {
        if point.year.is_some() {
            return simple(point, Anchor::Explicit);
        }
        if point.month.is_none() {
            return self.day_of_month(point.day.unwrap_or(1));
        }
        let (year, anchor) = match self.pointed_year(point, at, end) {
            Some(year) => {
                self.because(at, None, || why::pointed(self, year));
                (Some(year), Anchor::Published)
            }
            None => match self.shared_year(point, end) {
                Some(year) => {
                    self.because(at, Some(Span::token(end + 1)), || {
                        format!("the year {year} of the later day that và joins to it")
                    });
                    (Some(year), Anchor::Context)
                }
                None => self.infer_year(point, at),
            },
        };
        simple(Point { year, ..point }, anchor)
    }

    /// `30/4 và 1/5 năm nay`, `các ngày 11/11 và 28/12/2018`: the year of a later day that `và` joins.
    fn shared_year(&self, point: Point, end: usize) -> Option<i16> {
        if self.word(end) != kw::VA || !self.same_line(end) {
            return None;
        }
        let next = self.day_month(self.skip(Class::DayHead, end + 1))?;
        let year = next.point.year.or_else(|| self.year_behind(next.end).1)?;
        let ordered = (point.month, point.day) < (next.point.month, next.point.day);
        (point.day.is_some() && ordered).then_some(year)
    }

    /// `tháng 3 vừa qua`, `hồi tháng 3`, `ngày 13/4 tới đây`: the last one before, or the first one after the
    /// publication.
    fn pointed_year(&self, point: Point, at: usize, end: usize) -> Option<i16> {
        let behind = self.valued(Class::Way, end).filter(|_| self.same_line(end)).map(|(_, way)| way);
        let way = behind.or((self.word_before(at) == kw::HOI_AGO).then_some(-1))?;
        let published = self.published()?;
        let day = point.day.unwrap_or(if way < 0 { 1 } else { 28 });
        let reading = |year| Date::new(year, point.month?, day).ok();
        // `ngày 29/5 tới` in a page put up on 30 May was written before it
        let fresh = |day| days_between(day, published) < NEWS_DAYS;
        if point.day.is_some() && reading(published.year()).is_some_and(fresh) {
            return Some(published.year());
        }
        let years = [-1, 0, 1].map(|n| published.year() + n);
        match way {
            ..0 => years.into_iter().rev().find(|&y| reading(y).is_some_and(|day| day <= published)),
            _ => years.into_iter().find(|&y| reading(y).is_some_and(|day| day >= published)),
        }
    }

    /// The year of a day or month that has none: that of its sentence, else the nearest to the publication.
    fn infer_year(&self, point: Point, at: usize) -> (Option<i16>, Anchor) {
        let middle = point.day.unwrap_or(15);
        let reading = |year| Date::new(year, point.month.unwrap_or(1), middle).ok();
        let near = self.published().and_then(|published| nearest(published, reading));
        let is_news = || {
            let day = near.and_then(reading).zip(self.published());
            day.is_some_and(|(day, published)| days_between(day, published) < NEWS_DAYS)
        };
        let governing = self.memory.governing.filter(|&(from, ..)| {
            at - from < REACH && self.doc.sentence_of(from) == self.doc.sentence_of(at)
        });
        // `nhập cảnh cuối tháng 12/2019, đến Huế ngày 17/3`: news of April 2020 tells it in its order
        let turned = |year, month: Option<i8>| near == Some(year + 1) && point.month < month;
        match governing {
            Some((from, year, month)) if !is_news() && !turned(year, month) => {
                self.because(at, Some(Span::token(from)), || {
                    format!("the year {year}, named before it in the sentence")
                });
                (Some(year), Anchor::Context)
            }
            _ if near.is_some() => {
                self.because(at, None, || why::nearest(self, near));
                (near, Anchor::Published)
            }
            _ => {
                let year = self.year_beside_latest(reading);
                if year.is_some() {
                    self.because(at, None, || why::beside_latest(self));
                }
                (year, Anchor::Context)
            }
        }
    }

    /// The year that puts a day close to the latest one that an undated article names in full.
    fn year_beside_latest(&self, reading: impl Fn(i16) -> Option<Date>) -> Option<i16> {
        let latest = self.memory.latest?;
        let year = nearest(latest, &reading)?;
        reading(year).filter(|&day| days_between(day, latest) <= NEIGHBOURS).map(|_| year)
    }

    /// A day without a month: in the month of the day named before, else the nearest to the publication.
    fn day_of_month(&self, day: i8) -> Resolved {
        let named = self.memory.day.map(|named| Point { day: Some(day), ..named });
        if let Some(point) = named.filter(|point| point.is_valid()) {
            return simple(point, Anchor::Context);
        }
        let in_month = |month: Date| Date::new(month.year(), month.month(), day).ok();
        let around = self.published().and_then(|published| {
            let months = [-1, 0, 1].into_iter().filter_map(|n| published.checked_add(n.months()).ok());
            months.filter_map(in_month).min_by_key(|&date| days_between(date, published))
        });
        around.map_or(unknown(Grain::Day), |date| simple(Point::of(date), Anchor::Published))
    }

    fn stretch(&self, first: Point, last: Point, at: usize) -> Resolved {
        let (mut first, mut last) = (first, last);
        let mut anchor = Anchor::Explicit;
        if last.year.is_none() && last.month.is_some() {
            (last.year, anchor) = self.infer_year(last, at);
        }
        if first.year.is_none() && first.month.is_some() {
            let backwards = (first.month, first.day) > (last.month, last.day);
            first.year = last.year.map(|year| if backwards { year - 1 } else { year });
        }
        let value = first.edtf().zip(last.edtf()).map(|(a, b)| format!("{a}/{b}"));
        Resolved { value, grain: Grain::Interval, anchor, day: None, year: last.year }
    }

    fn months_of(&self, year: Option<i16>, from: i8, to: i8) -> Resolved {
        let grain = match (from, to) {
            (1 | 4 | 7 | 10, _) if to - from == 2 => Grain::Quarter,
            (1, 6) | (7, 12) => Grain::Half,
            _ => Grain::Interval,
        };
        let near = |published: Date| match grain {
            Grain::Quarter => nearest(published, |y| Date::new(y, from + 1, 15).ok()),
            _ if to == 12 && published.month() <= 2 => Some(published.year() - 1),
            _ => Some(published.year()),
        };
        let known = year.or_else(|| self.published().and_then(near));
        let anchor = if year.is_some() { Anchor::Explicit } else { Anchor::Published };
        let (a, b) = (Point::month(from, known).edtf(), Point::month(to, known).edtf());
        let value = a.zip(b).map(|(a, b)| format!("{a}/{b}"));
        Resolved { value, grain, anchor, day: None, year: known }
    }

    fn shift(&self, unit: Unit, step: Step, end: usize) -> Resolved {
        let spoken = (unit == Unit::Day).then(|| self.day_of_speech(end)).flatten();
        let anchor = if spoken.is_some() { Anchor::Context } else { Anchor::Published };
        let Some(day) = spoken.or(self.published()) else { return unknown(grain_of(unit)) };
        let by = steps(day, unit, step);
        match unit {
            Unit::Day => plus_days(day, by).map_or(unknown(Grain::Day), |day| simple(Point::of(day), anchor)),
            Unit::Week => week_of(day, by),
            Unit::Month => match day.first_of_month().checked_add(by.months()) {
                Ok(month) => simple(Point::month(month.month(), Some(month.year())), anchor),
                Err(_) => unknown(Grain::Month),
            },
            Unit::Quarter => quarter_of(day, by),
            Unit::Year => simple(Point::year(day.year() + by as i16), anchor),
        }
    }

    /// `Năm 2016 … tăng 8% so với năm trước`: `trước` and `sau` lean on the period that their sentence is about.
    fn beside_topic(&self, unit: Unit, step: Step, at: usize, end: usize) -> Option<Resolved> {
        let Step::By(by) = step else { return None };
        let leans = matches!(self.word(end - 1), w if w == kw::TRUOC || w == kw::SAU_AFTER);
        let in_reach = |&(from, ..): &(usize, Grain, Point)| {
            at - from < REACH && self.doc.sentence_of(from) == self.doc.sentence_of(at)
        };
        let (_, grain, topic) = self.memory.topic.filter(in_reach).filter(|_| leans)?;
        let future = self.published().is_some_and(|day| topic.year > Some(day.year()));
        let first = topic.first().filter(|_| !future)?;
        match unit {
            Unit::Year => Some(simple(Point::year(first.year() + by as i16), Anchor::Context)),
            Unit::Month if grain == Grain::Month => {
                let month = first.checked_add(by.months()).ok()?;
                Some(simple(Point::month(month.month(), Some(month.year())), Anchor::Context))
            }
            Unit::Quarter if grain == Grain::Quarter => {
                Some(Resolved { anchor: Anchor::Context, ..quarter_of(first, by) })
            }
            _ => None,
        }
    }

    /// `"… hôm nay", ông A nói hôm 18/5`: a word in a quotation leans on the day it was spoken.
    fn day_of_speech(&self, end: usize) -> Option<Date> {
        let quote =
            (end..end + 30).take_while(|&n| self.same_line(n)).find(|&n| self.doc.is_mark(n, b'"'))?;
        let opened = self.doc.tokens.get(quote)?.gap != crate::text::token::Gap::None;
        let head = (quote + 1..quote + 9)
            .take_while(|&n| self.same_line(n) && !self.doc.is_mark(n, b'.'))
            .find(|&n| self.find(Class::DayHead, n).is_some())
            .filter(|_| !opened)?;
        let day = self.day_month(self.skip(Class::DayHead, head))?;
        let (year, _) = self.infer_year(day.point, end);
        Point { year: day.point.year.or(year), ..day.point }.first()
    }

    fn same(&self, unit: Unit, by: i32) -> Resolved {
        let day = self.memory.day;
        let anchor = if day.is_some() { Anchor::Context } else { Anchor::Published };
        let day = day.or(self.published().map(Point::of));
        let year = self.memory.year.or(day.and_then(|day| day.year));
        let point = match unit {
            Unit::Year => year.map(Point::year),
            Unit::Month => day.map(|day| Point { day: None, ..day }),
            _ => day.and_then(|day| day.plus_days(by)),
        };
        let anchor = if unit == Unit::Year { Anchor::Context } else { anchor };
        point.map_or(unknown(grain_of(unit)), |point| simple(point, anchor))
    }

    fn weekday_of(&self, day: i8, week: Option<Step>) -> Resolved {
        let Some(published) = self.published() else { return unknown(Grain::Day) };
        let today = published.weekday().to_monday_one_offset();
        let date = match week {
            Some(step) => {
                plus_days(published, i32::from(day - today) + 7 * steps(published, Unit::Week, step))
            }
            None => plus_days(published, -i32::from((today - day).rem_euclid(7))),
        };
        date.map_or(unknown(Grain::Day), |date| simple(Point::of(date), Anchor::Published))
    }

    fn feast_day(&self, feast: Feast, year: Option<i16>) -> Resolved {
        let on = |y: i16| match feast {
            Feast::Tet => lunar::to_civil(y, 1, 1),
            Feast::Eve => lunar::new_year_eve(y - 1),
            Feast::Lunar(month, day) => lunar::to_civil(y, month, day),
            Feast::Solar(month, day) => Date::new(y, month, day).ok(),
        };
        let near = || match self.published() {
            Some(published) => nearest(published, on),
            None => self.year_beside_latest(on),
        };
        let known = year.or_else(near);
        let anchor = match (year, self.published()) {
            (Some(_), _) => Anchor::Explicit,
            (None, None) if known.is_some() => Anchor::Context,
            _ => Anchor::Published,
        };
        known.and_then(on).map_or(unknown(Grain::Day), |day| simple(Point::of(day), anchor))
    }

    /// The last year of a name in the cycle of sixty, or one that is close ahead; in an undated article, of the latest
    /// day that it names in full.
    pub fn cycle_year(&self, cycle: i16) -> Option<i16> {
        let around = self.published().or(self.memory.latest)?.year();
        (around + AHEAD - 59..=around + AHEAD).find(|y| (y - 4).rem_euclid(60) == cycle)
    }

    /// The year so many away from the publication.
    pub fn year_away(&self, step: Step) -> Option<i16> {
        let published = self.published()?;
        Some(published.year() + steps(published, Unit::Year, step) as i16)
    }

    /// The month so many away from the publication.
    pub fn month_away(&self, by: i32) -> Option<Point> {
        let month = self.published()?.first_of_month().checked_add(by.months()).ok()?;
        Some(Point::month(month.month(), Some(month.year())))
    }

    /// The day that a relative word means.
    pub fn shifted_day(&self, time: Time) -> Option<Point> {
        let Time::Shift(Unit::Day, Step::By(by)) = time else { return None };
        plus_days(self.published()?, by).map(Point::of)
    }
}

/// How many units away; one that is ending counts as past.
fn steps(day: Date, unit: Unit, step: Step) -> i32 {
    match (step, unit) {
        (Step::By(by), _) => by,
        (Step::Past, Unit::Week) => -i32::from(day.weekday().to_monday_one_offset() < 6),
        (Step::Past, Unit::Month) => -i32::from(day.day() < 25),
        (Step::Past, Unit::Year) => -i32::from(day.month() < 11),
        (Step::Past, _) => -1,
    }
}

fn week_of(day: Date, by: i32) -> Resolved {
    let monday = plus_days(day, 7 * by - i32::from(day.weekday().to_monday_zero_offset()));
    let week = monday.and_then(|monday| Some((monday, plus_days(monday, 6)?)));
    let value = week.map(|(a, b)| format!("{a}/{b}"));
    Resolved { value, grain: Grain::Interval, anchor: Anchor::Published, day: None, year: None }
}

fn quarter_of(day: Date, by: i32) -> Resolved {
    let index = i32::from(day.year()) * 4 + i32::from((day.month() - 1) / 3) + by;
    let (year, from) = (index.div_euclid(4), index.rem_euclid(4) * 3 + 1);
    let value = Some(format!("{year:04}-{from:02}/{year:04}-{:02}", from + 2));
    Resolved { value, grain: Grain::Quarter, anchor: Anchor::Published, day: None, year: Some(year as i16) }
}

fn grain_of(unit: Unit) -> Grain {
    match unit {
        Unit::Day => Grain::Day,
        Unit::Week => Grain::Interval,
        Unit::Month => Grain::Month,
        Unit::Quarter => Grain::Quarter,
        Unit::Year => Grain::Year,
    }
}

fn simple(point: Point, anchor: Anchor) -> Resolved {
    let day = point.day.map(|_| point);
    Resolved { value: point.edtf(), grain: point.grain(), anchor, day, year: point.year }
}

fn of_years(value: String, grain: Grain) -> Resolved {
    Resolved { value: Some(value), grain, anchor: Anchor::Explicit, day: None, year: None }
}

fn unknown(grain: Grain) -> Resolved {
    Resolved { value: None, grain, anchor: Anchor::Published, day: None, year: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_nearest_year_wins() {
        let at = |published, month, day| nearest(published, |y| Date::new(y, month, day).ok());
        assert_eq!(at(date(2019, 12, 15), 11, 14), Some(2019));
        assert_eq!(at(date(2019, 12, 15), 1, 5), Some(2020));
        assert_eq!(at(date(2020, 1, 3), 12, 30), Some(2019));
        assert_eq!(at(date(2019, 12, 15), 2, 29), Some(2020));
    }

    #[test]
    fn weeks_run_from_monday_to_sunday() {
        let week = |day, by| week_of(day, by).value.unwrap();
        assert_eq!(week(date(2020, 11, 1), 0), "2020-10-26/2020-11-01");
        assert_eq!(week(date(2020, 11, 2), -1), "2020-10-26/2020-11-01");
        assert_eq!(steps(date(2020, 11, 1), Unit::Week, Step::Past), 0);
        assert_eq!(steps(date(2020, 11, 4), Unit::Week, Step::Past), -1);
    }

    #[test]
    fn quarters_are_intervals_of_months() {
        assert_eq!(quarter_of(date(2019, 2, 1), -1).value.as_deref(), Some("2018-10/2018-12"));
        assert_eq!(quarter_of(date(2019, 2, 1), 0).value.as_deref(), Some("2019-01/2019-03"));
    }
}
