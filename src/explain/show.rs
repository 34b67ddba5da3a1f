//! An explanation as people read it: the sentence with carets under the words, then one part after the other.

use super::{Explanation, Hit, Lost, Related, Rule, Step, Token, Words};
use crate::eval::draw::{Mark, draw};
use crate::eval::say;
use crate::input::fault::OneLine;
use crate::record::{Fact, Field, Kind, Record};
use std::fmt::Write;
use unicode_width::UnicodeWidthStr;

/// Longer cells of a table's row are cut.
const CELL: usize = 60;

/// Writes one explanation.
pub fn show(out: &mut String, explanation: &Explanation) {
    let Explanation { doc, words, record, rule, why_not, steps, lost, hits, tokens, related, .. } =
        explanation;
    let what = record.as_ref().map_or("no record".into(), |r| format!("{:?}", r.fact.kind()).to_lowercase());
    let _ = writeln!(out, "{}:{} {what} `{}`", OneLine(doc), place(words), OneLine(&words.text));
    drawing(out, explanation);
    surroundings(out, explanation);
    if let Some(rule) = rule {
        show_rule(out, rule);
    }
    part(out, "why not", why_not, |out, why| out.push_str(why));
    part(out, "rests on", steps, step);
    part(out, "considered and given up", lost, given_up);
    part(out, "belongs to it", related, relation);
    let kinds = kinds(explanation);
    let read = |hit: &&Hit| kinds.is_empty() || hit.read_for.iter().any(|kind| kinds.contains(kind));
    let told = hits.iter().filter(|hit| !hit.inner).filter(read);
    let (inside, beside): (Vec<&Hit>, Vec<&Hit>) = told.partition(|hit| hit.inside);
    part(out, "tables, in it", &inside, |out, found| hit(out, found));
    part(out, "tables, beside it", &beside, |out, found| hit(out, found));
    show_tokens(out, tokens);
}

/// Writes what was considered in an article and became part of no record.
pub fn show_given_up(out: &mut String, lost: &[Lost]) {
    part(out, "considered elsewhere in the article and given up", lost, given_up);
}

/// The kinds of record that an explanation is about: others read other tables.
fn kinds(explanation: &Explanation) -> Vec<Kind> {
    match &explanation.record {
        Some(record) => vec![record.fact.kind()],
        None => explanation.lost.iter().map(|lost| lost.kind).collect(),
    }
}

fn part<T>(out: &mut String, name: &str, items: &[T], each: impl Fn(&mut String, &T)) {
    if items.is_empty() {
        return;
    }
    let _ = writeln!(out, "{name}");
    for item in items {
        out.push_str("   ");
        each(out, item);
        out.push('\n');
    }
}

/// The sentence, with a line for the record, its posts, and where there is no record for what was considered.
fn drawing(out: &mut String, explanation: &Explanation) {
    let sentence = &explanation.sentence.words;
    let mut marks: Vec<Mark> = Vec::new();
    let mut mark = |start: usize, end: usize, label: String| {
        if sentence.start <= start && start <= end && end <= sentence.end {
            let (start, end) = (start - sentence.start, end - sentence.start);
            marks.push(Mark { start, end, label: OneLine(&label).to_string() });
        }
    };
    let words = &explanation.words;
    match &explanation.record {
        Some(record) => {
            mark(words.start, words.end, format!("{}: {}", record.rule, say::fact(&record.fact)));
            titles(record, &mut mark);
        }
        None => {
            mark(words.start, words.end, "here".into());
            for lost in explanation.lost.iter().filter(|lost| lost.words.field == words.field) {
                mark(lost.words.start, lost.words.end, format!("{}: {}", lost.rule, lost.why));
            }
        }
    }
    draw(out, &sentence.text, 0, sentence.end - sentence.start, &marks);
}

fn titles(record: &Record, mark: &mut impl FnMut(usize, usize, String)) {
    let Fact::Official(official) = &record.fact else { return };
    for title in &official.titles {
        let body = title.org.as_deref().map(|org| format!(", body `{org}`")).unwrap_or_default();
        let status = format!("{:?}", title.status).to_lowercase();
        mark(title.start, title.end, format!("post: role `{}`{body}, {status}", title.role));
    }
}

