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
    let lower: Vec<char> = clean.chars().flat_map(char::to_lowercase).collect();
    let first = lower.iter().position(|&c| vowel(c).is_some());
    let Some(first) = first else { return false };
    let onset: String = lower[..first].iter().collect();
    // `qu` and `gi` keep their vowel letter before another vowel.
    let from = match (onset.as_str(), lower.get(first), lower.get(first + 1)) {
        ("q", Some('u'), Some(&next)) if vowel(next).is_some() => first + 1,
        ("q", ..) => return false,
        ("g", Some(&i), Some(&next)) if vowel(i) == Some('i') && vowel(next).is_some() => first + 1,
        _ => first,
    };
    let nucleus = lower[from..].iter().take_while(|&&c| vowel(c).is_some()).count();
    let coda: String = lower[from + nucleus..].iter().collect();
    let onset_fits = match onset.len() {
        0 => true,
        1 => !matches!(onset.as_str(), "f" | "j" | "w" | "z"),
        _ => onset == "đ" || ONSETS.contains(&onset.as_str()),
    };
    let rime = &lower[from..from + nucleus];
    let stopped = matches!(coda.as_str(), "c" | "ch" | "p" | "t");
    onset_fits
        && nucleus <= 3
        && CODAS.contains(&coda.as_str())
        && has_rime(rime)
        && (!stopped || rime.iter().any(|&c| is_clipped(c)))
}

/// Whether Vietnamese has a vowel run: `oa`, `uyê`, with a mark on `ưu`, `iê`; not `ae`, `ou`, `eye`.
fn has_rime(vowels: &[char]) -> bool {
    let plain: String = vowels.iter().filter_map(|&c| vowel(c)).collect();
    let marked = vowels.iter().any(|c| !c.is_ascii());
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
