//! What a count rests on, in words, for whoever asks ([`crate::trace`]).

use super::bound::Around;
use super::number::Number;
use super::unit::Unit;
use super::{BOUND, NOUN, SHARED, UNLISTED};
use crate::document::Document;
use crate::extract::Found;
use crate::mention::Span;

/// The number, the unit and the words around a count at token `at`.
pub(super) fn counted(doc: &Document<'_>, at: usize, number: &Number, unit: &Unit, around: &Around) {
    let words = |span: Span| doc.normal(span);
    doc.trace.step(at, NOUN, None, || {
        let how = match (number.words, number.scaled) {
            (true, _) => "in words",
            (_, true) => "with its magnitude multiplied out",
            _ => "in digits",
        };
        format!("the number {how}: `{}`", words(Span::new(at, number.end)))
    });
    if around.start < at {
        let before = Span::new(around.start, at);
        doc.trace.step(at, BOUND, Some(before), || format!("bounded by `{}`", words(before)));
    }
    match unit.listed {
        true => doc.trace.step(at, NOUN, Some(unit.span), || {
            format!("the unit `{}` stands in a table, measure {}", words(unit.span), unit.measure)
        }),
        false => doc.trace.step(at, UNLISTED, Some(unit.span), || {
            format!("no table knows the unit `{}`: plain words behind a number were taken", words(unit.span))
        }),
    }
}

/// The count before, whose unit one at token `at` shares.
pub(super) fn shared(doc: &Document<'_>, at: usize, found: &Found) {
    let before = found.counts.last().map(|count| count.span);
    doc.trace.step(at, SHARED, before, || "the unit is that of the count before".into());
}
