//! The words before a number: the head that names the type of document, and `số`.

use super::lexicon::{Cited, key};
use super::scan::{Cue, Full, Reader};
use crate::gazetteer::schema::TableId;
use crate::text::keyword;
use crate::text::token::{Gap, Shape};

/// How far before a code its head may stand.
const REACH: usize = 10;

/// The head right before a number.
#[derive(Clone, Debug)]
pub(super) struct Head {
    /// its first token
    pub start: usize,
    /// `NQ`; empty for a law
    pub letters: String,
    /// how it may be cited
    pub cited: Cited,
    /// the row of the type, where its name is written out
    pub row: Option<usize>,
    /// `số` stands between
    pub number_word: bool,
}

impl Reader<'_> {
    /// Steps back over `số`, `số:`, from the number at `i`.
    fn before_number_word(&self, i: usize) -> (usize, bool) {
        let doc = self.doc;
        let at = if i > 1 && doc.is_mark(i - 1, b':') { i - 1 } else { i };
        match at.checked_sub(1) {
            Some(word) if doc.gap(at) != Gap::Line && self.is_number_word(word) => (word, true),
            _ => (i, false),
        }
    }

    fn is_number_word(&self, i: usize) -> bool {
        self.doc.word(i) == keyword::SO
            || matches!(self.doc.word(i), keyword::SO_BARE | keyword::SO_HAT)
                && self.doc.shape(i) != Shape::Upper
    }

    /// The head that ends right before the number at `i`, `số` between them or not.
    pub fn head(&self, i: usize) -> Option<Head> {
        let doc = self.doc;
        let (end, number_word) = self.before_number_word(i);
        if end == 0 || doc.gap(end) == Gap::Line {
            return None;
        }
        let named = self.named_head(end).or_else(|| {
            // `Công điện khẩn số 5`, `văn bản hỏa tốc số 12`
            let urgent =
                (1..=2).find(|n| end > *n && matches!(doc.word(end - n), keyword::KHAN | keyword::HOA))?;
            self.named_head(end - urgent)
        });
        if let Some((start, row)) = named {
            let kind = &self.lexicon.types[row];
            let (letters, cited) = (kind.letters.clone(), kind.cited);
            return Some(Head { start, letters, cited, row: Some(row), number_word });
        }
        let start = end - 1;
        if !matches!(doc.shape(start), Shape::Upper | Shape::Mixed) {
            return None;
        }
        let letters = self.lexicon.type_of(&key(&self.text(start)))?.text.clone();
        let cited = match letters.as_str() {
            "NQ" | "NĐ" | "QĐ" | "TTLT" | "NQLT" => Cited::Strong,
            _ => Cited::Law,
        };
        Some(Head { start, letters, cited, row: None, number_word })
    }

    /// The longest name of a type that ends at token `end`.
    fn named_head(&self, end: usize) -> Option<(usize, usize)> {
        (end.saturating_sub(REACH)..end).find_map(|start| {
            let hits = self.doc.hits.of(TableId::DocumentTypes, start).filter(|hit| hit.end as usize == end);
            let hit = hits.max_by_key(|hit| self.lexicon.types[hit.row as usize].systems)?;
            let part = start > 0
                && self.lexicon.types[hit.row as usize].letters.is_empty()
                && self.lexicon.is_other_law(self.doc.word(start - 1));
            (!part).then_some((start, hit.row as usize))
        })
    }

    /// How well the words before the number at `i` announce a code.
    pub fn cue(&self, i: usize) -> Cue {
        match self.head(i) {
            Some(head) if head.cited == Cited::Licence => return Cue::None,
            Some(_) => return Cue::Head,
            None => {}
        }
        let (end, number_word) = self.before_number_word(i);
        // `Mẫu số 01/PYC` is a form
        let form = end > 0 && matches!(self.doc.word(end - 1), keyword::MAU | keyword::BIEU);
        if !number_word || form {
            return Cue::None;
        }
        let sentence = self.doc.sentence(i).start;
        let near = (end.saturating_sub(6).max(sentence)..end).rev();
        let head = near.flat_map(|at| self.doc.hits.of(TableId::DocumentTypes, at)).next();
        match head {
            Some(hit) => match self.lexicon.types[hit.row as usize].cited {
                Cited::Licence => Cue::None,
                Cited::Never => Cue::Number,
                _ => Cue::Head,
            },
            None => Cue::Number,
        }
    }

    /// The row of the type that the words before a full code name: the nearest one that its letters allow.
    pub fn type_row(&self, full: &Full) -> Option<usize> {
        let start = full.span.start;
        let from = start.saturating_sub(REACH).max(self.doc.sentence(start).start);
        let fits = |row: usize| {
            let kind = &self.lexicon.types[row];
            match &full.letters {
                Some(letters) => kind.letters == *letters,
                None => kind.cited != Cited::Never && kind.cited != Cited::Licence,
            }
        };
        (from..start).rev().find_map(|at| {
            let rows = self.doc.hits.of(TableId::DocumentTypes, at).filter(|hit| hit.end as usize <= start);
            rows.rev().map(|hit| hit.row as usize).find(|&row| fits(row))
        })
    }
}
