//! The count extractor: a number, what it counts, and the words that bound it.
//!
//! `number` reads the number (`digits` one in digits), `unit` the noun phrase or measure behind it, `bound` the words
//! around both, `reject` knows what is no count; `cue` holds the words they look for. Counts yield to codes and dates.

mod bound;
mod cue;
mod digits;
mod number;
mod part;
mod reject;
mod unit;
mod why;

use super::{Extractor, Found, Rule};
use crate::document::Document;
use crate::gazetteer::Gazetteers;
use crate::gazetteer::schema::TableId;
use crate::mention::{Mention, Span};
use crate::record::{Count, Kind};
use crate::text::keyword;
use crate::text::token::{Gap, Shape};
use bound::Around;
use cue::{Class, Cues};
use number::{Amount, Number, Numbers};
use unit::{Unit, Units};

const NOUN: &str = "count.number-noun";
const WORDS: &str = "count.words";
const UNLISTED: &str = "count.unlisted-noun";
const MEASURE: &str = "count.measure";
const MONEY: &str = "count.money";
const BARE_MONEY: &str = "count.bare-money";
const PERCENT: &str = "count.percent";
const RANGE: &str = "count.range";
const OPEN: &str = "count.open";
const BOUND: &str = "count.bound";
const FRACTION: &str = "count.fraction";
const AGE: &str = "count.age";
const SHARED: &str = "count.shared-noun";

/// The rules of this extractor.
pub const RULES: &[Rule] = &[
    Rule {
        name: NOUN,
        finds: "a number in digits with a noun of the tables, and the nouns that share it",
        example: "Hội đồng khen thưởng [58 tập thể, cá nhân] của quận.",
    },
    Rule {
        name: WORDS,
        finds: "a number in words with a noun; một alone is none",
        example: "Tham dự có [hai mươi lăm đại biểu] đến từ một huyện.",
    },
    Rule {
        name: UNLISTED,
        finds: "a number with a plain noun that no table knows",
        example: "Xưởng đã đóng xong [14 chõng tre] cho lễ hội.",
    },
    Rule {
        name: MEASURE,
        finds: "a length, area, mass, duration, age or other measured quantity",
        example: "Con đê dài [12,5 km] được đắp trong [3 năm].",
    },
    Rule {
        name: MONEY,
        finds: "a sum of money, magnitudes multiplied out",
        example: "Xã được cấp [1,5 tỷ đồng] để sửa cầu.",
    },
    Rule {
        name: BARE_MONEY,
        finds: "a sum of đồng whose currency is left out behind a magnitude",
        example: "Em trả lại [40 triệu] cho người đánh rơi.",
    },
    Rule {
        name: PERCENT, finds: "a percentage", example: "Sản lượng tăng [13,6%] so với cùng kỳ."
    },
    Rule {
        name: RANGE,
        finds: "two numbers that mark the ends of a range, with one unit",
        example: "Mỗi tổ có từ [20 đến 30 người].",
    },
    Rule {
        name: OPEN,
        finds: "a magnitude without a number: at least so many",
        example: "Có [hàng trăm người] đứng hai bên.",
    },
    Rule {
        name: BOUND,
        finds: "a number that the words around it make a lower or upper bound",
        example: "Tỷ lệ phải đạt [95%] trở lên.",
    },
    Rule {
        name: FRACTION,
        finds: "so many out of so many, as a ratio",
        example: "Phiên họp có [84/87 đại biểu] tham gia.",
    },
    Rule { name: AGE, finds: "an age behind the word tuổi", example: "Ở tuổi [48], bà về hưu." },
    Rule {
        name: SHARED,
        finds: "a number whose noun was said before a list, or is said of the whole it is part of",
        example: "Bản An có 236 người, bản Khe [106], bản Suối [441].",
    },
];

/// The tables that it reads.
pub const TABLES: &[TableId] = &[
    TableId::NumberWords,
    TableId::CountNouns,
    TableId::CountCues,
    TableId::DocumentTypes,
    TableId::Titles,
    TableId::Bodies,
    TableId::Ranks,
    TableId::Awards,
];

struct CountExtractor {
    numbers: Numbers,
    units: Units,
    cues: Cues,
}

/// Prepares the extractor.
pub fn build(gazetteers: &Gazetteers) -> Box<dyn Extractor> {
    Box::new(CountExtractor {
        numbers: Numbers::new(gazetteers),
        units: Units::new(gazetteers),
        cues: Cues::new(gazetteers),
    })
}

