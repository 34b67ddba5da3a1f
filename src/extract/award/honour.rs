//! Verbs that are an award by themselves: `khen thưởng 58 tập thể`, `được vinh danh`.

use super::deed::Deed;
use super::lexicon::{Group as Kind, WordKind};
use super::outcome::Story;
use super::people;
use super::phrase;
use super::story::Reader;
use crate::gazetteer::schema::TableId;
use crate::mention::Span;
use crate::text::keyword as k;
use crate::text::token::Gap;

/// A conferring told by the verb at token `i`.
pub(super) fn read(reader: &mut Reader<'_, '_>, i: usize) -> Option<(Span, usize, Story)> {
    let (span, praised) = verbs(reader, i)?;
    let undone = if is_no_act(reader, span) {
        Some("part of a name or a compound, or undone by a word before it (award_words: not_award, reject)")
    } else if reader.is_game(span.start) {
        Some("the sentence tells of a lottery, or of what may be won (award_words: game)")
    } else if reader.is_norm() {
        Some("the sentence tells what a rule says (award_words: norm)")
    } else if reader.is_proposed(span.start) {
        Some("only proposed")
    } else if names_award(reader, span.end) {
        Some("an award is named right behind: that one tells it")
    } else if follows_award(reader, span.start) {
        Some("an award was named right before: one conferring")
    } else {
        None
    };
    if let Some(why) = undone {
        reader.doc.trace.lost(span, super::HONOUR.name, why);
        return None;
    }
    let from = reader.told.end.min(i);
    let deed = super::deed::before(reader.lex, reader.doc, from, span.end)?;
    let weak = praised || is_weak(reader, span);
    let deed = Deed { kind: WordKind::Honour, verb: span, passive: deed.passive };
    let title = quoted(reader, span.end);
    let form = title.map(|inside| reader.doc.normal(inside));
    let mut story = Story { rule: super::HONOUR.name, form, ..Story::default() };
    story.groups = match deed.passive {
        Some(_) => Vec::new(),
        None => objects(reader, title.map_or(span.end, |inside| inside.end + 1)),
    };
    let (giver, receiver) = reader.parties(&deed);
    story.giver = giver;
    if deed.passive.is_some() {
        story.groups.extend(receiver);
    } else if story.groups.is_empty() {
        story.groups = reader.chosen(span.start);
    }
    let deed_passive = deed.passive.is_some();
    let counted = story.groups.iter().any(|g| g.count.is_some());
    let doubtful = reader.has_before(span.start, span.start, WordKind::Doubt) && !counted;
    let event = reader.event_before(span.start).is_some() && !counted && deed.passive.is_none();
    let told = title.is_some() || story.groups.first().is_some_and(|g| g.who.is_some());
    let scene = reader.is_scene(span.start) && story.groups.first().is_none_or(|g| g.count.is_none());
    let aim = is_aim(reader, span.start) && (!counted || deed_passive);
    let known = counted || story.giver.is_some() || deed.passive.is_some() || i == reader.sentence.start;
    let undone = if reader.is_denied(&deed) {
        Some("denied: không stands before it")
    } else if scene || event && story.giver.is_none() {
        Some("a ceremony of that name, where something else happened")
    } else if aim {
        Some("what something is for: nhằm or để stands before it")
    } else if !told {
        Some("nobody is named who is honoured")
    } else if !known {
        Some("neither a number nor a giver is told")
    } else if doubtful {
        Some("a word before it makes it doubtful (award_words: doubt)")
    } else if weak && !counted {
        Some("praise, and nobody is counted")
    } else {
        None
    };
    if let Some(why) = undone {
        reader.doc.trace.lost(span, super::HONOUR.name, why);
        return None;
    }
    for group in &story.groups {
        let who = || format!("goes to `{}`", group.who.as_deref().unwrap_or("untold"));
        reader.doc.trace.step(span.start, super::HONOUR.name, None, who);
    }
    story.reach = Some(Span::new(span.start, reader.sentence.end));
    let told = title.unwrap_or(span);
    reader.told.end = told.end + usize::from(title.is_some());
    reader.told.deed = Some(deed);
    Some((told, reader.told.end, story))
}

