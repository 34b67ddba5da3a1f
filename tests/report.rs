//! `vnfacts report` and `vnfacts gold`, end to end but for the browser: tests/report/run.py opens the pages in one.

mod common;

use common::{Place, zstd};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::path::Path;

const PAYLOADS: &str = include_str!("report/payloads.jsonl");

fn samples() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").display().to_string()
}

/// What stands between the two.
fn between<'a>(page: &'a str, before: &str, behind: &str) -> &'a str {
    let (_, rest) = page.split_once(before).unwrap_or_else(|| panic!("no {before}"));
    rest.split_once(behind).unwrap_or_else(|| panic!("no {behind}")).0
}

fn data(page: &str) -> Value {
    serde_json::from_str(between(page, r#"<script type="application/json" id="data">"#, "</script>")).unwrap()
}

#[test]
fn articles_and_their_records_give_the_same_page_each_time() {
    let place = Place::new(&[]);
    place.run(&["extract", "-q", &samples(), "--with-text", "-o", "a.docs.jsonl"]).code(0);
    place
        .run(&["report", &samples(), "-o", "articles.html", "--threads", "1"])
        .code(0)
        .says("22 articles on the page");
    for (n, args) in [
        &["report", &samples(), "--threads", "8"][..],
        &["report", "a.docs.jsonl"],
        &["report", "a.docs.jsonl", "--max-articles", "22"],
    ]
    .iter()
    .enumerate()
    {
        let name = format!("{n}.html");
        place.run(&[args, &["-q", "-o", &name][..]].concat()).code(0);
        assert!(place.read("articles.html") == place.read(&name), "{args:?}");
    }
    place.write("packed", &zstd(place.read("a.docs.jsonl").as_bytes()));
    place.run(&["report", "packed", "-o", "packed.html"]).code(0);
    let stdin = place.read("a.docs.jsonl");
    place.run_with(&["report", "-", "-o", "stdin.html"], stdin.as_bytes()).code(0);
    for name in ["packed.html", "stdin.html"] {
        assert!(place.read("articles.html") == place.read(name), "{name}");
    }
    let left: Vec<_> = std::fs::read_dir(place.0.path()).unwrap().map(|f| f.unwrap().file_name()).collect();
    assert_eq!(left.len(), 8, "{left:?}");
}

#[test]
fn every_record_can_be_unpacked() {
    let place = Place::new(&[]);
    place.run(&["extract", "-q", &samples(), "--with-text", "-o", "a.docs.jsonl"]).code(0);
    place.run(&["report", "a.docs.jsonl", "-o", "a.html"]).code(0);
    let data = data(&place.read("a.html"));
    let lines = place.read("a.docs.jsonl");
    for (line, packed) in lines.lines().zip(data["articles"].as_array().unwrap()) {
        let article: Value = serde_json::from_str(line).unwrap();
        let [doc, url, title, published, text, records] = &packed.as_array().unwrap()[..] else { panic!() };
        for (key, value) in
            [("doc", doc), ("url", url), ("title", title), ("published", published), ("text", text)]
        {
            assert_eq!(&article[key], value);
        }
        for (want, packed) in article["records"].as_array().unwrap().iter().zip(records.as_array().unwrap()) {
            assert_eq!(&unpacked(&data, &article, packed.as_array().unwrap()), want);
        }
    }
}

/// The record, as page/data.js unpacks it.
fn unpacked(data: &Value, article: &Value, packed: &[Value]) -> Value {
    let head: Value =
        serde_json::from_str(data["heads"][packed[0].as_u64().unwrap() as usize].as_str().unwrap()).unwrap();
    let field = article[head[1].as_str().unwrap()].as_str().unwrap();
    let mut record = object(data, field, &packed[1..]);
    for (n, key) in ["kind", "field", "block", "rule"].iter().enumerate() {
        record[key] = head[n].clone();
    }
    record["confidence"] = head[4].as_str().unwrap().parse::<f64>().unwrap().into();
    record["doc"] = article["doc"].clone();
    record
}

fn object(data: &Value, field: &str, packed: &[Value]) -> Value {
    let mut values = packed.iter();
    let mut next = || values.next().unwrap();
    let shape = data["shapes"][next().as_u64().unwrap() as usize].as_str().unwrap();
    let string = |n: &Value| data["strings"][n.as_u64().unwrap() as usize].clone();
    let mut out = json!({});
    let mut slice = None;
    for key in shape.split(' ') {
        let (key, kind) = key.split_once(':').unwrap();
        out[key] = match kind {
            "0" => Value::Null,
            "t" => {
                slice = Some(key);
                continue;
            }
            "n" => next().clone(),
            "s" => string(next()),
            "o" => object(data, field, next().as_array().unwrap()),
            "S" => next().as_array().unwrap().iter().map(string).collect(),
            "O" => next()
                .as_array()
                .unwrap()
                .iter()
                .map(|o| object(data, field, o.as_array().unwrap()))
                .collect(),
            other => panic!("{other}"),
        };
    }
    if let Some(key) = slice {
        let [start, end] = ["start", "end"].map(|key| out[key].as_u64().unwrap() as usize);
        out[key] = field.chars().skip(start).take(end - start).collect::<String>().into();
    }
    out
}

#[test]
fn nothing_of_an_article_becomes_markup_and_nothing_but_the_script_may_run() {
    let place = Place::new(&[("p.jsonl", PAYLOADS.as_bytes())]);
    place.run(&["report", "p.jsonl", "-o", "p.html"]).code(0);
    let page = place.read("p.html");
    let data_text = between(&page, r#"id="data">"#, "</script>");
    assert!(!data_text.contains(['<', '>', '&', '\u{2028}', '\u{2029}']));
    assert_eq!(
        page.matches("<script").count() - page.matches("'<script").count(),
        2,
        "the data and the script"
    );
    assert_eq!((page.matches("</script>").count(), page.matches("</style>").count()), (2, 1));
    for (line, article) in PAYLOADS.lines().zip(data(&page)["articles"].as_array().unwrap()) {
        let given: Value = serde_json::from_str(line).unwrap();
        assert_eq!((&given["id"], &given["text"], &given["url"]), (&article[0], &article[4], &article[1]));
    }

    let policy = between(&page, r#"Content-Security-Policy" content=""#, "\"");
    let hash = |content: &str| {
        use base64::Engine;
        format!("'sha256-{}'", base64::engine::general_purpose::STANDARD.encode(Sha256::digest(content)))
    };
    let script = hash(between(&page, "<script>", "</script>"));
    let style = hash(between(&page, "<style>", "</style>"));
    let want = format!(
        "default-src 'none'; script-src {script}; style-src {style}; img-src data:; base-uri 'none'; form-action 'none'"
    );
    assert_eq!(policy, want);
    let (frame, _) = page.split_once(r#"id="data">"#).unwrap();
    for asks in ["http:", "https:", "src=", "url(", "@import", "style=\"", "onclick"] {
        assert!(!frame.contains(asks), "{asks}");
    }
}

#[test]
fn a_large_set_is_sampled_and_says_so() {
    let place = Place::new(&[]);
    place.run(&["extract", "-q", &samples(), "--with-text", "-o", "a.docs.jsonl"]).code(0);
    let docs = |name: &str| -> Vec<String> {
        let data = data(&place.read(name));
        data["articles"].as_array().unwrap().iter().map(|a| a[0].as_str().unwrap().into()).collect()
    };
    for (args, count) in [
        (&["--max-articles", "5"][..], 5),
        (&["--sample", "5"], 5),
        (&["--sample", "5", "--seed", "7"], 5),
        (&["--limit", "3"], 3),
    ] {
        place.run(&[&["report", "a.docs.jsonl", "-o", "a.html"], args].concat()).code(0);
        assert_eq!(docs("a.html").len(), count, "{args:?}");
    }
    place
        .run(&["report", "a.docs.jsonl", "-o", "a.html", "--max-articles", "5"])
        .code(0)
        .says("5 articles on the page, chosen at random of 22");
    place.run(&["report", "a.docs.jsonl", "-o", "b.html", "--sample", "5"]).code(0);
    place.run(&["report", &samples(), "-o", "c.html", "--sample", "5"]).code(0);
    assert_eq!((docs("a.html"), data(&place.read("a.html"))["of"].clone()), (docs("b.html"), json!(22)));
    assert_eq!(docs("a.html"), docs("c.html"), "the articles that `extract --sample` would choose");
    place.run(&["report", "a.docs.jsonl", "-o", "d.html", "--max-bytes", "20000"]).code(0);
    assert!((2..22).contains(&docs("d.html").len()));
}

#[test]
fn what_makes_no_page_is_told_and_leaves_nothing() {
    let place = Place::new(&[]);
    place.run(&["extract", "-q", &samples(), "-o", "r.jsonl"]).code(0);
    place.run(&["extract", "-q", &samples(), "-o", "d.docs.jsonl"]).code(0);
    place.run(&["extract", "-q", &samples(), "--with-text", "-o", "t.docs.jsonl"]).code(0);
    let texts = place.read("t.docs.jsonl");
    place.write("moved.docs.jsonl", texts.replacen("\"text\":\"", "\"text\":\"x", 1).as_bytes());
    place.write("cut.docs.jsonl", &texts.as_bytes()[..texts.len() / 2]);
    for (args, words) in [
        (&["report", "r.jsonl", "-o", "x.html"][..], "r.jsonl: records of"),
        (
            &["report", "d.docs.jsonl", "-o", "x.html"],
            "without the text they stand in; extract them with `--format docs --with-text`",
        ),
        (&["report", "moved.docs.jsonl", "-o", "x.html"], "extract the records anew"),
        (&["report", "cut.docs.jsonl", "-o", "x.html"], "cut.docs.jsonl:"),
        (&["report", "t.docs.jsonl"], "say where with -o report.html"),
        (&["report", "none.jsonl", "-o", "x.html"], "none.jsonl: cannot be read"),
        (&["report", "t.docs.jsonl", "-o", "no/such/x.html"], "cannot write no/such/x.html"),
        (&["report", "t.docs.jsonl", "-o", "."], "it is a folder"),
        (&["gold", "t.docs.jsonl"], "t.docs.jsonl:1: not a reviewed file"),
        (&["gold", "none.jsonl"], "none.jsonl: cannot be read"),
    ] {
        place.run(args).code(2).says(words);
        assert!(!place.0.path().join("x.html").exists(), "{args:?}");
    }
    place.write("bad.jsonl", b"{\"id\":\"a\",\"text\":\"Chi\\u1ec1u 14-11.\"}\nnot json\n");
    place.run(&["report", "bad.jsonl", "-o", "some.html"]).code(1).says("bad.jsonl:2: not JSON");
    assert_eq!(data(&place.read("some.html"))["articles"].as_array().unwrap().len(), 1);
    place.write("empty.jsonl", b"");
    place.run(&["report", "empty.jsonl", "-o", "none.html"]).code(1).says("0 articles on the page");
}

/// The samples as the page saves them; `verdict` says what of each record.
fn verdicts(place: &Place, verdict: impl Fn(usize, usize, &mut Value)) {
    place.run(&["extract", "-q", &samples(), "-o", "r.jsonl"]).code(0);
    let docs = place.run(&["extract", "-q", &samples(), "--format", "docs", "--with-text"]).lines();
    let lines = docs.into_iter().enumerate().map(|(n, mut doc)| {
        let records = doc["records"].as_array_mut().unwrap();
        records.iter_mut().enumerate().for_each(|(r, record)| verdict(n, r, record));
        // As the page writes them: this key comes first, and standard input is told by it.
        format!("{{\"verdicts\":1,{}\n", &doc.to_string()[1..])
    });
    place.write("v.jsonl", lines.collect::<String>().as_bytes());
}

fn f1(place: &Place) -> Vec<f64> {
    let score: Value =
        serde_json::from_str(&place.run(&["eval", "g.jsonl", "r.jsonl", "--json"]).code(0).out).unwrap();
    let rows = score.as_object().unwrap().values().filter(|row| row["gold"].as_u64().is_some_and(|n| n > 0));
    rows.map(|row| row["f1"].as_f64().unwrap()).collect()
}

#[test]
fn what_is_accepted_is_right_by_the_gold_and_what_is_not_is_wrong() {
    let place = Place::new(&[]);
    verdicts(&place, |_, _, record| record["verdict"] = "accepted".into());
    place.run(&["gold", "v.jsonl", "-o", "g.jsonl"]).code(0).says("22 articles of gold");
    assert_eq!(f1(&place), [1.0; 10]);

    verdicts(&place, |_, r, record| {
        record["verdict"] = if r % 2 == 0 { "accepted" } else { "rejected" }.into()
    });
    place.run(&["gold", "v.jsonl", "-o", "g.jsonl"]).code(0);
    assert!(f1(&place).iter().all(|&f1| f1 < 1.0), "{:?}", f1(&place));

    verdicts(&place, |_, _, record| {
        let mut right = record.clone();
        if record["kind"] == "count" {
            right["unit"] = "con trâu".into();
        }
        record["correction"] = right;
        record["verdict"] = "corrected".into();
    });
    let gold = place.run(&["gold", "-q", "v.jsonl"]).code(0);
    assert_eq!(gold.err, "");
    assert!(
        gold.lines().iter().flat_map(|a| a["counts"].as_array().unwrap()).all(|c| c["unit"] == "con trâu")
    );
}

#[test]
fn only_what_is_judged_whole_becomes_gold_unless_asked() {
    let place = Place::new(&[]);
    let said = |n, r, record: &mut Value| {
        record["verdict"] = if n == 0 && r < 2 { Value::Null } else { "accepted".into() };
    };
    verdicts(&place, said);
    let whole = place.run(&["gold", "v.jsonl"]).code(0).says(
        "21 articles of gold, 1 left out, in which 2 records are not judged yet (--partial takes them without these)",
    );
    assert_eq!(whole.lines().len(), 21);
    let all = place
        .run(&["gold", "v.jsonl", "--partial"])
        .code(0)
        .says("22 articles of gold, 1 of them without 2 records");
    assert_eq!(all.lines().len(), 22);
    let stdin = place.read("v.jsonl");
    assert_eq!(place.run_with(&["gold", "-"], stdin.as_bytes()).code(0).out, whole.out);
    place.run(&["report", "v.jsonl", "-o", "again.html"]).code(0).says("22 articles on the page");
}
