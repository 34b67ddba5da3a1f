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
    measured: "",
    needs: &[Need::Text, Need::Published],
    run: Run::Page(today),
};

/// News that is old.
pub const LONG_BEFORE: Check = Check {
    name: "date.long-before",
    severity: Severity::Warning,
    finds: "News that opens with a part of a day (`Sáng 14-11`), a month or so before its publication.",
    why: "News of a day is printed within days; where day and month lie a month off, most likely the month is misprinted.",
    example: "`Sáng 14-11, tại trụ sở …` in an article of 2019-12-15: 31 days.",
    wrong: "A report may look back on purpose, or its stamp be that of a later edition.",
    measured: "",
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
    measured: "",
    needs: &[Need::Text, Need::Published],
    run: Run::Page(after),
};

/// News older than this many days is odd …
const OLD: i32 = 8;
/// … unless it is so old that the piece looks back.
const PAST: i32 = 100;
/// A day further ahead than this belongs to another year.
const AHEAD: i32 = 45;

fn today(page: &Page<'_>, facts: &Facts, found: &mut Vec<Finding>) {
    for day in days(page) {
        let said = plain(&day.record.text);
        if facts.says(&said, "today")
            && day.written()
            && day.distance.abs() > 1
            && !facts.says(&plain(&page.before(day.record, 30)), "other-day")
        {
            let says = format!("{:?} is {}, but the article is of {}", day.record.text, day.date, day.published);
            found.push(Finding::new(says, page.nth, day.words(page)));
        }
    }
}

fn long_before(page: &Page<'_>, facts: &Facts, found: &mut Vec<Finding>) {
    let first = days(page).find(|day| opens(page, day.record));
    let Some(day) = first.filter(|day| (-PAST..=-OLD).contains(&day.distance)) else { return };
    let said = plain(&day.record.text);
    let looks_back = facts.says(&plain(&page.sentence(day.record)), "look-back");
    if day.fact.anchor == Anchor::Published
        && day.written()
        && facts.says(&said, "part-of-day")
        && !facts.says(&said, "today")
        && !looks_back
    {
        let says =
            format!("the news of {} stands in an article of {}: {} days", day.date, day.published, -day.distance);
        found.push(Finding::new(says, page.nth, day.words(page)));
    }
}

fn after(page: &Page<'_>, facts: &Facts, found: &mut Vec<Finding>) {
    for day in days(page) {
        if !(2..=AHEAD).contains(&day.distance) || !day.written() || day.fact.role != Some(DateRole::Event) {
            continue;
        }
        let sentence = plain(&page.sentence(day.record));
        let told = facts.says(&sentence, "past") && !facts.says(&sentence, "future");
        if told && !facts.says(&plain(&page.before(day.record, 12)), "until") {
            let says = format!(
                "told as past on {}, {} days after the article of {}",
                day.date, day.distance, day.published
            );
            found.push(Finding::new(says, page.nth, day.words(page)));
        }
    }
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

/// Whether a record opens a sentence in the first lines of the text, or stands right behind its dateline.
fn opens(page: &Page<'_>, record: &Record) -> bool {
    let early = matches!(record.block, BlockKind::Lead | BlockKind::Paragraph) && record.sentence <= 8;
    let before = page.before(record, 40);
    let dateline = before.trim_end();
    early && (dateline.is_empty() || dateline.ends_with(['-', '–', '—']) && dateline.chars().count() < 40)
}
