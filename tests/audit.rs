//! `vnfacts audit` end to end: each check on invented articles, as many that it must leave alone, and the command's
//! options, streams and exit codes. The cases stand in `tests/cases/audit.tsv`.

mod common;

use common::{Place, Run};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use vnfacts::article::Article;
use vnfacts::audit::facts::Facts;
use vnfacts::audit::run::Audit;
use vnfacts::audit::{CHECKS, Finding, docs};
use vnfacts::cli::schema::FINDINGS;
use vnfacts::document::Scratch;
use vnfacts::gazetteer::Gazetteers;
use vnfacts::pipeline::Pipeline;
use vnfacts::record::ArticleRecord;

/// A case: articles, and the words that a check must find in the last one, if any.
struct Case {
    line: usize,
    check: String,
    articles: Vec<(String, String)>,
    want: Vec<String>,
}

/// `CHECK<tab>DATE: text || DATE: text<tab>note`; brackets stand round the words that the findings begin with.
fn cases() -> Vec<Case> {
    let table = include_str!("cases/audit.tsv");
    let rows = table.lines().enumerate().skip(1).filter(|(_, row)| !row.starts_with('#') && !row.is_empty());
    let case = |(n, row): (usize, &str)| {
        let cells: Vec<&str> = row.split('\t').collect();
        assert_eq!(cells.len(), 3, "line {}", n + 1);
        let mut want = Vec::new();
        let articles = cells[1].split(" || ").map(|article| {
            let (day, text) = article.split_once(": ").expect("a date in front of the text");
            want.extend(text.split('[').skip(1).map(|rest| rest.split(']').next().unwrap().to_string()));
            (day.to_string(), text.replace(['[', ']'], "").replace("\\n", "\n"))
        });
        Case { line: n + 1, check: cells[0].into(), articles: articles.collect(), want }
    };
    rows.map(case).collect()
}

/// Extracts and audits articles, given as date and text.
fn audit(articles: &[(String, String)], options: &[&str]) -> Run {
    let place = Place::new(&[]);
    let lines: Vec<String> = articles
        .iter()
        .enumerate()
        .map(|(n, (day, text))| match day.as_str() {
            "-" => json!({"id": format!("a{n}"), "text": text}).to_string(),
            day => json!({"id": format!("a{n}"), "published": day, "text": text}).to_string(),
        })
        .collect();
    place.write("in.jsonl", lines.join("\n").as_bytes());
    place.run(&["extract", "-q", "in.jsonl", "--with-text", "-o", "facts.docs.jsonl"]).code(0);
    let mut args = vec!["audit", "facts.docs.jsonl"];
    args.extend(options);
    place.run(&args)
}

