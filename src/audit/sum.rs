//! Totals and their parts: awards that `extract` linked (`part_of`), and counts with their parts listed behind `gồm`.

use super::check::{Check, Need, Run};
use super::facts::Facts;
use super::finding::{Finding, Severity};
use super::page::{Page, plain};
use crate::record::{Award, Count, Fact, Record};
use std::collections::BTreeMap;

/// Parts that add up.
pub const ADDS_UP: Check = Check {
    name: "sum.adds-up",
    severity: Severity::Info,
    finds: "A total whose parts add up to it: confirmed.",
    why: "Who checks figures wants to know which ones the article itself proves.",
    example: "`Khen thưởng 58 tập thể, cá nhân`, and below 20, 18 and 20 Bằng khen for `tập thể, cá nhân`; \
              `12 xã, gồm 8 xã miền núi và 4 xã đồng bằng`.",
    wrong: "Numbers can add up by chance where the list goes on with something that is not counted.",
    measured: "50 of 102 findings read, 50 right.",
    needs: &[],
    run: Run::Page(adds_up),
};

/// Parts that do not.
pub const DIFFERS: Check = Check {
    name: "sum.differs",
    severity: Severity::Warning,
    finds: "A total whose parts, listed whole behind `gồm`, add up to another number.",
    why: "One of the figures is wrong, or a part was left out.",
    example: "`58 tập thể, cá nhân, gồm 20 tập thể và 40 cá nhân`: 20 + 40 = 60.",
    wrong: "Parts may overlap, and a list may be told as whole that is not. Lists that go on (`còn lại`, `…`, a number \
            that is no count) or hold rough figures are passed over.",
    measured: "1 of 1 right; few articles list their parts whole.",
    needs: &[Need::Text],
    run: Run::Page(differs),
};

/// A list with more parts is a table.
const PARTS: usize = 12;
/// How far `gồm` may stand behind the total.
const REACH: usize = 60;

fn adds_up(page: &Page<'_>, facts: &Facts, found: &mut Vec<Finding>) {
    awards(page, found);
    for list in lists(page, facts) {
        if list.sum() == list.total {
            found.push(list.finding(page, "confirmed"));
        }
    }
}

fn differs(page: &Page<'_>, facts: &Facts, found: &mut Vec<Finding>) {
    for list in lists(page, facts) {
        if list.sum() != list.total && list.whole && list.alike() {
            found.push(list.finding(page, "does not add up"));
        }
    }
}

/// The totals that awards are linked to.
fn awards(page: &Page<'_>, found: &mut Vec<Finding>) {
    let award = |record: &Record| match &record.fact {
        Fact::Award(award) => Some(award.clone()),
        _ => None,
    };
    let mut sums: BTreeMap<usize, Vec<(&Record, Award)>> = BTreeMap::new();
    for record in page.records() {
        if let Some(part) = award(record)
            && let Some(total) = part.part_of
        {
            sums.entry(total).or_default().push((record, part));
        }
    }
    for (start, parts) in sums {
        let whole = page.records().find(|record| {
            record.start == start && award(record).is_some_and(|award| award.part_of.is_none())
        });
        let Some((whole, count)) = whole.and_then(|record| Some((record, award(record)?.count?))) else {
            continue;
        };
        let numbers: Vec<f64> = parts.iter().filter_map(|(_, part)| part.count).collect();
        let of = award(whole).and_then(|award| award.recipients).unwrap_or_default();
        let mut words = vec![page.words(whole)];
        words.extend(counted(page, whole, count).map(|record| page.words(record)));
        let mut seen = Vec::new();
        for (record, part) in &parts {
            let count = part.count.unwrap_or_default();
            let number = counted(page, record, count).find(|number| !seen.contains(&number.start));
            seen.extend(number.map(|number| number.start));
            words.extend([*record].into_iter().chain(number).map(|record| page.words(record)));
        }
        words.dedup();
        found.push(Finding::new(says(&numbers, count, &of, "confirmed"), page.nth, words));
    }
}

/// The counts of `value` behind an award, in its sentence.
fn counted<'a>(page: &Page<'a>, award: &'a Record, value: f64) -> impl Iterator<Item = &'a Record> {
    let (field, sentence, start) = (award.field, award.sentence, award.start);
    page.records().filter(move |record| {
        let number = matches!(&record.fact, Fact::Count(count) if count.value == Some(value));
        number && record.field == field && record.sentence == sentence && record.start >= start
    })
}

/// `20 + 18 + 20 = 58 tập thể, cá nhân: confirmed`
fn says(parts: &[f64], total: f64, unit: &str, verdict: &str) -> String {
    let sum: f64 = parts.iter().sum();
    let parts: Vec<String> = parts.iter().map(f64::to_string).collect();
    let stated = if sum == total { String::new() } else { format!(", stated {total}") };
    format!("{} = {sum}{stated} {unit}: {verdict}", parts.join(" + "))
}

