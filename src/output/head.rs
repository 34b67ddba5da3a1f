//! What a file of JSON is, told by its first bytes: the keys of its first object.

use super::lines::BadLine;
use crate::input::meter::Meter;
use crate::input::stream::Stream;
use crate::input::{Limits, compress};
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, Visitor};
use std::fmt::{self, Formatter};
use std::fs::File;
use std::io::{self, BufRead, Cursor, Read};
use std::path::Path;
use std::sync::Arc;

/// So much of a file is looked at.
const BYTES: u64 = 1 << 20;

/// The head of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// whether the objects are the elements of an array
    pub array: bool,
    /// the keys of the first object, as far as they can be seen: nothing where there is no object
    pub keys: Vec<String>,
}

impl Head {
    /// Looks at `path`, which may be packed with gzip or zstd; of `-`, standard input, nothing is taken away.
    pub fn of(path: &Path) -> Result<Self, BadLine> {
        let bytes = first_bytes(path).map_err(|error| {
            let cause = format!("cannot be read, {error}, check the path");
            BadLine { path: path.display().to_string(), line: 0, cause }
        })?;
        Ok(Self::in_bytes(&unpacked(bytes)))
    }

    fn in_bytes(bytes: &[u8]) -> Self {
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes).trim_ascii_start();
        let (array, object) = match bytes.strip_prefix(b"[") {
            Some(inner) => (true, inner.trim_ascii_start()),
            None => (false, bytes),
        };
        let mut keys = Vec::new();
        // It ends in the middle as a rule: what was seen before counts.
        let _ = Keys(&mut keys).deserialize(&mut serde_json::Deserializer::from_slice(object));
        Head { array, keys }
    }

    /// Whether the first object has this key.
    pub fn has(&self, key: &str) -> bool {
        self.keys.iter().any(|known| known == key)
    }
}

fn first_bytes(path: &Path) -> io::Result<Vec<u8>> {
    if path == Path::new("-") {
        return io::stdin().lock().fill_buf().map(<[u8]>::to_vec);
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(BYTES).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What can be unpacked of the first bytes of a file.
fn unpacked(bytes: Vec<u8>) -> Vec<u8> {
    let meter = Meter::new(Limits::default(), &Arc::default());
    let stream: Stream = Box::new(Cursor::new(bytes));
    let mut out = Vec::new();
    if let Ok(unpacked) = compress::unpack(stream, &meter) {
        let _ = unpacked.stream.take(BYTES).read_to_end(&mut out); // breaks off where the bytes do
    }
    out
}

/// Collects the keys of an object, passing over their values.
struct Keys<'a>(&'a mut Vec<String>);

impl<'de> DeserializeSeed<'de> for Keys<'_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Keys<'_> {
    type Value = ();

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key()? {
            self.0.push(key);
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keys_that_can_be_seen() {
        for (text, array, keys) in [
            ("{\"doc\": \"a\", \"records\": [{\"x\": 1}]}\n{\"other\": 1}", false, &["doc", "records"][..]),
            ("\u{feff} \n[ {\"id\": 1, \"annotations\": [{\"y\"", true, &["id", "annotations"]),
            ("{\"doc\": \"a\", \"text\": \"cut in the mid", false, &["doc", "text"]),
            ("{\"doc\": \"a\", \"te", false, &["doc"]),
            ("Sáng 14-11", false, &[]),
            ("[1, 2]", true, &[]),
            ("", false, &[]),
        ] {
            let head = Head::in_bytes(text.as_bytes());
            assert_eq!(
                (head.array, head.keys),
                (array, keys.iter().map(|k| k.to_string()).collect()),
                "{text}"
            );
        }
    }

    #[test]
    fn packed_files_are_looked_into() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.zst");
        let line = format!("{{\"doc\": \"a\", \"text\": \"{}\"}}", "lúa mùa ".repeat(1 << 20));
        std::fs::write(&path, zstd::encode_all(line.as_bytes(), 1).unwrap()).unwrap();
        assert_eq!(Head::of(&path).unwrap().keys, ["doc", "text"]);
        let error = Head::of(&folder.path().join("none")).unwrap_err().to_string();
        assert!(error.contains("none: cannot be read, "), "{error}");
    }
}
