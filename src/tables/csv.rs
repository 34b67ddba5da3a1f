//! Tables as CSV: RFC 4180, UTF-8, a header; nothing in an empty cell. A text that a spreadsheet would take for a
//! formula gets a `'` in front.

use super::Rows;
use super::folder::Folder;
use super::schema::{Cell, Set};
use crate::error::Error;
use std::borrow::Cow;
use std::fs::File;
use std::io;

/// A folder of CSV files being written.
pub struct Tables {
    folder: Folder,
    files: Vec<csv::Writer<File>>,
}

const BUFFER: usize = 256 << 10;

impl Tables {
    /// Begins the folder, each file with its header.
    pub fn create(path: &std::path::Path, set: &Set) -> Result<Self, Error> {
        let folder = Folder::create(path, set, "csv")?;
        let mut build = csv::WriterBuilder::new();
        build.buffer_capacity(BUFFER).terminator(csv::Terminator::CRLF);
        let mut files: Vec<_> = folder.files()?.into_iter().map(|file| build.from_writer(file)).collect();
        for (file, table) in files.iter_mut().zip(&set.tables) {
            let header = file.write_record(table.columns.iter().map(|column| column.name));
            header.map_err(|error| folder.fault(error.into()))?;
        }
        Ok(Tables { folder, files })
    }
}

impl Rows for Tables {
    fn row(&mut self, table: usize, cells: &[Cell<'_>]) -> Result<(), Error> {
        let written =
            self.files[table].write_record(cells.iter().map(|cell| written(cell).into_owned().into_bytes()));
        written.map_err(|error| self.folder.fault(error.into()))
    }

    fn finish(self: Box<Self>) -> Result<(), Error> {
        for file in self.files {
            let flushed = file.into_inner().map_err(|error| io::Error::other(error.error().to_string()));
            flushed.and_then(|file| file.sync_all()).map_err(|cause| self.folder.fault(cause))?;
        }
        self.folder.finish()
    }
}

fn written<'a>(cell: &'a Cell<'_>) -> Cow<'a, str> {
    match cell {
        Cell::Null => "".into(),
        Cell::Text(text) => defused(text),
        Cell::Int(n) => n.to_string().into(),
        Cell::Real(n) => n.to_string().into(),
        Cell::Day(day) => day.to_string().into(),
    }
}

/// A text that no spreadsheet computes (OWASP ASVS 1.2.10).
fn defused(text: &str) -> Cow<'_, str> {
    match text.starts_with(['=', '+', '-', '@', '\t', '\r', '\0']) {
        true => format!("'{text}").into(),
        false => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_defused_and_nothing_else() {
        for (text, want) in [
            ("=1+1", "'=1+1"),
            ("+84", "'+84"),
            ("-5%", "'-5%"),
            ("@A1", "'@A1"),
            ("\tx", "'\tx"),
            ("\rx", "'\rx"),
            ("\0x", "'\0x"),
            ("5-6", "5-6"),
            (" =1", " =1"),
            ("'x", "'x"),
            ("–5", "–5"),
            ("", ""),
        ] {
            assert_eq!(written(&Cell::Text(text.into())), want);
        }
        assert_eq!(written(&Cell::Real(-5.0)), "-5");
        assert_eq!(written(&Cell::Real(290_000_000_000.0)), "290000000000");
        assert_eq!(written(&Cell::Int(-1)), "-1");
    }
}
