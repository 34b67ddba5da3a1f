//! Folding: the spelling under which words are compared, so that case, Unicode form, tone placement and the
//! i/y habit do not count. Folding makes keys; it never touches offsets, which stay in the text as given.

use std::borrow::Cow;
use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Characters that are kept in the text and its offsets but mean nothing: zero-width, soft hyphen, bidi marks, BOM.
pub fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Whether the bytes alone tell that `text` is NFC without ignorable characters: ASCII, Latin and precomposed
/// Vietnamese letters, as nearly all text is.
fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        at += match bytes[at] {
            0..=0x7f => 1,
            0xc3..=0xc6 => 2,
            0xe1 if matches!(bytes[at + 1], 0xba | 0xbb) => 3,
            _ => return false,
        };
    }
    true
}

/// Whether the bytes alone tell that `text` is plain and its words stand one blank apart.
pub fn is_tidy(text: &str) -> bool {
    let bytes = text.as_bytes();
    let apart = |at: usize| at > 0 && bytes[at - 1] != b' ' && at + 1 < bytes.len();
    is_plain(text) && bytes.iter().enumerate().all(|(at, &b)| b > b' ' || b == b' ' && apart(at))
}

/// `text` in NFC without ignorable characters; borrowed where nothing changes.
pub fn clean(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    let dirty = text.chars().any(is_ignorable);
    let nfc = is_nfc_quick(text.chars()) == IsNormalized::Yes;
    match (dirty, nfc) {
        (false, true) => Cow::Borrowed(text),
        _ => Cow::Owned(text.chars().filter(|c| !is_ignorable(*c)).nfc().collect()),
    }
}

/// The key of one word: NFC, lower case, `đ` for the Icelandic `ð`, the tone mark on the first vowel of an open
/// `oa`, `oe`, `uy` (`hoà` -> `hòa`, `uỷ` -> `ủy`), and `i` for a lone final `y` (`sỹ` -> `sĩ`, `kỷ` -> `kỉ`).
pub fn fold(word: &str) -> String {
    let mut lower = String::with_capacity(word.len());
    lower.extend(clean(word).chars().flat_map(char::to_lowercase).map(plain_letter));
    // Letters of other scripts can fall apart when their case changes.
    let lower = if is_plain(&lower) { lower } else { lower.nfc().collect() };
    fold_tone(&lower).or_else(|| fold_y(&lower)).unwrap_or(lower)
}

fn plain_letter(c: char) -> char {
    match c {
        'ð' | 'ɖ' => 'đ',
        '\u{2019}' | '\u{02bc}' | '\u{02c8}' => '\'',
        _ => c,
    }
}

/// `text` as people type it in a hurry: lower case, single spaces, no accents, `d` for `đ`. A key for searching.
pub fn bare(text: &str) -> String {
    let lower = text.nfkd().flat_map(char::to_lowercase).nfd();
    let letters =
        lower.filter(|c| !is_combining_mark(*c) && !is_ignorable(*c)).map(|c| match plain_letter(c) {
            'đ' => 'd',
            plain => plain,
        });
    let text: String = letters.collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

const TONE_PLACEMENT: [(&str, &str); 15] = [
    ("oà", "òa"),
    ("oá", "óa"),
    ("oả", "ỏa"),
    ("oã", "õa"),
    ("oạ", "ọa"),
    ("oè", "òe"),
    ("oé", "óe"),
    ("oẻ", "ỏe"),
    ("oẽ", "õe"),
    ("oẹ", "ọe"),
    ("uỳ", "ùy"),
    ("uý", "úy"),
    ("uỷ", "ủy"),
    ("uỹ", "ũy"),
    ("uỵ", "ụy"),
];

fn fold_tone(word: &str) -> Option<String> {
    let (late, early) = TONE_PLACEMENT.iter().find(|(late, _)| word.ends_with(late))?;
    let onset = &word[..word.len() - late.len()];
    (!onset.ends_with('q')).then(|| format!("{onset}{early}"))
}

fn fold_y(word: &str) -> Option<String> {
    let vowel = match word.chars().next_back()? {
        'y' => 'i',
        'ý' => 'í',
        'ỳ' => 'ì',
        'ỷ' => 'ỉ',
        'ỹ' => 'ĩ',
        'ỵ' => 'ị',
        _ => return None,
    };
    let onset = &word[..word.len() - word.chars().next_back()?.len_utf8()];
    matches!(onset, "h" | "k" | "l" | "m" | "s" | "t" | "v" | "qu").then(|| format!("{onset}{vowel}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_word_share_a_key() {
        for (a, b) in
            [("Hoà", "hòa"), ("Uỷ", "ỦY"), ("sỹ", "Sĩ"), ("Ðức", "đức"), ("kỷ", "kỉ"), ("H’Hen", "h'hen")]
        {
            assert_eq!(fold(a), fold(b), "{a} {b}");
        }
        assert_eq!(fold("Nguye\u{302}\u{303}n"), "nguyễn");
        assert_eq!(fold("Hà\u{200b}"), "hà");
    }

    #[test]
    fn keys_without_accents() {
        for (text, want) in [
            ("Đỗ  Thị Uyên", "do thi uyen"),
            ("NGUYỄN VĂN ĐỨC", "nguyen van duc"),
            ("Nguye\u{302}\u{303}n", "nguyen"),
            ("Hà\u{200b} Nội", "ha noi"),
            ("Ðức", "duc"),
            ("H’Hen Niê", "h'hen nie"),
            ("01-CTr/TU", "01-ctr/tu"),
            ("İ", "i"),
            ("", ""),
        ] {
            assert_eq!(bare(text), want, "{text}");
            assert_eq!(bare(&bare(text)), bare(text));
        }
    }

    #[test]
    fn tidy_text_needs_no_cleaning() {
        for (text, want) in [
            ("Trần Văn Bách", true),
            ("UBND", true),
            ("", true),
            ("Trần  Văn", false),
            (" Trần", false),
            ("Trần ", false),
            ("Trần\u{a0}Văn", false),
            ("Trần\nVăn", false),
            ("Hà\u{200b} Nội", false),
            ("Nguye\u{302}\u{303}n", false),
        ] {
            assert_eq!(is_tidy(text), want, "{text:?}");
        }
    }

    #[test]
    fn different_words_keep_different_keys() {
        for (a, b) in
            [("quỳ", "qùy"), ("hoàn", "hòan"), ("thúy", "thúi"), ("ma", "má"), ("y", "i"), ("đ", "d")]
        {
            assert_ne!(fold(a), fold(b), "{a} {b}");
        }
    }

    #[test]
    fn folding_is_idempotent() {
        for word in ["Thuỷ", "QUÝ", "oà", "Mỹ", "ĐỒNG"] {
            assert_eq!(fold(&fold(word)), fold(word));
        }
    }
}
