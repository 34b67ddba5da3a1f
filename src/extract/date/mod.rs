//! The date extractor: days, months, years, ranges, terms, feasts, and the words that lean on the publication.
//!
//! `number` reads figures and keeps scores, ratios and addresses out; `day` and `period` read expressions,
//! `range` joins them; `resolve` gives the value. Rules start only at digits and at words of table `date_words`.

mod day;
mod lunar;
mod number;
mod period;
mod range;
mod reader;
mod resolve;
mod rule;
mod time;
mod why;
pub mod words;

use super::{Extractor, Found, Rule};
use crate::document::Document;
use crate::gazetteer::Gazetteers;
use crate::gazetteer::hits::Signs;
use crate::gazetteer::schema::TableId;
use crate::mention::{Mention, Span};
use crate::record::{Anchor, DateFact, DateRole, Grain, Kind};
use crate::text::keyword as kw;
use crate::text::stamp::Stamp;
use crate::text::token::Shape;
use crate::text::vocabulary::Word;
use day::Reading;
use reader::{Memo, Memory, Reader};
use resolve::Resolved;
use time::{Point, Time};
use words::{Class, Entry};

/// What a date may begin with.
const SIGNS: Signs = Signs::DATE.and(Signs::DIGITS).and(Signs::CALENDAR);

/// The rules of this extractor.
pub const RULES: &[Rule] = rule::RULES;

/// The tables that it reads.
pub const TABLES: &[TableId] =
    &[TableId::DateWords, TableId::Anniversaries, TableId::LunarYears, TableId::CountNouns];

struct DateExtractor {
    words: Vec<Entry>,
    feasts: Vec<(i8, i8)>,
}

/// Prepares the extractor.
pub fn build(gazetteers: &Gazetteers) -> Box<dyn Extractor> {
    Box::new(DateExtractor { words: words::compile(gazetteers), feasts: feasts(gazetteers) })
}

/// The days that news call by their date alone, from the table of anniversaries.
fn feasts(gazetteers: &Gazetteers) -> Vec<(i8, i8)> {
    let table = gazetteers.table(TableId::Anniversaries);
    let rows = table.cells("day").zip(table.cells("calendar"));
    rows.filter(|&(_, calendar)| calendar != "lunar")
        .filter_map(|(day, _)| day.split_once('-'))
        .filter_map(|(month, day)| Some((month.parse().ok()?, day.parse().ok()?)))
        .collect()
}

impl Extractor for DateExtractor {
    fn extract(&self, doc: &Document<'_>, found: &mut Found) {
        let mut reader = Reader {
            doc,
            words: &self.words,
            feasts: &self.feasts,
            memory: Memory::default(),
            memo: Memo::default(),
        };
        if let Some(stamp) = doc.stamp {
            keep_stamp(&stamp, found);
        }
        if doc.published.is_none() {
            reader.memory.latest = latest_day(&reader);
        }
        let mut next = 0;
        while let Some(i) = doc.hits.seek(SIGNS, next, doc.tokens.len()) {
            let passed = !reader.may_start(i) || found.claimed(i).is_some() || doc.is_furniture(i);
            next = if passed { i + 1 } else { read_at(&mut reader, i, found).max(i + 1) };
        }
        found.dates.sort_by_key(|date| date.span);
    }
}

/// The latest day that is written in full, of those that news is about.
fn latest_day(reader: &Reader<'_>) -> Option<jiff::civil::Date> {
    const NEWS: std::ops::RangeInclusive<i16> = 2000..=2069;
    let digits = reader.doc.hits.showing(Signs::DIGITS);
    let full = digits.filter_map(|i| reader.day_month(i).filter(|day| reader.is_bare_day(i, day)));
    full.filter(|day| day.point.year.is_some_and(|year| NEWS.contains(&year)))
        .filter_map(|day| day.point.first())
        .max()
}

