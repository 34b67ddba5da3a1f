//! What stands between two pieces: a comma, a dash, `là`, a bracket with an age in it …

use super::lexicon::{Lexicon, WordKind};
use crate::document::Document;
use crate::gazetteer::schema::TableId;
use crate::text::keyword as kw;
use crate::text::token::{Gap, Shape};

/// How one piece is joined to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joint {
    /// nothing between
    Adjacent,
    /// `,`
    Comma,
    /// `và`, `kiêm`
    And,
    /// ` - `
    Dash,
    /// an open bracket
    Open,
    /// `;`
    Semicolon,
    /// `:`
    Colon,
    /// `là`, `làm`
    Be,
    /// `gồm`
    Group,
    /// anything else
    Other,
}

/// Longest joint, in tokens.
const LONGEST: usize = 24;
/// Longest bracket that is passed over, in tokens.
const ASIDE: usize = 16;

/// What joins the piece that ends at `from` to the one that starts at `to`.
pub fn joint(doc: &Document<'_>, lexicon: &Lexicon, from: usize, to: usize) -> Joint {
    if from > to || to - from > LONGEST || (from..=to).any(|i| doc.gap(i) == Gap::Line) {
        return Joint::Other;
    }
    let mut joint = Joint::Adjacent;
    let mut at = from;
    while at < to {
        match next(doc, lexicon, at, to, joint) {
            Some((end, found)) => (at, joint) = (end, found),
            None => return Joint::Other,
        }
    }
    if at == to { joint } else { Joint::Other }
}

/// Over one mark, word or bracket; nothing where the two are not joined.
fn next(doc: &Document<'_>, lexicon: &Lexicon, at: usize, to: usize, joint: Joint) -> Option<(usize, Joint)> {
    if doc.shape(at) == Shape::Mark {
        return mark(doc, at, to, joint);
    }
    if let Some(end) = age(doc, at).or_else(|| worn(doc, at).filter(|_| joint == Joint::Comma)) {
        return Some((end, joint));
    }
    let word = |kind| lexicon.word(doc, kind, at).map(|(end, _)| end).filter(|&end| end <= to);
    if let Some(end) = word(WordKind::Join) {
        // `ông A, đồng thời là Giám đốc`, `ông A - cũng là Giám đốc`
        let kept = matches!(joint, Joint::Open | Joint::Comma | Joint::Dash);
        return Some((end, if kept { joint } else { Joint::And }));
    }
    if matches!(doc.word(at), kw::VA | kw::CUNG) {
        return Some((at + 1, Joint::And));
    }
    if let Some(end) = word(WordKind::Be) {
        return Some((end, Joint::Be));
    }
    if let Some(end) = word(WordKind::Group) {
        return Some((end, Joint::Group));
    }
    word(WordKind::Aside).map(|end| (end, joint))
}

fn mark(doc: &Document<'_>, at: usize, to: usize, joint: Joint) -> Option<(usize, Joint)> {
    if doc.is_mark(at, b')') {
        return Some((at + 1, joint));
    }
    if doc.is_mark(at, b'(') {
        let close = (at..to.min(at + ASIDE)).find(|&i| doc.is_mark(i, b')'));
        return Some(close.map_or((at + 1, Joint::Open), |close| (close + 1, joint)));
    }
    let found = [(b',', Joint::Comma), (b';', Joint::Semicolon), (b':', Joint::Colon), (b'-', Joint::Dash)]
        .into_iter()
        .find(|&(mark, _)| doc.is_mark(at, mark))?
        .1;
    match (joint, found) {
        (Joint::Adjacent | Joint::Comma, _) => Some((at + 1, found)),
        (Joint::Open, Joint::Comma) => Some((at + 1, joint)),
        (_, Joint::Comma) => Some((at + 1, joint)),
        (Joint::Semicolon | Joint::And | Joint::Dash, Joint::Dash) => Some((at + 1, joint)),
        _ => None,
    }
}

/// A rank or a degree between commas: `ông A, Đại tá, Giám đốc …`, `bà B, Bác sĩ, Trưởng khoa …`.
fn worn(doc: &Document<'_>, at: usize) -> Option<usize> {
    let rank = doc.hit(TableId::Ranks, at).or_else(|| doc.hit(TableId::Degrees, at))?;
    let end = rank.end as usize;
    doc.is_mark(end, b',').then_some(end)
}

/// `SN 1957`, `sinh năm 1957`, `53 tuổi`.
fn age(doc: &Document<'_>, at: usize) -> Option<usize> {
    let digits = |i| doc.shape(i) == Shape::Digits;
    match doc.word(at) {
        kw::SN if digits(at + 1) => Some(at + 2),
        kw::SINH if digits(at + 1) => Some(at + 2),
        kw::SINH if doc.word(at + 1) == kw::NAM && digits(at + 2) => Some(at + 3),
        _ if digits(at) && doc.word(at + 1) == kw::TUOI => Some(at + 2),
        _ => None,
    }
}
