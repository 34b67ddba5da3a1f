//! Names: capitalised runs, and which of them can be a person.

use super::lexicon::{Lexicon, WordKind};
use super::syllable::is_syllable;
use crate::document::Document;
use crate::gazetteer::schema::TableId;
use crate::text::keyword as kw;
use crate::text::token::{Gap, Shape, Token};

/// Longest name, in tokens.
const LONGEST: usize = 12;

/// Reads names of one article.
#[derive(Clone, Copy)]
pub struct Names<'a, 'd> {
    /// the article
    pub doc: &'a Document<'d>,
    /// the tables
    pub lexicon: &'a Lexicon,
}

impl Names<'_, '_> {
    /// The end of the capitalised run that starts at `at`; `at` itself if there is none. Titles, ranks and degrees
    /// end a run, so does an abbreviation behind words with small letters (`Nguyễn Văn An UBND`).
    pub fn run_end(self, at: usize) -> usize {
        let doc = self.doc;
        let mut end = at;
        while end < at + LONGEST && doc.shape(end).is_capital() && (end == at || doc.gap(end) != Gap::Line) {
            if end > at
                && (self.begins_title(end) && !self.is_given(at, end)
                    || self.begins_body(end)
                    || doc.shape(end) == Shape::Title && self.is_capitals(at, end)
                    || self.is_abbreviation_behind(at, end) && !self.is_numeral(end)
                    || self.begins_sentence(end) && !self.wants_more(at, end)
                    || self.follows_foreign(at, end))
                || self.is_glued(end)
            {
                break;
            }
            end = self.joined(end + 1, end);
            if doc.gap(end) == Gap::None && doc.shape(end) == Shape::Mark {
                break;
            }
            end = self.over_particle(end);
        }
        end
    }

    /// Over what is written together with the word `word` that ends at `end`: `Ki-moon`, `Xi-xu-lít`, `J.`, `V.Putin`.
    fn joined(self, mut end: usize, word: usize) -> usize {
        let doc = self.doc;
        while doc.is_mark(end, b'-')
            && doc.gap(end) == Gap::None
            && doc.gap(end + 1) == Gap::None
            && doc.shape(end + 1).is_word()
        {
            end += 2;
        }
        let plain = end == word + 1;
        let initial = matches!(doc.shape(word), Shape::Initial) || plain && self.short_initial(word);
        if initial
            && doc.is_mark(end, b'.')
            && doc.gap(end) == Gap::None
            && doc.shape(end + 1).is_capital()
            && doc.gap(end + 1) != Gap::Line
        {
            end += 1;
        } else if initial
            && doc.is_mark(end, b'.')
            && doc.gap(end) == Gap::None
            && word >= 2
            && doc.is_mark(word - 1, b'.')
            && doc.gap(word) == Gap::None
            && !doc.shape(end + 1).is_capital()
            && doc.gap(end + 1) != Gap::Line
        {
            // the last dot of `N.V.S.`
            end += 1;
        }
        end
    }

    fn short_initial(self, word: usize) -> bool {
        let bytes = self.doc.bytes(crate::mention::Span::new(word, word + 1));
        bytes.len() <= 2 && self.doc.shape(word) == Shape::Title
    }

    /// Over `de`, `van`, `al` … between two capitalised words.
    fn over_particle(self, end: usize) -> usize {
        const PARTICLES: &[crate::text::vocabulary::Word] = &[
            kw::DE,
            kw::VAN_SMALL,
            kw::VON,
            kw::BIN,
            kw::AL,
            kw::DER,
            kw::DEL,
            kw::DA_SMALL,
            kw::BINTI,
            kw::EL,
        ];
        let particle = |i| self.doc.shape(i) == Shape::Lower && PARTICLES.contains(&self.doc.word(i));
        // `de los Santos`
        let article = particle(end)
            && self.doc.gap(end + 1) == Gap::Space
            && [kw::LOS, kw::LA_ARTICLE, kw::DER].contains(&self.doc.word(end + 1))
            && self.doc.shape(end + 1) == Shape::Lower;
        if article && self.doc.shape(end + 2).is_capital() && !self.is_syllable(end + 2) {
            return end + 2;
        }
        // `Hamad al-Sabah`
        if particle(end)
            && self.doc.gap(end) == Gap::Space
            && self.doc.is_mark(end + 1, b'-')
            && self.doc.gap(end + 1) == Gap::None
            && self.doc.gap(end + 2) == Gap::None
            && self.doc.shape(end + 2).is_capital()
        {
            return end + 2;
        }
        match particle(end)
            && self.doc.gap(end) == Gap::Space
            && self.doc.shape(end + 1).is_capital()
            && !self.is_syllable(end + 1)
        {
            true => end + 1,
            false => end,
        }
    }