fn surroundings(out: &mut String, explanation: &Explanation) {
    let Explanation { block, sentence, published, .. } = explanation;
    let kind = format!("{:?}", block.kind).to_lowercase();
    let _ = write!(
        out,
        "   in sentence {} ({}), {kind} ({}..{})",
        sentence.index,
        place(&sentence.words),
        block.start,
        block.end
    );
    if let Some(first) = block.duplicate_of {
        let _ = write!(out, ", which repeats that at {first}");
    }
    let _ = match published {
        Some(published) => writeln!(out, "; published {}, {}", published.day, OneLine(&published.from)),
        None => writeln!(out, "; no publication date"),
    };
}

fn show_rule(out: &mut String, rule: &Rule) {
    let Rule { name, finds, example, confidence, measured } = rule;
    let _ = writeln!(out, "rule\n   {name}: {finds}\n   example: {example}");
    let _ = match &measured.row {
        Some(row) => writeln!(
            out,
            "   confidence {confidence}: {} of {} records right on annotated articles ({row}), {:.2} for all of its kind",
            measured.right, measured.found, measured.prior
        ),
        None => writeln!(
            out,
            "   confidence {confidence}: never seen on annotated articles, so that of its kind ({:.2})",
            measured.prior
        ),
    };
}

fn step(out: &mut String, step: &Step) {
    out.push_str(&OneLine(&step.why).to_string());
    if let Some(on) = &step.on {
        let _ = write!(out, " (at {} `{}`)", place(on), OneLine(&on.text));
    }
}

fn given_up(out: &mut String, lost: &Lost) {
    let _ = write!(out, "{} `{}` as {}: {}", place(&lost.words), cut(&lost.words.text), lost.rule, lost.why);
}

fn relation(out: &mut String, related: &Related) {
    let Related { how, words, rule, .. } = related;
    let _ = write!(out, "{how}: {} `{}` ({rule})", place(words), cut(&words.text));
}

fn hit(out: &mut String, hit: &Hit) {
    let _ = write!(out, "{} `{}` {}", place(&hit.words), OneLine(&hit.words.text), hit.row);
    for (column, cell) in &hit.cells {
        if *column != "source" {
            let _ = write!(out, "  {column}={}", cut(cell));
        }
    }
}

/// The tokens in columns; a star stands before those that are explained.
fn show_tokens(out: &mut String, tokens: &[Token]) {
    let width = |text: &str| OneLine(text).to_string().width();
    let widest = tokens.iter().map(|token| width(&token.words.text)).max().unwrap_or(0);
    let folded = tokens.iter().map(|token| width(&token.folded)).max().unwrap_or(0);
    let _ = writeln!(out, "tokens");
    for Token { words, folded: form, shape, gap, known, inside, taken } in tokens {
        let star = if *inside { '*' } else { ' ' };
        let pad = |text: &str, to: usize| format!("{}{}", OneLine(text), " ".repeat(to - width(text)));
        let known = if *known { "known" } else { "unknown" };
        let taken = taken.map(|kind| format!("taken by {kind:?}").to_lowercase()).unwrap_or_default();
        let how = format!("{shape:?}").to_lowercase();
        let gap = format!("{gap:?}").to_lowercase();
        let line = format!(
            " {star} {:>9}  {}  {}  {how:7} gap {gap:5}  {known:7}  {taken}",
            place(words),
            pad(&words.text, widest),
            pad(form, folded)
        );
        let _ = writeln!(out, "{}", line.trim_end());
    }
}

/// `28..40`, `title:3..9`
fn place(words: &Words) -> String {
    let Words { start, end, .. } = words;
    match words.field {
        Field::Text => format!("{start}..{end}"),
        Field::Title => format!("title:{start}..{end}"),
    }
}

/// At most so much of a text that may be long.
fn cut(text: &str) -> String {
    let mut short: String = text.chars().take(CELL).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    OneLine(&short).to_string()
}
