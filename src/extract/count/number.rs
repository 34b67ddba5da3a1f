//! Numbers: digits, number words, and the magnitudes that multiply both.

use super::digits;
use crate::document::Document;
use crate::gazetteer::Gazetteers;
use crate::gazetteer::hits::Signs;
use crate::gazetteer::schema::TableId;
use crate::text::keyword;
use crate::text::token::{Gap, Shape};

/// How much.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Amount {
    /// one number
    Exact(f64),
    /// `hàng trăm`: at least
    Open(f64),
    /// `20-30`
    Range(f64, f64),
}

/// A number as written.
#[derive(Clone, Copy, Debug)]
pub struct Number {
    /// one past its last token
    pub end: usize,
    /// how much it says
    pub amount: Amount,
    /// whether a magnitude (`triệu`) ends it
    pub scaled: bool,
    /// whether it is written in words
    pub words: bool,
    /// whether it could be a year: four bare digits from 1900 to 2099
    pub year_like: bool,
    /// what it says if its comma groups thousands as in English (`1,500`)
    pub grouped: Option<f64>,
    /// the last magnitude that multiplied it
    pub magnitude: f64,
}

impl Number {
    /// A bare number.
    pub fn exact(end: usize, value: f64) -> Self {
        Number {
            end,
            amount: Amount::Exact(value),
            scaled: false,
            words: false,
            year_like: false,
            grouped: None,
            magnitude: 1.0,
        }
    }

