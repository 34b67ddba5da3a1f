//! A run of the audit: every article through the checks that are on, then the claims of all articles by their keys, and
//! the findings in the order of their articles. Claims and findings are sorted outside memory, so it stays bounded
//! however many articles there are.

use super::check::{Check, Need, Run};
use super::claim::Claim;
use super::facts::Facts;
use super::finding::{Finding, Severity};
use super::page::Page;
use crate::error::Error;
use crate::record::ArticleRecord;
use crate::sorted::Sorter;
use std::collections::{BTreeMap, HashMap};

/// What is kept in memory of the claims, and of the findings.
const BUDGET: usize = 32 << 20;
/// So many values are compared of one key; what more there is of a key is no name of one thing.
const VALUES: usize = 200;

/// The audit of a stream of articles.
pub struct Audit<'f> {
    facts: &'f Facts,
    checks: Vec<&'static Check>,
    claims: Sorter<Claim>,
    findings: Sorter<Finding>,
    /// what the run came to
    pub summary: Summary,
}

/// How much was read and found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    /// articles
    pub articles: u64,
    /// findings of each severity
    pub found: BTreeMap<Severity, u64>,
    /// how many articles each check was not run on, by what they lacked
    pub lacking: BTreeMap<(Need, &'static str), u64>,
}

impl<'f> Audit<'f> {
    /// Prepares a run with these checks.
    pub fn new(facts: &'f Facts, checks: Vec<&'static Check>) -> Self {
        let (claims, findings) = (Sorter::new(BUDGET), Sorter::new(BUDGET));
        Audit { facts, checks, claims, findings, summary: Summary::default() }
    }

    /// Looks at the next article.
    pub fn article(&mut self, article: &ArticleRecord<'static>) -> Result<(), Error> {
        let page = Page::new(article, self.summary.articles);
        self.summary.articles += 1;
        for (n, check) in self.checks.iter().enumerate() {
            if let Some(need) = check.lacks(&page) {
                *self.summary.lacking.entry((need, check.name)).or_default() += 1;
                continue;
            }
            match check.run {
                Run::Page(look) => {
                    let mut found = Vec::new();
                    look(&page, self.facts, &mut found);
                    push(&mut self.findings, &mut self.summary, check, found)?;
                }
                Run::Across { claims, .. } => {
                    let mut claimed = Vec::new();
                    claims(&page, self.facts, &mut claimed);
                    for claim in claimed {
                        self.claims.push(&format!("{n:03}\t{}", claim.key), &claim)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Judges the claims and hands over all findings, in the order of their articles.
    pub fn finish(self, mut each: impl FnMut(Finding) -> Result<(), Error>) -> Result<Summary, Error> {
        let Audit { checks, claims, mut findings, mut summary, .. } = self;
        let mut group = Group::default();
        for claim in claims.finish()? {
            let (key, claim) = claim?;
            if key != group.key {
                group.judge(&checks, &mut findings, &mut summary)?;
                group = Group { key, ..Group::default() };
            }
            group.add(claim);
        }
        group.judge(&checks, &mut findings, &mut summary)?;
        for finding in findings.finish()? {
            each(finding?.1)?;
        }
        Ok(summary)
    }
}

/// The claims of one key. Of each value one a month is kept, so that what is claimed in every article of a dump stays
/// small.
#[derive(Default)]
struct Group {
    key: String,
    claims: Vec<Claim>,
    seen: HashMap<String, Vec<(i16, i8)>>,
}

impl Group {
    fn add(&mut self, claim: Claim) {
        let month = claim.published.map_or((0, 0), |day| (day.year(), day.month()));
        if self.seen.len() >= VALUES && !self.seen.contains_key(&claim.value) {
            return;
        }
        let months = self.seen.entry(claim.value.clone()).or_default();
        let often = months.iter().filter(|seen| **seen == month).count();
        if often < SIGHTINGS {
            months.push(month);
            self.claims.push(claim);
        }
    }

    fn judge(
        &mut self,
        checks: &[&'static Check],
        findings: &mut Sorter<Finding>,
        summary: &mut Summary,
    ) -> Result<(), Error> {
        let check = self.key.get(..3).and_then(|n| n.parse::<usize>().ok()).map(|n| checks[n]);
        if let Some(check) = check
            && let Run::Across { judge, .. } = check.run
        {
            let mut found = Vec::new();
            judge(&self.claims, &mut found);
            push(findings, summary, check, found)?;
        }
        Ok(())
    }
}

/// So many sightings of a value are kept of each month.
const SIGHTINGS: usize = 8;

/// Keeps findings under the place that they are sorted by.
fn push(
    findings: &mut Sorter<Finding>,
    summary: &mut Summary,
    check: &Check,
    found: Vec<Finding>,
) -> Result<(), Error> {
    for mut finding in found {
        finding.severity = check.severity;
        finding.check = check.name.into();
        finding.explanation = check.finds.into();
        *summary.found.entry(check.severity).or_default() += 1;
        let (nth, start) = (finding.nth, finding.start());
        findings.push(&format!("{nth:020} {start:012} {}", check.name), &finding)?;
    }
    Ok(())
}
