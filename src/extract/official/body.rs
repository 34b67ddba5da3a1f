//! Where the body behind a role ends, and whether a name begins there: the last plausible full name of a capitalised
//! run wins (`Sở Y tế TP.HCM | Tăng Chí Thượng`).

use super::lexicon::{Class, Lexicon, Post, Slot, WordKind};
use super::name::Names;
use crate::document::Document;
use crate::extract::Found;
use crate::gazetteer::matcher::Hit;
use crate::gazetteer::schema::TableId;
use crate::mention::Span;
use crate::record::Kind;
use crate::text::keyword as kw;
use crate::text::token::{Gap, Shape};

/// Longest title, in tokens.
const LONGEST: usize = 48;

/// What may come next.
#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    /// only the role so far
    Fresh,
    /// words of a field
    Field,
    /// a proper name
    Name,
    /// the place of a body that is seldom named without
    Place,
    /// complete; places and higher bodies may follow
    Closed,
}

/// What name stands before a title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Before {
    /// none
    Nothing,
    /// one behind a comma or `là`
    Loosely,
    /// one behind a dash or an open bracket: the title is its post
    Closely,
}

/// The body behind a role.
#[derive(Clone, Debug, Default)]
pub struct Body {
    /// one past its last token; the end of the role if there is none
    pub end: usize,
    /// its place
    pub place: Option<Span>,
    /// whether a name begins at `end`
    pub named: bool,
    /// the codes in it
    pub codes: Vec<Span>,
}

/// Reads one body.
pub struct BodyReader<'a, 'd> {
    /// the article
    pub doc: &'a Document<'d>,
    /// the tables
    pub lexicon: &'a Lexicon,
    /// what was found before: codes
    pub found: &'a Found,
    post: Post,
    state: State,
    filled: bool,
    at: usize,
    body: Body,
    /// the holder's name stands before: none follows
    unnamed: bool,
    /// a name stands before, whose post this may be
    behind: bool,
    /// the body is another country's, whose people have other names
    abroad: bool,
}

impl<'a, 'd> BodyReader<'a, 'd> {
    /// Reads the body behind the role that ends at `role`, in a title phrase that goes on to `hit`.
    pub fn read(
        doc: &'a Document<'d>,
        lexicon: &'a Lexicon,
        found: &'a Found,
        post: Post,
        (role, hit): (usize, usize),
        before: Before,
    ) -> Body {
        let mut reader = BodyReader {
            doc,
            lexicon,
            found,
            post,
            state: State::Fresh,
            filled: false,
            at: hit,
            body: Body::default(),
            unnamed: before == Before::Closely,
            behind: before != Before::Nothing,
            abroad: false,
        };
        reader.enter(role, hit);
        let from = reader.at;
        while reader.at < from + LONGEST && (reader.step() || reader.stretch()) {}
        if !reader.body.named {
            reader.drop_joints(from);
        }
        reader.body.end = reader.at;
        reader.body
    }

    /// A body does not end on `của`, `và` or a dash.
    fn drop_joints(&mut self, from: usize) {
        let doc = self.doc;
        let joint = |i: usize| {
            matches!(doc.word(i), kw::CUA | kw::VA | kw::TAI) || doc.is_mark(i, b'-') || doc.is_mark(i, b'&')
        };
        while self.at > from && joint(self.at - 1) {
            self.at -= 1;
        }
    }

    /// Words in small letters that no table knows, behind a name whose post this is: they belong to the body if it
    /// comes to a clear end soon.
    fn stretch(&mut self) -> bool {
        const TO_MARK: usize = 8;
        const TO_VERB: usize = 4;
        let (doc, from) = (self.doc, self.at);
        if !self.behind
            || self.body.named
            || self.state == State::Closed
            || self.state == State::Place
            || doc.shape(from) != Shape::Lower
        {
            return false;
        }
        let mut at = from;
        while at < from + TO_MARK && doc.shape(at).is_word() && doc.gap(at) == Gap::Space {
            if self.is_end(at) || self.begins_person(at) {
                break;
            }
            at += 1;
        }
        let mark = doc.shape(at) == Shape::Mark && !doc.is_mark(at, b'-') || doc.gap(at) == Gap::Line;
        let verb = at <= from + TO_VERB && self.is_end(at);
        if at == from || !mark && !verb {
            return false;
        }
        self.close(at)
    }

    fn names(&self) -> Names<'a, 'd> {
        Names { doc: self.doc, lexicon: self.lexicon }
    }

