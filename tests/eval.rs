//! The commands that judge: `eval`, `diff`, `calibrate`, and `extract --min-confidence`.

use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// The figures beside these files were computed once by an independent implementation of the scoring.
fn given(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/eval").join(name)
}

fn read(name: &str) -> String {
    fs::read_to_string(given(name)).unwrap()
}

/// Runs the program in `folder`; exit code, output, errors.
fn run(folder: &Path, args: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("vnfacts"));
    let output = command.current_dir(folder).args(args).stdin(Stdio::null()).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

/// A folder with the given gold and records in it, and other files.
fn place(files: &[(&str, &str)]) -> TempDir {
    let place = tempfile::tempdir().unwrap();
    for name in ["gold.jsonl", "records.jsonl"] {
        fs::copy(given(name), place.path().join(name)).unwrap();
    }
    for (name, content) in files {
        fs::write(place.path().join(name), content).unwrap();
    }
    place
}

#[track_caller]
fn same(got: &Value, want: &Value, at: &str) {
    match (got.as_f64(), want.as_f64(), want) {
        (Some(got), Some(want), _) => assert!((got - want).abs() < 1e-12, "{at}: {got}, wanted {want}"),
        (_, _, Value::Object(map)) => map.iter().for_each(|(k, v)| same(&got[k], v, &format!("{at} / {k}"))),
        _ => assert_eq!(got, want, "{at}"),
    }
}

