//! An award's name as written: how far it reaches, its standard form, its class.

use super::lexicon::{Group, Lexicon, WordKind};
use super::phrase;
use crate::document::Document;
use crate::gazetteer::schema::TableId;
use crate::mention::Span;
use crate::text::keyword as k;
use crate::text::token::{Gap, Shape};

/// Most tokens of a name that stands in quotes or runs on in plain words.
const LONGEST: usize = 24;
/// Most tokens of a name without quotes.
const PLAIN: usize = 12;

/// A name found.
#[derive(Debug)]
pub(super) struct Name {
    /// as written, quotes and `danh hiệu` left out
    pub(super) span: Span,
    /// where its head (`danh hiệu`) starts
    pub(super) start: usize,
    /// one past all that belongs to it, a closing quote included
    pub(super) end: usize,
    /// the standard name; none for a bare `danh hiệu`, `giải thưởng`
    pub(super) form: Option<String>,
    /// the standard name of its head: what a bare `giải thưởng` is called
    pub(super) head: String,
    /// `hạng Nhất`
    pub(super) class: Option<String>,
    /// how it must be told
    pub(super) group: Group,
    /// set in quotes behind `danh hiệu`, `giải`
    pub(super) quoted: bool,
}

/// Reads the name that starts at token `i`, within a sentence that ends at `limit`.
pub(super) fn read(lex: &Lexicon, doc: &Document<'_>, i: usize, limit: usize) -> Option<Name> {
    let hit = doc.hits.of(TableId::Awards, i).rfind(|hit| !counts_on(doc, hit.end as usize))?;
    let row = lex.award(hit.row);
    let mut end = (hit.end as usize).min(limit);
    if row.certificate
        && let Some(cut) = (i..end).find(|&j| doc.word(j) == k::CUA)
    {
        end = cut;
    }
    let mut name = Name {
        span: Span::new(i, end),
        start: i,
        end,
        form: Some(standard(row.certificate, &row.name)),
        head: row.name.clone(),
        class: None,
        group: row.group,
        quoted: false,
    };
    match row.group {
        Group::Nothing => return None,
        Group::Generic => generic(lex, doc, &mut name, limit),
        _ if row.open => extend(lex, doc, &mut name, limit),
        // `bằng khen “Người tốt”`: what it is for.
        _ if row.certificate => name.end = quoted_span(doc, end, limit).map_or(end, |inside| inside.end + 1),
        _ => {}
    }
    class(doc, &mut name, limit);
    Some(name)
}

/// `giải 3 triệu đồng`, `giải 1.000 USD`: whether the figure before token `end` is part of a larger number.
fn counts_on(doc: &Document<'_>, end: usize) -> bool {
    let figure = doc.shape(end - 1) == Shape::Digits && doc.shape(end - 2) == Shape::Lower;
    let decimals = doc.gap(end) == Gap::None && doc.shape(end + 1) == Shape::Digits;
    figure && (decimals || doc.hit(TableId::NumberWords, end).is_some())
}

/// The table's name; of a certificate only what stands before `của`: who signs it is the giver.
fn standard(certificate: bool, row: &str) -> String {
    let head = row.split_once(" của ").map(|(head, _)| head);
    head.filter(|_| certificate).unwrap_or(row).to_string()
}

/// `danh hiệu X`, `giải “X”`: the name is what follows.
fn generic(lex: &Lexicon, doc: &Document<'_>, name: &mut Name, limit: usize) {
    let at = skip_praise(lex, doc, name.end, limit);
    let quoted = is_quote(doc, at);
    let inner = at + usize::from(quoted);
    let title = doc.spelling(name.start).to_lowercase() == "danh";
    name.form = None;
    if let Some(inside) = quoted_span(doc, at, limit) {
        name.quoted = true;
        (name.span, name.end) = (inside, inside.end + 1);
        name.form = Some(form_of(lex, doc, inside));
    } else if let Some(end) = plain_end(lex, doc, inner, limit, title) {
        let span = Span::new(inner, end);
        name.form = Some(form_of(lex, doc, span));
        name.end = end;
        name.span = if title { span } else { Span::new(name.start, end) };
    }
    if name.form.is_some() && is_contest(lex, doc, name.span) {
        name.group = Group::Trophy;
    }
}

