//! The output contract: one record a mention, keys in a fixed order; and an article with its records.

use crate::text::block::BlockKind;
use crate::text::codepoint::Slices;
use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;

/// The kinds of record.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, clap::ValueEnum,
)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// a person with the posts that the text gives them
    Official,
    /// a programme or document cited by its number
    Code,
    /// a point or stretch of calendar time
    Date,
    /// how many of what
    Count,
    /// who confers what on whom
    Award,
}

/// Which field of the input a span counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Field {
    /// the text
    Text,
    /// the title that the dump keeps apart
    Title,
}

/// One record. `start..end` are code points of the field as it was given.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Record {
    /// the article
    pub doc: String,
    /// first code point
    pub start: usize,
    /// one past the last code point
    pub end: usize,
    /// the field that the span counts in
    pub field: Field,
    /// exactly that slice
    pub text: String,
    /// the sentence the span begins in, from 0
    pub sentence: usize,
    /// the part of the page it stands in
    pub block: BlockKind,
    /// the rule that made it
    pub rule: String,
    /// how likely it is right: how often the rule was on annotated articles, see [`crate::confidence`]
    #[serde(default)]
    pub confidence: f32,
    /// where the first mention of the same repeated block starts
    #[serde(default)]
    pub duplicate_of: Option<usize>,
    /// what it says
    #[serde(flatten)]
    pub fact: Fact,
}

/// An article with its records, as a line of `--format docs` holds them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ArticleRecord<'a> {
    /// the `doc` of its records
    pub doc: Cow<'a, str>,
    /// its address, where the dump gives it
    #[serde(default)]
    pub url: Option<Cow<'a, str>>,
    /// the headline, where the dump keeps it apart from the text
    #[serde(default)]
    pub title: Option<Cow<'a, str>>,
    /// the day it was published: from the dump, from the page's stamp, or as given for those that have neither
    #[serde(default, serialize_with = "maybe_day", deserialize_with = "read_day")]
    pub published: Option<Date>,
    /// the text that the records' offsets count in; only where it was asked for
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Cow<'a, str>>,
    /// its records, in the order of their spans
    pub records: Vec<Record>,
}

impl ArticleRecord<'_> {
    /// Whether every record is exactly the slice of its field that it says it is; else the first that is not, in
    /// words. Where the text is not there, nor can be told.
    pub fn check_spans(&self) -> Result<(), String> {
        let [text, title] = [&self.text, &self.title].map(|field| field.as_deref().map(Slices::new));
        for Record { start, end, field, text: want, .. } in &self.records {
            let have = match (field, &text, &title) {
                (Field::Text, None, _) => continue,
                (Field::Text, Some(slices), _) | (Field::Title, _, Some(slices)) => slices.get(*start, *end),
                (Field::Title, _, None) => None,
            };
            if have != Some(want) {
                let field = if *field == Field::Text { "text" } else { "title" };
                return Err(match have {
                    Some(have) => format!(
                        "a record of {} says {want:?}, its {field} {start}..{end} is {have:?}",
                        self.doc
                    ),
                    None => format!(
                        "a record of {} stands at {start}..{end}, behind the end of its {field}",
                        self.doc
                    ),
                });
            }
        }
        Ok(())
    }
}

pub(crate) fn maybe_day<S: Serializer>(day: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
    match day {
        Some(day) => serializer.collect_str(day),
        None => serializer.serialize_none(),
    }
}

pub(crate) fn read_day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    let day = Option::<String>::deserialize(deserializer)?;
    day.map(|day| day.parse().map_err(serde::de::Error::custom)).transpose()
}

/// What a record says; its `kind` decides its keys.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Fact {
    /// `kind: official`
    Official(Official),
    /// `kind: code`
    Code(Code),
    /// `kind: date`
    Date(DateFact),
    /// `kind: count`
    Count(Count),
    /// `kind: award`
    Award(Award),
}

impl Fact {
    /// Which kind it is.
    pub fn kind(&self) -> Kind {
        match self {
            Fact::Official(_) => Kind::Official,
            Fact::Code(_) => Kind::Code,
            Fact::Date(_) => Kind::Date,
            Fact::Count(_) => Kind::Count,
            Fact::Award(_) => Kind::Award,
        }
    }
}

impl Serialize for Fact {
    /// The keys of the kind alone; `kind` itself stands among the keys that every record has.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Fact::Official(fact) => fact.serialize(serializer),
            Fact::Code(fact) => fact.serialize(serializer),
            Fact::Date(fact) => fact.serialize(serializer),
            Fact::Count(fact) => fact.serialize(serializer),
            Fact::Award(fact) => fact.serialize(serializer),
        }
    }
}

impl Serialize for Record {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Line<'a> {
            doc: &'a str,
            kind: Kind,
            start: usize,
            end: usize,
            field: Field,
            text: &'a str,
            sentence: usize,
            block: BlockKind,
            rule: &'a str,
            confidence: f32,
            #[serde(skip_serializing_if = "Option::is_none")]
            duplicate_of: Option<usize>,
            #[serde(flatten)]
            fact: &'a Fact,
        }
        let Record { doc, start, end, field, text, sentence, block, rule, confidence, duplicate_of, fact } =
            self;
        Line {
            doc,
            kind: fact.kind(),
            start: *start,
            end: *end,
            field: *field,
            text,
            sentence: *sentence,
            block: *block,
            rule,
            confidence: *confidence,
            duplicate_of: *duplicate_of,
            fact,
        }
        .serialize(serializer)
    }
}