    fn begins_title(self, at: usize) -> bool {
        let doc = self.doc;
        let long = |table| doc.hit(table, at).is_some_and(|hit| hit.end as usize > at + 1);
        long(TableId::Titles) || long(TableId::Ranks) || doc.hit(TableId::Degrees, at).is_some()
    }

    /// `Lê | Quốc Vương`: two words of a name behind its surname, which are a title elsewhere.
    fn is_given(self, from: usize, at: usize) -> bool {
        let named =
            |i: usize| self.doc.shape(i) == Shape::Title && self.doc.hits.starts(TableId::Syllables, i);
        let surname = self.lexicon.surname(self.doc, from).is_some_and(|(hit, _)| hit.end as usize == at);
        surname
            && named(at)
            && named(at + 1)
            && self.doc.hit(TableId::Titles, at).is_some_and(|hit| hit.end as usize == at + 2)
    }

    /// `Betsy Whitman | Đảng Cộng hòa`: a body whose words are not all capitalised begins a new sentence.
    fn begins_body(self, at: usize) -> bool {
        let Some(hit) = self.doc.hit(TableId::Bodies, at) else { return false };
        let (second, end) = (at + 1, hit.end as usize);
        end > second && self.doc.shape(at) == Shape::Title && self.doc.shape(end - 1) == Shape::Lower
    }

    /// `Theo`, `Tại`, `Ông` …: a new sentence whose full stop was lost.
    fn begins_sentence(self, at: usize) -> bool {
        let doc = self.doc;
        let name = doc.hit(TableId::Syllables, at).is_some() || self.lexicon.surname(doc, at).is_some();
        let word = self.lexicon.word(doc, WordKind::End, at).is_some() && !self.is_foreign(at, at + 1);
        // `Zhang Xin, CEO của …`: a mark never stands behind the first word of a sentence
        let goes_on = doc.shape(at + 1) != Shape::Mark;
        word && goes_on && !name
            || matches!(doc.word(at), kw::ONG | kw::BAF) && doc.shape(at + 1).is_capital()
    }

    /// `Gary Keller | Tuyên bố này …`: a word of ours behind a foreign name, with a small word behind it that no verb
    /// or other end of a name is.
    fn follows_foreign(self, from: usize, at: usize) -> bool {
        let (doc, next) = (self.doc, at + 1);
        at > from
            && doc.shape(at) == Shape::Title
            && doc.shape(next) == Shape::Lower
            && doc.gap(next) == Gap::Space
            && doc.word(next) != kw::VA
            && (self.is_foreign(at - 1, at) || at > from + 1 && doc.is_mark(at - 2, b'-'))
            && !doc.spelling(at).is_ascii()
            && self.is_syllable(at)
            && self.lexicon.surname(doc, at).is_none_or(|(_, row)| row.weight < 3)
            && self.lexicon.word(doc, WordKind::End, next).is_none()
    }

    /// A surname alone, or one with `Văn` or `Thị`, is no name yet (`Nguyễn Văn | Bay`).
    fn wants_more(self, from: usize, at: usize) -> bool {
        let surname = self.lexicon.surname(self.doc, from).is_some_and(|(hit, _)| hit.end as usize == at);
        surname || at > from + 1 && [kw::VAN_NAME, kw::THI].contains(&self.doc.word(at - 1))
    }

    /// `NộiÔng`: two words of different sentences.
    fn is_glued(self, at: usize) -> bool {
        if self.doc.shape(at) != Shape::Mixed {
            return false;
        }
        let surface = self.doc.spelling(at);
        !surface.is_ascii() && !surface.contains(['\'', '’', 'ʼ'])
    }

    /// `Mohammed VI`, `Charles III`: a ruler's number behind a foreign word.
    fn is_numeral(self, at: usize) -> bool {
        let surface = self.doc.surface(crate::mention::Span::new(at, at + 1));
        surface.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'))
            && self.doc.shape(at - 1) == Shape::Title
            && !self.is_syllable(at - 1)
    }

