//! Who is honoured, how many, and for which programmes.

use super::lexicon::{Lexicon, WordKind};
use super::phrase;
use crate::document::Document;
use crate::extract::Found;
use crate::gazetteer::schema::TableId;
use crate::mention::Span;
use crate::text::keyword as k;

/// Some who are honoured together.
#[derive(Clone, Debug, Default)]
pub(super) struct Group {
    /// how many
    pub(super) count: Option<f64>,
    /// as written
    pub(super) who: Option<String>,
    /// from their first token to that of the next group
    pub(super) reach: Option<Span>,
}

/// The groups named from token `at` on: `20 tập thể … ; 18 cá nhân … và 20 …`. None if nobody is named there.
pub(super) fn groups(
    lex: &Lexicon,
    doc: &Document<'_>,
    found: &Found,
    at: usize,
    limit: usize,
) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut next = Some(at);
    while let Some(start) = next.filter(|_| groups.len() < 8) {
        let Some((count, who)) = group(lex, doc, found, start, limit) else { break };
        let end = who.end;
        next = next_group(lex, doc, found, end, limit);
        let reach = Some(Span::new(start, next.unwrap_or(limit)));
        groups.push(Group { count, who: text(doc, found, who), reach });
    }
    groups
}

/// One group: its number, if any, and its words.
fn group(
    lex: &Lexicon,
    doc: &Document<'_>,
    found: &Found,
    at: usize,
    limit: usize,
) -> Option<(Option<f64>, Span)> {
    let at = skip_light(doc, at);
    let (count, start) = match phrase::number_at(doc, found, at) {
        Some((count, start)) => (Some(count), start),
        None => (None, at),
    };
    let money = found.counts.iter().any(|m| m.span.start == at && m.value.measure != "items");
    if start >= limit || money || count.is_none() && !phrase::opens_people(lex, doc, found, start) {
        return None;
    }
    let end = phrase::people_end(lex, doc, found, start, limit);
    (end > start).then_some((count, Span::new(start, end)))
}

/// `cho cả 20 …`, `hơn 50 …`, `gần 100 …`
fn skip_light(doc: &Document<'_>, at: usize) -> usize {
    let light = matches!(doc.word(at), k::CA | k::HON | k::GAN | k::TREN | k::KHOANG)
        || doc.word(at) == k::TONG && !doc.shape(at).is_capital();
    at + usize::from(light)
}

/// Where the next number and head stand, behind what the former group is honoured for.
fn next_group(lex: &Lexicon, doc: &Document<'_>, found: &Found, from: usize, limit: usize) -> Option<usize> {
    for i in from..limit {
        let joint = doc.is_mark(i, b',') || doc.is_mark(i, b';') || doc.word(i) == k::VA;
        if joint
            && let Some((_, head)) = phrase::number_at(doc, found, i + 1)
            && lex.word_of(doc, head, WordKind::Recipient).is_some()
            && !phrase::names_award(lex, doc, head)
        {
            return Some(i + 1);
        }
        let act = lex.word(doc, i).is_some_and(|(kind, _)| {
            matches!(kind, WordKind::Confer | WordKind::Honour | WordKind::Receive) && doc.word(i) != k::CO
        });
        // `…, trong đó có 5 tập thể`: parts of those before
        let part = lex.word_of(doc, i, WordKind::Lead).is_some();
        if act || part || phrase::names_award(lex, doc, i) {
            return None;
        }
    }
    None
}

/// The words of a span; of a person after an address the name alone.
pub(super) fn text(doc: &Document<'_>, found: &Found, span: Span) -> Option<String> {
    let addressed = doc.hit(TableId::Honorifics, span.start).map_or(span.start, |hit| hit.end as usize);
    if let Some(person) = phrase::person_at(found, addressed)
        && person.span.end <= span.end
    {
        return person.value.name.clone();
    }
    (span.start < span.end).then(|| doc.normal(span))
}

/// Those whom the subject names, not before token `from`: `90 gia đình …`, `Trường A`; of `20 tập thể và 30 cá nhân`
/// each group.
pub(super) fn of_subject(
    lex: &Lexicon,
    doc: &Document<'_>,
    found: &Found,
    from: usize,
    span: Span,
) -> Vec<Group> {
    let list = joined(lex, doc, found, from, span.start, span.end);
    if list.len() > 1 && list.iter().all(|group| group.count.is_some()) {
        return list.into_iter().map(|group| Group { reach: None, ..group }).collect();
    }
    vec![one(doc, found, span)]
}

/// The group at token `at` and the counted groups joined to it, not before token `from`.
pub(super) fn joined(
    lex: &Lexicon,
    doc: &Document<'_>,
    found: &Found,
    from: usize,
    at: usize,
    limit: usize,
) -> Vec<Group> {
    groups(lex, doc, found, list_start(lex, doc, found, from, at), limit)
}

/// `20 tập thể và 30 cá nhân`: where the counted groups joined to the one at token `start` begin.
fn list_start(lex: &Lexicon, doc: &Document<'_>, found: &Found, from: usize, mut start: usize) -> usize {
    while start > from + 2 && phrase::number_at(doc, found, start).is_some() {
        let joint = start - 1;
        let counted = |&i: &usize| {
            phrase::number_at(doc, found, i).is_some_and(|(_, head)| {
                lex.word_of(doc, head, WordKind::Recipient).is_some()
                    && phrase::people_end(lex, doc, found, head, joint) == joint
            })
        };
        let joined = doc.is_mark(joint, b',') || doc.word(joint) == k::VA;
        let low = joint.saturating_sub(12).max(from);
        match (low..joint).rev().find(counted).filter(|_| joined) {
            Some(before) => start = before,
            None => break,
        }
    }
    start
}

/// The subject as one group.
fn one(doc: &Document<'_>, found: &Found, mut span: Span) -> Group {
    if let Some((count, start)) = phrase::number_at(doc, found, span.start)
        && start < span.end
    {
        span.start = start;
        return Group { count: Some(count), who: Some(doc.normal(span)), reach: None };
    }
    let mut persons = phrase::persons(found, span);
    let who = match (persons.next(), persons.next()) {
        (Some(person), None) => person.value.name.clone(),
        _ => Some(doc.normal(span)),
    };
    Group { count: None, who, reach: None }
}

/// The canonical codes cited within `span`.
pub(super) fn codes(found: &Found, span: Span) -> Vec<String> {
    let mut codes: Vec<String> = Vec::new();
    let from = found.codes.partition_point(|m| m.span.start < span.start);
    for code in found.codes[from..].iter().take_while(|m| m.span.start < span.end) {
        if !codes.contains(&code.value.canonical) {
            codes.push(code.value.canonical.clone());
        }
    }
    codes
}
