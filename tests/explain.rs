//! `vnfacts explain`: a derivation of each kind of record, reasons where there is none, and the places that can be asked
//! for. The drawings stand in `tests/snapshots/explain_*`; rows and figures of the tables are left out of them, so that a
//! new row changes none.

mod common;

use common::Place;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use vnfacts::article::Article;
use vnfacts::document::Scratch;
use vnfacts::explain::reading::read;
use vnfacts::explain::show::{show, show_given_up};
use vnfacts::extract::{self, Found};
use vnfacts::gazetteer::Gazetteers;
use vnfacts::gazetteer::schema::{SCHEMAS, TABLES};
use vnfacts::pipeline::Pipeline;
use vnfacts::record::{Field, Kind};
use vnfacts::trace::Trace;

fn pipeline() -> &'static Pipeline {
    static PIPELINE: OnceLock<Pipeline> = OnceLock::new();
    PIPELINE.get_or_init(|| Pipeline::new(Gazetteers::embedded().unwrap(), &[]))
}

fn article(id: &str, text: &str) -> Article<'static> {
    Article { id: id.to_string().into(), text: text.to_string().into(), ..Article::default() }
}

fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Without the places of rows and what was measured, which change with the tables.
fn steady(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let line = match line.trim_start().starts_with("confidence ") {
            true => "   confidence …".to_string(),
            false => line
                .split(".tsv:")
                .enumerate()
                .map(|(n, part)| match n {
                    0 => part.to_string(),
                    _ => format!(".tsv:N{}", part.trim_start_matches(|c: char| c.is_ascii_digit())),
                })
                .collect(),
        };
        out.push_str(&line);
        out.push('\n');
    }
    out
}

fn check(name: &str, drawn: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(format!("explain_{name}"), steady(drawn)));
}

/// The explanation of the record of `kind` that begins with `words` for the first time in a sample.
#[track_caller]
fn of_sample(sample: &str, kind: Kind, words: &str) -> String {
    let text = std::fs::read_to_string(project(&format!("samples/{sample}.txt"))).unwrap();
    let article = article(sample, &text);
    read(pipeline(), &article, |reading| {
        let record =
            reading.records().iter().position(|r| r.fact.kind() == kind && r.text.starts_with(words));
        let mut out = String::new();
        show(&mut out, &reading.record(record.unwrap()));
        out
    })
}

#[test]
fn an_official() {
    check("official", &of_sample("hoi-nghi-tong-ket", Kind::Official, "Lương Đình Quế"));
}

#[test]
fn a_further_mention() {
    check("mention", &of_sample("khen-thuong", Kind::Official, "Tích"));
}

#[test]
fn a_code() {
    check("code", &of_sample("hoi-nghi-tong-ket", Kind::Code, "03-CTr/TU"));
}

#[test]
fn a_date() {
    check("date", &of_sample("hoi-nghi-tong-ket", Kind::Date, "tháng 8"));
}

#[test]
fn a_count() {
    check("count", &of_sample("khen-thuong", Kind::Count, "1.046 tỷ đồng"));
}

#[test]
fn an_award() {
    check("award", &of_sample("hoi-nghi-tong-ket", Kind::Award, "Bằng khen"));
}

/// Texts in which the words in brackets become no record of the kind, and a part of the reason.
const REJECTED: &[(Kind, &str, &str)] = &[
    (Kind::Count, "Đội Sông Lam thắng [3-0] trước đội khách.", "a score"),
    (Kind::Count, "Bà đi xe [D2019] về quê.", "glued"),
    (Kind::Count, "Ngôi nhà số [45 phố] Hàng Mận mất điện.", "ordinal or a label"),
    (Kind::Count, "Hội nghị bắt đầu lúc [8 giờ], xong sớm.", "a time of day"),
    (Kind::Count, "Phong trào [ba] lô lên đường.", "only begins like a number"),
    (Kind::Count, "Ông về quê với [một người] bạn.", "counts nothing"),
    (Kind::Count, "Xã họp bàn về [12].", "no noun, measure or currency"),
    (Kind::Count, "Sáng [14 tháng] 11, xã họp bàn.", "a date was read first"),
    (Kind::Date, "Tỷ số hai trận là [4-2] và chủ nhà thắng.", "a score or a ratio"),
    (Kind::Date, "Vị trí [thứ hai] thuộc về xã Đông Mận.", "ordinal"),
    (Kind::Code, "Theo [Luật 45], người vi phạm nộp phạt.", "without its year"),
    (Kind::Code, "Kế hoạch [12/abc-xyz] được treo.", "neither document_types nor issuers"),
    (Kind::Official, "Các [bí thư] xã về dự.", "several holders"),
    (Kind::Official, "[Giám đốc] sẽ đến.", "without its body"),
    (Kind::Official, "Chiều qua [Trần Văn Mẫu] đi chợ.", "nothing in the article gives its bearer a post"),
    (Kind::Official, "Đại tá [Hùng] vắng mặt.", "a rank with one word"),
    (Kind::Official, "Quán [Sông Lam Xanh] mở cửa.", "no full name"),
    (Kind::Award, "Huyện đề nghị tặng [Bằng khen] cho 5 cá nhân.", "only proposed"),
    (Kind::Award, "Tờ [giấy khen] đã cũ.", "nothing beside it says that it was given"),
    (Kind::Award, "Xã mở hội nhằm [tôn vinh] các nghệ nhân.", "what something is for"),
    (Kind::Award, "Hội đồng Thi đua - [Khen thưởng] họp.", "part of a name"),
];

