//! `vnfacts export`, and reviews of what it wrote back as gold, end to end. tests/exports/read_back.py reads the same
//! files with the tools themselves.

mod common;

use common::Place;
use serde_json::{Value, json};
use std::path::Path;

const FORMATS: [&str; 6] = ["label-studio", "doccano", "brat", "langextract", "ftm", "conll"];

/// A title kept apart, characters beyond 16 bits, words over a line end, marks within marks.
const ODD: &str = r#"{"id":"a\tb","title":"😀 Khen 20 cá nhân","published":"2019-12-15","text":"😀 Bí thư\r\nHuyện ủy Trần Văn Mẫu và ông Lý Sìn, nguyên Chủ tịch UBND huyện Lũng Mơ, trao Bằng khen cho 20\r\ncá nhân."}
{"id":"c","text":"Trời mưa."}
"#;

fn samples() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").display().to_string()
}

/// A place with the records of `text` (lines of articles) in a.docs.jsonl and a.jsonl.
fn place(text: &str) -> Place {
    let place = Place::new(&[("in.jsonl", text.as_bytes())]);
    place.run(&["extract", "-q", "in.jsonl", "--with-text", "-o", "a.docs.jsonl"]).code(0);
    place.run(&["convert", "a.docs.jsonl", "-o", "a.jsonl"]).code(0);
    place
}

fn sampled() -> Place {
    let place = Place::new(&[]);
    place.run(&["extract", "-q", &samples(), "--with-text", "-o", "a.docs.jsonl"]).code(0);
    place.run(&["convert", "a.docs.jsonl", "-o", "a.jsonl"]).code(0);
    place
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The code points `start..end`.
fn cut(text: &str, start: &Value, end: &Value) -> String {
    let [start, end] = [start, end].map(|point| point.as_u64().unwrap() as usize);
    text.chars().skip(start).take(end - start).collect()
}

/// All that stands in a folder or file, by name.
fn bytes(place: &Place, name: &str) -> Vec<(String, Vec<u8>)> {
    let path = place.0.path().join(name);
    if path.is_file() {
        return vec![(String::new(), std::fs::read(path).unwrap())];
    }
    let mut files: Vec<_> = std::fs::read_dir(path)
        .unwrap()
        .map(|file| file.unwrap())
        .map(|file| (file.file_name().to_string_lossy().into_owned(), std::fs::read(file.path()).unwrap()))
        .collect();
    files.sort();
    files
}

#[test]
fn a_small_article_in_each_format() {
    let place = place(ODD);
    let mut drawn = String::new();
    for format in FORMATS {
        let out = place.run(&["export", "a.docs.jsonl", "--to", format, "-o", "out"]).code(0);
        assert_eq!((out.out.as_str(), out.err.as_str()), ("", ""));
        for (name, bytes) in bytes(&place, "out") {
            let text = String::from_utf8(bytes).unwrap().replace('\r', "␍");
            drawn.push_str(&format!("== {format} {name}\n{text}\n"));
        }
        let path = place.0.path().join("out");
        if path.is_dir() {
            std::fs::remove_dir_all(path).unwrap()
        } else {
            std::fs::remove_file(path).unwrap()
        }
    }
    drawn = drawn.replace(env!("CARGO_PKG_VERSION"), "VERSION");
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("exports", drawn);
    });
}

#[test]
fn the_same_records_give_the_same_bytes() {
    let place = sampled();
    for format in FORMATS {
        for out in ["one", "two"] {
            place.run(&["export", "a.docs.jsonl", "--to", format, "-o", &format!("{format}.{out}")]).code(0);
        }
        let (one, two) = (bytes(&place, &format!("{format}.one")), bytes(&place, &format!("{format}.two")));
        assert!(one == two, "{format}");
        if !["label-studio", "brat"].contains(&format) {
            let out = place.run(&["export", "a.docs.jsonl", "--to", format]).code(0).out;
            assert!(out.as_bytes() == one[0].1, "{format}");
        }
    }
    let left: Vec<_> = std::fs::read_dir(place.0.path()).unwrap().map(|f| f.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2 + 2 * FORMATS.len() + 1, "{left:?}"); // one .xml for both of Label Studio
}

