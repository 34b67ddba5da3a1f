//! Tokens: syllables, digit runs and single marks, each with its word, its shape and the gap before it.
//!
//! Everything after this stage works on tokens, so a rule sees `TP. HCM` and `TP.HCM`, NFC and NFD, `hoà` and `hòa`
//! alike, never starts or ends inside a word, and still points at the exact bytes of the text as it was given.

use super::fold::is_ignorable;
use super::vocabulary::{Lookup, Word};
use serde::Serialize;
use unicode_normalization::char::is_combining_mark;

/// How a token is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Shape {
    /// `thành`
    Lower,
    /// `Hà`, `Đức`
    Title,
    /// one capital letter: `A`, `Đ`
    Initial,
    /// `UBND`
    Upper,
    /// `CTr`, `iPhone`
    Mixed,
    /// `2019`
    Digits,
    /// one mark: `,` `-` `“`
    Mark,
}

impl Shape {
    /// Every shape.
    pub const ALL: [Shape; 7] =
        [Shape::Lower, Shape::Title, Shape::Initial, Shape::Upper, Shape::Mixed, Shape::Digits, Shape::Mark];

    /// Starts with a capital letter.
    pub fn is_capital(self) -> bool {
        matches!(self, Shape::Title | Shape::Initial | Shape::Upper | Shape::Mixed)
    }
    /// Made of letters.
    pub fn is_word(self) -> bool {
        !matches!(self, Shape::Digits | Shape::Mark)
    }
}

/// What stands between a token and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Gap {
    /// nothing: `01-CTr` has no gaps
    None,
    /// white space, NBSP and a wrapped line included
    Space,
    /// the end of a line that is not merely wrapped
    Line,
}

/// One token; `start..end` are byte offsets.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Token {
    /// first byte
    pub start: u32,
    /// one past the last byte
    pub end: u32,
    /// what it says, case and spelling folded; [`Word::UNKNOWN`] if no table and no rule knows it
    pub word: Word,
    /// how it is written
    pub shape: Shape,
    /// what stands before it
    pub gap: Gap,
}

#[derive(Clone, Copy, PartialEq)]
enum Class {
    Letter,
    Digit,
    Space,
    Line,
    Ignorable,
    Mark,
}

/// Cuts `text` into tokens and appends them to `tokens`.
pub fn tokenize(text: &str, lookup: &mut Lookup<'_>, tokens: &mut Vec<Token>) {
    let bytes = text.as_bytes();
    let (mut at, mut gap) = (0, Gap::Line);
    while at < bytes.len() {
        if bytes[at] == b' ' {
            gap = gap.max(Gap::Space);
            at += 1;
            continue;
        }
        if let Some((word, shape, len)) = lookup.known(bytes, at) {
            let end = at + len;
            tokens.push(Token { start: at as u32, end: end as u32, word, shape, gap });
            (at, gap) = (end, Gap::None);
            continue;
        }
        let (class, len) = classify(text, at);
        let end = match class {
            Class::Letter => end_of_word(text, at + len),
            Class::Digit => end_of_run(text, at + len, Class::Digit),
            Class::Mark => at + len,
            Class::Space => {
                gap = gap.max(Gap::Space);
                at += len;
                continue;
            }
            Class::Line => {
                gap = gap.max(if is_wrapped(text, at) { Gap::Space } else { Gap::Line });
                at += len;
                continue;
            }
            Class::Ignorable => {
                at += len;
                continue;
            }
        };
        let (word, shape) = match class {
            Class::Mark if len == 1 => (Word::mark(bytes[at]), Shape::Mark),
            Class::Mark => (lookup.mark(&text[at..end]), Shape::Mark),
            Class::Digit => (lookup.number(text, at, end), Shape::Digits),
            _ => lookup.find(text, at, end),
        };
        tokens.push(Token { start: at as u32, end: end as u32, word, shape, gap });
        (at, gap) = (end, Gap::None);
    }
}

/// What a byte tells about the character it starts.
#[derive(Clone, Copy, PartialEq)]
enum Lead {
    /// the class of an ASCII character
    Ascii(Class),
    /// a two-byte Latin letter
    Letter2,
    /// `Ã`-block: letters but for `×` and `÷`
    Latin1,
    /// three bytes: a Vietnamese letter if the second byte is 0xBA or 0xBB
    Three,
    /// look at the character
    Other,
}

