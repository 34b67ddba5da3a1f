//! Whether a written word can be a Vietnamese syllable: what cannot is a foreign name or an abbreviation.

/// Onsets of two and three letters; of one letter all but `f j w z` count.
const ONSETS: &[&str] = &["ch", "gh", "gi", "kh", "ng", "ngh", "nh", "ph", "qu", "th", "tr"];
/// What may close a syllable.
const CODAS: &[&str] = &["", "c", "ch", "m", "n", "ng", "nh", "p", "t"];

/// The plain vowel under marks and tone; nothing for other letters.
fn vowel(c: char) -> Option<char> {
    let base = match c {
        'a' | 'à' | 'á' | 'ả' | 'ã' | 'ạ' | 'ă' | 'ằ' | 'ắ' | 'ẳ' | 'ẵ' | 'ặ' | 'â' | 'ầ' | 'ấ' | 'ẩ'
        | 'ẫ' | 'ậ' => 'a',
        'e' | 'è' | 'é' | 'ẻ' | 'ẽ' | 'ẹ' | 'ê' | 'ề' | 'ế' | 'ể' | 'ễ' | 'ệ' => 'e',
        'i' | 'ì' | 'í' | 'ỉ' | 'ĩ' | 'ị' => 'i',
        'o' | 'ò' | 'ó' | 'ỏ' | 'õ' | 'ọ' | 'ô' | 'ồ' | 'ố' | 'ổ' | 'ỗ' | 'ộ' | 'ơ' | 'ờ' | 'ớ' | 'ở'
        | 'ỡ' | 'ợ' => 'o',
        'u' | 'ù' | 'ú' | 'ủ' | 'ũ' | 'ụ' | 'ư' | 'ừ' | 'ứ' | 'ử' | 'ữ' | 'ự' => 'u',
        'y' | 'ỳ' | 'ý' | 'ỷ' | 'ỹ' | 'ỵ' => 'y',
        _ => return None,
    };
    Some(base)
}

/// Whether a vowel bears the tone `sắc` or `nặng`, the only ones before `c ch p t`.
fn is_clipped(c: char) -> bool {
    "áắấéếíóốớúứýạặậẹệịọộợụựỵ".contains(c)
}

/// Whether `word` is built like a Vietnamese syllable.
pub fn is_syllable(word: &str) -> bool {
    let clean = crate::text::fold::clean(word);
    let lower: String = clean.chars().flat_map(char::to_lowercase).collect();
    let is_vowel = |c: char| vowel(c).is_some();
    let Some(first) = lower.find(is_vowel) else { return false };
    let (onset, rest) = lower.split_at(first);
    let mut letters = rest.chars();
    // `qu` and `gi` keep their vowel letter before another vowel.
    let rime = match (onset, letters.next(), letters.next()) {
        ("q", Some('u'), Some(next)) if is_vowel(next) => &rest['u'.len_utf8()..],
        ("q", ..) => return false,
        ("g", Some(i), Some(next)) if vowel(i) == Some('i') && is_vowel(next) => &rest[i.len_utf8()..],
        _ => rest,
    };
    let (nucleus, coda) = rime.split_at(rime.find(|c| !is_vowel(c)).unwrap_or(rime.len()));
    let onset_fits = match onset.len() {
        0 => true,
        1 => !matches!(onset, "f" | "j" | "w" | "z"),
        _ => onset == "đ" || ONSETS.contains(&onset),
    };
    let stopped = matches!(coda, "c" | "ch" | "p" | "t");
    onset_fits && CODAS.contains(&coda) && has_rime(nucleus) && (!stopped || nucleus.chars().any(is_clipped))
}

/// Whether Vietnamese has a vowel run: `oa`, `uyê`, with a mark on `ưu`, `iê`; not `ae`, `ou`, `eye`.
fn has_rime(vowels: &str) -> bool {
    let plain: String = vowels.chars().filter_map(vowel).collect();
    let marked = !vowels.is_ascii();
    match plain.as_str() {
        "a" | "e" | "i" | "o" | "u" | "y" | "ai" | "ao" | "au" | "ay" | "eo" | "ia" | "iu" | "oa" | "oe"
        | "oi" | "ua" | "ui" | "uy" | "oai" | "oao" | "oay" | "oeo" | "uya" | "uyu" | "ye" | "ie" | "eu"
        | "ue" | "uo" | "uoi" | "uye" | "yeu" | "ieu" => true,
        "uu" | "uay" | "uou" | "oo" | "uao" | "uai" => marked,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_syllable;

    #[test]
    fn tells_foreign_words() {
        for word in [
            "Nguyễn", "Hải", "Quốc", "Giang", "Đức", "Ý", "Huyền", "Khuê", "Kim", "Sơn", "Nghĩa", "Yên",
            "Gio", "Gioi", "Lưu", "Hươu", "Khuây", "Thoại", "Duy", "Giếng", "Ngọc", "Nhật", "Tiếp", "Thực",
        ] {
            assert!(is_syllable(word), "{word}");
        }
        for word in [
            "Trump", "Donald", "Putin", "Robert", "James", "Abe", "FBI", "Macron", "Joe", "Wang", "Lee",
            "Scholz", "Leyen", "Moyer", "Luc", "Mac", "Pat",
        ] {
            assert!(!is_syllable(word), "{word}");
        }
    }
}