#[test]
fn each_case_gives_what_it_says() {
    let cases = cases();
    let checks: BTreeSet<&str> = cases.iter().map(|case| case.check.as_str()).collect();
    for check in CHECKS {
        let of = || cases.iter().filter(|case| case.check == check.name);
        let (found, left) =
            (of().filter(|c| !c.want.is_empty()).count(), of().filter(|c| c.want.is_empty()).count());
        assert!(found >= 2 && left >= 2, "{}: {found} cases found, {left} left alone", check.name);
    }
    assert_eq!(checks.len(), CHECKS.len(), "a case for a check that there is not");
    let gazetteers = Gazetteers::embedded().unwrap();
    let facts = Facts::new(&gazetteers);
    let pipeline = Pipeline::new(gazetteers, &[]);
    let mut wrong = Vec::new();
    for case in &cases {
        let found = first_words(case, &pipeline, &facts);
        if found != case.want {
            wrong.push(format!("line {}: {} found {found:?}, want {:?}", case.line, case.check, case.want));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// The words that the findings of a case begin with.
fn first_words(case: &Case, pipeline: &Pipeline, facts: &Facts) -> Vec<String> {
    let check = CHECKS.iter().find(|check| check.name == case.check).expect("a check of that name");
    let mut audit = Audit::new(facts, vec![check]);
    for (n, (day, text)) in case.articles.iter().enumerate() {
        let article = Article {
            id: format!("a{n}").into(),
            published: day.parse().ok(),
            text: text.as_str().into(),
            ..Article::default()
        };
        let mut read = pipeline.read(&article, &mut Scratch::default());
        read.text = Some(text.as_str().into());
        let line = serde_json::to_string(&read).unwrap();
        audit.article(&owned(&line)).unwrap();
    }
    let mut words = Vec::new();
    let each = |finding: Finding| {
        words.push(finding.words[0].text.clone());
        Ok(())
    };
    audit.finish(each).unwrap();
    words
}

/// The article as a command reads it back.
fn owned(line: &str) -> ArticleRecord<'static> {
    serde_json::from_str::<ArticleRecord<'static>>(line).unwrap()
}

fn article(day: &str, text: &str) -> (String, String) {
    (day.into(), text.into())
}

/// An article that several checks find something in.
fn odd() -> Vec<(String, String)> {
    vec![
        article("2019-12-20", "Ngày 20-12, đoàn công tác của tỉnh làm việc tại xã Nà Bó."),
        article(
            "2019-12-15",
            "Sáng 14-11, UBND tỉnh Lào Cai tổ chức hội nghị theo Nghị quyết 29/NQ-TW.\n\nTỉnh có 12 xã, gồm 8 xã miền \
             núi và 5 xã đồng bằng.",
        ),
    ]
}

#[test]
fn findings_come_in_the_order_of_the_articles_and_their_words() {
    let run = audit(&odd(), &[]).code(0).says("2 articles, 3 findings (error 0, warning 3, info 0)\n");
    let found: Vec<_> = run.lines().iter().map(|line| line["check"].as_str().unwrap().to_string()).collect();
    assert_eq!(found, ["date.long-before", "code.separator", "sum.differs"]);
    let first = &run.lines()[0];
    assert_eq!(
        first["says"],
        "news of 2019-11-14, 31 days before the article of 2019-12-15; 2019-12-14 would fit"
    );
    assert_eq!(
        first["words"][0],
        json!({"doc": "a1", "field": "text", "start": 0, "end": 10, "text": "Sáng 14-11"})
    );
    assert_eq!(audit(&odd(), &[]).out, run.out, "the same bytes each time");
}

#[test]
fn checks_are_switched_off_and_on() {
    let names = |options: &[&str]| -> Vec<String> {
        let lines = audit(&odd(), options).code(0).lines();
        lines.iter().map(|line| line["check"].as_str().unwrap().into()).collect()
    };
    assert_eq!(names(&["--off", "sum.differs,date.long-before"]), ["code.separator"]);
    assert_eq!(names(&["--only", "sum.differs"]), ["sum.differs"]);
    assert_eq!(names(&["--only", "sum.differs", "--min-severity", "info"]), ["sum.differs"]);
    assert!(names(&["--only", "date.weekday"]).is_empty());
}

#[test]
fn exit_codes() {
    audit(&odd(), &["--fail-on", "error"]).code(0);
    audit(&odd(), &["--fail-on", "warning"]).code(1);
    audit(&odd(), &["--fail-on", "info", "--only", "date.weekday"]).code(0);
    audit(&odd(), &["--off", "date.wekday"]).code(2).says("no check is called \"date.wekday\"");
    audit(&odd(), &["--only", "sum.adds-up", "--min-severity", "error"]).code(2).says("no check is left");
    let place = Place::new(&[("bad.jsonl", b"{\"doc\": 1}\n"), ("empty.jsonl", b"")]);
    place.run(&["audit", "bad.jsonl"]).code(2).says("bad.jsonl:1: not a record");
    place.run(&["audit", "none.jsonl"]).code(2).says("none.jsonl: cannot be opened");
    place.run(&["audit", "empty.jsonl"]).code(0).says("0 articles, 0 findings");
    place.run(&["audit", "empty.jsonl", "-o", "no/folder/f.jsonl"]).code(2).says("cannot write");
}

#[test]
fn an_output_is_whole_or_not_there() {
    let place = Place::new(&[("bad.jsonl", b"{\"doc\": 1}\n"), ("empty.jsonl", b"")]);
    place.run(&["audit", "bad.jsonl", "-o", "f.jsonl"]).code(2);
    assert!(!place.0.path().join("f.jsonl").exists());
    place.run(&["audit", "empty.jsonl", "-o", "f.jsonl"]).code(0);
    assert_eq!(place.read("f.jsonl"), "");
}

#[test]
fn records_alone_are_checked_as_far_as_they_go() {
    let place =
        Place::new(&[("a.txt", "15/12/2019 07:50\n\nTheo Nghị quyết 29/NQ-TW, tỉnh có 12 xã.".as_bytes())]);
    place.run(&["extract", "-q", "a.txt", "-o", "facts.jsonl"]).code(0);
    let run = place.run(&["audit", "facts.jsonl"]).code(0);
    assert_eq!(run.lines()[0]["check"], "code.separator");
    let run = run.says("1 article without text: not checked for ");
    assert!(!run.err.contains("publication date"), "the stamp tells it: {}", run.err);
}

#[test]
fn checks_that_lack_something_are_counted() {
    let run = audit(&[article("-", "Chủ tịch UBND tỉnh Lào Cai Trần Văn Mẫu phát biểu.")], &[]).code(0);
    run.says("1 article without publication date: not checked for body.not-at-date");
}

#[test]
fn the_listing_names_every_check() {
    let run = Place::new(&[]).run(&["audit", "--list"]).code(0);
    let names: Vec<&str> = run.out.lines().skip(1).map(|line| line.split('\t').next().unwrap()).collect();
    assert_eq!(names, CHECKS.iter().map(|check| check.name).collect::<Vec<_>>());
}

#[test]
fn the_samples_give_findings_that_fit_the_contract() {
    let place = Place::new(&[]);
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/samples");
    place.run(&["extract", "-q", samples, "--with-text", "-o", "s.docs.jsonl"]).code(0);
    let run = place.run(&["audit", "s.docs.jsonl"]).code(0);
    let schema: Value = serde_json::from_str(FINDINGS).unwrap();
    let keys: Vec<&str> =
        schema["required"].as_array().unwrap().iter().map(|key| key.as_str().unwrap()).collect();
    let checks: BTreeSet<String> =
        run.lines().iter().map(|line| line["check"].as_str().unwrap().to_string()).collect();
    assert!(checks.contains("sum.adds-up") && checks.contains("caption.repeated"), "{checks:?}");
    let texts: Vec<Value> =
        place.read("s.docs.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for line in run.out.lines() {
        let finding: Finding = serde_json::from_str(line).unwrap();
        let value: Value = serde_json::from_str(line).unwrap();
        assert_eq!(value.as_object().unwrap().keys().len(), keys.len());
        assert!(keys.iter().all(|key| value.get(key).is_some()), "{line}");
        for words in &finding.words {
            let article = texts.iter().find(|text| text["doc"] == words.doc.as_str()).unwrap();
            let field = serde_json::to_value(words.field).unwrap();
            let text = article[field.as_str().unwrap()].as_str().unwrap();
            let slice: String = text.chars().skip(words.start).take(words.end - words.start).collect();
            assert_eq!(slice, words.text);
        }
    }
}

/// `UPDATE_DOCS=1 cargo test --test audit` writes the page anew.
#[test]
fn the_page_of_the_checks_is_made_of_the_registry() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/audit.md");
    let page = std::fs::read_to_string(path).unwrap();
    let head = page.split("\n## ").next().unwrap();
    let want = format!("{head}\n{}", docs::sections()).trim_end().to_string() + "\n";
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(path, want).unwrap();
    } else {
        assert!(
            page == want,
            "docs/audit.md is not what the registry says; UPDATE_DOCS=1 cargo test --test audit"
        );
    }
}
