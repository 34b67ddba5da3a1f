//! One piece of input to its articles.

use super::fault::{InputFault, Problem};
use super::fields::{Fields, Slot};
use super::json::{self, Row, Value};
use super::reader::too_long;
use super::{Limits, Piece, Shape, published};
use crate::article::Article;
use memchr::{memchr, memchr_iter};
use std::borrow::Cow;
use std::ops::ControlFlow;

/// What is found in a piece.
pub enum Event<'a> {
    /// an article; the line and byte it starts at
    Article(Article<'a>, u64, u64),
    /// something that is wrong
    Fault(InputFault),
}

const BOM: &[u8] = b"\xef\xbb\xbf";

/// Hands the articles and faults of `piece` to `each`, in order, until it breaks.
pub fn articles(
    piece: &Piece,
    fields: &Fields,
    limits: Limits,
    mut each: impl FnMut(Event<'_>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    match piece.shape {
        Shape::Page => page(piece, &mut each),
        Shape::Lines => lines(piece, fields, limits, &mut each),
    }
}

fn page(piece: &Piece, each: &mut impl FnMut(Event<'_>) -> ControlFlow<()>) -> ControlFlow<()> {
    let bytes = piece.bytes.strip_prefix(BOM).unwrap_or(&piece.bytes);
    let read = utf8(bytes).and_then(|text| match text.trim().is_empty() {
        true => Err(empty_text()),
        false => Ok(text),
    });
    match read {
        Ok(text) => {
            let article = Article { id: (&*piece.path).into(), text: text.into(), ..Article::default() };
            each(Event::Article(article, 1, 0))
        }
        Err(problem) => {
            let line = 1 + memchr_iter(b'\n', &bytes[..problem.at]).count() as u64;
            let start = (piece.bytes.len() - bytes.len()) as u64;
            let problem = problem.of(Some(piece.path.to_string()));
            each(Event::Fault(problem.in_file(&piece.path, line, start)))
        }
    }
}

fn lines(
    piece: &Piece,
    fields: &Fields,
    limits: Limits,
    each: &mut impl FnMut(Event<'_>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    // One check for the whole piece; line by line only if it fails.
    let whole = simdutf8::basic::from_utf8(&piece.bytes).ok();
    let (mut start, mut number) = (0, piece.line);
    while start < piece.bytes.len() {
        let end = memchr(b'\n', &piece.bytes[start..]).map_or(piece.bytes.len(), |n| start + n);
        let line = match whole {
            Some(text) => Ok(&text[start..end]),
            None => utf8(&piece.bytes[start..end]),
        };
        let place = (piece.byte + start as u64, number);
        match line {
            Ok(text) if text.len() > limits.article_bytes => {
                let problem = too_long("line", Some(text.len() as u64), limits.article_bytes);
                each(Event::Fault(problem.in_file(&piece.path, place.1, place.0)))?;
            }
            Ok(text) => line_article(text, place, piece, fields, each)?,
            Err(problem) => each(Event::Fault(problem.in_file(&piece.path, place.1, place.0)))?,
        }
        (start, number) = (end + 1, number + 1);
    }
    ControlFlow::Continue(())
}

fn line_article(
    line: &str,
    (byte, number): (u64, u64),
    piece: &Piece,
    fields: &Fields,
    each: &mut impl FnMut(Event<'_>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let text = line.strip_prefix('\u{feff}').unwrap_or(line);
    if text.trim_ascii().is_empty() {
        return ControlFlow::Continue(());
    }
    let byte = byte + (line.len() - text.len()) as u64;
    let fault = |problem: Problem| Event::Fault(problem.in_file(&piece.path, number, byte));
    let (article, warning) = match article(text, fields, || format!("{}#{number}", piece.path)) {
        Ok(read) => read,
        Err(problem) => return each(fault(problem)),
    };
    if let Some(warning) = warning {
        each(fault(warning))?;
    }
    each(Event::Article(article, number, byte))
}

type Read<'a> = (Article<'a>, Option<Problem>);

/// The article of a line, with a warning if its date could not be read.
fn article<'a>(line: &'a str, fields: &Fields, place: impl Fn() -> String) -> Result<Read<'a>, Problem> {
    let mut row = json::row(line, fields)?;
    let id = string(&mut row, Slot::Id)?;
    let url = string(&mut row, Slot::Url).map_err(|p| p.of(id.as_deref().map(String::from)))?;
    let id = id.or(url);
    let doc = || Some(id.as_ref().map_or_else(&place, |id| id.to_string()));
    let read = (|| {
        let title = string(&mut row, Slot::Title)?;
        let (published, warning) = when(row.take(Slot::Published))?;
        Ok((title, published, warning, text(&mut row, line)?))
    })();
    let (title, published, warning, text) = read.map_err(|problem: Problem| problem.of(doc()))?;
    let warning = warning.map(|warning| warning.of(doc()));
    let id = id.unwrap_or_else(|| place().into());
    Ok((Article { id, title, published, text }, warning))
}

