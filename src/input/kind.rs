//! What a stream is made of: told by how it begins, and where that leaves a choice, by the name of the file.

use super::fault::Problem;
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
}

/// How many bytes of a stream are looked at.
pub const LOOK: usize = 64 << 10;

const BOM: &[u8] = b"\xef\xbb\xbf";

/// The endings of compression, which say nothing of what is inside.
const PACKED: &[&str] = &[".gz", ".zst", ".bz2", ".xz"];

const NAMES: &[(&str, Kind)] =
    &[("txt", Kind::Text), ("jsonl", Kind::Lines), ("ndjson", Kind::Lines), ("json", Kind::Json)];

/// What a file is by its first bytes when it is none of our kinds, and how to make it one.
const FOREIGN: &[(&[u8], &str, &str)] = &[
    (b"PK\x03\x04", "zip", "unpack it and give the folder"),
    (b"7z\xbc\xaf\x27\x1c", "7z", "unpack it and give the folder"),
    (b"Rar!\x1a\x07", "RAR", "unpack it and give the folder"),
    (b"PAR1", "Parquet", "turn it into JSON Lines"),
    (b"%PDF-", "PDF", "turn it into text: pdftotext"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file", "save it as text"),
    (b"\xff\xfe", "UTF-16", "convert it: iconv -f UTF-16 -t UTF-8"),
    (b"\xfe\xff", "UTF-16", "convert it: iconv -f UTF-16 -t UTF-8"),
];

impl Kind {
    /// What the name of a file says, an ending for its compression left aside.
    pub fn named(path: &Path) -> Option<Kind> {
        let name = path.file_name()?.to_str()?.to_ascii_lowercase();
        let stem = PACKED.iter().find_map(|end| name.strip_suffix(end)).unwrap_or(&name);
        let ending = stem.rsplit_once('.')?.1;
        NAMES.iter().find(|(name, _)| *name == ending).map(|&(_, kind)| kind)
    }

    /// What begins with `head`, in a file whose name says `named`.
    pub fn told(head: &[u8], named: Option<Kind>) -> Result<Kind, Problem> {
        if let Some(&(_, name, hint)) = FOREIGN.iter().find(|(magic, ..)| head.starts_with(magic)) {
            return Err(Problem::error("not readable", format!("it is {name}"), hint));
        }
        Ok(match named {
            Some(Kind::Text) => Kind::Text,
            Some(Kind::Lines | Kind::Json) => json(head).unwrap_or(Kind::Lines),
            None => json(head).unwrap_or(Kind::Text),
        })
    }
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
    fn names_help() {
        let kind = |head: &str, name: &str| Kind::told(head.as_bytes(), Kind::named(Path::new(name))).ok();
        assert_eq!(kind("{\"a\":1}", "a.txt.GZ"), Some(Kind::Text));
        assert_eq!(kind("oops", "a.jsonl"), Some(Kind::Lines));
        assert_eq!(kind("oops", "a"), Some(Kind::Text));
        assert_eq!(kind("[{}", "a.jsonl.xz"), Some(Kind::Json));
        assert_eq!(kind("PAR1", "a.txt"), None);
    }
}