impl Extractor for CountExtractor {
    fn extract(&self, doc: &Document<'_>, found: &mut Found) {
        let mut next = 0;
        while let Some(at) = doc.hits.seek(number::SIGNS, next, doc.tokens.len()) {
            if !self.numbers.may_start(doc, at) || found.claimed(at).is_some() || doc.is_furniture(at) {
                next = at + 1;
                continue;
            }
            match self.read(doc, found, at) {
                Ok(mention) => {
                    next = mention.span.end;
                    found.claim(mention.span, Kind::Count);
                    found.counts.push(mention);
                }
                Err(end) => next = end.max(at + 1),
            }
        }
    }
}

impl CountExtractor {
    /// The count that starts at token `at`; else where to look on.
    fn read(&self, doc: &Document<'_>, found: &Found, at: usize) -> Result<Mention<Count>, usize> {
        let lost = |end, rule, why| {
            doc.trace.lost(Span::new(at, end), rule, why);
            end
        };
        if let Some(end) = self.idiom(doc, at) {
            return Err(lost(end, WORDS, "a phrase that only begins like a number (count_cues: idiom)"));
        }
        let mut number = self.numbers.read(doc, at).map_err(|end| lost(end, NOUN, reject::NO_NUMBER))?;
        if reject::is_glued(doc, at) {
            return Err(lost(
                number.end,
                NOUN,
                "glued to what stands before it: part of a code, a name, a version",
            ));
        }
        if found.is_claimed(Span::new(at, number.end)) {
            return Err(number.end);
        }
        if let Some(mention) = self.fraction(doc, at, &number) {
            return Ok(mention);
        }
        if reject::is_name(doc, at, &number) {
            return Err(lost(number.end, WORDS, "a number word that is part of a name"));
        }
        if let Some((range, unit)) = bound::range(doc, (&self.numbers, &self.units, &self.cues), at, &number)
            && reject::rejected(doc, &self.cues, at, &range, &unit).is_none()
        {
            return Ok(self.mention(doc, at, &range, unit));
        }
        if reject::goes_on(doc, number.end) {
            lost(number.end + 2, NOUN, reject::GOES_ON);
            return Err(skip_joined(doc, number.end));
        }
        self.skip_repetition(doc, &mut number);
        match self.units.read(doc, &self.cues, number.end) {
            Some(unit) => self.counted(doc, at, number, unit),
            None => self.bare(doc, found, at, &number).ok_or_else(|| lost(number.end, NOUN, reject::NO_UNIT)),
        }
    }

    /// The end of a phrase that only starts like a number, unless a longer noun takes its end (`bốn phương án`).
    fn idiom(&self, doc: &Document<'_>, at: usize) -> Option<usize> {
        let end = self.cues.at(doc, Class::Idiom, at)?;
        // `hơn năm tháng`
        let bounds = [Class::About, Class::Over, Class::Under, Class::Min, Class::Max];
        if doc.word(at) == keyword::NAM
            && [keyword::THANG, keyword::NGAY].contains(&doc.word(at + 1))
            && self.cues.before(doc, &bounds, at).is_some()
        {
            return None;
        }
        let noun = doc.hit(TableId::CountNouns, at + 1).map_or(0, |hit| hit.end as usize);
        (noun <= end || doc.shape(at + 1) != Shape::Lower).then_some(end)
    }

    /// A number with a unit behind it.
    fn counted(
        &self,
        doc: &Document<'_>,
        at: usize,
        mut number: Number,
        unit: Unit,
    ) -> Result<Mention<Count>, usize> {
        let single = number.words && number.end == at + 1 && !number.scaled;
        let one = single && doc.word(at) == keyword::MOT;
        let half = single && doc.word(at) == keyword::NUA;
        let amount =
            self.cues.before(doc, &[Class::About, Class::Over, Class::Under, Class::Rate], at).is_some();
        let why = if one {
            Some("một alone counts nothing")
        } else if half && !is_half_unit(&unit) {
            Some("nửa counts only measures")
        } else if is_bare_magnitude(doc, at, &number) && !amount {
            Some("a magnitude without a number before it, and no word like hơn or gần")
        } else if reject::needs_listed_noun(doc, at, &number) && !unit.listed {
            Some("a word that is oftener no number, and no noun of count_nouns follows")
        } else if !unit.listed && is_decimal(at, &number) {
            Some("a decimal, and no measure follows: what is counted one by one has no decimals")
        } else if reject::is_year_word(doc, &self.cues, at, &number, &unit) {
            Some("năm is the year here, not the number")
        } else {
            reject::rejected(doc, &self.cues, at, &number, &unit)
        };
        if let Some(why) = why {
            doc.trace.lost(Span::new(at, unit.span.end), NOUN, why);
            return Err(number.end);
        }
        if let Some(grouped) = number.grouped.filter(|_| unit.measure == "items" && !number.scaled) {
            number.amount = Amount::Exact(grouped);
        }
        Ok(self.mention(doc, at, &number, unit))
    }

