//! What text is written in besides UTF-8. UTF-16 says so itself; all others are named by the user, never guessed.
//! Offsets count in what was decoded. What an old encoding writes in pieces, a letter and its marks, becomes NFC; UTF-16 is
//! Unicode as it is and stays as it was given.

pub mod suspect;

use super::fault::Problem;
use super::stream::Stream;
use encoding_rs::{CoderResult, Decoder, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::io::{self, Read};
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// A way to write text.
#[derive(Clone, Copy, Debug)]
pub enum Encoding {
    /// one that browsers know
    Known(&'static encoding_rs::Encoding),
    /// one of our own tables
    Table(&'static Table),
}

/// The characters of each byte.
#[derive(Debug)]
pub struct Table {
    /// its usual name
    pub name: &'static str,
    characters: [Box<str>; 256],
}

static TABLES: LazyLock<[Table; 3]> = LazyLock::new(|| {
    let table = |name, rows| Table { name, characters: characters(rows) };
    [
        table("tcvn3", include_str!("tcvn3.tsv")),
        table("viscii", include_str!("viscii.tsv")),
        table("vni", include_str!("vni.tsv")),
    ]
});

/// Those bytes that `rows` names; all others as in windows-1252.
fn characters(rows: &str) -> [Box<str>; 256] {
    let mut characters =
        std::array::from_fn(|byte| WINDOWS_1252.decode_without_bom_handling(&[byte as u8]).0.into());
    for row in rows.lines().filter(|row| !row.starts_with('#')).skip(1) {
        let mut cells = row.split('\t');
        let (byte, text) = (cells.next().expect("a byte"), cells.next().expect("its characters"));
        characters[usize::from_str_radix(byte, 16).expect("a byte")] = text.into();
    }
    characters
}

impl Encoding {
    /// The encoding of a name: `windows-1258`, `tcvn3` (`abc`), `viscii`, `vni`, or any that browsers know.
    pub fn named(name: &str) -> Option<Encoding> {
        let name = name.trim().to_ascii_lowercase();
        let own = match &*name {
            "abc" | "tcvn" | "tcvn-5712" | "tcvn5712" => "tcvn3",
            "vni-windows" | "vni-win" => "vni",
            name => name,
        };
        let table = TABLES.iter().find(|table| table.name == own).map(Encoding::Table);
        let label = if name == "cp1258" { "windows-1258" } else { &name };
        table.or_else(|| encoding_rs::Encoding::for_label(label.as_bytes()).map(Encoding::Known))
    }

    /// The encoding that a text begins with the sign of.
    pub fn marked(head: &[u8]) -> Option<Encoding> {
        let (encoding, _) = encoding_rs::Encoding::for_bom(head)?;
        (encoding != UTF_8).then_some(Encoding::Known(encoding))
    }

    /// Its usual name.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Known(encoding) => encoding.name(),
            Encoding::Table(table) => table.name,
        }
    }

    /// All of `bytes` as text.
    pub fn decode(self, bytes: &[u8]) -> String {
        let mut text = String::new();
        let mut stream = self.stream(Box::new(io::Cursor::new(bytes.to_vec())));
        stream.read_to_string(&mut text).expect("what is decoded is UTF-8");
        text
    }

    /// The text of a stream as UTF-8.
    pub fn stream(self, stream: Stream) -> Stream {
        let step: Box<dyn Step> = match self {
            Encoding::Known(encoding) => Box::new(encoding.new_decoder()),
            Encoding::Table(table) => Box::new(table),
        };
        let (held, ready) = (String::new(), Vec::new());
        Box::new(Decoded { stream, step, composes: !self.is_unicode(), held, ready, given: 0, ended: false })
    }

    fn is_unicode(self) -> bool {
        matches!(self, Encoding::Known(e) if [UTF_8, UTF_16LE, UTF_16BE].contains(&e))
    }
}

/// Decodes bytes as they come.
trait Step: Send {
    fn decode(&mut self, bytes: &[u8], last: bool, text: &mut String);
}

impl Step for Decoder {
    fn decode(&mut self, mut bytes: &[u8], last: bool, text: &mut String) {
        loop {
            text.reserve(self.max_utf8_buffer_length(bytes.len()).unwrap_or(bytes.len()).max(16));
            let (result, read, _) = self.decode_to_string(bytes, text, last);
            bytes = &bytes[read..];
            if result == CoderResult::InputEmpty {
                return;
            }
        }
    }
}

impl Step for &'static Table {
    fn decode(&mut self, bytes: &[u8], _: bool, text: &mut String) {
        for &byte in bytes {
            text.push_str(&self.characters[usize::from(byte)]);
        }
    }
}

/// A stream decoded and, where need be, composed.
struct Decoded {
    stream: Stream,
    step: Box<dyn Step>,
    composes: bool,
    /// decoded, but what comes next may compose with its end
    held: String,
    ready: Vec<u8>,
    given: usize,
    ended: bool,
}

