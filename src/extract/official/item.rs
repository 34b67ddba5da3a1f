//! Reads the pieces that statements about officials are made of, in the order they stand: titles, names, pronouns.

use super::body::{Before, BodyReader};
use super::joint::{Joint, joint};
use super::lexicon::{Class, Lexicon, WordKind};
use super::name::Names;
use super::piece::{Item, NameItem, TitleItem};
use super::why;
use crate::document::Document;
use crate::extract::Found;
use crate::gazetteer::hits::Signs;
use crate::gazetteer::schema::TableId;
use crate::mention::Span;
use crate::text::keyword as kw;
use crate::text::token::{Gap, Shape};

/// The phrases that may open a piece in lower case.
const OPENERS: Signs = Signs::of(&[TableId::Titles, TableId::Honorifics, TableId::Ranks, TableId::Degrees]);
/// What a piece may begin with.
const SIGNS: Signs = OPENERS.and(Signs::STATUS).and(Signs::CAPITAL);

/// Reads the pieces of an article.
pub struct ItemReader<'a, 'd> {
    /// the article
    pub doc: &'a Document<'d>,
    /// the tables
    pub lexicon: &'a Lexicon,
    /// what was found before
    pub found: &'a Found,
}

impl<'a, 'd> ItemReader<'a, 'd> {
    fn names(&self) -> Names<'a, 'd> {
        Names { doc: self.doc, lexicon: self.lexicon }
    }

    /// All pieces, in order. Only starts where a table has a hit or a capitalised run begins.
    pub fn read(&self) -> Vec<Item> {
        let mut items = Vec::new();
        let doc = self.doc;
        for block in &doc.blocks {
            if block.kind == crate::text::block::BlockKind::Boilerplate
                || self.is_shouted(block.start, block.end)
            {
                let why =
                    "page furniture, or a line in capitals, in which names and bodies cannot be told apart";
                doc.trace.lost(Span::new(block.start, block.end), "official.title-name", why);
                continue;
            }
            let mut next = block.start;
            while let Some(at) = doc.hits.seek(SIGNS, next, block.end) {
                next = self.piece(at, &mut items).max(at + 1);
            }
        }
        items
    }

    /// A line in capitals tells neither names nor ends of bodies apart.
    fn is_shouted(&self, start: usize, end: usize) -> bool {
        let words = (start..end).filter(|&i| self.doc.shape(i).is_word());
        let (mut all, mut capital) = (0, 0);
        for i in words.take(40) {
            all += 1;
            capital += usize::from(matches!(self.doc.shape(i), Shape::Upper | Shape::Initial));
        }
        all > 2 && capital * 4 > all * 3
    }

    /// Reads what begins at `at`; where to go on.
    fn piece(&self, at: usize, items: &mut Vec<Item>) -> usize {
        if matches!(self.found.claimed(at), Some(crate::record::Kind::Code)) {
            return at;
        }
        if let Some(name) = self.addressed(at) {
            let end = name.span.end;
            items.push(Item::Name(name));
            return end;
        }
        if let Some((title, named)) = self.title(at, items) {
            let (end, inner) = (title.span.end, title.inner);
            items.push(Item::Title(title));
            if let Some(inner) = inner {
                return inner;
            }
            return if named { self.name_behind(end, items) } else { end };
        }
        if let Some(pronoun) = self.pronoun(at) {
            items.push(pronoun);
            return at + 1;
        }
        match self.names().weak_name_at(at) {
            Some(end) => {
                items.push(Item::Name(NameItem::plain(at, end, true)));
                end
            }
            None if self.doc.shape(at).is_capital() => {
                if self.doc.trace.is_on() {
                    why::no_name(self.names(), at);
                }
                self.skip(at)
            }
            None => at,
        }
    }

    /// Over one word, or over a place or body that would otherwise be searched for names again.
    fn skip(&self, at: usize) -> usize {
        let doc = self.doc;
        let known = [TableId::Places, TableId::Bodies]
            .map(|table| doc.hit(table, at).map_or(at, |hit| hit.end as usize));
        known.into_iter().max().unwrap_or(at)
    }