    fn mention(&self, doc: &Document<'_>, at: usize, number: &Number, unit: Unit) -> Mention<Count> {
        let mut around = bound::before(doc, &self.cues, at);
        let mut end = unit.span.end;
        bound::after(doc, &self.cues, end, &mut around);
        let mut amount = number.amount;
        if let (Amount::Exact(value), "duration" | "age") = (amount, unit.measure)
            && doc.word(end) == keyword::RUOI
        {
            (amount, end) = (Amount::Exact(value + 0.5), end + 1);
        }
        let rule = rule(number, &unit, &around);
        let (value, min, max) = limits(amount, &around);
        why::counted(doc, at, number, &unit, &around);
        let count =
            Count { value, min, max, approx: around.approx, unit: unit.name, measure: unit.measure.into() };
        Mention { span: Span::new(at, end), rule, value: count }
    }

    /// A number whose unit stands elsewhere: `tuổi 48`, `40 triệu`, `Hòa Bình 441`.
    fn bare(&self, doc: &Document<'_>, found: &Found, at: usize, number: &Number) -> Option<Mention<Count>> {
        let around = bound::before(doc, &self.cues, at);
        let make = |rule, unit: &str, measure: &str| {
            let (value, min, max) = limits(number.amount, &around);
            let (unit, measure) = (unit.to_string(), measure.to_string());
            let count = Count { value, min, max, approx: around.approx, unit, measure };
            Mention { span: Span::new(at, number.end), rule, value: count }
        };
        if at > 0 && doc.is_mark(at - 1, b'$') && doc.gap(at) == Gap::None {
            return Some(make(MONEY, "USD", "money"));
        }
        if let Some(mention) = self.age(doc, at, number) {
            return Some(mention);
        }
        if let Some(unit) = self.unit_of_whole(doc, at, number) {
            doc.trace.step(at, SHARED, Some(unit.span), || "the unit is that of the whole".into());
            return Some(make(SHARED, &unit.name, unit.measure));
        }
        if number.scaled {
            let sum = number.value().is_some_and(|n| n >= 1000.0) && !is_bare_magnitude(doc, at, number);
            let ordinal = self.cues.before(doc, &[Class::Ordinal], at).is_some();
            // `22 nghìn GPU`: a name behind is rather what is counted.
            let named = doc.gap(number.end) == Gap::Space && doc.shape(number.end).is_capital();
            // `1,9 tỷ - người dùng mỗi ngày`: so is a noun behind a dash.
            let dashed =
                doc.is_mark(number.end, b'-') && doc.hit(TableId::CountNouns, number.end + 1).is_some();
            if let Some(unit) = compared(doc, found, at, number) {
                why::shared(doc, at, found);
                return Some(make(SHARED, &unit.unit, &unit.measure));
            }
            return (sum && !dashed && !ordinal && !named && number.magnitude >= 1000.0)
                .then(|| make(BARE_MONEY, "VND", "money"));
        }
        let unit = self.shared(doc, found, at, number)?;
        why::shared(doc, at, found);
        Some(make(SHARED, &unit.unit, &unit.measure))
    }

    /// `tuổi không quá 35`, `độ tuổi từ 18 đến 35`
    fn age(&self, doc: &Document<'_>, at: usize, number: &Number) -> Option<Mention<Count>> {
        let mut around = bound::before(doc, &self.cues, at);
        let start = match around.start == at {
            true => self.cues.before(doc, &[Class::Filler], at).map_or(at, |(start, _)| start),
            false => around.start,
        };
        let years = |n: f64| n < 130.0;
        let behind_age = start > 0 && doc.gap(start) != Gap::Line && doc.word(start - 1) == keyword::TUOI;
        if !behind_age || number.words || !number.value().is_some_and(years) {
            return None;
        }
        let (mut amount, mut end) = (number.amount, number.end);
        let joint = [keyword::DEN, keyword::TOI].contains(&doc.word(end)) || doc.is_mark(end, b'-');
        if let (Some(low), true, Ok(high)) = (number.value(), joint, self.numbers.read(doc, end + 1))
            && high.value().is_some_and(|high| years(high) && low < high)
        {
            (amount, end) = (Amount::Range(low, high.value()?), high.end);
        }
        bound::after(doc, &self.cues, end, &mut around);
        let (value, min, max) = limits(amount, &around);
        let unit = "tuổi".to_string();
        let count = Count { value, min, max, approx: around.approx, unit, measure: "age".into() };
        Some(Mention { span: Span::new(at, end), rule: AGE, value: count })
    }

