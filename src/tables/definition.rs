//! The tables: which there are, their columns, and how an article fills their rows. Everything that writes, lists or
//! documents tables reads it from here.

use super::edtf;
use super::schema::{Cell, Column, Find, Get, Row, Table, Type};
use crate::record::{ArticleRecord, Fact};
use serde::Serialize;
use std::borrow::Cow;

/// What stands between the values of a cell that holds several; no code holds it.
pub const BETWEEN: &str = "|";

/// All tables. The first is that of the articles; behind it one for each kind of record, in the order of
/// [`Kind`](crate::record::Kind).
pub const TABLES: [Table; 6] = [
    Table { name: "articles", about: "one row an article, also without facts", groups: &[KEY, ARTICLE] },
    Table {
        name: "officials",
        about: "one row for each post of each mention of a person; a mention without posts is one row without title",
        groups: &[KEY, MENTION, OFFICIAL, TITLE],
    },
    Table { name: "codes", about: "one row for each document cited", groups: &[KEY, MENTION, CODE] },
    Table { name: "dates", about: "one row for each date", groups: &[KEY, MENTION, DATE] },
    Table { name: "counts", about: "one row for each count", groups: &[KEY, MENTION, COUNT] },
    Table { name: "awards", about: "one row for each conferring", groups: &[KEY, MENTION, AWARD] },
];

/// Hands the rows of an article to `each`, in order, with the index of their table.
pub fn rows<'a, E>(
    number: i64,
    article: &'a ArticleRecord<'a>,
    mut each: impl FnMut(usize, Row<'a>) -> Result<(), E>,
) -> Result<(), E> {
    let row = Row { number, article, record: None, title: None };
    each(0, row)?;
    for record in &article.records {
        let row = Row { record: Some(record), ..row };
        let table = record.fact.kind() as usize + 1;
        match &record.fact {
            Fact::Official(official) if !official.titles.is_empty() => {
                official
                    .titles
                    .iter()
                    .try_for_each(|title| each(table, Row { title: Some(title), ..row }))?;
            }
            _ => each(table, row)?,
        }
    }
    Ok(())
}

const KEY: &[Column] = &[
    exact(
        "article",
        Type::Int,
        Get::Number,
        "number of the article in this output, from 1; joins the tables",
    ),
    exact(
        "doc",
        Type::Text,
        Get::Article(|a| text(&a.doc)),
        "the article: its id, else its url, else where it was read",
    ),
];

const ARTICLE: &[Column] = &[
    exact("url", Type::Text, Get::Article(|a| maybe(&a.url)), "its address, where the dump gives it"),
    folded(
        "title",
        Get::Article(|a| maybe(&a.title)),
        "the headline, where the dump keeps it apart from the text",
    ),
    exact(
        "published",
        Type::Day,
        Get::Article(|a| a.published.map_or(Cell::Null, Cell::Day)),
        "the day it was published",
    ),
    plain(
        "text",
        Type::Text,
        Get::Article(|a| maybe(&a.text)),
        "the text that offsets count in; only with --with-text",
    ),
];

const MENTION: &[Column] = &[
    plain("start", Type::Int, Get::Record(|r| int(r.start)), "first code point of the words"),
    plain("end", Type::Int, Get::Record(|r| int(r.end)), "one past the last code point"),
    plain(
        "field",
        Type::Text,
        Get::Record(|r| name(&r.field)),
        "the field that these count in: text or title",
    ),
    plain("text", Type::Text, Get::Record(|r| text(&r.text)), "the words"),
    plain("sentence", Type::Int, Get::Record(|r| int(r.sentence)), "index of the sentence, from 0"),
    plain("block", Type::Text, Get::Record(|r| name(&r.block)), "the part of the page"),
    plain("rule", Type::Text, Get::Record(|r| text(&r.rule)), "the rule that made it"),
    plain(
        "confidence",
        Type::Real,
        Get::Record(|r| share(r.confidence)),
        "how often that rule is right, 0 to 1",
    ),
    plain(
        "duplicate_of",
        Type::Int,
        Get::Record(|r| maybe_int(r.duplicate_of)),
        "start of the first printing, for what is printed again",
    ),
];

