//! What a stream is made of: told by how it begins, and where that leaves a choice, by the name of the file.

use super::fault::Problem;
use super::fields::Fields;
use super::{table, warc};
use std::path::Path;

/// What articles come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// text, one article a file
    Text,
    /// JSON Lines, one article a line
    Lines,
    /// JSON arrays and objects
    Json,
    /// CSV, TSV and the like, with a header
    Table,
    /// one HTML page, one article
    Html,
    /// what a web crawl fetched
    Warc,
    /// Parquet
    Parquet,
    /// a tar archive of all these
    Tar,
    /// a zip archive of all these
    Zip,
}

/// How many bytes of a stream are looked at.
pub const LOOK: usize = 64 << 10;

const BOM: &[u8] = b"\xef\xbb\xbf";

/// The endings of compression, which say nothing of what is inside.
const PACKED: &[&str] = &[".gz", ".zst", ".bz2", ".xz"];

const NAMES: &[(&str, Kind)] = &[
    ("txt", Kind::Text),
    ("jsonl", Kind::Lines),
    ("ndjson", Kind::Lines),
    ("json", Kind::Json),
    ("csv", Kind::Table),
    ("tsv", Kind::Table),
    ("html", Kind::Html),
    ("htm", Kind::Html),
    ("xhtml", Kind::Html),
    ("warc", Kind::Warc),
    ("parquet", Kind::Parquet),
    ("tar", Kind::Tar),
    ("tgz", Kind::Tar),
    ("zip", Kind::Zip),
];

