//! So many out of so many: `84/87 đại biểu`, `4 trong số 6 dự án`.

use super::cue::Class;
use super::number::Number;
use super::unit::Unit;
use super::{CountExtractor, FRACTION, is_day_place, reject};
use crate::document::Document;
use crate::mention::{Mention, Span};
use crate::record::Count;
use crate::text::keyword;
use crate::text::token::{Gap, Shape};

impl CountExtractor {
    /// `84/87 đại biểu`, `2/3 số phiếu`
    pub(super) fn fraction(&self, doc: &Document<'_>, at: usize, part: &Number) -> Option<Mention<Count>> {
        let slash = part.end;
        if part.words || !doc.is_mark(slash, b'/') || doc.shape(slash + 1) != Shape::Digits {
            return None;
        }
        let whole = self.numbers.read(doc, slash + 1).ok().filter(|n| !n.scaled)?;
        let (a, b) = (part.value()?, whole.value()?);
        if a > b
            || b <= 0.0
            || a.fract() != 0.0
            || reject::goes_on(doc, whole.end)
            || doc.gap(whole.end) != Gap::Space
        {
            return None;
        }
        let share = doc.word(whole.end) == keyword::SO;
        let mut unit =
            self.units.read(doc, &self.cues, whole.end + usize::from(share)).filter(|u| u.listed)?;
        if share {
            unit.span.start = whole.end;
            unit.name = doc.normal(unit.span);
        }
        // `1/3 cánh tay` is a part of one thing.
        let part_of_one = a == 1.0 && b <= 10.0 && !share && unit.objects;
        let could_be_day = a <= 31.0 && b <= 12.0;
        let named = doc.shape(whole.end) == Shape::Title;
        if unit.measure != "items" || named || part_of_one || (could_be_day && is_day_place(doc, at)) {
            return None;
        }
        let value = (a / b * 1e6).round() / 1e6;
        let count =
            Count { value: Some(value), unit: unit.name, measure: "ratio".into(), ..Count::default() };
        Some(Mention { span: Span::new(at, unit.span.end), rule: FRACTION, value: count })
    }

    /// `4 trong số 6 dự án`, `6 trong 7 loại thuốc`: the noun of the whole is that of its part.
    pub(super) fn unit_of_whole(&self, doc: &Document<'_>, start: usize, part: &Number) -> Option<Unit> {
        if self.cues.before(doc, &[Class::Ordinal, Class::Label], start).is_some() {
            return None;
        }
        let at = part.end;
        if doc.word(at) != keyword::TRONG || (at..at + 3).any(|i| doc.gap(i) == Gap::Line) {
            return None;
        }
        let from = at + 1 + usize::from(doc.word(at + 1) == keyword::TONG);
        let whole = self.numbers.read(doc, from + usize::from(doc.word(from) == keyword::SO)).ok()?;
        let smaller = part.value()? < whole.value()? && part.value()? > 1.0;
        let unit = self.units.read(doc, &self.cues, whole.end)?;
        (smaller && unit.listed && unit.measure == "items").then_some(unit)
    }
}
