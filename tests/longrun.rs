//! Long runs end to end: killed, stopped and gone on with, out of room, changed meanwhile; parts of a dump.
//!
//! `VNFACTS_KILLS=100 cargo test --test longrun kill` kills more often than the suite does.

mod common;

use common::{Place, Run};
use std::collections::BTreeSet;
use std::fs;
use std::io::{Read, Write};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

fn article(id: impl std::fmt::Display) -> String {
    format!(
        "{{\"id\":\"{id}\",\"text\":\"Sáng 14-11, ông Trần Văn Mẫu, Bí thư Huyện ủy Xuân Cảnh, trao Bằng khen cho 20 tập thể.\\n\
         Bài {id} nêu Nghị quyết 07-NQ/HU và 35 mô hình; bà Lò Thị Ví Dụ, Phó Chủ tịch UBND huyện, kết luận.\"}}\n"
    )
}

/// A folder of small dumps, so that there are many pieces; in some of them something is wrong.
fn shards(files: usize, articles: usize) -> Place {
    let place = Place::new(&[]);
    for file in 0..files {
        let mut lines: String = (0..articles).map(|n| article(format!("{file}-{n}"))).collect();
        if file % 7 == 3 {
            lines += "oops\n";
        }
        if file % 5 == 1 {
            lines += "{\"id\":\"w\",\"published\":\"hôm kia\",\"text\":\"Một câu.\"}\n";
        }
        place.write(&format!("d/{file:03}.jsonl"), lines.as_bytes());
    }
    place
}

const RUN: &[&str] =
    &["extract", "d", "-o", "out.jsonl", "--errors", "bad.jsonl", "--checkpoint-every", "0.02"];
const MANIFEST: &str = "out.jsonl.manifest.json";
const PART: &str = "out.jsonl.part";

/// The same as [`RUN`], to be gone on with.
fn resume<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [RUN, &["--resume"], more].concat()
}

fn spawn(place: &Place, args: &[&str]) -> Child {
    place.command(args).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
}

/// What an unbroken run writes: output, faults, and the summary up to its times.
fn unbroken(place: &Place) -> (String, String, String) {
    let run = place.run(&[RUN, &["--resume"]].concat()).code(1);
    let all = (place.read("out.jsonl"), place.read("bad.jsonl"), figures(&run.err));
    clear(place);
    all
}

fn figures(err: &str) -> String {
    let line = err.lines().last().unwrap_or_default();
    line.split(" MB in ").next().unwrap().to_string()
}

fn clear(place: &Place) {
    for name in ["out.jsonl", "bad.jsonl", MANIFEST] {
        fs::remove_file(place.0.path().join(name)).unwrap();
    }
    assert_eq!(names(place), ["d"], "something is left behind");
}

