//! Articles with their records, read back from what a run has written: lines of articles (`--format docs`), lines of
//! records (`--format jsonl`), or both.

use super::lines::{BadLine, Lines, RECORDS};
use crate::record::{ArticleRecord, Record};
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::path::PathBuf;

/// The articles of a file, or of one file behind the other. Of records alone, an article is a stretch of records with
/// the same `doc`, and nothing but that is known of it.
pub struct Articles {
    lines: Lines,
    /// the line read ahead, which belongs to the next article
    ahead: Option<Line>,
    /// the files that come behind this one
    later: std::vec::IntoIter<PathBuf>,
}

enum Line {
    Article(ArticleRecord<'static>),
    Record(Box<Record>),
}

impl Articles {
    /// The articles that `lines` hold.
    pub fn new(lines: Lines) -> Self {
        Articles { lines, ahead: None, later: Vec::new().into_iter() }
    }

    /// The articles of these files, plain or packed with gzip or zstd; `-`, and no path at all, is standard input.
    pub fn open(paths: Vec<PathBuf>) -> Result<Self, BadLine> {
        let mut paths = paths.into_iter();
        let first = paths.next().unwrap_or_else(|| "-".into());
        Ok(Articles { later: paths, ..Articles::new(Lines::open(&first, RECORDS)?) })
    }

    /// The next article.
    pub fn next_article(&mut self) -> Result<Option<ArticleRecord<'static>>, BadLine> {
        while self.ahead.is_none() {
            self.ahead = self.next()?;
            if self.ahead.is_none() {
                let Some(path) = self.later.next() else { return Ok(None) };
                self.lines = Lines::open(&path, RECORDS)?;
            }
        }
        let first = match self.next()? {
            None => return Ok(None),
            Some(Line::Article(article)) => return Ok(Some(article)),
            Some(Line::Record(record)) => record,
        };
        let mut article = ArticleRecord { doc: first.doc.clone().into(), ..ArticleRecord::default() };
        article.records.push(*first);
        while let Some(line) = self.next()? {
            match line {
                Line::Record(record) if record.doc == article.doc => article.records.push(*record),
                other => {
                    self.ahead = Some(other);
                    break;
                }
            }
        }
        Ok(Some(article))
    }

    fn next(&mut self) -> Result<Option<Line>, BadLine> {
        if self.ahead.is_some() {
            return Ok(self.ahead.take());
        }
        let Some(read) = self.lines.next_line()?.map(parse) else { return Ok(None) };
        read.map(Some).map_err(|error| self.lines.fault(self.lines.number(), &error))
    }
}

fn parse(line: &str) -> Result<Line, serde_json::Error> {
    /// What tells one kind of line from the other.
    #[derive(Deserialize)]
    struct Shape {
        records: Option<IgnoredAny>,
    }
    let shape: Shape = serde_json::from_str(line)?;
    match shape.records {
        Some(_) => serde_json::from_str(line).map(Line::Article),
        None => serde_json::from_str(line).map(|record| Line::Record(Box::new(record))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::lines::RECORDS;

    fn record(doc: &str, start: usize) -> String {
        format!(
            r#"{{"doc":"{doc}","kind":"date","start":{start},"end":9,"field":"text","text":"x","sentence":0,"block":"lead","rule":"date.day","value":null,"grain":"day","anchor":"explicit","role":null}}"#
        )
    }

    fn articles(lines: &[String]) -> Result<Vec<String>, String> {
        let bytes: &'static [u8] = lines.join("\n").into_bytes().leak();
        let mut articles = Articles::new(Lines::new("x".into(), RECORDS, Box::new(bytes)));
        let mut said = Vec::new();
        while let Some(article) = articles.next_article().map_err(|bad| bad.to_string())? {
            let starts: Vec<String> = article.records.iter().map(|r| r.start.to_string()).collect();
            let day = article.published.map_or(String::new(), |day| format!(" {day}"));
            said.push(format!("{}{day}: {}", article.doc, starts.join(" ")));
        }
        Ok(said)
    }

    #[test]
    fn lines_of_both_kinds() {
        let docs = |doc: &str, records: &[String]| {
            format!(r#"{{"doc":"{doc}","published":"2019-12-15","records":[{}]}}"#, records.join(","))
        };
        let lines = [
            record("a", 1),
            record("a", 2),
            docs("a", &[record("a", 3), record("a", 4)]),
            docs("a", &[]),
            record("a", 5),
            record("b", 6),
            record("a", 7),
        ];
        let want = ["a: 1 2", "a 2019-12-15: 3 4", "a 2019-12-15: ", "a: 5", "b: 6", "a: 7"];
        assert_eq!(articles(&lines).unwrap(), want);
        assert_eq!(articles(&[]).unwrap(), [""; 0]);
    }

    #[test]
    fn a_bad_line_is_named() {
        for (bad, why) in [
            ("[]", "x:2: not a record, invalid length 0"),
            ("{}", "x:2: not a record, missing field"),
            (r#"{"records":[{}],"doc":"a"}"#, "x:2: not a record, "),
            (r#"{"records":[],"doc":"a","published":"soon"}"#, "x:2: not a record, "),
            (r#"{"doc":"a","kind":"opinion"}"#, "x:2: not a record, "),
        ] {
            let error = articles(&[record("a", 1), bad.into()]).unwrap_err();
            assert!(error.starts_with(why), "{bad}: {error}");
        }
    }

    #[test]
    fn one_file_behind_the_other() {
        let folder = tempfile::tempdir().unwrap();
        let files = [vec![record("a", 1), record("b", 2)], vec![], vec![record("b", 3)]];
        let paths = files.iter().enumerate().map(|(n, lines)| {
            let path = folder.path().join(n.to_string());
            std::fs::write(&path, lines.join("\n")).unwrap();
            path
        });
        let mut articles = Articles::open(paths.collect()).unwrap();
        let mut said = Vec::new();
        while let Some(article) = articles.next_article().unwrap() {
            said.push((article.doc.into_owned(), article.records[0].start));
        }
        assert_eq!(said, [("a".into(), 1), ("b".into(), 2), ("b".into(), 3)]);
    }
}
