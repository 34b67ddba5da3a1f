//! What is no count: numbers inside names and codes, ordinals, dates, clock times, scores, addresses.

use super::bound;
use super::cue::{Class, Cues};
use super::number::Number;
use super::unit::Unit;
use crate::document::Document;
use crate::gazetteer::schema::TableId;
use crate::mention::Span;
use crate::record::Approx;
use crate::text::keyword;
use crate::text::token::{Gap, Shape};

/// Whether the number token at `at` is glued to what stands before it: `BN2899`, `Covid-19`, `U.23`.
pub fn is_glued(doc: &Document<'_>, at: usize) -> bool {
    if at == 0 || doc.gap(at) != Gap::None {
        return false;
    }
    let before = at - 1;
    if doc.shape(before) != Shape::Mark {
        return true;
    }
    let joins = [b'-', b'/', b'.', b'_', b'+', b'#', b'@', b':', b'\'', b'&', b'='];
    let joint = joins.iter().any(|&mark| doc.is_mark(before, mark));
    let comma = doc.is_mark(before, b',') && before > 0 && doc.shape(before - 1) == Shape::Digits;
    let signed = doc.is_mark(before, b'+') || doc.is_mark(before, b'-');
    if signed && before > 0 && doc.is_mark(before - 1, b'(') {
        return false; // `(+0,5%)`
    }
    (joint && doc.gap(before) == Gap::None) || (comma && doc.gap(before) == Gap::None)
}

/// Whether what follows a numeral makes it a date, a code, a score or a version: `14/11`, `3-0`, `19:30`.
pub fn goes_on(doc: &Document<'_>, end: usize) -> bool {
    let joins = [b'/', b'-', b':', b'.', b'_', b'+'];
    let joint = joins.iter().any(|&mark| doc.is_mark(end, mark)) && doc.gap(end) == Gap::None;
    joint && doc.gap(end + 1) == Gap::None && doc.shape(end + 1) == Shape::Digits
}

/// A capitalised number word is a name (`Hai Bà Trưng`, `Ba Vì`), unless it starts a sentence before a plain noun.
pub fn is_name(doc: &Document<'_>, at: usize, number: &Number) -> bool {
    if !number.words {
        return false;
    }
    let after_name = at > 0 && doc.gap(at) == Gap::Space && doc.shape(at - 1) == Shape::Title;
    match doc.shape(at) {
        Shape::Title => {
            let starts = at == 0 || doc.gap(at) == Gap::Line || doc.shape(at - 1) == Shape::Mark;
            let post = doc.hit(TableId::Titles, number.end).is_some(); // `Ba Phó ban`
            // `Thanh "Mười Ngàn"`
            let long = number.end > at + 1 && doc.shape(at + 1) == Shape::Title;
            long || !starts
                || (doc.shape(number.end).is_capital() && doc.gap(number.end) == Gap::Space && !post)
        }
        Shape::Lower => {
            after_name && doc.shape(number.end) == Shape::Title && number.end == at + 1 && is_risky(doc, at)
        }
        _ => false,
    }
}

fn is_risky(doc: &Document<'_>, at: usize) -> bool {
    [keyword::BA, keyword::TAM, keyword::CHIN, keyword::NAM].contains(&doc.word(at))
}

/// A number word that is oftener another word (`năm` year, `ba` father, `chín` ripe) counts only a noun of the tables.
/// So does any word behind `cả`: `cả hai rủ nhau đi`.
pub fn needs_listed_noun(doc: &Document<'_>, at: usize, number: &Number) -> bool {
    let both = at > 0 && doc.word(at - 1) == keyword::CA;
    number.words && number.end == at + 1 && (both || is_risky(doc, at))
}

/// `năm` means five before people or things only where a year cannot stand.
pub fn is_year_word(doc: &Document<'_>, cues: &Cues, at: usize, number: &Number, unit: &Unit) -> bool {
    if doc.word(at) != keyword::NAM || number.end > at + 1 {
        return false;
    }
    let counted = cues.before(doc, &[Class::About, Class::Over, Class::Under, Class::Min], at).is_some();
    let calendar = cues.before(doc, &[Class::Rate, Class::Ordinal], at).is_some();
    let plain = unit.listed && doc.shape(unit.span.start) == Shape::Lower;
    !(plain && (counted || (unit.people && !calendar)))
}