    /// The name that a title's body reader saw at `at`.
    fn name_behind(&self, at: usize, items: &mut Vec<Item>) -> usize {
        let start = self.english(at);
        let end = self.names().run_end(start);
        if end == start {
            return at;
        }
        let full = self.names().full_name(start, end).is_some() || end > start + 1;
        let mut name = NameItem::plain(start, end, false);
        name.full = full;
        name.start = at;
        items.push(Item::Name(name));
        end
    }

    /// Over `President` and the like between a Vietnamese title and a foreign name.
    fn english(&self, at: usize) -> usize {
        self.lexicon.word(self.doc, WordKind::English, at).map_or(at, |(end, _)| end)
    }

    /// Words of address, ranks, degrees, professions and the name behind them.
    fn addressed(&self, at: usize) -> Option<NameItem> {
        let mut name = NameItem::plain(at, at, false);
        let mut end = at;
        let mut seen = false;
        while end < at + 24 {
            let Some(next) = self.prefix(end, &mut name) else { break };
            seen = true;
            end = next;
            // `Thiếu tướng, PGS.TS`: marks between prefixes, not before the name.
            let mark = usize::from(
                (self.doc.is_mark(end, b',') || self.doc.is_mark(end, b'.') || self.doc.is_mark(end, b'-'))
                    && self.doc.gap(end + 1) != Gap::Line,
            );
            let mut probe = name.clone();
            if mark > 0 && (self.prefix(end + 1, &mut probe).is_some() || self.doc.is_mark(end, b'.')) {
                end += 1;
            }
        }
        if !seen || self.doc.gap(end) == Gap::Line || !self.doc.shape(end).is_capital() {
            return None;
        }
        let begins = self.lexicon.post(self.doc, end).is_some_and(|(hit, _)| {
            let last = hit.end as usize;
            last > end + 1 && !self.is_surname(end, last)
        });
        let start = self.samdech(end);
        let to = self.names().name_at(end).or_else(|| (start > end).then(|| self.names().run_end(start)));
        let to = to.filter(|_| !begins)?;
        name.span = Span::new(end, to);
        name.full =
            self.names().full_name(end, to).is_some() || self.names().is_foreign(end, to) && to > end + 1;
        // `nhân viên | Ban Đấu tranh`
        let bare = name.honorific.is_none() && name.rank.is_none() && name.degree.is_none();
        if bare && !name.full && to > end + 1 && self.begins_body(end, to) {
            return None;
        }
        let lone = name.rank.is_some() && to == end + 1 && name.honorific.is_none();
        if lone {
            self.doc.trace.lost(
                Span::new(at, to),
                "official.rank",
                "a rank with one word behind it is no name yet",
            );
        }
        (!lone).then_some(name)
    }

    fn samdech(&self, at: usize) -> usize {
        self.lexicon
            .honorific(self.doc, at)
            .filter(|(_, row)| row.in_name)
            .map_or(at, |(hit, _)| hit.end as usize)
    }

    /// One word of address, rank, degree or profession at `at`.
    fn prefix(&self, at: usize, name: &mut NameItem) -> Option<usize> {
        let doc = self.doc;
        if !doc.hits.shows(OPENERS, at) {
            return None;
        }
        if let Some(hit) = doc.hit(TableId::Ranks, at) {
            name.rank = Some(hit.span());
            return Some(hit.end as usize);
        }
        let degree = doc.hit(TableId::Degrees, at);
        let honorific = self.lexicon.honorific(doc, at).filter(|(_, row)| !row.in_name);
        let profession = self.lexicon.post(doc, at).filter(|(_, post)| post.class == Class::Other);
        let profession = profession.filter(|(hit, _)| !self.is_surname(at, hit.end as usize));
        let ends = [degree.map(|h| h.end), honorific.map(|(h, _)| h.end), profession.map(|(h, _)| h.end)];
        let longest = ends.into_iter().flatten().max()? as usize;
        if let Some((hit, row)) = honorific.filter(|(hit, _)| hit.end as usize == longest) {
            // `Anh`, `Em`, `Bé` with a capital inside a run are names or places.
            let inside = doc.shape(at).is_capital()
                && at > 0
                && doc.gap(at) != Gap::Line
                && doc.shape(at - 1).is_capital()
                && !(doc.shape(at - 1) == Shape::Upper && matches!(doc.word(at), kw::ONG | kw::BAF))
                && !self.opens_caption_text(at);
            if inside {
                return None;
            }
            name.honorific = Some(hit.span());
            name.gender = row.gender;
            name.plural = row.plural;
        } else if let Some(hit) = degree.filter(|hit| hit.end as usize == longest) {
            let start = name.degree.map_or(hit.start as usize, |d| d.start);
            name.degree = Some(Span::new(start, longest));
        }
        Some(longest)
    }

