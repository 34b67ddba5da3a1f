//! The grammar of full codes: from a number to the end of its issuer, in every spelling that newspapers print.
//!
//! A code is a number, perhaps a year, and *runs* of letters (`QĐ`, `UBND`, `X01`) between separators. The runs are
//! read first, whatever separates them; what they mean decides the shape of the canonical code.

use super::lexicon::{Lexicon, key};
use super::shape::assembly;
use crate::document::Document;
use crate::mention::Span;
use crate::text::keyword;
use crate::text::token::{Gap, Shape};
use std::borrow::Cow;

/// Most tokens in one run of letters and digits.
const LONGEST_RUN: usize = 12;

/// A code read in full.
#[derive(Clone, Debug)]
pub(super) struct Full {
    /// its tokens
    pub span: Span,
    /// the rule
    pub rule: &'static str,
    /// `01`
    pub number: String,
    /// as written between number and type
    pub year: Option<String>,
    /// what follows number and year: `-CTr/TU`, `/QĐ-UBND`, `/QH14`
    pub suffix: String,
    /// `CTr`
    pub letters: Option<String>,
    /// the row of the issuer
    pub issuer: Option<usize>,
    /// its letters, `TU`, `QH14`
    pub issuer_letters: Option<String>,
    /// a year written behind everything, in the manner of the eighties: `135/QĐ/UBND/2008`
    pub late_year: Option<u16>,
    /// party shape
    pub party: bool,
}

impl Full {
    /// `100/2019/NĐ-CP`
    pub fn canonical(&self) -> String {
        match &self.year {
            Some(year) => format!("{}/{year}{}", self.number, self.suffix),
            None => format!("{}{}", self.number, self.suffix),
        }
    }
}

/// Letters, and digits glued to them.
#[derive(Clone)]
pub(super) struct Run {
    pub end: usize,
    pub text: String,
    pub key: String,
    /// written as an abbreviation: starts with a capital and has another, or is one letter
    pub capital: bool,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Separator {
    /// `-`, `/`, `.`, or a blank for none
    pub mark: u8,
    pub next: usize,
    pub spaced: bool,
}

/// How well the words before a number announce a code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cue {
    /// nothing
    None,
    /// `số` alone
    Number,
    /// a type of document, with or without `số`
    Head,
}

/// Reads codes in one article.
pub(super) struct Reader<'a> {
    pub doc: &'a Document<'a>,
    pub lexicon: &'a Lexicon,
    /// the one provincial committee that the article names, once it has been looked for
    pub committee: std::cell::OnceCell<Option<String>>,
}

