//! The case tables `tests/cases/KIND.tsv`, and the examples of the rules, run through the whole pipeline.
//!
//! A table has the columns `text`, `value`, `note` under a header; lines that start with `#` are headings. `text` has
//! `[brackets]` around each thing of its kind, never one in another, and `\n` for a line break; no brackets: nothing of
//! the kind may be found. `value` says what each bracket must be, split by ` ; `, and by ` & ` where
//! several records share a bracket. Articles are published on 2019-12-15
//! unless the note starts with `published=YYYY-MM-DD`. Each line runs as it is, behind a sentence about something
//! else, and in NFD. What the values of a kind look like ([`value`] writes them):
//!
//! | kind | value | examples |
//! |---|---|---|
//! | code | the canonical code | `01-CTr/TU` |
//! | date | the EDTF value, or `null` | `2019-11-14`, `2015/2020`, `null` |
//! | count | number or `min..max`, with `~` about, `>` over, `<` under before it, then the unit | `58 tập thể, cá nhân`, `95.. %`, `..30 người`, `20..30 người`, `>2000 km` |
//! | official | name or `null`; ` = ` and the titles as written, split by ` \| `; the rank in brackets | `Nguyễn Văn A`, `Trần B = Bí thư Thành ủy \| Đại biểu Quốc hội`, `null = Chủ tịch nước`, `Lê C [Đại tá]` |
//! | award | form with its class, count, recipients, split by ` / `, `null` for what is untold | `Bằng khen / 58 / tập thể, cá nhân`, `Huân chương Lao động hạng Nhất / null / null` |

use std::fmt::Write;
use std::sync::OnceLock;
use unicode_normalization::UnicodeNormalization;
use vnfacts::article::Article;
use vnfacts::document::Scratch;
use vnfacts::extract;
use vnfacts::gazetteer::Gazetteers;
use vnfacts::pipeline::Pipeline;
use vnfacts::record::{Approx, Count, Fact, Kind, Official, Record};

/// The kinds whose tables are complete: at least [`POSITIVE`] lines with brackets and [`NEGATIVE`] without.
const COMPLETE: &[Kind] = &[Kind::Code, Kind::Count, Kind::Date, Kind::Official, Kind::Award];
const POSITIVE: usize = 60;
const NEGATIVE: usize = 40;

const PUBLISHED: &str = "2019-12-15";
const BEFORE: &str = "Gió nhẹ thổi qua cánh đồng ven làng.\n";

#[test]
fn code_cases() {
    check(Kind::Code);
}

#[test]
fn date_cases() {
    check(Kind::Date);
}

#[test]
fn count_cases() {
    check(Kind::Count);
}

#[test]
fn official_cases() {
    check(Kind::Official);
}

#[test]
fn award_cases() {
    check(Kind::Award);
}

#[test]
fn tables_are_large_enough() {
    for &kind in COMPLETE {
        let cases = cases(kind);
        let positive = cases.iter().filter(|case| case.text.contains('[')).count();
        let negative = cases.len() - positive;
        assert!(positive >= POSITIVE, "{}: only {positive} positive cases", name(kind));
        assert!(negative >= NEGATIVE, "{}: only {negative} negative cases", name(kind));
    }
}

#[test]
fn rules_find_what_their_examples_show() {
    let mut report = String::new();
    for (kind, rule) in extract::rules() {
        let (text, spans) = unbracket(rule.example);
        let got: Vec<Item> = run(&text, PUBLISHED, kind)
            .iter()
            .filter(|r| r.rule == rule.name)
            .map(|r| Item { start: r.start, end: r.end, value: r.rule.clone() })
            .collect();
        let want: Vec<Item> =
            spans.iter().map(|&(start, end)| Item { start, end, value: rule.name.to_string() }).collect();
        if got != want || want.is_empty() {
            draw(&mut report, &format!("rule {}", rule.name), &text, &want, &got);
        }
    }
    assert!(report.is_empty(), "\n{report}");
}

/// One line of a table.
struct Case {
    line: usize,
    text: String,
    values: Vec<String>,
    published: String,
}

/// What must be, or is, at a place.
#[derive(Clone, Debug, PartialEq)]
struct Item {
    start: usize,
    end: usize,
    value: String,
}

fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Official => "official",
        Kind::Code => "code",
        Kind::Date => "date",
        Kind::Count => "count",
        Kind::Award => "award",
    }
}

fn path(kind: Kind) -> String {
    format!("tests/cases/{}.tsv", name(kind))
}

/// The lines of a kind's table; none while there is no such file.
fn cases(kind: Kind) -> Vec<Case> {
    let file = format!("{}/{}", env!("CARGO_MANIFEST_DIR"), path(kind));
    let Ok(table) = std::fs::read_to_string(file) else { return Vec::new() };
    let mut lines = table.lines().enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#'));
    let header = lines.next().map(|(_, l)| l);
    assert_eq!(header, Some("text\tvalue\tnote"), "header of {}", path(kind));
    lines
        .map(|(n, line)| {
            let mut cells = line.split('\t');
            let text = cells.next().unwrap_or_default().replace("\\n", "\n");
            let values = cells.next().unwrap_or_default().split(" ; ").filter(|v| !v.is_empty());
            let values = values.map(|v| v.nfc().collect()).collect();
            let note = cells.next().unwrap_or_default();
            let date = note.strip_prefix("published=").and_then(|rest| rest.get(..10)).unwrap_or(PUBLISHED);
            Case { line: n + 1, text, values, published: date.to_string() }
        })
        .collect()
}