/// A total with the parts behind it.
struct List<'a> {
    record: &'a Record,
    total: f64,
    unit: &'a str,
    parts: Vec<(&'a Record, f64, &'a str)>,
    /// whether the list ends behind its last part
    whole: bool,
}

impl List<'_> {
    fn sum(&self) -> f64 {
        self.parts.iter().map(|part| part.1).sum()
    }

    /// Whether total and parts count the same kind of thing.
    fn alike(&self) -> bool {
        const COMMUNES: [&str; 4] = ["xã", "phường", "thị trấn", "đặc khu"];
        let head = |unit: &str| plain(unit).split(' ').nth(1).map(String::from);
        let total = plain(self.unit);
        let named = |unit: &str| total.contains(&plain(unit));
        let commune = |unit: &str| COMMUNES.iter().any(|one| plain(unit).starts_with(&plain(one)));
        let whole = |unit: &str| head(unit) == head(self.unit) || named(unit);
        let units = || self.parts.iter().map(|part| part.2);
        units().all(whole) || total.starts_with(" đơn vị hành chính ") && units().all(commune)
    }

    fn finding(&self, page: &Page<'_>, verdict: &str) -> Finding {
        let numbers: Vec<f64> = self.parts.iter().map(|part| part.1).collect();
        let mut words = vec![page.words(self.record)];
        words.extend(self.parts.iter().map(|part| page.words(part.0)));
        Finding::new(says(&numbers, self.total, self.unit, verdict), page.nth, words)
    }
}

/// A plain number of things: no range, bound or rough figure.
fn exact(record: &Record) -> Option<(f64, &str)> {
    match &record.fact {
        Fact::Count(Count { value: Some(value), approx: None, unit, measure, .. }) if measure == "items" => {
            Some((*value, unit))
        }
        _ => None,
    }
}

/// The totals with `gồm` and at least two counts behind them.
fn lists<'a>(page: &Page<'a>, facts: &Facts) -> Vec<List<'a>> {
    let counts: Vec<&Record> =
        page.records().filter(|record| matches!(record.fact, Fact::Count(_))).collect();
    let list = |n: usize| -> Option<List<'a>> {
        let record = counts[n];
        let (total, unit) = exact(record).filter(|(total, _)| *total >= 3.0)?;
        let mut at = record.end + opened(&page.behind(record, REACH + 20), facts)?;
        let mut parts = Vec::new();
        for &part in counts[n + 1..].iter().take_while(|part| part.field == record.field) {
            let between = page.slice(record.field, at, part.start);
            if part.start < at || !joins(&between, parts.is_empty()) {
                break;
            }
            let (value, unit) = exact(part)?;
            parts.push((part, value, unit));
            at = part.end;
        }
        let rest = page.slice(record.field, at, at + 160);
        let whole = ends(&rest, facts);
        (2..=PARTS).contains(&parts.len()).then_some(List { record, total, unit, parts, whole })
    };
    (0..counts.len()).filter_map(list).collect()
}

/// How many characters behind the total its parts begin: behind `gồm`, with nothing else counted between.
fn opened(behind: &str, facts: &Facts) -> Option<usize> {
    let chars: Vec<char> = behind.chars().collect();
    for (at, _) in chars.iter().enumerate().take(REACH) {
        if matches!(chars[at], '.' | ';' | '0'..='9') {
            return None;
        }
        let rest: String = chars[at..].iter().collect();
        let word: String = rest.chars().take_while(|c| c.is_alphabetic()).collect();
        let starts = at == 0 || !chars[at - 1].is_alphabetic();
        if starts && facts.says(&plain(&word), "parts") {
            let skip = chars[at + word.chars().count()..].iter();
            let blank = skip.take_while(|c| c.is_whitespace() || **c == ':').count();
            return Some(at + word.chars().count() + blank);
        }
    }
    None
}

/// Whether what stands between two parts joins them: a little of words without numbers, then a comma or `và`.
fn joins(between: &str, first: bool) -> bool {
    let text = between.trim_end();
    if first {
        return matches!(text.trim(), "" | "có");
    }
    let joined = text.ends_with([',', ';']) || plain(text).ends_with(" và ");
    joined && text.chars().count() <= 60 && !text.contains(['.', '(', ')', '\n']) && !digits(text)
}

fn digits(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
}

/// Whether a list is told to its end: what follows up to the next full stop or bracket counts nothing more.
fn ends(rest: &str, facts: &Facts) -> bool {
    let Some(end) = rest.find(['.', ')', ';', '\n']) else { return false };
    let tail = &rest[..end];
    let open = rest[end..].starts_with("...") || tail.contains('…');
    !open && !digits(tail) && !facts.says(&plain(tail), "goes-on") && !tail.contains([',', '-', '–'])
}