#[test]
fn what_is_no_record_has_its_reason() {
    for (kind, marked, reason) in REJECTED {
        let start = marked.split('[').next().unwrap().chars().count();
        let article = article("t", &marked.replace(['[', ']'], ""));
        read(pipeline(), &article, |reading| {
            let explained = reading.at(Field::Text, start, Some(*kind)).unwrap();
            let [one] = &explained[..] else { panic!("{marked}: {explained:?}") };
            assert_eq!(one.record, None, "{marked}");
            let mut why = one.lost.iter().filter(|lost| lost.kind == *kind).map(|lost| &lost.why);
            assert!(why.any(|why| why.contains(reason)), "{marked}: not {reason:?} but {:?}", one.lost);
        });
    }
}

#[test]
fn rejections_are_drawn() {
    let mut out = String::new();
    for (kind, marked, _) in REJECTED {
        let article = article("t", &marked.replace(['[', ']'], ""));
        read(pipeline(), &article, |reading| {
            out += &format!("{} ({kind:?})\n", marked.replace(['[', ']'], ""));
            show_given_up(&mut out, &reading.given_up(Some(*kind)));
        });
    }
    check("rejections", &out);
}

#[test]
fn furniture_is_told_by_its_row() {
    let page = "Xã Đông Mận khánh thành cầu mới\n\nSáng 14-11, xã Đông Mận khánh thành cây cầu dài 40 m, nối hai thôn \
                trước đây phải đi đò, do nhân dân góp công.\n\nCây cầu được xây trong hai năm.\n\nTin cùng chuyên mục\n\n\
                Huyện Sông Lam có 12 cây cầu mới\n\nXã Đông Quế trao 30 suất quà\n";
    let start = page.split("12 cây").next().unwrap().chars().count();
    let one = read(pipeline(), &article("t", page), |reading| reading.at(Field::Text, start, None).unwrap());
    assert_eq!(one[0].record, None);
    let why = one[0].why_not.join(" ");
    assert!(why.contains("furniture") && why.contains("`Tin cùng chuyên mục`"), "{why}");
    assert!(why.contains("gazetteers/furniture.tsv:"), "{why}");
}

#[test]
fn a_word_that_no_table_knows() {
    let one = read(pipeline(), &article("t", "Họ zxqwv ở đó."), |reading| {
        reading.at(Field::Text, 3, None).unwrap()
    });
    assert!(one[0].why_not[0].contains("no table knows"), "{:?}", one[0].why_not);
}

/// The texts of the case tables and the samples.
fn texts() -> Vec<String> {
    let mut texts = Vec::new();
    for file in std::fs::read_dir(project("tests/cases"))
        .unwrap()
        .chain(std::fs::read_dir(project("samples")).unwrap())
    {
        let (path, content) = {
            let path = file.unwrap().path();
            (path.clone(), std::fs::read_to_string(path).unwrap())
        };
        match path.extension().is_some_and(|e| e == "tsv") {
            true => texts.extend(
                content.lines().filter_map(|l| l.split('\t').next()).map(|t| t.replace(['[', ']'], "")),
            ),
            false => texts.push(content),
        }
    }
    texts
}