#[test]
fn nothing_gives_an_empty_export() {
    let place = Place::new(&[("none.docs.jsonl", b"")]);
    for (format, want) in [("doccano", ""), ("langextract", ""), ("ftm", ""), ("conll", "")] {
        assert_eq!(place.run(&["export", "none.docs.jsonl", "--to", format]).code(0).out, want);
    }
    place.run(&["export", "none.docs.jsonl", "--to", "label-studio", "-o", "t.json"]).code(0);
    assert_eq!(lines(&place.read("t.json").replace('\n', "")), [json!([])]);
    place.run(&["export", "none.docs.jsonl", "--to", "brat", "-o", "b"]).code(0);
    assert_eq!(
        bytes(&place, "b").iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(),
        ["annotation.conf", "index.tsv"]
    );
}

#[test]
fn wrong_use_is_told() {
    let place = place(ODD);
    place.write("full/file", b"x");
    for (args, says) in [
        (&["a.docs.jsonl", "--to", "prodigy"][..], "label-studio, doccano, brat, langextract, ftm, conll"),
        (&["a.docs.jsonl"], "--to <FORMAT>"),
        (&["a.docs.jsonl", "--to", "brat"], "brat cannot go to standard output; say where with -o"),
        (&["a.docs.jsonl", "--to", "label-studio"], "cannot go to standard output; say where with -o"),
        (
            &["a.docs.jsonl", "--to", "label-studio", "-o", "t.xml"],
            "goes to the .xml beside it; name a .json",
        ),
        (
            &["a.docs.jsonl", "--to", "brat", "-o", "full"],
            "it is there and not empty; name another or remove it",
        ),
        (&["a.docs.jsonl", "--to", "brat", "-o", "in.jsonl"], "cannot write in.jsonl"),
        (&["a.docs.jsonl", "--to", "conll", "-o", "none/x"], "cannot write none/x"),
        (&["none", "--to", "conll"], "none: cannot be opened"),
        (
            &["a.jsonl", "--to", "doccano", "-o", "x"],
            "there is no text, which doccano needs; give what `vnfacts extract --format docs --with-text` wrote",
        ),
    ] {
        place.run(&[&["export"], args].concat()).code(2).says(says);
    }
    // FollowTheMoney holds no texts.
    assert!(!place.run(&["export", "a.jsonl", "--to", "ftm"]).code(0).lines().is_empty());
    let other = place.read("a.docs.jsonl").replace("ông Lý Sìn", "ông Ly Sìn");
    place.write("other.docs.jsonl", other.as_bytes());
    place
        .run(&["export", "other.docs.jsonl", "--to", "doccano"])
        .code(2)
        .says("give records that were made of this text");
    assert_eq!(std::fs::read_dir(place.0.path()).unwrap().count(), 5);
}

#[test]
fn offsets_count_code_points_also_of_decomposed_text() {
    use unicode_normalization::UnicodeNormalization;
    let nfd: String = ODD.nfd().collect();
    let place = place(&nfd);
    place.run(&["export", "a.docs.jsonl", "--to", "label-studio", "-o", "t.json"]).code(0);
    let tasks: Value = serde_json::from_str(&place.read("t.json")).unwrap();
    let text = tasks[0]["data"]["text"].as_str().unwrap();
    let result = tasks[0]["predictions"][0]["result"].as_array().unwrap();
    let regions: Vec<_> = result.iter().filter(|part| part["type"] == "labels").collect();
    assert_eq!(regions.len(), 5);
    for region in regions {
        let value = &region["value"];
        assert_eq!(cut(text, &value["start"], &value["end"]), value["text"].as_str().unwrap());
    }
    let document = &place.run(&["export", "a.docs.jsonl", "--to", "langextract"]).code(0).lines()[0];
    for extraction in document["extractions"].as_array().unwrap() {
        let place = &extraction["char_interval"];
        let words = cut(text, &place["start_pos"], &place["end_pos"]);
        assert_eq!(words, extraction["extraction_text"].as_str().unwrap());
    }
    // Names are in NFC all the same.
    let entities = place.run(&["export", "a.docs.jsonl", "--to", "ftm"]).code(0).lines();
    let of = |schema: &str| entities.iter().filter(|e| e["schema"] == schema).collect::<Vec<_>>();
    assert_eq!(of("Position")[0]["properties"]["name"], json!(["Chủ tịch UBND huyện Lũng Mơ"]));
    assert_eq!(of("Occupancy")[0]["properties"]["status"], json!(["ended"]));
    assert_eq!(of("Occupancy")[0]["properties"]["date"], json!(["2019-12-15"]));
}

