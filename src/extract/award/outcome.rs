//! From one conferring to its records: one for each group that is honoured, with its codes and the money.

use super::people::{self, Group};
use crate::document::Document;
use crate::extract::Found;
use crate::mention::{Mention, Span};
use crate::record::{Amount, Award};
use crate::text::keyword as k;

/// A conferring before it becomes records.
#[derive(Clone, Debug, Default)]
pub(super) struct Story {
    pub(super) rule: &'static str,
    pub(super) form: Option<String>,
    pub(super) class: Option<String>,
    pub(super) count: Option<f64>,
    pub(super) groups: Vec<Group>,
    pub(super) giver: Option<String>,
    pub(super) presenter: Option<String>,
    /// the tokens whose codes and sums belong to it
    pub(super) reach: Option<Span>,
}

/// One record for each group that is honoured.
pub(super) fn records(
    doc: &Document<'_>,
    found: &Found,
    span: Span,
    story: Story,
    awards: &mut Vec<Mention<Award>>,
) {
    let Story { rule, form, class, count, mut groups, giver, presenter, reach } = story;
    if groups.is_empty() {
        groups.push(Group::default());
    }
    if count.is_some() {
        groups.truncate(1);
    }
    for group in groups {
        let reach = group.reach.or(reach).unwrap_or(span);
        let value = Award {
            form: form.clone(),
            class: class.clone(),
            count: count.or(group.count),
            recipients: group.who,
            giver: giver.clone(),
            presenter: presenter.clone(),
            codes: people::codes(found, reach),
            amount: amount(doc, found, reach),
            part_of: None,
        };
        awards.push(Mention { span, rule, value });
    }
}

/// The first sum of money that is said to come with it: `kèm tiền thưởng …`, `mỗi suất …`, `thưởng …`.
fn amount(doc: &Document<'_>, found: &Found, reach: Span) -> Option<Amount> {
    let from = found.counts.partition_point(|m| m.span.start < reach.start);
    let mut near = found.counts[from..].iter().take_while(|m| m.span.start < reach.end);
    let money = near.find(|m| m.value.measure == "money" && comes_with(doc, m.span.start))?;
    money.value.value.map(|value| Amount { value, unit: money.value.unit.clone() })
}

fn comes_with(doc: &Document<'_>, at: usize) -> bool {
    (at.saturating_sub(8)..at).any(|i| {
        matches!(doc.word(i), k::KEM | k::MOI_EACH) || {
            let word = doc.spelling(i).to_lowercase();
            matches!(word.as_str(), "thưởng" | "trị" | "tiền")
        }
    })
}
