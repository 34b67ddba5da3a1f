//! Titles whose body did not exist when the article was written.

use super::check::{Check, Need, Run};
use super::facts::{BodySpan, Facts};
use super::finding::{Finding, Severity};
use super::page::{Page, plain};
use crate::record::{Fact, Status, Title};
use jiff::civil::Date;

/// A body at the wrong time.
pub const NOT_AT_DATE: Check = Check {
    name: "body.not-at-date",
    severity: Severity::Info,
    finds: "A post held now in a body that did not exist any more, or not yet, when the article was published.",
    why: "The title is out of date, or the article is older than its stamp.",
    example: "`Chủ tịch UBND huyện Sông Lam` in an article of 2025-09-02: districts ended with June 2025.",
    wrong: "An article may tell of former times without `nguyên`, or name a body by its old name out of habit. What \
            stands within 30 days of the change is passed over.",
    measured: "no finding over 28,712 articles, of which none is younger than June 2025: known by the cases of the tests alone, so it is `info`.",
    needs: &[Need::Text, Need::Published],
    run: Run::Page(not_at_date),
};

/// News is slow to follow a change of names.
const GRACE: i32 = 30;

fn not_at_date(page: &Page<'_>, facts: &Facts, found: &mut Vec<Finding>) {
    let Some(day) = page.published else { return };
    for record in page.records() {
        let Fact::Official(official) = &record.fact else { continue };
        // other countries have ministries of the same name
        if !official.name.as_deref().is_some_and(|name| facts.is_vietnamese(name)) {
            continue;
        }
        for title in official.titles.iter().filter(|title| title.status == Status::Current) {
            let Some((body, why)) = gone(title, day, facts) else { continue };
            let around = page.slice(record.field, title.start.saturating_sub(60), title.end + 60);
            if facts.says(&plain(&around), "then") || facts.says(&plain(&page.sentence(record)), "then") {
                continue;
            }
            let became =
                if body.became.is_empty() { String::new() } else { format!(", now {}", body.became) };
            let says = format!("{} {why}{became}; the article is of {day} ({})", body.body, body.source);
            found.push(Finding::new(
                says,
                page.nth,
                vec![page.title_words(record, title), page.words(record)],
            ));
        }
    }
}

/// The body of a title that did not exist on that day, and why; nothing where another row says that it did.
fn gone<'f>(title: &Title, day: Date, facts: &'f Facts) -> Option<(&'f BodySpan, String)> {
    let org = plain(title.org.as_deref()?);
    let role = plain(&title.role);
    let whole = format!("{}{}", role.trim_end(), org);
    let named = |body: &&BodySpan| match body.whole {
        true => org == body.words || org.strip_prefix(body.words.as_str()).is_some_and(is_place),
        false => whole.contains(body.words.as_str()),
    };
    let fits: Vec<&BodySpan> = facts.bodies.iter().filter(named).collect();
    let verdicts: Vec<Option<String>> = fits.iter().map(|body| outside(body, day)).collect();
    if verdicts.iter().any(Option::is_none) {
        return None;
    }
    let longest = fits.iter().zip(verdicts).max_by_key(|(body, _)| body.words.len())?;
    Some((longest.0, longest.1?))
}

/// What follows the name of a body may say of which province it is.
fn is_place(rest: &str) -> bool {
    ["tỉnh ", "thành phố ", "tp ", "việt nam "].iter().any(|start| rest.starts_with(start))
}

fn outside(body: &BodySpan, day: Date) -> Option<String> {
    let days = |from: Date, to: Date| from.until(to).map_or(0, |span| span.get_days());
    match (body.from, body.to) {
        (_, Some(to)) if days(to, day) > GRACE => Some(format!("ended on {to}")),
        (Some(from), _) if days(day, from) > GRACE => Some(format!("began on {from}")),
        _ => None,
    }
}
