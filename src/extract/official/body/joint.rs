//! Marks, numbers and small words inside a body: where it goes on behind them.

use super::{BodyReader, State};
use crate::document::Document;
use crate::extract::official::lexicon::WordKind;
use crate::gazetteer::schema::TableId;
use crate::record::Kind;
use crate::text::keyword as kw;
use crate::text::token::{Gap, Shape};

impl BodyReader<'_, '_> {
    /// `, ` between a body and the one it belongs to; ` - ` inside a field; `TP.`; `&`.
    pub(super) fn mark(&mut self) -> bool {
        let (doc, at) = (self.doc, self.at);
        let next = at + 1;
        // `Covid-19`
        if doc.is_mark(at, b'-')
            && doc.gap(at) == Gap::None
            && doc.gap(next) == Gap::None
            && doc.shape(next) == Shape::Digits
            && matches!(doc.shape(at - 1), Shape::Title | Shape::Upper | Shape::Mixed)
        {
            self.at = next + 1;
            return true;
        }
        if doc.gap(next) == Gap::Line || !doc.shape(next).is_word() {
            return false;
        }
        if doc.is_mark(at, b',') {
            return self.comma();
        }
        if doc.is_mark(at, b'(') {
            return self.short_form();
        }
        if doc.is_mark(at, b'&') && doc.shape(next).is_capital() {
            self.at = next + 1;
            return true;
        }
        if self.is_dot_of_level(at) {
            self.at = next;
            return self.run();
        }
        let glued = doc.gap(at) == Gap::None || doc.gap(next) == Gap::None;
        if !doc.is_mark(at, b'-')
            || self.begins_person(next)
            || self.state == State::Closed && !glued && !self.is_between_places(at)
            || doc.word(next) == kw::ANH_PHOTO
            || self.is_end(next)
        {
            return false;
        }
        let end = self.names().run_end(next);
        let half =
            doc.shape(next + 1) == Shape::Lower && self.lexicon.is_pair(doc.word(next), doc.word(next + 1));
        let known =
            self.lexicon.in_body(doc.word(next)) || glued || half || doc.hit(TableId::Places, next).is_some();
        let person = self.names().full_name(next, end).is_some_and(|score| score > 2.0) && !glued;
        if !known || person || doc.shape(next) == Shape::Lower && !glued && self.state == State::Fresh {
            return false;
        }
        self.at = next + 1;
        self.filled = true;
        true
    }

    /// `TAND TP | .HCM`: the dot of a level that the body's own row ends with.
    fn is_dot_of_level(&self, at: usize) -> bool {
        let doc = self.doc;
        self.state == State::Place
            && doc.is_mark(at, b'.')
            && doc.gap(at) == Gap::None
            && self.lexicon.word_before(doc, WordKind::Level, at).is_some()
            && (doc.gap(at + 1) == Gap::None || doc.hit(TableId::Places, at + 1).is_some())
    }

    /// `Hội Hữu nghị Việt Nam | - Lào`.
    fn is_between_places(&self, dash: usize) -> bool {
        let doc = self.doc;
        let country = |hit| self.lexicon.is_country(hit);
        let before = (dash.saturating_sub(4)..dash)
            .any(|i| doc.hits.of(TableId::Places, i).any(|hit| hit.end as usize == dash && country(hit)));
        let ours = dash > 0 && doc.word(dash - 1) == kw::VIET;
        let next = doc.hit(TableId::Places, dash + 1).is_some_and(country) || doc.word(dash + 1) == kw::VIET;
        (before || ours) && next && !self.is_name(dash + 1)
    }