const LEADS: [Lead; 256] = {
    let mut leads = [Lead::Other; 256];
    let mut byte = 0;
    while byte < 256 {
        leads[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => Lead::Ascii(Class::Letter),
            b'0'..=b'9' => Lead::Ascii(Class::Digit),
            b'\n' | b'\r' | b'\x0c' => Lead::Ascii(Class::Line),
            0..=b' ' | 0x7f => Lead::Ascii(Class::Space),
            b'!'..=b'~' => Lead::Ascii(Class::Mark),
            0xc3 => Lead::Latin1,
            0xc4..=0xc6 => Lead::Letter2,
            0xe1 => Lead::Three,
            _ => Lead::Other,
        };
        byte += 1;
    }
    leads
};

/// The class and byte length of the character at `at`. ASCII and the Vietnamese letters are told by their bytes.
#[inline(always)]
fn classify(text: &str, at: usize) -> (Class, usize) {
    let bytes = text.as_bytes();
    match LEADS[bytes[at] as usize] {
        Lead::Ascii(class) => (class, 1),
        Lead::Letter2 => (Class::Letter, 2),
        Lead::Latin1 if !matches!(bytes[at + 1], 0x97 | 0xb7) => (Class::Letter, 2),
        Lead::Three if matches!(bytes[at + 1], 0xba | 0xbb) => (Class::Letter, 3),
        _ => classify_other(text[at..].chars().next().unwrap_or(' ')),
    }
}

/// Passes over the letters at `at` that their bytes tell, which is nearly every word to its end.
fn skip_letters(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() {
        at += match LEADS[bytes[at] as usize] {
            Lead::Ascii(Class::Letter) => 1,
            Lead::Letter2 => 2,
            Lead::Latin1 if !matches!(bytes[at + 1], 0x97 | 0xb7) => 2,
            Lead::Three if matches!(bytes[at + 1], 0xba | 0xbb) => 3,
            _ => break,
        };
    }
    at
}

#[inline(never)]
fn classify_other(c: char) -> (Class, usize) {
    let class = match c {
        '\u{2028}' | '\u{2029}' | '\u{85}' => Class::Line,
        _ if is_ignorable(c) => Class::Ignorable,
        _ if c.is_whitespace() => Class::Space,
        '0'..='9' | '０'..='９' => Class::Digit,
        _ if c.is_alphanumeric() || is_combining_mark(c) => Class::Letter,
        _ => Class::Mark,
    };
    (class, c.len_utf8())
}

fn end_of_word(text: &str, from: usize) -> usize {
    let plain = skip_letters(text.as_bytes(), from);
    if text.as_bytes().get(plain).is_none_or(|b| b.is_ascii() && *b != b'\'') {
        return plain;
    }
    let end = end_of_run(text, plain, Class::Letter);
    // `H'Hen`, `K’Bảo`, `N'Trang`: an apostrophe after a short onset belongs to the name.
    let apostrophe = text[end..].chars().next().filter(|c| matches!(c, '\'' | '\u{2019}' | '\u{02bc}'));
    match apostrophe {
        Some(c) if end - from <= 1 && starts_with_letter(text, end + c.len_utf8()) => {
            end_of_run(text, end + c.len_utf8(), Class::Letter)
        }
        _ => end,
    }
}

fn starts_with_letter(text: &str, at: usize) -> bool {
    at < text.len() && classify(text, at).0 == Class::Letter
}

/// The end of a run of `class` that starts before `at`; ignorable characters inside the run belong to it.
fn end_of_run(text: &str, mut at: usize, class: Class) -> usize {
    let mut end = at;
    while at < text.len() {
        let (found, len) = classify(text, at);
        at += len;
        if found == class {
            end = at;
        } else if found != Class::Ignorable {
            break;
        }
    }
    end
}

/// A line break that only wraps a sentence (or stands where a link was cut out of it): the line before ends no
/// sentence, and the line behind it goes on in lower case or closes something.
fn is_wrapped(text: &str, at: usize) -> bool {
    let blank = |c: char| matches!(c, '\r' | ' ') || is_ignorable(c);
    let before = text[..at].trim_end_matches(blank);
    let after = text[at..].trim_start_matches(blank);
    let next = after.strip_prefix('\n').unwrap_or(after).trim_start_matches(is_ignorable);
    match next.chars().next() {
        Some(',' | ';' | ')' | '”') => !before.is_empty() && !before.ends_with('\n'),
        Some(c) if c.is_lowercase() => {
            let mut line = before.chars().rev().take_while(|&c| c != '\n').filter(|&c| !is_unseen(c));
            line.next().is_some_and(carries_on) && line.nth(WRAPPED - 2).is_some()
        }
        _ => false,
    }
}

/// Fewest letters and marks of a line that is taken for wrapped.
const WRAPPED: usize = 7;

/// Adds nothing to the length of a line: a combining mark or an ignorable character.
fn is_unseen(c: char) -> bool {
    is_combining_mark(c) || is_ignorable(c)
}

fn carries_on(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, ',' | '"' | '”' | '’' | ')' | '%')
}
