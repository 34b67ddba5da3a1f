//! Small readings that the rules share: numbers, noun phrases, where a clause starts.

use super::clause;
use super::lexicon::{Group, Lexicon, WordKind};
use crate::document::Document;
use crate::extract::Found;
use crate::gazetteer::hits::Hit;
use crate::gazetteer::schema::TableId;
use crate::mention::{Mention, Span};
use crate::record::{Kind, Official};
use crate::text::keyword as k;
use crate::text::token::{Gap, Shape};
use crate::text::vocabulary::Word;

/// Most tokens of a noun phrase.
const LONGEST: usize = 40;

/// The number that starts at token `i`, and where what it counts starts.
pub(super) fn number_at(doc: &Document<'_>, found: &Found, i: usize) -> Option<(f64, usize)> {
    let at = found.counts.partition_point(|m| m.span.start < i);
    let count = found.counts.get(at).filter(|m| m.span.start == i);
    if doc.shape(i) == Shape::Digits {
        // `hơn 10 năm được công nhận`: no number of those honoured
        let measure = count.is_some_and(|m| m.value.measure == "duration");
        return digits(doc, i, count.is_some()).filter(|_| !measure && found.claimed(i) != Some(Kind::Date));
    }
    let count = count.filter(|m| m.value.measure == "items")?;
    let head = count.span.end.saturating_sub(count.value.unit.split_whitespace().count());
    count.value.value.map(|value| (value, head.max(i + 1)))
}

/// `58`, `2.000`; `counted` where a count starts there.
fn digits(doc: &Document<'_>, i: usize, counted: bool) -> Option<(f64, usize)> {
    let mut value: f64 = doc.spelling(i).parse().ok()?;
    let mut end = i + 1;
    while doc.is_mark(end, b'.')
        && doc.gap(end) == Gap::None
        && doc.gap(end + 1) == Gap::None
        && doc.shape(end + 1) == Shape::Digits
    {
        let group = doc.spelling(end + 1);
        if group.len() != 3 {
            return None;
        }
        value = value * 1000.0 + group.parse::<f64>().ok()?;
        end += 2;
    }
    let decimal =
        doc.is_mark(end, b',') && doc.gap(end + 1) == Gap::None && doc.shape(end + 1) == Shape::Digits;
    // `84/90 học sinh`: so many of them.
    if doc.is_mark(end, b'/') && doc.shape(end + 1) == Shape::Digits && doc.shape(end + 2).is_word() {
        let all: f64 = doc.spelling(end + 1).parse().ok()?;
        return (value <= all && (counted || all > 31.0)).then_some((value, end + 2));
    }
    let joined = (doc.is_mark(end, b'/') || doc.is_mark(end, b'-')) && doc.gap(end + 1) == Gap::None;
    (!decimal && !joined && doc.shape(end).is_word()).then_some((value, end))
}

/// The number right before token `i`: `4 HCV`, `20 tấm bằng khen`. No ordinals, no years.
pub(super) fn number_before(doc: &Document<'_>, found: &Found, i: usize) -> Option<(f64, usize)> {
    let from = i.saturating_sub(4);
    let is_number = |&at: &usize| number_at(doc, found, at).is_some_and(|(_, end)| end == i || end + 1 == i);
    let Some(at) = (from..i).find(is_number) else { return word_before(doc, i) };
    let (value, end) = number_at(doc, found, at)?;
    let classifier = end == i || doc.hit(TableId::CountNouns, end).is_some();
    let before = at.checked_sub(1).map_or(Word::UNKNOWN, |b| doc.word(b));
    let other = matches!(before, k::NAM | k::NGAY | k::THANG | k::THU | k::LAN | k::HANG | k::SO)
        || before == Word::mark(b'/')
        || before == Word::mark(b'-')
        || before == Word::mark(b'.') && doc.gap(at) == Gap::None
        || is_numbered(doc, at)
        || found.claimed(at) == Some(Kind::Date);
    (classifier && !other).then_some((value, at))
}

/// `Hai giải nhì`: a number in one word right before token `i`.
fn word_before(doc: &Document<'_>, i: usize) -> Option<(f64, usize)> {
    let at = i.checked_sub(1)?;
    let word = doc.normal(Span::new(at, i)).to_lowercase();
    let words = ["hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"];
    let value = words.iter().position(|&w| w == word)? + 2;
    let ordinal = at > 0 && matches!(doc.word(at - 1), k::THU | k::HANG | k::LAN);
    (!ordinal).then_some((value as f64, at))
}

