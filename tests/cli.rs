//! The binary end to end: inputs, options, faults, exit codes.

mod common;

use common::{Place, Run, gzip, zstd};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

const GOOD: &str =
    r#"{"id":"a","published":"2019-12-15","text":"Sáng 14-11, ông Trần Văn Mẫu đến dự. Có 20 đại biểu."}"#;

fn article(id: impl std::fmt::Display) -> String {
    format!("{{\"id\":\"{id}\",\"text\":\"Một câu.\\nCâu thứ hai của bài {id}.\"}}\n")
}

fn dump(articles: usize) -> String {
    (0..articles).map(article).collect()
}

// Inputs

#[test]
fn a_page_is_one_article_named_by_its_path() {
    let place = Place::new(&[("a.txt", "\u{feff}Một câu.\r\nHai câu.".as_bytes())]);
    let run = place.run(&["sentences", "./a.txt"]).code(0);
    assert_eq!(run.docs(), ["./a.txt"]);
    assert_eq!(run.lines()[0]["start"], 0);
    assert_eq!(run.lines()[0]["text"], "Một câu.");
}

#[test]
fn folders_are_read_in_the_order_of_names() {
    let place = Place::new(&[
        ("d/b.txt", b"b"),
        ("d/a/z.txt", b"z"),
        ("d/a/y.JSONL", article("y").as_bytes()),
        ("d/c.txt.gz", &gzip(b"c")),
        ("d/readme.md", b"no article"),
        ("d/.hidden.txt", b"no article"),
    ]);
    assert_eq!(place.run(&["sentences", "d"]).code(0).docs(), ["y", "d/a/z.txt", "d/b.txt", "d/c.txt.gz"]);
}

#[test]
fn compression_is_told_by_content_and_all_members_are_read() {
    let members = [gzip(article("a").as_bytes()), gzip(article("b").as_bytes())].concat();
    let frames = [zstd(article("c").as_bytes()), zstd(article("d").as_bytes())].concat();
    let place = Place::new(&[("a.jsonl", &members), ("c.jsonl.gz", &frames), ("unnamed", &members)]);
    assert_eq!(place.run(&["sentences", "a.jsonl", "c.jsonl.gz"]).code(0).docs(), ["a", "b", "c", "d"]);
    assert_eq!(place.run(&["sentences", "unnamed"]).code(0).docs(), ["a", "b"]);
    assert_eq!(place.run_with(&["sentences", "-"], &frames).code(0).docs(), ["c", "d"]);
}

#[test]
fn standard_input_is_told_by_content() {
    let place = Place::new(&[]);
    let broken_first = format!("oops\n{}", article("a"));
    assert_eq!(place.run_with(&["sentences"], article("a").as_bytes()).code(0).docs(), ["a"]);
    assert_eq!(place.run_with(&["sentences", "-"], broken_first.as_bytes()).code(1).docs(), ["a"]);
    assert_eq!(place.run_with(&["sentences", "-"], "Một câu.".as_bytes()).code(0).docs(), ["-"]);
    let forced = place.run_with(&["sentences", "-", "--input-format", "text"], article("a").as_bytes());
    assert_eq!(forced.code(0).docs(), ["-"]);
}

#[test]
fn an_article_is_named_by_id_or_url_or_place() {
    let lines = r#"{"text":"a","link":"http://u","id":null}

{"body":"b"}
{"content":"c","id":12}
{"id":{"$oid":"o"},"text":"d","x":[{"y":1}]}
"#;
    let place = Place::new(&[("d.jsonl", lines.as_bytes())]);
    assert_eq!(place.run(&["sentences", "d.jsonl"]).code(0).docs(), ["http://u", "d.jsonl#3", "12", "o"]);
}