    /// Over the short form of a body in brackets, where the body goes on behind it: `Hội đồng quản trị (HĐQT) Sông Lam`.
    fn short_form(&mut self) -> bool {
        let (doc, open) = (self.doc, self.at);
        let Some(next) = self.behind_short_form(open) else { return false };
        if doc.is_mark(next, b',') {
            self.at = next;
            let on = doc.shape(next + 1).is_capital() && self.comma();
            if !on {
                self.at = open;
            }
            return on;
        }
        if doc.gap(next) != Gap::Space || self.begins_person(next) {
            return false;
        }
        let level = self.lexicon.word(doc, WordKind::Level, next).is_some();
        let end = self.names().run_end(next);
        let place = doc.hit(TableId::Places, next).is_some();
        let named = !place && self.names().full_name(next, end).is_some()
            || (!self.post.company || self.own_height().is_some() || self.body.place.is_some())
                && end > next + 1
                && self.names().is_foreign(next, next + 1);
        let proper = end > next && (self.unnamed || !named);
        if !level && !proper {
            return false;
        }
        self.at = next;
        if !level && self.state == State::Closed {
            self.state = State::Name;
        }
        true
    }

    /// One past the bracket that opens at `open` and holds a short form alone: `(HĐQT)`, `(GD-ĐT)`, `(UBKT T.Ư)`.
    fn behind_short_form(&self, open: usize) -> Option<usize> {
        const LONGEST: usize = 8;
        let doc = self.doc;
        let part = |i: &usize| {
            matches!(doc.shape(*i), Shape::Upper | Shape::Mixed | Shape::Initial)
                || b"-&.".iter().any(|&mark| doc.is_mark(*i, mark))
        };
        let close = (open + 1..open + LONGEST).find(|i| !part(i))?;
        (close > open + 1 && doc.is_mark(close, b')')).then_some(close + 1)
    }

    /// Over a comma: to the body that this one belongs to, or on in a list `A, B và C` of fields.
    fn comma(&mut self) -> bool {
        let (doc, next) = (self.doc, self.at + 1);
        if self.begins_person(next) {
            return false;
        }
        // `Ban Chỉ đạo phòng, chống tham nhũng`
        if doc.word(self.at - 1) == kw::PHONG
            && doc.word(next) == kw::CHONG
            && doc.shape(next + 1) == Shape::Lower
        {
            self.at = next + 2;
            self.state = State::Field;
            return true;
        }
        if self.fights(next) {
            self.at = next + 2;
            return true;
        }
        let own = self.own_height();
        if let (Some(own), Some((hit, row))) = (own, self.lexicon.body(doc, next))
            && row.height > own
            && (doc.shape(next).is_capital() || self.behind && doc.shape(hit.end as usize).is_capital())
            && !self.is_clause(hit.end as usize)
        {
            self.at = hit.end as usize;
            self.after_body(row.slot);
            return true;
        }
        if own.is_none()
            && self.post.company
            && let Some((hit, row)) = self.lexicon.body(doc, next).filter(|(_, row)| row.height >= 4)
            && doc.shape(next).is_capital()
            && self.behind
            && !self.is_clause(hit.end as usize)
        {
            self.at = hit.end as usize;
            self.after_body(row.slot);
            return true;
        }
        let list = self.state == State::Field || self.state == State::Name;
        if list && doc.shape(next).is_capital() && self.is_part(next) && self.list_goes_on(next) {
            self.at = next;
            return true;
        }
        false
    }

    /// `phòng, chống tham nhũng | , lãng phí | , tiêu cực`: what else is fought against.
    fn fights(&self, next: usize) -> bool {
        const LONGEST: usize = 8;
        let (doc, end) = (self.doc, next + 2);
        let closes = !doc.shape(end).is_word()
            || doc.shape(end).is_capital()
            || doc.word(end) == kw::VA
            || self.lexicon.word(doc, WordKind::Level, end).is_some();
        closes
            && doc.shape(next) == Shape::Lower
            && doc.shape(next + 1) == Shape::Lower
            && self.lexicon.is_pair(doc.word(next), doc.word(next + 1))
            && (self.at.saturating_sub(LONGEST)..self.at).any(|i| doc.word(i) == kw::CHONG && i > self.from)
    }