    /// `Ảnh: Hải Nam | Ông Trần Văn Bách …`: `Ông` or `Bà` and a clear full name behind a credit without a full stop.
    fn opens_caption_text(&self, at: usize) -> bool {
        let name = at + 1;
        let full =
            || self.names().full_name(name, self.names().run_end(name)).is_some_and(|score| score > 2.4);
        matches!(self.doc.word(at), kw::ONG | kw::BAF) && full()
    }

    /// `Võ Sĩ Bách`: a profession in capitals that is the start of a full name, with no full name behind it.
    fn is_surname(&self, at: usize, end: usize) -> bool {
        let to = at + 3;
        self.doc.shape(at) == Shape::Title
            && (at + 1..to).all(|i| self.doc.shape(i) == Shape::Title)
            && end == at + 2
            && self.names().full_name(at, to).is_some()
            && self.names().full_name(end, self.names().run_end(end)).is_none()
    }

    /// A post at `at`, with its status word, and whether a name begins right behind it.
    fn title(&self, at: usize, items: &[Item]) -> Option<(TitleItem, bool)> {
        let doc = self.doc;
        let whole = self.lexicon.post(doc, at).filter(|(_, post)| post.class == Class::Post);
        let status = self.lexicon.word(doc, WordKind::Status, at).filter(|_| whole.is_none());
        let from = status.map_or(at, |(end, _)| end);
        let (hit, post) = self.lexicon.post(doc, from).filter(|(_, post)| post.class == Class::Post)?;
        let mut end = hit.end as usize;
        // `Đại sứ quán` is no post
        let body = self.lexicon.body(doc, from).is_some_and(|(body, _)| body.end > hit.end);
        if body
            || self.is_fragment(from, end)
            || self.lexicon.is_inside(doc, at)
            || self.is_outgrown(from, end)
        {
            let why = "the words of a post, but part of a longer body or word";
            doc.trace.lost(Span::new(at, end), "official.title-only", why);
            return None;
        }
        let mut role = (from + post.role).min(end);
        while let Some((next, _)) =
            self.lexicon.word(doc, WordKind::Modifier, end).filter(|(next, _)| self.is_modifier(end, *next))
        {
            if role == end {
                role = next;
            }
            end = next;
        }
        let assistant = self.assistant(from);
        let inner = assistant.as_ref().and_then(|(_, inner)| *inner);
        let body = match assistant {
            Some((body, _)) => body,
            None => {
                BodyReader::read(doc, self.lexicon, self.found, post, (role, end), self.before(at, items))
            }
        };
        let span = Span::new(at, body.end);
        let title = TitleItem {
            span,
            role: Span::new(from, role),
            place: body.place,
            status: status.and_then(|(_, status)| status).unwrap_or_default(),
            codes: body.codes,
            plural: self.is_before(WordKind::Plural, at) || self.lexicon.plural_before(doc, at),
            granted: self.is_before(WordKind::Grant, at),
            definite: post.complete || body.end > role,
            inner,
            central: post.central,
        };
        Some((title, body.named && inner.is_none()))
    }

    /// A lone `trưởng` or `phó` in small letters is part of another word, unless a body or name follows; `trưởng` has
    /// no name behind it (`chuyên gia kinh tế trưởng A`).
    fn is_fragment(&self, from: usize, end: usize) -> bool {
        let alone = end == from + 1 && self.doc.shape(from) == Shape::Lower;
        let named = match self.doc.shape(end) {
            Shape::Upper => true,
            shape => shape.is_capital() && self.doc.word(from) != kw::TRUONG,
        };
        alone && !named && self.lexicon.body(self.doc, end).is_none()
    }