/// Where the verbs joined from token `i` on end: what undoes the first undoes them all.
pub(super) fn verbs_end(reader: &Reader<'_, '_>, i: usize) -> usize {
    verbs(reader, i).map_or(i, |(span, _)| span.end)
}

/// The verbs joined from token `i` on, and whether words of praise stand among them.
fn verbs(reader: &Reader<'_, '_>, i: usize) -> Option<(Span, bool)> {
    let (lex, doc) = (reader.lex, reader.doc);
    let first = lex.word_of(doc, i, WordKind::Honour)?;
    let mut praised =
        i >= 2 && is_joint(reader, i - 1) && lex.over(doc, i - 2, WordKind::Praise, 3).is_some();
    let mut end = first.end;
    while end + 1 < reader.sentence.end {
        let at = end + usize::from(is_joint(reader, end));
        if let Some(next) = lex.word_of(doc, at, WordKind::Honour).filter(|s| s.end <= reader.sentence.end) {
            end = next.end;
        } else {
            praised |= at > end && lex.word_of(doc, at, WordKind::Praise).is_some();
            break;
        }
    }
    Some((Span::new(i, end.min(reader.sentence.end)), praised))
}

fn is_joint(reader: &Reader<'_, '_>, i: usize) -> bool {
    reader.doc.is_mark(i, b',') || reader.doc.word(i) == k::VA || reader.doc.is_mark(i, b'-')
}

/// `thi đua, khen thưởng`, `đề nghị khen thưởng`, `Ủy ban Khen thưởng`
fn is_no_act(reader: &Reader<'_, '_>, span: Span) -> bool {
    let (lex, doc) = (reader.lex, reader.doc);
    let compound = lex.over(doc, span.start, WordKind::NotAward, 4).is_some()
        || lex.word_of(doc, span.start, WordKind::NotAward).is_some();
    let in_name = span.start > reader.sentence.start
        && doc.shape(span.start).is_capital()
        && doc.shape(span.start - 1).is_capital()
        && doc.gap(span.start) == Gap::Space;
    compound || in_name || reader.has_before(span.start, span.start, WordKind::Reject)
}

/// `biểu dương` by itself is praise unless those praised are counted.
fn is_weak(reader: &Reader<'_, '_>, span: Span) -> bool {
    span.end - span.start == 2 && reader.doc.word(span.start) == k::BIEU
}

/// An award is named right behind: it tells the story.
fn names_award(reader: &Reader<'_, '_>, end: usize) -> bool {
    let (lex, doc) = (reader.lex, reader.doc);
    let prize = end.checked_sub(1).and_then(|at| super::name::read(lex, doc, at, reader.sentence.end));
    let tells = |i: usize| {
        doc.hits.of(TableId::Awards, i).any(|hit| match lex.award(hit.row).group {
            Kind::Insignia | Kind::Medal => !phrase::inside_noun(lex, doc, i),
            Kind::Generic => !phrase::inside_noun(lex, doc, i) && is_named(reader, i),
            Kind::Prize | Kind::Hero => doc.shape(i).is_capital(),
            Kind::Title | Kind::Trophy => i <= end + 2 && doc.shape(i).is_capital(),
            Kind::Nothing => false,
        })
    };
    let ahead = end..(end + 5).min(reader.sentence.end);
    let scene = |&i: &usize| matches!(doc.word(i), k::TAI | k::TRONG | k::O);
    prize.is_some_and(|name| name.end > end) || ahead.take_while(|i| !scene(i)).any(tells)
}

