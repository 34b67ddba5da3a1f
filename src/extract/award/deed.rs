//! The act round an award: its verb, whether it is passive, who does it and to whom.

use super::clause;
use super::lexicon::{Group, Lexicon, WordKind};
use super::phrase;
use crate::document::Document;
use crate::extract::Found;
use crate::gazetteer::hits::Hit;
use crate::gazetteer::schema::TableId;
use crate::mention::Span;
use crate::text::keyword as k;

/// How far before an award its verb may stand.
const REACH: usize = 24;
/// How far before the verb `được` may stand: the giver comes between.
const PASSIVE: usize = 20;

/// Most tokens of a verb: `ban hành quyết định tặng thưởng`.
const LONGEST_VERB: usize = 6;

/// What happens with the award.
#[derive(Clone, Debug)]
pub(super) struct Deed {
    /// the verb's kind
    pub(super) kind: WordKind,
    /// the verb
    pub(super) verb: Span,
    /// the `được` before it
    pub(super) passive: Option<usize>,
}

impl Deed {
    /// Whether the subject of the sentence is who receives.
    pub(super) fn subject_receives(&self) -> bool {
        self.passive.is_some() || matches!(self.kind, WordKind::Receive | WordKind::Win)
    }
}

/// The verb nearest before token `at`, not before `from`.
pub(super) fn before(lex: &Lexicon, doc: &Document<'_>, from: usize, at: usize) -> Option<Deed> {
    if at > from && gets(lex, doc, from, at) {
        return Some(Deed { kind: WordKind::Receive, verb: Span::new(at - 1, at), passive: None });
    }
    for i in (from.max(at.saturating_sub(REACH))..at).rev() {
        if doc.is_mark(i, b';') {
            return None;
        }
        let Some(verb) = verb_over(lex, doc, i, from, at) else { continue };
        let (kind, span) = verb;
        if lex
            .over(doc, span.start, WordKind::NotAward, 3)
            .is_some_and(|n| n.end > span.start && n.end > span.end)
        {
            continue;
        }
        let weak = is_weak(doc, span);
        if weak && at - span.end > 6 {
            continue;
        }
        // Who wins does it: a `được` before the verb is no passive.
        let passive = (kind != WordKind::Win).then(|| passive(lex, doc, from, span)).flatten();
        return Some(Deed { kind, verb: span, passive });
    }
    None
}

/// `các tác giả được Giải thưởng Nhà nước`: whether a mere `được` before the name at token `at` says who gets it.
fn gets(lex: &Lexicon, doc: &Document<'_>, from: usize, at: usize) -> bool {
    let thing = |hit: &Hit| {
        let group = lex.award(hit.row).group;
        hit.end as usize > at + 1
            && matches!(group, Group::Insignia | Group::Medal | Group::Prize | Group::Generic)
    };
    let alone = || verb_over(lex, doc, at - 1, from, at).is_none();
    doc.word(at - 1) == k::DUOC && doc.hits.of(TableId::Awards, at).any(|hit| thing(&hit)) && alone()
}

/// `có`, `nhận`, `công bố` tell of an award only right before it.
fn is_weak(doc: &Document<'_>, span: Span) -> bool {
    span.end - span.start == 1 && matches!(doc.word(span.start), k::CO | k::NHAN_RECEIVE | k::DAT)
}

/// The longest verb over token `i` within `from..at`.
fn verb_over(
    lex: &Lexicon,
    doc: &Document<'_>,
    i: usize,
    from: usize,
    at: usize,
) -> Option<(WordKind, Span)> {
    let start = i.saturating_sub(LONGEST_VERB - 1).max(from);
    (start..=i).find_map(|j| lex.words(doc, j).rfind(|(kind, s)| kind.is_act() && s.end > i && s.end <= at))
}

/// The `được` that makes the verb passive.
fn passive(lex: &Lexicon, doc: &Document<'_>, from: usize, verb: Span) -> Option<usize> {
    let low = verb.start.saturating_sub(PASSIVE).max(from);
    for i in (low..verb.start).rev() {
        match doc.word(i) {
            k::DUOC => return (!is_past_verb(lex, doc, i)).then_some(i),
            k::DA | k::VUA | k::SE if i + 1 < verb.start => return None,
            k::NHAM_TO | k::DE_AWARD => return None,
            _ if doc.is_mark(i, b';')
                || doc.is_mark(i, b'.') && doc.gap(i + 1) != crate::text::token::Gap::None =>
            {
                return None;
            }
            _ if lex.word(doc, i).is_some_and(|(kind, s)| {
                matches!(kind, WordKind::Win | WordKind::Event)
                    && s.end <= verb.start
                    && !doc.shape(i).is_capital()
            }) =>
            {
                return None;
            }
            _ => {}
        }
    }
    None
}

/// `giành được`, `đạt được`: this `được` belongs to the verb before it.
fn is_past_verb(lex: &Lexicon, doc: &Document<'_>, i: usize) -> bool {
    lex.over(doc, i, WordKind::Win, 2).is_some_and(|span| span.start < i)
}

