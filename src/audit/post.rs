//! Posts that one person holds at a time, and those who are said to hold them.

use super::check::{Check, Need, Run};
use super::claim::Claim;
use super::facts::{Exclusive, Facts};
use super::finding::{Finding, Severity};
use super::page::{Page, plain};
use crate::record::{Fact, Official, Record, Status, Title};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// One person, two posts.
pub const TWO_POSTS: Check = Check {
    name: "post.two-posts",
    severity: Severity::Info,
    finds: "One person with two posts in one article that cannot be held together.",
    why: "One of the posts is another's, or one of them is over.",
    example: "`Chủ tịch UBND tỉnh Cao Bằng Trần Văn Mẫu`, and below `Chủ tịch UBND tỉnh Lào Cai Trần Văn Mẫu`.",
    wrong: "Two persons may have one name. Articles that tell of an appointment or a merger are passed over.",
    measured: "no finding over 28,712 articles, so nothing is known but the cases of the tests: `info`.",
    needs: &[Need::Text],
    run: Run::Page(two_posts),
};

/// One post, two persons.
pub const TWO_HOLDERS: Check = Check {
    name: "post.two-holders",
    severity: Severity::Info,
    finds: "One exclusive post held by another person between two articles that give it to the same one.",
    why: "One of the articles names the wrong post or person.",
    example: "Articles of 3 and 9 May give the post of `Chủ tịch UBND tỉnh Lào Cai` to Trần Văn Mẫu, one of 5 May to \
              Lý Thị Thử.",
    wrong: "An article may tell of former times without saying so, and a deputy may be cut short to a head.",
    measured: "no finding over 28,712 articles, so nothing is known but the cases of the tests: `info`.",
    needs: &[Need::Text, Need::Published],
    run: Run::Across { claims: holders, judge: two_holders },
};

/// One post, one person, two spellings.
pub const SPELLING: Check = Check {
    name: "post.spelling",
    severity: Severity::Warning,
    finds: "The holder of an exclusive post whose name is spelt otherwise in the same weeks.",
    why: "A misprinted name is lost to whoever searches for the person.",
    example: "`Bộ trưởng Bộ Y tế Trần Văn Mẫu` in many articles, `Trần Vân Mẫu` in one.",
    wrong: "Two holders in turn may have names a letter apart.",
    measured: "3 of 3 right.",
    needs: &[Need::Text, Need::Published],
    run: Run::Across { claims: holders, judge: spelt },
};

/// Sightings of one post further apart than this many days may lie in two terms.
const TERM: i32 = 60;

/// A title that is an exclusive post, with its key: `chủ tịch ubnd Lào Cai`.
fn exclusive<'a>(title: &Title, facts: &'a Facts) -> Option<(&'a Exclusive, String)> {
    if title.status != Status::Current {
        return None;
    }
    let (role, org) = (plain(&title.role), plain(title.org.as_deref().unwrap_or_default()));
    facts.posts.iter().find_map(|post| {
        let rest = org.strip_prefix(post.body.as_str()).filter(|_| role == post.role)?;
        match post.placed {
            true => Some((post, format!("{}{}", post.key.trim_start(), facts.province(rest)?))),
            false => rest.is_empty().then(|| (post, post.key.trim().to_string())),
        }
    })
}

/// The persons of an article with their exclusive posts, told without a word of coming or going.
fn held<'a, 'f>(
    page: &Page<'a>,
    facts: &'f Facts,
) -> Vec<(&'a Record, &'a Official, &'a Title, &'f str, String)> {
    let mut all = Vec::new();
    for record in page.records() {
        let Fact::Official(official) = &record.fact else { continue };
        if official.name.is_none() {
            continue;
        }
        for title in &official.titles {
            let near = title.start.abs_diff(record.end).min(record.start.abs_diff(title.end)) <= 3;
            if let Some((post, key)) = exclusive(title, facts).filter(|_| near)
                && !facts.says(&plain(&page.sentence(record)), "changes")
            {
                all.push((record, official, title, post.group.as_str(), key));
            }
        }
    }
    all
}

fn two_posts(page: &Page<'_>, facts: &Facts, found: &mut Vec<Finding>) {
    let mut held_by = BTreeMap::new();
    for (record, official, title, group, key) in held(page, facts) {
        let Some(person) = official.person.as_deref() else { continue };
        let first = held_by.entry((person, group)).or_insert((record, title, key.clone(), false));
        if first.2 != key && !first.3 {
            first.3 = true;
            let name = official.name.as_deref().unwrap_or_default();
            let says = format!("{name} is {} and {}", first.2.trim(), key.trim());
            let words = vec![
                page.words(record),
                page.title_words(record, title),
                page.words(first.0),
                page.title_words(first.0, first.1),
            ];
            found.push(Finding::new(says, page.nth, words));
        }
    }
}

