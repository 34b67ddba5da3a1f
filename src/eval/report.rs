//! The figures as tables.

use super::judge::FIELDS;
use super::score::{ROWS, Score, Tally};
use std::fmt::Write;

/// The rows whose F1 stands in the table of sources, with their heads.
const BY_SOURCE: [(usize, &str); 7] =
    [(0, "persons"), (1, "titles"), (2, "lenient"), (3, "codes"), (4, "dates"), (6, "counts"), (8, "awards")];

/// By kind, by source, by rule.
pub fn tables(score: &Score) -> String {
    let mut out = String::new();
    kinds(&mut out, score);
    sources(&mut out, score);
    rules(&mut out, score);
    out
}

fn kinds(out: &mut String, score: &Score) {
    let _ = writeln!(out, "{:18} {:>6} {:>6} {:>7} {:>7} {:>7}", "", "gold", "found", "P", "R", "F1");
    for (name, row) in ROWS.iter().zip(&score.all.rows) {
        let Tally { gold, found, .. } = row;
        let (p, r, f1) = (row.precision(), row.recall(), row.f1());
        let _ = writeln!(out, "{name:18} {gold:6} {found:6} {p:7.3} {r:7.3} {f1:7.3}");
    }
    let fields =
        FIELDS.iter().zip(score.fields).map(|(field, [right, all])| format!("{field} {right}/{all}"));
    let _ = writeln!(out, "award fields right: {}", fields.collect::<Vec<_>>().join(", "));
}

fn sources(out: &mut String, score: &Score) {
    let width = score.sources.keys().map(|s| s.chars().count()).max().unwrap_or(0).max(12);
    let _ = write!(out, "\n{:width$} {:>8}", "F1 by source", "articles");
    for (_, head) in BY_SOURCE {
        let _ = write!(out, " {head:>7}");
    }
    out.push('\n');
    for (name, source) in &score.sources {
        let _ = write!(out, "{name:width$} {:8}", source.articles);
        for (row, _) in BY_SOURCE {
            let row = source.rows[row];
            // Where nothing was wanted and nothing found, there is nothing to say.
            let _ = match row.gold + row.found {
                0 => write!(out, " {:>7}", "-"),
                _ => write!(out, " {:7.3}", row.f1()),
            };
        }
        out.push('\n');
    }
}

fn rules(out: &mut String, score: &Score) {
    let width = score.rules.keys().map(|(_, rule)| rule.chars().count()).max().unwrap_or(0).max(18);
    let _ = writeln!(
        out,
        "\n{:width$} {:>6} {:>6} {:>7} {:>7}",
        "precision by rule", "found", "right", "P", "lenient"
    );
    for ((_, rule), tally) in &score.rules {
        let (found, right) = (tally.found, tally.right);
        let (p, lenient) = (tally.precision(), tally.lenient());
        let _ = writeln!(out, "{rule:width$} {found:6} {right:6} {p:7.3} {lenient:7.3}");
    }
}