    fn is_abbreviation_behind(self, from: usize, at: usize) -> bool {
        self.doc.shape(at) == Shape::Upper && (from..at).any(|i| self.doc.shape(i) == Shape::Title)
    }

    /// Whether token `i` can be a Vietnamese syllable.
    pub fn is_syllable(self, i: usize) -> bool {
        let spelled = |t: &Token| is_syllable(&self.doc.source[t.start as usize..t.end as usize]);
        self.doc.hits.starts(TableId::Syllables, i) || self.doc.tokens.get(i).is_some_and(spelled)
    }

    /// Whether `from..to` holds a word that no Vietnamese name has.
    pub fn is_foreign(self, from: usize, to: usize) -> bool {
        (from..to).any(|i| {
            let odd = matches!(self.doc.shape(i), Shape::Title | Shape::Mixed) && !self.is_syllable(i);
            odd || self.doc.is_mark(i, b'-')
        })
    }

    /// How well `from..to` reads as a full Vietnamese name; nothing if it does not.
    pub fn full_name(self, from: usize, to: usize) -> Option<f32> {
        let (surname, row) = self.lexicon.surname(self.doc, from)?;
        let (words, first) = (to.saturating_sub(from), surname.end as usize);
        if !(2..=5).contains(&words) || first >= to || !self.is_plain(from, to) || self.is_place(from, to) {
            return None;
        }
        if !row.minority && self.is_foreign(from, to) {
            return None;
        }
        let length = [1.2, 3.0, 2.6, 0.8][words - 2];
        let common = [-0.6, -0.2, 0.4, 0.9, 1.2, 1.4][row.weight as usize];
        let given = if self.doc.hit(TableId::Syllables, to - 1).is_some() { 0.3 } else { -0.4 };
        let middle =
            if words > 2 && [kw::VAN_NAME, kw::THI].contains(&self.doc.word(first)) { 2.0 } else { 0.0 };
        Some(length + common + given + middle)
    }

    /// Words with a capital and small letters, or all in capitals, no marks between.
    fn is_plain(self, from: usize, to: usize) -> bool {
        (from..to).all(|i| matches!(self.doc.shape(i), Shape::Title | Shape::Mixed | Shape::Initial))
            || self.is_capitals(from, to)
    }

    /// `LÊ VĂN TÁM`: a name in capitals, not the short form of a body.
    fn is_capitals(self, from: usize, to: usize) -> bool {
        to > from + 1
            && self.doc.shape(from) == Shape::Upper
            && (from..to)
                .all(|i| matches!(self.doc.shape(i), Shape::Upper | Shape::Initial) && self.is_syllable(i))
    }

    /// Whether all of `from..to` is the name of a place or body.
    pub fn is_place(self, from: usize, to: usize) -> bool {
        let covers = |table| self.doc.hits.of(table, from).any(|hit| hit.end as usize >= to);
        covers(TableId::Places) || covers(TableId::Bodies) || covers(TableId::Districts)
    }

    /// The end of the name that starts at `at` behind a title or a word of address: a full name, a given name, or a
    /// foreign one.
    pub fn name_at(self, at: usize) -> Option<usize> {
        let end = self.run_end(at);
        if end == at || self.doc.shape(at) == Shape::Upper && end - at == 1 {
            return None;
        }
        if self.full_name(at, end).is_some() || self.is_foreign(at, end) && end - at <= 8 {
            return Some(end);
        }
        if self.is_initials(at, end) {
            return Some(end);
        }
        let given = (at..end).all(|i| self.is_syllable(i));
        // Lao and Khmer names are as long as seven syllables.
        let apart = doc_stops(self.doc, end);
        let length = if apart { 7 } else { 4 };
        (given && end - at <= length && self.is_plain(at, end) && !self.is_place_phrase(at, end))
            .then_some(end)
    }

    /// `N.V.S.`: a name of which only the initials are given.
    fn is_initials(self, from: usize, to: usize) -> bool {
        let initial = |i| matches!(self.doc.shape(i), Shape::Initial);
        to - from > 2 && (from..to).all(|i| initial(i) || self.doc.is_mark(i, b'.'))
    }

    fn is_place_phrase(self, from: usize, to: usize) -> bool {
        to - from > 1 && self.is_place(from, to)
    }

