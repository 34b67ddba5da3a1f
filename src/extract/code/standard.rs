//! National standards and technical regulations: letters first, the year behind a colon.

use super::lexicon::key;
use super::scan::{Full, Reader};
use crate::mention::Span;
use crate::text::token::{Gap, Shape};

impl Reader<'_> {
    /// `TCVN 12344:2019`, `QCVN 12:2026/BCA`: letters first. `i` is the number.
    pub fn standard(&self, i: usize) -> Option<Full> {
        let doc = self.doc;
        let start = i.checked_sub(1).filter(|_| doc.gap(i) == Gap::Space)?;
        if doc.shape(start) != Shape::Upper {
            return None;
        }
        let letters = key(&self.text(start));
        if !matches!(letters.as_str(), "TCVN" | "QCVN" | "QCXDVN" | "TCXDVN" | "QCĐP") {
            return None;
        }
        let mut number = doc.normal(Span::new(i, i + 1));
        let mut at = i + 1;
        // `QCVN 06-1:2021`, `TCVN 11041-1:2017`, `QCVN 10-MT:2015`
        if doc.is_mark(at, b'-') && doc.shape(at + 1) != Shape::Mark {
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
