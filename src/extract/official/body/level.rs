//! `tỉnh`, `xã`, `TP.` … inside a body, and the place they name.

use super::{BodyReader, State};
use crate::extract::official::lexicon::WordKind;
use crate::mention::Span;
use crate::text::token::{Gap, Shape};

impl BodyReader<'_, '_> {
    /// Whether a level begins here, not the first half of a field's word.
    pub(super) fn takes_level(&self, at: usize) -> bool {
        // `công tác | xã hội`, `bản quyền`
        let lone = self.lexicon.word(self.doc, WordKind::Level, at).is_some_and(|(end, _)| end == at + 1);
        if lone
            && self.doc.shape(at) == Shape::Lower
            && self.doc.shape(at + 1) == Shape::Lower
            && self.doc.gap(at + 1) == Gap::Space
            && self.lexicon.is_field(self.doc.word(at), self.doc.word(at + 1))
        {
            return false;
        }
        self.doc.shape(at) == Shape::Lower
            || self.doc.shape(at + 1).is_capital()
            || self.doc.is_mark(at + 1, b'.')
            || self.doc.shape(at + 1) == Shape::Digits
    }

    /// `tỉnh`, `thành phố`, `xã` …, with the name that follows.
    pub(super) fn level(&mut self, end: usize) -> bool {
        let doc = self.doc;
        let start = self.at;
        let dot = usize::from(doc.is_mark(end, b'.') && doc.gap(end) == Gap::None);
        self.at = end;
        let next = end + dot;
        if doc.shape(next).is_capital() && doc.gap(next) != Gap::Line && !self.begins_person(next) {
            self.at = next;
            self.state = State::Place;
            self.filled = false;
            let taken = self.run();
            self.body.place = (self.at > end).then(|| Span::new(start, self.at));
            if self.at == next && dot > 0 {
                self.at = end;
            }
            return taken;
        }
        if doc.shape(next) == Shape::Digits && doc.gap(next) != Gap::Line {
            self.body.place = Some(Span::new(start, next + 1));
            return self.close(next + 1);
        }
        if let Some((deictic, _)) = self.lexicon.word(doc, WordKind::Deictic, end) {
            return self.close(deictic);
        }
        self.state = State::Closed;
        true
    }
}