/// What a file is by its first bytes when it is none of our kinds, and how to make it one.
const FOREIGN: &[(&[u8], &str, &str)] = &[
    (b"7z\xbc\xaf\x27\x1c", "7z", "unpack it and give the folder"),
    (b"Rar!\x1a\x07", "RAR", "unpack it and give the folder"),
    (b"%PDF-", "PDF", "turn it into text: pdftotext"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file", "save it as text"),
    (b"SQLite format 3\0", "SQLite", "export its table: sqlite3 -csv -header FILE 'SELECT …'"),
];

/// What pages begin with.
const PAGES: &[&[u8]] = &[b"<!doctype html", b"<html", b"<head", b"<body", b"<!--", b"<?xml"];

impl Kind {
    /// What the name of a file says, an ending for its compression left aside.
    pub fn named(path: &Path) -> Option<Kind> {
        let name = path.file_name()?.to_str()?.to_ascii_lowercase();
        let stem = PACKED.iter().find_map(|end| name.strip_suffix(end)).unwrap_or(&name);
        let ending = stem.rsplit_once('.')?.1;
        NAMES.iter().find(|(name, _)| *name == ending).map(|&(_, kind)| kind)
    }

    /// What begins with `head` beyond doubt, whatever it is called.
    pub fn marked(head: &[u8]) -> Result<Option<Kind>, Problem> {
        if let Some(&(_, name, hint)) = FOREIGN.iter().find(|(magic, ..)| head.starts_with(magic)) {
            return Err(Problem::error("not readable", format!("it is {name}"), hint));
        }
        Ok(match head {
            _ if head.starts_with(b"PAR1") => Some(Kind::Parquet),
            _ if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") => Some(Kind::Zip),
            _ if head.get(257..262) == Some(b"ustar") => Some(Kind::Tar),
            _ if head.starts_with(warc::MAGIC) => Some(Kind::Warc),
            _ => None,
        })
    }

    /// What text begins with `head`, in a file whose name says `named`.
    pub fn told(head: &[u8], named: Option<Kind>, fields: &Fields) -> Kind {
        match named {
            Some(kind @ (Kind::Text | Kind::Table | Kind::Html)) => kind,
            Some(Kind::Lines | Kind::Json) => json(head).unwrap_or(Kind::Lines),
            _ if is_page(head) => Kind::Html,
            _ if table::delimiter(head, fields).is_some() => Kind::Table,
            _ => json(head).unwrap_or(Kind::Text),
        }
    }
}

impl Kind {
    /// The problem of a format that this build leaves out.
    pub fn left_out(self) -> Problem {
        match self {
            Kind::Parquet => left_out("Parquet", "parquet"),
            Kind::Tar => left_out("a tar archive", "archives"),
            _ => left_out("a zip archive", "archives"),
        }
    }

    /// The problem of a stream that is not what the user said it is.
    pub fn none_such(self) -> Problem {
        Problem::error("not readable", format!("it is no {self:?} file"), "leave --input-format out")
    }
}

/// The problem of a format whose feature this build leaves out.
pub fn left_out(name: &str, feature: &str) -> Problem {
    let why = format!("it is {name}, which this build leaves out");
    Problem::error("not readable", why, format!("build with the feature `{feature}`"))
}

fn is_page(head: &[u8]) -> bool {
    let head = head.strip_prefix(BOM).unwrap_or(head).trim_ascii_start();
    let begins = |page: &&[u8]| head.get(..page.len()).is_some_and(|start| start.eq_ignore_ascii_case(page));
    PAGES.iter().any(begins)
        && head.to_ascii_lowercase().windows(5).any(|tag| tag == b"<html" || tag == b"<body")
}

/// Whether it is JSON, and if so, with an article on each line or not: of the first two lines with something on them,
/// the first holds a whole value and the second does not close an array, or the second begins with `{` at least.
fn json(head: &[u8]) -> Option<Kind> {
    let head = head.strip_prefix(BOM).unwrap_or(head);
    let mut lines = head.split(|&b| b == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty());
    let (first, second) = (lines.next()?, lines.next());
    let inside = first[1..].trim_ascii_start().first();
    let whole = serde_json::from_slice::<serde::de::IgnoredAny>(first).is_ok();
    match first[0] {
        b'{' => match second {
            Some(second) if !whole && second[0] != b'{' => Some(Kind::Json),
            _ => Some(Kind::Lines),
        },
        b'[' if matches!(inside, None | Some(b'{' | b']')) => match whole && second.is_some() {
            true => Some(Kind::Lines),
            false => Some(Kind::Json),
        },
        // Something is wrong with the first lines, but others look like articles.
        _ => lines.chain(second).any(|line| line[0] == b'{').then_some(Kind::Lines),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_told_by_its_first_lines() {
        for (head, want) in [
            ("{\"a\":1}\n{\"a\":2}", Some(Kind::Lines)),
            ("\u{feff}{\"a\":1}", Some(Kind::Lines)),
            ("{\"a\":\n{\"a\":2}", Some(Kind::Lines)),
            ("{\n\"a\":1}", Some(Kind::Json)),
            ("[\n  {\"a\":1}", Some(Kind::Json)),
            ("[{\"a\":1},\n{\"a\":2}]", Some(Kind::Json)),
            ("[{\"a\":1}]\n", Some(Kind::Json)),
            ("[{\"a\":1}]\n[{\"a\":2}]\n", Some(Kind::Lines)),
            ("oops\n{\"a\":1}", Some(Kind::Lines)),
            ("[1] Ông Mẫu", None),
            ("Một câu.", None),
            ("", None),
        ] {
            assert_eq!(json(head.as_bytes()), want, "{head}");
        }
    }

    #[test]
    fn names_help_where_content_leaves_a_choice() {
        let kind = |head: &str, name: &str| {
            let marked = Kind::marked(head.as_bytes()).ok()?;
            let named = Kind::named(Path::new(name));
            Some(marked.unwrap_or_else(|| Kind::told(head.as_bytes(), named, &Fields::default())))
        };
        assert_eq!(kind("{\"a\":1}", "a.txt.GZ"), Some(Kind::Text));
        assert_eq!(kind("oops", "a.jsonl"), Some(Kind::Lines));
        assert_eq!(kind("oops", "a"), Some(Kind::Text));
        assert_eq!(kind("[{}", "a.jsonl.xz"), Some(Kind::Json));
        assert_eq!(kind("PAR1", "a.txt"), Some(Kind::Parquet));
        assert_eq!(kind("id;content\n1;a", "-"), Some(Kind::Table));
        assert_eq!(kind("Một câu, title", "-"), Some(Kind::Text));
        assert_eq!(kind("\n<!DOCTYPE html>\n<HTML lang=vi>", "-"), Some(Kind::Html));
        assert_eq!(kind("<b>Một câu</b>", "-"), Some(Kind::Text));
        assert_eq!(kind("WARC/1.1\r\n", "-"), Some(Kind::Warc));
        assert_eq!(kind("%PDF-1.7", "a.txt"), None);
    }
}