/// `lớp 5`, `khối 12`, `top 10`: the number is a name.
fn is_numbered(doc: &Document<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let word = doc.spelling(before).to_lowercase();
    matches!(word.as_str(), "lớp" | "khối" | "top" | "quận" | "điểm" | "mùa" | "games")
}

/// A word that closes any noun phrase.
fn is_stop(word: Word) -> bool {
    matches!(
        word,
        k::CO
            | k::VI
            | k::DA
            | k::TRONG
            | k::TAI
            | k::DO
            | k::KHI
            | k::DE_AWARD
            | k::NHAM_TO
            | k::VAO
            | k::TRUOC
            | k::THEO
            | k::TU
            | k::SAU_AFTER
            | k::SE
            | k::LA
            | k::DUOC
            | k::BOI
            | k::VUA
            | k::CUNG_ALSO
            | k::DANG_NOW
            | k::NEN
            | k::MA
            | k::THI_THEN
            | k::BANG_BY
            | k::NAY
            | k::KEM
            | k::VE
    )
}

/// `danh hiệu này`, `danh hiệu cao quý`: no name.
pub(super) fn is_vague(lex: &Lexicon, doc: &Document<'_>, i: usize) -> bool {
    !doc.shape(i).is_capital() && lex.word_of(doc, i, WordKind::Vague).is_some()
}

/// Whether the name of a title ends before token `i`.
pub(super) fn ends_name(lex: &Lexicon, doc: &Document<'_>, i: usize) -> bool {
    let word = doc.word(i);
    is_end_mark(doc, i)
        || is_stop(word)
        || matches!(word, k::CHO | k::CUA | k::NAM | k::VOI | k::VA | k::O | k::CUNG | k::NHUNG_BUT | k::NGAY)
        || lex.word(doc, i).is_some_and(|(kind, _)| {
            kind.is_act() && kind != WordKind::Receive
                || matches!(kind, WordKind::Reason | WordKind::Praise | WordKind::Belong)
        })
}

fn is_end_mark(doc: &Document<'_>, i: usize) -> bool {
    doc.gap(i) == Gap::Line
        || doc.word(i) == k::ELLIPSIS
        || [b'.', b';', b':', b',', b'(', b')', b'"', b'!', b'?', b'/'].iter().any(|&m| doc.is_mark(i, m))
        || doc.is_mark(i, b'-') && (doc.gap(i) != Gap::None || doc.gap(i + 1) != Gap::None)
}

/// The end of the people or bodies named from token `at` on: heads joined by commas and `và`, with what describes
/// them, up to the reason or the next part of the sentence.
pub(super) fn people_end(lex: &Lexicon, doc: &Document<'_>, found: &Found, at: usize, limit: usize) -> usize {
    let last = (at + LONGEST).min(limit);
    let mut i = at;
    while i < last {
        if doc.is_mark(i, b'(') {
            match (i..last).find(|&j| doc.is_mark(j, b')')) {
                Some(close) => i = close + 1,
                None => break,
            }
            continue;
        }
        if is_joint(doc, i) {
            if !goes_on(lex, doc, found, i + 1) {
                break;
            }
            i += 2;
            continue;
        }
        if i > at && (is_people_stop(lex, doc, i) || is_sum(found, i) || doc.gap(i) == Gap::Line) {
            break;
        }
        i += 1;
    }
    while i > at && (is_end_mark(doc, i - 1) && !doc.is_mark(i - 1, b')') && !doc.is_mark(i - 1, b'"')) {
        i -= 1;
    }
    without_aside(doc, at, i.min(last))
}

/// Whether a sum of money starts at token `i`.
pub(super) fn is_sum(found: &Found, i: usize) -> bool {
    let at = found.counts.partition_point(|m| m.span.start < i);
    found.counts.get(at).is_some_and(|m| m.span.start == i && m.value.measure == "money")
}

fn is_joint(doc: &Document<'_>, i: usize) -> bool {
    doc.is_mark(i, b',') || doc.word(i) == k::VA
}

/// Whether token `i` continues a noun that started before it: `động viên` in `vận động viên`.
pub(super) fn inside_noun(lex: &Lexicon, doc: &Document<'_>, i: usize) -> bool {
    const TABLES: [TableId; 4] = [TableId::Titles, TableId::Bodies, TableId::Awards, TableId::AwardWords];
    let joins = |table: TableId, hit: Hit| {
        let kind = (table == TableId::AwardWords).then(|| lex.kind(hit.row));
        hit.end as usize > i
            && kind.is_none_or(|kind| matches!(kind, WordKind::Recipient | WordKind::NotAward))
    };
    (i.saturating_sub(4)..i)
        .any(|at| TABLES.iter().any(|&table| doc.hit(table, at).is_some_and(|hit| joins(table, hit))))
}

