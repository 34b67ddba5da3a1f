//! Draws text with carets under the words that something is said of:
//!
//! ```text
//!    | Sáng 14-11, hội nghị trao 20 Bằng khen.
//!    | ^~~~~~~~~~ want 2019-11-14
//! ```

use std::fmt::Write;
use unicode_width::UnicodeWidthChar;

/// Longer sentences are cut down to this many columns …
const WIDEST: usize = 110;
/// … leaving so many on either side of what is marked.
const AROUND: usize = 40;

/// What is said of a stretch of text.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// first code point
    pub start: usize,
    /// one past the last code point
    pub end: usize,
    /// what is said
    pub label: String,
}

/// Writes the code points `from..to` of `text` on one line, and each mark on one of its own.
pub fn draw(out: &mut String, text: &str, from: usize, to: usize, marks: &[Mark]) {
    let line = Line::new(text.chars().skip(from).take(to.saturating_sub(from)), from);
    let first = marks.iter().map(|m| m.start).min().unwrap_or(from);
    let last = marks.iter().map(|m| m.end).max().unwrap_or(first);
    let (left, right) = line.window(first, last);
    let _ = writeln!(out, "   | {}", line.shown(left, right));
    let before = if left > 0 { 1 } else { 0 };
    for mark in marks {
        let (start, end) = (line.column(mark.start), line.column(mark.end));
        let blank = " ".repeat(before + start.saturating_sub(line.columns[left]));
        let tail = "~".repeat(end.saturating_sub(start).max(1) - 1);
        let _ = writeln!(out, "   | {blank}^{tail} {}", mark.label);
    }
}

/// Code points as they are shown, and the column each begins in.
struct Line {
    from: usize,
    shown: Vec<Shown>,
    columns: Vec<usize>,
}

enum Shown {
    Char(char),
    Escape(String),
}

impl Line {
    fn new(chars: impl Iterator<Item = char>, from: usize) -> Self {
        let (mut shown, mut columns, mut column) = (Vec::new(), vec![0], 0);
        for c in chars {
            let (as_shown, width) = show(c);
            column += width;
            shown.push(as_shown);
            columns.push(column);
        }
        Line { from, shown, columns }
    }

    /// Where code point `at` of the text begins; the line's end for what lies behind it.
    fn column(&self, at: usize) -> usize {
        self.columns[at.saturating_sub(self.from).min(self.shown.len())]
    }

    /// The stretch of the line to be shown, as indices: all of it where there is room.
    fn window(&self, first: usize, last: usize) -> (usize, usize) {
        let all = self.shown.len();
        if self.columns[all] <= WIDEST {
            return (0, all);
        }
        let left = self.column(first).saturating_sub(AROUND);
        let right = (self.column(last) + AROUND).max(left + WIDEST);
        let at = |column: usize| self.columns.partition_point(|&c| c < column).min(all);
        (at(left), at(right))
    }

    fn shown(&self, left: usize, right: usize) -> String {
        let mut out = String::new();
        out.push_str(if left > 0 { "…" } else { "" });
        for shown in &self.shown[left..right] {
            match shown {
                Shown::Char(c) => out.push(*c),
                Shown::Escape(escape) => out.push_str(escape),
            }
        }
        out.push_str(if right < self.shown.len() { "…" } else { "" });
        out
    }
}

/// How a character is shown and how many columns it takes: line breaks and blanks as one column, what cannot be seen
/// or turns the writing around as an escape, combining marks over the letter before them.
fn show(c: char) -> (Shown, usize) {
    match c {
        '\n' => (Shown::Char('⏎'), 1),
        '\r' | '\t' | '\u{a0}' => (Shown::Char(' '), 1),
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}' => escape(c),
        _ if c.is_control() => escape(c),
        _ => (Shown::Char(c), c.width().unwrap_or(0)),
    }
}

fn escape(c: char) -> (Shown, usize) {
    let escape = c.escape_unicode().to_string();
    let width = escape.len();
    (Shown::Escape(escape), width)
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::UnicodeNormalization;

    fn drawn(text: &str, words: &str) -> String {
        let start = text.split(words).next().unwrap_or_default().chars().count();
        let mark = Mark { start, end: start + words.chars().count(), label: "here".into() };
        let mut out = String::new();
        draw(&mut out, text, 0, text.chars().count(), &[mark]);
        out
    }

    #[test]
    fn carets_stand_under_the_words() {
        let want = "   | Hội nghị ở xã Đông Hà\n   |          ^~~~~ here\n";
        assert_eq!(drawn("Hội nghị ở xã Đông Hà", "ở xã "), want);
        // decomposed letters take the same columns
        let nfd = |s: &str| s.nfd().collect::<String>();
        assert_eq!(drawn(&nfd("Hội nghị ở xã Đông Hà"), &nfd("ở xã ")), nfd(want));
    }

    #[test]
    fn wide_and_unseen_characters() {
        assert_eq!(
            drawn("中文 và\u{200b} ba", "ba"),
            "   | 中文 và\\u{200b} ba\n   |                 ^~ here\n"
        );
    }

    #[test]
    fn long_sentences_are_cut_around_the_words() {
        let text = format!("{}đúng{}", "trước ".repeat(40), " sau".repeat(60));
        let out = drawn(&text, "đúng");
        let [line, carets] = out.lines().collect::<Vec<_>>()[..] else { panic!("{out}") };
        assert!(line.starts_with("   | …") && line.ends_with('…'), "{line}");
        let column = |s: &str, part: &str| s.split(part).next().map(|s| s.chars().count());
        assert_eq!(column(line, "đúng"), column(carets, "^~~~"), "{out}");
    }
}