impl Reader<'_> {
    /// The text of token `i`; empty past the end.
    pub fn text(&self, i: usize) -> Cow<'_, str> {
        self.doc.spelling(i)
    }

    /// The code whose number is token `i`.
    pub fn full(&self, i: usize, cue: impl Fn() -> Cue) -> Option<Full> {
        let doc = self.doc;
        let word_behind = doc.shape(i + 1).is_word() && doc.gap(i + 1) == Gap::Space;
        if word_behind && !matches!(doc.shape(i + 1), Shape::Upper | Shape::Mixed) || !self.starts_number(i) {
            return None;
        }
        let (mut number, at) = self.number(i)?;
        let mut first = self.separator(at)?;
        let mut year = None;
        if self.doc.shape(first.next) == Shape::Digits && first.mark != b' ' {
            if let Some((part, end)) = self.second_part(first) {
                number.push_str(&part);
                first = self.separator(end)?;
                if self.doc.shape(first.next) != Shape::Digits && part.starts_with('.') {
                    return None;
                }
            }
            if self.doc.shape(first.next) == Shape::Digits {
                year = Some(self.year(first)?);
                first = self.separator(first.next + 1)?;
            }
        }
        if self.doc.shape(first.next) == Shape::Digits {
            return None;
        }
        let (runs, separators, end, late_year) = self.runs(first, year.is_some())?;
        let parts = Parts { number, year, first, runs, separators, span: Span::new(i, end), late_year };
        let full =
            self.assembly(&parts).or_else(|| self.typed(&parts, &cue)).or_else(|| self.letter(&parts, &cue));
        if full.is_none() {
            self.lost_code(&parts);
        }
        full
    }

    /// Notes why what is written like a code is none.
    #[cold]
    fn lost_code(&self, parts: &Parts) {
        let known = parts.runs.iter().any(|run| self.is_known(&run.key));
        let why = match known {
            true => {
                "written like a code, with letters that the tables know, but not in the order of one, or unannounced"
            }
            false => "written like a code, but neither document_types nor issuers know its letters",
        };
        self.doc.trace.lost(parts.span, "code.state", why);
    }

    /// Whether a number may start here: not inside another number, a date, a word.
    fn starts_number(&self, i: usize) -> bool {
        let doc = self.doc;
        if i == 0 || doc.gap(i) != Gap::None {
            return true;
        }
        let joined = |i: usize| i > 0 && doc.gap(i) == Gap::None;
        match doc.shape(i - 1) {
            Shape::Mark => {
                let tight = matches!(&*self.text(i - 1), "-" | "/" | ".") || doc.is_mark(i - 1, b'-');
                !(tight && joined(i - 1))
            }
            Shape::Digits => false,
            _ => {
                // `số16-NQ/TW`, `NQ29-NQ/TW`
                doc.word(i - 1) == keyword::SO || self.lexicon.type_of(&key(&self.text(i - 1))).is_some()
            }
        }
    }

    /// The number at `i` with its letter (`30a`), and the token behind it.
    pub fn number(&self, i: usize) -> Option<(String, usize)> {
        let doc = self.doc;
        let mut number = doc.normal(Span::new(i, i + 1));
        if number.len() > 5 || !number.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let letter = |c: char| matches!(c.to_ascii_lowercase(), 'a'..='e' | 'đ');
        let suffix = doc.gap(i + 1) == Gap::None && doc.shape(i + 1).is_word();
        let suffix = if suffix { self.text(i + 1) } else { "".into() };
        let mut chars = suffix.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) if letter(c) && !(doc.gap(i + 2) == Gap::None && doc.shape(i + 2).is_word()) => {
                number.push(c);
                Some((number, i + 2))
            }
            _ => Some((number, i + 1)),
        }
    }

    pub fn separator(&self, at: usize) -> Option<Separator> {
        let doc = self.doc;
        let gap = doc.gap(at);
        if gap == Gap::Line || at >= doc.tokens.len() {
            return None;
        }
        if doc.shape(at) != Shape::Mark {
            return Some(Separator { mark: b' ', next: at, spaced: gap == Gap::Space });
        }
        let mark = [b'-', b'/', b'.'].into_iter().find(|&m| doc.is_mark(at, m))?;
        let spaced = gap == Gap::Space || doc.gap(at + 1) == Gap::Space;
        let next = at + 1;
        (doc.gap(next) != Gap::Line && doc.shape(next) != Shape::Mark && !(mark == b'.' && spaced))
            .then_some(Separator { mark, next, spaced })
    }

    /// A second part of the number: `66.7/2025/NQ-CP`, `3010-1/TB-ĐHHV`.
    fn second_part(&self, first: Separator) -> Option<(String, usize)> {
        let digits = self.text(first.next);
        let fits = digits.len() <= 2 && !first.spaced && matches!(first.mark, b'.' | b'-');
        (fits && self.doc.is_mark(first.next + 1, b'/'))
            .then(|| (format!("{}{digits}", first.mark as char), first.next + 1))
    }

    /// The year behind a separator; a fifth digit is a slip of the keyboard.
    fn year(&self, first: Separator) -> Option<String> {
        let digits = self.text(first.next);
        let fits = matches!(digits.len(), 4 | 5) && (digits.starts_with("19") || digits.starts_with("20"));
        (fits && first.mark != b'.').then(|| digits.into())
    }

    pub fn run(&self, at: usize, year: bool) -> Option<Run> {
        let doc = self.doc;
        if !doc.shape(at).is_word() {
            return None;
        }
        let mut end = at + 1;
        while end < at + LONGEST_RUN {
            let glued = doc.gap(end) == Gap::None && end < doc.tokens.len();
            let word = |i: usize| doc.gap(i) == Gap::None && doc.shape(i).is_word();
            if glued && doc.shape(end) != Shape::Mark {
                end += 1;
            } else if glued && (doc.is_mark(end, b'&') || self.is_inner_dot(at, end)) && word(end + 1) {
                end += 2;
            } else {
                break;
            }
        }
        let mut text = doc.normal(Span::new(at, end));
        let mut key = key(&text);
        // `QH 14`
        let term = year && matches!(key.as_str(), "QH" | "UBTVQH") && doc.gap(end) == Gap::Space;
        if term && doc.shape(end) == Shape::Digits && self.text(end).len() <= 2 {
            text.push_str(&self.text(end));
            key.push_str(&self.text(end));
            end += 1;
        }
        let shape = doc.shape(at);
        let capital = matches!(shape, Shape::Upper | Shape::Initial)
            || shape == Shape::Mixed && text.chars().next().is_some_and(char::is_uppercase);
        Some(Run { end, text, key, capital })
    }

    /// The dot of `T.Ư`, `T.W`, `Th.U`.
    fn is_inner_dot(&self, start: usize, dot: usize) -> bool {
        dot == start + 1
            && self.doc.is_mark(dot, b'.')
            && matches!(key(&self.text(start)).as_str(), "T" | "TH")
            && matches!(key(&self.text(dot + 1)).as_str(), "Ư" | "W" | "U")
    }

    /// All runs from `first` on, the separators between them, and the token behind the last.
    #[allow(clippy::type_complexity)]
    fn runs(&self, first: Separator, year: bool) -> Option<(Vec<Run>, Vec<Separator>, usize, Option<u16>)> {
        let run = self.trimmed(self.run(first.next, year)?);
        let mut end = run.end;
        let (mut runs, mut separators, mut late) = (vec![run], Vec::new(), None);
        while let Some(separator) = self.separator(end).filter(|_| runs.len() < 8) {
            if separator.mark == b' ' && !(runs.len() == 1 && self.lacks_hyphen(&runs[0], first, separator)) {
                break;
            }
            if self.doc.shape(separator.next) == Shape::Digits {
                late = self.late_year(separator).filter(|_| runs.len() > 1);
                end = if late.is_some() { separator.next + 1 } else { end };
                break;
            }
            let Some(run) = self.run(separator.next, year).map(|run| self.trimmed(run)) else { break };
            let spaced_before = first.spaced || separators.iter().any(|s: &Separator| s.spaced);
            if !self.continues(&run, separator, runs.len(), spaced_before) {
                break;
            }
            end = run.end;
            runs.push(run);
            separators.push(separator);
        }
        Some((runs, separators, end, late))
    }

    /// `105/2023/TT BQP`: a blank where the hyphen belongs, between a known type and a known issuer.
    fn lacks_hyphen(&self, run: &Run, first: Separator, separator: Separator) -> bool {
        let issuer = self.doc.shape(separator.next).is_capital()
            && self
                .lexicon
                .issuer(&key(&self.text(separator.next)))
                .is_some_and(|found| found.text.len() > 1);
        let upper = self.doc.shape(separator.next) != Shape::Title;
        separator.spaced && first.mark != b' ' && issuer && upper && self.lexicon.type_of(&run.key).is_some()
    }

    /// Takes lower-case words off that are glued to an issuer: `BGDĐTvề`.
    fn trimmed(&self, mut run: Run) -> Run {
        if run.capital && !self.is_known(&run.key) {
            let head = run.text.trim_end_matches(|c: char| c.is_lowercase());
            if head.len() < run.text.len() && head.chars().count() > 1 && self.is_known(&key(head)) {
                (run.key, run.text) = (key(head), head.to_string());
            }
        }
        run
    }

    fn is_known(&self, key: &str) -> bool {
        self.lexicon.issuer(key).is_some() || self.lexicon.type_of(key).is_some() || assembly(key).is_some()
    }

    /// Whether `run` behind `separator` still belongs to a code of which `count` runs are read.
    fn continues(&self, run: &Run, separator: Separator, count: usize, spaced_before: bool) -> bool {
        let known = self.is_known(&run.key) || self.lexicon.split(&run.key).is_some();
        let open = run.capital && run.text.chars().count() <= 16;
        match (separator.mark, separator.spaced) {
            (b' ', _) => true,
            (b'.', _) => open && (known || count == 1 || run.text.chars().all(|c| "IVX".contains(c))),
            (_, true) if count == 1 => open || known && run.key.len() > 1,
            (_, true) => open && known && spaced_before,
            (_, false) => open || known,
        }
    }

    fn late_year(&self, separator: Separator) -> Option<u16> {
        let digits = self.text(separator.next);
        match (separator.mark, digits.len()) {
            (b'/', 4) => digits.parse().ok().filter(|y| (1945..2100).contains(y)),
            (b'.', 2) => digits.parse::<u16>().ok().map(|y| 1900 + y),
            _ => None,
        }
    }
}

impl Run {
    /// The letters as written, without `&` and dots.
    pub fn plain(&self) -> String {
        self.text.replace(['&', '.'], "")
    }
}

/// What was read, before it is known what it means.
pub(super) struct Parts {
    pub number: String,
    pub year: Option<String>,
    pub first: Separator,
    pub runs: Vec<Run>,
    pub separators: Vec<Separator>,
    pub span: Span,
    pub late_year: Option<u16>,
}

impl Parts {
    pub fn is_spaced(&self) -> bool {
        self.first.spaced || self.separators.iter().any(|s| s.spaced)
    }

    pub fn full(&self, rule: &'static str) -> Full {
        Full {
            span: self.span,
            rule,
            number: self.number.clone(),
            year: self.year.clone(),
            suffix: String::new(),
            letters: None,
            issuer: None,
            issuer_letters: None,
            late_year: self.late_year,
            party: false,
        }
    }
}
