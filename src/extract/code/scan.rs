//! The grammar of full codes: from a number to the end of its issuer, in every spelling that newspapers print.
//!
//! A code is a number, perhaps a year, and *runs* of letters (`QĐ`, `UBND`, `X01`) between separators. The runs are
//! read first, whatever separates them; what they mean decides the shape of the canonical code.

use super::lexicon::{Cited, Letters, Lexicon, key};
use crate::document::Document;
use crate::mention::Span;
use crate::text::keyword;
use crate::text::token::{Gap, Shape};

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
struct Run {
    end: usize,
    text: String,
    key: String,
    /// written as an abbreviation: starts with a capital and has another, or is one letter
    capital: bool,
}

#[derive(Clone, Copy, Debug)]
struct Separator {
    /// `-`, `/`, `.`, or a blank for none
    mark: u8,
    next: usize,
    spaced: bool,
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
}

impl Reader<'_> {
    /// The text of token `i`; empty past the end.
    pub fn text(&self, i: usize) -> &str {
        if i < self.doc.tokens.len() { self.doc.surface(Span::new(i, i + 1)) } else { "" }
    }

    /// The code whose number is token `i`.
    pub fn full(&self, i: usize, cue: impl Fn() -> Cue) -> Option<Full> {
        if !self.starts_number(i) {
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
        self.assembly(&parts).or_else(|| self.typed(&parts, &cue)).or_else(|| self.letter(&parts, &cue))
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
                let tight = ["-", "/", "."].contains(&self.text(i - 1)) || doc.is_mark(i - 1, b'-');
                !(tight && joined(i - 1))
            }
            Shape::Digits => false,
            _ => {
                // `số16-NQ/TW`, `NQ29-NQ/TW`
                doc.word(i - 1) == keyword::SO || self.lexicon.type_of(&key(self.text(i - 1))).is_some()
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
        let mut chars = if suffix { self.text(i + 1).chars() } else { "".chars() };
        match (chars.next(), chars.next()) {
            (Some(c), None) if letter(c) && !(doc.gap(i + 2) == Gap::None && doc.shape(i + 2).is_word()) => {
                number.push(c);
                Some((number, i + 2))
            }
            _ => Some((number, i + 1)),
        }
    }

    fn separator(&self, at: usize) -> Option<Separator> {
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

    fn run(&self, at: usize, year: bool) -> Option<Run> {
        let doc = self.doc;
        if !doc.shape(at).is_word() {
            return None;
        }
        let mut end = at + 1;
        loop {
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
            text.push_str(self.text(end));
            key.push_str(self.text(end));
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
            && matches!(key(self.text(start)).as_str(), "T" | "TH")
            && matches!(key(self.text(dot + 1)).as_str(), "Ư" | "W" | "U")
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
            && self.lexicon.issuer(&key(self.text(separator.next))).is_some_and(|found| found.text.len() > 1);
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

    /// `45/2019/QH14`, `02/2020/UBTVQH14`
    fn assembly(&self, parts: &Parts) -> Option<Full> {
        let letters = assembly(&parts.runs[0].key)?;
        parts.year.as_ref()?;
        let issuer = self
            .lexicon
            .issuer(&letters)
            .or_else(|| self.lexicon.issuer(letters.trim_end_matches(|c: char| c.is_ascii_digit())));
        let mut full = parts.full("code.assembly");
        full.span.end = parts.runs[0].end;
        full.suffix = format!("/{letters}");
        full.issuer = issuer.map(|found| found.row);
        full.issuer_letters = Some(letters);
        Some(full)
    }

    /// Codes that write their type: `01-CTr/TU`, `1234/QĐ-UBND`, `04/2021/TTLT-BCA-BQP`.
    fn typed(&self, parts: &Parts, cue: &impl Fn() -> Cue) -> Option<Full> {
        let mut runs = parts.runs.clone();
        let mut marks: Vec<u8> = parts.separators.iter().map(|s| s.mark).collect();
        let letters = match self.lexicon.type_of(&runs[0].key) {
            Some(letters) => letters.clone(),
            None => {
                let (letters, issuer) = self.lexicon.split(&runs[0].key)?;
                let rest = Run { text: issuer.text.clone(), key: key(&issuer.text), ..runs[0].clone() };
                runs.insert(1, rest);
                marks.insert(0, b' ');
                letters.clone()
            }
        };
        if letters.text.starts_with("GP") || (!runs[0].capital && runs.len() < 2) {
            return None;
        }
        let tail = &runs[1..];
        let Some(lead) = tail.first() else { return self.bare_type(parts, letters, cue) };
        let (issuer, joined) = self.joined(tail, &marks[1..]);
        let known = issuer.is_some() || assembly(&lead.key).is_some();
        let loose = parts.first.mark == b' ' || parts.first.mark == b'.' || parts.is_spaced();
        if !known && !lead.capital || (loose && !(known && runs[0].capital) && cue() < Cue::Number) {
            return None;
        }
        if parts.first.mark == b' ' && parts.year.is_none() && !known {
            return None;
        }
        let lead_text = match (&issuer, assembly(&lead.key)) {
            (_, Some(assembly)) => assembly,
            (Some(found), None) => found.text.clone(),
            (None, None) => lead.text.replace(['&', '.'], ""),
        };
        let issuer_row = issuer.as_ref().map(|found| found.row);
        let party = self.is_party(parts, &marks, issuer_row, &lead_text);
        let mut suffix = match party {
            true => format!("-{}/{lead_text}", letters.text),
            false => format!("/{}-{lead_text}", letters.text),
        };
        let mut rest = &tail[joined..];
        while !rest.is_empty() {
            let (found, n) = self.joined(rest, &vec![b'-'; rest.len()]);
            suffix.push('-');
            suffix.push_str(&found.map_or_else(|| rest[0].text.replace(['&', '.'], ""), |f| f.text));
            rest = &rest[n..];
        }
        let mut full = parts.full(if party { "code.party" } else { "code.state" });
        full.suffix = suffix;
        full.letters = Some(letters.text);
        full.issuer = issuer_row;
        full.issuer_letters = Some(lead_text);
        full.party = party;
        Some(full)
    }

    /// The issuer that the first runs spell together (`BGD-ĐT`), and how many they are.
    fn joined(&self, runs: &[Run], marks: &[u8]) -> (Option<Letters>, usize) {
        for n in (2..=3.min(runs.len())).rev() {
            let key: String = runs[..n].iter().map(|run| run.key.as_str()).collect();
            let hyphens = marks.iter().take(n - 1).all(|&m| matches!(m, b'-' | b'.' | b' '));
            if let Some(found) = self.lexicon.issuer(&key).filter(|found| hyphens && found.variant) {
                return (Some(found.clone()), n);
            }
        }
        (self.lexicon.issuer(&runs[0].key).cloned(), 1)
    }

    /// Party codes read `NUM-TYPE/ISS`, state codes `NUM/TYPE-ISS`. Letters that can only be a Party committee, or only
    /// a state body, decide; else the separators as written.
    fn is_party(&self, parts: &Parts, marks: &[u8], issuer: Option<usize>, letters: &str) -> bool {
        if parts.year.is_some() {
            return false;
        }
        let row = issuer.map(|row| &self.lexicon.issuers[row]);
        let committee = letters.ends_with("TW") || letters.ends_with('U') || letters.starts_with("ĐU");
        match row {
            Some(row) if row.party && (committee || letters.starts_with("BCSĐ")) => true,
            Some(row) if !row.party && !row.ambiguous && !row.unit => false,
            row => match (parts.first.mark, marks[0]) {
                (b'-' | b' ', b'/') => true,
                (b'/', b'-') => false,
                _ => row.is_some_and(|row| row.party),
            },
        }
    }

    /// A type without its issuer behind a head: `Nghị quyết 18-NQ`, `Nghị định 100/2019/NĐ`.
    fn bare_type(&self, parts: &Parts, letters: Letters, cue: &impl Fn() -> Cue) -> Option<Full> {
        let own = self.head(parts.span.start).is_some_and(|head| {
            head.letters == letters.text
                || head.row.is_some_and(|row| self.lexicon.types[row].cited == Cited::Never)
        });
        if parts.first.spaced || !matches!(parts.first.mark, b'-' | b'/') || cue() < Cue::Head || !own {
            return None;
        }
        let mut full = parts.full("code.bare");
        let old = parts.first.mark == b'/' && matches!(letters.text.as_str(), "SL" | "L");
        full.suffix = if parts.year.is_some() || old { "/" } else { "-" }.to_string() + &letters.text;
        full.letters = Some(letters.text);
        Some(full)
    }

    /// Codes without a type: official letters (`7288/UBND-KGVX`) and those of old (`40-CP`, `13/SL`).
    fn letter(&self, parts: &Parts, cue: &impl Fn() -> Cue) -> Option<Full> {
        let lead = &parts.runs[0];
        if !lead.capital || !matches!(parts.first.mark, b'/' | b'-') {
            return None;
        }
        let (issuer, joined) =
            self.joined(&parts.runs, &parts.separators.iter().map(|s| s.mark).collect::<Vec<_>>());
        let known = issuer.as_ref().is_some_and(|found| !self.lexicon.issuers[found.row].unit);
        let old = matches!(lead.key.as_str(), "CP" | "HĐBT" | "TTG" | "UB" | "CTN");
        let enough = match (parts.first.mark, parts.runs.len() - joined) {
            (b'/', 1..) if known => !parts.is_spaced() || cue() >= Cue::Number,
            (b'/', 1..) => cue() == Cue::Head && lead.text.chars().count() > 1,
            (b'/', _) => (known || old || lead.key.chars().count() > 2) && cue() >= Cue::Head,
            (_, 1..) if self.is_open_party(parts) => cue() == Cue::Head,
            _ => old && parts.runs.len() == 1 && cue() >= Cue::Head,
        };
        if !enough {
            return None;
        }
        let rule = match parts.first.mark {
            _ if old && parts.runs.len() == 1 => "code.old",
            b'-' => "code.party",
            _ => "code.letter",
        };
        let mut full = parts.full(rule);
        let text = issuer.as_ref().map_or_else(|| lead.text.replace(['&', '.'], ""), |f| f.text.clone());
        full.suffix = format!("{}{text}", parts.first.mark as char);
        full.party = parts.first.mark == b'-' && parts.runs.len() > 1;
        for run in &parts.runs[joined..] {
            full.suffix.push(if full.party && !full.suffix.contains('/') { '/' } else { '-' });
            full.suffix.push_str(
                &self.lexicon.issuer(&run.key).map_or(run.text.replace(['&', '.'], ""), |f| f.text.clone()),
            );
        }
        full.issuer = issuer.as_ref().map(|found| found.row);
        full.issuer_letters = Some(text);
        Some(full)
    }

    /// `28-CQ/TW`: a type that no table knows, before a Party committee.
    fn is_open_party(&self, parts: &Parts) -> bool {
        let committee = parts.runs.get(1).and_then(|run| self.lexicon.issuer(&run.key));
        let slash = parts.separators.first().is_some_and(|s| s.mark == b'/' && !parts.is_spaced());
        slash && committee.is_some_and(|found| self.lexicon.issuers[found.row].party)
    }

    /// `TCVN 12344:2019`, `QCVN 12:2026/BCA`: letters first. `i` is the number.
    pub fn standard(&self, i: usize) -> Option<Full> {
        let doc = self.doc;
        let start = i.checked_sub(1).filter(|_| doc.gap(i) == Gap::Space)?;
        let letters = key(self.text(start));
        if !matches!(letters.as_str(), "TCVN" | "QCVN" | "QCXDVN" | "TCXDVN" | "QCĐP") {
            return None;
        }
        let mut number = doc.normal(Span::new(i, i + 1));
        let mut at = i + 1;
        // `QCVN 06-1:2021`, `TCVN 11041-1:2017`, `QCVN 10-MT:2015`
        while doc.is_mark(at, b'-') && doc.shape(at + 1) != Shape::Mark && !doc.is_mark(at + 1, b':') {
            if !doc.is_mark(at + 2, b':') && !doc.is_mark(at + 2, b'-') {
                break;
            }
            number = format!("{number}-{}", self.text(at + 1));
            at += 2;
        }
        let year = self.text(at + 1);
        let fits = doc.is_mark(at, b':') && doc.shape(at + 1) == Shape::Digits && year.len() == 4;
        if !fits {
            return None;
        }
        let mut suffix = format!(":{year}");
        let mut end = at + 2;
        let mut issuer = None;
        let slash = self.separator(end).filter(|s| s.mark == b'/' && !s.spaced);
        let run = slash.and_then(|slash| self.run(slash.next, false)).filter(|run| run.capital);
        if let Some(run) = run {
            issuer = self.lexicon.issuer(&run.key).cloned();
            suffix.push('/');
            suffix.push_str(issuer.as_ref().map_or(&run.text, |found| &found.text));
            end = run.end;
        }
        Some(Full {
            span: Span::new(start, end),
            rule: "code.standard",
            number: format!("{letters} {number}"),
            year: None,
            suffix,
            letters: Some(letters),
            issuer: issuer.as_ref().map(|found| found.row),
            issuer_letters: issuer.map(|found| found.text),
            late_year: year.parse().ok(),
            party: false,
        })
    }
}

/// What was read, before it is known what it means.
struct Parts {
    number: String,
    year: Option<String>,
    first: Separator,
    runs: Vec<Run>,
    separators: Vec<Separator>,
    span: Span,
    late_year: Option<u16>,
}

impl Parts {
    fn is_spaced(&self) -> bool {
        self.first.spaced || self.separators.iter().any(|s| s.spaced)
    }

    fn full(&self, rule: &'static str) -> Full {
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

/// `QH14`, `UBTVQH14`, with a Roman term as digits; `QH` alone too.
fn assembly(key: &str) -> Option<String> {
    let (letters, term) = ["UBTVQH", "QH"].iter().find_map(|l| Some((*l, key.strip_prefix(l)?)))?;
    const ROMAN: [&str; 8] = ["IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI"];
    match term {
        "" => Some(letters.into()),
        _ if term.len() <= 2 && term.bytes().all(|b| b.is_ascii_digit()) => Some(format!("{letters}{term}")),
        _ => ROMAN.iter().position(|r| *r == term).map(|n| format!("{letters}{}", n + 9)),
    }
}
