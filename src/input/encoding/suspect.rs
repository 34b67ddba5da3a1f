//! Tells text that looks like one of the old Vietnamese encodings: read as one of them, and only so, it has words that
//! no Vietnamese text does without. It is only told; the user decides.

use super::Encoding;
use encoding_rs::WINDOWS_1252;

const OLD: &[&str] = &["tcvn3", "vni", "viscii", "windows-1258"];

/// How much is looked at.
const LOOK: usize = 4096;

/// How many different words make a suspicion.
const ENOUGH: usize = 3;

/// Words with letters that western encodings have not.
const WORDS: &[&str] = &[
    "của",
    "được",
    "người",
    "đã",
    "những",
    "với",
    "ở",
    "tại",
    "ủy",
    "tỉnh",
    "huyện",
    "đồng",
    "một",
    "này",
    "việc",
    "tịch",
    "bộ",
    "chủ",
    "thị",
    "trưởng",
    "thư",
    "đến",
    "đầu",
    "nước",
    "từ",
    "về",
    "xã",
    "hội",
    "phó",
    "dự",
    "số",
    "nhiều",
    "điểm",
    "đảng",
    "cấp",
    "như",
    "trở",
    "động",
    "triển",
    "hiện",
];

/// The encoding that bytes look written in.
pub fn encoding(bytes: &[u8]) -> Option<&'static str> {
    let head = &bytes[..bytes.len().min(LOOK)];
    if head.is_ascii() {
        return None;
    }
    let score = |name: &&str| words(&Encoding::named(name).expect("it is one of ours").decode(head));
    let (best, name) = OLD.iter().map(|name| (score(name), *name)).rev().max_by_key(|&(score, _)| score)?;
    (best >= ENOUGH).then_some(name)
}

/// The encoding that a text was written in before it was read as a western one. Text with any of the letters that
/// only Vietnamese has, composed or not, is beyond suspicion.
pub fn misread(text: &str) -> Option<&'static str> {
    let head = &text.as_bytes()[..text.len().min(LOOK)];
    let vietnamese = memchr::memchr2(0xe1, 0xcc, head).is_some();
    if vietnamese || head.is_ascii() {
        return None;
    }
    let end = (0..=LOOK.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or_default();
    encoding(&WINDOWS_1252.encode(&text[..end]).0)
}

/// How many of the words stand in a text.
fn words(text: &str) -> usize {
    let text = text.to_lowercase();
    let found: Vec<&str> = text.split(|c: char| !c.is_alphabetic()).collect();
    WORDS.iter().filter(|word| found.contains(word)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_encodings_are_told() {
        for (name, bytes) in [
            ("tcvn3", b"\xa7\xe5ng ch\xdd B\xdd th\xad t\xd8nh, Ch\xf1 t\xdech huy\xd6n \xae\xb7 v\xd2".as_slice()),
            ("vni", b"\xd1o\xe0ng ch\xed B\xed th\xf6 t\xe6nh, Chu\xfb t\xf2ch huye\xe4n \xf1a\xf5 ve\xe0"),
            ("viscii", b"\xd0\xb0ng ch\xed B\xed th\xdf t\xefnh, Ch\xfc t\xb8ch huy\xaen \xf0\xe3 v\xab"),
            ("windows-1258", b"\xd0\xf4\xccng ch\xed B\xed th\xfd ti\xd2nh, Chu\xd2 ti\xf2ch huy\xea\xf2n \xf0a\xde v\xea\xcc"),
        ] {
            assert_eq!(encoding(bytes), Some(name));
            assert_eq!(misread(&WINDOWS_1252.decode(bytes).0), Some(name));
        }
    }

    #[test]
    fn other_texts_are_not() {
        for text in [
            "Các công ty và các cháu không có gì.",
            "Đồng chí Bí thư tỉnh ủy, Chủ tịch huyện đã về.",
            "Déjà vu à Hanoï, où l'été dure; ça va être très beau.",
            "Übergröße für Männer, Straße, schön",
            "",
        ] {
            assert_eq!(misread(text), None, "{text}");
        }
        assert_eq!(encoding(b"M\xe2u"), None);
    }
}