/// The end of `start..end` without a parenthesis that closes it.
pub(super) fn without_aside(doc: &Document<'_>, start: usize, end: usize) -> usize {
    if end <= start || !doc.is_mark(end - 1, b')') {
        return end;
    }
    (start + 1..end).rev().find(|&i| doc.is_mark(i, b'(')).unwrap_or(end)
}

fn is_people_stop(lex: &Lexicon, doc: &Document<'_>, i: usize) -> bool {
    if inside_noun(lex, doc, i) {
        return false;
    }
    let word = doc.word(i);
    let mark = [b'.', b';', b':', b')', b'!', b'?'].iter().any(|&m| doc.is_mark(i, m))
        || doc.is_mark(i, b'-') && doc.gap(i) != Gap::None && doc.gap(i + 1) != Gap::None;
    mark || is_stop(word) && word != k::NAY
        || matches!(word, k::CHO | k::VOI | k::O | k::NGAY)
        || names_award(lex, doc, i)
        || leads_to(lex, doc, i).is_some()
        || is_front(lex, doc, i)
        || lex.word(doc, i).is_some_and(|(kind, _)| kind.is_act() || kind == WordKind::Reason)
}

/// `nhân dịp`, `ngay sau`: words that open an adverbial.
fn is_front(lex: &Lexicon, doc: &Document<'_>, i: usize) -> bool {
    !doc.shape(i).is_capital() && lex.word_of(doc, i, WordKind::Front).is_some_and(|span| span.end > i + 1)
}

/// `đến 63 thầy cô giáo`, `tới các em`: where those start to whom an award goes.
pub(super) fn leads_to(lex: &Lexicon, doc: &Document<'_>, i: usize) -> Option<usize> {
    let mut at = i + 1;
    let many = doc.shape(at) == Shape::Digits || matches!(doc.word(at), k::CAC | k::NHUNG);
    at += usize::from(many);
    let people = many && lex.word_of(doc, at, WordKind::Recipient).is_some();
    (matches!(doc.word(i), k::DEN | k::TOI) && people).then_some(i + 1)
}

/// Whether an award's name, no mere title, starts at token `i`.
pub(super) fn names_award(lex: &Lexicon, doc: &Document<'_>, i: usize) -> bool {
    doc.hits.of(TableId::Awards, i).any(|hit| {
        matches!(lex.award(hit.row).group, Group::Insignia | Group::Medal | Group::Prize | Group::Generic)
    })
}

/// Whether what follows a comma or `và` is another of the same: a head or a name, not a number of its own.
fn goes_on(lex: &Lexicon, doc: &Document<'_>, found: &Found, i: usize) -> bool {
    let quantified = matches!(doc.word(i), k::CAC | k::NHUNG);
    let head = lex.word_of(doc, i + usize::from(quantified), WordKind::Recipient).is_some();
    let award = names_award(lex, doc, i);
    let act = lex.word(doc, i).is_some_and(|(kind, _)| kind.is_act() && kind != WordKind::Receive);
    !award && !act && number_at(doc, found, i).is_none() && (head || doc.shape(i).is_capital())
}

/// Whether people or bodies may start at token `i`: a head, `các …`, a person, a body, a name.
pub(super) fn opens_people(lex: &Lexicon, doc: &Document<'_>, found: &Found, i: usize) -> bool {
    let mut at = i;
    while matches!(doc.word(at), k::CAC | k::NHUNG | k::NHIEU | k::MOI_EACH | k::TOAN | k::MOT | k::DOI)
        && at < i + 3
    {
        at += 1;
    }
    is_head(lex, doc, found, i)
        || is_head(lex, doc, found, at)
        || at == i && doc.shape(i).is_capital() && doc.shape(i) != Shape::Initial
}