fn holders(page: &Page<'_>, facts: &Facts, claims: &mut Vec<Claim>) {
    for (record, official, _, _, key) in held(page, facts) {
        let name = official.name.clone().unwrap_or_default();
        if name.split(' ').count() >= 3 {
            claims.push(page.claim(record, key, name));
        }
    }
}

/// Who is said to hold a post, each with all claims.
fn by_holder(claims: &[Claim]) -> BTreeMap<&str, Vec<&Claim>> {
    let mut all: BTreeMap<&str, Vec<&Claim>> = BTreeMap::new();
    for claim in claims {
        all.entry(&claim.value).or_default().push(claim);
    }
    all
}

/// The sighting of `others` that is next to a day.
fn nearest<'a>(others: &[&'a Claim], day: Date) -> Option<(&'a Claim, i32)> {
    let distance = |claim: &Claim| Some(day.until(claim.published?).ok()?.get_days().abs());
    others.iter().filter_map(|claim| Some((*claim, distance(claim)?))).min_by_key(|(_, days)| *days)
}

fn spelt(claims: &[Claim], found: &mut Vec<Finding>) {
    let all = by_holder(claims);
    for (name, own) in &all {
        let usual = all.iter().filter(|(other, claims)| claims.len() > own.len() && misspelt(name, other));
        let Some((_, others)) = usual.max_by_key(|(_, claims)| claims.len()) else { continue };
        for claim in own {
            let Some((other, days)) = claim.published.and_then(|day| nearest(others, day)) else { continue };
            if days <= TERM {
                let says = format!("{} is spelt {} in other articles", claim.shown, other.shown);
                found.push(Finding::new(says, claim.nth, vec![claim.words.clone(), other.words.clone()]));
            }
        }
    }
}

fn two_holders(claims: &[Claim], found: &mut Vec<Finding>) {
    let all = by_holder(claims);
    for (name, own) in &all {
        for (other, others) in &all {
            if name == other || akin(name, other) {
                continue;
            }
            for claim in own {
                let Some(day) = claim.published else { continue };
                let side = |before: bool| {
                    let on = |day_of: Date| day_of != day && (day_of < day) == before;
                    let sure: Vec<&Claim> =
                        others.iter().copied().filter(|claim| claim.published.is_some_and(on)).collect();
                    nearest(&sure, day).filter(|(_, days)| *days <= TERM)
                };
                if let (Some((first, _)), Some((last, _))) = (side(true), side(false)) {
                    let says = format!("{} on {day}, {} before and after that", claim.shown, first.shown);
                    let words = vec![claim.words.clone(), first.words.clone(), last.words.clone()];
                    found.push(Finding::new(says, claim.nth, words));
                }
            }
        }
    }
}

/// Whether two names are one with a slip: as many syllables, all but one the same, and that one alike, or one syllable
/// left out.
fn misspelt(a: &str, b: &str) -> bool {
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split_whitespace().collect(), b.split_whitespace().collect());
    if a.len() == b.len() {
        let other: Vec<_> = a.iter().zip(&b).filter(|(a, b)| a != b).collect();
        return matches!(other[..], [(a, b)] if alike(a, b));
    }
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    short.len() >= 3
        && short.len() + 1 == long.len()
        && short.first() == long.first()
        && short.last() == long.last()
        && short.iter().all(|syllable| long.contains(syllable))
}

/// Whether two syllables are the same without their marks, or one letter apart.
fn alike(a: &str, b: &str) -> bool {
    let (a, b) = (crate::text::fold::bare(a), crate::text::fold::bare(b));
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let same = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let tail = a[same..].iter().rev().zip(b[same..].iter().rev()).take_while(|(a, b)| a == b).count();
    a.len().max(b.len()) - same - tail <= 1
}

/// Whether two names may be one person's: one holds the other, or they share the first and the last syllable.
fn akin(a: &str, b: &str) -> bool {
    let end = |name: &str| name.split_whitespace().last().map(String::from);
    a.contains(b.trim()) || b.contains(a.trim()) || misspelt(a, b) || end(a) == end(b)
}
