//! A capitalised run inside a body: known places, words of the body, and where the name begins.

use super::{BodyReader, State};
use crate::extract::official::lexicon::WordKind;
use crate::gazetteer::hits::Hit;
use crate::gazetteer::schema::TableId;
use crate::mention::Span;
use crate::text::keyword as kw;
use crate::text::token::{Gap, Shape};

impl BodyReader<'_, '_> {
    /// A capitalised run: places and bodies that the tables know, then words of the body, then a name.
    pub(super) fn run(&mut self) -> bool {
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
        if self.is_past_province(end) {
            self.body.named = true;
            return false;
        }
        if let Some(inner) = self.inner_place(end) {
            self.body.place = Some(inner);
            return self.close(inner.end);
        }
        let english = (self.at..end).find(|&i| self.lexicon.word(self.doc, WordKind::English, i).is_some());
        match english.or_else(|| self.cut(self.at, end)).filter(|&cut| self.takes_cut(cut, end)) {
            Some(cut) => {
                let why = || "a name begins here: the words before it belong to the body".into();
                self.doc.trace.step(cut, "official.title-name", None, why);
                self.at = cut;
                self.body.named = true;
                false
            }
            None => {
                if self.doc.trace.is_on() {
                    self.lost_cut(end);
                }
                let half = end - self.at == 1 && self.is_half(self.at);
                if self.state == State::Place && self.body.place.is_none() {
                    let level = self.lexicon.word_before(self.doc, WordKind::Level, self.at);
                    self.body.place = Some(Span::new(level.map_or(self.at, |(level, _)| level), end));
                }
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

    /// Notes the name in a run that all went into the body.
    #[cold]
    fn lost_cut(&self, end: usize) {
        let name = (self.at..end).find(|&from| self.names().full_name(from, end).is_some());
        if let Some(from) = name {
            let why = "reads like a name, but like more of the body before it, or the holder's name stands before the post";
            self.doc.trace.lost(Span::new(from, end), "official.title-name", why);
        }
    }

    /// `HĐND tỉnh | Trà Hoàng Nhân`: provinces of three words are all in the tables, so behind `tỉnh` they are the name.
    fn is_past_province(&self, end: usize) -> bool {
        let (doc, at) = (self.doc, self.at);
        !self.unnamed
            && !self.behind
            && at > 0
            && doc.word(at - 1) == kw::TINH
            && doc.shape(at - 1) == Shape::Lower
            && (self.is_native(at, end)
                || (3..=4).contains(&(end - at)) && self.names().full_name(at, end).is_some())
    }

    /// `Điểu K'Lung`: a full name with a surname that only peoples of the hills bear.
    fn is_native(&self, from: usize, end: usize) -> bool {
        let surname = self.lexicon.surname(self.doc, from);
        let inner = |cut| self.names().full_name(cut, end).is_some_and(|score| score > 2.4);
        surname.is_some_and(|(hit, row)| row.minority && hit.end as usize == from + 1)
            && (end - from <= 3 && !(from + 1..end).any(inner) || self.doc.spelling(from) == "Y")
            && end > from + 1
            && self.names().full_name(from, end).is_some()
    }

    /// No name begins where the holder's stands before, on an abbreviation, or in what goes on behind `&`.
    fn takes_cut(&self, cut: usize, end: usize) -> bool {
        !self.unnamed
            && !self.doc.is_mark(end, b'&')
            && (self.doc.shape(cut) != Shape::Upper
                || end - cut == 1
                || self.names().full_name(cut, end).is_some())
    }

    /// Whether a word of two syllables that names a field begins in small letters at `at`.
    pub(super) fn opens_compound(&self, at: usize) -> bool {
        let doc = self.doc;
        doc.shape(at + 1) == Shape::Lower
            && doc.gap(at + 1) == Gap::Space
            && match self.state {
                State::Fresh => self.lexicon.is_field(doc.word(at), doc.word(at + 1)),
                _ => self.lexicon.is_pair(doc.word(at), doc.word(at + 1)),
            }
    }

    /// Whether the capitalised word at `at` is the first half of a word (`Ung bướu`, `Sư phạm`).
    fn is_half(&self, at: usize) -> bool {
        let (doc, next) = (self.doc, at + 1);
        matches!(doc.shape(at), Shape::Title | Shape::Initial)
            && doc.shape(next) == Shape::Lower
            && doc.gap(next) == Gap::Space
            && self.names().is_syllable(at)
            && self.names().is_syllable(next)
            && (self.lexicon.word(doc, WordKind::End, next).is_none()
                || self.lexicon.is_pair(doc.word(at), doc.word(next)))
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
    pub(super) fn is_end(&self, at: usize) -> bool {
        let doc = self.doc;
        let Some((end, _)) = self.lexicon.word(doc, WordKind::End, at) else { return false };
        let half = end == at + 1
            && doc.shape(end) == Shape::Lower
            && self.lexicon.is_pair(doc.word(at), doc.word(end));
        // `Đổi mới sáng tạo`, `Vụ Đào tạo`: the second half of a word
        let second = end == at + 1
            && doc.shape(at) == Shape::Lower
            && at > 0
            && doc.shape(at - 1).is_word()
            && self.lexicon.is_pair(doc.word(at - 1), doc.word(at));
        !((half || second) && !matches!(self.state, State::Place | State::Closed))
    }

    /// Whether the words on both sides of `at` belong together (`Kinh | tế`).
    pub(super) fn is_compound(&self, at: usize) -> bool {
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
        // `Viện Pháp y`
        let last = hit.end as usize;
        if last == end
            && last == at + 1
            && doc.shape(last) == Shape::Lower
            && doc.gap(last) == Gap::Space
            && self.lexicon.is_pair(doc.word(last - 1), doc.word(last))
        {
            return None;
        }
        if self.is_bearer(at, hit) {
            return None;
        }
        let rest = end.saturating_sub(hit.end as usize);
        let name = rest == 1 && self.names().full_name(at, end).is_some_and(|score| score > 2.0);
        let given = rest == 0 && end - at == 1 && self.state == State::Fresh && !self.lexicon.is_country(hit);
        (!name && !given).then_some(hit)
    }

    /// `Chủ tịch | Hồ Chí Minh`: right behind the role, a place called like a person is that person.
    fn is_bearer(&self, at: usize, hit: Hit) -> bool {
        self.state == State::Fresh
            && !self.behind
            && hit.end as usize == at + 3
            && !self.lexicon.is_country(hit)
            && self.lexicon.surname(self.doc, at).is_some_and(|(name, _)| name.end as usize == at + 1)
            && self.doc.hit(TableId::Syllables, at + 2).is_some()
    }

    /// Where the name begins in the run `from..end`, if one does.
    fn cut(&self, from: usize, end: usize) -> Option<usize> {
        let names = self.names();
        let words = end - from;
        if self.is_anothers(from, end) {
            return None;
        }
        if words == 3 && self.doc.hit(TableId::Places, from).is_some_and(|hit| self.is_bearer(from, hit)) {
            return Some(from);
        }
        // `Trưởng bon Điểu K'Lung`
        if self.state == State::Place && !self.filled && !self.behind && self.is_native(from, end) {
            return Some(from);
        }
        if names.is_foreign(from, end) {
            return self.foreign_cut(from, end);
        }
        let empty = !self.filled && matches!(self.state, State::Name | State::Place | State::Field);
        if words == 1 {
            // `bà A, Trưởng khoa Dược,`
            if self.behind {
                return None;
            }
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
            // Behind a name whose post this is, two words more are the body's far oftener than another name.
            score -= if self.behind && end - cut == 2 { 2.0 } else { 0.0 };
            score -= if self.owned && end - cut == 2 { 2.0 } else { 0.0 };
            score += if self.is_district(from, cut) { 1.6 } else { 0.0 };
            // `Giám đốc Công ty Xây dựng Thiên Thanh`
            let short = end - cut == 2 && self.post.company && self.state != State::Fresh;
            score -= if short && self.state != State::Closed { 2.6 } else { 0.0 };
            if score > best.0 {
                best = (score, Some(cut));
            }
        }
        best.1
    }

    /// `Thành ủy Vân Hải | Lê Bách`: whether `from..to` is the name of a district.
    fn is_district(&self, from: usize, to: usize) -> bool {
        let whole = |hit: Hit| hit.end as usize == to;
        to > from + 1 && self.doc.hits.of(TableId::Districts, from).any(whole)
    }

    /// `ông A, Hiệu trưởng THPT | Phan Văn Bách`, `bà B, Giám đốc | Blue Harbor`: the body's own name, for the holder
    /// stands before; `trả lời ông A, Bộ trưởng Bộ Tài chính | Lê Văn Bách nói` has said its body.
    fn is_anothers(&self, from: usize, end: usize) -> bool {
        let foreign = self.names().is_foreign(from, end);
        let open = !self.filled && matches!(self.state, State::Place | State::Name);
        let begun = from > self.from;
        let company = self.post.company && (begun || foreign);
        self.owned && (open || company || foreign && begun && self.state != State::Closed)
    }

    /// Whether `ông` or `bà` and a name stand at `at`.
    pub(super) fn is_addressed(&self, at: usize) -> bool {
        let doc = self.doc;
        matches!(doc.word(at), kw::ONG | kw::BAF)
            && doc.shape(at + 1).is_capital()
            && doc.gap(at + 1) == Gap::Space
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
        // `Giám đốc Crimson Education`, `Chủ tịch Keer Group | Zhu Wen`
        let firm = (from..end).rev().find_map(|i| self.lexicon.word(self.doc, WordKind::Firm, i));
        if let Some((cut, _)) = firm {
            return (end >= cut + 2).then_some(cut);
        }
        if self.state == State::Field && self.filled && names.is_korean(from, end) {
            return Some(from);
        }
        // `Kim Jong-un` are two words
        let words = end - from - 2 * (from..end).filter(|&i| self.doc.is_mark(i, b'-')).count();
        let vietnamese =
            (from + 1..end).find(|&cut| names.full_name(cut, end).is_some_and(|score| score > 2.4));
        if vietnamese.is_some() {
            return vietnamese;
        }
        let first = (from..end).find(|&i| self.doc.shape(i) != Shape::Upper || end - i == 1)?;
        let company = self.post.company || matches!(self.state, State::Name | State::Field);
        // `CEO TikTok | Shou Zi Chew`, `Chủ tịch DongA Bank, ông A`
        if company && self.is_addressed(end + usize::from(self.doc.is_mark(end, b','))) {
            return None;
        }
        if company && words >= 3 && self.doc.shape(from) == Shape::Mixed {
            return Some(from + 1);
        }
        // `ông A, Chủ tịch kiêm CEO FPT Telecom`
        if self.behind && self.post.company && self.state == State::Fresh && words <= 2 {
            return None;
        }
        match (self.state, company) {
            (State::Closed, _) if self.filled => Some(from),
            (State::Closed, _) => Some(first),
            (State::Fresh, false) => Some(first),
            (State::Fresh, true) if first > from && end - first >= 2 => Some(first),
            (State::Fresh, true) if words == 2 => (!self.is_apposed(end)).then_some(from),
            (_, true) if words >= 3 => Some(self.last_two(end)),
            (State::Place, _) if words >= 3 => Some(self.last_two(end)),
            // `Bộ trưởng Bộ Giáo dục | Jane Keller`
            (State::Field, _) if words == 2 && self.filled && !self.behind && !self.post.company => {
                Some(from)
            }
            _ => None,
        }
    }

    /// Where the last two words of a run start, those with hyphens counted as one.
    fn last_two(&self, end: usize) -> usize {
        let word = |end: usize| {
            let mut at = end - 1;
            while at > 1 && self.doc.is_mark(at - 1, b'-') {
                at -= 2;
            }
            at
        };
        word(word(end))
    }

    /// `Chủ tịch Blue Harbor, | Adrian Keller`: a foreign name behind a comma, which no list goes on from.
    fn is_apposed(&self, comma: usize) -> bool {
        let (doc, names, from) = (self.doc, self.names(), comma + 1);
        if !doc.is_mark(comma, b',') || doc.gap(from) == Gap::Line {
            return false;
        }
        let end = names.run_end(from);
        let listed = doc.is_mark(end, b',') || doc.word(end) == kw::VA;
        end >= from + 2 && names.is_foreign(from, from + 1) && !(listed && doc.shape(end + 1).is_capital())
    }
}
