//! What the runs of a code mean: its type, its issuers, and so the shape of its canonical form.

use super::lexicon::{Cited, Letters, key};
use super::scan::{Cue, Full, Parts, Reader, Run};

impl Reader<'_> {
    /// `45/2019/QH14`, `02/2020/UBTVQH14`
    pub fn assembly(&self, parts: &Parts) -> Option<Full> {
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
    pub fn typed(&self, parts: &Parts, cue: &impl Fn() -> Cue) -> Option<Full> {
        let (letters, runs, marks) = self.type_first(parts)?;
        if letters.text.starts_with("GP") || (!runs[0].capital && runs.len() < 2) {
            return None;
        }
        let tail = &runs[1..];
        let Some(lead) = tail.first() else { return self.bare_type(parts, letters, cue) };
        let (issuer, joined) = self.joined(tail, &marks[1..]);
        let known = issuer.is_some() || assembly(&lead.key).is_some();
        let loose = matches!(parts.first.mark, b' ' | b'.') || parts.is_spaced();
        let announced = !loose || (known && runs[0].capital) || cue() >= Cue::Number;
        let separated = parts.first.mark != b' ' || parts.year.is_some() || known;
        if !(known || lead.capital) || !announced || !separated {
            return None;
        }
        let lead_text = match (&issuer, assembly(&lead.key)) {
            (_, Some(assembly)) => assembly,
            (Some(found), None) => found.text.clone(),
            (None, None) => lead.plain(),
        };
        let issuer_row = issuer.as_ref().map(|found| found.row);
        let party = self.is_party(parts, &marks, issuer_row, &lead_text);
        let mut full = parts.full(if party { "code.party" } else { "code.state" });
        full.suffix = match party {
            true => format!("-{}/{lead_text}", letters.text),
            false => format!("/{}-{lead_text}", letters.text),
        };
        self.push_units(&tail[joined..], &mut full.suffix);
        full.letters = Some(letters.text);
        full.issuer = issuer_row;
        full.issuer_letters = Some(lead_text);
        full.party = party;
        Some(full)
    }

    /// The type, and the runs and marks with type and issuer apart where they are written in one.
    fn type_first(&self, parts: &Parts) -> Option<(Letters, Vec<Run>, Vec<u8>)> {
        let mut runs = parts.runs.clone();
        let mut marks: Vec<u8> = parts.separators.iter().map(|s| s.mark).collect();
        if let Some(letters) = self.lexicon.type_of(&runs[0].key) {
            return Some((letters.clone(), runs, marks));
        }
        let (letters, issuer) = self.lexicon.split(&runs[0].key)?;
        let rest = Run { text: issuer.text.clone(), key: key(&issuer.text), ..runs[0].clone() };
        runs.insert(1, rest);
        marks.insert(0, b' ');
        Some((letters.clone(), runs, marks))
    }

    /// Adds further issuers and drafting units, each behind a hyphen.
    fn push_units(&self, mut runs: &[Run], suffix: &mut String) {
        const HYPHENS: [u8; 8] = [b'-'; 8];
        while let Some(run) = runs.first() {
            let (found, n) = self.joined(runs, &HYPHENS);
            suffix.push('-');
            suffix.push_str(&found.map_or_else(|| run.plain(), |found| found.text));
            runs = &runs[n..];
        }
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
    pub fn letter(&self, parts: &Parts, cue: &impl Fn() -> Cue) -> Option<Full> {
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
        let text = issuer.as_ref().map_or_else(|| lead.plain(), |f| f.text.clone());
        full.suffix = format!("{}{text}", parts.first.mark as char);
        full.party = parts.first.mark == b'-' && parts.runs.len() > 1;
        for run in &parts.runs[joined..] {
            full.suffix.push(if full.party && !full.suffix.contains('/') { '/' } else { '-' });
            full.suffix.push_str(&self.lexicon.issuer(&run.key).map_or(run.plain(), |f| f.text.clone()));
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
}

/// `QH14`, `UBTVQH14`, with a Roman term as digits; `QH` alone too.
pub(super) fn assembly(key: &str) -> Option<String> {
    let (letters, term) = ["UBTVQH", "QH"].iter().find_map(|l| Some((*l, key.strip_prefix(l)?)))?;
    const ROMAN: [&str; 8] = ["IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI"];
    match term {
        "" => Some(letters.into()),
        _ if term.len() <= 2 && term.bytes().all(|b| b.is_ascii_digit()) => Some(format!("{letters}{term}")),
        _ => ROMAN.iter().position(|r| *r == term).map(|n| format!("{letters}{}", n + 9)),
    }
}