#[test]
fn fields_can_be_named() {
    let line = r#"{"id":1,"bai":{"noi_dung":"Ngày 14-11."},"publish":{"$date":1576371000000},"text":"no"}"#;
    let place = Place::new(&[("d.jsonl", line.as_bytes())]);
    let run = place.run(&["sentences", "d.jsonl", "--map", "text=bai.noi_dung,published=publish.$date"]);
    assert_eq!(run.code(0).lines()[0]["text"], "Ngày 14-11.");
    place.run(&["extract", "d.jsonl", "--map", "txt=a"]).code(2).says("none of id, url, title");
}

#[test]
fn a_title_kept_apart_has_its_own_offsets() {
    let place = Place::new(&[("d.jsonl", r#"{"id":1,"title":"Tin mới","text":"Một câu."}"#.as_bytes())]);
    let lines = place.run(&["sentences", "d.jsonl"]).code(0).lines();
    assert_eq!((&lines[0]["field"], &lines[0]["text"]), (&"title".into(), &"Tin mới".into()));
    assert_eq!((&lines[1]["field"], &lines[1]["start"]), (&"text".into(), &0.into()));
}

// Faults

/// One bad line between two good ones: told with its line and byte, the rest unchanged, exit code 1.
#[track_caller]
fn bad_line(bad: &[u8], what: &str, why: &str, hint: &str) {
    let dump = [article("a").as_bytes(), bad, b"\n", article("b").as_bytes()].concat();
    let place = Place::new(&[("d.jsonl", &dump)]);
    let run = place.run(&["sentences", "d.jsonl", "--errors", "bad.jsonl", "--threads", "1"]).code(1);
    assert_eq!(run.docs(), ["a", "b"]);
    let told = run.err.lines().find(|line| line.starts_with("d.jsonl:2: ")).expect(&run.err);
    assert!(told.contains(what) && told.contains(why) && told.contains(hint), "{told}");
    let errors = place.read("bad.jsonl");
    let error: serde_json::Value = serde_json::from_str(errors.trim()).unwrap();
    assert_eq!((&error["path"], &error["line"]), (&"d.jsonl".into(), &2.into()));
    assert_eq!(error["what"], what);
    let (start, byte) = (article("a").len() as u64, error["byte"].as_u64().unwrap());
    assert!((start..=start + bad.len() as u64).contains(&byte), "byte {byte}");
}

#[test]
fn bad_lines_are_told_and_passed_over() {
    bad_line(b"{\"text\":\"\xe1\xba\"}", "not UTF-8", "0xE1 at 9", "--encoding");
    bad_line(b"{\"text\":\"a\" \"b\"}", "not JSON", "column 13", "drop it");
    bad_line(b"{\"text\":\"a", "not JSON", "EOF", "cut short");
    bad_line(b"{\"text\":\"\\ud83d\"}", "not JSON", "", "mend");
    bad_line(b"[{\"text\":\"a\"}]", "not an object", "", "jq -c");
    bad_line(b"{\"text\":[\"a\"]}", "wrong type", "an array", "--map text=");
    bad_line(b"{\"text\":\"a\",\"title\":{\"b\":1}}", "wrong type", "an object", "--map title=");
    bad_line(b"{\"text\":\"a\",\"text\":\"b\"}", "duplicate key", "\"text\"", "mend");
    bad_line(b"{\"x\":1,\"y\":{\"z\":\"abc\"}}", "no text field", "x y.z", "--map text=y.z");
    bad_line(b"{\"id\":\"q\",\"text\":\" \"}", "empty text", "blanks", "fetch");
    bad_line(&[b"{\"text\":".as_slice(), &[b'['; 100_000]].concat(), "not JSON", "", "mend");
    bad_line(b"{}", "no text field", "no fields", "check");
}

#[test]
fn deep_json_in_a_field_that_nobody_wants_is_skipped() {
    let deep = format!("{{\"x\":{}{},\"text\":\"a\"}}\n", "[".repeat(1_000_000), "]".repeat(1_000_000));
    let place = Place::new(&[("d.jsonl", deep.as_bytes())]);
    assert_eq!(place.run(&["sentences", "d.jsonl"]).code(0).docs(), ["d.jsonl#1"]);
}

#[test]
fn an_unreadable_date_costs_the_date_alone() {
    let lines: String =
        (0..9).map(|n| format!("{{\"id\":{n},\"date\":\"soon\",\"text\":\"a\"}}\n")).collect();
    let place = Place::new(&[("d.jsonl", lines.as_bytes())]);
    let run = place.run(&["sentences", "d.jsonl", "--errors", "bad.jsonl"]).code(0);
    assert_eq!(run.docs().len(), 9);
    let run = run.says("d.jsonl:1: warning: no date, \"soon\"").says("no date: 4 more");
    assert_eq!(run.err.matches("\"soon\"").count(), 5);
    assert_eq!(place.read("bad.jsonl").matches("\"warning\"").count(), 9);
}

#[test]
fn bad_pages_are_told() {
    let place = Place::new(&[
        ("latin.txt", b"M\xe2u\n"),
        ("empty.txt", b""),
        ("blank.txt", b" \n"),
        ("print.txt", b"%PDF-1.7"),
        ("late.txt", b"a\nb\n\xe1"),
    ]);
    let run = place.run(&["extract", "."]).code(1).says("5 errors");
    let run =
        run.says("./latin.txt:1: not UTF-8").says("./empty.txt:0: empty").says("./blank.txt:1: empty text");
    run.says("./print.txt:0: not readable, it is PDF").says("./late.txt:3: not UTF-8");
}

#[test]
fn missing_files_and_empty_folders_are_told_and_the_rest_is_read() {
    let place = Place::new(&[("a.txt", b"a"), ("d/readme.md", b"x"), ("p.zip", b"PK\x03\x04....")]);
    let run = place.run(&["sentences", "none.txt", "d", "p.zip", "a.txt"]).code(1);
    assert_eq!(run.docs(), ["a.txt"]);
    run.says("none.txt:0: cannot be read, no such file").says("d:0: no articles").says("p.zip:0: damaged");
}

#[cfg(unix)]
#[test]
fn links_to_folders_are_not_followed() {
    let place = Place::new(&[("d/a.txt", b"a")]);
    std::os::unix::fs::symlink("..", place.0.path().join("d/loop")).unwrap();
    let run = place.run(&["sentences", "d"]).code(0).says("d/loop:0: warning");
    assert_eq!(run.docs(), ["d/a.txt"]);
}

#[test]
fn what_stands_before_a_break_is_read() {
    let whole = [gzip(dump(50).as_bytes()), gzip(dump(6_000).as_bytes())].concat();
    let first = gzip(dump(50).as_bytes()).len();
    for (name, cut) in [("d.jsonl", first + 20), ("d.gz", first + 20), ("d.jsonl", whole.len() - 4)] {
        let place = Place::new(&[(name, &whole[..cut])]);
        let run = place.run(&["sentences", name]).code(1).says("cut short, the gzip stream breaks off");
        assert!(run.docs().len() >= 50, "{} of {name}", run.docs().len());
        assert_eq!(run.err.lines().count(), 2, "{}", run.err);
    }
    let mut flipped = whole;
    let middle = flipped.len() / 2;
    flipped[middle] ^= 1;
    let place = Place::new(&[("d.jsonl", &flipped)]);
    place.run(&["extract", "d.jsonl"]).code(1).says("the gzip stream breaks off");
    let short = zstd(dump(5000).as_bytes());
    let place = Place::new(&[("d.jsonl", &short[..short.len() / 2])]);
    place.run(&["extract", "d.jsonl"]).code(1).says("the zstd stream breaks off");
}

#[test]
fn a_file_cut_at_any_byte_gives_one_error_and_no_half_article() {
    let whole = gzip(dump(4).as_bytes());
    let place = Place::new(&[]);
    for cut in (1..whole.len()).step_by(9) {
        let run = place.run_with(&["sentences", "--input-format", "jsonl", "-"], &whole[..cut]).code(1);
        assert_eq!(run.err.lines().count(), 2, "cut at {cut}: {}", run.err);
        assert!(
            run.docs().iter().map(String::as_str).eq(["0", "1", "2", "3"].into_iter().take(run.docs().len()))
        );
    }
}

#[test]
fn long_lines_and_pages_are_passed_over() {
    let long = format!("{{\"text\":\"{}\"}}\n", "x".repeat(1_000_000));
    let dump = [article("a"), long.clone(), article("b")].concat();
    let place = Place::new(&[("d.jsonl", dump.as_bytes()), ("p.txt", &[b'x'; 5000])]);
    for limit in ["999999", "1000"] {
        let run = place.run(&["sentences", "d.jsonl", "--max-article-bytes", limit]).code(1);
        assert_eq!(run.docs(), ["a", "b"]);
        run.says("d.jsonl:2: too long, the line has 1000011 bytes");
    }
    place.run(&["extract", "p.txt", "--max-article-bytes", "4999"]).code(1).says("p.txt:0: too long");
    place.run(&["extract", "p.txt", "--max-article-bytes", "5000"]).code(0);
}

#[cfg(target_os = "linux")]
#[test]
fn an_endless_line_takes_no_memory() {
    let place = Place::new(&[]);
    let mut command =
        place.command(&["sentences", "-", "--max-article-bytes", "1000000", "--input-format", "jsonl"]);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut pipe = child.stdin.take().unwrap();
    pipe.write_all(article("a").as_bytes()).unwrap();
    let some = vec![b'x'; 1 << 20];
    for _ in 0..192 {
        pipe.write_all(&some).unwrap();
    }
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    let peak: u64 = peak.split_whitespace().next().unwrap().parse().unwrap();
    pipe.write_all(format!("\n{}", article("b")).as_bytes()).unwrap();
    drop(pipe);
    let run = Run::from(child.wait_with_output().unwrap()).code(1);
    assert_eq!(run.docs(), ["a", "b"]);
    run.says("-:2: too long, the line has 201326592 bytes");
    assert!(peak < 120_000, "{peak} kB for a line of 192 MB");
}

#[test]
fn a_panic_in_an_article_is_an_error_of_that_article() {
    let place = Place::new(&[("d.jsonl", dump(5).as_bytes())]);
    for threads in ["1", "3"] {
        let args = ["sentences", "d.jsonl", "--panic-on", "2", "--errors", "bad.jsonl", "--threads", threads];
        let run = place.run(&args).code(1);
        assert_eq!(run.docs(), ["0", "1", "3", "4"]);
        assert_eq!(run.err.lines().count(), 2, "{}", run.err);
        run.says("d.jsonl:3: panic").says("4 articles");
        assert!(place.read("bad.jsonl").contains("\"doc\":\"2\""));
    }
}

#[test]
fn strict_stops_at_the_first_error() {
    let dump = [article("a").as_str(), "oops\n", &article("b"), "oops\n"].concat();
    let place = Place::new(&[("d.jsonl", dump.as_bytes()), ("old.jsonl", b"old")]);
    for threads in ["1", "4"] {
        let run = place.run(&["sentences", "d.jsonl", "d.jsonl", "--strict", "--threads", threads]).code(1);
        assert_eq!(run.docs(), ["a"]);
        assert_eq!(run.err.matches("not JSON").count(), 1);
    }
    place
        .run(&["extract", "d.jsonl", "--strict", "-o", "old.jsonl"])
        .code(1)
        .says("old.jsonl is not written");
    assert_eq!(place.read("old.jsonl"), "old");
}

#[test]
fn what_comes_from_outside_cannot_steer_the_terminal() {
    let place = Place::new(&[("d.jsonl", b"{\"a\\u001b[2J\\n\":\"b\"}".as_slice())]);
    let run = place.run(&["extract", "d.jsonl"]).code(1).says("no text field");
    assert!(!run.err.contains('\u{1b}'));
    assert_eq!(run.err.lines().count(), 2);
}

// Output

#[test]
fn the_same_bytes_for_any_number_of_threads() {
    let mut lines = String::new();
    for n in 0..1500 {
        lines += &match n % 500 {
            77 => "oops\n".into(),
            78 => format!("{{\"id\":{n},\"text\":\"{}\"}}\n", "Câu dài. ".repeat(4_000)),
            _ => article(n),
        };
    }
    let place = Place::new(&[("d/a.jsonl", lines.as_bytes()), ("d/b.txt", b"b"), ("d/c.jsonl", b"oops")]);
    let run = |threads| {
        let run = place.run(&["sentences", "d", "-q", "--threads", threads, "--errors", "bad.jsonl"]).code(1);
        (run.out, run.err, place.read("bad.jsonl"))
    };
    let one = run("1");
    assert_eq!(one.2.lines().count(), 4);
    for threads in ["2", "8"] {
        assert!(run(threads) == one, "{threads} threads");
    }
}

#[test]
fn only_some_kinds() {
    let place = Place::new(&[("d.jsonl", GOOD.as_bytes())]);
    let all = place.run(&["extract", "d.jsonl"]).code(0).lines();
    for kinds in ["date", "count,date", "official"] {
        let run = place.run(&["extract", "d.jsonl", "--only", kinds]).code(0);
        let wanted = |line: &&serde_json::Value| kinds.split(',').any(|kind| line["kind"] == kind);
        assert_eq!(run.lines(), all.iter().filter(wanted).cloned().collect::<Vec<_>>());
    }
    place.run(&["extract", "d.jsonl", "--only", "dates"]).code(2).says("possible values");
}

#[test]
fn a_file_gets_its_name_when_it_is_complete() {
    let place = Place::new(&[("d.jsonl", dump(3).as_bytes()), ("out.jsonl", b"old")]);
    let run = place.run(&["sentences", "d.jsonl", "-o", "out.jsonl"]).code(0);
    assert_eq!(run.out, "");
    assert_eq!(place.read("out.jsonl").lines().count(), 6);
    // Over the input itself.
    place.run(&["sentences", "d.jsonl", "-o", "d.jsonl"]).code(0);
    assert_eq!(place.read("d.jsonl"), place.read("out.jsonl"));
    assert_eq!(fs::read_dir(place.0.path()).unwrap().count(), 2);
}

#[test]
fn outputs_that_cannot_be_written_are_wrong_use() {
    let place = Place::new(&[("d.jsonl", dump(3).as_bytes()), ("dir/x", b"")]);
    place
        .run(&["extract", "d.jsonl", "-o", "none/out.jsonl"])
        .code(2)
        .says("cannot write none/out.jsonl: no such");
    place.run(&["extract", "d.jsonl", "-o", "dir"]).code(2).says("cannot write dir: it is a folder");
    place.run(&["extract", "d.jsonl", "--errors", "none/e"]).code(2).says("cannot write none/e");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let place = Place::new(&[("d.jsonl", dump(3).as_bytes()), ("bad.jsonl", b"oops")]);
    let full = || Stdio::from(fs::File::options().write(true).open("/dev/full").unwrap());
    for args in [["sentences", "d.jsonl"], ["gazetteers", "list"], ["gazetteers", "check"]] {
        let run = Run::from(place.command(&args).stdout(full()).output().unwrap()).code(2);
        run.says("cannot write standard output: no space left");
    }
    place.run(&["sentences", "d.jsonl", "-o", "/dev/full"]).code(2).says("cannot write /dev/full");
    place.run(&["extract", "bad.jsonl", "--errors", "/dev/full"]).code(2).says("cannot write /dev/full");
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let place = Place::new(&[("d.jsonl", dump(20_000).as_bytes())]);
    for threads in ["1", "2"] {
        let mut command = place.command(&["sentences", "d.jsonl", "--threads", threads]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert!(line.ends_with("}\n"));
        let mut err = String::new();
        child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        assert_eq!((child.wait().unwrap().code(), err.as_str()), (Some(0), ""));
    }
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_at_once() {
    let place = Place::new(&[]);
    let mut command = place.command(&["sentences", "-"]);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let pipe = child.stdin.take(); // stays open, so that there is no end but by the signal
    std::thread::sleep(std::time::Duration::from_millis(3000));
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    drop(pipe);
}

#[test]
fn the_summary_counts_and_quiet_leaves_it_out() {
    let place = Place::new(&[("d.jsonl", [dump(1200).as_str(), "oops"].concat().as_bytes())]);
    place.run(&["sentences", "d.jsonl"]).code(1).says("1,200 articles, 2,400 sentences, 1 error, 0.1 MB in");
    let quiet = place.run(&["sentences", "d.jsonl", "--quiet"]).code(1).says("d.jsonl:1201: not JSON");
    assert_eq!(quiet.err.lines().count(), 1);
}

#[test]
fn no_facts_is_no_failure() {
    let place = Place::new(&[("a.txt", b"nothing here"), ("e.jsonl", b"\n\n")]);
    assert_eq!(
        place.run(&["extract", "a.txt", "e.jsonl"]).code(0).says("1 article, 0 records, 0 errors").out,
        ""
    );
}

#[test]
fn wrong_use_is_told() {
    let place = Place::new(&[]);
    for args in [
        &["extract", "--threads", "0", "x"][..],
        &["extract", "--published", "soon", "x"],
        &["nonsense"],
        &[],
    ] {
        place.run(args).code(2);
    }
    assert!(place.run(&["extract", "--help"]).code(0).out.contains("Examples:"));
    assert!(place.run(&["--version"]).code(0).out.starts_with("vnfacts "));
}

// Tables

fn columns(table: &str) -> String {
    let place = Place::new(&[]);
    let shown = place.run(&["gazetteers", "show", table]).code(0).out;
    shown.lines().find(|line| !line.starts_with('#')).unwrap().to_string()
}

fn row(columns: &str, values: &[(&str, &str)]) -> String {
    let cell = |column| values.iter().find(|(name, _)| *name == column).map_or("", |(_, value)| value);
    columns.split('\t').map(cell).collect::<Vec<_>>().join("\t")
}

#[test]
fn every_fault_of_the_tables_is_told_at_once() {
    let header = columns("abbreviations");
    let good = |word| row(&header, &[("abbreviation", word), ("at_end", "no")]);
    let lunar = columns("lunar_years");
    let year = |values: &[(&str, &str)]| format!("{lunar}\n{}\n", row(&lunar, values));
    let place = Place::new(&[
        ("t/surnames.tsv", b"surname\tgroups\nX\t\n"),
        ("t/nonsense.tsv", b"x\n"),
        ("t/ranks.tsv", b""),
        ("t/degrees.tsv", b"x\n\xff\n"),
        ("t/lunar_years.tsv", year(&[("year", "x"), ("can_chi", "Y"), ("tet", "2019-13-01")]).as_bytes()),
        ("t/readme.md", b"not looked at"),
    ]);
    let lines =
        [&header, "a\tb", &good("Tq."), &good(" Tr."), &good("Tq."), &good(""), &good("e\u{302}."), ""];
    let lines: Vec<&str> = lines.into_iter().take(7).collect();
    place.write("t/abbreviations.add.tsv", (lines.join("\n") + "\n").as_bytes());
    let run = place.run(&["gazetteers", "check", "t"]).code(2);
    for fault in [
        "t/surnames.tsv:1: the header should be",
        "t/nonsense.tsv:0: no table has this name",
        "t/ranks.tsv:1: empty",
        "t/degrees.tsv:2: is not UTF-8",
        "t/lunar_years.tsv:2: year: \"x\" is not a whole number",
        "t/lunar_years.tsv:2: tet: \"2019-13-01\" is not YYYY",
        "t/abbreviations.add.tsv:2: 2 cells where",
        "t/abbreviations.add.tsv:4: abbreviation: blanks around",
        "t/abbreviations.add.tsv:5: \"Tq.\" stands already at t/abbreviations.add.tsv:3",
        "t/abbreviations.add.tsv:6: abbreviation: is empty",
        "t/abbreviations.add.tsv:7: abbreviation: \"e\\u{302}.\" is not in Unicode NFC",
    ] {
        assert!(run.out.lines().any(|line| line.starts_with(fault)), "{fault:?} is not in:\n{}", run.out);
    }
    place.write("a.txt", b"a");
    let extract = place.run(&["extract", "a.txt", "--gazetteers", "t"]).code(2);
    assert_eq!(extract.out, "");
    extract.says("t/ranks.tsv:1: empty").says("t/nonsense.tsv:0:");
    place.run(&["gazetteers", "check", "none"]).code(2);
}

#[test]
fn the_tables_of_the_program_are_sound() {
    let place = Place::new(&[]);
    assert!(place.run(&["gazetteers", "check"]).code(0).out.contains("no faults"));
    let shown = place.run(&["gazetteers", "show", "titles"]).code(0).out;
    place.write("t/titles.tsv", shown.as_bytes());
    place.run(&["gazetteers", "check", "t"]).code(0);
    place.run(&["gazetteers", "show", "title"]).code(2).says("there are:");
    for (day, provinces) in [("2025-06-30", 63), ("2025-07-01", 34)] {
        let places = place.run(&["gazetteers", "show", "places", "--at", day]).code(0).out;
        assert_eq!(
            places.lines().filter(|row| row.split('\t').nth(2) == Some("province")).count(),
            provinces
        );
    }
}

#[test]
fn rows_can_be_added_without_a_rebuild() {
    let place = Place::new(&[]);
    let rows = |dir: Option<&Path>| -> (usize, String) {
        let mut args = vec!["gazetteers", "list"];
        args.extend(dir.map(|dir| ["--gazetteers", dir.to_str().unwrap()]).into_iter().flatten());
        let list = place.run(&args).code(0).out;
        let line = list.lines().find(|line| line.starts_with("surnames\t")).unwrap();
        let cells: Vec<&str> = line.split('\t').collect();
        (cells[1].parse().unwrap(), cells[3].into())
    };
    let header = columns("surnames");
    let added = format!("{header}\n{}\n", row(&header, &[("surname", "Qwerty"), ("alone", "no")]));
    place.write("t/surnames.add.tsv", added.as_bytes());
    let (before, after) = (rows(None), rows(Some(Path::new("t"))));
    assert_eq!(after.0, before.0 + 1);
    assert!(after.1.ends_with("t/surnames.add.tsv"), "{}", after.1);
}

#[test]
fn added_rows_count_in_the_text() {
    let header = columns("abbreviations");
    let added = format!("{header}\n{}\n", row(&header, &[("abbreviation", "Qzt."), ("at_end", "no")]));
    let text = "Đoàn gặp Qzt. Nam hôm nay.";
    let place = Place::new(&[("a.txt", text.as_bytes()), ("t/abbreviations.add.tsv", added.as_bytes())]);
    assert_eq!(place.run(&["sentences", "a.txt"]).code(0).lines().len(), 2);
    assert_eq!(place.run(&["sentences", "a.txt", "--gazetteers", "t"]).code(0).lines().len(), 1);
}

#[test]
fn rules_are_listed() {
    let place = Place::new(&[]);
    let out = place.run(&["rules"]).code(0).out;
    assert_eq!(out.lines().next(), Some("rule\tkind\tfinds\texample"));
    assert!(out.lines().all(|line| line.split('\t').count() == 4));
}