    /// Starts behind the title phrase, or behind a longer body that starts inside it.
    fn enter(&mut self, role: usize, hit: usize) {
        if role >= hit {
            if self.post.complete {
                self.state = State::Closed;
            }
            return;
        }
        self.abroad = (role..hit).any(|i| {
            let place = self.doc.hit(TableId::Places, i);
            place.is_some_and(|place| place.end as usize == hit && self.lexicon.is_country(place))
        });
        if self.abroad {
            self.state = State::Closed;
            return;
        }
        let inside = (role.saturating_sub(1)..hit).filter_map(|i| self.lexicon.body(self.doc, i));
        match inside.filter(|(body, _)| body.end as usize >= hit).max_by_key(|(body, _)| (body.end, std::cmp::Reverse(body.start))) {
            Some((body, row)) => {
                self.at = body.end as usize;
                self.after_body(row.slot);
            }
            None => self.state = if self.ends_with_level(hit) { State::Place } else { State::Closed },
        }
        self.filled = false;
    }

    fn ends_with_level(&self, end: usize) -> bool {
        // `Nhật Bản` does not end with the level `bản`.
        let small = end > 0 && matches!(self.doc.shape(end - 1), Shape::Lower | Shape::Upper);
        small && self.lexicon.word_before(self.doc, WordKind::Level, end).is_some()
    }

    fn after_body(&mut self, slot: Slot) {
        self.filled = false;
        self.state = match slot {
            Slot::Full => State::Closed,
            Slot::Field => State::Field,
            Slot::Name => State::Name,
            Slot::NeedsPlace => State::Place,
            Slot::Place if self.ends_with_level(self.at) => State::Place,
            Slot::Place => State::Closed,
        };
    }

    /// Takes what comes next into the body; false where it ends.
    fn step(&mut self) -> bool {
        let (doc, at) = (self.doc, self.at);
        if at >= doc.tokens.len() || doc.gap(at) == Gap::Line || doc.is_furniture(at) {
            return false;
        }
        match doc.shape(at) {
            Shape::Mark => return self.mark(),
            Shape::Digits => return self.number(),
            _ => {}
        }
        if self.begins_person(at) {
            return false;
        }
        let capital = doc.shape(at).is_capital();
        if let Some((hit, row)) = self.lexicon.body(doc, at).filter(|(hit, _)| self.takes_body(*hit, capital))
        {
            self.at = hit.end as usize;
            self.after_body(row.slot);
            return true;
        }
        if let Some((end, _)) = self.lexicon.word(doc, WordKind::Level, at).filter(|_| self.takes_level(at)) {
            return self.level(end);
        }
        if doc.word(at) == kw::KHOA && (doc.shape(at + 1).is_capital() || doc.shape(at + 1) == Shape::Digits)
        {
            return self.close(at + 2);
        }
        if let Some(end) = self.code_list(at) {
            return self.close(end);
        }
        if capital {
            return self.run();
        }
        self.joint() || self.word()
    }

    fn close(&mut self, end: usize) -> bool {
        self.at = end;
        self.state = State::Closed;
        self.filled = true;
        true
    }

    /// Whether a title, rank, degree or word of address begins here, so that the body ends.
    fn begins_person(&self, at: usize) -> bool {
        let doc = self.doc;
        if doc.hit(TableId::Ranks, at).is_some()
            || doc.hit(TableId::Degrees, at).is_some_and(|hit| {
                doc.shape(hit.end as usize).is_capital() || doc.shape(hit.end as usize) == Shape::Mark
            })
        {
            return true;
        }
        let address = self.lexicon.honorific(doc, at).filter(|(_, row)| !row.in_name);
        if address
            .is_some_and(|(hit, _)| doc.shape(at) == Shape::Lower && doc.shape(hit.end as usize).is_capital())
        {
            return true;
        }
        self.begins_title(at)
    }

    fn begins_title(&self, at: usize) -> bool {
        let doc = self.doc;
        let at = match self.lexicon.word(doc, WordKind::Status, at) {
            Some((end, _)) if self.lexicon.post(doc, end).is_some() => end,
            _ => at,
        };
        let Some((hit, post)) = self.lexicon.post(doc, at) else { return false };
        let longer = self.lexicon.body(doc, at).is_some_and(|(body, _)| body.end >= hit.end);
        match post.class {
            _ if longer => false,
            Class::Post => true,
            Class::Other => {
                doc.shape(hit.end as usize).is_capital() && self.names().name_at(hit.end as usize).is_some()
            }
        }
    }