/// Runs the table of a kind in all three ways and shows every line that fails.
fn check(kind: Kind) {
    let mut report = String::new();
    let mut failed = 0;
    for case in cases(kind) {
        let before = report.len();
        for (way, text) in [
            ("as it is", case.text.clone()),
            ("shifted", format!("{BEFORE}{}", case.text)),
            ("NFD", case.text.nfd().collect()),
        ] {
            let head = format!("{}:{} ({way})", path(kind), case.line);
            let (text, spans) = unbracket(&text);
            if spans.len() != case.values.len() {
                let _ = writeln!(report, "{head}: {} brackets, {} values", spans.len(), case.values.len());
                break;
            }
            let want: Vec<Item> = spans
                .iter()
                .zip(&case.values)
                .flat_map(|(&(start, end), value)| {
                    value.split(" & ").map(move |value| Item { start, end, value: value.into() })
                })
                .collect();
            let got: Vec<Item> = run(&text, &case.published, kind)
                .iter()
                .map(|r| Item { start: r.start, end: r.end, value: value(&r.fact) })
                .collect();
            if got != want {
                draw(&mut report, &head, &text, &want, &got);
                break;
            }
        }
        failed += usize::from(report.len() > before);
    }
    assert!(failed == 0, "\n{report}\n{failed} lines of {} fail", path(kind));
}

fn run(text: &str, published: &str, kind: Kind) -> Vec<Record> {
    static PIPELINE: OnceLock<Pipeline> = OnceLock::new();
    let pipeline = PIPELINE.get_or_init(|| match Gazetteers::embedded() {
        Ok(tables) => Pipeline::new(tables, &[]),
        Err(error) => panic!("{error}"),
    });
    let article = Article {
        id: "case".into(),
        url: None,
        title: None,
        published: published.parse().ok(),
        text: text.into(),
    };
    let mut records = pipeline.run(&article, &mut Scratch::default());
    records.retain(|r| r.fact.kind() == kind);
    records
}

/// The text without its brackets, and the code points between them.
fn unbracket(text: &str) -> (String, Vec<(usize, usize)>) {
    let (mut plain, mut spans, mut at, mut start) = (String::new(), Vec::new(), 0, 0);
    for c in text.chars() {
        match c {
            '[' => start = at,
            ']' => spans.push((start, at)),
            _ => {
                plain.push(c);
                at += 1;
            }
        }
    }
    (plain, spans)
}

/// The value of a fact, as the tables write it.
fn value(fact: &Fact) -> String {
    let value = match fact {
        Fact::Code(code) => code.canonical.clone(),
        Fact::Date(date) => or_null(&date.value),
        Fact::Count(count) => count_value(count),
        Fact::Official(official) => official_value(official),
        Fact::Award(award) => {
            let form = award.form.as_ref().map(|form| match &award.class {
                Some(class) => format!("{form} {class}"),
                None => form.clone(),
            });
            let count = award.count.map(|n| n.to_string());
            [form, count, award.recipients.clone()].iter().map(or_null).collect::<Vec<_>>().join(" / ")
        }
    };
    value.nfc().collect()
}

fn or_null(value: &Option<String>) -> String {
    value.clone().unwrap_or_else(|| "null".into())
}

fn count_value(count: &Count) -> String {
    let approx = match count.approx {
        Some(Approx::About) => "~",
        Some(Approx::Over) => ">",
        Some(Approx::Under) => "<",
        None => "",
    };
    let end = |n: Option<f64>| n.map(|n| n.to_string()).unwrap_or_default();
    let number = match count.value {
        Some(value) => value.to_string(),
        None => format!("{}..{}", end(count.min), end(count.max)),
    };
    format!("{approx}{number} {}", count.unit)
}

fn official_value(official: &Official) -> String {
    let mut value = or_null(&official.name);
    let titles: Vec<&str> = official.titles.iter().map(|title| title.text.as_str()).collect();
    if !titles.is_empty() {
        let _ = write!(value, " = {}", titles.join(" | "));
    }
    if let Some(rank) = &official.rank {
        let _ = write!(value, " [{rank}]");
    }
    value
}

/// Writes the text with carets under what was wanted (`^`) and what came (`~`).
fn draw(report: &mut String, head: &str, text: &str, want: &[Item], got: &[Item]) {
    let _ = writeln!(report, "{head}\n  {}", text.nfc().collect::<String>().replace('\n', "⏎"));
    // Columns count composed characters, so that NFD text lines up too.
    let column = |at: usize| text.chars().take(at).nfc().count();
    for (items, mark, say) in [(want, "^", "want"), (got, "~", "got")] {
        for item in items {
            let (start, end) = (column(item.start), column(item.end));
            let line = mark.repeat(end.saturating_sub(start).max(1));
            let _ = writeln!(report, "  {}{line} {say} {}", " ".repeat(start), item.value);
        }
        if items.is_empty() {
            let _ = writeln!(report, "  {say} nothing");
        }
    }
}