    /// Whether the words `from..to` behind a profession are of a body, or stop in the middle of a word.
    fn begins_body(&self, from: usize, to: usize) -> bool {
        let doc = self.doc;
        let half = doc.shape(to) == Shape::Lower && self.lexicon.is_pair(doc.word(to - 1), doc.word(to));
        self.lexicon.body(doc, from).is_some() || half && self.lexicon.word(doc, WordKind::End, to).is_none()
    }

    /// Whether the words of a post begin a longer word that is none (`đại biểu | dự`).
    fn is_outgrown(&self, from: usize, end: usize) -> bool {
        self.lexicon.word(self.doc, WordKind::Whole, from).is_some_and(|(whole, _)| whole > end)
    }

    /// Whether a name stands before a title at `at`.
    fn before(&self, at: usize, items: &[Item]) -> Before {
        let Some(last) = items.last() else { return Before::Nothing };
        let joint = joint(self.doc, self.lexicon, last.span().end, at);
        match (last, joint) {
            // `Thủ tướng A - Đại sứ Ấn Độ B kể`: the first has its post
            (Item::Name(name), Joint::Dash) if self.is_held(name, items) => Before::Loosely,
            (Item::Name(_), Joint::Dash | Joint::Open) => Before::Closely,
            (Item::Name(name), Joint::Comma | Joint::Be) if self.owns(name, items) => Before::Owned,
            (Item::Name(_), Joint::Comma | Joint::Be) => Before::Loosely,
            (Item::Title(title), Joint::Comma | Joint::And)
                if items.len() > 1 && items[items.len() - 2].name().is_some() =>
            {
                let name = items[items.len() - 2].span().end;
                let first = super::joint::joint(self.doc, self.lexicon, name, title.span.start);
                match joint == Joint::Comma && matches!(first, Joint::Dash | Joint::Open) {
                    true => Before::Closely,
                    false => Before::Loosely,
                }
            }
            _ => Before::Nothing,
        }
    }

    /// Whether a post stands right before the last name.
    fn is_held(&self, name: &NameItem, items: &[Item]) -> bool {
        items.len() > 1 && items[items.len() - 2].title().is_some_and(|title| title.span.end == name.start)
    }

    /// Whether the last name is surely a person's without a post before it: behind a word of address, or a name that
    /// opens its sentence.
    fn owns(&self, name: &NameItem, items: &[Item]) -> bool {
        let opens = self.names().opens_sentence(name.start);
        let prefixed = name.honorific.is_some() || name.rank.is_some() || name.degree.is_some();
        name.full && !name.plural && !self.is_held(name, items) && (prefixed || opens)
    }

    /// `phụ trách` is read with the body.
    fn is_modifier(&self, at: usize, next: usize) -> bool {
        self.doc.gap(at) != Gap::Line && !(self.doc.word(at) == kw::PHU && next > at)
    }

    fn is_before(&self, kind: WordKind, at: usize) -> bool {
        self.doc.gap(at) != Gap::Line && self.lexicon.word_before(self.doc, kind, at).is_some()
    }

    /// `trợ lý cho Bộ trưởng Tư pháp`: the other's post is the body of this one; behind `cho` it is read once more by
    /// itself, since the name that follows is its own holder's.
    fn assistant(&self, from: usize) -> Option<(super::body::Body, Option<usize>)> {
        let doc = self.doc;
        let (next, _) = self.lexicon.word(doc, WordKind::Assistant, from)?;
        let (hit, post) = self.lexicon.post(doc, next).filter(|(_, post)| post.class == Class::Post)?;
        let inner = hit.end as usize;
        let role = (next + post.role).min(inner);
        let body = BodyReader::read(doc, self.lexicon, self.found, post, (role, inner), Before::Nothing);
        Some((body, matches!(doc.word(next - 1), kw::CHO | kw::CUA).then_some(next)))
    }

    /// `ông`, `bà` without a name behind.
    fn pronoun(&self, at: usize) -> Option<Item> {
        let (hit, row) = self.lexicon.honorific(self.doc, at)?;
        let alone = hit.end as usize == at + 1 && !self.doc.shape(at + 1).is_capital();
        let person = matches!(self.doc.word(at), kw::ONG | kw::BAF);
        (alone && person).then_some(Item::Pronoun { at, gender: row.gender })
    }
}