impl Decoded {
    fn fill(&mut self) -> io::Result<()> {
        const BLOCK: u64 = 64 << 10;
        let mut bytes = Vec::with_capacity(BLOCK as usize);
        (&mut self.stream).take(BLOCK).read_to_end(&mut bytes)?;
        self.ended = bytes.is_empty();
        self.step.decode(&bytes, self.ended, &mut self.held);
        self.given = 0;
        if !self.composes {
            self.ready = std::mem::take(&mut self.held).into_bytes();
            return Ok(());
        }
        let last = self.held.char_indices().rev().find(|&(_, c)| canonical_combining_class(c) == 0);
        let whole = if self.ended { self.held.len() } else { last.map_or(0, |(at, _)| at) };
        self.ready = self.held[..whole].nfc().collect::<String>().into_bytes();
        self.held.drain(..whole);
        Ok(())
    }
}

impl Read for Decoded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.ready.len() && !self.ended {
            self.fill()?;
        }
        let rest = &self.ready[self.given..];
        let n = rest.len().min(buffer.len());
        buffer[..n].copy_from_slice(&rest[..n]);
        self.given += n;
        Ok(n)
    }
}

/// The problem of a name that is none.
pub fn unknown(name: &str) -> String {
    format!("{name:?} is no encoding that is known; try windows-1258, tcvn3 (ABC), viscii or vni")
}

/// The problem of bytes that are no UTF-8: what they look like, if like anything.
pub fn not_utf8(bytes: &[u8], why: String) -> Problem {
    match suspect::encoding(bytes) {
        Some(name) => {
            let why = format!("{why}; the text looks like {name}");
            Problem::error("suspect_encoding", why, format!("read it again with --encoding {name}"))
        }
        None => {
            let hint = "name what it is written in: --encoding windows-1258, tcvn3, viscii, vni …";
            Problem::error("not UTF-8", why, hint)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Đồng chí Nguyễn Thị Mẫu, Bí thư Huyện ủy: \"Thưởng 5 tỷ đồng\", ăn ở đẹp, kỹ sư.";

    fn from_hex(hex: &str) -> Vec<u8> {
        (0..hex.len()).step_by(2).map(|n| u8::from_str_radix(&hex[n..n + 2], 16).unwrap()).collect()
    }

    #[test]
    fn what_iconv_wrote_comes_back() {
        for (name, hex) in [
            (
                "tcvn3",
                "a7e56e67206368dd204e677579d46e205468de204dc9752c2042dd207468ad20487579d66e20f1793a20225468adeb6e6720352074fb20aee56e67222c20a86e20eb20aed1702c206bfc2073ad2e",
            ),
            (
                "viscii",
                "d0b06e67206368ed204e677579ad6e205468b8204de7752c2042ed207468df20487579ae6e20fc793a20225468dfb76e6720352074d620f0b06e67222c20e56e20b720f0a9702c206bdb2073df2e",
            ),
            (
                "windows-1258",
                "d0f4cc6e67206368ed204e677579eade6e20546869f2204de2de752c2042ed207468fd20487579eaf26e2075d2793a20225468fdf5d26e672035207479d220f0f4cc6e67222c20e36e20f5d220f065f2702c206b79de2073fd2e",
            ),
        ] {
            let read = Encoding::named(name).unwrap().decode(&from_hex(hex));
            assert_eq!(read, TEXT, "{name}");
        }
    }

    #[test]
    fn utf_16_is_not_composed() {
        let text = "Hu\u{79}e\u{323}\u{302}n u\u{309}y \u{1ee7}";
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(Encoding::named("utf-16le").unwrap().decode(&bytes), text);
    }

    /// A vowel, and behind it a byte for its marks, of which there are fewer than of letters.
    #[test]
    fn vni_marks_compose_with_the_letter_before() {
        let vni = b"\xd1o\xe0ng ch\xed Nguye\xe3n Th\xf2 Ma\xe3u, B\xed th\xf6 Huye\xe4n u\xfby: \"Th\xf6\xf4\xfbng 5 ty\xfb \xf1o\xe0ng\", \
                    a\xean \xf4\xfb \xf1e\xefp, ky\xf5 s\xf6.";
        assert_eq!(Encoding::named("VNI").unwrap().decode(vni), TEXT);
        assert_eq!(Encoding::named("vni").unwrap().decode(b"TH\xd6\xd4\xdbNG"), "THƯỞNG");
    }

    #[test]
    fn marks_compose_across_blocks() {
        let bytes = b"a\xec".repeat(100_000);
        assert_eq!(Encoding::named("cp1258").unwrap().decode(&bytes), "á".repeat(100_000));
    }

    #[test]
    fn utf_16_says_so_itself() {
        let bytes: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let marked = [b"\xff\xfe".as_slice(), &bytes].concat();
        assert_eq!(Encoding::marked(&marked).unwrap().decode(&marked), TEXT);
        assert!(Encoding::marked("\u{feff}a".as_bytes()).is_none());
        assert!(Encoding::named("klingon").is_none());
    }
}
