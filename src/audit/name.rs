//! Names of documents: one code is one document.

use super::check::{Check, Run};
use super::claim::Claim;
use super::facts::Facts;
use super::finding::{Finding, Severity};
use super::page::Page;
use crate::record::Fact;
use std::collections::{BTreeMap, BTreeSet};

/// Two names.
pub const TWO_NAMES: Check = Check {
    name: "code.two-names",
    severity: Severity::Info,
    finds: "One code with two names that have hardly a word in common.",
    why: "One of the articles cites the wrong number.",
    example: "`Nghị định 116/2020/NĐ-CP về đào tạo giáo viên`, and elsewhere `… về thuế tài nguyên`.",
    wrong: "What stands behind `về` may be the article's own words, and some codes are given out anew each term. Codes \
            without a year are compared within one article only.",
    measured: "0 of 2 right: what stands behind `về` was not the name. Therefore `info`.",
    needs: &[],
    run: Run::Across { claims: names, judge: two_names },
};

/// Names of fewer words are too short to compare.
const WORDS: usize = 3;

fn names(page: &Page<'_>, _: &Facts, claims: &mut Vec<Claim>) {
    for record in page.records() {
        let Fact::Code(code) = &record.fact else { continue };
        let (Some(name), Some(_)) = (&code.name, &code.issuer) else { continue };
        let local = code.year.is_none()
            || code.issuer.as_deref().is_some_and(|issuer| issuer == "UBND" || issuer == "HĐND");
        let key = match local {
            true => format!("{} in article {}", code.canonical, page.nth),
            false => code.canonical.clone(),
        };
        let name = name.clone();
        claims.push(page.claim(record, key, name));
    }
}

fn two_names(claims: &[Claim], found: &mut Vec<Finding>) {
    let mut first: BTreeMap<&str, &Claim> = BTreeMap::new();
    for claim in claims {
        let other = first.values().find(|other| strange(&other.value, &claim.value)).copied();
        if !first.contains_key(claim.value.as_str())
            && let Some(other) = other
        {
            let says = format!("{:?} here, {:?} there", claim.shown, other.shown);
            let words = vec![claim.words.clone(), other.words.clone()];
            found.push(Finding::new(says, claim.nth, words));
        }
        first.entry(&claim.value).or_insert(claim);
    }
}

/// Whether two names share less than a fifth of the shorter one's words.
fn strange(a: &str, b: &str) -> bool {
    let words = |name: &str| name.split_whitespace().map(String::from).collect::<BTreeSet<_>>();
    let (a, b) = (words(a), words(b));
    let short = a.len().min(b.len());
    short >= WORDS && a.intersection(&b).count() * 5 < short
}
