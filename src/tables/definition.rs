//! The tables of articles and their records: which there are, their columns, and how an article fills their rows.

use super::edtf;
use super::schema::{
    Cell, Each, From, Set, Table, Tabular, Type, day, exact, folded, int, list, maybe, maybe_int, name,
    plain, real, text,
};
use crate::error::Error;
use crate::record::{ArticleRecord, Award, Code, Count, DateFact, Fact, Official, Record, Title};

/// All tables. The first is that of the articles; behind it one for each kind of record, in the order of
/// [`Kind`](crate::record::Kind).
pub const TABLES: [Table<Get>; 6] = [
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

impl Tabular for ArticleRecord<'_> {
    fn set() -> Set {
        Set { tables: TABLES.iter().map(Table::layout).collect(), views: include_str!("views.sql") }
    }

    fn rows(&self, number: i64, each: &mut Each<'_>) -> Result<(), Error> {
        let mut cells = Vec::new();
        let row = Row { number, article: self, record: None, title: None };
        let mut fill = |table: usize, row| {
            cells.clear();
            cells.extend(TABLES[table].columns().map(|from| from.get.cell(&row)));
            each(table, &cells)
        };
        fill(0, row)?;
        for record in &self.records {
            let row = Row { record: Some(record), ..row };
            let table = record.fact.kind() as usize + 1;
            match &record.fact {
                Fact::Official(official) if !official.titles.is_empty() => {
                    official
                        .titles
                        .iter()
                        .try_for_each(|title| fill(table, Row { title: Some(title), ..row }))?;
                }
                _ => fill(table, row)?,
            }
        }
        Ok(())
    }
}

/// What a row is made of.
#[derive(Clone, Copy)]
struct Row<'a> {
    /// the number of the article in the output, from 1
    number: i64,
    /// the article
    article: &'a ArticleRecord<'a>,
    /// the record; none in the table of articles
    record: Option<&'a Record>,
    /// the post; for officials that have any
    title: Option<&'a Title>,
}

/// Which part of a row a column is read from, and how.
#[derive(Clone, Copy)]
#[allow(missing_docs)]
pub enum Get {
    Number,
    Article(for<'a> fn(&'a ArticleRecord<'a>) -> Cell<'a>),
    Record(for<'a> fn(&'a Record) -> Cell<'a>),
    Official(for<'a> fn(&'a Official) -> Cell<'a>),
    Title(for<'a> fn(&'a Title) -> Cell<'a>),
    Code(for<'a> fn(&'a Code) -> Cell<'a>),
    Date(for<'a> fn(&'a DateFact) -> Cell<'a>),
    Count(for<'a> fn(&'a Count) -> Cell<'a>),
    Award(for<'a> fn(&'a Award) -> Cell<'a>),
}

impl Get {
    /// The cell of a row; empty where the row has no such part.
    fn cell<'a>(self, row: &Row<'a>) -> Cell<'a> {
        match (self, row.record.map(|record| &record.fact)) {
            (Get::Number, _) => Cell::Int(row.number),
            (Get::Article(get), _) => get(row.article),
            (Get::Record(get), _) => row.record.map_or(Cell::Null, get),
            (Get::Title(get), _) => row.title.map_or(Cell::Null, get),
            (Get::Official(get), Some(Fact::Official(fact))) => get(fact),
            (Get::Code(get), Some(Fact::Code(fact))) => get(fact),
            (Get::Date(get), Some(Fact::Date(fact))) => get(fact),
            (Get::Count(get), Some(Fact::Count(fact))) => get(fact),
            (Get::Award(get), Some(Fact::Award(fact))) => get(fact),
            _ => Cell::Null,
        }
    }
}

const KEY: &[From<Get>] = &[
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

const ARTICLE: &[From<Get>] = &[
    exact("url", Type::Text, Get::Article(|a| maybe(&a.url)), "its address, where the dump gives it"),
    folded(
        "title",
        Get::Article(|a| maybe(&a.title)),
        "the headline, where the dump keeps it apart from the text",
    ),
    exact("published", Type::Day, Get::Article(|a| day(a.published)), "the day it was published"),
    plain(
        "text",
        Type::Text,
        Get::Article(|a| maybe(&a.text)),
        "the text that offsets count in; only with --with-text",
    ),
];

const MENTION: &[From<Get>] = &[
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

const OFFICIAL: &[From<Get>] = &[
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

const TITLE: &[From<Get>] = &[
    folded("title", Get::Title(|t| text(&t.text)), "the post as written"),
    plain("title_start", Type::Int, Get::Title(|t| int(t.start)), "first code point of the post"),
    plain("title_end", Type::Int, Get::Title(|t| int(t.end)), "one past the last code point"),
    exact("role", Type::Text, Get::Title(|t| text(&t.role)), "the post without its body"),
    exact("org", Type::Text, Get::Title(|t| maybe(&t.org)), "the body"),
    exact("place", Type::Text, Get::Title(|t| maybe(&t.place)), "the place in the body"),
    plain("status", Type::Text, Get::Title(|t| name(&t.status)), "current, former, acting or designate"),
    plain("codes", Type::Text, Get::Title(|t| list(&t.codes)), "programmes the post is about, joined by |"),
];

const CODE: &[From<Get>] = &[
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

const DATE: &[From<Get>] = &[
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

const COUNT: &[From<Get>] = &[
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

const AWARD: &[From<Get>] = &[
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

/// A share as it is written: 0.97, not the nearest 32-bit number to it.
fn share<'a>(value: f32) -> Cell<'a> {
    Cell::Real(value.to_string().parse().unwrap_or(f64::from(value)))
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
            let mut names: Vec<&str> = table.columns().map(|from| from.column.name).collect();
            let all = names.len();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), all, "{}", table.name);
        }
    }
}