/// What Label Studio exports once each prediction is submitted as `change` leaves it.
fn reviewed(place: &Place, change: impl Fn(&mut Vec<Value>)) -> Value {
    place.run(&["export", "a.docs.jsonl", "--to", "label-studio", "-o", "t.json"]).code(0);
    let mut tasks: Value = serde_json::from_str(&place.read("t.json")).unwrap();
    for (n, task) in tasks.as_array_mut().unwrap().iter_mut().enumerate() {
        let mut result = task["predictions"][0]["result"].as_array().unwrap().clone();
        if n == 0 {
            change(&mut result);
        }
        let skipped = json!({"was_cancelled": true, "result": []});
        task["annotations"] = json!([{"was_cancelled": false, "result": result}, skipped]);
        task["id"] = json!(n);
    }
    tasks
}

fn gold(place: &Place, reviewed: &str) -> Vec<Value> {
    place.write("reviewed", reviewed.as_bytes());
    place.run(&["gold", "reviewed", "-o", "gold.jsonl"]).code(0).says("of gold");
    lines(&place.read("gold.jsonl"))
}

#[track_caller]
fn is_wholly_right(place: &Place) {
    let said = place.run(&["eval", "--json", "gold.jsonl", "a.jsonl"]).code(0).out;
    let figures: Value = serde_json::from_str(&said).unwrap();
    for kind in ["persons", "titles (strict)", "codes", "dates", "counts", "awards"] {
        assert_eq!(figures[kind]["f1"], 1.0, "{kind}: {}", figures[kind]);
        assert!(figures[kind]["gold"].as_u64().unwrap() > 50, "{kind}");
    }
}

#[test]
fn reviews_without_a_change_are_wholly_right() {
    let place = sampled();
    gold(&place, &reviewed(&place, |_| {}).to_string());
    is_wholly_right(&place);
    let by_label_studio = place.read("gold.jsonl");
    let doccano = place.run(&["export", "a.docs.jsonl", "--to", "doccano"]).code(0).out;
    gold(&place, &doccano);
    is_wholly_right(&place);
    assert!(place.read("gold.jsonl") == by_label_studio);
}

/// The values of the region with these words.
fn said<'a>(result: &'a mut [Value], words: &str) -> &'a mut Value {
    let id =
        result.iter().find(|part| part["type"] == "labels" && part["value"]["text"] == words).unwrap()["id"]
            .clone();
    result.iter_mut().find(|part| part["type"] == "textarea" && part["id"] == id).unwrap()
}

const PLAIN: &str = r#"{"id":"a","published":"2019-12-15","text":"Sáng 14-11, ông Lý Sìn, Chủ tịch UBND huyện Lũng Mơ, trao Bằng khen cho 20 cá nhân và 5 tập thể theo Chương trình số 01-CTr/HU."}"#;

#[test]
fn a_correction_and_a_deletion_change_just_that() {
    let place = place(PLAIN);
    let before = gold(&place, &reviewed(&place, |_| {}).to_string());
    let after = gold(
        &place,
        &reviewed(&place, |result| {
            said(result, "20 cá nhân")["value"]["text"] =
                json!(["value: 21", "unit: người", "measure: items"]);
            result.retain(|part| part["value"]["text"] != "Sáng 14-11");
        })
        .to_string(),
    );
    let mut want = before.clone();
    want[0]["counts"][0]["value"] = json!(21.0);
    want[0]["counts"][0]["unit"] = json!("người");
    want[0]["dates"] = json!([]);
    assert_ne!(before, want);
    assert_eq!(after, want);

    let mut line = place.run(&["export", "a.docs.jsonl", "--to", "doccano"]).code(0).lines().remove(0);
    let entities = line["entities"].as_array_mut().unwrap();
    entities.retain(|entity| entity["label"] != "date");
    entities.push(json!({"id": 99, "label": "official", "start_offset": 16, "end_offset": 19}));
    let mut want = before.clone();
    want[0]["dates"] = json!([]);
    assert_eq!(gold(&place, &line.to_string()), want, "a name without a post changes nothing in gold");
}

