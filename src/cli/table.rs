//! Listings: columns for people, tabs for programs.

use crate::error::Error;
use crate::output::Output;
use std::io::IsTerminal;

/// Writes rows to standard output: aligned on a terminal, with tabs elsewhere. The first row is the header.
pub fn print(rows: &[Vec<String>]) -> Result<(), Error> {
    let aligned = std::io::stdout().is_terminal();
    let mut output = Output::stdout();
    output.write(render(rows, aligned).as_bytes())?;
    output.finish()
}

fn render(rows: &[Vec<String>], aligned: bool) -> String {
    let count = rows.first().map_or(0, Vec::len);
    let width = |n: usize| rows.iter().map(|row| row[n].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..count).map(width).collect();
    let mut text = String::new();
    for row in rows {
        let line = match aligned {
            true => {
                let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
                cells.collect::<Vec<_>>().join("  ")
            }
            false => row.join("\t"),
        };
        text.push_str(line.trim_end_matches(' '));
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::render;

    #[test]
    fn columns_or_tabs() {
        let rows = vec![vec!["a".into(), "b".into()], vec!["đủ".into(), "c".into()]];
        assert_eq!(render(&rows, true), "a   b\nđủ  c\n");
        assert_eq!(render(&rows, false), "a\tb\nđủ\tc\n");
    }
}
