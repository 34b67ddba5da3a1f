//! From a row to an article: what it is called, when it was published, and what is wrong with it.

use super::fault::Problem;
use super::fields::Slot;
use super::published;
use super::row::{Row, Value};
use crate::article::Article;
use std::borrow::Cow;

/// An article, with a warning if its date could not be read.
pub type Read<'a> = (Article<'a>, Option<Problem>);

/// The article of a row. One without id and address is called `place`; `no_text` tells of one without a text.
pub fn article<'a>(
    mut row: Row<'a>,
    place: impl Fn() -> String,
    no_text: impl Fn() -> Problem,
) -> Result<Read<'a>, Problem> {
    let id = string(&mut row, Slot::Id)?;
    let url = string(&mut row, Slot::Url).map_err(|p| p.of(id.as_deref().map(String::from)))?;
    let name = id.as_ref().or(url.as_ref());
    let doc = || Some(name.map_or_else(&place, |name| name.to_string()));
    let read = (|| {
        let title = string(&mut row, Slot::Title)?;
        let (published, warning) = when(row.take(Slot::Published))?;
        Ok((title, published, warning, text(&mut row, no_text)?))
    })();
    let (title, published, warning, text) = read.map_err(|problem: Problem| problem.of(doc()))?;
    let warning = warning.map(|warning| warning.of(doc()));
    let id = id.or_else(|| url.clone()).unwrap_or_else(|| place().into());
    Ok((Article { id, url, title, published, text }, warning))
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

fn text<'a>(row: &mut Row<'a>, no_text: impl Fn() -> Problem) -> Result<Cow<'a, str>, Problem> {
    match row.take(Slot::Text) {
        Some(Value::Text(text)) if text.trim().is_empty() => Err(empty_text()),
        Some(Value::Text(text)) => Ok(text),
        Some(Value::Number(_)) => Err(wrong_type(Slot::Text, "a number")),
        Some(Value::Wrong(kind)) => Err(wrong_type(Slot::Text, kind)),
        None => Err(no_text()),
    }
}

/// The problem of an article without a text.
pub fn empty_text() -> Problem {
    Problem::error("empty text", "there is nothing in it but blanks", "drop the article or fetch it again")
}

/// Names the fields that are there, and of those that hold text, of a length, the one that looks like the text.
pub fn no_text(names: &[(String, Option<usize>)]) -> Problem {
    const MOST: usize = 20;
    let best = names.iter().filter_map(|(name, length)| length.map(|l| (l, name))).max_by_key(|(l, _)| *l);
    let shown: Vec<String> = names.iter().take(MOST).map(|(n, _)| n.chars().take(60).collect()).collect();
    let more = if names.len() > MOST { " …" } else { "" };
    let why = match shown.is_empty() {
        true => "there are no fields".into(),
        false => format!("the fields are {}{more}", shown.join(" ")),
    };
    let hint = match best {
        Some((_, name)) => format!("name the one that holds the text: --map text={name}"),
        None => "none of them holds a string, so check where the dump comes from".into(),
    };
    Problem::error("no text field", why, hint)
}