/// The page's own stamp keeps its time; Vietnamese pages tell the time of UTC+7.
fn keep_stamp(stamp: &Stamp, found: &mut Found) {
    let (value, grain) = match stamp.minutes {
        Some(m) => (format!("{}T{:02}:{:02}:00+07:00", stamp.date, m / 60, m % 60), Grain::Minute),
        None => (stamp.date.to_string(), Grain::Day),
    };
    found.claim(stamp.span, Kind::Date);
    let role = Some(DateRole::Published);
    let value = DateFact { value: Some(value), grain, anchor: Anchor::Explicit, role };
    found.dates.push(Mention { span: stamp.span, rule: rule::STAMP, value });
}

/// Reads the dates at token `i`; where to go on.
fn read_at(reader: &mut Reader<'_>, i: usize, found: &mut Found) -> usize {
    if let Some(range) = reader.range(i).filter(|r| reader::is_free(found, r.start, r.end)) {
        return keep(reader, range, found);
    }
    if let Some((days, next)) = reader.list(i).filter(|(_, next)| reader::is_free(found, i, *next)) {
        for day in days {
            keep(reader, day, found);
        }
        return next;
    }
    let passed = reader.find(Class::NotDate, i).map_or(0, |(end, _)| end);
    let reading =
        reader.day(i, false).into_iter().chain(reader.period(i, false)).max_by_key(|r| (r.end, r.timed));
    match reading {
        Some(r) if r.end >= passed && reader::is_free(found, r.start, r.end) => {
            let mut end = keep(reader, r, found);
            while let Time::Point(point) = r.time {
                let Some(month) = reader.further_month(end, point).filter(|_| r.rule == rule::MONTH) else {
                    break;
                };
                end = keep(reader, month, found);
            }
            while let Some(decade) = reader.further_decade(end).filter(|_| r.rule == rule::DECADE) {
                end = keep(reader, decade, found);
            }
            end
        }
        _ => {
            if passed > 0 {
                reader.doc.trace.lost(
                    Span::new(i, passed),
                    rule::DAY,
                    "a phrase that is no date (date_words: not_date)",
                );
            }
            passed
        }
    }
}

/// Resolves a reading, records it, remembers it; where it ends.
fn keep(reader: &mut Reader<'_>, reading: Reading, found: &mut Found) -> usize {
    let Reading { start, end, time, rule, .. } = reading;
    let resolved = reader.resolve(time, start, end);
    let issued = start > 0 && found.claimed(start - 1) == Some(Kind::Code);
    if reader.doc.trace.is_on() {
        why::resolved(reader, &reading, &resolved);
    }
    let role = role(reader, &reading, &resolved, issued);
    remember(reader, &reading, &resolved, issued);
    let span = Span::new(start, end);
    let Resolved { value, grain, anchor, .. } = resolved;
    found.claim(span, Kind::Date);
    found.dates.push(Mention { span, rule, value: DateFact { value, grain, anchor, role } });
    end
}

/// A term of office, or a day that a sentence opens with, names with its hour, or puts behind `vào`.
fn role(reader: &Reader<'_>, reading: &Reading, resolved: &Resolved, issued: bool) -> Option<DateRole> {
    if reading.rule == rule::TERM {
        return Some(DateRole::Term);
    }
    if resolved.grain != Grain::Day || issued {
        return None;
    }
    let first = reader.doc.sentence(reading.start).start == reading.start;
    let opens =
        first || reader.word_before(reading.start) == kw::VAO || is_behind_dateline(reader, reading.start);
    (reading.timed || opens || reading.rule == rule::RELATIVE).then_some(DateRole::Event)
}

fn is_behind_dateline(reader: &Reader<'_>, i: usize) -> bool {
    i > 0 && reader.doc.is_mark(i - 1, b'-') && i - reader.doc.sentence(i).start < 8
}

