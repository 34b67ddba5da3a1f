//! Codes of documents: how they are written, and whether issuer and year can be.

use super::check::{Check, Run};
use super::facts::Facts;
use super::finding::{Finding, Severity};
use super::page::Page;
use crate::record::{Code, Fact, Record};
use crate::tables::edtf;
use crate::text::fold::clean;
use jiff::civil::Date;

/// A wrong separator.
pub const SEPARATOR: Check = Check {
    name: "code.separator",
    severity: Severity::Warning,
    finds: "A code with a wrong or missing separator.",
    why: "Such a code is not found by whoever searches for it, and Party and State texts can be taken for each other.",
    example: "`29/NQ-TW` for `29-NQ/TW`, `19-2017/NQ-CP` for `19/2017/NQ-CP`.",
    wrong: "Local bodies had habits of their own, above all before 2010.",
    measured: "45 of 45 right.",
    needs: &[],
    run: Run::Page(separator),
};

/// Odd letters.
pub const SPELLING: Check = Check {
    name: "code.spelling",
    severity: Severity::Info,
    finds: "A code with blanks inside, or with letters or case that differ from the standard ones.",
    why: "It is not found by whoever searches for the standard spelling.",
    example: "`100/2019/ND-CP` for `100/2019/NĐ-CP`, `16 - NQ/TW` for `16-NQ/TW`.",
    wrong: "Some spellings (`TƯ` for `TW`) are a paper's house style.",
    measured: "50 of 104 findings read, 48 right.",
    needs: &[],
    run: Run::Page(spelling),
};

/// The wrong issuer.
pub const ISSUER: Check = Check {
    name: "code.issuer",
    severity: Severity::Warning,
    finds: "A type of document that the issuer in the code does not issue.",
    why: "Type or issuer is miswritten, so the document cannot be found.",
    example: "`01/2017/NĐ-BTNMT`: only the Government issues decrees.",
    wrong: "Long ago other bodies issued some types; what is known of that stands in `type_issuers.tsv`.",
    measured: "3 of 3 right.",
    needs: &[],
    run: Run::Page(issuer),
};

/// The wrong year.
pub const YEAR: Check = Check {
    name: "code.year",
    severity: Severity::Warning,
    finds: "A code whose year lies after the article, outside the time of its issuer, or is not that of its date.",
    why: "Year or issuer is miswritten, so the document cannot be found.",
    example: "`32/2091/TT-BTC` in 2013; `100/2015/QH14`: the 14th National Assembly began in 2016.",
    wrong: "A code of a draft may bear the coming year.",
    measured: "3 of 3 right.",
    needs: &[],
    run: Run::Page(year),
};

/// The rules of codes that are written out.
const FULL: [&str; 5] = ["code.party", "code.state", "code.assembly", "code.letter", "code.old"];

/// The full codes as written, without those put together from a list or a short form.
fn full<'a>(page: &Page<'a>) -> impl Iterator<Item = (&'a Record, &'a Code)> {
    page.records().filter_map(|record| match &record.fact {
        Fact::Code(code) if FULL.contains(&record.rule.as_str()) && code.issuer.is_some() => {
            Some((record, code))
        }
        _ => None,
    })
}

/// The separators of a code, blanks and ampersands aside, each kind of dash alike. Dots may stand inside an issuer
/// (`T.Ư`) or for a hyphen (`V.I`).
fn separators(text: &str, dots: bool) -> String {
    let plain = |c: char| match c {
        '–' | '—' | '−' | '‑' | '‐' => Some('-'),
        '.' => dots.then_some('-'),
        '&' => None,
        _ => (!c.is_alphanumeric() && !c.is_whitespace()).then_some(c),
    };
    clean(text).chars().filter_map(plain).collect()
}

/// Whether a code has the separators of its standard form.
fn same_separators(record: &Record, code: &Code) -> bool {
    [true, false].iter().any(|&dots| separators(&record.text, dots) == separators(&code.canonical, dots))
}

fn separator(page: &Page<'_>, facts: &Facts, found: &mut Vec<Finding>) {
    for (record, code) in full(page) {
        // the shape of a Party text is none for a type that the Party does not issue
        let party = record.rule == "code.party" || separators(&code.canonical, true).starts_with('-');
        let fits = match party {
            true => code.kind.as_deref().is_some_and(|kind| facts.of_party(kind)),
            false => {
                record.text.contains('/') && matches!(record.rule.as_str(), "code.state" | "code.assembly")
            }
        };
        if fits && !same_separators(record, code) {
            found.push(finding(
                page,
                record,
                format!("{} is written for {}", clean(&record.text), code.canonical),
            ));
        }
    }
}

fn spelling(page: &Page<'_>, _: &Facts, found: &mut Vec<Finding>) {
    for (record, code) in full(page) {
        if same_separators(record, code) && clean(&record.text) != code.canonical {
            found.push(finding(
                page,
                record,
                format!("{} is written for {}", clean(&record.text), code.canonical),
            ));
        }
    }
}

fn issuer(page: &Page<'_>, facts: &Facts, found: &mut Vec<Finding>) {
    for (record, code) in full(page) {
        let (Some(kind), Some(issuer)) = (&code.kind, &code.issuer) else { continue };
        let issued = code.issued.as_deref().and_then(edtf::days).map(|(day, _)| day);
        let year = code.year.and_then(|year| Date::new(i16::try_from(year).ok()?, 12, 31).ok());
        let day = issued.or(year).or(page.published);
        if let Some(row) = facts.forbids(kind, issuer, day) {
            let says = format!("{issuer} does not issue {kind} ({})", row.source);
            found.push(finding(page, record, says));
        }
    }
}

fn year(page: &Page<'_>, facts: &Facts, found: &mut Vec<Finding>) {
    for (record, code) in full(page) {
        let Some(year) = code.year else { continue };
        let span = code.issuer.as_deref().and_then(|letters| facts.issuer(letters)).unwrap_or_default();
        let says = if page.published.is_some_and(|day| i32::from(year) > i32::from(day.year())) {
            "its year lies after the article".to_string()
        } else if let Some(why) = out_of_time(year, span) {
            why
        } else if let Some(issued) = issued(code, record, page).filter(|&issued| issued != i32::from(year)) {
            format!("its year is {year}, its date is of {issued}")
        } else {
            continue;
        };
        found.push(finding(page, record, format!("{}: {says}", code.canonical)));
    }
}

/// Why an issuer cannot have issued anything in that year.
fn out_of_time(year: u16, (from, to): (Option<Date>, Option<Date>)) -> Option<String> {
    let year = i32::from(year);
    let of = |day: Date| i32::from(day.year());
    match (from, to) {
        (Some(from), _) if year < of(from) => Some(format!("its issuer began in {}", of(from))),
        (_, Some(to)) if year > of(to) => Some(format!("its issuer ended in {}", of(to))),
        _ => None,
    }
}

/// The year of the date behind the code, if it is written there.
fn issued(code: &Code, record: &Record, page: &Page<'_>) -> Option<i32> {
    let (day, _) = edtf::days(code.issued.as_deref()?)?;
    let written = page.behind(record, 40).contains(&day.year().to_string());
    written.then(|| i32::from(day.year()))
}

fn finding(page: &Page<'_>, record: &Record, says: String) -> Finding {
    Finding::new(says, page.nth, vec![page.words(record)])
}