    /// How high the last body before the reader stands.
    fn own_height(&self) -> Option<u8> {
        let bodies = (self.at.saturating_sub(16).max(self.role.saturating_sub(6))..self.at)
            .filter_map(|i| self.lexicon.body(self.doc, i));
        let known = bodies.filter(|(hit, row)| hit.end as usize <= self.at && row.height > 0);
        known.map(|(_, row)| row.height).next_back()
    }

    /// Whether a verb follows, so that the body before it is the subject of a clause of its own.
    fn is_clause(&self, at: usize) -> bool {
        self.doc.shape(at) == Shape::Lower
            && self.lexicon.word(self.doc, WordKind::Level, at).is_none()
            && !self.lexicon.in_body(self.doc.word(at))
    }

    /// A word of bodies, or a short form that is none of its own (`Bộ Khoa học, ICT và Kế hoạch`).
    fn is_part(&self, at: usize) -> bool {
        let short = self.doc.shape(at) == Shape::Upper && self.lexicon.body(self.doc, at).is_none();
        short || self.lexicon.in_body(self.doc.word(at))
    }

    fn list_goes_on(&self, from: usize) -> bool {
        let doc = self.doc;
        let plain = |i: &usize| doc.shape(*i).is_word() && doc.word(*i) != kw::VA && self.is_part(*i);
        let end = (from..from + 6).find(|i| !plain(i)).unwrap_or(from + 6);
        doc.word(end) == kw::VA
            && doc.shape(end + 1).is_capital()
            && self.lexicon.in_body(doc.word(end + 1))
            && !self.begins_person(end + 1)
    }

    /// A number that is part of a name: `Quân khu 7`, `Bệnh viện 108`.
    pub(super) fn number(&mut self) -> bool {
        let (doc, at) = (self.doc, self.at);
        // `Nhà máy Z58`
        if doc.gap(at) == Gap::None && matches!(doc.shape(at - 1), Shape::Upper | Shape::Initial) {
            return self.close(at + 1);
        }
        let clear = doc.shape(at + 1) == Shape::Mark || doc.gap(at + 1) == Gap::Line || self.is_end(at + 1);
        let open = !matches!(self.state, State::Closed | State::Fresh) || clear && !self.post.complete;
        let whole =
            doc.gap(at + 1) != Gap::None || doc.shape(at + 2) != Shape::Digits && !doc.is_mark(at + 1, b'%');
        let numbered = open && whole && doc.gap(at) == Gap::Space;
        let counted = self.found.claimed(at).is_some_and(|kind| kind != Kind::Code);
        if let Some(end) = self.code_list(at) {
            return self.close(end);
        }
        if numbered && !counted && !doc.is_mark(at + 1, b'/') {
            self.at = at + 1;
            self.filled = true;
            return true;
        }
        false
    }

    /// `[2] chương trình số 02-CTr/TU, 09-CTr/TU`: the codes that a post is about.
    pub(super) fn code_list(&mut self, at: usize) -> Option<usize> {
        let doc = self.doc;
        let first = (at..at + 5).find(|&i| self.found.claimed(i) == Some(Kind::Code))?;
        if (at..first).any(|i| doc.shape(i) == Shape::Mark || doc.gap(i) == Gap::Line) {
            return None;
        }
        let typed = (at.saturating_sub(3)..=first).any(|i| doc.hit(TableId::DocumentTypes, i).is_some());
        if !typed {
            return None;
        }
        let codes = &self.found.codes;
        let mut next = codes.partition_point(|code| code.span.end <= first);
        let mut end = codes.get(next)?.span.end;
        self.body.codes.push(codes[next].span);
        loop {
            next += 1;
            let joint = doc.is_mark(end, b',') || doc.word(end) == kw::VA;
            match codes.get(next) {
                Some(code) if joint && code.span.start == end + 1 => {
                    self.body.codes.push(code.span);
                    end = code.span.end;
                }
                _ => return Some(end),
            }
        }
    }