fn remember(reader: &mut Reader<'_>, reading: &Reading, resolved: &Resolved, issued: bool) {
    let memory_year = reader.published().map(|d| d.year());
    let explicit = matches!(reading.time, Time::Point(p) if p.year.is_some()) && !issued;
    let dotted = |i: usize| reader.doc.is_mark(i, b'.') && reader.doc.shape(i - 1) == Shape::Digits;
    let is_dotted = resolved.day.is_some() && (reading.start + 1..reading.end).any(dotted);
    let far = resolved.year.zip(memory_year).is_none_or(|(year, published)| year + 1 < published);
    let born = reader.is_birth(reading.start);
    reader.memo = Memo::default();
    let memory = &mut reader.memory;
    memory.dotted |= is_dotted;
    memory.end = reading.end;
    // `Tết` names a season more often than a day: no `cùng ngày` leans on it.
    memory.day = resolved.day.filter(|_| reading.rule != rule::FEAST).or(memory.day);
    let month = match reading.time {
        Time::Point(point) => point.month,
        Time::Months(_, from, _) => Some(from),
        _ => None,
    };
    let written = !matches!(reading.rule, rule::BARE_YEAR | rule::RELATIVE | rule::SAME_PERIOD) && !issued;
    if let Some(year) = resolved.year.filter(|_| written && resolved.grain != Grain::Day) {
        memory.topic = Some((reading.start, resolved.grain, Point { year: Some(year), month, day: None }));
    }
    if let Some(year) = resolved.year {
        memory.year = Some(year);
        if explicit && (resolved.grain != Grain::Year || far && !born) && reading.rule != rule::BARE_YEAR {
            memory.governing = Some((reading.start, year, month));
        }
    }
}

impl Reader<'_> {
    /// Whether a date may begin at token `i`: a number, or a word that begins one. Most numbers count something, most
    /// `từ` and `đầu` are no edge of a time, and every reading is tried at what begins here, so a look at what follows
    /// comes first.
    fn may_start(&self, i: usize) -> bool {
        let goes_on = |at: usize| self.doc.hits.shows(SIGNS.and(Signs::MARK), at);
        if self.doc.hits.shows(Signs::CALENDAR, i) {
            return self.word(i) != kw::TU || goes_on(i + 1);
        }
        if self.doc.shape(i) == Shape::Digits && self.may_be_dated(i) {
            return true;
        }
        self.entries(i).any(|(entry, end)| match entry.class {
            Class::Number => matches!(self.word(end), kw::THANG | kw::QUI),
            Class::Edge | Class::Range => goes_on(end),
            _ => entry.begins,
        })
    }

    /// Whether the digits at token `i` can be part of a date, by the token behind them: a mark or word that joins
    /// figures, or one that tells what they are. Four digits may be a year alone.
    fn may_be_dated(&self, i: usize) -> bool {
        const JOINTS: [u8; 6] = *b"-/.:,&";
        let token = &self.doc.tokens[i];
        let next = self.word(i + 1);
        let joined = JOINTS.iter().any(|&mark| next == Word::mark(mark)) && self.doc.hits.shows(SIGNS, i + 2)
            || matches!(next, kw::THANG | kw::NAM | kw::QUI)
            || matches!(next, kw::DEN | kw::TOI | kw::CHO | kw::VA | kw::HOAC | kw::HAY);
        let told = |(entry, _): (&Entry, usize)| {
            matches!(entry.class, Class::Hour | Class::Relative | Class::Context)
        };
        token.end - token.start >= 4 || joined || self.entries(i + 1).any(told)
    }

    /// `cháu Hoa, sinh năm 2013, …`: the year is told of a person, not of what the sentence is about.
    fn is_birth(&self, i: usize) -> bool {
        let named = |at: usize| self.doc.shape(at) == Shape::Mark || self.doc.shape(at).is_capital();
        i > 1 && self.word(i - 1) == kw::SINH && named(i - 2)
    }

    /// The phrases that start at token `i`, and where each ends.
    fn entries(&self, i: usize) -> impl Iterator<Item = (&Entry, usize)> {
        let hits = self.doc.hits.of(TableId::DateWords, i);
        hits.filter_map(|hit| Some((self.words.get(hit.row as usize)?, hit.end as usize)))
    }
}
