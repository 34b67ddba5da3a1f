//! Two names that may be one person: they differ in little, and hold the same post. That is told to both and never
//! acted upon.

use super::person::MaybeSame;
use super::{phrase, slug};
use crate::text::fold::bare;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// How two names differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Differ {
    /// in nothing but accents: `Trần Hoà Mẫu`, `TRAN HOA MAU`
    Accents,
    /// in one letter of one word: `Lê Văn Mẫn`, `Lê Văn Mân`
    OneLetter,
    /// one of them leaves a name out: `Lê Mẫu`, `Lê Văn Mẫu`
    NameLeftOut,
}

/// A person with one of the posts that tell their body.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Holder {
    /// the person
    pub id: String,
    /// the name
    pub name: String,
    /// the post
    pub post: String,
}

/// So many holders of one post with alike names are compared with each other.
const COMPARED: usize = 64;

/// Keys under which two alike names meet: the name with one word blotted out, and its first and last word.
pub fn patterns(name: &str) -> BTreeSet<String> {
    let slug = slug(name);
    let words: Vec<&str> = slug.split('-').collect();
    let blotted = (0..words.len()).map(|n| {
        let mut words = words.clone();
        words[n] = "*";
        words.join("-")
    });
    let ends = [words[0], "+", words[words.len() - 1]].join("-");
    blotted.chain([ends]).collect()
}

/// How two names differ, if it is little.
pub fn differ(a: &str, b: &str) -> Option<Differ> {
    let (a, b) = (phrase(a), phrase(b));
    let (bare_a, bare_b) = (bare(&a), bare(&b));
    if a == b {
        return None;
    }
    if bare_a == bare_b {
        return Some(Differ::Accents);
    }
    let (mut short, mut long): (Vec<&str>, Vec<&str>) =
        (bare_a.split(' ').collect(), bare_b.split(' ').collect());
    if short.len() > long.len() {
        std::mem::swap(&mut short, &mut long);
    }
    match long.len() - short.len() {
        0 => {
            let mut other = short.iter().zip(&long).filter(|(a, b)| a != b);
            let (Some((a, b)), None) = (other.next(), other.next()) else { return None };
            one_letter(a, b).then_some(Differ::OneLetter)
        }
        1 if short.len() > 1 => (1..short.len())
            .any(|n| short[..n] == long[..n] && short[n..] == long[n + 1..])
            .then_some(Differ::NameLeftOut),
        _ => None,
    }
}

/// Whether one letter more, less or other makes one word the other.
fn one_letter(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let same = short.iter().zip(&long).take_while(|(a, b)| a == b).count();
    match long.len() - short.len() {
        0 => short[same + 1..] == long[same + 1..],
        1 => short[same..] == long[same + 1..],
        _ => false,
    }
}

/// The pairs among holders of one post that may be one person: whom it is told, and what.
pub fn pairs(holders: &[Holder]) -> Vec<(String, MaybeSame)> {
    let holders = &holders[..holders.len().min(COMPARED)];
    let mut pairs = Vec::new();
    for (n, a) in holders.iter().enumerate() {
        for b in &holders[n + 1..] {
            let Some(why) = differ(&a.name, &b.name) else { continue };
            for (to, other) in [(a, b), (b, a)] {
                let Holder { id, name, post } = other.clone();
                pairs.push((to.id.clone(), MaybeSame { id, name, why, post }));
            }
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_alike_meet_and_say_how() {
        for (a, b, how) in [
            ("Trần Văn Hoà", "TRAN VAN HOA", Some(Differ::Accents)),
            ("Trần Văn Hoà", "Trần Văn Hóa", Some(Differ::Accents)),
            ("Lê Văn Mẫn", "Lê Vân Mẫng", Some(Differ::OneLetter)),
            ("Lê Thị Mẫu", "Lê Mẫu", Some(Differ::NameLeftOut)),
            ("Lê Thị Kim Mẫu", "Lê Thị Mẫu", Some(Differ::NameLeftOut)),
            ("John Sample", "Jon Sample", Some(Differ::OneLetter)),
            // one spelling, not two
            ("Trần Văn Hoà", "Trần Văn Hòa", None),
            ("Lê Thị Mẫu", "Lê Thị Tiên", None),
            ("Lê Thị Mẫu", "Trần Thị Mẫu", None),
            ("Lê Thị Mẫu", "Thị Mẫu", None),
            ("Lê Thị Mẫu", "Lê Thị", None),
            ("Lê Thị Kim Mẫu", "Lê Mẫu", None),
            ("Lê Văn Ba", "Lê Vũ Bá", None),
        ] {
            assert_eq!(differ(a, b), how, "{a} {b}");
            assert_eq!(differ(b, a), how, "{b} {a}");
            if how.is_some() {
                assert!(!patterns(a).is_disjoint(&patterns(b)), "{a} {b}");
            }
        }
    }
}
