//! Misses and false alarms, each drawn in its sentence. A false alarm that stands where something else was wanted is
//! drawn with that miss.

use super::draw::{Mark, draw};
use super::gold::Article;
use super::judge::{Verdict, Wanted};
use super::normal::norm;
use super::say;
use super::score::{Records, verdicts};
use crate::article;
use crate::document::Scratch;
use crate::pipeline::Pipeline;
use crate::record::{Fact, Field, Kind, Record};
use std::fmt::Write;
use unicode_normalization::UnicodeNormalization;

/// What errors are listed under, in this order.
const GROUPS: [&str; 6] = ["person", "title", "code", "date", "count", "award"];

/// One side of an error: what was wanted or found, and where, if that can be told.
struct Side {
    place: Option<(usize, usize)>,
    said: String,
    /// what it is about, where a place alone does not tell: the person of a title
    about: String,
}

/// Something missed, something found in error, or one instead of the other.
struct Slip {
    missed: Option<Side>,
    wrong: Option<Side>,
}

/// Draws at most `most` misses and `most` false alarms of each kind. `pipeline` tells the sentences.
pub fn list(articles: &[Article], records: &Records, pipeline: &Pipeline, most: usize) -> String {
    let mut groups: [Group; GROUPS.len()] = Default::default();
    for verdict in verdicts(articles, records) {
        let mut page = Page { article: verdict.article, pipeline, sentences: None };
        for (n, group) in groups.iter_mut().enumerate() {
            slips(&verdict, n).into_iter().for_each(|slip| group.add(slip, GROUPS[n], &mut page, most));
        }
    }
    groups.iter().zip(GROUPS).filter_map(|(group, name)| group.shown(name)).collect()
}

/// The drawings of one kind.
#[derive(Default)]
struct Group {
    drawn: String,
    missed: usize,
    wrong: usize,
}

impl Group {
    fn add(&mut self, slip: Slip, kind: &str, page: &mut Page<'_>, most: usize) {
        self.missed += usize::from(slip.missed.is_some());
        self.wrong += usize::from(slip.wrong.is_some());
        let nth = if slip.missed.is_some() { self.missed } else { self.wrong };
        if nth <= most {
            page.draw(&mut self.drawn, kind, &slip);
        }
    }

    fn shown(&self, name: &str) -> Option<String> {
        let Group { drawn, missed, wrong } = self;
        (missed + wrong > 0).then(|| format!("\n{name}: {missed} missed, {wrong} false alarms\n{drawn}"))
    }
}

/// The errors of one article in one of [`GROUPS`].
fn slips(verdict: &Verdict<'_>, group: usize) -> Vec<Slip> {
    let (missed, wrong) = match group {
        0 => persons(verdict),
        1 => titles(verdict),
        _ => facts(verdict, [Kind::Code, Kind::Date, Kind::Count, Kind::Award][group - 2]),
    };
    pair(missed, wrong)
}

/// Puts each miss together with the first false alarm in its place.
fn pair(missed: Vec<Side>, wrong: Vec<Side>) -> Vec<Slip> {
    let mut wrong: Vec<Option<Side>> = wrong.into_iter().map(Some).collect();
    let mut slips: Vec<Slip> = Vec::new();
    for side in missed {
        let same = wrong.iter_mut().find(|w| w.as_ref().is_some_and(|w| meet(&side, w)));
        slips.push(Slip { wrong: same.and_then(Option::take), missed: Some(side) });
    }
    slips.extend(wrong.into_iter().flatten().map(|side| Slip { missed: None, wrong: Some(side) }));
    slips
}

fn meet(a: &Side, b: &Side) -> bool {
    let overlap = |(a, b): ((usize, usize), (usize, usize))| a.0 < b.1 && b.0 < a.1;
    a.about == b.about && a.place.zip(b.place).is_some_and(overlap)
}

fn facts(verdict: &Verdict<'_>, kind: Kind) -> (Vec<Side>, Vec<Side>) {
    let Some((_, sheet)) = verdict.facts.iter().find(|(k, _)| *k == kind) else { return Default::default() };
    let want = |w: &Wanted<'_>| Side {
        place: Some((w.start, w.end)),
        said: say::wanted(w.value),
        about: String::new(),
    };
    let have = |r: &&Record| Side {
        place: Some((r.start, r.end)),
        said: format!("{} [{}]", say::fact(&r.fact), r.rule),
        about: String::new(),
    };
    (sheet.missed().map(want).collect(), sheet.wrong().map(have).collect())
}

fn persons(verdict: &Verdict<'_>) -> (Vec<Side>, Vec<Side>) {
    let Verdict { article, .. } = verdict;
    let want = |name: &String| {
        let raw = article.persons.iter().find(|p| norm(&p.name) == *name).map_or("", |p| &p.name);
        let place = places(&article.text, raw).into_iter().next();
        Side { place, said: raw.into(), about: String::new() }
    };
    let have = |name: &String| {
        let of_name = |r: &&Record| named(r).is_some_and(|n| norm(n) == *name);
        let record = verdict.officials.iter().map(|j| j.record).find(of_name);
        let said = record.map_or(name.clone(), |r| format!("{} [{}]", say::fact(&r.fact), r.rule));
        Side { place: record.map(|r| (r.start, r.end)), said, about: String::new() }
    };
    (verdict.persons.missed().map(want).collect(), verdict.persons.wrong().map(have).collect())
}

