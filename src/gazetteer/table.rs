//! One table: read from TSV, every fault reported at once with its line.

use super::schema::{Cell, Schema};
use std::collections::HashMap;
use unicode_normalization::is_nfc;

/// Something wrong in a table: `file:line: cause`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {cause}")]
pub struct Fault {
    /// the file as given
    pub file: String,
    /// the line, from 1
    pub line: usize,
    /// what is wrong and what was expected
    pub cause: String,
}

/// One row: its cells in the order of the schema's columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// the cells
    pub cells: Vec<String>,
    /// the file it stands in
    pub file: std::sync::Arc<str>,
    /// its line there, from 1
    pub line: usize,
}

/// A checked table.
#[derive(Clone, Debug)]
pub struct Table {
    /// what it is
    pub schema: &'static Schema,
    /// its rows
    pub rows: Vec<Row>,
}

impl Table {
    /// The position of a column. Panics on a name that the schema does not have: that is a slip in the program.
    pub fn column(&self, name: &str) -> usize {
        let position = self.schema.columns.iter().position(|c| c.name == name);
        position.unwrap_or_else(|| panic!("table {} has no column {name}", self.schema.name))
    }

    /// The cells of one column, row by row.
    pub fn cells(&self, name: &str) -> impl Iterator<Item = &str> {
        let at = self.column(name);
        self.rows.iter().map(move |row| row.cells[at].as_str())
    }

    /// Whether a row holds on `day`, by its `from` and `to` (days, months or years, both included); a row or a table
    /// without them always holds.
    pub fn holds(&self, row: &Row, day: jiff::civil::Date) -> bool {
        let day = day.to_string();
        let cell = |name: &str| {
            let at = self.schema.columns.iter().position(|c| c.name == name && c.cell == Cell::Date);
            at.map_or("", |at| row.cells[at].as_str())
        };
        let (from, to) = (cell("from"), cell("to"));
        day.get(..from.len()).is_none_or(|day| day >= from) && day.get(..to.len()).is_none_or(|day| day <= to)
    }
}

impl Row {
    /// Where it stands: `gazetteers/titles.tsv:123`.
    pub fn place(&self) -> String {
        format!("{}:{}", self.file, self.line)
    }
}

/// The values of a `|` cell.
pub fn values(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('|').filter(|v| !v.is_empty())
}

/// Reads `content` as rows of `schema`; pushes rows and faults.
pub fn read(
    schema: &'static Schema,
    file: &str,
    content: &str,
    rows: &mut Vec<Row>,
    faults: &mut Vec<Fault>,
) {
    let name: std::sync::Arc<str> = file.into();
    let mut fault = |line: usize, cause: String| faults.push(Fault { file: file.into(), line, cause });
    let mut lines = content.lines().enumerate().map(|(n, l)| (n + 1, l)).filter(|(_, l)| !l.starts_with('#'));
    let want: Vec<&str> = schema.columns.iter().map(|c| c.name).collect();
    match lines.next() {
        None => return fault(1, format!("empty; the header should be: {}", want.join("\t"))),
        Some((n, header)) if !header.split('\t').eq(want.iter().copied()) => {
            return fault(n, format!("the header should be: {}", want.join("\t")));
        }
        Some(_) => {}
    }
    for (line, text) in lines {
        let cells: Vec<String> = text.split('\t').map(String::from).collect();
        if cells.len() != want.len() {
            fault(line, format!("{} cells where {} belong ({})", cells.len(), want.len(), want.join(", ")));
            continue;
        }
        let before = rows.len();
        for (column, cell) in schema.columns.iter().zip(&cells) {
            if let Some(cause) = check(column.cell, cell) {
                fault(line, format!("{}: {cause}", column.name));
            }
        }
        rows.insert(before, Row { cells, file: name.clone(), line });
    }
}

fn check(kind: Cell, cell: &str) -> Option<String> {
    if cell.trim() != cell {
        return Some(format!("blanks around {cell:?}"));
    }
    if !is_nfc(cell) {
        return Some(format!("{cell:?} is not in Unicode NFC"));
    }
    match kind {
        Cell::Phrase | Cell::Required if cell.is_empty() => Some("is empty".into()),
        Cell::Phrase if cell.contains('|') => {
            Some(format!("{cell:?} holds several values where one belongs"))
        }
        Cell::Phrases if !cell.is_empty() && cell.split('|').any(|v| v.trim() != v || v.is_empty()) => {
            Some(format!("an empty or padded value in {cell:?}"))
        }
        Cell::OneOf(words) if !words.contains(&cell) => {
            Some(format!("{cell:?} is none of: {}", words.join(", ")))
        }
        Cell::Number if !cell.is_empty() && cell.parse::<i64>().is_err() => {
            Some(format!("{cell:?} is not a whole number"))
        }
        Cell::Date if !cell.is_empty() && !is_date(cell) => {
            Some(format!("{cell:?} is not YYYY, YYYY-MM or YYYY-MM-DD"))
        }
        _ => None,
    }
}

fn is_date(cell: &str) -> bool {
    let full = match cell.len() {
        4 => format!("{cell}-01-01"),
        7 => format!("{cell}-01"),
        _ => cell.into(),
    };
    full.parse::<jiff::civil::Date>().is_ok()
}

/// Faults that only show over the whole table: keys that stand twice.
pub fn check_keys(schema: &'static Schema, rows: &[Row], faults: &mut Vec<Fault>) {
    let columns: Vec<usize> =
        schema.key.iter().filter_map(|key| schema.columns.iter().position(|c| c.name == *key)).collect();
    let mut seen: HashMap<Vec<&str>, &Row> = HashMap::new();
    for row in rows {
        let key: Vec<&str> = columns.iter().map(|&at| row.cells[at].as_str()).collect();
        let shown = key.join(", ");
        if let Some(first) = seen.insert(key, row) {
            let cause = format!("{shown:?} stands already at {}:{}", first.file, first.line);
            faults.push(Fault { file: row.file.to_string(), line: row.line, cause });
        }
    }
}
