//! What is read out of `samples/`, drawn for a reader: each sentence that says something, and under the line in which
//! a record begins, carets under its words with its kind, rule and value.
//!
//! The drawings stand in `tests/snapshots/`. After a change that is meant, `INSTA_UPDATE=always cargo test --test
//! snapshots` writes them anew; read the difference before it is committed.

use std::fmt::Write;
use std::sync::OnceLock;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};
use vnfacts::article::Article;
use vnfacts::document::Scratch;
use vnfacts::gazetteer::Gazetteers;
use vnfacts::pipeline::Pipeline;
use vnfacts::record::{
    Approx, Award, Code, Count, DateFact, Fact, Field, Kind, Official, Record, Status, Title,
};

/// Sentences are broken at the first blank behind this column that no record spans.
const WIDTH: usize = 100;

/// A test for each file of `samples/`, named after it with `_` for `-`; and one that none is left out.
macro_rules! samples {
    ($($name:ident),* $(,)?) => {
        $(#[test] fn $name() { check(stringify!($name)); })*

        #[test]
        fn every_sample_has_a_snapshot() {
            let mut files: Vec<String> = std::fs::read_dir(folder())
                .unwrap()
                .map(|file| file.unwrap().path().file_stem().unwrap().to_string_lossy().replace('-', "_"))
                .collect();
            files.sort();
            assert_eq!(files, [$(stringify!($name)),*]);
        }
    };
}

samples![
    anh_chu_thich,
    bo_nhiem,
    cong_an_quan_doi,
    cong_tinh,
    dan_toc,
    dump,
    giao_duc_y_te,
    hoi_nghi_tong_ket,
    khen_thuong,
    ky_hop_hdnd,
    nfd,
    nghi_dinh,
    phien_toa,
    sap_nhap_2025,
    tham_chinh_thuc,
    thi_dua,
    thien_tai,
];

fn check(name: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, drawn(name)));
}

fn folder() -> String {
    format!("{}/samples", env!("CARGO_MANIFEST_DIR"))
}

/// The drawings of all articles of a sample.
fn drawn(name: &str) -> String {
    let file = format!("{}/{}", folder(), name.replace('_', "-"));
    let mut out = String::new();
    if let Ok(page) = std::fs::read_to_string(format!("{file}.txt")) {
        draw_article(&mut out, &Article { text: page.into(), ..Article::default() });
        return out;
    }
    for line in std::fs::read_to_string(format!("{file}.jsonl")).unwrap().lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let cell = |key: &str| row[key].as_str().map(str::to_string);
        let article = Article {
            id: cell("id").unwrap().into(),
            url: cell("url").map(Into::into),
            title: cell("title").map(Into::into),
            published: cell("published").and_then(|day| day.parse().ok()),
            text: cell("text").unwrap().into(),
        };
        let _ = writeln!(out, "=== {}\n", article.id);
        draw_article(&mut out, &article);
    }
    out
}

fn draw_article(out: &mut String, article: &Article<'_>) {
    static PIPELINE: OnceLock<Pipeline> = OnceLock::new();
    let pipeline = PIPELINE.get_or_init(|| Pipeline::new(Gazetteers::embedded().unwrap(), &[]));
    let mut scratch = Scratch::default();
    let records = pipeline.run(article, &mut scratch);
    pipeline.sentences(article, &mut scratch, |sentence| {
        let own: Vec<&Record> = records.iter().filter(|r| r.sentence == sentence.sentence).collect();
        if own.is_empty() {
            return;
        }
        let field = if sentence.field == Field::Title { ", apart" } else { "" };
        let _ = writeln!(out, "{} {}{field}", sentence.sentence, key(&sentence.block));
        draw_sentence(out, sentence.text, sentence.start, &own);
        out.push('\n');
    });
}

/// Draws a sentence line by line; `from` is where it starts in the article.
fn draw_sentence(out: &mut String, text: &str, from: usize, records: &[&Record]) {
    let chars: Vec<char> = text.chars().collect();
    let (mut start, mut width) = (0, 0);
    for (i, &c) in chars.iter().enumerate() {
        width += c.width().unwrap_or(0);
        let spanned = records.iter().any(|r| r.start <= from + i && from + i < r.end);
        let last = i + 1 == chars.len();
        if last || c.is_whitespace() && width > WIDTH && !spanned {
            draw_line(out, &chars[start..=i], from + start, records, last);
            (start, width) = (i + 1, 0);
        }
    }
}