const OFFICIAL: &[Column] = &[
    folded(
        "name",
        Get::Official(|o| maybe(&o.name)),
        "as written; empty for a post named without its holder",
    ),
    plain(
        "person",
        Type::Text,
        Get::Official(|o| maybe(&o.person)),
        "p1, p2 …, one for all mentions of a person in the article",
    ),
    plain("honorific", Type::Text, Get::Official(|o| maybe(&o.honorific)), "đồng chí, ông …"),
    plain("rank", Type::Text, Get::Official(|o| maybe(&o.rank)), "military or police rank"),
    plain("degree", Type::Text, Get::Official(|o| maybe(&o.degree)), "academic title or degree"),
];

const TITLE: &[Column] = &[
    folded("title", Get::Title(|t| text(&t.text)), "the post as written"),
    plain("title_start", Type::Int, Get::Title(|t| int(t.start)), "first code point of the post"),
    plain("title_end", Type::Int, Get::Title(|t| int(t.end)), "one past the last code point"),
    exact("role", Type::Text, Get::Title(|t| text(&t.role)), "the post without its body"),
    exact("org", Type::Text, Get::Title(|t| maybe(&t.org)), "the body"),
    exact("place", Type::Text, Get::Title(|t| maybe(&t.place)), "the place in the body"),
    plain("status", Type::Text, Get::Title(|t| name(&t.status)), "current, former, acting or designate"),
    plain("codes", Type::Text, Get::Title(|t| list(&t.codes)), "programmes the post is about, joined by |"),
];

const CODE: &[Column] = &[
    exact("canonical", Type::Text, Get::Code(|c| text(&c.canonical)), "the code in standard form"),
    plain("number", Type::Text, Get::Code(|c| text(&c.number)), "its number"),
    plain("year", Type::Int, Get::Code(|c| maybe_int(c.year.map(usize::from))), "the year in it"),
    exact("type", Type::Text, Get::Code(|c| maybe(&c.kind)), "CTr, NQ …"),
    plain("type_name", Type::Text, Get::Code(|c| maybe(&c.type_name)), "Chương trình, Nghị quyết …"),
    exact("issuer", Type::Text, Get::Code(|c| maybe(&c.issuer)), "TU, CP …"),
    folded("issuer_name", Get::Code(|c| maybe(&c.issuer_name)), "who issued it"),
    folded("name", Get::Code(|c| maybe(&c.name)), "its title, where the article gives it"),
    plain("issued", Type::Text, Get::Code(|c| maybe(&c.issued)), "the date right behind it, EDTF"),
];

const DATE: &[Column] = &[
    exact("value", Type::Text, Get::Date(|d| maybe(&d.value)), "EDTF: 2019-11-14, 2015/2020, XXXX-11-14"),
    exact(
        "first_day",
        Type::Day,
        Get::Date(|d| bound(&d.value, |days| days.0)),
        "its first day; empty where the year is unknown",
    ),
    plain("last_day", Type::Day, Get::Date(|d| bound(&d.value, |days| days.1)), "its last day"),
    plain(
        "grain",
        Type::Text,
        Get::Date(|d| name(&d.grain)),
        "minute, day, month, quarter, half, year, interval, decade or century",
    ),
    plain(
        "anchor",
        Type::Text,
        Get::Date(|d| name(&d.anchor)),
        "what its year rests on: explicit, published or context",
    ),
    plain(
        "role",
        Type::Text,
        Get::Date(|d| d.role.as_ref().map_or(Cell::Null, name)),
        "published, event or term",
    ),
];

const COUNT: &[Column] = &[
    plain("value", Type::Real, Get::Count(|c| real(c.value)), "how many; empty for a range or a bound"),
    plain("min", Type::Real, Get::Count(|c| real(c.min)), "the lower end"),
    plain("max", Type::Real, Get::Count(|c| real(c.max)), "the upper end"),
    plain(
        "approx",
        Type::Text,
        Get::Count(|c| c.approx.as_ref().map_or(Cell::Null, name)),
        "about, over or under",
    ),
    folded("unit", Get::Count(|c| text(&c.unit)), "what is counted: as written, %, ISO 4217, or the measure"),
    exact(
        "measure",
        Type::Text,
        Get::Count(|c| text(&c.measure)),
        "items, percent, money, duration, age, area, length, mass, ratio or other",
    ),
];