    /// The count before, whose noun a list of names goes on with: `236 người, Hà Giang 106, Hòa Bình 441`.
    fn shared<'f>(
        &self,
        doc: &Document<'_>,
        found: &'f Found,
        at: usize,
        number: &Number,
    ) -> Option<&'f Count> {
        let last = found.counts.last()?;
        let before = last.span.end;
        let closes = [b',', b';', b'.', b')'].iter().any(|&mark| doc.is_mark(number.end, mark));
        let near = before + 2 <= at && at <= before + 6 && closes && !number.words && !number.year_like;
        let comma = doc.is_mark(before, b',') || doc.is_mark(before, b';');
        let name = (before + 1..at).all(|i| doc.shape(i).is_word() && doc.gap(i) != Gap::Line);
        let capital =
            (before + 1..at).any(|i| doc.shape(i) == Shape::Title) && doc.shape(at - 1) == Shape::Title;
        let open = last.value.value.is_some() && last.value.measure == "items";
        (near && comma && name && capital && open).then_some(&last.value)
    }

    /// `6 (sáu) năm`, `hai (02) đơn vị`: the number said again.
    fn skip_repetition(&self, doc: &Document<'_>, number: &mut Number) {
        if !doc.is_mark(number.end, b'(') || !self.numbers.may_start(doc, number.end + 1) {
            return;
        }
        if let Ok(again) = self.numbers.read(doc, number.end + 1)
            && doc.is_mark(again.end, b')')
            && again.amount == number.amount
        {
            number.end = again.end + 1;
        }
    }
}

/// The count of things in the same sentence that a sum of like size is compared with: `đạt 1,9 tỷ người dùng, giảm so
/// với 2 tỷ năm trước`.
fn compared<'f>(doc: &Document<'_>, found: &'f Found, at: usize, number: &Number) -> Option<&'f Count> {
    let last = found.counts.last()?;
    let (before, now) = (last.value.value?, number.value()?);
    let near = last.span.end < at && at <= last.span.end + 12;
    let alike = last.value.measure == "items" && before < now * 3.0 && now < before * 3.0;
    let apart = (last.span.end..at).any(|i| doc.gap(i) == Gap::Line || doc.is_mark(i, b'.'));
    (near && alike && !apart).then_some(&last.value)
}

/// Past the rest of a date, code or score.
fn skip_joined(doc: &Document<'_>, mut at: usize) -> usize {
    while at < doc.tokens.len() && doc.gap(at) == Gap::None {
        at += 1;
    }
    at
}

/// `động cơ 2.0 tăng áp`: what is counted one by one has no decimals.
fn is_decimal(at: usize, number: &Number) -> bool {
    !number.words && !number.scaled && number.end > at + 1 && number.value().is_some_and(|n| n < 1000.0)
}

/// `nửa năm` is a count, `nửa đầu` and `nửa số` are not.
fn is_half_unit(unit: &Unit) -> bool {
    matches!(unit.measure, "duration" | "money" | "mass" | "area" | "length")
}

/// `trăm người`, `tỷ đồng` without a number before.
fn is_bare_magnitude(doc: &Document<'_>, at: usize, number: &Number) -> bool {
    let open = matches!(number.amount, Amount::Open(_));
    let first = [
        keyword::TRIEU,
        keyword::TY,
        keyword::NGHIN,
        keyword::NGAN,
        keyword::VAN,
        keyword::TRAM,
        keyword::CHUC,
    ];
    number.words && !open && first.contains(&doc.word(at))
}

/// Where `2/9` is a day rather than a share.
fn is_day_place(doc: &Document<'_>, at: usize) -> bool {
    at > 0 && ([keyword::NGAY].contains(&doc.word(at - 1)) || doc.is_mark(at - 1, b'('))
}

fn limits(amount: Amount, around: &Around) -> (Option<f64>, Option<f64>, Option<f64>) {
    match amount {
        Amount::Exact(value) if around.min => (None, Some(value), None),
        Amount::Exact(value) if around.max => (None, None, Some(value)),
        Amount::Exact(value) => (Some(value), None, None),
        Amount::Open(low) => (None, Some(low), None),
        Amount::Range(low, high) => (None, Some(low), Some(high)),
    }
}

fn rule(number: &Number, unit: &Unit, around: &Around) -> &'static str {
    match (number.amount, unit.measure) {
        (Amount::Range(..), _) => RANGE,
        (Amount::Open(_), _) => OPEN,
        _ if around.min || around.max => BOUND,
        (_, "money") => MONEY,
        (_, "percent") => PERCENT,
        (_, "items") if !unit.listed => UNLISTED,
        (_, "items") if number.words => WORDS,
        (_, "items") => NOUN,
        _ => MEASURE,
    }
}