/// Draws one line and the records that begin in it; those that begin behind it too if it is the last.
fn draw_line(out: &mut String, line: &[char], from: usize, records: &[&Record], last: bool) {
    let shown: String = line.iter().map(|&c| if c.is_whitespace() { ' ' } else { c }).collect();
    let _ = writeln!(out, "  {}", shown.trim_end());
    let width = |from: usize, to: usize| {
        line[from.min(line.len())..to.min(line.len())].iter().collect::<String>().width()
    };
    for record in records.iter().filter(|r| from <= r.start && (last || r.start < from + line.len())) {
        let (start, end) = (record.start - from, record.end - from);
        let carets = format!("^{}", "~".repeat(width(start, end).saturating_sub(1)));
        let kind = record.fact.kind();
        let twice = record.duplicate_of.map_or(String::new(), |first| format!(" (as at {first})"));
        let blank = " ".repeat(width(0, start));
        let _ = writeln!(
            out,
            "  {blank}{carets} {} {}: {}{twice}",
            key(&kind),
            rule(record, kind),
            says(&record.fact)
        );
    }
}

/// The rule without the kind it begins with.
fn rule(record: &Record, kind: Kind) -> &str {
    let rule = record.rule.as_str();
    rule.strip_prefix(key(&kind).as_str()).map_or(rule, |rest| rest.trim_start_matches(['-', '_', '/', '.']))
}

/// A variant as records write it.
fn key(variant: &impl serde::Serialize) -> String {
    serde_json::to_value(variant).unwrap().as_str().unwrap_or_default().to_string()
}

fn says(fact: &Fact) -> String {
    match fact {
        Fact::Official(official) => person(official),
        Fact::Code(code) => document(code),
        Fact::Date(DateFact { value, grain, anchor, role }) => {
            let role = role.as_ref().map(key);
            words([Some(null(value)), Some(key(grain)), Some(key(anchor)), role])
        }
        Fact::Count(count) => quantity(count),
        Fact::Award(award) => conferral(award),
    }
}

/// What is there, with blanks between.
fn words(parts: impl IntoIterator<Item = Option<String>>) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn null(value: &Option<String>) -> String {
    value.clone().unwrap_or_else(|| "null".into())
}

fn named(name: &str, value: Option<String>) -> Option<String> {
    value.map(|value| format!("{name}={value}"))
}

fn person(official: &Official) -> String {
    let Official { name, person, honorific, rank, degree, titles } = official;
    let head = words([
        Some(null(person)),
        Some(null(name)),
        named("honorific", honorific.clone()),
        named("rank", rank.clone()),
        named("degree", degree.clone()),
    ]);
    titles.iter().fold(head, |said, title| format!("{said}; {}", post(title)))
}

fn post(title: &Title) -> String {
    let Title { text, role, org, place, status, codes, .. } = title;
    let parts = [Some(role.clone()), org.clone(), place.as_ref().map(|p| format!("@{p}"))];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let status = (*status != Status::Current).then(|| key(status));
    words([Some(text.clone()), Some(format!("[{}]", parts.join(" | "))), status, list(codes)])
}

fn list(codes: &[String]) -> Option<String> {
    (!codes.is_empty()).then(|| format!("codes={}", codes.join(",")))
}

fn document(code: &Code) -> String {
    let Code { canonical, type_name, issuer_name, name, issued, .. } = code;
    words([
        Some(canonical.clone()),
        named("type", type_name.clone()),
        named("issuer", issuer_name.clone()),
        named("issued", issued.clone()),
        named("name", name.clone()),
    ])
}

fn quantity(count: &Count) -> String {
    let Count { value, min, max, approx, unit, measure } = count;
    let approx = approx.map(|approx| match approx {
        Approx::About => "about",
        Approx::Over => "over",
        Approx::Under => "under",
    });
    let end = |n: &Option<f64>| n.map(|n| n.to_string()).unwrap_or_default();
    let number = value.map_or_else(|| format!("{}..{}", end(min), end(max)), |value| value.to_string());
    words([approx.map(String::from), Some(number), Some(unit.clone()), Some(format!("({measure})"))])
}

fn conferral(award: &Award) -> String {
    let Award { form, class, count, recipients, giver, presenter, codes, amount, part_of } = award;
    words([
        Some(null(form)),
        class.clone(),
        named("count", count.map(|n| n.to_string())),
        named("to", recipients.clone()),
        named("by", giver.clone()),
        named("presenter", presenter.clone()),
        list(codes),
        named("amount", amount.as_ref().map(|a| format!("{} {}", a.value, a.unit))),
        named("part_of", part_of.map(|start| start.to_string())),
    ])
}
