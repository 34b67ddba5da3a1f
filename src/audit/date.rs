//! Days and the day of publication: `hôm nay (5/4)` in an article of 4 May, `Sáng 14-11` as the news of 15 December, a
//! deed told as done that is dated after the article.

use super::check::{Check, Need, Run};
use super::facts::Facts;
use super::finding::{Finding, Severity, Words};
use super::page::{Page, plain};
use crate::record::{Anchor, DateFact, DateRole, Fact, Grain, Record};
use crate::tables::edtf;
use crate::text::block::BlockKind;
use jiff::civil::Date;

/// `hôm nay (5/4)` on another day.
pub const TODAY: Check = Check {
    name: "date.today",
    severity: Severity::Warning,
    finds: "`hôm nay` or `sáng nay` with a day beside it that is not the day of publication.",
    why: "Day or month is misprinted, or the article was stamped anew when it was put up again.",
    example: "`Hôm nay (5/4), tòa mở lại phiên xử` in an article of 2022-05-04.",
    wrong: "In a quotation or a diary `hôm nay` is the day of who speaks. One day of difference is passed over.",
    measured: "8 of 8 right.",
    needs: &[Need::Text, Need::Published],
    run: Run::Page(today),
};

/// News that is old.
pub const LONG_BEFORE: Check = Check {
    name: "date.long-before",
    severity: Severity::Warning,
    finds: "News of a part of a day (`Sáng 14-11`) that lies weeks before its publication, but within two days of it \
            in the next month, or with day and month changed over.",
    why: "News of a day is printed within days; most likely the month is misprinted, or the stamp is wrong.",
    example: "`Sáng 14-11, tại trụ sở …` in an article of 2019-12-15: 31 days; 14-12 would be one.",
    wrong: "A report may look back on purpose, to just that day.",
    measured: "11 of 12 right; the twelfth looked back.",
    needs: &[Need::Text, Need::Published],
    run: Run::Page(long_before),
};

/// What has not happened yet.
pub const AFTER: Check = Check {
    name: "date.after-publication",
    severity: Severity::Warning,
    finds: "Something told as having happened on a day after the article was published.",
    why: "Day or month is misprinted, or the publication date of the dump is wrong.",
    example: "`Vụ tai nạn xảy ra vào 20h15 tối 25-6` in an article of 2017-05-26.",
    wrong: "A plan can be told without any word that makes it one. A day without a year may belong to the year before.",
    measured: "4 of 4 right.",
    needs: &[Need::Text, Need::Published],
    run: Run::Page(after),
};

/// News older than this many days is odd.
const OLD: i32 = 8;
/// The news of an article stands in its first sentences.
const EARLY: usize = 8;
/// News is printed within so many days.
const FRESH: i32 = 2;
/// A day further ahead than this belongs to another year.
const AHEAD: i32 = 45;

fn today(page: &Page<'_>, facts: &Facts, found: &mut Vec<Finding>) {
    for day in days(page) {
        let said = plain(&day.record.text);
        if facts.says(&said, "today")
            && day.written()
            && day.distance.abs() > 1
            && !quoted(page, day.record)
            && !facts.says(&plain(&page.before(day.record, 30)), "other-day")
        {
            let says =
                format!("{:?} is {}, but the article is of {}", day.record.text, day.date, day.published);
            found.push(Finding::new(says, page.nth, day.words(page)));
        }
    }
}

fn long_before(page: &Page<'_>, facts: &Facts, found: &mut Vec<Finding>) {
    for day in days(page).filter(|day| day.distance <= -OLD && early(day.record)) {
        let said = plain(&day.record.text);
        let news = day.fact.anchor == Anchor::Published
            && day.written()
            && facts.says(&said, "part-of-day")
            && !facts.says(&said, "today")
            && !facts.says(&plain(&page.sentence(day.record)), "look-back");
        if let Some(meant) = day.meant().filter(|_| news) {
            let says = format!(
                "news of {}, {} days before the article of {}; {meant} would fit",
                day.date, -day.distance, day.published
            );
            found.push(Finding::new(says, page.nth, day.words(page)));
        }
    }
}

fn after(page: &Page<'_>, facts: &Facts, found: &mut Vec<Finding>) {
    for day in days(page) {
        let ahead = (2..=AHEAD).contains(&day.distance) && day.fact.role == Some(DateRole::Event);
        if !ahead || !day.written() || !told(page, day.record, facts) {
            continue;
        }
        let says = format!(
            "told as past on {}, {} days after the article of {}",
            day.date, day.distance, day.published
        );
        found.push(Finding::new(says, page.nth, day.words(page)));
    }
}

/// Whether what happened on a day is told as past: by the words next to it, in a sentence without a word of plans.
fn told(page: &Page<'_>, record: &Record, facts: &Facts) -> bool {
    let last = |text: &str| text.rsplit(['.', ':', ';', '-', ')']).next().unwrap_or_default().to_string();
    let before = plain(&last(&page.before(record, 40)));
    let opens = before.trim().is_empty() && facts.says(&plain(&record.text), "part-of-day");
    let behind = plain(&page.behind(record, if opens { 120 } else { 16 }));
    let past = facts.says(&before, "past") || facts.says(&behind, if opens { "past" } else { "just" });
    past && !facts.says(&plain(&page.sentence(record)), "future")
        && !facts.says(&plain(&page.before(record, 12)), "until")
}

/// Whether a record stands in the first lines of an article.
fn early(record: &Record) -> bool {
    matches!(record.block, BlockKind::Title | BlockKind::Lead | BlockKind::Paragraph)
        && record.sentence <= EARLY
}

/// Whether a record stands right behind an opening quotation mark.
fn quoted(page: &Page<'_>, record: &Record) -> bool {
    page.before(record, 2).contains(['"', '“', '‘', '\''])
}

/// A day, and how many days it lies after the publication.
struct Day<'a> {
    record: &'a Record,
    fact: &'a DateFact,
    date: Date,
    published: Date,
    distance: i32,
}

impl Day<'_> {
    /// Whether day and month are written.
    fn written(&self) -> bool {
        let digits = self.record.text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
        digits.count() >= 2
    }

    /// The day that was most likely meant: the same day of the next month, or day and month changed over, where that lies
    /// right before the publication.
    fn meant(&self) -> Option<Date> {
        let fresh =
            |day: &Date| day.until(self.published).is_ok_and(|span| (0..=FRESH).contains(&span.get_days()));
        let (year, month, day) = (self.date.year(), self.date.month(), self.date.day());
        let later = Date::new(year + i16::from(month / 12), month % 12 + 1, day);
        later.into_iter().chain(Date::new(year, day, month)).find(fresh)
    }

    /// Its words, with those of the stamp.
    fn words(&self, page: &Page<'_>) -> Vec<Words> {
        let stamp = page.records().find(
            |record| matches!(&record.fact, Fact::Date(date) if date.role == Some(DateRole::Published)),
        );
        std::iter::once(self.record).chain(stamp).map(|record| page.words(record)).collect()
    }
}

/// The days of an article that is dated itself.
fn days<'a>(page: &Page<'a>) -> impl Iterator<Item = Day<'a>> {
    let published = page.published;
    page.records().filter_map(move |record| {
        let Fact::Date(fact) = &record.fact else { return None };
        let published = published?;
        let dated = fact.grain == Grain::Day && fact.role != Some(DateRole::Published);
        let (date, last) = edtf::days(fact.value.as_deref()?).filter(|_| dated)?;
        let distance = published.until(date).ok()?.get_days();
        (date == last).then_some(Day { record, fact, date, published, distance })
    })
}