/// From here on a number before a currency that is called by a common word (`đồng`) is always a sum.
const LEAST_SUM: f64 = 100.0;

/// What follows a number that is none: told where nobody knows better.
pub const GOES_ON: &str = "it goes on as a date, a code, a score or a version: no number by itself";
/// Figures that are no number.
pub const NO_NUMBER: &str = "not written like a Vietnamese number";
/// A number alone.
pub const NO_UNIT: &str =
    "a number, but no noun, measure or currency behind it, and none that it could share";

/// What the words before and the unit behind say against a count.
pub fn rejected(
    doc: &Document<'_>,
    cues: &Cues,
    at: usize,
    number: &Number,
    unit: &Unit,
) -> Option<&'static str> {
    // `ngã ba Đồng`, `thứ 2 bảng E`
    let small = unit.common && number.value().is_some_and(|value| value < LEAST_SUM);
    let sum = unit.measure == "money" && !small;
    let amount = number.scaled || sum || unit.measure == "percent";
    if is_ordinal(doc, cues, at, number, unit, amount) {
        Some(
            "an ordinal or a label: the word before it (count_cues: ordinal, label, group) is numbered by it",
        )
    } else if !amount && is_calendar(doc, cues, at, number, unit) {
        Some("the number of a day, month or year: ngày, tháng or năm stands before it")
    } else if !amount && is_year(doc, at, number, unit) {
        Some("four digits that read as a year, and neither people, bodies nor a measure follow")
    } else if is_clock(doc, cues, at, number, unit) {
        Some("a time of day, not a stretch of hours")
    } else if is_address(doc, cues, unit) {
        Some("an address: the name of a street follows (count_cues: street)")
    } else if is_name_number(doc, at, number, unit) {
        Some("the number of a name or a heading, not of what follows")
    } else {
        None
    }
}

fn is_ordinal(
    doc: &Document<'_>,
    cues: &Cues,
    at: usize,
    number: &Number,
    unit: &Unit,
    amount: bool,
) -> bool {
    match cues.before(doc, &[Class::Ordinal, Class::Label, Class::Group, Class::Rate], at) {
        Some((_, Class::Ordinal)) => !amount,
        Some((_, Class::Group)) => !amount && unit.measure == "items" && !unit.listed,
        Some((_, Class::Label)) => {
            let identifies = number.value().is_some_and(|n| n.fract() == 0.0 && n <= 12.0) && !number.scaled;
            let counted = unit.listed && (unit.people || !(identifies || unit.bodies));
            (!number.words || !unit.listed) && !amount && unit.measure == "items" && !counted
        }
        _ => false,
    }
}

/// `ngày 14`, `tháng 11`, `năm 2020`; but `mỗi năm 500 người`, `năm 20 tuổi`.
fn is_calendar(doc: &Document<'_>, cues: &Cues, at: usize, number: &Number, unit: &Unit) -> bool {
    let word = if at > 0 && doc.gap(at) != Gap::Line { doc.word(at - 1) } else { return false };
    if ![keyword::NGAY, keyword::THANG, keyword::NAM].contains(&word)
        || number.words && word != keyword::THANG
    {
        return false;
    }
    let rate = cues.before(doc, &[Class::Rate], at - 1).is_some() && !number.year_like;
    let age = unit.measure == "age" && word == keyword::NAM;
    // `2 năm 6 tháng`
    let months = unit.measure == "duration" && word == keyword::NAM && at > 1 && is_low(doc, at - 2);
    !(rate || age || months)
}

/// One or two digits, or a number word, at token `at`.
fn is_low(doc: &Document<'_>, at: usize) -> bool {
    let digits = doc.shape(at) == Shape::Digits && doc.bytes(Span::new(at, at + 1)).len() <= 2;
    doc.gap(at + 1) == Gap::Space && (digits || doc.hit(TableId::NumberWords, at).is_some())
}

/// Four bare digits from 1900 to 2099 are a year (`luật ấy năm 2007, 2012 quy định`), unless people, bodies or a measure
/// follow and no name stands before.
fn is_year(doc: &Document<'_>, at: usize, number: &Number, unit: &Unit) -> bool {
    let named = at > 0 && doc.gap(at) == Gap::Space && doc.shape(at - 1).is_capital();
    let counted = unit.people || unit.bodies || !matches!(unit.measure, "items" | "duration");
    number.year_like && (named || !unit.listed || !counted)
}