#[test]
fn figures_are_those_of_another_implementation() {
    let place = place(&[]);
    let (code, out, err) = run(place.path(), &["eval", "gold.jsonl", "records.jsonl"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert!(out.starts_with(&read("expected.txt")), "{out}");
    let (_, out, _) = run(place.path(), &["eval", "gold.jsonl", "records.jsonl", "--json"]);
    let got: Value = serde_json::from_str(&out).unwrap();
    same(&got, &serde_json::from_str(&read("expected.json")).unwrap(), "figures");
    same(&got["rules"]["code.full"], &json!({"found": 6, "right": 4, "nearly": 5}), "rule");
    same(&got["rules"]["official.before"], &json!({"found": 6, "right": 2, "nearly": 4}), "rule");
    same(&got["sources"]["bao-hai"]["codes"], &json!({"gold": 4, "found": 5, "recall": 0.5}), "source");
    same(&got["sources"]["-"]["articles"], &json!(1), "source");
}

#[test]
fn errors_are_drawn_in_their_sentence() {
    let place = place(&[]);
    let (_, out, _) = run(place.path(), &["eval", "gold.jsonl", "records.jsonl", "--errors", "2"]);
    for drawn in [
        "
instead of date 2020-03/2020-05
  --> khong-nguon:17..39
   | Từ tháng 3 đến tháng 5, nhiệm kỳ 2015 – 2020 khép lại; quý II/2020 mở đầu.
   | ^~~~~~~~~~~~~~~~~~~~~~ want 2020-03/2020-05
   |    ^~~~~~~ have 2020-03 [date.month]
",
        "
   |         ^~~~~~~~ have Kiều Mây = Nhà thơ [official.before]
",
        "
date: 3 missed, 5 false alarms
",
    ] {
        assert!(out.contains(drawn), "{drawn}\nis not in:\n{out}");
    }
    assert_eq!(
        out.matches("false alarm: date").count(),
        0,
        "the first two false alarms stand with misses: {out}"
    );
    let (_, out, _) = run(place.path(), &["eval", "gold.jsonl", "records.jsonl", "--errors", "0"]);
    assert!(!out.contains("-->"), "{out}");
}

#[test]
fn bad_lines_say_what_to_do() {
    let record = read("records.jsonl").lines().next().unwrap().to_string();
    let broken = format!("{record}\n\n{}\n", &record[..40]);
    let place = place(&[("bad.jsonl", "{\"doc\": \"a\"}\n"), ("broken.jsonl", &broken)]);
    for (args, words) in [
        (
            &["eval", "bad.jsonl", "records.jsonl"][..],
            "bad.jsonl:1: not an annotated article, missing field `text`",
        ),
        (&["eval", "gold.jsonl", "broken.jsonl"], "broken.jsonl:3: not a record, EOF while parsing"),
        (&["eval", "gold.jsonl", "none.jsonl"], "none.jsonl: cannot be opened, No such file"),
        (&["calibrate", "gold.jsonl", "broken.jsonl", "-o", "new.tsv"], "broken.jsonl:3: not a record"),
        (&["diff", "broken.jsonl", "records.jsonl"], "broken.jsonl:3: not a record"),
        (&["diff", "records.jsonl", "bad.jsonl"], "bad.jsonl:1: not a record, missing field `"),
        (&["diff", "records.jsonl"], "Usage: vnfacts diff"),
        (&["extract", "--min-confidence", "2", "x"], "not a number from 0 to 1"),
    ] {
        let (code, _, err) = run(place.path(), args);
        assert_eq!(code, Some(2), "{args:?}: {err}");
        assert!(err.contains(words), "{args:?}: {words:?} is not in: {err}");
    }
    assert!(!place.path().join("new.tsv").exists());
}

#[test]
fn diff_tells_gains_and_losses() {
    let before = read("records.jsonl");
    let mut lines: Vec<String> = before.lines().map(String::from).collect();
    let at = |lines: &[String], words: &str| lines.iter().position(|l| l.contains(words)).unwrap();
    lines.remove(at(&lines, "\"Kiều Mây\""));
    let quarter = at(&lines, "\"quý II/2020\"");
    lines[quarter] = lines[quarter].replace("2020-06", "2020-07");
    let first = lines[0].replace("bao-mot:1", "moi").replace("award.verb", "award.new");
    lines.insert(0, first);
    let place = place(&[("after.jsonl", &(lines.join("\n") + "\n"))]);
    let (code, out, _) = run(place.path(), &["diff", "records.jsonl", "after.jsonl"]);
    assert_eq!(code, Some(1));
    let want = "\
moi
  + award 0..11 \"Khen thưởng\" null / 35 / Tập thể và cá nhân / null [award.new]
bao-mot:2
  - official 179..187 \"Kiều Mây\" Kiều Mây = Nhà thơ [official.before]
khong-nguon
  ~ date 72..83 \"quý II/2020\" value: \"2020-04/2020-06\" -> \"2020-04/2020-07\" [date.quarter]
                      lost   gained  changed
official                 1        0        0
  official.before        1        0        0
date                     0        0        1
  date.quarter           0        0        1
award                    0        1        0
  award.new              0        1        0
";
    assert_eq!(out, want);
    let (code, out, _) = run(place.path(), &["diff", "records.jsonl", "after.jsonl", "--only", "count,code"]);
    assert_eq!((code, out.as_str()), (Some(0), "no difference\n"));
    let (code, out, _) =
        run(place.path(), &["diff", "records.jsonl", "after.jsonl", "--only", "date", "--ignore", "value"]);
    assert_eq!((code, out.as_str()), (Some(0), "no difference\n"));
    let (code, out, _) = run(place.path(), &["diff", "records.jsonl", "after.jsonl", "--summary"]);
    assert_eq!((code, out.lines().count(), out.contains("quý")), (Some(1), 7, false));
    let (_, out, _) = run(place.path(), &["diff", "records.jsonl", "after.jsonl", "--limit", "0"]);
    assert_eq!(out.lines().count(), 7);
    let (code, out, _) = run(place.path(), &["diff", "records.jsonl", "records.jsonl"]);
    assert_eq!((code, out.as_str()), (Some(0), "no difference\n"));
}

#[test]
fn the_table_of_confidences_is_rebuilt_to_the_byte() {
    let place = place(&[]);
    let args = ["calibrate", "gold.jsonl", "records.jsonl"];
    let (code, out, _) = run(place.path(), &args);
    assert_eq!(code, Some(0));
    let table = "\nrule\tright\tfound\tsource\naward.name\t2\t2\tmeasured on 8 articles\naward.verb\t1\t1\t";
    assert!(out.starts_with("# ") && out.contains(table), "{out}");
    run(place.path(), &[&args[..], &["-o", "new.tsv"]].concat());
    assert_eq!(fs::read_to_string(place.path().join("new.tsv")).unwrap(), out);
}

#[test]
fn stale_rows_are_faults() {
    let head = "rule\tright\tfound\tsource\n";
    let place = place(&[]);
    fs::create_dir(place.path().join("own")).unwrap();
    let table = place.path().join("own/confidence.tsv");
    fs::write(&table, format!("{head}count.gone\t1\t2\tx\nofficial.gone\t3\tx\tx\n")).unwrap();
    let (code, out, _) = run(place.path(), &["gazetteers", "check", "own"]);
    assert_eq!(code, Some(2));
    assert!(out.contains("confidence.tsv:3: found: \"x\" is not a whole number"), "{out}");
    fs::write(&table, format!("{head}count.gone\t1\t2\tx\n")).unwrap();
    let (code, out, _) = run(place.path(), &["gazetteers", "check", "own"]);
    assert_eq!(code, Some(2));
    assert!(out.contains("confidence.tsv:2: there is no rule \"count.gone\" (any more)"), "{out}");
}

#[test]
fn only_the_likely_come_out() {
    let article = r#"{"id": "a", "text": "Có 20 đại biểu. Theo Nghị định 34/2031/NĐ-CP."}"#;
    let place = place(&[("a.jsonl", article)]);
    fs::create_dir(place.path().join("own")).unwrap();
    let table = "rule\tright\tfound\tsource\ncode.state\t0\t95\tx\ncount.number-noun\t97\t97\tx\n";
    fs::write(place.path().join("own/confidence.tsv"), table).unwrap();
    let confidences = |least: &str| -> Vec<String> {
        let args = ["extract", "a.jsonl", "-q", "--gazetteers", "own", "--min-confidence", least];
        let (code, out, err) = run(place.path(), &args);
        assert_eq!(code, Some(0), "{err}");
        let records = out.lines().map(|l| serde_json::from_str::<Value>(l).unwrap());
        records.map(|r| format!("{} {}", r["rule"].as_str().unwrap(), r["confidence"])).collect()
    };
    assert_eq!(confidences("0"), ["count.number-noun 1.0", "code.state 0.0"]);
    assert_eq!(confidences("0.5"), ["count.number-noun 1.0"]);
}
