//! Which form the output has: as named, else by the suffix of its path, else JSON Lines.

use clap::ValueEnum;
use std::path::Path;

/// The forms of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// one record a line (.jsonl, and where nothing else is told)
    Jsonl,
    /// one article a line with its records nested, also without any (.docs.jsonl)
    Docs,
    /// a folder of tables, one CSV file each (.csv)
    Csv,
    /// a folder of tables, one Parquet file each (.parquet)
    Parquet,
    /// one SQLite file with all tables, indices and views (.sqlite, .sqlite3, .db)
    Sqlite,
}

/// The suffixes that tell a format; the first that fits counts.
const SUFFIXES: &[(&str, Format)] = &[
    (".docs.jsonl", Format::Docs),
    (".docs.ndjson", Format::Docs),
    (".csv", Format::Csv),
    (".parquet", Format::Parquet),
    (".sqlite", Format::Sqlite),
    (".sqlite3", Format::Sqlite),
    (".db", Format::Sqlite),
];

impl Format {
    /// The format `named`, else the one that the suffix of `path` tells (in any case), else JSON Lines.
    pub fn of(named: Option<Format>, path: Option<&Path>) -> Format {
        let name = path.and_then(Path::file_name).map(|name| name.to_string_lossy().to_lowercase());
        let told = || SUFFIXES.iter().find(|(suffix, _)| name.as_ref().is_some_and(|n| n.ends_with(suffix)));
        named.or_else(|| told().map(|&(_, format)| format)).unwrap_or(Format::Jsonl)
    }

    /// Its name, which is also that of the cargo feature it needs and the suffix of its files.
    pub fn feature(self) -> &'static str {
        match self {
            Format::Jsonl | Format::Docs => "jsonl",
            Format::Csv => "csv",
            Format::Parquet => "parquet",
            Format::Sqlite => "sqlite",
        }
    }

    /// Whether it has articles with what belongs to them, and not only their records.
    pub fn has_articles(self) -> bool {
        self != Format::Jsonl
    }

    /// Whether it is made of tables.
    pub fn has_tables(self) -> bool {
        !matches!(self, Format::Jsonl | Format::Docs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_suffix_tells_the_format_unless_it_is_named() {
        for (path, format) in [
            ("a.jsonl", Format::Jsonl),
            ("a.txt", Format::Jsonl),
            ("csv", Format::Jsonl),
            ("a.csv.gz", Format::Jsonl),
            ("a.csv/b", Format::Jsonl),
            ("a.docs.jsonl", Format::Docs),
            ("docs.jsonl", Format::Jsonl),
            ("x/a.CSV", Format::Csv),
            ("a.parquet/", Format::Parquet),
            ("a.db", Format::Sqlite),
            ("a.sqlite3", Format::Sqlite),
        ] {
            assert_eq!(Format::of(None, Some(Path::new(path))), format, "{path}");
            assert_eq!(Format::of(Some(Format::Docs), Some(Path::new(path))), Format::Docs, "{path}");
        }
        assert_eq!(Format::of(None, None), Format::Jsonl);
    }
}