    /// The number, where it is one.
    pub fn value(&self) -> Option<f64> {
        match self.amount {
            Amount::Exact(value) => Some(value),
            _ => None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Unit,
    Ten,
    Hundred,
    Magnitude,
    Half,
    Open,
    Vague,
    Link,
}

/// The number words, by row of their table, and which rows of the cues are idioms.
pub struct Numbers {
    words: Vec<(Kind, Option<f64>)>,
    idioms: Vec<bool>,
}

/// What a number may begin with.
pub const SIGNS: Signs = Signs::of(&[TableId::NumberWords]).and(Signs::DIGITS);

impl Numbers {
    /// Compiles the table.
    pub fn new(gazetteers: &Gazetteers) -> Self {
        let table = gazetteers.table(TableId::NumberWords);
        let rows = table.cells("kind").zip(table.cells("value")).map(|(kind, value)| {
            let kind = match kind {
                "unit" => Kind::Unit,
                "ten" => Kind::Ten,
                "hundred" => Kind::Hundred,
                "magnitude" => Kind::Magnitude,
                "half" => Kind::Half,
                "open" => Kind::Open,
                "link" => Kind::Link,
                _ => Kind::Vague,
            };
            (kind, value.split('-').next().and_then(|low| low.parse().ok()))
        });
        let idioms = gazetteers.table(TableId::CountCues).cells("class").map(|class| class == "idiom");
        Numbers { words: rows.collect(), idioms: idioms.collect() }
    }

    /// Whether a number may start at token `at`.
    pub fn may_start(&self, doc: &Document<'_>, at: usize) -> bool {
        // `Thiếu tá Hồ Văn An` is no dozen.
        let rank = || at > 0 && doc.hits.of(TableId::Ranks, at - 1).any(|hit| hit.end as usize > at);
        doc.shape(at) == Shape::Digits || doc.hit(TableId::NumberWords, at).is_some() && !rank()
    }

    /// The number that starts at token `at`; else where to look on.
    pub fn read(&self, doc: &Document<'_>, at: usize) -> Result<Number, usize> {
        match doc.shape(at) {
            Shape::Digits => self.numeral(doc, at),
            _ => self.words(doc, at),
        }
    }

    /// Whether a longer phrase starts here that only looks like a number: `tỷ lệ`, `triệu tập`, `năm nay`.
    fn is_idiom(&self, doc: &Document<'_>, at: usize) -> bool {
        let long = |start: usize, end: u32| end as usize > start + 1;
        doc.hits.of(TableId::CountCues, at).any(|hit| self.idioms[hit.row as usize] && long(at, hit.end))
            || doc.hits.of(TableId::CountNouns, at).any(|hit| long(at, hit.end))
    }

    /// The single word of `kind` at token `at`.
    fn word(&self, doc: &Document<'_>, kind: Kind, at: usize) -> Option<f64> {
        if kind == Kind::Magnitude && self.is_idiom(doc, at) {
            return None;
        }
        let hits = doc.hits.of(TableId::NumberWords, at).filter(|hit| hit.end as usize == at + 1);
        hits.map(|hit| self.words[hit.row as usize]).find(|row| row.0 == kind).and_then(|row| row.1)
    }

    fn numeral(&self, doc: &Document<'_>, at: usize) -> Result<Number, usize> {
        let (mut number, mut groups) = digits::numeral(doc, at)?;
        groups += digits::spaced_groups(doc, &mut number, groups);
        let glued = doc.gap(number.end) == Gap::None && doc.shape(number.end).is_word();
        let abbreviated = doc.word(number.end) == keyword::K || doc.word(number.end) == keyword::TR;
        if glued && abbreviated && !matches!(doc.shape(number.end), Shape::Lower) {
            return Ok(number); // `5K` is a name
        }
        self.scale(doc, &mut number);
        if number.scaled && groups < digits::GROUPS {
            self.add_lower(doc, &mut number);
        }
        Ok(number)
    }

    /// Multiplies by the magnitudes behind: `1,2 nghìn tỷ`, `3 chục`, `1 triệu rưỡi`.
    fn scale(&self, doc: &Document<'_>, number: &mut Number) {
        let mut factor = 1.0;
        for _ in 0..3 {
            let at = number.end;
            let abbreviation = doc.word(at) == keyword::K || doc.word(at) == keyword::TR;
            if doc.gap(at) == Gap::Line || (abbreviation && doc.gap(at) != Gap::None) {
                break;
            }
            let dozen = || self.word(doc, Kind::Ten, at).filter(|_| doc.word(at) == keyword::CHUC);
            let step = self.word(doc, Kind::Magnitude, at);
            let Some(step) = step.or_else(|| self.word(doc, Kind::Hundred, at)).or_else(dozen) else { break };
            factor *= step;
            number.end += 1;
        }
        if factor > 1.0 {
            number.scaled = true;
            number.year_like = false;
            number.grouped = None;
            number.magnitude = factor;
            number.amount = match number.amount {
                Amount::Exact(value) => Amount::Exact(times(value, factor)),
                Amount::Open(value) => Amount::Open(times(value, factor)),
                Amount::Range(low, high) => Amount::Range(times(low, factor), times(high, factor)),
            };
            self.add_half(doc, number);
        }
    }

    fn add_half(&self, doc: &Document<'_>, number: &mut Number) {
        if let Amount::Exact(value) = number.amount
            && doc.word(number.end) == keyword::RUOI
            && doc.gap(number.end) == Gap::Space
        {
            number.amount = Amount::Exact(value + number.magnitude / 2.0);
            number.end += 1;
        }
    }

    /// `2 tỷ 300 triệu`: adds what a smaller magnitude says.
    fn add_lower(&self, doc: &Document<'_>, number: &mut Number) {
        let Amount::Exact(high) = number.amount else { return };
        if doc.shape(number.end) != Shape::Digits || doc.gap(number.end) != Gap::Space {
            return;
        }
        let Ok((mut low, _)) = digits::numeral(doc, number.end) else { return };
        self.scale(doc, &mut low);
        if let Amount::Exact(value) = low.amount
            && low.scaled
            && low.magnitude < number.magnitude
            && value < number.magnitude
        {
            number.amount = Amount::Exact(high + value);
            number.end = low.end;
        }
    }

    fn words(&self, doc: &Document<'_>, at: usize) -> Result<Number, usize> {
        let Some(hit) = doc.hit(TableId::NumberWords, at) else { return Err(at + 1) };
        let (kind, value) = self.words[hit.row as usize];
        let end = hit.end as usize;
        let mut number = match (kind, value) {
            (Kind::Open, Some(low)) => Number { amount: Amount::Open(low), ..Number::exact(end, low) },
            (Kind::Vague, Some(low)) if low >= 10.0 => {
                Number { amount: Amount::Open(low), ..Number::exact(end, low) }
            }
            (Kind::Vague | Kind::Open, _) => return Err(self.past_words(doc, end)),
            (Kind::Half, Some(half)) if end == at + 1 && doc.word(at) != keyword::RUOI => {
                Number::exact(end, half)
            }
            (Kind::Half, _) | (Kind::Link, _) => return Err(end),
            (Kind::Hundred | Kind::Magnitude, Some(value)) => Number::exact(at + 1, value),
            (Kind::Ten, Some(value)) if doc.word(at) != keyword::MUOI => Number::exact(at + 1, value),
            _ => self.cardinal(doc, at)?,
        };
        number.words = true;
        self.scale(doc, &mut number);
        Ok(number)
    }

    /// Past the number words that a vague one takes with it: `mấy mươi`, `vài ba trăm`.
    fn past_words(&self, doc: &Document<'_>, mut at: usize) -> usize {
        while joined(doc, at) && doc.word(at) != keyword::NAM && doc.hit(TableId::NumberWords, at).is_some() {
            at += 1;
        }
        at
    }

    /// A number in words: groups below a thousand, each with its magnitude, from high to low.
    fn cardinal(&self, doc: &Document<'_>, at: usize) -> Result<Number, usize> {
        let (mut end, mut total, mut last) = (at, 0.0, f64::INFINITY);
        let mut scaled = false;
        while let Some((value, after)) = self.below_thousand(doc, end, end > at) {
            let mut factor = 1.0;
            let mut to = after;
            while let Some(step) = self.word(doc, Kind::Magnitude, to).filter(|_| joined(doc, to)) {
                factor *= step;
                to += 1;
            }
            if factor >= last || to == end {
                break;
            }
            (total, last, end, scaled) = (total + value * factor, factor, to, factor > 1.0);
            if factor == 1.0 || !joined(doc, end) {
                break;
            }
        }
        match end > at {
            true => {
                let mut number = Number { scaled, magnitude: last, ..Number::exact(end, total) };
                if scaled {
                    self.add_half(doc, &mut number);
                }
                Ok(number)
            }
            false => Err(at + 1),
        }
    }

    /// `ba trăm linh năm`, `hai mươi lăm`, `mười`, `bảy`; `inner` where higher groups stand before (`không trăm`).
    fn below_thousand(&self, doc: &Document<'_>, at: usize, inner: bool) -> Option<(f64, usize)> {
        let unit = |i: usize| self.word(doc, Kind::Unit, i).filter(|_| i == at || joined(doc, i));
        let next = |i: usize, kind| self.word(doc, kind, i).filter(|_| joined(doc, i));
        let (mut end, mut total) = (at, 0.0);
        if let (Some(digit), Some(hundred)) = (unit(at), next(at + 1, Kind::Hundred)) {
            (total, end) = (digit * hundred, at + 2);
            if digit == 0.0 && !inner {
                return None;
            }
            if next(end, Kind::Link).is_some() {
                return unit(end + 1).map(|digit| (total + digit, end + 2)).or(Some((total, end)));
            }
        }
        let (tens, after) = match (unit(end), next(end + 1, Kind::Ten)) {
            (Some(digit), Some(ten)) if doc.word(end + 1) != keyword::MUOI => (digit * ten, end + 2),
            _ if doc.word(end) == keyword::MUOI && (end == at || joined(doc, end)) => (10.0, end + 1),
            _ => {
                return self
                    .last_digit(doc, at, end, inner)
                    .map(|d| (total + d, end + 1))
                    .or(whole(total, end));
            }
        };
        total += tens;
        // `hai mươi năm` is twenty years: five would be `lăm`.
        match unit(after).filter(|_| doc.word(after) != keyword::NAM && next(after + 1, Kind::Ten).is_none())
        {
            Some(digit) if digit > 0.0 => Some((total + digit, after + 1)),
            _ => Some((total, after)),
        }
    }

    /// A unit alone: at the start, or right before a magnitude; the forms of units behind tens do not stand alone.
    fn last_digit(&self, doc: &Document<'_>, at: usize, end: usize, inner: bool) -> Option<f64> {
        let bound = [keyword::LAM, keyword::NHAM, keyword::MOT_UNIT, keyword::TUW, keyword::KHONG];
        let scaled = self.word(doc, Kind::Magnitude, end + 1).is_some();
        let alone = (end == at && !inner) || scaled;
        let fits = alone && !bound.contains(&doc.word(end)) && (end == at || joined(doc, end));
        self.word(doc, Kind::Unit, end).filter(|_| fits)
    }
}

fn whole(total: f64, end: usize) -> Option<(f64, usize)> {
    (total > 0.0).then_some((total, end))
}

fn joined(doc: &Document<'_>, at: usize) -> bool {
    doc.gap(at) == Gap::Space
}

/// `value * factor` with one rounding: `3,8 triệu` is 3800000 exactly.
pub fn times(value: f64, factor: f64) -> f64 {
    let product = value * factor;
    match (product - product.round()).abs() < 1e-4 {
        true => product.round(),
        false => product,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::document::Scratch;
    use proptest::prelude::*;
    use std::sync::OnceLock;

    /// Reads the number that starts `text`, and tells how many tokens follow it.
    fn read(text: &str) -> Option<(Amount, usize)> {
        static TABLES: OnceLock<Gazetteers> = OnceLock::new();
        let tables = TABLES.get_or_init(|| match Gazetteers::embedded() {
            Ok(tables) => tables,
            Err(error) => panic!("{error}"),
        });
        let article = Article { text: text.into(), ..Article::default() };
        let mut scratch = Scratch::default();
        let doc = Document::new(&article, tables, &mut scratch);
        let number = Numbers::new(tables).read(&doc, 0).ok()?;
        Some((number.amount, doc.tokens.len() - number.end))
    }

    const DIGITS: [&str; 10] = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];

    fn below_thousand(n: u32, inner: bool) -> String {
        let (hundreds, tens, units) = (n / 100, n / 10 % 10, n % 10);
        let mut words: Vec<&str> = Vec::new();
        if hundreds > 0 || inner {
            words.extend([DIGITS[hundreds as usize], "trăm"]);
        }
        match tens {
            0 if units > 0 && !words.is_empty() => words.push("linh"),
            0 => {}
            1 => words.push("mười"),
            _ => words.extend([DIGITS[tens as usize], "mươi"]),
        }
        match units {
            0 => {}
            1 if tens > 1 => words.push("mốt"),
            5 if tens > 0 => words.push("lăm"),
            _ => words.push(DIGITS[units as usize]),
        }
        words.join(" ")
    }

    fn in_words(mut n: u32) -> String {
        let mut words: Vec<String> = Vec::new();
        for (magnitude, name) in [(1_000_000_000, " tỷ"), (1_000_000, " triệu"), (1_000, " nghìn"), (1, "")]
        {
            if n / magnitude > 0 {
                words.push(below_thousand(n / magnitude, !words.is_empty()) + name);
            }
            n %= magnitude;
        }
        words.join(" ")
    }

    proptest! {
        #[test]
        fn numbers_in_words_read_back(n in 1..=1_000_000_000_u32) {
            let words = in_words(n);
            prop_assert_eq!(read(&format!("{words} chõng")), Some((Amount::Exact(f64::from(n)), 1)), "{}", words);
        }

        #[test]
        fn grouped_digits_read_back(n in 0..1_000_000_000_u32) {
            let digits = n.to_string();
            let groups: Vec<&[u8]> = digits.as_bytes().rchunks(3).rev().collect();
            let text = groups.iter().map(|g| String::from_utf8_lossy(g)).collect::<Vec<_>>().join(".");
            prop_assert_eq!(read(&format!("{text} chõng")), Some((Amount::Exact(f64::from(n)), 1)));
        }
    }

    #[test]
    fn decimals_have_a_comma_and_rarely_a_dot() {
        for (text, value) in [("1,5", 1.5), ("1.234,56", 1234.56), ("95.4", 95.4), ("1,234.5", 1234.5)] {
            assert_eq!(read(text), Some((Amount::Exact(value), 0)), "{text}");
        }
        assert_eq!(read("14.11.2019"), None);
    }
}