    /// Whether a body may start here: not on a full name, not in small letters behind a complete body.
    fn takes_body(&self, hit: Hit, capital: bool) -> bool {
        let lone = hit.end - hit.start == 1;
        match capital {
            true => !lone || self.doc.shape(self.at) == Shape::Upper || !self.is_name(self.at),
            false => !lone && self.state != State::Closed,
        }
    }

    fn takes_level(&self, at: usize) -> bool {
        self.doc.shape(at) == Shape::Lower
            || self.doc.shape(at + 1).is_capital()
            || self.doc.is_mark(at + 1, b'.')
            || self.doc.shape(at + 1) == Shape::Digits
    }

    /// `tỉnh`, `thành phố`, `xã` …, with the name that follows.
    fn level(&mut self, end: usize) -> bool {
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

    /// `, ` between a body and the one it belongs to; ` - ` inside a field; `TP.`; `&`.
    fn mark(&mut self) -> bool {
        let (doc, at) = (self.doc, self.at);
        let next = at + 1;
        if doc.gap(next) == Gap::Line || !doc.shape(next).is_word() {
            return false;
        }
        if doc.is_mark(at, b',') {
            return self.comma();
        }
        if doc.is_mark(at, b'&') && doc.shape(next).is_capital() {
            self.at = next + 1;
            return true;
        }
        let glued = doc.gap(at) == Gap::None || doc.gap(next) == Gap::None;
        if !doc.is_mark(at, b'-') || self.begins_person(next) || self.state == State::Closed && !glued {
            return false;
        }
        let end = self.names().run_end(next);
        let known = self.lexicon.in_body(doc.word(next)) || glued;
        let person = self.names().full_name(next, end).is_some_and(|score| score > 2.0) && !glued;
        if !known || person || doc.shape(next) == Shape::Lower && !glued && self.state == State::Fresh {
            return false;
        }
        self.at = next + 1;
        self.filled = true;
        true
    }

    /// Over a comma: to the body that this one belongs to, or on in a list `A, B và C` of fields.
    fn comma(&mut self) -> bool {
        let (doc, next) = (self.doc, self.at + 1);
        if self.begins_person(next) {
            return false;
        }
        let own = (self.at.saturating_sub(12)..self.at)
            .filter_map(|i| self.lexicon.body(doc, i))
            .filter(|(hit, row)| hit.end as usize <= self.at && row.height > 0)
            .map(|(_, row)| row.height)
            .next_back();
        if let (Some(own), Some((hit, row))) = (own, self.lexicon.body(doc, next))
            && row.height > own
            && doc.shape(next).is_capital()
            && !self.is_clause(hit.end as usize)
        {
            self.at = hit.end as usize;
            self.after_body(row.slot);
            return true;
        }
        let list = self.state == State::Field || self.state == State::Name;
        if list
            && doc.shape(next).is_capital()
            && self.lexicon.in_body(doc.word(next))
            && self.list_goes_on(next)
        {
            self.at = next;
            return true;
        }
        false
    }

    /// Whether a verb follows, so that the body before it is the subject of a clause of its own.
    fn is_clause(&self, at: usize) -> bool {
        self.doc.shape(at) == Shape::Lower
            && self.lexicon.word(self.doc, WordKind::Level, at).is_none()
            && !self.lexicon.in_body(self.doc.word(at))
    }

    fn list_goes_on(&self, from: usize) -> bool {
        let doc = self.doc;
        let plain = |i: &usize| {
            doc.shape(*i).is_word() && doc.word(*i) != kw::VA && self.lexicon.in_body(doc.word(*i))
        };
        let end = (from..from + 6).find(|i| !plain(i)).unwrap_or(from + 6);
        doc.word(end) == kw::VA
            && doc.shape(end + 1).is_capital()
            && self.lexicon.in_body(doc.word(end + 1))
            && !self.begins_person(end + 1)
    }

    /// A number that is part of a name: `Quân khu 7`, `Bệnh viện 108`.
    fn number(&mut self) -> bool {
        let (doc, at) = (self.doc, self.at);
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

    /// `[3] chương trình số 01-CTr/TU, 05-CTr/TU`: the codes that a post is about.
    fn code_list(&mut self, at: usize) -> Option<usize> {
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
    fn joint(&mut self) -> bool {
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
            kw::VA => self.takes_and(next),
            kw::TAI => known && self.stands_abroad(at),
            _ => false,
        };
        if takes {
            self.at = next;
            self.state = if doc.word(at) == kw::VA { self.state } else { State::Field };
            return true;
        }
        doc.word(at) == kw::PHU && doc.word(next) == kw::TRACH && self.in_charge(at + 2)
    }

    fn is_name(&self, at: usize) -> bool {
        let end = self.names().run_end(at);
        self.names().full_name(at, end).is_some()
    }

    fn takes_and(&self, next: usize) -> bool {
        let doc = self.doc;
        let open = matches!(self.state, State::Field | State::Name) && self.lexicon.in_body(doc.word(next));
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
        before || self.state == State::Fresh || matches!(self.state, State::Field | State::Name)
    }

    /// `phụ trách …` only where a name follows in the end.
    fn in_charge(&mut self, from: usize) -> bool {
        let doc = self.doc;
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

    /// A word in small letters: part of the body while its field or kind is being said.
    fn word(&mut self) -> bool {
        let (doc, at) = (self.doc, self.at);
        let open = match self.state {
            State::Field => self.lexicon.in_body(doc.word(at)),
            State::Name | State::Fresh if !self.filled => self.lexicon.in_body(doc.word(at)),
            State::Name | State::Fresh => self.is_compound(at),
            State::Place | State::Closed => false,
        };
        if !open || self.is_end(at) {
            return false;
        }
        self.at = at + 1;
        true
    }

    /// A capitalised run: places and bodies that the tables know, then words of the body, then a name.
    fn run(&mut self) -> bool {
        let end = self.run_end();
        let from = self.at;
        while let Some(hit) = (self.at < end).then(|| self.known(self.at, end)).flatten() {
            if self.body.place.is_none() || hit.table == TableId::Places {
                self.body.place = Some(hit.span());
            }
            self.abroad |= hit.table == TableId::Places && self.lexicon.is_country(hit);
            self.close(hit.end as usize);
        }
        if self.at >= end {
            return self.at > from;
        }
        if let Some(inner) = self.inner_place(end) {
            self.body.place = Some(inner);
            return self.close(inner.end);
        }
        let english = (self.at..end).find(|&i| self.lexicon.word(self.doc, WordKind::English, i).is_some());
        match english.or_else(|| self.cut(self.at, end)).filter(|_| !self.unnamed) {
            Some(cut) => {
                self.at = cut;
                self.body.named = true;
                false
            }
            None => {
                let half = end - self.at == 1 && self.is_half(self.at);
                self.at = end + usize::from(half);
                self.filled = true;
                if half {
                    self.state = State::Field;
                } else if matches!(self.state, State::Place | State::Name) && !self.is_compound(end) {
                    self.state = State::Closed;
                }
                true
            }
        }
    }

    /// Whether the capitalised word at `at` is the first half of a word (`Ung bướu`, `Sư phạm`).
    fn is_half(&self, at: usize) -> bool {
        let (doc, next) = (self.doc, at + 1);
        doc.shape(at) == Shape::Title
            && doc.shape(next) == Shape::Lower
            && doc.gap(next) == Gap::Space
            && self.names().is_syllable(at)
            && self.names().is_syllable(next)
            && self.lexicon.word(doc, WordKind::End, next).is_none()
            && self.lexicon.word(doc, WordKind::Level, next).is_none()
            && doc.word(next) != kw::VA
            && doc.word(next) != kw::CUA
            && !self.begins_person(next)
    }

    /// The end of the run at the reader, or where a body that the tables know begins in it.
    fn run_end(&self) -> usize {
        let end = self.names().run_end(self.at);
        let begins =
            |i: &usize| self.lexicon.body(self.doc, *i).is_some_and(|(hit, _)| hit.end as usize > *i + 1);
        (self.at + 1..end).find(begins).unwrap_or(end)
    }

    /// A place behind unknown words of the run (`Bộ môn Kickboxing Việt Nam`), unless it is part of a name.
    fn inner_place(&self, end: usize) -> Option<Span> {
        let named = |from: usize| self.names().full_name(from, end).is_some_and(|score| score > 2.4);
        if (self.at..end).any(named) {
            return None;
        }
        let place = |i| self.doc.hit(TableId::Places, i).filter(|hit| hit.end as usize <= end);
        (self.at + 1..end).find_map(place).map(|hit| hit.span())
    }

    /// Whether a word that ends bodies stands at `at`, not as the first half of a body's word (`dự | báo`).
    fn is_end(&self, at: usize) -> bool {
        let doc = self.doc;
        let Some((end, _)) = self.lexicon.word(doc, WordKind::End, at) else { return false };
        let half = end == at + 1
            && doc.shape(end) == Shape::Lower
            && self.lexicon.is_pair(doc.word(at), doc.word(end));
        !(half && matches!(self.state, State::Field | State::Name))
    }

    /// Whether the words on both sides of `at` belong together (`Kinh | tế`).
    fn is_compound(&self, at: usize) -> bool {
        let doc = self.doc;
        at > 0
            && doc.shape(at) == Shape::Lower
            && doc.gap(at) == Gap::Space
            && self.lexicon.is_pair(doc.word(at - 1), doc.word(at))
            && !self.is_end(at)
    }

    /// A place that the tables know at `at`, unless it begins the name that ends the run (`Thái Bình An`).
    fn known(&self, at: usize, end: usize) -> Option<Hit> {
        let doc = self.doc;
        let place = doc.hit(TableId::Places, at);
        let district = doc.hit(TableId::Districts, at).filter(|_| self.state == State::Place);
        let hit = [place, district].into_iter().flatten().max_by_key(|hit| hit.end)?;
        let rest = end.saturating_sub(hit.end as usize);
        let name = rest == 1 && self.names().full_name(at, end).is_some_and(|score| score > 2.0);
        let given = rest == 0 && end - at == 1 && self.state == State::Fresh && !self.lexicon.is_country(hit);
        (!name && !given).then_some(hit)
    }

    /// Where the name begins in the run `from..end`, if one does.
    fn cut(&self, from: usize, end: usize) -> Option<usize> {
        let names = self.names();
        let words = end - from;
        if names.is_foreign(from, end) {
            return self.foreign_cut(from, end);
        }
        let empty = !self.filled && matches!(self.state, State::Name | State::Place | State::Field);
        if words == 1 {
            let given = self.doc.hit(TableId::Syllables, from).is_some() && self.state == State::Fresh;
            let verb = self.doc.shape(end) == Shape::Mark
                || self.lexicon.word(self.doc, WordKind::End, end).is_some();
            return (given && verb).then_some(from);
        }
        // `Chủ tịch Trung Quốc Tập Cận Bình`, `Thủ tướng Hun Sen`: no surname of ours, yet nothing but a name.
        if words <= 4
            && (self.abroad || self.post.complete && self.state == State::Closed && !self.filled)
            && (from..end).all(|i| self.doc.shape(i) == Shape::Title)
        {
            return Some(from);
        }
        let floor = match (empty, self.state) {
            (true, _) if words <= 3 => 3.8,
            (true, _) => 2.2,
            (false, State::Fresh) if self.post.company => 2.6,
            (false, _) => 0.6,
        };
        let mut best = (floor, None);
        for cut in from..end {
            let Some(mut score) = names.full_name(cut, end) else { continue };
            score += self.remainder(cut - from, empty);
            if score > best.0 {
                best = (score, Some(cut));
            }
        }
        best.1
    }

    /// How likely it is that `words` words of the run belong to the body.
    fn remainder(&self, words: usize, empty: bool) -> f32 {
        match (empty, words) {
            (false, 0) => 1.5,
            (false, _) => 0.0,
            (true, 0) if self.state == State::Place => -0.4,
            (true, 0) => -1.6,
            (true, 1) => 0.2,
            (true, 2) => 0.6,
            (true, 3) => 0.2,
            (true, _) => 0.0,
        }
    }

    /// Behind a country or a complete body all the rest is the name; a company may be foreign words itself.
    fn foreign_cut(&self, from: usize, end: usize) -> Option<usize> {
        let names = self.names();
        let words = end - from;
        let vietnamese =
            (from + 1..end).find(|&cut| names.full_name(cut, end).is_some_and(|score| score > 2.4));
        if vietnamese.is_some() {
            return vietnamese;
        }
        let first = (from..end).find(|&i| self.doc.shape(i) != Shape::Upper || end - i == 1)?;
        let company = self.post.company || matches!(self.state, State::Name | State::Field);
        match (self.state, company) {
            (State::Closed, _) if self.filled => Some(from),
            (State::Closed, _) => Some(first),
            (State::Fresh, false) => Some(first),
            (State::Fresh, true) if first > from && end - first >= 2 => Some(first),
            (State::Fresh, true) if words == 2 => Some(from),
            (_, true) if words >= 3 => Some(end - 2),
            (State::Place, _) if words >= 3 => Some(end - 2),
            _ => None,
        }
    }
}

fn doc_ends(doc: &Document<'_>, table: TableId, from: usize, end: usize) -> bool {
    doc.hits.of(table, from).any(|hit| hit.end as usize == end)
}