#[test]
fn every_rule_of_a_note_is_one_of_the_registry() {
    let rules: BTreeSet<&str> = extract::rules().map(|(_, rule)| rule.name).collect();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for text in texts() {
        let article = article("t", &text);
        let mut doc = pipeline().document(&article, &mut Scratch::default());
        doc.trace = Trace::on();
        let mut found = Found::new(doc.tokens.len());
        pipeline().extractors().for_each(|(_, extractor)| extractor.extract(&doc, &mut found));
        for note in doc.trace.take() {
            assert!(rules.contains(note.rule), "{note:?}");
            *seen.entry(note.rule.split('.').next().unwrap()).or_default() += 1;
        }
    }
    let kinds: Vec<&&str> = seen.keys().collect();
    assert_eq!(kinds, [&"award", &"code", &"count", &"date", &"official"], "{seen:?}");
}

#[test]
fn nothing_is_noted_where_nobody_asks() {
    let article = article("t", "Đội thắng 3-0, Giám đốc đến.");
    let doc = pipeline().document(&article, &mut Scratch::default());
    let mut found = Found::new(doc.tokens.len());
    pipeline().extractors().for_each(|(_, extractor)| extractor.extract(&doc, &mut found));
    assert!(!doc.trace.is_on() && doc.trace.take().is_empty());
}

/// The source of an extractor.
fn source(folder: &Path, out: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => source(&path, out),
            false => *out += &std::fs::read_to_string(path).unwrap(),
        }
    }
}

#[test]
fn an_extractor_names_the_tables_that_it_reads() {
    for entry in extract::EXTRACTORS {
        let mut code = String::new();
        source(&project(&format!("src/extract/{:?}", entry.kind).to_lowercase()), &mut code);
        let declared = code.find("pub const TABLES").map(|at| at + code[at..].find(';').unwrap()).unwrap();
        let begins = code.find("pub const TABLES").unwrap();
        let code = format!("{}{}", &code[..begins], &code[declared..]);
        let names = code
            .split("TableId::")
            .skip(1)
            .map(|rest| rest.chars().take_while(|c| c.is_alphanumeric()).collect::<String>());
        let read: BTreeSet<String> = names.collect();
        let named: BTreeSet<String> = entry.tables.iter().map(|table| format!("{table:?}")).collect();
        assert_eq!(named, read, "{:?}", entry.kind);
    }
}

#[test]
fn rows_stand_where_it_is_said() {
    let text = "Theo Giám đốc Sở Y tế Hà Nội Trần Văn Mẫu, 12 tập thể được tặng Bằng khen ngày 14-11.";
    let explained = read(pipeline(), &article("t", text), |reading| {
        (0..reading.records().len()).map(|nth| reading.record(nth)).collect::<Vec<_>>()
    });
    let mut tables = BTreeSet::new();
    for hit in explained.iter().flat_map(|one| &one.hits) {
        let (file, line) = hit.row.rsplit_once(':').unwrap();
        let content = std::fs::read_to_string(project(file)).unwrap();
        let row = content.lines().nth(line.parse::<usize>().unwrap() - 1).unwrap();
        let schema = SCHEMAS.iter().find(|schema| schema.name == hit.table).unwrap();
        for (column, cell) in schema.columns.iter().zip(row.split('\t')) {
            let said = hit.cells.iter().find(|(name, _)| *name == column.name);
            let said = said.map_or("", |(_, cell)| cell);
            assert_eq!(said, cell, "{hit:?}");
        }
        tables.insert(hit.table);
    }
    assert!(tables.len() > 5 && tables.len() <= TABLES.len(), "{tables:?}");
}

const TEXT: &str =
    "Sáng 14-11, Bí thư Huyện ủy Trần Văn Mẫu trao Giấy khen cho 20 cá nhân theo Chương trình 01-CTr/HU.";

#[test]
fn a_text_on_the_command_line() {
    let place = Place::new(&[]);
    let run = place.run(&["explain", "--text", TEXT, "--published", "2019-12-15"]).code(0);
    for words in [
        "date.day: 2019-11-14",
        "nearest to the publication, 2019-12-15",
        "gazetteers/titles.tsv:",
        "award.conferred",
        "`trao`",
    ] {
        assert!(run.out.contains(words), "{words}: {}", run.out);
    }
    let json = place.run(&["explain", "--text", TEXT, "--json"]).code(0);
    let spans: Vec<u64> = json
        .lines()
        .iter()
        .filter(|l| !l["record"].is_null())
        .map(|l| l["start"].as_u64().unwrap())
        .collect();
    assert_eq!(spans, [0, 28, 46, 60, 89]);
    let piped = place.run_with(&["explain", "--text", "-", "--json"], TEXT.as_bytes()).code(0);
    assert_eq!(piped.out, json.out);
    place.run(&["explain", "--text", " "]).code(2).says("there is no text");
    place.run(&["explain", TEXT]).code(2).says("--text TEXT");
    place.run_with(&["explain", "--text", "-"], b"\xff\xfe\xfa").code(2).says("UTF-8");
}