    /// A name without any word before it that says so: a full name that cannot be a place or a street, or foreign words.
    pub fn weak_name_at(self, at: usize) -> Option<usize> {
        let doc = self.doc;
        let fresh = at == 0
            || doc.gap(at) == Gap::Line
            || !doc.shape(at - 1).is_capital()
            || doc.word(at - 1) == kw::THEO
            || self.is_glued_address(at - 1);
        let shaped = matches!(doc.shape(at), Shape::Title | Shape::Mixed | Shape::Initial | Shape::Upper);
        if !fresh || !shaped {
            return None;
        }
        let end = self.run_end(at);
        if doc.shape(at) == Shape::Upper && !self.is_capitals(at, end) {
            return None;
        }
        let vietnamese = self.full_name(at, end).is_some_and(|score| score > 1.0);
        let foreign = end - at >= 2
            && doc.hit(TableId::Press, at).is_none()
            && (self.is_foreign(at, at + 1) || self.is_titled(at, end) || self.is_korean(at, end))
            && !(at + 1..end).any(|i| self.full_name(i, end).is_some_and(|score| score > 2.4))
            && !self.doc.is_mark(end, b'&')
            && !self.is_place(at, end);
        ((vietnamese || foreign || self.is_listed(at, end))
            && !self.is_contained(at)
            && self.lexicon.post(doc, at).is_none())
        .then_some(end)
    }

    /// `Hong Nam-ki`: a surname and a given name whose second half is small behind a hyphen.
    pub(super) fn is_korean(self, from: usize, end: usize) -> bool {
        let doc = self.doc;
        end == from + 4
            && doc.shape(from + 1) == Shape::Title
            && doc.is_mark(from + 2, b'-')
            && doc.shape(from + 3) == Shape::Lower
    }

    /// `Tang Wei, Phó Chủ tịch …`: the first syllable could be ours, but a post follows.
    fn is_titled(self, at: usize, end: usize) -> bool {
        const LONGEST: usize = 6;
        let doc = self.doc;
        let joined = doc.is_mark(end, b',') || doc.is_mark(end, b'-');
        joined
            && end - at <= LONGEST
            && self.opens_sentence(at)
            && self.lexicon.word(doc, WordKind::End, at).is_none()
            && self.is_foreign(at + 1, end)
            && self.lexicon.post(doc, end + 1).is_some()
    }

    /// `Hà NộiÔng | Trần Văn Bách`: the word of address is glued to the dateline before it.
    fn is_glued_address(self, at: usize) -> bool {
        let glued = || [self.doc.spelling(at).ends_with("Ông"), self.doc.spelling(at).ends_with("Bà")];
        self.doc.shape(at) == Shape::Mixed && glued().contains(&true)
    }

    /// `gồm: …; | Tân Tú Hải, Tổng giám đốc`: words of names between a semicolon and a post.
    fn is_listed(self, at: usize, end: usize) -> bool {
        let doc = self.doc;
        let opens = at > 0 && (doc.is_mark(at - 1, b';') || doc.is_mark(at - 1, b':'));
        let named = |i: usize| doc.shape(i) == Shape::Title && doc.hits.starts(TableId::Syllables, i);
        let status = self.lexicon.word(doc, WordKind::Status, end + 1).map_or(end + 1, |(to, _)| to);
        opens
            && (3..=4).contains(&(end - at))
            && doc.is_mark(end, b',')
            && (at..end).all(named)
            && !self.is_place(at, end)
            && self.lexicon.post(doc, status).is_some()
    }

    /// Whether a sentence begins at `at`, or a word before says that who follows speaks or acts.
    pub fn opens_sentence(self, at: usize) -> bool {
        self.doc.sentence(at).start == at || at > 0 && matches!(self.doc.word(at - 1), kw::THEO | kw::BOI)
    }

    /// Whether a container word (`đường`, `trường`, `giải`) stands right before `at`.
    fn is_contained(self, at: usize) -> bool {
        (at.saturating_sub(4)..at).any(|i| {
            doc_hits_end(self.doc, TableId::Containers, i, at)
                || doc_hits_end(self.doc, TableId::Awards, i, at)
        }) || self.lexicon.word_before(self.doc, WordKind::Level, at).is_some()
    }
}

fn doc_hits_end(doc: &Document<'_>, table: TableId, from: usize, end: usize) -> bool {
    doc.hits.of(table, from).any(|hit| hit.end as usize == end)
}

/// Whether a mark or the end of the line stands at `at`.
fn doc_stops(doc: &Document<'_>, at: usize) -> bool {
    doc.shape(at) == Shape::Mark || doc.gap(at) == Gap::Line
}