/// The subject before token `to`: behind adverbials, before tense words and auxiliary verbs.
pub(super) fn subject(
    lex: &Lexicon,
    doc: &Document<'_>,
    found: &Found,
    from: usize,
    to: usize,
    receives: bool,
) -> Option<Span> {
    let tense = |i: usize| matches!(doc.word(i), k::DA | k::VUA | k::CUNG_ALSO | k::SE);
    let aux = |i: usize| {
        let single = lex.word_of(doc, i, WordKind::Aux).is_some_and(|span| span.end == i + 1);
        single && !doc.shape(i).is_capital() && !phrase::inside_noun(lex, doc, i)
    };
    let bare = (from..to).rev().find(|&i| !tense(i) && !aux(i)).map_or(to, |i| i + 1);
    if receives && let Some(near) = phrase::nearest_group(lex, doc, found, from, bare) {
        return Some(near);
    }
    if let Some(bearer) = before_aside(lex, doc, found, from, to) {
        return Some(bearer);
    }
    let mut start = clause::start(lex, doc, found, from, to);
    if doc.word(start) == k::CO && start + 1 < to && phrase::opens_people(lex, doc, found, start + 1) {
        start += 1;
    }
    if let Some(praised) = praised(lex, doc, start, to) {
        start = praised;
    }
    if let Some(own) = behind_lead(lex, doc, found, start, to) {
        start = own;
    }
    let mut end = (start..to).find(|&i| i > start && ends_subject(lex, doc, found, i)).unwrap_or(to);
    if doc.word(end) == k::KHI {
        let capital = (start..end).rev().find(|&i| doc.shape(i).is_capital());
        end = capital.map_or(end, |i| i + 1);
    }
    if let Some(after) = after_copula(doc, found, start, to)
        && (doc.word(end) != k::DA || doc.is_mark(end - 1, b','))
    {
        return Some(after);
    }
    let verb = lex.word(doc, start).is_some_and(|(kind, _)| {
        kind.is_act() || matches!(kind, WordKind::Aux | WordKind::Event | WordKind::Praise | WordKind::Front)
    });
    let long = lex.word_of(doc, start, WordKind::Front).is_some_and(|span| span.end > start + 1);
    if verb && (!doc.shape(start).is_capital() || start == from || long) {
        start = late_head(lex, doc, found, start + 1, end)?;
    }
    // `cô A là người trẻ nhất được …`
    if let Some(copula) = (start + 1..end).find(|&i| doc.word(i) == k::LA && !doc.shape(i + 1).is_capital())
        && (start..copula).filter(|&i| doc.is_mark(i, b'"')).count() % 2 == 0
        && (copula > start + 1 && doc.shape(start).is_capital() || phrase::is_head(lex, doc, found, start))
    {
        end = copula;
    }
    start = last_part(lex, doc, found, start, end);
    // `cô A (28 tuổi, …`: an aside that the span cuts.
    let open = (start + 1..end).rev().find(|&i| doc.is_mark(i, b'(') || doc.is_mark(i, b')'));
    end = open.filter(|&i| doc.is_mark(i, b'(')).unwrap_or(end);
    end = phrase::without_aside(doc, start, end);
    end -= usize::from(end > start + 1 && doc.word(end - 1) == k::CO);
    while end > start
        && !doc.shape(end - 1).is_word()
        && !doc.is_mark(end - 1, b')')
        && !closes_quote(doc, start, end - 1)
        && !is_number(doc, end - 1)
    {
        end -= 1;
    }
    (end > start && lex.word_of(doc, start, WordKind::Event).is_none()).then_some(Span::new(start, end))
}

/// `ông A (sinh năm 1980, từng đoạt …)`: who stands before the parenthesis that tells it, unless it names somebody.
fn before_aside(lex: &Lexicon, doc: &Document<'_>, found: &Found, from: usize, to: usize) -> Option<Span> {
    let open = (from..to).rev().take_while(|&i| !doc.is_mark(i, b')')).find(|&i| doc.is_mark(i, b'('))?;
    if open == from || (open + 1..to).any(|i| phrase::is_head(lex, doc, found, i)) {
        return None;
    }
    let low = open.saturating_sub(12).max(from);
    let person = (low..open).rev().find(|&i| phrase::person_at(found, i).is_some_and(|m| m.span.end == open));
    let named = |&i: &usize| doc.shape(i).is_capital();
    let run = || (low..open).rev().take_while(named).last();
    let start = person.or_else(run)?;
    Some(Span::new(start, open))
}

/// Most tokens of a subject that does not start with people or a body.
const RAMBLING: usize = 12;