fn string<'a>(row: &mut Row<'a>, slot: Slot) -> Result<Option<Cow<'a, str>>, Problem> {
    match row.take(slot) {
        None => Ok(None),
        Some(Value::Text(text)) if text.trim_ascii().is_empty() => Ok(None),
        Some(Value::Text(text)) => Ok(Some(text)),
        Some(Value::Number(number)) if matches!(slot, Slot::Id | Slot::Url) => {
            Ok(Some(number.to_string().into()))
        }
        Some(Value::Number(_)) => Err(wrong_type(slot, "a number")),
        Some(Value::Wrong(kind)) => Err(wrong_type(slot, kind)),
    }
}

fn wrong_type(slot: Slot, kind: &str) -> Problem {
    let name = slot.name();
    let hint = match slot {
        Slot::Text => "name the field that holds the text: --map text=FIELD".into(),
        _ => format!("name another field: --map {name}=FIELD, or none: --map {name}="),
    };
    Problem::error("wrong type", format!("the {name} is {kind} where a string belongs"), hint)
}

fn when(value: Option<Value<'_>>) -> Result<(Option<jiff::civil::Date>, Option<Problem>), Problem> {
    let Some(value) = value else { return Ok((None, None)) };
    if let Value::Wrong(kind) = value {
        return Err(wrong_type(Slot::Published, kind));
    }
    let day = published::day(&value);
    let written = match value {
        Value::Text(text) => text.trim().chars().take(60).collect::<String>(),
        Value::Number(number) => number.to_string(),
        Value::Wrong(_) => String::new(),
    };
    let warning = (day.is_none() && !written.is_empty()).then(|| {
        let why = format!("{written:?} is no day that can be read, so the article counts as undated");
        Problem::warning(
            "no date",
            why,
            "write it as YYYY-MM-DD, or name another field: --map published=FIELD",
        )
    });
    Ok((day, warning))
}

fn text<'a>(row: &mut Row<'a>, line: &str) -> Result<Cow<'a, str>, Problem> {
    match row.take(Slot::Text) {
        Some(Value::Text(text)) if text.trim().is_empty() => Err(empty_text()),
        Some(Value::Text(text)) => Ok(text),
        Some(Value::Number(_)) => Err(wrong_type(Slot::Text, "a number")),
        Some(Value::Wrong(kind)) => Err(wrong_type(Slot::Text, kind)),
        None => Err(no_text(line)),
    }
}

fn empty_text() -> Problem {
    Problem::error("empty text", "there is nothing but blanks in it", "drop the article or fetch it again")
}

/// Names the fields that are there, and the one that looks like the text.
fn no_text(line: &str) -> Problem {
    const MOST: usize = 20;
    let names = json::names(line);
    let best = names.iter().filter_map(|(name, length)| length.map(|l| (l, name))).max_by_key(|(l, _)| *l);
    let shown: Vec<String> = names.iter().take(MOST).map(|(n, _)| n.chars().take(60).collect()).collect();
    let more = if names.len() > MOST { " …" } else { "" };
    let why = match shown.is_empty() {
        true => "the object has no fields".into(),
        false => format!("the fields are {}{more}", shown.join(" ")),
    };
    let hint = match best {
        Some((_, name)) => format!("name the one that holds the text: --map text={name}"),
        None => "none of them holds a string, so check where the dump comes from".into(),
    };
    Problem::error("no text field", why, hint)
}

/// The bytes as text; a problem with the place of the first byte that is none.
fn utf8(bytes: &[u8]) -> Result<&str, Problem> {
    simdutf8::compat::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        let why = match error.error_len() {
            None => "the last character is cut short".into(),
            Some(_) => format!("byte 0x{:02X} at {at} begins no character", bytes[at]),
        };
        let hint = "convert the file (iconv -f WINDOWS-1258 -t UTF-8, or what it is written in)";
        Problem::error("not UTF-8", why, hint).at(at)
    })
}