/// A number written without `.0` where it is whole, as JSON readers expect of counts.
fn number<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    const EXACT: f64 = 9_007_199_254_740_992.0; // 2^53
    match value.fract() == 0.0 && value.abs() < EXACT {
        true => serializer.serialize_i64(*value as i64),
        false => serializer.serialize_f64(*value),
    }
}

fn maybe_number<S: Serializer>(value: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => number(value, serializer),
        None => serializer.serialize_none(),
    }
}

/// A person with the posts that the text gives them; the span covers the name alone.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Official {
    /// as written, in NFC with single spaces; null for a post named without its holder
    pub name: Option<String>,
    /// `p1`, `p2` … shared by all mentions of one person in the article
    pub person: Option<String>,
    /// `đồng chí`, `ông` …
    pub honorific: Option<String>,
    /// `Thiếu tướng` …
    pub rank: Option<String>,
    /// `PGS.TS` …
    pub degree: Option<String>,
    /// the posts
    pub titles: Vec<Title>,
}

/// One post of a person; offsets as in the record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Title {
    /// as written, from the role word to the end of its body
    pub text: String,
    /// first code point
    pub start: usize,
    /// one past the last code point
    pub end: usize,
    /// the post without its body
    pub role: String,
    /// the body
    pub org: Option<String>,
    /// the place in the body
    pub place: Option<String>,
    /// whether it is held now
    pub status: Status,
    /// canonical codes of the programmes the post is about
    pub codes: Vec<String>,
}

/// Whether a post is held now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// held
    #[default]
    Current,
    /// `nguyên`, `cựu`
    Former,
    /// `quyền`, `phụ trách`
    Acting,
    /// elected or appointed in this text
    Designate,
}

/// A programme or document cited by its number.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Code {
    /// no spaces, standard case: `01-CTr/TU`
    pub canonical: String,
    /// `01`
    pub number: String,
    /// `2019`
    pub year: Option<u16>,
    /// `CTr`
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// `Chương trình`
    pub type_name: Option<String>,
    /// `TU`
    pub issuer: Option<String>,
    /// `Thành ủy Hà Nội`
    pub issuer_name: Option<String>,
    /// the document's title, where the text gives it
    pub name: Option<String>,
    /// the date right behind the code, EDTF
    pub issued: Option<String>,
}

/// A point or stretch of calendar time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DateFact {
    /// EDTF (ISO 8601-2)
    pub value: Option<String>,
    /// how fine it is
    pub grain: Grain,
    /// what its year rests on
    pub anchor: Anchor,
    /// what it is the date of
    pub role: Option<DateRole>,
}

/// How fine a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Grain {
    Minute,
    Day,
    Month,
    Quarter,
    Half,
    Year,
    Interval,
    Decade,
    Century,
}

/// What the value of a date rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Anchor {
    /// written out
    Explicit,
    /// resolved against the publication date
    Published,
    /// resolved against another date of the article
    Context,
}

/// What a date is the date of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DateRole {
    /// the page's stamp
    Published,
    /// something happens then
    Event,
    /// a term of office
    Term,
}

/// How many of what.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Count {
    /// null for a range, a bound or an open count
    #[serde(serialize_with = "maybe_number")]
    pub value: Option<f64>,
    /// lower end
    #[serde(serialize_with = "maybe_number")]
    pub min: Option<f64>,
    /// upper end
    #[serde(serialize_with = "maybe_number")]
    pub max: Option<f64>,
    /// `khoảng`, `hơn`, `gần`
    pub approx: Option<Approx>,
    /// what is counted: as written, `%`, ISO 4217, or the measure
    pub unit: String,
    /// the kind of unit: `items`, `percent`, `money` …
    pub measure: String,
}

/// How exact a count is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Approx {
    /// `khoảng`
    About,
    /// `hơn`, `trên`
    Over,
    /// `gần`, `dưới`
    Under,
}

/// Who confers what on whom.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Award {
    /// the award in its standard name; null where only the conferring is told
    pub form: Option<String>,
    /// `hạng Nhất`
    pub class: Option<String>,
    /// how many are honoured
    #[serde(serialize_with = "maybe_number")]
    pub count: Option<f64>,
    /// as written
    pub recipients: Option<String>,
    /// who confers it
    pub giver: Option<String>,
    /// who hands it over, where that is another
    pub presenter: Option<String>,
    /// canonical codes of the programmes it is for
    pub codes: Vec<String>,
    /// money that comes with it
    pub amount: Option<Amount>,
    /// where the award starts that states the total of which this is a part; see [`crate::relate::sums`]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part_of: Option<usize>,
}

/// A sum of money.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Amount {
    /// how much
    #[serde(serialize_with = "number")]
    pub value: f64,
    /// ISO 4217
    pub unit: String,
}
