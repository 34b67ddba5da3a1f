//! What stands around a count: approximators, bounds, ranges.

use super::cue::{Class, Cues};
use super::number::{Amount, Number, Numbers, times};
use super::reject;
use super::unit::{Unit, Units};
use crate::document::Document;
use crate::record::Approx;
use crate::text::keyword;
use crate::text::token::{Gap, Shape};

/// What the words around a count say of it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Around {
    /// `khoảng`, `hơn`, `gần`
    pub approx: Option<Approx>,
    /// the number is a lower bound
    pub min: bool,
    /// the number is an upper bound
    pub max: bool,
    /// the first token of those words before the number
    pub start: usize,
}

/// Most words between the unit and `trở lên`.
const TRAIL: usize = 4;

/// Reads the words before the number at `at`.
pub fn before(doc: &Document<'_>, cues: &Cues, at: usize) -> Around {
    let mut around = Around { start: at, ..Around::default() };
    if let Some((start, class)) = cues.before(doc, &[Class::Min, Class::Max], skip_filler(doc, cues, at)) {
        (around.start, around.min, around.max) = (start, class == Class::Min, class == Class::Max);
        return around;
    }
    if let Some((start, class)) = cues.before(doc, &[Class::About, Class::Over, Class::Under], at) {
        around.approx = Some(match class {
            Class::Over => Approx::Over,
            Class::Under => Approx::Under,
            _ => Approx::About,
        });
        around.start = start;
    }
    around
}

fn skip_filler(doc: &Document<'_>, cues: &Cues, at: usize) -> usize {
    cues.before(doc, &[Class::Filler], at).map_or(at, |(start, _)| start)
}

/// Adds what the words behind the unit say: `trở lên`, `trở xuống`.
pub fn after(doc: &Document<'_>, cues: &Cues, end: usize, around: &mut Around) {
    for at in end..end + TRAIL {
        if doc.gap(at) == Gap::Line || !doc.shape(at).is_word() {
            return;
        }
        around.min |= cues.at(doc, Class::MinAfter, at).is_some();
        around.max |= cues.at(doc, Class::MaxAfter, at).is_some();
        if around.min || around.max {
            return;
        }
    }
}

/// The range that `low` opens, with the unit that its end carries.
pub fn range(
    doc: &Document<'_>,
    (numbers, units, cues): (&Numbers, &Units, &Cues),
    at: usize,
    low: &Number,
) -> Option<(Number, Unit)> {
    let first = units.read(doc, cues, low.end).filter(|unit| unit.listed && unit.measure != "items");
    let joint = first.as_ref().map_or(low.end, |unit| unit.span.end);
    let next = joint_end(doc, at, joint, low, first.is_some())?;
    let start = skip_filler_after(doc, cues, next)?;
    let high = numbers.read(doc, start).ok()?;
    if reject::goes_on(doc, high.end) || high.words != low.words {
        return None;
    }
    let unit = units.read(doc, cues, high.end).or_else(|| bare_sum(doc, &high))?;
    if first.as_ref().is_some_and(|first| first.name != unit.name) {
        return None;
    }
    let joined = doc.is_mark(joint, b'-') || [keyword::DEN, keyword::TOI].contains(&doc.word(joint));
    if !unit.listed && !joined {
        return None;
    }
    let (Amount::Exact(from), Amount::Exact(to)) = (low.amount, high.amount) else { return None };
    // `tăng tốc 0-100 km/h` is no range of speeds.
    if from == 0.0 && unit.name.starts_with("km/") {
        return None;
    }
    // `2-3 triệu`: the magnitude is said once.
    let shared = high.scaled && !low.scaled && first.is_none() && from < to / high.magnitude;
    let from = if shared { times(from, high.magnitude) } else { from };
    let number = Number { amount: Amount::Range(from, to), year_like: low.year_like, ..high };
    (from < to).then_some((number, unit))
}

/// `2-5 triệu mỗi năm`: the đồng that is left out behind a magnitude.
fn bare_sum(doc: &Document<'_>, high: &Number) -> Option<Unit> {
    let sum = high.scaled && !high.words && high.magnitude >= 1e6 && !doc.shape(high.end).is_capital();
    sum.then(|| Unit::of_money(high.end))
}

/// Behind the joint of a range: `-`, `đến`, or a comma or nothing between neighbours (`5, 6 người`, `ba bốn người`).
fn joint_end(doc: &Document<'_>, at: usize, joint: usize, low: &Number, has_unit: bool) -> Option<usize> {
    if doc.gap(joint) == Gap::Line {
        return None;
    }
    let even = doc.gap(joint) == doc.gap(joint + 1);
    if doc.is_mark(joint, b'-') && (even || has_unit) && doc.gap(joint + 1) != Gap::Line {
        return Some(joint + 1);
    }
    if [keyword::DEN, keyword::TOI].contains(&doc.word(joint)) {
        return Some(joint + 1);
    }
    let neighbours = low.words && low.end == at + 1 && !has_unit && doc.word(joint) != keyword::NAM;
    let next = if doc.is_mark(joint, b',') { joint + 1 } else { joint };
    (neighbours && doc.word(next) != keyword::NAM && doc.shape(next) == Shape::Lower).then_some(next)
}

/// `đến cao nhất là 12 năm`, `đến dưới 20%`: the words between the joint and the upper end.
fn skip_filler_after(doc: &Document<'_>, cues: &Cues, mut at: usize) -> Option<usize> {
    for _ in 0..3 {
        let classes = [Class::Filler, Class::About, Class::Over, Class::Under, Class::Max];
        let Some(end) = classes.iter().filter_map(|&class| cues.at(doc, class, at)).max() else { break };
        at = end;
    }
    (doc.gap(at) != Gap::Line).then_some(at)
}