    /// `của`, `và`, `tại`, `phụ trách` where the body goes on behind them.
    pub(super) fn joint(&mut self) -> bool {
        let (doc, at) = (self.doc, self.at);
        let next = at + 1;
        if doc.gap(next) == Gap::Line || !doc.shape(next).is_word() || self.begins_person(next) {
            return false;
        }
        let proper = doc.shape(next).is_capital();
        let known =
            self.lexicon.body(doc, next).is_some_and(|(hit, _)| proper || hit.end as usize > next + 1)
                || doc.hit(TableId::Places, next).is_some();
        let takes = match doc.word(at) {
            kw::CUA => known && !self.is_name(next),
            // `Giám đốc Ban Dự án thuộc Tổng công ty Sông Lam`
            kw::THUOC => proper && self.lexicon.body(doc, next).is_some() && self.at > self.from,
            kw::VA => self.takes_and(next),
            kw::TAI => (known || proper && self.names().is_foreign(next, next + 1)) && self.stands_abroad(at),
            _ => false,
        };
        if takes {
            self.at = next;
            self.state = if doc.word(at) == kw::VA { self.state } else { State::Field };
            return true;
        }
        doc.word(at) == kw::PHU && doc.word(next) == kw::TRACH && self.in_charge(at + 2)
    }

    pub(super) fn is_name(&self, at: usize) -> bool {
        let end = self.names().run_end(at);
        self.names().full_name(at, end).is_some()
    }

    fn takes_and(&self, next: usize) -> bool {
        let doc = self.doc;
        let pair =
            doc.shape(next + 1) == Shape::Lower && self.lexicon.is_pair(doc.word(next), doc.word(next + 1));
        // `Hội Nước và Môi trường`: a run of unknown words closed the name too early.
        let field = matches!(self.state, State::Field | State::Name)
            || pair && doc.shape(next).is_capital() && self.body.place.is_none();
        let open = field && (pair || doc.shape(next).is_capital() && self.lexicon.in_body(doc.word(next)));
        let same = doc.shape(next).is_capital() || doc.shape(self.at - 1) == Shape::Lower;
        open && same
            && self.lexicon.body(doc, next).is_none()
            && doc.hit(TableId::Places, next).is_none()
            && !self.is_name(next)
            && self.lexicon.word(doc, WordKind::End, next).is_none()
    }

    /// `Đại sứ Việt Nam tại Lào`, `Giám đốc chi nhánh tại TP.HCM`, `Phó Tư lệnh tại Bộ Tư lệnh …`.
    fn stands_abroad(&self, at: usize) -> bool {
        let before = (at.saturating_sub(4)..at).any(|i| doc_ends(self.doc, TableId::Places, i, at));
        before
            || self.abroad
            || self.state == State::Fresh
            || matches!(self.state, State::Field | State::Name)
    }

    /// `phụ trách …` only where a name follows in the end.
    fn in_charge(&mut self, from: usize) -> bool {
        let doc = self.doc;
        if self.owned || self.unnamed {
            return false;
        }
        let mut i = from;
        while i < from + 10 && doc.shape(i).is_word() && doc.gap(i) != Gap::Line {
            let end = self.names().run_end(i);
            let cut = (i..end).find(|&k| {
                k > from
                    && (self.names().full_name(k, end).is_some()
                        || self.names().is_foreign(k, end) && self.names().is_foreign(k, k + 1))
            });
            if let Some(cut) = cut {
                self.at = cut;
                self.body.named = true;
                return false;
            }
            if end == i && self.lexicon.word(doc, WordKind::End, i).is_some() {
                return false;
            }
            i = end.max(i + 1);
        }
        false
    }
}

fn doc_ends(doc: &Document<'_>, table: TableId, from: usize, end: usize) -> bool {
    doc.hits.of(table, from).any(|hit| hit.end as usize == end)
}