/// `8 giờ`, `19h`, `30 phút` behind an hour; but `trong 2 giờ`, `48 giờ`, `3 giờ đồng hồ`.
fn is_clock(doc: &Document<'_>, cues: &Cues, at: usize, number: &Number, unit: &Unit) -> bool {
    let word = doc.word(unit.span.start);
    if word == keyword::G {
        let joints = [keyword::LUC, keyword::TU, keyword::DEN, keyword::TOI];
        return at > 0 && joints.contains(&doc.word(at - 1)) || doc.shape(unit.span.end) == Shape::Digits;
    }
    let hour = word == keyword::GIO || word == keyword::H;
    if word == keyword::PHUT {
        let behind_hour = at > 0 && [keyword::GIO, keyword::H].contains(&doc.word(at - 1));
        return behind_hour && doc.gap(at) != Gap::Line && !(at > 1 && is_spent(doc, cues, at - 2));
    }
    if !hour || unit.span.end > unit.span.start + 1 {
        return false;
    }
    if is_spent(doc, cues, at) {
        return false;
    }
    let minutes = doc.shape(unit.span.end) == Shape::Digits && doc.gap(unit.span.end) != Gap::Line;
    // `từ 19h đến 24h`
    let midnight =
        at > 0 && [keyword::DEN, keyword::TOI].contains(&doc.word(at - 1)) && number.value() == Some(24.0);
    let late = !midnight && number.value().is_some_and(|hours| hours >= 24.0 || hours.fract() != 0.0);
    let around = bound::before(doc, cues, at);
    let bounded = around.min || around.max || matches!(around.approx, Some(Approx::Over | Approx::Under));
    let stretch = bounded || cues.before(doc, &[Class::Stretch], around.start).is_some();
    let after = cues.at(doc, Class::StretchAfter, unit.span.end).is_some();
    let next = unit.span.end;
    let dated = doc.word(next) == keyword::NGAY && doc.shape(next + 1) == Shape::Digits;
    dated || !(late || after || (stretch && !minutes))
}

/// `sau 2 giờ 30 phút thi đấu`: few hours and minutes behind a word that makes them a stretch.
fn is_spent(doc: &Document<'_>, cues: &Cues, at: usize) -> bool {
    let spelled = doc.word(at + 1) == keyword::GIO
        && doc.shape(at + 2) == Shape::Digits
        && doc.word(at + 3) == keyword::PHUT;
    let start = bound::before(doc, cues, at).start;
    spelled
        && doc.bytes(Span::new(at, at + 1)).len() == 1
        && cues.before(doc, &[Class::Stretch], start).is_some()
}

/// `45 phố Hàng Than`
fn is_address(doc: &Document<'_>, cues: &Cues, unit: &Unit) -> bool {
    let street = cues.at(doc, Class::Street, unit.span.start) == Some(unit.span.end);
    street && doc.shape(unit.span.end).is_capital()
}

/// `iPhone 14 màu`, `Việt Nam 3 sao`: behind a name only nouns of the tables are counted. Before a capital noun, a number
/// in digits must stand in a running sentence (`8 Hội nghị`): else it numbers headings (`2. Bàn thắng đầu tiên`).
fn is_name_number(doc: &Document<'_>, at: usize, number: &Number, unit: &Unit) -> bool {
    let named = at > 0 && doc.gap(at) == Gap::Space && doc.shape(at - 1).is_capital();
    let capital = doc.shape(unit.span.start) == Shape::Title && unit.measure == "items";
    let running = at > 0
        && doc.gap(at) != Gap::Line
        && (doc.shape(at - 1) == Shape::Lower || doc.is_mark(at - 1, b',') || doc.is_mark(at - 1, b'('));
    let place = capital && unit.span.end == unit.span.start + 1 && doc.shape(unit.span.end) == Shape::Title;
    // `Bệnh viện 30 Tháng 4`
    let day = unit.measure == "duration" && doc.shape(unit.span.start) == Shape::Title;
    (named && !unit.listed)
        || (day && !number.words && !number.scaled)
        || (place && !number.words)
        || (capital && !number.words && !number.scaled && !running)
}