/// `Hà Nội Open`, `vô địch quốc gia`: a tournament, no title of honour.
fn is_contest(lex: &Lexicon, doc: &Document<'_>, span: Span) -> bool {
    (span.start..span.end).any(|i| lex.word_of(doc, i, WordKind::Contest).is_some())
}

/// `danh hiệu cao quý “…”`, `danh hiệu vinh dự Nhà nước …`: where the name itself may start.
fn skip_praise(lex: &Lexicon, doc: &Document<'_>, at: usize, limit: usize) -> usize {
    let mut i = at;
    while i < limit.min(at + 5)
        && let Some(span) = lex.word_of(doc, i, WordKind::Vague)
    {
        i = span.end;
    }
    let award = doc.hits.of(TableId::Awards, i).any(|h| lex.award(h.row).group != Group::Generic);
    if i < limit && (is_quote(doc, i) || award) { i } else { at }
}

/// `Kỷ niệm chương “Vì …”`, `Huy hiệu 55 năm tuổi Đảng`, `Huân chương Victoria`.
fn extend(lex: &Lexicon, doc: &Document<'_>, name: &mut Name, limit: usize) {
    let at = name.end;
    if let Some(inside) = quoted_span(doc, at, limit) {
        let head = name.form.take().unwrap_or_default();
        name.form = Some(format!("{head} {}", doc.normal(inside)));
        (name.span.end, name.end) = (inside.end + 1, inside.end + 1);
    } else if let Some(end) = badge_years(doc, at, limit) {
        name.form = Some(format!("Huy hiệu {} năm tuổi Đảng", doc.normal(Span::new(at, at + 1))));
        (name.span.end, name.end) = (end, end);
    } else if doc.shape(at).is_capital()
        && doc.gap(at) == Gap::Space
        && let Some(end) = plain_end(lex, doc, at, limit, false)
    {
        let head = name.form.take().unwrap_or_default();
        name.form = Some(format!("{head} {}", doc.normal(Span::new(at, end))));
        (name.span.end, name.end) = (end, end);
    }
}

/// `55 năm tuổi Đảng`, `55 tuổi Đảng`
fn badge_years(doc: &Document<'_>, at: usize, limit: usize) -> Option<usize> {
    use crate::text::token::Shape;
    let tuoi = at + 1 + usize::from(doc.word(at + 1) == k::NAM);
    let fits = doc.shape(at) == Shape::Digits && doc.word(tuoi) == k::TUOI && tuoi + 2 <= limit;
    fits.then_some(tuoi + 2)
}

/// The standard form of a title's own name: the table's if it stands there, else as written.
fn form_of(lex: &Lexicon, doc: &Document<'_>, span: Span) -> String {
    let whole = doc.hits.of(TableId::Awards, span.start).find(|hit| hit.end as usize == span.end);
    match whole {
        Some(hit) => lex.award(hit.row).name.clone(),
        None => doc.normal(span),
    }
}

/// Where a name without quotes ends; none if there is no name.
fn plain_end(lex: &Lexicon, doc: &Document<'_>, at: usize, limit: usize, title: bool) -> Option<usize> {
    let hit = doc.hit(TableId::Awards, at).filter(|h| lex.award(h.row).group != Group::Generic);
    if let Some(hit) = hit {
        let told = lex.award(hit.row).group != Group::Nothing;
        return told.then_some((hit.end as usize).min(limit));
    }
    let person = lex.word_of(doc, at, WordKind::Recipient).is_some_and(|span| span.end - span.start > 1);
    let event = lex.word_of(doc, at, WordKind::Event).is_some();
    if event || !title && !doc.shape(at).is_capital() && !person && !is_best(lex, doc, at, limit) {
        return None;
    }
    let last = (at + PLAIN).min(limit);
    let mut end = at;
    while end < last && !phrase::ends_name(lex, doc, end) {
        end += 1;
    }
    // `cầu thủ dự bị của năm`, `Bàn thắng của tháng`
    if end > at
        && doc.word(end) == k::CUA
        && matches!(doc.word(end + 1), k::NAM | k::THANG)
        && end + 2 <= limit
    {
        end += 2;
    }
    // A title that is not told goes on as a sentence: `danh hiệu này`, `danh hiệu cao quý`.
    (end > at && !phrase::is_vague(lex, doc, at)).then_some(end)
}