#[test]
fn places_of_articles() {
    let line = |id: &str, text: &str| {
        serde_json::json!({"id": id, "title": "Bí thư Huyện ủy Sông Lam dự lễ", "published": "2019-12-15", "text": text}).to_string()
    };
    let dump = [line("https://bao.example/a:1", TEXT), line("b", "Xã có 12 thôn.")].join("\n");
    let place = Place::new(&[("d.jsonl", dump.as_bytes())]);
    let run = |at: &[&str]| place.run(&[&["explain", "d.jsonl", "--json"], at].concat());
    // an id with colons, a start inside a record, and inside the post of a person
    for (at, start) in [
        ("https://bao.example/a:1:28", 28),
        ("https://bao.example/a:1:35", 28),
        ("https://bao.example/a:1:13", 28),
    ] {
        let run = run(&["--at", at]).code(0);
        assert_eq!(run.lines()[0]["record"]["start"], start, "{at}");
        assert_eq!(run.lines()[0]["record"]["kind"], "official", "{at}");
        assert_eq!(run.lines().len(), 1, "{at}");
    }
    // the title, by the place or by the option
    for at in [&["--at", "b:title:0"][..], &["--at", "b:0", "--field", "title"]] {
        let run = run(at).code(0);
        assert_eq!((&run.lines()[0]["field"], &run.lines()[0]["start"]), (&"title".into(), &0.into()));
    }
    // several places in the order of the articles; a kind that is not there
    let several = run(&["--at", "b:6", "--at", "https://bao.example/a:1:0"]).code(0);
    assert_eq!(several.lines().iter().map(|l| l["doc"].as_str().unwrap().len()).collect::<Vec<_>>(), [23, 1]);
    let none = run(&["--at", "b:6", "--kind", "code"]).code(0);
    assert!(none.lines()[0]["record"].is_null());
    run(&["--at", "c:3"]).code(2).says("no article \"c\"; there are https://bao.example/a:1, b");
    run(&["--at", "b:999"]).code(2).says("which has 14 code points");
    run(&["--at", "b:x"]).code(2).says("not a number of code points");
    // a record that is dropped says why
    let dropped = run(&["--at", "b:6", "--min-confidence", "1"]).code(0);
    assert!(dropped.out.contains("less often right than was asked for"), "{}", dropped.out);
}

#[test]
fn lines_of_docs_with_texts_are_articles() {
    let place = Place::new(&[("page.txt", TEXT.as_bytes())]);
    place.run(&["extract", "-q", "page.txt", "--with-text", "-o", "r.docs.jsonl"]).code(0);
    let run = place.run(&["explain", "r.docs.jsonl", "--at", "page.txt:28"]).code(0);
    assert!(run.out.starts_with("page.txt:28..40 official `Trần Văn Mẫu`\n"), "{}", run.out);
    place.run(&["extract", "-q", "page.txt", "-o", "n.docs.jsonl"]).code(0);
    place
        .run(&["explain", "n.docs.jsonl", "--at", "page.txt:28"])
        .code(2)
        .says("no article \"page.txt\"; nothing was read");
}

#[test]
fn rows_of_ones_own_tables() {
    let row = "title\taliases\trole\tkind\tsystem\tlevel\tbody\trank\tsource\nTrưởng bản văn hóa\t\tTrưởng bản văn hóa\tpost\tvillage\tvillage\tno\t40\tours\n";
    let place = Place::new(&[("mine/titles.add.tsv", row.as_bytes())]);
    let text = "Trưởng bản văn hóa Trần Văn Mẫu dự họp.";
    let run = place.run(&["explain", "--text", text, "--at", "19", "--gazetteers", "mine"]).code(0);
    assert!(run.out.contains("mine/titles.add.tsv:2"), "{}", run.out);
}
