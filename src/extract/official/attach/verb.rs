//! Posts that a verb gives: `ông A được bổ nhiệm giữ chức …`, and of whom it is said.

use super::{Attacher, Way};
use crate::extract::official::joint::Joint;
use crate::extract::official::lexicon::WordKind;
use crate::extract::official::piece::{Item, NameItem};
use crate::record::Status;
use crate::text::keyword as kw;

impl Attacher<'_, '_> {
    /// `ông A được bổ nhiệm giữ chức T`, `khi đang là T, bà B`, `trước khi trở thành T, ông …`.
    pub(super) fn verb(&mut self, from: usize, end: usize) -> bool {
        let mut start = self.items[from].span().start;
        if start > 1 && self.doc.is_mark(start - 1, b':') {
            start -= 1;
        }
        let appoint = self
            .lexicon
            .word_before(self.doc, WordKind::Appoint, start)
            .map(|(at, status)| (at, status.or(Some(Status::Designate))));
        let hold =
            self.lexicon.word_before(self.doc, WordKind::Hold, start).or_else(|| self.opening_be(start));
        let Some((verb, status)) = appoint.or(hold) else { return false };
        if self.items[from].title().is_some_and(|t| t.granted) {
            return false;
        }
        if self.onto(end) {
            for name in self.names_of_list(end) {
                self.give(name, from..end, Way::Verb, status);
            }
            return true;
        }
        if status == Some(Status::Former) && self.is_active(verb) {
            return false;
        }
        let Some(name) = self.subject(from, verb).or_else(|| self.later_subject(end)) else { return false };
        self.give(name, from..end, Way::Verb, status);
        true
    }

    /// `ông A đã cách chức …`: what the subject does to another, unlike `ông A đã thôi giữ chức …`.
    fn is_active(&self, verb: usize) -> bool {
        let takes = matches!(self.doc.word(verb), kw::CACH | kw::BAI_OFF | kw::MIEN | kw::GIANG);
        takes && verb > 0 && matches!(self.doc.word(verb - 1), kw::DA | kw::VUA | kw::SE)
    }

    /// `Là Giám đốc Sở Y tế, ông A …`: a sentence that opens with `là`.
    fn opening_be(&self, title: usize) -> Option<(usize, Option<Status>)> {
        let at = title.checked_sub(1)?;
        let opens = self.doc.word(at) == kw::LA && self.doc.sentence(at).start == at;
        opens.then_some((at, None))
    }

    /// `bổ nhiệm chức Giám đốc Sở Y tế đối với | ông A`, `miễn nhiệm chức vụ … của | bà B`.
    fn onto(&self, end: usize) -> bool {
        let Some(name) = self.name(end) else { return false };
        let from = self.items[end - 1].span().end;
        self.doc.sentence_of(from - 1) == self.doc.sentence_of(name.start)
            && self.lexicon.word(self.doc, WordKind::Onto, from).is_some_and(|(to, _)| to == name.start)
    }

    /// The nearest name before the verb in its sentence that the verb is said of.
    fn subject(&self, from: usize, verb: usize) -> Option<usize> {
        let sentence = self.doc.sentence_of(verb);
        if verb > 0 && self.doc.word(verb - 1) == kw::NGUOI {
            return None;
        }
        let mut at = from;
        while at > 0 {
            at -= 1;
            let item = &self.items[at];
            if self.doc.sentence_of(item.span().start) != sentence {
                return None;
            }
            match item {
                _ if self.is_quoted(item.span().end, verb) => return None,
                Item::Pronoun { .. } => return self.topics[at],
                Item::Name(name) if !self.is_agent(at) && !self.is_replaced(name, verb) => return Some(at),
                _ => {}
            }
        }
        None
    }

    /// Whether another's words begin between the tokens `from` and `to`.
    fn is_quoted(&self, from: usize, to: usize) -> bool {
        (from..to).any(|i| self.doc.is_mark(i, b':') && self.doc.is_mark(i + 1, b'"'))
    }

    /// `được Thủ tướng Trần B bổ nhiệm`: the one who appoints.
    fn is_agent(&self, name: usize) -> bool {
        let mut first = name;
        while first > 0
            && self.is_title(first - 1)
            && matches!(self.joints[first], Joint::Adjacent | Joint::Comma)
        {
            first -= 1;
        }
        let start = self.items[first].span().start;
        start > 0
            && first < name + 1
            && matches!(self.doc.word(start - 1), kw::DUOC | kw::DO)
            && !matches!(self.doc.word(self.items[name].span().end), kw::DUOC)
    }

    /// `thay ông B giữ chức`: the verb is said of the successor.
    fn is_replaced(&self, name: &NameItem, verb: usize) -> bool {
        name.start > 0 && self.doc.word(name.start - 1) == kw::THAY && name.span.end == verb
    }

    /// `khi đang là T, bà B …`.
    fn later_subject(&self, end: usize) -> Option<usize> {
        // `… từ năm 2017 đến nay, ông A`: what stands between may be longer than a comma.
        let start = self.items.get(end)?.span().start;
        let from = self.items[end - 1].span().end;
        let near = start < from + 12 && self.doc.sentence_of(from) == self.doc.sentence_of(start);
        if !near || !self.doc.is_mark(start - 1, b',') {
            return None;
        }
        match self.items.get(end)? {
            Item::Name(_) => Some(end),
            Item::Pronoun { .. } => self.topics[end],
            Item::Title(_) => None,
        }
    }
}