/// The nearest `60 gương điển hình`, `những cán bộ` before token `to`, with no verb between.
pub(super) fn nearest_group(
    lex: &Lexicon,
    doc: &Document<'_>,
    found: &Found,
    from: usize,
    to: usize,
) -> Option<Span> {
    let low = to.saturating_sub(16).max(from);
    for i in (low..to).rev() {
        let glued = (doc.is_mark(i, b'.') || doc.is_mark(i, b'/')) && doc.gap(i + 1) == Gap::None;
        if is_end_mark(doc, i) && !doc.is_mark(i, b',') && !doc.is_mark(i, b'-') && !glued {
            return None;
        }
        let inner =
            i > from && (doc.is_mark(i - 1, b'.') || doc.is_mark(i - 1, b'/')) && doc.gap(i) == Gap::None;
        if inner || i > from && doc.word(i - 1) == k::CUA && is_work(lex, doc, found, i - 1) {
            continue;
        }
        let head = match number_at(doc, found, i) {
            Some((_, head)) if head <= to => head,
            // `37 cá nhân là các nhà khoa học`
            _ if i > from && doc.word(i - 1) == k::LA => continue,
            _ if matches!(doc.word(i), k::CAC | k::NHUNG | k::NHIEU) => i + 1,
            _ => continue,
        };
        let joined = i > from + 1
            && is_joint(doc, i - 1)
            && clause::start(lex, doc, found, from, to) != i
            && ends_group(lex, doc, found, from, i - 1);
        if lex.word_of(doc, head, WordKind::Recipient).is_none() {
            // `20 cá nhân có nhiều đóng góp`
            if doc.word(i) == k::NHIEU {
                continue;
            }
            return None;
        }
        let end = people_end(lex, doc, found, head, to);
        let whole = end == to || tells_why(lex, doc, end, to);
        return (!joined && whole).then_some(Span::new(i, end));
    }
    None
}

/// `20 cá nhân có thành tích xuất sắc được …`: whether the tokens from `at` to `to` say what people are honoured for, or
/// who they are.
fn tells_why(lex: &Lexicon, doc: &Document<'_>, at: usize, to: usize) -> bool {
    let is_kind = doc.word(at) == k::LA && !doc.shape(at + 1).is_capital();
    let part = |i: usize| doc.word(i) != k::DUOC && !is_end_mark(doc, i);
    (lex.word_of(doc, at, WordKind::Reason).is_some() || is_kind) && (at..to).all(part)
}

/// `8 tác phẩm của 5 tác giả`, `598 sinh viên giỏi của các trường`: whether those who are honoured stand before the `của`
/// at token `at`; `đóng góp` is no such thing.
fn is_work(lex: &Lexicon, doc: &Document<'_>, found: &Found, at: usize) -> bool {
    let counted = |i: usize| {
        let many = matches!(doc.word(i), k::CAC | k::NHUNG | k::NHIEU).then_some(i + 1);
        let head = number_at(doc, found, i).map(|(_, head)| head).or(many);
        head.is_some_and(|head| lex.word_of(doc, head, WordKind::Recipient).is_some())
    };
    let near = |&i: &usize| !is_end_mark(doc, i);
    at > 0
        && (lex.over(doc, at - 1, WordKind::Recipient, 3).is_some()
            || (at.saturating_sub(8)..at).rev().take_while(near).any(counted))
}

/// `20 tập thể, 35 cá nhân`: whether people are named right up to the joint at token `at`.
fn ends_group(lex: &Lexicon, doc: &Document<'_>, found: &Found, from: usize, at: usize) -> bool {
    let low = at.saturating_sub(12).max(from);
    let group = |i: usize| is_head(lex, doc, found, i) && people_end(lex, doc, found, i, at) == at;
    (low..at).any(group)
}

/// Whether a head of people, an address, a body, a post or a person starts at token `i`.
pub(super) fn is_head(lex: &Lexicon, doc: &Document<'_>, found: &Found, i: usize) -> bool {
    lex.word_of(doc, i, WordKind::Recipient).is_some()
        || [TableId::Honorifics, TableId::Bodies, TableId::Titles].iter().any(|&t| doc.hit(t, i).is_some())
        || person_at(found, i).is_some()
}

/// Whether `span` names people, bodies or things that have a name; not a mere adverb.
pub(super) fn names_people(lex: &Lexicon, doc: &Document<'_>, found: &Found, span: Span) -> bool {
    let more = span.end - span.start > 1 && doc.shape(span.start).is_capital();
    number_at(doc, found, span.start).is_some()
        || (span.start..span.end).any(|i| is_head(lex, doc, found, i))
        || (span.start + 1..span.end).any(|i| doc.shape(i).is_capital())
        || lex.word(doc, span.start).is_none() && doc.shape(span.start).is_capital()
        || more
}

/// The person whose name starts at token `i`.
pub(super) fn person_at(found: &Found, i: usize) -> Option<&Mention<Official>> {
    let at = found.officials.partition_point(|m| m.span.start < i);
    found.officials.get(at).filter(|m| m.span.start == i && m.value.name.is_some())
}

/// The persons named within `span`.
pub(super) fn persons(found: &Found, span: Span) -> impl DoubleEndedIterator<Item = &Mention<Official>> {
    let from = found.officials.partition_point(|m| m.span.start < span.start);
    let to = found.officials.partition_point(|m| m.span.start < span.end).max(from);
    found.officials[from..to].iter().filter(|m| m.value.name.is_some())
}