fn names(place: &Place) -> Vec<String> {
    let entries = fs::read_dir(place.0.path()).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Waits until the manifest is another than it was; whether that came before the run ended.
fn wait_for_manifest(place: &Place, before: &Option<String>, child: &mut Child) -> bool {
    let path = place.0.path().join(MANIFEST);
    loop {
        if child.try_wait().unwrap().is_some() {
            return false;
        }
        if fs::read_to_string(&path).ok() != *before {
            return true;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn manifest(place: &Place) -> Option<String> {
    fs::read_to_string(place.0.path().join(MANIFEST)).ok()
}

fn pieces(place: &Place) -> u64 {
    let manifest: serde_json::Value =
        manifest(place).map_or_else(Default::default, |m| serde_json::from_str(&m).unwrap());
    manifest["position"]["pieces"].as_u64().unwrap_or(0)
}

/// Numbers that look random, the same ones in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

#[test]
fn a_run_killed_at_any_moment_goes_on() {
    let wanted: usize = std::env::var("VNFACTS_KILLS").map_or(20, |n| n.parse().unwrap());
    let place = shards(40, 8);
    let (output, errors, summary) = unbroken(&place);
    let (mut random, mut kills, mut inside, mut rounds) = (Random(7), 0, 0, 0);
    while kills < wanted {
        let mut killed = kills < wanted;
        rounds += 1;
        while killed {
            let threads = ["1", "2", "8"][random.below(3) as usize];
            let before = manifest(&place);
            let mut child = spawn(&place, &resume(&["--threads", threads]));
            // One in four at any moment of the start, the others while pieces are read and written.
            if random.below(4) == 0 || wait_for_manifest(&place, &before, &mut child) {
                std::thread::sleep(Duration::from_millis(random.below(250)));
            }
            killed = kills < wanted && child.try_wait().unwrap().is_none();
            if killed {
                child.kill().unwrap();
                kills += 1;
            }
            child.wait().unwrap();
            inside += usize::from(killed && pieces(&place) > 0);
            killed |= kills < wanted && !place.0.path().join("out.jsonl").exists();
        }
        let end = place.run(&resume(&[]));
        assert_eq!(end.code, Some(1), "{}", end.err);
        assert!(place.read("out.jsonl") == output, "after {kills} kills the output differs");
        assert_eq!(place.read("bad.jsonl"), errors, "after {kills} kills");
        if !end.err.contains("is complete") {
            assert_eq!(figures(&end.err), summary, "after {kills} kills");
        }
        clear(&place);
    }
    eprintln!("{kills} kills, {inside} of them in the middle of the output, in {rounds} runs");
    assert!(inside * 3 >= kills, "only {inside} of {kills} kills hit the middle of a run");
}

#[cfg(unix)]
fn signal(child: &Child, name: &str) {
    let status = std::process::Command::new("kill").args([name, &child.id().to_string()]).status();
    assert!(status.unwrap().success());
}

/// How a run ended: its code, how long it took, what it said.
#[cfg(unix)]
fn ended(mut child: Child) -> (Option<i32>, Duration, String) {
    let start = Instant::now();
    let code = child.wait().unwrap().code();
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    (code, start.elapsed(), err)
}

#[cfg(unix)]
#[test]
fn a_run_that_is_stopped_tells_how_to_go_on() {
    // So much that it is not done before the signal comes, on a fast machine too.
    let place = shards(40, 200);
    let (output, errors, summary) = unbroken(&place);
    for (name, code) in [("-INT", 130), ("-TERM", 143)] {
        let mut child = spawn(&place, &resume(&["--threads", "2"]));
        assert!(wait_for_manifest(&place, &None, &mut child));
        std::thread::sleep(Duration::from_millis(100));
        signal(&child, name);
        let (ended_with, took, err) = ended(child);
        assert_eq!(ended_with, Some(code), "{err}");
        assert!(took < Duration::from_secs(1), "{took:?}");
        assert!(err.lines().last().unwrap().starts_with("stopped after "), "{err}");
        assert!(err.contains("the same command goes on from here"), "{err}");
        assert_eq!(names(&place), ["bad.jsonl", "d", "out.jsonl.ids.part", MANIFEST, PART]);
        let end = place.run(&resume(&[])).code(1).says("goes on after ");
        assert!(place.read("out.jsonl") == output);
        assert_eq!((place.read("bad.jsonl"), figures(&end.err)), (errors.clone(), summary.clone()));
        clear(&place);
    }
}

#[cfg(unix)]
#[test]
fn a_run_that_cannot_go_on_leaves_nothing_when_it_is_stopped() {
    // One article that takes many seconds: nobody waits for it.
    let long = format!(
        "{{\"id\":\"long\",\"text\":\"{}\"}}\n",
        "Ông Trần Văn Mẫu, Bí thư Huyện ủy, nêu 20 mô hình. ".repeat(40_000)
    );
    for (name, code) in [("-INT", 130), ("-TERM", 143)] {
        let place = Place::new(&[("d.jsonl", long.as_bytes())]);
        let child = spawn(&place, &["extract", "d.jsonl", "-o", "out.jsonl", "--threads", "1"]);
        while names(&place).len() < 2 {
            std::thread::sleep(Duration::from_millis(5));
        }
        std::thread::sleep(Duration::from_millis(400));
        signal(&child, name);
        let (ended_with, took, err) = ended(child);
        assert_eq!(ended_with, Some(code), "{err}");
        assert!(took < Duration::from_secs(1), "{took:?}");
        assert!(err.contains("out.jsonl is not written (stopped after 0 articles; with --resume"), "{err}");
        assert_eq!(names(&place), ["d.jsonl"]);
    }
}

#[cfg(unix)]
#[test]
fn what_is_made_of_records_leaves_nothing_when_it_is_stopped() {
    for (out, name, code) in [("t.csv", "-INT", 130), ("t.sqlite/", "-TERM", 143), ("l/t.jsonl", "-INT", 130)]
    {
        if out.contains("sqlite") && !cfg!(feature = "sqlite") {
            continue;
        }
        let place = Place::new(&[("real/.keep", b"")]);
        std::os::unix::fs::symlink("real", place.0.path().join("l")).unwrap();
        // Its input does not end: what it writes is begun and never complete.
        let mut child = place.command(&["convert", "-", "-o", out]);
        let mut child = child.stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut input = child.stdin.take().unwrap();
        input.write_all(b"{\"doc\":\"a\",\"records\":[]}\n").unwrap();
        let in_work = || {
            fs::read_dir(place.0.path()).unwrap().count()
                + fs::read_dir(place.0.path().join("real")).unwrap().count()
        };
        while in_work() < 4 {
            std::thread::sleep(Duration::from_millis(5));
        }
        signal(&child, name);
        let (ended_with, took, err) = ended(child);
        assert_eq!((ended_with, err), (Some(code), format!("stopped; {out} is not written\n")));
        assert!(took < Duration::from_secs(1), "{took:?}");
        assert_eq!((names(&place), in_work()), (vec!["l".to_string(), "real".into()], 3), "{out}");
    }
}

#[test]
fn what_has_changed_is_told_and_nothing_is_touched() {
    let place = shards(40, 8);
    let header = place.run(&["gazetteers", "show", "surnames"]).code(0).out;
    place.run(&resume(&["--gazetteers", "tables"])).code(2).says("tables:0: cannot be read");
    fs::create_dir(place.0.path().join("tables")).unwrap();
    let go = resume(&["--gazetteers", "tables", "--only", "code,date"]);
    kill_in_the_middle(&place, &go);
    let before = (manifest(&place), place.read(PART));
    let refused = |args: &[&str], words: &str| {
        let run = place.run(args).code(2).says(words).says("cannot go on with out.jsonl: ");
        assert_eq!(run.err.lines().count(), 1, "{}", run.err);
        assert!((manifest(&place), place.read(PART)) == before, "{words}");
    };
    // Options
    let but = |from, to| go.iter().map(|&arg| if arg == from { to } else { arg }).collect::<Vec<&str>>();
    let and = |more: &[&'static str]| [&go, more].concat();
    refused(&but("code,date", "code"), "--only was code,date then and is code now");
    refused(&but("extract", "sentences")[..9], "command was extract then and is sentences now");
    refused(&but("bad.jsonl", "worse.jsonl"), "--errors was bad.jsonl then and is worse.jsonl now");
    refused(&and(&["--limit", "5"]), "--limit was not given then and is 5 now");
    refused(&and(&["--strict"]), "--strict was false then and is true now");
    refused(&and(&["d/000.jsonl"]), "the inputs were d;");
    refused(&but("d", "./d"), "the inputs were d;");
    // The program
    let older = before.0.as_ref().unwrap().replace(env!("CARGO_PKG_VERSION"), "0.0.1");
    place.write(MANIFEST, older.as_bytes());
    place.run(&go).code(2).says("vnfacts was 0.0.1 then and is");
    // What cannot be read
    place.write(MANIFEST, &older.as_bytes()[..older.len() / 2]);
    place.run(&go).code(2).says("is no manifest that this version can read; remove it to start anew");
    place.write(MANIFEST, before.0.as_ref().unwrap().as_bytes());
    // Inputs
    let old = place.read("d/001.jsonl");
    place.write("d/001.jsonl", old.replace("14-11", "15-11").as_bytes());
    refused(&go, "d has other contents now; undo that, or remove out.jsonl.manifest.json to start anew");
    place.write("d/001.jsonl", &old.as_bytes()[1..]);
    refused(&go, "d had 40 files with");
    place.write("d/001.jsonl", old.as_bytes());
    place.write("d/040.jsonl", b"{}");
    refused(&go, "and has 41 files with");
    fs::remove_file(place.0.path().join("d/040.jsonl")).unwrap();
    // Tables
    place.write("tables/surnames.tsv", header.replace("Trần", "Trấn").as_bytes());
    refused(&go, "the table `surnames` has changed");
    place.write("tables/surnames.tsv", header.as_bytes());
    // What was written
    place.write(PART, b""); // what stands behind the last checkpoint may be missing, not what stands before it
    place.run(&go).code(2).says("out.jsonl.part has").says("were written");
    fs::remove_file(place.0.path().join(PART)).unwrap();
    place.run(&go).code(2).says("cannot write out.jsonl: no such file");
    place.write(PART, before.1.as_bytes());
    // All is as it was, with the same table in a file of its own
    place.run(&go).code(1).says("goes on after");
    assert!(place.read("out.jsonl") == place.run(&["extract", "d", "--only", "code,date"]).code(1).out);
}

#[test]
fn a_run_to_tables_goes_on_too() {
    let place = shards(40, 8);
    let run = ["extract", "d", "-o", "out.csv", "--resume", "--checkpoint-every", "0.02"];
    let table = |folder: &str| place.read(&format!("{folder}/officials.csv"));
    place.run(&["extract", "d", "-o", "whole.csv"]).code(1);
    let journal = |suffix: &str| place.0.path().join(format!("out.csv.journal.jsonl{suffix}"));
    let mut child = spawn(&place, &run);
    while fs::metadata(journal(".part")).map_or(0, |part| part.len()) == 0 {
        assert_eq!(child.try_wait().unwrap(), None, "it ended before it could be killed");
        std::thread::sleep(Duration::from_millis(2));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    place.run(&run).code(1).says("goes on after");
    assert!(table("out.csv") == table("whole.csv"));
    let end = ["d", "out.csv", "out.csv.manifest.json", "whole.csv"];
    assert_eq!(names(&place), end);
    place.run(&run).code(1).says("out.csv is complete; to make it anew");
    // Killed while the tables were made.
    place.run(&["extract", "d", "-o", "again.docs.jsonl"]).code(1);
    fs::rename(place.0.path().join("again.docs.jsonl"), journal("")).unwrap();
    fs::remove_dir_all(place.0.path().join("out.csv")).unwrap();
    assert!(!place.run(&run).code(1).err.contains("is complete"));
    assert!(table("out.csv") == table("whole.csv"));
    assert_eq!(names(&place), end);
    fs::remove_dir_all(place.0.path().join("out.csv")).unwrap();
    place.run(&run).code(2).says("out.csv was complete and has changed or gone since");
}

/// Kills a run once its manifest tells that some of its output is sure.
fn kill_in_the_middle(place: &Place, args: &[&str]) {
    let mut child = spawn(place, args);
    while pieces(place) < 3 {
        assert_eq!(child.try_wait().unwrap(), None, "it ended before it could be killed");
        std::thread::sleep(Duration::from_millis(2));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(place.0.path().join(PART).exists());
}

#[test]
fn a_complete_run_says_so() {
    let place = shards(4, 3);
    let first = place.run(&resume(&[])).code(1);
    assert_eq!(names(&place), ["bad.jsonl", "d", "out.jsonl", MANIFEST]);
    let all = || (place.read("out.jsonl"), place.read("bad.jsonl"), manifest(&place));
    let (before, again) = (all(), place.run(&resume(&[])).code(1));
    assert_eq!(again.err, format!("out.jsonl is complete; to make it anew, remove {MANIFEST}\n"));
    assert_eq!(place.run(&resume(&["-q"])).code(1).err, "");
    // Killed right before the output gets its name.
    let file = |name| place.0.path().join(name);
    fs::rename(file("out.jsonl"), file(PART)).unwrap();
    place.run(&resume(&[])).code(1).says("out.jsonl is complete");
    assert!(all() == before, "{}", first.err);
    assert!(!file(PART).exists());
    place.write("out.jsonl", b"something else");
    place
        .run(&resume(&[]))
        .code(2)
        .says("out.jsonl was complete and has changed or gone since")
        .says(&format!("remove {MANIFEST}"));
    fs::remove_file(file(MANIFEST)).unwrap();
    place.run(&resume(&[])).code(1);
    assert_eq!((place.read("out.jsonl"), place.read("bad.jsonl")), (before.0, before.1));
}

#[test]
fn what_cannot_be_gone_on_with_is_wrong_use() {
    let place = Place::new(&[("d.jsonl", article("a").as_bytes()), ("dir/x", b"")]);
    let with_input = |args: &[&str]| place.run_with(args, article("a").as_bytes());
    for (run, words) in [
        (place.run(&["extract", "d.jsonl", "--resume"]), "--output <FILE>"),
        (
            with_input(&["extract", "-", "-o", "out", "--resume"]),
            "--resume needs inputs that can be read again",
        ),
        (with_input(&["extract", "-o", "out", "--resume"]), "--resume needs inputs that can be read again"),
        (with_input(&["extract", "-", "--sample", "3"]), "--sample needs inputs that can be read twice"),
        (place.run(&["extract", "d.jsonl", "-o", "dir", "--resume"]), "cannot write dir: it is no file"),
        (
            place.run(&["extract", "d.jsonl", "-o", "none/out", "--resume"]),
            "cannot write none/out: no such file",
        ),
        (place.run(&["extract", "d.jsonl", "--seed", "3"]), "--sample"),
        (place.run(&["extract", "d.jsonl", "--sample", "3", "--limit", "3"]), "cannot be used with"),
        (place.run(&["extract", "d.jsonl", "--sample", "0"]), "invalid value '0'"),
        (place.run(&["extract", "d.jsonl", "--warn-after", "soon"]), "not a number of seconds"),
    ] {
        let run = run.code(2).says(words);
        assert_eq!(run.out, "");
    }
    assert_eq!(names(&place), ["d.jsonl", "dir"]);
}

#[test]
fn two_runs_do_not_write_the_same_output() {
    let place = shards(2, 2);
    let held = fs::File::create(place.0.path().join(PART)).unwrap();
    held.lock().unwrap();
    place.run(&resume(&[])).code(2).says("cannot write out.jsonl: another run is writing it");
    drop(held);
    place.run(&resume(&[])).code(0);
}

#[test]
fn a_strict_run_leaves_nothing_when_it_fails() {
    let place = shards(5, 2);
    place.run(&resume(&["--strict"])).code(1).says("out.jsonl is not written (--strict)");
    assert_eq!(names(&place), ["bad.jsonl", "d"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_is_full_is_told_and_nothing_is_lost() {
    let place = shards(40, 8);
    let (output, ..) = unbroken(&place);
    // A limit on the size of files stands for the disk.
    let limited = |args: &[&str]| {
        let binary = assert_cmd::cargo::cargo_bin!("vnfacts").display().to_string();
        let script = format!("trap '' XFSZ; ulimit -f 300; exec {binary} {}", args.join(" "));
        let mut command = std::process::Command::new("sh");
        Run::from(command.current_dir(place.0.path()).args(["-c", &script]).output().unwrap())
    };
    let run = limited(RUN).code(2).says("cannot write out.jsonl: file too large; what was written before");
    let kept = names(&place).into_iter().find(|name| name.ends_with(".part")).unwrap();
    assert!(run.err.trim_end().ends_with(&format!("whole lines, is in {kept}")), "{}", run.err);
    let part = place.read(&kept);
    assert!(part.len() > 100_000 && output.starts_with(&part) && part.ends_with('\n'));
    fs::remove_file(place.0.path().join(kept)).unwrap();

    limited(&resume(&[])).code(2).says("file too large; once there is room, the same command goes on");
    assert!(pieces(&place) > 0);
    place.run(&resume(&[])).code(1).says("goes on after");
    assert!(place.read("out.jsonl") == output);
}

#[cfg(target_os = "linux")]
#[test]
fn outputs_that_cannot_be_written_leave_nothing() {
    let place = shards(4, 3);
    place.run(&["extract", "d", "-o", "/dev/full"]).code(2).says("cannot write /dev/full: no space left");
    place
        .run(&["extract", "d", "-o", "/dev/full", "--resume"])
        .code(2)
        .says("cannot write /dev/full: it is no file");
    place.run(&["extract", "d", "-o", "/proc/out.jsonl"]).code(2).says("cannot write /proc/out.jsonl");
    place
        .run(&["extract", "d", "-o", "/proc/out.jsonl", "--resume"])
        .code(2)
        .says("cannot write /proc/out.jsonl");
    place
        .run(&["extract", "d", "--errors", "/dev/full", "-o", "out.jsonl"])
        .code(2)
        .says("cannot write /dev/full");
    assert_eq!(names(&place), ["d"]);
}

#[test]
fn a_slow_article_is_named_while_it_runs() {
    let long = "Ông Trần Văn Mẫu, Bí thư Huyện ủy, nêu 20 mô hình. ".repeat(30_000);
    let lines = [article("a"), format!("{{\"id\":\"long\",\"text\":\"{long}\"}}\n"), article("b")].concat();
    let place = Place::new(&[("d.jsonl", lines.as_bytes())]);
    let run = place.run(&["extract", "d.jsonl", "--warn-after", "0.2", "--errors", "bad.jsonl"]).code(0);
    let told: Vec<&str> = run.err.lines().filter(|line| line.contains("warning: slow")).collect();
    assert_eq!(told.len(), 1, "{}", run.err);
    assert!(told[0].starts_with("d.jsonl:2: warning: slow, the article \"long\" has taken "), "{}", told[0]);
    assert_eq!(run.docs(), ["a", "long", "b"]);
    assert!(!run.err.contains("1 warning"), "what depends on time is no figure: {}", run.err);
    assert_eq!(place.read("bad.jsonl"), "");
    assert!(!place.run(&["extract", "d.jsonl", "--warn-after", "0"]).code(0).err.contains("slow"));
}

// Parts of a dump

#[test]
fn the_first_articles() {
    let place = shards(10, 50);
    let all = place.run(&["sentences", "d"]).code(1);
    let docs = all.docs();
    for (limit, code) in [(1, 0), (50, 0), (51, 0), (130, 0), (202, 1), (9999, 1)] {
        let text = limit.to_string();
        for threads in ["1", "2", "8"] {
            let run = place.run(&["sentences", "d", "--limit", &text, "--threads", threads]).code(code);
            assert_eq!(run.docs(), docs[..limit.min(docs.len())], "--limit {limit} --threads {threads}");
            assert!(all.out.starts_with(&run.out));
        }
    }
    place.run(&["sentences", "d", "--limit", "1"]).says("1 article, 2 sentences, 0 errors");
    place.run(&["extract", "d", "--limit", "0"]).code(2);
    place.run(&[RUN, &["--resume", "--limit", "300"]].concat()).code(1);
    assert!(place.run(&["extract", "d", "--limit", "300"]).out == place.read("out.jsonl"));
}

#[test]
fn a_sample() {
    let place = shards(10, 50);
    let docs = place.run(&["sentences", "d"]).code(1).docs();
    let sample = |size: usize, more: &[&str]| {
        let number = size.to_string();
        let args = [&["sentences", "d", "--sample", &number], more].concat();
        place.run(&args).code(1).says(&format!("{size} articles, ")).docs()
    };
    let twenty = sample(20, &[]);
    assert!(
        docs.iter().filter(|doc| twenty.contains(doc)).eq(&twenty),
        "{twenty:?} is not in the order of the input"
    );
    for threads in ["1", "2", "8"] {
        assert_eq!(sample(20, &["--threads", threads, "--seed", "0"]), twenty, "{threads} threads");
    }
    let other = sample(20, &["--seed", "1"]);
    assert!(other.iter().filter(|doc| twenty.contains(doc)).count() < 10, "{other:?}");
    let hundred = sample(100, &[]);
    assert!(twenty.iter().all(|doc| hundred.contains(doc)), "a larger sample holds the smaller one");
    let shards: BTreeSet<&str> = hundred.iter().map(|doc| doc.split('-').next().unwrap()).collect();
    assert_eq!(shards.len(), 10, "some of each of the files: {shards:?}");
    assert_eq!(place.run(&["sentences", "d", "--sample", "9999"]).code(1).docs(), docs);
    // The order of the input does not matter, nor does it that all of it comes twice.
    let (a, b) = ("d/005.jsonl", "d/002.jsonl");
    let of = |args: &[&str]| place.run(&[&["sentences", "--sample", "7"], args].concat()).code(0);
    let both: BTreeSet<String> = of(&[a, b]).docs().into_iter().collect();
    assert_eq!(both, of(&[b, a]).docs().into_iter().collect());
    of(&[a, a]).says("7 articles, ");
    // A run that goes on keeps its sample.
    place.run(&[RUN, &["--resume", "--sample", "30"]].concat()).code(1);
    assert!(place.run(&["extract", "d", "--sample", "30"]).out == place.read("out.jsonl"));
}
