//! What a check is: its name, what is said of it, and how it runs.

use super::claim::Claim;
use super::facts::Facts;
use super::finding::{Finding, Severity};
use super::page::Page;

/// One check. Its name stands in the findings and stays stable between versions.
#[derive(Clone, Copy)]
pub struct Check {
    /// `date.weekday`
    pub name: &'static str,
    /// how grave its findings are
    pub severity: Severity,
    /// one sentence: what it finds
    pub finds: &'static str,
    /// why that matters to who audits
    pub why: &'static str,
    /// an invented example and what is said of it
    pub example: &'static str,
    /// when its findings are wrong
    pub wrong: &'static str,
    /// how many findings were read against their articles, and how many were right
    pub measured: &'static str,
    /// what an article must have for it
    pub needs: &'static [Need],
    /// how it runs
    pub run: Run,
}

/// What an article must have for a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// its text, as `--with-text` keeps it
    Text,
    /// the day it was published
    Published,
}

impl Need {
    /// As it is said in the summary.
    pub fn name(self) -> &'static str {
        match self {
            Need::Text => "text",
            Need::Published => "publication date",
        }
    }
}

/// How a check runs.
#[derive(Clone, Copy)]
pub enum Run {
    /// on one article
    Page(fn(&Page<'_>, &Facts, &mut Vec<Finding>)),
    /// over all articles: what each claims, and what is wrong with all claims of one key
    Across {
        /// what one article claims
        claims: fn(&Page<'_>, &Facts, &mut Vec<Claim>),
        /// what is wrong with the claims of one key, which come in the order of their articles
        judge: fn(&[Claim], &mut Vec<Finding>),
    },
}

impl Check {
    /// What the article lacks for this check.
    pub fn lacks(&self, page: &Page<'_>) -> Option<Need> {
        self.needs.iter().copied().find(|need| match need {
            Need::Text => !page.has_text(),
            Need::Published => page.published.is_none(),
        })
    }
}