/// `Vượt khó vươn lên trong nhiều năm …, cô gái này`: of a long run of words, the part behind the last comma.
fn last_part(lex: &Lexicon, doc: &Document<'_>, found: &Found, start: usize, end: usize) -> usize {
    let counted = phrase::number_at(doc, found, start).map_or(start, |(_, head)| head);
    let many = counted + usize::from(matches!(doc.word(counted), k::CAC | k::NHUNG));
    let named = phrase::persons(found, Span::new(start, (start + 4).min(end))).next().is_some();
    if end < start + RAMBLING || named || phrase::is_head(lex, doc, found, many) {
        return start;
    }
    let own = |i: &usize| doc.is_mark(*i, b',') && phrase::is_head(lex, doc, found, i + 1);
    (start..end).rev().find(own).map_or(start, |i| i + 1)
}

/// `Bức ảnh giúp cô A giành …`, `Sở cho biết trường B đạt …`: where the subject behind the last such verb starts.
fn behind_lead(lex: &Lexicon, doc: &Document<'_>, found: &Found, from: usize, to: usize) -> Option<usize> {
    let own = |i: usize| {
        let end = lex.word_of(doc, i, WordKind::Lead)?.end;
        let end = end + usize::from(doc.is_mark(end, b','));
        (end < to && phrase::opens_people(lex, doc, found, end)).then_some(end)
    };
    // `có người là kỹ sư, có vận động viên đoạt …`
    let one = |i: usize| {
        let head = doc.word(i) == k::CO && lex.word_of(doc, i + 1, WordKind::Recipient).is_some();
        (head && phrase::people_end(lex, doc, found, i + 1, to) == to).then_some(i + 1)
    };
    (from..to).rev().find_map(|i| own(i).or_else(|| one(i)))
}

/// `Ngay năm đầu về trường, thầy An`, `Năm 2015 anh`: the person or head behind an adverbial without a comma.
fn late_head(lex: &Lexicon, doc: &Document<'_>, found: &Found, from: usize, to: usize) -> Option<usize> {
    (from..to).rev().find(|&i| {
        let name = doc.hit(TableId::Honorifics, i).is_some() && doc.shape(i + 1).is_capital();
        let pronoun = i + 1 == to && lex.word_of(doc, i, WordKind::Recipient).is_some();
        name || pronoun || phrase::person_at(found, i).is_some()
    })
}

/// Whether token `i` closes a quotation that opens within the span.
fn closes_quote(doc: &Document<'_>, start: usize, i: usize) -> bool {
    doc.is_mark(i, b'"') && (start..i).filter(|&j| doc.is_mark(j, b'"')).count() % 2 == 1
}

fn is_number(doc: &Document<'_>, i: usize) -> bool {
    doc.shape(i) == crate::text::token::Shape::Digits
}

/// `ông A đánh giá cao B, C trong việc … tôn vinh`: B and C did it.
fn praised(lex: &Lexicon, doc: &Document<'_>, start: usize, to: usize) -> Option<usize> {
    let praise = (start..to).find_map(|i| lex.word_of(doc, i, WordKind::Praise))?;
    let deed = (praise.end..to).any(|i| doc.word(i) == k::TRONG && doc.word(i + 1) == k::VIEC);
    (deed && praise.end < to).then_some(praise.end)
}

/// `A, B và C là 3 cầu thủ …`: what comes behind `là` is counted.
fn after_copula(doc: &Document<'_>, found: &Found, start: usize, to: usize) -> Option<Span> {
    let mut copulas = (start..to).rev().filter(|&i| matches!(doc.word(i), k::LA | k::CO | k::TRONG | k::GOM));
    let at = copulas.find(|&i| phrase::number_at(doc, found, i + 1).is_some_and(|(_, end)| end < to))?;
    let end = (at + 1..to).find(|&i| matches!(doc.word(i), k::DA | k::VUA | k::DUOC)).unwrap_or(to);
    let comma = usize::from(end > at + 2 && doc.is_mark(end - 1, b','));
    Some(Span::new(at + 1, end - comma))
}

fn ends_subject(lex: &Lexicon, doc: &Document<'_>, found: &Found, i: usize) -> bool {
    let low = i.saturating_sub(5);
    let inside_person = phrase::persons(found, Span::new(low, i + 1)).any(|m| m.span.contains(i));
    let word = doc.word(i);
    !inside_person
        && !phrase::inside_noun(lex, doc, i)
        && (matches!(
            word,
            k::DA | k::VUA | k::CUNG_ALSO | k::SE | k::DANG_NOW | k::KHI | k::DE_AWARD | k::NHAM_TO | k::DUOC
        ) || is_verb_phrase(lex, doc, i))
}

fn is_verb_phrase(lex: &Lexicon, doc: &Document<'_>, i: usize) -> bool {
    let title =
        doc.hits.of(TableId::Titles, i).next().is_some() || doc.hits.of(TableId::Bodies, i).next().is_some();
    let Some((kind, _)) = lex.word(doc, i) else { return false };
    !title
        && !doc.shape(i).is_capital()
        && (kind.is_act() && doc.word(i) != k::CO
            || matches!(kind, WordKind::Aux | WordKind::Praise | WordKind::Reason))
}
