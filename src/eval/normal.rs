//! When two values count as the same: case, Unicode form, tone-mark placement, quotes, dashes and spacing do not.

use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;

/// Vowel pairs whose tone mark may stand on either letter: the second letters with their marks, and the first letters
/// that carry the same mark in the older spelling.
const TONES: [(char, [char; 5], char, [char; 5]); 3] = [
    ('o', ['à', 'á', 'ả', 'ã', 'ạ'], 'a', ['ò', 'ó', 'ỏ', 'õ', 'ọ']),
    ('o', ['è', 'é', 'ẻ', 'ẽ', 'ẹ'], 'e', ['ò', 'ó', 'ỏ', 'õ', 'ọ']),
    ('u', ['ỳ', 'ý', 'ỷ', 'ỹ', 'ỵ'], 'y', ['ù', 'ú', 'ủ', 'ũ', 'ụ']),
];

/// The form in which values are compared.
pub fn norm(value: &str) -> String {
    let folded: Vec<char> = value.nfc().flat_map(fold_case).collect();
    let plain = old_tones(&folded).replace("ban chấp hành", "bch");
    let mut out = String::with_capacity(plain.len());
    for c in plain.chars() {
        match c {
            '-' => {
                out.truncate(out.trim_end_matches(' ').len());
                out.push('-');
            }
            _ if is_space(c) => {
                if !out.ends_with([' ', '-']) {
                    out.push(' ');
                }
            }
            _ => out.push(c),
        }
    }
    let marks = [' ', '.', ',', ';', ':', '-', '(', ')', '“', '”', '"', '\''];
    out.trim_matches(marks).to_string()
}

/// Full case folding where it differs from lower case in what a newspaper can print; all dashes as `-`.
fn fold_case(c: char) -> impl Iterator<Item = char> {
    let (c, twice) = match c {
        'ß' | 'ẞ' => ('s', true),
        'ς' => ('σ', false),
        '–' | '—' => ('-', false),
        _ => (c, false),
    };
    c.to_lowercase().chain(twice.then_some(c))
}

/// Puts the tone mark of a final `oà`, `oè`, `uỳ` (but not of `quỳ`) where the older spelling has it.
fn old_tones(chars: &[char]) -> String {
    let mut out = String::with_capacity(chars.len() * 2);
    let mut at = 0;
    while at < chars.len() {
        let inner = at > 0 && chars[at - 1] == 'q';
        let open = chars.get(at + 2).is_none_or(|&c| !c.is_alphanumeric() && c != '_');
        match chars.get(at + 1).filter(|_| open && !inner).and_then(|&next| older(chars[at], next)) {
            Some([first, second]) => {
                out.extend([first, second]);
                at += 2;
            }
            None => {
                out.push(chars[at]);
                at += 1;
            }
        }
    }
    out
}

fn older(first: char, second: char) -> Option<[char; 2]> {
    let fits = |&&(head, marked, _, _): &&(char, [char; 5], char, [char; 5])| {
        head == first && marked.contains(&second)
    };
    let (_, marked, plain, heads) = TONES.iter().find(fits)?;
    let tone = marked.iter().position(|&c| c == second)?;
    Some([heads[tone], *plain])
}

/// What Python's `\s` takes: white space and the four information separators.
fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

/// Whether two normalised titles are nearly the same: same first word, and at least 60% of the words shared.
pub fn same_title(a: &str, b: &str) -> bool {
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split_whitespace().collect(), b.split_whitespace().collect());
    if a.is_empty() || b.is_empty() || a[0] != b[0] {
        return false;
    }
    let mut left: HashMap<&str, usize> = HashMap::new();
    for word in &a {
        *left.entry(word).or_default() += 1;
    }
    let shared = b.iter().filter(|&word| match left.get_mut(word) {
        Some(n) if *n > 0 => {
            *n -= 1;
            true
        }
        _ => false,
    });
    shared.count() as f64 / a.len().max(b.len()) as f64 >= 0.6
}

/// Whether two numbers are the same to six decimals, or both untold.
pub fn same_number(a: Option<f64>, b: Option<f64>) -> bool {
    // Formatting rounds the exact value, half to even, as Python's `round` does.
    let rounded = |n: f64| format!("{n:.6}").parse::<f64>().ok();
    a.and_then(rounded) == b.and_then(rounded)
}

/// Whether one unit, normalised, begins with the other.
pub fn same_unit(a: &str, b: &str) -> bool {
    let (a, b) = (norm(a), norm(b));
    !a.is_empty() && !b.is_empty() && (a.starts_with(&b) || b.starts_with(&a))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_count() {
        for (value, want) in [
            ("  Chủ tịch\u{a0} UBND  tỉnh. ", "chủ tịch ubnd tỉnh"),
            ("hoà bình, thuỷ lợi, khoẻ, quý", "hòa bình, thủy lợi, khỏe, quý"),
            ("hoàng toàn thuý. quỳ", "hoàng toàn thúy. quỳ"),
            ("BAN CHẤP HÀNH  Đảng bộ", "bch đảng bộ"),
            ("“16 – NQ / TW”", "16-nq / tw"),
            ("a - - b —c", "a--b-c"),
            ("To\u{300}a a\u{301}n", "tòa án"),
            ("STRAẞE", "strasse"),
            (" - ", ""),
        ] {
            assert_eq!(norm(value), want, "{value:?}");
        }
    }

    #[test]
    fn nearly_the_same_titles() {
        assert!(same_title("bí thư thành ủy hà nội", "bí thư thành ủy"));
        assert!(!same_title("bí thư thành ủy hà nội", "phó bí thư thành ủy hà nội"));
        assert!(!same_title("giám đốc sở", "giám đốc bệnh viện đa khoa"));
        assert!(!same_title("", ""));
        // a word counts as often as it stands in both
        assert!(!same_title("ban ban ban ban ban", "ban một hai ba ban"));
    }

    #[test]
    fn numbers_and_units() {
        assert!(same_number(Some(1.0), Some(1.000_000_1)));
        assert!(!same_number(Some(1.0), None));
        assert!(same_number(None, None));
        assert!(same_unit("tập thể", "Tập thể, cá nhân"));
        assert!(!same_unit("", "người"));
    }
}
