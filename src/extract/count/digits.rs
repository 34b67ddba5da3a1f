//! Numbers in digits: the dots, commas and blanks that group thousands, and decimals.

use super::number::Number;
use crate::document::Document;
use crate::mention::Span;
use crate::text::token::{Gap, Shape};

/// Most groups of digits in one number.
pub const GROUPS: usize = 8;

/// The value of a digit run, and how many digits it has.
fn run(doc: &Document<'_>, at: usize) -> Option<(f64, usize)> {
    let mut value: u64 = 0;
    let mut len = 0;
    for c in doc.surface(Span::new(at, at + 1)).chars() {
        let digit = match c {
            '０'..='９' => c as u64 - '０' as u64,
            _ => match c.to_digit(10) {
                Some(digit) => u64::from(digit),
                None => continue,
            },
        };
        len += 1;
        if len > 15 {
            return None;
        }
        value = value * 10 + digit;
    }
    Some((value as f64, len))
}

/// A numeral with its dots and commas, and how many groups it has; else where to look on.
pub fn numeral(doc: &Document<'_>, at: usize) -> Result<(Number, usize), usize> {
    let mut parts = [(b' ', 0.0, 0); GROUPS];
    let (mut count, mut end) = (0, at);
    let mut mark = b' ';
    loop {
        let Some((value, len)) = run(doc, end) else { return Err(end + 1) };
        if count == GROUPS {
            return Err(end + 1);
        }
        parts[count] = (mark, value, len);
        count += 1;
        end += 1;
        let next = [b'.', b','].into_iter().find(|&m| doc.is_mark(end, m));
        let glued = doc.gap(end) == Gap::None && doc.gap(end + 1) == Gap::None;
        match next {
            Some(m) if glued && doc.shape(end + 1) == Shape::Digits => (mark, end) = (m, end + 1),
            _ => break,
        }
    }
    let number = interpret(&parts[..count], end).ok_or(end)?;
    Ok((number, count))
}

/// What groups of digits say: dots group thousands and a comma starts decimals, or the other way round as in English.
fn interpret(parts: &[(u8, f64, usize)], end: usize) -> Option<Number> {
    let (_, first, len) = parts[0];
    let rest = &parts[1..];
    let Some(&(mark, last, digits)) = rest.last() else {
        let year_like = len == 4 && (1900.0..2100.0).contains(&first);
        return Some(Number { year_like, ..Number::exact(end, first) });
    };
    let thousands = |groups: &[(u8, f64, usize)], by: u8| {
        let even = len <= 3 && groups.iter().all(|g| g.0 == by && g.2 == 3);
        even.then(|| groups.iter().fold(first, |sum, g| sum * 1000.0 + g.1))
    };
    if let Some(value) = thousands(rest, b'.') {
        return Some(Number::exact(end, value));
    }
    if rest.len() > 1
        && let Some(value) = thousands(rest, b',')
    {
        return Some(Number::exact(end, value));
    }
    let other = if mark == b',' { b'.' } else { b',' };
    let head = &rest[..rest.len() - 1];
    let whole = if head.is_empty() { first } else { thousands(head, other)? };
    let plain_dot = mark == b'.' && head.is_empty() && digits > 2;
    if plain_dot || digits > 6 {
        return None;
    }
    let scale = 10f64.powi(digits as i32);
    let grouped = thousands(rest, b',').filter(|_| first > 0.0);
    Some(Number { grouped, ..Number::exact(end, (whole * scale + last) / scale) })
}

/// Takes in groups split by blanks (`2 000`), and tells how many.
pub fn spaced_groups(doc: &Document<'_>, number: &mut Number, groups: usize) -> usize {
    let Some(value) = number.value().filter(|v| groups == 1 && (1.0..1000.0).contains(v)) else { return 0 };
    let (mut total, mut end, mut taken) = (value, number.end, 0);
    while taken < 4 && doc.shape(end) == Shape::Digits && doc.gap(end) == Gap::Space {
        match run(doc, end) {
            Some((part, 3)) => total = total * 1000.0 + part,
            _ => return 0,
        }
        (end, taken) = (end + 1, taken + 1);
    }
    if taken > 0 {
        *number = Number::exact(end, total);
    }
    taken
}