/// `danh hiệu X`, no bare `danh hiệu`.
fn is_named(reader: &Reader<'_, '_>, i: usize) -> bool {
    let name = super::name::read(reader.lex, reader.doc, i, reader.sentence.end);
    name.is_some_and(|name| name.form.is_some() || i <= reader.told.end)
}

/// `vinh danh “X”`, `được tôn vinh là “X”`: a title of its own behind the verb.
fn quoted(reader: &Reader<'_, '_>, end: usize) -> Option<Span> {
    let at = end + usize::from(reader.doc.word(end) == k::LA);
    super::name::quoted_span(reader.doc, at, reader.sentence.end)
}

/// An award was named right before: `tặng giấy khen và tuyên dương …` is one conferring.
fn follows_award(reader: &Reader<'_, '_>, start: usize) -> bool {
    let end = reader.told.end;
    let mark = |i: usize| [b',', b';', b':', b'('].iter().any(|&m| reader.doc.is_mark(i, m));
    let same = || (end..start).any(|i| reader.doc.word(i) == k::DUOC) && !(end..start).any(mark);
    let receives = reader.told.deed.as_ref().is_some_and(Deed::subject_receives);
    let gap = start.saturating_sub(end);
    // `trao bằng khen, phần thưởng tuyên dương em A`
    let noun = |i: usize| reader.doc.hits.of(TableId::Awards, i).any(|hit| hit.end as usize == start);
    let named = gap <= 5 && (start.saturating_sub(2)..start).any(noun);
    reader.told.deed.is_some() && (gap <= 2 || named) || receives && gap <= 8 && same()
}

/// Those honoured behind the verb.
fn objects(reader: &Reader<'_, '_>, end: usize) -> Vec<people::Group> {
    let (lex, doc, found) = (reader.lex, reader.doc, reader.found);
    let direct = people::groups(lex, doc, found, end, reader.sentence.end);
    if !direct.is_empty() {
        return direct;
    }
    if let Some(at) = merit(reader, end) {
        return people::groups(lex, doc, found, at, reader.sentence.end);
    }
    let far = (end..(end + 10).min(reader.sentence.end)).find(|&i| {
        doc.word(i) == k::CHO || doc.word(i) == k::VOI && i > 0 && doc.word(i - 1) == k::DOI_TOWARDS
    });
    // `tuyên dương và trao 20 phần quà cho các em`
    let gives = |i: usize| i == end && lex.word_of(doc, i + 1, WordKind::Confer).is_some();
    let joint = |i: usize| doc.is_mark(i, b',') || doc.word(i) == k::VA;
    let blocked = |at: usize| (end..at).any(|i| doc.is_mark(i, b';') || joint(i) && !gives(i));
    match far {
        Some(at) if !blocked(at) => people::groups(lex, doc, found, at + 1, reader.sentence.end),
        _ => Vec::new(),
    }
}

/// `tuyên dương hành động của em A`: where those stand whose deed it is.
fn merit(reader: &Reader<'_, '_>, at: usize) -> Option<usize> {
    let (lex, doc) = (reader.lex, reader.doc);
    let word = lex.word_of(doc, at, WordKind::Merit)?;
    let last = (word.end + 10).min(reader.sentence.end);
    let mut ahead = (word.end..last).take_while(|&i| !doc.is_mark(i, b',') && !doc.is_mark(i, b'.'));
    ahead.find(|&i| doc.word(i) == k::CUA).map(|i| i + 1)
}

/// `nhằm tôn vinh …`, `để vinh danh …`: what it is for.
fn is_aim(reader: &Reader<'_, '_>, start: usize) -> bool {
    let low = start.saturating_sub(6).max(reader.sentence.start);
    let near = |i: &usize| [b',', b';', b'.'].iter().all(|&m| !reader.doc.is_mark(*i, m));
    (low..start).rev().take_while(near).any(|i| matches!(reader.doc.word(i), k::NHAM_TO | k::DE_AWARD))
}