/// `gạo ngon nhất thế giới`, `cầu thủ hay nhất`: a prize is called by what it is for.
fn is_best(lex: &Lexicon, doc: &Document<'_>, at: usize, limit: usize) -> bool {
    let ahead = at..(at + 7).min(limit);
    let mut name = ahead.take_while(|&i| !phrase::ends_name(lex, doc, i));
    !phrase::is_vague(lex, doc, at) && name.any(|i| i > at + 1 && doc.word(i) == k::NHAT_MOST)
}

/// Whether token `i` opens or closes a quotation.
pub(super) fn is_quote(doc: &Document<'_>, i: usize) -> bool {
    doc.is_mark(i, b'"') || doc.is_mark(i, b'\'')
}

/// What stands in quotes from token `at` on.
pub(super) fn quoted_span(doc: &Document<'_>, at: usize, limit: usize) -> Option<Span> {
    if !is_quote(doc, at) || doc.gap(at) == Gap::None && doc.gap(at + 1) != Gap::None {
        return None;
    }
    let last = (at + 1 + LONGEST).min(limit);
    let close = (at + 1..last).find(|&i| is_quote(doc, i))?;
    (close > at + 1).then_some(Span::new(at + 1, close))
}

/// `hạng Nhất`; of an order `Nhất` alone.
fn class(doc: &Document<'_>, name: &mut Name, limit: usize) {
    if let Some((span, class)) = class_at(doc, name.end, limit, name.group == Group::Insignia) {
        name.class = Some(class.to_string());
        name.end = span.end;
        name.span.end = span.end;
    }
}

/// The class of an order named at token `at`; `bare` where `hạng` may be left out.
fn class_at(doc: &Document<'_>, at: usize, limit: usize, bare: bool) -> Option<(Span, &'static str)> {
    let head = doc.word(at) == k::HANG;
    let last = at + usize::from(head);
    let short = bare && doc.shape(last).is_capital() && doc.gap(last) == Gap::Space;
    if last >= limit || !(head || short) {
        return None;
    }
    let span = Span::new(at, last + 1);
    match doc.normal(Span::new(last, last + 1)).to_lowercase().as_str() {
        "nhất" => Some((span, "hạng Nhất")),
        "nhì" => Some((span, "hạng Nhì")),
        "ba" => Some((span, "hạng Ba")),
        "i" | "1" | "một" if head => Some((span, "hạng Nhất")),
        "hai" | "ii" | "2" if head => Some((span, "hạng Nhì")),
        "iii" | "3" if head => Some((span, "hạng Ba")),
        "tư" | "iv" if head => Some((span, "hạng Tư")),
        _ => None,
    }
}

/// `danh hiệu “A” (cô Hoa), “B” và “C”`: a further title in quotes behind the one that ends before token `at`.
pub(super) fn further_title(
    lex: &Lexicon,
    doc: &Document<'_>,
    at: usize,
    limit: usize,
) -> Option<(Span, String)> {
    let aside =
        doc.is_mark(at, b'(').then(|| (at..(at + 16).min(limit)).find(|&i| doc.is_mark(i, b')'))).flatten();
    let joint = aside.map_or(at, |close| close + 1);
    let joined = doc.is_mark(joint, b',') || doc.word(joint) == k::VA;
    let inside = quoted_span(doc, joint + 1, limit).filter(|_| joined)?;
    Some((inside, form_of(lex, doc, inside)))
}

/// `Huân chương Lao động hạng Nhất, hạng Ba`: a further class of the order that ends before token `at`.
pub(super) fn further_class(doc: &Document<'_>, at: usize, limit: usize) -> Option<(Span, &'static str)> {
    let joined = doc.is_mark(at, b',') || doc.is_mark(at, b'-') || doc.word(at) == k::VA;
    class_at(doc, at + 1, limit, true).filter(|_| joined)
}
