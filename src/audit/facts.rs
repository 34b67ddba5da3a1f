//! What the checks know of the world, from the tables: bodies and how long they existed, posts that one person holds,
//! who issues which type of document, and the words that make a date a plan or a report.

use super::page::plain;
use crate::gazetteer::Gazetteers;
use crate::gazetteer::schema::TableId;
use crate::gazetteer::table::{Row, Table, values};
use crate::tables::edtf;
use crate::text::fold::fold;
use jiff::civil::Date;
use std::collections::{HashMap, HashSet};

/// A body and when it existed.
pub struct BodySpan {
    /// its name as the table writes it
    pub body: String,
    /// its name as [`plain`] words
    pub words: String,
    /// from the start of the title's body only, not within it
    pub whole: bool,
    /// the first day, if it did not always exist
    pub from: Option<Date>,
    /// the last day, if it does not exist any more
    pub to: Option<Date>,
    /// what it became
    pub became: String,
    /// the law
    pub source: String,
}

/// A post that one person holds at a time.
pub struct Exclusive {
    /// the post, as [`plain`] words
    pub role: String,
    /// the body, as [`plain`] words
    pub body: String,
    /// post and body under their first names, the same for all aliases
    pub key: String,
    /// whether a province belongs to it
    pub placed: bool,
    /// posts of one group cannot be held together
    pub group: String,
}

/// Which issuers issue a type of document.
pub struct Issued {
    only: Vec<String>,
    never: Vec<String>,
    from: Option<Date>,
    /// why
    pub source: String,
}

/// The facts.
pub struct Facts {
    /// bodies that began or ended
    pub bodies: Vec<BodySpan>,
    /// exclusive posts
    pub posts: Vec<Exclusive>,
    issued: HashMap<String, Issued>,
    issuers: HashMap<String, (Option<Date>, Option<Date>)>,
    provinces: HashMap<String, String>,
    party: HashSet<String>,
    surnames: HashSet<String>,
    words: HashMap<String, Vec<String>>,
}

impl Facts {
    /// Reads the tables.
    pub fn new(gazetteers: &Gazetteers) -> Self {
        let table = |id| gazetteers.table(id);
        Facts {
            bodies: bodies(table(TableId::BodySpans)),
            posts: posts(table(TableId::ExclusivePosts)),
            issued: issued(table(TableId::TypeIssuers)),
            issuers: issuers(table(TableId::Issuers)),
            provinces: provinces(table(TableId::Places)),
            party: party(table(TableId::DocumentTypes)),
            surnames: table(TableId::Surnames).cells("surname").map(fold).collect(),
            words: words(table(TableId::AuditWords)),
        }
    }

    /// The row by which `issuer` does not issue documents of this type, as it holds on a day.
    pub fn forbids(&self, kind: &str, issuer: &str, day: Option<Date>) -> Option<&Issued> {
        let row = self.issued.get(kind)?;
        if day.zip(row.from).is_some_and(|(day, from)| day < from) {
            return None;
        }
        let listed = |list: &[String]| list.iter().any(|one| fits(one, issuer));
        let bad = listed(&row.never) || !row.only.is_empty() && !listed(&row.only);
        bad.then_some(row)
    }

    /// Whether the Party issues documents of this type.
    pub fn of_party(&self, kind: &str) -> bool {
        self.party.contains(kind)
    }

    /// Whether a name begins with a Vietnamese surname.
    pub fn is_vietnamese(&self, name: &str) -> bool {
        name.split(' ').next().is_some_and(|first| self.surnames.contains(&fold(first)))
    }

    /// From when to when an issuer existed, where its letters are its own.
    pub fn issuer(&self, letters: &str) -> Option<(Option<Date>, Option<Date>)> {
        self.issuers.get(letters).copied()
    }

    /// The province that the words name, under its name.
    pub fn province(&self, words: &str) -> Option<&str> {
        self.provinces.get(words.trim()).map(String::as_str)
    }