#[test]
fn what_a_reviewer_draws_anew() {
    let place = place(PLAIN);
    let back = reviewed(&place, |result| {
        let place = json!({"start": 0, "end": 4, "text": "Sáng", "labels": ["date"]});
        result.push(json!({"id": "n1", "type": "labels", "value": place}));
        let place = json!({"start": 16, "end": 22, "text": "Lý Sìn", "labels": ["official"]});
        result.push(json!({"id": "n2", "type": "labels", "value": place}));
        let place = json!({"start": 24, "end": 32, "text": "Chủ tịch", "labels": ["title"]});
        result.push(json!({"id": "n3", "type": "labels", "value": place}));
        // drawn from the person to the post, without a label
        result.push(json!({"type": "relation", "from_id": "n2", "to_id": "n3"}));
    });
    let gold = gold(&place, &back.to_string());
    let dates: Vec<_> = gold[0]["dates"].as_array().unwrap().iter().map(|date| &date["value"]).collect();
    assert_eq!(dates, [&Value::Null, &json!("2019-11-14")]);
    let titles: Vec<_> = gold[0]["persons"].as_array().unwrap().iter().map(|p| p["titles"].clone()).collect();
    assert_eq!(titles, [json!(["Chủ tịch UBND huyện Lũng Mơ"]), json!(["Chủ tịch"])]);
}

#[test]
fn what_is_not_judged_yet_is_left_out() {
    let place = place(ODD);
    place.run(&["export", "a.docs.jsonl", "--to", "label-studio", "-o", "t.json"]).code(0);
    place.run(&["gold", "t.json"]).code(0).says("0 articles of gold, 2 left out");
    let mut back = reviewed(&place, |_| {});
    back[1]["annotations"] = json!([{"was_cancelled": true, "result": []}]);
    place.write("back.json", back.to_string().as_bytes());
    place.run(&["gold", "back.json"]).code(0).says("1 article of gold, 1 left out");
}

#[test]
fn reviews_that_cannot_be_read_are_told() {
    let place = place(PLAIN);
    let with = |change: &dyn Fn(&mut Vec<Value>)| reviewed(&place, change).to_string();
    let odd_value = |line: &str| {
        let line = line.to_string();
        with(&move |result| said(result, "20 cá nhân")["value"]["text"] = json!([line]))
    };
    for (reviewed, says) in [
        (odd_value("value 21"), "task 1 (a), \"value 21\" is not `key: value`"),
        (odd_value("value: many"), "value: \"many\" is not a number"),
        (odd_value("valu: 21"), "there is no valu"),
        (with(&|result| result[0]["value"]["end"] = json!(9999)), "stands outside its text"),
        (with(&|result| result[0]["value"]["labels"] = json!(["thing"])), "\"thing\" is no label of vnfacts"),
        ("[{\"annotations\":[],\"data\":{}}]".into(), "not a list of Label Studio tasks"),
        ("{\"text\":\"x\",\"entities\":[]}".into(), "not a document of doccano, missing field `vnfacts`"),
        (
            "[{\"x\":1}]".into(),
            "label-studio (exported by Label Studio as JSON); doccano (exported by doccano as JSONL)",
        ),
    ] {
        place.write("reviewed", reviewed.as_bytes());
        place.run(&["gold", "reviewed"]).code(2).says(says);
    }
}

#[test]
fn a_signal_leaves_nothing_of_it() {
    let place = place(PLAIN);
    place.write("many.docs.jsonl", place.read("a.docs.jsonl").repeat(20_000).as_bytes());
    let mut child = place
        .command(&["export", "many.docs.jsonl", "--to", "brat", "-o", "out"])
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let files = || std::fs::read_dir(place.0.path()).unwrap().map(|file| file.unwrap().path());
    while !files().any(|path| path.is_dir() && std::fs::read_dir(path).unwrap().count() > 100) {
        assert!(child.try_wait().unwrap().is_none(), "it ended before it was stopped");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    assert!(
        std::process::Command::new("kill")
            .args(["-INT", &child.id().to_string()])
            .status()
            .unwrap()
            .success()
    );
    common::Run::from(child.wait_with_output().unwrap()).code(130).says("stopped; out is not written");
    assert_eq!(files().count(), 4);
}
