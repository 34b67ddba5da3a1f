//! Where the body behind a role ends, and whether a name begins there: the last plausible full name of a capitalised
//! run wins (`Sở Y tế TP.HCM | Tăng Chí Thượng`).

mod joint;
mod level;
mod run;

use super::lexicon::{BodyRow, Class, Lexicon, Post, Slot, WordKind};
use super::name::Names;
use crate::document::Document;
use crate::extract::Found;
use crate::gazetteer::hits::Hit;
use crate::gazetteer::schema::TableId;
use crate::mention::Span;
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
    /// one behind a comma or `là` that has no post yet and is surely a person's
    Owned,
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
    /// the name before has no other post
    owned: bool,
    /// where the role ends, and the title phrase that it begins
    role: usize,
    from: usize,
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
            owned: before == Before::Owned,
            role,
            from: hit,
            abroad: false,
        };
        reader.enter(role, hit);
        let from = reader.at;
        while reader.at < from + LONGEST && (reader.step() || reader.stretch()) {}
        // `Chủ tịch của | Blue Harbor`: what follows is no holder
        if reader.body.named && doc.word(reader.at - 1) == kw::CUA {
            reader.body.named = false;
            reader.at = reader.names().run_end(reader.at);
        }
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

    /// Words in small letters that no table knows, behind a name whose post this is or before `, ông A`: they belong to
    /// the body if it comes to a clear end soon.
    fn stretch(&mut self) -> bool {
        const TO_MARK: usize = 8;
        const TO_VERB: usize = 6;
        let (doc, from) = (self.doc, self.at);
        let charged = doc.word(from) == kw::PHU && doc.word(from + 1) == kw::TRACH;
        let closed = self.state == State::Closed
            && !charged
            && self.behind
            && (self.post.complete || self.body.place.is_some());
        if self.body.named || closed || self.state == State::Place || doc.shape(from) != Shape::Lower {
            return false;
        }
        // `phụ trách Kinh doanh và Tiếp thị toàn cầu`
        let more = if charged { 6 } else { 0 };
        let filler = matches!(doc.word(from + 2), kw::CAC | kw::VE);
        let mut at = if charged { from + 2 + usize::from(filler) } else { from };
        let others = |i: usize| doc.word(i) == kw::VA && self.is_name(i + 1);
        while at < from + TO_MARK + more && doc.shape(at).is_word() && doc.gap(at) == Gap::Space {
            if self.is_end(at) || self.begins_person(at) || others(at) {
                break;
            }
            at += 1;
        }
        // `bà A - đội trưởng đội pháo hoa - kể lại`
        let joined = (from..at).any(|i| doc.word(i) == kw::VA);
        let dash = doc.is_mark(at, b'-') && (!self.unnamed || joined || doc.gap(at) != Gap::Space);
        let mark = doc.shape(at) == Shape::Mark && !dash || doc.gap(at) == Gap::Line || others(at);
        // One word before a verb is itself a verb as often (`Tập đoàn Sông Lam | thể hiện`).
        let least = from + 1 + usize::from(self.state == State::Closed) + usize::from(charged);
        let verb = (least..=from + TO_VERB + more).contains(&at) && self.is_end(at);
        let owned = match self.behind {
            true => mark || verb,
            false if charged => doc.is_mark(at, b'.') || doc.gap(at) == Gap::Line,
            false => doc.is_mark(at, b',') && self.is_addressed(at + 1),
        };
        if at == from || !owned {
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
            if let Some((body, row)) = self.shared_body(hit) {
                self.at = body.end as usize;
                self.after_body(row.slot);
            } else if self.post.complete {
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
        // `Quốc phòng`, `Môi trường` do not end with the bodies `phòng`, `trường`.
        let half = |i: usize| i > 0 && self.lexicon.is_field(self.doc.word(i - 1), self.doc.word(i));
        let inside = (role.saturating_sub(1)..hit)
            .filter(|&i| !half(i))
            .filter_map(|i| self.lexicon.body(self.doc, i));
        match inside
            .filter(|(body, _)| body.end as usize >= hit)
            .max_by_key(|(body, _)| (body.end, std::cmp::Reverse(body.start)))
        {
            Some((body, row)) => {
                self.at = body.end as usize;
                self.after_body(row.slot);
            }
            None => self.state = if self.ends_with_level(hit) { State::Place } else { State::Closed },
        }
        self.filled = false;
    }

    /// `Trưởng | Ban Bảo vệ, chăm sóc …`, `Chánh | Văn phòng Chính phủ`: a body that begins with the last words of the role.
    fn shared_body(&self, role: usize) -> Option<(Hit, BodyRow)> {
        let shared = |i| self.lexicon.body(self.doc, i).filter(|(body, _)| body.end as usize > role);
        (role.saturating_sub(2)..role).find_map(shared)
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
            Slot::Place if self.doc.shape(self.at) == Shape::Lower && self.opens_compound(self.at) => {
                State::Field
            }
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
        if let Some((hit, row)) =
            self.lexicon.body(doc, at).filter(|(hit, row)| self.takes_body(*hit, *row, capital))
        {
            self.at = hit.end as usize;
            self.after_body(row.slot);
            return true;
        }
        if let Some((end, _)) = self.lexicon.word(doc, WordKind::Level, at).filter(|_| self.takes_level(at)) {
            return self.level(end);
        }
        // `Bộ trưởng Quốc phòng nước này`
        if doc.word(at) == kw::NUOC
            && let Some((end, _)) = self.lexicon.word(doc, WordKind::Deictic, at + 1)
        {
            self.abroad = true;
            return self.close(end);
        }
        if doc.word(at) == kw::KHOA && (doc.shape(at + 1).is_capital() || doc.shape(at + 1) == Shape::Digits)
        {
            return self.close(at + 2);
        }
        if doc.word(at) == kw::NAM
            && self.state == State::Field
            && doc.shape(at + 1) == Shape::Digits
            && doc.shape(at + 2).is_capital()
            && doc.gap(at + 2) == Gap::Space
        {
            self.at = at + 2;
            return true;
        }
        if let Some((end, _)) = self.lexicon.word(doc, WordKind::Then, at)
            && (doc.shape(end).is_capital() || doc.word(end) == kw::TAI)
            && doc.gap(end) == Gap::Space
        {
            self.at = end;
            return true;
        }
        if let Some(end) = self.code_list(at).or_else(|| self.numbered(at)).or_else(|| self.state_named(at)) {
            return self.close(end);
        }
        // `Bộ Giáo dục Theo Reuters`: a lost full stop
        if capital {
            return doc.word(at) != kw::THEO && self.run();
        }
        self.joint() || self.word()
    }

    /// `Đội Cảnh sát giao thông | số 6`.
    fn numbered(&self, at: usize) -> Option<usize> {
        let doc = self.doc;
        let number =
            doc.word(at) == kw::SO && doc.shape(at + 1) == Shape::Digits && doc.gap(at + 1) == Gap::Space;
        let counted = || self.found.claimed(at + 1).is_some();
        (number && at > self.from && !counted()).then_some(at + 2)
    }

    /// `Chủ tịch Quốc hội | nước Cộng hòa Pháp`.
    fn state_named(&mut self, at: usize) -> Option<usize> {
        let place =
            (self.doc.word(at) == kw::NUOC).then(|| self.doc.hit(TableId::Places, at + 1)).flatten()?;
        let country = self.lexicon.is_country(place) && self.doc.shape(at + 1).is_capital();
        if country {
            self.abroad = true;
            self.body.place = Some(place.span());
        }
        country.then_some(place.end as usize)
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
            _ if longer || self.lexicon.is_inside(doc, at) => false,
            // `Hiệp hội các | nhà lãnh đạo`
            _ if at > self.from && doc.word(at - 1) == kw::CAC && doc.shape(at) == Shape::Lower => false,
            Class::Post => true,
            Class::Other => self.is_borne(hit.end as usize),
        }
    }

    /// Whether a person's name of two words or more begins behind a profession, and no place or body
    /// (`Hội Nhà giáo | Việt Nam`).
    fn is_borne(&self, at: usize) -> bool {
        let doc = self.doc;
        let body = self.lexicon.body(doc, at).is_some_and(|(hit, _)| hit.end as usize > at + 1);
        let known = body || doc.hit(TableId::Places, at).is_some_and(|hit| !self.begins_name(at, hit));
        doc.shape(at).is_capital() && !known && self.names().name_at(at).is_some_and(|end| end > at + 1)
    }

    /// Whether a place at `at` is the start of a name (`Thái Bình | An`).
    fn begins_name(&self, at: usize, place: Hit) -> bool {
        let end = self.names().run_end(at);
        end > place.end as usize && self.names().full_name(at, end).is_some_and(|score| score > 2.4)
    }

    /// Whether the name of a district of two words or more begins here (`Thành ủy | Hội An`).
    fn is_town(&self, at: usize) -> bool {
        self.doc.hit(TableId::Districts, at).is_some_and(|hit| hit.end as usize > at + 1)
    }

    /// Whether a body may start here: not on a full name, not in small letters behind a complete body.
    fn takes_body(&self, hit: Hit, row: BodyRow, capital: bool) -> bool {
        let lone = hit.end - hit.start == 1;
        // `Chủ tịch HĐQT tập đoàn Sông Lam`
        let proper = matches!(row.slot, Slot::Name | Slot::Full)
            && !self.filled
            && self.doc.shape(hit.end as usize).is_capital();
        match capital {
            true if lone && self.is_town(self.at) => false,
            true => !lone || self.doc.shape(self.at) == Shape::Upper || !self.is_name(self.at),
            false => !lone && (self.state != State::Closed || proper),
        }
    }

    /// A word in small letters: part of the body while its field or kind is being said.
    fn word(&mut self) -> bool {
        let (doc, at) = (self.doc, self.at);
        let open = match self.state {
            State::Field => {
                self.lexicon.in_body(doc.word(at)) || self.opens_compound(at) || self.is_compound(at)
            }
            State::Name | State::Fresh if !self.filled => {
                self.lexicon.in_body(doc.word(at)) || self.opens_compound(at)
            }
            State::Name | State::Fresh => {
                self.is_compound(at) || doc.shape(at - 1) == Shape::Lower && self.opens_compound(at)
            }
            State::Closed => return self.further_field(),
            State::Place => false,
        };
        if !open || self.is_end(at) || doc.word(at) == kw::VA && self.is_name(at + 1) {
            return false;
        }
        // A whole word of the field has been said: a name may follow.
        self.filled |= self.state == State::Field && self.is_compound(at);
        self.at = at + 1;
        true
    }

    /// `Cảnh sát giao thông | đường bộ`: a field behind the small letters of a body that could end there.
    fn further_field(&mut self) -> bool {
        let (doc, at) = (self.doc, self.at);
        let field = !self.filled
            && (doc.shape(at - 1) == Shape::Lower || at == self.from && !self.post.complete)
            && doc.shape(at) == Shape::Lower
            && doc.shape(at + 1) == Shape::Lower
            && doc.gap(at + 1) == Gap::Space
            && self.lexicon.is_field(doc.word(at), doc.word(at + 1))
            && self.lexicon.word(doc, WordKind::End, at).is_none_or(|(end, _)| end == at + 1);
        self.at += if field { 2 } else { 0 };
        field
    }
}