    /// Whether [`plain`] words hold a word of this class.
    pub fn says(&self, text: &str, class: &str) -> bool {
        self.words.get(class).is_some_and(|words| words.iter().any(|word| text.contains(word.as_str())))
    }
}

/// `QH*` stands for all that begin so.
fn fits(pattern: &str, issuer: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(start) => issuer.starts_with(start),
        None => pattern == issuer,
    }
}

/// The cells of a row, by name.
fn cell<'a>(table: &Table, row: &'a Row, name: &str) -> &'a str {
    &row.cells[table.column(name)]
}

fn span(table: &Table, row: &Row) -> (Option<Date>, Option<Date>) {
    let days = |name: &str| {
        let at = table.schema.columns.iter().position(|column| column.name == name)?;
        edtf::days(&row.cells[at])
    };
    (days("from").map(|(first, _)| first), days("to").map(|(_, last)| last))
}

fn bodies(table: &Table) -> Vec<BodySpan> {
    let read = |row: &Row| {
        let (from, to) = span(table, row);
        let names = std::iter::once(cell(table, row, "body")).chain(values(cell(table, row, "aliases")));
        let one = |name: &str| BodySpan {
            body: cell(table, row, "body").into(),
            words: plain(name),
            whole: cell(table, row, "match") == "whole",
            from,
            to,
            became: cell(table, row, "became").into(),
            source: cell(table, row, "source").into(),
        };
        names.map(one).collect::<Vec<_>>()
    };
    table.rows.iter().flat_map(read).collect()
}

fn posts(table: &Table) -> Vec<Exclusive> {
    let read = |row: &Row| {
        let bodies = std::iter::once(cell(table, row, "body")).chain(values(cell(table, row, "aliases")));
        let one = |body: &str| Exclusive {
            role: plain(cell(table, row, "role")),
            body: plain(body),
            key: plain(&format!("{} {}", cell(table, row, "role"), cell(table, row, "body"))),
            placed: cell(table, row, "place") == "province",
            group: cell(table, row, "group").into(),
        };
        bodies.map(one).collect::<Vec<_>>()
    };
    table.rows.iter().flat_map(read).collect()
}

fn issued(table: &Table) -> HashMap<String, Issued> {
    let list = |row: &Row, name: &str| values(cell(table, row, name)).map(String::from).collect();
    let read = |row: &Row| {
        let issued = Issued {
            only: list(row, "only"),
            never: list(row, "never"),
            from: span(table, row).0,
            source: cell(table, row, "source").into(),
        };
        (cell(table, row, "type").to_string(), issued)
    };
    table.rows.iter().map(read).collect()
}

fn issuers(table: &Table) -> HashMap<String, (Option<Date>, Option<Date>)> {
    // what stands for several bodies may live on in others
    let sure = |row: &&Row| cell(table, row, "ambiguous") != "yes";
    table
        .rows
        .iter()
        .filter(sure)
        .map(|row| (cell(table, row, "issuer").to_string(), span(table, row)))
        .collect()
}

fn party(table: &Table) -> HashSet<String> {
    let rows =
        table.rows.iter().filter(|row| values(cell(table, row, "system")).any(|system| system == "party"));
    rows.map(|row| cell(table, row, "type").to_string()).collect()
}

fn provinces(table: &Table) -> HashMap<String, String> {
    let mut all = HashMap::new();
    for row in table.rows.iter().filter(|row| cell(table, row, "level") == "province") {
        let place = cell(table, row, "place");
        for name in std::iter::once(place).chain(values(cell(table, row, "aliases"))) {
            let name = plain(name);
            let name = name.trim();
            for before in ["", "tỉnh ", "thành phố ", "tp "] {
                all.insert(format!("{before}{name}"), place.to_string());
            }
        }
    }
    all
}

fn words(table: &Table) -> HashMap<String, Vec<String>> {
    let mut all: HashMap<String, Vec<String>> = HashMap::new();
    for row in &table.rows {
        let word = plain(cell(table, row, "phrase"));
        all.entry(cell(table, row, "class").into()).or_default().push(word);
    }
    all
}
