//! Verdicts: what the page of `vnfacts report` saves. A line is an article as in `--format docs --with-text`, with
//! `verdicts` (the version of this format) before its keys, and of each record what the reader said of it.

use super::{Format, Review, Reviews};
use crate::output::lines::{BadLine, Expect};
use crate::record::{ArticleRecord, Record};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::path::Path;

/// The version of the format.
pub const VERSION: u32 = 1;

const LINE: Expect = Expect {
    what: "an article with verdicts",
    advice: "give a file that the page of this version's `vnfacts report` saved",
};

/// Such files.
pub const FORMAT: Format = Format {
    name: "verdicts",
    about: "saved by the page of `vnfacts report`",
    is: |head| !head.array && head.has("verdicts"),
    open,
};

/// What a reader said of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// it is right
    Accepted,
    /// it is wrong, and nothing stands for it
    Rejected,
    /// its correction is right
    Corrected,
}

/// A record with what the reader said of it.
#[derive(Debug, Deserialize)]
struct Judged {
    #[serde(flatten)]
    record: Record,
    /// none yet where it is null
    #[serde(default)]
    verdict: Option<Verdict>,
    #[serde(default)]
    correction: Option<Record>,
}

#[derive(Debug, Deserialize)]
struct Line {
    verdicts: u32,
    doc: String,
    #[serde(default)]
    url: Option<String>,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    published: Option<String>,
    text: String,
    records: Vec<Judged>,
}

fn open(path: &Path) -> Result<Reviews, BadLine> {
    super::of_lines(path, LINE, Line::review)
}

impl Line {
    fn review(self) -> Result<Review, String> {
        if self.verdicts != VERSION {
            return Err(format!("version {} of the format, this vnfacts reads {VERSION}", self.verdicts));
        }
        let published = self.published.map(|day| day.parse().map_err(|error| format!("published: {error}")));
        let mut article = ArticleRecord {
            doc: self.doc.into(),
            url: self.url.map(Cow::Owned),
            title: self.title.map(Cow::Owned),
            published: published.transpose()?,
            text: Some(self.text.into()),
            records: Vec::new(),
        };
        let all = self.records.len();
        let judged: Vec<Judged> =
            self.records.into_iter().filter(|judged| judged.verdict.is_some()).collect();
        let open = all - judged.len();
        for judged in judged {
            article.records.extend(judged.stands()?);
        }
        article.check_spans()?;
        Ok(Review { article, open })
    }
}

impl Judged {
    /// The record that the reader stands for, if any.
    fn stands(self) -> Result<Option<Record>, String> {
        match (self.verdict, self.correction) {
            (Some(Verdict::Accepted), _) => Ok(Some(self.record)),
            (Some(Verdict::Corrected), Some(correction)) => Ok(Some(correction)),
            (Some(Verdict::Corrected), None) => {
                Err(format!("the record at {} is corrected, but has no correction", self.record.start))
            }
            (Some(Verdict::Rejected) | None, _) => Ok(None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(start: usize, end: usize, text: &str, more: &str) -> String {
        format!(
            r#"{{"doc":"a","kind":"date","start":{start},"end":{end},"field":"text","text":"{text}","sentence":0,"block":"lead","rule":"date.day","confidence":0.5,"value":"2019-11-14","grain":"day","anchor":"explicit","role":null{more}}}"#
        )
    }

    fn read(line: &str) -> Result<Vec<Review>, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("v.jsonl");
        std::fs::write(&path, line).unwrap();
        super::super::open(&path).and_then(Iterator::collect).map_err(|bad| bad.to_string())
    }

    fn line(records: &[String]) -> String {
        let records = records.join(",");
        format!(
            r#"{{"verdicts":1,"doc":"a","published":"2019-12-15","text":"😀 14/11, 15/11","records":[{records}]}}"#
        )
    }

    #[test]
    fn what_the_reader_stands_for() {
        let correction = date(2, 7, "14/11", "");
        let judged = [
            date(2, 7, "14/11", r#","verdict":"accepted","correction":null"#),
            date(2, 7, "14/11", r#","verdict":"rejected""#),
            date(9, 14, "15/11", &format!(r#","verdict":"corrected","correction":{correction}"#)),
            date(9, 14, "15/11", r#","verdict":null"#),
            date(9, 14, "15/11", ""),
        ];
        let reviews = read(&line(&judged)).unwrap();
        let spans: Vec<usize> = reviews[0].article.records.iter().map(|record| record.start).collect();
        assert_eq!((reviews.len(), reviews[0].open, spans), (1, 2, vec![2, 2]));
        assert_eq!(reviews[0].article.published.map(|day| day.to_string()).as_deref(), Some("2019-12-15"));
    }

    #[test]
    fn what_cannot_be_is_told() {
        for (line, why) in [
            (line(&[date(9, 14, "15/11", r#","verdict":"corrected""#)]), "has no correction"),
            (line(&[date(9, 14, "16/11", r#","verdict":"accepted""#)]), "9..14"),
            (line(&[date(9, 15, "15/11", r#","verdict":"accepted""#)]), "9..15"),
            (line(&[date(9, 14, "15/11", r#","verdict":"maybe""#)]), "unknown variant `maybe`"),
            (line(&[]).replace("\"verdicts\":1", "\"verdicts\":7"), "version 7"),
            (line(&[]).replace("2019-12-15", "soon"), "published"),
            (r#"{"doc":"a","records":[]}"#.into(), "v.jsonl:1: not a reviewed file"),
            (String::new(), "not a reviewed file"),
        ] {
            let error = read(&line).unwrap_err();
            assert!(error.contains(why), "{line}: {error}");
        }
    }
}