const AWARD: &[Column] = &[
    folded("form", Get::Award(|a| maybe(&a.form)), "the award in its standard name"),
    plain("class", Type::Text, Get::Award(|a| maybe(&a.class)), "its class"),
    plain("count", Type::Real, Get::Award(|a| real(a.count)), "how many are honoured"),
    folded("recipients", Get::Award(|a| maybe(&a.recipients)), "who is honoured, as written"),
    folded("giver", Get::Award(|a| maybe(&a.giver)), "who confers it"),
    plain(
        "presenter",
        Type::Text,
        Get::Award(|a| maybe(&a.presenter)),
        "who hands it over, where that is another",
    ),
    plain("codes", Type::Text, Get::Award(|a| list(&a.codes)), "programmes it is for, joined by |"),
    plain(
        "amount",
        Type::Real,
        Get::Award(|a| real(a.amount.as_ref().map(|m| m.value))),
        "money that comes with it",
    ),
    plain(
        "amount_unit",
        Type::Text,
        Get::Award(|a| a.amount.as_ref().map_or(Cell::Null, |m| text(&m.unit))),
        "its currency, ISO 4217",
    ),
    plain(
        "part_of",
        Type::Int,
        Get::Award(|a| maybe_int(a.part_of)),
        "start of the award that states the total of which this is a part",
    ),
];

const fn plain(name: &'static str, kind: Type, get: Get, about: &'static str) -> Column {
    Column { name, kind, find: Find::No, get, about }
}

const fn exact(name: &'static str, kind: Type, get: Get, about: &'static str) -> Column {
    Column { name, kind, find: Find::Exact, get, about }
}

const fn folded(name: &'static str, get: Get, about: &'static str) -> Column {
    Column { name, kind: Type::Text, find: Find::Folded, get, about }
}

fn text(value: &str) -> Cell<'_> {
    Cell::Text(Cow::Borrowed(value))
}

fn maybe<S: AsRef<str>>(value: &Option<S>) -> Cell<'_> {
    value.as_ref().map_or(Cell::Null, |value| text(value.as_ref()))
}

fn int<'a>(value: usize) -> Cell<'a> {
    Cell::Int(i64::try_from(value).unwrap_or(i64::MAX))
}

fn maybe_int<'a>(value: Option<usize>) -> Cell<'a> {
    value.map_or(Cell::Null, int)
}

fn real<'a>(value: Option<f64>) -> Cell<'a> {
    value.map_or(Cell::Null, Cell::Real)
}

/// A share as it is written: 0.97, not the nearest 32-bit number to it.
fn share<'a>(value: f32) -> Cell<'a> {
    Cell::Real(value.to_string().parse().unwrap_or(f64::from(value)))
}

/// A word of the contract, as the records spell it.
fn name<'a>(value: &impl Serialize) -> Cell<'a> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => Cell::Text(name.into()),
        _ => Cell::Null,
    }
}

/// Several values in one cell; empty if there are none.
fn list(values: &[String]) -> Cell<'_> {
    match values {
        [] => Cell::Null,
        [one] => text(one),
        _ => Cell::Text(values.join(BETWEEN).into()),
    }
}

fn bound<'a>(
    value: &Option<String>,
    which: fn((jiff::civil::Date, jiff::civil::Date)) -> jiff::civil::Date,
) -> Cell<'a> {
    value.as_deref().and_then(edtf::days).map_or(Cell::Null, |days| Cell::Day(which(days)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Kind;
    use clap::ValueEnum;

    #[test]
    fn a_table_for_each_kind_of_record() {
        for (kind, table) in Kind::value_variants().iter().zip(&TABLES[1..]) {
            assert_eq!(table.name, format!("{}s", crate::cli::summary::kind_name(*kind)));
        }
        assert_eq!(TABLES.len(), Kind::value_variants().len() + 1);
    }

    #[test]
    fn columns_have_names_of_their_own() {
        for table in &TABLES {
            let mut names: Vec<&str> = table.columns().map(|column| column.name).collect();
            let all = names.len();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), all, "{}", table.name);
        }
    }
}