fn named(record: &Record) -> Option<&str> {
    match &record.fact {
        Fact::Official(official) => official.name.as_deref(),
        _ => None,
    }
}

fn titles(verdict: &Verdict<'_>) -> (Vec<Side>, Vec<Side>) {
    let text = &verdict.article.text;
    let want = |(name, title): &(String, String)| {
        let of_name = verdict.article.persons.iter().filter(|p| norm(&p.name) == *name);
        let mut both = of_name.flat_map(|p| p.titles.iter().map(move |t| (p.name.as_str(), t.as_str())));
        let (raw_name, raw) = both.find(|(_, t)| norm(t) == *title).unwrap_or((name, title));
        let names = places(text, raw_name);
        let far = |at: &(usize, usize)| names.iter().map(|n| n.0.abs_diff(at.0)).min();
        let place = places(text, raw).into_iter().min_by_key(far);
        Side { place, said: format!("{raw_name} = {raw}"), about: name.clone() }
    };
    let have = |(name, title): &(String, String)| {
        let (place, rule) = find_title(verdict, name, title).unzip();
        Side { place, said: format!("{name} = {title} [{}]", rule.unwrap_or("?")), about: name.clone() }
    };
    (verdict.titles.missed().map(want).collect(), verdict.titles.wrong().map(have).collect())
}

/// Where a person's title was found and by which rule; the person's short forms count as the person.
fn find_title<'a>(verdict: &Verdict<'a>, name: &str, title: &str) -> Option<((usize, usize), &'a str)> {
    let mut all = verdict.officials.iter().filter_map(|judged| match &judged.record.fact {
        Fact::Official(official) => Some((judged.record, official)),
        _ => None,
    });
    let mut hits: Vec<_> = all
        .by_ref()
        .flat_map(|(record, official)| official.titles.iter().map(move |t| (record, t)))
        .filter(|(_, t)| norm(&t.text) == title)
        .collect();
    hits.sort_by_key(|(record, _)| named(record).is_none_or(|n| norm(n) != name));
    hits.first().map(|(record, t)| ((t.start, t.end), record.rule.as_str()))
}

/// Where `words` stand in `text`, as written there in composed or decomposed letters; in code points.
fn places(text: &str, words: &str) -> Vec<(usize, usize)> {
    if words.is_empty() {
        return Vec::new();
    }
    let forms = [words.to_string(), words.nfc().collect(), words.nfd().collect()];
    let Some(form) = forms.iter().find(|form| text.contains(form.as_str())) else { return Vec::new() };
    let long = form.chars().count();
    let (mut places, mut at, mut point) = (Vec::new(), 0, 0);
    for (byte, _) in text.match_indices(form.as_str()) {
        point += text[at..byte].chars().count();
        at = byte;
        places.push((point, point + long));
    }
    places
}

/// An article to draw in.
struct Page<'a> {
    article: &'a Article,
    pipeline: &'a Pipeline,
    sentences: Option<Vec<(usize, usize)>>,
}

impl Page<'_> {
    fn draw(&mut self, out: &mut String, kind: &str, slip: &Slip) {
        let head = match (&slip.missed, &slip.wrong) {
            (Some(_), Some(_)) => "instead of",
            (Some(_), None) => "missed",
            _ => "false alarm:",
        };
        let sides = [("want", &slip.missed), ("have", &slip.wrong)];
        let sides = sides.into_iter().filter_map(|(say, side)| side.as_ref().map(|side| (say, side)));
        let said = slip.missed.as_ref().or(slip.wrong.as_ref()).map_or("", |side| &side.said);
        let _ = writeln!(out, "{head} {kind} {said}");
        let mut marks = Vec::new();
        for (say, side) in sides {
            match side.place {
                Some((start, end)) => marks.push(Mark { start, end, label: format!("{say} {}", side.said) }),
                None => {
                    let _ = writeln!(out, "   = {say} {}, not in the text word for word", side.said);
                }
            }
        }
        let start = marks.iter().map(|m| m.start).min();
        let end = marks.iter().map(|m| m.end).max();
        let at = start.zip(end).map_or(String::new(), |(start, end)| format!(":{start}..{end}"));
        let _ = writeln!(out, "  --> {}{at}", self.article.doc);
        if let Some((start, end)) = start.zip(end) {
            let (from, to) = self.sentence(start, end);
            draw(out, &self.article.text, from, to, &marks);
        }
    }

    /// The sentence, or sentences, that hold `start..end`.
    fn sentence(&mut self, start: usize, end: usize) -> (usize, usize) {
        let (article, pipeline) = (self.article, self.pipeline);
        let sentences = self.sentences.get_or_insert_with(|| sentences(article, pipeline));
        let first = sentences.iter().rfind(|s| s.0 <= start).map_or(start, |s| s.0);
        let last = sentences.iter().find(|s| s.1 >= end).map_or(end, |s| s.1);
        (first, last.max(end))
    }
}

fn sentences(gold: &Article, pipeline: &Pipeline) -> Vec<(usize, usize)> {
    let article =
        article::Article { id: (&*gold.doc).into(), text: (&*gold.text).into(), ..Default::default() };
    let mut spans = Vec::new();
    pipeline.sentences(&article, &mut Scratch::default(), |s| {
        if s.field == Field::Text {
            spans.push((s.start, s.end));
        }
    });
    spans
}
